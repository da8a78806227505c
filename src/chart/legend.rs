//! Rows of entries, each a sign and its words, that wrap and never leave their box: the legend and the key of the marks.

use super::scene::{Anchor, Ink, Scene, Spot};
use super::text;

/// An entry, placed: where its sign begins and where its words do.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its index in what was given.
    pub(super) index: usize,
    /// Left end of the sign, middle of the row.
    pub(super) sign: Spot,
    words: Spot,
    text: String,
}

/// The shape of the rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) row: f64,
    /// Size of the letters.
    pub(super) em: f64,
    /// Width of a sign.
    pub(super) sign: f64,
    /// Longest words.
    pub(super) longest: f64,
}

impl Rows {
    /// Places the entries until `most` rows are full; the entries, and where the rows end.
    pub(super) fn place(&self, names: &[String], most: usize) -> (Vec<Entry>, f64) {
        let gap = self.em * 0.5;
        let (mut x, mut row) = (self.left, 0);
        let mut placed = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let room = self.longest.min(self.right - self.left - self.sign - gap);
            let text = text::fit(name, self.em, false, room);
            let width = self.sign + gap + text::width(&text, self.em, false);
            if x > self.left && x + width > self.right {
                (x, row) = (self.left, row + 1);
            }
            if row == most {
                break;
            }
            let middle = self.top + (row as f64 + 0.5) * self.row;
            placed.push(Entry {
                index,
                sign: (x, middle),
                words: (x + self.sign + gap, middle + self.em * 0.36),
                text,
            });
            x += width + self.em * 1.7;
        }
        let rows = if placed.is_empty() {
            0
        } else {
            (row + 1).min(most)
        };
        (placed, self.top + rows as f64 * self.row)
    }

    /// Writes an entry's words.
    pub(super) fn write(&self, scene: &mut Scene, entry: &Entry, ink: Ink) {
        scene.text(text::label(
            entry.text.clone(),
            entry.words,
            self.em,
            false,
            Anchor::Start,
            ink,
        ));
    }
}
