//! `headcount track`: the main job.
//!
//! Articles are taken in batches of bounded size. While all cores extract one batch, the one before is stored, article by
//! article, in the order given. What is already in the store, read by this very program, is skipped before extraction.

use std::collections::HashMap;
use std::path::PathBuf;

use headcount::copies::Sketch;
use headcount::read::{self, Figures, Raw, Raws, Visit, Web};
use headcount::store::{Added, Store, content_hash};
use headcount::{Article, Error, Filter, extract};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::crises::Crises;
use super::folder::{self, Folder, Tables};
use super::inputs::Inputs;
use super::select::{founded, lines};
use super::{Foreign, Outcome, complain, counted, latest};

/// Most articles of a batch.
const ARTICLES: usize = 1024;

/// Text of a batch, in bytes; an article that is longer is a batch of its own.
const BYTES: usize = 4 << 20;

/// Reads articles, adds their figures to the store, refreshes the folder of results, prints the latest figures.
///
/// Running it again reads only what is new or changed. A run that was stopped, however rudely, is finished by running it again.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// The store, made where it is missing
    #[arg(long, value_name = "FILE", default_value = "headcount.db")]
    store: PathBuf,
    /// Folder for figures.csv, series.csv, compare.csv, datapackage.json and charts/
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Put the row of HXL tags under the header of each CSV file
    #[arg(long)]
    hxl: bool,
    /// Also write headcount.xlsx, an Excel book with a sheet each of the latest figures, all figures, series and comparison
    #[arg(long)]
    xlsx: bool,
    #[command(flatten)]
    crises: Crises,
    /// Draw no charts, and leave those that are there
    #[arg(long)]
    no_charts: bool,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut store = Store::open_or_make(&args.store)?;
    folder::make(&args.out)?;
    let filter = Filter {
        crises: args.crises.wanted(&args.store)?,
        ..Filter::default()
    };
    let mut intake = Intake::new();
    let (raws, web) = args.inputs.raws(store.visits()?);
    intake.all(&mut store, raws)?;
    intake.visited(&mut store, &web)?;
    let mut outcome = intake.outcome();

    let folder = Folder::wait(&args.out)?;
    let articles = founded(store.figures(&filter)?);
    let series = lines(&articles);
    let tables = Tables {
        hxl: args.hxl,
        xlsx: args.xlsx,
    };
    folder.tables(&articles, &series, tables)?;
    if !args.no_charts
        && let Err(error) = folder.charts(&series)
    {
        complain(&format!("{error:#}"));
        outcome = Outcome::Incomplete;
    }
    drop(folder);
    latest::table(&articles)?;
    intake.say(&articles);
    Ok(outcome)
}

/// Articles on their way into the store, and what became of them.
struct Intake {
    bar: ProgressBar,
    /// The content hash of each article of this run, by the hashes of its id and its text: of several with the same text the
    /// one of the greatest hash stays, in whatever order they are given.
    seen: HashMap<(u64, u64), i64>,
    read: usize,
    new: usize,
    changed: usize,
    unchanged: usize,
    /// Inputs that cannot be used.
    left_out: usize,
    /// Stored and marked, without figures.
    foreign: Foreign,
    /// What was said of addresses: they are to be read again next time.
    failed: Vec<String>,
    /// Addresses with nothing new since the last run.
    without_news: usize,
}

impl Intake {
    fn new() -> Self {
        let bar = ProgressBar::new_spinner(); // draws on a terminal only
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {human_pos} articles read in {elapsed}")
        {
            bar.set_style(style);
        }
        Intake {
            bar,
            seen: HashMap::new(),
            read: 0,
            new: 0,
            changed: 0,
            unchanged: 0,
            left_out: 0,
            foreign: Foreign::default(),
            failed: Vec::new(),
            without_news: 0,
        }
    }

    /// Takes in everything. A bad input is said and left out; a store that fails ends the run.
    fn all(&mut self, store: &mut Store, raws: Raws) -> Result<(), Error> {
        let mut articles = read::batches(raws, BYTES).flat_map(parsed);
        let mut ready: Vec<Article> = Vec::new();
        loop {
            let (batch, more) = self.batch(store, &mut articles)?;
            let (next, added) = rayon::join(|| extracted(batch), || stored(store, &ready));
            self.count(&added?);
            ready = next;
            if !more {
                self.count(&stored(store, &ready)?);
                self.bar.finish_and_clear();
                return Ok(());
            }
        }
    }

