//! Evidence for the yes-or-no questions about a number whose measure is known: a running total? a part? only expected?

use std::ops::Range;

use super::feature::{Features, Part};
use super::{Around, Before, Head, Mark, View};
use crate::extract::date::phrase::When;
use crate::extract::quantity::Quantity;
use crate::figure::{Kind, Measure, Unit};

/// The kinds given to the figures before: the numbers of one article tend to be of one kind.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kinds {
    totals: u16,
    new: u16,
    last: Option<(Kind, Measure, u32)>,
}

impl Kinds {
    /// Remembers a figure of sentence `sentence`.
    pub(crate) fn note(&mut self, kind: Kind, measure: Measure, sentence: u32) {
        match kind {
            Kind::Total => self.totals = self.totals.saturating_add(1),
            Kind::New => self.new = self.new.saturating_add(1),
        }
        self.last = Some((kind, measure, sentence));
    }

    fn mostly(self) -> &'static str {
        match (self.totals, self.new) {
            (0, 0) => "-",
            (1, 0) => "total",
            (_, 0) => "totals",
            (0, 1) => "new",
            (0, _) => "news",
            (t, n) if t > 2 * n => "mostly totals",
            (t, n) if n > 2 * t => "mostly new",
            _ => "both",
        }
    }
}

impl View<'_> {
    /// Evidence for the yes-or-no questions about a number whose measure is known: a running total? a part? only expected?
    #[expect(clippy::too_many_arguments, reason = "what a reader would look at")]
    pub(crate) fn question_features(
        &self,
        q: &Quantity,
        head: Option<Head>,
        measure: &'static str,
        numbers: &[Range<usize>],
        before: Option<Before>,
        around: Around,
        kinds: Kinds,
        sentence: u32,
        out: &mut Features<'_>,
    ) {
        out.clear();
        let m: Part = measure.into();
        let (s, after) = (q.whole.start, head.map_or(q.whole.end, |h| h.end));
        out.add(&["q".into()]);
        out.add(&["q".into(), m]);
        out.add(&["qform".into(), q.form.name().into()]);
        out.add(&["qhedge".into(), q.qualifier.as_str().into()]);
        if let Some(Unit::Percent | Unit::Fraction) = q.unit {
            out.add(&["qshare".into(), m]);
            out.add(&["qshare".into()]);
        }
        let small = if q.value.or(q.low).is_some_and(|v| v < 100.0) {
            "<"
        } else if q.value.or(q.low).is_some_and(|v| v < 5000.0) {
            "="
        } else {
            ">"
        };
        out.add(&["qsize".into(), small.into(), m]);
        let size = q.value.or(q.low).map_or(0.0, |v| v.max(1.0).log10());
        let size: Part = ["1", "10", "100", "1000", "10000", "+"][(size as usize).min(5)].into();
        out.add(&["qten".into(), size]);
        out.add(&["qten".into(), size, m]);
        // dates: a deed "on Friday" is new, a count "as of Friday" or "since February" runs on
        let dates = self.dates.iter().filter(|d| d.when != When::Time);
        let nearest = dates.clone().min_by_key(|d| {
            let gap = d.tokens.start.saturating_sub(after);
            gap.max(s.saturating_sub(d.tokens.end))
        });
        out.add(&["qdates".into(), nearest.map_or("0", |_| "+").into()]);
        if let Some(d) = nearest {
            let (role, names): (Part, Part) = (d.role_name().into(), d.when.name().into());
            let (side, gap): (Part, Part) = if d.tokens.end <= s {
                ("L".into(), self.between(d.tokens.end..s, numbers).into())
            } else {
                let from = after.min(d.tokens.start);
                (
                    "R".into(),
                    self.between(from..d.tokens.start, numbers).into(),
                )
            };
            out.add(&["qdate".into(), role]);
            out.add(&["qdate".into(), role, names]);
            out.add(&["qdate".into(), role, names, side]);
            out.add(&["qdate".into(), names, side, gap]);
            out.add(&["qdate".into(), names, m]);
        }
        for d in dates {
            out.add(&["qany".into(), d.role_name().into(), d.when.name().into()]);
        }
        // how the deed is told: "have been killed", "were killed", "has killed", "killed"
        let (left, right) = self.triggers(q);
        if let Some(t) = right.first() {
            let tense = |i: usize| self.word(i);
            match t.start.saturating_sub(after) {
                0 => out.add(&["qtell".into(), "R".into(), "-".into()]),
                1 => out.add(&["qtell".into(), "R".into(), tense(after)]),
                2..=5 => out.add(&["qtell".into(), "R".into(), tense(after), tense(after + 1)]),
                _ => {}
            }
            for c in self.class_parts(t.classes & self.lang.trigger_bits()) {
                out.add(&[
                    "qtell".into(),
                    "R".into(),
                    tense(t.start.wrapping_sub(1)),
                    c,
                ]);
            }
        }
        if let Some(t) = left.last().filter(|t| s - t.end < 8) {
            let before = self.word(t.start.wrapping_sub(1));
            out.add(&["qtell".into(), "L".into(), before, self.phrase(t)]);
            out.add(&["qtell".into(), "L".into(), before]);
        }
        if let Some((_, gap)) = self.counted(s, numbers) {
            out.add(&["qcount".into(), gap.into()]);
            out.add(&["qcount".into(), gap.into(), m]);
        }
        self.modal_features(s, after, left.last(), right.first(), numbers, out);
        out.add(&["q-1".into(), self.word(s.wrapping_sub(1))]);
        out.add(&[
            "q-2".into(),
            self.word(s.wrapping_sub(2)),
            self.word(s.wrapping_sub(1)),
        ]);
        out.add(&["q+1".into(), self.word(after)]);
        out.add(&["q+12".into(), self.word(after), self.word(after + 1)]);
        out.add(&[
            "qnoun".into(),
            head.map_or("-".into(), |h| self.word(h.end - 1)),
        ]);
        for (side, range) in [("L", s.saturating_sub(12)..s), ("R", after..after + 12)] {
            let first = self.marks.partition_point(|k| k.start < range.start);
            let within = self.marks[first..].iter();
            for mark in within.take_while(|k| k.end <= range.end) {
                let gap = if side == "L" {
                    self.between(mark.end..s, numbers)
                } else {
                    self.between(after..mark.start, numbers)
                };
                let near = if matches!(gap, "-" | "i") { "-" } else { "x" };
                let (side, word): (Part, Part) = (side.into(), self.phrase(mark));
                out.add(&["qw".into(), side, word]);
                out.add(&["qw".into(), side, word, near.into()]);
                if near == "-" {
                    out.add(&["qw".into(), side, word, m]);
                }
            }
        }
        for c in self.class_parts(self.bag) {
            out.add(&["qbag".into(), c]);
            out.add(&["qbag".into(), c, m]);
        }
        for c in self.class_parts(around.title) {
            out.add(&["qtitle".into(), c]);
        }
        for c in self.class_parts(around.previous) {
            out.add(&["qbefore".into(), c]);
        }
        let mostly: Part = kinds.mostly().into();
        out.add(&["qkinds".into(), mostly]);
        out.add(&["qkinds".into(), mostly, m]);
        if let Some((kind, of, place)) = kinds.last {
            let kind: Part = kind.as_str().into();
            let near: Part = match sentence - place {
                0 => "here",
                1 => "before",
                _ => "far",
            }
            .into();
            let same: Part = if of.code() == measure {
                "same"
            } else {
                "other"
            }
            .into();
            out.add(&["qlast".into(), kind, near]);
            out.add(&["qlast".into(), kind, near, same]);
            out.add(&["qlast".into(), kind, m]);
        }
        out.add(&["qfirst".into(), if around.first { "y" } else { "n" }.into()]);
        match before {
            Some(b) => {
                let link = self.link(b.end..s);
                let same = if b.label == measure { "same" } else { "other" };
                out.add(&["qprev".into(), link.into(), same.into()]);
                out.add(&["qprev".into(), same.into()]);
                out.add(&["qprev".into(), b.label.into(), link.into(), m]);
            }
            None => out.add(&["qprev".into(), "^".into()]),
        }
        let open = self.in_bracket(s);
        out.add(&["qbracket".into(), if open { "y" } else { "n" }.into()]);
    }

    /// "Could displace 100,000", "60,000 are expected to return": words of what may come, in the clause and before the deed.
    fn modal_features(
        &self,
        s: usize,
        after: usize,
        left: Option<&Mark>,
        right: Option<&Mark>,
        numbers: &[Range<usize>],
        out: &mut Features,
    ) {
        out.modal = false;
        if self.all & self.lang.grammar.modal == 0 {
            return;
        }
        let modal = |m: &&Mark| m.classes & self.lang.grammar.modal != 0;
        let before = |t: &Mark, from: usize| {
            self.marks
                .iter()
                .filter(modal)
                .any(|m| m.start >= from && m.end <= t.start && t.start - m.end <= 3)
        };
        let near = |gap| matches!(gap, "-" | "&");
        let deed_left = left.is_some_and(|t| {
            s - t.end < 8 && near(self.between(t.end..s, numbers)) && before(t, self.tokens.start)
        });
        let deed_right = right.is_some_and(|t| {
            t.start >= after && near(self.between(after..t.start, numbers)) && before(t, after)
        });
        out.modal = deed_left || deed_right;
        if out.modal {
            out.add(&["qmodal".into(), "deed".into()]);
        }
        let clause_left = self
            .marks
            .iter()
            .filter(modal)
            .any(|m| m.end <= s && s - m.end < 10 && near(self.between(m.end..s, numbers)));
        let clause_right = self.marks.iter().filter(modal).any(|m| {
            m.start >= after && m.start - after < 8 && near(self.between(after..m.start, numbers))
        });
        if clause_left {
            out.add(&["qmodal".into(), "L".into()]);
        }
        if clause_right {
            out.add(&["qmodal".into(), "R".into()]);
        }
        if clause_left || clause_right {
            out.add(&["qmodal".into(), "clause".into()]);
        }
    }
}
