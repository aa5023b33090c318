//! The kit: what a bot is, what its handlers may ask for, and the driver that steps it.
//!
//! Everything here is pure. Time is an argument, work is data: a handler can read its world and write to its
//! [`Outbox`], and nothing else, so that one input in one place always gives one step.
//!
//! Names (of states, inputs, effects) are read off their `Debug` form, up to the first character that cannot be
//! part of an identifier. A bot therefore derives `Debug` for them rather than writing its own.
//!
//! # What an author writes
//!
//! The machine, by `#[state_machine]` of [statig](https://docs.rs/statig), and [`Bot`] for what a chat must know of it.
//! The [front page](crate#start-here) has the smallest one whole.
//!
//! | part | is | shown by |
//! | --- | --- | --- |
//! | [`Bot::World`] | facts to look things up in, by [`World`]; with a small sample on which the machine is explored | the menu of `examples/pizza` |
//! | [`Bot::Input`] | anything that can happen: a choice, an outcome, a timer, a text that nobody understood | all |
//! | [`Bot::Place`] | the states with their data, as statig makes them | all |
//! | the type itself | what is remembered beside the place | pizza: the order; triage: the place that is on hold |
//! | [`Bot::options`] | what may be said now: [`Choice`] | pizza, `words.rs`: names with a size, amounts |
//! | [`Bot::miss`] | what a text means that fits no option, or several | all: "did you mean" |
//! | [`Bot::Effect`], [`Bot::outcomes`] | work done elsewhere by a [`Source`], and every way in which it can end | pizza: the kitchen; triage: pagers and tickets |
//! | [`Bot::idle`], [`Bot::is_final`] | what silence means, and where a conversation is over | pizza, triage |
//! | [`Bot::handoff`], [`Bot::attended`] | where a person is to take over or has done so, and what their coming and going means | the stock bot |
//!
//! # What a handler can do
//!
//! It looks at its input and the data of its levels, and answers `Handled`, `Transition` or `Super`: the level around it
//! shall say. By its [`Outbox`] it can [`say`](Outbox::say) a reply, [`show`](Outbox::show) data beside it,
//! [`start`](Outbox::start) an effect, and ask for an input [`after`](Outbox::after) some time.
//!
//! Effects and timers belong to the level that asked for them, and are cancelled when it is left: in `examples/triage`,
//! holding on or answering ends the wait for a call, without a line of code. What comes back is an input.
//!
//! What grows without end (a transcript, a counter) belongs in the log and not in the machine: its places would have no
//! end either, and could not be explored.
//

mod choice;
mod driver;
mod handoff;
mod hierarchy;
mod lines;
mod outbox;
mod reading;
mod said;
mod shown;
mod small_words;
mod source;
mod spelling;
mod work;

use std::fmt::{self, Debug, Write as _};
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;
use smol_str::{SmolStr, SmolStrBuilder};
use statig::blocking::{IntoStateMachine, State};

pub use choice::Choice;
pub use driver::{Machine, Moment, Step};
pub use handoff::{Attendance, Handoff};
pub use hierarchy::{Action, Handling, Hierarchy, Level};
pub(crate) use lines::{disturbs_a_line, is_visible, on_one_line, said_by};
pub use outbox::{Outbox, Scoped};
pub use reading::{CANDIDATES_MAX, Found, find};
pub use shown::Shown;
pub use source::{NoEffect, NoSource, Source};
pub use work::{Pending, Work, WorkId};

/// What places, inputs, effects and a bot's own memory are: plain data that can be stored, compared and shown. What is
/// equal is the same JSON: what is known of a place is worked out once for all that are equal to it.
pub trait Data:
    Serialize + DeserializeOwned + Clone + Eq + Hash + Debug + Send + Sync + 'static
{
}

impl<T> Data for T where
    T: Serialize + DeserializeOwned + Clone + Eq + Hash + Debug + Send + Sync + 'static
{
}

/// Read-only facts that a bot looks things up in. Shared by all sessions of the bot, never stored.
pub trait World: Send + Sync + 'static {
    /// A small, fixed world to explore the machine on, so that neither size nor content of the real one
    /// changes a diagram.
    fn sample() -> Self;
}

/// A bot without facts.
impl World for () {
    fn sample() -> Self {}
}

