//! The program as a process of its own, that can be stopped, killed, and started again over what it left.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Output, Stdio};

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::server::{Opened, PATIENCE, client, open_at, send};

pub(crate) const STATECHAT: &str = env!("CARGO_BIN_EXE_statechat");

/// A server in a process, killed when it is dropped.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

const ANY_PORT: &str = "127.0.0.1:0";

/// The arguments of a server with its home in `home`.
pub(crate) fn serve<'a>(home: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    serve_at(ANY_PORT, home, more)
}

fn serve_at<'a>(listen: &'a str, home: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    let home = home.to_str().unwrap();
    let own = [
        "serve",
        "--rate-limit",
        "0",
        "--listen",
        listen,
        "--home",
        home,
    ];
    own.into_iter().chain(more.iter().copied()).collect()
}

impl Process {
    pub(crate) fn start(home: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(STATECHAT);
        command.args(serve(home, more));
        Self::run(command).expect("the server did not start")
    }

    /// At an address of an earlier process. What it warns of is for who reads the test's output.
    pub(crate) fn start_at(address: SocketAddr, home: &Path) -> Self {
        let listen = address.to_string();
        let mut command = Command::new(STATECHAT);
        command.args(serve_at(&listen, home, &["--log", "warn"]));
        Self::spawn(&mut command).expect("the server did not start")
    }

    /// With its conversations in memory, and as many streams as the system lets it and us have.
    pub(crate) fn start_in_memory(more: &[&str]) -> Self {
        more_files();
        let own = ["serve", "--rate-limit", "0", "--listen", ANY_PORT];
        let mut command = Command::new(STATECHAT);
        command
            .args(own)
            .args(["--store", "memory", "--log", "warn"]);
        Self::spawn(command.args(more)).expect("the server did not start")
    }

    /// With what it says on standard error in `log`.
    pub(crate) fn start_logging(home: &Path, more: &[&str], log: File) -> Self {
        let mut command = Command::new(STATECHAT);
        command.args(serve(home, more));
        Self::spawn(command.stderr(log)).expect("the server did not start")
    }

    /// Runs a command that ends in a server; `None` if it ends without one.
    pub(crate) fn run(mut command: Command) -> Option<Self> {
        Self::spawn(command.stderr(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Option<Self> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let mut process = Self {
            address: SocketAddr::from(([0; 4], 0)),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            child,
            stdin,
        };
        let line = process.line();
        let address = line.split("http://").nth(1)?.split('/').next()?;
        process.address = address.parse().unwrap();
        assert!(process.line().starts_with("Conversations are kept in "));
        Some(process)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells the command around the server something, and waits until it says the same.
    pub(crate) fn tell(&mut self, what: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{what}").unwrap();
        assert_eq!(self.line().trim(), what);
    }

    /// Kills it, at once.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        self.terminate();
        assert!(self.child.wait().unwrap().success());
    }

    /// Asks it to stop.
    pub(crate) fn terminate(&self) {
        assert!(signal("-TERM", self.id()));
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        let id = self.id();
        let wait = tokio::task::spawn_blocking(move || self.child.wait().unwrap());
        let Ok(ended) = tokio::time::timeout(PATIENCE, wait).await else {
            // Or the thread that waits for it would never end.
            signal("-KILL", id);
            panic!("it did not end");
        };
        ended.unwrap()
    }

    /// How many threads it has.
    #[cfg(target_os = "linux")]
    pub(crate) fn threads(&self) -> usize {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.id()));
        threads.unwrap().count()
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

    pub(crate) async fn open(&self) -> Opened {
        open_at(self.address, "stock").await
    }

    /// The session of an earlier process, in this one.
    pub(crate) fn found(&self, session: &Opened) -> Opened {
        Opened {
            address: self.address,
            ..session.clone()
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A command around a server ends with its input, and a server when it is told to.
        self.stdin = None;
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            signal("-TERM", self.id());
        }
        let _ = self.child.wait();
    }
}

/// Whether the process took the signal.
pub(crate) fn signal(signal: &str, id: u32) -> bool {
    let status = Command::new("kill")
        .args([signal, &id.to_string()])
        .status();
    status.is_ok_and(|status| status.success())
}

/// As many open files as the system lets us have, for us and for what we start.
fn more_files() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// What a command comes to when nobody reads what it says.
pub(crate) fn unread(command: &mut Command) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let command = command.stdin(Stdio::null()).stdout(writer);
    command.stderr(Stdio::piped()).output().unwrap()
}

/// A server that is not going to start: what it says.
pub(crate) fn refused(home: &Path, more: &[&str]) -> String {
    // One that starts after all is not waited for without end.
    let mut command = Command::new("timeout");
    let output = command.args(["-s", "KILL", "20", STATECHAT]);
    let output = output.args(serve(home, more));
    said(&output.output().unwrap())
}

/// What a command said that was used wrongly, on one line.
pub(crate) fn said(output: &Output) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
    assert!(output.stdout.is_empty());
    stderr
}
