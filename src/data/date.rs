//! `[dates]` of a language: months, days of the week, units of time, and the words that say how a date is meant.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::lang::{Phrases, Vocabulary, WordId};
use crate::error::{Error, Result};
use crate::text::Token;

/// `[dates]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(super) months: BTreeMap<String, u8>,
    weekdays: BTreeMap<String, u8>,
    days: BTreeMap<String, u8>,
    units: BTreeMap<Unit, Vec<String>>,
    doubtful: Vec<String>,
    doubtful_after: Vec<String>,
    pub(super) ordinals: Vec<String>,
    day_parts: Vec<String>,
    clock: Vec<String>,
    zones: Vec<String>,
    joins: Vec<String>,
    and: Vec<String>,
    of: Vec<String>,
    the: Vec<String>,
    last: Vec<String>,
    this: Vec<String>,
    past: Vec<String>,
    next: Vec<String>,
    few: Vec<String>,
    ago: Vec<String>,
    from: Vec<String>,
    early: Vec<String>,
    end_of: Vec<String>,
    start_of: Vec<String>,
    earlier: Vec<String>,
    so_far: Vec<String>,
    year_names: Vec<String>,
    roles: BTreeMap<Role, Vec<String>>,
    breaks: Vec<String>,
    when: Vec<String>,
    reporting: Vec<String>,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    /// Minutes and seconds.
    Minute,
    Hour,
    Day,
    /// Saturday and Sunday.
    Weekend,
    Week,
    Month,
    /// Three months.
    Quarter,
    Year,
    Decade,
}

const UNITS: [Unit; 9] = [
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Weekend,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Decade,
];

/// What the words before a date say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// "As of 5 May": the date at which a count holds.
    AsOf,
    /// "By Tuesday", "until June": the same, or the end of a stretch.
    Until,
    /// "Since February".
    Since,
    /// "From 3 May", "between 3 May": a stretch begins.
    From,
    /// "On Friday", "in June", "during 2014".
    Within,
    /// "Before", "after", "until": tells of another time.
    Beside,
    /// "Compared with", "from the year": for comparison only.
    Against,
}

impl Role {
    /// Its name, as in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::AsOf => "as_of",
            Role::Until => "until",
            Role::Since => "since",
            Role::From => "from",
            Role::Within => "within",
            Role::Beside => "beside",
            Role::Against => "against",
        }
    }
}

/// What a word can be in a date; a word can be several.
pub(crate) mod bit {
    pub(crate) const MONTH: u32 = 1;
    pub(crate) const WEEKDAY: u32 = 1 << 1;
    pub(crate) const DAY: u32 = 1 << 2;
    pub(crate) const UNIT: u32 = 1 << 3;
    pub(crate) const DOUBTFUL: u32 = 1 << 4;
    pub(crate) const DOUBTFUL_AFTER: u32 = 1 << 5;
    pub(crate) const ORDINAL: u32 = 1 << 6;
    pub(crate) const DAY_PART: u32 = 1 << 7;
    pub(crate) const ZONE: u32 = 1 << 8;
    pub(crate) const JOIN: u32 = 1 << 9;
    pub(crate) const AND: u32 = 1 << 10;
    pub(crate) const OF: u32 = 1 << 11;
    pub(crate) const THE: u32 = 1 << 12;
    pub(crate) const LAST: u32 = 1 << 13;
    pub(crate) const THIS: u32 = 1 << 14;
    pub(crate) const PAST: u32 = 1 << 15;
    pub(crate) const NEXT: u32 = 1 << 16;
    pub(crate) const FEW: u32 = 1 << 17;
    pub(crate) const AGO: u32 = 1 << 18;
    pub(crate) const FROM: u32 = 1 << 19;
    pub(crate) const EARLY: u32 = 1 << 20;
    pub(crate) const BREAK: u32 = 1 << 22;
    pub(crate) const WHEN: u32 = 1 << 23;
}

/// The words of dates.
pub(crate) struct Dates {
    /// Indexed by word: bits, and the number of the month, weekday, day or unit.
    words: Vec<(u32, u8)>,
    /// "p.m.", "o'clock".
    pub(crate) clock: Phrases<()>,
    /// "The end of".
    pub(crate) end_of: Phrases<()>,
    /// "The start of".
    pub(crate) start_of: Phrases<()>,
    /// "Earlier" (this month).
    pub(crate) earlier: Phrases<()>,
    /// "So far".
    pub(crate) so_far: Phrases<()>,
    /// Words before a bare year that make it one.
    pub(crate) year_names: Phrases<()>,
    /// Words before a date.
    pub(crate) roles: Phrases<Role>,
    /// "The reporting period".
    pub(crate) reporting: Phrases<()>,
}

