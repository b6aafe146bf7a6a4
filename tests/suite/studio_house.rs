//! A studio in a folder of its own, with people in it, and a desk to talk to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use inkpoint_core::clock::{Clock, Moment};
use inkpoint_core::{Cost, Desk, Place, Tools};
use rusqlite::Connection;
use serde_json::{Value, json};

/// A clock that stands still until it is told to go on.
#[derive(Debug)]
pub struct StillClock {
    wall: AtomicU64,
    mono: AtomicU64,
}

impl Clock for StillClock {
    fn now(&self) -> Moment {
        Moment {
            wall: i64::try_from(self.wall.load(Ordering::SeqCst)).unwrap(),
            mono: Duration::from_millis(self.mono.load(Ordering::SeqCst)),
        }
    }
}

impl StillClock {
    /// Friday 20 November 2026, 15:00 UTC: 09:00 in Mexico City.
    pub fn new() -> Arc<StillClock> {
        Arc::new(StillClock { wall: AtomicU64::new(1_795_186_800_000), mono: AtomicU64::new(1_000) })
    }

    pub fn pass(&self, millis: u64) {
        self.wall.fetch_add(millis, Ordering::SeqCst);
        self.mono.fetch_add(millis, Ordering::SeqCst);
    }

    /// The wall clock is set; the monotonic one is not.
    pub fn jump(&self, millis: i64) {
        let wall = i64::try_from(self.wall.load(Ordering::SeqCst)).unwrap() + millis;
        self.wall.store(u64::try_from(wall).unwrap(), Ordering::SeqCst);
    }
}

pub struct House {
    pub home: tempfile::TempDir,
    pub clock: Arc<StillClock>,
    pub desk: Desk,
    pub master_code: String,
    pub recovery_code: String,
    /// The studio's file.
    pub file: PathBuf,
    /// The profiles of Mara Quill and Dario Vega.
    pub artists: Vec<String>,
    /// Small lettering at 1,600.00 and Flash piece at 2,500.00.
    pub services: Vec<String>,
}

/// Somebody signed in at a desk of their own on the same file. Every request carries a fresh key.
pub struct Seat {
    pub desk: Desk,
    pub member: String,
    pub artist: Option<String>,
}

/// What a restarted process has of a [`House`].
pub struct Reborn {
    pub clock: Arc<StillClock>,
    pub desk: Desk,
}

/// What stands in the file, table by table.
pub type Rows = BTreeMap<String, Vec<String>>;

/// The tables that a refusal may add to.
const JOURNAL: [&str; 3] = ["journal", "journal_reasons", "refusal_counts"];

/// Everybody that [`House::staffed`] hires, beside Ana, the owner.
pub const PEOPLE: [(&str, &str, &str); 6] = [
    ("bea", "Bea Soto", "admin"),
    ("sam", "Sam Luna", "assistant"),
    ("sue", "Sue Prado", "assistant"),
    ("mara", "Mara Quill", "artist"),
    ("dario", "Dario Vega", "artist"),
    ("pia", "Pia Campos", "apprentice"),
];

pub const OWNER_PASSWORD: &str = "Violet-Stencil-9";
pub const PASSWORD: &str = "Paper-And-Ink-7";

/// A folder of its own, in memory where the system has such a place: these tests are about rules, and a flush costs
/// them minutes on a slow disk. What a disk may lose is the concern of the tests that kill the process.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Bcrypt at its cheapest: the tests are about rules, not about hashing time. Nobody makes a backup behind their back.
pub fn tools(clock: Arc<StillClock>) -> Tools {
    Tools { clock, cost: Cost::Fixed(4), patrol: None, ..Tools::default() }
}

