//! The outbox: statig's context, and the only thing a handler can reach beside its own data.

use std::time::Duration;

use serde::Serialize;

use super::{Shown, Work};

/// Where handlers and actions read the world, and put what they say and what they ask for.
#[derive(Debug)]
pub struct Outbox<'w, W, I, E> {
    world: &'w W,
    depth: usize,
    pub(super) paragraphs: Vec<String>,
    pub(super) data: Option<Shown>,
    pub(super) asked: Vec<(usize, Work<I, E>)>,
}

/// Told by the driver whose turn it is, so that what is asked for can be tied to the level that asked.
pub trait Scoped {
    /// The level at `depth` (1 is the outermost) is about to run.
    fn at_depth(&mut self, depth: usize);
}

impl<W, I, E> Scoped for Outbox<'_, W, I, E> {
    fn at_depth(&mut self, depth: usize) {
        self.depth = depth;
    }
}

impl<'w, W, I, E> Outbox<'w, W, I, E> {
    /// An empty outbox over `world`. A bot's handlers get theirs from the driver.
    pub fn new(world: &'w W) -> Self {
        Self {
            world,
            depth: 0,
            paragraphs: Vec::new(),
            data: None,
            asked: Vec::new(),
        }
    }

    /// The facts to look things up in.
    #[must_use]
    pub fn world(&self) -> &'w W {
        self.world
    }

    /// What has been said so far, a paragraph each. For tests that call a handler themselves.
    #[must_use]
    pub fn said(&self) -> &[String] {
        &self.paragraphs
    }

    /// What has been shown. For tests that call a handler themselves.
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        self.data.as_ref()
    }

    /// What has been asked for so far. For tests that call a handler themselves.
    pub fn asked(&self) -> impl Iterator<Item = &Work<I, E>> {
        self.asked.iter().map(|(_, work)| work)
    }

    /// Says something. What one step says in several calls becomes the paragraphs of one message.
    pub fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
    }

    /// Gives the message data beside its text, for clients that draw more than text. The last call of a step
    /// stands.
    ///
    /// # Panics
    /// If `data` cannot be JSON (a map with keys that are not strings); the step then does not happen.
    pub fn show(&mut self, data: impl Serialize) {
        let shown = Shown::new(&data).expect("a reply's data must be plain JSON");
        self.data = Some(shown);
    }

    /// Asks for `effect`. It belongs to the level that asks (to the target leaf, if the handler goes on to
    /// transition) and is cancelled when that level is left.
    pub fn start(&mut self, effect: E) {
        self.asked.push((self.depth, Work::Effect(effect)));
    }

    /// Asks for `input` to come by itself after `delay` (in whole milliseconds), with the scope that
    /// [`Outbox::start`] describes.
    pub fn after(&mut self, delay: Duration, input: I) {
        let after_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.asked
            .push((self.depth, Work::Timer { after_ms, input }));
    }
}
