//! `headcount track` and `headcount figures`, as typed.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use headcount::Article;
use headcount::store::{Store, Verdict};
use tempfile::TempDir;

const RIVER: (&str, &str, &str) = (
    "river",
    "2015-03-01",
    "At least 12 people were killed and 30 injured when the river rose.",
);
const UPDATE: (&str, &str, &str) = (
    "update",
    "2015-03-04",
    "The death toll stands at nearly 5,400, the mayor said. Between 3,000 and 5,000 people are missing.",
);
const ECHO: (&str, &str, &str) = (
    "echo",
    "2015-03-04",
    "The death toll has risen to nearly 5,400, officials said.",
);

/// A fresh folder with the articles as JSON lines.
fn folder(articles: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), articles);
    folder
}

fn write(folder: &Path, articles: &[(&str, &str, &str)]) {
    let lines: Vec<String> = articles
        .iter()
        .map(|(id, published, text)| {
            let article = Article {
                id: (*id).into(),
                publisher: Some("Sample Wire".into()),
                published: published.parse().ok(),
                text: (*text).into(),
                ..Article::default()
            };
            serde_json::to_string(&article).unwrap() + "\n"
        })
        .collect();
    fs::write(folder.join("articles.jsonl"), lines.concat()).unwrap();
}

/// Stdout, stderr and whether all went well.
fn headcount(folder: &Path, arguments: &[&str]) -> (String, String, bool) {
    let output = Command::cargo_bin("headcount")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.success(),
    )
}

fn track(folder: &Path) -> (String, String, bool) {
    headcount(folder, &["track", "articles.jsonl"])
}

#[test]
fn the_first_run_reads_all_and_the_second_nothing() {
    let folder = folder(&[RIVER, UPDATE]);
    let (first, said, fine) = track(folder.path());
    assert!(fine, "{said}");
    assert_eq!(
        said,
        "2 articles read: 2 new, 0 changed, 0 unchanged; the store has 4 figures from 2 articles\n"
    );
    let before = fs::read(folder.path().join("out/figures.csv")).unwrap();
    let (second, said, fine) = track(folder.path());
    assert!(fine, "{said}");
    assert_eq!(
        said,
        "2 articles read: 0 new, 0 changed, 2 unchanged; the store has 4 figures from 2 articles\n"
    );
    assert_eq!(first, second);
    assert_eq!(
        before,
        fs::read(folder.path().join("out/figures.csv")).unwrap()
    );
}

#[test]
fn the_table_has_the_latest_of_each_measure_with_its_hedge_and_voices() {
    let folder = folder(&[UPDATE, RIVER, ECHO]);
    let (table, ..) = track(folder.path());
    let row = |measure: &str| {
        let line = table.lines().find(|l| l.contains(measure));
        let line = line.unwrap_or_else(|| panic!("no {measure} in\n{table}"));
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let dead = row("Fatalities");
    assert!(dead.contains("nearly 5,400 total"), "{dead}");
    assert!(
        dead.ends_with("2015-03-04 2"),
        "two articles say so: {dead}"
    );
    let missing = row("Missing");
    assert!(missing.contains("3,000–5,000"), "{missing}");
    let hurt = row("Injured");
    assert!(hurt.contains(" 30 new"), "{hurt}");
    assert!(hurt.ends_with(" 1"), "{hurt}");
    assert!(
        !table.contains('│') && table.lines().all(|l| l == l.trim_end()),
        "plain where there is no terminal:\n{table}"
    );
}

#[test]
fn a_changed_article_replaces_its_figures_and_verdicts_stay() {
    let folder = folder(&[RIVER]);
    track(folder.path());
    let path = folder.path().join("headcount.db");
    let mut store = Store::open(&path).unwrap();
    let figures = store.figures(&headcount::Filter::default()).unwrap()[0]
        .figures
        .clone();
    assert_eq!(figures[0].number_text, "12");
    store
        .judge("river", &figures[0].id, Some(&Verdict::Wrong))
        .unwrap();
    drop(store);

    let longer = format!("{} Another 7 people are missing.", RIVER.2);
    write(folder.path(), &[(RIVER.0, RIVER.1, &longer)]);
    let (_, said, _) = track(folder.path());
    assert_eq!(
        said,
        "1 article read: 0 new, 1 changed, 0 unchanged; the store has 3 figures from 2 articles\n"
    );
    let (csv, ..) = headcount(folder.path(), &["figures"]);
    let numbers: Vec<String> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|r| r.unwrap()[8].to_string())
        .collect();
    assert_eq!(
        numbers,
        ["30", "7", "30"],
        "the earlier version stays, marked"
    );
}

