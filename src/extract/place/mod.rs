//! Where the people are: the country of each number, and the narrowest place the text gives.
//!
//! Comes in: claims, and the names of places that `mention` found. Goes out: for each claim its country. Every mention near the
//! number speaks for its country, the louder the closer it stands and the more its words say "here"; the countries the whole
//! article is about speak too. Those who left their country are where they went, not where they are from.

mod printed;

use super::claim::Claim;
use super::mention::{Mention, Mentions, Stand};
use crate::data::lang::begin;
use crate::data::measure::Abroad;
use crate::data::place::{Phrase, PlaceKind, role};
use crate::figure::Country;
use crate::text::{Document, TokenKind};

/// Country and place of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) country: Option<Country>,
    pub(crate) text: Option<String>,
}

/// How many mentions on each side of a number are heard.
const HEARD: usize = 24;
/// How much the whole article speaks.
const ARTICLE: f32 = 1.8;
/// What is left of it for those who went elsewhere.
const ELSEWHERE: f32 = 0.3;
/// Below this nobody has spoken.
const FAINT: f32 = 0.2;
/// How loud "worldwide" is, and "neighbouring countries"; and of those who fled.
const SEVERAL: f32 = 3.0;
const ABROAD: f32 = 0.8;
const SEVERAL_HOST: f32 = 3.8;
const ABROAD_HOST: f32 = 3.8;
/// What is left of it in the next sentence.
const CARRY: f32 = 0.4;
/// Within how many tokens after a number stands who it counts.
const CLOSE: u32 = 4;
/// How many tokens on each side of a number are searched for names that the gazetteer lacks.
const REACH: usize = 40;

/// The place of each claim, in their order.
pub(crate) fn find(
    document: &Document,
    headline: Option<&Document>,
    claims: &[Claim],
) -> Vec<Place> {
    if claims.is_empty() {
        return Vec::new();
    }
    let data = crate::data::get();
    let mentions = Mentions::new(document, headline, &data.places, &data.lang);
    let mut judge = Judge {
        document,
        mentions: &mentions,
        claims,
        origins: Vec::new(),
    };
    judge.origins = judge.origins();
    (0..claims.len()).map(|i| judge.place(i)).collect()
}

