//! Proposals: what the crises of a store may be. Articles with figures in, descriptions that a person can name and keep out.
//!
//! 1. An article is told by the country that most of its figures are in, its day of publication (else the first day of its figures), and its hazard: that
//!    of its GLIDE number, else the one of which most words stand in the headline, else in the sentences of its figures.
//! 2. Articles of one country and hazard, none of which is further than the gap from the one before (twice as far where articles without a hazard lie
//!    between), are a group. An article without a hazard joins the greatest group of its country that it is no further than the gap from; those left over
//!    make groups of their own.
//! 3. A group of fewer than two articles, copies left out, is no proposal.
//! 4. Its countries are that one and each other in which at least two of its articles have figures (people flee across borders); its days those of the figures in
//!    these countries, as far as they are no further than the gap from its articles (a toll of thirty years ago is background). The hazard's words are given only where another proposal
//!    shares a country and a day with it: without words it also takes reports that name no hazard.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{Crisis, Told, glide_numbers};
use crate::article::Article;
use crate::data::{self, hazard::Hazard};
use crate::figure::Country;
use crate::filter;

/// Days without an article after which a crisis is taken to be over.
pub const GAP: u32 = 180;

/// The proposals, by country and first day, and what is in none.
#[derive(Debug, Default)]
pub struct Proposals {
    /// In the order of their countries' names, then of their first days.
    pub crises: Vec<Crisis>,
    /// How many articles with figures of a country stand alone.
    pub left_over: usize,
}

/// An article, and what it is told by.
struct Seen<'a> {
    article: &'a Article,
    country: Country,
    day: NaiveDate,
    hazard: Option<usize>,
}

/// Articles of one crisis, by day.
struct Group<'a> {
    hazard: Option<usize>,
    seen: Vec<Seen<'a>>,
}

impl Group<'_> {
    fn voices(&self) -> usize {
        let voices: BTreeSet<&str> = self.seen.iter().map(|s| s.article.voice()).collect();
        voices.len()
    }

    /// The first and the last day of its articles.
    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.seen.iter().map(|s| s.day);
        Some((days().min()?, days().max()?))
    }
}

/// What the crises may be; `gap` is in days.
pub fn propose(articles: &[Article], gap: u32) -> Proposals {
    let gap = i64::from(gap);
    let hazards = &data::get().hazards;
    let mut by_country: BTreeMap<Country, Vec<Seen>> = BTreeMap::new();
    for article in articles.iter().filter(|a| a.superseded_by.is_none()) {
        if let Some(seen) = seen(article, hazards) {
            by_country.entry(seen.country).or_default().push(seen);
        }
    }
    let (mut proposed, mut left_over) = (Vec::new(), 0);
    for (country, mut seen) in by_country {
        seen.sort_by_key(|s| (s.day, &s.article.id));
        for group in groups(seen, gap) {
            if group.voices() < 2 {
                left_over += group.seen.len();
                continue;
            }
            if let Some(crisis) = described(country, &group, gap) {
                proposed.push((group.hazard.map(|h| &hazards[h]), crisis));
            }
        }
    }
    proposed.sort_by(|(_, a), (_, b)| {
        let place = |c: &Crisis| (c.countries[0].name().to_string(), c.since, c.until);
        place(a).cmp(&place(b))
    });
    let crowded: Vec<bool> = (0..proposed.len())
        .map(|i| (0..proposed.len()).any(|j| i != j && meet(&proposed[i].1, &proposed[j].1)))
        .collect();
    let mut crises = Vec::new();
    let mut names = BTreeSet::new();
    for ((hazard, mut crisis), crowded) in proposed.into_iter().zip(crowded) {
        if let Some(hazard) = hazard.filter(|_| crowded) {
            crisis.words.clone_from(&hazard.words);
        }
        crisis.name = name(hazard, &crisis, &mut names);
        crises.push(crisis);
    }
    Proposals { crises, left_over }
}

fn seen<'a>(article: &'a Article, hazards: &[Hazard]) -> Option<Seen<'a>> {
    let mut countries: BTreeMap<Country, usize> = BTreeMap::new();
    for country in article.figures.iter().filter_map(|f| f.country) {
        *countries.entry(country).or_default() += 1;
    }
    // of a tie the one named first
    let most = countries.values().max()?;
    let country = article
        .figures
        .iter()
        .filter_map(|f| f.country)
        .find(|c| countries.get(c) == Some(most))?;
    let days = article.figures.iter().map(|f| filter::date(article, f));
    let day = article.published.or(days.flatten().min())?;
    Some(Seen {
        article,
        country,
        day,
        hazard: hazard(article, hazards),
    })
}

fn hazard(article: &Article, hazards: &[Hazard]) -> Option<usize> {
    let numbered = glide_numbers(article).iter().find_map(|n| {
        hazards
            .iter()
            .position(|h| h.glide.iter().any(|g| n.starts_with(g)))
    });
    let most = |told: &Told| {
        let counts = hazards.iter().enumerate().map(|(i, h)| {
            let words: usize = h.words.iter().map(|w| told.count(w)).sum();
            (words, i)
        });
        let found = counts.filter(|(words, _)| *words > 0);
        found
            .min_by_key(|(words, i)| (std::cmp::Reverse(*words), *i))
            .map(|(_, i)| i)
    };
    numbered
        .or_else(|| most(&Told::headline(article)))
        .or_else(|| most(&Told::all(article)))
}

