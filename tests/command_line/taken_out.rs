//! A studio that is damaged or may not be written can be taken out; a log that lost work says so; errors say what to do.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::pipe::{Pipe, program};
use crate::tools::{copy_of, demo, pictures, run, said};

/// Whom the tests run the tools as when they run as root, whom no permission stops.
const NOBODY: u32 = 65_534;

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", file.display()))
}

/// Writes over a page in the middle of a table of many.
fn spoil_the_middle_of(file: &Path, table: &str) -> i64 {
    let raw = rusqlite::Connection::open(file).unwrap();
    let pages = "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path";
    let pages: Vec<i64> = match raw.prepare(pages) {
        Ok(mut asked) => asked.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect(),
        Err(_) => leaves(&raw, file, table),
    };
    let rows: i64 = raw.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    drop(raw);
    assert!(pages.len() > 4, "{table} has {} pages", pages.len());
    let page = usize::try_from(pages[pages.len() / 2]).unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    let size = 4096;
    bytes[(page - 1) * size..page * size].fill(0xA5);
    std::fs::write(file, bytes).unwrap();
    rows
}

/// The pages right below the one that a table begins on.
fn leaves(raw: &rusqlite::Connection, file: &Path, table: &str) -> Vec<i64> {
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let root: i64 = raw.query_row(sql, [table], |row| row.get(0)).unwrap();
    let bytes = std::fs::read(file).unwrap();
    let page = &bytes[usize::try_from(root - 1).unwrap() * 4096..][..4096];
    assert_eq!(page[0], 5, "{table} has an inner page");
    let word = |at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
    (0..word(3))
        .map(|cell| {
            let at = word(12 + 2 * cell);
            i64::from(u32::from_be_bytes(page[at..at + 4].try_into().unwrap()))
        })
        .collect()
}

#[test]
fn f10_a_damaged_studio_is_exported_table_by_table_and_what_is_missing_is_named() {
    let (home, file) = copy_of(demo());
    let rows = spoil_the_middle_of(&file, "ledger_lines");
    let before = std::fs::read(&file).unwrap();
    let away = home.path().join("away");
    let done = run(home.path(), &["export", text(&file), text(&away)]);
    assert_eq!(done.status.code(), Some(1), "not all of it left: {}", told(&done));
    let line = said(&done).lines().find(|line| line.starts_with("UNREAD")).unwrap().to_owned();
    assert!(line.contains("ledger_lines: damaged"), "{line}");
    let manifest: Value =
        serde_json::from_str(&std::fs::read_to_string(away.join("manifest.json")).unwrap()).unwrap();
    let unread = manifest["unread"].as_array().unwrap();
    assert_eq!((unread.len(), &unread[0]["table"]), (1, &json!("ledger_lines")));
    let saved = unread[0]["rows"].as_i64().unwrap();
    assert!(saved < rows && saved > rows * 4 / 5, "{saved} of {rows}: both sides of the hole");
    let json: Value =
        serde_json::from_str(&std::fs::read_to_string(away.join("json/ledger_lines.json")).unwrap()).unwrap();
    let ids: std::collections::BTreeSet<String> =
        json.as_array().unwrap().iter().map(|row| row.to_string()).collect();
    assert_eq!(i64::try_from(ids.len()).unwrap(), saved, "no row twice");
    assert!(before == std::fs::read(&file).unwrap(), "the file is left as it is");
    // No copy of what does not hold is called a backup, and it is said what helps.
    let refused = run(home.path(), &["backup", text(&file), text(&home.path().join("copies"))]);
    assert_eq!(refused.status.code(), Some(1));
    let words = told(&refused);
    assert!(words.contains("restore BACKUP FILE") && !words.contains("malformed"), "{words}");
}

#[test]
fn f09_a_file_that_was_cut_off_gives_out_what_is_left_of_it_without_a_backup() {
    let (home, file) = copy_of(demo());
    let whole = std::fs::read(&file).unwrap();
    let (mut opened, mut beyond) = (0, 0);
    for part in [1, 5, 9, 12] {
        let left = whole.len() - (part * part * whole.len() / 300).max(1_000);
        std::fs::write(&file, &whole[..left]).unwrap();
        let away = home.path().join(format!("away-{left}"));
        let done = run(home.path(), &["export", text(&file), text(&away)]);
        assert!(std::fs::read(&file).unwrap() == whole[..left], "the file is left as it is");
        if told(&done).contains("too much of") {
            beyond += 1;
            assert!(told(&done).contains("restore BACKUP FILE"), "{}", told(&done));
            continue;
        }
        // What an index had on its pages is not missed in an export.
        let all = !said(&done).contains("UNREAD");
        assert_eq!(done.status.code(), Some(i32::from(!all)), "{left}: {}", told(&done));
        let members = std::fs::read_to_string(away.join("json/members.json")).unwrap();
        assert!(members.contains("iris"), "{left}");
        opened += 1;
    }
    assert_eq!((opened, beyond), (4, 0));
    // Of what is no more than its beginning nothing can be read, and it is said what helps.
    std::fs::write(&file, &whole[..40_000]).unwrap();
    let done = run(home.path(), &["export", text(&file), text(&home.path().join("nothing"))]);
    assert_eq!(done.status.code(), Some(1));
    assert!(
        told(&done).contains("restore BACKUP FILE") && !told(&done).contains("export FILE"),
        "{}",
        told(&done)
    );
}

