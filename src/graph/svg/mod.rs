//! SVG: the picture of a machine, laid out here, so that nothing else is needed to draw one.
//!
//! # Layout
//!
//! - `chart`: what is drawn, as plain data; `tree`: who is part of whom.
//! - `measure`, `text`: how large things are.
//! - `plan`: which way each arrow takes through the levels; `rank`: which row a part stands in.
//! - `level`: one level as nodes in rows; `order`: their order, `place`: their places, `snap`: and what
//!   little is missing there; `channel`: where lines turn.
//! - `layout`: all levels together; `write`: the result as SVG.

mod channel;
mod chart;
mod layout;
mod level;
mod measure;
mod order;
mod place;
mod plan;
mod rank;
mod snap;
mod text;
mod tree;
mod write;

pub use chart::{Change, Chart, ChartArrow, ChartNote, ChartState, Ids};

use super::diagram::Diagram;

/// The diagram as SVG.
#[must_use]
pub fn svg(diagram: &Diagram<'_>) -> String {
    draw(&Chart::of(diagram))
}

/// A chart as SVG: the same chart, the same text.
///
/// # Panics
/// If a state stands before the one that it is part of, or an arrow's end is no state.
#[must_use]
pub fn draw(chart: &Chart) -> String {
    write::write(chart, &layout::lay_out(chart))
}
