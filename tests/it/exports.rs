//! What programs in other languages test the exports by: those of every bot that there is, written to `exports` in
//! the target folder's `tmp`, from where the tests in `tests/web` read them.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use statechat::bots::stock::StockBot;
use statechat::graph::{Diagram, Format, Graph, View, export, scxml_event, scxml_name};
use statechat::hub::presence::Presence;

use crate::egg::Egg;
use crate::hostile::hostile;
use crate::house::House;
use crate::lamp::Lamp;
use crate::server::{Running, client, send};

#[test]
fn exports_are_written_for_others_to_read() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    // What is there belongs to a bot of today.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for graph in [
        Graph::of::<StockBot>(),
        Graph::of::<Presence>(),
        Graph::of::<Lamp>(),
        Graph::of::<Egg>(),
        Graph::explored::<House>(HOUSE_NODES_MAX),
        hostile(),
    ] {
        write(&folder, &graph);
    }
    for program in examples() {
        run(&program, &["export", "--all"], &folder);
        for bot in bots_of(&program) {
            write_other_views(&program, &bot, &folder);
        }
    }
}

/// The house counts what happens, so that it has far more nodes than there is to learn from.
const HOUSE_NODES_MAX: usize = 20;

fn write(folder: &Path, graph: &Graph) {
    for (format, view) in all() {
        let name = file_name(&graph.bot, format, view);
        std::fs::write(folder.join(name), export(graph, format, view)).unwrap();
    }
}

fn all() -> impl Iterator<Item = (Format, View)> {
    let formats = Format::ALL.into_iter();
    formats.flat_map(|format| View::ALL.map(|view| (format, view)))
}

/// As `export --all` names a file; a view that it does not write stands before the extension.
fn file_name(bot: &str, format: Format, view: View) -> String {
    let mut name = bot.to_owned();
    if view != format.default_view() {
        write!(name, ".{view}").unwrap();
    }
    write!(name, ".{}", format.extension()).unwrap();
    name
}

/// The programs of `examples`, each of them with bots of its own.
fn examples() -> Vec<PathBuf> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let built = Path::new(env!("CARGO_BIN_EXE_statechat")).with_file_name("examples");
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(sources).unwrap() {
        let source = entry.unwrap().path();
        let is_program = source
            .extension()
            .is_some_and(|extension| extension == "rs")
            || source.join("main.rs").exists();
        if !is_program {
            continue;
        }
        let name = source.file_stem().unwrap().to_str().unwrap();
        let program = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let hint = "build the examples first: cargo build --examples";
        assert!(program.exists(), "{hint}");
        programs.push(program);
    }
    assert!(!programs.is_empty());
    programs
}

/// The names of a program's bots, by what it writes.
fn bots_of(program: &Path) -> Vec<String> {
    let name = program.file_stem().unwrap().to_str().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exports-of-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    run(program, &["export", "--all"], &folder);
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".dot").map(str::to_owned))
        .collect()
}

fn write_other_views(program: &Path, bot: &str, folder: &Path) {
    for (format, view) in all().filter(|(format, view)| *view != format.default_view()) {
        let file = folder.join(file_name(bot, format, view));
        let mut args = vec!["export", "--bot", bot, "--format", format.name()];
        args.extend(["--view", view.name(), "--output"]);
        run(program, &args, &file);
    }
}

fn run(program: &Path, args: &[&str], last: &Path) {
    let status = Command::new(program).args(args).arg(last).status();
    assert!(status.unwrap().success(), "{} {args:?}", program.display());
}

#[tokio::test]
async fn every_format_is_served_as_what_it_is() {
    let server = Running::start(&[]);
    for format in Format::ALL {
        let address = format!("/api/bots/stock/machine?format={format}");
        let answer = server.get(&address).await;
        assert_eq!(answer.status, 200, "{format}");
        let media_type = match format {
            Format::Json | Format::Xstate => "application/json",
            Format::XstateModule => "text/javascript; charset=utf-8",
            Format::Scxml => "application/scxml+xml",
            Format::Svg => "image/svg+xml",
            Format::Mermaid | Format::Plantuml => "text/plain; charset=utf-8",
            Format::Dot => "text/vnd.graphviz; charset=utf-8",
        };
        assert_eq!(answer.headers["content-type"], media_type, "{format}");
        let graph = Graph::of::<StockBot>();
        assert_eq!(
            answer.body,
            export(&graph, format, format.default_view()),
            "{format}"
        );
    }
}

/// A browser that has the export already gets no second one.
#[tokio::test]
async fn an_export_is_sent_again_only_if_it_is_another() {
    let server = Running::start(&[]);
    let asked = |query: &str| client().get(server.url(&format!("/api/bots/stock/machine?{query}")));
    let first = send(asked("format=svg")).await;
    assert_eq!(first.headers["cache-control"], "no-cache");
    let tag = &first.headers["etag"];
    let again = send(asked("format=svg").header("if-none-match", tag)).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(&again.headers["etag"], tag);
    for query in ["format=json", "format=svg&view=expanded"] {
        let other = send(asked(query).header("if-none-match", tag)).await;
        assert_eq!(other.status, 200, "{query}");
        assert_ne!(&other.headers["etag"], tag, "{query}");
    }
}

/// An interpreter of SCXML takes these as names and nothing else: no list, no wildcard, no prefix of another event.
#[test]
fn names_in_scxml_are_names() {
    for graph in [hostile(), Graph::of::<StockBot>()] {
        for view in View::ALL {
            let diagram = Diagram::new(&graph, view);
            let states: Vec<_> = diagram.states.iter().map(|s| scxml_name(&s.key)).collect();
            let events = diagram.transitions.iter();
            let events: Vec<_> = events.map(|t| scxml_event(&diagram, t)).collect();
            for name in states.iter().chain(&events) {
                let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
                let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
                assert!(starts && name.chars().all(plain), "{name}");
            }
            // One name each: as many as there are states, and as there are events.
            let distinct = |names: &[String]| names.iter().collect::<HashSet<_>>().len();
            assert_eq!(distinct(&states), states.len());
            let ours: HashSet<_> = diagram.transitions.iter().map(|t| &t.event).collect();
            assert_eq!(distinct(&events), ours.len());
        }
    }
}
