//! Which names of places a text holds, and which country each lies in.
//!
//! Comes in: a document and its headline. Goes out: mentions in the order of the text, each with what its words say about it
//! ("in", "to", "from", a body's name, a people's), and the weight of every country in the article. Names that many countries
//! share are settled by the countries the article speaks of; words and surnames that are also places need an "in".

use std::ops::Range;

use crate::data::lang::Lang;
use crate::data::place::{Meaning, Meanings, Phrase, PlaceKind, Places, role};
use crate::figure::Country;
use crate::text::{Document, TokenKind};

/// What the words around a name say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// "in Kyiv", "Kyiv province".
    In,
    /// "to Kenya".
    To,
    /// "from Somalia", "fled Syria".
    From,
    /// "by Israel", "with Turkey": it acts.
    Actor,
    /// "the Syrian army", "Gaza Health Ministry", "Kenya said".
    Body,
    /// "Syrian".
    People,
    /// "Syrian refugees", "Somalis": who they are, not where.
    Origin,
    /// A line of its own: holds for what follows, until the next.
    Heading,
    /// "Haiti: ", a dateline.
    Label,
    /// Nothing: "Ukraine has lost".
    Bare,
}

/// A name of a place.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The name.
    pub(crate) tokens: Range<u32>,
    /// The name as a reader would quote it: "eastern Ukraine", "Kasai province".
    pub(crate) quoted: Range<u32>,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    pub(crate) country: Country,
    pub(crate) kind: PlaceKind,
    pub(crate) stand: Stand,
    /// "the border with Turkey", "between Israel and Hamas".
    pub(crate) border: bool,
}

/// A phrase that is no name: "nationwide", "neighbouring countries".
#[derive(Debug, Clone)]
pub(crate) struct Wide {
    pub(crate) tokens: Range<u32>,
    pub(crate) sentence: u32,
    /// More than one country.
    pub(crate) several: bool,
}

/// All of one article.
#[derive(Default)]
pub(crate) struct Mentions {
    pub(crate) all: Vec<Mention>,
    pub(crate) wide: Vec<Wide>,
    /// The weight of each country, the heaviest first.
    pub(crate) weights: Vec<(Country, f32)>,
    /// The headline names a part of the world, and no country.
    pub(crate) several: bool,
}

/// A name before it is settled.
struct Raw {
    mention: Range<u32>,
    quoted: Range<u32>,
    sentence: u32,
    paragraph: u32,
    meanings: Meanings,
    stand: Stand,
    border: bool,
    /// Needs an "in", and has none.
    doubtful: bool,
    /// Also a word, or a name of people.
    common: bool,
    /// How much the position counts: headline, lead, rest.
    weight: f32,
}

/// People a city must have to be believed without support.
const LARGE: u32 = 100_000;
/// How much more a name in the headline counts.
const HEADLINE: f32 = 2.6;
/// How much more a name in the first paragraphs counts.
const LEAD: f32 = 1.5;

impl Mentions {
    /// Reads a document and its headline.
    pub(crate) fn new(
        document: &Document,
        title: Option<&str>,
        places: &Places,
        lang: &Lang,
    ) -> Self {
        let mut out = Mentions::default();
        let mut raw = Vec::new();
        let reader = Reader {
            document,
            places,
            lang,
        };
        reader.scan(&mut raw, &mut out.wide, 1.0);
        let body = raw.len();
        if let Some(title) = title {
            let headline = Document::new(title, lang);
            let reader = Reader {
                document: &headline,
                places,
                lang,
            };
            let mut wide = Vec::new();
            reader.scan(&mut raw, &mut wide, HEADLINE);
            out.several = raw.len() == body && wide.iter().any(|w| w.several);
        }
        out.settle(&raw, body);
        out
    }

    /// Gives each name its country: sure names first, then those that need the others.
    fn settle(&mut self, raw: &[Raw], body: usize) {
        let mut settled: Vec<Option<Meaning>> = vec![None; raw.len()];
        for round in 0..3 {
            for (slot, name) in settled.iter_mut().zip(raw) {
                if slot.is_some() {
                    continue;
                }
                let found = match round {
                    0 => sure(name),
                    1 => large(name, &self.weights),
                    _ => supported(name, &self.weights),
                };
                if let Some(meaning) = found {
                    *slot = Some(meaning);
                    let share = share(name.stand, meaning.kind) * name.weight;
                    match self.weights.iter_mut().find(|w| w.0 == meaning.country) {
                        Some(w) => w.1 += share,
                        None => self.weights.push((meaning.country, share)),
                    }
                }
            }
        }
        self.weights
            .sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (name, meaning) in raw[..body].iter().zip(settled) {
            let Some(meaning) = meaning else { continue };
            self.all.push(Mention {
                tokens: name.mention.clone(),
                quoted: name.quoted.clone(),
                sentence: name.sentence,
                paragraph: name.paragraph,
                country: meaning.country,
                kind: meaning.kind,
                stand: name.stand,
                border: name.border,
            });
        }
    }
}

