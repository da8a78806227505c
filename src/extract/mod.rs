//! Sentences -> figures. Pure; cannot fail; reads no clock, no disk, no network.

pub(crate) mod citation;
pub(crate) mod claim;
pub(crate) mod date;
pub(crate) mod evidence;
mod explain;
mod follow;
pub(crate) mod label;
mod language;
pub(crate) mod mention;
pub(crate) mod number;
mod pattern;
mod phrase;
pub(crate) mod place;
pub(crate) mod quantity;
pub(crate) mod source;
pub(crate) mod speaker;
mod utterance;
mod victim;

pub use explain::{explain, explain_each};
pub use language::{foreign, languages};

use crate::article::Article;
use crate::data::{self, weights::Weights};
use crate::figure::Figure;
use crate::text::{CodePoints, Document};
use crate::totals;

/// Every figure the article gives, in the order of the text.
pub fn figures(article: &Article) -> Vec<Figure> {
    figures_with(article, &data::get().weights)
}

/// Fills in the article's figures and totals.
pub fn fill(article: &mut Article) {
    fill_with(article, &data::get().weights);
}

/// The same by other weights.
fn fill_with(article: &mut Article, weights: &Weights) {
    let lang = &data::get().lang;
    let document = Document::new(&article.text, lang);
    let figures = of_document(&document, article, weights);
    let told = victim::find(&document, lang, &figures);
    article.figures = figures;
    article.totals = totals::totals_with(article, &told);
}

/// The same by other weights.
pub(crate) fn figures_with(article: &Article, weights: &Weights) -> Vec<Figure> {
    let document = Document::new(&article.text, &data::get().lang);
    of_document(&document, article, weights)
}

fn of_document(document: &Document, article: &Article, weights: &Weights) -> Vec<Figure> {
    let claims = claim::find(document, &data::get().lang, weights);
    if claims.is_empty() {
        return Vec::new();
    }
    let lang = &data::get().lang;
    let sources = source::find(document, &claims);
    let title = article.title.as_deref();
    let headline = title.map(|title| Document::new(title, lang));
    let dates = date::find(document, headline.as_ref(), article.published, &claims);
    let places = place::find(document, headline.as_ref(), &claims);
    let mut points = CodePoints::new(&article.text);
    let parts = claims.into_iter().zip(sources).zip(dates).zip(places);
    parts
        .map(|(((claim, source), dates), place)| {
            let (start, end) = (points.at(claim.span.start), points.at(claim.span.end));
            let number_text = article.text[claim.span.range()].to_string();
            let (source, source_text) =
                source.map_or((None, None), |s| (Some(s.name), Some(s.text)));
            let sentence = document.sentence_span(&document.sentences[claim.sentence as usize]);
            Figure {
                id: figure_id(&article.id, claim.measure.code(), &number_text, start),
                start,
                end,
                number_text,
                measure: claim.measure,
                value: claim.value,
                low: claim.low,
                high: claim.high,
                qualifier: claim.qualifier,
                unit: claim.unit,
                kind: claim.kind,
                source,
                source_text,
                as_of: dates.as_of,
                period_start: dates.period_start,
                period_end: dates.period_end,
                country: place.country,
                place_text: place.text,
                part_of: claim.part_of,
                projected: claim.projected,
                implicit: claim.implicit,
                sentence: article.text[sentence.range()].to_string(),
                confidence: (claim.confidence * 1000.0).round() / 1000.0,
            }
        })
        .collect()
}

/// Stable: made of the article's id, the measure, the number's text and its position; 16 hexadecimal digits.
fn figure_id(article: &str, measure: &str, number: &str, start: u32) -> String {
    let key = [article, measure, number, &start.to_string()].join("\u{1f}");
    let hash = xxhash_rust::xxh3::xxh3_64(key.as_bytes()).to_be_bytes();
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .map(|n| char::from(b"0123456789abcdef"[usize::from(n)]))
        .collect()
}

/// Extraction by other weights than those compiled in.
pub struct Extractor {
    weights: Weights,
}

impl Extractor {
    /// From the text of a table of weights; `name` stands in errors.
    ///
    /// # Errors
    /// A line that is no weight.
    pub fn with_weights(name: &str, text: &str) -> crate::Result<Self> {
        let labels = data::labels(&data::get().measures);
        Ok(Extractor {
            weights: Weights::parse(name, text, &labels)?,
        })
    }

    /// Every figure the article gives, in the order of the text.
    pub fn figures(&self, article: &Article) -> Vec<Figure> {
        figures_with(article, &self.weights)
    }

    /// Fills in the article's figures and totals.
    pub fn fill(&self, article: &mut Article) {
        fill_with(article, &self.weights);
    }

    /// Why each number of the article was read as it was.
    pub fn explain(&self, article: &Article) -> String {
        explain::explain_with(article, &self.weights)
    }
}
