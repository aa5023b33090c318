//! The README's bot, as its own program: chat, timer, picture, server.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program of an example.
pub(crate) fn example(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_BIN_EXE_statechat")).parent().unwrap();
    let example = folder.join("examples").join(name);
    assert!(
        example.exists(),
        "build the examples first: cargo build --examples"
    );
    example
}

fn tea() -> PathBuf {
    example("tea")
}

#[test]
fn it_takes_an_order_and_says_when_the_tea_is_ready() {
    let mut child = Command::new(tea())
        .arg("chat")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    stdin.write_all(b"coffee\nBlack\n").unwrap();
    let mut heard = |wanted: &str| lines.any(|line| line.unwrap().contains(wanted));
    assert!(heard("Green or black?"));
    assert!(heard("Sorry, I only know about tea."));
    assert!(heard("The black tea is steeping."));
    assert!(
        heard("Your black tea is ready."),
        "the timer fires while nobody types"
    );
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn its_machine_is_drawn_from_the_code() {
    let output = Command::new(tea())
        .args(["export", "--format", "mermaid"])
        .output()
        .unwrap();
    let mermaid = String::from_utf8(output.stdout).unwrap();
    for line in [
        "Choosing --> Steeping : Order",
        "Steeping --> Choosing : Ready",
    ] {
        assert!(mermaid.contains(line), "{mermaid}");
    }
}

#[test]
fn users_of_the_load_foresee_its_timer() {
    let mut server = Command::new(tea())
        .args(["serve", "--listen", "127.0.0.1:0", "--store", "memory"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(server.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let url = line
        .split(' ')
        .find(|word| word.starts_with("http"))
        .unwrap();
    let load = ["load", url, "--users", "3", "--seconds", "5", "--pace"];
    let output = Command::new(tea())
        .args(load)
        .args(["300ms", "--seed", "1"])
        .output();
    server.kill().unwrap();
    server.wait().unwrap();
    let output = output.unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{report}");
}
