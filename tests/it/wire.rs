//! The wire: what a stream is in bytes, however its client reads and whatever it sends.

use reqwest::Method;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::server::{Opened, PATIENCE, Running, patient, send};
use crate::streams::wait_for_streams;

fn request(session: &Opened, version: &str) -> String {
    format!(
        "GET /api/events?session={}&token={} {version}\r\nhost: x\r\n\r\n",
        session.id, session.token
    )
}

/// Takes the connection to `session`'s server, and can take little at a time.
async fn connected(session: &Opened) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2_048).unwrap();
    socket.connect(session.address).await.unwrap()
}

/// All that comes until the connection ends, in small pieces.
async fn read_out(stream: &mut TcpStream) -> String {
    let read = async {
        let (mut all, mut some) = (Vec::new(), [0; 97]);
        loop {
            match stream.read(&mut some).await.unwrap() {
                0 => return all,
                count => all.extend_from_slice(&some[..count]),
            }
        }
    };
    let all = tokio::time::timeout(PATIENCE, read).await;
    String::from_utf8(all.expect("the stream does not end")).unwrap()
}

/// What comes up to and with `end`.
async fn read_to(stream: &mut TcpStream, end: &str) -> String {
    let read = async {
        let mut all = Vec::new();
        while !all.ends_with(end.as_bytes()) {
            all.push(stream.read_u8().await.unwrap());
        }
        all
    };
    let all = tokio::time::timeout(PATIENCE, read).await;
    String::from_utf8(all.unwrap_or_else(|_| panic!("{end:?} does not come"))).unwrap()
}

/// What a body in chunks holds, if it is one to its last byte.
fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    loop {
        let (size, rest) = body.split_once("\r\n").expect("no size");
        let size = usize::from_str_radix(size, 16).expect("a size is a number");
        let (chunk, rest) = rest.split_at(size);
        whole += chunk;
        body = rest.strip_prefix("\r\n").expect("a chunk of another size");
        if size == 0 {
            assert_eq!(body, "", "something follows the last chunk");
            return whole;
        }
    }
}

/// The data of all durable events in `body`.
fn records(body: &str) -> Vec<Value> {
    let events = body.split_terminator("\n\n");
    let durable = events.filter(|event| event.starts_with("id: "));
    durable
        .map(|event| {
            let (_, data) = event.split_once("\ndata: ").unwrap();
            serde_json::from_str(data).unwrap()
        })
        .collect()
}

/// A conversation longer than any buffer on the way.
async fn long_conversation(server: &Running) -> Opened {
    let session = server.open().await;
    for length in [1, 300, 1_999] {
        session
            .say(&("x".to_owned() + &"\u{1}".repeat(length)))
            .await;
    }
    session
}

/// Has `session`'s stream end in order, and reads what had not been read.
async fn ended(session: &Opened, stream: &mut TcpStream) -> String {
    let erased = send(session.request(Method::DELETE, &session.path())).await;
    assert_eq!(erased.status, 204);
    read_out(stream).await
}

/// A long conversation as a client of `version` gets it, to its end: the head, the body, and what it should hold.
async fn whole(version: &str) -> (String, String, Vec<Value>) {
    let server = Running::start(&["--send-buffer-bytes", "4096"]);
    let session = long_conversation(&server).await;
    let all = session.records().await;
    let mut stream = connected(&session).await;
    let call = request(&session, version);
    stream.write_all(call.as_bytes()).await.unwrap();
    let head = read_to(&mut stream, "\r\n\r\n").await;
    let mut body = read_to(&mut stream, &format!("\"seq\":{}", all.len())).await;
    body += &ended(&session, &mut stream).await;
    (head, body, all)
}

#[tokio::test]
async fn a_stream_is_chunks_to_its_end_also_for_who_reads_slowly() {
    let (head, body, all) = whole("HTTP/1.1").await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for line in ["transfer-encoding: chunked", "connection: close"] {
        assert!(head.contains(&format!("\r\n{line}\r\n")), "{head}");
    }
    assert_eq!(records(&unchunked(&body)), all);
}

#[tokio::test]
async fn a_client_of_the_first_version_gets_plain_bytes_to_the_end_of_its_connection() {
    let (head, body, all) = whole("HTTP/1.0").await;
    assert!(head.starts_with("HTTP/1.0 200 OK\r\n"), "{head}");
    assert!(!head.contains("transfer-encoding"), "{head}");
    assert_eq!(records(&body), all);
}

