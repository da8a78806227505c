//! The demonstration: the files that `data/articles` makes are made again, and what is found in them is held against what
//! people marked by hand: in `tests/demo/figures.csv`, and in the reports of `tests/gold`.
//!
//! `UPDATE=1` writes `data/series` and `charts/*.png` anew where they differ, says so, and fails once, so that the
//! difference is read before it is kept. **Floors may only rise**: when a change measures better, raise them here
//! (`cargo test --test all demo:: -- --nocapture` prints what is measured).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use headcount::series::{Point, read_csv};
use headcount::{Article, Figure, Kind, Series};

/// What must be reached on `data/articles`, just below what is measured, in steps of 0.01.
const DEMO: &[(&str, f64)] = &[
    ("found", 0.91),
    ("precision", 0.94),
    ("value, low, high", 0.97),
    ("qualifier", 0.98),
    ("source", 0.94),
    ("as_of", 0.71),
    ("country", 0.95),
    ("kind", 0.86),
];

/// The same on `tests/gold`.
const GOLD: &[(&str, f64)] = &[("precision", 0.92), ("f1", 0.87)];

/// The files of `data/series`: measure, and country where one is chosen.
const SERIES: &[(&str, &str)] = &[
    ("fatalities", "UKR"),
    ("injured", "UKR"),
    ("idps", "UKR"),
    ("idps", "SSD"),
    ("displaced", "SSD"),
    // people abroad have left the country they come from: all places
    ("refugees", ""),
    ("asylum_seekers", ""),
];

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program prints, given this on stdin.
fn headcount(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let output = Command::cargo_bin("headcount")
        .unwrap()
        .current_dir(root())
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    output.stdout
}

/// The articles with their figures, as JSON lines.
static EXTRACTED: LazyLock<Vec<u8>> =
    LazyLock::new(|| headcount(&["extract", "data/articles"], b""));

fn articles() -> Vec<Article> {
    let lines = std::str::from_utf8(&EXTRACTED).unwrap().lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// The name of the file that an article was read from.
fn file(article: &Article) -> String {
    let name = article.id.rsplit('/').next().unwrap();
    format!("{name}.md")
}

/// The files of a folder that end so.
fn files(folder: &Path, ending: &str) -> BTreeSet<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten();
    all.map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect()
}

/// Fails where a file of the folder is not as made, or is not made any more; with `UPDATE=1` also makes it so.
fn as_made(folder: &str, ending: &str, made: &BTreeMap<PathBuf, Vec<u8>>) {
    let there = files(&root().join(folder), ending);
    let stale = there.iter().filter(|path| !made.contains_key(*path));
    let differ = made
        .iter()
        .filter(|(path, bytes)| fs::read(path).ok().as_ref() != Some(*bytes));
    let (stale, differ): (Vec<_>, Vec<_>) = (stale.collect(), differ.collect());
    if stale.is_empty() && differ.is_empty() {
        return;
    }
    let names: Vec<_> = stale
        .iter()
        .copied()
        .chain(differ.iter().map(|(path, _)| *path))
        .filter_map(|path| path.strip_prefix(root()).ok())
        .collect();
    assert!(
        std::env::var_os("UPDATE").is_some_and(|v| v == "1"),
        "not what the program makes: {names:?}; `UPDATE=1 cargo test --test all demo::` writes them anew"
    );
    fs::create_dir_all(root().join(folder)).unwrap();
    for path in stale {
        fs::remove_file(path).unwrap();
    }
    for (path, bytes) in differ {
        fs::write(path, bytes).unwrap();
    }
    panic!("written anew: {names:?}; read the difference, then run the tests again");
}

#[test]
fn the_series_are_what_the_program_makes_of_the_articles() {
    let mut made = BTreeMap::new();
    for (measure, country) in SERIES {
        let mut arguments = vec!["series", "--from", "-", "--measure", measure];
        let mut name = (*measure).to_string();
        if !country.is_empty() {
            arguments.extend(["--country", country]);
            name = format!("{country}-{measure}");
        }
        let bytes = headcount(&arguments, &EXTRACTED);
        assert!(bytes.split(|b| *b == b'\n').count() > 2, "{name}: no point");
        made.insert(root().join(format!("data/series/{name}.csv")), bytes);
    }
    as_made("data/series", "csv", &made);
}

