//! The bots that run here, each behind one object-safe trait, so that the rest of the crate needs to know no
//! bot's types.

mod drawn;
mod frozen;

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::bot::{Bot, NoEffect, NoSource, Pending, Source, Work, WorkId};
use crate::record::{Offer, Record, Seq, Waits};
use crate::session::{Menus, Message, NotOffered, Note, Replay, Session, Written};

pub use crate::bot::{Attendance, Handoff, WhenChanged};
pub use crate::graph::{Diff, Exported, Format, Graph, NODES_MAX, Report, Severity, View, export};
pub use crate::session::{Divergence, Fate};
pub use drawn::Drawn;
pub use frozen::Frozen;

use drawn::Drawing;

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
    /// See [`Session::say`].
    ///
    /// # Errors
    /// [`Refused`]
    fn say(&mut self, message: Message, at: Timestamp) -> Result<Stepped, Refused>;
    /// See [`Session::note`].
    ///
    /// # Errors
    /// [`Refused::ReadOnly`]
    fn note(&mut self, note: Note, at: Timestamp) -> Result<Stepped, Refused>;
    /// See [`Session::finish`].
    fn finish(&mut self, id: WorkId, outcome: Option<&Outcome>, at: Timestamp) -> Option<Stepped>;
    /// See [`Session::ring`].
    fn ring(&mut self, id: WorkId, at: Timestamp) -> Option<Stepped>;
    /// See [`Session::idle`].
    fn idle(&mut self, at: Timestamp) -> Option<Stepped>;
    /// See [`Session::attended`].
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
    /// See [`Session::state`].
    fn state(&self) -> String;
    /// See [`Session::head`].
    fn head(&self) -> Seq;
    /// See [`Session::path`].
    fn path(&self) -> Vec<SmolStr>;
    /// See [`Session::offers`].
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
        self.hosts.push(Arc::new(Hosted::<B, _> {
            menus: Menus::new(Arc::new(world)),
            source: Arc::new(source),
            drawing: Drawing::new(),
        }));
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

struct Hosted<B: Bot, S> {
    menus: Arc<Menus<B>>,
    source: Arc<S>,
    drawing: Drawing<B>,
}

impl<B: Bot, S: Source<B>> Hosted<B, S> {
    fn conversation(&self, session: Session<B>) -> Conversation<B, S> {
        Conversation {
            session,
            source: Arc::clone(&self.source),
            shape: self.shape(),
        }
    }
}

struct Conversation<B: Bot, S> {
    session: Session<B>,
    source: Arc<S>,
    shape: SmolStr,
}

impl<B: Bot, S: Source<B>> Drawn for Hosted<B, S> {
    fn name(&self) -> &'static str {
        self.drawing.name()
    }

    fn title(&self) -> &'static str {
        self.drawing.title()
    }

    fn graph(&self) -> Option<&Graph> {
        self.drawing.graph()
    }

    fn check(&self, nodes_max: usize) -> Report {
        self.drawing.check(nodes_max)
    }

    fn shape(&self) -> SmolStr {
        self.drawing.shape()
    }
}

impl<B: Bot, S: Source<B>> Host for Hosted<B, S> {
    fn open(&self, at: Timestamp) -> (Box<dyn Live>, Stepped) {
        let (session, written) = Session::<B>::open(Arc::clone(&self.menus), at);
        let live = self.conversation(session);
        let stepped = live.stepped(written);
        (Box::new(live), stepped)
    }

    fn restore(&self, head: Seq, state: &str) -> serde_json::Result<Box<dyn Live>> {
        let session = Session::<B>::restore(Arc::clone(&self.menus), head, state)?;
        Ok(Box::new(self.conversation(session)))
    }

    fn when_changed(&self) -> WhenChanged {
        B::WHEN_CHANGED
    }

    fn replay(&self, records: &[Record], state: &str) -> (Fate, Option<Box<dyn Live>>) {
        let mut replay = Replay::<B>::new(Arc::clone(&self.menus));
        records.iter().for_each(|record| replay.record(record));
        let (fate, session) = replay.end(state);
        let live = session.map(|session| Box::new(self.conversation(session)) as Box<dyn Live>);
        (fate, live)
    }

