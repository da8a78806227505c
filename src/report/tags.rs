//! What an item of the page is about, and the filters made of it.
//!
//! Measures, countries and sources are numbered in the order of the filter's lists, so that an item names them briefly: `data-m="3"` is
//! the third measure of the list. Several sources are several numbers, days are the first and the last.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::words;
use crate::figure::{Country, Measure};

/// What an item is about.
#[derive(Debug, Clone)]
pub(super) struct Tags<'a> {
    pub(super) measure: Measure,
    pub(super) country: Option<Country>,
    pub(super) sources: BTreeSet<Option<&'a str>>,
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
}

/// The same, as attributes.
pub(super) struct Marks {
    pub(super) measure: usize,
    pub(super) country: usize,
    pub(super) sources: String,
    pub(super) days: Option<String>,
}

/// The lists of the filters.
pub(super) struct Lists<'a> {
    measures: Vec<Measure>,
    /// By name; what has none comes last.
    countries: Vec<(bool, String, Option<Country>)>,
    /// By name; what has none comes last.
    sources: Vec<(bool, String, Option<&'a str>)>,
}

impl<'a> Lists<'a> {
    /// Of everything on the page.
    pub(super) fn of<'t>(all: impl Iterator<Item = &'t Tags<'a>>) -> Self
    where
        'a: 't,
    {
        let (mut measures, mut countries, mut sources) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for tags in all {
            measures.insert(tags.measure);
            countries.insert((
                tags.country.is_none(),
                words::country(tags.country),
                tags.country,
            ));
            for &source in &tags.sources {
                sources.insert((
                    source.is_none(),
                    source.unwrap_or_default().to_lowercase(),
                    source,
                ));
            }
        }
        Lists {
            measures: measures.into_iter().collect(),
            countries: countries.into_iter().collect(),
            sources: sources.into_iter().collect(),
        }
    }

    /// An item's place in the lists, from 1.
    pub(super) fn marks(&self, tags: &Tags<'_>) -> Marks {
        let country = (
            tags.country.is_none(),
            words::country(tags.country),
            tags.country,
        );
        let source = |source: Option<&str>| {
            let key = (source.is_none(), source.unwrap_or_default().to_lowercase());
            self.sources
                .binary_search_by(|s| (s.0, &s.1, s.2).cmp(&(key.0, &key.1, source)))
                .map_or(0, |at| at + 1)
        };
        Marks {
            measure: self
                .measures
                .binary_search(&tags.measure)
                .map_or(0, |at| at + 1),
            country: self
                .countries
                .binary_search(&country)
                .map_or(0, |at| at + 1),
            sources: tags
                .sources
                .iter()
                .map(|s| source(*s).to_string())
                .collect::<Vec<_>>()
                .join(" "),
            days: tags.days.map(|(first, last)| {
                if first == last {
                    first.to_string()
                } else {
                    format!("{first} {last}")
                }
            }),
        }
    }

    /// The form. It is hidden until the script that answers it runs.
    pub(super) fn form(&self) -> Markup {
        html! {
            form #filters aria-label="Filter what is shown" hidden {
                div.fields {
                    (select("measure", "Measure", "All measures", self.measures.iter().map(|m| (m.code().to_string(), m.row().label.clone()))))
                    (select("country", "Country", "All countries", self.countries.iter().map(|(_, name, country)| (country.map_or_else(|| "-".into(), |c| c.to_string()), name.clone()))))
                    (select("source", "Source", "All sources", self.sources.iter().map(|(.., source)| (source.unwrap_or("-").to_string(), words::source(*source)))))
                    label { span { "From" } input type="date" name="since" min="0001-01-01" max="9999-12-31"; }
                    label { span { "To" } input type="date" name="until" min="0001-01-01" max="9999-12-31"; }
                    button type="reset" { "Clear" }
                }
            }
            p #shown role="status" aria-live="polite" {}
        }
    }
}

fn select(
    name: &str,
    label: &str,
    all: &str,
    options: impl Iterator<Item = (String, String)>,
) -> Markup {
    html! {
        label {
            span { (label) }
            select name=(name) {
                option value="" { (all) }
                @for (value, text) in options { option value=(value) { (text) } }
            }
        }
    }
}
