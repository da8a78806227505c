//! What a reader would look at to tell what a number counts: readable features of a number in its sentence.
//!
//! A feature is a template and some parts, "near|R|kill|1" ("a word of killing stands right after it"). At run time only its
//! hash is made; its name is made when somebody asks why, and when weights are learned.

mod between;
mod feature;
mod measure;
mod question;
mod votes;

pub(crate) use feature::{Features, hash_of_name};
pub(crate) use question::Kinds;

use std::ops::Range;

use self::between::far;
use self::feature::Part;
use super::date::phrase::Phrase;
use super::quantity::Quantity;
use crate::data::lang::{Classes, Lang, NumberWord, begin};
use crate::data::pattern::Need;
use crate::figure::Unit;
use crate::text::{Document, TokenKind, token};

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
    /// By token, and one more for the end.
    seats: Vec<Seat>,
    /// Dates and times of the sentence.
    pub(crate) dates: Vec<Phrase>,
    /// All triggers of the sentence.
    pub(crate) bag: Classes,
    /// The classes of all marks.
    all: Classes,
    /// Patterns that need a word of the sentence, and where it stands.
    needs: Vec<(usize, Need)>,
    /// The marks that are triggers.
    triggers: Vec<Mark>,
}

/// What is known of a token in its sentence.
#[derive(Clone, Copy, Default)]
struct Seat {
    /// The mark it stands in: one more than its index.
    mark: u16,
    /// Class of the noun phrase that starts here, and its length.
    noun: Option<(u8, u8)>,
    /// A gap of a pattern may cross it.
    crossable: bool,
    /// How many clause marks, commas and conjunctions the sentence has had before.
    borders: [u16; 3],
    /// The last bracket before is an open one.
    open: bool,
}

/// What is known of the text around the sentence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Around {
    pub(crate) title: Classes,
    pub(crate) heading: Classes,
    pub(crate) previous: Classes,
    pub(crate) first: bool,
    pub(crate) told: Option<Told>,
}

/// The last figure of the sentences before.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    pub(crate) measure: u8,
    pub(crate) sentence: u32,
}

impl Told {
    /// How many sentences back.
    fn ago(self, sentence: u32) -> &'static str {
        match sentence.saturating_sub(self.sentence) {
            0 | 1 => "1",
            2 => "2",
            3..=5 => "3",
            _ => "+",
        }
    }
}

