//! Reading: every format and encoding, every bad input with its message, dates of publication.

use std::io::Write;
use std::path::{Path, PathBuf};

use headcount::{Article, read};
use tempfile::TempDir;

/// A fresh folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    dir
}

/// What reading a path gives: articles, and messages with the folder's path cut off.
pub(crate) fn read(dir: &Path, path: &str) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut messages) = (Vec::new(), Vec::new());
    for item in read::articles(&[dir.join(path)]) {
        match item {
            Ok(article) => articles.push(article),
            Err(error) => messages.push(
                error
                    .to_string()
                    .replace(&format!("{}/", dir.display()), ""),
            ),
        }
    }
    (articles, messages)
}

pub(crate) fn one(name: &str, bytes: &[u8]) -> Article {
    let dir = folder(&[(name, bytes)]);
    let (mut articles, messages) = read(dir.path(), name);
    assert_eq!(messages, [""; 0], "{name}");
    assert_eq!(articles.len(), 1, "{name}");
    articles.remove(0)
}

pub(crate) fn refused(name: &str, bytes: &[u8]) -> String {
    let dir = folder(&[(name, bytes)]);
    let (articles, mut messages) = read(dir.path(), name);
    assert_eq!(
        (articles.len(), messages.len()),
        (0, 1),
        "{name}: {messages:?}"
    );
    messages.remove(0)
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("packed");
    out.finish().expect("packed")
}

fn utf16_le(text: &str) -> Vec<u8> {
    [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect()
}

#[test]
fn plain_text_has_title_and_inferred_date() {
    let article = one(
        "a.txt",
        b"Shells hit a town\r\n\r\nKYIV, 3 March 2022 (Agency) \xe2\x80\x94 Five died.\r\n",
    );
    assert_eq!(article.title.as_deref(), Some("Shells hit a town"));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2022-03-03")
    );
    assert!(article.published_inferred);
    assert_eq!(
        article.text,
        "Shells hit a town\n\nKYIV, 3 March 2022 (Agency) — Five died.\n"
    );
}

#[test]
fn a_date_in_running_text_is_no_date_of_publication() {
    let article = one("a.txt", b"A truce breaks\n\nThe truce of 5 September 2014 was broken, and on 6 February 2015 five died.\n");
    assert_eq!(
        (article.published, article.published_inferred),
        (None, false)
    );
}

#[test]
fn a_line_with_a_date_or_a_dateline_is_no_title() {
    assert_eq!(
        one("a.txt", b"6 February 2015\nFive die\nText.")
            .title
            .as_deref(),
        Some("Five die")
    );
    assert_eq!(
        one("a.txt", b"JUBA, 6 May 2014 (Agency) - Five died.\nText.").title,
        None
    );
    assert_eq!(one("a.txt", b"Five died.").title, None);
}

