//! One date at one token: in digits, by the name of a month or a day, as a year; those told from the day of publication are in `told`.

use super::moment::Moment;
use super::phrase::{Read, Reader, When};
use crate::data::date::{Unit, bit};
use crate::text::TokenKind;

impl Reader<'_, '_> {
    /// A single date at `at`.
    pub(super) fn read(&self, at: usize) -> Option<Read> {
        let token = self.token(at)?;
        if token.kind == TokenKind::Number {
            if self.str(at).contains(',') {
                return None; // "5,400"
            }
            return self
                .numeric(at)
                .or_else(|| self.clock(at))
                .or_else(|| self.day_first(at))
                .or_else(|| self.bare_year(at))
                .or_else(|| self.duration(at));
        }
        let bits = self.bits(at);
        if bits & bit::MONTH != 0
            && let Some(read) = self.month_first(at)
        {
            return Some(read);
        }
        if bits & bit::WEEKDAY != 0
            && let Some(read) = self.weekday(at)
        {
            return Some(read);
        }
        if bits & bit::DAY != 0 {
            let back = self.lang.dates.number(token);
            return Some((
                at + 1,
                When::One(if back > 7 {
                    Moment::Unclear
                } else {
                    Moment::Back(back)
                }),
            ));
        }
        if bits & (bit::LAST | bit::THIS | bit::PAST | bit::NEXT | bit::FEW) != 0
            && let Some(read) = self.relative(at, bits)
        {
            return Some(read);
        }
        self.duration(at)
    }

    /// "2014-05-05", "22/05/2021", "22.05.2021", "05/2021".
    fn numeric(&self, at: usize) -> Option<Read> {
        let text = self.str(at);
        let one = |year: Option<i32>, month: u32, day: u32| {
            let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
            valid.then_some(When::One(Moment::Day {
                year,
                month: month as u8,
                day: day as u8,
            }))
        };
        // day and month, whichever the numbers allow; the day first where both are possible
        let ordered = |a: u32, b: u32, year: i32| {
            if b > 12 {
                one(Some(year), a, b)
            } else {
                one(Some(year), b, a)
            }
        };
        let full = |y: &str| -> Option<i32> {
            let n: i32 = y.parse().ok()?;
            match y.len() {
                4 => Some(n).filter(|n| (1900..2100).contains(n)),
                2 => Some(if n < 70 { 2000 + n } else { 1900 + n }),
                _ => None,
            }
        };
        if text.contains('.') {
            let mut parts = text.split('.');
            let (a, b, y) = (parts.next()?, parts.next()?, parts.next()?);
            if parts.next().is_some() || a.len() > 2 || b.len() > 2 {
                return None;
            }
            let when = ordered(a.parse().ok()?, b.parse().ok()?, full(y)?)?;
            return Some((at + 1, when));
        }
        let mark = self.str(at + 1);
        if !matches!(mark, "/" | "-" | "–" | "‑") || !self.glued(at + 1) || !self.glued(at + 2)
        {
            return None;
        }
        let second = self.digits(at + 2)?;
        if self.str(at + 3) == mark && self.glued(at + 3) && self.glued(at + 4) {
            if let (Some(year), Some(day)) = (self.year(at), self.day(at + 4)) {
                return Some((at + 5, one(Some(year), second, u32::from(day))?));
            }
            let year = full(self.str(at + 4))?;
            let first = u32::from(self.day(at)?);
            return Some((at + 5, ordered(first, second, year)?));
        }
        if mark == "/" {
            let year = self.year(at + 2)?;
            let month = self.day(at).filter(|m| *m <= 12)?;
            return Some((
                at + 3,
                When::One(Moment::Month {
                    year: Some(year),
                    month,
                }),
            ));
        }
        None
    }

    /// "9:49 p.m.", "9 p.m.", "11h30", "21:00", "0800 GMT".
    fn clock(&self, at: usize) -> Option<Read> {
        let mut end = at + 1;
        let text = self.str(at);
        let colon = matches!(self.str(end), ":" | "h" | "H" | "：")
            && self.glued(end)
            && self.glued(end + 1)
            && self.str(end + 1).len() == 2
            && self.digits(end + 1).is_some_and(|m| m < 60)
            && self.digits(at).is_some_and(|h| h < 25);
        if colon {
            end += 2;
            if self.str(end) == ":" && self.glued(end) && self.digits(end + 1).is_some() {
                end += 2;
            }
        }
        let hour = text
            .split('.')
            .next()
            .and_then(|h| h.parse::<u32>().ok())
            .is_some_and(|h| h < 25 && text.len() <= 5)
            || text.len() == 4 && self.digits(at).is_some_and(|t| t < 2400 && t % 100 < 60);
        if hour || colon {
            if let Some((n, ())) = self.lang.dates.clock.at(self.rest(end)) {
                return Some((end + n, When::Time));
            }
            let zone = self.is(end, bit::ZONE) && (colon || text.len() >= 4);
            if zone {
                return Some((end + 1, When::Time));
            }
        }
        colon.then_some((end, When::Time))
    }

