//! How fast one core turns JSON lines into JSON lines: `cargo bench`.
//!
//! Comes in: the articles of `data/articles`, repeated under new ids. Goes out: megabytes of article text a second for each step, the
//! best of some rounds; then the same of a web archive, in bytes unpacked, beside the floor. Nothing is asserted: a busy machine is no error.

mod archive;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use headcount::read::Figures;
use headcount::{Article, extract, read, totals};

/// Bytes of text to work on.
const TEXT: usize = 8 << 20;
/// How often; the best round counts.
const ROUNDS: usize = 5;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    // `cargo test --all-targets` only builds it
    if !std::env::args().any(|a| a == "--bench") {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("articles.jsonl");
    let bytes = write(&path)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:.1} MB of text, one thread, MB/s:", mega(bytes))?;
    let paths = [path];
    let articles = parsed(&paths)?;
    let results: Vec<Article> = articles.iter().map(extracted).collect();
    let figures: usize = results.iter().map(|a| a.figures.len()).sum();
    let mut tell = |step: &str, best: Duration| {
        let speed = mega(bytes) / best.as_secs_f64();
        writeln!(out, "{step:<22} {speed:>8.1}")
    };
    tell("JSON in", best(|| Ok(parsed(&paths)?.len()))?)?;
    let found = || articles.iter().map(|a| extracted(a).figures.len()).sum();
    tell("extraction", best(|| Ok(found()))?)?;
    tell("JSON out", best(|| written(&results))?)?;
    let whole = || {
        let mut length = 0;
        for raw in read::raw(&paths) {
            let article = raw?.article(Figures::Drop)?;
            length += serde_json::to_vec(&extracted(&article))?.len();
        }
        Ok(length)
    };
    tell("JSON in to JSON out", best(whole)?)?;
    writeln!(out, "{} articles, {figures} figures", results.len())?;

    let path = folder.path().join("pages.warc.gz");
    let bytes = archive::write(&path, &articles)?;
    writeln!(
        out,
        "\n{:.1} MB of web archive, one thread, MB/s:",
        mega(bytes)
    )?;
    let mut tell = |step: &str, best: Duration| {
        let speed = mega(bytes) / best.as_secs_f64();
        writeln!(out, "{step:<22} {speed:>8.1}")
    };
    tell("unpacked and split", best(|| archive::split(&path))?)?;
    tell("pages in", best(|| Ok(archive::pages(&path)))?)?;
    tell("pages to figures", best(|| archive::figures(&path))?)?;
    writeln!(
        out,
        "{} of {} pages",
        archive::pages(&path),
        archive::split(&path)?
    )?;
    Ok(())
}

/// The articles of the repository as JSON lines, again and again; how many bytes of text they have.
fn write(path: &Path) -> Result<usize> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    let articles: Vec<Article> = read::articles(&[folder]).collect::<headcount::Result<_>>()?;
    let all: usize = articles.iter().map(|a| a.text.len()).sum();
    if all == 0 {
        return Err("data/articles has no text".into());
    }
    let mut out = BufWriter::new(File::create(path)?);
    let mut bytes = 0;
    for round in 0..TEXT.div_ceil(all) {
        for article in &articles {
            let id = format!("{}-{round}", article.id);
            let article = Article {
                id,
                ..article.clone()
            };
            bytes += article.text.len();
            serde_json::to_writer(&mut out, &article)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(bytes)
}

fn parsed(paths: &[PathBuf]) -> Result<Vec<Article>> {
    let articles = read::raw(paths).map(|raw| raw?.article(Figures::Drop));
    Ok(articles.collect::<headcount::Result<_>>()?)
}

/// A result as the program writes it: figures and totals, without the text.
fn extracted(article: &Article) -> Article {
    let mut result = Article {
        text: String::new(),
        figures: extract::figures(article),
        ..article.clone()
    };
    result.totals = totals::totals(&result);
    result
}

fn written(articles: &[Article]) -> Result<usize> {
    let mut length = 0;
    for article in articles {
        length += serde_json::to_vec(article)?.len();
    }
    Ok(length)
}

/// The shortest of some rounds; what they count is kept, so that no work is left out.
fn best(mut work: impl FnMut() -> Result<usize>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        std::hint::black_box(work()?);
        best = best.min(start.elapsed());
    }
    Ok(best)
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
