//! Articles with figures -> pairs of claims about the same thing, and how they relate: agree, rounded, updated, revised, in conflict.
//!
//! **A claim** is one number by one source for one place and time, with every article that gives it; its sentence is from the article that gave it first.
//!
//! **The same thing**: same measure, unit and kind; country and place the same, or stated by only one of the two (such pairs are given only where they
//! agree, since a place not named may be another). Parts and expectations are compared with nothing.
//! - *Totals*: each claim with those of the same day, with the next of its source, and with the next day on which another source speaks (within 31 days).
//!   A series of a hundred points thus gives some hundred pairs, not five thousand.
//! - *New figures*: the same day, and the same period where one is stated. Two numbers that differ are set against each other only
//!   where the place is named, or where each is the only such number of an article: else they may be two incidents.
//! - *No date* on one side: only where they agree. On both sides, or no country on either: only where each is an article's only such number.
//! - Numbers that differ more than tenfold are taken to count different things; more than threefold, where an article gives several and the sources differ.
//! - Two claims of one article alone make a pair only where it names two sources.
//!
//! To keep large stores quick, a claim looks at the next 1,024 claims of its measure and makes at most 16 pairs. The
//! relation itself is decided in `relation.rs`.

mod file;
mod relation;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::figure::{Country, Kind, Measure, Qualifier, Unit};
use crate::hedge::same_digits;
use crate::series::statement::{Mention, Statement, statements};

pub use file::{COLUMNS, table, write_jsonl};
pub use relation::Relation;

/// The furthest apart, in days, at which two sources' totals are compared.
const WINDOW: i64 = 31;
/// Numbers further apart than this count different things, or are no conflict worth a reader's time.
const FAR: f64 = 10.0;
/// The same, where an article gives several numbers and the other may stand beside any of them.
const FAR_AMONG_SEVERAL: f64 = 3.0;
/// How many of the next claims are looked at.
const LOOK: usize = 1024;
/// How many pairs one claim makes at most.
const PAIRS: usize = 16;

/// Two claims about the same thing, the earlier first; or one that nothing stands beside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// How the second relates to the first.
    pub relation: Relation,
    /// The greater number by the smaller; absent where one is zero or there is only one.
    pub ratio: Option<f64>,
    /// What is counted.
    pub measure: Measure,
    /// Who or what is counted.
    pub unit: Unit,
    /// Stock or new.
    pub kind: Kind,
    /// Where, as far as stated.
    pub country: Option<Country>,
    /// A hint: what the difference may come from.
    pub note: Option<String>,
    /// The earlier claim.
    pub a: Claim,
    /// The later claim.
    pub b: Option<Claim>,
}

/// One side of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The number as stated.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// The hedge.
    pub qualifier: Qualifier,
    /// Who says so.
    pub source: Option<String>,
    /// The day it holds.
    pub date: Option<NaiveDate>,
    /// Narrower place, as printed.
    pub place: Option<String>,
    /// Ids of the articles that give it.
    pub articles: Vec<String>,
    /// Their publishers, each once.
    pub publishers: Vec<String>,
    /// The figures behind it.
    pub figure_ids: Vec<String>,
    /// The sentence of the first of them.
    pub sentence: String,
}

impl Claim {
    fn of(statement: &Statement<'_>) -> Self {
        let about = &statement.about;
        let mentions = &statement.mentions;
        let set = |items: BTreeSet<String>| items.into_iter().collect::<Vec<_>>();
        Claim {
            value: about.stated.value,
            low: about.stated.low,
            high: about.stated.high,
            qualifier: about.stated.qualifier,
            source: about.key.source.clone(),
            date: about.date,
            place: about.key.place.clone(),
            articles: set(mentions.iter().map(|m| m.article_id().into()).collect()),
            publishers: set(mentions
                .iter()
                .filter_map(|m| m.article.publisher.clone())
                .collect()),
            figure_ids: set(mentions.iter().map(Mention::figure_id).collect()),
            sentence: mentions
                .first()
                .map(|m| m.figure.sentence.clone())
                .unwrap_or_default(),
        }
    }
}

/// What is compared with what: same measure, unit, kind.
type Group = (Measure, Unit, Kind);

/// A claim, with what the comparison needs to know of it.
struct Side<'a> {
    statement: Statement<'a>,
    /// Sorted, each once.
    articles: Vec<&'a str>,
    /// Some article gives only this number of the group.
    sole: bool,
    /// Numbers that its articles give as parts of a whole.
    parts: BTreeSet<u64>,
}

