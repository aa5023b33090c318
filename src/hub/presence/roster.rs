//! The roster: all users who are here or were a moment ago, each as a machine.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use lru::LruCache;

use super::tabs::{Attention, Tabs, Tally};
use super::{Change, Grace, Input, Presence, Shown};
use crate::bot::{Machine, Moment, Pending, Work};
use crate::record::UserId;

/// Of how many users who are offline it is known when they were last seen; about 150 bytes each. Whoever went first is
/// forgotten first.
pub const LAST_SEEN_MAX: usize = 10_000;

/// Who is here, and how.
///
/// Kept are the users with a stream, those within their grace, and up to [`LAST_SEEN_MAX`] times of others: a server
/// that a million users have left keeps nothing of most of them. To open or to close a stream costs O(log n) by all
/// streams there are.
///
/// `now` is meant never to go back from one call to the next: a grace would last longer by as much.
#[derive(Debug)]
pub struct Roster {
    grace: Grace,
    users: HashMap<UserId, User>,
    tabs: Tabs,
    /// When the machines want to be rung.
    due: BTreeSet<(Timestamp, UserId)>,
    /// When users who are offline were last seen.
    gone: LruCache<UserId, Timestamp>,
}

/// A user who is not offline.
#[derive(Debug)]
struct User {
    machine: Machine<Presence>,
    tally: Tally,
    last_seen: Timestamp,
}

impl Roster {
    /// Nobody is here yet.
    #[must_use]
    pub fn new(grace: Grace) -> Self {
        Self {
            grace,
            users: HashMap::new(),
            tabs: Tabs::default(),
            due: BTreeSet::new(),
            // Not `new`, which would take the memory for all of them at once.
            gone: LruCache::unbounded(),
        }
    }

    /// A stream of `user` has opened, by a page that is looked at until it says otherwise. What others are to be told,
    /// if anything.
    ///
    /// A stream is to be opened before it is closed, or it stays.
    pub fn opened(&mut self, user: &UserId, stream: &str, now: Timestamp) -> Option<Change> {
        let entry = self.users.entry(user.clone()).or_insert_with(|| User {
            machine: Machine::start(&self.grace, moment(now)).0,
            tally: Tally::default(),
            last_seen: now,
        });
        self.gone.pop(user);
        self.tabs.open(user, stream, &mut entry.tally);
        self.merge(user, now)
    }

    /// A stream of `user` has closed or broken. What others are to be told, if anything; nothing comes of a stream that
    /// is not open.
    pub fn closed(&mut self, user: &UserId, stream: &str, now: Timestamp) -> Option<Change> {
        let tally = &mut self.users.get_mut(user)?.tally;
        let known = self.tabs.close(user, stream, tally);
        known.then(|| self.merge(user, now)).flatten()
    }

    /// A page of `user` says whether it is looked at: that of `stream`, or all of them if it does not say which. What
    /// others are to be told, if anything; nothing comes of a stream that is not open.
    pub fn attention(
        &mut self,
        user: &UserId,
        stream: Option<&str>,
        attention: Attention,
        now: Timestamp,
    ) -> Option<Change> {
        let tally = &mut self.users.get_mut(user)?.tally;
        let known = self.tabs.attend(user, stream, attention, tally);
        known.then(|| self.merge(user, now)).flatten()
    }

    /// Ends every grace that is over by `now`. What others are to be told; one change a user.
    pub fn ring(&mut self, now: Timestamp) -> Vec<Change> {
        let mut changes = Vec::new();
        while let Some(user) = self.pop_due(now) {
            changes.extend(self.end_grace(&user, now));
        }
        changes
    }

