//! The activity log: every filter against the whole log, the export as a spreadsheet would read it, the chain, and the
//! monthly review against a count of its own.

use std::collections::BTreeMap;
use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{Dice, HOUR, House, MINUTE, MORNING, OWNER_PASSWORD, PASSWORD, Seat, ask, text};

/// A refusal without what differs from request to request; nothing but the journal may know of it.
#[track_caller]
fn told(house: &House, seat: &Seat, command: &str, args: Value) -> Value {
    let answer = house.leaves_no_trace(|| seat.ask(command, args.clone()));
    match answer {
        Ok(reply) => panic!("{command} {args} went through: {reply}"),
        Err(fault) => json!([fault["code"], fault["params"]]),
    }
}

const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"Ana, Ruiz\")";

/// A day with entries of every kind: sign-ins, wrong ones, refusals in a row, money with the code and with an approver,
/// roles, switches, settings, a rotation. Everybody's desk is left.
fn a_day(house: &House) {
    let item = house.item("SOAP", 12_000, 50);
    let client = house.client("@SUM(A1:A9)");
    let visit = house.book(0, &client, 2);
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 50_000}));
    for reason in ["+1+1", "Torn, \"badly\""] {
        owner.done("till.open_drawer", json!({"reason": reason}));
    }
    house.clock.pass(1_000);
    let sam = house.elevated("sam");
    for _ in 0..2 {
        sam.done("inventory.stock_adj", json!({"item_id": item, "quantity": 1, "reason": "Recount"}));
    }
    let sale = sam.done(
        "till.sell",
        json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 12_000}]}),
    );
    sam.done(
        "till.refund",
        json!({"sale_id": sale["sale_id"], "tender": "cash", "reason": "Torn, \"badly\""}),
    );
    let sue = house.seat("sue");
    sue.refused("clients.delete", json!({"client_id": client}));
    house.clock.pass(1_000);
    sue.done(
        "session.elevate",
        json!({"approver": {"username": "bea", "password": PASSWORD}, "reason": "Twin"}),
    );
    sue.done("clients.delete", json!({"client_id": client}));
    sue.done("clients.restore", json!({"client_id": client}));
    house.clock.pass(1_000);
    let mara = house.seat("mara");
    for _ in 0..3 {
        mara.refused("clients.delete", json!({"client_id": client}));
    }
    mara.refused("security.settings", json!({"idle_minutes": 30}));
    mara.done("agenda.edit", json!({"appointment_id": visit, "note": "x"}));
    mara.done("clients.note", json!({"client_id": client, "appointment_id": visit, "body": "x"}));
    for (username, times) in [("dario", 2), ("nobody", 3)] {
        for _ in 0..times {
            let wrong = json!({"username": username, "password": "Wrong-Password-1"});
            ask(&house.desk.beside(), "session.sign_in", None, wrong).unwrap_err();
        }
    }
    ask(&house.desk.beside(), "agenda.list", None, json!({"day": "2026-11-20"})).unwrap_err();
    house.clock.pass(1_000);
    let pia = house.seat("pia").member;
    owner.done("staff.change_role", json!({"member_id": pia, "role": "artist", "reason": "=1+1"}));
    owner.done(
        "staff.change_role",
        json!({"member_id": pia, "role": "admin", "until": house.now() + 3 * HOUR}),
    );
    owner.done("staff.set_switch", json!({"member_id": mara.member, "name": "reception_board", "on": true}));
    owner.done("staff.edit_profile", json!({"member_id": mara.member, "name": FORMULA}));
    owner.done("security.settings", json!({"elevation_minutes": 6}));
    owner.done("security.rotate_code", json!({}));
    house.clock.pass(1_000);
}

fn log(seat: &Seat, args: Value) -> Vec<Value> {
    seat.done("activity.list", args).as_array().unwrap().clone()
}

