//! `headcount series`: the figures of the store, or of files, as dated lines.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};
use headcount::figure::Qualifier;
use headcount::series::{self, Point, Series, undated, write_jsonl};

use super::Outcome;
use super::output::{Format, Output, View};
use super::select::{Select, lines};

/// The figures as dated lines: one measure, unit, kind, country, place and source a line.
///
/// Without a format or a file: CSV.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    output: Output,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let articles = args.select.articles()?;
    let all = lines(&articles);
    let view = View {
        table: series::table(&all),
        lines: &|out| write_jsonl(out, &all),
        shown: &|out, _| shown(out, &all),
    };
    args.output.write(view, Format::Csv)?;
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

fn shown(out: &mut dyn Write, all: &[Series]) -> io::Result<()> {
    let mut table = new_table(&[
        "date", "measure", "where", "source", "kind", "unit", "number", "articles", "flags",
    ]);
    for s in all {
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
    writeln!(out, "{table}")
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

/// The number of a point as people read it.
pub(super) fn point(p: &Point) -> String {
    number(p.value, p.low, p.high, p.qualifier)
}

fn flags(p: &Point) -> String {
    let rule = (p.rule != headcount::series::AS_STATED).then(|| p.rule.clone());
    let all: Vec<String> = rule.into_iter().chain(p.flags.iter().cloned()).collect();
    all.join(" ")
}
