//! statechat: chat in which every conversation is an explicit, typed, hierarchical state machine.

pub mod auth;
pub mod bot;
pub mod bots;
pub mod chat;
pub mod config;
pub mod event;
pub mod hub;
pub mod log;
pub mod record;
pub mod registry;
pub mod session;
