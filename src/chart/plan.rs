//! Series -> the lines of one chart: what shares a line, which panel it is in, what is left out and counted, and which colour and marker
//! each source has.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::mark::{SHAPES, Style};
use super::words::Words;
use super::{Options, Panels, text, theme};
use crate::figure::{Country, Kind, Unit};
use crate::series::{DISAGREES, FORMER, Key, PART, PROJECTED, Point, STARTED, Series};

/// Larger numbers count no people.
const MOST: f64 = 1e12;

/// One chart's lines, and what it leaves out.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Most important first.
    pub(super) lines: Vec<Line>,
    /// What the panels are called, most points first; one without a name where there are no panels.
    pub(super) panels: Vec<String>,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) figures: usize,
    pub(super) articles: usize,
    pub(super) sources: usize,
    pub(super) shares: usize,
    pub(super) parts: usize,
    pub(super) other_units: usize,
    pub(super) zeros: usize,
    pub(super) numberless: usize,
    /// New figures, where only what holds on one day is drawn.
    pub(super) news: usize,
}

/// What is drawn in one colour with one marker.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    /// Index of its panel.
    pub(super) panel: usize,
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
    /// What casts doubt on it: its place among the words for that.
    pub(super) doubt: Option<usize>,
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
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> {
        [self.value, self.low, self.high].into_iter().flatten()
    }
}

/// Of one source: what shares a line. Totals of two places or units never do; new figures are joined by nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    panel: String,
    projected: bool,
    kind: Kind,
    started: Option<NaiveDate>,
    unit: Option<Unit>,
    place: Option<String>,
}

impl Plan {
    /// The lines of series that all have one measure. Sums are not drawn: nobody stated them, and what they add up is drawn.
    pub(super) fn new(series: &[Series], options: &Options, words: &Words) -> Plan {
        let mut plan = Plan::default();
        let mut sources: BTreeMap<Option<String>, BTreeMap<Group, Vec<Dot>>> = BTreeMap::new();
        let (mut figures, mut articles) = (BTreeSet::new(), BTreeSet::new());
        for one in series.iter().filter(|s| !s.is_sum()) {
            for point in plan.chosen(one, options) {
                let Some(dot) = plan.dot(one, point, options.log, words) else {
                    continue;
                };
                plan.figures += usize::from(point.figure_ids.is_empty());
                figures.extend(point.figure_ids.iter().map(String::as_str));
                articles.extend(point.articles.iter().map(String::as_str));
                sources
                    .entry(one.key.source.as_deref().map(text::clean))
                    .or_default()
                    .entry(group(one, point, options, words))
                    .or_default()
                    .push(dot);
            }
        }
        plan.figures += figures.len();
        plan.articles = articles.len();
        plan.sources = sources.keys().flatten().count();
        let days = || {
            sources
                .values()
                .flat_map(|g| g.values().flatten().map(|d| d.day))
        };
        plan.first = days().min().unwrap_or_default();
        plan.last = days().max().unwrap_or_default();
        plan.panels = panels(&sources);
        plan.lines = lines(sources, &plan.panels, options, words);
        plan
    }

    /// True where nothing can be drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// True where a line is called as its panel: no legend is needed.
    pub(super) fn panels_name_lines(&self) -> bool {
        self.lines.iter().all(|l| l.name == self.panels[l.panel])
    }

    /// The point as drawn, or one more left out.
    fn dot(&mut self, series: &Series, point: &Point, log: bool, words: &Words) -> Option<Dot> {
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
            doubt: point.is_doubtful().then(|| worst(point, words)),
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

    /// The points that the options ask for: all, or those of the last day of a total up to the one that is looked at.
    fn chosen<'a>(&mut self, series: &'a Series, options: &Options) -> Vec<&'a Point> {
        let all = series.points.iter();
        let Some(at) = options.at else {
            return all.collect();
        };
        let until: Vec<&Point> = all.filter(|p| p.date <= at).collect();
        if series.key.kind == Kind::New {
            self.news += until.len();
            return Vec::new();
        }
        let last = until.iter().map(|p| p.date).max();
        until
            .into_iter()
            .filter(|p| Some(p.date) == last || p.has(PART))
            .collect()
    }
}

/// The most important doubt about a point, as its words are ordered.
fn worst(point: &Point, words: &Words) -> usize {
    let doubts = &words.doubts;
    let found = doubts.iter().position(|[flag, _]| point.has(flag));
    found.unwrap_or(doubts.len())
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

/// What the panel of a series is called.
fn panel(key: &Key, options: &Options, words: &Words) -> String {
    let name = match options.panels.filter(|_| options.at.is_none()) {
        None => "",
        Some(Panels::Measure) => &key.measure.row().label,
        Some(Panels::Country) => key
            .country
            .as_ref()
            .map_or(words.unplaced.as_str(), Country::name),
        Some(Panels::Source) => key.source.as_deref().unwrap_or(&words.unnamed),
    };
    text::clean(name)
}

fn group(series: &Series, point: &Point, options: &Options, words: &Words) -> Group {
    let key = &series.key;
    let joined = key.kind == Kind::Total;
    let country = key.country.as_ref().map(Country::name);
    Group {
        panel: panel(key, options, words),
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

/// By source what is drawn.
type Sources = BTreeMap<Option<String>, BTreeMap<Group, Vec<Dot>>>;

/// The panels, those with most points first.
fn panels(sources: &Sources) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (group, dots) in sources.values().flatten() {
        *counts.entry(&group.panel).or_default() += dots.len();
    }
    let mut panels: Vec<_> = counts.into_iter().collect();
    // A stable sort: equal ones stay in the order of their names.
    panels.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    panels
        .into_iter()
        .map(|(name, _)| name.to_string())
        .collect()
}

/// Sources with most points first, each with its colour; of one source the totals first.
fn lines(sources: Sources, panels: &[String], options: &Options, words: &Words) -> Vec<Line> {
    let colours = theme::of(options.theme);
    let palette = colours.palette;
    let mut ranked: Vec<_> = sources.into_iter().collect();
    ranked.sort_by_key(|(name, groups)| {
        let points: usize = groups.values().map(Vec::len).sum();
        (name.is_none(), std::cmp::Reverse(points))
    });
    let mut lines = Vec::new();
    for (rank, (name, groups)) in ranked.into_iter().enumerate() {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups
            .sort_by_key(|(g, dots)| (g.projected, g.kind, g.unit, std::cmp::Reverse(dots.len())));
        // The names of its totals: the same in two panels look the same.
        let mut totals: Vec<String> = Vec::new();
        for (group, mut dots) in groups {
            dots.sort_by_key(|d| d.day);
            let line_name = line_name(name.as_deref(), &group, words);
            let sub = if group.kind == Kind::Total && !group.projected {
                totals
                    .iter()
                    .position(|n| *n == line_name)
                    .unwrap_or_else(|| {
                        totals.push(line_name.clone());
                        totals.len() - 1
                    })
            } else {
                0
            };
            lines.push(Line {
                name: line_name,
                panel: panels.iter().position(|p| *p == group.panel).unwrap_or(0),
                style: Style {
                    ink: if name.is_some() {
                        palette[rank % palette.len()]
                    } else {
                        colours.unnamed
                    },
                    shape: SHAPES[(rank + rank / palette.len() + sub) % SHAPES.len()],
                    dash: match (group.projected, (rank / palette.len() + sub) % 3) {
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
