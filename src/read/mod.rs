//! Bytes -> articles: one file a format. An unusable input is an `Err` item; the rest goes on.

use std::path::PathBuf;

use crate::article::Article;
use crate::error::Result;

/// Reads files, folders (recursive, sorted) and `-` (stdin), one article at a time.
pub fn articles(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article>> + Send + use<> {
    let _ = paths;
    std::iter::empty()
}
