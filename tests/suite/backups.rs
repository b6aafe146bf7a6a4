//! Backups: when one is made, what it holds, which stay, and what happens when there is nowhere to put it (T054, P11,
//! F18).

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::pictures::PLAIN;
use crate::studio_house::{
    House, MINUTE, OWNER_PASSWORD, PASSWORD, Seat, denied, folder, fresh_key, text, told,
};

const QUARTER: u64 = 15 * MINUTE;
const A_DAY: u64 = 24 * 60 * MINUTE;

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub fn shelf(house: &House) -> PathBuf {
    beside(&house.file, ".backups")
}

/// What the thread does by itself at a desk that somebody sits at.
pub fn look(house: &House) {
    house.desk.look_after_backups().unwrap();
}

pub fn backups(seat: &Seat) -> Vec<Value> {
    seat.done("backups.state", json!({}))["backups"].as_array().unwrap().clone()
}

fn note(house: &House, name: &str) -> Value {
    let text = std::fs::read_to_string(shelf(house).join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn endings(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.extension().map_or("-".to_owned(), |ending| ending.to_str().unwrap().to_owned()))
        .collect();
    found.sort();
    found
}

pub fn till_open(house: &House) -> Value {
    let item = house.item("SOAP", 10_000, 1_000);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 10_000}]})
}

/// The owner, at a desk that does not lock for half an hour.
fn patient(house: &House) -> Seat {
    let owner = house.owner();
    owner.done("security.settings", json!({"idle_minutes": 30}));
    owner
}

/// How many lie on the shelf; asking the desk would be a change.
fn made(house: &House) -> usize {
    let Ok(entries) = std::fs::read_dir(shelf(house)) else { return 0 };
    entries
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "json"))
        .count()
}

#[test]
fn p11_a_backup_is_made_every_quarter_of_an_hour_while_there_are_changes() {
    let house = House::staffed();
    let owner = patient(&house);
    assert_eq!(owner.done("backups.state", json!({}))["last_at"], Value::Null);
    look(&house);
    assert_eq!(made(&house), 1, "what was done before the first was made is in it");
    let state = owner.done("backups.state", json!({}));
    assert_eq!(
        (&state["last_at"], &state["next_at"]),
        (&json!(house.at(0)), &json!(house.now() + i64::try_from(QUARTER).unwrap()))
    );
    // Nothing changes for hours.
    for _ in 0..8 {
        house.clock.pass(QUARTER);
        look(&house);
    }
    assert_eq!(made(&house), 1);
    drop(owner);
    let owner = house.owner();
    owner.done("clients.create", json!({"name": "Joana"}));
    look(&house);
    assert_eq!(made(&house), 2, "the quarter was long over");
    owner.done("clients.create", json!({"name": "Pilar"}));
    house.clock.pass(QUARTER - 1);
    look(&house);
    assert_eq!(made(&house), 2);
    house.clock.pass(1);
    look(&house);
    let found = backups(&owner);
    assert_eq!(
        found.iter().map(|backup| backup["clients"].as_i64().unwrap()).collect::<Vec<_>>(),
        [2, 1, 0],
        "newest first, each as it was"
    );
    assert!(found.iter().all(|backup| backup["why"] == "changes" && backup["recomputed"] == true));
    // A restart knows of them, and a clock set back by a year does not wait for it to pass.
    drop(owner);
    house.restart();
    look(&house);
    assert_eq!(made(&house), 3);
    house.clock.jump(-365 * i64::try_from(A_DAY).unwrap());
    house.owner();
    look(&house);
    assert_eq!(made(&house), 4);
}

#[test]
fn p11_each_backup_is_a_whole_studio_that_opens_by_itself() {
    let house = House::staffed();
    let sale = till_open(&house);
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    let client = house.client("Joana");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    look(&house);
    let rows = house.rows();
    owner.done("till.sell", sale);
    let made = backups(&owner).remove(0);
    assert_eq!(
        json!([made["sales"], made["total"], made["clients"], made["pictures"]]),
        json!([1, 10_000, 1, 1])
    );
    let name = text(&made["name"]);
    assert!(name.starts_with("casa-aguja-2026-11-20-09-00"), "{name}: in the studio's own time");
    let file = shelf(&house).join(format!("{name}.inkpoint"));
    assert_eq!(made["bytes"], std::fs::metadata(&file).unwrap().len());
    assert_eq!(endings(&shelf(&house)), ["-", "inkpoint", "json", "list"], "no log, nothing half done");
    let note = note(&house, &name);
    assert_eq!(note["head"][0], house.count("SELECT max(seq) - 1 FROM journal"), "D26: where its chain ends");

    let raw = rusqlite::Connection::open(&file).unwrap();
    let mut kept = crate::studio_house::all_rows(&raw);
    drop(raw);
    kept.retain(|table, _| rows.contains_key(table));
    crate::studio_house::assert_same_rows(&rows, &kept);
    drop(owner);
    // With its pictures put beside it, it is a studio like any other, and holds.
    let copy = house.home.path().join("copy.inkpoint");
    std::fs::copy(&file, &copy).unwrap();
    std::fs::create_dir(beside(&copy, ".pictures")).unwrap();
    for line in std::fs::read_to_string(shelf(&house).join(format!("{name}.list"))).unwrap().lines() {
        let to = beside(&copy, ".pictures").join(line);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(shelf(&house).join("pictures").join(line), to).unwrap();
    }
    house.desk.close();
    std::fs::remove_dir_all(house.home.path().join("config/anchors")).unwrap();
    house.desk.open(&copy).unwrap();
    house.assert_holds();
}

#[test]
fn a_closed_day_is_backed_up_whatever_the_clock_says() {
    let house = House::staffed();
    let sale = till_open(&house);
    look(&house);
    let owner = house.owner();
    owner.done("till.sell", sale);
    look(&house);
    assert_eq!(backups(&owner).len(), 1, "no quarter of an hour has passed");
    owner.done("till.close_session", json!({"counts": [{"value": 50_000, "count": 1}]}));
    look(&house);
    let found = backups(&owner);
    assert_eq!((found.len(), &found[0]["why"]), (2, &json!("close")));
    let z = rusqlite::Connection::open(shelf(&house).join(format!("{}.inkpoint", text(&found[0]["name"]))));
    let closed: i64 =
        z.unwrap().query_row("SELECT count(*) FROM drawer_closings", [], |row| row.get(0)).unwrap();
    assert_eq!(closed, 1);
}

#[test]
fn t054_backups_are_owners_and_admins_business() {
    let house = House::staffed();
    for who in ["sam", "mara", "pia"] {
        let seat = house.seat(who);
        for command in ["backups.state", "backups.make", "backups.set_second"] {
            assert_eq!(told(&house, &seat, command, json!({})), denied("role"), "attack 48: {who}");
        }
    }
    assert_eq!(told(&house, &house.elevated("sue"), "backups.make", json!({})), denied("role"));
    assert!(!shelf(&house).exists());
    let bea = house.seat("bea");
    let made = bea.done("backups.make", json!({}));
    assert_eq!(made["backups"][0]["why"], "asked");
    let log = bea.done("activity.list", json!({"limit": 1}));
    assert_eq!(
        json!([log[0]["command"], log[0]["member"], log[0]["outcome"]]),
        json!(["backups.make", "Bea Soto", "done"])
    );
    // Who asked for it is in it.
    assert_eq!(note(&house, &text(&made["backups"][0]["name"]))["head"][0], log[0]["seq"]);
    // Anybody may see when the last one was made, and nothing else.
    let status = house.ask("desk.status", json!({})).unwrap();
    assert_eq!(
        status["studio"]["backup"],
        json!({"at": house.at(0), "late": false, "second_late": false, "test_due": true})
    );
}

#[test]
fn pictures_lie_once_on_the_shelf_and_go_with_the_last_backup_that_needs_them() {
    let house = House::staffed();
    let owner = patient(&house);
    let client = house.client("Joana Melo");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    look(&house);
    house.clock.pass(QUARTER);
    owner.done("clients.create", json!({"name": "Pilar"}));
    look(&house);
    let store = shelf(&house).join("pictures");
    let count = |folder: &Path| -> usize {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| if path.is_dir() { std::fs::read_dir(path).unwrap().count() } else { 1 })
            .sum()
    };
    assert_eq!(count(&store), 2, "a picture and its small copy, for two backups");
    owner.done("clients.erase", json!({"client_id": client, "name": "Joana Melo"}));
    assert_eq!(count(&store), 2);
    // A year later no backup is left that knew her.
    for _ in 0..2 {
        house.clock.pass(370 * A_DAY);
        let owner = house.owner();
        owner.done("clients.create", json!({"name": "Rui"}));
        look(&house);
    }
    assert_eq!(backups(&house.owner()).len(), 1);
    assert_eq!(count(&store), 0, "P16");
}

