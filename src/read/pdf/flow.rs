//! Items of all pages -> the text: lines joined to paragraphs, hyphens at line ends mended, bullets and rows of tables as lines.

use std::collections::HashSet;

use super::row::{self, Row};
use super::table::{Item, is_bullet, marks_an_item};
use crate::read::layout::{self, Layout};

// In heights of the letters.
/// Letters that differ by more are of another block.
const OTHER_SIZE: f32 = 0.12;
/// How far a line stands in from the one above it, where a paragraph begins.
const INDENT: f32 = 0.7;
/// How many times the usual distance of two lines parts two paragraphs.
const APART: f32 = 1.4;
/// The usual distance where nothing tells it.
const PITCH: f32 = 1.25;
/// Footnotes that may part a paragraph at most.
const NOTES: usize = 40;
/// A great number is so many times as high as its label.
const GREAT: f32 = 1.25;
/// Letters of a numeral such as million.
const NUMERAL: usize = 8;
/// Places of marks that count as one, in points.
const EXACT: f32 = 2.0;
/// Room that a word needs beside itself to have fitted on the line above.
const ROOM: f32 = 1.2;

/// A part of the text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) size: f32,
    /// Where its mark stands, if it begins with what may mark an item of a list.
    item: Option<f32>,
    /// Its last line reaches the edge of its column: what follows may go on.
    full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Bullet,
    Table,
}

/// Gathers blocks, part by part.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
}

impl Flow {
    /// Takes in a part of a page.
    pub(super) fn part(&mut self, items: Vec<Item>) {
        let lines = || {
            items.iter().filter_map(|item| match item {
                Item::Line(row) => Some(row),
                Item::Table(_) => None,
            })
        };
        let right = lines().map(Row::end).fold(f32::MIN, f32::max);
        let pitch = pitch(lines());
        let first = self.blocks.len();
        let mut above: Option<Row> = None;
        let mut lines_of_block = 0;
        for item in items {
            match item {
                Item::Table(rows) => {
                    above = None;
                    self.table(&rows);
                }
                Item::Line(row) => {
                    let block = above.as_ref().zip(self.blocks.last());
                    let goes_on = block.is_some_and(|(above, block)| {
                        goes_on(above, &row, right, pitch, block, lines_of_block)
                    });
                    lines_of_block = if goes_on { lines_of_block + 1 } else { 1 };
                    self.line(&row, goes_on, right);
                    above = Some(row);
                }
            }
        }
        self.mend(first);
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        self.blocks.push(Block {
            kind: Kind::Table,
            text: layout::table(rows),
            size: 0.0,
            item: None,
            full: false,
        });
    }

    fn line(&mut self, row: &Row, goes_on: bool, right: f32) {
        let full = row.end() > right - 2.0 * row.size;
        let text = row.text();
        if goes_on && let Some(block) = self.blocks.last_mut() {
            join(&mut block.text, &text);
            block.full = full;
            return;
        }
        let bullet = bullet(row);
        self.blocks.push(Block {
            kind: if bullet.is_some() {
                Kind::Bullet
            } else {
                Kind::Paragraph
            },
            text: bullet.unwrap_or(text),
            size: row.size,
            item: may_mark(row).then(|| row.x()),
            full,
        });
    }

    /// Joins the first paragraph of a part to the one that it goes on, over footnotes at the end of the part before.
    fn mend(&mut self, first: usize) {
        let Some(next) = self.blocks.get(first) else {
            return;
        };
        if next.kind != Kind::Paragraph || next.size == 0.0 {
            return;
        }
        let same = |b: &&(usize, &Block)| (b.1.size - next.size).abs() <= OTHER_SIZE * next.size;
        let before = self.blocks[..first].iter().enumerate().rev().take(NOTES);
        let small =
            |b: &(usize, &Block)| b.1.size > 0.0 && b.1.size < (1.0 - OTHER_SIZE) * next.size;
        let mut candidates = before.skip_while(small).take(1);
        let Some((at, last)) = candidates.next().filter(|b| same(&b)) else {
            return;
        };
        let open = !last
            .text
            .ends_with(['.', '!', '?', ':', ';', '”', '"', ')']);
        let starts_small = next.text.starts_with(char::is_lowercase);
        if last.kind != Kind::Table && open && (starts_small || last.full && last.text.len() > 60) {
            let next = self.blocks.remove(first);
            let last = &mut self.blocks[at];
            join(&mut last.text, &next.text);
            last.full = next.full;
        }
    }

    /// The whole text.
    pub(super) fn text(mut self) -> String {
        mend_hyphens(&mut self.blocks);
        let mut layout = Layout::default();
        for block in &self.blocks {
            match block.kind {
                Kind::Paragraph | Kind::Table => layout.paragraph(&block.text),
                Kind::Bullet => layout.bullet(&block.text),
            }
        }
        layout.text()
    }
}

