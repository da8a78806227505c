//! Sentences -> figures. Pure; cannot fail; reads no clock, no disk, no network.

pub(crate) mod citation;
pub(crate) mod claim;
pub(crate) mod date;
pub(crate) mod place;
pub(crate) mod source;
pub(crate) mod speaker;

use crate::article::Article;
use crate::figure::Figure;

/// Every figure the article gives, in the order of the text.
pub fn figures(article: &Article) -> Vec<Figure> {
    let _ = article;
    Vec::new()
}