/// What a mention adds to its country.
fn share(stand: Stand, kind: PlaceKind) -> f32 {
    let by_stand = match stand {
        Stand::In | Stand::Label | Stand::Heading => 1.2,
        Stand::Bare | Stand::To => 1.0,
        Stand::From => 0.6,
        Stand::Actor | Stand::People => 0.4,
        Stand::Body => 0.3,
        Stand::Origin => 0.2,
    };
    if kind == PlaceKind::Country || kind == PlaceKind::Demonym {
        by_stand
    } else {
        by_stand * 0.7
    }
}

/// A country or its people, where the name means no other.
fn sure(name: &Raw) -> Option<Meaning> {
    let mut meanings = name.meanings.iter();
    let first = meanings.next()?;
    let top = |m: &Meaning| matches!(m.kind, PlaceKind::Country | PlaceKind::Demonym);
    let alone = meanings.next().is_none_or(|m| !top(&m));
    (top(&first) && alone && !name.doubtful && !rival(name)).then_some(first)
}

/// A country that shares its name with a large region elsewhere.
fn rival(name: &Raw) -> bool {
    let mut meanings = name.meanings.iter();
    let first = meanings.next();
    first.is_some_and(|f| {
        meanings.any(|m| {
            m.country != f.country && m.kind == PlaceKind::Region && m.population > f.population
        })
    })
}

/// A large city or a region that lies in one country.
fn large(name: &Raw, weights: &[(Country, f32)]) -> Option<Meaning> {
    if name.doubtful || name.common {
        return None;
    }
    let first = name.meanings.iter().next()?;
    // a name of another country than the article's may be a small namesake here that the table lacks
    let lone = weights.iter().all(|w| w.1 < 4.0) || first.population >= 10 * LARGE;
    if !lone && weights.iter().all(|w| w.0 != first.country) {
        return None;
    }
    let alone = name.meanings.iter().all(|m| m.country == first.country);
    let top = matches!(first.kind, PlaceKind::Country | PlaceKind::Demonym);
    let known = first.population >= LARGE || first.kind == PlaceKind::Region;
    if alone && known && !top {
        return Some(first);
    }
    // a great city beats its namesakes, unless the article speaks of one of their countries
    let second = name
        .meanings
        .iter()
        .skip(1)
        .find(|m| m.country != first.country);
    let great = second.is_none_or(|m| first.population / 8 >= m.population)
        && first.population >= 3 * LARGE;
    let spoken = |c: Country| weights.iter().any(|w| w.0 == c);
    let elsewhere = name
        .meanings
        .iter()
        .any(|m| m.country != first.country && spoken(m.country));
    (great && !top && (spoken(first.country) || !elsewhere)).then_some(first)
}

/// A name by the company it keeps.
fn supported(name: &Raw, weights: &[(Country, f32)]) -> Option<Meaning> {
    let weight = |m: &Meaning| {
        weights
            .iter()
            .find(|w| w.0 == m.country)
            .map_or(0.0, |w| w.1)
    };
    let mut best: Option<(Meaning, f32)> = None;
    for m in name.meanings.iter() {
        let w = weight(&m);
        if best.is_none_or(|(_, b)| w > b) {
            best = Some((m, w));
        }
    }
    let (meaning, weight) = best?;
    if name.doubtful {
        return None;
    }
    let located = matches!(name.stand, Stand::In | Stand::Label | Stand::Heading);
    let top = matches!(meaning.kind, PlaceKind::Country | PlaceKind::Demonym);
    let known = meaning.population >= 3 * LARGE
        || located && meaning.population >= LARGE / 2
        || located && matches!(meaning.kind, PlaceKind::Region | PlaceKind::Camp);
    (weight > 0.0 || top || known && !name.common || meaning.population >= 3 * LARGE && located)
        .then_some(meaning)
}

struct Reader<'a> {
    document: &'a Document<'a>,
    places: &'a Places,
    lang: &'a Lang,
}

