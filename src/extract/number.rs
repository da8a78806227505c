//! Numbers in a sentence: digits and words, ranges, shares, vague words, zero. Rules; the words are data.
//!
//! Digits stay digits until the end: "8.2 million" is 82 shifted by five, never a product in floating point.

mod digits;
mod words;

use crate::data::lang::{Lang, NumberPhrase, NumberWord, begin};
use crate::text::{Document, Token, TokenKind};

/// An exact decimal: `digits` times ten to the `shift`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    digits: u64,
    shift: i8,
}

impl Number {
    /// A whole number.
    pub(crate) fn whole(digits: u64) -> Self {
        Number { digits, shift: 0 }
    }

    /// The nearest `f64`, the one that parsing the written number gives.
    pub(crate) fn value(self) -> f64 {
        if self.shift == 0 {
            return self.digits as f64;
        }
        format!("{}e{}", self.digits, self.shift)
            .parse()
            .unwrap_or(f64::INFINITY)
    }

    fn shifted(self, by: i8) -> Option<Self> {
        let mut n = Number {
            digits: self.digits,
            shift: self.shift.checked_add(by)?,
        };
        while n.shift > 0 && n.digits < u64::MAX / 10 {
            n.digits *= 10;
            n.shift -= 1;
        }
        (n.shift <= 0).then_some(n)
    }
}

/// A multiplier: the places it shifts by, and how many tokens it takes.
type Scale = (i8, usize);

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Amount {
    /// One number.
    Exact(Number),
    /// Two ends.
    Range(Number, Number),
    /// A vague word and its lower bound.
    Vague(u64),
    /// A share.
    Fraction(f64),
    /// No one; no + noun.
    Zero,
}

/// A number found in tokens `start..end` of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) amount: Amount,
    /// Written in digits.
    pub(crate) digits: bool,
    /// A percent sign or word follows; it ends here.
    pub(crate) percent_end: Option<usize>,
    /// A multiplier word belongs to it.
    pub(crate) scaled: bool,
}

