//! JSON of any shape -> one article after the other: a list of objects, objects over many lines, the answer of an interface
//! (an object with the list in it), or articles line by line, which are left to [`Lines`](super::jsonl::Lines) from the second on.
//!
//! Only brackets and strings are looked at here, so that a list of any length needs the memory of one article.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::format::Format;
use super::{At, LIMIT, Raw, Result, input, jsonl, open};

/// Where the answers of interfaces keep their list.
const LISTS: [&[u8]; 5] = [b"data", b"items", b"articles", b"results", b"docs"];

/// The objects of one input.
pub(super) struct Values {
    name: Arc<str>,
    /// Taken away when the rest is read line by line.
    bytes: Option<Box<dyn BufRead + Send>>,
    lines: Option<jsonl::Lines>,
    /// Lines that ended so far.
    line: usize,
    /// Objects of the list so far.
    item: usize,
    /// How many brackets are open.
    depth: usize,
    /// The depth at which articles stand: 0, or that of the list.
    base: usize,
    spoken: bool,
}

/// One object, whole or not.
#[derive(Default)]
struct Value {
    bytes: Vec<u8>,
    /// The line it begins in.
    line: usize,
    /// It ended where its brackets say; else the input or its line did.
    whole: bool,
    too_long: bool,
}

/// What a byte is, seen from outside strings and within.
#[derive(Default)]
struct Scan {
    in_string: bool,
    escaped: bool,
    /// The start of the last string that began in the outermost object.
    key: Vec<u8>,
    /// One was `text`: the object is an article itself.
    has_text: bool,
    /// A list under one of the usual names was opened; a brace makes it the list of articles.
    at_list: bool,
    after_line_end: bool,
}

impl Values {
    pub(super) fn new(name: Arc<str>, bytes: Box<dyn BufRead + Send>) -> Self {
        Values {
            name,
            bytes: Some(bytes),
            lines: None,
            line: 1,
            item: 0,
            depth: 0,
            base: 0,
            spoken: false,
        }
    }

    fn complain(&mut self, what: impl Into<String>) -> Result<Raw> {
        self.bytes = None;
        self.spoken = true;
        Err(input(&self.name, what))
    }

    /// The rest is read line by line.
    fn go_on_by_lines(&mut self) {
        if let Some(bytes) = self.bytes.take() {
            let name = Arc::clone(&self.name);
            self.lines = Some(jsonl::Lines::after(name, bytes, self.line - 1));
        }
    }

    /// The next object; `None` at the end of the input.
    fn value(&mut self) -> io::Result<Option<Value>> {
        let Some(bytes) = &mut self.bytes else {
            return Ok(None);
        };
        let mut value = Value::default();
        let mut scan = Scan::default();
        let mut begun = false;
        loop {
            let piece = bytes.fill_buf()?;
            if piece.is_empty() {
                return Ok(begun.then_some(value));
            }
            let mut used = 0;
            for &byte in piece {
                let broken_line = begun
                    && self.base == 0
                    && byte == b'{'
                    && scan.after_line_end
                    && (scan.in_string || self.depth == 1);
                if broken_line {
                    // an object that its line does not end; the next line starts anew
                    self.depth = 0;
                    bytes.consume(used);
                    return Ok(Some(value));
                }
                used += 1;
                self.line += usize::from(byte == b'\n');
                scan.after_line_end = byte == b'\n';
                if begun && !value.too_long {
                    value.bytes.push(byte);
                    value.too_long = value.bytes.len() > LIMIT;
                }
                if scan.in_string {
                    scan.string(byte, self.depth);
                    continue;
                }
                match byte {
                    b'"' => scan.open_string(self.depth),
                    b'{' | b'[' => {
                        if byte == b'{' && scan.at_list {
                            self.base = self.depth;
                            (begun, value) = (false, Value::default());
                        }
                        if byte == b'{' && self.depth == self.base && !begun {
                            begun = true;
                            value.bytes.push(byte);
                            value.line = self.line;
                        }
                        if byte == b'[' && self.depth == 0 && !begun {
                            self.base = 1;
                        }
                        scan.at_list = byte == b'['
                            && begun
                            && self.base == 0
                            && self.depth == 1
                            && !scan.has_text
                            && LISTS.contains(&scan.key.as_slice());
                        self.depth += 1;
                    }
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        scan.at_list = false;
                        if begun && self.depth == self.base {
                            bytes.consume(used);
                            value.whole = true;
                            return Ok(Some(value));
                        }
                        if self.depth == 0 {
                            self.base = 0;
                        } else if self.depth < self.base {
                            self.base = usize::MAX; // the list is over; what follows in its object is no article
                        }
                    }
                    _ if byte.is_ascii_whitespace() => {}
                    b',' | 0xef | 0xbb | 0xbf => {}
                    _ if self.depth == 0 => {
                        // no JSON: its line is to be complained of
                        bytes.consume(used - 1);
                        self.go_on_by_lines();
                        return Ok(None);
                    }
                    _ => scan.at_list = false,
                }
            }
            bytes.consume(used);
        }
    }
}

impl Scan {
    fn open_string(&mut self, depth: usize) {
        self.in_string = true;
        self.at_list = false;
        if depth == 1 {
            self.key.clear();
        }
    }

    fn string(&mut self, byte: u8, depth: usize) {
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
            self.has_text |= depth == 1 && self.key == b"text";
            return;
        }
        if depth == 1 && self.key.len() < 16 {
            self.key.push(byte);
        }
    }
}

impl Iterator for Values {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(lines) = &mut self.lines {
            return lines.next();
        }
        self.bytes.as_ref()?;
        let value = match self.value() {
            Ok(value) => value,
            Err(error) => {
                let what = format!("after line {}: {}", self.line - 1, open::cause(&error));
                return Some(self.complain(what));
            }
        };
        let Some(value) = value else {
            if let Some(lines) = &mut self.lines {
                return lines.next();
            }
            if self.depth > 0 && self.base != 0 {
                return Some(self.complain("ends in the middle of its list; get a fresh copy"));
            }
            if !self.spoken {
                return Some(self.complain("no article in it; give objects with id and text"));
            }
            self.bytes = None;
            return None;
        };
        let first = !std::mem::replace(&mut self.spoken, true);
        let in_list = self.base > 0;
        if in_list && !value.whole {
            self.bytes = None;
        }
        let at = if in_list {
            self.item += 1;
            At::Item(self.item)
        } else {
            At::Line(value.line)
        };
        if value.too_long {
            let what = format!("longer than {} MiB; split the article", LIMIT >> 20);
            return Some(Err(input(format_args!("{}{at}", self.name), what)));
        }
        let on_one_line = value.line == self.line || !value.whole;
        if first && !in_list && on_one_line {
            self.go_on_by_lines();
        }
        Some(Ok(Raw {
            addresses: Vec::new(),
            name: Arc::clone(&self.name),
            at,
            format: Format::JsonLines,
            bytes: value.bytes,
            about: None,
        }))
    }
}
