//! The home: the folder with what a server keeps beside its database, above all the key that signs tokens. One
//! server at a time has it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// How many bytes a key has.
pub const KEY_BYTES: usize = 32;

/// Why a home, or something in it, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Another server has it.
    #[error(
        "{path} is held by another statechat ({holder}); stop that one, or name another folder with --home and \
         another database with --store"
    )]
    Held {
        /// What is held.
        path: PathBuf,
        /// By whom, as they say themselves.
        holder: String,
    },
    /// It is a link, or in a link, that leads nowhere.
    #[error(
        "{link} is a link to {target}, which is not there; make that folder, or name another with --home"
    )]
    Loose {
        /// The link.
        link: PathBuf,
        /// What it leads to.
        target: PathBuf,
    },
    /// It is something else, or in something else.
    #[error("{0} is not a folder; name another with --home")]
    NoFolder(PathBuf),
    /// The file is no key.
    #[error(
        "{0} is not a key of statechat; put the right one back, or remove it: then tokens so far are void"
    )]
    NoKey(PathBuf),
    /// There is no key.
    #[error("there is no {0}; start the server with this --home once, which makes it")]
    NoKeyYet(PathBuf),
    /// Others may read the key.
    #[error(
        "{0} can be read by others, who could sign tokens with it; take that away with chmod 600"
    )]
    OpenKey(PathBuf),
    /// The system does not let us.
    #[error("cannot use {path}: {error}")]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The system gives no random bytes for a key.
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

/// A server's folder, held as long as this lives.
#[derive(Debug)]
pub struct Home {
    path: PathBuf,
    hold: Hold,
}

impl Home {
    /// Takes the folder at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`HomeError::Held`] if another server has it, [`HomeError::File`].
    pub fn take(path: &Path) -> Result<Self, HomeError> {
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder
            .create(path)
            .map_err(|error| in_the_way(path).unwrap_or_else(|| HomeError::file(path, error)))?;
        Ok(Self {
            path: path.to_owned(),
            hold: Hold::take(&path.join("lock"))?,
        })
    }

    /// Says where the server is, for whoever finds the folder held.
    pub fn sign(&self, page: &str) {
        self.hold.sign(page);
    }

    /// The key in this folder, made at random the first time.
    ///
    /// # Errors
    /// [`HomeError`], also if others than its owner can read it.
    pub fn key(&self) -> Result<[u8; KEY_BYTES], HomeError> {
        match Self::key_in(&self.path) {
            Err(HomeError::NoKeyYet(path)) => self.new_key(&path),
            key => key,
        }
    }

    /// The key in the folder at `path`, whoever holds it.
    ///
    /// # Errors
    /// [`HomeError`], also if there is none yet.
    pub fn key_in(path: &Path) -> Result<[u8; KEY_BYTES], HomeError> {
        let path = path.join("key");
        match fs::read(&path) {
            Ok(bytes) => {
                check_private(&path)?;
                bytes.try_into().map_err(|_| HomeError::NoKey(path))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(HomeError::NoKeyYet(path)),
            Err(error) => Err(HomeError::file(&path, error)),
        }
    }

    fn new_key(&self, path: &Path) -> Result<[u8; KEY_BYTES], HomeError> {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key)?;
        // Whole or not there, whenever the machine stops.
        let unfinished = self.path.join("key.new");
        // One that is left from such a stop may be anybody's to read.
        let _ = fs::remove_file(&unfinished);
        let written = private_file(&unfinished).and_then(|mut file| {
            file.write_all(&key)?;
            file.sync_all()?;
            fs::rename(&unfinished, path)?;
            // The name is on disk when its folder is.
            File::open(&self.path)?.sync_all()
        });
        written.map_err(|error| HomeError::file(path, error))?;
        Ok(key)
    }
}

impl HomeError {
    fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            error,
        }
    }
}

/// What stands where the folder at `path`, or one that it is in, would be made: of it the system says that it exists.
fn in_the_way(path: &Path) -> Option<HomeError> {
    let other = path
        .ancestors()
        .find(|part| part.symlink_metadata().is_ok())?;
    if other.is_dir() {
        return None;
    }
    Some(match fs::read_link(other) {
        Ok(target) if !other.exists() => HomeError::Loose {
            link: other.to_owned(),
            target,
        },
        _ => HomeError::NoFolder(other.to_owned()),
    })
}

/// A file that one process at a time has: the system takes it back when that process ends, however it ends.
#[derive(Debug)]
pub struct Hold {
    file: File,
}

impl Hold {
    /// Takes the file at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`HomeError::Held`] if another process has it, [`HomeError::File`].
    pub fn take(path: &Path) -> Result<Self, HomeError> {
        let mut file = private_file(path).map_err(|error| HomeError::file(path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // What cannot be read is only not told.
                let _ = file.read_to_string(&mut holder);
                return Err(HomeError::Held {
                    path: path.to_owned(),
                    holder: holder.trim().to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(HomeError::file(path, error)),
        }
        let hold = Self { file };
        hold.write(&format!("process {}", std::process::id()));
        Ok(hold)
    }

    /// Says where the holder is.
    pub fn sign(&self, page: &str) {
        self.write(&format!("process {}, at {page}", std::process::id()));
    }

    fn write(&self, text: &str) {
        let write = || -> io::Result<()> {
            let mut file = &self.file;
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(text.as_bytes())
        };
        if let Err(error) = write() {
            tracing::warn!(%error, "a lock could not be signed");
        }
    }
}

/// A file that nobody else may read, to be read and written.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn check_private(path: &Path) -> Result<(), HomeError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path).map_err(|error| HomeError::file(path, error))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(HomeError::OpenKey(path.to_owned()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_private(_path: &Path) -> Result<(), HomeError> {
    Ok(())
}