/// Every entry, page by page, newest first.
fn whole(seat: &Seat) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    loop {
        let mut args = json!({"limit": 7});
        if let Some(last) = rows.last() {
            args["before"] = last["seq"].clone();
        }
        let page = log(seat, args);
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// What a command is about, said here once more and otherwise than in the core.
fn kind_of(command: &str) -> &'static str {
    match command {
        "session.elevate"
        | "session.drop_elevation"
        | "security.rotate_code"
        | "security.report_suspicion" => "code",
        "studio.transfer" => "people",
        _ if command.starts_with("session.") => "sign_in",
        _ if command.starts_with("staff.") => "people",
        _ if command.starts_with("agenda.") => "agenda",
        _ if command.starts_with("clients.") => "clients",
        _ if command.starts_with("till.") || command.starts_with("reports.") => "money",
        _ if command.starts_with("inventory.") => "stock",
        _ if command.starts_with("activity.") => "log",
        _ => "settings",
    }
}

fn seqs(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["seq"].as_i64().unwrap()).collect()
}

#[test]
fn a027_t102_every_filter_and_any_of_them_together_pick_from_the_whole_log_and_nothing_else() {
    let house = House::staffed();
    a_day(&house);
    let owner = house.owner();
    let all = whole(&owner);
    let count = i64::try_from(all.len()).unwrap();
    assert_eq!(seqs(&all), (1..=count).rev().collect::<Vec<_>>(), "every entry once, in order");
    assert_eq!(house.count("SELECT count(*) FROM journal"), count);
    for row in &all {
        assert_eq!(row["kind"], kind_of(row["command"].as_str().unwrap()), "{row}");
    }
    let picks = |args: &Value, row: &Value| {
        let command = row["command"].as_str().unwrap();
        let at = row["at"].as_i64().unwrap();
        let is_change =
            matches!(command, "staff.change_role" | "studio.transfer") && row["outcome"] == "done";
        args["kind"].as_str().is_none_or(|kind| kind_of(command) == kind)
            && (args["member_id"].is_null() || args["member_id"] == row["member_id"])
            && (args["refusals"] != true || row["outcome"] != "done")
            && (args["elevated"] != true || !row["elevated_by"].is_null())
            && (args["role_changes"] != true || is_change)
            && args["from"].as_i64().is_none_or(|from| at >= from)
            && args["to"].as_i64().is_none_or(|to| at < to)
            && args["before"].as_i64().is_none_or(|before| row["seq"].as_i64().unwrap() < before)
    };
    let check = |args: &Value| {
        let limit = usize::try_from(args["limit"].as_i64().unwrap_or(100)).unwrap();
        let expected: Vec<Value> = all.iter().filter(|row| picks(args, row)).take(limit).cloned().collect();
        assert_eq!(seqs(&log(&owner, args.clone())), seqs(&expected), "{args}");
        expected.len()
    };
    let kinds = ["sign_in", "people", "agenda", "clients", "money", "stock", "settings", "code", "log"];
    for kind in &kinds[..8] {
        assert!(check(&json!({"kind": kind})) > 0, "{kind}");
    }
    assert!(check(&json!({"refusals": true})) > 5);
    assert_eq!(check(&json!({"elevated": true})), 5);
    assert_eq!(check(&json!({"role_changes": true})), 2);
    let mut dice = Dice::new("a027_every_filter");
    let members: Vec<Value> = all.iter().map(|row| row["member_id"].clone()).collect();
    let times: Vec<i64> = all.iter().map(|row| row["at"].as_i64().unwrap()).collect();
    let mut found = 0;
    for _ in 0..300 {
        let mut args = json!({});
        if dice.below(3) == 0 {
            args["kind"] = json!(dice.pick(&kinds));
        }
        if dice.below(3) == 0 {
            args["member_id"] = dice.pick(&members).clone();
        }
        for flag in ["refusals", "elevated", "role_changes"] {
            if dice.below(5) == 0 {
                args[flag] = json!(dice.below(2) == 0);
            }
        }
        for edge in ["from", "to"] {
            if dice.below(4) == 0 {
                args[edge] = json!(dice.pick(&times) + dice.between(-1, 1));
            }
        }
        if dice.below(4) == 0 {
            args["before"] = json!(dice.between(1, count + 1));
        }
        if dice.below(3) == 0 {
            args["limit"] = json!(dice.between(1, 20));
        }
        found += check(&args);
    }
    assert!(found > 300, "the filters left something: {found}");
    for limit in [0, -1, 501, i64::MAX] {
        assert_eq!(told(&house, &owner, "activity.list", json!({"limit": limit}))[1]["field"], "limit");
    }
}

