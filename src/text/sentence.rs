//! Tokens -> sentences and paragraphs.
//!
//! Own splitter: UAX 29 and its kin cut after "approx.", "Dr." and "Gen.".

use super::{Paragraph, Sentence, Token, TokenKind};
use crate::data::lang::{Lang, begin};

/// Tokens of the longest sentence. What runs on beyond it (a table without line ends, a text without stops) is cut, else a
/// number's evidence, and the sentence kept with it, would grow with the text.
const LONGEST: u32 = 400;
/// Closing quotes and brackets that may follow a full stop.
const CLOSING: usize = 6;

/// Sentences in the order of the text, and the paragraphs they stand in.
pub(crate) fn split(text: &str, tokens: &[Token], lang: &Lang) -> (Vec<Sentence>, Vec<Paragraph>) {
    let (mut sentences, mut paragraphs) = (Vec::new(), Vec::new());
    let (mut start, mut first, mut begins) = (0u32, 0u32, 0);
    for (i, before) in (1..).zip(tokens) {
        begins |= before.begins;
        let long = i as u32 - start >= LONGEST;
        let border = match tokens.get(i) {
            None => Border::Paragraph,
            // within a run of words, mostly
            Some(after) if between_words(before, after) => Border::None,
            Some(_) => border(text, tokens, i, lang),
        };
        let border = if border == Border::None && long {
            Border::Sentence
        } else {
            border
        };
        if border == Border::None {
            continue;
        }
        if start < i as u32 {
            sentences.push(Sentence {
                tokens: start..i as u32,
                begins,
            });
            (start, begins) = (i as u32, 0);
        }
        if border == Border::Paragraph && first < sentences.len() as u32 {
            paragraphs.push(Paragraph {
                sentences: first..sentences.len() as u32,
            });
            first = sentences.len() as u32;
        }
    }
    (sentences, paragraphs)
}

#[derive(PartialEq, Clone, Copy)]
enum Border {
    None,
    Sentence,
    Paragraph,
}

/// No stop, bullet or line end stands between: no border.
fn between_words(before: &Token, after: &Token) -> bool {
    let bullet = after.kind == TokenKind::Mark && after.spaced;
    before.kind != TokenKind::Mark && !bullet && !after.gap
}

/// What lies between token `i - 1` and token `i`.
fn border(text: &str, tokens: &[Token], i: usize, lang: &Lang) -> Border {
    let (before, after) = (&tokens[i - 1], &tokens[i]);
    if after.gap {
        let between = &text[before.span.end as usize..after.span.start as usize];
        let lines = between.matches('\n').count();
        if lines > 1 || between.contains('\u{c}') {
            return Border::Paragraph;
        }
        if lines == 1 && !wraps(text, tokens, i, lang) {
            return Border::Paragraph;
        }
        if lines == 0 && (after.capital || is(text, after, "•")) && !between.contains('\u{a0}') {
            return Border::Paragraph; // two spaces: a lost line end
        }
    }
    if is_bullet(text, after) && after.spaced {
        return Border::Sentence;
    }
    if ends(text, tokens, i, lang) {
        Border::Sentence
    } else {
        Border::None
    }
}

fn is(text: &str, token: &Token, mark: &str) -> bool {
    &text[token.span.range()] == mark
}

#[inline]
fn is_bullet(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Mark
        && matches!(
            &text[token.span.range()],
            "•" | "▪" | "‣" | "■" | "●" | "" | "◦"
        )
}

/// A line end inside a paragraph: the line before is long and unfinished, and the next goes on.
fn wraps(text: &str, tokens: &[Token], i: usize, lang: &Lang) -> bool {
    let (before, after) = (&tokens[i - 1], &tokens[i]);
    if is_bullet(text, after) || matches!(&text[after.span.range()], "-" | "–" | "*" | "#") {
        return false;
    }
    // rows of a table
    if after.begins & begin::BAR != 0 {
        return false;
    }
    let line = tokens[..i].iter().rev();
    let first = line.clone().take_while(|t| !t.gap).count();
    if line.take(first + 1).any(|t| t.begins & begin::BAR != 0) {
        return false;
    }
    if ends(text, tokens, i, lang) {
        return false;
    }
    let line_start = text[..before.span.end as usize]
        .rfind('\n')
        .map_or(0, |p| p + 1);
    let length = before.span.end as usize - line_start;
    let small = after.kind == TokenKind::Word && !after.capital;
    let mark = before.kind == TokenKind::Mark;
    if mark && matches!(&text[before.span.range()], ":" | ";") {
        return false;
    }
    (small && length >= 25) || length >= 60
}

/// A full stop, question or exclamation mark (with what closes after it) before token `i`.
fn ends(text: &str, tokens: &[Token], i: usize, lang: &Lang) -> bool {
    if tokens[i - 1].kind != TokenKind::Mark {
        return false; // between words, mostly
    }
    let after = &tokens[i];
    let mut j = i;
    // closing quotes and brackets belong to the sentence before
    while j > 0
        && i - j < CLOSING
        && tokens[j - 1].kind == TokenKind::Mark
        && matches!(
            &text[tokens[j - 1].span.range()],
            "\"" | "”" | "’" | "'" | ")" | "]" | "»"
        )
    {
        if j < i && tokens[j].spaced {
            break;
        }
        j -= 1;
    }
    if j == 0 {
        return false;
    }
    let stop = &tokens[j - 1];
    if stop.kind != TokenKind::Mark {
        return false;
    }
    match &text[stop.span.range()] {
        "!" | "?" | "…" | "。" | "؟" => {
            return after.spaced && (after.capital || after.kind != TokenKind::Word);
        }
        "." => {}
        _ => return false,
    }
    if !after.spaced {
        // a lost space: "homes.The", never inside a number or an abbreviation
        let word_before = j >= 2 && tokens[j - 2].kind == TokenKind::Word;
        let long = word_before
            && tokens[j - 2].span.end - tokens[j - 2].span.start > 3
            && !tokens[j - 2].upper;
        return long
            && after.capital
            && !after.upper
            && after.kind == TokenKind::Word
            && !lang.is_abbreviation(&tokens[j - 2]);
    }
    if after.kind == TokenKind::Word && !after.capital {
        return false;
    }
    if j >= 2 && !stop.spaced {
        let word = &tokens[j - 2];
        let len = word.span.end - word.span.start;
        if word.kind == TokenKind::Word {
            if len == 1 && j == i && word.capital {
                return false; // an initial
            }
            if j == i && lang.is_abbreviation(word) {
                // "approx. 300", "Gen. Butt"; "p.m. The" is an end
                return false;
            }
        }
    }
    true
}
