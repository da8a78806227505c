//! `headcount series`: the figures of the store, or of files, as dated lines.

use std::io::Write;

use comfy_table::{CellAlignment, Table, presets};
use headcount::figure::Qualifier;
use headcount::series::{Point, series, undated, write_csv, write_jsonl};

use super::Outcome;
use super::select::Select;

/// Arguments.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    /// How to print it
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Add the row of HXL tags (CSV)
    #[arg(long)]
    hxl: bool,
}

/// How a view is printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// A table to read
    Table,
    /// Comma-separated values
    Csv,
    /// JSON lines
    Jsonl,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let articles = args.select.articles()?;
    let all = series(&articles);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.format {
        Format::Csv => write_csv(&mut out, &all, args.hxl).map_err(plain)?,
        Format::Jsonl => write_jsonl(&mut out, &all)?,
        Format::Table => {
            let mut table = new_table(&[
                "date", "measure", "where", "source", "kind", "unit", "number", "articles", "flags",
            ]);
            for s in &all {
                for p in &s.points {
                    table.add_row([
                        p.date.to_string(),
                        s.key.measure.to_string(),
                        place(s.key.country.map(|c| c.to_string()), s.key.place.as_deref()),
                        s.key.source.clone().unwrap_or_default(),
                        s.key.kind.to_string(),
                        s.key.unit.to_string(),
                        point(p),
                        p.articles.len().to_string(),
                        flags(p),
                    ]);
                }
            }
            right(&mut table, &[6, 7]);
            writeln!(out, "{table}")?;
        }
    }
    out.flush()?;
    match undated(&articles) {
        0 => Ok(Outcome::Done),
        n => {
            super::complain(&format!(
                "figures without a date left out: {n}; give their articles a date of publication"
            ));
            Ok(Outcome::Incomplete)
        }
    }
}

/// A plain table with this header.
pub(super) fn new_table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(header.iter().copied());
    table
}

/// Sets these columns to the right.
pub(super) fn right(table: &mut Table, columns: &[usize]) {
    for i in columns {
        if let Some(column) = table.column_mut(*i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Country and place in one cell.
pub(super) fn place(country: Option<String>, place: Option<&str>) -> String {
    let parts: Vec<String> = country.into_iter().chain(place.map(String::from)).collect();
    parts.join(" ")
}

/// A number as people read it, with the name of its hedge.
pub(super) fn number(
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    qualifier: Qualifier,
) -> String {
    let text = |n: Option<f64>| n.map_or_else(|| "?".to_string(), headcount::series::grouped);
    match (value, qualifier) {
        (Some(_), Qualifier::Exact) => text(value),
        (Some(_), _) => format!("{qualifier} {}", text(value)),
        (None, Qualifier::Vague) => format!("{qualifier}, {} up", text(low)),
        (None, _) => format!("{} to {}", text(low), text(high)),
    }
}

/// The error of a writer, a closed pipe still to be known as one.
pub(super) fn plain(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => anyhow::anyhow!("{kind:?}"),
    }
}

fn point(p: &Point) -> String {
    number(p.value, p.low, p.high, p.qualifier)
}

fn flags(p: &Point) -> String {
    let rule = (p.rule != headcount::series::AS_STATED).then(|| p.rule.clone());
    let all: Vec<String> = rule.into_iter().chain(p.flags.iter().cloned()).collect();
    all.join(" ")
}
