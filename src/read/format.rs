//! Which format an input has: by its name, else by its first bytes. The list of formats is here.

use std::borrow::Cow;
use std::path::Path;

/// What an input is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text: one article.
    Text,
    /// Markdown, with or without front matter: one article.
    Markdown,
    /// One article a line.
    JsonLines,
    /// PDF: one article.
    Pdf,
    /// Word's DOCX: one article.
    Docx,
    /// OpenDocument text: one article.
    Odt,
    /// Rich text: one article.
    Rtf,
    /// JSON of any shape: articles a line, a list of them, the answer of an interface.
    Json,
    /// A table with a header row, one article a row; the mark between cells, if the name tells it.
    Table(Option<u8>),
    /// RSS or Atom.
    Feed,
    /// An archive of inputs.
    Zip,
    /// An archive of the web.
    Warc,
    /// A web page: one article.
    Html,
    /// A piece of a web page, all of it the article's own words.
    Fragment,
}

impl Format {
    /// Told by its first bytes; what has not got them is something else.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Format::Pdf | Format::Docx | Format::Odt | Format::Rtf)
    }

    /// The longest file, in bytes; pictures make documents long.
    pub(super) fn limit(self) -> usize {
        match self {
            _ if self.is_binary() => 8 * super::LIMIT,
            _ => super::LIMIT,
        }
    }
}

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Read as this.
    Known(Format),
    /// A format of articles that is not read yet, by its usual name.
    Later(&'static str),
    /// Spreadsheets and the like: never an article.
    Never,
    /// The name says nothing.
    Unknown,
}

/// Endings of names, in small letters.
const NAMES: &[(&str, Named)] = &[
    ("txt", Named::Known(Format::Text)),
    ("text", Named::Known(Format::Text)),
    ("md", Named::Known(Format::Markdown)),
    ("markdown", Named::Known(Format::Markdown)),
    ("jsonl", Named::Known(Format::JsonLines)),
    ("ndjson", Named::Known(Format::JsonLines)),
    ("json", Named::Known(Format::Json)),
    ("csv", Named::Known(Format::Table(None))),
    ("tsv", Named::Known(Format::Table(Some(b'\t')))),
    ("tab", Named::Known(Format::Table(Some(b'\t')))),
    ("xml", Named::Known(Format::Feed)),
    ("rss", Named::Known(Format::Feed)),
    ("atom", Named::Known(Format::Feed)),
    ("rdf", Named::Known(Format::Feed)),
    ("zip", Named::Known(Format::Zip)),
    ("warc", Named::Known(Format::Warc)),
    ("html", Named::Known(Format::Html)),
    ("htm", Named::Known(Format::Html)),
    ("xhtml", Named::Known(Format::Html)),
    ("mhtml", Named::Later("HTML")),
    ("pdf", Named::Known(Format::Pdf)),
    ("docx", Named::Known(Format::Docx)),
    ("doc", Named::Later("DOC")),
    ("odt", Named::Known(Format::Odt)),
    ("rtf", Named::Known(Format::Rtf)),
    ("epub", Named::Later("EPUB")),
    ("xls", Named::Never),
    ("xlsx", Named::Never),
    ("ods", Named::Never),
];

/// First bytes that give a format away, whatever the name says.
const FIRST_BYTES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a zip archive (DOCX, XLSX, ODT or zip)"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an Office document that is old or has a password",
    ),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a recording"),
    (b"II*\0", "a TIFF image"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3\0", "a SQLite database"),
];

/// What the name says; `.gz` at its end is looked through.
pub(super) fn by_name(path: &Path) -> Named {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    NAMES
        .iter()
        .find(|(known, _)| *known == ending)
        .map_or(Named::Unknown, |(_, named)| *named)
}

/// The format that the first bytes give away, whatever the name says; of zip archives the name tells which they are where the
/// bytes don't.
pub(super) fn by_first_bytes(head: &[u8], named: Named) -> Option<Format> {
    let has = |part: &[u8]| memchr::memmem::find(head, part).is_some();
    if start(head).starts_with(b"%PDF-") {
        Some(Format::Pdf)
    } else if start(head).starts_with(b"{\\rtf") {
        Some(Format::Rtf)
    } else if !head.starts_with(b"PK\x03\x04") || named == Named::Known(Format::Zip) {
        None
    } else if has(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        Some(Format::Odt)
    } else if has(b"word/") || has(b"[Content_Types].xml") {
        Some(Format::Docx)
    } else {
        match named {
            Named::Known(format @ (Format::Docx | Format::Odt)) => Some(format),
            _ => None,
        }
    }
}

/// Why an input with these first bytes cannot be read as what its name or its content says it is.
pub(super) fn refusal(format: Format, head: &[u8]) -> Option<String> {
    if format.is_binary() || matches!(format, Format::Zip | Format::Warc) {
        return None; // bytes, not text; their readers look for themselves
    }
    let is_itself = by_first_bytes(head, Named::Known(format)) == Some(format);
    if is_itself {
        return None;
    }
    let found = FIRST_BYTES
        .iter()
        .find(|(magic, _)| head.starts_with(magic));
    if let Some((_, what)) = found {
        return Some(format!(
            "this is {what}, not text; give the article as plain text (.txt)"
        ));
    }
    if super::encoding::utf16(head).is_none() && head.contains(&0) {
        return Some(super::encoding::binary(head));
    }
    format
        .is_binary()
        .then(|| "not what its name says; name it after what it holds (.txt for text)".into())
}

/// True for what begins as a web page does, whatever its name.
pub(super) fn is_html(head: &[u8]) -> bool {
    let head = ascii(head);
    let mut rest = start(&head);
    // a declaration and notes may come first
    for (opens, closes) in [(&b"<?xml"[..], &b"?>"[..]), (b"<!--", b"-->")] {
        while rest.starts_with(opens) {
            let Some(at) = memchr::memmem::find(rest, closes) else {
                return false;
            };
            rest = rest[at + closes.len()..].trim_ascii_start();
        }
    }
    [&b"<!doctype html"[..], b"<html"].iter().any(|tag| {
        rest.get(..tag.len())
            .is_some_and(|first| first.eq_ignore_ascii_case(tag))
    })
}

/// What to say of a format that is not read yet.
pub(super) fn later(name: &str) -> String {
    format!("{name} comes in a later version; give the article as plain text (.txt) for now")
}

/// The format by first bytes: JSON starts with a brace, or a bracket and a brace, Markdown with a line of three dashes.
pub(super) fn by_content(head: &[u8]) -> Format {
    if is_html(head) {
        return Format::Html;
    }
    let head = ascii(head);
    let head = start(&head);
    let listed = head.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    if listed.unwrap_or(head).starts_with(b"{") {
        Format::Json
    } else if head.starts_with(b"PK\x03\x04") {
        Format::Zip
    } else if head.starts_with(b"WARC/") {
        Format::Warc
    } else if [&b"<?xml"[..], b"<rss", b"<feed", b"<rdf:RDF"]
        .iter()
        .any(|tag| head.starts_with(tag))
    {
        Format::Feed
    } else if head.starts_with(b"---\n") || head.starts_with(b"---\r\n") {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// The ASCII of UTF-16; anything else as it is.
fn ascii(head: &[u8]) -> Cow<'_, [u8]> {
    if super::encoding::utf16(head).is_some() {
        head[2..].iter().copied().filter(|b| *b != 0).collect()
    } else {
        Cow::Borrowed(head)
    }
}

/// Without byte order mark and white space.
fn start(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start()
}
