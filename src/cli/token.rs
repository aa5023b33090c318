//! `statechat token`: a token, signed with the key of a server's home.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::keeping::home_of;
use super::stdout::say;
use crate::auth::Auth;
use crate::config::lifetime;
use crate::home::Home;
use crate::identity::{Identity, Role};
use crate::record::UserId;

#[derive(Args)]
pub(super) struct TokenArgs {
    /// Whom it names
    #[arg(long, value_name = "USER")]
    sub: UserId,

    /// What the user may do
    #[arg(long, value_name = "ROLE", default_value = "user")]
    role: RoleArg,

    /// What to call the user
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// What else to vouch for, by which notifications find the user; more than once for more
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    meta: Vec<(String, String)>,

    /// How long it is good: 8h, 30d
    #[arg(long = "for", value_name = "TIME", default_value = "8h", value_parser = lifetime)]
    lifetime: Duration,

    /// Folder of the server that is to take it [default: statechat in the XDG data folder]
    #[arg(long, env = "STATECHAT_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleArg {
    User,
    Agent,
    Admin,
}

pub(super) fn run(args: &TokenArgs) -> anyhow::Result<ExitCode> {
    let key = Home::key_in(&home_of(args.home.as_deref())?).context(
        "a token is signed with the key of a server that keeps its conversations on disk",
    )?;
    let now = Timestamp::now();
    let identity = Identity {
        name: args.name.as_ref().map(Into::into),
        role: match args.role {
            RoleArg::User => Role::User,
            RoleArg::Agent => Role::Agent,
            RoleArg::Admin => Role::Admin,
        },
        meta: meta(&args.meta),
        ..Identity::new(args.sub.clone(), now, now + args.lifetime)
    };
    say(format_args!("{}\n", Auth::guest(&key).token(&identity)))?;
    Ok(ExitCode::SUCCESS)
}

fn meta(pairs: &[(String, String)]) -> Map<String, Value> {
    let pairs = pairs.iter();
    pairs
        .map(|(key, value)| (key.clone(), value.as_str().into()))
        .collect()
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let pair = pair.map(|(key, value)| (key.to_owned(), value.to_owned()));
    pair.ok_or_else(|| "write KEY=VALUE, such as desk=bonds".to_owned())
}
