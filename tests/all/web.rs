//! Addresses: read from a server on this machine that answers as servers do, good ones and bad ones.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use assert_cmd::Command;
use headcount::Article;
use headcount::read::{self, Figures, Options, Rules, Visit, Web};

use crate::read::gzip;

/// What a server does when asked: given the path, the head of the request and how often the path was asked before.
type Answer = dyn Fn(&mut TcpStream, &str, &str, usize) + Send + Sync;

/// A server on this machine.
struct Server {
    base: String,
    /// The paths it was asked for.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&mut TcpStream, &str, &str, usize) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("its address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer): (_, Arc<Answer>) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Server { base, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a log").clone()
    }

    /// What reading one path gives, without this machine's port in messages.
    fn read(&self, path: &str) -> (Vec<Article>, Vec<String>) {
        self.read_with(path, Arc::new(Web::new(rules(), Vec::new())))
    }

    fn read_with(&self, path: &str, web: Arc<Web>) -> (Vec<Article>, Vec<String>) {
        let options = Options {
            web,
            ..Options::default()
        };
        let (mut articles, mut messages) = (Vec::new(), Vec::new());
        for raw in read::raw_with(&[PathBuf::from(format!("{}{path}", self.base))], options) {
            match raw.and_then(|raw| raw.article(Figures::Drop)) {
                Ok(article) => articles.push(article),
                Err(error) => messages.push(error.to_string().replace(&self.base, "")),
            }
        }
        (articles, messages)
    }

    fn refused(&self, path: &str) -> String {
        let (articles, mut messages) = self.read(path);
        assert_eq!(
            (articles.len(), messages.len()),
            (0, 1),
            "{path}: {messages:?}"
        );
        messages.remove(0)
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: &Answer) {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("the same stream"));
    while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_string();
    let before = {
        let mut log = log.lock().expect("a log");
        log.push(path.clone());
        log.iter().filter(|p| **p == path).count() - 1
    };
    answer(&mut stream, &path, &head, before);
}

fn rules() -> Rules {
    Rules {
        allow_private: true,
        pause: Duration::from_millis(1),
        ..Rules::default()
    }
}

/// An answer with its head; what the other side does with it is its own affair.
fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}

const TEXT: &str = "Market hit\n\nShells killed 7 people.\n";

/// A server that is as it should be, and where it is not, as its paths say.
fn good() -> Server {
    Server::new(|stream, path, head, before| {
        match path {
        "/robots.txt" => send(
            stream,
            "200 OK",
            "",
            b"User-agent: *\nDisallow: /closed\n\nUser-agent: headcount\nDisallow: /not-you\nDisallow: /closed\n",
        ),
        "/a.txt" | "/a" => send(stream, "200 OK", "Content-Type: text/plain\r\n", TEXT.as_bytes()),
        "/agent" => {
            let agent = head.lines().find(|l| l.to_lowercase().starts_with("user-agent:"));
            send(stream, "200 OK", "", agent.unwrap_or("none").as_bytes());
        }
        "/packed" => send(
            stream,
            "200 OK",
            "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n",
            &gzip(TEXT.as_bytes()),
        ),
        "/json" => send(
            stream,
            "200 OK",
            "Content-Type: application/json; charset=utf-8\r\n",
            b"[{\"id\": \"1\", \"text\": \"One died.\"}]",
        ),
        "/page" => send(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=windows-1252\r\n",
            b"<html><head><title>Caf\xe9 hit</title></head><body><article><h1>Caf\xe9 hit</h1>\
              <p>Shells killed 7 people in a caf\xe9 on Thursday, the hospital of the town said in the evening.</p>\
              <p>Some 1,200 families fled their homes and crossed the river to the other side.</p></article></body></html>",
        ),
        "/moved" => send(stream, "301 Moved", "Location: /moved-again\r\n", b""),
        "/moved-again" => send(stream, "302 Found", "Location: a.txt\r\n", b""),
        "/round" => send(stream, "302 Found", "Location: /round\r\n", b""),
        "/away" => send(stream, "302 Found", "Location: file:///etc/hosts\r\n", b""),
        "/into" => send(stream, "302 Found", "Location: /closed/a.txt\r\n", b""),
        "/busy-twice" if before == 2 => send(stream, "200 OK", "", TEXT.as_bytes()),
        "/busy-twice" | "/busy" => send(stream, "503 Busy", "Retry-After: 0\r\n", b""),
        "/forbidden" => send(stream, "403 Forbidden", "", b"no"),
        "/kept" if head.contains("If-None-Match: \"v1\"") || head.contains("if-none-match: \"v1\"") => {
            send(stream, "304 Not Modified", "", b"");
        }
        "/kept" => send(stream, "200 OK", "ETag: \"v1\"\r\n", TEXT.as_bytes()),
        "/cut-once" if before > 0 => send(stream, "200 OK", "", TEXT.as_bytes()),
        "/cut" | "/cut-once" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nShells");
        }
        "/noise" => {
            let _ = stream.write_all(b"\x01\x02 nothing that a server says\r\n\r\n");
        }
        "/silent" => {
            // until the other side gives up
            let _ = stream.read(&mut [0; 1]);
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'a'; 1 << 14]).is_ok() {}
        }
        "/bomb" => {
            let zeros = vec![b'a'; 80 << 20];
            send(stream, "200 OK", "Content-Encoding: gzip\r\n", &gzip(&zeros));
        }
        "/liar.pdf" => send(stream, "200 OK", "Content-Type: application/pdf\r\n", b"{\"x\""),
        "/picture" => send(stream, "200 OK", "Content-Type: text/plain\r\n", b"\x89PNG\r\n\x1a\n"),
        _ => send(stream, "404 Not Found", "", b""),
    }
    })
}

