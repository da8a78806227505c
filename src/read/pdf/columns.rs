//! Rows of a page -> parts in reading order: what spans the page, then each column from its top to its end.
//!
//! A column begins where, over some rows, a strip stays free and the words to its right begin at one place. Cells of a table are
//! set apart in the same way; but they hold few words and stand side by side, and so they stay together.

use super::row::{Row, Word};
use super::rule::{self, Rule};

/// So many places at most are tried as the left edge of a column.
const EDGES: usize = 32;
/// So often a page is parted at most.
const DEPTH: usize = 12;
/// Words of a page at most; what has more is a drawing.
const WORDS: usize = 20_000;
/// The least rows of a column.
const ROWS: usize = 4;
/// The least rows of a last column, which may end early.
const FEW: usize = 2;
/// Letters of a row that is more than a cell, on average.
const LETTERS: usize = 16;
/// The same, where a column has few rows.
const LONG: usize = 24;
/// Width of the free strip, in heights of the letters.
const STRIP: f32 = 0.6;
/// Baselines so far from one another are of two paragraphs, in heights of the letters.
const APART: f32 = 1.6;
/// How exactly the words right of a strip begin at one place, in points.
const EXACT: f32 = 1.5;

/// The parts of a page.
pub(super) fn parts(rows: Vec<Row>, rules: &[Rule]) -> Vec<Vec<Row>> {
    let mut out = Vec::new();
    let words: usize = rows.iter().map(|r| r.words.len()).sum();
    part(rows, rules, if words > WORDS { 0 } else { DEPTH }, &mut out);
    out
}

fn part(rows: Vec<Row>, rules: &[Rule], depth: usize, out: &mut Vec<Vec<Row>>) {
    if rows.is_empty() {
        return;
    }
    let Some(gutter) = (depth > 0).then(|| gutter(&rows, rules)).flatten() else {
        out.push(rows);
        return;
    };
    let mut above = rows;
    let mut band = above.split_off(gutter.from);
    let below = band.split_off(gutter.to - gutter.from);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in &band {
        let at = row.words.partition_point(|w| w.x < gutter.x - EXACT);
        left.extend(row.part(&row.words[..at]));
        right.extend(row.part(&row.words[at..]));
    }
    for rows in [above, left, right, below] {
        part(rows, rules, depth - 1, out);
    }
}

/// A free strip: right of it words begin at `x`, in the rows `from..to`.
struct Gutter {
    x: f32,
    from: usize,
    to: usize,
}

/// The gutter over the most rows; of equals, the leftmost.
fn gutter(rows: &[Row], rules: &[Rule]) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    for x in edges(rows) {
        let mut from = 0;
        while from < rows.len() {
            if crosses(&rows[from], x) {
                from += 1;
                continue;
            }
            let stops = |i: &usize| {
                crosses(&rows[*i], x) || *i > from && is_ruled(&rows[*i - 1], &rows[*i], rules, x)
            };
            let end = (from..rows.len()).find(stops);
            let to = end.unwrap_or(rows.len());
            if best.as_ref().is_none_or(|b| b.to - b.from < to - from)
                && let Some((first, last)) = columns(&rows[from..to], x)
            {
                let found = Gutter {
                    x,
                    from: from + first,
                    to: from + last,
                };
                if best
                    .as_ref()
                    .is_none_or(|b| b.to - b.from < found.to - found.from)
                {
                    best = Some(found);
                }
            }
            from = to;
        }
    }
    best
}

/// Where words begin after a gap in many rows: the most frequent places, from the left.
fn edges(rows: &[Row]) -> Vec<f32> {
    let mut starts: Vec<f32> = Vec::new();
    let leftmost = rows.iter().map(Row::x).fold(f32::MAX, f32::min);
    for row in rows {
        let gap = STRIP * row.size;
        let words = row.words.windows(2);
        let after = words.filter(|w| w[1].x - w[0].end >= gap).map(|w| w[1].x);
        let first = row
            .words
            .first()
            .map(|w| w.x)
            .filter(|x| *x > leftmost + gap);
        starts.extend(first.into_iter().chain(after));
    }
    starts.sort_by(f32::total_cmp);
    let mut edges: Vec<(usize, f32)> = Vec::new();
    for x in starts {
        match edges.last_mut() {
            Some((n, first)) if x - *first <= EXACT => *n += 1,
            _ => edges.push((1, x)),
        }
    }
    edges.retain(|(n, _)| *n >= FEW);
    edges.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    edges.truncate(EDGES);
    edges.sort_by(|a, b| a.1.total_cmp(&b.1));
    edges.into_iter().map(|(_, x)| x).collect()
}

