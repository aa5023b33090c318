//! What statechat does, seen from outside: over sockets, over pipes, and through its public API.

// A test that meets what it does not expect is to panic.
#![allow(clippy::unwrap_used)]

mod cli;
mod faults;
mod idempotence;
mod layers;
mod limits;
mod problems;
mod readme;
mod server;
mod streams;
mod texts;
mod transcripts;
