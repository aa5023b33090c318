//! The driver: one input through a machine, and what came of it.
//!
//! Our own rather than `statig::blocking::StateMachine`, for three reasons: it says which level answered, it
//! ties effects and timers to levels, and it restores a conversation without running any action. Where both
//! do the same thing a test holds them equal. In one point they differ: `before_transition` gets its source
//! first and its target second, which statig 0.4.1 passes the other way round.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::hierarchy::Handling;
use super::{
    Action, Attendance, Bot, Choice, Handoff, Level, Outbox, Pending, Scoped, Shown, Work,
};
use super::{WorkId, name_of};

/// A machine in its place, with the work it waits for. Cloned before a step, so that a step that cannot be
/// stored did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound = "", deny_unknown_fields)]
pub struct Machine<B: Bot> {
    bot: B,
    place: B::Place,
    pending: Vec<Pending<B::Input, B::Effect>>,
}

/// Which step this is, and when. The step's record stands at `seq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The record's place in the log.
    pub seq: u64,
    /// The record's time.
    pub at: Timestamp,
}

/// What came of one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<B: Bot> {
    /// The leaf's name before; `None` for the start of a conversation.
    pub from: Option<SmolStr>,
    /// The leaf's name after.
    pub to: SmolStr,
    /// The names of all levels after, the outermost first.
    pub path: Vec<SmolStr>,
    /// The level that took the input; `None` if none did, and at the start.
    pub handled_by: Option<SmolStr>,
    /// Levels whose exit actions ran, in that order.
    pub exited: Vec<SmolStr>,
    /// Levels whose entry actions ran, in that order.
    pub entered: Vec<SmolStr>,
    /// What it said, paragraphs parted by an empty line.
    pub text: Option<String>,
    /// What it showed beside the text.
    pub data: Option<Shown>,
    /// Work it asked for.
    pub started: Vec<Pending<B::Input, B::Effect>>,
    /// Work it cancelled by leaving the level that had asked.
    pub cancelled: Vec<WorkId>,
}

impl<B: Bot> Machine<B> {
    /// Starts a conversation: the entry actions down to the initial place.
    pub fn start(world: &B::World, moment: Moment) -> (Self, Step<B>) {
        let mut bot = B::new(world);
        let mut place = B::initial();
        let mut outbox = Outbox::new(world);
        let path = B::path(&mut place);
        bot.enter(&mut place, path.len(), &mut outbox);
        let mut machine = Self {
            bot,
            place,
            pending: Vec::new(),
        };
        let mut step = Step::between(None, path.clone());
        step.entered = path;
        machine.collect(outbox, &mut step, moment);
        (machine, step)
    }

    /// One input through the machine.
    pub fn step(&mut self, input: &B::Input, world: &B::World, moment: Moment) -> Step<B> {
        self.step_above(0, input, world, moment)
    }

    /// As [`Machine::step`], for who knows the machine's [path](Machine::path).
    pub(crate) fn step_from(
        &mut self,
        path: &[SmolStr],
        input: &B::Input,
        world: &B::World,
        moment: Moment,
    ) -> Step<B> {
        self.take(0, path, input, world, moment)
    }

    /// One input through the machine as if the innermost `skipped` levels deferred it: what a superstate would do
    /// if nobody below it took the input.
    pub fn step_above(
        &mut self,
        skipped: usize,
        input: &B::Input,
        world: &B::World,
        moment: Moment,
    ) -> Step<B> {
        let before = B::path(&mut self.place);
        self.take(skipped, &before, input, world, moment)
    }

    fn take(
        &mut self,
        skipped: usize,
        before: &[SmolStr],
        input: &B::Input,
        world: &B::World,
        moment: Moment,
    ) -> Step<B> {
        // Only pending work needs to know which levels change their data.
        let data = (!self.pending.is_empty()).then(|| B::levels(&mut self.place));
        let mut outbox = Outbox::new(world);
        let handling = self
            .bot
            .dispatch_above(skipped, &mut self.place, input, &mut outbox);
        match handling {
            Handling::Nobody => self.stay(None, before, outbox, moment),
            Handling::Stays(depth) => self.stay(Some(depth), before, outbox, moment),
            Handling::Goes(depth, target) => self.go(depth, target, (before, data), outbox, moment),
        }
    }

