//! The readers of many streams: one thread that takes what comes and counts it, as cheaply as it can.

use std::io::{self, Read};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Thread;
use std::time::{Duration, Instant};

use anyhow::ensure;
use mio::{Events, Interest, Poll, Token};

use crate::fan_out::MARK;

/// How long to wait for deliveries before something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the thread looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) struct Readers {
    counts: Arc<Counts>,
}

struct Counts {
    bytes: AtomicUsize,
    messages: AtomicUsize,
    /// How many messages there have to be before whoever waits is woken.
    goal: AtomicUsize,
    waiting: Thread,
    over: AtomicBool,
}

impl Readers {
    /// Reads all of `streams` from now on. Only the thread that calls this may wait.
    pub(crate) fn start(streams: Vec<TcpStream>) -> anyhow::Result<Self> {
        let counts = Arc::new(Counts {
            bytes: AtomicUsize::new(0),
            messages: AtomicUsize::new(0),
            goal: AtomicUsize::new(usize::MAX),
            waiting: std::thread::current(),
            over: AtomicBool::new(false),
        });
        let poll = Poll::new()?;
        let mut readers = Vec::with_capacity(streams.len());
        for (index, stream) in streams.into_iter().enumerate() {
            stream.set_nonblocking(true)?;
            let mut stream = mio::net::TcpStream::from_std(stream);
            poll.registry()
                .register(&mut stream, Token(index), Interest::READABLE)?;
            readers.push(stream);
        }
        let shared = Arc::clone(&counts);
        std::thread::spawn(move || read(poll, readers, &shared));
        Ok(Self { counts })
    }

    /// How many bytes came so far.
    pub(crate) fn bytes(&self) -> usize {
        self.counts.bytes.load(Ordering::Acquire)
    }

    /// Says that so many messages are to come now. Answers what to wait for.
    pub(crate) fn expect(&self, messages: usize) -> usize {
        let goal = self.counts.messages.load(Ordering::Acquire) + messages;
        self.counts.goal.store(goal, Ordering::Release);
        goal
    }

    /// Waits until all that was expected has come, and no more.
    pub(crate) fn wait(&self, goal: usize) -> anyhow::Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            let messages = self.counts.messages.load(Ordering::Acquire);
            if messages >= goal {
                ensure!(messages == goal, "{} too many", messages - goal);
                return Ok(());
            }
            let left = end.saturating_duration_since(Instant::now());
            ensure!(!left.is_zero(), "{} messages did not come", goal - messages);
            std::thread::park_timeout(left);
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.counts.over.store(true, Ordering::Release);
    }
}

fn read(mut poll: Poll, mut readers: Vec<mio::net::TcpStream>, counts: &Counts) -> io::Result<()> {
    let mut events = Events::with_capacity(4096);
    let mut buffer = vec![0; 256 * 1024];
    while !counts.over.load(Ordering::Acquire) {
        poll.poll(&mut events, Some(LOOK))?;
        let (mut bytes, mut messages) = (0, 0);
        for event in &events {
            // Whatever does not fill the buffer was all that was there; what comes later is told again.
            while let Ok(count) = readers[event.token().0].read(&mut buffer) {
                bytes += count;
                messages += memchr::memchr_iter(MARK, &buffer[..count]).count();
                if count < buffer.len() {
                    break;
                }
            }
        }
        counts.bytes.fetch_add(bytes, Ordering::Relaxed);
        let found = counts.messages.fetch_add(messages, Ordering::AcqRel) + messages;
        if found >= counts.goal.load(Ordering::Acquire) {
            counts.waiting.unpark();
        }
    }
    Ok(())
}
