//! A graph as it is drawn: a tree of states and the transitions among them, in one of two views.

use std::collections::HashMap;

use serde_json::Value;
use smol_str::SmolStr;

use super::model::{Edge, Graph};
use super::naming::{Naming, safe};

/// What stands for one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// A state of the machine, whatever its data. A transition is drawn from the level that handles it, and only
    /// once.
    Shape,
    /// A reachable place with its data, the bot's memory and the pending work. A transition is drawn from the
    /// leaf, whichever level handles it, because what a superstate does can depend on the leaf's data.
    Expanded,
}

/// A view of a graph.
#[derive(Debug)]
pub struct Diagram<'g> {
    /// What it is a view of.
    pub graph: &'g Graph,
    /// Which view it is.
    pub view: View,
    /// All states, each after its parent, in the order of discovery.
    pub states: Vec<State<'g>>,
    /// All transitions, in the order of discovery.
    pub transitions: Vec<Transition<'g>>,
    /// The leaf in which a conversation starts: an index into `states`.
    pub initial: usize,
}

/// A state of a diagram.
#[derive(Debug)]
pub struct State<'g> {
    /// Its name in this diagram: unique, and safe as a part of a path.
    pub key: String,
    /// The name of the machine's state.
    pub name: &'g SmolStr,
    /// Its data; null for none, and in the shape view.
    pub data: &'g Value,
    /// The state that it is part of.
    pub parent: Option<usize>,
    /// Its parts, in the order of discovery.
    pub children: Vec<usize>,
    /// Whether a conversation is over in it.
    pub is_final: bool,
    /// The graph's node, for a leaf of the expanded view.
    pub node: Option<usize>,
    /// Of a leaf's nodes in the graph the one found first.
    pub first: Option<usize>,
}

/// A transition of a diagram.
#[derive(Debug)]
pub struct Transition<'g> {
    /// The state it is drawn from: the handling level in the shape view, a leaf in the expanded one.
    pub from: usize,
    /// The leaf it leads to; the same as `from` for one that leaves everything as it is.
    pub to: usize,
    /// The input's name.
    pub input: &'g SmolStr,
    /// Whether no level was left or entered.
    pub internal: bool,
    /// The level that handles it; `None` for an input that nobody took, which only the expanded view has.
    pub handled_by: Option<&'g SmolStr>,
    /// The graph's edge, in the expanded view.
    pub edge: Option<&'g Edge>,
    /// The leaves in which it was seen; one, in the expanded view.
    pub leaves: Vec<usize>,
    /// What the bot said at it, the first time that it said something.
    pub reply: Option<&'g str>,
    /// The input's name and data, in the expanded view; in the shape view its name. Where one input leads a leaf
    /// to several places, as an option and as an outcome say, how it comes about is added.
    pub event: String,
}

const NO_DATA: &Value = &Value::Null;

impl<'g> Diagram<'g> {
    /// A view of `graph`.
    ///
    /// # Panics
    /// If the graph has no node, which no explored graph is without.
    #[must_use]
    pub fn new(graph: &'g Graph, view: View) -> Self {
        let mut diagram = Self {
            graph,
            view,
            states: Vec::new(),
            transitions: Vec::new(),
            initial: 0,
        };
        match view {
            View::Shape => diagram.draw_shape(),
            View::Expanded => diagram.draw_expanded(),
        }
        diagram
    }