#[test]
fn p11_a_damaged_picture_goes_into_no_backup_as_if_it_were_whole_and_a_copy_gone_bad_is_made_anew() {
    let house = House::staffed();
    let owner = patient(&house);
    let client = house.client("Joana Melo");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    let second = folder();
    owner.done("backups.set_second", json!({"folder": second.path()}));
    let pictures = |at: &Path| -> Vec<PathBuf> {
        let inside = std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<PathBuf> = inside
            .filter(|path| path.is_dir())
            .flat_map(|path| std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()))
            .filter(|path| path.to_string_lossy().ends_with("jpg"))
            .collect();
        found.sort();
        found
    };
    // A new file in its place: what is linked to it elsewhere stays as it is.
    let put = |path: &Path, bytes: &[u8]| {
        std::fs::remove_file(path).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    let live = pictures(&beside(&house.file, ".pictures"));
    let whole: Vec<Vec<u8>> = live.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let lost = |reply: &Value| {
        let newest = &reply["backups"][0];
        (reply["lost"].as_array().unwrap().len(), newest["pictures_lost"].as_u64().unwrap())
    };
    for (round, (path, bytes)) in live.iter().zip(&whole).enumerate() {
        // What was good once lies on the shelf: a backup needs no more of it.
        let missing = u64::from(round == 0);
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        for bad in [flipped, Vec::new(), [bytes.as_slice(), b"more"].concat()] {
            put(path, &bad);
            house.clock.pass(1_000);
            let made = owner.done("backups.make", json!({}));
            let expected = (usize::try_from(missing).unwrap(), missing);
            assert_eq!(lost(&made), expected, "{} of {} bytes", path.display(), bad.len());
        }
        put(path, bytes);
        house.clock.pass(1_000);
        assert_eq!(lost(&owner.done("backups.make", json!({}))), (0, 0), "{} is whole again", path.display());
    }
    // Copies that went bad, here and in the second folder, are made anew from what is good.
    look(&house);
    let there = std::fs::read_dir(second.path()).unwrap().next().unwrap().unwrap().path().join("pictures");
    for at in [shelf(&house).join("pictures"), there] {
        let copies = pictures(&at);
        assert_eq!(copies.len(), 2);
        for (copy, bytes) in copies.iter().zip(&whole) {
            put(copy, b"gone bad");
            owner.done("clients.create", json!({"name": format!("Pilar {}", copies.len())}));
            house.clock.pass(QUARTER);
            assert_eq!(lost(&owner.done("backups.make", json!({}))), (0, 0));
            look(&house);
            assert!(std::fs::read(copy).unwrap() == *bytes, "{}", copy.display());
        }
    }
    for (path, bytes) in live.iter().zip(&whole) {
        assert!(std::fs::read(path).unwrap() == *bytes);
    }
}

#[test]
fn f18_a_kill_leaves_nothing_that_counts_and_the_next_backup_clears_it_away() {
    let house = House::staffed();
    let owner = house.owner();
    std::fs::create_dir_all(shelf(&house).join("pictures")).unwrap();
    for name in ["casa-aguja-x.inkpoint.part", "casa-aguja-y.list", "casa-aguja-y.inkpoint", "z.json.part"] {
        std::fs::write(shelf(&house).join(name), "half").unwrap();
    }
    // A file of somebody else's is left alone.
    std::fs::write(shelf(&house).join("read me.txt"), "mine").unwrap();
    assert_eq!(backups(&owner).len(), 0);
    look(&house);
    assert_eq!(backups(&owner).len(), 1);
    assert_eq!(endings(&shelf(&house)), ["-", "inkpoint", "json", "list", "txt"]);
}

#[test]
fn f10_a_file_that_does_not_hold_becomes_no_backup_and_the_last_good_one_stays() {
    let house = House::staffed();
    let sale = till_open(&house);
    let owner = patient(&house);
    owner.done("till.sell", sale);
    look(&house);
    let good = backups(&owner);
    let raw = house.raw();
    raw.execute_batch("UPDATE counters SET value = value + 1 WHERE name = 'receipt'").unwrap();
    drop(raw);
    assert_eq!(owner.refused("backups.make", json!({})), "damaged");
    house.clock.pass(QUARTER);
    look(&house);
    let state = owner.done("backups.state", json!({}));
    assert_eq!((&state["failed"], &state["backups"]), (&json!("damaged"), &json!(good)));
    assert_eq!(endings(&shelf(&house)), ["inkpoint", "json", "list"]);
}

#[test]
fn f18_nowhere_to_put_it_is_told_tried_again_and_told_louder_after_an_hour() {
    let house = House::staffed();
    let owner = house.owner();
    std::fs::write(shelf(&house), "in the way").unwrap();
    let told = |field: &str| house.ask("desk.status", json!({})).unwrap()["studio"]["backup"][field].clone();
    for minute in 0..61 {
        look(&house);
        assert_eq!(told("late"), false, "minute {minute}");
        owner.done("clients.create", json!({"name": "Joana"}));
        house.clock.pass(MINUTE);
    }
    look(&house);
    assert_eq!(told("late"), true);
    assert_ne!(owner.done("backups.state", json!({}))["failed"], Value::Null);
    std::fs::remove_file(shelf(&house)).unwrap();
    house.clock.pass(MINUTE);
    look(&house);
    let state = owner.done("backups.state", json!({}));
    assert_eq!((&state["late"], &state["failed"]), (&json!(false), &Value::Null));
    assert_eq!((told("late"), told("at")), (json!(false), json!(house.now())));
}

#[test]
fn p11_each_backup_goes_to_the_second_folder_as_well() {
    let house = House::staffed();
    let owner = patient(&house);
    let client = house.client("Joana");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    let drive = folder();
    let at = |path: &Path| json!({"folder": path.to_str().unwrap()});
    for (args, why) in [
        (json!({"folder": "relative"}), "not a folder"),
        (at(&drive.path().join("nothing")), "not a folder"),
        (at(&house.file), "not a folder"),
        (at(house.file.parent().unwrap()), "the studio's own"),
    ] {
        let fault = owner.ask("backups.set_second", args.clone()).unwrap_err();
        assert_eq!(fault["params"], json!({"field": "folder", "reason": why}), "{args}");
    }
    let set = owner.done("backups.set_second", at(drive.path()));
    assert_eq!(
        set["second"],
        json!({"folder": drive.path(), "failed": null, "late": false, "last_at": null})
    );
    look(&house);
    let state = owner.done("backups.state", json!({}));
    let first = state["backups"][0].clone();
    assert_eq!(json!([first["here"], first["second"]]), json!([true, true]));
    assert_eq!(state["second"]["last_at"], first["at"]);
    let there = std::fs::read_dir(drive.path()).unwrap().next().unwrap().unwrap().path();
    let name = format!("{}.inkpoint", text(&first["name"]));
    assert!(std::fs::read(there.join(&name)).unwrap() == std::fs::read(shelf(&house).join(&name)).unwrap());
    assert_eq!(std::fs::read_dir(there.join("pictures")).unwrap().count(), 1);

    // Unplugged: what is made goes on being made, and nothing is written where the drive was.
    let away = drive.path().join("away");
    std::fs::rename(&there, &away).unwrap();
    house.clock.pass(QUARTER);
    owner.done("clients.create", json!({"name": "Pilar"}));
    look(&house);
    let state = owner.done("backups.state", json!({}));
    assert_eq!((&state["second"]["failed"], &state["failed"]), (&json!("not_found"), &Value::Null));
    assert_eq!(json!([state["backups"][0]["here"], state["backups"][0]["second"]]), json!([true, false]));
    assert!(!there.exists());
    // A file in its place, and not asked for more often than every five minutes.
    std::fs::write(&there, "in the way").unwrap();
    house.clock.pass(5 * MINUTE);
    look(&house);
    assert_eq!(owner.done("backups.state", json!({}))["second"]["failed"], "not_found");
    std::fs::remove_file(&there).unwrap();
    std::fs::rename(&away, &there).unwrap();
    house.clock.pass(4 * MINUTE);
    look(&house);
    assert_eq!(owner.done("backups.state", json!({}))["second"]["failed"], "not_found");
    house.clock.pass(MINUTE);
    look(&house);
    let state = owner.done("backups.state", json!({}));
    assert_eq!((&state["second"]["failed"], &state["backups"][0]["second"]), (&Value::Null, &json!(true)));
    // What lies there stays when it is no longer the second folder.
    owner.done("backups.set_second", json!({}));
    assert_eq!(owner.done("backups.state", json!({}))["second"], Value::Null);
    assert!(there.join(&name).exists());
}

