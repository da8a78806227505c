//! The store: what goes in comes out, verdicts last, and neither a kill nor a second process does harm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use headcount::store::{Added, Hashes, Held, Store, Verdict};
use headcount::{Article, Figure, Filter, Kind, Qualifier, Unit};
use rusqlite::Connection;
use tempfile::TempDir;

/// A figure with every field set, none to its default.
fn full_figure(id: &str) -> Figure {
    Figure {
        id: id.into(),
        start: 7,
        end: 4_000_000_000,
        number_text: "0.1 \"lakh\"".into(),
        measure: "injured".parse().unwrap(),
        value: Some(0.1 + 0.2),
        low: Some(1e-7),
        high: Some(8_200_000.0),
        qualifier: Qualifier::FewerThan,
        unit: Unit::Families,
        kind: Kind::New,
        source: Some("O'Hara; DROP TABLE figure".into()),
        source_text: Some("the naïve \u{1f6b2} rider\u{0}".into()),
        as_of: "2015-02-06".parse().ok(),
        period_start: "1999-12-31".parse().ok(),
        period_end: "2000-01-01".parse().ok(),
        country: "UKR".parse().ok(),
        place_text: Some(String::new()),
        part_of: true,
        projected: true,
        implicit: true,
        sentence: "Line one\nline two".into(),
        confidence: 0.123,
    }
}

fn article(id: &str, published: Option<&str>, figures: Vec<Figure>) -> Article {
    let mut article = Article {
        id: id.into(),
        url: Some(format!("https://example.org/{id}")),
        publisher: Some("Sample Wire".into()),
        title: Some("A title".into()),
        published: published.map(|d| d.parse().unwrap()),
        published_inferred: published.is_some(),
        lang: Some("en".into()),
        text: format!("the text of {id}"),
        figures,
        ..Article::default()
    };
    article.totals = headcount::totals::totals(&article);
    article
}

fn plain_figure(id: &str, value: f64) -> Figure {
    Figure {
        value: Some(value),
        low: Some(value),
        high: Some(value),
        qualifier: Qualifier::Exact,
        unit: Unit::People,
        kind: Kind::Total,
        part_of: false,
        projected: false,
        implicit: false,
        ..full_figure(id)
    }
}

fn fresh() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("headcount.db");
    (folder, path)
}

fn held(store: &Store, article: &Article) -> Held {
    store.holds(&article.id, Hashes::of(article)).unwrap()
}

fn all(store: &Store) -> Vec<Article> {
    store.figures(&Filter::default()).unwrap()
}

#[test]
fn what_goes_in_comes_out_but_for_the_text() {
    let (_folder, path) = fresh();
    let mut bare = plain_figure("b", 3.0);
    bare.value = None;
    bare.low = None;
    bare.high = None;
    bare.source = None;
    bare.source_text = None;
    bare.as_of = None;
    bare.period_start = None;
    bare.period_end = None;
    bare.country = None;
    bare.place_text = None;
    let mut expected = article(
        "x",
        Some("2015-02-06"),
        vec![full_figure("a"), bare, plain_figure("c", 12.0)],
    );
    let mut store = Store::open_or_make(&path).unwrap();
    assert_eq!(store.add(&expected).unwrap(), Added::New);
    drop(store);
    expected.text.clear();
    assert!(!expected.totals.is_empty());
    assert_eq!(all(&Store::open(&path).unwrap()), [expected]);
}

#[test]
fn articles_come_by_day_of_publication_then_by_id_the_undated_last() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    for (id, day) in [
        ("none", None),
        ("b", Some("2015-01-02")),
        ("c", Some("2014-12-31")),
        ("a", Some("2015-01-02")),
    ] {
        store
            .add(&article(id, day, vec![plain_figure(id, 1.0)]))
            .unwrap();
    }
    let ids: Vec<String> = all(&store).into_iter().map(|a| a.id).collect();
    assert_eq!(ids, ["c", "a", "b", "none"]);
}