impl House {
    /// A studio with an owner, nobody else.
    pub fn new() -> House {
        let home = folder();
        let clock = StillClock::new();
        let desk = Desk::with(Place::under(home.path()), tools(clock.clone()));
        let made = ask(
            &desk,
            "studio.create",
            None,
            json!({
                "name": "Casa Aguja", "currency": "MXN", "zone": "America/Mexico_City", "tax_bp": 1600,
                "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD},
                "artists": [{"name": "Mara Quill"}, {"name": "Dario Vega"}],
                "services": [
                    {"name": "Small lettering", "kind": "tattoo", "minutes": 60, "price": 160_000},
                    {"name": "Flash piece", "kind": "tattoo", "minutes": 90, "price": 250_000}
                ]
            }),
        )
        .unwrap();
        let house = House {
            home,
            clock,
            desk,
            master_code: text(&made["master_code"]),
            recovery_code: text(&made["recovery_code"]),
            file: PathBuf::from(text(&made["file"])),
            artists: Vec::new(),
            services: Vec::new(),
        };
        let raw = house.raw();
        let ids = |sql: &str| -> Vec<String> {
            raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let artists = ids("SELECT id FROM artists ORDER BY position");
        let services = ids("SELECT id FROM services ORDER BY position");
        House { artists, services, ..house }
    }

    /// A studio with somebody of every role, all past their first password.
    pub fn staffed() -> House {
        let house = House::new();
        for (username, name, role) in PEOPLE {
            let profile = match username {
                "mara" => Some(house.artists[0].as_str()),
                "dario" => Some(house.artists[1].as_str()),
                _ => None,
            };
            house.hire(username, name, role, profile);
        }
        house
    }

    /// Makes an account and changes its temporary password. The member's id.
    pub fn hire(&self, username: &str, name: &str, role: &str, profile: Option<&str>) -> String {
        let owner = self.owner();
        let made = owner.done(
            "staff.create_user",
            json!({"username": username, "name": name, "role": role, "artist_id": profile}),
        );
        let temporary = text(&made["password"]);
        let seat = self.seat_with(username, &temporary);
        seat.done("session.change_password", json!({"current": temporary, "new": PASSWORD}));
        text(&made["member"]["id"])
    }

    pub fn owner(&self) -> Seat {
        self.seat_with("ana", OWNER_PASSWORD)
    }

    /// A member of the staff at a desk of their own.
    pub fn seat(&self, username: &str) -> Seat {
        self.seat_with(username, if username == "ana" { OWNER_PASSWORD } else { PASSWORD })
    }

    pub fn seat_with(&self, username: &str, password: &str) -> Seat {
        let seat = Seat { desk: self.desk.beside(), member: String::new(), artist: None };
        let me = seat.done("session.sign_in", json!({"username": username, "password": password}));
        Seat {
            member: text(&me["member"]["id"]),
            artist: me["member"]["artist_id"].as_str().map(str::to_owned),
            ..seat
        }
    }

    /// An assistant who has just entered the master code.
    pub fn elevated(&self, username: &str) -> Seat {
        let seat = self.seat(username);
        seat.done("session.elevate", json!({"code": self.master_code}));
        seat
    }

    pub fn ask(&self, command: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, None, args)
    }

