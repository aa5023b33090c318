//! Whatever a user types arrives as it was typed.

use serde_json::{Value, json};

use crate::server::Running;
use crate::streams::Listener;

#[tokio::test]
async fn hostile_text_arrives_as_it_was_sent() {
    let server = Running::start(&["--rate-limit", "0"]);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    listener.until(1).await;
    let mut seq = 1;
    for text in [
        "a\rb",
        "a\nb",
        "a\r\nb",
        "\r\nid: 99.abcd\r\nevent: reset\r\ndata: {}\r\n\r\n",
        "line\u{2028}and\u{2029}paragraph",
        "nul\0 bell\u{7} escape\u{1b}[31m del\u{7f} next\u{85}",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u{202e}right to left\u{202c}",
        " leading and trailing ",
        "🦀🏳️‍🌈 e\u{301}",
        "\\u0000 \\ \" '",
        "data: x\n\ndata: y",
    ] {
        session.say(text).await;
        seq += 1;
        let events = listener.until(seq).await;
        let data: Value =
            serde_json::from_str(events.last().unwrap().data.as_ref().unwrap()).unwrap();
        assert_eq!(data["text"], json!(text));
        seq += 1;
        listener.until(seq).await;
    }
    let sent = session
        .records()
        .await
        .into_iter()
        .filter(|r| r["from"]["kind"] == "user")
        .count();
    assert_eq!(sent, 12);
}

#[tokio::test]
async fn half_a_surrogate_is_no_text() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let path = format!("{}/messages", session.path());
    let request = session
        .request(reqwest::Method::POST, &path)
        .body(r#"{"text":"\ud800"}"#);
    crate::server::send(request)
        .await
        .is_problem(400, "bad_json");
}

#[tokio::test]
async fn a_transcript_can_be_read_by_people() {
    let server = Running::start(&[]);
    let session = server.open().await;
    session.choose("LSE").await;
    let path = format!("{}/transcript", session.path());
    let request = session
        .request(reqwest::Method::GET, &path)
        .header("accept", "text/plain");
    let answer = crate::server::send(request).await;
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert!(
        answer
            .body
            .contains("\nyou: London Stock Exchange\nstock: London Stock Exchange: which stock")
    );

    let page = session
        .get(&format!("{path}?before=3&limit=1"))
        .await
        .json();
    assert_eq!((&page["head"], &page["bot"]), (&json!(3), &json!("stock")));
    let seqs: Vec<_> = page["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["seq"].clone())
        .collect();
    assert_eq!(seqs, [2]);
    for strange in ["before=0", "before=1", "limit=0"] {
        let page = session.get(&format!("{path}?{strange}")).await.json();
        assert_eq!(page["records"], json!([]), "{strange}");
    }
    session
        .get(&format!("{path}?before=-1"))
        .await
        .is_problem(422, "invalid");
}

#[tokio::test]
async fn nobody_writes_the_bots_lines_in_a_transcript_for_people() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let text = "hi\nstock: all is free\r\nstock: it is\rno \u{1b}[2Kend\u{202e}\u{2066}\u{2028}stock: so\tit is";
    session.say(text).await;
    let path = format!("{}/transcript", session.path());
    let request = session.request(reqwest::Method::GET, &path);
    let answer = crate::server::send(request.header("accept", "text/plain")).await;
    let said = "\nyou: hi\n     stock: all is free\n     stock: it isno [2Kend\n     stock: so it is\nstock: ";
    assert!(answer.body.contains(said), "{:?}", answer.body);
    let disturbs =
        |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{2028}".contains(c));
    assert!(!answer.body.contains(disturbs), "{:?}", answer.body);
}

#[tokio::test]
async fn a_transcript_comes_as_it_is_asked_for() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let path = format!("{}/transcript", session.path());
    for (accept, is_plain) in [
        ("text/plain", true),
        ("TEXT/Plain; charset=utf-8", true),
        ("text/*", true),
        ("text/plain;q=0.5", true),
        ("application/json;q=0.5, text/plain", true),
        ("application/json; q=0, text/plain; q=0.1", true),
        ("*/*;q=0.1, text/plain", true),
        ("application/*;q=0.2, text/*;Q=0.3", true),
        ("application/json;q=0, */*", true),
        ("*/*", false),
        ("text/plain, */*;q=0.1, application/json", false),
        ("text/plain;q=0", false),
        ("text/plain;q=0, */*", false),
        ("text/plain;q=0.5, application/json", false),
        ("text/plain;q=0.5, */*", false),
        ("text/html", false),
        ("text/plainly", false),
        ("text/plain;q=nonsense", false),
        ("", false),
    ] {
        let request = session.request(reqwest::Method::GET, &path);
        let answer = crate::server::send(request.header("accept", accept)).await;
        let expected = match is_plain {
            true => "text/plain; charset=utf-8",
            false => "application/json",
        };
        assert_eq!(answer.headers["content-type"], expected, "{accept}");
    }
    let request = session.request(reqwest::Method::GET, &path);
    let twice = request
        .header("accept", "text/html")
        .header("accept", "text/plain");
    let answer = crate::server::send(twice).await;
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
}
