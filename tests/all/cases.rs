//! The Markdown cases of `tests/cases/<lang>/*.md`: a quoted text and the figures it must give. The format: `tests/cases/README.md`.
//!
//! `UPDATE=1` writes what the program gives into the tables of the cases that fail, `UPDATE=move` moves cases below or above
//! the heading `## Not yet`; both say what they did and fail once, so that the difference is read before it is kept.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use headcount::{Article, Figure};

/// Every column a table may have.
const COLUMNS: &[&str] = &[
    "number",
    "measure",
    "value",
    "low",
    "high",
    "qualifier",
    "unit",
    "kind",
    "source",
    "as_of",
    "period_start",
    "period_end",
    "country",
    "place_text",
    "part_of",
    "projected",
    "implicit",
];

/// Cases under this heading must fail: what the program cannot do yet.
const NOT_YET: &str = "## Not yet";

/// One quoted text and what it must give.
pub(crate) struct Case {
    /// Line of the quotation, from 1.
    line: usize,
    /// The article it makes.
    pub(crate) article: Article,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Lines of the whole case and of its table.
    block: Range<usize>,
    table: Range<usize>,
    not_yet: bool,
}

impl Case {
    /// The figures as the table should show them.
    fn given(&self, columns: &[String]) -> Vec<Vec<String>> {
        let row = |f: &Figure| columns.iter().map(|c| cell(f, c)).collect();
        headcount::extract::figures(&self.article)
            .iter()
            .map(row)
            .collect()
    }

    /// None where the program gives what the table says, else the difference in words.
    fn difference(&self) -> Option<String> {
        let given = self.given(&self.columns);
        if given == self.rows {
            return None;
        }
        let wide: Vec<String> = if self.columns.is_empty() {
            COLUMNS[..6].iter().map(ToString::to_string).collect()
        } else {
            self.columns.clone()
        };
        let mut out = format!("  > {}\n", self.article.text.replace('\n', "\n  > "));
        let _ = writeln!(out, "    columns: {}", wide.join(" | "));
        for (mark, rows) in [('-', &self.rows), ('+', &self.given(&wide))] {
            for row in rows {
                let _ = writeln!(out, "    {mark} {}", row.join(" | "));
            }
            if rows.is_empty() {
                let _ = writeln!(out, "    {mark} none");
            }
        }
        Some(out)
    }
}

fn cell(f: &Figure, column: &str) -> String {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |v| v.to_string())
    }
    let flag = |set: bool| if set { "yes" } else { "" }.to_string();
    match column {
        "number" => f.number_text.clone(),
        "measure" => f.measure.to_string(),
        "value" => text(f.value),
        "low" => text(f.low),
        "high" => text(f.high),
        "qualifier" => f.qualifier.to_string(),
        "unit" => f.unit.to_string(),
        "kind" => f.kind.to_string(),
        "source" => text(f.source.as_ref()),
        "as_of" => text(f.as_of),
        "period_start" => text(f.period_start),
        "period_end" => text(f.period_end),
        "country" => text(f.country),
        "place_text" => text(f.place_text.as_ref()),
        "part_of" => flag(f.part_of),
        "projected" => flag(f.projected),
        "implicit" => flag(f.implicit),
        _ => format!("no column {column}"),
    }
}

/// The cells of a table's line.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|c| c.trim().to_string()).collect()
}

/// `published: 2015-02-06` before a quotation: what it says about the article; false where the line is none of these.
fn about(line: &str, article: &mut Article) -> Result<bool, String> {
    let Some((key, value)) = line.split_once(": ") else {
        return Ok(false);
    };
    match key {
        "published" => {
            let day = value
                .trim()
                .parse()
                .map_err(|e| format!("{value:?} is no date: {e}"))?;
            article.published = Some(day);
        }
        "title" => article.title = Some(value.trim().to_string()),
        "publisher" => article.publisher = Some(value.trim().to_string()),
        "why" => {}
        _ => return Ok(false),
    }
    Ok(true)
}