impl Reader<'_> {
    fn roles(&self, at: usize) -> u32 {
        self.lang.places.roles(self.document, at)
    }

    fn str(&self, at: usize) -> &str {
        self.document
            .tokens
            .get(at)
            .map_or("", |t| self.document.str(t))
    }

    fn scan(&self, raw: &mut Vec<Raw>, wide: &mut Vec<Wide>, factor: f32) {
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
            let phrase = self.lang.places.phrase(self.document, at);
            if let Some((len, kind)) = phrase {
                if kind != Phrase::NotPlace {
                    wide.push(Wide {
                        tokens: at as u32..(at + len) as u32,
                        sentence,
                        several: kind == Phrase::Several,
                    });
                }
                at += len;
                continue;
            }
            let token = &tokens[at];
            // "34 countries"
            if at > range.start
                && tokens[at - 1].kind == TokenKind::Number
                && self.roles(at) & role::COUNTRIES != 0
            {
                wide.push(Wide {
                    tokens: at as u32 - 1..at as u32 + 1,
                    sentence,
                    several: true,
                });
            }
            let particle = token.kind == TokenKind::Word
                && token.span.end - token.span.start <= 3
                && at + 2 < range.end
                && self.str(at + 1) == "-"
                && tokens[at + 2].capital
                && !tokens[at + 2].spaced;
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
        let compass = alone && self.roles(name.start) & role::DIRECTION != 0;
        let doubtful = compass && !suffixed
            || common && !(located || suffixed)
            || person && (left || !suffixed)
            || kind == PlaceKind::Country && titled
            || shouting && alone && !country && !located && name.start > range.start;
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

    #[expect(
        clippy::too_many_arguments,
        reason = "the facts about one name, used here only"
    )]
    fn stand(
        &self,
        name: &Range<usize>,
        first: usize,
        before: u32,
        next: usize,
        kind: PlaceKind,
        suffixed: bool,
        range: &Range<usize>,
    ) -> Stand {
        let follow = if next < range.end {
            self.roles(next)
        } else {
            0
        };
        if kind == PlaceKind::Demonym {
            if suffixed {
                return Stand::In; // the Syrian city
            }
            let mut i = next;
            while i < range.end.min(next + 3) {
                let roles = self.roles(i);
                if roles & role::PERSON != 0 && roles & role::BODY == 0 {
                    return Stand::Origin;
                }
                if roles & role::PREFIX != 0 {
                    return Stand::In; // the Ukrainian capital
                }
                if roles & role::BODY != 0 {
                    return Stand::Body;
                }
                i += 1;
            }
            return Stand::People;
        }
        let label = name.start == range.start || first == range.start;
        let mark = self.str(next);
        let dash = mark == "-" && self.document.tokens.get(next + 1).is_some_and(|t| t.spaced);
        let dateline = next < range.end
            && matches!(mark, ":" | "—" | "–" | "-" | "|" | "(")
            && name.start < range.start + 6;
        if label && next >= range.end {
            return Stand::Heading;
        }
        if label && (next >= range.end || dash || matches!(mark, ":" | "—" | "–" | "|")) {
            return Stand::Label;
        }
        if dateline
            && name.start < range.start + 4
            && (range.start..name.start)
                .all(|i| self.document.tokens[i].capital || self.str(i) == ",")
        {
            return Stand::Label;
        }
        // "US nationals", "a US drone"
        if kind == PlaceKind::Country && next < range.end {
            if follow & role::PERSON != 0 {
                return Stand::Origin;
            }
            let token = &self.document.tokens[next];
            let short = self.document.tokens[name.end - 1].upper || self.str(name.end - 1) == ".";
            let noun = token.kind == TokenKind::Word
                && !token.capital
                && token.spaced
                && follow & (role::FUNCTION | role::AND | role::SAID | role::IN | role::TO) == 0;
            let hyphen = self.str(next) == "-" && !token.spaced;
            if short && (noun || hyphen) && before & role::IN == 0 {
                return Stand::Body;
            }
        }
        let body = (next..range.end.min(next + 3))
            .take_while(|&i| {
                self.document.tokens[i].capital || self.document.tokens[i].kind == TokenKind::Word
            })
            .take_while(|&i| i == next || self.document.tokens[i - 1].capital)
            .any(|i| self.roles(i) & role::BODY != 0);
        if body && !suffixed {
            return Stand::Body;
        }
        if self.str(next) == "'s"
            && self.roles(next + 1) & (role::SUFFIX | role::PREFIX | role::DIRECTION) != 0
        {
            return Stand::In; // Nigeria's Borno state
        }
        if before & role::FROM != 0 && self.str(first - 1).eq_ignore_ascii_case("of") {
            return if suffixed { Stand::In } else { Stand::Bare };
        }
        if before & role::IN != 0 {
            return Stand::In;
        }
        if before & role::FROM != 0 {
            return Stand::From;
        }
        if before & role::TO != 0 {
            return Stand::To;
        }
        if before & (role::BY | role::WITH) != 0 {
            return Stand::Actor;
        }
        // "Russia has repeatedly denied": it speaks, nobody is there
        let denies = (next..range.end.min(next + 3))
            .take_while(|&i| self.document.tokens[i].kind == TokenKind::Word)
            .any(|i| self.roles(i) & role::DENIED != 0);
        if follow & role::SAID != 0 || denies && before & role::IN == 0 {
            return Stand::Body;
        }
        if suffixed {
            return Stand::In;
        }
        Stand::Bare
    }
}
