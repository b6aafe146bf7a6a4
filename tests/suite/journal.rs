//! The journal: what it keeps, what it must not hold, and what verification finds when somebody helped history along.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::studio_house::{House, MINUTE, OWNER_PASSWORD, PASSWORD, ask, text};

/// Every table whose rows are sealed, and one that only ever changes by its `is_open` mark.
const SEALED: [&str; 22] = [
    "drawer_sessions",
    "sales",
    "sale_lines",
    "sale_tips",
    "sale_tenders",
    "cash_moves",
    "drawer_closings",
    "ledger_entries",
    "ledger_lines",
    "stock_moves",
    "stock_counts",
    "stock_count_lines",
    "visit_supplies",
    "commissions",
    "payouts",
    "consents",
    "consent_withdrawals",
    "deposits",
    "deposit_moves",
    "deposit_tenders",
    "drawer_takeovers",
    "receipt_papers",
];

/// A studio with something in every sealed table, and with its file let go of.
fn lived_in() -> House {
    let house = House::staffed();
    let item = house.item("SOAP", 10_000, 20);
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let owner = house.owner();
    let (ink, lot) = crate::stock::ink(&owner, "INK", "B-77", 3);
    let used = json!([{"item_id": ink, "lot_id": lot, "quantity": 1}]);
    owner.done("inventory.use_supplies", json!({"appointment_id": visit, "supplies": used}));
    owner
        .done("inventory.cycle_count", json!({"lines": [{"item_id": ink, "counted": 1}], "reason": "Spilt"}));
    owner.done("till.open_session", json!({"float": 5_000}));
    let first = owner.done(
        "till.sell",
        json!({
            "appointment_id": visit,
            "lines": [{"service_id": house.services[0]}, {"item_id": item, "quantity": 2}],
            "tips": [{"artist_id": house.artists[0], "amount": 1_000}],
            "tenders": [{"tender": "cash", "amount": 1_000}, {"tender": "card", "amount": 180_000}],
        }),
    );
    let line = json!([{"line_id": first["lines"][1]["id"], "quantity": 1}]);
    owner.done(
        "till.refund",
        json!({"sale_id": first["sale_id"], "lines": line, "tender": "card", "reason": "Wrong"}),
    );
    let paid =
        json!({"artist_id": house.artists[0], "until": "2026-11-20", "amount": 100, "tender": "transfer"});
    let wrong = owner.done("payouts.settle", paid.clone());
    owner.done("payouts.take_back", json!({"payout_id": wrong["id"], "reason": "Dario’s"}));
    owner.done("payouts.settle", paid);
    owner.done("till.print", json!({"receipt": first["receipt"], "way": "pdf"}));
    let ahead = house.book(1, &client, 30);
    let tenders = json!([{"tender": "card", "amount": 5_000}]);
    let held = owner
        .done("till.take_deposit", json!({"appointment_id": ahead, "amount": 5_000, "tenders": tenders}));
    let back =
        json!({"deposit_id": held["deposit"]["id"], "amount": 1_000, "tender": "transfer", "reason": "x"});
    owner.done("till.return_deposit", back);
    house.seat("bea").done("till.take_over", json!({"reason": "Ana is out"}));
    owner.done("till.cash_move", json!({"direction": "in", "amount": 700, "reason": "Coins"}));
    let consent = text(&crate::consent::sign(&owner, &visit, "image", json!({}))["id"]);
    owner.done("consent.withdraw", json!({"consent_id": consent}));
    owner.done("till.take_over", json!({"reason": "Ana is back"}));
    owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 67}]}));
    owner.done("till.open_session", json!({"float": 0}));
    owner.done(
        "till.sell",
        json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 10_000}]}),
    );
    drop(owner);
    house.assert_holds();
    house.desk.close();
    house
}

/// Puts an older copy in the file's place, as somebody with the folder open would.
fn restore(house: &House, copy: &std::path::Path) {
    for ending in ["-wal", "-shm"] {
        let mut beside = house.file.clone().into_os_string();
        beside.push(ending);
        let _gone = std::fs::remove_file(beside);
    }
    std::fs::copy(copy, &house.file).unwrap();
}

