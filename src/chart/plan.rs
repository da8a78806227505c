//! Series -> the lines of one chart: what shares a line, what is left out and counted, and which colour and marker each source has.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::mark::{PALETTE, SHAPES, Style, UNNAMED};
use super::text;
use super::words::Words;
use crate::figure::{Country, Kind, Unit};
use crate::series::{DISAGREES, FORMER, PART, PROJECTED, Point, STARTED, Series};

/// Larger numbers count no people.
const MOST: f64 = 1e12;

/// One chart's lines, and what it leaves out.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Most important first.
    pub(super) lines: Vec<Line>,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// Least number above 0.
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) figures: usize,
    pub(super) articles: usize,
    pub(super) sources: usize,
    pub(super) shares: usize,
    pub(super) parts: usize,
    pub(super) other_units: usize,
    pub(super) zeros: usize,
    pub(super) numberless: usize,
}

/// What is drawn in one colour with one marker.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) style: Style,
    pub(super) kind: Kind,
    pub(super) projected: bool,
    /// By date.
    pub(super) dots: Vec<Dot>,
}

/// One point, as drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dot {
    pub(super) day: NaiveDate,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) flagged: bool,
    /// The line does not go through it.
    pub(super) aside: bool,
}

impl Dot {
    /// Where its marker is: the number stated, else the bound that is known; none for a range.
    pub(super) fn mark(&self) -> Option<f64> {
        self.value.or(match (self.low, self.high) {
            (Some(_), Some(_)) => None,
            (low, high) => low.or(high),
        })
    }
    /// Low and high, where they are apart.
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        let (low, high) = (self.low?, self.high?);
        (low < high).then_some((low, high))
    }
    /// +1: more than that; -1: less.
    pub(super) fn open(&self) -> Option<f64> {
        match (self.low, self.high) {
            (Some(_), None) => Some(1.0),
            (None, Some(_)) => Some(-1.0),
            _ => None,
        }
    }
    fn numbers(&self) -> impl Iterator<Item = f64> {
        [self.value, self.low, self.high].into_iter().flatten()
    }
}

/// Of one source: what shares a line. Totals of two places or units never do; new figures are joined by nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    projected: bool,
    kind: Kind,
    started: Option<NaiveDate>,
    unit: Option<Unit>,
    place: Option<String>,
}

impl Plan {
    /// The lines of series that all have one measure. Sums are not drawn: nobody stated them, and what they add up is drawn.
    pub(super) fn new(series: &[Series], log: bool, words: &Words) -> Plan {
        let mut plan = Plan::default();
        let mut sources: BTreeMap<Option<String>, BTreeMap<Group, Vec<Dot>>> = BTreeMap::new();
        let (mut figures, mut articles) = (BTreeSet::new(), BTreeSet::new());
        for one in series.iter().filter(|s| !s.is_sum()) {
            for point in &one.points {
                let Some(dot) = plan.dot(one, point, log) else {
                    continue;
                };
                plan.figures += usize::from(point.figure_ids.is_empty());
                figures.extend(point.figure_ids.iter().map(String::as_str));
                articles.extend(point.articles.iter().map(String::as_str));
                sources
                    .entry(one.key.source.as_deref().map(text::clean))
                    .or_default()
                    .entry(group(one, point))
                    .or_default()
                    .push(dot);
            }
        }
        plan.figures += figures.len();
        plan.articles = articles.len();
        plan.sources = sources.keys().flatten().count();
        plan.measure(sources.values().flat_map(|g| g.values().flatten()));
        plan.lines = lines(sources, words);
        plan
    }

    /// True where nothing can be drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The point as drawn, or one more left out.
    fn dot(&mut self, series: &Series, point: &Point, log: bool) -> Option<Dot> {
        let usual = series.key.measure.row().unit;
        if matches!(series.key.unit, Unit::Percent | Unit::Fraction) {
            self.shares += 1;
            return None;
        }
        if !counts_alike(series.key.unit, usual) {
            self.other_units += 1;
            return None;
        }
        if point.has(PART) {
            self.parts += 1;
            return None;
        }
        let usable = |v: &f64| (0.0..=MOST).contains(v);
        let dot = Dot {
            day: point.date,
            value: point.value.filter(usable),
            low: point.low.filter(usable),
            high: point.high.filter(usable),
            flagged: point.is_doubtful(),
            aside: point.has(DISAGREES) || point.has(FORMER),
        };
        if dot.numbers().next().is_none() {
            self.numberless += 1;
            return None;
        }
        if log && dot.numbers().any(|v| v == 0.0) {
            self.zeros += 1;
            return None;
        }
        Some(dot)
    }

