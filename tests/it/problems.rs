//! Every refusal: what it is called, and that nothing happened.

use reqwest::Method;
use serde_json::json;

use crate::server::{Opened, Running, client, raw, send};

async fn refused(session: &Opened, body: &'static str, status: u16, code: &str) -> String {
    let path = format!("{}/messages", session.path());
    let answer = send(session.request(Method::POST, &path).body(body)).await;
    answer.is_problem(status, code)["detail"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_message_that_cannot_be_one_is_refused() {
    let server = Running::start(&[]);
    let session = server.open().await;
    for body in ["", "{", "nonsense", "{\"text\":\"a\"", "\u{feff}{}"] {
        refused(&session, body, 400, "bad_json").await;
    }
    for body in [
        "{}",
        "[]",
        "\"text\"",
        r#"{"choose":"LSE","text":"lse"}"#,
        r#"{"text":"a","text":"b"}"#,
        r#"{"choose":1}"#,
        r#"{"text":null}"#,
        r#"{"text":"a","more":1}"#,
        r#"{"text":""}"#,
        r#"{"text":" \t\n\u2028 "}"#,
        r#"{"text":"\u3164\u2800\uffa0\u115f\u1160"}"#,
        r#"{"text":"\u202a\u202e \u2066\u2069\u061c"}"#,
        r#"{"text":"a","clientId":""}"#,
        r#"{"text":"a","clientId":7}"#,
        r#"{"text":"a","clientId":"a b"}"#,
        r#"{"text":"a","clientId":"a\r\nid: 5"}"#,
    ] {
        refused(&session, body, 422, "invalid").await;
    }
    assert_eq!(session.records().await.len(), 1, "nothing happened");
}

#[tokio::test]
async fn what_is_not_listed_cannot_be_chosen_and_what_is_is_said() {
    let server = Running::start(&[]);
    let session = server.open().await;
    for id in ["GSK", "help", "lse", "1", "", "../x"] {
        let problem = session
            .post(json!({ "choose": id }))
            .await
            .is_problem(409, "not_offered");
        let offered: Vec<_> = problem["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| &o["id"])
            .collect();
        assert_eq!(offered, ["LSE", "NYSE", "NASDAQ"], "{id:?}");
    }
    assert_eq!(session.records().await.len(), 1, "nothing happened");
}

#[tokio::test]
async fn sessions_are_their_owners_alone() {
    let server = Running::start(&[]);
    let (own, other) = (server.open().await, server.open().await);
    let strange = Opened {
        id: other.id.clone(),
        ..own.clone()
    };
    let missing = Opened {
        id: "0".repeat(32),
        ..own.clone()
    };
    let traversal = Opened {
        id: "..%2f..%2fetc%2fpasswd".into(),
        ..own.clone()
    };
    let mut bodies = Vec::new();
    for session in [&strange, &missing, &traversal] {
        let events = session
            .get(&format!("/api/events?session={}", session.id))
            .await;
        let erased = send(session.request(Method::DELETE, &session.path())).await;
        let answers = [
            session.get(&session.path()).await,
            session.get(&format!("{}/transcript", session.path())).await,
            session.post(json!({ "text": "hi" })).await,
            events,
            erased,
        ];
        for answer in &answers {
            answer.is_problem(404, "no_session");
        }
        bodies.push(answers.map(|answer| answer.body));
    }
    assert!(
        bodies.iter().all(|body| *body == bodies[0]),
        "nobody learns what exists"
    );
    assert_eq!(other.records().await.len(), 1);
}

#[tokio::test]
async fn every_call_needs_a_valid_token() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let (signed, signature) = session.token.rsplit_once('.').unwrap();
    // The claims of somebody else, under the same signature.
    let other = signed.replace('.', ".e");
    let bad = [
        String::new(),
        "x".into(),
        "..".into(),
        signed.to_owned(),
        format!("{signed}."),
        format!("{other}.{signature}"),
        format!("{}x", session.token),
        session.token.to_uppercase(),
        "x".repeat(4_000),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.".into(),
    ];
    let paths = [
        "/api/sessions".to_owned(),
        session.path(),
        format!("{}/transcript", session.path()),
        format!("/api/events?session={}", session.id),
    ];
    for path in &paths {
        server.get(path).await.is_problem(401, "unauthorized");
        for token in &bad {
            let request = client()
                .get(server.url(path))
                .header("authorization", format!("Bearer {token}"));
            send(request).await.is_problem(401, "unauthorized");
        }
    }
    let both = format!("statechat={}; statechat={}", bad[1], session.token);
    let both = client().get(server.url(&paths[1])).header("cookie", both);
    assert_eq!(
        send(both).await.status,
        200,
        "a cookie from before may still be there"
    );
    for token in &bad[1..] {
        let cookie = client()
            .get(server.url(&paths[1]))
            .header("cookie", format!("statechat={token}"));
        send(cookie).await.is_problem(401, "unauthorized");
    }
    let request = client().post(server.url(&format!("{}/messages", session.path())));
    send(request.json(&json!({ "text": "hi" })))
        .await
        .is_problem(401, "unauthorized");
    assert_eq!(session.records().await.len(), 1);
}

#[tokio::test]
async fn a_token_comes_by_header_cookie_or_address() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let url = server.url(&session.path());
    let token = &session.token;
    for request in [
        client()
            .get(&url)
            .header("authorization", format!("bearer {token}")),
        client()
            .get(&url)
            .header("cookie", format!("a=b; statechat={token}; c=d")),
        client().get(format!("{url}?token={token}")),
    ] {
        assert_eq!(send(request).await.status, 200);
    }
}

#[tokio::test]
async fn a_session_is_added_to_the_user_of_the_credential() {
    let server = Running::start(&[]);
    let first = server.open().await;
    let start = json!({ "bot": "stock" });
    let url = server.url("/api/sessions");
    let second = send(client().post(&url).bearer_auth(&first.token).json(&start)).await;
    assert_eq!(second.status, 201);
    let cookie = second.headers["set-cookie"].to_str().unwrap().to_owned();
    for part in ["statechat=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "plain http would never send it back"
    );
    let own = first.get("/api/sessions").await.json();
    let ids: Vec<_> = own["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["id"].clone())
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&second.json()["id"]));

    // A header is sent on purpose: a bad one is an error. A cookie may be left from before: it makes a guest.
    let bad = client().post(&url).bearer_auth("nonsense").json(&start);
    send(bad).await.is_problem(401, "unauthorized");
    let stale = client()
        .post(&url)
        .header("cookie", "statechat=nonsense")
        .json(&start);
    assert_eq!(send(stale).await.status, 201);
}

