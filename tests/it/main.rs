//! What statechat does, seen from outside: over sockets, over pipes, and through its public API.

// Nothing here is anybody's API, and a test that meets what it does not expect is to panic.
#![allow(unreachable_pub, clippy::unwrap_used)]

mod at_hand;
mod backup;
mod breaks;
mod changed;
mod check;
mod cli;
mod crash;
mod decoders;
mod dice;
#[cfg(target_os = "linux")]
mod drain;
mod drawn;
mod driver;
mod durable;
mod egg;
mod example;
mod exports;
mod faults;
mod folder;
mod graph;
mod handoff;
mod hostile;
mod house;
mod idempotence;
#[cfg(unix)]
mod journal;
mod kiosk;
mod kit;
mod lamp;
mod layers;
mod limits;
mod load;
mod log;
// What a process holds, the system tells in /proc.
mod maze;
#[cfg(target_os = "linux")]
mod measured;
mod notes;
mod notifications;
mod operate;
mod people;
mod play;
mod presence;
mod problems;
mod process;
mod properties;
mod proxy;
mod readme;
mod restarts;
mod rewrite;
mod server;
mod silent;
mod skip;
#[cfg(target_os = "linux")]
mod stalled;
#[cfg(unix)]
mod store;
mod streams;
mod svg;
mod texts;
mod tokens;
mod transcripts;
mod wire;
mod workbench;

// The examples' own tests: as examples they are built to be run, and not tested.
#[allow(dead_code)]
#[path = "../../examples/pizza/main.rs"]
mod pizza;
#[allow(dead_code)]
#[path = "../../examples/tea/main.rs"]
mod tea;
#[allow(dead_code)]
#[path = "../../examples/triage/main.rs"]
mod triage;
