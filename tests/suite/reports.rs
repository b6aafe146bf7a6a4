//! Reports: sums that follow from the sales, own scope, days of the studio's zone.

use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, Seat, denied, invalid, text, told};

const DAY: &str = "2026-11-20";

fn shop() -> House {
    let house = House::staffed();
    house.owner().done("till.open_session", json!({"float": 100_000}));
    house
}

fn sell(seat: &Seat, house: &House, artist: usize, tip: i64, tender: &str) -> Value {
    let tips = if tip > 0 { json!([{"artist_id": house.artists[artist], "amount": tip}]) } else { json!([]) };
    seat.done(
        "till.sell",
        json!({"lines": [{"service_id": house.services[0], "artist_id": house.artists[artist]}], "tips": tips,
            "tenders": [{"tender": tender, "amount": 160_000 + tip}]}),
    )
}

fn period(seat: &Seat, from: &str, to: &str) -> Value {
    seat.done("reports.period", json!({"from": from, "to": to}))
}

#[test]
fn t129_a_period_is_told_by_artist_service_tender_tax_and_member() {
    let house = shop();
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let item = house.item("SOAP", 12_000, 5);
    sell(&owner, &house, 0, 1_000, "cash");
    sell(&sam, &house, 1, 0, "card");
    owner.done(
        "till.sell",
        json!({"lines": [{"item_id": item, "quantity": 2, "discount": {"percent": 1_000}}],
            "tenders": [{"tender": "transfer", "amount": 21_600}]}),
    );
    let back = sell(&sam, &house, 1, 0, "card");
    owner.done("till.refund", json!({"sale_id": back["sale_id"], "tender": "cash", "reason": "x"}));

    let report = period(&owner, DAY, DAY);
    let totals = &report["totals"];
    let expected = [
        ("sales", 4),
        ("reversals", 1),
        ("gross", 3 * 160_000 + 24_000),
        ("discount", 2_400),
        ("goods", 2 * 160_000 + 21_600),
        ("returned", -160_000),
        ("tips", 1_000),
        ("total", 2 * 160_000 + 21_600 + 1_000),
        ("tax", 2 * 22_069 + 2_979),
    ];
    for (field, value) in expected {
        assert_eq!(totals[field], value, "{field}");
    }
    let find = |list: &str, field: &str, value: &str| -> Value {
        let found = report[list].as_array().unwrap().iter().find(|one| one[field] == value);
        found.unwrap_or_else(|| panic!("no {value} in {list}")).clone()
    };
    let mara = find("artists", "artist_id", &house.artists[0]);
    assert_eq!((&mara["goods"], &mara["tips"], &mara["sales"]), (&json!(160_000), &json!(1_000), &json!(1)));
    let dario = find("artists", "artist_id", &house.artists[1]);
    assert_eq!((&dario["goods"], &dario["returned"]), (&json!(160_000), &json!(-160_000)));
    assert_eq!(find("services", "id", &house.services[0])["quantity"], 2);
    assert_eq!(find("items", "id", &item)["goods"], 21_600);
    assert_eq!(find("tenders", "tender", "cash")["net"], 161_000 - 160_000);
    assert_eq!(find("tenders", "tender", "card")["taken"], 320_000);
    let me = find("members", "name", "Ana Ruiz");
    assert_eq!((&me["sales"], &me["refunds"], &me["refunded"]), (&json!(2), &json!(1), &json!(-160_000)));
    assert_eq!(
        (&me["discount"], &find("members", "name", "Sam Luna")["sold"]),
        (&json!(2_400), &json!(320_000))
    );
    let tax: i64 = report["taxes"].as_array().unwrap().iter().map(|one| one["tax"].as_i64().unwrap()).sum();
    assert_eq!(tax, totals["tax"].as_i64().unwrap());
    house.assert_holds();
}

