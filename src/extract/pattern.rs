//! Which patterns of the language fit around a number.

use super::evidence::View;
use super::quantity::Quantity;
use crate::data::pattern::{Pattern, Step};
use crate::text::TokenKind;

/// How far `..` reaches.
const REACH: usize = 7;
/// How long `~` may be.
const REST: usize = 4;

impl View<'_> {
    /// True when the pattern fits around the number.
    pub(crate) fn fits(&self, pattern: &Pattern, q: &Quantity) -> bool {
        let walker = Walker { view: self };
        walker.right(&pattern.right, q.whole.end) && walker.left(&pattern.left, q.whole.start)
    }
}

struct Walker<'v, 'a> {
    view: &'v View<'a>,
}

impl Walker<'_, '_> {
    /// A token that the rest of a noun phrase may hold.
    fn plain(&self, i: usize) -> bool {
        let t = &self.view.document.tokens[i];
        let hyphen = || matches!(self.view.text(i), "-" | "'");
        (t.kind == TokenKind::Word || hyphen()) && !self.view.is_grammar(i)
    }

    /// How many tokens a step takes when it starts (`forward`) or ends (not) at `i`; `None` when it does not fit.
    fn one(&self, step: &Step, i: usize) -> bool {
        if !self.view.tokens.contains(&i) {
            return false;
        }
        let t = &self.view.document.tokens[i];
        match step {
            Step::Words(words) => words.contains(&t.word) && t.word.0 != 0,
            Step::Beginnings(beginnings, words) => {
                words.contains(&t.word) && t.word.0 != 0
                    || t.kind == TokenKind::Word && {
                        let small = || self.view.text(i).chars().flat_map(char::to_lowercase);
                        let begins = |b: &String| b.chars().eq(small().take(b.chars().count()));
                        beginnings.iter().any(begins)
                    }
            }
            _ => false,
        }
    }

    fn right(&self, steps: &[Step], at: usize) -> bool {
        let first = steps.split_first();
        first.is_none_or(|(step, rest)| self.step_right(step, rest, at))
    }

    /// A step, and after it the rest.
    fn step_right(&self, step: &Step, rest: &[Step], at: usize) -> bool {
        let end = self.view.tokens.end;
        match step {
            Step::Maybe(inner) => self.step_right(inner, rest, at) || self.right(rest, at),
            Step::Noun(test) => self.view.noun(at).is_some_and(|(class, n)| {
                test.holds(class, self.view.lang.noun_classes[class as usize].unit)
                    && self.right(rest, at + n)
            }),
            Step::Rest => {
                let mut i = at;
                loop {
                    if self.right(rest, i) {
                        return true;
                    }
                    if i >= end || i - at >= REST || !self.plain(i) {
                        return false;
                    }
                    i += 1;
                }
            }
            Step::Auxiliaries => {
                let mut i = at;
                loop {
                    if self.right(rest, i) {
                        return true;
                    }
                    if i >= end || i - at > 4 || !self.view.is_auxiliary(i) {
                        return false;
                    }
                    i += 1;
                }
            }
            Step::Gap => {
                let mut i = at;
                loop {
                    if self.right(rest, i) {
                        return true;
                    }
                    if i >= end || i - at >= REACH || !self.view.is_crossable(i) {
                        return false;
                    }
                    i += 1;
                }
            }
            _ => self.one(step, at) && self.right(rest, at + 1),
        }
    }

    /// The same leftwards; `at` is the first token already taken.
    fn left(&self, steps: &[Step], at: usize) -> bool {
        let first = steps.split_first();
        first.is_none_or(|(step, rest)| self.step_left(step, rest, at))
    }

    fn step_left(&self, step: &Step, rest: &[Step], at: usize) -> bool {
        let start = self.view.tokens.start;
        match step {
            Step::Maybe(inner) => self.step_left(inner, rest, at) || self.left(rest, at),
            Step::Noun(test) => (1..=4).any(|n| {
                at >= start + n
                    && self.view.noun(at - n).is_some_and(|(class, len)| {
                        len == n
                            && test.holds(class, self.view.lang.noun_classes[class as usize].unit)
                    })
                    && self.left(rest, at - n)
            }),
            Step::Rest | Step::Auxiliaries | Step::Gap => {
                let limit = if *step == Step::Gap { REACH } else { REST };
                let mut i = at;
                loop {
                    if self.left(rest, i) {
                        return true;
                    }
                    let open = i > start
                        && at - i < limit
                        && match step {
                            Step::Rest => self.plain(i - 1),
                            Step::Auxiliaries => self.view.is_auxiliary(i - 1),
                            _ => self.view.is_crossable(i - 1),
                        };
                    if !open {
                        return false;
                    }
                    i -= 1;
                }
            }
            _ => at > start && self.one(step, at - 1) && self.left(rest, at - 1),
        }
    }
}
