//! A difference as lines: `+` for what is new, `-` for what is gone, `~` for what is not the same.

use std::fmt;

use super::{Change, Diff, StateDiff, TransitionDiff};

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            write!(f, "{}: the same machine", self.bot)?;
        } else {
            let states = self.states.iter().map(|state| state.change);
            let transitions = self.transitions.iter().map(|transition| transition.change);
            let (states, transitions) =
                (counts(states, "state"), counts(transitions, "transition"));
            let greeting = self
                .greeting
                .iter()
                .map(|_| "the greeting changed".to_owned());
            let counts = states.into_iter().chain(transitions).chain(greeting);
            let counts: Vec<_> = counts.collect();
            write!(f, "{}: {}", self.bot, counts.join(", "))?;
        }
        if let Some(greeting) = &self.greeting {
            write!(f, "\n~ the greeting {greeting}")?;
        }
        for state in &self.states {
            write!(f, "\n{state}")?;
        }
        for transition in &self.transitions {
            write!(f, "\n{transition}")?;
        }
        match self.truncated {
            true => write!(
                f,
                "\n(truncated: exploration stopped at its limit, so there may be more)"
            ),
            false => Ok(()),
        }
    }
}

fn counts(changes: impl Iterator<Item = Change> + Clone, noun: &str) -> Vec<String> {
    let kinds = [Change::Added, Change::Removed, Change::Changed];
    let count = |kind| {
        (
            kind,
            changes.clone().filter(|change| *change == kind).count(),
        )
    };
    let counted = kinds.into_iter().map(count).filter(|(_, count)| *count > 0);
    let text = |(kind, count): (Change, usize)| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{plural} {}", kind.class())
    };
    counted.map(text).collect()
}

fn sign(change: Change) -> char {
    match change {
        Change::Added => '+',
        Change::Removed => '-',
        Change::Changed => '~',
    }
}

impl fmt::Display for StateDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} state {}", sign(self.change), self.state)?;
        match (&self.parent, self.change) {
            (_, Change::Changed) => write!(f, ": {}", self.details.join("; ")),
            (Some(parent), _) => write!(f, " in {parent}"),
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Display for TransitionDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} takes {}",
            sign(self.change),
            self.from,
            self.input
        )?;
        match (&self.to, self.change) {
            (_, Change::Changed) => write!(f, ": {}", self.details.join("; ")),
            (Some(to), _) => write!(f, " to {to}"),
            (None, _) => write!(f, " and stays"),
        }
    }
}