    fn stay(
        &mut self,
        depth: Option<usize>,
        path: &[SmolStr],
        outbox: BotOutbox<'_, B>,
        moment: Moment,
    ) -> Step<B> {
        let mut step = Step::between(path.last().cloned(), path.to_vec());
        step.handled_by = depth.map(|depth| path[depth - 1].clone());
        self.collect(outbox, &mut step, moment);
        step
    }

    fn go(
        &mut self,
        depth: usize,
        mut target: B::Place,
        (before, data): (&[SmolStr], Option<Vec<Level>>),
        mut outbox: BotOutbox<'_, B>,
        moment: Moment,
    ) -> Step<B> {
        self.bot
            .before_transition(&self.place, &target, &mut outbox);
        let (exits, entries) = B::crossing(&mut self.place, &mut target);
        self.bot.exit(&mut self.place, exits, &mut outbox);
        std::mem::swap(&mut self.place, &mut target);

        let after = B::path(&mut self.place);
        let kept = data.map(|data| kept(&data, &B::levels(&mut self.place), exits));
        outbox
            .asked
            .iter_mut()
            .for_each(|(scope, _)| *scope = after.len());
        self.bot.enter(&mut self.place, entries, &mut outbox);
        outbox.at_depth(after.len());
        self.bot.after_transition(&target, &self.place, &mut outbox);

        let entered = after[after.len() - entries..].to_vec();
        let mut step = Step::between(before.last().cloned(), after);
        step.handled_by = Some(before[depth - 1].clone());
        step.exited = before[before.len() - exits..].to_vec();
        step.exited.reverse();
        step.entered = entered;
        if let Some(kept) = kept {
            self.cancel(kept, &mut step);
        }
        self.collect(outbox, &mut step, moment);
        step
    }

    /// Drops the work of levels deeper than `kept`.
    fn cancel(&mut self, kept: usize, step: &mut Step<B>) {
        let cancelled = self.pending.extract_if(.., |work| work.scope > kept);
        step.cancelled = cancelled.map(|work| work.id).collect();
    }

    fn collect(&mut self, outbox: BotOutbox<'_, B>, step: &mut Step<B>, moment: Moment) {
        step.text = (!outbox.paragraphs.is_empty()).then(|| outbox.paragraphs.join("\n\n"));
        step.data = outbox.data;
        step.started = (0..)
            .zip(outbox.asked)
            .map(|(n, (scope, work))| Pending {
                id: WorkId { seq: moment.seq, n },
                scope,
                at: moment.at,
                work,
            })
            .collect();
        self.pending.extend(step.started.iter().cloned());
    }

    /// Takes the work `id` off the pending list, because its outcome is about to enter. `None` if it is not
    /// pending any more: then the outcome must be dropped.
    pub fn settle(&mut self, id: WorkId) -> Option<Pending<B::Input, B::Effect>> {
        let index = self.pending.iter().position(|work| work.id == id)?;
        Some(self.pending.remove(index))
    }

    /// The bot's memory beside its place.
    #[must_use]
    pub fn bot(&self) -> &B {
        &self.bot
    }

    /// The leaf state with its data.
    #[must_use]
    pub fn place(&self) -> &B::Place {
        &self.place
    }

    /// The work it waits for, in the order in which it was asked for.
    #[must_use]
    pub fn pending(&self) -> &[Pending<B::Input, B::Effect>] {
        &self.pending
    }

    /// The same machine with its work named in order, as if all of it had been asked for by one step. Two
    /// conversations that differ only in how they got here become equal.
    #[must_use]
    pub fn renumbered(mut self) -> Self {
        for (n, work) in (0..).zip(&mut self.pending) {
            work.id = WorkId { seq: 0, n };
        }
        self
    }

