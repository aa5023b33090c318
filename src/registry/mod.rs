//! The registry: bots and their conversations behind object-safe traits, so that the rest of the crate needs to know no
//! bot's types.

mod drawn;
mod frozen;
mod hosted;

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::bot::{Bot, NoEffect, NoSource, Source, WorkId};
use crate::record::{Offer, Record, Seq, Waits};
use crate::session::{Message, NotOffered, Note};

pub use crate::bot::{Attendance, Handoff, WhenChanged};
pub use crate::graph::{Diff, Exported, Format, Graph, NODES_MAX, Report, Severity, View, export};
pub use crate::session::{Divergence, Fate};
pub use drawn::Drawn;
pub use frozen::Frozen;

use drawn::Drawing;
use hosted::Hosted;

/// The bots that run here, by name.
#[derive(Clone, Default)]
pub struct Bots {
    hosts: Vec<Arc<dyn Host>>,
    /// Machines that nobody chats with.
    drawn: Vec<Arc<dyn Drawn>>,
}

/// One bot with its world and its source: a machine that one can chat with.
pub trait Host: Drawn {
    /// Starts a conversation.
    fn open(&self, at: Timestamp) -> (Box<dyn Live>, Stepped);
    /// Brings a conversation back from its head row, running no handler.
    ///
    /// # Errors
    /// If `state` is not this bot's.
    fn restore(&self, head: Seq, state: &str) -> serde_json::Result<Box<dyn Live>>;
    /// What becomes of stored conversations whose machine has changed.
    fn when_changed(&self) -> WhenChanged;
    /// Plays all of a conversation's records through its machine; with the conversation, if it goes on unchanged.
    fn replay(&self, records: &[Record], state: &str) -> (Fate, Option<Box<dyn Live>>);
    /// Starts a conversation over after its record `head`.
    fn restart(&self, head: Seq, at: Timestamp) -> (Box<dyn Live>, Stepped);
}

/// A conversation in memory, whatever its bot.
pub trait Live: Send + Sync {
    /// A copy to try a step on.
    fn boxed_clone(&self) -> Box<dyn Live>;
    /// See [`Session::say`](crate::session::Session::say).
    ///
    /// # Errors
    /// [`Refused`]
    fn say(&mut self, message: Message, at: Timestamp) -> Result<Stepped, Refused>;
    /// See [`Session::note`](crate::session::Session::note).
    ///
    /// # Errors
    /// [`Refused::ReadOnly`]
    fn note(&mut self, note: Note, at: Timestamp) -> Result<Stepped, Refused>;
    /// See [`Session::finish`](crate::session::Session::finish).
    fn finish(&mut self, id: WorkId, outcome: Option<&Outcome>, at: Timestamp) -> Option<Stepped>;
    /// Takes the steps after those effects of `stepped` whose outcomes are [at hand](Source::at_hand), so that they are
    /// stored with it.
    fn enter_at_hand(&mut self, stepped: &mut Stepped, at: Timestamp);
    /// See [`Session::ring`](crate::session::Session::ring).
    fn ring(&mut self, id: WorkId, at: Timestamp) -> Option<Stepped>;
    /// See [`Session::idle`](crate::session::Session::idle).
    fn idle(&mut self, at: Timestamp) -> Option<Stepped>;
    /// See [`Session::attended`](crate::session::Session::attended).
    fn attended(&mut self, change: &Attendance, at: Timestamp) -> Option<Stepped>;
    /// Whether it waits for a person or is with one.
    fn handoff(&self) -> Option<Handoff>;
    /// What it waits for beside its user.
    fn waits(&self) -> Waits;
    /// The work that is pending, to be begun anew where nobody has it in hand: without records, since all of it
    /// is in the log.
    fn pending(&self) -> Stepped;
    /// The shape hash of the machine that runs it here.
    fn shape(&self) -> SmolStr;
    /// See [`Session::state`](crate::session::Session::state).
    fn state(&self) -> Arc<str>;
    /// See [`Session::head`](crate::session::Session::head).
    fn head(&self) -> Seq;
    /// See [`Session::path`](crate::session::Session::path).
    fn path(&self) -> Vec<SmolStr>;
    /// See [`Session::offers`](crate::session::Session::offers).
    fn offers(&self) -> Vec<Offer>;
}

