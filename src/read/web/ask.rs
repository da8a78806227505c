//! One request, tried again where that can help.

use std::io;
use std::time::Duration;

use url::Url;

use super::super::Parsed;
use super::{LONGEST, Visit, Web};

/// How often an address is asked.
const TRIES: u32 = 3;
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What a server answered.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) body: Vec<u8>,
    /// Seconds.
    retry_after: Option<u64>,
}

impl Web {
    /// Asks; in vain is what a server that is there never answered well.
    pub(super) fn ask(&self, url: &Url, known: Option<&Visit>) -> Parsed<Answer> {
        let mut pause = self.rules.pause;
        for tried in 1.. {
            let answer = self.ask_once(url, known);
            let again = match &answer {
                Ok(answer) => matches!(answer.status, 429 | 500 | 502 | 503 | 504),
                Err(error) => is_passing(error),
            };
            if !again || tried == TRIES {
                return answer.map_err(|error| self.meaning(&error));
            }
            let asked = answer.ok().and_then(|answer| answer.retry_after);
            let asked = asked.map_or(Duration::ZERO, Duration::from_secs);
            std::thread::sleep(pause.max(asked.min(LONGEST_PAUSE)));
            pause *= 2;
        }
        unreachable!("the last try returns")
    }

    fn ask_once(&self, url: &Url, known: Option<&Visit>) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.get(url.as_str());
        if let Some(visit) = known {
            if let Some(etag) = &visit.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(modified) = &visit.modified {
                request = request.header("If-Modified-Since", modified);
            }
        }
        let response = request.call()?;
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).trim().to_string())
        };
        let mut answer = Answer {
            status: response.status().as_u16(),
            location: header("location"),
            content_type: header("content-type"),
            etag: header("etag"),
            modified: header("last-modified"),
            retry_after: header("retry-after").and_then(|seconds| seconds.parse().ok()),
            body: Vec::new(),
        };
        if answer.status == 200 {
            let body = response.into_body().into_with_config().limit(LONGEST);
            answer.body = body.read_to_vec()?;
        }
        Ok(answer)
    }

    /// What an error of the connection means to a user.
    fn meaning(&self, error: &ureq::Error) -> String {
        use ureq::Error;
        let patience = self.rules.patience.as_secs();
        match error {
            Error::HostNotFound => {
                "no such host; check the address and the connection to the internet".into()
            }
            Error::Timeout(_) => format!(
                "no answer within {patience} seconds; try again, or give it longer with --patience"
            ),
            Error::BodyExceedsLimit(_) => {
                let limit = LONGEST >> 20;
                format!("longer than {limit} MiB; download it and give the file")
            }
            Error::Io(cause) if cause.kind() == io::ErrorKind::PermissionDenied => {
                cause.to_string()
            }
            Error::Io(cause) if is_timeout(cause) => format!(
                "no answer within {patience} seconds; try again, or give it longer with --patience"
            ),
            Error::Io(cause) => {
                format!(
                    "cannot be reached ({cause}); check the address and the connection to the internet"
                )
            }
            _ => format!(
                "its server does not speak as it should ({error}); open it in a browser, save the page and give the file"
            ),
        }
    }
}

fn is_timeout(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

/// True for what may go well the next time: a connection that broke.
fn is_passing(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Io(cause) => matches!(
            cause.kind(),
            io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof
        ),
        _ => false,
    }
}
