//! The program as it is started: its words, its exit codes.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::process::{STATECHAT, unread};
use crate::proxy::{Proxy, Way};
use crate::server::Running;

fn run(args: &[&str], input: &str) -> Output {
    run_with(&[], args, input)
}

/// With these names in its environment.
fn run_with(environment: &[(&str, &str)], args: &[&str], input: &str) -> Output {
    let mut child = Command::new(STATECHAT)
        .envs(environment.iter().copied())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that stops early does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_pipe_gives_a_plain_transcript() {
    let output = run(
        &["chat"],
        "LSE\nGSK\n\nprice of tesla please\nbanana\ngoodbye\n",
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!("chat_pipe", text(&output.stdout));
}

#[test]
fn a_chat_with_nothing_to_say_is_a_greeting() {
    let output = run(&["chat"], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("stock: Hi"));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_line_that_is_too_long_is_not_sent_and_the_chat_goes_on() {
    for bytes in [2_001, 100_000, 30_000_000] {
        let output = run(&["chat"], &format!("{}\nLSE\n", "x".repeat(bytes)));
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{bytes}: {stderr}");
        assert!(stderr.starts_with("not sent: "), "{bytes}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{bytes}: {stderr}");
        assert!(
            stdout.contains("stock: London Stock Exchange: which stock"),
            "{bytes}: {stdout}"
        );
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_on_a_long_line_has_refused_it() {
    let server = Running::start(&[]);
    let proxy = Proxy::start(server.address, Way::CutsLong).await;
    let (url, input) = (proxy.url(), format!("{}\nLSE\n", "x".repeat(100_000)));
    let chat = move || run(&["chat", "--url", &url], &input);
    let output = tokio::task::spawn_blocking(chat).await.unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(stderr.starts_with("not sent: "), "{stderr}");
    assert!(stdout.contains("London Stock Exchange: which stock"));
}

#[tokio::test]
async fn a_long_line_whose_answer_is_lost_is_sent_once_more_and_there_once() {
    let flags = ["--text-chars-max", "50000", "--body-bytes-max", "200000"];
    let server = Running::start(&flags);
    let proxy = Proxy::start(server.address, Way::LosesLong).await;
    let (url, input) = (proxy.url(), format!("{}\nLSE\n", "x".repeat(40_000)));
    let chat = move || run(&["chat", "--url", &url], &input);
    let output = tokio::task::spawn_blocking(chat).await.unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), &*stderr), (Some(0), ""));
    assert_eq!(stdout.matches("you: x").count(), 1, "{stdout}");
    assert!(stdout.contains("London Stock Exchange: which stock"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    for args in [&["export"][..], &["check"], &["chat"]] {
        let output = unread(Command::new(STATECHAT).args(args));
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn the_terminal_chat_is_told_nothing_by_what_is_for_servers() {
    for (name, value) in [
        ("STATECHAT_CORS_ORIGIN", "x"),
        ("STATECHAT_MAX_STREAMS", "0"),
        ("STATECHAT_TEXT_CHARS_MAX", "1"),
        ("STATECHAT_BASE_PATH", "/chat"),
    ] {
        let output = run_with(&[(name, value)], &["chat"], "LSE\n");
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{name}");
        assert!(text(&output.stdout).contains("which stock"), "{name}");
    }
}

#[test]
fn a_name_of_the_environment_without_a_value_is_not_set() {
    let names = ["STATECHAT_URL", "STATECHAT_DATA"].map(|name| (name, ""));
    let output = run_with(&names, &["chat"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let names = ["STATECHAT_LISTEN", "STATECHAT_DRAIN"].map(|name| (name, ""));
    let output = run_with(&names, &["serve", "--log", "a=b=c"], "");
    let stderr = text(&output.stderr);
    assert!(stderr.contains("--log is not a filter"), "{stderr}");
}

#[test]
fn wrong_use_is_said_in_words_with_exit_2() {
    for (args, said) in [
        (&["chat", "--bot", "nobody"][..], "here runs: stock"),
        (&["chat", "--url", "nonsense"], "is not a server's address"),
        (
            &["chat", "--url", "http://127.0.0.1:1"],
            "the server cannot be reached",
        ),
        (&["srve"], "unrecognized subcommand"),
        (&["--listen", "nonsense"], "invalid value 'nonsense'"),
        (&["--heartbeat", "15"], "such as 15s"),
        (&["--stall-timeout", "597h"], "from 1ms to 596h"),
        (&["--listen", "localhost:0"], "such as 127.0.0.1:7272"),
        (&["serve", "--log", "a=b=c"], "--log is not a filter"),
        (
            &["--data", "/does/not/exist.json"],
            "cannot read the market /does/not/exist.json",
        ),
    ] {
        let output = run(args, "");
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains(said), "{args:?}: {stderr}");
        assert_eq!(text(&output.stdout), "", "{args:?}");
    }
}

#[test]
fn bad_data_stops_the_start_with_one_line() {
    for (name, json, said) in [
        ("not-json", "nonsense", "line 1, column 2"),
        ("empty", "[]", "the array: it is empty"),
        (
            "twice",
            r#"[{"code":"X","stockExchange":"X","topStocks":[{"code":"A","stockName":"A","price":1},{"code":"A","stockName":"B","price":2}]}]"#,
            "[0].topStocks[1].code: \"A\" stands here for a second time",
        ),
        (
            "negative",
            r#"[{"code":"X","stockExchange":"X","topStocks":[{"code":"A","stockName":"A","price":-1}]}]"#,
            "[0].topStocks[0].price: \"-1\" is not a price",
        ),
    ] {
        let path = written(name, json);
        for call in ["serve", "chat"] {
            let output = run(&[call, "--data", path.to_str().unwrap()], "");
            let stderr = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
            assert!(
                stderr.contains(path.to_str().unwrap()) && stderr.contains(said),
                "{stderr}"
            );
        }
    }
}

#[test]
fn another_market_is_served() {
    let json = r#"[{"code":"XETR","stockExchange":"Xetra","topStocks":[{"code":"SAP","stockName":"SAP SE","price":"1234.5"}]}]"#;
    let path = written("xetra", json);
    let output = run(&["chat", "--data", path.to_str().unwrap()], "xetra\nsap\n");
    assert_eq!(output.status.code(), Some(0));
    let stdout = text(&output.stdout);
    assert!(stdout.contains("SAP SE is at 1,234.5 a share."), "{stdout}");
}

#[test]
fn the_stock_bot_is_checked_with_counts() {
    let output = run(&["check"], "");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("stock-checked", text(&output.stdout));
    // A warning is told, and is no failure.
    let output = run(
        &["check", "--json", "--bot", "stock", "--nodes-max", "5"],
        "",
    );
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_str(&text(&output.stdout)).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["bots"][0]["counts"]["nodes"], 5);
    let finding = &report["bots"][0]["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["severity"]),
        (&"truncated".into(), &"warning".into())
    );
}

#[test]
fn an_address_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["--listen", &address], "");
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains(&format!("cannot listen on {address}")),
        "{stderr}"
    );
    assert!(stderr.contains("--listen"), "{stderr}");
}

fn written(name: &str, json: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("market-{name}.json"));
    std::fs::write(&path, json).unwrap();
    path
}
