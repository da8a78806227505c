//! What a document tells, part by part: open paragraphs and tables, one in the other, on their way into a [`Layout`].

use crate::read::layout::Layout;
use crate::read::{LIMIT, Parsed};

/// Paragraphs, tables and text boxes that may stand in one another.
const DEPTH: usize = 64;
/// Cells of a row; a sheet may claim a million of them.
const CELLS: usize = 64;
/// Letters of the longest cell of a table; where one is longer, text is set side by side.
const CELL: usize = 400;
/// Letters of a title.
const TITLE: std::ops::RangeInclusive<usize> = 4..=200;

/// A document on its way into text.
#[derive(Default)]
pub(super) struct Story {
    /// The paragraph styled as the title.
    pub(super) title: Option<String>,
    pub(super) layout: Layout,
    open: Vec<Paragraph>,
    tables: Vec<Table>,
}

/// A paragraph or an item of a list.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) bullet: bool,
    pub(super) is_title: bool,
    /// Not for the reader: a line of a table of contents.
    pub(super) hidden: bool,
    /// What its footnotes say, to follow it.
    pub(super) notes: Vec<String>,
}

/// What a cell, or the document, is made of.
enum Part {
    Paragraph(Paragraph),
    Table(Vec<Vec<String>>),
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<Part>>>,
    /// The column of the open cell.
    column: usize,
    /// The paragraphs that were open around it.
    around: usize,
}

impl Story {
    /// The innermost open paragraph.
    pub(super) fn paragraph(&mut self) -> Option<&mut Paragraph> {
        let around = self.tables.last().map_or(0, |t| t.around);
        self.open.get_mut(around..)?.last_mut()
    }

    /// Adds words to the innermost open paragraph.
    pub(super) fn say(&mut self, words: &str) -> Parsed<()> {
        let so_far = self.layout.len();
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.push_str(words);
            if paragraph.text.len() + so_far > LIMIT {
                return Err(format!("longer than {} MiB; split it", LIMIT >> 20));
            }
        }
        Ok(())
    }

    pub(super) fn begin(&mut self) -> Parsed<()> {
        if self.open.len() >= DEPTH {
            return Err(too_deep());
        }
        self.open.push(Paragraph::default());
        Ok(())
    }

    pub(super) fn end(&mut self) {
        if self.paragraph().is_none() {
            return;
        }
        let Some(paragraph) = self.open.pop().filter(|p| !p.hidden) else {
            return;
        };
        let title = paragraph.text.trim();
        if paragraph.is_title && self.title.is_none() && TITLE.contains(&title.chars().count()) {
            self.title = Some(title.to_string());
        }
        self.add(Part::Paragraph(paragraph));
    }

    pub(super) fn begin_table(&mut self) -> Parsed<()> {
        if self.tables.len() >= DEPTH {
            return Err(too_deep());
        }
        self.tables.push(Table {
            around: self.open.len(),
            ..Table::default()
        });
        Ok(())
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    /// A cell that spans so many columns.
    pub(super) fn begin_cell(&mut self, columns: usize) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(row) = table.rows.last_mut() else {
            return;
        };
        let room = CELLS.saturating_sub(row.len());
        if room > 0 {
            table.column = row.len();
        }
        row.extend((0..columns.max(1)).take(room).map(|_| Vec::new()));
    }

    /// The columns that the open cell spans, told after it began.
    pub(super) fn widen_cell(&mut self, columns: usize) {
        if let Some(row) = self.tables.last_mut().and_then(|t| t.rows.last_mut()) {
            let room = CELLS.saturating_sub(row.len());
            row.extend((1..columns).take(room).map(|_| Vec::new()));
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        self.open.truncate(table.around);
        let cells = || table.rows.iter().flatten();
        let is_table = table.rows.iter().any(|row| row.len() > 1) && cells().all(|c| is_cell(c));
        if !is_table {
            for part in table.rows.into_iter().flatten().flatten() {
                self.add(part);
            }
            return;
        }
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        for row in table.rows {
            let cells: Vec<String> = row.into_iter().map(|c| text(c, &mut notes)).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(cells);
            }
        }
        self.add(Part::Table(rows));
        for text in notes {
            self.add(Part::Paragraph(Paragraph {
                text,
                ..Paragraph::default()
            }));
        }
    }

    /// Adds a part to the cell it stands in, or else to the text.
    fn add(&mut self, part: Part) {
        if let Some(table) = self.tables.last_mut() {
            let cell = table
                .rows
                .last_mut()
                .and_then(|row| row.get_mut(table.column));
            if let Some(cell) = cell {
                cell.push(part);
            }
            return;
        }
        match part {
            Part::Table(rows) => self.layout.table(&rows),
            Part::Paragraph(paragraph) => {
                if paragraph.bullet {
                    self.layout.bullet(&paragraph.text);
                } else {
                    self.layout.paragraph(&paragraph.text);
                }
                for note in paragraph.notes {
                    self.layout.paragraph(&note);
                }
            }
        }
    }
}

/// Little enough for a cell.
fn is_cell(parts: &[Part]) -> bool {
    let mut letters = 0;
    parts.iter().all(|part| match part {
        Part::Table(_) => false,
        Part::Paragraph(paragraph) => {
            letters += paragraph.text.len();
            letters <= CELL
        }
    })
}

/// The words of a cell; its footnotes are put aside.
fn text(parts: Vec<Part>, notes: &mut Vec<String>) -> String {
    let mut words = String::new();
    for part in parts {
        if let Part::Paragraph(paragraph) = part {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(paragraph.text.trim());
            notes.extend(paragraph.notes);
        }
    }
    words
}

fn too_deep() -> String {
    "tables or text boxes within one another without end; save its text as .txt".into()
}
