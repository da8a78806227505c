//! `headcount report`: one page for readers.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use headcount::{compare, report};

use super::Outcome;
use super::output::whole;
use super::select::{Select, lines};

/// Figures in, one HTML page out: it needs no network and no other file.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    /// The page
    #[arg(
        short,
        long,
        value_name = "FILE.html",
        default_value = "out/report.html"
    )]
    out: PathBuf,
    /// Its title [default: the countries]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Most figures in the list of all, the newest first
    #[arg(long, value_name = "N", default_value_t = report::Options::default().figures)]
    figures: usize,
    /// Most charts, those of most articles first
    #[arg(long, value_name = "N", default_value_t = report::Options::default().charts)]
    charts: usize,
    /// Most disagreements, the widest first
    #[arg(long, value_name = "N", default_value_t = report::Options::default().disagreements)]
    disagreements: usize,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let articles = args.select.articles()?;
    let options = report::Options {
        title: args.title.clone(),
        figures: args.figures,
        charts: args.charts,
        disagreements: args.disagreements,
        ..report::Options::default()
    };
    let (series, pairs) = (lines(&articles), compare::pairs(&articles));
    let page = report::html(&articles, &series, &pairs, &options)?;
    if let Some(folder) = args.out.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    whole(&args.out, |mut out| {
        out.write_all(page.as_bytes())?;
        out.flush()
    })?;
    writeln!(std::io::stdout(), "{}", args.out.display())?;
    Ok(Outcome::Done)
}
