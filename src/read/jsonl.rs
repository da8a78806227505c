//! JSON lines: one article a line, `id` and `text` and whatever metadata there is; texts are taken exactly as given. An object without
//! `text` may be one of another shape: see [`foreign`].

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::format::Format;
use super::{At, Figures, LIMIT, Parsed, Raw, dateline, encoding, foreign, input, open};
use crate::article::Article;
use crate::copies::Sketch;
use crate::error::{Error, Result};
use crate::figure::{Figure, Measure};
use crate::totals::Total;

/// The lines of one input that are not blank.
pub(super) struct Lines {
    name: Arc<str>,
    bytes: Box<dyn BufRead + Send>,
    line: usize,
    /// Something came out: a line or a complaint.
    spoken: bool,
    ended: bool,
}

impl Lines {
    pub(super) fn new(name: Arc<str>, bytes: Box<dyn BufRead + Send>) -> Self {
        Lines {
            name,
            bytes,
            line: 0,
            spoken: false,
            ended: false,
        }
    }

    /// The lines that are left after so many, of which something came out.
    pub(super) fn after(name: Arc<str>, bytes: Box<dyn BufRead + Send>, line: usize) -> Self {
        let spoken = true;
        Lines {
            line,
            spoken,
            ..Lines::new(name, bytes)
        }
    }

    /// The next line without its end; `None` at the end of the input.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let limit = LIMIT as u64 + 1;
        if self
            .bytes
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(None);
        }
        self.line += 1;
        if self.line == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        Ok(Some(line))
    }

    fn complain(&mut self, at_line: bool, what: impl Into<String>) -> Error {
        self.spoken = true;
        if at_line {
            input(format_args!("{}{}", self.name, At::Line(self.line)), what)
        } else {
            input(&self.name, what)
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.ended = true;
                    let empty = "empty; nothing to read in it";
                    return (!self.spoken).then(|| Err(self.complain(false, empty)));
                }
                Err(error) => {
                    self.ended = true;
                    let what = format!("after line {}: {}", self.line, open::cause(&error));
                    return Some(Err(self.complain(false, what)));
                }
            };
            if line.len() > LIMIT && line.last() != Some(&b'\n') {
                if let Err(error) = self.bytes.skip_until(b'\n') {
                    self.ended = true;
                    return Some(Err(self.complain(true, open::cause(&error))));
                }
                let what = format!("longer than {} MiB; split the article", LIMIT >> 20);
                return Some(Err(self.complain(true, what)));
            }
            let content = line.trim_ascii();
            if content.is_empty() {
                continue;
            }
            // not lines but one JSON value over many: one complaint, not one a line
            if matches!(content, [b'[', ..] | b"{") && !self.spoken {
                self.ended = true;
                let what = "JSON, but not one article a line; name it .json";
                return Some(Err(self.complain(false, what)));
            }
            self.spoken = true;
            return Some(Ok(Raw {
                addresses: Vec::new(),
                name: Arc::clone(&self.name),
                at: At::Line(self.line),
                format: Format::JsonLines,
                bytes: line,
                about: None,
            }));
        }
        None
    }
}

/// A line as it may be written. `F` and `T` are passed over where nobody wants them.
#[derive(Deserialize)]
struct Line<F, T> {
    id: Option<Id>,
    url: Option<String>,
    publisher: Option<String>,
    title: Option<String>,
    published: Option<String>,
    published_inferred: Option<bool>,
    lang: Option<String>,
    text: Option<String>,
    figures: Option<F>,
    totals: Option<T>,
    copy_of: Option<String>,
    superseded_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

/// A line's article; else what is wrong.
pub(super) fn article(bytes: Vec<u8>, figures: Figures) -> Parsed<Article> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding::decode(error.into_bytes())?,
    };
    if !text.trim_start().starts_with('{') {
        return Err("not a JSON object; give one a line, with id and text".into());
    }
    let own = match figures {
        Figures::Keep => {
            parse(&text).and_then(|line: Line<Vec<Figure>, BTreeMap<Measure, Total>>| {
                let has_figures = line.figures.is_some();
                take(line, has_figures, |f| f, |t| t)
            })
        }
        Figures::Drop => parse(&text).and_then(|line: Line<IgnoredAny, IgnoredAny>| {
            take(line, false, |_| Vec::new(), |_| BTreeMap::new())
        }),
    };
    own.or_else(|what| foreign::article(&text).unwrap_or(Err(what)))
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Parsed<T> {
    // the end of the line is no part of it: else the column is that of the line after
    serde_json::from_str(text.trim_end()).map_err(|error| {
        let told = error.to_string();
        let what = told
            .rsplit_once(" at line ")
            .map_or(told.as_str(), |(what, _)| what);
        let column = error.column();
        if error.is_data() {
            format!("not an article ({what}, column {column}); correct this line")
        } else {
            format!("broken JSON ({what}, column {column}); give one whole object a line")
        }
    })
}

fn take<F, T>(
    line: Line<F, T>,
    may_lack_text: bool,
    figures: impl Fn(F) -> Vec<Figure>,
    totals: impl Fn(T) -> BTreeMap<Measure, Total>,
) -> Parsed<Article> {
    let text = line.text.unwrap_or_default();
    if !may_lack_text && text.trim().is_empty() {
        return Err("no text; give the article's words in the field text".into());
    }
    let published = match line.published.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(day) => Some(dateline::day(day)?),
    };
    let named = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
    Ok(Article {
        id: match line.id {
            Some(Id::Text(id)) => id,
            Some(Id::Number(id)) => id.to_string(),
            None => String::new(),
        },
        url: named(line.url),
        publisher: named(line.publisher),
        title: named(line.title),
        published,
        published_inferred: line.published_inferred.unwrap_or(false) && published.is_some(),
        lang: named(line.lang),
        text,
        figures: line.figures.map(figures).unwrap_or_default(),
        totals: line.totals.map(totals).unwrap_or_default(),
        copy_of: named(line.copy_of),
        superseded_by: named(line.superseded_by),
        sketch: Sketch::default(),
    })
}
