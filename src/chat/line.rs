//! The line: those who wait for a person are told where they stand in it.

use super::{Chat, now};
use crate::event::{Line, passing};
use crate::record::SessionId;

impl Chat {
    /// Tells those who wait where they stand now.
    pub(super) fn tell_line(&self) {
        let waiting = self.desk.waiting();
        for (before, case) in waiting.iter().enumerate() {
            if self.hub.is_followed(&case.session) {
                let place = Some(before + 1);
                self.tell_place(&case.session, place, waiting.len());
            }
        }
    }

    /// Tells one who does not wait any more, taken or not, and has left the line.
    pub(super) fn tell_line_is_over(&self, session: &SessionId) {
        self.tell_place(session, None, self.desk.line_length());
    }

    fn tell_place(&self, session: &SessionId, place: Option<usize>, waiting: usize) {
        let line = passing("line", &Line { place, waiting }, None);
        self.hub.tell(session, &line, None, now());
    }
}
