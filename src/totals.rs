//! Figures of one article -> its totals: per measure, the one number the article reports for its own event.
//!
//! Sums of disjoint parts ("five militants and one officer were killed" = 6), the latest of running totals; parts, shares,
//! expectations, events of other years and what the text leaves out of its own count are left out. What is told of a kind
//! of people stands for the wider measure where that has no figure of its own; so do those attacked, their fate untold.

mod sum;

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

    /// So many, exactly.
    fn exactly(n: f64) -> Self {
        Total {
            low: Some(n),
            value: Some(n),
            high: Some(n),
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

/// Per measure, how many people are told of whose fate no figure tells: "the mayor was shot dead".
pub(crate) type Told = BTreeMap<Measure, f64>;

/// The totals of an article, from its figures.
pub fn totals(article: &Article) -> BTreeMap<Measure, Total> {
    totals_with(article, &Told::new())
}

/// The same, and where a measure has no figure, those who are told of.
pub(crate) fn totals_with(article: &Article, told: &Told) -> BTreeMap<Measure, Total> {
    let mut by_measure: BTreeMap<Measure, Vec<&Figure>> = BTreeMap::new();
    for figure in &article.figures {
        by_measure.entry(figure.measure).or_default().push(figure);
    }
    let total = |figures: &Vec<&Figure>| total(article.published, figures);
    let mut totals: BTreeMap<Measure, Total> = by_measure
        .iter()
        .filter_map(|(measure, figures)| Some((*measure, total(figures)?)))
        .collect();
    for (measure, n) in told {
        // "no one else was killed" leaves him who was
        let total = totals.entry(*measure).or_insert(Total::exactly(*n));
        if total.value == Some(0.0) {
            *total = Total::exactly(*n);
        }
    }
    for narrow in Measure::all() {
        let row = narrow.row();
        let Some(wide) = row.wider.as_deref().and_then(|code| code.parse().ok()) else {
            continue;
        };
        if row.loose
            && !totals.contains_key(&wide)
            && let Some(total) = totals.get(&narrow)
        {
            totals.insert(wide, *total);
        }
        if row.presumed
            && !totals.contains_key(&narrow)
            && let Some(rest) = presumed(&by_measure, told, wide, &totals)
        {
            totals.insert(narrow, rest);
        }
    }
    totals
}

/// "Six students were shot, two died": the four who did not die.
fn presumed(
    figures: &BTreeMap<Measure, Vec<&Figure>>,
    told: &Told,
    wide: Measure,
    totals: &BTreeMap<Measure, Total>,
) -> Option<Total> {
    let attacked = figures.get(&wide).is_none_or(|figures| {
        let mut counted = figures.iter().filter(|f| counts(f)).peekable();
        counted.peek().is_none() || counted.all(|f| sum::tells_of_an_attack(&f.sentence))
    });
    let all = totals.get(&wide).filter(|_| attacked)?.value?;
    let known = figures.contains_key(&wide) || told.contains_key(&wide);
    let others = totals.iter().filter(|(measure, _)| {
        let wider = measure.row().wider.as_deref();
        wider == Some(wide.code())
    });
    let rest = others.fold(all, |rest, (_, total)| rest - total.size());
    (known && rest > 0.0).then(|| Total::exactly(rest))
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

fn total(published: Option<NaiveDate>, all: &[&Figure]) -> Option<Total> {
    let mut figures: Vec<&Figure> = all.iter().copied().filter(|f| counts(f)).collect();
    let keep = |figures: &mut Vec<&Figure>, test: &dyn Fn(&Figure) -> bool| {
        let kept: Vec<&Figure> = figures.iter().copied().filter(|f| test(f)).collect();
        if !kept.is_empty() {
            *figures = kept;
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
    if let [only] = figures[..] {
        return Some(Total::of(only)); // most often; no words to look at
    }
    keep(&mut figures, &|f| !sum::is_left_out(f));
    let latest = figures
        .iter()
        .filter(|f| f.kind == Kind::Total)
        .filter_map(|f| f.as_of)
        .max();
    keep(&mut figures, &|f| {
        f.kind == Kind::New || f.as_of == latest || f.as_of.is_none()
    });
    // a whole is no smaller than what is told first: "overall, two died on the island"
    let first = Total::of(figures.first()?).size();
    keep(&mut figures, &|f| {
        Total::of(f).size() >= first && sum::tells_the_whole(&f.sentence)
    });
    let sums = sum::by_sentence(all, &figures);
    sums.into_iter()
        .reduce(|a, b| if b.size() > a.size() { b } else { a })
}