#[test]
fn the_period_before_is_of_the_same_length_and_days_are_the_studios() {
    let house = shop();
    sell(&house.owner(), &house, 0, 0, "card");
    // Until shortly before midnight in Mexico City it is the same day, and then the next.
    house.clock.pass(u64::try_from(14 * HOUR + 59 * 60_000).unwrap());
    sell(&house.owner(), &house, 0, 0, "card");
    house.clock.pass(60_000);
    sell(&house.owner(), &house, 0, 0, "card");
    let owner = house.owner();
    let report = period(&owner, "2026-11-21", "2026-11-21");
    assert_eq!((&report["before_from"], &report["before_to"]), (&json!(DAY), &json!(DAY)));
    assert_eq!((&report["totals"]["sales"], &report["before"]["sales"]), (&json!(1), &json!(2)));
    let week = period(&owner, "2026-11-19", "2026-11-21");
    let sales: Vec<i64> =
        week["series"].as_array().unwrap().iter().map(|point| point["sales"].as_i64().unwrap()).collect();
    assert_eq!((sales, &week["by_month"]), (vec![0, 2, 1], &json!(false)));
    assert_eq!(week["before_from"], "2026-11-16");
    let year = period(&owner, "2026-01-15", "2026-12-31");
    assert_eq!((&year["by_month"], year["series"].as_array().unwrap().len()), (&json!(true), 12));
    assert_eq!(year["series"][0]["day"], "2026-01-15");
    assert_eq!((&year["series"][10]["day"], &year["series"][10]["sales"]), (&json!("2026-11-01"), &json!(3)));

    // In another zone the same moments are other days.
    owner.done("security.settings", json!({"zone": "Asia/Tokyo"}));
    let owner = house.owner();
    assert_eq!(period(&owner, "2026-11-21", "2026-11-21")["totals"]["sales"], 3);
    house.assert_holds();
}

#[test]
fn attack_7_an_artist_gets_own_rows_alone_and_totals_of_those() {
    let house = shop();
    let owner = house.owner();
    sell(&owner, &house, 0, 500, "cash");
    sell(&owner, &house, 1, 900, "card");
    // One receipt of both.
    owner.done(
        "till.sell",
        json!({"lines": [{"service_id": house.services[0], "artist_id": house.artists[0]},
                {"service_id": house.services[1], "artist_id": house.artists[1]}],
            "tenders": [{"tender": "card", "amount": 410_000}]}),
    );
    let client = house.client("Joana");
    house.book(1, &client, 2);
    let mara = house.seat("mara");
    let own = period(&mara, DAY, DAY);
    for artist in [json!(null), json!(house.artists[1]), json!(house.artists[0])] {
        let asked = mara.done("reports.period", json!({"from": DAY, "to": DAY, "artist_id": artist}));
        assert_eq!(asked, own, "whatever is asked for");
    }
    assert_eq!((&own["totals"]["goods"], &own["totals"]["sales"]), (&json!(320_000), &json!(2)));
    assert_eq!((&own["totals"]["tips"], &own["whole"]), (&json!(500), &json!(false)));
    for list in ["tenders", "members", "taxes"] {
        assert_eq!(own[list], json!([]), "{list}");
    }
    assert_eq!(own["artists"].as_array().unwrap().len(), 1);
    assert_eq!(own["totals"]["visits"]["open"], 0, "a colleague's visit");
    let text = own.to_string();
    assert!(!text.contains(&house.artists[1]) && !text.contains("Dario"), "{text}");
    // The apprentice sold nothing and learns nothing.
    let pia = period(&house.seat("pia"), DAY, DAY);
    assert_eq!((&pia["totals"]["goods"], &pia["totals"]["sales"]), (&json!(0), &json!(0)));
}

