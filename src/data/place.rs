//! `data/places.tsv`: the gazetteer, and the words around places of one language.
//!
//! The table is turned into an index when the crate is built and read where it lies in the program: nothing to load.
//! Comes in: the tokens of a text. Goes out: the longest name that starts at a token, and what it can mean.

use fst::raw::{Fst, Node};
use serde::Deserialize;

use super::fold::{ACRONYM, Folded, fold};
use super::lang::{Phrases, Vocabulary, WordId};
use crate::figure::Country;
use crate::text::{Document, TokenKind, token};

static ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.rows"));
static LISTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.lists"));
/// By the hash of a first word of a name: where the index stands after it.
static FIRSTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.firsts"));
/// One bit or more a first word: says of most words that no name begins with them, from a near cache.
static SIEVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.sieve"));
static COUNTRIES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/countries.rs"));

/// What a row is, in the order that `build.rs` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceKind {
    Country,
    /// The people of a country: no place by itself.
    Demonym,
    /// First-level region or a well-known part of a country.
    Region,
    City,
    Camp,
    /// Second-level region.
    District,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) country: Country,
    pub(crate) kind: PlaceKind,
    pub(crate) population: u32,
}

/// The meanings of one name, the likeliest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meanings {
    offset: usize,
}

impl Meanings {
    /// Each meaning; a name has at least one.
    pub(crate) fn iter(self) -> impl Iterator<Item = Meaning> {
        let count = number(LISTS, self.offset);
        (0..count).filter_map(move |i| meaning(number(LISTS, self.offset + 4 * (i + 1))))
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..at + 4)
        .and_then(|b| b.try_into().ok())
        .map_or(0, |b| u32::from_le_bytes(b) as usize)
}

fn meaning(row: usize) -> Option<Meaning> {
    let bytes = ROWS.get(row * 8..row * 8 + 8)?;
    let country = Country::from_letters([bytes[0], bytes[1], bytes[2]]); // as build.rs makes sure
    let kind = match bytes[3] {
        0 => PlaceKind::Country,
        1 => PlaceKind::Demonym,
        2 => PlaceKind::Region,
        3 => PlaceKind::City,
        4 => PlaceKind::Camp,
        _ => PlaceKind::District,
    };
    Some(Meaning {
        country,
        kind,
        population: number(ROWS, row * 8 + 4) as u32,
    })
}

/// The gazetteer.
pub(crate) struct Places {
    names: Fst<&'static [u8]>,
}

impl Places {
    pub(crate) fn compiled_in() -> Self {
        let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.fst"));
        Places {
            names: Fst::new(bytes).unwrap_or_else(|e| panic!("data/places.tsv: {e}")),
        }
    }

