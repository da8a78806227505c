//! Markers: one colour and shape per source, arrows for open ends, bars for ranges, rings for flags.

use super::scene::{Ink, Scene, Spot};

/// Eight colours that remain distinct for colour-blind readers (Okabe and Ito; wine from Tol for their yellow, which white swallows).
pub(super) const PALETTE: [Ink; 8] = [
    Ink::new(0x0000_72B2),
    Ink::new(0x00D5_5E00),
    Ink::new(0x0000_9E73),
    Ink::new(0x00CC_79A7),
    Ink::new(0x0022_2222),
    Ink::new(0x00E6_9F00),
    Ink::new(0x0056_B4E9),
    Ink::new(0x0088_2255),
];
/// Figures that nobody was named for.
pub(super) const UNNAMED: Ink = Ink::new(0x0085_8585);
/// Sources without room in the legend.
pub(super) const OTHERS: Ink = Ink::new(0x00C4_C4C4);
/// Rings and the key.
pub(super) const DARK: Ink = Ink::new(0x0033_3333);
/// With 8 colours and 5 shapes, 40 sources differ.
pub(super) const SHAPES: [Shape; 5] = [
    Shape::Circle,
    Shape::Square,
    Shape::Diamond,
    Shape::Up,
    Shape::Down,
];

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
    /// White inside: projected.
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

/// A marker of radius `r`, edged in white so that it stands off what it covers.
pub(super) fn marker(scene: &mut Scene, at: Spot, r: f64, style: &Style) {
    let white = Ink::new(0x00FF_FFFF);
    scene.fill(style.shape.outline(at, r * 1.25), white);
    scene.fill(style.shape.outline(at, r), style.ink);
    if style.hollow {
        scene.fill(style.shape.outline(at, r * 0.6), white);
    }
}

/// An arrow from a marker: more (`up` = 1) or less (-1).
pub(super) fn arrow(scene: &mut Scene, (x, y): Spot, up: f64, length: f64, ink: Ink, width: f64) {
    let tip = y - up * length;
    let head = (length * 0.32).max(width * 2.0);
    scene.stroke(vec![(x, y), (x, tip + up * head)], ink, width);
    scene.fill(
        vec![
            (x, tip),
            (x + head * 0.75, tip + up * head * 1.15),
            (x - head * 0.75, tip + up * head * 1.15),
        ],
        ink,
    );
}

/// A bar from low to high with caps.
pub(super) fn range(scene: &mut Scene, x: f64, low: f64, high: f64, ink: Ink, cap: f64) {
    let width = cap * 0.45;
    scene.stroke(vec![(x, low), (x, high)], ink, width);
    for y in [low, high] {
        scene.stroke(vec![(x - cap, y), (x + cap, y)], ink, width);
    }
}

/// A ring round a flagged point.
pub(super) fn ring(scene: &mut Scene, at: Spot, r: f64, width: f64) {
    let mut points = circle(at, r);
    points.extend(points.first().copied());
    scene.stroke(points, DARK, width);
}
