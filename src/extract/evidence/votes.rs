//! Votes: each trigger speaks for its measure, louder or softer by where it stands and what the head noun is.

use std::ops::Range;

use super::feature::{Features, Part};
use super::{Around, Before, Head, Mark, View, bits, far};
use crate::data::lang::{Classes, NumberWord};
use crate::extract::label::Label;
use crate::extract::quantity::{Form, Quantity};
use crate::figure::Unit;

impl View<'_> {
    /// Votes: each trigger speaks for its measure, louder or softer by where it stands and what the head noun is.
    #[expect(
        clippy::too_many_arguments,
        reason = "one part of features, called once"
    )]
    pub(super) fn votes(
        &self,
        q: &Quantity,
        head: Option<Head>,
        left: &[Mark],
        right: &[Mark],
        numbers: &[Range<usize>],
        before: Option<Before>,
        around: Around,
        sentence: u32,
        label: Option<Label>,
        out: &mut Features<'_>,
    ) {
        let data = crate::data::get();
        let s = q.whole.start;
        let after = head.map_or(q.whole.end, |h| h.end);
        let noun = head.and_then(|h| h.unit);
        let fit = |label: u8| -> Part<'static> {
            let homes = data.measures[label as usize].unit == Unit::Homes;
            match (head, noun) {
                (None, _) => "?",
                (_, None) => "no",
                (_, Some(Unit::Homes)) => {
                    if homes {
                        "fit"
                    } else {
                        "homes"
                    }
                }
                (_, Some(_)) => {
                    if homes {
                        "misfit"
                    } else {
                        "fit"
                    }
                }
            }
            .into()
        };
        let form: Part = match q.form {
            Form::One | Form::Implicit => "one",
            Form::Share => "share",
            Form::Zero => "zero",
            _ => "n",
        }
        .into();
        let labels = |classes: Classes| {
            let triggers = bits(classes & self.lang.trigger_bits());
            triggers.filter_map(|i| data.votes[i])
        };
        let mut fired: Vec<u8> = Vec::new();
        self.patterns(q, &mut out.patterns);
        out.patterns.retain(|i| {
            let fits = self.fits(&self.lang.patterns.all[usize::from(*i)], q);
            if fits {
                fired.push(data.pattern_labels[usize::from(*i)]);
            }
            fits
        });
        // what the structure says counts as a pattern does
        fired.extend(
            self.share_whole(q, numbers)
                .into_iter()
                .flat_map(|m| labels(m.classes)),
        );
        let counted = self.counted(s, numbers);
        fired.sort_unstable();
        fired.dedup();
        for &l in &fired {
            let alone: Part = if fired.len() == 1 {
                "only"
            } else {
                "one of some"
            }
            .into();
            if usize::from(l) == data.measures.len() {
                out.add(&["pattern".into(), "none".into(), alone]);
            } else {
                out.vote(l, &["vpattern".into(), alone, fit(l)]);
                out.vote(l, &["vpattern".into(), alone]);
                out.add(&[
                    "pattern".into(),
                    data.measures[usize::from(l)].code.as_str().into(),
                ]);
            }
        }
        if fired.is_empty() {
            out.add(&["pattern".into(), "-".into()]);
        }
        for (rank, m) in left.iter().rev().enumerate() {
            let gap: Part = self.between(m.end..s, numbers).into();
            let distance: Part = far(s - m.end).into();
            let rank: Part = ["1", "2", "3"][rank.min(2)].into();
            for l in labels(m.classes) {
                out.vote(l, &["vL".into(), rank, gap, distance, fit(l)]);
                out.vote(l, &["vL".into(), rank, gap, fit(l)]);
                out.vote(l, &["vL".into(), gap, distance]);
                out.vote(l, &["vL".into(), rank, gap, form]);
            }
        }
        for (rank, m) in right.iter().enumerate() {
            let inside = m.start < after;
            let gap = self.gap_after(m, after, numbers);
            let distance: Part = if inside {
                far(after.saturating_sub(m.end))
            } else {
                far(m.start - after)
            }
            .into();
            let voice: Part = self.voice(m, after, numbers).into();
            let rank: Part = ["1", "2", "3", "4"][rank.min(3)].into();
            for l in labels(m.classes) {
                out.vote(l, &["vR".into(), rank, gap, distance, fit(l)]);
                out.vote(l, &["vR".into(), rank, gap, fit(l), voice]);
                out.vote(l, &["vR".into(), gap, distance, voice]);
                out.vote(l, &["vR".into(), rank, gap, form]);
            }
        }
        let l1 = left.last().map_or(0, |m| m.classes) & self.lang.trigger_bits();
        let r1 = right.first().map_or(0, |m| m.classes) & self.lang.trigger_bits();
        for l in labels(l1 & r1) {
            out.vote(l, &["vLR".into(), fit(l)]);
        }
        if let Some((m, gap)) = counted {
            let noun: Part = if head.is_some() { "noun" } else { "-" }.into();
            for l in labels(m.classes) {
                out.vote(l, &["vcount".into(), gap.into(), noun]);
            }
        }
        let only = self.bag & self.lang.trigger_bits();
        for l in labels(only) {
            out.vote(
                l,
                &[
                    "vbag".into(),
                    if only.is_power_of_two() {
                        "only"
                    } else if only.count_ones() < 4 {
                        "few"
                    } else {
                        "many"
                    }
                    .into(),
                    fit(l),
                ],
            );
        }
        if only & self.lang.trigger_bits() == 0 {
            for l in labels(around.previous) {
                out.vote(l, &["vbefore".into(), fit(l)]);
            }
        }
        // "Of the dead, six were children", "a later count put it at 60"
        if let Some(m) = self.of_whom(s) {
            let gap: Part = self.between(m.end..s, numbers).into();
            let words = (m.start..m.end).filter_map(|i| {
                let word = &self.document.tokens[i..=i];
                self.lang.marks.at(word).map(|(_, classes)| *classes)
            });
            let named = words.fold(0, |all, classes| all | classes) & self.lang.trigger_bits();
            for l in labels(named) {
                out.vote(l, &["vof".into(), "=".into(), gap, fit(l)]);
            }
            if let Some(told) = around.told.filter(|_| named == 0) {
                let ago: Part = told.ago(sentence).into();
                out.vote(told.measure, &["vof".into(), ago, gap, fit(told.measure)]);
            }
        }
        for l in labels(around.heading) {
            out.vote(l, &["vheading".into(), fit(l)]);
        }
        for l in labels(around.title) {
            out.vote(l, &["vtitle".into(), fit(l)]);
        }
        if let Some(b) = before {
            let link: Part = self.link(b.end..s).into();
            let own = r1 != 0 && right.first().is_some_and(|m| m.start <= after + 2);
            let has = left.last().is_some_and(|m| m.start >= b.end);
            if let Some(l) = b.measure {
                let same: Part = if labels(r1).any(|x| x == l) {
                    "same"
                } else if own {
                    "own"
                } else {
                    "-"
                }
                .into();
                out.vote(l, &["vprev".into(), link, fit(l)]);
                out.vote(
                    l,
                    &[
                        "vprev".into(),
                        link,
                        if has { "t" } else { "-" }.into(),
                        same,
                    ],
                );
                out.vote(l, &["vprev".into(), link, form]);
                let from = s > self.tokens.start
                    && self.lang.numbers.word(&self.document.tokens[s - 1])
                        == Some(NumberWord::ChangeOpen);
                if from && head.is_none() {
                    out.vote(l, &["vprev".into(), "from".into()]);
                }
            }
        }
        (out.label, out.noun) = (None, None);
        if let Some(label) = label {
            let plain: Part = if label.plain { "plain" } else { "-" }.into();
            for l in labels(label.words.classes) {
                out.vote(l, &["vlabel".into(), fit(l)]);
                out.vote(l, &["vlabel".into(), label.place.name().into(), plain]);
            }
            let noun = label.words.noun;
            out.noun = noun.and_then(|n| self.lang.noun_classes[n as usize].unit);
            let mut named = labels(label.words.classes);
            out.label = named
                .next()
                .filter(|_| label.plain && !label.words.things && named.next().is_none());
        }
    }

    /// "A quarter of those killed", "a quarter of the nearly 5,400 fatalities": what the whole of a share is.
    fn share_whole(&self, q: &Quantity, numbers: &[Range<usize>]) -> Option<Mark> {
        let e = q.whole.end;
        let of = self.tokens.contains(&e)
            && self.lang.numbers.word(&self.document.tokens[e]) == Some(NumberWord::Of);
        if q.form != Form::Share || !of {
            return None;
        }
        let next = numbers.iter().find(|n| n.start > e && n.start - e <= 6);
        let from = next.map_or(e, |n| n.end);
        let triggers = self.lang.trigger_bits();
        // word by word: "of the dead" is a phrase of its own, which says "a part"
        let start = if next.is_some() { from } else { from + 1 };
        (start..(from + 5).min(self.tokens.end))
            .find_map(|i| {
                let rest = &self.document.tokens[i..self.tokens.end];
                let (n, classes) = self.lang.marks.at(rest)?;
                (classes & triggers != 0).then_some(Mark {
                    start: i,
                    end: i + n,
                    classes: *classes,
                })
            })
            .filter(|m| self.between(from..m.start, &[]) == "-")
    }
}