/// Every number of tokens `from..to`, from left to right, none inside another. Articles (implicit ones) are left to the caller.
pub(crate) fn find(document: &Document, lang: &Lang, from: usize, to: usize) -> Vec<Found> {
    let reader = Reader {
        document,
        lang,
        end: to,
    };
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        let token = &document.tokens[i];
        if token.begins & begin::AMOUNT == 0 {
            i += 1;
            continue;
        }
        match reader.at(i, from) {
            Some(found) => {
                i = found.percent_end.unwrap_or(found.end).max(i + 1);
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

struct Reader<'a> {
    document: &'a Document<'a>,
    lang: &'a Lang,
    end: usize,
}

/// A cardinal: its value, where it ends, whether it is in digits, whether it holds a multiplier.
#[derive(Clone, Copy)]
struct Cardinal {
    number: Number,
    end: usize,
    digits: bool,
    scale: i8,
}

impl Reader<'_> {
    fn tokens(&self, i: usize) -> &[Token] {
        &self.document.tokens[i.min(self.end)..self.end]
    }
    fn word(&self, i: usize) -> Option<NumberWord> {
        self.tokens(i)
            .first()
            .and_then(|t| self.lang.numbers.word(t))
    }
    fn text(&self, i: usize) -> &str {
        self.tokens(i).first().map_or("", |t| self.document.str(t))
    }
    fn is_hyphen(&self, i: usize) -> bool {
        matches!(self.text(i), "-" | "–" | "—" | "‑" | "−")
    }

    fn at(&self, i: usize, from: usize) -> Option<Found> {
        let phrase = self
            .lang
            .numbers
            .phrases
            .at(self.tokens(i))
            .map(|(n, p)| (n, *p));
        let cardinal = self.cardinal(i);
        let after = phrase.map_or(i, |(n, _)| i + n);
        let found = |amount, end, digits, scaled| Found {
            start: i,
            end,
            amount,
            digits,
            percent_end: None,
            scaled,
        };
        match phrase {
            Some((_, NumberPhrase::Exact(n))) if cardinal.is_none_or(|c| c.end <= after) => {
                return Some(found(Amount::Exact(Number::whole(n)), after, false, false));
            }
            Some((_, NumberPhrase::Vague(n))) if cardinal.is_none_or(|c| c.end <= after) => {
                return Some(found(Amount::Vague(n), after, false, false));
            }
            Some((n, NumberPhrase::Fraction(share)))
                if self
                    .lang
                    .numbers
                    .fraction_next
                    .at(self.tokens(i + n))
                    .is_some()
                    && !self
                        .word(after + 1)
                        .is_some_and(|w| matches!(w, NumberWord::Article)) =>
            {
                return Some(found(Amount::Fraction(share), after, false, false));
            }
            Some((_, NumberPhrase::Zero)) => return Some(found(Amount::Zero, after, false, false)),
            Some((_, NumberPhrase::ZeroBefore)) if self.zero_noun(after) => {
                let with_digits = self.bracketed_repeat(after, 0).unwrap_or(after);
                return Some(found(Amount::Zero, with_digits, false, false));
            }
            _ => {}
        }
        let first = cardinal?;
        if let Some(share) = self.one_in(i, first) {
            return Some(share);
        }
        // "between 60 and 85", "3,000-5,000", "two to three thousand"
        let opened = i > from && self.word(i - 1) == Some(NumberWord::RangeOpen);
        let changed = i > from && self.word(i - 1) == Some(NumberWord::ChangeOpen);
        let joined = (self.word(first.end) == Some(NumberWord::Range) && !changed)
            || (opened && self.word(first.end) == Some(NumberWord::And))
            || self.is_hyphen(first.end)
                && self.tokens(first.end + 1).first().is_some_and(|t| !t.gap);
        if joined && let Some(second) = self.cardinal(first.end + 1) {
            let mut low = first.number;
            if first.scale == 0 && second.scale > 0 && low.value() < second.number.value() {
                let scaled = low.shifted(second.scale);
                if let Some(scaled) = scaled.filter(|s| s.value() < second.number.value()) {
                    low = scaled;
                }
            }
            // "March 26 - 65,000 people" is no range
            let spaced = self.is_hyphen(first.end)
                && self.tokens(first.end + 1).first().is_some_and(|t| t.spaced);
            let far = spaced && second.number.value() > 4.0 * low.value();
            let glued = self.is_hyphen(first.end) && self.is_hyphen(second.end) && first.digits;
            if low.value() < second.number.value() && !glued && !far {
                return Some(self.with_percent(Found {
                    start: i,
                    end: second.end,
                    amount: Amount::Range(low, second.number),
                    digits: first.digits,
                    percent_end: None,
                    scaled: second.scale > 0,
                }));
            }
        }
        let end = self
            .bracketed_repeat(first.end, first.number.digits)
            .unwrap_or(first.end);
        Some(self.with_percent(Found {
            start: i,
            end,
            amount: Amount::Exact(first.number),
            digits: first.digits,
            percent_end: None,
            scaled: first.scale > 0,
        }))
    }

    fn with_percent(&self, mut found: Found) -> Found {
        found.percent_end = self
            .lang
            .numbers
            .percent
            .at(self.tokens(found.end))
            .map(|(n, ())| found.end + n);
        found
    }

    /// "one in three", "two out of five" is a share.
    fn one_in(&self, i: usize, first: Cardinal) -> Option<Found> {
        let (n, ()) = self.lang.numbers.one_in.at(self.tokens(first.end))?;
        let (top, whole) = (first.number.value(), self.cardinal(first.end + n)?);
        let below = whole.number.value();
        let small = (1.0..=9.0).contains(&top) && below > top && below <= 100.0;
        // "3 in 10 people", not "5 in 2014"
        let exact = (small && top < 10.0 && (!first.digits || !whole.digits || below == 10.0))
            .then_some(top / below)?;
        let share = (exact * 10_000.0).round() / 10_000.0;
        Some(Found {
            start: i,
            end: whole.end,
            amount: Amount::Fraction(share),
            digits: false,
            percent_end: None,
            scaled: false,
        })
    }

    /// "five (5)": the bracket says the same number again.
    fn bracketed_repeat(&self, at: usize, digits: u64) -> Option<usize> {
        (self.text(at) == "(" && self.text(at + 2) == ")").then_some(())?;
        (self.text(at + 1).replace(',', "").parse() == Ok(digits)).then_some(at + 3)
    }

    /// After "no": a noun of people, homes or harm, some words may stand between.
    fn zero_noun(&self, mut at: usize) -> bool {
        if self.text(at) == "(" {
            at += 3;
        }
        for _ in 0..4 {
            let tokens = self.tokens(at);
            let noun = self
                .lang
                .nouns
                .at(tokens)
                .is_some_and(|(_, c)| self.lang.noun_classes[*c as usize].unit.is_some());
            let harm = self
                .lang
                .marks
                .at(tokens)
                .is_some_and(|(_, m)| m & self.lang.trigger_bits() != 0);
            let between = self.lang.numbers.zero_between.at(tokens);
            match between {
                Some((n, ())) => at += n,
                None => return noun || harm,
            }
        }
        false
    }

    /// A cardinal number at token `i`.
    fn cardinal(&self, i: usize) -> Option<Cardinal> {
        let token = *self.tokens(i).first()?;
        if token.kind == TokenKind::Number {
            self.in_digits(i)
        } else {
            self.in_words(i)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;

    fn read(text: &str) -> Vec<String> {
        let lang = &data::get().lang;
        let document = Document::new(text, lang);
        find(&document, lang, 0, document.tokens.len())
            .iter()
            .map(|f| {
                let words = &text[document.tokens[f.start].span.start as usize
                    ..document.tokens[f.end - 1].span.end as usize];
                let n = |n: Number| n.value().to_string();
                match f.amount {
                    Amount::Exact(a) => format!(
                        "{words}={}{}",
                        n(a),
                        if f.percent_end.is_some() { "%" } else { "" }
                    ),
                    Amount::Range(a, b) => format!("{words}={}..{}", n(a), n(b)),
                    Amount::Vague(a) => format!("{words}={a}+"),
                    Amount::Fraction(s) => format!("{words}={s}/1"),
                    Amount::Zero => format!("{words}=0"),
                }
            })
            .collect()
    }

    #[test]
    fn every_way_to_write_a_number() {
        for (text, want) in [
            ("980,000", "980,000=980000"),
            ("980 000 people", "980 000=980000"),
            ("980\u{a0}000", "980\u{a0}000=980000"),
            ("1\u{202f}250\u{202f}000", "1\u{202f}250\u{202f}000=1250000"),
            ("980.000 people", "980.000=980000"),
            ("8.2 million", "8.2 million=8200000"),
            ("1.2m people", "1.2m=1200000"),
            ("1.2 mn", "1.2 mn=1200000"),
            ("45k", "45k=45000"),
            ("5.8K", "5.8K=5800"),
            ("2.3 lakh", "2.3 lakh=230000"),
            ("1 crore", "1 crore=10000000"),
            ("20,00,000", "20,00,000=2000000"),
            ("twelve", "twelve=12"),
            ("twenty-three", "twenty-three=23"),
            ("seventeen hundred", "seventeen hundred=1700"),
            ("two hundred and five", "two hundred and five=205"),
            ("one and a half thousand", "one and a half thousand=1500"),
            ("a hundred", "a hundred=100"),
            ("half a million", "half a million=500000"),
            ("a quarter of a million", "a quarter of a million=250000"),
            ("two and a half million", "two and a half million=2500000"),
            ("a dozen", "a dozen=12"),
            ("two dozen", "two dozen=24"),
            ("several dozen", "several dozen=24+"),
            ("a couple of hundred", "a couple of hundred=200+"),
            ("tens of thousands", "tens of thousands=20000+"),
            ("hundreds of thousands of", "hundreds of thousands=200000+"),
            ("3,000-5,000", "3,000-5,000=3000..5000"),
            ("3-4 million", "3-4 million=3000000..4000000"),
            ("between 3,000 and 5,000", "3,000 and 5,000=3000..5000"),
            ("two to three thousand", "two to three thousand=2000..3000"),
            ("40–50", "40–50=40..50"),
            ("a quarter of the dead", "a quarter=0.25/1"),
            ("two thirds of them", "two thirds=0.6667/1"),
            ("one in three children", "one in three=0.3333/1"),
            ("40 percent", "40=40%"),
            ("12 %", "12=12%"),
            ("no one was hurt", "no one=0"),
            ("no deaths", "no=0"),
            ("without casualties", "without=0"),
            ("No reports of injuries", "No=0"),
            ("five (5) people", "five (5)=5"),
            ("one hundred thousand", "one hundred thousand=100000"),
            (
                "two million three hundred thousand",
                "two million three hundred thousand=2300000",
            ),
            ("millio\u{ad}n", ""),
        ] {
            assert_eq!(read(text).join("; "), want, "{text}");
        }
        assert_eq!(read("rose from 12 to 17"), ["12=12", "17=17"]);
        assert_eq!(read("no figures yet"), [""; 0]);
    }

    #[test]
    fn two_decimal_millions_are_exact() {
        for cents in 1u64..9_999 {
            let text = format!("{}.{:02}", cents / 100, cents % 100);
            let n = digits::read(&text, true)
                .and_then(|n| n.shifted(6))
                .map(Number::value);
            assert_eq!(n, Some((cents * 10_000) as f64), "{text}");
        }
    }
}
