//! Rules about what can be reached, and what can be left.

use std::collections::BTreeSet;

use super::{Found, Rule};
use crate::graph::model::Graph;

pub(super) fn check(found: &mut Found<'_>) {
    unreached(found);
    let ways = Ways::of(found.graph);
    // A state alone that cannot be left is a dead end; several, among which one only goes round, a way of no return.
    for trap in ways.traps() {
        let graph = found.graph;
        let names: BTreeSet<_> = trap.iter().map(|&node| graph.leaf(node)).collect();
        // What was found first has the shortest conversation.
        let first = trap.iter().copied().min().expect("a trap has a node");
        if names.len() == 1 {
            // A machine of one state has nowhere to go.
            if graph.declared.len() > 1 {
                let message = "no input leads out of it, and it is not final";
                found.at_node(Rule::DeadEnd, first, message);
            }
        } else if !names.contains(graph.leaf(graph.initial)) {
            let names: Vec<_> = names.into_iter().map(|name| name.as_str()).collect();
            let message = format!(
                "from here on there are only {}: no way to the start or to a final state",
                names.join(", ")
            );
            found.at_node(Rule::NoReturn, first, message);
        }
    }
}

fn unreached(found: &mut Found<'_>) {
    let graph = found.graph;
    // What the limit or a panic left out may lead anywhere.
    if graph.truncated || !graph.panics.is_empty() {
        return;
    }
    let reached: BTreeSet<_> = (0..graph.nodes.len())
        .map(|node| graph.leaf(node))
        .collect();
    for state in graph
        .declared
        .iter()
        .filter(|state| !reached.contains(state))
    {
        let message = "it is declared, but no conversation reaches it".to_owned();
        found.add(
            Rule::UnreachedState,
            Some(state.to_string()),
            None,
            message,
            |_| Vec::new(),
        );
    }
}

/// Where each node leads.
struct Ways<'g> {
    graph: &'g Graph,
    next: Vec<Vec<usize>>,
}

impl<'g> Ways<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut next = vec![Vec::new(); graph.nodes.len()];
        for edge in &graph.edges {
            next[edge.from].push(edge.to);
        }
        Self { graph, next }
    }

    /// The sets of nodes that, once entered, are never left, other than those where a conversation may end, or
    /// where something is not known.
    fn traps(&self) -> Vec<Vec<usize>> {
        let panics = self.graph.panics.iter().map(|panic| panic.node);
        let panics: BTreeSet<usize> = panics.collect();
        let open = |node: &usize| {
            let state = &self.graph.nodes[*node];
            state.is_final || state.cut || panics.contains(node)
        };
        let components = components(&self.next).into_iter();
        components
            .filter(|nodes| self.is_closed(nodes) && !nodes.iter().any(open))
            .collect()
    }

    fn is_closed(&self, nodes: &[usize]) -> bool {
        let within: BTreeSet<_> = nodes.iter().copied().collect();
        let mut ways = nodes.iter().flat_map(|&node| &self.next[node]);
        ways.all(|to| within.contains(to))
    }
}

/// The strongly connected components of a graph, by Tarjan's algorithm with a stack of its own: a machine's longest
/// way may be longer than the thread's stack is deep.
fn components(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        next,
        number: vec![None; next.len()],
        low: vec![0; next.len()],
        open: Vec::new(),
        is_open: vec![false; next.len()],
        count: 0,
        found: Vec::new(),
    };
    for node in 0..next.len() {
        if search.number[node].is_none() {
            search.from(node);
        }
    }
    search.found
}

struct Search<'n> {
    next: &'n [Vec<usize>],
    /// When each node was met.
    number: Vec<Option<usize>>,
    /// The earliest node that is known to be reached from each.
    low: Vec<usize>,
    /// Nodes whose component is not complete yet.
    open: Vec<usize>,
    is_open: Vec<bool>,
    count: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        // A node, and how many of its ways were gone.
        let mut path = vec![(root, 0)];
        self.meet(root);
        while let Some((node, gone)) = path.last_mut() {
            let node = *node;
            let Some(&to) = self.next[node].get(*gone) else {
                path.pop();
                self.leave(node);
                if let Some(&(above, _)) = path.last() {
                    self.low[above] = self.low[above].min(self.low[node]);
                }
                continue;
            };
            *gone += 1;
            match self.number[to] {
                None => {
                    self.meet(to);
                    path.push((to, 0));
                }
                Some(number) if self.is_open[to] => {
                    self.low[node] = self.low[node].min(number);
                }
                Some(_) => {}
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.number[node] = Some(self.count);
        self.low[node] = self.count;
        self.count += 1;
        self.open.push(node);
        self.is_open[node] = true;
    }

    /// A node from which nothing earlier is reached completes a component.
    fn leave(&mut self, node: usize) {
        if self.number[node] != Some(self.low[node]) {
            return;
        }
        let at = self.open.iter().rposition(|&open| open == node);
        let component = self
            .open
            .split_off(at.expect("a node that is left was met"));
        component
            .iter()
            .for_each(|&node| self.is_open[node] = false);
        self.found.push(component);
    }
}
