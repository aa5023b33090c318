//! `statechat token`, and the link that `serve` prints on a terminal.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;

use crate::folder::Folder;
use crate::process::{Process, STATECHAT, said};
use crate::server::{client, send};

fn run(home: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(STATECHAT);
    command.arg("token").arg("--home").arg(home).args(more);
    command.output().unwrap()
}

/// A token of the server whose home this is.
pub(super) fn minted(home: &Path, more: &[&str]) -> String {
    let output = run(home, more);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

#[tokio::test]
async fn a_minted_token_is_what_it_says() {
    let folder = Folder::new();
    let home = folder.file("home");
    let process = Process::start(&home, &[]);
    let token = minted(
        &home,
        &[
            "--sub",
            "ann@example.org",
            "--role",
            "agent",
            "--name",
            "Ann",
            "--for",
            "90d",
            "--meta",
            "desk=bonds",
            "--meta",
            "floor=2=a",
        ],
    );
    let url = format!("http://{}/api/token", process.address);
    let answer = send(client().post(&url).bearer_auth(&token)).await;
    let body = answer.json();
    assert_eq!(body["user"], "ann@example.org");
    assert_eq!(body["role"], "agent");
    assert_eq!(body["name"], "Ann");
    assert_eq!(body["token"], token, "it does not renew itself");
    let user = minted(&home, &["--sub", "bob", "--for", "90d"]);
    let body = send(client().post(&url).bearer_auth(&user)).await.json();
    assert_eq!(
        (&body["role"], &body["token"]),
        (&json!("user"), &json!(user))
    );
    let elsewhere = Process::start(&folder.file("other"), &[]);
    let url = format!("http://{}/api/token", elsewhere.address);
    send(client().post(url).bearer_auth(token))
        .await
        .is_problem(401, "unauthorized");
}

#[test]
fn what_is_wrong_with_a_token_to_be_is_said() {
    let folder = Folder::new();
    let home = folder.file("home");
    let line = said(&run(&home, &["--sub", "ann"]));
    assert!(
        line.contains("start the server with this --home once"),
        "{line}"
    );
    std::fs::create_dir(&home).unwrap();
    let key = home.join("key");
    std::fs::write(&key, [7; 32]).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let allow = |mode| std::fs::set_permissions(&key, PermissionsExt::from_mode(mode)).unwrap();
        allow(0o644);
        let line = said(&run(&home, &["--sub", "ann"]));
        assert!(line.contains("chmod 600"), "{line}");
        allow(0o600);
    }
    for (more, words) in [
        (&["--sub", "ann", "--meta", "desk"][..], "write KEY=VALUE"),
        (&["--sub", "ann", "--meta", "=bonds"], "write KEY=VALUE"),
        (&["--sub", "ann", "--for", "8"], "such as 8h or 30d"),
        (&["--sub", "ann", "--for", "0s"], "such as 8h or 30d"),
        (&["--sub", "a b"], "--sub"),
        (&["--sub", ""], "--sub"),
        (
            &["--sub", "ann", "--role", "root"],
            "possible values: user, agent, admin",
        ),
        (&[], "--sub"),
    ] {
        let output = run(&home, more);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{more:?}: {stderr}");
        assert!(stderr.contains(words), "{more:?}: {stderr}");
        assert!(output.stdout.is_empty(), "{more:?}");
    }
    std::fs::remove_file(&key).unwrap();
    std::fs::create_dir(&key).unwrap();
    let line = said(&run(&home, &["--sub", "ann"]));
    assert!(line.contains(key.to_str().unwrap()), "{line}");
}

#[tokio::test]
async fn whoever_sees_the_terminal_becomes_its_administrator_once() {
    let folder = Folder::new();
    let home = folder.file("home");
    // `exec`: a shell that stays would get the Ctrl-C too, and end by it.
    let serve = format!(
        "exec {STATECHAT} serve --listen 127.0.0.1:0 --home {}",
        home.display()
    );
    if Command::new("script").arg("--version").output().is_err() {
        crate::skip::skipped("there is no script(1) to make a terminal with");
        return;
    }
    // A server that prints no link is not waited for without end.
    let mut script = Command::new("timeout");
    let script = script.args(["20", "script", "-qec", &serve, "/dev/null"]);
    let script = script.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = script.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let link = loop {
        let line = lines.next().expect("no link was printed").unwrap();
        if let Some((_, rest)) = line.split_once("Administer it from ") {
            break rest.split(' ').next().unwrap().to_owned();
        }
    };
    let (page, code) = link.split_once("#code=").unwrap();
    let redeem = || {
        client()
            .post(format!("{page}api/token"))
            .json(&json!({ "code": code }))
    };
    let answer = send(redeem()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["role"], "admin");
    assert_eq!(
        answer.json()["token"],
        json!(null),
        "the cookie is for the browser alone"
    );
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let revoke = client()
        .delete(format!("{page}api/tokens/ann"))
        .header("cookie", cookie);
    assert_eq!(send(revoke).await.status, 204);
    send(redeem()).await.is_problem(401, "unauthorized");
    // Ctrl-C, as one types it there.
    child.stdin.as_mut().unwrap().write_all(b"\x03").unwrap();
    let ended = child.wait().unwrap();
    assert!(ended.success(), "{ended}");
}

#[test]
fn who_reads_a_pipe_gets_no_link() {
    let folder = Folder::new();
    let mut command = Command::new(STATECHAT);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--home"])
        .arg(folder.file("home"));
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let greeting = [
        lines.next().unwrap().unwrap(),
        lines.next().unwrap().unwrap(),
    ];
    let stopped = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .unwrap();
    assert!(stopped.success() && child.wait().unwrap().success());
    let rest: Vec<_> = lines.map(Result::unwrap).collect();
    assert!(
        !greeting.concat().contains("#code=") && rest.is_empty(),
        "{rest:?}"
    );
}
