//! Every file that lies in `tests/read` gives what `tests/read/files.csv` says: its figures, or the message it is refused with. The README counts them.
//!
//! A new file needs a row: its path, its format, and after `UPDATE=1 cargo test --test all formats::`, which fills in what it gives, a look at
//! the file and one word: `right` (the figures of its words, none lost and none made by the format), `refused` (by a message that says what to
//! do) or `wrong`.
//! Web pages of `tests/read/html` have a table of their own each, beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use headcount::{extract, read};

const LIST: &str = "tests/read/files.csv";
const FOLDERS: [&str; 3] = ["docs", "many", "made"];
/// What the files were made with.
const MAKERS: [&str; 4] = ["make.py", "from", "README.md", "files.csv"];

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Row {
    file: String,
    format: String,
    verdict: String,
    gives: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> Vec<Row> {
    let mut csv = csv::Reader::from_path(root().join(LIST)).expect(LIST);
    csv.deserialize().map(|row| row.expect("a row")).collect()
}

fn files() -> Vec<String> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root().join("tests/read").join(folder)).expect(folder) {
            let name = entry.expect("an entry").file_name();
            let name = name.to_string_lossy();
            if !MAKERS.contains(&&*name) {
                files.push(format!("{folder}/{name}"));
            }
        }
    }
    files.sort();
    files
}

/// Measures and numbers in the order of the text, articles set off by a bar; messages after a `!`.
fn gives(file: &str) -> String {
    let path: PathBuf = root().join("tests/read").join(file);
    let name = path.display().to_string();
    let articles = read::articles(std::slice::from_ref(&path)).map(|item| match item {
        Ok(article) => {
            let figures = extract::figures(&article).into_iter().map(|figure| {
                let number = figure.number_text;
                format!("{} {number}", figure.measure)
            });
            figures.collect::<Vec<_>>().join(", ")
        }
        Err(error) => format!("! {}", error.to_string().replace(&name, "FILE")),
    });
    articles.collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_file_gives_what_its_row_says() {
    let was = rows();
    let rows: BTreeMap<&str, &Row> = was.iter().map(|row| (row.file.as_str(), row)).collect();
    let now: Vec<Row> = files()
        .into_iter()
        .map(|file| {
            let gives = gives(&file);
            let row = rows.get(file.as_str());
            let same = row.filter(|row| row.gives == gives);
            Row {
                format: row.map_or_else(String::new, |row| row.format.clone()),
                verdict: same.map_or_else(|| "?".into(), |row| row.verdict.clone()),
                gives,
                file,
            }
        })
        .collect();
    assert!(now.len() >= 60, "{} files", now.len());
    if was != now && std::env::var_os("UPDATE").is_some() {
        let mut csv = csv::Writer::from_path(root().join(LIST)).expect(LIST);
        for row in &now {
            csv.serialize(row).expect("a row");
        }
        csv.flush().expect("written");
        panic!("{LIST}: written anew; look at each `?`");
    }
    let differ = now.iter().filter(|row| !was.contains(row));
    let differ: Vec<String> = differ
        .map(|row| format!("{} gives {}", row.file, row.gives))
        .collect();
    assert!(
        differ.is_empty(),
        "not as in {LIST}:\n{}",
        differ.join("\n")
    );
    assert_eq!(was, now, "{LIST} has rows without a file, or unsorted");
    for row in &now {
        let known = ["right", "refused", "wrong"].contains(&row.verdict.as_str());
        assert!(known && !row.format.is_empty(), "not judged: {row:?}");
        let message = row.gives.starts_with("! ") && !row.gives.contains(" | ");
        assert_eq!(row.verdict == "refused", message, "{row:?}");
    }
}

/// The table of the README: per format the files tried, right, refused, wrong.
fn table() -> String {
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut count = |format: &str, verdict: &str| {
        for name in [format, "~"] {
            let counts = counts.entry(name.into()).or_default();
            counts[0] += 1;
            counts[match verdict {
                "right" => 1,
                "refused" => 2,
                _ => 3,
            }] += 1;
        }
    };
    for row in rows() {
        count(&row.format, &row.verdict);
    }
    let pages = fs::read_dir(root().join("tests/read/html")).expect("pages");
    for entry in pages {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "html") {
            count("web pages", "right"); // so says `html.rs`
        }
    }
    let head = "| format | files tried | right | refused, with a message | wrong |\n| --- | ---: | ---: | ---: | ---: |\n";
    let lines = counts
        .into_iter()
        .map(|(format, [all, right, refused, wrong])| {
            let format = if format == "~" { "all" } else { &format };
            format!("| {format} | {all} | {right} | {refused} | {wrong} |\n")
        });
    head.to_string() + &lines.collect::<String>()
}

#[test]
fn the_readme_counts_them() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme
        .split_once("<!-- files -->\n")
        .expect("the table's place");
    let end = rest.find("\n\n").expect("its end") + 1;
    let now = format!("{before}<!-- files -->\n{}{}", table(), &rest[end..]);
    if now != readme && std::env::var_os("UPDATE").is_some() {
        fs::write(&path, now).expect("written");
        panic!("README.md: the table of files is written anew");
    }
    assert_eq!(
        now, readme,
        "README.md: UPDATE=1 writes the table of files anew"
    );
}
