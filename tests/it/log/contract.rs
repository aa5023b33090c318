//! What every log does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use statechat::log::{Batch, Log, LogError, Stored};
use statechat::record::{ClientId, HeadRow, Record, Seq};

use super::{Made, at, batch, record, session, user};

type Shared = Arc<dyn Log>;

fn named(mut batch: Batch, client_id: &str) -> Batch {
    batch.client_id = Some(client_id.parse().unwrap());
    batch
}

async fn append(log: &Shared, batch: Batch) {
    log.append(batch).await.unwrap();
}

async fn all(log: &Shared, name: &str) -> Vec<Record> {
    log.read(&session(name), 0, usize::MAX).await.unwrap()
}

async fn loaded(log: &Shared, name: &str) -> Stored {
    let mut stored = log.load(&session(name)).await.unwrap().unwrap();
    stored.client_ids.sort();
    stored
}

/// Everything that can be asked of one session and its owner.
async fn seen(
    log: &Shared,
    name: &str,
    owner: &str,
) -> (Vec<Record>, Stored, Vec<HeadRow>, Vec<(u64, HeadRow)>) {
    (
        all(log, name).await,
        loaded(log, name).await,
        log.of_user(&user(owner), 100).await.unwrap(),
        log.rows(0, 100).await.unwrap(),
    )
}

pub(super) async fn what_is_appended_is_read_back_as_it_was(log: Made) {
    let first = named(batch("s1", "u1", 0, 3), "c1");
    let second = batch("s1", "u1", 3, 2);
    append(&log, first.clone()).await;
    assert_eq!(all(&log, "s1").await, first.records);
    assert_eq!(loaded(&log, "s1").await.row, first.row);
    append(&log, second.clone()).await;
    assert_eq!(
        all(&log, "s1").await,
        [first.records, second.records].concat()
    );
    let stored = loaded(&log, "s1").await;
    assert_eq!(stored.row, second.row);
    assert_eq!(stored.client_ids, [("c1".parse().unwrap(), 1)]);
}

pub(super) async fn places_are_dense(log: Made) {
    let mut head = 0;
    for count in [1, 2, 7, 1, 30] {
        append(&log, batch("s1", "u1", head, count)).await;
        head += count;
    }
    let places: Vec<Seq> = all(&log, "s1").await.iter().map(|r| r.seq).collect();
    assert_eq!(places, (1..=head).collect::<Vec<_>>());
}

pub(super) async fn an_append_to_another_place_is_a_conflict_and_writes_nothing(log: Made) {
    append(&log, batch("s1", "u1", 0, 2)).await;
    append(&log, named(batch("s1", "u1", 2, 2), "c1")).await;
    let before = seen(&log, "s1", "u1").await;
    for expected in [0, 1, 2, 3, 5, 6, 1_000_000] {
        let refused = log.append(named(batch("s1", "u1", expected, 2), "c2"));
        let conflict = LogError::Conflict { head: 4, expected };
        assert_eq!(refused.await, Err(conflict), "at {expected}");
        assert_eq!(seen(&log, "s1", "u1").await, before, "after {expected}");
    }
    // A session that is not there has its head at 0.
    let conflict = Err(LogError::Conflict {
        head: 0,
        expected: 4,
    });
    assert_eq!(log.append(batch("s2", "u1", 4, 1)).await, conflict);
    assert_eq!(log.load(&session("s2")).await, Ok(None));
    assert_eq!(seen(&log, "s1", "u1").await, before);
    // So has one that is not there any more.
    assert_eq!(log.erase(&session("s1")).await, Ok(true));
    assert_eq!(log.append(batch("s1", "u1", 4, 1)).await, conflict);
    assert_eq!(log.load(&session("s1")).await, Ok(None));
}

pub(super) async fn a_session_is_read_from_any_place_to_any_limit(log: Made) {
    let mut head = 0;
    for count in [2, 1, 3, 1] {
        append(&log, batch("s1", "u1", head, count)).await;
        append(&log, batch("other", "u1", head, count)).await;
        head += count;
    }
    let everything = all(&log, "s1").await;
    let far = [head + 1, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX];
    for after in (0..=head).chain(far) {
        for limit in [0, 1, 2, 3, 6, 7, 8, usize::MAX] {
            let skipped = usize::try_from(after).unwrap_or(usize::MAX);
            let expected: Vec<_> = everything
                .iter()
                .skip(skipped)
                .take(limit)
                .cloned()
                .collect();
            let read = log.read(&session("s1"), after, limit).await;
            assert_eq!(read, Ok(expected), "{limit} after {after}");
        }
    }
    for (after, limit) in [(0, 0), (0, 10), (u64::MAX, usize::MAX)] {
        let read = log.read(&session("nobody"), after, limit).await;
        assert_eq!(read, Err(LogError::NoSession));
    }
}

