//! `data/lang/<lang>.toml`: everything that is wording, read once into word ids.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::number::{HedgeFile, NumberFile, hedges, numbers};
pub(crate) use super::number::{Hedges, NumberPhrase, NumberWord, Numbers};
use super::pattern::Patterns;
pub(crate) use super::words::{Phrases, Vocabulary, WordId};
use crate::error::{Error, Result};
use crate::figure::Unit;
use crate::text::{Token, token};

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
    common: BTreeSet<String>,
    datelines: super::dateline::Datelines,
    dates: super::date::File,
    attribution: super::source::File,
    places: super::place::File,
    totals: super::total::File,
    said: super::flag::File,
    flags: super::flag::Flags,
    victims: super::victim::File,
    charts: crate::chart::Words,
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
    change_before: Vec<String>,
    change_after: Vec<String>,
    ordinal_after: Vec<String>,
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
    pub(crate) change_before: Phrases<()>,
    pub(crate) change_after: Phrases<()>,
    pub(crate) ordinal_after: Phrases<()>,
}

/// A class of nouns: its name, and the unit of what it counts.
pub(crate) struct NounClass {
    pub(crate) name: &'static str,
    pub(crate) hash: u64,
    /// Its words mean one person.
    pub(crate) one: bool,
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
    pub(crate) counter: Classes,
    pub(crate) modal: Classes,
    /// Prepositions, auxiliaries, relatives, conjunctions: a noun phrase ends there.
    pub(crate) phrase_end: Classes,
}

/// What can begin with a token: most tokens of a text begin nothing, and one look says so; of a whole sentence, too.
pub(crate) mod begin {
    /// A number in words or digits.
    pub(crate) const NUMBER: u32 = 1;
    /// "A soldier", "another soldier".
    pub(crate) const ARTICLE: u32 = 1 << 1;
    /// A trigger or a grammar word.
    pub(crate) const MARK: u32 = 1 << 2;
    /// A noun phrase.
    pub(crate) const NOUN: u32 = 1 << 3;
    /// A word that a pattern needs.
    pub(crate) const PATTERN: u32 = 1 << 4;
    /// A number, also one of several words ("a quarter").
    pub(crate) const AMOUNT: u32 = 1 << 5;
    /// A date, a time or a duration.
    pub(crate) const DATE: u32 = 1 << 6;
    /// A trigger that makes one of "a soldier".
    pub(crate) const IMPLICIT: u32 = 1 << 7;
    /// A phrase around places, or "countries".
    pub(crate) const PLACE: u32 = 1 << 8;
    /// An act of saying.
    pub(crate) const SPEECH: u32 = 1 << 9;
    /// "Source: the ministry".
    pub(crate) const LABEL: u32 = 1 << 10;
    /// The marks `|`, `(`, `[` and `]`, `-`, and those of quotations.
    pub(crate) const BAR: u32 = 1 << 11;
    pub(crate) const OPENING: u32 = 1 << 12;
    pub(crate) const FOOTNOTE: u32 = 1 << 13;
    pub(crate) const HYPHEN: u32 = 1 << 14;
    pub(crate) const QUOTE: u32 = 1 << 15;
    /// A comma, a mark that ends a clause, and one that no gap of a pattern crosses.
    pub(crate) const COMMA: u32 = 1 << 16;
    pub(crate) const CLAUSE: u32 = 1 << 17;
    pub(crate) const WALL: u32 = 1 << 18;
    /// What digits begin.
    pub(crate) const DIGITS: u32 = NUMBER | AMOUNT | DATE;

    /// What a mark begins.
    pub(crate) fn mark(c: char) -> u32 {
        match c {
            '|' => BAR | CLAUSE | WALL,
            '(' => OPENING | CLAUSE | WALL,
            ')' | ';' | ':' | '•' => CLAUSE | WALL,
            '—' | '–' => CLAUSE,
            ',' => COMMA,
            '[' | ']' => FOOTNOTE,
            '-' => HYPHEN,
            '"' | '“' | '”' | '`' | '\'' => QUOTE,
            _ => 0,
        }
    }
}

/// One language.
pub(crate) struct Lang {
    /// The code by which articles name it.
    pub(crate) code: String,
    /// Words that no text of some length does without.
    common: BTreeSet<String>,
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
    /// How many words numbers, nouns, triggers, patterns and dates are made of. Those after them speak of sources and places
    /// only, and are names to the evidence.
    words: u32,
    /// The grammar classes that code asks for.
    pub(crate) grammar: Grammar,
    /// Triggers that make one of "a soldier".
    pub(crate) implicit: Classes,
    pub(crate) attribution: super::source::Attribution,
    pub(crate) dates: super::date::Dates,
    /// Words around places.
    pub(crate) places: super::place::Around,
    pub(crate) totals: super::total::Totals,
    pub(crate) said: super::flag::Said,
    pub(crate) flags: super::flag::Flags,
    pub(crate) victims: super::victim::Victims,
    /// What charts say.
    pub(crate) charts: crate::chart::Words,
}

