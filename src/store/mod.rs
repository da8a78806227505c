//! The store: SQLite, one file.

use std::path::Path;

use crate::article::Article;
use crate::error::Result;
use crate::filter::Filter;

/// An open store.
pub struct Store {}

impl Store {
    /// Opens or makes the store.
    ///
    /// # Errors
    /// The file cannot be opened, or is no store of this version.
    pub fn open(path: &Path) -> Result<Store> {
        let _ = path;
        Ok(Store {})
    }
    /// The figures that pass, under their articles (without texts), sorted by article id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn figures(&self, filter: &Filter) -> Result<Vec<Article>> {
        let _ = filter;
        Ok(Vec::new())
    }
}
