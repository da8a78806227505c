//! The folder that `track` keeps fresh: `figures.csv`, `series.csv`, `compare.csv`, `report.html`, `datapackage.json`, `charts/*.png`, where wanted `headcount.xlsx`.
//!
//! Every file is written under another name and then renamed, so a reader finds the old one or the new one, whole. Runs that
//! share a folder take turns, and each looks into the store only when it is its turn: the last one leaves what is true.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::slice;

use headcount::compare::Pair;
use headcount::sheet::{self, Table, csv};
use headcount::store::View;
use headcount::{Article, Measure, Series, chart, compare, report, series, verify};

use super::latest::Latest;
use super::output::book;
use super::say;
use super::select::{left_out, lines};

/// The names of the charts that `track` made: those it may remove.
const MADE: &str = ".made-by-track";

/// What is wanted of it.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// The row of HXL tags in each table.
    pub(super) hxl: bool,
    /// Also an Excel book.
    pub(super) xlsx: bool,
    /// Charts.
    pub(super) charts: bool,
}

/// The report.
const PAGE: &str = "report.html";

/// So many figures are in memory at a time, at most as many more as one measure has.
const FIGURES: usize = 100_000;

/// The folder, while it is this run's turn.
pub(super) struct Folder {
    path: PathBuf,
    /// Unlocked when it is closed, also by a kill.
    _lock: File,
}

/// Makes the folder where it is missing.
///
/// # Errors
/// It cannot be made, or nothing can be written into it.
pub(super) fn make(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path)
        .and_then(|()| lock_file(path).map(|_| ()))
        .map_err(|e| unusable(path, &e))
}

fn lock_file(path: &Path) -> io::Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.join(".lock"))
}

fn unusable(path: &Path, cause: &io::Error) -> anyhow::Error {
    anyhow::anyhow!(
        "{}: cannot be written ({cause}); give another folder with --out",
        path.display()
    )
}

impl Folder {
    /// Waits for this run's turn.
    pub(super) fn wait(path: &Path) -> anyhow::Result<Folder> {
        let lock = lock_file(path).map_err(|e| unusable(path, &e))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => lock.lock().map_err(|e| unusable(path, &e))?,
            // a file system without locks: one run at a time is up to the user
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        Ok(Folder {
            path: path.into(),
            _lock: lock,
        })
    }

    /// Writes the tables, draws the charts where wanted, and gives the latest figures; what went wrong with the charts stands beside them.
    ///
    /// Only the figures of a few measures are in memory at a time: no line, pair or chart is about two. The report and the Excel book need
    /// all at once: those of a small store are one group and are kept.
    pub(super) fn fill(
        &self,
        view: &View<'_>,
        Wanted { hxl, xlsx, charts }: Wanted,
    ) -> anyhow::Result<(Latest, Option<anyhow::Error>)> {
        self.table(&sheet::table(&[]), hxl, |out| {
            view.each(None, |mut article| {
                left_out(verify::founded(&mut article));
                let rows = sheet::table(slice::from_ref(&article)).rows;
                anyhow::Ok(csv::rows(&mut *out, rows)?)
            })
        })?;
        let mut latest = Latest::default();
        let mut all = All::default();
        let whole = view.figures() <= FIGURES;
        let mut drawn = charts.then(|| Charts::begin(self)).transpose();
        self.table(&series::table(&[]), hxl, |points| {
            self.table(&compare::table(&[]), hxl, |pairs| {
                for measures in view.groups(FIGURES) {
                    let articles = if whole {
                        founded(view, None, |_| ())?
                    } else {
                        lean(view, &measures)?
                    };
                    latest.add(&articles);
                    compare::each_pair(&articles, |pair| {
                        let row = compare::table(slice::from_ref(&pair)).rows;
                        csv::rows(&mut *pairs, row)?;
                        all.pairs.extend(whole.then_some(pair));
                        io::Result::Ok(())
                    })?;
                    let series = lines(&articles);
                    all.articles = if whole { articles } else { Vec::new() };
                    csv::rows(&mut *points, series::table(&series).rows)?;
                    if let Ok(Some(some)) = &mut drawn
                        && let Err(error) = some.draw(&series)
                    {
                        drawn = Err(error);
                    }
                    all.series = if whole { series } else { Vec::new() };
                }
                Ok(())
            })
        })?;
        self.write("datapackage.json", |out| {
            let tables = [sheet::table(&[]), series::table(&[]), compare::table(&[])];
            let columns = tables.map(|table| (table.name, table.columns));
            serde_json::to_writer_pretty(&mut *out, &sheet::package::describe(&columns, hxl))?;
            writeln!(out)
        })?;
        if whole {
            self.page(&all, charts)?;
        } else {
            self.no_page(view.figures())?;
        }
        if xlsx {
            let all = if whole { all } else { All::of(view)? };
            self.book(&all, &latest)?;
        }
        let drawn = drawn.and_then(|charts| charts.map_or(Ok(()), Charts::end));
        Ok((latest, drawn.err()))
    }

    /// Writes the Excel book.
    fn book(&self, all: &All, latest: &Latest) -> anyhow::Result<()> {
        let tables = vec![
            latest.table(),
            sheet::table(&all.articles),
            series::table(&all.series),
            compare::table(&all.pairs),
        ];
        self.write("headcount.xlsx", |out| book(out, tables))
    }

    /// Writes the report.
    fn page(&self, all: &All, charts: bool) -> anyhow::Result<()> {
        let most = report::Options::default();
        let options = report::Options {
            charts: most.charts * usize::from(charts),
            ..most
        };
        let page = report::html(&all.articles, &all.series, &all.pairs, &options)?;
        self.write(PAGE, |out| out.write_all(page.as_bytes()))
    }

