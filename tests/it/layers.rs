//! The repository itself: who may import whom, and what may not stand in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module, and what it may import of the crate.
const LAYERS: &[(&str, &[&str])] = &[
    ("bot", &[]),
    ("record", &[]),
    ("config", &[]),
    ("home", &[]),
    ("metrics", &[]),
    ("bots", &["bot"]),
    ("graph", &["bot"]),
    ("session", &["bot", "record"]),
    ("registry", &["bot", "graph", "session", "record"]),
    ("event", &["record"]),
    ("log", &["record", "metrics"]),
    ("identity", &["record"]),
    ("auth", &["record", "identity", "home"]),
    ("client", &["record"]),
    ("sources", &["bots", "bot"]),
    ("hub", &["event", "record", "identity", "bot"]),
    ("hub/presence", &["record", "bot"]),
    (
        "chat",
        &[
            "registry", "session", "sources", "log", "hub", "event", "record", "identity", "bot",
            "metrics",
        ],
    ),
    ("testing", &["bot", "graph", "session", "record"]),
    (
        "web",
        &[
            "chat", "registry", "hub", "event", "auth", "identity", "record", "config", "log",
            "session", "graph", "metrics",
        ],
    ),
];

const PURE: &[&str] = &[
    "bot",
    "bots",
    "graph",
    "session",
    "record",
    "testing",
    "hub/presence",
];
const IMPURE_WORDS: &[&str] = &[
    "tokio",
    "warp",
    "hyper",
    "rusqlite",
    "Timestamp::now",
    "Instant::now",
    "SystemTime",
];

fn sources(module: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![root.join(format!("{module}.rs"))];
    let mut folders = vec![root.join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.retain(|file| file.exists());
    files
}

/// The modules of the crate that a file names, comments and tests aside.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.collect::<Vec<_>>().join("\n");
    let names = code.split("crate::").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    names.collect()
}

#[test]
fn modules_import_only_what_they_may() {
    for (module, allowed) in LAYERS {
        for file in sources(module) {
            let text = fs::read_to_string(&file).unwrap();
            for import in imports(&text) {
                let may = import == *module || allowed.contains(&import.as_str());
                assert!(
                    may,
                    "{} imports {import}, which {module} may not",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn the_pure_part_names_no_runtime_and_no_clock() {
    for module in PURE {
        for file in sources(module) {
            let text = fs::read_to_string(&file).unwrap();
            for word in IMPURE_WORDS {
                let line = text
                    .lines()
                    .find(|line| line.contains(word) && !line.trim_start().starts_with("//"));
                assert_eq!(line, None, "{}", file.display());
            }
        }
    }
}

#[test]
fn the_layers_are_found_at_all() {
    assert!(sources("chat").len() > 3);
    let braces = imports("use crate::{chat, hub};");
    assert_eq!(
        braces,
        BTreeSet::from([String::new()]),
        "which no module may"
    );
    let text = "use crate::log::Log;\n// crate::web\nfn f() { crate::hub::x() }\n#[cfg(test)]\nuse crate::web;";
    assert_eq!(
        imports(text),
        BTreeSet::from(["hub".to_owned(), "log".to_owned()])
    );
}
