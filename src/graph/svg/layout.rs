//! From a chart to a drawing: level by level from the inside out, then everything to its place in the whole.

use super::channel::{Channel, Wire};
use super::chart::Chart;
use super::level::{Cell, Contents, Level, What};
use super::measure::{
    BASELINE, CORNER, INSET, LABEL_GAP, LANE, LINE, LOOP, LOOP_HEIGHT, Rect, START, TEXT_SIZE,
    TITLE_SIZE, label_size, length, loop_height, text_size,
};
use super::order::order;
use super::place::place;
use super::plan::{Ends, Plan};
use super::text::{bold_width, width};
use super::tree::Tree;

/// A point, from the drawing's left and top.
pub(super) type Point = (f64, f64);

/// Where everything is.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The left and the top of the chart's title.
    pub(super) title: Point,
    /// The box of each state.
    pub(super) boxes: Vec<Rect>,
    /// The way of each arrow, from its start to its head: only up, down and sideways.
    pub(super) ways: Vec<Vec<Point>>,
    /// Where the label of each arrow begins, at the left and the top.
    pub(super) labels: Vec<Option<Point>>,
}

/// A level that is laid out, in its own coordinates.
#[derive(Default)]
struct Inside {
    width: f64,
    height: f64,
    /// Where the cell of each part is.
    parts: Vec<(usize, Point)>,
    /// The pieces of arrows, from the top down.
    pieces: Vec<(usize, Vec<Point>)>,
    labels: Vec<(usize, Point)>,
}

/// The margin around the whole.
const MARGIN: f64 = 12.0;

/// Lays a chart out.
pub(super) fn lay_out(chart: &Chart) -> Drawing {
    let tree = Tree::of(chart);
    let plan = Plan::of(chart, &tree);
    let mut cells = vec![Cell::default(); tree.root];
    let mut insides: Vec<Inside> = Vec::new();
    insides.resize_with(tree.root + 1, Inside::default);
    for state in (0..tree.root).rev().chain([tree.root]) {
        if state == tree.root || !tree.parts[state].is_empty() {
            let mut level = Level::new(&Contents {
                chart,
                header: header(chart, state),
                parts: &tree.parts[state],
                ranks: &plan.ranks[state],
                cells: &cells,
                strands: &plan.strands[state],
            });
            order(&mut level);
            place(&mut level);
            insides[state] = inside(&level);
            take_widths(&level, &mut cells);
            if state < tree.root {
                cells[state] = compound(&level, &insides[state], &plan, state);
            }
        } else {
            cells[state] = leaf(chart, &plan, state);
        }
        if state < tree.root {
            add_beside(chart, &plan, state, &mut cells[state]);
        }
    }
    gather(chart, &tree, &plan, &cells, &insides)
}

/// Parts may have been made wider for the lines that meet them.
fn take_widths(level: &Level, cells: &mut [Cell]) {
    for node in &level.nodes {
        if let What::Part(state) = node.what {
            cells[state].frame.width = node.frame.width;
            cells[state].width = node.width;
            cells[state].ports.clone_from(&node.ports);
        }
    }
}

/// The size of a level's own text.
fn header(chart: &Chart, level: usize) -> (f64, f64) {
    if let Some(state) = chart.states.get(level) {
        let (width, height) = text_size(state);
        return (width - INSET, height - 6.0);
    }
    let title = bold_width(&chart.title, TITLE_SIZE);
    let notice = chart
        .notice
        .as_ref()
        .map_or(0.0, |notice| width(notice, TEXT_SIZE));
    let lines = if chart.notice.is_some() { LINE } else { 0.0 };
    (title.max(notice), BASELINE + lines)
}

/// A state without parts: as large as its text, and as the arrows that meet it need.
fn leaf(chart: &Chart, plan: &Plan, state: usize) -> Cell {
    let (mut width, mut height) = text_size(&chart.states[state]);
    let met = |side: bool| {
        let arrows = plan.strands.iter().flatten();
        let ends = arrows.filter(|strand| match strand.ends {
            Ends::Between(upper, lower) => [lower, upper][usize::from(side)] == state,
            Ends::In(part) => !side && part == state,
            Ends::Out(part) => side && part == state,
            Ends::Top | Ends::Bottom => false,
        });
        ends.count()
    };
    let most = met(true).max(met(false));
    width = width.max(2.0 * CORNER + LANE * length(most.saturating_sub(1)));
    let state = &chart.states[state];
    if state.is_final {
        width += 6.0;
        height += 4.0;
    }
    Cell {
        width,
        height,
        frame: Rect {
            x: 0.0,
            y: 0.0,
            width,
            height,
        },
        ..Cell::default()
    }
}

