//! What pictures draw as an arrow, and what they write inside a state.
//!
//! A transition of a superstate to one of its own parts is the commonest in chats (main menu) and the worst
//! drawn, so it is a line of text inside its state, as are inputs that leave everything as it is. All others are
//! arrows, one for each pair of states.

use std::collections::HashMap;
use std::hash::Hash;

use super::diagram::{Diagram, Transition, View};
use super::naming::{Labels, safe};

/// What a picture of a diagram shows.
pub(super) struct Picture {
    /// The lines of text inside each state.
    pub(super) lines: Vec<Vec<String>>,
    /// The arrows, in the order of discovery.
    pub(super) arrows: Vec<Arrow>,
}

/// All transitions between two states.
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The inputs, as lines of text.
    pub(super) lines: Vec<String>,
}

/// Lists of inputs are broken into lines of about so many characters.
const LINE_CHARS_MAX: usize = 36;

impl Picture {
    pub(super) fn of(diagram: &Diagram<'_>) -> Self {
        let inputs = diagram.graph.inputs.iter();
        let labels = Labels::new(inputs.map(|input| (&input.name, &input.data)));
        let mut texts = Grouped::new();
        let mut arrows = Grouped::new();
        for transition in &diagram.transitions {
            let ends = (transition.from, transition.to);
            let label = label(diagram, transition, &labels);
            if is_text(diagram, transition) {
                texts.add(ends, label);
            } else if !transition.stays() {
                arrows.add(ends, label);
            }
        }
        let mut lines = vec![Vec::new(); diagram.states.len()];
        for ((from, to), labels) in texts.groups {
            lines[from].extend(text(diagram, from, to, &labels));
        }
        let arrows = arrows.groups.into_iter().map(|((from, to), labels)| Arrow {
            from,
            to,
            lines: broken(&labels),
        });
        Self {
            lines,
            arrows: arrows.collect(),
        }
    }
}

fn label(diagram: &Diagram<'_>, transition: &Transition<'_>, labels: &Labels<'_>) -> String {
    match (diagram.view, transition.edge) {
        (View::Expanded, Some(edge)) => {
            let input = &diagram.graph.inputs[edge.input];
            labels.label(&input.name, &input.data)
        }
        _ => safe(transition.input),
    }
}

/// An input that nobody takes and that changes nothing is not drawn at all.
fn is_text(diagram: &Diagram<'_>, transition: &Transition<'_>) -> bool {
    if transition.stays() {
        return transition.handled_by.is_some();
    }
    transition.from != transition.to && diagram.is_within(transition.to, transition.from)
}

fn text(diagram: &Diagram<'_>, from: usize, to: usize, labels: &[String]) -> Vec<String> {
    let mut lines = broken(labels);
    if let Some(last) = lines.last_mut() {
        match from == to {
            true => last.push_str(": stays"),
            false => last.push_str(&format!(" → {}", diagram.states[to].key)),
        }
    }
    lines
}

/// A list as lines of text.
fn broken(labels: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for label in labels {
        match lines.last_mut() {
            Some(line) if line.chars().count() + label.chars().count() < LINE_CHARS_MAX => {
                line.push_str(", ");
                line.push_str(label);
            }
            Some(line) => {
                line.push(',');
                lines.push(label.clone());
            }
            None => lines.push(label.clone()),
        }
    }
    lines
}

/// Labels by what they belong to, in the order of their first use, each once.
struct Grouped<K> {
    numbers: HashMap<K, usize>,
    groups: Vec<(K, Vec<String>)>,
}

impl<K: Copy + Eq + Hash> Grouped<K> {
    fn new() -> Self {
        Self {
            numbers: HashMap::new(),
            groups: Vec::new(),
        }
    }

    fn add(&mut self, key: K, label: String) {
        let next = self.groups.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.groups.push((key, Vec::new()));
        }
        let labels = &mut self.groups[number].1;
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
}
