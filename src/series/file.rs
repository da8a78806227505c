//! `series.csv` in and out, one row a point; and the same rows as JSON lines.
//!
//! Lists (articles, publishers, urls, `figure_ids`, flags) are joined by `|`; a `|` inside an item is written `%7C`. An empty cell is "not stated", or an
//! open bound. Rows are sorted by line (measure, country, place, source, kind, unit) and date, so equal figures give equal bytes.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Key, Line, Point, Series};
use crate::error::Result;
use crate::figure::{Country, Kind, Measure, Qualifier, Unit};
use crate::sheet::{Cell, Column, Holds, KIND, Table, columns, csv};

/// The columns of `series.csv`, with their HXL tags.
pub const COLUMNS: &[Column] = &[
    Column::new("date", "#date", Holds::Date, "the day it holds").always(),
    columns::MEASURE,
    columns::COUNTRY,
    Column::new(
        "place",
        "#loc+name",
        Holds::Text,
        "narrower place, as printed",
    ),
    columns::SOURCE,
    Column::new(
        "kind",
        "#indicator+kind",
        KIND,
        "a stock or running total, or new figures",
    )
    .always(),
    columns::UNIT,
    Column::new(
        "value",
        "#indicator+value+num",
        Holds::Number,
        "the number as stated",
    ),
    columns::LOW,
    columns::HIGH,
    columns::QUALIFIER,
    Column::new(
        "rule",
        "#meta+rule",
        Holds::Text,
        "as_stated, or the rule that joined several figures",
    )
    .always(),
    Column::new(
        "articles",
        "#meta+article+id+list",
        Holds::List,
        "ids of the articles behind it",
    )
    .always(),
    Column::new(
        "publishers",
        "#org+publisher+list",
        Holds::List,
        "their publishers",
    ),
    Column::new("urls", "#meta+url+list", Holds::List, "their addresses"),
    Column::new(
        "figure_ids",
        "#meta+figure+id+list",
        Holds::List,
        "the figures behind it",
    )
    .always(),
    Column::new(
        "flags",
        "#meta+flag+list",
        Holds::List,
        "what is to be known about it",
    ),
    Column::new(
        "checked",
        "#indicator+checked+num",
        Holds::Number,
        "the value again, where no flag casts doubt on it and it still holds",
    ),
    Column::new(
        "why",
        "#meta+flag+description",
        Holds::Prose,
        "each flag in words",
    ),
];

/// How many of them are read back; the others follow from these.
const READ: usize = 17;

/// Every point of these series.
pub fn table(series: &[Series]) -> Table<'_> {
    Table {
        name: "series",
        columns: COLUMNS,
        rows: Box::new(
            series
                .iter()
                .flat_map(|s| s.points.iter().map(move |p| point_row(&s.key, p))),
        ),
    }
}

fn point_row<'a>(key: &'a Key, p: &'a Point) -> Vec<Cell<'a>> {
    vec![
        p.date.into(),
        key.measure.code().into(),
        key.country.as_ref().into(),
        key.place.as_ref().into(),
        key.source.as_ref().into(),
        key.kind.as_str().into(),
        key.unit.as_str().into(),
        p.value.into(),
        p.low.into(),
        p.high.into(),
        p.qualifier.as_str().into(),
        (&p.rule).into(),
        (&p.articles).into(),
        (&p.publishers).into(),
        (&p.urls).into(),
        (&p.figure_ids).into(),
        (&p.flags).into(),
        p.checked().into(),
        Some(p.why.as_str()).filter(|why| !why.is_empty()).into(),
    ]
}

