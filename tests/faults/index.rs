//! The index of faults beside this names tests that are there; and what no source may do (F13).

use std::path::{Path, PathBuf};

use crate::tally::tell;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_fault_of_the_index_has_the_test_that_it_names() {
    let index = std::fs::read_to_string(root().join("tests/faults/README.md")).unwrap();
    let mut named = std::collections::BTreeSet::new();
    for row in index.lines().filter(|row| row.starts_with("| F") && !row.starts_with("| Fault")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        named.insert(cells[1].split(' ').next().unwrap().to_owned());
        if cells[2].is_empty() {
            continue;
        }
        let folder = match cells[2].split('/').next() {
            Some("benches") => "src-tauri/core",
            Some("core") => "src-tauri",
            _ => "tests",
        };
        let source = std::fs::read_to_string(root().join(folder).join(cells[2])).unwrap();
        let function = format!("fn {}(", cells[3].trim_matches('`'));
        assert!(source.contains(&function), "{row}");
    }
    let missing: Vec<String> =
        (1..30).map(|number| format!("F{number}")).filter(|fault| !named.contains(fault)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// The sources that open files themselves, and why none of these is a studio's file while SQLite has it open: closing
/// another handle would drop SQLite's locks.
const OPENS: [&str; 19] = [
    // The head kept outside the file, and whether a folder takes files.
    "core/src/door/anchor.rs",
    "core/src/door/mod.rs",
    "core/src/paths.rs",
    // The lock and the note beside the file.
    "core/src/storage/lock.rs",
    // A file before SQLite has it, and copies that nobody has yet.
    "core/src/storage/file.rs",
    // The system's list of mounts.
    "core/src/storage/share.rs",
    // Backups and what a restore makes, before they are anybody's file; a copy in the making has one connection.
    "core/src/storage/backup.rs",
    "core/src/storage/restore.rs",
    // A copy that stands in, before SQLite has it.
    "core/src/storage/stand_in.rs",
    "core/src/backups/mod.rs",
    // Another program's database, a studio that is being made of it, and what is exported.
    "core/src/storage/foreign.rs",
    "core/src/studio/making.rs",
    "core/src/moving/files.rs",
    // The folder of pictures.
    "core/src/storage/pictures.rs",
    // A demo in the making, closed by then.
    "core/src/demo/mod.rs",
    // Reports and the list of studios, which are other files.
    "core/src/reports/saved.rs",
    "core/src/studio/picker.rs",
    // What is imported.
    "cli/src/main.rs",
    // What somebody saves where they like.
    "src/save.rs",
];

#[test]
fn f13_nothing_but_sqlite_opens_a_live_file() {
    let calls = [
        " fs::File::open(",
        "std::fs::File::open(",
        "fs::File::create(",
        "fs::read(",
        "fs::read_to_string(",
        "fs::write(",
        "fs::copy(",
        "fs::OpenOptions::new(",
        "mut options = OpenOptions::new(",
    ];
    let mut found = Vec::new();
    for part in ["src-tauri/core/src", "src-tauri/cli/src", "src-tauri/src"] {
        sources(&root().join(part), &mut found);
    }
    for path in &found {
        let source = std::fs::read_to_string(path).unwrap();
        let opens = source.lines().any(|line| calls.iter().any(|call| line.contains(call)));
        let known = OPENS.iter().any(|name| path.ends_with(Path::new("src-tauri").join(name)));
        assert!(
            !opens || known,
            "{}: see that it is no studio's file that SQLite has open, and say so in this list",
            path.display()
        );
    }
    tell("F13", &format!("{} sources, none opens a live file beside SQLite", found.len()));
}
