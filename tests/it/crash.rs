//! A server that is killed under load, again and again: what it acknowledged is there once, and nothing is there that
//! should not be.
//!
//! `./crash.sh 500` kills it as often as one likes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::server::PATIENCE;

const PROGRAM: &str = env!("CARGO_BIN_EXE_statechat");
const USERS: u64 = 20;

/// How long the users of one round send.
const ROUND_SECONDS: u64 = 6;

/// A server lives so long at most, in milliseconds.
const LIFE_MS_MAX: u64 = 400;

/// A server as a process, killed when it is dropped.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(home: &Path, listen: &str) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--rate-limit", "0", "--listen", listen, "--home"])
            .arg(home)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        let address = address.unwrap_or_else(|| panic!("it said {line:?} and not its address"));
        Self { child, address }
    }

    /// Kills it and starts it anew at the same address.
    fn kill_and_restart(&mut self, home: &Path) {
        self.kill();
        *self = Self::start(home, &self.address.to_string());
    }

    /// Waits until all users have their streams.
    fn wait_for_users(&self) {
        let patience = Instant::now() + PATIENCE;
        while self.streams() < USERS {
            assert!(Instant::now() < patience, "the users do not come");
            std::thread::yield_now();
        }
    }

    fn streams(&self) -> u64 {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let request = b"GET /api/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let body = answer.split("\r\n\r\n").nth(1).unwrap();
        let health: Value = serde_json::from_str(body).unwrap();
        health["clients"].as_u64().unwrap()
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
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
fn round(server: &mut Server, home: &Path, total: &mut Total, kills: u64) {
    let load = Command::new(PROGRAM)
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
    server.wait_for_users();
    let end = Instant::now() + Duration::from_secs(ROUND_SECONDS);
    while total.kills < kills {
        let life_ms = getrandom::u64().unwrap() % LIFE_MS_MAX;
        // Not to wait for anything: the moment is to be any.
        std::thread::sleep(Duration::from_millis(life_ms));
        if Instant::now() >= end {
            break;
        }
        server.kill_and_restart(home);
        total.kills += 1;
    }
    total.add(&load.wait_with_output().unwrap());
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

fn home() -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    home
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let kills = std::env::var("STATECHAT_KILLS");
    let kills = kills.map_or(25, |kills| {
        kills.parse().expect("STATECHAT_KILLS is a number")
    });
    let home = home();
    let mut server = Server::start(&home, "127.0.0.1:0");
    let mut total = Total::default();
    while total.kills < kills {
        round(&mut server, &home, &mut total, kills);
    }
    server.kill();
    check_database(&home);
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
    std::fs::remove_dir_all(&home).unwrap();
}
