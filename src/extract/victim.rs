//! People told of without a number: "the mayor was shot dead", "gunmen killed Ana Solís". No figures, but where a measure has
//! none, an article's totals count them.
//!
//! Comes in: a document. Goes out: by measure, how many its first sentences tell of. A rule, not the weights: one person is
//! named or pointed at, and stands right after the deed or before it in the passive.

use std::ops::Range;

use super::date::phrase;
use super::evidence::View;
use super::quantity;
use crate::data;
use crate::data::lang::{Classes, Lang};
use crate::data::source::role;
use crate::figure::Measure;
use crate::text::{Document, TokenKind};
use crate::totals::Unnumbered;

/// The first sentences tell what an article is about.
const LEAD: usize = 4;
/// Words between the person and the deed: after it, and before it.
const OBJECT: usize = 3;
const SUBJECT: usize = 24;
/// Words of a noun phrase before its noun.
const PHRASE: usize = 7;

/// By measure, how many people are told of.
pub(super) fn find(document: &Document, lang: &Lang) -> Unnumbered {
    let mut told = Unnumbered::new();
    let mut view = View::new(document, lang);
    let mut left = LEAD;
    for sentence in &document.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        if left == 0 {
            break;
        }
        left -= 1;
        view.turn(range.clone());
        if view.bag & lang.implicit == 0 {
            continue;
        }
        view.dates = phrase::find(document, lang, range.clone());
        view.look_closely();
        let dates = &view.dates;
        let numbers: Vec<Range<usize>> =
            quantity::find(document, lang, range.start, range.end, dates, false)
                .into_iter()
                .filter(|c| c.veto.is_none())
                .map(|c| c.quantity.whole)
                .collect();
        let sentence = Sentence {
            view: &view,
            numbers,
        };
        for (measure, n) in sentence.told() {
            let most = told.entry(measure).or_insert(0);
            *most = n.max(*most);
        }
    }
    told
}

struct Sentence<'v, 'a> {
    view: &'v View<'a>,
    numbers: Vec<Range<usize>>,
}

/// Somebody, and the deed that names their fate.
struct Fate {
    start: usize,
    deed: usize,
    measure: Measure,
    /// The verb says that it is one.
    one: bool,
}

impl Sentence<'_, '_> {
    fn told(&self) -> Vec<(Measure, u32)> {
        let mut fates: Vec<Fate> = Vec::new();
        let mut i = self.view.tokens.start;
        while i < self.view.tokens.end {
            let Some(person) = self.person(i) else {
                i += 1;
                continue;
            };
            fates.extend(self.fate(&person));
            i = person.end.max(i + 1);
        }
        let mut told = Vec::new();
        for of_deed in fates.chunk_by(|a, b| a.deed == b.deed) {
            let first = &of_deed[0];
            let also = of_deed[1..]
                .iter()
                .filter(|f| self.joins(first.start..f.start));
            let n = if of_deed.iter().any(|f| f.one) {
                1
            } else {
                1 + also.count()
            };
            told.push((first.measure, n as u32));
        }
        told
    }

    /// "The mayor and his driver"; not "Ana Solís, an editor and a poet".
    fn joins(&self, between: Range<usize>) -> bool {
        let comma = between.clone().any(|i| self.view.text(i) == ",");
        let and = self
            .view
            .marks
            .iter()
            .any(|m| m.end == between.end && m.classes & self.view.lang.grammar.and != 0);
        and && !comma
    }

    /// One person whose noun phrase begins at a token: "the mayor", "his driver", "Ana Solís", "local official".
    fn person(&self, start: usize) -> Option<Range<usize>> {
        let (view, lang) = (self.view, self.view.lang);
        let tokens = &view.document.tokens;
        let pointed = lang.victims.pointers.at(&tokens[start..=start]).is_some();
        let bare = tokens[start].capital
            || view.noun(start).is_some()
            || self.is_deed(start.wrapping_sub(1));
        if self
            .numbers
            .iter()
            .any(|n| n.contains(&start) || n.end == start)
            || !pointed && !bare
        {
            return None;
        }
        let first = start + usize::from(pointed);
        let mut named = !pointed;
        let mut i = first;
        while i < view.tokens.end && i - first < PHRASE {
            if self.numbers.iter().any(|n| n.contains(&i)) || self.dated(i) {
                break;
            }
            let rest = &tokens[i..view.tokens.end];
            let single = lang.victims.nouns.at(rest).map(|(n, ())| n);
            if let Some((class, n)) = view.noun(i) {
                let end = i + n;
                let one = lang.noun_classes[class as usize].one || single.is_some_and(|m| m >= n);
                let last = view.noun(end).is_none_or(|_| tokens[end].gap);
                if one && last && !self.owns(end) {
                    return Some(start..end);
                }
                (i, named) = (end, false);
                continue;
            }
            if let Some(n) = single {
                return Some(start..i + n);
            }
            let joint = tokens[i].kind == TokenKind::Mark && !tokens[i].spaced && i > first;
            let inside = joint && matches!(view.text(i), "-" | "." | "'" | "’");
            let word = tokens[i].kind == TokenKind::Word && (!view.is_grammar(i) || self.owns(i));
            if !inside && !word || self.is_deed(i) {
                break;
            }
            named &= tokens[i].capital || inside;
            i += 1;
        }
        // a name alone is of two words or more, and no organisation's
        let name = named && i >= first + 2 && data::get().sources.at(&tokens[first..i]).is_none();
        name.then_some(start..i)
    }

