//! Numbers -> quantities: with their hedges and bounds; and which numbers can count no people, and why.

use std::ops::Range;

use super::date::phrase::Phrase;
use super::number::{self, Amount, Found};
use crate::data::lang::{Lang, NumberWord, begin};
use crate::figure::{Qualifier, Unit};
use crate::text::{Document, Token, TokenKind};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Digits,
    Words,
    Vague,
    Share,
    Zero,
    Implicit,
    One,
}

impl Form {
    /// Its name in features.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Form::Digits => "digits",
            Form::Words => "words",
            Form::Vague => "vague",
            Form::Share => "share",
            Form::Zero => "zero",
            Form::Implicit => "implicit",
            Form::One => "one",
        }
    }
}

/// A number with its hedge. Token indexes are the document's.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    /// The number with its multiplier.
    pub(crate) tokens: Range<usize>,
    /// The same with the hedge before it, a percent sign, a hedge after it.
    pub(crate) whole: Range<usize>,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) qualifier: Qualifier,
    /// Percent or fraction; else what the noun says.
    pub(crate) unit: Option<Unit>,
    pub(crate) form: Form,
}

/// A number of a sentence, and why it was refused, if it was.
pub(crate) struct Candidate {
    pub(crate) quantity: Quantity,
    pub(crate) veto: Option<&'static str>,
}

/// Every number of tokens `from..to`. `dates` are the dates and times in it.
pub(crate) fn find(
    document: &Document,
    lang: &Lang,
    from: usize,
    to: usize,
    dates: &[Phrase],
    implicit: bool,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = number::find(document, lang, from, to)
        .into_iter()
        .map(|found| {
            let quantity = hedged(document, lang, &found, from, to);
            let veto = veto(document, lang, &found, &quantity, from, to, dates);
            Candidate { quantity, veto }
        })
        .collect();
    for i in 1..candidates.len() {
        let (first, second) = (&candidates[i - 1].quantity, &candidates[i].quantity);
        if candidates[i].veto.is_none() && says_again(document, first, second, to) {
            candidates[i].veto = Some("the same number again");
        }
    }
    if implicit {
        let taken: Vec<(Range<usize>, bool)> = candidates
            .iter()
            .map(|c| (c.quantity.tokens.clone(), c.veto.is_none()))
            .collect();
        for i in from..to {
            if document.tokens[i].begins & begin::ARTICLE != 0
                && !taken.iter().any(|(r, _)| r.contains(&i))
                && is_implicit(lang, &document.tokens[i..to], &taken, i)
            {
                candidates.push(Candidate {
                    quantity: one(i),
                    veto: None,
                });
            }
        }
        candidates.sort_by_key(|c| c.quantity.tokens.start);
    }
    candidates
}

/// "20 lakh (2 million)"
fn says_again(document: &Document, first: &Quantity, second: &Quantity, to: usize) -> bool {
    let text = |i: usize| document.str(&document.tokens[i]);
    first.value.is_some()
        && first.value == second.value
        && second.whole.start == first.tokens.end + 1
        && text(first.tokens.end) == "("
        && second.whole.end < to
        && text(second.whole.end) == ")"
}

/// "A soldier", "an elderly woman", "another 12-year-old boy"; not "another 5 people". `taken` are the numbers of the
/// sentence, and whether they count something.
fn is_implicit(lang: &Lang, tokens: &[Token], taken: &[(Range<usize>, bool)], at: usize) -> bool {
    if !matches!(
        lang.numbers.word(&tokens[0]),
        Some(NumberWord::Article | NumberWord::Another)
    ) {
        return false;
    }
    for n in 1..tokens.len().min(6) {
        if let Some((len, class)) = lang.nouns.at(&tokens[n..]) {
            let unit = lang.noun_classes[*class as usize].unit;
            let next_is_noun =
                lang.nouns.at(&tokens[n + len..]).is_some() && tokens[n + len].spaced;
            return matches!(
                unit,
                Some(Unit::People | Unit::Children | Unit::Women | Unit::Men | Unit::Soldiers)
            ) && (!next_is_noun || n < 4);
        }
        let t = &tokens[n];
        let number = taken.iter().find(|(r, _)| r.contains(&(at + n)));
        if number.is_some_and(|(_, counts)| *counts) {
            return false;
        }
        let in_number = number.is_some();
        if t.kind == TokenKind::Mark && t.spaced
            || lang
                .marks
                .at(&tokens[n..])
                .is_some_and(|(_, m)| m & stop_bits(lang) != 0)
                && !in_number
        {
            return false;
        }
    }
    false
}

/// Grammar words that end a noun phrase.
fn stop_bits(lang: &Lang) -> u64 {
    !lang.context_bits()
}

fn one(i: usize) -> Quantity {
    Quantity {
        tokens: i..i + 1,
        whole: i..i + 1,
        value: Some(1.0),
        low: Some(1.0),
        high: Some(1.0),
        qualifier: Qualifier::Exact,
        unit: None,
        form: Form::Implicit,
    }
}

