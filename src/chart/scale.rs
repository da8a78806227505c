//! Axes: where a value or a day lies, and the ticks people expect, from single days to centuries and from 3 to billions.

use chrono::{Datelike, NaiveDate};

use super::words::Words;

/// A tick: where it is, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick<T> {
    pub(super) at: T,
    pub(super) text: String,
    /// A second line under it: the year, where it begins.
    pub(super) below: Option<String>,
}

/// The value axis.
#[derive(Debug)]
pub(super) struct Values {
    low: f64,
    high: f64,
    log: bool,
    pub(super) ticks: Vec<Tick<f64>>,
}

impl Values {
    /// From 0 to a round number at or above `most`, about so many ticks.
    pub(super) fn linear(most: f64, about: usize, words: &Words) -> Values {
        let step = nice_step(most.max(1.0) / about.max(1) as f64);
        let count = (most / step).ceil().max(1.0);
        let high = count * step;
        let ticks = (0..=count as u32)
            .map(|i| f64::from(i) * step)
            .map(|at| Tick {
                at,
                text: words.tick(at, step, high),
                below: None,
            })
            .collect();
        Values {
            low: 0.0,
            high,
            log: false,
            ticks,
        }
    }

    /// Powers of ten, with 2 and 5 between them while there are few; `least` above 0.
    pub(super) fn log(least: f64, most: f64, about: usize, words: &Words) -> Values {
        let mut steps: Vec<f64> = Vec::new();
        let powers = least.log10().floor() as i32..=most.log10().ceil() as i32;
        for power in powers {
            for digit in [1.0, 2.0, 5.0] {
                steps.push(digit * 10f64.powi(power));
            }
        }
        let below = steps.iter().rposition(|&s| s <= least).unwrap_or(0);
        let above = steps
            .iter()
            .position(|&s| s >= most)
            .unwrap_or(steps.len() - 1)
            .max(below + 1)
            .min(steps.len() - 1);
        let (low, high) = (steps[below], steps[above]);
        let all = &steps[below..=above];
        let powers: Vec<f64> = steps
            .iter()
            .copied()
            .enumerate()
            .filter(|&(i, s)| i % 3 == 0 && s >= low && s <= high)
            .map(|(_, s)| s)
            .collect();
        let shown = if all.len() <= about * 2 || powers.len() < 2 {
            all.to_vec()
        } else {
            let every = powers.len().div_ceil(about.max(2) * 2);
            powers.into_iter().step_by(every).collect()
        };
        Values {
            low,
            high,
            log: true,
            ticks: shown
                .into_iter()
                .map(|at| Tick {
                    at,
                    text: words.number(at),
                    below: None,
                })
                .collect(),
        }
    }

    /// 0 at the bottom of the axis, 1 at its top.
    pub(super) fn share(&self, value: f64) -> f64 {
        let share = if self.log {
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        share.clamp(0.0, 1.0)
    }
}

/// The first of 1, 2, 5, 10, 20, 25, 50, … that is not below; never less than 1, as people are whole.
fn nice_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor()).max(1.0);
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= least * 0.999_999 && step.fract() == 0.0)
        .unwrap_or(10.0 * power)
}

/// The date axis, in days since the year 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    first: f64,
    last: f64,
}

impl Days {
    /// With room before the first and after the last day, as shares of the whole.
    pub(super) fn new(first: NaiveDate, last: NaiveDate, before: f64, after: f64) -> Days {
        let (a, b) = (number(first), number(last));
        let span = if last > first { b - a } else { 4.0 };
        let whole = span / (1.0 - before - after).max(0.2);
        let (a, b) = if last > first {
            (a, b)
        } else {
            (a - 2.0, b + 2.0)
        };
        Days {
            first: a - whole * before,
            last: b + whole * after,
        }
    }

    /// From end to end, in days.
    pub(super) fn span(&self) -> f64 {
        self.last - self.first
    }

