//! A person takes over: what that means to a session, to the test kit and to exploration.

use std::sync::Arc;

use statechat::bot::{Attendance, Handoff, World};
use statechat::bots::stock::{Market, StockBot};
use statechat::graph::{Cause, Graph};
use statechat::record::{HeadRow, Record, Waits};
use statechat::session::{Fate, Message, Places, Replay, Said, Session, Transcript};
use statechat::testing::{Conversation, Move, every_transition, start_time, walks};

use crate::lamp::Lamp;

type Chat = Conversation<StockBot>;

fn places() -> Arc<Places<StockBot>> {
    Places::new(Arc::new(Market::sample()))
}

fn message(said: Said) -> Message {
    Message {
        user: "u1".parse().unwrap(),
        said,
        client_id: None,
    }
}

fn text(text: &str) -> Message {
    message(Said::Text(text.to_owned()))
}

fn taken() -> Attendance {
    Attendance::Taken {
        agent: "a7".into(),
        name: Some("Alice".into()),
    }
}

/// A session in which an agent came and went, and its records.
fn held() -> (Session<StockBot>, Vec<Record>) {
    let at = start_time();
    let (mut session, written) = Session::<StockBot>::open(places(), at);
    let mut records = written.records;
    records.extend(session.say(text("lse"), at).unwrap().records);
    records.extend(session.say(text("human"), at).unwrap().records);
    for change in [Attendance::Nobody, Attendance::Staffed, taken()] {
        records.extend(session.attended(&change, at).unwrap().records);
    }
    records.extend(session.say(text("gsk"), at).unwrap().records);
    let returned = session.attended(&Attendance::Returned, at);
    records.extend(returned.unwrap().records);
    (session, records)
}

#[test]
fn what_people_do_is_a_step_where_it_can_be() {
    let at = start_time();
    let (mut session, _) = Session::<StockBot>::open(places(), at);
    let all = [
        Attendance::Staffed,
        Attendance::Nobody,
        taken(),
        Attendance::Returned,
        Attendance::Abandoned,
    ];
    let minded = |session: &Session<StockBot>| {
        all.each_ref()
            .map(|change| session.clone().attended(change, at).is_some())
    };
    assert_eq!(session.machine().handoff(), None);
    assert_eq!(minded(&session), [false; 5]);
    session.say(text("human"), at).unwrap();
    assert_eq!(session.machine().handoff(), Some(Handoff::Waiting));
    assert_eq!(minded(&session), [true, true, true, false, true]);
    let head = session.head();
    let written = session.attended(&taken(), at).unwrap();
    assert_eq!((written.records.len(), session.head()), (1, head + 1));
    let private = &written.records[0].private;
    let cause = r#"{"cause":{"person":{"taken":{"agent":"a7","name":"Alice"}}},"#;
    assert!(private.starts_with(cause), "{private}");
    assert_eq!(session.machine().handoff(), Some(Handoff::With));
    assert_eq!(minded(&session), [false, false, false, true, true]);
}

