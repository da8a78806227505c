//! Numbers, days, counts and places, as the page prints them.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::figure::{Country, Qualifier, Unit};
use crate::hedge::grouped;

/// A number as stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'a> {
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) qualifier: Qualifier,
    /// Who is counted, where it is not what the measure usually counts.
    pub(super) unit: Option<Unit>,
    /// Its words in the text: what a vague number is called.
    pub(super) text: &'a str,
}

impl Number<'_> {
    /// The hedge, the number, what is counted: `nearly`, `5,400`, `families`.
    fn pieces(&self) -> (Option<String>, String, Option<String>) {
        let bound = |b: Option<f64>| b.map_or_else(|| "?".into(), grouped);
        let stated = bound(self.value.or(self.low).or(self.high));
        let (hedge, number) = match self.qualifier {
            _ if self.unit == Some(Unit::Fraction) && !self.text.is_empty() => {
                return (None, short(self.text, 40), None);
            }
            Qualifier::Exact => (None, stated),
            Qualifier::Range => (None, format!("{}–{}", bound(self.low), bound(self.high))),
            Qualifier::Vague if self.text.is_empty() => {
                (Some("at least".into()), bound(self.low.or(self.high)))
            }
            Qualifier::Vague => (None, short(self.text, 40)),
            hedge => (Some(hedge.as_str().replace('_', " ")), stated),
        };
        let unit = match (self.qualifier, self.unit) {
            (Qualifier::Vague, None) if !self.text.is_empty() => {
                self.low.map(|low| format!("({} or more)", grouped(low)))
            }
            (_, Some(Unit::Percent)) => Some("%".into()),
            (_, unit) => unit.map(|u| u.as_str().to_string()),
        };
        (hedge, number, unit)
    }

    /// With the number itself set off.
    pub(super) fn html(&self) -> Markup {
        let (hedge, number, unit) = self.pieces();
        html! {
            @if let Some(hedge) = hedge { span.hedge { (hedge) } " " }
            b { (number) }
            @if let Some(unit) = unit { " " span.unit { (unit) } }
        }
    }

    /// As plain words.
    pub(super) fn plain(&self) -> String {
        let (hedge, number, unit) = self.pieces();
        let all = hedge.into_iter().chain([number]).chain(unit);
        all.collect::<Vec<_>>().join(" ")
    }
}

/// "6 Feb 2015".
pub(super) fn day(day: NaiveDate) -> String {
    crate::data::get().lang.charts.day(day)
}

/// The same for readers and for machines.
pub(super) fn time(date: NaiveDate) -> Markup {
    html! { time datetime=(date) { (day(date)) } }
}

/// From one day to another: "6 Feb 2015 to 1 Dec 2016", or the one day.
pub(super) fn span(first: NaiveDate, last: NaiveDate) -> Markup {
    html! {
        (time(first))
        @if last != first { " to " (time(last)) }
    }
}

/// "1 article", "9,120 articles".
pub(super) fn counted(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(n as f64))
}

/// The country's name, or that there is none.
pub(super) fn country(country: Option<Country>) -> String {
    country.map_or_else(|| "No country named".into(), |c| c.name().to_string())
}

/// A narrower place than the country itself.
pub(super) fn place(place: Option<&str>, country: Option<Country>) -> Option<String> {
    let place = place?.trim();
    let whole = country.is_some_and(|c| c.name().eq_ignore_ascii_case(place));
    (!whole && !place.is_empty()).then(|| short(place, 60))
}

/// The source, or that there is none.
pub(super) fn source(source: Option<&str>) -> String {
    source.map_or_else(|| "no source named".into(), |s| short(s, 80))
}

/// At most so many characters, on one line, none of them a control.
pub(super) fn short(text: &str, longest: usize) -> String {
    let mut characters = text.chars();
    let mut out: String = characters.by_ref().take(longest).map(shown).collect();
    if characters.next().is_some() {
        out.pop();
        out.push('…');
    }
    out
}

/// Controls, and marks that would turn the direction of what follows, are spaces.
pub(super) fn shown(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { ' ' } else { c }
}

/// What was left out, and how to see it; nothing where nothing was.
pub(super) fn left_out(n: usize, noun: &str, how: &str) -> Markup {
    html! {
        @if n > 0 {
            p.note { (counted(n, noun)) " " (if n == 1 { "is" } else { "are" }) " left out here; " code { (how) } " lists all." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_hedge() {
        let number = |qualifier, value, low, high, unit, text| {
            Number {
                value,
                low,
                high,
                qualifier,
                unit,
                text,
            }
            .plain()
        };
        let five = Some(5400.0);
        assert_eq!(
            number(Qualifier::Exact, five, five, five, None, ""),
            "5,400"
        );
        assert_eq!(
            number(
                Qualifier::MoreThan,
                five,
                five,
                None,
                Some(Unit::Families),
                ""
            ),
            "more than 5,400 families"
        );
        assert_eq!(
            number(Qualifier::Range, None, Some(3000.0), five, None, ""),
            "3,000–5,400"
        );
        assert_eq!(
            number(Qualifier::Vague, None, Some(24.0), None, None, "dozens"),
            "dozens (24 or more)"
        );
        assert_eq!(
            number(Qualifier::Vague, None, Some(24.0), None, None, ""),
            "at least 24"
        );
    }

    #[test]
    fn a_long_name_ends_in_an_ellipsis() {
        assert_eq!(short("abcdef", 4), "abc…");
        assert_eq!(short("abcd", 4), "abcd");
        assert_eq!(short("a\u{202e}b\n", 4), "a b ");
    }
}
