//! The examples: a conversation played and written down, and their programs run.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;
use statechat::bot::{Bot, Work};
use statechat::graph::{Graph, Node, View};
use statechat::session::{Menus, Session};

use crate::example::example;
use crate::graph::table;
use crate::process::Process;
use crate::server::{client, send};
use crate::transcripts::{message, write_down};

/// Says `lines` to a bot, one after another, and writes down what happens. Effects succeed at once. A line starting
/// with `!` is not said: `!fail` lets the next effect fail, `!ring` is the one pending timer, `!idle` the user's
/// silence.
pub(crate) fn play<B: Bot>(world: B::World, lines: &[&str]) -> String {
    let at: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let (mut session, written) = Session::<B>::open(Menus::new(Arc::new(world)), at);
    let mut text = String::new();
    write_down(&mut text, &written.records);
    let mut failing = false;
    for line in lines {
        let mut written = match *line {
            "!fail" => {
                failing = true;
                continue;
            }
            "!ring" => {
                let [timer] = session.machine().pending() else {
                    panic!("not one timer: {:?}", session.machine().pending());
                };
                let id = timer.id;
                session.ring(id, at).expect("a pending timer can ring")
            }
            "!idle" => session.idle(at).expect("the bot minds silence here"),
            line => session.say(message(line), at).unwrap(),
        };
        if let Some(unsaid) = line.strip_prefix('!') {
            writeln!(text, "\n({unsaid})").unwrap();
        }
        write_down(&mut text, &written.records);
        while let Some(work) = written.started.pop() {
            let Work::Effect(effect) = work.work else {
                continue;
            };
            let success = B::outcomes(&effect).swap_remove(0);
            let outcome = (!std::mem::take(&mut failing)).then_some(success);
            written = session.finish(work.id, outcome, at).unwrap();
            write_down(&mut text, &written.records);
        }
    }
    text
}

/// The transitions of a bot whose machine has at most `nodes_max` nodes, all of its states among them.
pub(crate) fn transitions<B: Bot>(nodes_max: usize) -> String {
    let graph = Graph::explored::<B>(nodes_max);
    assert!(!graph.truncated, "more than {nodes_max} nodes");
    let reached: HashSet<_> = graph.nodes.iter().map(|node| leaf(node).as_str()).collect();
    for state in &graph.declared {
        assert!(reached.contains(state.as_str()), "{state} is not reached");
    }
    for node in &graph.nodes {
        let ids: HashSet<_> = node.options.iter().map(|option| &option.id).collect();
        let labels: HashSet<_> = node.options.iter().map(|option| &option.label).collect();
        let count = node.options.len();
        assert_eq!((ids.len(), labels.len()), (count, count), "{node:?}");
    }
    for edge in &graph.edges {
        assert!(edge.handled_by.is_some(), "nobody takes {edge:?}");
        assert!(
            edge.text.is_some() || !edge.effects.is_empty(),
            "says nothing: {edge:?}"
        );
    }
    table(&graph, View::Shape)
}

fn leaf(node: &Node) -> &SmolStr {
    &node.levels.last().expect("a place has its leaf").name
}

/// What the example says over a pipe to `lines`.
pub(crate) fn chat(name: &str, lines: &str) -> String {
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

/// The example is a whole server: it has the page, and draws the machine with these lines in it.
pub(crate) async fn check_serves(name: &str, lines: &[&str]) {
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
