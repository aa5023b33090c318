//! DOT: the language of Graphviz.
//!
//! A superstate is a cluster. Graphviz draws arrows between nodes only, so one from a cluster starts at a leaf
//! inside and is clipped at the cluster's border.

use std::fmt::Write;

use super::diagram::{Diagram, View};
use super::export::title;
use super::naming::is_unprintable;
use super::picture::{Arrow, Picture};

/// `newrank`, because dense graphs with clusters break the older ranking ("trouble in init_rank").
const LOOKS: &str = "  compound=true
  newrank=true
  rankdir=TB
  nodesep=0.5
  ranksep=0.7
  labelloc=t
  fontname=\"Helvetica,Arial,sans-serif\"
  fontsize=13
  node [shape=box style=\"rounded,filled\" fillcolor=white fontname=\"Helvetica,Arial,sans-serif\" fontsize=12 margin=\"0.2,0.12\"]
  edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=10 arrowsize=0.7 color=\"#444444\"]
";

/// Hundreds of states, as a view of all data has them, would take Graphviz minutes to place best.
const HASTE: &str = "  nslimit=1
  nslimit1=1
";

/// The fill of clusters, by depth.
const FILLS: [&str; 2] = ["#f4f6fb", "#e6ebf5"];

/// The node for the start of a conversation. No state's key holds a dot.
const START: &str = ".";

/// The diagram in Graphviz's language.
#[must_use]
pub fn dot(diagram: &Diagram<'_>) -> String {
    let mut writer = Writer {
        diagram,
        picture: Picture::of(diagram),
        out: String::new(),
    };
    writer.line(0, &format!("digraph {} {{", quoted(&diagram.graph.bot)));
    if diagram.graph.truncated {
        writer.line(1, "// truncated: exploration stopped at its limit");
    }
    writer.out.push_str(LOOKS);
    if diagram.view == View::Expanded {
        writer.out.push_str(HASTE);
    }
    writer.line(1, &format!("label={}", quoted(&title(diagram))));
    let start = quoted(START);
    writer.line(
        1,
        &format!("{start} [shape=circle style=filled fillcolor=black label=\"\" width=0.15]"),
    );
    for root in diagram.roots() {
        writer.state(root, 1);
    }
    let initial = quoted(&diagram.states[diagram.initial].key);
    writer.line(1, &format!("{start} -> {initial}"));
    for arrow in std::mem::take(&mut writer.picture.arrows) {
        writer.arrow(&arrow);
    }
    writer.line(0, "}");
    writer.out
}

struct Writer<'d, 'g> {
    diagram: &'d Diagram<'g>,
    picture: Picture,
    out: String,
}

impl Writer<'_, '_> {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{:1$}{text}", "", depth * 2).expect("writing to a String cannot fail");
    }

    fn state(&mut self, index: usize, depth: usize) {
        let state = &self.diagram.states[index];
        let label = html(&state.key, &self.picture.lines[index]);
        if state.children.is_empty() {
            let key = quoted(&state.key);
            let peripheries = if state.is_final { " peripheries=2" } else { "" };
            self.line(depth, &format!("{key} [label={label}{peripheries}]"));
            return;
        }
        self.line(depth, &format!("subgraph {} {{", cluster(&state.key)));
        let fill = FILLS[(depth - 1) % FILLS.len()];
        let looks = format!(
            "style=\"rounded,filled\" fillcolor=\"{fill}\" color=\"#8a94a6\" margin=16 labeljust=l"
        );
        self.line(depth + 1, &looks);
        self.line(depth + 1, &format!("label={label}"));
        for &child in &state.children {
            self.state(child, depth + 1);
        }
        self.line(depth, "}");
    }

    fn arrow(&mut self, arrow: &Arrow) {
        let (from, to) = (self.leaf(arrow.from), self.leaf(arrow.to));
        // Blanks keep the text off the line.
        let text: Vec<String> = arrow.lines.iter().map(|line| format!(" {line} ")).collect();
        let mut looks = format!("label={}", lines(&text));
        if from != arrow.from {
            let tail = cluster(&self.diagram.states[arrow.from].key);
            looks.push_str(&format!(" ltail={tail}"));
        }
        if to != arrow.to {
            let head = cluster(&self.diagram.states[arrow.to].key);
            looks.push_str(&format!(" lhead={head}"));
        }
        let states = &self.diagram.states;
        let (from, to) = (quoted(&states[from].key), quoted(&states[to].key));
        self.line(1, &format!("{from} -> {to} [{looks}]"));
    }

    /// The node that stands for a state: the state itself, or its last leaf, which is drawn lowest.
    fn leaf(&self, mut state: usize) -> usize {
        while let Some(&child) = self.diagram.states[state].children.last() {
            state = child;
        }
        state
    }
}

fn cluster(key: &str) -> String {
    quoted(&format!("cluster {key}"))
}

/// A name and the lines below it, smaller, as one of Graphviz's HTML labels.
fn html(name: &str, lines: &[String]) -> String {
    let mut label = format!("<<b>{}</b>", escaped(name));
    for line in lines {
        label.push_str("<br align=\"left\"/>");
        label.push_str(&format!("<font point-size=\"10\">{}</font>", escaped(line)));
    }
    if !lines.is_empty() {
        label.push_str("<br align=\"left\"/>");
    }
    label.push('>');
    label
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if is_unprintable(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A quoted string. Graphviz knows escapes like `\N` in labels, so backslashes are doubled.
fn quoted(text: &str) -> String {
    lines(&[text.to_owned()])
}

fn lines(lines: &[String]) -> String {
    let mut quoted = String::from("\"");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            quoted.push_str("\\n");
        }
        for c in line.chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                c if is_unprintable(c) => quoted.push(' '),
                c => quoted.push(c),
            }
        }
    }
    quoted.push('"');
    quoted
}
