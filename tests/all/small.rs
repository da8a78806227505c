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