/// The cases of one file.
fn parse(text: &str) -> Result<Vec<Case>, String> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut cases, mut not_yet, mut i) = (Vec::new(), false, 0);
    while i < lines.len() {
        let wrong = |line: usize, what: &str| Err(format!("line {}: {what}", line + 1));
        if lines[i].trim_end() == NOT_YET {
            not_yet = true;
            i += 1;
            continue;
        }
        let block = i;
        let mut article = Article {
            id: "case".into(),
            ..Article::default()
        };
        while i < lines.len()
            && about(lines[i], &mut article).map_err(|e| format!("line {}: {e}", i + 1))?
        {
            i += 1;
        }
        let quoted = i;
        while i < lines.len() && lines[i].starts_with('>') {
            let line = lines[i][1..].strip_prefix(' ').unwrap_or(&lines[i][1..]);
            if i > quoted {
                article.text.push('\n');
            }
            article.text.push_str(line);
            i += 1;
        }
        if i == quoted {
            if block < i {
                return wrong(block, "this must stand right before a quotation");
            }
            if not_yet && lines[i].starts_with('#') {
                return wrong(i, "nothing but cases may follow `## Not yet`");
            }
            if lines[i].starts_with('|') {
                return wrong(i, "a table must follow a quotation");
            }
            i += 1;
            continue;
        }
        while i < lines.len() && lines[i].trim().is_empty() {
            i += 1;
        }
        let table = i;
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        if lines.get(i).is_some_and(|l| l.trim_end() == "none") {
            i += 1;
        } else {
            while i < lines.len() && lines[i].starts_with('|') {
                rows.push(cells(lines[i]));
                i += 1;
            }
            if rows.len() < 3 {
                return wrong(quoted, "a table (or the line `none`) must follow");
            }
            columns = rows.remove(0);
            rows.remove(0);
            if let Some(unknown) = columns.iter().find(|c| !COLUMNS.contains(&c.as_str())) {
                return wrong(table, &format!("no column {unknown:?}"));
            }
            for row in &rows {
                if row.len() != columns.len() {
                    return wrong(table, "a row has more or fewer cells than the head");
                }
                let number = columns.iter().position(|c| c == "number");
                if number.is_some_and(|n| !article.text.contains(&row[n])) {
                    return wrong(table, &format!("{row:?}: no such number in the quotation"));
                }
            }
        }
        cases.push(Case {
            line: quoted + 1,
            article,
            columns,
            rows,
            block: block..i,
            table: table..i,
            not_yet,
        });
    }
    Ok(cases)
}

