//! Key sets that change while the server runs.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use statechat::auth::{Outside, Pace};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::signer::Signer;
use super::{call, claims, expected, jwt_server};
use crate::folder::Folder;
use crate::process::refused;
use crate::server::{PATIENCE, Running, client, send};

/// Only because of unknown keys, and then always.
const ON_DEMAND: Pace = Pace {
    pause: Duration::ZERO,
    period: Duration::from_secs(3_600),
};

/// Only by the clock.
const BY_THE_CLOCK: Pace = Pace {
    pause: Duration::from_secs(3_600),
    period: Duration::from_millis(20),
};

fn set(signers: &[&Signer]) -> String {
    let keys: Vec<Value> = signers.iter().map(|signer| signer.public()).collect();
    json!({ "keys": keys }).to_string()
}

async fn status(server: &Running, signer: &Signer) -> u16 {
    send(call(server, &signer.token(&claims("u1"))))
        .await
        .status
}

/// Waits until a token of `signer` is answered so.
async fn until(server: &Running, signer: &Signer, expected: u16) {
    let wait = async { while status(server, signer).await != expected {} };
    let waited = tokio::time::timeout(PATIENCE, wait).await;
    waited.unwrap_or_else(|_| panic!("it was never {expected}"));
}

/// Where a set is, in a test's hands.
trait Place {
    fn write(&self, set: &str);
}

impl Place for &Path {
    fn write(&self, set: &str) {
        std::fs::write(self, set).unwrap();
    }
}

/// An address that says what it is told to.
struct Site {
    url: String,
    answer: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Site {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let (answer, asked) = (Arc::new(Mutex::new(String::new())), Arc::default());
        let task = tokio::spawn(serve(listener, Arc::clone(&answer), Arc::clone(&asked)));
        Self {
            url,
            answer,
            asked,
            task,
        }
    }

