//! Each log against a model: whatever is asked of it in whatever order, it answers as a list would.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use statechat::log::{Batch, Invited, LogError, Stored};
use statechat::record::{ClientId, HeadRow, Receipt, Record, Seq, UserId};

use super::{Made, at, batch, memory, session, sqlite, user};

/// Sessions and users there may be, and how many of these own sessions.
const SESSIONS: u8 = 4;
const USERS: u8 = 4;
const OWNERS: u8 = 2;

#[derive(Clone, Debug)]
enum Call {
    Append(Append),
    /// A session, after which place, up to how many.
    Read(u8, Seq, usize),
    Load(u8),
    OfUser(u8, usize),
    OpenedAs(u8),
    /// After so many sessions, up to how many.
    Rows(usize, usize),
    Erase(u8),
    /// To a session, whom, unless there are so many.
    Invite(u8, u8, usize),
    Receive(u8, u8, Receipt),
    Reopen,
}

#[derive(Clone, Debug)]
struct Append {
    session: u8,
    /// How far from the head it is believed to be.
    off: i64,
    count: u64,
    named: bool,
    used: u8,
    participants: Vec<u8>,
}

fn call() -> impl Strategy<Value = Call> {
    let session = || 0..SESSIONS;
    let user = || 0..USERS;
    let limit = || prop_oneof![4 => 0..8_usize, 1 => Just(usize::MAX)];
    let off = prop_oneof![6 => Just(0), 1 => -3..4_i64];
    let append = (
        session(),
        off,
        prop_oneof![6 => 1..4_u64, 1 => 30..100_u64],
        any::<bool>(),
        any::<u8>(),
        prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(user(), 1..4)],
    );
    let append = append.prop_map(|(session, off, count, named, used, participants)| Append {
        session,
        off,
        count,
        named,
        used,
        participants,
    });
    let after = prop_oneof![3 => 0..12_u64, 2 => 0..300_u64, 1 => any::<u64>()];
    let read = (session(), after, limit());
    let mark = || prop_oneof![4 => 0..20_u64, 1 => any::<u64>()];
    let receipt = (mark(), mark()).prop_map(|(delivered, read)| Receipt { delivered, read });
    let receive = (session(), user(), receipt);
    prop_oneof![
        8 => append.prop_map(Call::Append),
        3 => read.prop_map(|(session, after, limit)| Call::Read(session, after, limit)),
        3 => session().prop_map(Call::Load),
        2 => (user(), limit()).prop_map(|(user, limit)| Call::OfUser(user, limit)),
        1 => session().prop_map(Call::OpenedAs),
        2 => (0..5_usize, limit()).prop_map(|(skipped, limit)| Call::Rows(skipped, limit)),
        2 => session().prop_map(Call::Erase),
        3 => (session(), user(), limit()).prop_map(|(s, user, max)| Call::Invite(s, user, max)),
        3 => receive.prop_map(|(s, user, receipt)| Call::Receive(s, user, receipt)),
        1 => Just(Call::Reopen),
    ]
}

/// Sessions in the order in which they began.
#[derive(Default)]
struct Model(Vec<Kept>);

struct Kept {
    row: HeadRow,
    records: Vec<Record>,
    client_ids: Vec<(ClientId, Seq)>,
    participants: Vec<UserId>,
    receipts: Vec<(UserId, Receipt)>,
}

fn name(session: u8) -> String {
    format!("s{session}")
}

fn of(number: u8) -> UserId {
    user(&owner(number))
}

fn owner(number: u8) -> String {
    format!("u{number}")
}

fn opened_as(session: u8) -> ClientId {
    format!("opened-{session}").parse().unwrap()
}

impl Model {
    fn find(&self, number: u8) -> Option<&Kept> {
        self.0
            .iter()
            .find(|kept| kept.row.session == session(&name(number)))
    }

    fn head(&self, session: u8) -> Seq {
        self.find(session).map_or(0, |kept| kept.row.head)
    }

