//! The operator's tools: the list of commands, the demo, the verification.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::OnceLock;

use inkpoint_core::door::COMMANDS;
use serde_json::{Value, json};

use crate::pipe::{Pipe, program};

pub fn run(home: &Path, words: &[&str]) -> Output {
    program(home).args(words).output().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// One demo for all of these tests, made once: its file and what the program printed.
pub struct Demo {
    pub home: tempfile::TempDir,
    pub printed: Value,
}

pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("demo.inkpoint");
        let made = run(home.path(), &["demo", file.to_str().unwrap(), "--years", "0", "--artists", "2"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Demo { home, printed: serde_json::from_str(&said(&made)).unwrap() }
    })
}

/// A copy of the demo, for a test to do with as it likes.
pub fn copy_of(demo: &Demo) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("copy.inkpoint");
    std::fs::copy(demo.home.path().join("demo.inkpoint"), &file).unwrap();
    for picture in pictures(&demo.home.path().join("demo.inkpoint")) {
        let folder =
            home.path().join("copy.inkpoint.pictures").join(picture.parent().unwrap().file_name().unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(&picture, folder.join(picture.file_name().unwrap())).unwrap();
    }
    (home, file)
}

/// The files in the folder of pictures beside a studio's file.
pub fn pictures(file: &Path) -> Vec<PathBuf> {
    let mut folder = file.as_os_str().to_owned();
    folder.push(".pictures");
    let Ok(folders) = std::fs::read_dir(PathBuf::from(folder)) else { return Vec::new() };
    folders
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect()
}

#[test]
fn commands_lists_every_command_with_its_gate_and_schemas() {
    let home = tempfile::tempdir().unwrap();
    let listed = run(home.path(), &["commands"]);
    assert!(listed.status.success());
    let lines: Vec<Value> = said(&listed).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&str> = lines.iter().map(|line| line["command"].as_str().unwrap()).collect();
    assert_eq!(names, COMMANDS.iter().map(|command| command.name).collect::<Vec<_>>());
    for line in &lines {
        assert!(["query", "change"].contains(&line["kind"].as_str().unwrap()), "{line}");
        let asks = line["actions"].as_array().unwrap();
        assert_eq!(line["gate"] == "action", !asks.is_empty(), "{line}");
        assert!(["public", "session", "action"].contains(&line["gate"].as_str().unwrap()));
        assert!(line["summary"].as_str().is_some_and(|summary| summary.len() > 5), "{line}");
        assert_eq!(line["args"]["type"], "object", "{line}");
        assert!(line["reply"]["$schema"].is_string(), "{line}");
    }
}

#[test]
fn somebody_of_every_role_signs_in_to_a_demo_and_the_code_is_right() {
    let demo = demo();
    let (home, file) = copy_of(demo);
    let mut pipe = Pipe::open(home.path(), &file);
    assert_eq!(pipe.done("desk.status", json!({}))["studio"]["demo"], true, "a demo is marked as one");
    let accounts = demo.printed["accounts"].as_array().unwrap();
    let roles: BTreeSet<&str> = accounts.iter().map(|account| account["role"].as_str().unwrap()).collect();
    assert_eq!(roles, BTreeSet::from(["admin", "apprentice", "artist", "assistant", "owner"]));
    for role in roles {
        let account = accounts.iter().find(|account| account["role"] == role).unwrap();
        let who = json!({"username": account["username"], "password": account["password"]});
        let me = pipe.done("session.sign_in", who);
        assert_eq!((&me["role"], &me["must_change_password"]), (&json!(role), &json!(false)));
        assert_eq!(pipe.done("session.whoami", json!({}))["member"], me["member"]);
        let today = pipe.done("agenda.list", json!({"day": "2026-01-01"}));
        assert!(today["artists"].is_array());
        if role == "assistant" {
            let me = pipe.done("session.elevate", json!({"code": demo.printed["master_code"]}));
            assert_eq!(me["elevation"]["by"], "code");
        }
    }
    assert!(pipe.end().success());
}

