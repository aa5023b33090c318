//! Exploration and export: what diagrams show is what the machine does.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;
use statechat::bots::stock::StockBot;
use statechat::graph::{Diagram, Format, Graph, View, export, shape_hash};

use crate::hostile::hostile;
use crate::lamp::Lamp;
use crate::skip::skipped;

fn stock() -> Graph {
    Graph::of::<StockBot>()
}

/// All transitions of a view, as lines that people can review.
pub(crate) fn table(graph: &Graph, view: View) -> String {
    let diagram = Diagram::new(graph, view);
    let mut table = String::new();
    for transition in &diagram.transitions {
        let key = |state: usize| &diagram.states[state].key;
        let (from, to) = (key(transition.from), key(transition.to));
        write!(table, "{from} | {}", transition.event).unwrap();
        match transition.internal {
            true if transition.stays() => table.push_str(" | stays"),
            true => write!(table, " | becomes {to}").unwrap(),
            false => write!(table, " | goes to {to}").unwrap(),
        }
        if let Some(edge) = transition.edge {
            let by = edge.handled_by.as_deref().unwrap_or("nobody");
            write!(table, " | by {by} | {}", edge.cause).unwrap();
            for level in &edge.exited {
                write!(table, " -{level}").unwrap();
            }
            for level in &edge.entered {
                write!(table, " +{level}").unwrap();
            }
            for work in edge.effects.iter().chain(&edge.timers) {
                write!(table, " !{work}").unwrap();
            }
        }
        table.push('\n');
    }
    table
}

#[test]
fn the_stock_bots_transitions() {
    let graph = stock();
    insta::assert_snapshot!("stock-transitions", table(&graph, View::Shape));
    insta::assert_snapshot!("stock-transitions-expanded", table(&graph, View::Expanded));
}

#[test]
fn the_stock_bots_exports() {
    let graph = stock();
    for format in Format::ALL {
        let name = format!("stock.{}", format.extension());
        insta::assert_snapshot!(name, export(&graph, format, format.default_view()));
    }
    let expanded = export(&graph, Format::Json, View::Expanded);
    insta::assert_snapshot!("stock.expanded.json", expanded);
}

/// What the page tells of a state has happened: the way there, who took what, and what the bot said at it.
#[test]
fn ways_and_replies_in_the_shape_are_those_of_the_graph() {
    for graph in [stock(), Graph::of::<Lamp>(), hostile()] {
        let json: Value = serde_json::from_str(&export(&graph, Format::Json, View::Shape)).unwrap();
        let mut leaves = Vec::new();
        collect_leaves(json["states"].as_array().unwrap(), &mut leaves);
        for leaf in &leaves {
            let path = leaf["path"].as_array().unwrap();
            match path.last() {
                Some(turn) => assert_eq!(turn["state"], leaf["name"]),
                None => assert_eq!(leaf["id"], json["initial"]),
            }
        }
        for transition in json["transitions"].as_array().unwrap() {
            let seen: Vec<_> = graph
                .edges
                .iter()
                .filter(|edge| {
                    graph.inputs[edge.input].name == transition["input"].as_str().unwrap()
                        && edge.handled_by.as_deref() == transition["handledBy"].as_str()
                        && edge.is_internal() == transition["internal"].as_bool().unwrap()
                })
                .collect();
            let reply = transition["reply"].as_str();
            assert!(seen.iter().any(|edge| edge.text.as_deref() == reply));
            for id in transition["leaves"].as_array().unwrap() {
                let leaf = leaves.iter().find(|leaf| &leaf["id"] == id).unwrap();
                let name = leaf["name"].as_str().unwrap();
                assert!(seen.iter().any(|edge| graph.leaf(edge.from) == name));
            }
            assert_ne!(transition["leaves"], serde_json::json!([]));
        }
    }
    let json = export(&stock(), Format::Json, View::Shape);
    assert!(json.contains(r#""path":[{"did":"chooses LSE","reply":"London Stock Exchange: which"#));
}

fn collect_leaves<'j>(states: &'j [Value], leaves: &mut Vec<&'j Value>) {
    for state in states {
        let parts = state["states"].as_array().unwrap();
        if parts.is_empty() {
            leaves.push(state);
        }
        collect_leaves(parts, leaves);
    }
}

#[test]
fn what_is_explored_is_what_a_hand_counts() {
    let graph = Graph::of::<Lamp>();
    // Off, Broken, and three brightnesses, each with the effect pending or done.
    assert_eq!(graph.nodes.len(), 2 + 3 * 2);
    // Off: switch (once, though two options stand for it) and a text. Broken: a text. Each On: switch, a text and
    // the timer; brighter but for the brightest; two outcomes while the effect is pending.
    assert_eq!(graph.edges.len(), 2 + 1 + 3 * (3 + 3) + 2 * 2 + 3 * 2);
    assert!(!graph.truncated);
    let declared = ["Broken", "NeverReached", "Off", "On"];
    assert_eq!(graph.declared, declared);
    insta::assert_snapshot!("lamp-transitions", table(&graph, View::Shape));
    insta::assert_snapshot!("lamp-transitions-expanded", table(&graph, View::Expanded));
    let xstate = export(&graph, Format::Xstate, View::Expanded);
    insta::assert_snapshot!("lamp.xstate.json", xstate);
}

#[test]
fn the_same_bot_gives_the_same_exports() {
    let (one, other) = (stock(), stock());
    assert_eq!(one, other);
    for format in Format::ALL {
        for view in View::ALL {
            assert_eq!(export(&one, format, view), export(&other, format, view));
        }
    }
}

#[test]
fn a_limit_is_never_silent() {
    let whole = stock();
    let cut = Graph::explored::<StockBot>(5);
    assert!(cut.truncated && cut.nodes.len() == 5);
    assert!(cut.edges.iter().all(|edge| edge.from < 5 && edge.to < 5));
    assert!(!Graph::explored::<StockBot>(whole.nodes.len()).truncated);
    assert!(Graph::explored::<StockBot>(whole.nodes.len() - 1).truncated);
    assert_eq!(Graph::explored::<StockBot>(0).nodes.len(), 1);
    for format in Format::ALL {
        for view in View::ALL {
            let says_so = |graph| {
                let text = export(graph, format, view);
                text.contains("\"truncated\": true") || text.contains("truncated: exploration")
            };
            assert!(says_so(&cut), "{format} {view}");
            assert!(!says_so(&whole), "{format} {view}");
        }
    }
}

#[test]
fn unknown_names_list_the_known_ones() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    for view in View::ALL {
        assert_eq!(view.name().parse(), Ok(view));
    }
    let error = "png".parse::<Format>().unwrap_err().to_string();
    let expected = "there is no format \"png\"; \
        use one of json, mermaid, dot, plantuml, xstate, xstate-module, scxml, svg";
    assert_eq!(error, expected);
    let error = "".parse::<View>().unwrap_err().to_string();
    let expected = "there is no view \"\"; use one of shape, expanded";
    assert_eq!(error, expected);
}

