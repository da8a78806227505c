//! People whose fate no figure tells: "the mayor was shot dead", "gunmen killed Ana Solís", "two nurses were abducted and later
//! killed". No figures, but where a measure has none, an article's totals count them.
//!
//! Comes in: a document. Goes out: by measure, how many its first sentences tell of. A rule, not the weights: somebody is
//! named, pointed at or counted, and stands right after the deed or before it in the passive.

mod person;

use std::ops::Range;

use self::person::Person;
use super::date::phrase;
use super::evidence::{Mark, View};
use super::quantity::{self, Candidate};
use crate::data;
use crate::data::lang::{Classes, Lang, Phrases};
use crate::data::source::role;
use crate::figure::{Figure, Measure};
use crate::text::{Document, TokenKind};
use crate::totals::Told;

/// The first sentences tell what an article is about.
const LEAD: usize = 4;
/// Words between the deed and the person: "the murder of".
const OBJECT: usize = 3;
/// Words between the person and the deed.
const SUBJECT: usize = 24;
/// Words between a deed and one more: "abducted from her home by two men in uniform and later killed".
const NEXT: usize = 20;
/// Words before a deed that undo it: "was not".
const BEFORE: usize = 3;

/// By measure, how many people are told of; sentences that tell of no fate but those `figures` count are passed over.
pub(super) fn find(document: &Document, lang: &Lang, figures: &[Figure]) -> Told {
    let counted = |class: usize| {
        let measure = data::get().votes.get(class).copied().flatten().map(Measure);
        let mut figures = figures.iter().filter(|f| f.value != Some(0.0));
        figures.any(|f| Some(f.measure) == measure)
    };
    let open = (0..lang.trigger_count)
        .filter(|class| lang.victims.deeds >> class & 1 == 1 && !counted(*class));
    let open: Classes = open.fold(0, |all, class| all | 1 << class);
    let mut told = Told::new();
    let mut view = View::new(document, lang);
    for sentence in document.sentences.iter().take(LEAD) {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        view.turn(range.clone());
        if view.bag & open == 0 {
            continue;
        }
        view.dates = phrase::find(document, lang, range.clone());
        let (start, end) = (range.start, range.end);
        let mut numbers = quantity::find(document, lang, start, end, &view.dates, false);
        numbers.retain(|c| c.veto.is_none());
        let stand: Vec<_> = numbers.iter().map(|c| c.quantity.whole.clone()).collect();
        view.look_closely(&stand);
        let sentence = Sentence {
            view: &view,
            numbers,
        };
        for (measure, n) in sentence.told() {
            let most = told.entry(measure).or_insert(0.0);
            *most = n.max(*most);
        }
    }
    told
}

struct Sentence<'v, 'a> {
    view: &'v View<'a>,
    numbers: Vec<Candidate>,
}

/// Somebody, and the deed that names their fate.
struct Fate {
    start: usize,
    n: f64,
    /// The deed's place among the marks.
    deed: usize,
    measure: Measure,
    /// The verb says that it is one.
    one: bool,
}

impl Sentence<'_, '_> {
    fn told(&self) -> Vec<(Measure, f64)> {
        let mut fates: Vec<Fate> = Vec::new();
        let mut i = self.view.tokens.start;
        while i < self.view.tokens.end {
            let Some(person) = self.person(i) else {
                i += 1;
                continue;
            };
            if let Some(fate) = self.object(&person).or_else(|| self.subject(&person)) {
                fates.extend(self.next(&fate));
                fates.push(fate);
            }
            i = person.tokens.end.max(i + 1);
        }
        fates.sort_by_key(|f| (f.deed, f.start));
        let of_deeds = fates.chunk_by(|a, b| a.deed == b.deed);
        of_deeds
            .map(|fates| {
                let first = &fates[0];
                let also = fates[1..].iter();
                let also = also.filter(|f| self.joins(first.start..f.start));
                let n = if fates.iter().any(|f| f.one) {
                    first.n
                } else {
                    first.n + also.map(|f| f.n).sum::<f64>()
                };
                (first.measure, n)
            })
            .collect()
    }

    /// "The mayor and his driver"; not "Ana Solís, an editor and a poet".
    fn joins(&self, between: Range<usize>) -> bool {
        let comma = between.clone().any(|i| self.view.text(i) == ",");
        let and = self.view.lang.grammar.and;
        let marks = &self.view.marks;
        !comma
            && marks
                .iter()
                .any(|m| m.end == between.end && m.classes & and != 0)
    }

    /// "Gunmen killed the mayor", "the murder of Ana Solís".
    fn object(&self, person: &Person) -> Option<Fate> {
        let start = person.tokens.start;
        let mut deeds = self.view.marks.iter().enumerate();
        let (deed, m) =
            deeds.rfind(|(_, m)| m.end <= start && self.measure(m.classes).is_some())?;
        let between = m.end..start;
        let words = between.len() <= OBJECT && between.clone().all(|i| self.is_word(i));
        let by = between
            .clone()
            .any(|i| self.starts(&self.view.lang.victims.doers, i, start));
        (words && !by && !person.subject && !self.unreal(m.start)).then_some(())?;
        Some(Fate {
            start,
            n: person.n,
            deed,
            measure: self.measure(m.classes)?,
            one: false,
        })
    }