/// Every pair of claims about the same thing, by measure, then by date.
pub fn pairs(articles: &[Article]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let Ok(()) = each_pair(articles, |pair| {
        pairs.push(pair);
        Ok::<(), Infallible>(())
    });
    pairs
}

/// Gives one after the other: there are several times as many as claims.
///
/// # Errors
/// What `take` says.
pub fn each_pair<E>(
    articles: &[Article],
    mut take: impl FnMut(Pair) -> Result<(), E>,
) -> Result<(), E> {
    for (group, sides) in groups(articles) {
        for (i, j, relation) in matches(group, &sides) {
            take(pair(group, relation, &sides[i], Some(&sides[j])))?;
        }
    }
    Ok(())
}

/// The pairs, and after them each claim that stands in no pair ([`Relation::Only`]): for a few articles side by side.
pub fn side_by_side(articles: &[Article]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (group, sides) in groups(articles) {
        let mut paired = BTreeSet::new();
        for (i, j, relation) in matches(group, &sides) {
            paired.extend([i, j]);
            all.push(pair(group, relation, &sides[i], Some(&sides[j])));
        }
        for (i, side) in sides.iter().enumerate() {
            // said by all of them alike: nothing stands beside it because everyone says it
            let shared = side.articles.len() > 1;
            if shared {
                all.push(pair(group, Relation::Agree, side, Some(side)));
            } else if !paired.contains(&i) {
                all.push(pair(group, Relation::Only, side, None));
            }
        }
    }
    all
}

/// The claims that can be compared, grouped, each group by date, publication, number.
fn groups(articles: &[Article]) -> BTreeMap<Group, Vec<Side<'_>>> {
    let mut groups: BTreeMap<Group, Vec<Side<'_>>> = BTreeMap::new();
    let mut counts: BTreeMap<(Group, &str), usize> = BTreeMap::new();
    let mut parts: BTreeMap<(Measure, &str), BTreeSet<u64>> = BTreeMap::new();
    for statement in statements(articles) {
        let about = &statement.about;
        let key = &about.key;
        let mentions = statement.mentions.iter();
        let mut articles: Vec<&str> = mentions.map(Mention::article_id).collect();
        articles.sort_unstable();
        articles.dedup();
        if about.part {
            for article in articles {
                let numbers = parts.entry((key.measure, article)).or_default();
                numbers.extend(about.stated.value.map(f64::to_bits));
            }
        } else if !about.projected {
            let group = (key.measure, key.unit, key.kind);
            for article in &articles {
                *counts.entry((group, *article)).or_default() += 1;
            }
            let side = Side {
                statement,
                articles,
                sole: false,
                parts: BTreeSet::new(),
            };
            groups.entry(group).or_default().push(side);
        }
    }
    for (group, sides) in &mut groups {
        for side in sides.iter_mut() {
            for article in &side.articles {
                side.sole |= counts.get(&(*group, *article)) == Some(&1);
                if let Some(numbers) = parts.get(&(group.0, *article)) {
                    side.parts.extend(numbers);
                }
            }
        }
        sides.sort_by(|a, b| {
            let (a, b) = (&a.statement, &b.statement);
            (a.about.date, a.published())
                .cmp(&(b.about.date, b.published()))
                .then_with(|| a.about.cmp(&b.about))
        });
    }
    groups
}

