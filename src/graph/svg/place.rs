//! Where nodes stand in their rows, from left to right: as near as possible above and below what they are linked
//! to, with lines straight where they can be.

use super::level::{Level, What};
use super::measure::{CORNER, LANE, length};
use super::snap::snap;

const ROUNDS: usize = 16;
/// How often parts and the places at which lines meet them are fitted to each other.
const PORT_ROUNDS: usize = 6;
/// The distance at which a line's pull is half of what it is when the line is all but straight.
const NEAR: f64 = 8.0;
/// By how much a part is made wider so that lines need not turn.
const WIDENED_MAX: f64 = 100.0;
/// What pulls a line to be straight, beside what pulls a part towards its lines.
const STRAIGHT: f64 = 6.0;

/// Places the nodes of a level, whose order is known. The leftmost stands at zero.
pub(super) fn place(level: &mut Level) {
    widen(level);
    for row in level.rows.clone() {
        let mut x = 0.0;
        let mut before = None;
        for node in row {
            x += before.map_or(0.0, |before| level.step(before, node));
            level.nodes[node].x = x;
            before = Some(node);
        }
    }
    for round in 0..ROUNDS {
        let count = level.rows.len();
        for step in 0..count {
            let row = if round % 2 == 0 {
                step
            } else {
                count - 1 - step
            };
            settle(level, row);
        }
        pin_header(level);
    }
    for _ in 0..2 {
        straighten(level);
    }
    for _ in 0..PORT_ROUNDS {
        spread_ports(level);
        for row in (0..level.rows.len()).chain((0..level.rows.len()).rev()) {
            settle(level, row);
        }
        pin_header(level);
    }
    spread_ports(level);
    straighten(level);
    round(level);
    snap(level);
    align_left(level);
}

/// Moves the nodes of a row to where their links pull them, as far as their order allows.
fn settle(level: &mut Level, row: usize) {
    let nodes = level.rows[row].clone();
    let wants: Vec<(f64, f64)> = nodes.iter().map(|&node| pull(level, node)).collect();
    let steps: Vec<f64> = nodes
        .windows(2)
        .map(|pair| level.step(pair[0], pair[1]))
        .collect();
    for (node, x) in nodes.into_iter().zip(spread(&wants, &steps)) {
        level.nodes[node].x = x;
    }
}

/// Where a node is pulled to, and how strongly.
fn pull(level: &Level, node: usize) -> (f64, f64) {
    if level.nodes[node].what == What::Header {
        return (level.nodes[node].x, 1e9);
    }
    if level.is_stub(node) {
        return (middle(level), 0.5);
    }
    let is_open = |node: usize| {
        matches!(level.nodes[node].what, What::Part(_)) && level.nodes[node].ports.is_empty()
    };
    let (mut sum, mut weights) = (level.nodes[node].x * 0.01, 0.01);
    for above in [true, false] {
        for &link in level.touching(node, above) {
            let link = level.links[link];
            let other = if above { link.upper } else { link.lower };
            let weight = if is_open(node) || is_open(other) {
                1.0
            } else {
                STRAIGHT
            };
            let wanted =
                level.nodes[other].x + level.port(other, link.arrow) - level.port(node, link.arrow);
            let wanted_here = wanted - level.nodes[node].x;
            // A port that can follow its line holds nothing in its place.
            let weight =
                match level.nodes[node].is_free && !is_open(node) && wanted_here.abs() < 1.0 {
                    true => 0.2,
                    false => weight,
                };
            // The nearer, the stronger: better some lines straight and others not than all of them a little off.
            let weight = weight / (1.0 + wanted_here.abs() / NEAR);
            sum += weight * wanted;
            weights += weight;
        }
    }
    (sum / weights, weights)
}

/// The middle of all parts.
fn middle(level: &Level) -> f64 {
    let parts = level
        .nodes
        .iter()
        .filter(|node| matches!(node.what, What::Part(_)));
    let ends = parts.map(|node| (node.x, node.x + node.width));
    let (left, right) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(left, right), end| {
        (left.min(end.0), right.max(end.1))
    });
    if left > right {
        0.0
    } else {
        f64::midpoint(left, right)
    }
}

