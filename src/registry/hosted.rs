//! A bot as the rest of the crate sees it: its types stay in here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::drawn::Drawing;
use super::{Alarm, Drawn, Host, Job, Live, Outcome, Refused, Stepped};
use super::{Attendance, Fate, Graph, Handoff, Report, WhenChanged};
use crate::bot::{Bot, Pending, Source, Work, WorkId};
use crate::record::{Offer, Record, Seq, Waits};
use crate::session::{Message, Note, Places, Replay, Session, Written};

/// A bot with its world and its source, whatever their types.
pub(super) struct Hosted<B: Bot, S> {
    places: Arc<Places<B>>,
    source: Arc<S>,
    drawing: Drawing<B>,
}

impl<B: Bot, S: Source<B>> Hosted<B, S> {
    pub(super) fn new(world: B::World, source: S) -> Self {
        Self {
            places: Places::new(Arc::new(world)),
            source: Arc::new(source),
            drawing: Drawing::new(),
        }
    }

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
        let (session, written) = Session::<B>::open(Arc::clone(&self.places), at);
        let live = self.conversation(session);
        let stepped = live.stepped(written);
        (Box::new(live), stepped)
    }

    fn restore(&self, head: Seq, state: &str) -> serde_json::Result<Box<dyn Live>> {
        let session = Session::<B>::restore(Arc::clone(&self.places), head, state)?;
        Ok(Box::new(self.conversation(session)))
    }

    fn when_changed(&self) -> WhenChanged {
        B::WHEN_CHANGED
    }

    fn replay(&self, records: &[Record], state: &str) -> (Fate, Option<Box<dyn Live>>) {
        let mut replay = Replay::<B>::new(Arc::clone(&self.places));
        records.iter().for_each(|record| replay.record(record));
        let (fate, session) = replay.end(state);
        let live = session.map(|session| Box::new(self.conversation(session)) as Box<dyn Live>);
        (fate, live)
    }

    fn restart(&self, head: Seq, at: Timestamp) -> (Box<dyn Live>, Stepped) {
        let (session, written) = Session::<B>::restart(Arc::clone(&self.places), head, at);
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
            let due = pending.due();
            match pending.work {
                Work::Timer { after_ms, .. } => {
                    let after = Duration::from_millis(after_ms);
                    alarms.extend(due.map(|due| Alarm { id, due, after }));
                }
                Work::Effect(effect) => {
                    let source = Arc::clone(&self.source);
                    let run = async move { Outcome(Box::new(source.perform(effect, id).await)) };
                    let run = Box::pin(run);
                    jobs.push(Job { id, run });
                }
            }
        }
        (jobs, alarms)
    }

    /// The step after the pending effect `id`, and the session that has taken it, if the outcome is at hand. Where that
    /// panics, so it will where the effect is performed, and is a failed effect.
    fn stepped_at_hand(&self, id: WorkId, at: Timestamp) -> Option<(Session<B>, Stepped)> {
        let pending = self.session.machine().pending();
        let Work::Effect(effect) = &pending.iter().find(|pending| pending.id == id)?.work else {
            return None;
        };
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let outcome = self.source.at_hand(effect)?;
            let mut session = self.session.clone();
            let written = session.finish(id, Some(outcome), at)?;
            Some((session, self.stepped(written)))
        }));
        tried.ok()?
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

    fn enter_at_hand(&mut self, stepped: &mut Stepped, at: Timestamp) {
        if stepped.jobs.is_empty() {
            return;
        }
        // Not those that the outcomes ask for in turn: a machine may go round and round.
        for job in std::mem::take(&mut stepped.jobs) {
            match self.stepped_at_hand(job.id, at) {
                Some((session, next)) => {
                    self.session = session;
                    stepped.extend(next);
                }
                None => stepped.jobs.push(job),
            }
        }
        // An outcome may have cancelled what else was asked for.
        let pending = self.session.machine().pending();
        let is_pending = |id| pending.iter().any(|pending| pending.id == id);
        stepped.jobs.retain(|job| is_pending(job.id));
        stepped.alarms.retain(|alarm| is_pending(alarm.id));
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

    fn state(&self) -> Arc<str> {
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
