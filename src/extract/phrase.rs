//! Where the noun phrase beside a verb of saying begins and ends.

use std::ops::Range;

use super::speaker::Ear;
use crate::data::source::role;
use crate::text::TokenKind;

impl Ear<'_> {
    /// The noun phrase that ends before `end`, back to its clause's start.
    pub(crate) fn phrase_before(&self, end: usize, floor: usize) -> Range<usize> {
        let mut at = end;
        while at > floor && end - at < 20 {
            let i = at - 1;
            if self.is_word(i) {
                if self.has(
                    i,
                    role::STOP | role::SAY | role::COUNT | role::AND | role::THAT,
                ) && !self.has(i, role::PAPER)
                {
                    let joins = self.has(i, role::AND)
                        && i > floor
                        && self.is_word(i - 1)
                        && (self.capital(i - 1) && self.capital(i + 1)
                            || self.has(i - 1, role::BODY | role::PEOPLE | role::VOICE));
                    if !joins {
                        break;
                    }
                }
            } else if self.str(i) == "-" && i > floor + 5 && self.str(i - 1) == "RRB" {
                at = i - 4; // a bracket as corpora write it
                if self.str(at) != "LRB" {
                    break;
                }
                at -= 1;
                continue;
            } else if self.str(i) == ")" {
                let Some(open) = (floor..i).rev().take(10).find(|&j| self.str(j) == "(") else {
                    break;
                };
                at = open;
                continue;
            } else if self.token(i).is_some_and(|t| t.kind == TokenKind::Number) {
                if self.is_word(i + 1) && !self.capital(i.wrapping_sub(1)) {
                    break;
                }
            } else {
                let joined = self.token(i).is_some_and(|t| !t.spaced)
                    && self.token(i + 1).is_some_and(|t| !t.spaced);
                let dot = self.str(i) == "."
                    && self.token(i).is_some_and(|t| !t.spaced)
                    && i > floor
                    && self.str(i - 1).len() <= 2;
                if !(dot
                    || joined && matches!(self.str(i), "-" | "/" | "." | "&" | "’" | "'" | "–"))
                {
                    break;
                }
            }
            at = i;
            // "in May the ministry": an article opens the phrase unless a link goes before it
            if self.has(i, role::DEFINITE)
                && i > floor
                && self.is_word(i)
                && !self.has(i - 1, role::LINK | role::AND | role::TITLE)
                && (self.is_word(i - 1) || self.is_number(i - 1))
            {
                break;
            }
        }
        at..end
    }

    /// The noun phrase that starts at `start`.
    pub(crate) fn phrase_after(&self, start: usize, end: usize) -> Range<usize> {
        let mut at = start;
        while at < end && at - start < 20 {
            if self.is_word(at) {
                let stop = self.has(
                    at,
                    role::STOP
                        | role::SAY
                        | role::CITE
                        | role::TIME
                        | role::BE
                        | role::AUXILIARY
                        | role::THAT,
                ) && !self.has(at, role::PAPER | role::BY)
                    && !(self.has(at, role::TIME) && at <= start + 1 && self.is_number(at + 1));
                let on = self.has(at, role::AFTER) && !self.has(at, role::LINK | role::BY);
                if stop || on {
                    break;
                }
                if self.has(at, role::AND)
                    && !(self.capital(at + 1) && self.capital(at.wrapping_sub(1)))
                {
                    break;
                }
            } else if self.str(at) == "(" {
                let Some(close) = (at..end.min(at + 8)).find(|&j| self.str(j) == ")") else {
                    break;
                };
                at = close + 1;
                continue;
            } else if self.is_number(at) {
                // "the October 2025 analysis"
                if !(at > start && self.has(at - 1, role::TIME) && self.is_word(at + 1)) {
                    break;
                }
            } else {
                let inside = at > start
                    && self.token(at).is_some_and(|t| !t.spaced)
                    && self.token(at + 1).is_some_and(|t| !t.spaced)
                    && at + 1 < end;
                let dot = self.str(at) == "."
                    && at > start
                    && self.str(at - 1).len() <= 2
                    && self.capital(at - 1)
                    && at + 1 < end;
                if !(dot
                    || inside && matches!(self.str(at), "-" | "/" | "." | "&" | "’" | "'" | "–"))
                {
                    break;
                }
            }
            at += 1;
        }
        start..at
    }

    /// The apposition that follows a comma.
    pub(crate) fn beside_after(&self, at: usize, end: usize) -> Option<Range<usize>> {
        (self.str(at) == ",").then(|| {
            let stop = (at + 1..end.min(at + 20))
                .find(|&i| matches!(self.str(i), "," | "." | ";"))
                .unwrap_or(end.min(at + 20));
            at + 1..stop
        })
    }
}
