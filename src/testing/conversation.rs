//! A conversation: a real session, played by a test, and what happened in it so far.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use smol_str::SmolStr;

use super::moves::Move;
use super::played::{Played, What};
use super::playing::agent_note;
use crate::bot::{Attendance, Bot, Machine, Pending, World};
use crate::record::{Offer, Public};
use crate::session::{Places, Session};

/// When a conversation starts where nobody says otherwise: 2026-01-02T03:04:05Z.
#[must_use]
pub fn start_time() -> Timestamp {
    Timestamp::from_second(1_767_323_045).expect("a second of this century is in range")
}

/// A conversation with the bot `B`, played move by move through a real [`Session`], which runs the bot as the server
/// does. Nothing in it is left to chance: its clock stands still until it [waits](Self::waits), and what an effect
/// comes to is said by the test.
///
/// Moves and expectations take the conversation and give it back, so that they read as a chain. A clone goes its own
/// way from there on. Its `Display` form is a transcript, made for snapshots and described at the
/// [module](super).
#[derive(Clone)]
pub struct Conversation<B: Bot> {
    pub(super) places: Arc<Places<B>>,
    pub(super) session: Session<B>,
    pub(super) now: Timestamp,
    /// Whether the bot has been told of the user's silence since the last message.
    pub(super) told_of_silence: bool,
    pub(super) source: Option<Arc<Performs<B>>>,
    pub(super) played: Vec<Played<B>>,
}

/// What performs the effects of `B`, if it does.
type Performs<B> = dyn Fn(&<B as Bot>::Effect, &<B as Bot>::World) -> Option<<B as Bot>::Input>;
pub(super) type BotPending<B> = Pending<<B as Bot>::Input, <B as Bot>::Effect>;

impl<B: Bot> Conversation<B> {
    /// A new conversation in the bot's sample world, at [`start_time`].
    #[must_use]
    pub fn new() -> Self {
        Self::in_world(B::World::sample())
    }

    /// A new conversation in `world`, at [`start_time`].
    #[must_use]
    pub fn in_world(world: impl Into<Arc<B::World>>) -> Self {
        Self::starting(world, start_time())
    }

    /// A new conversation in `world`, which starts at `at`.
    #[must_use]
    pub fn starting(world: impl Into<Arc<B::World>>, at: Timestamp) -> Self {
        Self::with_places(Places::new(world.into()), at)
    }

    /// As [`Conversation::starting`], with a world that many conversations share.
    pub(super) fn with_places(places: Arc<Places<B>>, at: Timestamp) -> Self {
        let (session, written) = Session::open(Arc::clone(&places), at);
        Self {
            places,
            session,
            now: at,
            told_of_silence: false,
            source: None,
            played: vec![Played::new(What::Start, written, Vec::new())],
        }
    }

    /// Lets every effect end at once, those that are pending and those to come, with what `performs` says: the
    /// test's own source. An effect for which it says `None` stays pending.
    ///
    /// # Panics
    /// If effects follow each other without end.
    #[must_use]
    #[track_caller]
    pub fn with_source(
        mut self,
        performs: impl Fn(&B::Effect, &B::World) -> Option<B::Input> + 'static,
    ) -> Self {
        self.source = Some(Arc::new(performs));
        let done = self.perform();
        self.done(done)
    }

    /// Lets every effect end at once with the first of its [outcomes](Bot::outcomes), which is success.
    ///
    /// # Panics
    /// If effects follow each other without end.
    #[must_use]
    #[track_caller]
    pub fn with_sample_source(self) -> Self {
        self.with_source(|effect, _| B::outcomes(effect).into_iter().next())
    }