#[test]
fn f18_a_second_folder_that_is_missing_for_a_day_is_told_of() {
    let house = House::staffed();
    let drive = folder();
    house.owner().done("backups.set_second", json!({"folder": drive.path()}));
    for entry in std::fs::read_dir(drive.path()).unwrap() {
        std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    let late = || house.ask("desk.status", json!({})).unwrap()["studio"]["backup"]["second_late"].clone();
    look(&house);
    assert_eq!(late(), false);
    house.clock.pass(A_DAY + 1);
    assert_eq!(late(), true);
}

/// A backup that stands still in the middle: a picture that is a pipe, read across two file systems.
#[cfg(target_os = "linux")]
#[test]
fn f18_nobody_at_the_counter_waits_for_a_backup_and_it_sees_none_of_what_they_do() {
    let house = House::staffed();
    // A place on another file system, so that the pipe is read rather than linked to.
    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let device = |path: &Path| std::os::unix::fs::MetadataExt::dev(&std::fs::metadata(path).unwrap());
    if device(elsewhere.path()) == device(&house.file) {
        println!("skipped: there is only one file system here");
        return;
    }
    let sale = till_open(&house);
    let owner = patient(&house);
    let client = house.client("Joana");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    look(&house);
    let mut listed = std::fs::read_dir(shelf(&house)).unwrap().map(|entry| entry.unwrap().path());
    let list = listed.find(|path| path.extension().is_some_and(|ending| ending == "list")).unwrap();
    let picture = std::fs::read_to_string(list).unwrap().lines().next().unwrap().to_owned();
    std::fs::remove_dir_all(shelf(&house)).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), shelf(&house)).unwrap();
    let pipe = beside(&house.file, ".pictures").join(&picture);
    let bytes = std::fs::read(&pipe).unwrap();
    std::fs::remove_file(&pipe).unwrap();
    // Not by a program: while one starts it holds copies of all locks of this process, and another test would find its file
    // in use.
    let (fifo, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::from_raw_mode(0o600));
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, mode, 0).unwrap();
    owner.done("till.sell", sale.clone());
    let head = house.count("SELECT max(seq) FROM journal");

    house.clock.pass(QUARTER);
    let desk = house.desk.beside();
    std::thread::scope(|scope| {
        let backup = scope.spawn(|| desk.look_after_backups().unwrap());
        // Opens once the backup reads it, and then the backup waits for us.
        let mut end = std::fs::OpenOptions::new().write(true).open(&pipe).unwrap();
        for _ in 0..20 {
            owner.ask_with("till.sell", &fresh_key(), sale.clone()).unwrap();
        }
        assert!(!backup.is_finished());
        assert_eq!(owner.done("backups.state", json!({}))["busy"], true);
        std::io::Write::write_all(&mut end, &bytes).unwrap();
        drop(end);
    });
    std::fs::remove_file(&pipe).unwrap();
    std::fs::write(&pipe, bytes).unwrap();
    let made = backups(&owner).remove(0);
    assert_eq!((&made["here"], &made["sales"]), (&json!(true), &json!(1)), "as it was when it began");
    assert_eq!(note(&house, &text(&made["name"]))["head"][0], head);
    house.assert_holds();
}

// ---- bringing one back ---------------------------------------------------------------------------------------------

fn back(name: &Value) -> Value {
    json!({"name": name, "password": OWNER_PASSWORD})
}

/// Signs the owner in at the house's own desk, which is the one that a restore opens anew.
pub fn at_the_desk(house: &House) {
    house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
}

/// A studio with a client, a picture and a sale in its first backup, and a day's work after it.
fn lived_in() -> (House, Value, Value) {
    let house = House::staffed();
    let sale = till_open(&house);
    let owner = patient(&house);
    owner.done("till.sell", sale.clone());
    let client = house.client("Joana Melo");
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    look(&house);
    let first = backups(&owner).remove(0);
    for _ in 0..3 {
        owner.done("till.sell", sale.clone());
    }
    house.client("Pilar Rey");
    house.book(0, &client, 3);
    (house, first, json!(client))
}

#[test]
fn p11_t103_a_restore_tells_what_goes_copies_it_first_and_brings_everything_back() {
    let (house, first, client) = lived_in();
    let before = rows_of_backup(&house, &first);
    at_the_desk(&house);
    let preview = house.ask("backups.preview", json!({"name": first["name"]})).unwrap();
    assert_eq!(
        json!([
            preview["sales"],
            preview["total"],
            preview["clients"],
            preview["appointments"],
            preview["pictures"]
        ]),
        json!([3, 30_000, 1, 1, 0])
    );
    assert_eq!((&preview["descends"], &preview["erased"]), (&json!(true), &json!(0)));
    assert_eq!(preview["done"][0], json!({"command": "till.sell", "times": 3}));
    // Asked again who it is, and a wrong password changes nothing.
    let wrong = json!({"name": first["name"], "password": "wrong"});
    assert_eq!(house.ask("backups.restore", wrong).unwrap_err()["code"], "bad_credentials");
    assert_eq!(house.count("SELECT count(*) FROM sales"), 4);

    let elsewhere = house.seat("sam");
    // What lies beside the file as pictures is lost with it.
    std::fs::remove_dir_all(beside(&house.file, ".pictures")).unwrap();
    let done = house.ask("backups.restore", back(&first["name"])).unwrap();
    assert_eq!((&done["at"], &done["aside"]), (&first["at"], &Value::Null));
    assert!(!beside(&house.file, ".replaced").exists() && !beside(&house.file, ".restored").exists());
    for seat in [&house.desk, &elsewhere.desk] {
        let told = crate::studio_house::ask(seat, "session.whoami", None, json!({})).unwrap_err();
        assert_eq!(told["code"], "no_session", "attack 27: everybody signs in again");
    }
    drop(elsewhere);
    assert_eq!(house.count("SELECT count(*) FROM sales"), 1);
    let mut now = house.rows();
    now.retain(|table, _| before.contains_key(table) && !["throttles", "members"].contains(&table.as_str()));
    let mut before = before;
    before.retain(|table, _| now.contains_key(table));
    crate::studio_house::assert_same_rows(&before, &now);

    // It is not taken for an older copy that somebody put back, and yet everybody can see what was done.
    let owner = house.owner();
    assert_eq!(owner.done("desk.status", json!({}))["studio"]["anchored"], true);
    let told = house.verify();
    assert!(told.holds() && told.anchor.starts_with("holds"), "{:?} {}", told.problems, told.anchor);
    let log = owner.done("activity.list", json!({"limit": 20}));
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "backups.restore").unwrap();
    assert_eq!((&row["member"], &row["outcome"]), (&json!("Ana Ruiz"), &json!("done")));
    let safety = text(&done["safety"]);
    let replaced =
        format!("{} {}", note(&house, &safety)["head"][0], text(&note(&house, &safety)["head"][1]));
    assert_eq!(row["details"]["replaced_head"], replaced, "D26: the chain that was replaced is named");
    assert_eq!(row["details"]["safety"], safety);
    let pictures = owner.done("pictures.list", json!({"client_id": client}));
    owner.done("pictures.show", json!({"picture_id": pictures[0]["id"], "size": "full"}));
    let sale = json!({"lines": [{"item_id": owner.done("inventory.list", json!({}))[0]["id"]}],
        "tenders": [{"tender": "card", "amount": 10_000}]});
    owner.done("till.sell", sale);
    house.assert_holds();

    // And back again, to the afternoon that the copy holds.
    drop(owner);
    at_the_desk(&house);
    house.ask("backups.restore", back(&json!(safety))).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM sales"), 4);
    house.assert_holds();
    house.restart();
    assert_eq!(house.ask("desk.status", json!({})).unwrap()["studio"]["anchored"], true);
    house.assert_holds();
}

fn rows_of_backup(house: &House, backup: &Value) -> crate::studio_house::Rows {
    let file = shelf(house).join(format!("{}.inkpoint", text(&backup["name"])));
    let mut rows = crate::studio_house::all_rows(&rusqlite::Connection::open(file).unwrap());
    rows.retain(|table, _| !table.starts_with("journal") && table != "refusal_counts");
    rows
}

