//! Every bad token, by every way to send one, and requests that somebody else's token does not open.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::json;
use statechat::auth::{Auth, LINK_LIFETIME, Outside, Pace};
use statechat::identity::Role;

use super::bad;
use super::signer::Signer;
use super::table::{
    FORBIDDEN, FORBIDDEN_ORIGIN, INVALID, NO_SESSION, OTHER_USER, Table, UNAUTHORIZED, in_address,
};
use super::{call, claims, expected, jwt_server, key, server};
use crate::folder::Folder;
use crate::server::{KEY, Opened, Running, client, identity, raw, send, token};

#[tokio::test]
async fn no_bad_token_and_no_bad_request_gets_in() {
    let mut table = Table::default();
    let (rsa, ec, ed) = (Signer::rsa("rsa"), Signer::ec("ec"), Signer::ed("ed"));
    one_key(
        &mut table,
        "RS256",
        "rsa.public",
        &rsa,
        &Signer::rsa("rsa-other"),
    )
    .await;
    one_key(
        &mut table,
        "ES256",
        "ec.public",
        &ec,
        &Signer::ec("ec-other"),
    )
    .await;
    one_key(
        &mut table,
        "EdDSA",
        "ed.public",
        &ed,
        &Signer::ed("ed-other"),
    )
    .await;
    set_of_keys(&mut table).await;
    guests(&mut table).await;
    let count = table.count();
    println!("{count} bad tokens and requests, all refused");
    assert!(count >= 45, "only {count}");
    insta::assert_snapshot!("refused", table.told());
}

/// Where others' tokens are taken, by one key.
async fn one_key(
    table: &mut Table,
    mode: &'static str,
    public: &str,
    signer: &Signer,
    other: &Signer,
) {
    table.mode = mode;
    let outside = Outside::public_key(&key(public), &expected()).unwrap();
    let (server, auth) = jwt_server(&[], outside);
    let mut tokens = bad::tokens(signer, other, public);
    tokens.extend(bad::own());
    tokens.push(bad::of_a_guest());
    table.refuse_all(&server, &tokens).await;
    // What all of them were made from is good.
    is_good(&server, &signer.token(&claims("u1"))).await;
    requests(table, &server, &auth, |user| signer.token(&claims(user))).await;
}

/// Where anyone may come.
async fn guests(table: &mut Table) {
    table.mode = "guest";
    let (server, auth) = server(&[], Auth::guest(&KEY));
    let signer = Signer::ed("ed");
    let mut tokens = bad::tokens(&signer, &Signer::ed("ed-other"), "ed.public");
    tokens.extend(bad::own());
    tokens.push(("a good one of others".into(), signer.token(&claims("u1"))));
    table.refuse_all(&server, &tokens).await;
    is_good(&server, &bad::of_a_guest().1).await;
    let sign = |user: &str| token(&identity(user, Role::User));
    requests(table, &server, &auth, sign).await;
}