    /// With a fresh key, as money needs.
    pub fn pay(&self, command: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, Some(&fresh_key()), args)
    }

    /// A client, entered by the owner. The id.
    pub fn client(&self, name: &str) -> String {
        text(&self.owner().done("clients.create", json!({"name": name}))["client"]["id"])
    }

    /// An appointment of the first service, an hour long, so many hours from now. The id.
    pub fn book(&self, artist: usize, client: &str, hours: i64) -> String {
        let booked = self.owner().done(
            "agenda.book",
            json!({
                "artist_id": self.artists[artist], "client_id": client, "service_id": self.services[0],
                "starts_at": self.at(hours),
            }),
        );
        text(&booked["card"]["id"])
    }

    /// An item with stock. The id.
    pub fn item(&self, sku: &str, price: i64, on_hand: i64) -> String {
        let form = json!({"sku": sku, "name": sku, "price": price, "cost": price / 2});
        text(&self.owner().done("inventory.create_item", json!({"form": form, "on_hand": on_hand}))["id"])
    }

    /// So many hours after the clock's beginning.
    pub fn at(&self, hours: i64) -> i64 {
        MORNING + hours * HOUR
    }

    /// A connection of an outsider, with none of the settings that the core gives its own.
    pub fn raw(&self) -> Connection {
        Connection::open(&self.file).unwrap()
    }

    /// As [`House::raw`], for somebody who wants to change what may not be changed.
    pub fn outsider(&self) -> Outsider {
        Outsider::new(self.raw())
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Everything in the file but the journal.
    pub fn rows(&self) -> Rows {
        let mut rows = all_rows(&self.raw());
        rows.retain(|table, _| !JOURNAL.contains(&table.as_str()));
        rows
    }

    /// Runs `act` and insists that it left nothing behind but rows in the journal.
    pub fn leaves_no_trace<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.rows();
        let done = act();
        assert_same_rows(&before, &self.rows());
        done
    }

    pub fn verify(&self) -> inkpoint_core::storage::verify::Report {
        self.desk.verify().unwrap()
    }

    pub fn assert_holds(&self) {
        let report = self.verify();
        assert!(report.holds(), "{:?}", report.problems);
    }

    /// What the clock on the wall says.
    pub fn now(&self) -> i64 {
        self.clock.now().wall
    }

    /// The same file in a new process: its monotonic clock begins again, while the one on the wall was set by so much.
    pub fn reborn(&self, jump: i64) -> Reborn {
        self.desk.close();
        let clock = StillClock::new();
        clock.jump(self.now() - MORNING + jump);
        let desk = Desk::with(Place::under(self.home.path()), tools(clock.clone()));
        desk.open(&self.file).unwrap();
        Reborn { clock, desk }
    }

    /// Lets go of the file and opens it again, as after a restart.
    pub fn restart(&self) {
        self.desk.close();
        self.desk.open(&self.file).unwrap();
    }
}

/// Where the still clock begins.
pub const MORNING: i64 = 1_795_186_800_000;
pub const HOUR: i64 = 3_600_000;
pub const MINUTE: u64 = 60_000;

impl Seat {
    pub fn ask(&self, command: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, Some(&fresh_key()), args)
    }

    pub fn ask_with(&self, command: &str, key: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, Some(key), args)
    }

    /// What is expected to work.
    #[track_caller]
    pub fn done(&self, command: &str, args: Value) -> Value {
        match self.ask(command, args) {
            Ok(reply) => reply,
            Err(fault) => panic!("{command}: {fault}"),
        }
    }

    /// The code of what is expected to be refused.
    #[track_caller]
    pub fn refused(&self, command: &str, args: Value) -> String {
        match self.ask(command, args) {
            Ok(reply) => panic!("{command} went through: {reply}"),
            Err(fault) => text(&fault["code"]),
        }
    }

    /// Why something conflicts or is invalid: "code: reason".
    #[track_caller]
    pub fn why(&self, command: &str, args: Value) -> String {
        match self.ask(command, args) {
            Ok(reply) => panic!("{command} went through: {reply}"),
            Err(fault) => {
                let reason = fault["params"]["field"].as_str().or(fault["params"]["reason"].as_str());
                format!("{}: {}", text(&fault["code"]), reason.unwrap_or_default())
            }
        }
    }
}

/// An id that nothing has.
pub const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// A refusal without what differs from request to request; nothing but the journal may know of it.
#[track_caller]
pub fn told(house: &House, seat: &Seat, command: &str, args: Value) -> Value {
    let answer = house.leaves_no_trace(|| seat.ask(command, args.clone()));
    match answer {
        Ok(reply) => panic!("{command} {args} went through: {reply}"),
        Err(fault) => json!([fault["code"], fault["params"]]),
    }
}

/// What a denial looks like once its correlation is left out, and so the two that follow.
pub fn denied(why: &str) -> Value {
    json!(["denied", {"why": why}])
}

pub fn invalid(field: &str, reason: &str) -> Value {
    json!(["invalid", {"field": field, "reason": reason}])
}

pub fn conflict(reason: &str) -> Value {
    json!(["conflict", {"reason": reason}])
}

pub fn fresh_key() -> String {
    static KEYS: AtomicU64 = AtomicU64::new(0);
    format!("test-key-{:08}", KEYS.fetch_add(1, Ordering::SeqCst))
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

pub fn all_rows(raw: &Connection) -> Rows {
    let mut rows = Rows::new();
    let mut tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        let mut statement = raw.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = statement.column_count();
        let mut found: Vec<String> = statement
            .query_map([], |row| {
                Ok((0..columns).map(|at| format!("{:?}|", row.get_ref(at).unwrap())).collect())
            })
            .unwrap()
            .map(Result::unwrap)
            .collect();
        found.sort();
        rows.insert(name, found);
    }
    rows
}