    /// "'s"
    fn owns(&self, i: usize) -> bool {
        self.view.text(i).starts_with(['\'', '’'])
    }

    fn is_deed(&self, i: usize) -> bool {
        self.view
            .marks
            .iter()
            .any(|m| m.start <= i && i < m.end && self.measure(m.classes).is_some())
    }

    fn dated(&self, i: usize) -> bool {
        self.view.dates.iter().any(|d| d.tokens.contains(&i))
    }

    /// What happened to the person.
    fn fate(&self, person: &Range<usize>) -> Option<Fate> {
        self.object(person).or_else(|| self.subject(person))
    }

    /// "Gunmen killed the mayor", "the murder of Ana Solís".
    fn object(&self, person: &Range<usize>) -> Option<Fate> {
        let deeds = self.view.marks.iter().enumerate();
        let (deed, m) = deeds
            .filter(|(_, m)| m.end <= person.start && self.measure(m.classes).is_some())
            .next_back()?;
        let between = m.end..person.start;
        let plain = between.len() <= OBJECT
            && between
                .clone()
                .all(|i| self.view.document.tokens[i].kind == TokenKind::Word);
        let by = between.clone().any(|i| {
            self.view
                .lang
                .victims
                .doers
                .at(&self.view.document.tokens[i..person.start])
                .is_some()
        });
        (plain && !by && !self.unreal(m.start)).then_some(())?;
        let measure = self.measure(m.classes)?;
        Some(Fate {
            start: person.start,
            deed,
            measure,
            one: false,
        })
    }

    /// "The mayor was killed", "Ana Solís, an editor, died of her wounds".
    fn subject(&self, person: &Range<usize>) -> Option<Fate> {
        let lang = self.view.lang;
        let deeds = self.view.marks.iter().enumerate();
        let (deed, m) = deeds
            .filter(|(_, m)| m.start >= person.end && m.start - person.end <= SUBJECT)
            .find(|(_, m)| self.measure(m.classes).is_some())?;
        let between = person.end..m.start;
        let border = between.clone().any(|i| {
            let said = lang.attribution.roles(&self.view.document.tokens[i]) & role::SAY != 0;
            said || matches!(self.view.text(i), ";" | ":" | "–" | "—")
        });
        let counted = self
            .numbers
            .iter()
            .any(|n| n.start >= person.end && n.end <= m.start);
        if border || counted || self.unreal(m.start) {
            return None;
        }
        let aux = self.view.marks.iter().rev().find(|a| {
            a.end <= m.start && a.start >= person.end && a.classes & lang.grammar.auxiliary != 0
        });
        let passive = aux.filter(|a| {
            (a.end..m.start).all(|i| {
                self.view.is_auxiliary(i)
                    || self.is_deed(i)
                    || lang
                        .victims
                        .adverbs
                        .at(&self.view.document.tokens[i..=i])
                        .is_some()
            })
        });
        let words = &self.view.document.tokens[m.start..m.end];
        let dies = lang.victims.fates.at(words).is_some();
        (passive.is_some() || dies).then_some(())?;
        let one = passive.is_some_and(|a| {
            let aux = a.start;
            (person.end..=aux).rev().take(3).any(|i| {
                lang.victims
                    .one
                    .at(&self.view.document.tokens[i..=aux])
                    .is_some()
            })
        });
        Some(Fate {
            start: person.start,
            deed,
            measure: self.measure(m.classes)?,
            one,
        })
    }

    /// "Tried to kill", "was not killed", "could be killed".
    fn unreal(&self, deed: usize) -> bool {
        let tokens = &self.view.document.tokens;
        let from = self.view.tokens.start.max(deed.saturating_sub(3));
        (from..deed).any(|i| self.view.lang.victims.unreal.at(&tokens[i..deed]).is_some())
    }

    /// The measure that the first of some triggers speaks for.
    fn measure(&self, classes: Classes) -> Option<Measure> {
        let lang = self.view.lang;
        let implicit = classes & lang.implicit;
        let class = (implicit != 0).then(|| implicit.trailing_zeros() as usize)?;
        data::get().votes.get(class).copied().flatten().map(Measure)
    }
}
