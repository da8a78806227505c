//! `headcount train`.

use std::io::Write;
use std::path::PathBuf;

use headcount::train::{Options, to_tsv, train};

use super::{Outcome, score::report};

/// Annotated articles in, a table of weights out.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Annotated articles, JSON lines with `figures`
    #[arg(required = true, value_name = "GOLD.jsonl")]
    gold: Vec<PathBuf>,
    /// Where to write the weights
    #[arg(
        long,
        short,
        default_value = "data/weights/en.tsv",
        value_name = "FILE"
    )]
    output: PathBuf,
    /// Rows to keep
    #[arg(long, default_value_t = Options::default().rows)]
    rows: usize,
    /// Folds of cross-validation by article; 0 = none
    #[arg(long, default_value_t = Options::default().folds)]
    folds: usize,
    /// Passes over the examples
    #[arg(long, default_value_t = Options::default().epochs)]
    epochs: usize,
    /// Pull to zero by absolute value: more gives fewer rows
    #[arg(long, default_value_t = Options::default().l1)]
    l1: f64,
    /// Pull to zero by square
    #[arg(long, default_value_t = Options::default().l2)]
    l2: f64,
    /// Also print every miss and false alarm of the cross-validation in its words
    #[arg(long)]
    errors: bool,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (articles, outcome) = super::score::gold(&args.gold)?;
    let options = Options {
        rows: args.rows,
        folds: args.folds,
        epochs: args.epochs,
        l1: args.l1,
        l2: args.l2,
    };
    let trained = train(&articles, &options);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} articles, {} numbers; {} annotated figures out of reach; {} rows",
        articles.len(),
        trained.examples,
        trained.unreachable,
        trained.rows.len()
    )?;
    if let Some(score) = &trained.cross_validated {
        writeln!(out, "cross-validated by article, {} folds", options.folds)?;
        report(&mut out, score, false)?;
        if args.errors {
            super::score::errors(&mut out, &articles, score)?;
        }
    }
    if let Some(parent) = args.output.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&args.output, to_tsv(&trained.rows))?;
    Ok(outcome)
}
