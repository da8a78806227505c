//! One pair of axes: time to the right, values upwards, and what is drawn between them.

use crate::chart::mark;
use crate::chart::plan::{Dot, Plan};
use crate::chart::scale::{Days, Values};
use crate::chart::scene::{Anchor, Rect, Spot};
use crate::chart::text;
use crate::figure::Kind;

use super::labels::{self, Naming};
use super::{Left, Sheet};

/// The widest bars of one day, in units.
const WIDEST: f64 = 64.0;

/// Axes, and the lines between them.
pub(super) struct Plot {
    /// Indices of its lines in the plan.
    pub(super) lines: Vec<usize>,
    /// What the axes enclose.
    pub(super) area: Rect,
    pub(super) values: Values,
    pub(super) days: Days,
    /// Radius of a marker.
    pub(super) r: f64,
    /// Width of a bar, where new figures are bars.
    pub(super) bar: f64,
}

/// The only plot of a chart.
pub(super) fn draw(sheet: &mut Sheet<'_>, foot: f64, direct: bool) -> Left {
    let lines: Vec<usize> = (0..sheet.plan.lines.len()).collect();
    let naming = if direct { Naming::Lines } else { Naming::None };
    let u = sheet.u;
    let bottom = foot - 46.0 * u;
    let top = sheet.top + 4.0 * u;
    let values = values(sheet, &lines, bottom - top);
    let area = Rect {
        left: sheet.inner.left + gutter(sheet, &values),
        top,
        right: sheet.inner.right - 6.0 * u,
        bottom: bottom.max(top + 40.0 * u),
    };
    let mut plot = Plot::new(sheet, lines, area, values);
    plot.days = days(sheet, &plot, naming);
    plot.axes(sheet, true);
    plot.marks(sheet);
    labels::write(&plot, sheet, naming)
}

/// A value axis for some lines.
pub(super) fn values(sheet: &Sheet<'_>, lines: &[usize], height: f64) -> Values {
    let about = ((height / (58.0 * sheet.u)) as usize).clamp(2, 7);
    let (least, most) = reach(sheet.plan, lines);
    if sheet.options.log {
        Values::log(least, most, about, sheet.words)
    } else {
        Values::linear(most, about, sheet.words)
    }
}

/// The least number above 0, and the greatest.
pub(super) fn reach(plan: &Plan, lines: &[usize]) -> (f64, f64) {
    let dots = lines.iter().flat_map(|&i| &plan.lines[i].dots);
    let numbers = || dots.clone().flat_map(Dot::numbers);
    (
        numbers().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min),
        numbers().fold(0.0, f64::max),
    )
}

/// Room for the words of a value axis.
pub(super) fn gutter(sheet: &Sheet<'_>, values: &Values) -> f64 {
    let em = 12.5 * sheet.u;
    let words = values.ticks.iter().map(|t| text::width(&t.text, em, false));
    words.fold(0.0, f64::max) + 9.0 * sheet.u
}

/// The time axis, with room for what stands behind the ends of the lines.
pub(super) fn days(sheet: &Sheet<'_>, plot: &Plot, naming: Naming) -> Days {
    let (first, last) = (sheet.plan.first, sheet.plan.last);
    let room = plot.area.right - plot.area.left;
    let edge = if sheet.bars { WIDEST * 0.7 } else { 22.0 };
    let before = edge * sheet.u / room;
    let whole = (last - first).num_days() as f64;
    let least = (edge + 4.0) * sheet.u / room;
    let after = labels::ends(plot, sheet, naming)
        .map(|end| {
            let width = text::width(&end.text, labels::EM * sheet.u, true) + 14.0 * sheet.u;
            let at = (end.dot.day - first).num_days() as f64 / whole.max(1.0);
            // Where the label just ends at the edge.
            1.0 - before - (1.0 - before - width / room) / at.max(0.01)
        })
        .fold(least, f64::max)
        .clamp(least, least.max(0.3));
    Days::new(first, last, before, after)
}

impl Plot {
    pub(super) fn new(sheet: &Sheet<'_>, lines: Vec<usize>, area: Rect, values: Values) -> Plot {
        let plan = sheet.plan;
        let counts = || lines.iter().map(|&i| plan.lines[i].dots.len());
        let densest = counts().max().unwrap_or(0).max(counts().sum::<usize>() / 3);
        let share = ((area.right - area.left) / sheet.u / 1000.0).clamp(0.3, 1.0);
        let r = match (densest as f64 / share) as usize {
            0..=40 => 4.4,
            41..=90 => 3.4,
            91..=250 => 2.6,
            _ => 1.9,
        };
        let days = Days::new(plan.first, plan.last, 0.03, 0.03);
        let mut plot = Plot {
            lines,
            area,
            values,
            days,
            r: r * sheet.u,
            bar: 0.0,
        };
        plot.bar = plot.bar_width(sheet);
        plot
    }

