//! Sources side by side on one day: a row each, the number as a dot, its bounds as a whisker, its hedge as an arrow; the greatest on top.

use crate::chart::mark;
use crate::chart::plan::{Dot, Line};
use crate::chart::scale::Values;
use crate::chart::scene::{Anchor, Rect};
use crate::chart::text;

use super::describe::number;
use super::labels::EM;
use super::plot;
use super::{Left, Sheet};

/// Least and greatest height of a row, in units.
const ROW: (f64, f64) = (34.0, 140.0);

/// Draws the rows that have room.
pub(super) fn draw(sheet: &mut Sheet<'_>, foot: f64) -> Left {
    let (u, em) = (sheet.u, EM * sheet.u);
    let plan = sheet.plan;
    let bottom = foot - 34.0 * u;
    let height = (bottom - sheet.top).max(ROW.0 * u);
    let most = ((height / (ROW.0 * u)) as usize).max(1);
    let mut order: Vec<usize> = (0..plan.lines.len()).collect();
    // A stable sort: equal ones stay in the order of their sources.
    order.sort_by(|&a, &b| middle(&plan.lines[b]).total_cmp(&middle(&plan.lines[a])));
    let left_out = order.len().saturating_sub(most);
    order.truncate(most);
    let row = (height / order.len().max(1) as f64).min(ROW.1 * u);

    let names: Vec<(String, String)> = order
        .iter()
        .map(|&i| {
            let line = &plan.lines[i];
            let room = (sheet.inner.right - sheet.inner.left) * 0.34;
            let day = line.dots.last().map(|d| sheet.words.day(d.day));
            (
                text::fit(&line.name, em, true, room),
                day.unwrap_or_default(),
            )
        })
        .collect();
    let widest = names
        .iter()
        .map(|(name, day)| text::width(name, em, true).max(text::width(day, 11.0 * u, false)))
        .fold(0.0, f64::max);
    let ends = order.iter().map(|&i| says(sheet, &plan.lines[i]));
    let behind = ends
        .map(|(value, doubt)| text::width(&value, em, true) + text::width(&doubt, 11.5 * u, false))
        .fold(0.0, f64::max);
    let area = Rect {
        left: sheet.inner.left + widest + 18.0 * u,
        top: sheet.top + 4.0 * u,
        right: sheet.inner.right,
        bottom: sheet.top + 4.0 * u + row * order.len() as f64,
    };
    // What is written behind the greatest number needs room too.
    let reach = (area.right - area.left - behind - 34.0 * u).max(60.0 * u);
    let about = (reach / (110.0 * u)) as usize;
    let mut values = {
        let (least, most) = plot::reach(plan, &order);
        if sheet.options.log {
            Values::log(least, most, about.clamp(2, 5), sheet.words)
        } else {
            Values::linear(most, about.clamp(2, 7), sheet.words)
        }
    };
    let ticks = std::mem::take(&mut values.ticks);
    let x = |value: f64| area.left + 8.0 * u + values.share(value) * reach;
    let mut free = f64::NEG_INFINITY;
    for tick in ticks {
        let at = x(tick.at);
        let ink = if tick.at == 0.0 {
            sheet.colours.axis
        } else {
            sheet.colours.grid
        };
        let line = vec![(at, area.top), (at, area.bottom)];
        sheet.scene.stroke(line, ink, u.max(0.8));
        let place = (at, area.bottom + 8.0 * u + em);
        let label = text::label(
            tick.text,
            place,
            em,
            false,
            Anchor::Middle,
            sheet.colours.quiet,
        );
        if label.bounds.left > free && sheet.inner.holds(&label.bounds) {
            free = label.bounds.right + 8.0 * u;
            sheet.scene.text(label);
        }
    }
    for (place, (&i, (name, day))) in order.iter().zip(names).enumerate() {
        let y = area.top + (place as f64 + 0.5) * row;
        let ink = sheet.colours.for_text(sheet.styles[i].ink);
        let end = area.left - 10.0 * u;
        let at = (end, y - 1.0 * u);
        sheet
            .scene
            .text(text::label(name, at, em, true, Anchor::End, ink));
        let at = (end, y + 13.0 * u);
        let quiet = sheet.colours.quiet;
        sheet
            .scene
            .text(text::label(day, at, 11.0 * u, false, Anchor::End, quiet));
        let line = vec![(area.left + 8.0 * u, y), (area.left + 8.0 * u + reach, y)];
        sheet
            .scene
            .dashed(&line, sheet.colours.grid, u.max(0.8), (2.0 * u, 4.0 * u));
        let right = dots(sheet, i, y, &x);
        let (value, doubt) = says(sheet, &plan.lines[i]);
        let value = text::label(value, (right, y + em * 0.36), em, true, Anchor::Start, ink);
        let behind = value.bounds.right + 8.0 * u;
        sheet.scene.text_on_grid(value);
        let at = (behind, y + em * 0.36);
        let dark = sheet.colours.dark;
        if !doubt.is_empty() {
            let room = (sheet.inner.right - behind).max(0.0);
            let doubt = text::fit(&doubt, 11.5 * u, false, room);
            let label = text::label(doubt, at, 11.5 * u, false, Anchor::Start, dark);
            sheet.scene.text_on_grid(label);
        }
    }
    Left {
        rows: left_out,
        ..Left::default()
    }
}

