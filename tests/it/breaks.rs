//! Streams that break anywhere: whoever resumes by the last cursor has everything once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::dice::{Dice, seed};
use crate::server::{Opened, PATIENCE, Running};

const SESSIONS: usize = 20;
const TABS: usize = 2;
const BREAKS: usize = 1_000;
const BREAKS_A_TAB: usize = BREAKS / SESSIONS / TABS;

/// One tab: what it has seen, and where it stands.
#[derive(Default)]
struct Tab {
    records: Vec<Value>,
    cursor: Option<String>,
}

impl Tab {
    /// Connects, and hangs up after so many bytes, wherever that is; or once it has seen so many records.
    async fn connect(&mut self, session: &Opened, bytes_max: u64, head: usize) {
        let stream = TcpStream::connect(session.address).await.unwrap();
        let mut stream = stream.take(bytes_max);
        let request = self.request(session);
        stream
            .get_mut()
            .write_all(request.as_bytes())
            .await
            .unwrap();
        let mut head_is_read = false;
        let mut bytes = Vec::new();
        while stream.limit() > 0 && self.records.len() < head {
            let read = tokio::time::timeout(PATIENCE, stream.read_buf(&mut bytes)).await;
            let read = read.expect("nothing more comes").unwrap();
            assert!(read > 0, "the server hung up");
            if !head_is_read && let Some(head) = taken(&mut bytes, b"\r\n\r\n") {
                assert!(head.starts_with("HTTP/1.0 200 "), "{head}");
                head_is_read = true;
            }
            while head_is_read && let Some(event) = taken(&mut bytes, b"\n\n") {
                self.take(&event);
            }
        }
    }

    fn request(&self, session: &Opened) -> String {
        let cursor = self.cursor.as_deref().unwrap_or_default();
        format!(
            "GET /api/events?session={}&token={} HTTP/1.0\r\nhost: x\r\nlast-event-id: {cursor}\r\n\r\n",
            session.id, session.token
        )
    }

    /// An event that came whole. One that did not has not come.
    fn take(&mut self, event: &str) {
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
        assert_ne!(field("event: "), Some("reset"), "the cursor was its own");
        let Some(id) = field("id: ") else { return };
        let record: Value = serde_json::from_str(field("data: ").unwrap()).unwrap();
        assert_eq!(
            record["seq"],
            self.records.len() + 1,
            "dense, and nothing twice"
        );
        self.cursor = Some(id.to_owned());
        self.records.push(record);
    }

    /// Breaks so many times, each wherever the dice say.
    async fn suffer(mut self, session: Opened, mut dice: Dice, breaks: Arc<AtomicUsize>) -> Self {
        for _ in 0..BREAKS_A_TAB {
            // Many break in the head, or in the first event.
            let most = if dice.one_in(4) { 600 } else { 3_000 };
            self.connect(&session, dice.below(most) as u64, usize::MAX)
                .await;
            breaks.fetch_add(1, Ordering::SeqCst);
        }
        self
    }
}

/// What `bytes` begin with, up to and with `end`; it is taken from them.
fn taken(bytes: &mut Vec<u8>, end: &[u8]) -> Option<String> {
    let found = bytes.windows(end.len()).position(|window| window == end)?;
    let whole = bytes.drain(..found + end.len()).collect();
    Some(String::from_utf8(whole).unwrap())
}

/// A user goes on talking as long as the tabs break; then both catch up.
async fn conversation(session: Opened, mut dice: Dice, breaks: Arc<AtomicUsize>) {
    let broken = Arc::new(AtomicUsize::new(0));
    let mut tabs = JoinSet::new();
    for _ in 0..TABS {
        let dice = Dice::new(dice.next());
        tabs.spawn(Tab::default().suffer(session.clone(), dice, Arc::clone(&broken)));
    }
    while broken.load(Ordering::SeqCst) < TABS * BREAKS_A_TAB {
        session
            .say(dice.of::<&str>(&["help", "LSE", "GSK", "back", "menu", "what?"]))
            .await;
    }
    breaks.fetch_add(broken.load(Ordering::SeqCst), Ordering::SeqCst);
    let tabs = tabs.join_all().await;
    // A price may be under way still; what counts is what is there once it is.
    session.say("bye").await;
    let ended = session.record(|record| record["state"][0] == "Ended").await;
    let head = ended["seq"].as_u64().unwrap() as usize;
    let transcript = all_records(&session, head).await;
    for mut tab in tabs {
        tab.connect(&session, u64::MAX, head).await;
        assert_eq!(tab.records, transcript);
    }
}

/// The transcript, page by page.
async fn all_records(session: &Opened, head: usize) -> Vec<Value> {
    let (mut before, mut records) = (head + 1, Vec::new());
    while before > 1 {
        let path = format!("{}/transcript?before={before}&limit=100", session.path());
        let mut page = session.get(&path).await.json()["records"]
            .as_array()
            .unwrap()
            .clone();
        before = page[0]["seq"].as_u64().unwrap() as usize;
        page.append(&mut records);
        records = page;
    }
    records
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tabs_that_break_a_thousand_times_see_what_the_transcript_holds() {
    let mut dice = Dice::new(seed(1_000));
    let server = Running::start(&["--rate-limit", "0"]);
    let breaks = Arc::new(AtomicUsize::new(0));
    let mut conversations = JoinSet::new();
    for _ in 0..SESSIONS {
        let session = server.open().await;
        let dice = Dice::new(dice.next());
        conversations.spawn(conversation(session, dice, Arc::clone(&breaks)));
    }
    conversations.join_all().await;
    assert_eq!(breaks.load(Ordering::SeqCst), BREAKS);
}
