//! Disagreements: pairs of claims that contradict each other, the widest first, and what a source itself revised downwards.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use maud::{Markup, html};

use super::evidence::{self, Found, quotation};
use super::tags::{Lists, Tags};
use super::words::{self, Number, counted, left_out, short, time};
use crate::article::Article;
use crate::compare::{Claim, Pair, Relation};
use crate::hedge::grouped;

/// The pairs, and how many found no room.
pub(super) struct Section<'a> {
    conflicts: Vec<(Tags<'a>, Dispute<'a>)>,
    revisions: Vec<(Tags<'a>, Dispute<'a>)>,
    left_out: usize,
}

/// Two claims, and where each stands.
struct Dispute<'a> {
    pair: &'a Pair,
    a: Side<'a>,
    b: Side<'a>,
}

struct Side<'a> {
    claim: &'a Claim,
    found: Option<Found<'a>>,
}

impl<'a> Section<'a> {
    /// The widest conflicts, and in the room that is left the widest revisions.
    pub(super) fn of(articles: &'a [Article], pairs: &'a [Pair], most: usize) -> Self {
        let widest = |relation: Relation| {
            let mut all: Vec<&Pair> = pairs.iter().filter(|p| p.relation == relation).collect();
            all.sort_by_key(|p| Reverse(p.ratio.map_or(u64::MAX, f64::to_bits)));
            all
        };
        let (mut conflicts, mut revisions) =
            (widest(Relation::Conflict), widest(Relation::RevisedDown));
        let given = conflicts.len() + revisions.len();
        // a third of the room is kept for revisions, where there are any
        let kept = revisions.len().min(most / 3);
        conflicts.truncate(most - kept);
        revisions.truncate(most - conflicts.len());
        let left_out = given - conflicts.len() - revisions.len();
        let wanted = conflicts.iter().chain(&revisions);
        let places = places(
            articles,
            wanted.flat_map(|p| std::iter::once(&p.a).chain(&p.b)),
        );
        let dispute = |pair: &'a Pair| {
            let b = pair.b.as_ref()?;
            let side = |claim: &'a Claim| Side {
                claim,
                found: claim
                    .figure_ids
                    .iter()
                    .filter_map(|id| places.get(id.as_str()))
                    .copied()
                    .min_by_key(|(article, figure)| {
                        (figure.sentence != claim.sentence, article.published)
                    }),
            };
            let (a, b) = (side(&pair.a), side(b));
            Some((tags(pair, &a, &b), Dispute { pair, a, b }))
        };
        Section {
            conflicts: conflicts.into_iter().filter_map(dispute).collect(),
            revisions: revisions.into_iter().filter_map(dispute).collect(),
            left_out,
        }
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &Tags<'a>> {
        let all = self.conflicts.iter().chain(&self.revisions);
        all.map(|(tags, _)| tags)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.conflicts.is_empty() && self.revisions.is_empty()
    }

    pub(super) fn html(&self, lists: &Lists<'_>) -> Markup {
        let groups = [
            (&self.conflicts, "Contradictions, the widest first"),
            (&self.revisions, "Revised downwards"),
        ];
        html! {
            section #disagreements aria-labelledby="disagreements-title" {
                h2 #disagreements-title { "Where they disagree" }
                p.about { "Two claims about the same thing that no rounding and no hedge explains. Which of them is right, the page does not say." }
                @for (disputes, title) in groups {
                    @if !disputes.is_empty() {
                        div data-group {
                            h3 { (title) }
                            ul.disputes {
                                @for (tags, dispute) in disputes { (dispute.html(tags, lists)) }
                            }
                        }
                    }
                }
                (left_out(self.left_out, "narrower disagreement", "headcount compare"))
            }
        }
    }
}

/// Where the figures of these claims stand.
fn places<'a>(
    articles: &'a [Article],
    claims: impl Iterator<Item = &'a Claim>,
) -> HashMap<&'a str, Found<'a>> {
    let wanted: BTreeSet<&str> = claims
        .flat_map(|c| &c.figure_ids)
        .map(String::as_str)
        .collect();
    let all = articles
        .iter()
        .flat_map(|a| a.figures.iter().map(move |f| (a, f)));
    all.filter(|(_, f)| wanted.contains(f.id.as_str()))
        .map(|found| (found.1.id.as_str(), found))
        .collect()
}

fn tags<'a>(pair: &'a Pair, a: &Side<'a>, b: &Side<'a>) -> Tags<'a> {
    let days = [a.claim.date, b.claim.date].into_iter().flatten();
    Tags {
        measure: pair.measure,
        country: pair.country,
        sources: BTreeSet::from([a.claim.source.as_deref(), b.claim.source.as_deref()]),
        days: days.clone().min().zip(days.max()),
    }
}

