//! Articles with their figures, series and pairs -> one HTML page that needs nothing else: no network, no other file.
//!
//! ```text
//!  articles ---> latest     the latest figure per country and measure          \
//!  series -----> drawings   the charts with most articles behind them           |  items, each with its Tags --page--> HTML
//!  pairs ------> disputes   what contradicts, by ratio; what was revised down   |
//!  articles ---> claims     every number, newest first, as far as there is room /
//! ```
//!
//! Every number unfolds to the sentence it stands in (`evidence`). The page reads without its script, which only filters; it is told
//! which by the tags of each item. What finds no room is counted and said. No clock is asked: the same figures give the same bytes.
//! Everything from an article is escaped by maud, only `http` and `https` addresses become links, and the page's own policy lets no
//! script run but its own.

mod claims;
mod disputes;
mod drawings;
mod evidence;
mod head;
mod latest;
mod page;
mod tags;
mod words;

use crate::article::Article;
use crate::compare::Pair;
use crate::error::Result;
use crate::series::Series;

/// What the page shows, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Instead of the names of the countries.
    pub title: Option<String>,
    /// Most rows of latest figures.
    pub latest: usize,
    /// Most charts.
    pub charts: usize,
    /// Most disagreements.
    pub disagreements: usize,
    /// Most figures in the list of all.
    pub figures: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            title: None,
            latest: 400,
            charts: 12,
            disagreements: 60,
            figures: 2000,
        }
    }
}

/// The page.
///
/// # Errors
/// A chart cannot be drawn.
pub fn html(
    articles: &[Article],
    series: &[Series],
    pairs: &[Pair],
    options: &Options,
) -> Result<String> {
    let parts = page::Parts {
        head: head::Head::of(articles, options.title.as_deref()),
        latest: latest::Section::of(articles, options.latest),
        drawings: drawings::Section::of(series, options.charts)?,
        disputes: disputes::Section::of(articles, pairs, options.disagreements),
        claims: claims::Section::of(articles, options.figures),
    };
    Ok(page::html(&parts))
}
