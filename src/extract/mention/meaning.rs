//! Which place a name means, where several share it.
//!
//! Comes in: a name with its meanings, and the weight of each country so far. Goes out: the meaning, or none yet.

use super::{Raw, Stand};
use crate::data::place::{Meaning, PlaceKind};
use crate::figure::Country;

/// People a city must have to be believed without support.
const LARGE: u32 = 100_000;

/// A country or its people, where the name means no other.
pub(super) fn sure(name: &Raw) -> Option<Meaning> {
    let mut meanings = name.meanings.iter();
    let first = meanings.next()?;
    let top = |m: &Meaning| matches!(m.kind, PlaceKind::Country | PlaceKind::Demonym);
    let alone = meanings.next().is_none_or(|m| !top(&m));
    (top(&first) && alone && !name.doubtful && !rival(name)).then_some(first)
}

/// A country that shares its name with a large region elsewhere.
pub(super) fn rival(name: &Raw) -> bool {
    let mut meanings = name.meanings.iter();
    let first = meanings.next();
    first.is_some_and(|f| {
        meanings.any(|m| {
            m.country != f.country && m.kind == PlaceKind::Region && m.population > f.population
        })
    })
}

/// A large city or a region that lies in one country.
pub(super) fn large(name: &Raw, weights: &[(Country, f32)]) -> Option<Meaning> {
    if name.doubtful || name.common {
        return None;
    }
    let first = name.meanings.iter().next()?;
    // a name of another country than the article's may be a small namesake here that the table lacks
    let lone = weights.iter().all(|w| w.1 < 4.0) || first.population >= 10 * LARGE;
    if !lone && weights.iter().all(|w| w.0 != first.country) {
        return None;
    }
    let alone = name.meanings.iter().all(|m| m.country == first.country);
    let top = matches!(first.kind, PlaceKind::Country | PlaceKind::Demonym);
    let known = first.population >= LARGE || first.kind == PlaceKind::Region;
    if alone && known && !top {
        return Some(first);
    }
    // a great city beats its namesakes, unless the article speaks of one of their countries
    let second = name
        .meanings
        .iter()
        .skip(1)
        .find(|m| m.country != first.country);
    let great = second.is_none_or(|m| first.population / 8 >= m.population)
        && first.population >= 3 * LARGE;
    let spoken = |c: Country| weights.iter().any(|w| w.0 == c);
    let elsewhere = name
        .meanings
        .iter()
        .any(|m| m.country != first.country && spoken(m.country));
    (great && !top && (spoken(first.country) || !elsewhere)).then_some(first)
}

/// A name by the company it keeps.
pub(super) fn supported(name: &Raw, weights: &[(Country, f32)]) -> Option<Meaning> {
    let weight = |m: &Meaning| {
        weights
            .iter()
            .find(|w| w.0 == m.country)
            .map_or(0.0, |w| w.1)
    };
    let mut best: Option<(Meaning, f32)> = None;
    for m in name.meanings.iter() {
        let w = weight(&m);
        if best.is_none_or(|(_, b)| w > b) {
            best = Some((m, w));
        }
    }
    let (meaning, weight) = best?;
    if name.doubtful {
        return None;
    }
    let located = matches!(name.stand, Stand::In | Stand::Label | Stand::Heading);
    let top = matches!(meaning.kind, PlaceKind::Country | PlaceKind::Demonym);
    let known = meaning.population >= 3 * LARGE
        || located && meaning.population >= LARGE / 2
        || located && matches!(meaning.kind, PlaceKind::Region | PlaceKind::Camp);
    (weight > 0.0 || top || known && !name.common || meaning.population >= 3 * LARGE && located)
        .then_some(meaning)
}
