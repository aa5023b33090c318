//! Which databases and homes a server takes, by whatever names.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folder::Folder;
use crate::process::{Process, STATECHAT, refused, serve};

fn store(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// While a server has the database by the first name, another one cannot have it by the second.
#[track_caller]
fn is_one_servers(folder: &Folder, first: &Path, second: &Path) {
    let server = Process::start(&folder.file("first"), &["--store", &store(first)]);
    let holder = format!("process {}, at http://{}/", server.id(), server.address);
    let said = refused(&folder.file("second"), &["--store", &store(second)]);
    assert!(said.contains(&holder), "{said}");
}

#[test]
fn a_database_that_is_not_there_yet_is_one_servers_by_any_link_to_it() {
    let links = || {
        let folder = Folder::new();
        symlink("further.db", folder.file("link.db")).unwrap();
        symlink(folder.file("real.db"), folder.file("further.db")).unwrap();
        folder
    };
    let folder = links();
    is_one_servers(&folder, &folder.file("link.db"), &folder.file("real.db"));
    let folder = links();
    is_one_servers(&folder, &folder.file("real.db"), &folder.file("link.db"));
}

#[test]
fn a_database_with_two_names_is_refused_by_both() {
    let folder = Folder::new();
    let (home, other) = (folder.file("home"), folder.file("other.db"));
    drop(Process::start(&home, &[]));
    fs::hard_link(home.join("statechat.db"), &other).unwrap();
    let said = refused(&home, &[]);
    assert!(said.contains("hard link"), "{said}");
    let said = refused(&folder.file("another"), &["--store", &store(&other)]);
    assert!(said.contains("hard link"), "{said}");
    fs::remove_file(other).unwrap();
    drop(Process::start(&home, &[]));
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn any_name_is_a_files() {
    let home = Folder::new();
    for name in ["file:x.db", "file:x.db?mode=memory", "a%20b?#.db", "-x"] {
        let folder = Folder::new();
        let mut command = Command::new(STATECHAT);
        let store = format!("sqlite:{name}");
        command.args(serve(home.path(), &["--store", &store]));
        let server = Process::run(with_folder(command, &folder));
        server.expect("the server did not start").stop();
        assert_eq!(names(&folder), [name.to_owned(), format!("{name}.lock")]);
    }
}

fn with_folder(mut command: Command, folder: &Folder) -> Command {
    command.current_dir(folder.path());
    command
}

#[test]
fn memory_has_a_name_of_its_own() {
    let folder = Folder::new();
    let mut command = Command::new("timeout");
    let arguments = serve(folder.path(), &["--store", "sqlite::memory:"]);
    command
        .args(["-s", "KILL", "20", STATECHAT])
        .args(arguments);
    let output = with_folder(command, &folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("write memory"), "{said}");
    assert!(names(&folder).is_empty());
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = Folder::new();
    let (home, pipe) = (folder.file("home"), folder.file("pipe"));
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for path in [pipe.as_path(), folder.path(), Path::new("/dev/null")] {
        let said = refused(&home, &["--store", &store(path)]);
        assert!(said.contains("is not a file"), "{said}");
    }
    assert_eq!(names(&folder), ["home", "pipe"]);
}

/// A path of so many bytes in `folder`, where a file can be.
fn of_length(folder: &Folder, bytes: usize) -> PathBuf {
    let mut path = folder.path().canonicalize().unwrap();
    let left = |path: &Path| bytes - path.as_os_str().len() - 1;
    while left(&path) > 200 {
        path.push("d".repeat(100));
    }
    fs::create_dir_all(&path).unwrap();
    path.join("f".repeat(left(&path)))
}

#[test]
fn a_path_that_is_too_long_for_sqlite_is_said() {
    let folder = Folder::new();
    let home = folder.file("home");
    drop(Process::start(
        &home,
        &["--store", &store(&of_length(&folder, 504))],
    ));
    let path = of_length(&folder, 505);
    let said = refused(&home, &["--store", &store(&path)]);
    assert!(said.contains("505 bytes"), "{said}");
    assert!(!path.exists());
}

#[test]
fn a_home_that_can_be_none_is_said() {
    let folder = Folder::new();
    let link = folder.file("link");
    symlink(folder.file("nowhere"), &link).unwrap();
    for home in [link.clone(), link.join("inside")] {
        let said = refused(&home, &[]);
        assert!(said.contains("is a link to"), "{said}");
        assert!(said.contains("nowhere"), "{said}");
    }
    let file = folder.file("file");
    fs::write(&file, "").unwrap();
    let said = refused(&file, &[]);
    assert!(said.contains("is not a folder"), "{said}");
}
