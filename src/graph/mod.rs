//! A bot's machine as it really is: explored, not drawn by hand, and exported to the formats that people use.
//!
//! A bot's author meets it by the command line (`check`, `export`), or in a test:
//!
//! ```
//! use statechat::bots::stock::StockBot;
//! use statechat::graph::{Format, Graph, NODES_MAX, View, check, export};
//!
//! // What no author means to write; each finding comes with a conversation that leads there.
//! let report = check::<StockBot>(NODES_MAX);
//! assert!(report.findings.is_empty(), "{report}");
//!
//! // The diagram, as text that can be reviewed with the change that it comes from.
//! let graph = Graph::of::<StockBot>();
//! let drawn = export(&graph, Format::Mermaid, View::Shape);
//! assert!(drawn.contains("ShowPrice --> FetchQuote : Refresh"));
//! ```
//!
//! Exploration starts from the greeting in [`World::sample`](crate::bot::World::sample) and tries all that can happen:
//! every option, every outcome of pending work, every timer, silence, and a text that nobody understands. Places count as
//! one node if their data, the bot's memory and the pending work are the same. [`Rule`] says what is checked.
//!
//! # Layout
//!
//! - `explore`: breadth first through everything that can happen.
//! - `model`: the [`Graph`] that comes of it, plain data; `build`: how.
//! - `paths`: the shortest way to a node, as a conversation.
//! - `check`: what no author means to write.
//! - `diagram`: the two views of a graph; `naming`: keys for states that differ in their data.
//! - `hash`: the shape's, which tells whether two builds run the same machine.
//! - `diff`: what became of a machine between two builds.
//! - `export`: formats and views by name; one file each: `json`, `mermaid`, `dot`, `plantuml`, `xstate`, `scxml`; and
//!   a folder: `svg`.
//!   `picture`: what the pictures among them show as arrows, and what as text.

mod build;
mod check;
mod diagram;
mod diff;
mod dot;
mod explore;
mod export;
mod hash;
mod json;
mod mermaid;
mod model;
mod naming;
mod paths;
mod picture;
mod plantuml;
mod scxml;
mod svg;
mod xstate;

pub use check::{Counts, Finding, Report, Rule, Severity, check, check_in};
pub use diagram::{Diagram, State, Transition, View};
pub use diff::{Diff, ExportError, Exported, StateDiff, TransitionDiff};
pub use dot::dot;
pub use explore::{Candidate, Explored, Found, NODES_MAX, Panic, Way, candidates, explore};
pub use export::{Format, UnknownName, export};
pub use hash::shape_hash;
pub use json::json;
pub use mermaid::mermaid;
pub use model::{Cause, Edge, Graph, Input, Node, NodeLevel, NodeOption, Panicked};
pub use paths::Turn;
pub use plantuml::plantuml;
pub use scxml::{scxml, scxml_event, scxml_name};
pub use svg::{Change, Chart, ChartArrow, ChartNote, ChartState, Ids, draw, svg};
pub use xstate::{xstate, xstate_module};
