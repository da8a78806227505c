//! README.md and data/README.md keep up: the help they show is the program's, their links lead somewhere, the two commands stand there.
//!
//! `UPDATE=1` writes the program's help into the blocks after `<!-- help -->` and `<!-- help:COMMAND -->`, and fails once.

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

/// The document with the program's help in every block after a help mark, and the commands whose help it shows.
fn with_help(document: &str) -> (String, Vec<String>) {
    let (mut out, mut shown) = (String::new(), Vec::new());
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let mark = line
            .strip_prefix("<!-- help")
            .and_then(|m| m.strip_suffix(" -->"));
        let Some(mark) = mark else { continue };
        let command = mark.trim_start_matches(':');
        assert_eq!(
            lines.next(),
            Some("```text"),
            "no block right after {line:?}"
        );
        assert!(lines.any(|l| l == "```"), "no end of the block of {line:?}");
        out.extend(["```text\n", &help(command), "```\n"]);
        shown.push(command.to_string());
    }
    (out, shown)
}

#[test]
fn the_help_shown_is_the_programs() {
    let is = text("README.md");
    let (should, shown) = with_help(&is);
    assert!(
        shown.iter().any(String::is_empty),
        "README.md: no <!-- help --> block with the list of commands"
    );
    if is == should {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), should).expect("written");
        panic!("README.md: help written anew; read the difference");
    }
    let lines = is.lines().zip(should.lines());
    let differs = lines.enumerate().find(|(_, (was, now))| was != now);
    panic!(
        "README.md: the help has changed, or the end of the file; UPDATE=1 cargo test readme:: writes it anew; first difference: {differs:?}"
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

/// Not there yet: the folder of charts comes with the charts. As soon as it is there, links into it are followed too.
fn is_to_come(target: &Path) -> bool {
    let charts = root().join("charts");
    !charts.exists() && target.starts_with(charts)
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
            assert!(
                target.exists() || is_to_come(&target),
                "{document}: no file {link}"
            );
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
