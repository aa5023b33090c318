//! `statechat chat`: a conversation in the terminal, or over a pipe.
//!
//! Without `--url` it starts a server of its own on the loopback, so that there is one path for a message, here
//! as everywhere.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use tokio::io::{AsyncBufReadExt, BufReader, Split, Stdin};

use super::stdout::{Unsaid, say};
use crate::auth::Auth;
use crate::auth::random_id;
use crate::bot::{on_one_line, said_by};
use crate::client::{Client, ClientError, Events, Session};
use crate::config::Config;
use crate::log::MemoryLog;
use crate::metrics::Metrics;
use crate::record::{Public, Seq, SpeakerKind};
use crate::registry::Bots;
use crate::web::Server;

/// A line that is longer is not sent: no server takes so much for a message of a person.
const LINE_BYTES_MAX: usize = 1 << 20;

/// A line that is longer may well be more than the server takes, and reads to its end.
const LONG_BYTES: usize = 8 * 1024;

#[derive(Args)]
pub(super) struct ChatArgs {
    /// Bot to chat with; the first one, if not named
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// Server to chat on, by its page's address; without it the bot runs in this process
    #[arg(long, env = "STATECHAT_URL", value_name = "URL")]
    url: Option<String>,
}

pub(super) async fn run(args: &ChatArgs, bots: Bots) -> anyhow::Result<ExitCode> {
    // Fails only if a provider is there already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    // What runs on a server elsewhere, only that server knows.
    let bot = match (&args.bot, &args.url) {
        (Some(bot), Some(_)) => bot.clone(),
        (bot, _) => super::named_bot(&bots, bot.as_deref())?.name().to_owned(),
    };
    let url = match &args.url {
        Some(url) => url.clone(),
        None => own_server(bots)?,
    };
    let session = Client::new(&url)?.open(&bot).await?;
    let events = session.events().await?;
    let lines = BufReader::new(tokio::io::stdin()).split(b'\n');
    let is_terminal = std::io::stdin().is_terminal();
    Terminal {
        session,
        events,
        lines,
        is_terminal,
        head: 0,
        settled: false,
    }
    .converse()
    .await?;
    Ok(ExitCode::SUCCESS)
}

/// A server for this process alone; it ends with the process.
fn own_server(bots: Bots) -> anyhow::Result<String> {
    let config = Config::from_flags(&["--listen", "127.0.0.1:0", "--rate-limit", "0"])?;
    let log = Arc::new(MemoryLog::new(1));
    let auth = Arc::new(Auth::guest(&Auth::random_key()?));
    let metrics = Arc::new(Metrics::new());
    let server = Server::bind(config, bots, log, auth, metrics)?;
    let page = server.page();
    tokio::spawn(server.run(std::future::pending()));
    Ok(page)
}

struct Terminal {
    session: Session,
    events: Events,
    /// As bytes, because not all that comes over a pipe is text.
    lines: Split<BufReader<Stdin>>,
    is_terminal: bool,
    /// The last record that was printed.
    head: Seq,
    /// Whether the machine waits for the user.
    settled: bool,
}

impl Terminal {
    async fn converse(mut self) -> anyhow::Result<()> {
        self.settle(1).await?;
        loop {
            self.prompt()?;
            let line = tokio::select! {
                line = self.lines.next_segment() => line.context("the input cannot be read")?,
                record = self.events.next() => {
                    self.print(&record?)?;
                    continue;
                }
            };
            let Some(bytes) = line else { return Ok(()) };
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                continue;
            }
            match self.send(line).await? {
                Ok(seq) => {
                    // A person who has taken over may not answer at once: then one's own words are the last.
                    let head = self.session.transcript(seq + 1, 1).await?.head;
                    self.settle(head).await?;
                }
                Err(refusal) => eprintln!("not sent: {}", on_one_line(&refusal)),
            }
        }
    }

    /// Sends a line: answers the place of its record, or why it was refused.
    async fn send(&self, line: &str) -> anyhow::Result<Result<Seq, String>> {
        let bytes = line.len();
        if bytes > LINE_BYTES_MAX {
            let refusal = format!("the line has {bytes} bytes; at most {LINE_BYTES_MAX} are sent");
            return Ok(Err(refusal));
        }
        let client_id = random_id()?.parse()?;
        let mut said = self.session.say(line, &client_id).await;
        if said.as_ref().is_err_and(|error| has_hung_up(error, bytes)) {
            // It may have been stored, and only the answer be lost: by the same id, it is there once.
            said = self.session.say(line, &client_id).await;
        }
        match said {
            Ok(seq) => Ok(Ok(seq)),
            Err(ClientError::Problem { detail, .. }) => Ok(Err(detail)),
            Err(error) if has_hung_up(&error, bytes) => {
                let refusal = format!("the server hung up on the line, which has {bytes} bytes");
                Ok(Err(refusal))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Prints what comes up to record `seq`, and on until the machine waits for the user.
    async fn settle(&mut self, seq: Seq) -> anyhow::Result<()> {
        while self.head < seq || !self.settled {
            let record = self.events.next().await?;
            self.print(&record)?;
        }
        Ok(())
    }

    fn prompt(&self) -> Result<(), Unsaid> {
        match self.is_terminal {
            true => say("you: "),
            false => Ok(()),
        }
    }

    fn print(&mut self, record: &Public) -> Result<(), Unsaid> {
        self.head = record.seq;
        let Some(text) = &record.text else {
            self.settled = is_settled(record);
            return Ok(());
        };
        let who = match record.from.kind {
            // Who types at a terminal sees what was typed.
            SpeakerKind::User if self.is_terminal => return Ok(()),
            SpeakerKind::User => "you".to_owned(),
            SpeakerKind::Bot | SpeakerKind::Agent => on_one_line(&record.from.id),
        };
        let indent = " ".repeat(who.len() + 2);
        let mut said = said_by(&who, text);
        for (number, offer) in (1..).zip(record.options.iter().flatten()) {
            said += &format!("{indent}{number}. {}\n", on_one_line(&offer.label));
        }
        say(said)?;
        if record.from.kind == SpeakerKind::Bot {
            self.settled = is_settled(record);
        }
        Ok(())
    }
}

/// Whether the server may have refused a line of so many bytes. Who has read enough to refuse the rest hangs up, and the
/// answer may be lost with what was still on its way.
fn has_hung_up(error: &ClientError, bytes: usize) -> bool {
    let ClientError::Http(error) = error else {
        return false;
    };
    bytes > LONG_BYTES && !error.is_connect() && !error.is_timeout()
}

fn is_settled(record: &Public) -> bool {
    record.pending.as_ref().is_some_and(Vec::is_empty)
}
