//! `headcount score`.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use headcount::score::{ATTRIBUTES, Score, score};
use headcount::{Article, Figure};

use super::Outcome;

/// Annotated articles in, a score out.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Annotated articles, JSON lines with `figures`
    #[arg(required = true, value_name = "GOLD.jsonl")]
    gold: Vec<PathBuf>,
    /// Score these figures (JSON lines) instead of extracting
    #[arg(long, value_name = "FILE")]
    predicted: Option<PathBuf>,
    /// Use these weights instead of those compiled in
    #[arg(long, value_name = "FILE", conflicts_with = "predicted")]
    weights: Option<PathBuf>,
    /// Also print every miss and false alarm in its words
    #[arg(long)]
    errors: bool,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (articles, outcome) = gold(&args.gold)?;
    let result = if let Some(path) = &args.predicted {
        let (predicted, _) = gold(std::slice::from_ref(path))?;
        let by_id: HashMap<String, Vec<Figure>> =
            predicted.into_iter().map(|a| (a.id, a.figures)).collect();
        score(&articles, &|a| {
            by_id.get(&a.id).cloned().unwrap_or_default()
        })
    } else if let Some(path) = &args.weights {
        let extractor = super::extractor(path)?;
        score(&articles, &|a| extractor.figures(a))
    } else {
        score(&articles, &headcount::extract::figures)
    };
    let mut out = std::io::stdout().lock();
    report(&mut out, &result, true)?;
    if args.errors {
        errors(&mut out, &articles, &result)?;
    }
    Ok(outcome)
}

/// Reads annotated articles; a bad line is said and left out.
pub(super) fn gold(paths: &[PathBuf]) -> anyhow::Result<(Vec<Article>, Outcome)> {
    let mut outcome = Outcome::Done;
    let mut articles = Vec::new();
    for item in headcount::read::articles(paths) {
        match item {
            Ok(article) => articles.push(article),
            Err(error) => {
                super::complain(&error);
                outcome = Outcome::Incomplete;
            }
        }
    }
    anyhow::ensure!(
        !articles.is_empty(),
        "no annotated articles; give JSON lines with id, text and figures"
    );
    Ok((articles, outcome))
}

/// Prints a score.
pub(super) fn report(out: &mut impl Write, score: &Score, measures: bool) -> std::io::Result<()> {
    writeln!(out, "{} articles", score.articles)?;
    writeln!(
        out,
        "{:<16} precision recall     F1  matched missed false",
        ""
    )?;
    let line = |name: &str, c: &headcount::score::Count| {
        format!(
            "{name:<16} {:>9.3} {:>6.3} {:>6.3} {:>8} {:>6} {:>5}",
            c.precision(),
            c.recall(),
            c.f1(),
            c.matched,
            c.missed,
            c.false_alarms
        )
    };
    writeln!(out, "{}", line("strict", &score.strict))?;
    writeln!(out, "{}", line("lenient", &score.lenient))?;
    if measures {
        for (measure, count) in &score.per_measure {
            writeln!(out, "{}", line(measure.code(), count))?;
        }
    }
    writeln!(out, "right on the {} matched pairs", score.pairs)?;
    for (name, right) in ATTRIBUTES.iter().zip(score.attributes) {
        writeln!(
            out,
            "{name:<16} {:>9.3}",
            right as f64 / score.pairs.max(1) as f64
        )?;
    }
    writeln!(out, "calibration error {:.3}", score.calibration_error())?;
    if measures {
        writeln!(out, "confidence   figures  mean  right")?;
        for (i, (n, sum, right)) in score
            .calibration
            .iter()
            .enumerate()
            .filter(|(_, b)| b.0 > 0)
        {
            let n = *n as f64;
            writeln!(
                out,
                "{:.1} to {:.1}  {:>8}  {:.2}   {:.2}",
                i as f64 / 10.0,
                (i + 1) as f64 / 10.0,
                n,
                sum / n,
                *right as f64 / n
            )?;
        }
    }
    Ok(())
}

/// Prints every miss and false alarm in its words.
pub(super) fn errors(
    out: &mut impl Write,
    articles: &[Article],
    score: &Score,
) -> std::io::Result<()> {
    for (id, what, figure) in &score.errors {
        let Some(article) = articles.iter().find(|a| a.id == *id) else {
            continue;
        };
        let text: Vec<char> = article.text.chars().collect();
        let (start, end) = (figure.start as usize, (figure.end as usize).min(text.len()));
        let piece = |from: usize, to: usize| -> String {
            text[from.min(to)..to]
                .iter()
                .collect::<String>()
                .replace(['\n', '\r'], " ")
        };
        let before = piece(start.saturating_sub(90), start.min(text.len()));
        let after = piece(end, (end + 90).min(text.len()));
        writeln!(
            out,
            "{what}\t{id}\t{}\t{}\t{before}[[{}]]{after}",
            figure.measure,
            figure.confidence,
            piece(start.min(end), end)
        )?;
    }
    Ok(())
}
