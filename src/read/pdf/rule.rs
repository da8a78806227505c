//! Lines drawn across a page -> rules: they part the rows of a table, and what spans two columns from the columns.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// A horizontal line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) y: f32,
    pub(super) x: f32,
    pub(super) end: f32,
}

// In points.
/// The shortest rule.
const LENGTH: f64 = 12.0;
/// The thickest; what is higher is a box, with a rule above and one below.
const THICK: f64 = 2.5;
/// Pieces so close make one rule.
const CLOSE: f32 = 3.0;
/// Heights that count as one.
const SAME: f32 = 1.2;
/// Rules of a page at most; what has more is a drawing.
const MOST: usize = 5000;
/// Parts of a path at most.
const PARTS: usize = 400;

/// Gathers the straight lines and boxes of a page.
#[derive(Default)]
pub(super) struct Ruler {
    boxes: Vec<Rect>,
}

impl Ruler {
    pub(super) fn path(&mut self, path: &BezPath, transform: Affine) {
        if self.boxes.len() >= MOST || path.elements().len() > PARTS {
            return;
        }
        let mut part: Vec<Point> = Vec::new();
        for element in path.elements() {
            match element {
                PathEl::MoveTo(point) => {
                    self.part(&part);
                    part = vec![transform * *point];
                }
                PathEl::LineTo(point) => part.push(transform * *point),
                // no straight line; nor is what follows
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => part.clear(),
                PathEl::ClosePath => {}
            }
        }
        self.part(&part);
    }

    pub(super) fn rect(&mut self, rect: &Rect, transform: Affine) {
        if self.boxes.len() < MOST {
            self.boxes.push(transform.transform_rect_bbox(*rect));
        }
    }

    /// A line or a box, if the points make one.
    fn part(&mut self, points: &[Point]) {
        let Some(first) = points.first().filter(|_| (2..=5).contains(&points.len())) else {
            return;
        };
        let seed = Rect::from_points(*first, *first);
        let all = points.iter().fold(seed, |all, point| all.union_pt(*point));
        let near = |a: f64, b: f64, c: f64| (a - b).abs().min((a - c).abs()) < 0.5;
        let corner = |p: &Point| near(p.x, all.x0, all.x1) && near(p.y, all.y0, all.y1);
        if all.is_finite() && points.iter().all(corner) {
            self.boxes.push(all);
        }
    }

    /// The rules on the page turned as its text is, from the top.
    pub(super) fn rules(self, turned: impl Fn(Point) -> (f64, f64)) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for piece in self.boxes {
            let a = turned(Point::new(piece.x0, piece.y0));
            let b = turned(Point::new(piece.x1, piece.y1));
            let piece = Rect::from_points(a, b);
            if piece.width() < LENGTH {
                continue;
            }
            let thin = piece.height() <= THICK;
            let ys = [piece.y0, piece.y1];
            let ys = if thin { &ys[..1] } else { &ys[..] };
            rules.extend(ys.iter().map(|y| Rule {
                y: *y as f32,
                x: piece.x0 as f32,
                end: piece.x1 as f32,
            }));
        }
        rules.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        joined(&rules)
    }
}

/// Pieces of one line joined: a table's are often drawn cell by cell.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut out: Vec<Rule> = Vec::new();
    for group in rules.chunk_by(|a, b| b.y - a.y <= SAME) {
        let mut group = group.to_vec();
        group.sort_by(|a, b| a.x.total_cmp(&b.x));
        let first = out.len();
        for rule in group {
            match out[first..].last_mut() {
                Some(last) if rule.x - last.end <= CLOSE => last.end = last.end.max(rule.end),
                _ => out.push(rule),
            }
        }
    }
    out
}

/// True if a rule lies between two heights and covers most of what lies between `x` and `end`.
pub(super) fn between(rules: &[Rule], above: f32, below: f32, x: f32, end: f32) -> bool {
    let from = rules.partition_point(|r| r.y <= above);
    rules[from..].iter().take_while(|r| r.y < below).any(|r| {
        let covered = r.end.min(end) - r.x.max(x);
        covered >= 0.6 * (end - x)
    })
}
