//! Pairs as CSV and as JSON lines.

use std::io::Write;

use super::{Claim, Pair};
use crate::sheet::{Column, Sheet};

/// The columns of `compare.csv`, with their HXL tags; lists are joined by `|`.
pub const COLUMNS: &[Column] = &[
    ("relation", "#meta+relation"),
    ("ratio", "#indicator+ratio+num"),
    ("measure", "#indicator+code"),
    ("unit", "#indicator+unit"),
    ("kind", "#indicator+kind"),
    ("country", "#country+code"),
    ("note", "#meta+note"),
    ("a_value", "#indicator+value+num+a"),
    ("a_low", "#indicator+low+num+a"),
    ("a_high", "#indicator+high+num+a"),
    ("a_qualifier", "#indicator+qualifier+a"),
    ("a_source", "#org+source+a"),
    ("a_date", "#date+a"),
    ("a_place", "#loc+name+a"),
    ("a_articles", "#meta+article+id+list+a"),
    ("a_publishers", "#org+publisher+list+a"),
    ("a_figure_ids", "#meta+figure+id+list+a"),
    ("a_sentence", "#description+sentence+a"),
    ("b_value", "#indicator+value+num+b"),
    ("b_low", "#indicator+low+num+b"),
    ("b_high", "#indicator+high+num+b"),
    ("b_qualifier", "#indicator+qualifier+b"),
    ("b_source", "#org+source+b"),
    ("b_date", "#date+b"),
    ("b_place", "#loc+name+b"),
    ("b_articles", "#meta+article+id+list+b"),
    ("b_publishers", "#org+publisher+list+b"),
    ("b_figure_ids", "#meta+figure+id+list+b"),
    ("b_sentence", "#description+sentence+b"),
];

/// Writes pairs as CSV, with the row of HXL tags where wanted.
///
/// # Errors
/// The output cannot be written.
pub fn write_csv<W: Write>(out: W, pairs: &[Pair], hxl: bool) -> csv::Result<()> {
    let mut sheet = Sheet::new(out, COLUMNS, hxl)?;
    for pair in pairs {
        sheet.row(row(pair))?;
    }
    sheet.finish()
}

/// One row of `compare.csv`.
pub fn row(pair: &Pair) -> Vec<String> {
    let mut row = vec![
        pair.relation.as_str().to_string(),
        text(pair.ratio),
        pair.measure.to_string(),
        pair.unit.to_string(),
        pair.kind.to_string(),
        text(pair.country),
        text(pair.note.as_ref()),
    ];
    claim(&mut row, Some(&pair.a));
    claim(&mut row, pair.b.as_ref());
    row
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

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn claim(row: &mut Vec<String>, claim: Option<&Claim>) {
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|i| i.replace('|', "%7C")).collect();
        items.join("|")
    };
    let Some(c) = claim else {
        row.extend(std::iter::repeat_n(String::new(), 11));
        return;
    };
    row.extend([
        text(c.value),
        text(c.low),
        text(c.high),
        c.qualifier.to_string(),
        text(c.source.as_ref()),
        text(c.date),
        text(c.place.as_ref()),
        list(&c.articles),
        list(&c.publishers),
        list(&c.figure_ids),
        c.sentence.clone(),
    ]);
}