    fn find_mut(&mut self, number: u8) -> Result<&mut Kept, LogError> {
        let kept = &mut self.0;
        let kept = kept
            .iter_mut()
            .find(|kept| kept.row.session == session(&name(number)));
        kept.ok_or(LogError::NoSession)
    }

    fn append(&mut self, batch: Batch) -> Result<(), LogError> {
        let kept = self
            .0
            .iter_mut()
            .find(|kept| kept.row.session == batch.row.session);
        let head = kept.as_ref().map_or(0, |kept| kept.row.head);
        let expected = batch.expected;
        if head != expected {
            return Err(LogError::Conflict { head, expected });
        }
        let named = batch.client_id.map(|id| (id, expected + 1));
        let session = batch.row.session.clone();
        match kept {
            Some(kept) => {
                kept.row = batch.row;
                kept.records.extend(batch.records);
                kept.client_ids.extend(named);
            }
            None => self.0.push(Kept {
                row: batch.row,
                records: batch.records,
                client_ids: named.into_iter().collect(),
                participants: Vec::new(),
                receipts: Vec::new(),
            }),
        }
        let mut kept = self.0.iter_mut();
        let kept = kept.find(|kept| kept.row.session == session).unwrap();
        for user in batch.participants {
            kept.invite(&user, usize::MAX);
        }
        Ok(())
    }

    fn read(&self, session: u8, after: Seq, limit: usize) -> Result<Vec<Record>, LogError> {
        let kept = self.find(session).ok_or(LogError::NoSession)?;
        let later = kept.records.iter().filter(|record| record.seq > after);
        Ok(later.take(limit).cloned().collect())
    }

    fn load(&self, session: u8) -> Option<Stored> {
        self.find(session).map(|kept| Stored {
            row: kept.row.clone(),
            client_ids: kept.client_ids.clone(),
            participants: kept.participants.clone(),
            receipts: kept.receipts.clone(),
        })
    }

    fn of_user(&self, number: u8, limit: usize) -> Vec<HeadRow> {
        let user = of(number);
        let theirs = self.0.iter().filter(|kept| kept.has(&user));
        let mut rows: Vec<_> = theirs.map(|kept| kept.row.clone()).collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.used), row.session.clone()));
        rows.truncate(limit);
        rows
    }

    fn rows(&self, skipped: usize, limit: usize) -> Vec<HeadRow> {
        let rows = self.0.iter().map(|kept| kept.row.clone());
        rows.skip(skipped).take(limit).collect()
    }

    fn erase(&mut self, number: u8) -> bool {
        let before = self.0.len();
        self.0
            .retain(|kept| kept.row.session != session(&name(number)));
        self.0.len() < before
    }
}

impl Kept {
    fn has(&self, user: &UserId) -> bool {
        self.row.owner == *user || self.participants.contains(user)
    }

    fn invite(&mut self, user: &UserId, max: usize) -> Invited {
        if self.has(user) {
            return Invited::Already;
        }
        if self.participants.len() >= max {
            return Invited::Full;
        }
        self.participants.push(user.clone());
        Invited::Joined
    }

    /// Written out, and not by what the logs go by.
    fn receive(&mut self, user: &UserId, told: Receipt) -> Receipt {
        let found = self.receipts.iter().find(|(of, _)| of == user);
        let Receipt { delivered, read } = found.map_or(Receipt::default(), |(_, held)| *held);
        let (told_delivered, told_read) = (
            told.delivered.min(self.row.head),
            told.read.min(self.row.head),
        );
        let read = read.max(told_read);
        let delivered = delivered.max(told_delivered).max(read);
        let raised = Receipt { delivered, read };
        self.receipts.retain(|(of, _)| of != user);
        if raised != Receipt::default() {
            self.receipts.push((user.clone(), raised));
        }
        self.receipts.sort_by(|a, b| a.0.cmp(&b.0));
        raised
    }
}

