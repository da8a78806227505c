//! headcount finds the numbers in articles about conflict, disaster and displacement, and ties each to its source, date and place.
//!
//! ```text
//!  files, folders, stdin                      data/  (compiled in)
//!         |                                    |
//!         |  read::articles   may fail, per input: say so, go on
//!         v                                    v
//!      Article   id url publisher title published lang text
//!         |
//!         |  extract::figures  pure; cannot fail; reads no clock, no disk, no network
//!         v
//!      Article   the same, with its figures and totals
//!         |
//!         |  store::Store      SQLite, one file
//!         v
//!      Series    one measure, one place, one source: dated points with the articles behind each
//!         |
//!         +--> series.csv      +--> charts/*.png, *.svg      +--> compare.csv      +--> report.html
//! ```

pub mod article;
pub mod chart;
pub mod compare;
pub mod copies;
pub mod crisis;
pub mod data;
pub mod error;
pub mod extract;
pub mod figure;
pub mod filter;
mod hedge;
pub mod latest;
pub mod read;
pub mod report;
pub mod score;
pub mod series;
pub mod sheet;
pub mod store;
mod text;
pub mod totals;
pub mod train;
pub mod verify;

pub use article::Article;
pub use crisis::Crisis;
pub use error::{Error, Result};
pub use figure::{Country, Figure, Kind, Measure, Qualifier, Unit};
pub use filter::Filter;
pub use series::Series;
pub use totals::Total;
