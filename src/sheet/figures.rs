//! Figures as a table, and back: the article, then the record's fields in their order.

use std::io::Read;

use super::{Cell, Column, Holds, KIND, Table, columns, csv};
use crate::article::Article;
use crate::error::Result;
use crate::figure::Figure;

/// The columns of `figures.csv`.
pub const FIGURES: &[Column] = &[
    Column::new(
        "article",
        "#meta+article+id",
        Holds::Text,
        "id of the article",
    )
    .always(),
    Column::new("url", "#meta+url", Holds::Link, "its address"),
    Column::new(
        "publisher",
        "#meta+publisher",
        Holds::Text,
        "who published it",
    ),
    Column::new("title", "#meta+title", Holds::Prose, "its headline"),
    Column::new(
        "published",
        "#date+published",
        Holds::Date,
        "day of publication",
    ),
    Column::new(
        "id",
        "#meta+id",
        Holds::Text,
        "id of the figure, made of the article, the measure, the words and their position",
    ),
    Column::new(
        "start",
        "#meta+start",
        Holds::Whole,
        "first code point of the number in the text",
    )
    .always(),
    Column::new(
        "end",
        "#meta+end",
        Holds::Whole,
        "one past its last code point",
    )
    .always(),
    Column::new(
        "number_text",
        "#meta+number_text",
        Holds::Text,
        "the number as printed, without its hedge",
    ),
    columns::MEASURE,
    columns::VALUE,
    columns::LOW,
    columns::HIGH,
    columns::QUALIFIER,
    columns::UNIT,
    Column::new(
        "kind",
        "#indicator+kind",
        KIND,
        "a stock or running total, or what one incident or stated period added",
    )
    .always(),
    Column::new(
        "source",
        "#org+source",
        Holds::Text,
        "who says so, by a short name",
    ),
    Column::new(
        "source_text",
        "#meta+source_text",
        Holds::Text,
        "the words that name the source",
    ),
    Column::new(
        "as_of",
        "#date+as_of",
        Holds::Date,
        "the day on which a total holds",
    ),
    Column::new(
        "period_start",
        "#date+start",
        Holds::Date,
        "first day of the time it covers",
    ),
    Column::new(
        "period_end",
        "#date+end",
        Holds::Date,
        "last day of the time it covers",
    ),
    columns::COUNTRY,
    Column::new(
        "place_text",
        "#loc+name",
        Holds::Text,
        "the narrowest place given, as printed",
    ),
    Column::new(
        "part_of",
        "#meta+part_of",
        Holds::Truth,
        "part of another figure of the same measure",
    )
    .always(),
    Column::new(
        "projected",
        "#meta+projected",
        Holds::Truth,
        "expected, not counted",
    )
    .always(),
    Column::new(
        "implicit",
        "#meta+implicit",
        Holds::Truth,
        "a bare \"a soldier\", no number printed",
    )
    .always(),
    Column::new(
        "sentence",
        "#description+sentence",
        Holds::Prose,
        "the sentence it stands in, as printed",
    ),
    Column::new(
        "confidence",
        "#meta+confidence",
        Holds::Share,
        "probability that number and measure are right",
    )
    .always(),
    Column::new(
        "copy_of",
        "#meta+copy_of",
        Holds::Text,
        "id of the article that this one repeats in the same words",
    ),
    Column::new(
        "superseded_by",
        "#meta+superseded_by",
        Holds::Text,
        "id of a later version of the article, which counts in its place",
    ),
];

/// Every figure of these articles.
pub fn table(articles: &[Article]) -> Table<'_> {
    Table {
        name: "figures",
        columns: FIGURES,
        rows: Box::new(
            articles
                .iter()
                .flat_map(|a| a.figures.iter().map(move |f| row(a, f))),
        ),
    }
}

/// The row of one figure.
pub fn row<'a>(article: &'a Article, f: &'a Figure) -> Vec<Cell<'a>> {
    vec![
        (&article.id).into(),
        article.url.as_ref().into(),
        article.publisher.as_ref().into(),
        article.title.as_ref().into(),
        article.published.into(),
        (&f.id).into(),
        f.start.into(),
        f.end.into(),
        (&f.number_text).into(),
        f.measure.code().into(),
        f.value.into(),
        f.low.into(),
        f.high.into(),
        f.qualifier.as_str().into(),
        f.unit.as_str().into(),
        f.kind.as_str().into(),
        f.source.as_ref().into(),
        f.source_text.as_ref().into(),
        f.as_of.into(),
        f.period_start.into(),
        f.period_end.into(),
        f.country.as_ref().into(),
        f.place_text.as_ref().into(),
        f.part_of.into(),
        f.projected.into(),
        f.implicit.into(),
        (&f.sentence).into(),
        f.confidence.into(),
        article.copy_of.as_ref().into(),
        article.superseded_by.as_ref().into(),
    ]
}

/// Reads a `figures.csv` back: the articles with their figures. Rows of one article are one after the other, a row of HXL tags is passed over; `name` stands in errors.
///
/// # Errors
/// The input is no such table, or a row holds no figure; the message names the line.
pub fn articles(name: &str, input: impl Read) -> Result<Vec<Article>> {
    let wrong = |line: Option<u64>, what: String| csv::wrong(name, line, what);
    let mut table = ::csv::Reader::from_reader(input);
    let head = table
        .headers()
        .map_err(|e| {
            let line = e.position().map(::csv::Position::line);
            wrong(line, format!("no table: {e}"))
        })?
        .clone();
    for needed in ["article", "start", "measure"] {
        if !head.iter().any(|name| name == needed) {
            let what = format!("no column {needed:?}; give a file that `headcount figures` wrote");
            return Err(wrong(None, what));
        }
    }
    let mut articles: Vec<Article> = Vec::new();
    for record in table.records() {
        let record = record.map_err(|e| csv::broken(name, &e))?;
        if record.iter().eq(FIGURES.iter().map(|column| column.hxl)) {
            continue;
        }
        let at = record.position().map(::csv::Position::line);
        let record: ::csv::StringRecord = record.iter().map(csv::plain).collect();
        let figure: Figure = record.deserialize(Some(&head)).map_err(|e| {
            let what = match e.kind() {
                ::csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
                other => format!("{other:?}"),
            };
            wrong(at, format!("no figure ({what}); correct this row"))
        })?;
        let article = of(&head, &record).map_err(|what| wrong(at, what))?;
        match articles.last_mut() {
            Some(last) if (&last.id, &last.url) == (&article.id, &article.url) => {
                last.figures.push(figure);
            }
            _ => articles.push(Article {
                figures: vec![figure],
                ..article
            }),
        }
    }
    Ok(articles)
}

/// What a row says of its article.
fn of(
    head: &::csv::StringRecord,
    record: &::csv::StringRecord,
) -> std::result::Result<Article, String> {
    let cell = |name: &str| {
        let i = head.iter().position(|h| h == name);
        i.and_then(|i| record.get(i))
            .filter(|text| !text.is_empty())
    };
    let words = |name: &str| cell(name).map(String::from);
    let published = cell("published").map(|day| {
        day.parse()
            .map_err(|_| format!("published {day:?}: no day; write YYYY-MM-DD"))
    });
    Ok(Article {
        id: words("article").unwrap_or_default(),
        url: words("url"),
        publisher: words("publisher"),
        title: words("title"),
        published: published.transpose()?,
        copy_of: words("copy_of"),
        superseded_by: words("superseded_by"),
        ..Article::default()
    })
}
