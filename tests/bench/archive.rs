//! How fast a web archive is read, beside the floor: unpacking it and splitting it into records, and nothing else.
//!
//! The archive: one page in ten is an article of `data/articles`, the others speak of other things; each has menus, scripts and styles.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use headcount::read::Figures;
use headcount::{Article, extract, read};

use crate::Result;

/// Pages of the archive.
const PAGES: usize = 3000;
/// What the other pages are made of.
const SENTENCE: &str = "The new library opens at nine and lends books, films and music for a small fee, which the council set after a long debate about the budget. ";

/// Writes it; how many bytes it has unpacked.
pub(crate) fn write(path: &Path, articles: &[Article]) -> Result<usize> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut bytes = 0;
    for number in 0..PAGES {
        let record = record(number, &page(number, articles));
        bytes += record.len();
        let mut packed = GzEncoder::new(&mut out, flate2::Compression::default());
        packed.write_all(&record)?;
        packed.finish()?;
    }
    out.flush()?;
    Ok(bytes)
}

fn record(number: usize, page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

fn page(number: usize, articles: &[Article]) -> String {
    let menu: String = (0..60)
        .map(|i| format!("<li class=\"item-{i}\"><a href=\"/section/{i}\">Section {i}</a></li>\n"))
        .collect();
    let script: String = (0..200)
        .map(|i| format!("window.a{i} = function (b) {{ return b.x{i} ? {number} : {i}; }};\n"))
        .collect();
    let words = match articles.get(number / 10 % articles.len().max(1)) {
        Some(article) if number.is_multiple_of(10) => article.text.clone(),
        _ => SENTENCE.repeat(30),
    };
    let body: String = words
        .split("\n\n")
        .map(|part| format!("<p>{part}</p>\n"))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Page {number}</title><script>{script}</script></head>\
         <body><nav><ul>{menu}</ul></nav><article><h1>Page {number}</h1>{body}</article><footer>{menu}</footer></body></html>"
    )
}

/// The floor: unpacks it and goes from record to record; how many there are.
pub(crate) fn split(path: &Path) -> Result<usize> {
    let file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut stream = BufReader::with_capacity(1 << 18, MultiGzDecoder::new(file));
    let (mut records, mut line, mut body) = (0, String::new(), Vec::new());
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if stream.read_line(&mut line)? == 0 {
                return Ok(records);
            }
            if let Some(value) = line.strip_prefix("Content-Length:") {
                length = value.trim().parse()?;
            }
            if line == "\r\n" && length > 0 {
                break;
            }
        }
        body.clear();
        stream.by_ref().take(length).read_to_end(&mut body)?;
        records += 1;
    }
}

/// The pages as bytes.
pub(crate) fn pages(path: &Path) -> usize {
    read::raw(&[path.into()]).flatten().count()
}

/// The pages as articles, with their figures.
pub(crate) fn figures(path: &Path) -> Result<usize> {
    let mut found = 0;
    for raw in read::raw(&[path.into()]) {
        found += extract::figures(&raw?.article(Figures::Drop)?).len();
    }
    Ok(found)
}
