//! A moment of the calendar as words name it, and the days it means once the day of publication is known.

use chrono::{Datelike, Days, NaiveDate};

use super::phrase::{Phrase, When};
use crate::data::date::Unit;

/// What words name, before it is tied to a day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// "5 May", "5 May 2014".
    Day {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    /// "June", "June 2014".
    Month { year: Option<i32>, month: u8 },
    /// "Last February": never the month of publication itself.
    LastNamed(u8),
    /// "2014".
    Year(i32),
    /// 1 = Monday; `weeks` further back ("Friday a week ago" is 1).
    Weekday(u8),
    /// Days before publication.
    Back(u8),
    /// "This month": from its first day up to publication.
    This(Unit),
    /// "Last month": the whole one before; a week is the 7 days before publication.
    Last(Unit),
    /// "The past 24 hours", "the last three days": up to publication.
    Past(u32, Unit),
    /// "Three days ago".
    Ago(u32, Unit),
    /// A date that gives no full one: "recent days", "early March".
    Unclear,
}

/// First and last day.
pub(crate) type Stretch = (NaiveDate, NaiveDate);

/// What a text is read against.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Calendar {
    /// Nothing is later than this unless the text states the year.
    pub(crate) published: Option<NaiveDate>,
    /// Without it, the year last stated.
    pub(crate) year: Option<i32>,
}

impl Calendar {
    /// The days a phrase means; cut off at publication.
    pub(crate) fn days(self, phrase: &Phrase) -> Option<Stretch> {
        if phrase.early {
            return None;
        }
        let (start, end) = match phrase.when {
            When::Time => return None,
            When::One(moment) => {
                let (start, end) = moment.resolve(self)?;
                (if phrase.end_of { end } else { start }, end)
            }
            When::Between(from, to) => (from.resolve(self)?.0, to.resolve(self)?.1),
        };
        match self.published {
            Some(p) if start <= p && end > p => Some((start, p)),
            _ => (start <= end).then_some((start, end)),
        }
    }
}

