//! Random sequences of people who come, leave, break off, speak, type and read, with restarts in between: nobody gets
//! what is not theirs, and marks never go down.

use std::collections::HashMap;

use fastrand::Rng;
use statechat::log::SqliteLog;

use super::*;
use crate::folder::Folder;
use crate::server::stock_of_file;

const USERS: [&str; 4] = ["ann", "ben", "cat", "dan"];
/// Who takes part in which conversation, its owner first.
const CIRCLES: [&[&str]; 3] = [&["ann", "ben"], &["ben", "cat", "dan"], &["dan", "ann"]];
const STEPS: usize = 120;

struct Walk {
    rng: Rng,
    folder: Folder,
    server: Option<Running>,
    /// By circle, as its owner sees it.
    sessions: Vec<Opened>,
    streams: Vec<Followed>,
    seed: u64,
}

/// A stream of `user` to the conversation of a circle.
struct Followed {
    seed: u64,
    circle: usize,
    user: &'static str,
    listener: Listener,
}

/// Up to where a stream is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// What has arrived already.
    Now,
    /// Its end.
    End,
    /// Whoever says this, which must come.
    Word(&'static str),
}

impl Walk {
    async fn begin(seed: u64) -> Self {
        let mut walk = Self {
            rng: Rng::with_seed(seed),
            folder: Folder::new(),
            server: None,
            sessions: Vec::new(),
            streams: Vec::new(),
            seed,
        };
        walk.start();
        for people in CIRCLES {
            let server = walk.server.as_ref().unwrap();
            let session = meeting(server, people[0], &people[1..]).await;
            walk.sessions.push(session);
        }
        walk
    }

    fn start(&mut self) {
        let log = SqliteLog::open(&self.folder.file("chat.db"), Arc::default()).unwrap();
        let flags = ["--presence-grace", "20ms", "--rate-limit", "0"];
        let server = Running::start_over(&flags, stock_of_file(), Arc::new(log));
        for session in &mut self.sessions {
            session.address = server.address;
        }
        self.server = Some(server);
    }

    async fn step(&mut self) {
        let circle = self.rng.usize(..CIRCLES.len());
        let user = CIRCLES[circle][self.rng.usize(..CIRCLES[circle].len())];
        let way = entering(&self.sessions[circle], user, Role::User);
        match self.rng.usize(..12) {
            0..3 => self.streams.push(Followed {
                seed: self.seed,
                circle,
                user,
                listener: listen(&way).await,
            }),
            3 if !self.streams.is_empty() => {
                let at = self.rng.usize(..self.streams.len());
                // Broken off, and what it had got is looked at all the same.
                self.streams.swap_remove(at).check(Until::Now).await;
            }
            4..8 => {
                way.say(&format!("{circle} {user}")).await;
            }
            8 => {
                let body = json!({ "isTyping": self.rng.bool() });
                assert_eq!(call(&way, Method::POST, "typing", body).await.status, 204);
            }
            9..11 => {
                let read = self.rng.u64(..30);
                let answer = call(&way, Method::PUT, "receipts", json!({ "read": read })).await;
                assert_eq!(answer.status, 200, "{}", answer.body);
            }
            _ => self.strangers().await,
        }
    }

    /// Whoever does not take part gets nothing at all.
    async fn strangers(&mut self) {
        let circle = self.rng.usize(..CIRCLES.len());
        for user in USERS.iter().filter(|user| !CIRCLES[circle].contains(user)) {
            let way = entering(&self.sessions[circle], user, Role::User);
            let path = format!("/api/events?session={}", way.id);
            way.get(&path).await.is_problem(404, "no_session");
        }
    }

    async fn restart(&mut self) {
        self.server.take().unwrap().stop().await;
        for stream in self.streams.drain(..) {
            stream.check(Until::End).await;
        }
        self.start();
    }

    async fn end(mut self) {
        for (circle, people) in CIRCLES.iter().enumerate() {
            let way = entering(&self.sessions[circle], people[0], Role::User);
            way.say(&format!("{circle} end")).await;
        }
        for stream in self.streams.drain(..) {
            stream.check(Until::Word("end")).await;
        }
    }
}

impl Followed {
    /// Holds all that the stream has got against what is its user's.
    async fn check(mut self, until: Until) {
        let mut read = HashMap::new();
        while let Some(event) = self.listener.soon(until != Until::Now).await {
            let name = event.event.unwrap();
            let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
            match name.as_str() {
                "message" if data["from"]["kind"] == "user" => {
                    let word = self.check_message(&data);
                    if matches!(until, Until::Word(last) if last == word) {
                        return;
                    }
                }
                "typing" => self.check_other(&data["from"]["id"], &data),
                "presence" => self.check_other(&data["user"], &data),
                "status" => {
                    self.check_other(&data["user"], &data);
                    let now = data["read"].as_u64().unwrap();
                    let before = read.insert(data["user"].to_string(), now).unwrap_or(0);
                    let Self { seed, .. } = self;
                    assert!(
                        now >= before,
                        "a mark went down from {before}: {data} (seed {seed})"
                    );
                }
                _ => {}
            }
        }
        let Self {
            seed, circle, user, ..
        } = self;
        let is_wanted = !matches!(until, Until::Word(_));
        assert!(
            is_wanted,
            "the last word did not reach {user} in {circle} (seed {seed})"
        );
    }

    /// Answers what was said, beside the circle that it is for.
    fn check_message(&self, data: &Value) -> String {
        let Self {
            seed, circle, user, ..
        } = self;
        let text = data["text"].as_str().unwrap();
        let (of, word) = text.split_once(' ').unwrap();
        assert_eq!(
            of,
            circle.to_string(),
            "{user} got what is not theirs: {text} (seed {seed})"
        );
        word.to_owned()
    }

    /// One is told of the others only.
    fn check_other(&self, name: &Value, data: &Value) {
        let Self {
            seed, circle, user, ..
        } = self;
        let name = name.as_str().unwrap();
        let is_other = name != *user && CIRCLES[*circle].contains(&name);
        assert!(is_other, "{user} in {circle}: {data} (seed {seed})");
    }
}

#[tokio::test]
async fn nobody_gets_what_is_not_theirs_whatever_people_do() {
    for seed in 0..4 {
        let mut walk = Walk::begin(seed).await;
        for step in 0..STEPS {
            walk.step().await;
            if step % 50 == 49 {
                walk.restart().await;
            }
        }
        walk.end().await;
    }
}
