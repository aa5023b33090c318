//! What every log does of people: who takes part in a session, and how far each has come.

use std::sync::Arc;

use futures_util::future::join_all;
use statechat::log::{Batch, Invited, LogError};
use statechat::record::{Receipt, Seq, UserId};

use super::{Made, batch, session, user};

fn with(mut batch: Batch, participants: &[&str]) -> Batch {
    batch.participants = users(participants);
    batch
}

fn users(names: &[&str]) -> Vec<UserId> {
    names.iter().map(|name| user(name)).collect()
}

fn receipt(delivered: Seq, read: Seq) -> Receipt {
    Receipt { delivered, read }
}

async fn participants(log: &Made, name: &str) -> Vec<UserId> {
    let stored = log.load(&session(name)).await.unwrap();
    stored.unwrap().participants
}

async fn receipts(log: &Made, name: &str) -> Vec<(UserId, Receipt)> {
    let stored = log.load(&session(name)).await.unwrap();
    stored.unwrap().receipts
}

async fn sessions_of(log: &Made, name: &str) -> Vec<String> {
    let rows = log.of_user(&user(name), 100).await.unwrap();
    rows.iter().map(|row| row.session.to_string()).collect()
}

async fn invite(log: &Made, name: &str, invited: &str) -> Invited {
    let invited = log.invite(&session(name), &user(invited), 100);
    invited.await.unwrap()
}

pub(super) async fn who_takes_part_is_kept_in_the_order_of_joining(log: Made) {
    // The owner is not among them, and nobody twice.
    let first = with(batch("s1", "u1", 0, 1), &["u9", "u3", "u1", "u9", "u4"]);
    log.append(first).await.unwrap();
    log.append(batch("s2", "u1", 0, 1)).await.unwrap();
    assert_eq!(participants(&log, "s1").await, users(&["u9", "u3", "u4"]));
    assert_eq!(participants(&log, "s2").await, []);
    invite(&log, "s2", "u9").await;
    invite(&log, "s1", "u2").await;
    invite(&log, "s1", "a@b|c:d+e").await;
    // Who comes with a later append comes after them.
    let later = with(batch("s1", "u1", 1, 1), &["u0", "u2"]);
    log.append(later).await.unwrap();
    log.append(batch("s1", "u1", 2, 1)).await.unwrap();
    let everybody = users(&["u9", "u3", "u4", "u2", "a@b|c:d+e", "u0"]);
    assert_eq!(participants(&log, "s1").await, everybody);
    assert_eq!(participants(&log, "s2").await, users(&["u9"]));
}

pub(super) async fn an_invitation_says_what_came_of_it(log: Made) {
    let name = session("s1");
    log.append(with(batch("s1", "u1", 0, 1), &["u2"]))
        .await
        .unwrap();
    for (invited, max, expected) in [
        ("u1", 9, Invited::Already),
        ("u2", 9, Invited::Already),
        ("u3", 0, Invited::Full),
        ("u3", 1, Invited::Full),
        ("u3", 2, Invited::Joined),
        // Who is in stays in, however full it is.
        ("u3", 2, Invited::Already),
        ("u3", 0, Invited::Already),
        ("u1", 0, Invited::Already),
        ("u4", 2, Invited::Full),
        ("u4", usize::MAX, Invited::Joined),
    ] {
        let came = log.invite(&name, &user(invited), max).await;
        assert_eq!(came, Ok(expected), "{invited} of {max}");
    }
    assert_eq!(participants(&log, "s1").await, users(&["u2", "u3", "u4"]));
    let nowhere = log.invite(&session("s2"), &user("u2"), 9).await;
    assert_eq!(nowhere, Err(LogError::NoSession));
    assert_eq!(sessions_of(&log, "u2").await, ["s1"]);
}

pub(super) async fn a_refused_append_adds_nobody(log: Made) {
    log.append(batch("s1", "u1", 0, 2)).await.unwrap();
    let refused = log.append(with(batch("s1", "u1", 1, 2), &["u2"])).await;
    assert!(matches!(refused, Err(LogError::Conflict { head: 2, .. })));
    let refused = log.append(with(batch("s2", "u1", 1, 2), &["u2"])).await;
    assert!(matches!(refused, Err(LogError::Conflict { head: 0, .. })));
    assert_eq!(participants(&log, "s1").await, []);
    assert_eq!(sessions_of(&log, "u2").await, [""; 0]);
}

