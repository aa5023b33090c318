//! The workbench on a machine that was changed on purpose: its differences, and what becomes of stored conversations.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use statechat::bots::stock::{Market, StockBot};
use statechat::testing::Conversation;

use crate::changed::{now::Desk as New, old::Desk as Old};
use crate::example::example;
use crate::folder::Folder;
use crate::process::{Process, STATECHAT, said, serve, unread};
use crate::server::{Opened, open_at};

/// A server of the desk as it was.
fn desk_of_old(home: &Path) -> Process {
    let mut command = Command::new(example("desk"));
    command.args(["--edition", "old"]).args(serve(home, &[]));
    Process::run(command).expect("the desk did not start")
}

fn command(program: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(args);
    command.env_remove("STATECHAT_HOME");
    command
}

fn run(program: &Path, folder: &Path, args: &[&str]) -> Output {
    command(program, folder, args).output().unwrap()
}

fn desk(folder: &Path, args: &[&str]) -> Output {
    run(&example("desk"), folder, args)
}

/// The exit code where nobody reads the report.
fn desk_unread(folder: &Path, args: &[&str]) -> Option<i32> {
    let output = unread(&mut command(&example("desk"), folder, args));
    output.status.code()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Conversations with the desk as it was, by what was said in each.
async fn held(server: &Process, courses: &[&[&str]]) -> Vec<Opened> {
    let mut sessions = Vec::new();
    for course in courses {
        let session = open_at(server.address, "desk").await;
        for text in *course {
            session.say(text).await;
        }
        sessions.push(session);
    }
    sessions
}

const COURSES: &[&[&str]] = &[
    &["book", "morning"],
    &["book"],
    &["weather"],
    &["weather", "book"],
    &["lose"],
];

#[tokio::test]
async fn a_replay_says_beside_the_server_what_a_deployment_would_do() {
    let folder = Folder::new();
    let home = folder.file("home");
    let server = desk_of_old(&home);
    let sessions = held(&server, COURSES).await;
    let home = home.to_str().unwrap();

    let output = desk(folder.path(), &["replay", "--home", home]);
    let mut report = text(&output.stdout);
    for (session, name) in sessions.iter().zip(["A", "B", "C", "D", "E"]) {
        report = report.replace(&session.id, &format!("SESSION-{name}"));
    }
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    insta::assert_snapshot!("replay", report);
    let code = desk_unread(folder.path(), &["replay", "--home", home]);
    assert_eq!(code, Some(1));

    let output = desk(folder.path(), &["replay", "--home", home, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let bot = &report["bots"][0];
    assert_eq!(
        (&report["version"], &bot["bot"]),
        (&json!(1), &json!("desk"))
    );
    let counts = [
        "conversations",
        "unchanged",
        "reworded",
        "diverging",
        "stranded",
    ];
    assert_eq!(
        counts.map(|count| bot[count].as_u64().unwrap()),
        [5, 2, 2, 2, 1]
    );
    assert_eq!(bot["causes"][1]["first"][0]["session"], sessions[4].id);

    // With the machine that they were held with nothing is different, and the server has gone on all the time.
    let output = desk(
        folder.path(),
        &["--edition", "old", "replay", "--home", home],
    );
    assert_eq!(output.status.code(), Some(0));
    let expected = "desk: 5 conversations; 5 unchanged, 0 diverging, 0 stranded\n";
    assert_eq!(text(&output.stdout), expected);
    sessions[2].say("book").await;
    server.stop();
    // Nor is the server needed.
    let output = desk(
        folder.path(),
        &["--edition", "old", "replay", "--home", home],
    );
    assert_eq!(text(&output.stdout), expected);
    // A program without the bot has nothing to go on with.
    let output = run(
        STATECHAT.as_ref(),
        folder.path(),
        &["replay", "--home", home],
    );
    assert_eq!(output.status.code(), Some(1));
    let none = "  strands: no bot desk runs here\n    5 conversations:";
    assert!(
        text(&output.stdout).contains(none),
        "{}",
        text(&output.stdout)
    );
}

#[tokio::test]
async fn a_replay_goes_past_what_is_damaged_and_says_so() {
    let folder = Folder::new();
    let home = folder.file("home");
    let server = desk_of_old(&home);
    held(&server, COURSES).await;
    server.stop();
    let args = ["--edition", "old", "replay", "--home"];
    let replay = || {
        desk(
            folder.path(),
            &[&args[..], &[home.to_str().unwrap()]].concat(),
        )
    };
    let database = rusqlite::Connection::open(home.join("statechat.db")).unwrap();
    let damage = "UPDATE sessions SET owner = '' WHERE number = 2";
    assert_eq!(database.execute(damage, []), Ok(1));
    let output = replay();
    assert_eq!(
        (text(&output.stdout).as_str(), output.status.code()),
        (
            "desk: 4 conversations; 4 unchanged, 0 diverging, 0 stranded\n",
            Some(1)
        ),
        "{}",
        text(&output.stderr)
    );
    assert!(text(&output.stderr).contains("damaged conversations were left out"));
    // Where all is damaged, there is an end to it.
    let damage = "UPDATE sessions SET owner = '', number = number + 100000; \
                  UPDATE heads SET session = session + 100000;";
    database.execute_batch(damage).unwrap();
    let refused = said(&replay());
    assert!(refused.contains("damaged"), "{refused}");
}

#[tokio::test]
async fn a_stored_conversation_becomes_a_test() {
    let folder = Folder::new();
    let home = folder.file("home");
    let server = desk_of_old(&home);
    let sessions = held(&server, COURSES).await;
    let mut transcripts = Vec::new();
    for session in &sessions {
        let args = ["transcript", &session.id, "--home", home.to_str().unwrap()];
        let output = desk(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        transcripts.push(text(&output.stdout));
    }
    server.stop();

    for transcript in &transcripts {
        let _ = Conversation::<Old>::replay_in((), transcript);
    }
    let _ = Conversation::<Old>::retell(&transcripts[0]).expect_state("Booked");
    // What users said, and this machine's answers.
    let _ = Conversation::<New>::replay_in((), &transcripts[0]);
    let _ = Conversation::<New>::retell(&transcripts[2])
        .expect_state("Outlook")
        .expect_reply("It is sunny.");
    let panic = std::panic::catch_unwind(|| Conversation::<New>::replay_in((), &transcripts[2]));
    let panic = *panic.unwrap_err().downcast::<String>().unwrap();
    let expected = "at record 3: in Asking Weather leads to Open.Outlook, and led to Open.Asking\n\n\
        The conversation so far:\n\nbot: How can I help?\n";
    assert!(panic.starts_with(expected), "{panic}");
    assert!(panic.contains("you: weather"), "{panic}");
    // Somebody else's, and what is none at all.
    for (bad, why) in [
        (
            &*transcripts[0],
            "this is a conversation with the bot \"desk\", not with \"stock\"",
        ),
        (
            "{}",
            "this is not a transcript as `statechat transcript` writes it",
        ),
        (
            "{\"version\":9}",
            "the transcript is of version 9; this program reads version 1",
        ),
    ] {
        let panic = std::panic::catch_unwind(|| Conversation::<StockBot>::retell(bad));
        let panic = *panic.unwrap_err().downcast::<String>().unwrap();
        assert!(panic.starts_with(why), "{panic}");
    }
}

#[tokio::test]
async fn what_came_of_effects_is_retold_too() {
    let folder = Folder::new();
    let server = Process::start(folder.path(), &[]);
    let session = server.open().await;
    session.say("gsk").await;
    session
        .record(|record| record["data"]["price"] == "1574.80")
        .await;
    session.say("refresh").await;
    let args = [
        "transcript",
        &session.id,
        "--home",
        folder.path().to_str().unwrap(),
    ];
    let output = run(STATECHAT.as_ref(), folder.path(), &args);
    let transcript = text(&output.stdout);
    server.stop();
    let _ = Conversation::<StockBot>::replay_in(Market::bundled(), &transcript)
        .expect_reply_containing("1,574.80 GBX");
}

#[test]
fn a_reviewer_sees_what_became_of_the_machine() {
    let folder = Folder::new();
    let machines = folder.file("machines");
    let exported = desk(
        folder.path(),
        &["--edition", "old", "export", "--all", "machines"],
    );
    assert!(exported.status.success(), "{}", text(&exported.stderr));

    let output = desk(folder.path(), &["diff", "machines", "--svg", "diff.svg"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!("diff", text(&output.stdout));
    insta::assert_snapshot!(
        "diff.svg",
        std::fs::read_to_string(folder.file("diff.svg")).unwrap()
    );

    let expanded = [
        "--edition",
        "old",
        "export",
        "--view",
        "expanded",
        "-o",
        "old.json",
    ];
    assert!(desk(folder.path(), &expanded).status.success());
    let output = desk(folder.path(), &["diff", "old.json", "--exit-code"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("diff-expanded", text(&output.stdout));
    let code = desk_unread(folder.path(), &["diff", "old.json", "--exit-code"]);
    assert_eq!(code, Some(1));
    let output = desk(folder.path(), &["diff", "old.json", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("diff.json", text(&output.stdout));

    // The other way round, what was added is removed; and nothing is different from itself.
    let output = desk(folder.path(), &["export", "-o", "new.json"]);
    assert!(output.status.success());
    let output = desk(folder.path(), &["--edition", "old", "diff", "new.json"]);
    assert!(text(&output.stdout).contains("- state Outlook in Open"));
    let output = desk(folder.path(), &["diff", "new.json", "--exit-code"]);
    assert_eq!(
        (text(&output.stdout).as_str(), output.status.code()),
        ("desk: the same machine\n", Some(0))
    );

    // Edited by hand.
    let json = std::fs::read_to_string(machines.join("desk.json")).unwrap();
    let json = json.replacen("\"to\":\"Slot\"", "\"to\":\"Nowhere\"", 1);
    std::fs::write(machines.join("desk.json"), json).unwrap();
    let refused = said(&desk(
        folder.path(),
        &["diff", "machines", "--svg", "diff.svg"],
    ));
    assert!(refused.contains("it has no state \"Nowhere\""), "{refused}");
    std::fs::write(machines.join("desk.json"), "{\"version\":7}").unwrap();
    let refused = said(&desk(folder.path(), &["diff", "machines"]));
    assert!(refused.contains("version 7 of the format"), "{refused}");
    let refused = said(&desk(folder.path(), &["diff", "machines/desk.svg"]));
    assert!(
        refused.contains("this is not a machine as `statechat export` writes it"),
        "{refused}"
    );
}

#[test]
fn what_an_export_does_not_tell_is_no_difference() {
    let folder = Folder::new();
    assert!(
        desk(folder.path(), &["export", "-o", "new.json"])
            .status
            .success()
    );
    // An export of before replies were told says nothing of them, rather than that nothing was said.
    let untold = std::fs::read_to_string(folder.file("new.json")).unwrap();
    let mut untold: Value = serde_json::from_str(&untold).unwrap();
    untold.as_object_mut().unwrap().remove("greeting");
    for transition in untold["transitions"].as_array_mut().unwrap() {
        transition.as_object_mut().unwrap().remove("reply");
    }
    std::fs::write(folder.file("untold.json"), untold.to_string()).unwrap();
    let output = desk(folder.path(), &["diff", "untold.json"]);
    assert_eq!(text(&output.stdout), "desk: the same machine\n");
}

#[test]
fn an_older_machine_comes_from_a_git_revision() {
    let folder = Folder::new();
    let git = |args: &[&str]| {
        let own = [
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@localhost",
        ];
        let mut git = Command::new("git");
        let output = git.current_dir(folder.path()).args(own).args(args).output();
        assert!(output.unwrap().status.success(), "git {args:?}");
    };
    git(&["init", "--quiet"]);
    let exported = desk(
        folder.path(),
        &["--edition", "old", "export", "--all", "machines"],
    );
    assert!(exported.status.success());
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The machine as it was"]);
    let exported = desk(folder.path(), &["export", "--all", "machines"]);
    assert!(exported.status.success());
    let output = desk(folder.path(), &["diff", "HEAD"]);
    assert!(
        text(&output.stdout).contains("+ state Outlook in Open"),
        "{}",
        text(&output.stderr)
    );
    for (revision, why) in [
        (
            "HEAD~7",
            "is neither a file nor a folder, and git has no HEAD~7:./machines/desk.json",
        ),
        ("-x", "unexpected argument"),
    ] {
        let output = desk(folder.path(), &["diff", revision]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(why),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let folder = Folder::new();
    let file = folder.file("diary.db");
    std::fs::write(&file, "Dear diary").unwrap();
    let diary = format!("sqlite:{}", file.display());
    for (args, why) in [
        (
            &["replay", "--store", "memory"][..],
            "conversations in memory are gone with their server",
        ),
        (
            &["replay", "--store", "sqlite:/nowhere/at.db"],
            "cannot open the database /nowhere/at.db",
        ),
        (
            &["replay", "--store", &diary],
            "is not a database of statechat",
        ),
        (&["replay", "--bot", "nobody"], "there is no bot nobody"),
        (
            &["transcript", "nobody", "--store", &diary],
            "is not a database of statechat",
        ),
    ] {
        let refused = said(&desk(folder.path(), args));
        assert!(refused.contains(why), "{refused}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"Dear diary");
    let server = Process::start(folder.path(), &[]);
    let home = folder.path().to_str().unwrap();
    let refused = said(&desk(
        folder.path(),
        &["transcript", "nobody", "--home", home],
    ));
    assert!(
        refused.contains("there is no conversation nobody in this database"),
        "{refused}"
    );
    let output = desk(folder.path(), &["replay", "--home", home]);
    assert_eq!(
        (text(&output.stdout).as_str(), output.status.code()),
        ("no conversations\n", Some(0))
    );
    drop(server);
}