    /// A name of a month that is one here.
    fn month(&self, at: usize) -> Option<u8> {
        let token = self.token(at)?;
        let named = self.is(at, bit::MONTH)
            && token.capital
            && !(self.is(at, bit::DOUBTFUL) && self.is(at + 1, bit::DOUBTFUL_AFTER));
        named.then(|| self.lang.dates.number(token))
    }

    /// Over the full stop of "Feb.".
    fn stop(&self, at: usize) -> usize {
        let dot = self.str(at) == "."
            && self.glued(at)
            && self.token(at + 1).is_some_and(|t| !t.capital)
            && at > 0
            && self
                .token(at - 1)
                .is_some_and(|t| t.span.end - t.span.start <= 4);
        at + usize::from(dot)
    }

    /// The year after a month, over "of" or a comma.
    fn year_of(&self, at: usize) -> Option<(usize, i32)> {
        let next = if matches!(self.str(at), "," | "/" | "-") || self.is(at, bit::OF) {
            at + 1
        } else {
            at
        };
        let year = self.year(next)?;
        let counted = next > at && self.counts(next + 1);
        (!counted).then_some((next + 1, year))
    }

    /// Over "of this year".
    fn this_year(&self, at: usize) -> usize {
        let named = self.is(at, bit::OF)
            && self.is(at + 1, bit::THIS)
            && self.token(at + 2).and_then(|t| self.lang.dates.unit(t)) == Some(Unit::Year);
        at + if named { 3 } else { 0 }
    }

    /// "5 May", "5th of May, 2014", "1-7 June", "between 1 and 7 June".
    fn day_first(&self, at: usize) -> Option<Read> {
        let day = self.day(at)?;
        let mut end = self.ordinal(at + 1);
        let mut last = None;
        if self.month_after(end).is_none() {
            // the other end of a stretch, or a list
            let mut hops = 0;
            while hops < 4 {
                let joined = self.is(end, bit::JOIN | bit::AND) || self.str(end) == ",";
                let next = if joined { end + 1 } else { break };
                let Some(other) = self.day(next) else { break };
                end = self.ordinal(next + 1);
                last = Some(other);
                hops += 1;
                if self.month_after(end).is_some() {
                    break;
                }
            }
            last?;
            let anded = self.is(at + 1, bit::AND) || self.str(at + 1) == ",";
            let led = at > self.range.start
                && (self.lang.dates.roles.ending(self.before(at)).is_some()
                    || self.is(at - 1, bit::THE | bit::WEEKDAY | bit::OF));
            if anded && !led {
                return None;
            }
        }
        let (named, month) = self.month_after(end)?;
        let mut end = self.stop(named + 1);
        let mut year = None;
        if let Some((next, y)) = self.year_of(end) {
            (end, year) = (next, Some(y));
        }
        end = self.this_year(end);
        let moment = |day| Moment::Day { year, month, day };
        let when = match last {
            Some(last) => When::Between(moment(day), moment(last)),
            None => When::One(moment(day)),
        };
        Some((end, when))
    }

    /// Over "th" and a day of the week.
    fn ordinal(&self, at: usize) -> usize {
        at + usize::from(self.is(at, bit::ORDINAL) && self.glued(at))
    }

    /// The month after a day, over "of" or a hyphen: where it stands.
    fn month_after(&self, at: usize) -> Option<(usize, u8)> {
        let over = self.is(at, bit::OF) || self.str(at) == "-" && self.glued(at);
        let at = at + usize::from(over && self.str(at) != ".");
        self.month(at).map(|m| (at, m))
    }

