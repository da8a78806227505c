//! RSS or Atom -> one article an item: its text as far as the feed gives it, with title, date, address, and the feed's title for publisher.
//!
//! An item without text of its own is an article of its title. Where links are followed, the page that an item links to takes its place;
//! if that cannot be read, it is said, and the item is what it was.

use std::borrow::Cow;
use std::sync::Arc;

use feed_rs::model::{Entry, Feed};
use feed_rs::parser::{ParseErrorKind, ParseFeedError};
use memchr::memmem;

use super::format::Format;
use super::names::{self, About};
use super::unfold::{self, Many, Origin};
use super::{At, Options, Parsed, Raw, Result, html, input};
use crate::article::Article;

/// So many unknown kinds of content one feed may have.
const KINDS: usize = 8;

/// The items of a feed, as bytes.
pub(super) fn items(
    origin: &Origin,
    bytes: &[u8],
) -> Parsed<impl Iterator<Item = Result<Raw>> + Send + use<>> {
    let mut feed = parsed(bytes).map_err(|error| wrong(bytes, &error))?;
    let entries = std::mem::take(&mut feed.entries);
    if entries.is_empty() {
        return Err("a feed without items; nothing to read in it".into());
    }
    let channel = Channel::of(&feed);
    let name = Arc::clone(&origin.name);
    let options = Arc::clone(&origin.options);
    Ok((1..).zip(entries).flat_map(move |(number, entry)| {
        let at = At::Item(number);
        let link = link(&entry);
        let Some(raw) = channel.raw(entry, at, &name) else {
            let what = "neither text nor title; nothing to read in it";
            return one(Err(input(format_args!("{name}{at}"), what)));
        };
        match link.filter(|_| options.web.follows()) {
            Some(link) => followed(&link, raw, &options),
            None => one(Ok(raw)),
        }
    }))
}

/// The feed. The parser refuses all of it for one item of an unknown kind of content; its kind is then left out of account, since words
/// and markup are told apart anyway ([`markup`]).
fn parsed(bytes: &[u8]) -> std::result::Result<Feed, ParseFeedError> {
    // a new parser each time: one that has failed is in disorder
    let parse = |bytes: &[u8]| {
        feed_rs::parser::Builder::new()
            .id_generator(|_, _, _| String::new()) // else it would draw lots for items without any
            .build()
            .parse(bytes)
    };
    let mut bytes = Cow::Borrowed(bytes);
    for _ in 0..KINDS {
        match parse(&bytes) {
            Err(ParseFeedError::ParseError(ParseErrorKind::UnknownMimeType { mime, .. })) => {
                bytes = Cow::Owned(without_kind(&bytes, &mime));
            }
            other => return other,
        }
    }
    parse(&bytes)
}

/// The same with another kind of content in place of this one.
fn without_kind(bytes: &[u8], kind: &str) -> Vec<u8> {
    let [double, single] = ['"', '\''].map(|quote| format!("type={quote}{kind}{quote}"));
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = memmem::find(rest, b"type=") {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before);
        let attribute = [&double, &single].into_iter();
        let mut attribute = attribute.filter(|a| after.starts_with(a.as_bytes()));
        let (written, read) = match attribute.next() {
            Some(attribute) => (&b"type=\"html\""[..], attribute.len()),
            None => (&b"type="[..], 5),
        };
        out.extend_from_slice(written);
        rest = &after[read..];
    }
    out.extend_from_slice(rest);
    out
}

fn one(raw: Result<Raw>) -> Many {
    Box::new(std::iter::once(raw))
}

/// The page an item links to, with what the feed says of it.
fn followed(link: &str, item: Raw, options: &Arc<Options>) -> Many {
    let known = item.about.as_ref().map(|about| about.known.clone());
    let known = known.unwrap_or_default();
    let name = format_args!("{}: {link}", item.place());
    let mut page = unfold::fetched(name, link, options);
    match page.next() {
        None => Box::new(std::iter::empty()),
        Some(Err(error)) => Box::new([Err(error), Ok(item)].into_iter()),
        Some(Ok(first)) => {
            let all = std::iter::once(Ok(first)).chain(page);
            Box::new(all.map(move |raw| raw.map(|raw| raw.knowing(&known))))
        }
    }
}

/// Where an item leads.
fn link(entry: &Entry) -> Option<String> {
    let is_page = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
    let mut links = entry.links.iter();
    let page = links.find(|link| is_page(link.rel.as_deref()));
    page.or(entry.links.first()).map(|link| link.href.clone())
}

/// What is said once for all items.
struct Channel {
    publisher: Option<String>,
    lang: Option<String>,
}

impl Channel {
    fn of(feed: &Feed) -> Self {
        let title = feed.title.as_ref().map(|t| html::line(&t.content));
        Channel {
            publisher: title.filter(|t| !t.is_empty()),
            lang: feed.language.as_deref().and_then(language),
        }
    }

    fn raw(&self, entry: Entry, at: At, name: &Arc<str>) -> Option<Raw> {
        let url = link(&entry);
        let title = entry.title.map(|t| html::line(&t.content));
        let title = title.filter(|t| !t.is_empty());
        let content = entry.content.and_then(|c| c.body);
        let summary = entry.summary.map(|s| s.content);
        let words = [content, summary]
            .into_iter()
            .flatten()
            .find(|words| !html::line(words).is_empty());
        let format = words.as_deref().map_or(Format::Text, markup);
        let words = words.or_else(|| title.clone())?;
        let published = entry.published.or(entry.updated);
        let known = Article {
            id: url.clone().unwrap_or(entry.id),
            url,
            publisher: self.publisher.clone(),
            title,
            published: published.map(|time| time.date_naive()),
            lang: (entry.language.as_deref().and_then(language)).or_else(|| self.lang.clone()),
            ..Article::default()
        };
        Some(Raw {
            addresses: Vec::new(),
            name: Arc::clone(name),
            at,
            format,
            bytes: words.into_bytes(),
            about: Some(Box::new(About {
                known,
                ..About::default()
            })),
        })
    }
}

/// Markup, unless it is plain: then the ends of its lines count. Signs may stand for others in both.
fn markup(words: &str) -> Format {
    match names::words(words) {
        Format::Text if words.contains('&') && !words.contains('\n') => Format::Fragment,
        format => format,
    }
}

/// ISO 639-1 of a tag as "en-GB".
fn language(tag: &str) -> Option<String> {
    let main = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    (!main.is_empty()).then_some(main)
}

/// Why it is no feed.
fn wrong(bytes: &[u8], error: &ParseFeedError) -> String {
    match error {
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) if bytes.contains(&b'<') => {
            "XML, but no RSS or Atom feed; give the article as plain text (.txt)".into()
        }
        _ => format!("broken feed ({error}); get a fresh copy"),
    }
}
