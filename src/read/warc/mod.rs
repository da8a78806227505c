//! A web archive (WARC, plain or gzipped) -> its pages, record by record.
//!
//! In: records of any kind. Out: the bytes of each page that a server answered with, their content type and address. What is no page (requests,
//! pictures, errors) is passed over, and so is a page without any word that a figure could come of ([`Sieve`]): it is not even parsed.
//!
//! A damaged record is said with its offset and passed over: the reader goes on at the next place where a record can begin. The offset is
//! that of the record in the file; in a gzipped one that of the member it is packed in.

mod http;
mod record;
mod tape;

use std::io::BufRead;
use std::sync::Arc;

use super::format::Format;
use super::names::About;
use super::sieve::Sieve;
use super::{At, Raw, Result, input};
use record::{Next, Records};

/// The pages of one archive.
pub(super) struct Pages {
    name: Arc<str>,
    records: Records,
    sieve: Sieve,
    /// Records of any kind.
    seen: bool,
    ended: bool,
}

impl Pages {
    pub(super) fn new(name: Arc<str>, bytes: Box<dyn BufRead + Send>) -> Self {
        Pages {
            name,
            records: Records::new(bytes),
            sieve: Sieve::new(),
            seen: false,
            ended: false,
        }
    }

    fn complain(&self, offset: u64, what: impl Into<String>) -> Result<Raw> {
        let at = At::Byte(offset);
        Err(input(format_args!("{}{at}", self.name), what))
    }
}

impl Iterator for Pages {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let record = match self.records.next() {
                Next::Record(record) => record,
                Next::PassedOver => {
                    self.seen = true;
                    continue;
                }
                Next::Broken { offset, what, over } => {
                    self.seen = true;
                    self.ended = over;
                    return Some(self.complain(offset, what));
                }
                Next::End => {
                    self.ended = true;
                    let what = "no records in it; is it a web archive?";
                    return (!self.seen).then(|| Err(input(&self.name, what)));
                }
            };
            self.seen = true;
            let page = match http::page(record.bytes) {
                Ok(Some(page)) => page,
                Ok(None) => continue,
                Err(what) => return Some(self.complain(record.offset, what)),
            };
            if !self.sieve.holds(&page.body) {
                continue;
            }
            return Some(Ok(Raw {
                addresses: Vec::new(),
                name: Arc::clone(&self.name),
                at: At::Byte(record.offset),
                format: Format::Html,
                bytes: page.body,
                about: Some(Box::new(About {
                    content_type: page.content_type,
                    address: record.address,
                    ..About::default()
                })),
            }));
        }
        None
    }
}
