//! Rules about what is offered and what is said.

use std::collections::HashMap;

use super::{Found, Rule, is_button};
use crate::graph::model::{Edge, Graph, NodeOption};

pub(super) fn check(found: &mut Found<'_>) {
    let graph = found.graph;
    if graph.greeting.is_none() && graph.opening_effects.is_empty() {
        let message = "a conversation starts with nothing said";
        found.at_node(Rule::SilentStep, graph.initial, message);
    }
    for node in 0..graph.nodes.len() {
        duplicates(found, node);
    }
    let misses = misses(graph);
    for edge in &graph.edges {
        step(found, edge, misses.get(&edge.from).copied());
    }
}

/// By node, what a text that means nothing does.
fn misses(graph: &Graph) -> HashMap<usize, &Edge> {
    let texts = graph
        .edges
        .iter()
        .filter(|edge| edge.cause == super::Cause::Text);
    texts.map(|edge| (edge.from, edge)).collect()
}

fn step(found: &mut Found<'_>, edge: &Edge, miss: Option<&Edge>) {
    let silent = edge.text.is_none() && edge.effects.is_empty();
    if is_button(&edge.cause) {
        let idle = silent && edge.from == edge.to && edge.timers.is_empty();
        if edge.handled_by.is_none() {
            let message = format!("{} is offered, but no level takes it", option(edge));
            return found.at_edge(Rule::UnhandledOption, edge, message);
        }
        if idle {
            let message = format!("{} changes nothing and gets no reply", option(edge));
            return found.at_edge(Rule::UnhandledOption, edge, message);
        }
        if miss.is_some_and(|miss| is_missed_alike(edge, miss)) {
            let message = format!(
                "{} is offered, but answered like a text that means nothing",
                option(edge)
            );
            return found.at_edge(Rule::UnhandledOption, edge, message);
        }
    }
    if silent {
        let message = match &edge.handled_by {
            Some(level) if edge.is_internal() => {
                format!("{level} takes it, says nothing and starts no effect")
            }
            Some(level) => format!(
                "{level} takes it to {}, but nothing is said and no effect started",
                found.graph.leaf(edge.to)
            ),
            None => "no level takes it, so nothing is said".to_owned(),
        };
        found.at_edge(Rule::SilentStep, edge, message);
    }
}

/// Whether an option that changes nothing gets the reply that says that it was not understood.
fn is_missed_alike(edge: &Edge, miss: &Edge) -> bool {
    edge.is_internal()
        && miss.is_internal()
        && edge.text == miss.text
        && edge.to == miss.to
        && edge.handled_by == miss.handled_by
        && edge.effects == miss.effects
}

fn option(edge: &Edge) -> String {
    match &edge.cause {
        super::Cause::Option { id, .. } => format!("the option {id:?}"),
        other => other.to_string(),
    }
}

fn duplicates(found: &mut Found<'_>, node: usize) {
    let options = &found.graph.nodes[node].options;
    if let Some(twin) = first_twin(options, |option| option.id.clone()) {
        let message = format!("two options have the id {:?}", twin.id);
        found.at_node(Rule::DuplicateId, node, message);
    }
    if let Some(twin) = first_twin(options, |option| option.label.trim().to_lowercase()) {
        let message = format!("two options have the label {:?}, but for case", twin.label);
        found.at_node(Rule::DuplicateLabel, node, message);
    }
}

/// The first option that is like one before it.
fn first_twin(options: &[NodeOption], by: impl Fn(&NodeOption) -> String) -> Option<&NodeOption> {
    let mut seen = std::collections::HashSet::new();
    options.iter().find(|option| !seen.insert(by(option)))
}
