//! Who says so: which of the speakers of a paragraph a number belongs to.
//!
//! Comes in: claims. Goes out: for each the one the text ties it to, or nobody. A verb of saying makes an utterance, with its
//! speaker before it or behind it; an utterance holds for what follows ("police said five died") or for what went before
//! ("five died, police said"). Then come quotations, lists under a lead-in, and citations that close a passage.

use std::ops::Range;

use super::citation;
use super::claim::Claim;
use super::speaker::Ear;
use super::utterance::Utterance;
use crate::data::{lang::begin, source::role};
use crate::text::Document;

/// A source, tied to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Short canonical name.
    pub(crate) name: String,
    /// The words of the text.
    pub(crate) text: String,
}

/// How many paragraphs a quotation can go on.
const QUOTED: u32 = 6;
/// How many lines a lead-in can have.
const LIST: u32 = 12;

/// The source of each claim, in their order.
pub(crate) fn find(document: &Document, claims: &[Claim]) -> Vec<Option<Attribution>> {
    let ear = Ear::new(document);
    let labels = ear.labels();
    let mut out = Vec::with_capacity(claims.len());
    for run in claims.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let paragraph = run[0].paragraph;
        let utterances = ear.utterances(paragraph, 1);
        let quotes = ear.quotes(paragraph);
        let citations = citation::paragraph(document, paragraph)
            .map_or_else(Vec::new, |tokens| citation::find(document, tokens));
        for claim in run {
            let found = choose(&ear, claim, &utterances)
                .or_else(|| quoted(claim, &utterances, &quotes))
                .or_else(|| ear.still_quoted(claim, &utterances, &quotes))
                .or_else(|| ear.led(claim, &utterances))
                .or_else(|| ear.listed(claim, &utterances))
                .or_else(|| ear.released(claim, &utterances))
                .or_else(|| ear.cited(claim, &citations))
                .or_else(|| ear.cell(claim))
                .or_else(|| ear.labelled(claim, &labels))
                .flatten();
            out.push(found);
        }
    }
    out
}

/// The utterance of the claim's own sentence that it belongs to; `Some(None)` where someone speaks whom the text does not name.
fn choose(ear: &Ear, claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
    let at = claim.tokens.start as usize;
    let first = utterances.partition_point(|u| u.within.end <= at);
    let here = || {
        let rest = utterances.get(first..).unwrap_or_default();
        rest.iter().take_while(|u| u.within.start <= at)
    };
    let before = here()
        .filter(|u| u.opens && u.tokens.end <= at && !ear.background(u, at))
        .last();
    let after = here().find(|u| u.closes && u.tokens.start > at);
    let best = match (before, after) {
        (Some(b), Some(a)) if (b.media || b.disputes) && !a.media => Some(a),
        (Some(b), _) => Some(b),
        (None, Some(a)) if a.media => here()
            .find(|u| u.closes && u.tokens.start > at && !u.media)
            .or(Some(a)),
        (None, a) => a,
    };
    // "the daily reported, quoting doctors"
    let cited = best.and_then(|b| {
        here().find(|u| {
            u.cited && u.tokens.start >= b.tokens.end && u.tokens.start <= b.tokens.end + 4
        })
    });
    cited.or(best).map(|u| u.who.clone())
}

/// The speaker beside the quotation the claim stands in.
fn quoted(
    claim: &Claim,
    utterances: &[Utterance],
    quotes: &[Range<usize>],
) -> Option<Option<Attribution>> {
    let at = claim.tokens.start as usize;
    let quote = quotes.iter().find(|q| q.contains(&at))?;
    let after = utterances
        .iter()
        .find(|u| u.tokens.start >= quote.end && u.tokens.start <= quote.end + 3);
    let before = utterances.iter().rfind(|u| u.tokens.end <= quote.start);
    after.or(before).map(|u| u.who.clone())
}

