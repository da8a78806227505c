//! A path -> a stream of bytes and its format: standard input, plain and gzipped files.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::encoding::{Utf16, utf16};
use super::format::{self, Format, Named};

/// Bytes looked at to tell the format.
const HEAD: u64 = 4096;
/// Bytes read at a time.
const PIECE: usize = 256 * 1024;

/// An open input.
pub(super) struct Opened {
    pub(super) format: Format,
    pub(super) bytes: Box<dyn BufRead + Send>,
}

/// Opens an input; else what is wrong and what to do.
pub(super) fn open(path: &Path) -> Result<Opened, String> {
    let stdin = path.as_os_str() == "-";
    let named = if stdin {
        Named::Unknown
    } else {
        format::by_name(path)
    };
    match named {
        Named::Later(name) => return Err(format::later(name)),
        Named::Never => {
            return Err("a table, not an article; give .txt, .md or .jsonl".into());
        }
        Named::Known(_) | Named::Unknown => {}
    }
    let file: Box<dyn Read + Send> = if stdin {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|e| cause(&e))?)
    };
    let (mut head, mut bytes) = peek(BufReader::with_capacity(PIECE, file))?;
    if head.starts_with(&[0x1f, 0x8b]) {
        (head, bytes) = peek(BufReader::with_capacity(PIECE, MultiGzDecoder::new(bytes)))?;
    }
    if head.is_empty() {
        return Err("empty; nothing to read in it".into());
    }
    let format = if let Some(format) = format::by_first_bytes(&head, named) {
        format
    } else if let Some(what) = format::refusal(&head) {
        return Err(what);
    } else {
        match named {
            Named::Known(format) if format.is_binary() => {
                return Err(
                    "not what its name says; name it after what it holds (.txt for text)".into(),
                );
            }
            Named::Known(format) => format,
            _ => format::by_content(&head),
        }
    };
    if format == Format::JsonLines
        && let Some(encoding) = utf16(&head)
    {
        bytes = Box::new(BufReader::with_capacity(PIECE, Utf16::new(bytes, encoding)));
    }
    Ok(Opened { format, bytes })
}

/// The first bytes of a stream, and the stream from its start.
fn peek<R: BufRead + Send + 'static>(
    mut stream: R,
) -> Result<(Vec<u8>, Box<dyn BufRead + Send>), String> {
    let mut head = Vec::new();
    stream
        .by_ref()
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|e| cause(&e))?;
    let whole = Cursor::new(head.clone()).chain(stream);
    Ok((head, Box::new(whole)))
}

/// What to say of an error of the system.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the path".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it; ask its owner".into(),
        io::ErrorKind::IsADirectory => "a folder, not a file; give its path as it is".into(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            format!("damaged data ({error}); get a fresh copy")
        }
        _ => format!("cannot be read ({error}); try again or leave it out"),
    }
}
