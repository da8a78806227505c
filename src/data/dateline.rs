//! `[datelines]` of a language: the words by which the head of a text says when it was published.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Datelines {
    /// Names and short names of months: those of `[dates]`.
    #[serde(skip)]
    pub(crate) months: BTreeMap<String, u8>,
    /// Names and short names of days.
    pub(crate) weekdays: Vec<String>,
    /// What may be glued to the day of the month: as in `[dates]`.
    #[serde(skip)]
    pub(crate) ordinals: Vec<String>,
    /// What may stand between the day and the month.
    pub(crate) of: Vec<String>,
    /// What a line with the date of publication starts with.
    pub(crate) labels: Vec<String>,
    /// The same for a date that counts only where there is no other.
    pub(crate) late_labels: Vec<String>,
    /// What stands before the day that a report's figures hold.
    pub(crate) report_labels: Vec<String>,
    /// What the caption of an old picture starts with.
    pub(crate) old_pictures: Vec<String>,
}
