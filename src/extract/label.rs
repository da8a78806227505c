//! The label of a number that stands in no sentence: "Killed: 45 | Injured: 120", a cell of a table, a bullet under a heading.
//!
//! Comes in: a number in its line, and what the lines above said. Goes out: the words that name what the number counts. They
//! stand before a colon or a dash in its cell, else in the head of its column, else in the first cell of its row, else in the
//! heading above its bullet; those of a number alone on its line, on the line below or above.

mod key;

use std::ops::Range;

use super::evidence::View;
use super::quantity::{Form, Quantity};
use crate::data::lang::{Classes, Lang, begin};
use crate::text::{Document, Token, TokenKind};

/// Tokens that may stand between a colon and its number: "Deaths: at least 45".
const AFTER_COLON: usize = 4;
/// Words of the longest label before a dash; before a colon, more.
const SHORT: usize = 5;
const LONG: usize = 12;
/// Words that may follow a number which has nothing but its label.
const TAIL: usize = 3;

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Before,
    Column,
    Row,
    Heading,
}

impl Place {
    /// Its name in features.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::Before => "before",
            Place::Column => "column",
            Place::Row => "row",
            Place::Heading => "heading",
        }
    }
}

/// Words that name what a number counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    pub(crate) place: Place,
    pub(crate) words: Words,
    /// Nothing else is said of the number.
    pub(crate) plain: bool,
}

/// What some words say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Words {
    pub(crate) classes: Classes,
    /// The last noun: an index into `lang.noun_classes`.
    pub(crate) noun: Option<u8>,
    /// A noun that counts neither people nor homes: "schools damaged".
    pub(crate) things: bool,
}

impl Words {
    fn of(document: &Document, lang: &Lang, tokens: Range<usize>) -> Self {
        let mut words = Words::default();
        let mut skip = tokens.start;
        for i in tokens.clone() {
            let rest = &document.tokens[i..tokens.end];
            if rest[0].begins & (begin::NOUN | begin::MARK) == 0 {
                continue;
            }
            if let Some((_, class)) = lang.nouns.at(rest) {
                words.noun = Some(*class);
                words.things |= lang.noun_classes[*class as usize].unit.is_none();
            }
            if i >= skip
                && let Some((n, classes)) = lang.marks.at(rest)
            {
                words.classes |= classes & lang.trigger_bits();
                skip = i + n;
            }
        }
        words
    }
}

/// What the lines above a number said.
#[derive(Debug, Default)]
pub(crate) struct Above {
    /// The head of the table that the line stands in, by column.
    columns: Vec<Words>,
    in_table: bool,
    heading: Option<Words>,
    /// The label of the line, if it is nothing but a number.
    key: Option<Words>,
}

impl Above {
    /// Hears a line before its numbers are read.
    pub(crate) fn hear(&mut self, document: &Document, lang: &Lang, line: usize) {
        self.key = key::label(document, lang, line);
        let Some(line) = document.sentences.get(line) else {
            return;
        };
        let tokens = line.tokens.start as usize..line.tokens.end as usize;
        let text = |i: usize| document.str(&document.tokens[i]);
        if line.begins & begin::BAR != 0 {
            let first = !self.in_table;
            self.in_table = true;
            if !first || cells(document, tokens.clone()).any(|c| is_number(document, c)) {
                return;
            }
            self.columns = cells(document, tokens)
                .map(|cell| Words::of(document, lang, cell))
                .collect();
            return;
        }
        self.columns.clear();
        self.in_table = false;
        if tokens.len() > LONG + 1 {
            self.heading = None;
        } else if tokens.end > tokens.start && text(tokens.end - 1) == ":" {
            self.heading = Some(Words::of(document, lang, tokens));
        } else if !is_bullet(text(tokens.start)) {
            self.heading = None;
        }
    }
}

/// The border of two cells.
fn is_bar(token: &Token) -> bool {
    token.begins & begin::BAR != 0
}

