//! The server loop: connections in, calls to the routes, and an orderly end.
//!
//! Our own rather than `warp::serve`, which sets no time-outs and waits for open streams for ever.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use hyper::server::conn::http1;
use jiff::Timestamp;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::coop::unconstrained;
use tokio_util::task::TaskTracker;
use warp::filters::BoxedFilter;
use warp::reply::Response;

use super::connection::Connection;
use super::front::Front;
use super::streamed::Writers;
use super::timer::ConnectionTimer;
use super::{App, routes};
use crate::auth::Auth;
use crate::chat::{Chat, ChatLimits, Log, Rate};
use crate::config::Config;
use crate::hub::HubLimits;
use crate::metrics::Metrics;
use crate::registry::Bots;

/// Connections that wait to be accepted. At tokio's 128, 8,000 clients that reconnect took 50 s; at this, 0.2 s.
const BACKLOG: i32 = 4096;

/// How long to leave off accepting when the system has no more to give (file descriptors, above all).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How long the last bytes may take to leave once all streams have ended and all requests are answered.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// Each request under way holds a receiver of this, so that [`watch::Sender::closed`] waits for the last of them.
type UnderWay = Arc<watch::Sender<()>>;

/// A server that listens, and does not serve yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    app: Arc<App>,
}

/// Why a server could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address could not be had.
    #[error("cannot listen on {address}: {error}; choose another address with --listen")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
    },
}

impl Server {
    /// Listens on the configured address, to serve `bots` from `log` to whom `auth` knows. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`ServerError`], if the address cannot be had.
    pub fn bind(
        config: Config,
        bots: Bots,
        log: Arc<dyn Log>,
        auth: Arc<Auth>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, ServerError> {
        let (listener, address) = listen(&config).map_err(|error| ServerError::Listen {
            address: config.listen,
            error,
        })?;
        let chat = Chat::new(bots, log, limits(&config), Arc::clone(&metrics));
        let app = App::new(chat, auth, config, metrics);
        Ok(Self {
            listener,
            address,
            app,
        })
    }

    /// The address it listens on, with the port that it got.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address.
    #[must_use]
    pub fn page(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            // Listens everywhere; from here, the page is here.
            let loopback = match address {
                SocketAddr::V4(_) => IpAddr::from(Ipv4Addr::LOCALHOST),
                SocketAddr::V6(_) => IpAddr::from(Ipv6Addr::LOCALHOST),
            };
            address.set_ip(loopback);
        }
        format!("http://{address}{}", self.app.config.base_path)
    }

    /// Serves until `stop`; then takes no more connections and requests, tells the streams, and waits for what is
    /// under way, for at most the configured time.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let app = Arc::clone(&self.app);
        let under_way = UnderWay::default();
        let (stopping, stopped) = watch::channel(false);
        let tasks = TaskTracker::new();
        let serving = Serving::new(&app, &under_way, stopped, &tasks);
        // In a task of its own: tokio polls the future of `block_on` less eagerly. And without a budget: else those that were
        // accepted come before those that wait, of whom the system has room for so many only.
        let accepting = accept(self.listener, serving, tasks.clone());
        let accepting = tokio::spawn(unconstrained(accepting));
        let beating = tokio::spawn(beat(Arc::clone(&app)));
        let auth = Arc::clone(&app.auth);
        let refreshing = tokio::spawn(async move { auth.refresh().await });
        stop.await;

        accepting.abort();
        beating.abort();
        refreshing.abort();
        // Wait for the task to be gone, and the listener with it, before the streams are told to come back.
        let _ = accepting.await;
        app.chat.hub().close();
        stopping.send_replace(true);
        tasks.close();
        let ended = end(&app, &tasks, &under_way);
        if tokio::time::timeout(app.config.drain, ended).await.is_err() {
            let streams = app.chat.hub().open();
            tracing::warn!(streams, "not all connections ended in time");
        }
    }
}

