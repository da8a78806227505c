//! Tables whose columns only spaces set apart -> where a bar would stand between two cells.
//!
//! Comes in: a text. Goes out: the places of its bars, in bytes, in order; a bar stands on a space, or on a rule's first mark.
//!
//! A table is a run of lines, blank lines and rules between them aside, that leave the same columns of characters free. As justified
//! prose, and two spaces after a stop, do so by chance, its cells must also be short, those of a column begin, end or stand in the
//! middle at one place on two lines running, and half of the lines have a number for a cell. Linear: a line is looked at twice at most.

use std::iter::once;

use memchr::{memchr, memmem, memrchr};

/// Spaces that may part two cells.
const GAP: &[u8] = b"  ";
/// Letters of the longest cell.
const CELL: usize = 60;
/// Cells of a line at most.
const CELLS: usize = 60;
/// Words of a cell, on average.
const WORDS: usize = 6;
/// Lines of a table at most; what follows is another.
const LINES: usize = 1000;
/// Letters of what may mark an item of a list: "(iv)".
const MARKER: usize = 4;

/// The places of the bars.
pub(super) fn bars(text: &str) -> Vec<usize> {
    let gap = memmem::Finder::new(GAP);
    let (mut bars, mut at) = (Vec::new(), 0);
    while let Some(found) = gap.find(&text.as_bytes()[at..]) {
        let start = memrchr(b'\n', &text.as_bytes()[at..at + found]).map_or(at, |n| at + n + 1);
        let (lines, end) = lines(text, start);
        let mut from = 0;
        while from < lines.len() {
            let to = run(&lines[from..]) + from;
            if let Some(table) = Table::of(text, &lines[from..to]) {
                table.bars(&mut bars);
            } else if let Some(table) = Table::of(text, lines.get(from + 1..to).unwrap_or_default())
            {
                // the first spans some of its columns
                table.bars(&mut bars);
            }
            from = to;
        }
        at = end;
    }
    bars
}

/// A line with its cells; a rule or a blank line has none.
struct Line {
    start: usize,
    cells: Vec<Cell>,
    /// Where its marks begin, if it is a rule.
    rule: Option<usize>,
}

/// What stands between two gaps: as characters of the line, and where it is in the text.
#[derive(Clone, Copy)]
struct Cell {
    from: usize,
    to: usize,
    start: usize,
    end: usize,
}

/// Columns of characters that are free, the end exclusive.
type Strip = (usize, usize);

/// The lines from here on that may be of a table, and where they end.
fn lines(text: &str, start: usize) -> (Vec<Line>, usize) {
    let (mut lines, mut at, mut blank) = (Vec::new(), start, false);
    while at < text.len() && lines.len() < LINES {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let next = (end + 1).min(text.len());
        let line = line(text, at, end);
        let empty = line.as_ref().is_some_and(Line::is_blank);
        match line {
            Some(line) if !(empty && blank) => lines.push(line),
            // the first is behind us in any case
            _ => return (lines, next),
        }
        (at, blank) = (next, empty);
    }
    (lines, at)
}

fn line(text: &str, start: usize, end: usize) -> Option<Line> {
    let mut line = Line {
        start,
        cells: Vec::new(),
        rule: None,
    };
    let words = text[start..end].trim_end();
    if words.is_empty() {
        return Some(line);
    }
    if words.contains(['-', '=', '─', '━']) && words.chars().all(is_rule) {
        line.rule = words.find(|c| c != ' ').map(|at| start + at);
        return Some(line);
    }
    let mut spaces = GAP.len();
    for (column, (at, c)) in words.char_indices().enumerate() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        if matches!(c, '\t' | '|') {
            return None;
        }
        if spaces >= GAP.len() {
            line.cells.push(Cell {
                from: column,
                to: column,
                start: start + at,
                end: start + at,
            });
        }
        let cells = line.cells.len();
        let cell = line.cells.last_mut()?;
        cell.to = column + 1;
        cell.end = start + at + c.len_utf8();
        if cell.to - cell.from > CELL || cells > CELLS {
            return None;
        }
        spaces = 0;
    }
    let indented = line.cells.first()?.from > 0;
    (line.cells.len() > 1 || indented).then_some(line)
}

fn is_rule(c: char) -> bool {
    matches!(c, '-' | '=' | '_' | '+' | '─' | '━' | ' ')
}

impl Line {
    fn is_blank(&self) -> bool {
        self.cells.is_empty() && self.rule.is_none()
    }

    /// The columns of characters that it leaves free, those before its first cell and after its last among them.
    fn free(&self) -> Vec<Strip> {
        let starts = self.cells.iter().map(|c| c.from);
        let ends = self.cells.iter().map(|c| c.to);
        once(0)
            .chain(ends)
            .zip(starts.chain([usize::MAX]))
            .collect()
    }

