//! What lies between a number and the words around it.

use std::ops::Range;

use super::feature::Part;
use super::{Mark, View};
use crate::extract::quantity::Quantity;

impl View<'_> {
    /// The triggers nearest to the number: at most three on the left, at most four on the right, in the order of the text.
    pub(super) fn triggers(&self, q: &Quantity) -> (&[Mark], &[Mark]) {
        let all = &self.triggers;
        let before = all.partition_point(|m| m.end <= q.whole.start);
        let after = all.partition_point(|m| m.start < q.whole.end);
        (
            &all[before.saturating_sub(3)..before],
            &all[after..all.len().min(after + 4)],
        )
    }

    /// Whether a bracket is open before token `i`.
    pub(super) fn in_bracket(&self, i: usize) -> bool {
        self.seat(i).is_some_and(|s| s.open)
    }

    /// What lies between two tokens: a number, a mark that ends a clause, a comma, "and", or nothing of the kind.
    pub(super) fn between(&self, range: Range<usize>, numbers: &[Range<usize>]) -> &'static str {
        let (from, to) = (
            range.start - self.tokens.start,
            range.end.max(range.start) - self.tokens.start,
        );
        let (to, from) = (self.seats[to].borders, self.seats[from].borders);
        let [clause, comma, and] = std::array::from_fn(|i| to[i] > from[i]);
        let number = numbers
            .iter()
            .any(|n| n.start >= range.start && n.end <= range.end);
        match (clause, number, comma, and) {
            (true, true, ..) => "x",
            (true, false, ..) => ";",
            (_, true, _, true) => "n&",
            (_, true, true, _) => "n,",
            (_, true, ..) => "n",
            (_, _, true, true) => ",&",
            (_, _, true, _) => ",",
            (_, _, _, true) => "&",
            _ => "-",
        }
    }

    /// What lies between a number with its noun and a trigger behind them; the noun may hold the trigger.
    pub(super) fn gap_after(
        &self,
        m: &Mark,
        after: usize,
        numbers: &[Range<usize>],
    ) -> Part<'static> {
        if m.start < after {
            return "i".into();
        }
        self.between(after..m.start, numbers).into()
    }

    /// "The number of displaced people rose to 1,120 from 870": what is counted stands after a word of counting. Says too
    /// whether a number stands between.
    pub(super) fn counted(
        &self,
        s: usize,
        numbers: &[Range<usize>],
    ) -> Option<(Mark, &'static str)> {
        let counter = self.lang.grammar.counter;
        if self.all & counter == 0 {
            return None;
        }
        let at = self
            .marks
            .iter()
            .rposition(|m| m.end <= s && m.classes & counter != 0)?;
        let start = self.marks[at].start;
        let gap = match self.between(self.marks[at].end..s, numbers) {
            "-" | "," | "&" | ",&" => "-",
            "n" | "n," | "n&" => "n",
            _ => return None,
        };
        let triggers = self.lang.trigger_bits();
        self.marks[at.saturating_sub(1)..]
            .iter()
            .filter(|m| m.start + 2 >= start && m.start <= start + 6 && m.end <= s)
            .find(|m| m.classes & triggers != 0)
            .map(|m| (*m, gap))
    }

    /// "Of the dead, six were children", "of those, 40 are in Sindh": the words before a number that make it a part.
    pub(super) fn of_whom(&self, s: usize) -> Option<&Mark> {
        let whom = self.lang.grammar.of_whom;
        if self.all & whom == 0 {
            return None;
        }
        let before = self.marks.iter().rev().filter(|m| m.end <= s);
        before.into_iter().find(|m| m.classes & whom != 0)
    }

    /// How a number hangs on the one before it.
    pub(super) fn link(&self, range: Range<usize>) -> &'static str {
        let whom = self.lang.grammar.of_whom;
        if self.all & whom != 0
            && self
                .marks
                .iter()
                .any(|m| m.start >= range.start && m.end <= range.end && m.classes & whom != 0)
        {
            return "of";
        }
        let n = range.len();
        let base = self.between(range, &[]);
        match (base, n) {
            ("-", 0..=2) => "-",
            ("-", _) => "..",
            ("&", 0..=4) => "&",
            ("&", _) => "..&",
            (",", 0..=4) => ",",
            (",", _) => "..,",
            (",&", 0..=5) => ",&",
            (",&", _) => "..,&",
            (other, _) => other,
        }
    }
}

pub(super) fn far(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "9",
        _ => "99",
    }
}
