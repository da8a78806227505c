//! A plan -> a scene: title, legend, axes, marks, value labels, the key of the marks, the note; from top to bottom, none over another.

use chrono::NaiveDate;

use super::legend::{Entry, Rows};
use super::mark::{self, DARK, OTHERS, Style};
use super::options::{Letters, Options};
use super::plan::{Dot, Line, Plan};
use super::scale::{Days, Values};
use super::scene::{Anchor, Ink, Rect, Scene, Spot};
use super::text;
use super::words::Words;
use crate::figure::Kind;

const TITLE: Ink = Ink::new(0x001A_1A1A);
const QUIET: Ink = Ink::new(0x0059_5959);
const GRID: Ink = Ink::new(0x00E4_E4E4);
const AXIS: Ink = Ink::new(0x008C_8C8C);

/// The chart as a scene.
pub(super) fn scene(
    title: &str,
    unit: &str,
    plan: &Plan,
    options: &Options,
    words: &Words,
) -> Scene {
    let mut sheet = Sheet::new(plan, options, words);
    sheet.heading(title, unit);
    sheet.legend();
    let foot = sheet.note();
    let foot = sheet.key(foot);
    sheet.axes(foot);
    sheet.marks();
    sheet.values();
    sheet.scene
}

/// A chart in the making. All sizes are in units of the chart, so that a larger chart is the same picture.
struct Sheet<'a> {
    plan: &'a Plan,
    words: &'a Words,
    log: bool,
    scene: Scene,
    /// Pixels a unit.
    u: f64,
    /// What may be drawn on: the image without its outer margin.
    inner: Rect,
    /// Where the next thing from above begins.
    top: f64,
    /// How each line looks; lines without room in the legend are grey.
    styles: Vec<Style>,
    /// How many lines the legend names.
    named: usize,
    /// The plot and its axes, once they are placed.
    plot: Rect,
    values: Values,
    days: Days,
    /// Radius of a marker.
    r: f64,
}

impl<'a> Sheet<'a> {
    fn new(plan: &'a Plan, options: &Options, words: &'a Words) -> Self {
        let (width, height) = (options.size.width, options.size.height);
        let (w, h) = (f64::from(width), f64::from(height));
        // a page has margins of its own
        let (u, margin) = match options.letters {
            Letters::Scaled => ((w / 1200.0).min(h / 680.0).max(0.66), 1.0),
            Letters::Full => (1.0, 0.1),
        };
        let inner = Rect {
            left: 20.0 * u * margin,
            top: 16.0 * u * margin,
            right: w - 20.0 * u * margin,
            bottom: h - 14.0 * u * margin,
        };
        let densest = plan.lines.iter().map(|l| l.dots.len()).max().unwrap_or(0);
        let all: usize = plan.lines.iter().map(|l| l.dots.len()).sum();
        let r = match densest.max(all / 3) {
            0..=40 => 4.4,
            41..=90 => 3.4,
            91..=250 => 2.6,
            _ => 1.9,
        };
        Sheet {
            plan,
            words,
            log: options.log,
            scene: Scene {
                width,
                height,
                items: Vec::new(),
            },
            u,
            inner,
            top: inner.top,
            styles: plan.lines.iter().map(|l| l.style).collect(),
            named: 0,
            plot: inner,
            values: Values::linear(1.0, 1, words),
            days: Days::new(plan.first, plan.last, 0.0, 0.0),
            r: r * u,
        }
    }