pub(super) async fn a_users_sessions_are_those_they_own_or_take_part_in(log: Made) {
    // The longer a session, the later it was used.
    for (name, owner, count, others) in [
        ("s1", "u1", 3, ["u2", "u3"].as_slice()),
        ("s2", "u2", 5, &[]),
        ("s3", "u3", 4, &["u2"]),
        ("s4", "u3", 9, &["u1"]),
        ("s5", "u4", 1, &["u4"]),
    ] {
        let first = with(batch(name, owner, 0, count), others);
        log.append(first).await.unwrap();
    }
    assert_eq!(sessions_of(&log, "u1").await, ["s4", "s1"]);
    assert_eq!(sessions_of(&log, "u2").await, ["s2", "s3", "s1"]);
    assert_eq!(sessions_of(&log, "u3").await, ["s4", "s3", "s1"]);
    assert_eq!(sessions_of(&log, "u4").await, ["s5"]);
    assert_eq!(sessions_of(&log, "u5").await, [""; 0]);
    assert_eq!(log.of_user(&user("u2"), 2).await.unwrap().len(), 2);
    // To be used brings it to the front, for all of them.
    log.append(batch("s1", "u1", 3, 20)).await.unwrap();
    assert_eq!(sessions_of(&log, "u2").await, ["s1", "s2", "s3"]);
    invite(&log, "s2", "u1").await;
    assert_eq!(sessions_of(&log, "u1").await, ["s1", "s4", "s2"]);
}

pub(super) async fn who_takes_part_did_not_open_it(log: Made) {
    let mut first = with(batch("s1", "u1", 0, 1), &["u2"]);
    first.row.opened_as = Some("opened".parse().unwrap());
    let row = first.row.clone();
    log.append(first).await.unwrap();
    let opened_as = async |name: &str| {
        let row = log.opened_as(&user(name), &"opened".parse().unwrap());
        row.await.unwrap()
    };
    assert_eq!(opened_as("u2").await, None);
    assert_eq!(opened_as("u1").await, Some(row));
}

pub(super) async fn of_competing_invitations_no_more_than_the_limit_join(log: Made) {
    const MAX: usize = 7;
    log.append(batch("s1", "u1", 0, 1)).await.unwrap();
    // Each user is invited twice at once.
    let invitations = (0..80).map(|n| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            let name = user(&format!("guest-{}", n % 40));
            (log.invite(&session("s1"), &name, MAX).await, name)
        })
    });
    let mut joined = Vec::new();
    for invitation in join_all(invitations).await {
        let (invited, name) = invitation.unwrap();
        if invited == Ok(Invited::Joined) {
            joined.push(name);
        }
    }
    joined.sort();
    let mut there = participants(&log, "s1").await;
    there.sort();
    assert_eq!(there.len(), MAX);
    assert_eq!(
        there, joined,
        "who was told so takes part, and was told once"
    );
}

pub(super) async fn a_receipt_goes_up_only(log: Made) {
    log.append(batch("s1", "u1", 0, 50)).await.unwrap();
    let reader = user("u2");
    for (told, holds) in [
        (receipt(0, 0), receipt(0, 0)),
        (receipt(4, 0), receipt(4, 0)),
        (receipt(3, 2), receipt(4, 2)),
        (receipt(4, 2), receipt(4, 2)),
        (receipt(9, 1), receipt(9, 2)),
        (receipt(0, 8), receipt(9, 8)),
        // What was read was delivered.
        (receipt(0, 12), receipt(12, 12)),
        (receipt(1, 1), receipt(12, 12)),
    ] {
        let received = log.receive(&session("s1"), &reader, told).await;
        assert_eq!(received, Ok(holds), "{told:?}");
        let stored = receipts(&log, "s1").await;
        if holds == Receipt::default() {
            assert_eq!(stored, []);
        } else {
            assert_eq!(stored, [(reader.clone(), holds)]);
        }
    }
    let nowhere = log.receive(&session("s2"), &reader, receipt(1, 1)).await;
    assert_eq!(nowhere, Err(LogError::NoSession));
}

pub(super) async fn nobody_has_come_further_than_the_session(log: Made) {
    log.append(batch("s1", "u1", 0, 3)).await.unwrap();
    let receive = |told| log.receive(&session("s1"), &user("u1"), told);
    assert_eq!(receive(receipt(4, 2)).await, Ok(receipt(3, 2)));
    assert_eq!(
        receive(receipt(Seq::MAX, Seq::MAX)).await,
        Ok(receipt(3, 3))
    );
    // It was not remembered either.
    log.append(batch("s1", "u1", 3, 3)).await.unwrap();
    assert_eq!(receive(receipt(0, 0)).await, Ok(receipt(3, 3)));
    assert_eq!(receive(receipt(5, 4)).await, Ok(receipt(5, 4)));
}