#[test]
fn a_demo_holds_and_replaces_nothing() {
    let demo = demo();
    let (home, file) = copy_of(demo);
    let verified = run(home.path(), &["verify", file.to_str().unwrap()]);
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("everything holds"));
    let before = std::fs::read(&file).unwrap();
    let again = run(home.path(), &["demo", file.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(std::fs::read(&file).unwrap() == before);
}

#[test]
fn verify_says_by_its_exit_code_whether_all_holds() {
    let (home, file) = copy_of(demo());
    let check = |file: &Path| run(home.path(), &["verify", file.to_str().unwrap()]);
    assert_eq!(check(&file).status.code(), Some(0));

    let away = pictures(&file).pop().unwrap();
    let kept = std::fs::read(&away).unwrap();
    std::fs::remove_file(&away).unwrap();
    let found = check(&file);
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("PROBLEM       pictures: gone from its folder"), "{}", said(&found));
    std::fs::write(&away, &kept[1..]).unwrap();
    let found = check(&file);
    assert!(said(&found).contains("PROBLEM       pictures: not what was put there"), "{}", said(&found));
    std::fs::write(&away, &kept).unwrap();
    assert_eq!(check(&file).status.code(), Some(0));

    let mut pipe = Pipe::open(home.path(), &file);
    let accounts = demo().printed["accounts"].as_array().unwrap();
    let owner = accounts.iter().find(|account| account["role"] == "owner").unwrap();
    pipe.done("session.sign_in", json!({"username": owner["username"], "password": owner["password"]}));
    if pipe.done("till.drawer", json!({}))["open"].is_null() {
        pipe.done("till.open_session", json!({"float": 1_000}));
    }
    pipe.done("till.cash_move", json!({"direction": "in", "amount": 5, "reason": "Pay-in by the suite"}));
    assert!(pipe.end().success());
    let mut bytes = std::fs::read(&file).unwrap();
    // Words that stand in a sealed row and nowhere in the schema.
    let word: &[u8] = b"Pay-in by the suite";
    let places: Vec<usize> = bytes
        .windows(word.len())
        .enumerate()
        .filter(|(_, window)| *window == word)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at] = b'D';
    }
    std::fs::write(&file, &bytes).unwrap();
    let found = check(&file);
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("PROBLEM       cash_moves"), "{}", said(&found));

    let text = home.path().join("text");
    std::fs::write(&text, "no studio at all ".repeat(20)).unwrap();
    assert_eq!(check(&text).status.code(), Some(1));
    assert_eq!(check(&home.path().join("nothing")).status.code(), Some(1));
}

#[test]
fn a_tool_that_is_called_wrongly_says_how() {
    let home = tempfile::tempdir().unwrap();
    for words in [
        &[] as &[&str],
        &["desk"],
        &["nothing"],
        &["verify"],
        &["verify", "a", "b"],
        &["demo", "x", "--years"],
        &["demo", "x", "--years", "eleven"],
        &["demo", "x", "--years", "11"],
        &["demo", "x", "--artists", "0"],
        &["demo", "x", "--more", "1"],
    ] {
        let told = run(home.path(), words);
        assert_eq!(told.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8(told.stderr).unwrap().contains("inkpointctl desk FILE"));
    }
    assert!(run(home.path(), &["--help"]).status.success());
    assert!(!Path::new("x").exists());
}

