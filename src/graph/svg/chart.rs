//! What is drawn: states in states, and arrows between them, whatever they come from.
//!
//! Plain data beside the [`Diagram`], so that the difference of two machines is drawn by the same hand.

use std::collections::HashSet;

use crate::graph::diagram::{Diagram, Transition, View};
use crate::graph::export::title;
use crate::graph::picture::{Arrow, Picture};

/// More states than these are not drawn.
const STATES_MAX: usize = 200;
/// More arrows than these are not drawn.
const ARROWS_MAX: usize = 300;

/// A statechart to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// What stands above it.
    pub title: String,
    /// What a reader must know about it, said below the title: that it is not the whole, for example.
    pub notice: Option<String>,
    /// All states, each after the one that it is part of.
    pub states: Vec<ChartState>,
    /// All arrows.
    pub arrows: Vec<ChartArrow>,
}

/// A state of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartState {
    /// Its id in the document: unique, and a valid XML id.
    pub id: String,
    /// Its name as it is read.
    pub label: String,
    /// The state that it is part of: an index into [`Chart::states`].
    pub parent: Option<usize>,
    /// The transitions that are text inside of it.
    pub notes: Vec<ChartNote>,
    /// Whether a conversation starts in it.
    pub is_initial: bool,
    /// Whether a conversation is over in it.
    pub is_final: bool,
    /// What became of it, in the picture of a difference.
    pub change: Option<Change>,
    /// What is shown while one points at it; the label, if empty.
    pub tooltip: String,
}

/// Transitions that are text inside their state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartNote {
    /// Its id in the document.
    pub id: String,
    /// The label of the state that they lead to.
    pub to: String,
    /// What is read.
    pub lines: Vec<String>,
    /// What became of it, in the picture of a difference.
    pub change: Option<Change>,
    /// What is shown while one points at it; the lines, if empty.
    pub tooltip: String,
}

/// An arrow of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartArrow {
    /// Its id in the document.
    pub id: String,
    /// Where it starts: an index into [`Chart::states`].
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Its label.
    pub lines: Vec<String>,
    /// What became of it, in the picture of a difference.
    pub change: Option<Change>,
    /// What is shown while one points at it; its ends and its label, if empty.
    pub tooltip: String,
}

/// What became of a part of a machine, between an older and a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Only the newer one has it.
    Added,
    /// Only the older one has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

impl Change {
    /// Its class in the document.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    /// What stands before a name, for those who do not see the colour.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+ ",
            Self::Removed => "− ",
            Self::Changed => "~ ",
        }
    }
}

/// `text` after the sign of a change, if there is one.
pub(super) fn signed(change: Option<Change>, text: &str) -> String {
    format!("{}{text}", change.map_or("", Change::sign))
}

impl Chart {
    /// The chart of a diagram.
    #[must_use]
    pub fn of(diagram: &Diagram<'_>) -> Self {
        let picture = Picture::of(diagram);
        let mut ids = Ids::default();
        let mut states: Vec<ChartState> = diagram
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| ChartState {
                id: ids.state(&state.key),
                label: state.key.clone(),
                parent: state.parent,
                is_initial: index == diagram.initial,
                is_final: state.is_final,
                tooltip: format!("{} ({})", state.key, state.kind()),
                ..ChartState::default()
            })
            .collect();
        let own = own_arrows(diagram);
        let (arrows, inherited): (Vec<&Arrow>, Vec<&Arrow>) = picture
            .arrows
            .iter()
            .partition(|arrow| own.contains(&(arrow.from, arrow.to)));
        let texts = picture.texts.iter().map(|text| (text, String::new()));
        let inherited = inherited.into_iter().map(|arrow| {
            let target = format!(" → {}", diagram.states[arrow.to].key);
            (arrow, target)
        });
        for (text, target) in texts.chain(inherited) {
            let mut lines = text.lines.clone();
            if let Some(last) = lines.last_mut() {
                last.push_str(&target);
            }
            let note = ChartNote {
                id: ids.transition(&states[text.from].id, &states[text.to].id),
                to: states[text.to].label.clone(),
                lines,
                tooltip: tooltip(diagram, text),
                ..ChartNote::default()
            };
            states[text.from].notes.push(note);
        }
        let arrows = arrows.into_iter().map(|arrow| ChartArrow {
            id: ids.transition(&states[arrow.from].id, &states[arrow.to].id),
            from: arrow.from,
            to: arrow.to,
            lines: arrow.lines.clone(),
            tooltip: tooltip(diagram, arrow),
            ..ChartArrow::default()
        });
        let arrows = arrows.collect();
        let notice = "truncated: exploration stopped at its limit";
        let mut chart = Self {
            title: title(diagram),
            notice: diagram.graph.truncated.then(|| notice.to_owned()),
            states,
            arrows,
        };
        chart.cut();
        chart
    }

    /// Leaves out what is more than anybody could look at, and says so.
    fn cut(&mut self) {
        let (states, arrows) = (self.states.len(), self.arrows.len());
        self.states.truncate(STATES_MAX);
        let kept = self.states.len();
        self.arrows
            .retain(|arrow| arrow.from < kept && arrow.to < kept);
        self.arrows.truncate(ARROWS_MAX);
        if kept < states || self.arrows.len() < arrows {
            let cut = format!(
                "{kept} of {states} states and {} of {arrows} arrows are drawn",
                self.arrows.len()
            );
            let notice = self.notice.take().map(|notice| format!("{notice}; "));
            self.notice = Some(format!("{}{cut}", notice.unwrap_or_default()));
        }
    }
}

/// The ends of the arrows that are drawn as such. In the expanded view, what a state around a leaf does for all of
/// its leaves alike is not: it would hide all the rest. In the other view it is drawn once, from that state.
fn own_arrows(diagram: &Diagram<'_>) -> HashSet<(usize, usize)> {
    let is_own = |transition: &&Transition<'_>| {
        let leaf = diagram.states[transition.from].name;
        let by_leaf = transition.handled_by.is_none_or(|level| level == leaf);
        diagram.view == View::Shape || (by_leaf && !transition.stays())
    };
    let own = diagram.transitions.iter().filter(is_own);
    own.map(|transition| (transition.from, transition.to))
        .collect()
}

fn tooltip(diagram: &Diagram<'_>, arrow: &Arrow) -> String {
    let key = |state: usize| &diagram.states[state].key;
    let inputs = arrow.inputs.join(", ");
    format!("{} → {}: {inputs}", key(arrow.from), key(arrow.to))
}

/// Gives ids for a document, each once: `state-ChooseExchange`, `transition-ChooseStock-FetchQuote`.
///
/// What is no ASCII letter or digit becomes an underscore; a number follows where that makes two names the same.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// The id of a state by its key.
    pub fn state(&mut self, key: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let key: String = key.chars().map(plain).collect();
        self.unique(format!("state-{key}"))
    }

    /// The id of a transition between the states of two ids.
    pub fn transition(&mut self, from: &str, to: &str) -> String {
        let key = |id: &str| id.strip_prefix("state-").unwrap_or(id).to_owned();
        self.unique(format!("transition-{}-{}", key(from), key(to)))
    }

    fn unique(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        let mut n = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{wanted}_{n}");
            n += 1;
        }
        id
    }
}
