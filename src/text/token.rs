//! Text -> tokens: words, numbers in digits, marks. Small, no strings.

use super::Span;
use crate::data::lang::{Vocabulary, WordId};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters, with apostrophes inside; `'s` is a word of its own.
    Word,
    /// A run of digits with points and commas between digits.
    Number,
    /// Any other single character.
    Mark,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// Starts with a capital letter.
    pub(crate) capital: bool,
    /// All capitals, two letters or more.
    pub(crate) upper: bool,
    /// White space (or the text's start) stands before it.
    pub(crate) spaced: bool,
    /// A line end, or two spaces and more, stands before it.
    pub(crate) gap: bool,
    /// Its place in the vocabulary, by its small letters; `WordId::NONE` when unknown. Marks are words too.
    pub(crate) word: WordId,
    /// Hash of its small letters, for words the vocabulary does not know.
    pub(crate) hash: u64,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of a word in small letters, as tokens carry it. Soft hyphens do not count, curly apostrophes are straight.
pub(crate) fn hash(word: &str) -> u64 {
    let mut h = SEED;
    for c in word.chars() {
        h = step(h, c);
    }
    h
}

/// The same for ASCII; the compiler folds it for words written in code.
#[inline]
pub(crate) const fn hash_ascii(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (mut h, mut i) = (SEED, 0);
    while i < bytes.len() {
        h = (h ^ bytes[i].to_ascii_lowercase() as u64).wrapping_mul(PRIME);
        i += 1;
    }
    h
}

/// The small letter of each ASCII letter, 0 for all other bytes: most of a text is read by this table.
const SMALL: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphabetic() {
            table[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

fn step(h: u64, c: char) -> u64 {
    if c.is_ascii() {
        return (h ^ u64::from(c.to_ascii_lowercase() as u8)).wrapping_mul(PRIME);
    }
    match c {
        '\u{ad}' => h,
        '’' | 'ʼ' => (h ^ u64::from(b'\'')).wrapping_mul(PRIME),
        _ => c
            .to_lowercase()
            .fold(h, |h, c| (h ^ u64::from(c as u32)).wrapping_mul(PRIME)),
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Cuts a text. Linear; offsets fit `u32` because longer texts are refused when read.
pub(crate) fn tokens(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let bytes = text.as_bytes();
    let mut at = 0usize;
    let (mut spaced, mut gap) = (true, true);
    let mut spaces = 2;
    while at < bytes.len() {
        let b = bytes[at];
        if b == b' ' {
            spaced = true;
            spaces += 1;
            gap |= spaces > 1;
            at += 1;
            continue;
        }
        let c = if b.is_ascii() {
            b as char
        } else {
            text[at..].chars().next().unwrap_or(' ')
        };
        if is_space(c) {
            spaced = true;
            gap |= c == '\n' || c == '\r' || c == '\t' || spaces > 0;
            spaces += 1;
            at += c.len_utf8();
            continue;
        }
        if c == '\u{ad}' {
            at += 2;
            continue;
        }
        let start = at;
        let mut h = SEED;
        let kind;
        let (capital, mut upper) = (c.is_uppercase(), c.is_uppercase());
        if b.is_ascii_digit() {
            kind = TokenKind::Number;
            while at < bytes.len() {
                let b = bytes[at];
                if b == 0xc2 && is_soft_hyphen_in_number(&bytes[at..]) {
                    at += 2; // "12,\u{ad}400"
                    continue;
                }
                let next = if bytes[at + 1..].starts_with(&SOFT_HYPHEN) {
                    at + 3
                } else {
                    at + 1
                };
                let inside =
                    matches!(b, b'.' | b',') && bytes.get(next).is_some_and(u8::is_ascii_digit);
                if !b.is_ascii_digit() && !inside {
                    break;
                }
                h = (h ^ u64::from(b)).wrapping_mul(PRIME);
                at += 1;
            }
            upper = false;
        } else if c.is_alphabetic() {
            kind = TokenKind::Word;
            let mut letters = 0;
            loop {
                let run = at;
                for &b in &bytes[at..] {
                    let small = SMALL[b as usize];
                    if small == 0 {
                        break;
                    }
                    upper &= small != b;
                    h = (h ^ u64::from(small)).wrapping_mul(PRIME);
                    at += 1;
                }
                letters += at - run;
                let Some(&b) = bytes.get(at).filter(|b| !b.is_ascii_digit()) else {
                    break;
                };
                let c = if b.is_ascii() {
                    b as char
                } else {
                    text[at..].chars().next().unwrap_or(' ')
                };
                if c.is_alphabetic() {
                    upper &= c.is_uppercase();
                    letters += 1;
                } else if c == '\'' || c == '’' {
                    // inside a word only, and never before a last s: "don't" is one word, "Kyiv's" two
                    let rest = &text[at + c.len_utf8()..];
                    let mut next = rest.chars();
                    match next.next() {
                        Some('s' | 'S') if !next.next().is_some_and(char::is_alphabetic) => break,
                        Some(n) if n.is_alphabetic() => {}
                        _ => break,
                    }
                } else if c != '\u{ad}' && !is_mark_on_letter(c) {
                    break;
                }
                h = step(h, c);
                at += c.len_utf8();
            }
            upper &= letters > 1;
        } else if (c == '\'' || c == '’') && is_possessive(text, at, spaced) {
            kind = TokenKind::Word;
            at += c.len_utf8() + 1;
            h = hash("'s");
            upper = false;
        } else {
            kind = TokenKind::Mark;
            h = step(h, c);
            at += c.len_utf8();
            upper = false;
        }
        let span = Span {
            start: start as u32,
            end: at as u32,
        };
        out.push(Token {
            span,
            kind,
            capital,
            upper,
            spaced,
            gap,
            word: vocabulary.by_hash(h),
            hash: h,
        });
        (spaced, gap, spaces) = (false, false, 0);
    }
    out
}

/// A soft hyphen in UTF-8.
const SOFT_HYPHEN: [u8; 2] = [0xc2, 0xad];

/// A soft hyphen with a digit, or a point and a digit, behind it.
fn is_soft_hyphen_in_number(bytes: &[u8]) -> bool {
    bytes.starts_with(&SOFT_HYPHEN)
        && match bytes.get(2) {
            Some(b'.' | b',') => bytes.get(3).is_some_and(u8::is_ascii_digit),
            Some(b) => b.is_ascii_digit(),
            None => false,
        }
}

/// Combining marks continue a word.
fn is_mark_on_letter(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x64b..=0x65f | 0x670)
}

/// `'s` after a word ("Kyiv's"), also in text that was cut into words ("Kyiv 's").
fn is_possessive(text: &str, at: usize, _spaced: bool) -> bool {
    let mut rest = text[at..].chars();
    rest.next();
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, &Vocabulary::default())
            .iter()
            .map(|t| &text[t.span.range()])
            .collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            cut("Kyiv's 5,400 dead."),
            ["Kyiv", "'s", "5,400", "dead", "."]
        );
        assert_eq!(cut("1.2m don’t"), ["1.2", "m", "don’t"]);
        assert_eq!(
            cut("twenty-three 3-4"),
            ["twenty", "-", "three", "3", "-", "4"]
        );
        assert_eq!(cut("millio\u{ad}n"), ["millio\u{ad}n"]);
        assert_eq!(cut("12,\u{ad}400 1\u{ad}"), ["12,\u{ad}400", "1"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn soft_hyphens_do_not_count() {
        let v = Vocabulary::default();
        assert_eq!(tokens("millio\u{ad}n", &v)[0].hash, hash("million"));
    }
}
