//! What stands on page after page: running heads, page numbers. In: the rows of all pages; out: without them.

use std::collections::HashMap;

use super::row::Row;
use super::rule::Rule;

/// So many rows at the top and at the end of a page may be furniture.
const ROWS: usize = 4;
/// The share of a page's height, at its top and at its end, where it stands.
const MARGIN: f32 = 0.15;
/// The share where nothing else stands: the lines that a browser prints around a page.
const EDGE: f32 = 0.035;
/// Heights on the page that count as one, in points.
const SAME: f32 = 4.0;

/// The rows of a page, its rules and its height.
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    pub(super) rules: Vec<Rule>,
    pub(super) height: f32,
}

/// Removes what stands at one height in one size on two pages or more, numbers aside, and bare page numbers.
pub(super) fn remove(pages: &mut [Page]) {
    let mut seen: HashMap<String, Vec<(f32, f32)>> = HashMap::new();
    for page in pages.iter() {
        for row in page
            .rows
            .iter()
            .enumerate()
            .filter_map(|(i, r)| at_edge(page, i).then_some(r))
        {
            seen.entry(key(row)).or_default().push((row.y, row.size));
        }
    }
    for page in pages {
        let mut keep: Vec<bool> = vec![true; page.rows.len()];
        for (i, row) in page.rows.iter().enumerate() {
            if at_edge(page, i) {
                let same = |place: &&(f32, f32)| {
                    (place.0 - row.y).abs() <= SAME && (place.1 - row.size).abs() <= 0.1 * row.size
                };
                let times = seen
                    .get(&key(row))
                    .map_or(0, |p| p.iter().filter(same).count());
                let y = row.y / page.height;
                let outside = !(EDGE..=1.0 - EDGE).contains(&y);
                keep[i] = times < 2 && !outside && !is_page_number(&row.text());
            }
        }
        let mut keep = keep.into_iter();
        page.rows.retain(|_| keep.next().unwrap_or(true));
    }
}

/// Near the top or the end of its page.
fn at_edge(page: &Page, i: usize) -> bool {
    let y = page.rows[i].y;
    i < ROWS && y <= MARGIN * page.height
        || i + ROWS >= page.rows.len() && y >= (1.0 - MARGIN) * page.height
}

/// The words with every number alike.
fn key(row: &Row) -> String {
    let mut key = String::new();
    for c in row.text().chars() {
        if !c.is_ascii_digit() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

/// "7", "- 7 -", "7/12", "vii".
fn is_page_number(text: &str) -> bool {
    let mut bare = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '–' | '—' | '|' | '/'));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let numeral = |c: char| matches!(c, 'i' | 'v' | 'x');
    text.len() <= 12 && (1..=6).contains(&digits) && bare.clone().all(|c| c.is_ascii_digit())
        || text.len() <= 5 && bare.all(numeral)
}
