//! Which names of places a text holds, and which country each lies in.
//!
//! Comes in: a document and its headline. Goes out: mentions in the order of the text, each with what its words say about it
//! ("in", "to", "from", a body's name, a people's), and the weight of every country in the article. Names that many countries
//! share are settled by the countries the article speaks of; words and surnames that are also places need an "in".

mod meaning;
mod reader;
mod stand;

use std::ops::Range;

use self::meaning::{large, supported, sure};
use self::reader::Reader;

use crate::data::lang::Lang;
use crate::data::place::{Meaning, Meanings, Phrase, PlaceKind, Places};
use crate::figure::Country;
use crate::text::Document;

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
    /// "Haiti: ".
    Label,
    /// "GENEVA, Aug 13 -", "said in Geneva", "talks in Geneva": where it was told.
    Told,
    /// "Mexico has reported 66 deaths": it counts its own.
    Counts,
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
    pub(crate) paragraph: u32,
    pub(crate) kind: Phrase,
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

/// How much more a name in the headline counts.
const HEADLINE: f32 = 2.6;
/// How much more a name in the first paragraphs counts.
const LEAD: f32 = 1.5;
/// How many names on each side of one that many countries share are asked.
const COMPANY: usize = 6;
/// What a place of telling adds to its country, wherever it stands.
const TOLD: f32 = 0.5;

impl Mentions {
    /// Reads a document and its headline.
    pub(crate) fn new(
        document: &Document,
        headline: Option<&Document>,
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
        if let Some(headline) = headline {
            let reader = Reader {
                document: headline,
                places,
                lang,
            };
            let mut wide = Vec::new();
            reader.scan(&mut raw, &mut wide, HEADLINE);
            out.several = raw.len() == body && wide.iter().any(|w| w.kind == Phrase::Several);
        }
        out.settle(&raw, body);
        out
    }

    /// Gives each name its country: sure names first, then those that need the others.
    fn settle(&mut self, raw: &[Raw], body: usize) {
        let mut settled: Vec<Option<Meaning>> = vec![None; raw.len()];
        for round in 0..3 {
            for (i, name) in raw.iter().enumerate() {
                if settled[i].is_some() {
                    continue;
                }
                let found = match round {
                    0 => sure(name),
                    1 => large(name, &self.weights),
                    _ => supported(name, &self.weights, |c| company(raw, &settled, i, c)),
                };
                if let Some(meaning) = found {
                    settled[i] = Some(meaning);
                    let weight = if name.stand == Stand::Told {
                        1.0
                    } else {
                        name.weight
                    };
                    let share = share(name.stand, meaning.kind) * weight;
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

/// How much the settled names around a name speak for a country: those of its sentence and paragraph, and the heading above.
fn company(raw: &[Raw], settled: &[Option<Meaning>], at: usize, country: Country) -> f32 {
    let name = &raw[at];
    let from = at.saturating_sub(COMPANY);
    raw[from..raw.len().min(at + COMPANY)]
        .iter()
        .zip(&settled[from..])
        .filter(|(other, meaning)| {
            meaning.is_some_and(|m| m.country == country)
                && !matches!(other.stand, Stand::Actor | Stand::Body | Stand::Told)
        })
        .map(|(other, _)| {
            if other.sentence == name.sentence {
                3.0
            } else if other.paragraph == name.paragraph
                || other.stand == Stand::Heading && other.paragraph < name.paragraph
            {
                2.0
            } else {
                0.0
            }
        })
        .fold(0.0, f32::max)
}

/// What a mention adds to its country.
fn share(stand: Stand, kind: PlaceKind) -> f32 {
    let by_stand = match stand {
        Stand::In | Stand::Counts | Stand::Label | Stand::Heading => 1.2,
        Stand::Bare | Stand::To => 1.0,
        Stand::From => 0.6,
        Stand::Actor | Stand::People => 0.4,
        Stand::Body => 0.3,
        Stand::Told => TOLD,
        Stand::Origin => 0.2,
    };
    if kind == PlaceKind::Country || kind == PlaceKind::Demonym {
        by_stand
    } else {
        by_stand * 0.7
    }
}
