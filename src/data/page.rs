//! `data/page.toml`: what web pages call their parts.

use std::collections::HashSet;

use serde::Deserialize;

/// Words of the longest name.
const WORDS: usize = 3;
/// Letters of a name that counts only where marks stand on both sides.
const SHORT: usize = 3;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    around: HashSet<String>,
    unseen: HashSet<String>,
    body: HashSet<String>,
    not_after: HashSet<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) publication_time: Vec<String>,
    lines: Vec<String>,
    headings: HashSet<String>,
    counts: Vec<String>,
    pub(crate) meta: Meta,
}

/// What an element is by its names.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Says {
    /// It stands around articles.
    pub(crate) around: bool,
    /// No reader sees it.
    pub(crate) unseen: bool,
    /// It is the text of an article.
    pub(crate) body: bool,
}

/// Names of `meta` elements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meta {
    pub(crate) title: Vec<String>,
    pub(crate) publisher: Vec<String>,
    pub(crate) language: Vec<String>,
    pub(crate) url: Vec<String>,
    pub(crate) published: Vec<String>,
    pub(crate) modified: Vec<String>,
}

impl Page {
    pub(crate) fn compiled_in() -> Self {
        toml::from_str(include_str!("../../data/page.toml"))
            .unwrap_or_else(|e| panic!("data/page.toml: {e}"))
    }

    /// What classes or an id say of their element.
    pub(crate) fn says(&self, names: &str) -> Says {
        let mut says = Says::default();
        let mut name = String::new();
        for whole in names.split_ascii_whitespace().take(40) {
            name.clear();
            let words = cut(whole, &mut name);
            for (i, first) in words.iter().enumerate() {
                let after = i > 0 && self.not_after.contains(&name[words[i - 1].range()]);
                for last in words.iter().skip(i).take(WORDS) {
                    let run = &name[first.from..last.to];
                    let stands_alone = run.len() > SHORT || first.after_mark && last.before_mark;
                    if stands_alone && !after {
                        says.around |= self.around.contains(run);
                        says.unseen |= self.unseen.contains(run);
                        says.body |= self.body.contains(run);
                    }
                }
            }
        }
        says
    }

    /// True for a short line that begins as no line of an article does.
    pub(crate) fn is_no_line(&self, line: &str) -> bool {
        self.lines.iter().any(|l| starts(line, l))
    }

    /// True for a number of comments and the like, and no more.
    pub(crate) fn is_count(&self, line: &str) -> bool {
        let rest = line.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.len() == line.len() || rest.len() > 20 {
            return false;
        }
        // "1.2k shares"
        let rest = rest
            .strip_prefix(['k', 'K', 'm', 'M'])
            .filter(|r| r.starts_with(' '))
            .unwrap_or(rest);
        let rest = rest.trim().to_lowercase();
        self.counts.contains(&rest)
    }

    /// True for a heading under which no article goes on.
    pub(crate) fn ends_articles(&self, heading: &str) -> bool {
        let ends = |c: char| !c.is_alphanumeric();
        let heading = heading.to_lowercase().replace('’', "'");
        // "Comments (12)"
        let heading = heading.trim_end_matches(|c: char| ends(c) || c.is_numeric());
        self.headings.contains(heading.trim_start_matches(ends))
    }
}

/// True if the line starts so, in any case, and no letter follows.
fn starts(line: &str, start: &str) -> bool {
    let mut rest = line.chars().map(|c| if c == '’' { '\'' } else { c });
    for expected in start.chars() {
        if rest.next().and_then(|c| c.to_lowercase().next()) != Some(expected) {
            return false;
        }
    }
    start.ends_with(|c: char| !c.is_alphanumeric())
        || !rest.next().is_some_and(char::is_alphanumeric)
}

/// A word of a name.
struct Word {
    from: usize,
    to: usize,
    after_mark: bool,
    before_mark: bool,
}

impl Word {
    fn range(&self) -> std::ops::Range<usize> {
        self.from..self.to
    }
}

/// The words of a name, written into `out` in small letters with dashes between.
fn cut(name: &str, out: &mut String) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut within, mut small) = (false, false);
    for c in name.chars().take(200) {
        if !c.is_alphanumeric() {
            if let Some(word) = words.last_mut().filter(|_| within) {
                word.before_mark = true;
            }
            (within, small) = (false, false);
            continue;
        }
        let hump = within && small && c.is_uppercase();
        if !within || hump {
            if !out.is_empty() {
                out.push('-');
            }
            words.push(Word {
                from: out.len(),
                to: out.len(),
                after_mark: !within,
                before_mark: false,
            });
        }
        within = true;
        small = c.is_lowercase();
        out.extend(c.to_lowercase());
        if let Some(word) = words.last_mut() {
            word.to = out.len();
        }
    }
    if let Some(word) = words.last_mut().filter(|_| within) {
        word.before_mark = true;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes() {
        let page = Page::compiled_in();
        for around in [
            "related",
            "c-relatedStories",
            "RelatedStories_list__x1",
            "foo bar_comments",
            "ad-slot",
            "x ad",
            "mostRead",
            "amp-ad",
        ] {
            assert!(page.says(around).around, "{around}");
        }
        for other in [
            "content",
            "has-comments",
            "category-ads",
            "sc-bAdx",
            "headline",
            "shared-memory-x9",
            "breadth",
            "",
        ] {
            assert!(!page.says(other).around, "{other}");
        }
        assert!(page.says("Story__storyBody").body);
        assert!(!page.says("body").body);
    }

    #[test]
    fn lines_and_headings() {
        let page = Page::compiled_in();
        assert!(page.is_no_line("Read more: the camps"));
        assert!(page.is_no_line("Don’t miss our letter"));
        assert!(!page.is_no_line("Readers died."));
        assert!(!page.is_no_line("Registered refugees: 5,000"));
        assert!(page.ends_articles("Comments (12)"));
        assert!(page.ends_articles("Related Stories:"));
        assert!(!page.ends_articles("Commentary"));
    }
}
