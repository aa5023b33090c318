//! One process after another over one database: what the last one was about to do, the next one does.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use statechat::chat::{Chat, ChatError, ChatLimits, Opening, Rate, Said};
use statechat::hub::HubLimits;
use statechat::identity::Role;
use statechat::log::{Log, SqliteLog};
use statechat::record::{HeadRow, Public, Record, Seq, SessionId, UserId};
use statechat::registry::Bots;
use tokio::runtime::Runtime;

use crate::egg::Shop;
use crate::folder::Folder;
use crate::rewrite::rewrite;
use crate::server::{PATIENCE, identity};

const HOUR: Duration = Duration::from_secs(3_600);
const MOMENT: Duration = Duration::from_millis(1);

/// A process with its chat, until it is dropped: then it is gone at once, whatever it was about to do.
struct Life {
    log: Arc<dyn Log>,
    chat: Arc<Chat>,
    // Last: what it drops on its way uses the two above.
    runtime: Runtime,
}

fn limits() -> ChatLimits {
    ChatLimits {
        rate: Rate {
            size: 0,
            period: HOUR,
        },
        sessions_max: 100,
        session_records_max: 1_000,
        text_chars_max: 100,
        effect_timeout: HOUR,
        idle_timeout: HOUR,
        keep: None,
        participants_max: 32,
        handoff_timeout: std::time::Duration::from_secs(300),
        presence_grace: std::time::Duration::from_secs(10),
        heartbeat: HOUR,
        streams: HubLimits {
            streams_max: 10,
            streams_per_session: 10,
        },
    }
}

fn session(name: &str) -> SessionId {
    name.parse().unwrap()
}

fn user() -> UserId {
    "u1".parse().unwrap()
}

impl Life {
    fn begin(folder: &Folder, bots: Bots, limits: ChatLimits) -> Self {
        let runtime = Runtime::new().unwrap();
        let inside = runtime.enter();
        let log: Arc<dyn Log> =
            Arc::new(SqliteLog::open(&folder.file("chat.db"), std::sync::Arc::default()).unwrap());
        let chat = Chat::new(bots, Arc::clone(&log), limits, Arc::default());
        drop(inside);
        Self { log, chat, runtime }
    }

    /// With nothing to wait for but what its database holds.
    fn plain(folder: &Folder) -> Self {
        Self::begin(folder, Shop::open().bots(HOUR), limits())
    }

    fn open(&self, name: &str) {
        let opening = self.chat.open(Opening::new(session(name), "egg", user()));
        self.runtime.block_on(opening).unwrap();
    }

    fn choose(&self, name: &str, option: &str) -> Result<Seq, ChatError> {
        let said = Ok(Said::Choose(option.to_owned()));
        let (name, who) = (session(name), Arc::new(identity("u1", Role::User)));
        let posting = self.chat.post(&name, &who, said, None);
        self.runtime.block_on(posting)
    }

    /// The session's records, past the chat: looking at them brings nothing back.
    fn records(&self, name: &str) -> Vec<Public> {
        let reading = self.log.read(&session(name), 0, 1_000);
        let records = self.runtime.block_on(reading).unwrap();
        let public = |record: &Record| serde_json::from_str(&record.public).unwrap();
        records.iter().map(public).collect()
    }

    /// How often the bot has said this.
    fn said(&self, name: &str, text: &str) -> usize {
        let records = self.records(name).into_iter();
        records
            .filter(|record| record.text.as_deref() == Some(text))
            .count()
    }

    /// Where this was said for the last time.
    fn place(&self, name: &str, text: &str) -> Option<Seq> {
        let mut records = self.records(name).into_iter().rev();
        let last = records.find(|record| record.text.as_deref() == Some(text));
        last.map(|record| record.seq)
    }

    fn row(&self, name: &str) -> Option<HeadRow> {
        let loading = self.log.load(&session(name));
        self.runtime
            .block_on(loading)
            .unwrap()
            .map(|stored| stored.row)
    }

