//! The files that people open with other tools, read back; and the checks that stand before them. `tests/outside/run` opens them with the tools themselves.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, DataType, Reader, Xlsx};
use headcount::series::{Series, read_csv, series};
use headcount::sheet::{self, Cell, Column, Holds, Table};
use headcount::{Article, extract, verify};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use tempfile::TempDir;

/// Texts that a spreadsheet could run, an address that is none of the web, and a dated toll.
fn articles() -> Vec<Article> {
    let article = |id: &str, title: &str, url: &str, text: &str| Article {
        id: id.into(),
        url: Some(url.into()),
        title: Some(title.into()),
        publisher: Some("@Wire".into()),
        published: "2015-03-04".parse().ok(),
        text: text.into(),
        ..Article::default()
    };
    let mut all = vec![
        article(
            "=1+1",
            "=HYPERLINK(\"x\")",
            "https://example.org/a",
            "= Toll =\n\n- Displaced persons: 4,210\n\nThe death toll in Ukraine stands at nearly 5,400, the United Nations said on 3 March.",
        ),
        article(
            "b",
            "'quoted'",
            "javascript:alert(1)",
            "At least 12 people were killed and 30 injured when the river rose in Nepal.",
        ),
    ];
    for article in &mut all {
        extract::fill(article);
        article.totals.clear();
    }
    assert_eq!(all.iter().map(|a| a.figures.len()).sum::<usize>(), 4);
    all
}

fn folder(articles: &[Article]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = articles
        .iter()
        .map(|a| serde_json::to_string(a).unwrap() + "\n")
        .collect();
    fs::write(folder.path().join("a.jsonl"), lines.concat()).unwrap();
    folder
}

/// Stdout, stderr and the exit status.
fn headcount(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let run = Command::cargo_bin("headcount")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    (
        String::from_utf8_lossy(&run.stdout).into_owned(),
        String::from_utf8(run.stderr).unwrap(),
        run.status.code().unwrap(),
    )
}

fn csv_of(articles: &[Article]) -> Vec<u8> {
    let mut out = Vec::new();
    sheet::csv::write(&mut out, sheet::table(articles), false).unwrap();
    out
}

fn without_texts(mut articles: Vec<Article>) -> Vec<Article> {
    for article in &mut articles {
        article.text.clear();
    }
    articles
}

#[test]
fn no_cell_of_the_csv_is_a_formula_and_the_same_figures_come_back() {
    let articles = articles();
    let csv = csv_of(&articles);
    let text = String::from_utf8(csv.clone()).unwrap();
    for guarded in [
        "\n'=1+1,",
        ",'@Wire,",
        "\"'=HYPERLINK(\"\"x\"\")\"",
        ",\"'- Displaced",
    ] {
        assert!(text.contains(guarded), "{guarded}: {text}");
    }
    assert!(text.contains(",'quoted',"), "an apostrophe alone: {text}");
    let back = sheet::articles("f.csv", &csv[..]).unwrap();
    assert_eq!(back, without_texts(articles.clone()));

    let folder = folder(&articles);
    let (table, said, status) = headcount(
        folder.path(),
        &["figures", "--from", "a.jsonl", "--format", "csv"],
    );
    assert_eq!((table.as_bytes(), said.as_str(), status), (&csv[..], "", 0));
    fs::write(folder.path().join("f.csv"), &csv).unwrap();
    for view in ["figures", "series", "compare"] {
        let of = |file| headcount(folder.path(), &[view, "--from", file, "--format", "csv"]);
        assert_eq!(of("f.csv"), of("a.jsonl"), "{view}");
    }
}

