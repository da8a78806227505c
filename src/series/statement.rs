//! Articles with figures -> statements: one number by one source of one thing at one time, with every figure that says it.
//!
//! The step that series and comparison share. Order of the articles does not matter; an article given twice counts once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Key;
use crate::article::Article;
use crate::figure::{Figure, Kind};
use crate::filter;
use crate::hedge::Stated;

/// One figure and the article it stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention<'a> {
    pub(crate) article: &'a Article,
    pub(crate) figure: &'a Figure,
}

impl<'a> Mention<'a> {
    /// The article's id, else its address.
    pub(crate) fn article_id(&self) -> &'a str {
        self.article.name()
    }

    /// The figure's id, else where it stands.
    pub(crate) fn figure_id(&self) -> String {
        if self.figure.id.is_empty() {
            format!("{}:{}", self.article_id(), self.figure.start)
        } else {
            self.figure.id.clone()
        }
    }

    fn order(&self) -> (Option<NaiveDate>, &'a str, String) {
        (self.article.published, self.article_id(), self.figure_id())
    }
}

/// What tells statements apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct About {
    pub(crate) key: Key,
    /// A subset of another figure.
    pub(crate) part: bool,
    /// Expected, not counted.
    pub(crate) projected: bool,
    /// The day it holds.
    pub(crate) date: Option<NaiveDate>,
    /// First day of the period it covers, where stated.
    pub(crate) start: Option<NaiveDate>,
    /// The number.
    pub(crate) stated: Stated,
}

/// One statement, and who repeats it.
#[derive(Debug, Clone)]
pub(crate) struct Statement<'a> {
    pub(crate) about: About,
    /// Never empty; by date of publication, article, figure.
    pub(crate) mentions: Vec<Mention<'a>>,
}

impl Statement<'_> {
    /// The latest day on which an article said so.
    pub(crate) fn published(&self) -> Option<NaiveDate> {
        self.mentions
            .iter()
            .filter_map(|m| m.article.published)
            .max()
    }
}

/// Every statement, sorted.
pub(crate) fn statements(articles: &[Article]) -> Vec<Statement<'_>> {
    let mut all: BTreeMap<About, Vec<Mention<'_>>> = BTreeMap::new();
    for article in articles.iter().filter(|a| a.superseded_by.is_none()) {
        for figure in &article.figures {
            let about = about(article, figure);
            all.entry(about)
                .or_default()
                .push(Mention { article, figure });
        }
    }
    all.into_iter()
        .map(|(about, mut mentions)| {
            mentions.sort_by_cached_key(Mention::order);
            mentions.dedup_by_key(|m| (m.article_id(), m.figure_id()));
            Statement { about, mentions }
        })
        .collect()
}

fn about(article: &Article, figure: &Figure) -> About {
    let date = filter::date(article, figure);
    let stated_start = figure.period_start;
    About {
        key: Key {
            measure: figure.measure,
            country: figure.country,
            place: place(figure),
            source: figure.source.as_deref().and_then(tidy),
            kind: figure.kind,
            unit: figure.unit,
        },
        part: figure.part_of,
        projected: figure.projected,
        date,
        // a period without an end is a total's count since then; a day of its own is no stretch
        start: match figure.kind {
            Kind::Total => stated_start,
            Kind::New => stated_start.filter(|_| figure.period_end.is_some()),
        },
        stated: Stated::of(figure),
    }
}

/// The place as printed; none where it only repeats the country.
pub(super) fn place(figure: &Figure) -> Option<String> {
    let place = figure.place_text.as_deref().and_then(tidy)?;
    let is_country = figure
        .country
        .is_some_and(|c| place.eq_ignore_ascii_case(c.name()) || place == c.code());
    (!is_country).then_some(place)
}

/// One space between words, none around; nothing left = none.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// How many articles only repeat another: wire copies, one voice. A copy of an article is told by its whole text (see `copies.rs`), else by the sentence.
///
/// Two sentences are the same when their words are, or all but one in ten of them; capitals and marks do not count.
/// At most 32 different sentences are kept to compare with, so a long list costs no more than a short one an article.
pub(crate) fn copies(mentions: &[Mention<'_>]) -> usize {
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let mut by_article: BTreeMap<&str, (&str, Vec<BTreeSet<String>>)> = BTreeMap::new();
    for mention in mentions {
        let words = words(&mention.figure.sentence);
        let (_, sentences) = by_article
            .entry(mention.article_id())
            .or_insert_with(|| (mention.article.voice(), Vec::new()));
        sentences.push(words);
    }
    let mut copies = 0;
    let mut voices = BTreeSet::new();
    for (voice, sentences) in by_article.into_values() {
        let known =
            |words: &BTreeSet<String>| words.len() > 3 && seen.iter().any(|s| alike(s, words));
        if !voices.insert(voice) || sentences.iter().any(known) {
            copies += 1;
        } else {
            seen.extend(sentences);
            seen.truncate(32);
        }
    }
    copies
}

fn words(sentence: &str) -> BTreeSet<String> {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    both * 10 >= either * 9
}