    /// Title, and under it what is counted and when.
    fn heading(&mut self, title: &str, unit: &str) {
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
        self.line(&title, em, true, TITLE, 1.3);
        let one_day = self.plan.first == self.plan.last;
        let mut under = if one_day {
            &self.words.subtitle_one_day
        } else {
            &self.words.subtitle
        }
        .replace("{unit}", unit)
        .replace("{from}", &self.words.day(self.plan.first))
        .replace("{to}", &self.words.day(self.plan.last));
        if self.log {
            under = format!("{under} · {}", self.words.log);
        }
        self.line(&under, 13.0 * u, false, QUIET, 1.6);
        self.top += 5.0 * u;
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
    fn legend(&mut self) {
        let u = self.u;
        let rows = Rows {
            left: self.inner.left,
            right: self.inner.right,
            top: self.top,
            row: 21.0 * u,
            em: 13.0 * u,
            sign: 30.0 * u,
            longest: (self.inner.right - self.inner.left) * 0.36,
        };
        let height = self.inner.bottom - self.inner.top;
        let most = ((height * 0.22 / rows.row) as usize).max(2);
        let names: Vec<String> = self.plan.lines.iter().map(|l| l.name.clone()).collect();
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
            for style in &mut self.styles[self.named..] {
                style.ink = OTHERS;
            }
        }
        for entry in &entries {
            self.sign(entry, rows.sign);
            rows.write(&mut self.scene, entry, TITLE);
        }
        self.top = end + 10.0 * u;
    }

    /// An entry's sign: its line and marker as they are in the plot.
    fn sign(&mut self, entry: &Entry, width: f64) {
        let (x, y) = entry.sign;
        let middle = (x + width / 2.0, y);
        let style = self.styles[entry.index];
        if self.plan.lines[entry.index].kind == Kind::New {
            let foot = (middle.0, y + 8.0 * self.u);
            let head = (middle.0, y - 3.0 * self.u);
            let ink = style.ink.faded(0.55);
            self.scene.stroke(vec![foot, head], ink, 1.6 * self.u);
            mark::marker(&mut self.scene, head, 3.4 * self.u, &style);
        } else {
            self.path(&[(x, y), (x + width, y)], &style);
            mark::marker(&mut self.scene, middle, 4.4 * self.u, &style);
        }
    }

    /// A line as its style has it.
    fn path(&mut self, points: &[Spot], style: &Style) {
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
    fn note(&mut self) -> f64 {
        let (plan, words) = (self.plan, self.words);
        let mut pieces = vec![
            words
                .note
                .replace("{figures}", &words.count(&words.figures, plan.figures))
                .replace("{articles}", &words.count(&words.articles, plan.articles))
                .replace("{sources}", &words.count(&words.sources, plan.sources)),
        ];
        let left: Vec<String> = [
            (plan.shares, &words.shares),
            (plan.parts, &words.parts),
            (plan.other_units, &words.other_units),
            (plan.zeros, &words.zeros),
            (plan.numberless, &words.numberless),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, forms)| words.count(forms, n))
        .collect();
        if !left.is_empty() {
            pieces.push(words.left_out.replace("{what}", &left.join(", ")));
        }
        let em = 11.5 * self.u;
        let room = self.inner.right - self.inner.left;
        let whole = pieces.join(" · ");
        let lines = if text::width(&whole, em, false) <= room {
            vec![whole]
        } else {
            pieces
        };
        let mut baseline = self.inner.bottom - em * 0.25;
        for line in lines.iter().rev() {
            let text = text::fit(line, em, false, room);
            let at = (self.inner.left, baseline);
            self.scene
                .text(text::label(text, at, em, false, Anchor::Start, QUIET));
            baseline -= em * 1.4;
        }
        baseline + em * 0.3
    }

    /// What the marks mean, only those in use. Gives back its top.
    fn key(&mut self, foot: f64) -> f64 {
        let lines = &self.plan.lines;
        let any = |test: &dyn Fn(&Line, &Dot) -> bool| {
            lines.iter().any(|l| l.dots.iter().any(|d| test(l, d)))
        };
        let words = self.words;
        let signs = [
            (
                Sign::Total,
                &words.key_total,
                any(&|l, _| l.kind == Kind::Total),
            ),
            (Sign::New, &words.key_new, any(&|l, _| l.kind == Kind::New)),
            (Sign::Up, &words.key_up, any(&|_, d| d.open() == Some(1.0))),
            (
                Sign::Down,
                &words.key_down,
                any(&|_, d| d.open() == Some(-1.0)),
            ),
            (
                Sign::Range,
                &words.key_range,
                any(&|_, d| d.range().is_some()),
            ),
            (Sign::Flag, &words.key_flag, any(&|_, d| d.flagged)),
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
            self.key_sign(&used[entry.index].0, (x + rows.sign / 2.0, y));
            rows.write(&mut self.scene, entry, QUIET);
        }
        rows.top
    }

