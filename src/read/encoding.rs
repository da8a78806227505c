//! Bytes -> text: UTF-8, UTF-16 with a byte order mark, and Windows-1252 for what is neither but looks like text.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that Windows-1252 gives no meaning.
const UNDEFINED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// A few words may have one high byte in four.
const SHORT: usize = 20;

/// The text of a whole input, without its byte order mark; else what is wrong.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(encoding) = utf16(&bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[2..]);
        if broken {
            return Err("broken UTF-16; save it as UTF-8".into());
        }
        return checked(text.into_owned());
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            checked(text)
        }
        Err(error) => fall_back(error.as_bytes()),
    }
}

fn checked(text: String) -> Result<String, String> {
    if text.contains('\0') {
        return Err(binary(text.as_bytes()));
    }
    Ok(text)
}

/// What to say of bytes with zeros among them.
pub(super) fn binary(bytes: &[u8]) -> String {
    let zeros = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = bytes.len() / 2;
    if even.max(odd) * 10 > half * 7 && even.min(odd) * 10 <= half {
        "UTF-16 without a byte order mark; save it as UTF-8".into()
    } else {
        "binary data, not text; give the article as plain text (.txt)".into()
    }
}

/// UTF-16, if the byte order mark says so.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Windows-1252, where it can be: text with few high bytes, none of them without meaning, and no UTF-8 gone wrong.
fn fall_back(bytes: &[u8]) -> Result<String, String> {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    if bytes
        .iter()
        .any(|b| *b < 0x20 && !matches!(b, 8..=13 | 0x1b))
    {
        return Err(binary(bytes));
    }
    let (mut sequences, mut broken, mut line) = (0usize, 0usize, 1usize);
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            broken += chunk.invalid().len();
            first.get_or_insert(line);
        }
    }
    if sequences > broken {
        return Err(format!(
            "broken UTF-8 in line {}; save it again as UTF-8",
            first.unwrap_or(1)
        ));
    }
    if high * 5 > bytes.len() + SHORT || bytes.iter().any(|b| UNDEFINED.contains(b)) {
        return Err("neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8".into());
    }
    Ok(WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned())
}

/// UTF-16 in, UTF-8 out, piece by piece.
pub(super) struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Utf16<R> {
    pub(super) fn new(inner: R, encoding: &'static encoding_rs::Encoding) -> Self {
        Utf16 {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            ready: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.resize(64 * 1024, 0);
        self.at = 0;
        let bytes = self.inner.fill_buf()?;
        self.ended = bytes.is_empty();
        let (result, read, written, broken) =
            self.decoder
                .decode_to_utf8(bytes, &mut self.ready, self.ended);
        if broken {
            let what = "broken UTF-16";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.inner.consume(read);
        self.ready.truncate(written);
        self.ended &= result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let n = out.len().min(self.ready.len() - self.at);
        out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_encoding_gives() {
        let le: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("né 5".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let be: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("né 5".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for bytes in [
            "né 5".into(),
            "\u{feff}né 5".into(),
            b"n\xe9 5".to_vec(),
            le,
            be,
        ] {
            assert_eq!(decode(bytes), Ok("né 5".to_string()));
        }
        assert_eq!(
            decode(b"\x93Five\x94 \x96 six".to_vec()),
            Ok("“Five” – six".into())
        );
    }

    #[test]
    fn what_is_refused() {
        let what = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("refused");
        assert!(what(b"a\0b\x01").starts_with("binary data"));
        assert!(what(b"\x01\x02\xff").starts_with("binary data"));
        assert!(what(b"\xff\xfea").starts_with("broken UTF-16"));
        let no_mark: Vec<u8> = "Five died"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(what(&no_mark).starts_with("UTF-16 without"));
        assert!(
            what(
                "é\n—\n"
                    .as_bytes()
                    .iter()
                    .chain(b"caf\xe9 x")
                    .copied()
                    .collect::<Vec<_>>()
                    .as_slice()
            )
            .starts_with("broken UTF-8 in line 3")
        );
        assert!(what(b"\xc4\xee\xed\xe5\xf6\xea").starts_with("neither"));
    }

    #[test]
    fn utf16_comes_through_in_pieces() {
        let text = "ab\u{1f600}é\n".repeat(30_000);
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let mut out = String::new();
        let reader = io::BufReader::with_capacity(7, bytes.as_slice());
        Utf16::new(reader, UTF_16LE)
            .read_to_string(&mut out)
            .expect("text");
        assert!(out == text);
    }
}
