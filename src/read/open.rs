//! A path, or a stream with a name -> bytes and their format: standard input, plain and gzipped files, entries of archives.

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

/// Opens a file, or standard input; else what is wrong and what to do.
pub(super) fn open(path: &Path) -> Result<Opened, String> {
    if path.as_os_str() == "-" {
        return stream(Named::Unknown, io::stdin());
    }
    let named = format::by_name(path);
    refuse(named)?;
    stream(named, File::open(path).map_err(|e| cause(&e))?)
}

/// What a name alone rules out.
fn refuse(named: Named) -> Result<(), String> {
    match named {
        Named::Later(name) => Err(format::later(name)),
        Named::Never => Err("a spreadsheet, not an article; save it as .csv".into()),
        Named::Known(_) | Named::Unknown => Ok(()),
    }
}

/// Opens a stream of bytes whose name says this.
pub(super) fn stream(named: Named, bytes: impl Read + Send + 'static) -> Result<Opened, String> {
    refuse(named)?;
    let (mut head, mut bytes) = peek(BufReader::with_capacity(PIECE, bytes))?;
    // a web archive is unpacked record by record, so that one that is damaged does not take the others along
    if head.starts_with(&[0x1f, 0x8b]) && named != Named::Known(Format::Warc) {
        (head, bytes) = peek(BufReader::with_capacity(PIECE, MultiGzDecoder::new(bytes)))?;
    }
    if head.is_empty() {
        return Err("empty; nothing to read in it".into());
    }
    // a zip may hold documents, and is not to be taken for one
    let told = format::by_first_bytes(&head, named).filter(|_| named != Named::Known(Format::Zip));
    let format = match (told, named) {
        (Some(format), _) => format,
        _ if format::is_html(&head) => Format::Html,
        (None, Named::Known(format)) if format.is_binary() => {
            let other = "not what its name says; name it after what it holds (.txt for text)";
            return Err(format::refusal(Format::Text, &head).unwrap_or_else(|| other.into()));
        }
        (None, Named::Known(format)) => format,
        (None, _) => format::by_content(&head),
    };
    if let Some(what) = format::refusal(format, &head) {
        return Err(what);
    }
    if matches!(format, Format::JsonLines | Format::Json | Format::Table(_))
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
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the path".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it; ask its owner".into(),
        io::ErrorKind::IsADirectory => "a folder, not a file; give its path as it is".into(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            format!("damaged data ({error}); get a fresh copy")
        }
        io::ErrorKind::FileTooLarge => error.to_string(), // our own limits, said where they are set
        _ => format!("cannot be read ({error}); try again or leave it out"),
    }
}
