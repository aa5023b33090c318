//! Which databases and homes a server takes, by whatever names.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::folder::Folder;
use crate::process::{Process, refused};

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