pub(super) async fn a_long_session_is_read_from_any_place_to_any_limit(log: Made) {
    let mut everything = Vec::new();
    let mut named_at = Vec::new();
    for count in [2, 1, 3, 1, 1, 70, 2, 64, 1].into_iter().cycle().take(40) {
        let head = everything.len() as Seq;
        let name: ClientId = format!("c{head:04}").parse().unwrap();
        let batch = named(batch("s1", "u1", head, count), name.as_str());
        everything.extend(batch.records.clone());
        named_at.push((name, head + 1));
        append(&log, batch).await;
        append(&log, self::batch("other", "u1", head, count)).await;
    }
    let head = everything.len();
    let around = |place: usize| place.saturating_sub(2)..=(place + 2).min(head);
    let places = (0..=head).step_by(64).flat_map(around);
    for after in places.chain((0..head).step_by(13)).chain([head]) {
        for limit in [0, 1, 63, 64, 65, 200, usize::MAX] {
            let read = log.read(&session("s1"), after as Seq, limit).await.unwrap();
            let end = after.saturating_add(limit).min(head);
            assert!(read == everything[after..end], "{limit} after {after}");
        }
    }
    assert_eq!(loaded(&log, "s1").await.client_ids, named_at);
    log.erase(&session("s1")).await.unwrap();
    assert_eq!(all(&log, "other").await.len(), head);
}

pub(super) async fn client_ids_are_loaded_with_their_places(log: Made) {
    append(&log, batch("s1", "u1", 0, 1)).await;
    append(&log, named(batch("s1", "u1", 1, 2), "a.b~c")).await;
    append(&log, batch("s1", "u1", 3, 1)).await;
    append(&log, named(batch("s1", "u1", 4, 3), &"x".repeat(128))).await;
    append(&log, named(batch("s2", "u1", 0, 1), "a.b~c")).await;
    let expected: [(ClientId, Seq); 2] = [
        ("a.b~c".parse().unwrap(), 2),
        ("x".repeat(128).parse().unwrap(), 5),
    ];
    assert_eq!(loaded(&log, "s1").await.client_ids, expected);
    assert_eq!(loaded(&log, "s2").await.client_ids[0].1, 1);
    assert_eq!(log.load(&session("s3")).await, Ok(None));
}

pub(super) async fn an_owners_sessions_come_last_used_first(log: Made) {
    // The longer a session, the later it was used; these two at once.
    for (name, owner, count) in [
        ("s1", "u1", 2),
        ("s2", "u1", 9),
        ("s4", "u1", 5),
        ("s3", "u1", 5),
        ("s5", "u2", 7),
    ] {
        append(&log, batch(name, owner, 0, count)).await;
    }
    let check = async |limit, expected: &[&str]| {
        let rows = log.of_user(&user("u1"), limit).await.unwrap();
        let names: Vec<_> = rows.iter().map(|row| row.session.as_str()).collect();
        assert_eq!(names, expected, "up to {limit}");
    };
    check(100, &["s2", "s3", "s4", "s1"]).await;
    check(usize::MAX, &["s2", "s3", "s4", "s1"]).await;
    check(3, &["s2", "s3", "s4"]).await;
    check(0, &[]).await;
    // To be used brings a session to the front, and its row is the last one.
    append(&log, batch("s1", "u1", 2, 10)).await;
    check(2, &["s1", "s2"]).await;
    assert_eq!(
        log.of_user(&user("u1"), 1).await.unwrap(),
        [batch("s1", "u1", 2, 10).row]
    );
    assert_eq!(log.of_user(&user("u3"), 9).await, Ok(Vec::new()));
}