/// The number before this one in the sentence, with the label it was given.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    pub(crate) end: usize,
    pub(crate) label: &'static str,
    /// The measure, where the label is one.
    pub(crate) measure: Option<u8>,
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
            seats: Vec::new(),
            dates: Vec::new(),
            bag: 0,
            all: 0,
            needs: Vec::new(),
            triggers: Vec::new(),
        }
    }

    /// Turns to a sentence and finds its triggers and grammar words.
    pub(crate) fn turn(&mut self, tokens: Range<usize>) {
        self.tokens = tokens.clone();
        self.marks.clear();
        self.marks.extend(marks(self.document, self.lang, tokens));
        self.all = self.marks.iter().fold(0, |all, m| all | m.classes);
        self.bag = self.all & self.lang.context_bits();
    }

    /// Finds what else a number's evidence is made of; sentences without a number do without it.
    pub(crate) fn look_closely(&mut self, numbers: &[Range<usize>]) {
        let trigger = self.lang.trigger_bits();
        let triggers = self.marks.iter().filter(|m| m.classes & trigger != 0);
        self.triggers.clear();
        self.triggers.extend(triggers);
        self.seats.clear();
        self.seats.reserve(self.tokens.len() + 1);
        let joined = self.lang.grammar.conjunction | self.lang.grammar.and;
        let mut now = Seat::default();
        let mut mark = 0;
        for i in self.tokens.clone() {
            let rest = &self.document.tokens[i..self.tokens.end];
            let t = &rest[0];
            let mut seat = now;
            if t.begins & begin::NOUN != 0 {
                let noun = self.lang.nouns.at(rest);
                seat.noun = noun.map(|(n, class)| (*class, n as u8));
            }
            let here = self.marks.get(mark).filter(|m| m.start <= i);
            seat.mark = here.map_or(0, |_| mark as u16 + 1);
            seat.crossable = t.begins & begin::WALL == 0;
            now.borders[0] += u16::from(t.begins & begin::CLAUSE != 0);
            now.borders[1] += u16::from(t.begins & begin::COMMA != 0);
            if t.begins & begin::WALL != 0 {
                match self.document.str(t) {
                    "(" => now.open = true,
                    ")" => now.open = false,
                    _ => {}
                }
            }
            if let Some(m) = here.filter(|m| m.end == i + 1) {
                mark += 1;
                now.borders[2] += u16::from(m.classes & joined != 0);
            }
            self.seats.push(seat);
        }
        self.seats.push(now);
        for i in numbers.iter().flat_map(Clone::clone) {
            if let Some(seat) = self.seats.get_mut(i - self.tokens.start) {
                seat.crossable = false;
            }
        }
        self.find_patterns();
    }

    /// Patterns that a number of this sentence could match.
    fn find_patterns(&mut self) {
        let patterns = &self.lang.patterns;
        self.needs.clear();
        for i in self.tokens.clone() {
            let t = &self.document.tokens[i];
            if t.begins & begin::PATTERN != 0 {
                let needs = patterns.with(t.word).iter();
                self.needs.extend(needs.map(|need| (i, *need)));
            }
        }
    }

    /// Fills `out` with the patterns that have the word they need on the right side of the number, in their order.
    fn patterns(&self, q: &Quantity, out: &mut Vec<u16>) {
        out.clear();
        out.extend(&self.lang.patterns.always);
        let beside = self.needs.iter().filter(|(i, need)| {
            if need.after {
                *i >= q.whole.end
            } else {
                *i < q.whole.start
            }
        });
        out.extend(beside.map(|(_, need)| need.pattern));
        out.sort_unstable();
        out.dedup();
    }

    fn seat(&self, i: usize) -> Option<&Seat> {
        self.seats.get(i.checked_sub(self.tokens.start)?)
    }

    pub(crate) fn noun(&self, i: usize) -> Option<(u8, usize)> {
        let (class, n) = self.seat(i)?.noun?;
        Some((class, usize::from(n)))
    }

    /// A token that the gap of a pattern may cross.
    pub(super) fn is_crossable(&self, i: usize) -> bool {
        self.seat(i).is_some_and(|s| s.crossable)
    }

    /// The mark that a token stands in.
    fn mark_over(&self, i: usize) -> Option<&Mark> {
        self.marks
            .get(usize::from(self.seat(i)?.mark).checked_sub(1)?)
    }

    /// The mark that starts at a token.
    fn mark_at(&self, i: usize) -> Option<&Mark> {
        self.mark_over(i).filter(|m| m.start == i)
    }

    /// The marks that end at token `i` or at the one before it.
    fn marks_before(&self, i: usize) -> impl Iterator<Item = &Mark> {
        let ends = |end: usize| {
            let last = self.mark_over(end.checked_sub(1)?);
            last.filter(|m| m.end == end)
        };
        let both = [i.checked_sub(1).and_then(ends), ends(i)];
        both.into_iter().flatten()
    }

    /// The classes of the mark that a token stands in.
    fn classes_at(&self, i: usize) -> Classes {
        self.mark_over(i).map_or(0, |m| m.classes)
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
            TokenKind::Mark if t.begins & begin::BAR != 0 => "bar".into(),
            TokenKind::Word if t.capital && self.lang.is_name(t) && i > self.tokens.start => {
                "Xx".into()
            }
            _ => Part::cut(t.hash, self.document.text, t.span),
        }
    }

    fn phrase(&self, mark: &Mark) -> Part<'a> {
        if mark.end - mark.start == 1 {
            return self.word(mark.start);
        }
        let span = &self.document.text[self.document.tokens[mark.start].span.start as usize
            ..self.document.tokens[mark.end - 1].span.end as usize];
        Part::hashed(token::hash(span), span)
    }

    fn class_parts(&self, classes: Classes) -> impl Iterator<Item = Part<'static>> {
        let classes = bits(classes).filter_map(|i| self.lang.classes.get(i));
        classes.map(|(name, hash)| Part::hashed(*hash, name))
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
                let joined = self.mark_at(head.end);
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
            // "2 local (Kenyan) staff"
            if self.text(i) == "(" && i > q.whole.end {
                let words =
                    (i + 1..limit).take_while(|&j| self.document.tokens[j].kind == TokenKind::Word);
                i += words.count() + 1;
                if self.text(i) != ")" {
                    return None;
                }
                i += 1;
                continue;
            }
            if t.kind == TokenKind::Mark
                && !matches!(self.text(i), "-" | "\"" | "“" | "”" | "'" | "‘" | "’")
            {
                return None;
            }
            let of = i == q.whole.end && self.lang.numbers.word(t) == Some(NumberWord::Of);
            let here = self.mark_at(i).map_or(0, |m| m.classes);
            if here & and != 0 || !of && here & stop != 0 {
                return None;
            }
            i += 1;
        }
        None
    }

    /// What a number without a noun is said to be: "of whom 4,000 were children".
    pub(crate) fn unit_told(&self, q: &Quantity) -> Option<Unit> {
        let mark = self.mark_at(q.whole.end)?;
        let told = mark.classes & self.lang.grammar.auxiliary != 0;
        let (class, _) = self.noun(mark.end).filter(|_| told)?;
        self.lang.noun_classes[class as usize].unit
    }
}

/// The triggers and grammar words of a stretch of tokens, none inside another.
pub(crate) fn marks<'a>(
    document: &'a Document<'a>,
    lang: &'a Lang,
    mut tokens: Range<usize>,
) -> impl Iterator<Item = Mark> + 'a {
    std::iter::from_fn(move || {
        while let Some(rest) = document
            .tokens
            .get(tokens.clone())
            .filter(|r| !r.is_empty())
        {
            let start = tokens.start;
            if rest[0].begins & begin::MARK != 0
                && let Some((n, &classes)) = lang.marks.at(rest)
            {
                tokens.start += n;
                return Some(Mark {
                    start,
                    end: start + n,
                    classes,
                });
            }
            tokens.start += 1;
        }
        None
    })
}

/// The positions of the bits of a set, from the lowest.
fn bits(mut set: Classes) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}
