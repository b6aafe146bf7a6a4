//! The bytes themselves: flipped, zeroed, overwritten and cut in the file and in its log (F10), a log or its index that
//! is gone, garbled or another's (F11), and a file that is changed under an open desk (F9). Found, or harmless.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use inkpoint_core::Code;

use crate::day::{Day, Request, desk_in, open, sign_in};
use crate::disk::Disk;
use crate::images::{Files, Honour, Player, Shape, put, read};
use crate::killed::shared;
use crate::studio_house::{Dice, House, Rows, all_rows, folder, fresh_key};
use crate::tally::{grouped, tell, times};

/// A studio as a kill leaves it: a file, and a log that is not yet folded into it.
struct Left {
    name: String,
    files: Files,
    /// What is kept outside.
    anchor: (String, Vec<u8>),
    rows: Rows,
    /// What the chain watches.
    sealed: BTreeSet<String>,
}

fn one_day(house: &House, day: &mut Day) {
    open(&house.desk, &house.file).unwrap();
    sign_in(&house.desk);
    let mut ask = |request: Request| {
        house.clock.pass(6_000);
        request.done(&house.desk)
    };
    for request in day.round(&mut ask) {
        ask(request);
    }
}

impl Left {
    fn make() -> Left {
        let (house, mut day) = Day::begin();
        one_day(&house, &mut day);
        house.desk.close();
        let folder = house.file.parent().unwrap();
        let base = read(folder);
        let disk = Disk::watch(folder);
        disk.record();
        one_day(&house, &mut day);
        let rows = all_rows(&house.raw());
        let sealed = "SELECT DISTINCT rtrim(s.value ->> 0, '+') FROM journal j, json_each(j.seals) s
             WHERE instr(s.value ->> 0, '=') = 0";
        let raw = house.raw();
        let sealed = raw
            .prepare(sealed)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        drop(raw);
        let mut player = Player::new(&base, Honour::All);
        for event in disk.recorded() {
            player.play(&event, None);
        }
        let files = player.image(Shape::Whole, &mut Dice::new("left by a kill"));
        house.desk.close();
        let anchors = house.home.path().join("config/anchors");
        let anchor = std::fs::read_dir(anchors).unwrap().next().unwrap().unwrap().path();
        let name = anchor.file_name().unwrap().to_str().unwrap().to_owned();
        let left = Left {
            name: house.file.file_name().unwrap().to_str().unwrap().to_owned(),
            files,
            anchor: (name, std::fs::read(&anchor).unwrap()),
            rows,
            sealed,
        };
        let beside = left.files.keys().filter(|name| !name.contains('/')).count();
        assert!(beside == 2 && left.files.len() > 2, "a file and its log, and pictures");
        left
    }

    fn put(&self, place: &Path, files: &Files) {
        put(place, files);
        let anchors = place.join("config/anchors");
        std::fs::create_dir_all(&anchors).unwrap();
        std::fs::write(anchors.join(&self.anchor.0), &self.anchor.1).unwrap();
    }

    fn log(&self) -> std::sync::Arc<str> {
        self.files.keys().find(|name| name.ends_with("-wal")).unwrap().clone()
    }

    fn file(&self) -> std::sync::Arc<str> {
        self.files.keys().find(|name| ***name == *self.name).unwrap().clone()
    }