/// Which two of a group make a pair, and how they relate.
fn matches(group: Group, sides: &[Side<'_>]) -> Vec<(usize, usize, Relation)> {
    let mut found = Vec::new();
    for (i, a) in sides.iter().enumerate() {
        let mut next_day: BTreeMap<(bool, bool), Option<NaiveDate>> = BTreeMap::new();
        let mut made = 0;
        for (j, b) in sides.iter().enumerate().skip(i + 1).take(LOOK) {
            if made == PAIRS || !near(group.2, a, b) {
                if made == PAIRS || !may_come(group.2, a, b) {
                    break;
                }
                continue;
            }
            let Some(place) = place(a, b) else { continue };
            let (from, to) = (&a.statement.about.key.source, &b.statement.about.key.source);
            let own = a.articles.len() == 1 && a.articles == b.articles;
            if own && (from.is_none() || to.is_none() || from == to) {
                continue;
            }
            // neighbours in time: the next day of the same source, and the next day of any other
            let whose = (from == to, place == Place::Same);
            let date = b.statement.about.date;
            if date != a.statement.about.date && *next_day.entry(whose).or_insert(date) != date {
                continue;
            }
            let relation = relation::relation(&a.statement, &b.statement, group.0.row().stock);
            let agree = matches!(relation, Relation::Agree | Relation::RoundTo);
            let sure = place == Place::Same && comparable(group.2, a, b);
            if agree || sure {
                found.push((i, j, relation));
                made += 1;
            }
        }
    }
    found
}

/// Close enough in time to be about the same thing; a date that is not stated is close to any.
fn near(kind: Kind, a: &Side<'_>, b: &Side<'_>) -> bool {
    let (x, y) = (&a.statement.about, &b.statement.about);
    let days = relation::days(&a.statement, &b.statement);
    match kind {
        Kind::New => days == 0 && (x.start == y.start || x.start.is_none() || y.start.is_none()),
        Kind::Total => days <= WINDOW || (x.key.source.is_some() && x.key.source == y.key.source),
    }
}

/// False once no later claim of the group can be near.
fn may_come(kind: Kind, a: &Side<'_>, b: &Side<'_>) -> bool {
    kind == Kind::Total || relation::days(&a.statement, &b.statement) == 0
}

/// Whether two numbers that differ can be taken to count the same thing.
fn comparable(kind: Kind, a: &Side<'_>, b: &Side<'_>) -> bool {
    let (x, y) = (&a.statement.about, &b.statement.about);
    if x.date.is_some() != y.date.is_some() {
        return false;
    }
    // a bare number of one incident, or one with no country or day, proves little against another
    let bare =
        x.date.is_none() || x.key.country.is_none() || (kind == Kind::New && x.key.place.is_none());
    let both_sole = a.sole && b.sole;
    let same_source = x.key.source.is_some() && x.key.source == y.key.source;
    let most = if both_sole || same_source {
        FAR
    } else {
        FAR_AMONG_SEVERAL
    };
    match ratio(a, b) {
        Some(ratio) => ratio <= most && (both_sole || !bare),
        None => both_sole,
    }
}

/// The greater by the smaller; none where one is zero.
fn ratio(a: &Side<'_>, b: &Side<'_>) -> Option<f64> {
    let a = a.statement.about.stated.size()?;
    let b = b.statement.about.stated.size()?;
    (a.min(b) > 0.0).then(|| a.max(b) / a.min(b))
}

#[derive(PartialEq)]
enum Place {
    Same,
    Loose,
}

/// The same place, one that may be the same, or none.
fn place(a: &Side<'_>, b: &Side<'_>) -> Option<Place> {
    let (a, b) = (&a.statement.about.key, &b.statement.about.key);
    let mut all = Place::Same;
    match (a.country, b.country) {
        (Some(a), Some(b)) if a != b => return None,
        (Some(_), None) | (None, Some(_)) => all = Place::Loose,
        _ => {}
    }
    match (&a.place, &b.place) {
        (Some(a), Some(b)) if a.to_lowercase() != b.to_lowercase() => return None,
        (Some(_), None) | (None, Some(_)) => all = Place::Loose,
        _ => {}
    }
    Some(all)
}

fn pair(group: Group, relation: Relation, a: &Side<'_>, b: Option<&Side<'_>>) -> Pair {
    let key = &a.statement.about.key;
    Pair {
        relation,
        ratio: b
            .and_then(|b| ratio(a, b))
            .map(|r| (r * 1000.0).round() / 1000.0),
        measure: group.0,
        unit: group.1,
        kind: group.2,
        country: key
            .country
            .or_else(|| b.and_then(|b| b.statement.about.key.country)),
        note: b.and_then(|b| note(relation, a, b)),
        a: Claim::of(&a.statement),
        b: b.map(|b| Claim::of(&b.statement)),
    }
}

/// What a difference may come from: a part that one of them counts in, or a slip of the typist.
fn note(relation: Relation, a: &Side<'_>, b: &Side<'_>) -> Option<String> {
    if !matches!(relation, Relation::Conflict | Relation::RevisedDown) {
        return None;
    }
    let (x, y) = (
        a.statement.about.stated.value?,
        b.statement.about.stated.value?,
    );
    let gap = (x - y).abs();
    if a.parts.union(&b.parts).any(|p| *p == gap.to_bits()) {
        return Some(format!("part={gap}"));
    }
    same_digits(x, y).then(|| "digit_swap?".into())
}
