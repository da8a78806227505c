//! `[victims]` of a language: how people are told of whose fate no figure tells.

use serde::Deserialize;

use super::lang::{Classes, list};
use super::words::{Phrases, Vocabulary};

/// As written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) deeds: Vec<String>,
    pub(super) pointers: Vec<String>,
    pub(super) nouns: Vec<String>,
    pub(super) he: Vec<String>,
    pub(super) him: Vec<String>,
    pub(super) ages: Vec<String>,
    pub(super) bears: Vec<String>,
    pub(super) doers: Vec<String>,
    pub(super) fates: Vec<String>,
    pub(super) unreal: Vec<String>,
    pub(super) adverbs: Vec<String>,
    pub(super) one: Vec<String>,
}

/// What says that one person is told of, and what became of them.
pub(crate) struct Victims {
    /// Triggers that tell of somebody's fate.
    pub(crate) deeds: Classes,
    pub(crate) pointers: Phrases<()>,
    pub(crate) nouns: Phrases<()>,
    pub(crate) he: Phrases<()>,
    pub(crate) him: Phrases<()>,
    pub(crate) ages: Phrases<()>,
    pub(crate) bears: Phrases<()>,
    pub(crate) doers: Phrases<()>,
    pub(crate) fates: Phrases<()>,
    pub(crate) unreal: Phrases<()>,
    pub(crate) adverbs: Phrases<()>,
    pub(crate) one: Phrases<()>,
}

impl Victims {
    pub(super) fn new(v: &mut Vocabulary, file: &File, deeds: Classes) -> Self {
        Victims {
            deeds,
            pointers: list(v, &file.pointers),
            nouns: list(v, &file.nouns),
            he: list(v, &file.he),
            him: list(v, &file.him),
            ages: list(v, &file.ages),
            bears: list(v, &file.bears),
            doers: list(v, &file.doers),
            fates: list(v, &file.fates),
            unreal: list(v, &file.unreal),
            adverbs: list(v, &file.adverbs),
            one: list(v, &file.one),
        }
    }
}
