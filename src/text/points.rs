//! Bytes -> code points and back, for positions that mostly grow: records hold code points, the program works in bytes.

/// Where both have come to.
pub(crate) struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: u32,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        CodePoints {
            text,
            byte: 0,
            point: 0,
        }
    }

    /// The code points before a byte.
    pub(crate) fn at(&mut self, byte: u32) -> u32 {
        let byte = byte as usize;
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += bytecount(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.point
    }

    /// The byte at which a code point begins; the end of the text where it has fewer.
    pub(crate) fn byte(&mut self, point: u32) -> usize {
        if point < self.point {
            (self.byte, self.point) = (0, 0);
        }
        let rest = &self.text[self.byte..];
        let steps = rest.chars().take((point - self.point) as usize);
        let (count, bytes) = steps.fold((0, 0), |(n, bytes), c| (n + 1, bytes + c.len_utf8()));
        (self.byte, self.point) = (self.byte + bytes, self.point + count);
        self.byte
    }
}

/// Characters of valid UTF-8: bytes that continue none.
fn bytecount(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b & 0xc0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "née 5,400 — 12 €";
        let mut points = CodePoints::new(text);
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        for (n, byte) in (0..).zip(&bytes) {
            assert_eq!((points.at(*byte as u32), points.byte(n)), (n, *byte));
        }
        assert_eq!(points.byte(0), 0, "back to the start");
        assert_eq!(points.byte(99), text.len());
    }
}
