//! The floor of a fan-out: whoever sends a GET is a stream, and a POST has the same bytes written to all streams, one
//! `write(2)` each.

use std::collections::HashMap;
use std::io::{self, Read, Write};

use memchr::memmem;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use crate::fan_out::MARK;

const LISTENER: Token = Token(usize::MAX);
const OPENED: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: connected\ndata: {}\n\n";
const ACCEPTED: &[u8] = b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}";

/// Serves until it is killed. A delivery has so many `bytes`.
pub(crate) fn serve(bytes: usize) -> io::Result<()> {
    let mut message = vec![b'x'; bytes];
    message[0] = MARK;
    let mut poll = Poll::new()?;
    let mut listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    let registry = poll.registry();
    registry.register(&mut listener, LISTENER, Interest::READABLE)?;
    println!("the floor is at http://{}/", listener.local_addr()?);

    let mut events = Events::with_capacity(1024);
    let mut connections: HashMap<usize, TcpStream> = HashMap::new();
    let mut streams: Vec<TcpStream> = Vec::new();
    let mut next = 0;
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() != LISTENER {
                serve_one(event.token().0, &mut connections, &mut streams, &message);
                continue;
            }
            while let Ok((mut stream, _)) = listener.accept() {
                stream.set_nodelay(true)?;
                let registry = poll.registry();
                registry.register(&mut stream, Token(next), Interest::READABLE)?;
                connections.insert(next, stream);
                next += 1;
            }
        }
    }
}

fn serve_one(
    id: usize,
    connections: &mut HashMap<usize, TcpStream>,
    streams: &mut Vec<TcpStream>,
    message: &[u8],
) {
    let mut buffer = [0; 64 * 1024];
    let Some(connection) = connections.get_mut(&id) else {
        return;
    };
    let request = match connection.read(&mut buffer) {
        Ok(0) | Err(_) => {
            connections.remove(&id);
            return;
        }
        Ok(read) => &buffer[..read],
    };
    if request.starts_with(b"GET ") {
        // A client that is gone is noticed by the bench.
        let _ = connection.write(OPENED);
        streams.extend(connections.remove(&id));
        return;
    }
    for _ in memmem::find_iter(request, b"POST /") {
        for stream in &mut *streams {
            let _ = stream.write(message);
        }
        let _ = connection.write(ACCEPTED);
    }
}
