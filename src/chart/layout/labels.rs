//! The words inside a plot: the number (and the name) at the end of each line, and why a point is ringed; none over another or over a mark.

use crate::chart::plan::Dot;
use crate::chart::scene::{Anchor, Item, Label, Rect, Spot};
use crate::chart::text;
use crate::figure::Kind;

use super::describe::number;
use super::plot::Plot;
use super::{Left, Sheet};

/// Size of the letters, in units.
pub(super) const EM: f64 = 12.5;
/// Flagged points for which room is looked for.
const TRIED: usize = 40;
/// Bars that have their numbers over them.
const BARS: usize = 16;

/// What the ends of lines say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Naming {
    /// Their numbers.
    None,
    /// Their names too: there is no legend.
    Lines,
}

/// The end of a line.
pub(super) struct End {
    line: usize,
    pub(super) dot: Dot,
    pub(super) text: String,
}

/// The last point of every total in the legend (of every line where there are few points), with its number; of bars, every one.
pub(super) fn ends<'a>(
    plot: &'a Plot,
    sheet: &'a Sheet<'_>,
    naming: Naming,
) -> impl Iterator<Item = End> + 'a {
    let lines = &sheet.plan.lines;
    let points: usize = plot.lines.iter().map(|&i| lines[i].dots.len()).sum();
    let (few, all) = (points <= 6, sheet.bars && points <= BARS);
    plot.lines
        .iter()
        .copied()
        .filter(move |&i| sheet.is_named(i) && (few || all || lines[i].kind == Kind::Total))
        .flat_map(move |i| {
            let standing = lines[i].dots.iter().rev().filter(|d| !d.aside);
            standing
                .take(if all { BARS } else { 1 })
                .map(move |dot| (i, *dot))
        })
        .map(move |(line, dot)| {
            let mut text = number(&dot, sheet.words);
            if naming == Naming::Lines {
                text = format!("{} {text}", lines[line].name);
            }
            End { line, dot, text }
        })
        .filter(|end| !end.text.is_empty())
}

/// Writes what has room; what has not is counted.
pub(super) fn write(plot: &Plot, sheet: &mut Sheet<'_>, naming: Naming) -> Left {
    let mut page = Page {
        taken: obstacles(plot, sheet),
        frame: Rect {
            right: sheet.inner.right.min(plot.area.right + 6.0 * sheet.u),
            bottom: plot.area.bottom - 1.0,
            ..plot.area
        },
    };
    let ends: Vec<End> = ends(plot, sheet, naming).collect();
    let nameless = ends
        .iter()
        .filter(|end| !page.end(plot, sheet, end))
        .count();
    Left {
        nameless,
        unsaid: page.doubts(plot, sheet),
        ..Left::default()
    }
}

/// Where words may stand, and what is there.
struct Page {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Page {
    /// True where a label covers nothing.
    fn free(&self, label: &Label) -> bool {
        let air = 0.2 * label.em;
        let wide = Rect {
            left: label.bounds.left - air,
            right: label.bounds.right + air,
            ..label.bounds
        };
        self.frame.holds(&label.bounds) && !self.taken.iter().any(|t| t.overlaps(&wide))
    }

    /// Writes the end of a line, if a place beside or over it is free.
    fn end(&mut self, plot: &Plot, sheet: &mut Sheet<'_>, end: &End) -> bool {
        let (u, em) = (sheet.u, EM * sheet.u);
        let Some((x, y)) = plot.middle(sheet, end.line, &end.dot) else {
            return true;
        };
        let ink = sheet.colours.for_text(sheet.styles[end.line].ink);
        let (beside, over) = (plot.r + 7.0 * u, plot.r + 8.0 * u);
        let middle = y + em * 0.36;
        let places = [
            (x + beside, middle, Anchor::Start),
            (x + beside, middle - em * 0.75, Anchor::Start),
            (x + beside, middle + em * 0.75, Anchor::Start),
            (x, y - over, Anchor::Middle),
            (x - beside, middle - em, Anchor::End),
            (x, y - over - 10.0 * u, Anchor::Middle),
            (x, y + over + em * 0.75, Anchor::Middle),
            (x - beside, middle + em * 1.1, Anchor::End),
        ];
        // Where lines are dense, a number that is not beside its point would be taken for another's.
        let beside_only = sheet.named > 12;
        let allowed = places
            .into_iter()
            .enumerate()
            .filter(|(i, (_, _, anchor))| {
                if sheet.bars {
                    *anchor == Anchor::Middle && *i < 6
                } else {
                    !beside_only || *i == 0
                }
            });
        let free = allowed
            .map(|(_, place)| place)
            .find_map(|(x, baseline, anchor)| {
                let label = text::label(end.text.clone(), (x, baseline), em, true, anchor, ink);
                self.free(&label).then_some(label)
            });
        let found = free.is_some();
        if let Some(label) = free {
            self.taken.push(label.bounds);
            sheet.scene.text_on_grid(label);
        }
        found
    }

