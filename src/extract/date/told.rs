//! Dates told from the day of publication: "yesterday", "last week", "in the past 24 hours".

use super::moment::Moment;
use super::phrase::{Read, Reader, When};
use crate::data::date::{Unit, bit};
use crate::data::lang::NumberWord;

impl Reader<'_, '_> {
    /// A small number in digits or words: its value and where it ends.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(n) = self.digits(at) {
            return Some((n, at + 1));
        }
        let word = |at: usize| self.token(at).and_then(|t| self.lang.numbers.word(t));
        match word(at)? {
            NumberWord::Unit(n) => Some((n as u32, at + 1)),
            NumberWord::Ten(n) => match (self.str(at + 1), word(at + 2)) {
                ("-" | "‑", Some(NumberWord::Unit(m))) => Some(((n + m) as u32, at + 3)),
                _ => Some((n as u32, at + 1)),
            },
            NumberWord::Article => Some((1, at + 1)),
            _ => None,
        }
    }

    /// "Three days ago", "24 hours".
    pub(super) fn duration(&self, at: usize) -> Option<Read> {
        let (n, mut end) = self.number(at)?;
        // "two to three days"
        let mut open = false;
        if self.is(end, bit::JOIN | bit::AND)
            && let Some((_, next)) = self.number(end + 1)
        {
            (end, open) = (next, true);
        }
        if self.str(end) == "-" && self.glued(end) {
            end += 1;
        }
        let unit = self.lang.dates.unit(self.token(end)?)?;
        if unit == Unit::Quarter {
            return None; // a share
        }
        end += 1;
        if self.is(end, bit::AGO) {
            let moment = if open {
                Moment::Unclear
            } else {
                Moment::Ago(n, unit)
            };
            return Some((end + 1, When::One(moment)));
        }
        let article = self
            .token(at)
            .is_some_and(|t| self.lang.numbers.word(t) == Some(NumberWord::Article));
        (!article && !self.counts(end)).then_some((end, When::Time))
    }

    /// "Last Friday", "this month", "the past 24 hours", "recent days".
    pub(super) fn relative(&self, at: usize, bits: u32) -> Option<Read> {
        let next = at + 1;
        let token = self.token(next)?;
        let here = self.bits(next);
        let one = |end: usize, moment: Moment| Some((end, When::One(moment)));
        if bits & bit::FEW != 0 {
            let few = self.lang.dates.unit(token).is_some();
            let end = if self.is(next + 1, bit::AGO) {
                next + 2
            } else {
                next + 1
            };
            return few.then_some((end, When::One(Moment::Unclear)));
        }
        if here & bit::WEEKDAY != 0 && token.capital {
            let moment = Moment::Weekday(self.lang.dates.number(token));
            let next_week = bits & bit::NEXT != 0;
            let end = next + 1 + usize::from(self.is(next + 1, bit::DAY_PART));
            return one(end, if next_week { Moment::Unclear } else { moment });
        }
        if here & bit::MONTH != 0 && token.capital {
            let month = self.lang.dates.number(token);
            let moment = if bits & bit::NEXT != 0 {
                Moment::Unclear
            } else if bits & bit::LAST != 0 {
                Moment::LastNamed(month)
            } else {
                Moment::Month { year: None, month }
            };
            return one(next + 1, moment);
        }
        if here & bit::DAY_PART != 0 {
            let moment = if bits & bit::THIS != 0 {
                Moment::Back(0)
            } else {
                Moment::Last(Unit::Day)
            };
            return one(next + 1, moment);
        }
        if let Some(unit) = self.lang.dates.unit(token) {
            let plural = self.str(next).ends_with('s');
            let moment = if bits & bit::NEXT != 0 || plural {
                Moment::Unclear
            } else if bits & bit::THIS != 0 {
                Moment::This(unit)
            } else if bits & bit::LAST != 0 {
                if at > self.range.start && self.is(at - 1, bit::THE) {
                    Moment::Past(1, unit)
                } else {
                    Moment::Last(unit)
                }
            } else {
                Moment::Past(1, unit)
            };
            let of = self.is(next + 1, bit::OF);
            return one(next + 1, if of { Moment::Unclear } else { moment });
        }
        if bits & bit::PAST != 0 {
            if here & bit::FEW != 0 {
                let after = if self.is(next + 1, bit::OF) {
                    next + 2
                } else {
                    next + 1
                };
                let unit = self.lang.dates.unit(self.token(after)?).is_some();
                return unit.then_some((after + 1, When::One(Moment::Unclear)));
            }
            let (n, mut end) = self.number(next)?;
            if self.str(end) == "-" && self.glued(end) {
                end += 1;
            }
            let unit = self.lang.dates.unit(self.token(end)?)?;
            let of = self.is(end + 1, bit::OF) || self.is(end + 1, bit::AND);
            return one(
                end + 1,
                if of {
                    Moment::Unclear
                } else {
                    Moment::Past(n, unit)
                },
            );
        }
        if bits & bit::NEXT != 0 {
            let (_, end) = self.number(next)?;
            self.lang.dates.unit(self.token(end)?)?;
            return one(end + 1, Moment::Unclear);
        }
        None
    }
}
