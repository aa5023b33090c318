//! Typing: told to the others while it lasts, and over by itself.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use smol_str::SmolStr;
use tokio::time::Instant;

use super::seat::{Current, Seat};
use super::{Chat, ChatError, now};
use crate::event::{Typing, passing};
use crate::identity::Identity;
use crate::record::{SessionId, Speaker, SpeakerKind, UserId};
use crate::registry::Bots;

/// How long somebody types who does not say so again.
const LASTS: Duration = Duration::from_secs(5);

/// Somebody who types.
#[derive(Clone, Debug)]
pub(super) struct Typist {
    speaker: Speaker,
    /// Tells one time of typing from the next.
    number: u64,
    until: Instant,
}

impl Chat {
    /// `who` types, or does not any more.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Watching`] or [`ChatError::RateLimited`].
    pub async fn typing(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        is_typing: bool,
    ) -> Result<(), ChatError> {
        let seat = self.seat_of(session, who).await?;
        let kind = seat.speaker(who)?;
        seat.take_aside_permit(&who.user, self.limits.rate)?;
        if is_typing {
            self.begin_typing(&seat, speaker(kind, &who.user));
        } else {
            self.end_typing(&seat, &who.user);
        }
        Ok(())
    }

    fn begin_typing(self: &Arc<Self>, seat: &Arc<Seat>, speaker: Speaker) {
        let until = Instant::now() + LASTS;
        let mut members = seat.members();
        let typists = &mut members.typists;
        let known = typists.iter_mut().find(|typist| typist.speaker == speaker);
        if let Some(typist) = known {
            typist.until = until;
            return;
        }
        let number = getrandom::u64().unwrap_or_default();
        typists.push(Typist {
            speaker: speaker.clone(),
            number,
            until,
        });
        drop(members);
        self.tell_typing(seat, &speaker, true);
        // One task as long as somebody types, and not one a keystroke.
        let chat = Arc::downgrade(self);
        let seat = Arc::clone(seat);
        tokio::spawn(async move {
            let mut until = until;
            loop {
                tokio::time::sleep_until(until).await;
                let Some(chat) = chat.upgrade() else { return };
                match seat.types_until(number) {
                    Some(later) if later > Instant::now() => until = later,
                    Some(_) => return chat.stop_typing(&seat, |typist| typist.number == number),
                    None => return,
                }
            }
        });
    }

    /// `user` has stopped, or has said it.
    pub(super) fn end_typing(&self, seat: &Seat, user: &UserId) {
        self.stop_typing(seat, |typist| typist.speaker.id == user.as_str());
    }

    fn stop_typing(&self, seat: &Seat, is_over: impl Fn(&Typist) -> bool) {
        let mut members = seat.members();
        let Some(over) = members.typists.iter().position(is_over) else {
            return;
        };
        let typist = members.typists.remove(over);
        drop(members);
        self.tell_typing(seat, &typist.speaker, false);
    }

    /// The bot types as long as its machine waits for an effect.
    pub(super) fn note_bot_types(&self, seat: &Seat, current: &Current) {
        let types = !current.jobs.is_empty();
        if seat.note_bot_types(types)
            && let Some(event) = self.bot_typing.event(&current.row.bot, types)
        {
            self.hub.tell(&seat.id, event, None, now());
        }
    }

    fn tell_typing(&self, seat: &Seat, from: &Speaker, is_typing: bool) {
        let user = from.id.parse::<UserId>().ok();
        self.hub
            .tell(&seat.id, &event(from, is_typing), user.as_ref(), now());
    }
}

/// That a bot types, and that it does not any more: encoded once for all its conversations, as each effect tells both.
pub(super) struct BotTyping(Vec<(&'static str, [Bytes; 2])>);

impl BotTyping {
    pub(super) fn of(bots: &Bots) -> Self {
        let events = bots.iter().map(|host| {
            let from = bot(&host.name().into());
            (host.name(), [false, true].map(|types| event(&from, types)))
        });
        Self(events.collect())
    }

    fn event(&self, bot: &str, types: bool) -> Option<&Bytes> {
        let (_, events) = self.0.iter().find(|(name, _)| *name == bot)?;
        Some(&events[usize::from(types)])
    }
}

fn event(from: &Speaker, is_typing: bool) -> Bytes {
    passing("typing", &Typing { from, is_typing }, None)
}

impl Seat {
    /// Who types now, the bot among them. Only where it does, this waits for the session's lock.
    pub(super) async fn who_types(&self) -> Vec<Speaker> {
        let mut types = self.typing_people();
        if self.bot_types() {
            types.push(bot(&self.current.lock().await.row.bot));
        }
        types
    }

    fn typing_people(&self) -> Vec<Speaker> {
        let members = self.members();
        let people = members.typists.iter().map(|typist| typist.speaker.clone());
        people.collect()
    }

    fn types_until(&self, number: u64) -> Option<Instant> {
        let members = self.members();
        let typist = members
            .typists
            .iter()
            .find(|typist| typist.number == number);
        typist.map(|typist| typist.until)
    }
}

fn speaker(kind: SpeakerKind, user: &UserId) -> Speaker {
    Speaker {
        kind,
        id: user.as_str().into(),
    }
}

fn bot(name: &SmolStr) -> Speaker {
    Speaker {
        kind: SpeakerKind::Bot,
        id: name.clone(),
    }
}
