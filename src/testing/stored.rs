//! A stored conversation, played again: what happened to users becomes a test.

use std::sync::Arc;

use super::conversation::Conversation;
use super::played::{Played, What};
use crate::bot::{Bot, World};
use crate::record::Record;
use crate::session::{Happened, Places, Replay, Session, Transcript};

impl<B: Bot> Conversation<B> {
    /// The conversation that `statechat transcript` wrote down, played again in the bot's sample world: what users said
    /// and what came of effects, with the replies of this machine. What it said then does not matter, so that a test
    /// can go on with what it should have said:
    ///
    /// ```no_run
    /// # const BUG: &str = "";
    /// use statechat::bots::stock::StockBot;
    /// use statechat::testing::Conversation;
    ///
    /// // const BUG: &str = include_str!("bug.json");
    /// let _ = Conversation::<StockBot>::retell(BUG).expect_state("ShowPrice");
    /// ```
    ///
    /// # Panics
    /// If `transcript` is none of this bot's, or something cannot happen any more.
    #[must_use]
    #[track_caller]
    pub fn retell(transcript: &str) -> Self {
        Self::retell_in(B::World::sample(), transcript)
    }

    /// As [`Conversation::retell`], in the world that the conversation was held in.
    ///
    /// # Panics
    /// As it does.
    #[must_use]
    #[track_caller]
    pub fn retell_in(world: impl Into<Arc<B::World>>, transcript: &str) -> Self {
        let transcript = read::<B>(transcript);
        Self::told(Places::new(world.into()), &transcript.records())
    }

    /// As [`Conversation::retell_in`], but each step has to lead where it led, offer what it offered and ask for the
    /// work that it asked for: what `statechat replay` does with all stored conversations.
    ///
    /// # Panics
    /// If one does not, with the conversation up to there; and as [`Conversation::retell`] does.
    #[must_use]
    #[track_caller]
    pub fn replay_in(world: impl Into<Arc<B::World>>, transcript: &str) -> Self {
        let (places, records) = (Places::new(world.into()), read::<B>(transcript).records());
        let mut replay = Replay::<B>::new(Arc::clone(&places));
        records.iter().for_each(|record| replay.record(record));
        let Some(divergence) = replay.divergence() else {
            return Self::told(places, &records);
        };
        let until = records.iter().take_while(|r| r.seq < divergence.seq);
        let until: Vec<Record> = until.cloned().collect();
        let problem = format!("at record {}: {}", divergence.seq, divergence.why);
        Self::told(places, &until).panics(&problem)
    }

    #[track_caller]
    fn told(places: Arc<Places<B>>, records: &[Record]) -> Self {
        let at = super::start_time();
        let mut told = Self::with_places(Arc::clone(&places), at);
        for record in records {
            let happened = Happened::of(record).map_err(|error| error.to_string());
            let done = happened.and_then(|happened| told.happen(happened, record));
            if let Err(problem) = done {
                told.panics(&format!("at record {}: {problem}", record.seq));
            }
        }
        told
    }

    fn happen(&mut self, happened: Happened<B::Input>, record: &Record) -> Result<(), String> {
        match happened {
            // It has begun with this.
            Happened::Start if record.seq == 1 => Ok(()),
            Happened::Start => {
                let places = Arc::clone(&self.places);
                let (session, written) = Session::restart(places, record.seq - 1, self.now);
                self.played
                    .push(Played::new(What::Start, written, Vec::new()));
                self.session = session;
                Ok(())
            }
            Happened::Said(said) => self.say(said),
            // The step of what was said, which has been taken.
            Happened::Heard => Ok(()),
            Happened::Ended(id, input) => {
                let work = self.pending().iter().find(|work| work.id == id).cloned();
                self.end(work.ok_or("no such effect is pending")?, Some(&input))
            }
            Happened::Rang(id) => {
                let work = self.pending().iter().find(|work| work.id == id).cloned();
                self.ring(&work.ok_or("no such timer is set")?)
            }
            Happened::Silence => self.be_silent(),
            Happened::Attended(change) => self.attend(&change),
            Happened::Noted(note) => {
                self.note(note);
                Ok(())
            }
        }
    }
}

#[track_caller]
fn read<B: Bot>(transcript: &str) -> Transcript {
    let transcript = match Transcript::parse(transcript) {
        Ok(transcript) => transcript,
        Err(error) => panic!("{error}"),
    };
    assert!(
        transcript.bot == B::NAME,
        "this is a conversation with the bot {:?}, not with {:?}",
        transcript.bot,
        B::NAME
    );
    transcript
}
