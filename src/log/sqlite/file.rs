//! The database's file: where it is, and what it must be before SQLite sees it, which would change one that it finds
//! unfinished, ours or not.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::schema::{OpenError, check_version};

/// A SQLite file's header: its first 100 bytes (SQLite file format, section 1.3).
const HEADER_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
const PAGE_BYTES_AT: usize = 16;
const CHANGES_AT: usize = 24;
const PAGES_AT: usize = 28;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;
const PAGES_VALID_FOR_AT: usize = 92;

/// The longest path that SQLite takes: it has room for 512 bytes, and leaves 8 of them to the names of its journals.
const PATH_BYTES_MAX: usize = 504;

/// Where the file at `path` is, or would be made: one path, whatever the name by which it was asked for. Touches nothing.
pub(super) fn real(path: &Path) -> Result<PathBuf, OpenError> {
    let real = followed(path).map_err(|error| OpenError::file(path, error))?;
    let bytes = real.as_os_str().len();
    if bytes > PATH_BYTES_MAX {
        return Err(OpenError::Long {
            path: real,
            bytes,
            max: PATH_BYTES_MAX,
        });
    }
    Ok(real)
}

/// As `canonicalize` has it; also where there is no file yet, or only links that lead to none.
fn followed(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found,
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    // A bare name has an empty folder, which is the present one.
    let folder = Path::new(".").join(folder).canonicalize()?;
    match fs::read_link(path) {
        Ok(target) => followed(&folder.join(target)),
        Err(_) => Ok(folder.join(name)),
    }
}

/// Makes the file, if it is not there: conversations are nobody else's business.
pub(super) fn make(path: &Path) -> Result<(), OpenError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|error| OpenError::file(path, error))
}

/// Whether the file, if there is one, may be opened as a database, by its bytes alone. Nobody in this process may have
/// it open: closing it here would let go of SQLite's locks.
pub(super) fn check(path: &Path) -> Result<(), OpenError> {
    match fs::metadata(path) {
        Ok(metadata) => check_kind(path, &metadata)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(OpenError::file(path, error)),
    }
    let file = File::open(path).map_err(|error| OpenError::file(path, error))?;
    let header = header(&file).map_err(|error| OpenError::file(path, error))?;
    if header.is_empty() {
        return Ok(());
    }
    if header.len() < HEADER_BYTES || !header.starts_with(MAGIC) {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    let (application_id, version) = (
        number(&header, APPLICATION_ID_AT),
        number(&header, USER_VERSION_AT),
    );
    check_version(path, application_id, version)?;
    check_length(path, &file, &header)
}

/// What is no file may have no end, or wait for somebody to write it; and with two names a file has two journals, and
/// whoever has it by one does not see who has it by the other.
fn check_kind(path: &Path, metadata: &fs::Metadata) -> Result<(), OpenError> {
    if !metadata.is_file() {
        return Err(OpenError::NoFile(path.to_owned()));
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(metadata) > 1 {
        return Err(OpenError::Linked(path.to_owned()));
    }
    Ok(())
}

/// A file that was cut off can be read for a long time, until somebody needs what is missing. Of one with a journal
/// beside it nobody knows how long it must be, and of one that an old SQLite wrote last neither.
fn check_length(path: &Path, file: &File, header: &[u8]) -> Result<(), OpenError> {
    if number(header, CHANGES_AT) != number(header, PAGES_VALID_FOR_AT) || has_journal(path) {
        return Ok(());
    }
    // Two bytes, of which 1 is the one size that they have no room for.
    let page_bytes = match number(header, PAGE_BYTES_AT) >> 16 {
        1 => 65_536,
        bytes => bytes,
    };
    let expected = u64::from(page_bytes) * u64::from(number(header, PAGES_AT));
    // Last of all: when there was no journal any more, all of the header's pages had been written.
    let metadata = file.metadata();
    let bytes = metadata
        .map_err(|error| OpenError::file(path, error))?
        .len();
    if bytes < expected {
        return Err(OpenError::Short {
            path: path.to_owned(),
            bytes,
            expected,
        });
    }
    Ok(())
}

/// Whether there is a journal with anything in it.
fn has_journal(path: &Path) -> bool {
    let journals = ["-wal", "-journal"].map(|end| beside(path, end));
    journals
        .iter()
        .any(|journal| fs::metadata(journal).is_ok_and(|metadata| metadata.len() > 0))
}

/// The path of what SQLite keeps beside the database at `path`, under a name with this end.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn header(file: &File) -> io::Result<Vec<u8>> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    file.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    Ok(header)
}

fn number(header: &[u8], at: usize) -> u32 {
    let bytes = header[at..at + 4].try_into();
    u32::from_be_bytes(bytes.expect("four bytes are four bytes"))
}
