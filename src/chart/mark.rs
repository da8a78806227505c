//! Markers: one colour and shape per source, arrows for open ends, bars for ranges, rings for flags.

use super::scene::{Ink, Scene, Spot};

/// With 8 colours and 5 shapes, 40 sources differ.
pub(super) const SHAPES: [Shape; 5] = [
    Shape::Circle,
    Shape::Square,
    Shape::Diamond,
    Shape::Up,
    Shape::Down,
];

/// Where an arrow points.
pub(super) const UP: Spot = (0.0, -1.0);
pub(super) const DOWN: Spot = (0.0, 1.0);
pub(super) const RIGHT: Spot = (1.0, 0.0);
pub(super) const LEFT: Spot = (-1.0, 0.0);

/// The form of a marker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Circle,
    Square,
    Diamond,
    Up,
    Down,
}

/// How a line and its markers look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) ink: Ink,
    pub(super) shape: Shape,
    /// Dash and gap, in units of the chart.
    pub(super) dash: Option<(f64, f64)>,
    /// Paper inside: projected.
    pub(super) hollow: bool,
}

impl Shape {
    /// Its corners; all shapes look equally large.
    fn outline(self, (x, y): Spot, r: f64) -> Vec<Spot> {
        match self {
            Shape::Circle => circle((x, y), r),
            Shape::Square => {
                let r = r * 0.88;
                vec![
                    (x - r, y - r),
                    (x + r, y - r),
                    (x + r, y + r),
                    (x - r, y + r),
                ]
            }
            Shape::Diamond => {
                let r = r * 1.28;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
            Shape::Up => triangle((x, y), r * 1.2, -1.0),
            Shape::Down => triangle((x, y), r * 1.2, 1.0),
        }
    }
}

fn triangle((x, y): Spot, r: f64, side: f64) -> Vec<Spot> {
    vec![
        (x, y + side * r),
        (x + r, y - side * r * 0.75),
        (x - r, y - side * r * 0.75),
    ]
}

/// Corners of what passes for a circle.
pub(super) const ROUND: u32 = 32;

fn circle((x, y): Spot, r: f64) -> Vec<Spot> {
    (0..ROUND)
        .map(|i| f64::from(i) * std::f64::consts::TAU / f64::from(ROUND))
        .map(|a| (x + r * a.cos(), y + r * a.sin()))
        .collect()
}

/// A marker of radius `r`, edged in paper so that it stands off what it covers.
pub(super) fn marker(scene: &mut Scene, at: Spot, r: f64, style: &Style) {
    let paper = scene.colours.paper;
    scene.fill(style.shape.outline(at, r * 1.25), paper);
    scene.fill(style.shape.outline(at, r), style.ink);
    if style.hollow {
        scene.fill(style.shape.outline(at, r * 0.6), paper);
    }
}

/// An arrow from a marker, so far towards `(dx, dy)`.
pub(super) fn arrow(
    scene: &mut Scene,
    (x, y): Spot,
    (dx, dy): Spot,
    length: f64,
    ink: Ink,
    width: f64,
) {
    let head = (length * 0.32).max(width * 2.0);
    let along = |by: f64, aside: f64| (x + dx * by - dy * aside, y + dy * by + dx * aside);
    scene.stroke(vec![(x, y), along(length - head, 0.0)], ink, width);
    let back = length - head * 1.15;
    scene.fill(
        vec![
            along(length, 0.0),
            along(back, head * 0.75),
            along(back, -head * 0.75),
        ],
        ink,
    );
}

/// A bar from low to high, upright or level, with caps.
pub(super) fn range(scene: &mut Scene, low: Spot, high: Spot, ink: Ink, cap: f64) {
    let width = cap * 0.45;
    scene.stroke(vec![low, high], ink, width);
    let upright = low.0 == high.0;
    let (across, down) = if upright { (cap, 0.0) } else { (0.0, cap) };
    for (x, y) in [low, high] {
        scene.stroke(
            vec![(x - across, y - down), (x + across, y + down)],
            ink,
            width,
        );
    }
}

/// A ring round a flagged point.
pub(super) fn ring(scene: &mut Scene, at: Spot, r: f64, width: f64) {
    let mut points = circle(at, r);
    points.extend(points.first().copied());
    scene.stroke(points, scene.colours.dark, width);
}
