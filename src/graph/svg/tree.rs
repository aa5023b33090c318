//! The states of a chart as a tree, and the place of each arrow in it.

use super::chart::Chart;

/// Who is part of whom. The chart itself is the last index, and the parent of all that have none.
pub(super) struct Tree {
    pub(super) root: usize,
    pub(super) parent: Vec<usize>,
    pub(super) parts: Vec<Vec<usize>>,
}

impl Tree {
    pub(super) fn of(chart: &Chart) -> Self {
        let root = chart.states.len();
        let mut parts = vec![Vec::new(); root + 1];
        let mut parent = Vec::with_capacity(root);
        for (index, state) in chart.states.iter().enumerate() {
            let above = state.parent.unwrap_or(root);
            assert!(
                above < index || above == root,
                "a state stands after its parent"
            );
            parent.push(above);
            parts[above].push(index);
        }
        Self {
            root,
            parent,
            parts,
        }
    }

    /// The states that have parts, and the chart itself, each before its parts.
    pub(super) fn levels(&self) -> Vec<usize> {
        let compound = (0..self.root).filter(|&state| !self.parts[state].is_empty());
        std::iter::once(self.root).chain(compound).collect()
    }

    /// A state and all that it is part of, up to the chart.
    fn path(&self, state: usize) -> Vec<usize> {
        let mut path = vec![state];
        let mut at = state;
        while at != self.root {
            at = self.parent[at];
            path.push(at);
        }
        path
    }

    /// The innermost level that holds both; one of the two, if the other is a part of it.
    pub(super) fn common(&self, one: usize, other: usize) -> usize {
        let path = self.path(other);
        let common = self
            .path(one)
            .into_iter()
            .find(|level| path.contains(level));
        common.expect("all states are parts of the chart")
    }

    /// The part of `level` that is `state` or holds it; none for the level itself.
    pub(super) fn part_towards(&self, level: usize, state: usize) -> Option<usize> {
        let path = self.path(state);
        let at = path.iter().position(|&step| step == level)?;
        at.checked_sub(1).map(|at| path[at])
    }

    /// The levels whose border one crosses from `state`, if it has parts, out to `level`: the innermost first.
    pub(super) fn borders(&self, state: usize, level: usize) -> Vec<usize> {
        let path = self.path(state).into_iter();
        path.take_while(|&step| step != level)
            .filter(|&step| !self.parts[step].is_empty())
            .collect()
    }
}
