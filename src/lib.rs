//! statechat: chat in which every conversation is an explicit, typed, hierarchical state machine.

pub mod bot;
pub mod bots;
pub mod graph;