    /// The user writes `text`.
    #[must_use]
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        self.plays(&Move::Says(text.to_owned()))
    }

    /// The user chooses the listed option `id`.
    ///
    /// # Panics
    /// If it is not offered now.
    #[must_use]
    #[track_caller]
    pub fn chooses(self, id: &str) -> Self {
        self.plays(&Move::Chooses(id.to_owned()))
    }

    /// The oldest pending effect that can end with an input of this name (see [`Bot::outcomes`]) ends with `input`.
    ///
    /// # Panics
    /// If no pending effect can.
    #[must_use]
    #[track_caller]
    pub fn gets(self, input: B::Input) -> Self {
        match self.effect_ending_with(&input) {
            Ok(effect) => self.plays(&Move::Ends { effect, input }),
            Err(problem) => self.panics(&problem),
        }
    }

    /// The oldest pending effect takes too long or panics, as [`Bot::failed`] has it.
    ///
    /// # Panics
    /// If no effect is pending.
    #[must_use]
    #[track_caller]
    pub fn fails(mut self) -> Self {
        let done = self.fail();
        self.done(done)
    }

    /// So much time passes. Timers that come due ring in the order of their times, also those that are set on the
    /// way. Silence is never told of by this: how long is idle, the server's operator says.
    ///
    /// # Panics
    /// If timers follow each other without end.
    #[must_use]
    #[track_caller]
    pub fn waits(self, time: Duration) -> Self {
        self.plays(&Move::Waits(time))
    }

    /// The user is silent for the idle time-out, however long it is: the bot is told, and the clock stands.
    ///
    /// # Panics
    /// If silence means nothing to the bot here, and if it has been told of this silence: as in the server, it is told
    /// once after each message.
    #[must_use]
    #[track_caller]
    pub fn is_silent(self) -> Self {
        self.plays(&Move::IsSilent)
    }

    /// An agent, a person who takes over from the bot, does this. The other moves of agents are short for it.
    ///
    /// # Panics
    /// If that cannot be here, or means nothing to the bot.
    #[must_use]
    #[track_caller]
    pub fn attended(self, change: Attendance) -> Self {
        self.plays(&Move::Attended(change))
    }

    /// An agent has come online, and there was none.
    ///
    /// # Panics
    /// As [`Conversation::attended`].
    #[must_use]
    #[track_caller]
    pub fn staffed(self) -> Self {
        self.attended(Attendance::Staffed)
    }

    /// No agent is online.
    ///
    /// # Panics
    /// As [`Conversation::attended`].
    #[must_use]
    #[track_caller]
    pub fn nobody(self) -> Self {
        self.attended(Attendance::Nobody)
    }

    /// An agent of this name takes the conversation. What the user [says](Self::says) from here on is for the agent
    /// alone.
    ///
    /// # Panics
    /// As [`Conversation::attended`].
    #[must_use]
    #[track_caller]
    pub fn taken_by(self, name: &str) -> Self {
        self.attended(Attendance::taken_by(name))
    }

    /// The agent gives it back to the bot.
    ///
    /// # Panics
    /// As [`Conversation::attended`].
    #[must_use]
    #[track_caller]
    pub fn returned(self) -> Self {
        self.attended(Attendance::Returned)
    }

    /// Nobody is there for too long.
    ///
    /// # Panics
    /// As [`Conversation::attended`].
    #[must_use]
    #[track_caller]
    pub fn abandoned(self) -> Self {
        self.attended(Attendance::Abandoned)
    }

    /// The agent writes `text`, of which the bot hears nothing.
    #[must_use]
    pub fn agent_says(mut self, text: &str) -> Self {
        self.note(agent_note(text));
        self
    }

    /// This happens.
    ///
    /// # Panics
    /// If it cannot happen now; the other moves are short for this one and panic likewise.
    #[must_use]
    #[track_caller]
    pub fn plays(mut self, next: &Move<B>) -> Self {
        let done = self.play(next);
        self.done(done)
    }

    #[track_caller]
    fn done(self, done: Result<(), String>) -> Self {
        match done {
            Ok(()) => self,
            Err(problem) => self.panics(&problem),
        }
    }

    /// Panics with `problem` and the transcript.
    #[track_caller]
    pub(super) fn panics(&self, problem: &str) -> ! {
        panic!("{problem}\n\nThe conversation so far:\n\n{self}")
    }

    /// The leaf's name.
    #[must_use]
    pub fn state(&self) -> SmolStr {
        let path = self.path();
        path.last().cloned().unwrap_or_default()
    }

    /// The names of all levels it is in, the outermost first.
    #[must_use]
    pub fn path(&self) -> Vec<SmolStr> {
        self.session.path()
    }

    /// What the last step said, paragraphs parted by an empty line; `None` if it said nothing.
    #[must_use]
    pub fn reply(&self) -> Option<String> {
        self.last()?.text
    }

    /// What the last step showed beside the text.
    #[must_use]
    pub fn shown(&self) -> Option<Value> {
        self.last()?.data
    }

    /// What may be chosen now.
    #[must_use]
    pub fn options(&self) -> Vec<Offer> {
        self.session.offers()
    }

    /// The effects and timers that it waits for, in the order in which they were asked for.
    #[must_use]
    pub fn pending(&self) -> &[BotPending<B>] {
        self.machine().pending()
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.machine().is_final()
    }

    /// The machine, to look at: its place and the bot's memory with all their data.
    #[must_use]
    pub fn machine(&self) -> &Machine<B> {
        self.session.machine()
    }

    /// Its own time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The world it is in.
    #[must_use]
    pub fn world(&self) -> &B::World {
        self.places.world()
    }

    /// The record of the last step.
    pub(super) fn last(&self) -> Option<Public> {
        self.played.iter().rev().find_map(Played::of_bot)
    }
}

impl<B: Bot> Default for Conversation<B> {
    fn default() -> Self {
        Self::new()
    }
}

impl<B: Bot> std::fmt::Debug for Conversation<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Conversation")
            .field("machine", self.machine())
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
