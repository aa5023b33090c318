//! Users with each other.

use super::*;

#[tokio::test]
async fn two_users_talk_while_the_bot_is_silent_until_it_is_addressed() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let seq = ann.say("hello ben").await;
    assert_eq!(seq, 2);
    assert_eq!(ben.say("hello, ann").await, 3);
    let records = ben.records().await;
    assert_eq!(records.len(), 3, "the bot says nothing");
    assert_eq!(records[2]["from"], json!({ "kind": "user", "id": "ben" }));
    assert!(records[2].get("state").is_none());

    // By name, or by an option, whoever says it.
    ben.say("@stock lse").await;
    let answer = ben.record(|record| record["seq"] == 5).await;
    assert_eq!(
        ben.records().await[3]["text"],
        "@stock lse",
        "as it was said"
    );
    assert_eq!(answer["from"]["kind"], "bot");
    assert_eq!(
        answer["state"],
        json!(["Conversation", "Exchange", "ChooseStock"])
    );
    ann.choose("GSK").await;
    ann.record(|record| record["data"]["code"] == "GSK").await;
}

#[tokio::test]
async fn a_session_exists_for_its_people_and_for_nobody_else() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let shown = entering(&ann, "ben", Role::User)
        .get(&ann.path())
        .await
        .json();
    assert_eq!(
        (&shown["owner"], &shown["participants"]),
        (&json!("ann"), &json!(["ben"]))
    );
    let listed = entering(&ann, "ben", Role::User)
        .get("/api/sessions")
        .await
        .json();
    assert_eq!(listed["sessions"][0]["id"], ann.id.as_str());
    assert_eq!(
        entering(&ann, "root", Role::Admin)
            .get(&ann.path())
            .await
            .status,
        200
    );

    let nowhere = Opened {
        id: "nowhere".to_owned(),
        ..entering(&ann, "eve", Role::User)
    };
    for (user, role) in [("eve", Role::User), ("agent", Role::Agent)] {
        let stranger = entering(&ann, user, role);
        let refused = stranger.get(&stranger.path()).await;
        refused.is_problem(404, "no_session");
        assert_eq!(refused.body, nowhere.get(&nowhere.path()).await.body);
        for (method, name, body) in [
            (Method::POST, "messages", json!({ "text": "hi" })),
            (Method::POST, "typing", json!({ "isTyping": true })),
            (Method::PUT, "receipts", json!({ "read": 1 })),
            (Method::POST, "presence", json!({ "state": "away" })),
            (
                Method::POST,
                "participants",
                json!({ "participants": [user] }),
            ),
            (Method::GET, "transcript", json!({})),
        ] {
            let refused = call(&stranger, method, name, body).await;
            refused.is_problem(404, "no_session");
        }
    }
    // Who only watches sees it, and says nothing in it.
    let admin = entering(&ann, "root", Role::Admin);
    let refused = admin.post(json!({ "text": "hi" })).await;
    refused.is_problem(403, "not_taking_part");
    let erased = send(entering(&ann, "ben", Role::User).request(Method::DELETE, &ann.path())).await;
    erased.is_problem(403, "not_owner");
    assert_eq!(ann.records().await.len(), 1);
}

#[tokio::test]
async fn whoever_takes_part_invites_others_up_to_a_limit() {
    let server = Running::start(&["--participants-max", "2"]);
    let ann = meeting(&server, "ann", &["ben", "ann", "ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let invited = call(
        &ben,
        Method::POST,
        "participants",
        json!({ "participants": ["cat@example.org"] }),
    )
    .await;
    assert_eq!(invited.status, 200, "{}", invited.body);
    assert_eq!(
        invited.json()["participants"],
        json!(["ben", "cat@example.org"])
    );
    let cat = entering(&ann, "cat@example.org", Role::User);
    assert_eq!(cat.get(&cat.path()).await.status, 200);
    // Who is there already is no news.
    let again = json!({ "participants": ["ben", "ann"] });
    assert_eq!(
        call(&cat, Method::POST, "participants", again).await.status,
        200
    );
    let crowded = call(
        &cat,
        Method::POST,
        "participants",
        json!({ "participants": ["dan"] }),
    )
    .await;
    crowded.is_problem(409, "crowded");
    let bad = call(
        &cat,
        Method::POST,
        "participants",
        json!({ "participants": ["../dan"] }),
    )
    .await;
    bad.is_problem(422, "invalid");
}

#[tokio::test]
async fn typing_is_told_to_the_others_and_ends_with_what_was_typed() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let (mut at_ann, mut at_ben) = (listen(&ann).await, listen(&ben).await);
    let typing = call(&ann, Method::POST, "typing", json!({ "isTyping": true })).await;
    assert_eq!(typing.status, 204, "{}", typing.body);
    let told = heard(&mut at_ben, "typing").await;
    assert_eq!(
        told,
        json!({ "from": { "kind": "user", "id": "ann" }, "isTyping": true })
    );
    // Who comes later is told as well.
    let mut late = listen(&ben).await;
    assert_eq!(heard(&mut late, "typing").await, told);
    ann.say("there").await;
    assert_eq!(heard(&mut at_ben, "typing").await["isTyping"], false);
    let names = names_until(&mut at_ann, "there").await;
    assert!(
        !names.contains(&"typing".to_owned()),
        "one's own typing is no news: {names:?}"
    );
}

