//! People who speak: a name beside a title, behind a trade, in full.

use std::ops::Range;

use super::{Ear, TITLED, Who};
use crate::data::source::role;

impl Ear<'_> {
    /// The name in an apposition: all of it, or what follows its title.
    pub(super) fn person_beside(&self, beside: &Range<usize>) -> Option<Range<usize>> {
        let mut start = beside.end;
        while start > beside.start && self.capital(start - 1) {
            start -= 1;
        }
        let name = start..beside.end;
        let whole = start == beside.start && (1..5).contains(&name.len());
        let titled = start > beside.start && name.len() >= 2 && self.has(start - 1, role::TITLE);
        (whole || titled).then_some(name)
    }

    /// Whom the text names by the title that `np` is: "the first minister" is the First Minister Jack McConnell.
    pub(super) fn titled(&self, np: &Range<usize>) -> Option<Range<usize>> {
        let last = self.document.tokens.len();
        let near = np.start.saturating_sub(TITLED)..last.min(np.end + TITLED);
        near.filter(|&i| self.hash(i) == self.hash(np.start) && i != np.start)
            .filter_map(|i| {
                let start = i + np.len();
                if !(0..np.len()).all(|k| self.hash(i + k) == self.hash(np.start + k)) {
                    return None;
                }
                let mut end = start;
                while self.capital(end)
                    && end < start + 4
                    && !self.has(end, role::TITLE | role::BODY | role::TIME)
                {
                    end += 1;
                }
                (end >= start + 2).then_some(start..end)
            })
            .min_by_key(|name| name.start.abs_diff(np.start))
    }

    /// "Relief controller Ada Obi": a name of two words or more behind what its bearer does.
    pub(super) fn person_last(&self, np: &Range<usize>) -> Option<Range<usize>> {
        let name = np.clone().rfind(|&i| !self.capital(i)).map_or(0, |i| i + 1)..np.end;
        let plain = |i| self.is_word(i) && !self.has(i, role::LINK | role::AND | role::STOP);
        (name.len() >= 2 && name.start > np.start && (np.start..name.start).all(plain))
            .then_some(name)
    }

    /// A surname alone: the name in full, or the body its bearer speaks for, from where it stood first.
    pub(super) fn in_full(&self, surname: usize, range: &Range<usize>) -> Option<Who> {
        let hash = self.token(surname)?.hash;
        let first = (surname.saturating_sub(20_000).max(1)..surname).find(|&i| {
            self.document.tokens[i].hash == hash
                && self.capital(i)
                && self.capital(i - 1)
                && !self.has(
                    i - 1,
                    role::TITLE
                        | role::STOP
                        | role::ARTICLE
                        | role::LINK
                        | role::TIME
                        | role::PRONOUN,
                )
        })?;
        let mut start = first;
        while start > 0
            && first - start < 3
            && self.capital(start - 1)
            && !self.has(
                start - 1,
                role::TITLE | role::STOP | role::LINK | role::TIME | role::BODY | role::ARTICLE,
            )
        {
            start -= 1;
        }
        let full = start..first + 1;
        // "the head of the monitoring mission, Matilda Bogner" or "Matilda Bogner, head of the mission"
        let mut before = start;
        while before > 0
            && start - before < 12
            && (self.is_word(before - 1) || before == start && self.str(before - 1) == ",")
            && !self.has(before - 1, role::STOP | role::SAY)
        {
            before -= 1;
        }
        let stop = (first + 2..first + 18)
            .find(|&i| !self.is_word(i) && self.str(i) != "-" && !self.is_dot(i))
            .unwrap_or(first + 18)
            .min(self.document.tokens.len());
        let after = if self.str(first + 1) == "," && first + 2 < stop {
            first + 2..stop
        } else {
            0..0
        };
        for side in [before..start, after] {
            if !side.clone().any(|i| self.has(i, role::VOICE)) {
                continue;
            }
            if let Some(who) = self.known(&side) {
                return Some(who);
            }
            if let Some(body) = self.body_of(&side).filter(|b| !b.is_empty()) {
                return Some(self.named(self.text(&body), range, false));
            }
        }
        Some(self.named(self.text(&full), range, false))
    }
}