#[test]
fn an_address_is_read_as_a_file_would_be() {
    let server = good();
    for path in [
        "/a.txt",
        "/a",
        "/packed",
        "/moved",
        "/busy-twice",
        "/cut-once",
    ] {
        let (articles, messages) = server.read(path);
        assert_eq!(messages, [""; 0], "{path}");
        assert_eq!(articles[0].text, TEXT, "{path}");
        assert_eq!(articles[0].title.as_deref(), Some("Market hit"), "{path}");
        let place = if path == "/moved" { "/a.txt" } else { path };
        assert_eq!(articles[0].url, Some(format!("{}{place}", server.base)));
        assert_eq!(Some(&articles[0].id), articles[0].url.as_ref());
    }
    assert_eq!(server.read("/json").0[0].text, "One died.");
    let page = server.read("/page").0.remove(0);
    assert_eq!(page.title.as_deref(), Some("Caf\u{e9} hit"));
    assert!(page.text.contains("in a caf\u{e9} on Thursday"));
    let agent = server.read("/agent").0.remove(0).text;
    assert!(agent.to_lowercase().contains(": headcount/"), "{agent}");
}

#[test]
fn what_servers_do_wrong_is_said() {
    let server = good();
    for (path, what) in [
        ("/none", "not there (404); check the address"),
        (
            "/forbidden",
            "its server refuses it (403); save the page in a browser and give the file",
        ),
        (
            "/busy",
            "its server cannot answer now (503); try again later",
        ),
        (
            "/round",
            "leads on and on (10 redirects); check the address",
        ),
        (
            "/away",
            "leads to file:, which is not read; give an http or https address",
        ),
        (
            "/endless",
            "longer than 64 MiB; download it and give the file",
        ),
        ("/bomb", "longer than 64 MiB; download it and give the file"),
        (
            "/picture",
            "this is a PNG image, not text; give the article as plain text (.txt)",
        ),
    ] {
        assert_eq!(server.refused(path), format!("{path}: {what}"));
    }
    assert!(
        server
            .refused("/cut")
            .starts_with("/cut: cannot be reached (")
    );
    let noise = server.refused("/noise");
    assert!(
        noise.starts_with("/noise: its server does not speak as it should ("),
        "{noise}"
    );
    server.refused("/liar.pdf");
    let tries = |path: &str| server.asked().iter().filter(|p| *p == path).count();
    assert_eq!((tries("/busy"), tries("/cut"), tries("/none")), (3, 3, 1));
    assert_eq!(tries("/robots.txt"), 11, "once a run");
}

#[test]
fn a_server_that_says_nothing_is_left() {
    let server = good();
    let web = Web::new(
        Rules {
            patience: Duration::from_secs(1),
            ..rules()
        },
        Vec::new(),
    );
    assert_eq!(
        server.read_with("/silent", Arc::new(web)).1,
        ["/silent: no answer within 1 seconds; try again, or give it longer with --patience"]
    );
}

#[test]
fn robots_txt_is_respected() {
    let server = good();
    for path in ["/closed/a.txt", "/not-you", "/into"] {
        assert_eq!(
            server.refused(path),
            format!(
                "{path}: robots.txt of 127.0.0.1 asks programs to leave it; save the page in a browser and give the file"
            )
        );
    }
    assert!(
        !server
            .asked()
            .iter()
            .any(|path| path.starts_with("/closed") || path == "/not-you")
    );
    let down = Server::new(|stream, _, _, _| send(stream, "500 Down", "", b""));
    let message = down.refused("/a.txt");
    assert!(
        message.ends_with("robots.txt cannot be read (500); try again later"),
        "{message}"
    );
}

