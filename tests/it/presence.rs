//! Presence: whatever happens to the streams of users, others are told the truth, in time, and once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use statechat::bot::{Machine, Moment, Outbox};
use statechat::bots::stock::Market;
use statechat::graph::{Graph, NODES_MAX, View, check};
use statechat::hub::presence::{Attention, Change, Grace, Input, Presence, Roster, Shown};
use statechat::record::UserId;
use statechat::sources::quotes::FileQuotes;
use statig::blocking::{IntoStateMachineExt, StateMachine};

use crate::example::example;
use crate::graph::table;
use crate::process::STATECHAT;
use crate::server::{Running, client, send, stock};

const USERS: usize = 3;
const GRACE_MS: i64 = 10_000;

/// One thing that happens, to a user by its number.
#[derive(Clone, Debug)]
enum Happening {
    Open(usize),
    /// The stream of this number, counted round, closes; it may have closed before.
    Close(usize, usize),
    /// All of a user's streams break at once.
    Break(usize),
    /// A stream opens, and another closes in the same moment: before it, or after.
    Reload(usize, usize, bool),
    Attend(usize, Option<usize>, Attention),
    /// So many milliseconds pass.
    Pass(i64, Ringing),
}

/// How well whoever rings keeps the time.
#[derive(Clone, Copy, Debug)]
enum Ringing {
    OnTime,
    /// At the end only.
    Late,
    Never,
}

fn happening() -> impl Strategy<Value = Happening> {
    let user = || 0..USERS;
    let attention = prop_oneof![Just(Attention::Active), Just(Attention::Away)];
    let ms = prop_oneof![0..GRACE_MS, Just(GRACE_MS), Just(GRACE_MS - 1)];
    let ringing = prop_oneof![
        2 => Just(Ringing::OnTime),
        1 => Just(Ringing::Late),
        1 => Just(Ringing::Never),
    ];
    prop_oneof![
        3 => user().prop_map(Happening::Open),
        3 => (user(), 0..8_usize).prop_map(|(user, n)| Happening::Close(user, n)),
        1 => user().prop_map(Happening::Break),
        2 => (user(), 0..8_usize, any::<bool>()).prop_map(|(user, n, first)| Happening::Reload(user, n, first)),
        3 => (user(), proptest::option::of(0..8_usize), attention)
            .prop_map(|(user, n, attention)| Happening::Attend(user, n, attention)),
        3 => (ms, ringing).prop_map(|(ms, ringing)| Happening::Pass(ms, ringing)),
    ]
}

/// What is the case, told by nothing but the streams there are.
#[derive(Default)]
struct Truth {
    streams: BTreeMap<usize, Attention>,
    /// When the last stream closed, if there was one.
    left: Option<i64>,
    seen: i64,
}

impl Truth {
    fn shown(&self, now: i64) -> Shown {
        match self.left {
            _ if self.streams.values().any(|&now| now == Attention::Active) => Shown::Online,
            _ if !self.streams.is_empty() => Shown::Away,
            Some(left) if now < left + GRACE_MS => Shown::Reconnecting,
            _ => Shown::Offline,
        }
    }
}

/// A roster beside the truth, and beside what somebody knows who was only told of changes.
struct Walk {
    roster: Roster,
    now: i64,
    truths: Vec<Truth>,
    known: Vec<Shown>,
    streams: usize,
}

impl Walk {
    fn new() -> Self {
        Self {
            roster: Roster::new(Grace(Duration::from_millis(GRACE_MS.unsigned_abs()))),
            now: 0,
            truths: (0..USERS).map(|_| Truth::default()).collect(),
            known: vec![Shown::Offline; USERS],
            streams: 0,
        }
    }