#[test]
fn a_table_that_is_none_of_figures_is_named_with_its_line() {
    let said = |csv: &str| {
        let error = sheet::articles("f.csv", csv.as_bytes()).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        said("article,text\na,b\n"),
        "f.csv: no column \"start\"; give a file that `headcount figures` wrote"
    );
    let mut csv = String::from_utf8(csv_of(&articles())).unwrap();
    assert!(sheet::articles("f.csv", csv.as_bytes()).is_ok());
    csv = csv.replacen("2015-03-04", "yesterday", 1);
    assert_eq!(
        said(&csv),
        "f.csv:2: published \"yesterday\": no day; write YYYY-MM-DD"
    );
    csv = csv
        .replacen("yesterday", "2015-03-04", 1)
        .replacen(",fatalities,", ",apples,", 1);
    let error = said(&csv);
    assert!(error.contains("no measure \"apples\""), "{error}");
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// Each cell of a sheet is that of the CSV, typed as its column says.
fn same_as_csv(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, columns: &[Column], csv: &[u8]) {
    let range = book.worksheet_range(name).unwrap();
    let mut table = csv::Reader::from_reader(csv);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(range.height(), rows.len() + 1, "{name}");
    for (cells, row) in range.rows().skip(1).zip(&rows) {
        for ((cell, text), column) in cells.iter().zip(row).zip(columns) {
            let text = sheet::csv::plain(text);
            let at = format!("{name} {}: {cell:?} and {text:?}", column.name);
            match column.holds {
                _ if text.is_empty() => assert!(cell.is_empty(), "{at}"),
                Holds::Number | Holds::Whole | Holds::Share => {
                    assert_eq!(cell.get_float(), text.parse().ok(), "{at}");
                }
                Holds::Date => assert_eq!(cell.as_date(), text.parse().ok(), "{at}"),
                Holds::Truth => assert_eq!(cell.get_bool(), text.parse().ok(), "{at}"),
                _ => assert_eq!(cell.get_string(), Some(text), "{at}"),
            }
        }
    }
}

#[test]
fn an_excel_sheet_has_every_cell_of_the_csv_and_links_on_web_addresses() {
    let articles = articles();
    let folder = folder(&articles);
    let made = |name: &str| {
        let run = headcount(folder.path(), &["figures", "--from", "a.jsonl", "-o", name]);
        assert_eq!(run, (String::new(), String::new(), 0));
        fs::read(folder.path().join(name)).unwrap()
    };
    let bytes = made("f.xlsx");
    assert!(bytes == made("again.xlsx"), "the same figures, other bytes");
    let mut book = open(bytes);
    same_as_csv(&mut book, "Figures", sheet::FIGURES, &csv_of(&articles));
    assert!(book.worksheet_formula("Figures").unwrap().is_empty());
    let links = book.hyperlinks_by_sheet_name("Figures").unwrap();
    let web: Vec<&str> = links.iter().filter_map(|l| l.target.as_deref()).collect();
    assert_eq!(web, ["https://example.org/a"; 2]);
    let left: BTreeSet<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left.len(), 3, "something is left over: {left:?}");
}

#[test]
fn what_excel_cannot_hold_is_cut_and_counted_and_nothing_else() {
    let columns = [
        Column::new("day", "#date", Holds::Date, ""),
        Column::new("text", "#meta", Holds::Text, ""),
        Column::new("url", "#meta+url", Holds::Link, ""),
    ];
    let long = "é".repeat(40_000);
    let fits = "é".repeat(32_767);
    let address = format!("https://example.org/{}", "a".repeat(2_100));
    let day = |text: &str| Cell::Date(text.parse().unwrap());
    let rows = vec![
        vec![day("1850-01-02"), Cell::Text(&long), Cell::Text(&address)],
        vec![
            day("1900-03-01"),
            Cell::Text(&fits),
            Cell::Text("https://e.org/ä"),
        ],
        vec![Cell::Empty, Cell::Text("a\u{ffff}=1"), Cell::Text("=1")],
    ];
    let mut out = Vec::new();
    let table = Table {
        name: "odd",
        columns: &columns,
        rows: Box::new(rows.into_iter()),
    };
    assert_eq!(sheet::xlsx::write(&mut out, vec![table]).unwrap(), 1);
    let mut book = open(out);
    let range = book.worksheet_range("Odd").unwrap();
    let cell = |row, column| range.get_value((row, column)).unwrap();
    assert_eq!(*cell(1, 0), Data::String("1850-01-02".into()));
    let cut = cell(1, 1).get_string().unwrap();
    assert_eq!(cut.chars().count(), 32_767);
    assert!(cut.ends_with("é…"));
    assert_eq!(cell(1, 2).get_string(), Some(address.as_str()));
    assert_eq!(cell(2, 0).as_date(), "1900-03-01".parse().ok());
    assert_eq!(cell(2, 1).get_string(), Some(fits.as_str()));
    assert_eq!(*cell(3, 1), Data::String("a\u{fffd}=1".into()));
    assert_eq!(*cell(3, 2), Data::String("=1".into()));
    assert!(book.hyperlinks_by_sheet_name("Odd").unwrap().is_empty());
}

