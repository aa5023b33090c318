//! Which parts stand above which, and which way each arrow takes through the levels.
//!
//! An arrow lies between two parts of one level, and from there leads on, through the borders of those parts, to
//! the states inside them at which it starts and ends. Above stays above: it leaves the upper part by its bottom
//! and enters the lower one by its top.

use std::collections::HashMap;

use super::chart::Chart;
use super::measure::{LANE, WIDTH_MAX, length, text_size};
use super::rank::{Ranking, ranks};
use super::tree::Tree;

/// The height that labels and turns take below a row of parts, about.
const ROW_SPACE: f64 = 60.0;

/// The way of an arrow through one level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    pub(super) arrow: usize,
    pub(super) ends: Ends,
    /// Whether the arrow's label stands here.
    pub(super) labelled: bool,
    /// Whether the arrow points down.
    pub(super) down: bool,
}

/// What a strand lies between.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// An upper part and a lower one.
    Between(usize, usize),
    /// The top border and a part.
    In(usize),
    /// A part and the bottom border.
    Out(usize),
    /// Nothing: the arrow ends at the top border from above.
    Top,
    /// Nothing: the arrow ends at the bottom border from below.
    Bottom,
}

/// The plan of a chart.
pub(super) struct Plan {
    /// For each level, the row of each part, in the order of the parts.
    pub(super) ranks: Vec<Vec<usize>>,
    /// For each level, what leads through it.
    pub(super) strands: Vec<Vec<Strand>>,
    /// For each state, its arrows to itself.
    pub(super) loops: Vec<Vec<usize>>,
}

impl Plan {
    pub(super) fn of(chart: &Chart, tree: &Tree) -> Self {
        let mut plan = Self {
            ranks: vec![Vec::new(); tree.root + 1],
            strands: vec![Vec::new(); tree.root + 1],
            loops: vec![Vec::new(); tree.root],
        };
        let mut arrows: Vec<Vec<usize>> = vec![Vec::new(); tree.root + 1];
        for (index, arrow) in chart.arrows.iter().enumerate() {
            if arrow.from == arrow.to {
                plan.loops[arrow.from].push(index);
            } else {
                arrows[tree.common(arrow.from, arrow.to)].push(index);
            }
        }
        let widths = estimated_widths(chart, tree);
        for level in tree.levels() {
            plan.rank(chart, tree, level, &arrows[level], &widths);
            for &arrow in &arrows[level] {
                plan.lead(chart, tree, level, arrow);
            }
        }
        plan
    }

    fn rank(&mut self, chart: &Chart, tree: &Tree, level: usize, arrows: &[usize], widths: &[f64]) {
        let parts = &tree.parts[level];
        let at: HashMap<usize, usize> = parts.iter().enumerate().map(|(at, &p)| (p, at)).collect();
        let part = |state| tree.part_towards(level, state).map(|part| at[&part]);
        let between: Vec<(usize, usize)> = arrows
            .iter()
            .map(|&arrow| &chart.arrows[arrow])
            .filter_map(|arrow| Some((part(arrow.from)?, part(arrow.to)?)))
            .collect();
        let mut pulls = vec![0; parts.len()];
        for strand in &self.strands[level] {
            match strand.ends {
                Ends::In(part) => pulls[at[&part]] -= 1,
                Ends::Out(part) => pulls[at[&part]] += 1,
                _ => {}
            }
        }
        let initial = chart.states.iter().position(|state| state.is_initial);
        let ranking = Ranking {
            widths: &parts.iter().map(|&part| widths[part]).collect::<Vec<_>>(),
            arrows: &between,
            pulls: &pulls,
            first: initial.and_then(part).unwrap_or(0),
            width_max: width_max(chart, parts),
        };
        self.ranks[level] = ranks(&ranking);
    }

    /// Leads an arrow through all levels, once the parts of the level in which it lies have their rows.
    fn lead(&mut self, chart: &Chart, tree: &Tree, level: usize, index: usize) {
        let arrow = &chart.arrows[index];
        let rank = |part: usize| {
            let at = tree.parts[level].binary_search(&part);
            self.ranks[level][at.expect("a level's parts are in the order of their indices")]
        };
        let from = tree.part_towards(level, arrow.from);
        let to = tree.part_towards(level, arrow.to);
        let (ends, down) = match (from, to) {
            (Some(from), Some(to)) if rank(from) < rank(to) => (Ends::Between(from, to), true),
            (Some(from), Some(to)) => (Ends::Between(to, from), false),
            (Some(from), None) => (Ends::Out(from), true),
            (None, Some(to)) => (Ends::In(to), true),
            (None, None) => unreachable!("an arrow to itself is a loop"),
        };
        let strand = Strand {
            arrow: index,
            ends,
            labelled: true,
            down,
        };
        self.strands[level].push(strand);
        self.cross(tree, level, arrow.from, down, strand);
        self.cross(tree, level, arrow.to, !down, strand);
    }

    /// Leads an arrow from its end in `state` through all borders out to `level`.
    fn cross(
        &mut self,
        tree: &Tree,
        level: usize,
        state: usize,
        leaves_down: bool,
        strand: Strand,
    ) {
        for border in tree.borders(state, level) {
            let ends = match (tree.part_towards(border, state), leaves_down) {
                (Some(part), true) => Ends::Out(part),
                (Some(part), false) => Ends::In(part),
                (None, true) => Ends::Bottom,
                (None, false) => Ends::Top,
            };
            self.strands[border].push(Strand {
                ends,
                labelled: false,
                ..strand
            });
        }
    }
}

/// The width to which rows of parts are broken: more where there is much in them, so that the whole is not all too
/// high.
fn width_max(chart: &Chart, parts: &[usize]) -> f64 {
    let sizes = parts.iter().map(|&part| text_size(&chart.states[part]));
    let area: f64 = sizes
        .map(|(width, height)| width * (height + ROW_SPACE))
        .sum();
    area.sqrt().max(WIDTH_MAX)
}

/// How wide states will be, about: what is inside of them is not laid out yet.
fn estimated_widths(chart: &Chart, tree: &Tree) -> Vec<f64> {
    let mut widths: Vec<f64> = chart
        .states
        .iter()
        .map(|state| text_size(state).0)
        .collect();
    for state in (0..tree.root).rev() {
        let parts = tree.parts[state]
            .iter()
            .map(|&part| widths[part] + 2.0 * LANE);
        let inside = parts.clone().fold(0.0, f64::max) + LANE * length(tree.parts[state].len());
        widths[state] = widths[state].max(inside).min(WIDTH_MAX.max(widths[state]));
    }
    widths
}
