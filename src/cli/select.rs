//! Which figures a view is about: from the store or from files, and the filters that all views share.

use std::path::PathBuf;

use chrono::NaiveDate;
use headcount::{Article, Country, Filter, Kind, Measure, store::Store};

/// The filters and the place the figures come from.
#[derive(clap::Args)]
pub(super) struct Select {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "headcount.db")]
    pub(super) store: PathBuf,
    /// Figures from JSON lines instead of the store (`-` = stdin)
    #[arg(long, value_name = "FILE")]
    pub(super) from: Vec<PathBuf>,
    /// Only this measure, as fatalities (repeatable)
    #[arg(long, value_name = "CODE")]
    measure: Vec<Measure>,
    /// Only this country, ISO 3166-1 alpha-3, as UKR (repeatable)
    #[arg(long, value_name = "ISO3")]
    country: Vec<Country>,
    /// Only this source, as UNHCR (repeatable)
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only figures that hold on or after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<NaiveDate>,
    /// Only figures that hold on or before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<NaiveDate>,
    /// Only totals, or only new figures
    #[arg(long, value_name = "total|new")]
    kind: Option<Kind>,
    /// Only this article, by id or address (repeatable)
    #[arg(long, value_name = "ID")]
    article: Vec<String>,
}

impl Select {
    /// The filter as meant.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            measures: self.measure.clone(),
            countries: self.country.clone(),
            sources: self.source.clone(),
            since: self.since,
            until: self.until,
            kind: self.kind,
            articles: self.article.clone(),
        }
    }

    /// The articles with the figures that pass.
    pub(super) fn articles(&self) -> anyhow::Result<Vec<Article>> {
        let filter = self.filter();
        if self.from.is_empty() {
            return Ok(Store::open(&self.store)?.figures(&filter)?);
        }
        Ok(filter.apply(super::score::gold(&self.from)?.0))
    }
}
