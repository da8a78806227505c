//! Tables for people: aligned columns, framed on a terminal and plain elsewhere; and a figure as one reads it.

use std::io::{IsTerminal, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};
use headcount::{Figure, Qualifier};

/// Writes a table to stdout; the columns named in `right` hold numbers.
pub(super) fn print(
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
    right: &[usize],
) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let framed = out.is_terminal();
    write(&mut out, framed, header, rows, right)
}

/// Writes a table, framed or plain; the columns named in `right` hold numbers.
pub(super) fn write(
    out: &mut dyn Write,
    framed: bool,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
    right: &[usize],
) -> std::io::Result<()> {
    let mut table = Table::new();
    table.load_style(if framed {
        presets::UTF8_FULL_CONDENSED
    } else {
        presets::NOTHING
    });
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.iter().enumerate().map(|(i, text)| {
            let cell = Cell::new(text);
            if right.contains(&i) {
                cell.set_alignment(CellAlignment::Right)
            } else {
                cell
            }
        }));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A figure with its hedge: `5,400`, `at least 5,400`, `3,000–5,000`, `dozens (≥ 24)`.
pub(super) fn claim(figure: &Figure) -> String {
    let stated = figure.value.or(figure.low).or(figure.high);
    let bound = |b: Option<f64>| b.map_or_else(|| "?".to_string(), number);
    let mut text = match figure.qualifier {
        Qualifier::Exact => bound(stated),
        Qualifier::Range => format!("{}–{}", bound(figure.low), bound(figure.high)),
        Qualifier::Vague => format!("{} (≥ {})", cut(&figure.number_text, 30), bound(figure.low)),
        hedge => format!("{} {}", hedge.as_str().replace('_', " "), bound(stated)),
    };
    if figure.unit != figure.measure.row().unit {
        text = format!("{text} {}", figure.unit);
    }
    text
}

/// A number with commas between its thousands.
fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// At most so many characters of a text, on one line, without anything a terminal would obey.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let mut characters = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .peekable();
    let mut short: String = characters.by_ref().take(longest).collect();
    if characters.peek().is_some() {
        short.pop();
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{cut, number};

    #[test]
    fn thousands_are_set_apart() {
        for (value, text) in [
            (0.0, "0"),
            (999.0, "999"),
            (1000.0, "1,000"),
            (5_400.0, "5,400"),
            (1_234_567.0, "1,234,567"),
            (0.25, "0.25"),
            (12_500.5, "12,500.5"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_cell_is_one_short_line() {
        assert_eq!(cut("na\u{ef}ve", 5), "na\u{ef}ve");
        assert_eq!(cut("naïve talk", 5), "naïv…");
        assert_eq!(cut("a\nb\u{1b}[31m", 20), "a b [31m");
    }
}
