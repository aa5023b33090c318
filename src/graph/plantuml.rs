//! PlantUML: a state diagram.
//!
//! As in mermaid, states get safe ids and carry their names as labels, and arrows stand after all states.

use std::fmt::Write;

use super::diagram::Diagram;
use super::export::title;
use super::mermaid::ids;
use super::naming::is_unprintable;
use super::picture::Picture;

/// The diagram in PlantUML's language.
#[must_use]
pub fn plantuml(diagram: &Diagram<'_>) -> String {
    let mut writer = Writer {
        diagram,
        picture: Picture::of(diagram),
        ids: ids(diagram),
        out: String::new(),
    };
    writer.line(0, "@startuml");
    writer.line(0, &format!("title {}", escaped(&title(diagram))));
    if diagram.graph.truncated {
        writer.line(0, "' truncated: exploration stopped at its limit");
    }
    // One line between a state's name and nothing is more than a small state can bear.
    writer.line(0, "hide empty description");
    for root in diagram.roots() {
        writer.state(root, 0);
    }
    writer.arrows();
    writer.line(0, "@enduml");
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
        } else {
            self.line(depth, &format!("{head} {{"));
            for &child in &state.children {
                self.state(child, depth + 1);
            }
            self.line(depth, "}");
        }
        for line in std::mem::take(&mut self.picture.lines[index]) {
            self.line(depth, &format!("{id} : {}", escaped(&line)));
        }
    }

    fn arrows(&mut self) {
        let initial = self.ids[self.diagram.initial].clone();
        self.line(0, &format!("[*] --> {initial}"));
        for arrow in std::mem::take(&mut self.picture.arrows) {
            let lines: Vec<String> = arrow.lines.iter().map(|line| escaped(line)).collect();
            let (from, to) = (&self.ids[arrow.from], &self.ids[arrow.to]);
            let text = format!("{from} --> {to} : {}", lines.join("\\n"));
            self.line(0, &text);
        }
        for (index, state) in self.diagram.states.iter().enumerate() {
            if state.kind() == "final" {
                let text = format!("{} --> [*]", self.ids[index]);
                self.line(0, &text);
            }
        }
    }
}

/// A text with everything in ASCII that means something to PlantUML's lines, its preprocessor or its markup as its
/// code: `<U+0025>`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_unprintable(c) => escaped.push(' '),
            c if c.is_ascii_alphanumeric() || " ,():'".contains(c) || !c.is_ascii() => {
                escaped.push(c);
            }
            c => {
                write!(escaped, "<U+{:04X}>", u32::from(c))
                    .expect("writing to a String cannot fail");
            }
        }
    }
    escaped
}