#[test]
fn track_writes_a_book_of_four_sheets_and_describes_its_tables() {
    let folder = folder(&articles());
    let (_, _, status) = headcount(
        folder.path(),
        &["track", "a.jsonl", "--no-charts", "--xlsx"],
    );
    assert_eq!(status, 0);
    let read = |name: &str| fs::read(folder.path().join("out").join(name)).unwrap();
    let mut book = open(read("headcount.xlsx"));
    assert_eq!(
        book.sheet_names(),
        ["Latest", "Figures", "Series", "Compare"]
    );
    for (name, columns) in [
        ("figures", sheet::FIGURES),
        ("series", headcount::series::COLUMNS),
        ("compare", headcount::compare::COLUMNS),
    ] {
        let sheet = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        same_as_csv(&mut book, &sheet, columns, &read(&format!("{name}.csv")));
    }
    assert!(book.worksheet_range("Latest").unwrap().height() > 3);

    let package: serde_json::Value = serde_json::from_slice(&read("datapackage.json")).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let csv = read(resource["path"].as_str().unwrap());
        let head = String::from_utf8(csv).unwrap();
        let names: Vec<&str> = head.lines().next().unwrap().split(',').collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.len(), names.len());
        for (field, name) in fields.iter().zip(names) {
            assert_eq!(field["name"], name);
            assert!(field["description"].as_str().is_some_and(|d| d.len() > 4));
        }
    }
    assert_eq!(package["resources"].as_array().unwrap().len(), 3);
}

fn parquet_of(table: Table<'_>) -> Vec<Vec<(String, Field)>> {
    let mut out = tempfile::tempfile().unwrap();
    sheet::parquet::write(&mut out, table).unwrap();
    let file = SerializedFileReader::new(out).unwrap();
    let rows = file.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().into_columns()).collect()
}

#[test]
fn parquet_has_typed_columns_nulls_and_lists_and_texts_as_they_are() {
    let articles = articles();
    let rows = parquet_of(sheet::table(&articles));
    let figures: Vec<_> = articles
        .iter()
        .flat_map(|a| a.figures.iter().map(move |f| (a, f)))
        .collect();
    assert_eq!(rows.len(), figures.len());
    let number = |n: Option<f64>| n.map_or(Field::Null, Field::Double);
    for (row, (article, figure)) in rows.iter().zip(&figures) {
        let get = |name: &str| &row.iter().find(|(n, _)| n == name).unwrap().1;
        assert_eq!(*get("article"), Field::Str(article.id.clone()));
        assert_eq!(*get("title"), Field::Str(article.title.clone().unwrap()));
        assert_eq!(*get("sentence"), Field::Str(figure.sentence.clone()));
        assert_eq!(*get("start"), Field::Long(figure.start.into()));
        assert_eq!(*get("low"), number(figure.low));
        assert_eq!(*get("high"), number(figure.high));
        assert_eq!(*get("part_of"), Field::Bool(figure.part_of));
        assert_eq!(*get("published"), Field::Date(16_498), "2015-03-04");
        assert_eq!(*get("copy_of"), Field::Null);
    }

    let lines = series(&articles);
    let points: Vec<_> = lines.iter().flat_map(|s| &s.points).collect();
    let rows = parquet_of(headcount::series::table(&lines));
    assert_eq!(rows.len(), points.len());
    for (row, point) in rows.iter().zip(points) {
        for (name, items) in [("articles", &point.articles), ("flags", &point.flags)] {
            let (_, Field::ListInternal(list)) = row.iter().find(|(n, _)| n == name).unwrap()
            else {
                panic!("{name} is no list");
            };
            let items: Vec<Field> = items.iter().cloned().map(Field::Str).collect();
            assert_eq!(list.elements(), items, "{name}");
        }
    }
}

