//! Markdown: front matter between lines of three dashes gives the metadata, the rest as it stands is the text.
//!
//! Front matter is read as `key: value` lines: `title`, `published` (or `date`), `publisher`, `url`, `lang`, `id`. Other keys are passed over,
//! quotes around a value are taken off, indented lines go on with the value before. What front matter does not say is taken from the
//! text: the title from the first heading, the date of publication as from plain text.

use super::dateline;
use crate::article::Article;

/// A document's article; else what is wrong.
pub(super) fn article(document: String) -> Result<Article, String> {
    let Some((matter, body)) = split(&document)? else {
        return Ok(with_body(Article::default(), document));
    };
    let mut article = Article::default();
    let mut date = None;
    for (key, value) in pairs(matter) {
        let value = Some(value).filter(|v| !v.is_empty());
        match key.as_str() {
            "id" => article.id = value.unwrap_or_default(),
            "title" => article.title = value,
            "publisher" => article.publisher = value,
            "url" => article.url = value,
            "lang" => article.lang = value,
            "published" => date = value,
            "date" => date = date.or(value),
            _ => {}
        }
    }
    article.published = date.map(|day| dateline::day(&day)).transpose()?;
    Ok(with_body(article, body.to_string()))
}

/// Sets the text, and what the metadata did not say.
fn with_body(mut article: Article, body: String) -> Article {
    if article.published.is_none() {
        article.published = dateline::published(&body);
        article.published_inferred = article.published.is_some();
    }
    if article.title.is_none() {
        let heading = body.lines().find_map(|line| line.strip_prefix("# "));
        article.title = heading
            .map(|h| h.trim().trim_end_matches('#').trim_end().to_string())
            .filter(|h| !h.is_empty());
    }
    article.text = body;
    article
}

/// Front matter and body, where there is front matter.
fn split(document: &str) -> Result<Option<(&str, &str)>, String> {
    let Some(rest) = document.trim_start().strip_prefix("---") else {
        return Ok(None);
    };
    let Some((same_line, rest)) = rest.split_once('\n') else {
        return Ok(None);
    };
    if !same_line.trim().is_empty() {
        return Ok(None);
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(Some((&rest[..at], &rest[at + line.len()..])));
        }
        at += line.len();
    }
    // a rule across the page may start a document that has no front matter
    if rest.lines().next().is_some_and(|line| pair(line).is_some()) {
        return Err("front matter without an end; close it with a line of three dashes".into());
    }
    Ok(None)
}

/// The keys and values, in their order.
fn pairs(matter: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in matter.lines() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(content);
            }
        } else if let Some((key, value)) = pair(line) {
            let folded = matches!(value, "|" | ">" | "|-" | ">-");
            let value = if folded { "" } else { value };
            out.push((key.to_ascii_lowercase(), value.to_string()));
        }
    }
    for (_, value) in &mut out {
        *value = unquoted(value);
    }
    out
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

fn unquoted(value: &str) -> String {
    let within = |quote: char| {
        value
            .strip_prefix(quote)
            .and_then(|v| v.strip_suffix(quote))
    };
    if let Some(inner) = within('"') {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(inner) = within('\'') {
        return inner.replace("''", "'");
    }
    let comment = value.find(" #").unwrap_or(value.len());
    match &value[..comment] {
        "~" | "null" => String::new(),
        plain => plain.trim_end().to_string(),
    }
}