/// Writes series as JSON lines, one point a line, lists as lists.
///
/// # Errors
/// The output cannot be written.
pub fn write_jsonl<W: Write>(mut out: W, series: &[Series]) -> std::io::Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        date: NaiveDate,
        #[serde(flatten)]
        key: &'a Key,
        value: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        qualifier: Qualifier,
        rule: &'a str,
        articles: &'a [String],
        publishers: &'a [String],
        urls: &'a [String],
        figure_ids: &'a [String],
        flags: &'a [String],
        checked: Option<f64>,
        why: &'a str,
    }
    for Series { key, points } in series {
        for p in points {
            let row = Row {
                date: p.date,
                key,
                value: p.value,
                low: p.low,
                high: p.high,
                qualifier: p.qualifier,
                rule: &p.rule,
                articles: &p.articles,
                publishers: &p.publishers,
                urls: &p.urls,
                figure_ids: &p.figure_ids,
                flags: &p.flags,
                checked: p.checked(),
                why: &p.why,
            };
            serde_json::to_writer(&mut out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Reads a `series.csv` back, with or without HXL tags; `name` stands in errors. Columns are found by their names.
///
/// # Errors
/// A column is missing, or a row cannot be read; the message says which.
pub fn read_csv<R: Read>(name: &str, input: R) -> Result<Vec<Series>> {
    let wrong = |line: Option<u64>, what: String| csv::wrong(name, line, what);
    let mut table = ::csv::Reader::from_reader(input);
    let header = table
        .headers()
        .map_err(|e| wrong(None, format!("no table: {e}")))?
        .clone();
    let mut at = Vec::new();
    for Column { name: column, .. } in &COLUMNS[..READ] {
        let i = header.iter().position(|h| h == *column);
        at.push(i.ok_or_else(|| {
            let what = format!("no column {column:?}; give a file that the series command wrote");
            wrong(None, what)
        })?);
    }
    let mut lines: BTreeMap<(Key, Line), Vec<Point>> = BTreeMap::new();
    for record in table.records() {
        let record = record.map_err(|e| csv::broken(name, &e))?;
        let line = record.position().map(::csv::Position::line);
        let cell = |n: usize| csv::plain(record.get(at[n]).unwrap_or_default());
        if cell(0).starts_with('#') {
            continue;
        }
        let (key, point) = row(cell).map_err(|what| wrong(line, what))?;
        let which = Line::of(&point);
        lines.entry((key, which)).or_default().push(point);
    }
    Ok(lines
        .into_iter()
        .map(|((key, _), points)| Series { key, points })
        .collect())
}

fn row<'a>(cell: impl Fn(usize) -> &'a str) -> std::result::Result<(Key, Point), String> {
    fn get<T: FromStr>(name: &str, text: &str) -> std::result::Result<T, String>
    where
        T::Err: std::fmt::Display,
    {
        text.parse().map_err(|e| format!("{name} {text:?}: {e}"))
    }
    fn maybe<T: FromStr>(name: &str, text: &str) -> std::result::Result<Option<T>, String>
    where
        T::Err: std::fmt::Display,
    {
        (!text.is_empty()).then(|| get(name, text)).transpose()
    }
    let words = |n: usize| (!cell(n).is_empty()).then(|| cell(n).to_string());
    let items = |n: usize| {
        cell(n)
            .split('|')
            .filter(|i| !i.is_empty())
            .map(String::from)
            .collect()
    };
    let key = Key {
        measure: get::<Measure>("measure", cell(1))?,
        country: maybe::<Country>("country", cell(2))?,
        place: words(3),
        source: words(4),
        kind: get::<Kind>("kind", cell(5))?,
        unit: get::<Unit>("unit", cell(6))?,
    };
    let flags: Vec<String> = items(16);
    let point = Point {
        date: get("date", cell(0))?,
        value: maybe("value", cell(7))?,
        low: maybe("low", cell(8))?,
        high: maybe("high", cell(9))?,
        qualifier: get("qualifier", cell(10))?,
        rule: cell(11).to_string(),
        articles: items(12),
        publishers: items(13),
        urls: items(14),
        figure_ids: items(15),
        why: super::words::why(&flags),
        flags,
    };
    Ok((key, point))
}
