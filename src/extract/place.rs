//! Where the people are: the country of each number, and the narrowest place the text gives.
//!
//! Comes in: claims, and the names of places that `mention` found. Goes out: for each claim its country. Every mention near the
//! number speaks for its country, the louder the closer it stands and the more its words say "here"; the countries the whole
//! article is about speak too. Those who left their country are where they went, not where they are from.

use super::claim::Claim;
use super::mention::{Mention, Mentions, Stand};
use crate::article::Article;
use crate::data::place::{PlaceKind, role};
use crate::figure::Country;
use crate::text::Document;

/// Country and place of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) country: Option<Country>,
    pub(crate) text: Option<String>,
}

/// How many mentions on each side of a number are heard.
const HEARD: usize = 24;

/// The place of each claim, in their order.
pub(crate) fn find(document: &Document, article: &Article, claims: &[Claim]) -> Vec<Place> {
    if claims.is_empty() {
        return Vec::new();
    }
    let data = crate::data::get();
    let mentions = Mentions::new(document, article.title.as_deref(), &data.places, &data.lang);
    let judge = Judge {
        document,
        mentions: &mentions,
        claims,
    };
    (0..claims.len()).map(|i| judge.place(i)).collect()
}

struct Judge<'a> {
    document: &'a Document<'a>,
    mentions: &'a Mentions,
    claims: &'a [Claim],
}

/// A country, or several, and how much speaks for it.
struct Voice {
    country: Option<Country>,
    score: f32,
}

