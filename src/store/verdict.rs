//! What a reviewer says of a figure, and what follows from it.

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};

use crate::figure::Figure;

/// A reviewer's word on one figure. It overrides the program.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The figure is right as found.
    Right,
    /// It is no figure, or so wrong that it is to be left out.
    Wrong,
    /// It should read so. The number's own words, its place in the text and its id stay as found.
    Corrected(Box<Figure>),
}

impl Verdict {
    /// The figure as the reviewer wants it; `None` where it is left out.
    pub fn apply(&self, found: Figure) -> Option<Figure> {
        let figure = match self {
            Verdict::Wrong => return None,
            Verdict::Right => found,
            Verdict::Corrected(figure) => Figure {
                id: found.id,
                start: found.start,
                end: found.end,
                number_text: found.number_text,
                sentence: found.sentence,
                ..(**figure).clone()
            },
        };
        Some(Figure {
            confidence: 1.0,
            ..figure
        })
    }
}

/// Verdicts by the id of their figure.
pub(super) type Verdicts = BTreeMap<String, Verdict>;

/// The figures as reviewed.
pub(super) fn apply(verdicts: &Verdicts, figures: Vec<Figure>) -> Vec<Figure> {
    if verdicts.is_empty() {
        return figures;
    }
    figures
        .into_iter()
        .filter_map(|f| match verdicts.get(&f.id) {
            Some(verdict) => verdict.apply(f),
            None => Some(f),
        })
        .collect()
}

/// All verdicts, or those on one article.
pub(super) fn load(connection: &Connection, article: Option<&str>) -> rusqlite::Result<Verdicts> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, verdict(row)?));
    match article {
        Some(id) => connection
            .prepare_cached("SELECT figure, verdict, correction FROM verdict WHERE article = ?")?
            .query_map([id], read)?
            .collect(),
        None => connection
            .prepare_cached("SELECT figure, verdict, correction FROM verdict")?
            .query_map([], read)?
            .collect(),
    }
}

fn verdict(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    let json = row.get_ref(2)?.as_str_or_null()?;
    Ok(match (row.get_ref(1)?.as_str()?, json) {
        (_, Some(json)) => {
            Verdict::Corrected(serde_json::from_str(json).map_err(|e| {
                rusqlite::Error::FromSqlConversionFailure(2, Type::Text, Box::new(e))
            })?)
        }
        ("wrong", None) => Verdict::Wrong,
        _ => Verdict::Right,
    })
}

/// Writes a verdict over an earlier one, or takes it back.
pub(super) fn put(
    connection: &Connection,
    article: &str,
    figure: &str,
    verdict: Option<&Verdict>,
) -> rusqlite::Result<()> {
    let (word, correction) = match verdict {
        None => {
            return connection
                .execute("DELETE FROM verdict WHERE figure = ?", [figure])
                .map(|_| ());
        }
        Some(Verdict::Right) => ("right", None),
        Some(Verdict::Wrong) => ("wrong", None),
        Some(Verdict::Corrected(figure)) => (
            "corrected",
            Some(
                serde_json::to_string(figure)
                    .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?,
            ),
        ),
    };
    connection
        .execute(
            "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)",
            params![figure, article, word, correction],
        )
        .map(|_| ())
}