#[track_caller]
pub fn assert_same_rows(before: &Rows, after: &Rows) {
    let changed: Vec<&String> = after
        .iter()
        .filter(|(table, rows)| before.get(*table) != Some(rows))
        .map(|(table, _)| table)
        .collect();
    assert!(changed.is_empty() && before.len() == after.len(), "changed: {changed:?}");
}

/// Every byte beside and in a file: what must not change when it is refused.
pub fn bytes_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

/// No byte changed, no file came or went.
#[track_caller]
pub fn assert_untouched(folder: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) {
    let after = bytes_in(folder);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(before));
    for (path, bytes) in &after {
        assert!(before[path] == *bytes, "{} changed", path.display());
    }
}

/// Randomness that can be had again: the seed is printed, and INKPOINT_SEED sets it.
pub struct Dice(u64);

impl Dice {
    pub fn new(test: &str) -> Dice {
        let seed = match std::env::var("INKPOINT_SEED") {
            Ok(seed) => seed.parse().unwrap(),
            Err(_) => {
                let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
                u64::try_from(now.as_nanos() % 1_000_000_007).unwrap()
            }
        };
        println!("{test}: INKPOINT_SEED={seed}");
        Dice(seed)
    }

    /// Dice for another thread, that fall as the seed says.
    pub fn another(&mut self) -> Dice {
        Dice(self.roll())
    }

    /// SplitMix64.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(most).unwrap()).unwrap()
    }

    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.roll() % u64::try_from(most - least + 1).unwrap()).unwrap()
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

pub fn ask(desk: &Desk, command: &str, key: Option<&str>, args: Value) -> Result<Value, Value> {
    let args = serde_json::value::to_raw_value(&args).unwrap();
    match desk.dispatch(command, key, &args) {
        Ok(reply) => Ok(serde_json::from_str(reply.get()).unwrap()),
        Err(fault) => Err(serde_json::to_value(fault).unwrap()),
    }
}

#[test]
fn a_new_studio_opens_its_door() {
    let house = House::new();
    let owner = house.owner();
    assert_eq!(owner.done("session.whoami", json!({}))["role"], "owner");
    let day = owner.done("agenda.list", json!({"day": "2026-11-20"}));
    assert_eq!(day["artists"].as_array().unwrap().len(), 2);
}

#[test]
fn somebody_of_every_role_signs_in() {
    let house = House::staffed();
    for (username, _, role) in PEOPLE {
        let seat = house.seat(username);
        assert_eq!(seat.done("session.whoami", json!({}))["role"], role);
        assert_eq!(seat.artist.is_some(), matches!(role, "artist" | "apprentice"), "T082, T083");
    }
    house.assert_holds();
}

/// An outsider with the file in hand: no triggers, no foreign keys, no checks. Covers their tracks when they are done: a
/// file without its triggers is opened by nobody.
pub struct Outsider {
    raw: Connection,
    triggers: Vec<(String, String)>,
}

impl Outsider {
    pub fn new(raw: Connection) -> Outsider {
        raw.pragma_update(None, "foreign_keys", false).unwrap();
        raw.pragma_update(None, "ignore_check_constraints", true).unwrap();
        let triggers: Vec<(String, String)> = raw
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let drops: String = triggers.iter().map(|(name, _)| format!("DROP TRIGGER {name};")).collect();
        raw.execute_batch(&format!("BEGIN; {drops} COMMIT")).unwrap();
        Outsider { raw, triggers }
    }
}

impl std::ops::Deref for Outsider {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.raw
    }
}

impl Drop for Outsider {
    fn drop(&mut self) {
        let anew: String = self.triggers.iter().map(|(_, sql)| format!("{sql};\n")).collect();
        self.raw.execute_batch(&format!("BEGIN; {anew} COMMIT")).unwrap();
    }
}
