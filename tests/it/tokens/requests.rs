//! Every bad token, by every way to send one, and requests that somebody else's token does not open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use statechat::auth::{Auth, LINK_LIFETIME, Outside};
use statechat::identity::Role;

use super::bad::{self, Bad};
use super::signer::Signer;
use super::{call, claims, expected, jwt_server, key, server};
use crate::folder::Folder;
use crate::server::{KEY, Opened, Running, client, identity, raw, send, token};

/// What was tried, in which mode, and how it was refused.
#[derive(Default)]
struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    async fn refused(
        &mut self,
        mode: &str,
        name: &str,
        request: RequestBuilder,
        status: u16,
        code: &str,
    ) -> String {
        let answer = send(request).await;
        assert_eq!(answer.status, status, "{mode}: {name}: {}", answer.body);
        answer.is_problem(status, code);
        let row = self.0.entry(name.to_owned()).or_default();
        row.push(format!("{mode}: {status} {code}"));
        answer.body
    }

    /// Each by header, by cookie and in the address.
    async fn refuse_all(&mut self, mode: &str, server: &Running, tokens: &[Bad]) {
        let mut bodies = Vec::new();
        for (name, token) in tokens {
            bodies.push(
                self.refused(mode, name, call(server, token), 401, "unauthorized")
                    .await,
            );
            let path = server.url("/api/sessions");
            let ways = [
                client()
                    .get(&path)
                    .header("cookie", format!("statechat={token}")),
                client().get(format!("{path}?{}", in_address(token))),
                client().post(server.url("/api/token")).bearer_auth(token),
                client()
                    .get(server.url("/api/events?topics=notifications"))
                    .bearer_auth(token),
            ];
            for way in ways {
                let answer = send(way).await;
                assert_eq!(answer.status, 401, "{mode}: {name}: {}", answer.body);
            }
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "whoever tries learns nothing: {bodies:?}");
    }

    fn told(&self) -> String {
        let rows = self.0.iter();
        let rows = rows.map(|(name, modes)| format!("{name}\n    {}\n", modes.join("\n    ")));
        rows.collect()
    }
}

#[tokio::test]
async fn no_bad_token_and_no_bad_request_gets_in() {
    let mut table = Table::default();
    for (mode, public, signer, other) in [
        (
            "RS256",
            "rsa.public",
            Signer::rsa("rsa"),
            Signer::rsa("rsa-other"),
        ),
        (
            "ES256",
            "ec.public",
            Signer::ec("ec"),
            Signer::ec("ec-other"),
        ),
        (
            "EdDSA",
            "ed.public",
            Signer::ed("ed"),
            Signer::ed("ed-other"),
        ),
    ] {
        let outside = Outside::public_key(&key(public), &expected()).unwrap();
        let (server, auth) = jwt_server(&[], outside);
        let mut tokens = bad::tokens(&signer, &other, public);
        tokens.extend(bad::own());
        tokens.push(bad::of_a_guest());
        table.refuse_all(mode, &server, &tokens).await;
        // What all of them were made from is good.
        assert_eq!(
            send(call(&server, &signer.token(&claims("u1"))))
                .await
                .status,
            200
        );
        requests(&mut table, mode, &server, &auth, |user| {
            signer.token(&claims(user))
        })
        .await;
    }
    set(&mut table).await;
    let (server, auth) = server(&[], Auth::guest(&KEY));
    let signer = Signer::ed("ed");
    let mut tokens = bad::tokens(&signer, &Signer::ed("ed-other"), "ed.public");
    tokens.extend(bad::own());
    tokens.push(("a good one of others".into(), signer.token(&claims("u1"))));
    table.refuse_all("guest", &server, &tokens).await;
    requests(&mut table, "guest", &server, &auth, |user| {
        token(&identity(user, Role::User))
    })
    .await;

    let count = table.0.len();
    println!("{count} bad tokens and requests, all refused");
    assert!(count >= 45, "only {count}");
    insta::assert_snapshot!("refused", table.told());
}

