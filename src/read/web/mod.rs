//! An address (`https://…`) -> the bytes a server answers with, and what it says of them.
//!
//! A plain reader of public pages: one request at a time, robots.txt respected, redirects followed, retried with growing pauses where a
//! server is busy, limited in time and length, and asking only for what has changed since the last run where that is known
//! ([`Visit`]). Private addresses are refused unless allowed, at the moment of connecting, whatever name or redirect led there.

mod ask;
mod guard;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use robotxt::Robots;
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::Parsed;
use super::format::{Format, Named, by_content, by_name};
use ask::Answer;

/// The name the program gives itself.
const NAME: &str = "headcount";
/// How often one address may lead to another.
const REDIRECTS: usize = 10;
/// The longest answer.
const LONGEST: u64 = 64 << 20;

/// Content types, and the endings of files of such content.
const TYPES: [(&str, &str); 16] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "xhtml"),
    ("application/pdf", "pdf"),
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/rdf+xml", "rdf"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("application/json", "json"),
    ("application/x-ndjson", "ndjson"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("text/markdown", "md"),
    ("application/zip", "zip"),
    ("application/warc", "warc"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
];

/// What may be read of the web, and how.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Also addresses of this machine and of the network it is in.
    pub allow_private: bool,
    /// Also the pages that the items of a feed link to.
    pub follow: bool,
    /// How long one answer may take.
    pub patience: Duration,
    /// The first pause before trying again; the next is twice as long.
    pub pause: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            allow_private: false,
            follow: false,
            patience: Duration::from_mins(1),
            pause: Duration::from_secs(1),
        }
    }
}

/// What a server said of the state of an address, to ask next time for what has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The address as it was given.
    pub address: String,
    /// Where it led to.
    pub location: String,
    /// The header `ETag`.
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    pub modified: Option<String>,
    /// The links of a feed were followed.
    pub followed: bool,
}

/// The web, as one run sees it.
#[derive(Debug)]
pub struct Web {
    rules: Rules,
    agent: Agent,
    known: BTreeMap<String, Visit>,
    /// By scheme, host and port.
    robots: Mutex<BTreeMap<String, Robots>>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    visits: Vec<Visit>,
    unchanged: usize,
}

/// The bytes of an address, and what its server says of them.
pub(super) struct Fetched {
    /// Where the address led to.
    pub(super) location: String,
    pub(super) content_type: Option<String>,
    pub(super) named: Named,
    pub(super) body: Vec<u8>,
}

impl Default for Web {
    fn default() -> Self {
        Web::new(Rules::default(), Vec::new())
    }
}

