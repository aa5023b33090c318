//! Notes: what people say to each other in a conversation, beside the machine that steps in it.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value, json};
use statechat::bots::stock::{Input, Market, Quote, StockBot};
use statechat::log::{Batch, Log, SqliteLog};
use statechat::record::{HeadRow, Record, SpeakerKind, Waits};
use statechat::session::{Fate, Message, Note, Places, Replay, Said, Session, Transcript};
use statechat::testing::{Conversation, start_time};

use crate::folder::Folder;
use crate::process::STATECHAT;

fn places() -> Arc<Places<StockBot>> {
    Places::new(Arc::new(Market::bundled()))
}

fn note(kind: SpeakerKind, user: &str, text: &str) -> Note {
    Note {
        user: user.parse().unwrap(),
        kind,
        text: text.to_owned(),
        client_id: None,
    }
}

fn text(text: &str) -> Message {
    Message {
        user: "u1".parse().unwrap(),
        said: Said::Text(text.to_owned()),
        client_id: None,
    }
}

/// A conversation with a note before and after each step, an effect under way meanwhile.
fn mixed() -> (Session<StockBot>, Vec<Record>) {
    let at = start_time();
    let (mut session, written) = Session::open(places(), at);
    let mut records = written.records;
    let mut notes = 0;
    let mut chatter = |session: &mut Session<StockBot>, records: &mut Vec<Record>| {
        notes += 1;
        let user = note(SpeakerKind::User, "u2", &format!("gsk {notes}"));
        let agent = note(SpeakerKind::Agent, "alice", &format!("Hello {notes}"));
        records.extend(session.note(user, at).records);
        records.extend(session.note(agent, at).records);
    };
    chatter(&mut session, &mut records);
    let written = session.say(text("gsk"), at).unwrap();
    let effect = written.started[0].id;
    records.extend(written.records);
    chatter(&mut session, &mut records);
    let quote = Quote {
        price: "1574.80".parse().unwrap(),
        at,
    };
    let arrived = Input::QuoteArrived { quote };
    records.extend(session.finish(effect, Some(arrived), at).unwrap().records);
    chatter(&mut session, &mut records);
    records.extend(session.say(text("banana"), at).unwrap().records);
    chatter(&mut session, &mut records);
    (session, records)
}

fn row(session: &Session<StockBot>) -> HeadRow {
    HeadRow {
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
    }
}

#[test]
fn a_note_is_one_record_and_no_step() {
    let at = start_time();
    let (mut session, _) = Session::<StockBot>::open(places(), at);
    session.say(text("gsk"), at).unwrap();
    let (state, offers) = (session.state(), session.offers());
    let mut note = note(SpeakerKind::Agent, "alice", "How can I help?");
    note.client_id = Some("c1".parse().unwrap());
    let written = session.note(note, at);
    assert!(written.started.is_empty() && written.cancelled.is_empty());
    let [record] = &written.records[..] else {
        panic!("{:?}", written.records);
    };
    let public: Value = serde_json::from_str(&record.public).unwrap();
    let expected = json!({
        "seq": 4, "at": "2026-01-02T03:04:05.000Z", "from": { "kind": "agent", "id": "alice" },
        "text": "How can I help?", "clientId": "c1",
    });
    assert_eq!((public, record.kind.event()), (expected, "message"));
    assert_eq!((session.head(), record.seq), (4, 4));
    assert_eq!((session.state(), session.offers()), (state, offers));
}

#[test]
fn a_replay_passes_over_notes() {
    let (session, records) = mixed();
    assert_eq!((records.len(), session.head()), (14, 14));
    let mut replay = Replay::<StockBot>::new(places());
    records.iter().for_each(|record| replay.record(record));
    let (fate, replayed) = replay.end(&session.state());
    assert_eq!(fate, Fate::Unchanged { reworded: 0 });
    let mut replayed = replayed.unwrap();
    assert_eq!(
        (replayed.state(), replayed.head()),
        (session.state(), session.head())
    );
    let next = replayed.say(text("refresh"), start_time()).unwrap();
    assert_eq!(next.started[0].id.to_string(), "16.0");
}

#[test]
fn a_stored_conversation_with_notes_is_retold() {
    let (session, records) = mixed();
    let transcript = Transcript::new(&row(&session), &records).unwrap().to_json();
    let retold = Conversation::<StockBot>::retell_in(Market::bundled(), &transcript)
        .expect_state("ShowPrice")
        .expect_reply_containing("Sorry, I didn’t get that");
    assert_eq!(retold.machine().place(), session.machine().place());
    let shown = retold.to_string();
    assert!(
        shown.contains("\nyou: gsk 2\n\nagent: Hello 2\n"),
        "{shown}"
    );
    let replayed = Conversation::<StockBot>::replay_in(Market::bundled(), &transcript);
    assert_eq!(replayed.to_string(), shown);
}

#[tokio::test]
async fn the_command_line_counts_a_conversation_with_notes_as_unchanged() {
    let folder = Folder::new();
    let (session, records) = mixed();
    let log = SqliteLog::open(&folder.file("statechat.db"), Arc::default()).unwrap();
    let batch = Batch {
        participants: Vec::new(),
        expected: 0,
        records,
        row: row(&session),
        client_id: None,
    };
    log.append(batch).await.unwrap();
    drop(log);
    let run = |folder: &Path, args: &[&str]| {
        let mut command = Command::new(STATECHAT);
        command.args(args).arg("--home").arg(folder);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(
        run(folder.path(), &["replay"]),
        "stock: 1 conversation; 1 unchanged, 0 diverging, 0 stranded\n"
    );
    let transcript = run(folder.path(), &["transcript", "s1"]);
    let _ = Conversation::<StockBot>::replay_in(Market::bundled(), &transcript);
}