#[test]
fn private_addresses_are_refused() {
    let server = good();
    let port = server.base.rsplit_once(':').expect("a port").1;
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f000001",
        "2130706433",
    ] {
        let address = format!("http://{host}:{port}/a.txt");
        let messages: Vec<String> = read::articles(&[PathBuf::from(&address)])
            .map(|item| item.expect_err("refused").to_string())
            .collect();
        assert_eq!(messages.len(), 1);
        assert!(
            messages[0].contains("leads to a private address (")
                && messages[0].ends_with("); add --allow-private if that is meant"),
            "{messages:?}"
        );
    }
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn where_nobody_listens() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", free.local_addr().expect("its address"));
    drop(free);
    let server = Server {
        base,
        asked: Arc::default(),
    };
    let message = server.refused("/a.txt");
    assert!(
        message.starts_with("/a.txt: cannot be reached (")
            && message.ends_with("); check the address and the connection to the internet"),
        "{message}"
    );
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let server = good();
    let first = Arc::new(Web::new(rules(), Vec::new()));
    assert_eq!(server.read_with("/kept", Arc::clone(&first)).0.len(), 1);
    let visits = first.visits();
    let address = format!("{}/kept", server.base);
    assert_eq!(
        visits,
        [Visit {
            address: address.clone(),
            location: address,
            etag: Some("\"v1\"".into()),
            modified: None,
            followed: false
        }]
    );
    let second = Arc::new(Web::new(rules(), visits));
    let (articles, messages) = server.read_with("/kept", Arc::clone(&second));
    assert_eq!((articles.len(), messages.len()), (0, 0));
    assert_eq!(second.unchanged(), 1);
}

/// A feed whose items lead to pages of the same server; one is not there.
fn feed() -> Server {
    Server::new(|stream, path, head, _| {
        let host = head
            .lines()
            .find_map(|l| l.to_lowercase().strip_prefix("host: ").map(str::to_string));
        let host = host.unwrap_or_default();
        match path {
            "/feed" if head.to_lowercase().contains("if-modified-since: then") => {
                send(stream, "304 Not Modified", "", b"");
            }
            "/feed" => {
                let item = |n: usize| {
                    format!(
                        "<item><title>Item {n}</title><link>http://{host}/{n}.txt</link><description>Item {n}: {n} people died.</description>\
                         <pubDate>Fri, 06 Feb 2015 10:15:00 +0000</pubDate></item>"
                    )
                };
                let feed = format!(
                    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Valley</title>{}{}</channel></rss>",
                    item(3),
                    item(4)
                );
                let headers = "Content-Type: text/html\r\nLast-Modified: then\r\n";
                send(stream, "200 OK", headers, feed.as_bytes());
            }
            "/3.txt" => send(
                stream,
                "200 OK",
                "Content-Type: text/plain\r\n",
                b"The whole of it\n\nIn all, 3 people died and 5 were injured.\n",
            ),
            _ => send(stream, "404 Not Found", "", b""),
        }
    })
}

#[test]
fn links_of_a_feed_are_followed_where_wanted() {
    let server = feed();
    let (articles, messages) = server.read("/feed");
    assert_eq!((articles.len(), messages.len()), (2, 0));
    assert_eq!(articles[0].text, "Item 3: 3 people died.");
    let web = Web::new(
        Rules {
            follow: true,
            ..rules()
        },
        Vec::new(),
    );
    let (articles, messages) = server.read_with("/feed", Arc::new(web));
    assert_eq!(
        messages,
        ["/feed: item 2: /4.txt: not there (404); check the address"]
    );
    assert!(articles[0].text.contains("5 were injured"));
    assert_eq!(articles[0].title.as_deref(), Some("Item 3"));
    assert_eq!(articles[0].publisher.as_deref(), Some("Valley"));
    assert_eq!(articles[0].url, Some(format!("{}/3.txt", server.base)));
    assert!(articles[0].published.is_some() && !articles[0].published_inferred);
    assert_eq!(articles[1].text, "Item 4: 4 people died.");
}

#[test]
fn track_asks_only_for_what_is_new() {
    let server = feed();
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("{}/feed", server.base);
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("headcount")
            .expect("built")
            .current_dir(folder.path())
            .args(["track", "--no-charts"])
            .args(arguments)
            .output()
            .expect("run");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (done, said) = run(&[&address]);
    assert!(!done && said.contains("--allow-private"), "{said}");
    let (done, said) = run(&[&address, "--allow-private"]);
    assert!(
        done && said.starts_with("2 articles read: 2 new, "),
        "{said}"
    );
    let (done, said) = run(&[&address, "--allow-private"]);
    assert!(
        done && said.starts_with(
            "0 articles read: 0 new, 0 changed, 0 unchanged, 1 address without news; the store has "
        ),
        "{said}"
    );
    // where something was wrong, the address is read again
    fs::remove_file(folder.path().join("headcount.db")).expect("removed");
    for _ in 0..2 {
        let (done, said) = run(&[&address, "--allow-private", "--follow"]);
        assert!(!done && said.contains("/4.txt: not there (404)"), "{said}");
    }
}
