//! The charts: those with most articles behind them, drawn once for wide screens and once for narrow ones.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maud::{Markup, html};

use super::tags::{Lists, Tags};
use super::words::{self, Number, counted, left_out, span};
use crate::chart::{Chart, Colours, Inline, Letters, Options, Size, charts};
use crate::error::Result;
use crate::figure::Country;
use crate::series::{Point, Series};

/// A drawing of more bytes is too dense to read on a page.
const HEAVIEST: usize = 250_000;
/// How many lines the description of a chart tells of.
const TOLD: usize = 8;

/// The charts, and how many found no room.
pub(super) struct Section<'a> {
    charts: Vec<(Tags<'a>, Drawn)>,
    left_out: usize,
}

/// A chart, ready for the page.
struct Drawn {
    name: String,
    title: String,
    /// Where each line ends, in words.
    description: Vec<String>,
    wide: Inline,
    narrow: Inline,
}

impl<'a> Section<'a> {
    /// Charts of one day say nothing that a table does not, so they are left out, uncounted.
    pub(super) fn of(series: &'a [Series], most: usize) -> Result<Self> {
        let mut section = Section {
            charts: Vec::new(),
            left_out: 0,
        };
        if most == 0 {
            return Ok(section);
        }
        let mut all: Vec<Chart> = charts(series, &Options::default());
        all.retain(|chart| days(chart).is_some_and(|(first, last)| first < last));
        all.sort_by_cached_key(|chart| {
            let articles: BTreeSet<&String> = points(chart).flat_map(|p| &p.articles).collect();
            Reverse(articles.len())
        });
        for chart in &all {
            if section.charts.len() == most {
                break;
            }
            let draw = |width, height| {
                chart.inline(&Options {
                    size: Size::new(width, height),
                    letters: Letters::Full,
                    ..Options::default()
                })
            };
            let (wide, narrow) = (draw(640, 430)?, draw(400, 420)?);
            if wide.drawing.0.len() > HEAVIEST {
                continue;
            }
            let drawn = Drawn {
                name: chart.name.clone(),
                title: chart.title.clone(),
                description: description(chart),
                wide,
                narrow,
            };
            section.charts.push((tags(chart, series), drawn));
        }
        section.left_out = all.len() - section.charts.len();
        Ok(section)
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &Tags<'a>> {
        self.charts.iter().map(|(tags, _)| tags)
    }

    /// The colours that the page has to define.
    pub(super) fn colours(&self) -> Colours {
        let mut all = Colours::default();
        for (_, drawn) in &self.charts {
            all.add(&drawn.wide.colours);
            all.add(&drawn.narrow.colours);
        }
        all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.charts.is_empty()
    }

    pub(super) fn html(&self, lists: &Lists<'_>) -> Markup {
        html! {
            section #charts aria-labelledby="charts-title" {
                h2 #charts-title { "Over time" }
                p.about { "One colour a source. A ring asks for a look: two numbers for one day, or an odd step." }
                div.charts {
                    @for (tags, drawn) in &self.charts { (drawn.html(tags, lists)) }
                }
                (left_out(self.left_out, "chart", "headcount chart"))
            }
        }
    }
}

impl Drawn {
    fn html(&self, tags: &Tags<'_>, lists: &Lists<'_>) -> Markup {
        let marks = lists.marks(tags);
        let id = format!("chart-{}", self.name);
        html! {
            figure.chart data-m=(marks.measure) data-c=(marks.country) data-s=(marks.sources) data-d=[marks.days] {
                figcaption #(id) {
                    h3 { (self.title) }
                    @if let Some((first, last)) = tags.days { p { (span(first, last)) } }
                }
                (self.svg(&self.wide, "wide"))
                (self.svg(&self.narrow, "narrow"))
            }
        }
    }

    fn svg(&self, inline: &Inline, class: &str) -> Markup {
        let id = |what: &str| format!("{}-{class}-{what}", self.name);
        let (width, height) = inline.size;
        html! {
            svg class=(class) viewBox=(format!("0 0 {width} {height}")) role="img" aria-labelledby=(format!("{} {}", id("title"), id("desc"))) {
                title #(id("title")) { (self.title) }
                desc #(id("desc")) { (self.description.join(" ")) }
                (inline.drawing)
            }
        }
    }
}

fn points(chart: &Chart) -> impl Iterator<Item = &Point> {
    chart.series().iter().flat_map(|s| &s.points)
}

fn days(chart: &Chart) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let all = || points(chart).map(|p| p.date);
    Some((all().min()?, all().max()?))
}

fn tags<'a>(chart: &Chart, series: &'a [Series]) -> Tags<'a> {
    let key = chart.series().first().map(|s| &s.key);
    let about =
        |s: &&Series| key.is_some_and(|k| (k.measure, k.country) == (s.key.measure, s.key.country));
    let country: Option<Country> = key.and_then(|k| k.country);
    Tags {
        measure: key.map_or(crate::figure::Measure(0), |k| k.measure),
        country,
        sources: series
            .iter()
            .filter(about)
            .map(|s| s.key.source.as_deref())
            .collect(),
        days: days(chart),
    }
}

/// "UNHCR: 1,300,000 on 30 Jun 2015." for the lines with most points.
fn description(chart: &Chart) -> Vec<String> {
    let mut lines: Vec<&Series> = chart.series().iter().filter(|s| !s.is_sum()).collect();
    lines.sort_by_key(|s| Reverse(s.points.len()));
    let told = lines.iter().take(TOLD).filter_map(|line| {
        let last = line.points.last()?;
        let number = Number {
            value: last.value,
            low: last.low,
            high: last.high,
            qualifier: last.qualifier,
            unit: (line.key.unit != line.key.measure.row().unit).then_some(line.key.unit),
            text: "",
        };
        Some(format!(
            "{}: {} on {}, the last of {}.",
            words::source(line.key.source.as_deref()),
            number.plain(),
            words::day(last.date),
            counted(line.points.len(), "point"),
        ))
    });
    let mut told: Vec<String> = told.collect();
    if lines.len() > TOLD {
        told.push(format!("{} more.", counted(lines.len() - TOLD, "line")));
    }
    told
}
