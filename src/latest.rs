//! Figures of many articles -> per country and measure the latest one, with everyone who gives that very number.
//!
//! Parts, shares and expectations are left out. Where there are figures in the measure's usual unit, only those count; where
//! there are totals, new figures do not: one incident is no news of a running count. Of several figures of the latest day,
//! the one that most articles give is taken, then one for the whole country, then the one published last. A tally that never
//! falls (all but the measures marked `stock`) is taken at its greatest of the last month: a lower number there is an old one retold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::figure::{Country, Figure, Kind, Measure, Unit};
use crate::filter;

/// A figure in its article.
pub type Found<'a> = (&'a Article, &'a Figure);

/// What makes two articles say the same: unit, kind, and the number with its bounds (as bits).
type Same = (Unit, Kind, [Option<u64>; 3]);

/// The latest figure of one measure in one country.
#[derive(Debug)]
pub struct Latest<'a> {
    /// The article it is taken from.
    pub article: &'a Article,
    /// The figure itself.
    pub figure: &'a Figure,
    /// Everyone who gives this very number, copies not counted: the article it is taken from, then the others as they were given.
    pub voices: Vec<(&'a Article, &'a Figure)>,
}

/// The latest figures, by the name of the country (what has none comes last), then by measure.
pub fn latest(articles: &[Article]) -> Vec<Latest<'_>> {
    let mut groups: BTreeMap<(bool, &str, Option<Country>, Measure), Vec<Found>> = BTreeMap::new();
    for article in articles.iter().filter(|a| a.superseded_by.is_none()) {
        for figure in article.figures.iter().filter(|f| counts(f)) {
            let name = figure.country.as_ref().map_or("", Country::name);
            let key = (
                figure.country.is_none(),
                name,
                figure.country,
                figure.measure,
            );
            groups.entry(key).or_default().push((article, figure));
        }
    }
    groups
        .into_iter()
        .filter_map(|((.., measure), found)| choose(measure, found))
        .collect()
}

/// Neither a part, a share, nor an expectation.
pub fn counts(figure: &Figure) -> bool {
    !figure.part_of && !figure.projected && !matches!(figure.unit, Unit::Percent | Unit::Fraction)
}

/// The latest of some figures of a measure.
pub fn choose(measure: Measure, mut found: Vec<Found<'_>>) -> Option<Latest<'_>> {
    keep(&mut found, |f| f.unit == measure.row().unit);
    keep(&mut found, |f| f.kind == Kind::Total);
    if !measure.row().stock && found.iter().all(|(_, f)| f.kind == Kind::Total) {
        keep_greatest_of_last_month(&mut found);
    }
    let mut voices: BTreeMap<Same, BTreeSet<&str>> = BTreeMap::new();
    for (article, figure) in &found {
        let of_figure = voices.entry(same(figure)).or_default();
        of_figure.insert(article.voice());
    }
    let count = |figure: &Figure| voices.get(&same(figure)).map_or(0, BTreeSet::len);
    let (article, figure) = found.iter().copied().max_by_key(|(article, figure)| {
        (
            filter::date(article, figure),
            count(figure),
            figure.place_text.is_none(),
            article.published,
            figure.source.is_some(),
            Reverse((&article.id, figure.start)),
        )
    })?;
    let mut heard = BTreeSet::from([article.voice()]);
    let mut voices = vec![(article, figure)];
    found.retain(|(a, f)| same(f) == same(figure) && heard.insert(a.voice()));
    voices.extend(found);
    Some(Latest {
        article,
        figure,
        voices,
    })
}

/// Of the last month's figures the greatest.
fn keep_greatest_of_last_month(found: &mut Vec<Found>) {
    const MONTH: i64 = 31;
    let day = |(article, figure): &Found| filter::date(article, figure);
    let Some(last) = found.iter().filter_map(day).max() else {
        return;
    };
    found.retain(|f| day(f).is_some_and(|d| (last - d).num_days() <= MONTH));
    let size = |(_, f): &Found| f.value.or(f.low).or(f.high).unwrap_or(0.0);
    let greatest = found.iter().map(size).fold(0.0, f64::max);
    found.retain(|f| size(f) >= greatest);
}

/// Only the figures that pass, unless none does.
fn keep(found: &mut Vec<Found>, test: impl Fn(&Figure) -> bool) {
    if found.iter().any(|(_, f)| test(f)) {
        found.retain(|(_, f)| test(f));
    }
}

fn same(figure: &Figure) -> Same {
    let numbers = [figure.value, figure.low, figure.high];
    (
        figure.unit,
        figure.kind,
        numbers.map(|n| n.map(f64::to_bits)),
    )
}
