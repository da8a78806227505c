//! Bytes -> articles.
use crate::article::Article;
use crate::error::Result;
use std::path::PathBuf;
/// Reads.
pub fn articles(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article>> + Send + use<> {
    let mut out = Vec::new();
    for p in paths {
        for l in std::fs::read_to_string(p).unwrap().lines() {
            out.push(Ok(serde_json::from_str(l).unwrap()));
        }
    }
    out.into_iter()
}
