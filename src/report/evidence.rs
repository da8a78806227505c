//! A figure -> the sentence it stands in, with the number marked, and the article it is from.

use std::collections::BTreeMap;
use std::ops::Range;

use maud::{Markup, html};
use url::Url;

use super::words::{Number, counted, short, shown, time};
use crate::article::Article;
use crate::figure::Figure;

/// A figure in its article.
pub(super) type Found<'a> = (&'a Article, &'a Figure);

/// Longest stretch of a sentence that is shown on either side of the number, in characters.
const AROUND: usize = 320;
/// Sentences longer than this, in bytes, and figures beyond so many in one, are not looked through.
const LONGEST: usize = 20_000;
const MOST: usize = 64;
/// How many other articles are named.
const NAMED: usize = 5;

/// Where someone's number can be read in full.
pub(super) fn number(figure: &Figure) -> Number<'_> {
    Number {
        value: figure.value,
        low: figure.low,
        high: figure.high,
        qualifier: figure.qualifier,
        unit: (figure.unit != figure.measure.row().unit).then_some(figure.unit),
        text: &figure.number_text,
    }
}

/// The sentence, the number marked.
pub(super) fn quotation((article, figure): Found<'_>) -> Markup {
    let sentence = &figure.sentence;
    let at = place(article, figure).unwrap_or(0..0);
    let (before, number, after) = (
        &sentence[..at.start],
        &sentence[at.clone()],
        &sentence[at.end..],
    );
    let skipped = before.chars().count().saturating_sub(AROUND);
    let before: String = before.chars().skip(skipped).map(shown).collect();
    html! {
        @if skipped > 0 { "…" }
        (before)
        @if !number.is_empty() { mark { (short(number, AROUND)) } }
        (short(after, AROUND))
    }
}

/// The article: its title as a link, its publisher, its day.
pub(super) fn citation(article: &Article) -> Markup {
    let title = article.title.as_deref().filter(|t| !t.trim().is_empty());
    let name = short(title.unwrap_or_else(|| article.name()), 160);
    html! {
        (link(article, &name))
        @if let Some(publisher) = &article.publisher { ", " span.publisher { (short(publisher, 80)) } }
        @if let Some(day) = article.published { ", " (time(day)) }
    }
}

/// A link to the article, or only its words where it has no address that may be followed.
pub(super) fn link(article: &Article, words: &str) -> Markup {
    html! {
        @match address(article) {
            Some(address) => a href=(address) rel="noopener noreferrer" { (words) },
            None => cite { (words) },
        }
    }
}

/// Only addresses of the web are followed: `javascript:` and its like are not.
fn address(article: &Article) -> Option<&str> {
    let text = article.url.as_deref()?;
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && text.len() < 2000).then_some(text)
}

/// The article that is quoted, and the others that say the same.
pub(super) fn voices(first: &Article, others: &[&Article]) -> Markup {
    html! {
        p.cite { (citation(first)) }
        @if !others.is_empty() {
            p.also { "The same number in:" }
            ul.also {
                @for article in others.iter().take(NAMED) { li { (citation(article)) } }
                @if others.len() > NAMED { li { (counted(others.len() - NAMED, "more article")) } }
            }
        }
    }
}

/// Where the number stands in its sentence, in bytes.
///
/// The record says where it stands in the article, not where the sentence does. Where the same digits come twice, the other figures of the
/// sentence tell: all must agree on where it begins.
fn place(article: &Article, figure: &Figure) -> Option<Range<usize>> {
    let sentence = &figure.sentence;
    let mine = whole(sentence, &figure.number_text);
    if mine.len() < 2 || sentence.len() > LONGEST {
        return mine.into_iter().next();
    }
    let begins = |start: u32, at: &Range<usize>| {
        (start as usize).checked_sub(sentence[..at.start].chars().count())
    };
    let mut votes: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let alike = article.figures.iter().filter(|f| f.sentence == *sentence);
    for other in alike.take(MOST) {
        for at in whole(sentence, &other.number_text) {
            *votes.entry(begins(other.start, &at)).or_default() += 1;
        }
    }
    let count = |at: &Range<usize>| votes.get(&begins(figure.start, at)).copied();
    let best = mine.iter().map(count).max()?;
    mine.into_iter().find(|at| count(at) == best)
}

/// Where a number stands as a whole: the 5 of "5 men", not that of "15" or "5,400".
fn whole(sentence: &str, number: &str) -> Vec<Range<usize>> {
    if number.is_empty() {
        return Vec::new();
    }
    sentence
        .match_indices(number)
        .map(|(at, text)| at..at + text.len())
        .filter(|at| {
            !goes_on(sentence[..at.start].chars().rev()) && !goes_on(sentence[at.end..].chars())
        })
        .take(MOST)
        .collect()
}

/// True where a word or a number goes on: with a letter or a digit, or with a digit behind a comma or a point.
fn goes_on(mut next: impl Iterator<Item = char>) -> bool {
    match next.next() {
        Some(',' | '.') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        let mut article = Article {
            id: "a".into(),
            text: text.into(),
            ..Article::default()
        };
        crate::extract::fill(&mut article);
        article
    }

    #[test]
    fn the_number_is_marked_where_it_stands() {
        let article = article(
            "It was cold. The flood killed 15 men in the north and 5 in the south, and 5 women were injured, the mayor said.",
        );
        let marked: Vec<String> = article
            .figures
            .iter()
            .map(|f| quotation((&article, f)).into_string())
            .collect();
        assert!(marked.len() >= 2, "{marked:?}");
        assert!(
            marked[0].contains("killed <mark>15</mark> men"),
            "{marked:?}"
        );
        let last = marked.last().unwrap_or(&marked[0]);
        assert!(last.contains("and <mark>5</mark> women"), "{marked:?}");
    }

    #[test]
    fn digits_inside_a_number_are_no_number() {
        assert_eq!(
            whole("15 of 5,400 and 5.", "5"),
            vec![Range { start: 16, end: 17 }]
        );
        assert!(whole("1,005 and 5th, x5", "5").is_empty());
        assert!(whole("", "").is_empty());
    }

    #[test]
    fn only_the_web_is_linked() {
        let linked = |url: &str| {
            let article = Article {
                url: Some(url.into()),
                title: Some("A title".into()),
                ..Article::default()
            };
            citation(&article).into_string().contains("href")
        };
        assert!(linked("https://example.org/a?b=1&c=2"));
        for url in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/hosts",
            "//example.org",
            "reports/a.txt",
        ] {
            assert!(!linked(url), "{url}");
        }
    }

    #[test]
    fn a_sentence_without_end_is_cut_on_both_sides() {
        let sentence = format!("{} 77 died {}", "é".repeat(5000), "x ".repeat(5000));
        let figure = Figure {
            number_text: "77".into(),
            sentence,
            ..article("A fire killed 77 people.").figures.remove(0)
        };
        let marked = quotation((&Article::default(), &figure)).into_string();
        assert!(marked.contains(" <mark>77</mark> died x"), "{marked}");
        assert!(marked.starts_with('…') && marked.ends_with('…') && marked.chars().count() < 700);
    }
}
