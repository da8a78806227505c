//! Parts of a document -> the text of an article, in the form that extraction reads best.
//!
//! Paragraphs and headings stand between blank lines, items of a list on lines that begin with a bullet, rows of a table on lines
//! with a bar on either side of each cell, its head first.

/// A text that grows part by part.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    /// The last part was a line that others may follow without a blank line.
    lines: bool,
}

impl Layout {
    /// A paragraph or a heading; an item of a list where someone typed its mark.
    pub(super) fn paragraph(&mut self, text: &str) {
        match text.trim_start().strip_prefix('•') {
            Some(item) => self.bullet(item),
            None => self.part(text, "", false),
        }
    }

    /// An item of a list, without its mark.
    pub(super) fn bullet(&mut self, text: &str) {
        self.part(text, "• ", true);
    }

    /// A table: its rows from the top, each with its cells.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        self.part(&table(rows), "", false);
    }

    fn part(&mut self, text: &str, mark: &str, line: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
            if !(line && self.lines) {
                self.text.push('\n');
            }
        }
        self.text.push_str(mark);
        self.text.push_str(text);
        self.lines = line;
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The whole text.
    pub(super) fn text(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}

/// A table as lines: a row each; but of numbers over their labels ("12,450" over "displaced"), a line for each number.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = match rows {
        [numbers, labels @ ..] if are_labelled(numbers, labels) => {
            let column = |i: usize| {
                let cells = rows.iter().filter_map(|row| row.get(i));
                let cells: Vec<&str> = cells.map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
                cells.join(" ")
            };
            (0..numbers.len()).map(column).collect()
        }
        rows => rows.iter().map(|row| line(row)).collect(),
    };
    lines.join("\n")
}

/// Labels that may stand below their numbers, in rows.
const LABELS: usize = 3;

fn are_labelled(numbers: &[String], labels: &[Vec<String>]) -> bool {
    let digit = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
    (1..=LABELS).contains(&labels.len())
        && numbers.iter().all(digit)
        && !labels.iter().flatten().any(digit)
        && labels[0]
            .iter()
            .all(|cell| cell.contains(char::is_alphabetic))
}

/// A row: a bar on either side of each cell.
fn line(cells: &[String]) -> String {
    let mut line = String::from("|");
    for cell in cells {
        // a bar in a cell would part it, and so would a line end
        for word in cell.split(['|', '\n']) {
            line.push(' ');
            line.push_str(word.trim());
        }
        line.push_str(" |");
    }
    line
}