struct Judge<'a> {
    document: &'a Document<'a>,
    mentions: &'a Mentions,
    claims: &'a [Claim],
    /// The countries that people of this article left: "300,000 Syrian refugees".
    origins: Vec<Country>,
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
        let near = self.near(claim);
        let abroad = claim.measure.row().abroad;
        let mut voices: Vec<Voice> = Vec::new();
        let mut speak = |country: Option<Country>, score: f32| match voices
            .iter_mut()
            .find(|v| v.country == country)
        {
            Some(v) => v.score = v.score.max(score),
            None => voices.push(Voice { country, score }),
        };
        let left = |c: Country| abroad == Some(Abroad::Host) && self.left(index, near, c);
        let gone = |c: Country| abroad == Some(Abroad::Host) && self.origins.contains(&c);
        let heading = near
            .iter()
            .rposition(|m| m.stand == Stand::Heading && m.tokens.start < at);
        for (i, m) in near.iter().enumerate() {
            if m.stand == Stand::Heading && heading != Some(i) {
                continue;
            }
            let mut score = self.loudness(index, m, abroad);
            if m.sentence != claim.sentence && gone(m.country) {
                score *= ELSEWHERE;
            }
            if score <= 0.0 || left(m.country) {
                continue;
            }
            let several = self.listed(near, i);
            speak(if several { None } else { Some(m.country) }, score);
        }
        for score in self.wide(index, abroad) {
            speak(None, score);
        }
        let total: f32 = self.mentions.weights.iter().map(|w| w.1).sum();
        // "fled to Thailand", "to neighbouring countries": the article's own country is where they are not
        let went = abroad == Some(Abroad::Host)
            && (near.iter().any(|m| {
                m.sentence == claim.sentence && m.stand == Stand::To && m.tokens.start > at
            }) || self
                .mentions
                .wide
                .iter()
                .any(|w| w.sentence == claim.sentence && w.kind == Phrase::Abroad));
        let prior = |c: Country| {
            let weight = self
                .mentions
                .weights
                .iter()
                .find(|w| w.0 == c)
                .map_or(0.0, |w| w.1);
            let share = if gone(c) || went { ELSEWHERE } else { 1.0 };
            ARTICLE * share * weight / total.max(f32::MIN_POSITIVE)
        };
        for v in &mut voices {
            v.score += v.country.map_or(0.0, prior);
        }
        // the country the article is about
        if let Some(&(country, _)) = self.mentions.weights.first() {
            if left(country) {
                voices.push(Voice {
                    country: None,
                    score: 1.2,
                });
            } else if voices.iter().all(|v| v.country != Some(country)) {
                voices.push(Voice {
                    country: Some(country),
                    score: 0.3 + prior(country),
                });
            }
        }
        if self.mentions.several {
            match voices.iter_mut().find(|v| v.country.is_none()) {
                Some(v) => v.score += 1.0,
                None => voices.push(Voice {
                    country: None,
                    score: 1.0,
                }),
            }
        }
        let best = voices.iter().fold(None::<&Voice>, |best, v| match best {
            Some(b) if b.score > v.score || b.score >= v.score && b.country <= v.country => Some(b),
            _ => Some(v),
        });
        let country = best.filter(|v| v.score > FAINT).and_then(|v| v.country);
        Place {
            country,
            text: self.text(index, near, country),
        }
    }

    /// "300,000 Syrian refugees", "5,000 fled Syria": not in Syria, unless the sentence says so, and not right behind the number.
    fn left(&self, index: usize, near: &[Mention], country: Country) -> bool {
        let claim = &self.claims[index];
        let here = || {
            near.iter()
                .filter(|m| m.sentence == claim.sentence && m.country == country)
        };
        let origin = |m: &Mention| matches!(m.stand, Stand::Origin | Stand::From | Stand::People);
        let close = here().any(|m| self.counts(index, m));
        let to = here().any(|m| m.stand == Stand::To);
        let inside = here().any(|m| m.stand == Stand::In);
        (close && !to) || here().any(origin) && !(to || inside)
    }

    /// The mentions before a number, and those that follow up to the next sentence.
    fn near(&self, claim: &Claim) -> &[Mention] {
        let all = &self.mentions.all;
        let middle = all.partition_point(|m| m.tokens.start < claim.tokens.start);
        let next = |m: &Mention| m.sentence <= claim.sentence + 1;
        let after = all[middle..].iter().take(HEARD).take_while(|m| next(m));
        &all[middle.saturating_sub(HEARD)..middle + after.count()]
    }

    /// "300,000 Syrians", "300,000 refugees from Syria": the words behind a number say whom it counts.
    fn counts(&self, index: usize, m: &Mention) -> bool {
        let claim = &self.claims[index];
        m.sentence == claim.sentence
            && matches!(m.stand, Stand::Origin | Stand::From | Stand::People)
            && m.tokens.start >= claim.tokens.end
            && m.tokens.start - claim.tokens.end < CLOSE
            && self.between(index, m.tokens.start) < 1.0
    }

    fn origins(&self) -> Vec<Country> {
        let mut out = Vec::new();
        for (i, claim) in self.claims.iter().enumerate() {
            if claim.measure.row().abroad != Some(Abroad::Host) {
                continue;
            }
            for m in self.near(claim) {
                if self.counts(i, m) && !out.contains(&m.country) {
                    out.push(m.country);
                }
            }
        }
        out
    }

    /// How loudly "worldwide" and "neighbouring countries" say that the number has no one country.
    fn wide(&self, index: usize, abroad: Option<Abroad>) -> impl Iterator<Item = f32> {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let host = abroad == Some(Abroad::Host);
        let all = &self.mentions.wide;
        let from = all.partition_point(|w| w.paragraph < claim.paragraph);
        all[from..]
            .iter()
            .take_while(|w| w.sentence <= claim.sentence)
            .filter_map(move |w| {
                let base = match w.kind {
                    Phrase::Several if host => SEVERAL_HOST,
                    Phrase::Several => SEVERAL,
                    Phrase::Abroad if host => ABROAD_HOST,
                    Phrase::Abroad => ABROAD,
                    Phrase::Wide | Phrase::NotPlace => return None,
                };
                if w.sentence < claim.sentence {
                    let back = (claim.sentence - w.sentence) as f32;
                    let carries = host || w.kind == Phrase::Several;
                    return carries.then_some(base * (CARRY - 0.06 * back).max(0.1));
                }
                let far = w.tokens.start.abs_diff(at).min(1000) as f32;
                let parted = if w.tokens.start < at { 0.3 } else { 0.6 };
                Some(base - (far * 0.05).min(1.0) - self.between(index, w.tokens.start) * parted)
            })
    }

    /// How many numbers stand between a claim and a token; "including two children" does not count.
    fn between(&self, index: usize, token: u32) -> f32 {
        let claims = self.claims;
        let at = claims[index].tokens.start;
        let unit = claims[index].unit;
        let whole = |c: &&Claim| !(c.implicit || c.part_of && c.unit != unit);
        let count = if token > at {
            claims[index + 1..]
                .iter()
                .take_while(|c| c.tokens.start < token)
                .take(HEARD)
                .filter(whole)
                .count()
        } else {
            claims[..index]
                .iter()
                .rev()
                .take_while(|c| c.tokens.start > token)
                .take(HEARD)
                .filter(whole)
                .count()
        };
        count.min(8) as f32
    }

    /// How much a mention speaks for its country as the place of a number.
    fn loudness(&self, index: usize, m: &Mention, abroad: Option<Abroad>) -> f32 {
        let claim = &self.claims[index];
        let at = claim.tokens.start;
        let base =
            if abroad == Some(Abroad::Home) && self.counts(index, m) && m.stand != Stand::From {
                4.2 // "150 Indians returned"
            } else {
                base(m.stand, abroad)
            };
        if base <= 0.0 {
            return 0.0;
        }
        let base = if m.border { base - 0.8 } else { base };
        let far = m.tokens.start.abs_diff(at).min(1000) as f32;
        let before = m.tokens.start < at;
        let together =
            m.sentence == claim.sentence && !self.footnote(m.tokens.start, at, m.sentence);
        if together {
            let side = if before { 0.15 } else { 0.0 };
            // "In Malawi, 12 died and 40 were hurt": holds for all of the sentence
            let leads = before
                && matches!(m.stand, Stand::In | Stand::Counts | Stand::Label)
                && self.claims[..index]
                    .iter()
                    .rev()
                    .take(HEARD)
                    .all(|c| c.sentence != claim.sentence || c.tokens.start > m.tokens.start);
            let parted = if leads { 0.25 } else { 0.5 };
            // "7 in Somalia and 4 in Kenya": Somalia is taken
            let taken = before
                && index
                    .checked_sub(1)
                    .and_then(|i| self.claims.get(i))
                    .is_some_and(|c| {
                        c.sentence == claim.sentence
                            && c.tokens.end <= m.tokens.start
                            && m.tokens.start - c.tokens.end < 6
                    });
            let taken = if taken { 1.2 } else { 0.0 };
            // "Mali (12)"
            let tied = if before && self.tied(m, at) { 2.0 } else { 0.0 };
            return base + tied
                - (far * 0.04).min(0.7)
                - self.between(index, m.tokens.start).min(3.0) * parted
                - side
                - taken;
        }
        let base = if abroad.is_some() { base * 0.7 } else { base };
        if m.stand == Stand::Heading {
            let share = if abroad.is_some() { 0.6 } else { 0.85 };
            return if before { base * share } else { 0.0 };
        }
        if !before {
            // what comes later helps little
            let next = m.paragraph == claim.paragraph && m.sentence <= claim.sentence + 1;
            return if next { base * 0.25 } else { 0.0 };
        }
        if m.paragraph == claim.paragraph {
            let back = claim.sentence.saturating_sub(m.sentence) as f32;
            return base * (0.5 - 0.06 * back).max(0.15);
        }
        let back = claim.paragraph.saturating_sub(m.paragraph) as f32;
        if m.stand == Stand::Label {
            return base * (0.55 - 0.03 * back).max(0.1);
        }
        base * (0.35 - 0.06 * back).max(0.0)
    }

    /// Whether the stop of a sentence with its footnote stands between: "were hurt.[3] In".
    fn footnote(&self, a: u32, b: u32, sentence: u32) -> bool {
        let sentence = self.document.sentences.get(sentence as usize);
        if sentence.is_none_or(|s| s.begins & begin::FOOTNOTE == 0) {
            return false;
        }
        let (a, b) = (a.min(b) as usize, a.max(b) as usize);
        self.document.tokens[a..b.min(a + REACH)]
            .windows(2)
            .any(|w| {
                self.document.str(&w[0]) == "." && self.document.str(&w[1]) == "[" && !w[1].spaced
            })
    }

    /// "Mali (12", "Mali: at least 12": the number is the name's own.
    fn tied(&self, m: &Mention, at: u32) -> bool {
        if !matches!(
            m.stand,
            Stand::In | Stand::Bare | Stand::Counts | Stand::Label
        ) || m.quoted.end > at
        {
            return false;
        }
        let gap = m.quoted.end as usize..at as usize;
        let Some(gap) = self.document.tokens.get(gap) else {
            return false;
        };
        let (opens, words) = match gap.split_first() {
            Some((first, rest))
                if matches!(self.document.str(first), "(" | ":" | "–" | "—" | "[" | "=") =>
            {
                (true, rest)
            }
            _ => (false, gap),
        };
        let places = &crate::data::get().lang.places;
        let from = at as usize - words.len();
        words.len() <= if opens { 3 } else { 2 }
            && words.iter().enumerate().all(|(i, t)| {
                t.kind == TokenKind::Word
                    && !t.capital
                    && places.roles(self.document, from + i)
                        & (role::AND
                            | role::IN
                            | role::BY
                            | role::TO
                            | role::FROM
                            | role::REPORTED
                            | role::DENIED)
                        == 0
            })
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
        if !matches!(
            m.stand,
            Stand::In | Stand::To | Stand::Counts | Stand::Bare | Stand::Label | Stand::Heading
        ) {
            return false;
        }
        near.get(i + 1).is_some_and(|b| joined(m, b)) || i > 0 && joined(&near[i - 1], m)
    }
}

