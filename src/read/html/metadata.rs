//! What a page says of its article: JSON-LD first, then OpenGraph and other `meta` elements, then what it shows.
//!
//! A day of publication is taken from a statement of the page (JSON-LD, `meta`, `time`); else it is inferred: from the address
//! (`/2015/02/06/`), from a line beside the headline or a dateline, and last from the day of the latest change. The year of a copyright
//! notice says nothing.

use chrono::{Datelike, NaiveDate};

use super::body::Body;
use super::json_ld;
use super::lines;
use super::tree::Tree;
use crate::data;
use crate::read::dateline;

/// The longest address, and the longest name of a publisher.
const ADDRESS: usize = 2000;
const NAME: usize = 100;
/// The longest title.
const TITLE: usize = 400;
/// Nodes before the headline in which the time of an article may stand.
const NEAR: usize = 40;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<NaiveDate>,
    pub(super) modified: Option<NaiveDate>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    /// The whole text, where the page gives it to machines.
    pub(super) text: Option<String>,
}

/// What the page says; `url` is where it came from.
pub(super) fn find(tree: &Tree, body: &Body, url: Option<&str>) -> Found {
    let head = &tree.head;
    let names = &data::get().page.meta;
    let meta = |names: &[String]| metas(tree, names).next().map(plain);
    let shown = body.headline.clone();
    let og_title = meta(&names.title);
    let page_title = plain(&head.title);
    let is_title = |title: &str| {
        let title = plain(title);
        shown.as_deref().is_some_and(|h| same(h, &title))
            || og_title.as_deref().is_some_and(|h| same(h, &title))
            || !title.is_empty() && page_title.starts_with(&title)
    };
    let said = json_ld::read(&head.json_ld, is_title);
    let site_of_title = site_of(&page_title, shown.as_deref().or(og_title.as_deref()));
    let publisher = [
        said.publisher.map(|p| plain(&p)),
        meta(&names.publisher),
        said.site.map(|s| plain(&s)),
    ]
    .into_iter()
    .flatten()
    .chain(site_of_title)
    .find(|name| is_name(name));
    let titles = [
        said.headline.map(|h| plain(&h)),
        og_title,
        shown,
        Some(page_title),
    ];
    let title = titles
        .into_iter()
        .flatten()
        .find(|t| !t.is_empty() && t.len() <= TITLE)
        .map(|t| without_site(t, publisher.as_deref(), body.headline.as_deref()));
    let published = said
        .published
        .as_deref()
        .and_then(day)
        .or_else(|| metas(tree, &names.published).find_map(day))
        .or_else(|| shown_time(tree, body));
    let modified = said
        .modified
        .as_deref()
        .and_then(day)
        .or_else(|| metas(tree, &names.modified).find_map(day));
    let lang = [said.lang.as_deref(), Some(head.lang.as_str())]
        .into_iter()
        .flatten()
        .chain(metas(tree, &names.language))
        .find_map(language);
    let origin = url.or(Some(head.saved_from.as_str()).filter(|u| is_address(u)));
    let address = [Some(head.canonical.as_str())]
        .into_iter()
        .chain(metas(tree, &names.url).map(Some))
        .chain([said.url.as_deref(), origin])
        .flatten()
        .filter_map(|address| absolute(address, Some(head.base.as_str()), origin))
        .fold(None, |best: Option<String>, next| match best {
            // the address of the site is not that of the article
            Some(best) if !is_home(&best) => Some(best),
            Some(best) if is_home(&next) => Some(best),
            _ => Some(next),
        });
    Found {
        title,
        publisher,
        published,
        modified,
        lang,
        url: address,
        text: said
            .text
            .and_then(|text| super::text(&text.replace('\n', "<p>")).ok()),
    }
}

/// The day that the address, a line beside the headline, the dateline or the last change suggests.
pub(super) fn inferred(
    tree: &Tree,
    body: &Body,
    url: Option<&str>,
    modified: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let beside: Vec<&str> = body
        .lines
        .iter()
        .flat_map(|line| line.split(['\n', '|', '·', '•']))
        .collect();
    url.and_then(of_address)
        .or_else(|| dateline::published(&beside.join("\n")))
        .or_else(|| dateline::published(&lines::head(tree, body)))
        .or(modified)
        .filter(|day| is_plausible(*day))
}

