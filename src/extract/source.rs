//! Who says so: which of the speakers of a paragraph a number belongs to.
//!
//! Comes in: claims. Goes out: for each the one the text ties it to, or nobody. A verb of saying makes an utterance, with its
//! speaker before it or behind it; an utterance holds for what follows ("police said five died") or for what went before
//! ("five died, police said"). Then come quotations, lists under a lead-in, and citations that close a passage.

use std::ops::Range;

use super::citation;
use super::claim::Claim;
use super::speaker::{Ear, Who};
use crate::article::Article;
use crate::data::source::role;
use crate::text::Document;

/// A source, tied to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Short canonical name.
    pub(crate) name: String,
    /// The words of the text.
    pub(crate) text: String,
}

/// How many paragraphs "he said" reaches back.
const BACK: u32 = 6;

/// One act of saying: its speaker and where its words can be.
struct Utterance {
    /// Tokens of speaker and verb together.
    tokens: Range<usize>,
    who: Option<Attribution>,
    media: bool,
    /// Names whom another quotes.
    cited: bool,
    /// Holds for what follows.
    opens: bool,
    /// Holds for what went before.
    closes: bool,
    sentence: u32,
}

/// The source of each claim, in their order.
pub(crate) fn find(
    document: &Document,
    article: &Article,
    claims: &[Claim],
) -> Vec<Option<Attribution>> {
    let ear = Ear { document };
    let _ = article;
    let mut out = Vec::with_capacity(claims.len());
    for run in claims.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let paragraph = run[0].paragraph;
        let utterances = ear.utterances(paragraph, 1);
        let quotes = ear.quotes(paragraph);
        let citations = citation::paragraph(document, paragraph)
            .map_or_else(Vec::new, |tokens| citation::find(document, tokens));
        for claim in run {
            let found = choose(claim, &utterances)
                .or_else(|| quoted(claim, &utterances, &quotes))
                .or_else(|| ear.still_quoted(claim, &utterances, &quotes))
                .or_else(|| ear.led(claim, &utterances))
                .or_else(|| {
                    let cited = citation::closing(&citations, claim)?;
                    match ear.who(cited.name.clone(), None) {
                        Who::Named { who, .. } => Some(Some(who)),
                        _ => None,
                    }
                })
                .flatten();
            out.push(found);
        }
    }
    out
}

