//! The size of the log's journal, which its file tells: asked for only when the metrics are.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use prometheus::IntGauge;

#[derive(Debug)]
pub(super) struct Journal {
    bytes: IntGauge,
    path: OnceLock<PathBuf>,
}

impl Journal {
    pub(super) fn new(bytes: IntGauge) -> Self {
        Self {
            bytes,
            path: OnceLock::new(),
        }
    }

    pub(super) fn watch(&self, path: PathBuf) {
        // A second log of one process would be a test's.
        let _ = self.path.set(path);
    }

    /// Takes its size anew; nothing, where there is no such file.
    pub(super) fn look(&self) {
        let Some(path) = self.path.get() else {
            return;
        };
        let bytes = fs::metadata(path).map_or(0, |file| file.len());
        self.bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }
}
