//! What charts say: the table `[charts]` of `data/lang/en.toml`.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

/// One and many, each with `{n}` where the number goes.
pub(super) type Count = [String; 2];

/// The wording of charts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    months: [String; 12],
    thousands: String,
    million: String,
    billion: String,
    pub(super) unnamed: String,
    pub(super) unplaced: String,
    pub(super) subtitle: String,
    pub(super) subtitle_one_day: String,
    pub(super) subtitle_mixed: String,
    pub(super) subtitle_at: String,
    pub(super) scales_own: String,
    pub(super) scales_shared: String,
    pub(super) by_measure: String,
    pub(super) by_source: String,
    pub(super) by_country: String,
    pub(super) new: String,
    pub(super) since: String,
    pub(super) projected: String,
    pub(super) more: Count,
    pub(super) log: String,
    pub(super) figures: Count,
    pub(super) articles: Count,
    pub(super) sources: Count,
    pub(super) note: String,
    pub(super) left_out: String,
    pub(super) shares: Count,
    pub(super) parts: Count,
    pub(super) other_units: Count,
    pub(super) zeros: Count,
    pub(super) numberless: Count,
    pub(super) news: Count,
    pub(super) panels: Count,
    pub(super) rows: Count,
    pub(super) unsaid: Count,
    pub(super) told: String,
    pub(super) told_one: String,
    pub(super) points: Count,
    /// A flag and what is said of it, the most important first.
    pub(super) doubts: Vec<[String; 2]>,
    pub(super) key_total: String,
    pub(super) key_new: String,
    pub(super) key_up: String,
    pub(super) key_down: String,
    pub(super) key_range: String,
    pub(super) key_flag: String,
    pub(super) key_projected: String,
}

impl Words {
    /// "1 article", "9 articles".
    pub(super) fn count(&self, forms: &Count, n: usize) -> String {
        forms[usize::from(n != 1)].replace("{n}", &self.number(n as f64))
    }

    /// What is said beside a ringed point.
    pub(super) fn doubt(&self, index: usize) -> &str {
        self.doubts.get(index).map_or(&self.key_flag, |d| &d[1])
    }

    /// "May".
    pub(super) fn month(&self, day: NaiveDate) -> &str {
        &self.months[day.month0() as usize]
    }

    /// "5 May 2014".
    pub(crate) fn day(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    /// A number as readers write it: `5,400`; round millions and billions short, `1.25 M`.
    pub(super) fn number(&self, value: f64) -> String {
        if value >= 1e9 && value % 1e7 == 0.0 {
            format!("{} {}", trimmed(value / 1e9, 2), self.billion)
        } else if value >= 1e6 && value % 1e4 == 0.0 {
            format!("{} {}", trimmed(value / 1e6, 2), self.million)
        } else {
            self.grouped(value)
        }
    }

    /// Labels of one axis: all in the same style, told by its step and its top.
    pub(super) fn tick(&self, value: f64, step: f64, top: f64) -> String {
        let (unit, name) = if top >= 2e9 {
            (1e9, &self.billion)
        } else if top >= 2e6 {
            (1e6, &self.million)
        } else {
            return self.grouped(value);
        };
        if value == 0.0 {
            return "0".into();
        }
        let decimals = (0..3)
            .find(|&d| {
                let scaled = step / unit * 10f64.powi(d);
                (scaled - scaled.round()).abs() < 1e-9
            })
            .unwrap_or(3);
        format!("{:.*} {name}", decimals as usize, value / unit)
    }

    /// Every digit, in groups of three.
    fn grouped(&self, value: f64) -> String {
        let text = trimmed(value, 1);
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let mut out = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        out + rest
    }
}

/// Up to so many decimals, none for nothing.
fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_read_as_a_newspaper_prints_them() {
        let words = &crate::data::get().lang.charts;
        for (value, text) in [
            (0.0, "0"),
            (3.0, "3"),
            (980.0, "980"),
            (5400.0, "5,400"),
            (980_000.0, "980,000"),
            (1_250_000.0, "1.25 M"),
            (1_250_001.0, "1,250,001"),
            (8_000_000.0, "8 M"),
            (2_500_000_000.0, "2.5 bn"),
        ] {
            assert_eq!(words.number(value), text);
        }
        assert_eq!(words.tick(500_000.0, 500_000.0, 8e6), "0.5 M");
        assert_eq!(words.tick(8e6, 500_000.0, 8e6), "8.0 M");
        assert_eq!(words.tick(1500.0, 500.0, 2000.0), "1,500");
    }
}