#[test]
fn a015_the_switch_shows_the_studios_totals_and_nobodys_part() {
    let house = shop();
    let owner = house.owner();
    sell(&owner, &house, 0, 500, "cash");
    sell(&owner, &house, 1, 900, "card");
    let member = house.seat("mara").member;
    owner.done("staff.set_switch", json!({"member_id": member, "name": "view_shop_analytics", "on": true}));
    let mara = house.seat("mara");
    let seen = period(&mara, DAY, DAY);
    assert_eq!((&seen["totals"]["goods"], &seen["whole"]), (&json!(320_000), &json!(true)));
    assert_eq!(seen["totals"]["commission"], json!(null));
    let parts = seen["artists"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0]["artist_id"]), (1, &json!(house.artists[0])));
    assert_eq!(seen["members"], json!([]));
    let other = json!({"from": DAY, "to": DAY, "artist_id": house.artists[1]});
    assert_eq!(told(&house, &mara, "reports.period", other), denied("not_yours"));
    let mine = mara.done("reports.period", json!({"from": DAY, "to": DAY, "artist_id": house.artists[0]}));
    assert_eq!(mine["totals"]["goods"], 160_000);
}

#[test]
fn visits_are_counted_by_state_and_hour_and_what_is_unpaid_is_outstanding() {
    let house = shop();
    let owner = house.owner();
    let client = house.client("Joana");
    let visits: Vec<String> = [1, 3, 5, 7].iter().map(|hours| house.book(0, &client, *hours)).collect();
    owner.done("agenda.cancel", json!({"appointment_id": visits[0]}));
    owner.done("agenda.complete", json!({"appointment_id": visits[1]}));
    owner.done("agenda.complete", json!({"appointment_id": visits[2]}));
    let report = period(&owner, DAY, DAY);
    assert_eq!(report["totals"]["visits"], json!({"open": 1, "completed": 2, "no_show": 0, "cancelled": 1}));
    // Nine in the morning and three, five, seven hours on: noon, two, four, on a Friday.
    assert_eq!(
        report["hours"],
        json!([{"weekday": 5, "hour": 12, "visits": 1}, {"weekday": 5, "hour": 14, "visits": 1},
            {"weekday": 5, "hour": 16, "visits": 1}])
    );
    assert_eq!(report["outstanding"], json!({"visits": 2, "amount": 320_000}));
    assert_eq!((&report["booked_minutes"], &report["totals"]["new_clients"]), (&json!(180), &json!(1)));
    assert!(report["open_minutes"].as_i64().unwrap() >= 180);

    let sale = json!({"appointment_id": visits[1], "lines": [{"service_id": house.services[0]}],
        "tenders": [{"tender": "card", "amount": 160_000}]});
    let paid = owner.done("till.sell", sale);
    assert_eq!(period(&owner, DAY, DAY)["outstanding"], json!({"visits": 1, "amount": 160_000}));
    owner.done("till.void", json!({"sale_id": paid["sale_id"], "reason": "x"}));
    assert_eq!(period(&owner, DAY, DAY)["outstanding"], json!({"visits": 2, "amount": 320_000}));
    let dario = period(&house.seat("dario"), DAY, DAY);
    assert_eq!(dario["outstanding"], json!({"visits": 0, "amount": 0}));
    house.assert_holds();
}

#[test]
fn a_period_that_is_none_is_refused() {
    let house = shop();
    let owner = house.owner();
    for (from, to, why) in [
        ("2026-11-20", "2026-11-19", invalid("to", "before the first day")),
        ("2020-01-01", "2026-11-19", invalid("to", "more than five years")),
        ("2026-02-30", "2026-11-19", invalid("from", "not of its type")),
        ("2026-11-19", "soon", invalid("to", "not of its type")),
    ] {
        assert_eq!(told(&house, &owner, "reports.period", json!({"from": from, "to": to})), why);
    }
    // The first days there are stand beside days before them.
    assert_eq!(period(&owner, "1900-01-01", "1900-01-31")["before_from"], "1899-12-01");
    period(&owner, "2022-01-01", "2026-12-31");
}

