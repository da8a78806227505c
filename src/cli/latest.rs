//! The table that `track` ends with, and the first sheet of its book: per country and measure the latest figure (what that is,
//! `headcount::latest` says).

use std::collections::BTreeMap;

use headcount::latest::latest;
use headcount::sheet::{Cell, Column, Holds, KIND, Table, columns};
use headcount::{Article, Country, Figure, Measure, filter};

use super::table::{claim, cut, print};

/// What the rows are sorted by: figures of no country come last.
type Place = (bool, String, Option<Country>, Measure);

/// The table, made measure by measure.
#[derive(Default)]
pub(super) struct Latest(BTreeMap<Place, Row>);

/// The latest figure of a country and measure.
struct Row {
    /// Its article, without figures.
    article: Article,
    figure: Figure,
    /// How many articles give this very number, copies left out.
    voices: usize,
}

impl Latest {
    /// Takes in the articles with all their figures of some measures.
    pub(super) fn add(&mut self, articles: &[Article]) {
        for latest in latest(articles) {
            let (country, measure) = (latest.figure.country, latest.figure.measure);
            let name = country.as_ref().map_or("", Country::name).to_string();
            let row = Row {
                article: Article {
                    figures: Vec::new(),
                    ..latest.article.clone()
                },
                figure: latest.figure.clone(),
                voices: latest.voices.len(),
            };
            self.0
                .insert((country.is_none(), name, country, measure), row);
        }
    }

    /// Prints it; nothing where there are no figures.
    pub(super) fn print(&self) -> std::io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let header = [
            "country", "measure", "latest", "kind", "place", "source", "date", "articles",
        ];
        print(&header, self.0.values().map(shown), &[7])
    }

    /// The same as a sheet.
    pub(super) fn table(&self) -> Table<'_> {
        Table {
            name: "latest",
            columns: COLUMNS,
            rows: Box::new(self.0.values().map(cells)),
        }
    }
}

/// The columns of the sheet.
const COLUMNS: &[Column] = &[
    columns::COUNTRY,
    columns::MEASURE,
    columns::VALUE,
    columns::LOW,
    columns::HIGH,
    columns::QUALIFIER,
    columns::UNIT,
    Column::new("kind", "#indicator+kind", KIND, "total or new").always(),
    Column::new(
        "place",
        "#loc+name",
        Holds::Text,
        "the narrowest place given, as printed",
    ),
    columns::SOURCE,
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

fn cells(row: &Row) -> Vec<Cell<'_>> {
    let (article, f) = (&row.article, &row.figure);
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
        Cell::Number(row.voices as f64),
        article.publisher.as_ref().into(),
        article.url.as_ref().into(),
        (&f.sentence).into(),
        (&f.id).into(),
    ]
}

fn shown(row: &Row) -> Vec<String> {
    let figure = &row.figure;
    let day = filter::date(&row.article, figure);
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
        row.voices.to_string(),
    ]
}