#[test]
fn p16_who_was_erased_stays_erased_when_an_older_backup_comes_back() {
    let (house, first, client) = lived_in();
    let owner = house.owner();
    let visit = owner.done("clients.open", json!({"client_id": client}));
    assert_eq!(visit["client"]["name"], "Joana Melo");
    let booked = house.count("SELECT count(*) FROM appointments");
    assert_eq!(booked, 1);
    let appointment: String =
        house.raw().query_row("SELECT id FROM appointments", [], |row| row.get(0)).unwrap();
    owner.done("agenda.cancel", json!({"appointment_id": appointment}));
    owner.done("clients.erase", json!({"client_id": client, "name": "Joana Melo"}));
    assert_eq!(house.count("SELECT count(*) FROM pictures"), 0);
    drop(owner);
    at_the_desk(&house);
    assert_eq!(house.ask("backups.preview", json!({"name": first["name"]})).unwrap()["erased"], 1);
    house.ask("backups.restore", back(&first["name"])).unwrap();
    at_the_desk(&house);
    let found = house.ask("clients.search", json!({"text": "joana"})).unwrap();
    assert_eq!(found, json!([]));
    assert_eq!(house.count("SELECT count(*) FROM clients WHERE erased_at IS NOT NULL"), 1);
    assert_eq!(
        house.count("SELECT count(*) FROM pictures") + house.count("SELECT count(*) FROM gone_pictures"),
        0
    );
    let mut left = std::fs::read_dir(beside(&house.file, ".pictures")).unwrap();
    assert!(left.all(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().next().is_none()));
    let log = house.ask("activity.list", json!({"limit": 10})).unwrap();
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "backups.restore").unwrap();
    assert_eq!(row["details"]["erased_again"], json!([client]));
    assert!(!std::fs::read(&house.file).unwrap().windows(10).any(|bytes| bytes == b"Joana Melo"));
    house.assert_holds();

    // Also when the file that knew of it is beyond reading: its backups know.
    at_the_desk(&house);
    house.ask("backups.make", json!({})).unwrap();
    house.desk.close();
    std::fs::write(&house.file, "nothing of it is left").unwrap();
    let desk = other_desk(&house);
    let backup = shelf(&house).join(format!("{}.inkpoint", text(&first["name"])));
    let done = inkpoint_core::restore(&desk, &backup, &house.file).unwrap();
    assert_eq!((done.safety, done.aside.as_deref()), (None, Some(&*beside(&house.file, ".replaced"))));
    drop(desk);
    house.desk.open(&house.file).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM clients WHERE erased_at IS NOT NULL"), 1);
    house.assert_holds();
}

#[test]
fn t066_t111_a_restore_gives_nobody_back_a_right_a_password_or_a_code_that_was_taken() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let people = owner.done("staff.list", json!({}));
    let id = |username: &str| {
        let found = people.as_array().unwrap().iter().find(|member| member["username"] == username);
        text(&found.unwrap()["id"])
    };
    // Somebody left, somebody has less to say, somebody's password was given away, one more right was lent for good,
    // and everybody knew the code.
    owner.done("staff.set_active", json!({"member_id": id("dario"), "active": false}));
    owner.done("staff.change_role", json!({"member_id": id("bea"), "role": "assistant"}));
    let fresh = text(&owner.done("staff.reset_password", json!({"member_id": id("sue")}))["password"]);
    owner
        .done("staff.set_switch", json!({"member_id": id("mara"), "name": "view_shop_clients", "on": false}));
    let week = house.now() + 7 * 86_400_000;
    owner.done("staff.change_role", json!({"member_id": id("pia"), "role": "assistant", "until": week}));
    house.clock.pass(1_000);
    let code = text(&owner.done("security.rotate_code", json!({}))["code"]);
    let hired =
        owner.done("staff.create_user", json!({"username": "nil", "name": "Nil Ros", "role": "artist"}));
    let as_now = |owner: &Seat| {
        let mut list = owner.done("staff.list", json!({}));
        for member in list.as_array_mut().unwrap() {
            let member = member.as_object_mut().unwrap();
            member.retain(|field, _| {
                [
                    "username",
                    "role",
                    "role_until",
                    "role_after",
                    "active",
                    "artist_id",
                    "must_change",
                    "switches",
                ]
                .contains(&field.as_str())
            });
        }
        list.as_array_mut().unwrap().retain(|member| member["username"] != "nil");
        list
    };
    let before = as_now(&owner);
    drop(owner);

    at_the_desk(&house);
    let preview = house.ask("backups.preview", json!({"name": first["name"]})).unwrap();
    assert_eq!((&preview["rights_kept"], &preview["codes_kept"]), (&json!(5), &json!(true)));
    assert!(!preview["done"].to_string().contains("security.rotate_code"), "what stays is no loss");
    house.ask("backups.restore", back(&first["name"])).unwrap();
    let owner = house.owner();
    assert_eq!(as_now(&owner), before);
    assert_eq!(
        owner.done("staff.list", json!({})).as_array().unwrap().len(),
        7,
        "who came since is gone: {hired}"
    );
    let sign_in = |username: &str, password: &str| {
        house.ask("session.sign_in", json!({"username": username, "password": password}))
    };
    assert_eq!(sign_in("dario", PASSWORD).unwrap_err()["code"], "bad_credentials");
    assert_eq!(sign_in("sue", PASSWORD).unwrap_err()["code"], "bad_credentials");
    assert_eq!(sign_in("sue", &fresh).unwrap()["must_change_password"], true);
    let sam = house.seat("sam");
    let elevate = |code: &str| sam.ask("session.elevate", json!({"code": code}));
    assert_eq!(elevate(&house.master_code).unwrap_err()["code"], "bad_code");
    elevate(&code).unwrap();
    let log = owner.done("activity.list", json!({"limit": 20}));
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "backups.restore").unwrap();
    let mut kept = vec![id("dario"), id("bea"), id("sue"), id("mara"), id("pia")];
    kept.sort();
    assert_eq!(row["details"]["rights_kept"], json!(kept));
    assert_eq!(row["details"]["codes_kept"], json!(["master_code"]));
    house.assert_holds();

    // A second time nothing is left to keep but what the same backup lacks.
    drop(sam);
    drop(owner);
    at_the_desk(&house);
    let safety = backups(&house.owner()).into_iter().find(|made| made["why"] == "restore").unwrap();
    let preview = house.ask("backups.preview", json!({"name": safety["name"]})).unwrap();
    assert_eq!((&preview["rights_kept"], &preview["codes_kept"]), (&json!(0), &json!(false)));
}

#[test]
fn d07_a_studio_that_was_handed_over_stays_with_its_new_owner_when_an_older_backup_comes_back() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let people = owner.done("staff.list", json!({}));
    let bea = people.as_array().unwrap().iter().find(|member| member["username"] == "bea").unwrap();
    let to_bea = json!({"member_id": bea["id"], "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"});
    owner.done("studio.transfer", to_bea);
    drop(owner);
    house.ask("session.sign_in", json!({"username": "bea", "password": PASSWORD})).unwrap();
    let done = house.ask("backups.restore", json!({"name": first["name"], "password": PASSWORD})).unwrap();
    assert_eq!(done["at"], first["at"]);
    house.ask("session.sign_in", json!({"username": "bea", "password": PASSWORD})).unwrap();
    let people = house.ask("staff.list", json!({})).unwrap();
    let role = |username: &str| {
        people.as_array().unwrap().iter().find(|member| member["username"] == username).unwrap()["role"]
            .clone()
    };
    assert_eq!((role("bea"), role("ana")), (json!("owner"), json!("admin")));
    house.assert_holds();
}

#[test]
fn d07_a_studio_handed_to_somebody_who_came_since_stays_theirs_when_an_older_backup_comes_back() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let neo = house.hire("neo", "Neo Sanz", "admin", None);
    owner.done(
        "studio.transfer",
        json!({"member_id": neo, "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"}),
    );
    let ana = owner.member.clone();
    drop(owner);
    let sign_in = |username: &str, password: &str| {
        house.ask("session.sign_in", json!({"username": username, "password": password}))
    };
    sign_in("neo", PASSWORD).unwrap();
    house.ask("staff.set_active", json!({"member_id": ana, "active": false})).unwrap();
    assert_eq!(house.ask("backups.preview", json!({"name": first["name"]})).unwrap()["rights_kept"], 2);
    house.ask("backups.restore", json!({"name": first["name"], "password": PASSWORD})).unwrap();
    assert_eq!(sign_in("ana", OWNER_PASSWORD).unwrap_err()["code"], "bad_credentials");
    assert_eq!(sign_in("neo", PASSWORD).unwrap()["role"], "owner");
    let people = house.ask("staff.list", json!({})).unwrap();
    let ana = people.as_array().unwrap().iter().find(|member| member["username"] == "ana").unwrap();
    assert_eq!(json!([ana["role"], ana["active"]]), json!(["admin", false]));
    let log = house.ask("activity.list", json!({"limit": 20})).unwrap();
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "backups.restore").unwrap();
    assert_eq!(row["member"], "Neo Sanz");
    house.assert_holds();
}