#[test]
fn the_charts_are_what_the_program_draws_of_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let gallery = fs::read_to_string(root().join("charts/README.md")).unwrap();
    let mut made = BTreeMap::new();
    for spec in files(&root().join("charts"), "toml") {
        let name = spec.file_stem().unwrap().to_str().unwrap();
        let svg = fs::read_to_string(&spec)
            .unwrap()
            .contains("format = \"svg\"");
        let ending = if svg { "svg" } else { "png" };
        // Articles of its own, named as the first word of the chart.
        let own = format!("charts/{}.jsonl", name.split('-').next().unwrap());
        let (from, figures) = if root().join(&own).exists() {
            let figures = headcount(&["extract", &own], b"");
            (
                format!("headcount extract {own} | headcount chart --from -"),
                figures,
            )
        } else {
            ("chart --from figures.jsonl".into(), EXTRACTED.clone())
        };
        for wanted in [
            format!("{from} --spec charts/{name}.toml"),
            format!("({name}.{ending})"),
        ] {
            assert!(
                gallery.contains(&wanted),
                "charts/README.md: no {wanted:?}; show every chart with its command"
            );
        }
        let picture = folder.path().join(format!("{name}.{ending}"));
        let (spec, out) = (spec.to_str().unwrap(), picture.to_str().unwrap());
        headcount(
            &["chart", "--from", "-", "--spec", spec, "--out", out],
            &figures,
        );
        let bytes = fs::read(&picture).unwrap();
        assert!(bytes.len() < 120_000, "{name}: {} bytes", bytes.len());
        made.insert(root().join(format!("charts/{name}.{ending}")), bytes);
    }
    assert!(made.len() >= 10, "too few charts: {}", made.len());
    let (pngs, svgs) = made
        .into_iter()
        .partition(|(path, _)| path.extension().is_some_and(|e| e == "png"));
    as_made("charts", "png", &pngs);
    as_made("charts", "svg", &svgs);
}

/// Fails where a share is below its floor, with all that was measured.
#[expect(
    clippy::print_stdout,
    reason = "what is measured, for whoever asks with --nocapture"
)]
fn reach(floors: &[(&str, f64)], measured: &[(&str, f64)], details: &str) {
    let mut report = String::new();
    let mut low = false;
    assert_eq!(floors.len(), measured.len());
    for ((name, floor), (measure, share)) in floors.iter().zip(measured) {
        assert_eq!(name, measure);
        let remark = match share - floor {
            d if d < 0.0 => "below the floor",
            d if d >= 0.02 => "the floor can rise",
            _ => "",
        };
        low |= share < floor;
        let _ = writeln!(report, "{name:<18} {share:.3}  floor {floor:.2}  {remark}");
    }
    assert!(!low, "\n{report}\n{details}");
    println!("{report}{details}");
}

/// One line of `tests/demo/figures.csv`.
type Expected = BTreeMap<String, String>;

fn expected() -> BTreeMap<String, Vec<Expected>> {
    let mut csv = csv::Reader::from_path(root().join("tests/demo/figures.csv")).unwrap();
    let mut all: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    for row in csv.deserialize::<Expected>() {
        let row = row.unwrap();
        all.entry(row["article"].clone()).or_default().push(row);
    }
    all
}

/// Whether each attribute is right, in the order of [`DEMO`] from the third on.
fn right(expected: &Expected, found: &Figure) -> [bool; 6] {
    let is = |column: &str, given: String| expected[column] == given;
    let text = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
    [
        is("value", text(found.value))
            && is("low", text(found.low))
            && is("high", text(found.high)),
        is("qualifier", found.qualifier.to_string()),
        is("source", found.source.clone().unwrap_or_default()),
        is(
            "as_of",
            found.as_of.map(|d| d.to_string()).unwrap_or_default(),
        ),
        is(
            "country",
            found.country.map(|c| c.to_string()).unwrap_or_default(),
        ),
        is("kind", found.kind.to_string()),
    ]
}

