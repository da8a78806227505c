//! The report as a reader gets it: one file, nothing loaded, nothing from an article trusted, what finds no room counted.

use std::path::Path;

use assert_cmd::Command;
use headcount::{Article, compare, extract, report, series};

fn articles() -> Vec<Article> {
    let texts = [
        (
            "<script>alert(1)</script> & \"more\"",
            "https://example.org/a?b=1&c=2",
            "2015-03-01",
            "At least 12 people were killed and 30 injured when the river rose in Kenya, the Red Cross said.",
        ),
        (
            "A second look",
            "javascript:alert(2)",
            "2015-03-04",
            "The Red Cross said 19 people had been killed in Kenya since the river rose. Some 2,400 people were displaced.",
        ),
    ];
    let article = |(title, url, published, text): &(&str, &str, &str, &str)| {
        let mut article = Article {
            id: (*published).into(),
            title: Some((*title).into()),
            url: Some((*url).into()),
            publisher: Some("Wire <b>& Sons".into()),
            published: published.parse().ok(),
            text: (*text).into(),
            ..Article::default()
        };
        extract::fill(&mut article);
        article
    };
    texts.iter().map(article).collect()
}

fn page(articles: &[Article], options: &report::Options) -> String {
    let (series, pairs) = (series::series(articles), compare::pairs(articles));
    report::html(articles, &series, &pairs, options).unwrap()
}

#[test]
fn numbers_stand_marked_in_their_sentences_and_link_to_their_articles() {
    let page = page(&articles(), &report::Options::default());
    assert!(page.contains("At least <mark>12</mark> people were killed"));
    assert!(page.contains("Some <mark>2,400</mark> people were displaced"));
    assert!(page.contains("href=\"https://example.org/a?b=1&amp;c=2\""));
    assert!(page.contains("<span class=\"hedge\">at least</span> <b>12</b>"));
    assert!(page.contains("<h1>Kenya</h1>"));
}

#[test]
fn nothing_from_an_article_is_trusted() {
    let page = page(&articles(), &report::Options::default());
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
    assert!(!page.contains("<script>alert") && !page.contains("<b>& Sons"));
    assert!(!page.contains("javascript:"), "an address that runs");
    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
}

#[test]
fn nothing_is_loaded() {
    let page = page(&articles(), &report::Options::default());
    for loads in [" src=", "<link", "<iframe", "<img", "@import", "url("] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn what_finds_no_room_is_counted() {
    let articles = articles();
    let figures: usize = articles.iter().map(|a| a.figures.len()).sum();
    let few = report::Options {
        figures: 1,
        ..report::Options::default()
    };
    let said = format!("{} older figures are left out here", figures - 1);
    assert!(page(&articles, &few).contains(&said), "{said}");
    assert!(!page(&articles, &report::Options::default()).contains("left out here"));
}

#[test]
fn an_empty_selection_says_so_and_the_same_figures_give_the_same_bytes() {
    let options = report::Options::default();
    assert!(page(&[], &options).contains("There are no figures in this selection."));
    assert_eq!(page(&articles(), &options), page(&articles(), &options));
}

#[test]
fn the_demonstration_makes_a_page_with_charts() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let figures = folder.path().join("figures.jsonl");
    let extracted = Command::cargo_bin("headcount")
        .unwrap()
        .arg("extract")
        .arg(root.join("data/articles"))
        .output()
        .unwrap();
    std::fs::write(&figures, extracted.stdout).unwrap();
    let run = Command::cargo_bin("headcount")
        .unwrap()
        .current_dir(folder.path())
        .args([
            "report",
            "-o",
            "new/page.html",
            "--country",
            "UKR",
            "--from",
        ])
        .arg(&figures)
        .output()
        .unwrap();
    assert!(run.status.success());
    assert_eq!(String::from_utf8_lossy(&run.stdout), "new/page.html\n");
    let page = std::fs::read_to_string(folder.path().join("new/page.html")).unwrap();
    assert!(page.contains("<h1>Ukraine</h1>") && !page.contains("South Sudan"));
    assert!(page.matches("role=\"img\"").count() >= 4, "charts");
    assert!(page.contains("<desc") && page.len() < 1_000_000);
}