/// The number with the hedge before and after it, and the bounds they give.
fn hedged(document: &Document, lang: &Lang, found: &Found, from: usize, to: usize) -> Quantity {
    let tokens = &document.tokens;
    let mut start = found.start;
    let mut end = found.percent_end.unwrap_or(found.end);
    let mut qualifier = None;
    if found.amount != Amount::Zero {
        let mut at = found.start;
        if let Amount::Range(..) = found.amount
            && at > from
            && lang.numbers.word(&tokens[at - 1]) == Some(NumberWord::RangeOpen)
        {
            at -= 1;
            start = at;
        }
        for _ in 0..2 {
            if let Some((n, q)) = lang.hedges.before.ending(&tokens[from..at]) {
                qualifier = Some(*q);
                start = at - n;
                break;
            }
            match lang.hedges.between.ending(&tokens[from..at]) {
                Some((n, ())) => at -= n,
                None => break,
            }
        }
        if let Some((n, q)) = lang.hedges.after.at(&tokens[end..to])
            && (qualifier.is_none() || *q != Qualifier::About)
            && !tokens[end].gap
        {
            qualifier = qualifier.or(Some(*q));
            end += n;
        }
        // "360 people or so"
        if qualifier.is_none()
            && let Some((n, _)) = lang.nouns.at(&tokens[end..to])
            && let Some((_, q)) = lang.hedges.after.at(&tokens[end + n..to])
            && *q == Qualifier::About
        {
            qualifier = Some(*q);
        }
    }
    let q = qualifier.unwrap_or_default();
    let bounds = |v: f64| match q {
        Qualifier::MoreThan | Qualifier::AtLeast => (Some(v), None),
        Qualifier::Nearly | Qualifier::UpTo | Qualifier::FewerThan => (None, Some(v)),
        _ => (Some(v), Some(v)),
    };
    let percent = found.percent_end.is_some().then_some(Unit::Percent);
    let (value, (low, high), qualifier, unit, form) = match found.amount {
        Amount::Exact(n) => {
            let v = n.value();
            let form = if found.digits {
                Form::Digits
            } else if v == 1.0 {
                Form::One
            } else {
                Form::Words
            };
            (
                Some(v),
                bounds(v),
                q,
                percent,
                if percent.is_some() { Form::Share } else { form },
            )
        }
        Amount::Range(a, b) => (
            None,
            (Some(a.value()), Some(b.value())),
            Qualifier::Range,
            percent,
            if found.digits {
                Form::Digits
            } else {
                Form::Words
            },
        ),
        Amount::Vague(n) => (
            None,
            (Some(n as f64), None),
            Qualifier::Vague,
            None,
            Form::Vague,
        ),
        Amount::Fraction(s) => (Some(s), bounds(s), q, Some(Unit::Fraction), Form::Share),
        Amount::Zero => (
            Some(0.0),
            (Some(0.0), Some(0.0)),
            Qualifier::Exact,
            None,
            Form::Zero,
        ),
    };
    Quantity {
        tokens: found.start..found.end,
        whole: start..end,
        value,
        low,
        high,
        qualifier,
        unit,
        form,
    }
}

/// Groups of digits in the shortest number of a telephone: "+44 20 7946".
const DIALLED: usize = 3;

/// True within "+44 20 7946 0958": groups of digits, the first behind a plus.
fn is_dialled(document: &Document, within: Range<usize>, at: usize) -> bool {
    let is_group = |i: &usize| {
        let t = &document.tokens[*i];
        t.kind == TokenKind::Number && document.str(t).bytes().all(|b| b.is_ascii_digit())
    };
    let before = (within.start..at).rev().take_while(is_group).count();
    let first = at - before;
    let plus = first > within.start && document.str(&document.tokens[first - 1]) == "+";
    plus && (first..within.end).take_while(is_group).count() >= DIALLED
}