/// How loud a name is by what its words say, for people who stayed, and for those who went.
fn base(stand: Stand, abroad: Option<Abroad>) -> f32 {
    match abroad {
        None => match stand {
            Stand::Counts => 4.0,
            Stand::In => 3.0,
            Stand::Label | Stand::Heading => 2.6,
            Stand::To | Stand::Bare => 1.8,
            Stand::From => 1.5,
            Stand::Told => 1.0,
            Stand::People | Stand::Origin => 0.9,
            Stand::Actor | Stand::Body => 0.5,
        },
        Some(Abroad::Host) => match stand {
            Stand::Counts => 4.0,
            Stand::To => 3.8,
            Stand::In => 3.0,
            Stand::Label | Stand::Heading => 2.6,
            Stand::Bare => 1.8,
            Stand::Told => 1.0,
            Stand::Actor | Stand::Body => 0.5,
            Stand::People => 0.3,
            Stand::From | Stand::Origin => 0.0,
        },
        Some(Abroad::Home) => match stand {
            Stand::Counts => 4.0,
            Stand::To => 3.8,
            Stand::People | Stand::Origin => 3.0,
            Stand::Label | Stand::Heading => 2.6,
            Stand::Bare => 1.8,
            Stand::In | Stand::Told => 1.0,
            Stand::Actor | Stand::Body => 0.5,
            Stand::From => 0.0,
        },
        Some(Abroad::Left) => match stand {
            Stand::Counts => 4.0,
            Stand::From => 3.4,
            Stand::Label | Stand::Heading => 2.6,
            Stand::In | Stand::Bare => 2.0,
            Stand::Told => 1.0,
            Stand::People | Stand::Origin => 0.9,
            Stand::Actor | Stand::Body => 0.5,
            Stand::To => 0.3,
        },
    }
}
