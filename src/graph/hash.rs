//! The shape hash: whether two builds run the same machine.

use std::collections::BTreeSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::diagram::{Diagram, View};
use super::model::Graph;

/// How many bytes of the hash are kept.
const HASH_BYTES: usize = 8;

/// 16 hex digits over the names of states and levels, how they nest, which is the initial one, and the inputs and
/// targets of transitions. Neither data nor replies count, nor the order in which anything was found. The same on
/// every platform.
#[must_use]
pub fn shape_hash(graph: &Graph) -> String {
    let diagram = Diagram::new(graph, View::Shape);
    let name = |state: usize| diagram.states[state].name.as_str();
    let mut facts = BTreeSet::new();
    // Facts are JSON arrays, so that no name can be mistaken for two.
    let mut note = |fact: &[&str]| facts.insert(serde_json::json!(fact).to_string());
    note(&["initial", name(diagram.initial)]);
    for declared in &graph.declared {
        note(&["declared", declared]);
    }
    for state in &diagram.states {
        note(&["state", state.name, state.parent.map_or("", name)]);
    }
    for transition in &diagram.transitions {
        let to = match transition.internal {
            true => "",
            false => name(transition.to),
        };
        note(&["transition", name(transition.from), transition.input, to]);
    }
    let mut hash = Sha256::new();
    for fact in &facts {
        hash.update(fact);
        hash.update("\n");
    }
    let mut hex = String::with_capacity(HASH_BYTES * 2);
    for byte in &hash.finalize()[..HASH_BYTES] {
        write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
    }
    hex
}
