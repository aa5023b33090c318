//! The program as a process of its own, that can be stopped, killed, and started again over what it left.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::server::{Opened, open_at};

pub(crate) const STATECHAT: &str = env!("CARGO_BIN_EXE_statechat");

/// A server in a process, killed when it is dropped.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

/// The arguments of a server with its home in `home`.
pub(crate) fn serve<'a>(home: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    let own = ["serve", "--listen", "127.0.0.1:0", "--home"];
    let home = home.to_str().unwrap();
    let own = own.into_iter().chain([home, "--rate-limit", "0"]);
    own.chain(more.iter().copied()).collect()
}

impl Process {
    pub(crate) fn start(home: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(STATECHAT);
        command.args(serve(home, more));
        Self::run(command).expect("the server did not start")
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
        let asked = Command::new("kill").arg(self.id().to_string()).status();
        assert!(asked.unwrap().success());
        assert!(self.child.wait().unwrap().success());
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
            let _ = Command::new("kill").arg(self.id().to_string()).status();
        }
        let _ = self.child.wait();
    }
}

/// A server that is not going to start: what it says.
pub(crate) fn refused(home: &Path, more: &[&str]) -> String {
    // One that starts after all is not waited for without end.
    let mut command = Command::new("timeout");
    let output = command.args(["20", STATECHAT]).args(serve(home, more));
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
