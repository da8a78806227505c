//! Patterns: how a sentence says what a number counts, in words that a speaker of the language can write.
//!
//! | sign | matches |
//! | --- | --- |
//! | `word` | that word, any case |
//! | `a|b` | either |
//! | `word*` | any ending |
//! | `x?` | x or nothing |
//! | `#` | the number with its hedge |
//! | `@class` | a noun of that class of `[nouns]`; `@people` any noun of people, `@homes` of homes |
//! | `~` | the rest of a noun phrase: up to four words that are no grammar words |
//! | `^` | auxiliaries and adverbs between them, or nothing |
//! | `..` | up to seven tokens of the same clause, not over another number |
//!
//! A pattern is evidence and explanation; the weights judge.

use super::lang::{Vocabulary, WordId};
use crate::figure::Unit;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// Any of these words.
    Words(Vec<WordId>),
    /// Any word with one of these beginnings, or one of these words.
    Beginnings(Vec<String>, Vec<WordId>),
    /// A noun of a class, or of any class with this unit.
    Noun(NounTest),
    /// The rest of a noun phrase.
    Rest,
    /// Auxiliaries.
    Auxiliaries,
    /// A gap.
    Gap,
    /// The step or nothing.
    Maybe(Box<Step>),
}

/// Which nouns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NounTest {
    Class(u8),
    AnyPeople,
    Homes,
}

impl NounTest {
    /// True for a noun of this class and unit.
    pub(crate) fn holds(self, class: u8, unit: Option<Unit>) -> bool {
        match self {
            NounTest::Class(c) => c == class,
            NounTest::AnyPeople => unit.is_some_and(|u| u != Unit::Homes),
            NounTest::Homes => unit == Some(Unit::Homes),
        }
    }
}

/// A pattern and the label it speaks for.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// As written.
    pub(crate) text: String,
    /// A measure's code or `none`.
    pub(crate) label: String,
    /// Before the number, from the number outwards.
    pub(crate) left: Vec<Step>,
    /// After it.
    pub(crate) right: Vec<Step>,
}

/// A pattern that needs a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    pub(crate) pattern: u16,
    /// Needs it after the number, else before it.
    pub(crate) after: bool,
}

/// All patterns of a language, found by a word that must be there.
#[derive(Default)]
pub(crate) struct Patterns {
    pub(crate) all: Vec<Pattern>,
    /// Indexed by word: patterns that need one of some words, this one among them.
    by_word: Vec<Vec<Need>>,
    /// Patterns without such a word.
    pub(crate) always: Vec<u16>,
}

impl Patterns {
    /// Patterns that a number beside this word could match.
    pub(crate) fn with(&self, word: WordId) -> &[Need] {
        self.by_word.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds a pattern.
    ///
    /// # Errors
    /// It has no `#`, or more than one, or names a class that is none.
    pub(crate) fn add(
        &mut self,
        vocabulary: &mut Vocabulary,
        classes: &[&str],
        label: &str,
        text: &str,
    ) -> Result<(), String> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let numbers = parts.iter().filter(|p| **p == "#").count();
        if numbers != 1 {
            return Err(format!(
                "pattern has {}, so no number can match: {text:?}",
                if numbers == 0 {
                    "no '#'"
                } else {
                    "more than one '#'"
                }
            ));
        }
        let at = parts.iter().position(|p| *p == "#").unwrap_or_default();
        let mut steps = |parts: &[&str]| -> Result<Vec<Step>, String> {
            parts.iter().map(|p| step(vocabulary, classes, p)).collect()
        };
        let mut left = steps(&parts[..at])?;
        left.reverse();
        let right = steps(&parts[at + 1..])?;
        let index = self.all.len() as u16;
        let sides = left.iter().map(|s| (s, false));
        let sides = sides.chain(right.iter().map(|s| (s, true)));
        let rarest = sides.filter_map(|(s, after)| match s {
            Step::Words(words) => Some((words, after)),
            _ => None,
        });
        match rarest.max_by_key(|(words, _)| vocabulary.word(words[0]).len()) {
            Some((words, after)) => {
                let need = Need {
                    pattern: index,
                    after,
                };
                for word in words {
                    if self.by_word.len() <= word.0 as usize {
                        self.by_word.resize_with(word.0 as usize + 1, Vec::new);
                    }
                    self.by_word[word.0 as usize].push(need);
                }
            }
            None => self.always.push(index),
        }
        self.all.push(Pattern {
            text: text.into(),
            label: label.into(),
            left,
            right,
        });
        Ok(())
    }
}

fn step(vocabulary: &mut Vocabulary, classes: &[&str], part: &str) -> Result<Step, String> {
    if let Some(inner) = part.strip_suffix('?').filter(|p| !p.is_empty()) {
        return Ok(Step::Maybe(Box::new(step(vocabulary, classes, inner)?)));
    }
    Ok(match part {
        "~" => Step::Rest,
        "^" => Step::Auxiliaries,
        ".." => Step::Gap,
        "@people" => Step::Noun(NounTest::AnyPeople),
        "@homes" => Step::Noun(NounTest::Homes),
        _ if part.starts_with('@') => {
            let class = classes
                .iter()
                .position(|c| *c == &part[1..])
                .ok_or_else(|| format!("no class of nouns {part:?}"))?;
            Step::Noun(NounTest::Class(class as u8))
        }
        _ => {
            let (mut words, mut beginnings) = (Vec::new(), Vec::new());
            for word in part.split('|') {
                match word.strip_suffix('*') {
                    Some(beginning) => beginnings.push(beginning.to_lowercase()),
                    None => words.push(vocabulary.intern(word)),
                }
            }
            if beginnings.is_empty() {
                Step::Words(words)
            } else {
                Step::Beginnings(beginnings, words)
            }
        }
    })
}
