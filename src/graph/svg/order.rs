//! The order of nodes within their rows: each where the nodes above and below pull it, so that few lines cross.

use super::level::{Level, What};

const ROUNDS: usize = 12;
const SWAPS_MAX: usize = 8;

/// Orders the rows of a level.
pub(super) fn order(level: &mut Level) {
    let mut best = (crossings(level), level.rows.clone());
    for round in 0..ROUNDS {
        sweep(level, round % 2 == 0);
        swap_neighbours(level);
        let found = crossings(level);
        if found < best.0 {
            best = (found, level.rows.clone());
        }
    }
    level.rows = best.1;
}

/// For each node, where it stands in its row.
fn positions(level: &Level) -> Vec<f64> {
    let mut positions = vec![0.0; level.nodes.len()];
    for row in &level.rows {
        for (at, &node) in row.iter().enumerate() {
            positions[node] = index(at);
        }
    }
    positions
}

fn index(at: usize) -> f64 {
    f64::from(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Where a link meets a node, in positions of that node's row.
fn meets(level: &Level, positions: &[f64], node: usize, arrow: usize) -> f64 {
    let wide = level.nodes[node].width.max(1.0);
    let part = if level.nodes[node].ports.is_empty() {
        0.5
    } else {
        level.port(node, arrow) / wide
    };
    positions[node] + part.clamp(0.0, 0.99)
}

fn sweep(level: &mut Level, downwards: bool) {
    let count = level.rows.len();
    let mut positions = positions(level);
    for step in 1..count {
        let row = if downwards { step } else { count - 1 - step };
        let neighbours = if downwards {
            row.checked_sub(1)
        } else {
            Some(row + 1)
        };
        let neighbours = neighbours.and_then(|row| level.rows.get(row));
        let beside = neighbours.map_or(0.0, |row| index(row.len()) / 2.0);
        let pull = |node: usize| {
            let links = level.touching(node, downwards);
            let ends = links.iter().map(|&link| {
                let link = &level.links[link];
                let other = if downwards { link.upper } else { link.lower };
                meets(level, &positions, other, link.arrow)
            });
            let sum: f64 = ends.sum();
            match links.len() {
                // Where an arrow meets the border is free: best in the middle.
                0 if level.is_stub(node) => beside,
                0 => positions[node],
                n => sum / index(n),
            }
        };
        let mut pulled: Vec<(f64, usize)> = level.rows[row]
            .iter()
            .map(|&node| match level.nodes[node].what {
                What::Header => (f64::NEG_INFINITY, node),
                _ => (pull(node), node),
            })
            .collect();
        pulled.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (at, &(_, node)) in pulled.iter().enumerate() {
            positions[node] = index(at);
        }
        level.rows[row] = pulled.into_iter().map(|(_, node)| node).collect();
    }
}

/// Swaps neighbours as long as that takes crossings away.
fn swap_neighbours(level: &mut Level) {
    for _ in 0..SWAPS_MAX {
        let mut swapped = false;
        let mut positions = positions(level);
        for row in 0..level.rows.len() {
            for at in 1..level.rows[row].len() {
                let (left, right) = (level.rows[row][at - 1], level.rows[row][at]);
                if level.nodes[left].what == What::Header {
                    continue;
                }
                let (now, then) = pair_crossings(level, &positions, left, right);
                if then < now {
                    level.rows[row].swap(at - 1, at);
                    positions.swap(left, right);
                    swapped = true;
                }
            }
        }
        if !swapped {
            return;
        }
    }
}

/// How many links of two nodes cross, as they stand and if they were swapped.
fn pair_crossings(level: &Level, positions: &[f64], left: usize, right: usize) -> (usize, usize) {
    let (mut now, mut then) = (0, 0);
    for up in [true, false] {
        let end = |link: usize| {
            let link = &level.links[link];
            let other = if up { link.upper } else { link.lower };
            meets(level, positions, other, link.arrow)
        };
        let rights: Vec<f64> = level
            .touching(right, up)
            .iter()
            .map(|&link| end(link))
            .collect();
        for &link in level.touching(left, up) {
            let one = end(link);
            now += rights.iter().filter(|&&other| one > other).count();
            then += rights.iter().filter(|&&other| one < other).count();
        }
    }
    (now, then)
}

/// How many pairs of links cross, in all channels.
fn crossings(level: &Level) -> usize {
    let positions = positions(level);
    let mut channels: Vec<Vec<(f64, f64)>> = vec![Vec::new(); level.rows.len()];
    for link in &level.links {
        let upper = meets(level, &positions, link.upper, link.arrow);
        let lower = meets(level, &positions, link.lower, link.arrow);
        channels[level.nodes[link.upper].row].push((upper, lower));
    }
    channels.iter_mut().map(|ends| inversions(ends)).sum()
}

fn inversions(ends: &mut [(f64, f64)]) -> usize {
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut seen: Vec<f64> = Vec::with_capacity(ends.len());
    let mut count = 0;
    for &(_, lower) in ends.iter() {
        let at = seen.partition_point(|&other| other <= lower);
        count += seen.len() - at;
        seen.insert(at, lower);
    }
    count
}
