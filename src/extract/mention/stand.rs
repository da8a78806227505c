//! What the words around a name say about it.

use std::ops::Range;

use super::Stand;
use super::reader::Reader;
use crate::data::place::{PlaceKind, role};
use crate::text::TokenKind;

/// Tokens of the longest dateline.
const DATELINE: usize = 12;
/// Within how many tokens of its verb a country must give a number to count its own.
const COUNTS: usize = 5;

impl Reader<'_> {
    #[expect(
        clippy::too_many_arguments,
        reason = "the facts about one name, used here only"
    )]
    pub(super) fn stand(
        &self,
        name: &Range<usize>,
        first: usize,
        before: u32,
        next: usize,
        kind: PlaceKind,
        suffixed: bool,
        range: &Range<usize>,
    ) -> Stand {
        let follow = if next < range.end {
            self.roles(next)
        } else {
            0
        };
        if kind == PlaceKind::Demonym {
            if suffixed {
                return Stand::In; // the Syrian city
            }
            let mut i = next;
            while i < range.end.min(next + 3) {
                let roles = self.roles(i);
                if roles & role::PERSON != 0 && roles & role::BODY == 0 {
                    return Stand::Origin;
                }
                if roles & role::PREFIX != 0 {
                    return Stand::In; // the Ukrainian capital
                }
                if roles & role::BODY != 0 {
                    return Stand::Body;
                }
                i += 1;
            }
            return Stand::People;
        }
        let label = name.start == range.start || first == range.start;
        if label && next >= range.end {
            return Stand::Heading;
        }
        if self.dateline(name, kind, range) || self.told(first, range) {
            return Stand::Told;
        }
        let mark = self.str(next);
        let dash = mark == "-" && self.document.tokens.get(next + 1).is_some_and(|t| t.spaced);
        if label && (dash || matches!(mark, ":" | "—" | "–" | "|")) {
            return Stand::Label;
        }
        let early = name.start < range.start + 4
            && (range.start..name.start)
                .all(|i| self.document.tokens[i].capital || self.str(i) == ",");
        if early && next < range.end && (dash || matches!(mark, ":" | "—" | "–" | "|" | "(")) {
            return Stand::Label;
        }
        // "US nationals", "a US drone"
        if kind == PlaceKind::Country && next < range.end {
            if follow & role::PERSON != 0 {
                return Stand::Origin;
            }
            let token = &self.document.tokens[next];
            let short = self.document.tokens[name.end - 1].upper || self.str(name.end - 1) == ".";
            let noun = token.kind == TokenKind::Word
                && !token.capital
                && token.spaced
                && follow & (role::FUNCTION | role::AND | role::SAID | role::IN | role::TO) == 0;
            let hyphen = self.str(next) == "-" && !token.spaced;
            if short && (noun || hyphen) && before & role::IN == 0 {
                return Stand::Body;
            }
        }
        // "Russia-backed rebels", "the Senegal River"
        let hyphen = self.str(next) == "-" && self.roles(next + 1) & role::BACKED != 0;
        if hyphen || follow & role::WATER != 0 {
            return Stand::Actor;
        }
        // "Mexico has reported 66 deaths"
        let counts = (next..range.end.min(next + COUNTS))
            .take_while(|&i| {
                self.document.tokens[i].kind != TokenKind::Mark && self.roles(i) & role::DENIED == 0
            })
            .find(|&i| self.document.tokens[i].kind == TokenKind::Number);
        if follow & role::REPORTED != 0
            && counts.is_some()
            && kind == PlaceKind::Country
            && before & role::FROM == 0
        {
            return Stand::Counts;
        }
        // "Mexico's deputy health minister"
        let owned = self.str(next) == "'s"
            && (next + 1..range.end.min(next + 5))
                .take_while(|&i| {
                    self.document.tokens[i].kind == TokenKind::Word
                        && self.roles(i)
                            & (role::SUFFIX | role::PREFIX | role::DIRECTION | role::FUNCTION)
                            == 0
                })
                .any(|i| self.roles(i) & role::BODY != 0);
        if owned {
            return Stand::Body;
        }
        let body = (next..range.end.min(next + 3))
            .take_while(|&i| {
                self.document.tokens[i].capital || self.document.tokens[i].kind == TokenKind::Word
            })
            .take_while(|&i| i == next || self.document.tokens[i - 1].capital)
            .any(|i| self.roles(i) & role::BODY != 0);
        if body && !suffixed {
            return Stand::Body;
        }
        if self.str(next) == "'s"
            && self.roles(next + 1) & (role::SUFFIX | role::PREFIX | role::DIRECTION) != 0
        {
            return Stand::In; // Nigeria's Borno state
        }
        if before & role::OF != 0 {
            // "the leaders of France"
            if first > range.start + 1 && self.roles(first - 2) & role::BODY != 0 && !suffixed {
                return Stand::Body;
            }
            return if suffixed { Stand::In } else { Stand::Bare };
        }
        if before & role::IN != 0 {
            return Stand::In;
        }
        if before & role::FROM != 0 {
            return Stand::From;
        }
        if before & role::TO != 0 {
            return Stand::To;
        }
        if before & (role::BY | role::WITH) != 0 {
            return Stand::Actor;
        }
        // "Russia has repeatedly denied": it speaks, nobody is there
        let denies = (next..range.end.min(next + 3))
            .take_while(|&i| self.document.tokens[i].kind == TokenKind::Word)
            .any(|i| self.roles(i) & role::DENIED != 0);
        if follow & role::SAID != 0 || denies && before & role::IN == 0 {
            return Stand::Body;
        }
        if suffixed {
            return Stand::In;
        }
        Stand::Bare
    }

    /// "GENEVA, Aug 13 -", "Kampala (Agency) —": names, dates and marks up to a dash, at the start of a paragraph.
    fn dateline(&self, name: &Range<usize>, kind: PlaceKind, range: &Range<usize>) -> bool {
        let tokens = &self.document.tokens;
        let capitals = |i: usize| {
            let token = &tokens[i];
            token.capital || token.kind != TokenKind::Word
        };
        if name.start >= range.start + DATELINE || !(range.start..name.start).all(capitals) {
            return false;
        }
        let shout = tokens[range.start].upper
            && tokens[range.start].span.end - tokens[range.start].span.start > 3;
        if !shout && kind != PlaceKind::City {
            return false;
        }
        (name.end..range.end.min(name.end + DATELINE))
            .take_while(|&i| capitals(i) && self.str(i) != ":")
            .any(|i| {
                matches!(self.str(i), "-" | "—" | "–" | "|")
                    && (tokens[i].spaced || self.str(i) != "-")
            })
    }

    /// "said on Friday in Kampala", "talks in Moscow".
    fn told(&self, first: usize, range: &Range<usize>) -> bool {
        if first == range.start || self.roles(first - 1) & role::IN == 0 {
            return false;
        }
        (range.start.max(first.saturating_sub(5))..first - 1)
            .rev()
            .take_while(|&i| self.document.tokens[i].kind == TokenKind::Word)
            .any(|i| self.roles(i) & (role::SAID | role::MEETING) != 0)
    }
}
