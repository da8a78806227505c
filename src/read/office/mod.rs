//! DOCX, ODT and RTF -> one article. The first two are zip archives of XML: one part holds the text, another title and dates.
//!
//! In: the bytes; out: paragraphs, lists, tables and footnotes as [`Layout`](super::layout::Layout) writes them; not what was
//! deleted with changes tracked, hidden, or commented, nor running heads and tables of contents. The title is the document's own if
//! its head has it too (templates leave wrong ones), else the paragraph styled as title, else the first line. The date of
//! publication is what the head says, else the day the document was made; both are marked as inferred.

mod docx;
mod odt;
mod rtf;
mod story;

use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{LIMIT, Parsed, dateline, encoding, open, text};
use crate::article::Article;
use story::Story;

/// Unpacked bytes of one part: XML is mostly marks.
const PART: u64 = 16 * LIMIT as u64;
/// Lines of the head.
const HEAD: usize = 40;

/// The kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Docx,
    Odt,
    Rtf,
}

/// A document's article.
pub(super) fn article(bytes: Vec<u8>, kind: Kind) -> Parsed<Article> {
    let (Story { title, layout, .. }, about) = match kind {
        Kind::Docx => zipped(bytes, docx::story, "docProps/core.xml")?,
        Kind::Odt => zipped(bytes, odt::story, "meta.xml")?,
        Kind::Rtf => rtf::read(&bytes)?,
    };
    let text = layout.text();
    let head: Vec<&str> = text.lines().filter(|l| !l.is_empty()).take(HEAD).collect();
    let head = head.join("\n");
    let own = about
        .title
        .filter(|own| !own.is_empty() && head.contains(own.as_str()));
    let published = dateline::published(&head)
        .or_else(|| dateline::reported(&head))
        .or_else(|| dateline::day(&about.made?).ok());
    Ok(Article {
        title: own.or(title).or_else(|| text::title(&text)),
        published,
        published_inferred: published.is_some(),
        text,
        ..Article::default()
    })
}

/// The story of a zipped document and what its part of this name says about it.
fn zipped(
    bytes: Vec<u8>,
    story: impl Fn(&mut Parts) -> Parsed<Story>,
    about: &str,
) -> Parsed<(Story, About)> {
    let mut parts = Parts::open(bytes)?;
    let story = story(&mut parts)?;
    let about = parts.read(about)?.map(|xml| About::read(&xml));
    Ok((story, about.unwrap_or_default()))
}

/// The parts of a document.
struct Parts {
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

impl Parts {
    fn open(bytes: Vec<u8>) -> Parsed<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        Ok(Parts { archive })
    }

    /// The text of a part, if there is such a part.
    fn read(&mut self, name: &str) -> Parsed<Option<String>> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
                return Err("protected by a password; save a copy without it".into());
            }
            Err(_) => return Err(damaged()),
        };
        let mut bytes = Vec::new();
        let read = part.take(PART + 1).read_to_end(&mut bytes);
        read.map_err(|error| open::cause(&error))?;
        if bytes.len() as u64 > PART {
            return Err(format!(
                "{name} in it unpacks to more than {} MiB; save its text as .txt",
                PART >> 20
            ));
        }
        encoding::decode(bytes).map(Some)
    }

    /// The text of the part that the document is made of.
    fn main(&mut self, name: &str) -> Parsed<String> {
        self.read(name)?
            .ok_or_else(|| format!("no {name} in it; save it again as what its name says"))
    }
}

fn damaged() -> String {
    "damaged document; get a fresh copy".into()
}

/// Title and dates as the document's own part on itself gives them.
#[derive(Default)]
struct About {
    title: Option<String>,
    made: Option<String>,
}

impl About {
    /// What there is of it; of broken XML what stands before the break.
    fn read(xml: &str) -> Self {
        let (mut about, mut words) = (About::default(), String::new());
        let mut reader = Reader::from_str(xml);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(_) => words.clear(),
                Event::Text(part) => words.push_str(&part),
                Event::GeneralRef(part) => words.extend(char(&part)),
                Event::End(end) => match end.local_name().as_ref() {
                    "title" => about.title = Some(words.trim().to_string()),
                    "created" | "creation-date" => about.made = Some(words.trim().to_string()),
                    _ => {}
                },
                _ => {}
            }
        }
        about
    }
}

/// The character that `&name;` stands for.
fn char(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// The value of an attribute, by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut named = attributes.filter(|a| a.key.local_name().as_ref() == name);
    let value = named.next()?;
    let value = value.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// What is said of XML that breaks off.
fn broken_xml(reader: &Reader<&[u8]>) -> String {
    let at = reader.buffer_position();
    format!("broken XML in it (byte {at}); open it and save it again")
}
