//! The floor: reads each POST, writes a canned 202 to it and canned events of the right size to the session's
//! stream. No routing, no machine, no log: what no server can do without.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Read, Write};

use memchr::memmem;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use crate::FLOW;

const LISTENER: Token = Token(usize::MAX);
const ACCEPTED: &[u8] =
    b"HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{\"seq\":2}";

/// A session is the connection that started it: its token is the session's id.
struct Connection {
    stream: TcpStream,
    /// The connection that follows this one's session.
    events: Option<usize>,
}

/// Serves until it is killed. `event_bytes` are the sizes of what answers each message of the flow.
pub(crate) fn serve(event_bytes: &[usize]) -> io::Result<()> {
    let replies: Vec<(&str, Vec<u8>)> = FLOW
        .iter()
        .zip(event_bytes)
        .map(|((option, state), &bytes)| (*option, event(state, bytes)))
        .collect();
    let mut poll = Poll::new()?;
    let mut listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    let registry = poll.registry();
    registry.register(&mut listener, LISTENER, Interest::READABLE)?;
    println!("the floor is at http://{}/", listener.local_addr()?);

    let mut events = Events::with_capacity(1024);
    let mut connections = HashMap::new();
    let mut next = 0;
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() != LISTENER {
                serve_one(event.token().0, &mut connections, &replies);
                continue;
            }
            while let Ok((mut stream, _)) = listener.accept() {
                stream.set_nodelay(true)?;
                let token = Token(next);
                poll.registry()
                    .register(&mut stream, token, Interest::READABLE)?;
                let events = None;
                connections.insert(next, Connection { stream, events });
                next += 1;
            }
        }
    }
}

/// Answers one request. Each comes in one read and each answer leaves in one write: the load sends no more.
fn serve_one(id: usize, connections: &mut HashMap<usize, Connection>, replies: &[(&str, Vec<u8>)]) {
    let mut buffer = [0; 2048];
    let Some(connection) = connections.get_mut(&id) else {
        return;
    };
    let request = match connection.stream.read(&mut buffer) {
        Ok(0) | Err(_) => {
            connections.remove(&id);
            return;
        }
        Ok(read) => &buffer[..read],
    };
    if request.starts_with(b"GET ") {
        follow(id, request, connections, &replies[replies.len() - 1].1);
    } else if request.starts_with(b"POST /api/sessions ") {
        let body = format!(r#"{{"id":"{id}","token":"{id}"}}"#);
        let length = body.len();
        let answer = format!("HTTP/1.1 201 Created\r\ncontent-length: {length}\r\n\r\n{body}");
        write(connection, answer.as_bytes());
    } else {
        write(connection, ACCEPTED);
        let events = connection.events.and_then(|id| connections.get_mut(&id));
        let reply = replies.iter().find(|(option, _)| {
            let body = memmem::rfind(request, option.as_bytes());
            body.is_some_and(|at| request[at + option.len()..] == *b"\"}")
        });
        if let (Some(events), Some((_, reply))) = (events, reply) {
            write(events, reply);
        }
    }
}

/// Makes the connection `id` the stream of the session that it asks for.
fn follow(
    id: usize,
    request: &[u8],
    connections: &mut HashMap<usize, Connection>,
    greeting: &[u8],
) {
    let text = String::from_utf8_lossy(request);
    let session = text
        .split_once("session=")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse::<usize>().ok());
    if let Some(session) = session.and_then(|session| connections.get_mut(&session)) {
        session.events = Some(id);
    }
    if let Some(connection) = connections.get_mut(&id) {
        write(
            connection,
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n",
        );
        write(connection, greeting);
    }
}

fn write(connection: &mut Connection, bytes: &[u8]) {
    // A client that is gone is noticed at its next read.
    let _ = connection.stream.write(bytes);
}

/// A settled reply in `state`, filled up to `bytes`.
fn event(state: &str, bytes: usize) -> Vec<u8> {
    let mut event = String::from("event: message\ndata: {\"text\":\"");
    let rest = format!("\",\"state\":[\"{state}\"],\"pending\":[]}}\n\n");
    let fill = bytes.saturating_sub(event.len() + rest.len());
    write!(event, "{:x<fill$}{rest}", "").expect("writing to a String cannot fail");
    event.into_bytes()
}