    /// Where the free column of characters is in the text; the line may end before it.
    fn place(&self, column: usize) -> Option<usize> {
        let next = self.cells.iter().find(|c| c.from > column)?;
        Some(next.start - (next.from - column))
    }

    /// What stands between two strips.
    fn cell(&self, from: usize, to: usize) -> Option<Cell> {
        let within = |c: &&Cell| c.from >= from && c.to <= to;
        let first = self.cells.iter().find(within)?;
        let last = self.cells.iter().rfind(within)?;
        Some(Cell {
            to: last.to,
            end: last.end,
            ..*first
        })
    }
}

/// How many lines share strips with the first, from that on.
fn run(lines: &[Line]) -> usize {
    let mut shared: Option<Vec<Strip>> = None;
    for (i, line) in lines.iter().enumerate() {
        if line.cells.is_empty() {
            continue;
        }
        let both = match &shared {
            Some(shared) => common(shared, &line.free(), is_free),
            None => line.free(),
        };
        let (first, last) = (line.cells[0].from, line.cells[line.cells.len() - 1].to);
        let inner = both.iter().any(|s| s.0 >= first && s.1 <= last);
        // a line of one cell goes on the row above it
        let goes_on = line.cells.len() == 1 && shared.is_some() && both.len() > 2;
        if !inner && !goes_on {
            return i.max(1);
        }
        shared = Some(both);
    }
    lines.len()
}

/// A strip of one column of characters or more.
fn is_free(strip: Strip) -> bool {
    strip.0 < strip.1
}

/// What two lists of strips have in common, where that is wide enough. A page's strips are lengths, a text's are characters.
pub(crate) fn common<T: PartialOrd + Copy>(
    a: &[(T, T)],
    b: &[(T, T)],
    wide: impl Fn((T, T)) -> bool,
) -> Vec<(T, T)> {
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        let (a, b) = (a[i], b[j]);
        let strip = (
            if a.0 > b.0 { a.0 } else { b.0 },
            if a.1 < b.1 { a.1 } else { b.1 },
        );
        if wide(strip) {
            out.push(strip);
        }
        if a.1 < b.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Lines, the strips between their columns, and their cells.
struct Table<'t> {
    lines: Vec<&'t Line>,
    strips: Vec<Strip>,
}

impl<'t> Table<'t> {
    /// The table that the lines are, if they are one.
    fn of(text: &str, lines: &'t [Line]) -> Option<Self> {
        let all = lines.iter().filter(|l| !l.cells.is_empty());
        let shared = all
            .clone()
            .map(Line::free)
            .reduce(|a, b| common(&a, &b, is_free))?;
        let left = all.clone().filter_map(|l| l.cells.first()).map(|c| c.from);
        let right = all.clone().filter_map(|l| l.cells.last()).map(|c| c.to);
        let (left, right) = (left.min()?, right.max()?);
        let inner = shared.into_iter().filter(|s| s.0 > left && s.1 < right);
        let mut table = Table {
            lines: lines.iter().filter(|l| !l.is_blank()).collect(),
            strips: inner.collect(),
        };
        let kept = (0..table.strips.len()).filter(|s| table.is_aligned(s + 1));
        table.strips = kept.map(|s| table.strips[s]).collect();
        if table.strips.is_empty() || table.strips.len() == 1 && table.is_list(text) {
            return None;
        }
        let head = table.head(text)?;
        table.lines.drain(..head);
        table.is_table(text).then_some(table)
    }