    /// "The mayor was killed", "Ana Solís, an editor, died of her wounds", "a guard sustained burns".
    fn subject(&self, person: &Person) -> Option<Fate> {
        let words = &self.view.lang.victims;
        let from = person.tokens.end;
        let deeds = self.view.marks.iter().enumerate();
        let mut deeds = deeds.filter(|(_, m)| m.start >= from && m.start - from <= SUBJECT);
        let (deed, m) =
            deeds.find(|(_, m)| self.measure(m.classes).is_some() && self.told_of(m, from))?;
        let passive = self.passive(m, from);
        let one = passive.is_some_and(|a| {
            self.view.text(a.start - 1) == "," || self.starts(&words.one, a.start, a.end)
        });
        let aside = passive.is_some_and(|a| self.view.text(a.start - 1) == ",") && one;
        let border = (from..m.start).any(|i| {
            let said = self
                .view
                .lang
                .attribution
                .roles(&self.view.document.tokens[i])
                & role::SAY
                != 0;
            said || matches!(self.view.text(i), ";" | ":" | "–" | "—")
        });
        let numbers = self.numbers.iter().map(|c| &c.quantity.whole);
        let counted = numbers.clone().any(|n| n.start >= from && n.end <= m.start);
        if border || counted && !aside || self.unreal(m.start) || person.object {
            return None;
        }
        Some(Fate {
            start: person.tokens.start,
            n: person.n,
            deed,
            measure: self.measure(m.classes)?,
            one: one && person.n == 1.0,
        })
    }

    /// True when the deed is said of who stands before it.
    fn told_of(&self, m: &Mark, from: usize) -> bool {
        let words = &self.view.lang.victims;
        let bears = (from.max(m.start.saturating_sub(4))..m.start)
            .any(|i| self.starts(&words.bears, i, m.start));
        bears || self.starts(&words.fates, m.start, m.end) || self.passive(m, from).is_some()
    }

    /// The "was" of a deed.
    fn passive(&self, m: &Mark, from: usize) -> Option<&Mark> {
        let words = &self.view.lang.victims;
        let auxiliary = self.view.lang.grammar.auxiliary;
        let marks = self.view.marks.iter().rev();
        let mut before = marks.filter(|a| a.end <= m.start && a.start > from.saturating_sub(1));
        let aux = before.find(|a| a.classes & auxiliary != 0)?;
        let near = |i| {
            self.view.is_auxiliary(i) || self.is_deed(i) || self.starts(&words.adverbs, i, m.start)
        };
        (aux.end..m.start).all(near).then_some(aux)
    }

    /// "Was abducted and later killed": one more deed done to the same.
    fn next(&self, fate: &Fate) -> Option<Fate> {
        let words = &self.view.lang.victims;
        let marks = &self.view.marks;
        let end = marks[fate.deed].end;
        let next = marks.iter().enumerate().skip(fate.deed + 1);
        let mut next = next.filter(|(_, m)| {
            m.start >= end && m.start - end <= NEXT && self.measure(m.classes).is_some()
        });
        let (deed, m) = next.next()?;
        let measure = self.measure(m.classes)?;
        let mut at = m.start;
        while at > end
            && (self.view.is_auxiliary(at - 1) || self.starts(&words.adverbs, at - 1, at))
            && !self.is_and(at - 1)
        {
            at -= 1;
        }
        let joined = at > end && self.is_and(at - 1) || at == end;
        let other = self.numbers.iter().any(|c| c.quantity.whole.start == m.end);
        (joined && !other && measure != fate.measure).then_some(Fate {
            deed,
            measure,
            ..*fate
        })
    }

    fn is_and(&self, i: usize) -> bool {
        let and = self.view.lang.grammar.and;
        self.view
            .marks
            .iter()
            .any(|m| m.start == i && m.classes & and != 0)
    }

    fn is_word(&self, i: usize) -> bool {
        self.view.document.tokens[i].kind == TokenKind::Word
    }

    /// True when a phrase of the list starts at a token and ends before `end`.
    fn starts(&self, list: &Phrases<()>, i: usize, end: usize) -> bool {
        i < end && list.at(&self.view.document.tokens[i..end]).is_some()
    }

    /// "Tried to kill", "was not killed", "could be killed".
    fn unreal(&self, deed: usize) -> bool {
        let from = self.view.tokens.start.max(deed.saturating_sub(BEFORE));
        (from..deed).any(|i| self.starts(&self.view.lang.victims.unreal, i, deed))
    }

    fn is_deed(&self, i: usize) -> bool {
        let marks = self.view.marks.iter();
        let mut here = marks.filter(|m| m.start <= i && i < m.end);
        here.any(|m| self.measure(m.classes).is_some())
    }

    /// The measure that the first of some triggers speaks for.
    fn measure(&self, classes: Classes) -> Option<Measure> {
        let deeds = classes & self.view.lang.victims.deeds;
        let class = (deeds != 0).then(|| deeds.trailing_zeros() as usize)?;
        data::get().votes.get(class).copied().flatten().map(Measure)
    }
}
