//! What the repository says about itself: the README's code and picture are the real ones, and so are the files
//! of `machines/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use statechat::graph::Rule;

use crate::process::STATECHAT;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(root(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text of the README's first block in `language` that contains `mark`.
fn block(language: &str, mark: &str) -> String {
    let readme = read("README.md");
    let blocks = readme.split("\n```").map(str::to_owned);
    let found = blocks.filter_map(|block| {
        block
            .strip_prefix(&format!("{language}\n"))
            .map(str::to_owned)
    });
    found
        .into_iter()
        .find(|block| block.contains(mark))
        .expect("the README has no such block")
        + "\n"
}

#[test]
fn the_readmes_bot_is_the_example() {
    let bot = block("rust", "impl Bot for Tea");
    assert_eq!(bot, read("examples/tea/main.rs"));
    let tests = block("rust", "Conversation<Tea>");
    assert_eq!(tests, read("examples/tea/tests.rs"));
}

#[test]
fn the_readmes_failing_walk_is_a_real_one() {
    let name = "it__kit__a_handler_that_panics_is_found_and_shrunk_to_what_leads_there";
    let snapshot = read(&format!("tests/it/snapshots/{name}.snap"));
    let (_, walk) = snapshot.split_once("\n---\n").unwrap();
    assert_eq!(block("text", "shortest such conversation"), walk);
}

#[test]
fn what_the_readme_shows_of_the_workbench_is_real() {
    for (mark, snapshot) in [
        ("error[dead-end]", "check/snapshots/it__check__dead-end"),
        ("+ state Outlook", "snapshots/it__workbench__diff"),
        ("SESSION-C", "snapshots/it__workbench__replay"),
    ] {
        let snapshot = read(&format!("tests/it/{snapshot}.snap"));
        let (_, output) = snapshot.split_once("\n---\n").unwrap();
        assert_eq!(block("text", mark), output);
    }
    let checked = Command::new(STATECHAT).arg("check").output().unwrap();
    let checked = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(block("text", "stock: 0 errors"), checked);
}

/// Each rule of the README is one, and each rule is in the README.
#[test]
fn the_readme_names_every_rule() {
    let readme = read("README.md");
    let table = readme.split("| rule |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let named = table.lines().skip(2).flat_map(|line| {
        let cell = line.split('|').nth(1).unwrap();
        cell.split('`').skip(1).step_by(2)
    });
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(named.collect::<Vec<_>>(), rules);
}

#[test]
fn the_readmes_machine_is_the_exported_one() {
    assert_eq!(
        block("mermaid", "stateDiagram"),
        read("machines/stock.mmd"),
        "put machines/stock.mmd, as it is now, into the README"
    );
}

#[test]
fn the_readmes_pictures_are_there() {
    let readme = read("README.md");
    let pictures = [
        "docs/page-1280.png",
        "docs/page-390.png",
        "docs/machine.png",
        "docs/diff.png",
    ];
    for picture in pictures {
        assert!(
            readme.contains(picture) && root(picture).exists(),
            "{picture}"
        );
    }
}

#[test]
fn machines_hold_exactly_what_export_all_writes() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("machines");
    let _ = fs::remove_dir_all(&folder);
    let exported = Command::new(STATECHAT)
        .args(["export", "--all"])
        .arg(&folder)
        .status()
        .unwrap();
    assert!(exported.success());
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(
        names(&root("machines")),
        names(&folder),
        "run: statechat export --all machines"
    );
    for name in names(&folder) {
        let kept = fs::read_to_string(root("machines").join(&name)).unwrap();
        let made = fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(
            kept,
            made,
            "{} is stale; run: statechat export --all machines",
            name.display()
        );
    }
}

#[test]
fn every_flag_in_the_readme_is_one() {
    let help = Command::new(STATECHAT)
        .args(["serve", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let readme = read("README.md");
    let limits = readme
        .split("### Limits")
        .nth(1)
        .unwrap()
        .split("## Write a bot")
        .next()
        .unwrap();
    let flags: Vec<&str> = limits
        .split('`')
        .filter(|code| code.starts_with("--"))
        .filter_map(|code| code.split(' ').next())
        .collect();
    assert!(flags.len() > 20, "{flags:?}");
    for flag in flags {
        assert!(help.contains(flag), "{flag} is not a flag of serve");
    }
}