#[test]
fn the_name_of_a_file_says_its_format_and_what_cannot_be_is_refused() {
    let folder = folder(&articles());
    let run = |arguments: &[&str]| {
        let all = [&["series", "--from", "a.jsonl"], arguments].concat();
        let (out, said, status) = headcount(folder.path(), &all);
        assert_eq!(
            (out.as_str(), status),
            ("", i32::from(!said.is_empty())),
            "{said}"
        );
        said
    };
    let begins = |name: &str| fs::read(folder.path().join(name)).unwrap()[..4].to_vec();
    assert_eq!(run(&["-o", "s.csv"]), "");
    assert_eq!(begins("s.csv"), b"date");
    assert_eq!(run(&["-o", "s.JSONL"]), "");
    assert_eq!(begins("s.JSONL"), b"{\"da");
    assert_eq!(run(&["-o", "s.parquet"]), "");
    assert_eq!(begins("s.parquet"), b"PAR1");
    assert_eq!(run(&["-o", "odd", "--format", "xlsx"]), "");
    assert_eq!(begins("odd"), b"PK\x03\x04");
    assert!(run(&["-o", "s.doc"]).starts_with("headcount: s.doc: no format ends so; "));
    assert!(run(&["-o", "s.xlsx", "--hxl"]).starts_with("headcount: --hxl tags a CSV table; "));
    assert!(
        run(&["-o", "nowhere/s.csv"]).starts_with("headcount: nowhere/s.csv: cannot be written (")
    );
}

#[test]
fn a_number_that_is_not_in_its_sentence_is_said_and_never_published() {
    let mut articles = articles();
    articles[1].figures[0].number_text = "13".into();
    let id = articles[1].figures[0].id.clone();
    let folder = folder(&without_texts(articles));
    for view in ["figures", "series", "compare"] {
        let (out, said, status) = headcount(
            folder.path(),
            &[view, "--from", "a.jsonl", "--format", "csv"],
        );
        assert!(!out.contains(&id), "{view}: {out}");
        assert_eq!(status, 1);
        assert!(
            said.starts_with(&format!(
                "headcount: b: figure {id}: \"13\" does not stand in its sentence \"At least 12"
            )),
            "{view}: {said}"
        );
    }
    let (out, said, status) = headcount(folder.path(), &["verify", "--from", "a.jsonl"]);
    assert_eq!((said.lines().count(), status), (1, 1), "{said}");
    assert!(out.ends_with("; 1 fault\n"), "{out}");
}