    #[track_caller]
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = std::time::Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < PATIENCE, "it never came to this: {what}");
            std::thread::yield_now();
        }
    }

    /// Makes the session one that was written `hours` earlier, or later, with `change` made to its head row.
    fn rewrite(&self, name: &str, hours: i64, change: impl FnOnce(&mut HeadRow)) {
        let moved = |at: Timestamp| at + jiff::SignedDuration::from_hours(hours);
        let id = session(name);
        let changed = rewrite(&*self.log, &id, |row, records| {
            row.created = moved(row.created);
            row.used = moved(row.used);
            row.at = moved(row.at);
            change(row);
            for record in records {
                let mut public: Public = serde_json::from_str(&record.public).unwrap();
                public.at = moved(public.at);
                record.public = serde_json::to_string(&public).unwrap().into();
            }
        });
        self.runtime.block_on(changed);
    }
}

/// The database as a process that is killed now leaves it.
fn left(folder: &Folder) -> Folder {
    let copy = Folder::new();
    for name in ["chat.db", "chat.db-wal"] {
        fs::copy(folder.file(name), copy.file(name)).unwrap();
    }
    copy
}

#[test]
fn an_effect_that_was_pending_is_performed_again_and_its_outcome_enters_once() {
    let folder = Folder::new();
    let shop = Shop::closed();
    let life = Life::begin(&folder, shop.bots(HOUR), limits());
    life.open("s1");
    life.choose("s1", "salt").unwrap();
    life.until("it asks", |_| shop.asked() == 1);
    assert!(life.row("s1").unwrap().waits.work);
    drop(life);

    let shop = Shop::open();
    let life = Life::begin(&folder, shop.bots(HOUR), limits());
    life.until("salt", |life| life.said("s1", "here is the salt") == 1);
    assert_eq!(shop.asked(), 1);
    assert!(!life.row("s1").unwrap().waits.work);
    drop(life);

    let shop = Shop::open();
    let life = Life::begin(&folder, shop.bots(HOUR), limits());
    life.choose("s1", "boil").unwrap();
    assert_eq!(life.said("s1", "here is the salt"), 1);
    assert_eq!(shop.asked(), 0, "what has come is not asked for again");
}

#[test]
fn a_timer_that_came_due_meanwhile_rings_late_and_once() {
    let (folder, boiling) = (Folder::new(), Duration::from_millis(500));
    let life = Life::begin(&folder, Shop::open().bots(boiling), limits());
    life.open("s1");
    life.choose("s1", "boil").unwrap();
    let folder = left(&folder);
    // When it has rung in this life, it is due in every other.
    life.until("ready", |life| life.said("s1", "it is ready") == 1);
    drop(life);

    let life = Life::begin(&folder, Shop::open().bots(boiling), limits());
    life.until("ready", |life| life.said("s1", "it is ready") == 1);
    drop(life);

    let life = Life::plain(&folder);
    life.choose("s1", "boil").unwrap();
    assert_eq!(life.said("s1", "it is ready"), 1);
}

#[test]
fn a_timer_that_is_not_due_yet_rings_in_its_time() {
    let (folder, boiling) = (Folder::new(), Duration::from_secs(2));
    let life = Life::begin(&folder, Shop::open().bots(boiling), limits());
    life.open("s1");
    life.choose("s1", "boil").unwrap();
    drop(life);

    let life = Life::plain(&folder);
    life.until("ready", |life| life.said("s1", "it is ready") == 1);
    let records = life.records("s1");
    let [asked, rang] = [records[2].at, records[3].at];
    assert!(rang.duration_since(asked) >= boiling.try_into().unwrap());
}

