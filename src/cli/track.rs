//! `headcount track`: the main job.
//!
//! Articles are taken in batches of bounded size. While all cores extract one batch, the one before is stored, article by
//! article, in the order given. What is already in the store, read by this very program, is skipped before extraction.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use headcount::copies::Sketch;
use headcount::read::{self, Figures, Raw, Raws, Visit, Web};
use headcount::store::{Added, Hashes, Held, Store, View};
use headcount::{Article, Error, Filter, extract};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::crises::Crises;
use super::folder::{self, Folder, Wanted};
use super::inputs::Inputs;
use super::{Foreign, Outcome, complain, counted};

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
    /// Folder for figures.csv, series.csv, compare.csv, report.html, datapackage.json and charts/
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
    /// Draw no charts, not in the report either, and leave those that are there
    #[arg(long)]
    no_charts: bool,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let filter = Filter {
        crises: args.crises.wanted(&args.store)?, // before anything is made
        ..Filter::default()
    };
    let mut store = Store::open_or_make(&args.store)?;
    folder::make(&args.out)?;
    let mut intake = Intake::new();
    let (raws, web) = args.inputs.raws(store.visits()?);
    intake.all(&mut store, raws)?;
    intake.visited(&mut store, &web)?;
    let mut outcome = intake.outcome();

    let folder = Folder::wait(&args.out)?;
    let view = store.view(&filter)?;
    let wanted = Wanted {
        hxl: args.hxl,
        xlsx: args.xlsx,
        charts: !args.no_charts,
    };
    let (latest, charts) = folder.fill(&view, wanted)?;
    if let Some(error) = charts {
        complain(&format!("{error:#}"));
        outcome = Outcome::Incomplete;
    }
    drop(folder);
    latest.print()?;
    intake.say(&view);
    Ok(outcome)
}

