//! How many files this process may open.

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