#[test]
fn p9_a_day_of_23_or_25_hours_is_one_day() {
    let house = shop();
    house.owner().done("security.settings", json!({"zone": "Europe/Madrid"}));
    // 28 March 2027: from two to three there is no hour. 31 October 2027: there are two.
    for (day, hours) in [("2027-03-28", 23), ("2027-10-31", 25)] {
        let raw = rusqlite::Connection::open_in_memory().unwrap();
        let midnight: i64 = raw
            .query_row(
                "SELECT unixepoch(?1) * 1000 - ?2 * 3600000",
                (day, if hours == 23 { 1 } else { 2 }),
                |row| row.get(0),
            )
            .unwrap();
        for at in [midnight + 1, midnight + hours * HOUR - 1, midnight + hours * HOUR] {
            house.clock.jump(at - house.now());
            sell(&house.owner(), &house, 0, 0, "card");
        }
        let owner = house.owner();
        assert_eq!(period(&owner, day, day)["totals"]["sales"], 2, "{day}");
    }
    house.assert_holds();
}

/// A table that left the house, as lines of fields.
fn table(file: &Value) -> Vec<Vec<String>> {
    let text = file["text"].as_str().unwrap().trim_start_matches('\u{FEFF}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn export(seat: &Seat, what: &str, format: &str, artist: Option<&str>) -> Value {
    seat.done(
        "reports.export",
        json!({"what": what, "format": format, "from": DAY, "to": DAY, "artist_id": artist}),
    )
}

/// A part of a workbook, as the text that stands in it.
fn part(file: &Value, name: &str) -> String {
    use base64::Engine;
    use std::io::Read;
    let bytes = base64::engine::general_purpose::STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn attack_42_a_name_that_is_a_formula_stays_a_name_in_every_table() {
    let house = shop();
    let owner = house.owner();
    let names = ["=HYPERLINK(\"x\")", "@SUM(A1:A9)", "+1+2", "-2+3|cmd", "  =1", "a, \"b\"\u{2028}c"];
    for name in names {
        let client = house.client(name);
        let item = owner.done(
            "inventory.create_item",
            json!({"form": {"sku": name, "name": name, "price": 100},
            "on_hand": 5}),
        );
        owner.done(
            "till.sell",
            json!({"client_id": client, "lines": [{"item_id": item["id"], "artist_id": house.artists[0]}],
                "tenders": [{"tender": "card", "amount": 100}]}),
        );
    }
    for what in ["transactions", "period", "statement", "payouts"] {
        let file = export(&owner, what, "csv", Some(&house.artists[0]));
        let rows = table(&file);
        assert_eq!(i64::try_from(rows.len() - 1).unwrap(), file["rows"].as_i64().unwrap(), "{what}");
        for cell in rows.iter().flatten() {
            let formula = cell.trim_start().starts_with(['=', '@', '+', '-']) && cell.parse::<f64>().is_err();
            assert!(!formula, "{what}: {cell}");
        }
        let book = export(&owner, what, "xlsx", Some(&house.artists[0]));
        assert!(book["name"].as_str().unwrap().ends_with(".xlsx") && book["text"].is_null());
        let sheets = if what == "period" { 8 } else { 1 };
        for sheet in 1..=sheets {
            assert!(!part(&book, &format!("xl/worksheets/sheet{sheet}.xml")).contains("<f>"), "{what}");
        }
    }
    let strings = part(&export(&owner, "transactions", "xlsx", None), "xl/sharedStrings.xml");
    for name in ["=HYPERLINK(", "@SUM(A1:A9)", "+1+2", "-2+3|cmd"] {
        assert!(strings.contains(name), "{name} stands as it is");
    }
}

#[test]
fn t038_an_export_says_what_the_report_says_and_is_journaled() {
    let house = shop();
    let owner = house.owner();
    sell(&owner, &house, 0, 1_000, "cash");
    let sale = sell(&owner, &house, 1, 0, "card");
    owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "card", "reason": "x"}));
    let rows = table(&export(&owner, "transactions", "csv", None));
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1][0..1], ["1"]);
    assert_eq!(
        (rows[1][6].as_str(), rows[1][8].as_str(), rows[1][9].as_str()),
        ("1600.00", "1610.00", "cash")
    );
    assert_eq!((rows[3][2].as_str(), rows[3][6].as_str()), ("refund", "-1600.00"));
    let rows = table(&export(&owner, "period", "csv", None));
    let total = rows.iter().find(|row| row[1] == "this period").unwrap();
    assert_eq!(total[6], "1600.00");
    // A statement's last line is what the studio owes.
    let rows = table(&export(&owner, "statement", "csv", Some(&house.artists[0])));
    let closing = owner
        .done("payouts.statement", json!({"artist_id": house.artists[0], "from": DAY, "to": DAY}))["closing"]
        .as_i64()
        .unwrap();
    let last = rows.last().unwrap();
    assert_eq!(last.last().unwrap(), &format!("{}.{:02}", closing / 100, closing % 100));
    let noted = house.count(
        "SELECT count(*) FROM journal WHERE command = 'reports.export' AND json_extract(details, '$.rows') > 0",
    );
    assert_eq!(noted, 3);

    for (wrong, why) in [
        (
            json!({"what": "statement", "format": "csv", "from": DAY, "to": DAY}),
            invalid("artist_id", "missing"),
        ),
        (
            json!({"what": "payouts", "format": "csv", "from": "2025-01-01", "to": DAY}),
            invalid("to", "more than a year"),
        ),
        (json!({"what": "all", "format": "csv", "from": DAY, "to": DAY}), invalid("what", "not of its type")),
        (
            json!({"what": "period", "format": "pdf", "from": DAY, "to": DAY}),
            invalid("format", "not of its type"),
        ),
    ] {
        assert_eq!(told(&house, &owner, "reports.export", wrong), why);
    }
    let args = json!({"what": "period", "format": "csv", "from": DAY, "to": DAY});
    assert_eq!(told(&house, &house.seat("mara"), "reports.export", args.clone()), denied("role"));
    assert_eq!(house.seat("sam").refused("reports.export", args.clone()), "elevation_required");
    house.elevated("sam").done("reports.export", args);
}

