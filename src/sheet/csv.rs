//! CSV: RFC 4180, UTF-8, a header row, and on request the row of HXL tags under it (hxlstandard.org).
//!
//! **No cell is a formula.** Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, a tab or the end of a line, and a sentence out of an article is
//! other people's text. Such a text is written with an apostrophe before it, which a spreadsheet takes as "this is text". So that reading
//! gives the very text back, one that begins with apostrophes before such a sign gets one more, and [`plain`] takes one off. Numbers are never touched.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Cell, Column, Table};
use crate::error::{Error, input};

/// What makes a cell a formula; the full-width forms do where the keyboard has them.
const FORMULA: &[char] = &[
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Writes a table.
///
/// # Errors
/// The output cannot be written.
pub fn write(mut out: impl Write, table: Table<'_>, hxl: bool) -> io::Result<()> {
    header(&mut out, table.columns, hxl)?;
    rows(&mut out, table.rows)?;
    out.flush()
}

/// Writes the header, and the HXL tags where wanted.
///
/// # Errors
/// The output cannot be written.
pub fn header(out: impl Write, columns: &[Column], hxl: bool) -> io::Result<()> {
    let mut csv = ::csv::Writer::from_writer(out);
    csv.write_record(columns.iter().map(|c| c.name))
        .map_err(io)?;
    if hxl {
        csv.write_record(columns.iter().map(|c| c.hxl))
            .map_err(io)?;
    }
    csv.flush()
}

/// Writes rows.
///
/// # Errors
/// The output cannot be written, or a row has another length than the one before.
pub fn rows<'a>(out: impl Write, rows: impl Iterator<Item = Vec<Cell<'a>>>) -> io::Result<()> {
    let mut csv = ::csv::Writer::from_writer(out);
    for row in rows {
        for cell in &row {
            csv.write_field(text(cell).as_bytes()).map_err(io)?;
        }
        csv.write_record(None::<&[u8]>).map_err(io)?;
    }
    csv.flush()
}

/// The system's error where there is one, so that a closed pipe is seen as such.
fn io(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A cell as it is written.
fn text<'a>(cell: &Cell<'a>) -> Cow<'a, str> {
    match *cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => guarded(text.into()),
        Cell::Number(number) => number.to_string().into(),
        Cell::Date(day) => day.to_string().into(),
        Cell::Truth(truth) => if truth { "true" } else { "false" }.into(),
        Cell::List(items) => guarded(joined(items).into()),
    }
}

/// The items of a list in one cell: joined by `|`, a `|` inside an item as `%7C`.
pub(super) fn joined(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|i| i.replace('|', "%7C")).collect();
    items.join("|")
}

/// True for a text that a spreadsheet could run, with any number of apostrophes before it.
fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if runs(&text) {
        format!("'{text}").into()
    } else {
        text
    }
}

/// What is wrong with a table that is read back, or with a line of it.
pub(crate) fn wrong(name: &str, line: Option<u64>, what: impl Into<String>) -> Error {
    match line {
        Some(line) => input(format_args!("{name}:{line}"), what),
        None => input(name, what),
    }
}

/// The same of a record that is none.
pub(crate) fn broken(name: &str, error: &::csv::Error) -> Error {
    let line = error.position().map(::csv::Position::line);
    wrong(
        name,
        line,
        "not a row of this table; check its quotes and commas",
    )
}

/// The text of a cell, without the apostrophe that it was guarded by.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| runs(rest))
        .unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_and_every_text_comes_back() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("-5 dead", "'-5 dead"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("'=1", "''=1"),
            ("''+1", "'''+1"),
            ("'tis", "'tis"),
            ("''", "''"),
            ("", ""),
            ("5,400", "5,400"),
        ] {
            assert_eq!(guarded(text.into()), written);
            assert_eq!(plain(written), text);
        }
        assert_eq!(super::text(&Cell::Number(-5.0)), "-5");
    }
}