/// As an outsider would: opens the file for this one edit and closes it again.
pub fn edit(house: &House, sql: &str) -> Vec<String> {
    let kept = house.file.with_extension("kept");
    std::fs::copy(&house.file, &kept).unwrap();
    {
        let touched = house.outsider().execute(sql, []).unwrap();
        assert!(touched > 0, "{sql} touched nothing");
    }
    let read = house.desk.open(&house.file).and_then(|_| house.desk.verify());
    // A file that cannot be read through to its end is found out too.
    let problems = read.map_or_else(|error| vec![format!("unreadable: {error}")], |report| report.problems);
    house.desk.close();
    restore(house, &kept);
    problems
}

fn texts(raw: &Connection, sql: &str) -> Vec<String> {
    raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn p05_the_tables_tried_below_are_all_that_are_sealed() {
    let house = lived_in();
    let mut sealed = texts(
        &house.raw(),
        "SELECT DISTINCT rtrim(s.value ->> 0, '+') FROM journal j, json_each(j.seals) s
         WHERE instr(s.value ->> 0, '=') = 0 ORDER BY 1",
    );
    let mut tried = SEALED.map(str::to_owned).to_vec();
    tried.sort();
    assert_eq!(sealed, tried);
    // What is not sealed is made anew from what is, names and terms that a history keeps, or no money at all.
    sealed.extend(
        ["day_artists", "day_lines", "day_members", "day_tenders", "month_lines", "deposits_now"]
            .map(str::to_owned),
    );
    let with_money = texts(
        &house.raw(),
        "SELECT DISTINCT m.name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name IN ('amount', 'total', 'float', 'taken', 'goods', 'left_over', 'counted')",
    );
    for table in with_money {
        assert!(sealed.contains(&table), "{table} holds money, and nobody watches it");
    }
}

#[test]
fn p05_every_field_of_every_sealed_row_is_watched() {
    let house = lived_in();
    for table in SEALED {
        let columns = texts(&house.raw(), &format!("SELECT name FROM pragma_table_info('{table}')"));
        assert!(columns.len() > 3);
        // The drawer's mark is the one field that changes by itself; it is held against the closings below.
        for column in columns.iter().filter(|column| *column != "is_open") {
            // Another value of the same type, far from any that stands there; a null becomes something.
            let sql = format!(
                "UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} + 1000 \
                 WHEN 'text' THEN {column} || ' ' ELSE '7' END WHERE id = (SELECT max(id) FROM {table})"
            );
            let problems = edit(&house, &sql);
            assert!(!problems.is_empty(), "nobody saw {table}.{column} change");
        }
    }
}

#[test]
fn p05_a_sealed_row_that_goes_or_comes_is_found() {
    let house = lived_in();
    for table in SEALED {
        let gone = edit(&house, &format!("DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})"));
        assert!(gone.iter().any(|problem| problem.starts_with(table)), "{table}: {gone:?}");
        let columns = texts(&house.raw(), &format!("SELECT name FROM pragma_table_info('{table}')"));
        // A copy of a row under another id and whatever else must be unlike.
        let values: Vec<String> = columns
            .iter()
            .map(|column| match column.as_str() {
                "id" => "'00000000-0000-7000-8000-000000000000'".to_owned(),
                "receipt" | "z" | "position" | "number" => format!("{column} + 1000"),
                "is_open" => "0".to_owned(),
                // Each row is undone once.
                "reverses" | "undone" | "undoes" => "NULL".to_owned(),
                "session_id" if table == "drawer_closings" => "'elsewhere'".to_owned(),
                "artist_id" if table == "sale_tips" => "'somebody'".to_owned(),
                "consent_id" => "'another'".to_owned(),
                _ => column.clone(),
            })
            .collect();
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE id = (SELECT max(id) FROM {table})",
            columns.join(", "),
            values.join(", ")
        );
        let come = edit(&house, &sql);
        assert!(come.iter().any(|problem| problem.contains("was never journaled")), "{table}: {come:?}");
    }
}