    /// A country's usual English name.
    #[expect(clippy::unused_self, reason = "the table is a part of the gazetteer")]
    pub(crate) fn country_name(&self, country: Country) -> Option<&'static str> {
        COUNTRIES
            .binary_search_by_key(&country.code(), |(code, _)| code)
            .ok()
            .map(|i| COUNTRIES[i].1)
    }

    /// The longest name that starts at token `at`, which must be a capital one or a particle of a name ("al-Hol"):
    /// one past its last token, and what it can mean.
    pub(crate) fn at(&self, document: &Document, at: usize) -> Option<(usize, Meanings)> {
        let tokens = &document.tokens;
        let mut best = self.acronym(document, at);
        let mut walk = self.first_word(document, at);
        let mut j = at;
        while let Some(token) = tokens.get(j) {
            let text = document.str(token);
            let joined = !token.spaced && j > at;
            match token.kind {
                TokenKind::Mark if j == at => break,
                TokenKind::Mark => {
                    let hyphen = joined && matches!(text, "-" | "–" | "‑");
                    let stop = joined && text == "." && j <= at + 3;
                    let aside = matches!(text, "'" | "’" | "‘" | "`") && joined;
                    if !(hyphen || stop || aside || text == "&") {
                        break;
                    }
                }
                _ => {
                    let glued = joined && {
                        let before = document.str(&tokens[j - 1]);
                        matches!(before, "." | "'" | "’" | "‘" | "`")
                            || text.chars().next().is_some_and(|c| matches!(c, '\'' | '’'))
                    };
                    if j > at {
                        walk = walk
                            .filter(|w| glued || w.can(b' '))
                            .map(|mut w| {
                                if !glued {
                                    w.step(b' ');
                                }
                                w
                            })
                            .and_then(|w| w.word(text));
                    }
                    let Some(walk) = &walk else { break };
                    let whole = token.capital || token.kind == TokenKind::Number;
                    if let Some(offset) = walk.value().filter(|_| whole) {
                        best = Some((j + 1, Meanings { offset }));
                    }
                }
            }
            j += 1;
        }
        best
    }

    /// The way through the index over a first word. Plain words are looked up, since most capital words begin no name; others
    /// (accents, apostrophes inside, what goes on without a space) are spelled out.
    fn first_word(&self, document: &Document, at: usize) -> Option<Walk<'_>> {
        let token = document.tokens.get(at)?;
        let text = document.str(token);
        if !text.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Walk::new(&self.names).word(text);
        }
        self.whole_word(token.hash).or_else(|| {
            let next = document.tokens.get(at + 1).filter(|next| !next.spaced)?;
            let joins = document.str(next).chars().next().is_some_and(joins_names)
                && (next.kind == TokenKind::Word
                    || document.tokens.get(at + 2).is_some_and(|t| !t.spaced));
            // "N'Djamena"
            joins.then(|| Walk::new(&self.names).word(text)).flatten()
        })
    }

    /// The way over a word that a name begins with.
    fn whole_word(&self, hash: u64) -> Option<Walk<'_>> {
        let bit = hash as usize % (SIEVE.len() * 8);
        if SIEVE[bit / 8] >> (bit % 8) & 1 == 0 {
            return None;
        }
        let slots = FIRSTS.len() / 16;
        let mut slot = hash as usize % slots;
        loop {
            // there are free slots, so a search ends
            let node = number(FIRSTS, slot * 16 + 8);
            if node == u32::MAX as usize {
                return None;
            }
            let entry = FIRSTS.get(slot * 16..slot * 16 + 8)?;
            if entry == hash.to_le_bytes() {
                return Some(Walk {
                    names: &self.names,
                    node: self.names.node(node),
                    sum: number(FIRSTS, slot * 16 + 12) as u64,
                });
            }
            slot = (slot + 1) % slots;
        }
    }

    /// "UAE", "U.S."
    fn acronym(&self, document: &Document, at: usize) -> Option<(usize, Meanings)> {
        let first = document.tokens.get(at)?;
        let length = first.span.range().len();
        if !(1..=ACRONYM).contains(&length) || !first.upper && length > 1 {
            return None;
        }
        if first.upper {
            let offset = self.written(document.str(first))?;
            return Some((at + 1, Meanings { offset }));
        }
        let mut letters = String::new();
        let (mut j, mut end) = (at, at + 1);
        while letters.len() <= ACRONYM {
            let (Some(letter), Some(stop)) = (document.tokens.get(j), document.tokens.get(j + 1))
            else {
                break;
            };
            let text = document.str(letter);
            let follows = j == at || !letter.spaced;
            if !(follows && text.len() == 1 && letter.capital) {
                break;
            }
            letters.push_str(text);
            end = j + 1;
            if stop.spaced || document.str(stop) != "." {
                break;
            }
            end = j + 2;
            j += 2;
        }
        if !(2..=ACRONYM).contains(&letters.len()) {
            return None;
        }
        let offset = self.written(&letters)?;
        Some((end, Meanings { offset }))
    }

    /// What a name of one word means that is written just so.
    fn written(&self, name: &str) -> Option<usize> {
        self.whole_word(token::hash_exact(name))?.value()
    }
}

/// Marks inside names: "St. Louis", "N'Djamena".
fn joins_names(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '‘' | '`')
}

/// A place on the way through the index.
struct Walk<'f> {
    names: &'f Fst<&'static [u8]>,
    node: Node<'f>,
    sum: u64,
}

impl<'f> Walk<'f> {
    fn new(names: &'f Fst<&'static [u8]>) -> Self {
        Walk {
            names,
            node: names.root(),
            sum: 0,
        }
    }

    fn can(&self, byte: u8) -> bool {
        self.node.find_input(byte).is_some()
    }

    fn step(&mut self, byte: u8) -> bool {
        let Some(i) = self.node.find_input(byte) else {
            return false;
        };
        let transition = self.node.transition(i);
        self.sum += transition.out.value();
        self.node = self.names.node(transition.addr);
        true
    }

    /// On over the letters of a word.
    fn word(mut self, text: &str) -> Option<Self> {
        for c in text.chars() {
            let alive = match fold(c) {
                Folded::Plain(b) => self.step(b),
                Folded::Letters(letters) => letters.bytes().all(|b| self.step(b)),
                Folded::Nothing => true,
                Folded::Space => self.step(b' '),
                Folded::Foreign => false,
            };
            if !alive {
                return None;
            }
        }
        Some(self)
    }

    fn value(&self) -> Option<usize> {
        self.node
            .is_final()
            .then(|| (self.sum + self.node.final_output().value()) as usize)
    }
}

/// What a word does around places; bits.
pub(crate) mod role {
    pub(crate) const IN: u32 = 1;
    pub(crate) const TO: u32 = 1 << 1;
    pub(crate) const FROM: u32 = 1 << 2;
    pub(crate) const BY: u32 = 1 << 3;
    pub(crate) const WITH: u32 = 1 << 4;
    pub(crate) const DIRECTION: u32 = 1 << 5;
    pub(crate) const SUFFIX: u32 = 1 << 6;
    pub(crate) const PREFIX: u32 = 1 << 7;
    pub(crate) const BODY: u32 = 1 << 8;
    pub(crate) const AND: u32 = 1 << 9;
    pub(crate) const ARTICLE: u32 = 1 << 10;
    pub(crate) const COMMON: u32 = 1 << 11;
    pub(crate) const TITLE: u32 = 1 << 12;
    pub(crate) const BORDER: u32 = 1 << 13;
    pub(crate) const BETWEEN: u32 = 1 << 14;
    pub(crate) const FUNCTION: u32 = 1 << 15;
    pub(crate) const SAID: u32 = 1 << 18;
    pub(crate) const PERSON: u32 = 1 << 19;
    pub(crate) const COUNTRIES: u32 = 1 << 16;
    pub(crate) const DENIED: u32 = 1 << 17;
    pub(crate) const SURNAME: u32 = 1 << 20;
    pub(crate) const REPORTED: u32 = 1 << 21;
    pub(crate) const MEETING: u32 = 1 << 22;
    pub(crate) const BACKED: u32 = 1 << 23;
    pub(crate) const WATER: u32 = 1 << 24;
    pub(crate) const OF: u32 = 1 << 25;
}