/// A state with parts: as large as these need. Arrows meet it where they leave its inside.
fn compound(level: &Level, inside: &Inside, plan: &Plan, state: usize) -> Cell {
    let width = inside.width + 2.0 * INSET;
    let height = inside.height;
    let mut ports = std::collections::BTreeMap::new();
    for strand in &plan.strands[state] {
        let chain = &level.chains[&strand.arrow];
        let border = match strand.ends {
            Ends::Between(..) => continue,
            Ends::In(_) | Ends::Top => chain[0],
            Ends::Out(_) | Ends::Bottom => chain[chain.len() - 1],
        };
        ports.insert(strand.arrow, level.nodes[border].x + INSET);
    }
    Cell {
        width,
        height,
        frame: Rect {
            x: 0.0,
            y: 0.0,
            width,
            height,
        },
        ports,
    }
}

/// Makes room beside a box: for the dot of a start on its left, for arrows to itself on its right.
fn add_beside(chart: &Chart, plan: &Plan, state: usize, cell: &mut Cell) {
    if chart.states[state].is_initial {
        cell.width += START;
        cell.frame.x += START;
        cell.ports.values_mut().for_each(|port| *port += START);
    }
    let loops = plan.loops[state].iter().map(|&arrow| &chart.arrows[arrow]);
    let beside = loops
        .clone()
        .map(|arrow| LOOP + label_size(arrow).0)
        .fold(0.0, f64::max);
    let height = loops.map(loop_height).sum();
    cell.width += beside;
    cell.frame.height = cell.frame.height.max(height);
    cell.height = cell.height.max(height);
}

/// Gives rows and channels their heights, and arrows their pieces.
fn inside(level: &Level) -> Inside {
    let mut inside = Inside {
        width: level
            .nodes
            .iter()
            .map(|node| node.x + node.width)
            .fold(0.0, f64::max),
        ..Inside::default()
    };
    let mut pieces: Vec<Vec<Point>> = vec![Vec::new(); level.links.len()];
    let mut rows = Vec::with_capacity(level.rows.len());
    let mut y = 0.0;
    for (index, row) in level.rows.iter().enumerate() {
        let height = row
            .iter()
            .map(|&node| level.nodes[node].height)
            .fold(0.0, f64::max);
        rows.push((y, height));
        y += height;
        let links: Vec<usize> = row
            .iter()
            .flat_map(|&node| level.touching(node, false))
            .copied()
            .collect();
        let channel = Channel::of(
            &links
                .iter()
                .map(|&link| wire(level, link))
                .collect::<Vec<_>>(),
        );
        for (&link, turn) in links.iter().zip(&channel.turns) {
            let wire = wire(level, link);
            if let Some(turn) = turn {
                pieces[link] = vec![(wire.upper, y + turn), (wire.lower, y + turn)];
            }
        }
        if index + 1 < level.rows.len() {
            y += channel.height;
        }
    }
    let ends_in_lines = level.rows.last().is_some_and(|row| {
        row.iter()
            .all(|&node| matches!(level.nodes[node].what, What::Lane(_)))
    });
    inside.height = y + if ends_in_lines { 0.0 } else { INSET };
    inside.put_nodes(level, &rows);
    inside.put_pieces(level, &rows, &pieces);
    inside
}

fn wire(level: &Level, link: usize) -> Wire {
    let link = level.links[link];
    let end = |node: usize| level.nodes[node].x + level.port(node, link.arrow);
    Wire {
        upper: end(link.upper),
        lower: end(link.lower),
    }
}

impl Inside {
    fn put_nodes(&mut self, level: &Level, rows: &[(f64, f64)]) {
        for node in &level.nodes {
            let (top, height) = rows[node.row];
            let y = top + (height - node.height) / 2.0;
            match node.what {
                What::Part(state) => self.parts.push((state, (node.x, y))),
                What::Label(arrow) => self.labels.push((arrow, (node.x + LABEL_GAP, y))),
                What::Header | What::Lane(_) => {}
            }
        }
    }

