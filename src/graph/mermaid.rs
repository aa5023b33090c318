//! Mermaid: a `stateDiagram-v2`.
//!
//! Its grammar takes few words for ids, so states get safe ids and carry their names as labels. Arrows stand after
//! all states, because mermaid refuses one from inside a composite to the composite itself.

use std::collections::HashSet;
use std::fmt::Write;

use super::diagram::Diagram;
use super::export::title;
use super::naming::is_unprintable;
use super::picture::Picture;

/// What a composite's box of text is headed by.
const ANYWHERE: &str = "in any state";

/// Words that mermaid's grammar takes for its own, in any case (tried with mermaid 11).
const RESERVED: &[&str] = &[
    "acctitle",
    "accdescr",
    "class",
    "classdef",
    "click",
    "default",
    "direction",
    "end",
    "href",
    "note",
    "root",
    "scale",
    "state",
    "statediagram",
    "style",
];

/// The diagram in mermaid's language.
#[must_use]
pub fn mermaid(diagram: &Diagram<'_>) -> String {
    let mut writer = Writer {
        diagram,
        picture: Picture::of(diagram),
        ids: ids(diagram),
        out: String::new(),
    };
    writer.line(0, "---");
    let title = serde_json::Value::from(title(diagram));
    writer.line(0, &format!("title: {title}"));
    writer.line(0, "---");
    writer.line(0, "stateDiagram-v2");
    if diagram.graph.truncated {
        writer.line(1, "%% truncated: exploration stopped at its limit");
    }
    for root in diagram.roots() {
        writer.state(root, 1);
    }
    writer.arrows();
    writer.out
}

struct Writer<'d, 'g> {
    diagram: &'d Diagram<'g>,
    picture: Picture,
    ids: Vec<String>,
    out: String,
}

impl Writer<'_, '_> {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{:1$}{text}", "", depth * 2).expect("writing to a String cannot fail");
    }

    fn state(&mut self, index: usize, depth: usize) {
        let state = &self.diagram.states[index];
        let id = self.ids[index].clone();
        let head = format!("state \"{}\" as {id}", escaped(&state.key));
        if state.children.is_empty() {
            self.line(depth, &head);
            self.text(index, &id, depth);
            return;
        }
        self.line(depth, &format!("{head} {{"));
        for &child in &state.children {
            self.state(child, depth + 1);
        }
        if !self.picture.lines[index].is_empty() {
            let id = text_id(&id);
            self.line(depth + 1, &format!("state \"{ANYWHERE}\" as {id}"));
            self.text(index, &id, depth + 1);
        }
        self.line(depth, "}");
    }

    /// The lines of text inside of a state, shown by the box `id`.
    fn text(&mut self, index: usize, id: &str, depth: usize) {
        for line in std::mem::take(&mut self.picture.lines[index]) {
            self.line(depth, &format!("{id} : {}", escaped(&line)));
        }
    }

    fn arrows(&mut self) {
        let initial = self.ids[self.diagram.initial].clone();
        self.line(1, &format!("[*] --> {initial}"));
        for arrow in std::mem::take(&mut self.picture.arrows) {
            let lines: Vec<String> = arrow.lines.iter().map(|line| escaped(line)).collect();
            let (from, to) = (&self.ids[arrow.from], &self.ids[arrow.to]);
            let text = format!("{from} --> {to} : {}", lines.join("<br/>"));
            self.line(1, &text);
        }
        for (index, state) in self.diagram.states.iter().enumerate() {
            if state.kind() == "final" {
                let text = format!("{} --> [*]", self.ids[index]);
                self.line(1, &text);
            }
        }
    }
}

fn text_id(id: &str) -> String {
    format!("{id}__text")
}

/// An id for each state: its key where mermaid allows that, else something near it. No id holds two underscores
/// in a row, so that a box of text never shares one.
pub(super) fn ids(diagram: &Diagram<'_>) -> Vec<String> {
    let mut taken = HashSet::new();
    let ids = diagram.states.iter().map(|state| {
        let plain = safe_id(&state.key);
        let mut id = plain.clone();
        let mut n = 2;
        while !taken.insert(id.clone()) {
            id = format!("{plain}_{n}");
            n += 1;
        }
        id
    });
    ids.collect()
}

/// Ids start with a capital or with `s_`, because names of JavaScript's own objects (`constructor`) fail too.
fn safe_id(key: &str) -> String {
    let words = key.split(|c: char| !c.is_ascii_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let id = words.join("_");
    let free = id.starts_with(|c: char| c.is_ascii_uppercase());
    if free && !RESERVED.contains(&id.to_ascii_lowercase().as_str()) {
        return id;
    }
    words.insert(0, "s");
    words.join("_")
}

/// A text with everything that means something to mermaid or HTML as its code: `#59;`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = c.is_alphanumeric() || " ,()/'=→·…_".contains(c);
        match c {
            c if plain => escaped.push(c),
            c if is_unprintable(c) => escaped.push(' '),
            c => {
                write!(escaped, "#{};", u32::from(c)).expect("writing to a String cannot fail");
            }
        }
    }
    escaped
}
