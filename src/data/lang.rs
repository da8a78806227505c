//! `data/lang/<lang>.toml`: everything that is wording, read once into word ids.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

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
    by_first: HashMap<WordId, Vec<(Vec<WordId>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases {
            by_first: HashMap::new(),
        }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase, cut as texts are cut.
    pub(crate) fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, meaning: T) {
        let ids: Vec<WordId> = token::tokens(phrase, &Vocabulary::default())
            .iter()
            .map(|t| vocabulary.intern(&phrase[t.span.range()]))
            .collect();
        let Some(&first) = ids.first() else { return };
        let list = self.by_first.entry(first).or_default();
        let at = list.partition_point(|(other, _)| other.len() >= ids.len());
        list.insert(at, (ids, meaning));
    }

    /// The longest phrase that starts at `tokens[0]`: how many tokens it has, and what it means.
    pub(crate) fn at(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        let first = tokens.first()?.word;
        if first == WordId::NONE {
            return None;
        }
        let list = self.by_first.get(&first)?;
        list.iter()
            .find(|(ids, _)| {
                tokens.len() >= ids.len() && ids.iter().zip(tokens).all(|(id, t)| *id == t.word)
            })
            .map(|(ids, meaning)| (ids.len(), meaning))
    }

    /// The longest phrase that ends with the last of `tokens`.
    pub(crate) fn ending(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        (1..=tokens.len().min(6)).rev().find_map(|n| {
            let tail = &tokens[tokens.len() - n..];
            self.at(tail).filter(|(len, _)| *len == n)
        })
    }
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Vec<String>,
    dates: toml::Table,
    attribution: super::source::File,
    places: toml::Table,
}

/// One language.
pub(crate) struct Lang {
    pub(crate) vocabulary: Vocabulary,
    abbreviations: Phrases<()>,
    pub(crate) attribution: super::source::Attribution,
}

impl Lang {
    pub(crate) fn compiled_in() -> Self {
        let text = include_str!("../../data/lang/en.toml");
        let file: File = toml::from_str(text).unwrap_or_else(|e| {
            panic!(
                "{}",
                super::measure::toml_error("data/lang/en.toml", text, &e)
            )
        });
        let mut vocabulary = Vocabulary::default();
        let mut abbreviations = Phrases::default();
        for word in &file.abbreviations {
            abbreviations.add(&mut vocabulary, word, ());
        }
        let _ = (&file.dates, &file.places);
        Lang {
            vocabulary,
            abbreviations,
            attribution: super::source::Attribution::new(&file.attribution),
        }
    }

    /// "Gen", "approx", "Dr": a full stop after it ends no sentence.
    pub(crate) fn is_abbreviation(&self, token: &Token) -> bool {
        self.abbreviations.at(std::slice::from_ref(token)).is_some()
    }
}
