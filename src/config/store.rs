//! A store: where conversations are kept.

use std::path::PathBuf;
use std::str::FromStr;

/// Where conversations are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// In memory, and gone with the process.
    Memory,
    /// In the SQLite database at this path.
    Sqlite(PathBuf),
}

impl FromStr for Store {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            // SQLite's own name for a database that is no file.
            Some(("sqlite", ":memory:")) => {
                Err("write memory for conversations that are not kept".to_owned())
            }
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.into())),
            _ => Err("write sqlite:PATH or memory".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_a_database_or_memory() {
        assert_eq!("memory".parse(), Ok(Store::Memory));
        let database = Store::Sqlite("/var/lib/chat:1.db".into());
        assert_eq!("sqlite:/var/lib/chat:1.db".parse(), Ok(database));
        for bad in [
            "",
            "sqlite",
            "sqlite:",
            "sqlite::memory:",
            "redis://x",
            "Memory",
            "/var/lib/chat.db",
        ] {
            assert!(bad.parse::<Store>().is_err(), "{bad:?}");
        }
    }
}