    /// 0 at the left end, 1 at the right.
    pub(super) fn share(&self, day: NaiveDate) -> f64 {
        (number(day) - self.first) / (self.last - self.first)
    }

    /// The finest ticks whose labels, so wide by `width`, fit into `room`.
    pub(super) fn ticks(
        &self,
        room: f64,
        words: &Words,
        width: &dyn Fn(&str) -> f64,
    ) -> Vec<Tick<NaiveDate>> {
        let per_day = room / (self.last - self.first);
        let years = [1, 2, 5].map(|d| [1, 10, 100, 1000, 10_000, 100_000].map(|p| d * p));
        let mut years: Vec<i32> = years.concat();
        years.sort_unstable();
        let steps = [Step::Days(1), Step::Days(2), Step::Weeks(1), Step::Weeks(2)]
            .into_iter()
            .chain([1, 2, 3, 6].map(Step::Months))
            .chain(years.into_iter().map(Step::Years));
        for step in steps {
            let count = (self.last - self.first) / step.days();
            if step.days() * per_day < 16.0 || count > step.most() {
                continue;
            }
            let ticks = self.labelled(step, words);
            let widest = ticks
                .iter()
                .flat_map(|t| [Some(&t.text), t.below.as_ref()])
                .flatten()
                .map(|text| width(text))
                .fold(0.0, f64::max);
            if step.shortest() * per_day >= widest * 1.35 {
                return ticks;
            }
        }
        Vec::new()
    }

    fn labelled(&self, step: Step, words: &Words) -> Vec<Tick<NaiveDate>> {
        let mut year = None;
        step.from(day(self.first.ceil()))
            .take(400)
            .take_while(|d| number(*d) <= self.last)
            .map(|at| {
                let (text, own_year) = match step {
                    Step::Days(_) | Step::Weeks(_) => {
                        (format!("{} {}", at.day(), words.month(at)), false)
                    }
                    Step::Months(_) => (words.month(at).to_string(), false),
                    Step::Years(_) => (at.year().to_string(), true),
                };
                let below = (!own_year && year != Some(at.year())).then(|| at.year().to_string());
                year = Some(at.year());
                Tick { at, text, below }
            })
            .collect()
    }
}

/// Number of a tick, and the step -> its day.
type Make = fn(i32, i32) -> Option<NaiveDate>;

/// How far from one tick to the next.
#[derive(Debug, Clone, Copy)]
enum Step {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

impl Step {
    /// Its usual length.
    fn days(self) -> f64 {
        match self {
            Step::Days(n) => f64::from(n),
            Step::Weeks(n) => 7.0 * f64::from(n),
            Step::Months(n) => 30.44 * f64::from(n),
            Step::Years(n) => 365.25 * f64::from(n),
        }
    }
    /// More ticks than these say too little.
    fn most(self) -> f64 {
        match self {
            Step::Days(_) | Step::Weeks(_) => 13.0,
            Step::Months(_) | Step::Years(_) => 19.0,
        }
    }
    /// Its shortest length.
    fn shortest(self) -> f64 {
        match self {
            Step::Months(n) => 30.44 * f64::from(n) - 2.0,
            _ => self.days() - 0.8 * f64::from(u8::from(matches!(self, Step::Years(_)))),
        }
    }
    /// The ticks from a day on.
    fn from(self, start: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let count = start.num_days_from_ce();
        // Ticks are numbered, so that every one is reckoned afresh: the 31st never drifts.
        let (first, make): (i32, Make) = match self {
            Step::Days(n) => (up(count, n), |i, n| {
                NaiveDate::from_num_days_from_ce_opt(i.checked_mul(n)?)
            }),
            // Day 1 of the year 1 was a Monday.
            Step::Weeks(n) => (up(count - 1, 7 * n), |i, n| {
                NaiveDate::from_num_days_from_ce_opt(i.checked_mul(7 * n)? + 1)
            }),
            Step::Months(n) => {
                let months =
                    start.year() * 12 + start.month0().cast_signed() + i32::from(start.day() > 1);
                (up(months, n), |i, n| {
                    let months = i.checked_mul(n)?;
                    NaiveDate::from_ymd_opt(
                        months.div_euclid(12),
                        months.rem_euclid(12) as u32 + 1,
                        1,
                    )
                })
            }
            Step::Years(n) => (
                up(start.year() + i32::from(start.ordinal() > 1), n),
                |i, n| NaiveDate::from_ymd_opt(i.checked_mul(n)?, 1, 1),
            ),
        };
        let (Step::Days(n) | Step::Weeks(n) | Step::Months(n) | Step::Years(n)) = self;
        (first..i32::MAX).map_while(move |i| make(i, n))
    }
}

/// The first multiple at or after.
fn up(value: i32, step: i32) -> i32 {
    value.div_euclid(step) + i32::from(value.rem_euclid(step) > 0)
}

fn number(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

fn day(number: f64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number as i32).unwrap_or(if number < 0.0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> &'static Words {
        &crate::data::get().lang.charts
    }
    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }
    /// 7 pixels a letter.
    fn texts(first: &str, last: &str, room: f64) -> Vec<String> {
        Days::new(date(first), date(last), 0.0, 0.0)
            .ticks(room, words(), &|t| t.chars().count() as f64 * 7.0)
            .into_iter()
            .map(|t| t.text + &t.below.map_or_else(String::new, |b| format!("/{b}")))
            .collect()
    }

