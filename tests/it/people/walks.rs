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
    listeners: Vec<(usize, &'static str, Listener)>,
}

impl Walk {
    async fn begin(seed: u64) -> Self {
        let mut walk = Self {
            rng: Rng::with_seed(seed),
            folder: Folder::new(),
            server: None,
            sessions: Vec::new(),
            listeners: Vec::new(),
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
            0..3 => self.listeners.push((circle, user, listen(&way).await)),
            3 if !self.listeners.is_empty() => {
                let at = self.rng.usize(..self.listeners.len());
                let (circle, user, listener) = self.listeners.swap_remove(at);
                // Broken off, and what it had got is looked at all the same.
                check(circle, user, listener, None).await;
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
        for (circle, user, listener) in self.listeners.drain(..) {
            check(circle, user, listener, None).await;
        }
        self.start();
    }

    async fn end(mut self) {
        for (circle, people) in CIRCLES.iter().enumerate() {
            let way = entering(&self.sessions[circle], people[0], Role::User);
            way.say(&format!("{circle} end")).await;
        }
        for (circle, user, listener) in self.listeners.drain(..) {
            check(circle, user, listener, Some("end")).await;
        }
    }
}

/// Holds all that a stream of `user` to a conversation has got against what is theirs; up to the last word, if it has
/// one, or to the stream's end.
async fn check(circle: usize, user: &str, mut listener: Listener, last: Option<&str>) {
    let mut read: HashMap<String, u64> = HashMap::new();
    let is_other = |name: &Value| {
        let name = name.as_str().unwrap();
        name != user && CIRCLES[circle].contains(&name)
    };
    while let Some(event) = listener.soon(last.is_some()).await {
        let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
        match event.event.as_deref().unwrap() {
            "message" if data["from"]["kind"] == "user" => {
                let text = data["text"].as_str().unwrap();
                let (of, word) = text.split_once(' ').unwrap();
                assert_eq!(
                    of,
                    circle.to_string(),
                    "{user} got what is not theirs: {text}"
                );
                if Some(word) == last {
                    return;
                }
            }
            "typing" => assert!(is_other(&data["from"]["id"]), "{user} in {circle}: {data}"),
            "presence" => assert!(is_other(&data["user"]), "{user} in {circle}: {data}"),
            "status" => {
                assert!(is_other(&data["user"]), "{user} in {circle}: {data}");
                let now = data["read"].as_u64().unwrap();
                let before = read.insert(data["user"].to_string(), now).unwrap_or(0);
                assert!(now >= before, "a mark went down from {before}: {data}");
            }
            _ => {}
        }
    }
    assert_eq!(last, None, "the last word did not come");
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