/// Waits until all connections and streams are gone.
async fn end(app: &App, tasks: &TaskTracker, under_way: &UnderWay) {
    let last = async {
        app.chat.hub().emptied().await;
        under_way.closed().await;
        // Whoever has sent half a head only is not waited for.
        tokio::time::sleep(LAST_BYTES).await;
    };
    tokio::select! {
        () = tasks.wait() => {}
        () = last => {}
    }
}

fn limits(config: &Config) -> ChatLimits {
    ChatLimits {
        rate: Rate {
            size: config.rate_limit,
            period: Duration::from_secs(1),
        },
        sessions_max: config.max_sessions,
        session_records_max: config.session_records_max,
        keep: config.keep,
        text_chars_max: config.text_chars_max,
        effect_timeout: config.effect_timeout,
        idle_timeout: config.idle_timeout,
        participants_max: config.participants_max,
        presence_grace: config.presence_grace,
        handoff_timeout: config.handoff_timeout,
        heartbeat: config.heartbeat,
        streams: HubLimits {
            streams_max: config.max_streams,
            streams_per_session: config.streams_per_session,
        },
    }
}

fn listen(config: &Config) -> io::Result<(TcpListener, SocketAddr)> {
    let socket = Socket::new(
        Domain::for_address(config.listen),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    // What is set here, accepted sockets inherit.
    socket.set_tcp_nodelay(true)?;
    // Else Linux lets megabytes wait for a reader that does not read.
    socket.set_send_buffer_size(config.send_buffer_bytes)?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(config.stall_timeout))?;
    socket.bind(&config.listen.into())?;
    socket.listen(BACKLOG)?;
    let listener = TcpListener::from_std(socket.into())?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What every connection is served with.
pub(super) struct Serving {
    builder: http1::Builder,
    pub(super) front: Front,
    pub(super) routes: BoxedFilter<(Response,)>,
    pub(super) under_way: UnderWay,
    /// Whether connections are to take no further call.
    pub(super) stopped: watch::Receiver<bool>,
    writers: Writers,
    pub(super) app: Arc<App>,
}

impl Serving {
    fn new(
        app: &Arc<App>,
        under_way: &UnderWay,
        stopped: watch::Receiver<bool>,
        tasks: &TaskTracker,
    ) -> Arc<Self> {
        let mut builder = http1::Builder::new();
        builder
            .header_read_timeout(app.config.header_timeout)
            .max_buf_size(app.config.header_bytes_max)
            // That hyper looks for the end of who waits costs 1 % of a round trip, and hangs up on who only closes the own half.
            // It finds who is gone, before a stream is opened for nobody and takes what was kept for them; and leaves a
            // connection that rests with memory that was never touched: 2 kB less.
            .half_close(false)
            // What goes out is small: copied together it costs less than handed over in pieces.
            .writev(false);
        Arc::new(Self {
            builder,
            front: Front::new(app),
            routes: routes::routes(Arc::clone(app)),
            under_way: Arc::clone(under_way),
            stopped,
            writers: Writers::start(tasks, &app.metrics),
            app: Arc::clone(app),
        })
    }

    /// What makes a connection, with a timer of its own.
    pub(super) fn builder(&self) -> http1::Builder {
        let mut builder = self.builder.clone();
        builder.timer(ConnectionTimer::new());
        builder
    }
}

async fn accept(listener: TcpListener, serving: Arc<Serving>, tasks: TaskTracker) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => serve(stream, peer, &serving, &tasks),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn serve(stream: TcpStream, peer: SocketAddr, serving: &Arc<Serving>, tasks: &TaskTracker) {
    let connection = Connection::new(stream, peer, Arc::clone(serving));
    let serving = Arc::clone(serving);
    // Not one async block, which would hold the connection twice: as it came, and as it is awaited.
    tasks.spawn(connection.then(async move |streamed| {
        if let Some(streamed) = streamed {
            serving.writers.take(streamed).await;
        }
    }));
}

async fn beat(app: Arc<App>) {
    let mut interval = tokio::time::interval(app.config.heartbeat);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    interval.tick().await;
    loop {
        interval.tick().await;
        app.chat.hub().beat(Timestamp::now());
    }
}
