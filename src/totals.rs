//! Figures of one article -> its totals: per measure, the one number the article reports for its own event.
//!
//! Sums of disjoint parts ("five militants and one officer were killed" = 6), the latest of running totals; parts, shares,
//! expectations and events of other years are left out.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::figure::{Figure, Kind, Measure, Unit};

/// What an article as a whole says of one measure. `None` bounds are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Lower bound.
    pub low: Option<f64>,
    /// The number as stated or summed; absent for ranges and vague words.
    pub value: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
}

impl Total {
    fn of(figure: &Figure) -> Self {
        Total {
            low: figure.low,
            value: figure.value,
            high: figure.high,
        }
    }

    fn plus(self, other: Self) -> Self {
        let add = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
        let least = |t: Self| t.low.or(t.value).or(t.high);
        Total {
            low: add(least(self), least(other))
                .filter(|_| self.low.is_some() || other.low.is_some()),
            value: add(self.value, other.value),
            high: add(self.high, other.high),
        }
    }

    /// What it is worth when the greatest is sought.
    fn size(self) -> f64 {
        self.value.or(self.low).or(self.high).unwrap_or(0.0)
    }
}

/// The totals of an article, from its figures.
pub fn totals(article: &Article) -> BTreeMap<Measure, Total> {
    let mut by_measure: BTreeMap<Measure, Vec<&Figure>> = BTreeMap::new();
    for figure in article.figures.iter().filter(|f| counts(f)) {
        by_measure.entry(figure.measure).or_default().push(figure);
    }
    by_measure
        .into_iter()
        .filter_map(|(measure, figures)| Some((measure, total(article.published, figures)?)))
        .collect()
}

/// Neither a part, a share, nor an expectation.
fn counts(f: &Figure) -> bool {
    !f.part_of && !f.projected && !matches!(f.unit, Unit::Percent | Unit::Fraction)
}

/// The year a figure speaks of.
fn year(f: &Figure) -> Option<i32> {
    f.period_end
        .or(f.as_of)
        .or(f.period_start)
        .map(|d| d.year())
}

fn total(published: Option<NaiveDate>, mut figures: Vec<&Figure>) -> Option<Total> {
    let keep = |figures: &mut Vec<&Figure>, test: &dyn Fn(&Figure) -> bool| {
        if figures.iter().any(|f| test(f)) {
            figures.retain(|f| test(f));
        }
    };
    let usual = figures.first()?.measure.row().unit;
    if usual == Unit::Homes {
        keep(&mut figures, &|f| f.unit == Unit::Homes);
    } else {
        keep(&mut figures, &|f| !matches!(f.unit, Unit::Homes));
        keep(&mut figures, &|f| f.unit != Unit::Families);
    }
    // other years are background
    if let Some(published) = published {
        keep(&mut figures, &|f| {
            year(f).is_none_or(|y| y >= published.year() - i32::from(published.month() < 3))
        });
    }
    keep(&mut figures, &|f| f.value != Some(0.0));
    let running: Vec<&&Figure> = figures.iter().filter(|f| f.kind == Kind::Total).collect();
    let greatest = |totals: Vec<Total>| {
        totals
            .into_iter()
            .reduce(|a, b| if b.size() > a.size() { b } else { a })
    };
    let sums = sentence_sums(&figures, Kind::New);
    if running.is_empty() {
        return greatest(sums);
    }
    let latest = running.iter().filter_map(|f| f.as_of).max();
    let running: Vec<&Figure> = running
        .into_iter()
        .copied()
        .filter(|f| f.as_of == latest || f.as_of.is_none())
        .collect();
    greatest(sentence_sums(&running, Kind::Total))
}

/// By sentence: the sum of its disjoint figures of a kind. A running total is one figure, the greatest.
fn sentence_sums(figures: &[&Figure], kind: Kind) -> Vec<Total> {
    let mut sums: Vec<(&str, Total)> = Vec::new();
    let mut seen: Vec<(u32, u32)> = Vec::new();
    for f in figures.iter().filter(|f| f.kind == kind) {
        if seen.iter().any(|s| s.0 < f.end && f.start < s.1) {
            continue;
        }
        seen.push((f.start, f.end));
        let total = Total::of(f);
        match sums
            .last_mut()
            .filter(|(sentence, _)| *sentence == f.sentence)
        {
            Some((_, sum)) if kind == Kind::New => *sum = sum.plus(total),
            Some((_, sum)) => {
                *sum = if total.size() > sum.size() {
                    total
                } else {
                    *sum
                }
            }
            None => sums.push((&f.sentence, total)),
        }
    }
    sums.into_iter().map(|(_, total)| total).collect()
}
