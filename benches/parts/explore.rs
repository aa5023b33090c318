//! The exploration of a machine of plain data, beside a search of the same states that knows no machines.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::ensure;
use statechat::graph::{NODES_MAX, explore};

use crate::lock::{Lock, WHEEL_MAX, WHEELS};
use crate::table::{Ratio, Table};

const FIGURES: &[&str] = &["ns a transition", "transitions/s"];

const RATIOS: &[Ratio] = &[Ratio {
    header: "of a plain search",
    of: "plain search",
    figure: 0,
}];

/// Everything that can be done to the lock in one state: each wheel turned, a text that means nothing, silence.
const INPUTS: usize = WHEELS + 2;

/// How long each is measured in a round.
const TIME: Duration = Duration::from_millis(500);

pub(crate) fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("explore", FIGURES, RATIOS);
    for _ in 0..rounds {
        table.add("", "explore", figures(explored)?);
        table.add("", "plain search", figures(searched)?);
    }
    Ok(table)
}

/// Repeats a search, which says how many transitions it saw.
fn figures(search: impl Fn() -> usize) -> anyhow::Result<Vec<f64>> {
    let states = (usize::from(WHEEL_MAX) + 1).pow(WHEELS as u32);
    let (begun, mut transitions) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        let seen = search();
        ensure!(seen == states * INPUTS, "{seen} transitions were seen");
        transitions += seen;
    }
    let each = begun.elapsed().as_secs_f64() * 1e9 / transitions as f64;
    Ok(vec![each, 1e9 / each])
}

fn explored() -> usize {
    let mut transitions = 0;
    explore::<Lock>(&(), NODES_MAX, |_, _| transitions += 1);
    transitions
}

/// Breadth first over the wheels as they are, by a queue and a hash map.
fn searched() -> usize {
    let start = [0; WHEELS];
    let mut numbers = HashMap::from([(start, 0)]);
    let mut found = vec![start];
    let (mut from, mut transitions) = (0, 0);
    while let Some(&wheels) = found.get(from) {
        for input in 0..INPUTS {
            let mut turned = wheels;
            if let Some(wheel) = turned.get_mut(input) {
                *wheel = (*wheel + 1) % (WHEEL_MAX + 1);
            }
            let next = found.len();
            let number = *numbers.entry(turned).or_insert(next);
            if number == next {
                found.push(turned);
            }
            transitions += 1;
        }
        from += 1;
    }
    transitions
}
