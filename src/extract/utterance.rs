//! Acts of saying: who speaks, by which words, and on which side of them the words said can stand.
//!
//! Comes in: a paragraph. Goes out: its utterances in the order of the text, each with its speaker, "he" and "the agency" followed
//! back to a name.

use std::ops::Range;

use super::follow::Heard;
use super::source::Attribution;
use super::speaker::{Ear, Head, Who};
use crate::data::{self, lang::begin, source::role};
use crate::text::TokenKind;

/// One act of saying: its speaker and where its words can be.
pub(crate) struct Utterance {
    /// Tokens of speaker and verb together.
    pub(crate) tokens: Range<usize>,
    pub(crate) who: Option<Attribution>,
    pub(crate) media: bool,
    /// Names whom another quotes.
    pub(crate) cited: bool,
    /// Holds for what follows.
    pub(crate) opens: bool,
    /// Holds for what went before.
    pub(crate) closes: bool,
    /// A verb of counting, which holds for its own object only.
    pub(crate) counts: bool,
    /// Not a verb but a paper and its owner: "the agency's tally".
    pub(crate) owned: bool,
    /// The verb disputes or decides rather than counts.
    pub(crate) disputes: bool,
    /// Tokens of the sentence, or of its part between two footnotes.
    pub(crate) within: Range<usize>,
    pub(crate) sentence: u32,
}

impl Utterance {
    /// Somebody's, on the sides where words said can stand.
    fn new(tokens: Range<usize>, opens: bool, closes: bool) -> Self {
        Utterance {
            tokens,
            who: None,
            media: false,
            cited: false,
            opens,
            closes,
            counts: false,
            owned: false,
            disputes: false,
            within: 0..0,
            sentence: 0,
        }
    }
}