#[test]
fn markdown_front_matter() {
    let article = one(
        "a.md",
        b"---\ntitle: \"Rain: \\\"worst\\\" yet\"\npublished: 2014-06-24\npublisher: 'Sample Wire'\nurl: https://example.org/a#b\nlang: en\ntags:\n  - flood\nid: m1\n---\n**Five** died in May 2014.\n",
    );
    assert_eq!(article.id, "m1");
    assert_eq!(article.title.as_deref(), Some("Rain: \"worst\" yet"));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2014-06-24")
    );
    assert!(!article.published_inferred);
    assert_eq!(article.publisher.as_deref(), Some("Sample Wire"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/a#b"));
    assert_eq!(article.lang.as_deref(), Some("en"));
    assert_eq!(article.text, "**Five** died in May 2014.\n");
}

#[test]
fn markdown_without_front_matter_takes_heading_and_dateline() {
    let article = one("a.md", b"# Five die\n\nJUBA, 6 May 2014 - Five died.\n");
    assert_eq!(article.title.as_deref(), Some("Five die"));
    assert!(article.published_inferred && article.published.is_some());
    assert!(article.text.starts_with("# Five die"));
}

#[test]
fn markdown_that_is_wrong() {
    assert_eq!(
        refused("a.md", b"---\ntitle: x\nFive died.\n"),
        "a.md: front matter without an end; close it with a line of three dashes"
    );
    assert_eq!(
        refused("a.md", b"---\npublished: soon\n---\nFive died.\n"),
        "a.md: published is no day: \"soon\"; write it as 2015-02-06"
    );
    assert_eq!(
        refused("a.md", b"---\ntitle: x\n---\n\n"),
        "a.md: no text in it; nothing to read"
    );
}

#[test]
fn json_lines_are_taken_exactly() {
    let text = "A\r\nB\u{a0}\u{1f600} \u{0} C\r";
    let line = serde_json::json!({"id": "x", "text": text, "title": "T", "published": "2015-02-06T10:00:00Z", "lang": "en", "unknown": [1]});
    let article = one("a.jsonl", format!("\n{line}\r\n\n").as_bytes());
    assert_eq!((article.id.as_str(), article.text.as_str()), ("x", text));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2015-02-06")
    );
    assert!(!article.published_inferred);
    assert_eq!(
        one("a.json", br#"{"id": 7, "text": "x", "url": ""}"#).id,
        "7"
    );
}

#[test]
fn an_id_is_made_where_there_is_none() {
    assert_eq!(
        one(
            "a.jsonl",
            br#"{"text": "x", "url": "https://example.org/1"}"#
        )
        .id,
        "https://example.org/1"
    );
    let spaced = one("a.jsonl", br#"{"text": "Five  died.\n"}"#).id;
    assert_eq!(spaced, one("b.txt", b"Five died.").id);
    assert_eq!(spaced.len(), 16);
    assert_ne!(spaced, one("b.txt", b"Six died.").id);
}

#[test]
fn a_bad_line_leaves_the_others() {
    let dir = folder(&[("a.jsonl", b"{\"id\": \"1\", \"text\": \"x\"}\n{\"id\": \n5\n{\"id\": \"2\"}\n{\"text\": 5}\n{\"id\": \"1\", \"text\": \"y\"}")]);
    let (articles, messages) = read(dir.path(), "a.jsonl");
    let ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["1", "1"]);
    assert_eq!(
        messages,
        [
            "a.jsonl:2: broken JSON (EOF while parsing a value, column 6); give one whole object a line",
            "a.jsonl:3: not a JSON object; give one a line, with id and text",
            "a.jsonl:4: no text; give the article's words in the field text",
            "a.jsonl:5: not an article (invalid type: integer `5`, expected a string, column 10); correct this line",
        ]
    );
}

#[test]
fn figures_are_kept_for_views_and_passed_over_for_extraction() {
    let line = br#"{"id": "1", "figures": [{"start": 0, "end": 1, "measure": "injured", "value": 5.0, "low": 5, "high": 5}]}"#;
    let article = one("a.jsonl", line);
    assert_eq!(article.figures[0].value, Some(5.0));
    let dir = folder(&[(
        "b.jsonl",
        br#"{"text": "x", "figures": [{"odd": 1}], "totals": 5}"#,
    )]);
    let raw = read::raw(&[dir.path().join("b.jsonl")])
        .next()
        .expect("a line")
        .expect("read");
    let article = raw.article(read::Figures::Drop).expect("an article");
    assert_eq!((article.text.as_str(), article.figures.len()), ("x", 0));
}

#[test]
fn a_line_too_long_is_said_and_passed_over() {
    let mut lines = b"{\"text\": \"".to_vec();
    lines.resize(lines.len() + (16 << 20), b'a');
    lines.extend(b"\"}\n{\"text\": \"x\"}\n");
    let dir = folder(&[("a.jsonl", &lines), ("a.txt", &lines)]);
    let (articles, messages) = read(dir.path(), "a.jsonl");
    assert_eq!(articles.len(), 1);
    assert_eq!(
        messages,
        ["a.jsonl:1: longer than 16 MiB; split the article"]
    );
    assert_eq!(
        read(dir.path(), "a.txt").1,
        ["a.txt: longer than 16 MiB; split it into articles"]
    );
}

#[test]
fn gzip_is_unpacked_whatever_the_name() {
    let mut two = gzip(b"{\"id\": \"1\", \"text\": \"x\"}\n");
    two.extend(gzip(b"{\"id\": \"2\", \"text\": \"y\"}\n"));
    let dir = folder(&[
        ("a.jsonl.gz", &two),
        ("b.jsonl", &two),
        ("c", &two),
        ("d.txt.gz", &gzip(b"Five died.")),
    ]);
    for name in ["a.jsonl.gz", "b.jsonl", "c"] {
        assert_eq!(read(dir.path(), name).0.len(), 2, "{name}");
    }
    assert_eq!(read(dir.path(), "d.txt.gz").0[0].text, "Five died.");
}

#[test]
fn gzip_cut_short_gives_what_is_whole_and_says_so() {
    // lines that do not pack, so that many are whole before the cut
    let mut seed = 1u64;
    let lines: String = (0..5000)
        .map(|i| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{{\"id\": \"{i}\", \"text\": \"{seed:x}\"}}\n")
        })
        .collect();
    let packed = gzip(lines.as_bytes());
    let dir = folder(&[("a.jsonl.gz", &packed[..packed.len() / 2])]);
    let (articles, messages) = read(dir.path(), "a.jsonl.gz");
    assert!(
        articles.len() > 100 && articles.len() < 5000,
        "{}",
        articles.len()
    );
    assert_eq!(messages.len(), 1);
    assert!(
        messages[0].starts_with("a.jsonl.gz: after line "),
        "{messages:?}"
    );
    assert!(messages[0].contains("damaged data") && messages[0].ends_with("get a fresh copy"));
}

#[test]
fn encodings() {
    let text = "Café — five died.";
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(text.as_bytes());
    for bytes in [
        text.as_bytes().to_vec(),
        marked,
        utf16_le(text),
        b"Caf\xe9 \x97 five died.".to_vec(),
    ] {
        assert_eq!(one("a.txt", &bytes).text, text);
    }
    let line = format!("{{\"text\": \"{text}\"}}\n");
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(line.as_bytes());
    for bytes in [
        marked,
        utf16_le(&line),
        b"{\"text\": \"Caf\xe9 \x97 five died.\"}".to_vec(),
    ] {
        assert_eq!(one("a.jsonl", &bytes).text, text);
        assert_eq!(one("sniffed", &bytes).text, text);
    }
}

#[test]
fn bad_files_and_what_is_said() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"", "empty; nothing to read in it"),
        ("a.jsonl", b"", "empty; nothing to read in it"),
        ("b.jsonl", b"\n \n", "empty; nothing to read in it"),
        ("a.txt", b" \n\n", "no text in it; nothing to read"),
        (
            "a.txt",
            b"ab\0\x01\x02c",
            "binary data, not text; give the article as plain text (.txt)",
        ),
        (
            "a.jsonl",
            b"ab\0\x01\x02c",
            "binary data, not text; give the article as plain text (.txt)",
        ),
        (
            "a.txt",
            b"F\0i\0v\0e\0",
            "UTF-16 without a byte order mark; save it as UTF-8",
        ),
        ("a.txt", b"\xff\xfeF", "broken UTF-16; save it as UTF-8"),
        (
            "a.txt",
            "é é é\né".as_bytes().get(..10).unwrap_or_default(),
            "broken UTF-8 in line 2; save it again as UTF-8",
        ),
        (
            "a.txt",
            b"\xcf\xff\xf2\xfc \xf7\xe5\xeb\xee\xe2\xe5\xea",
            "neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8",
        ),
        (
            "a.txt",
            b"%PDF-1.4 x",
            "damaged PDF; get a fresh copy or convert it to text first",
        ),
        (
            "a.md",
            b"\x89PNG\r\n\x1a\n",
            "this is a PNG image, not text; give the article as plain text (.txt)",
        ),
        (
            "a.txt",
            b"PK\x03\x04",
            "this is a zip archive (DOCX, XLSX, ODT or zip), not text; give the article as plain text (.txt)",
        ),
        (
            "a.txt",
            b"<!DOCTYPE html><p>x",
            "no article in this page, only links or scripts; save it from a browser that shows it, or give its text (.txt)",
        ),
        (
            "a.HTM",
            b"x",
            "no article in this page, only links or scripts; save it from a browser that shows it, or give its text (.txt)",
        ),
        (
            "a.pdf",
            b"x",
            "not what its name says; name it after what it holds (.txt for text)",
        ),
        (
            "a.docx",
            b"x",
            "not what its name says; name it after what it holds (.txt for text)",
        ),
        (
            "a.xlsx",
            b"x",
            "a spreadsheet, not an article; save it as .csv",
        ),
    ];
    for (name, bytes, what) in cases {
        assert_eq!(refused(name, bytes), format!("{name}: {what}"));
    }
    let dir = folder(&[]);
    assert_eq!(
        read(dir.path(), "none.txt").1,
        ["none.txt: no such file or folder; check the path"]
    );
}