pub(super) async fn a_session_is_found_by_the_name_it_was_opened_as(log: Made) {
    let opened = |name: &str, owner: &str, opened_as: &str| {
        let mut batch = batch(name, owner, 0, 1);
        batch.row.opened_as = Some(opened_as.parse().unwrap());
        batch
    };
    append(&log, opened("s1", "u1", "first")).await;
    append(&log, opened("s2", "u1", "second")).await;
    append(&log, opened("s3", "u2", "first")).await;
    append(&log, batch("s4", "u1", 0, 1)).await;
    let check = async |owner: &str, opened_as: &str, expected: Option<&str>| {
        let row = log.opened_as(&user(owner), &opened_as.parse().unwrap());
        let row = row.await.unwrap();
        assert_eq!(row.as_ref().map(|row| row.session.as_str()), expected);
        row
    };
    check("u1", "first", Some("s1")).await;
    check("u1", "second", Some("s2")).await;
    check("u2", "first", Some("s3")).await;
    check("u2", "second", None).await;
    check("u3", "first", None).await;
    // Found by its first row, and answered with its last.
    let mut later = batch("s2", "u1", 1, 4);
    later.row.opened_as = Some("second".parse().unwrap());
    append(&log, later.clone()).await;
    assert_eq!(check("u1", "second", Some("s2")).await, Some(later.row));
}

pub(super) async fn all_sessions_are_gone_through_in_pages(log: Made) {
    for n in 0..10 {
        append(&log, batch(&format!("s{n}"), "u1", 0, 1)).await;
    }
    append(&log, batch("s3", "u1", 1, 5)).await;
    for erased in ["s0", "s5", "s6"] {
        log.erase(&session(erased)).await.unwrap();
    }
    let names = async |page: usize| {
        let (mut names, mut last) = (Vec::new(), 0);
        loop {
            let rows = log.rows(last, page).await.unwrap();
            assert!(rows.len() <= page);
            for (number, row) in &rows {
                assert!(*number > last, "numbers count up");
                last = *number;
                names.push(row.session.to_string());
            }
            if rows.is_empty() {
                return names;
            }
        }
    };
    for page in [1, 2, 7, 100, usize::MAX] {
        let expected = ["s1", "s2", "s3", "s4", "s7", "s8", "s9"];
        assert_eq!(names(page).await, expected, "{page} at a time");
    }
    assert_eq!(log.rows(0, 0).await, Ok(Vec::new()));
    assert_eq!(log.rows(u64::MAX, 10).await, Ok(Vec::new()));
    let rows = log.rows(0, 3).await.unwrap();
    assert_eq!(rows[2].1, batch("s3", "u1", 1, 5).row, "with its last row");
    // Who comes while they are gone through is met last.
    append(&log, batch("s10", "u1", 0, 1)).await;
    assert_eq!(names(3).await.last().unwrap(), "s10");
}

pub(super) async fn an_erased_session_leaves_nothing_and_its_id_can_be_used_anew(log: Made) {
    let opened_as: ClientId = "opened".parse().unwrap();
    let mut first = batch("s1", "u1", 0, 3);
    first.row.opened_as = Some(opened_as.clone());
    append(&log, first).await;
    append(&log, named(batch("s1", "u1", 3, 2), "c1")).await;
    append(&log, batch("s2", "u1", 0, 1)).await;
    assert_eq!(log.erase(&session("s1")).await, Ok(true));
    assert_eq!(log.erase(&session("s1")).await, Ok(false));
    assert_eq!(log.erase(&session("never")).await, Ok(false));

    let read = log.read(&session("s1"), 0, 10).await;
    assert_eq!(read, Err(LogError::NoSession));
    assert_eq!(log.load(&session("s1")).await, Ok(None));
    assert_eq!(log.of_user(&user("u1"), 9).await.unwrap().len(), 1);
    assert_eq!(log.opened_as(&user("u1"), &opened_as).await, Ok(None));
    assert_eq!(log.rows(0, 9).await.unwrap().len(), 1);

    let anew = batch("s1", "u2", 0, 1);
    append(&log, anew.clone()).await;
    assert_eq!(all(&log, "s1").await, anew.records);
    let stored = loaded(&log, "s1").await;
    assert_eq!((stored.row, stored.client_ids), (anew.row, Vec::new()));
    // The newest of all leaves nothing to the next.
    append(&log, named(batch("s1", "u2", 1, 4), "c1")).await;
    log.erase(&session("s1")).await.unwrap();
    append(&log, batch("s3", "u3", 0, 1)).await;
    assert_eq!(all(&log, "s3").await, batch("s3", "u3", 0, 1).records);
    assert_eq!(loaded(&log, "s3").await.client_ids, []);
    assert_eq!(all(&log, "s2").await.len(), 1);
}

pub(super) async fn many_sessions_are_written_at_once(log: Made) {
    let writers = (0..100).map(|n| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            let name = format!("s{n}");
            for head in 0..10 {
                append(&log, batch(&name, "u1", head, 1)).await;
                // What was answered is there.
                assert_eq!(loaded(&log, &name).await.row.head, head + 1);
            }
        })
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }
    for n in 0..100 {
        let name = format!("s{n}");
        let expected: Vec<_> = (0..10)
            .flat_map(|head| batch(&name, "u1", head, 1).records)
            .collect();
        assert_eq!(all(&log, &name).await, expected);
    }
    assert_eq!(log.rows(0, 1_000).await.unwrap().len(), 100);
}

