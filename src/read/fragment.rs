//! A piece of markup, all of it the article's own words -> text: blocks as paragraphs, items as lines with a mark, the cells of a row
//! with a bar between them.

use quick_xml::escape::resolve_html5_entity;

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 21] = [
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "dl",
    "header",
    "footer",
];
/// Elements whose content is no text.
const SILENT: [&str; 2] = ["script", "style"];

/// Its text.
pub(super) fn text(markup: &str) -> String {
    let mut out = Text::default();
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        let (words, tag) = rest.split_at(at);
        out.words(words);
        let Some(tag) = Tag::of(tag) else {
            out.words("<");
            rest = &tag[1..];
            continue;
        };
        rest = tag.after;
        if SILENT.iter().any(|name| *name == tag.name) && !tag.closes {
            let end = format!("</{}", tag.name);
            let lower = rest.to_ascii_lowercase();
            rest = &rest[lower.find(&end).unwrap_or(rest.len())..];
            continue;
        }
        match tag.name.as_str() {
            "br" => out.break_to("\n"),
            "li" | "dt" | "dd" if !tag.closes => {
                out.break_to("\n");
                out.pending.push_str("- ");
            }
            "li" | "tr" | "dt" | "dd" => out.break_to("\n"),
            "td" | "th" if !tag.closes && !out.text.ends_with('\n') => out.break_to(" | "),
            name if BLOCKS.contains(&name) => out.break_to("\n\n"),
            _ => {}
        }
    }
    out.words(rest);
    out.text
}

/// Its text on one line.
pub(super) fn line(markup: &str) -> String {
    text(markup)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text so far, and what comes before its next word.
#[derive(Default)]
struct Text {
    text: String,
    pending: String,
}

impl Text {
    fn break_to(&mut self, mark: &str) {
        if self.pending.len() <= mark.len() || !self.pending.starts_with('\n') {
            self.pending = mark.to_string();
        }
    }

    fn words(&mut self, markup: &str) {
        let decoded = decoded(markup);
        for (i, word) in decoded.split([' ', '\t', '\n', '\r']).enumerate() {
            if i > 0 && self.pending.is_empty() {
                self.pending.push(' ');
            }
            if !word.is_empty() {
                if !self.text.is_empty() {
                    self.text.push_str(&self.pending);
                } else if self.pending.ends_with("- ") {
                    self.text.push_str("- ");
                }
                self.pending.clear();
                self.text.push_str(word);
            }
        }
    }
}

/// Entities as the characters they stand for; what is none stays.
fn decoded(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let name = entity[1..]
            .split_once(';')
            .map(|(name, _)| name)
            .filter(|name| name.len() <= 32);
        if let Some(meaning) = name.and_then(meaning) {
            out.push_str(&meaning);
            rest = &entity[name.map_or(1, |n| n.len() + 2)..];
        } else {
            out.push('&');
            rest = &entity[1..];
        }
    }
    out.push_str(rest);
    out
}

fn meaning(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_string);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
        .filter(|c| *c != '\0')
        .map(String::from)
}

struct Tag<'a> {
    name: String,
    closes: bool,
    after: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag, comment or declaration that starts here; `None` where it is a mark of its own ("< 5").
    fn of(text: &'a str) -> Option<Self> {
        let inner = &text[1..];
        if let Some(comment) = inner.strip_prefix("!--") {
            let after = comment.split_once("-->").map_or("", |(_, after)| after);
            return Some(Tag {
                name: String::new(),
                closes: false,
                after,
            });
        }
        let closes = inner.starts_with('/');
        let named = inner.trim_start_matches('/');
        if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            return None;
        }
        let (tag, after) = named.split_once('>')?;
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        Some(Tag {
            name: name.to_ascii_lowercase(),
            closes,
            after,
        })
    }
}
