//! RTF -> a story.
//!
//! Groups in braces, control words after a backslash, and what is neither is text. Most groups that hold no text of the document say
//! so by their first word; pictures, styles and fonts are passed over by it.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::story::Story;
use super::{About, Parsed};
use crate::read::LIMIT;
use crate::read::layout::Layout;

/// Groups within one another.
const DEPTH: usize = 2000;
/// Cells of a row, and rows of a table.
const CELLS: usize = 64;
const ROWS: usize = 20_000;
/// Letters of the longest control word.
const WORD: usize = 32;

/// First words of groups that hold no text to be read.
const PASSED_OVER: [&str; 26] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "rsidtbl",
    "themedata",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "nonshppict",
    "annotation",
    "ftnsep",
    "ftnsepc",
    "revtbl",
];

/// The story, and what the file says of itself.
pub(super) fn read(bytes: &[u8]) -> Parsed<(Story, About)> {
    let mut teller = Teller::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => teller.open()?,
            b'}' => teller.close(),
            b'\\' => at = teller.control(bytes, at)?,
            b'\r' | b'\n' | 0 => {}
            _ => teller.bytes.push(byte),
        }
        if teller.bytes.len() > LIMIT {
            teller.flush()?;
        }
    }
    teller.end_paragraph()?;
    teller.end_table();
    let mut story = Story::default();
    story.layout = teller.layout;
    Ok((story, teller.about))
}

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct State {
    place: Place,
    /// Not shown, or deleted with changes tracked.
    hidden: bool,
    raised: bool,
    /// Fallback characters after one given by its number.
    fallback: usize,
}

impl Default for State {
    fn default() -> Self {
        State {
            place: Place::Text,
            hidden: false,
            raised: false,
            fallback: 1,
        }
    }
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Text,
    Nowhere,
    /// The mark of an item of a list.
    Mark,
    Note,
    Title,
    Made,
}

#[derive(Default)]
struct Teller {
    layout: Layout,
    about: About,
    state: State,
    around: Vec<State>,
    /// The group has said nothing yet; what begins with a star may be passed over.
    fresh: bool,
    star: bool,
    encoding: Option<&'static Encoding>,
    /// Text not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a pair of numbers for one character.
    half: Option<u16>,
    /// Fallback characters still to be passed over.
    skip: usize,
    text: String,
    bullet: bool,
    in_table: bool,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
    note: String,
}

impl Teller {
    fn open(&mut self) -> Parsed<()> {
        self.flush()?;
        if self.around.len() >= DEPTH {
            return Err("groups within one another without end; save its text as .txt".into());
        }
        self.around.push(self.state);
        (self.fresh, self.star) = (true, false);
        Ok(())
    }

    fn close(&mut self) {
        // an error here is one of length and comes again
        let _ = self.flush();
        let inner = self.state;
        self.state = self.around.pop().unwrap_or_default();
        self.skip = 0;
        if inner.place == Place::Note && self.state.place != Place::Note {
            self.note.push('\n');
        }
    }

    /// A control word or sign; gives where the next begins.
    fn control(&mut self, bytes: &[u8], at: usize) -> Parsed<usize> {
        let Some(&first) = bytes.get(at) else {
            return Ok(at);
        };
        if !first.is_ascii_alphabetic() {
            return self.sign(bytes, at);
        }
        let length = |at: usize, is: &dyn Fn(&u8) -> bool| {
            bytes[at..].iter().take(WORD).take_while(|b| is(b)).count()
        };
        let end = at + length(at, &|b| b.is_ascii_alphabetic());
        let word = std::str::from_utf8(&bytes[at..end]).unwrap_or_default();
        let digits = end + usize::from(bytes.get(end) == Some(&b'-'));
        let stop = digits + length(digits, &|b| b.is_ascii_digit());
        let number = std::str::from_utf8(&bytes[end..stop]).unwrap_or_default();
        let number: Option<i32> = number.parse().ok();
        let stop = if stop == digits { end } else { stop };
        let mut next = stop + usize::from(bytes.get(stop) == Some(&b' '));
        self.flush()?;
        if word == "bin" {
            next = next.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
            return Ok(next.min(bytes.len()));
        }
        self.word(word, number)?;
        self.fresh = false;
        Ok(next)
    }

