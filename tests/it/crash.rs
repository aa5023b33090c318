//! A server that is killed under load, again and again: what it acknowledged is there once, and nothing is there that
//! should not be.
//!
//! `./crash.sh 500` kills it as often as one likes.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::folder::Folder;
use crate::process::{Process, STATECHAT};

const USERS: usize = 20;

/// How long the users of one round send.
const ROUND_SECONDS: u64 = 6;

/// A server lives so long at most, in milliseconds.
const LIFE_MS_MAX: u64 = 400;

/// Kills the server and starts it anew at the same address.
fn killed_and_restarted(server: Process, home: &Path) -> Process {
    let address = server.address;
    server.kill();
    Process::start_at(address, home)
}

/// What all rounds together came to.
#[derive(Default)]
struct Total {
    kills: u64,
    round_trips: u64,
    lost: u64,
    doubled: u64,
    wrong: u64,
}

impl Total {
    fn add(&mut self, output: &Output) {
        let report = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let report: Value =
            serde_json::from_str(&report).unwrap_or_else(|_| panic!("{report}\n{errors}"));
        let count = |name: &str| report[name].as_u64().unwrap_or_else(|| panic!("{report}"));
        self.round_trips += count("roundTrips");
        self.lost += count("lost") + count("gaps");
        self.doubled += count("doubled");
        self.wrong += count("wrong");
        assert!(output.status.success(), "{report}\n{errors}");
    }
}

/// One round: users talk, and the server is killed at random moments until `kills` or until they stop.
async fn round(mut server: Process, home: &Path, total: &mut Total, kills: u64) -> Process {
    let load = Command::new(STATECHAT)
        .args(["load", &format!("http://{}/", server.address), "--json"])
        .args([
            "--users",
            &USERS.to_string(),
            "--seconds",
            &ROUND_SECONDS.to_string(),
        ])
        .args(["--seed", &total.kills.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    server.until_streams(|open| open >= USERS).await;
    let end = Instant::now() + Duration::from_secs(ROUND_SECONDS);
    while total.kills < kills {
        let life_ms = getrandom::u64().unwrap() % LIFE_MS_MAX;
        // Not to wait for anything: the moment is to be any.
        tokio::time::sleep(Duration::from_millis(life_ms)).await;
        if Instant::now() >= end {
            break;
        }
        server = killed_and_restarted(server, home);
        total.kills += 1;
    }
    total.add(&load.wait_with_output().unwrap());
    server
}

/// The database is sound, and every session's log is dense.
fn check_database(home: &Path) {
    let database = Connection::open(home.join("statechat.db")).unwrap();
    let sound: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    let holes = "SELECT count(*) FROM (SELECT session, first, \
                 lag(head, 1, 0) OVER (PARTITION BY session ORDER BY head) AS before FROM appends) \
                 WHERE first != before + 1";
    let holes: i64 = database.query_row(holes, [], |row| row.get(0)).unwrap();
    assert_eq!(holes, 0, "there are gaps or doubles in the log");
}

#[tokio::test]
async fn what_was_acknowledged_survives_being_killed() {
    let kills = std::env::var("STATECHAT_KILLS");
    let kills = kills.map_or(25, |kills| {
        kills.parse().expect("STATECHAT_KILLS is a number")
    });
    let folder = Folder::new();
    let mut server = Process::start(folder.path(), &[]);
    let mut total = Total::default();
    while total.kills < kills {
        server = round(server, folder.path(), &mut total, kills).await;
    }
    server.kill();
    check_database(folder.path());
    let Total {
        kills,
        round_trips,
        lost,
        doubled,
        wrong,
    } = total;
    println!(
        "kills {kills}, round trips {round_trips}, lost {lost}, doubled {doubled}, wrong {wrong}"
    );
    assert!(round_trips > kills, "hardly anything was said");
}
