//! How much a PDF unpacks to, found before the library unpacks it: a small file can hold gigabytes of nothing.
//!
//! In: the bytes; out: an error if it is too much. Every stream is unpacked piece by piece and thrown away, wherever the file's own
//! directory says it lies; what it unpacks to is unpacked again.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::read::Parsed;

/// Bytes unpacked at a time.
const PIECE: usize = 16 << 10;
/// Packed bytes read at a time.
const BUFFER: usize = 4 << 10;
/// What is read counts too, so that nothing is read over and over; but little.
const READ: u64 = 8;
/// Streams packed in streams.
const DEPTH: usize = 3;

/// An error if all that is packed in the file is more than so many bytes.
pub(super) fn check(bytes: &[u8], limit: u64) -> Parsed<()> {
    let mut left = limit;
    let mut piece = vec![0; PIECE];
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        for depth in 1..=DEPTH {
            let mut rest = data;
            let mut layers: Box<dyn Read + '_> = Box::new(&mut rest);
            for _ in 0..depth {
                layers = unpack(layers);
            }
            let mut size = 0;
            // an error is the end of what can be unpacked
            while size < left
                && let Ok(n @ 1..) = layers.read(&mut piece)
            {
                size += n as u64;
            }
            drop(layers);
            let read = (data.len() - rest.len()) as u64;
            left = left.saturating_sub(size + read / READ);
            if left == 0 {
                return Err(too_much(limit));
            }
            if size == 0 {
                break;
            }
        }
    }
    Ok(())
}

pub(super) fn too_much(limit: u64) -> String {
    let limit = limit >> 20;
    format!("unpacks to more than {limit} MiB; convert it to text first")
}

/// What the bytes unpack to.
fn unpack<'d>(mut bytes: Box<dyn Read + 'd>) -> Box<dyn Read + 'd> {
    let mut head = [0; 2];
    if bytes.read_exact(&mut head).is_err() {
        return Box::new(io::empty());
    }
    let bytes = io::Cursor::new(head).chain(bytes);
    if head[0] & 15 == 8 && u16::from_be_bytes(head).is_multiple_of(31) {
        Box::new(ZlibDecoder::new_with_buf(bytes, vec![0; BUFFER]))
    } else {
        Box::new(DeflateDecoder::new_with_buf(bytes, vec![0; BUFFER]))
    }
}
