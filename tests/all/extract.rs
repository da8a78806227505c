//! `headcount extract`, and `--from` by way of what it writes.

use std::path::Path;

use assert_cmd::Command;
use headcount::Article;

/// The program, in this folder.
fn headcount(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
    command.current_dir(dir);
    command
}

/// Exit status, standard output, standard error.
fn parts(output: &std::process::Output) -> (i32, String, String) {
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn run(dir: &Path, args: &[&str], stdin: &str) -> (i32, String, String) {
    let output = headcount(dir)
        .args(args)
        .write_stdin(stdin)
        .output()
        .expect("it runs");
    parts(&output)
}

const LINE: &str = "{\"id\": \"q\", \"publisher\": \"Sample\", \"title\": \"T\", \"published\": \"2015-02-06\", \"lang\": \"en\", \"text\": \"The blast killed 12 people.\", \"figures\": [{\"start\": 0, \"end\": 3, \"measure\": \"injured\", \"value\": 99}], \"totals\": {}}\n";

#[test]
fn one_line_an_article_with_its_fields_in_order() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, out, err) = run(dir.path(), &["extract", "-"], LINE);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("{\"id\":\"q\",\"url\":null,\"publisher\":\"Sample\",\"title\":\"T\",\"published\":\"2015-02-06\",\"lang\":\"en\",\"figures\":[{"), "{out}");
    assert!(
        out.ends_with(
            "],\"totals\":{\"fatalities\":{\"low\":12.0,\"value\":12.0,\"high\":12.0}}}\n"
        ),
        "{out}"
    );
    let article: Article = serde_json::from_str(&out).expect("an article");
    assert_eq!(
        article.figures.len(),
        1,
        "the figures of the input are gone"
    );
    let figure = &article.figures[0];
    assert_eq!(
        (figure.start, figure.end, figure.number_text.as_str()),
        (17, 19, "12")
    );
}

#[test]
fn an_article_without_figures_is_a_line_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(dir.path(), &["extract", "-"], "Nothing to count here.\n");
    assert_eq!(status, 0);
    assert!(
        out.ends_with("\"lang\":null,\"figures\":[],\"totals\":{}}\n"),
        "{out}"
    );
}

#[test]
fn text_comes_only_when_asked_for_and_results_need_it_to_be_read_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_, short, _) = run(dir.path(), &["extract", "-"], LINE);
    assert!(!short.contains("\"text\""));
    let (_, long, _) = run(dir.path(), &["extract", "--with-text", "-"], LINE);
    assert!(long.contains("\"lang\":\"en\",\"text\":\"The blast killed 12 people.\",\"figures\""));
    assert_eq!(
        run(dir.path(), &["extract", "-"], &long).1,
        short,
        "its own output is an input"
    );
    let (status, out, err) = run(dir.path(), &["extract", "-"], &short);
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(
        err,
        "headcount: -:1: no text; give the article's words in the field text\n"
    );
}

#[test]
fn csv_has_a_row_a_figure_and_tags_on_request() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(
        dir.path(),
        &["extract", "--format", "csv", "--hxl", "-"],
        LINE,
    );
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((status, lines.len()), (0, 3));
    assert!(lines[0].starts_with(
        "article,url,publisher,title,published,id,start,end,number_text,measure,value,"
    ));
    assert!(lines[1].starts_with("#meta+article+id,#meta+url,"));
    assert!(lines[2].starts_with("q,,Sample,T,2015-02-06,"));
    assert!(lines[2].contains(",17,19,12,fatalities,12,12,12,exact,people,"));
    let (_, plain, _) = run(dir.path(), &["extract", "--format", "csv", "-"], LINE);
    assert_eq!(plain.lines().count(), 2);
}

#[test]
fn explain_heads_each_article_and_speaks_of_each_number() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(dir.path(), &["extract", "--explain", "-"], LINE);
    assert_eq!(status, 0);
    assert!(
        out.starts_with("== q: T\n\"12\" at 17: fatalities "),
        "{out}"
    );
}

#[test]
fn options_that_do_not_go_together() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, _, err) = run(dir.path(), &["extract", "--hxl", "-"], LINE);
    assert_eq!(
        (status, err.as_str()),
        (1, "headcount: --hxl tags a table; add --format csv\n")
    );
    assert_eq!(
        run(
            dir.path(),
            &["extract", "--explain", "--format", "csv", "-"],
            LINE
        )
        .0,
        2
    );
    assert_eq!(run(dir.path(), &["extract"], "").0, 2);
}

