//! Excel: one sheet a table, with typed numbers and days, a header that stays, filters, and links on addresses.
//!
//! Rows stream through a temporary file, so a large book needs no large memory. Excel has limits, and nothing is lost in silence: rows beyond 1,048,576 go on in another
//! sheet, addresses beyond 65,530 a sheet or 2,080 characters are plain text, and a text beyond 32,767 characters is cut: [`write()`] says how many.

use std::io::{self, Write};

use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Column, Holds, Table, csv};

/// Rows of a sheet under its header.
const ROWS: u32 = 1_048_575;
/// Links of a sheet.
const LINKS: u32 = 65_530;
/// Characters (UTF-16) of a link, and of a cell.
const LINK: usize = 2_080;
const CELL: usize = 32_767;

/// Writes tables into one book; gives the number of cells that had to be cut.
///
/// # Errors
/// The output, or a temporary file, cannot be written.
pub fn write(out: impl Write + Send, tables: Vec<Table<'_>>) -> io::Result<usize> {
    filled(out, tables).map_err(|error| match error {
        XlsxError::IoError(error) | XlsxError::ZipError(zip::result::ZipError::Io(error)) => error,
        other => io::Error::other(other),
    })
}

fn filled(out: impl Write + Send, tables: Vec<Table<'_>>) -> Result<usize, XlsxError> {
    let mut book = Workbook::new();
    // the same figures are the same bytes on any day
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let look = Look::new();
    let mut cut = 0;
    for table in tables {
        let mut rows = table.rows.peekable();
        for part in 1.. {
            let sheet = book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name(table.name, part))?;
            let mut page = Page::new(sheet, table.columns, &look)?;
            for row in rows.by_ref().take(ROWS as usize) {
                page.row(&row)?;
            }
            cut += page.finish()?;
            if rows.peek().is_none() {
                break;
            }
        }
    }
    book.save_to_writer(out)?;
    Ok(cut)
}

/// `figures` is "Figures", its second sheet "Figures 2".
fn name(table: &str, part: u32) -> String {
    let mut letters = table.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let name: String = first.chain(letters).collect();
    if part == 1 {
        name
    } else {
        format!("{name} {part}")
    }
}

/// How cells look.
struct Look {
    head: Format,
    whole: Format,
    day: Format,
}

impl Look {
    fn new() -> Self {
        Look {
            head: Format::new().set_bold().set_align(FormatAlign::Top),
            whole: Format::new().set_num_format("#,##0"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// One sheet being written.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    columns: &'a [Column],
    look: &'a Look,
    /// The last row.
    last: u32,
    links: u32,
    cut: usize,
}

impl<'a> Page<'a> {
    fn new(
        sheet: &'a mut Worksheet,
        columns: &'a [Column],
        look: &'a Look,
    ) -> Result<Self, XlsxError> {
        sheet.set_freeze_panes(1, 0)?;
        for (i, column) in (0..).zip(columns) {
            sheet.set_column_width(i, width(column))?;
            sheet.write_string_with_format(0, i, column.name, &look.head)?;
        }
        Ok(Page {
            sheet,
            columns,
            look,
            last: 0,
            links: 0,
            cut: 0,
        })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        self.last += 1;
        for ((i, cell), column) in (0..).zip(cells).zip(self.columns) {
            match *cell {
                Cell::Empty => {}
                Cell::Text(text) if matches!(column.holds, Holds::Link) => self.link(i, text)?,
                Cell::Text(text) => self.text(i, text)?,
                Cell::List(items) => self.text(i, &csv::joined(items))?,
                Cell::Number(number) if grouped(column, number) => {
                    let format = &self.look.whole;
                    self.sheet
                        .write_number_with_format(self.last, i, number, format)?;
                }
                Cell::Number(number) => {
                    self.sheet.write_number(self.last, i, number)?;
                }
                Cell::Truth(truth) => {
                    self.sheet.write_boolean(self.last, i, truth)?;
                }
                Cell::Date(day) => {
                    let date = u16::try_from(day.year())
                        .ok()
                        .and_then(|year| {
                            ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
                        })
                        // Excel's own days begin in March 1900: before, it counts one too many
                        .filter(|_| (day.year(), day.month()) >= (1900, 3));
                    match date {
                        Some(date) => {
                            let format = &self.look.day;
                            self.sheet
                                .write_datetime_with_format(self.last, i, &date, format)?;
                        }
                        None => self.text(i, &day.to_string())?,
                    }
                }
            }
        }
        Ok(())
    }

    /// A text, never a formula; cut where no cell is long enough.
    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        // what XML cannot hold
        let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        if text.len() > CELL && text.encode_utf16().count() > CELL {
            self.cut += 1;
            let mut units = 0;
            let fits = |c: &char| {
                units += c.len_utf16();
                units < CELL
            };
            let short: String = text.chars().take_while(fits).chain(['…']).collect();
            self.sheet.write_string(self.last, column, short)?;
        } else {
            self.sheet.write_string(self.last, column, text)?;
        }
        Ok(())
    }

    /// An address, as a link where it is one of the web and Excel can hold it.
    fn link(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let web = ["https://", "http://"].iter().any(|s| text.starts_with(s));
        let plain = |c: char| c.is_ascii_graphic();
        if web && self.links < LINKS && text.len() <= LINK && text.chars().all(plain) {
            self.links += 1;
            self.sheet
                .write_url(self.last, column, Url::new(text).set_text(text))?;
            return Ok(());
        }
        self.text(column, text)
    }

    /// Sets the filters over all rows; gives the number of cells that were cut.
    fn finish(self) -> Result<usize, XlsxError> {
        if let Some(last) = self.columns.len().checked_sub(1) {
            self.sheet.autofilter(0, 0, self.last, last as u16)?;
        }
        Ok(self.cut)
    }
}

/// Counts of people have commas; positions and shares do not.
fn grouped(column: &Column, number: f64) -> bool {
    matches!(column.holds, Holds::Number) && number.fract() == 0.0
}

/// In characters: what it usually holds, and its name with the button of the filter.
fn width(column: &Column) -> f64 {
    let usual = match column.holds {
        Holds::Whole | Holds::Truth | Holds::Country | Holds::Share => 8,
        Holds::Date | Holds::Number => 12,
        Holds::Word(_) => 14,
        Holds::Text | Holds::List => 22,
        Holds::Link => 36,
        Holds::Prose => 60,
    };
    usual.max(column.name.len() + 4) as f64
}
