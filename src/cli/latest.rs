//! The table that `track` ends with: per country and measure the latest figure.
//!
//! Parts, shares and expectations are left out. Where there are figures in the measure's usual unit, only those count; where
//! there are totals, new figures do not: one incident is no news of a running count. Of several figures of the latest day,
//! the one that most articles give is shown, then one for the whole country, then the one published last. A tally that never
//! falls (all but the measures marked `stock`) is shown at its greatest of the last month: a lower number there is an old one retold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use headcount::{Article, Country, Figure, Kind, Measure, Unit, filter};

use super::table::{claim, cut, print};

/// A figure in its article.
type Found<'a> = (&'a Article, &'a Figure);

/// What makes two articles say the same: unit, kind, and the number with its bounds (as bits).
type Same = (Unit, Kind, [Option<u64>; 3]);

/// What the rows are sorted by: figures of no country come last.
type Place = (bool, String, Option<Country>, Measure);

/// The table, made measure by measure.
#[derive(Default)]
pub(super) struct Latest(BTreeMap<Place, Vec<String>>);

impl Latest {
    /// Takes in the articles with all their figures of some measures.
    pub(super) fn add(&mut self, articles: &[Article]) {
        let mut groups: BTreeMap<(Option<Country>, Measure), Vec<Found>> = BTreeMap::new();
        for article in articles.iter().filter(|a| a.superseded_by.is_none()) {
            for figure in article.figures.iter().filter(|f| counts(f)) {
                let key = (figure.country, figure.measure);
                groups.entry(key).or_default().push((article, figure));
            }
        }
        for ((country, measure), found) in groups {
            if let Some(row) = row(measure, found) {
                let name = country.as_ref().map_or("", Country::name).to_string();
                self.0
                    .insert((country.is_none(), name, country, measure), row);
            }
        }
    }

    /// Prints it; nothing where there are no figures.
    pub(super) fn print(self) -> std::io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let header = [
            "country", "measure", "latest", "kind", "place", "source", "date", "articles",
        ];
        print(&header, self.0.into_values(), &[7])
    }
}

/// Neither a part, a share, nor an expectation.
fn counts(figure: &Figure) -> bool {
    !figure.part_of && !figure.projected && !matches!(figure.unit, Unit::Percent | Unit::Fraction)
}

fn row(measure: Measure, mut found: Vec<Found>) -> Option<Vec<String>> {
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
    let voices = |figure: &Figure| voices.get(&same(figure)).map_or(0, BTreeSet::len);
    let (article, figure) = found.into_iter().max_by_key(|(article, figure)| {
        (
            filter::date(article, figure),
            voices(figure),
            figure.place_text.is_none(),
            article.published,
            figure.source.is_some(),
            Reverse((&article.id, figure.start)),
        )
    })?;
    let day = filter::date(article, figure);
    Some(vec![
        figure
            .country
            .map_or_else(|| "—".into(), |c| cut(c.name(), 24)),
        measure.row().label.clone(),
        claim(figure),
        figure.kind.to_string(),
        cut(figure.place_text.as_deref().unwrap_or_default(), 24),
        cut(figure.source.as_deref().unwrap_or("—"), 28),
        day.map_or_else(|| "—".into(), |d| d.to_string()),
        voices(figure).to_string(),
    ])
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