/// The usual distance of two baselines.
fn pitch<'r>(lines: impl Iterator<Item = &'r Row> + Clone) -> f32 {
    let next = lines.clone().skip(1);
    let gaps = lines.zip(next).map(|(a, b)| (b.y - a.y) / b.size.max(0.1));
    let usual = row::usual(gaps.filter(|g| *g > 0.5 && *g < 2.5));
    if usual > 0.0 { usual } else { PITCH }
}

/// True if a line goes on the block that ends with the line above.
fn goes_on(above: &Row, row: &Row, right: f32, pitch: f32, block: &Block, lines: usize) -> bool {
    let size = row.size;
    if lines == 1 && is_label(above, row) {
        return true;
    }
    let step = row.x() - above.x();
    let next_item = may_mark(row) && block.item.is_some_and(|x| (x - row.x()).abs() < EXACT);
    if (above.size - size).abs() > OTHER_SIZE * size.max(above.size)
        || row.y - above.y > APART * pitch * size
        || row.y <= above.y
        || next_item
        || row.words.first().is_some_and(|w| is_mark(&w.text))
    {
        return false;
    }
    if block.kind == Kind::Bullet || block.item.is_some() {
        // the text of an item stands in from its mark
        let back = if lines == 1 { INDENT } else { -INDENT };
        if step < back * size - 0.5 * size {
            return false;
        }
    } else if step > INDENT * size || lines > 1 && step < -INDENT * size {
        return false;
    }
    let word = row.words.first().map_or(0.0, |w| w.end - w.x);
    above.end() + word + ROOM * size > right || row.text().starts_with(char::is_lowercase)
}

/// The label below a great number: "12,450", and under it in small letters "people displaced".
fn is_label(number: &Row, row: &Row) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let text = number.text();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    number.size >= GREAT * row.size
        && row.y - number.y <= APART * number.size
        && text.starts_with(digit)
        && letters <= NUMERAL
        && !row.text().contains(digit)
}

/// A bullet that is nothing else.
fn is_mark(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| is_bullet(c) && !is_dash(c)) && chars.next().is_none()
}

/// Marks that are at home in sentences too.
fn is_dash(char: char) -> bool {
    matches!(char, '–' | '-' | '*' | '·')
}

/// Begins with a dash or a number that may mark an item of a list.
fn may_mark(row: &Row) -> bool {
    row.words.len() > 1 && row.words.first().is_some_and(|w| marks_an_item(&w.text))
}

/// The text of an item of a list that begins with a bullet.
fn bullet(row: &Row) -> Option<String> {
    let (first, rest) = row.words.split_first()?;
    let mut chars = first.text.chars();
    let mark = chars.next().filter(|c| is_bullet(*c))?;
    if rest.is_empty() && chars.as_str().is_empty() {
        return None;
    }
    if chars.as_str().is_empty() {
        Some(row::text(rest))
    } else {
        // "-5" is a number
        (!is_dash(mark)).then(|| format!("{} {}", chars.as_str(), row::text(rest)))
    }
}

/// What marks a hyphen at a line end until all words of the text are known.
const TORN: char = '\u{1}';

/// Adds a line to a text.
fn join(text: &mut String, line: &str) {
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if text.ends_with(['-', '\u{2010}']) && line.starts_with(char::is_lowercase) {
        text.push(TORN);
    } else if !text.ends_with(['/', '—']) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Words torn at line ends: the hyphen goes, unless the text has the word with it elsewhere, or a part of it is no word of
/// letters ("20-year").
fn mend_hyphens(blocks: &mut [Block]) {
    if !blocks.iter().any(|b| b.text.contains(TORN)) {
        return;
    }
    let edge = |c: char| !c.is_alphanumeric() && c != '-' && c != TORN;
    let seen: HashSet<String> = blocks
        .iter()
        .flat_map(|b| b.text.split(edge))
        .filter(|w| !w.contains(TORN))
        .map(str::to_lowercase)
        .collect();
    for block in blocks.iter_mut().filter(|b| b.text.contains(TORN)) {
        let mut out = String::with_capacity(block.text.len());
        let mut rest = block.text.as_str();
        while let Some(at) = rest.find(TORN) {
            let (before, after) = (&rest[..at], &rest[at + TORN.len_utf8()..]);
            out.push_str(before.trim_end_matches(['-', '\u{2010}']));
            let start = out
                .rfind(edge)
                .map_or(0, |i| i + out[i..].chars().next().map_or(1, char::len_utf8));
            let end = after.find(edge).unwrap_or(after.len());
            let (head, tail) = (&out[start..], &after[..end]);
            let tail = tail.split(TORN).next().unwrap_or_default();
            let known = |w: String| seen.contains(&w.to_lowercase());
            let whole = known(format!("{head}{tail}"));
            let kept = known(format!("{head}-{tail}"))
                || head.ends_with(|c: char| c.is_ascii_digit())
                || head.contains('-');
            if kept && !whole {
                out.push('-');
            }
            rest = after;
        }
        out.push_str(rest);
        block.text = out;
    }
}
