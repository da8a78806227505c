//! Parquet: typed columns, compressed by Snappy, as DuckDB, pandas and Spark open it. Texts are as they are, absent is null, a list is a list.

use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::{Cell, Column, Holds, Table};

/// Rows that are held at a time.
const GROUP: usize = 1 << 16;

/// Writes a table.
///
/// # Errors
/// The output cannot be written.
pub fn write(out: impl Write + Send, table: Table<'_>) -> io::Result<()> {
    filled(out, table).map_err(io::Error::from)
}

fn filled(out: impl Write + Send, table: Table<'_>) -> Result<()> {
    let schema = Arc::new(parse_message_type(&schema(table.name, table.columns))?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("headcount ", env!("CARGO_PKG_VERSION")).into())
        .build();
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows = table.rows;
    loop {
        let group: Vec<Vec<Cell<'_>>> = rows.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut writer = file.next_row_group()?;
        for (i, column) in table.columns.iter().enumerate() {
            if let Some(mut out) = writer.next_column()? {
                fill(&mut out, column, group.iter().map(|row| row[i]))?;
                out.close()?;
            }
        }
        writer.close()?;
    }
    file.close()?;
    Ok(())
}

/// The columns in Parquet's own words.
fn schema(name: &str, columns: &[Column]) -> String {
    let mut out = format!("message {name} {{\n");
    for Column { name, holds, .. } in columns {
        out += &match holds {
            Holds::Text | Holds::Prose | Holds::Link | Holds::Word(_) | Holds::Country => {
                format!("optional binary {name} (STRING);\n")
            }
            Holds::Whole => format!("optional int64 {name};\n"),
            Holds::Number | Holds::Share => format!("optional double {name};\n"),
            Holds::Date => format!("optional int32 {name} (DATE);\n"),
            Holds::Truth => format!("optional boolean {name};\n"),
            Holds::List => format!(
                "required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}\n"
            ),
        };
    }
    out + "}"
}

/// Writes the cells of one column.
fn fill<'a>(
    out: &mut SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = Cell<'a>>,
) -> Result<()> {
    match column.holds {
        Holds::Text | Holds::Prose | Holds::Link | Holds::Word(_) | Holds::Country => {
            let text = |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text)),
                _ => None,
            };
            values::<ByteArrayType>(out, cells.map(text))
        }
        Holds::Whole => values::<Int64Type>(out, cells.map(|c| number(c).map(|n| n as i64))),
        Holds::Number | Holds::Share => values::<DoubleType>(out, cells.map(number)),
        Holds::Date => values::<Int32Type>(out, cells.map(day)),
        Holds::Truth => {
            let truth = |cell| match cell {
                Cell::Truth(truth) => Some(truth),
                _ => None,
            };
            values::<BoolType>(out, cells.map(truth))
        }
        Holds::List => lists(out, cells),
    }
}

/// Values, of which some are absent.
fn values<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<()> {
    let (mut present, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(cell.is_some()));
        present.extend(cell);
    }
    out.typed::<T>().write_batch(&present, Some(&there), None)?;
    Ok(())
}

/// Lists: per item whether it goes on the list before it, and per empty list one that says so.
fn lists<'a>(
    out: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Cell<'a>>,
) -> Result<()> {
    let (mut items, mut there, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let Cell::List(list @ [_, ..]) = cell else {
            there.push(0);
            goes_on.push(0);
            continue;
        };
        for (i, item) in list.iter().enumerate() {
            items.push(ByteArray::from(item.as_str()));
            there.push(1);
            goes_on.push(i16::from(i > 0));
        }
    }
    out.typed::<ByteArrayType>()
        .write_batch(&items, Some(&there), Some(&goes_on))?;
    Ok(())
}

fn number(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(number),
        _ => None,
    }
}

/// Days since 1970.
fn day(cell: Cell<'_>) -> Option<i32> {
    match cell {
        Cell::Date(day) => {
            let days = day.signed_duration_since(NaiveDate::default()).num_days();
            i32::try_from(days).ok()
        }
        _ => None,
    }
}
