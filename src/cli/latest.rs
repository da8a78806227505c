//! The table that `track` ends with, and the first sheet of its book: per country and measure the latest figure.
//!
//! Parts, shares and expectations are left out. Where there are figures in the measure's usual unit, only those count; where
//! there are totals, new figures do not: one incident is no news of a running count. Of several figures of the latest day,
//! the one that most articles give is shown, then one for the whole country, then the one published last. A tally that never
//! falls (all but the measures marked `stock`) is shown at its greatest of the last month: a lower number there is an old one retold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use headcount::sheet::{Cell, Column, Holds, KIND, MEASURE, QUALIFIER, Table, UNIT};
use headcount::{Article, Country, Figure, Kind, Measure, Unit, filter};

use super::table::{claim, cut, print};

/// A figure in its article.
type Found<'a> = (&'a Article, &'a Figure);

/// What makes two articles say the same: unit, kind, and the number with its bounds (as bits).
type Same = (Unit, Kind, [Option<u64>; 3]);

/// The latest figure of a country and measure.
pub(super) struct Latest<'a> {
    pub(super) article: &'a Article,
    pub(super) figure: &'a Figure,
    /// How many articles give this very number, copies left out.
    voices: usize,
}

/// Prints the table; nothing where there are no figures.
pub(super) fn table(articles: &[Article]) -> std::io::Result<()> {
    let latest = latest(articles);
    if latest.is_empty() {
        return Ok(());
    }
    let header = [
        "country", "measure", "latest", "kind", "place", "source", "date", "articles",
    ];
    print(&header, latest.iter().map(shown), &[7])
}

/// The columns of the sheet.
const COLUMNS: &[Column] = &[
    Column::new(
        "country",
        "#country+code",
        Holds::Country,
        "where the people are, ISO 3166-1 alpha-3",
    ),
    Column::new("measure", "#indicator+code", MEASURE, "what is counted").always(),
    Column::new(
        "value",
        "#indicator+value+num",
        Holds::Number,
        "the number; empty for ranges and vague words",
    ),
    Column::new(
        "low",
        "#indicator+low+num",
        Holds::Number,
        "lower bound; empty = open",
    ),
    Column::new(
        "high",
        "#indicator+high+num",
        Holds::Number,
        "upper bound; empty = open",
    ),
    Column::new("qualifier", "#indicator+qualifier", QUALIFIER, "the hedge").always(),
    Column::new("unit", "#indicator+unit", UNIT, "who or what is counted").always(),
    Column::new("kind", "#indicator+kind", KIND, "total or new").always(),
    Column::new(
        "place",
        "#loc+name",
        Holds::Text,
        "the narrowest place given, as printed",
    ),
    Column::new("source", "#org+source", Holds::Text, "who says so"),
    Column::new("date", "#date", Holds::Date, "the day it stands for"),
    Column::new(
        "articles",
        "#meta+articles",
        Holds::Whole,
        "how many articles give this very number",
    )
    .always(),
    Column::new(
        "publisher",
        "#meta+publisher",
        Holds::Text,
        "who published the article",
    ),
    Column::new("url", "#meta+url", Holds::Link, "its address"),
    Column::new(
        "sentence",
        "#description+sentence",
        Holds::Prose,
        "the sentence it stands in",
    ),
    Column::new("figure_id", "#meta+figure+id", Holds::Text, "the figure"),
];

/// The same as a sheet.
pub(super) fn sheet<'a>(latest: &'a [Latest<'a>]) -> Table<'a> {
    Table {
        name: "latest",
        columns: COLUMNS,
        rows: Box::new(latest.iter().map(|l| {
            let (article, f) = (l.article, l.figure);
            vec![
                f.country.as_ref().into(),
                f.measure.code().into(),
                f.value.into(),
                f.low.into(),
                f.high.into(),
                f.qualifier.as_str().into(),
                f.unit.as_str().into(),
                f.kind.as_str().into(),
                f.place_text.as_ref().into(),
                f.source.as_ref().into(),
                filter::date(article, f).into(),
                Cell::Number(l.voices as f64),
                article.publisher.as_ref().into(),
                article.url.as_ref().into(),
                (&f.sentence).into(),
                (&f.id).into(),
            ]
        })),
    }
}

/// Per country and measure the latest figure, by the names of the countries.
pub(super) fn latest(articles: &[Article]) -> Vec<Latest<'_>> {
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
pub(super) fn counts(figure: &Figure) -> bool {
    !figure.part_of && !figure.projected && !matches!(figure.unit, Unit::Percent | Unit::Fraction)
}

/// The one to show of these figures of a measure.
pub(super) fn choose(measure: Measure, mut found: Vec<Found<'_>>) -> Option<Latest<'_>> {
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
    Some(Latest {
        article,
        figure,
        voices: voices(figure),
    })
}

fn shown(latest: &Latest<'_>) -> Vec<String> {
    let figure = latest.figure;
    let day = filter::date(latest.article, figure);
    vec![
        figure
            .country
            .map_or_else(|| "—".into(), |c| cut(c.name(), 24)),
        figure.measure.row().label.clone(),
        claim(figure),
        figure.kind.to_string(),
        cut(figure.place_text.as_deref().unwrap_or_default(), 24),
        cut(figure.source.as_deref().unwrap_or("—"), 28),
        day.map_or_else(|| "—".into(), |d| d.to_string()),
        latest.voices.to_string(),
    ]
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