#[test]
fn t082_t113_d11_a_restore_keeps_profiles_and_used_passwords_and_tells_of_visits_that_came_back() {
    let (house, _, client) = lived_in();
    let owner = house.owner();
    let people = owner.done("staff.list", json!({}));
    let id = |username: &str| {
        let found = people.as_array().unwrap().iter().find(|member| member["username"] == username);
        text(&found.unwrap()["id"])
    };
    let role = |role: &str| owner.done("staff.change_role", json!({"member_id": id("mara"), "role": role}));
    role("assistant");
    house.book(1, &text(&client), 5);
    house.clock.pass(1_000);
    let first = owner.done("backups.make", json!({}))["backups"][0].clone();
    role("artist");
    let now = role("admin");
    assert_eq!(now["artist_id"], json!(house.artists[0]));
    let plan = json!({"cancel": "Gone to sea"});
    owner.done("staff.set_active", json!({"member_id": id("dario"), "active": false, "appointments": plan}));
    let change = |from: &str, to: &str| {
        house.seat_with("sam", from).ask("session.change_password", json!({"current": from, "new": to}))
    };
    for (from, to) in [(PASSWORD, "Second-Paper-8"), ("Second-Paper-8", "Third-Paper-9")] {
        house.clock.pass(1_000);
        change(from, to).unwrap();
    }
    drop(owner);
    at_the_desk(&house);
    let done = house.ask("backups.restore", back(&first["name"])).unwrap();
    assert_eq!(done["stranded"], 1, "T113: somebody has to settle it again");
    let owner = house.owner();
    let people = owner.done("staff.list", json!({}));
    let mara = people.as_array().unwrap().iter().find(|member| member["username"] == "mara").unwrap();
    assert_eq!(json!([mara["role"], mara["artist_id"]]), json!(["admin", house.artists[0]]));
    for used in [PASSWORD, "Second-Paper-8"] {
        assert_eq!(change("Third-Paper-9", used).unwrap_err()["params"]["reason"], "used before");
    }
    house.assert_holds();
}

#[test]
fn f09_where_the_file_does_not_hold_the_newest_backup_says_who_may_come_in() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let people = owner.done("staff.list", json!({}));
    let dario = people.as_array().unwrap().iter().find(|member| member["username"] == "dario").unwrap();
    let drive = folder();
    owner.done("backups.set_second", json!({"folder": drive.path()}));
    owner.done("staff.set_active", json!({"member_id": dario["id"], "active": false}));
    house.clock.pass(1_000);
    let newest = owner.done("backups.make", json!({}))["backups"][0]["name"].clone();
    look(&house);
    drop(owner);
    house.desk.close();
    // That backup went bad as well, but for the copy on the drive.
    let spoilt = shelf(&house).join(format!("{}.inkpoint", text(&newest)));
    let mut bytes = std::fs::read(&spoilt).unwrap();
    bytes[9_000] ^= 1;
    std::fs::write(&spoilt, bytes).unwrap();
    // Somebody lets themselves in with an editor of files: such a file is not asked.
    let raw = rusqlite::Connection::open(&house.file).unwrap();
    raw.execute("UPDATE members SET active = 1", []).unwrap();
    drop(raw);
    let desk = other_desk(&house);
    let backup = shelf(&house).join(format!("{}.inkpoint", text(&first["name"])));
    let done = inkpoint_core::restore(&desk, &backup, &house.file).unwrap();
    assert_eq!(done.safety, None, "no copy of what does not hold");
    drop(desk);
    house.desk.open(&house.file).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM members WHERE active = 0"), 1);
    house.assert_holds();
}

/// A desk of another process on this computer.
fn other_desk(house: &House) -> inkpoint_core::Desk {
    let place = inkpoint_core::Place::under(house.home.path());
    inkpoint_core::Desk::with(place, crate::studio_house::tools(house.clock.clone()))
}

#[test]
fn f18_a_restore_cut_short_at_any_step_leaves_the_old_file_or_the_new_one_whole() {
    let (house, first, _) = lived_in();
    let sales = |house: &House| house.count("SELECT count(*) FROM sales");
    let file = house.file.clone();
    let at = |ending: &str| beside(&file, ending);
    house.desk.close();
    let old = std::fs::read(&file).unwrap();
    let (decided, held) = {
        // What a restore puts in place, from a copy of the house.
        let desk = other_desk(&house);
        let backup = shelf(&house).join(format!("{}.inkpoint", text(&first["name"])));
        inkpoint_core::restore(&desk, &backup, &file).unwrap();
        drop(desk);
        (std::fs::read(&file).unwrap(), old)
    };
    let anchors = house.home.path().join("config/anchors");
    let reset = || {
        for ending in ["", "-wal", "-shm", ".restoring", ".restored", ".replaced", ".replaced-wal"] {
            let _ = std::fs::remove_file(at(ending));
        }
        let _ = std::fs::remove_dir_all(&anchors);
    };
    let opens = |step: &str, expected: i64| {
        house.desk.open(&file).unwrap_or_else(|error| panic!("{step}: {error}"));
        assert_eq!(sales(&house), expected, "{step}");
        assert!(house.verify().problems.is_empty(), "{step}");
        house.desk.close();
        assert!(!at(".restored").exists() && !at(".restoring").exists(), "{step}");
        reset();
    };
    reset();
    // Still being made: half a file beside the old one.
    std::fs::write(&file, &held).unwrap();
    std::fs::write(at(".restoring"), &decided[..decided.len() / 2]).unwrap();
    opens("while it was made", 4);
    // Decided, nothing moved.
    std::fs::write(&file, &held).unwrap();
    std::fs::write(at(".restored"), &decided).unwrap();
    opens("decided", 1);
    // The old log is out of the way, the old file not yet; a log that stayed would be played into the new file.
    std::fs::write(&file, &held).unwrap();
    std::fs::write(at("-wal"), "the log of the old file").unwrap();
    std::fs::write(at("-shm"), "and its index").unwrap();
    std::fs::write(at(".restored"), &decided).unwrap();
    opens("with a log of the old file", 1);
    std::fs::write(at(".replaced"), &held).unwrap();
    std::fs::write(at(".restored"), &decided).unwrap();
    opens("the old file is away, the new one not there yet", 1);
    // Done but for tidying up.
    std::fs::write(at(".replaced"), &held).unwrap();
    std::fs::write(&file, &decided).unwrap();
    opens("done", 1);
}

#[test]
fn d26_a_kill_around_the_swap_leaves_a_file_that_is_not_taken_for_an_older_copy() {
    let (house, first, _) = lived_in();
    let backup = shelf(&house).join(format!("{}.inkpoint", text(&first["name"])));
    house.desk.close();
    let old = std::fs::read(&house.file).unwrap();
    let anchors = house.home.path().join("config/anchors");
    let anchor = std::fs::read_dir(&anchors).unwrap().next().unwrap().unwrap().path();
    let before: Value = serde_json::from_str(&std::fs::read_to_string(&anchor).unwrap()).unwrap();
    let desk = other_desk(&house);
    inkpoint_core::restore(&desk, &backup, &house.file).unwrap();
    drop(desk);
    let new = std::fs::read(&house.file).unwrap();
    let after: Value = serde_json::from_str(&std::fs::read_to_string(&anchor).unwrap()).unwrap();
    // As it stands while the file is swapped: the head of the one, or of the other.
    let own = |kept: &Value| kept["files"][house.file.to_str().unwrap()].clone();
    let mut both = before.clone();
    both["files"][house.file.to_str().unwrap()]["or"] = own(&after);
    let anchored = |bytes: &[u8], told: &Value| {
        std::fs::write(&anchor, told.to_string()).unwrap();
        std::fs::write(&house.file, bytes).unwrap();
        house.desk.open(&house.file).unwrap();
        let found = house.ask("desk.status", json!({})).unwrap()["studio"]["anchored"].clone();
        // Nothing is put down where a kill was.
        std::fs::write(&anchor, told.to_string()).unwrap();
        house.desk.close();
        found
    };
    assert_eq!(anchored(&old, &both), true);
    assert_eq!(anchored(&new, &both), true);
    assert_eq!(
        anchored(&std::fs::read(&backup).unwrap(), &both),
        false,
        "the backup itself, put there by hand"
    );
    assert_eq!(anchored(&old, &after), false, "the old file again, once the new one had been opened");
}