impl Dispute<'_> {
    fn html(&self, tags: &Tags<'_>, lists: &Lists<'_>) -> Markup {
        let marks = lists.marks(tags);
        let pair = self.pair;
        let place = self
            .a
            .claim
            .place
            .as_deref()
            .or(self.b.claim.place.as_deref());
        let place = words::place(place, pair.country);
        html! {
            li data-m=(marks.measure) data-c=(marks.country) data-s=(marks.sources) data-d=[marks.days] {
                h4 {
                    (pair.measure.row().label) ", "
                    @if let Some(place) = place { (place) ", " }
                    (words::country(pair.country))
                }
                div.versus {
                    (self.side(&self.a))
                    @if let Some(ratio) = pair.ratio {
                        p.ratio { b { "×" (times(ratio)) } span.hidden { " as many" } }
                    }
                    (self.side(&self.b))
                }
                p.said { (self.explained()) }
                details {
                    summary { "Both sentences" }
                    @for side in [&self.a, &self.b] {
                        blockquote { p {
                            @match side.found { Some(found) => (quotation(found)), None => (short(&side.claim.sentence, 640)) }
                        } }
                        @if let Some((article, _)) = side.found { p.cite { (evidence::citation(article)) } }
                    }
                }
            }
        }
    }

    fn side(&self, side: &Side<'_>) -> Markup {
        let claim = side.claim;
        let n = claim.articles.len();
        html! {
            div.side {
                p.n { (self.number(side).html()) }
                p.by {
                    span.source { (words::source(claim.source.as_deref())) }
                    @if let Some(day) = claim.date { " " (time(day)) }
                    @if n > 1 { " " span { (counted(n, "article")) } }
                }
            }
        }
    }

    fn number<'n>(&self, side: &'n Side<'_>) -> Number<'n> {
        let claim = side.claim;
        let unit = self.pair.unit;
        Number {
            value: claim.value,
            low: claim.low,
            high: claim.high,
            qualifier: claim.qualifier,
            unit: (unit != self.pair.measure.row().unit).then_some(unit),
            text: side.found.map_or("", |(_, f)| &f.number_text),
        }
    }

    /// What is between the two, in a sentence or two.
    fn explained(&self) -> String {
        let (a, b) = (self.a.claim, self.b.claim);
        let (first, second) = (who(a), who(b));
        let same = a.source.is_some() && a.source == b.source;
        let unnamed = a.source.is_none() && b.source.is_none();
        let stock = self.pair.measure.row().stock;
        let days = a.date.zip(b.date).map(|(a, b)| (b - a).num_days());
        let lower = size(b) < size(a);
        let gap = size(a).zip(size(b)).map(|(a, b)| (a - b).abs());
        let mut text = match (self.pair.relation, days) {
            (Relation::RevisedDown, _) => {
                let share = gap.zip(size(a)).filter(|(_, a)| *a > 0.0);
                let down = share.map_or_else(String::new, |(gap, a)| {
                    format!(": {} fewer, {:.0} % down", grouped(gap), gap / a * 100.0)
                });
                format!("{second} took back a number it had given{down}.")
            }
            (_, Some(0)) if same => format!("{second} has two numbers for the same day."),
            (_, None | Some(0)) if unnamed => {
                "No source is named for either; both cannot be right.".into()
            }
            (_, Some(days)) if unnamed && lower => format!(
                "No source is named for either. The later number, by {}, is the lower, and this count does not fall{}.",
                counted(days as usize, "day"),
                if stock { " so fast" } else { "" }
            ),
            (_, Some(days)) if unnamed => format!(
                "No source is named for either. The later number, by {}, is more than three times the earlier.",
                counted(days as usize, "day")
            ),
            (_, Some(0)) => {
                format!("{first} and {second} speak of the same day; both cannot be right.")
            }
            (_, Some(days)) if lower => format!(
                "{second} has fewer than {first} had {} earlier, and this count does not fall{}.",
                counted(days as usize, "day"),
                if stock { " so fast" } else { "" }
            ),
            (_, Some(days)) => format!(
                "{second} has more than three times what {first} had {} earlier.",
                counted(days as usize, "day")
            ),
            (_, None) => format!("{first} and {second} give no day; both cannot be right."),
        };
        match self.pair.note.as_deref() {
            Some("digit_swap?") => {
                text.push_str(
                    " The digits are the same in another order: a slip of the typist, perhaps.",
                );
            }
            Some(note) => {
                if let Some(part) = note.strip_prefix("part=").and_then(|p| p.parse().ok()) {
                    text.push_str(&format!(
                        " The difference, {}, is a number they also give apart: one may count it in.",
                        grouped(part)
                    ));
                }
            }
            None => {}
        }
        capital(&text)
    }
}

fn who(claim: &Claim) -> String {
    match &claim.source {
        Some(source) => short(source, 80),
        None => "a source that is not named".into(),
    }
}

fn size(claim: &Claim) -> Option<f64> {
    claim
        .value
        .or_else(|| Some(f64::midpoint(claim.low?, claim.high?)))
        .or(claim.low)
        .or(claim.high)
}

/// "1.02", "2.4", "12".
fn times(ratio: f64) -> String {
    let decimals = match ratio {
        r if r < 1.1 => 3,
        r if r < 2.0 => 2,
        r if r < 10.0 => 1,
        _ => 0,
    };
    let text = format!("{ratio:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn ratios_are_as_fine_as_they_are_small() {
        for (ratio, text) in [
            (1.016, "1.016"),
            (1.2, "1.2"),
            (1.374, "1.37"),
            (3.04, "3"),
            (9.96, "10"),
            (120.4, "120"),
        ] {
            assert_eq!(times(ratio), text);
        }
    }
}
