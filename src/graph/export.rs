//! The ways in which a graph leaves the program.

use std::fmt;
use std::str::FromStr;

use super::diagram::{Diagram, View};
use super::dot::dot;
use super::json::json;
use super::mermaid::mermaid;
use super::model::Graph;
use super::plantuml::plantuml;
use super::scxml::scxml;
use super::svg::svg;
use super::xstate::{xstate, xstate_module};

/// A language for diagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Our own, for programs; see [`json()`].
    Json,
    /// A mermaid `stateDiagram-v2`.
    Mermaid,
    /// Graphviz.
    Dot,
    /// The config of an XState 5 machine.
    Xstate,
    /// That config inside an ES module, as Stately's tools import it.
    XstateModule,
    /// The W3C's State Chart XML.
    Scxml,
    /// A PlantUML state diagram.
    Plantuml,
    /// A picture, ready to look at.
    Svg,
}

/// A format or view that there is not.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} {name:?}; use one of {known}")]
pub struct UnknownName {
    kind: &'static str,
    name: String,
    known: String,
}

impl Format {
    /// All formats, in the order in which they are listed for people.
    pub const ALL: [Self; 8] = [
        Self::Json,
        Self::Mermaid,
        Self::Dot,
        Self::Plantuml,
        Self::Xstate,
        Self::XstateModule,
        Self::Scxml,
        Self::Svg,
    ];

    /// Its name on the command line and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Mermaid => "mermaid",
            Self::Dot => "dot",
            Self::Xstate => "xstate",
            Self::XstateModule => "xstate-module",
            Self::Scxml => "scxml",
            Self::Plantuml => "plantuml",
            Self::Svg => "svg",
        }
    }

    /// What its files' names end in, without the leading dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Mermaid => "mmd",
            Self::Dot => "dot",
            Self::Xstate => "xstate.json",
            Self::XstateModule => "xstate.mjs",
            Self::Scxml => "scxml",
            Self::Plantuml => "puml",
            Self::Svg => "svg",
        }
    }

    /// The view that suits it: what is looked at shows the shape, what is run is expanded.
    #[must_use]
    pub fn default_view(self) -> View {
        match self {
            Self::Json | Self::Mermaid | Self::Dot | Self::Plantuml | Self::Svg => View::Shape,
            Self::Xstate | Self::XstateModule | Self::Scxml => View::Expanded,
        }
    }
}

impl View {
    /// All views, in the order in which they are listed for people.
    pub const ALL: [Self; 2] = [Self::Shape, Self::Expanded];

    /// Its name on the command line and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Expanded => "expanded",
        }
    }
}

/// `graph` in `format`, as a text that ends with a line feed. A truncated graph says so in every format.
///
/// # Panics
/// If the graph has no node, which no explored graph is without.
#[must_use]
pub fn export(graph: &Graph, format: Format, view: View) -> String {
    let diagram = Diagram::new(graph, view);
    match format {
        Format::Json => json(&diagram),
        Format::Mermaid => mermaid(&diagram),
        Format::Dot => dot(&diagram),
        Format::Xstate => xstate(&diagram),
        Format::XstateModule => xstate_module(&diagram),
        Format::Scxml => scxml(&diagram),
        Format::Plantuml => plantuml(&diagram),
        Format::Svg => svg(&diagram),
    }
}

/// The diagram's title, which says if the graph is truncated.
pub(super) fn title(diagram: &Diagram<'_>) -> String {
    let graph = diagram.graph;
    if graph.truncated {
        let nodes = graph.nodes.len();
        format!("{} (truncated: only {nodes} nodes explored)", graph.title)
    } else {
        graph.title.clone()
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| UnknownName::new("format", name, &Self::ALL.map(Self::name)))
    }
}

impl FromStr for View {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let known = Self::ALL.into_iter().find(|view| view.name() == name);
        known.ok_or_else(|| UnknownName::new("view", name, &Self::ALL.map(Self::name)))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl UnknownName {
    fn new(kind: &'static str, name: &str, known: &[&str]) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            known: known.join(", "),
        }
    }
}
