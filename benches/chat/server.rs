//! A server under measurement: a child process, its address, and what the system says it used.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// The unit of `utime` and `stime` in `/proc/PID/stat`: 100 a second on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// How long a program may take until it listens.
const PATIENCE: Duration = Duration::from_secs(10);

/// Killed when it is dropped.
pub(crate) struct Server {
    command: Command,
    child: Child,
    pub(crate) address: SocketAddr,
    /// Removed with it.
    home: Option<PathBuf>,
}

impl Server {
    /// statechat without any limit that the load would run into.
    fn statechat(program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--rate-limit", "0"]);
        command.args(["--session-records-max", "1000000"]);
        command
    }

    /// statechat with its log in memory.
    pub(crate) fn in_memory(program: &str) -> anyhow::Result<Self> {
        let mut command = Self::statechat(program);
        command.args(["--store", "memory"]);
        Self::spawn(command)
    }

    /// statechat with its log in a new database, on the disk of the build.
    pub(crate) fn durable(program: &str, flags: &[&str]) -> anyhow::Result<Self> {
        let home =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{}", std::process::id()));
        let mut command = Self::statechat(program);
        command.arg("--home").arg(&home).args(flags);
        let mut server = Self::spawn(command)?;
        server.home = Some(home);
        Ok(server)
    }

    /// The same chat by Express and XState; `None` without node or its packages.
    pub(crate) fn peer() -> anyhow::Result<Option<Self>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer");
        let node = Command::new("node").arg("--version").output();
        if node.is_err() || !folder.join("node_modules").is_dir() {
            return Ok(None);
        }
        let mut command = Command::new("node");
        command
            .arg("server.mjs")
            .env("NODE_ENV", "production")
            .current_dir(folder);
        Self::spawn(command).map(Some)
    }

    /// This program as the floor.
    pub(crate) fn floor(event_bytes: &[usize]) -> anyhow::Result<Self> {
        let sizes: Vec<String> = event_bytes.iter().map(ToString::to_string).collect();
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--floor", &sizes.join(",")]);
        Self::spawn(command)
    }

    /// This program as the floor of a fan-out.
    pub(crate) fn raw(bytes: usize) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--raw", &bytes.to_string()]);
        Self::spawn(command)
    }

    /// A program that was started by `command` to listen at `address`, with a folder that goes with it.
    pub(crate) fn listening(
        mut command: Command,
        address: SocketAddr,
        home: PathBuf,
    ) -> anyhow::Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn();
        let server = Self {
            child: child.with_context(|| format!("{program} does not start"))?,
            command,
            address,
            home: Some(home),
        };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            ensure!(Instant::now() < end, "{program} does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// A token of this server's for an administrator.
    pub(crate) fn admin_token(&self) -> anyhow::Result<String> {
        let home = self.home.as_ref().context("it has no key of its own")?;
        let mut command = Command::new(self.command.get_program());
        command.args(["token", "--sub", "bench", "--role", "admin", "--home"]);
        let output = command.arg(home).output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Starts it and waits for the line on which it says its address.
    fn spawn(mut command: Command) -> anyhow::Result<Self> {
        let (child, address) = spawned(&mut command)?;
        Ok(Self {
            command,
            child,
            address,
            home: None,
        })
    }

    /// Kills it and starts it again, with what it keeps on disk; at another address.
    pub(crate) fn restart(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        (self.child, self.address) = spawned(&mut self.command)?;
        Ok(())
    }

    /// CPU time of all its threads, of user and system, so far.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The program's name, in parentheses, may hold anything; utime and stime are fields 14 and 15.
        let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
        let ticks: Option<u32> = fields
            .split(' ')
            .skip(11)
            .take(2)
            .map(|field| field.parse::<u32>().ok())
            .sum();
        Ok(TICK * ticks.context("/proc/PID/stat has no utime and stime")?)
    }

    /// Its resident memory in kB.
    pub(crate) fn rss_kb(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let rss = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let rss = rss.and_then(|rss| rss.trim().strip_suffix(" kB")?.parse().ok());
        rss.context("/proc/PID/status has no VmRSS")
    }
}

fn spawned(command: &mut Command) -> anyhow::Result<(Child, SocketAddr)> {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("{program} does not start"))?;
    let stdout = child.stdout.take().expect("it is piped");
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let address = line
        .split_once("http://")
        .and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
    let address = address.with_context(|| format!("{program} said {line:?}, not its address"))?;
    Ok((child, address))
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do where it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(home) = &self.home {
            let _ = std::fs::remove_dir_all(home);
        }
    }
}
