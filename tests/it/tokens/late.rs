//! A body that comes late: the token that was good when the request began is not so any more by then.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use statechat::auth::{Auth, GUEST_LIFETIME, Outside, guest};
use statechat::identity::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::expiry::{expires, listening, opened, until};
use super::signer::Signer;
use super::{claims, expected, jwt_server, key, server};
use crate::server::{KEY, PATIENCE, Running, token};

const BODY: &[u8] = br#"{"bot":"stock"}"#;

/// The start of a conversation, of which the head is sent and taken. The body is not.
struct Begun(TcpStream);

impl Begun {
    async fn new(server: &Running, token: &str) -> Self {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let head = format!(
            "POST /api/sessions HTTP/1.1\r\nhost: here\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n",
            BODY.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // Asked for once somebody wants to read the body: whose the token is has been looked up by then.
        let asked = b"HTTP/1.1 100 Continue\r\n\r\n";
        let mut answer = vec![0; asked.len()];
        let read = stream.read_exact(&mut answer);
        tokio::time::timeout(PATIENCE, read).await.unwrap().unwrap();
        assert_eq!(answer, asked, "{}", String::from_utf8_lossy(&answer));
        Self(stream)
    }

    async fn finished(mut self) -> String {
        self.0.write_all(BODY).await.unwrap();
        let mut answer = String::new();
        let read = self.0.read_to_string(&mut answer);
        tokio::time::timeout(PATIENCE, read).await.unwrap().unwrap();
        answer
    }

    /// Sends the body, and asserts that nobody is vouched for.
    async fn refused(self) {
        let answer = self.finished().await;
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        assert!(answer.contains(r#""code":"unauthorized""#), "{answer}");
        assert!(!answer.contains("set-cookie"), "{answer}");
    }
}

fn jwt() -> (Running, Arc<Auth>) {
    let outside = Outside::public_key(&key("ed.public"), &expected()).unwrap();
    jwt_server(&[], outside)
}

#[tokio::test]
async fn a_token_that_is_still_good_is_answered_as_it_was_sent() {
    let (server, _) = jwt();
    let token = Signer::ed("ed").token(&claims("u1"));
    let answer = Begun::new(&server, &token).await.finished().await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(answer.contains(&token), "{answer}");
}

#[tokio::test]
async fn a_token_that_was_revoked_meanwhile_becomes_no_other() {
    let guests = server(&[], Auth::guest(&KEY));
    let signed = Signer::ed("ed").token(&claims("u1"));
    let minted = until("u1", Role::User, Timestamp::now() + PATIENCE);
    let guests_own = token(&guest("guest-1".parse().unwrap(), Timestamp::now()));
    let cases = [
        (jwt(), "u1", signed),
        (jwt(), "u1", minted.clone()),
        (guests, "guest-1", guests_own),
        (server(&[], Auth::guest(&KEY)), "u1", minted),
    ];
    for ((server, auth), user, token) in cases {
        let begun = Begun::new(&server, &token).await;
        let after = Timestamp::now() + Duration::from_secs(1);
        auth.revoke(user.parse().unwrap(), after);
        begun.refused().await;
    }
}

#[tokio::test]
async fn a_token_that_has_expired_meanwhile_becomes_no_other() {
    let guests = server(&[], Auth::guest(&KEY));
    for (is_jwt, (server, _)) in [(true, jwt()), (false, guests)] {
        let at = Timestamp::from_second(Timestamp::now().as_second() + 3).unwrap();
        let mut claims = claims("u1");
        claims["exp"] = at.as_second().into();
        let token = match is_jwt {
            true => Signer::ed("ed").token(&claims),
            false => until("u1", Role::User, at),
        };
        // Its end shows when the token's has come.
        let mut clock = listening(&opened(&server, &token).await).await;
        let begun = Begun::new(&server, &token).await;
        expires(&mut clock).await;
        begun.refused().await;
    }
}

#[tokio::test]
async fn a_guest_whose_token_has_just_ended_goes_on() {
    let (server, _) = server(&[], Auth::guest(&KEY));
    let at = Timestamp::now() + Duration::from_secs(2);
    let old = token(&guest("guest-old".parse().unwrap(), at - GUEST_LIFETIME));
    let mut clock = listening(&opened(&server, &old).await).await;
    let begun = Begun::new(&server, &old).await;
    expires(&mut clock).await;
    let answer = begun.finished().await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}
