//! A table with a header row (CSV, TSV) -> one article a row, row by row.
//!
//! Columns are those a user names, else those with usual names; the mark between cells is the one the header row has most of.
//! A row of HXL tags under the header is passed over, and so are rows without text, said once at the end.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use csv::ByteRecord;

use super::names::{self, About, Columns, Field};
use super::{At, LIMIT, Parsed, Raw, Result, dateline, encoding, input, open};
use crate::article::Article;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;
/// What may stand between cells.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many columns are named in a message.
const NAMED: usize = 20;

/// The rows of one table.
pub(super) struct Rows {
    name: Arc<str>,
    csv: csv::Reader<Bounded>,
    places: Places,
    first: bool,
    /// Rows without text, and the line of the first.
    blank: usize,
    blank_line: u64,
    found: bool,
    ended: bool,
}

/// Which column holds what.
struct Places {
    text: usize,
    title: Option<usize>,
    published: Option<usize>,
    publisher: Option<usize>,
    url: Option<usize>,
    id: Option<usize>,
    lang: Option<usize>,
}

impl Rows {
    /// Reads the header row.
    pub(super) fn open(
        name: Arc<str>,
        mut bytes: Box<dyn BufRead + Send>,
        mark: Option<u8>,
        columns: &Columns,
    ) -> Parsed<Self> {
        let head = bytes.fill_buf().map_err(|e| open::cause(&e))?;
        let delimiter = mark.unwrap_or_else(|| mark_of(head));
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(PIECE)
            .from_reader(Bounded { bytes, left: LIMIT });
        let mut header = ByteRecord::new();
        csv.read_byte_record(&mut header)
            .map_err(|error| broken(&error))?;
        let header: Vec<String> = header.iter().map(cell).collect();
        Ok(Rows {
            places: places(&header, columns)?,
            name,
            csv,
            first: true,
            blank: 0,
            blank_line: 0,
            found: false,
            ended: false,
        })
    }

    /// A row as the bytes of an article; `None` for one that has no text.
    fn raw(&self, row: &ByteRecord, line: u64) -> Option<Result<Raw>> {
        let text = row.get(self.places.text)?;
        if text.trim_ascii().is_empty() {
            return None;
        }
        let at = At::Line(line as usize);
        let get = |place: Option<usize>| {
            let value = cell(row.get(place?)?);
            (!value.trim().is_empty()).then(|| value.trim().to_string())
        };
        let published = match get(self.places.published).map(|day| dateline::day(&day)) {
            Some(Err(what)) => {
                return Some(Err(input(format_args!("{}{at}", self.name), what)));
            }
            day => day.and_then(std::result::Result::ok),
        };
        let known = Article {
            id: get(self.places.id).unwrap_or_default(),
            url: get(self.places.url),
            publisher: get(self.places.publisher),
            title: get(self.places.title),
            lang: get(self.places.lang),
            published,
            ..Article::default()
        };
        Some(Ok(Raw {
            addresses: Vec::new(),
            name: Arc::clone(&self.name),
            at,
            format: names::words(&String::from_utf8_lossy(text)),
            bytes: text.to_vec(),
            about: Some(Box::new(About {
                known,
                ..About::default()
            })),
        }))
    }

    /// The last word: rows that were passed over, or that there was nothing.
    fn end(&self) -> Option<Result<Raw>> {
        if self.blank > 0 {
            let rows = if self.blank == 1 { "row" } else { "rows" };
            let what = format!(
                "left out {} {rows} without text, the first in line {}",
                self.blank, self.blank_line
            );
            return Some(Err(input(&self.name, what)));
        }
        let what = "a table without rows; nothing to read in it";
        (!self.found).then(|| Err(input(&self.name, what)))
    }
}

impl Iterator for Rows {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.csv.get_mut().left = LIMIT + PIECE;
            let line = self.csv.position().line();
            match self.csv.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return self.end();
                }
                Err(error) => {
                    self.ended = true;
                    let place = format_args!("{}:{line}", self.name);
                    return Some(Err(input(place, broken(&error))));
                }
            }
            if std::mem::take(&mut self.first) && is_tags(&row) {
                continue;
            }
            let line = row.position().map_or(line, csv::Position::line);
            if let Some(raw) = self.raw(&row, line) {
                self.found = true;
                return Some(raw);
            }
            if self.blank == 0 {
                self.blank_line = line;
            }
            self.blank += 1;
        }
        None
    }
}

/// The mark that the first line has most of, outside quotes.
fn mark_of(head: &[u8]) -> u8 {
    let mut counts = [0usize; MARKS.len()];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(i) = MARKS.iter().position(|m| m == byte) {
                    counts[i] += 1;
                }
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let at = counts.iter().position(|n| *n == most).unwrap_or(0);
    MARKS[at]
}

/// Where each field stands; else which columns there are.
fn places(header: &[String], columns: &Columns) -> Parsed<Places> {
    let plain: Vec<String> = header.iter().map(|name| names::plain(name)).collect();
    let place = |field: Field| {
        let Some(wanted) = columns.named(field) else {
            return Ok(names::usual(field)
                .iter()
                .find_map(|usual| plain.iter().position(|name| name == usual)));
        };
        let same = header.iter().position(|name| name.trim() == wanted.trim());
        same.or_else(|| plain.iter().position(|name| *name == names::plain(wanted)))
            .map(Some)
            .ok_or_else(|| format!("no column {wanted:?}; it has {}", list(header)))
    };
    Ok(Places {
        text: place(Field::Text)?.ok_or_else(|| {
            format!(
                "no column of text found; name it with --text-column (it has {})",
                list(header)
            )
        })?,
        title: place(Field::Title)?,
        published: place(Field::Published)?,
        publisher: place(Field::Publisher)?,
        url: place(Field::Url)?,
        id: place(Field::Id)?,
        lang: place(Field::Lang)?,
    })
}

fn list(header: &[String]) -> String {
    let short = |name: &String| name.trim().chars().take(40).collect::<String>();
    let mut names: Vec<String> = header.iter().take(NAMED).map(short).collect();
    if header.len() > NAMED {
        names.push("…".into());
    }
    names.join(", ")
}

/// A row of HXL tags: every cell that is not empty begins with `#`.
fn is_tags(row: &ByteRecord) -> bool {
    let mut cells = row.iter().map(<[u8]>::trim_ascii).filter(|c| !c.is_empty());
    let tag = |c: &[u8]| c.starts_with(b"#") && !c.contains(&b' ');
    row.iter().any(|c| !c.trim_ascii().is_empty()) && cells.all(tag)
}

/// A short cell's text.
fn cell(bytes: &[u8]) -> String {
    encoding::decode(bytes.to_vec()).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}

fn broken(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(cause) => open::cause(cause),
        _ => format!("broken table ({error}); save it again as CSV"),
    }
}

/// Stops a row that never ends.
struct Bounded {
    bytes: Box<dyn BufRead + Send>,
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let limit = LIMIT >> 20;
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "a row longer than {limit} MiB; is a quotation mark left open? split the article or mend the table"
                ),
            ));
        }
        let most = out.len().min(self.left);
        let n = self.bytes.read(&mut out[..most])?;
        self.left -= n;
        Ok(n)
    }
}