#[test]
fn the_same_article_again_does_nothing_and_a_changed_one_replaces_its_figures() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    let mut first = article(
        "x",
        None,
        vec![plain_figure("a", 1.0), plain_figure("b", 2.0)],
    );
    assert_eq!(held(&store, &first), Held::No);
    assert_eq!(store.add(&first).unwrap(), Added::New);
    assert_eq!(held(&store, &first), Held::Same);
    assert_eq!(store.add(&first).unwrap(), Added::Unchanged);
    first.title = None;
    assert_eq!(held(&store, &first), Held::No);
    first.figures.remove(0);
    assert_eq!(store.add(&first).unwrap(), Added::Changed);
    assert_eq!(all(&store).len(), 1);
    let ids: Vec<String> = all(&store)[0]
        .figures
        .iter()
        .map(|f| f.id.clone())
        .collect();
    assert_eq!(ids, ["b"]);
}

#[test]
fn another_text_under_the_same_id_is_a_version_and_the_last_one_counts() {
    let (_folder, path) = fresh();
    let version = |day: &str, text: &str, value: f64| {
        let mut article = article("x", Some(day), vec![plain_figure("a", value)]);
        article.text = text.into();
        article
    };
    let noon = version("2024-05-08", "nine dead", 9.0);
    let evening = version("2024-05-08", "eleven dead", 11.0);
    let before = version("2024-05-07", "two dead", 2.0);
    for added in [[&noon, &before], [&evening, &noon]] {
        let mut store = Store::open_or_make(&path).unwrap(); // two runs
        for article in added {
            store.add(article).unwrap();
        }
    }
    let store = Store::open(&path).unwrap();
    let all = all(&store);
    let told: Vec<_> = all
        .iter()
        .map(|a| {
            let later = a.superseded_by.as_deref();
            (a.id.split('#').next().unwrap(), a.figures[0].value, later)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("x", Some(2.0), Some("x")),
            ("x", Some(11.0), None),
            ("x", Some(9.0), Some("x")),
        ]
    );
    assert_eq!(all[1].id, "x");
    for article in [&noon, &evening, &before] {
        assert_eq!(held(&store, article), Held::Same, "nothing is read twice");
    }
}

#[test]
fn every_part_of_an_article_counts_as_its_content() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    let stored = article("x", Some("2015-01-01"), vec![]);
    store.add(&stored).unwrap();
    let changes: [fn(&mut Article); 7] = [
        |a| a.url = None,
        |a| a.publisher = Some(String::new()),
        |a| a.title = None,
        |a| a.published = None,
        |a| a.published_inferred = false,
        |a| a.lang = None,
        |a| a.text.clear(),
    ];
    for (i, change) in changes.iter().enumerate() {
        let mut other = stored.clone();
        change(&mut other);
        assert_eq!(held(&store, &other), Held::No, "change {i}");
    }
}

#[test]
fn a_verdict_overrides_the_figure_and_its_total_and_outlives_the_article() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    let later = Figure {
        start: 4_000_000_010,
        end: 4_000_000_012,
        ..plain_figure("b", 99.0)
    };
    let found = article("x", None, vec![plain_figure("a", 10.0), later]);
    store.add(&found).unwrap();
    store.judge("x", "b", Some(&Verdict::Wrong)).unwrap();
    let mut right = plain_figure("ignored", 12.0);
    right.source = Some("the mayor".into());
    right.number_text = "ignored".into();
    store
        .judge("x", "a", Some(&Verdict::Corrected(Box::new(right))))
        .unwrap();

    let reviewed = |store: &Store| {
        let article = all(store).remove(0);
        let figure = &article.figures[0];
        assert_eq!(article.figures.len(), 1);
        assert_eq!((figure.id.as_str(), figure.value), ("a", Some(12.0)));
        assert_eq!(figure.source.as_deref(), Some("the mayor"));
        assert_eq!(figure.number_text, "0.1 \"lakh\"");
        assert_eq!(article.totals[&figure.measure].value, Some(12.0));
    };
    reviewed(&store);

    let mut changed = found.clone();
    changed.text.push('!');
    assert_eq!(store.add(&changed).unwrap(), Added::Changed);
    reviewed(&store);

    store.judge("x", "b", None).unwrap();
    store.judge("x", "a", Some(&Verdict::Right)).unwrap();
    let article = all(&store).remove(0);
    let seen: Vec<_> = article
        .figures
        .iter()
        .map(|f| (f.value, f.confidence))
        .collect();
    assert_eq!(seen, [(Some(10.0), 1.0), (Some(99.0), 0.123)]);
    assert_eq!(
        article.totals[&article.figures[0].measure].value,
        Some(99.0)
    );
}