#[test]
fn attack_47_p07_a_file_with_a_planted_trigger_shows_its_newest_backup_and_takes_no_change() {
    let (house, ..) = lived_in();
    house.desk.close();
    house
        .raw()
        .execute_batch("CREATE TRIGGER theirs AFTER UPDATE ON members BEGIN DELETE FROM clients; END")
        .unwrap();
    let bytes = std::fs::read(&house.file).unwrap();
    house.desk.open(&house.file).unwrap();
    let status = house.ask("desk.status", json!({})).unwrap();
    assert_eq!(status["studio"]["halted"]["why"], "damaged", "{status}");
    let owner = house.owner();
    assert_eq!(owner.refused("clients.create", json!({"name": "Pilar"})), "damaged");
    drop(owner);
    house.desk.close();
    assert!(std::fs::read(&house.file).unwrap() == bytes, "it was touched");
}

#[test]
fn f17_a_hostile_backup_is_refused_before_anything_of_it_runs() {
    let (house, first, _) = lived_in();
    let name = text(&first["name"]);
    let file = shelf(&house).join(format!("{name}.inkpoint"));
    let good = std::fs::read(&file).unwrap();
    let by_hand = house.home.path().join("by hand.inkpoint");
    let rows = house.rows();
    house.desk.close();
    let refused = |sql: &str| -> String {
        std::fs::write(&by_hand, &good).unwrap();
        let raw = rusqlite::Connection::open(&by_hand).unwrap();
        raw.execute_batch(sql).unwrap();
        drop(raw);
        let desk = other_desk(&house);
        let fault = desk.fault(inkpoint_core::restore(&desk, &by_hand, &house.file).unwrap_err());
        format!("{:?} {}", fault.code, fault.params.get("reason").cloned().unwrap_or_default())
    };
    let theirs = r#"NotAStudio "its tables are not Inkpoint's""#;
    for sql in [
        "CREATE TRIGGER theirs AFTER INSERT ON journal BEGIN DELETE FROM clients; END",
        "CREATE VIEW theirs AS SELECT * FROM members",
        "CREATE TABLE theirs (a TEXT) STRICT",
        "CREATE INDEX theirs ON journal (outcome)",
        "DROP TRIGGER journal_no_delete",
        "ALTER TABLE clients ADD COLUMN theirs TEXT",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'append only', 'go on') \
         WHERE name = 'journal_no_update'",
    ] {
        assert_eq!(refused(sql), theirs, "{sql}");
    }
    assert_eq!(refused("PRAGMA application_id = 7"), r#"NotAStudio "another program's database""#);
    assert_eq!(refused("PRAGMA user_version = 999"), "FileNewer null");
    assert_eq!(
        refused("UPDATE studio SET id = '00000000-0000-7000-8000-000000000001'"),
        r#"Conflict "other_studio""#
    );
    // Rows that were changed do not hold: there is no trigger that could be kept out of it.
    assert!(refused("UPDATE counters SET value = value + 1").starts_with("Damaged"));
    for bytes in [
        &good[..good.len() / 2],
        b"no database at all, but long enough to be looked at twice; ".repeat(4).as_slice(),
    ] {
        std::fs::write(&by_hand, bytes).unwrap();
        let desk = other_desk(&house);
        let fault = desk.fault(inkpoint_core::restore(&desk, &by_hand, &house.file).unwrap_err());
        assert!(["Damaged", "NotAStudio"].contains(&format!("{:?}", fault.code).as_str()), "{fault:?}");
    }
    house.desk.open(&house.file).unwrap();
    crate::studio_house::assert_same_rows(&rows, &house.rows());
    house.assert_holds();
}

