//! The examples as programs: checked, over a pipe, and served.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::example::example;
use crate::process::Process;
use crate::server::{client, send};

/// What the example says over a pipe to `lines`.
fn chat(name: &str, lines: &str) -> String {
    let mut child = Command::new(example(name))
        .arg("chat")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn pizza_chats() {
    let said = chat("pizza", "large funghi\n2\nthat’s all\nyes\n");
    assert!(said.contains("That’s €23.00 in all"), "{said}");
    assert!(said.contains("collect it in 14 minutes"), "{said}");
}

#[test]
fn triage_chats() {
    let said = chat("triage", "website\nurgent\nsomebody else\nthey called\n");
    let in_order = ["can’t reach Dara", "Chen has been paged", "the best hands"];
    let places = in_order.map(|words| said.find(words).expect(words));
    assert!(places.is_sorted(), "{said}");
}

/// The example is a whole server: it has the page, and draws the machine with these lines in it.
async fn check_serves(name: &str, lines: &[&str]) {
    let mut command = Command::new(example(name));
    command.args(["serve", "--listen", "127.0.0.1:0", "--store", "memory"]);
    let server = Process::run(command).expect("the example did not start");
    let get = |path: &str| send(client().get(format!("http://{}{path}", server.address)));
    let page = get("/").await;
    assert!(page.body.contains("<html"), "{}", page.body);
    let machine = format!("/api/bots/{name}/machine?format=mermaid");
    let drawn = get(&machine).await.body;
    for line in lines {
        assert!(drawn.contains(line), "{drawn}");
    }
    server.kill();
}

#[tokio::test]
async fn pizza_serves() {
    let lines = ["Placing --> Ordered : Placed", "NotPlaced --> Placing"];
    check_serves("pizza", &lines).await;
}

#[tokio::test]
async fn triage_serves() {
    let lines = ["Paging --> Waiting : Paged", "Urgent --> Closed : Answered"];
    check_serves("triage", &lines).await;
}

#[test]
fn every_example_is_sound() {
    let reports = ["pizza", "tea", "triage"].map(|name| {
        let output = Command::new(example(name)).arg("check").output().unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{report}");
        report
    });
    insta::assert_snapshot!(reports.concat(), @r"
    pizza: 0 errors, 0 warnings; 12 states, 34 transitions, 177 nodes, 3147 steps tried
    tea: 0 errors, 0 warnings; 3 states, 3 transitions, 3 nodes, 7 steps tried
    triage: 0 errors, 0 warnings; 16 states, 41 transitions, 36 nodes, 410 steps tried
    ");
}