    #[test]
    fn the_value_axis_starts_at_nought_and_ends_above_the_top() {
        let texts = |most| {
            Values::linear(most, 6, words())
                .ticks
                .into_iter()
                .map(|t| t.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            texts(5486.0),
            ["0", "1,000", "2,000", "3,000", "4,000", "5,000", "6,000"]
        );
        assert_eq!(texts(1.0), ["0", "1"]);
        assert_eq!(texts(0.0), ["0", "1"]);
        assert_eq!(texts(4.0), ["0", "1", "2", "3", "4"]);
        assert_eq!(texts(2_900_000.0).first().map(String::as_str), Some("0"));
        assert_eq!(texts(2_900_000.0).last().map(String::as_str), Some("3.0 M"));
    }

    #[test]
    fn a_log_axis_holds_both_ends() {
        for (least, most) in [
            (3.0, 8e6),
            (5000.0, 5400.0),
            (1.0, 1.0),
            (7.0, 7.0),
            (100.0, 1000.0),
        ] {
            let axis = Values::log(least, most, 6, words());
            assert!(
                axis.low <= least && axis.high >= most && axis.low < axis.high,
                "{axis:?}"
            );
            assert!((2..=13).contains(&axis.ticks.len()), "{axis:?}");
        }
    }

    #[test]
    fn date_ticks_from_days_to_decades() {
        assert_eq!(
            texts("2015-02-02", "2015-02-04", 700.0),
            ["2 Feb/2015", "3 Feb", "4 Feb"]
        );
        // Mondays.
        assert_eq!(
            texts("2015-02-03", "2015-03-04", 300.0),
            ["9 Feb/2015", "16 Feb", "23 Feb", "2 Mar"]
        );
        assert_eq!(
            texts("2014-11-15", "2015-02-15", 200.0),
            ["Dec/2014", "Jan/2015", "Feb"]
        );
        assert_eq!(
            texts("2013-12-20", "2015-02-15", 200.0),
            ["Jan/2014", "Apr", "Jul", "Oct", "Jan/2015"]
        );
        assert_eq!(
            texts("1985-01-01", "2015-12-31", 300.0),
            ["1985", "1990", "1995", "2000", "2005", "2010", "2015"]
        );
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        let days = Days::new(NaiveDate::MIN, NaiveDate::MAX, 0.05, 0.05);
        let ticks = days.ticks(800.0, words(), &|t| t.len() as f64 * 7.0);
        assert!(ticks.len() < 400);
    }
}
