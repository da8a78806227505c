//! Small multiples: a plot a panel, all with the same calendar, those with most points first.

use crate::chart::scene::{Anchor, Rect};
use crate::chart::{Panels, Scales, text};

use super::labels::{self, Naming};
use super::plot::{self, Plot};
use super::{Left, Sheet};

/// Least width and height of a panel, in units.
const LEAST: (f64, f64) = (210.0, 120.0);
/// The shape that is aimed at: width to height.
const SHAPE: f64 = 1.9;

/// Draws the panels that have room.
pub(super) fn draw(sheet: &mut Sheet<'_>, foot: f64) -> Left {
    let (u, all) = (sheet.u, sheet.plan.panels.len());
    let (gap, title, calendar) = (22.0 * u, 26.0 * u, 46.0 * u);
    let whole = Rect {
        top: sheet.top,
        bottom: (foot - calendar).max(sheet.top + 80.0 * u),
        ..sheet.inner
    };
    let (width, height) = (whole.right - whole.left + gap, whole.bottom - whole.top);
    let (columns, shown) = grid(all, width / u, height / u);
    let rows = shown.div_ceil(columns);
    let (wide, high) = (width / columns as f64, height / rows as f64);

    let of = |panel: usize| -> Vec<usize> {
        let lines = sheet.plan.lines.iter().enumerate();
        lines
            .filter(|(_, l)| l.panel == panel)
            .map(|(i, _)| i)
            .collect()
    };
    let every: Vec<usize> = (0..shown).flat_map(of).collect();
    let mut plots: Vec<Plot> = (0..shown)
        .map(|panel| {
            let (row, column) = (panel / columns, panel % columns);
            let lines = of(panel);
            let scaled = match sheet.scales() {
                Scales::Own => &lines,
                Scales::Shared => &every,
            };
            let values = plot::values(sheet, scaled, high - title);
            let left = whole.left + column as f64 * wide;
            let top = whole.top + row as f64 * high;
            let area = Rect {
                left,
                top: top + title,
                right: left + wide - gap,
                bottom: top + high - if row + 1 < rows { 12.0 * u } else { 0.0 },
            };
            Plot::new(sheet, lines, area, values)
        })
        .collect();
    // One gutter and one calendar for all: a day stands at the same place in each column.
    let gutters = plots.iter().map(|p| plot::gutter(sheet, &p.values));
    let gutter = gutters.fold(0.0, f64::max);
    for plot in &mut plots {
        plot.area.left += gutter;
    }
    let calendars = plots.iter().map(|p| plot::days(sheet, p, Naming::None));
    let roomiest = calendars.max_by(|a, b| a.span().total_cmp(&b.span()));

    let mut left = Left {
        panels: all - shown,
        ..Left::default()
    };
    for (panel, mut plot) in plots.into_iter().enumerate() {
        plot.days = roomiest.unwrap_or(plot.days);
        name(sheet, panel, &plot, gutter);
        plot.axes(sheet, panel + columns >= shown);
        plot.marks(sheet);
        left.unsaid += labels::write(&plot, sheet, Naming::None).unsaid;
    }
    left
}

/// What a panel is about, over it; a source has its colour.
fn name(sheet: &mut Sheet<'_>, panel: usize, plot: &Plot, gutter: f64) {
    let (u, em) = (sheet.u, 14.0 * sheet.u);
    let room = plot.area.right - plot.area.left + gutter;
    let text = text::fit(&sheet.plan.panels[panel], em, true, room);
    let ink = match (sheet.options.panels, plot.lines.first()) {
        (Some(Panels::Source), Some(&line)) => sheet.colours.for_text(sheet.styles[line].ink),
        _ => sheet.colours.title,
    };
    let at = (plot.area.left - gutter, plot.area.top - 8.0 * u);
    let label = text::label(text, at, em, true, Anchor::Start, ink);
    sheet.scene.text(label);
}

/// Columns, and how many of the panels have room, for a sheet so wide and so high.
fn grid(all: usize, width: f64, height: f64) -> (usize, usize) {
    let columns = ((width / LEAST.0) as usize).max(1);
    let rows = ((height / LEAST.1) as usize).max(1);
    let shown = all.min(columns * rows);
    let misshapen = |columns: &usize| {
        let high = height / shown.div_ceil(*columns) as f64;
        let wide = width / *columns as f64;
        // Half as wide as it should be is as bad as twice; an empty place is a little worse than none.
        let empty = (columns - shown % columns) % columns;
        (wide / high / SHAPE).ln().abs() + 0.15 * empty as f64
    };
    let fits = |c: &usize| shown.div_ceil(*c) <= rows;
    let best = (1..=columns.min(shown))
        .filter(fits)
        .min_by(|a, b| misshapen(a).total_cmp(&misshapen(b)));
    (best.unwrap_or(1), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_have_the_shape_of_the_sheet_and_never_less_than_they_need() {
        assert_eq!(grid(2, 1160.0, 480.0), (2, 2));
        assert_eq!(grid(3, 1160.0, 480.0), (2, 3));
        assert_eq!(grid(3, 1500.0, 400.0), (3, 3));
        assert_eq!(grid(4, 1160.0, 480.0), (2, 4));
        assert_eq!(grid(4, 400.0, 1600.0), (1, 4));
        assert_eq!(grid(6, 1160.0, 480.0), (3, 6));
        assert_eq!(grid(100, 1160.0, 480.0), (5, 20));
        assert_eq!(grid(5, 50.0, 50.0), (1, 1));
    }
}
