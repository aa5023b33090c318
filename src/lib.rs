//! statechat: chat in which every conversation is an explicit, typed, hierarchical state machine.
//!
//! A bot is one [`statig`] machine that implements [`bot::Bot`]. [`registry::Bots`] holds the bots of a program, and
//! [`main()`] gives them a command line: an HTTP and SSE server with a page, a terminal chat, and the machine drawn.
//!
//! # Layout
//!
//! In reading order; each module imports only from those above it.
//!
//! - [`bot`]: the kit, pure: what a bot is, what its handlers may ask for, the driver, how text finds an option.
//! - [`bots`]: the stock bot.
//! - [`graph`]: a machine explored, and written down in several formats.
//! - [`record`]: what is stored.
//! - [`session`]: one conversation: messages, outcomes and timers in, records out.
//! - [`testing`]: the test kit for a bot's author: conversations, generated tests, coverage, random walks.
//! - [`registry`]: the bots that run here, behind one object-safe trait.
//! - [`event`]: a record or a passing thing as the bytes of an event.
//! - [`metrics`]: what is counted for operators.
//! - [`log`]: where records and head rows live.
//! - [`hub`]: the open streams, and who gets what.
//! - [`sources`]: what performs effects.
//! - [`chat`]: the only place that orders effects, and the loop that follows a log.
//! - [`auth`], [`config`], [`home`]: who is asking, what the operator set, and the folder that is the server's own.
//! - [`web`]: addresses, problems, the page, the server loop.
//! - [`client`]: the same API from Rust.
//! - `cli`: the command line, one file a subcommand.

pub mod auth;
pub mod bot;
pub mod bots;
pub mod chat;
mod cli;
pub mod client;
pub mod config;
pub mod event;
pub mod graph;
pub mod home;
pub mod hub;
pub mod log;
pub mod metrics;
pub mod record;
pub mod registry;
pub mod session;
pub mod sources;
pub mod testing;
pub mod web;

pub use cli::{main, main_with};
pub use registry::Bots;
