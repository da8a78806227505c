//! The names in a text, and what the words around each say.
//!
//! Comes in: a document. Goes out: names not yet settled, in the order of the text, and phrases such as "nationwide".

use std::ops::Range;

use super::{LEAD, Raw, Stand, Wide};
use crate::data::lang::{Lang, begin};
use crate::data::place::{Meanings, Phrase, PlaceKind, Places, role};
use crate::text::{Document, TokenKind};

/// Letters of a short name that in a text all in capitals is more likely a word: "IN HIS CAR".
const SHORT: usize = 3;

pub(super) struct Reader<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) places: &'a Places,
    pub(super) lang: &'a Lang,
}

impl Reader<'_> {
    pub(super) fn roles(&self, at: usize) -> u32 {
        self.lang.places.roles(self.document, at)
    }

    pub(super) fn str(&self, at: usize) -> &str {
        self.document
            .tokens
            .get(at)
            .map_or("", |t| self.document.str(t))
    }

    pub(super) fn scan(&self, raw: &mut Vec<Raw>, wide: &mut Vec<Wide>, factor: f32) {
        for (p, paragraph) in self.document.paragraphs.iter().enumerate() {
            let weight = factor * if p < 2 { LEAD } else { 1.0 };
            for s in paragraph.sentences.clone() {
                let Some(sentence) = self.document.sentences.get(s as usize) else {
                    continue;
                };
                let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
                let weight = if s == 0 { weight * LEAD } else { weight };
                self.sentence(&range, s, p as u32, weight, raw, wide);
            }
        }
    }

    fn sentence(
        &self,
        range: &Range<usize>,
        sentence: u32,
        paragraph: u32,
        weight: f32,
        raw: &mut Vec<Raw>,
        wide: &mut Vec<Wide>,
    ) {
        let tokens = &self.document.tokens;
        let mut at = range.start;
        while at < range.end {
            let token = &tokens[at];
            let hyphen = tokens
                .get(at + 1)
                .is_some_and(|t| t.begins & begin::HYPHEN != 0);
            let particle = hyphen && self.is_particle(at, range.end);
            if !token.capital && !particle && token.begins & begin::PLACE == 0 {
                at += 1;
                continue;
            }
            let phrase = self.lang.places.phrase(self.document, at);
            if let Some((len, kind)) = phrase {
                if kind != Phrase::NotPlace {
                    wide.push(Wide {
                        tokens: at as u32..(at + len) as u32,
                        sentence,
                        paragraph,
                        kind,
                    });
                }
                at += len;
                continue;
            }
            // "34 countries"
            if at > range.start
                && tokens[at - 1].kind == TokenKind::Number
                && self.roles(at) & role::COUNTRIES != 0
            {
                wide.push(Wide {
                    tokens: at as u32 - 1..at as u32 + 1,
                    sentence,
                    paragraph,
                    kind: Phrase::Several,
                });
            }
            if token.kind != TokenKind::Word || !token.capital && !particle {
                at += 1;
                continue;
            }
            // never the second half of "Jean-Rabel"
            let tail = at > range.start + 1
                && !token.spaced
                && self.str(at - 1) == "-"
                && tokens[at - 2].capital;
            let found = self
                .places
                .at(self.document, at)
                .filter(|(end, _)| *end <= range.end && !tail);
            let Some((end, meanings)) = found else {
                at += 1;
                continue;
            };
            raw.extend(self.raw(at..end, meanings, range, sentence, paragraph, weight));
            at = end;
        }
    }

    /// "al-Hol": a short word, and a capital one behind its hyphen.
    fn is_particle(&self, at: usize, end: usize) -> bool {
        let Some([word, _, name]) = self.document.tokens.get(at..end.min(at + 3)) else {
            return false;
        };
        word.kind == TokenKind::Word
            && word.span.end - word.span.start <= 3
            && name.capital
            && !name.spaced
    }

    fn raw(
        &self,
        name: Range<usize>,
        meanings: Meanings,
        range: &Range<usize>,
        sentence: u32,
        paragraph: u32,
        weight: f32,
    ) -> Option<Raw> {
        let tokens = &self.document.tokens;
        let kind = meanings.iter().next()?.kind;
        let small = |i: usize| tokens.get(i).is_some_and(|t| !t.capital);
        // "New York State", but "US State Department"
        let suffixed = name.end < range.end
            && self.roles(name.end) & role::SUFFIX != 0
            && (small(name.end) || !matches!(kind, PlaceKind::Country | PlaceKind::Demonym));
        let next = name.end + usize::from(suffixed);
        // back over "the", "eastern", "city of"
        let mut first = name.start;
        let mut quoted = name.start;
        while first > range.start {
            let roles = self.roles(first - 1);
            if roles & role::DIRECTION != 0 {
                first -= 1;
                quoted = first;
            } else if roles & role::ARTICLE != 0 {
                first -= 1;
            } else if first > range.start + 1
                && roles & role::FROM != 0
                && self.roles(first - 2) & (role::PREFIX | role::SUFFIX | role::DIRECTION) != 0
            {
                first -= 2; // city of, north of
            } else if roles & role::PREFIX != 0 {
                first -= 1;
            } else {
                break;
            }
        }
        let before = if first > range.start {
            self.roles(first - 1)
        } else {
            0
        };
        let stand = self.stand(&name, first, before, next, kind, suffixed, range);
        // "US$5"
        if self.str(name.end) == "$" {
            return None;
        }
        let capital = |i: usize| {
            tokens
                .get(i)
                .is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        };
        let country = matches!(kind, PlaceKind::Country | PlaceKind::Demonym);
        let shouting = tokens[name.start].upper
            && range.clone().all(|i| {
                !capital(i) || tokens[i].upper || tokens[i].span.end - tokens[i].span.start == 1
            });
        let alone = name.len() == 1;
        let common = alone && self.roles(name.start) & role::COMMON != 0;
        let located = matches!(
            stand,
            Stand::In | Stand::Label | Stand::Heading | Stand::To | Stand::From
        ) || suffixed;
        // "Hassan Ali", "Mr Jordan", "Kenya Moore": a person's name
        let beside = |i: usize| {
            capital(i) && self.roles(i) & (role::SUFFIX | role::DIRECTION | role::FUNCTION) == 0
        };
        let left = name.start > range.start
            && beside(name.start - 1)
            && self.roles(name.start - 1) & role::PREFIX == 0
            && if country {
                self.roles(name.start) & role::SURNAME != 0
            } else {
                self.places.at(self.document, name.start - 1).is_none()
            };
        let titled = name.start > range.start && self.roles(name.start - 1) & role::TITLE != 0;
        let right = name.end < range.end
            && alone
            && !tokens[name.end].upper
            && beside(name.end)
            && self.roles(name.end) & role::BODY == 0
            && !country
            && !located;
        let person = titled || !shouting && (left || right);
        let compass = name.clone().all(|i| self.roles(i) & role::DIRECTION != 0);
        let doubtful = compass && !suffixed
            || common && !(located || suffixed)
            || person && (left || !suffixed)
            || kind == PlaceKind::Country && titled
            || shouting && alone && !country && !located && name.start > range.start
            || shouting && alone && self.str(name.start).len() <= SHORT;
        let border = self.roles(next) & role::BORDER != 0
            || (range.start.max(first.saturating_sub(4))..first)
                .any(|i| self.roles(i) & (role::BORDER | role::BETWEEN) != 0);
        Some(Raw {
            mention: name.start as u32..name.end as u32,
            quoted: quoted as u32..next as u32,
            sentence,
            paragraph,
            meanings,
            stand,
            border,
            doubtful,
            common: common || compass || shouting && !country,
            weight,
        })
    }
}
