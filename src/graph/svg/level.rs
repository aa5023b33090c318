//! One level while it is laid out: its parts, labels and lines as nodes in rows, linked from row to row.
//!
//! The first row holds the level's own text and the lines that come in through its top border; the last one those
//! that leave through its bottom. Labels have rows of their own, so that no label meets a box or another label,
//! and no line runs through one.

use std::collections::BTreeMap;

use super::chart::Chart;
use super::measure::{CORNER, LANE, Rect, WIDTH_MAX, label_size, length};
use super::plan::{Ends, Strand};

/// The height that a row of labels takes with the channels around it, about.
const LABEL_SPACE: f64 = 90.0;

/// A state as its level sees it: a box, with what belongs beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The box itself, in the cell.
    pub(super) frame: Rect,
    /// Where arrows meet the box, from the cell's left, if that is not free: by arrow.
    pub(super) ports: BTreeMap<usize, f64>,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The level's name and its text.
    Header,
    /// A part.
    Part(usize),
    /// An arrow that passes.
    Lane(usize),
    /// An arrow that passes, with its label on the right.
    Label(usize),
}

/// Something in a row.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) what: What,
    pub(super) row: usize,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// A part's box, from the node's left and top.
    pub(super) frame: Rect,
    /// Where arrows meet it, from its left: by arrow.
    pub(super) ports: BTreeMap<usize, f64>,
    /// Whether the ports may still be moved.
    pub(super) is_free: bool,
    ups: Vec<usize>,
    downs: Vec<usize>,
}

/// A piece of an arrow from one row to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) arrow: usize,
    pub(super) upper: usize,
    pub(super) lower: usize,
}

/// A level.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) nodes: Vec<Node>,
    /// The nodes of each row, from left to right.
    pub(super) rows: Vec<Vec<usize>>,
    pub(super) links: Vec<Link>,
    /// The nodes of each arrow, from the top down.
    pub(super) chains: BTreeMap<usize, Vec<usize>>,
}

/// What a level is made of.
pub(super) struct Contents<'a> {
    pub(super) chart: &'a Chart,
    /// The size of its own text.
    pub(super) header: (f64, f64),
    pub(super) parts: &'a [usize],
    pub(super) ranks: &'a [usize],
    pub(super) cells: &'a [Cell],
    pub(super) strands: &'a [Strand],
}

impl Level {
    pub(super) fn new(contents: &Contents<'_>) -> Self {
        let rows = Rows::new(contents);
        let mut level = Self {
            rows: vec![Vec::new(); rows.count],
            ..Self::default()
        };
        let (width, height) = contents.header;
        level.add(What::Header, 0, (width, height));
        let mut nodes = BTreeMap::new();
        for (at, &part) in contents.parts.iter().enumerate() {
            let cell = &contents.cells[part];
            let row = rows.of_rank[contents.ranks[at]];
            let node = level.add(What::Part(part), row, (cell.width, cell.height));
            level.nodes[node].frame = cell.frame;
            level.nodes[node].ports.clone_from(&cell.ports);
            level.nodes[node].is_free = cell.ports.is_empty();
            nodes.insert(part, node);
        }
        for (at, strand) in contents.strands.iter().enumerate() {
            level.add_strand(contents, &rows, &nodes, at, strand);
        }
        level
    }

    fn add(&mut self, what: What, row: usize, (width, height): (f64, f64)) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node {
            what,
            row,
            x: 0.0,
            width,
            height,
            frame: Rect::default(),
            ports: BTreeMap::new(),
            is_free: false,
            ups: Vec::new(),
            downs: Vec::new(),
        });
        self.rows[row].push(index);
        index
    }

    fn add_strand(
        &mut self,
        contents: &Contents<'_>,
        rows: &Rows,
        nodes: &BTreeMap<usize, usize>,
        at: usize,
        strand: &Strand,
    ) {
        let last = rows.count - 1;
        let row = |part: usize| self.nodes[nodes[&part]].row;
        let (upper, lower, lanes) = match strand.ends {
            Ends::Between(upper, lower) => (Some(upper), Some(lower), row(upper) + 1..row(lower)),
            Ends::In(lower) => (None, Some(lower), 0..row(lower)),
            Ends::Out(upper) => (Some(upper), None, row(upper) + 1..last + 1),
            Ends::Top => (None, None, 0..1),
            Ends::Bottom => (None, None, last..last + 1),
        };
        let mut chain: Vec<usize> = upper.map(|part| nodes[&part]).into_iter().collect();
        for row in lanes {
            let node = if rows.of_label[at] == Some(row) {
                let size = label_size(&contents.chart.arrows[strand.arrow]);
                self.add(What::Label(strand.arrow), row, size)
            } else {
                self.add(What::Lane(strand.arrow), row, (0.0, 0.0))
            };
            chain.push(node);
        }
        chain.extend(lower.map(|part| nodes[&part]));
        for pair in chain.windows(2) {
            let link = self.links.len();
            self.links.push(Link {
                arrow: strand.arrow,
                upper: pair[0],
                lower: pair[1],
            });
            self.nodes[pair[0]].downs.push(link);
            self.nodes[pair[1]].ups.push(link);
        }
        self.chains.insert(strand.arrow, chain);
    }

    /// The links of a node to the row above, or to the row below.
    pub(super) fn touching(&self, node: usize, above: bool) -> &[usize] {
        match above {
            true => &self.nodes[node].ups,
            false => &self.nodes[node].downs,
        }
    }

    /// Where an arrow meets a node, from the node's left: in the middle of a part, if nothing else is known.
    pub(super) fn port(&self, node: usize, arrow: usize) -> f64 {
        let node = &self.nodes[node];
        match node.what {
            What::Part(_) => {
                let middle = node.frame.x + node.frame.width / 2.0;
                node.ports.get(&arrow).copied().unwrap_or(middle)
            }
            _ => 0.0,
        }
    }

    /// Whether a node is no more than the place at which an arrow meets the border.
    pub(super) fn is_stub(&self, node: usize) -> bool {
        let node = &self.nodes[node];
        matches!(node.what, What::Lane(_)) && node.ups.is_empty() && node.downs.is_empty()
    }

    /// The least distance from the left of one node to the left of the next.
    pub(super) fn step(&self, left: usize, right: usize) -> f64 {
        let gap = match (self.nodes[left].what, self.nodes[right].what) {
            (What::Part(_), What::Part(_)) => 28.0,
            (What::Part(_), _) | (_, What::Part(_)) => CORNER + 6.0,
            _ => LANE,
        };
        self.nodes[left].width + gap
    }
}

