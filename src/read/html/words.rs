//! Nodes of a line -> its words: white space as a browser shows it, line ends kept, numbers of notes left out.

use std::ops::Range;

use super::mark;
use super::tag::Tag;
use super::tree::Tree;

/// The words of these nodes, which all stand within one line.
pub(super) fn words(tree: &Tree, nodes: Range<usize>, keep_lines: bool) -> String {
    let mut out = Words {
        text: String::new(),
        keep_lines,
    };
    let mut quoted: Vec<usize> = Vec::new();
    let mut at = nodes.start;
    while at < nodes.end {
        while quoted.last().is_some_and(|end| *end <= at) {
            quoted.pop();
            out.text.push('”');
        }
        let node = tree.nodes[at];
        let end = node.end as usize;
        if node.tag == Tag::Gone || node.has(mark::HIDDEN) {
            at = end;
            continue;
        }
        if node.has(mark::GLUED) {
            out.space_between(first_letter(tree, at..end.min(nodes.end)));
        }
        match node.tag {
            Tag::Text => out.push(tree.text(at)),
            Tag::Break => out.line_end(),
            Tag::Raised if is_note(tree, at..end, &out.text) => {
                at = end;
                continue;
            }
            // "10^6"
            Tag::Raised
                if out.text.ends_with(|c: char| c.is_ascii_digit())
                    && begins_with_digit(tree, at..end) =>
            {
                out.text.push('^');
            }
            Tag::Quoted => {
                out.text.push('“');
                quoted.push(end);
            }
            _ => {}
        }
        at += 1;
    }
    for _ in quoted {
        out.text.push('”');
    }
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// The first letter or mark of some nodes.
fn first_letter(tree: &Tree, nodes: Range<usize>) -> Option<char> {
    nodes
        .filter(|at| tree.nodes[*at].tag == Tag::Text)
        .find_map(|at| tree.text(at).chars().next())
}

fn begins_with_digit(tree: &Tree, nodes: Range<usize>) -> bool {
    first_letter(tree, nodes).is_some_and(|c| c.is_ascii_digit())
}

/// True for the number of a note, as in "45[1]" and "45¹"; never for the raised letters of "1st".
fn is_note(tree: &Tree, nodes: Range<usize>, before: &str) -> bool {
    let linked = nodes.clone().any(|at| tree.nodes[at].tag == Tag::Anchor);
    let mut mark = String::new();
    for at in nodes.filter(|at| tree.nodes[*at].tag == Tag::Text) {
        mark.push_str(tree.text(at).trim());
        if mark.len() > 60 {
            return false;
        }
    }
    let bracketed = mark.starts_with(['[', '(']) && mark.ends_with([']', ')']);
    let digits = mark
        .chars()
        .all(|c| c.is_numeric() || matches!(c, ',' | '-' | '–' | '*' | '†' | '‡' | ' '));
    // a power of ten
    let power = before.ends_with("10") && !before.ends_with("010") && !linked;
    linked && mark.chars().count() <= 8 || bracketed || digits && !power
}

struct Words {
    text: String,
    keep_lines: bool,
}

impl Words {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.keep_lines => self.line_end(),
                '\u{ad}'
                | '\u{200b}'
                | '\u{2060}'
                | '\u{feff}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\0' => {}
                c if c.is_whitespace() => self.space(c),
                c => self.text.push(c),
            }
        }
    }

    /// One space for many; a space that joins, as in "5 000", stays what it is.
    fn space(&mut self, c: char) {
        let joins = matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}');
        match self.text.chars().next_back() {
            None | Some('\n' | ' ') => {}
            Some(last) if last.is_whitespace() => {
                self.text.pop();
                self.text.push(' ');
            }
            Some(_) => self.text.push(if joins { c } else { ' ' }),
        }
    }

    fn line_end(&mut self) {
        let end = self
            .text
            .trim_end_matches(|c: char| c.is_whitespace() && c != '\n')
            .len();
        self.text.truncate(end);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Between two elements with nothing between them: they are boxes more often than parts of one word.
    fn space_between(&mut self, next: Option<char>) {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if letter(self.text.chars().next_back()) && letter(next) {
            self.text.push(' ');
        }
    }
}
