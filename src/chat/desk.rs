//! The desk: the conversations that wait for a person, in line, and those that are with one.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::record::{Seq, SessionId, UserId};

/// A conversation that waits for a person or is with one.
#[derive(Clone, Debug)]
pub struct Case {
    /// Which.
    pub session: SessionId,
    /// The bot that handed it over.
    pub bot: SmolStr,
    /// Whose it is.
    pub user: UserId,
    /// Since when it waits, or has waited before it was taken.
    pub since: Timestamp,
    /// The agent who has taken it.
    pub agent: Option<UserId>,
    /// The machine's path, the outermost level first.
    pub path: Vec<SmolStr>,
    /// The last record's place.
    pub head: Seq,
    /// Whether it waits.
    pub waits: bool,
    /// Whether its user was told that nobody is there.
    told_nobody: bool,
    /// Since when there is nobody to answer.
    absent: Option<Instant>,
}

/// All of them, in memory: they are found again in the log when a server starts.
#[derive(Default)]
pub(super) struct Desk {
    // A std Mutex, and not tokio's: nothing waits while it is held.
    cases: Mutex<BTreeMap<SessionId, Case>>,
}

impl Case {
    pub(super) fn new(session: SessionId, bot: SmolStr, user: UserId, since: Timestamp) -> Self {
        Self {
            session,
            bot,
            user,
            since,
            agent: None,
            path: Vec::new(),
            head: 0,
            waits: true,
            told_nobody: false,
            absent: None,
        }
    }

    /// What the line is in the order of: who has waited longest comes first.
    fn order(&self) -> (Timestamp, &SessionId) {
        (self.since, &self.session)
    }
}

impl Desk {
    /// Puts `case` there, or what is new of it.
    pub(super) fn put(&self, case: Case) {
        let mut cases = self.cases();
        match cases.get_mut(&case.session) {
            Some(known) => {
                known.path = case.path;
                known.head = case.head;
                known.waits = case.waits;
                if case.waits {
                    known.agent = None;
                }
            }
            None => {
                cases.insert(case.session.clone(), case);
            }
        }
    }

    /// The agent who has the case now.
    pub(super) fn assign(&self, session: &SessionId, agent: &UserId) {
        if let Some(case) = self.cases().get_mut(session) {
            case.agent = Some(agent.clone());
            case.waits = false;
            case.absent = None;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cases().is_empty()
    }

    /// The user of `session` is told that nobody is there.
    pub(super) fn note_nobody(&self, session: &SessionId) {
        if let Some(case) = self.cases().get_mut(session) {
            case.told_nobody = true;
        }
    }

    /// Those whose users were told that, and are to be told otherwise.
    pub(super) fn take_told_nobody(&self) -> Vec<SessionId> {
        let mut cases = self.cases();
        let told = cases.values_mut().filter_map(|case| {
            let was_told = std::mem::take(&mut case.told_nobody);
            was_told.then(|| case.session.clone())
        });
        told.collect()
    }

    /// Whether it was there.
    pub(super) fn remove(&self, session: &SessionId) -> bool {
        self.cases().remove(session).is_some()
    }

    /// Those that wait, the one that has waited longest first.
    pub(super) fn waiting(&self) -> Vec<Case> {
        self.sorted(|case| case.waits)
    }

    /// Those that `agent` has taken.
    pub(super) fn taken_by(&self, agent: &UserId) -> Vec<Case> {
        self.sorted(|case| case.agent.as_ref() == Some(agent))
    }

    /// The place in line of a session that waits, from 1, and how many wait.
    pub(super) fn place(&self, session: &SessionId) -> Option<(usize, usize)> {
        let cases = self.cases();
        let case = cases.get(session).filter(|case| case.waits)?;
        let waiting = cases.values().filter(|other| other.waits);
        let before = waiting.clone().filter(|other| other.order() < case.order());
        Some((before.count() + 1, waiting.count()))
    }

    /// How many wait.
    pub(super) fn line_length(&self) -> usize {
        let cases = self.cases();
        cases.values().filter(|case| case.waits).count()
    }

    /// Those with nobody to answer for `timeout`: neither the agent who took it nor, for those that wait, any.
    pub(super) fn abandoned(
        &self,
        timeout: Duration,
        now: Instant,
        is_here: impl Fn(Option<&UserId>) -> bool,
    ) -> Vec<SessionId> {
        let mut abandoned = Vec::new();
        for case in self.cases().values_mut() {
            if is_here(case.agent.as_ref()) {
                case.absent = None;
                continue;
            }
            let since = *case.absent.get_or_insert(now);
            if now.saturating_duration_since(since) >= timeout {
                // Again after as long, should it not work this time.
                case.absent = None;
                abandoned.push(case.session.clone());
            }
        }
        abandoned
    }

    fn sorted(&self, of: impl Fn(&Case) -> bool) -> Vec<Case> {
        let cases = self.cases();
        let mut sorted: Vec<Case> = cases.values().filter(|case| of(case)).cloned().collect();
        drop(cases);
        sorted.sort_by(|a, b| a.order().cmp(&b.order()));
        sorted
    }

    fn cases(&self) -> MutexGuard<'_, BTreeMap<SessionId, Case>> {
        self.cases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk(sessions: &[(&str, i64)]) -> Desk {
        let desk = Desk::default();
        for (session, since) in sessions {
            let since = Timestamp::from_second(*since).unwrap();
            let user = "u".parse().unwrap();
            desk.put(Case::new(session.parse().unwrap(), "b".into(), user, since));
        }
        desk
    }

    fn id(session: &str) -> SessionId {
        session.parse().unwrap()
    }

    #[test]
    fn the_line_is_in_the_order_of_waiting_and_who_is_taken_leaves_it() {
        let desk = desk(&[("a", 3), ("b", 1), ("c", 2)]);
        assert_eq!(desk.place(&id("a")), Some((3, 3)));
        assert_eq!(desk.place(&id("b")), Some((1, 3)));
        let agent: UserId = "agent".parse().unwrap();
        desk.assign(&id("b"), &agent);
        assert_eq!(desk.place(&id("b")), None);
        assert_eq!(desk.place(&id("a")), Some((2, 2)));
        assert_eq!(desk.taken_by(&agent)[0].session, id("b"));
        assert!(desk.remove(&id("b")) && !desk.remove(&id("b")));
        assert!(desk.taken_by(&agent).is_empty());
    }

    #[test]
    fn a_case_is_abandoned_after_as_long_without_anybody_and_not_sooner() {
        let desk = desk(&[("a", 1)]);
        let (start, timeout) = (Instant::now(), Duration::from_secs(300));
        let nobody = |_: Option<&UserId>| false;
        let after = |seconds| start + Duration::from_secs(seconds);
        assert!(desk.abandoned(timeout, start, nobody).is_empty());
        assert!(desk.abandoned(timeout, after(299), nobody).is_empty());
        // Somebody looks in: it begins anew.
        assert!(desk.abandoned(timeout, after(299), |_| true).is_empty());
        assert!(desk.abandoned(timeout, after(400), nobody).is_empty());
        assert_eq!(desk.abandoned(timeout, after(700), nobody), [id("a")]);
    }
}