/// Tables whose rows change, and that need not be watched. Why:
const UNWATCHED: [(&str, &str); 26] = [
    ("client_lookup", "follows from the clients, and is compared with them"),
    ("client_words", "follows from the clients"),
    ("client_words_config", "follows from the clients"),
    ("client_words_content", "follows from the clients"),
    ("client_words_data", "follows from the clients"),
    ("client_words_docsize", "follows from the clients"),
    ("client_words_idx", "follows from the clients"),
    ("consent_papers", "what was signed: held against the hash in its sealed row"),
    ("counters", "held against the numbers that were given out"),
    ("day_artists", "follows from the sales, and is made anew to be compared"),
    ("day_lines", "follows from the sales, and is made anew to be compared"),
    ("day_members", "follows from the sales, and is made anew to be compared"),
    ("day_tenders", "follows from the sales, and is made anew to be compared"),
    ("day_zone", "follows from the settings, and is compared with them"),
    ("deposits_now", "follows from the deposits, and is made anew to be compared"),
    ("gone_pictures", "what is still to be taken off the disk"),
    ("journal", "the chain itself"),
    ("month_lines", "follows from the days, and is made anew to be compared"),
    ("notices", "what the bell says"),
    ("receipt_copies", "sealed; only older versions wrote it"),
    ("refusal_counts", "grows without a row of its own (D20)"),
    ("request_keys", "written after the row, with what was answered (P16)"),
    ("standing", "the sums themselves"),
    ("stock_now", "follows from the movements, and is made anew to be compared"),
    ("throttles", "wrong passwords in a row"),
    ("sqlite_sequence", "SQLite's own"),
];

fn watched(house: &House) -> Vec<String> {
    texts(&house.raw(), "SELECT name FROM standing ORDER BY name")
}