/// Makes parts wide enough for their lines to meet them without a turn, if little is missing.
fn widen(level: &mut Level) {
    for node in 0..level.nodes.len() {
        if !level.nodes[node].is_free {
            continue;
        }
        let needed = lines_width(level, node, true).max(lines_width(level, node, false));
        let node = &mut level.nodes[node];
        let more = needed + 2.0 * CORNER - node.frame.width;
        if more > 0.0 && more <= WIDENED_MAX {
            node.frame.width += more;
            node.width += more;
        }
    }
}

/// From the first to the last of the lines that meet a part on one side, as near as these may stand.
fn lines_width(level: &Level, node: usize, above: bool) -> f64 {
    let links = level
        .touching(node, above)
        .iter()
        .map(|&link| level.links[link]);
    let met: Vec<usize> = links
        .map(|link| if above { link.upper } else { link.lower })
        .collect();
    let Some(&first) = met.first() else {
        return 0.0;
    };
    let row = &level.rows[level.nodes[first].row];
    let at: Vec<usize> = (0..row.len())
        .filter(|&at| met.contains(&row[at]))
        .collect();
    let all = &row[at[0]..=at[at.len() - 1]];
    all.windows(2)
        .map(|pair| level.step(pair[0], pair[1]))
        .sum()
}

/// Keeps the level's text at the left of everything.
fn pin_header(level: &mut Level) {
    let others = level
        .nodes
        .iter()
        .filter(|node| node.what != What::Header && node.row > 0);
    let left = others.map(|node| node.x).fold(f64::INFINITY, f64::min);
    if left.is_finite() {
        level.nodes[level.rows[0][0]].x = left;
    }
    settle(level, 0);
}

/// The places nearest to those wanted, each with its weight, that are at least `steps` apart: least squares, by
/// pooling neighbours that want to overlap.
fn spread(wants: &[(f64, f64)], steps: &[f64]) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = vec![0.0];
    for step in steps {
        offset += step;
        offsets.push(offset);
    }
    // Blocks of nodes that stand as close as they may: the sum of what they want, their weight, their number.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (&(want, weight), offset) in wants.iter().zip(&offsets) {
        let mut block = ((want - offset) * weight, weight, 1);
        while let Some(&(sum, weights, count)) = blocks.last() {
            if sum / weights < block.0 / block.1 {
                break;
            }
            block = (block.0 + sum, block.1 + weights, block.2 + count);
            blocks.pop();
        }
        blocks.push(block);
    }
    let starts = blocks
        .iter()
        .flat_map(|&(sum, weights, count)| vec![sum / weights; count]);
    starts
        .zip(offsets)
        .map(|(start, offset)| start + offset)
        .collect()
}

/// Makes runs of lanes and labels of one arrow stand in one line, where their neighbours leave the room.
fn straighten(level: &mut Level) {
    let mut at = vec![0; level.nodes.len()];
    for row in &level.rows {
        row.iter()
            .enumerate()
            .for_each(|(index, &node)| at[node] = index);
    }
    let chains: Vec<(usize, Vec<usize>)> = level
        .chains
        .iter()
        .map(|(&arrow, chain)| (arrow, chain.clone()))
        .collect();
    for (arrow, chain) in chains {
        let mut run: Vec<usize> = Vec::new();
        let mut room = (f64::NEG_INFINITY, f64::INFINITY);
        for &node in &chain {
            let own = slack(level, &at, node, arrow);
            let both = (room.0.max(own.0), room.1.min(own.1));
            if both.0 > both.1 {
                align(level, &run, room, arrow);
                run.clear();
                room = own;
            } else {
                room = both;
            }
            run.push(node);
        }
        align(level, &run, room, arrow);
    }
}

