//! `data/lang/<lang>.toml`: everything that is wording, read once into word ids.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use super::pattern::Patterns;
use crate::error::{Error, Result};
use crate::figure::{Qualifier, Unit};
use crate::text::{Token, token};

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no table knows.
    pub(crate) const NONE: WordId = WordId(0);
}

/// The hashes are hashes already.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 << 8) | u64::from(b);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// A map keyed by hashes.
pub(crate) type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// Every word that stands in a table, by the hash of its small letters.
#[derive(Default)]
pub(crate) struct Vocabulary {
    by_hash: HashedMap<WordId>,
    words: Vec<String>,
}

impl Vocabulary {
    /// The word's id, given one if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        if self.words.is_empty() {
            self.words.push(String::new());
        }
        let next = WordId(self.words.len() as u32);
        let id = *self.by_hash.entry(token::hash(word)).or_insert(next);
        if id == next {
            self.words.push(word.to_lowercase());
        }
        id
    }
    /// The id of a token's hash.
    pub(crate) fn by_hash(&self, hash: u64) -> WordId {
        self.by_hash.get(&hash).copied().unwrap_or(WordId::NONE)
    }
    /// How many ids there are, the unknown word counted.
    pub(crate) fn len(&self) -> usize {
        self.words.len().max(1)
    }
    /// The word of an id, in small letters; empty for the unknown word.
    pub(crate) fn word(&self, id: WordId) -> &str {
        self.words.get(id.0 as usize).map_or("", String::as_str)
    }
}

/// Phrases of one or more words with what they mean; found by their first word, the longest first.
pub(crate) struct Phrases<T> {
    /// Indexed by the first word: the words after it, and what the phrase means.
    by_first: Vec<Vec<(Box<[WordId]>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases {
            by_first: Vec::new(),
        }
    }
}

impl<T> Phrases<T> {
    /// Every phrase with its meaning, cut as texts are cut.
    pub(crate) fn new<S: AsRef<str>>(
        vocabulary: &mut Vocabulary,
        list: impl IntoIterator<Item = (S, T)>,
    ) -> Self {
        let mut phrases = Phrases::default();
        for (phrase, meaning) in list {
            phrases.add(vocabulary, phrase.as_ref(), meaning);
        }
        phrases
    }

    /// Adds a phrase, cut as texts are cut.
    pub(crate) fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, meaning: T) {
        let ids: Vec<WordId> = token::tokens(phrase, &Vocabulary::default())
            .iter()
            .map(|t| vocabulary.intern(&phrase[t.span.range()]))
            .collect();
        let Some((first, rest)) = ids.split_first() else {
            return;
        };
        let first = first.0 as usize;
        if self.by_first.len() <= first {
            self.by_first.resize_with(first + 1, Vec::new);
        }
        let list = &mut self.by_first[first];
        let at = list.partition_point(|(other, _)| other.len() >= rest.len());
        list.insert(at, (rest.into(), meaning));
    }

    /// The longest phrase that starts at `tokens[0]`: how many tokens it has, and what it means.
    pub(crate) fn at(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        let (first, after) = tokens.split_first()?;
        let list = self.by_first.get(first.word.0 as usize)?;
        list.iter()
            .find(|(rest, _)| {
                after.len() >= rest.len() && rest.iter().zip(after).all(|(id, t)| *id == t.word)
            })
            .map(|(rest, meaning)| (rest.len() + 1, meaning))
    }

    /// The longest phrase that ends with the last of `tokens`.
    pub(crate) fn ending(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        (1..=tokens.len().min(6)).rev().find_map(|n| {
            let tail = &tokens[tokens.len() - n..];
            self.at(tail).filter(|(len, _)| *len == n)
        })
    }
}