#[test]
fn p05_every_table_is_sealed_or_counted_or_follows_from_others() {
    let house = lived_in();
    let watched = watched(&house);
    for table in texts(&house.raw(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        let ways = [
            SEALED.contains(&table.as_str()),
            watched.contains(&table),
            UNWATCHED.iter().any(|(name, why)| *name == table && !why.is_empty()),
        ];
        assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{table}: {ways:?}");
    }
}

#[test]
fn p05_every_counted_field_of_a_row_that_may_change_is_watched() {
    let house = lived_in();
    house.desk.open(&house.file).unwrap();
    let owner = house.owner();
    let client = house.client("Pilar");
    let mara = house.raw().query_row("SELECT id FROM members WHERE username = 'mara'", [], |row| row.get(0));
    let mara: String = mara.unwrap();
    let noon = house.at(200);
    for (command, args) in [
        ("staff.set_switch", json!({"member_id": mara, "name": "reception_board", "on": true})),
        ("staff.change_role", json!({"member_id": mara, "role": "apprentice", "until": noon})),
        ("staff.tick", json!({"member_id": mara, "item": "shown_round", "done": true})),
        (
            "agenda.block",
            json!({"artist_id": house.artists[0], "kind": "other", "starts_at": noon,
            "ends_at": noon + 3_600_000}),
        ),
        ("board.walk_in", json!({"client_id": client, "wish": "next"})),
        (
            "projects.start",
            json!({"client_id": client, "artist_id": house.artists[0], "title": "Sleeve", "planned": 3}),
        ),
        ("studio.set_tax_rate", json!({"name": "Reduced", "bp": 800})),
        ("clients.note", json!({"client_id": client, "body": "Likes moths"})),
        ("inventory.request", json!({"kind": "need", "what": "Gloves"})),
        ("reports.save", json!({"name": "Month", "what": "period", "format": "csv", "period": "last_month"})),
        ("portfolio.add", json!({"artist_id": house.artists[0], "base64": crate::pictures::PLAIN})),
    ] {
        owner.done(command, args);
    }
    drop(owner);
    house.desk.close();
    let (mut tried, mut empty) = (0, Vec::new());
    for table in watched(&house) {
        if house.count(&format!("SELECT count(*) FROM {table}")) == 0 {
            empty.push(table);
            continue;
        }
        for column in texts(&house.raw(), &format!("SELECT name FROM pragma_table_info('{table}')")) {
            let sql = format!(
                "UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} + 1000 \
                 WHEN 'text' THEN {column} || ' ' ELSE '7' END WHERE rowid = (SELECT max(rowid) FROM {table})"
            );
            let told = format!("{table}: a row was changed outside Inkpoint");
            let problems = edit(&house, &sql);
            let found =
                problems.iter().any(|problem| *problem == told || problem.starts_with("unreadable: "));
            assert!(found, "{table}.{column}: {problems:?}");
            tried += 1;
        }
    }
    assert!(tried > 220, "{tried} fields");
    println!("{tried} fields; no row in {empty:?}");
}

#[test]
fn p05_rights_given_from_outside_are_found_and_stay_found() {
    let house = lived_in();
    let kept = house.file.with_extension("kept");
    std::fs::copy(&house.file, &kept).unwrap();
    let promote = "UPDATE members SET role = 'admin' WHERE username = 'sam'";
    for (sql, table) in [
        (promote, "members"),
        ("UPDATE members SET active = 1 - active WHERE username = 'sam'", "members"),
        (
            "INSERT INTO switches SELECT id, 'artists_see_contacts', 1, NULL, NULL, 1, id, NULL FROM members LIMIT 1",
            "switches",
        ),
        ("DELETE FROM secrets", "secrets"),
        ("UPDATE artists SET commission_bp = 9000", "artists"),
        ("UPDATE services SET price = price - 100", "services"),
        ("UPDATE appointments SET price = 1", "appointments"),
    ] {
        let told = format!("{table}: a row was changed outside Inkpoint");
        assert!(edit(&house, sql).contains(&told), "{sql}");
    }
    // What is counted on from there keeps the difference, and so does a sum that was made to fit.
    for cover in [
        "SELECT 1",
        "DELETE FROM standing",
        "UPDATE standing SET sum = zeroblob(16)",
        "UPDATE standing SET version = 1",
    ] {
        let raw = house.outsider();
        raw.execute(promote, []).unwrap();
        raw.execute_batch(&format!("BEGIN; {cover}; COMMIT")).unwrap();
        drop(raw);
        house.desk.open(&house.file).unwrap();
        house.owner().done(
            "studio.set_service",
            json!({"name": "Ear", "kind": "piercing", "minutes": 30, "price": 1}),
        );
        house.desk.close();
        house.desk.open(&house.file).unwrap();
        assert!(!house.verify().holds(), "{cover}");
        house.desk.close();
        restore(&house, &kept);
    }
}

#[test]
fn attack_47_a_file_with_other_things_in_it_is_refused_untouched() {
    let house = lived_in();
    let kept = std::fs::read(&house.file).unwrap();
    for hostile in [
        "CREATE TRIGGER up AFTER UPDATE ON members BEGIN UPDATE members SET role = 'admin' WHERE username = 'sam'; END",
        "CREATE VIEW spare AS SELECT * FROM clients",
        "CREATE TABLE theirs (x)",
        "DROP TRIGGER sales_no_update",
        "ALTER TABLE clients ADD COLUMN theirs TEXT",
        "DROP INDEX members_one_owner",
    ] {
        house.raw().execute_batch(hostile).unwrap();
        let bytes = std::fs::read(&house.file).unwrap();
        let refused = house.desk.open(&house.file).unwrap_err();
        assert_eq!(refused.code().name(), "not_a_studio", "{hostile}: {refused}");
        assert!(std::fs::read(&house.file).unwrap() == bytes, "{hostile}: it was touched");
        std::fs::write(&house.file, &kept).unwrap();
        // One that comes while the file is open is found by the next check.
        house.desk.open(&house.file).unwrap();
        house.raw().execute_batch(hostile).unwrap();
        assert!(house.verify().problems.iter().any(|problem| problem.starts_with("schema: ")), "{hostile}");
        house.desk.close();
        std::fs::write(&house.file, &kept).unwrap();
    }
}

#[test]
fn attack_32_the_chain_shows_every_edit_cut_and_swap() {
    let house = lived_in();
    let columns = texts(&house.raw(), "SELECT name FROM pragma_table_info('journal')");
    for column in
        columns.iter().filter(|column| !matches!(column.as_str(), "seq" | "prev" | "hash" | "seals"))
    {
        let sql = format!(
            "UPDATE journal SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} - 1 \
             WHEN 'text' THEN {column} || ' ' ELSE 'x' END WHERE seq = 5"
        );
        let problems = edit(&house, &sql);
        assert!(problems.contains(&"journal: row 5 was changed".to_owned()), "{column}: {problems:?}");
    }
    for (sql, problem) in [
        ("UPDATE journal SET seals = '[]' WHERE seals <> '[]'", "was changed"),
        ("UPDATE journal SET prev = zeroblob(32) WHERE seq = 5", "row 5 was changed"),
        ("UPDATE journal SET hash = randomblob(32) WHERE seq = 5", "row 5 was changed"),
        ("UPDATE journal SET seq = 1000 WHERE seq = 5", "row 5 is missing"),
        ("DELETE FROM journal WHERE seq = 5", "row 5 is missing"),
        ("DELETE FROM journal WHERE seq = 1", "row 1 is missing"),
        (
            "UPDATE journal SET seq = CASE seq WHEN 5 THEN -6 WHEN 6 THEN -5 END WHERE seq IN (5, 6)",
            "missing",
        ),
    ] {
        let problems = edit(&house, sql);
        assert!(problems.iter().any(|found| found.contains(problem)), "{sql}: {problems:?}");
    }
}

#[test]
fn attack_32_two_rows_that_trade_places_are_found() {
    let house = lived_in();
    let kept = house.file.with_extension("kept");
    std::fs::copy(&house.file, &kept).unwrap();
    house
        .outsider()
        .execute_batch(
            "UPDATE journal SET seq = -5 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 6;
             UPDATE journal SET seq = 6 WHERE seq = -5;",
        )
        .unwrap();
    house.desk.open(&house.file).unwrap();
    assert!(!house.verify().holds());
    house.desk.close();
    restore(&house, &kept);
}

/// Gives the rows from `first` to `last` hashes that fit what now stands in them, as somebody would who knows how.
pub fn hash_again(raw: &Connection, first: i64, last: i64) {
    for seq in first..=last {
        raw.execute(
            "UPDATE journal SET prev = coalesce((SELECT hash FROM journal WHERE seq = ?1 - 1), zeroblob(32)) WHERE seq = ?1",
            [seq],
        )
        .unwrap();
        let hash: Vec<u8> = raw
            .query_row(
                "SELECT prev, seq, at, member_id, role, elevated_by, command, outcome, details, seals
                 FROM journal WHERE seq = ?1",
                [seq],
                |row| {
                    let mut hasher = Sha256::new();
                    hasher.update(row.get::<_, Vec<u8>>(0)?);
                    for column in 1..10 {
                        match row.get_ref(column)? {
                            ValueRef::Null => hasher.update([&[0][..], &0_u64.to_be_bytes()].concat()),
                            ValueRef::Integer(number) => {
                                hasher.update([&[1][..], &number.to_be_bytes()].concat())
                            }
                            ValueRef::Text(text) => {
                                let length = u64::try_from(text.len()).unwrap().to_be_bytes();
                                hasher.update([&[3][..], &length, text].concat());
                            }
                            other => panic!("{other:?}"),
                        }
                    }
                    Ok(hasher.finalize().to_vec())
                },
            )
            .unwrap();
        raw.execute("UPDATE journal SET hash = ?2 WHERE seq = ?1", (seq, hash)).unwrap();
    }
}

#[test]
fn attack_32_a_row_that_was_hashed_again_does_not_fit_the_next() {
    let house = lived_in();
    let raw = house.outsider();
    raw.execute("UPDATE journal SET outcome = 'denied' WHERE seq = 5", []).unwrap();
    hash_again(&raw, 5, 5);
    drop(raw);
    house.desk.open(&house.file).unwrap();
    assert_eq!(house.verify().problems, ["journal: row 6 was changed"]);
}

#[test]
fn attack_32_a_chain_that_was_hashed_again_to_its_end_is_found_by_the_head_outside() {
    let house = lived_in();
    let raw = house.outsider();
    let last = house.count("SELECT max(seq) FROM journal");
    hash_again(&raw, 2, last);
    drop(raw);
    house.desk.open(&house.file).unwrap();
    house.assert_holds();
    house.desk.close();

    let raw = house.outsider();
    raw.execute("UPDATE journal SET outcome = 'denied' WHERE seq = 5", []).unwrap();
    hash_again(&raw, 5, last);
    drop(raw);
    house.desk.open(&house.file).unwrap();
    assert_eq!(house.verify().problems, ["journal: the head kept outside the file is not in the chain"]);
}

#[test]
fn attack_32_a_tail_that_is_cut_is_found() {
    let house = lived_in();
    // The last rows are a sale's: its rows stay behind without a seal, and the head outside knows better.
    let problems = edit(&house, "DELETE FROM journal WHERE seq > (SELECT max(seq) - 3 FROM journal)");
    assert!(problems.iter().any(|problem| problem.contains("was never journaled")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("head kept outside")), "{problems:?}");
}

#[test]
fn d26_a_tail_cut_with_all_its_traces_is_found_by_the_head_outside() {
    let house = House::staffed();
    house.client("Joana");
    house.desk.close();
    let problems = edit(&house, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)");
    let outside = "journal: the head kept outside the file is not in the chain";
    assert_eq!(problems, ["clients: a row was changed outside Inkpoint", outside]);
}

#[test]
fn d26_a_file_put_back_is_found_and_takes_no_money() {
    let house = lived_in();
    let yesterday = house.file.with_extension("yesterday");
    std::fs::copy(&house.file, &yesterday).unwrap();
    house.desk.open(&house.file).unwrap();
    let item = house.item("GEL", 100, 5);
    let owner = house.owner();
    owner.done(
        "till.sell",
        json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 100}]}),
    );
    drop(owner);
    house.desk.close();
    restore(&house, &yesterday);
    house.desk.open(&house.file).unwrap();
    let problems = house.verify().problems;
    assert_eq!(problems, ["journal: the head kept outside the file is not in the chain"]);
    let owner = house.owner();
    assert_eq!(owner.done("desk.status", json!({}))["studio"]["anchored"], false);
    for (command, args) in [
        ("till.cash_move", json!({"direction": "in", "amount": 1, "reason": "Coins"})),
        ("till.close_session", json!({"counts": []})),
    ] {
        assert_eq!(house.leaves_no_trace(|| owner.refused(command, args)), "damaged", "{command}");
    }
    owner.done("agenda.list", json!({"day": "2026-11-20"}));
    drop(owner);
    house.desk.close();
    assert!(!{
        house.desk.open(&house.file).unwrap();
        house.verify().holds()
    });
}

