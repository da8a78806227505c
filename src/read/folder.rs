//! A folder -> the paths of its articles, sorted by their bytes.

use std::ffi::OsStr;
use std::path::PathBuf;

use walkdir::{DirEntry, WalkDir};

use super::format::{Named, by_name};
use super::{input, open};
use crate::error::{Error, Result};

/// Names of files that speak of the folder they lie in, up to the first mark: no articles.
const COMPANIONS: [&str; 4] = ["readme", "license", "licence", "copying"];
/// So many names are given of the files left out.
const NAMED: usize = 3;

/// The walk through one folder. Links are followed, a loop is walked once.
pub(super) struct Folder {
    path: PathBuf,
    entries: walkdir::IntoIter,
    found: usize,
    left_out: LeftOut,
    ended: bool,
}

/// Files that are no articles by name, to be said in one line.
#[derive(Default)]
pub(super) struct LeftOut {
    count: usize,
    names: Vec<String>,
}

impl LeftOut {
    pub(super) fn add(&mut self, name: &str) {
        self.count += 1;
        if self.names.len() < NAMED {
            self.names.push(name.to_string());
        }
    }

    /// What to say, once.
    pub(super) fn take(&mut self) -> Option<String> {
        let LeftOut { count, names } = std::mem::take(self);
        let (files, are) = match count {
            0 => return None,
            1 => ("1 file".into(), "is"),
            n => (format!("{n} files"), "are"),
        };
        let more = if count > names.len() { ", …" } else { "" };
        let names = names.join(", ");
        Some(format!(
            "left out {files} that {are} no article by name ({names}{more}); the names of articles end in .txt, .md, .html, .pdf, .docx, .jsonl or the like"
        ))
    }
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        let order = |a: &DirEntry, b: &DirEntry| sort_key(a).cmp(sort_key(b));
        let entries = WalkDir::new(&path)
            .follow_links(true)
            .sort_by(order)
            .into_iter();
        Folder {
            path,
            entries,
            found: 0,
            left_out: LeftOut::default(),
            ended: false,
        }
    }

    /// The last word: what was left out, or that there was nothing.
    fn end(&mut self) -> Option<Error> {
        let none = "no articles in this folder; put .txt, .html, .pdf, .docx or .jsonl files there";
        let what = self.left_out.take();
        let what = what.or_else(|| (self.found == 0).then(|| none.to_string()))?;
        Some(input(self.path.display(), what))
    }
}

impl Iterator for Folder {
    type Item = Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let entry = match self.entries.next() {
                None => {
                    self.ended = true;
                    return self.end().map(Err);
                }
                Some(Err(error)) if error.loop_ancestor().is_some() => continue,
                Some(Err(error)) => {
                    self.found += 1;
                    let name = error.path().unwrap_or(&self.path).display().to_string();
                    let what = error
                        .io_error()
                        .map_or_else(|| "cannot be read".into(), open::cause);
                    return Some(Err(input(name, what)));
                }
                Some(Ok(entry)) => entry,
            };
            if entry.depth() == 0 {
                continue;
            }
            let is_folder = entry.file_type().is_dir();
            if is_hidden(entry.file_name()) {
                if is_folder {
                    self.entries.skip_current_dir();
                }
            } else if !is_folder && !is_companion(entry.file_name()) {
                let usable = entry.file_type().is_file()
                    && matches!(by_name(entry.path()), Named::Known(_) | Named::Later(_));
                if usable {
                    self.found += 1;
                    return Some(Ok(entry.into_path()));
                }
                let short = entry.path().strip_prefix(&self.path);
                let short = short.unwrap_or(entry.path());
                self.left_out.add(&short.display().to_string());
            }
        }
        None
    }
}

/// The bytes of the name; a folder's as they stand in the paths of its files, with the mark after it.
fn sort_key(entry: &DirEntry) -> impl Iterator<Item = u8> + '_ {
    let mark = entry.file_type().is_dir().then_some(b'/');
    entry
        .file_name()
        .as_encoded_bytes()
        .iter()
        .copied()
        .chain(mark)
}

pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

pub(super) fn is_companion(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let stem = name.split(['.', '-', '_']).next().unwrap_or_default();
    COMPANIONS.iter().any(|c| stem.eq_ignore_ascii_case(c))
}
