//! The figure: one numeric claim, flat, as it stands in JSON, CSV and SQL; and the words it is made of.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::data;

/// One number that an article gives for people (or homes), tied to its source, its date and its place.
///
/// Flat on purpose: one derive gives JSON, CSV and SQL columns. Offsets count Unicode code points, end exclusive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Stable: made of the article's id, the measure, the number's text and its position.
    #[serde(default)]
    pub id: String,
    /// First code point of the number in the text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The number as printed, with its multiplier, without its hedge.
    #[serde(default)]
    pub number_text: String,
    /// What is counted.
    pub measure: Measure,
    /// The number as stated; absent for ranges and vague words.
    pub value: Option<f64>,
    /// Lower bound; absent = open.
    pub low: Option<f64>,
    /// Upper bound; absent = open.
    pub high: Option<f64>,
    /// The hedge.
    #[serde(default)]
    pub qualifier: Qualifier,
    /// Who or what is counted.
    #[serde(default)]
    pub unit: Unit,
    /// Stock or running total, or new.
    #[serde(default)]
    pub kind: Kind,
    /// Who says so, by its short canonical name.
    #[serde(default)]
    pub source: Option<String>,
    /// The words of the text that name the source.
    #[serde(default)]
    pub source_text: Option<String>,
    /// The date at which a total holds.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// First day of the stretch of time that the figure covers.
    #[serde(default)]
    pub period_start: Option<NaiveDate>,
    /// Last day of that stretch.
    #[serde(default)]
    pub period_end: Option<NaiveDate>,
    /// Where the people are.
    #[serde(default)]
    pub country: Option<Country>,
    /// The narrowest place the text gives for the number.
    #[serde(default)]
    pub place_text: Option<String>,
    /// A subset of another figure of the same measure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub part_of: bool,
    /// Expected, feared or planned, not yet so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub projected: bool,
    /// The number is the article *a* or *an* before a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub implicit: bool,
    /// The sentence it stands in, as printed.
    #[serde(default)]
    pub sentence: String,
    /// Probability that measure and number are right, 0 to 1.
    #[serde(default)]
    pub confidence: f64,
}

/// A row of `data/measures.toml`. Not an enum: no code ever names a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure(pub(crate) u8);

impl Measure {
    /// Every measure, in the order of the table.
    pub fn all() -> impl Iterator<Item = Measure> {
        (0..data::get().measures.len()).map(|i| Measure(i as u8))
    }
    /// The name in every record, as `people_in_need`.
    pub fn code(self) -> &'static str {
        &data::get().measures[self.0 as usize].code
    }
    /// Its row of the table: label, usual unit, wider measure, HXL tag, colour.
    pub fn row(self) -> &'static data::measure::Row {
        &data::get().measures[self.0 as usize]
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Measure {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        Measure::all().find(|m| m.code() == code).ok_or_else(|| {
            format!(
                "no measure {code:?}; the measures are {}",
                Measure::all()
                    .map(Measure::code)
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        })
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// ISO 3166-1 alpha-3 code of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// From three capital letters.
    pub(crate) fn from_letters(letters: [u8; 3]) -> Self {
        Country(letters)
    }
    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
    /// The country's usual English name, or its code where the gazetteer has none.
    pub fn name(&self) -> &str {
        data::get()
            .places
            .country_name(*self)
            .unwrap_or(self.code())
    }

    /// True for a country that there is.
    pub fn is_known(&self) -> bool {
        self.name() != self.code()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Country {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        match code.as_bytes() {
            &[a, b, c] if code.bytes().all(|b| b.is_ascii_alphabetic()) => {
                Ok(Country([a, b, c].map(|b| b.to_ascii_uppercase())))
            }
            _ => Err(format!(
                "no country code {code:?}; give ISO 3166-1 alpha-3, as UKR"
            )),
        }
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// A closed list of words: its enum, its spelling in records, and how it is read back.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// As written in records.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $text),+ } }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }
        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($text => Ok($name::$variant),)+ _ => Err(format!("{text:?} is none of {}", [$($text),+].join(", "))) }
            }
        }
    };
}

words!(
    /// The hedge: how the wording bounds the number.
    Qualifier {
        /// No hedge.
        #[default] Exact = "exact",
        /// About, some, around, an estimated.
        About = "about",
        /// Nearly, almost, close to: high = value.
        Nearly = "nearly",
        /// More than, over: low = value.
        MoreThan = "more_than",
        /// At least: low = value.
        AtLeast = "at_least",
        /// As many as, at most: high = value.
        UpTo = "up_to",
        /// Fewer than, under: high = value.
        FewerThan = "fewer_than",
        /// Two numbers: low and high, no value.
        Range = "range",
        /// Dozens, hundreds: low by the printed rule, no value.
        Vague = "vague",
    }
);
words!(
    /// Who or what is counted.
    Unit {
        /// People of any kind.
        #[default] People = "people",
        /// Children, girls, minors.
        Children = "children",
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
        /// Any combatant: soldiers, police, militants.
        Soldiers = "soldiers",
        /// Families, households.
        Families = "families",
        /// Houses, buildings.
        Homes = "homes",
        /// A share in percent, as printed.
        Percent = "percent",
        /// A share as a decimal.
        Fraction = "fraction",
    }
);
words!(
    /// A stock or running total, or what one incident or stated period added.
    Kind {
        /// A stock or a running total; never summed.
        #[default] Total = "total",
        /// One incident, or a stated period.
        New = "new",
    }
);