    /// How far the dots reach.
    fn measure<'a>(&mut self, dots: impl Iterator<Item = &'a Dot>) {
        let (mut first, mut last) = (NaiveDate::MAX, NaiveDate::MIN);
        self.least = f64::INFINITY;
        for dot in dots {
            first = first.min(dot.day);
            last = last.max(dot.day);
            for v in dot.numbers() {
                self.most = self.most.max(v);
                self.least = if v > 0.0 {
                    self.least.min(v)
                } else {
                    self.least
                };
            }
        }
        (self.first, self.last) = (first, last);
    }
}

/// Children can stand on an axis of people, families cannot.
fn counts_alike(unit: Unit, usual: Unit) -> bool {
    let persons = |u| {
        matches!(
            u,
            Unit::People | Unit::Children | Unit::Women | Unit::Men | Unit::Soldiers
        )
    };
    unit == usual || (persons(unit) && persons(usual))
}

fn group(series: &Series, point: &Point) -> Group {
    let key = &series.key;
    let joined = key.kind == Kind::Total;
    let country = key.country.as_ref().map(Country::name);
    Group {
        projected: point.has(PROJECTED),
        kind: key.kind,
        started: point
            .flags
            .iter()
            .find_map(|f| f.strip_prefix(STARTED)?.parse().ok())
            .filter(|_| joined),
        unit: (joined && key.unit != key.measure.row().unit).then_some(key.unit),
        place: key
            .place
            .as_deref()
            .map(text::clean)
            .filter(|p| joined && !p.is_empty() && Some(p.as_str()) != country),
    }
}

/// Sources with most points first, each with its colour; of one source the totals first.
fn lines(sources: BTreeMap<Option<String>, BTreeMap<Group, Vec<Dot>>>, words: &Words) -> Vec<Line> {
    let mut ranked: Vec<_> = sources.into_iter().collect();
    // A stable sort: equal ones stay in the order of their names.
    ranked.sort_by_key(|(name, groups)| {
        let points: usize = groups.values().map(Vec::len).sum();
        (name.is_none(), std::cmp::Reverse(points))
    });
    let mut lines = Vec::new();
    for (rank, (name, groups)) in ranked.into_iter().enumerate() {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups
            .sort_by_key(|(g, dots)| (g.projected, g.kind, g.unit, std::cmp::Reverse(dots.len())));
        let mut totals = 0;
        for (group, mut dots) in groups {
            dots.sort_by_key(|d| d.day);
            let sub = if group.kind == Kind::Total && !group.projected {
                totals += 1;
                totals - 1
            } else {
                0
            };
            lines.push(Line {
                name: line_name(name.as_deref(), &group, words),
                style: Style {
                    ink: if name.is_some() {
                        PALETTE[rank % PALETTE.len()]
                    } else {
                        UNNAMED
                    },
                    shape: SHAPES[(rank + rank / PALETTE.len() + sub) % SHAPES.len()],
                    dash: match (group.projected, (rank / PALETTE.len() + sub) % 3) {
                        (true, _) => Some((2.0, 4.0)),
                        (_, 0) => None,
                        (_, 1) => Some((9.0, 4.0)),
                        _ => Some((4.0, 3.0)),
                    },
                    hollow: group.projected,
                },
                kind: group.kind,
                projected: group.projected,
                dots,
            });
        }
    }
    lines
}

/// "OHCHR", "OCHA · Juba", "Health Ministry · children, new".
fn line_name(source: Option<&str>, group: &Group, words: &Words) -> String {
    let mut name = source
        .filter(|s| !s.is_empty())
        .unwrap_or(&words.unnamed)
        .to_string();
    for detail in group
        .place
        .as_deref()
        .into_iter()
        .chain(group.unit.map(Unit::as_str))
    {
        name.push_str(" · ");
        name.push_str(detail);
    }
    if let Some(day) = group.started {
        name.push_str(" · ");
        name.push_str(&words.since.replace("{day}", &words.day(day)));
    }
    if group.kind == Kind::New {
        name.push_str(", ");
        name.push_str(&words.new);
    }
    if group.projected {
        name.push_str(", ");
        name.push_str(&words.projected);
    }
    name
}