    /// The next articles that the store does not have; false when there are no more.
    fn batch(
        &mut self,
        store: &Store,
        articles: &mut impl Iterator<Item = Result<Article, Error>>,
    ) -> Result<(Vec<Article>, bool), Error> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < ARTICLES && bytes < BYTES {
            let mut article = match articles.next() {
                None => return Ok((batch, false)),
                Some(Ok(article)) => article,
                Some(Err(error)) => {
                    self.leave_out(&error);
                    continue;
                }
            };
            self.read += 1;
            self.bar.inc(1);
            if let Some(language) = extract::foreign(&article) {
                self.foreign.count(&language);
                article.lang = Some(language.into_owned());
            }
            let hash = content_hash(&article);
            let id = xxhash_rust::xxh3::xxh3_64(article.id.as_bytes());
            let text = xxhash_rust::xxh3::xxh3_64(article.text.as_bytes());
            let stays = self.seen.get(&(id, text)).copied().unwrap_or(i64::MIN);
            self.seen.insert((id, text), stays.max(hash));
            if hash <= stays || store.holds(&article)? {
                self.unchanged += 1;
                continue;
            }
            bytes += article.text.len();
            batch.push(article);
        }
        Ok((batch, true))
    }

    /// Keeps what servers said of their pages, where all that came of them is stored.
    fn visited(&mut self, store: &mut Store, web: &Web) -> Result<(), Error> {
        self.without_news = web.unchanged();
        let well = |visit: &Visit| !self.failed.iter().any(|what| what.contains(&visit.address));
        let visits: Vec<Visit> = web.visits().into_iter().filter(well).collect();
        store.keep_visits(&visits)
    }

    /// Says on stderr what is not taken in; the rest goes on.
    fn leave_out(&mut self, error: &Error) {
        self.bar.suspend(|| complain(error));
        self.left_out += 1;
        let what = error.to_string();
        if what.contains("://") {
            self.failed.push(what);
        }
    }

    fn count(&mut self, added: &[Added]) {
        for added in added {
            match added {
                Added::New => self.new += 1,
                Added::Changed => self.changed += 1,
                Added::Unchanged => self.unchanged += 1,
            }
        }
    }

    /// How it ended; no article at all is no success.
    fn outcome(&self) -> Outcome {
        if self.read == 0 && self.without_news == 0 {
            complain(&"no articles in what was given; give files or folders of articles");
            return Outcome::Incomplete;
        }
        if self.foreign.say() || self.left_out > 0 {
            return Outcome::Incomplete;
        }
        Outcome::Done
    }

    /// The last line.
    #[expect(clippy::print_stderr, reason = "the summary of a run, not a result")]
    fn say(&self, stored: &[Article]) {
        let figures = stored.iter().map(|a| a.figures.len()).sum();
        let left_out = match self.left_out {
            0 => String::new(),
            n => format!(", {n} left out"),
        };
        let without_news = match self.without_news {
            0 => String::new(),
            1 => ", 1 address without news".into(),
            n => format!(", {n} addresses without news"),
        };
        eprintln!(
            "{} read: {} new, {} changed, {} unchanged{left_out}{without_news}; the store has {} from {}",
            counted(self.read, "article"),
            self.new,
            self.changed,
            self.unchanged,
            counted(figures, "figure"),
            counted(stored.len(), "article")
        );
    }
}

/// The articles of a batch: all cores, the order kept.
fn parsed(batch: Vec<Result<Raw, Error>>) -> Vec<Result<Article, Error>> {
    let parse = |raw: Result<Raw, Error>| raw?.article(Figures::Keep);
    batch.into_par_iter().map(parse).collect()
}

/// The articles with their figures and totals: all cores, the order kept.
fn extracted(mut articles: Vec<Article>) -> Vec<Article> {
    articles.par_iter_mut().for_each(|article| {
        article.sketch = Sketch::of(&article.text);
        if extract::foreign(article).is_none() {
            extract::fill(article);
        }
    });
    articles
}

/// Adds them, one transaction an article.
fn stored(store: &mut Store, articles: &[Article]) -> Result<Vec<Added>, Error> {
    articles.iter().map(|a| store.add(a)).collect()
}
