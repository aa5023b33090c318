//! The test kit for a bot's author.
mod conversation;
mod coverage;
mod expect;
mod moves;
mod played;
mod playing;
mod quiet;
mod random;
mod shrink;
mod transcript;
mod transitions;
mod walks;

pub use conversation::{Conversation, start_time};
pub use coverage::{Arrow, Coverage};
pub use moves::Move;
pub use transitions::{Path, Tour, every_transition};
pub use walks::{Failure, Walks, walks};
