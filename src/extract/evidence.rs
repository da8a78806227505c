//! What a reader would look at to tell what a number counts: readable features of a number in its sentence.
//!
//! A feature is a template and some parts, "near|R|kill|1" ("a word of killing stands right after it"). At run time only its
//! hash is made; its name is made when somebody asks why, and when weights are learned.

use std::ops::Range;

use super::date::phrase::{Phrase, When};
use super::label::Label;
use super::quantity::{Form, Quantity};
use crate::data::lang::{Classes, Lang, begin};
use crate::data::weights::Weights;
use crate::figure::{Kind, Measure, Unit};
use crate::text::{Document, TokenKind, token};

/// The hash of a feature from the hashes of its parts.
fn mix(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of a feature's name, as it stands in the table of weights.
pub(crate) fn hash_of_name(name: &str) -> u64 {
    name.split('|').fold(0, |h, part| mix(h, token::hash(part)))
}

/// Words of the bits that say which votes were given.
const VOTED: usize = 16;

/// Collects features: hashes, and names when wanted.
pub(crate) struct Features<'w> {
    /// Whose weights will be asked: what they cannot know is left out. Without, all are kept, by name.
    weights: Option<&'w Weights>,
    pub(crate) hashes: Vec<u64>,
    /// Empty where only weights ask.
    pub(crate) names: Vec<String>,
    /// Votes for a measure: one weight for all measures, so that rare measures profit from common ones.
    pub(crate) votes: Vec<(u64, u8)>,
    /// One bit or more a vote.
    voted: [u64; VOTED],
    pub(crate) vote_names: Vec<String>,
    /// Indexes of the patterns that fit.
    pub(crate) patterns: Vec<u16>,
    /// The measure that a plain label names.
    pub(crate) label: Option<u8>,
    /// A word of what may come stands before the deed.
    pub(crate) modal: bool,
    /// What the label's noun counts.
    pub(crate) noun: Option<Unit>,
}

/// One part of a feature.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    hash: u64,
    text: &'a str,
}

impl From<&'static str> for Part<'static> {
    #[inline]
    fn from(text: &'static str) -> Self {
        Part {
            hash: token::hash_ascii(text),
            text,
        }
    }
}

impl<'w> Features<'w> {
    /// Collects what these weights know; without them everything, with names.
    pub(crate) fn new(weights: Option<&'w Weights>) -> Self {
        Features {
            weights,
            hashes: Vec::new(),
            names: Vec::new(),
            votes: Vec::new(),
            voted: [0; VOTED],
            vote_names: Vec::new(),
            patterns: Vec::new(),
            label: None,
            noun: None,
            modal: false,
        }
    }

    /// Starts over.
    pub(crate) fn clear(&mut self) {
        self.hashes.clear();
        self.names.clear();
        self.votes.clear();
        self.voted.fill(0);
        self.vote_names.clear();
    }

    fn weighs(&self, hash: u64) -> bool {
        self.weights.is_none_or(|w| w.may_know(hash))
    }

    #[inline]
    fn vote(&mut self, label: u8, parts: &[Part<'_>]) {
        let vote = (parts.iter().fold(0, |h, p| mix(h, p.hash)), label);
        if !self.weighs(vote.0) {
            return;
        }
        // the same vote twice is one; a bit unset says "not yet" without a search
        let bit = (vote.0 >> 32) as usize + usize::from(label) * 31;
        let seen = &mut self.voted[bit / 64 % VOTED];
        if *seen >> (bit % 64) & 1 == 1 && self.votes.contains(&vote) {
            return;
        }
        *seen |= 1 << (bit % 64);
        self.votes.push(vote);
        if self.weights.is_none() {
            self.vote_names.push(name(parts));
        }
    }

    #[inline]
    fn add(&mut self, parts: &[Part<'_>]) {
        let hash = parts.iter().fold(0, |h, p| mix(h, p.hash));
        if !self.weighs(hash) {
            return;
        }
        self.hashes.push(hash);
        if self.weights.is_none() {
            self.names.push(name(parts));
        }
    }
}

/// A feature's name: its parts as written, without what would break the table.
fn name(parts: &[Part<'_>]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|p| {
            p.text
                .to_lowercase()
                .replace(['|', '\t', '\n', '\u{ad}'], "")
        })
        .collect();
    parts.join("|")
}

/// A trigger or a grammar word of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) classes: Classes,
}

