//! Quantity -> claim: what a number counts. The weights judge the evidence, in one greedy pass from left to right.

use std::ops::Range;
use std::rc::Rc;

use super::date::phrase::{self, Phrase, When};
use super::evidence::{Around, Before, Features, Kinds, View, marks};
use super::label::Above;
use super::quantity::{self, Candidate, Form, Quantity};
use crate::data::lang::{Classes, Lang, begin};
use crate::data::weights::{LABELS, Scores, Weights};
use crate::figure::{Kind, Measure, Qualifier, Unit};
use crate::text::{Document, Span, Token};

/// A number that counts something, before it is tied to a source, a date and a place.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The number as printed, with its multiplier, without its hedge.
    pub(crate) span: Span,
    /// The same in tokens of the document.
    pub(crate) tokens: Range<u32>,
    /// Index into `document.paragraphs`.
    pub(crate) paragraph: u32,
    /// Index into `document.sentences`.
    pub(crate) sentence: u32,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) qualifier: Qualifier,
    pub(crate) measure: Measure,
    pub(crate) unit: Unit,
    pub(crate) kind: Kind,
    pub(crate) part_of: bool,
    pub(crate) projected: bool,
    pub(crate) implicit: bool,
    pub(crate) confidence: f64,
    /// The dates of its sentence, in the order of the text; times of day left out.
    pub(crate) dates: Rc<[Phrase]>,
}

/// The label `none`, and the questions, come after the measures.
pub(crate) fn label_none() -> usize {
    crate::data::get().measures.len()
}

/// The name of a label.
pub(crate) fn label_name(label: usize) -> &'static str {
    let measures = &crate::data::get().measures;
    measures.get(label).map_or_else(
        || crate::data::weights::QUESTIONS[label - measures.len()],
        |m| m.code.as_str(),
    )
}

/// One number in its sentence, as a judge sees it.
pub(crate) struct Seen<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) quantity: &'v Quantity,
    pub(crate) numbers: &'v [Range<usize>],
    pub(crate) before: Option<Before>,
    pub(crate) around: Around,
    pub(crate) paragraph: u32,
    pub(crate) sentence: u32,
    pub(crate) features: &'v Features<'v>,
}

impl Seen<'_, '_> {
    /// The dates of its sentence.
    fn dates(&self) -> Rc<[Phrase]> {
        let all = self.view.dates.iter();
        all.filter(|d| d.when != When::Time).cloned().collect()
    }

    /// The number's place in the text.
    pub(crate) fn span(&self) -> Span {
        let tokens = &self.view.document.tokens;
        let r = &self.quantity.tokens;
        Span {
            start: tokens[r.start].span.start,
            end: tokens[r.end - 1].span.end,
        }
    }
}

