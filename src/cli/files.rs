//! How many files this process may open.

use std::io::stderr;

use rustix::io::fcntl_dupfd_cloexec;
use rustix::process::{Resource, getrlimit, setrlimit};

/// A shell lets a process open 1,024 files by default, and each connection is one: takes as many as the system lets
/// it. Answers how many those are; `None` if there is no limit.
pub(super) fn raise_file_limit() -> Option<u64> {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::debug!(%error, "the limit of open files could not be raised");
    }
    getrlimit(Resource::Nofile).current
}

/// Has the system make room for so many open files now, while there is one thread. Later it would double the room each time
/// that it is full, and a process of several threads waits for that, some 10 ms, with all that wants to connect.
pub(super) fn make_room_for_files(count: usize) {
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let last = limit.min(count as u64).saturating_sub(1);
    // The room stays when the file that needed it is closed.
    let opened = i32::try_from(last).map(|last| fcntl_dupfd_cloexec(stderr(), last));
    if let Ok(Err(error)) = opened {
        tracing::debug!(%error, "no room could be made for open files");
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    fn room() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let room = status.lines().find_map(|line| line.strip_prefix("FDSize:"));
        room.unwrap().trim().parse().unwrap()
    }

    #[test]
    fn there_is_room_before_it_is_needed() {
        assert!(room() < 1_000, "{}", room());
        make_room_for_files(1_000);
        assert!(room() >= 1_000, "{}", room());
    }
}