#[tokio::test]
async fn calls_before_a_stream_are_answered_before_it() {
    let server = Running::start(&["--send-buffer-bytes", "4096"]);
    let session = server.open().await;
    // More than the system takes of the server before somebody reads.
    let call = "GET /api/bots/stock/machine?format=json HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut stream = connected(&session).await;
    let calls = format!("{}{}", call.repeat(4), request(&session, "HTTP/1.1"));
    stream.write_all(calls.as_bytes()).await.unwrap();
    let all = read_to(&mut stream, "\"seq\":1").await;
    let answers: Vec<_> = all.split("HTTP/1.1 200 OK\r\n").skip(1).collect();
    assert_eq!(answers.len(), 5, "{all}");
    for answer in &answers[..4] {
        assert!(
            answer.starts_with("content-type: application/json"),
            "{answer}"
        );
        assert_eq!(
            answer.split_once("\r\n\r\n").unwrap().1.len(),
            body_len(answer)
        );
    }
    assert!(
        answers[4].starts_with("content-type: text/event-stream"),
        "{all}"
    );
}

/// How long the body of an answer is by its head.
fn body_len(answer: &str) -> usize {
    let (_, rest) = answer.split_once("\r\ncontent-length: ").unwrap();
    rest.split_once("\r\n").unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn a_long_answer_is_whole_though_the_body_of_its_call_never_comes() {
    let server = Running::start(&["--send-buffer-bytes", "4096"]);
    let session = long_conversation(&server).await;
    let mut stream = connected(&session).await;
    let call = format!(
        "GET {}/transcript HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 10\r\n\r\n",
        session.path(),
        session.token
    );
    stream.write_all(call.as_bytes()).await.unwrap();
    let answer = read_out(&mut stream).await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.len(), body_len(&answer));
}

#[tokio::test]
async fn what_a_client_sends_on_its_stream_is_dropped() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut stream = connected(&session).await;
    // Together with the call, and after it.
    let call = request(&session, "HTTP/1.1") + &"GET / HTTP/1.1\r\n".repeat(50);
    stream.write_all(call.as_bytes()).await.unwrap();
    let mut body = read_to(&mut stream, "\"seq\":1").await;
    stream.write_all(&[b'x'; 10_000]).await.unwrap();
    session.choose("LSE").await;
    body += &read_to(&mut stream, "\"seq\":3").await;
    body += &ended(&session, &mut stream).await;
    let (head, body) = body.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert_eq!(records(&unchunked(body)).len(), 3);
}

#[tokio::test]
async fn a_client_that_goes_on_sending_on_its_stream_loses_it() {
    let server = Running::start(&["--heartbeat", "1h"]);
    let session = server.open().await;
    let mut stream = connected(&session).await;
    let call = request(&session, "HTTP/1.1");
    stream.write_all(call.as_bytes()).await.unwrap();
    read_to(&mut stream, "\"seq\":1").await;
    let sends = async { while stream.write_all(&[b'x'; 1_000]).await.is_ok() {} };
    patient(sends).await;
    wait_for_streams(&server, 0).await;
}

#[tokio::test]
async fn no_stream_offers_to_keep_its_connection() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut stream = connected(&session).await;
    let call = request(&session, "HTTP/1.0\r\nconnection: keep-alive");
    stream.write_all(call.as_bytes()).await.unwrap();
    let head = read_to(&mut stream, "\r\n\r\n").await;
    assert!(head.contains("\r\nconnection: close\r\n"), "{head}");
    assert!(!head.contains("keep-alive"), "{head}");
}

#[tokio::test]
async fn a_stream_whose_client_closes_is_gone_at_once() {
    let server = Running::start(&["--heartbeat", "1h"]);
    let session = server.open().await;
    for ends_with_the_call in [false, true] {
        let mut stream = connected(&session).await;
        let call = request(&session, "HTTP/1.1");
        stream.write_all(call.as_bytes()).await.unwrap();
        if !ends_with_the_call {
            read_to(&mut stream, "\"seq\":1").await;
            wait_for_streams(&server, 1).await;
        }
        // Its own end only: it could go on reading.
        stream.shutdown().await.unwrap();
        read_out(&mut stream).await;
        wait_for_streams(&server, 0).await;
    }
}
