//! `data/sources.csv`: organisations; and `[attribution]` of a language: the words of saying.

use serde::Deserialize;

use super::lang::{Vocabulary, WordId, begin};
use super::table::Table;
use crate::text::token::{self, Token, TokenKind};

/// One organisation.
pub(crate) struct Row {
    /// The name in every record.
    pub(crate) name: String,
    /// Passes on what others counted.
    pub(crate) media: bool,
    /// Counts people, and so can be meant by "the agency".
    pub(crate) speaks: bool,
    /// Stands for itself only ("health ministry"), never inside a longer name.
    pub(crate) generic: bool,
    /// The words of all its names.
    words: Vec<u64>,
}

impl Row {
    /// Whether a word stands in one of its names: "the office" can be an Office for Coordination.
    pub(crate) fn has_word(&self, hash: u64) -> bool {
        self.words.contains(&hash)
    }
}

/// The organisations, found by the first word of each of their names.
pub(crate) struct Sources {
    rows: Vec<Row>,
    by_first: Table<Vec<Alias>>,
    /// What may stand between the words of a name.
    possessives: Vec<u64>,
}

struct Alias {
    words: Vec<u64>,
    /// "WHO", never "who".
    upper: bool,
    /// "Office for …", never "office for …".
    capital: bool,
    row: usize,
}

impl Sources {
    pub(crate) fn compiled_in() -> Self {
        let mut out = Sources {
            rows: Vec::new(),
            by_first: Table::default(),
            possessives: ["'s", "'"].map(token::hash).to_vec(),
        };
        let text = include_str!("../../data/sources.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.unwrap_or_else(|e| panic!("data/sources.csv: {e}"));
            let (name, aliases, kind) = (&record[0], &record[1], &record[2]);
            let row = out.rows.len();
            out.rows.push(Row {
                name: name.to_string(),
                media: kind == "media",
                speaks: kind != "armed group",
                generic: !name.chars().any(char::is_uppercase),
                words: Vec::new(),
            });
            for alias in std::iter::once(name).chain(aliases.split('|')) {
                out.add(alias, row);
            }
        }
        out
    }