#[test]
fn f10_a_copy_with_pages_of_nothing_in_it_is_told_to_be_damaged() {
    let (house, first, _) = lived_in();
    let good = std::fs::read(shelf(&house).join(format!("{}.inkpoint", text(&first["name"])))).unwrap();
    // Without its note: nothing but its rows can tell.
    let elsewhere = house.home.path().join("by-hand");
    std::fs::create_dir(&elsewhere).unwrap();
    let by_hand = elsewhere.join("copy.inkpoint");
    let mut dice = crate::studio_house::Dice::new("zeroed pages");
    let mut places: Vec<(usize, usize)> = (0..40)
        .map(|_| {
            let length = [512, 4096][dice.below(2)];
            (100 + dice.below(good.len() - 100 - length), length)
        })
        .collect();
    // Where the journal's rows begin: they are read with nothing in them.
    for command in [&b"studio.create"[..], b"staff.create_user", b"till.sell", b"clients.create"] {
        let rows = good.windows(command.len()).enumerate().filter(|(_, bytes)| *bytes == command);
        places.extend(rows.take(3).flat_map(|(at, _)| [(at - 64, 64), (at - 400, 512)]));
    }
    let mut refused = 0;
    for (round, (at, length)) in places.into_iter().enumerate() {
        let mut bytes = good.clone();
        bytes[at..at + length].fill(0);
        std::fs::write(&by_hand, &bytes).unwrap();
        let desk = other_desk(&house);
        // Where nothing lay before, nothing is missing.
        if let Err(error) =
            inkpoint_core::restore(&desk, &by_hand, &elsewhere.join(format!("{round}.inkpoint")))
        {
            let fault = desk.fault(error);
            let code = format!("{:?}", fault.code);
            assert!(["Damaged", "NotAStudio"].contains(&code.as_str()), "{length} bytes at {at}: {fault:?}");
            refused += 1;
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn f10_a_flipped_backup_is_found_by_its_test_and_refused_by_a_restore() {
    let (house, first, _) = lived_in();
    let name = text(&first["name"]);
    let file = shelf(&house).join(format!("{name}.inkpoint"));
    let good = std::fs::read(&file).unwrap();
    at_the_desk(&house);
    let fine = house.ask("backups.test", json!({"name": name})).unwrap();
    assert_eq!(
        json!([fine["holds"], fine["sales"], fine["pictures"], fine["damaged"]]),
        json!([true, 1, 1, []])
    );
    assert_eq!(json!([fine["state"]["tested_well"], fine["state"]["test_due"]]), json!([true, false]));
    let mut dice = crate::studio_house::Dice::new("flipped backups");
    for _ in 0..40 {
        let mut bytes = good.clone();
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
        std::fs::write(&file, &bytes).unwrap();
        let told = house.ask("backups.test", json!({"name": name})).unwrap();
        assert_eq!(told["holds"], false, "bit at byte {at}");
    }
    let refused = house.ask("backups.restore", back(&json!(name))).unwrap_err();
    assert!(
        ["damaged", "not_a_studio", "file_newer"].contains(&refused["code"].as_str().unwrap()),
        "{refused}"
    );
    assert_eq!(house.count("SELECT count(*) FROM sales"), 4);
    let log = house.ask("activity.list", json!({"limit": 1})).unwrap();
    assert_eq!(log[0]["command"], "backups.restore");
    assert_ne!(log[0]["outcome"], "done", "the journal does not say that it was brought back");
    // A picture of it that is not what was put there.
    std::fs::write(&file, &good).unwrap();
    let list = std::fs::read_to_string(shelf(&house).join(format!("{name}.list"))).unwrap();
    let picture = shelf(&house).join("pictures").join(list.lines().next().unwrap());
    std::fs::remove_file(&picture).unwrap();
    std::fs::write(&picture, "another").unwrap();
    let told = house.ask("backups.test", json!({"name": name})).unwrap();
    assert_eq!(json!([told["holds"], told["damaged"]]), json!([false, ["pictures"]]));
    assert_eq!(told["state"]["tested_well"], false);
    assert!(!shelf(&house).join("drill.restoring").exists());
}

#[test]
fn t107_a_backup_is_to_be_tried_out_once_a_month() {
    let house = House::staffed();
    let due = || house.ask("desk.status", json!({})).unwrap()["studio"]["backup"]["test_due"].clone();
    assert_eq!(due(), false, "there is none yet");
    look(&house);
    assert_eq!(due(), true);
    let owner = house.owner();
    let name = backups(&owner)[0]["name"].clone();
    owner.done("backups.test", json!({"name": name}));
    assert_eq!(due(), false);
    house.clock.pass(32 * A_DAY);
    assert_eq!(due(), true);
}

#[test]
fn f10_a_check_says_what_is_damaged_what_is_safe_and_which_backup_helps() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let fine = owner.done("backups.check", json!({}));
    assert_eq!(json!([fine["holds"], fine["damaged"], fine["suggest"]]), json!([true, [], null]));
    let raw = house.raw();
    raw.execute_batch("UPDATE counters SET value = value + 1 WHERE name = 'receipt'").unwrap();
    drop(raw);
    let found = owner.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"]]), json!([false, ["money"]]));
    assert!(found["safe"].as_array().unwrap().contains(&json!("papers")));
    assert_eq!(found["suggest"]["name"], first["name"]);
    // Once it is known to be damaged it takes no change, and the same is damaged in it.
    let again = owner.done("backups.check", json!({}));
    assert_eq!(json!([again["damaged"], again["safe"]]), json!([found["damaged"], found["safe"]]));
}

// ---- a file that takes no change ------------------------------------------------------------------------------------

/// Writes over the page that a table begins on, or the index of its key.
pub fn spoil(file: &Path, name: &str) {
    let raw = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: i64 = raw.query_row(sql, [name], |row| row.get(0)).unwrap();
    let size: i64 = raw.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    drop(raw);
    let (page, size) = (usize::try_from(page).unwrap(), usize::try_from(size).unwrap());
    let mut bytes = std::fs::read(file).unwrap();
    bytes[(page - 1) * size..page * size].fill(0xA5);
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn f10_p07_a_damaged_file_can_be_looked_at_takes_no_change_and_goes_on_after_a_restore() {
    let (house, first, client) = lived_in();
    house.desk.close();
    spoil(&house.file, "sale_tips");
    let spoilt = std::fs::read(&house.file).unwrap();
    house.desk.open(&house.file).unwrap();
    let status = house.ask("desk.status", json!({})).unwrap();
    assert_eq!(status["studio"]["halted"], json!({"why": "damaged", "as_of": null}));
    let owner = house.owner();
    assert_eq!(owner.done("clients.open", json!({"client_id": client}))["client"]["name"], "Joana Melo");
    owner.done("agenda.list", json!({"day": "2026-11-20"}));
    for (command, args) in [
        ("clients.create", json!({"name": "Rui"})),
        ("till.cash_move", json!({"direction": "in", "amount": 1, "reason": "Coins"})),
        ("session.set_pin", json!({"password": OWNER_PASSWORD, "pin": "194837"})),
        ("security.settings", json!({"idle_minutes": 9})),
        ("backups.make", json!({})),
    ] {
        assert_eq!(owner.refused(command, args), "damaged", "{command}");
    }
    // A wrong password is still counted, though nowhere that lasts.
    let wrong = house.ask("session.sign_in", json!({"username": "sam", "password": "no"})).unwrap_err();
    assert_eq!(wrong["code"], "bad_credentials");
    let found = owner.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"][0], found["safe"]]), json!([false, "file", []]));
    assert_eq!(found["suggest"]["name"], first["name"]);
    let before = made(&house);
    house.clock.pass(QUARTER);
    look(&house);
    assert_eq!(made(&house), before, "no good backup is thinned away by bad ones");
    assert!(std::fs::read(&house.file).unwrap() == spoilt, "F8: the file is left as it is");

    drop(owner);
    house.restart();
    at_the_desk(&house);
    let done = house.ask("backups.restore", back(&first["name"])).unwrap();
    assert_eq!(done["safety"], Value::Null, "what does not hold is no copy");
    assert!(std::fs::read(text(&done["aside"])).unwrap() == spoilt, "it is put aside");
    assert_eq!(house.ask("desk.status", json!({})).unwrap()["studio"]["halted"], Value::Null);
    assert!(
        std::fs::read_dir(house.file.parent().unwrap())
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().starts_with("stand-in") })
    );
    house.client("Rui");
    house.assert_holds();
}

/// Whatever is wrong with the file that is there, the backup comes back: nothing of that file is needed for it.
#[test]
fn f10_p11_a_backup_comes_back_over_a_file_that_is_damaged_anywhere() {
    let (house, first, _) = lived_in();
    let mut dice = crate::studio_house::Dice::new("restored over damage");
    house.desk.close();
    let whole = std::fs::read(&house.file).unwrap();
    let raw = house.raw();
    let details: Vec<String> = raw
        .prepare("SELECT details FROM journal WHERE length(details) > 40 ORDER BY seq")
        .and_then(|mut asked| asked.query_map([], |row| row.get(0))?.collect())
        .unwrap();
    drop(raw);
    let backup = shelf(&house).join(format!("{}.inkpoint", text(&first["name"])));
    let (mut by_hand, mut at_desk) = (0, 0);
    for round in 0..48 {
        let mut bytes = whole.clone();
        match round % 4 {
            // A letter that is none any more, in a row that is read by every check.
            0 => {
                let text = &details[dice.below(details.len())];
                let at = bytes.windows(text.len()).position(|part| part == text.as_bytes()).unwrap();
                bytes[at + 5] ^= 0x80;
            }
            1 => {
                let at = dice.below(bytes.len() / 512) * 512;
                bytes[at..at + 512].fill(0);
            }
            2 => {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            _ => bytes.truncate(dice.below(bytes.len())),
        }
        for ending in ["-wal", "-shm", ".replaced"] {
            let _ = std::fs::remove_file(beside(&house.file, ending));
        }
        std::fs::write(&house.file, bytes).unwrap();
        let opened = house.desk.open(&house.file).is_ok();
        let entered = opened
            && house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).is_ok();
        if entered {
            let checked = house.ask("backups.check", json!({}));
            assert!(checked.is_ok(), "round {round}: {checked:?}");
            let done = house.ask("backups.restore", back(&first["name"]));
            assert!(done.is_ok(), "round {round}: {done:?}");
            at_desk += 1;
        } else {
            house.desk.close();
            let desk = other_desk(&house);
            let done = inkpoint_core::restore(&desk, &backup, &house.file);
            assert!(done.is_ok(), "round {round}: {done:?}");
            desk.close();
            house.desk.open(&house.file).unwrap();
            by_hand += 1;
        }
        assert_eq!(house.count("SELECT count(*) FROM sales"), 1, "round {round}");
        house.desk.close();
    }
    println!("{at_desk} at the desk, {by_hand} from the command line");
    assert!(at_desk > 20, "{at_desk}");
}

#[test]
fn f09_a_file_beyond_reading_shows_its_newest_backup_and_can_be_restored_from_there() {
    let (house, first, _) = lived_in();
    house.desk.close();
    for bytes in [&b""[..], b"SQLite format 3\0", "nothing of it is left ".repeat(400).as_bytes()] {
        std::fs::write(&house.file, bytes).unwrap();
        house.desk.open(&house.file).unwrap();
        let status = house.ask("desk.status", json!({})).unwrap();
        assert_eq!(status["studio"]["halted"], json!({"why": "damaged", "as_of": first["at"]}));
        let owner = house.owner();
        assert_eq!(owner.refused("clients.create", json!({"name": "Rui"})), "damaged");
        assert!(!house.verify().holds(), "the copy that stands in does not speak for the file");
        drop(owner);
        house.desk.close();
        assert!(std::fs::read(&house.file).unwrap() == bytes);
    }
    house.desk.open(&house.file).unwrap();
    at_the_desk(&house);
    house.ask("backups.restore", back(&first["name"])).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM sales"), 1);
    assert_eq!(house.ask("desk.status", json!({})).unwrap()["studio"]["anchored"], true);
    house.assert_holds();
    // Without a backup beside it, it is no studio's at all.
    house.desk.close();
    std::fs::write(&house.file, "nothing of it is left ".repeat(400)).unwrap();
    std::fs::remove_dir_all(shelf(&house)).unwrap();
    assert!(house.desk.open(&house.file).is_err());
}

#[cfg(unix)]
#[test]
fn f09_a_file_that_is_replaced_or_deleted_while_it_is_open_takes_nothing_more() {
    let (house, _, _) = lived_in();
    let owner = house.owner();
    let mut locking = vec![house.seat("sam"), house.seat("sue")];
    let away = house.home.path().join("away");
    std::fs::copy(&house.file, &away).unwrap();
    let anchored = || house.ask("desk.status", json!({})).unwrap()["studio"]["anchored"].clone();
    assert_eq!(anchored(), true);
    let kept = house.home.path().join("kept");
    std::fs::rename(&house.file, &kept).unwrap();
    for step in ["deleted", "replaced"] {
        assert_eq!(anchored(), false, "{step}");
        let told = owner.ask("clients.create", json!({"name": "Rui"})).unwrap_err();
        assert_eq!(json!([told["code"], told["params"]["reason"]]), json!(["damaged", "gone"]), "{step}");
        let told = owner.ask("backups.check", json!({})).unwrap_err();
        assert_eq!(json!([told["code"], told["params"]["reason"]]), json!(["damaged", "gone"]), "{step}");
        let leaving = locking.pop().unwrap();
        leaving.ask("session.lock", json!({})).unwrap();
        assert_eq!(
            leaving.refused("session.whoami", json!({})),
            "no_session",
            "whoever leaves locks the desk"
        );
        let _ = std::fs::rename(&away, &house.file);
    }
    std::fs::rename(&kept, &house.file).unwrap();
    owner.done("clients.create", json!({"name": "Rui"}));
    house.assert_holds();
}

#[test]
fn f09_p11_a_file_that_is_gone_shows_its_newest_backup_and_can_be_restored_from_there() {
    let (house, first, client) = lived_in();
    let log = std::fs::read(beside(&house.file, "-wal")).unwrap();
    house.desk.close();
    let whole = std::fs::read(&house.file).unwrap();
    for chosen in [true, false] {
        std::fs::remove_file(&house.file).unwrap();
        // What SQLite had beside it is of no use alone, and must not be played into what is put there.
        std::fs::write(beside(&house.file, "-wal"), &log).unwrap();
        let desk = other_desk(&house);
        desk.open_first(chosen.then_some(house.file.as_path()));
        let ask = |command: &str, args: Value| crate::studio_house::ask(&desk, command, None, args);
        let status = ask("desk.status", json!({})).unwrap();
        assert_eq!(status["refused"], Value::Null);
        assert_eq!(status["studio"]["halted"], json!({"why": "gone", "as_of": first["at"]}));
        ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
        let seen = ask("clients.open", json!({"client_id": client})).unwrap();
        assert_eq!(seen["client"]["name"], "Joana Melo");
        let told = ask("clients.create", json!({"name": "Rui"})).unwrap_err();
        assert_eq!(json!([told["code"], told["params"]["reason"]]), json!(["damaged", "gone"]));
        assert!(!desk.verify().unwrap().holds(), "a backup does not speak for the file");
        assert!(!house.file.exists(), "nothing is put in its place unasked");
        let away = folder();
        let out = json!({"password": OWNER_PASSWORD, "folder": away.path()});
        let out = ask("studio.export", out).unwrap();
        assert_eq!(out["as_of"], first["at"], "what leaves is the backup, and says so");
        let page = std::fs::read_to_string(Path::new(&text(&out["folder"])).join("README.md")).unwrap();
        assert!(page.contains("This is its newest backup, of "), "{page}");
        if chosen {
            // Somebody puts it back: it is the studio again, with all that was in it.
            drop(desk);
            std::fs::remove_file(beside(&house.file, "-wal")).unwrap();
            std::fs::write(&house.file, &whole).unwrap();
            house.restart();
            assert_eq!(house.count("SELECT count(*) FROM sales"), 4);
            house.assert_holds();
            house.desk.close();
            continue;
        }
        let done = ask("backups.restore", back(&first["name"])).unwrap();
        assert_eq!(json!([done["safety"], done["aside"]]), json!([null, null]), "there was nothing to copy");
        let status = ask("desk.status", json!({})).unwrap();
        assert_eq!(json!([status["studio"]["halted"], status["studio"]["anchored"]]), json!([null, true]));
        let report = desk.verify().unwrap();
        assert!(report.holds() && report.sales == 1, "{:?}", report.problems);
        drop(desk);
    }
    // Without a backup beside it nothing is known of it.
    std::fs::remove_file(&house.file).unwrap();
    std::fs::remove_dir_all(shelf(&house)).unwrap();
    assert_eq!(house.desk.open(&house.file).unwrap_err().code(), inkpoint_core::Code::NotFound);
}

#[test]
fn p11_a_backup_counts_the_pictures_of_portfolios_too() {
    let (house, first, _) = lived_in();
    let owner = house.owner();
    let add = json!({"artist_id": house.artists[0], "base64": PLAIN});
    let item = owner.done("portfolio.add", add);
    house.clock.pass(QUARTER);
    look(&house);
    let newest = backups(&house.owner()).remove(0);
    assert_eq!(json!([first["pictures"], newest["pictures"]]), json!([1, 2]));
    at_the_desk(&house);
    let preview = house.ask("backups.preview", json!({"name": first["name"]})).unwrap();
    assert_eq!(preview["pictures"], 1, "what a restore would lose");
    let tried = house.ask("backups.test", json!({"name": newest["name"]})).unwrap();
    assert_eq!(json!([tried["holds"], tried["pictures"]]), json!([true, 2]));
    house.owner().done("portfolio.remove", json!({"item_ids": [item["id"]]}));
}

/// Makes a file larger than what is recomputed at once after each copy.
fn fatten(file: &Path) {
    let raw = rusqlite::Connection::open(file).unwrap();
    for number in 0..66 {
        let sql = "INSERT INTO request_keys (key, command, reply, at) VALUES (?1, 'test', hex(zeroblob(524288)), 0)";
        raw.execute(sql, [format!("fat-{number:06}")]).unwrap();
    }
}

#[test]
fn p11_a_large_backup_is_looked_over_at_once_and_recomputed_when_there_is_time() {
    let (house, first, _) = lived_in();
    house.desk.close();
    fatten(&house.file);
    house.desk.open(&house.file).unwrap();
    let newest = || backups(&house.owner()).remove(0);
    house.clock.pass(QUARTER);
    look(&house);
    let made = newest();
    assert_eq!(json!([made["recomputed"], made["why"]]), json!([false, "changes"]));
    look(&house);
    let looked = newest();
    assert_eq!(json!([looked["name"], looked["recomputed"]]), json!([made["name"], true]));

    // Wrong sums of days are found by the second look, which leaves the backup where it is.
    house.raw().execute_batch("UPDATE day_members SET total = total + 1").unwrap();
    house.client("Zoe");
    house.clock.pass(QUARTER);
    look(&house);
    assert_eq!(newest()["figures_wrong"], false);
    look(&house);
    let looked = newest();
    assert_eq!(json!([looked["recomputed"], looked["figures_wrong"]]), json!([true, true]));
    let state = house.owner().done("backups.mend_figures", json!({}));
    assert_eq!(json!([state["failed"], state["figures_wrong"]]), json!([null, false]));
    let made = newest();

    // A sum that somebody changed is no damaged page: only the second look finds it.
    house.raw().execute_batch("UPDATE counters SET value = value + 1 WHERE name = 'receipt'").unwrap();
    house.client("Rui");
    house.clock.pass(QUARTER);
    look(&house);
    assert_eq!(newest()["recomputed"], false);
    look(&house);
    let state = house.owner().done("backups.state", json!({}));
    assert_eq!(json!([state["backups"][0]["name"], state["failed"]]), json!([made["name"], "damaged"]));
    let left = state["backups"].as_array().unwrap();
    assert_eq!(left.len(), 4, "the good ones stay");
    assert_eq!(left[3]["name"], first["name"]);
}

#[test]
fn f10_a_desk_in_a_clients_hands_comes_back_though_the_file_takes_no_change() {
    let (house, _, _) = lived_in();
    house.desk.close();
    spoil(&house.file, "sale_tips");
    house.desk.open(&house.file).unwrap();
    at_the_desk(&house);
    house.ask("portfolio.begin_view", json!({})).unwrap();
    assert_eq!(house.ask("clients.search", json!({"text": "Jo"})).unwrap_err()["code"], "client_view");
    let wrong = house.ask("portfolio.end_view", json!({"password": "no"})).unwrap_err();
    assert_eq!(wrong["code"], "bad_credentials");
    let me = house.ask("portfolio.end_view", json!({"password": OWNER_PASSWORD})).unwrap();
    assert_eq!(me["client_view"], false);
    assert_eq!(house.ask("clients.create", json!({"name": "Rui"})).unwrap_err()["code"], "damaged");
}