/// Goes through the numbers of a document, with the evidence that `weights` know, or without them with all of it, by name; `judge` gives each its label, `refused` hears of those that a rule refused.
pub(crate) fn walk(
    document: &Document,
    lang: &Lang,
    weights: Option<&Weights>,
    judge: &mut dyn FnMut(&Seen) -> usize,
    refused: &mut dyn FnMut(&Quantity, u32, &'static str),
) {
    let mut features = Features::new(weights);
    let mut view = View::new(document, lang);
    let mut around = Around::default();
    let mut above = Above::default();
    let mut passed = Passed::default();
    for (p, paragraph) in document.paragraphs.iter().enumerate() {
        around.first = p == 0 || p < 3 && document.paragraphs.len() > 6;
        for s in paragraph.sentences.clone() {
            let sentence = &document.sentences[s as usize];
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            above.hear(document, lang, s as usize);
            let has = |bit| sentence.begins & bit != 0;
            let numeric = has(begin::NUMBER);
            let quiet = range.len() < 12 && paragraph.sentences.len() == 1;
            let single = has(begin::ARTICLE) && has(begin::IMPLICIT);
            if !(numeric || single || quiet || s == 0) {
                passed.since.push(s);
                continue;
            }
            view.turn(range.clone());
            if s == 0 {
                around.title = view.bag;
            }
            let implicit = view.bag & lang.implicit != 0;
            if numeric || implicit {
                around.previous = passed.bag(document, lang);
                view.dates = phrase::find(document, lang, range);
                sentence_numbers(
                    &mut view,
                    implicit,
                    around,
                    &above,
                    p as u32,
                    s,
                    &mut features,
                    judge,
                    refused,
                );
            }
            passed.bag = view.bag;
            passed.since.clear();
            if quiet && !numeric {
                around.heading = view.bag; // a heading: short, alone, without a number
            }
        }
    }
}

/// The sentences before one with numbers: what they speak of is looked up only when somebody asks.
#[derive(Default)]
struct Passed {
    /// What the last sentence that was turned to speaks of.
    bag: Classes,
    /// The sentences since then.
    since: Vec<u32>,
}

impl Passed {
    /// What the last sentence speaks of; one without an article counts only where those before it speak of something too.
    fn bag(&self, document: &Document, lang: &Lang) -> Classes {
        let mut last = None;
        for s in self.since.iter().rev() {
            let sentence = &document.sentences[*s as usize];
            let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let alone = sentence.begins & begin::ARTICLE != 0;
            let bag = if alone {
                marks(document, lang, tokens).fold(0, |bag, m| bag | m.classes)
            } else {
                all_marks(&document.tokens[tokens], lang)
            };
            let bag = bag & lang.context_bits();
            let found = *last.get_or_insert(bag);
            if bag == 0 {
                return 0;
            }
            if alone {
                return found;
            }
        }
        last.filter(|_| self.bag != 0).unwrap_or(self.bag)
    }
}

/// The classes of all triggers and grammar words, also of those inside others.
fn all_marks(tokens: &[Token], lang: &Lang) -> Classes {
    let begin = |i: &usize| tokens[*i].begins & begin::MARK != 0;
    let starts = (0..tokens.len()).filter(begin);
    let found = starts.filter_map(|i| lang.marks.at(&tokens[i..]));
    found.fold(0, |bag, (_, classes)| bag | classes)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the loop body of walk, called once"
)]
fn sentence_numbers(
    view: &mut View,
    implicit: bool,
    around: Around,
    above: &Above,
    paragraph: u32,
    sentence: u32,
    features: &mut Features<'_>,
    judge: &mut dyn FnMut(&Seen) -> usize,
    refused: &mut dyn FnMut(&Quantity, u32, &'static str),
) {
    let (document, lang, range) = (view.document, view.lang, view.tokens.clone());
    let candidates = quantity::find(
        document,
        lang,
        range.start,
        range.end,
        &view.dates,
        implicit,
    );
    let numbers: Vec<Range<usize>> = candidates
        .iter()
        .filter(|c| c.veto.is_none())
        .map(|c| c.quantity.whole.clone())
        .collect();
    if !numbers.is_empty() {
        view.look_closely(&numbers);
    }
    let view = &*view;
    let mut before: Option<Before> = None;
    for Candidate { quantity, veto } in &candidates {
        if let Some(why) = veto {
            refused(quantity, sentence, why);
            continue;
        }
        let label = view.label(quantity, &numbers, above);
        view.features(quantity, &numbers, before, around, label, features);
        let seen = Seen {
            view,
            quantity,
            numbers: &numbers,
            before,
            around,
            paragraph,
            sentence,
            features,
        };
        let label = judge(&seen);
        if label == label_none() && matches!(quantity.form, Form::Implicit | Form::One) {
            continue; // "a" and "one" that count nothing are no neighbours
        }
        let head = view
            .head(quantity)
            .map_or("-", |h| lang.noun_classes[h.class as usize].name);
        before = Some(Before {
            end: quantity.whole.end,
            label: label_name(label),
            head,
        });
    }
}

/// Every claim of the document.
pub(crate) fn find(document: &Document, lang: &Lang, weights: &Weights) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let none = label_none();
    let mut scores = [0.0; LABELS];
    let mut asked = Features::new(Some(weights));
    let mut kinds = Kinds::default();
    walk(
        document,
        lang,
        Some(weights),
        &mut |seen| {
            let label = judge(weights, seen.features, &mut scores);
            let q = seen.quantity;
            if label == none {
                return none;
            }
            let confidence = confidence(&scores, label);
            if !sure(q.form, confidence) {
                return none;
            }
            let measure = Measure(label as u8);
            seen.view.question_features(
                q,
                measure.code(),
                seen.numbers,
                seen.before,
                seen.around,
                kinds,
                seen.sentence,
                &mut asked,
            );
            asked.score(weights, &mut scores);
            if asked.modal {
                scores[none + 3] += MODAL;
            }
            let yes = |i: usize| scores[none + i] > 0.0;
            let labelled = seen.features.noun.filter(|_| q.form != Form::Implicit);
            let head = seen.view.head(q);
            let head_unit = match head {
                Some(_) => head.and_then(|h| h.unit).or(labelled),
                None => seen.view.unit_told(q).or(labelled),
            };
            let unit = unit(q, head_unit, measure);
            let kind = if yes(1) { Kind::Total } else { Kind::New };
            kinds.note(kind, measure, seen.sentence);
            let dates = match claims.last() {
                Some(last) if last.sentence == seen.sentence => Rc::clone(&last.dates),
                _ => seen.dates(),
            };
            claims.push(Claim {
                span: seen.span(),
                tokens: q.tokens.start as u32..q.tokens.end as u32,
                paragraph: seen.paragraph,
                sentence: seen.sentence,
                value: q.value,
                low: q.low,
                high: q.high,
                qualifier: q.qualifier,
                measure,
                unit,
                kind,
                part_of: yes(2),
                projected: yes(3),
                implicit: q.form == Form::Implicit,
                confidence,
                dates,
            });
            label
        },
        &mut |_, _, _| {},
    );
    claims
}

/// A figure is given from this probability on.
const FROM: f64 = 0.5;
/// "A soldier" is given only where the model is sure.
const IMPLICIT_FROM: f64 = 0.8;

/// True when a number of this form is given at this probability.
pub(crate) fn sure(form: Form, confidence: f64) -> bool {
    let from = if form == Form::Implicit {
        IMPLICIT_FROM
    } else {
        FROM
    };
    confidence >= from
}

/// What a plain label adds to its measure ("Injured: 120"): texts with labels are few, so the weights alone say too little.
const LABEL: f32 = 7.0;

/// What "could" and its like before the deed add to `projected`: texts with forecasts are few too.
const MODAL: f32 = 2.0;

/// The most probable label of a number.
pub(crate) fn judge(weights: &Weights, features: &Features, scores: &mut Scores) -> usize {
    features.score(weights, scores);
    if let Some(label) = features.label {
        scores[usize::from(label)] += LABEL;
    }
    let best = scores[..=label_none()].iter().enumerate();
    let best = best.fold((0, f32::NEG_INFINITY), |best, (i, &score)| {
        if score > best.1 { (i, score) } else { best }
    });
    best.0
}

/// The probability of the most probable label (softmax).
pub(crate) fn confidence(scores: &Scores, best: usize) -> f64 {
    let all = scores[..=label_none()].iter();
    1.0 / all.map(|s| f64::from(s - scores[best]).exp()).sum::<f64>()
}

/// Percent and fraction are their own units; else the head noun decides, else the measure's usual unit.
fn unit(q: &Quantity, head: Option<Unit>, measure: Measure) -> Unit {
    q.unit.or(head).unwrap_or(measure.row().unit)
}