#[test]
fn what_is_found_in_the_articles_reaches_the_floors() {
    let expected = expected();
    let (mut wanted, mut given, mut pairs, mut rights) = (0, 0, 0, [0; 6]);
    let mut details = String::new();
    let articles = articles();
    let names: BTreeSet<String> = articles.iter().map(file).collect();
    for article in expected.keys() {
        assert!(names.contains(article), "{article}: not in data/articles");
    }
    for article in &articles {
        let name = file(article);
        let mut left: Vec<&Figure> = article.figures.iter().filter(|f| !f.implicit).collect();
        given += left.len();
        for row in expected.get(&name).into_iter().flatten() {
            wanted += 1;
            let same = |f: &&Figure| {
                f.number_text == row["number_text"] && f.measure.code() == row["measure"]
            };
            // of the same number given twice, the first in the text
            let Some(at) = left.iter().position(same) else {
                let _ = writeln!(
                    details,
                    "missed  {name}: {} {}",
                    row["number_text"], row["measure"]
                );
                continue;
            };
            let figure = left.remove(at);
            pairs += 1;
            for (i, right) in right(row, figure).into_iter().enumerate() {
                rights[i] += usize::from(right);
                if !right {
                    let _ = writeln!(
                        details,
                        "wrong   {name}: {} {}: {}",
                        row["number_text"],
                        row["measure"],
                        DEMO[i + 2].0
                    );
                }
            }
        }
        for figure in left {
            let _ = writeln!(
                details,
                "false   {name}: {} {}",
                figure.number_text, figure.measure
            );
        }
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    let shares = [share(pairs, wanted), share(pairs, given)]
        .into_iter()
        .chain(rights.map(|n| share(n, pairs)));
    let measured: Vec<(&str, f64)> = DEMO.iter().map(|f| f.0).zip(shares).collect();
    reach(DEMO, &measured, &details);
}

#[test]
fn what_is_found_in_the_annotated_reports_reaches_the_floors() {
    let gold = files(&root().join("tests/gold"), "jsonl");
    let mut arguments = vec!["score"];
    arguments.extend(gold.iter().map(|path| path.to_str().unwrap()));
    let report = String::from_utf8(headcount(&arguments, b"")).unwrap();
    let strict = report.lines().find(|l| l.starts_with("strict")).unwrap();
    let numbers: Vec<f64> = strict
        .split_whitespace()
        .skip(1)
        .map(|n| n.parse().unwrap())
        .collect();
    let measured = [("precision", numbers[0]), ("f1", numbers[2])];
    reach(GOLD, &measured, &report);
}

fn series() -> Vec<Series> {
    let csv = headcount(&["series", "--from", "-"], &EXTRACTED);
    read_csv("series", csv.as_slice()).unwrap()
}

/// The points with this measure and number, each with its series.
fn points<'a>(series: &'a [Series], measure: &str, value: f64) -> Vec<(&'a Series, &'a Point)> {
    series
        .iter()
        .filter(|s| s.key.measure.code() == measure)
        .flat_map(|s| s.points.iter().map(move |p| (s, p)))
        .filter(|(_, p)| p.value == Some(value))
        .collect()
}

#[test]
fn the_recount_of_2015_is_flagged() {
    let series = series();
    let recount = points(&series, "fatalities", 9098.0);
    assert!(
        recount
            .iter()
            .any(|(s, p)| s.key.kind == Kind::Total && s.key.source.is_some() && p.is_doubtful()),
        "{recount:#?}"
    );
}

#[test]
fn two_tolls_for_one_day_are_set_against_each_other() {
    // in the series: the withdrawn one is not taken as it stands
    let series = series();
    let withdrawn = points(&series, "fatalities", 2119.0);
    let flagged = withdrawn.iter().any(|(_, p)| p.is_doubtful());
    // or in the comparison, where the reports are read as meant: both for one day
    let csv = headcount(&["compare", "--from", "-", "--format", "csv"], &EXTRACTED);
    let mut rows = csv::Reader::from_reader(csv.as_slice());
    let conflict = rows
        .deserialize::<BTreeMap<String, String>>()
        .map(|row| row.unwrap())
        .any(|r| {
            let pair = [r["a_value"].as_str(), r["b_value"].as_str()];
            (pair == ["1543", "2119"] || pair == ["2119", "1543"]) && r["relation"] == "conflict"
        });
    assert!(flagged || conflict, "{withdrawn:#?}");
}

#[test]
fn one_story_in_two_papers_is_one_point() {
    let series = series();
    for (measure, value) in [("fatalities", 2086.0), ("injured", 4950.0)] {
        let signed: Vec<_> = points(&series, measure, value)
            .into_iter()
            .filter(|(s, _)| s.key.source.as_deref() == Some("OHCHR"))
            .collect();
        let [(_, point)] = signed[..] else {
            panic!("{value}: not one point: {signed:#?}");
        };
        let ends: Vec<&str> = point
            .articles
            .iter()
            .filter_map(|a| a.rsplit('/').next())
            .collect();
        assert_eq!(
            ends,
            [
                "2014-08-13-ukr-toll-doubles",
                "2014-08-13-ukr-toll-doubles-reprint"
            ]
        );
        assert!(point.has("copies=1"), "{point:#?}");
    }
}

#[test]
fn people_abroad_who_are_counted_differently_share_no_series() {
    let series = series();
    let holds = |s: &Series, numbers: &[f64]| {
        let any = |p: &Point| p.value.is_some_and(|v| numbers.contains(&v));
        s.points.iter().any(any)
    };
    let (fled, asked) = ([168_000.0, 593_622.0], [814_000.0, 600_000.0, 1_389_452.0]);
    for number in fled.iter().chain(&asked) {
        assert!(series.iter().any(|s| holds(s, &[*number])), "{number}");
    }
    for one in &series {
        assert!(!(holds(one, &fled) && holds(one, &asked)), "{one:#?}");
    }
}

#[test]
fn the_latest_toll_is_no_old_one_retold() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::cargo_bin("headcount")
        .unwrap()
        .current_dir(folder.path())
        .args(["track", "--no-charts"])
        .arg(root().join("data/articles"))
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    // an article of 9 December 2016 gives 9,758 and tells 4,317 and 4,808 again
    let row = table
        .lines()
        .find(|l| l.contains("Ukraine") && l.contains("Fatalities"));
    assert!(row.is_some_and(|r| r.contains(" 9,758 ")), "{table}");
}