    /// When [`Roster::ring`] has something to do next.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| *due)
    }

    /// How `user` is now, and when it was last seen; `None` for one who was not here lately.
    #[must_use]
    pub fn of(&self, user: &UserId) -> Option<(Shown, Timestamp)> {
        match self.users.get(user) {
            Some(here) => Some((here.shown(), here.last_seen)),
            None => self.gone.peek(user).map(|&at| (Shown::Offline, at)),
        }
    }

    /// Tells the machine what the user's streams come to, if that is something new: what is explored is what can happen.
    fn merge(&mut self, user: &UserId, now: Timestamp) -> Option<Change> {
        let here = self.users.get_mut(user)?;
        here.last_seen = here.last_seen.max(now);
        let merged = here.tally.merged();
        if merged == here.shown().streams() {
            return None;
        }
        self.step(user, &merged, now)
    }

    fn pop_due(&mut self, now: Timestamp) -> Option<UserId> {
        let (due, _) = self.due.first()?;
        if *due > now {
            return None;
        }
        self.due.pop_first().map(|(_, user)| user)
    }

    fn end_grace(&mut self, user: &UserId, now: Timestamp) -> Option<Change> {
        let machine = &mut self.users.get_mut(user)?.machine;
        let timer = machine.pending().first()?.id;
        let input = match machine.settle(timer)?.work {
            Work::Timer { input, .. } => input,
            Work::Effect(effect) => match effect {},
        };
        self.step(user, &input, now)
    }

    /// One input through a user's machine, which leads to another state.
    fn step(&mut self, user: &UserId, input: &Input, now: Timestamp) -> Option<Change> {
        let here = self.users.get_mut(user)?;
        let waited = here.due();
        here.machine.step(input, &self.grace, moment(now));
        // The clone has no room left over from work that is done: most users wait for nothing.
        here.machine = here.machine.clone();
        let (state, last_seen) = (here.shown(), here.last_seen);
        if let Some(due) = waited {
            self.due.remove(&(due, user.clone()));
        }
        self.due.extend(here.due().map(|due| (due, user.clone())));
        if state == Shown::Offline {
            self.forget(user, last_seen);
        }
        let user = user.clone();
        Some(Change {
            user,
            state,
            last_seen,
        })
    }

    /// Keeps of a user only when it was last seen: a machine that is offline is one that has just been made.
    fn forget(&mut self, user: &UserId, last_seen: Timestamp) {
        self.users.remove(user);
        self.gone.put(user.clone(), last_seen);
        if self.gone.len() > LAST_SEEN_MAX {
            self.gone.pop_lru();
        }
    }
}

impl User {
    fn shown(&self) -> Shown {
        self.machine.place().into()
    }

    /// When its machine wants to be rung.
    fn due(&self) -> Option<Timestamp> {
        self.machine.pending().iter().filter_map(Pending::due).min()
    }
}

