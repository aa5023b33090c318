//! The configuration of a server: every limit, its default, and what it is for.

mod access;
mod network;
mod store;

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, FromArgMatches};
use jiff::SpanRelativeTo;

pub use access::{Access, AuthMode, KeySet};
pub use network::Network;
pub use store::Store;

/// What `statechat serve` can be told, by flag or by environment.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "STATECHAT_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:7272",
        value_parser = address
    )]
    pub listen: SocketAddr,

    /// Where conversations are kept: sqlite:PATH or memory [default: sqlite:statechat.db in --home]
    #[arg(long, env = "STATECHAT_STORE", value_name = "URL")]
    pub store: Option<Store>,

    /// Folder for the server's key and database [default: statechat in the XDG data folder]
    #[arg(long, env = "STATECHAT_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,

    /// Erase conversations in which nobody has said anything for so long, such as 30d [default: never]
    #[arg(long, env = "STATECHAT_KEEP", value_name = "TIME", value_parser = days)]
    pub keep: Option<Duration>,

    /// Serve under this path, for a proxy that shares its host: /chat
    #[arg(long, env = "STATECHAT_BASE_PATH", value_name = "PATH", default_value = "/", value_parser = base_path)]
    pub base_path: String,

    /// Proxies whose X-Forwarded-For, -Proto and -Host are believed: addresses or networks, by commas
    #[arg(
        long,
        env = "STATECHAT_TRUSTED_PROXY",
        value_name = "NET",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<Network>,

    /// Origins of other sites' pages that may call the API, by commas, each with its scheme
    #[arg(long, env = "STATECHAT_CORS_ORIGIN", value_name = "ORIGIN", value_delimiter = ',', value_parser = origin)]
    pub cors_origin: Vec<String>,

    /// Who may come
    #[command(flatten)]
    pub access: Access,

    /// Messages that each who speaks in a session may send at once, and again every second; 0 for no limit
    #[arg(
        long,
        env = "STATECHAT_RATE_LIMIT",
        value_name = "N",
        default_value_t = 10
    )]
    pub rate_limit: u32,

    /// Sessions an address may start a minute; 0 for no limit. The machine's own address has none
    #[arg(
        long,
        env = "STATECHAT_NEW_SESSIONS_PER_MINUTE",
        value_name = "N",
        default_value_t = 60
    )]
    pub new_sessions_per_minute: u32,

    /// Bytes of a request's body
    #[arg(
        long,
        env = "STATECHAT_BODY_BYTES_MAX",
        value_name = "BYTES",
        default_value_t = 16_384
    )]
    pub body_bytes_max: usize,

    /// Bytes of a request's head (at least 8192)
    #[arg(long, env = "STATECHAT_HEADER_BYTES_MAX", value_name = "BYTES", default_value_t = 16_384,
          value_parser = header_bytes)]
    pub header_bytes_max: usize,

    /// Characters of a message
    #[arg(
        long,
        env = "STATECHAT_TEXT_CHARS_MAX",
        value_name = "N",
        default_value_t = 2_000
    )]
    pub text_chars_max: usize,

    /// Open streams in all
    #[arg(
        long,
        env = "STATECHAT_MAX_STREAMS",
        value_name = "N",
        default_value_t = 10_000
    )]
    pub max_streams: usize,

    /// Open streams a session
    #[arg(
        long,
        env = "STATECHAT_STREAMS_PER_SESSION",
        value_name = "N",
        default_value_t = 512
    )]
    pub streams_per_session: usize,

    /// Sessions in memory; beyond it the least recently used leave
    #[arg(
        long,
        env = "STATECHAT_MAX_SESSIONS",
        value_name = "N",
        default_value_t = 100_000
    )]
    pub max_sessions: usize,

    /// Records a session; a full one takes no more messages
    #[arg(
        long,
        env = "STATECHAT_SESSION_RECORDS_MAX",
        value_name = "N",
        default_value_t = 10_000
    )]
    pub session_records_max: u64,

    /// Participants a session, beside its owner
    #[arg(
        long,
        env = "STATECHAT_PARTICIPANTS_MAX",
        value_name = "N",
        default_value_t = 32
    )]
    pub participants_max: usize,

    /// Time in which somebody who has no page open any more may come back before others see them as offline
    #[arg(long, env = "STATECHAT_PRESENCE_GRACE", value_name = "TIME", default_value = "10s", value_parser = time)]
    pub presence_grace: Duration,

    /// Time after which a conversation that was handed over goes back to its bot, because nobody is there
    #[arg(long, env = "STATECHAT_HANDOFF_TIMEOUT", value_name = "TIME", default_value = "5m", value_parser = time)]
    pub handoff_timeout: Duration,

    /// Time for a request's head to arrive; also for an idle connection
    #[arg(long, env = "STATECHAT_HEADER_TIMEOUT", value_name = "TIME", default_value = "15s", value_parser = time)]
    pub header_timeout: Duration,

    /// Time for a request's body to arrive
    #[arg(long, env = "STATECHAT_BODY_TIMEOUT", value_name = "TIME", default_value = "10s", value_parser = time)]
    pub body_timeout: Duration,

    /// Time after which a connection that takes nothing more is cut
    #[arg(long, env = "STATECHAT_STALL_TIMEOUT", value_name = "TIME", default_value = "5s", value_parser = stall_time)]
    pub stall_timeout: Duration,

    /// Bytes that wait in the system for a slow reader (at least 4096). Linux allows twice as much, for its own needs
    #[arg(long, env = "STATECHAT_SEND_BUFFER_BYTES", value_name = "BYTES", default_value_t = 131_072,
          value_parser = send_buffer_bytes)]
    pub send_buffer_bytes: usize,

    /// Time between two signs of life on a stream
    #[arg(long, env = "STATECHAT_HEARTBEAT", value_name = "TIME", default_value = "15s", value_parser = time)]
    pub heartbeat: Duration,

    /// Time in which nobody says anything, after which the bot is told
    #[arg(long, env = "STATECHAT_IDLE_TIMEOUT", value_name = "TIME", default_value = "30m", value_parser = time)]
    pub idle_timeout: Duration,

    /// Time for an effect, such as a quote, to come back
    #[arg(long, env = "STATECHAT_EFFECT_TIMEOUT", value_name = "TIME", default_value = "3s", value_parser = time)]
    pub effect_timeout: Duration,

    /// Time to end the open streams when the server stops
    #[arg(long, env = "STATECHAT_DRAIN", value_name = "TIME", default_value = "10s", value_parser = time)]
    pub drain: Duration,
}

