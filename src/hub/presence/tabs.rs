//! The streams that users have open, and which of them are looked at.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::Input;
use crate::record::UserId;

/// Whether a page is looked at, by its visibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Attention {
    /// It is.
    Active,
    /// It is not.
    Away,
}

/// The streams of all users. In one map, because a map of its own would cost a user with one stream more than all else
/// that is kept of it.
#[derive(Debug, Default)]
pub(super) struct Tabs {
    attention: BTreeMap<(UserId, SmolStr), Attention>,
}

/// How many streams a user has: what they come to, without a look at each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    open: u32,
    active: u32,
}

impl Tabs {
    /// Adds a stream, which is looked at. Nothing changes if it is there.
    pub(super) fn open(&mut self, user: &UserId, stream: &str, tally: &mut Tally) {
        let key = (user.clone(), stream.into());
        self.attention.entry(key).or_insert_with(|| {
            tally.open += 1;
            tally.active += 1;
            Attention::Active
        });
    }

    /// Removes a stream; false if it is not there.
    pub(super) fn close(&mut self, user: &UserId, stream: &str, tally: &mut Tally) -> bool {
        let Some(attention) = self.attention.remove(&(user.clone(), stream.into())) else {
            return false;
        };
        tally.open -= 1;
        tally.active -= u32::from(attention == Attention::Active);
        true
    }

    /// Notes whether one stream is looked at, or all of the user's; false if there is none such.
    pub(super) fn attend(
        &mut self,
        user: &UserId,
        stream: Option<&str>,
        attention: Attention,
        tally: &mut Tally,
    ) -> bool {
        let Some(stream) = stream else {
            let first = (user.clone(), SmolStr::default());
            let streams = self.attention.range_mut(first..);
            let streams = streams.take_while(|((owner, _), _)| owner == user);
            streams.for_each(|(_, now)| tally.turn(now, attention));
            return tally.open > 0;
        };
        let found = self.attention.get_mut(&(user.clone(), stream.into()));
        found.map(|now| tally.turn(now, attention)).is_some()
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.attention.is_empty()
    }
}

impl Tally {
    /// What the streams come to: one that is looked at is enough.
    pub(super) fn merged(self) -> Input {
        match self {
            Self { open: 0, .. } => Input::Gone,
            Self { active: 0, .. } => Input::Away,
            _ => Input::Active,
        }
    }

    fn turn(&mut self, now: &mut Attention, attention: Attention) {
        match (*now, attention) {
            (Attention::Active, Attention::Away) => self.active -= 1,
            (Attention::Away, Attention::Active) => self.active += 1,
            _ => {}
        }
        *now = attention;
    }
}
