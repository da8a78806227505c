//! A feature: a template and some parts, "near|R|kill|1"; its hash at run time, its name when somebody asks why.

use crate::data::weights::Weights;
use crate::figure::Unit;
use crate::text::token;

/// The hash of a feature from the hashes of its parts.
fn mix(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of a feature's name, as it stands in the table of weights.
pub(crate) fn hash_of_name(name: &str) -> u64 {
    name.split('|').fold(0, |h, part| mix(h, token::hash(part)))
}

/// Words of the bits that say which votes were given.
const VOTED: usize = 16;

/// Collects features: hashes, and names when wanted.
pub(crate) struct Features<'w> {
    /// Whose weights will be asked: what they cannot know is left out. Without, all are kept, by name.
    weights: Option<&'w Weights>,
    pub(crate) hashes: Vec<u64>,
    /// Empty where only weights ask.
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
    pub(super) hash: u64,
    pub(super) text: &'a str,
}

impl From<&'static str> for Part<'static> {
    #[inline]
    fn from(text: &'static str) -> Self {
        Part {
            hash: token::hash_ascii(text),
            text,
        }
    }
}

impl<'w> Features<'w> {
    /// Collects what these weights know; without them everything, with names.
    pub(crate) fn new(weights: Option<&'w Weights>) -> Self {
        Features {
            weights,
            hashes: Vec::new(),
            names: Vec::new(),
            votes: Vec::new(),
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
        self.hashes.clear();
        self.names.clear();
        self.votes.clear();
        self.voted.fill(0);
        self.vote_names.clear();
    }

    fn weighs(&self, hash: u64) -> bool {
        self.weights.is_none_or(|w| w.may_know(hash))
    }

    #[inline]
    pub(super) fn vote(&mut self, label: u8, parts: &[Part<'_>]) {
        let vote = (parts.iter().fold(0, |h, p| mix(h, p.hash)), label);
        if !self.weighs(vote.0) {
            return;
        }
        // the same vote twice is one; a bit unset says "not yet" without a search
        let bit = (vote.0 >> 32) as usize + usize::from(label) * 31;
        let seen = &mut self.voted[bit / 64 % VOTED];
        if *seen >> (bit % 64) & 1 == 1 && self.votes.contains(&vote) {
            return;
        }
        *seen |= 1 << (bit % 64);
        self.votes.push(vote);
        if self.weights.is_none() {
            self.vote_names.push(name(parts));
        }
    }

    #[inline]
    pub(super) fn add(&mut self, parts: &[Part<'_>]) {
        let hash = parts.iter().fold(0, |h, p| mix(h, p.hash));
        if !self.weighs(hash) {
            return;
        }
        self.hashes.push(hash);
        if self.weights.is_none() {
            self.names.push(name(parts));
        }
    }
}

/// A feature's name: its parts as written, without what would break the table.
fn name(parts: &[Part<'_>]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|p| {
            p.text
                .to_lowercase()
                .replace(['|', '\t', '\n', '\u{ad}'], "")
        })
        .collect();
    parts.join("|")
}
