//! Our own JSON, for programs and for the page.

use serde::Serialize;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::diagram::{Diagram, State, Transition, View};
use super::hash::shape_hash;
use super::model::{Cause, Graph, NodeOption};
use super::paths::Turn;

/// The version of the format: another one where a reader of this one would misread. Fields can be added within one.
pub(super) const VERSION: u32 = 1;

/// The diagram as JSON, a line for each state and transition.
///
/// ```json
/// {"version":1,"bot":"stock","title":"Stock bot","view":"shape","hash":"0123456789abcdef","truncated":false,
///  "initial":"ChooseExchange","greeting":"Hello!",
///  "states":[{"id":"Conversation","name":"Conversation","kind":"compound",
///             "states":[{"id":"ChooseExchange","name":"ChooseExchange","kind":"atomic","path":[],"states":[]}]},
///            {"id":"Ended","name":"Ended","kind":"final","path":[{"did":"writes \"goodbye\"","reply":"Goodbye!",
///             "state":"Ended","cause":{"kind":"option","id":"goodbye","listed":false}}],"states":[]}],
///  "transitions":[{"from":"Conversation","to":"Ended","input":"Goodbye","handledBy":"Conversation","internal":false,
///                  "leaves":["ChooseExchange"],"reply":"Goodbye!"}]}
/// ```
///
/// - `version` changes where a reader of the old format would misread the new one; a field can be added without that.
/// - `hash` is the shape's, in both views (see [`shape_hash`]); `truncated` says that exploration stopped at its limit.
/// - `greeting` is what the bot says at the start; null for nothing.
/// - `kind` is `compound`, `atomic` or `final`. A final state can have transitions: a bot may let people start over.
/// - `handledBy` is the level that takes the input. In the shape view it is also `from`; in the expanded view it
///   is null for an input that nobody takes.
/// - `initial`, `from`, `to` and `leaves` are `id`s, which are unique; `handledBy` is a name. In the shape view an id is
///   the name, but for characters that would make it part of a path or could not be drawn.
/// - A transition that leaves and enters nothing is `internal`, and its `to` is then its `from`; in the
///   expanded view it can be another state, where the input changed only data, the bot's memory or pending work.
///
/// In the shape view a leaf has its `path`: the shortest conversation that reaches it, from the start, as a list of what
/// was done (`did`, and its `cause`, as below), the bot's `reply` or null, and the leaf's name after (`state`). A transition
/// has `leaves`, those in which it was seen, and a sample `reply`: the first that the bot gave at it, null for none.
///
/// In the expanded view a state is a reachable place with its data, memory and pending work, and its `id` starts with
/// the state's name. Beside the above, states have `data` (null for none), and leaves `memory`, `pending` (names of effects, and of inputs that timers bring) and `options`
/// (`{"id","label"}`, the listed ones). Transitions have `data` (the input's), `event` (the type of the event in the
/// XState export), `cause` (`{"kind"}`: `option` with `id` and `listed`, `text`, `outcome` with `effect`,
/// `timer`, `idle`, `person` with `change`: what an agent does), `exited`, `entered`, `text` (the reply or null), `effects` and `timers` (started, by name).
#[must_use]
pub fn json(diagram: &Diagram<'_>) -> String {
    let graph = diagram.graph;
    let mut out = String::from("{\n");
    let head = [
        ("version", json!(VERSION)),
        ("bot", json!(graph.bot)),
        ("title", json!(graph.title)),
        ("view", json!(diagram.view.name())),
        ("hash", json!(shape_hash(graph))),
        ("truncated", json!(graph.truncated)),
        ("initial", json!(diagram.states[diagram.initial].key)),
        ("greeting", json!(graph.greeting)),
    ];
    for (name, value) in head {
        out.push_str(&format!("  \"{name}\": {value},\n"));
    }
    let states = diagram.roots().map(|root| state(diagram, root, 2));
    out.push_str(&list("states", &states.collect::<Vec<_>>(), 1));
    out.push_str(",\n");
    let transitions = diagram.transitions.iter();
    let transitions = transitions.map(|transition| {
        let line = line(&TransitionLine::of(diagram, transition));
        format!("    {line}")
    });
    out.push_str(&list("transitions", &transitions.collect::<Vec<_>>(), 1));
    out.push_str("\n}\n");
    out
}