/// A set of classes, one bit each.
pub(crate) type Classes = u64;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Vec<String>,
    numbers: NumberFile,
    hedges: HedgeFile,
    vetoes: VetoFile,
    nouns: BTreeMap<String, Vec<String>>,
    triggers: BTreeMap<String, Vec<String>>,
    speaks_for: BTreeMap<String, String>,
    contexts: BTreeMap<String, Vec<String>>,
    grammar: BTreeMap<String, Vec<String>>,
    patterns: BTreeMap<String, Vec<String>>,
    language: String,
    datelines: super::dateline::Datelines,
    dates: super::date::File,
    attribution: super::source::File,
    places: super::place::File,
    charts: crate::chart::Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberFile {
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
    implicit_triggers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HedgeFile {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VetoFile {
    money_before: Vec<String>,
    money_after: Vec<String>,
    unit_after: Vec<String>,
    age_after: Vec<String>,
    age_before: Vec<String>,
    label_before: Vec<String>,
    rank_before: Vec<String>,
    ordinal_after: Vec<String>,
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
}

impl Numbers {
    /// What a token does in a number.
    pub(crate) fn word(&self, token: &Token) -> Option<NumberWord> {
        self.words.get(token.word.0 as usize).copied().flatten()
    }
}

/// Hedges before and after a number.
pub(crate) struct Hedges {
    pub(crate) before: Phrases<Qualifier>,
    pub(crate) between: Phrases<()>,
    pub(crate) after: Phrases<Qualifier>,
}

/// What stands beside numbers that count no people.
pub(crate) struct Vetoes {
    pub(crate) money_before: Phrases<()>,
    pub(crate) money_after: Phrases<()>,
    pub(crate) unit_after: Phrases<()>,
    pub(crate) age_after: Phrases<()>,
    pub(crate) age_before: Phrases<()>,
    pub(crate) label_before: Phrases<()>,
    pub(crate) rank_before: Phrases<()>,
    pub(crate) ordinal_after: Phrases<()>,
}

/// A class of nouns: its name, and the unit of what it counts.
pub(crate) struct NounClass {
    pub(crate) name: &'static str,
    pub(crate) hash: u64,
    /// None: never counted as people or homes.
    pub(crate) unit: Option<Unit>,
}

/// Bits of the grammar classes that code asks for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Grammar {
    pub(crate) auxiliary: Classes,
    pub(crate) adverb: Classes,
    pub(crate) and: Classes,
    pub(crate) conjunction: Classes,
    pub(crate) of_whom: Classes,
    /// Prepositions, auxiliaries, relatives, conjunctions: a noun phrase ends there.
    pub(crate) phrase_end: Classes,
}

/// One language.
pub(crate) struct Lang {
    /// The code by which articles name it.
    pub(crate) code: String,
    pub(crate) datelines: super::dateline::Datelines,
    pub(crate) vocabulary: Vocabulary,
    abbreviations: Phrases<()>,
    pub(crate) numbers: Numbers,
    pub(crate) hedges: Hedges,
    pub(crate) vetoes: Vetoes,
    /// Noun phrases and the index of their class.
    pub(crate) nouns: Phrases<u8>,
    pub(crate) noun_classes: Vec<NounClass>,
    /// Triggers and grammar words: bit i is `classes[i]`.
    pub(crate) marks: Phrases<Classes>,
    pub(crate) patterns: Patterns,
    /// Name and hash of each bit of `marks`; triggers first.
    pub(crate) classes: Vec<(&'static str, u64)>,
    /// How many of `classes` are triggers.
    pub(crate) trigger_count: usize,
    /// How many are triggers or contexts.
    pub(crate) context_count: usize,
    /// By trigger: the code of the measure it speaks for.
    pub(crate) speaks_for: Vec<Option<String>>,
    /// The grammar classes that code asks for.
    pub(crate) grammar: Grammar,
    /// Triggers that make one of "a soldier".
    pub(crate) implicit: Classes,
    pub(crate) attribution: super::source::Attribution,
    pub(crate) dates: super::date::Dates,
    /// Words around places.
    pub(crate) places: super::place::Around,
    /// What charts say.
    pub(crate) charts: crate::chart::Words,
}

impl Lang {
    pub(crate) fn compiled_in() -> Self {
        Self::parse("data/lang/en.toml", include_str!("../../data/lang/en.toml"))
            .unwrap_or_else(|e| panic!("{e}"))
    }

    /// Reads a language file.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self> {
        let file: File =
            toml::from_str(text).map_err(|e| super::measure::toml_error(name, text, &e))?;
        let mut v = Vocabulary::default();
        let abbreviations = list(&mut v, &file.abbreviations);
        let numbers = numbers(&mut v, &file.numbers);
        let hedges = hedges(&mut v, &file.hedges);
        let vetoes = Vetoes {
            money_before: list(&mut v, &file.vetoes.money_before),
            money_after: list(&mut v, &file.vetoes.money_after),
            unit_after: list(&mut v, &file.vetoes.unit_after),
            age_after: list(&mut v, &file.vetoes.age_after),
            age_before: list(&mut v, &file.vetoes.age_before),
            label_before: list(&mut v, &file.vetoes.label_before),
            rank_before: list(&mut v, &file.vetoes.rank_before),
            ordinal_after: list(&mut v, &file.vetoes.ordinal_after),
        };
        let mut nouns = Phrases::default();
        let mut noun_classes = Vec::new();
        for (class, words) in &file.nouns {
            let unit = if class == "person" {
                Some(Unit::People)
            } else {
                class.parse().ok()
            };
            for word in words {
                nouns.add(&mut v, word, noun_classes.len() as u8);
            }
            noun_classes.push(NounClass {
                name: leak(class),
                hash: token::hash(class),
                unit,
            });
        }
        let mut classes = Vec::new();
        let mut by_phrase: BTreeMap<&str, Classes> = BTreeMap::new();
        let trigger_count = file.triggers.len();
        for (class, words) in file
            .triggers
            .iter()
            .chain(&file.contexts)
            .chain(&file.grammar)
        {
            for word in words {
                *by_phrase.entry(word).or_default() |= 1 << classes.len();
            }
            classes.push((leak(class), token::hash(class)));
        }
        if classes.len() > 64 {
            return Err(Error::Data {
                file: name.into(),
                line: 1,
                what: "more than 64 classes of triggers and grammar words".into(),
            });
        }
        let bit = |name: &str| {
            classes
                .iter()
                .position(|(n, _)| *n == name)
                .map_or(0, |i| 1 << i)
        };
        let grammar = Grammar {
            auxiliary: bit("auxiliary"),
            adverb: bit("adverb"),
            and: bit("and"),
            conjunction: bit("conjunction"),
            of_whom: bit("of_whom"),
            phrase_end: bit("preposition")
                | bit("auxiliary")
                | bit("relative")
                | bit("conjunction"),
        };
        let mut patterns = Patterns::default();
        let noun_names: Vec<&str> = file.nouns.keys().map(String::as_str).collect();
        for (label, list) in &file.patterns {
            for pattern in list {
                let line = text
                    .find(&format!("\"{pattern}\""))
                    .map_or(1, |at| text[..at].matches('\n').count() + 1);
                patterns.add(&mut v, &noun_names, label, pattern, name, line)?;
            }
        }
        let context_count = trigger_count + file.contexts.len();
        let speaks_for = file
            .triggers
            .keys()
            .map(|class| file.speaks_for.get(class).cloned())
            .collect();
        let marks = Phrases::new(&mut v, by_phrase);
        let implicit = classes
            .iter()
            .enumerate()
            .filter(|(_, (c, _))| file.numbers.implicit_triggers.iter().any(|t| t == c))
            .map(|(i, _)| 1 << i)
            .sum();
        let attribution = super::source::Attribution::new(&file.attribution);
        let dates = super::date::Dates::new(&mut v, &file.dates, name)?;
        let places = super::place::Around::new(&file.places);
        Ok(Lang {
            code: file.language,
            datelines: file.datelines,
            vocabulary: v,
            abbreviations,
            numbers,
            hedges,
            vetoes,
            nouns,
            noun_classes,
            marks,
            patterns,
            classes,
            trigger_count,
            context_count,
            speaks_for,
            grammar,
            implicit,
            attribution,
            dates,
            places,
            charts: file.charts,
        })
    }

    /// "Gen", "approx", "Dr": a full stop after it ends no sentence.
    pub(crate) fn is_abbreviation(&self, token: &Token) -> bool {
        self.abbreviations.at(std::slice::from_ref(token)).is_some()
    }

    /// The bits of all triggers and contexts.
    pub(crate) fn context_bits(&self) -> Classes {
        (1 << self.context_count) - 1
    }

    /// The bits of all triggers.
    pub(crate) fn trigger_bits(&self) -> Classes {
        (1 << self.trigger_count) - 1
    }
}

/// Tables live as long as the program.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn list(v: &mut Vocabulary, words: &[String]) -> Phrases<()> {
    Phrases::new(v, words.iter().map(|w| (w, ())))
}

fn numbers(v: &mut Vocabulary, file: &NumberFile) -> Numbers {
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
    let mut phrases = Phrases::new(
        v,
        file.phrases
            .iter()
            .map(|(p, n)| (p, NumberPhrase::Exact(*n))),
    );
    for (phrase, n) in &file.vague {
        phrases.add(v, phrase, NumberPhrase::Vague(*n));
    }
    for (phrase, share) in &file.fractions {
        phrases.add(v, phrase, NumberPhrase::Fraction(*share));
    }
    for phrase in &file.zero {
        phrases.add(v, phrase, NumberPhrase::Zero);
    }
    for phrase in &file.zero_before {
        phrases.add(v, phrase, NumberPhrase::ZeroBefore);
    }
    Numbers {
        words: table,
        phrases,
        glued: Phrases::new(v, file.glued.iter().map(|(w, n)| (w, *n))),
        half_and: list(v, &file.half_and),
        percent: list(v, &file.percent),
        one_in: list(v, &file.r#in),
        fraction_next: list(v, &file.fraction_next),
        zero_between: list(v, &file.zero_between),
    }
}

fn hedges(v: &mut Vocabulary, file: &HedgeFile) -> Hedges {
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