#[test]
fn another_language_is_marked_and_said_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let lines = [
        r#"{"id": "1", "text": "Cinq morts.", "lang": "fr"}"#,
        r#"{"id": "2", "text": "Five died.", "lang": "en-GB"}"#,
        r#"{"id": "3", "text": "Les pluies ont fait au moins douze morts dans le nord du pays, selon la protection civile, et des milliers de familles ont quitté leurs maisons."}"#,
        r#"{"id": "4", "text": "Щонайменше семеро людей загинули, ще двадцятеро поранені внаслідок нічного обстрілу міста, повідомили рятувальники."}"#,
    ]
    .join("\n");
    let (status, out, err) = run(dir.path(), &["extract", "-"], &lines);
    assert_eq!(status, 1);
    assert_eq!(
        err,
        "headcount: 3 articles in languages there are no words for yet (fr 2, uk 1): no figures; translate them, this version reads en\n"
    );
    let found: Vec<(String, usize)> = out
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let figures = line["figures"].as_array().expect("figures").len();
            (line["lang"].as_str().unwrap_or_default().into(), figures)
        })
        .collect();
    let want = [("fr", 0), ("en-GB", 1), ("fr", 0), ("uk", 0)];
    assert_eq!(found, want.map(|(l, n)| (l.to_string(), n)));
}

#[test]
fn what_is_bad_is_said_in_order_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.txt"), "Five people died.").expect("written");
    std::fs::write(dir.path().join("b.pdf"), "x").expect("written");
    std::fs::create_dir(dir.path().join("empty")).expect("made");
    let (status, out, err) = run(
        dir.path(),
        &["extract", "b.pdf", "a.txt", "no.txt", "empty"],
        "",
    );
    assert_eq!((status, out.lines().count()), (1, 1));
    assert_eq!(
        err,
        "headcount: b.pdf: not what its name says; name it after what it holds (.txt for text)\n\
         headcount: no.txt: no such file or folder; check the path\n\
         headcount: empty: no articles in this folder; put .txt, .html, .pdf, .docx or .jsonl files there\n"
    );
}

#[test]
fn stdin_may_be_text_lines_packed_or_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (status, out, _) = run(dir.path(), &["extract", "-"], "Five people died.\n");
    assert!(status == 0 && out.contains("\"number_text\":\"Five\""));
    let (status, out, _) = run(dir.path(), &["extract", "-"], &format!("\n  {LINE}{LINE}"));
    assert_eq!((status, out.lines().count()), (0, 2));
    let (status, _, err) = run(dir.path(), &["extract", "-"], "");
    assert_eq!(
        (status, err.as_str()),
        (1, "headcount: -: empty; nothing to read in it\n")
    );
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let dir = tempfile::tempdir().expect("a folder");
    let filler = "The road was closed and the market stayed shut. ".repeat(40);
    let lines: String = (0..4000)
        .map(|i| match i % 97 {
            5 => "{broken\n".to_string(),
            _ => format!("{{\"id\": \"a{i}\", \"text\": \"{filler}At least {} people were killed and {} injured.\"}}\n", i + 2, i * 3 + 2),
        })
        .collect();
    assert!(lines.len() > 6 << 20, "more than one batch");
    std::fs::write(dir.path().join("a.jsonl"), &lines).expect("written");
    for format in ["jsonl", "csv"] {
        let one = run(
            dir.path(),
            &["extract", "--threads", "1", "--format", format, "a.jsonl"],
            "",
        );
        assert_eq!(one.0, 1);
        assert_eq!(one.2.lines().count(), 42);
        for threads in ["2", "5", "0"] {
            let many = run(
                dir.path(),
                &[
                    "extract",
                    "--threads",
                    threads,
                    "--format",
                    format,
                    "a.jsonl",
                ],
                "",
            );
            assert!(many == one, "{threads} threads, {format}");
        }
        if format == "jsonl" {
            let ids: Vec<String> = one
                .1
                .lines()
                .map(|l| serde_json::from_str::<Article>(l).expect("an article").id)
                .collect();
            let given: Vec<String> = (0..4000)
                .filter(|i| i % 97 != 5)
                .map(|i| format!("a{i}"))
                .collect();
            assert!(ids == given, "ids and their order are kept");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let dir = tempfile::tempdir().expect("a folder");
    let lines: String = (0..20_000)
        .map(|i| format!("{{\"id\": \"a{i}\", \"text\": \"{i} people died.\"}}\n"))
        .collect();
    std::fs::write(dir.path().join("a.jsonl"), lines).expect("written");
    for format in ["jsonl", "csv"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_headcount"))
            .current_dir(dir.path())
            .args(["extract", "a.jsonl", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(
            parts(&output),
            (0, String::new(), String::new()),
            "{format}"
        );
    }
}

#[test]
fn the_words_of_a_source_are_those_of_the_text() {
    for words in ["UN\u{a0}refugee\nagency", "country 's health ministry"] {
        let article = headcount::Article {
            text: format!("At least 12 people were killed, the {words} said."),
            ..headcount::Article::default()
        };
        let figure = headcount::extract::figures(&article).remove(0);
        let told = figure.source_text.expect("a source");
        assert!(
            told.ends_with(words) && article.text.contains(&told),
            "{told:?}"
        );
    }
}
