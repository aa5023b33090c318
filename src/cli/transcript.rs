//! `statechat transcript`: one stored conversation, whole, for a test.

use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::Args;

use super::stdout::say;
use super::stored::StoreArgs;
use crate::record::SessionId;
use crate::session::Transcript;

#[derive(Args)]
pub(super) struct TranscriptArgs {
    /// Conversation to write down, by the id that its page's address ends with
    #[arg(value_name = "ID")]
    session: SessionId,

    #[command(flatten)]
    store: StoreArgs,
}

pub(super) async fn run(args: &TranscriptArgs) -> anyhow::Result<ExitCode> {
    let conversations = args.store.open()?;
    let row = conversations.find(&args.session).await?;
    let row =
        row.ok_or_else(|| anyhow!("there is no conversation {} in this database", args.session))?;
    let records = conversations.records(&row).await?;
    let transcript = Transcript::new(&row, &records);
    let transcript = transcript.context("what is stored of this conversation is damaged")?;
    say(transcript.to_json())?;
    Ok(ExitCode::SUCCESS)
}
