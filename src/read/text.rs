//! Plain text: the whole of it is the article's text; title and date of publication are taken from its head.

use super::dateline;
use crate::article::Article;

/// A first line longer than this is no headline.
const LONGEST_TITLE: usize = 200;

/// A text's article.
pub(super) fn article(text: String) -> Article {
    let published = dateline::published(&text);
    Article {
        title: title(&text),
        published,
        published_inferred: published.is_some(),
        text,
        ..Article::default()
    }
}

/// Line ends as `\n`.
pub(super) fn unix_lines(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// The first line that is more than a date, if it is a headline: short, no dateline, something after it.
pub(super) fn title(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.find(|line| !dateline::only_says_when(line))?;
    let is_title = line.chars().count() <= LONGEST_TITLE
        && !dateline::is_dateline(line)
        && lines.next().is_some();
    is_title.then(|| line.to_string())
}
