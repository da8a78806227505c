//! `headcount extract`: articles in, figures out. Streams: batches of a few megabytes, each in parallel, the order kept.

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use headcount::read::{Figures, Raw};
use headcount::{Article, extract, read, sheet};
use rayon::prelude::*;

use super::inputs::Inputs;
use super::{Foreign, Outcome};

/// Bytes of input worked on at a time.
const BATCH: usize = 4 << 20;
/// Bytes of a figure in an article's line, and of the line around them.
const LINE: usize = 1 << 10;

/// Articles in, figures out.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// One JSON object an article, or one CSV row a figure
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Put the row of HXL tags under the header
    #[arg(long)]
    hxl: bool,
    /// Repeat each article's text in its JSON line
    #[arg(long)]
    with_text: bool,
    /// Say of every number why it was read as it was, also of those refused
    #[arg(long, conflicts_with_all = ["format", "hxl", "with_text"])]
    explain: bool,
    /// Use these weights instead of those compiled in
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object an article
    Jsonl,
    /// One row a figure
    Csv,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    check(args)?;
    let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    if args.format == Format::Csv {
        sheet::csv::header(&mut out, sheet::FIGURES, args.hxl)?;
    }
    let outcome = each(args, |found| Ok(out.write_all(&found)?))?;
    out.flush()?;
    Ok(outcome)
}

/// Options that say nothing together are a mistake, not a wish.
fn check(args: &Args) -> anyhow::Result<()> {
    anyhow::ensure!(
        !args.hxl || args.format == Format::Csv,
        "--hxl tags a table; add --format csv"
    );
    anyhow::ensure!(
        !args.with_text || args.format == Format::Jsonl,
        "--with-text belongs to JSON lines; leave it out with --format csv"
    );
    Ok(())
}

/// Works through the articles and hands on what is found, in their order.
fn each(
    args: &Args,
    mut write: impl FnMut(Vec<u8>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut foreign = Foreign::default();
    let weights = args.weights.as_deref().map(super::extractor).transpose()?;
    let work = |raw: headcount::Result<Raw>| find(raw?, args, weights.as_ref());
    let alone = rayon::current_num_threads() == 1;
    let mut batches = read::batches(args.inputs.raws(Vec::new()).0, BATCH);
    let mut next = batches.next();
    while let Some(batch) = next {
        let (found, upcoming) = if alone {
            let found: Vec<_> = batch.into_iter().map(work).collect();
            (found, batches.next())
        } else {
            // while some work on a batch, one reads the next
            rayon::join(
                || batch.into_par_iter().map(work).collect(),
                || batches.next(),
            )
        };
        next = upcoming;
        for item in found {
            match item {
                Ok((found, language)) => {
                    language.inspect(|l| foreign.count(l));
                    write(found)?;
                }
                Err(error) => {
                    super::complain(&format_args!("{error:#}"));
                    outcome = Outcome::Incomplete;
                }
            }
        }
    }
    if foreign.say() {
        outcome = Outcome::Incomplete;
    }
    Ok(outcome)
}

/// One article's figures, ready to be written, and its language if there are no words for it.
fn find(
    raw: Raw,
    args: &Args,
    weights: Option<&extract::Extractor>,
) -> anyhow::Result<(Vec<u8>, Option<String>)> {
    let place = raw.place();
    let mut article = raw.article(Figures::Drop)?;
    let foreign = extract::foreign(&article).map(Cow::into_owned);
    if args.explain {
        let lines = match foreign {
            Some(_) => String::new(),
            None => explained(&article, weights),
        };
        return Ok((lines.into_bytes(), foreign));
    }
    match (&foreign, weights) {
        (Some(language), _) => article.lang = Some(language.clone()),
        (None, Some(weights)) => weights.fill(&mut article),
        (None, None) => extract::fill(&mut article),
    }
    if args.format == Format::Csv {
        let mut rows = Vec::new();
        sheet::csv::rows(
            &mut rows,
            article.figures.iter().map(|f| sheet::row(&article, f)),
        )?;
        return Ok((rows, foreign));
    }
    if !args.with_text {
        article.text.clear();
    }
    // most figures fit, so that the line is not moved again and again while it grows
    let mut line = Vec::with_capacity(LINE + article.figures.len() * LINE + article.text.len());
    serde_json::to_writer(&mut line, &article).with_context(|| place)?;
    line.push(b'\n');
    Ok((line, foreign))
}

/// A heading with id and title, then what was made of each number.
fn explained(article: &Article, weights: Option<&extract::Extractor>) -> String {
    let title = article.title.as_deref().unwrap_or("(no title)");
    format!(
        "== {}: {title}\n{}\n",
        article.id,
        weights.map_or_else(|| extract::explain(article), |w| w.explain(article))
    )
}