    /// The states that are part of no other.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        (0..self.states.len()).filter(|&state| self.states[state].parent.is_none())
    }

    /// Whether `state` is `ancestor` or a part of it, at any depth.
    #[must_use]
    pub fn is_within(&self, state: usize, ancestor: usize) -> bool {
        let mut above = Some(state);
        while let Some(state) = above {
            if state == ancestor {
                return true;
            }
            above = self.states[state].parent;
        }
        false
    }

    /// Of a compound state the part that is on the way to where a conversation starts, else the part found first;
    /// `None` for a leaf.
    #[must_use]
    pub fn first_part(&self, state: usize) -> Option<usize> {
        let children = &self.states[state].children;
        let on_the_way = |&&child: &&usize| self.is_within(self.initial, child);
        let part = children.iter().find(on_the_way).or(children.first());
        part.copied()
    }

    fn draw_shape(&mut self) {
        let graph = self.graph;
        let mut known = HashMap::new();
        let mut leaves = Vec::new();
        for (index, node) in graph.nodes.iter().enumerate() {
            let mut parent = None;
            for level in &node.levels {
                parent =
                    Some(*known.entry(&level.name).or_insert_with(|| {
                        self.add(safe(&level.name), &level.name, NO_DATA, parent)
                    }));
            }
            let leaf = parent.expect("a node has at least its leaf");
            self.states[leaf].is_final |= node.is_final;
            self.states[leaf].first.get_or_insert(index);
            leaves.push(leaf);
        }
        self.initial = leaves[graph.initial];
        self.merge_transitions(&known, &leaves);
    }

    /// Of all edges with the same handling level, input and target, one transition.
    fn merge_transitions(&mut self, known: &HashMap<&SmolStr, usize>, leaves: &[usize]) {
        let graph = self.graph;
        let mut drawn: HashMap<_, usize> = HashMap::new();
        for edge in &graph.edges {
            let Some(level) = &edge.handled_by else {
                continue;
            };
            let from = known[level];
            let internal = edge.is_internal();
            let to = if internal { from } else { leaves[edge.to] };
            let input = &graph.inputs[edge.input].name;
            let next = self.transitions.len();
            let number = *drawn.entry((from, to, input, internal)).or_insert(next);
            if number == next {
                self.transitions.push(Transition {
                    from,
                    to,
                    input,
                    internal,
                    handled_by: Some(level),
                    edge: None,
                    leaves: Vec::new(),
                    reply: None,
                    event: input.to_string(),
                });
            }
            let transition = &mut self.transitions[number];
            transition.reply = transition.reply.or(edge.text.as_deref());
            if !transition.leaves.contains(&leaves[edge.from]) {
                transition.leaves.push(leaves[edge.from]);
            }
        }
    }

    fn draw_expanded(&mut self) {
        let graph = self.graph;
        let mut naming = Naming::new(graph);
        let mut known = HashMap::new();
        let mut leaves = Vec::new();
        for (index, node) in graph.nodes.iter().enumerate() {
            let mut parent = None;
            let superstates = node.levels.len() - 1;
            for (depth, level) in node.levels[..superstates].iter().enumerate() {
                let path = &node.levels[..=depth];
                parent = Some(*known.entry(path).or_insert_with(|| {
                    let key = naming.level(level);
                    self.add(key, &level.name, &level.data, parent)
                }));
            }
            let leaf = node.leaf();
            let state = self.add(naming.node(index), &leaf.name, &leaf.data, parent);
            self.states[state].is_final = node.is_final;
            self.states[state].node = Some(index);
            self.states[state].first = Some(index);
            leaves.push(state);
        }
        self.initial = leaves[graph.initial];
        let mut events = Events::default();
        self.transitions
            .extend(graph.edges.iter().map(|edge| Transition {
                from: leaves[edge.from],
                to: leaves[edge.to],
                input: &graph.inputs[edge.input].name,
                internal: edge.is_internal(),
                handled_by: edge.handled_by.as_ref(),
                edge: Some(edge),
                leaves: vec![leaves[edge.from]],
                reply: edge.text.as_deref(),
                event: events.name(graph, edge),
            }));
    }

    fn add(
        &mut self,
        key: String,
        name: &'g SmolStr,
        data: &'g Value,
        parent: Option<usize>,
    ) -> usize {
        let index = self.states.len();
        self.states.push(State {
            key,
            name,
            data,
            parent,
            children: Vec::new(),
            is_final: false,
            node: None,
            first: None,
        });
        if let Some(parent) = parent {
            self.states[parent].children.push(index);
        }
        index
    }
}

impl State<'_> {
    /// What it is, in the words of statecharts: compound, final or atomic.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match (self.children.is_empty(), self.is_final) {
            (false, _) => "compound",
            (true, true) => "final",
            (true, false) => "atomic",
        }
    }
}

impl Transition<'_> {
    /// Whether the input left everything as it was.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.internal && self.from == self.to
    }
}

/// The events of the expanded view, so that one event leads a node to one place.
#[derive(Default)]
struct Events {
    /// By node and event, what the event does there.
    taken: HashMap<(usize, String), (usize, bool)>,
}

impl Events {
    fn name(&mut self, graph: &Graph, edge: &Edge) -> String {
        let plain = graph.inputs[edge.input].event();
        let mut event = plain.clone();
        let mut n = 1;
        let does = (edge.to, edge.is_internal());
        while *self.taken.entry((edge.from, event.clone())).or_insert(does) != does {
            event = match n {
                1 => format!("{plain} ({})", edge.cause),
                n => format!("{plain} ({} {n})", edge.cause),
            };
            n += 1;
        }
        event
    }
}