#[test]
fn the_order_given_and_the_number_of_threads_do_not_matter() {
    let many: Vec<(String, String)> = (0..300)
        .map(|i| {
            let text = format!(
                "{} people were killed and {} wounded on Friday.",
                i + 2,
                i + 5
            );
            (format!("article {}", i % 290), text) // ten ids come twice, with different texts
        })
        .collect();
    let articles: Vec<(&str, &str, &str)> = many
        .iter()
        .map(|(id, text)| (id.as_str(), "2015-03-04", text.as_str()))
        .collect();
    let backwards: Vec<_> = articles.iter().rev().copied().collect();
    let mut results = Vec::new();
    for (articles, threads) in [(&articles, "1"), (&articles, "2"), (&backwards, "2")] {
        let folder = folder(articles);
        let arguments = ["track", "articles.jsonl", "--threads", threads];
        let (table, said, fine) = headcount(folder.path(), &arguments);
        assert!(fine, "{said}");
        assert!(said.contains("290 new, 10 changed"), "{said}");
        let files = ["figures.csv", "series.csv", "compare.csv"]
            .map(|name| fs::read(folder.path().join("out").join(name)).unwrap());
        results.push((table, files));
    }
    assert!(results[0] == results[1], "one thread and two differ");
    assert!(results[0] == results[2], "forwards and backwards differ");
}

#[test]
fn hxl_tags_stand_under_each_header() {
    let folder = folder(&[RIVER]);
    headcount(folder.path(), &["track", "articles.jsonl", "--hxl"]);
    for name in ["figures.csv", "series.csv", "compare.csv"] {
        let csv = fs::read_to_string(folder.path().join("out").join(name)).unwrap();
        let second = csv.lines().nth(1).unwrap_or_default();
        assert!(second.starts_with('#'), "{name}: {second:?}");
    }
    let (csv, ..) = headcount(folder.path(), &["figures", "--hxl"]);
    assert!(csv.lines().nth(1).unwrap().starts_with("#meta+article+id,"));
}

#[test]
fn charts_that_are_no_longer_made_go_and_those_of_others_stay() {
    let folder = folder(&[RIVER]);
    let charts = folder.path().join("out/charts");
    fs::create_dir_all(&charts).unwrap();
    for name in ["XXX-old.png", "mine.png", "../precious.csv"] {
        fs::write(charts.join(name), "picture").unwrap();
    }
    fs::write(
        charts.join(".made-by-track"),
        "XXX-old.png\n../precious.csv\ngone.png\n",
    )
    .unwrap();
    let (_, said, fine) = headcount(folder.path(), &["track", "articles.jsonl", "--no-charts"]);
    assert!(fine && charts.join("XXX-old.png").exists(), "{said}");
    let (_, said, fine) = track(folder.path());
    assert!(fine, "{said}");
    assert!(!charts.join("XXX-old.png").exists());
    assert!(charts.join("mine.png").exists());
    assert!(folder.path().join("out/precious.csv").exists());
    assert!(!folder.path().join("out/.charts.new").exists());
}

#[test]
fn what_cannot_be_used_is_said_with_the_cure() {
    let folder = folder(&[RIVER]);
    let path = folder.path();
    let fails = |arguments: &[&str], said: &str| {
        let (_, stderr, fine) = headcount(path, arguments);
        assert!(!fine, "{arguments:?} went well");
        assert_eq!(stderr, said, "{arguments:?}");
    };
    fails(
        &["figures"],
        "headcount: headcount.db: no store there; run `headcount track PATH…` first, or give another file with --store\n",
    );
    fails(
        &["track", "articles.jsonl", "--store", "no/where.db"],
        "headcount: no/where.db: there is no folder no; make it, or give another file with --store\n",
    );
    fails(
        &["track", "articles.jsonl", "--store", "articles.jsonl"],
        "headcount: articles.jsonl: not a store, nor any other SQLite file; give another file with --store\n",
    );
    fails(
        &["track", "articles.jsonl", "--out", "articles.jsonl"],
        "headcount: articles.jsonl: cannot be written (File exists (os error 17)); give another folder with --out\n",
    );
    fs::write(path.join("empty.jsonl"), "").unwrap();
    let (stdout, stderr, fine) = headcount(path, &["track", "empty.jsonl"]);
    assert!(!fine && stdout.is_empty());
    assert!(
        stderr.contains("no articles in what was given; give files or folders of articles\n"),
        "{stderr}"
    );
}

