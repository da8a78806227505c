//! The list of all figures, newest first: one number by one source of one thing at one time, with every article that gives it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::Datelike;
use maud::{Markup, html};

use super::evidence::{self, number, quotation};
use super::tags::{Lists, Tags};
use super::words::{self, counted, left_out, time};
use crate::article::Article;
use crate::figure::Kind;
use crate::series::statement::{Statement, statements};

/// How many sentences of one claim are quoted; the other articles are named.
const QUOTED: usize = 2;

/// The claims, and how many figures found no room.
pub(super) struct Section<'a> {
    claims: Vec<(Tags<'a>, Claim<'a>)>,
    left_out: usize,
}

/// A statement as the page needs it.
struct Claim<'a> {
    statement: Statement<'a>,
    /// The first figure of each article.
    found: Vec<evidence::Found<'a>>,
}

impl<'a> Section<'a> {
    /// The newest, of one day those that most articles give; what has no day comes last.
    pub(super) fn of(articles: &'a [Article], most: usize) -> Self {
        let mut all = statements(articles);
        let figures = |all: &[Statement]| all.iter().map(|s| s.mentions.len()).sum::<usize>();
        let given = figures(&all);
        all.sort_by_cached_key(|s| Reverse((s.about.date, s.mentions.len(), s.published())));
        let mut room = most;
        let stay = all.iter().take_while(|s| {
            let fits = room > 0;
            room = room.saturating_sub(s.mentions.len());
            fits
        });
        let stay = stay.count();
        all.truncate(stay);
        Section {
            left_out: given - figures(&all),
            claims: all.into_iter().map(claim).collect(),
        }
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &Tags<'a>> {
        self.claims.iter().map(|(tags, _)| tags)
    }

    pub(super) fn html(&self, lists: &Lists<'_>) -> Markup {
        let year = |claim: &(Tags, Claim)| claim.0.days.map(|(day, _)| day.year());
        html! {
            section #figures aria-labelledby="figures-title" {
                h2 #figures-title { "All figures" }
                p.about { "Newest first. Articles that give the same number, of the same source, place and day, stand together." span.screen { " Open a line for the sentence." } }
                @for claims in self.claims.chunk_by(|a, b| year(a) == year(b)) {
                    div data-group {
                        h3 { @match year(&claims[0]) { Some(year) => (year), None => "No date" } }
                        ul.claims {
                            @for (tags, claim) in claims { (line(tags, claim, lists)) }
                        }
                    }
                }
                (left_out(self.left_out, "older figure", "headcount figures"))
            }
        }
    }
}

fn claim(statement: Statement<'_>) -> (Tags<'_>, Claim<'_>) {
    let about = &statement.about;
    let mut heard = BTreeSet::new();
    let found: Vec<evidence::Found> = statement
        .mentions
        .iter()
        .map(|m| (m.article, m.figure))
        .filter(|(article, _)| heard.insert(article.name()))
        .collect();
    let tags = Tags {
        measure: about.key.measure,
        country: about.key.country,
        sources: found.iter().map(|(_, f)| f.source.as_deref()).collect(),
        days: about.date.map(|d| (d, d)),
    };
    (tags, Claim { statement, found })
}

fn line(tags: &Tags<'_>, claim: &Claim<'_>, lists: &Lists<'_>) -> Markup {
    let marks = lists.marks(tags);
    let about = &claim.statement.about;
    let Some(&(article, figure)) = claim.found.first() else {
        return Markup::default();
    };
    let more = &claim.found[1..];
    let quoted = more.iter().take(QUOTED - 1);
    let others: Vec<&Article> = more.iter().skip(QUOTED - 1).map(|(a, _)| *a).collect();
    html! {
        li data-m=(marks.measure) data-c=(marks.country) data-s=(marks.sources) data-d=[marks.days] {
            details {
                summary {
                    span.day { @match about.date { Some(day) => (time(day)), None => "no date" } }
                    " " span.n { (number(figure).html()) }
                    " " span.what {
                        (figure.measure.row().label)
                        @if about.key.kind == Kind::New { " " small.new { "new" } }
                        @if about.part { " " small { "part of another figure" } }
                        @if about.projected { " " small { "expected" } }
                        " " span.where {
                            (words::country(about.key.country))
                            @if let Some(place) = words::place(about.key.place.as_deref(), about.key.country) { ", " (place) }
                        }
                    }
                    " " span.source { (words::source(about.key.source.as_deref())) }
                    " " span.voices { (counted(claim.found.len(), "article")) }
                }
                blockquote { p { (quotation((article, figure))) } }
                p.cite { (evidence::citation(article)) }
                @for &(article, figure) in quoted {
                    blockquote { p { (quotation((article, figure))) } }
                    (evidence::voices(article, &others))
                }
            }
        }
    }
}
