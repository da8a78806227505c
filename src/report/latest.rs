//! The table of the latest figure per country and measure.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maud::{Markup, html};

use super::evidence::{self, number, quotation};
use super::tags::{Lists, Tags};
use super::words::{self, counted, left_out, short, time};
use crate::article::Article;
use crate::figure::Kind;
use crate::filter;
use crate::latest::{Latest, latest};

/// The rows, and how many found no room.
pub(super) struct Section<'a> {
    rows: Vec<(Tags<'a>, Latest<'a>)>,
    left_out: usize,
}

impl<'a> Section<'a> {
    /// The newest rows, then those with most voices, in the order of their countries.
    pub(super) fn of(articles: &'a [Article], most: usize) -> Self {
        let all = latest(articles);
        let day = |l: &Latest| filter::date(l.article, l.figure);
        let mut ranked: Vec<usize> = (0..all.len()).collect();
        ranked.sort_by_key(|&i| Reverse((day(&all[i]), all[i].voices.len(), Reverse(i))));
        let stay: BTreeSet<usize> = ranked.into_iter().take(most).collect();
        Section {
            left_out: all.len() - stay.len(),
            rows: (0..)
                .zip(all)
                .filter(|(i, _)| stay.contains(i))
                .map(|(_, l)| (tags(&l), l))
                .collect(),
        }
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &Tags<'a>> {
        self.rows.iter().map(|(tags, _)| tags)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn html(&self, lists: &Lists<'_>) -> Markup {
        html! {
            section #latest aria-labelledby="latest-title" {
                h2 #latest-title { "Latest figures" }
                p.about { "The newest number for each country and measure." span.screen { " Open a row’s sentence to see where it stands." } }
                table.latest {
                    caption { "Latest figure per country and measure, with its source, its day, and how many articles give this very number" }
                    thead {
                        tr {
                            th scope="col" { "Measure" }
                            th.n scope="col" { "Figure" }
                            th scope="col" { "Source" }
                            th scope="col" { "As of" }
                            th scope="col" { "Given by" }
                            th scope="col" { "Article" }
                        }
                    }
                    @for rows in self.rows.chunk_by(|a, b| a.0.country == b.0.country) {
                        tbody data-group {
                            tr.country { th scope="rowgroup" colspan="6" { (words::country(rows[0].0.country)) } }
                            @for (tags, latest) in rows { (row(tags, latest, lists)) }
                        }
                    }
                }
                (left_out(self.left_out, "older row", "headcount series"))
            }
        }
    }
}

fn tags<'a>(latest: &Latest<'a>) -> Tags<'a> {
    let figure = latest.figure;
    Tags {
        measure: figure.measure,
        country: figure.country,
        sources: BTreeSet::from([figure.source.as_deref()]),
        days: filter::date(latest.article, figure).map(|d| (d, d)),
    }
}

fn row(tags: &Tags<'_>, latest: &Latest<'_>, lists: &Lists<'_>) -> Markup {
    let (article, figure) = (latest.article, latest.figure);
    let marks = lists.marks(tags);
    let publishers: BTreeSet<&str> = latest
        .voices
        .iter()
        .filter_map(|(a, _)| a.publisher.as_deref())
        .collect();
    let others: Vec<&Article> = latest.voices.iter().skip(1).map(|(a, _)| *a).collect();
    html! {
        tr.figure data-m=(marks.measure) data-c=(marks.country) data-s=(marks.sources) data-d=[marks.days] {
            th scope="row" {
                (figure.measure.row().label)
                @if let Some(place) = words::place(figure.place_text.as_deref(), figure.country) { " " small.place { (place) } }
            }
            td.n {
                (number(figure).html())
                @if figure.kind == Kind::New { " " small.new { "new" } }
            }
            td.source { (words::source(figure.source.as_deref())) }
            td.day { @if let Some((day, _)) = tags.days { (time(day)) } @else { "no date" } }
            td.voices {
                (counted(latest.voices.len(), "article"))
                @if publishers.len() > 1 { ", " (counted(publishers.len(), "publisher")) }
            }
            td.article { (evidence::link(article, &short(article.publisher.as_deref().unwrap_or_else(|| article.name()), 60))) }
        }
        tr.why {
            td colspan="6" {
                details {
                    summary { span.words { (quotation((article, figure))) } }
                    (evidence::voices(article, &others))
                }
            }
        }
    }
}
