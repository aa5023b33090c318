//! A user with an agent, who takes over from the bot and gives back.

use super::*;

fn state(record: &Value) -> Vec<&str> {
    let state = record["state"].as_array().into_iter().flatten();
    state.map(|level| level.as_str().unwrap()).collect()
}

/// A session that waits for a person, seen from `agent`, who is there.
async fn waiting(server: &Running) -> (Opened, Opened, Listener) {
    let user = meeting(server, "ann", &[]).await;
    let agent = entering(&user, "alice", Role::Agent);
    let mut inbox = inbox(&agent).await;
    user.say("talk to a person").await;
    let told = heard(&mut inbox, "inbox").await;
    assert_eq!(
        told,
        json!({ "session": user.id, "change": "waiting", "place": 1 })
    );
    (user, agent, inbox)
}

async fn inbox(agent: &Opened) -> Listener {
    let mut listener = Listener::open_at(agent, "/api/events?topics=inbox").await;
    let connected = heard(&mut listener, "connected").await;
    assert_eq!(connected["session"], Value::Null);
    listener
}

async fn agent_call(agent: &Opened, method: Method) -> Answered {
    call(agent, method, "agent", json!({})).await
}

#[tokio::test]
async fn an_agent_takes_a_conversation_over_and_gives_it_back() {
    let server = Running::start(&[]);
    let (user, agent, mut inbox) = waiting(&server).await;
    let line = agent.get("/api/sessions?waiting=true").await.json();
    let case = &line["sessions"][0];
    assert_eq!(
        (&case["id"], &case["user"]),
        (&json!(user.id), &json!("ann"))
    );
    assert_eq!((&case["place"], &case["agent"]), (&json!(1), &Value::Null));
    assert_eq!(
        case["state"],
        json!(["Conversation", "Handoff", "WaitingForAgent"])
    );

    assert_eq!(agent_call(&agent, Method::PUT).await.status, 200);
    assert_eq!(heard(&mut inbox, "inbox").await["change"], "message");
    assert_eq!(heard(&mut inbox, "inbox").await["change"], "taken");
    let taken = user.records().await.pop().unwrap();
    assert_eq!(state(&taken), ["Conversation", "Handoff", "WithAgent"]);
    let mine = agent.get("/api/sessions?mine=true").await.json();
    assert_eq!(mine["sessions"][0]["agent"], "alice");
    let again = agent_call(&agent, Method::PUT).await;
    assert_eq!(again.status, 200, "who has it may take it again");

    // What they say to each other are records, and no steps.
    let before = user.records().await.len();
    user.say("lse").await;
    let words = agent.say("How can I help?").await;
    let records = user.records().await;
    assert_eq!(records.len(), before + 2);
    let last = records.last().unwrap();
    assert_eq!(
        (&last["seq"], &last["from"]),
        (&json!(words), &json!({ "kind": "agent", "id": "alice" }))
    );
    agent
        .post(json!({ "choose": "leave" }))
        .await
        .is_problem(422, "invalid");

    assert_eq!(agent_call(&agent, Method::DELETE).await.status, 204);
    let back = user.records().await.pop().unwrap();
    assert_eq!(
        state(&back),
        ["Conversation", "ChooseExchange"],
        "where the user was"
    );
    agent.get(&user.path()).await.is_problem(404, "no_session");
    agent_call(&agent, Method::PUT)
        .await
        .is_problem(404, "no_session");
}

