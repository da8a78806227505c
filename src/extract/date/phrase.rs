//! Tokens -> date phrases: "5 May", "between 1 and 7 June", "the past 24 hours", "9:49 p.m.", with the role their lead word gives.
//!
//! One pass from left to right; a token is looked up in one table and can start a phrase only when it is a number or such a word.

use std::ops::Range;

use super::moment::Moment;
use crate::data::date::{Role, bit};
use crate::data::lang::{Lang, NumberWord, begin};
use crate::text::{Document, Token, TokenKind};

/// What a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// A time of day or a bare duration: no date, but no quantity either.
    Time,
    One(Moment),
    Between(Moment, Moment),
}

impl When {
    /// The name of its kind.
    pub(crate) fn name(self) -> &'static str {
        let When::One(moment) = self else {
            return if self == When::Time {
                "time"
            } else {
                "between"
            };
        };
        match moment {
            Moment::Day { .. } => "day",
            Moment::Month { .. } | Moment::LastNamed(_) => "month",
            Moment::Year(_) => "year",
            Moment::Weekday(..) => "weekday",
            Moment::Back(..) => "back",
            Moment::This(_) => "this",
            Moment::Last(_) => "last",
            Moment::Past(..) => "past",
            Moment::Ago(..) => "ago",
            Moment::Unclear => "unclear",
        }
    }
}

/// A date in a text. Token indexes are the document's.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// The words of the date itself: no number inside is a quantity.
    pub(crate) tokens: Range<usize>,
    /// Where its lead ("as of", "since the end of") begins.
    pub(crate) start: usize,
    pub(crate) when: When,
    pub(crate) role: Option<Role>,
    /// "Early March", "the beginning of 2014": no full date.
    pub(crate) early: bool,
    /// "The end of March".
    pub(crate) end_of: bool,
    /// "Earlier this month", "so far this year".
    pub(crate) running: bool,
}

impl Phrase {
    /// What the words before it say of it, as `since`.
    pub(crate) fn role_name(&self) -> &'static str {
        self.role.map_or("-", Role::name)
    }
}

/// Every date, time of day and dated duration of tokens `range`.
pub(crate) fn find(document: &Document, lang: &Lang, range: Range<usize>) -> Vec<Phrase> {
    let reader = Reader {
        document,
        lang,
        range: range.clone(),
    };
    let mut out: Vec<Phrase> = Vec::new();
    let mut at = range.start;
    let mut free = range.start;
    while at < range.end {
        if document.tokens[at].begins & begin::DATE == 0 {
            at += 1;
            continue;
        }
        match reader.phrase(at, free) {
            Some(phrase) => {
                at = phrase.tokens.end;
                free = at;
                out.push(phrase);
            }
            None => at += 1,
        }
    }
    out
}

/// A date read at some token: where it ends and what it names.
pub(super) type Read = (usize, When);

pub(super) struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    pub(super) lang: &'d Lang,
    pub(super) range: Range<usize>,
}