#[test]
fn d31_a_kept_report_is_written_once_when_its_month_has_ended() {
    let house = shop();
    let owner = house.owner();
    sell(&owner, &house, 0, 0, "card");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let keep = |folder: Option<&str>| json!({"name": "Mes: a/b", "what": "period", "format": "xlsx", "period": "last_month", "folder": folder});
    for wrong in ["relative", "/no/such/folder/anywhere"] {
        assert_eq!(
            told(&house, &owner, "reports.save", keep(Some(wrong))),
            invalid("folder", "not a folder")
        );
    }
    // Writing to a folder is an export; keeping a name for oneself is not.
    let sam = house.seat("sam");
    assert_eq!(sam.refused("reports.save", keep(Some(path))), "elevation_required");
    let plain = sam.done("reports.save", keep(None));
    assert_eq!((&plain[0]["from"], &plain[0]["to"]), (&json!("2026-10-01"), &json!("2026-10-31")));
    sam.done("reports.forget", json!({"id": plain[0]["id"]}));
    let kept = owner.done("reports.save", keep(Some(path)));
    assert_eq!((kept.as_array().unwrap().len(), &kept[0]["written"]), (1, &json!("2026-10")));
    assert!(kept[0]["written_at"].is_null(), "done with, and yet nothing was written");
    assert_eq!(sam.refused("reports.forget", json!({"id": kept[0]["id"]})), "elevation_required");
    assert_eq!(told(&house, &house.seat("mara"), "reports.saved", json!({}))[0], "denied");

    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    owner.done("clients.create", json!({"name": "Pilar"}));
    assert_eq!(files(), 0, "the month goes on");
    // Into December: the next change writes November.
    house.clock.pass(u64::try_from(11 * 24 * HOUR).unwrap());
    let owner = house.owner();
    assert_eq!(files(), 1);
    assert!(folder.path().join("Mes- a-b 2026-11.xlsx").is_file());
    owner.done("clients.create", json!({"name": "Rosa"}));
    let list = owner.done("reports.saved", json!({}));
    assert_eq!((&list[0]["written"], &list[0]["failed"]), (&json!("2026-11"), &json!(false)));
    let at = list[0]["written_at"].as_i64().unwrap();
    let written = "SELECT count(*) FROM journal WHERE command = 'reports.write'";
    assert_eq!(house.count(written), 1);

    // A folder that is gone keeps nobody from working, and is tried again when there is one.
    let gone = folder.path().to_owned();
    drop(folder);
    house.clock.pass(u64::try_from(31 * 24 * HOUR).unwrap());
    let owner = house.owner();
    let list = owner.done("reports.saved", json!({}));
    assert_eq!((&list[0]["written_at"], &list[0]["failed"]), (&json!(at), &json!(true)));
    std::fs::create_dir(&gone).unwrap();
    house.clock.pass(u64::try_from(HOUR).unwrap());
    let owner = house.owner();
    let list = owner.done("reports.saved", json!({}));
    assert_eq!((&list[0]["written"], &list[0]["failed"]), (&json!("2026-12"), &json!(false)));
    assert!(list[0]["written_at"].as_i64() > Some(at));
    std::fs::remove_dir_all(&gone).unwrap();
    house.assert_holds();
}