/// `[places]` as written: roles of words, and phrases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    words: Words,
    not_places: Vec<String>,
    wide: Vec<String>,
    abroad: Vec<String>,
    several: Vec<String>,
}

/// `[places.words]` as written: each list a role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    r#in: Vec<String>,
    to: Vec<String>,
    from: Vec<String>,
    by: Vec<String>,
    with: Vec<String>,
    directions: Vec<String>,
    suffixes: Vec<String>,
    prefixes: Vec<String>,
    bodies: Vec<String>,
    and: Vec<String>,
    articles: Vec<String>,
    common: Vec<String>,
    titles: Vec<String>,
    borders: Vec<String>,
    between: Vec<String>,
    function: Vec<String>,
    said: Vec<String>,
    denied: Vec<String>,
    persons: Vec<String>,
    countries: Vec<String>,
    surnames: Vec<String>,
    reported: Vec<String>,
    meetings: Vec<String>,
    backed: Vec<String>,
    waters: Vec<String>,
    of: Vec<String>,
}

/// A phrase around places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// Holds a name of the gazetteer that is no place here ("the New York Times").
    NotPlace,
    /// The whole country ("nationwide").
    Wide,
    /// Some other country, or countries ("neighbouring countries").
    Abroad,
    /// More than one country ("worldwide").
    Several,
}

/// The words around places of one language.
pub(crate) struct Around {
    /// By word.
    roles: Vec<u32>,
    phrases: Phrases<Phrase>,
}

impl Around {
    /// Reads the words.
    pub(crate) fn new(file: &File, vocabulary: &mut Vocabulary) -> Self {
        let mut roles = Vec::new();
        let words = &file.words;
        for (list, role) in [
            (&words.r#in, role::IN),
            (&words.to, role::TO),
            (&words.from, role::FROM),
            (&words.by, role::BY),
            (&words.with, role::WITH),
            (&words.directions, role::DIRECTION),
            (&words.suffixes, role::SUFFIX),
            (&words.prefixes, role::PREFIX),
            (&words.bodies, role::BODY),
            (&words.and, role::AND),
            (&words.articles, role::ARTICLE),
            (&words.common, role::COMMON),
            (&words.titles, role::TITLE),
            (&words.borders, role::BORDER),
            (&words.between, role::BETWEEN),
            (&words.function, role::FUNCTION),
            (&words.said, role::SAID),
            (&words.denied, role::DENIED),
            (&words.persons, role::PERSON),
            (&words.countries, role::COUNTRIES),
            (&words.surnames, role::SURNAME),
            (&words.reported, role::REPORTED),
            (&words.meetings, role::MEETING),
            (&words.backed, role::BACKED),
            (&words.waters, role::WATER),
            (&words.of, role::OF),
        ] {
            for word in list {
                let id = vocabulary.intern(word).0 as usize;
                roles.resize(roles.len().max(id + 1), 0);
                roles[id] |= role;
            }
        }
        let phrases = [
            (&file.not_places, Phrase::NotPlace),
            (&file.wide, Phrase::Wide),
            (&file.abroad, Phrase::Abroad),
            (&file.several, Phrase::Several),
        ];
        let phrases = phrases
            .iter()
            .flat_map(|(list, kind)| list.iter().map(|phrase| (phrase, *kind)));
        let phrases = Phrases::new(vocabulary, phrases);
        Around { roles, phrases }
    }

    /// True for the first word of a phrase, and for "countries".
    pub(crate) fn begin(&self, word: WordId) -> bool {
        let roles = self.roles.get(word.0 as usize).copied().unwrap_or(0);
        self.phrases.begin(word) || roles & role::COUNTRIES != 0
    }

    /// What a word can be: bits of `role`.
    pub(crate) fn roles(&self, document: &Document, at: usize) -> u32 {
        let Some(token) = document.tokens.get(at) else {
            return 0;
        };
        if token.kind == TokenKind::Number {
            return 0;
        }
        self.roles.get(token.word.0 as usize).copied().unwrap_or(0)
    }

    /// The longest phrase that starts at a token: how many tokens it has, and what it is.
    pub(crate) fn phrase(&self, document: &Document, at: usize) -> Option<(usize, Phrase)> {
        let (len, phrase) = self.phrases.at(document.tokens.get(at..)?)?;
        Some((len, *phrase))
    }
}
