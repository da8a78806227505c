//! When a figure holds: date phrases resolved against the article, and which of them belongs to which number.

mod choose;
mod moment;
mod phrase;

use std::ops::Range;

use chrono::NaiveDate;

use self::moment::Calendar;
use super::claim::Claim;
use crate::article::Article;
use crate::data;
use crate::text::Document;

/// The three dates of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) period_start: Option<NaiveDate>,
    pub(crate) period_end: Option<NaiveDate>,
}

/// The tokens of `range` that belong to a date, a time of day or a duration ("5 May", "2014", "9:49 p.m.", "on 22/05/2021"):
/// no number inside is a quantity.
pub(crate) fn spans(document: &Document, range: Range<u32>) -> Vec<Range<u32>> {
    let range = range.start as usize..(range.end as usize).min(document.tokens.len());
    phrase::find(document, &data::get().lang, range)
        .into_iter()
        .map(|p| p.tokens.start as u32..p.tokens.end as u32)
        .collect()
}

/// The dates of each claim, in their order.
pub(crate) fn find(document: &Document, article: &Article, claims: &[Claim]) -> Vec<Dates> {
    let lang = &data::get().lang;
    let calendar = Calendar {
        published: article.published,
        year: None,
    };
    let cited = choose::cited(document, lang, calendar, claims);
    let mut chooser = choose::Chooser::new(document, article, lang);
    let mut dates: Vec<Dates> = claims
        .iter()
        .zip(cited)
        .map(|(claim, cited)| chooser.dates(claim, cited))
        .collect();
    choose::spread(claims, &mut dates);
    dates
}
