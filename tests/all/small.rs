//! The small things people expect: completion, manual pages, a look at what is there.

use std::fs;

use assert_cmd::Command;

fn headcount() -> Command {
    Command::cargo_bin("headcount").unwrap()
}

#[test]
fn a_shell_gets_its_script() {
    for shell in ["bash", "zsh", "fish"] {
        let out = headcount().args(["completions", shell]).output().unwrap();
        assert!(out.status.success());
        let script = String::from_utf8(out.stdout).unwrap();
        assert!(
            script.contains("track") && script.contains("crises"),
            "{shell}"
        );
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("new/man1");
    let out = headcount().arg("man").arg(&pages).output().unwrap();
    assert!(out.status.success());
    let page = fs::read_to_string(pages.join("headcount-track.1")).unwrap();
    assert!(page.contains("store"), "{page}");
    assert!(pages.join("headcount.1").exists());
}

#[test]
fn the_doctor_says_what_is_there_and_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = || {
        let out = headcount()
            .arg("doctor")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let say = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code(), say(out.stdout), say(out.stderr))
    };
    let (code, said, _) = doctor();
    assert_eq!(code, Some(0));
    assert!(
        said.contains("not there yet") && said.contains("en"),
        "{said}"
    );
    fs::write(folder.path().join("headcount.db"), "no store").unwrap();
    fs::write(folder.path().join("crises.toml"), "name = ").unwrap();
    let (code, _, wrong) = doctor();
    assert_eq!(code, Some(1));
    assert!(
        wrong.contains("headcount.db") && wrong.contains("crises.toml"),
        "{wrong}"
    );
}

/// A folder with a file of figures.
fn figures() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"id":"1","figures":[{"start":0,"end":1,"measure":"injured","value":5,"country":"KEN","kind":"total","as_of":"2015-01-02"}]}"#;
    fs::write(folder.path().join("a.jsonl"), line).unwrap();
    folder
}

fn typed(folder: &tempfile::TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = headcount();
    let out = command
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let say = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), say(out.stdout), say(out.stderr))
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through() {
    let folder = figures();
    let (link, file) = (folder.path().join("link.csv"), folder.path().join("real"));
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let (code, ..) = typed(&folder, &["figures", "--from", "a.jsonl", "-o", "link.csv"]);
    assert_eq!(code, Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(file).unwrap().contains("injured"));
}

#[test]
fn what_cannot_be_read_overwrites_nothing() {
    let folder = figures();
    let kept = folder.path().join("kept.csv");
    fs::write(&kept, "as it was").unwrap();
    for command in [
        vec!["figures", "--from", "nope.jsonl", "-o", "kept.csv"],
        vec!["compare", "nope.txt", "-o", "kept.csv"],
    ] {
        let (code, _, said) = typed(&folder, &command);
        assert_eq!(code, Some(1));
        assert!(said.contains("nothing is written"), "{said}");
        assert_eq!(fs::read_to_string(&kept).unwrap(), "as it was");
    }
}

#[test]
fn what_is_typed_wrong_says_how_to_type_it() {
    let folder = figures();
    for (arguments, cure) in [
        (["--country", "KEM"].as_slice(), "ISO 3166-1 alpha-3"),
        (&["--since", "2015"], "2015-02-06"),
    ] {
        let command = [&["figures", "--from", "a.jsonl"], arguments].concat();
        let (code, _, said) = typed(&folder, &command);
        assert_eq!(code, Some(2));
        assert!(said.contains(cure), "{said}");
    }
    let command = ["figures", "--from", "a.jsonl", "--source", "UNCHR"];
    let (code, _, said) = typed(&folder, &command);
    assert_eq!(code, Some(0));
    assert!(said.contains("no figure passes the filters"), "{said}");
    let command = ["chart", "--from", "a.jsonl", "--out", "c.jpg"];
    let (code, _, said) = typed(&folder, &command);
    assert_eq!(code, Some(1));
    assert!(said.contains(".png or .svg"), "{said}");
    assert!(!folder.path().join("c.jpg").exists());
}
