//! A stream that can be turned back to a mark, as long as what came since is not too much to keep.

use std::io::{self, BufRead, Read};

use memchr::memmem;

/// Bytes read at a time.
const PIECE: usize = 256 * 1024;
/// Most bytes kept since the mark; beyond, there is no turning back.
const KEPT: usize = 32 << 20;

pub(super) struct Tape {
    inner: Box<dyn BufRead + Send>,
    bytes: Vec<u8>,
    /// Where the bytes that are kept begin in the stream.
    start: u64,
    /// Within `bytes`.
    at: usize,
    mark: usize,
}

impl Tape {
    pub(super) fn new(inner: Box<dyn BufRead + Send>) -> Self {
        Tape {
            inner,
            bytes: Vec::new(),
            start: 0,
            at: 0,
            mark: 0,
        }
    }

    /// How far the stream was read.
    pub(super) fn offset(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Marks this place.
    pub(super) fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Turns back to just after the mark (or to what is kept nearest to it) and goes on to the next place where some of these bytes
    /// stand; false at the end of the stream.
    pub(super) fn seek(&mut self, wanted: &[&[u8]]) -> io::Result<bool> {
        let longest = wanted.iter().map(|w| w.len()).max().unwrap_or(0);
        self.at = (self.mark + 1).min(self.at);
        loop {
            let rest = &self.bytes[self.at..];
            let found = wanted.iter().filter_map(|w| memmem::find(rest, w)).min();
            if let Some(found) = found {
                self.at += found;
                return Ok(true);
            }
            // the last few may be the first of those wanted
            self.at = (self.bytes.len() + 1).saturating_sub(longest).max(self.at);
            self.mark();
            if !self.more()? {
                self.at = self.bytes.len();
                return Ok(false);
            }
        }
    }

    /// Reads on; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        if self.bytes.len() - self.mark > KEPT {
            self.mark = self.at;
        }
        self.start += self.mark as u64;
        self.bytes.drain(..self.mark);
        self.at -= self.mark;
        self.mark = 0;
        let before = self.bytes.len();
        self.inner
            .by_ref()
            .take(PIECE as u64)
            .read_to_end(&mut self.bytes)?;
        Ok(self.bytes.len() > before)
    }
}

impl Read for Tape {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n = bytes.len().min(out.len());
        out[..n].copy_from_slice(&bytes[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Tape {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            self.more()?;
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.bytes.len());
    }
}
