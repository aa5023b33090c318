//! Checks of a machine: what no author of a bot means to write, found in the machine as it runs.
//!
//! Each rule is named (see [`Rule`]), each finding stands once for a state and an input, and shows a shortest
//! conversation that leads there. What a limit left out is never held against a machine: rules about what cannot
//! be reached say nothing where exploration was cut.
//!
//! # Layout
//!
//! - `report`: what was found, as text and JSON. `rule`: which rules there are, and what each says.
//! - `reach`: what can be reached, and what can be left. `talk`: options and replies.
//! - `probe`: what only the running machine can tell: steps run twice, superstates asked out of turn.

mod probe;
mod reach;
mod report;
mod rule;
mod talk;

use std::collections::HashSet;

use super::explore::{MOMENT, guarded};
use super::model::{Cause, Edge, Graph, Panicked};
use super::paths::Turn;
use crate::bot::{Bot, Machine, World};

pub use report::{Counts, Finding, Report};
pub use rule::{Rule, Severity};

/// Checks the machine of `B` on its sample world, of which up to `nodes_max` nodes are explored.
#[must_use]
pub fn check<B: Bot>(nodes_max: usize) -> Report {
    match guarded(B::World::sample) {
        Ok(world) => check_in::<B>(&world, nodes_max),
        Err(message) => Report::without_start(B::NAME, &message),
    }
}

/// Like [`check`], in another world.
#[must_use]
pub fn check_in<B: Bot>(world: &B::World, nodes_max: usize) -> Report {
    if let Err(message) = guarded(|| Machine::<B>::start(world, MOMENT)) {
        return Report::without_start(B::NAME, &message);
    }
    let (graph, explored) = match guarded(|| Graph::in_world::<B>(world, nodes_max)) {
        Ok(explored) => explored,
        Err(message) => return Report::unexplored(B::NAME, &message),
    };
    let mut found = Found::new(&graph);
    found.panics();
    talk::check(&mut found);
    reach::check(&mut found);
    probe::check(&mut found, world, &explored);
    if graph.truncated {
        let nodes = graph.nodes.len();
        let message = format!("there are more nodes than the {nodes} that were explored");
        found.add(Rule::Truncated, None, None, message, |_| Vec::new());
    }
    Report::new(&graph, found.findings)
}

/// The findings so far, one for each rule, state and input: the first, which has the shortest conversation.
struct Found<'g> {
    graph: &'g Graph,
    /// What has been found, so that the same in thousands of nodes costs one conversation.
    known: HashSet<(Rule, Option<String>, Option<String>)>,
    findings: Vec<Finding>,
}

impl<'g> Found<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            known: HashSet::new(),
            findings: Vec::new(),
        }
    }

    /// Something about a node.
    fn at_node(&mut self, rule: Rule, node: usize, message: impl Into<String>) {
        let state = self.graph.leaf(node).to_string();
        let way = |graph: &Graph| way_to(graph, node);
        self.add(rule, Some(state), None, message.into(), way);
    }

    /// Something about an edge.
    fn at_edge(&mut self, rule: Rule, edge: &Edge, message: impl Into<String>) {
        let state = self.graph.leaf(edge.from).to_string();
        let input = self.graph.inputs[edge.input].name.to_string();
        let way = |graph: &Graph| {
            let mut way = way_to(graph, edge.from);
            way.push(graph.turn(edge));
            way
        };
        self.add(rule, Some(state), Some(input), message.into(), way);
    }

    fn add(
        &mut self,
        rule: Rule,
        state: Option<String>,
        input: Option<String>,
        message: String,
        conversation: impl FnOnce(&Graph) -> Vec<Turn>,
    ) {
        if !self.known.insert((rule, state.clone(), input.clone())) {
            return;
        }
        self.findings.push(Finding {
            rule,
            severity: rule.severity(),
            state,
            input,
            message,
            conversation: conversation(self.graph),
        });
    }

    fn panics(&mut self) {
        for panic in &self.graph.panics {
            self.panic(panic);
        }
    }

    fn panic(&mut self, panic: &Panicked) {
        let state = self.graph.leaf(panic.node).to_string();
        let (input, cause) = match &panic.input {
            Some((input, cause)) => (Some(&self.graph.inputs[*input].name), Some(cause)),
            None => (None, None),
        };
        let way = |graph: &Graph| {
            let mut way = way_to(graph, panic.node);
            if let (Some(name), Some(cause)) = (input, cause) {
                way.push(Turn {
                    did: cause.did(name),
                    reply: None,
                    state: "panic".to_owned(),
                });
            }
            way
        };
        let message = match input {
            Some(_) => format!("the step panics: {}", panic.message),
            None => format!("what can be done here cannot be told: {}", panic.message),
        };
        let input = input.map(ToString::to_string);
        self.add(Rule::Panic, Some(state), input, message, way);
    }
}

fn way_to(graph: &Graph, node: usize) -> Vec<Turn> {
    graph.turns(&graph.path_to(node))
}

/// Whether the user did it by a button.
fn is_button(cause: &Cause) -> bool {
    matches!(cause, Cause::Option { listed: true, .. })
}