impl Moment {
    /// The days meant, for a text published on `published`; nothing that begins after it unless the year is stated.
    pub(crate) fn resolve(self, calendar: Calendar) -> Option<Stretch> {
        let Calendar {
            published,
            year: stated,
        } = calendar;
        match self {
            Moment::Day { year, month, day } => {
                let year = year.or(stated.filter(|_| published.is_none()));
                let (month, day) = (u32::from(month), u32::from(day));
                let date = if let Some(year) = year {
                    NaiveDate::from_ymd_opt(year, month, day)?
                } else {
                    let published = published?;
                    (0..5)
                        .filter_map(|back| {
                            NaiveDate::from_ymd_opt(published.year() - back, month, day)
                        })
                        .find(|d| *d <= published)?
                };
                Some((date, date))
            }
            Moment::Month { year, month } => {
                let year = if let Some(year) = year.or(stated.filter(|_| published.is_none())) {
                    year
                } else {
                    let p = published?;
                    p.year() - i32::from(u32::from(month) > p.month())
                };
                month_of(NaiveDate::from_ymd_opt(year, u32::from(month), 1)?)
            }
            Moment::LastNamed(month) => {
                let (p, month) = (published?, u32::from(month));
                let year = p.year() - i32::from(month >= p.month());
                month_of(NaiveDate::from_ymd_opt(year, month, 1)?)
            }
            Moment::Year(year) => Some((
                NaiveDate::from_ymd_opt(year, 1, 1)?,
                NaiveDate::from_ymd_opt(year, 12, 31)?,
            )),
            Moment::Weekday(weekday) => {
                let published = published?;
                let back = (7 + published.weekday().number_from_monday() - u32::from(weekday)) % 7;
                day(published.checked_sub_days(Days::new(u64::from(back))))
            }
            Moment::Back(days) => day(published?.checked_sub_days(Days::new(u64::from(days)))),
            Moment::This(unit) => {
                let p = published?;
                let first = match unit {
                    Unit::Minute | Unit::Hour | Unit::Day => p,
                    Unit::Weekend => return Moment::Last(Unit::Weekend).resolve(calendar),
                    Unit::Week => p.checked_sub_days(Days::new(u64::from(
                        p.weekday().num_days_from_monday(),
                    )))?,
                    Unit::Month => p.with_day(1)?,
                    Unit::Quarter => return None,
                    Unit::Year => NaiveDate::from_ymd_opt(p.year(), 1, 1)?,
                    Unit::Decade => NaiveDate::from_ymd_opt(p.year() / 10 * 10, 1, 1)?,
                };
                Some((first, p))
            }
            Moment::Last(unit) => {
                let p = published?;
                match unit {
                    Unit::Day => day(p.pred_opt()),
                    Unit::Week => Some((p.checked_sub_days(Days::new(7))?, p.pred_opt()?)),
                    Unit::Weekend => {
                        let to_sunday = match p.weekday().number_from_monday() {
                            n @ 1..=6 => n,
                            _ => 0,
                        };
                        let sunday = p.checked_sub_days(Days::new(u64::from(to_sunday)))?;
                        Some((sunday.pred_opt()?, sunday))
                    }
                    Unit::Month => month_of(p.with_day(1)?.pred_opt()?),
                    Unit::Year => Moment::Year(p.year() - 1).resolve(calendar),
                    Unit::Minute | Unit::Hour | Unit::Quarter | Unit::Decade => None,
                }
            }
            Moment::Past(_, Unit::Decade | Unit::Quarter) | Moment::Unclear => None,
            Moment::Past(n, unit) => Some((back(published?, n, unit)?, published?)),
            Moment::Ago(n, unit) => match unit {
                Unit::Day => day(published?.checked_sub_days(Days::new(u64::from(n)))),
                Unit::Week => day(back(published?, n, unit)),
                _ => None,
            },
        }
    }

    /// The year that the words give a day or a month.
    pub(crate) fn stated_year(self) -> Option<i32> {
        match self {
            Moment::Day { year, .. } | Moment::Month { year, .. } => year,
            _ => None,
        }
    }

    /// The same with the year of `other` where it has none of its own.
    pub(crate) fn with_year_of(self, other: Moment) -> Moment {
        let (Moment::Day {
            year, month: later, ..
        }
        | Moment::Month { year, month: later }) = other
        else {
            return self;
        };
        // "12 December to 3 January 2015"
        let year_before = |month: u8| year.map(|y| y - i32::from(month > later));
        match self {
            Moment::Day {
                year: None,
                month,
                day,
            } => Moment::Day {
                year: year_before(month),
                month,
                day,
            },
            Moment::Month { year: None, month } => Moment::Month {
                year: year_before(month),
                month,
            },
            other => other,
        }
    }
}

fn day(date: Option<NaiveDate>) -> Option<Stretch> {
    date.map(|d| (d, d))
}

/// First and last day of the month of a date.
fn month_of(date: NaiveDate) -> Option<Stretch> {
    let first = date.with_day(1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}

/// `n` units before a date.
fn back(date: NaiveDate, n: u32, unit: Unit) -> Option<NaiveDate> {
    let days = |d: u32| date.checked_sub_days(Days::new(u64::from(d)));
    let months = |m: u32| date.checked_sub_months(chrono::Months::new(m));
    match unit {
        Unit::Minute => Some(date),
        Unit::Hour => days(n.div_ceil(24)),
        Unit::Day => days(n.saturating_sub(1)),
        Unit::Weekend | Unit::Week => days(n.checked_mul(7)?),
        Unit::Month => months(n),
        Unit::Quarter => months(n.checked_mul(3)?),
        Unit::Year => months(n.checked_mul(12)?),
        Unit::Decade => months(n.checked_mul(120)?),
    }
}
