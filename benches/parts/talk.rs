//! A conversation to be stored: what the stock bot's flow has a log write, without a step of the machine each time.

use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use smol_str::SmolStr;
use statechat::bots::stock::{Input, Market, Quote, StockBot};
use statechat::log::Batch;
use statechat::record::{HeadRow, Record, UserId, Waits};
use statechat::session::{Message, Places, Said, Session};

use crate::chats;

/// What a user chooses in turn. The quote comes after the second.
pub(crate) const CHOICES: [&str; 4] = ["LSE", "GSK", "go-back", "main-menu"];

pub(crate) fn quote() -> anyhow::Result<Quote> {
    Ok(Quote {
        price: "1574.80".parse()?,
        at: Timestamp::UNIX_EPOCH,
    })
}

/// The message that chooses `option`.
pub(crate) fn message(user: &UserId, option: &str) -> Message {
    Message {
        user: user.clone(),
        said: Said::Choose(option.to_owned()),
        client_id: None,
    }
}

/// What is said in one walk through the flow.
pub(crate) struct Script {
    records: Vec<Record>,
    state: Arc<str>,
    /// Of the machine that said it: a conversation with another would be replayed when it is opened.
    shape: SmolStr,
}

impl Script {
    pub(crate) fn new() -> anyhow::Result<Arc<Self>> {
        let (user, at) = ("user".parse()?, Timestamp::now());
        let (mut session, _) =
            Session::<StockBot>::open(Places::new(Arc::new(Market::bundled())), at);
        let mut records = Vec::new();
        for option in CHOICES {
            let written = session.say(message(&user, option), at)?;
            records.extend(written.records);
            for work in written.started {
                let input = Input::QuoteArrived { quote: quote()? };
                let written = session.finish(work.id, Some(input), at);
                records.extend(written.context("the quote is awaited")?.records);
            }
        }
        let state = session.state();
        let machine = chats::bots().machines().next();
        let shape = machine.context("there is a bot")?.shape();
        Ok(Arc::new(Self {
            records,
            state,
            shape,
        }))
    }
}

/// One conversation that goes through the script again and again.
pub(crate) struct Talk {
    script: Arc<Script>,
    row: HeadRow,
}

impl Talk {
    pub(crate) fn new(script: &Arc<Script>, number: usize) -> anyhow::Result<Self> {
        let at = Timestamp::now();
        Ok(Self {
            script: Arc::clone(script),
            row: HeadRow {
                session: format!("a-session-of-26-chars-{number:04}").parse()?,
                bot: "stock".into(),
                owner: "user".parse()?,
                opened_as: None,
                shape: script.shape.clone(),
                created: at,
                used: at,
                head: 0,
                at,
                state: Arc::clone(&script.state),
                waits: Waits::default(),
            },
        })
    }

    pub(crate) fn row(&self) -> &HeadRow {
        &self.row
    }

    /// Its next `count` records.
    pub(crate) fn next(&mut self, count: u64) -> Batch {
        let expected = self.row.head;
        self.row.head += count;
        let script = &self.script.records;
        let records = (expected + 1..=self.row.head).map(|seq| Record {
            seq,
            ..script[seq as usize % script.len()].clone()
        });
        Batch {
            expected,
            records: records.collect(),
            row: self.row.clone(),
            client_id: None,
            participants: Vec::new(),
        }
    }

    /// The bytes that `rounds` of its next appends hold, for a floor to write.
    pub(crate) fn bodies(mut self, count: u64, rounds: usize) -> Vec<Vec<u8>> {
        let batches = (0..rounds).map(|_| body(&self.next(count)));
        batches.collect()
    }
}

/// All texts of an append in one piece.
pub(crate) fn body(batch: &Batch) -> Vec<u8> {
    let records = batch.records.iter();
    let texts = records.flat_map(|record| [&*record.public, &*record.private]);
    let texts = texts.chain([&*batch.row.state, batch.row.shape.as_str()]);
    texts.collect::<Vec<_>>().concat().into_bytes()
}