/// The groups among the articles of one country, which are sorted by day.
fn groups(seen: Vec<Seen<'_>>, gap: i64) -> Vec<Group<'_>> {
    let (named, unnamed): (Vec<_>, Vec<_>) = seen.into_iter().partition(|s| s.hazard.is_some());
    let between: BTreeSet<NaiveDate> = unnamed.iter().map(|s| s.day).collect();
    let mut groups: Vec<Group> = Vec::new();
    for one in named {
        chain(&mut groups, one, gap, &between);
    }
    let days: Vec<_> = groups.iter().map(|g| (g.seen.len(), g.days())).collect();
    let mut others = Vec::new();
    for one in unnamed {
        let greatest = (0..groups.len())
            .filter(|i| within(days[*i].1, one.day, gap))
            .max_by_key(|i| (days[*i].0, std::cmp::Reverse(*i)));
        match greatest {
            Some(i) => groups[i].seen.push(one),
            None => chain(&mut others, one, gap, &BTreeSet::new()),
        }
    }
    groups.extend(others);
    groups
}

fn within(days: Option<(NaiveDate, NaiveDate)>, day: NaiveDate, gap: i64) -> bool {
    days.is_some_and(|(first, last)| {
        (first - day).num_days() <= gap && (day - last).num_days() <= gap
    })
}

/// Adds it to the group of its hazard whose last article is near enough, or begins one.
fn chain<'a>(groups: &mut Vec<Group<'a>>, one: Seen<'a>, gap: i64, between: &BTreeSet<NaiveDate>) {
    let near = |last: NaiveDate| {
        let apart = (one.day - last).num_days();
        apart <= gap || (apart <= gap * 2 && bridged(last, one.day, gap, between))
    };
    let goes_on =
        |g: &&mut Group| g.hazard == one.hazard && g.seen.last().is_some_and(|last| near(last.day));
    match groups.iter_mut().find(goes_on) {
        Some(group) => group.seen.push(one),
        None => groups.push(Group {
            hazard: one.hazard,
            seen: vec![one],
        }),
    }
}

/// From one day to another over those between, no step longer than the gap.
fn bridged(from: NaiveDate, to: NaiveDate, gap: i64, between: &BTreeSet<NaiveDate>) -> bool {
    let mut at = from;
    for day in between.range(from..=to).chain([&to]) {
        if (*day - at).num_days() > gap {
            return false;
        }
        at = *day;
    }
    true
}

/// The group as a crisis without a name.
fn described(country: Country, group: &Group<'_>, gap: i64) -> Option<Crisis> {
    let mut told: BTreeMap<Country, BTreeSet<&str>> = BTreeMap::new();
    for s in &group.seen {
        for other in s.article.figures.iter().filter_map(|f| f.country) {
            told.entry(other).or_default().insert(s.article.voice());
        }
    }
    let others = told
        .into_iter()
        .filter(|(c, voices)| *c != country && voices.len() > 1)
        .map(|(c, _)| c);
    let countries: Vec<Country> = std::iter::once(country).chain(others).collect();
    let (first, last) = group.days()?;
    let mut days = BTreeSet::new();
    let mut glide = BTreeSet::new();
    for s in &group.seen {
        let here = |f: &&crate::Figure| f.country.is_some_and(|c| countries.contains(&c));
        let all = s.article.figures.iter().filter(here);
        days.extend(all.filter_map(|f| filter::date(s.article, f)));
        glide.extend(glide_numbers(s.article));
    }
    days.retain(|day| within(Some((first, last)), *day, gap));
    glide.retain(|number| countries.iter().any(|c| number.ends_with(c.code())));
    Some(Crisis {
        countries,
        since: days.first().copied(),
        until: days.last().copied(),
        glide: glide.into_iter().collect(),
        ..Crisis::default()
    })
}

/// They share a country and a day.
fn meet(a: &Crisis, b: &Crisis) -> bool {
    a.countries.iter().any(|c| b.countries.contains(c)) && a.since <= b.until && b.since <= a.until
}

/// As "Nepal earthquake 2015"; where that is taken, with the first day.
fn name(hazard: Option<&Hazard>, crisis: &Crisis, taken: &mut BTreeSet<String>) -> String {
    let mut name = crisis.countries[0].name().to_string();
    if let Some(hazard) = hazard {
        name += &format!(" {}", hazard.name);
    }
    let years = [crisis.since, crisis.until].map(|d| d.map_or(0, |d| d.year()));
    let mut full = match years {
        [from, to] if from == to => format!("{name} {from}"),
        [from, to] => format!("{name} {from}-{to}"),
    };
    if taken.contains(&full)
        && let Some(day) = crisis.since
    {
        full = format!("{name} {day}");
    }
    let mut n = 2;
    let plain = full.clone();
    while !taken.insert(full.clone()) {
        full = format!("{plain} ({n})");
        n += 1;
    }
    full
}
