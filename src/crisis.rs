//! A crisis: what people follow, rather than a country. Articles in; out those about it, with the figures that belong to it.
//!
//! A crisis is described by conditions, in a `crises.toml` (see `file.rs`) or proposed from the figures there are (`propose.rs`). The store keeps no
//! texts, so all is decided by what it keeps: headlines, and the sentences of figures.
//!
//! - **A figure belongs** to the crisis if its country is one of `countries`, one of `places` is its place or stands in its sentence or headline, and its day
//!   ([`crate::filter::date`]) is between `since` and `until`, each as far as given.
//! - **An article is about it** if one of `words`, or its GLIDE number, stands in the headline or in the sentence of any of its figures. A crisis without
//!   words takes every article; one with nothing but a number only those that name it.
//!
//! Words count whole, in any case: "shell" is not in "shelling".

mod file;
mod propose;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::article::Article;
use crate::figure::{Country, Figure};
use crate::filter;

pub use file::{read, write};
pub use propose::{GAP, Proposals, propose};

/// What a figure and its article must be to belong; an empty condition holds for everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crisis {
    /// As people call it.
    pub name: String,
    /// Any of these countries.
    pub countries: Vec<Country>,
    /// Any of these places.
    pub places: Vec<String>,
    /// On or after this day.
    pub since: Option<NaiveDate>,
    /// On or before this day.
    pub until: Option<NaiveDate>,
    /// Any of these words.
    pub words: Vec<String>,
    /// Any of these GLIDE numbers, as EQ-2015-000048-NPL.
    pub glide: Vec<String>,
}

impl Crisis {
    /// The figures of an article that belong to it.
    pub fn figures<'a>(&self, article: &'a Article) -> Vec<&'a Figure> {
        let belong = self.belong(article);
        let all = article.figures.iter().zip(belong);
        all.filter(|(_, belongs)| *belongs)
            .map(|(f, _)| f)
            .collect()
    }

    /// Of each figure of an article whether it belongs to it.
    pub(crate) fn belong(&self, article: &Article) -> Vec<bool> {
        let figures = &article.figures;
        let mut belong: Vec<bool> = figures.iter().map(|f| self.is_here(article, f)).collect();
        if !belong.contains(&true) {
            return belong;
        }
        if !self.is_about(article) {
            belong.fill(false);
        } else if !self.places.is_empty() {
            let headline = Told::headline(article);
            for (belongs, f) in belong.iter_mut().zip(figures).filter(|(b, _)| **b) {
                let own = Told::new([f.place_text.as_deref().unwrap_or_default(), &f.sentence]);
                *belongs = self.places.iter().any(|p| headline.says(p) || own.says(p));
            }
        }
        belong
    }

    /// In one of the countries, on one of the days.
    fn is_here(&self, article: &Article, figure: &Figure) -> bool {
        let day = filter::date(article, figure);
        let country = |country: Country| self.countries.contains(&country);
        (self.countries.is_empty() || figure.country.is_some_and(country))
            && self.since.is_none_or(|s| day.is_some_and(|d| d >= s))
            && self.until.is_none_or(|u| day.is_some_and(|d| d <= u))
    }

    fn is_about(&self, article: &Article) -> bool {
        let numbers_alone = self.countries.is_empty()
            && self.places.is_empty()
            && (self.since, self.until) == (None, None);
        if self.words.is_empty() && (self.glide.is_empty() || !numbers_alone) {
            return true;
        }
        let told = Told::all(article);
        self.words.iter().chain(&self.glide).any(|w| told.says(w))
    }
}

/// The GLIDE numbers in an article's headline and in the sentences of its figures.
pub fn glide_numbers(article: &Article) -> BTreeSet<String> {
    texts(article)
        .flat_map(|text| GLIDE.find_iter(text))
        .map(|found| found.as_str().to_string())
        .collect()
}

static GLIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[A-Z]{2}-[0-9]{4}-[0-9]{6}-[A-Z]{3}\b").unwrap_or_else(|e| panic!("{e}"))
});

/// The headline, and each sentence that figures stand in, once where they follow each other.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let sentences = article.figures.iter().map(|f| f.sentence.as_str());
    let mut before = "";
    let once =
        sentences.filter(move |sentence| std::mem::replace(&mut before, sentence) != *sentence);
    article.title.as_deref().into_iter().chain(once)
}

/// Texts as a row of words in small letters.
struct Told(String);

impl Told {
    fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut told = String::from(" ");
        for text in texts {
            let words = text.split(|c: char| !c.is_alphanumeric());
            for word in words.filter(|w| !w.is_empty()) {
                told.extend(word.chars().flat_map(char::to_lowercase));
                told.push(' ');
            }
            told.push_str("| ");
        }
        Told(told)
    }

    fn headline(article: &Article) -> Self {
        Told::new(article.title.as_deref())
    }

    fn all(article: &Article) -> Self {
        Told::new(texts(article))
    }

    /// How often these words stand in it, whole and in this order.
    fn count(&self, words: &str) -> usize {
        let wanted = Told::new([words]).0;
        let wanted = wanted.trim_end_matches("| ");
        if wanted.trim().is_empty() {
            return 0;
        }
        self.0.matches(wanted).count()
    }

    fn says(&self, words: &str) -> bool {
        self.count(words) > 0
    }
}
