//! An answer of a server, as it came -> the page in it.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::super::{LIMIT, Parsed};

/// A page as its server sent it.
pub(super) struct Page {
    pub(super) content_type: Option<String>,
    pub(super) body: Vec<u8>,
}

/// The page; `None` where there is none in it; else what is wrong.
pub(super) fn page(mut answer: Vec<u8>) -> Parsed<Option<Page>> {
    let Some((head, start)) = head(&answer) else {
        return Ok(None);
    };
    if head.status != 200 || !head.is_page() {
        return Ok(None);
    }
    answer.drain(..start);
    let mut body = answer;
    if head.chunked {
        body = unchunked(body);
    }
    body = match head.coding.as_str() {
        "" | "identity" => body,
        // archives of some crawlers keep the head of a packed answer and unpack its body
        "gzip" | "x-gzip" if !body.starts_with(&[0x1f, 0x8b]) => body,
        "gzip" | "x-gzip" => unpacked(MultiGzDecoder::new(body.as_slice()))?,
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            unpacked(ZlibDecoder::new(body.as_slice()))?
        }
        "deflate" if body.first() == Some(&b'<') => body,
        "deflate" => unpacked(DeflateDecoder::new(body.as_slice()))?,
        _ if is_markup(&body) => body,
        coding => {
            let shown: String = coding.chars().take(20).collect();
            return Err(format!(
                "its page is packed as {shown:?}, which is not read; passed over"
            ));
        }
    };
    if body.len() > LIMIT {
        let limit = LIMIT >> 20;
        return Err(format!("a page longer than {limit} MiB; passed over"));
    }
    Ok(Some(Page {
        content_type: head.content_type,
        body,
    }))
}

#[derive(Default)]
struct Head {
    status: u16,
    content_type: Option<String>,
    coding: String,
    chunked: bool,
}

impl Head {
    /// True for a page by its type; without a type it may be one.
    fn is_page(&self) -> bool {
        self.content_type.as_deref().is_none_or(|t| {
            let t = t.split(';').next().unwrap_or_default().trim();
            t.eq_ignore_ascii_case("text/html") || t.eq_ignore_ascii_case("application/xhtml+xml")
        })
    }
}

/// The head, and where the body begins.
fn head(answer: &[u8]) -> Option<(Head, usize)> {
    if !answer.starts_with(b"HTTP/") {
        return None;
    }
    let mut head = Head::default();
    let mut at = 0;
    let mut first = true;
    while let Some(end) = memchr::memchr(b'\n', &answer[at..]) {
        let line = answer[at..at + end].trim_ascii();
        at += end + 1;
        if line.is_empty() {
            return Some((head, at));
        }
        let text = String::from_utf8_lossy(line);
        if std::mem::take(&mut first) {
            let status = text.split(' ').nth(1)?;
            head.status = status.parse().ok()?;
        } else if let Some((name, value)) = text.split_once(':') {
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => head.content_type = Some(value.to_string()),
                "content-encoding" => head.coding = value.to_ascii_lowercase(),
                "transfer-encoding" => {
                    head.chunked = value.to_ascii_lowercase().contains("chunked");
                }
                _ => {}
            }
        }
    }
    None
}

/// A body without the lengths of its chunks; one that is not in chunks (some crawlers keep the head and not the chunks) stays, and
/// of one that is cut short what is there.
fn unchunked(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = String::from_utf8_lossy(rest[..end].trim_ascii());
        let digits = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(digits, 16) else {
            break;
        };
        rest = &rest[end + 1..];
        if length == 0 {
            return out;
        }
        let length = length.min(rest.len());
        out.extend_from_slice(&rest[..length]);
        rest = rest[length..]
            .strip_prefix(b"\r\n")
            .unwrap_or(&rest[length..]);
    }
    if out.is_empty() { body } else { out }
}

/// What comes out, cut where it is longer than a page may be; of a packed body that is cut short what is there.
fn unpacked(packed: impl Read) -> Parsed<Vec<u8>> {
    let mut out = Vec::new();
    let read = packed.take(LIMIT as u64 + 1).read_to_end(&mut out);
    match read {
        Err(error) if out.is_empty() => Err(format!("its page is damaged ({error}); passed over")),
        _ => Ok(out),
    }
}

fn is_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}