/// Why the number counts no people, if a rule says so.
fn veto(
    document: &Document,
    lang: &Lang,
    found: &Found,
    quantity: &Quantity,
    from: usize,
    to: usize,
    dates: &[Phrase],
) -> Option<&'static str> {
    let tokens = &document.tokens;
    let (start, end) = (found.start, quantity.whole.end);
    let text = |i: usize| {
        if i >= from && i < to {
            document.str(&tokens[i])
        } else {
            ""
        }
    };
    let glued = |i: usize| i > from && i < to && !tokens[i].spaced;
    if dates
        .iter()
        .any(|d| d.tokens.start < found.end && start < d.tokens.end)
    {
        return Some("a date, a time or a duration");
    }
    let before = &tokens[from..start];
    let v = &lang.vetoes;
    if v.money_before.ending(before).is_some()
        || v.money_before
            .ending(&tokens[from..quantity.whole.start])
            .is_some()
            && quantity.whole.start < start
    {
        return Some("money");
    }
    let hyphen = glued(end) && text(end) == "-" && glued(end + 1);
    let next = if hyphen { end + 1 } else { end };
    let after = &tokens[next.min(to)..to];
    if v.money_after.at(after).is_some() {
        return Some("money");
    }
    if v.age_after.at(after).is_some() || v.age_before.ending(before).is_some() {
        return Some("an age");
    }
    let person_next = lang
        .nouns
        .at(after)
        .is_some_and(|(_, c)| lang.noun_classes[*c as usize].unit.is_some());
    if found.amount == Amount::Zero {
        let unknown = lang.numbers.zero_not_next.at(after).is_some();
        return unknown.then_some("no one is counted");
    }
    if v.unit_after.at(after).is_some() && (hyphen || !person_next) {
        return Some("a unit of measure, a time or a score");
    }
    if v.change_after.at(after).is_some()
        || v.change_before
            .ending(&tokens[from..quantity.whole.start])
            .is_some()
    {
        return Some("a change");
    }
    // "Ana Solís, 49, a clerk"
    let aside = found.digits
        && start == quantity.whole.start
        && start >= from + 2
        && text(start - 1) == ","
        && text(found.end) == ","
        && matches!(found.amount, Amount::Exact(n) if n.value() < 110.0)
        && (tokens[start - 2].kind == TokenKind::Word
            && (tokens[start - 2].capital || lang.nouns.at(&tokens[start - 2..start]).is_some()));
    if aside {
        return Some("an age");
    }
    let digits = text(start);
    let last = text(found.end - 1);
    if found.digits {
        if glued(found.end) && v.ordinal_after.at(&tokens[found.end..to]).is_some() {
            return Some("an ordinal");
        }
        // "200m" is metres, "1.2m people" is not
        if found.scaled
            && found.end - start == 2
            && glued(start + 1)
            && v.unit_after.at(&tokens[start + 1..to]).is_some()
            && !digits.contains('.')
            && !person_next
        {
            return Some("a unit of measure, a time or a score");
        }
        if !found.scaled
            && found.percent_end.is_none()
            && matches!(found.amount, Amount::Exact(n) if n.value().fract() != 0.0)
        {
            return Some("a decimal");
        }
        if digits.len() > 1 && digits.starts_with('0') || is_dialled(document, from..to, start) {
            return Some("a code");
        }
        if glued(start) && start > from {
            let p = &tokens[start - 1];
            let mark = text(start - 1);
            if p.kind == TokenKind::Word {
                return Some("part of a name");
            }
            if matches!(mark, "-" | "‑")
                && glued(start - 1)
                && start - 1 > from
                && tokens[start - 2].kind == TokenKind::Word
            {
                return Some("part of a name");
            }
            // "voted 15-0"
            if matches!(mark, "-" | "–")
                && glued(start - 1)
                && start - 1 > from
                && tokens[start - 2].kind == TokenKind::Number
            {
                return Some("a unit of measure, a time or a score");
            }
            if matches!(mark, "/" | ":")
                && glued(start - 1)
                && start - 1 > from
                && tokens[start - 2].kind == TokenKind::Number
            {
                return Some("a date, a time or a duration");
            }
            if mark == "#" || mark == "[" && text(found.end) == "]" {
                return Some("a label");
            }
        }
        if glued(found.end)
            && matches!(text(found.end), "/" | ":")
            && glued(found.end + 1)
            && tokens[found.end + 1].kind == TokenKind::Number
        {
            return Some("a date, a time or a duration");
        }
        if glued(found.end)
            && text(found.end) == "-"
            && glued(found.end + 1)
            && text(found.end + 1).starts_with('0')
        {
            return Some("a code");
        }
        if start == from
            && glued(found.end)
            && matches!(text(found.end), "." | ")")
            && digits.len() < 3
            && found.end + 1 < to
        {
            return Some("a list mark");
        }
        let plain = digits.len() <= 4 && !digits.contains([',', '.']) && !found.scaled;
        if plain
            && quantity.qualifier == Qualifier::Exact
            && v.label_before.ending(before).is_some()
            && !person_next
        {
            return Some("a label");
        }
        if digits.len() == 4
            && plain
            && last == digits
            && !person_next
            && found.percent_end.is_none()
            && quantity.qualifier == Qualifier::Exact
        {
            let year: u32 = digits.parse().unwrap_or(0);
            if (1800..=2100).contains(&year)
                && lang
                    .marks
                    .at(after)
                    .is_none_or(|(_, m)| m & lang.trigger_bits() == 0)
            {
                return Some("a year");
            }
        }
    }
    if hyphen
        && lang.hedges.after.at(&tokens[end..to]).is_none()
        && tokens[end + 1].kind == TokenKind::Word
        && found.end == end
    {
        return Some("part of a compound");
    }
    if v.rank_before.ending(before).is_some() {
        return Some("a rank");
    }
    None
}
