//! An open input -> the bytes of its articles: the one it is, or one after the other where it holds many.

use std::fmt::Display;
use std::io::{BufRead, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::format::Format;
use super::names::About;
use super::open::{self, Opened};
use super::{LIMIT, Options, Parsed, Raw, Result, feed, input, json, jsonl, table, warc, zip};

/// The articles of one input, as bytes.
pub(super) type Many = Box<dyn Iterator<Item = Result<Raw>> + Send>;

/// Where an input comes from.
#[derive(Clone)]
pub(super) struct Origin {
    /// The name it has in messages.
    pub(super) name: Arc<str>,
    /// Its file, if it is one.
    pub(super) path: Option<PathBuf>,
    /// The archive around it, if there is one.
    pub(super) archive: Option<zip::Outer>,
    /// What its server said of it, if it was fetched.
    pub(super) sent: Option<Sent>,
    pub(super) options: Arc<Options>,
}

/// What a server says of the bytes it sends.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) content_type: Option<String>,
    pub(super) address: String,
}

impl Origin {
    pub(super) fn new(name: impl Display, options: &Arc<Options>) -> Self {
        Origin {
            name: name.to_string().into(),
            path: None,
            archive: None,
            sent: None,
            options: Arc::clone(options),
        }
    }
}

/// The articles of an address, which has this name in messages; none where nothing has changed since it was last read.
pub(super) fn fetched(name: impl Display, address: &str, options: &Arc<Options>) -> Many {
    let mut origin = Origin::new(name, options);
    match options.web.fetch(address) {
        Ok(None) => Box::new(std::iter::empty()),
        Ok(Some(fetched)) => {
            origin.sent = Some(Sent {
                content_type: fetched.content_type,
                address: fetched.location,
            });
            let opened = open::stream(fetched.named, Cursor::new(fetched.body));
            from_address(address, unfold(origin, opened))
        }
        Err(what) => {
            let error = Err(input(origin.name, what));
            from_address(address, Box::new(std::iter::once(error)))
        }
    }
}

/// The same, each knowing where it comes from.
fn from_address(address: &str, many: Many) -> Many {
    let address: Arc<str> = address.into();
    Box::new(many.map(move |raw| match raw {
        Ok(raw) => Ok(raw.come_from(&address)),
        Err(error) => Err(error.come_from(&address)),
    }))
}

/// The articles of an input that was opened, or what is wrong with it.
pub(super) fn unfold(origin: Origin, opened: Parsed<Opened>) -> Many {
    let name = Arc::clone(&origin.name);
    let many = opened.and_then(|opened| match opened.format {
        Format::JsonLines => Ok(Box::new(jsonl::Lines::new(origin.name, opened.bytes)) as Many),
        Format::Json => Ok(Box::new(json::Values::new(origin.name, opened.bytes)) as Many),
        Format::Table(mark) => {
            let columns = &origin.options.columns;
            table::Rows::open(origin.name, opened.bytes, mark, columns).map(|t| Box::new(t) as Many)
        }
        Format::Feed => {
            feed::items(&origin, &whole(opened.bytes, LIMIT)?).map(|items| Box::new(items) as Many)
        }
        Format::Zip => zip::Entries::open(origin, opened.bytes).map(|zip| Box::new(zip) as Many),
        Format::Warc => Ok(Box::new(warc::Pages::new(origin.name, opened.bytes)) as Many),
        format => {
            let bytes = whole(opened.bytes, format.limit())?;
            let mut raw = Raw::whole(origin.name, format, bytes);
            raw.about = origin.sent.map(|sent| {
                Box::new(About {
                    content_type: sent.content_type,
                    address: Some(sent.address),
                    ..About::default()
                })
            });
            Ok(Box::new(std::iter::once(Ok(raw))) as Many)
        }
    });
    many.unwrap_or_else(|what| Box::new(std::iter::once(Err(input(name, what)))))
}

/// All bytes of an input that is one article, or one feed.
fn whole(stream: impl BufRead, limit: usize) -> Parsed<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = stream.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| open::cause(&error))?;
    if bytes.len() > limit {
        let limit = limit >> 20;
        return Err(format!("longer than {limit} MiB; split it into articles"));
    }
    Ok(bytes)
}
