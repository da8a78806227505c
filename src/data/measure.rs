//! `data/measures.toml`: what can be counted.

use serde::Deserialize;

use crate::error::{Error, Result};

/// One measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The name in every record.
    pub code: String,
    /// The words on charts and tables.
    pub label: String,
    /// Its usual unit.
    pub unit: crate::figure::Unit,
    /// The measure it is a part of.
    #[serde(default)]
    pub wider: Option<String>,
    /// Readers often cannot tell it from the wider one: the lenient score lets one stand for the other.
    #[serde(default)]
    pub loose: bool,
    /// Totals count here those of the wider measure who were attacked and whose death is not told.
    #[serde(default)]
    pub presumed: bool,
    /// Counts people who left their country or went back to it: which of the two countries they are in.
    #[serde(default)]
    pub abroad: Option<Abroad>,
    /// It rises and falls (people displaced today), so a later, lower number is news, not a doubt.
    #[serde(default)]
    pub stock: bool,
    /// It has a column of its own in the list of crises.
    #[serde(default)]
    pub headline: bool,
    /// HXL tag.
    pub hxl: String,
    /// `#RRGGBB`, for charts.
    pub colour: String,
}

/// Where people who crossed a border are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Abroad {
    /// In the country that took them in.
    Host,
    /// In the country they came from, or were sent to.
    Home,
    /// In the country they were taken out of.
    Left,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: Vec<Row>,
}

/// Reads the table.
pub(crate) fn parse(text: &str) -> Result<Vec<Row>> {
    let file: File =
        toml::from_str(text).map_err(|e| toml_error("data/measures.toml", text, &e))?;
    Ok(file.measure)
}

/// A TOML error with the line it stands on.
pub(crate) fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> Error {
    let line = error.span().map_or(1, |s| {
        text[..s.start.min(text.len())].matches('\n').count() + 1
    });
    Error::Data {
        file: file.into(),
        line,
        what: error.message().to_string(),
    }
}