impl Append {
    fn batch(&self, head: Seq) -> Batch {
        let expected = head.saturating_add_signed(self.off);
        let owner = owner(self.session % OWNERS);
        let mut batch = batch(&name(self.session), &owner, expected, self.count);
        batch.row.opened_as = Some(opened_as(self.session));
        batch.row.used = at(self.used.into());
        batch.participants = self.participants.iter().map(|user| of(*user)).collect();
        batch.client_id = self.named.then(|| format!("c{expected}").parse().unwrap());
        batch
    }
}

/// Asks both; they must agree.
async fn ask(made: &Made, model: &mut Model, call: Call) -> Result<(), TestCaseError> {
    let id = |number| session(&name(number));
    match call {
        Call::Append(append) => {
            let batch = append.batch(model.head(append.session));
            prop_assert_eq!(made.append(batch.clone()).await, model.append(batch));
        }
        Call::Read(number, after, limit) => {
            let read = made.read(&id(number), after, limit).await;
            prop_assert_eq!(read, model.read(number, after, limit));
        }
        Call::Load(number) => {
            let mut stored = made.load(&id(number)).await.unwrap();
            if let Some(stored) = &mut stored {
                stored.client_ids.sort_by_key(|(_, seq)| *seq);
            }
            prop_assert_eq!(stored, model.load(number));
        }
        Call::OfUser(number, limit) => {
            let rows = made.of_user(&of(number), limit).await;
            prop_assert_eq!(rows, Ok(model.of_user(number, limit)));
        }
        Call::OpenedAs(session) => {
            let row = made.opened_as(&of(session % OWNERS), &opened_as(session));
            let expected = model.find(session).map(|kept| kept.row.clone());
            prop_assert_eq!(row.await, Ok(expected));
        }
        Call::Rows(skipped, limit) => {
            prop_assert_eq!(rows(made, skipped, limit).await, model.rows(skipped, limit));
        }
        Call::Erase(number) => {
            let erased = made.erase(&id(number)).await;
            prop_assert_eq!(erased, Ok(model.erase(number)));
        }
        Call::Invite(number, user, max) => {
            let invited = made.invite(&id(number), &of(user), max).await;
            let expected = model.find_mut(number);
            prop_assert_eq!(invited, expected.map(|kept| kept.invite(&of(user), max)));
        }
        Call::Receive(number, user, receipt) => {
            let received = made.receive(&id(number), &of(user), receipt).await;
            let expected = model.find_mut(number);
            prop_assert_eq!(
                received,
                expected.map(|kept| kept.receive(&of(user), receipt))
            );
        }
        Call::Reopen => {}
    }
    Ok(())
}

async fn rows(made: &Made, skipped: usize, limit: usize) -> Vec<HeadRow> {
    let everything = made.rows(0, usize::MAX).await.unwrap();
    assert!(everything.is_sorted_by(|(a, _), (b, _)| a < b));
    let last = everything[..skipped.min(everything.len())].last();
    let rows = made.rows(last.map_or(0, |(number, _)| *number), limit);
    let rows = rows.await.unwrap();
    rows.into_iter().map(|(_, row)| row).collect()
}

async fn check(mut made: Made, calls: Vec<Call>) -> Result<(), TestCaseError> {
    let mut model = Model::default();
    for call in calls {
        if matches!(call, Call::Reopen) {
            made = made.reopened();
        }
        ask(&made, &mut model, call).await?;
    }
    Ok(())
}

fn compare(cases: u32, make: impl Fn() -> Made) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let calls = prop::collection::vec(call(), 1..60);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let result = runner.run(&calls, |calls| {
        let made = make();
        runtime.block_on(check(made, calls))
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn memory_answers_as_a_list_would() {
    compare(256, memory);
}

#[test]
fn sqlite_answers_as_a_list_would_also_when_it_is_opened_again() {
    compare(48, sqlite);
}
