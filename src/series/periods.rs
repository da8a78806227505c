//! Periods: totals that count from different days are different counts; new figures of disjoint periods may be added up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::point::{Chosen, Dated};
use super::{DISAGREES, FORMER, Point, SUM};
use crate::figure::{Kind, Qualifier};

/// Starts this close together, in days, are one start told loosely ("since April", "since mid-April").
const SAME_START: i64 = 62;

/// Splits totals by the day they count from. The main count, with `None`, is the one most statements begin with (then the
/// earliest), and takes those that state no start.
pub(super) fn counts(
    kind: Kind,
    dated: Vec<Dated<'_>>,
) -> BTreeMap<Option<NaiveDate>, Vec<Dated<'_>>> {
    if kind == Kind::New {
        return BTreeMap::from([(None, dated)]);
    }
    let starts: BTreeSet<NaiveDate> = dated
        .iter()
        .filter_map(|d| d.statement.about.start)
        .collect();
    let mut first_of: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
    let mut last: Option<(NaiveDate, NaiveDate)> = None;
    for start in starts {
        let first = match last {
            Some((first, before)) if (start - before).num_days() <= SAME_START => first,
            _ => start,
        };
        first_of.insert(start, first);
        last = Some((first, start));
    }
    let mut weight: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for start in dated.iter().filter_map(|d| d.statement.about.start) {
        *weight.entry(first_of[&start]).or_default() += 1;
    }
    let main = weight
        .into_iter()
        .max_by_key(|(first, n)| (*n, std::cmp::Reverse(*first)))
        .map(|(first, _)| first);
    let mut counts: BTreeMap<Option<NaiveDate>, Vec<Dated<'_>>> = BTreeMap::new();
    for d in dated {
        let first = d.statement.about.start.map(|s| first_of[&s]);
        counts
            .entry(first.filter(|_| first != main))
            .or_default()
            .push(d);
    }
    counts
}

/// The running sum over stated periods, none of which overlap, of the points that stand; empty where fewer than two are left.
///
/// A period inside the one before adds nothing. One that only overlaps it, or has several numbers, or none, is left out: `left_out=N` says how
/// many, and the sum is a least one. `gaps` says that the periods do not adjoin.
pub(super) fn sums(chosen: &[Chosen]) -> Vec<Point> {
    let mut stated: Vec<(NaiveDate, &Chosen)> = chosen
        .iter()
        .filter_map(|c| Some((c.start?, c)))
        .filter(|(start, c)| *start <= c.point.date)
        .collect();
    stated.sort_by_key(|(start, c)| (*start, std::cmp::Reverse(c.point.date)));
    let mut points: Vec<Point> = Vec::new();
    let (mut left_out, mut gaps, mut at_least) = (0, false, false);
    for (start, c) in stated {
        let end = points.last().map(|p| p.date);
        let inside = end.is_some_and(|end| c.point.date <= end);
        if c.point.has(DISAGREES) || c.point.has(FORMER) || inside {
            continue;
        }
        let overlaps = end.is_some_and(|end| start <= end);
        let number = c.point.value.or(c.point.low);
        let Some(number) = number.filter(|_| c.stands && !overlaps) else {
            left_out += 1;
            at_least = true;
            continue;
        };
        gaps |= end.is_some_and(|end| (start - end).num_days() > 1);
        at_least |= c.point.value.is_none()
            || matches!(c.point.qualifier, Qualifier::AtLeast | Qualifier::MoreThan);
        let mut point = c.point.clone();
        if let Some(before) = points.last() {
            add(&mut point, before, number);
        }
        point.rule = SUM.into();
        point.flags = [
            gaps.then(|| "gaps".to_string()),
            (left_out > 0).then(|| format!("left_out={left_out}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if at_least {
            point.qualifier = Qualifier::AtLeast;
            point.value = Some(point.value.unwrap_or(number));
            (point.low, point.high) = (point.value, None);
        }
        points.push(point);
    }
    if points.len() < 2 {
        points.clear();
    }
    points
}

fn add(point: &mut Point, before: &Point, number: f64) {
    let plus = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
    point.value = Some(before.value.unwrap_or(0.0) + number);
    point.low = plus(point.low, before.low);
    point.high = plus(point.high, before.high);
    if point.qualifier != before.qualifier {
        point.qualifier = Qualifier::About;
    }
    for (to, from) in [
        (&mut point.articles, &before.articles),
        (&mut point.publishers, &before.publishers),
        (&mut point.urls, &before.urls),
        (&mut point.figure_ids, &before.figure_ids),
    ] {
        to.extend(from.iter().cloned());
        to.sort();
        to.dedup();
    }
}
