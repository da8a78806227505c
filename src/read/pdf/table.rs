//! Rows of a part -> lines and tables.
//!
//! A table is a run of rows that share free strips. Its columns are what stands between the strips; a row that only goes on the
//! cells above it is joined to them. A strip may be as narrow as a space where the words beside it begin, or end, at one place in
//! all rows and stand far apart in one of them.

use super::row::{self, Row, Word};
use super::rule::{self, Rule};
use crate::text::grid::common;

/// What a part of a page is made of.
#[derive(Debug)]
pub(super) enum Item {
    /// A line of text.
    Line(Row),
    /// A table: its rows, each with its cells.
    Table(Vec<Vec<String>>),
}

// In heights of the letters.
/// A gap so wide may part two cells.
const CELL: f32 = 0.8;
/// The narrowest strip between two columns.
const STRIP: f32 = 0.4;
/// The narrowest one between columns whose words begin or end at one place.
const NARROW: f32 = 0.12;
/// The narrowest one where only two rows speak for a table.
const WIDE: f32 = 0.9;
/// The greatest distance of the baselines of a table.
const FAR: f32 = 3.2;
/// Baselines so close are of one row.
const CLOSE: f32 = 0.9;
/// Rows of a table on one page.
const ROWS: usize = 300;
/// Words of a cell, on average; more are text.
const WORDS: usize = 7;
/// Places that count as one, in points.
const EXACT: f32 = 1.0;

type Strip = (f32, f32);

/// The items of a part.
pub(super) fn items(rows: &[Row], rules: &[Rule]) -> Vec<Item> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let end = run(rows, rules, i);
        if end > i
            && let Some(table) = table(&rows[i..end], rules)
        {
            out.push(Item::Table(table));
            i = end;
        } else {
            out.push(Item::Line(rows[i].clone()));
            i += 1;
        }
    }
    out
}

/// Where the run of rows ends that share strips with the first; the first itself if there is none.
fn run(rows: &[Row], rules: &[Rule], first: usize) -> usize {
    let mut shared = inner(&rows[first], CELL);
    if shared.is_empty() {
        return first;
    }
    let mut end = first + 1;
    for i in first + 1..rows.len().min(first + ROWS) {
        let row = &rows[i];
        let far = FAR * row.size.max(rows[i - 1].size);
        if row.y - rows[i - 1].y > far {
            break;
        }
        let below = is_below(row, &rows[i - 1]);
        let width = if below { NARROW } else { STRIP };
        let both = common(&shared, &free(row, width), |strip| {
            strip.1 - strip.0 >= width * row.size
        });
        if both.is_empty() {
            break;
        }
        let is_row = (below || !inner(row, CELL).is_empty()) && within(&both, row);
        if is_row {
            shared = both;
            end = i + 1;
        } else if row.y - rows[i - 1].y < FAR / 2.0 * row.size {
            // a cell goes on: it is not in the first column, or a rule below closes the table
            shared = both;
            let (x, to) = (rows[first].x(), rows[first].end());
            let closed = rule::between(rules, row.y, row.y + far, x, to)
                && !rule::between(rules, rows[i - 1].y, row.y, x, to);
            if end == i && (row.x() > shared[0].0 || closed) {
                end = i + 1;
            }
        }
    }
    if end > first + 1 { end } else { first }
}

/// True if a strip lies between two words of the row.
fn within(strips: &[Strip], row: &Row) -> bool {
    strips.iter().any(|s| s.0 >= row.x() && s.1 <= row.end())
}

/// The gaps between words that are at least so wide; not the one after a bullet.
fn inner(row: &Row, width: f32) -> Vec<Strip> {
    let from = usize::from(row.words.first().is_some_and(|w| marks_an_item(&w.text)));
    row.words[from..]
        .windows(2)
        .map(|w| (w[0].end, w[1].x))
        .filter(|gap| gap.1 - gap.0 >= width * row.size)
        .collect()
}

