//! Web pages: `tests/read/html/NAME.html`, and beside it what must come out of it, `NAME.toml`:
//!
//! - `title`, `publisher`, `published` (`inferred = true` where the page does not say it to machines), `lang`, `url`; absent = none
//! - `keep`: words that the text must hold, however they are spaced
//! - `lines`: lines that must stand in the text exactly so
//! - `leak`: words from menus, adverts, other stories and comments, which must not be there

use std::fs;
use std::path::{Path, PathBuf};

use headcount::{Article, read};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    #[serde(default)]
    inferred: bool,
    lang: Option<String>,
    url: Option<String>,
    keep: Vec<String>,
    #[serde(default)]
    lines: Vec<String>,
    leak: Vec<String>,
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/html");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .collect();
    pages.sort();
    pages
}

fn article(path: PathBuf) -> Result<Article, String> {
    let mut articles = read::articles(&[path]);
    let article = articles.next().expect("an article or a complaint");
    assert!(articles.next().is_none());
    article.map_err(|e| e.to_string())
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is wrong with a page.
fn faults(path: &Path) -> Vec<String> {
    let expected = fs::read_to_string(path.with_extension("toml")).expect("what is expected");
    let expected: Expected = toml::from_str(&expected).unwrap_or_else(|e| panic!("{e}"));
    let article = match article(path.to_path_buf()) {
        Ok(article) => article,
        Err(what) => return vec![what],
    };
    let mut faults = Vec::new();
    let published = article.published.map(|d| d.to_string());
    for (name, given, wanted) in [
        ("title", &article.title, &expected.title),
        ("publisher", &article.publisher, &expected.publisher),
        ("published", &published, &expected.published),
        ("lang", &article.lang, &expected.lang),
        ("url", &article.url, &expected.url),
    ] {
        if given != wanted {
            faults.push(format!("{name}: {given:?}, not {wanted:?}"));
        }
    }
    if article.published_inferred != expected.inferred {
        faults.push(format!("inferred: {}", article.published_inferred));
    }
    let text = one_line(&article.text);
    let wanted = expected.keep.iter().filter(|k| !text.contains(*k));
    faults.extend(wanted.map(|k| format!("lost: {k}")));
    let wanted = expected.lines.iter();
    let wanted = wanted.filter(|l| !article.text.lines().any(|line| line == *l));
    faults.extend(wanted.map(|l| format!("no line: {l}")));
    let leaked = expected.leak.iter().filter(|l| text.contains(*l));
    faults.extend(leaked.map(|l| format!("leaked: {l}")));
    if !faults.is_empty() && std::env::var_os("SHOW").is_some() {
        faults.push(format!("----\n{}\n----", article.text));
    }
    faults
}

#[test]
fn every_figure_is_kept_and_none_leaks() {
    let pages = pages();
    assert!(pages.len() >= 24, "{} pages", pages.len());
    let faults: Vec<String> = pages
        .iter()
        .flat_map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            faults(path)
                .into_iter()
                .map(move |fault| format!("{name}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The article of a page given as text.
fn page(name: &str, bytes: &[u8]) -> Result<Article, String> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("written");
    article(path).map_err(|what| what.replace(&format!("{}/", dir.path().display()), ""))
}

const SENTENCE: &str = "<p>Five people died in the flood on Monday, the police said.</p>";

#[test]
fn a_page_is_told_by_its_name_or_its_first_bytes() {
    let whole = format!("\n<!DOCTYPE html><title>T</title>{SENTENCE}");
    for name in ["a", "a.htm", "a.XHTML", "a.txt", "a.html.gz"] {
        let article = page(name, whole.as_bytes()).expect(name);
        assert_eq!(article.title.as_deref(), Some("T"), "{name}");
    }
    assert!(page("a.html", SENTENCE.as_bytes()).is_ok());
    // words about pages are no page
    let text = page("a.txt", b"The tag <html> begins a page.").expect("text");
    assert_eq!(text.text, "The tag <html> begins a page.");
}

#[test]
fn a_page_without_an_article_is_refused() {
    let what = "a.html: no article in this page, only links or scripts; save it from a browser that shows it, or give its text (.txt)";
    for bytes in [
        "<!doctype html><div id=root></div><script>render(\"Five people died in the flood.\")</script>",
        "<html><nav><ul><li><a href=/>Home</a><li><a href=/a>Five dead</a></ul></nav></html>",
        "<html><frameset><frame src=a.html></frameset></html>",
        "<h1>Five dead</h1>",
    ] {
        assert_eq!(
            page("a.html", bytes.as_bytes()),
            Err(what.into()),
            "{bytes}"
        );
    }
    assert_eq!(
        page("a.html", &[0; 5000]),
        Err("a.html: binary data, not text; give the article as plain text (.txt)".into())
    );
}

#[test]
fn numbers_are_neither_made_nor_broken_by_markup() {
    for (markup, text) in [
        (
            "<b>5</b>,400 people died in the flood",
            "5,400 people died in the flood",
        ),
        (
            "In all <i>5</i><b>400</b> people died there",
            "In all 5 400 people died there",
        ),
        (
            "Of these 45<sup>1</sup> died in the flood",
            "Of these 45 died in the flood",
        ),
        (
            "Of these 45<sup>[<a href=#n>12</a>]</sup> died there",
            "Of these 45 died there",
        ),
        (
            "It was the 21<sup>st</sup> flood of the year",
            "It was the 21st flood of the year",
        ),
        (
            "Some 10<sup>6</sup> people live on the river",
            "Some 10^6 people live on the river",
        ),
        (
            "Of <del>40</del> <ins>45</ins> people all died",
            "Of 45 people all died",
        ),
        (
            "The flood killed 12,&shy;400&#8203; people there",
            "The flood killed 12,400 people there",
        ),
        (
            "The toll is 41<br>Twelve people are missing",
            "The toll is 41\nTwelve people are missing",
        ),
        (
            "<span>The toll is 41</span><span>Twelve are missing</span>",
            "The toll is 41 Twelve are missing",
        ),
        (
            "They said <q>we lost 5</q> and went away",
            "They said “we lost 5” and went away",
        ),
        (
            "In the valley 5&nbsp;000 people are now homeless",
            "In the valley 5\u{a0}000 people are now homeless",
        ),
    ] {
        let given = page("a.html", format!("<p>{markup}.</p>").as_bytes()).expect(markup);
        assert_eq!(given.text, format!("{text}."), "{markup}");
    }
}

#[test]
fn tables_become_lines_with_labels() {
    let table = |rows: &str| {
        let whole = format!("{SENTENCE}<table>{rows}</table>");
        let text = page("a.html", whole.as_bytes()).expect(rows).text;
        text.split_once("\n\n").map(|(_, rest)| rest.to_string())
    };
    for (rows, lines) in [
        (
            "<tr><th>Killed<td>45<tr><th>Injured:<td>120",
            "Killed: 45\nInjured: 120",
        ),
        (
            "<tr><td>Area<td>Killed<td>Hurt<tr><td>Ford<td>4<td>5",
            "Ford | Killed: 4 | Hurt: 5",
        ),
        (
            "<tr><td>Ford<td>4<td>5<tr><td>Mill<td>6<td>7",
            "Ford | 4 | 5\nMill | 6 | 7",
        ),
        (
            "<tr><th>Area<th>Killed<tr><td rowspan=2>Ford<td>4<tr><td>5",
            "Ford | Killed: 4\nFord | Killed: 5",
        ),
        // a number that covers two rows is one number
        (
            "<tr><th>Area<th>Killed<tr><td>Ford<td rowspan=2>4<tr><td>Mill",
            "Ford | Killed: 4\nMill",
        ),
        (
            "<caption>People killed</caption><tr><th>Area<th>2019<th>2020<tr><td>Ford<td>4<td>5",
            "People killed\nFord | People killed, 2019: 4 | People killed, 2020: 5",
        ),
    ] {
        assert_eq!(table(rows).as_deref(), Some(lines), "{rows}");
    }
}

#[test]
fn deep_and_endless_pages_come_to_an_end() {
    let deep = |tags: &str| format!("<!doctype html>{}{SENTENCE}", tags.repeat(100_000));
    for tags in [
        "<div>",
        "<span>",
        "<b><i>",
        "<ul><li>",
        "<table><tr><td>",
        "<a href=x>",
        "<p>Related</p><p>Some of the words that are said here are said again and again.</p>",
        "<tr><td rowspan=65000 colspan=1000>5",
        "<dl><dt>a<dd>b",
        "</b>",
    ] {
        match page("a.html", deep(tags).as_bytes()) {
            Ok(article) => assert!(!article.text.is_empty(), "{tags}"),
            Err(what) => assert!(what.contains("no article in this page"), "{tags}: {what}"),
        }
    }
    assert!(page("a.html", deep("<div>").as_bytes()).is_ok());
    let many = "<b>x</b>".repeat(1_100_000);
    assert_eq!(
        page("a.html", many.as_bytes()),
        Err(
            "a.html: more than 2000000 elements, no page of an article; give its text alone".into()
        )
    );
}

#[test]
fn the_year_of_a_copyright_is_no_date() {
    let whole = format!("<html><body>{SENTENCE}<footer>(c) 2024 The Post, 1 January 2024</footer>");
    let article = page("a.html", whole.as_bytes()).expect("an article");
    assert_eq!(
        (article.published, article.published_inferred),
        (None, false)
    );
}

#[test]
fn dates_by_address_and_by_dateline_are_inferred() {
    for (head, body, day) in [
        (
            "<link rel=canonical href=https://example.org/2015/02/06/flood>",
            "",
            Some("2015-02-06"),
        ),
        (
            "",
            "<p>KYIV, 3 March 2022 (Agency) — Shells fell on the town.</p>",
            Some("2022-03-03"),
        ),
        (
            "<meta property=article:modified_time content=2020-05-05>",
            "",
            Some("2020-05-05"),
        ),
        ("<meta name=date content='03/04/2015'>", "", None),
    ] {
        let whole = format!("<html><head>{head}</head>{body}{SENTENCE}");
        let article = page("a.html", whole.as_bytes()).expect("an article");
        let published = article.published.map(|d| d.to_string());
        assert_eq!(published.as_deref(), day, "{head}{body}");
        assert_eq!(article.published_inferred, day.is_some());
    }
}