    fn happen(&mut self, happening: &Happening) {
        match *happening {
            Happening::Open(user) => self.open(user),
            Happening::Close(user, n) => self.close(user, n),
            Happening::Break(user) => {
                let streams: Vec<usize> = self.truths[user].streams.keys().copied().collect();
                streams.into_iter().for_each(|n| self.close_stream(user, n));
            }
            Happening::Reload(user, n, true) => {
                self.open(user);
                self.close(user, n);
            }
            Happening::Reload(user, n, false) => {
                self.close(user, n);
                self.open(user);
            }
            Happening::Attend(user, n, attention) => self.attend(user, n, attention),
            Happening::Pass(ms, ringing) => self.pass(ms, ringing),
        }
    }

    fn open(&mut self, user: usize) {
        self.streams += 1;
        let stream = self.streams;
        let truth = &mut self.truths[user];
        truth.streams.insert(stream, Attention::Active);
        truth.seen = self.now;
        let change = self.roster.opened(&id(user), &name(stream), at(self.now));
        self.told(change);
    }

    /// Closes a stream that is or was, of this user or of another.
    fn close(&mut self, user: usize, n: usize) {
        let open: Vec<usize> = self.truths[user].streams.keys().copied().collect();
        let stream = match open.get(n) {
            Some(&stream) => stream,
            None => n,
        };
        self.close_stream(user, stream);
    }

    fn close_stream(&mut self, user: usize, stream: usize) {
        let truth = &mut self.truths[user];
        if truth.streams.remove(&stream).is_some() {
            truth.seen = self.now;
            if truth.streams.is_empty() {
                truth.left = Some(self.now);
            }
        }
        let change = self.roster.closed(&id(user), &name(stream), at(self.now));
        self.told(change);
    }

    fn attend(&mut self, user: usize, n: Option<usize>, attention: Attention) {
        let truth = &mut self.truths[user];
        let open: Vec<usize> = truth.streams.keys().copied().collect();
        let stream = n.map(|n| open.get(n).copied().unwrap_or(n));
        for (known, now) in &mut truth.streams {
            if stream.is_none_or(|stream| stream == *known) {
                *now = attention;
                truth.seen = self.now;
            }
        }
        let stream = stream.map(name);
        let (user, now) = (id(user), at(self.now));
        let change = self
            .roster
            .attention(&user, stream.as_deref(), attention, now);
        self.told(change);
    }

    fn pass(&mut self, ms: i64, ringing: Ringing) {
        let end = self.now + ms;
        if matches!(ringing, Ringing::OnTime) {
            self.ring_until(end);
        }
        self.now = end;
        if matches!(ringing, Ringing::Late) {
            self.ring();
        }
        self.compare();
    }

    fn ring_until(&mut self, end: i64) {
        let due = |roster: &Roster| roster.next_due().map(Timestamp::as_millisecond);
        while let Some(due) = due(&self.roster).filter(|&due| due <= end) {
            self.now = self.now.max(due);
            self.ring();
        }
    }

    fn ring(&mut self) {
        let changes = self.roster.ring(at(self.now));
        let users: BTreeSet<_> = changes.iter().map(|change| &change.user).collect();
        assert_eq!(users.len(), changes.len(), "one change a user");
        assert!(changes.iter().all(|change| change.state == Shown::Offline));
        self.told(changes);
        let due = self.roster.next_due();
        assert!(due.is_none_or(|due| due > at(self.now)), "{due:?}");
    }

    fn told(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            let user = (0..USERS).find(|&user| id(user) == change.user).unwrap();
            assert_ne!(change.state, self.known[user], "told twice: {change:?}");
            assert_eq!(change.last_seen, at(self.truths[user].seen), "{change:?}");
            self.known[user] = change.state;
        }
        self.compare();
    }

    /// Whoever was told all changes knows the truth; nobody is a ghost, and nobody is gone who is not.
    fn compare(&self) {
        for (user, truth) in self.truths.iter().enumerate() {
            let shown = truth.shown(self.now);
            let known = self.known[user];
            // A grace lasts until it is rung, as it asks to be.
            if known != shown {
                let due = self.roster.next_due();
                let waits = due.is_some_and(|due| due <= at(self.now));
                let late = (known, shown) == (Shown::Reconnecting, Shown::Offline);
                assert!(late && waits, "{user}: told {known:?}, is {shown:?}");
            }
            match self.roster.of(&id(user)) {
                Some(now) => assert_eq!(now, (known, at(truth.seen))),
                None => assert_eq!((known, truth.left), (Shown::Offline, None)),
            }
        }
    }
}