#[test]
fn p05_a_sum_that_was_changed_from_outside_is_found() {
    let house = shop();
    sell(&house.owner(), &house, 0, 500, "cash");
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    house.assert_holds();
    let mut edits = vec![
        ("DELETE FROM day_tenders".to_owned(), "days:"),
        ("DELETE FROM month_lines".to_owned(), "days:"),
        (
            format!("UPDATE appointments SET paid_by = (SELECT id FROM sales) WHERE id = '{visit}'"),
            "appointments:",
        ),
    ];
    // Each field of each table of sums: a figure by one, a name by a letter.
    for table in ["day_artists", "day_lines", "day_members", "day_tenders", "month_lines"] {
        let raw = house.raw();
        let mut columns = raw.prepare("SELECT name, type FROM pragma_table_info(?1)").unwrap();
        let columns = columns.query_map([table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        for (column, kind) in columns.map(Result::<(String, String), _>::unwrap) {
            let other = match (column.as_str(), kind.as_str()) {
                ("day", _) => "'2026-11-21'".to_owned(),
                ("month", _) => "'2026-12'".to_owned(),
                ("kind", _) => "CASE kind WHEN 'service' THEN 'item' ELSE 'refund' END".to_owned(),
                ("tender", _) => "'transfer'".to_owned(),
                (_, "INTEGER") => format!("{column} + 1"),
                _ => format!("{column} || 'x'"),
            };
            edits.push((format!("UPDATE {table} SET {column} = {other}"), "days:"));
        }
    }
    assert!(edits.len() > 45, "{} edits", edits.len());
    for (sql, found) in edits {
        house.raw().execute_batch(&format!("SAVEPOINT edit; {sql}; RELEASE edit")).unwrap();
        let problems = house.verify().problems;
        assert!(problems.iter().any(|problem| problem.starts_with(found)), "{sql}: {problems:?}");
        // Put back as it was, by making the days anew.
        house.raw().execute_batch("DELETE FROM day_zone; UPDATE appointments SET paid_by = NULL").unwrap();
        house.restart();
        house.assert_holds();
    }
}

#[test]
fn p05_sums_that_are_wrong_are_told_in_words() {
    let house = shop();
    sell(&house.owner(), &house, 0, 500, "cash");
    for (sql, said) in [
        ("UPDATE day_lines SET gross = gross + 1", ", service "),
        ("UPDATE day_artists SET tips = tips + 1", ", artist "),
        ("UPDATE day_members SET total = total + 1", ", member "),
        ("UPDATE day_tenders SET taken = taken + 1", ", cash"),
    ] {
        house.raw().execute_batch(sql).unwrap();
        let problems = house.verify().problems;
        let day = "days: the sums are not what the sales come to: 2026-11-20, ";
        assert!(problems.iter().any(|one| one.starts_with(day) && one.contains(said)), "{problems:?}");
        for problem in problems {
            let plain =
                !problem.contains(['(', '"']) && !problem.contains("true") && !problem.contains("Day");
            assert!(plain, "{problem}");
        }
    }
    // The zone that they were cut in is no other than the studio's.
    house.raw().execute_batch("DELETE FROM day_zone").unwrap();
    house.restart();
    house.assert_holds();
    house.raw().execute_batch("UPDATE day_zone SET zone = 'Pacific/Kiritimati'").unwrap();
    assert_eq!(house.verify().problems, ["days: they are cut in another time zone than the studio's"]);
}

#[test]
fn a_period_of_whole_months_and_loose_days_is_the_sum_of_its_days() {
    let house = shop();
    for days in [0, 5, 9, 15, 31, 20, 12] {
        house.clock.pass(u64::try_from(days * 24 * HOUR).unwrap());
        sell(&house.owner(), &house, 0, 0, "card");
    }
    let owner = house.owner();
    for (from, to) in [
        ("2026-11-01", "2026-11-30"),
        ("2026-11-20", "2027-02-28"),
        ("2026-11-21", "2027-02-17"),
        ("2026-12-01", "2027-01-31"),
        ("2026-11-25", "2026-12-04"),
        ("2026-12-02", "2027-01-30"),
        ("2026-12-19", "2026-12-19"),
    ] {
        let report = period(&owner, from, to);
        let goods = |list: &str, field: &str| -> i64 {
            report[list].as_array().unwrap().iter().map(|one| one[field].as_i64().unwrap()).sum()
        };
        let total = report["totals"]["goods"].as_i64().unwrap();
        assert_eq!((goods("services", "goods"), goods("series", "goods")), (total, total), "{from} to {to}");
        assert_eq!(goods("services", "before"), report["before"]["goods"].as_i64().unwrap(), "before {from}");
    }
    house.assert_holds();
}

/// What the ledger says came into and went out of each way of paying, but for what moves without a client.
fn by_ledger(house: &House) -> Value {
    let sums =
        [("cash", "cash_drawer"), ("card", "card_clearing"), ("transfer", "bank")].map(|(name, account)| {
            let net = house.count(&format!(
            "SELECT coalesce(sum(l.amount), 0) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
             WHERE l.account = '{account}' AND (e.sale_id IS NOT NULL OR e.kind LIKE 'deposit%')"
        ));
            (name, net)
        });
    let mut shown: Vec<Value> = sums
        .iter()
        .filter(|(_, net)| *net != 0)
        .map(|(name, net)| json!({"tender": name, "amount": net}))
        .collect();
    shown.sort_by_key(|sum| text(&sum["tender"]));
    json!(shown)
}

#[test]
fn t137_deposits_stand_among_the_receipts_and_leave_no_hole_in_their_numbers() {
    let house = shop();
    let owner = house.owner();
    let client = house.client("Joana");
    let visits = [house.book(0, &client, 24), house.book(0, &client, 30), house.book(1, &client, 36)];
    let take = |visit: &str, amount: i64, tender: &str| {
        let paid = json!([{"tender": tender, "amount": amount}]);
        let args = json!({"appointment_id": visit, "amount": amount, "tenders": paid});
        text(&owner.done("till.take_deposit", args)["deposit"]["id"])
    };
    let today = json!({"from": "2026-11-20", "to": "2026-11-20"});
    house.clock.pass(1_000);
    let used = take(&visits[0], 20_000, "cash");
    house.clock.pass(1_000);
    let back = take(&visits[1], 30_000, "card");
    house.clock.pass(1_000);
    owner.done("till.move_deposit", json!({"deposit_id": used, "appointment_id": visits[2]}));
    house.clock.pass(1_000);
    let some = json!({"deposit_id": back, "amount": 10_000, "tender": "transfer", "reason": "x"});
    owner.done("till.return_deposit", some);
    house.clock.pass(1_000);
    owner.done("agenda.cancel", json!({"appointment_id": visits[1]}));
    owner.done("till.keep_deposit", json!({"deposit_id": back}));
    house.clock.pass(1_000);
    let rest = json!([{"tender": "card", "amount": 140_000}]);
    let sale =
        json!({"appointment_id": visits[2], "lines": [{"service_id": house.services[0]}], "tenders": rest});
    owner.done("till.sell", sale);
    let list = owner.done("reports.transactions", today.clone());
    let shown = |list: &Value| -> Vec<Value> {
        let row = |row: &Value| {
            json!([row["receipt"], row["kind"], row["total"], row["deposit"]["amount"], row["tenders"]])
        };
        list.as_array().unwrap().iter().map(row).collect()
    };
    assert_eq!(
        shown(&list),
        [
            json!([5, "sale", 160_000, null, ["card"]]),
            json!([4, "sale", 20_000, 20_000, []]),
            json!([3, "deposit_returned", 0, -10_000, ["transfer"]]),
            json!([2, "deposit_moved", 0, 20_000, []]),
            json!([2, "deposit_taken", 0, 30_000, ["card"]]),
            json!([1, "deposit_taken", 0, 20_000, ["cash"]]),
        ]
    );
    assert_eq!(json!([list[3]["deposit"]["deposit_id"], list[3]["sale_id"]]), json!([used, null]));
    assert_eq!((&list[1]["deposit"]["deposit_id"], &list[0]["deposit"]), (&json!(back), &Value::Null));
    // Page by page the same, whatever stands at the seam.
    for limit in 1..=5 {
        let (mut pages, mut before) = (Vec::new(), Value::Null);
        loop {
            let mut args = today.clone();
            (args["limit"], args["before"]) = (json!(limit), before);
            let page = owner.done("reports.transactions", args);
            let Some(last) = page.as_array().unwrap().last() else { break };
            before = last["receipt"].clone();
            pages.extend(page.as_array().unwrap().clone());
        }
        assert_eq!(json!(pages), list, "{limit} a page");
    }
    // The days' sums by tender are those of the ledger, deposits told apart.
    assert_eq!(owner.done("reports.summary", today.clone())["tenders"], by_ledger(&house));
    let tenders = owner.done("reports.period", today.clone())["tenders"].clone();
    let figures = |name: &str| -> Vec<i64> {
        tenders.as_array().unwrap().iter().map(|part| part[name].as_i64().unwrap()).collect()
    };
    assert_eq!(figures("net"), [170_000, 20_000, -10_000]);
    assert_eq!(figures("deposits_taken"), [30_000, 20_000, 0]);
    assert_eq!(figures("deposits_returned"), [0, 0, -10_000]);
    // An artist sees those of visits that are theirs now, and not how they were paid.
    let dario = house.seat("dario").done("reports.transactions", today.clone());
    assert_eq!(
        shown(&dario),
        [
            json!([5, "sale", 160_000, null, []]),
            json!([2, "deposit_moved", 0, 20_000, []]),
            json!([1, "deposit_taken", 0, 20_000, []]),
        ]
    );
    let mara = house.seat("mara").done("reports.transactions", today);
    let numbers: Vec<&Value> = mara.as_array().unwrap().iter().map(|row| &row["receipt"]).collect();
    assert_eq!(numbers, [4, 3, 2]);
    let file = export(&owner, "transactions", "csv", None);
    let written = table(&file);
    assert_eq!(written.len(), 7, "a head and every row");
    house.assert_holds();
}