#[test]
fn an_operator_imports_clients_whole_or_not_at_all_and_tries_it_first() {
    let (home, file) = copy_of(demo());
    let file = file.to_str().unwrap();
    let source = home.path().join("clients.csv");
    let import = |table: &[u8], rest: &[&str]| {
        std::fs::write(&source, table).unwrap();
        let words = [&["import", "clients", source.to_str().unwrap(), file][..], rest].concat();
        let output = run(home.path(), &words);
        (output.status.code(), said(&output))
    };
    // "José" as Windows writes it, a phone with a country, two separators in one cell.
    let good = b"\"Nombre completo\";\"Tel\xE9fono\";Notas\r\n\"Jos\xE9 Quetzal\";+52 55 4040 5050;\"Uno; dos\r\ntres\"\r\n";
    let (code, told) = import(good, &["--dry-run"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("windows-1252") && told.contains("1 would be imported"), "{told}");
    let broken = [&good[..], b";55 1;\r\n"].concat();
    for rest in [&[][..], &["--dry-run"]] {
        let (code, told) = import(&broken, rest);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("line 4: name missing") && told.contains("nothing was imported"), "{told}");
    }
    let open = [&good[..], b"\"Lu;55 1;\r\nEva;55 2;\r\n"].concat();
    let (code, told) = import(&open, &[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("line 4: quote not closed") && told.contains("nothing was imported"), "{told}");
    let (code, told) = import(good, &[]);
    assert_eq!((code, told.contains("1 imported")), (Some(0), true), "{told}");
    let (code, told) = import(good, &[]);
    assert_eq!(
        (code, told.contains("0 imported"), told.contains("HERE ALREADY  line 2: José Quetzal: phone")),
        (Some(0), true, true),
        "{told}"
    );
    assert_eq!(run(home.path(), &["import", "clients", "--dry-run", file]).status.code(), Some(2));
    let missing = run(home.path(), &["import", "clients", "/nowhere.csv", file]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(run(home.path(), &["verify", file]).status.success());

    let mut pipe = Pipe::open(home.path(), &home.path().join("copy.inkpoint"));
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let found = pipe.done("clients.search", json!({"text": "quetzal"}));
    assert_eq!(
        (&found[0]["name"], &found[0]["preferences"]),
        (&json!("José Quetzal"), &json!("Uno; dos\ntres"))
    );
}

#[test]
fn an_operator_backs_up_into_a_folder_unless_somebody_has_the_studio_open() {
    let (home, file) = copy_of(demo());
    let to = home.path().join("drive");
    let back_up = || run(home.path(), &["backup", file.to_str().unwrap(), to.to_str().unwrap()]);
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("desk.status", json!({}));
    let refused = back_up();
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("open elsewhere") && told.contains(&format!("({})", pipe.id())), "{told}");
    assert!(!to.exists());
    assert!(pipe.end().success());

    let made = back_up();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let told = said(&made);
    let name = told.lines().find_map(|line| line.strip_prefix("backup        ")).unwrap();
    assert!(name.ends_with(".inkpoint") && Path::new(name).parent() == Some(&to), "{told}");
    assert!(Path::new(name).with_extension("json").is_file());
    assert!(!pictures(&file).is_empty());
    // Another one finds its own name beside the first.
    assert!(back_up().status.success());
    let made = std::fs::read_dir(&to).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "inkpoint")
    });
    assert_eq!(made.count(), 2);
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let log = pipe.done("activity.list", json!({"limit": 3}));
    let told: Vec<_> = log.as_array().unwrap().iter().map(|row| (&row["command"], &row["role"])).collect();
    assert_eq!(told[1], (&json!("backups.make"), &json!("command line")));
}

#[test]
fn p11_f19_an_operator_restores_a_backup_onto_nothing_and_onto_a_file_that_is_gone_bad() {
    let (home, file) = copy_of(demo());
    let to = home.path().join("drive");
    assert!(run(home.path(), &["backup", file.to_str().unwrap(), to.to_str().unwrap()]).status.success());
    let backup = std::fs::read_dir(&to)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "inkpoint"))
        .unwrap();
    let restore =
        |file: &Path| run(home.path(), &["restore", backup.to_str().unwrap(), file.to_str().unwrap()]);
    let holds = |file: &Path| run(home.path(), &["verify", file.to_str().unwrap()]).status.success();

    // A new computer: the drive is all there is.
    let fresh = home.path().join("new/studio.inkpoint");
    let done = restore(&fresh);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(holds(&fresh));
    assert_eq!(pictures(&fresh).len(), pictures(&file).len());
    // What was there is copied first.
    let done = restore(&file);
    assert!(done.status.success() && said(&done).contains("as it was     "), "{}", said(&done));
    // Somebody has it open.
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("desk.status", json!({}));
    let refused = restore(&file);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("open elsewhere"));
    assert!(pipe.end().success());
    // What is beyond copying is put aside.
    std::fs::write(&file, "nothing of it is left ".repeat(400)).unwrap();
    let done = restore(&file);
    assert!(said(&done).contains("put aside     "), "{}", said(&done));
    assert!(holds(&file));
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let log = pipe.done("activity.list", json!({"limit": 3}));
    let told: Vec<_> = log.as_array().unwrap().iter().map(|row| (&row["command"], &row["role"])).collect();
    assert_eq!(told[1], (&json!("backups.restore"), &json!("command line")));
    assert!(pipe.end().success());
    // Another studio's file is nobody's to replace.
    let other = home.path().join("other.inkpoint");
    assert!(Pipe::found(home.path(), &other).end().success());
    let before = std::fs::read(&other).unwrap();
    assert_eq!(restore(&other).status.code(), Some(1));
    assert!(std::fs::read(&other).unwrap() == before);
    assert_eq!(
        run(home.path(), &["restore", "/nowhere.inkpoint", file.to_str().unwrap()]).status.code(),
        Some(1)
    );
}

/// The backup that a folder holds.
fn backup_in(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|ending| ending == "inkpoint")).unwrap()
}