#[test]
fn a_folder_is_walked_in_the_order_of_paths() {
    let dir = folder(&[
        ("in/b.txt", b"b"),
        ("in/a/z.txt", b"a/z"),
        ("in/a-b.txt", b"a-b"),
        ("in/a.txt", b"a"),
        ("in/B.md", b"B"),
        ("in/.hidden.txt", b"hidden"),
        ("in/.git/x.txt", b"hidden"),
        ("in/README.md", b"about"),
        ("in/LICENSE-MIT", b"about"),
    ]);
    let (articles, messages) = read(dir.path(), "in");
    let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(texts, ["B", "a-b", "a", "a/z", "b"]);
    assert_eq!(messages, [""; 0]);
}

#[test]
fn what_a_folder_leaves_out_is_said_in_one_line() {
    let dir = folder(&[
        ("in/a.txt", b"a"),
        ("in/1.png", b"x"),
        ("in/2.xls", b"x"),
        ("in/x/3", b"x"),
        ("in/y.bin", b"x"),
        ("in/old.pdf", b"x"),
    ]);
    let (articles, messages) = read(dir.path(), "in");
    assert_eq!(articles.len(), 1);
    assert_eq!(
        messages,
        [
            "in/old.pdf: not what its name says; name it after what it holds (.txt for text)".to_string(),
            format!("{}: left out 4 files that are no article by name (1.png, 2.xls, x/3, …); the names of articles end in .txt, .md, .html, .pdf, .docx, .jsonl or the like", dir.path().join("in").display()).replace(&format!("{}/", dir.path().display()), ""),
        ]
    );
}

