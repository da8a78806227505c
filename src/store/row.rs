//! Records <-> rows: the columns of `article` and `figure`, in the order of `schema.sql`.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{CachedStatement, Row, params};

use super::version::Hashes;
use crate::article::Article;
use crate::figure::Figure;

/// Adds an article, or replaces what is known of the one with this key; gives the key.
pub(super) const PUT_ARTICLE: &str = "INSERT INTO article
    (key, id, hash, url, publisher, title, published, published_inferred, lang, sketch, page, text, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET hash = excluded.hash, url = excluded.url, publisher = excluded.publisher,
    title = excluded.title, published = excluded.published, published_inferred = excluded.published_inferred,
    lang = excluded.lang, sketch = excluded.sketch, text = excluded.text
    RETURNING key";

/// Every article, the dated first and in the order of their days, then by id.
pub(super) const ARTICLES: &str =
    "SELECT key, id, url, publisher, title, published, published_inferred, lang, page
    FROM article ORDER BY published IS NULL, published, id";

/// Adds a figure.
pub(super) const PUT_FIGURE: &str = "INSERT INTO figure VALUES
    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// The figures of one article, in the order of the text.
pub(super) const FIGURES: &str = "SELECT * FROM figure WHERE article = ? ORDER BY ordinal";

/// Writes an article under an id, a new one or over the one with this key; gives its key.
pub(super) fn put_article(
    put: &mut CachedStatement<'_>,
    key: Option<i64>,
    id: &str,
    article: &Article,
    hashes: Hashes,
    run: i64,
) -> rusqlite::Result<i64> {
    put.query_row(
        params![
            key,
            id,
            hashes.all,
            article.url,
            article.publisher,
            article.title,
            day(article.published),
            article.published_inferred,
            article.lang,
            article.sketch.to_bytes(),
            article.id,
            hashes.text,
            run,
        ],
        |row| row.get(0),
    )
}

/// Reads an article and its key.
pub(super) fn article(row: &Row<'_>) -> rusqlite::Result<(i64, Article)> {
    let mut article = Article {
        id: row.get(1)?,
        url: row.get(2)?,
        publisher: row.get(3)?,
        title: row.get(4)?,
        published: read_maybe(row, 5)?,
        published_inferred: row.get(6)?,
        lang: row.get(7)?,
        ..Article::default()
    };
    let page: String = row.get(8)?;
    if page != article.id {
        article.superseded_by = Some(page);
    }
    Ok((row.get(0)?, article))
}

/// Writes a figure.
pub(super) fn put_figure(
    put: &mut CachedStatement<'_>,
    article: i64,
    ordinal: i64,
    f: &Figure,
) -> rusqlite::Result<()> {
    put.execute(params![
        article,
        ordinal,
        f.id,
        f.start,
        f.end,
        f.number_text,
        f.measure.code(),
        f.value,
        f.low,
        f.high,
        f.qualifier.as_str(),
        f.unit.as_str(),
        f.kind.as_str(),
        f.source,
        f.source_text,
        day(f.as_of),
        day(f.period_start),
        day(f.period_end),
        f.country.as_ref().map(crate::figure::Country::code),
        f.place_text,
        f.part_of,
        f.projected,
        f.implicit,
        f.sentence,
        f.confidence,
    ])
    .map(|_| ())
}

/// Reads a figure.
pub(super) fn figure(row: &Row<'_>) -> rusqlite::Result<Figure> {
    Ok(Figure {
        id: row.get(2)?,
        start: row.get(3)?,
        end: row.get(4)?,
        number_text: row.get(5)?,
        measure: read(row, 6)?,
        value: row.get(7)?,
        low: row.get(8)?,
        high: row.get(9)?,
        qualifier: read(row, 10)?,
        unit: read(row, 11)?,
        kind: read(row, 12)?,
        source: row.get(13)?,
        source_text: row.get(14)?,
        as_of: read_maybe(row, 15)?,
        period_start: read_maybe(row, 16)?,
        period_end: read_maybe(row, 17)?,
        country: read_maybe(row, 18)?,
        place_text: row.get(19)?,
        part_of: row.get(20)?,
        projected: row.get(21)?,
        implicit: row.get(22)?,
        sentence: row.get(23)?,
        confidence: row.get(24)?,
    })
}

/// A day as it is kept.
fn day(date: Option<NaiveDate>) -> Option<String> {
    date.map(|d| d.to_string())
}

/// A word of a closed list, a code or a day.
pub(super) fn read<T: FromStr<Err: Display>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    parse(column, row.get_ref(column)?.as_str()?)
}

/// The same where it may be absent.
fn read_maybe<T: FromStr<Err: Display>>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    row.get_ref(column)?
        .as_str_or_null()?
        .map(|text| parse(column, text))
        .transpose()
}

fn parse<T: FromStr<Err: Display>>(column: usize, text: &str) -> rusqlite::Result<T> {
    text.parse().map_err(|e: T::Err| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, e.to_string().into())
    })
}