    /// The organisation of that name, as records write it.
    pub(crate) fn named(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    fn add(&mut self, alias: &str, row: usize) {
        let cut = token::tokens(alias, &super::lang::Vocabulary::default());
        let Some(first) = cut.first() else { return };
        self.rows[row].words.extend(cut.iter().map(|t| t.hash));
        let list = self.by_first.entry(first.hash, Vec::new);
        let at = list.partition_point(|a| a.words.len() >= cut.len());
        list.insert(
            at,
            Alias {
                words: cut.iter().map(|t| t.hash).collect(),
                upper: cut.len() == 1 && first.upper,
                capital: first.capital,
                row,
            },
        );
    }

    /// The longest name that starts at `tokens[0]`: how many tokens it has, and whose it is. A possessive inside does not count
    /// ("the UN's refugee agency").
    pub(crate) fn at(&self, tokens: &[Token]) -> Option<(usize, &Row)> {
        let first = tokens.first()?;
        let list = self.by_first.get(first.hash)?;
        list.iter().find_map(|alias| {
            if alias.upper && !first.upper || alias.capital && !first.capital {
                return None;
            }
            let len = self.reach(&alias.words, tokens)?;
            Some((len, &self.rows[alias.row]))
        })
    }

    /// How many tokens the words of a name take.
    fn reach(&self, words: &[u64], tokens: &[Token]) -> Option<usize> {
        let mut at = 0;
        for (i, word) in words.iter().enumerate() {
            let token = tokens.get(at)?;
            if i > 0 && token.hash != *word && self.possessives.contains(&token.hash) {
                at += 1;
            }
            if tokens.get(at)?.hash != *word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// What a word can be to an attribution; a word can be several.
pub(crate) mod role {
    pub(crate) const SAY: u64 = 1;
    pub(crate) const COUNT: u64 = 1 << 1;
    pub(crate) const AUXILIARY: u64 = 1 << 2;
    pub(crate) const BE: u64 = 1 << 3;
    pub(crate) const STOP: u64 = 1 << 4;
    pub(crate) const PRONOUN: u64 = 1 << 5;
    pub(crate) const PEOPLE: u64 = 1 << 6;
    pub(crate) const VOICE: u64 = 1 << 7;
    pub(crate) const LINK: u64 = 1 << 8;
    pub(crate) const ARTICLE: u64 = 1 << 9;
    pub(crate) const PAPER: u64 = 1 << 10;
    pub(crate) const TITLE: u64 = 1 << 11;
    pub(crate) const TIME: u64 = 1 << 12;
    pub(crate) const BODY: u64 = 1 << 13;
    pub(crate) const ADVERB: u64 = 1 << 14;
    pub(crate) const CITE: u64 = 1 << 15;
    pub(crate) const AND: u64 = 1 << 16;
    pub(crate) const BY: u64 = 1 << 17;
    pub(crate) const AFTER: u64 = 1 << 18;
    pub(crate) const THAT: u64 = 1 << 19;
    pub(crate) const ACCORDING: u64 = 1 << 20;
    pub(crate) const TO: u64 = 1 << 21;
    pub(crate) const TELL: u64 = 1 << 22;
    pub(crate) const LEAD: u64 = 1 << 23;
    pub(crate) const OWNER: u64 = 1 << 24;
    pub(crate) const BACK: u64 = 1 << 25;
    pub(crate) const RELAY: u64 = 1 << 26;
    pub(crate) const WHERE: u64 = 1 << 31;
    pub(crate) const INDEFINITE: u64 = 1 << 30;
    pub(crate) const DEFINITE: u64 = 1 << 29;
    pub(crate) const GOING_ON: u64 = 1 << 28;
    pub(crate) const UNSAID: u64 = 1 << 27;
    pub(crate) const PERSON: u64 = 1 << 32;
    pub(crate) const SELF: u64 = 1 << 33;
    pub(crate) const OWN: u64 = 1 << 34;
    pub(crate) const TALLY: u64 = 1 << 35;
    pub(crate) const RELATIVE: u64 = 1 << 36;
    pub(crate) const DISPUTE: u64 = 1 << 37;
    pub(crate) const LABEL: u64 = 1 << 38;
    pub(crate) const POSSESSIVE: u64 = 1 << 39;
    pub(crate) const HOLD: u64 = 1 << 40;
    /// Words on which an act of saying can hang.
    pub(crate) const SPEECH: u64 = ACCORDING | SAY | COUNT | CITE | POSSESSIVE | OWN | TALLY | HOLD;
}

/// `[attribution]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    saying: Vec<String>,
    counting: Vec<String>,
    citing: Vec<String>,
    auxiliaries: Vec<String>,
    be: Vec<String>,
    stops: Vec<String>,
    pronouns: Vec<String>,
    people: Vec<String>,
    voices: Vec<String>,
    bodies: Vec<String>,
    papers: Vec<String>,
    titles: Vec<String>,
    links: Vec<String>,
    articles: Vec<String>,
    times: Vec<String>,
    adverbs: Vec<String>,
    after_verb: Vec<String>,
    and: Vec<String>,
    by: Vec<String>,
    owners: Vec<String>,
    back: Vec<String>,
    relays: Vec<String>,
    #[serde(rename = "where")]
    where_: Vec<String>,
    indefinite: Vec<String>,
    definite: Vec<String>,
    going_on: Vec<String>,
    unsaid: Vec<String>,
    persons: Vec<String>,
    selves: Vec<String>,
    own: Vec<String>,
    tallies: Vec<String>,
    relatives: Vec<String>,
    disputing: Vec<String>,
    labels: Vec<String>,
    possessives: Vec<String>,
    holding: Vec<String>,
    that: Vec<String>,
    according: Vec<String>,
    to: Vec<String>,
    telling: Vec<String>,
    lead_ins: Vec<String>,
}

/// The words of saying of one language.
#[derive(Default)]
pub(crate) struct Attribution {
    /// By word.
    roles: Vec<u64>,
}

impl Attribution {
    pub(crate) fn new(file: &File, vocabulary: &mut Vocabulary) -> Self {
        let mut out = Attribution::default();
        for (words, role) in [
            (&file.saying, role::SAY),
            (&file.counting, role::COUNT),
            (&file.citing, role::CITE),
            (&file.auxiliaries, role::AUXILIARY),
            (&file.be, role::BE),
            (&file.stops, role::STOP),
            (&file.pronouns, role::PRONOUN),
            (&file.people, role::PEOPLE),
            (&file.voices, role::VOICE),
            (&file.bodies, role::BODY),
            (&file.papers, role::PAPER),
            (&file.titles, role::TITLE),
            (&file.links, role::LINK),
            (&file.articles, role::ARTICLE),
            (&file.times, role::TIME),
            (&file.adverbs, role::ADVERB),
            (&file.after_verb, role::AFTER),
            (&file.and, role::AND),
            (&file.by, role::BY),
            (&file.owners, role::OWNER),
            (&file.back, role::BACK),
            (&file.relays, role::RELAY),
            (&file.where_, role::WHERE),
            (&file.indefinite, role::INDEFINITE),
            (&file.definite, role::DEFINITE),
            (&file.going_on, role::GOING_ON),
            (&file.unsaid, role::UNSAID),
            (&file.persons, role::PERSON),
            (&file.selves, role::SELF),
            (&file.own, role::OWN),
            (&file.tallies, role::TALLY),
            (&file.relatives, role::RELATIVE),
            (&file.disputing, role::DISPUTE),
            (&file.labels, role::LABEL),
            (&file.possessives, role::POSSESSIVE),
            (&file.holding, role::HOLD),
            (&file.that, role::THAT),
            (&file.according, role::ACCORDING),
            (&file.to, role::TO),
            (&file.telling, role::TELL),
            (&file.lead_ins, role::LEAD),
        ] {
            for word in words {
                let id = vocabulary.intern(word).0 as usize;
                out.roles.resize(out.roles.len().max(id + 1), 0);
                out.roles[id] |= role;
            }
        }
        out
    }

    /// What can begin with a word; bits of `begin`.
    pub(crate) fn begins(&self, word: WordId) -> u32 {
        let roles = self.roles.get(word.0 as usize).copied().unwrap_or(0);
        let speech = if roles & role::SPEECH != 0 {
            begin::SPEECH
        } else {
            0
        };
        let label = if roles & role::LABEL != 0 {
            begin::LABEL
        } else {
            0
        };
        speech | label
    }

    /// What a word can be: bits of `role`.
    pub(crate) fn roles(&self, token: &Token) -> u64 {
        if token.kind == TokenKind::Number {
            return 0;
        }
        let roles = self.roles.get(token.word.0 as usize).copied().unwrap_or(0);
        // "WHO" is no "who"
        if token.upper {
            roles & !(role::STOP | role::PRONOUN)
        } else {
            roles
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_stands_once_and_every_kind_is_known() {
        let mut seen = BTreeSet::new();
        let mut reader =
            csv::Reader::from_reader(include_str!("../../data/sources.csv").as_bytes());
        let mut rows = 0;
        for record in reader.records() {
            let record = record.expect("a row of three columns");
            rows += 1;
            for name in std::iter::once(&record[0]).chain(record[1].split('|')) {
                assert!(
                    name.is_empty() || seen.insert(name.to_string()),
                    "{name} twice"
                );
            }
            let kinds = [
                "UN agency",
                "government",
                "armed group",
                "NGO",
                "monitor",
                "media",
                "people",
            ];
            assert!(kinds.contains(&&record[2]), "no kind {}", &record[2]);
        }
        assert!(rows >= 250);
    }

    #[test]
    fn acronyms_are_capitals() {
        let cut = |text| token::tokens(text, &super::super::lang::Vocabulary::default());
        let sources = Sources::compiled_in();
        assert_eq!(
            sources.at(&cut("WHO")).map(|(_, r)| r.name.as_str()),
            Some("WHO")
        );
        assert!(sources.at(&cut("who")).is_none());
        assert!(sources.at(&[]).is_none());
    }
}
