//! Company: who is here, and who is to be told of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::event::passing;
use crate::hub::presence::{Attention, Change, Grace, Roster, Shown};
use crate::hub::{Hub, Listener};
use crate::identity::Identity;
use crate::record::{SessionId, UserId};

/// The presence of all users, and the conversations in which somebody listens for it.
pub(super) struct Company {
    hub: Arc<Hub>,
    // std Mutexes, and not tokio's: nothing waits while one is held.
    roster: Mutex<Roster>,
    meetings: Mutex<Meetings>,
}

/// The conversations of several people that have open streams.
#[derive(Default)]
struct Meetings {
    people: BTreeMap<SessionId, Vec<UserId>>,
    of: HashMap<UserId, BTreeSet<SessionId>>,
}

/// A stream that is open. Dropped after its place in the hub, it says that its user has one less.
pub(super) struct Here {
    company: Arc<Company>,
    identity: Arc<Identity>,
    stream: SmolStr,
    session: Option<SessionId>,
}

impl Company {
    pub(super) fn new(hub: Arc<Hub>, grace: Duration) -> Self {
        Self {
            hub,
            roster: Mutex::new(Roster::new(Grace(grace))),
            meetings: Mutex::default(),
        }
    }

    /// The stream of `listener` has opened, to a conversation of these people if there are several. It is here until
    /// what this answers is dropped.
    pub(super) fn arrive(
        self: &Arc<Self>,
        listener: &Listener,
        people: &[UserId],
        now: Timestamp,
    ) -> Here {
        if let Some(session) = &listener.session {
            self.meetings().meet(session, people);
        }
        let change = self
            .roster()
            .opened(&listener.identity.user, &listener.stream, now);
        self.tell(change, now);
        Here {
            company: Arc::clone(self),
            identity: Arc::clone(&listener.identity),
            stream: listener.stream.clone(),
            session: listener.session.clone(),
        }
    }

    fn leave(&self, here: &Here, now: Timestamp) {
        if let Some(session) = &here.session {
            let mut meetings = self.meetings();
            // Asked under the lock: whoever opens a stream meanwhile meets the others again after this.
            if !self.hub.is_followed(session) {
                meetings.end(session);
            }
        }
        let change = self.roster().closed(&here.identity.user, &here.stream, now);
        self.tell(change, now);
    }

    /// There are more people in a conversation now.
    pub(super) fn meet(&self, session: &SessionId, people: &[UserId]) {
        let mut meetings = self.meetings();
        // Asked under the lock: else the last stream may leave in between, and the meeting never end.
        if self.hub.is_followed(session) {
            meetings.meet(session, people);
        }
    }

    /// `user` is not in a conversation any more.
    pub(super) fn part(&self, session: &SessionId, user: &UserId) {
        self.meetings().part(session, user);
    }

    /// A page of `user` is looked at, or not any more.
    pub(super) fn attend(
        &self,
        user: &UserId,
        stream: Option<&str>,
        attention: Attention,
        now: Timestamp,
    ) {
        let change = self.roster().attention(user, stream, attention, now);
        self.tell(change, now);
    }

    /// Tells of users whose grace has ended.
    pub(super) fn ring(&self, now: Timestamp) {
        let mut roster = self.roster();
        if roster.next_due().is_none_or(|due| due > now) {
            return;
        }
        let changes = roster.ring(now);
        drop(roster);
        self.tell(changes, now);
    }

    /// The presence of `user`, as an event's data.
    pub(super) fn presence(&self, user: &UserId) -> Option<Change> {
        let (state, last_seen) = self.roster().of(user)?;
        Some(Change {
            user: user.clone(),
            state,
            last_seen,
        })
    }

    /// Whether `user` has a page open, or had a moment ago.
    pub(super) fn is_here(&self, user: &UserId) -> bool {
        let presence = self.roster().of(user);
        presence.is_some_and(|(state, _)| state != Shown::Offline)
    }

    fn tell(&self, changes: impl IntoIterator<Item = Change>, now: Timestamp) {
        for change in changes {
            // Told after the roster was let go: what is told last is what holds then.
            let change = self.presence(&change.user).unwrap_or(change);
            let sessions = self.meetings().sessions(&change.user);
            if sessions.is_empty() {
                continue;
            }
            let event = passing("presence", &change, None);
            for session in sessions {
                self.hub.tell(&session, &event, Some(&change.user), now);
            }
        }
    }

    fn roster(&self) -> MutexGuard<'_, Roster> {
        self.roster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meetings(&self) -> MutexGuard<'_, Meetings> {
        self.meetings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meetings {
    /// Nobody meets alone.
    fn meet(&mut self, session: &SessionId, people: &[UserId]) {
        if people.len() < 2 {
            return;
        }
        let known = self.people.entry(session.clone()).or_default();
        for user in people {
            if !known.contains(user) {
                known.push(user.clone());
                let sessions = self.of.entry(user.clone()).or_default();
                sessions.insert(session.clone());
            }
        }
    }

    fn part(&mut self, session: &SessionId, user: &UserId) {
        if let Some(people) = self.people.get_mut(session) {
            people.retain(|known| known != user);
        }
        if let Some(sessions) = self.of.get_mut(user) {
            sessions.remove(session);
            if sessions.is_empty() {
                self.of.remove(user);
            }
        }
    }

    fn end(&mut self, session: &SessionId) {
        for user in self.people.remove(session).unwrap_or_default() {
            if let Some(sessions) = self.of.get_mut(&user) {
                sessions.remove(session);
                if sessions.is_empty() {
                    self.of.remove(&user);
                }
            }
        }
    }

    fn sessions(&self, user: &UserId) -> Vec<SessionId> {
        let sessions = self.of.get(user).into_iter().flatten();
        sessions.cloned().collect()
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        Arc::clone(&self.company).leave(self, super::now());
    }
}
