//! Figures of one article -> its totals: per measure, the one number the article reports for its own event.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::figure::Measure;

/// What an article as a whole says of one measure. `None` bounds are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Lower bound.
    pub low: Option<f64>,
    /// The number as stated or summed; absent for ranges and vague words.
    pub value: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
}

/// The totals of an article, from its figures.
pub fn totals(article: &Article) -> BTreeMap<Measure, Total> {
    let _ = article;
    BTreeMap::new()
}
