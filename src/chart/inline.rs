//! A scene -> SVG that is part of a page: it takes the page's font and the page's colours, so that it is light by day and dark by night.
//!
//! Every colour is a CSS variable, as `var(--k0072b2)`; the page says once what each is on a light and on a dark ground. White is
//! the ground itself, `var(--paper)`. The ground at night is near [`NIGHT`].

use std::collections::BTreeSet;
use std::fmt::Write;

use maud::{Markup, PreEscaped, html};

use super::mark::ROUND;
use super::scene::{Anchor, Ink, Item, Label, Scene, Spot};

/// Red, green, blue.
type Rgb = (u8, u8, u8);

const WHITE: Rgb = (255, 255, 255);
/// The dark ground that the colours of the night are chosen for.
const NIGHT: Rgb = (0x14, 0x17, 0x1a);
/// Colours at night stand off the ground at least as much as the guidelines ask of text (WCAG 2, 1.4.3).
const CONTRAST: f64 = 4.5;

/// The drawing, and its colours.
#[derive(Debug)]
pub struct Inline {
    /// What goes between `<svg>` and `</svg>`.
    pub drawing: Markup,
    /// Width and height of the grid it is drawn on.
    pub size: (u32, u32),
    /// The colours it uses.
    pub colours: Colours,
}

/// Colours that a page has to define.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Colours(BTreeSet<Rgb>);

impl Colours {
    /// Those of another drawing, too.
    pub fn add(&mut self, other: &Colours) {
        self.0.extend(&other.0);
    }

    /// CSS declarations for a light ground.
    pub fn day(&self) -> String {
        self.declared(|rgb| rgb)
    }

    /// CSS declarations for a dark ground.
    pub fn night(&self) -> String {
        self.declared(at_night)
    }

    fn declared(&self, shade: impl Fn(Rgb) -> Rgb) -> String {
        let one = |rgb: &Rgb| format!("--k{}:#{};", hex(*rgb), hex(shade(*rgb)));
        self.0.iter().map(one).collect()
    }
}

/// The scene as SVG.
pub(super) fn svg(scene: &Scene) -> Inline {
    let mut colours = Colours::default();
    let drawing = html! {
        @for item in &scene.items {
            (shape(item, &mut colours))
        }
    };
    Inline {
        drawing,
        size: (scene.width, scene.height),
        colours,
    }
}

fn shape(item: &Item, colours: &mut Colours) -> Markup {
    match item {
        Item::Fill { points, ink } => {
            let fill = colour(*ink, colours);
            let alpha = (ink.alpha < 1.0).then_some(ink.alpha);
            html! {
                @if let Some(((x, y), r)) = disc(points) {
                    circle cx=(short(x)) cy=(short(y)) r=(short(r)) fill=(fill) fill-opacity=[alpha] {}
                } @else {
                    path d=(path(points) + "z") fill=(fill) fill-opacity=[alpha] {}
                }
            }
        }
        Item::Stroke { points, ink, width } => {
            let stroke = colour(*ink, colours);
            let alpha = (ink.alpha < 1.0).then_some(ink.alpha);
            let closed = points.len() > 2 && points.first() == points.last();
            let round = closed.then(|| disc(&points[1..])).flatten();
            html! {
                @if let Some(((x, y), r)) = round {
                    circle cx=(short(x)) cy=(short(y)) r=(short(r)) fill="none" stroke=(stroke) stroke-width=(short(*width)) stroke-opacity=[alpha] {}
                } @else {
                    path d=(path(points)) fill="none" stroke=(stroke) stroke-width=(short(*width)) stroke-opacity=[alpha] {}
                }
            }
        }
        Item::Text(label) => letters(label, colours),
    }
}

fn letters(label: &Label, colours: &mut Colours) -> Markup {
    let anchor = match label.anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    };
    let weight = label.bold.then_some("bold");
    html! {
        text x=(short(label.x)) y=(short(label.baseline)) font-size=(short(label.em)) font-weight=[weight] text-anchor=[anchor] fill=(colour(label.ink, colours)) { (label.text) }
    }
}

/// As the page knows it.
fn colour(ink: Ink, colours: &mut Colours) -> PreEscaped<String> {
    if ink.rgb == WHITE {
        return PreEscaped("var(--paper)".into());
    }
    colours.0.insert(ink.rgb);
    PreEscaped(format!("var(--k{})", hex(ink.rgb)))
}