impl Dates {
    /// Reads the section; `name` stands in errors.
    pub(crate) fn new(v: &mut Vocabulary, file: &File, name: &str) -> Result<Self> {
        let mut found: Vec<(WordId, u32, u8)> = Vec::new();
        for (list, role) in [
            (&file.months, bit::MONTH),
            (&file.weekdays, bit::WEEKDAY),
            (&file.days, bit::DAY),
        ] {
            found.extend(list.iter().map(|(w, n)| (v.intern(w), role, *n)));
        }
        for (unit, list) in &file.units {
            let n = UNITS.iter().position(|u| u == unit).unwrap_or(0) as u8;
            found.extend(list.iter().map(|w| (v.intern(w), bit::UNIT, n)));
        }
        for (list, role) in [
            (&file.doubtful, bit::DOUBTFUL),
            (&file.doubtful_after, bit::DOUBTFUL_AFTER),
            (&file.ordinals, bit::ORDINAL),
            (&file.day_parts, bit::DAY_PART),
            (&file.zones, bit::ZONE),
            (&file.joins, bit::JOIN),
            (&file.and, bit::AND),
            (&file.of, bit::OF),
            (&file.the, bit::THE),
            (&file.last, bit::LAST),
            (&file.this, bit::THIS),
            (&file.past, bit::PAST),
            (&file.next, bit::NEXT),
            (&file.few, bit::FEW),
            (&file.ago, bit::AGO),
            (&file.from, bit::FROM),
            (&file.early, bit::EARLY),
            (&file.breaks, bit::BREAK),
            (&file.when, bit::WHEN),
        ] {
            found.extend(list.iter().map(|w| (v.intern(w), role, 0)));
        }
        let mut phrases = |list: &[String]| Phrases::new(v, list.iter().map(|w| (w, ())));
        let clock = phrases(&file.clock);
        let end_of = phrases(&file.end_of);
        let start_of = phrases(&file.start_of);
        let earlier = phrases(&file.earlier);
        let so_far = phrases(&file.so_far);
        let year_names = phrases(&file.year_names);
        let reporting = phrases(&file.reporting);
        let roles = file
            .roles
            .iter()
            .flat_map(|(role, list)| list.iter().map(move |w| (w, *role)));
        let roles = Phrases::new(v, roles);
        let mut words = vec![(0, 0); v.len()];
        for (id, bits, number) in found {
            let entry: &mut (u32, u8) = &mut words[id.0 as usize];
            let valued = bit::MONTH | bit::WEEKDAY | bit::DAY | bit::UNIT;
            if bits & valued != 0 && entry.0 & valued != 0 {
                return Err(Error::Data {
                    file: name.into(),
                    line: 1,
                    what: format!(
                        "\"{}\" cannot be two of month, weekday, day and unit; leave it in one list",
                        v.word(id)
                    ),
                });
            }
            entry.0 |= bits;
            entry.1 = entry.1.max(number);
        }
        Ok(Dates {
            words,
            clock,
            end_of,
            start_of,
            earlier,
            so_far,
            year_names,
            roles,
            reporting,
        })
    }

    /// True when a date can begin with this word.
    pub(crate) fn begin(&self, word: WordId) -> bool {
        let bits = self.words.get(word.0 as usize).map_or(0, |w| w.0);
        let named = bit::MONTH | bit::WEEKDAY | bit::DAY;
        let told = bit::LAST | bit::THIS | bit::PAST | bit::NEXT | bit::FEW;
        bits & (named | told) != 0
    }

    /// What a token can be in a date.
    pub(crate) fn bits(&self, token: &Token) -> u32 {
        self.words.get(token.word.0 as usize).map_or(0, |w| w.0)
    }

    /// The number of the month, weekday, day or unit that a token names.
    pub(crate) fn number(&self, token: &Token) -> u8 {
        self.words.get(token.word.0 as usize).map_or(0, |w| w.1)
    }

    /// The unit of time that a token names.
    pub(crate) fn unit(&self, token: &Token) -> Option<Unit> {
        (self.bits(token) & bit::UNIT != 0).then(|| UNITS[usize::from(self.number(token)) % 9])
    }
}
