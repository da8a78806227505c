//! The statements on one line -> its points: what is the same number, what stands, what disagrees.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::area;
use super::said;
use super::statement::{Mention, Statement, copies};
use super::{AS_STATED, DISAGREES, FORMER, Key, Line, PART, PROJECTED, Point, STARTED};
use crate::figure::Kind;
use crate::hedge::Stated;

/// A statement that has a date.
#[derive(Debug, Clone)]
pub(super) struct Dated<'a> {
    pub(super) date: NaiveDate,
    pub(super) statement: Statement<'a>,
}

/// A point, and the period it covers where one is stated.
pub(super) struct Chosen {
    pub(super) point: Point,
    pub(super) start: Option<NaiveDate>,
    /// The number that stands, or the only one.
    pub(super) stands: bool,
}

/// Numbers that are one number: the statement that gives it best, and all mentions.
struct Joined<'a> {
    stated: Stated,
    published: Option<NaiveDate>,
    mentions: Vec<Mention<'a>>,
    flags: BTreeSet<&'static str>,
    /// What it counted has changed since, as its sentence says.
    former: bool,
}

/// The points of one line, by date; of one date the one that stands comes first.
pub(super) fn points(key: &Key, line: &Line, dated: Vec<Dated<'_>>) -> Vec<Chosen> {
    let mut days: BTreeMap<(NaiveDate, Option<NaiveDate>), Vec<Statement<'_>>> = BTreeMap::new();
    for Dated { date, statement } in dated {
        // of a total the first day is no part of the point, of a new figure it is
        let start = statement.about.start.filter(|_| key.kind == Kind::New);
        days.entry((date, start)).or_default().push(statement);
    }
    let mut all = Vec::new();
    for ((date, start), statements) in days {
        let joined = join(statements);
        let several = joined.iter().filter(|g| !g.former).count() > 1;
        let one_day = start.is_none_or(|s| s == date);
        let may_be_many = line.part || (key.kind == Kind::New && one_day);
        for (i, group) in joined.into_iter().enumerate() {
            let mut flags: Vec<String> = group.flags.iter().map(ToString::to_string).collect();
            if group.former {
                flags.push(FORMER.into());
            } else if several {
                let flag = match i {
                    _ if may_be_many => "several",
                    0 => "disputed",
                    _ => DISAGREES,
                };
                flags.push(flag.into());
            }
            let copies = copies(&group.mentions);
            if copies > 0 {
                flags.push(format!("copies={copies}"));
            }
            flags.extend(area::flags(key, &group.mentions));
            flags.extend(said::flags(key, line.part, &group.mentions));
            flags.extend(line.part.then(|| PART.into()));
            flags.extend(line.projected.then(|| PROJECTED.into()));
            flags.extend(line.started.map(|day| format!("{STARTED}{day}")));
            flags.extend(
                start
                    .filter(|s| *s != date)
                    .map(|day| format!("since={day}")),
            );
            all.push(Chosen {
                point: point(date, &group, flags),
                start,
                stands: i == 0 && !group.former && !(several && may_be_many),
            });
        }
    }
    all
}

/// Joins what is the same number, the number that stands first.
fn join(statements: Vec<Statement<'_>>) -> Vec<Joined<'_>> {
    let mut groups: Vec<Vec<Statement<'_>>> = Vec::new();
    for statement in statements {
        // sorted by number, so the same number under another hedge is in the last group
        match groups.last_mut() {
            Some(group) if group[0].about.stated.agrees(&statement.about.stated) => {
                group.push(statement);
            }
            _ => groups.push(vec![statement]),
        }
    }
    let mut joined: Vec<Joined<'_>> = groups.into_iter().map(same_number).collect();
    joined.sort_by(|a, b| best_first(a, b));
    round_off(&mut joined);
    joined.sort_by(|a, b| best_first(a, b));
    joined
}

fn same_number(mut group: Vec<Statement<'_>>) -> Joined<'_> {
    group.sort_by_key(|s| std::cmp::Reverse((s.mentions.len(), s.published())));
    let mut flags = BTreeSet::new();
    if group
        .iter()
        .any(|s| s.about.stated != group[0].about.stated)
    {
        flags.insert("hedges_differ");
    }
    let stated = group[0].about.stated;
    let published = group.iter().filter_map(Statement::published).max();
    let mentions: Vec<Mention> = group.into_iter().flat_map(|s| s.mentions).collect();
    Joined {
        stated,
        published,
        former: said::is_former(&mentions),
        mentions,
        flags,
    }
}

/// A rounder form joins the first exact one it can stand for. More than 64 numbers for one day are not looked through.
fn round_off(joined: &mut Vec<Joined<'_>>) {
    if joined.len() > 64 {
        return;
    }
    let mut i = 0;
    while i < joined.len() {
        let (round, former) = (joined[i].stated, joined[i].former);
        let exact = |g: &Joined<'_>| g.former == former && g.stated.rounds_to(&round);
        match joined.iter().position(exact) {
            Some(exact) => {
                let mentions = std::mem::take(&mut joined[i].mentions);
                let published = joined[i].published;
                let target = &mut joined[exact];
                target.mentions.extend(mentions);
                target.published = target.published.max(published);
                target.flags.insert("rounded");
                joined.remove(i);
                i = 0;
            }
            None => i += 1,
        }
    }
}

/// What still holds; of that what was published last, then said by most, then the greatest.
fn best_first(a: &Joined<'_>, b: &Joined<'_>) -> std::cmp::Ordering {
    let holds = a.former.cmp(&b.former);
    holds.then_with(|| latest_first(a, b))
}

fn latest_first(a: &Joined<'_>, b: &Joined<'_>) -> std::cmp::Ordering {
    (b.published, b.mentions.len())
        .cmp(&(a.published, a.mentions.len()))
        .then_with(|| b.stated.cmp(&a.stated))
}

fn point(date: NaiveDate, group: &Joined<'_>, mut flags: Vec<String>) -> Point {
    flags.sort();
    let set = |items: BTreeSet<String>| items.into_iter().collect::<Vec<_>>();
    let mentions = &group.mentions;
    Point {
        date,
        value: group.stated.value,
        low: group.stated.low,
        high: group.stated.high,
        qualifier: group.stated.qualifier,
        rule: AS_STATED.into(),
        articles: set(mentions.iter().map(|m| m.article_id().into()).collect()),
        publishers: set(mentions
            .iter()
            .filter_map(|m| m.article.publisher.clone())
            .collect()),
        urls: set(mentions
            .iter()
            .filter_map(|m| m.article.url.clone())
            .collect()),
        figure_ids: set(mentions.iter().map(Mention::figure_id).collect()),
        flags,
        why: String::new(), // once all flags are there
    }
}
