//! A table of data -> lines: "Aleppo | Killed: 45 | Injured: 120", each number beside the words of its column.
//!
//! A head of one row or more gives the labels of the columns. Without one, rows of two cells become "Killed: 45", wider ones keep their
//! cells, "Aleppo | 45 | 120". Tables that only lay out a page are told by what stands in them and are read as boxes.

use super::mark;
use super::tag::Tag;
use super::tree::Tree;
use super::words::words;

/// The longest cell of data, in letters and marks.
const LONGEST: usize = 240;
/// The same on average.
const USUAL: usize = 80;
/// Columns of the widest table that is read, and cells of the largest.
const WIDEST: usize = 60;
const CELLS: usize = 100_000;
/// Rows of the deepest head.
const HEAD: usize = 3;

/// True for a table of data.
pub(super) fn is_data(tree: &Tree, table: usize) -> bool {
    if tree.nodes[table].has(mark::LAYOUT) {
        return false;
    }
    let (mut rows, mut cells, mut heads, mut size, mut widest, mut width) = (0, 0, 0, 0, 0, 0);
    let mut numbers = false;
    let mut cell_size = 0;
    for at in tree.within(table) {
        match tree.nodes[at].tag {
            Tag::Table => return false,
            Tag::Row => {
                rows += 1;
                width = 0;
            }
            Tag::Cell | Tag::HeadCell => {
                cells += 1;
                width += 1;
                widest = widest.max(width);
                heads += usize::from(tree.nodes[at].tag == Tag::HeadCell);
                cell_size = 0;
            }
            Tag::Text => {
                let text = tree.text(at).trim();
                size += text.len();
                cell_size += text.len();
                numbers |= text.contains(|c: char| c.is_ascii_digit());
                if cell_size > LONGEST * 2 {
                    return false;
                }
            }
            _ => {}
        }
    }
    let few_words = cells > 0 && size / cells <= USUAL;
    rows > 0 && widest > 1 && few_words && (heads > 0 || rows > 1 && numbers)
}

/// The lines of a table of data, its caption first.
pub(super) fn lines(tree: &Tree, table: usize, gone: &[bool]) -> Vec<String> {
    let (caption, rows) = grid(tree, table, gone);
    let head = head(&rows);
    let labels = labels(&rows[..head], caption.as_deref());
    let body = rows[head..].iter().filter_map(|row| line(row, &labels));
    caption.iter().cloned().chain(body).collect()
}

#[derive(Clone, Default)]
struct Cell {
    text: String,
    is_head: bool,
}

impl Cell {
    fn has_digit(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    fn has_letter(&self) -> bool {
        self.text.contains(char::is_alphabetic)
    }

    /// What it leaves in the other cells that it covers: its words, but no number a second time.
    fn again(&self) -> Cell {
        if self.is_head || !self.has_digit() {
            self.clone()
        } else {
            Cell::default()
        }
    }
}

/// A row with every cell in its column.
#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    in_head: bool,
}

impl Row {
    fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|c| !c.text.is_empty())
    }
}

/// How many rows are the head.
fn head(rows: &[Row]) -> usize {
    let marked =
        |row: &Row| row.cells.len() > 1 && (row.in_head || row.filled().all(|c| c.is_head));
    let mut head = rows.iter().take(HEAD).take_while(|row| marked(row)).count();
    if head == 0
        && let Some((first, rest)) = rows.split_first()
    {
        // no head is marked: words above numbers, in each column but the first
        let words = first.filled().count() > 1 && !first.cells.iter().any(Cell::has_digit);
        let numbers = |row: &Row| {
            let mut cells = row.cells.iter().skip(1).filter(|c| !c.text.is_empty());
            cells.all(Cell::has_digit)
        };
        head = usize::from(words && !rest.is_empty() && rest.iter().all(numbers));
    }
    if head == rows.len() { 0 } else { head }
}

