//! The place as the text prints it.
//!
//! Comes in: a number and its country. Goes out: the narrowest name near it in that country, also one that the gazetteer lacks, or
//! the words for the whole country or for several.

use std::ops::Range;

use super::super::claim::Claim;
use super::super::mention::{Mention, Stand};
use super::{Judge, REACH};
use crate::data::place::{Phrase, PlaceKind, role};
use crate::figure::Country;
use crate::text::TokenKind;

impl Judge<'_> {
    /// The narrowest place near the number, in its country.
    pub(super) fn text(
        &self,
        index: usize,
        near: &[Mention],
        country: Option<Country>,
    ) -> Option<String> {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let here = |m: &&Mention| {
            country.is_none_or(|c| c == m.country)
                && matches!(
                    m.stand,
                    Stand::In
                        | Stand::Counts
                        | Stand::To
                        | Stand::Bare
                        | Stand::Told
                        | Stand::Label
                        | Stand::Heading
                )
                && m.kind != PlaceKind::Demonym
        };
        let rank = |m: &&Mention| {
            let narrow = match m.kind {
                PlaceKind::Country | PlaceKind::Demonym => 0u32,
                PlaceKind::Region => 1,
                _ => 2,
            };
            let bare = u32::from(m.stand != Stand::In);
            let between = self.between(index, m.tokens.start) as u32;
            (between, bare, 2 - narrow, m.tokens.start.abs_diff(at))
        };
        let same = near
            .iter()
            .filter(here)
            .filter(|m| m.sentence == claim.sentence)
            .min_by_key(rank);
        // "in neighbouring countries"
        if country.is_none()
            && let Some(wide) = self
                .mentions
                .wide
                .iter()
                .filter(|w| {
                    w.sentence == claim.sentence
                        && matches!(w.kind, Phrase::Abroad | Phrase::Several)
                        && self.between(index, w.tokens.start) < 1.0
                })
                .min_by_key(|w| w.tokens.start.abs_diff(at))
        {
            return Some(self.quote(&wide.tokens));
        }
        // "in Doulbarit": a name that the gazetteer lacks
        let near_enough = |tokens: &Range<u32>| {
            (
                self.between(index, tokens.start) as u32,
                tokens.start.abs_diff(at),
            )
        };
        if let Some(unknown) = self.unknown(claim)
            && same.is_none_or(|m| {
                near_enough(&unknown) < near_enough(&m.tokens) && m.tokens.start != unknown.start
            })
        {
            return Some(self.quote(&unknown));
        }
        // "displaced people nationwide to 980,000"
        let whole = self
            .mentions
            .wide
            .iter()
            .find(|w| w.kind == Phrase::Wide && w.sentence == claim.sentence);
        if let Some(wide) = whole
            && same.is_none_or(|m| near_enough(&wide.tokens) < near_enough(&m.tokens))
        {
            return Some(self.quote(&wide.tokens));
        }
        let found = same.or_else(|| {
            near.iter().rev().filter(here).find(|m| {
                m.paragraph == claim.paragraph
                    && m.tokens.start < at
                    && m.kind != PlaceKind::Country
                    && m.sentence + 2 >= claim.sentence
            })
        });
        if let Some(m) =
            found.filter(|m| m.kind != PlaceKind::Country || m.quoted.start < m.tokens.start)
        {
            return Some(self.quote(&m.quoted));
        }
        if let Some(wide) = whole {
            return Some(self.quote(&wide.tokens));
        }
        found.map(|m| self.quote(&m.quoted))
    }

    /// The nearest capital name after "in" and its like in the claim's sentence, where the gazetteer knows none.
    fn unknown(&self, claim: &Claim) -> Option<Range<u32>> {
        let sentence = self.document.sentences.get(claim.sentence as usize)?;
        let at = claim.tokens.start as usize;
        let from = (sentence.tokens.start as usize).max(at.saturating_sub(REACH));
        let to = (sentence.tokens.end as usize).min(at + REACH);
        let places = &crate::data::get().lang.places;
        let roles = |i: usize| places.roles(self.document, i);
        let name = |i: usize| {
            i < to
                && self.document.tokens[i].kind == TokenKind::Word
                && self.document.tokens[i].capital
                && !self.document.tokens[i].upper
                && roles(i) & role::FUNCTION == 0
        };
        let all = &self.mentions.all;
        let mut best: Option<Range<u32>> = None;
        for i in from..to {
            let capital = self.document.tokens.get(i + 1).is_some_and(|t| t.capital);
            if !capital || roles(i) & role::IN == 0 || !name(i + 1) {
                continue;
            }
            let mut end = i + 2;
            while name(end) || end < to && roles(end) & role::SUFFIX != 0 {
                end += 1;
            }
            let tokens = i as u32 + 1..end as u32;
            let known = all.partition_point(|m| m.tokens.start < tokens.start);
            let known = all.get(known).is_some_and(|m| m.tokens.start < tokens.end);
            let far = |r: &Range<u32>| r.start.abs_diff(claim.tokens.start);
            if !known && best.as_ref().is_none_or(|b| far(&tokens) < far(b)) {
                best = Some(tokens);
            }
        }
        best
    }

    fn quote(&self, tokens: &Range<u32>) -> String {
        let tokens = &self.document.tokens[tokens.start as usize..tokens.end as usize];
        match (tokens.first(), tokens.last()) {
            (Some(a), Some(b)) => {
                self.document.text[a.span.start as usize..b.span.end as usize].to_string()
            }
            _ => String::new(),
        }
    }
}