#[test]
fn p07_f08_a_studio_that_may_only_be_read_can_be_backed_up_and_exported_elsewhere() {
    let home = tempfile::tempdir_in("/tmp").unwrap();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(home.path(), 0o755);
    let (kept, made) = copy_of(demo());
    let folder = home.path().join("studio");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("studio.inkpoint");
    std::fs::copy(&made, &file).unwrap();
    Command::new("cp")
        .arg("-r")
        .arg(beside(&made, ".pictures"))
        .arg(beside(&file, ".pictures"))
        .status()
        .unwrap();
    Command::new("chmod").args(["-R", "a+rX"]).arg(beside(&file, ".pictures")).status().unwrap();
    drop(kept);
    let copied = home.path().join("inkpointctl");
    let built = program(&home.path().join("own"));
    std::fs::copy(built.get_program(), &copied).unwrap();
    let (own, away) = (home.path().join("own"), home.path().join("away"));
    let is_root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(&file).unwrap()) == 0;
    for path in [&own, &away] {
        std::fs::create_dir_all(path).unwrap();
        if is_root {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    mode(&file, 0o444);
    mode(&folder, 0o555);
    let before = std::fs::read(&file).unwrap();
    let run = |words: &[&str]| {
        let mut tool = Command::new(&copied);
        tool.envs(built.get_envs().filter_map(|(name, value)| Some((name, value?)))).args(words);
        if is_root {
            tool.uid(NOBODY).gid(NOBODY);
        }
        tool.output().unwrap()
    };
    let done = run(&["backup", text(&file), text(&away)]);
    assert!(done.status.success(), "{}", told(&done));
    let backup = said(&done).lines().next().unwrap().trim_start_matches("backup").trim().to_owned();
    let done = run(&["export", text(&file), text(&away.join("all"))]);
    assert!(done.status.success(), "{}", told(&done));
    assert!(run(&["verify", &backup]).status.success());
    let refused = run(&["backup", &backup, text(&away.join("again"))]);
    assert!(!refused.status.success() && told(&refused).contains("a backup"), "{}", told(&refused));
    let refused = run(&["import", "clients", text(&file), text(&file)]);
    assert!(!refused.status.success());
    assert!(before == std::fs::read(&file).unwrap(), "F8: nothing was written");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
    mode(&folder, 0o755);
}

#[test]
fn p11_a_backup_with_a_lost_picture_is_made_named_verified_and_restored() {
    let (home, file) = copy_of(demo());
    let lost = pictures(&file).remove(0);
    std::fs::remove_file(&lost).unwrap();
    let hash = lost.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
    let done = run(home.path(), &["backup", text(&file), text(&home.path().join("copies"))]);
    assert!(done.status.success(), "{}", told(&done));
    assert!(said(&done).contains(&format!("LOST          picture {hash}")), "{}", said(&done));
    let backup = said(&done).lines().next().unwrap().trim_start_matches("backup").trim().to_owned();
    let holds = run(home.path(), &["verify", &backup]);
    assert!(holds.status.success() && said(&holds).contains("LOST"), "{}", said(&holds));
    assert!(!run(home.path(), &["verify", text(&file)]).status.success(), "it is lost to the studio");
    let target = home.path().join("back.inkpoint");
    let done = run(home.path(), &["restore", &backup, text(&target)]);
    assert!(done.status.success() && said(&done).contains("LOST"), "{} {}", said(&done), told(&done));
}

/// Where each frame of a log begins; what is left of the log before it is none.
fn frames(log: &[u8]) -> Vec<usize> {
    let all = (0..(log.len() - 32) / 4120).map(|frame| 32 + frame * 4120);
    all.filter(|frame| log[frame + 8..frame + 16] == log[16..24]).collect()
}

/// The head outside as it is kept right now, and where.
fn heads_kept(home: &Path) -> (PathBuf, Vec<u8>) {
    let mut kept = std::fs::read_dir(home.join("home/config/anchors")).unwrap();
    let path = kept.next().unwrap().unwrap().path();
    let bytes = std::fs::read(&path).unwrap();
    (path, bytes)
}

#[test]
fn f11_d26_a_log_that_lost_acknowledged_work_is_told_of_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let mut heads = Vec::new();
    for name in ["Joana", "Pilar", "Rui", "Anabel"] {
        heads.push(heads_kept(home.path()));
        pipe.ask("clients.create", Some(&format!("create-{name}")), &json!({"name": name})).unwrap();
    }
    pipe.kill();
    let log = beside(&file, "-wal");
    let whole = std::fs::read(&log).unwrap();
    let kept = || -> Vec<PathBuf> {
        let entries = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.to_string_lossy().contains(".damaged-wal-")).collect()
    };
    let clients =
        |pipe: &mut Pipe| pipe.done("clients.search", json!({"text": ""})).as_array().unwrap().len();
    let first = std::fs::read(&file).unwrap();
    let ends = |frame: &usize| whole[*frame + 4..*frame + 8] != [0; 4];
    let commits: Vec<usize> = frames(&whole).into_iter().filter(ends).collect();
    // The last one was acknowledged: the log looks as if the power had gone meanwhile, and the head outside knows better.
    let last = commits[commits.len() - 1];
    let mut torn = whole.clone();
    torn[last - 100] ^= 0xFF;
    std::fs::write(&log, &torn).unwrap();
    let done = run(home.path(), &["verify", text(&file)]);
    assert!(said(&done).contains("outside head  broken at"), "{}", said(&done));
    assert_eq!(done.status.code(), Some(1));
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    let refused = pipe.ask("till.open_session", Some("open-the-drawer"), &json!({"float": 0})).unwrap_err();
    assert_eq!((&refused["code"], &refused["params"]["reason"]), (&json!("damaged"), &json!("put_back")));
    pipe.kill();
    // One that was on its way when the power went was told to nobody, and no head is kept of it.
    std::fs::write(&file, &first).unwrap();
    std::fs::write(&log, &torn).unwrap();
    let kept_head = heads.pop().unwrap();
    std::fs::write(&kept_head.0, &kept_head.1).unwrap();
    let done = run(home.path(), &["verify", text(&file)]);
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(kept().len(), 0);

    // One that was acknowledged, with others behind it.
    std::fs::write(&file, &first).unwrap();
    let mut damaged = whole.clone();
    damaged[commits[commits.len() - 4] + 1_000] ^= 0xFF;
    std::fs::write(&log, &damaged).unwrap();
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    assert!(clients(&mut pipe) < 4, "it is lost");
    assert_eq!(kept().len(), 1);
    assert!(std::fs::read(&kept()[0]).unwrap() == damaged, "nothing of it is destroyed");
    let rows = pipe.done("activity.list", json!({"limit": 10}));
    let row = rows.as_array().unwrap().iter().find(|row| row["command"] == "log_damaged").unwrap();
    assert_eq!(row["details"]["transactions"], 3, "{row}");
    let found = pipe.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"]]), json!([false, ["journal"]]));
    pipe.ask("clients.create", Some("create-Zoe"), &json!({"name": "Zoe"})).unwrap();
    assert!(pipe.end().success());
    let done = run(home.path(), &["verify", text(&file)]);
    assert!(!done.status.success() && said(&done).contains(".damaged-wal-"), "{}", said(&done));
    // Looked into and put away by whoever helps.
    std::fs::remove_file(&kept()[0]).unwrap();
    let done = run(home.path(), &["verify", text(&file)]);
    assert!(!said(&done).contains(".damaged-wal-"), "{}", said(&done));
}

