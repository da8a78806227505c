//! JSON-LD scripts of a page -> what they say of its article (schema.org).

use serde_json::{Map, Value};

/// Values looked at in all scripts of a page.
const VALUES: usize = 20_000;

type Object = Map<String, Value>;

/// What was said; all as given.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    pub(super) text: Option<String>,
    /// The name of the site, not of the publisher.
    pub(super) site: Option<String>,
}

/// How much an object is the article of the page.
#[derive(PartialEq, Clone, Copy)]
enum Rank {
    Article,
    Page,
    Site,
    Other,
}

/// Reads the scripts. `is_title` tells the page's own headline, where several articles are told of.
pub(super) fn read(scripts: &[String], is_title: impl Fn(&str) -> bool) -> Said {
    let values: Vec<Value> = scripts.iter().filter_map(|s| parse(s)).collect();
    let objects = objects(&values);
    let of = |rank: Rank| objects.iter().filter(move |o| self::rank(o) == rank);
    let own = of(Rank::Article).find(|o| string(o.get("headline")).is_some_and(|h| is_title(&h)));
    let article = own.or_else(|| of(Rank::Article).next());
    let page = of(Rank::Page).next();
    let site = of(Rank::Site).next();
    let either = |key: &str| {
        let said = |o: Option<&&Object>| o.and_then(|o| string(o.get(key)));
        said(article).or_else(|| said(page))
    };
    Said {
        headline: article.and_then(|o| {
            let name = || string(o.get("name"));
            string(o.get("headline")).or_else(name)
        }),
        publisher: [article, page]
            .into_iter()
            .flatten()
            .find_map(|o| name(o.get("publisher")?, &objects)),
        published: either("datePublished").or_else(|| either("dateCreated")),
        modified: either("dateModified"),
        lang: [article, page]
            .into_iter()
            .flatten()
            .find_map(|o| language(o.get("inLanguage")?)),
        url: article
            .and_then(|o| string(o.get("url")).or_else(|| string(o.get("mainEntityOfPage"))))
            .or_else(|| page.and_then(|o| string(o.get("url")))),
        text: article.and_then(|o| string(o.get("articleBody"))),
        site: site.and_then(|o| string(o.get("name"))),
    }
}

/// A script as JSON; line ends within strings are forgiven.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(char::is_control, " ")))
        .ok()
}

/// The objects that stand at the top, in lists, in graphs, and as what a page is about.
fn objects(values: &[Value]) -> Vec<&Object> {
    let mut out = Vec::new();
    let mut left: Vec<&Value> = values.iter().rev().collect();
    let mut seen = 0;
    while let Some(value) = left.pop() {
        seen += 1;
        if seen > VALUES {
            break;
        }
        match value {
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(object) => {
                out.push(object);
                for key in ["mainEntity", "@graph"] {
                    left.extend(object.get(key));
                }
            }
            _ => {}
        }
    }
    out
}

fn rank(object: &Object) -> Rank {
    let is = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        if kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" {
            Rank::Article
        } else if kind.ends_with("Page") {
            Rank::Page
        } else if kind == "WebSite" || kind.ends_with("Organization") {
            Rank::Site
        } else {
            Rank::Other
        }
    };
    let kinds: Vec<Rank> = match object.get("@type") {
        Some(Value::String(kind)) => vec![is(kind)],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(is).collect(),
        _ => Vec::new(),
    };
    [Rank::Article, Rank::Page, Rank::Site]
        .into_iter()
        .find(|rank| kinds.contains(rank))
        .unwrap_or(Rank::Other)
}

/// A string, the first of several, or what an object is known by.
fn string(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(items) => items.first()?,
        value => value,
    };
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => object
            .get("@id")
            .or_else(|| object.get("@value"))
            .and_then(Value::as_str)?,
        _ => return None,
    };
    Some(text.trim().to_string()).filter(|t| !t.is_empty())
}

/// The name of a publisher: given here, or in another object of the page.
fn name(publisher: &Value, objects: &[&Object]) -> Option<String> {
    let publisher = match publisher {
        Value::Array(items) => items.first()?,
        value => value,
    };
    let object = match publisher {
        Value::String(name) => return Some(name.trim().to_string()).filter(|n| !n.is_empty()),
        Value::Object(object) => object,
        _ => return None,
    };
    string(object.get("name")).or_else(|| {
        let id = object.get("@id")?;
        let named = objects
            .iter()
            .find(|o| o.get("@id") == Some(id) && o.contains_key("name"))?;
        string(named.get("name"))
    })
}

fn language(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => string(object.get("alternateName")),
        value => string(Some(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(script: &str) -> Said {
        read(&[script.to_string()], |title| title == "Floods")
    }

    #[test]
    fn graphs_lists_and_references() {
        let said = said(
            r##"{"@context": "https://schema.org", "@graph": [
                {"@type": "WebPage", "datePublished": "2020-01-01", "inLanguage": {"alternateName": "fr"}},
                {"@type": ["Article", "NewsArticle"], "headline": "Floods", "datePublished": "2021-02-03T10:00:00Z",
                 "publisher": {"@id": "#us"}, "mainEntityOfPage": {"@id": "https://example.org/a"}},
                {"@type": "Organization", "@id": "#us", "name": "The Post"}]}"##,
        );
        assert_eq!(said.published.as_deref(), Some("2021-02-03T10:00:00Z"));
        assert_eq!(said.publisher.as_deref(), Some("The Post"));
        assert_eq!(said.lang.as_deref(), Some("fr"));
        assert_eq!(said.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn the_article_that_is_the_page() {
        let said = said(
            r#"[{"@type": "NewsArticle", "headline": "Other", "datePublished": "2020-01-01"},
                {"@type": "http://schema.org/NewsArticle", "headline": "Floods", "datePublished": "2021-02-03", "publisher": ["A", "B"]}]"#,
        );
        assert_eq!(said.published.as_deref(), Some("2021-02-03"));
        assert_eq!(said.publisher.as_deref(), Some("A"));
    }

    #[test]
    fn broken_scripts_say_nothing_and_line_ends_are_forgiven() {
        assert!(said("{\"@type\":").headline.is_none());
        assert!(said(&"[".repeat(100_000)).headline.is_none());
        let said = said("{\"@type\": \"Report\",\n\"headline\": \"A\nB\"}");
        assert_eq!(said.headline.as_deref(), Some("A B"));
    }
}
