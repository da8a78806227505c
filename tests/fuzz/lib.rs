//! What every target does: bytes with a name go through reading and extraction, and what comes out keeps its promises.

use headcount::read::{self, Options};
use headcount::{Article, extract, totals};

/// Articles of one input that are looked at.
const ARTICLES: usize = 64;

/// Reads the bytes as a file of this name and extracts what is in it.
///
/// # Panics
/// A promise is broken.
pub fn read(name: &str, bytes: &[u8]) {
    for raw in read::bytes(name, bytes.to_vec(), Options::default()).take(ARTICLES) {
        if let Ok(article) = raw.and_then(|raw| raw.article(read::Figures::Drop)) {
            figures(article);
        }
    }
}

/// Every figure stands in the text, literally, and its bounds are in order.
///
/// # Panics
/// One does not.
pub fn figures(mut article: Article) {
    article.figures = extract::figures(&article);
    for figure in &article.figures {
        let (start, end) = (figure.start as usize, figure.end as usize);
        let words: String = article.text.chars().skip(start).take(end - start).collect();
        assert_eq!(words, figure.number_text);
        assert!(figure.sentence.contains(&figure.number_text), "{figure:?}");
        if let (Some(low), Some(high)) = (figure.low, figure.high) {
            assert!(low <= high, "{figure:?}");
        }
        assert!(figure.period_start <= figure.period_end || figure.period_end.is_none());
    }
    totals::totals(&article);
}