/// The head noun after a number.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub(crate) end: usize,
    /// Index into `lang.noun_classes`.
    pub(crate) class: u8,
    /// What the whole run of nouns counts: "women prisoners" women, "families homeless" families.
    pub(crate) unit: Option<Unit>,
}

/// A sentence as the evidence sees it.
pub(crate) struct View<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) lang: &'a Lang,
    pub(crate) tokens: Range<usize>,
    pub(crate) marks: Vec<Mark>,
    /// By token: the classes of the mark it stands in.
    classes: Vec<Classes>,
    /// Noun class of the phrase that starts at a token (offset by the sentence's start), and its length.
    nouns: Vec<Option<(u8, u8)>>,
    /// Dates and times of the sentence.
    pub(crate) dates: Vec<Phrase>,
    /// All triggers of the sentence.
    pub(crate) bag: Classes,
    /// Patterns that could fit.
    patterns: Vec<u16>,
    /// The marks that are triggers.
    triggers: Vec<Mark>,
    /// What stands before each token.
    passed: Vec<Passed>,
}

/// What a sentence has had before a token.
#[derive(Clone, Copy)]
struct Passed {
    /// How many clause marks, commas and conjunctions.
    borders: [u16; 3],
    /// The last bracket is an open one.
    open: bool,
    /// Where the cell of a table or list begins: after the last `|`, `;`, `•` or `/`.
    cell: u32,
}

/// What is known of the text around the sentence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Around {
    pub(crate) title: Classes,
    pub(crate) heading: Classes,
    pub(crate) previous: Classes,
    pub(crate) first: bool,
}

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

/// The number before this one in the sentence, with the label it was given.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    pub(crate) end: usize,
    pub(crate) label: &'static str,
    pub(crate) head: &'static str,
}

impl<'a> View<'a> {
    /// A view of a document that has not been turned to a sentence yet.
    pub(crate) fn new(document: &'a Document<'a>, lang: &'a Lang) -> Self {
        View {
            document,
            lang,
            tokens: 0..0,
            marks: Vec::new(),
            classes: Vec::new(),
            nouns: Vec::new(),
            dates: Vec::new(),
            bag: 0,
            patterns: Vec::new(),
            triggers: Vec::new(),
            passed: Vec::new(),
        }
    }

    /// Turns to a sentence and finds its triggers and grammar words.
    pub(crate) fn turn(&mut self, tokens: Range<usize>) {
        self.tokens = tokens.clone();
        self.marks.clear();
        self.classes.clear();
        self.classes.resize(tokens.len(), 0);
        self.bag = 0;
        let mut i = tokens.start;
        while i < tokens.end {
            let rest = &self.document.tokens[i..tokens.end];
            if self.lang.begins(&rest[0]) & begin::MARK == 0 {
                i += 1;
                continue;
            }
            let Some((n, &classes)) = self.lang.marks.at(rest) else {
                i += 1;
                continue;
            };
            self.marks.push(Mark {
                start: i,
                end: i + n,
                classes,
            });
            self.bag |= classes;
            self.classes[i - tokens.start..i + n - tokens.start].fill(classes);
            i += n;
        }
        self.bag &= self.lang.context_bits();
    }

    /// Finds what else a number's evidence is made of; sentences without a number do without it.
    pub(crate) fn look_closely(&mut self) {
        let joined = self.lang.grammar.conjunction | self.lang.grammar.and;
        self.nouns.clear();
        self.passed.clear();
        let trigger = self.lang.trigger_bits();
        let triggers = self.marks.iter().filter(|m| m.classes & trigger != 0);
        self.triggers.clear();
        self.triggers.extend(triggers);
        let mut now = Passed {
            borders: [0; 3],
            open: false,
            cell: self.tokens.start as u32,
        };
        let mut joins = self.marks.iter().filter(|m| m.classes & joined != 0);
        let mut join = joins.next();
        for i in self.tokens.clone() {
            let rest = &self.document.tokens[i..self.tokens.end];
            let t = &rest[0];
            let noun = if self.lang.begins(t) & begin::NOUN == 0 {
                None
            } else {
                self.lang.nouns.at(rest)
            };
            self.nouns.push(noun.map(|(n, class)| (*class, n as u8)));
            self.passed.push(now);
            if t.kind == TokenKind::Mark {
                let mark = self.document.str(t);
                match mark {
                    "," => now.borders[1] += 1,
                    ";" | ":" | "—" | "–" | "|" | "•" | ")" | "(" => now.borders[0] += 1,
                    _ => {}
                }
                match mark {
                    "(" | ")" => now.open = mark == "(",
                    "|" | ";" | "•" | "/" => now.cell = i as u32 + 1,
                    _ => {}
                }
            }
            if join.is_some_and(|m| m.end == i + 1) {
                now.borders[2] += 1;
                join = joins.next();
            }
        }
        self.passed.push(now);
        self.find_patterns();
    }

