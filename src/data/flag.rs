//! `[said]` and `[flags]` of a language: what sentences say of their numbers, and what the flags of a series say in words.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::total::any_of;
use crate::error::Result;

/// As written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    revised: Vec<String>,
    backlog: Vec<String>,
    scope: Vec<String>,
    left_out: Vec<String>,
    scope_between: Vec<String>,
    relay: Vec<String>,
    former: Vec<String>,
}

/// A flag and what it says.
pub(crate) type Flags = BTreeMap<String, String>;

/// What a sentence may say of its number.
pub(crate) struct Said {
    pub(crate) revised: Regex,
    pub(crate) backlog: Regex,
    pub(crate) scope: Regex,
    pub(crate) left_out: Regex,
    /// In small letters, the longest first.
    pub(crate) scope_between: Vec<String>,
    pub(crate) relay: Regex,
    /// In small letters.
    pub(crate) former: Vec<String>,
}

impl Said {
    pub(super) fn new(mut file: File, name: &str) -> Result<Self> {
        file.scope_between
            .sort_by_key(|words| std::cmp::Reverse(words.len()));
        Ok(Said {
            revised: any_of(&file.revised, name)?,
            backlog: any_of(&file.backlog, name)?,
            scope: any_of(&file.scope, name)?,
            left_out: any_of(&file.left_out, name)?,
            scope_between: file.scope_between,
            relay: any_of(&file.relay, name)?,
            former: file.former,
        })
    }
}