#[tokio::test]
async fn another_sites_page_cannot_use_the_cookie() {
    let flags = ["--cors-origin", "https://friend.example"];
    let server = Running::start(&flags);
    let session = server.open().await;
    let url = server.url(&format!("{}/messages", session.path()));
    let by_cookie = |origin: &str| {
        let cookie = format!("statechat={}", session.token);
        let request = client()
            .post(&url)
            .header("cookie", cookie)
            .header("origin", origin);
        request.json(&json!({ "text": "hello" }))
    };
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://friend.example.evil.example",
    ] {
        send(by_cookie(origin))
            .await
            .is_problem(403, "forbidden_origin");
        let start = client()
            .post(server.url("/api/sessions"))
            .header("origin", origin);
        send(start.json(&json!({ "bot": "stock" })))
            .await
            .is_problem(403, "forbidden_origin");
    }
    assert_eq!(session.records().await.len(), 1);
    let own = format!("http://{}", server.address);
    assert_eq!(send(by_cookie(&own)).await.status, 202);
    let friend = send(by_cookie("https://friend.example")).await;
    assert_eq!(friend.status, 202);
    assert_eq!(
        friend.headers["access-control-allow-origin"],
        "https://friend.example"
    );
    assert_eq!(friend.headers["access-control-allow-credentials"], "true");
    let preflight = client()
        .request(Method::OPTIONS, &url)
        .header("origin", "https://friend.example")
        .header("access-control-request-method", "POST");
    let preflight = send(preflight).await;
    assert_eq!(preflight.status, 204);
    assert!(
        preflight.headers["access-control-allow-headers"]
            .to_str()
            .unwrap()
            .contains("authorization")
    );
}

