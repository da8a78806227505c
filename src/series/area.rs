//! A country, or a stretch of it told loosely: the lines in, those that are one count joined.
//!
//! A report says "in Ukraine", the next one "in eastern Ukraine", of the same running total. A part cannot hold more than the whole, so
//! where the count of the stretch is mostly not below what the same source had given for the whole country by then, both are one
//! count: the points go to the line of the country, flagged `area=WORDS`. A stretch that stays below keeps its line; so do
//! stocks, which may move either way, and places with names of their own.

use std::collections::BTreeMap;

use super::point::Dated;
use super::statement::place;
use super::{Key, Line};
use crate::figure::{Kind, Unit};

/// As much below the whole as rounding explains.
const ROUNDING: f64 = 0.95;

/// The flag of a point that some article gives for a stretch of the country begins with this; its words follow.
const AREA: &str = "area=";

/// Joins lines of stretches with those of their countries.
pub(super) fn join(lines: &mut BTreeMap<(Key, Line), Vec<Dated<'_>>>) {
    let stretches: Vec<(Key, Line)> = lines
        .keys()
        .filter(|(key, line)| is_count(key) && is_stretch(key) && *line == Line::default())
        .cloned()
        .collect();
    for at in stretches {
        let whole = Key {
            place: None,
            ..at.0.clone()
        };
        let whole = (whole, at.1.clone());
        let one = match (lines.get(&whole), lines.get(&at)) {
            (Some(all), Some(part)) => not_below(part, all),
            _ => false,
        };
        if !one {
            continue;
        }
        let moved = lines.remove(&at).unwrap_or_default();
        let all = lines.entry(whole).or_default();
        all.extend(moved);
        // as statements come: by date, start and number
        all.sort_by_key(|d| (d.date, d.statement.about.start, d.statement.about.stated));
    }
}

/// The flags that say for which stretch the articles behind a point give it.
pub(super) fn flags(key: &Key, mentions: &[super::statement::Mention<'_>]) -> Vec<String> {
    if key.place.is_some() {
        return Vec::new();
    }
    let mut flags: Vec<String> = mentions
        .iter()
        .filter_map(|m| Some(format!("{AREA}{}", place(m.figure)?)))
        .collect();
    flags.sort();
    flags.dedup();
    flags
}

/// A running total of people, which only grows.
fn is_count(key: &Key) -> bool {
    key.kind == Kind::Total
        && !key.measure.row().stock
        && !matches!(key.unit, Unit::Percent | Unit::Fraction)
}

/// The country's name behind words that are no name, as "eastern Ukraine".
fn is_stretch(key: &Key) -> bool {
    let (Some(place), Some(country)) = (&key.place, key.country) else {
        return false;
    };
    place.strip_suffix(country.name()).is_some_and(|before| {
        before.ends_with(' ')
            && before
                .chars()
                .all(|c| c.is_lowercase() || c == ' ' || c == '-')
    })
}

/// Of the numbers of a part that can be held against the latest of the whole before them, most are not below it.
fn not_below(part: &[Dated<'_>], all: &[Dated<'_>]) -> bool {
    let (mut held, mut fit) = (0, 0);
    for one in part {
        // sorted by date
        let before = all.partition_point(|d| d.date <= one.date);
        let known = before.checked_sub(1).and_then(|i| all.get(i));
        let known = known.and_then(|d| d.statement.about.stated.size());
        if let (Some(known), Some(number)) = (known, one.statement.about.stated.size()) {
            held += 1;
            fit += usize::from(number >= known * ROUNDING);
        }
    }
    fit * 2 > held
}
