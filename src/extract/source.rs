//! Who says so: which of the speakers of a paragraph a number belongs to.

use super::claim::Claim;
use crate::article::Article;
use crate::text::Document;

/// A source, tied to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Short canonical name.
    pub(crate) name: String,
    /// The words of the text.
    pub(crate) text: String,
}

/// The source of each claim, in their order.
pub(crate) fn find(
    document: &Document,
    article: &Article,
    claims: &[Claim],
) -> Vec<Option<Attribution>> {
    let _ = (document, article);
    claims.iter().map(|_| None).collect()
}