    fn put_pieces(&mut self, level: &Level, rows: &[(f64, f64)], turns: &[Vec<Point>]) {
        // A chain of one node is no more than the place at which an arrow meets the border.
        for (&arrow, chain) in level.chains.iter().filter(|(_, chain)| chain.len() > 1) {
            let mut way = Vec::new();
            for (at, &index) in chain.iter().enumerate() {
                let node = &level.nodes[index];
                let x = node.x + level.port(index, arrow);
                let (top, height) = rows[node.row];
                let box_top = top + (height - node.height) / 2.0 + node.frame.y;
                match node.what {
                    What::Part(_) if at == 0 => way.push((x, box_top + node.frame.height)),
                    What::Part(_) => way.push((x, box_top)),
                    _ => {
                        // A border that the arrow goes through is the level's own top or bottom.
                        let last = node.row + 1 == rows.len() && at + 1 == chain.len();
                        way.push((x, top));
                        way.push((x, if last { self.height } else { top + height }));
                    }
                }
                let link = level.touching(index, false).iter();
                let next = link.copied().find(|&link| level.links[link].arrow == arrow);
                way.extend(next.into_iter().flat_map(|link| turns[link].clone()));
            }
            self.pieces.push((arrow, way));
        }
    }
}

/// Brings all levels into the coordinates of the whole.
fn gather(chart: &Chart, tree: &Tree, plan: &Plan, cells: &[Cell], insides: &[Inside]) -> Drawing {
    let whole = &insides[tree.root];
    let mut drawing = Drawing {
        width: whole.width + 2.0 * MARGIN,
        height: whole.height - INSET + 2.0 * MARGIN,
        title: (MARGIN, MARGIN),
        boxes: vec![Rect::default(); tree.root],
        ways: vec![Vec::new(); chart.arrows.len()],
        labels: vec![None; chart.arrows.len()],
    };
    let mut pieces: Vec<Vec<Vec<Point>>> = vec![Vec::new(); chart.arrows.len()];
    for level in tree.levels() {
        let inside = &insides[level];
        let (x, y) = match drawing.boxes.get(level) {
            Some(frame) => (frame.x + INSET, frame.y),
            None => (MARGIN, MARGIN),
        };
        for &(state, (left, top)) in &inside.parts {
            drawing.boxes[state] = cells[state].frame.moved(x + left, y + top);
        }
        for (arrow, piece) in &inside.pieces {
            let piece = piece.iter().map(|&(left, top)| (x + left, y + top));
            pieces[*arrow].push(piece.collect());
        }
        for &(arrow, (left, top)) in &inside.labels {
            drawing.labels[arrow] = Some((x + left, y + top));
        }
    }
    for strand in plan.strands.iter().flatten() {
        if strand.labelled {
            let way = joined(std::mem::take(&mut pieces[strand.arrow]), strand.down);
            drawing.ways[strand.arrow] = way;
        }
    }
    draw_loops(chart, plan, &mut drawing);
    drawing
}

/// One way of the pieces that follow each other from the top down.
fn joined(mut pieces: Vec<Vec<Point>>, down: bool) -> Vec<Point> {
    pieces.sort_by(|one, other| one[0].1.total_cmp(&other[0].1));
    let mut way: Vec<Point> = Vec::new();
    for point in pieces.into_iter().flatten() {
        let same = |one: f64, other: f64| (one - other).abs() < 0.5;
        if let [.., before, last] = way[..] {
            let straight_down = same(before.0, last.0) && same(last.0, point.0);
            let straight_on = same(before.1, last.1) && same(last.1, point.1);
            if straight_down || straight_on {
                way.pop();
            }
        }
        way.push(point);
    }
    if !down {
        way.reverse();
    }
    way
}

/// Arrows from a state to itself stand at its right, one below the other.
fn draw_loops(chart: &Chart, plan: &Plan, drawing: &mut Drawing) {
    for (state, loops) in plan.loops.iter().enumerate() {
        let frame = drawing.boxes[state];
        let height: f64 = loops
            .iter()
            .map(|&arrow| loop_height(&chart.arrows[arrow]))
            .sum();
        let mut y = match chart.states.iter().any(|other| other.parent == Some(state)) {
            true => frame.y,
            false => frame.y + (frame.height - height) / 2.0,
        };
        for &index in loops {
            let arrow = &chart.arrows[index];
            let middle = y + loop_height(arrow) / 2.0;
            let (top, bottom) = (middle - LOOP_HEIGHT / 2.0, middle + LOOP_HEIGHT / 2.0);
            let (near, far) = (frame.right(), frame.right() + LOOP);
            drawing.ways[index] = vec![(near, top), (far, top), (far, bottom), (near, bottom)];
            if !arrow.lines.is_empty() {
                let (_, height) = label_size(arrow);
                drawing.labels[index] = Some((far + LABEL_GAP, middle - height / 2.0));
            }
            y += loop_height(arrow);
        }
    }
}
