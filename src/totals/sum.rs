//! The numbers of one sentence -> what they come to: "two teachers and four pupils" are six, "six people, four of them
//! children" are six too, "an attacker killed eight" are eight.
//!
//! Only the figures and their sentences are known here, so what stands between two numbers is found again in the sentence.

use std::collections::HashSet;

use super::{Total, counts};
use crate::data;
use crate::data::lang::{Lang, Phrases, begin};
use crate::figure::{Figure, Kind};
use crate::text::{Token, TokenKind, token};

/// Words between two numbers of one list.
const LIST: usize = 14;
/// Bytes after the second number that are looked at.
const AFTER: usize = 60;
/// Words in which "other" may follow a number.
const NEAR: usize = 3;

fn lang() -> &'static Lang {
    &data::get().lang
}

fn holds(phrases: &Phrases<()>, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|i| phrases.at(&tokens[i..]).is_some())
}

/// True when the sentence says that it tells the whole: "in all, nine people died".
pub(super) fn tells_the_whole(sentence: &str) -> bool {
    lang().totals.overall.is_match(sentence)
}

/// True when the sentence says that people were attacked, not what became of them.
pub(super) fn tells_of_an_attack(sentence: &str) -> bool {
    let lang = lang();
    let tokens = token::tokens(sentence, &lang.vocabulary);
    holds(&lang.totals.attacked, &tokens) && !holds(&lang.totals.not_attacked, &tokens)
}

/// True when the text leaves the number out of its own count: "five others also died (not counted)".
pub(super) fn is_left_out(f: &Figure) -> bool {
    let lang = lang();
    let Some(at) = f.sentence.rfind(&f.number_text) else {
        return false;
    };
    let rest = &f.sentence[at + f.number_text.len()..];
    let Some(said) = lang.totals.left_out.find(rest) else {
        return false;
    };
    let number = |t: &Token| t.kind == TokenKind::Number || t.begins & begin::NUMBER != 0;
    !token::tokens(&rest[..said.start()], &lang.vocabulary)
        .iter()
        .any(number)
}

/// By sentence, what the figures `of` come to; `all` are those of the measure, parts too.
pub(super) fn by_sentence(all: &[&Figure], of: &[&Figure]) -> Vec<Total> {
    let kept: HashSet<*const Figure> = of.iter().map(|f| std::ptr::from_ref(*f)).collect();
    let mut sums = Vec::new();
    for sentence in all.chunk_by(|a, b| a.sentence == b.sentence) {
        let mut list: Vec<&Figure> = Vec::new();
        let mut before: Option<&Figure> = None;
        for f in sentence {
            if before.is_some_and(|b| f.start < b.end) {
                continue; // the same words, told of a second time
            }
            let counted = kept.contains(&std::ptr::from_ref(*f));
            let joined = before.is_some_and(|b| is_list(b, f));
            let part = before.is_some_and(|b| !counts(b)) && joined;
            before = Some(f);
            if !counted || part {
                continue;
            }
            if !joined || f.kind == Kind::Total {
                sums.extend(sum(&list));
                list.clear();
            }
            list.push(f);
        }
        sums.extend(sum(&list));
    }
    sums
}

/// What a list comes to; where the others add up to the first, they are its parts.
fn sum(list: &[&Figure]) -> Option<Total> {
    let (first, rest) = list.split_first()?;
    let add = |figures: &[&Figure]| figures.iter().map(|f| Total::of(f)).reduce(Total::plus);
    let parts = add(rest).is_some_and(|parts| parts.value.is_some() && parts.value == first.value);
    if parts && rest.len() > 1 {
        return Some(Total::of(first));
    }
    add(list)
}

/// True when the second number goes on a list that the first began: nothing but nouns and "and" between them; or when it
/// says that it comes on top.
fn is_list(a: &Figure, b: &Figure) -> bool {
    let lang = lang();
    let words = &lang.totals;
    let Some((between, after)) = around(a, b) else {
        return false;
    };
    let between = token::tokens(between, &lang.vocabulary);
    let after = token::tokens(after, &lang.vocabulary);
    if words.part.at(&after).is_some() {
        return false;
    }
    if holds(&words.more, &after[..after.len().min(NEAR)]) && !holds(&words.not_more, &between) {
        return true;
    }
    if between.len() > LIST || holds(&words.apart, &between) {
        return false;
    }
    let mut end = between.len();
    while let Some(n) = hedge(lang, &between[..end]) {
        end -= n;
    }
    let and = |t: &Token| {
        let marks = lang.marks.at(std::slice::from_ref(t));
        marks.is_some_and(|(_, classes)| classes & lang.grammar.and != 0)
    };
    between[..end]
        .last()
        .is_some_and(|t| and(t) || lang.totals.comma.at(std::slice::from_ref(t)).is_some())
}

/// Tokens of a hedge at the end of some.
fn hedge(lang: &Lang, tokens: &[Token]) -> Option<usize> {
    let before = lang.hedges.before.ending(tokens).map(|(n, _)| n);
    before.or_else(|| lang.hedges.between.ending(tokens).map(|(n, ())| n))
}

/// The words between two numbers of a sentence, and those after the second.
fn around<'a>(a: &'a Figure, b: &Figure) -> Option<(&'a str, &'a str)> {
    let (step, first) = ((b.start - a.start) as usize, a.number_text.len());
    a.sentence
        .match_indices(&a.number_text)
        .find_map(|(at, _)| {
            let rest = &a.sentence[at..];
            let (second, _) = rest.char_indices().nth(step)?;
            let after = rest[second..].strip_prefix(&b.number_text)?;
            Some((rest.get(first..second)?, cut(after, AFTER)))
        })
}

/// At most the first `n` bytes.
fn cut(text: &str, n: usize) -> &str {
    &text[..text.floor_char_boundary(n)]
}
