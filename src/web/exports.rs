//! The exports of machines that were asked for, each written once: no more than there are bots, formats and views.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::tagged::Tagged;
use crate::registry::{Format, Graph, View, export};

type Key = (&'static str, Format, View);

/// Exports by bot, format and view.
#[derive(Default)]
pub(super) struct Exports {
    written: Mutex<HashMap<Key, Arc<OnceLock<Tagged>>>>,
}

impl Exports {
    /// The export of `bot`'s graph. Who asks while it is being written waits for it, and for no other.
    pub(super) fn get(
        &self,
        bot: &'static str,
        graph: &Graph,
        format: Format,
        view: View,
    ) -> Tagged {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let once = Arc::clone(written.entry((bot, format, view)).or_default());
        drop(written);
        let export = || Tagged::new(export(graph, format, view).into());
        once.get_or_init(export).clone()
    }
}