/// True if every cell that is set apart in the row above has one at the same place below it, be the gap before that as narrow as it may.
fn is_below(row: &Row, above: &Row) -> bool {
    let apart = CELL * above.size;
    let cells = above.words.windows(2);
    let cells = cells.filter(|w| w[1].x - w[0].end >= apart).map(|w| &w[1]);
    let mut count = 0;
    let all = cells.clone().all(|cell| {
        let rest = row.words.iter().skip(1);
        count += 1;
        rest.into_iter().any(|word| {
            let digits = has_digit(&word.text);
            digits == has_digit(&cell.text) && (same(word.x, cell.x) || same(word.end, cell.end))
        })
    });
    all && (count > 1 || count == 1 && cells.into_iter().all(|cell| has_digit(&cell.text)))
}

fn same(a: f32, b: f32) -> bool {
    (a - b).abs() <= EXACT
}

/// The gaps of a row, and the free space on either side of it.
fn free(row: &Row, width: f32) -> Vec<Strip> {
    let mut free = vec![(f32::MIN, row.x())];
    free.extend(inner(row, width));
    free.push((row.end(), f32::MAX));
    free
}

/// "•", "1.", "(a)", "iv)": what may stand before an item of a list.
pub(super) fn marks_an_item(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    if second.is_none() {
        return first.is_some_and(is_bullet);
    }
    let inner = word.trim_start_matches('(').trim_end_matches([')', '.']);
    let digits = inner.chars().all(|c| c.is_ascii_digit());
    let letter = inner.len() == 1 && inner.starts_with(|c: char| c.is_ascii_lowercase());
    let numeral = inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    word.ends_with(['.', ')']) && (1..=3).contains(&inner.len()) && (digits || letter || numeral)
}

/// Marks of lists; those of symbol fonts stand in the private area.
pub(super) fn is_bullet(char: char) -> bool {
    matches!(
        char,
        '•' | '▪'
            | '‣'
            | '■'
            | '●'
            | '◦'
            | '○'
            | '–'
            | '-'
            | '*'
            | '·'
            | '►'
            | '▶'
            | '➢'
            | '✓'
            | '❖'
            | '\u{e000}'..='\u{f8ff}'
    )
}

/// The rows of a table, if the run is one.
fn table(rows: &[Row], rules: &[Rule]) -> Option<Vec<Vec<String>>> {
    let above = std::iter::once(None).chain(rows.iter().map(Some));
    let full = rows.iter().zip(above).filter(|(row, above)| {
        !inner(row, CELL).is_empty() || above.is_some_and(|above| is_below(row, above))
    });
    let full: Vec<&Row> = full.map(|(row, _)| row).collect();
    let size = row::usual(rows.iter().map(|r| r.size));
    // a head may span two columns
    let mut strips = strips(&full, i32::from(full.len() >= 4), STRIP * size);
    let narrowest = strips.iter().map(|s| s.1 - s.0).fold(f32::MAX, f32::min);
    if full.len() < 2 || full.len() == 2 && narrowest < WIDE * size {
        return None;
    }
    let narrow = self::strips(&full, 0, NARROW * size);
    let new = |n: &Strip| strips.iter().all(|s| n.1 <= s.0 || n.0 >= s.1) && parts(*n, &full);
    let new: Vec<Strip> = narrow.into_iter().filter(new).collect();
    strips.extend(new);
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    if strips.is_empty() {
        return None;
    }
    let words: usize = rows.iter().map(|r| r.words.len()).sum();
    if words > WORDS * full.len() * (strips.len() + 1) {
        return None;
    }
    let cells: Vec<Vec<String>> = rows.iter().map(|r| cells(r, &strips)).collect();
    Some(joined(rows, rules, &cells))
}