#[tokio::test]
async fn who_types_and_says_no_more_has_stopped() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let mut at_ben = listen(&entering(&ann, "ben", Role::User)).await;
    call(&ann, Method::POST, "typing", json!({ "isTyping": true })).await;
    assert_eq!(heard(&mut at_ben, "typing").await["isTyping"], true);
    assert_eq!(heard(&mut at_ben, "typing").await["isTyping"], false);
}

#[tokio::test]
async fn receipts_only_go_up_and_are_told_once() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let (mut at_ann, mut at_ben) = (listen(&ann).await, listen(&ben).await);
    let put = async |read: u64| {
        let answer = call(&ben, Method::PUT, "receipts", json!({ "read": read })).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    ann.say("one").await;
    ann.say("two").await;
    assert_eq!(put(2).await, json!({ "delivered": 2, "read": 2 }));
    assert_eq!(put(1).await, json!({ "delivered": 2, "read": 2 }));
    assert_eq!(put(99).await, json!({ "delivered": 3, "read": 3 }));
    assert_eq!(put(3).await, json!({ "delivered": 3, "read": 3 }));
    for read in [2, 3] {
        let status = heard(&mut at_ann, "status").await;
        assert_eq!(
            status,
            json!({ "user": "ben", "delivered": read, "read": read })
        );
    }
    ann.say("three").await;
    let names = names_until(&mut at_ann, "three").await;
    assert!(!names.contains(&"status".to_owned()), "{names:?}");
    let names = names_until(&mut at_ben, "three").await;
    assert!(
        !names.contains(&"status".to_owned()),
        "one's own: {names:?}"
    );
    // Not records: the log has what was said, and nothing else.
    assert_eq!(ann.records().await.len(), 4);
    let mut late = listen(&ann).await;
    assert_eq!(heard(&mut late, "status").await["read"], 3);
    assert_eq!(ann.get(&ann.path()).await.json()["receipts"][0]["read"], 3);
}

