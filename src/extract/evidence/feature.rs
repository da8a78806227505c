//! A feature: a template and some parts, "near|R|kill|1"; its hash at run time, its name when somebody asks why.

use crate::data::weights::{LABELS, Rows, Scores, Weights};
use crate::figure::Unit;
use crate::text::{Span, token};

/// The hash of a feature from the hashes of its parts.
fn mix(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of a feature's name, as it stands in the table of weights.
pub(crate) fn hash_of_name(name: &str) -> u64 {
    name.split('|').fold(0, |h, part| mix(h, token::hash(part)))
}

/// How many features of a number the weights know, mostly.
const KEPT: usize = 128;
/// Words of the bits that say which votes were given.
const VOTED: usize = 16;

/// Collects features: the rows of their weights, or, where somebody asks why, their hashes and names.
pub(crate) struct Features<'w> {
    /// Whose rows are collected. Without, all features are kept, by name.
    weights: Option<&'w Weights>,
    rows: Vec<Rows>,
    /// By vote: its weight, and the label it is for.
    voices: Vec<(f32, u8)>,
    /// Empty where only weights ask.
    pub(crate) hashes: Vec<u64>,
    pub(crate) names: Vec<String>,
    /// Votes for a measure: one weight for all measures, so that rare measures profit from common ones.
    pub(crate) votes: Vec<(u64, u8)>,
    /// One bit or more a vote.
    voted: [u64; VOTED],
    pub(crate) vote_names: Vec<String>,
    /// Indexes of the patterns that fit.
    pub(crate) patterns: Vec<u16>,
    /// The measure that a plain label names.
    pub(crate) label: Option<u8>,
    /// A word of what may come stands before the deed.
    pub(crate) modal: bool,
    /// What the label's noun counts.
    pub(crate) noun: Option<Unit>,
}

/// One part of a feature.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    hash: u64,
    /// The text it stands in, and where; cut out only for a name.
    text: &'a str,
    span: Span,
}

impl<'a> Part<'a> {
    /// A part whose hash is known: `span` of `text`.
    #[inline]
    pub(super) fn cut(hash: u64, text: &'a str, span: Span) -> Self {
        Part { hash, text, span }
    }

    /// A part whose hash is known.
    #[inline]
    pub(super) fn hashed(hash: u64, text: &'a str) -> Self {
        let span = Span {
            start: 0,
            end: text.len() as u32,
        };
        Part { hash, text, span }
    }
}

impl From<&'static str> for Part<'static> {
    #[inline]
    fn from(text: &'static str) -> Self {
        Part::hashed(token::hash_ascii(text), text)
    }
}

impl<'w> Features<'w> {
    /// Collects what these weights know; without them everything, with names.
    pub(crate) fn new(weights: Option<&'w Weights>) -> Self {
        Features {
            weights,
            rows: Vec::with_capacity(KEPT),
            voices: Vec::with_capacity(KEPT),
            hashes: Vec::new(),
            names: Vec::new(),
            votes: Vec::with_capacity(KEPT),
            voted: [0; VOTED],
            vote_names: Vec::new(),
            patterns: Vec::new(),
            label: None,
            noun: None,
            modal: false,
        }
    }

    /// Starts over.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.voices.clear();
        self.hashes.clear();
        self.names.clear();
        self.votes.clear();
        self.voted.fill(0);
        self.vote_names.clear();
    }

    /// The sum of weights of each label.
    pub(crate) fn score(&self, weights: &Weights, scores: &mut Scores) {
        scores.fill(0.0);
        if self.weights.is_some() {
            for &(weight, label) in &self.voices {
                add_to(scores, label, weight);
            }
            for rows in &self.rows {
                for &(label, weight) in weights.rows(*rows) {
                    add_to(scores, label, weight);
                }
            }
            return;
        }
        for (hash, label) in &self.votes {
            for &(_, weight) in weights.of(*hash) {
                add_to(scores, *label, weight);
            }
        }
        for hash in &self.hashes {
            for &(label, weight) in weights.of(*hash) {
                add_to(scores, label, weight);
            }
        }
    }

    /// Inlined, so that the parts known beforehand are mixed beforehand.
    #[expect(clippy::inline_always, reason = "a tenth of all extraction")]
    #[inline(always)]
    pub(super) fn vote<const N: usize>(&mut self, label: u8, parts: &[Part<'_>; N]) {
        let hash = parts.iter().fold(0, |h, p| mix(h, p.hash));
        match self.weights {
            Some(weights) => {
                if weights.may_know(hash) {
                    self.keep_vote(weights, label, hash);
                }
            }
            None => self.name_vote(label, hash, &parts.map(|p| p)),
        }
    }

    /// The same vote twice is one; a bit unset says "not yet" without a search.
    fn is_new(&mut self, vote: (u64, u8)) -> bool {
        let bit = (vote.0 >> 32) as usize + usize::from(vote.1) * 31;
        let seen = &mut self.voted[bit / 64 % VOTED];
        let new = *seen >> (bit % 64) & 1 == 0 || !self.votes.contains(&vote);
        *seen |= 1 << (bit % 64);
        new
    }

    fn keep_vote(&mut self, weights: &Weights, label: u8, hash: u64) {
        if let Some(rows) = weights.find(hash)
            && self.is_new((hash, label))
        {
            self.votes.push((hash, label));
            let rows = weights.rows(rows).iter();
            self.voices.extend(rows.map(|&(_, weight)| (weight, label)));
        }
    }

    #[cold]
    fn name_vote(&mut self, label: u8, hash: u64, parts: &[Part<'_>]) {
        if self.is_new((hash, label)) {
            self.votes.push((hash, label));
            self.vote_names.push(name(parts));
        }
    }

    /// Inlined, so that the parts known beforehand are mixed beforehand.
    #[expect(clippy::inline_always, reason = "a tenth of all extraction")]
    #[inline(always)]
    pub(super) fn add<const N: usize>(&mut self, parts: &[Part<'_>; N]) {
        let hash = parts.iter().fold(0, |h, p| mix(h, p.hash));
        match self.weights {
            Some(weights) => {
                if weights.may_know(hash) {
                    self.keep(weights, hash);
                }
            }
            None => self.name(hash, &parts.map(|p| p)),
        }
    }

    #[inline(never)]
    fn keep(&mut self, weights: &Weights, hash: u64) {
        if let Some(rows) = weights.find(hash) {
            self.rows.push(rows);
        }
    }

    #[cold]
    fn name(&mut self, hash: u64, parts: &[Part<'_>]) {
        self.hashes.push(hash);
        self.names.push(name(parts));
    }
}

#[inline]
fn add_to(scores: &mut Scores, label: u8, weight: f32) {
    scores[usize::from(label) % LABELS] += weight;
}

/// A feature's name: its parts as written, without what would break the table.
fn name(parts: &[Part<'_>]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|p| {
            p.text[p.span.range()]
                .to_lowercase()
                .replace(['|', '\t', '\n', '\u{ad}'], "")
        })
        .collect();
    parts.join("|")
}
