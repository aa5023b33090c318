//! The members of a conversation beside its owner, and who may see it or speak in it.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use super::ChatError;
use super::permits::Permits;
use super::seat::Seat;
use super::typing::Typist;
use crate::identity::{Identity, Role};
use crate::log::Stored;
use crate::record::{Receipt, SpeakerKind, UserId};
use crate::registry::Handoff;

/// What a seat keeps of its people. Most conversations are one user's with a bot: theirs are the [`NONE`] of all, and
/// take no memory.
#[derive(Default)]
pub(super) struct Members(Option<Box<People>>);

/// The people of a conversation, as far as there is something to keep of them.
#[derive(Default)]
pub(super) struct People {
    /// Who takes part beside the owner, in the order of joining.
    pub(super) participants: Vec<UserId>,
    /// How far each has come.
    pub(super) receipts: BTreeMap<UserId, Receipt>,
    /// The agent who has taken it.
    pub(super) agent: Option<UserId>,
    /// Whether it waits for one or is with one.
    pub(super) handoff: Option<Handoff>,
    /// Who types now.
    pub(super) typists: Vec<Typist>,
    /// How much each may say still, beside what the owner says to the bot.
    pub(super) permits: Permits,
}

static NONE: People = People {
    participants: Vec::new(),
    receipts: BTreeMap::new(),
    agent: None,
    handoff: None,
    typists: Vec::new(),
    permits: Permits::new(),
};

impl Members {
    pub(super) fn of(stored: &Stored) -> Self {
        let mut members = Self::default();
        members.update(stored);
        members
    }

    /// As the log has them now: somebody else may have written there.
    pub(super) fn update(&mut self, stored: &Stored) {
        if stored.participants != self.participants {
            self.participants.clone_from(&stored.participants);
        }
        if !stored.receipts.is_empty() {
            self.receipts = stored.receipts.iter().cloned().collect();
        }
    }
}

impl Deref for Members {
    type Target = People;

    fn deref(&self) -> &People {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Members {
    fn deref_mut(&mut self) -> &mut People {
        self.0.get_or_insert_default()
    }
}

impl Seat {
    /// The owner, the participants, and the agent who has taken it.
    pub(super) fn people(&self) -> Vec<UserId> {
        let members = self.members();
        let mut people = vec![self.owner.clone()];
        for user in members.participants.iter().chain(&members.agent) {
            if !people.contains(user) {
                people.push(user.clone());
            }
        }
        people
    }

    /// Whether users talk with each other here.
    pub(super) fn has_company(&self) -> bool {
        !self.members().participants.is_empty()
    }

    /// Whether it exists for `who`.
    pub(super) fn admits(&self, who: &Identity) -> bool {
        who.is_admin() || self.role_of(who).is_some() || self.waits_for(who)
    }

    /// As what `who` speaks here; `None` for who only watches.
    pub(super) fn role_of(&self, who: &Identity) -> Option<SpeakerKind> {
        if self.owner == who.user {
            return Some(SpeakerKind::User);
        }
        let members = self.members();
        if members.agent.as_ref() == Some(&who.user) && who.role != Role::User {
            return Some(SpeakerKind::Agent);
        }
        let takes_part = members.participants.contains(&who.user);
        takes_part.then_some(SpeakerKind::User)
    }

    /// As what `who` speaks here.
    ///
    /// # Errors
    /// [`ChatError::Watching`] for who does not take part.
    pub(super) fn speaker(&self, who: &Identity) -> Result<SpeakerKind, ChatError> {
        self.role_of(who).ok_or(ChatError::Watching)
    }
}

/// Whether a session that is not in memory exists for `who`, as far as can be told without its machine.
pub(super) fn may_admit(stored: &Stored, who: &Identity) -> bool {
    let takes_part = stored.row.owner == who.user || stored.participants.contains(&who.user);
    takes_part || who.role != Role::User
}
