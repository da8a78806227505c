//! What a stated number can mean: a number with its hedge in; how far it reaches, and which other numbers it may be a rounded form of, out.
//!
//! The rules are printed here and nowhere else; `series` and `compare` both read numbers by them.
//!
//! | wording | reaches from | to |
//! | --- | --- | --- |
//! | no hedge | the number | the number |
//! | about | 10 % below | 10 % above |
//! | nearly | 10 % below | the number |
//! | fewer than | 20 % below | the number |
//! | up to | half of it | the number |
//! | more than, at least | the number | 25 % above |
//! | a range | its low end | its high end |
//! | a vague word | its low end | ten times that |
//!
//! An open hedge is cut off on purpose: "more than 5,000" is true of 50,000, but nobody who knew of 50,000 would write it.

use std::cmp::Ordering;

use crate::figure::{Figure, Qualifier};

/// A number as stated: value, bounds, hedge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stated {
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) qualifier: Qualifier,
}

impl Stated {
    /// The number of a figure.
    pub(crate) fn of(figure: &Figure) -> Self {
        Stated {
            value: figure.value,
            low: figure.low,
            high: figure.high,
            qualifier: figure.qualifier,
        }
    }

    /// One number to sort and divide by: the value, else the middle of a range, else the one bound there is.
    pub(crate) fn size(&self) -> Option<f64> {
        self.value
            .or_else(|| Some(f64::midpoint(self.low?, self.high?)))
            .or(self.low)
            .or(self.high)
    }

    /// From where to where the wording reaches, by the table above.
    pub(crate) fn reach(&self) -> Option<(f64, f64)> {
        let around = |below: f64, above: f64| self.value.map(|v| (v * below, v * above));
        match self.qualifier {
            Qualifier::Exact => around(1.0, 1.0),
            Qualifier::About => around(0.9, 1.1),
            Qualifier::Nearly => around(0.9, 1.0),
            Qualifier::FewerThan => around(0.8, 1.0),
            Qualifier::UpTo => around(0.5, 1.0),
            Qualifier::MoreThan | Qualifier::AtLeast => around(1.0, 1.25),
            Qualifier::Range | Qualifier::Vague => None,
        }
        .or_else(|| {
            let low = self.low.or(self.high.map(|h| h / 2.0))?;
            let stretch = if self.qualifier == Qualifier::Vague {
                10.0
            } else {
                1.25
            };
            Some((low, self.high.unwrap_or(low * stretch)))
        })
    }

    /// True when one value is stated in both, whatever the hedges, or both give the same bounds.
    pub(crate) fn agrees(&self, other: &Stated) -> bool {
        match (self.value, other.value) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => {
                let eq = |a: Option<f64>, b: Option<f64>| match (a, b) {
                    (Some(a), Some(b)) => same(a, b),
                    (None, None) => true,
                    _ => false,
                };
                eq(self.low, other.low) && eq(self.high, other.high)
            }
            _ => false,
        }
    }

    /// True when `other` is a rounder way to say this number: 3,660 and 3,600, 5,086 and "more than 5,000".
    pub(crate) fn rounds_to(&self, other: &Stated) -> bool {
        let (Some(exact), Some(round)) = (self.value, other.value) else {
            return false;
        };
        let (Some(fine), Some(step)) = (step(exact), step(round)) else {
            return false;
        };
        let gap = exact - round;
        step > fine
            && match other.qualifier {
                Qualifier::MoreThan | Qualifier::AtLeast => {
                    (0.0..step).contains(&gap) && gap <= round * 0.25
                }
                Qualifier::Nearly | Qualifier::FewerThan | Qualifier::UpTo => {
                    gap <= 0.0 && -gap < step && -gap <= round * 0.25
                }
                Qualifier::About => gap.abs() <= step && gap.abs() <= round * 0.1,
                _ => {
                    round >= 100.0 && (-step / 2.0..step).contains(&gap) && gap.abs() <= round * 0.1
                }
            }
    }

    /// True when the two wordings can both be right of one count.
    pub(crate) fn overlaps(&self, other: &Stated) -> bool {
        match (self.reach(), other.reach()) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => false,
        }
    }

    /// True when this is less than `before`, and neither rounding nor a hedge explains it.
    pub(crate) fn is_below(&self, before: &Stated) -> bool {
        match (self.size(), before.size()) {
            (Some(now), Some(then)) => {
                now < then
                    && !self.rounds_to(before)
                    && !before.rounds_to(self)
                    && !self.overlaps(before)
            }
            _ => false,
        }
    }

    fn key(&self) -> [Option<f64>; 3] {
        [self.value, self.low, self.high]
    }
}

