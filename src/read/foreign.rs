//! Objects of other people's interfaces -> articles: a report of ReliefWeb (`fields`), or any object with a field of text under one of
//! the usual names. Values may be plain or objects that hold the value (`{"name": …}`, `{"rendered": …}`), or lists of such.

use serde_json::{Map, Value};

use super::names::{self, About, Field};
use super::{Parsed, dateline, format::Format, html, text};
use crate::article::Article;

/// Where an object keeps the value it stands for, the most telling first.
const INNER: [&str; 6] = ["rendered", "original", "code", "name", "shortname", "title"];
/// Objects within objects that are looked into.
const DEEPEST: usize = 4;
/// Fields whose text is markup whatever it looks like.
const MARKUP: [&str; 2] = ["body_html", "content_html"];

/// The object's article, or what is wrong with it; `None` where it has a field `text`, or is of no shape that is known.
pub(super) fn article(json: &str) -> Option<Parsed<Article>> {
    let object: Map<String, Value> = serde_json::from_str(json).ok()?;
    if object.get("text").is_some_and(|text| !text.is_null()) || object.contains_key("figures") {
        return None;
    }
    let (fields, report) = match object.get("fields") {
        Some(Value::Object(fields)) => (fields, true),
        _ => (&object, false),
    };
    let (name, words) = body(fields)?;
    let find = |field: Field| {
        names::usual(field)
            .iter()
            .find_map(|usual| value(fields, usual))
    };
    let format = if MARKUP.contains(&name.as_str()) {
        Format::Fragment
    } else {
        names::words(&words)
    };
    let published = match find(Field::Published)
        .map(|day| dateline::day(&day))
        .transpose()
    {
        Ok(day) => day,
        Err(what) => return Some(Err(what)),
    };
    let url = value(fields, "url_alias").or_else(|| find(Field::Url));
    let id = if report {
        url.clone().or_else(|| value(&object, "id"))
    } else {
        find(Field::Id)
    };
    let known = Article {
        id: id.unwrap_or_default(),
        url,
        publisher: find(Field::Publisher),
        title: find(Field::Title).map(|title| html::line(&title)),
        lang: find(Field::Lang),
        published,
        ..Article::default()
    };
    let words = match format {
        Format::Fragment => match html::text(&words) {
            Ok(text) => text,
            Err(what) => return Some(Err(what)),
        },
        _ => text::unix_lines(words),
    };
    let about = About {
        known,
        ..About::default()
    };
    Some(Ok(about.complete(text::article(words))))
}

/// The field that holds the article's words: of the usual ones the first that says something.
fn body(fields: &Map<String, Value>) -> Option<(String, String)> {
    names::usual(Field::Text).iter().find_map(|usual| {
        let words = value(fields, usual)?;
        Some(((*usual).to_string(), words))
    })
}

/// The value of a field by its usual name.
fn value(fields: &Map<String, Value>, usual: &str) -> Option<String> {
    let (_, value) = fields
        .iter()
        .find(|(name, _)| names::plain(name) == usual)?;
    plain(value, DEEPEST)
}

fn plain(value: &Value, deepest: usize) -> Option<String> {
    if deepest == 0 {
        return None;
    }
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.first().and_then(|first| plain(first, deepest - 1)),
        Value::Object(object) => INNER
            .iter()
            .find_map(|name| plain(object.get(*name)?, deepest - 1)),
        Value::Null | Value::Bool(_) => None,
    }
}