    /// The levels of its place, the outermost first.
    #[must_use]
    pub fn levels(&self) -> Vec<Level> {
        B::levels(&mut self.place.clone())
    }

    /// The names of the levels of its place, the outermost first.
    #[must_use]
    pub fn path(&self) -> Vec<SmolStr> {
        B::path(&mut self.place.clone())
    }

    /// The names of its pending effects.
    #[must_use]
    pub fn pending_effects(&self) -> Vec<SmolStr> {
        let effects = self.pending.iter().filter_map(|work| match &work.work {
            Work::Effect(effect) => Some(name_of(effect)),
            Work::Timer { .. } => None,
        });
        effects.collect()
    }

    /// Whether going from here to `after` would have done something more, had the superstate at `depth` been left
    /// and entered again.
    #[must_use]
    pub fn acts_on_reentry(&self, after: &Self, depth: usize, world: &B::World) -> bool {
        let acts = |machine: &Self, action| {
            let mut acting = machine.clone();
            let mut outbox = Outbox::new(world);
            let Self { bot, place, .. } = &mut acting;
            bot.act(place, depth, action, &mut outbox);
            let idle = outbox.paragraphs.is_empty() && outbox.asked.is_empty();
            !idle || outbox.data.is_some() || acting != *machine
        };
        acts(self, Action::Exit) || acts(after, Action::Entry)
    }

    /// What the user may do now.
    #[must_use]
    pub fn options<'w>(&self, world: &'w B::World) -> Vec<Choice<'w, B::Input>> {
        self.bot.options(&self.place, world)
    }

    /// Those that are listed.
    #[must_use]
    pub fn listed<'w>(&self, world: &'w B::World) -> Vec<Choice<'w, B::Input>> {
        self.bot.listed(&self.place, world)
    }

    /// What `text` means now.
    #[must_use]
    pub fn read(&self, text: &str, world: &B::World) -> B::Input {
        self.bot.read(&self.place, text, world)
    }

    /// Whether the conversation is over.
    #[must_use]
    pub fn is_final(&self) -> bool {
        B::is_final(&self.place)
    }

    /// Whether it waits for a person or is with one.
    #[must_use]
    pub fn handoff(&self) -> Option<Handoff> {
        B::handoff(&self.place)
    }

    /// Whether a person has taken over: then no text is for the bot.
    #[must_use]
    pub fn is_with_person(&self) -> bool {
        self.handoff() == Some(Handoff::With)
    }

    /// What the user's silence means now; `None` for nothing.
    #[must_use]
    pub fn idle(&self) -> Option<B::Input> {
        let is_asked = !self.is_final() && !self.is_with_person();
        is_asked.then(B::idle).flatten()
    }

    /// What it means now that an agent does this; `None` for nothing.
    #[must_use]
    pub fn attended(&self, change: &Attendance) -> Option<B::Input> {
        let handoff = self.handoff()?;
        handoff.minds(change).then(|| B::attended(change)).flatten()
    }
}

type BotOutbox<'w, B> = Outbox<'w, <B as Bot>::World, <B as Bot>::Input, <B as Bot>::Effect>;

impl<B: Bot> Step<B> {
    fn between(from: Option<SmolStr>, after: Vec<SmolStr>) -> Self {
        Self {
            from,
            to: after
                .last()
                .cloned()
                .expect("every place has at least its leaf"),
            path: after,
            handled_by: None,
            exited: Vec::new(),
            entered: Vec::new(),
            text: None,
            data: None,
            started: Vec::new(),
            cancelled: Vec::new(),
        }
    }
}

/// How many of the outermost levels were neither exited nor changed their data.
fn kept(before: &[Level], after: &[Level], exits: usize) -> usize {
    let stayed = before.len() - exits;
    let same = before.iter().zip(after).take_while(|(b, a)| b == a).count();
    stayed.min(same)
}
