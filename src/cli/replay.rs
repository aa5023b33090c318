//! `statechat replay`: every stored conversation through this build's machines, before they are deployed.

use std::fmt;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::stdout::say_report;
use super::stored::{Conversations, StoreArgs};
use crate::log::LogError;
use crate::record::{HeadRow, Seq, SessionId};
use crate::registry::{Bots, Divergence, Fate};

/// The version of what `--json` writes: another one where a reader of this one would misread.
const VERSION: u32 = 1;

/// Not all go on unchanged.
const EXIT_DIVERGES: u8 = 1;

/// How many conversations are named for one cause.
const NAMED_MAX: usize = 10;

#[derive(Args)]
pub(super) struct ReplayArgs {
    /// Bot whose conversations to replay; those of all bots, if not named
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// Write JSON, for programs
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    store: StoreArgs,
}

/// What became of the conversations of one bot.
#[derive(Debug, Serialize)]
struct Replayed {
    bot: String,
    conversations: usize,
    unchanged: usize,
    /// Of those, how many have replies that read otherwise.
    reworded: usize,
    diverging: usize,
    stranded: usize,
    /// The most frequent first.
    causes: Vec<Cause>,
}

/// Conversations to which the same happens.
#[derive(Debug, Serialize)]
struct Cause {
    /// `diverges` or `strands`.
    fate: &'static str,
    why: String,
    conversations: usize,
    /// The first of them.
    first: Vec<Named>,
}

#[derive(Debug, Serialize)]
struct Named {
    session: SessionId,
    seq: Seq,
}

pub(super) async fn run(args: &ReplayArgs, bots: &Bots) -> anyhow::Result<ExitCode> {
    if let Some(name) = &args.bot {
        super::named_bot(bots, Some(name))?;
    }
    let mut conversations = args.store.open()?;
    let replayed = replay(args, &mut conversations, bots).await?;
    if args.json {
        let report = json!({ "version": VERSION, "bots": replayed });
        say_report(format_args!("{report:#}\n"))?;
    } else if replayed.is_empty() {
        say_report("no conversations\n")?;
    } else {
        for bot in &replayed {
            say_report(format_args!("{bot}\n"))?;
        }
    }
    let unchanged = replayed.iter().all(|bot| bot.causes.is_empty());
    if conversations.is_incomplete() {
        eprintln!("damaged conversations were left out: nobody can tell what becomes of them");
    }
    Ok(match unchanged && !conversations.is_incomplete() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(EXIT_DIVERGES),
    })
}

async fn replay(
    args: &ReplayArgs,
    conversations: &mut Conversations,
    bots: &Bots,
) -> anyhow::Result<Vec<Replayed>> {
    let mut replayed: Vec<Replayed> = Vec::new();
    while let Some(row) = conversations.next().await? {
        if args.bot.as_ref().is_some_and(|bot| *bot != row.bot) {
            continue;
        }
        let fate = fate(conversations, &row, bots).await?;
        let index = replayed.iter().position(|bot| bot.bot == row.bot);
        let index = index.unwrap_or_else(|| {
            replayed.push(Replayed::none(&row.bot));
            replayed.len() - 1
        });
        replayed[index].count(&row.session, fate);
    }
    for bot in &mut replayed {
        bot.causes
            .sort_by_key(|cause| std::cmp::Reverse(cause.conversations));
    }
    Ok(replayed)
}

async fn fate(conversations: &Conversations, row: &HeadRow, bots: &Bots) -> anyhow::Result<Fate> {
    let strands = |why: String| Fate::Strands(Divergence { seq: row.head, why });
    let Some(host) = bots.get(&row.bot) else {
        return Ok(strands(format!("no bot {} runs here", row.bot)));
    };
    match conversations.records(row).await {
        Ok(records) => Ok(host.replay(&records, &row.state).0),
        Err(LogError::Damaged) => Ok(strands("what is stored of it is damaged".to_owned())),
        // Erased since the row was read.
        Err(LogError::NoSession) => Ok(Fate::Unchanged { reworded: 0 }),
        Err(error) => Err(error.into()),
    }
}

impl Replayed {
    fn none(bot: &str) -> Self {
        Self {
            bot: bot.to_owned(),
            conversations: 0,
            unchanged: 0,
            reworded: 0,
            diverging: 0,
            stranded: 0,
            causes: Vec::new(),
        }
    }

    fn count(&mut self, session: &SessionId, fate: Fate) {
        self.conversations += 1;
        let (fate, divergence) = match fate {
            Fate::Unchanged { reworded } => {
                self.unchanged += 1;
                self.reworded += usize::from(reworded > 0);
                return;
            }
            Fate::Diverges(divergence) => {
                self.diverging += 1;
                ("diverges", divergence)
            }
            Fate::Strands(divergence) => {
                self.stranded += 1;
                ("strands", divergence)
            }
        };
        let Divergence { seq, why } = divergence;
        let known = |cause: &Cause| cause.fate == fate && cause.why == why;
        let index = self.causes.iter().position(known).unwrap_or_else(|| {
            self.causes.push(Cause {
                fate,
                why,
                conversations: 0,
                first: Vec::new(),
            });
            self.causes.len() - 1
        });
        let cause = &mut self.causes[index];
        cause.conversations += 1;
        if cause.first.len() < NAMED_MAX {
            let session = session.clone();
            cause.first.push(Named { session, seq });
        }
    }
}

impl fmt::Display for Replayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reworded = match self.reworded {
            0 => String::new(),
            count => format!(" ({count} with other words)"),
        };
        write!(
            f,
            "{}: {}; {} unchanged{reworded}, {} diverging, {} stranded",
            self.bot,
            conversations(self.conversations),
            self.unchanged,
            self.diverging,
            self.stranded
        )?;
        for cause in &self.causes {
            let count = conversations(cause.conversations);
            write!(f, "\n  {}: {}\n    {count}:", cause.fate, cause.why)?;
            for Named { session, seq } in &cause.first {
                write!(f, "\n      {session} at record {seq}")?;
            }
            if cause.first.len() < cause.conversations {
                write!(f, "\n      …")?;
            }
        }
        Ok(())
    }
}

fn conversations(count: usize) -> String {
    match count {
        1 => "1 conversation".to_owned(),
        _ => format!("{count} conversations"),
    }
}
