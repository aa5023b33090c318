//! The history: the notifications that were sent last, and what became of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::hub::{Audience, Delivery};

/// How many notifications are remembered.
const REMEMBERED_MAX: usize = 200;

/// How many streams that they went to, in all. The newest is remembered whatever it went to.
const RECIPIENTS_MAX: usize = 250_000;

/// A notification that was sent.
pub struct Notice {
    /// Its name.
    pub id: SmolStr,
    /// Whom it is for.
    pub to: Audience,
    /// What kind of event it is.
    pub event: SmolStr,
    /// When it was sent.
    pub at: Timestamp,
    /// Until when it is kept for those who are away, if it is.
    pub until: Option<Timestamp>,
    /// What became of it at the streams that were open.
    pub delivery: Arc<Delivery>,
}

#[derive(Default)]
pub(super) struct History(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    notices: VecDeque<Arc<Notice>>,
    recipients: usize,
}

impl History {
    pub(super) fn add(&self, notice: Arc<Notice>) {
        let mut remembered = self.remembered();
        remembered.recipients += notice.delivery.matched();
        remembered.notices.push_back(notice);
        while remembered.notices.len() > 1
            && (remembered.notices.len() > REMEMBERED_MAX || remembered.recipients > RECIPIENTS_MAX)
            && let Some(oldest) = remembered.notices.pop_front()
        {
            remembered.recipients -= oldest.delivery.matched();
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<Arc<Notice>> {
        let remembered = self.remembered();
        let mut newest_first = remembered.notices.iter().rev();
        newest_first.find(|notice| notice.id == id).cloned()
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