    /// Four fifths of the shortest way from one day to the next, shared by the lines.
    fn bar_width(&self, sheet: &Sheet<'_>) -> f64 {
        let dots = self.lines.iter().flat_map(|&i| &sheet.plan.lines[i].dots);
        let mut xs: Vec<f64> = dots.map(|d| self.x(d)).collect();
        xs.sort_by(f64::total_cmp);
        let gaps = xs.windows(2).map(|p| p[1] - p[0]).filter(|g| *g > 1e-6);
        let shortest = gaps.fold(WIDEST / 0.8 * sheet.u, f64::min);
        let lines = self.lines.len().max(1) as f64;
        (shortest * 0.8).clamp(2.0 * sheet.u, WIDEST * sheet.u) / lines
    }

    fn x(&self, dot: &Dot) -> f64 {
        self.area.left + self.days.share(dot.day) * (self.area.right - self.area.left)
    }

    /// Where a line has a dot: bars of one day stand side by side.
    pub(super) fn across(&self, sheet: &Sheet<'_>, line: usize, dot: &Dot) -> f64 {
        let x = self.x(dot);
        if !sheet.bars {
            return x;
        }
        let place = self.lines.iter().position(|&i| i == line).unwrap_or(0) as f64;
        x + (place - (self.lines.len().max(1) - 1) as f64 / 2.0) * self.bar
    }

    /// Above the top value there is room for an arrow.
    pub(super) fn y(&self, sheet: &Sheet<'_>, value: f64) -> f64 {
        let height = self.area.bottom - self.area.top - 20.0 * sheet.u;
        self.area.bottom - self.values.share(value) * height
    }

    pub(super) fn spot(&self, sheet: &Sheet<'_>, line: usize, dot: &Dot) -> Option<Spot> {
        Some((self.across(sheet, line, dot), self.y(sheet, dot.mark()?)))
    }

    /// Where a dot is, or the middle of its range.
    pub(super) fn middle(&self, sheet: &Sheet<'_>, line: usize, dot: &Dot) -> Option<Spot> {
        self.spot(sheet, line, dot).or_else(|| {
            let (low, high) = dot.range()?;
            let y = f64::midpoint(self.y(sheet, low), self.y(sheet, high));
            Some((self.across(sheet, line, dot), y))
        })
    }

    /// The grid and both axes; the days' names only where no plot below has them.
    pub(super) fn axes(&mut self, sheet: &mut Sheet<'_>, named: bool) {
        let (u, em, colours) = (sheet.u, 12.5 * sheet.u, sheet.colours);
        let (area, thin) = (self.area, sheet.u.max(0.8));
        for tick in std::mem::take(&mut self.values.ticks) {
            let y = self.y(sheet, tick.at);
            let ink = if tick.at == 0.0 {
                colours.axis
            } else {
                colours.grid
            };
            let line = vec![(area.left, y), (area.right, y)];
            sheet.scene.stroke(line, ink, thin);
            let at = (area.left - 8.0 * u, y + em * 0.36);
            let label = text::label(tick.text, at, em, false, Anchor::End, colours.quiet);
            sheet.scene.text(label);
        }
        let foot = vec![(area.left, area.bottom), (area.right, area.bottom)];
        sheet.scene.stroke(foot, colours.axis, thin);
        let room = area.right - area.left;
        let ticks = self
            .days
            .ticks(room, sheet.words, &|t| text::width(t, em, false));
        // Days far behind the last number would say that there was nothing to count.
        let last = self.days.share(sheet.plan.last) * room + 40.0 * u;
        let one_day = sheet.plan.first == sheet.plan.last;
        for tick in ticks {
            let along = self.days.share(tick.at) * room;
            if along > last && !one_day {
                break;
            }
            let x = area.left + along;
            let down = vec![(x, area.bottom), (x, area.bottom + 5.0 * u)];
            sheet.scene.stroke(down, colours.axis, thin);
            if !named {
                continue;
            }
            for (line, text) in [Some(tick.text), tick.below].into_iter().enumerate() {
                let Some(text) = text else { continue };
                let baseline = area.bottom + 6.0 * u + em * (1.0 + 1.25 * line as f64);
                let at = (x, baseline);
                let label = text::label(text, at, em, line == 1, Anchor::Middle, colours.quiet);
                let inside = label.bounds.left >= area.left - 30.0 * u
                    && label.bounds.right <= area.right + 6.0 * u;
                if inside && sheet.inner.holds(&label.bounds) {
                    sheet.scene.text(label);
                }
            }
        }
    }

    /// Bands below, then bars, stems and lines, then markers; the most important line last, over the others.
    pub(super) fn marks(&self, sheet: &mut Sheet<'_>) {
        let plan = sheet.plan;
        let order = || self.lines.iter().rev().copied();
        for i in order() {
            self.band(sheet, i);
        }
        for i in order() {
            match plan.lines[i].kind {
                Kind::New if sheet.bars => self.draw_bars(sheet, i),
                Kind::New => self.stems(sheet, i),
                Kind::Total => {
                    let style = sheet.styles[i];
                    sheet.path(&self.steps(sheet, i), &style);
                }
            }
        }
        for i in order() {
            for dot in &plan.lines[i].dots {
                self.bounds(sheet, i, dot);
            }
        }
        for i in order() {
            for dot in &plan.lines[i].dots {
                self.dot(sheet, i, dot);
            }
        }
    }

