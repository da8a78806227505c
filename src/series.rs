//! Figures of many articles -> series: one measure, one place, one source, dated points.

use chrono::NaiveDate;

use crate::article::Article;
use crate::figure::{Country, Kind, Measure, Qualifier, Unit};

/// What a series is about; `None` = not stated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What is counted.
    pub measure: Measure,
    /// Country.
    pub country: Option<Country>,
    /// Narrower place, as printed.
    pub place: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// Stock and flow never share a line.
    pub kind: Kind,
    /// Who or what is counted.
    pub unit: Unit,
}

/// A dated line of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is about.
    pub key: Key,
    /// By date.
    pub points: Vec<Point>,
}

/// One date: what was claimed, and every article behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The day it holds.
    pub date: NaiveDate,
    /// The number as stated.
    pub value: Option<f64>,
    /// Lower bound; `None` = open.
    pub low: Option<f64>,
    /// Upper bound; `None` = open.
    pub high: Option<f64>,
    /// The hedge.
    pub qualifier: Qualifier,
    /// Which rule made the point: `as_stated`, or the rule that joined several figures.
    pub rule: String,
    /// Ids of the articles behind it.
    pub articles: Vec<String>,
    /// Their publishers.
    pub publishers: Vec<String>,
    /// Their addresses.
    pub urls: Vec<String>,
    /// The figures behind it.
    pub figure_ids: Vec<String>,
    /// What is odd about it, in words: `fell`, `jumped`, ….
    pub flags: Vec<String>,
}

/// The series of these articles, sorted by key.
pub fn series(articles: &[Article]) -> Vec<Series> {
    let _ = articles;
    Vec::new()
}

/// Writes `series.csv`.
///
/// # Errors
/// The file cannot be written.
pub fn write_csv(out: impl std::io::Write, series: &[Series], hxl: bool) -> csv::Result<()> {
    let _ = series;
    crate::sheet::Sheet::new(out, &[("date", "#date")], hxl)?.finish()
}