    /// Says how to make a report of a part, since one of so many figures would take too much memory; an old one goes.
    fn no_page(&self, figures: usize) -> anyhow::Result<()> {
        say(&format_args!(
            "headcount: {PAGE} is left out: {figures} figures are too many to hold at once; `headcount report` with a filter, such as --since, makes one of a part"
        ));
        match fs::remove_file(self.path.join(PAGE)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(unusable(&self.path, &e)),
            _ => Ok(()),
        }
    }

    /// Writes the header of a table, and then what `fill` writes under it.
    fn table(
        &self,
        table: &Table<'_>,
        hxl: bool,
        fill: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.write(&format!("{}.csv", table.name), |out| {
            csv::header(&mut *out, table.columns, hxl)?;
            fill(out)
        })
    }

    fn write<E: Into<anyhow::Error>>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<File>) -> Result<(), E>,
    ) -> anyhow::Result<()> {
        let new = self.path.join(format!(".{}.new", name.replace('/', "-")));
        let done = || -> anyhow::Result<()> {
            let mut out = BufWriter::new(File::create(&new)?);
            fill(&mut out).map_err(Into::into)?;
            out.flush()?;
            Ok(fs::rename(&new, self.path.join(name))?)
        };
        done().map_err(|e| {
            anyhow::anyhow!(
                "{}: cannot be written ({e:#}); give another folder with --out",
                self.path.join(name).display()
            )
        })
    }

    /// Notes which charts are this program's.
    fn note(&self, names: &BTreeSet<String>) -> anyhow::Result<()> {
        self.write(&format!("charts/{MADE}"), |out| {
            names.iter().try_for_each(|name| writeln!(out, "{name}"))
        })
    }
}

/// All figures, and what was made of them.
#[derive(Default)]
struct All {
    articles: Vec<Article>,
    series: Vec<Series>,
    pairs: Vec<Pair>,
}

impl All {
    /// Of a store of any size.
    fn of(view: &View<'_>) -> headcount::Result<Self> {
        let articles = founded(view, None, |_| ())?;
        let (series, _) = verify::borne_out(&articles, series::series(&articles));
        let pairs = compare::pairs(&articles);
        Ok(All {
            articles,
            series,
            pairs,
        })
    }
}

/// The articles with their figures of some measures, without what only the list of figures shows.
fn lean(view: &View<'_>, measures: &[Measure]) -> headcount::Result<Vec<Article>> {
    founded(view, Some(measures), |article| {
        article.title = None;
        for figure in &mut article.figures {
            figure.source_text = None;
        }
    })
}

/// The articles with their figures that may be published; the others were said with the list of figures.
fn founded(
    view: &View<'_>,
    measures: Option<&[Measure]>,
    trim: impl Fn(&mut Article),
) -> headcount::Result<Vec<Article>> {
    let mut articles = Vec::new();
    view.each(measures, |mut article| {
        verify::founded(&mut article);
        trim(&mut article);
        articles.push(article);
        Ok::<(), headcount::Error>(())
    })?;
    Ok(articles)
}

/// The charts of this run, drawn beside those of the last one until all are there.
struct Charts<'a> {
    folder: &'a Folder,
    path: PathBuf,
    new: PathBuf,
    drawn: BTreeSet<String>,
}

impl<'a> Charts<'a> {
    fn begin(folder: &'a Folder) -> anyhow::Result<Self> {
        let charts = folder.path.join("charts");
        let new = folder.path.join(".charts.new");
        let failed = |e: io::Error| unusable(&charts, &e);
        if new.is_dir() {
            fs::remove_dir_all(&new).map_err(failed)?; // of a run that was killed
        }
        fs::create_dir_all(&charts).map_err(failed)?;
        fs::create_dir_all(&new).map_err(failed)?;
        Ok(Charts {
            folder,
            path: charts,
            new,
            drawn: BTreeSet::new(),
        })
    }

    fn draw(&mut self, series: &[Series]) -> anyhow::Result<()> {
        if series.iter().any(|s| !s.points.is_empty()) {
            let drawn = chart::draw_all(series, &self.new, &chart::Options::default())?;
            self.drawn.extend(drawn.iter().filter_map(|p| name(p)));
        }
        Ok(())
    }

    /// Puts them in their place, and removes those of earlier runs that are no longer drawn.
    fn end(self) -> anyhow::Result<()> {
        let Charts {
            folder,
            path: charts,
            new,
            drawn,
        } = self;
        let failed = |e: io::Error| unusable(&charts, &e);
        let before = made(&charts);
        let stale: Vec<&String> = before.difference(&drawn).collect();
        // noted before they are there: a chart that a killed run leaves is known to the next
        folder.note(&(&before | &drawn))?;
        for name in &drawn {
            fs::rename(new.join(name), charts.join(name)).map_err(failed)?;
        }
        for name in stale {
            match fs::remove_file(charts.join(name)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(e)),
                _ => {}
            }
        }
        folder.note(&drawn)?;
        fs::remove_dir_all(&new).map_err(failed)
    }
}

/// The charts that earlier runs made.
fn made(charts: &Path) -> BTreeSet<String> {
    let list = fs::read_to_string(charts.join(MADE)).unwrap_or_default();
    list.lines()
        .filter(|line| name(Path::new(line)).as_deref() == Some(line))
        .map(String::from)
        .collect()
}

/// The last part of a path; a name that holds no folder.
fn name(path: &Path) -> Option<String> {
    path.file_name()?.to_str().map(String::from)
}