/// A step that stands in no log. The machine waits for one piece of work at most, so that all steps may have one number.
fn moment(at: Timestamp) -> Moment {
    Moment { seq: 0, at }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const GRACE: Duration = Duration::from_secs(10);

    /// A roster, and every change that it told, as `user state last-seen`.
    struct Told {
        roster: Roster,
        told: Vec<String>,
    }

    impl Told {
        fn new() -> Self {
            Self {
                roster: Roster::new(Grace(GRACE)),
                told: Vec::new(),
            }
        }

        fn open(&mut self, seconds: i64, user: &str, stream: &str) -> &mut Self {
            let change = self.roster.opened(&id(user), stream, at(seconds));
            self.tell(change)
        }

        fn close(&mut self, seconds: i64, user: &str, stream: &str) -> &mut Self {
            let change = self.roster.closed(&id(user), stream, at(seconds));
            self.tell(change)
        }

        fn turn(
            &mut self,
            seconds: i64,
            user: &str,
            stream: Option<&str>,
            attention: Attention,
        ) -> &mut Self {
            let change = self
                .roster
                .attention(&id(user), stream, attention, at(seconds));
            self.tell(change)
        }

        fn ring(&mut self, seconds: i64) -> &mut Self {
            let changes = self.roster.ring(at(seconds));
            self.tell(changes)
        }

        fn tell(&mut self, changes: impl IntoIterator<Item = Change>) -> &mut Self {
            for change in changes {
                let (user, seen) = (&change.user, change.last_seen.as_second());
                self.told.push(format!("{user} {:?} {seen}", change.state));
            }
            self
        }

        /// What was told since this was last asked.
        #[track_caller]
        fn expect(&mut self, told: &[&str]) -> &mut Self {
            assert_eq!(std::mem::take(&mut self.told), told);
            self
        }
    }

    fn id(user: &str) -> UserId {
        user.parse().unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    use Attention::{Active, Away};

    #[test]
    fn a_closed_tab_is_offline_after_the_grace_and_not_before() {
        let mut told = Told::new();
        told.open(0, "ann", "a").expect(&["ann Online 0"]);
        told.close(5, "ann", "a").expect(&["ann Reconnecting 5"]);
        assert_eq!(told.roster.next_due(), Some(at(15)));
        told.ring(14).expect(&[]);
        told.ring(15).expect(&["ann Offline 5"]);
        assert_eq!(told.roster.next_due(), None);
        told.ring(100).expect(&[]);
        told.open(200, "ann", "b").expect(&["ann Online 200"]);
    }

    #[test]
    fn a_reload_shows_nobody_an_offline() {
        let mut told = Told::new();
        told.open(0, "ann", "a").close(5, "ann", "a");
        told.open(14, "ann", "b")
            .expect(&["ann Online 0", "ann Reconnecting 5", "ann Online 14"]);
        told.ring(1000).expect(&[]);
        assert_eq!(told.roster.next_due(), None);
    }

    /// The clock of whoever rings may be late: who is back by then was never offline.
    #[test]
    fn who_is_back_before_the_ring_was_not_offline() {
        let mut told = Told::new();
        told.open(0, "ann", "a").close(5, "ann", "a");
        told.open(99, "ann", "b").ring(100);
        told.expect(&["ann Online 0", "ann Reconnecting 5", "ann Online 99"]);
    }

    #[test]
    fn a_stream_that_opens_before_the_old_one_closes_shows_nothing() {
        let mut told = Told::new();
        told.open(0, "ann", "a").expect(&["ann Online 0"]);
        told.open(1, "ann", "b").close(2, "ann", "a").expect(&[]);
        told.close(3, "ann", "b").expect(&["ann Reconnecting 3"]);
    }

    #[test]
    fn a_second_break_begins_another_grace() {
        let mut told = Told::new();
        told.open(0, "ann", "a").close(5, "ann", "a");
        told.open(6, "ann", "b").close(7, "ann", "b");
        assert_eq!(told.roster.next_due(), Some(at(17)));
        told.expect(&[
            "ann Online 0",
            "ann Reconnecting 5",
            "ann Online 6",
            "ann Reconnecting 7",
        ]);
        told.ring(16).expect(&[]);
        told.ring(17).expect(&["ann Offline 7"]);
    }

    #[test]
    fn a_user_is_away_when_no_tab_is_looked_at() {
        let mut told = Told::new();
        told.open(0, "ann", "a").open(1, "ann", "b");
        told.expect(&["ann Online 0"]);
        told.turn(2, "ann", Some("a"), Away).expect(&[]);
        told.turn(3, "ann", Some("b"), Away).expect(&["ann Away 3"]);
        told.turn(4, "ann", Some("b"), Away).expect(&[]);
        told.turn(5, "ann", Some("a"), Active)
            .expect(&["ann Online 5"]);
        told.close(6, "ann", "a").expect(&["ann Away 6"]);
        told.close(7, "ann", "b").expect(&["ann Reconnecting 7"]);
        // A new page is looked at.
        told.open(8, "ann", "c").expect(&["ann Online 8"]);
    }

    #[test]
    fn a_page_that_names_no_stream_speaks_for_all() {
        let mut told = Told::new();
        told.open(0, "ann", "a")
            .open(0, "ann", "b")
            .open(0, "bob", "c");
        told.expect(&["ann Online 0", "bob Online 0"]);
        told.turn(1, "ann", None, Away).expect(&["ann Away 1"]);
        told.turn(2, "ann", None, Active).expect(&["ann Online 2"]);
        told.close(3, "ann", "a").close(4, "ann", "b");
        told.expect(&["ann Reconnecting 4"]);
    }

    #[test]
    fn nothing_comes_of_streams_that_are_not_there() {
        let mut told = Told::new();
        told.close(0, "ann", "a").turn(0, "ann", None, Away);
        assert!(told.roster.users.is_empty());
        told.open(1, "ann", "a").open(2, "bob", "b");
        told.expect(&["ann Online 1", "bob Online 2"]);
        told.close(3, "ann", "b")
            .turn(3, "ann", Some("b"), Away)
            .expect(&[]);
        // Opened twice it is one stream still.
        told.open(4, "ann", "a").close(5, "ann", "a");
        told.expect(&["ann Reconnecting 5"]);
        told.close(6, "ann", "a").turn(6, "ann", None, Active);
        told.expect(&[]);
        assert_eq!(told.roster.next_due(), Some(at(15)));
        assert_eq!(
            told.roster.of(&id("ann")),
            Some((Shown::Reconnecting, at(5)))
        );
    }

    #[test]
    fn current_values_are_those_that_were_told_and_last_seen_goes_on() {
        let mut told = Told::new();
        let ann = id("ann");
        assert_eq!(told.roster.of(&ann), None);
        told.open(0, "ann", "a").open(3, "ann", "b");
        assert_eq!(told.roster.of(&ann), Some((Shown::Online, at(3))));
        told.turn(4, "ann", Some("a"), Active);
        assert_eq!(told.roster.of(&ann), Some((Shown::Online, at(4))));
        // A clock that goes back does not make it seen earlier.
        told.close(2, "ann", "b");
        assert_eq!(told.roster.of(&ann), Some((Shown::Online, at(4))));
        told.close(5, "ann", "a").ring(15);
        assert_eq!(told.roster.of(&ann), Some((Shown::Offline, at(5))));
    }

    #[test]
    fn one_ring_ends_every_grace_that_is_over() {
        let mut told = Told::new();
        for (user, seconds) in [("ann", 2), ("bob", 1), ("eve", 3)] {
            told.open(0, user, "a").close(seconds, user, "a");
        }
        told.told.clear();
        told.ring(12).expect(&["bob Offline 1", "ann Offline 2"]);
        assert_eq!(told.roster.next_due(), Some(at(13)));
    }

    #[test]
    fn without_a_grace_a_user_is_offline_at_the_next_ring() {
        let mut roster = Roster::new(Grace(Duration::ZERO));
        roster.opened(&id("ann"), "a", at(0));
        let change = roster.closed(&id("ann"), "a", at(1)).unwrap();
        assert_eq!(change.state, Shown::Reconnecting);
        assert_eq!(roster.ring(at(1))[0].state, Shown::Offline);
        let mut roster = Roster::new(Grace(Duration::MAX));
        roster.opened(&id("ann"), "a", at(0));
        roster.closed(&id("ann"), "a", at(1));
        assert_eq!(roster.next_due(), Some(Timestamp::MAX));
    }

    #[test]
    fn of_those_who_are_gone_only_the_last_are_known() {
        let mut roster = Roster::new(Grace(GRACE));
        let user = |n: usize| id(&format!("user-{n}"));
        for n in 0..=LAST_SEEN_MAX {
            roster.opened(&user(n), "a", at(0));
            roster.closed(&user(n), "a", at(1));
            assert_eq!(roster.ring(at(100)).len(), 1);
        }
        assert_eq!(roster.gone.len(), LAST_SEEN_MAX);
        assert_eq!(roster.of(&user(0)), None);
        assert_eq!(roster.of(&user(1)), Some((Shown::Offline, at(1))));
        // Who is back is not among them, and leaves nothing else behind.
        roster.opened(&user(1), "a", at(2));
        assert_eq!(roster.gone.len(), LAST_SEEN_MAX - 1);
        roster.closed(&user(1), "a", at(3));
        roster.ring(at(100));
        let Roster {
            users, tabs, due, ..
        } = &roster;
        assert!(users.is_empty() && tabs.is_empty() && due.is_empty());
    }

    /// With a table at its emptiest (7 in 16), a stream in `tabs` of about 80 bytes, and nothing else: under 300 bytes.
    #[test]
    fn a_user_at_rest_is_small() {
        assert!(size_of::<(UserId, User)>() <= 88);
        let mut roster = Roster::new(Grace(GRACE));
        let ann = id("ann");
        roster.opened(&ann, "a", at(0));
        roster.closed(&ann, "a", at(1));
        roster.opened(&ann, "b", at(2));
        assert_eq!(roster.users[&ann].machine.pending(), []);
    }

    #[test]
    fn a_change_is_the_data_of_its_event() {
        let mut roster = Roster::new(Grace(GRACE));
        let change = roster.opened(&id("ann"), "a", at(1)).unwrap();
        assert_eq!(
            serde_json::to_string(&change).unwrap(),
            r#"{"user":"ann","state":"online","lastSeen":"1970-01-01T00:00:01.000Z"}"#
        );
        let away: Attention = serde_json::from_str(r#""away""#).unwrap();
        assert_eq!(away, Away);
    }
}