/// The same where keys have names.
async fn set(table: &mut Table) {
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
    let outside = Outside::key_file(&path, &expected(), statechat::auth::Pace::FILE).await;
    let (server, _) = jwt_server(&[], outside.unwrap());
    let other = Signer::rsa("rsa-other").named("k1");
    let mut tokens = bad::tokens(&signer, &other, "rsa.public");
    tokens.extend(bad::own());
    for (name, token) in [
        (
            "no kid, where there are several keys",
            Signer::rsa("rsa").token(&claims("u1")),
        ),
        (
            "kid of another key",
            second.named("k1").token(&claims("u1")),
        ),
        ("kid unknown", signer.named("k9").token(&claims("u1"))),
        (
            "kid in other letters",
            signer.named("K1").token(&claims("u1")),
        ),
        (
            "kid of a key that is not for signatures",
            Signer::ec("ec").named("k3").token(&claims("u1")),
        ),
        (
            "kid of a secret in the set",
            Signer::secret(b"secret-secret-secret-secret-secret")
                .named("k4")
                .token(&claims("u1")),
        ),
    ] {
        tokens.push((name.into(), token));
    }
    table.refuse_all("key set", &server, &tokens).await;
    for good in [signer, second] {
        assert_eq!(
            send(call(&server, &good.token(&claims("u1")))).await.status,
            200
        );
    }
}

/// What somebody with a good token may not do either.
async fn requests(
    table: &mut Table,
    mode: &str,
    server: &Running,
    auth: &Arc<Auth>,
    sign: impl Fn(&str) -> String,
) {
    let (ann, bob) = (sign("ann"), sign("bob"));
    let session = opened(server, &ann).await;
    elsewhere(table, mode, server, &session).await;
    strangers(table, mode, server, &session, &bob).await;
    powers(table, mode, server, &bob).await;
    links(table, mode, server, auth).await;
    for (name, header) in [
        ("Bearer empty", "Bearer "),
        ("Bearer alone", "Bearer"),
        ("Bearer twice", "Bearer Bearer x"),
        ("another scheme", "Basic YWRtaW46YWRtaW4="),
    ] {
        let request = client()
            .get(server.url("/api/sessions"))
            .header("authorization", header);
        table
            .refused(mode, name, request, 401, "unauthorized")
            .await;
    }
    let cookie = format!("statechat={ann}");
    let both = call(server, "x").header("cookie", &cookie);
    table
        .refused(
            mode,
            "a bad token beside a good cookie",
            both,
            401,
            "unauthorized",
        )
        .await;
    let replace = client().post(server.url("/api/token")).bearer_auth(&ann);
    let replace = replace.json(&json!({ "token": bob }));
    table
        .refused(
            mode,
            "another user's token for one's own",
            replace,
            403,
            "other_user",
        )
        .await;
    let replace = client().post(server.url("/api/token")).bearer_auth(&ann);
    let replace = replace.json(&json!({ "token": "x" }));
    table
        .refused(
            mode,
            "a bad token for one's own",
            replace,
            401,
            "unauthorized",
        )
        .await;
    revoked(table, mode, server, &ann).await;
    // What no client of ours would send.
    for (name, head) in [
        ("a token of 100 kB", format!("GET /api/sessions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nconnection: close\r\n\r\n", "A".repeat(100_000))),
        ("a token that is not text", "GET /api/sessions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \u{ff}\u{fe}\r\nconnection: close\r\n\r\n".into()),
    ] {
        let answer = raw(server.address, head.as_bytes()).await;
        let status: Vec<_> = answer.split(' ').take(2).collect();
        assert!(matches!(status[..], ["HTTP/1.1", "401" | "431"]), "{name}: {answer}");
        table.0.entry(name.into()).or_default().push(format!("{mode}: {}", status[1]));
    }
}