/// True if the words on one side of the strip begin, or end, at its edge in all rows that have words on both, and stand far apart in one.
fn parts(strip: Strip, rows: &[&Row]) -> bool {
    let beside = rows.iter().filter_map(|row| {
        let at = row
            .words
            .partition_point(|w| w.end <= strip.0 + EXACT / 2.0);
        let (left, right) = (row.words[..at].last()?, row.words.get(at)?);
        Some((left.end, right.x, row.size))
    });
    let all = beside.clone().count() > 1;
    let begin = beside.clone().all(|(_, x, _)| same(x, strip.1));
    let end = beside.clone().all(|(end, _, _)| same(end, strip.0));
    let far = beside
        .into_iter()
        .any(|(end, x, size)| x - end >= CELL * size);
    all && far && (begin || end)
}

/// The strips, at least so wide, that stay free in all rows, or in all but so many.
fn strips(rows: &[&Row], allowed: i32, width: f32) -> Vec<Strip> {
    let mut edges: Vec<(f32, i32)> = Vec::new();
    for word in rows.iter().flat_map(|r| &r.words) {
        edges.push((word.x, 1));
        edges.push((word.end.max(word.x), -1));
    }
    // of edges at one place the beginnings come first
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (mut depth, mut start, mut strips) = (0, None, Vec::new());
    for (i, (x, step)) in edges.iter().enumerate() {
        let before = depth;
        depth += step;
        if depth <= allowed && before > allowed {
            start = Some(*x);
        } else if depth > allowed && before <= allowed {
            if let Some(start) = start.take()
                && x - start >= width
            {
                strips.push((start, *x));
            }
        } else if i + 1 == edges.len() {
            break;
        }
    }
    strips
}

/// The words of each column.
fn cells(row: &Row, strips: &[Strip]) -> Vec<String> {
    let mut cells: Vec<Vec<Word>> = vec![Vec::new(); strips.len() + 1];
    for word in &row.words {
        let middle = f32::midpoint(word.x, word.end);
        let column = strips.partition_point(|s| f32::midpoint(s.0, s.1) < middle);
        cells[column].push(word.clone());
    }
    cells.iter().map(|words| row::text(words)).collect()
}

fn has_digit(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
}

/// Rows joined to the one they go on.
fn joined(rows: &[Row], rules: &[Rule], cells: &[Vec<String>]) -> Vec<Vec<String>> {
    let (x, end) = rows.iter().fold((f32::MAX, f32::MIN), |(x, end), row| {
        (x.min(row.x()), end.max(row.end()))
    });
    let parted: Vec<bool> = (0..rows.len())
        .map(|i| i == 0 || rule::between(rules, rows[i - 1].y, rows[i].y, x, end))
        .collect();
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let to = (from + 1..rows.len())
            .find(|i| parted[*i])
            .unwrap_or(rows.len());
        let band = &cells[from..to];
        // between two rules stands one row, unless a column has two numbers there
        let ruled = parted[1..].contains(&true);
        let one = ruled
            && (1..band[0].len()).all(|c| band.iter().filter(|r| has_digit(&r[c])).count() < 2);
        for i in from..to {
            let goes_on = i > from && one || i > 0 && !parted[i] && goes_on(rows, cells, i, &out);
            match out.last_mut().filter(|_| goes_on) {
                Some(above) => append(above, &cells[i]),
                None => out.push(cells[i].clone()),
            }
        }
        from = to;
    }
    out
}

/// True if a row goes on the one above it, as far as its words tell.
fn goes_on(rows: &[Row], cells: &[Vec<String>], i: usize, out: &[Vec<String>]) -> bool {
    let digits = |row: &[String]| row.iter().any(|c| has_digit(c));
    let Some(above) = out.last() else {
        return false;
    };
    let close = rows[i].y - rows[i - 1].y < CLOSE * rows[i].size;
    let rest = cells[i][0].is_empty() && !digits(&cells[i]);
    let head = out.len() == 1
        && !digits(above)
        && !digits(&cells[i])
        && cells[i].iter().any(String::is_empty);
    close || rest || head
}

/// Adds to each cell what goes on in it.
fn append(above: &mut [String], cells: &[String]) {
    for (above, cell) in above.iter_mut().zip(cells) {
        if !above.is_empty() && !cell.is_empty() {
            above.push(' ');
        }
        above.push_str(cell);
    }
}
