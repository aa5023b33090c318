//! Standard output: where results go. Its reader may have seen enough before all is said.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Why nothing more can be said: an error of standard output's own, and of no other pipe.
#[derive(Debug, thiserror::Error)]
#[error("standard output cannot be written")]
pub(super) struct Unsaid(#[from] io::Error);

impl Unsaid {
    /// Whether nobody reads on.
    pub(super) fn is_unread(&self) -> bool {
        self.0.kind() == ErrorKind::BrokenPipe
    }
}

/// Says a report, whose verdict is the exit code. That is the same for who has seen enough of it, or none.
pub(super) fn say_report(text: impl Display) -> Result<(), Unsaid> {
    match say(text) {
        Err(unsaid) if unsaid.is_unread() => Ok(()),
        said => said,
    }
}

/// Says `text`, at once and as it stands.
pub(super) fn say(text: impl Display) -> Result<(), Unsaid> {
    let mut stdout = io::stdout().lock();
    write!(stdout, "{text}")?;
    Ok(stdout.flush()?)
}
