//! The examples: a conversation played and written down, and their programs run.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use smol_str::SmolStr;
use statechat::bot::{Bot, Work};
use statechat::graph::{Graph, Node, View};
use statechat::testing::Conversation;

use crate::example::example;
use crate::graph::table;
use crate::process::Process;
use crate::server::{client, send};

/// Says `lines` to a bot, one after another. Effects succeed at once. A line starting with `>` chooses; one starting
/// with `!` is not said: `!fail` lets the next effect fail, `!ring` is the one pending timer, `!idle` the user's
/// silence.
pub(crate) fn play<B: Bot>(world: B::World, lines: &[&str]) -> String {
    let failing = Rc::new(Cell::new(false));
    let fails = Rc::clone(&failing);
    let mut chat = Conversation::<B>::in_world(world).with_source(move |effect, _| {
        let success = B::outcomes(effect).swap_remove(0);
        (!fails.get()).then_some(success)
    });
    for line in lines {
        chat = match *line {
            "!fail" => {
                failing.set(true);
                chat
            }
            "!ring" => {
                let Some(Work::Timer { after_ms, .. }) = pending(&chat) else {
                    panic!("not one timer: {:?}", chat.machine().pending());
                };
                chat.waits(Duration::from_millis(after_ms))
            }
            "!idle" => chat.is_silent(),
            line => match line.strip_prefix('>') {
                Some(id) => chat.chooses(id),
                None => chat.says(line),
            },
        };
        let waits = !chat.machine().pending_effects().is_empty();
        if waits && failing.take() {
            chat = chat.fails();
        }
    }
    chat.to_string()
}

/// The one piece of work that a conversation waits for.
fn pending<B: Bot>(chat: &Conversation<B>) -> Option<Work<B::Input, B::Effect>> {
    match chat.machine().pending() {
        [one] => Some(one.work.clone()),
        _ => None,
    }
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