fn list(name: &str, items: &[String], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    if items.is_empty() {
        return format!("{indent}\"{name}\": []");
    }
    format!("{indent}\"{name}\": [\n{}\n{indent}]", items.join(",\n"))
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("names and JSON values are JSON")
}

/// A state on its line, and its parts on lines of their own.
fn state(diagram: &Diagram<'_>, index: usize, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let state_ = &diagram.states[index];
    let line = line(&StateLine::of(diagram, state_));
    let open = &line[..line.len() - 1];
    if state_.children.is_empty() {
        return format!("{indent}{open},\"states\":[]}}");
    }
    let children = state_.children.iter();
    let children = children.map(|&child| state(diagram, child, depth + 1));
    let children = children.collect::<Vec<_>>().join(",\n");
    format!("{indent}{open},\"states\":[\n{children}\n{indent}]}}")
}

#[derive(Serialize)]
struct StateLine<'d> {
    id: &'d str,
    name: &'d str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Vec<PathTurn<'d>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'d Value>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    node: Option<NodeFields<'d>>,
}

/// One turn of the conversation that leads to a leaf.
#[derive(Serialize)]
struct PathTurn<'d> {
    #[serde(flatten)]
    turn: Turn,
    cause: &'d Cause,
}

#[derive(Serialize)]
struct NodeFields<'d> {
    memory: &'d Value,
    pending: &'d [SmolStr],
    options: &'d [NodeOption],
}

impl<'d> StateLine<'d> {
    fn of(diagram: &Diagram<'d>, state: &'d State<'d>) -> Self {
        let graph = diagram.graph;
        let expanded = diagram.view == View::Expanded;
        let node = state.node.map(|index| &graph.nodes[index]);
        Self {
            id: &state.key,
            name: state.name,
            kind: state.kind(),
            path: state
                .first
                .filter(|_| !expanded)
                .map(|node| path_to(graph, node)),
            data: expanded.then_some(state.data),
            node: node.map(|node| NodeFields {
                memory: &node.memory,
                pending: &node.pending,
                options: &node.options,
            }),
        }
    }
}

fn path_to(graph: &Graph, node: usize) -> Vec<PathTurn<'_>> {
    let edges = graph.path_to(node);
    let turns = graph.turns(&edges).into_iter().zip(edges);
    turns
        .map(|(turn, edge)| PathTurn {
            turn,
            cause: &graph.edges[edge].cause,
        })
        .collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransitionLine<'d> {
    from: &'d str,
    to: &'d str,
    input: &'d str,
    handled_by: Option<&'d SmolStr>,
    internal: bool,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    sample: Option<SampleFields<'d>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    edge: Option<EdgeFields<'d>>,
}

#[derive(Serialize)]
struct SampleFields<'d> {
    leaves: Vec<&'d str>,
    reply: Option<&'d str>,
}

#[derive(Serialize)]
struct EdgeFields<'d> {
    data: &'d Value,
    event: &'d str,
    cause: &'d Cause,
    exited: &'d [SmolStr],
    entered: &'d [SmolStr],
    text: Option<&'d str>,
    effects: &'d [SmolStr],
    timers: &'d [SmolStr],
}

impl<'d> TransitionLine<'d> {
    fn of(diagram: &'d Diagram<'d>, transition: &'d Transition<'d>) -> Self {
        let key = |state: usize| &*diagram.states[state].key;
        Self {
            from: key(transition.from),
            to: key(transition.to),
            input: transition.input,
            handled_by: transition.handled_by,
            internal: transition.internal,
            sample: transition.edge.is_none().then(|| SampleFields {
                leaves: transition.leaves.iter().copied().map(key).collect(),
                reply: transition.reply,
            }),
            edge: transition.edge.map(|edge| EdgeFields {
                data: &diagram.graph.inputs[edge.input].data,
                event: &transition.event,
                cause: &edge.cause,
                exited: &edge.exited,
                entered: &edge.entered,
                text: edge.text.as_deref(),
                effects: &edge.effects,
                timers: &edge.timers,
            }),
        }
    }
}