#[test]
fn the_shape_hash_is_over_names_and_targets_only() {
    let graph = stock();
    let hash = shape_hash(&graph);
    // Another value here means that stored conversations are taken for those of another machine.
    insta::assert_snapshot!("stock-shape-hash", hash);
    assert_eq!(hash.len(), 16);

    let mut same = reversed(&graph);
    for edge in &mut same.edges {
        edge.text = Some("other words".to_owned());
        edge.effects.clear();
    }
    same.inputs
        .iter_mut()
        .for_each(|input| input.data = Value::Null);
    for node in &mut same.nodes {
        node.memory = Value::Null;
        node.options.clear();
    }
    assert_eq!(shape_hash(&same), hash);

    check_hash_differs(&graph, |graph| graph.inputs[0].name = "Other".into());
    check_hash_differs(&graph, |graph| graph.edges[0].to = graph.initial);
    check_hash_differs(&graph, |graph| {
        graph.edges[0].handled_by = Some("Ended".into());
    });
    check_hash_differs(&graph, |graph| {
        for node in &mut graph.nodes {
            node.levels.retain(|level| level.name != "Exchange");
        }
        graph
            .edges
            .retain(|edge| edge.handled_by.as_deref() != Some("Exchange"));
    });
}

#[track_caller]
fn check_hash_differs(graph: &Graph, change: impl Fn(&mut Graph)) {
    let mut other = graph.clone();
    change(&mut other);
    assert_ne!(shape_hash(&other), shape_hash(graph));
}

/// The same graph, found in the reverse order.
fn reversed(graph: &Graph) -> Graph {
    let mut graph = graph.clone();
    let last = graph.nodes.len() - 1;
    graph.nodes.reverse();
    graph.edges.reverse();
    graph.initial = last - graph.initial;
    for edge in &mut graph.edges {
        edge.from = last - edge.from;
        edge.to = last - edge.to;
    }
    graph
}

#[test]
fn graphviz_shows_names_as_they_are() {
    let svg = check_graphviz(&hostile(), View::Shape);
    // What SVG writes for `<b>&amp;`.
    assert!(svg.is_none_or(|svg| svg.contains(">&lt;b&gt;&amp;amp;</text>")));
}

/// Graphviz reads the export, complains about nothing, and draws as many arrows as the export has. The SVG, unless
/// Graphviz is not there.
#[track_caller]
fn check_graphviz(graph: &Graph, view: View) -> Option<String> {
    let dot = export(graph, Format::Dot, view);
    let graphviz = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut graphviz) = graphviz else {
        skipped("graphviz is not installed, so no export is drawn");
        return None;
    };
    let mut stdin = graphviz.stdin.take().unwrap();
    stdin.write_all(dot.as_bytes()).unwrap();
    drop(stdin);
    let output = graphviz.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let svg = String::from_utf8(output.stdout).unwrap();
    let drawn = svg.matches("class=\"edge\"").count();
    let written = dot.lines().filter(|line| is_arrow(line)).count();
    assert_eq!(drawn, written);
    Some(svg)
}

/// Arrows stand between two quoted ids at the start of a line.
fn is_arrow(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("  \"") else {
        return false;
    };
    let mut escaped = false;
    let end = rest.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.is_some_and(|end| rest[end + 1..].starts_with(" -> "))
}
