//! `[numbers]` and `[hedges]` of a language: the words that numbers are made of, and those that say how sure they are.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::lang::list;
use super::words::{Phrases, Vocabulary, WordId};
use crate::figure::Qualifier;
use crate::text::Token;

/// `[numbers]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberFile {
    units: BTreeMap<String, u64>,
    tens: BTreeMap<String, u64>,
    scales: BTreeMap<String, i8>,
    glued: BTreeMap<String, i8>,
    dozen: Vec<String>,
    article: Vec<String>,
    another: Vec<String>,
    and: Vec<String>,
    half_and: Vec<String>,
    range: Vec<String>,
    range_open: Vec<String>,
    change_open: Vec<String>,
    percent: Vec<String>,
    of: Vec<String>,
    r#in: Vec<String>,
    phrases: BTreeMap<String, u64>,
    vague: BTreeMap<String, u64>,
    fractions: BTreeMap<String, f64>,
    fraction_next: Vec<String>,
    zero: Vec<String>,
    zero_before: Vec<String>,
    zero_between: Vec<String>,
    zero_not_next: Vec<String>,
    /// What makes one of "a soldier".
    pub(super) implicit_triggers: Vec<String>,
}

/// `[hedges]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HedgeFile {
    about: Vec<String>,
    nearly: Vec<String>,
    more_than: Vec<String>,
    at_least: Vec<String>,
    up_to: Vec<String>,
    fewer_than: Vec<String>,
    between: Vec<String>,
    after_at_least: Vec<String>,
    after_about: Vec<String>,
    after_up_to: Vec<String>,
}

/// What a word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// One to nineteen.
    Unit(u64),
    /// Twenty to ninety.
    Ten(u64),
    /// Hundred, thousand, million: places to shift by.
    Scale(i8),
    /// Dozen.
    Dozen,
    /// A, an.
    Article,
    /// Another.
    Another,
    And,
    Range,
    RangeOpen,
    ChangeOpen,
    Of,
}

/// A phrase that is a number as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberPhrase {
    Exact(u64),
    Vague(u64),
    Fraction(f64),
    /// No one, none.
    Zero,
    /// No, without: only before a noun.
    ZeroBefore,
}

/// Number words.
pub(crate) struct Numbers {
    /// Indexed by word.
    words: Vec<Option<NumberWord>>,
    pub(crate) phrases: Phrases<NumberPhrase>,
    pub(crate) glued: Phrases<i8>,
    pub(crate) half_and: Phrases<()>,
    pub(crate) percent: Phrases<()>,
    pub(crate) one_in: Phrases<()>,
    pub(crate) fraction_next: Phrases<()>,
    pub(crate) zero_between: Phrases<()>,
    pub(crate) zero_not_next: Phrases<()>,
}

impl Numbers {
    /// What a token does in a number.
    pub(crate) fn word(&self, token: &Token) -> Option<NumberWord> {
        self.meaning(token.word)
    }

    /// What a word does in a number.
    pub(super) fn meaning(&self, word: WordId) -> Option<NumberWord> {
        self.words.get(word.0 as usize).copied().flatten()
    }
}

/// Hedges before and after a number.
pub(crate) struct Hedges {
    pub(crate) before: Phrases<Qualifier>,
    pub(crate) between: Phrases<()>,
    pub(crate) after: Phrases<Qualifier>,
}

/// The words of `[numbers]`.
pub(super) fn numbers(v: &mut Vocabulary, file: &NumberFile) -> Numbers {
    let mut words: Vec<(WordId, NumberWord)> = Vec::new();
    let mut all = |v: &mut Vocabulary, list: &[String], meaning: NumberWord| {
        words.extend(list.iter().map(|w| (v.intern(w), meaning)));
    };
    all(v, &file.dozen, NumberWord::Dozen);
    all(v, &file.article, NumberWord::Article);
    all(v, &file.another, NumberWord::Another);
    all(v, &file.range, NumberWord::Range);
    all(v, &file.range_open, NumberWord::RangeOpen);
    all(v, &file.change_open, NumberWord::ChangeOpen);
    all(v, &file.of, NumberWord::Of);
    all(v, &file.and, NumberWord::And);
    words.extend(
        file.units
            .iter()
            .map(|(w, n)| (v.intern(w), NumberWord::Unit(*n))),
    );
    words.extend(
        file.tens
            .iter()
            .map(|(w, n)| (v.intern(w), NumberWord::Ten(*n))),
    );
    words.extend(
        file.scales
            .iter()
            .map(|(w, n)| (v.intern(w), NumberWord::Scale(*n))),
    );
    let mut table = vec![None; v.len()];
    for (id, meaning) in words {
        table[id.0 as usize] = Some(meaning);
    }
    let with = |words: &'_ [String], meaning| -> Vec<(String, NumberPhrase)> {
        words.iter().map(|w| (w.clone(), meaning)).collect()
    };
    let exact = file.phrases.iter();
    let vague = file.vague.iter();
    let shares = file.fractions.iter();
    let phrases = (exact.map(|(p, n)| (p.clone(), NumberPhrase::Exact(*n))))
        .chain(vague.map(|(p, n)| (p.clone(), NumberPhrase::Vague(*n))))
        .chain(shares.map(|(p, share)| (p.clone(), NumberPhrase::Fraction(*share))))
        .chain(with(&file.zero, NumberPhrase::Zero))
        .chain(with(&file.zero_before, NumberPhrase::ZeroBefore));
    let phrases = Phrases::new(v, phrases);
    Numbers {
        words: table,
        phrases,
        glued: Phrases::new(v, file.glued.iter().map(|(w, n)| (w, *n))),
        half_and: list(v, &file.half_and),
        percent: list(v, &file.percent),
        one_in: list(v, &file.r#in),
        fraction_next: list(v, &file.fraction_next),
        zero_between: list(v, &file.zero_between),
        zero_not_next: list(v, &file.zero_not_next),
    }
}

/// The words of `[hedges]`.
pub(super) fn hedges(v: &mut Vocabulary, file: &HedgeFile) -> Hedges {
    use Qualifier::{About, AtLeast, FewerThan, MoreThan, Nearly, UpTo};
    let mut phrases = |lists: &[(&[String], Qualifier)]| {
        let pairs = lists
            .iter()
            .flat_map(|(words, q)| words.iter().map(move |w| (w, *q)));
        Phrases::new(v, pairs)
    };
    let before = phrases(&[
        (&file.about, About),
        (&file.nearly, Nearly),
        (&file.more_than, MoreThan),
        (&file.at_least, AtLeast),
        (&file.up_to, UpTo),
        (&file.fewer_than, FewerThan),
    ]);
    let after = phrases(&[
        (&file.after_at_least, AtLeast),
        (&file.after_about, About),
        (&file.after_up_to, UpTo),
    ]);
    Hedges {
        before,
        between: list(v, &file.between),
        after,
    }
}
