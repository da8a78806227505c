//! `data/weights/<lang>.tsv`: what `headcount train` learned: feature, label, weight.
//!
//! A label is a measure's code, `none`, one of the yes-or-no questions `total`, `part_of`, `projected`, or `voted`.

use std::num::NonZeroU32;

use super::table::Table;
use crate::error::{Error, Result};
use crate::extract::evidence::hash_of_name;

/// Labels beside the measures, in the order of their numbers after the last measure.
pub(crate) const QUESTIONS: [&str; 5] = ["none", "total", "part_of", "projected", VOTED];

/// The label of a vote: its weight counts for whichever measure the vote is for.
pub(crate) const VOTED: &str = "voted";

/// No more labels than these: measures and questions together.
pub(crate) const LABELS: usize = 64;

/// What speaks for each label.
pub(crate) type Scores = [f32; LABELS];

/// The table.
pub(crate) struct Weights {
    by_feature: Table<Rows>,
    rows: Vec<(u8, f32)>,
}

/// Where the rows of a feature stand.
#[derive(Clone, Copy)]
pub(crate) struct Rows {
    start: u32,
    end: NonZeroU32,
}

impl Weights {
    /// Reads the table; `labels` gives the number of a label.
    pub(crate) fn parse(file: &str, text: &str, labels: &[&str]) -> Result<Self> {
        let mut rows: Vec<(u64, u8, f32)> = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| Error::Data {
                file: file.into(),
                line: i + 1,
                what: format!("{what}: {line:?}"),
            };
            let mut cells = line.split('\t');
            let (Some(name), Some(label), Some(weight)) =
                (cells.next(), cells.next(), cells.next())
            else {
                return Err(wrong("three columns are needed: feature, label, weight"));
            };
            let label = labels
                .iter()
                .take(LABELS)
                .position(|l| *l == label)
                .ok_or_else(|| wrong("no such label"))?;
            let weight: f32 = weight
                .parse()
                .map_err(|_| wrong("the weight is no number"))?;
            rows.push((hash_of_name(name), label as u8, weight));
        }
        Ok(Self::from_rows(rows))
    }

    /// From hashed rows.
    pub(crate) fn from_rows(mut rows: Vec<(u64, u8, f32)>) -> Self {
        rows.sort_by_key(|a| (a.0, a.1));
        let mut weights = Weights {
            by_feature: Table::default(),
            rows: Vec::new(),
        };
        for chunk in rows.chunk_by(|a, b| a.0 == b.0) {
            let start = weights.rows.len() as u32;
            let end = NonZeroU32::MIN.saturating_add(start + chunk.len() as u32 - 1);
            weights.by_feature.entry(chunk[0].0, || Rows { start, end });
            weights.rows.extend(chunk.iter().map(|r| (r.1, r.2)));
        }
        weights
    }

    /// False for most features without a weight, at one look.
    #[inline]
    pub(crate) fn may_know(&self, feature: u64) -> bool {
        self.by_feature.may_hold(feature)
    }

    /// Where the rows of a feature stand.
    #[inline]
    pub(crate) fn find(&self, feature: u64) -> Option<Rows> {
        self.by_feature.get(feature).copied()
    }

    /// Labels and weights of these rows.
    #[inline]
    pub(crate) fn rows(&self, rows: Rows) -> &[(u8, f32)] {
        &self.rows[rows.start as usize..rows.end.get() as usize]
    }

    /// Labels and weights of a feature.
    pub(crate) fn of(&self, feature: u64) -> &[(u8, f32)] {
        self.find(feature).map_or(&[], |rows| self.rows(rows))
    }
}
