//! Words and phrases of the tables: each word a small number, each phrase found by its first word.
//!
//! Comes in: words and phrases as written in `data/`. Goes out: what the tokens of a text mean, at one or two loads a token.

use std::cmp::Reverse;

use super::table::Table;
use crate::text::{Token, token};

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no table knows.
    pub(crate) const NONE: WordId = WordId(0);
}

/// Every word that stands in a table, by the hash of its small letters.
#[derive(Default)]
pub(crate) struct Vocabulary {
    by_hash: Table<WordId>,
    words: Vec<String>,
    /// By id: what can begin with the word; bits of `begin`.
    begins: Vec<u32>,
}

impl Vocabulary {
    /// The word's id, given one if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        if self.words.is_empty() {
            self.words.push(String::new());
        }
        let next = WordId(self.words.len() as u32);
        let id = *self.by_hash.entry(token::hash(word), || next);
        if id == next {
            self.words.push(word.to_lowercase());
        }
        id
    }
    /// The id of a token's hash, and what can begin with the word.
    #[inline]
    pub(crate) fn by_hash(&self, hash: u64) -> (WordId, u32) {
        let Some(&id) = self.by_hash.get(hash) else {
            return (WordId::NONE, 0);
        };
        (id, self.begins.get(id.0 as usize).copied().unwrap_or(0))
    }
    /// Learns what can begin with each word, once all tables are read.
    pub(crate) fn tell(&mut self, begins: impl Fn(WordId) -> u32) {
        self.begins = (0..self.len() as u32).map(|w| begins(WordId(w))).collect();
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
    /// By first word.
    firsts: Vec<First>,
    /// The words after the first, and what the phrase means.
    all: Vec<(Box<[WordId]>, T)>,
    /// By word: true for the last word of a phrase.
    lasts: Vec<bool>,
    /// Words of the longest.
    longest: usize,
}

/// Where the phrases stand that begin with one word.
#[derive(Clone, Copy, Default)]
struct First {
    start: u32,
    /// Where the word alone stands, if it is a phrase.
    alone: u32,
    end: u32,
    /// One bit a second word: "the" begins many phrases, and few texts go on as they do.
    seconds: u64,
}

impl<T> Phrases<T> {
    /// Every phrase with its meaning, cut as texts are cut.
    pub(crate) fn new<S: AsRef<str>>(
        vocabulary: &mut Vocabulary,
        list: impl IntoIterator<Item = (S, T)>,
    ) -> Self {
        let mut cut: Vec<(WordId, Box<[WordId]>, T)> = Vec::new();
        for (phrase, meaning) in list {
            let phrase = phrase.as_ref();
            let ids: Vec<WordId> = token::tokens(phrase, &Vocabulary::default())
                .iter()
                .map(|t| vocabulary.intern(&phrase[t.span.range()]))
                .collect();
            if let Some((first, rest)) = ids.split_first() {
                cut.push((*first, rest.into(), meaning));
            }
        }
        // stable: of two phrases alike, the first written holds
        cut.sort_by_key(|(first, rest, _)| (*first, Reverse(rest.len())));
        let words = cut.last().map_or(0, |(first, ..)| first.0 as usize + 1);
        let mut phrases = Phrases {
            firsts: vec![First::default(); words],
            all: Vec::with_capacity(cut.len()),
            lasts: vec![false; vocabulary.len()],
            longest: 0,
        };
        for (first, rest, meaning) in cut {
            let at = phrases.all.len() as u32;
            let entry = &mut phrases.firsts[first.0 as usize];
            if entry.end == 0 {
                (entry.start, entry.alone) = (at, at);
            }
            entry.end = at + 1;
            if let Some(second) = rest.first() {
                entry.alone = at + 1;
                entry.seconds |= 1 << (second.0 % 64);
            }
            phrases.lasts[rest.last().unwrap_or(&first).0 as usize] = true;
            phrases.longest = phrases.longest.max(rest.len() + 1);
            phrases.all.push((rest, meaning));
        }
        phrases
    }

    /// The words of each phrase whose meaning passes.
    pub(crate) fn words(&self, passes: impl Fn(&T) -> bool) -> impl Iterator<Item = Vec<WordId>> {
        let firsts = (0..).map(WordId).zip(&self.firsts);
        firsts
            .flat_map(|(word, first)| (first.start..first.end).map(move |i| (word, i as usize)))
            .filter(move |(_, i)| passes(&self.all[*i].1))
            .map(|(word, i)| {
                let rest = self.all[i].0.iter().copied();
                std::iter::once(word).chain(rest).collect()
            })
    }

    fn with(&self, word: WordId) -> First {
        let first = self.firsts.get(word.0 as usize);
        first.copied().unwrap_or_default()
    }

    /// True when a phrase starts with this word.
    pub(crate) fn begin(&self, word: WordId) -> bool {
        let first = self.with(word);
        first.start < first.end
    }

    /// What each phrase means that starts with this word.
    pub(crate) fn starting(&self, word: WordId) -> impl Iterator<Item = &T> {
        let first = self.with(word);
        let all = self.all.get(first.start as usize..first.end as usize);
        all.into_iter().flatten().map(|(_, meaning)| meaning)
    }

    /// What the word means as a phrase of its own.
    pub(crate) fn alone(&self, word: WordId) -> Option<&T> {
        let first = self.with(word);
        let alone = (first.alone < first.end).then(|| self.all.get(first.alone as usize));
        alone.flatten().map(|(_, meaning)| meaning)
    }

    /// The longest phrase that starts at `tokens[0]`: how many tokens it has, and what it means.
    #[inline]
    pub(crate) fn at(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        let (token, after) = tokens.split_first()?;
        let first = self.firsts.get(token.word.0 as usize)?;
        let goes_on = after
            .first()
            .is_some_and(|next| first.seconds >> (next.word.0 % 64) & 1 == 1);
        let from = if goes_on { first.start } else { first.alone };
        self.all
            .get(from as usize..first.end as usize)?
            .iter()
            .find(|(rest, _)| {
                after.len() >= rest.len() && rest.iter().zip(after).all(|(id, t)| *id == t.word)
            })
            .map(|(rest, meaning)| (rest.len() + 1, meaning))
    }

    /// The longest phrase that ends with the last of `tokens`.
    pub(crate) fn ending(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        let last = tokens.last()?.word.0 as usize;
        if !self.lasts.get(last).is_some_and(|is| *is) {
            return None; // most words end nothing
        }
        (1..=tokens.len().min(self.longest.min(6)))
            .rev()
            .find_map(|n| {
                let tail = &tokens[tokens.len() - n..];
                self.at(tail).filter(|(len, _)| *len == n)
            })
    }
}
