//! The names that articles' fields go by in other people's tables and JSON, and the columns a user names.

use super::format::Format;
use crate::article::Article;

/// What of an article a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Title,
    Published,
    Publisher,
    Url,
    Id,
    Lang,
}

/// The usual names of a field, the most telling first, in small letters with `_` between words.
pub(super) fn usual(field: Field) -> &'static [&'static str] {
    match field {
        Field::Text => &[
            "text",
            "full_text",
            "fulltext",
            "article_text",
            "body_text",
            "maintext",
            "main_text",
            "body_html",
            "body",
            "content_html",
            "content_text",
            "content",
            "description",
            "summary",
        ],
        Field::Title => &["title", "headline", "heading", "article_title"],
        Field::Published => &[
            "published",
            "date_published",
            "published_at",
            "publishedat",
            "published_date",
            "publication_date",
            "publish_date",
            "pubdate",
            "pub_date",
            "date",
            "datetime",
            "timestamp",
        ],
        Field::Publisher => &[
            "publisher",
            "source",
            "source_name",
            "outlet",
            "newspaper",
            "publication",
            "site",
            "site_name",
        ],
        Field::Url => &[
            "url",
            "link",
            "permalink",
            "web_url",
            "canonical_url",
            "uri",
        ],
        Field::Id => &["id", "article_id", "uuid", "guid"],
        Field::Lang => &["lang", "language", "language_code"],
    }
}

/// A name as the usual names are written: "Body HTML" and "body-html" are `body_html`.
pub(super) fn plain(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .to_lowercase()
        .replace([' ', '-', '.'], "_")
}

/// The columns of tables, where a user names them; what is not named is found by its usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The article's words.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The date of publication.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its identity.
    pub id: Option<String>,
    /// Its language, ISO 639-1.
    pub lang: Option<String>,
}

impl Columns {
    pub(super) fn named(&self, field: Field) -> Option<&str> {
        match field {
            Field::Text => &self.text,
            Field::Title => &self.title,
            Field::Published => &self.published,
            Field::Publisher => &self.publisher,
            Field::Url => &self.url,
            Field::Id => &self.id,
            Field::Lang => &self.lang,
        }
        .as_deref()
    }
}

/// What is known of an article before its text is made sense of: from a row, a feed, an archive, a server.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Holds over what is read from the text.
    pub(super) known: Article,
    /// The content type its bytes were sent with.
    pub(super) content_type: Option<String>,
    /// The address its bytes were fetched from.
    pub(super) address: Option<String>,
}

impl About {
    /// Takes over what was not known.
    pub(super) fn know(&mut self, more: &Article) {
        let known = &mut self.known;
        known.title = known.title.take().or_else(|| more.title.clone());
        known.publisher = known.publisher.take().or_else(|| more.publisher.clone());
        known.published = known.published.or(more.published);
        known.lang = known.lang.take().or_else(|| more.lang.clone());
    }

    /// The article with what was known of it.
    pub(super) fn complete(self, article: Article) -> Article {
        let known = self.known;
        Article {
            id: known.id,
            url: known.url.or(article.url).or(self.address),
            publisher: known.publisher.or(article.publisher),
            title: known.title.or(article.title),
            published_inferred: article.published_inferred && known.published.is_none(),
            published: known.published.or(article.published),
            lang: known.lang.or(article.lang),
            ..article
        }
    }
}

/// How words are read that may be plain or marked up.
pub(super) fn words(text: &str) -> Format {
    let marked = text.match_indices('<').any(|(at, _)| {
        let tag = text[at + 1..].trim_start_matches('/');
        [
            "p>", "p ", "br", "div", "li>", "ul>", "b>", "strong>", "a ", "span", "em>", "i>",
        ]
        .iter()
        .any(|name| {
            tag.get(..name.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(name))
        })
    });
    if marked {
        Format::Fragment
    } else {
        Format::Text
    }
}