#[test]
fn an_empty_folder_says_so() {
    let dir = folder(&[("in/.keep", b"")]);
    assert_eq!(
        read(dir.path(), "in").1,
        ["in: no articles in this folder; put .txt, .html, .pdf, .docx or .jsonl files there"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_not() {
    let dir = folder(&[("in/a/x.txt", b"x"), ("out/y.txt", b"y")]);
    std::os::unix::fs::symlink("..", dir.path().join("in/a/loop")).expect("a link");
    std::os::unix::fs::symlink("../out", dir.path().join("in/b")).expect("a link");
    std::os::unix::fs::symlink("nowhere", dir.path().join("in/c.txt")).expect("a link");
    let (articles, messages) = read(dir.path(), "in");
    let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(texts, ["x", "y"]);
    assert_eq!(
        messages,
        ["in/c.txt: no such file or folder; check the path"]
    );
}

#[test]
fn reading_is_lazy() {
    let dir = folder(&[("a.txt", b"a")]);
    let paths: Vec<PathBuf> = vec![dir.path().join("a.txt"), dir.path().join("later.txt")];
    let mut articles = read::articles(&paths);
    assert!(articles.next().is_some_and(|a| a.is_ok()));
    std::fs::write(&paths[1], "b").expect("written");
    assert_eq!(
        articles.next().and_then(Result::ok).map(|a| a.text),
        Some("b".into())
    );
}