#[test]
fn a_user_who_was_silent_meanwhile_is_asked_once() {
    let folder = Folder::new();
    let impatient = ChatLimits {
        idle_timeout: MOMENT,
        ..limits()
    };
    let silent = |life: &Life, name| life.said(name, "are you there?");
    let life = Life::plain(&folder);
    life.open("s1");
    drop(life);

    let life = Life::begin(&folder, Shop::open().bots(HOUR), impatient);
    life.until("asked", |life| silent(life, "s1") == 1);
    drop(life);

    // The next process has nothing to ask of this one, whatever it asks of others.
    let life = Life::plain(&folder);
    life.open("s2");
    life.open("s3");
    drop(life);
    let life = Life::begin(&folder, Shop::open().bots(HOUR), impatient);
    life.until("asked", |life| {
        silent(life, "s2") == 1 && silent(life, "s3") == 1
    });
    assert_eq!(silent(&life, "s1"), 1);
    // Who says something and falls silent again is asked again.
    life.choose("s1", "boil").unwrap();
    life.until("asked again", |life| silent(life, "s1") == 2);
}

#[test]
fn what_comes_while_the_log_cannot_be_written_enters_when_it_can() {
    let folder = Folder::new();
    let (shop, soon) = (Shop::closed(), Duration::from_millis(500));
    let limits = ChatLimits {
        idle_timeout: soon,
        ..limits()
    };
    let life = Life::begin(&folder, shop.bots(soon), limits);
    let other = rusqlite::Connection::open(folder.file("chat.db")).unwrap();
    for name in ["effect", "timer", "silence"] {
        life.open(name);
    }
    life.choose("effect", "salt").unwrap();
    life.choose("timer", "boil").unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    shop.serve(1);
    // Each of these waits a second for the lock, and behind what came before it.
    for _ in 0..3 {
        assert!(life.runtime.block_on(life.log.probe()).is_err());
    }
    other.execute_batch("ROLLBACK").unwrap();
    let expected = [
        ("effect", "here is the salt"),
        ("timer", "it is ready"),
        ("silence", "are you there?"),
    ];
    for (name, text) in expected {
        life.until(text, |life| life.said(name, text) == 1);
    }
    drop(life);
    let life = Life::plain(&folder);
    for (name, text) in expected {
        life.choose(name, "boil").unwrap();
        assert_eq!(life.said(name, text), 1);
    }
}

#[test]
fn a_session_that_no_bot_here_can_read_can_be_erased_by_its_owner_alone() {
    let folder = Folder::new();
    let life = Life::plain(&folder);
    life.open("no-bot");
    life.rewrite("no-bot", 0, |row| row.bot = "no-such-bot".into());
    drop(life);

    let life = Life::plain(&folder);
    let refused = life.choose("no-bot", "boil");
    assert!(matches!(refused, Err(ChatError::Unreadable)), "{refused:?}");
    let erase = |user: &str| {
        let (name, user) = (session("no-bot"), identity(user, Role::User));
        let erasing = life.chat.erase(&name, &user);
        life.runtime.block_on(erasing)
    };
    assert!(matches!(erase("u2"), Err(ChatError::NoSession)));
    erase("u1").unwrap();
    assert!(life.row("no-bot").is_none());
    assert!(matches!(erase("u1"), Err(ChatError::NoSession)));
}

#[test]
fn a_session_whose_state_is_none_of_its_bots_is_built_from_its_records() {
    let folder = Folder::new();
    let life = Life::plain(&folder);
    life.open("no-state");
    life.choose("no-state", "boil").unwrap();
    life.rewrite("no-state", 0, |row| row.state = "{\"yolk\":1}".into());
    drop(life);

    let life = Life::plain(&folder);
    // Boiling takes no orders, so it is the egg that was put on.
    assert!(matches!(
        life.choose("no-state", "boil"),
        Err(ChatError::NotOffered(_))
    ));
}