#[test]
fn verify_looks_sentences_up_in_the_texts_given_again() {
    let articles = articles();
    let folder = folder(&articles);
    let path = folder.path();
    assert_eq!(headcount(path, &["track", "a.jsonl", "--no-charts"]).2, 0);
    let (out, said, status) = headcount(path, &["verify"]);
    assert_eq!((said.as_str(), status), ("", 0));
    assert!(out.contains("none looked up in its text"), "{out}");
    let (out, said, status) = headcount(path, &["verify", "a.jsonl"]);
    assert_eq!((said.as_str(), status), ("", 0));
    assert!(out.contains("looked up in 2 of 2 texts"), "{out}");

    let mut changed = articles;
    changed[0].text = changed[0].text.replace("5,400", "5,401");
    changed[1].text.insert(0, 'x');
    let lines: Vec<String> = changed
        .iter()
        .map(|a| serde_json::to_string(a).unwrap() + "\n")
        .collect();
    fs::write(path.join("changed.jsonl"), lines.concat()).unwrap();
    let (_, said, status) = headcount(path, &["verify", "changed.jsonl"]);
    assert_eq!(status, 1);
    let faults: Vec<&str> = said.lines().collect();
    assert_eq!(faults.len(), 3, "{said}");
    assert!(
        faults[0].contains("its sentence is not in the text: \"The death toll"),
        "{said}"
    );
    assert!(faults[1].contains("of the text stands"), "{said}");
}

#[test]
fn a_point_without_a_figure_that_has_its_number_is_a_fault() {
    let articles = articles();
    let lines = series(&articles);
    assert_eq!(verify::series(&articles, &lines), []);
    let faulty = |change: &dyn Fn(&mut Series)| {
        let mut lines = lines.clone();
        change(&mut lines[0]);
        let faults = verify::series(&articles, &lines);
        assert_eq!(faults.len(), 1, "{faults:?}");
        let whole = lines.iter().map(|s| s.points.len()).sum::<usize>();
        let (left, said) = verify::borne_out(&articles, lines);
        assert_eq!(said, faults);
        assert_eq!(
            left.iter().map(|s| s.points.len()).sum::<usize>(),
            whole - 1
        );
        faults[0].what.clone()
    };
    let what = faulty(&|s| s.points[0].value = Some(7.0));
    assert_eq!(what, "none of the figures behind it has its number");
    assert_eq!(
        faulty(&|s| s.points[0].figure_ids.clear()),
        "no figure is behind it"
    );
    let what = faulty(&|s| s.points[0].figure_ids[0] = "gone".into());
    assert_eq!(what, "figure gone, said to be behind it, is not there");
}

#[test]
fn the_series_of_the_demonstration_stand_on_its_figures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut articles = Vec::new();
    for article in headcount::read::articles(&[root.join("data/articles")]) {
        let mut article = article.unwrap();
        extract::fill(&mut article);
        assert_eq!(verify::figures(&article), []);
        assert_eq!(verify::text(&article, &article.text), []);
        articles.push(article);
    }
    let lines = series(&articles);
    assert!(lines.len() > 30);
    assert_eq!(verify::series(&articles, &lines), []);
    let mut csv = Vec::new();
    sheet::csv::write(&mut csv, headcount::series::table(&lines), true).unwrap();
    assert_eq!(
        verify::series(&articles, &read_csv("s.csv", &csv[..]).unwrap()),
        []
    );
}

#[test]
fn why_tells_the_chain_from_the_sentence_to_the_point() {
    let articles = articles();
    let folder = folder(&articles);
    let toll = articles[0]
        .figures
        .iter()
        .find(|f| f.number_text == "5,400")
        .unwrap();
    let (out, said, status) = headcount(
        folder.path(),
        &["figures", "--from", "a.jsonl", "--why", &toll.id],
    );
    assert_eq!((said.as_str(), status), ("", 0));
    for line in [
        "stands at nearly **5,400**, the United Nations said",
        "measure   fatalities ",
        "  pattern of fatalities: ",
        "source    UN: its sentence says \"United Nations\"",
        "place     UKR Ukraine: its sentence",
        "nearly 5,400: fatalities people total UKR, UN, 1 article",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(!out.contains("sentence alone"), "the text is there: {out}");
    let (_, said, status) = headcount(
        folder.path(),
        &["figures", "--from", "a.jsonl", "--why", "x"],
    );
    assert_eq!(status, 1);
    assert!(
        said.starts_with("headcount: no figure \"x\" here; "),
        "{said}"
    );
}