    fn sign(&mut self, bytes: &[u8], at: usize) -> Parsed<usize> {
        match bytes[at] {
            b'\'' => {
                let hex = bytes
                    .get(at + 1..at + 3)
                    .and_then(|h| std::str::from_utf8(h).ok());
                let byte = hex.and_then(|h| u8::from_str_radix(h, 16).ok());
                self.bytes.extend(byte);
                return Ok((at + 3).min(bytes.len()));
            }
            b'*' => self.star = self.fresh,
            b'~' => self.bytes.push(b' '),
            b'_' => self.bytes.push(b'-'),
            b'\r' | b'\n' => {
                self.flush()?;
                self.word("par", None)?;
            }
            sign @ (b'\\' | b'{' | b'}') => self.bytes.push(sign),
            _ => {}
        }
        Ok(at + 1)
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Parsed<()> {
        let on = number != Some(0);
        if self.fresh {
            let place = match word {
                "listtext" | "pntext" => Some(Place::Mark),
                "footnote" => Some(Place::Note),
                "info" => Some(Place::Nowhere),
                "title" => Some(Place::Title),
                "creatim" => Some(Place::Made),
                _ if self.star || PASSED_OVER.contains(&word) => Some(Place::Nowhere),
                _ => None,
            };
            let inside = matches!(word, "title" | "creatim");
            if let Some(place) = place
                && (self.state.place != Place::Nowhere || inside)
            {
                self.state.place = place;
                return Ok(());
            }
        }
        match word {
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.encoding = Encoding::for_label(label.as_bytes());
            }
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "u" => return self.unicode(number.unwrap_or(0)),
            "v" | "deleted" => self.state.hidden = on,
            "super" => self.state.raised = on,
            "nosupersub" => self.state.raised = false,
            "plain" => (self.state.hidden, self.state.raised) = (false, false),
            "yr" | "mo" | "dy" if self.state.place == Place::Made => {
                let made = self.about.made.get_or_insert_default();
                let mark = if made.is_empty() { "" } else { "-" };
                made.push_str(&format!("{mark}{:02}", number.unwrap_or(0)));
            }
            _ if self.state.place == Place::Nowhere => {}
            "par" | "sect" | "page" => return self.end_paragraph(),
            "line" => return self.say("\n"),
            "tab" => return self.say("  "),
            "emdash" => return self.say("—"),
            "endash" => return self.say("–"),
            "lquote" => return self.say("‘"),
            "rquote" => return self.say("’"),
            "ldblquote" => return self.say("“"),
            "rdblquote" => return self.say("”"),
            "bullet" => return self.say("•"),
            "pard" => (self.in_table, self.bullet) = (false, false),
            "intbl" => self.in_table = true,
            "cell" => {
                let cell = std::mem::take(&mut self.text);
                if self.cells.len() < CELLS {
                    self.cells.push(cell.trim().to_string());
                }
                self.bullet = false;
            }
            "row" => {
                let row = std::mem::take(&mut self.cells);
                if self.rows.len() < ROWS && row.iter().any(|c| !c.is_empty()) {
                    self.rows.push(row);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A character by its number, of which two make one beyond the first 65,536.
    fn unicode(&mut self, number: i32) -> Parsed<()> {
        let unit = (number & 0xffff) as u16;
        let units = self.half.take().into_iter().chain([unit]);
        let mut bytes = [0; 4];
        match char::decode_utf16(units).next() {
            Some(Ok(char)) => self.say(char.encode_utf8(&mut bytes))?,
            _ => self.half = Some(unit),
        }
        self.skip = self.state.fallback;
        Ok(())
    }

    /// Decodes the text gathered.
    fn flush(&mut self) -> Parsed<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let skip = self.skip.min(bytes.len());
        self.skip -= skip;
        self.fresh = false;
        let encoding = self.encoding.unwrap_or(WINDOWS_1252);
        let (text, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
        self.say(&text)
    }

    fn say(&mut self, words: &str) -> Parsed<()> {
        let footnote = self.state.raised && !words.contains(char::is_alphabetic);
        if self.state.hidden || footnote {
            return Ok(());
        }
        match self.state.place {
            Place::Nowhere | Place::Made => {}
            Place::Mark => self.bullet = true,
            Place::Title => self.about.title.get_or_insert_default().push_str(words),
            Place::Note => self.note.push_str(words),
            Place::Text => {
                if !self.in_table {
                    self.end_table();
                }
                self.text.push_str(words);
            }
        }
        if self.text.len() + self.note.len() + self.layout.len() > LIMIT {
            return Err(format!("longer than {} MiB; split it", LIMIT >> 20));
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Parsed<()> {
        self.flush()?;
        if self.state.place != Place::Text {
            return self.say(" ");
        }
        if self.in_table {
            self.text.push(' ');
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.end_table();
        }
        if self.bullet {
            self.layout.bullet(&text);
        } else {
            self.layout.paragraph(&text);
        }
        for note in std::mem::take(&mut self.note).lines() {
            self.layout.paragraph(note);
        }
        Ok(())
    }

    fn end_table(&mut self) {
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            self.layout.table(&rows);
        }
    }
}