#[test]
fn d26_without_a_head_outside_the_report_says_so_rather_than_fine() {
    let house = lived_in();
    std::fs::remove_dir_all(house.home.path().join("config/anchors")).unwrap();
    house.desk.open(&house.file).unwrap();
    assert_eq!(house.verify().anchor, "no anchor");
}

#[test]
fn p05_numbers_and_totals_are_worked_out_anew() {
    let house = lived_in();
    for (sql, problem) in [
        ("UPDATE counters SET value = value + 1 WHERE name = 'receipt'", "sales: receipt numbers have a gap"),
        ("UPDATE counters SET value = value + 1 WHERE name = 'z'", "drawer_closings: z numbers have a gap"),
        ("UPDATE drawer_sessions SET is_open = 0 WHERE is_open = 1", "drawer: a closed drawer still counts"),
        ("UPDATE sale_tips SET sale_id = 'nowhere'", "sale_tips: a row points at one that is not there"),
    ] {
        let problems = edit(&house, sql);
        assert!(problems.iter().any(|found| found.starts_with(problem)), "{sql}: {problems:?}");
    }
}

#[test]
fn attack_31_the_file_itself_refuses_to_forget() {
    let house = lived_in();
    let raw = house.raw();
    raw.pragma_update(None, "recursive_triggers", true).unwrap();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    let mut tables: Vec<&str> = SEALED.to_vec();
    tables.push("journal");
    for table in tables {
        let key = if table == "journal" { "seq" } else { "id" };
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET {key} = {key}"),
            format!("UPDATE OR REPLACE {table} SET {key} = {key}"),
            format!("UPDATE OR IGNORE {table} SET {key} = {key}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
            format!("REPLACE INTO {table} SELECT * FROM {table}"),
        ] {
            let refused = raw.execute(&sql, []);
            // The drawer's mark may be closed, and a row that stays as it is changes nothing.
            let harmless = table == "drawer_sessions" && sql.starts_with("UPDATE");
            assert!(harmless || refused.is_err(), "{sql} went through");
        }
    }
    drop(raw);
    house.desk.open(&house.file).unwrap();
    house.assert_holds();
}