#[test]
fn a_verdict_needs_its_figure() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    store
        .add(&article("x", None, vec![plain_figure("a", 1.0)]))
        .unwrap();
    let said = |r: headcount::Result<()>| r.unwrap_err().to_string();
    let ids = "see `headcount figures` for both ids";
    assert_eq!(
        said(store.judge("y", "a", Some(&Verdict::Right))),
        format!(
            "{}: article \"y\" has no figure \"a\"; {ids}",
            path.display()
        )
    );
    assert_eq!(
        said(store.judge("x", "z", None)),
        format!(
            "{}: article \"x\" has no figure \"z\"; {ids}",
            path.display()
        )
    );
}

#[test]
fn a_verdict_on_a_figure_that_is_gone_can_be_taken_back() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    let mut found = article("x", None, vec![plain_figure("a", 1.0)]);
    store.add(&found).unwrap();
    store.judge("x", "a", Some(&Verdict::Wrong)).unwrap();
    found.text.push('!');
    let before = std::mem::take(&mut found.figures);
    store.add(&found).unwrap();
    store.judge("x", "a", None).unwrap();
    found.text.push('!');
    found.figures = before;
    store.add(&found).unwrap();
    assert_eq!(all(&store)[0].figures, found.figures);
}

/// What opening says, without the path in front.
fn refusal(path: &Path, make: bool) -> String {
    let store = if make {
        Store::open_or_make(path)
    } else {
        Store::open(path)
    };
    let said = store.err().expect("it opened").to_string();
    said.strip_prefix(&format!("{}: ", path.display()))
        .expect("no path in front")
        .to_string()
}

#[test]
fn files_that_are_no_store_are_refused_and_left_as_they_are() {
    let (folder, path) = fresh();
    assert_eq!(
        refusal(&path, false),
        "no store there; run `headcount track PATH…` first, or give another file with --store"
    );
    assert!(!path.exists());
    assert_eq!(
        refusal(folder.path(), true),
        "a folder, not a store; give a file with --store"
    );
    let nowhere = folder.path().join("no/where");
    assert_eq!(
        refusal(&nowhere.join("x.db"), true),
        format!(
            "there is no folder {}; make it, or give another file with --store",
            nowhere.display()
        )
    );

    fs::write(&path, "").unwrap();
    assert_eq!(
        refusal(&path, false),
        "an empty store; run `headcount track PATH…` first"
    );

    let text = "Twelve people were killed.\n".repeat(100);
    fs::write(&path, &text).unwrap();
    for make in [false, true] {
        assert_eq!(
            refusal(&path, make),
            "not a store, nor any other SQLite file; give another file with --store"
        );
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text);

    let other = folder.path().join("other.db");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE recipe (name TEXT)")
        .unwrap();
    let before = fs::read(&other).unwrap();
    assert_eq!(
        refusal(&other, true),
        "the database of another program, not a store; give another file with --store"
    );
    assert_eq!(fs::read(&other).unwrap(), before);
}

