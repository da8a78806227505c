//! Which place a name means, where several share it.
//!
//! Comes in: a name with its meanings, and the weight of each country so far. Goes out: the meaning, or none yet.

use super::{Raw, Stand};
use crate::data::place::{Meaning, PlaceKind};
use crate::figure::Country;

/// People a city must have to be believed without support.
const LARGE: u32 = 100_000;
/// Above this weight the article speaks of a country.
const SPOKEN: f32 = 4.0;

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
    // a camp or a region with a name of several words is no namesake
    let own = name.mention.len() > 1 && matches!(first.kind, PlaceKind::Camp | PlaceKind::Region);
    let lone = own || weights.iter().all(|w| w.1 < SPOKEN) || first.population >= 10 * LARGE;
    if !lone && weights.iter().all(|w| w.0 != first.country) {
        return None;
    }
    let alone = name.meanings.iter().all(|m| m.country == first.country);
    let top = matches!(first.kind, PlaceKind::Country | PlaceKind::Demonym);
    let known = own || first.population >= LARGE || first.kind == PlaceKind::Region;
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
pub(super) fn supported(
    name: &Raw,
    weights: &[(Country, f32)],
    company: impl Fn(Country) -> f32,
) -> Option<Meaning> {
    if name.doubtful {
        return None;
    }
    let weight = |m: &Meaning| {
        let article = weights
            .iter()
            .find(|w| w.0 == m.country)
            .map_or(0.0, |w| w.1);
        article + company(m.country)
    };
    let mut best: Option<(Meaning, f32)> = None;
    for m in name.meanings.iter() {
        let w = weight(&m);
        if best.is_none_or(|(_, b)| w > b) {
            best = Some((m, w));
        }
    }
    let (meaning, weight) = best?;
    if weight > 0.0 || matches!(meaning.kind, PlaceKind::Country | PlaceKind::Demonym) {
        return Some(meaning);
    }
    let located = matches!(name.stand, Stand::In | Stand::Label | Stand::Heading);
    let known = if weights.iter().any(|w| w.1 >= SPOKEN) {
        // a place far from what the article speaks of is more likely a small one that the table lacks
        located && meaning.population >= 10 * LARGE
    } else {
        meaning.population >= 3 * LARGE
            || located && meaning.population >= LARGE / 2
            || located && matches!(meaning.kind, PlaceKind::Region | PlaceKind::Camp)
    };
    (known && (located || !name.common)).then_some(meaning)
}