/// A statig machine and what a chat must know of it.
pub trait Bot:
    Data
    + Hierarchy
    + for<'e, 'c> IntoStateMachine<
        Event<'e> = <Self as Bot>::Input,
        Context<'c> = Outbox<'c, <Self as Bot>::World, <Self as Bot>::Input, <Self as Bot>::Effect>,
        State = <Self as Bot>::Place,
    >
{
    /// The facts it looks things up in; `()` for none.
    type World: World;
    /// Anything its machine handles.
    type Input: Data;
    /// Work its machine asks for; [`NoEffect`] for none.
    type Effect: Data;
    /// Its leaf states with their data: the enum that `#[state_machine]` generates.
    type Place: Data + State<Self> + strum::VariantNames;

    /// Its name in addresses and on the command line: `[a-z][a-z0-9-]*`.
    const NAME: &'static str;
    /// Its name for people.
    const TITLE: &'static str;

    /// What becomes of stored conversations whose machine has changed since.
    const WHEN_CHANGED: WhenChanged = WhenChanged::GoOn;
    /// What a conversation is told that has to start over because of that.
    const STARTED_OVER: &'static str =
        "I have been changed since we last spoke, and cannot go on from there. Let us start over.";

    /// The bot at the start of a conversation.
    fn new(world: &Self::World) -> Self;

    /// What the user may do in `place`, listed options in the order in which they are shown.
    fn options<'w>(
        &self,
        place: &Self::Place,
        world: &'w Self::World,
    ) -> Vec<Choice<'w, Self::Input>>;

    /// Those of [`Bot::options`] that are listed, in the same order. Every step asks for them, and only a text for
    /// the rest: a bot with many unlisted options may say here how to do without building those first.
    fn listed<'w>(
        &self,
        place: &Self::Place,
        world: &'w Self::World,
    ) -> Vec<Choice<'w, Self::Input>> {
        let mut options = self.options(place, world);
        options.retain(|choice| choice.listed);
        options
    }

    /// The input for a text that fits no option, or several (`candidates`).
    fn miss(candidates: &[&Choice<'_, Self::Input>]) -> Self::Input;

    /// The input that `text` stands for in `place`: an option that it names, else [`Bot::miss`].
    fn read(&self, place: &Self::Place, text: &str, world: &Self::World) -> Self::Input {
        let options = self.options(place, world);
        match find(text, &options) {
            Found::One(choice) => choice.input.clone(),
            Found::Several(candidates) => Self::miss(&candidates),
            Found::Nothing => Self::miss(&[]),
        }
    }

    /// Every way in which `effect` can end, with fixed samples; the first is success. Only a bot without effects
    /// can leave it out.
    fn outcomes(_effect: &Self::Effect) -> Vec<Self::Input> {
        Vec::new()
    }

    /// The outcome of an effect that took too long or panicked: the last of [`Bot::outcomes`], unless the bot
    /// says otherwise.
    ///
    /// # Panics
    /// If there are no outcomes; the step then does not happen.
    fn failed(effect: &Self::Effect) -> Self::Input {
        let last = Self::outcomes(effect).pop();
        last.expect("an effect has at least one outcome")
    }

    /// What it means to the bot that nobody has said anything for the idle time-out; `None` for nothing.
    fn idle() -> Option<Self::Input> {
        None
    }

    /// Whether `place` waits for a person or is with one; `None` for neither.
    fn handoff(_place: &Self::Place) -> Option<Handoff> {
        None
    }

    /// What it means to the bot that an agent does this; `None` for nothing. Asked only where
    /// [`Bot::handoff`] says that it can happen ([`Handoff::minds`]).
    fn attended(_change: &Attendance) -> Option<Self::Input> {
        None
    }

    /// Whether the conversation is over in `place`. Nothing is asked of the user there, and no idle time runs.
    fn is_final(_place: &Self::Place) -> bool {
        false
    }
}

/// What becomes of a stored conversation whose machine has changed since its last record: the shape of the machine
/// is another one, or the stored place is none of this machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenChanged {
    /// It goes on if its records, replayed through the machine as it is now, lead to the same places with the same
    /// options and the same work. Otherwise it starts over, and is told why.
    GoOn,
    /// It starts over, and is told why. If the bot panics then, it can only be read until a later build does not.
    Restart,
    /// It can be read, and nothing can be said in it.
    ReadOnly,
}

/// The name of a state, an input or an effect: its `Debug` form up to the first character that is not part of
/// an identifier.
#[must_use]
pub fn name_of(value: &impl Debug) -> SmolStr {
    let mut name = Name::default();
    // An error only says that the name is complete and the rest not wanted.
    let _ = write!(name, "{value:?}");
    name.0.finish()
}

/// Takes the identifier that is written to it, and stops the writer at what follows.
#[derive(Default)]
struct Name(SmolStrBuilder);

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let name = name_in(text);
        self.0.push_str(name);
        if name.len() == text.len() {
            Ok(())
        } else {
            Err(fmt::Error)
        }
    }
}

/// The identifier that `debug` starts with.
fn name_in(debug: &str) -> &str {
    let end = debug.bytes().position(|b| !IN_NAMES[usize::from(b)]);
    &debug[..end.unwrap_or(debug.len())]
}

/// Whether a byte can stand in a name. A table, which is looked up faster than it is worked out.
const IN_NAMES: [bool; 256] = {
    let mut in_names = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        // Whatever is not ASCII is a letter: nothing else of it can stand in a derived form before the name ends.
        in_names[byte] = b.is_ascii_alphanumeric() || b == b'_' || !b.is_ascii();
        byte += 1;
    }
    in_names
};
