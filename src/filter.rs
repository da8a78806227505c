//! Which figures a view wants: the same filter for every command and for the store.

use chrono::NaiveDate;

use crate::article::Article;
use crate::crisis::Crisis;
use crate::figure::{Country, Figure, Kind, Measure};

/// Conditions that all must hold; an empty one holds for everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Any of these measures.
    pub measures: Vec<Measure>,
    /// Any of these countries.
    pub countries: Vec<Country>,
    /// Any of these sources (canonical name, any case).
    pub sources: Vec<String>,
    /// Figures that hold on or after this day (see [`date`]).
    pub since: Option<NaiveDate>,
    /// Figures that hold on or before this day.
    pub until: Option<NaiveDate>,
    /// Only totals, or only new figures.
    pub kind: Option<Kind>,
    /// Any of these articles (id or address).
    pub articles: Vec<String>,
    /// Any of these crises. Whether an article is about one is told by all its figures, so this is asked of articles ([`Filter::keep`]).
    pub crises: Vec<Crisis>,
}

/// The day a figure stands for in a series: as-of date, else the end of its period, else its start, else publication.
pub fn date(article: &Article, figure: &Figure) -> Option<NaiveDate> {
    figure
        .as_of
        .or(figure.period_end)
        .or(figure.period_start)
        .or(article.published)
}

impl Filter {
    /// Leaves the article only the figures that pass.
    pub fn keep(&self, article: &mut Article) {
        let mut kept = vec![self.crises.is_empty(); article.figures.len()];
        for crisis in &self.crises {
            for (kept, belongs) in kept.iter_mut().zip(crisis.belong(article)) {
                *kept |= belongs;
            }
        }
        let figures = std::mem::take(&mut article.figures);
        article.figures = figures
            .into_iter()
            .zip(kept)
            .filter_map(|(figure, kept)| (kept && self.admits(article, &figure)).then_some(figure))
            .collect();
    }

    /// True when the figure passes all that can be asked of a figure alone: everything but `crises`.
    pub fn admits(&self, article: &Article, figure: &Figure) -> bool {
        let day = date(article, figure);
        (self.measures.is_empty() || self.measures.contains(&figure.measure))
            && (self.countries.is_empty()
                || figure.country.is_some_and(|c| self.countries.contains(&c)))
            && (self.sources.is_empty()
                || figure
                    .source
                    .as_ref()
                    .is_some_and(|s| self.sources.iter().any(|x| x.eq_ignore_ascii_case(s))))
            && self
                .since
                .is_none_or(|since| day.is_some_and(|d| d >= since))
            && self
                .until
                .is_none_or(|until| day.is_some_and(|d| d <= until))
            && self.kind.is_none_or(|kind| figure.kind == kind)
            && (self.articles.is_empty()
                || self
                    .articles
                    .iter()
                    .any(|a| *a == article.id || article.url.as_ref() == Some(a)))
    }

    /// The articles with only the figures that pass; articles left without figures are dropped.
    pub fn apply(&self, articles: Vec<Article>) -> Vec<Article> {
        articles
            .into_iter()
            .filter_map(|mut article| {
                self.keep(&mut article);
                (!article.figures.is_empty()).then_some(article)
            })
            .collect()
    }
}