/// The contents of `meta` elements of these names, in the order of the names.
fn metas<'t>(tree: &'t Tree, names: &'t [String]) -> impl Iterator<Item = &'t str> {
    names.iter().flat_map(|name| {
        let metas = tree.head.metas.iter().filter(move |(n, _)| n == name);
        metas.map(|(_, content)| content.as_str())
    })
}

/// Text that may hold entities or tags a second time, as one line.
fn plain(text: &str) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains(['&', '<']) && text.len() <= 2 * TITLE {
        return super::text(text).map_or_else(|_| line(text), |text| line(&text));
    }
    line(text)
}

/// The same words.
fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a.to_lowercase() == b.to_lowercase()
}

/// "Floods | The Post" without "| The Post", where that is the publisher or what goes beyond the headline.
fn without_site(title: String, publisher: Option<&str>, headline: Option<&str>) -> String {
    let Some((own, site)) = cut_site(&title) else {
        return title;
    };
    let is_site =
        publisher.is_some_and(|p| same(p, site)) || headline.is_some_and(|h| same(h, own));
    if is_site { own.to_string() } else { title }
}

/// The site in "Floods | The Post", where "Floods" is the headline.
fn site_of(title: &str, headline: Option<&str>) -> Option<String> {
    let (own, site) = cut_site(title)?;
    headline
        .is_some_and(|h| same(h, own))
        .then(|| site.to_string())
}

fn cut_site(title: &str) -> Option<(&str, &str)> {
    [" | ", " — ", " – ", " - ", " :: ", " « "]
        .iter()
        .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len())))
        .max()
        .map(|(at, mark)| (title[..at].trim(), title[at + mark..].trim()))
        .filter(|(own, site)| !own.is_empty() && !site.is_empty())
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= NAME && name.contains(char::is_alphanumeric) && !is_address(name)
}

/// A day given to machines.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let digits = |n: usize| {
        text.get(..n)
            .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
    };
    let more_digits = |n: usize| text[n..].starts_with(|c: char| c.is_ascii_digit());
    let compact = || {
        let day = digits(8).filter(|_| !more_digits(8))?;
        NaiveDate::parse_from_str(day, "%Y%m%d").ok()
    };
    let iso = || {
        let day = text.get(..10).filter(|_| !more_digits(10))?;
        day.parse().ok()
    };
    dateline::day(text)
        .ok()
        .or_else(iso)
        .or_else(compact)
        .filter(|day| is_plausible(*day))
}

/// Neither the first day of a computer's calendar nor one of no calendar.
fn is_plausible(day: NaiveDate) -> bool {
    (1900..=2100).contains(&day.year()) && (day.year(), day.ordinal()) != (1970, 1)
}

/// The `time` element that says when the article was published.
fn shown_time(tree: &Tree, body: &Body) -> Option<NaiveDate> {
    let before = body.second_paragraph();
    let times = &tree.head.times;
    let in_article = |node: u32| (body.from..body.to).contains(&(node as usize));
    let first = |is: &dyn Fn(u32, bool) -> bool| {
        times
            .iter()
            .filter(|(node, _, published)| is(*node, *published))
            .find_map(|(_, time, _)| day(time))
    };
    first(&|node, published| published && in_article(node))
        .or_else(|| first(&|node, _| in_article(node) && (node as usize) < before))
        .or_else(|| {
            let near = body.from.saturating_sub(NEAR)..body.from;
            first(&|node, _| near.contains(&(node as usize)))
        })
        .or_else(|| first(&|_, published| published))
}

/// "en" of "en-GB".
fn language(text: &str) -> Option<String> {
    let language = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code =
        matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
    is_code.then_some(language)
}

fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
    })
}

