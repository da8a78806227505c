//! `headcount figures`: every figure that passes, as a table, CSV or JSON lines.

use std::io::{BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use headcount::sheet::{FIGURES, Sheet, figure_row};
use headcount::{Article, filter};

use super::Outcome;
use super::select::Select;
use super::table::{claim, cut, print};

/// Figures with their sources, dates and places, the dated articles first, in the order of publication.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    /// How to write them; without it a table on a terminal, CSV elsewhere
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Put the row of HXL tags under the header of the CSV
    #[arg(long)]
    hxl: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// All fields of the record, one figure a row
    Csv,
    /// One article a line with its figures and totals
    Jsonl,
    /// What a person wants to see of it
    Table,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut articles = args.select.articles()?;
    articles.sort_by(|a, b| {
        let key = |a: &Article| (a.published.is_none(), a.published);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() {
        Format::Table
    } else {
        Format::Csv
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    match format {
        Format::Csv => {
            let mut sheet = Sheet::new(&mut out, FIGURES, args.hxl)?;
            for article in &articles {
                for figure in &article.figures {
                    sheet.row(figure_row(article, figure))?;
                }
            }
            sheet.finish()?;
        }
        Format::Jsonl => {
            for article in &articles {
                writeln!(out, "{}", serde_json::to_string(article)?)?;
            }
        }
        Format::Table => {
            drop(out);
            return table(&articles);
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn table(articles: &[Article]) -> anyhow::Result<Outcome> {
    let rows = articles.iter().flat_map(|article| {
        article.figures.iter().map(move |figure| {
            let mut marks = vec![figure.kind.as_str()];
            marks.extend(figure.part_of.then_some("part"));
            marks.extend(figure.projected.then_some("projected"));
            vec![
                filter::date(article, figure).map_or_else(|| "—".into(), |d| d.to_string()),
                figure.country.map_or_else(|| "—".into(), |c| c.to_string()),
                cut(figure.place_text.as_deref().unwrap_or_default(), 20),
                figure.measure.row().label.clone(),
                claim(figure),
                marks.join(", "),
                cut(figure.source.as_deref().unwrap_or("—"), 24),
                cut(article.publisher.as_deref().unwrap_or("—"), 20),
                cut(&figure.sentence, 60),
            ]
        })
    });
    let header = [
        "date",
        "country",
        "place",
        "measure",
        "figure",
        "kind",
        "source",
        "publisher",
        "sentence",
    ];
    print(&header, rows, &[])?;
    Ok(Outcome::Done)
}
