//! Key figures: a number on a line of its own, what it counts on the line below or above.
//!
//! Comes in: a line. Goes out: the line that is its label. Where both neighbours could be, the block decides: one that opens
//! with a label has its labels above, one that ends with a label below.

use std::ops::Range;

use super::Words;
use crate::data::lang::{Lang, begin};
use crate::text::{Document, Token, TokenKind};

/// Tokens of the longest number alone on its line: "> 1.2 million".
const NUMBER: usize = 4;
/// Tokens of the longest label.
const LABEL: usize = 14;
/// Lines of a block that are looked at.
const BLOCK: usize = 24;

/// The label of a line that is nothing but a number.
pub(super) fn label(document: &Document, lang: &Lang, line: usize) -> Option<Words> {
    let lines = Lines { document, lang };
    if !lines.is_number(line) {
        return None;
    }
    let words = |line: Option<usize>| lines.words(line?);
    let (above, below) = (words(line.checked_sub(1)), words(line.checked_add(1)));
    match (above, below) {
        (Some(above), Some(below)) => Some(if lines.leads(line) { above } else { below }),
        (above, below) => below.or(above),
    }
}

struct Lines<'d> {
    document: &'d Document<'d>,
    lang: &'d Lang,
}

impl<'d> Lines<'d> {
    fn tokens(&self, line: usize) -> Option<&'d [Token]> {
        let range = self.range(line)?;
        let next = self.document.tokens.get(range.end);
        let tokens = &self.document.tokens[range];
        // a whole line, not a sentence of one
        let whole = tokens.first()?.gap && next.is_none_or(|t| t.gap);
        whole.then_some(tokens)
    }

    fn range(&self, line: usize) -> Option<Range<usize>> {
        let sentence = self.document.sentences.get(line)?;
        Some(sentence.tokens.start as usize..sentence.tokens.end as usize)
    }

    /// A number and nothing else.
    fn is_number(&self, line: usize) -> bool {
        self.tokens(line).is_some_and(|tokens| {
            let number = |t: &Token| t.begins & begin::NUMBER != 0;
            tokens.len() <= NUMBER
                && tokens.iter().any(number)
                && tokens.iter().all(|t| t.kind != TokenKind::Word || number(t))
        })
    }

    /// What a line says that could be a label: short, no sentence, and it names what is counted.
    fn words(&self, line: usize) -> Option<Words> {
        let tokens = self.tokens(line)?;
        let stop = self.document.str(tokens.last()?) == ".";
        if stop || tokens.len() > LABEL || self.is_number(line) {
            return None;
        }
        let words = Words::of(self.document, self.lang, self.range(line)?);
        (words.classes != 0).then_some(words)
    }

    /// True when the labels of the block stand above their numbers.
    fn leads(&self, line: usize) -> bool {
        let pair = |number: usize, label: usize| self.is_number(number) && self.words(label).is_some();
        let (mut first, mut last) = (line, line);
        while first >= 2 && line - first < BLOCK && pair(first - 2, first - 1) {
            first -= 2;
        }
        while last - line < BLOCK && pair(last + 2, last + 1) {
            last += 2;
        }
        let opens = first > 0 && self.words(first - 1).is_some();
        let ends = self.words(last + 1).is_some();
        opens && !ends
    }
}
