//! How large things are, in units of the picture: one is a CSS pixel where the picture is shown at its own size.

use super::chart::{ChartArrow, ChartNote, ChartState, signed};
use super::text::{bold_width, width};

/// The size of a state's name.
pub(super) const NAME_SIZE: f64 = 14.0;
/// The size of all other text: labels, and transitions inside a state.
pub(super) const TEXT_SIZE: f64 = 12.0;
/// The size of the chart's title.
pub(super) const TITLE_SIZE: f64 = 16.0;
/// From one line of text to the next.
pub(super) const LINE: f64 = 16.0;
/// From a box's side to its text.
pub(super) const INSET: f64 = 14.0;
/// From a box's top to the baseline of its name.
pub(super) const BASELINE: f64 = 22.0;
/// The height of a box with its name only.
pub(super) const NAME_HEIGHT: f64 = 34.0;
/// From a line to the label beside it.
pub(super) const LABEL_GAP: f64 = 6.0;
/// Between two lines side by side, and the least between two that meet the same box.
pub(super) const LANE: f64 = 14.0;
/// From a box's corner to the nearest line that meets it.
pub(super) const CORNER: f64 = 12.0;
/// The room for the dot and the arrow before the state in which a conversation starts.
pub(super) const START: f64 = 34.0;
/// How far an arrow from a state to itself leads away from it.
pub(super) const LOOP: f64 = 20.0;
/// The height of such an arrow.
pub(super) const LOOP_HEIGHT: f64 = 16.0;
/// The width to which rows are broken.
pub(super) const WIDTH_MAX: f64 = 560.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn moved(&self, x: f64, y: f64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..*self
        }
    }
}

/// A count as a length.
pub(super) fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn widest(lines: &[String], change: Option<super::chart::Change>) -> f64 {
    let widths = lines
        .iter()
        .map(|line| width(&signed(change, line), TEXT_SIZE));
    widths.fold(0.0, f64::max)
}

fn notes_size(notes: &[ChartNote]) -> (f64, f64) {
    let lines = notes.iter().map(|note| note.lines.len()).sum();
    let widths = notes.iter().map(|note| widest(&note.lines, note.change));
    (widths.fold(0.0, f64::max), LINE * length(lines))
}

/// The size of a state's name and of the text below it, with what is around them.
pub(super) fn text_size(state: &ChartState) -> (f64, f64) {
    let name = bold_width(&signed(state.change, &state.label), NAME_SIZE);
    let (notes, height) = notes_size(&state.notes);
    let below = if state.notes.is_empty() {
        0.0
    } else {
        height + 4.0
    };
    (name.max(notes) + 2.0 * INSET, NAME_HEIGHT + below)
}

/// The size of an arrow's label, from the line on. Nothing, if it has none.
pub(super) fn label_size(arrow: &ChartArrow) -> (f64, f64) {
    if arrow.lines.is_empty() {
        return (0.0, 0.0);
    }
    let width = widest(&arrow.lines, arrow.change) + LABEL_GAP;
    (width, LINE * length(arrow.lines.len()))
}

/// The height that an arrow from a state to itself takes beside it.
pub(super) fn loop_height(arrow: &ChartArrow) -> f64 {
    (label_size(arrow).1 + 6.0).max(LOOP_HEIGHT + 12.0)
}
