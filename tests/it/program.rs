//! The server as a program of its own: its memory, and how it takes a signal.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use crate::server::{PATIENCE, client, send};

/// A server that runs until it is dropped or stopped.
pub(crate) struct Program {
    child: Child,
    // Open as long as it runs: it may have more to say.
    _stdout: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// With its conversations in memory.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let own = ["--listen", "127.0.0.1:0", "--store", "memory"];
        Self::start_with(&[&own, flags].concat())
    }

    pub(crate) fn start_with(flags: &[&str]) -> Self {
        more_files();
        let mut child = Command::new(env!("CARGO_BIN_EXE_statechat"))
            .args(["serve", "--log", "warn"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            child,
            _stdout: stdout,
            address: address.parse().unwrap(),
        }
    }

    /// Its own memory, without files and what it shares.
    pub(crate) fn rss_anon(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"))
            .expect("Linux tells it");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// The most bytes that wait in the system for one of its clients to take them.
    pub(crate) fn queued_bytes(&self) -> u64 {
        let table = std::fs::read_to_string(format!("/proc/{}/net/tcp", self.child.id())).unwrap();
        let port = format!(":{:04X}", self.address.port());
        let queues = table.lines().skip(1).filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (sent, _received) = fields[4].split_once(':').unwrap();
            // A listening socket's queue is of connections.
            let ours = fields[1].ends_with(&port) && fields[3] != "0A";
            ours.then(|| u64::from_str_radix(sent, 16).unwrap())
        });
        queues.max().unwrap_or(0)
    }

    /// How many streams are open.
    pub(crate) async fn streams(&self) -> usize {
        let health = send(client().get(format!("http://{}/api/health", self.address))).await;
        health.json()["clients"].as_u64().unwrap() as usize
    }

    /// Waits until so many streams are open.
    pub(crate) async fn until_streams(&self, enough: impl Fn(usize) -> bool) {
        let wait = async { while !enough(self.streams().await) {} };
        let waited = tokio::time::timeout(PATIENCE, wait).await;
        waited.expect("the streams are not as many");
    }

    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        let wait = async {
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait)
            .await
            .expect("it did not end")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// As many open files as the system lets us have, for us and for what we start.
fn more_files() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: maximum,
            maximum,
        },
    )
    .unwrap();
}
