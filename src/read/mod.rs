//! Bytes -> articles. In: paths of files and folders, `-` for standard input; out: articles one by one, never all in memory.
//!
//! | input | is |
//! | --- | --- |
//! | `.txt` | one article; its text is the whole file, the title its first line, the date of publication what a dateline, a dated caption or a line such as "Published: 2015-02-06" says, then marked as inferred |
//! | `.md` | one article; front matter between lines of three dashes gives `title`, `published`, `publisher`, `url`, `lang`, `id`; its text is what follows, as it stands |
//! | `.jsonl`, `.ndjson`, `.json` | one article a line: `text`, and if there is `id`, `url`, `publisher`, `title`, `published`, `lang`; the text is taken exactly as given |
//! | `.pdf` | one article: columns one after the other, running heads dropped, lines joined to paragraphs, rows of tables as lines of cells between bars; title and date of publication as page one has them, else the day the file was made, marked as inferred |
//! | `.docx`, `.odt`, `.rtf` | one article in the same form, with its footnotes, without what was deleted or hidden |
//! | any of them with `.gz` | the same, unpacked on the way (told by the first bytes, not by the name) |
//! | `-`, or a file whose name says nothing | JSON lines where the first mark is a brace, Markdown where the first line is three dashes, else plain text |
//! | a folder | its articles and those of the folders in it, in the order of the bytes of their paths |
//!
//! Of a folder, hidden files and README, LICENSE and COPYING files are passed over; other files that are no article by name (tables, pictures,
//! names without an ending) are left out and said in one line. Formats that a later version reads are refused by name.
//!
//! Text is UTF-8 or, with a byte order mark, UTF-16; what is neither but looks like text is taken for Windows-1252. Line ends of plain text
//! and Markdown become `\n`. A file of text, or a line of JSON, may have 16 MiB, a PDF or a document 128 MiB;
//! what it unpacks to is bounded ([`pdf::Limits`]).
//!
//! What cannot be read is one [`Error`] each, naming the input and the cure; the rest goes on.
//!
//! Two steps, so that the second can be done by many threads: [`raw`] reads the bytes of one article after the other, [`Raw::article`] makes
//! sense of them. [`articles`] does both.

mod dateline;
mod encoding;
mod folder;
mod format;
mod jsonl;
mod layout;
mod markdown;
mod office;
mod open;
pub mod pdf;
mod text;

use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::article::Article;
use crate::error::{Error, Result};
use format::Format;

/// The longest text, and the longest line of JSON, in bytes.
const LIMIT: usize = 16 << 20;

/// The articles of the inputs, with the figures and totals that stand in them.
///
/// A JSON line without text passes if it has figures: it is a result.
pub fn articles(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article>> + Send + use<> {
    raw(paths).map(|raw| raw?.article(Figures::Keep))
}

/// The articles of the inputs as bytes, not yet made sense of.
pub fn raw(paths: &[PathBuf]) -> Raws {
    Raws {
        paths: Vec::from(paths).into_iter(),
        folder: None,
        lines: None,
    }
}

/// The same in batches of at least so many bytes, so that each can be worked on in parallel and memory stays bounded.
pub fn batches(paths: &[PathBuf], bytes: usize) -> impl Iterator<Item = Vec<Result<Raw>>> + use<> {
    let mut raws = raw(paths);
    std::iter::from_fn(move || {
        let (mut batch, mut size) = (Vec::new(), 0);
        while size < bytes {
            let Some(raw) = raws.next() else { break };
            // so that many small articles, or complaints, fill a batch too
            size += 256 + raw.as_ref().map_or(0, Raw::size);
            batch.push(raw);
        }
        (!batch.is_empty()).then_some(batch)
    })
}

/// What was made of bytes; else what is wrong and what to do.
type Parsed<T> = std::result::Result<T, String>;

/// What to do with figures that stand in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// Read them: results, annotated articles.
    Keep,
    /// Pass over them, fast; every article must then have text.
    Drop,
}

