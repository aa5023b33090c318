//! The server loop: connections in, calls to the routes, and an orderly end.
//!
//! Our own rather than `warp::serve`, which sets no time-outs and waits for open streams for ever.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use jiff::Timestamp;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use warp::http::Request;

use super::front::Front;
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
        let graceful = Arc::new(GracefulShutdown::new());
        let under_way = UnderWay::default();
        // In a task of its own: tokio polls the future of `block_on` less eagerly.
        let accepting = tokio::spawn(accept(
            self.listener,
            Arc::clone(&app),
            Arc::clone(&graceful),
            Arc::clone(&under_way),
        ));
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
        let ended = async {
            match Arc::try_unwrap(graceful) {
                Ok(graceful) => end(&app, graceful, &under_way).await,
                Err(_) => tracing::error!("the accept task is still there"),
            }
        };
        if tokio::time::timeout(app.config.drain, ended).await.is_err() {
            let streams = app.chat.hub().open();
            tracing::warn!(streams, "not all connections ended in time");
        }
    }
}

/// Has every connection take no further request, and waits until all are gone.
async fn end(app: &App, graceful: GracefulShutdown, under_way: &UnderWay) {
    let last = async {
        app.chat.hub().emptied().await;
        under_way.closed().await;
        // Whoever has sent half a head only is not waited for.
        tokio::time::sleep(LAST_BYTES).await;
    };
    tokio::select! {
        () = graceful.shutdown() => {}
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
struct Serving {
    builder: http1::Builder,
    front: Front,
    routes: warp::filters::BoxedFilter<(warp::reply::Response,)>,
    graceful: Arc<GracefulShutdown>,
    under_way: UnderWay,
    app: Arc<App>,
}

async fn accept(
    listener: TcpListener,
    app: Arc<App>,
    graceful: Arc<GracefulShutdown>,
    under_way: UnderWay,
) {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(app.config.header_timeout)
        .max_buf_size(app.config.header_bytes_max)
        .half_close(false)
        // What goes out is small: copied together it costs less than handed over in pieces.
        .writev(false);
    let serving = Serving {
        builder,
        front: Front::new(&app),
        routes: routes::routes(Arc::clone(&app)),
        graceful,
        under_way,
        app,
    };
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => serving.serve(stream, peer),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

impl Serving {
    fn serve(&self, stream: TcpStream, peer: SocketAddr) {
        let routes = TowerToHyperService::new(warp::service(self.routes.clone()));
        let (front, under_way) = (self.front.clone(), Arc::clone(&self.under_way));
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let (front, routes) = (front.clone(), routes.clone());
            let under_way = under_way.subscribe();
            // In a box: what is not under way is to take no room in a connection, and most wait for their next request.
            Box::pin(async move {
                let answer = front.pass(request, peer, &routes).await;
                drop(under_way);
                Ok::<_, Infallible>(answer)
            })
        });
        let mut builder = self.builder.clone();
        builder.timer(ConnectionTimer::new());
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = self.graceful.watch(connection);
        let app = Arc::clone(&self.app);
        // Not an async block, which would hold the connection twice: as it came, and as it is awaited.
        tokio::spawn(connection.map(move |ended| {
            if let Err(error) = ended {
                if took_nothing(&error) {
                    app.metrics.connections_cut.inc();
                }
                // Clients come and go; only who looks for it wants to know.
                tracing::debug!(%peer, %error, "a connection broke");
            }
        }));
    }
}

/// Whether the system gave the connection up because its other end took nothing for too long.
fn took_nothing(error: &hyper::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::TimedOut;
        }
        cause = error.source();
    }
    false
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