impl Lang {
    /// One of the words that no text of some length does without, in any case.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.common.contains(&word.to_lowercase())
    }

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
            change_before: list(&mut v, &file.vetoes.change_before),
            change_after: list(&mut v, &file.vetoes.change_after),
            ordinal_after: list(&mut v, &file.vetoes.ordinal_after),
        };
        let totals = super::total::Totals::new(&mut v, &file.totals, name)?;
        let mut nouns = Vec::new();
        let mut noun_classes = Vec::new();
        for (class, words) in &file.nouns {
            let one = class == "person";
            let unit = if one {
                Some(Unit::People)
            } else {
                class.parse().ok()
            };
            nouns.extend(words.iter().map(|w| (w, noun_classes.len() as u8)));
            noun_classes.push(NounClass {
                name: leak(class),
                hash: token::hash(class),
                one,
                unit,
            });
        }
        let nouns = Phrases::new(&mut v, nouns);
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
            counter: bit("counter"),
            modal: bit("modal"),
            phrase_end: bit("preposition")
                | bit("auxiliary")
                | bit("relative")
                | bit("conjunction"),
        };
        let mut patterns = Patterns::default();
        let noun_names: Vec<&str> = file.nouns.keys().map(String::as_str).collect();
        for (label, list) in &file.patterns {
            for pattern in list {
                patterns
                    .add(&mut v, &noun_names, label, pattern)
                    .map_err(|what| Error::Data {
                        file: name.into(),
                        line: line_of(text, pattern),
                        what,
                    })?;
            }
        }
        let context_count = trigger_count + file.contexts.len();
        let speaks_for = file
            .triggers
            .keys()
            .map(|class| file.speaks_for.get(class).cloned())
            .collect();
        let marks = Phrases::new(&mut v, by_phrase);
        let set = |names: &[String]| names.iter().map(|n| bit(n)).fold(0, |all, bit| all | bit);
        let implicit = set(&file.numbers.implicit_triggers);
        let deeds = set(&file.victims.deeds);
        let victims = super::victim::Victims::new(&mut v, &file.victims, deeds);
        let dates = super::date::Dates::new(&mut v, &file.dates, name)?;
        let words = v.len() as u32;
        let attribution = super::source::Attribution::new(&file.attribution, &mut v);
        let places = super::place::Around::new(&file.places, &mut v);
        v.tell(|word| {
            let implicit = marks.starting(word).any(|classes| classes & implicit != 0);
            begins(word, &numbers, &nouns, &marks, &patterns, &dates)
                | attribution.begins(word)
                | if implicit { begin::IMPLICIT } else { 0 }
                | if places.begin(word) { begin::PLACE } else { 0 }
        });
        Ok(Lang {
            code: file.language,
            common: file.common,
            words,
            datelines: super::dateline::Datelines {
                months: file.dates.months,
                ordinals: file.dates.ordinals,
                ..file.datelines
            },
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
            totals,
            said: super::flag::Said::new(file.said, name)?,
            flags: file.flags,
            victims,
            charts: file.charts,
        })
    }

    /// "Gen", "approx", "Dr": a full stop after it ends no sentence.
    pub(crate) fn is_abbreviation(&self, token: &Token) -> bool {
        self.abbreviations.at(std::slice::from_ref(token)).is_some()
    }

    /// A word that no number, noun, trigger, pattern or date is made of: a name, if it has a capital.
    pub(crate) fn is_name(&self, token: &Token) -> bool {
        token.word == WordId::NONE || token.word.0 >= self.words
    }

    /// The bits of all triggers and contexts.
    pub(crate) fn context_bits(&self) -> Classes {
        (1 << self.context_count) - 1
    }

    /// The runs of letters of each trigger: where none of these rows stands in a text, no trigger does.
    pub(crate) fn trigger_words(&self) -> impl Iterator<Item = Vec<&str>> {
        let triggers = self.trigger_bits();
        let phrases = self.marks.words(move |classes| classes & triggers != 0);
        phrases.map(|words| {
            let words = words.into_iter().map(|id| self.vocabulary.word(id));
            words
                .flat_map(|word| word.split(|c: char| !c.is_alphabetic()))
                .filter(|part| !part.is_empty())
                .collect()
        })
    }

    /// The bits of all triggers.
    pub(crate) fn trigger_bits(&self) -> Classes {
        (1 << self.trigger_count) - 1
    }
}

fn begins(
    word: WordId,
    numbers: &Numbers,
    nouns: &Phrases<u8>,
    marks: &Phrases<Classes>,
    patterns: &Patterns,
    dates: &super::date::Dates,
) -> u32 {
    let role = numbers.meaning(word);
    let number = matches!(
        role,
        Some(NumberWord::Unit(_) | NumberWord::Ten(_) | NumberWord::Scale(_) | NumberWord::Dozen)
    ) || numbers.phrases.alone(word).is_some();
    let article = matches!(role, Some(NumberWord::Article | NumberWord::Another));
    let counted = matches!(
        role,
        Some(NumberWord::Unit(_) | NumberWord::Ten(_) | NumberWord::Article)
    );
    let amount = counted || numbers.phrases.begin(word);
    [
        (amount, begin::AMOUNT),
        (dates.begin(word) || counted, begin::DATE),
        (number, begin::NUMBER),
        (article, begin::ARTICLE),
        (marks.begin(word), begin::MARK),
        (nouns.begin(word), begin::NOUN),
        (!patterns.with(word).is_empty(), begin::PATTERN),
    ]
    .iter()
    .filter(|(holds, _)| *holds)
    .fold(0, |bits, (_, bit)| bits | bit)
}

/// The line that a pattern stands in; looked for only when it is wrong.
fn line_of(text: &str, pattern: &str) -> usize {
    text.find(&format!("\"{pattern}\""))
        .map_or(1, |at| text[..at].matches('\n').count() + 1)
}

/// Tables live as long as the program.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// Phrases without a meaning of their own.
pub(super) fn list(v: &mut Vocabulary, words: &[String]) -> Phrases<()> {
    Phrases::new(v, words.iter().map(|w| (w, ())))
}