#[test]
fn attack_31_the_core_itself_runs_with_recursive_triggers() {
    // Without them INSERT OR REPLACE slips past the triggers above: the negative control.
    let house = lived_in();
    let raw = house.raw();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    raw.pragma_update(None, "recursive_triggers", false).unwrap();
    raw.execute("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 5", []).unwrap();
}

#[test]
fn d20_refusals_are_journaled_and_equal_ones_of_a_minute_are_one_row() {
    let house = House::staffed();
    let client = house.client("Joana");
    let mara = house.seat("mara");
    let before = house.count("SELECT count(*) FROM journal");
    for _ in 0..5 {
        house.leaves_no_trace(|| mara.refused("clients.delete", json!({"client_id": client})));
    }
    assert_eq!(house.count("SELECT count(*) FROM journal"), before + 1);
    mara.refused("clients.restore", json!({"client_id": client}));
    house.seat("pia").refused("clients.delete", json!({"client_id": client}));
    // Pia's sign-in, two further refusals.
    assert_eq!(house.count("SELECT count(*) FROM journal"), before + 4);
    house.clock.pass(MINUTE);
    mara.refused("clients.delete", json!({"client_id": client}));
    let log = house.owner().done("activity.list", json!({"refusals": true, "member_id": mara.member}));
    let seen: Vec<Value> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["command"], row["outcome"], row["count"]]))
        .collect();
    let expected = [
        json!(["clients.delete", "denied", 1]),
        json!(["clients.restore", "denied", 1]),
        json!(["clients.delete", "denied", 5]),
    ];
    assert_eq!(seen, expected);
    house.assert_holds();
}

