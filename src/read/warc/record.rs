//! Records of a web archive, plain or packed member by member.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::super::{LIMIT, open};
use super::tape::Tape;

/// What a packed member begins with.
const MEMBER: &[u8] = &[0x1f, 0x8b, 0x08];
/// What a record begins with.
const RECORD: &[u8] = b"WARC/";
/// Bytes of one line of a record's head, and of all of them.
const LINE: u64 = 16 * 1024;
const HEAD: usize = 256 * 1024;
/// Bytes unpacked at a time.
const PIECE: usize = 64 * 1024;

/// What a server answered.
pub(super) struct Record {
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// The page's address.
    pub(super) address: Option<String>,
    /// Head and body as they came.
    pub(super) bytes: Vec<u8>,
}

/// What comes next in an archive.
pub(super) enum Next {
    Record(Record),
    /// A record that no page can be in.
    PassedOver,
    Broken {
        offset: u64,
        what: String,
        /// There is no going on.
        over: bool,
    },
    End,
}

pub(super) struct Records {
    stream: Stream,
    /// Where the record that is read now begins.
    offset: u64,
    /// What a record was seen to begin with, once one was: in a plain archive, pages may be packed too.
    begins: &'static [&'static [u8]],
}

enum Stream {
    Plain(Tape),
    Packed(Box<BufReader<GzDecoder<Tape>>>),
    /// While one takes the place of the other.
    Gone,
}

/// The head of a record.
struct Head {
    length: u64,
    response: bool,
    address: Option<String>,
}

impl Records {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        Records {
            stream: Stream::Plain(Tape::new(bytes)),
            offset: 0,
            begins: &[MEMBER, RECORD],
        }
    }

    pub(super) fn next(&mut self) -> Next {
        match self.read() {
            Ok(next) => next,
            Err(error) => self.broken(&error),
        }
    }

    fn read(&mut self) -> io::Result<Next> {
        if !self.begin()? {
            return Ok(Next::End);
        }
        let offset = self.offset;
        match &mut self.stream {
            Stream::Plain(tape) => {
                let next = record(tape, offset)?;
                self.begins = &[RECORD];
                Ok(next)
            }
            Stream::Packed(member) => record(member.as_mut(), offset),
            Stream::Gone => Ok(Next::End),
        }
    }

    /// Goes to the start of the next record; false at the end.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let over = match &mut self.stream {
                Stream::Plain(tape) => {
                    skip_line_ends(tape)?;
                    tape.mark();
                    self.offset = tape.offset();
                    let head = tape.fill_buf()?;
                    if head.is_empty() {
                        return Ok(false);
                    }
                    let packed = head.starts_with(&MEMBER[..2]) && self.begins.contains(&MEMBER);
                    if !packed {
                        return Ok(true);
                    }
                    true
                }
                Stream::Packed(member) => {
                    skip_line_ends(member.as_mut())?;
                    if !member.fill_buf()?.is_empty() {
                        return Ok(true);
                    }
                    false
                }
                Stream::Gone => return Ok(false),
            };
            self.turn(over);
        }
    }

    /// Begins a packed member, or ends it.
    fn turn(&mut self, begins: bool) {
        if begins {
            self.begins = &[MEMBER];
        }
        self.stream = match std::mem::replace(&mut self.stream, Stream::Gone) {
            Stream::Plain(tape) if begins => Stream::Packed(Box::new(BufReader::with_capacity(
                PIECE,
                GzDecoder::new(tape),
            ))),
            Stream::Packed(member) if !begins => Stream::Plain(member.into_inner().into_inner()),
            same => same,
        };
    }

    /// Says what is wrong and goes on to where a record can begin.
    fn broken(&mut self, error: &io::Error) -> Next {
        let offset = self.offset;
        self.turn(false);
        let found = match &mut self.stream {
            Stream::Plain(tape) => tape.seek(self.begins).unwrap_or(false),
            _ => false,
        };
        let what = match error.kind() {
            io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::UnexpectedEof => {
                let rest = if found {
                    "the rest is read"
                } else {
                    "nothing is readable after it; get a fresh copy"
                };
                format!("damaged record ({error}); {rest}")
            }
            _ => open::cause(error),
        };
        Next::Broken {
            offset,
            what,
            over: !found,
        }
    }
}

fn skip_line_ends(stream: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = stream.fill_buf()?;
        let n = bytes
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let all = n == bytes.len();
        stream.consume(n);
        if n == 0 || !all {
            return Ok(());
        }
    }
}

/// The record that begins here.
fn record(stream: &mut impl BufRead, offset: u64) -> io::Result<Next> {
    let head = head(stream)?;
    let mut body = stream.take(head.length);
    if !head.response || head.length > 2 * LIMIT as u64 {
        let length = io::copy(&mut body, &mut io::sink())?;
        whole(length, &head)?;
        if head.response {
            let limit = (2 * LIMIT) >> 20;
            return Ok(Next::Broken {
                offset,
                what: format!("longer than {limit} MiB; passed over"),
                over: false,
            });
        }
        return Ok(Next::PassedOver);
    }
    let mut bytes = Vec::new();
    let length = body.read_to_end(&mut bytes)?;
    whole(length as u64, &head)?;
    Ok(Next::Record(Record {
        offset,
        address: head.address,
        bytes,
    }))
}

fn whole(length: u64, head: &Head) -> io::Result<()> {
    if length < head.length {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "it ends before its length",
        ));
    }
    Ok(())
}

/// Reads the lines up to the blank one.
fn head(stream: &mut impl BufRead) -> io::Result<Head> {
    let wrong = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut line = Vec::new();
    read_line(stream, &mut line)?;
    if !line.starts_with(RECORD) {
        return Err(wrong("it does not begin as one"));
    }
    let (mut length, mut read) = (None, 0);
    let (mut response, mut page) = (false, true);
    let mut address = None;
    loop {
        if read_line(stream, &mut line)? == 0 {
            return Err(wrong("its head has no end"));
        }
        read += line.len();
        if read > HEAD {
            return Err(wrong("its head is too long"));
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            break;
        }
        let Some(colon) = memchr::memchr(b':', text) else {
            continue;
        };
        let value = String::from_utf8_lossy(text[colon + 1..].trim_ascii());
        match text[..colon].to_ascii_lowercase().as_slice() {
            b"content-length" => length = value.parse().ok(),
            b"warc-type" => response = value.eq_ignore_ascii_case("response"),
            b"content-type" => {
                page = value
                    .get(..16)
                    .is_some_and(|v| v.eq_ignore_ascii_case("application/http"));
            }
            b"warc-target-uri" => {
                // some tools write it in angle brackets
                address = Some(value.trim_matches(['<', '>']).to_string());
            }
            _ => {}
        }
    }
    Ok(Head {
        length: length.ok_or_else(|| wrong("it has no length"))?,
        response: response && page,
        address,
    })
}

fn read_line(stream: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    line.clear();
    stream.by_ref().take(LINE).read_until(b'\n', line)
}
