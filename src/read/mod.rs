//! Bytes -> articles. In: paths of files and folders, `-` for standard input; out: articles one by one, never all in memory.
//!
//! | input | is |
//! | --- | --- |
//! | `.txt` | one article; its text is the whole file, the title its first line, the date of publication what a dateline, a dated caption or a line such as "Published: 2015-02-06" says, then marked as inferred |
//! | `.md` | one article; front matter between lines of three dashes gives `title`, `published`, `publisher`, `url`, `lang`, `id`; its text is what follows, as it stands |
//! | `.jsonl`, `.ndjson` | one article a line: `text`, and if there is `id`, `url`, `publisher`, `title`, `published`, `lang`; the text is taken exactly as given |
//! | `.json` | the same; or a list of such objects, one over many lines, or an answer of an interface with the list in it (ReliefWeb's `data[].fields`); fields are also found by other usual names (`body`, `date`, `source`) |
//! | `.html`, `.htm`, `.xhtml` | one article: the page's own text without menus, other stories, adverts and comments; what the page says of it gives the rest |
//! | `.pdf` | one article: columns one after the other, running heads dropped, lines joined to paragraphs, rows of tables as lines of cells between bars; title and date of publication as page one has them, else the day the file was made, marked as inferred |
//! | `.docx`, `.odt`, `.rtf` | one article in the same form, with its footnotes, without what was deleted or hidden |
//! | `.csv`, `.tsv` | a table with a header row, one article a row; columns by usual names, or as [`Columns`] says |
//! | `.xml`, `.rss`, `.atom` | an RSS or Atom feed, one article an item: its text as far as the feed gives it, or the page it links to ([`Rules::follow`]) |
//! | `.zip` | its entries in their order, each by its name; named `archive.zip:folder/a.txt` in messages |
//! | `.warc` | a web archive: its pages, except those without a word that figures hang on |
//! | `https://…` | the same by address: what a server says it is, else by name and first bytes ([`Web`]) |
//! | any file with `.gz` | the same, unpacked on the way (told by the first bytes, not by the name) |
//! | `-`, or a file whose name says nothing | a web page where the first tag is that of one (so with any name), JSON where the first mark is a brace (or a bracket before one), a feed, a zip or a web archive where it begins so, Markdown where the first line is three dashes, else plain text |
//! | a folder | its articles and those of the folders in it, in the order of the bytes of their paths |
//!
//! Of a folder, hidden files and README, LICENSE and COPYING files are passed over; other files that are no article by name (tables, pictures,
//! names without an ending) are left out and said in one line. Formats that a later version reads are refused by name.
//!
//! Text is UTF-8 or, with a byte order mark, UTF-16; what is neither but looks like text is taken for Windows-1252; pages may say another
//! encoding, or have it told by their bytes. Line ends of plain text and Markdown become `\n`. A file of text, an object of JSON, a row, a
//! feed or a page may have 16 MiB, a PDF or a document 128 MiB (what it unpacks to is bounded: [`pdf::Limits`]); archives, tables and lists
//! any length.
//!
//! What cannot be read is one [`Error`] each, naming the input and the cure; the rest goes on.
//!
//! Two steps, so that the second can be done by many threads: [`raw`] reads the bytes of one article after the other, [`Raw::article`] makes
//! sense of them. [`articles`] does both.

mod dateline;
mod encoding;
mod feed;
mod folder;
mod foreign;
mod format;
mod html;
mod json;
mod jsonl;
mod layout;
mod markdown;
mod names;
mod office;
mod open;
pub mod pdf;
mod sieve;
mod table;
mod text;
mod unfold;
mod warc;
mod web;
mod zip;

use std::fmt::{self, Display};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::article::Article;
use crate::error::{Error, Result, input};
use format::Format;
use names::About;
pub use names::Columns;
pub use open::cause;
use unfold::{Many, Origin, unfold};
pub use web::{Rules, Visit, Web};

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
    raw_with(paths, Options::default())
}

/// The same with a user's options.
pub fn raw_with(paths: &[PathBuf], options: Options) -> Raws {
    Raws {
        paths: Vec::from(paths).into_iter(),
        folder: None,
        many: None,
        options: Arc::new(options),
    }
}

/// The articles in bytes that have the name of a file, as an attachment has; still to be made sense of.
pub fn bytes(
    name: &str,
    bytes: Vec<u8>,
    options: Options,
) -> impl Iterator<Item = Result<Raw>> + Send + use<> {
    let origin = Origin::new(name, &Arc::new(options));
    unfold(
        origin,
        open::stream(format::by_name(Path::new(name)), Cursor::new(bytes)),
    )
}

