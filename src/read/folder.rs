//! A folder -> the paths of its articles, sorted by their bytes.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

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
    left_out: usize,
    names: Vec<String>,
    ended: bool,
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
            left_out: 0,
            names: Vec::new(),
            ended: false,
        }
    }

    /// The last word: what was left out, or that there was nothing.
    fn end(&self) -> Option<Error> {
        let name = self.path.display();
        if self.left_out > 0 {
            let more = if self.left_out > self.names.len() {
                ", …"
            } else {
                ""
            };
            let what = format!(
                "left out {} that {} no article by name ({}{more}); the names of articles end in .txt, .md or .jsonl",
                if self.left_out == 1 {
                    "1 file".into()
                } else {
                    format!("{} files", self.left_out)
                },
                if self.left_out == 1 { "is" } else { "are" },
                self.names.join(", "),
            );
            return Some(input(name, what));
        }
        (self.found == 0).then(|| {
            input(
                name,
                "no articles in this folder; put .txt, .md or .jsonl files there",
            )
        })
    }

    fn leave_out(&mut self, path: &Path) {
        self.left_out += 1;
        if self.names.len() < NAMED {
            let short = path.strip_prefix(&self.path).unwrap_or(path);
            self.names.push(short.display().to_string());
        }
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
                self.leave_out(entry.path());
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

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_companion(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let stem = name.split(['.', '-', '_']).next().unwrap_or_default();
    COMPANIONS.iter().any(|c| stem.eq_ignore_ascii_case(c))
}
