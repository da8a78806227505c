//! `crises.toml` in and out.
//!
//! ```toml
//! [[crisis]]
//! name = "Gorkha earthquake"
//! countries = ["NPL", "IND"]        # ISO 3166-1 alpha-3
//! places = ["Gorkha"]               # in the figure's place or sentence, or in the headline
//! since = 2015-04-25
//! until = 2015-12-31
//! words = ["earthquake", "quake"]   # in the headline, or in the sentence of any figure of the article
//! glide = "EQ-2015-000048-NPL"      # one, or a list
//! ```
//!
//! Only `name` and one condition are needed. What is wrong is said with its line.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{Crisis, GLIDE};
use crate::data;
use crate::error::{Error, Result};
use crate::figure::Country;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    crisis: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    countries: Vec<Spanned<Country>>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default, deserialize_with = "day")]
    since: Option<NaiveDate>,
    #[serde(default, deserialize_with = "day")]
    until: Option<NaiveDate>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    glide: Option<Glide>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Glide {
    One(String),
    Many(Vec<String>),
}

/// A day, between quotation marks or not.
fn day<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<NaiveDate>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Text(String),
        Bare(toml::value::Datetime),
    }
    let wrong = || serde::de::Error::custom("no day; write it as 2015-04-25");
    let text = match Day::deserialize(from).map_err(|_| wrong())? {
        Day::Text(text) => text,
        Day::Bare(day) => day.to_string(),
    };
    text.parse().map(Some).map_err(|_| wrong())
}

/// Reads a `crises.toml`; `name` stands in errors.
///
/// # Errors
/// It is no such file; the message says the line and what is wrong there.
pub fn read(name: &str, text: &str) -> Result<Vec<Crisis>> {
    let file: File = toml::from_str(text).map_err(|e| data::measure::toml_error(name, text, &e))?;
    let wrong = |at: usize, what: String| Error::Data {
        file: name.into(),
        line: text[..at.min(text.len())].matches('\n').count() + 1,
        what,
    };
    let mut names = BTreeSet::new();
    let mut all = Vec::new();
    for entry in file.crisis {
        let at = entry.span().start;
        let entry = entry.into_inner();
        let name = entry.name.trim().to_string();
        if name.is_empty() {
            return Err(wrong(at, "a crisis without a name; give it one".into()));
        }
        if !names.insert(name.to_lowercase()) {
            let what = format!("a second crisis {name:?}; give each a name of its own");
            return Err(wrong(at, what));
        }
        for country in &entry.countries {
            let code = country.get_ref();
            if !code.is_known() {
                let what = format!("no country {code}; give ISO 3166-1 alpha-3, as UKR");
                return Err(wrong(country.span().start, what));
            }
        }
        let glide = match entry.glide {
            None => Vec::new(),
            Some(Glide::One(number)) => vec![number],
            Some(Glide::Many(numbers)) => numbers,
        };
        let is_number = |n: &String| GLIDE.find(n).is_some_and(|found| found.len() == n.len());
        if let Some(number) = glide.iter().find(|n| !is_number(n)) {
            let what = format!("{number:?} is no GLIDE number; write it as EQ-2015-000048-NPL");
            return Err(wrong(at, what));
        }
        let crisis = Crisis {
            name,
            countries: entry
                .countries
                .into_iter()
                .map(Spanned::into_inner)
                .collect(),
            places: entry.places,
            since: entry.since,
            until: entry.until,
            words: entry.words,
            glide,
        };
        if let Some(what) = amiss(&crisis) {
            return Err(wrong(at, what));
        }
        all.push(crisis);
    }
    Ok(all)
}

/// What makes a description useless.
fn amiss(crisis: &Crisis) -> Option<String> {
    let name = &crisis.name;
    let letters = |words: &&String| !words.contains(char::is_alphanumeric);
    if let Some(empty) = crisis.places.iter().chain(&crisis.words).find(letters) {
        return Some(format!("{name:?}: no words in {empty:?}; leave it out"));
    }
    if let (Some(since), Some(until)) = (crisis.since, crisis.until)
        && since > until
    {
        return Some(format!(
            "{name:?} ends before it begins ({since} to {until}); swap them"
        ));
    }
    let anything = Crisis {
        name: name.clone(),
        ..Crisis::default()
    };
    (*crisis == anything).then(|| {
        format!("{name:?} has no condition; give countries, places, since, until, words or glide")
    })
}

/// The crises as such a file, which reads back the same.
pub fn write(crises: &[Crisis]) -> String {
    let text = |words: &str| toml::Value::from(words).to_string();
    let mut out = String::new();
    for crisis in crises {
        let mut line = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
        let list = |items: Vec<String>| format!("[{}]", items.join(", "));
        let texts = |items: &[String]| list(items.iter().map(|i| text(i)).collect());
        line("[[crisis]]\nname", text(&crisis.name));
        if !crisis.countries.is_empty() {
            let codes = crisis.countries.iter().map(|c| text(c.code()));
            line("countries", list(codes.collect()));
        }
        for (key, items) in [("places", &crisis.places), ("words", &crisis.words)] {
            if !items.is_empty() {
                line(key, texts(items));
            }
        }
        for (key, day) in [("since", crisis.since), ("until", crisis.until)] {
            if let Some(day) = day {
                line(key, day.to_string());
            }
        }
        match crisis.glide.as_slice() {
            [] => {}
            [number] => line("glide", text(number)),
            numbers => line("glide", texts(numbers)),
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