/// A way for a log to go bad: what it is called, and what it does.
type Damage = (&'static str, fn(&mut [u8]));

const OF_THE_HEADER: [Damage; 7] = [
    ("its mark", |log| log[1] ^= 0x10),
    ("the order of its numbers", |log| log[3] ^= 1),
    ("the size of its pages", |log| log[8..12].fill(0)),
    ("a salt", |log| log[17] ^= 4),
    ("its sum", |log| log[25] ^= 4),
    ("all of it", |log| log[..32].fill(0)),
    ("its sector", |log| log[..512].fill(0xA5)),
];

const OF_A_FRAME: [Damage; 4] = [
    ("the first page", |log| log[32 + 24 + 1_000] ^= 1),
    ("a page in the middle", |log| log[32 + 3 * 4120 + 24 + 1_000] ^= 1),
    ("the sum of one", |log| log[32 + 2 * 4120 + 17] ^= 1),
    ("the sector of one", |log| log[8192..8704].fill(0)),
];

#[test]
fn f11_d26_a_damaged_log_is_told_of_for_what_the_file_does_not_have_and_for_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    assert!(pipe.end().success());
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    for name in ["Joana", "Pilar", "Rui", "Anabel"] {
        pipe.ask("clients.create", Some(&format!("create-{name}")), &json!({"name": name})).unwrap();
    }
    pipe.kill();
    let log = beside(&file, "-wal");
    let mut left = (std::fs::read(&file).unwrap(), std::fs::read(&log).unwrap());
    let kept = || -> Vec<PathBuf> {
        let entries = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.to_string_lossy().contains(".damaged-wal-")).collect()
    };
    let put = |left: &(Vec<u8>, Vec<u8>), damage: fn(&mut [u8])| {
        let mut damaged = left.1.clone();
        damage(&mut damaged);
        std::fs::write(&file, &left.0).unwrap();
        std::fs::write(&log, &damaged).unwrap();
        damaged
    };
    let clients =
        |pipe: &mut Pipe| pipe.done("clients.search", json!({"text": ""})).as_array().unwrap().len();
    let ends = frames(&left.1).iter().filter(|frame| left.1[**frame + 4..**frame + 8] != [0; 4]).count();
    assert!(ends >= 5, "a sign-in and four clients");
    // Only the log has them.
    for (what, damage) in OF_THE_HEADER {
        let damaged = put(&left, damage);
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        assert_eq!(clients(&mut pipe), 0, "{what}");
        assert_eq!(kept().len(), 1, "{what}");
        assert!(std::fs::read(&kept()[0]).unwrap() == damaged, "{what}: nothing of it is destroyed");
        let rows = pipe.done("activity.list", json!({"limit": 10}));
        let row = rows.as_array().unwrap().iter().find(|row| row["command"] == "log_damaged").unwrap();
        assert_eq!(row["details"]["transactions"], ends, "{what}");
        pipe.kill();
        std::fs::remove_file(&kept()[0]).unwrap();
    }
    // Opened once more and killed before it changed anything: they are in the file, and in the log still.
    put(&left, |_| ());
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("desk.status", json!({}));
    pipe.kill();
    left = (std::fs::read(&file).unwrap(), std::fs::read(&log).unwrap());
    assert_eq!(
        frames(&left.1).iter().filter(|frame| left.1[**frame + 4..**frame + 8] != [0; 4]).count(),
        ends
    );
    for (what, damage) in OF_THE_HEADER.into_iter().chain(OF_A_FRAME) {
        put(&left, damage);
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        assert_eq!(clients(&mut pipe), 4, "{what}");
        assert_eq!(kept().len(), 0, "{what}: nothing is lost, and nobody is told that it is");
        pipe.ask("clients.create", Some("create-Zoe"), &json!({"name": "Zoe"})).unwrap();
        assert!(pipe.end().success());
        let done = run(home.path(), &["verify", text(&file)]);
        assert!(done.status.success(), "{what}: {}", said(&done));
        // As it was before the next damage, and so is the head outside.
        std::fs::remove_dir_all(home.path().join("home/config/anchors")).unwrap_or(());
    }
}

