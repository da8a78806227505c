//! Evidence for the measure of a number: what it counts, if it counts people or homes at all.

use std::ops::Range;

use super::feature::{Features, Part};
use super::{Around, Before, Head, Mark, View, far};
use crate::data::lang::NumberWord;
use crate::extract::label::Label;
use crate::extract::quantity::{Form, Quantity};

impl View<'_> {
    #[expect(clippy::too_many_arguments, reason = "what a reader would look at")]
    /// Fills `out` with the evidence for one number. `numbers` are all numbers of the sentence.
    pub(crate) fn features(
        &self,
        q: &Quantity,
        head: Option<Head>,
        numbers: &[Range<usize>],
        before: Option<Before>,
        around: Around,
        sentence: u32,
        label: Option<Label>,
        out: &mut Features<'_>,
    ) {
        out.clear();
        let form: Part = q.form.name().into();
        let head_class: Part = head.map_or("-".into(), |h| {
            let class = &self.lang.noun_classes[h.class as usize];
            Part::hashed(class.hash, class.name)
        });
        let head_word: Part = head.map_or(self.word(q.whole.end), |h| self.word(h.end - 1));
        let (left, right) = self.triggers(q);
        out.add(&["bias".into()]);
        out.add(&["form".into(), form]);
        out.add(&["head".into(), head_class, form]);
        out.add(&["head".into(), head_class]);
        out.add(&["noun".into(), head_word]);
        if let Some(h) = head {
            for i in q.whole.end..h.end.min(q.whole.end + 5) {
                out.add(&["in".into(), self.word(i)]);
                if let Some(m) = self.mark_at(i) {
                    for c in self.class_parts(m.classes) {
                        out.add(&["in".into(), "*".into(), c, head_class]);
                    }
                }
            }
        }
        if let Some(v) = q.value.or(q.low) {
            let size = if v <= 1.0 {
                "1"
            } else if v < 10.0 {
                "9"
            } else if v < 100.0 {
                "99"
            } else if v < 10_000.0 {
                "9999"
            } else {
                "+"
            };
            out.add(&["size".into(), size.into(), head_class]);
        }

        // neighbours
        let (s, e) = (q.whole.start, q.whole.end);
        out.add(&["-1".into(), self.word(s.wrapping_sub(1))]);
        out.add(&["-2".into(), self.word(s.wrapping_sub(2))]);
        out.add(&["+1".into(), self.word(e)]);
        out.add(&["+12".into(), self.word(e), self.word(e + 1)]);
        if let Some(h) = head {
            out.add(&["h+1".into(), head_class, self.word(h.end)]);
        }

        self.votes(
            q, head, left, right, numbers, before, around, sentence, label, out,
        );

        // triggers on both sides
        let after = head.map_or(e, |h| h.end);
        for (rank, m) in left.iter().rev().enumerate() {
            let gap: Part = self.between(m.end..s, numbers).into();
            let distance: Part = far(s - m.end).into();
            for c in self.class_parts(m.classes & self.lang.trigger_bits()) {
                out.add(&["L".into(), c, distance, gap]);
                out.add(&["L".into(), c, gap, head_class]);
                if rank == 0 {
                    out.add(&["L1".into(), c, gap]);
                    out.add(&["L1".into(), c, distance, head_class]);
                }
            }
        }
        let aux = self.lang.grammar.auxiliary;
        for (rank, m) in right.iter().enumerate() {
            let inside = m.start < after;
            let gap = self.gap_after(m, after, numbers);
            let distance: Part = if inside { "i" } else { far(m.start - after) }.into();
            let voice: Part = self.voice(m, after, numbers).into();
            for c in self.class_parts(m.classes & self.lang.trigger_bits()) {
                out.add(&["R".into(), c, distance, gap]);
                out.add(&["R".into(), c, gap, head_class]);
                if rank == 0 {
                    out.add(&["R1".into(), c, gap, voice]);
                    out.add(&["R1".into(), c, distance, head_class]);
                }
            }
            if rank < 2 {
                out.add(&["Rw".into(), self.phrase(m), gap]);
                out.add(&["Rw".into(), self.phrase(m), head_class]);
            }
        }
        let r1 = right.first().map_or(0, |m| m.classes);

        // the number before
        match before {
            Some(b) => {
                let (link, of): (Part, Part) = (self.link(b.end..s).into(), b.label.into());
                out.add(&["prev".into(), of, link]);
                out.add(&["prev".into(), of, link, head_class]);
                out.add(&["prev".into(), of, b.head.into(), head_class]);
                for c in self.class_parts(r1 & self.lang.trigger_bits()) {
                    out.add(&["prevR".into(), of, c]);
                }
            }
            None => out.add(&["prev".into(), "^".into()]),
        }

        // the sentence and what stands around it
        for c in self.class_parts(around.previous) {
            out.add(&[
                "before".into(),
                c,
                if self.bag == 0 { "alone" } else { "-" }.into(),
            ]);
        }
        for c in self.class_parts(around.heading) {
            out.add(&["heading".into(), c]);
        }
        if let Some(label) = label {
            for c in self.class_parts(label.words.classes) {
                out.add(&["label".into(), c]);
            }
            if let Some(class) = label.words.noun {
                let class = &self.lang.noun_classes[class as usize];
                let noun = Part::hashed(class.hash, class.name);
                out.add(&["label".into(), "noun".into(), noun]);
            }
        }
        // brackets and what was said right before the number
        if self.in_bracket(s) {
            out.add(&["bracket".into(), head_class]);
        }
        if q.form == Form::Implicit || q.form == Form::One {
            out.add(&[
                "single".into(),
                form,
                head_class,
                if self.mark_at(after).is_some_and(|m| m.classes & aux != 0) {
                    "be"
                } else {
                    "-"
                }
                .into(),
            ]);
        }
    }

    /// How a deed is told after a number: "12 were killed", "two men killed 12", or neither.
    pub(super) fn voice(&self, m: &Mark, after: usize, numbers: &[Range<usize>]) -> &'static str {
        let aux = self.lang.grammar.auxiliary;
        let passive = self
            .marks_before(m.start)
            .any(|a| a.classes & aux != 0 && a.start >= after);
        if passive {
            return "be";
        }
        let counted = numbers.iter().any(|n| n.start == m.end);
        let next = self.document.tokens[m.end..self.tokens.end].first();
        let article = next.and_then(|t| self.lang.numbers.word(t));
        if counted || matches!(article, Some(NumberWord::Article | NumberWord::Another)) {
            "do"
        } else {
            "-"
        }
    }
}