fn hex((r, g, b): Rgb) -> String {
    format!("{r:02x}{g:02x}{b:02x}")
}

/// Centre and radius of what passes for a circle.
fn disc(points: &[Spot]) -> Option<(Spot, f64)> {
    if points.len() != ROUND as usize {
        return None;
    }
    let n = f64::from(ROUND);
    let sum = points
        .iter()
        .fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    let (x, y) = (sum.0 / n, sum.1 / n);
    let r = (points[0].0 - x).hypot(points[0].1 - y);
    let even = |p: &Spot| ((p.0 - x).hypot(p.1 - y) - r).abs() < 1e-6 * r.max(1.0);
    points.iter().all(even).then_some(((x, y), r))
}

/// Tenths of a pixel are enough.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

/// The first point, then steps: fewer digits.
fn path(points: &[Spot]) -> String {
    let grid = |v: f64| (v * 10.0).round() as i64;
    let mut out = String::new();
    let mut before: Option<(i64, i64)> = None;
    for &(x, y) in points {
        let at = (grid(x), grid(y));
        let (dx, dy) = before.map_or(at, |b| (at.0 - b.0, at.1 - b.1));
        let letter = match before {
            None => 'M',
            Some(_) => 'l',
        };
        let tenth = |v: i64| short(v as f64 / 10.0);
        let _ = write!(out, "{letter}{} {}", tenth(dx), tenth(dy));
        before = Some(at);
    }
    out
}

/// Greys change places, light for dark; a colour is lightened until it can be read.
fn at_night((r, g, b): Rgb) -> Rgb {
    let grey = r.max(g).max(b) - r.min(g).min(b) < 16;
    if grey {
        let (dark, light) = (f64::from(NIGHT.0) + 12.0, 236.0);
        let turned = |c: u8| (light - f64::from(c) / 255.0 * (light - dark)).round() as u8;
        return (turned(r), turned(g), turned(b));
    }
    let mix = |share: f64| {
        let one = |c: u8| (f64::from(c) + (255.0 - f64::from(c)) * share).round() as u8;
        (one(r), one(g), one(b))
    };
    (0..=20)
        .map(|step| mix(f64::from(step) / 20.0))
        .find(|rgb| contrast(*rgb, NIGHT) >= CONTRAST)
        .unwrap_or(WHITE)
}

/// How much lighter one is than the other, as WCAG 2 reckons it.
fn contrast(light: Rgb, dark: Rgb) -> f64 {
    (luminance(light) + 0.05) / (luminance(dark) + 0.05)
}

fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Theme, theme};

    fn empty() -> Scene {
        Scene::new(400, 300, theme::of(Theme::Light))
    }

    #[test]
    fn every_colour_can_be_read_at_night() {
        let colours = theme::of(Theme::Light);
        for ink in colours.palette.iter().chain([&colours.unnamed]) {
            let night = at_night(ink.rgb);
            assert!(contrast(night, NIGHT) >= 3.0, "{ink:?}: {night:?}");
            let text = at_night(colours.for_text(*ink).rgb);
            assert!(
                contrast(text, NIGHT) >= CONTRAST,
                "{ink:?} as text: {text:?}"
            );
        }
    }

    #[test]
    fn paths_go_in_steps_and_rings_are_circles() {
        assert_eq!(
            path(&[(1.0, 2.0), (1.5, 2.0), (1.46, 0.0)]),
            "M1 2l0.5 0l0 -2"
        );
        let mut scene = empty();
        crate::chart::mark::ring(&mut scene, (10.0, 20.0), 5.0, 1.0);
        let drawn = svg(&scene).drawing.into_string();
        assert!(
            drawn.starts_with("<circle cx=\"10\" cy=\"20\" r=\"5\""),
            "{drawn}"
        );
        assert!(disc(&[(0.0, 0.0); 3]).is_none());
    }

    #[test]
    fn letters_are_escaped() {
        let mut scene = empty();
        scene.text(crate::chart::text::label(
            "<b> & \"c\"".into(),
            (0.0, 0.0),
            10.0,
            false,
            Anchor::Start,
            Ink::new(0),
        ));
        let drawn = svg(&scene).drawing.into_string();
        assert!(drawn.contains("&lt;b&gt; &amp; &quot;c&quot;"), "{drawn}");
    }
}