#[test]
fn a027_entries_name_people_as_they_are_called_today_and_roles_before_and_after() {
    let house = House::staffed();
    a_day(&house);
    let owner = house.owner();
    let changes = log(&owner, json!({"role_changes": true}));
    let told: Vec<Value> = changes
        .iter()
        .map(|row| {
            json!([
                row["member"],
                row["names"]["member"],
                row["details"]["old_role"],
                row["details"]["new_role"],
                row["details"]["until"].is_i64(),
                row["reason"]
            ])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!(["Ana Ruiz", "Pia Campos", "artist", "admin", true, null]),
            json!(["Ana Ruiz", "Pia Campos", "apprentice", "artist", false, "=1+1"]),
        ]
    );
    assert!(log(&owner, json!({})).iter().any(|row| row["member"] == FORMULA), "Mara, by her new name");
    let by: Vec<Value> =
        log(&owner, json!({"elevated": true})).iter().map(|row| row["elevated_by"].clone()).collect();
    assert_eq!(by, ["Bea Soto", "Bea Soto", "code", "code", "code"].map(|by| json!(by)));
    let elevate =
        log(&owner, json!({"kind": "code"})).into_iter().find(|row| row["reason"] == "Twin").unwrap();
    assert_eq!(elevate["names"]["approver"], "Bea Soto", "D05: who asked, who approved, why");
    assert_eq!(elevate["member"], "Sue Prado");
    let wrong = log(&owner, json!({"refusals": true, "kind": "sign_in"}));
    let tries: Vec<Value> =
        wrong.iter().map(|row| json!([row["member"], row["outcome"], row["count"]])).collect();
    assert_eq!(tries, [json!([null, "bad_credentials", 3]), json!(["Dario Vega", "bad_credentials", 2])]);
}

/// The table as a spreadsheet would read it: a header, and rows of as many cells.
fn read(sheet: &Value) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let written = text(&sheet["text"]);
    let plain = written.strip_prefix('\u{FEFF}').expect("a mark that it is UTF-8");
    assert!(!plain.replace("\r\n", "").contains('\r'), "lines end as RFC 4180 says");
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(plain.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|row| header.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect();
    (header, rows)
}