fn id(user: usize) -> UserId {
    format!("user-{user}").parse().unwrap()
}

fn name(stream: usize) -> String {
    format!("stream-{stream}")
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn others_know_who_is_here_whatever_happens(
        happenings in proptest::collection::vec(happening(), 1..80),
    ) {
        let mut walk = Walk::new();
        for happening in &happenings {
            walk.happen(happening);
        }
        // In the end all go, and nobody stays.
        (0..USERS).for_each(|user| walk.happen(&Happening::Break(user)));
        walk.pass(GRACE_MS, Ringing::OnTime);
        prop_assert_eq!(&walk.known, &vec![Shown::Offline; USERS]);
        prop_assert_eq!(walk.roster.next_due(), None);
    }

    /// The exported machine is the one that runs, and that is statig's.
    #[test]
    fn steps_are_those_of_statig(choices in proptest::collection::vec(0..5_u8, 1..200)) {
        let grace = Grace::default();
        let moment = Moment { seq: 0, at: at(0) };
        let mut theirs: StateMachine<Presence> = Presence.state_machine();
        let mut outbox = Outbox::new(&grace);
        theirs.init_with_context(&mut outbox);
        let (mut ours, step) = Machine::<Presence>::start(&grace, moment);
        prop_assert_eq!(step.text, Some(outbox.said().join("\n\n")));
        for choice in choices {
            let input = match choice {
                0 => Input::Active,
                1 => Input::Away,
                2 => Input::Gone,
                3 => Input::GraceOver,
                _ => Input::NotUnderstood,
            };
            let mut outbox = Outbox::new(&grace);
            theirs.handle_with_context(&input, &mut outbox);
            let step = ours.step(&input, &grace, moment);
            prop_assert_eq!(step.text, Some(outbox.said().join("\n\n")));
            let started = step.started.iter().map(|pending| &pending.work);
            prop_assert!(started.eq(outbox.asked()));
            prop_assert_eq!(ours.place(), theirs.state());
        }
    }
}

#[test]
fn the_machine_of_presence_is_sound() {
    let report = check::<Presence>(NODES_MAX);
    assert!(report.findings.is_empty(), "{report}");
    let graph = Graph::of::<Presence>();
    insta::assert_snapshot!("presence-transitions", table(&graph, View::Shape));
}

#[test]
fn presence_is_drawn_by_its_name_in_every_program() {
    let own = Command::new(STATECHAT);
    let other = Command::new(example("tea"));
    for mut program in [own, other] {
        let output = program
            .args(["export", "--bot", "presence"])
            .output()
            .unwrap();
        assert!(output.status.success());
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["bot"], "presence");
    }
    let output = Command::new(example("tea"))
        .args(["check", "--bot", "presence"])
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(
        report.starts_with("presence: 0 errors, 0 warnings;"),
        "{report}"
    );
}

#[tokio::test]
async fn presence_is_nobody_to_chat_with() {
    let chat = Command::new(STATECHAT)
        .args(["chat", "--bot", "presence"])
        .output()
        .unwrap();
    assert_eq!(chat.status.code(), Some(2));
    let said = String::from_utf8(chat.stderr).unwrap();
    assert!(
        said.contains("there is no bot presence; here runs: stock"),
        "{said}"
    );

    let bots = stock(FileQuotes(Arc::new(Market::bundled()))).drawn::<Presence>();
    let server = Running::start_bots(&[], bots);
    let bots = server.get("/api/bots").await.body;
    assert!(
        bots.contains("stock") && !bots.contains("presence"),
        "{bots}"
    );
    let machine = server.get("/api/bots/presence/machine").await;
    assert_eq!(machine.status, 404);
    let session = serde_json::json!({ "bot": "presence" });
    let opening = client().post(server.url("/api/sessions")).json(&session);
    assert_eq!(send(opening).await.status, 422);
}