    fn key_sign(&mut self, sign: &Sign, (x, y): Spot) {
        let u = self.u;
        let dot = Style {
            ink: DARK,
            shape: mark::Shape::Circle,
            dash: None,
            hollow: matches!(sign, Sign::Projected),
        };
        let scene = &mut self.scene;
        match sign {
            Sign::Total => {
                let step = vec![
                    (x - 10.0 * u, y + 4.0 * u),
                    (x, y + 4.0 * u),
                    (x, y - 4.0 * u),
                    (x + 10.0 * u, y - 4.0 * u),
                ];
                scene.stroke(step, DARK, 1.6 * u);
            }
            Sign::New => {
                let stem = vec![(x, y + 7.0 * u), (x, y - 3.0 * u)];
                scene.stroke(stem, DARK.faded(0.55), 1.6 * u);
                mark::marker(scene, (x, y - 3.0 * u), 3.0 * u, &dot);
            }
            Sign::Up | Sign::Down => {
                let up = if matches!(sign, Sign::Up) { 1.0 } else { -1.0 };
                let at = (x, y + up * 4.0 * u);
                mark::arrow(scene, at, up, 11.0 * u, DARK, 1.4 * u);
                mark::marker(scene, at, 3.0 * u, &dot);
            }
            Sign::Range => mark::range(scene, x, y + 6.0 * u, y - 6.0 * u, DARK, 4.0 * u),
            Sign::Flag => {
                mark::marker(scene, (x, y), 3.0 * u, &dot);
                mark::ring(scene, (x, y), 6.2 * u, 1.4 * u);
            }
            Sign::Projected => mark::marker(scene, (x, y), 4.0 * u, &dot),
        }
    }

