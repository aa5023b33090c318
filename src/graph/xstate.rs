//! XState: the config of an XState 5 machine, to be run or drawn by its tools.
//!
//! The expanded view runs as the bot does, without guards: every leaf lists all of its transitions, and an event's
//! type is an input with its data. The shape view is for drawing only: XState would take the first where an input
//! leads to several states.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::diagram::{Diagram, Transition};
use super::export::title;

/// The diagram as XState's `createMachine` takes it.
#[must_use]
pub fn xstate(diagram: &Diagram<'_>) -> String {
    let mut on: Vec<Vec<(&str, On<'_>)>> = diagram.states.iter().map(|_| Vec::new()).collect();
    let mut numbers = HashMap::new();
    for transition in &diagram.transitions {
        if transition.handled_by.is_none() && transition.stays() {
            continue;
        }
        let from = &mut on[transition.from];
        let key = (transition.from, &*transition.event);
        let number = *numbers.entry(key).or_insert(from.len());
        if number == from.len() {
            from.push((&transition.event, On(Vec::new())));
        }
        let target = Target::of(diagram, transition);
        let targets = &mut from[number].1.0;
        if targets.iter().all(|other| other.target != target.target) {
            targets.push(target);
        }
    }
    let states = diagram.roots().map(|root| node(diagram, root, &mut on));
    let machine = Machine {
        id: &diagram.graph.bot,
        description: title(diagram),
        initial: &diagram.states[top(diagram, diagram.initial)].key,
        meta: Meta {
            bot: &diagram.graph.bot,
            view: diagram.view.name(),
            truncated: diagram.graph.truncated,
        },
        states: states.collect(),
    };
    let mut json = serde_json::to_string_pretty(&machine).expect("names are JSON");
    json.push('\n');
    json
}

/// The diagram as an ES module that makes a machine of that config: what Stately's editors import, and Node.js runs.
#[must_use]
pub fn xstate_module(diagram: &Diagram<'_>) -> String {
    let config = xstate(diagram);
    let config = config.trim_end();
    format!(
        "import {{ createMachine }} from \"xstate\";\n\nexport const machine = createMachine({config});\n"
    )
}

#[derive(Serialize)]
struct Machine<'d> {
    id: &'d str,
    description: String,
    meta: Meta<'d>,
    initial: &'d str,
    #[serde(serialize_with = "as_map")]
    states: Vec<(&'d str, Node<'d>)>,
}

/// What XState leaves alone, and we want to be said.
#[derive(Serialize)]
struct Meta<'d> {
    bot: &'d str,
    view: &'d str,
    truncated: bool,
}

#[derive(Serialize)]
struct Node<'d> {
    id: &'d str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial: Option<&'d str>,
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    on: Vec<(&'d str, On<'d>)>,
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    states: Vec<(&'d str, Node<'d>)>,
}

/// What an event does: one transition, or in the shape view several.
struct On<'d>(Vec<Target<'d>>);

#[derive(Serialize)]
struct Target<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    /// Without this, XState leaves and enters nothing on the way from a state to itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reenter: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'d str>,
}

impl<'d> Target<'d> {
    fn of(diagram: &Diagram<'d>, transition: &Transition<'d>) -> Self {
        let to = &diagram.states[transition.to].key;
        let again = match transition.edge {
            Some(edge) => edge.exited.iter().any(|level| edge.entered.contains(level)),
            None => transition.from == transition.to,
        };
        Self {
            target: (!transition.stays()).then(|| format!("#{to}")),
            reenter: again && !transition.internal,
            description: transition.edge.and_then(|edge| edge.text.as_deref()),
        }
    }
}

fn node<'d>(
    diagram: &'d Diagram<'_>,
    index: usize,
    on: &mut [Vec<(&'d str, On<'d>)>],
) -> (&'d str, Node<'d>) {
    let state = &diagram.states[index];
    let on_here = std::mem::take(&mut on[index]);
    let children = state.children.iter();
    // XState's final states have no transitions; ours may, to start over.
    let kind = (state.kind() == "final" && on_here.is_empty()).then_some("final");
    let node = Node {
        id: &state.key,
        kind,
        initial: diagram
            .first_part(index)
            .map(|child| &*diagram.states[child].key),
        on: on_here,
        states: children.map(|&child| node(diagram, child, on)).collect(),
    };
    (&state.key, node)
}

fn top(diagram: &Diagram<'_>, mut state: usize) -> usize {
    while let Some(parent) = diagram.states[state].parent {
        state = parent;
    }
    state
}

impl Serialize for On<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0[..] {
            [one] => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

/// Keeps the order, which a map would not.
fn as_map<K: Serialize, V: Serialize, S: Serializer>(
    pairs: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