impl Judge<'_> {
    fn place(&self, index: usize) -> Place {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let all = &self.mentions.all;
        let middle = all.partition_point(|m| m.tokens.start < at);
        let near = &all[middle.saturating_sub(HEARD)..all.len().min(middle + HEARD)];
        let abroad = claim.measure.row().abroad;
        let mut voices: Vec<Voice> = Vec::new();
        let mut speak = |country: Option<Country>, score: f32| match voices
            .iter_mut()
            .find(|v| v.country == country)
        {
            Some(v) => v.score = v.score.max(score),
            None => voices.push(Voice { country, score }),
        };
        for (i, m) in near.iter().enumerate() {
            let score = self.loudness(index, m, abroad);
            if score > 0.0 {
                let several = self.listed(near, i);
                speak(if several { None } else { Some(m.country) }, score);
            }
        }
        for wide in self
            .mentions
            .wide
            .iter()
            .filter(|w| w.several && w.sentence == claim.sentence)
        {
            let far = f32::from(u16::try_from(wide.tokens.start.abs_diff(at)).unwrap_or(u16::MAX));
            let score = if abroad { 3.2 } else { 1.6 }
                - (far * 0.05).min(1.2)
                - self.between(index, wide.tokens.start) * 0.6;
            speak(None, score);
        }
        let total: f32 = self.mentions.weights.iter().map(|w| w.1).sum();
        for v in &mut voices {
            if let Some(w) = self
                .mentions
                .weights
                .iter()
                .find(|w| Some(w.0) == v.country)
            {
                v.score += 1.5 * w.1 / total.max(f32::MIN_POSITIVE);
            }
        }
        // the country the article is about
        if let Some(&(country, weight)) = self.mentions.weights.first() {
            let origin = abroad
                && near.iter().any(|m| {
                    m.sentence == claim.sentence
                        && m.country == country
                        && matches!(m.stand, Stand::Origin | Stand::From)
                });
            if !origin && voices.iter().all(|v| v.country != Some(country)) {
                voices.push(Voice {
                    country: Some(country),
                    score: 0.3 + 1.5 * weight / total.max(f32::MIN_POSITIVE),
                });
            }
        }
        let best = voices.iter().fold(None::<&Voice>, |best, v| match best {
            Some(b) if b.score > v.score || b.score >= v.score && b.country <= v.country => Some(b),
            _ => Some(v),
        });
        let country = best.and_then(|v| v.country);
        Place {
            country,
            text: self.text(index, near, country),
        }
    }

    /// How many numbers stand between a claim and a token.
    fn between(&self, index: usize, token: u32) -> f32 {
        let claims = self.claims;
        let at = claims[index].tokens.start;
        let count = if token > at {
            claims[index + 1..]
                .iter()
                .take_while(|c| c.tokens.start < token)
                .count()
        } else {
            claims[..index]
                .iter()
                .rev()
                .take_while(|c| c.tokens.start > token)
                .count()
        };
        count.min(8) as f32
    }

    /// How much a mention speaks for its country as the place of a number.
    fn loudness(&self, index: usize, m: &Mention, abroad: bool) -> f32 {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let base = match (m.stand, abroad) {
            (Stand::In, _) => 3.0,
            (Stand::Label, _) => 2.6,
            (Stand::To, true) => 3.3,
            (Stand::To, false) => 1.8,
            (Stand::Bare, _) => 2.0,
            (Stand::From | Stand::Origin, true) => return 0.0,
            (Stand::From, false) => 1.5,
            (Stand::Actor, _) => 1.2,
            (Stand::Body, _) => 0.9,
            (Stand::People, true) => 0.3,
            (Stand::People, false) => 1.2,
            (Stand::Origin, false) => 1.1,
        };
        let base = if m.border { base - 0.8 } else { base };
        let far = m.tokens.start.abs_diff(at).min(1000) as f32;
        if m.sentence == claim.sentence {
            let side = if m.tokens.start > at { 0.0 } else { 0.2 };
            return base
                - (far * 0.04).min(1.0)
                - self.between(index, m.tokens.start).min(3.0) * 0.5
                - side;
        }
        let back = claim.sentence.saturating_sub(m.sentence) as f32;
        if m.tokens.start > at {
            // what comes later helps little
            let ahead = m.sentence.saturating_sub(claim.sentence) as f32;
            return if m.paragraph == claim.paragraph && ahead < 2.0 {
                base * 0.25
            } else {
                0.0
            };
        }
        if m.paragraph == claim.paragraph {
            return base * (0.62 - 0.06 * back).max(0.2);
        }
        let paragraphs = (claim.paragraph - m.paragraph) as f32;
        if m.stand == Stand::Label {
            return base * (0.6 - 0.03 * paragraphs).max(0.1);
        }
        base * (0.42 - 0.06 * paragraphs).max(0.0)
    }

    /// "Afghanistan and Pakistan": a mention beside one of another country.
    fn listed(&self, near: &[Mention], i: usize) -> bool {
        let m = &near[i];
        let joined = |a: &Mention, b: &Mention| {
            let gap = a.tokens.end..b.tokens.start;
            let places = &crate::data::get().lang.places;
            a.sentence == b.sentence
                && a.country != b.country
                && a.kind == PlaceKind::Country
                && b.kind == PlaceKind::Country
                && !a.border
                && !b.border
                && (1..=3).contains(&gap.len())
                && gap.clone().all(|t| {
                    places.roles(self.document, t as usize)
                        & (role::AND | role::ARTICLE | role::IN | role::DIRECTION)
                        != 0
                })
        };
        if !matches!(m.stand, Stand::In | Stand::To | Stand::Bare | Stand::Label) {
            return false;
        }
        near.get(i + 1).is_some_and(|b| joined(m, b)) || i > 0 && joined(&near[i - 1], m)
    }

    /// The narrowest place near the number, in its country.
    fn text(&self, index: usize, near: &[Mention], country: Option<Country>) -> Option<String> {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let here = |m: &&Mention| {
            country.is_none_or(|c| c == m.country)
                && matches!(m.stand, Stand::In | Stand::To | Stand::Bare | Stand::Label)
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
        let wide = self
            .mentions
            .wide
            .iter()
            .find(|w| !w.several && w.sentence == claim.sentence);
        if let Some(wide) = wide {
            return Some(self.quote(&wide.tokens));
        }
        found.map(|m| self.quote(&m.quoted))
    }

    fn quote(&self, tokens: &std::ops::Range<u32>) -> String {
        let tokens = &self.document.tokens[tokens.start as usize..tokens.end as usize];
        match (tokens.first(), tokens.last()) {
            (Some(a), Some(b)) => {
                self.document.text[a.span.start as usize..b.span.end as usize].to_string()
            }
            _ => String::new(),
        }
    }
}
