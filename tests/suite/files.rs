//! A studio's file: what is refused and left as it was, who may have it open, older ones, and the settings it gets.

use std::path::{Path, PathBuf};

use inkpoint_core::{Code, Desk, Place};
use rusqlite::Connection;
use serde_json::json;

use crate::studio_house::{
    House, OWNER_PASSWORD, Outsider, StillClock, ask, assert_same_rows, assert_untouched, bytes_in, folder,
    tools,
};

const HOUSE_SQL: &str = include_str!("../../src-tauri/core/migrations/0001_house.sql");
const APPLICATION_ID: i64 = 0x494E_4B50;

/// The code, and its reason or how new it is, that opening a file gives.
fn refusal(path: &Path) -> (Code, String) {
    let home = folder();
    let desk = Desk::with(Place::under(home.path()), tools(StillClock::new()));
    let error = desk.open(path).unwrap_err();
    let fault = desk.fault(error);
    let reason = fault.params.get("reason").or(fault.params.get("holder")).cloned().unwrap_or_default();
    (fault.code, reason.as_str().unwrap_or_default().to_owned())
}

/// A studio that nobody has open, alone in a folder.
fn shut() -> (House, PathBuf) {
    let house = House::staffed();
    house.client("Joana");
    house.desk.close();
    let file = house.file.clone();
    (house, file)
}

#[test]
fn f16_attack_47_what_is_no_studio_is_refused_and_left_as_it_was() {
    let place = folder();
    let at = |name: &str| place.path().join(name);
    std::fs::write(at("empty"), b"").unwrap();
    std::fs::write(at("byte"), b"S").unwrap();
    std::fs::write(at("text"), "Not a database at all. ".repeat(50)).unwrap();
    std::fs::write(at("header"), b"SQLite format 3\0").unwrap();
    let foreign = Connection::open(at("foreign")).unwrap();
    foreign.execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);").unwrap();
    drop(foreign);
    let before = bytes_in(place.path());
    for (name, reason) in [
        ("empty", "too short"),
        ("byte", "too short"),
        ("text", "not a database"),
        ("header", "too short"),
        ("foreign", "another program's database"),
    ] {
        assert_eq!(refusal(&at(name)), (Code::NotAStudio, reason.to_owned()), "{name}");
    }
    assert_eq!(refusal(place.path()), (Code::NotAStudio, "a folder".to_owned()));
    assert_eq!(refusal(&at("nothing")).0, Code::NotFound);
    assert_untouched(place.path(), &before);
    crate::tally::tell("F16", "7 things that are no studio: refused, not a byte of them changed");
}

#[test]
fn attack_47_other_programs_files_with_our_endings_stay() {
    let place = folder();
    std::fs::write(place.path().join("Cargo"), "something of theirs ".repeat(20)).unwrap();
    std::fs::write(place.path().join("Cargo.lock"), "their lock file").unwrap();
    std::fs::write(place.path().join("Cargo.holder"), "their note").unwrap();
    let before = bytes_in(place.path());
    assert_eq!(refusal(&place.path().join("Cargo")).0, Code::NotAStudio);
    assert_untouched(place.path(), &before);
}

