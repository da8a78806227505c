//! Bodies that speak: known organisations, and those that someone speaks for.

use std::ops::Range;

use super::{Ear, Head, Who};
use crate::data::{
    self,
    source::{Row, role},
};

impl Ear<'_> {
    /// The organisation whose name starts `range`.
    pub(crate) fn source(&self, range: &Range<usize>) -> Option<(usize, &'static Row)> {
        let tokens = self.document.tokens.get(range.clone())?;
        data::get().sources.at(tokens)
    }

    /// A known organisation inside.
    pub(crate) fn known(&self, np: &Range<usize>) -> Option<Who> {
        let sources = &data::get().sources;
        let mut at = np.start;
        while at < np.end {
            if let Some((n, row)) = sources.at(&self.document.tokens[at..np.end]) {
                let whole = at == np.start && at + n == np.end;
                // "the United Nations agency" is one named before
                if at + n + 1 == np.end
                    && at == np.start
                    && !row.generic
                    && !row.media
                    && self.has(np.start.wrapping_sub(1), role::DEFINITE)
                    && self.has(at + n, role::BACK)
                    && self.has(at + n, role::BODY)
                {
                    return Some(Who::Back(Head::Body(at + n)));
                }
                let next = at + n;
                // "the militia-run ministry" is not the militia
                let run = self.str(next) == "-" && self.token(next).is_some_and(|t| !t.spaced);
                // "the union's relief agency": the agency
                let owner = self.str(next).ends_with('s')
                    && self.str(next).starts_with(['\'', '’'])
                    && (next + 1..np.end).any(|i| {
                        sources
                            .at(&self.document.tokens[i..np.end])
                            .is_some_and(|(_, r)| !r.generic)
                    });
                // "the militia's health ministry" as printed
                let part = np.end >= next + 2
                    && self.has(np.end - 1, role::BODY)
                    && !self.has(np.end - 1, role::PEOPLE | role::VOICE)
                    && (next..np.end)
                        .all(|i| self.is_word(i) && !self.has(i, role::LINK | role::VOICE));
                if (run || owner || part) && !whole {
                    at = next;
                    continue;
                }
                if whole || !row.generic {
                    let longer = at > np.start
                        && self.capital(at - 1)
                        && !self.token(at).is_some_and(|t| t.upper)
                        && !self.has(at - 1, role::TITLE | role::TIME | role::ARTICLE);
                    // "WHO/UNICEF" stays as printed
                    if longer {
                        let mut start = at - 1;
                        while start > np.start && self.capital(start - 1) {
                            start -= 1;
                        }
                        let all = start..at + n;
                        return Some(self.named(self.text(&all), np, row.media));
                    }
                    return Some(self.named(row.name.clone(), np, row.media));
                }
            }
            at += 1;
        }
        None
    }

    /// "a spokesman for the regional ministry", "ministry spokesman Ivan Petrov": the ministry.
    pub(super) fn body_of(&self, np: &Range<usize>) -> Option<Range<usize>> {
        // "the head doctor in a hospital" speaks for himself
        let voice = np.clone().find(|&i| {
            let doctor =
                i + 1 < np.end && self.has(i + 1, role::PEOPLE) && !self.has(i + 1, role::VOICE);
            self.has(i, role::VOICE) && !doctor
        })?;
        let is_body = |r: &Range<usize>| r.clone().any(|i| self.has(i, role::BODY));
        if let Some(link) = (voice + 1..np.end.min(voice + 4)).find(|&i| self.has(i, role::LINK)) {
            let mut body = link + 1..np.end;
            while body.start < body.end
                && self.has(body.start, role::ARTICLE)
                && !self.capital(body.start)
            {
                body.start += 1;
            }
            if let Some(end) = body.clone().find(|&i| self.str(i) == ",") {
                body.end = end;
            }
            if is_body(&body) && !body.is_empty() {
                return Some(body);
            }
        }
        let mut before = np.start..voice;
        while before.start < before.end && self.has(before.start, role::ARTICLE) {
            before.start += 1;
        }
        (is_body(&before)).then_some(before)
    }
}
