//! A move: one thing that can happen to a conversation, as data, so that it can be tried again elsewhere.

use std::fmt;
use std::time::Duration;

use super::transcript::event;
use crate::bot::{Attendance, Bot, Choice, Machine, Work, name_of};
use crate::graph::{Candidate, Way};

/// Texts that most likely mean nothing to a bot.
const NONSENSE: [&str; 4] = ["xyzzy", "qwrtzp vbnmx", "…", "%"];

/// One thing that can happen to a conversation. Its `Display` form is the call that makes it happen:
/// `.chooses("LSE")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move<B: Bot> {
    /// The user writes this text.
    Says(String),
    /// The user chooses the listed option of this id.
    Chooses(String),
    /// The oldest pending effect that equals `effect` ends with `input`.
    Ends {
        /// What is pending.
        effect: B::Effect,
        /// What comes of it.
        input: B::Input,
    },
    /// The oldest pending timer that brings this input rings, whichever would be due first.
    Rings(B::Input),
    /// So much time passes; every timer that is due rings.
    Waits(Duration),
    /// The user is silent for the idle time-out.
    IsSilent,
    /// An agent does this.
    Attended(Attendance),
}

impl<B: Bot> Move<B> {
    /// The move by which `machine` gets what exploration gives it; else what nobody can say.
    pub(super) fn along(
        machine: &Machine<B>,
        candidate: &Candidate<'_, B::Input>,
        world: &B::World,
    ) -> Result<Self, String> {
        let input = &candidate.input;
        let said = match &candidate.way {
            Way::Option { id, listed: true } => return Ok(Self::Chooses(id.to_string())),
            Way::Idle => return Ok(Self::IsSilent),
            Way::Person(change) => return Ok(Self::Attended(change.clone())),
            Way::Timer(_) => return Ok(Self::Rings(input.clone())),
            Way::Outcome(id) => {
                let ended = machine.pending().iter().find(|work| work.id == *id);
                if let Some(Work::Effect(effect)) = ended.map(|work| &work.work) {
                    return Ok(Self::Ends {
                        effect: effect.clone(),
                        input: input.clone(),
                    });
                }
                None
            }
            Way::Option { id, .. } => {
                let mut options = machine.options(world).into_iter();
                let option = options.find(|option| option.id == *id && option.input == *input);
                let mut names = option.iter().flat_map(names);
                names.find(|name| machine.read(name, world) == *input)
            }
            Way::Text => {
                let mut texts = NONSENSE.into_iter().map(str::to_owned);
                texts.find(|text| machine.read(text, world) == *input)
            }
        };
        said.map(Self::Says)
            .ok_or_else(|| format!("{} in {}", name_of(input), event(machine.place())))
    }
}

/// What an option is called, the plainest first.
fn names<I>(option: &Choice<'_, I>) -> Vec<String> {
    let mut names = vec![
        option.id.to_string(),
        option.label.to_string(),
        format!("{} ({})", option.label, option.whole),
    ];
    names.extend(option.aliases.iter().map(|&alias| alias.to_owned()));
    names.extend(option.phrases.iter().map(ToString::to_string));
    names
}

impl<B: Bot> fmt::Display for Move<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Says(text) => write!(f, ".says({text:?})"),
            Self::Chooses(id) => write!(f, ".chooses({id:?})"),
            Self::Ends { input, .. } => write!(f, ".gets({})", value(input)),
            Self::Rings(input) => write!(f, ".plays(&Move::Rings({}))", value(input)),
            Self::Waits(time) => write!(f, ".waits({})", duration(*time)),
            Self::IsSilent => f.write_str(".is_silent()"),
            Self::Attended(change) => attended(f, change),
        }
    }
}

fn attended(f: &mut fmt::Formatter<'_>, change: &Attendance) -> fmt::Result {
    match change {
        Attendance::Staffed => f.write_str(".staffed()"),
        Attendance::Nobody => f.write_str(".nobody()"),
        Attendance::Taken {
            name: Some(name), ..
        } if *change == Attendance::taken_by(name) => write!(f, ".taken_by({name:?})"),
        Attendance::Taken { .. } => write!(f, ".attended({})", value(change)),
        Attendance::Returned => f.write_str(".returned()"),
        Attendance::Abandoned => f.write_str(".abandoned()"),
    }
}

/// An input as code, as far as its `Debug` form is: a variant gets its enum's name.
fn value<I: fmt::Debug>(input: &I) -> String {
    let name = type_name::<I>();
    match name == name_of(input) {
        true => format!("{input:?}"),
        false => format!("{name}::{input:?}"),
    }
}

fn type_name<T>() -> &'static str {
    let whole = std::any::type_name::<T>();
    whole.rsplit("::").next().unwrap_or(whole)
}

/// A duration as code, in the largest unit that has no fraction.
fn duration(time: Duration) -> String {
    let nanos = time.as_nanos();
    match () {
        () if nanos.is_multiple_of(1_000_000_000) => {
            format!("Duration::from_secs({})", time.as_secs())
        }
        () if nanos.is_multiple_of(1_000_000) => {
            format!("Duration::from_millis({})", time.as_millis())
        }
        () => format!("Duration::from_nanos({nanos})"),
    }
}

/// Moves in a row as a test has them, a line each: `Conversation::<StockBot>::new()`, `.chooses("LSE")`.
pub(super) fn as_code<B: Bot>(moves: &[Move<B>], start: &str) -> String {
    let mut code = format!("Conversation::<{}>::{start}", type_name::<B>());
    for next in moves {
        code.push_str("\n    ");
        code.push_str(&next.to_string());
    }
    code
}
