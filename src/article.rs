//! The article: what travels from reading to every view, and the JSON line it is written as.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::copies::Sketch;
use crate::figure::{Figure, Measure};
use crate::totals::Total;

/// One article: where it comes from, its text, and the figures found in it.
///
/// Serialised, it is one JSON line: the form of an input, of a result and of an annotated gold article alike.
/// Unknown fields of an input line are ignored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Identity: what the input gave, else the address, else the hash of the normalised text.
    #[serde(default)]
    pub id: String,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Date of publication.
    #[serde(default)]
    pub published: Option<NaiveDate>,
    /// True where `published` was read from a dateline or a caption, not from metadata.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub published_inferred: bool,
    /// Language, ISO 639-1; absent means English.
    #[serde(default)]
    pub lang: Option<String>,
    /// The article's own words. Absent from results unless asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The figures, in the order of the text.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Per measure, the one number that the article as a whole reports for its own event.
    #[serde(default)]
    pub totals: BTreeMap<Measure, Total>,
    /// Id of the article that tells the same story in the same words and was published before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// Id of a later version of the same page: that one counts, in series and comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
    /// What copies are told by; empty where the text was never seen.
    #[serde(skip)]
    pub sketch: Sketch,
}

impl Article {
    /// Its id, else its address; empty where it has neither.
    pub(crate) fn name(&self) -> &str {
        let address = self.url.as_deref().filter(|_| self.id.is_empty());
        address.unwrap_or(&self.id)
    }

    /// Whose voice it is: the article that it is a copy of, else its own.
    pub fn voice(&self) -> &str {
        self.copy_of.as_deref().unwrap_or_else(|| self.name())
    }
}