/// Articles on their way into the store, and what became of them.
struct Intake {
    bar: ProgressBar,
    /// The content hash of each article of this run, by the hashes of its id and its text: of several with the same text the
    /// one of the greatest hash stays, in whatever order they are given.
    seen: HashMap<(u64, i64), i64>,
    /// Ids and texts of those that an earlier run passed over: one of the others must be there again, else they are wanted next time.
    without_other: BTreeSet<(String, i64)>,
    read: usize,
    new: usize,
    changed: usize,
    unchanged: usize,
    /// Inputs that cannot be used.
    left_out: usize,
    /// Stored and marked, without figures.
    foreign: Foreign,
    /// Addresses that something was wrong with: they are to be read again next time.
    failed: BTreeSet<String>,
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
            without_other: BTreeSet::new(),
            read: 0,
            new: 0,
            changed: 0,
            unchanged: 0,
            left_out: 0,
            foreign: Foreign::default(),
            failed: BTreeSet::new(),
            without_news: 0,
        }
    }

    /// Takes in everything. A bad input is said and left out; a store that fails ends the run.
    fn all(&mut self, store: &mut Store, raws: Raws) -> Result<(), Error> {
        let mut articles = read::batches(raws, BYTES).flat_map(parsed);
        let mut ready: Vec<Taken> = Vec::new();
        loop {
            let (batch, more) = self.batch(store, &mut articles)?;
            let (next, added) = rayon::join(|| extracted(batch), || stored(store, &ready));
            self.count(&added?);
            ready = next;
            if !more {
                self.count(&stored(store, &ready)?);
                self.bar.finish_and_clear();
                let seen = |(id, text): &(String, i64)| self.seen.contains_key(&(of(id), *text));
                self.without_other.retain(|other| !seen(other));
                let wanted: Vec<_> = std::mem::take(&mut self.without_other)
                    .into_iter()
                    .collect();
                return store.pass_over(&[], &wanted);
            }
        }
    }

    /// The next articles that the store does not have; false when there are no more.
    fn batch(
        &mut self,
        store: &mut Store,
        articles: &mut impl Iterator<Item = Result<Taken, Error>>,
    ) -> Result<(Vec<Taken>, bool), Error> {
        let (mut batch, mut bytes, mut more) = (Vec::new(), 0, true);
        let mut passed_over = Vec::new();
        while batch.len() < ARTICLES && bytes < BYTES {
            let taken = match articles.next() {
                None => {
                    more = false;
                    break;
                }
                Some(Ok(taken)) => taken,
                Some(Err(error)) => {
                    self.leave_out(&error);
                    continue;
                }
            };
            self.read += 1;
            self.bar.inc(1);
            let (article, hashes) = (&taken.article, taken.hashes);
            if taken.foreign {
                self.foreign
                    .count(article.lang.as_deref().unwrap_or_default());
            }
            let held = store.holds(&article.id, hashes)?;
            if held == Held::PassedOver {
                self.unchanged += 1;
                self.without_other.insert((article.id.clone(), hashes.text));
                continue;
            }
            let before = self.seen.get(&(of(&article.id), hashes.text)).copied();
            let stays = before.map_or(hashes.all, |before| before.max(hashes.all));
            self.seen.insert((of(&article.id), hashes.text), stays);
            if let Some(before) = before.filter(|before| *before != hashes.all) {
                let all = before.min(hashes.all);
                passed_over.push((article.id.clone(), Hashes { all, ..hashes }));
            }
            if held == Held::Same || before.is_some_and(|before| before >= hashes.all) {
                self.unchanged += 1;
                continue;
            }
            bytes += article.text.len();
            batch.push(taken);
        }
        store.pass_over(&passed_over, &[])?;
        Ok((batch, more))
    }

    /// Keeps what servers said of their pages, where all that came of them is stored.
    fn visited(&mut self, store: &mut Store, web: &Web) -> Result<(), Error> {
        self.without_news = web.unchanged();
        let well = |visit: &Visit| !self.failed.contains(&visit.address);
        let visits: Vec<Visit> = web.visits().into_iter().filter(well).collect();
        store.keep_visits(&visits)
    }

    /// Says on stderr what is not taken in; the rest goes on.
    fn leave_out(&mut self, error: &Error) {
        self.bar.suspend(|| complain(error));
        self.left_out += 1;
        self.failed.extend(error.addresses().iter().cloned());
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
    fn say(&self, stored: &View<'_>) {
        let left_out = match self.left_out {
            0 => String::new(),
            n => format!(", {n} left out"),
        };
        let without_news = match self.without_news {
            0 => String::new(),
            1 => ", 1 address without news".into(),
            n => format!(", {n} addresses without news"),
        };
        super::say(&format_args!(
            "{} read: {} new, {} changed, {} unchanged{left_out}{without_news}; the store has {} from {}",
            counted(self.read, "article"),
            self.new,
            self.changed,
            self.unchanged,
            counted(stored.figures(), "figure"),
            counted(stored.articles(), "article")
        ));
    }
}

/// An article with what the run must know of it.
struct Taken {
    article: Article,
    hashes: Hashes,
    /// In a language there are no words for.
    foreign: bool,
}

impl Taken {
    fn of(mut article: Article) -> Self {
        let language = extract::foreign(&article).map(Cow::into_owned);
        let foreign = language.is_some();
        article.lang = language.or(article.lang);
        Taken {
            hashes: Hashes::of(&article),
            article,
            foreign,
        }
    }
}

/// The hash of an id.
fn of(id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(id.as_bytes())
}

/// The articles of a batch: all cores, the order kept.
fn parsed(batch: Vec<Result<Raw, Error>>) -> Vec<Result<Taken, Error>> {
    let parse = |raw: Result<Raw, Error>| Ok(Taken::of(raw?.article(Figures::Keep)?));
    batch.into_par_iter().map(parse).collect()
}

/// The articles with their figures and totals: all cores, the order kept.
fn extracted(mut batch: Vec<Taken>) -> Vec<Taken> {
    batch.par_iter_mut().for_each(|taken| {
        let article = &mut taken.article;
        article.sketch = Sketch::of(&article.text);
        if !taken.foreign {
            extract::fill(article);
        }
    });
    batch
}

/// Adds them, one transaction an article.
fn stored(store: &mut Store, batch: &[Taken]) -> Result<Vec<Added>, Error> {
    let add = |taken: &Taken| store.add_hashed(&taken.article, taken.hashes);
    batch.iter().map(add).collect()
}