/// The cells of a row, without the empty ones at its borders.
fn cells<'d>(
    document: &'d Document<'d>,
    tokens: Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'd {
    let bar = |i: &usize| is_bar(&document.tokens[*i]);
    let start = tokens.start + usize::from(bar(&tokens.start));
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= tokens.end {
            return None;
        }
        let end = (at..tokens.end).find(bar).unwrap_or(tokens.end);
        let cell = at..end;
        at = end + 1;
        Some(cell)
    })
}

/// A cell with a number and no word.
fn is_number(document: &Document, cell: Range<usize>) -> bool {
    let tokens = &document.tokens[cell];
    tokens.iter().any(|t| t.kind == TokenKind::Number)
        && !tokens.iter().any(|t| t.kind == TokenKind::Word)
}

fn is_bullet(text: &str) -> bool {
    matches!(text, "-" | "–" | "*" | "•" | "▪" | "‣" | "■" | "●" | "◦")
}

impl View<'_> {
    /// The label of a number, if it has one that says something.
    pub(crate) fn label(
        &self,
        q: &Quantity,
        numbers: &[Range<usize>],
        above: &Above,
    ) -> Option<Label> {
        let border = |i: &usize| {
            self.document.tokens[*i].begins & begin::WALL != 0
                && matches!(self.text(*i), "|" | ";" | "•")
        };
        let (s, e) = (q.whole.start, q.whole.end);
        if let Some(words) = above.key {
            return Some(Label {
                place: Place::Before,
                words,
                plain: true,
            });
        }
        let cell = (self.tokens.start..s)
            .rev()
            .find(border)
            .map_or(self.tokens.start, |i| i + 1);
        let end = (e..self.tokens.end).find(border).unwrap_or(self.tokens.end);
        let words = |range| Words::of(self.document, self.lang, range);
        let tail = self.tail(q, end);
        let label = |place, words: Words, alone: bool| {
            (words.classes != 0).then_some(Label {
                place,
                words,
                plain: alone && tail,
            })
        };
        // "Killed: 45, injured: 120"
        let last = numbers.iter().rev().find(|n| n.end <= s && n.end > cell);
        let from = last.map_or(cell, |n| n.end);
        let mark = (from..s).rev().take(AFTER_COLON).find(|i| {
            let dash = last.is_none() && self.document.tokens[*i].spaced;
            match self.text(*i) {
                ":" | "=" => true,
                "-" | "–" | "—" => dash && *i > cell && *i - cell <= SHORT,
                _ => false,
            }
        });
        if let Some(mark) = mark
            && mark > from
        {
            return label(Place::Before, words(from..mark), mark - from <= LONG);
        }
        let line = &self.document.tokens[self.tokens.clone()];
        if above.in_table && line.iter().any(is_bar) {
            let place = |c: &Range<usize>| c.start <= s && e <= c.end;
            let column = cells(self.document, self.tokens.clone()).position(|c| place(&c))?;
            let alone = q.whole.start == cell;
            let head = above.columns.get(column).copied().unwrap_or_default();
            if head.classes != 0 || head.things {
                return label(Place::Column, head, alone);
            }
            let row = cells(self.document, self.tokens.clone()).next()?;
            return label(Place::Row, words(row), alone && column > 0);
        }
        let heading = above
            .heading
            .filter(|_| is_bullet(self.text(self.tokens.start)))?;
        let own = self.bag & self.lang.trigger_bits() != 0;
        (!own)
            .then(|| label(Place::Heading, heading, s - self.tokens.start <= SHORT))
            .flatten()
    }

    /// True when little follows a number in its cell: its noun, a bracket, the next label.
    fn tail(&self, q: &Quantity, end: usize) -> bool {
        if !matches!(q.form, Form::Digits | Form::Words | Form::Zero) {
            return false;
        }
        let stop = |i: &usize| {
            self.document.tokens[*i].kind == TokenKind::Mark
                && matches!(self.text(*i), "," | "(" | "[" | "." | "/")
        };
        let last = (q.whole.end..end).find(stop).unwrap_or(end);
        let triggers = self.lang.trigger_bits();
        last - q.whole.end <= TAIL
            && !self
                .marks
                .iter()
                .any(|m| m.start >= q.whole.end && m.end <= last && m.classes & triggers != 0)
    }
}
