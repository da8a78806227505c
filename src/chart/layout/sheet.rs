//! What every chart has round its plots: title, legend, the key of the marks, the note.

use super::key::Sign;
use crate::chart::legend::{Entry, Rows};
use crate::chart::mark::{self, Style};
use crate::chart::plan::{Dot, Line, Plan};
use crate::chart::scene::{Anchor, Ink, Rect, Scene, Spot};
use crate::chart::theme::{self, Colours};
use crate::chart::words::Words;
use crate::chart::{Letters, Options};
use crate::chart::{Scales, text};
use crate::figure::Kind;

/// So many sources' new figures stand side by side as bars; more are stems.
const BARS: usize = 3;

/// A chart in the making. All sizes are in units of the chart, so that a larger chart is the same picture.
pub(super) struct Sheet<'a> {
    pub(super) plan: &'a Plan,
    pub(super) words: &'a Words,
    pub(super) options: &'a Options,
    pub(super) colours: &'static Colours,
    pub(super) scene: Scene,
    /// Pixels a unit.
    pub(super) u: f64,
    /// What may be drawn on: the image without its outer margin.
    pub(super) inner: Rect,
    /// Where the next thing from above begins.
    pub(super) top: f64,
    /// How each line looks; lines without room in the legend are grey.
    pub(super) styles: Vec<Style>,
    /// Each name once, as the legend has them, and which of them each line has.
    names: Vec<String>,
    entries: Vec<usize>,
    /// How many of the names find room.
    pub(super) named: usize,
    /// New figures are bars: nothing else is on the chart.
    pub(super) bars: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(plan: &'a Plan, options: &'a Options, words: &'a Words) -> Self {
        let (width, height) = (options.size.width, options.size.height);
        let (w, h) = (f64::from(width), f64::from(height));
        let letters = f64::from(options.size.letters) / 100.0;
        // a page has margins of its own
        let (u, margin) = match options.letters {
            Letters::Scaled => (((w / 1200.0).min(h / 680.0) * letters).max(0.66), 1.0),
            Letters::Full => (1.0, 0.1),
        };
        let inner = Rect {
            left: 20.0 * u * margin,
            top: 16.0 * u * margin,
            right: w - 20.0 * u * margin,
            bottom: h - 14.0 * u * margin,
        };
        let colours = theme::of(options.theme);
        let mut names: Vec<String> = Vec::new();
        let mut entries = Vec::new();
        for line in &plan.lines {
            let known = names.iter().position(|n| *n == line.name);
            entries.push(known.unwrap_or(names.len()));
            if known.is_none() {
                names.push(line.name.clone());
            }
        }
        Sheet {
            plan,
            words,
            options,
            colours,
            scene: Scene::new(width, height, colours),
            u,
            inner,
            top: inner.top,
            styles: plan.lines.iter().map(|l| l.style).collect(),
            named: names.len(),
            bars: !options.log
                && names.len() <= BARS
                && plan.lines.iter().all(|l| l.kind == Kind::New),
            names,
            entries,
        }
    }

    /// True where the legend has the line's name.
    pub(super) fn is_named(&self, line: usize) -> bool {
        self.entries[line] < self.named
    }

    /// Title, and under it what is counted and when. `unit` is none where several things are counted.
    pub(super) fn heading(&mut self, title: &str, unit: Option<&str>) {
        let u = self.u;
        let room = self.inner.right - self.inner.left;
        let title = text::clean(title);
        if title.is_empty() {
            return; // the page says it
        }
        // A long title is set smaller before it is cut.
        let em = [22.0, 18.0, 15.0]
            .map(|size| size * u)
            .into_iter()
            .find(|&em| text::width(&title, em, true) <= room)
            .unwrap_or(15.0 * u);
        self.line(&title, em, true, self.colours.title, 1.3);
        let under = self.under(unit);
        self.line(&under, 13.0 * u, false, self.colours.quiet, 1.6);
        self.top += 5.0 * u;
        self.scene.title = title;
        self.scene.description = under;
    }

    fn under(&self, unit: Option<&str>) -> String {
        let (plan, words) = (self.plan, self.words);
        let mut pieces = vec![
            match (unit, self.options.at) {
                (_, Some(_)) => &words.subtitle_at,
                (None, None) => &words.subtitle_mixed,
                (Some(_), None) if plan.first == plan.last => &words.subtitle_one_day,
                (Some(_), None) => &words.subtitle,
            }
            .replace("{unit}", unit.unwrap_or_default())
            .replace("{from}", &words.day(plan.first))
            .replace("{to}", &words.day(plan.last))
            .replace("{at}", &words.day(self.options.at.unwrap_or(plan.last))),
        ];
        if plan.panels.len() > 1 {
            pieces.push(match self.scales() {
                Scales::Own => words.scales_own.clone(),
                Scales::Shared => words.scales_shared.clone(),
            });
        }
        if self.options.log {
            pieces.push(words.log.clone());
        }
        pieces.join(" · ")
    }

    /// Which value axes the panels have.
    pub(super) fn scales(&self) -> Scales {
        let one_measure = self.options.panels != Some(crate::chart::Panels::Measure);
        self.options.scales.unwrap_or(if one_measure {
            Scales::Shared
        } else {
            Scales::Own
        })
    }

    /// One line of text at the top, cut to fit.
    fn line(&mut self, words: &str, em: f64, bold: bool, ink: Ink, height: f64) {
        let text = text::fit(words, em, bold, self.inner.right - self.inner.left);
        let at = (self.inner.left, self.top + em * 0.9);
        self.scene
            .text(text::label(text, at, em, bold, Anchor::Start, ink));
        self.top += em * height;
    }

    /// Rows of signs and names under the heading; what finds no room is grey, and counted.
    pub(super) fn legend(&mut self) {
        let u = self.u;
        let rows = Rows {
            left: self.inner.left,
            right: self.inner.right,
            top: self.top,
            row: 21.0 * u,
            em: 13.0 * u,
            sign: if self.bars { 12.0 } else { 30.0 } * u,
            longest: (self.inner.right - self.inner.left) * 0.36,
        };
        let height = self.inner.bottom - self.inner.top;
        let most = ((height * 0.22 / rows.row) as usize).max(2);
        let names = std::mem::take(&mut self.names);
        let (mut entries, mut end) = rows.place(&names, most);
        self.named = entries.len();
        if self.named < names.len() {
            // Leave out as many more as the entry for all others needs.
            while self.named > 0 {
                self.named -= 1;
                let mut some = names[..self.named].to_vec();
                some.push(self.words.count(&self.words.more, names.len() - self.named));
                (entries, end) = rows.place(&some, most);
                if entries.len() == some.len() {
                    break;
                }
            }
            for line in 0..self.styles.len() {
                if !self.is_named(line) {
                    self.styles[line].ink = self.colours.others;
                }
            }
        }
        self.names = names;
        for entry in &entries {
            self.sign(entry, rows.sign);
            rows.write(&mut self.scene, entry, self.colours.title);
        }
        self.top = end + 10.0 * u;
    }

    /// An entry's sign: its line and marker as they are in the plot.
    fn sign(&mut self, entry: &Entry, width: f64) {
        let (x, y) = entry.sign;
        let middle = (x + width / 2.0, y);
        let Some(line) = self.entries.iter().position(|e| *e == entry.index) else {
            return;
        };
        let style = self.styles[line];
        let u = self.u;
        if self.bars {
            let square = Rect::around(middle, 6.0 * u, 6.0 * u);
            self.scene.fill(square.corners(), style.ink);
        } else if self.plan.lines[line].kind == Kind::New {
            let foot = (middle.0, y + 8.0 * u);
            let head = (middle.0, y - 3.0 * u);
            self.scene
                .stroke(vec![foot, head], style.ink.faded(0.55), 1.6 * u);
            mark::marker(&mut self.scene, head, 3.4 * u, &style);
        } else {
            self.path(&[(x, y), (x + width, y)], &style);
            mark::marker(&mut self.scene, middle, 4.4 * u, &style);
        }
    }

    /// A line as its style has it.
    pub(super) fn path(&mut self, points: &[Spot], style: &Style) {
        let width = 2.0 * self.u;
        match style.dash {
            None => self.scene.stroke(points.to_vec(), style.ink, width),
            Some((dash, gap)) => {
                let dash = (dash * self.u, gap * self.u);
                self.scene.dashed(points, style.ink, width, dash);
            }
        }
    }

    /// The note at the bottom: what this is made of and what is left out. Gives back its top.
    pub(super) fn note(&mut self, left: super::Left) -> f64 {
        let pieces = self.made_of(left);
        let em = 11.5 * self.u;
        let room = self.inner.right - self.inner.left;
        let whole = pieces.join(" · ");
        let lines = if text::width(&whole, em, false) <= room {
            vec![whole.clone()]
        } else {
            pieces
        };
        let mut baseline = self.inner.bottom - em * 0.25;
        for line in lines.iter().rev() {
            let text = text::fit(line, em, false, room);
            let at = (self.inner.left, baseline);
            let label = text::label(text, at, em, false, Anchor::Start, self.colours.quiet);
            self.scene.text(label);
            baseline -= em * 1.4;
        }
        super::describe::finish(&mut self.scene.description, self.plan, self.words, &whole);
        baseline + em * 0.3
    }

    fn made_of(&self, left: super::Left) -> Vec<String> {
        let (plan, words) = (self.plan, self.words);
        let mut pieces = vec![
            words
                .note
                .replace("{figures}", &words.count(&words.figures, plan.figures))
                .replace("{articles}", &words.count(&words.articles, plan.articles))
                .replace("{sources}", &words.count(&words.sources, plan.sources)),
        ];
        if left.unsaid > 0 {
            pieces.push(words.count(&words.unsaid, left.unsaid));
        }
        let undrawn: Vec<String> = [
            (plan.shares, &words.shares),
            (plan.parts, &words.parts),
            (plan.other_units, &words.other_units),
            (plan.zeros, &words.zeros),
            (plan.numberless, &words.numberless),
            (plan.news, &words.news),
            (left.panels, &words.panels),
            (left.rows, &words.rows),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, forms)| words.count(forms, n))
        .collect();
        if !undrawn.is_empty() {
            pieces.push(words.left_out.replace("{what}", &undrawn.join(", ")));
        }
        pieces
    }

    /// What the marks mean, only those in use. Gives back its top.
    pub(super) fn key(&mut self, foot: f64) -> f64 {
        let lines = &self.plan.lines;
        let any = |test: &dyn Fn(&Line, &Dot) -> bool| {
            lines.iter().any(|l| l.dots.iter().any(|d| test(l, d)))
        };
        let words = self.words;
        let over_time = self.options.at.is_none();
        let total = over_time && any(&|l, _| l.kind == Kind::Total);
        let signs = [
            (Sign::Total, &words.key_total, total),
            (Sign::New, &words.key_new, any(&|l, _| l.kind == Kind::New)),
            (
                Sign::More,
                &words.key_up,
                any(&|_, d| d.open() == Some(1.0)),
            ),
            (
                Sign::Less,
                &words.key_down,
                any(&|_, d| d.open() == Some(-1.0)),
            ),
            (
                Sign::Range,
                &words.key_range,
                any(&|_, d| d.range().is_some()),
            ),
            (Sign::Flag, &words.key_flag, any(&|_, d| d.doubt.is_some())),
            (
                Sign::Projected,
                &words.key_projected,
                any(&|l, _| l.projected),
            ),
        ];
        let used: Vec<(Sign, String)> = signs
            .into_iter()
            .filter(|(_, _, used)| *used)
            .map(|(sign, words, _)| (sign, words.clone()))
            .collect();
        let u = self.u;
        let mut rows = Rows {
            left: self.inner.left,
            right: self.inner.right,
            top: 0.0,
            row: 19.0 * u,
            em: 11.5 * u,
            sign: 22.0 * u,
            longest: self.inner.right - self.inner.left,
        };
        let names: Vec<String> = used.iter().map(|(_, words)| words.clone()).collect();
        let (_, height) = rows.place(&names, names.len());
        rows.top = foot - height - 2.0 * u;
        let (entries, _) = rows.place(&names, names.len());
        for entry in &entries {
            let (x, y) = entry.sign;
            let at = (x + rows.sign / 2.0, y);
            used[entry.index]
                .0
                .draw(&mut self.scene, at, u, self.bars, !over_time);
            rows.write(&mut self.scene, entry, self.colours.quiet);
        }
        rows.top
    }
}