/// The utterance of the claim's own sentence that it belongs to; `Some(None)` where someone speaks whom the text does not name.
fn choose(claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
    let at = claim.tokens.start as usize;
    let here = || utterances.iter().filter(|u| u.sentence == claim.sentence);
    let before = here().rfind(|u| u.opens && u.tokens.end <= at);
    let after = here().find(|u| u.closes && u.tokens.start > at);
    let best = match (before, after) {
        (Some(b), Some(a)) if b.media && !a.media => Some(a),
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

    /// A quotation that fills its paragraph goes on from the paragraph before: its last speaker.
    fn still_quoted(
        &self,
        claim: &Claim,
        utterances: &[Utterance],
        quotes: &[Range<usize>],
    ) -> Option<Option<Attribution>> {
        let at = claim.tokens.start as usize;
        if !utterances.is_empty() || !quotes.iter().any(|q| q.contains(&at)) {
            return None;
        }
        let before = self.utterances(claim.paragraph.checked_sub(1)?, 1);
        before.last().map(|u| u.who.clone())
    }

    /// The speaker of a lead-in ("As of 5 May, the agency reported …") earlier in the paragraph, if nobody spoke since.
    fn led(&self, claim: &Claim, utterances: &[Utterance]) -> Option<Option<Attribution>> {
        let last = utterances.iter().rfind(|u| u.sentence < claim.sentence)?;
        let sentence = self.document.sentences.get(last.sentence as usize)?;
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let own = self.document.sentences.get(claim.sentence as usize)?;
        let listed = !self.is_word(own.tokens.start as usize);
        let leads = self.has(start, role::LEAD) && last.opens && listed
            || self.str(end.wrapping_sub(1)) == ":";
        leads.then(|| last.who.clone())
    }

    /// Every act of saying in a paragraph, in the order of the text.
    fn utterances(&self, paragraph: u32, depth: u8) -> Vec<Utterance> {
        let mut out: Vec<Utterance> = Vec::new();
        let Some(p) = self.document.paragraphs.get(paragraph as usize) else {
            return out;
        };
        let mut last: Option<(Attribution, bool)> = None;
        let mut looked = false;
        for index in p.sentences.clone() {
            let Some(sentence) = self.document.sentences.get(index as usize) else {
                continue;
            };
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let mut at = range.start;
            while at < range.end {
                let Some((mut utterance, who)) = self.utterance(at, &range) else {
                    at += 1;
                    continue;
                };
                let (who, media) = match who {
                    Who::Named { who, media } => {
                        if !media || last.is_none() {
                            last = Some((who.clone(), media));
                        }
                        (Some(who), media)
                    }
                    Who::Back if last.is_none() && !looked && depth > 0 => {
                        looked = true;
                        last = (paragraph.saturating_sub(BACK)..paragraph)
                            .rev()
                            .find_map(|p| {
                                let before = self.utterances(p, depth - 1);
                                before
                                    .into_iter()
                                    .rev()
                                    .find_map(|u| u.who.map(|w| (w, u.media)))
                            });
                        last.clone().map_or((None, false), |(w, m)| (Some(w), m))
                    }
                    Who::Back => last.clone().map_or((None, false), |(w, m)| (Some(w), m)),
                    Who::Nobody => (None, false),
                };
                (utterance.who, utterance.media, utterance.sentence) = (who, media, index);
                at = utterance.tokens.end.max(at + 1);
                out.push(utterance);
            }
        }
        out
    }

    fn utterance(&self, at: usize, sentence: &Range<usize>) -> Option<(Utterance, Who)> {
        let make = |tokens, opens, closes| Utterance {
            tokens,
            who: None,
            media: false,
            cited: false,
            opens,
            closes,
            sentence: 0,
        };
        if !self.has(at, role::ACCORDING | role::CITE | role::SAY | role::COUNT) {
            return None; // most words
        }
        // according to the police
        if self.has(at, role::ACCORDING) && self.has(at + 1, role::TO) {
            let np = self.phrase_after(at + 2, sentence.end);
            let who = self.who(np.clone(), None);
            let first = at == sentence.start;
            let aside = at > sentence.start && self.str(at - 1) == "," && self.str(np.end) == ",";
            let opens = first || aside || self.has(at.wrapping_sub(1), role::AND | role::STOP);
            return Some((make(at..np.end, opens, !first), who));
        }
        // quoting doctors as saying
        if self.has(at, role::CITE) {
            let np = self.phrase_after(at + 1, sentence.end);
            let who = self.who(np.clone(), None);
            let speaks = np.clone().any(|i| {
                self.has(i, role::PEOPLE | role::BODY | role::VOICE)
                    || self.token(i).is_some_and(|t| t.upper)
            });
            if speaks && matches!(who, Who::Named { .. }) {
                let closes = at > sentence.start && self.str(at - 1) == ",";
                let mut utterance = make(at..np.end, true, closes);
                utterance.cited = true;
                return Some((utterance, who));
            }
            return None;
        }
        if !self.has(at, role::SAY | role::COUNT) {
            return None;
        }
        // "as reported by the ministry"
        if self.has(at + 1, role::BY) && at + 1 < sentence.end {
            let np = self.phrase_after(at + 2, sentence.end);
            let who = self.who(np.clone(), None);
            return matches!(who, Who::Named { .. }).then(|| (make(at..np.end, true, true), who));
        }
        if at > 0
            && (self.has(at - 1, role::BE | role::ARTICLE | role::LINK)
                || self.capital(at)
                    && self.capital(at - 1)
                    && !self.token(at).is_some_and(|t| t.upper))
            || self.has(at + 1, role::UNSAID)
        {
            return None;
        }
        let mut verb = at;
        while verb > sentence.start && self.has(verb - 1, role::AUXILIARY | role::ADVERB) {
            verb -= 1;
        }
        // "the agency on Sunday reported"
        if verb > sentence.start + 2
            && self.has(verb - 1, role::TIME)
            && self.has(verb - 2, role::AFTER)
        {
            verb -= 2;
        }
        if verb > sentence.start && self.has(verb - 1, role::BE) {
            return None;
        }
        let before = verb.checked_sub(1).filter(|&b| b >= sentence.start)?;
        // "and said", ", adding that": the same speaker goes on
        if self.has(before, role::AND) || self.str(before) == "," && self.has(at, role::GOING_ON) {
            return Some((make(at..at + 1, true, false), Who::Back));
        }
        let mark = !self.is_word(before)
            && self.str(before) != ")"
            && self.str(before - usize::from(before > sentence.start)) != "RRB"
            && self
                .token(before)
                .is_some_and(|t| t.kind == crate::text::TokenKind::Mark);
        let counts_only = !self.has(at, role::SAY);
        if mark {
            // "five died", said the governor
            let np = self.phrase_after(at + 1, sentence.end);
            let short = np.end >= sentence.end
                || !self.is_word(np.end)
                || self.has(np.end, role::AFTER | role::TIME | role::STOP | role::THAT);
            if !np.is_empty()
                && short
                && self.has(at, role::SAY)
                && !self.has(at + 1, role::THAT | role::AFTER)
            {
                let beside = self.beside_after(np.end, sentence.end);
                let who = self.who(np.clone(), beside);
                if matches!(who, Who::Named { .. }) {
                    return Some((make(at..np.end, false, true), who));
                }
            }
            // Katharine Smith, manager at the agency, said
            if self.str(before) != "," {
                return None;
            }
            let floor = sentence.start.max(before.saturating_sub(18));
            let comma = (floor..before).rev().find(|&i| self.str(i) == ",")?;
            let np = self.phrase_before(comma, sentence.start);
            if np.is_empty() {
                return None;
            }
            let who = self.who(np.clone(), Some(comma + 1..before));
            if !matches!(who, Who::Named { .. }) || counts_only {
                return None;
            }
            let (opens, closes) = self.sides(np.start, at, sentence);
            return Some((make(np.start..at + 1, opens, closes), who));
        }
        let np = self.phrase_before(verb, sentence.start);
        if np.is_empty() {
            return None;
        }
        let who = self.who(np.clone(), None);
        // "initial reports that": no verb
        let noun = self.has(at, role::PAPER)
            && np.start == sentence.start
            && np.len() == 1
            && self.token(np.start).is_some_and(|t| !t.upper);
        if who == Who::Nobody || noun || counts_only && self.has(np.start, role::LINK) {
            return None;
        }
        let (opens, closes) = self.sides(np.start, at, sentence);
        Some((make(np.start..at + 1, opens, closes && !counts_only), who))
    }

    /// Whether words said follow the verb, and whether they go before the speaker.
    fn sides(&self, start: usize, verb: usize, sentence: &Range<usize>) -> (bool, bool) {
        let parted = start > sentence.start
            && matches!(
                self.str(start - 1),
                "," | "\"" | "”" | "’" | "'" | "—" | "–" | "-" | ";"
            );
        let next = verb + 1;
        let ends =
            next >= sentence.end || !self.is_word(next) || self.has(next, role::AFTER | role::TIME);
        let that = (next..sentence.end.min(next + 6)).any(|i| self.has(i, role::THAT));
        let closes = parted && (ends || self.has(verb, role::TELL)) && !that;
        let stops = next >= sentence.end || matches!(self.str(next), "." | "!" | "?" | ";");
        (!stops, closes)
    }

    /// The noun phrase that ends before `end`, back to its clause's start.
    fn phrase_before(&self, end: usize, floor: usize) -> Range<usize> {
        let mut at = end;
        while at > floor && end - at < 20 {
            let i = at - 1;
            if self.is_word(i) {
                if self.has(
                    i,
                    role::STOP | role::SAY | role::COUNT | role::AND | role::THAT,
                ) && !self.has(i, role::PAPER)
                {
                    let joins = self.has(i, role::AND)
                        && i > floor
                        && self.is_word(i - 1)
                        && (self.capital(i - 1) && self.capital(i + 1)
                            || self.has(i - 1, role::BODY | role::PEOPLE | role::VOICE));
                    if !joins {
                        break;
                    }
                }
            } else if self.str(i) == "-" && i > floor + 5 && self.str(i - 1) == "RRB" {
                at = i - 4; // a bracket as corpora write it
                if self.str(at) != "LRB" {
                    break;
                }
                at -= 1;
                continue;
            } else if self.str(i) == ")" {
                let Some(open) = (floor..i).rev().take(10).find(|&j| self.str(j) == "(") else {
                    break;
                };
                at = open;
                continue;
            } else if self
                .token(i)
                .is_some_and(|t| t.kind == crate::text::TokenKind::Number)
            {
                if self.is_word(i + 1) && !self.capital(i.wrapping_sub(1)) {
                    break;
                }
            } else {
                let joined = self.token(i).is_some_and(|t| !t.spaced)
                    && self.token(i + 1).is_some_and(|t| !t.spaced);
                let dot = self.str(i) == "."
                    && self.token(i).is_some_and(|t| !t.spaced)
                    && i > floor
                    && self.str(i - 1).len() <= 2;
                if !(dot
                    || joined && matches!(self.str(i), "-" | "/" | "." | "&" | "’" | "'" | "–"))
                {
                    break;
                }
            }
            at = i;
        }
        at..end
    }

    /// The noun phrase that starts at `start`.
    fn phrase_after(&self, start: usize, end: usize) -> Range<usize> {
        let mut at = start;
        while at < end && at - start < 20 {
            if self.is_word(at) {
                let stop = self.has(
                    at,
                    role::STOP | role::SAY | role::TIME | role::BE | role::AUXILIARY | role::THAT,
                ) && !self.has(at, role::PAPER | role::BY);
                let on = self.has(at, role::AFTER) && !self.has(at, role::LINK | role::BY);
                if stop || on {
                    break;
                }
                if self.has(at, role::AND)
                    && !(self.capital(at + 1) && self.capital(at.wrapping_sub(1)))
                {
                    break;
                }
            } else if self.str(at) == "(" {
                let Some(close) = (at..end.min(at + 8)).find(|&j| self.str(j) == ")") else {
                    break;
                };
                at = close + 1;
                continue;
            } else if self
                .token(at)
                .is_some_and(|t| t.kind == crate::text::TokenKind::Number)
            {
                break;
            } else {
                let inside = at > start
                    && self.token(at).is_some_and(|t| !t.spaced)
                    && self.token(at + 1).is_some_and(|t| !t.spaced)
                    && at + 1 < end;
                let dot = self.str(at) == "."
                    && at > start
                    && self.str(at - 1).len() <= 2
                    && self.capital(at - 1)
                    && at + 1 < end;
                if !(dot
                    || inside && matches!(self.str(at), "-" | "/" | "." | "&" | "’" | "'" | "–"))
                {
                    break;
                }
            }
            at += 1;
        }
        start..at
    }

    /// The apposition that follows a comma.
    fn beside_after(&self, at: usize, end: usize) -> Option<Range<usize>> {
        (self.str(at) == ",").then(|| {
            let stop = (at + 1..end.min(at + 20))
                .find(|&i| matches!(self.str(i), "," | "." | ";"))
                .unwrap_or(end.min(at + 20));
            at + 1..stop
        })
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
                        });
                    }
                }
            }
        }
        find(&document, &Article::default(), &claims)
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
