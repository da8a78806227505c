//! A zip archive -> its entries in their order, each read as a file of that name would be, piece by piece.
//!
//! Only the directory is read by the library; the bytes of an entry are unpacked here, so that an entry of any length needs little memory.
//! What unpacks to far more than it can hold is refused as a bomb: all entries together may have [`RATIO`] times the bytes of the archive,
//! and [`GRANTED`] more. A zip in a zip is read, one in that is not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::folder::{self, LeftOut};
use super::format::{Named, by_name};
use super::unfold::{Many, Origin, unfold};
use super::{Parsed, Raw, Result, input, open};

/// Text packs to a twentieth, seldom to a hundredth.
const RATIO: u64 = 200;
/// Bytes that any archive may unpack to.
const GRANTED: u64 = 64 << 20;
/// The longest archive within another, or on standard input.
const HELD: u64 = 64 << 20;
/// Archives within each other.
const DEEPEST: usize = 2;
/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// The archive around an input.
#[derive(Clone)]
pub(super) struct Outer {
    depth: usize,
    /// Bytes that may still be unpacked.
    left: Arc<AtomicU64>,
}

/// Where the bytes of an archive are.
#[derive(Clone)]
enum Bytes {
    File(PathBuf),
    Held(Arc<[u8]>),
}

/// What the directory says of an entry.
struct Entry {
    name: String,
    start: u64,
    packed: u64,
    method: CompressionMethod,
    encrypted: bool,
    crc: u32,
}

/// The articles of an archive, entry by entry.
pub(super) struct Entries {
    origin: Origin,
    bytes: Bytes,
    outer: Outer,
    rest: std::vec::IntoIter<Entry>,
    current: Option<Many>,
    found: bool,
    left_out: LeftOut,
}

trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

impl Bytes {
    fn source(&self) -> io::Result<Box<dyn Source>> {
        Ok(match self {
            Bytes::File(path) => Box::new(File::open(path)?),
            Bytes::Held(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

impl Entries {
    /// Reads the directory.
    pub(super) fn open(origin: Origin, stream: Box<dyn BufRead + Send>) -> Parsed<Self> {
        let depth = origin.archive.as_ref().map_or(0, |outer| outer.depth);
        if depth == DEEPEST {
            return Err("a zip in a zip in a zip; unpack it and give the folder".into());
        }
        let bytes = match &origin.path {
            Some(path) => Bytes::File(path.clone()),
            None => Bytes::Held(held(stream)?),
        };
        let mut source = bytes.source().map_err(|e| open::cause(&e))?;
        let length = source.seek(SeekFrom::End(0)).map_err(|e| open::cause(&e))?;
        let entries =
            directory(source).map_err(|e| format!("damaged zip ({e}); get a fresh copy"))?;
        let left = match &origin.archive {
            Some(outer) => Arc::clone(&outer.left),
            None => Arc::new(AtomicU64::new(length.saturating_mul(RATIO) + GRANTED)),
        };
        let outer = Outer {
            depth: depth + 1,
            left,
        };
        Ok(Entries {
            origin,
            bytes,
            outer,
            rest: entries.into_iter(),
            current: None,
            found: false,
            left_out: LeftOut::default(),
        })
    }

    /// The articles of an entry; `None` where it is none by name.
    fn enter(&mut self, entry: &Entry) -> Option<Many> {
        let path = Path::new(&entry.name);
        let told = path.components().any(|c| {
            let name = c.as_os_str();
            folder::is_hidden(name) || name == "__MACOSX"
        }) || path.file_name().is_some_and(folder::is_companion);
        if told || entry.name.ends_with('/') {
            return None;
        }
        let named = by_name(path);
        if !matches!(named, Named::Known(_) | Named::Later(_)) {
            self.left_out.add(&entry.name);
            return None;
        }
        self.found = true;
        let name = format_args!("{}:{}", self.origin.name, entry.name.escape_debug());
        let mut origin = Origin::new(name, &self.origin.options);
        origin.archive = Some(self.outer.clone());
        let opened = self
            .unpacked(entry)
            .and_then(|bytes| open::stream(named, bytes));
        Some(unfold(origin, opened))
    }

    /// The bytes of an entry.
    fn unpacked(&self, entry: &Entry) -> Parsed<Unpacked> {
        if entry.encrypted {
            return Err("locked with a password; unpack it and give the folder".into());
        }
        let mut source = self.bytes.source().map_err(|e| open::cause(&e))?;
        source
            .seek(SeekFrom::Start(entry.start))
            .map_err(|e| open::cause(&e))?;
        let packed = BufReader::with_capacity(PIECE, source.take(entry.packed));
        let inner: Box<dyn Read + Send> = match entry.method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed)),
            _ => {
                return Err(
                    "packed in a way that is not read; unpack it and give the folder".into(),
                );
            }
        };
        Ok(Unpacked {
            inner,
            crc: Crc::new(),
            expected: entry.crc,
            left: Arc::clone(&self.outer.left),
        })
    }

    /// The last word: what was left out, or that there was nothing.
    fn end(&mut self) -> Option<Result<Raw>> {
        let none = "no articles in this archive; put .txt, .md, .html or .jsonl files there";
        let what = (self.left_out.take()).or_else(|| (!self.found).then(|| none.to_string()))?;
        self.found = true;
        Some(Err(input(&self.origin.name, what)))
    }
}

impl Iterator for Entries {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(raw) = current.next() {
                    return Some(raw);
                }
                self.current = None;
            }
            let Some(entry) = self.rest.next() else {
                return self.end();
            };
            self.current = self.enter(&entry);
        }
    }
}

/// The bytes of an archive that is no file.
fn held(stream: Box<dyn BufRead + Send>) -> Parsed<Arc<[u8]>> {
    let mut bytes = Vec::new();
    stream
        .take(HELD + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| open::cause(&e))?;
    if bytes.len() as u64 > HELD {
        let limit = HELD >> 20;
        return Err(format!(
            "longer than {limit} MiB, and a zip there must fit in memory; give it as a file"
        ));
    }
    Ok(bytes.into())
}

/// What the directory says, in the order of the archive.
fn directory(source: Box<dyn Source>) -> ::zip::result::ZipResult<Vec<Entry>> {
    let mut archive = ZipArchive::new(BufReader::new(source))?;
    (0..archive.len())
        .map(|i| {
            let file = archive.by_index_raw(i)?;
            Ok(Entry {
                name: file.name()?.into_owned(),
                start: file.data_start().unwrap_or(0),
                packed: file.compressed_size(),
                method: file.compression(),
                encrypted: file.encrypted(),
                crc: file.crc32(),
            })
        })
        .collect()
}

/// The bytes of an entry as they come out, counted and checked.
struct Unpacked {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    left: Arc<AtomicU64>,
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.crc.update(&out[..n]);
        if n == 0 && !out.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its checksum is wrong",
            ));
        }
        let left = self.left.load(Ordering::Relaxed);
        self.left
            .store(left.saturating_sub(n as u64), Ordering::Relaxed);
        if n as u64 > left {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "the archive unpacks to more than {RATIO} times its length; if it is no bomb, unpack it and give the folder"
                ),
            ));
        }
        Ok(n)
    }
}
