//! The space between two rows, where lines turn: each that has to go sideways gets a track of its own, so that no
//! two run on top of each other, and as few as possible cross.

use super::measure::length;

/// From one track to the next.
const TRACK: f64 = 10.0;
/// From the row above to the first track, and from the last one to the row below: an arrow's head has room.
const MARGIN: f64 = 14.0;
/// The height of a channel in which no line turns.
const STRAIGHT: f64 = 18.0;
/// The height of a channel without lines.
const EMPTY: f64 = 10.0;
/// Lines nearer to each other than this look like one.
const NEAR: f64 = 7.0;

/// Where a line enters a channel above, and where it leaves it below.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire {
    pub(super) upper: f64,
    pub(super) lower: f64,
}

impl Wire {
    fn is_straight(self) -> bool {
        (self.upper - self.lower).abs() < 0.5
    }

    fn span(self) -> (f64, f64) {
        (self.upper.min(self.lower), self.upper.max(self.lower))
    }

    fn is_over(self, x: f64) -> bool {
        let (left, right) = self.span();
        left - NEAR < x && x < right + NEAR
    }

    fn meets(self, other: Self) -> bool {
        let ((left, right), (other_left, other_right)) = (self.span(), other.span());
        left - NEAR < other_right && other_left < right + NEAR
    }
}

/// A channel with its tracks.
pub(super) struct Channel {
    /// The height at which each wire turns, from the channel's top; none for a straight one.
    pub(super) turns: Vec<Option<f64>>,
    /// The channel's height.
    pub(super) height: f64,
}

impl Channel {
    pub(super) fn of(wires: &[Wire]) -> Self {
        let tracks = tracks(wires);
        let count = tracks
            .iter()
            .flatten()
            .map(|track| track + 1)
            .max()
            .unwrap_or(0);
        let turn = |track: Option<usize>| track.map(|track| MARGIN + TRACK * length(track));
        Self {
            turns: tracks.into_iter().map(turn).collect(),
            height: match count {
                0 if wires.is_empty() => EMPTY,
                0 => STRAIGHT,
                count => 2.0 * MARGIN + TRACK * length(count - 1),
            },
        }
    }
}

/// What it costs if `above` turns above `below`: a crossing each, and more where they would lie on each other.
fn cost(above: Wire, below: Wire) -> i32 {
    let on_each_other = (above.lower - below.upper).abs() < NEAR;
    let crossings = i32::from(above.is_over(below.upper)) + i32::from(below.is_over(above.lower));
    crossings + if on_each_other { 1000 } else { 0 }
}

fn tracks(wires: &[Wire]) -> Vec<Option<usize>> {
    let turning: Vec<usize> = (0..wires.len())
        .filter(|&wire| !wires[wire].is_straight())
        .collect();
    let mut tracks = vec![None; wires.len()];
    let order = ordered(wires, turning);
    for (at, &wire) in order.iter().enumerate() {
        let mut track = 0;
        for &other in &order[..at] {
            if wires[wire].meets(wires[other]) {
                track = track.max(tracks[other].map_or(0, |track: usize| track + 1));
            }
        }
        tracks[wire] = Some(track);
    }
    tracks
}

/// The wires from the highest to the lowest, so that it costs little: whichever gains most by standing above all
/// that are left goes first.
fn ordered(wires: &[Wire], mut left: Vec<usize>) -> Vec<usize> {
    let gain = |one: usize, other: usize| {
        if one == other || !wires[one].meets(wires[other]) {
            return 0;
        }
        cost(wires[other], wires[one]) - cost(wires[one], wires[other])
    };
    let mut gains: Vec<i32> = left
        .iter()
        .map(|&one| left.iter().map(|&other| gain(one, other)).sum())
        .collect();
    let mut order = Vec::with_capacity(left.len());
    while let Some(at) = first_greatest(&gains) {
        let wire = left.remove(at);
        gains.remove(at);
        for (gain_left, &other) in gains.iter_mut().zip(&left) {
            *gain_left -= gain(other, wire);
        }
        order.push(wire);
    }
    order
}

fn first_greatest(gains: &[i32]) -> Option<usize> {
    let indices = (0..gains.len()).rev();
    indices.max_by_key(|&at| gains[at])
}
