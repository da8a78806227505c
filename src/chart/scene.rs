//! What a chart consists of before it is painted: filled shapes, strokes and texts at exact places, in pixels of the finished image.
//! Layout makes a scene, paint turns it into PNG or SVG, tests look at it.

use super::theme::Colours;

/// A colour and how much of it covers what is below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) rgb: (u8, u8, u8),
    pub(super) alpha: f64,
}

impl Ink {
    /// A full colour, as 0x0072B2.
    pub(super) const fn new(hex: u32) -> Ink {
        Ink {
            rgb: ((hex >> 16) as u8, (hex >> 8) as u8, hex as u8),
            alpha: 1.0,
        }
    }

    /// The same colour, thinner.
    pub(super) fn faded(self, alpha: f64) -> Ink {
        Ink { alpha, ..self }
    }
}

/// A place: x to the right, y down.
pub(super) type Spot = (f64, f64);

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn around((x, y): Spot, half_width: f64, half_height: f64) -> Rect {
        Rect {
            left: x - half_width,
            top: y - half_height,
            right: x + half_width,
            bottom: y + half_height,
        }
    }
    pub(super) fn corners(&self) -> Vec<Spot> {
        vec![
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        ]
    }
    pub(super) fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

/// Which part of a text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) baseline: f64,
    /// Size of the font: pixels per em.
    pub(super) em: f64,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
    pub(super) ink: Ink,
    /// Where the letters are.
    pub(super) bounds: Rect,
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Fill {
        points: Vec<Spot>,
        ink: Ink,
    },
    Stroke {
        points: Vec<Spot>,
        ink: Ink,
        width: f64,
    },
    Text(Label),
}

/// Everything, in the order of painting.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) colours: &'static Colours,
    /// What it is, and what it says, for those who do not see it.
    pub(super) title: String,
    pub(super) description: String,
    pub(super) items: Vec<Item>,
}

impl Scene {
    /// Empty paper.
    pub(super) fn new(width: u32, height: u32, colours: &'static Colours) -> Scene {
        Scene {
            width,
            height,
            colours,
            title: String::new(),
            description: String::new(),
            items: Vec::new(),
        }
    }

    pub(super) fn fill(&mut self, points: Vec<Spot>, ink: Ink) {
        self.items.push(Item::Fill { points, ink });
    }
    pub(super) fn stroke(&mut self, points: Vec<Spot>, ink: Ink, width: f64) {
        self.items.push(Item::Stroke { points, ink, width });
    }
    pub(super) fn text(&mut self, label: Label) {
        self.items.push(Item::Text(label));
    }

    /// A text that stands on a grid: the lines of the grid are faint behind it.
    pub(super) fn text_on_grid(&mut self, label: Label) {
        self.fill(label.bounds.corners(), self.colours.paper.faded(0.8));
        self.text(label);
    }

    /// A stroke with gaps: so long a dash, so long a gap.
    pub(super) fn dashed(&mut self, points: &[Spot], ink: Ink, width: f64, (dash, gap): Spot) {
        let mut left = dash;
        let mut on = true;
        let mut piece: Vec<Spot> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let (mut from, to) = (pair[0], pair[1]);
            loop {
                let length = (to.0 - from.0).hypot(to.1 - from.1);
                if length <= left {
                    left -= length;
                    piece.push(to);
                    break;
                }
                let share = left / length;
                from = (
                    from.0 + (to.0 - from.0) * share,
                    from.1 + (to.1 - from.1) * share,
                );
                piece.push(from);
                if on {
                    self.stroke(std::mem::take(&mut piece), ink, width);
                }
                piece.clear();
                piece.push(from);
                on = !on;
                left = if on { dash } else { gap };
            }
        }
        if on && piece.len() > 1 {
            self.stroke(piece, ink, width);
        }
    }

    /// The texts.
    #[cfg(test)]
    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(label) => Some(label),
            _ => None,
        })
    }
}
