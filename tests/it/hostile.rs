//! Names that mean something to a diagram's language, or to HTML, or to JavaScript: exports must hold them as names.

use serde_json::{Value, json};
use statechat::graph::{Cause, Edge, Format, Graph, Input, Node, NodeLevel, View, export};

const HOSTILE: &[&str] = &[
    "state",
    "a-b",
    "quo\"te",
    "note",
    "日本",
    "été",
    "back\\slash",
    "a.b",
    "line\nbreak",
    "[*]",
    "<b>&amp;",
    "end",
    "x --> y : z",
    "%% no comment",
    "#quot;",
    "constructor",
    "a b",
    "a_b",
    "",
    "}",
    "{",
    "default",
    "a: b; c#",
    "; x",
    "]]>",
    "--",
    "__proto__",
    "%date()",
    "$x",
    "!include x",
    "**bold** //it// ~",
    "\u{1}\u{fffe}x",
    "🦀",
    "very long, as nobody would write it and yet a program may: 0123456789 0123456789 0123456789 0123456789 0123456789",
];

/// A machine whose names are the worst that anybody thought of: a superstate with all of them as leaves, each
/// with a transition to the next, one to itself, and one that stays.
pub(crate) fn hostile() -> Graph {
    let nodes = HOSTILE.iter().map(|&name| Node {
        levels: vec![
            level("super\"state", Value::Null),
            level(name, json!({ "da.ta": name })),
        ],
        memory: Value::Null,
        pending: vec![],
        is_final: name == "end",
        options: vec![],
        cut: false,
    });
    let inputs = HOSTILE.iter().map(|&name| Input {
        name: name.into(),
        data: json!({ "text": format!("{name}.*") }),
    });
    let count = HOSTILE.len();
    let edges = (0..count).flat_map(|from| {
        let next = (from + 1) % count;
        [
            hostile_edge(from, next, from, HOSTILE[from]),
            hostile_edge(from, from, next, "super\"state"),
            Edge {
                exited: vec![],
                entered: vec![],
                ..hostile_edge(from, from, (from + 2) % count, HOSTILE[from])
            },
        ]
    });
    Graph {
        bot: "hostile".to_owned(),
        title: "A \"title\": with\nall # of it".to_owned(),
        greeting: None,
        opening_effects: vec![],
        initial: 0,
        nodes: nodes.collect(),
        inputs: inputs.collect(),
        edges: edges.collect(),
        declared: vec![],
        truncated: false,
        panics: vec![],
    }
}

fn level(name: &str, data: Value) -> NodeLevel {
    NodeLevel {
        name: name.into(),
        data,
    }
}

fn hostile_edge(from: usize, to: usize, input: usize, handled_by: &str) -> Edge {
    Edge {
        from,
        to,
        input,
        cause: Cause::Text,
        handled_by: Some(handled_by.into()),
        exited: vec![HOSTILE[from].into()],
        entered: vec![HOSTILE[to].into()],
        text: Some("\"quoted\"\n--> line".to_owned()),
        effects: vec![],
        timers: vec![],
    }
}

#[test]
fn hostile_names_are_safe_in_mermaid() {
    for view in View::ALL {
        let mermaid = export(&hostile(), Format::Mermaid, view);
        let body = mermaid.split("stateDiagram-v2\n").nth(1).unwrap();
        for line in body.lines().map(str::trim) {
            check_mermaid_line(line);
        }
    }
}

/// One of the few kinds of line that we write, with ids that mermaid takes.
#[track_caller]
fn check_mermaid_line(line: &str) {
    let safe_id = |id: &str| {
        let starts =
            id.starts_with(|c: char| c.is_ascii_uppercase()) || id == "s" || id.starts_with("s_");
        starts && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let safe_text = |text: &str| !text.contains(['"', '{', '}', ':', '\\', '-', '%']);
    if line == "}" {
        return;
    }
    if let Some((label, id)) = line
        .strip_prefix("state \"")
        .and_then(|rest| rest.split_once("\" as "))
    {
        assert!(safe_text(label), "{line}");
        assert!(safe_id(id.trim_end_matches(" {")), "{line}");
    } else if let Some((from, rest)) = line.split_once(" --> ") {
        let (to, text) = rest.split_once(" : ").unwrap_or((rest, ""));
        assert!(from == "[*]" || safe_id(from), "{line}");
        assert!(to == "[*]" || safe_id(to), "{line}");
        assert!(safe_text(text), "{line}");
    } else {
        let (id, text) = line.split_once(" : ").unwrap();
        assert!(safe_id(id) && safe_text(text), "{line}");
    }
}

#[test]
fn hostile_names_are_safe_in_json_and_xstate() {
    for view in View::ALL {
        let exported = export(&hostile(), Format::Json, view);
        let json: Value = serde_json::from_str(&exported).unwrap();
        let leaves = &json["states"][0]["states"];
        for (leaf, &name) in leaves.as_array().unwrap().iter().zip(HOSTILE) {
            assert_eq!(leaf["name"], name);
        }
        let exported = export(&hostile(), Format::Xstate, view);
        let machine: Value = serde_json::from_str(&exported).unwrap();
        let states = &machine["states"]["super\"state"]["states"];
        assert_eq!(states.as_object().unwrap().len(), HOSTILE.len());
        for (key, state) in states.as_object().unwrap() {
            assert!(!key.contains(['.', '\\', '#', '\n']), "{key}");
            assert_eq!(state["id"], *key);
        }
    }
}