impl Web {
    /// The web by these rules; of addresses visited before only what has changed.
    pub fn new(rules: Rules, known: Vec<Visit>) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("headcount/", env!("CARGO_PKG_VERSION")))
            .accept("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None) // behind one, where an address leads could not be checked
            .timeout_global(Some(rules.patience))
            .build();
        let guard = guard::Guard::new(rules.allow_private);
        Web {
            rules,
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            known: known.into_iter().map(|v| (v.address.clone(), v)).collect(),
            robots: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// True where the links of feeds are followed.
    pub(super) fn follows(&self) -> bool {
        self.rules.follow
    }

    /// The visits of this run that can be asked about next time.
    pub fn visits(&self) -> Vec<Visit> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.visits.clone()
    }

    /// How many addresses had nothing new.
    pub fn unchanged(&self) -> usize {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.unchanged
    }

    /// What an address gives; `None` where nothing has changed since the last run; else what is wrong.
    pub(super) fn fetch(&self, address: &str) -> Parsed<Option<Fetched>> {
        // a feed whose links were not followed is to be read again where they are
        let known = self.known.get(address);
        let known = known.filter(|visit| visit.followed || !self.rules.follow);
        let mut url = parsed(address)?;
        for _ in 0..=REDIRECTS {
            self.permit(&url)?;
            let known = known.filter(|visit| visit.location == url.as_str());
            let answer = self.ask(&url, known)?;
            match answer.status {
                200 => return Ok(Some(self.take(address, &url, answer))),
                304 if known.is_some() => {
                    let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                    seen.unchanged += 1;
                    return Ok(None);
                }
                301 | 302 | 303 | 307 | 308 => {
                    let target = answer.location.as_deref().unwrap_or_default();
                    let next = url.join(target).map_err(|_| {
                        let shown: String = target.chars().take(100).collect();
                        format!("leads to {shown:?}, which is no address; check the address")
                    })?;
                    url = parsed(next.as_str())?;
                }
                status => return Err(refused(status)),
            }
        }
        Err(format!(
            "leads on and on ({REDIRECTS} redirects); check the address"
        ))
    }

    fn take(&self, address: &str, url: &Url, answer: Answer) -> Fetched {
        if answer.etag.is_some() || answer.modified.is_some() {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.visits.push(Visit {
                address: address.into(),
                location: url.to_string(),
                etag: answer.etag,
                modified: answer.modified,
                followed: self.rules.follow,
            });
        }
        Fetched {
            named: named(url, answer.content_type.as_deref(), &answer.body),
            location: url.to_string(),
            content_type: answer.content_type,
            body: answer.body,
        }
    }

    /// Asks robots.txt, once a host.
    fn permit(&self, url: &Url) -> Parsed<()> {
        let host = url.host_str().unwrap_or_default();
        let key = url.origin().ascii_serialization();
        let cached = |robots: &BTreeMap<String, Robots>| {
            robots.get(&key).map(|robots| robots.is_url_allowed(url))
        };
        let locked = || self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cached(&locked());
        let allowed = if let Some(allowed) = known {
            allowed
        } else {
            let robots = self.robots_of(url)?;
            let allowed = robots.is_url_allowed(url);
            locked().insert(key, robots);
            allowed
        };
        if allowed {
            return Ok(());
        }
        Err(format!(
            "robots.txt of {host} asks programs to leave it; save the page in a browser and give the file"
        ))
    }

    fn robots_of(&self, url: &Url) -> Parsed<Robots> {
        let mut url = robotxt::robots_url(url).map_err(|error| error.to_string())?;
        for _ in 0..=REDIRECTS {
            let answer = self.ask(&url, None)?;
            match answer.status {
                200 => return Ok(Robots::parse(&answer.body, NAME)),
                300..400 => {
                    let target = answer.location.as_deref().unwrap_or_default();
                    match url.join(target).map(|next| parsed(next.as_str())) {
                        Ok(Ok(next)) => url = next,
                        _ => break,
                    }
                }
                500.. => {
                    return Err(format!(
                        "{url} cannot be read ({}); try again later",
                        answer.status
                    ));
                }
                _ => break,
            }
        }
        Ok(Robots::allow_all())
    }
}

/// The address in a path, if it is one.
pub(super) fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    ["http://", "https://"]
        .iter()
        .any(|scheme| {
            text.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
        .then_some(text)
}

fn parsed(address: &str) -> Parsed<Url> {
    let mut url = Url::parse(address)
        .map_err(|error| format!("no address of the web ({error}); check it"))?;
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return Err(format!(
            "leads to {scheme}:, which is not read; give an http or https address"
        ));
    }
    url.set_fragment(None);
    Ok(url)
}

/// What to say of an answer that is none.
fn refused(status: u16) -> String {
    match status {
        401 | 403 | 407 | 451 => format!(
            "its server refuses it ({status}); save the page in a browser and give the file"
        ),
        404 | 410 => format!("not there ({status}); check the address"),
        429 | 500.. => format!("its server cannot answer now ({status}); try again later"),
        _ => format!("its server answers {status}; check the address"),
    }
}

/// What an answer is read as: what its bytes plainly are, else what its server says, else what its address says.
fn named(url: &Url, content_type: Option<&str>, body: &[u8]) -> Named {
    let by_ending = |ending: &str| by_name(Path::new(&format!("x.{ending}")));
    if body.starts_with(b"%PDF-") {
        return by_ending("pdf");
    }
    let head = &body[..body.len().min(4096)];
    if by_content(head) == Format::Feed {
        return Named::Known(Format::Feed);
    }
    let kind = content_type.unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let typed = TYPES.iter().find(|(t, _)| kind.eq_ignore_ascii_case(t));
    typed.map_or_else(|| by_name(Path::new(url.path())), |(_, e)| by_ending(e))
}
