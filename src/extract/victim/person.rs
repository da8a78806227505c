//! Somebody in a sentence: "the mayor", "his driver", "Ana Solís", "a 15-year-old", "he", "two nurses".

use std::ops::Range;

use super::Sentence;
use crate::data;
use crate::extract::quantity::Form;
use crate::figure::{Qualifier, Unit};
use crate::text::TokenKind;

/// Words of a noun phrase before its noun.
const PHRASE: usize = 8;

/// Somebody, and how many they are.
pub(super) struct Person {
    pub(super) tokens: Range<usize>,
    pub(super) n: f64,
    /// "He": does or suffers, but never stands after the deed.
    pub(super) subject: bool,
    /// "Him": only after the deed.
    pub(super) object: bool,
}

impl Person {
    fn one(tokens: Range<usize>) -> Self {
        Person {
            tokens,
            n: 1.0,
            subject: false,
            object: false,
        }
    }
}

impl Sentence<'_, '_> {
    /// Who the noun phrase that begins at a token is, if it is somebody.
    pub(super) fn person(&self, start: usize) -> Option<Person> {
        let words = &self.view.lang.victims;
        if let Some(people) = self.people(start) {
            return people;
        }
        let end = start + 1;
        let (subject, object) = (
            self.starts(&words.he, start, end),
            self.starts(&words.him, start, end),
        );
        if subject || object {
            return Some(Person {
                subject,
                object,
                ..Person::one(start..end)
            });
        }
        let pointed = self.starts(&words.pointers, start, end);
        let noun = self.view.noun(start).is_some();
        let follows = start > self.view.tokens.start && self.is_deed(start - 1);
        let capital = self.view.document.tokens[start].capital;
        let aged = self.age(start).is_some();
        let bare = noun || capital || aged || follows && self.is_word(start);
        let after_number = self.numbers.iter().any(|c| c.quantity.whole.end == start);
        if after_number || !pointed && (!bare || self.is_deed(start) && !noun) {
            return None;
        }
        self.single(start, pointed).map(Person::one)
    }

    /// "Two nurses": `Some(None)` where a number stands that counts nobody or leaves open how many.
    fn people(&self, start: usize) -> Option<Option<Person>> {
        let mut numbers = self.numbers.iter().map(|c| &c.quantity);
        let q = numbers.find(|q| q.whole.contains(&start))?;
        let stated = matches!(q.form, Form::Digits | Form::Words | Form::One) && q.unit.is_none();
        let head = self
            .view
            .head(q)
            .filter(|_| stated && start == q.whole.start);
        let counted = head.filter(|h| {
            h.unit
                .is_some_and(|u| !matches!(u, Unit::Homes | Unit::Families))
        });
        let n = q
            .value
            .filter(|_| !matches!(q.qualifier, Qualifier::Range | Qualifier::Vague));
        Some(counted.zip(n).map(|(head, n)| Person {
            n,
            ..Person::one(start..head.end)
        }))
    }

    /// One person: a noun that means one after what may stand before it, or a bare name of two words.
    fn single(&self, start: usize, pointed: bool) -> Option<Range<usize>> {
        let (view, lang) = (self.view, self.view.lang);
        let tokens = &view.document.tokens;
        let first = start + usize::from(pointed);
        let (mut named, mut aged) = (!pointed, false);
        let mut i = first;
        while i < view.tokens.end && i - first < PHRASE {
            let rest = &tokens[i..view.tokens.end];
            if let Some(n) = self.age(i) {
                i += n;
                (named, aged) = (false, pointed || i == start + n);
                continue;
            }
            if self.numbers.iter().any(|c| c.quantity.whole.contains(&i)) || self.dated(i) {
                break;
            }
            let single = lang.victims.nouns.at(rest).map(|(n, ())| n);
            if let Some((class, n)) = view.noun(i) {
                let end = i + n;
                let one = lang.noun_classes[class as usize].one || single.is_some_and(|m| m >= n);
                let last = view.noun(end).is_none_or(|_| tokens[end].gap);
                if one && last && !self.owns(end) {
                    return Some(start..end);
                }
                (i, named, aged) = (end, false, false);
                continue;
            }
            if let Some(n) = single.filter(|n| !self.owns(i + n)) {
                return Some(start..i + n);
            }
            let joint = tokens[i].kind == TokenKind::Mark && !tokens[i].spaced && i > first;
            let inside = joint && matches!(view.text(i), "-" | "." | "'" | "’");
            let word = self.is_word(i) && (!view.is_grammar(i) || self.owns(i));
            let anew = i > first && self.starts(&lang.victims.pointers, i, i + 1);
            if !inside && !word || self.is_deed(i) || anew {
                break;
            }
            named &= tokens[i].capital || inside;
            i += 1;
        }
        let name = named && i >= first + 2 && data::get().sources.at(&tokens[first..i]).is_none();
        (name || aged).then_some(start..i)
    }

    /// "15-year-old": how many tokens it takes.
    fn age(&self, i: usize) -> Option<usize> {
        let tokens = &self.view.document.tokens[i..self.view.tokens.end];
        let (number, rest) = tokens.split_first()?;
        let age = self.view.lang.victims.ages.at(rest).map(|(n, ())| n + 1);
        age.filter(|_| number.kind == TokenKind::Number)
    }

    /// "'s"
    fn owns(&self, i: usize) -> bool {
        self.view.text(i).starts_with(['\'', '’'])
    }

    fn dated(&self, i: usize) -> bool {
        self.view.dates.iter().any(|d| d.tokens.contains(&i))
    }
}