impl Ear<'_> {
    /// Every act of saying in a paragraph, in the order of the text.
    pub(crate) fn utterances(&self, paragraph: u32, depth: u8) -> Vec<Utterance> {
        let mut out: Vec<Utterance> = Vec::new();
        let Some(p) = self.document.paragraphs.get(paragraph as usize) else {
            return out;
        };
        let mut heard = Heard::new(paragraph, depth);
        for index in p.sentences.clone() {
            let Some(sentence) = self.document.sentences.get(index as usize) else {
                continue;
            };
            if sentence.begins & begin::SPEECH == 0 {
                continue;
            }
            let all = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let noted = sentence.begins & begin::FOOTNOTE != 0;
            let end = |part: Range<usize>| {
                if noted {
                    self.footnote(&part)
                } else {
                    part.end
                }
            };
            let mut range = all.start..end(all.clone());
            let mut at = range.start;
            while at < all.end {
                if at >= range.end {
                    range = range.end..end(range.end..all.end);
                    at = range.start;
                }
                if !self.begins(at, begin::SPEECH) {
                    at += 1;
                    continue;
                }
                let Some((mut utterance, who)) = self.utterance(at, &range) else {
                    at += 1;
                    continue;
                };
                let from = utterance.tokens.start;
                let speaker = match who {
                    Who::Named { who, media } => {
                        heard.speaks(&who, media);
                        Some((who, media))
                    }
                    Who::Back(head) => self.follow(&head, from, &mut heard),
                    Who::Nobody => None,
                };
                at = utterance.tokens.end.max(at + 1);
                utterance.media = speaker.as_ref().is_some_and(|(_, media)| *media);
                utterance.who = speaker.map(|(who, _)| who);
                (utterance.sentence, utterance.within) = (index, range.clone());
                // "its tally" is a source's only if one was named
                if utterance.who.is_some() || !utterance.owned {
                    out.push(utterance);
                }
            }
        }
        out
    }

    /// Where `range` goes on after a footnote ("40 died.[7] Later"), or its end.
    fn footnote(&self, range: &Range<usize>) -> usize {
        for at in range.start + 3..range.end {
            if !self.begins(at - 1, begin::FOOTNOTE)
                || self.str(at - 1) != "]"
                || !self.token(at).is_some_and(|t| t.spaced || t.capital)
            {
                continue;
            }
            let mut open = at - 1;
            while open > range.start && at - open < 12 && self.str(open) != "." {
                open -= 1;
            }
            if self.str(open) == "." && self.str(open + 1) == "[" {
                return at;
            }
        }
        range.end
    }

    fn utterance(&self, at: usize, sentence: &Range<usize>) -> Option<(Utterance, Who)> {
        let make = Utterance::new;
        // according to the police
        if self.has(at, role::ACCORDING) && self.has(at + 1, role::TO) {
            let mut np = self.phrase_after(at + 2, sentence.end);
            let mut who = self.who(np.clone(), None);
            // "according to estimates, made by the council"
            let by = np.end + usize::from(self.str(np.end) == ",") + 1;
            if who == Who::Nobody && by < sentence.end && self.has(by, role::BY) {
                let maker = self.phrase_after(by + 1, sentence.end);
                who = self.who(maker.clone(), None);
                if matches!(who, Who::Named { .. }) {
                    np.end = maker.end;
                }
            }
            let first = at == sentence.start || self.opens_words(at - 1);
            let aside = at > sentence.start && self.str(at - 1) == "," && self.str(np.end) == ",";
            // "the toll, according to the post, is 40"
            let inside = self.str(np.end) == "," && self.has(np.end + 1, role::BE);
            let after = self.has(at.wrapping_sub(1), role::AND | role::STOP);
            let opens = first || aside || inside || after;
            let goes_on = self.has(at.wrapping_sub(1), role::AND) && self.str(np.end) == ",";
            return Some((make(at..np.end, opens, !first && !goes_on), who));
        }
        if self.has(at, role::SAY | role::COUNT | role::CITE)
            && let Some(found) = self.passive(at, sentence)
        {
            return Some(found);
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
        if let Some(found) = self.paper(at, sentence) {
            return Some(found);
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
            && (self.has(at - 1, role::BE | role::LINK)
                || self.has(at - 1, role::ARTICLE)
                    && !(self.capital(at - 1) && at - 1 > sentence.start)
                || self.capital(at)
                    && self.capital(at - 1)
                    && !self.token(at).is_some_and(|t| t.upper))
            || self.unsaid(at, sentence.end)
        {
            return None;
        }
        let mut verb = at;
        while verb > sentence.start
            && (self.has(verb - 1, role::AUXILIARY | role::ADVERB)
                || self.has(verb - 1, role::TIME) && !self.capital(verb - 1))
        {
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
            return Some((make(at..at + 1, true, false), Who::Back(Head::Same)));
        }
        let mark = !self.is_word(before)
            && self.str(before) != ")"
            && self.str(before - usize::from(before > sentence.start)) != "RRB"
            && self
                .token(before)
                .is_some_and(|t| t.kind == TokenKind::Mark);
        let counts_only = !self.has(at, role::SAY);
        if mark {
            // "five died", said the governor
            let np = self.phrase_after(at + 1, sentence.end);
            let short = np.end >= sentence.end
                || !self.is_word(np.end) && !self.is_number(np.end)
                || self.has(np.end, role::AFTER | role::TIME | role::STOP | role::THAT);
            if !np.is_empty()
                && short
                && self.has(at, role::SAY)
                && !self.has(at, role::TELL)
                && !self.has(at + 1, role::OWN | role::PRONOUN | role::SELF)
                && !self.has(at + 1, role::THAT | role::AFTER)
            {
                let beside = self.beside_after(np.end, sentence.end);
                let who = self.who(np.clone(), beside);
                if matches!(who, Who::Named { .. } | Who::Back(Head::Body(_))) {
                    return Some((make(at..np.end, false, true), who));
                }
            }
            // Katharine Smith, manager at the agency, said
            if self.str(before) != "," {
                return None;
            }
            let floor = sentence.start.max(before.saturating_sub(18));
            let comma = (floor..before).rev().find(|&i| self.str(i) == ",");
            let (np, beside) = match comma {
                Some(comma) => (
                    self.phrase_before(comma, sentence.start),
                    Some(comma + 1..before),
                ),
                // "The committee in the valley, said"
                None => (self.phrase_before(before, sentence.start), None),
            };
            if np.is_empty() || beside.is_none() && np.start > sentence.start {
                return None;
            }
            let known = self.knows(&np) || beside.as_ref().is_some_and(|b| self.knows(b));
            let who = self.who(np.clone(), beside);
            if !matches!(who, Who::Named { .. }) || counts_only && !known {
                return None;
            }
            let (opens, closes) = self.sides(np.start, at, sentence);
            let mut utterance = make(np.start..at + 1, opens, closes);
            utterance.counts = counts_only;
            return Some((utterance, who));
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
            && self.token(np.start).is_some_and(|t| !t.upper)
            && !self.has(np.start, role::PRONOUN);
        let linked = self.has(np.start, role::LINK) && !self.knows(&(np.start + 1..np.end));
        let place = self.has(at, role::COUNT) && self.is_place(&np);
        if who == Who::Nobody || noun || place || counts_only && linked {
            return None;
        }
        let (opens, closes) = self.sides(np.start, at, sentence);
        let mut utterance = make(np.start..at + 1, opens, closes && !counts_only);
        utterance.counts = counts_only;
        utterance.disputes = self.has(at, role::DISPUTE);
        Some((utterance, who))
    }

    /// A mark after which somebody's words begin: no comma, and nothing that closes.
    fn opens_words(&self, at: usize) -> bool {
        let closes = [",", ")", "]", "'", "’", "”", "-", "%", "."];
        self.token(at).is_some_and(|t| t.kind == TokenKind::Mark) && !closes.contains(&self.str(at))
    }

    /// "Claimed responsibility", "claimed another 34 lives".
    fn unsaid(&self, verb: usize, end: usize) -> bool {
        (verb + 1..end.min(verb + 6))
            .take_while(|&i| {
                let clause = role::THAT | role::AUXILIARY | role::BE;
                self.is_word(i) && !self.has(i, clause) || self.is_number(i)
            })
            .any(|i| self.has(i, role::UNSAID))
    }

    /// Whether nothing but a place counts: "the district recorded" names where, not who.
    fn is_place(&self, np: &Range<usize>) -> bool {
        let mut start = np.start;
        while start < np.end && self.has(start, role::ARTICLE) {
            start += 1;
        }
        let found = data::get().places.at(self.document, start);
        found.is_some_and(|(n, _)| start + n == np.end) && self.source(&(start..np.end)).is_none()
    }

    /// Whether a known organisation is all of `range`, or starts it.
    fn knows(&self, range: &Range<usize>) -> bool {
        let mut start = range.start;
        while start < range.end && self.has(start, role::ARTICLE | role::OWN) {
            start += 1;
        }
        self.source(&(start..range.end))
            .is_some_and(|(_, row)| !row.generic)
    }

    /// "The union is reported as saying", "the hospital was also quoted by a daily as saying".
    fn passive(&self, at: usize, sentence: &Range<usize>) -> Option<(Utterance, Who)> {
        let mut verb = at;
        while verb > sentence.start && self.has(verb - 1, role::AUXILIARY | role::ADVERB | role::BE)
        {
            verb -= 1;
        }
        if !(verb..at).any(|i| self.has(i, role::BE)) {
            return None;
        }
        let say = (at + 1..sentence.end.min(at + 9))
            .find(|&i| self.has(i, role::SAY) && self.has(i - 1, role::LEAD))?;
        let np = self.phrase_before(verb, sentence.start);
        let who = self.who(np.clone(), None);
        matches!(who, Who::Named { .. }).then(|| {
            let utterance = Utterance::new(np.start..say + 1, true, false);
            (utterance, who)
        })
    }

    /// A paper that counts, and whose it is: "the agency's figures", "its tally", "a count by the agency", "had 40 on its list".
    fn paper(&self, at: usize, sentence: &Range<usize>) -> Option<(Utterance, Who)> {
        let tally = |from: usize, far: usize| {
            (from..sentence.end.min(from + far))
                .take_while(|&i| self.is_word(i) || self.is_number(i) || self.str(i) == "-")
                .find(|&i| self.has(i, role::TALLY))
        };
        let make = |tokens: Range<usize>, who: Who| {
            let by = tokens.start > sentence.start && self.has(tokens.start - 1, role::BY);
            let ends = tokens.end >= sentence.end || !self.is_word(tokens.end);
            let mut utterance = Utterance::new(tokens, true, by && ends);
            utterance.owned = true;
            (utterance, who)
        };
        if self.has(at, role::POSSESSIVE) && at > sentence.start {
            let paper = tally(at + 1, 4)?;
            let np = self.phrase_before(at, sentence.start);
            let who = self.known(&np)?;
            return matches!(who, Who::Named { media: false, .. })
                .then(|| make(np.start..paper + 1, who));
        }
        if self.has(at, role::OWN) {
            let paper = tally(at + 1, 4)?;
            return Some(make(at..paper + 1, Who::Back(Head::Owner)));
        }
        if self.has(at, role::TALLY) && self.has(at + 1, role::OWNER) && at + 1 < sentence.end {
            let np = self.phrase_after(at + 2, sentence.end);
            let capital = |i| self.capital(i) && self.has(i, role::BODY);
            let who = match self.known(&np) {
                Some(who) => who,
                // "totals from the Flood Relief Headquarters"
                None if np.clone().any(capital) => self.who(np.clone(), None),
                None => return None,
            };
            return matches!(who, Who::Named { media: false, .. }).then(|| make(at..np.end, who));
        }
        // "WHO figures for 2008 were 40"
        if self.has(at, role::TALLY) && !self.has(at + 1, role::SAY | role::COUNT) {
            let np = self.phrase_before(at, sentence.start);
            let start = np.start + usize::from(self.has(np.start, role::ARTICLE));
            let (n, row) = self.source(&(start..np.end))?;
            let whole = start + n == np.end && !row.generic && !row.media;
            let who = self.known(&np)?;
            return whole.then(|| make(np.start..at + 1, who));
        }
        // "The service had 40 people in its books"
        if self.has(at, role::HOLD) && !self.has(at + 1, role::SAY | role::COUNT | role::BE) {
            let own = (at + 2..sentence.end.min(at + 24)).find(|&i| self.has(i, role::OWN))?;
            tally(own + 1, 3)?;
            let np = self.phrase_before(at, sentence.start);
            let who = self.who(np.clone(), None);
            return (who != Who::Nobody).then(|| make(np.start..at + 1, who));
        }
        None
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
        let that = (next..sentence.end.min(next + 6))
            .take_while(|&i| self.is_word(i))
            .any(|i| self.has(i, role::THAT));
        // "including 57 soldiers, which the observatory said was the most"
        let about = start > sentence.start && self.has(start - 1, role::RELATIVE);
        let closes = about || parted && (ends || self.has(verb, role::TELL)) && !that;
        let stops = next >= sentence.end || matches!(self.str(next), "." | "!" | "?" | ";");
        (!stops, closes)
    }
}
