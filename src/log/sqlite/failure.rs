//! Failures: what an error of SQLite means, and what to tell of it.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;
use rustix::fs::{Access, access};

use super::super::LogError;
use super::file::beside;

/// Whether an error is the disk's or another program's, and would meet whatever is written now.
pub(super) fn is_everybodys(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
        )
    )
}

/// What to tell of an error: its kind, and neither path nor statement.
pub(super) fn unavailable(error: &rusqlite::Error) -> LogError {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows,
        Utf8Error,
    };
    let unlike_ours = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
            | Utf8Error(..)
    );
    let reason = match error.sqlite_error_code() {
        // What was written is not there, or is read as something else.
        None if unlike_ours => return LogError::Damaged,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => return LogError::Damaged,
        Some(ErrorCode::DiskFull) => "the disk is full",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "the database is read-only",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "the database is locked by another program"
        }
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => "the disk fails",
        _ => "the database fails",
    };
    LogError::Unavailable(reason.to_owned())
}

/// As [`unavailable`], of an error that a write met. SQLite does not tell why the system refuses a write, so the system is
/// asked.
pub(super) fn unwritable(error: &rusqlite::Error, database: &Path) -> LogError {
    let is_systems = matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
        )
    );
    match in_the_way(database).filter(|_| is_systems) {
        Some(reason) => LogError::Unavailable(reason),
        None => unavailable(error),
    }
}

/// What the system says to who would write to the database or its journal, if it lets nobody. They are not opened for
/// that: who closes the database's file lets go of all locks that SQLite has on it.
fn in_the_way(database: &Path) -> Option<String> {
    let files = [beside(database, "-wal"), database.to_owned()];
    let mut refusals = files
        .iter()
        .filter_map(|file| access(file, Access::WRITE_OK).err());
    let error = io::Error::from(refusals.next()?);
    Some(match error.kind() {
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => format!("the database may not be written: {error}"),
        _ => format!("the database cannot be written: {error}"),
    })
}