#[test]
fn a027_t106_attack_42_the_export_is_the_log_as_a_table_without_formulas() {
    let house = House::staffed();
    a_day(&house);
    let bea = house.seat("bea");
    for filter in [
        json!({}),
        json!({"role_changes": true}),
        json!({"refusals": true}),
        json!({"elevated": true}),
        json!({"kind": "stock"}),
    ] {
        let mut wide = filter.clone();
        wide["limit"] = json!(500);
        let expected = log(&bea, wide);
        let sheet = bea.done("activity.export", filter.clone());
        assert_eq!(sheet["name"], "activity-2026-11-20.csv");
        let (header, rows) = read(&sheet);
        assert_eq!(
            header,
            [
                "entry",
                "time",
                "member",
                "role",
                "kind",
                "command",
                "outcome",
                "times",
                "opened by",
                "old role",
                "new role",
                "about",
                "reason",
                "details",
                "hash"
            ]
        );
        assert_eq!(json!(rows.len()), sheet["rows"], "{filter}");
        assert!(!rows.is_empty(), "{filter}");
        let told = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        let or_empty = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!(rows.len(), expected.len(), "{filter}");
        for (row, entry) in rows.iter().zip(&expected) {
            assert_eq!(row["entry"], entry["seq"].to_string());
            for (column, field) in [
                ("member", "member"),
                ("role", "role"),
                ("command", "command"),
                ("outcome", "outcome"),
                ("kind", "kind"),
                ("opened by", "elevated_by"),
                ("reason", "reason"),
                ("hash", "hash"),
            ] {
                assert_eq!(told(&row[column]), or_empty(&entry[field]), "{column}");
            }
            assert_eq!(row["times"], entry["count"].to_string());
            assert_eq!(row["old role"], or_empty(&entry["details"]["old_role"]));
            assert_eq!(row["new role"], or_empty(&entry["details"]["new_role"]));
            assert_eq!(serde_json::from_str::<Value>(&row["details"]).unwrap(), entry["details"]);
            // The studio's time, not UTC: nine in the morning in Mexico City.
            assert!(row["time"].starts_with("2026-11-20") && row["time"].contains("09:0"), "{}", row["time"]);
            for cell in row.values() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '%', '|']), "a formula: {cell}");
            }
        }
        // The export is an entry itself, with what was taken along.
        let entry = &log(&bea, json!({"limit": 1}))[0];
        assert_eq!(
            (&entry["command"], &entry["details"]["rows"]),
            (&json!("activity.export"), &sheet["rows"])
        );
        assert_eq!((&entry["kind"], &entry["member"]), (&json!("log"), &json!("Bea Soto")));
    }
    // What would have been a formula is there, as text.
    let (_, rows) = read(&bea.done("activity.export", json!({})));
    let has = |column: &str, cell: &str| rows.iter().any(|row| row[column] == cell);
    assert!(has("member", &format!("'{FORMULA}")) && has("about", "'@SUM(A1:A9)"));
    assert!(has("reason", "'=1+1") && has("reason", "'+1+1") && has("reason", "Torn, \"badly\""));
    for page in [json!({"limit": 5}), json!({"before": 5}), json!({"limit": 1, "kind": "stock"})] {
        assert_eq!(told(&house, &bea, "activity.export", page)[1]["field"], "limit", "an export is whole");
    }
    // Whose entries were exported is part of what left the house.
    let sam = house.seat("sam").member;
    bea.done("activity.export", json!({"member_id": sam}));
    assert_eq!(log(&bea, json!({"limit": 1}))[0]["details"]["filter"]["member_id"], sam.as_str());
}

#[test]
fn p16_an_export_leaves_no_copy_of_itself_in_the_file() {
    let house = House::staffed();
    a_day(&house);
    let owner = house.owner();
    let size = || {
        house.count("SELECT coalesce(sum(length(reply)), 0) FROM request_keys WHERE command LIKE '%.export'")
    };
    let key = crate::studio_house::fresh_key();
    let first = owner.ask_with("activity.export", &key, json!({})).unwrap();
    assert_eq!(size(), 0, "names in a stored reply would outlive an erasure");
    let again = owner.ask_with("activity.export", &key, json!({})).unwrap();
    assert_eq!(
        again["rows"].as_i64(),
        first["rows"].as_i64().map(|rows| rows + 1),
        "asked again, it is made again"
    );
}

#[test]
fn d26_the_chain_is_shown_as_it_stands_against_the_head_outside() {
    let house = House::staffed();
    let owner = house.owner();
    house.clock.pass(60_000);
    house.client("Joana");
    let last = || -> (i64, String, i64) {
        let sql = "SELECT seq, lower(hex(hash)), at FROM journal ORDER BY seq DESC LIMIT 1";
        house.raw().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
    };
    let chain = house.leaves_no_trace(|| owner.done("activity.chain", json!({})));
    let (seq, hash, at) = last();
    assert_eq!(chain, json!({"entries": seq, "head": hash, "at": at, "anchor": "holds"}));
    assert_eq!(log(&owner, json!({"limit": 1}))[0]["hash"], hash.as_str());
    let whole = house.leaves_no_trace(|| owner.done("activity.verify", json!({})));
    assert_eq!(
        json!([whole["entries"], whole["holds"], whole["problems"], whole["anchor"]]),
        json!([seq, true, [], "holds"])
    );
    let anchors = house.home.path().join("config/anchors");
    let kept: Vec<std::path::PathBuf> =
        std::fs::read_dir(&anchors).unwrap().map(|entry| entry.unwrap().path()).collect();
    let anchor = std::fs::read_to_string(&kept[0]).unwrap();
    std::fs::write(&kept[0], anchor.replace("\"hash\":\"", "\"hash\":\"00")).unwrap();
    assert_eq!(owner.done("activity.chain", json!({}))["anchor"], "broken");
    let found = owner.done("activity.verify", json!({}));
    assert_eq!(json!([found["holds"], found["anchor"]]), json!([false, "broken"]));
    std::fs::remove_file(&kept[0]).unwrap();
    let found = owner.done("activity.verify", json!({}));
    assert_eq!(
        json!([found["holds"], found["anchor"]]),
        json!([true, "none"]),
        "none is not the same as fine"
    );
    assert_eq!(owner.done("activity.chain", json!({}))["anchor"], "none");
}

