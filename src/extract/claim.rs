//! A quantity with its measure: what a number counts.

use std::ops::Range;

use crate::figure::{Kind, Measure, Qualifier, Unit};
use crate::text::Span;

/// A number that counts something, before it is tied to a source, a date and a place.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The number as printed, with its multiplier, without its hedge.
    pub(crate) span: Span,
    /// The same in tokens of the document.
    pub(crate) tokens: Range<u32>,
    /// Index into `document.paragraphs`.
    pub(crate) paragraph: u32,
    /// Index into `document.sentences`.
    pub(crate) sentence: u32,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) qualifier: Qualifier,
    pub(crate) measure: Measure,
    pub(crate) unit: Unit,
    pub(crate) kind: Kind,
    pub(crate) part_of: bool,
    pub(crate) projected: bool,
    pub(crate) implicit: bool,
    pub(crate) confidence: f64,
}
