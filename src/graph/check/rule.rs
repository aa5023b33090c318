//! The rules.

use serde::Serialize;

/// What a machine is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A declared state is never reached.
    UnreachedState,
    /// An option is offered as a button, but nothing takes it, or it changes nothing and gets no reply.
    UnhandledOption,
    /// A state cannot be left, and is not final.
    DeadEnd,
    /// From some states neither the initial state nor a final one can be reached.
    NoReturn,
    /// A step says nothing, and starts no effect that will.
    SilentStep,
    /// A handler, an action or one of the bot's own functions panics.
    Panic,
    /// The same step, run twice, comes out differently.
    DifferingRuns,
    /// What is stored of a place or an input is not what it was.
    LostData,
    /// Two listed options of a place have the same id.
    DuplicateId,
    /// Two listed options of a place have the same label but for case.
    DuplicateLabel,
    /// `Bot::listed` and `Bot::options` list different options.
    ListedDiffers,
    /// A superstate's handler takes an input that a level below always takes first.
    ShadowedHandler,
    /// A superstate's data change while it stays entered, and its entry or exit action would have done something.
    StaleSuperstate,
    /// Exploration stopped at its limit of nodes, or of work that is pending in one, so that all of the above holds for what was explored only.
    Truncated,
}

/// Whether a finding fails the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It does.
    Error,
    /// It is only told.
    Warning,
}

impl Rule {
    /// All rules, errors first.
    pub const ALL: [Self; 14] = [
        Self::UnreachedState,
        Self::UnhandledOption,
        Self::DeadEnd,
        Self::NoReturn,
        Self::SilentStep,
        Self::Panic,
        Self::DifferingRuns,
        Self::LostData,
        Self::DuplicateId,
        Self::DuplicateLabel,
        Self::ListedDiffers,
        Self::ShadowedHandler,
        Self::StaleSuperstate,
        Self::Truncated,
    ];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnreachedState => "unreached-state",
            Self::UnhandledOption => "unhandled-option",
            Self::DeadEnd => "dead-end",
            Self::NoReturn => "no-return",
            Self::SilentStep => "silent-step",
            Self::Panic => "panic",
            Self::DifferingRuns => "differing-runs",
            Self::LostData => "lost-data",
            Self::DuplicateId => "duplicate-id",
            Self::DuplicateLabel => "duplicate-label",
            Self::ListedDiffers => "listed-differs",
            Self::ShadowedHandler => "shadowed-handler",
            Self::StaleSuperstate => "stale-superstate",
            Self::Truncated => "truncated",
        }
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::ShadowedHandler | Self::StaleSuperstate | Self::Truncated => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn mend(self) -> &'static str {
        match self {
            Self::UnreachedState => "lead there, or delete the state",
            Self::UnhandledOption => {
                "take its input in this state or above it, or offer it elsewhere only"
            }
            Self::DeadEnd => {
                "take an input that leads on, or let `Bot::is_final` say that it is over here"
            }
            Self::NoReturn => {
                "lead back to the start or on to a final state, by a main menu in a superstate say"
            }
            Self::SilentStep => {
                "say something in the handler or in the entry action, or start an effect"
            }
            Self::Panic => {
                "handle the case: in a chat the step would not happen, and the user would get an error"
            }
            Self::DifferingRuns => {
                "take time, chance and all that changes from an effect's outcome, not from the handler"
            }
            Self::LostData => {
                "let serde write and read all of it as JSON: no field skipped, keys of maps strings or numbers"
            }
            Self::DuplicateId => "give each option of a place an id of its own",
            Self::DuplicateLabel => "give each option of a place a label of its own",
            Self::ListedDiffers => {
                "list in `Bot::listed` what `Bot::options` lists, in the same order"
            }
            Self::ShadowedHandler => "delete one of the handlers",
            Self::StaleSuperstate => {
                "keep such data in the leaf, or do in the leaf's entry action what has to be done"
            }
            Self::Truncated => {
                "move data that grow into the log or an effect, ask for one piece of work at a time, or raise \
                 --nodes-max"
            }
        }
    }
}