#[test]
fn attack_30_attack_32_what_somebody_edited_by_hand_is_found_from_the_desk() {
    let edits = [
        (
            "UPDATE journal SET outcome = 'done' WHERE seq = (SELECT min(seq) FROM journal WHERE outcome <> 'done')",
            "journal: ",
        ),
        ("UPDATE journal SET member_id = NULL WHERE command = 'staff.change_role'", "journal: "),
        ("UPDATE journal SET details = '{}' WHERE command = 'security.settings'", "journal: "),
        ("UPDATE journal SET elevated_by = NULL WHERE elevated_by = 'code'", "journal: "),
        ("DELETE FROM journal WHERE command = 'staff.change_role'", "journal: "),
        ("UPDATE sale_tenders SET amount = amount - 1", "sale_tenders: "),
    ];
    for (sql, beginning) in edits {
        let house = House::staffed();
        a_day(&house);
        let owner = house.owner();
        assert_eq!(owner.done("activity.verify", json!({}))["holds"], true);
        assert!(house.outsider().execute(sql, []).unwrap() > 0, "{sql}");
        let found = owner.done("activity.verify", json!({}));
        assert_eq!(found["holds"], false, "{sql}");
        let problems = found["problems"].as_array().unwrap();
        assert!(
            problems.iter().any(|problem| problem.as_str().unwrap().starts_with(beginning)),
            "{sql}: {problems:?}"
        );
    }
}

// ---- the monthly review --------------------------------------------------------------------------------------------

/// What the review must say of a period, counted from the file's own rows.
fn counted(house: &House, from: i64, to: i64) -> Value {
    type Row = (Option<String>, String, String, Option<String>, i64);
    let raw = house.raw();
    let mut statement = raw
        .prepare(
            "SELECT (SELECT name FROM members WHERE id = member_id), command, outcome,
                 CASE elevated_by WHEN 'code' THEN 'code' ELSE (SELECT name FROM members WHERE id = elevated_by) END,
                 coalesce((SELECT count FROM refusal_counts c WHERE c.seq = journal.seq), 1)
             FROM journal WHERE at >= ?1 AND at < ?2",
        )
        .unwrap();
    let rows: Vec<Row> = statement
        .query_map([from, to], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let (mut refusals, mut tries, mut elevated) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut elevations, mut rotations, mut exports) = (0, 0, 0);
    for (member, command, outcome, by, count) in rows {
        let wait = outcome == "throttled" && command.starts_with("session.sign_in");
        if outcome == "bad_credentials" || wait {
            *tries.entry(json!(member).to_string()).or_insert(0) += count;
        } else if outcome != "done" {
            *refusals.entry(json!([member, outcome, command]).to_string()).or_insert(0) += count;
        }
        if let Some(by) = by {
            *elevated.entry(json!([member, by, command]).to_string()).or_insert(0) += 1;
        }
        elevations += i64::from(command == "session.elevate" && outcome == "done");
        rotations += i64::from(command == "security.rotate_code" && outcome == "done");
        exports += i64::from(command.ends_with(".export") && outcome == "done");
    }
    json!({"refusals": refusals, "tries": tries, "elevated": elevated, "elevations": elevations, "rotations": rotations,
        "exports": exports})
}