pub(super) async fn receipts_are_each_users_and_each_sessions_own(log: Made) {
    for name in ["s1", "s2"] {
        log.append(batch(name, "u1", 0, 9)).await.unwrap();
    }
    for (name, of, told) in [
        ("s1", "u2", receipt(5, 5)),
        ("s1", "u1", receipt(9, 0)),
        ("s2", "u2", receipt(1, 0)),
        // Whether somebody takes part is for others to know.
        ("s1", "passing", receipt(2, 1)),
    ] {
        let received = log.receive(&session(name), &user(of), told).await;
        assert_eq!(received, Ok(told));
    }
    let of_first = [
        (user("passing"), receipt(2, 1)),
        (user("u1"), receipt(9, 0)),
        (user("u2"), receipt(5, 5)),
    ];
    assert_eq!(receipts(&log, "s1").await, of_first);
    assert_eq!(receipts(&log, "s2").await, [(user("u2"), receipt(1, 0))]);
    assert_eq!(participants(&log, "s1").await, []);
    // A step changes none.
    log.append(batch("s1", "u1", 9, 2)).await.unwrap();
    assert_eq!(receipts(&log, "s1").await, of_first);
}

pub(super) async fn receipts_of_many_writers_only_go_up(log: Made) {
    const HEAD: Seq = 200;
    log.append(batch("s1", "u1", 0, HEAD)).await.unwrap();
    // Eight clients of two users, each with marks of its own, in no order; appends go on meanwhile.
    let clients = (0..8_u64).map(|client| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            let of = user(&format!("u{}", client % 2));
            let mut last = Receipt::default();
            for round in 1..=100 {
                let mark = (round * 37 * (client + 1)) % (HEAD + 1);
                let told = receipt(mark, mark / 2);
                let holds = log.receive(&session("s1"), &of, told).await.unwrap();
                assert!(holds.delivered >= last.delivered && holds.read >= last.read);
                assert!(holds.delivered >= told.delivered && holds.read >= told.read);
                assert!(holds.read <= holds.delivered);
                last = holds;
            }
            last
        })
    });
    let clients: Vec<_> = clients.collect();
    for head in HEAD..HEAD + 30 {
        log.append(batch("s1", "u1", head, 1)).await.unwrap();
    }
    let mut highest = [Receipt::default(); 2];
    for (client, last) in join_all(clients).await.into_iter().enumerate() {
        let (last, highest) = (last.unwrap(), &mut highest[client % 2]);
        highest.delivered = highest.delivered.max(last.delivered);
        highest.read = highest.read.max(last.read);
    }
    let expected = [(user("u0"), highest[0]), (user("u1"), highest[1])];
    assert_eq!(receipts(&log, "s1").await, expected);
}

pub(super) async fn an_erased_session_leaves_nobody_behind(log: Made) {
    for name in ["s1", "s2"] {
        let first = with(batch(name, "u1", 0, 5), &["u2"]);
        log.append(first).await.unwrap();
        for of in ["u1", "u2", "u3"] {
            let received = log.receive(&session(name), &user(of), receipt(4, 4)).await;
            assert_eq!(received, Ok(receipt(4, 4)));
        }
    }
    // The newest: the next one may get its place in the store.
    log.erase(&session("s2")).await.unwrap();
    for of in ["u1", "u2"] {
        assert_eq!(sessions_of(&log, of).await, ["s1"]);
    }
    let gone = log.invite(&session("s2"), &user("u3"), 9).await;
    assert_eq!(gone, Err(LogError::NoSession));
    let gone = log
        .receive(&session("s2"), &user("u2"), receipt(5, 5))
        .await;
    assert_eq!(gone, Err(LogError::NoSession));
    for (name, owner) in [("s2", "u4"), ("s3", "u5")] {
        log.append(batch(name, owner, 0, 1)).await.unwrap();
        assert_eq!(participants(&log, name).await, []);
        assert_eq!(receipts(&log, name).await, []);
    }
    assert_eq!(sessions_of(&log, "u2").await, ["s1"], "s2 is others' now");
    assert_eq!(invite(&log, "s2", "u2").await, Invited::Joined);
    assert_eq!(participants(&log, "s1").await, users(&["u2"]));
    assert_eq!(receipts(&log, "s1").await.len(), 3);
}

pub(super) async fn people_and_receipts_are_there_when_it_is_opened_again(log: Made) {
    let first = with(batch("s1", "u1", 0, 6), &["u3", "u2"]);
    log.append(first).await.unwrap();
    invite(&log, "s1", "u0").await;
    log.receive(&session("s1"), &user("u2"), receipt(5, 3))
        .await
        .unwrap();
    let before = log.load(&session("s1")).await;
    let log = log.reopened();
    assert_eq!(log.load(&session("s1")).await, before);
    assert_eq!(participants(&log, "s1").await, users(&["u3", "u2", "u0"]));
    assert_eq!(sessions_of(&log, "u0").await, ["s1"]);
    let received = log.receive(&session("s1"), &user("u2"), receipt(1, 4));
    assert_eq!(received.await, Ok(receipt(5, 4)));
    assert_eq!(invite(&log, "s1", "u3").await, Invited::Already);
}