impl Config {
    /// Whether pages of `origin`, beside our own, may call the API.
    #[must_use]
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.cors_origin
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(origin))
    }

    /// The configuration that these flags give, with the defaults for the rest, whatever the environment says:
    /// `["--listen", "127.0.0.1:0"]`.
    ///
    /// # Errors
    /// What is wrong with the flags, as the command line says it.
    pub fn from_flags(flags: &[&str]) -> Result<Self, clap::Error> {
        let command = Self::augment_args(clap::Command::new("statechat").no_binary_name(true));
        let command = command.mut_args(|arg| arg.env(None::<&'static str>));
        Self::from_arg_matches(&command.try_get_matches_from(flags)?)
    }
}

/// What the bundled bot can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct Data {
    /// Market to serve instead of the bundled one: a JSON file of the same shape
    #[arg(long, env = "STATECHAT_DATA", value_name = "FILE", global = true)]
    pub data: Option<PathBuf>,
}

/// A time such as `15s`, `1m 30s` or `250ms`; more than nothing, at most a year.
pub(crate) fn time(text: &str) -> Result<Duration, String> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let time = text.parse::<jiff::SignedDuration>().ok();
    let time = time.and_then(|time| Duration::try_from(time).ok());
    time.filter(|time| (Duration::from_millis(1)..=YEAR).contains(time))
        .ok_or_else(|| "write a time from 1ms to 8760h, such as 15s, 1m or 250ms".to_owned())
}

/// How long a connection may take nothing.
fn stall_time(text: &str) -> Result<Duration, String> {
    // The system takes an i32 of milliseconds.
    const MAX: Duration = Duration::from_secs(596 * 60 * 60);
    let time = time(text).ok().filter(|time| *time <= MAX);
    time.ok_or_else(|| "write a time from 1ms to 596h, such as 5s or 250ms".to_owned())
}

/// A time from a minute to a century, in which a day may be a unit: `30d`.
fn days(text: &str) -> Result<Duration, String> {
    const CENTURY: Duration = Duration::from_secs(100 * 366 * 24 * 60 * 60);
    span(text, Duration::from_secs(60)..=CENTURY)
        .ok_or_else(|| "write a time from 1m to 36600d, such as 30d or 12h".to_owned())
}

/// How long a token is to be good: from a second to ten years, in which a day may be a unit.
pub(crate) fn lifetime(text: &str) -> Result<Duration, String> {
    const TEN_YEARS: Duration = Duration::from_secs(10 * 366 * 24 * 60 * 60);
    span(text, Duration::from_secs(1)..=TEN_YEARS)
        .ok_or_else(|| "write a time from 1s to 3660d, such as 8h or 30d".to_owned())
}