#[test]
fn d20_what_nobody_may_do_signed_out_is_journaled_and_malformed_input_is_not() {
    let house = House::staffed();
    let out = house.desk.beside();
    let rows = || house.count("SELECT count(*) FROM journal");
    let before = rows();
    assert_eq!(ask(&out, "agenda.list", None, json!({"day": "x"})).unwrap_err()["code"], "no_session");
    assert_eq!(rows(), before + 1);
    let owner = house.owner();
    let before = rows();
    for (command, args) in [
        ("agenda.list", json!({"day": "x"})),
        ("clients.create", json!({"name": 7})),
        ("clients.create", json!({"name": "Joana", "more": 1})),
        ("till.sell", json!([])),
        ("till.nothing", json!({})),
        ("clients.open", json!({"client_id": "nobody"})),
    ] {
        owner.refused(command, args);
    }
    assert_eq!(rows(), before);
}

#[test]
fn t053_attack_30_only_owner_and_admin_read_the_journal() {
    let house = House::staffed();
    for username in ["sam", "mara", "pia"] {
        assert_eq!(house.seat(username).refused("activity.list", json!({})), "denied", "{username}");
    }
    assert_eq!(house.elevated("sue").refused("activity.list", json!({})), "denied");
    let bea = house.seat("bea");
    let page = bea.done("activity.list", json!({"limit": 5}));
    assert_eq!(page.as_array().unwrap().len(), 5);
    let next = bea.done("activity.list", json!({"limit": 5, "before": page[4]["seq"]}));
    assert_eq!(next[0]["seq"].as_i64().unwrap(), page[4]["seq"].as_i64().unwrap() - 1);
}

