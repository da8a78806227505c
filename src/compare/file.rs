//! Pairs as a table and as JSON lines.

use std::io::Write;

use super::{Claim, Pair, Relation};
use crate::sheet::{Cell, Column, Holds, KIND, QUALIFIER, Table, columns};

/// The columns of `compare.csv`, with their HXL tags; lists are joined by `|`.
pub const COLUMNS: &[Column] = &[
    Column::new(
        "relation",
        "#meta+relation",
        RELATION,
        "how the second claim relates to the first",
    )
    .always(),
    Column::new(
        "ratio",
        "#indicator+ratio+num",
        Holds::Number,
        "the greater number by the smaller",
    ),
    columns::MEASURE,
    columns::UNIT,
    Column::new(
        "kind",
        "#indicator+kind",
        KIND,
        "a stock or running total, or new",
    )
    .always(),
    Column::new(
        "country",
        "#country+code",
        Holds::Country,
        "where, as far as stated, ISO 3166-1 alpha-3",
    ),
    Column::new(
        "note",
        "#meta+note",
        Holds::Prose,
        "what the difference may come from",
    ),
    Column::new(
        "a_value",
        "#indicator+value+num+a",
        Holds::Number,
        "of the earlier claim: number as stated",
    ),
    Column::new(
        "a_low",
        "#indicator+low+num+a",
        Holds::Number,
        "of the earlier claim: lower bound",
    ),
    Column::new(
        "a_high",
        "#indicator+high+num+a",
        Holds::Number,
        "of the earlier claim: upper bound",
    ),
    Column::new(
        "a_qualifier",
        "#indicator+qualifier+a",
        QUALIFIER,
        "of the earlier claim: hedge",
    )
    .always(),
    Column::new(
        "a_source",
        "#org+source+a",
        Holds::Text,
        "of the earlier claim: who says so",
    ),
    Column::new(
        "a_date",
        "#date+a",
        Holds::Date,
        "of the earlier claim: day it holds",
    ),
    Column::new(
        "a_place",
        "#loc+name+a",
        Holds::Text,
        "of the earlier claim: narrower place, as printed",
    ),
    Column::new(
        "a_articles",
        "#meta+article+id+list+a",
        Holds::List,
        "of the earlier claim: ids of the articles that give it",
    )
    .always(),
    Column::new(
        "a_publishers",
        "#org+publisher+list+a",
        Holds::List,
        "of the earlier claim: publishers of the articles",
    ),
    Column::new(
        "a_figure_ids",
        "#meta+figure+id+list+a",
        Holds::List,
        "of the earlier claim: figures behind it",
    ),
    Column::new(
        "a_sentence",
        "#description+sentence+a",
        Holds::Prose,
        "of the earlier claim: sentence of the article that gave it first",
    ),
    Column::new(
        "b_value",
        "#indicator+value+num+b",
        Holds::Number,
        "of the later claim: number as stated",
    ),
    Column::new(
        "b_low",
        "#indicator+low+num+b",
        Holds::Number,
        "of the later claim: lower bound",
    ),
    Column::new(
        "b_high",
        "#indicator+high+num+b",
        Holds::Number,
        "of the later claim: upper bound",
    ),
    Column::new(
        "b_qualifier",
        "#indicator+qualifier+b",
        QUALIFIER,
        "of the later claim: hedge",
    ),
    Column::new(
        "b_source",
        "#org+source+b",
        Holds::Text,
        "of the later claim: who says so",
    ),
    Column::new(
        "b_date",
        "#date+b",
        Holds::Date,
        "of the later claim: day it holds",
    ),
    Column::new(
        "b_place",
        "#loc+name+b",
        Holds::Text,
        "of the later claim: narrower place, as printed",
    ),
    Column::new(
        "b_articles",
        "#meta+article+id+list+b",
        Holds::List,
        "of the later claim: ids of the articles that give it",
    ),
    Column::new(
        "b_publishers",
        "#org+publisher+list+b",
        Holds::List,
        "of the later claim: publishers of the articles",
    ),
    Column::new(
        "b_figure_ids",
        "#meta+figure+id+list+b",
        Holds::List,
        "of the later claim: figures behind it",
    ),
    Column::new(
        "b_sentence",
        "#description+sentence+b",
        Holds::Prose,
        "of the later claim: sentence of the article that gave it first",
    ),
];

/// The words for relations.
const RELATION: Holds = Holds::Word(|| Relation::ALL.iter().map(|r| r.as_str()).collect());

/// Every pair.
pub fn table(pairs: &[Pair]) -> Table<'_> {
    Table {
        name: "compare",
        columns: COLUMNS,
        rows: Box::new(pairs.iter().map(row)),
    }
}

fn row(pair: &Pair) -> Vec<Cell<'_>> {
    let mut row = vec![
        pair.relation.as_str().into(),
        pair.ratio.into(),
        pair.measure.code().into(),
        pair.unit.as_str().into(),
        pair.kind.as_str().into(),
        pair.country.as_ref().into(),
        pair.note.as_ref().into(),
    ];
    row.extend(claim(Some(&pair.a)));
    row.extend(claim(pair.b.as_ref()));
    row
}

fn claim(claim: Option<&Claim>) -> [Cell<'_>; 11] {
    let Some(c) = claim else {
        return [Cell::Empty; 11];
    };
    [
        c.value.into(),
        c.low.into(),
        c.high.into(),
        c.qualifier.as_str().into(),
        c.source.as_ref().into(),
        c.date.into(),
        c.place.as_ref().into(),
        (&c.articles).into(),
        (&c.publishers).into(),
        (&c.figure_ids).into(),
        (&c.sentence).into(),
    ]
}

/// Writes pairs as JSON lines.
///
/// # Errors
/// The output cannot be written.
pub fn write_jsonl<W: Write>(mut out: W, pairs: &[Pair]) -> std::io::Result<()> {
    for pair in pairs {
        serde_json::to_writer(&mut out, pair)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
