//! A connection that falls silent without breaking, as one does behind a lost network.

use statechat::client::Client;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::server::PATIENCE;

/// Each stream says what it has to and nothing more, not even that it has ended.
struct Mute {
    listener: TcpListener,
    /// Streams that are silent, and open.
    streams: Vec<BufReader<TcpStream>>,
    /// The cursors that were asked for.
    cursors: Vec<Option<String>>,
}

impl Mute {
    async fn serve(mut self) -> Vec<Option<String>> {
        while self.streams.len() < 2 {
            let (stream, _) = self.listener.accept().await.unwrap();
            self.answer(BufReader::new(stream)).await;
        }
        self.cursors
    }

    async fn answer(&mut self, mut stream: BufReader<TcpStream>) {
        let head = head(&mut stream).await;
        if head.starts_with("POST /api/sessions ") {
            let body = r#"{"id":"0123456789abcdefghijkl","token":"t"}"#;
            let answer = format!(
                "HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
            return;
        }
        let cursor = head
            .lines()
            .find_map(|line| line.strip_prefix("last-event-id: "));
        self.cursors.push(cursor.map(str::to_owned));
        let answer = begun(self.cursors.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
        self.streams.push(stream);
    }
}

async fn head(stream: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut head).await.unwrap() > 0);
    }
    head
}

/// A stream that beats often, as it says, with the record `seq`.
fn begun(seq: usize) -> String {
    let record = format!(
        r#"{{"seq":{seq},"at":"2026-01-02T03:04:05Z","from":{{"kind":"bot","id":"b"}},"text":"x","state":["S"]}}"#
    );
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n\
         event: connected\ndata: {{\"heartbeatMs\":20}}\n\n\
         id: {seq}.abcd\nevent: message\ndata: {record}\n\n"
    )
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_resumed_after_what_came() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let mute = Mute {
        listener,
        streams: Vec::new(),
        cursors: Vec::new(),
    };
    let served = tokio::spawn(mute.serve());
    let session = Client::new(&url).unwrap().open("stock").await.unwrap();
    let mut events = session.events().await.unwrap();
    for seq in 1..=2 {
        let record = tokio::time::timeout(PATIENCE, events.next()).await;
        let record = record.expect("a silent stream is waited for");
        assert_eq!(record.unwrap().seq, seq);
    }
    assert_eq!(served.await.unwrap(), [None, Some("1.abcd".to_owned())]);
}