#[test]
fn p16_f29_no_journal_row_holds_what_a_person_typed() {
    const CANARY: &str = "KANARI";
    let house = House::staffed();
    let sam = house.elevated("sam");
    let owner = house.owner();
    let form = json!({
        "name": "KANARI Name", "phone": "555 KANARI", "email": "KANARI@mail.mx", "instagram": "@KANARI",
        "alerts": "KANARI allergy", "birth_date": "1990-01-01",
    });
    let client = text(&sam.done("clients.create", form.clone())["client"]["id"]);
    sam.done("clients.edit", json!({"client_id": client, "form": form}));
    let slot = json!({
        "artist_id": house.artists[0], "client_id": client, "service_id": house.services[0],
        "starts_at": house.at(2), "note": "KANARI note",
    });
    let visit = text(&sam.done("agenda.book", slot)["card"]["id"]);
    sam.done("agenda.edit", json!({"appointment_id": visit, "note": "KANARI again"}));
    sam.done("clients.note", json!({"client_id": client, "appointment_id": visit, "body": "KANARI body"}));
    sam.done("agenda.cancel", json!({"appointment_id": visit, "reason": "KANARI reason"}));
    sam.done(
        "agenda.block",
        json!({
        "artist_id": house.artists[0], "kind": "other", "starts_at": house.at(5), "ends_at": house.at(6),
        "note": "KANARI block"}),
    );
    sam.done("till.open_session", json!({"float": 100_000}));
    sam.done("till.cash_move", json!({"direction": "in", "amount": 1, "reason": "KANARI coins"}));
    sam.done("till.open_drawer", json!({"reason": "KANARI drawer"}));
    let item = text(
        &sam.done(
            "inventory.create_item",
            json!({
        "form": {"sku": "KANARI", "name": "KANARI item", "price": 100}, "on_hand": 9}),
        )["id"],
    );
    sam.done("inventory.stock_adj", json!({"item_id": item, "quantity": 1, "reason": "KANARI adj"}));
    let sale = sam.done(
        "till.sell",
        json!({
        "client_id": client, "lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 100}]}),
    );
    sam.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "cash", "reason": "KANARI refund"}));
    sam.done("till.close_session", json!({"counts": [], "reason": "KANARI short"}));
    sam.done("session.elevate", json!({"code": house.master_code, "reason": "KANARI elevate"}));
    sam.done("clients.delete", json!({"client_id": client}));
    owner.done("staff.create_user", json!({"username": "kanari", "name": "KANARI Member", "role": "artist"}));
    let member = house.seat("mara").member;
    owner.done(
        "staff.set_switch",
        json!({
        "member_id": member, "name": "reception_board", "on": true, "reason": "KANARI switch"}),
    );
    owner.done("security.settings", json!({"name": "KANARI Studio", "receipt_note": "KANARI Street 1"}));
    owner.done(
        "studio.set_service",
        json!({"name": "KANARI service", "kind": "other", "minutes": 30, "price": 1}),
    );
    let _refused = ask(
        &house.desk.beside(),
        "session.sign_in",
        None,
        json!({"username": "KANARI user", "password": "KANARI password"}),
    );
    let found: i64 = house
        .raw()
        .query_row(
            "SELECT count(*) FROM journal WHERE instr(upper(command || outcome || details || seals
                 || coalesce(member_id, '') || coalesce(elevated_by, '')), ?1) > 0",
            [CANARY],
            |row| row.get(0),
        )
        .unwrap();
    let row = texts(
        &house.raw(),
        "SELECT command || details FROM journal WHERE instr(upper(details), 'KANARI') > 0",
    );
    assert_eq!(found, 0, "{row:?}");
    assert!(house.count("SELECT count(*) FROM journal") > 30, "the canaries did sing");
    house.assert_holds();
}

#[test]
fn f29_no_password_and_no_code_is_anywhere_in_the_file() {
    let house = House::staffed();
    house.elevated("sam");
    let owner = house.owner();
    let rotated = text(&owner.done("security.rotate_code", json!({}))["code"]);
    let made = owner.done("staff.create_user", json!({"username": "eva", "name": "Eva", "role": "artist"}));
    let member = text(&made["member"]["id"]);
    let reset = text(&owner.done("staff.reset_password", json!({"member_id": member}))["password"]);
    let recover = json!({"recovery_code": house.recovery_code, "new_password": "Third-Needle-9"});
    let recovered = text(&house.ask("session.recover", recover).unwrap()["recovery_code"]);
    drop(owner);
    house.desk.close();
    let secrets = [
        OWNER_PASSWORD,
        PASSWORD,
        "Third-Needle-9",
        &house.master_code,
        &house.recovery_code,
        &rotated,
        &text(&made["password"]),
        &reset,
        &recovered,
    ]
    .map(str::to_owned);
    let mut searched = 0;
    let mut folders = vec![house.home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            searched += bytes.len();
            for secret in &secrets {
                for written in [secret.clone(), secret.replace('-', ""), secret.to_lowercase()] {
                    let found = bytes.windows(written.len()).any(|window| window == written.as_bytes());
                    assert!(!found, "{written} is in {}", path.display());
                }
            }
        }
    }
    assert!(searched > 100_000);
}
