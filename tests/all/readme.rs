//! README.md and data/README.md keep up: the help and the output they show are the program's, their links lead somewhere, the two commands stand there.
//!
//! `UPDATE=1` writes the program's help into the blocks after `<!-- help -->` and `<!-- help:COMMAND -->`, and the lines `1-3 7` of what it prints
//! into those after `<!-- run: 1-3 7 -->`, which begin with the command (`$ headcount …`); it fails once, so that the difference is read.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The documents whose links are followed.
const DOCUMENTS: [&str; 2] = ["README.md", "data/README.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|e| panic!("{document}: {e}"))
}

/// What the program prints for `-h`, 100 columns wide at most, without spaces at the ends of lines.
fn help(command: &str) -> String {
    let run = Command::cargo_bin("headcount")
        .expect("the program")
        .env("COLUMNS", "100")
        .args((!command.is_empty()).then_some(command))
        .arg("-h")
        .output()
        .expect("its output");
    assert!(run.status.success(), "no help for {command:?}");
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    text.lines().flat_map(|l| [l.trim_end(), "\n"]).collect()
}

/// The commands that the program's help lists, in its order; without `help` itself.
fn commands() -> Vec<String> {
    help("")
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, _) = line.strip_prefix("  ")?.split_once(' ')?;
            (!name.is_empty() && name != "help").then(|| name.to_string())
        })
        .collect()
}

/// The lines that a command of the README prints, run in this repository with a store of its own.
fn output(command: &str, folder: &Path) -> Vec<String> {
    let mut arguments = command.split(' ');
    assert_eq!(arguments.next(), Some("headcount"), "{command}");
    let mut run = Command::cargo_bin("headcount").expect("the program");
    run.current_dir(root());
    for argument in arguments {
        match argument.strip_suffix("/*.jsonl") {
            Some(files) => run.args(json_lines(files)),
            None => run.arg(argument),
        };
    }
    let store = folder.join("headcount.db");
    if command.starts_with("headcount track ") {
        run.args(["--no-charts", "--out"]).arg(folder.join("out"));
    }
    if ["track", "figures", "series", "crises", "verify"]
        .iter()
        .any(|c| {
            command == format!("headcount {c}") || command.starts_with(&format!("headcount {c} "))
        })
    {
        run.arg("--store").arg(store);
    }
    let run = run.output().expect("its output");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{command}: {said}");
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    text.lines().map(|l| cut(l.trim_end())).collect()
}

/// What the shell makes of `FOLDER/*.jsonl`.
fn json_lines(folder: &str) -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(root().join(folder))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|file| file.extension().is_some_and(|e| e == "jsonl"))
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    files.sort();
    files
}

/// No line of the README's blocks is longer than 150 signs.
fn cut(line: &str) -> String {
    match line.char_indices().nth(150) {
        Some(_) => line.chars().take(149).chain(['…']).collect(),
        None => line.to_string(),
    }
}

/// The lines with these numbers (`1-3 7`), an ellipsis for what is between, before and after them.
fn excerpt(lines: &[String], numbers: &str) -> String {
    let (mut out, mut next) = (String::new(), 1);
    for range in numbers.split(' ') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |n: &str| n.parse::<usize>().expect("numbers of lines, as 1-3 7");
        let (first, last) = (number(first), number(last));
        assert!(next <= first && first <= last, "lines {numbers}: order");
        if first > next {
            out.push_str("…\n");
        }
        assert!(first <= lines.len(), "line {first} of {}", lines.len());
        for line in &lines[first - 1..last.min(lines.len())] {
            out.extend([line, "\n"]);
        }
        next = last + 1;
    }
    if next <= lines.len() {
        out.push_str("…\n");
    }
    out
}

/// The README as it should be: the program's help in every block after `<!-- help -->`, what it prints in those after `<!-- run: LINES -->`.
fn renewed(document: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut out = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out.extend([line, "\n"]);
        let marked = |mark| line.strip_prefix(mark)?.strip_suffix(" -->");
        let (help_of, shown) = (marked("<!-- help"), marked("<!-- run: "));
        if help_of.is_none() && shown.is_none() {
            continue;
        }
        assert_eq!(lines.next(), Some("```text"), "no block after {line:?}");
        out.push_str("```text\n");
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        if let Some(command) = help_of {
            out.push_str(&help(command.trim_start_matches(':')));
        } else if let Some(numbers) = shown {
            let typed = block.first().and_then(|l| l.strip_prefix("$ "));
            let command = typed.unwrap_or_else(|| panic!("no `$ headcount …` after {line:?}"));
            out.extend(["$ ", command, "\n"]);
            out.push_str(&excerpt(&output(command, folder.path()), numbers));
        }
        out.push_str("```\n");
    }
    out
}

#[test]
fn help_and_output_shown_are_the_programs() {
    let is = text("README.md");
    assert!(is.contains("\n<!-- help -->\n"), "no list of commands");
    assert!(is.matches("\n<!-- run: ").count() > 3, "no output shown");
    let should = renewed(&is);
    if is == should {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), should).expect("written");
        panic!("README.md: written anew; read the difference");
    }
    let lines = is.lines().zip(should.lines());
    let differs = lines.enumerate().find(|(_, (was, now))| was != now);
    panic!(
        "README.md: help or output has changed; UPDATE=1 cargo test readme:: writes it anew; first difference: {differs:?}"
    );
}

#[test]
fn every_command_has_its_place_in_the_tour() {
    let document = text("README.md");
    let headings: Vec<&str> = document.lines().filter(|l| l.starts_with("### ")).collect();
    let commands = commands();
    assert!(commands.len() >= 8, "only {commands:?}");
    for command in commands {
        let name = format!("`headcount {command}`");
        assert!(
            headings.iter().any(|h| h.contains(&name)),
            "README.md: no heading with {name}"
        );
    }
}

#[test]
fn the_two_commands_stand_there_each_alone() {
    let document = text("README.md");
    let mut blocks = document
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default());
    assert_eq!(
        blocks.next(),
        Some("cargo run --release --locked -- track data/articles\n")
    );
    assert_eq!(blocks.next(), Some("cargo test --locked\n"));
    assert_eq!(blocks.next(), None, "a third command to type");
    // what .ci/run looks for
    assert!(document.contains("<!-- test -->\n```sh\ncargo test --locked\n```\n"));
}

/// The targets of `[…](target)` outside blocks of code, in the order of the text.
fn links(document: &str) -> Vec<&str> {
    document
        .split("\n```")
        .step_by(2)
        .flat_map(|prose| prose.split("](").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .collect()
}

#[test]
fn links_lead_to_files_that_are_here() {
    for document in DOCUMENTS {
        let file = root().join(document);
        let folder = file.parent().expect("a folder");
        let content = text(document);
        let links = links(&content);
        assert!(links.len() > 3, "{document}: only {links:?}");
        for link in links {
            if link.starts_with("https://") {
                continue;
            }
            let target: PathBuf = folder.join(link.split('#').next().unwrap_or_default());
            assert!(target.exists(), "{document}: no file {link}");
        }
    }
}

#[test]
fn every_file_of_data_is_told_of() {
    let document = text("data/README.md");
    let mut names: Vec<String> = fs::read_dir(root().join("data"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name != "README.md" && !name.starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        assert!(
            document.contains(&format!("`{name}")),
            "data/README.md says nothing of {name}"
        );
    }
}