/// The same in batches of at least so many bytes, so that each can be worked on in parallel and memory stays bounded.
pub fn batches(mut raws: Raws, bytes: usize) -> impl Iterator<Item = Vec<Result<Raw>>> {
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

/// What a user may say about inputs.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The columns of tables.
    pub columns: Columns,
    /// How addresses are read, and what was seen there.
    pub web: Arc<Web>,
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
    at: At,
    format: Format,
    bytes: Vec<u8>,
    about: Option<Box<About>>,
    /// The addresses that led to it, the nearest first.
    addresses: Vec<String>,
}

/// Where in its input an article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// It is all of it.
    Whole,
    /// The line, from 1.
    Line(usize),
    /// The item of a list, from 1.
    Item(usize),
    /// The offset in bytes.
    Byte(u64),
}

impl Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Whole => Ok(()),
            At::Line(line) => write!(f, ":{line}"),
            At::Item(item) => write!(f, ": item {item}"),
            At::Byte(offset) => write!(f, ": byte {offset}"),
        }
    }
}

impl Raw {
    /// An input that is one article.
    fn whole(name: Arc<str>, format: Format, bytes: Vec<u8>) -> Self {
        Raw {
            name,
            at: At::Whole,
            format,
            bytes,
            about: None,
            addresses: Vec::new(),
        }
    }

    /// The same with what is known of it besides.
    fn knowing(mut self, more: &Article) -> Self {
        self.about.get_or_insert_default().know(more);
        self
    }

    /// The same as an address gave it.
    fn come_from(mut self, address: &str) -> Self {
        self.addresses.push(address.into());
        self
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Where it stands, as in messages: `path`, `path:line`, `path: item 2`.
    pub fn place(&self) -> String {
        format!("{}{}", self.name, self.at)
    }

    /// Its article.
    ///
    /// # Errors
    /// Bytes that are no article.
    pub fn article(self, figures: Figures) -> Result<Article> {
        let (name, at, addresses) = (self.name, self.at, self.addresses);
        parse(self.format, self.bytes, self.about, figures).map_err(|what| Error::Input {
            name: format!("{name}{at}"),
            what,
            addresses,
        })
    }
}

fn parse(
    format: Format,
    bytes: Vec<u8>,
    about: Option<Box<About>>,
    figures: Figures,
) -> Parsed<Article> {
    let plain = |bytes| encoding::decode(bytes).map(text::unix_lines);
    let mut article = match format {
        Format::JsonLines => jsonl::article(bytes, figures)?,
        Format::Markdown => markdown::article(plain(bytes)?)?,
        Format::Html => {
            let about = about.as_deref();
            let content_type = about.and_then(|a| a.content_type.as_deref());
            let address = about.and_then(|a| a.address.as_deref());
            html::article(&bytes, content_type, address)?
        }
        Format::Fragment => text::article(html::text(&encoding::decode(bytes)?)?),
        Format::Pdf => pdf::article(bytes)?,
        Format::Docx => office::article(bytes, office::Kind::Docx)?,
        Format::Rtf => office::article(bytes, office::Kind::Rtf)?,
        Format::Odt => office::article(bytes, office::Kind::Odt)?,
        _ => text::article(plain(bytes)?),
    };
    if format != Format::JsonLines && article.text.trim().is_empty() {
        return Err("no text in it; nothing to read".into());
    }
    if let Some(about) = about {
        article = about.complete(article);
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
    many: Option<Many>,
    options: Arc<Options>,
}

impl Raws {
    /// The articles of a file, of standard input, or of an address.
    fn enter(&self, path: &Path) -> Many {
        if let Some(address) = web::address(path) {
            return unfold::fetched(address, address, &self.options);
        }
        let mut origin = Origin::new(path.display(), &self.options);
        origin.path = Some(path.into()).filter(|_| path.as_os_str() != "-");
        unfold(origin, open::open(path))
    }
}

impl Iterator for Raws {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                if let Some(raw) = many.next() {
                    return Some(raw);
                }
                self.many = None;
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
                if web::address(&path).is_none() && path.is_dir() {
                    self.folder = Some(folder::Folder::new(path));
                    continue;
                }
                path
            };
            self.many = Some(self.enter(&path));
        }
    }
}
