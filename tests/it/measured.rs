//! What Linux tells of a server's process.

use crate::process::Process;

impl Process {
    /// Its own memory, without files and what it shares.
    pub(crate) fn rss_anon(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"))
            .expect("Linux tells it");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// The most bytes that wait in the system for one of its clients to take them.
    pub(crate) fn queued_bytes(&self) -> u64 {
        let table = std::fs::read_to_string(format!("/proc/{}/net/tcp", self.id())).unwrap();
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
}
