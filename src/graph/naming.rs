//! Keys for states that differ only in their data: unique, readable, and safe as a part of a path.
//!
//! A key starts with the state's name. Only those data values follow that tell it from others of its name, then
//! whatever in the bot's memory or pending work tells it from the first node found in the same place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;
use smol_str::SmolStr;

use super::model::{Graph, Node, NodeLevel};

/// Longer values are cut in keys; the whole value stands in the JSON export.
const VALUE_CHARS_MAX: usize = 40;

/// The label of what has no name: a `Debug` that was written by hand may start with anything.
const NAMELESS: &str = "?";

/// Labels things that have a name and data: the name, and those values that are not the same for all of the name.
pub(super) struct Labels<'g> {
    telling: HashMap<&'g SmolStr, BTreeSet<String>>,
}

impl<'g> Labels<'g> {
    /// Labels for all of `things`.
    pub(super) fn new(things: impl Iterator<Item = (&'g SmolStr, &'g Value)>) -> Self {
        let mut seen: HashMap<&SmolStr, Seen> = HashMap::new();
        for (name, data) in things {
            seen.entry(name).or_default().add(data);
        }
        let telling = seen.into_iter().map(|(name, seen)| (name, seen.telling()));
        Self {
            telling: telling.collect(),
        }
    }

    pub(super) fn label(&self, name: &SmolStr, data: &Value) -> String {
        let mut label = match name.is_empty() {
            true => NAMELESS.to_owned(),
            false => name.to_string(),
        };
        let telling = self.telling.get(name);
        for (path, value) in scalars(data) {
            if telling.is_some_and(|telling| telling.contains(&path)) {
                label.push(' ');
                label.push_str(&shown(&path, value));
            }
        }
        label
    }
}

/// The data of all things of one name.
#[derive(Default)]
struct Seen {
    count: usize,
    /// For each path, how many things have it, and with which values.
    values: BTreeMap<String, (usize, BTreeSet<String>)>,
}

impl Seen {
    fn add(&mut self, data: &Value) {
        self.count += 1;
        for (path, value) in scalars(data) {
            let (count, values) = self.values.entry(path).or_default();
            *count += 1;
            values.insert(value.to_string());
        }
    }

    fn telling(self) -> BTreeSet<String> {
        let paths = self.values.into_iter();
        paths
            .filter(|(_, (count, values))| *count < self.count || values.len() > 1)
            .map(|(path, _)| path)
            .collect()
    }
}

/// Gives keys to the levels and nodes of one graph.
pub(super) struct Naming<'g> {
    graph: &'g Graph,
    labels: Labels<'g>,
    /// The first node of each place.
    first: HashMap<&'g [NodeLevel], usize>,
    taken: HashSet<String>,
}

impl<'g> Naming<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let mut first = HashMap::new();
        for (index, node) in graph.nodes.iter().enumerate() {
            first.entry(&node.levels[..]).or_insert(index);
        }
        let levels = graph.nodes.iter().flat_map(|node| &node.levels);
        Self {
            graph,
            labels: Labels::new(levels.map(|level| (&level.name, &level.data))),
            first,
            // The key of the machine itself, in formats that give it one.
            taken: HashSet::from([safe(&graph.bot)]),
        }
    }

    /// A new key for a level of some node.
    pub(super) fn level(&mut self, level: &NodeLevel) -> String {
        let label = self.labels.label(&level.name, &level.data);
        self.unique(&label)
    }

    /// A new key for a node's leaf.
    pub(super) fn node(&mut self, index: usize) -> String {
        let node = &self.graph.nodes[index];
        let leaf = node.leaf();
        let label = self.labels.label(&leaf.name, &leaf.data);
        let first = self.first[&node.levels[..]];
        let differences = differences(node, &self.graph.nodes[first]);
        if differences.is_empty() {
            return self.unique(&label);
        }
        self.unique(&format!("{label} ({})", differences.join(", ")))
    }

    fn unique(&mut self, label: &str) -> String {
        let label = safe(label);
        let mut key = label.clone();
        let mut n = 2;
        while !self.taken.insert(key.clone()) {
            key = format!("{label} {n}");
            n += 1;
        }
        key
    }
}

/// In XState dots and backslashes mean something in paths of states, and a hash at the start of one; control
/// characters break lines. A label of which nothing could be seen is a question mark.
pub(super) fn safe(label: &str) -> String {
    let chars = label.chars().map(|c| match c {
        '.' => '·',
        '\\' => '∖',
        '#' => '♯',
        c if is_unprintable(c) => ' ',
        c => c,
    });
    let safe: String = chars.collect();
    match &*safe {
        // No object in JavaScript can have a state of that name.
        "__proto__" => "_proto_".to_owned(),
        blank if blank.trim().is_empty() => NAMELESS.to_owned(),
        _ => safe,
    }
}

/// Whether a character breaks lines, or is one of the others that XML and so SVG cannot hold.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// What tells `node` from `first`, which is in the same place.
fn differences(node: &Node, first: &Node) -> Vec<String> {
    let before: HashMap<String, &Value> = scalars(&first.memory).into_iter().collect();
    let now = scalars(&node.memory);
    let mut differences = Vec::new();
    for (path, value) in &now {
        if before.get(path) != Some(value) {
            differences.push(shown(path, value));
        }
    }
    for path in before.keys().collect::<BTreeSet<_>>() {
        if now.iter().all(|(other, _)| other != path) {
            differences.push(format!("no {path}"));
        }
    }
    if node.pending != first.pending {
        differences.push(match &node.pending[..] {
            [] => "waits for nothing".to_owned(),
            pending => format!("waits for {}", pending.join(" and ")),
        });
    }
    differences
}

/// The values inside `data` that are not made of others, with their paths, in the order of the paths.
fn scalars(data: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    push_scalars(data, String::new(), &mut found);
    found
}

fn push_scalars<'v>(data: &'v Value, path: String, found: &mut Vec<(String, &'v Value)>) {
    let below = |part: &str| match path.is_empty() {
        true => part.to_owned(),
        false => format!("{path} {part}"),
    };
    match data {
        Value::Null if path.is_empty() => {}
        Value::Object(fields) if !fields.is_empty() => {
            for (field, value) in fields {
                push_scalars(value, below(field), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.iter().enumerate() {
                push_scalars(value, below(&index.to_string()), found);
            }
        }
        value => found.push((path, value)),
    }
}

/// A value as people read it: `GSK`, `missed`, `not missed`, `tries=2`.
fn shown(path: &str, value: &Value) -> String {
    match value {
        Value::String(text) if !text.trim().is_empty() => cut(text),
        Value::Bool(true) => path.to_owned(),
        Value::Bool(false) => format!("not {path}"),
        Value::Null => format!("no {path}"),
        value => format!("{path}={}", cut(&value.to_string())),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
