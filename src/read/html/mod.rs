//! Web pages: the article's own text and what the page says of it. In: bytes, and where they are known the server's content type and the
//! address; out: an article, or what is wrong.
//!
//! | part | does |
//! | --- | --- |
//! | `charset` | bytes -> text |
//! | `tree`, `tag`, `attributes`, `mark`, `nesting` | text -> a flat tree, its head |
//! | `block`, `page`, `around`, `root`, `prune`, `body` | tree -> blocks -> those of the article |
//! | `lines`, `table`, `pair`, `words` | blocks -> text |
//! | `metadata`, `json_ld` | tree -> title, publisher, day of publication, language, address |
//!
//! The text holds the headline, then paragraphs with empty lines between; list items are lines that begin with "• "; the rows of a table are
//! lines such as "Aleppo | Killed: 45 | Injured: 120" or, of two columns without a head, "Killed: 45". Menus, other stories, adverts, comments and banners
//! are left out; what they call themselves is in `data/page.toml`. Where a page holds only the beginning of an article that its JSON-LD gives in full,
//! that is taken.
//!
//! Nothing here recurses, and the time it takes grows with the page alone, however deep its elements lie.

mod around;
mod attributes;
mod block;
mod body;
mod charset;
mod json_ld;
mod lines;
mod mark;
mod metadata;
mod nesting;
mod page;
mod pair;
mod prune;
mod root;
mod table;
mod tag;
mod tree;
mod words;

use super::Parsed;
use crate::article::Article;
use tree::Tree;

/// A page's article.
///
/// `content_type` is what a server said of the page, `url` is where it came from; the page may know better.
pub(super) fn article(
    bytes: &[u8],
    content_type: Option<&str>,
    url: Option<&str>,
) -> Parsed<Article> {
    let page = charset::decode(bytes, content_type)?;
    let tree = Tree::new(&page)?;
    let body = body::body(&tree);
    let found = metadata::find(&tree, &body, url);
    let mut text = if body.has_article {
        lines::text(&tree, &body)
    } else {
        String::new()
    };
    if let Some(whole) = found.text.filter(|whole| whole.len() > 2 * text.len()) {
        text = whole;
    }
    if text.is_empty() {
        return Err("no article in this page, only links or scripts; save it from a browser that shows it, or give its text (.txt)".into());
    }
    let stated = found.published;
    let published =
        stated.or_else(|| metadata::inferred(&tree, &body, found.url.as_deref(), found.modified));
    Ok(Article {
        url: found.url,
        publisher: found.publisher,
        title: found.title,
        published,
        published_inferred: stated.is_none() && published.is_some(),
        lang: found.lang,
        text,
        ..Article::default()
    })
}

/// The text of a piece of a page, all of it.
pub(super) fn text(piece: &str) -> Parsed<String> {
    let tree = Tree::new(piece)?;
    Ok(lines::text(&tree, &body::Body::all(&tree)))
}

/// The text of a piece of a page that is to be one line, as a headline.
pub(super) fn line(piece: &str) -> String {
    let text = text(piece).unwrap_or_else(|_| piece.to_string());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element as one line.
fn short_text(tree: &Tree, node: usize) -> String {
    words::words(tree, tree.within(node), false).replace('\n', " ")
}