/// Which row is for what.
struct Rows {
    count: usize,
    of_rank: Vec<usize>,
    /// The row of each strand's label.
    of_label: Vec<Option<usize>>,
}

impl Rows {
    fn new(contents: &Contents<'_>) -> Self {
        let ranks = contents
            .ranks
            .iter()
            .map(|rank| rank + 1)
            .max()
            .unwrap_or(0);
        let mut gaps = vec![Gap::default(); ranks + 1];
        let width_max = contents.width_max();
        let labels: Vec<_> = contents
            .strands
            .iter()
            .map(|strand| contents.gap(strand, &mut gaps, width_max))
            .collect();
        let mut next = 1;
        let mut starts = Vec::with_capacity(gaps.len());
        let mut of_rank = Vec::with_capacity(ranks);
        for (at, gap) in gaps.iter().enumerate() {
            starts.push(next);
            next += gap.rows;
            if at < ranks {
                of_rank.push(next);
                next += 1;
            }
        }
        let leaves = |strand: &Strand| matches!(strand.ends, Ends::Out(_) | Ends::Bottom);
        let count = next + usize::from(contents.strands.iter().any(leaves));
        let row = |label: Option<(usize, usize)>| label.map(|(gap, row)| starts[gap] + row);
        Self {
            count,
            of_rank,
            of_label: labels.into_iter().map(row).collect(),
        }
    }
}

/// The labels between two ranks.
#[derive(Clone, Default)]
struct Gap {
    rows: usize,
    /// How full the last row is.
    width: f64,
    /// How wide all labels are.
    total: f64,
}

impl Contents<'_> {
    /// The width to which rows of labels are broken: more where there are so many that the picture would be all too
    /// high.
    fn width_max(&self) -> f64 {
        let labels = self.strands.iter().filter(|strand| strand.labelled);
        let widths = labels.map(|strand| label_size(&self.chart.arrows[strand.arrow]).0 + LANE);
        (widths.sum::<f64>() * LABEL_SPACE).sqrt().max(WIDTH_MAX)
    }

    /// The gap and the row in it for a strand's label: near the arrow's start, unless it is crowded there.
    fn gap(&self, strand: &Strand, gaps: &mut [Gap], width_max: f64) -> Option<(usize, usize)> {
        let (width, _) = label_size(&self.chart.arrows[strand.arrow]);
        if !strand.labelled || width == 0.0 {
            return None;
        }
        let rank = |part| {
            let at = self.parts.binary_search(&part);
            self.ranks[at.expect("a level's parts are in the order of their indices")]
        };
        let (first, last) = match strand.ends {
            Ends::Between(upper, lower) => (rank(upper) + 1, rank(lower)),
            Ends::In(lower) => (0, rank(lower)),
            Ends::Out(upper) => (rank(upper) + 1, gaps.len() - 1),
            Ends::Top | Ends::Bottom => return None,
        };
        let distance = |gap: usize| length(if strand.down { gap - first } else { last - gap });
        let cost = |gap: usize| (gaps[gap].total / width_max).floor() + distance(gap);
        let best = (first..=last).min_by(|&one, &other| cost(one).total_cmp(&cost(other)))?;
        let gap = &mut gaps[best];
        gap.total += width + LANE;
        if gap.rows == 0 || gap.width + width > width_max {
            gap.rows += 1;
            gap.width = 0.0;
        }
        gap.width += width + LANE;
        Some((best, gap.rows - 1))
    }
}