#[tokio::test]
async fn starting_a_session_is_checked() {
    let server = Running::start(&[]);
    let url = server.url("/api/sessions");
    for (body, status, code) in [
        ("", 400, "bad_json"),
        ("{}", 422, "invalid"),
        (r#"{"bot":7}"#, 422, "invalid"),
        (r#"{"bot":"stock","more":1}"#, 422, "invalid"),
        (r#"{"bot":"stock","clientId":"a b"}"#, 422, "invalid"),
        (r#"{"bot":"nobody"}"#, 422, "no_bot"),
    ] {
        send(client().post(&url).body(body))
            .await
            .is_problem(status, code);
    }
}

#[tokio::test]
async fn a_list_is_not_taken_for_an_object() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let in_session = |rest: &str| format!("{}/{rest}", session.path());
    for (method, path, body, sent) in [
        (
            Method::POST,
            "/api/sessions".to_owned(),
            r#"["stock",null]"#,
            "send {\"bot\": NAME}",
        ),
        (
            Method::PUT,
            in_session("receipts"),
            " [1,1]",
            "\"delivered\": SEQ",
        ),
        (Method::POST, in_session("typing"), "[true]", "isTyping"),
        (
            Method::POST,
            in_session("participants"),
            "[[\"ben\"]]",
            "USER",
        ),
        (
            Method::POST,
            "/api/token".to_owned(),
            "[null,null]",
            "TOKEN",
        ),
        (Method::POST, in_session("messages"), "[]", "exactly one of"),
    ] {
        let answer = send(session.request(method, &path).body(body)).await;
        let problem = answer.is_problem(422, "invalid");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(sent), "{path}: {detail}");
    }
    let broken = session
        .request(Method::POST, "/api/sessions")
        .body("[\"stock\",");
    send(broken).await.is_problem(400, "bad_json");
}

#[tokio::test]
async fn what_is_escaped_in_a_path_means_the_same() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let (first, rest) = session.id.split_at(1);
    let escaped = Opened {
        id: format!("%{:02x}{rest}", first.as_bytes()[0]),
        ..session.clone()
    };
    escaped.say("hello").await;
    assert_eq!(escaped.records().await, session.records().await);
    assert_eq!(session.get(&escaped.path()).await.status, 200);
    let machine = server.get("/api/bots/%73tock/machine").await;
    assert_eq!(machine.status, 200);
    // Once only, and whatever it is not text.
    for id in [
        format!("%25{:02x}{rest}", first.as_bytes()[0]),
        "%ff".into(),
    ] {
        let path = format!("/api/sessions/{id}");
        session.get(&path).await.is_problem(404, "no_session");
    }
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_there() {
    let server = Running::start(&[]);
    let session = server.open().await;
    for path in [
        "/nothing",
        "/api",
        "/api/nothing",
        "/api/bots/nobody/machine/x",
        "/../Cargo.toml",
        "/view",
    ] {
        server.get(path).await.is_problem(404, "not_found");
    }
    server
        .get("/api/bots/nobody/machine")
        .await
        .is_problem(404, "no_bot");
    session.get("/api/events").await.is_problem(422, "invalid");
    session
        .get("/api/events?topics=prices")
        .await
        .is_problem(422, "invalid");
    let follow = format!("/api/events?session={}&last=x", session.id);
    session.get(&follow).await.is_problem(422, "invalid");
    for (method, path, allow) in [
        (Method::PUT, "/api/sessions".to_owned(), "GET, HEAD, POST"),
        (Method::POST, session.path(), "GET, HEAD, DELETE"),
        (Method::GET, format!("{}/messages", session.path()), "POST"),
        (
            Method::DELETE,
            format!("{}/transcript", session.path()),
            "GET, HEAD",
        ),
        (Method::POST, "/api/events".to_owned(), "GET"),
        (Method::POST, "/api/bots".to_owned(), "GET, HEAD"),
        (Method::POST, "/".to_owned(), "GET, HEAD"),
        (Method::DELETE, "/api/health".to_owned(), "GET, HEAD"),
        (Method::POST, "/livez".to_owned(), "GET, HEAD"),
    ] {
        let answer = send(session.request(method.clone(), &path)).await;
        answer.is_problem(405, "method_not_allowed");
        assert_eq!(answer.headers["allow"], allow, "{method} {path}");
    }
}

#[tokio::test]
async fn answers_are_guarded_by_headers() {
    let server = Running::start(&[]);
    for path in ["/", "/app.js", "/api/health", "/nothing"] {
        let answer = server.get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    for path in ["/", "/app.js"] {
        let answer = server.get(path).await;
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["x-frame-options"], "DENY");
    }
    let page = server.get("/").await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(
        !page.body.contains("<script>") && !page.body.contains("style="),
        "nothing inline"
    );
    let tag = page.headers["etag"].clone();
    let again = send(client().get(server.url("/")).header("if-none-match", tag)).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn a_base_path_holds_for_everything() {
    let server = Running::start(&["--base-path", "/chat"]);
    let page = send(client().get(server.url("/chat"))).await;
    assert_eq!(page.status, 200);
    let moved = raw(
        server.address,
        b"GET /chat?session=x HTTP/1.0\r\nhost: x\r\n\r\n",
    )
    .await;
    assert!(moved.contains("location: /chat/?session=x\r\n"), "{moved}");
    assert!(page.body.contains("<html"));
    server.get("/").await.is_problem(404, "not_found");
    server.get("/chatter").await.is_problem(404, "not_found");
    let start = client()
        .post(server.url("/chat/api/sessions"))
        .json(&json!({ "bot": "stock" }));
    let started = send(start).await;
    assert_eq!(started.status, 201);
    assert!(
        started.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Path=/chat/")
    );
    assert!(
        started.json()["events"]
            .as_str()
            .unwrap()
            .starts_with("/chat/api/events?session=")
    );
}

#[tokio::test]
async fn what_is_no_path_is_not_found() {
    let server = Running::start(&[]);
    for request in [
        "CONNECT x:1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    ] {
        let answer = raw(server.address, request.as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.1 404"),
            "{request:?}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn what_is_personal_is_not_kept_in_caches() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let transcript = session.get(&format!("{}/transcript", session.path())).await;
    assert_eq!(transcript.headers["cache-control"], "no-store");
    assert_eq!(transcript.headers["vary"], "accept");
    let refused = server.get(&session.path()).await;
    assert_eq!(refused.headers["cache-control"], "no-store");
    assert_eq!(refused.headers["www-authenticate"], "Bearer");
}