    /// Places the plot between legend and key, and draws its grid and both axes.
    fn axes(&mut self, foot: f64) {
        let (u, em) = (self.u, 12.5 * self.u);
        let bottom = foot - 46.0 * u;
        let height = (bottom - self.top).max(40.0 * u);
        let about = ((height / (58.0 * u)) as usize).clamp(2, 7);
        self.values = if self.log {
            Values::log(self.plan.least, self.plan.most, about, self.words)
        } else {
            Values::linear(self.plan.most, about, self.words)
        };
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|t| text::width(t, em, false)).fold(0.0, f64::max)
        };
        let gutter = widest(&mut self.values.ticks.iter().map(|t| t.text.as_str()));
        self.plot = Rect {
            left: self.inner.left + gutter + 9.0 * u,
            top: self.top + 4.0 * u,
            right: self.inner.right - 6.0 * u,
            bottom,
        };
        let room = self.plot.right - self.plot.left;
        let after = self
            .ends()
            .map(|(_, _, text)| text::width(&text, 12.5 * u, true) + 14.0 * u)
            .fold(26.0 * u, f64::max)
            .min(room * 0.25);
        self.days = Days::new(
            self.plan.first,
            self.plan.last,
            22.0 * u / room,
            after / room,
        );

        for tick in std::mem::take(&mut self.values.ticks) {
            let y = self.y(tick.at);
            let ink = if tick.at == 0.0 { AXIS } else { GRID };
            let line = vec![(self.plot.left, y), (self.plot.right, y)];
            self.scene.stroke(line, ink, u.max(0.8));
            let at = (self.plot.left - 8.0 * u, y + em * 0.36);
            let label = text::label(tick.text, at, em, false, Anchor::End, QUIET);
            self.scene.text(label);
        }
        let foot = vec![(self.plot.left, bottom), (self.plot.right, bottom)];
        self.scene.stroke(foot, AXIS, u.max(0.8));
        let ticks = self
            .days
            .ticks(room, self.words, &|t| text::width(t, em, false));
        for tick in ticks {
            let x = self.x(tick.at);
            let down = vec![(x, bottom), (x, bottom + 5.0 * u)];
            self.scene.stroke(down, AXIS, u.max(0.8));
            for (line, text) in [Some(tick.text), tick.below].into_iter().enumerate() {
                let Some(text) = text else { continue };
                let baseline = bottom + 6.0 * u + em * (1.0 + 1.25 * line as f64);
                let label = text::label(text, (x, baseline), em, line == 1, Anchor::Middle, QUIET);
                if self.inner.holds(&label.bounds) {
                    self.scene.text(label);
                }
            }
        }
    }

    fn x(&self, day: NaiveDate) -> f64 {
        self.plot.left + self.days.share(day) * (self.plot.right - self.plot.left)
    }

    /// Above the top value there is room for an arrow.
    fn y(&self, value: f64) -> f64 {
        let height = self.plot.bottom - self.plot.top - 20.0 * self.u;
        self.plot.bottom - self.values.share(value) * height
    }

    fn spot(&self, dot: &Dot) -> Option<Spot> {
        Some((self.x(dot.day), self.y(dot.mark()?)))
    }

    /// Bands below, then stems and lines, then markers; the most important line last, over the others.
    fn marks(&mut self) {
        let plan = self.plan;
        let order: Vec<usize> = (0..plan.lines.len()).rev().collect();
        for &i in &order {
            self.band(i);
        }
        for &i in &order {
            if plan.lines[i].kind == Kind::New {
                self.stems(i);
            } else {
                let steps = self.steps(i);
                self.path(&steps, &self.styles[i].clone());
            }
        }
        for &i in &order {
            for dot in &plan.lines[i].dots {
                self.bounds(i, dot);
            }
        }
        for &i in &order {
            for dot in &plan.lines[i].dots {
                self.dot(i, dot);
            }
        }
    }

    /// Low to high, held until the next point.
    fn band(&mut self, i: usize) {
        let line = &self.plan.lines[i];
        if line.kind == Kind::New {
            return;
        }
        for pair in line.dots.windows(2).filter(|p| !p[0].aside) {
            let Some((low, high)) = pair[0].range() else {
                continue;
            };
            let (left, right) = (self.x(pair[0].day), self.x(pair[1].day));
            let (low, high) = (self.y(low), self.y(high));
            let corners = vec![(left, low), (right, low), (right, high), (left, high)];
            self.scene.fill(corners, self.styles[i].ink.faded(0.18));
        }
    }

    fn stems(&mut self, i: usize) {
        if self.log {
            return;
        }
        for dot in &self.plan.lines[i].dots {
            if let Some((x, y)) = self.spot(dot) {
                let stem = vec![(x, self.plot.bottom), (x, y)];
                let ink = self.styles[i].ink.faded(0.55);
                self.scene.stroke(stem, ink, 1.6 * self.u);
            }
        }
    }

    /// The corners of a total's line, through the numbers stated.
    fn steps(&self, i: usize) -> Vec<Spot> {
        let mut points: Vec<Spot> = Vec::new();
        for dot in self.plan.lines[i].dots.iter().filter(|d| !d.aside) {
            let Some((x, y)) = self.spot(dot) else {
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
    fn radius(&self, i: usize) -> f64 {
        match self.plan.lines[i].kind {
            Kind::New => self.r * 0.8,
            Kind::Total => self.r,
        }
    }

    /// Bars and arrows; below every marker, so that none hides another source's number.
    fn bounds(&mut self, i: usize, dot: &Dot) {
        let (ink, u, r) = (self.styles[i].ink, self.u, self.radius(i));
        if let Some((low, high)) = dot.range() {
            let (low, high) = (self.y(low), self.y(high));
            let x = self.x(dot.day);
            mark::range(&mut self.scene, x, low, high, ink, self.r);
        }
        if let (Some(at), Some(up)) = (self.spot(dot), dot.open()) {
            // Nothing reaches far below the axis.
            let room = if up > 0.0 {
                f64::INFINITY
            } else {
                self.plot.bottom - at.1
            };
            let length = (r + 10.0 * u).min(room.max(r + 5.0 * u));
            mark::arrow(&mut self.scene, at, up, length, ink, 1.6 * u);
        }
    }

    /// Marker and ring.
    fn dot(&mut self, i: usize, dot: &Dot) {
        let (style, r) = (self.styles[i], self.radius(i));
        let at = self.spot(dot);
        if let Some(at) = at {
            mark::marker(&mut self.scene, at, r, &style);
        }
        if dot.flagged {
            let x = self.x(dot.day);
            let middle = dot
                .range()
                .map(|(low, high)| (x, f64::midpoint(self.y(low), self.y(high))));
            if let Some(at) = at.or(middle) {
                mark::ring(&mut self.scene, at, r + 3.6 * self.u, 1.5 * self.u);
            }
        }
    }

    /// The last point of every total in the legend (of every line where there are few points), with its number.
    fn ends(&self) -> impl Iterator<Item = (usize, Dot, String)> {
        let few = self.plan.lines.iter().map(|l| l.dots.len()).sum::<usize>() <= 6;
        self.plan
            .lines
            .iter()
            .take(self.named)
            .enumerate()
            .filter(move |(_, line)| few || line.kind == Kind::Total)
            .filter_map(|(i, line)| {
                let dot = *line.dots.iter().rfind(|d| !d.aside)?;
                let text = match (dot.mark(), dot.range()) {
                    (Some(value), _) => self.words.number(value),
                    (None, Some((low, high))) => {
                        format!("{}–{}", self.words.number(low), self.words.number(high))
                    }
                    (None, None) => return None,
                };
                Some((i, dot, text))
            })
    }

    /// Writes the last numbers where they cover nothing.
    fn values(&mut self) {
        let mut taken = self.obstacles();
        let (u, em) = (self.u, 12.5 * self.u);
        let frame = Rect {
            right: self.inner.right,
            bottom: self.plot.bottom - 1.0,
            ..self.plot
        };
        for (i, dot, text) in self.ends().collect::<Vec<_>>() {
            let y = match (self.spot(&dot), dot.range()) {
                (Some((_, y)), _) => y,
                (None, Some((low, high))) => f64::midpoint(self.y(low), self.y(high)),
                _ => continue,
            };
            let x = self.x(dot.day);
            let (beside, over) = (self.r + 7.0 * u, self.r + 8.0 * u);
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
            let ink = self.styles[i].ink.for_text();
            // Where lines are dense, a number that is not beside its point would be taken for another's.
            let allowed = if self.named > 12 { 1 } else { places.len() };
            let free = places
                .into_iter()
                .take(allowed)
                .find_map(|(x, baseline, anchor)| {
                    let label = text::label(text.clone(), (x, baseline), em, true, anchor, ink);
                    let clear = frame.holds(&label.bounds)
                        && !taken.iter().any(|t| t.overlaps(&label.bounds));
                    clear.then_some(label)
                });
            if let Some(label) = free {
                taken.push(label.bounds);
                self.scene.text(label);
            }
        }
    }

    /// Everything in the plot that a label must not cover.
    fn obstacles(&self) -> Vec<Rect> {
        let mut taken = Vec::new();
        for (i, line) in self.plan.lines.iter().enumerate() {
            for dot in &line.dots {
                let x = self.x(dot.day);
                if let Some((low, high)) = dot.range() {
                    let (low, high) = (self.y(low), self.y(high));
                    let middle = f64::midpoint(low, high);
                    let half = (low - high) / 2.0;
                    taken.push(Rect::around((x, middle), self.r, half));
                }
                let Some(at) = self.spot(dot) else { continue };
                let r = self.r + if dot.flagged { 4.6 * self.u } else { 0.0 };
                taken.push(Rect::around(at, r, r));
                if line.kind == Kind::New {
                    let half = (self.plot.bottom - at.1) / 2.0;
                    taken.push(Rect::around((x, at.1 + half), self.u, half));
                }
                if let Some(up) = dot.open() {
                    let half = f64::midpoint(self.r, 10.0 * self.u);
                    let middle = (at.0, at.1 - up * half);
                    taken.push(Rect::around(middle, 4.0 * self.u, half));
                }
            }
            if line.kind == Kind::Total {
                for pair in self.steps(i).windows(2) {
                    let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                    taken.push(Rect {
                        left: x0.min(x1) - self.u,
                        top: y0.min(y1) - self.u,
                        right: x0.max(x1) + self.u,
                        bottom: y0.max(y1) + self.u,
                    });
                }
            }
        }
        taken
    }
}

/// The signs of the key.
enum Sign {
    Total,
    New,
    Up,
    Down,
    Range,
    Flag,
    Projected,
}
