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
