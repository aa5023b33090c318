//! statechat: chat in which every conversation is an explicit, typed, hierarchical state machine.
//!
//! A bot is one [statig](https://docs.rs/statig) machine that implements [`bot::Bot`]. [`Bots`] holds the bots of a
//! program, and [`main()`] gives them a command line: an HTTP and SSE server with a page, a terminal chat, and the machine
//! checked and drawn.
//!
//! # Start here
//!
//! This is a whole bot, `examples/tea/main.rs`. It has two states and a level around both, takes an order, and says
//! three seconds later that the tea is ready:
//!
//! ```no_run
#![doc = include_str!("../examples/tea/main.rs")]
//! ```
//!
//! In a crate of its own it depends on `statechat`, `statig` with the feature `macro`, and on `serde` and `strum` with
//! `derive`.
//!
//! - What somebody may do next is [`Bot::options`](bot::Bot::options), by place: here are the buttons, and the names by
//!   which a text finds them.
//! - What comes of it is the machine's: a state handles an input, or leaves it to the level around it (`Super`).
//! - What is said, and what is to be done elsewhere or later, goes to the [`Outbox`](bot::Outbox). The rest of what an
//!   author can say is told by [`bot`].
//!
//! # What comes for free
//!
//! | run | and get |
//! | --- | --- |
//! | `cargo run --example tea` | a server: the page with its live diagram, an HTTP API, streams that resume after any break, conversations kept on disk |
//! | `… -- chat` | the bot in the terminal, or over a pipe |
//! | `… -- check` | what no author means: dead ends, options that nothing takes, steps that say nothing ([`graph::check()`]) |
//! | `… -- export --format mermaid` | its diagram, in eight formats, explored and not drawn by hand ([`graph`]) |
//! | `… -- load URL` | random users that know the machine and hold every reply against it |
//!
//! When a machine changes, conversations that have begun are replayed through it: those that come out the same go on
//! ([`bot::WhenChanged`]).
//!
//! The check, as a test of one's own:
//!
//! ```
//! use statechat::bots::stock::StockBot;
//! use statechat::graph::{NODES_MAX, check};
//!
//! let report = check::<StockBot>(NODES_MAX);
//! assert!(report.findings.is_empty(), "{report}");
//! ```
//!
//! And a conversation; [`testing`] has more, up to a test for each transition of the machine:
//!
//! ```
//! use statechat::bots::stock::StockBot;
//! use statechat::testing::Conversation;
//!
//! Conversation::<StockBot>::new()
//!     .says("price of gsk please")
//!     .expect_pending(["FetchQuote"])
//!     .fails()
//!     .expect_state("QuoteUnavailable")
//!     .expect_options(["try-again", "go-back"]);
//! ```
//!
//! # Larger bots
//!
//! The two examples have their tests beside them. In each, read `machine.rs` first, which begins with the tree of its
//! states.
//!
//! - `examples/pizza`: data in states and in the bot's memory, amounts and exact prices, a change of mind at any step,
//!   options that depend on what was said before, and an effect that can fail.
//! - `examples/triage`: four levels, each of which handles what all below it share; history (hold on, carry on where we
//!   were); timers that are cancelled by leaving.
//! - [`bots::stock`]: a world that is read from a file, small talk, and names that people write in many ways.
//!
//! # Layout
//!
//! In reading order; each module imports only from those above it.
//!
//! - [`bot`]: the kit, pure: what a bot is, what its handlers may ask for, the driver, how text finds an option.
//! - [`bots`]: the stock bot.
//! - [`graph`]: a machine explored, and written down in several formats.
//! - [`record`]: what is stored; [`identity`]: who somebody is, as a token vouches for it.
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
pub mod identity;
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