#[test]
fn a_store_of_a_later_version_is_refused() {
    let (_folder, path) = fresh();
    drop(Store::open_or_make(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    assert_eq!(
        refusal(&path, true),
        "a store of version 99, and this headcount knows versions up to 4; use a newer headcount, or give another file with --store"
    );
}

#[test]
fn a_record_that_cannot_be_read_is_named() {
    let (_folder, path) = fresh();
    let mut store = Store::open_or_make(&path).unwrap();
    store
        .add(&article("x", None, vec![plain_figure("a", 1.0)]))
        .unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("UPDATE figure SET kind = 'old'")
        .unwrap();
    assert_eq!(
        store.figures(&Filter::default()).unwrap_err().to_string(),
        format!(
            "{}: holds a record that cannot be read (\"old\" is none of total, new); run `headcount track` on its article again",
            path.display()
        )
    );
}

// --- the program, killed

const ARTICLES: usize = 3000;

/// Short articles with one or more figures each, no two the same.
fn write_articles(path: &Path) {
    let mut lines = String::new();
    for i in 0..ARTICLES {
        let (dead, hurt, out) = (i % 89 + 2, i % 61 + 3, (i * 37) % 9000 + 1000);
        let article = Article {
            id: format!("report-{i}"),
            publisher: Some(format!("Sample {}", i % 7)),
            published: chrono::NaiveDate::from_ymd_opt(
                2015,
                1 + (i % 12) as u32,
                1 + (i % 28) as u32,
            ),
            text: format!(
                "Bulletin {i}. At least {dead} people were killed and {hurt} wounded when the river rose.\n\nThe mayor said more than {out} residents had fled their homes."
            ),
            ..Article::default()
        };
        lines += &serde_json::to_string(&article).unwrap();
        lines.push('\n');
    }
    fs::write(path, lines).unwrap();
}

fn track(folder: &Path, articles: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_headcount"))
        .current_dir(folder)
        .arg("track")
        .arg(articles)
        .arg("--no-charts")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many articles are stored; 0 also while there is no store.
fn stored(folder: &Path) -> usize {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    let count: rusqlite::Result<u32> =
        Connection::open_with_flags(folder.join("headcount.db"), flags).and_then(|store| {
            store.query_row("SELECT count(*) FROM article", [], |row| row.get(0))
        });
    count.unwrap_or(0) as usize
}

/// Everything a run leaves: the store's articles with figures and totals, and the tables, by name.
fn left(folder: &Path) -> (Vec<Article>, Vec<(String, Vec<u8>)>) {
    let store = Store::open(&folder.join("headcount.db")).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_string();
            (name, fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    (all(&store), files)
}

fn never_killed(articles: &Path) -> (Vec<Article>, Vec<(String, Vec<u8>)>) {
    let folder = tempfile::tempdir().unwrap();
    assert!(track(folder.path(), articles).wait().unwrap().success());
    let result = left(folder.path());
    assert_eq!(result.0.len(), ARTICLES, "each has figures");
    let names: Vec<&str> = result.1.iter().map(|f| f.0.as_str()).collect();
    assert_eq!(
        names,
        [
            ".lock",
            "compare.csv",
            "datapackage.json",
            "figures.csv",
            "report.html",
            "series.csv"
        ]
    );
    result
}

#[test]
fn killed_at_any_moment_and_run_again_it_ends_as_if_never_killed() {
    let input = tempfile::tempdir().unwrap();
    let articles = input.path().join("articles.jsonl");
    write_articles(&articles);
    let expected = never_killed(&articles);

    let folder = tempfile::tempdir().unwrap();
    let mut midway = 0;
    // at the start, while it stores, and when all is stored and the tables are being written
    for enough in [0, 1, 300, 900, 1700, ARTICLES] {
        let mut child = track(folder.path(), &articles);
        let mut seen = stored(folder.path());
        while seen < enough && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            seen = stored(folder.path());
        }
        child.kill().unwrap();
        let killed = !child.wait().unwrap().success();
        midway += usize::from(killed && (1..ARTICLES).contains(&seen));
    }
    assert!(midway > 0, "no kill came while articles were being stored");
    assert!(track(folder.path(), &articles).wait().unwrap().success());
    assert!(left(folder.path()) == expected, "the kill left a trace");
}

#[test]
fn two_processes_at_once_end_as_one() {
    let input = tempfile::tempdir().unwrap();
    let articles = input.path().join("articles.jsonl");
    write_articles(&articles);
    let expected = never_killed(&articles);

    let folder = tempfile::tempdir().unwrap();
    let children = [(); 2].map(|()| track(folder.path(), &articles));
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert!(
        left(folder.path()) == expected,
        "the two left another state"
    );
}