    fn rows(&self) -> impl Iterator<Item = &'t Line> {
        let lines = self.lines.iter().copied();
        lines.filter(|line| !line.cells.is_empty())
    }

    /// Where a column begins and ends at most.
    fn column(&self, column: usize) -> Strip {
        let from = column.checked_sub(1).map_or(0, |s| self.strips[s].1);
        let to = self.strips.get(column).map_or(usize::MAX, |s| s.0);
        (from, to)
    }

    fn cell(&self, line: &Line, column: usize) -> Option<Cell> {
        let (from, to) = self.column(column);
        line.cell(from, to)
    }

    /// True if cells of the column stand at one place on two lines running.
    fn is_aligned(&self, column: usize) -> bool {
        let mut above: Option<Cell> = None;
        self.rows().any(|line| {
            let Some(cell) = self.cell(line, column) else {
                return false;
            };
            above.replace(cell).is_some_and(|above| {
                let middle = (above.from + above.to).abs_diff(cell.from + cell.to) <= 1;
                above.from == cell.from || above.to == cell.to || middle
            })
        })
    }

    /// True if the first column has nothing but what marks items of a list.
    fn is_list(&self, text: &str) -> bool {
        let mut marks = self.rows().filter_map(|line| self.cell(line, 0));
        marks.all(|cell| {
            let mark = &text[cell.start..cell.end];
            mark.len() <= MARKER && mark.ends_with(|c: char| !c.is_alphanumeric())
        })
    }

    /// The cells that are numbers.
    fn numbers(&self, text: &str, line: &Line) -> usize {
        let cells = (1..=self.strips.len()).filter_map(|c| self.cell(line, c));
        cells
            .filter(|cell| is_number(&text[cell.start..cell.end]))
            .count()
    }

    /// Its first line: the one above the first with a number, for that names its columns.
    fn head(&self, text: &str) -> Option<usize> {
        let first = self.lines.iter().position(|l| self.numbers(text, l) > 0)?;
        let above = self.lines[..first].iter();
        Some(
            above
                .clone()
                .rposition(|l| l.cells.len() > 1)
                .unwrap_or(first),
        )
    }

    /// True if its cells are short, half of its rows have numbers, and no cell has two of them far apart.
    fn is_table(&self, text: &str) -> bool {
        let rows = self.rows().filter(|l| l.cells.len() > 1).count();
        let numbers = self.rows().filter(|l| self.numbers(text, l) > 0).count();
        let words = |line: &Line| {
            let cells = line.cells.iter();
            let words = cells.map(|c| text[c.start..c.end].split(' ').count());
            words.sum::<usize>()
        };
        let words: usize = self.rows().map(words).sum();
        let apart = |line: &Line| {
            (0..=self.strips.len()).any(|column| {
                let (from, to) = self.column(column);
                let within = line.cells.iter().filter(|c| c.from >= from && c.to <= to);
                let numbers = within.filter(|c| is_number(&text[c.start..c.end]));
                numbers.count() > 1
            })
        };
        rows >= 2
            && 2 * numbers >= rows
            && words <= WORDS * rows * (self.strips.len() + 1)
            && !self.rows().any(apart)
    }

    /// Adds its bars.
    fn bars(&self, bars: &mut Vec<usize>) {
        for line in &self.lines {
            // a line without a bar would end the table
            bars.extend(line.rule);
            let first = line.cells.first();
            let empty = first.is_some_and(|c| c.from >= self.strips[0].1);
            bars.extend(empty.then_some(line.start));
            let places = self.strips.iter().map(|s| s.1 - 1);
            bars.extend(places.filter_map(|column| line.place(column)));
        }
    }
}

/// "1,200", "~45", "9 dead".
fn is_number(cell: &str) -> bool {
    let bare = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with(|c: char| c.is_ascii_digit()) && cell.split(' ').count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its bars printed.
    fn barred(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for bar in bars(text) {
            assert!(matches!(bytes[bar], b' ' | b'-' | b'='), "{text}: {bar}");
            bytes[bar] = b'|';
        }
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn columns_that_spaces_set_apart() {
        for (text, table) in [
            (
                "District     Killed  Injured\nDeno              9       21\nUpper Karo        5       16\n",
                "District    |Killed |Injured\nDeno        |     9 |     21\nUpper Karo  |     5 |     16\n",
            ),
            (
                "Killed     14\nInjured    37",
                "Killed    |14\nInjured   |37",
            ),
            (
                "  ---------- -------- ---------\n  District   Killed   Injured\n  Deno       9        21\n  Ost        5        16\n  ---------- -------- ---------",
                "  ---------- -------- ---------\n  District  |Killed  |Injured\n  Deno      |9       |21\n  Ost       |5       |16\n  |--------- -------- ---------",
            ),
            (
                "District   Killed\n---------  ------\nDeno            9\n\nKaro            5\n",
                "District  |Killed\n|--------  ------\nDeno      |     9\n\nKaro      |     5\n",
            ),
            (
                "          Killed   Missing\nDeno       9\nKaro               3\n           4       5",
                "|        |Killed  |Missing\nDeno     | 9\nKaro     |        |3\n|        | 4      |5",
            ),
            (
                "Événement   Tués\nÉ            7\nKaro        12",
                "Événement  |Tués\nÉ          | 7\nKaro       |12",
            ),
        ] {
            assert_eq!(barred(text), table);
        }
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "",
            "  ",
            "Killed  14",
            "Five people died.  Ten were hurt.\nTwo more died.  Six are missing.",
            "At  least  14  people  were  killed  and\n37 injured when  the Karo  burst its banks",
            "1.  400\n2.  1,200 families",
            "-  14 killed\n-  37 injured",
            "Killed  14\nInjured and missing  37",
            "Killed   Injured\nmany     few",
            "| Deno   | 9  |\n| Karo   | 5  |",
        ] {
            assert_eq!(bars(text), [0usize; 0], "{text}");
        }
    }

    #[test]
    fn many_lines_take_no_long_time() {
        let lines = |line: &str| line.repeat(200_000);
        for text in [
            lines("a  1\n"),
            lines("a  1\n\n\n"),
            lines("  a\n"),
            lines("  1  a\n   2 \n"),
            lines("a  "),
        ] {
            assert!(bars(&text).len() <= 600_000);
        }
    }
}
