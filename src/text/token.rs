//! Text -> tokens: words, numbers in digits, marks. Small, no strings.

use super::{Span, grid};
use crate::data::lang::{Vocabulary, WordId, begin};

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
    /// What can begin with it; bits of `begin`.
    pub(crate) begins: u32,
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

/// The same of a word as it is written, capitals and all.
pub(crate) fn hash_exact(word: &str) -> u64 {
    let bytes = word.bytes().map(u64::from);
    bytes.fold(SEED, |h, b| (h ^ b).wrapping_mul(PRIME))
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
    let mut out = Vec::with_capacity(text.len() / 4);
    let bytes = text.as_bytes();
    let mut at = 0usize;
    let (mut spaced, mut gap) = (true, true);
    let mut spaces = 2;
    let mut line = Line::new(0);
    let mut bars = grid::bars(text).into_iter();
    let mut next_bar = bars.next();
    while let Some(&b) = bytes.get(at) {
        if next_bar == Some(at) {
            next_bar = bars.next();
            let first = line.over || out.is_empty();
            if first {
                line = Line::new(out.len());
            }
            out.push(Token {
                gap: first,
                ..bar(at, vocabulary)
            });
            at += 1;
            while bytes.get(at) == Some(&b' ') && next_bar != Some(at) {
                at += 1;
            }
            (spaced, gap, spaces) = (true, false, 1);
            line.barred = true;
            continue;
        }
        if b == b' ' {
            spaced = true;
            spaces += 1;
            gap |= spaces > 1;
            at += 1;
            continue;
        }
        let cut = if SMALL[b as usize] != 0 {
            word(text, at, b.is_ascii_uppercase())
        } else if b.is_ascii_digit() {
            number(bytes, at)
        } else {
            let c = char_at(text, at);
            if c == '\t' && line.parts_cells(&out) && !ends_line(&bytes[at..]) {
                out.push(bar(at, vocabulary));
                (spaced, gap, spaces) = (true, false, 1);
                line.barred = true;
                at += 1;
                continue;
            }
            if is_space(c) {
                line.over |= c == '\n' || c == '\r';
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
            if c.is_alphabetic() {
                word(text, at, c.is_uppercase())
            } else if (c == '\'' || c == '’') && is_possessive(text, at, spaced) {
                Cut {
                    end: at + c.len_utf8() + 1,
                    hash: const { hash_ascii("'s") },
                    kind: TokenKind::Word,
                    capital: false,
                    upper: false,
                    begins: 0,
                }
            } else {
                Cut {
                    end: at + c.len_utf8(),
                    hash: step(SEED, c),
                    kind: TokenKind::Mark,
                    capital: c.is_uppercase(),
                    upper: false,
                    begins: begin::mark(c),
                }
            }
        };
        if line.over {
            line = Line::new(out.len());
        }
        let (word, begins) = vocabulary.by_hash(cut.hash);
        out.push(Token {
            span: Span {
                start: at as u32,
                end: cut.end as u32,
            },
            kind: cut.kind,
            capital: cut.capital,
            upper: cut.upper,
            spaced,
            gap,
            word,
            begins: begins | cut.begins,
            hash: cut.hash,
        });
        at = cut.end;
        (spaced, gap, spaces) = (false, false, 0);
    }
    out
}

/// A tab, or a space, between two cells of a table.
fn bar(at: usize, vocabulary: &Vocabulary) -> Token {
    let hash = step(SEED, '|');
    let (word, begins) = vocabulary.by_hash(hash);
    Token {
        span: Span {
            start: at as u32,
            end: at as u32 + 1,
        },
        kind: TokenKind::Mark,
        capital: false,
        upper: false,
        spaced: true,
        gap: false,
        word,
        begins: begins | begin::mark('|'),
        hash,
    }
}

/// The line that is being cut.
struct Line {
    /// Its first token.
    start: usize,
    /// Its end was met.
    over: bool,
    /// It has two cells or more.
    barred: bool,
}

impl Line {
    fn new(start: usize) -> Self {
        Line {
            start,
            over: false,
            barred: false,
        }
    }

    /// True when a tab behind the line's tokens parts two cells of a table; it does not behind a bullet, "1." or "(a)".
    fn parts_cells(&self, tokens: &[Token]) -> bool {
        let so_far = tokens.get(self.start..).unwrap_or_default();
        !self.over
            && so_far.last().is_some_and(|last| {
                last.kind != TokenKind::Mark || self.barred || so_far.len() > MARKER
            })
    }
}

/// Tokens of the longest marker of a list: "(a)".
const MARKER: usize = 3;

/// True when nothing but blanks stands before the end of the line.
fn ends_line(rest: &[u8]) -> bool {
    let next = rest.iter().find(|b| !matches!(b, b' ' | b'\t'));
    next.is_none_or(|b| matches!(b, b'\n' | b'\r'))
}

/// A token, cut off at its end.
struct Cut {
    end: usize,
    hash: u64,
    kind: TokenKind,
    capital: bool,
    upper: bool,
    begins: u32,
}

/// The character at a border of characters.
fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// The number that starts at a digit.
fn number(bytes: &[u8], mut at: usize) -> Cut {
    let mut hash = SEED;
    while let Some(&b) = bytes.get(at) {
        if b == 0xc2 && is_soft_hyphen_in_number(&bytes[at..]) {
            at += 2; // "12,\u{ad}400"
            continue;
        }
        if !b.is_ascii_digit() {
            let hyphen = bytes[at + 1..].starts_with(&SOFT_HYPHEN);
            let next = at + if hyphen { 3 } else { 1 };
            let inside =
                matches!(b, b'.' | b',') && bytes.get(next).is_some_and(u8::is_ascii_digit);
            if !inside {
                break;
            }
        }
        hash = (hash ^ u64::from(b)).wrapping_mul(PRIME);
        at += 1;
    }
    Cut {
        end: at,
        hash,
        kind: TokenKind::Number,
        capital: false,
        upper: false,
        begins: begin::DIGITS,
    }
}

/// The word that starts at a letter.
fn word(text: &str, start: usize, capital: bool) -> Cut {
    let bytes = text.as_bytes();
    let (mut at, mut hash) = (start, SEED);
    let (mut letters, mut upper) = (0, capital);
    loop {
        let mut all = 0;
        let run = bytes[at..].iter().take_while(|&&b| {
            let small = SMALL[b as usize];
            if small != 0 {
                all |= b;
                hash = (hash ^ u64::from(small)).wrapping_mul(PRIME);
            }
            small != 0
        });
        let run = run.count();
        upper &= all & b' ' == 0; // the bit that small letters have
        at += run;
        letters += run;
        // a space, a stop or a digit, mostly
        let Some(_) = bytes.get(at).filter(|b| !b.is_ascii() || **b == b'\'') else {
            break;
        };
        let c = char_at(text, at);
        if c.is_alphabetic() {
            upper &= c.is_uppercase();
            letters += 1;
        } else if c == '\'' || c == '’' {
            // inside a word only, and never before a last s: "don't" is one word, "Kyiv's" two
            let mut next = text[at + c.len_utf8()..].chars();
            match next.next() {
                Some('s' | 'S') if !next.next().is_some_and(char::is_alphabetic) => break,
                Some(n) if n.is_alphabetic() => {}
                _ => break,
            }
        } else if c != '\u{ad}' && !is_mark_on_letter(c) {
            break;
        }
        hash = step(hash, c);
        at += c.len_utf8();
    }
    Cut {
        end: at,
        hash,
        kind: TokenKind::Word,
        capital,
        upper: upper && letters > 1,
        begins: 0,
    }
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
    fn a_tab_between_cells_is_a_token() {
        assert_eq!(
            cut("Lira\t12\t\t3\nGulu\t4"),
            ["Lira", "\t", "12", "\t", "\t", "3", "Gulu", "\t", "4"]
        );
        assert_eq!(cut("•\tTwo"), ["•", "Two"]);
        assert_eq!(cut("(a)\tTwo\t\n\tThree"), ["(", "a", ")", "Two", "Three"]);
    }

    #[test]
    fn soft_hyphens_do_not_count() {
        let v = Vocabulary::default();
        assert_eq!(tokens("millio\u{ad}n", &v)[0].hash, hash("million"));
    }
}
