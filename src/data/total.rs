//! `[totals]` of a language: what says how the numbers of one article add up.

use regex::Regex;
use serde::Deserialize;

use super::lang::list;
use super::words::{Phrases, Vocabulary};
use crate::error::{Error, Result};

/// As written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    overall: Vec<String>,
    apart: Vec<String>,
    more: Vec<String>,
    not_more: Vec<String>,
    part: Vec<String>,
    comma: Vec<String>,
    attacked: Vec<String>,
    not_attacked: Vec<String>,
    left_out: Vec<String>,
}

/// What says how the numbers of one article add up.
pub(crate) struct Totals {
    pub(crate) overall: Regex,
    pub(crate) apart: Phrases<()>,
    pub(crate) more: Phrases<()>,
    pub(crate) not_more: Phrases<()>,
    pub(crate) part: Phrases<()>,
    pub(crate) comma: Phrases<()>,
    pub(crate) attacked: Phrases<()>,
    pub(crate) not_attacked: Phrases<()>,
    pub(crate) left_out: Regex,
}

impl Totals {
    pub(super) fn new(v: &mut Vocabulary, file: &File, name: &str) -> Result<Self> {
        Ok(Totals {
            overall: any_of(&file.overall, name)?,
            apart: list(v, &file.apart),
            more: list(v, &file.more),
            not_more: list(v, &file.not_more),
            part: list(v, &file.part),
            comma: list(v, &file.comma),
            attacked: list(v, &file.attacked),
            not_attacked: list(v, &file.not_attacked),
            left_out: any_of(&file.left_out, name)?,
        })
    }
}

/// Finds any of the phrases in a text that is not cut into words, in any case.
pub(super) fn any_of(phrases: &[String], file: &str) -> Result<Regex> {
    let words = |p: &String| {
        p.split(' ')
            .map(regex::escape)
            .collect::<Vec<_>>()
            .join(r"\s+")
    };
    let phrases: Vec<String> = phrases.iter().map(words).collect();
    Regex::new(&format!(r"(?i-u)\b(?:{})\b", phrases.join("|"))).map_err(|e| Error::Data {
        file: file.into(),
        line: 1,
        what: e.to_string(),
    })
}