/// The words above each column.
fn labels(head: &[Row], caption: Option<&str>) -> Vec<String> {
    let width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let label = |column: usize| {
        let mut parts: Vec<&str> = Vec::new();
        for row in head {
            let text = row.cells.get(column).map_or("", |c| c.text.as_str());
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let mut label = parts.join(", ");
        // "2024" does not say what is counted, the caption does
        if let Some(caption) = caption.filter(|c| c.len() <= USUAL)
            && !label.is_empty()
            && !label.contains(char::is_alphabetic)
        {
            label = format!("{caption}, {label}");
        }
        label.replace('\n', " ").trim_end_matches(':').to_string()
    };
    (0..width).map(label).collect()
}

/// A row as a line; nothing for a row without words.
fn line(row: &Row, labels: &[String]) -> Option<String> {
    let first = row.filled().next()?;
    if row.filled().all(|c| c.text == first.text) && row.filled().count() > 1 {
        return Some(first.text.clone());
    }
    if labels.is_empty() {
        let filled: Vec<&str> = row.filled().map(|c| c.text.as_str()).collect();
        return Some(match filled[..] {
            [label, value] if first.has_letter() => {
                format!("{}: {value}", label.trim_end_matches(':'))
            }
            _ => filled.join(" | "),
        });
    }
    let named = row.cells[0].has_letter();
    let cells = row.cells.iter().enumerate();
    let shown = cells.filter_map(|(column, cell)| {
        let says = cell.text.contains(char::is_alphanumeric);
        let label = labels.get(column).map_or("", String::as_str);
        says.then(|| match label {
            "" => cell.text.clone(),
            _ if column == 0 && named => cell.text.clone(),
            label => format!("{label}: {}", cell.text),
        })
    });
    Some(shown.collect::<Vec<_>>().join(" | ")).filter(|line| !line.is_empty())
}

/// Caption and rows; a cell that covers several stands in each of them.
fn grid(tree: &Tree, table: usize, gone: &[bool]) -> (Option<String>, Vec<Row>) {
    let mut caption = None;
    let mut rows: Vec<Row> = Vec::new();
    let mut hanging = Hanging::default();
    let (mut head_ends, mut cells) = (0, 0);
    let mut at = table + 1;
    while at < tree.nodes[table].end as usize {
        let node = tree.nodes[at];
        let end = node.end as usize;
        at = match node.tag {
            _ if gone[at] || node.tag == Tag::Gone => end,
            Tag::TableCaption => {
                caption = Some(text(tree, at, gone)).filter(|c| !c.is_empty());
                end
            }
            Tag::HeadRows => {
                head_ends = end;
                at + 1
            }
            Tag::Row => {
                if let Some(row) = rows.last_mut() {
                    hanging.fill(row);
                }
                rows.push(Row {
                    in_head: at < head_ends,
                    ..Row::default()
                });
                at + 1
            }
            Tag::Cell | Tag::HeadCell => {
                if let Some(row) = rows.last_mut().filter(|_| cells < CELLS) {
                    hanging.fill(row);
                    let (columns, down) = tree.covers(at);
                    let cell = Cell {
                        text: text(tree, at, gone),
                        is_head: node.tag == Tag::HeadCell,
                    };
                    for i in 0..columns.min(WIDEST.saturating_sub(row.cells.len())) {
                        let copy = if i == 0 { cell.clone() } else { cell.again() };
                        hanging.hang(row.cells.len(), down - 1, &copy);
                        row.cells.push(copy);
                        cells += 1;
                    }
                }
                end
            }
            _ => at + 1,
        };
    }
    if let Some(row) = rows.last_mut() {
        hanging.fill(row);
    }
    rows.retain(|row| row.filled().next().is_some());
    (caption, rows)
}

/// By column: the cell that reaches down into the rows below, and into how many.
#[derive(Default)]
struct Hanging(Vec<(usize, Cell)>);

impl Hanging {
    fn hang(&mut self, column: usize, rows: usize, cell: &Cell) {
        if rows > 0 {
            if self.0.len() <= column {
                self.0.resize(column + 1, (0, Cell::default()));
            }
            self.0[column] = (rows, cell.again());
        }
    }

    /// Sets the cells that come next in the row and hang down from above.
    fn fill(&mut self, row: &mut Row) {
        while let Some((rows, cell)) = self.0.get_mut(row.cells.len()).filter(|(n, _)| *n > 0) {
            *rows -= 1;
            row.cells.push(cell.clone());
        }
    }
}

/// The words of a cell on one line.
fn text(tree: &Tree, cell: usize, gone: &[bool]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut from = cell + 1;
    let end = tree.nodes[cell].end as usize;
    let mut at = from;
    while at < end {
        let node = tree.nodes[at];
        if node.tag.is_inline() && !gone[at] {
            at += 1;
            continue;
        }
        parts.push(words(tree, from..at, false));
        at = if gone[at] || node.tag == Tag::Gone {
            node.end as usize
        } else {
            at + 1
        };
        from = at;
    }
    parts.push(words(tree, from..end, false));
    parts.retain(|part| !part.is_empty());
    parts.join(" ").replace('\n', " ")
}