    fn restart(&self, head: Seq, at: Timestamp) -> (Box<dyn Live>, Stepped) {
        let (session, written) = Session::<B>::restart(Arc::clone(&self.menus), head, at);
        let live = self.conversation(session);
        let stepped = live.stepped(written);
        (Box::new(live), stepped)
    }
}

impl<B: Bot, S: Source<B>> Conversation<B, S> {
    fn stepped(&self, written: Written<B::Input, B::Effect>) -> Stepped {
        let (jobs, alarms) = self.begin(written.started);
        Stepped {
            records: written.records,
            jobs,
            alarms,
            cancelled: written.cancelled,
        }
    }

    fn begin(
        &self,
        work: impl IntoIterator<Item = Pending<B::Input, B::Effect>>,
    ) -> (Vec<Job>, Vec<Alarm>) {
        let (mut jobs, mut alarms) = (Vec::new(), Vec::new());
        for pending in work {
            let id = pending.id;
            alarms.extend(pending.due().map(|due| Alarm { id, due }));
            if let Work::Effect(effect) = pending.work {
                let source = Arc::clone(&self.source);
                let run = async move { Outcome(Box::new(source.perform(effect, id).await)) };
                let run = Box::pin(run);
                jobs.push(Job { id, run });
            }
        }
        (jobs, alarms)
    }
}

impl<B: Bot, S: Source<B>> Live for Conversation<B, S> {
    fn boxed_clone(&self) -> Box<dyn Live> {
        Box::new(Self {
            session: self.session.clone(),
            source: Arc::clone(&self.source),
            shape: self.shape.clone(),
        })
    }

    fn say(&mut self, message: Message, at: Timestamp) -> Result<Stepped, Refused> {
        let written = self.session.say(message, at)?;
        Ok(self.stepped(written))
    }

    fn note(&mut self, note: Note, at: Timestamp) -> Result<Stepped, Refused> {
        let written = self.session.note(note, at);
        Ok(self.stepped(written))
    }

    fn finish(&mut self, id: WorkId, outcome: Option<&Outcome>, at: Timestamp) -> Option<Stepped> {
        let outcome = outcome.map(|outcome| {
            let input = outcome.0.downcast_ref::<B::Input>();
            let input = input.expect("an effect's outcome goes to the session that asked for it");
            input.clone()
        });
        let written = self.session.finish(id, outcome, at)?;
        Some(self.stepped(written))
    }

    fn ring(&mut self, id: WorkId, at: Timestamp) -> Option<Stepped> {
        let written = self.session.ring(id, at)?;
        Some(self.stepped(written))
    }

    fn idle(&mut self, at: Timestamp) -> Option<Stepped> {
        let written = self.session.idle(at)?;
        Some(self.stepped(written))
    }

    fn attended(&mut self, change: &Attendance, at: Timestamp) -> Option<Stepped> {
        let written = self.session.attended(change, at)?;
        Some(self.stepped(written))
    }

    fn handoff(&self) -> Option<Handoff> {
        self.session.machine().handoff()
    }

    fn waits(&self) -> Waits {
        let machine = self.session.machine();
        Waits {
            work: !machine.pending().is_empty() || machine.handoff().is_some(),
            silence: self.session.minds_silence(),
        }
    }

    fn pending(&self) -> Stepped {
        let (jobs, alarms) = self.begin(self.session.machine().pending().iter().cloned());
        Stepped {
            jobs,
            alarms,
            ..Stepped::default()
        }
    }

    fn shape(&self) -> SmolStr {
        self.shape.clone()
    }

    fn state(&self) -> String {
        self.session.state()
    }

    fn head(&self) -> Seq {
        self.session.head()
    }

    fn path(&self) -> Vec<SmolStr> {
        self.session.path()
    }

    fn offers(&self) -> Vec<Offer> {
        self.session.offers()
    }
}