/// Draws the marks of a row; where words may begin behind them.
fn dots(sheet: &mut Sheet<'_>, line: usize, y: f64, x: &dyn Fn(f64) -> f64) -> f64 {
    let (u, radius) = (sheet.u, 5.4 * sheet.u);
    let style = sheet.styles[line];
    let mut right = f64::NEG_INFINITY;
    let plan = sheet.plan;
    for dot in &plan.lines[line].dots {
        if let Some((low, high)) = dot.range() {
            let (low, high) = (x(low), x(high));
            mark::range(
                &mut sheet.scene,
                (low, y),
                (high, y),
                style.ink,
                radius * 0.9,
            );
            right = right.max(high);
        }
        let at = dot.mark().map(|value| (x(value), y));
        if let (Some(at), Some(open)) = (at, dot.open()) {
            let towards = if open > 0.0 { mark::RIGHT } else { mark::LEFT };
            mark::arrow(
                &mut sheet.scene,
                at,
                towards,
                radius + 12.0 * u,
                style.ink,
                1.8 * u,
            );
            right = right.max(at.0 + if open > 0.0 { radius + 9.0 * u } else { 0.0 });
        }
        if let Some(at) = at {
            mark::marker(&mut sheet.scene, at, radius, &style);
            right = right.max(at.0);
        }
        if dot.doubt.is_some() {
            let middle = dot
                .range()
                .map(|(low, high)| (f64::midpoint(x(low), x(high)), y));
            if let Some(at) = at.or(middle) {
                mark::ring(&mut sheet.scene, at, radius + 3.6 * u, 1.5 * u);
            }
        }
    }
    right + 14.0 * u
}

/// The number that stands, and the doubt about it.
fn says(sheet: &Sheet<'_>, line: &Line) -> (String, String) {
    let Some(dot) = standing(line) else {
        return Default::default();
    };
    let doubt = dot.doubt.map_or("", |doubt| sheet.words.doubt(doubt));
    (number(dot, sheet.words), doubt.to_string())
}

fn standing(line: &Line) -> Option<&Dot> {
    line.dots.iter().rfind(|d| !d.aside).or(line.dots.last())
}

/// What a row is sorted by.
fn middle(line: &Line) -> f64 {
    let middle = |dot: &Dot| match (dot.mark(), dot.range()) {
        (Some(value), _) => value,
        (None, Some((low, high))) => f64::midpoint(low, high),
        _ => 0.0,
    };
    standing(line).map_or(0.0, middle)
}
