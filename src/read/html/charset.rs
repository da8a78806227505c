//! The bytes of a page -> its text. By byte order mark, else UTF-8 if it can be nothing else, else what the server said, else what the page
//! says, else by the bytes themselves.
//!
//! Bytes that are UTF-8 with letters beyond ASCII are UTF-8, whatever is said: browsers that save a page keep its old `meta`.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::read::Parsed;

/// Bytes of a page in which it may say its encoding.
const HEAD: usize = 4096;
/// Bytes by which an encoding is told.
const TOLD_BY: usize = 256 * 1024;

/// The text; else what is wrong.
pub(super) fn decode<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Parsed<Cow<'b, str>> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[length..]).0);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!text.is_ascii() || !may_shift(text))
    {
        return checked(Cow::Borrowed(text));
    }
    let said = content_type
        .and_then(of_content_type)
        .or_else(|| of_page(&bytes[..bytes.len().min(HEAD)]));
    let encoding = said.unwrap_or_else(|| by_bytes(bytes));
    checked(encoding.decode_without_bom_handling(bytes).0)
}

/// Some encodings write their letters with ASCII alone, after an escape.
fn may_shift(text: &str) -> bool {
    text.contains('\u{1b}')
}

/// No page has so many zeros.
fn checked(text: Cow<'_, str>) -> Parsed<Cow<'_, str>> {
    let zeros = text.bytes().filter(|b| *b == 0).count();
    if zeros * 100 > text.len() {
        return Err(crate::read::encoding::binary(text.as_bytes()));
    }
    Ok(text)
}

/// "text/html; charset=windows-1251".
fn of_content_type(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset")?;
    let label = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start_matches([' ', '"', '\''])
        .split([';', '"', '\'', ' ', ',', '>', '/'])
        .next()?;
    known(label)
}

/// `<meta charset=…>`, `<meta http-equiv=… content="…charset=…">`, `<?xml … encoding="…"?>`.
fn of_page(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let xml = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.trim_start().strip_prefix('='))
        .and_then(|rest| rest.trim_start().get(1..))
        .and_then(|rest| rest.split(['"', '\'']).next())
        .and_then(known);
    xml.or_else(|| {
        head.match_indices("<meta")
            .filter_map(|(at, _)| head[at..].split('>').next())
            .find_map(of_content_type)
    })
}

/// An encoding by its label. A page that says UTF-16 in ASCII is UTF-8.
fn known(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

fn by_bytes(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(TOLD_BY)];
    if detector.feed(head, true) {
        detector.guess(None, Utf8Detection::Allow)
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], content_type: Option<&str>) -> String {
        decode(bytes, content_type).expect("text").into_owned()
    }

    #[test]
    fn what_says_the_encoding() {
        let cyrillic = b"\xcf\xee\xe3\xe8\xe1\xeb\xee 5";
        let meta = |meta: &str| [meta.as_bytes(), cyrillic].concat();
        for (bytes, header) in [
            (cyrillic.to_vec(), Some("text/html; charset=windows-1251")),
            (cyrillic.to_vec(), Some("text/html;charset=\"CP1251\"")),
            (meta("<meta charset=windows-1251>"), None),
            (meta("<META CHARSET = 'windows-1251'>"), None),
            (
                meta("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"),
                None,
            ),
            (
                meta("<?xml version=\"1.0\" encoding=\"windows-1251\"?>"),
                None,
            ),
        ] {
            assert!(text(&bytes, header).ends_with("Погибло 5"), "{header:?}");
        }
        // the server is believed before the page
        let page = meta("<meta charset=koi8-r>");
        assert!(text(&page, Some("text/html; charset=windows-1251")).ends_with("Погибло 5"));
    }

    #[test]
    fn what_the_bytes_say() {
        assert_eq!(
            text("<meta charset=koi8-r>Погибло 5".as_bytes(), None),
            "<meta charset=koi8-r>Погибло 5"
        );
        assert_eq!(
            text(b"\xef\xbb\xbfFive", Some("text/html; charset=koi8-r")),
            "Five"
        );
        assert_eq!(text(b"\xff\xfeF\0", None), "F");
        assert_eq!(text(b"\x93Five\x94", None), "“Five”");
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("<p>По данным штаба, при обстреле погибли пять человек, ещё двенадцать ранены.")
            .0
            .into_owned();
        assert!(text(&cyrillic, None).contains("погибли пять человек"));
        assert!(decode(&[0; 400], None).is_err());
    }
}