#[tokio::test]
async fn of_two_agents_one_gets_it() {
    let server = Running::start(&[]);
    let (user, alice, _inbox) = waiting(&server).await;
    let bob = entering(&user, "bob", Role::Agent);
    let (first, second) = tokio::join!(
        agent_call(&alice, Method::PUT),
        agent_call(&bob, Method::PUT)
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let loser = if first.status == 409 { &alice } else { &bob };
    agent_call(loser, Method::PUT)
        .await
        .is_problem(409, "taken");
    loser
        .post(json!({ "text": "hi" }))
        .await
        .is_problem(404, "no_session");
    loser.get(&user.path()).await.is_problem(404, "no_session");
    // A user is no agent, whatever they call.
    agent_call(&user, Method::PUT)
        .await
        .is_problem(403, "forbidden");
    user.get("/api/sessions?waiting=true")
        .await
        .is_problem(403, "forbidden");
    user.get("/api/events?topics=inbox")
        .await
        .is_problem(403, "forbidden");
}

#[tokio::test]
async fn the_user_leaves_by_a_button_and_is_where_they_were() {
    let server = Running::start(&[]);
    let user = meeting(&server, "ann", &[]).await;
    user.choose("LSE").await;
    let agent = entering(&user, "alice", Role::Agent);
    let _inbox = inbox(&agent).await;
    user.say("human").await;
    agent_call(&agent, Method::PUT).await;
    user.choose("leave").await;
    let back = user.records().await.pop().unwrap();
    assert_eq!(state(&back), ["Conversation", "Exchange", "ChooseStock"]);
    let mine = agent.get("/api/sessions?mine=true").await.json();
    assert_eq!(mine["sessions"], json!([]));
}

#[tokio::test]
async fn where_no_agent_is_the_bot_says_so_and_again_when_one_comes() {
    let server = Running::start(&[]);
    let user = meeting(&server, "ann", &[]).await;
    user.say("talk to a person").await;
    let nobody = user
        .record(|record| record["transition"]["input"] == "Nobody")
        .await;
    let options: Vec<_> = nobody["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["id"].clone())
        .collect();
    assert_eq!(options, ["wait", "go-on"]);
    let _inbox = inbox(&entering(&user, "alice", Role::Agent)).await;
    let staffed = user
        .record(|record| record["transition"]["input"] == "Staffed")
        .await;
    assert_eq!(
        state(&staffed),
        ["Conversation", "Handoff", "WaitingForAgent"]
    );
}

#[tokio::test]
async fn the_line_moves_up() {
    let server = Running::start(&[]);
    let (first, alice, _inbox) = waiting(&server).await;
    let second = meeting(&server, "ben", &[]).await;
    let mut at_second = listen(&second).await;
    second.say("talk to a person").await;
    assert_eq!(
        heard(&mut at_second, "line").await,
        json!({ "place": 2, "waiting": 2 })
    );
    let mut late = listen(&second).await;
    assert_eq!(heard(&mut late, "line").await["place"], 2);
    let mut at_first = listen(&first).await;
    assert_eq!(heard(&mut at_first, "line").await["place"], 1);
    agent_call(&alice, Method::PUT).await;
    assert_eq!(
        heard(&mut at_second, "line").await,
        json!({ "place": 1, "waiting": 1 })
    );
    // Whoever is taken stands in no line any more.
    let over = heard(&mut at_first, "line").await;
    assert_eq!(over, json!({ "place": null, "waiting": 1 }));
    second.choose("go-on").await;
    let over = heard(&mut at_second, "line").await;
    assert_eq!(over, json!({ "place": null, "waiting": 0 }));
}

#[tokio::test]
async fn with_nobody_there_for_long_it_goes_back_to_the_bot() {
    let server = Running::start(&["--handoff-timeout", "100ms", "--presence-grace", "1ms"]);
    let user = meeting(&server, "ann", &[]).await;
    user.say("talk to a person").await;
    let back = user
        .record(|record| {
            record["transition"]["to"] == "ChooseExchange" && record["seq"].as_u64() > Some(2)
        })
        .await;
    assert_eq!(state(&back), ["Conversation", "ChooseExchange"]);

    let agent = entering(&user, "alice", Role::Agent);
    let inbox = inbox(&agent).await;
    user.say("talk to a person").await;
    agent_call(&agent, Method::PUT).await;
    let taken = user.records().await.len() as u64;
    drop(inbox);
    let back = user
        .record(|record| record["seq"].as_u64() > Some(taken))
        .await;
    assert_eq!(state(&back), ["Conversation", "ChooseExchange"]);
}

#[tokio::test]
async fn both_see_each_other_come_type_and_read() {
    let server = Running::start(&[]);
    let (user, agent, _inbox) = waiting(&server).await;
    let mut at_user = listen(&user).await;
    agent_call(&agent, Method::PUT).await;
    let presence = heard(&mut at_user, "presence").await;
    assert_eq!(
        (&presence["user"], &presence["state"]),
        (&json!("alice"), &json!("online"))
    );
    let mut at_agent = listen(&agent).await;
    assert_eq!(heard(&mut at_agent, "presence").await["user"], "ann");
    call(&agent, Method::POST, "typing", json!({ "isTyping": true })).await;
    let typing = heard(&mut at_user, "typing").await;
    assert_eq!(typing["from"], json!({ "kind": "agent", "id": "alice" }));
    let seq = agent.say("hello").await;
    call(&user, Method::PUT, "receipts", json!({ "read": seq })).await;
    let status = heard(&mut at_agent, "status").await;
    assert_eq!(
        (&status["user"], &status["read"]),
        (&json!("ann"), &json!(seq))
    );
}

#[tokio::test]
async fn a_handoff_outlives_a_restart() {
    let folder = crate::folder::Folder::new();
    let open = || {
        let path = folder.file("chat.db");
        let log = statechat::log::SqliteLog::open(&path, Arc::default()).unwrap();
        Running::start_over(&[], crate::server::stock_of_file(), Arc::new(log))
    };
    let server = open();
    let (user, agent, inbox) = waiting(&server).await;
    agent_call(&agent, Method::PUT).await;
    agent.say("one moment").await;
    let other = meeting(&server, "ben", &[]).await;
    other.say("human").await;
    drop(inbox);
    server.stop().await;

    let server = open();
    let at = |session: &Opened| Opened {
        address: server.address,
        ..session.clone()
    };
    let (user, agent) = (at(&user), at(&agent));
    let until = async |path: &str, id: &str| {
        let listed = async {
            loop {
                let cases = agent.get(path).await.json();
                if cases["sessions"][0]["id"] == id {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(crate::server::PATIENCE, listed)
            .await
            .expect(path);
    };
    until("/api/sessions?mine=true", &user.id).await;
    until("/api/sessions?waiting=true", &other.id).await;
    agent.say("back again").await;
    entering(&user, "bob", Role::Agent)
        .get(&user.path())
        .await
        .is_problem(404, "no_session");
    assert_eq!(agent_call(&agent, Method::DELETE).await.status, 204);
}

#[tokio::test]
async fn who_may_not_see_it_any_more_hears_no_more_of_it() {
    let server = Running::start(&[]);
    let (user, alice, _inbox) = waiting(&server).await;
    let bob = entering(&user, "bob", Role::Agent);
    // Bob looks on while it waits, and Alice takes it, and gives it back.
    let (mut at_bob, mut at_alice) = (listen(&bob).await, listen(&alice).await);
    agent_call(&alice, Method::PUT).await;
    while at_bob.next().await.is_some() {}
    alice.say("hello").await;
    assert_eq!(agent_call(&alice, Method::DELETE).await.status, 204);
    while at_alice.next().await.is_some() {}
    user.say("lse").await;
    assert_eq!(alice.get(&user.path()).await.status, 404);
}

#[tokio::test]
async fn an_agent_stays_a_guest_and_only_while_an_agent() {
    let server = Running::start(&[]);
    let (user, alice, _inbox) = waiting(&server).await;
    agent_call(&alice, Method::PUT).await;
    let body = json!({ "participants": ["alice"] });
    let refused = call(&alice, Method::POST, "participants", body).await;
    refused.is_problem(403, "not_user");
    let demoted = entering(&user, "alice", Role::User);
    demoted
        .get(&user.path())
        .await
        .is_problem(404, "no_session");
}

#[tokio::test]
async fn a_take_that_nobody_waits_for_is_finished_all_the_same() {
    let server = Running::start(&[]);
    for hang_up in 0..10 {
        let (user, alice, _inbox) = waiting(&server).await;
        let request = format!(
            "PUT {}/agent HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\r\n",
            user.path(),
            alice.token
        );
        // Hangs up at once, or a little later.
        let mut stream = tokio::net::TcpStream::connect(server.address)
            .await
            .unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes())
            .await
            .unwrap();
        for _ in 0..hang_up {
            tokio::task::yield_now().await;
        }
        drop(stream);
        // Whether it came to that or not, Alice can have it, and give it back.
        let taken = agent_call(&alice, Method::PUT).await;
        assert_eq!(taken.status, 200, "{}", taken.body);
        alice.say("hello").await;
        assert_eq!(agent_call(&alice, Method::DELETE).await.status, 204);
        assert_eq!(
            alice.get("/api/sessions?waiting=true").await.json()["sessions"],
            json!([])
        );
    }
}

#[tokio::test]
async fn who_comes_when_somebody_is_there_already_is_no_news_to_those_who_wait() {
    let server = Running::start(&["--max-sessions", "1"]);
    let (user, alice, _inbox) = waiting(&server).await;
    let head = user.records().await.len() as u64;
    for _ in 0..3 {
        inbox(&entering(&user, "bob", Role::Agent)).await;
        // And neither is being looked at, after having left memory.
        meeting(&server, "ben", &[]).await;
        assert_eq!(alice.get(&user.path()).await.status, 200);
    }
    // What they were told would stand in between.
    assert_eq!(user.say("hello").await, head + 1);
}

#[tokio::test]
async fn what_is_erased_leaves_the_line() {
    let server = Running::start(&[]);
    let (user, alice, mut inbox) = waiting(&server).await;
    let erased = send(user.request(Method::DELETE, &user.path())).await;
    assert_eq!(erased.status, 204);
    assert_eq!(heard(&mut inbox, "inbox").await["change"], "ended");
    assert_eq!(
        alice.get("/api/sessions?waiting=true").await.json()["sessions"],
        json!([])
    );
}

#[tokio::test]
async fn an_agent_who_was_invited_still_takes_part_after_giving_it_back() {
    let server = Running::start(&[]);
    let (user, alice, _inbox) = waiting(&server).await;
    let body = json!({ "participants": ["alice"] });
    let invited = call(&user, Method::POST, "participants", body).await;
    assert_eq!(invited.status, 200, "{}", invited.body);
    let mut at_user = listen(&user).await;
    let _at_alice = listen(&alice).await;
    agent_call(&alice, Method::PUT).await;
    assert_eq!(agent_call(&alice, Method::DELETE).await.status, 204);
    let away = call(&alice, Method::POST, "presence", json!({ "state": "away" })).await;
    assert_eq!(away.status, 204, "{}", away.body);
    let is_away = async { while heard(&mut at_user, "presence").await["state"] != "away" {} };
    patient(is_away).await;
}