/// Where keys have names.
async fn set_of_keys(table: &mut Table) {
    table.mode = "key set";
    let folder = Folder::new();
    let path = folder.file("jwks.json");
    let signer = Signer::rsa("rsa").named("k1");
    let second = Signer::ed("ed").named("k2");
    let mut sealing = Signer::ec("ec").named("k3").public();
    sealing["use"] = json!("enc");
    let secret =
        json!({ "kty": "oct", "kid": "k4", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA" });
    let keys = json!({ "keys": [signer.public(), second.public(), sealing, secret] });
    std::fs::write(&path, keys.to_string()).unwrap();
    let outside = Outside::key_file(&path, &expected(), Pace::FILE).await;
    let (server, _) = jwt_server(&[], outside.unwrap());
    let mut tokens = bad::tokens(&signer, &Signer::rsa("rsa-other").named("k1"), "rsa.public");
    tokens.extend(bad::own());
    let sealed = Signer::ec("ec").named("k3");
    let shared = Signer::secret(b"secret-secret-secret-secret-secret").named("k4");
    for (name, signer) in [
        ("no kid, where there are several keys", &Signer::rsa("rsa")),
        ("kid of another key", &second.named("k1")),
        ("kid unknown", &signer.named("k9")),
        ("kid in other letters", &signer.named("K1")),
        ("kid of a key that is not for signatures", &sealed),
        ("kid of a secret in the set", &shared),
    ] {
        tokens.push((name.into(), signer.token(&claims("u1"))));
    }
    table.refuse_all(&server, &tokens).await;
    for good in [signer, second] {
        is_good(&server, &good.token(&claims("u1"))).await;
    }
}

async fn is_good(server: &Running, token: &str) {
    let answer = send(call(server, token)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// What somebody with a good token may not do either.
async fn requests(
    table: &mut Table,
    server: &Running,
    auth: &Arc<Auth>,
    sign: impl Fn(&str) -> String,
) {
    let (ann, bob) = (sign("ann"), sign("bob"));
    let session = opened(server, &ann).await;
    elsewhere(table, server, &session).await;
    strangers(table, server, &session, &bob).await;
    powers(table, server, &bob).await;
    links(table, server, auth).await;
    headers(table, server, &ann).await;
    for (name, token, refusal) in [
        (
            "another user's token for one's own",
            bob.as_str(),
            OTHER_USER,
        ),
        ("a bad token for one's own", "x", UNAUTHORIZED),
    ] {
        let replace = client().post(server.url("/api/token")).bearer_auth(&ann);
        let replace = replace.json(&json!({ "token": token }));
        table.refused(name, replace, refusal).await;
    }
    revoked(table, server, &ann).await;
    bytes(table, server).await;
}

async fn headers(table: &mut Table, server: &Running, good: &str) {
    for (name, header) in [
        ("Bearer empty", "Bearer "),
        ("Bearer alone", "Bearer"),
        ("Bearer twice", "Bearer Bearer x"),
        ("another scheme", "Basic YWRtaW46YWRtaW4="),
    ] {
        let request = client().get(server.url("/api/sessions"));
        let request = request.header("authorization", header);
        table.refused(name, request, UNAUTHORIZED).await;
    }
    let both = call(server, "x").header("cookie", format!("statechat={good}"));
    table
        .refused("a bad token beside a good cookie", both, UNAUTHORIZED)
        .await;
}

/// What no client of ours would send.
async fn bytes(table: &mut Table, server: &Running) {
    let huge = "A".repeat(100_000).into_bytes();
    for (name, token) in [
        ("a token of 100 kB", huge.as_slice()),
        ("a token that is not UTF-8", b"\xff\xfe"),
    ] {
        let head =
            b"GET /api/sessions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ";
        let request = [head, token, b"\r\n\r\n"].concat();
        let answer = raw(server.address, &request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "401" | "431"), "{name}: {answer}");
        table.note(name, status);
    }
}

async fn opened(server: &Running, token: &str) -> Opened {
    let start = client()
        .post(server.url("/api/sessions"))
        .bearer_auth(token);
    let answer = send(start.json(&json!({ "bot": "stock" }))).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Opened {
        address: server.address,
        id: answer.json()["id"].as_str().unwrap().into(),
        token: token.into(),
    }
}

/// A browser sends the cookie, and says for whose page.
async fn elsewhere(table: &mut Table, server: &Running, session: &Opened) {
    let cookie = format!("statechat={}", session.token);
    let post = |origin: &str| {
        let path = format!("{}/messages", session.path());
        let post = client()
            .post(server.url(&path))
            .json(&json!({ "text": "hi" }));
        post.header("cookie", &cookie).header("origin", origin)
    };
    let own = format!("http://{}", server.address);
    let port = format!("http://{}1", server.address);
    for (name, origin) in [
        ("a cookie from another origin", "https://evil.example.org"),
        ("a cookie from a page without an origin", "null"),
        ("a cookie from an empty origin", ""),
        ("a cookie from another port", port.as_str()),
        (
            "a cookie from a name that begins like ours",
            &format!("{own}.evil.example.org"),
        ),
    ] {
        table.refused(name, post(origin), FORBIDDEN_ORIGIN).await;
    }
    let renewed = client()
        .post(server.url("/api/token"))
        .header("cookie", &cookie);
    let renewed = renewed.header("origin", "https://evil.example.org");
    table
        .refused("a renewal from another origin", renewed, FORBIDDEN_ORIGIN)
        .await;
    let erased = client()
        .delete(server.url(&session.path()))
        .header("cookie", &cookie);
    let erased = erased.header("origin", "https://evil.example.org");
    table
        .refused("an erasure from another origin", erased, FORBIDDEN_ORIGIN)
        .await;
    assert_eq!(send(post(&own)).await.status, 202);
    // By an explicit token from elsewhere nobody is made somebody in this browser.
    let planted = client().post(server.url(&format!("/api/token?{}", in_address(&session.token))));
    let planted = send(planted.header("origin", "https://evil.example.org")).await;
    assert!(!planted.headers.contains_key("set-cookie"));
}

/// Whose session it is not, for them it is not there.
async fn strangers(table: &mut Table, server: &Running, session: &Opened, stranger: &str) {
    let mut bodies = Vec::new();
    for (name, id) in [
        ("another's session", session.id.as_str()),
        ("no session", "0000000000000000000000"),
        ("a session's id that climbs", "..%2f..%2fetc%2fpasswd"),
        ("a session's id with a null character", "a%00"),
        ("a session's id that is too long", &"a".repeat(500)),
    ] {
        let path = format!("/api/sessions/{id}");
        let at = |method: Method, path: &str| {
            client()
                .request(method, server.url(path))
                .bearer_auth(stranger)
        };
        let post = at(Method::POST, &format!("{path}/messages")).json(&json!({ "text": "hi" }));
        let all = [
            at(Method::GET, &path),
            at(Method::GET, &format!("{path}/transcript")),
            at(Method::GET, &format!("/api/events?session={id}")),
            at(Method::DELETE, &path),
            post,
        ];
        for request in all {
            bodies.push(table.refused(name, request, NO_SESSION).await);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "nobody learns what exists");
}

async fn powers(table: &mut Table, server: &Running, user: &str) {
    let agent = token(&identity("agent", Role::Agent));
    let admin = token(&identity("admin", Role::Admin));
    let revoke = |token: &str, user: &str| {
        let url = server.url(&format!("/api/tokens/{user}"));
        client().delete(url).bearer_auth(token)
    };
    table
        .refused("a user revokes", revoke(user, "ann"), FORBIDDEN)
        .await;
    table
        .refused("an agent revokes", revoke(&agent, "ann"), FORBIDDEN)
        .await;
    for (name, user) in [
        ("an administrator revokes a path", "..%2f..%2fetc"),
        ("an administrator revokes what is not text", "%ff%fe"),
        ("an administrator revokes two lines", "a%0d%0ab"),
    ] {
        table.refused(name, revoke(&admin, user), INVALID).await;
    }
    let nobody = client().delete(server.url("/api/tokens/ann"));
    table.refused("nobody revokes", nobody, UNAUTHORIZED).await;
}

async fn links(table: &mut Table, server: &Running, auth: &Auth) {
    let redeem = |code: &str| {
        let post = client().post(server.url("/api/token"));
        post.json(&json!({ "code": code }))
    };
    let now = Timestamp::now();
    let code = auth.issue_link(now).unwrap();
    let elsewhere = redeem(&code).header("origin", "https://evil.example.org");
    table
        .refused("a link from another origin", elsewhere, FORBIDDEN_ORIGIN)
        .await;
    table
        .refused(
            "a link that is made up",
            redeem("0000000000000000000000"),
            UNAUTHORIZED,
        )
        .await;
    table
        .refused("a link that is empty", redeem(""), UNAUTHORIZED)
        .await;
    let answer = send(redeem(&code)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["role"], "admin");
    table
        .refused("a link for a second time", redeem(&code), UNAUTHORIZED)
        .await;
    let old = auth
        .issue_link(now - LINK_LIFETIME - Duration::from_secs(1))
        .unwrap();
    table
        .refused("a link that is too old", redeem(&old), UNAUTHORIZED)
        .await;
}

async fn revoked(table: &mut Table, server: &Running, token: &str) {
    let admin = crate::server::token(&identity("root", Role::Admin));
    let before = send(call(server, token)).await;
    assert_eq!(before.status, 200);
    let revoke = client()
        .delete(server.url("/api/tokens/ann"))
        .bearer_auth(admin);
    assert_eq!(send(revoke).await.status, 204);
    table
        .refused("revoked", call(server, token), UNAUTHORIZED)
        .await;
    let renew = client().post(server.url("/api/token")).bearer_auth(token);
    table
        .refused("renewed after it was revoked", renew, UNAUTHORIZED)
        .await;
}