#[test]
fn of_one_text_under_one_id_with_other_metadata_the_same_stays_and_nothing_changes_twice() {
    let days = ["2015-03-01", "2015-03-02", "2015-03-03", "2015-03-04"];
    let told = |days: &[&'static str]| -> Vec<_> {
        days.iter().map(|day| (RIVER.0, *day, RIVER.2)).collect()
    };
    let stays = |folder: &TempDir| {
        let store = Store::open(&folder.path().join("headcount.db")).unwrap();
        let articles = store.figures(&headcount::Filter::default()).unwrap();
        assert_eq!(articles.len(), 1);
        articles[0].published.unwrap().to_string()
    };
    let mut chosen = Vec::new();
    for turned in [false, true] {
        let mut articles = told(&days);
        if turned {
            articles.reverse();
        }
        let folder = folder(&articles);
        track(folder.path());
        chosen.push(stays(&folder));
        let (_, said, _) = track(folder.path());
        assert!(said.contains("0 new, 0 changed, 4 unchanged"), "{said}");
        // one of them is told otherwise: it is taken in, and again nothing changes twice
        articles.push((RIVER.0, "2015-03-05", RIVER.2));
        write(folder.path(), &articles);
        let (_, said, _) = track(folder.path());
        assert!(
            said.contains("0 new") && !said.contains("5 changed"),
            "{said}"
        );
        let (_, said, _) = track(folder.path());
        assert!(said.contains("0 new, 0 changed, 5 unchanged"), "{said}");
        // all but one that was passed over are gone: it is wanted after all, the run after the next
        let last = stays(&folder);
        let left = days.iter().copied().find(|day| *day != last).unwrap();
        write(folder.path(), &told(&[left]));
        track(folder.path());
        track(folder.path());
        assert_eq!(stays(&folder), left);
        // there and back
        for day in ["2015-05-01", left] {
            write(folder.path(), &told(&[day]));
            let (_, said, _) = track(folder.path());
            assert!(said.contains("0 new, 1 changed, 0 unchanged"), "{said}");
            assert_eq!(stays(&folder), day);
        }
    }
    assert_eq!(chosen[0], chosen[1], "whatever the order");
}

#[test]
fn an_option_that_is_not_known_is_not_taken_for_a_file() {
    let folder = folder(&[RIVER]);
    let (_, said, fine) = headcount(folder.path(), &["track", "--zebra", "."]);
    assert!(
        !fine && said.contains("'--zebra'") && !said.contains("-- --"),
        "{said}"
    );
}

#[test]
fn one_bad_line_and_one_foreign_article_do_not_stop_the_others() {
    let folder = folder(&[RIVER, UPDATE]);
    let path = folder.path().join("articles.jsonl");
    let foreign = r#"{"id":"crue","lang":"fr","text":"La crue a fait 12 morts."}"#;
    let lines = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{{\"id\": 7\n{foreign}\n{lines}")).unwrap();
    let (table, said, fine) = track(folder.path());
    assert!(!fine, "something was left out");
    assert!(said.contains("headcount: articles.jsonl:1: "), "{said}");
    assert!(
        said.contains(
            "headcount: 1 article in languages there are no words for yet (fr 1): no figures; "
        ),
        "{said}"
    );
    assert!(
        said.ends_with("3 articles read: 3 new, 0 changed, 0 unchanged, 1 left out; the store has 4 figures from 2 articles\n"),
        "{said}"
    );
    assert!(table.contains("nearly 5,400"), "{table}");
}