#[test]
fn what_nobody_has_used_for_long_is_erased_and_what_is_used_is_kept() {
    let folder = Folder::new();
    let life = Life::plain(&folder);
    for name in ["old", "used", "gone", "young"] {
        life.open(name);
    }
    let now = Timestamp::now();
    life.rewrite("old", -48, |_| ());
    life.rewrite("used", -48, |row| row.used = now);
    life.rewrite("gone", -48, |row| row.bot = "no-such-bot".into());
    life.rewrite("young", 0, |_| ());
    drop(life);

    let keeping = ChatLimits {
        keep: Some(24 * HOUR),
        ..limits()
    };
    let life = Life::begin(&folder, Shop::open().bots(HOUR), keeping);
    life.until("erased", |life| {
        life.row("old").is_none() && life.row("gone").is_none()
    });
    assert!(life.row("used").is_some());
    assert!(life.row("young").is_some());
    assert_eq!(life.records("used").len(), 1);
}

#[test]
fn a_timer_takes_no_longer_than_it_was_to_whatever_the_clock_was() {
    let (folder, boiling) = (Folder::new(), Duration::from_millis(500));
    let life = Life::plain(&folder);
    for name in ["soon", "later"] {
        life.open(name);
        life.rewrite(name, 5, |_| ());
    }
    drop(life);

    let life = Life::begin(&folder, Shop::open().bots(boiling), limits());
    life.choose("soon", "boil").unwrap();
    life.until("ready", |life| life.said("soon", "it is ready") == 1);
    // Due when the clock is there again, as far as its database knows.
    life.choose("later", "boil").unwrap();
    drop(life);

    let life = Life::plain(&folder);
    life.until("ready", |life| life.said("later", "it is ready") == 1);
}

#[test]
fn a_user_is_asked_after_the_silence_that_it_takes_whatever_the_clock_was() {
    let folder = Folder::new();
    let life = Life::plain(&folder);
    life.open("s1");
    life.rewrite("s1", 5, |_| ());
    drop(life);

    let silence = Duration::from_secs(1);
    let limits = ChatLimits {
        idle_timeout: silence,
        ..limits()
    };
    let life = Life::begin(&folder, Shop::open().bots(HOUR), limits);
    let asked = |life: &Life| life.said("s1", "are you there?");
    life.until("asked", |life| asked(life) == 1);
    // Of these, too, the log says that they were said in five hours.
    let begun = std::time::Instant::now();
    life.choose("s1", "salt").unwrap();
    life.until("salt", |life| life.said("s1", "here is the salt") == 1);
    std::thread::sleep(silence / 2);
    let boiled = std::time::Instant::now();
    life.choose("s1", "boil").unwrap();
    // On a machine that is so slow that the user was silent for long already, they are asked in between.
    let in_time = begun.elapsed() < silence;
    let boil = life.place("s1", "Boil");
    let asks = |life: &Life| life.place("s1", "are you there?");
    life.until("asked again", |life| asks(life) > boil);
    assert!(boiled.elapsed() >= silence, "{:?}", boiled.elapsed());
    assert!(!in_time || asked(&life) == 2, "{:?}", life.records("s1"));
}

#[test]
fn times_of_a_session_never_go_backwards_whatever_the_clock_does() {
    let folder = Folder::new();
    let life = Life::plain(&folder);
    for name in ["user", "bot"] {
        life.open(name);
        life.choose(name, "salt").unwrap();
        life.until("salt", |life| life.said(name, "here is the salt") == 1);
    }
    // Written by a clock that was ahead; of the second, all but what the user said.
    life.rewrite("user", 5, |_| ());
    let used = life.row("bot").unwrap().used;
    life.rewrite("bot", 5, |row| row.used = used);
    drop(life);

    let life = Life::plain(&folder);
    for name in ["user", "bot"] {
        life.choose(name, "boil").unwrap();
        let records = life.records(name);
        assert_eq!(records.len(), 6);
        assert!(
            records.is_sorted_by_key(|record| record.at),
            "{name}: {records:?}"
        );
    }
}