    /// Patterns that a number of this sentence could match.
    fn find_patterns(&mut self) {
        let patterns = &self.lang.patterns;
        self.patterns.clear();
        self.patterns.extend_from_slice(&patterns.always);
        for t in &self.document.tokens[self.tokens.clone()] {
            if self.lang.begins(t) & begin::PATTERN != 0 {
                self.patterns.extend_from_slice(patterns.with(t.word));
            }
        }
        self.patterns.sort_unstable();
        self.patterns.dedup();
    }

    pub(crate) fn noun(&self, i: usize) -> Option<(u8, usize)> {
        self.nouns
            .get(i.checked_sub(self.tokens.start)?)
            .copied()
            .flatten()
            .map(|(c, n)| (c, n as usize))
    }

    /// The classes of the mark that a token stands in.
    fn classes_at(&self, i: usize) -> Classes {
        i.checked_sub(self.tokens.start)
            .and_then(|at| self.classes.get(at))
            .copied()
            .unwrap_or(0)
    }

    /// A grammar word or a context that ends a noun phrase.
    pub(super) fn is_grammar(&self, i: usize) -> bool {
        let bits = !self.lang.context_bits();
        self.classes_at(i) & bits != 0
    }

    /// "has", "been", and adverbs that stand between such words.
    pub(super) fn is_auxiliary(&self, i: usize) -> bool {
        let bits = self.lang.grammar.auxiliary | self.lang.grammar.adverb;
        self.classes_at(i) & bits != 0
    }

