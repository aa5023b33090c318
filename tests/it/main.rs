//! statechat's tests, in one binary.

// Nothing here is anybody's API, and a test that cannot go on may panic wherever it stands.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod driver;
mod graph;
mod hostile;
mod house;
mod lamp;
