//! Takes out the small turns that are left once everything has its place: lines that are a little off are moved,
//! with all that stands in their way, where that makes no other line turn.

use std::collections::BTreeSet;

use super::level::{Level, What};
use super::measure::{CORNER, LANE};

/// Turns by more than this are there to be seen.
const SMALL: f64 = 24.0;
const ROUNDS: usize = 3;

/// Straightens what can be straightened.
pub(super) fn snap(level: &mut Level) {
    for _ in 0..ROUNDS {
        for node in 0..level.nodes.len() {
            reach(level, node, true);
            reach(level, node, false);
        }
        for link in 0..level.links.len() {
            let (off, ends) = (off(level, link), level.links[link]);
            let is_small = off != 0.0 && off.abs() <= SMALL;
            if is_small && !shift(level, link, ends.upper, -off) {
                shift(level, link, ends.lower, off);
            }
        }
    }
}

/// Makes a part wider, on one side, for a line that passes it only just.
fn reach(level: &mut Level, index: usize, right: bool) {
    let links = [true, false].iter().flat_map(|&up| {
        level
            .touching(index, up)
            .iter()
            .map(move |&link| (up, link))
    });
    let lines = links.map(|(up, link)| {
        let link = level.links[link];
        let other = if up { link.upper } else { link.lower };
        level.nodes[other].x + level.port(other, link.arrow)
    });
    let node = &level.nodes[index];
    let (low, high) = (
        node.x + node.frame.x + CORNER,
        node.x + node.frame.right() - CORNER,
    );
    let beyond = lines.map(|x| if right { x - high } else { low - x });
    let more = beyond.filter(|&more| more <= SMALL).fold(0.0, f64::max);
    let row = &level.rows[node.row];
    let at = row
        .iter()
        .position(|&other| other == index)
        .expect("a node stands in its row");
    let room = if right {
        let end = node.x + node.width;
        row.get(at + 1)
            .map_or(f64::INFINITY, |&other| level.nodes[other].x - end)
    } else {
        at.checked_sub(1).map_or(f64::INFINITY, |at| {
            let other = &level.nodes[row[at]];
            node.x - other.x - other.width
        })
    };
    let beside = if right {
        node.width - node.frame.right()
    } else {
        node.frame.x
    };
    if !node.is_free || more == 0.0 || beside > 0.0 || room - more < CORNER + 6.0 {
        return;
    }
    let node = &mut level.nodes[index];
    node.width += more;
    node.frame.width += more;
    if !right {
        node.x -= more;
        node.ports.values_mut().for_each(|port| *port += more);
    }
}

/// How far a link's upper end is to the right of its lower one.
fn off(level: &Level, link: usize) -> f64 {
    let link = level.links[link];
    let end = |node: usize| level.nodes[node].x + level.port(node, link.arrow);
    end(link.upper) - end(link.lower)
}

/// Moves one end of a link sideways, and what has to move with it. Not at all, if something has to stay.
fn shift(level: &mut Level, link: usize, start: usize, by: f64) -> bool {
    let mut shift = Shift {
        by,
        lines: BTreeSet::new(),
        ports: BTreeSet::new(),
    };
    let arrow = level.links[link].arrow;
    let is_possible = match level.nodes[start].what {
        What::Part(_) => {
            shift.ports.insert((start, arrow)) && shift.take_straight(level, start, arrow, link)
        }
        _ => shift.take(level, start),
    };
    if !is_possible || !shift.leaves_ports_apart(level) {
        return false;
    }
    for node in shift.lines {
        level.nodes[node].x += by;
    }
    for (node, arrow) in shift.ports {
        let port = level.nodes[node].ports.get_mut(&arrow);
        *port.expect("all arrows of a part have their ports") += by;
    }
    true
}

/// What moves together.
struct Shift {
    by: f64,
    lines: BTreeSet<usize>,
    /// Parts and the arrows whose ports move.
    ports: BTreeSet<(usize, usize)>,
}

impl Shift {
    /// Takes a lane or a label, whatever is straight above and below it, and whatever it would come too near to;
    /// and so on for these.
    fn take(&mut self, level: &Level, start: usize) -> bool {
        let mut left = vec![start];
        while let Some(node) = left.pop() {
            let is_line = matches!(level.nodes[node].what, What::Lane(_) | What::Label(_));
            if !is_line || level.is_stub(node) {
                return false;
            }
            if !self.lines.insert(node) {
                continue;
            }
            let links = [true, false]
                .iter()
                .flat_map(|&up| level.touching(node, up));
            for &link in links.filter(|&&link| off(level, link) == 0.0) {
                let ends = level.links[link];
                let other = if ends.upper == node {
                    ends.lower
                } else {
                    ends.upper
                };
                match level.nodes[other].what {
                    What::Part(_) if !level.nodes[other].is_free => return false,
                    What::Part(_) => {
                        self.ports.insert((other, ends.arrow));
                    }
                    _ => left.push(other),
                }
            }
            left.extend(self.crowded(level, node));
        }
        true
    }

    /// The neighbour that a moved node would come too near to.
    fn crowded(&self, level: &Level, node: usize) -> Option<usize> {
        let row = &level.rows[level.nodes[node].row];
        let at = row.iter().position(|&other| other == node);
        let at = at.expect("a node stands in its row");
        let to_left = self.by < 0.0;
        let next = if to_left { at.checked_sub(1)? } else { at + 1 };
        let other = *row.get(next)?;
        let (left, right) = if to_left {
            (other, node)
        } else {
            (node, other)
        };
        let room = level.nodes[right].x - level.nodes[left].x - level.step(left, right);
        (room < self.by.abs()).then_some(other)
    }

    /// For a port that is moved: nothing on its line but the link that is to become straight.
    fn take_straight(&mut self, level: &Level, node: usize, arrow: usize, link: usize) -> bool {
        let links = [true, false]
            .iter()
            .flat_map(|&up| level.touching(node, up))
            .copied();
        let others = links.filter(|&other| other != link && level.links[other].arrow == arrow);
        level.nodes[node].is_free && others.count() == 0
    }

    fn leaves_ports_apart(&self, level: &Level) -> bool {
        self.ports.iter().all(|&(index, arrow)| {
            let node = &level.nodes[index];
            let moved = level.port(index, arrow) + self.by;
            let above = is_above(level, index, arrow);
            let others = node.ports.keys().filter(|&&other| {
                !self.ports.contains(&(index, other)) && is_above(level, index, other) == above
            });
            let (low, high) = (node.frame.x + CORNER, node.frame.right() - CORNER);
            (low..=high).contains(&moved)
                && others
                    .copied()
                    .all(|other| (level.port(index, other) - moved).abs() >= LANE)
        })
    }
}

/// Whether an arrow meets a part from above.
fn is_above(level: &Level, node: usize, arrow: usize) -> bool {
    level
        .touching(node, true)
        .iter()
        .any(|&link| level.links[link].arrow == arrow)
}