/// From where to where a line may run through a node: a part stays where it is.
fn slack(level: &Level, at: &[usize], node: usize, arrow: usize) -> (f64, f64) {
    let here = &level.nodes[node];
    if let What::Part(_) = here.what {
        if !here.ports.is_empty() {
            let x = here.x + level.port(node, arrow);
            return (x, x);
        }
        let left = here.x + here.frame.x;
        return (left + CORNER, left + here.frame.width - CORNER);
    }
    let row = &level.rows[here.row];
    let before = at[node].checked_sub(1).map(|index| row[index]);
    let after = row.get(at[node] + 1).copied();
    let left = before.map_or(f64::NEG_INFINITY, |other| {
        level.nodes[other].x + level.step(other, node)
    });
    let right = after.map_or(f64::INFINITY, |other| {
        level.nodes[other].x - level.step(node, other)
    });
    // Rounding must not make the room smaller than nothing.
    (left.min(here.x), right.max(here.x))
}

fn align(level: &mut Level, run: &[usize], room: (f64, f64), arrow: usize) {
    let lines = run
        .iter()
        .filter(|&&node| !matches!(level.nodes[node].what, What::Part(_)));
    let lines: Vec<usize> = lines.copied().collect();
    if lines.is_empty() {
        return;
    }
    // The middle of a part that only this arrow meets there is the best place for a line.
    let ends = run.first().into_iter().chain(run.last());
    let lone = ends.filter(|&&node| {
        let is_lone = |above| level.touching(node, above).len() <= 1;
        matches!(level.nodes[node].what, What::Part(_)) && is_lone(true) && is_lone(false)
    });
    let middle = lone
        .map(|&node| level.nodes[node].x + level.port(node, arrow))
        .next();
    let mean = lines.iter().map(|&node| level.nodes[node].x).sum::<f64>() / length(lines.len());
    let x = middle.unwrap_or(mean).clamp(room.0, room.1);
    for node in lines {
        level.nodes[node].x = x;
    }
}

fn align_left(level: &mut Level) {
    let left = level
        .nodes
        .iter()
        .map(|node| node.x)
        .fold(f64::INFINITY, f64::min);
    for node in &mut level.nodes {
        node.x -= left;
    }
}

/// Whole units, so that what is all but straight is straight.
fn round(level: &mut Level) {
    for node in &mut level.nodes {
        let x = node.x.round();
        node.ports
            .values_mut()
            .for_each(|port| *port = (node.x + *port).round() - x);
        node.x = x;
    }
    for row in &level.rows {
        for pair in row.windows(2) {
            // Rounding must not bring them nearer to each other than they may stand.
            let least = level.nodes[pair[0]].x + level.step(pair[0], pair[1]);
            let node = &mut level.nodes[pair[1]];
            node.x = node.x.max(least.floor());
        }
    }
}

/// Gives each arrow its own place at the boxes whose ports are free, opposite to where it comes from.
fn spread_ports(level: &mut Level) {
    for node in 0..level.nodes.len() {
        if !level.nodes[node].is_free {
            continue;
        }
        for above in [true, false] {
            let mut ends: Vec<(f64, usize)> = level
                .touching(node, above)
                .iter()
                .map(|&link| {
                    let link = level.links[link];
                    let other = if above { link.upper } else { link.lower };
                    (
                        level.nodes[other].x + level.port(other, link.arrow),
                        link.arrow,
                    )
                })
                .collect();
            ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let ports = ports(level, node, &ends);
            level.nodes[node].ports.extend(ports);
        }
    }
}

fn ports(level: &Level, node: usize, ends: &[(f64, usize)]) -> Vec<(usize, f64)> {
    let node = &level.nodes[node];
    let (low, high) = (node.frame.x + CORNER, node.frame.right() - CORNER);
    let wants: Vec<(f64, f64)> = ends
        .iter()
        .map(|&(x, _)| ((x - node.x).clamp(low, high), 1.0))
        .collect();
    let steps = vec![LANE; ends.len().saturating_sub(1)];
    let placed = spread(&wants, &steps).into_iter().enumerate();
    let kept = placed.map(|(at, x)| {
        let after = length(ends.len() - 1 - at);
        x.min(high - LANE * after).max(low + LANE * length(at))
    });
    ends.iter().map(|&(_, arrow)| arrow).zip(kept).collect()
}
