//! How a later claim relates to an earlier one about the same thing.
//!
//! Asked in this order; the first that holds is the relation:
//!
//! 1. the same number, or the same bounds: `agree`
//! 2. one is a rounder form of the other: the same day, or the later lower, or another source within a week: `round_to`
//! 3. same day, or the later is lower, and both wordings can be right: `within_hedge`
//! 4. same day: one source that published again says `update` or `revised_down`, a later report with a higher new figure is an `update`, all else is a `conflict`
//! 5. later and higher: `update`; but of another source and more than three times as many: `conflict`
//! 6. later and lower: by the same source `revised_down`; by another `conflict`. A stock moves: by the same source, or after more than a week, `update`

use serde::{Deserialize, Serialize};

use crate::figure::Kind;
use crate::series::statement::Statement;

/// How two claims relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same number.
    Agree,
    /// One is a rounder form of the other.
    RoundTo,
    /// Different numbers that their hedges allow.
    WithinHedge,
    /// Newer, not contradicted.
    Update,
    /// The same source, later, fewer.
    RevisedDown,
    /// Both cannot be right.
    Conflict,
    /// Only one article says it.
    Only,
}

impl Relation {
    /// Every relation.
    pub const ALL: &'static [Relation] = &[
        Relation::Agree,
        Relation::RoundTo,
        Relation::WithinHedge,
        Relation::Update,
        Relation::RevisedDown,
        Relation::Conflict,
        Relation::Only,
    ];

    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Agree => "agree",
            Relation::RoundTo => "round_to",
            Relation::WithinHedge => "within_hedge",
            Relation::Update => "update",
            Relation::RevisedDown => "revised_down",
            Relation::Conflict => "conflict",
            Relation::Only => "only",
        }
    }
}

/// Days from the first to the second; none between claims of which one states no date.
pub(super) fn days(a: &Statement<'_>, b: &Statement<'_>) -> i64 {
    match (a.about.date, b.about.date) {
        (Some(a), Some(b)) => (b - a).num_days(),
        _ => 0,
    }
}

/// The relation of `b` to `a`; `a` holds, or was published, no later than `b`.
pub(super) fn relation(a: &Statement<'_>, b: &Statement<'_>, stock: bool) -> Relation {
    let (x, y) = (a.about.stated, b.about.stated);
    let days = days(a, b);
    let same_source = a.about.key.source.is_some() && a.about.key.source == b.about.key.source;
    let (was, is) = (x.size().unwrap_or(0.0), y.size().unwrap_or(0.0));
    let lower = is < was;
    if x.agrees(&y) {
        return Relation::Agree;
    }
    if (x.rounds_to(&y) || y.rounds_to(&x)) && (days == 0 || lower || (days <= 7 && !same_source)) {
        return Relation::RoundTo;
    }
    if x.overlaps(&y) && (days == 0 || lower) {
        return Relation::WithinHedge;
    }
    if days == 0 {
        let again = a.published() < b.published() && a.published().is_some();
        return match (again, lower) {
            (true, true) if same_source => Relation::RevisedDown,
            (true, false) if same_source || a.about.key.kind == Kind::New => Relation::Update,
            _ => Relation::Conflict,
        };
    }
    match lower {
        false if same_source || is <= was * 3.0 => Relation::Update,
        true if stock && (same_source || days > 7) => Relation::Update,
        true if same_source => Relation::RevisedDown,
        _ => Relation::Conflict,
    }
}
