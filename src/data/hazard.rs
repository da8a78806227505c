//! `data/hazards.toml`: what crises are made by, and the words that say so.

use serde::Deserialize;

/// One kind of hazard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hazard {
    /// What stands in a crisis's name.
    pub(crate) name: String,
    /// What its GLIDE numbers begin with.
    pub(crate) glide: Vec<String>,
    /// In small letters.
    pub(crate) words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    hazard: Vec<Hazard>,
}

/// The table, in the order of the file.
pub(crate) fn compiled_in() -> Vec<Hazard> {
    toml::from_str::<File>(include_str!("../../data/hazards.toml"))
        .unwrap_or_else(|e| panic!("data/hazards.toml: {e}"))
        .hazard
}