#[test]
fn f09_what_a_studio_whose_file_is_gone_gives_out_is_said_to_be_its_newest_backup() {
    let (home, file) = copy_of(demo());
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    pipe.done("backups.make", json!({}));
    assert!(pipe.end().success());
    std::fs::remove_file(&file).unwrap();
    let away = home.path().join("away");
    let done = run(home.path(), &["export", text(&file), text(&away)]);
    assert_eq!(done.status.code(), Some(1), "{}", told(&done));
    let said = said(&done);
    assert!(said.contains("STAND-IN") && said.contains("what could be read is in"), "{said}");
    let manifest = std::fs::read_to_string(away.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert!(said.contains(manifest["as_of"].as_str().unwrap()), "{said}");
}

#[test]
fn errors_of_the_tools_say_what_to_do() {
    let (home, file) = copy_of(demo());
    let beyond = home.path().join("in the way");
    std::fs::write(&beyond, "a file").unwrap();
    for words in [
        vec!["export", text(&file), text(&beyond)],
        vec!["backup", text(&file), text(&beyond)],
        vec!["verify", "/nowhere/at/all.inkpoint"],
    ] {
        let done = run(home.path(), &words);
        let told = told(&done);
        assert!(!done.status.success() && !told.contains("os error") && told.len() > 20, "{words:?}: {told}");
    }
}
