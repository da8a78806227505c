//! An article's text -> paragraphs of sentences of tokens.
//!
//! Comes in: any text. Goes out: spans in bytes, never outside the text, always on character borders. Line ends that only
//! wrap a paragraph are not borders; blank lines, bullets, headings and table rows are.

pub(crate) mod grid;
mod points;
pub(crate) mod sentence;
pub(crate) mod span;
pub(crate) mod token;

use std::ops::Range;

use crate::data::lang::begin;

pub(crate) use points::CodePoints;
pub(crate) use span::Span;
pub(crate) use token::{Token, TokenKind};

/// A text, cut.
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// Indexes of its tokens; a heading, a bullet or a table row is a sentence too.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) tokens: Range<u32>,
    /// What can begin with any of its tokens; bits of `begin`.
    pub(crate) begins: u32,
}

/// Indexes of its sentences.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    pub(crate) sentences: Range<u32>,
}

impl<'a> Document<'a> {
    /// Cuts the text. Texts beyond 4 GiB are cut off at 4 GiB by `read`, so offsets fit.
    pub(crate) fn new(text: &'a str, lang: &crate::data::lang::Lang) -> Self {
        let tokens = token::tokens(text, &lang.vocabulary);
        let (sentences, paragraphs) = sentence::split(text, &tokens, lang);
        Document {
            text,
            tokens,
            sentences,
            paragraphs,
        }
    }

    /// The words of a token as printed; whatever parts two cells of a table is a bar.
    pub(crate) fn str(&self, token: &Token) -> &'a str {
        if token.begins & begin::BAR != 0 {
            return "|";
        }
        &self.text[token.span.range()]
    }

    /// A sentence's tokens.
    pub(crate) fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// A sentence as printed.
    pub(crate) fn sentence_span(&self, sentence: &Sentence) -> Span {
        let tokens = self.sentence_tokens(sentence);
        Span {
            start: tokens.first().map_or(0, |t| t.span.start),
            end: tokens.last().map_or(0, |t| t.span.end),
        }
    }
}