/// The bytes of one article and where they came from.
#[derive(Debug)]
pub struct Raw {
    name: Arc<str>,
    line: Option<usize>,
    format: Format,
    bytes: Vec<u8>,
}

impl Raw {
    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Where it stands, as in messages: `path`, or `path:line`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.name),
            None => self.name.to_string(),
        }
    }

    /// Its article.
    ///
    /// # Errors
    /// Bytes that are no article.
    pub fn article(self, figures: Figures) -> Result<Article> {
        let Raw {
            name,
            line,
            format,
            bytes,
        } = self;
        parse(format, bytes, figures).map_err(|what| match line {
            Some(line) => input(format_args!("{name}:{line}"), what),
            None => input(name, what),
        })
    }
}

fn parse(format: Format, bytes: Vec<u8>, figures: Figures) -> Parsed<Article> {
    let plain = |bytes| encoding::decode(bytes).map(text::unix_lines);
    let mut article = match format {
        Format::JsonLines => jsonl::article(bytes, figures)?,
        Format::Markdown => markdown::article(plain(bytes)?)?,
        Format::Text => text::article(plain(bytes)?),
        Format::Pdf => pdf::article(bytes)?,
        Format::Docx => office::article(bytes, office::Kind::Docx)?,
        Format::Rtf => office::article(bytes, office::Kind::Rtf)?,
        Format::Odt => office::article(bytes, office::Kind::Odt)?,
    };
    if format != Format::JsonLines && article.text.trim().is_empty() {
        return Err("no text in it; nothing to read".into());
    }
    if article.id.is_empty() {
        article.id = article
            .url
            .clone()
            .unwrap_or_else(|| identity(&article.text));
    }
    Ok(article)
}

/// The id of an article that has neither id nor address: the hash of its words, however they are spaced.
fn identity(text: &str) -> String {
    let mut hash = Xxh3::new();
    for word in text.split_whitespace() {
        hash.update(word.as_bytes());
        hash.update(b" ");
    }
    format!("{:016x}", hash.digest())
}

/// The bytes of one article after the other.
pub struct Raws {
    paths: std::vec::IntoIter<PathBuf>,
    folder: Option<folder::Folder>,
    lines: Option<jsonl::Lines>,
}

impl Raws {
    /// Opens a file: its article, or `None` where its lines are to come.
    fn enter(&mut self, path: &Path) -> Option<Result<Raw>> {
        let name: Arc<str> = path.display().to_string().into();
        let opened = match open::open(path) {
            Ok(opened) => opened,
            Err(what) => return Some(Err(input(name, what))),
        };
        if opened.format == Format::JsonLines {
            self.lines = Some(jsonl::Lines::new(name, opened.bytes));
            return None;
        }
        let mut bytes = Vec::new();
        let limit = opened.format.limit();
        let read = opened.bytes.take(limit as u64 + 1).read_to_end(&mut bytes);
        Some(match read {
            Err(error) => Err(input(name, open::cause(&error))),
            Ok(_) if bytes.len() > limit => {
                let limit = limit >> 20;
                Err(input(
                    name,
                    format!("longer than {limit} MiB; split it into articles"),
                ))
            }
            Ok(_) => Ok(Raw {
                name,
                line: None,
                format: opened.format,
                bytes,
            }),
        })
    }
}

impl Iterator for Raws {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(raw) = lines.next() {
                    return Some(raw);
                }
                self.lines = None;
            }
            let path = if let Some(folder) = &mut self.folder {
                match folder.next() {
                    Some(Ok(path)) => path,
                    Some(Err(error)) => return Some(Err(error)),
                    None => {
                        self.folder = None;
                        continue;
                    }
                }
            } else {
                let path = self.paths.next()?;
                if path.is_dir() {
                    self.folder = Some(folder::Folder::new(path));
                    continue;
                }
                path
            };
            if let Some(raw) = self.enter(&path) {
                return Some(raw);
            }
        }
    }
}

/// An input that cannot be used.
fn input(name: impl Display, what: impl Into<String>) -> Error {
    Error::Input {
        name: name.to_string(),
        what: what.into(),
    }
}
