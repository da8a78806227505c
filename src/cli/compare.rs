//! `headcount compare`: what articles agree on, what was revised, what contradicts.

use std::io::Write;
use std::path::PathBuf;

use headcount::compare::{self, Claim, Pair, pairs, side_by_side, write_jsonl};
use headcount::{Article, extract, read};

use super::Outcome;
use super::output::{Format, Output, View};
use super::select::Select;
use super::series::{new_table, number, place, right};

/// What articles agree on, what was revised, what contradicts.
///
/// Without a format or a file: a table.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Articles to set side by side; without any, the figures of the store or of --from are compared
    #[arg(value_name = "PATH", conflicts_with = "from")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    output: Output,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (articles, found) = if args.paths.is_empty() {
        let articles = args.select.articles()?;
        let found = pairs(&articles);
        (articles, found)
    } else {
        let articles = args.select.filter()?.apply(extracted(&args.paths)?);
        let found = side_by_side(&articles);
        (articles, found)
    };
    let view = View {
        table: compare::table(&found),
        lines: &|out| write_jsonl(out, &found),
        shown: &|out, _| table(out, &articles, &found, !args.paths.is_empty()),
    };
    args.output.write(view, Format::Table)?;
    Ok(Outcome::Done)
}

/// The articles with their figures; what cannot be read is said and left out.
fn extracted(paths: &[PathBuf]) -> anyhow::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for item in read::articles(paths) {
        match item {
            Ok(mut article) => {
                // a line with figures but no text is a result already
                if !article.text.is_empty() {
                    article.figures = extract::figures(&article);
                }
                articles.push(article);
            }
            Err(error) => super::complain(&error),
        }
    }
    anyhow::ensure!(!articles.is_empty(), super::select::NOTHING);
    Ok(articles)
}

/// One block of three rows a pair: the relation, then each side with its sentence below.
fn table(
    out: &mut dyn Write,
    articles: &[Article],
    found: &[Pair],
    legend: bool,
) -> std::io::Result<()> {
    // few articles are named by letters, many by their ids
    let letters: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    let named = legend && letters.len() <= 26;
    let name = |id: &String| match letters.iter().position(|l| l == id) {
        Some(i) if named => char::from(b'A' + i as u8).to_string(),
        _ => id.clone(),
    };
    if named {
        for a in articles {
            let title = a.title.as_deref().unwrap_or_default();
            writeln!(out, "{}  {}  {title}", name(&a.id), a.id)?;
        }
        writeln!(out)?;
    }
    let mut table = new_table(&[
        "relation", "measure", "number", "where", "source", "date", "articles", "sentence",
    ]);
    for pair in found {
        let mut relation = pair.relation.as_str().to_string();
        if let Some(ratio) = pair.ratio.filter(|r| *r > 1.0) {
            relation += &format!(" x{ratio}");
        }
        if let Some(note) = &pair.note {
            relation += &format!(" ({note})");
        }
        let country = pair.country.map(|c| c.to_string());
        let mut side = |relation: String, measure: String, c: &Claim| {
            let names: Vec<String> = c.articles.iter().map(name).collect();
            table.add_row([
                relation,
                measure,
                number(c.value, c.low, c.high, c.qualifier),
                place(country.clone(), c.place.as_deref()),
                c.source.clone().unwrap_or_default(),
                c.date.map_or_else(String::new, |d| d.to_string()),
                few(&names),
                short(&c.sentence),
            ]);
        };
        side(
            relation,
            format!("{} {} {}", pair.measure, pair.unit, pair.kind),
            &pair.a,
        );
        // a claim that several articles share stands once
        if let Some(b) = pair.b.as_ref().filter(|b| **b != pair.a) {
            side(String::new(), String::new(), b);
        }
    }
    right(&mut table, &[2]);
    writeln!(out, "{table}")
}

/// The first three, and how many more.
fn few(names: &[String]) -> String {
    match names.len() {
        0..=3 => names.join(" "),
        n => format!("{} +{}", names[..3].join(" "), n - 3),
    }
}

/// A sentence on one line, cut where it grows long.
fn short(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(100) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