fn in_address(token: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("token", token).finish()
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
async fn elsewhere(table: &mut Table, mode: &str, server: &Running, session: &Opened) {
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
        table
            .refused(mode, name, post(origin), 403, "forbidden_origin")
            .await;
    }
    let renewed = client()
        .post(server.url("/api/token"))
        .header("cookie", &cookie);
    let renewed = renewed.header("origin", "https://evil.example.org");
    table
        .refused(
            mode,
            "a renewal from another origin",
            renewed,
            403,
            "forbidden_origin",
        )
        .await;
    let erased = client()
        .delete(server.url(&session.path()))
        .header("cookie", &cookie);
    let erased = erased.header("origin", "https://evil.example.org");
    table
        .refused(
            mode,
            "an erasure from another origin",
            erased,
            403,
            "forbidden_origin",
        )
        .await;
    assert_eq!(send(post(&own)).await.status, 202);
    // By an explicit token from elsewhere nobody is made somebody in this browser.
    let planted = client().post(server.url(&format!("/api/token?{}", in_address(&session.token))));
    let planted = send(planted.header("origin", "https://evil.example.org")).await;
    assert!(!planted.headers.contains_key("set-cookie"), "{mode}");
}

/// Whose session it is not, for them it is not there.
async fn strangers(
    table: &mut Table,
    mode: &str,
    server: &Running,
    session: &Opened,
    stranger: &str,
) {
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
            bodies.push(table.refused(mode, name, request, 404, "no_session").await);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "nobody learns what exists");
}

async fn powers(table: &mut Table, mode: &str, server: &Running, user: &str) {
    let agent = token(&identity("agent", Role::Agent));
    let admin = token(&identity("admin", Role::Admin));
    let revoke = |token: &str, user: &str| {
        let url = server.url(&format!("/api/tokens/{user}"));
        client().delete(url).bearer_auth(token)
    };
    table
        .refused(
            mode,
            "a user revokes",
            revoke(user, "ann"),
            403,
            "forbidden",
        )
        .await;
    table
        .refused(
            mode,
            "an agent revokes",
            revoke(&agent, "ann"),
            403,
            "forbidden",
        )
        .await;
    for (name, user) in [
        ("an administrator revokes a path", "..%2f..%2fetc"),
        ("an administrator revokes what is not text", "%ff%fe"),
        ("an administrator revokes two lines", "a%0d%0ab"),
    ] {
        table
            .refused(mode, name, revoke(&admin, user), 422, "invalid")
            .await;
    }
    let nobody = client().delete(server.url("/api/tokens/ann"));
    table
        .refused(mode, "nobody revokes", nobody, 401, "unauthorized")
        .await;
}

async fn links(table: &mut Table, mode: &str, server: &Running, auth: &Auth) {
    let redeem = |code: &str| {
        let post = client().post(server.url("/api/token"));
        post.json(&json!({ "code": code }))
    };
    let now = Timestamp::now();
    let code = auth.issue_link(now).unwrap();
    let elsewhere = redeem(&code).header("origin", "https://evil.example.org");
    table
        .refused(
            mode,
            "a link from another origin",
            elsewhere,
            403,
            "forbidden_origin",
        )
        .await;
    table
        .refused(
            mode,
            "a link that is made up",
            redeem("0000000000000000000000"),
            401,
            "unauthorized",
        )
        .await;
    table
        .refused(
            mode,
            "a link that is empty",
            redeem(""),
            401,
            "unauthorized",
        )
        .await;
    let answer = send(redeem(&code)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["role"], "admin");
    table
        .refused(
            mode,
            "a link for a second time",
            redeem(&code),
            401,
            "unauthorized",
        )
        .await;
    let old = auth
        .issue_link(now - LINK_LIFETIME - Duration::from_secs(1))
        .unwrap();
    table
        .refused(
            mode,
            "a link that is too old",
            redeem(&old),
            401,
            "unauthorized",
        )
        .await;
}

async fn revoked(table: &mut Table, mode: &str, server: &Running, token: &str) {
    let admin = crate::server::token(&identity("root", Role::Admin));
    let before = send(call(server, token)).await;
    assert_eq!(before.status, 200);
    let revoke = client()
        .delete(server.url("/api/tokens/ann"))
        .bearer_auth(admin);
    assert_eq!(send(revoke).await.status, 204);
    table
        .refused(mode, "revoked", call(server, token), 401, "unauthorized")
        .await;
    let renew = client().post(server.url("/api/token")).bearer_auth(token);
    table
        .refused(
            mode,
            "renewed after it was revoked",
            renew,
            401,
            "unauthorized",
        )
        .await;
}