#[cfg(unix)]
#[test]
fn f16_attack_47_links_sockets_and_addresses_are_refused() {
    let (house, file) = shut();
    let before = std::fs::read(&file).unwrap();
    let at = |name: &str| house.home.path().join(name);
    std::os::unix::fs::symlink(&file, at("link")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    for name in ["link", "socket"] {
        assert_eq!(refusal(&at(name)), (Code::NotAStudio, "not a plain file".to_owned()), "{name}");
    }
    assert_eq!(refusal(Path::new("/dev/null")).0, Code::NotAStudio);
    for address in [
        format!("file:{}", file.display()),
        format!("FILE:{}?mode=memory", file.display()),
        "file::memory:".to_owned(),
        String::new(),
    ] {
        assert_eq!(refusal(Path::new(&address)), (Code::NotAStudio, "not a path".to_owned()), "{address}");
    }
    assert_eq!(refusal(Path::new(":memory:")).0, Code::NotFound, "the name of a file like any other");
    assert!(std::fs::read(&file).unwrap() == before);
}

#[test]
fn p12_f16_a_newer_file_is_refused_untouched() {
    let (house, file) = shut();
    let newer = inkpoint_core::storage::SCHEMA_VERSION + 1;
    house.raw().pragma_update(None, "user_version", newer).unwrap();
    let before = bytes_in(file.parent().unwrap());
    let home = folder();
    let desk = Desk::with(Place::under(home.path()), tools(StillClock::new()));
    let fault = desk.fault(desk.open(&file).unwrap_err());
    assert_eq!(fault.code, Code::FileNewer);
    assert_eq!((&fault.params["found"], &fault.params["known"]), (&json!(newer), &json!(newer - 1)));
    assert_untouched(file.parent().unwrap(), &before);
}

#[test]
fn p08_a_second_opener_is_told_who_has_it_and_at_once() {
    let house = House::staffed();
    let started = std::time::Instant::now();
    let (code, holder) = refusal(&house.file);
    assert!(started.elapsed().as_millis() < 1_000);
    assert_eq!(code, Code::FileInUse);
    assert!(holder.contains(&format!("({})", std::process::id())), "{holder}");
    house.owner().done("clients.create", json!({"name": "Joana"}));
    house.desk.close();
    let home = folder();
    let next = Desk::with(Place::under(home.path()), tools(StillClock::new()));
    next.open(&house.file).unwrap();
}

#[test]
fn p08_the_lock_of_somebody_who_is_gone_is_no_obstacle() {
    let (house, file) = shut();
    for ending in [".lock", ".holder"] {
        let mut name = file.clone().into_os_string();
        name.push(ending);
        std::fs::write(name, "ana on the-old-computer (4711)").unwrap();
    }
    house.desk.open(&file).unwrap();
}

#[test]
fn p11_a_closed_studio_is_one_file_and_a_copy_of_it_is_whole() {
    let house = House::staffed();
    house.client("Joana");
    let rows = house.rows();
    house.desk.close();
    let mut names: Vec<String> = std::fs::read_dir(house.file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["casa-aguja.inkpoint", "casa-aguja.inkpoint.lock"]);
    let copy = house.home.path().join("copy.inkpoint");
    std::fs::copy(&house.file, &copy).unwrap();
    house.desk.open(&copy).unwrap();
    let raw = Connection::open(&copy).unwrap();
    let mut copied = crate::studio_house::all_rows(&raw);
    copied.retain(|table, _| rows.contains_key(table));
    assert_same_rows(&rows, &copied);
    house.assert_holds();
}

#[cfg(unix)]
#[test]
fn a_studios_file_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    assert_eq!(std::fs::metadata(&house.file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_file_that_is_open_runs_in_wal_and_says_whose_it_is() {
    let house = House::new();
    let raw = house.raw();
    let pragma = |name: &str| -> String {
        raw.query_row(&format!("PRAGMA {name}"), [], |row| Ok(format!("{:?}", row.get_ref(0).unwrap())))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), format!("{:?}", rusqlite::types::ValueRef::Text(b"wal")));
    assert_eq!(pragma("application_id"), format!("Integer({APPLICATION_ID})"));
    assert_eq!(pragma("user_version"), format!("Integer({})", inkpoint_core::storage::SCHEMA_VERSION));
    let loose: i64 = raw
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
                 AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(loose, 0, "every table is strict");
}

/// The migrations of the versions before today's, in order.
const OLDER: [&str; 6] = [
    HOUSE_SQL,
    include_str!("../../src-tauri/core/migrations/0002_book.sql"),
    include_str!("../../src-tauri/core/migrations/0003_till.sql"),
    include_str!("../../src-tauri/core/migrations/0004_people.sql"),
    include_str!("../../src-tauri/core/migrations/0005_agenda.sql"),
    include_str!("../../src-tauri/core/migrations/0006_clients.sql"),
];

/// The settings that came after the first, and the migration they came with.
const NEWER_SETTINGS: [(usize, &str); 5] = [
    (4, "'elevation_reason', 'lock_after_sale'"),
    (8, "'prices_include_tax', 'cash_rounding', 'deposit_cancel_hours', 'blind_count', 'difference_limit'"),
    (10, "'commission_after_discount'"),
    (11, "'paperwork_gate', 'paperwork_at', 'consent_years'"),
    (
        15,
        "'printer_host', 'printer_port', 'printer_columns', 'printer_letters', 'printer_pin', 'printer_drawer'",
    ),
];

/// A file as the first migrations alone left it, with the people and clients of a house of today.
fn older_file(house: &House, version: usize) -> PathBuf {
    let old = house.home.path().join("old.inkpoint");
    let raw = Connection::open(&old).unwrap();
    raw.pragma_update(None, "journal_mode", "wal").unwrap();
    for sql in &OLDER[..version] {
        raw.execute_batch(sql).unwrap();
    }
    raw.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    raw.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
    raw.execute("ATTACH ?1 AS today", [house.file.to_str().unwrap()]).unwrap();
    let tables: Vec<String> = raw
        .prepare(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    for table in tables {
        let mut columns = raw.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
        let columns: Vec<String> =
            columns.query_map([&table], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let columns = columns.join(", ");
        raw.execute_batch(&format!(
            // An index of words comes with rows of its own.
            "INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}"
        ))
        .unwrap();
    }
    for (came, names) in NEWER_SETTINGS.iter().filter(|(came, _)| version < *came) {
        let gone = raw.execute(&format!("DELETE FROM main.settings WHERE name IN ({names})"), []).unwrap();
        assert_eq!(gone, names.split(',').count(), "the settings of migration {came}");
    }
    // An older Inkpoint kept no sums of tables: its chain is another.
    let bare = Outsider::new(raw);
    bare.execute(
        "UPDATE journal SET seals = (SELECT coalesce(json_group_array(json(s.value)), '[]') FROM json_each(seals) s
         WHERE instr(s.value ->> 0, '=') = 0)",
        [],
    )
    .unwrap();
    let last = bare.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).unwrap();
    crate::journal::hash_again(&bare, 1, last);
    std::fs::remove_dir_all(house.home.path().join("config/anchors")).unwrap();
    old
}

/// The columns of each table of a file.
fn columns(raw: &Connection) -> Vec<(String, String)> {
    let mut found = raw
        .prepare(
            "SELECT t.name, group_concat(c.name, ', ') FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' GROUP BY t.name",
        )
        .unwrap();
    let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What stands in these columns, but for settings of a newer Inkpoint.
fn rows_of(raw: &Connection, columns: &[(String, String)]) -> crate::studio_house::Rows {
    let rows = |(table, columns): &(String, String)| {
        let narrow = match table.as_str() {
            "settings" => {
                let names: Vec<&str> = NEWER_SETTINGS.iter().map(|(_, names)| *names).collect();
                format!("WHERE name NOT IN ({})", names.join(", "))
            }
            _ => String::new(),
        };
        let mut statement = raw.prepare(&format!("SELECT {columns} FROM {table} {narrow}")).unwrap();
        let count = statement.column_count();
        let mut found: Vec<String> = statement
            .query_map([], |row| {
                Ok((0..count).map(|at| format!("{:?}|", row.get_ref(at).unwrap())).collect())
            })
            .unwrap()
            .map(Result::unwrap)
            .collect();
        found.sort();
        (table.clone(), found)
    };
    columns.iter().map(rows).collect()
}

#[test]
fn p12_f15_an_older_file_is_copied_first_and_opens_with_everything_in_it() {
    for older in 1..=OLDER.len() {
        let (house, _) = shut();
        let old = older_file(&house, older);
        let columns = columns(&Connection::open(&old).unwrap());
        let before = rows_of(&Connection::open(&old).unwrap(), &columns);
        assert_eq!(before["members"].len(), 7);
        house.desk.open(&old).unwrap();
        let raw = Connection::open(&old).unwrap();
        let version =
            |raw: &Connection| -> i64 { raw.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap() };
        assert_eq!(version(&raw), inkpoint_core::storage::SCHEMA_VERSION);
        assert_same_rows(&before, &rows_of(&raw, &columns));
        house.assert_holds();
        let copy = house.home.path().join(format!("old.inkpoint.before-v{}", older + 1));
        let kept = Connection::open(copy).unwrap();
        assert_eq!(version(&kept), i64::try_from(older).unwrap());
        assert_same_rows(&before, &rows_of(&kept, &columns));

        let desk = house.desk.beside();
        ask(&desk, "session.sign_in", None, json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
        ask(&desk, "clients.create", None, json!({"name": "Pilar"})).unwrap();
        let shown = ask(&desk, "desk.status", None, json!({})).unwrap();
        assert_eq!(shown["studio"]["settings"]["elevation_reason"], false);
    }
}

/// The day of selling that an Inkpoint of the sixth schema put into its file.
fn sold_before() -> (House, PathBuf) {
    let (house, _) = shut();
    let old = house.home.path().join("sold.inkpoint");
    let raw = Connection::open(&old).unwrap();
    raw.pragma_update(None, "journal_mode", "wal").unwrap();
    for sql in &OLDER[..5] {
        raw.execute_batch(sql).unwrap();
    }
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    raw.execute_batch(include_str!("golden/older.sql")).unwrap();
    raw.execute_batch(OLDER[5]).unwrap();
    raw.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    raw.pragma_update(None, "user_version", 6).unwrap();
    (house, old)
}

fn house_rows(file: &Path, sql: &str) -> i64 {
    Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn p12_the_money_of_an_older_file_keeps_its_seals_and_reads_as_before() {
    let (house, old) = sold_before();
    let columns = columns(&Connection::open(&old).unwrap());
    let before = rows_of(&Connection::open(&old).unwrap(), &columns);
    assert_eq!((before["ledger_entries"].len(), before["ledger_lines"].len()), (10, 30));
    house.desk.open(&old).unwrap();
    assert_same_rows(&before, &rows_of(&Connection::open(&old).unwrap(), &columns));
    let report = house.verify();
    assert!(report.holds(), "{:?}", report.problems);
    assert_eq!((report.sales, report.z_reports, report.sealed_rows), (5, 1, 68));

    // What is sold from now on is sealed beside what was sold before, and both can be taken back.
    let last_at = house_rows(&old, "SELECT max(at) FROM journal");
    house.clock.jump(last_at - house.now());
    let desk = house.desk.beside();
    let done = |command: &str, args| {
        ask(&desk, command, Some(&crate::studio_house::fresh_key()), args)
            .unwrap_or_else(|no| panic!("{command}: {no}"))
    };
    done("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD}));
    let raw = Connection::open(&old).unwrap();
    let first: String =
        raw.query_row("SELECT id FROM sales WHERE receipt = 1", [], |row| row.get(0)).unwrap();
    let item: String = raw.query_row("SELECT id FROM items", [], |row| row.get(0)).unwrap();
    drop(raw);
    let receipt = done("till.receipt", json!({"sale_id": first}));
    assert_eq!((&receipt["total"], &receipt["tax"]), (&json!(175_600), &json!(22_841)));
    assert_eq!(receipt["client_name"], "Joana Lima");
    done("till.refund", json!({"sale_id": first, "tender": "card", "reason": "moved away"}));
    let soap = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 12_000}]});
    done("till.sell", soap);
    house.assert_holds();

    // A fact that older rows never had cannot be slipped into one.
    let raw = Outsider::new(Connection::open(&old).unwrap());
    raw.execute("UPDATE sales SET rounding = 5 WHERE receipt = 1", []).unwrap();
    drop(raw);
    assert!(house.verify().problems.iter().any(|found| found == &format!("sales: {first} was changed")));
}

#[test]
fn p12_t120_names_in_an_older_file_are_found_by_who_has_no_key_for_them() {
    let (house, _) = shut();
    let old = older_file(&house, 6);
    let raw = Outsider::new(Connection::open(&old).unwrap());
    // As an older Inkpoint wrote it down and indexed it.
    let name = "UPDATE clients SET name = 'Jürgen Großmann', search = 'jurgen großmann', search_name = 'jurgen großmann'";
    assert_eq!(raw.execute(name, []).unwrap(), 1);
    raw.execute("UPDATE client_lookup SET name = 'jurgen großmann'", []).unwrap();
    raw.execute_batch(
        "DELETE FROM client_words;
         INSERT INTO client_words (rowid, name, reach, digits) SELECT number, name, '', '' FROM client_lookup",
    )
    .unwrap();
    drop(raw);
    house.desk.open(&old).unwrap();
    let owner = house.owner();
    for words in ["grossmann", "Großmann", "jurgen gross"] {
        let found = owner.done("clients.search", json!({"text": words}));
        assert_eq!(found[0]["name"], "Jürgen Großmann", "{words}");
    }
    house.assert_holds();
}

#[test]
fn p12_a_migration_that_stops_half_way_leaves_the_old_version() {
    let (house, _) = shut();
    let old = older_file(&house, 6);
    // The eighth migration copies every entry, and this one is of no kind that there is.
    let odd = "INSERT INTO ledger_entries (id, at, kind) VALUES (hex(zeroblob(18)), 1, 'odd')";
    Outsider::new(Connection::open(&old).unwrap()).execute(odd, []).unwrap();
    let raw = Connection::open(&old).unwrap();
    let money = |raw: &Connection| {
        let mut rows = crate::studio_house::all_rows(raw);
        rows.retain(|table, _| table.contains("ledger") || table == "sales" || table == "tax_rates");
        rows
    };
    let before = money(&raw);
    drop(raw);
    assert!(house.desk.open(&old).is_err());
    let raw = Connection::open(&old).unwrap();
    assert_same_rows(&before, &money(&raw));
    let version: i64 = raw.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 7);
    Outsider::new(raw).execute("DELETE FROM ledger_entries WHERE kind = 'odd'", []).unwrap();
    house.desk.open(&old).unwrap();
    house.assert_holds();
}

#[test]
fn a_studio_that_was_never_finished_is_no_studio() {
    let place = folder();
    let file = place.path().join("half.inkpoint");
    let raw = Connection::open(&file).unwrap();
    raw.execute_batch(HOUSE_SQL).unwrap();
    raw.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
    drop(raw);
    assert_eq!(refusal(&file), (Code::NotAStudio, "set-up was never finished".to_owned()));
}

#[test]
fn attack_49_nothing_of_one_studio_counts_in_another() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let second = ask(
        &house.desk,
        "studio.create",
        None,
        json!({
            "name": "Otra Casa", "currency": "EUR", "zone": "Europe/Madrid",
            "owner": {"name": "Eva Rios", "username": "eva", "password": OWNER_PASSWORD},
        }),
    )
    .unwrap();
    assert_ne!(second["file"], house.file.to_str().unwrap());
    let code = |command: &str, args| ask(&house.desk, command, None, args).unwrap_err()["code"].clone();
    assert_eq!(
        code("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})),
        "bad_credentials"
    );
    house.ask("session.sign_in", json!({"username": "eva", "password": OWNER_PASSWORD})).unwrap();
    assert_eq!(code("clients.open", json!({"client_id": client})), "not_found");
    drop(owner);
    house.ask("studio.open", json!({"file": house.file})).unwrap();
    assert_eq!(
        code("clients.open", json!({"client_id": client})),
        "no_session",
        "the session did not come along"
    );
}

#[test]
fn d32_the_picker_remembers_what_was_opened_and_forgets_on_demand() {
    let house = House::new();
    let listed = house.ask("desk.status", json!({})).unwrap();
    assert_eq!(listed["studios"][0]["file"], house.file.to_str().unwrap());
    assert_eq!(listed["studio"]["settings"]["name"], "Casa Aguja");
    let left = house.ask("studio.leave", json!({})).unwrap();
    assert!(left["studio"].is_null());
    let opened = house.ask("studio.open", json!({"file": house.file})).unwrap();
    assert_eq!(opened["studio"]["id"], listed["studio"]["id"]);
    let forgotten = house.ask("studio.forget", json!({"file": house.file})).unwrap();
    assert_eq!(forgotten["studios"], json!([]));
    assert!(house.file.exists(), "its file stays where it is");
}

#[test]
fn a_second_studio_of_the_same_name_gets_a_file_of_its_own() {
    let house = House::new();
    let again = house
        .ask(
            "studio.create",
            json!({
                "name": "Casa Aguja", "currency": "MXN", "zone": "America/Mexico_City",
                "owner": {"name": "Eva Rios", "username": "eva", "password": OWNER_PASSWORD},
            }),
        )
        .unwrap();
    assert!(again["file"].as_str().unwrap().ends_with("casa-aguja-2.inkpoint"));
    assert!(house.file.exists());
}
