//! A bot's machine as it really is: explored, not drawn by hand, and exported to the formats that people use.
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
