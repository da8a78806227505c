//! Where the people are: the country of each number, and the narrowest place the text gives.

use super::claim::Claim;
use crate::article::Article;
use crate::figure::Country;
use crate::text::Document;

/// Country and place of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) country: Option<Country>,
    pub(crate) text: Option<String>,
}

/// The place of each claim, in their order.
pub(crate) fn find(document: &Document, article: &Article, claims: &[Claim]) -> Vec<Place> {
    let _ = (document, article);
    claims.iter().map(|_| Place::default()).collect()
}