    /// Low to high, held until the next point.
    fn band(&self, sheet: &mut Sheet<'_>, i: usize) {
        let line = &sheet.plan.lines[i];
        if line.kind == Kind::New {
            return;
        }
        for pair in line.dots.windows(2).filter(|p| !p[0].aside) {
            let Some((low, high)) = pair[0].range() else {
                continue;
            };
            let (left, right) = (self.x(&pair[0]), self.x(&pair[1]));
            let (low, high) = (self.y(sheet, low), self.y(sheet, high));
            let corners = vec![(left, low), (right, low), (right, high), (left, high)];
            let ink = sheet.styles[i].ink.faded(0.18);
            sheet.scene.fill(corners, ink);
        }
    }

    fn draw_bars(&self, sheet: &mut Sheet<'_>, i: usize) {
        let half = self.bar * 0.46;
        let mut ink = sheet.styles[i].ink;
        if sheet.plan.lines[i].projected {
            ink = ink.faded(0.45);
        }
        for dot in &sheet.plan.lines[i].dots {
            if let Some((x, y)) = self.spot(sheet, i, dot) {
                let foot = self.area.bottom;
                let corners = [
                    (x - half, foot),
                    (x + half, foot),
                    (x + half, y),
                    (x - half, y),
                ];
                sheet.scene.fill(corners.to_vec(), ink);
            }
        }
    }

    fn stems(&self, sheet: &mut Sheet<'_>, i: usize) {
        if sheet.options.log {
            return;
        }
        for dot in &sheet.plan.lines[i].dots {
            if let Some((x, y)) = self.spot(sheet, i, dot) {
                let stem = vec![(x, self.area.bottom), (x, y)];
                let ink = sheet.styles[i].ink.faded(0.55);
                sheet.scene.stroke(stem, ink, 1.6 * sheet.u);
            }
        }
    }

    /// The corners of a total's line, through the numbers stated.
    pub(super) fn steps(&self, sheet: &Sheet<'_>, i: usize) -> Vec<Spot> {
        let mut points: Vec<Spot> = Vec::new();
        for dot in sheet.plan.lines[i].dots.iter().filter(|d| !d.aside) {
            let Some((x, y)) = self.spot(sheet, i, dot) else {
                continue;
            };
            if let Some(&(_, before)) = points.last() {
                points.push((x, before));
            }
            points.push((x, y));
        }
        points
    }

    /// Radius of the line's markers.
    fn radius(&self, sheet: &Sheet<'_>, i: usize) -> f64 {
        match sheet.plan.lines[i].kind {
            Kind::New => self.r * 0.8,
            Kind::Total => self.r,
        }
    }

    /// Bars and arrows; below every marker, so that none hides another source's number.
    fn bounds(&self, sheet: &mut Sheet<'_>, i: usize, dot: &Dot) {
        let (u, r) = (sheet.u, self.radius(sheet, i));
        let ink = if sheet.bars {
            sheet.colours.dark
        } else {
            sheet.styles[i].ink
        };
        if let Some((low, high)) = dot.range() {
            let (low, high) = (self.y(sheet, low), self.y(sheet, high));
            let x = self.across(sheet, i, dot);
            mark::range(&mut sheet.scene, (x, low), (x, high), ink, self.r);
        }
        if let (Some(at), Some(open)) = (self.spot(sheet, i, dot), dot.open()) {
            // Nothing reaches far below the axis.
            let (towards, room) = if open > 0.0 {
                (mark::UP, f64::INFINITY)
            } else {
                (mark::DOWN, self.area.bottom - at.1)
            };
            let length = (r + 10.0 * u).min(room.max(r + 5.0 * u));
            // Over a bar of its own colour an arrow is cut out of it.
            let ink = match (sheet.bars, open > 0.0) {
                (true, false) => sheet.colours.paper,
                (true, true) => sheet.styles[i].ink,
                _ => ink,
            };
            mark::arrow(&mut sheet.scene, at, towards, length, ink, 1.6 * u);
        }
    }

    /// Marker and ring.
    fn dot(&self, sheet: &mut Sheet<'_>, i: usize, dot: &Dot) {
        let (style, r) = (sheet.styles[i], self.radius(sheet, i));
        if let Some(at) = self.spot(sheet, i, dot).filter(|_| !sheet.bars) {
            mark::marker(&mut sheet.scene, at, r, &style);
        }
        if dot.doubt.is_some()
            && let Some(at) = self.middle(sheet, i, dot)
        {
            mark::ring(&mut sheet.scene, at, r + 3.6 * sheet.u, 1.5 * sheet.u);
        }
    }
}