    /// "May 5th, 2014", "May 5-9", "June 2014", "in June".
    fn month_first(&self, at: usize) -> Option<Read> {
        let month = self.month(at)?;
        let next = self.stop(at + 1);
        if let Some(day) = self
            .day(next)
            .filter(|_| self.token(next).is_some_and(|t| t.spaced))
        {
            let mut end = self.ordinal(next + 1);
            // "in May 12 people died"
            let in_month = end == next + 1
                && self.counts(end)
                && (self.lang.dates.year_names.ending(self.before(at)).is_some());
            if !in_month {
                let mut last = None;
                let join = self.is(end, bit::JOIN | bit::AND);
                if join
                    && let Some(other) = self.day(end + 1).filter(|o| *o > day)
                    && self.month_after(end + 2).is_none()
                    && !self.counts(end + 2)
                    && (self.is(end, bit::JOIN) || self.year_of(end + 2).is_some() || self.led(at))
                {
                    end = self.ordinal(end + 2);
                    last = Some(other);
                }
                let mut year = None;
                if let Some((after, y)) = self.year_of(end) {
                    (end, year) = (after, Some(y));
                }
                end = self.this_year(end);
                let moment = |day| Moment::Day { year, month, day };
                let when = match last {
                    Some(last) => When::Between(moment(day), moment(last)),
                    None => When::One(moment(day)),
                };
                return Some((end, when));
            }
        }
        if let Some((end, year)) = self.year_of(next) {
            return Some((
                end,
                When::One(Moment::Month {
                    year: Some(year),
                    month,
                }),
            ));
        }
        let doubtful = self.is(at, bit::DOUBTFUL);
        let lone = !doubtful || self.led(at);
        lone.then_some((next, When::One(Moment::Month { year: None, month })))
    }

    /// A word that leads a date stands before.
    pub(super) fn led(&self, at: usize) -> bool {
        let before = self.before(at);
        self.lang.dates.roles.ending(before).is_some()
            || self.lang.dates.year_names.ending(before).is_some()
            || at > self.range.start
                && (self.is(
                    at - 1,
                    bit::EARLY | bit::LAST | bit::THIS | bit::FROM | bit::JOIN,
                ) || self.is(at - 1, bit::AND)
                    && at > self.range.start + 1
                    && self.is(at - 2, bit::MONTH))
    }

    /// "Friday", "Friday, 5 May 2014", "Friday night".
    fn weekday(&self, at: usize) -> Option<Read> {
        let token = self.token(at)?;
        if !token.capital {
            return None;
        }
        let mut next = self.stop(at + 1);
        if self.is(next, bit::DAY_PART) {
            next += 1;
        }
        let comma = usize::from(self.str(next) == "," || self.str(next) == "(");
        let dated = self.token(next + comma).and_then(|t| {
            let read = if t.kind == TokenKind::Number {
                self.numeric(next + comma)
                    .or_else(|| self.day_first(next + comma))
            } else {
                self.month_first(next + comma)
            };
            read.filter(|(_, w)| matches!(w, When::One(Moment::Day { .. }) | When::Between(..)))
        });
        if let Some(read) = dated {
            return Some(read);
        }
        let name = self.lang.dates.number(token);
        let doubtful = self.is(at, bit::DOUBTFUL) && !self.led(at);
        (!doubtful).then_some((next, When::One(Moment::Weekday(name))))
    }

    /// "In 2014", "the 1990s", "2019-2020".
    fn bare_year(&self, at: usize) -> Option<Read> {
        let year = self.year(at)?;
        if self.glued(at + 1) && self.str(at + 1) == "s" {
            return Some((at + 2, When::One(Moment::Unclear)));
        }
        if self
            .token(at + 1)
            .is_some_and(|t| !t.spaced && t.kind == TokenKind::Word)
            && self.str(at + 1) != "'s"
            && self.str(at + 1) != "’s"
        {
            return None;
        }
        let named = self.lang.dates.year_names.ending(self.before(at)).is_some();
        let range = self.is(at + 1, bit::JOIN) && self.year_after(at + 2, year).is_some();
        let bracket = self.str(at.wrapping_sub(1)) == "(" && matches!(self.str(at + 1), ")" | ",");
        let listed = at > self.range.start + 1
            && (self.is(at - 1, bit::AND) || self.str(at - 1) == ",")
            && self.year(at - 2).is_some();
        // "of 2014 suspected cases" counts
        let small = self
            .token(at + 1)
            .is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
        let after_of = at > self.range.start && self.is(at - 1, bit::OF);
        let counted = self.counts(at + 1) || after_of && small && self.counts(at + 2);
        // "the 2002 floods", not "the 2002 injured people"
        let the = at > self.range.start
            && self.is(at - 1, bit::THE)
            && self
                .token(at + 1)
                .is_some_and(|t| t.kind == TokenKind::Word)
            && !self.counts(at + 2)
            && !self.counts(at + 3);
        let good = (named || bracket || range || listed || the) && !counted;
        good.then_some((at + 1, When::One(Moment::Year(year))))
    }
}