pub(super) async fn of_competing_writers_one_gets_each_place(log: Made) {
    // Each writes where it believes the head to be, and learns from a conflict where it is.
    let writers = (0..8).map(|writer| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            let (mut head, mut won) = (0, Vec::new());
            while head < 100 {
                let mut batch = batch("s1", "u1", head, 1);
                batch.records = vec![record(head + 1, &format!("of {writer}"))];
                match log.append(batch.clone()).await {
                    Ok(()) => {
                        won.extend(batch.records);
                        head += 1;
                    }
                    Err(LogError::Conflict { head: there, .. }) => head = there,
                    Err(error) => panic!("{error}"),
                }
            }
            won
        })
    });
    let mut won = Vec::new();
    for writer in join_all(writers).await {
        won.extend(writer.unwrap());
    }
    won.sort_by_key(|record| record.seq);
    let places: Vec<Seq> = won.iter().map(|record| record.seq).collect();
    assert_eq!(places, (1..=places.len() as Seq).collect::<Vec<_>>());
    assert_eq!(all(&log, "s1").await, won, "who was told so, has written");
}

pub(super) async fn nobody_sees_half_of_an_append(log: Made) {
    const ROUNDS: u64 = 60;
    append(&log, named(batch("s1", "u1", 0, 3), "c0")).await;
    let done = Arc::new(AtomicBool::new(false));
    let reading = {
        let (log, done) = (Arc::clone(&log), Arc::clone(&done));
        tokio::spawn(async move {
            while !done.load(Ordering::Relaxed) {
                assert_eq!(all(&log, "s1").await.len() % 3, 0);
                let stored = loaded(&log, "s1").await;
                assert_eq!(stored.row.head % 3, 0);
                let expected = stored.row.head / 3;
                assert_eq!(stored.client_ids.len() as u64, expected);
            }
        })
    };
    for round in 1..ROUNDS {
        let named = named(batch("s1", "u1", 3 * round, 3), &format!("c{round}"));
        append(&log, named).await;
    }
    done.store(true, Ordering::Relaxed);
    reading.await.unwrap();
}

pub(super) async fn an_append_nobody_waits_for_is_whole(log: Made) {
    for round in 0..30 {
        let name = format!("s{round}");
        drop(log.append(named(batch(&name, "u1", 0, 3), "c1")));
        // What comes after it, comes after it; there or not, it is so with all that belongs to it.
        log.probe().await.unwrap();
        match log.load(&session(&name)).await.unwrap() {
            None => assert_eq!(
                log.read(&session(&name), 0, 9).await,
                Err(LogError::NoSession)
            ),
            Some(stored) => {
                assert_eq!(stored.client_ids.len(), 1);
                assert_eq!(all(&log, &name).await.len(), 3);
            }
        }
    }
}

pub(super) async fn hostile_text_comes_back_as_it_was(log: Made) {
    let long = "long ".repeat(200_000);
    let texts = [
        "",
        "\0",
        "a\0b",
        "\n\r\n\r",
        "\u{2028}\u{2029}\u{85}",
        "'; DROP TABLE sessions; --",
        "\"\\\"\\\\",
        "m{}\nt{}\n",
        "\u{feff}\u{202e}💩\u{10ffff}",
        "\u{1b}[31m",
        &long,
    ];
    let mut batch = batch("s1", "u1", 0, texts.len() as u64);
    batch.records = (1..)
        .zip(texts)
        .map(|(seq, text)| record(seq, text))
        .collect();
    let state = serde_json::json!({ "texts": texts }).to_string();
    batch.row.state = state.into();
    batch.row.used = at(-1);
    append(&log, batch.clone()).await;
    assert_eq!(all(&log, "s1").await, batch.records);
    assert_eq!(loaded(&log, "s1").await.row, batch.row);
}

pub(super) async fn a_probe_changes_nothing(log: Made) {
    assert_eq!(log.probe().await, Ok(()));
    append(&log, batch("s1", "u1", 0, 3)).await;
    let before = seen(&log, "s1", "u1").await;
    for _ in 0..3 {
        assert_eq!(log.probe().await, Ok(()));
    }
    assert_eq!(seen(&log, "s1", "u1").await, before);
}
