//! Leaving and arriving from the command line: a whole studio out, another program's studio in.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::pipe::{Pipe, program};
use crate::tools::{copy_of, demo, pictures, run, said};

pub fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The number behind a word at the beginning of a line.
pub fn figure(text: &str, word: &str) -> i64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(word))
        .unwrap_or_else(|| panic!("no {word} in {text}"));
    line.split_whitespace().next().unwrap().parse().unwrap()
}

fn rows(folder: &Path, table: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(format!("json/{table}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_demo_leaves_with_the_counts_and_sums_that_verify_and_reports_say() {
    let (home, file) = copy_of(demo());
    let file = file.to_str().unwrap();
    let target = home.path().join("out");
    let left = run(home.path(), &["export", file, target.to_str().unwrap()]);
    assert!(left.status.success(), "{}", complaint(&left));
    let told = said(&left);
    let verified = said(&run(home.path(), &["verify", file]));
    let manifest: Value =
        serde_json::from_str(&std::fs::read_to_string(target.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(figure(&verified, "receipts"), i64::try_from(rows(&target, "sales").len()).unwrap());
    assert_eq!(
        figure(&verified, "Z reports"),
        i64::try_from(rows(&target, "drawer_closings").len()).unwrap()
    );
    assert_eq!(figure(&verified, "journal rows"), i64::try_from(rows(&target, "journal").len()).unwrap());
    let of_rooms = ["pictures", "portfolio_items"].map(|room| rows(&target, room).len());
    assert_eq!(figure(&verified, "pictures"), i64::try_from(of_rooms.iter().sum::<usize>()).unwrap());
    assert_eq!(figure(&told, "rows"), manifest["rows"].as_i64().unwrap());
    assert_eq!(figure(&told, "signed papers"), i64::try_from(rows(&target, "consent_papers").len()).unwrap());
    assert!(figure(&told, "pictures") > 0 && pictures(Path::new(file)).len() >= 2);

    // What the rows add up to is what the reports say.
    let mut pipe = Pipe::open(home.path(), Path::new(file));
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let sales = rows(&target, "sales");
    let mut days: Vec<&str> = sales.iter().map(|sale| &sale["at_local"].as_str().unwrap()[..10]).collect();
    days.sort_unstable();
    let report = pipe.done("reports.summary", json!({"from": days.first(), "to": days.last()}));
    let total: i64 = sales.iter().map(|sale| sale["total_minor"].as_i64().unwrap()).sum();
    assert_eq!(report["total"], total);
    let log = pipe.done("activity.list", json!({}));
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "studio.export").unwrap();
    assert_eq!(row["role"], "command line");
    assert!(pipe.end().success());

    let again = run(home.path(), &["export", file, target.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(complaint(&again).contains("folder_exists"), "{}", complaint(&again));
    assert_eq!(run(home.path(), &["export", file]).status.code(), Some(2));
    assert!(run(home.path(), &["verify", file]).status.success());
}

#[test]
fn f06_a_disk_that_is_full_is_said_so_and_leaves_no_half_export() {
    let (home, file) = copy_of(demo());
    let target = home.path().join("out");
    let ours = program(home.path());
    let mut shell = Command::new("bash");
    // No file grows beyond 300 kilobytes: a write past that fails like a full disk.
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 300; exec \"$0\" export \"$1\" \"$2\"");
    shell.arg(ours.get_program()).arg(&file).arg(&target);
    for (name, value) in ours.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    let output = shell.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(complaint(&output).contains("disk full"), "{}", complaint(&output));
    let left: Vec<_> =
        std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("out")), "{left:?}");
    assert!(run(home.path(), &["verify", file.to_str().unwrap()]).status.success());
}

pub const TSM: &str = r#"
    CREATE TABLE artists (id INTEGER PRIMARY KEY, name TEXT, rate_commission FLOAT, active BOOLEAN);
    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, role TEXT, password_hash TEXT, artist_id INTEGER);
    CREATE TABLE clients (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, created_at DATETIME);
    CREATE TABLE sessions (id INTEGER PRIMARY KEY, client_id INTEGER, artist_id INTEGER, start DATETIME, "end" DATETIME,
        status TEXT, price FLOAT, notes TEXT);
    CREATE TABLE transactions (id INTEGER PRIMARY KEY, session_id INTEGER, artist_id INTEGER, amount FLOAT, method TEXT,
        date DATETIME, commission_amount FLOAT);
    INSERT INTO artists VALUES (1, 'Dalia Cruz', 0.55, 1);
    INSERT INTO users VALUES (1, 'jefa', 'admin', 'x', NULL), (2, 'dalia', 'artist', 'x', 1);
    INSERT INTO clients VALUES (1, 'Ana', '5551', '2024-01-01 10:00:00');
    INSERT INTO sessions VALUES (1, 1, 1, '2024-02-03 10:00', '2024-02-03 12:00', 'Completada', 1000.55, NULL);
    INSERT INTO transactions VALUES (1, 1, 1, 1000.55, 'Efectivo', '2024-02-03 12:00', 550.3),
        (2, NULL, 1, NULL, 'Efectivo', '2024-02-03 12:00', NULL);
"#;

#[test]
fn an_operator_brings_a_studio_over_tries_it_first_and_verifies_it() {
    let home = tempfile::tempdir().unwrap();
    let (source, file) = (home.path().join("tsm.db"), home.path().join("new.inkpoint"));
    rusqlite::Connection::open(&source).unwrap().execute_batch(TSM).unwrap();
    let before = std::fs::read(&source).unwrap();
    let (from, to) = (source.to_str().unwrap(), file.to_str().unwrap());
    let tried = run(home.path(), &["import", "tsm", from, to, "--dry-run"]);
    assert!(tried.status.success(), "{}", complaint(&tried));
    assert!(
        said(&tried).contains("nothing was made") && !said(&tried).contains("ACCOUNT"),
        "{}",
        said(&tried)
    );
    assert!(!file.exists());

    let made = run(
        home.path(),
        &["import", "tsm", from, to, "--name", "Casa Dalia", "--zone", "America/Hermosillo"],
    );
    assert!(made.status.success(), "{}", complaint(&made));
    let told = said(&made);
    assert!(told.contains("LEFT OUT      transactions 2: not_money"), "{told}");
    assert!(std::fs::read(&source).unwrap() == before, "the source is as it was");
    let verified = run(home.path(), &["verify", to]);
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("outside head  holds"), "{}", said(&verified));

    let account = told.lines().find(|line| line.starts_with("ACCOUNT") && line.contains("owner")).unwrap();
    let words: Vec<&str> = account.split_whitespace().collect();
    assert_eq!(&words[..3], ["ACCOUNT", "owner", "jefa"]);
    let mut pipe = Pipe::open(home.path(), &file);
    let me = pipe.done("session.sign_in", json!({"username": "jefa", "password": words[3]}));
    assert_eq!(me["must_change_password"], true);
    pipe.done("session.change_password", json!({"current": words[3], "new": "Violet-Stencil-9"}));
    let report = pipe.done("reports.summary", json!({"from": "2024-02-03", "to": "2024-02-03"}));
    assert_eq!(report["total"], 100_055);
    assert!(pipe.end().success());

    let again = run(home.path(), &["import", "tsm", from, to]);
    assert!(complaint(&again).contains("file_exists"), "{}", complaint(&again));
    for words in [
        &["import", "tsm", from][..],
        &["import", "tsm", from, to, "--currency"],
        &["import", "tsm", from, to, "x"],
    ] {
        assert_eq!(run(home.path(), words).status.code(), Some(2), "{words:?}");
    }
    // Attack 47: a studio of ours is nobody's to bring over.
    let (studio, other) = (std::fs::read(&file).unwrap(), home.path().join("other.inkpoint"));
    for rest in [&[][..], &["--dry-run"]] {
        let words = [&["import", "tsm", to, other.to_str().unwrap()][..], rest].concat();
        let ours = run(home.path(), &words);
        assert_eq!(ours.status.code(), Some(1), "{}", said(&ours));
        assert!(complaint(&ours).contains("already a studio of Inkpoint"), "{}", complaint(&ours));
        assert!(std::fs::read(&file).unwrap() == studio && !other.exists(), "untouched");
    }
    std::fs::write(home.path().join("tsm.db-journal"), b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7 half").unwrap();
    let hot = run(home.path(), &["import", "tsm", from, other.to_str().unwrap()]);
    assert!(complaint(&hot).contains("did not close"), "{}", complaint(&hot));
    assert!(complaint(&hot).contains("open and close it there once"), "{}", complaint(&hot));
    let missing = run(home.path(), &["import", "tsm", "/nowhere.db", to]);
    assert!(complaint(&missing).contains("not found"), "{}", complaint(&missing));
}