#[test]
fn with_a_person_the_bot_hears_nothing_but_buttons() {
    let at = start_time();
    let (mut session, _) = Session::<StockBot>::open(places(), at);
    session.say(text("human"), at).unwrap();
    assert!(session.minds_silence());
    session.attended(&taken(), at).unwrap();
    let state = session.state();
    for said in ["gsk", "goodbye", "leave", "Back to the bot"] {
        let written = session.say(text(said), at).unwrap();
        assert_eq!(written.records.len(), 1, "{said}");
        assert_eq!(&*written.records[0].private, r#"{"note":{}}"#);
    }
    // Silence is not the bot's business then.
    assert!(!session.minds_silence() && session.idle(at).is_none());
    assert_eq!(session.state(), state);
    let refused = session.say(message(Said::Choose("wait".to_owned())), at);
    assert!(refused.is_err());
    let left = session.say(message(Said::Choose("leave".to_owned())), at);
    assert_eq!(left.unwrap().records.len(), 2);
    assert_eq!(session.machine().handoff(), None);
}

#[test]
fn what_people_did_is_replayed_and_retold() {
    let (session, records) = held();
    let mut replay = Replay::<StockBot>::new(places());
    records.iter().for_each(|record| replay.record(record));
    let (fate, replayed) = replay.end(&session.state());
    assert_eq!(fate, Fate::Unchanged { reworded: 0 });
    assert_eq!(replayed.unwrap().state(), session.state());

    let row = HeadRow {
        session: "s1".parse().unwrap(),
        bot: "stock".into(),
        owner: "u1".parse().unwrap(),
        opened_as: None,
        shape: "".into(),
        created: start_time(),
        used: start_time(),
        head: session.head(),
        at: start_time(),
        state: session.state(),
        waits: Waits::default(),
    };
    let transcript = Transcript::new(&row, &records).unwrap().to_json();
    let retold = Chat::retell(&transcript).expect_state("ChooseStock");
    insta::assert_snapshot!("retold", retold);
}

#[test]
fn a_replay_says_where_nobody_is_waited_for_any_more() {
    let (session, mut records) = held();
    // As if the user had said something else.
    let said = &mut records[3];
    said.public = said.public.replace("human", "help").into();
    said.private = said.private.replace("human", "help").into();
    // Nor is its step what it was.
    records[4] = {
        let (mut session, _) = Session::<StockBot>::open(places(), start_time());
        session.say(text("lse"), start_time()).unwrap();
        let written = session.say(text("help"), start_time()).unwrap();
        written.records[1].clone()
    };
    let mut replay = Replay::<StockBot>::new(places());
    records.iter().for_each(|record| replay.record(record));
    let divergence = replay.divergence().unwrap();
    assert_eq!(
        (divergence.seq, divergence.why.as_str()),
        (6, "in ChooseStock nobody is waited for any more")
    );
    let (fate, _) = replay.end(&session.state());
    assert!(matches!(fate, Fate::Diverges(_)), "{fate:?}");
}

#[test]
fn exploration_tries_what_people_do_where_it_is_minded() {
    let graph = Graph::of::<StockBot>();
    for edge in &graph.edges {
        let leaf = graph.leaf(edge.from).as_str();
        match &edge.cause {
            Cause::Person { change } => {
                let can_be = match leaf {
                    "WaitingForAgent" => *change != Attendance::Returned,
                    // That the agent gives it back is the same input as the button.
                    "WithAgent" => *change == Attendance::Abandoned,
                    _ => false,
                };
                assert!(can_be, "{change} in {leaf}");
            }
            // A text does not reach the machine there, nor does silence.
            cause if leaf == "WithAgent" => {
                assert!(
                    matches!(cause, Cause::Option { listed: true, .. }),
                    "{cause}"
                );
            }
            _ => {}
        }
    }
    let with = graph.edges.iter();
    let with = with.filter(|edge| graph.nodes[edge.from].leaf().name == "WithAgent");
    assert_eq!(with.count(), 2 * 16, "two for each place that was left");
    let minds_nobody = Graph::of::<Lamp>();
    let mut causes = minds_nobody.edges.iter().map(|edge| &edge.cause);
    assert!(!causes.any(|cause| matches!(cause, Cause::Person { .. })));
}

#[test]
fn paths_and_walks_lead_through_handoffs() {
    let mut taken = 0;
    let tour = every_transition::<StockBot>(|path, chat| {
        taken += usize::from(path.moves().any(|next| matches!(next, Move::Attended(_))));
        assert!(
            chat.reply().is_some() || !chat.pending().is_empty(),
            "{path}"
        );
    });
    assert!(taken > 50, "{taken}");
    assert!(tour.unsaid.is_empty(), "{tour}");

    let (mut with, mut back) = (0, 0);
    walks::<StockBot>().seed(3).check(|chat| {
        with += usize::from(chat.state() == "WithAgent");
        back += usize::from(
            chat.reply()
                .is_some_and(|reply| reply.contains("back with me")),
        );
        Ok(())
    });
    assert!(with > 0 && back > 0, "{with} {back}");
}

#[test]
fn a_walk_with_people_in_it_is_told_as_code() {
    let failure = walks::<StockBot>()
        .seed(3)
        .count(1_000)
        .find(|chat| match chat.state() == "WithAgent" {
            true => Err("somebody took it".to_owned()),
            false => Ok(()),
        })
        .unwrap();
    let said = failure.to_string();
    assert_eq!(failure.moves.len(), 2, "{said}");
    assert!(said.contains("\n    .taken_by(\"Alex\")"), "{said}");
    assert!(said.contains("\npeople: Alex takes it\n"), "{said}");
    let other = Move::<StockBot>::Attended(taken());
    assert!(
        other
            .to_string()
            .starts_with(".attended(Attendance::Taken {")
    );
}

#[test]
#[should_panic(expected = "that no agent is online means nothing to the bot here")]
fn what_people_do_where_it_means_nothing_is_no_move() {
    let _ = Chat::new().nobody();
}