    /// Says why points are ringed, the most important first; how many had no room.
    fn doubts(&mut self, plot: &Plot, sheet: &mut Sheet<'_>) -> usize {
        let lines = &sheet.plan.lines;
        let mut doubts: Vec<(usize, usize, Dot)> = plot
            .lines
            .iter()
            .flat_map(|&i| lines[i].dots.iter().map(move |d| (d.doubt, i, *d)))
            .filter_map(|(doubt, i, dot)| Some((doubt?, i, dot)))
            .collect();
        doubts.sort_by_key(|(doubt, line, dot)| (*doubt, *line, dot.day));
        let width = (plot.area.right - plot.area.left) / sheet.u;
        let room = ((width / 130.0) as usize).clamp(1, 8);
        let mut said = 0;
        for (doubt, line, dot) in doubts.iter().take(TRIED) {
            if said == room {
                break;
            }
            let says = sheet.words.doubt(*doubt);
            let text = format!("{}: {says}", number(dot, sheet.words));
            if let Some(at) = plot.middle(sheet, *line, dot) {
                said += usize::from(self.doubt(plot, sheet, at, &text));
            }
        }
        doubts.len() - said
    }

    /// Words near a ring, with a line that leads to it.
    fn doubt(&mut self, plot: &Plot, sheet: &mut Sheet<'_>, at: Spot, text: &str) -> bool {
        let (u, em) = (sheet.u, 11.5 * sheet.u);
        let ring = plot.r + 3.6 * u;
        let ink = sheet.colours.dark;
        let ways = [
            (1.0, 0.6),
            (-1.0, -0.6),
            (1.0, -0.6),
            (-1.0, 0.6),
            (0.35, -1.0),
            (0.35, 1.0),
        ];
        for far in [10.0, 20.0, 34.0, 52.0, 76.0] {
            // A steep leader is short: a long one looks like a line of the chart.
            for (right, down) in ways
                .into_iter()
                .filter(|(r, _)| *r == 1.0 || *r == -1.0 || far < 40.0)
            {
                let end = (
                    at.0 + right * (ring + far * u),
                    at.1 + down * (ring + far * u),
                );
                let anchor = if right > 0.0 {
                    Anchor::Start
                } else {
                    Anchor::End
                };
                let words = (end.0 + right * 3.0 * u, end.1 + em * 0.36);
                let label = text::label(text.to_string(), words, em, false, anchor, ink);
                let length = (end.0 - at.0).hypot(end.1 - at.1);
                let share = ring / length;
                let start = (at.0 + (end.0 - at.0) * share, at.1 + (end.1 - at.1) * share);
                let leader = beads(start, end, u);
                // A leader may cross a line, but no words, and it takes no other's place.
                let crosses = sheet.scene.items.iter().any(|item| match item {
                    Item::Text(l) => leader.iter().any(|b| b.overlaps(&l.bounds)),
                    _ => false,
                });
                if crosses || !self.free(&label) {
                    continue;
                }
                let width = u.max(0.8);
                sheet.scene.stroke(vec![start, end], ink.faded(0.7), width);
                self.taken.extend(leader);
                self.taken.push(label.bounds);
                sheet.scene.text_on_grid(label);
                return true;
            }
        }
        false
    }
}

/// Small boxes along a slanting line.
fn beads(start: Spot, end: Spot, u: f64) -> Vec<Rect> {
    const MANY: u32 = 8;
    (0..=MANY)
        .map(|i| f64::from(i) / f64::from(MANY))
        .map(|share| {
            let x = start.0 + (end.0 - start.0) * share;
            let y = start.1 + (end.1 - start.1) * share;
            Rect::around((x, y), u, u)
        })
        .collect()
}

/// Everything in the plot that a label must not cover.
fn obstacles(plot: &Plot, sheet: &Sheet<'_>) -> Vec<Rect> {
    let mut taken = Vec::new();
    let u = sheet.u;
    for &i in &plot.lines {
        let line = &sheet.plan.lines[i];
        for dot in &line.dots {
            let x = plot.across(sheet, i, dot);
            if let Some((low, high)) = dot.range() {
                let (low, high) = (plot.y(sheet, low), plot.y(sheet, high));
                let half = (low - high) / 2.0;
                taken.push(Rect::around((x, f64::midpoint(low, high)), plot.r, half));
            }
            let Some(at) = plot.spot(sheet, i, dot) else {
                continue;
            };
            let r = plot.r + if dot.doubt.is_some() { 4.6 * u } else { 0.0 };
            taken.push(Rect::around(at, r, r));
            if line.kind == Kind::New {
                let wide = if sheet.bars { plot.bar / 2.0 } else { u };
                let half = (plot.area.bottom - at.1) / 2.0;
                taken.push(Rect::around((x, at.1 + half), wide, half));
            }
            if let Some(up) = dot.open() {
                let half = f64::midpoint(plot.r, 10.0 * u);
                let middle = (at.0, at.1 - up * half);
                taken.push(Rect::around(middle, 4.0 * u, half));
            }
        }
        if line.kind == Kind::Total {
            for pair in plot.steps(sheet, i).windows(2) {
                let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                taken.push(Rect {
                    left: x0.min(x1) - u,
                    top: y0.min(y1) - u,
                    right: x0.max(x1) + u,
                    bottom: y0.max(y1) + u,
                });
            }
        }
    }
    taken
}
