//! Quantity -> claim: what a number counts. The weights judge the evidence, in one greedy pass from left to right.

use std::ops::Range;
use std::rc::Rc;

use super::date::phrase::{self, Phrase, When};
use super::evidence::{Around, Before, Features, Kinds, View};
use super::label::Above;
use super::quantity::{self, Candidate, Form, Quantity};
use crate::data::lang::{Classes, Lang, begin};
use crate::data::weights::Weights;
use crate::figure::{Kind, Measure, Qualifier, Unit};
use crate::text::{Document, Span, TokenKind};

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
    for (p, paragraph) in document.paragraphs.iter().enumerate() {
        for s in paragraph.sentences.clone() {
            let sentence = &document.sentences[s as usize];
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let tokens = &document.tokens[range.clone()];
            above.hear(document, lang, range.clone());
            around.first = p == 0 || p < 3 && document.paragraphs.len() > 6;
            let begins = tokens.iter().fold(0, |bits, t| {
                let digits = t.kind == TokenKind::Number;
                bits | lang.begins(t) | if digits { begin::NUMBER } else { 0 }
            });
            let numeric = begins & begin::NUMBER != 0;
            let quiet = range.len() < 12 && paragraph.sentences.len() == 1;
            if !numeric && !quiet && s != 0 && begins & begin::ARTICLE == 0 {
                around.previous = if around.previous == 0 || begins & begin::MARK == 0 {
                    0
                } else {
                    bag(lang, tokens)
                };
                continue;
            }
            view.turn(range.clone());
            if s == 0 {
                around.title = view.bag;
            }
            let implicit = view.bag & lang.implicit != 0;
            if numeric || implicit {
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
            around.previous = view.bag;
            if quiet && !numeric {
                around.heading = view.bag; // a heading: short, alone, without a number
            }
        }
    }
}

fn bag(lang: &Lang, tokens: &[crate::text::Token]) -> Classes {
    (0..tokens.len())
        .filter_map(|i| lang.marks.at(&tokens[i..]))
        .fold(0, |b, (_, m)| b | m)
        & lang.context_bits()
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
        view.look_closely();
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
    let mut scores = vec![0.0f32; none + crate::data::weights::QUESTIONS.len()];
    let mut asked = Features::new(Some(weights));
    let mut kinds = Kinds::default();
    walk(
        document,
        lang,
        Some(weights),
        &mut |seen| {
            let (label, confidence) = judge(weights, seen.features, &mut scores);
            let q = seen.quantity;
            if label == none || !sure(q.form, confidence) {
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
            weights.scores(&asked.hashes, &[], &mut scores);
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

/// The most probable label of a number and its probability.
pub(crate) fn judge(weights: &Weights, features: &Features, scores: &mut [f32]) -> (usize, f64) {
    weights.scores(&features.hashes, &features.votes, scores);
    if let Some(label) = features.label {
        scores[usize::from(label)] += LABEL;
    }
    choose(&scores[..=label_none()])
}

/// The most probable label and its probability (softmax).
fn choose(scores: &[f32]) -> (usize, f64) {
    let (best, top) =
        scores.iter().enumerate().fold(
            (0, f32::NEG_INFINITY),
            |b, (i, &s)| if s > b.1 { (i, s) } else { b },
        );
    let sum: f64 = scores.iter().map(|&s| f64::from(s - top).exp()).sum();
    (best, 1.0 / sum)
}

/// Percent and fraction are their own units; else the head noun decides, else the measure's usual unit.
fn unit(q: &Quantity, head: Option<Unit>, measure: Measure) -> Unit {
    q.unit.or(head).unwrap_or(measure.row().unit)
}
