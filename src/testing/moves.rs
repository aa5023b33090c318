//! A move: one thing that can happen to a conversation, as data, so that it can be tried again elsewhere.

use std::fmt;
use std::time::Duration;

use crate::bot::Bot;

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
}

impl<B: Bot> fmt::Display for Move<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Says(text) => write!(f, ".says({text:?})"),
            Self::Chooses(id) => write!(f, ".chooses({id:?})"),
            Self::Ends { input, .. } => write!(f, ".gets({input:?})"),
            Self::Rings(input) => write!(f, ".plays(&Move::Rings({input:?}))"),
            Self::Waits(time) => write!(f, ".waits({})", duration(*time)),
            Self::IsSilent => f.write_str(".is_silent()"),
        }
    }
}

/// A duration as code, in the largest unit that has no fraction.
fn duration(time: Duration) -> String {
    let nanos = time.as_nanos();
    match () {
        () if nanos % 1_000_000_000 == 0 => format!("Duration::from_secs({})", time.as_secs()),
        () if nanos % 1_000_000 == 0 => format!("Duration::from_millis({})", time.as_millis()),
        () => format!("Duration::from_nanos({nanos})"),
    }
}

/// Moves in a row as a test has them, a line each: `Conversation::<StockBot>::new()`, `.chooses("LSE")`.
pub(super) fn as_code<B: Bot>(moves: &[Move<B>], start: &str) -> String {
    let whole = std::any::type_name::<B>();
    let name = whole.rsplit("::").next().unwrap_or(whole);
    let mut code = format!("Conversation::<{name}>::{start}");
    for next in moves {
        code.push_str("\n    ");
        code.push_str(&next.to_string());
    }
    code
}