#[test]
fn figures_come_as_csv_as_json_lines_and_as_a_table() {
    let folder = folder(&[UPDATE, RIVER]);
    track(folder.path());
    let path = folder.path();
    let (csv, ..) = headcount(path, &["figures"]);
    assert_eq!(
        csv,
        fs::read_to_string(path.join("out/figures.csv")).unwrap()
    );
    let (lines, ..) = headcount(path, &["figures", "--format", "jsonl"]);
    let articles: Vec<Article> = lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let store = Store::open(&path.join("headcount.db")).unwrap();
    assert_eq!(
        articles,
        store.figures(&headcount::Filter::default()).unwrap()
    );
    let ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["river", "update"], "in the order of publication");
    let (table, ..) = headcount(
        path,
        &["figures", "--format", "table", "--measure", "missing"],
    );
    assert_eq!(
        table.lines().count(),
        2,
        "a header and one figure:\n{table}"
    );
    assert!(table.contains("3,000–5,000") && table.contains("Sample Wire"));
}

#[test]
fn filters_narrow_the_figures() {
    let folder = folder(&[UPDATE, RIVER]);
    track(folder.path());
    let numbers = |filter: &[&str]| -> Vec<String> {
        let arguments: Vec<&str> = ["figures"].iter().chain(filter).copied().collect();
        let (csv, ..) = headcount(folder.path(), &arguments);
        csv::Reader::from_reader(csv.as_bytes())
            .records()
            .map(|r| r.unwrap()[8].to_string())
            .collect()
    };
    assert_eq!(numbers(&["--measure", "fatalities"]), ["12", "5,400"]);
    assert_eq!(numbers(&["--measure", "injured"]), ["30"]);
    assert_eq!(numbers(&["--kind", "new"]), ["12", "30"]);
    assert_eq!(numbers(&["--article", "river"]), ["12", "30"]);
    assert_eq!(numbers(&["--until", "2015-03-03"]), ["12", "30"]);
    assert!(numbers(&["--source", "nobody at all"]).is_empty());
}

#[test]
fn of_one_text_under_two_titles_the_same_one_stays_in_any_order() {
    let line = |title: &str| {
        serde_json::json!({"id": "x", "title": title, "text": "The blast killed 12 people."})
            .to_string()
    };
    let stored = |lines: [String; 2]| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("articles.jsonl"), lines.join("\n")).unwrap();
        track(folder.path());
        fs::read_to_string(folder.path().join("out/figures.csv")).unwrap()
    };
    let figures = stored([line("One"), line("Two")]);
    assert_eq!(figures.lines().count(), 2, "{figures}");
    assert_eq!(figures, stored([line("Two"), line("One")]));
}

#[test]
fn a_wire_copy_is_no_second_voice_and_a_later_version_replaces_the_earlier() {
    let rest = "Boats from the navy were still bringing families off roofs in Deno at noon, and the governor has asked the capital \
        for tents, flour and two helicopters. Schools in the valley stay closed until Monday, and forecasters expect more rain \
        before the weekend. The road to the south is cut in four places and the market hall has lost its roof.";
    let wire = format!("Nine people were killed when the Karo rose, police said. {rest}");
    let copy = format!(
        "Police said that the rising Karo killed nine people, among the worst losses in years. {rest}"
    );
    let folder = folder(&[("wire", "2024-05-08", &wire), ("copy", "2024-05-08", &copy)]);
    let (table, said, fine) = track(folder.path());
    assert!(fine, "{said}");
    let row = table.lines().find(|l| l.contains(" 9 ")).expect("a row");
    assert!(row.ends_with(" 1"), "one voice: {table}");
    let (figures, ..) = headcount(folder.path(), &["figures", "--format", "jsonl"]);
    assert_eq!(figures.lines().count(), 2, "both stay listed");
    assert!(figures.contains("\"copy_of\":\"copy\""), "{figures}");

    let url = "https://example.org/karo";
    let line = |id: &str, day: &str, text: &str| {
        serde_json::json!({"id": id, "url": url, "published": day, "text": text}).to_string()
    };
    let later = wire.replace("Nine people", "Eleven people");
    let lines = [
        line("first", "2024-05-08", &wire),
        line("second", "2024-05-09", &later),
    ];
    fs::write(folder.path().join("page.jsonl"), lines.join("\n")).unwrap();
    headcount(
        folder.path(),
        &["track", "page.jsonl", "--store", "page.db", "--out", "page"],
    );
    let series = fs::read_to_string(folder.path().join("page/series.csv")).unwrap();
    assert!(
        series.contains(",11,") && !series.contains(",9,"),
        "{series}"
    );
    let figures = fs::read_to_string(folder.path().join("page/figures.csv")).unwrap();
    assert!(
        figures.contains("first,") && figures.contains("second,"),
        "{figures}"
    );
}
