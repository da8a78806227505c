//! Figures of many articles -> series: one measure, one place, one source, dated points.
//!
//! **A line** is one [`Key`]: measure, unit, kind, country, place, source. Kept on lines of their own under the same key: parts of another
//! figure (flag `part`), expectations (`projected`), counts that began on another day than the main one (`started=DATE`), and sums (see below).
//!
//! A running total told now for a country and now for a stretch of it is one line (see `area.rs`).
//!
//! **A point** is one date. Every article that gives the number is behind it, once; `copies=N` says that N of them only repeat another's sentence.
//!
//! **Several numbers for one date** by one source:
//! 1. the same number under two hedges is one point, with the hedge that most articles give (`hedges_differ`);
//! 2. a rounder form joins the exact one (5,086 and "more than 5,000": 5,086, `rounded`);
//! 3. of what is left of a total, the number published last stands (then the one most articles give, then the greater): `disputed`; each other
//!    one is kept as a point of the same date: `disagrees`. Parts, and new figures of one day, may well be different
//!    incidents: all stand, `several`.
//!
//! **Sums.** A total is never summed. New figures of one named source and place are, where each states its period and no two periods overlap: an extra line whose rule is
//! `sum_of_disjoint_periods`. What no one signs is not one count, so it is not added up. All other points have the rule `as_stated`, and their numbers stand in a text, literally.
//!
//! **What is odd** about a counted total is flagged, never mended: `fell`, `restarted`, `jumped`, `digit_swap?` (see `odd.rs`). What the sentences say of
//! their numbers is flagged too: `former`, `revised`, `backlog`, `scope=…`, `relays=…` (see `said.rs`). As reported and as checked are both kept:
//! the number stands as it is, [`Point::checked`] has it only where no flag casts doubt on it, and `why` says each flag in words.
//!
//! Figures without any date make no point ([`undated`] counts them). The order of the articles does not matter.

mod area;
mod file;
mod odd;
mod periods;
mod point;
pub(crate) mod said;
pub(crate) mod statement;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::article::Article;
use crate::figure::{Country, Kind, Measure, Qualifier, Unit};
use crate::filter;

pub use crate::hedge::grouped;
pub use file::{COLUMNS, read_csv, table, write_jsonl};
pub use words::flag_in_words;

/// The rule of a point that stands in a text as it is.
pub const AS_STATED: &str = "as_stated";
/// The rule of a point that adds up disjoint periods.
pub const SUM: &str = "sum_of_disjoint_periods";
/// The flag of a part of another figure.
pub const PART: &str = "part";
/// The flag of what was expected, not counted.
pub const PROJECTED: &str = "projected";
/// The flag of a total's number that did not stand among several of one day.
pub const DISAGREES: &str = "disagrees";
/// The flag of a number that its sentence says has changed into another.
pub const FORMER: &str = "former";
/// The flag of a number that its sentence says was put right.
pub const REVISED: &str = "revised";
/// The flag of a total that counts from another day than the main one begins with this; the day follows.
pub const STARTED: &str = "started=";
/// The flags that cast doubt on a point; the others only describe it.
pub const DOUBTS: &[&str] = &[
    "fell",
    "restarted",
    "jumped",
    "digit_swap?",
    "disputed",
    DISAGREES,
];

/// What a series is about; `None` = not stated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

impl Series {
    /// True for parts of another figure: not the whole of anything.
    pub fn is_part(&self) -> bool {
        self.points.iter().any(|p| p.has(PART))
    }

    /// True for what was expected, not counted.
    pub fn is_projected(&self) -> bool {
        self.points.iter().any(|p| p.has(PROJECTED))
    }

    /// True for sums: their numbers stand in no text.
    pub fn is_sum(&self) -> bool {
        self.points.iter().any(|p| p.rule == SUM)
    }
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
    /// Ids of the articles behind it, sorted.
    pub articles: Vec<String>,
    /// Their publishers, each once.
    pub publishers: Vec<String>,
    /// Their addresses, each once.
    pub urls: Vec<String>,
    /// The figures behind it, sorted.
    pub figure_ids: Vec<String>,
    /// What is to be known about it: `fell`, `jumped`, `copies=2`, ….
    pub flags: Vec<String>,
    /// The same in words.
    pub why: String,
}

impl Point {
    /// True when it carries this flag.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    /// True when a flag casts doubt on it.
    pub fn is_doubtful(&self) -> bool {
        DOUBTS.iter().any(|flag| self.has(flag))
    }

    /// The number as checked: as reported, where nothing casts doubt on it and it still holds.
    pub fn checked(&self) -> Option<f64> {
        self.value
            .filter(|_| !self.is_doubtful() && !self.has(FORMER))
    }
}

/// Which of the lines under one key a point belongs to, as its rule and flags say.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    sum: bool,
    part: bool,
    projected: bool,
    /// The first day of a count that is not the main one.
    started: Option<NaiveDate>,
}

impl Line {
    fn of(point: &Point) -> Self {
        Line {
            sum: point.rule == SUM,
            part: point.has(PART),
            projected: point.has(PROJECTED),
            started: point
                .flags
                .iter()
                .find_map(|f| f.strip_prefix(STARTED)?.parse().ok()),
        }
    }
}

/// The series of these articles, sorted by key.
pub fn series(articles: &[Article]) -> Vec<Series> {
    let mut lines: BTreeMap<(Key, Line), Vec<point::Dated<'_>>> = BTreeMap::new();
    for statement in statement::statements(articles) {
        let Some(date) = statement.about.date else {
            continue;
        };
        let line = Line {
            part: statement.about.part,
            projected: statement.about.projected,
            ..Line::default()
        };
        lines
            .entry((statement.about.key.clone(), line))
            .or_default()
            .push(point::Dated { date, statement });
    }
    area::join(&mut lines);
    let mut all: Vec<((Key, Line), Series)> = Vec::new();
    for ((key, line), dated) in lines {
        for (started, dated) in periods::counts(key.kind, dated) {
            let line = Line {
                started,
                ..line.clone()
            };
            let chosen = point::points(&key, &line, dated);
            if may_add_up(&key) && line == Line::default() {
                let points = periods::sums(&chosen);
                if !points.is_empty() {
                    let sum = Line {
                        sum: true,
                        ..Line::default()
                    };
                    let key = key.clone();
                    all.push(((key.clone(), sum), Series { key, points }));
                }
            }
            let mut points: Vec<Point> = chosen.into_iter().map(|c| c.point).collect();
            if key.kind == Kind::Total && !line.part && !line.projected && !is_share(key.unit) {
                odd::flag(&mut points, key.measure.row().stock);
            }
            let key = key.clone();
            all.push(((key.clone(), line), Series { key, points }));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let mut all: Vec<Series> = all.into_iter().map(|(_, series)| series).collect();
    for point in all.iter_mut().flat_map(|series| &mut series.points) {
        point.why = words::why(&point.flags);
    }
    all
}

/// How many figures have no date at all, not even their article's, and so stand on no line.
pub fn undated(articles: &[Article]) -> usize {
    articles
        .iter()
        .flat_map(|a| a.figures.iter().map(move |f| filter::date(a, f)))
        .filter(Option::is_none)
        .count()
}

/// New figures of one named source: those of unnamed ones are many people's counts, not one.
fn may_add_up(key: &Key) -> bool {
    key.kind == Kind::New && key.source.is_some() && !is_share(key.unit)
}

fn is_share(unit: Unit) -> bool {
    matches!(unit, Unit::Percent | Unit::Fraction)
}
