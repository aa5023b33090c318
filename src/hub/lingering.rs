//! Lingering: a session's channel outlives its last stream for a little while. Who lost a connection and comes back at once
//! then finds here what came meanwhile, and nobody has to read the log.

use std::collections::HashMap;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use foldhash::fast::RandomState;

use super::Hub;
use crate::record::SessionId;

/// Longer than a client waits before it connects again after an ordinary break.
const LINGERS: Duration = Duration::from_secs(5);

/// When the last stream of each session left; one may have come back meanwhile.
pub(super) type Left = HashMap<SessionId, Instant, RandomState>;

impl Hub {
    /// The last stream of `session` has left.
    pub(super) fn note_left(&self, session: SessionId, now: Instant) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.insert(session, now);
    }

    /// Lets go of the channels to whose sessions no stream has come back.
    pub fn let_go_of_left(&self, now: Instant) {
        let mut channels = self.channels();
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |_: &SessionId, since: &mut Instant| now.duration_since(*since) >= LINGERS;
        for (session, _) in left.extract_if(is_over) {
            let channel = channels.get(&session);
            if channel.is_some_and(|channel| !channel.has_streams()) {
                channels.remove(&session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::super::{HubLimits, Listener, News, Subscription};
    use super::*;
    use crate::event::Cursor;
    use crate::identity::Identity;
    use crate::record::{Kind, Record, Seq};

    fn hub() -> Arc<Hub> {
        Hub::new(HubLimits {
            streams_max: 10,
            streams_per_session: 10,
        })
    }

    fn session() -> SessionId {
        "s".parse().expect("an id")
    }

    fn record(seq: Seq) -> Record {
        Record {
            seq,
            kind: Kind::Message,
            public: format!("{{\"seq\":{seq}}}").into(),
            private: "{}".into(),
        }
    }

    fn publish(hub: &Hub, seq: Seq) -> Cursor {
        hub.publish(&session(), &[record(seq)], Timestamp::UNIX_EPOCH);
        Cursor::of(&session(), &record(seq))
    }

    fn subscribe(hub: &Arc<Hub>, stream: &str, cursor: Seq) -> Subscription {
        let at = Timestamp::UNIX_EPOCH;
        let identity = Arc::new(Identity::new("u".parse().expect("an id"), at, at));
        let listener = Listener::of(session(), stream, identity);
        let subscription = hub.subscribe(listener, at).expect("there is room");
        subscription.begin(cursor, cursor);
        subscription
    }

    fn has_news(subscription: &Subscription, cursor: Seq) -> bool {
        matches!(subscription.news(cursor), News::Events(..))
    }

    #[test]
    fn who_comes_back_at_once_finds_what_came_meanwhile() {
        let hub = hub();
        let stream = subscribe(&hub, "a", 6);
        let (seven, eight) = (publish(&hub, 7), publish(&hub, 8));
        assert!(has_news(&stream, 6) && !has_news(&stream, 8));
        drop(stream);
        assert!(!hub.is_followed(&session()));
        publish(&hub, 9);
        hub.let_go_of_left(Instant::now());
        let stream = subscribe(&hub, "b", 8);
        assert!(stream.remembers(eight) && has_news(&stream, 8));
        assert!(!stream.remembers(seven), "it was let go of before that");
        let other = Cursor::of(&"t".parse().expect("an id"), &record(8));
        assert!(!stream.remembers(other));
    }

    #[test]
    fn who_comes_back_late_finds_nothing() {
        let hub = hub();
        drop(subscribe(&hub, "a", 6));
        // Somebody who is there meanwhile keeps it.
        let stays = subscribe(&hub, "b", 6);
        hub.let_go_of_left(Instant::now() + LINGERS);
        let seven = publish(&hub, 7);
        assert!(has_news(&stays, 6));
        drop(stays);
        let left = Instant::now();
        hub.let_go_of_left(left + LINGERS);
        let stream = subscribe(&hub, "c", 7);
        assert!(!stream.remembers(seven));
    }

    #[test]
    fn who_comes_and_goes_is_late_only_after_the_last_time() {
        let hub = hub();
        let stream = subscribe(&hub, "a", 6);
        let seven = publish(&hub, 7);
        assert!(has_news(&stream, 6) && !has_news(&stream, 7));
        let long_ago = Instant::now();
        drop(stream);
        hub.note_left(session(), long_ago);
        drop(subscribe(&hub, "b", 7));
        hub.let_go_of_left(long_ago + LINGERS);
        assert!(subscribe(&hub, "c", 7).remembers(seven));
    }

    #[test]
    fn nothing_stays_of_what_is_erased_or_was_written_anew() {
        let hub = hub();
        let stream = subscribe(&hub, "a", 6);
        let (seven, eight) = (publish(&hub, 7), publish(&hub, 8));
        assert!(has_news(&stream, 6) && !has_news(&stream, 8));
        let other = Record {
            public: "{}".into(),
            ..record(8)
        };
        hub.publish(&session(), &[other], Timestamp::UNIX_EPOCH);
        assert!(!stream.remembers(eight));
        let nine = publish(&hub, 9);
        assert!(stream.remembers(nine));
        hub.end(&session());
        assert!(![seven, eight, nine].iter().any(|&c| stream.remembers(c)));
    }

    #[test]
    fn what_nobody_was_sent_is_no_event() {
        let hub = hub();
        drop(subscribe(&hub, "a", 6));
        let at = Timestamp::from_second(100).expect("a time");
        hub.publish(&session(), &[record(7)], at);
        assert_eq!(hub.traffic().last, Some(Timestamp::UNIX_EPOCH));
    }
}
