//! The test kit for a bot's author: conversations, generated tests, coverage, random walks.
//!
//! All of it plays the [`Session`](crate::session::Session) that the server runs, so that what passes in a test is what
//! happens. Nothing is left to chance: time stands still until a test waits, what an effect comes to is said by the
//! test, and random walks come from a seed. Left out on purpose: sockets, stores and the sources that perform effects.
//!
//! The shortest whole example is `examples/tea/tests.rs`. `examples/pizza/tests.rs` and `examples/triage/tests.rs` test
//! larger bots in the same way: conversations in functions, for snapshots and coverage; then walks that hold what is shown
//! against what is ordered, and see to it that no urgent case is forgotten. What needs no conversation to be wrong is
//! found by [`graph::check()`](crate::graph::check()).
//!
//! # Conversations
//!
//! A [`Conversation`] is a chain of moves and expectations. An effect stays pending until the test says how it ends;
//! [`with_source`](Conversation::with_source) ends each at once.
//!
//! ```
//! use statechat::bots::stock::StockBot;
//! use statechat::testing::Conversation;
//!
//! let chat = Conversation::<StockBot>::new()
//!     .says("london")
//!     .expect_state("ChooseStock")
//!     .chooses("GSK")
//!     .expect_pending(["FetchQuote"])
//!     .fails()
//!     .expect_options(["try-again", "go-back"])
//!     .with_sample_source()
//!     .chooses("try-again")
//!     .expect_reply_containing("GSK PLC is at");
//! println!("{chat}");
//! ```
//!
//! Printed, it is a transcript, made for snapshots:
//!
//! ```text
//! you: london
//! bot: London Stock Exchange: which stock would you like to see?
//!      ChooseExchange takes ChooseExchange: -ChooseExchange +Exchange +ChooseStock
//!      Conversation/Exchange/ChooseStock [CRDA GSK go-back main-menu]
//!
//! you: [GSK] GSK PLC
//! bot: …
//!      ChooseStock takes ChooseStock: -ChooseStock +FetchQuote
//!      starts FetchQuote {"exchange":"LSE","stock":"GSK"}
//!      Conversation/Exchange/FetchQuote []
//!
//! effect: FetchQuote {"exchange":"LSE","stock":"GSK"} fails
//! ```
//!
//! Somebody says something, or something ends or rings; the bot replies (`…` for nothing, ` ¶ ` between paragraphs). A
//! level takes the input, others are left (`-`) and entered (`+`), work is cancelled and started. At last, where that
//! leads, and the ids of what is offered there. `you: [GSK]` is a choice. `people: Alex takes it` is what agents do; what
//! is written while a person has taken over (`you: …`, `agent: …`) has no reply.
//!
//! # What no one conversation shows
//!
//! - [`Coverage`]: which transitions of the machine some conversations walked. Keep the conversations in functions, and
//!   make both the snapshots and the coverage from them.
//! - [`every_transition`]: a test for each transition that exploration finds, by the shortest path to it.
//! - [`walks`]: random conversations, a property that holds at every step, and the shortest conversation in which it
//!   does not.
//!
//! ```
//! use statechat::bots::stock::StockBot;
//! use statechat::testing::{Conversation, Coverage, every_transition, walks};
//!
//! let chat = Conversation::<StockBot>::new().says("goodbye");
//! let coverage = Coverage::of(&[chat]);
//! assert!(coverage.unvisited().any(|state| state == "ShowPrice"), "{coverage}");
//!
//! let tour = every_transition::<StockBot>(|path, chat| {
//!     assert!(chat.reply().is_some() || !chat.pending().is_empty(), "{path}");
//! });
//! assert!(tour.unsaid.is_empty(), "{tour}");
//!
//! walks::<StockBot>().seed(7).count(20).check(|chat| {
//!     match chat.reply().is_some() || !chat.pending().is_empty() {
//!         true => Ok(()),
//!         false => Err("it says nothing, and waits for nothing".to_owned()),
//!     }
//! });
//! ```
//!
//! # Layout
//!
//! - `conversation`: the moves and what can be asked of a conversation; `expect`: what a test expects of it.
//! - `moves`: a move as data; `playing`: how moves become calls of the session; `played`: what came of them;
//!   `transcript`: all of that as text.
//! - `stored`: conversations that users had, played again.
//! - `transitions`, `coverage`, `walks`: the three above. `random` makes a move for a walk, `shrink` makes a failing walk
//!   short, and `quiet` catches its panics.

mod conversation;
mod coverage;
mod expect;
mod moves;
mod played;
mod playing;
mod quiet;
mod random;
mod shrink;
mod stored;
mod transcript;
mod transitions;
mod walks;

pub use conversation::{Conversation, start_time};
pub use coverage::{Arrow, Coverage};
pub use moves::Move;
pub use transitions::{Path, Tour, every_transition};
pub use walks::{Failure, Walks, walks};
