//! `headcount verify`: does every number stand where it says it does?

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use headcount::series::{Series, read_csv, series};
use headcount::{Article, read, store, verify};

use super::select::{Select, Texts};
use super::{Outcome, complain, counted};

/// Checks that every number stands in the sentence it cites, and that every point of the series, and so of the charts, has figures with its number behind it.
///
/// The store keeps no texts: give the articles again, and each sentence is looked up in its article too. What does not stand is said, and the exit status is 1.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The articles again: files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    select: Select,
    /// Check this series.csv instead of the series made of the figures
    #[arg(long, value_name = "FILE")]
    series: Option<PathBuf>,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let articles = args.select.unchecked(Texts::Keep)?;
    let mut faults: Vec<verify::Fault> = articles.iter().flat_map(verify::figures).collect();
    let in_texts = texts(&args.paths, &articles, &mut faults);
    let lines = match &args.series {
        Some(path) => {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
            read_csv(&name, file)?
        }
        None => series(&articles),
    };
    faults.extend(verify::series(&articles, &lines));
    for fault in &faults {
        complain(fault);
    }
    say(&articles, in_texts, &lines, faults.len())?;
    Ok(if faults.is_empty() {
        Outcome::Done
    } else {
        Outcome::Incomplete
    })
}

/// Looks the figures up in the texts: those that came with the figures, and those of the articles given again. How many articles had one.
fn texts(paths: &[PathBuf], articles: &[Article], faults: &mut Vec<verify::Fault>) -> usize {
    let mut seen = BTreeSet::new();
    for article in articles.iter().filter(|a| !a.text.is_empty()) {
        seen.insert(article.id.clone());
        faults.extend(verify::text(article, &article.text));
    }
    if paths.is_empty() {
        return seen.len();
    }
    let by_id: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    for item in read::articles(paths) {
        match item {
            Ok(read) => {
                // an earlier version of a page has an id of its own
                let version = store::version_id(&read);
                let known = by_id.get(version.as_str()).or(by_id.get(read.id.as_str()));
                if let Some(article) = known
                    && seen.insert(article.id.clone())
                {
                    faults.extend(verify::text(article, &read.text));
                }
            }
            Err(error) => complain(&error),
        }
    }
    seen.len()
}

/// The last line.
fn say(
    articles: &[Article],
    in_texts: usize,
    lines: &[Series],
    faults: usize,
) -> std::io::Result<()> {
    let figures = articles.iter().map(|a| a.figures.len()).sum();
    let points = lines.iter().map(|s| s.points.len()).sum();
    let looked_up = match (in_texts, articles.len()) {
        (0, _) => "none looked up in its text (give the articles again)".into(),
        (n, all) => format!("looked up in {n} of {}", counted(all, "text")),
    };
    writeln!(
        std::io::stdout(),
        "{}, {looked_up}; {} of {}; {}",
        counted(figures, "figure"),
        counted(points, "point"),
        counted(lines.len(), "line"),
        match faults {
            0 => "every number stands where it says".into(),
            n => counted(n, "fault"),
        }
    )
}