/// Every file of cases with its text, sorted.
fn files() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(|entry| entry.expect("tests/cases can be read").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a case file can be read");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

fn parsed(path: &Path, text: &str) -> Vec<Case> {
    parse(text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every case of every file.
pub(crate) fn all() -> Vec<Case> {
    files().iter().flat_map(|(p, t)| parsed(p, t)).collect()
}

fn table_text(columns: &[String], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return "none".into();
    }
    let mut out = format!(
        "| {} |\n|{}",
        columns.join(" | "),
        " --- |".repeat(columns.len())
    );
    for row in rows {
        let line = format!("| {} |", row.join(" | "));
        // an empty cell is one space
        let _ = write!(
            out,
            "\n{}",
            line.replace("|  |", "| |").replace("|  |", "| |")
        );
    }
    out
}

/// The file with what the program gives in the tables of the cases that fail; `## Not yet` is left alone.
fn with_given_tables(text: &str, cases: &[Case]) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    for case in cases.iter().rev() {
        if case.not_yet || case.difference().is_none() {
            continue;
        }
        let columns = if case.columns.is_empty() {
            COLUMNS[..3].iter().map(ToString::to_string).collect()
        } else {
            case.columns.clone()
        };
        let table = table_text(&columns, &case.given(&columns));
        lines.splice(case.table.clone(), [table]);
    }
    lines.join("\n") + "\n"
}

/// The file with each case on the side of `## Not yet` where it belongs.
fn with_cases_moved(text: &str, cases: &[Case]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut above, mut below, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    let mut under = false;
    for case in cases {
        for line in &lines[at..case.block.start] {
            if *line == NOT_YET {
                under = true;
            } else if under {
                below.push((*line).to_string());
            } else {
                above.push((*line).to_string());
            }
        }
        let block = lines[case.block.clone()].join("\n");
        match (case.not_yet, case.difference().is_some()) {
            (false, false) => above.push(block),
            (true, true) => below.push(block),
            (true, false) => moved.extend([String::new(), block]),
            (false, true) => below.splice(0..0, [String::new(), block]).for_each(drop),
        }
        at = case.block.end;
    }
    for line in &lines[at..] {
        if *line != NOT_YET {
            let side = if under { &mut below } else { &mut above };
            side.push((*line).to_string());
        }
    }
    above.extend(moved);
    if below.iter().any(|l| !l.is_empty()) {
        above.extend([String::new(), NOT_YET.to_string(), String::new()]);
        above.extend(below);
    }
    let mut out = String::new();
    let mut empty = true;
    for line in above.join("\n").lines() {
        if !(line.is_empty() && empty) {
            out.push_str(line);
            out.push('\n');
        }
        empty = line.is_empty();
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

#[test]
fn every_case_gives_its_figures() {
    let update = std::env::var("UPDATE").unwrap_or_default();
    let mut report = String::new();
    let (mut failing, mut passing) = (0, 0);
    for (path, text) in files() {
        let cases = parsed(&path, &text);
        let name = path
            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
            .unwrap_or(&path)
            .display();
        for case in &cases {
            match (case.not_yet, case.difference()) {
                (false, Some(difference)) => {
                    failing += 1;
                    let _ = writeln!(report, "{name}:{}: fails\n{difference}", case.line);
                }
                (true, None) => {
                    passing += 1;
                    let _ = writeln!(
                        report,
                        "{name}:{}: passes now: move it above `{NOT_YET}` (UPDATE=move does)\n  > {}\n",
                        case.line, case.article.text
                    );
                }
                _ => {}
            }
        }
        let new = match update.as_str() {
            "1" => with_given_tables(&text, &cases),
            "move" => with_cases_moved(&text, &cases),
            _ => continue,
        };
        if new != text {
            std::fs::write(&path, new).expect("a case file can be written");
            let _ = writeln!(report, "{name}: rewritten; read the difference\n");
        }
    }
    assert!(
        report.is_empty(),
        "\n{report}{failing} cases fail (- wanted, + given), {passing} of `{NOT_YET}` pass"
    );
}

#[test]
fn the_cases_are_many_and_most_pass() {
    let cases = all();
    let passing = cases.iter().filter(|c| !c.not_yet).count();
    assert!(passing >= 150, "{passing} cases pass; 150 are the least");
}

#[test]
fn no_sentence_twice() {
    let mut texts: Vec<String> = all().into_iter().map(|c| c.article.text).collect();
    texts.sort();
    for pair in texts.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

const EXAMPLE: &str = "\
# Topic

Prose.

published: 2015-02-06
> The blast killed 12 people.

| number | measure | value |
| --- | --- | --- |
| 12 | fatalities | 12 |

> It rained for 12 days.

none
";

#[test]
fn a_case_is_read() {
    let cases = parse(EXAMPLE).expect("well formed");
    assert_eq!(cases.len(), 2);
    assert_eq!(cases[0].article.text, "The blast killed 12 people.");
    assert_eq!(
        cases[0].article.published.map(|d| d.to_string()),
        Some("2015-02-06".into())
    );
    assert_eq!(cases[0].rows, [["12", "fatalities", "12"]]);
    assert!(cases[1].rows.is_empty());
    assert!(cases.iter().all(|c| c.difference().is_none()));
}

#[test]
fn a_wrong_table_is_noticed() {
    let wanted = |from: &str, to: &str| {
        let cases = parse(&EXAMPLE.replace(from, to)).expect("well formed");
        cases.iter().filter_map(Case::difference).count()
    };
    assert_eq!(
        wanted("| 12 | fatalities | 12 |", "| 12 | injured | 12 |"),
        1
    );
    assert_eq!(
        wanted("| 12 | fatalities | 12 |", "| 12 | fatalities | 13 |"),
        1
    );
    // a figure too many
    assert_eq!(
        wanted("It rained for 12 days.", "A fire killed 9 people."),
        1
    );
    // a figure too few
    assert_eq!(wanted("killed 12 people", "lasted 12 days"), 1);
}

#[test]
fn a_malformed_file_is_refused() {
    for (from, to) in [
        ("\nnone\n", "\n"),
        ("| measure |", "| mesure |"),
        ("| 12 | fatalities | 12 |", "| 12 | fatalities |"),
        ("| 12 | fatalities | 12 |", "| 13 | fatalities | 13 |"),
        ("2015-02-06", "6 February"),
        ("> The blast killed 12 people.\n", ""),
    ] {
        assert!(
            parse(&EXAMPLE.replace(from, to)).is_err(),
            "{from:?} -> {to:?}"
        );
    }
}

#[test]
fn cases_move_to_where_they_belong() {
    let wrong = EXAMPLE.replace("| 12 | fatalities | 12 |", "| 12 | injured | 12 |");
    let moved = with_cases_moved(&wrong, &parse(&wrong).expect("well formed"));
    assert!(moved.contains("# Topic\n\nProse.\n\n> It rained for 12 days.\n\nnone\n\n## Not yet\n\npublished: 2015-02-06\n> The blast"));
    let cases = parse(&moved).expect("well formed");
    assert_eq!(with_cases_moved(&moved, &cases), moved);
    let right = moved.replace("| 12 | injured | 12 |", "| 12 | fatalities | 12 |");
    let back = with_cases_moved(&right, &parse(&right).expect("well formed"));
    assert!(!back.contains(NOT_YET));
    assert_eq!(parse(&back).expect("well formed").len(), 2);
}

#[test]
fn tables_are_rewritten_with_what_is_given() {
    let wrong = EXAMPLE.replace("| 12 | fatalities | 12 |", "| 12 | injured | 13 |");
    let cases = parse(&wrong).expect("well formed");
    assert_eq!(with_given_tables(&wrong, &cases), EXAMPLE);
}