/// True if a word stands in the strip left of `x`.
fn crosses(row: &Row, x: f32) -> bool {
    let from = x - STRIP * row.size;
    row.words
        .iter()
        .any(|w| w.x < x - EXACT && w.end > from.min(x - EXACT))
}

/// True if a rule lies between the rows across the strip left of `x`.
fn is_ruled(above: &Row, row: &Row, rules: &[Rule], x: f32) -> bool {
    let reach = 3.0 * row.size;
    rule::between(rules, above.y, row.y, x - reach, x + reach)
}

/// The rows, of those that leave the strip free, which are two columns: from the first to the last with words on its right.
fn columns(rows: &[Row], x: f32) -> Option<(usize, usize)> {
    let sides = |row: &Row| -> (usize, usize) {
        let at = row.words.partition_point(|w| w.x < x - EXACT);
        (letters(&row.words[..at]), letters(&row.words[at..]))
    };
    let has_right = |row: &Row| row.end() > x;
    // rows of a table above or below
    let is_cells = |row: &&Row| matches!(sides(row), (1.., r @ 1..) if r < LETTERS);
    let apart = |i: usize| i > 0 && rows[i].y - rows[i - 1].y > APART * rows[i].size;
    let start = rows.iter().take_while(is_cells).count();
    let start = if start > 1 { start } else { 0 };
    let cells = rows[start..].iter().rev().take_while(is_cells).count();
    let end = rows.len() - cells;
    let end = if cells > 1 || cells == 1 && apart(end) {
        end
    } else {
        rows.len()
    };
    let rows_between = &rows[start..end];
    let first = start + rows_between.iter().position(has_right)?;
    let last = start + rows_between.iter().rposition(has_right)? + 1;
    let (mut left, mut right, mut both, mut aligned) = ((0, 0), (0, 0), 0, 0);
    for row in &rows[first..last] {
        let (l, r) = sides(row);
        left = (left.0 + usize::from(l > 0), left.1 + l);
        right = (right.0 + usize::from(r > 0), right.1 + r);
        both += usize::from(l > 0 && r > 0);
        let start = row.words.iter().find(|w| w.x >= x - EXACT);
        aligned += usize::from(start.is_some_and(|w| w.x - x <= EXACT));
    }
    let texty = |side: (usize, usize)| side.1 >= LETTERS * side.0;
    let side_by_side = 2 * both < left.0.min(right.0);
    // a last column may end early; the left one goes on below it
    let to = last + tail(&rows[last..end], x);
    let rest = rows[last..to].iter().map(sides);
    let all = rest.fold(left, |all, (l, _)| (all.0 + 1, all.1 + l));
    let long = |side: (usize, usize)| side.1 >= LONG * side.0;
    let few = all.0 >= ROWS
        && right.0 >= FEW
        && aligned == right.0
        && (both == 0 && texty(all) || long(all) && long(right));
    let many = left.0 >= ROWS && right.0 >= ROWS && 2 * aligned >= right.0;
    let words = texty(left) && texty(right) || side_by_side && (texty(left) || texty(right));
    // what stands in the left column above the first row of the right one belongs to it if the strip is free there too
    (many && words || few).then_some((start, to))
}

/// Rows below the end of the right column that still belong to the left one.
fn tail(rows: &[Row], x: f32) -> usize {
    rows.iter().take_while(|row| row.end() < x).count()
}

fn letters(words: &[Word]) -> usize {
    words.iter().map(|w| w.text.chars().count()).sum()
}