impl Ear<'_> {
    /// The quotations of a paragraph; one that is not closed ends with it.
    fn quotes(&self, paragraph: u32) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let Some(range) = citation::paragraph(self.document, paragraph) else {
            return out;
        };
        let end = range.end;
        let mut open = None;
        for at in range {
            if !self.begins(at, begin::QUOTE) {
                continue;
            }
            let mark = self.str(at);
            let twice = || mark == self.str(at + 1);
            match (mark, open) {
                ("“" | "\"", None) => open = Some(at),
                ("`", None) if twice() => open = Some(at),
                ("'", Some(start)) if twice() => {
                    out.push(start..at + 2);
                    open = None;
                }
                ("”" | "\"", Some(start)) => {
                    out.push(start..at + 1);
                    open = None;
                }
                _ => {}
            }
        }
        out.extend(open.map(|start| start..end));
        out
    }

    /// Whether what stands at `at` is background to what was said: "denied any part in the war, which has killed 40".
    fn background(&self, said: &Utterance, at: usize) -> bool {
        (said.tokens.end..at).any(|i| {
            self.has(i, role::RELATIVE)
                && (said.counts
                    || said.disputes
                    || self.str(i - 1) == "," && self.has(i + 1, role::HOLD | role::BE))
        })
    }

    /// A quotation that fills its paragraph goes on from the paragraph before: its last speaker.
    fn still_quoted(
        &self,
        claim: &Claim,
        utterances: &[Utterance],
        quotes: &[Range<usize>],
    ) -> Option<Option<Attribution>> {
        let at = claim.tokens.start as usize;
        let outside = |u: &Utterance| !quotes.iter().any(|q| q.contains(&u.tokens.start));
        if utterances.iter().any(outside) || !quotes.iter().any(|q| q.contains(&at)) {
            return None;
        }
        for paragraph in (claim.paragraph.saturating_sub(QUOTED)..claim.paragraph).rev() {
            let quotes = self.quotes(paragraph);
            let outside = |u: &&Utterance| !quotes.iter().any(|q| q.contains(&u.tokens.start));
            let before = self.utterances(paragraph, 1);
            if let Some(last) = before.iter().rev().find(outside) {
                return Some(last.who.clone());
            }
            if quotes.is_empty() {
                return None;
            }
        }
        None
    }

    /// The speaker of a lead-in ("As of 5 May, the agency reported …") earlier in the paragraph, if nobody spoke since.
    fn led(&self, claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
        let before = utterances.partition_point(|u| u.sentence < claim.sentence);
        let last = utterances.get(before.checked_sub(1)?)?;
        let sentence = self.document.sentences.get(last.sentence as usize)?;
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let own = self.document.sentences.get(claim.sentence as usize)?;
        let listed = !self.is_word(own.tokens.start as usize);
        let leads = self.has(start, role::LEAD) && last.opens && listed
            || self.str(end.wrapping_sub(1)) == ":";
        leads.then(|| last.who.clone())
    }

    /// The speaker of a paragraph that ends in a colon, above the lines of its list.
    fn listed(&self, claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
        let own = citation::paragraph(self.document, claim.paragraph)?;
        if !utterances.is_empty() || !self.is_line(&own) {
            return None;
        }
        for index in (claim.paragraph.saturating_sub(LIST)..claim.paragraph).rev() {
            let tokens = citation::paragraph(self.document, index)?;
            if self.str(tokens.end - 1) == ":" {
                let above = self.utterances(index, 1);
                return above.last().filter(|u| u.opens).map(|u| u.who.clone());
            }
            if !self.is_line(&tokens) {
                return None;
            }
        }
        None
    }

    /// A line of a list or a table: short, and no sentence.
    fn is_line(&self, tokens: &Range<usize>) -> bool {
        tokens.len() <= citation::LINE
            && (!self.is_word(tokens.start)
                || self.str(tokens.end - 1) != "."
                || tokens.clone().any(|i| matches!(self.str(i), ":" | "|")))
    }

    /// "The agency released the estimate on Thursday": the number of the sentence before.
    fn released(&self, claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
        let next = utterances
            .iter()
            .find(|u| u.sentence == claim.sentence + 1)?;
        let end = next.tokens.end;
        let it = next.counts
            && self.has(end, role::DEFINITE)
            && self.has(end + 1, role::TALLY)
            && !self.is_number(end + 2);
        it.then(|| next.who.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::figure::{Kind, Measure, Qualifier, Unit};
    use crate::text::TokenKind;

    /// The name of the source of each number in digits.
    fn sources(text: &str) -> Vec<Option<String>> {
        let document = Document::new(text, &data::get().lang);
        let mut claims = Vec::new();
        for (p, paragraph) in document.paragraphs.iter().enumerate() {
            for s in paragraph.sentences.clone() {
                for t in document.sentences[s as usize].tokens.clone() {
                    let token = &document.tokens[t as usize];
                    if token.kind == TokenKind::Number && document.str(token).len() < 4 {
                        claims.push(Claim {
                            span: token.span,
                            tokens: t..t + 1,
                            paragraph: p as u32,
                            sentence: s,
                            value: None,
                            low: None,
                            high: None,
                            qualifier: Qualifier::Exact,
                            measure: Measure(0),
                            unit: Unit::People,
                            kind: Kind::New,
                            part_of: false,
                            projected: false,
                            implicit: false,
                            confidence: 1.0,
                            dates: [].into(),
                        });
                    }
                }
            }
        }
        find(&document, &claims)
            .into_iter()
            .map(|a| a.map(|a| a.name))
            .collect()
    }

    fn one(text: &str) -> Option<String> {
        sources(text).into_iter().next().flatten()
    }

    #[test]
    fn before_and_behind_the_words_said() {
        assert_eq!(
            one("Police said 50 villagers had died."),
            Some("police".into())
        );
        assert_eq!(
            one("Some 50 villagers had died, local officials said."),
            Some("local officials".into())
        );
        assert_eq!(
            one("According to the U.N. refugee agency, 40 families fled."),
            Some("UNHCR".into())
        );
        assert_eq!(
            one("The flood drowned 40 people, said Maria Perez."),
            Some("Maria Perez".into())
        );
        assert_eq!(one("The flood drowned 40 people on the plain."), None);
    }

    #[test]
    fn several_speakers_and_relays() {
        assert_eq!(
            sources("Police said 50 had died; doctors said 68 had."),
            [Some("police".into()), Some("doctors".into())]
        );
        assert_eq!(
            one("Doctors told Reuters that 50 had died."),
            Some("doctors".into())
        );
    }

    #[test]
    fn followed_back() {
        assert_eq!(
            sources("The World Health Organization (WHO) said 20 had died. It said 30 were ill."),
            [Some("WHO".into()), Some("WHO".into())]
        );
    }

    #[test]
    fn citations_close_a_passage() {
        assert_eq!(
            one("Floods hit 50 families in the valley (OCHA 20/08/2019)."),
            Some("OCHA".into())
        );
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in [
            "",
            "said",
            "12 said.",
            ", said 12 (",
            "according to 12",
            "(((12",
            "“12 “ said",
            "' ' 12 '' said -RRB- said",
        ] {
            let _ = sources(text);
        }
    }
}
