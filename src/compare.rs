//! Articles against each other.

use crate::article::Article;

/// Two claims about the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {}

/// Every pair.
pub fn compare(articles: &[Article]) -> Vec<Pair> {
    let _ = articles;
    Vec::new()
}

/// Writes `compare.csv`.
///
/// # Errors
/// The file cannot be written.
pub fn write_csv(out: impl std::io::Write, pairs: &[Pair], hxl: bool) -> csv::Result<()> {
    let _ = pairs;
    crate::sheet::Sheet::new(out, &[("measure", "#indicator+code")], hxl)?.finish()
}
