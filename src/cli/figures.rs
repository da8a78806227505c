//! `headcount figures`: every figure that passes, as a table, CSV, JSON lines, an Excel sheet or Parquet; `--why` tells of one how it came about.

use std::io::{self, IsTerminal, Write};

use headcount::{Article, filter, sheet};

use super::Outcome;
use super::output::{Format, Output, View};
use super::select::Select;
use super::table::{claim, cut, write};
use super::why;

/// Figures with their sources, dates and places, the dated articles first, in the order of publication.
///
/// Without a format or a file: a table on a terminal, CSV elsewhere.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    output: Output,
    /// Tell how the figure with this id came about: its sentence, evidence, source, date, place, series
    #[arg(long, value_name = "ID", conflicts_with_all = ["format", "file", "hxl"])]
    why: Option<String>,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if let Some(id) = &args.why {
        return why::run(&args.select, id);
    }
    let mut articles = args.select.articles()?;
    articles.sort_by(|a, b| {
        let key = |a: &Article| (a.published.is_none(), a.published);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let usual = if io::stdout().is_terminal() {
        Format::Table
    } else {
        Format::Csv
    };
    let view = View {
        table: sheet::table(&articles),
        lines: &|out| {
            for article in &articles {
                serde_json::to_writer(&mut *out, article)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        },
        shown: &|out, framed| table(out, framed, &articles),
    };
    args.output.write(view, usual)?;
    Ok(Outcome::Done)
}

fn table(out: &mut dyn Write, framed: bool, articles: &[Article]) -> io::Result<()> {
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
    write(out, framed, &header, rows, &[])
}
