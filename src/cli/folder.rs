//! The folder that `track` keeps fresh: `figures.csv`, `series.csv`, `compare.csv`, `report.html`, `charts/*.png`.
//!
//! Every file is written under another name and then renamed, so a reader finds the old one or the new one, whole. Runs that
//! share a folder take turns, and each looks into the store only when it is its turn: the last one leaves what is true.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use headcount::{Article, chart, compare, report, series, sheet};

/// The names of the charts that `track` made: those it may remove.
const MADE: &str = ".made-by-track";

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

    /// Writes the tables and the report.
    pub(super) fn tables(
        &self,
        articles: &[Article],
        series: &[series::Series],
        hxl: bool,
        options: &report::Options,
    ) -> anyhow::Result<()> {
        self.write("figures.csv", |out| {
            let mut sheet = sheet::Sheet::new(out, sheet::FIGURES, hxl)?;
            for article in articles {
                for figure in &article.figures {
                    sheet.row(sheet::figure_row(article, figure))?;
                }
            }
            sheet.finish()
        })?;
        self.write("series.csv", |out| series::write_csv(out, series, hxl))?;
        let pairs = compare::pairs(articles);
        self.write("compare.csv", |out| compare::write_csv(out, &pairs, hxl))?;
        self.write("report.html", |out| -> anyhow::Result<()> {
            let page = report::html(articles, series, &pairs, options)?;
            Ok(out.write_all(page.as_bytes())?)
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

    /// Draws the charts, and removes those of earlier runs that are no longer drawn.
    pub(super) fn charts(&self, series: &[series::Series]) -> anyhow::Result<()> {
        let charts = self.path.join("charts");
        let new = self.path.join(".charts.new");
        let failed = |e: io::Error| unusable(&charts, &e);
        if new.is_dir() {
            fs::remove_dir_all(&new).map_err(failed)?; // of a run that was killed
        }
        fs::create_dir_all(&charts).map_err(failed)?;
        fs::create_dir_all(&new).map_err(failed)?;
        let drawn = if series.iter().all(|s| s.points.is_empty()) {
            Vec::new()
        } else {
            chart::draw_all(series, &new, &chart::Options::default())?
        };
        let drawn: BTreeSet<String> = drawn.iter().filter_map(|p| name(p)).collect();
        let before = made(&charts);
        let stale: Vec<&String> = before.difference(&drawn).collect();
        // noted before they are there: a chart that a killed run leaves is known to the next
        self.note(&(&before | &drawn))?;
        for name in &drawn {
            fs::rename(new.join(name), charts.join(name)).map_err(failed)?;
        }
        for name in stale {
            match fs::remove_file(charts.join(name)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(e)),
                _ => {}
            }
        }
        self.note(&drawn)?;
        fs::remove_dir_all(&new).map_err(failed)
    }

    fn note(&self, names: &BTreeSet<String>) -> anyhow::Result<()> {
        self.write(&format!("charts/{MADE}"), |out| {
            names.iter().try_for_each(|name| writeln!(out, "{name}"))
        })
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