/// How long a notification is to be kept: from a second to thirty days.
pub(crate) fn keeping(text: &str) -> Result<Duration, String> {
    const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
    span(text, Duration::from_secs(1)..=MONTH)
        .ok_or_else(|| "write a time from 1s to 30d, such as 1h".to_owned())
}

/// A time in which a day may be a unit, if it is in this range.
fn span(text: &str, range: RangeInclusive<Duration>) -> Option<Duration> {
    let span = text.parse::<jiff::Span>().ok()?;
    let time = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    let time = Duration::try_from(time).ok()?;
    range.contains(&time).then_some(time)
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let address = text.parse();
    address.map_err(|_| {
        "write an IP address and a port, such as 127.0.0.1:7272, 0.0.0.0:80 or [::1]:0".to_owned()
    })
}

fn header_bytes(text: &str) -> Result<usize, String> {
    let bytes = text.parse::<usize>().ok().filter(|&bytes| bytes >= 8_192);
    bytes.ok_or_else(|| "write a number of bytes, at least 8192".to_owned())
}

fn send_buffer_bytes(text: &str) -> Result<usize, String> {
    // The system takes an i32 and doubles it.
    let bytes = text.parse::<usize>().ok();
    let bytes = bytes.filter(|bytes| (4_096..=1 << 30).contains(bytes));
    bytes.ok_or_else(|| "write a number of bytes, from 4096 to 1073741824".to_owned())
}

/// The path with a slash at both ends.
fn base_path(text: &str) -> Result<String, String> {
    let sound = |c: char| c.is_ascii_alphanumeric() || "/_-.~".contains(c);
    let path = text.trim_matches('/');
    if !path.chars().all(sound)
        || path.split('/').any(|part| part == ".." || part == ".")
        || path.contains("//")
    {
        return Err("write a path of letters, digits and _ - . ~, such as /chat".to_owned());
    }
    Ok(if path.is_empty() {
        "/".to_owned()
    } else {
        format!("/{path}/")
    })
}

fn origin(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let sound = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ', '@']));
    if sound {
        return Ok(text.to_ascii_lowercase());
    }
    Err(
        "write an origin with its scheme and without a path, such as https://example.org"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_paths_and_origins_are_checked() {
        assert_eq!(time("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(time("1m"), Ok(Duration::from_secs(60)));
        for bad in ["", "0s", "-1s", "15", "1000y", "x"] {
            assert!(time(bad).is_err(), "{bad:?}");
        }
        assert_eq!(days("30d"), Ok(Duration::from_secs(30 * 86_400)));
        assert_eq!(days("1d 12h"), Ok(Duration::from_secs(36 * 3_600)));
        for bad in ["", "0d", "-1d", "30", "59s", "1000y", "36601d", "x"] {
            assert!(days(bad).is_err(), "{bad:?}");
        }
        assert!(days("36600d").is_ok() && lifetime("3660d").is_ok());
        for bad in ["", "0s", "3661d", "8", "x"] {
            assert!(lifetime(bad).is_err(), "{bad:?}");
        }
        assert_eq!(keeping("1h"), Ok(Duration::from_secs(3_600)));
        assert_eq!(keeping("30d"), Ok(Duration::from_secs(30 * 86_400)));
        for bad in ["", "0s", "999ms", "30d 1s", "-1h", "3600", "x"] {
            assert!(keeping(bad).is_err(), "{bad:?}");
        }
        assert_eq!(send_buffer_bytes("4096"), Ok(4_096));
        for bad in ["0", "4095", "-1", "128k", "2147483648"] {
            assert!(send_buffer_bytes(bad).is_err(), "{bad:?}");
        }
        assert!(Config::from_flags(&["--stall-timeout", "596h"]).is_ok());
        assert!(Config::from_flags(&["--stall-timeout", "597h"]).is_err());
        assert_eq!(base_path("/").as_deref(), Ok("/"));
        assert_eq!(base_path("chat").as_deref(), Ok("/chat/"));
        assert_eq!(base_path("/a/b/").as_deref(), Ok("/a/b/"));
        assert!(
            base_path("/../x").is_err()
                && base_path("/a b").is_err()
                && base_path("/a//b").is_err()
        );
        assert!(origin("https://example.org:8443").is_ok());
        assert!(
            origin("*").is_err()
                && origin("example.org").is_err()
                && origin("https://a/b").is_err()
        );
    }
}
