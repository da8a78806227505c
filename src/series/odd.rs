//! What is odd about a running total: points in, flags on them out. Nothing is mended or hidden.
//!
//! | flag | when |
//! | --- | --- |
//! | `digit_swap?` | out of line with both neighbours, and one slip of the typist (two digits swapped, one dropped, one too many) from fitting between them |
//! | `fell` | less than the number before, and neither rounding, a hedge nor a revision (`revised`) explains it |
//! | `restarted` | the same, to less than a third, and what follows stays below: a new count, perhaps |
//! | `jumped` | more than three times the number before within 31 days; or a step of a tenth or more, four times as steep as the median of the three steps on either side (a recount, perhaps) |
//!
//! A stock (people displaced today) may fall and begin again: that is news, so it gets neither `fell` nor `restarted`.

use super::{DISAGREES, FORMER, Point, REVISED};
use crate::hedge::{Stated, same_digits, slip_between};

/// Flags the points of one line, which are sorted by date.
pub(super) fn flag(points: &mut [Point], stock: bool) {
    let standing: Vec<usize> = (0..points.len())
        .filter(|&i| !points[i].has(DISAGREES) && !points[i].has(FORMER))
        .filter(|&i| stated(&points[i]).size().is_some())
        .collect();
    let slips: Vec<Option<bool>> = (0..standing.len())
        .map(|n| {
            let three = [n.checked_sub(1)?, n, n + 1];
            let three = three.map(|m| standing.get(m).map(|&i| &points[i]));
            let [Some(before), Some(now), Some(after)] = three else {
                return None;
            };
            slip([before, now, after])
        })
        .collect();
    // of two neighbours that both look wrong, the one whose digits are another's in another order is it
    let rival = |n: usize| slips.get(n).copied().flatten() == Some(true);
    let (swapped, kept): (Vec<usize>, Vec<usize>) =
        (0..standing.len()).partition(|&n| match slips[n] {
            Some(true) => true,
            Some(false) => ![n.checked_sub(1), Some(n + 1)]
                .into_iter()
                .flatten()
                .any(rival),
            None => false,
        });
    for n in swapped {
        mark(&mut points[standing[n]], "digit_swap?");
    }
    let kept: Vec<usize> = kept.into_iter().map(|n| standing[n]).collect();
    for n in 1..kept.len() {
        let (before, now) = (stated(&points[kept[n - 1]]), stated(&points[kept[n]]));
        if !stock && now.is_below(&before) && !points[kept[n]].has(REVISED) {
            let low = |p: &Point| stated(p).size() < before.size().map(|b| b / 3.0);
            let stays = kept
                .get(n + 1)
                .is_none_or(|&next| stated(&points[next]).size() < before.size().map(|b| b / 2.0));
            let flag = if low(&points[kept[n]]) && stays {
                "restarted"
            } else {
                "fell"
            };
            mark(&mut points[kept[n]], flag);
        }
    }
    for n in steep(points, &kept) {
        mark(&mut points[kept[n]], "jumped");
    }
}

fn stated(point: &Point) -> Stated {
    Stated {
        value: point.value,
        low: point.low,
        high: point.high,
        qualifier: point.qualifier,
    }
}

fn mark(point: &mut Point, flag: &str) {
    point.flags.push(flag.into());
    point.flags.sort();
}

/// Without the middle one the line would rise, with it it does not, and one slip would put it right: then whether its digits
/// are a neighbour's in another order.
fn slip(three: [&Point; 3]) -> Option<bool> {
    let [before, now, after] = three.map(stated);
    let (low, number, high) = (before.value?, now.value?, after.value?);
    let wrong = low <= high
        && (now.is_below(&before) || after.is_below(&now))
        && slip_between(number, low, high);
    wrong.then(|| same_digits(number, low) || same_digits(number, high))
}

/// The points reached by a step that is too steep.
fn steep(points: &[Point], kept: &[usize]) -> Vec<usize> {
    // step n leads from point n - 1 to point n: days, sizes
    let step = |n: usize| -> Option<(f64, f64, f64)> {
        let (a, b) = (&points[kept[n - 1]], &points[kept[n]]);
        let days = (b.date - a.date).num_days().max(1) as f64;
        Some((days, stated(a).size()?, stated(b).size()?))
    };
    let rate = |n: usize| step(n).map(|(days, a, b)| (b - a) / days);
    (1..kept.len())
        .filter(|&n| {
            let Some((days, a, b)) = step(n) else {
                return false;
            };
            let near = (n.saturating_sub(3).max(1)..(n + 4).min(kept.len())).filter(|&m| m != n);
            let mut rates: Vec<f64> = near.filter_map(rate).filter(|r| *r >= 0.0).collect();
            rates.sort_by(f64::total_cmp);
            let middle = rates.len() / 2;
            let usual = match rates.len() {
                0..=2 => return a >= 10.0 && b > a * 3.0 && days <= 31.0,
                even if even % 2 == 0 => f64::midpoint(rates[middle - 1], rates[middle]),
                _ => rates[middle],
            };
            (a >= 10.0 && b > a * 3.0 && days <= 31.0)
                || (b - a >= a / 10.0 && a >= 100.0 && (b - a) / days > usual * 4.0)
        })
        .collect()
}
