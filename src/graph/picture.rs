//! What pictures draw as an arrow, and what they write inside a state.
//!
//! A transition of a superstate to one of its own parts is the commonest in chats (main menu) and the worst
//! drawn, so it is a line of text inside its state, as are inputs that leave everything as it is. All others are
//! arrows, one for each pair of states.

use std::collections::HashMap;

use super::diagram::{Diagram, Transition, View};
use super::naming::{Labels, safe};

/// What a picture of a diagram shows.
pub(super) struct Picture {
    /// The lines of text inside each state.
    pub(super) lines: Vec<Vec<String>>,
    /// The same, for each pair of states: what leads where.
    pub(super) texts: Vec<Arrow>,
    /// The arrows, in the order of discovery.
    pub(super) arrows: Vec<Arrow>,
}

/// All transitions between two states.
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The inputs, as lines of text.
    pub(super) lines: Vec<String>,
    /// The inputs, one by one.
    pub(super) inputs: Vec<String>,
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
        let texts: Vec<Arrow> =
            texts.into_arrows(|from, to, inputs| text(diagram, from, to, inputs));
        let mut lines = vec![Vec::new(); diagram.states.len()];
        for text in &texts {
            lines[text.from].extend(text.lines.iter().cloned());
        }
        Self {
            lines,
            texts,
            arrows: arrows.into_arrows(|_, _, inputs| broken(inputs)),
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
pub(super) fn broken(labels: &[String]) -> Vec<String> {
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

/// Labels by the two states that they lie between, in the order of their first use, each once.
struct Grouped {
    numbers: HashMap<(usize, usize), usize>,
    groups: Vec<((usize, usize), Vec<String>)>,
}

impl Grouped {
    fn new() -> Self {
        Self {
            numbers: HashMap::new(),
            groups: Vec::new(),
        }
    }

    fn add(&mut self, key: (usize, usize), label: String) {
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

    /// What was grouped, with the lines of text that a pair's inputs make.
    fn into_arrows(self, lines: impl Fn(usize, usize, &[String]) -> Vec<String>) -> Vec<Arrow> {
        let arrows = self.groups.into_iter().map(|((from, to), inputs)| Arrow {
            from,
            to,
            lines: lines(from, to, &inputs),
            inputs,
        });
        arrows.collect()
    }
}