    pub(super) fn text(&self, i: usize) -> &'a str {
        if self.tokens.contains(&i) {
            self.document.str(&self.document.tokens[i])
        } else {
            ""
        }
    }

    /// A token as a part of a feature: its small letters; numbers and borders have names of their own.
    fn word(&self, i: usize) -> Part<'a> {
        if !self.tokens.contains(&i) {
            return "^".into();
        }
        let t = &self.document.tokens[i];
        match t.kind {
            TokenKind::Number => "0".into(),
            TokenKind::Mark if self.document.str(t) == "|" => "bar".into(),
            TokenKind::Word if t.capital && t.word.0 == 0 && i > self.tokens.start => "Xx".into(),
            _ => Part {
                hash: t.hash,
                text: self.document.str(t),
            },
        }
    }

    fn phrase(&self, mark: &Mark) -> Part<'a> {
        if mark.end - mark.start == 1 {
            return self.word(mark.start);
        }
        let span = &self.document.text[self.document.tokens[mark.start].span.start as usize
            ..self.document.tokens[mark.end - 1].span.end as usize];
        Part {
            hash: token::hash(span),
            text: span,
        }
    }

    fn class_parts(&self, classes: Classes) -> impl Iterator<Item = Part<'static>> {
        let classes = bits(classes).filter_map(|i| self.lang.classes.get(i));
        classes.map(|(name, hash)| Part {
            hash: *hash,
            text: name,
        })
    }

    /// The noun that the number counts: the last of the first run of nouns after it.
    pub(crate) fn head(&self, q: &Quantity) -> Option<Head> {
        let mut i = q.whole.end;
        let limit = (i + 7).min(self.tokens.end);
        let stop = self.lang.grammar.phrase_end;
        let and = self.lang.grammar.and;
        while i < limit {
            if let Some((class, n)) = self.noun(i) {
                let unit = |class: u8| self.lang.noun_classes[class as usize].unit;
                let mut head = Head {
                    end: i + n,
                    class,
                    unit: unit(class),
                };
                while let Some((class, n)) = self
                    .noun(head.end)
                    .filter(|_| head.end < self.tokens.end && !self.document.tokens[head.end].gap)
                {
                    head = Head {
                        end: head.end + n,
                        class,
                        unit: match (head.unit, unit(class)) {
                            (Some(first), Some(Unit::People)) if first != Unit::Homes => {
                                Some(first)
                            }
                            (_, last) => last,
                        },
                    };
                }
                // "women and children" are people
                let joined = self.marks.iter().find(|m| m.start == head.end);
                if let Some(m) = joined.filter(|m| m.classes & and != 0)
                    && let Some((other, _)) = self.noun(m.end)
                    && let (Some(a), Some(b)) = (head.unit, unit(other))
                    && a != b
                    && ![a, b]
                        .iter()
                        .any(|u| matches!(u, Unit::Homes | Unit::Families))
                {
                    head.unit = Some(Unit::People);
                }
                return Some(head);
            }
            let t = &self.document.tokens[i];
            if t.kind == TokenKind::Number || t.gap && i > q.whole.end {
                return None;
            }
            if t.kind == TokenKind::Mark
                && !matches!(self.text(i), "-" | "\"" | "“" | "”" | "'" | "‘" | "’")
            {
                return None;
            }
            let of = i == q.whole.end
                && self.lang.numbers.word(t) == Some(crate::data::lang::NumberWord::Of);
            if !of
                && let Some(m) = self.marks.iter().find(|m| m.start == i)
                && m.classes & stop != 0
                && m.classes & and == 0
            {
                return None;
            }
            if self
                .marks
                .iter()
                .any(|m| m.start == i && m.classes & and != 0)
            {
                return None;
            }
            i += 1;
        }
        None
    }

    /// What a number without a noun is said to be: "of whom 4,000 were children".
    pub(crate) fn unit_told(&self, q: &Quantity) -> Option<Unit> {
        let mark = self.marks.iter().find(|m| m.start == q.whole.end)?;
        let told = mark.classes & self.lang.grammar.auxiliary != 0;
        let (class, _) = self.noun(mark.end).filter(|_| told)?;
        self.lang.noun_classes[class as usize].unit
    }

    /// The triggers nearest to the number: at most three on the left, at most four on the right, in the order of the text.
    fn triggers(&self, q: &Quantity) -> (&[Mark], &[Mark]) {
        let all = &self.triggers;
        let before = all.partition_point(|m| m.end <= q.whole.start);
        let after = all.partition_point(|m| m.start < q.whole.end);
        (
            &all[before.saturating_sub(3)..before],
            &all[after..all.len().min(after + 4)],
        )
    }

    /// What the sentence has had before token `i`.
    fn passed(&self, i: usize) -> &Passed {
        &self.passed[i - self.tokens.start]
    }

    /// What lies between two tokens: a number, a mark that ends a clause, a comma, "and", or nothing of the kind.
    fn between(&self, range: Range<usize>, numbers: &[Range<usize>]) -> &'static str {
        let (from, to) = (
            range.start - self.tokens.start,
            range.end.max(range.start) - self.tokens.start,
        );
        let (to, from) = (self.passed[to].borders, self.passed[from].borders);
        let [clause, comma, and] = std::array::from_fn(|i| to[i] > from[i]);
        let number = numbers
            .iter()
            .any(|n| n.start >= range.start && n.end <= range.end);
        match (clause, number, comma, and) {
            (true, true, ..) => "x",
            (true, false, ..) => ";",
            (_, true, _, true) => "n&",
            (_, true, true, _) => "n,",
            (_, true, ..) => "n",
            (_, _, true, true) => ",&",
            (_, _, true, _) => ",",
            (_, _, _, true) => "&",
            _ => "-",
        }
    }

    /// Fills `out` with the evidence for one number. `numbers` are all numbers of the sentence.
    pub(crate) fn features(
        &self,
        q: &Quantity,
        numbers: &[Range<usize>],
        before: Option<Before>,
        around: Around,
        label: Option<Label>,
        out: &mut Features<'_>,
    ) {
        out.clear();
        let form: Part = q.form.name().into();
        let head = self.head(q);
        let head_class: Part = head.map_or("-".into(), |h| {
            let class = &self.lang.noun_classes[h.class as usize];
            Part {
                hash: class.hash,
                text: class.name,
            }
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
                for m in self.marks.iter().filter(|m| m.start == i) {
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
        out.add(&["+2".into(), self.word(e + 1)]);
        out.add(&["+12".into(), self.word(e), self.word(e + 1)]);
        if let Some(h) = head {
            out.add(&["h+1".into(), head_class, self.word(h.end)]);
        }

        self.votes(q, head, left, right, numbers, before, around, label, out);

        // triggers on both sides
        let after = head.map_or(e, |h| h.end);
        for (rank, m) in left.iter().rev().enumerate() {
            let gap = self.between(m.end..s, numbers);
            let distance = far(s - m.end);
            for c in self.class_parts(m.classes & self.lang.trigger_bits()) {
                out.add(&["L".into(), c, distance.into(), gap.into()]);
                out.add(&["L".into(), c, gap.into(), head_class]);
                if rank == 0 {
                    out.add(&["L1".into(), c, gap.into()]);
                    out.add(&["L1".into(), c, distance.into(), head_class]);
                }
            }
            if rank < 2 {
                out.add(&["Lw".into(), self.phrase(m), gap.into()]);
                out.add(&["Lw".into(), self.phrase(m), head_class]);
            }
        }
        let aux = self.lang.grammar.auxiliary;
        for (rank, m) in right.iter().enumerate() {
            let inside = m.start < after;
            let gap = if inside {
                "i"
            } else {
                self.between(after..m.start, numbers)
            };
            let distance = if inside { "i" } else { far(m.start - after) };
            let passive = self.marks.iter().any(|a| {
                a.classes & aux != 0 && a.end <= m.start && a.end + 2 > m.start && a.start >= after
            });
            let voice = if passive { "be" } else { "-" };
            for c in self.class_parts(m.classes & self.lang.trigger_bits()) {
                out.add(&["R".into(), c, distance.into(), gap.into()]);
                out.add(&["R".into(), c, gap.into(), head_class]);
                if rank == 0 {
                    out.add(&["R1".into(), c, gap.into(), voice.into()]);
                    out.add(&["R1".into(), c, distance.into(), head_class]);
                }
            }
            if rank < 2 {
                out.add(&["Rw".into(), self.phrase(m), gap.into()]);
                out.add(&["Rw".into(), self.phrase(m), head_class]);
            }
        }
        let r1 = right.first().map_or(0, |m| m.classes);

        // the number before
        match before {
            Some(b) => {
                let link = self.link(b.end..s);
                out.add(&["prev".into(), b.label.into(), link.into()]);
                out.add(&["prev".into(), b.label.into(), link.into(), head_class]);
                out.add(&["prev".into(), b.label.into(), b.head.into(), head_class]);
                for c in self.class_parts(r1 & self.lang.trigger_bits()) {
                    out.add(&["prevR".into(), b.label.into(), c]);
                }
                let own = right
                    .first()
                    .is_some_and(|m| far(m.start.saturating_sub(after)) <= "2");
                let has = self.marks.iter().any(|m| {
                    m.classes & self.lang.trigger_bits() != 0 && m.start >= b.end && m.end <= s
                });
                out.add(&[
                    "prevT".into(),
                    b.label.into(),
                    if has { "t" } else { "-" }.into(),
                    if own { "t" } else { "-" }.into(),
                ]);
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
        for c in self.class_parts(around.title) {
            out.add(&["title".into(), c]);
        }
        if let Some(label) = label {
            for c in self.class_parts(label.words.classes) {
                out.add(&["label".into(), c]);
            }
            if let Some(class) = label.words.noun {
                let class = &self.lang.noun_classes[class as usize];
                let noun = Part {
                    hash: class.hash,
                    text: class.name,
                };
                out.add(&["label".into(), "noun".into(), noun]);
            }
        }
        // brackets and what was said right before the number
        let open = self.passed(s).open;
        if open {
            out.add(&["bracket".into(), head_class]);
        }
        for m in self.marks.iter().filter(|m| m.end <= s && m.end + 2 > s) {
            for c in self.class_parts(m.classes) {
                out.add(&["just".into(), c, head_class]);
            }
        }
        let _ = around.first;
        if q.form == Form::Implicit || q.form == Form::One {
            out.add(&[
                "single".into(),
                form,
                head_class,
                if passive_after(self, after, aux) {
                    "be"
                } else {
                    "-"
                }
                .into(),
            ]);
        }
    }

    /// Evidence for the yes-or-no questions about a number whose measure is known: a running total? a part? only expected?
    #[expect(clippy::too_many_arguments, reason = "what a reader would look at")]
    pub(crate) fn question_features(
        &self,
        q: &Quantity,
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
        let head = self.head(q);
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
            for mark in self
                .marks
                .iter()
                .filter(|k| k.start >= range.start && k.end <= range.end)
            {
                let gap = if side == "L" {
                    self.between(mark.end..s, numbers)
                } else {
                    self.between(after..mark.start, numbers)
                };
                let near = if matches!(gap, "-" | "i") { "-" } else { "x" };
                out.add(&["qw".into(), side.into(), self.phrase(mark)]);
                out.add(&["qw".into(), side.into(), self.phrase(mark), near.into()]);
                if near == "-" {
                    out.add(&["qw".into(), side.into(), self.phrase(mark), m]);
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
        let open = self.passed(s).open;
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

    /// Votes: each trigger speaks for its measure, louder or softer by where it stands and what the head noun is.
    #[expect(
        clippy::too_many_arguments,
        reason = "one part of features, called once"
    )]
    fn votes(
        &self,
        q: &Quantity,
        head: Option<Head>,
        left: &[Mark],
        right: &[Mark],
        numbers: &[Range<usize>],
        before: Option<Before>,
        around: Around,
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
            (0..self.lang.trigger_count)
                .filter(move |i| classes >> i & 1 == 1)
                .filter_map(|i| data.votes[i])
        };
        let mut fired: Vec<u8> = Vec::new();
        out.patterns.clear();
        for &i in &self.patterns {
            let label = data.pattern_labels[i as usize];
            if self.fits(&self.lang.patterns.all[i as usize], q, numbers) {
                fired.push(label);
                out.patterns.push(i);
            }
        }
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
        let aux = self.lang.grammar.auxiliary;
        for (rank, m) in right.iter().enumerate() {
            let inside = m.start < after;
            let gap: Part = if inside {
                "i"
            } else {
                self.between(after..m.start, numbers)
            }
            .into();
            let distance: Part = if inside {
                far(after.saturating_sub(m.end))
            } else {
                far(m.start - after)
            }
            .into();
            let passive = self.marks.iter().any(|a| {
                a.classes & aux != 0 && a.end <= m.start && a.end + 2 > m.start && a.start >= after
            });
            let voice: Part = if passive { "be" } else { "-" }.into();
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
            let label = data
                .measures
                .iter()
                .position(|m| m.code == b.label)
                .map(|i| i as u8);
            if let Some(l) = label {
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
                        == Some(crate::data::lang::NumberWord::ChangeOpen);
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
            && self.lang.numbers.word(&self.document.tokens[e])
                == Some(crate::data::lang::NumberWord::Of);
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

    /// "The number of displaced people rose to 1,120 from 870": what is counted stands after a word of counting. Says too
    /// whether a number stands between.
    fn counted(&self, s: usize, numbers: &[Range<usize>]) -> Option<(Mark, &'static str)> {
        let counter = self.lang.grammar.counter;
        let at = self
            .marks
            .iter()
            .rposition(|m| m.end <= s && m.classes & counter != 0)?;
        let start = self.marks[at].start;
        let gap = match self.between(self.marks[at].end..s, numbers) {
            "-" | "," | "&" | ",&" => "-",
            "n" | "n," | "n&" => "n",
            _ => return None,
        };
        let triggers = self.lang.trigger_bits();
        self.marks[at.saturating_sub(1)..]
            .iter()
            .filter(|m| m.start + 2 >= start && m.start <= start + 6 && m.end <= s)
            .find(|m| m.classes & triggers != 0)
            .map(|m| (*m, gap))
    }

    /// How a number hangs on the one before it.
    fn link(&self, range: Range<usize>) -> &'static str {
        let whom = self.lang.grammar.of_whom;
        if self
            .marks
            .iter()
            .any(|m| m.start >= range.start && m.end <= range.end && m.classes & whom != 0)
        {
            return "of";
        }
        let n = range.len();
        let base = self.between(range, &[]);
        match (base, n) {
            ("-", 0..=2) => "-",
            ("-", _) => "..",
            ("&", 0..=4) => "&",
            ("&", _) => "..&",
            (",", 0..=4) => ",",
            (",", _) => "..,",
            (",&", 0..=5) => ",&",
            (",&", _) => "..,&",
            (other, _) => other,
        }
    }
}

/// The positions of the bits of a set, from the lowest.
fn bits(mut set: Classes) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}

fn passive_after(view: &View, after: usize, aux: Classes) -> bool {
    view.marks
        .iter()
        .any(|m| m.start == after && m.classes & aux != 0)
}

fn far(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "9",
        _ => "99",
    }
}