/// Why nothing came of a message. Nothing was written.
#[derive(Debug)]
pub enum Refused {
    /// It chooses what is not listed now.
    NotOffered(NotOffered),
    /// The conversation can only be read.
    ReadOnly,
}

impl From<NotOffered> for Refused {
    fn from(refused: NotOffered) -> Self {
        Self::NotOffered(refused)
    }
}

/// What a step wants of the world outside.
#[derive(Default)]
pub struct Stepped {
    /// To be stored.
    pub records: Vec<Record>,
    /// To be performed.
    pub jobs: Vec<Job>,
    /// To be waited for.
    pub alarms: Vec<Alarm>,
    /// To be given up.
    pub cancelled: Vec<WorkId>,
}

impl Stepped {
    /// With what the next step wants.
    fn extend(&mut self, next: Self) {
        self.records.extend(next.records);
        self.jobs.extend(next.jobs);
        self.alarms.extend(next.alarms);
        self.cancelled.extend(next.cancelled);
    }
}

/// An effect, ready to be performed.
pub struct Job {
    /// Its name in the session.
    pub id: WorkId,
    /// Performs it.
    pub run: Pin<Box<dyn Future<Output = Outcome> + Send>>,
}

/// A timer, and when it is due.
#[derive(Clone, Copy, Debug)]
pub struct Alarm {
    /// Its name in the session.
    pub id: WorkId,
    /// When to ring.
    pub due: Timestamp,
    /// How long after it was asked for that is.
    pub after: Duration,
}

/// How an effect ended: an input of the bot that asked for it.
pub struct Outcome(Box<dyn Any + Send + Sync>);

impl Bots {
    /// No bots yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a bot without effects.
    ///
    /// # Panics
    /// If its name is taken or not `[a-z][a-z0-9-]*`.
    #[must_use]
    pub fn with<B: Bot<Effect = NoEffect>>(self, world: B::World) -> Self {
        self.with_source::<B>(world, NoSource)
    }

    /// Adds a bot whose effects `source` performs.
    ///
    /// # Panics
    /// If its name is taken or not `[a-z][a-z0-9-]*`.
    #[must_use]
    pub fn with_source<B: Bot>(mut self, world: B::World, source: impl Source<B>) -> Self {
        self.expect_new_name(B::NAME);
        let hosted = Hosted::<B, _>::new(world, source);
        self.hosts.push(Arc::new(hosted));
        self
    }

    /// Adds a machine that nobody chats with: it is exported, checked and compared as the bots are, and no more.
    ///
    /// # Panics
    /// If its name is taken or not `[a-z][a-z0-9-]*`.
    #[must_use]
    pub fn drawn<B: Bot>(mut self) -> Self {
        self.expect_new_name(B::NAME);
        self.drawn.push(Arc::new(Drawing::<B>::new()));
        self
    }

    fn expect_new_name(&self, name: &str) {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(
            name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(sound),
            "a bot's name is [a-z][a-z0-9-]*, not {name:?}"
        );
        assert!(
            self.machines().all(|machine| machine.name() != name),
            "there are two bots named {name:?}"
        );
    }

    /// The bot with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Host>> {
        self.hosts.iter().find(|host| host.name() == name)
    }

    /// All bots, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Host>> {
        self.hosts.iter()
    }

    /// The machines of all bots, and then those that are only drawn.
    pub fn machines(&self) -> impl Iterator<Item = Arc<dyn Drawn>> {
        let hosted = self.hosts.iter().map(|host| Arc::clone(host) as _);
        hosted.chain(self.drawn.iter().cloned())
    }
}