/// The names and bytes of what lies in a folder, but for other folders.
fn lying_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn p11_f19_a_backup_that_is_looked_into_stays_the_one_that_was_written() {
    let (home, file) = copy_of(demo());
    let to = home.path().join("drive");
    let [name, folder] = [&file, &to].map(|path| path.to_str().unwrap());
    assert!(run(home.path(), &["backup", name, folder]).status.success());
    let backup = backup_in(&to);
    let lies = lying_in(&to);
    // The studio goes on: what is kept outside is no longer in the backup, and that is no fault of it.
    let list = home.path().join("list.csv");
    std::fs::write(&list, "Name,Phone\nVera Toledo,+52 55 3333 0101\n").unwrap();
    let import = |studio: &Path, rest: &[&str]| {
        let words = ["import", "clients", list.to_str().unwrap(), studio.to_str().unwrap()];
        run(home.path(), &[&words[..], rest].concat())
    };
    assert!(import(&file, &[]).status.success());

    let checked = run(home.path(), &["verify", backup.to_str().unwrap()]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(said(&checked).contains("everything holds"), "{}", said(&checked));
    assert!(import(&backup, &["--dry-run"]).status.success());
    let refused = import(&backup, &[]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    let onto_itself = run(home.path(), &["restore", backup.to_str().unwrap(), backup.to_str().unwrap()]);
    assert_eq!(onto_itself.status.code(), Some(1));
    let mut pipe = Pipe::open(home.path(), &backup);
    pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let found = pipe.done("clients.search", json!({"text": "Vera Toledo"}));
    assert!(!found.to_string().contains("Vera Toledo"), "{found}");
    let refused = pipe.ask("clients.create", Some("a-key-of-its-own"), &json!({"name": "Somebody"}));
    assert_eq!(refused.unwrap_err()["code"], "read_only");
    assert_eq!(pipe.done("desk.status", json!({}))["studio"]["halted"]["why"], "backup");
    assert!(pipe.end().success());
    assert!(lying_in(&to) == lies, "something on the shelf was touched");

    let fresh = home.path().join("new/studio.inkpoint");
    let done = run(home.path(), &["restore", backup.to_str().unwrap(), fresh.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn d26_a_backup_brought_back_beside_the_studio_makes_neither_of_them_a_put_back_one() {
    let (home, file) = copy_of(demo());
    let to = home.path().join("drive");
    let [name, folder] = [&file, &to].map(|path| path.to_str().unwrap());
    assert!(run(home.path(), &["backup", name, folder]).status.success());
    let yesterday = std::fs::read(&file).unwrap();
    let works = |studio: &Path, client: &str| {
        let mut pipe = Pipe::open(home.path(), studio);
        pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
        let anchored = pipe.done("desk.status", json!({}))["studio"]["anchored"].clone();
        pipe.ask("clients.create", Some(&format!("the-key-of-{client:-<8}")), &json!({"name": client}))
            .unwrap();
        assert!(pipe.end().success());
        anchored == true
    };
    let checked = |studio: &Path| run(home.path(), &["verify", studio.to_str().unwrap()]);
    assert!(works(&file, "Vera"));
    let copy = home.path().join("look/copy.inkpoint");
    let backup = backup_in(&to);
    let done = run(home.path(), &["restore", backup.to_str().unwrap(), copy.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for (studio, client) in [(&copy, "Nur"), (&file, "Ida"), (&copy, "Ole"), (&file, "Bo")] {
        assert!(works(studio, client), "{client}");
        let told = checked(studio);
        assert!(told.status.success() && said(&told).contains("outside head  holds"), "{}", said(&told));
    }
    // A copy as new as the studio is one that nothing is kept of; an older one is an older one, wherever it lies.
    let beside = home.path().join("beside.inkpoint");
    std::fs::copy(&file, &beside).unwrap();
    let told = checked(&beside);
    assert!(!said(&told).contains("PROBLEM       journal"), "{}", said(&told));
    assert!(said(&told).contains("outside head  no anchor"), "{}", said(&told));
    let older = home.path().join("older.inkpoint");
    std::fs::write(&older, &yesterday).unwrap();
    assert!(said(&checked(&older)).contains("the head kept outside the file is not in the chain"));
    // Moved, it takes its head along; and so does its place.
    let moved = home.path().join("moved.inkpoint");
    std::fs::rename(&file, &moved).unwrap();
    assert!(said(&checked(&moved)).contains("outside head  holds"));
    std::fs::write(&file, &yesterday).unwrap();
    assert!(said(&checked(&file)).contains("the head kept outside the file is not in the chain"));
}

#[test]
fn an_operator_says_what_a_column_is_and_is_told_plainly_what_cannot_be_read() {
    let (home, file) = copy_of(demo());
    let file = file.to_str().unwrap();
    let source = home.path().join("clients.csv");
    let import = |table: &[u8], rest: &[&str]| {
        std::fs::write(&source, table).unwrap();
        let words = [&["import", "clients", source.to_str().unwrap(), file, "--dry-run"][..], rest].concat();
        let output = run(home.path(), &words);
        let told = said(&output) + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), told)
    };
    let table = "Imię;Komórka;Urodziny\nQuetzal Uno;+52 55 4040 5050;03/04/90\n".as_bytes();
    let (code, told) = import(table, &[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("no column says the name: say which one does with --map name=COLUMN"), "{told}");
    let rest = ["--map", "name=imię", "--map", "birth_date=3", "--dates", "mdy"];
    let (code, told) = import(table, &rest);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("dates         month_first (given)") && told.contains("1 would be imported"),
        "{told}"
    );
    assert!(told.contains("column        Komórka                  phone"), "{told}");
    let (code, told) = import(table, &["--map", "name=Nazwisko"]);
    assert!(code == Some(1) && told.contains("inkpointctl: --map: no such column"), "{told}");
    for wrong in [&["--map", "name"][..], &["--map", "nom=1"], &["--map"], &["--dates", "xyz"], &["--dates"]]
    {
        assert_eq!(import(table, wrong).0, Some(2), "{wrong:?}");
    }
    let (code, told) = import(b"", &[]);
    assert!(code == Some(1) && told.contains("clients.csv: nothing in it"), "{told}");
    let (code, told) = import(b"<html></html>", &[]);
    assert!(code == Some(1) && told.contains("clients.csv: a web page or XML, no table"), "{told}");
    let (code, told) = import(format!("Name,Notes\nEva,{}\n", "x".repeat(5_000_000)).as_bytes(), &[]);
    assert!(code == Some(1) && told.contains("REFUSED       line 2: cell too long"), "{told}");
    let folder = run(home.path(), &["import", "clients", home.path().to_str().unwrap(), file]);
    assert!(String::from_utf8_lossy(&folder.stderr).contains("not a plain file"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for_and_a_path_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let (home, file) = copy_of(demo());
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let told = run(home.path(), &["import", "clients", pipe.to_str().unwrap(), file.to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stderr).contains("not a plain file"));
    let odd = std::ffi::OsStr::from_bytes(b"/tmp/stu\xE9dio.inkpoint");
    for command in ["desk", "demo", "verify", "backup", "restore", "import", "export", "help"] {
        let told = program(home.path()).arg(command).arg(odd).output().unwrap();
        assert_eq!(told.status.code(), Some(2), "{command}");
        let told = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.contains("is not UTF-8") && !told.contains("panicked"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn f10_a_pipe_among_the_pictures_is_told_and_not_waited_for() {
    let (home, file) = copy_of(demo());
    let folder = file.with_file_name(format!("{}.pictures", file.file_name().unwrap().to_str().unwrap()));
    let folders = std::fs::read_dir(&folder).unwrap().map(|one| one.unwrap().path());
    let picture = folders
        .flat_map(|one| std::fs::read_dir(one).unwrap().map(|file| file.unwrap().path()))
        .find(|path| path.to_str().unwrap().ends_with(".jpg"))
        .unwrap();
    std::fs::remove_file(&picture).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&picture).status().unwrap().success());
    let child = program(home.path())
        .args(["verify", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id().to_string();
    let (ended, end) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn(move || ended.send(child.wait_with_output().unwrap()));
    let Ok(told) = end.recv_timeout(std::time::Duration::from_secs(120)) else {
        std::process::Command::new("kill").arg(id).status().unwrap();
        panic!("the check waits for the pipe");
    };
    waiting.join().unwrap().unwrap();
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stdout).contains("pictures: cannot be read: "), "{told:?}");
}

#[test]
fn who_stops_reading_is_no_failure_and_an_answer_that_nobody_gets_is_one() {
    let home = tempfile::tempdir().unwrap();
    // More than a pipe holds, and nobody at its other end.
    let mut child =
        program(home.path()).arg("commands").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(ended.status.success());
    if cfg!(target_os = "linux") {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ended = program(home.path()).arg("commands").stdout(full).output().unwrap();
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{told}");
        assert!(told.contains("could not be written"), "{told}");
        // What was to be said stands there instead.
        assert!(told.contains("\"gate\""), "{told}");
    }
}