impl Reader<'_, '_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.range
            .contains(&at)
            .then(|| self.document.tokens.get(at))
            .flatten()
    }

    pub(super) fn str(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| self.document.str(t))
    }

    pub(super) fn bits(&self, at: usize) -> u32 {
        self.token(at).map_or(0, |t| self.lang.dates.bits(t))
    }

    pub(super) fn is(&self, at: usize, bits: u32) -> bool {
        self.bits(at) & bits != 0
    }

    pub(super) fn rest(&self, at: usize) -> &[Token] {
        self.document
            .tokens
            .get(at.min(self.range.end)..self.range.end)
            .unwrap_or(&[])
    }

    pub(super) fn before(&self, at: usize) -> &[Token] {
        self.document
            .tokens
            .get(self.range.start..at)
            .unwrap_or(&[])
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| !t.spaced)
    }

    /// Plain digits of at most four places.
    pub(super) fn digits(&self, at: usize) -> Option<u32> {
        let token = self.token(at)?;
        let text = self.document.str(token);
        (token.kind == TokenKind::Number && text.len() <= 4)
            .then(|| text.parse().ok())
            .flatten()
    }

    pub(super) fn day(&self, at: usize) -> Option<u8> {
        (self.str(at).len() <= 2)
            .then(|| self.digits(at))
            .flatten()
            .filter(|d| (1..=31).contains(d))
            .map(|d| d as u8)
    }

    pub(super) fn year(&self, at: usize) -> Option<i32> {
        (self.str(at).len() == 4)
            .then(|| self.digits(at))
            .flatten()
            .and_then(|y| i32::try_from(y).ok())
            .filter(|y| (1900..2060).contains(y))
    }

    /// A noun of people or homes, or a multiplier, stands there: the number before it counts.
    pub(super) fn counts(&self, at: usize) -> bool {
        let scale = self.token(at).is_some_and(|t| {
            matches!(
                self.lang.numbers.word(t),
                Some(NumberWord::Scale(_) | NumberWord::Dozen)
            )
        });
        scale
            || self.lang.numbers.percent.at(self.rest(at)).is_some()
            || self.lang.nouns.at(self.rest(at)).is_some_and(|(_, class)| {
                self.lang.noun_classes[usize::from(*class)].unit.is_some()
            })
    }

    /// A phrase that starts at `at`; its lead words may go back to `free`.
    fn phrase(&self, at: usize, free: usize) -> Option<Phrase> {
        let (mut end, mut when) = self.read(at)?;
        if let Some((last, to)) = self.joined(at, end, when) {
            (end, when) = (last, to);
        }
        if self.is(end, bit::DAY_PART) && when != When::Time {
            end += 1;
        }
        let mut phrase = Phrase {
            tokens: at..end,
            start: at,
            when,
            role: None,
            early: false,
            end_of: false,
            running: false,
        };
        self.lead(&mut phrase, free);
        Some(phrase)
    }

    /// The words before: "earlier", "early", "the end of", "as of the".
    fn lead(&self, phrase: &mut Phrase, free: usize) {
        let dates = &self.lang.dates;
        let mut at = phrase.tokens.start;
        let mut start_of = false;
        let before = |at: usize| self.document.tokens.get(free..at).unwrap_or(&[]);
        for _ in 0..4 {
            let tokens = before(at);
            if tokens.is_empty() {
                break;
            }
            if let Some((n, ())) = dates.earlier.ending(tokens) {
                phrase.running = true;
                at -= n;
            } else if let Some((n, ())) = dates.so_far.ending(tokens) {
                phrase.running = true;
                at -= n;
            } else if let Some((n, role)) = dates.roles.ending(tokens) {
                phrase.role = Some(*role);
                at -= n;
                if let Some((n, ())) = dates.so_far.ending(before(at)) {
                    phrase.running = true;
                    at -= n;
                }
                break;
            } else if let Some((n, ())) = dates.end_of.ending(tokens) {
                phrase.end_of = true;
                at -= n;
            } else if let Some((n, ())) = dates.start_of.ending(tokens) {
                start_of = true;
                at -= n;
            } else if self.is(at - 1, bit::EARLY) {
                phrase.early = true;
                at -= 1;
            } else if self.is(at - 1, bit::THE | bit::OF | bit::DAY_PART)
                || self.is(at - 1, bit::UNIT)
                || matches!(self.str(at - 1), "-" | "–" | "‑" | "(") && at > free + 1
            {
                at -= 1;
            } else {
                break;
            }
        }
        if dates.so_far.at(self.rest(phrase.tokens.end)).is_some() {
            phrase.running = true;
        }
        phrase.early |= start_of && phrase.role != Some(Role::Since);
        phrase.start = at;
    }

    /// The other end of a stretch: "12 August - 3 September", "June to August 2014", "3 May and 5 June" after "between".
    fn joined(&self, start: usize, end: usize, first: When) -> Option<Read> {
        let When::One(from) = first else { return None };
        if matches!(
            from,
            Moment::Unclear
                | Moment::This(_)
                | Moment::Last(_)
                | Moment::Past(..)
                | Moment::Ago(..)
        ) {
            return None;
        }
        let opened = start > self.range.start
            && (self.is(start - 1, bit::FROM)
                || self.is(start - 1, bit::THE | bit::WEEKDAY)
                    && start > self.range.start + 1
                    && self.is(start - 2, bit::FROM));
        let months = matches!(from, Moment::Month { year: None, .. })
            && self.is(end + 1, bit::MONTH)
            && self.led(start);
        let joins = self.is(end, bit::JOIN) || (opened || months) && self.is(end, bit::AND);
        if !joins {
            return None;
        }
        let mut next = end + 1;
        while self.is(next, bit::THE) {
            next += 1;
        }
        let plain_year = match from {
            Moment::Year(y) => self.year_after(next, y),
            _ => None,
        };
        let (last, second) = plain_year.or_else(|| self.read(next))?;
        let (to, last) = match second {
            When::One(to) => (to, last),
            When::Between(..) | When::Time => return None,
        };
        // "Friday to Sunday" and "May 5 to 7 June" are stretches; "Friday - 5 May" is one day twice
        let same = matches!(
            (from, to),
            (
                Moment::Day { .. } | Moment::Month { .. },
                Moment::Day { .. } | Moment::Month { .. } | Moment::Back(_)
            ) | (
                Moment::Year(_),
                Moment::Year(_)
                    | Moment::Day { year: Some(_), .. }
                    | Moment::Month { year: Some(_), .. }
            ) | (Moment::Weekday(_), Moment::Weekday(_))
                | (Moment::Back(_), Moment::Back(_))
        );
        same.then(|| (last, When::Between(from.with_year_of(to), to)))
    }

    /// The second year of "2019-2020", "2019/20".
    pub(super) fn year_after(&self, at: usize, first: i32) -> Option<Read> {
        let year = self.year(at).or_else(|| {
            let short = self.digits(at).filter(|_| self.str(at).len() == 2)?;
            (i64::from(first) % 100 + 1 == i64::from(short) && self.glued(at)).then_some(first + 1)
        })?;
        (year > first && year - first <= 60).then_some((at + 1, When::One(Moment::Year(year))))
    }
}
