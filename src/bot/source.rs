//! A source: what performs a bot's effects, outside of its machine.

use serde::{Deserialize, Serialize};

use super::{Bot, WorkId};

/// Performs the effects of `B`. Called at least once an effect, with the same `key` each time.
pub trait Source<B: Bot>: Send + Sync + 'static {
    /// Performs `effect` and says, as an input, how it ended. A future that panics, or takes longer than the
    /// effect time-out, counts as [`Bot::failed`].
    fn perform(&self, effect: B::Effect, key: WorkId) -> impl Future<Output = B::Input> + Send;

    /// How `effect` ends, if that is at hand: looked up in memory, say. Most often the step that asked for it and the
    /// step that its outcome brings are then stored together, and nobody waits in between. Asked before anything is
    /// stored, so it may neither change anything nor wait. What is not at hand, or panics, is [performed](Source::perform),
    /// and so is what a greeting or an outcome at hand asks for, and what was pending when a server stopped.
    fn at_hand(&self, _effect: &B::Effect) -> Option<B::Input> {
        None
    }
}

/// The effect of a bot that asks for none. Has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoEffect {}

/// The source for a bot whose effect is [`NoEffect`].
#[derive(Clone, Copy, Debug)]
pub struct NoSource;

impl<B: Bot<Effect = NoEffect>> Source<B> for NoSource {
    async fn perform(&self, effect: NoEffect, _key: WorkId) -> B::Input {
        match effect {}
    }
}
