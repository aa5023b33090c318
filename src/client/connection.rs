//! A connection of one user's own, for what they say.
//!
//! `statechat load` sends by these. A client that keeps connections for any calls takes several times the CPU for each,
//! and the server on the same machine would miss it.

use std::error::Error;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::service::Service;
use hyper::{Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::service::TowerToHyperService;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::ConfigVerifierExt;

use super::{
    Accepted, CALL_TIMEOUT, CONNECT_TIMEOUT, ClientError, Said, Sending, Session, problem,
};
use crate::record::{ClientId, Seq};

/// How often a message is given to a connection, should each have ended before it took any of it.
const TRIES_MAX: usize = 3;

type Body = Full<Bytes>;
type Requests = SendRequest<Body>;

/// Makes connections to one server.
#[derive(Clone, Debug)]
pub(crate) struct Dialer(TowerToHyperService<HttpsConnector<HttpConnector>>);

impl Dialer {
    /// For the server at `base`.
    pub(super) fn new(base: &Url) -> Result<Self, ClientError> {
        let tls = match base.scheme() {
            // Plain http needs no root certificates, and a bare machine has none.
            "http" => ClientConfig::builder()
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth(),
            _ => ClientConfig::with_platform_verifier().map_err(broken)?,
        };
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        tcp.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self(TowerToHyperService::new(connector)))
    }

    async fn dialled(&self, server: Uri) -> Result<Requests, ClientError> {
        let socket = self.0.call(server).await.map_err(broken)?;
        // What goes out is small: copied together it costs less than handed over in pieces.
        let handshake = http1::Builder::new().writev(false).handshake(socket);
        let (requests, connection) = handshake.await.map_err(broken)?;
        // Whoever waits for an answer is told how it ends.
        tokio::spawn(connection);
        Ok(requests)
    }
}

/// A connection for the messages of a session. Where it has ended, the next message makes another one.
#[derive(Debug)]
pub(crate) struct Connection {
    session: Session,
    dialer: Dialer,
    requests: Option<Requests>,
}

impl Connection {
    pub(super) fn new(session: Session, dialer: Dialer) -> Self {
        Self {
            session,
            dialer,
            requests: None,
        }
    }

    /// Closes it. The next message makes another one.
    pub(crate) fn hang_up(&mut self) {
        self.requests = None;
    }

    /// Sends a message once; answers the place of its record.
    ///
    /// # Errors
    /// [`ClientError`], as of [`Session::send`]; of what is wrong with the connection it says [`ClientError::Connection`].
    pub(crate) async fn send(
        &mut self,
        said: &Said<'_>,
        client_id: &ClientId,
    ) -> Result<Seq, ClientError> {
        let body = serde_json::to_vec(&Sending { said, client_id });
        let body = body.expect("a message is plain data");
        let answered = tokio::time::timeout(CALL_TIMEOUT, self.answered(body.into())).await;
        let (head, body) = answered.unwrap_or(Err(ClientError::Silent))?.into_parts();
        if !head.status.is_success() {
            return Err(problem(head.status, &head.headers, &body));
        }
        let accepted: Accepted = serde_json::from_slice(&body).map_err(ClientError::Answer)?;
        Ok(accepted.seq)
    }

    async fn answered(&mut self, body: Bytes) -> Result<Response<Bytes>, ClientError> {
        let mut request = self.request(body)?;
        let mut tries = 0;
        loop {
            tries += 1;
            let requests = self.connected().await?;
            match requests.try_send_request(request).await {
                Ok(response) => {
                    let (head, body) = response.into_parts();
                    let body = match body.collect().await {
                        Ok(body) => body.to_bytes(),
                        // A refusal is one, however much of its reason came.
                        Err(_) if !head.status.is_success() => Bytes::new(),
                        Err(error) => return Err(broken(error)),
                    };
                    return Ok(Response::from_parts(head, body));
                }
                Err(mut error) => match error.take_message() {
                    Some(unsent) if tries < TRIES_MAX => request = unsent,
                    _ => return Err(broken(error.into_error())),
                },
            }
        }
    }

    fn request(&self, body: Bytes) -> Result<Request<Body>, ClientError> {
        let url = &self.session.messages;
        let host = url.host_str().unwrap_or_default();
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let request = Request::post(url.path())
            .header(HOST, host)
            .header(AUTHORIZATION, &self.session.token)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(Body::new(body));
        request.map_err(broken)
    }

    /// The connection as it is, or else a new one.
    async fn connected(&mut self) -> Result<&mut Requests, ClientError> {
        let is_ready = match &mut self.requests {
            Some(requests) => requests.ready().await.is_ok(),
            None => false,
        };
        if !is_ready {
            let server = self.session.messages.as_str().parse().map_err(broken)?;
            self.requests = Some(self.dialer.dialled(server).await?);
        }
        Ok(self.requests.as_mut().expect("it is connected"))
    }
}

fn broken(error: impl Into<Box<dyn Error + Send + Sync>>) -> ClientError {
    ClientError::Connection(error.into())
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::client::Client;

    /// A server that takes one message by each connection, and says so or not before it closes it. Answers how many it took.
    async fn serve(listener: TcpListener, answers: &[&str]) -> usize {
        for (taken, answer) in answers.iter().enumerate() {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut read = Vec::new();
            while !read.ends_with(br#""clientId":"m1"}"#) {
                if socket.read_buf(&mut read).await.unwrap() == 0 {
                    return taken;
                }
            }
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
        answers.len()
    }

    #[tokio::test]
    async fn a_connection_that_ended_is_made_anew() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Client::straight(&format!("http://{}/", listener.local_addr().unwrap()));
        let client = client.unwrap();
        let session = Session {
            messages: client.url("api/sessions/s/messages").unwrap(),
            id: "s".parse().unwrap(),
            token: HeaderValue::from_static("Bearer t"),
            client: client.clone(),
        };
        let mut connection = session.connection(&client.dialer().unwrap());
        let id = "m1".parse().unwrap();
        let said = Said::Text("hello");
        let accepted = "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n{\"seq\":2}";
        let refused = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\ncontent-length: 17\r\n\r\n{\"code\":\"a_code\"}";
        let saying = async {
            assert_eq!(connection.send(&said, &id).await.unwrap(), 2);
            assert_eq!(connection.send(&said, &id).await.unwrap(), 2);
            let Err(ClientError::Problem {
                status,
                code,
                retry_after,
                ..
            }) = connection.send(&said, &id).await
            else {
                panic!("it is refused");
            };
            assert_eq!((status.as_u16(), &*code), (429, "a_code"));
            assert_eq!(retry_after.unwrap().as_secs(), 7);
            let cut = connection.send(&said, &id).await;
            let Err(ClientError::Problem { status, .. }) = cut else {
                panic!("it is refused as well: {cut:?}");
            };
            assert_eq!(status.as_u16(), 502);
            // It may have been taken: whoever sent it has to decide.
            let unanswered = connection.send(&said, &id).await;
            assert!(
                matches!(unanswered, Err(ClientError::Connection(_))),
                "{unanswered:?}"
            );
        };
        let cut = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 100\r\n\r\n{\"cod";
        let answers = [accepted, accepted, refused, cut, ""];
        let (taken, ()) = tokio::join!(serve(listener, &answers), saying);
        assert_eq!(taken, 5);
    }
}
