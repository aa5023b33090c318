//! What a test expects of a conversation. Each expectation panics where the test stands, and shows the transcript.

use smol_str::SmolStr;

use super::conversation::Conversation;
use crate::bot::{Bot, Work, name_of};

impl<B: Bot> Conversation<B> {
    /// It is in the leaf `name`.
    ///
    /// # Panics
    /// If it is in another.
    #[track_caller]
    pub fn expect_state(self, name: &str) -> Self {
        let state = self.state();
        self.expect(state == name, || {
            format!("expected the state {name}, but it is {state}")
        })
    }

    /// It is in the level `name`, a leaf or not.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn expect_within(self, name: &str) -> Self {
        let path = self.path();
        self.expect(path.iter().any(|level| level == name), || {
            format!(
                "expected to be within {name}, but it is in {}",
                path.join("/")
            )
        })
    }

    /// The last step said exactly this, paragraphs parted by an empty line.
    ///
    /// # Panics
    /// If it said something else, or nothing.
    #[track_caller]
    pub fn expect_reply(self, text: &str) -> Self {
        let reply = self.reply();
        self.expect(reply.as_deref() == Some(text), || {
            format!(
                "expected the reply {text:?}, but it is {}",
                quoted(reply.as_deref())
            )
        })
    }

    /// The last step said this among other things.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn expect_reply_containing(self, part: &str) -> Self {
        let reply = self.reply();
        let contains = reply.as_deref().is_some_and(|reply| reply.contains(part));
        self.expect(contains, || {
            let reply = quoted(reply.as_deref());
            format!("expected a reply that contains {part:?}, but it is {reply}")
        })
    }

    /// The last step said nothing.
    ///
    /// # Panics
    /// If it did.
    #[track_caller]
    pub fn expect_no_reply(self) -> Self {
        let reply = self.reply();
        self.expect(reply.is_none(), || {
            format!("expected no reply, but it is {}", quoted(reply.as_deref()))
        })
    }

    /// Exactly the options of these ids are offered, in this order.
    ///
    /// # Panics
    /// If others are.
    #[track_caller]
    pub fn expect_options<'i>(self, ids: impl IntoIterator<Item = &'i str>) -> Self {
        let options = self.options().into_iter().map(|offer| offer.id);
        self.expect_names("options", ids, options.collect())
    }

    /// Exactly this is pending, in the order in which it was asked for: effects by their names, timers by the names
    /// of the inputs that they bring.
    ///
    /// # Panics
    /// If something else is.
    #[track_caller]
    pub fn expect_pending<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Self {
        let pending = self.pending().iter().map(|work| match &work.work {
            Work::Effect(effect) => name_of(effect),
            Work::Timer { input, .. } => name_of(input),
        });
        let pending = pending.collect();
        self.expect_names("pending work", names, pending)
    }

    /// It is over.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn expect_final(self) -> Self {
        let (state, is_final) = (self.state(), self.is_final());
        self.expect(is_final, || {
            format!("expected the conversation to be over, but {state} is not final")
        })
    }

    #[track_caller]
    fn expect_names<'n>(
        self,
        what: &str,
        expected: impl IntoIterator<Item = &'n str>,
        found: Vec<SmolStr>,
    ) -> Self {
        let expected: Vec<&str> = expected.into_iter().collect();
        self.expect(expected == found, || {
            format!("expected the {what} {expected:?}, but they are {found:?}")
        })
    }

    #[track_caller]
    fn expect(self, holds: bool, problem: impl FnOnce() -> String) -> Self {
        if holds {
            return self;
        }
        self.panics(&problem())
    }
}

fn quoted(reply: Option<&str>) -> String {
    reply.map_or_else(|| "nothing".to_owned(), |reply| format!("{reply:?}"))
}
