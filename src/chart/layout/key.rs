//! The signs of the key: each mark, small.

use crate::chart::mark::{self, Shape, Style};
use crate::chart::scene::{Scene, Spot};

/// What marks there are.
pub(super) enum Sign {
    Total,
    New,
    More,
    Less,
    Range,
    Flag,
    Projected,
}

impl Sign {
    /// Draws it about a place; `bars` where new figures are bars, `level` where values run to the right.
    pub(super) fn draw(&self, scene: &mut Scene, (x, y): Spot, u: f64, bars: bool, level: bool) {
        let ink = scene.colours.dark;
        let dot = Style {
            ink,
            shape: Shape::Circle,
            dash: None,
            hollow: matches!(self, Sign::Projected),
        };
        match self {
            Sign::Total => {
                let step = vec![
                    (x - 10.0 * u, y + 4.0 * u),
                    (x, y + 4.0 * u),
                    (x, y - 4.0 * u),
                    (x + 10.0 * u, y - 4.0 * u),
                ];
                scene.stroke(step, ink, 1.6 * u);
            }
            Sign::New if bars => {
                let bar = vec![(x, y + 6.0 * u), (x, y - 6.0 * u)];
                scene.stroke(bar, ink, 7.0 * u);
            }
            Sign::New => {
                let stem = vec![(x, y + 7.0 * u), (x, y - 3.0 * u)];
                scene.stroke(stem, ink.faded(0.55), 1.6 * u);
                mark::marker(scene, (x, y - 3.0 * u), 3.0 * u, &dot);
            }
            Sign::More | Sign::Less => {
                let towards = match (matches!(self, Sign::More), level) {
                    (true, false) => mark::UP,
                    (false, false) => mark::DOWN,
                    (true, true) => mark::RIGHT,
                    (false, true) => mark::LEFT,
                };
                let at = (x - towards.0 * 4.0 * u, y - towards.1 * 4.0 * u);
                mark::arrow(scene, at, towards, 11.0 * u, ink, 1.4 * u);
                if !bars {
                    mark::marker(scene, at, 3.0 * u, &dot);
                }
            }
            Sign::Range if level => {
                mark::range(scene, (x - 8.0 * u, y), (x + 8.0 * u, y), ink, 4.0 * u);
            }
            Sign::Range => mark::range(scene, (x, y + 6.0 * u), (x, y - 6.0 * u), ink, 4.0 * u),
            Sign::Flag => {
                mark::marker(scene, (x, y), 3.0 * u, &dot);
                mark::ring(scene, (x, y), 6.2 * u, 1.4 * u);
            }
            Sign::Projected => mark::marker(scene, (x, y), 4.0 * u, &dot),
        }
    }
}