/// The same of what the review says.
fn said(review: &Value) -> Value {
    let sums = |list: &str, key: fn(&Value) -> Value| -> BTreeMap<String, i64> {
        let rows = review[list].as_array().unwrap();
        let told: BTreeMap<String, i64> =
            rows.iter().map(|row| (key(row).to_string(), row["count"].as_i64().unwrap())).collect();
        assert_eq!(told.len(), rows.len(), "{list}: a line twice");
        told
    };
    json!({
        "refusals": sums("refusals", |row| json!([row["member"], row["code"], row["command"]])),
        "tries": sums("failed_sign_ins", |row| row["member"].clone()),
        "elevated": sums("elevated", |row| json!([row["member"], row["by"], row["command"]])),
        "elevations": review["elevations"], "rotations": review["rotations"],
        "exports": review["exports"].as_array().unwrap().len(),
    })
}

#[test]
fn t107_a028_the_review_says_what_a_count_of_the_rows_says() {
    let house = House::staffed();
    a_day(&house);
    house.owner().done("activity.export", json!({}));
    // Somebody who never came, and somebody who left.
    let owner = house.owner();
    owner.done("staff.create_user", json!({"username": "eva", "name": "Eva Rios", "role": "assistant"}));
    let dario = house.seat("dario").member;
    owner.done("staff.set_active", json!({"member_id": dario, "active": false}));
    drop(owner);
    let bea = house.seat("bea");
    let review = house.leaves_no_trace(|| bea.done("activity.review", json!({"month": "2026-11"})));
    // November in Mexico City: from 06:00 UTC on the first to 06:00 UTC on the first of December.
    assert_eq!(
        (&review["from"], &review["to"]),
        (&json!(1_793_512_800_000_i64), &json!(1_796_104_800_000_i64))
    );
    let expected = counted(&house, 1_793_512_800_000, 1_796_104_800_000);
    assert_eq!(said(&review), expected);
    assert!(
        expected["refusals"].as_object().unwrap().len() >= 4 && expected["elevations"] == 2,
        "{expected}"
    );
    let accounts = &review["accounts"];
    // Pia is an admin for now, Dario is gone, Eva never came.
    assert_eq!(accounts["active"], json!({"owner": 1, "admin": 2, "assistant": 3, "artist": 1}));
    let names = |list: &str| -> Vec<String> {
        accounts[list].as_array().unwrap().iter().map(|line| text(&line["name"])).collect()
    };
    assert_eq!(
        (names("created").len(), names("archived"), names("never_signed_in")),
        (8, vec!["Dario Vega".to_owned()], vec!["Eva Rios".to_owned()])
    );
    assert_eq!(names("idle"), Vec::<String>::new());
    let roles: Vec<Value> = review["role_changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["member"], row["by"], row["old_role"], row["new_role"], row["reason"]]))
        .collect();
    assert_eq!(
        roles,
        [
            json!(["Pia Campos", "Ana Ruiz", "artist", "admin", null]),
            json!(["Pia Campos", "Ana Ruiz", "apprentice", "artist", "=1+1"])
        ]
    );
    let switch = &review["switches"][0];
    assert_eq!(
        (&switch["member"], &switch["name"], &switch["on"]),
        (&json!(FORMULA), &json!("reception_board"), &json!(true))
    );
    assert_eq!(review["exports"][0]["member"], "Ana Ruiz");
    assert_eq!(review["few_admins"], false);
    // The days add up to the month.
    let days = review["days"].as_array().unwrap();
    assert_eq!(
        (days.len(), &days[0]["day"], &days[29]["day"]),
        (30, &json!("2026-11-01"), &json!("2026-11-30"))
    );
    let sum = |field: &str| days.iter().map(|day| day[field].as_i64().unwrap()).sum::<i64>();
    let total = |part: &str| {
        expected[part].as_object().unwrap().values().map(|count| count.as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!(
        (sum("refusals"), sum("failed_sign_ins"), sum("elevated")),
        (total("refusals"), total("tries"), total("elevated"))
    );
    assert_eq!(days[19]["refusals"], total("refusals"), "all of it on the twentieth");
}

#[test]
fn a028_a_month_ends_at_midnight_where_the_studio_is() {
    let house = House::staffed();
    // 30 November, 23:59:59 in Mexico City, and two seconds later.
    let midnight = 1_796_104_800_000;
    house.clock.pass(u64::try_from(midnight - 1_000 - MORNING).unwrap());
    let mara = house.seat("mara");
    mara.refused("activity.list", json!({}));
    house.clock.pass(1_000);
    house.seat("mara").refused("security.code_state", json!({}));
    let owner = house.owner();
    let refused = |month: &str| -> Vec<String> {
        let review = owner.done("activity.review", json!({"month": month}));
        review["refusals"].as_array().unwrap().iter().map(|row| text(&row["command"])).collect()
    };
    assert_eq!(refused("2026-11"), ["activity.list"]);
    assert_eq!(refused("2026-12"), ["security.code_state"]);
    // Idle is who was not seen for thirty days, by today.
    house.clock.pass(31 * 24 * 60 * MINUTE);
    let review = house.owner().done("activity.review", json!({"month": "2026-12"}));
    let idle: Vec<&str> = review["accounts"]["idle"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["name"].as_str().unwrap())
        .collect();
    assert_eq!(idle.len(), 6, "everybody but the owner: {idle:?}");
}

#[test]
fn a028_the_review_of_the_month_before_is_due_until_somebody_signs_it() {
    let house = House::staffed();
    let due = |username: &str| {
        house.seat(username).done("session.whoami", json!({}))["reminders"]["review_due"].clone()
    };
    assert_eq!(due("ana"), Value::Null, "the studio was not there in October");
    house.clock.pass(10 * 24 * 60 * MINUTE);
    assert_eq!(due("ana"), Value::Null, "30 November, 9 in the morning: it goes on");
    house.clock.pass(15 * 60 * MINUTE);
    assert_eq!((due("ana"), due("bea")), (json!("2026-11"), json!("2026-11")));
    for username in ["sam", "mara", "pia"] {
        assert_eq!(due(username), Value::Null, "{username}");
    }
    let (owner, bea) = (house.owner(), house.seat("bea"));
    assert_eq!(
        told(&house, &bea, "activity.sign_review", json!({"month": "2027-01"})),
        json!(["invalid", {"field": "month", "reason": "in the future"}])
    );
    let signed =
        bea.done("activity.sign_review", json!({"month": "2026-11", "note": "Two odd tries\nasked Dario"}));
    assert_eq!(signed, json!({"month": "2026-11", "signed_at": house.now()}));
    assert_eq!((due("ana"), due("bea")), (Value::Null, Value::Null));
    for seat in [&bea, &owner] {
        let again = json!({"month": "2026-11", "note": "Mine"});
        assert_eq!(
            told(&house, seat, "activity.sign_review", again),
            json!(["conflict", {"reason": "already_signed"}]),
            "once"
        );
    }
    let review = owner.done("activity.review", json!({"month": "2026-11"}));
    assert_eq!(
        json!([review["signed_at"], review["signed_by"], review["note"]]),
        json!([signed["signed_at"], "Bea Soto", "Two odd tries\nasked Dario"])
    );
    let entry = &log(&owner, json!({"kind": "log"}))[0];
    assert_eq!(
        (&entry["command"], &entry["details"]["month"]),
        (&json!("activity.sign_review"), &json!("2026-11"))
    );
    // A month later the next one is due.
    house.clock.pass(31 * 24 * 60 * MINUTE);
    assert_eq!(due("ana"), json!("2026-12"));
}

#[test]
fn a028_two_who_sign_at_once_sign_once() {
    let house = House::staffed();
    let seats = [house.owner(), house.seat("bea")];
    let together = Barrier::new(2);
    let done: Vec<bool> = std::thread::scope(|scope| {
        let running: Vec<_> = seats
            .iter()
            .map(|seat| {
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    seat.ask("activity.sign_review", json!({"month": "2026-11"})).is_ok()
                })
            })
            .collect();
        running.into_iter().map(|act| act.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert_eq!(house.count("SELECT count(*) FROM reviews"), 1);
}

#[test]
fn t068_d06_the_review_says_how_old_the_code_is_and_why_it_is_due() {
    let house = House::staffed();
    let owner = house.owner();
    let code = |seat: &Seat| seat.done("activity.review", json!({"month": "2026-11"}))["code"].clone();
    assert_eq!(json!([code(&owner)["overdue"], code(&owner)["because"]]), json!([false, null]));
    owner.done("security.report_suspicion", json!({"reason": "x"}));
    assert_eq!(json!([code(&owner)["overdue"], code(&owner)["because"]]), json!([true, "suspicion"]));
    owner.done("security.rotate_code", json!({}));
    drop(owner);
    house.clock.pass(90 * 24 * 60 * MINUTE - 1);
    assert_eq!(code(&house.owner())["because"], Value::Null);
    house.clock.pass(1);
    let owner = house.seat_with("ana", OWNER_PASSWORD);
    assert_eq!(json!([code(&owner)["overdue"], code(&owner)["because"]]), json!([true, "age"]));
    assert_eq!(owner.done("session.whoami", json!({}))["reminders"]["code_due"], "age");
}

#[test]
fn t102_what_was_done_under_elevation_says_why() {
    let house = House::staffed();
    let client = house.client("Joana");
    let item = house.item("SOAP", 10_000, 5);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    let sale = house.seat("sam").done(
        "till.sell",
        json!({"lines": [{"item_id": item, "quantity": 1}], "tenders": [{"tender": "cash", "amount": 10_000}]}),
    );
    let sam = house.elevated("sam");
    sam.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "cash", "reason": "Wrong soap"}));
    sam.done("till.cash_move", json!({"direction": "out", "amount": 500, "reason": "Coffee"}));
    sam.done("inventory.stock_adj", json!({"item_id": item, "quantity": -1, "reason": "Broken"}));
    let visit = house.book(0, &client, 2);
    sam.done("agenda.cancel", json!({"appointment_id": visit, "reason": "Ill"}));
    let log = house.owner().done("activity.list", json!({"member_id": sam.member, "limit": 20}));
    for (command, why) in [
        ("till.refund", "Wrong soap"),
        ("till.cash_move", "Coffee"),
        ("inventory.stock_adj", "Broken"),
        ("agenda.cancel", "Ill"),
    ] {
        let row = log.as_array().unwrap().iter().find(|row| row["command"] == command).unwrap();
        assert_eq!(row["reason"], why, "{command}");
    }
}

#[test]
fn a020_a030_a031_t090_the_review_says_when_there_are_too_few_or_too_many_to_manage() {
    let alone = House::new();
    let told = |house: &House| {
        let owner = house.owner();
        let review = owner.done("activity.review", json!({"month": "2026-11"}));
        let reminded = owner.done("session.whoami", json!({}))["reminders"]["few_admins"].clone();
        json!([review["few_admins"], review["many_admins"], reminded])
    };
    assert_eq!(told(&alone), json!([false, false, false]), "A020: whoever works alone needs nobody");
    alone.hire("sam", "Sam Luna", "assistant", None);
    assert_eq!(told(&alone), json!([true, false, true]), "A030");
    let house = House::staffed();
    let owner = house.owner();
    assert_eq!(told(&house), json!([false, false, false]), "an owner and a manager");
    house.hire("rui", "Rui Mata", "admin", None);
    assert_eq!(told(&house), json!([false, false, false]), "A031: three are enough, and not too many");
    let fourth = house.hire("eva", "Eva Lira", "admin", None);
    assert_eq!(told(&house), json!([false, true, false]));
    owner.done("staff.set_active", json!({"member_id": fourth, "active": false}));
    assert_eq!(told(&house), json!([false, false, false]));
}
