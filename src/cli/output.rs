//! Where a view goes and in which format: `--format`, `-o FILE`, `--hxl`.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use headcount::sheet::{self, Table};

use super::complain;

/// Where to write and how.
#[derive(clap::Args)]
pub(super) struct Output {
    /// How to write it; without it as the name of the file ends
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write it into this file instead of standard output
    #[arg(short = 'o', long = "output", alias = "out", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Put the row of HXL tags under the header of the CSV
    #[arg(long)]
    hxl: bool,
}

/// How a view is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// A table to read
    Table,
    /// Comma-separated values
    Csv,
    /// JSON lines
    Jsonl,
    /// An Excel sheet
    Xlsx,
    /// Parquet, typed columns
    Parquet,
}

/// A view, in the forms that it can be written in.
pub(super) struct View<'a> {
    /// Rows of typed cells.
    pub(super) table: Table<'a>,
    /// JSON lines.
    pub(super) lines: &'a dyn Fn(&mut dyn Write) -> io::Result<()>,
    /// A table to read; framed on a terminal.
    pub(super) shown: &'a dyn Fn(&mut dyn Write, bool) -> io::Result<()>,
}

impl Format {
    /// As the name of a file ends.
    fn of(path: &Path) -> Option<Format> {
        let end = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match end.as_str() {
            "txt" => Format::Table,
            "csv" => Format::Csv,
            "jsonl" | "ndjson" => Format::Jsonl,
            "xlsx" => Format::Xlsx,
            "parquet" => Format::Parquet,
            _ => return None,
        })
    }
}

impl Output {
    /// Writes the view; `usual` is the format where nothing says another.
    pub(super) fn write(&self, view: View<'_>, usual: Format) -> anyhow::Result<()> {
        let file = self.file.as_deref().filter(|p| *p != Path::new("-"));
        let named = match (self.format, file) {
            (None, Some(path)) => Some(Format::of(path).ok_or_else(|| {
                anyhow::anyhow!(
                    "{}: no format ends so; let the name end in .csv, .jsonl, .xlsx or .parquet, or give --format",
                    path.display()
                )
            })?),
            (format, _) => format,
        };
        let format = named.unwrap_or(usual);
        anyhow::ensure!(
            !self.hxl || format == Format::Csv,
            "--hxl tags a CSV table; add --format csv, or leave it out"
        );
        if let Some(path) = file {
            return whole(path, |out| self.fill(out, view, format, false));
        }
        let out = io::stdout();
        let terminal = out.is_terminal();
        let name = view.table.name;
        match format {
            Format::Xlsx | Format::Parquet if terminal => anyhow::bail!(
                "this format is no text to be shown here; give it a file, as -o {name}.{}",
                if format == Format::Xlsx {
                    "xlsx"
                } else {
                    "parquet"
                }
            ),
            _ => Ok(self.fill(BufWriter::new(out), view, format, terminal)?),
        }
    }

    fn fill(
        &self,
        mut out: impl Write + Send,
        view: View<'_>,
        format: Format,
        framed: bool,
    ) -> io::Result<()> {
        match format {
            Format::Csv => sheet::csv::write(&mut out, view.table, self.hxl)?,
            Format::Jsonl => (view.lines)(&mut out)?,
            Format::Table => (view.shown)(&mut out, framed)?,
            Format::Xlsx => book(&mut out, vec![view.table])?,
            Format::Parquet => sheet::parquet::write(&mut out, view.table)?,
        }
        out.flush()
    }
}

/// Writes an Excel book, and says what it could not hold.
pub(super) fn book(out: impl Write + Send, tables: Vec<Table<'_>>) -> io::Result<()> {
    let cut = sheet::xlsx::write(out, tables)?;
    if cut > 0 {
        complain(&format_args!(
            "{} longer than Excel can hold, cut (…); CSV, JSON lines and Parquet have them whole",
            super::counted(cut, "cell")
        ));
    }
    Ok(())
}

/// Fills a file under another name and then renames it: a reader finds the old one or the new one, whole. A link, a pipe or a device is
/// written through.
pub(super) fn whole(
    path: &Path,
    fill: impl FnOnce(BufWriter<File>) -> io::Result<()>,
) -> anyhow::Result<()> {
    let done = || -> io::Result<()> {
        if fs::symlink_metadata(path).is_ok_and(|m| !m.is_file()) {
            return fill(BufWriter::new(File::create(path)?));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let new = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let filled = File::create(&new)
            .and_then(|file| fill(BufWriter::new(file)))
            .and_then(|()| fs::rename(&new, path));
        if filled.is_err() {
            let _ = fs::remove_file(&new); // what is left of it says nothing
        }
        filled
    };
    done().map_err(|e| {
        anyhow::anyhow!(
            "{}: cannot be written ({e}); give another file",
            path.display()
        )
    })
}
