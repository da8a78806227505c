//! Tables: rows of typed cells in; CSV, Excel and Parquet out, one file a format, and the `datapackage.json` that describes them.
//!
//! A view (`figures`, `series`, `compare`) gives a [`Table`]: its name, its columns, its rows. A [`Column`] is the one home of what a column is called,
//! how it is tagged, what it holds and what it says; no format knows a view, and no view a format.

pub mod columns;
pub mod csv;
mod figures;
pub mod package;
pub mod parquet;
pub mod xlsx;

use chrono::NaiveDate;

use crate::figure::{Country, Kind, Measure, Qualifier, Unit};

pub use figures::{FIGURES, articles, row, table};

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its header, as in the record.
    pub name: &'static str,
    /// Its HXL tag (hxlstandard.org).
    pub hxl: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// True where no cell is empty.
    pub always: bool,
    /// What it says, in a few words.
    pub says: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A few words.
    Text,
    /// A sentence or more.
    Prose,
    /// An address.
    Link,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// ISO 3166-1 alpha-3.
    Country,
    /// A whole number, 0 or more.
    Whole,
    /// A number.
    Number,
    /// From 0 to 1.
    Share,
    /// A day.
    Date,
    /// Yes or no.
    Truth,
    /// Texts.
    List,
}

impl Column {
    /// A column whose cells may be empty.
    pub const fn new(
        name: &'static str,
        hxl: &'static str,
        holds: Holds,
        says: &'static str,
    ) -> Self {
        Column {
            name,
            hxl,
            holds,
            always: false,
            says,
        }
    }

    /// The same with no cell empty.
    #[must_use]
    pub const fn always(self) -> Self {
        Column {
            always: true,
            ..self
        }
    }
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Not stated.
    Empty,
    /// Words.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Truth(bool),
    /// Texts.
    List(&'a [String]),
}

/// A table: what a view gives and a format writes.
pub struct Table<'a> {
    /// In small letters: the name of its file and of its sheet.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'a [Column],
    /// Its rows, each as long as the columns are many.
    pub rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(text)
    }
}

impl<'a> From<&'a Country> for Cell<'a> {
    fn from(country: &'a Country) -> Self {
        Cell::Text(country.code())
    }
}

impl<'a> From<&'a Vec<String>> for Cell<'a> {
    fn from(list: &'a Vec<String>) -> Self {
        Cell::List(list)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Number(number.into())
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        Cell::Date(day)
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Cell::Truth(truth)
    }
}

/// The codes of the measures.
pub const MEASURE: Holds = Holds::Word(|| Measure::all().map(Measure::code).collect());
/// The names of the hedges.
pub const QUALIFIER: Holds = Holds::Word(|| Qualifier::ALL.iter().map(|q| q.as_str()).collect());
/// Who or what is counted.
pub const UNIT: Holds = Holds::Word(|| Unit::ALL.iter().map(|u| u.as_str()).collect());
/// Total or new.
pub const KIND: Holds = Holds::Word(|| Kind::ALL.iter().map(|k| k.as_str()).collect());