/// An address with its host, without a fragment.
fn absolute(address: &str, base: Option<&str>, origin: Option<&str>) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default().trim();
    if address.is_empty() || address.len() > ADDRESS || address.contains(char::is_whitespace) {
        return None;
    }
    if is_address(address) {
        return Some(address.to_string());
    }
    let base = base.filter(|b| is_address(b)).or(origin)?;
    let scheme = base.find("://")?;
    let host = base[scheme + 3..].split(['/', '?', '#']).next()?;
    if let Some(rest) = address.strip_prefix("//") {
        return Some(format!("{}://{rest}", &base[..scheme]));
    }
    let path = address.strip_prefix('/')?;
    Some(format!("{}://{host}/{path}", &base[..scheme]))
}

/// An address without path.
fn is_home(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

/// The day in an address: `/2015/02/06/`, `/2015/feb/06/`, `-2015-02-06`, `20150206`.
fn of_address(address: &str) -> Option<NaiveDate> {
    let path = address.split_once("://")?.1.split_once('/')?.1;
    let parts: Vec<&str> = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
        let is_number = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let months = &data::get().lang.datelines.months;
    let month = |text: &str| {
        let named = months
            .get(&text.to_ascii_lowercase())
            .map(|m| u32::from(*m));
        number(text, 1..=2).or(named)
    };
    let date = |year: u32, month, day| {
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        (1990..=2100).contains(&year).then_some(date)
    };
    let apart = parts.windows(3).find_map(|part| {
        date(
            number(part[0], 4..=4)?,
            month(part[1])?,
            number(part[2], 1..=2)?,
        )
    });
    apart.or_else(|| {
        let mut together = parts.iter().filter_map(|part| number(part, 8..=8));
        together.find_map(|n| date(n / 10_000, n / 100 % 100, n % 100))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let iso = |text: &str| day(text).map(|d| d.to_string());
        for given in [
            "2015-02-06T23:30:00-05:00",
            "2015-02-06Z",
            "20150206",
            "20150206T101500",
            "February 6, 2015",
            "2015/02/06 10:00:00",
        ] {
            assert_eq!(iso(given).as_deref(), Some("2015-02-06"), "{given}");
        }
        for given in [
            "",
            "2024",
            "0001-01-01",
            "1970-01-01T00:00:00Z",
            "1423220400",
            "201502061",
            "03/04/2015",
            "é",
        ] {
            assert_eq!(iso(given), None, "{given}");
        }
    }

    #[test]
    fn days_of_addresses() {
        let iso = |text: &str| of_address(text).map(|d| d.to_string());
        for given in [
            "https://example.org/world/2015/02/06/floods",
            "https://example.org/world/2015/feb/06/floods",
            "https://example.org/floods-2015-02-06.html",
            "https://example.org/20150206/floods",
        ] {
            assert_eq!(iso(given).as_deref(), Some("2015-02-06"), "{given}");
        }
        for given in [
            "https://example.org/2015/02/floods",
            "https://example.org/a/99999999",
            "https://2015-02-06.example.org",
            "https://example.org/2015/13/06/",
        ] {
            assert_eq!(iso(given), None, "{given}");
        }
    }

    #[test]
    fn addresses() {
        let from = |address| absolute(address, None, Some("https://example.org/a/b?c"));
        assert_eq!(from("/x").as_deref(), Some("https://example.org/x"));
        assert_eq!(
            from("//cdn.example.org/x").as_deref(),
            Some("https://cdn.example.org/x")
        );
        assert_eq!(
            from("https://e.org/y#z").as_deref(),
            Some("https://e.org/y")
        );
        assert_eq!(from("x.html"), None);
        assert_eq!(absolute("/x", None, None), None);
        assert!(is_home("https://example.org/") && is_home("https://example.org"));
        assert!(!is_home("https://example.org/a"));
    }

    #[test]
    fn titles_and_sites() {
        assert_eq!(
            without_site("Floods - The Post".into(), Some("The Post"), None),
            "Floods"
        );
        assert_eq!(
            without_site("Floods - a diary".into(), Some("The Post"), None),
            "Floods - a diary"
        );
        assert_eq!(
            site_of("Floods | The Post", Some("Floods")).as_deref(),
            Some("The Post")
        );
        assert_eq!(site_of("Floods | The Post", Some("Rain")), None);
    }
}
