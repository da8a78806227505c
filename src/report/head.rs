//! What the page covers: its title, and how many articles, publishers, figures, sources, countries and days.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use maud::{Markup, html};

use super::words::{counted, short, span};
use crate::article::Article;
use crate::figure::Country;
use crate::filter;
use crate::hedge::grouped;

/// How many countries the title names.
const NAMED: usize = 2;

/// The head of the page.
pub(super) struct Head {
    pub(super) title: String,
    articles: usize,
    publishers: usize,
    figures: usize,
    sources: usize,
    countries: usize,
    /// The days that the figures stand for.
    days: Option<(NaiveDate, NaiveDate)>,
    /// The days of publication.
    published: Option<(NaiveDate, NaiveDate)>,
}

impl Head {
    pub(super) fn of(articles: &[Article], title: Option<&str>) -> Self {
        let mut countries: BTreeMap<Country, usize> = BTreeMap::new();
        let (mut publishers, mut sources) = (BTreeSet::new(), BTreeSet::new());
        let (mut days, mut published) = (None, None);
        let mut figures = 0;
        for article in articles {
            publishers.extend(article.publisher.as_deref());
            reach(&mut published, article.published);
            figures += article.figures.len();
            for figure in &article.figures {
                sources.extend(figure.source.as_deref());
                reach(&mut days, filter::date(article, figure));
                if let Some(country) = figure.country {
                    *countries.entry(country).or_default() += 1;
                }
            }
        }
        Head {
            title: title.map_or_else(|| names(&countries), |t| short(t, 200)),
            articles: articles.len(),
            publishers: publishers.len(),
            figures,
            sources: sources.len(),
            countries: countries.len(),
            days,
            published,
        }
    }

    pub(super) fn html(&self) -> Markup {
        let numbers = [
            (self.figures, "figure"),
            (self.articles, "article"),
            (self.publishers, "publisher"),
            (self.sources, "named source"),
        ];
        html! {
            header.page {
                p.kicker { "Figures as reported" }
                h1 { (self.title) }
                p.lead {
                    @if let Some((first, last)) = self.days {
                        "What articles say was counted, for days from " (span(first, last)) ". "
                    }
                    "Each number keeps the hedge it came with, and unfolds to the sentence it stands in. Nothing is added up or smoothed."
                }
                dl.numbers {
                    @for (n, noun) in numbers {
                        div { dt { (counted(n, noun).split_once(' ').map_or("", |(_, noun)| noun)) } dd { (grouped(n as f64)) } }
                    }
                    div { dt { (if self.countries == 1 { "country" } else { "countries" }) } dd { (grouped(self.countries as f64)) } }
                }
                @if let Some((first, last)) = self.published {
                    p.note { "Articles published " (span(first, last)) "." }
                }
            }
        }
    }
}

/// "Ukraine, South Sudan and 3 other countries": those with most figures first.
fn names(countries: &BTreeMap<Country, usize>) -> String {
    let mut ranked: Vec<_> = countries.iter().collect();
    ranked.sort_by_key(|(_, n)| Reverse(**n));
    let mut names: Vec<String> = ranked
        .iter()
        .take(NAMED)
        .map(|(c, _)| c.name().to_string())
        .collect();
    match ranked.len().saturating_sub(NAMED) {
        0 => {}
        1 => names.push("1 other country".into()),
        n => names.push(format!("{} other countries", grouped(n as f64))),
    }
    let last = names.pop();
    match (names.join(", "), last) {
        (_, None) => "The figures".into(),
        (first, Some(last)) if first.is_empty() => last,
        (first, Some(last)) => format!("{first} and {last}"),
    }
}

/// Stretches a span of days to one more.
fn reach(days: &mut Option<(NaiveDate, NaiveDate)>, day: Option<NaiveDate>) {
    if let Some(day) = day {
        let (first, last) = days.unwrap_or((day, day));
        *days = Some((first.min(day), last.max(day)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_countries_with_most_figures() {
        let of = |codes: &[(&str, usize)]| {
            let all = codes.iter().map(|(c, n)| (c.parse().expect("a code"), *n));
            names(&all.collect())
        };
        assert_eq!(of(&[]), "The figures");
        assert_eq!(of(&[("UKR", 2)]), "Ukraine");
        assert_eq!(of(&[("SSD", 2), ("UKR", 5)]), "Ukraine and South Sudan");
        assert_eq!(
            of(&[("SSD", 2), ("UKR", 5), ("KEN", 1), ("TCD", 1)]),
            "Ukraine, South Sudan and 2 other countries"
        );
    }
}