#[tokio::test]
async fn a_reload_shows_nobody_an_offline_and_a_closed_tab_does_after_the_grace() {
    let server = Running::start(&["--presence-grace", "300ms"]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let mut at_ann = listen(&ann).await;
    let first = listen(&ben).await;
    let state = async |listener: &mut Listener| {
        let presence = heard(listener, "presence").await;
        assert_eq!(presence["user"], "ben");
        presence["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&mut at_ann).await, "online");
    drop(first);
    assert_eq!(state(&mut at_ann).await, "reconnecting");
    let second = listen(&ben).await;
    assert_eq!(state(&mut at_ann).await, "online");
    // A second tab is nothing new to others, and neither is closing one of two.
    drop((listen(&ben).await, second));
    let states = [state(&mut at_ann).await, state(&mut at_ann).await];
    assert_eq!(states, ["reconnecting", "offline"]);
    let mut late = listen(&ann).await;
    ann.say("gone").await;
    let names = names_until(&mut late, "gone").await;
    assert!(names.len() <= 3, "{names:?}");
}

#[tokio::test]
async fn a_page_that_nobody_looks_at_is_away() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let mut at_ann = listen(&ann).await;
    let mut at_ben = listen(&ben).await;
    let stream = heard(&mut at_ben, "connected").await["stream"].clone();
    assert_eq!(heard(&mut at_ann, "presence").await["state"], "online");
    for (said, shown) in [("away", "away"), ("active", "online")] {
        let body = json!({ "state": said, "stream": stream });
        let answer = call(&ben, Method::POST, "presence", body).await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        assert_eq!(heard(&mut at_ann, "presence").await["state"], shown);
    }
    let bad = call(&ben, Method::POST, "presence", json!({ "state": "asleep" })).await;
    bad.is_problem(422, "invalid");
}

#[tokio::test]
async fn without_an_echo_ones_own_messages_stay_away() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let mut quiet = Listener::open(&ann, "&echo=false", None).await;
    for (who, text) in [
        (&ann, "a1"),
        (&ben, "b1"),
        (&ann, "a2"),
        (&ann, "a3"),
        (&ben, "b2"),
    ] {
        who.say(text).await;
    }
    let mut texts = Vec::new();
    for event in quiet.until(6).await {
        let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
        texts.push(data["text"].as_str().unwrap().to_owned());
    }
    assert_eq!(texts[1..], ["b1", "b2"]);
}

#[tokio::test]
async fn people_and_receipts_outlive_a_restart() {
    let folder = crate::folder::Folder::new();
    let open = || {
        let path = folder.file("chat.db");
        let log = statechat::log::SqliteLog::open(&path, Arc::default()).unwrap();
        Running::start_over(&[], crate::server::stock_of_file(), Arc::new(log))
    };
    let server = open();
    let ann = meeting(&server, "ann", &["ben"]).await;
    ann.say("one").await;
    let ben = entering(&ann, "ben", Role::User);
    call(&ben, Method::PUT, "receipts", json!({ "read": 2 })).await;
    server.stop().await;
    let server = open();
    let ann = Opened {
        address: server.address,
        ..ann
    };
    let shown = entering(&ann, "ben", Role::User)
        .get(&ann.path())
        .await
        .json();
    assert_eq!(shown["participants"], json!(["ben"]));
    assert_eq!(
        shown["receipts"],
        json!([{ "user": "ben", "delivered": 2, "read": 2 }])
    );
    ann.say("two").await;
    assert_eq!(
        ann.records().await.len(),
        3,
        "they still talk with each other"
    );
}

#[tokio::test]
async fn two_people_may_give_their_messages_the_same_name() {
    let server = Running::start(&[]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    for (who, text) in [(&ann, "from ann"), (&ben, "from ben")] {
        let body = json!({ "text": text, "clientId": "1" });
        let first = who.post(body.clone()).await;
        let again = who.post(body).await;
        assert_eq!((first.status, &first.body), (202, &again.body));
    }
    let records = ann.records().await;
    let texts: Vec<_> = records.iter().map(|record| &record["text"]).collect();
    assert_eq!(texts[1..], [&json!("from ann"), &json!("from ben")]);
}

#[tokio::test]
async fn receipts_that_come_together_go_up_all_the_same() {
    let server = Running::start(&["--rate-limit", "0"]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    for _ in 0..20 {
        ann.say("hi").await;
    }
    let mut at_ann = listen(&ann).await;
    let marks = (1..=21).map(|read| call(&ben, Method::PUT, "receipts", json!({ "read": read })));
    futures_util::future::join_all(marks).await;
    let mut last = 0;
    while last < 21 {
        let read = heard(&mut at_ann, "status").await["read"].as_u64().unwrap();
        assert!(read > last, "{read} after {last}");
        last = read;
    }
    assert_eq!(ann.get(&ann.path()).await.json()["receipts"][0]["read"], 21);
}

#[tokio::test]
async fn who_speaks_too_fast_silences_nobody_else() {
    let server = Running::start(&["--rate-limit", "2"]);
    let ann = meeting(&server, "ann", &["ben"]).await;
    let ben = entering(&ann, "ben", Role::User);
    let flood = (0..8).map(|_| ben.post(json!({ "text": "hi" })));
    let answers = futures_util::future::join_all(flood).await;
    assert!(answers.iter().any(|answer| answer.status == 429));
    ann.say("let me speak").await;
}

#[tokio::test]
async fn whatever_people_are_called_the_bots_lines_are_the_bots() {
    let server = Running::start(&[]);
    let session = meeting(&server, "ann", &["stock", "you"]).await;
    for user in ["stock", "you"] {
        let other = entering(&session, user, Role::User);
        let said = call(
            &other,
            Method::POST,
            "messages",
            json!({ "text": "it is free" }),
        )
        .await;
        assert_eq!(said.status, 202, "{}", said.body);
    }
    let path = format!("{}/transcript", session.path());
    let request = session.request(Method::GET, &path);
    let transcript = send(request.header("accept", "text/plain")).await;
    let said = "\nstock (a person): it is free\nyou (a person): it is free\n";
    assert!(transcript.body.ends_with(said), "{}", transcript.body);
}