impl PartialEq for Stated {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Stated {}

impl PartialOrd for Stated {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Stated {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
        self.key()
            .into_iter()
            .zip(other.key())
            .map(|(a, b)| order(a, b))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
            .then(self.qualifier.cmp(&other.qualifier))
    }
}

/// Equal as printed.
fn same(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

/// The step a whole number is given in: 1,000 for 5,000, 10 for 3,660, 1 for 5,086.
fn step(number: f64) -> Option<f64> {
    if number < 1.0 || number.fract() != 0.0 || number > 1e15 {
        return None;
    }
    let mut rest = number as u64;
    let mut step = 1.0;
    while rest.is_multiple_of(10) {
        rest /= 10;
        step *= 10.0;
    }
    Some(step)
}

/// True when the digits are those of the other in another order, as 1,129 and 2,119: a slip of the typist, perhaps.
pub(crate) fn same_digits(a: f64, b: f64) -> bool {
    let digits = |n: f64| {
        let mut digits: Vec<u8> = format!("{n:.0}").into_bytes();
        digits.sort_unstable();
        digits
    };
    let whole = |n: f64| (100.0..=1e15).contains(&n) && n.fract() == 0.0;
    whole(a) && whole(b) && !same(a, b) && digits(a) == digits(b)
}

/// True when one slip of the typist turns `number` into something from `low` to `high`: two digits swapped, one dropped, one too many.
pub(crate) fn slip_between(number: f64, low: f64, high: f64) -> bool {
    if !(100.0..=1e14).contains(&number) || number.fract() != 0.0 {
        return false;
    }
    let text = format!("{number:.0}").into_bytes();
    let fits = |digits: &[u8]| {
        digits.first() != Some(&b'0')
            && std::str::from_utf8(digits)
                .ok()
                .and_then(|d| d.parse::<f64>().ok())
                .is_some_and(|n| n >= low && n <= high)
    };
    let n = text.len();
    (0..n).any(|i| {
        let mut fewer = text.clone();
        fewer.remove(i);
        fits(&fewer)
            || (i + 1..n).any(|j| {
                let mut swapped = text.clone();
                swapped.swap(i, j);
                fits(&swapped)
            })
    }) || (0..=n).any(|i| {
        (b'0'..=b'9').any(|d| {
            let mut more = text.clone();
            more.insert(i, d);
            fits(&more)
        })
    })
}

/// A number with thousands separators, as people read it.
pub fn grouped(number: f64) -> String {
    let text = number.abs().to_string();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::from(if number < 0.0 { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(qualifier: Qualifier, value: f64) -> Stated {
        Stated {
            value: Some(value),
            low: None,
            high: None,
            qualifier,
        }
    }

    #[test]
    fn rounder_ways_to_say_a_number() {
        use Qualifier::{About, AtLeast, Exact, MoreThan, Nearly};
        let table = [
            (Exact, 5086.0, MoreThan, 5000.0, true),
            (AtLeast, 3660.0, Exact, 3600.0, true),
            (Exact, 259_741.0, Exact, 260_000.0, true),
            (Exact, 1_331_000.0, Exact, 1_300_000.0, true),
            (Exact, 9758.0, Nearly, 10_000.0, true),
            (Exact, 5486.0, Nearly, 5400.0, false), // nearly is never less than the truth
            (Exact, 21.0, Exact, 20.0, false),      // small numbers are counted, not rounded
            (Exact, 1_610_000.0, MoreThan, 1_000_000.0, false),
            (Exact, 6417.0, About, 6500.0, true),
            (Exact, 5000.0, Exact, 5086.0, false), // the rounder one comes second
        ];
        for (qa, a, qb, b, expected) in table {
            assert_eq!(
                stated(qa, a).rounds_to(&stated(qb, b)),
                expected,
                "{qa} {a}, {qb} {b}"
            );
        }
    }

    #[test]
    fn hedges_reach_as_the_table_says() {
        assert!(!stated(Qualifier::Nearly, 5400.0).overlaps(&stated(Qualifier::Exact, 5486.0)));
        assert!(stated(Qualifier::AtLeast, 4707.0).overlaps(&stated(Qualifier::Exact, 5086.0)));
        assert!(!stated(Qualifier::MoreThan, 5000.0).overlaps(&stated(Qualifier::Exact, 50_000.0)));
        let dozens = Stated {
            value: None,
            low: Some(24.0),
            high: None,
            qualifier: Qualifier::Vague,
        };
        assert!(dozens.overlaps(&stated(Qualifier::Exact, 60.0)));
        assert!(!dozens.overlaps(&stated(Qualifier::Exact, 12.0)));
    }

    #[test]
    fn slips_of_the_typist() {
        assert!(slip_between(2119.0, 1129.0, 2086.0)); // 1,219 would fit
        assert!(slip_between(508.0, 4808.0, 5486.0)); // 5,086 would
        assert!(slip_between(50_860.0, 4808.0, 5486.0));
        assert!(!slip_between(8000.0, 5086.0, 5486.0));
        assert!(same_digits(2119.0, 1129.0));
        assert!(!same_digits(2119.0, 1543.0));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(980_000.0), "980,000");
        assert_eq!(grouped(0.25), "0.25");
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(1_000_000.0), "1,000,000");
    }
}