    /// What becomes of it when it is opened like this.
    fn look(&self, place: &Path, context: &str) -> Found {
        let desk = desk_in(place, 3_600_000);
        let file = place.join(&self.name);
        if let Err(error) = open(&desk, &file) {
            let code = desk.fault(error).code;
            assert!(
                matches!(
                    code,
                    Code::Damaged | Code::NotAStudio | Code::FileNewer | Code::Internal | Code::ReadOnly
                ),
                "{context}: {code:?}"
            );
            return Found::Refused;
        }
        match desk.verify() {
            Err(_) => return Found::Refused,
            Ok(report) if !report.holds() => return Found::Named,
            Ok(_) => {}
        }
        desk.close();
        let rows = all_rows(&rusqlite::Connection::open(&file).unwrap());
        let changed: BTreeSet<&String> = (self.rows.keys().chain(rows.keys()))
            .filter(|table| rows.get(*table) != self.rows.get(*table))
            .collect();
        match changed.iter().find(|table| self.sealed.contains(**table) || **table == "journal") {
            Some(table) => panic!("{context}: {table} is another and nothing says so"),
            None if changed.is_empty() => Found::Harmless,
            None => Found::Unsealed,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// It does not open, or cannot be read through: a typed fault.
    Refused,
    /// It opens, and the check names what is wrong.
    Named,
    /// Nothing of it is another than before.
    Harmless,
    /// Something that no seal watches is another: a word about a client, a setting.
    Unsealed,
}

fn spoil(bytes: &mut Vec<u8>, dice: &mut Dice) -> String {
    let (many, at) = (bytes.len(), dice.below(bytes.len()));
    let (what, size) = *dice.pick(&[
        ("bit", 1),
        ("bit", 1),
        ("zero", 512),
        ("zero", 4096),
        ("noise", 512),
        ("noise", 4096),
        ("cut", 0),
    ]);
    let start = at / size.max(1) * size.max(1);
    let stop = (start + size).min(many);
    match what {
        "bit" => bytes[at] ^= 1 << dice.below(8),
        "zero" => bytes[start..stop].fill(0),
        "cut" => bytes.truncate(at),
        _ => bytes[start..stop].iter_mut().for_each(|byte| *byte = dice.roll().to_le_bytes()[0]),
    }
    format!("{what} of {size} at {start}")
}

#[test]
fn p05_f10_bytes_that_go_bad_in_the_file_or_its_log_are_found_or_harmless() {
    let mut dice = Dice::new("f10");
    let left = Left::make();
    let tries = 600 * times();
    let dealt: Vec<Mutex<Dice>> = (0..tries).map(|_| Mutex::new(dice.another())).collect();
    let found: Mutex<BTreeMap<Found, usize>> = Mutex::default();
    shared(tries, |at| {
        let mut dice = dealt[at].lock().unwrap();
        let mut files = left.files.clone();
        let name = if dice.below(3) == 0 { left.log() } else { left.file() };
        let did = spoil(files.get_mut(&name).unwrap(), &mut dice);
        let place = folder();
        left.put(place.path(), &files);
        let became = left.look(place.path(), &format!("{name}: {did}"));
        *found.lock().unwrap().entry(became).or_default() += 1;
    });
    let found = found.into_inner().unwrap();
    let of = |kind: Found| found.get(&kind).copied().unwrap_or_default();
    tell(
        "F10",
        &format!(
            "{} damages to file and log: {} refused, {} named by the check, {} without effect, {} in what no seal watches; \
             0 panics, 0 in sealed rows unsaid",
            grouped(tries),
            of(Found::Refused),
            of(Found::Named),
            of(Found::Harmless),
            of(Found::Unsealed)
        ),
    );
    assert!(of(Found::Refused) + of(Found::Named) > tries / 3, "{found:?}");
}

#[test]
fn f11_a_log_that_is_gone_garbled_older_or_anothers_is_no_silent_loss() {
    let mut dice = Dice::new("f11");
    let (left, other) = (Left::make(), Left::make());
    let mut tried = 0;
    let mut check = |what: &str, files: &Files, index: Option<Vec<u8>>, expected: &[Found]| {
        let place = folder();
        left.put(place.path(), files);
        if let Some(index) = index {
            std::fs::write(place.path().join(format!("{}-shm", left.name)), index).unwrap();
        }
        let found = left.look(place.path(), what);
        assert!(expected.contains(&found), "{what}: {found:?}");
        tried += 1;
    };
    check("as it was left", &left.files, None, &[Found::Harmless]);
    for size in [0, 1, 100, 32_768, 65_536] {
        let noise = (0..size).map(|_| dice.roll().to_le_bytes()[0]).collect();
        check("an index of noise", &left.files, Some(noise), &[Found::Harmless]);
        check("an index of zeros", &left.files, Some(vec![0; size]), &[Found::Harmless]);
    }
    let told = [Found::Refused, Found::Named];
    let mut files = left.files.clone();
    let log = files.remove(&left.log()).unwrap();
    check("no log", &files, None, &told);
    for (what, bytes) in [
        ("an empty log", Vec::new()),
        ("a log of noise", (0..log.len()).map(|_| dice.roll().to_le_bytes()[0]).collect()),
        ("half a log", log[..log.len() / 2].to_vec()),
        ("another studio's log", other.files[&other.log()].clone()),
    ] {
        files.insert(left.log(), bytes);
        check(what, &files, None, &told);
    }
    // Another's log on another's page count, and its own log on another's file.
    files.insert(left.log(), log);
    files.insert(left.file(), other.files[&other.file()].clone());
    check("another studio's file under this log", &files, None, &told);
    tell(
        "F11",
        &format!("{tried} logs and indexes that were gone, garbled, cut or another's: 0 silent losses"),
    );
}

#[cfg(unix)]
#[test]
fn f09_a_file_that_is_taken_away_replaced_or_cut_under_an_open_desk_takes_no_more_money() {
    let mut told = Vec::new();
    for what in ["taken away", "replaced", "cut", "overwritten"] {
        let house = House::new();
        let item = house.item("SOAP", 100, 100);
        let owner = house.owner();
        owner.done("till.open_session", serde_json::json!({"float": 0}));
        let sale =
            serde_json::json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 100}]});
        owner.done("till.sell", sale.clone());
        let bytes = std::fs::read(&house.file).unwrap();
        match what {
            "taken away" => std::fs::remove_file(&house.file).unwrap(),
            "replaced" => {
                let beside = house.file.with_extension("older");
                std::fs::write(&beside, &bytes).unwrap();
                std::fs::rename(&beside, &house.file).unwrap();
            }
            "cut" => {
                let file = std::fs::OpenOptions::new().write(true).open(&house.file).unwrap();
                file.set_len(u64::try_from(bytes.len()).unwrap() / 2).unwrap();
            }
            _ => std::fs::write(&house.file, vec![7; bytes.len()]).unwrap(),
        }
        for _ in 0..3 {
            match owner.ask_with("till.sell", &fresh_key(), sale.clone()) {
                Err(fault) => {
                    let code = fault["code"].as_str().unwrap();
                    assert!(["damaged", "not_a_studio", "internal"].contains(&code), "{what}: {fault}");
                }
                // What SQLite holds in memory is still right; the file is not.
                Ok(_) => assert!(["cut", "overwritten"].contains(&what), "{what}: sold into nowhere"),
            }
        }
        drop(owner);
        house.desk.close();
        if what != "replaced" {
            let found = open(&house.desk, &house.file).and_then(|()| house.desk.verify());
            assert!(found.map_or(true, |report| !report.holds()), "{what}: opens as if nothing were");
        }
        told.push(what);
    }
    tell(
        "F9",
        &format!(
            "under an open desk: {}: 0 sales into nowhere, each said at once or on the next opening",
            told.join(", ")
        ),
    );
}