    fn answers(&self, head: &str, body: &str) {
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        *self.answer.lock().unwrap() = answer;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn keys(&self, pace: Pace) -> Outside {
        let url = self.url.parse().unwrap();
        Outside::key_url(url, &expected(), pace).await.unwrap()
    }
}

impl Place for &Site {
    fn write(&self, set: &str) {
        self.answers("200 OK", set);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, answer: Arc<Mutex<String>>, asked: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        asked.fetch_add(1, Ordering::SeqCst);
        let answer = answer.lock().unwrap().clone();
        tokio::spawn(say(stream, answer));
    }
}

/// Says `answer`; if there is none, it keeps the other end waiting.
async fn say(mut stream: TcpStream, answer: String) {
    let mut request = [0; 4_096];
    let _ = stream.read(&mut request).await;
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.read(&mut request).await;
}

/// A new key is learnt by its first token, and an old one goes with the set that does not have it any more.
async fn rotates(place: impl Place, outside: Outside) {
    let (old, new) = (Signer::rsa("rsa").named("k1"), Signer::ed("ed").named("k2"));
    let (server, _) = jwt_server(&[], outside);
    assert_eq!(status(&server, &old).await, 200);
    assert_eq!(status(&server, &new).await, 401);
    place.write(&set(&[&old, &new]));
    assert_eq!(status(&server, &new).await, 200);
    assert_eq!(status(&server, &old).await, 200);
    // Known tokens as well: what was found good by an old key is forgotten.
    let token = old.token(&claims("u1"));
    assert_eq!(send(call(&server, &token)).await.status, 200);
    let newest = Signer::ec("ec").named("k3");
    place.write(&set(&[&newest]));
    assert_eq!(status(&server, &newest).await, 200);
    send(call(&server, &token))
        .await
        .is_problem(401, "unauthorized");
    assert_eq!(status(&server, &new).await, 401);
    // And the name of an old key, under a new one.
    assert_eq!(status(&server, &old.named("k3")).await, 401);
}

/// A key that was taken out is good no more, though nobody asks for another.
async fn forgets(place: impl Place, outside: Outside) {
    let (old, new) = (Signer::rsa("rsa").named("k1"), Signer::ed("ed").named("k2"));
    let (server, _) = jwt_server(&[], outside);
    assert_eq!(status(&server, &old).await, 200);
    place.write(&set(&[&new]));
    until(&server, &old, 401).await;
    assert_eq!(status(&server, &new).await, 200);
    place.write(&set(&[]));
    until(&server, &new, 401).await;
}

fn first() -> String {
    set(&[&Signer::rsa("rsa").named("k1")])
}

#[tokio::test]
async fn a_file_is_read_again() {
    for pace in [ON_DEMAND, BY_THE_CLOCK] {
        let folder = Folder::new();
        let path = folder.file("jwks.json");
        path.as_path().write(&first());
        let outside = Outside::key_file(&path, &expected(), pace).await.unwrap();
        if pace == ON_DEMAND {
            rotates(path.as_path(), outside).await;
        } else {
            forgets(path.as_path(), outside).await;
        }
    }
}

#[tokio::test]
async fn an_address_is_asked_again() {
    for pace in [ON_DEMAND, BY_THE_CLOCK] {
        let site = Site::start().await;
        (&site).write(&first());
        let outside = site.keys(pace).await;
        if pace == ON_DEMAND {
            rotates(&site, outside).await;
        } else {
            forgets(&site, outside).await;
        }
    }
}

#[tokio::test]
async fn unknown_keys_do_not_have_an_address_asked_again_and_again() {
    let site = Site::start().await;
    (&site).write(&first());
    let pace = Pace {
        pause: Duration::from_secs(3_600),
        ..ON_DEMAND
    };
    let (server, _) = jwt_server(&[], site.keys(pace).await);
    let server = &server;
    let unknown =
        (0..100).map(async |n| status(server, &Signer::ed("ed").named(&format!("x{n}"))).await);
    assert_eq!(join_all(unknown).await, [401; 100]);
    assert_eq!(site.asked(), 1, "at the start, and that was just now");
    // Nor do tokens that are bad for another reason.
    let (server, _) = jwt_server(&[], site.keys(ON_DEMAND).await);
    for token in [
        "x",
        &Signer::rsa("rsa-other").named("k1").token(&claims("u1")),
    ] {
        send(call(&server, token))
            .await
            .is_problem(401, "unauthorized");
    }
    for signer in [Signer::ed("ed"), Signer::ed("ed").named("statechat")] {
        assert_eq!(status(&server, &signer).await, 401);
    }
    assert_eq!(site.asked(), 2);
}

#[tokio::test]
async fn all_who_come_with_a_new_key_wait_for_one_answer() {
    let site = Site::start().await;
    (&site).write(&first());
    let (server, _) = jwt_server(&[], site.keys(ON_DEMAND).await);
    let new = Signer::ed("ed").named("k2");
    (&site).write(&set(&[&new]));
    let all = (0..20).map(|_| status(&server, &new));
    assert_eq!(join_all(all).await, [200; 20]);
    assert_eq!(site.asked(), 2);
}

#[tokio::test]
async fn a_set_that_cannot_be_had_leaves_the_last_one() {
    let site = Site::start().await;
    (&site).write(&first());
    let (server, _) = jwt_server(&[], site.keys(ON_DEMAND).await);
    let (old, new) = (Signer::rsa("rsa").named("k1"), Signer::ed("ed").named("k2"));
    let elsewhere = Site::start().await;
    (&elsewhere).write(&set(&[&new]));
    let large = format!("{}{}", set(&[&new]), " ".repeat(256 * 1_024));
    let moved = format!("302 Found\r\nlocation: {}", elsewhere.url);
    for (head, body) in [
        ("500 Internal Server Error", set(&[&new])),
        ("200 OK", "nonsense".into()),
        ("200 OK", "{}".into()),
        ("200 OK", large),
        (&moved, String::new()),
    ] {
        site.answers(head, &body);
        assert_eq!(status(&server, &new).await, 401, "{head}");
        assert_eq!(status(&server, &old).await, 200, "{head}");
    }
    assert_eq!(elsewhere.asked(), 0);
    // Says nothing at all: whoever waits is not kept for long, and nobody else waits.
    site.answer.lock().unwrap().clear();
    let (new, old) = tokio::join!(status(&server, &new), status(&server, &old));
    assert_eq!((new, old), (401, 200));
}

#[tokio::test]
async fn without_keys_at_the_start_nobody_comes_until_there_are_some() {
    let site = Site::start().await;
    site.answers("503 Service Unavailable", "");
    let pace = Pace {
        pause: Duration::from_millis(10),
        ..ON_DEMAND
    };
    let (server, _) = jwt_server(&[], site.keys(pace).await);
    assert_eq!(send(client().get(server.url("/livez"))).await.status, 200);
    let signer = Signer::rsa("rsa");
    assert_eq!(status(&server, &signer).await, 401);
    // Nobody names the key: only who tries again finds it.
    (&site).write(&first());
    until(&server, &signer, 200).await;
}

#[test]
fn a_file_without_keys_stops_the_start() {
    let folder = Folder::new();
    let path = folder.file("jwks.json");
    let flags = ["--auth", "jwt", "--jwks", path.to_str().unwrap()];
    let mut last = String::new();
    for (text, said) in [
        (None, "cannot be read"),
        (Some("nonsense"), "is not a JSON Web Key Set"),
        (Some("{}"), "missing field `keys`"),
        (
            Some("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"),
            "holds no public key for signatures",
        ),
    ] {
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        let line = refused(&folder.file("home"), &flags);
        assert!(line.contains("--jwks") && line.contains(said), "{line}");
        assert!(line.contains(path.to_str().unwrap()), "{line}");
        assert_ne!(line, last);
        last = line;
    }
    let line = refused(&folder.file("home"), &["--auth", "jwt"]);
    assert!(line.contains("--auth jwt needs a key"), "{line}");
    let line = refused(&folder.file("home"), &flags[2..]);
    assert!(line.contains("add --auth jwt"), "{line}");
}
