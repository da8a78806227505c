//! The command line: one command, one file. Results go to stdout or to files, everything else to stderr.

mod chart;
mod compare;
mod completions;
mod crises;
mod doctor;
mod extract;
mod figures;
mod folder;
mod inputs;
mod latest;
mod man;
mod output;
mod report;
mod score;
mod select;
mod series;
mod table;
mod track;
mod train;
mod verify;
mod why;

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand};
use headcount::read::pdf;

/// Finds the numbers in articles about conflict, disaster and displacement, and ties each to its source, date and place.
#[derive(Parser)]
#[command(name = "headcount", version, max_term_width = 100)]
pub struct Cli {
    /// Threads to use; 0 = all cores. The output is the same with any number
    #[arg(long, global = true, default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// How many times the usual pages, bytes and seconds a PDF may take
    #[arg(long, global = true, value_name = "TIMES", default_value_t = 1, hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pdf_limits: u32,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read articles, add their figures to the store, refresh out/ and print the latest figures
    Track(track::Args),
    /// Articles in, figures out; no store
    Extract(extract::Args),
    /// Figures of the store (or of files) that pass a filter
    Figures(figures::Args),
    /// Time series of the store (or of files)
    Series(series::Args),
    /// What articles agree on, what was revised, what contradicts
    Compare(compare::Args),
    /// Draw charts of the store (or of files)
    Chart(chart::Args),
    /// The crises that articles and figures are grouped by, or proposals for them
    Crises(crises::Args),
    /// Check that every number stands in its sentence, and every point has its figures
    Verify(verify::Args),
    /// One HTML page: latest figures, charts, disagreements, every sentence
    Report(report::Args),
    /// Score extraction against annotated articles
    Score(score::Args),
    /// Learn the weights from annotated articles
    Train(train::Args),
    /// Say what is there and what is wrong: data, store, crises.toml
    Doctor(doctor::Args),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Args),
    /// Write manual pages
    Man(man::Args),
}

/// How a command ended: 0 all done, 1 something was left out or failed (said on stderr).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All done.
    Done,
    /// Something was left out; it was said on stderr.
    Incomplete,
}

/// What was typed; else says what is wrong with it, and ends.
pub fn parse() -> Cli {
    Cli::try_parse().unwrap_or_else(|mut error| {
        if error.kind() == ErrorKind::UnknownArgument {
            error.remove(ContextKind::Suggested); // to take an option for a file helps no one
        }
        error.exit()
    })
}

/// Runs a command.
///
/// # Errors
/// Whatever stopped the command as a whole; one bad input does not.
pub fn run(cli: Cli) -> anyhow::Result<Outcome> {
    if cli.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(cli.threads)
            .build_global()?;
    }
    pdf::limit(pdf::Limits::times(cli.pdf_limits));
    let outcome = match cli.command {
        Command::Track(args) => track::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Figures(args) => figures::run(&args),
        Command::Series(args) => series::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Chart(args) => chart::run(&args),
        Command::Crises(args) => crises::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }?;
    if COMPLAINED.load(Ordering::Relaxed) {
        return Ok(Outcome::Incomplete);
    }
    Ok(outcome)
}

/// Something was said on stderr: the exit status remembers, whichever command it was.
static COMPLAINED: AtomicBool = AtomicBool::new(false);

/// Articles without figures because of their language, by language.
#[derive(Default)]
struct Foreign(std::collections::BTreeMap<String, usize>);

impl Foreign {
    /// One more.
    fn count(&mut self, language: &str) {
        let shown = language.chars().take(20).collect();
        *self.0.entry(shown).or_default() += 1;
    }

    /// Says it in one line; true if there was anything to say.
    fn say(&self) -> bool {
        let articles = self.0.values().sum();
        if articles == 0 {
            return false;
        }
        let each = self
            .0
            .iter()
            .map(|(l, n)| format!("{} {n}", l.escape_debug()));
        complain(&format_args!(
            "{} in languages there are no words for yet ({}): no figures; translate them, this version reads {}",
            counted(articles, "article"),
            each.collect::<Vec<_>>().join(", "),
            headcount::extract::languages().join(", ")
        ));
        true
    }
}

/// `1 article`, `2 articles`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The text of a file that is no article, and its name.
fn read_text(path: &std::path::Path) -> anyhow::Result<(String, String)> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((name, text)),
        Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            anyhow::bail!("{name}: no UTF-8 text; give another file")
        }
        Err(e) => anyhow::bail!("{name}: {}", headcount::read::cause(&e)),
    }
}

/// Extraction by the weights of a file.
fn extractor(weights: &std::path::Path) -> anyhow::Result<headcount::extract::Extractor> {
    let (name, text) = read_text(weights)?;
    Ok(headcount::extract::Extractor::with_weights(&name, &text)?)
}

/// Says on stderr what went wrong with one input; the rest goes on.
fn complain(what: &dyn std::fmt::Display) {
    COMPLAINED.store(true, Ordering::Relaxed);
    say(&format_args!("headcount: {what}"));
}

/// Says something on stderr: the one place where the program speaks beside its results. Nobody may be listening.
pub fn say(what: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{what}");
}
