//! The book: rights over other people's time, overlaps, races, what an artist sees of a colleague.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, MINUTE, Seat, text};

const DAY: &str = "2026-11-20";

/// The arguments of a booking for an artist, so many hours from now.
fn slot(house: &House, artist: usize, client: &str, hours: i64) -> Value {
    json!({
        "artist_id": house.artists[artist], "client_id": client, "service_id": house.services[0],
        "starts_at": house.at(hours),
    })
}

/// A client, and an appointment of each artist: Mara's in one hour, Dario's in two.
fn busy() -> (House, String, String, String) {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let mara = house.book(0, &client, 1);
    let dario = house.book(1, &client, 2);
    (house, client, mara, dario)
}

fn cards(seat: &Seat) -> Vec<Value> {
    seat.done("agenda.list", json!({"day": DAY}))["cards"].as_array().unwrap().clone()
}

/// A fault without its correlation id, which differs each time.
fn told(seat: &Seat, command: &str, args: Value) -> Value {
    let fault = seat.ask(command, args).unwrap_err();
    json!([fault["code"], fault["params"]])
}

#[test]
fn attack_02_a_colleagues_appointment_and_none_at_all_are_denied_alike() {
    let (house, _, _, dario) = busy();
    let nowhere = "00000000-0000-7000-8000-000000000000";
    for username in ["mara", "pia"] {
        let seat = house.seat(username);
        for command in [
            "agenda.edit",
            "agenda.confirm",
            "agenda.arrive",
            "agenda.start",
            "agenda.complete",
            "agenda.no_show",
            "agenda.cancel",
        ] {
            let (theirs, none) = house.leaves_no_trace(|| {
                (
                    told(&seat, command, json!({"appointment_id": dario})),
                    told(&seat, command, json!({"appointment_id": nowhere})),
                )
            });
            assert_eq!(theirs, json!(["denied", {"why": "not_yours"}]), "{command}");
            assert_eq!(theirs, none, "{command}");
        }
        let reopen = json!({"appointment_id": dario, "status": "confirmed"});
        assert_eq!(seat.refused("agenda.reopen", reopen), "denied");
    }
    assert_eq!(house.owner().refused("agenda.cancel", json!({"appointment_id": nowhere})), "not_found");
}

#[test]
fn attack_03_the_owner_is_read_from_the_file_and_not_from_the_request() {
    let (house, _, _, dario) = busy();
    let mara = house.seat("mara");
    let args = json!({"appointment_id": dario, "artist_id": mara.artist, "note": "mine now"});
    assert_eq!(house.leaves_no_trace(|| mara.refused("agenda.edit", args)), "denied");
}

#[test]
fn attack_04_handing_an_appointment_over_needs_the_right_over_both() {
    let (house, _, mine, _) = busy();
    let mara = house.seat("mara");
    let args = json!({"appointment_id": mine, "artist_id": house.artists[1], "starts_at": house.at(5)});
    assert_eq!(house.leaves_no_trace(|| mara.refused("agenda.edit", args.clone())), "denied");
    let moved = house.seat("sam").done("agenda.edit", args);
    assert_eq!(moved["card"]["artist_id"], house.artists[1].as_str());
    assert_eq!(mara.refused("agenda.cancel", json!({"appointment_id": mine})), "denied", "no longer hers");
    house.seat("dario").done("agenda.cancel", json!({"appointment_id": mine}));
}

#[test]
fn attack_05_nobody_books_or_blocks_for_a_colleague() {
    let (house, client, _, _) = busy();
    let mara = house.seat("mara");
    assert_eq!(mara.refused("agenda.book", slot(&house, 1, &client, 6)), "denied");
    let block = |artist: usize| json!({"artist_id": house.artists[artist], "kind": "personal", "starts_at": house.at(8), "ends_at": house.at(9)});
    assert_eq!(house.leaves_no_trace(|| mara.refused("agenda.block", block(1))), "denied");
    mara.done("agenda.book", slot(&house, 0, &client, 6));
    mara.done("agenda.block", block(0));
    let theirs = house.seat("dario").done("agenda.block", block(1));
    let id = json!({"block_id": theirs["block"]["id"]});
    assert_eq!(mara.refused("agenda.unblock", id.clone()), "denied");
    house.seat("sam").done("agenda.unblock", id);
}

#[test]
fn attack_06_t082_an_account_without_a_profile_owns_nothing() {
    let (house, client, mine, _) = busy();
    let mara = house.seat("mara");
    house.raw().execute("UPDATE members SET artist_id = NULL WHERE username = 'mara'", []).unwrap();
    assert_eq!(mara.refused("agenda.book", slot(&house, 0, &client, 6)), "denied");
    for command in ["agenda.edit", "agenda.complete", "agenda.cancel"] {
        assert_eq!(mara.refused(command, json!({"appointment_id": mine})), "denied", "{command}");
    }
    assert!(cards(&mara).iter().all(|card| card["detail"].is_null()), "not even her old ones in full");
    assert_eq!(
        mara.done("reports.transactions", json!({"from": DAY, "to": DAY})).as_array().unwrap().len(),
        0
    );
}

#[test]
fn t011_to_t016_an_artist_does_everything_with_own_appointments() {
    let (house, client, _, _) = busy();
    let mara = house.seat("mara");
    let visit = |hours: i64| text(&mara.done("agenda.book", slot(&house, 0, &client, hours))["card"]["id"]);
    let first = json!({"appointment_id": visit(3)});
    for (command, status) in [
        ("agenda.confirm", "confirmed"),
        ("agenda.arrive", "arrived"),
        ("agenda.start", "in_session"),
        ("agenda.complete", "completed"),
    ] {
        assert_eq!(mara.done(command, first.clone())["detail"]["status"], status);
    }
    mara.done("agenda.no_show", json!({"appointment_id": visit(5)}));
    let cancelled = mara.done("agenda.cancel", json!({"appointment_id": visit(7), "reason": "Flu"}));
    assert_eq!(cancelled["detail"]["reason"], "Flu");
    house.assert_holds();
}

#[test]
fn touching_ends_are_no_overlap_and_a_minute_more_is() {
    let (house, client, _, _) = busy();
    let sam = house.seat("sam");
    // Mara has one hour from now to two hours from now.
    let at = |from: i64, minutes: i64| {
        let mut args = slot(&house, 0, &client, 0);
        args["starts_at"] = json!(from);
        args["minutes"] = json!(minutes);
        args
    };
    sam.done("agenda.book", at(house.at(2), 60));
    sam.done("agenda.book", at(house.at(0), 60));
    for (from, minutes) in [
        (house.at(2) - 60_000, 30),
        (house.at(1), 60),
        (house.at(1) + 60_000, 5),
        (house.at(0) - HOUR, 24 * 60),
    ] {
        let why = house.leaves_no_trace(|| sam.why("agenda.book", at(from, minutes)));
        assert_eq!(why, "conflict: overlap", "{from} {minutes}");
    }
    sam.done("agenda.book", slot(&house, 1, &client, 1));
}

#[test]
fn cancelled_and_missed_appointments_hold_no_time() {
    for step in ["agenda.cancel", "agenda.no_show"] {
        let (house, client, first, _) = busy();
        let sam = house.seat("sam");
        assert_eq!(sam.why("agenda.book", slot(&house, 0, &client, 1)), "conflict: overlap");
        sam.done(step, json!({"appointment_id": first}));
        sam.done("agenda.book", slot(&house, 0, &client, 1));
        let back = json!({"appointment_id": first, "status": "booked"});
        assert_eq!(sam.why("agenda.reopen", back), "conflict: overlap", "its place was given away");
    }
}

#[test]
fn an_overlap_over_midnight_is_found() {
    let (house, client, _, _) = busy();
    let sam = house.seat("sam");
    let mut long = slot(&house, 0, &client, 20);
    long["minutes"] = json!(1440);
    sam.done("agenda.book", long);
    assert_eq!(sam.why("agenda.book", slot(&house, 0, &client, 43)), "conflict: overlap");
    sam.done("agenda.book", slot(&house, 0, &client, 44));
}

#[test]
fn attack_37_of_two_desks_that_want_one_slot_one_gets_it() {
    let house = House::staffed();
    let client = house.client("Joana");
    let seats: Vec<Seat> = ["ana", "bea", "sam", "sue", "mara"].map(|name| house.seat(name)).into();
    // Every hour from ten until eight in the evening: Mara keeps to hers.
    for round in 1..11 {
        let together = Barrier::new(seats.len());
        let outcomes: Vec<Result<Value, Value>> = std::thread::scope(|scope| {
            let running: Vec<_> = seats
                .iter()
                .map(|seat| {
                    let (together, args) = (&together, slot(&house, 0, &client, round));
                    scope.spawn(move || {
                        together.wait();
                        seat.ask("agenda.book", args)
                    })
                })
                .collect();
            running.into_iter().map(|act| act.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        for fault in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!((&fault["code"], &fault["params"]["reason"]), (&json!("conflict"), &json!("overlap")));
        }
    }
    assert_eq!(house.count("SELECT count(*) FROM appointments"), 10);
    house.assert_holds();
}

#[test]
fn d04_d28_a_colleagues_card_shows_time_artist_and_name_alone() {
    let (house, client, _, dario) = busy();
    let sam = house.seat("sam");
    sam.done("agenda.edit", json!({"appointment_id": dario, "note": "SECRETNOTE", "price": 987_654}));
    let block = json!({
        "artist_id": house.artists[1], "kind": "vacation", "note": "SECRETBLOCK",
        "starts_at": house.at(8), "ends_at": house.at(9),
    });
    sam.done("agenda.block", block);
    house.elevated("sam").done(
        "clients.edit",
        json!({"client_id": client, "form": {"name": "Joana Melo", "phone": "5550001", "alerts": "SECRETALERT"}}),
    );
    for username in ["mara", "pia"] {
        let day = house.seat(username).done("agenda.list", json!({"day": DAY}));
        let theirs =
            day["cards"].as_array().unwrap().iter().find(|card| card["id"] == dario.as_str()).unwrap();
        let expected = json!({
            "id": dario, "artist_id": house.artists[1], "artist_name": "Dario Vega", "client_name": "Joana Melo",
            "starts_at": house.at(2), "ends_at": house.at(3), "detail": null,
        });
        assert_eq!(*theirs, expected);
        let block = &day["blocks"][0];
        assert_eq!((&block["kind"], &block["note"]), (&Value::Null, &Value::Null));
        assert!(!day.to_string().contains("SECRETNOTE") && !day.to_string().contains("987654"));
        assert!(!day.to_string().contains("SECRETBLOCK"));
        let column = day["artists"].as_array().unwrap().iter().find(|column| column["name"] == "Dario Vega");
        assert_eq!(column.unwrap()["booked_minutes"], 0, "attack 8: how much a colleague works");
    }
    let whole = house.seat("sam").done("agenda.list", json!({"day": DAY})).to_string();
    for shown in ["SECRETNOTE", "987654", "SECRETBLOCK", "SECRETALERT", "5550001"] {
        assert!(whole.contains(shown), "the assistant sees {shown}");
    }
}

#[test]
fn d03_a010_without_the_calendar_switch_an_artist_sees_own_time_alone() {
    let (house, _, mine, _) = busy();
    let mara = house.seat("mara");
    assert_eq!(cards(&mara).len(), 2);
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_calendar", "on": false}),
    );
    let day = mara.done("agenda.list", json!({"day": DAY, "artist_id": house.artists[1]}));
    assert_eq!(day["cards"].as_array().unwrap().len(), 1);
    assert_eq!(day["cards"][0]["id"], mine.as_str());
    assert_eq!(day["artists"].as_array().unwrap().len(), 1);
}

#[test]
fn d03_a011_with_the_calendar_switch_an_artist_books_for_others_but_completes_only_own() {
    let (house, client, _, dario) = busy();
    let mara = house.seat("mara");
    let switch = |on: Value, until: Value| json!({"member_id": mara.member, "name": "manage_shop_calendar", "on": on, "until": until, "reason": "Cover"});
    house.owner().done("staff.set_switch", switch(json!(true), json!(null)));
    mara.done("agenda.book", slot(&house, 1, &client, 6));
    mara.done("agenda.edit", json!({"appointment_id": dario, "starts_at": house.at(4)}));
    mara.done("agenda.confirm", json!({"appointment_id": dario}));
    for command in ["agenda.complete", "agenda.no_show"] {
        assert_eq!(mara.refused(command, json!({"appointment_id": dario})), "denied", "{command}");
    }
    mara.done("agenda.cancel", json!({"appointment_id": dario}));
    house.owner().done("staff.set_switch", switch(json!(null), json!(null)));
    assert_eq!(mara.refused("agenda.book", slot(&house, 1, &client, 9)), "denied");
}

#[test]
fn d03_a_switch_with_an_end_stops_by_itself() {
    let (house, client, _, _) = busy();
    let mara = house.seat("mara");
    let until = house.at(0) + 120_000;
    let args = json!({"member_id": mara.member, "name": "manage_shop_calendar", "on": true, "until": until});
    house.owner().done("staff.set_switch", args);
    house.clock.pass(119_999);
    mara.done("agenda.book", slot(&house, 1, &client, 6));
    house.clock.pass(1);
    assert_eq!(mara.refused("agenda.book", slot(&house, 1, &client, 8)), "denied");
    let past = json!({"member_id": mara.member, "name": "reception_board", "on": true, "until": until});
    assert_eq!(house.owner().why("staff.set_switch", past), "invalid: until");
}

#[test]
fn d03_only_those_who_tattoo_have_switches_and_only_managers_set_them() {
    let house = House::staffed();
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    let switch = |member: &str| json!({"member_id": member, "name": "reception_board", "on": true});
    assert_eq!(house.owner().why("staff.set_switch", switch(&sam.member)), "conflict: role_has_no_switches");
    for seat in [&mara, &sam] {
        assert_eq!(seat.refused("staff.set_switch", switch(&mara.member)), "denied", "A009");
    }
}

#[test]
fn t118_a_block_of_whole_days_takes_every_day_that_it_touches() {
    let (house, client, ..) = busy();
    let mara = house.seat("mara");
    // From some hour of the 24th to some hour of the 25th, in a studio on Mexico City's time.
    let block = json!({"artist_id": house.artists[0], "kind": "vacation", "all_day": true,
        "starts_at": house.at(4 * 24 + 3), "ends_at": house.at(5 * 24 + 1)});
    let made = &mara.done("agenda.block", block)["block"];
    let day = 24 * 60 * 60_000;
    assert_eq!(made["ends_at"].as_i64().unwrap() - made["starts_at"].as_i64().unwrap(), 2 * day);
    for hours in [4 * 24 + 1, 4 * 24 + 9, 5 * 24 + 9] {
        assert_eq!(
            house.seat("sam").why("agenda.book", slot(&house, 0, &client, hours)),
            "conflict: time_off"
        );
    }
    let list = |day: &str| mara.done("agenda.list", json!({"day": day}))["blocks"].as_array().unwrap().len();
    assert_eq!(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"].map(list), [0, 1, 1, 0]);
}

#[test]
fn t116_time_off_keeps_bookings_out_until_it_is_taken_away() {
    let (house, client, mine, _) = busy();
    let mara = house.seat("mara");
    let block = json!({
        "artist_id": house.artists[0], "kind": "convention", "note": "Berlin",
        "starts_at": house.at(0), "ends_at": house.at(10),
    });
    let made = mara.done("agenda.block", block.clone());
    assert_eq!(made["appointments"][0]["id"], mine.as_str(), "somebody has to move it");
    let sam = house.seat("sam");
    assert_eq!(sam.why("agenda.book", slot(&house, 0, &client, 9)), "conflict: time_off");
    sam.done("agenda.book", slot(&house, 0, &client, 10));
    let away = json!({"appointment_id": mine, "starts_at": house.at(5)});
    assert_eq!(sam.why("agenda.edit", away), "conflict: time_off");
    sam.done("agenda.edit", json!({"appointment_id": mine, "note": "stays where it is"}));
    mara.done("agenda.unblock", json!({"block_id": made["block"]["id"]}));
    sam.done("agenda.book", slot(&house, 0, &client, 9));
    assert_eq!(
        house.owner().refused("agenda.unblock", json!({"block_id": made["block"]["id"]})),
        "not_found"
    );
    for (from, to) in [(5, 5), (5, 4), (0, 24 * 367)] {
        let mut wrong = block.clone();
        wrong["starts_at"] = json!(house.at(from));
        wrong["ends_at"] = json!(house.at(to));
        assert_eq!(mara.why("agenda.block", wrong), "invalid: ends_at");
    }
}

#[test]
fn d16_outside_hours_and_in_the_past_are_warnings_and_not_walls() {
    let (house, client, _, _) = busy();
    let sam = house.seat("sam");
    let warnings = |hours: i64| sam.done("agenda.book", slot(&house, 0, &client, hours))["warnings"].clone();
    // It is nine in the morning; the studio opens at ten.
    assert_eq!(warnings(0), json!(["outside_hours"]));
    assert_eq!(warnings(4), json!([]));
    assert_eq!(warnings(13), json!(["outside_hours"]));
    assert_eq!(warnings(-20), json!(["in_the_past"]));
    assert_eq!(warnings(-8), json!(["outside_hours", "in_the_past"]));
}

#[test]
fn a_visit_takes_only_steps_that_lead_on() {
    let (house, client, _, _) = busy();
    let sam = house.seat("sam");
    let id = text(&sam.done("agenda.book", slot(&house, 0, &client, 6))["card"]["id"]);
    let visit = json!({"appointment_id": id});
    let steps = [
        "agenda.confirm",
        "agenda.arrive",
        "agenda.start",
        "agenda.complete",
        "agenda.no_show",
        "agenda.cancel",
    ];
    let allowed: [(&str, &[usize]); 7] = [
        ("booked", &[0, 1, 2, 3, 4, 5]),
        ("confirmed", &[1, 2, 3, 4, 5]),
        ("arrived", &[2, 3, 5]),
        ("in_session", &[3]),
        ("completed", &[]),
        ("no_show", &[]),
        ("cancelled", &[]),
    ];
    for (status, next) in allowed {
        for (at, step) in steps.iter().enumerate() {
            house.raw().execute("UPDATE appointments SET status = ?1 WHERE id = ?2", [status, &id]).unwrap();
            match sam.ask(step, visit.clone()) {
                Ok(_) => assert!(next.contains(&at), "{status} went on by {step}"),
                Err(fault) => {
                    assert!(!next.contains(&at), "{status} did not go on by {step}: {fault}");
                    assert_eq!(fault["params"]["reason"], "status");
                }
            }
        }
    }
    let closed = json!({"appointment_id": id, "starts_at": house.at(9)});
    house.raw().execute("UPDATE appointments SET status = 'completed' WHERE id = ?1", [&id]).unwrap();
    assert_eq!(sam.why("agenda.edit", closed), "conflict: closed_appointment");
}

#[test]
fn a_step_is_taken_back_unless_the_visit_is_paid() {
    let (house, _, mine, _) = busy();
    let sam = house.seat("sam");
    sam.done("agenda.complete", json!({"appointment_id": mine}));
    let back = json!({"appointment_id": mine, "status": "in_session"});
    assert_eq!(sam.done("agenda.reopen", back.clone())["detail"]["status"], "in_session");
    assert_eq!(sam.why("agenda.reopen", back.clone()), "conflict: status", "already there");
    let closed = json!({"appointment_id": mine, "status": "completed"});
    assert_eq!(sam.why("agenda.reopen", closed), "invalid: status");
    sam.done("agenda.complete", json!({"appointment_id": mine}));
    let paid = json!({
        "appointment_id": mine, "lines": [{"service_id": house.services[0]}],
        "tenders": [{"tender": "card", "amount": 160_000}],
    });
    sam.done("till.sell", paid);
    assert_eq!(sam.why("agenda.reopen", back), "conflict: status");
}

#[test]
fn a_stale_edit_is_a_conflict() {
    let (house, _, mine, _) = busy();
    let sam = house.seat("sam");
    let edit =
        |rev: i64, hours: i64| json!({"appointment_id": mine, "rev": rev, "starts_at": house.at(hours)});
    assert_eq!(sam.done("agenda.edit", edit(1, 4))["card"]["detail"]["rev"], 2);
    let why = house.leaves_no_trace(|| sam.why("agenda.edit", edit(1, 6)));
    assert_eq!(why, "conflict: changed_meanwhile");
    sam.done("agenda.edit", edit(2, 6));
}

#[test]
fn what_is_archived_is_not_booked_any_more() {
    let (house, client, mine, _) = busy();
    let owner = house.owner();
    let gone = house.client("Pilar");
    owner.done("clients.delete", json!({"client_id": gone}));
    assert_eq!(owner.why("agenda.book", slot(&house, 0, &gone, 5)), "conflict: client_archived");
    let dario = house.seat("dario").member;
    owner.done("staff.set_active", json!({"member_id": dario, "active": false}));
    assert_eq!(owner.why("agenda.book", slot(&house, 1, &client, 5)), "conflict: artist_archived");
    let service = json!({
        "service_id": house.services[0], "name": "Small lettering", "kind": "tattoo", "minutes": 60, "price": 1,
        "active": false,
    });
    owner.done("studio.set_service", service);
    assert_eq!(owner.why("agenda.book", slot(&house, 0, &client, 5)), "conflict: service_inactive");
    let other = json!({"appointment_id": mine, "service_id": house.services[1]});
    owner.done("agenda.edit", other);
    let back = json!({"appointment_id": mine, "service_id": house.services[0]});
    assert_eq!(owner.why("agenda.edit", back), "conflict: service_inactive");
    let columns = owner.done("agenda.list", json!({"day": DAY}))["artists"].clone();
    assert!(
        columns.to_string().contains("Dario Vega"),
        "T113: whoever left still stands where they are booked"
    );
}

#[test]
fn a_day_has_the_length_that_the_clocks_give_it() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"zone": "Europe/Berlin"}));
    let length = |day: &str| {
        let day = owner.done("agenda.list", json!({"day": day}));
        (day["to"].as_i64().unwrap() - day["from"].as_i64().unwrap()) / HOUR
    };
    assert_eq!((length("2026-03-29"), length("2026-10-25"), length("2026-06-01")), (23, 25, 24));
    assert_eq!(length("2028-02-29"), 24);
}

#[test]
fn t115_an_empty_note_takes_the_old_one_away() {
    let (house, _, mara, _) = busy();
    let ana = house.owner();
    let noted = ana.done("agenda.edit", json!({"appointment_id": mara, "note": "left arm"}));
    assert_eq!(noted["card"]["detail"]["note"], "left arm");
    let kept = ana.done("agenda.edit", json!({"appointment_id": mara, "minutes": 30}));
    assert_eq!(kept["card"]["detail"]["note"], "left arm");
    let bare = ana.done("agenda.edit", json!({"appointment_id": mara, "note": " "}));
    assert!(bare["card"]["detail"]["note"].is_null());
}

/// A service with time before and after. The id.
fn with_buffers(house: &House, setup: i64, cleanup: i64) -> String {
    let made = house.owner().done(
        "studio.set_service",
        json!({"name": "Large piece", "kind": "tattoo", "minutes": 60, "price": 400_000, "setup_minutes": setup,
            "cleanup_minutes": cleanup}),
    );
    text(&made["id"])
}

fn booking(house: &House, service: &str, client: &str, starts_at: i64) -> Value {
    json!({"artist_id": house.artists[0], "client_id": client, "service_id": service, "starts_at": starts_at})
}

#[test]
fn ask_17_d16_a_buffer_is_a_warning_and_an_overlap_a_wall() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let service = with_buffers(&house, 15, 30);
    let first = sam.done("agenda.book", booking(&house, &service, &client, house.at(2)));
    assert_eq!(first["warnings"], json!([]));
    let detail = &first["card"]["detail"];
    assert_eq!((&detail["setup_minutes"], &detail["cleanup_minutes"]), (&json!(15), &json!(30)));
    // 11:00 touches its end, within the half hour for cleaning.
    let touching = sam.done("agenda.book", booking(&house, &house.services[0], &client, house.at(3)));
    assert_eq!(touching["warnings"], json!(["in_buffer"]));
    let clear = sam.done("agenda.book", booking(&house, &house.services[0], &client, house.at(5)));
    assert_eq!(clear["warnings"], json!([]));
    let over = booking(&house, &house.services[0], &client, house.at(2) + 30 * 60_000);
    assert_eq!(sam.why("agenda.book", over), "conflict: overlap");
    // Another service brings its own buffers; the one kept brings none anew.
    let moved =
        sam.done("agenda.edit", json!({"appointment_id": clear["card"]["id"], "service_id": service}));
    assert_eq!(moved["card"]["detail"]["setup_minutes"], 15);
    assert_eq!(
        house.owner().why(
            "studio.set_service",
            json!({"name": "x", "kind": "tattoo", "minutes": 60, "price": 1, "setup_minutes": 241})
        ),
        "invalid: setup_minutes"
    );
}

#[test]
fn ask_17_what_a_visit_needs_itself_is_a_warning_too() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let service = with_buffers(&house, 15, 30);
    let minute = |hours: i64, minutes: i64| house.at(hours) + minutes * 60_000;
    let warned = |service: &str, starts_at: i64| {
        let booked = sam.done("agenda.book", booking(&house, service, &client, starts_at));
        sam.done("agenda.cancel", json!({"appointment_id": booked["card"]["id"]}));
        booked["warnings"] != json!([])
    };
    // A plain visit from 12:00 to 13:00.
    sam.done("agenda.book", booking(&house, &house.services[0], &client, house.at(3)));
    assert!(warned(&service, minute(4, 10)), "no quarter of an hour for setting up");
    assert!(!warned(&service, minute(4, 15)));
    assert!(warned(&service, minute(1, 35)), "no half hour for cleaning");
    assert!(!warned(&service, minute(1, 30)));
    assert!(!warned(&house.services[0], minute(4, 0)));
    // One clears away, then the other sets up: 45 minutes between the two.
    let kept = sam.done("agenda.book", booking(&house, &service, &client, minute(5, 0)));
    assert!(warned(&service, minute(6, 40)));
    assert!(!warned(&service, minute(6, 45)));
    // Time off is no time for cleaning.
    let off = json!({"artist_id": house.artists[0], "kind": "pause", "starts_at": minute(8, 0), "ends_at": minute(9, 0)});
    sam.done("agenda.block", off);
    assert!(warned(&service, minute(6, 50)));
    assert!(!warned(&house.services[0], minute(7, 0)));
    let id = &kept["card"]["id"];
    let moved = sam.done("agenda.edit", json!({"appointment_id": id, "starts_at": minute(4, 5)}));
    assert_eq!(moved["warnings"], json!(["in_buffer"]));
    let back = sam.done("agenda.edit", json!({"appointment_id": id, "starts_at": minute(5, 0)}));
    assert_eq!(back["warnings"], json!([]));
}

#[test]
fn d04_a_card_names_its_artist_also_one_who_left() {
    let (house, client, mara, _) = busy();
    let named = |seat: &Seat| -> Vec<(String, String)> {
        cards(seat).iter().map(|card| (text(&card["artist_id"]), text(&card["artist_name"]))).collect()
    };
    let expected = [
        (house.artists[0].clone(), "Mara Quill".to_owned()),
        (house.artists[1].clone(), "Dario Vega".to_owned()),
    ];
    assert_eq!(named(&house.seat("pia")), expected, "also a colleague's");
    let owner = house.owner();
    owner.done("agenda.complete", json!({"appointment_id": mara}));
    let leaver = house.seat("mara").member;
    owner.done("staff.set_active", json!({"member_id": leaver, "active": false}));
    assert_eq!(named(&house.seat("sam")), expected);
    let file = owner.done("clients.open", json!({"client_id": client}));
    assert_eq!(file["visits"][1]["artist_name"], "Mara Quill");
}

#[test]
fn openings_keep_hours_visits_buffers_blocks_and_now() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    // It is 09:00; hours are 10:00 to 20:00. Mara: 10:00 to 11:00 with half an hour to clean, off from 12:00 to 19:00.
    let service = with_buffers(&house, 0, 30);
    sam.done("agenda.book", booking(&house, &service, &client, house.at(1)));
    sam.done(
        "agenda.block",
        json!({"artist_id": house.artists[0], "kind": "personal", "starts_at": house.at(3), "ends_at": house.at(10)}),
    );
    let openings = |args: Value| -> Vec<(i64, i64)> {
        house
            .seat("sam")
            .done("agenda.openings", args)
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["starts_at"].as_i64().unwrap(), one["free_until"].as_i64().unwrap()))
            .collect()
    };
    let mara = |minutes: i64, extra: Value| {
        let mut args =
            json!({"artist_id": house.artists[0], "minutes": minutes, "from": "2026-11-20", "days": 1});
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        openings(args)
    };
    let half = 30 * 60_000;
    assert_eq!(mara(30, json!({})), [(house.at(2) + half, house.at(3)), (house.at(10), house.at(11))]);
    assert_eq!(mara(60, json!({})), [(house.at(10), house.at(11))]);
    assert_eq!(mara(60, json!({"cleanup_minutes": 15})), [], "the artist leaves at eight");
    assert_eq!(mara(30, json!({"setup_minutes": 15})), [(house.at(10) + half / 2, house.at(11))]);
    house.clock.pass(u64::try_from(10 * 3_600_000 + 60_000).unwrap());
    assert_eq!(mara(30, json!({})), [(house.at(10) + half / 2, house.at(11))], "nothing before now");
    // By style, and never one who has left.
    let owner = house.owner();
    let dario = owner.done("staff.list", json!({}));
    let dario = dario.as_array().unwrap().iter().find(|one| one["username"] == "dario").unwrap().clone();
    owner.done("staff.edit_profile", json!({"member_id": dario["id"], "styles": ["Fine Line", "Lettering"]}));
    let styled = json!({"style": "fine line", "minutes": 60, "from": "2026-11-21", "days": 7, "limit": 50});
    let found = owner.done("agenda.openings", styled.clone());
    assert!(!found.as_array().unwrap().is_empty());
    assert!(found.as_array().unwrap().iter().all(|one| one["artist_id"] == house.artists[1]));
    owner.done("staff.set_active", json!({"member_id": dario["id"], "active": false}));
    assert_eq!(owner.done("agenda.openings", styled), json!([]));
}

#[test]
fn d31_a_guest_has_hours_on_the_days_of_the_stay_alone() {
    let house = House::staffed();
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let (client, service) = (house.client("Joana"), with_buffers(&house, 0, 0));
    let dario = house.seat("dario").member;
    let stay = |from: Value, until: Value| {
        let terms =
            json!({"member_id": dario, "employment": "guest", "guest_from": from, "guest_until": until});
        owner.done("staff.set_terms", terms);
    };
    // Whole days, by their date in November.
    let free = || -> Vec<i64> {
        let args = json!({"artist_id": house.artists[1], "minutes": 600, "from": "2026-11-21", "days": 10});
        let found = sam.done("agenda.openings", args);
        let starts = found.as_array().unwrap().iter().map(|one| one["starts_at"].as_i64().unwrap());
        starts.map(|at| 20 + (at - house.at(1)) / (24 * 3_600_000)).collect()
    };
    let hours = |day: &str| {
        let columns = sam.done("agenda.list", json!({"day": day}))["artists"].clone();
        columns[1]["opens"].is_i64()
    };
    assert_eq!(free(), [21, 23, 24, 25, 26, 27, 28, 30], "every day but Sunday");
    stay(json!("2026-11-25"), json!("2026-11-27"));
    assert_eq!(free(), [25, 26, 27]);
    assert_eq!(
        ["2026-11-24", "2026-11-25", "2026-11-27", "2026-11-28"].map(hours),
        [false, true, true, false]
    );
    let month = sam.done("agenda.month", json!({"month": "2026-11", "artist_id": house.artists[1]}));
    let open = |day: usize| month[day - 1]["artists"][0]["open_minutes"].as_i64().unwrap();
    assert_eq!([24, 25, 28].map(open), [0, 600, 0]);
    // Not here yet: nobody is sent to them now, and who books all the same is told.
    let board = sam.done("board.today", json!({}));
    assert_eq!(board["artists"][1]["opens_at"], Value::Null);
    assert_eq!(board["artists"][1]["free_from"], Value::Null);
    let mut visit = booking(&house, &service, &client, house.at(1));
    visit["artist_id"] = json!(house.artists[1]);
    assert_eq!(sam.done("agenda.book", visit)["warnings"], json!(["outside_hours"]));
    // One end may be open, and who stays has every week again.
    stay(Value::Null, json!("2026-11-24"));
    assert_eq!(free(), [21, 23, 24]);
    owner.done("staff.set_terms", json!({"member_id": dario, "employment": "employed"}));
    assert_eq!(free().len(), 8);
}

#[test]
fn t119_a_block_comes_again_every_week_through_the_change_of_clocks() {
    let house = House::staffed();
    let (mara, owner) = (house.seat("mara"), house.owner());
    owner.done("security.settings", json!({"zone": "Europe/Madrid"}));
    // Mondays 10:00 to 14:00 in Madrid, over the end of March: 09:00 UTC before, 08:00 after.
    let first = 1_774_256_400_000_i64;
    let made = mara.done(
        "agenda.block",
        json!({"artist_id": house.artists[0], "kind": "personal", "starts_at": first,
            "ends_at": first + 4 * 3_600_000, "weekly_until": "2026-04-13"}),
    );
    assert_eq!(made["blocks"], 4);
    let list = mara.done("agenda.list", json!({"day": "2026-03-23", "days": 28}));
    let starts: Vec<i64> =
        list["blocks"].as_array().unwrap().iter().map(|one| one["starts_at"].as_i64().unwrap()).collect();
    let week = 7 * 24 * 3_600_000;
    let hour = 3_600_000;
    assert_eq!(starts, [first, first + week - hour, first + 2 * week - hour, first + 3 * week - hour]);
    // This one and what follows go; what was before stays.
    let second = text(&list["blocks"][1]["id"]);
    mara.done("agenda.unblock", json!({"block_id": second, "following": true}));
    let list = mara.done("agenda.list", json!({"day": "2026-03-23", "days": 28}));
    assert_eq!(list["blocks"].as_array().unwrap().len(), 1);
    let endless = json!({"artist_id": house.artists[0], "kind": "other", "starts_at": first,
        "ends_at": first + hour, "weekly_until": "2030-01-01"});
    assert_eq!(mara.why("agenda.block", endless), "invalid: weekly_until");
}

/// The local beginnings and ends of a weekly block of Mara's in Berlin, from its first day on.
fn weekly_in_berlin(first: &str, hours: (i64, i64), until: &str) -> Vec<(i64, i64)> {
    let house = House::staffed();
    let (mara, owner) = (house.seat("mara"), house.owner());
    owner.done("security.settings", json!({"zone": "Europe/Berlin"}));
    let midnight = owner.done("agenda.list", json!({"day": first}))["from"].as_i64().unwrap();
    mara.done(
        "agenda.block",
        json!({"artist_id": house.artists[0], "kind": "vacation", "all_day": hours == (0, 24),
            "starts_at": midnight + hours.0 * 3_600_000, "ends_at": midnight + hours.1 * 3_600_000,
            "weekly_until": until}),
    );
    let list = mara.done("agenda.list", json!({"day": first, "days": 28}));
    let blocks = list["blocks"].as_array().unwrap();
    blocks
        .iter()
        .map(|one| {
            (one["starts_at"].as_i64().unwrap() - midnight, one["ends_at"].as_i64().unwrap() - midnight)
        })
        .collect()
}

#[test]
fn p9_t118_a_weekly_block_ends_at_the_same_local_minute_whatever_the_clocks_do() {
    let hour = 3_600_000;
    let in_hours = |found: Vec<(i64, i64)>| -> Vec<(i64, i64)> {
        found.into_iter().map(|(from, to)| (from / hour, to / hour)).collect()
    };
    // 26 March 2028: the day has 23 hours. 29 October: 25.
    let all_day = in_hours(weekly_in_berlin("2028-03-19", (0, 24), "2028-04-02"));
    assert_eq!(all_day, [(0, 24), (168, 191), (335, 359)]);
    let all_day = in_hours(weekly_in_berlin("2028-10-22", (0, 24), "2028-11-05"));
    assert_eq!(all_day, [(0, 24), (168, 193), (337, 361)]);
    // From one to four of the clock on the wall.
    let night = in_hours(weekly_in_berlin("2028-03-19", (1, 4), "2028-04-02"));
    assert_eq!(night, [(1, 4), (169, 171), (336, 339)]);
    let night = in_hours(weekly_in_berlin("2028-10-22", (1, 4), "2028-11-05"));
    assert_eq!(night, [(1, 4), (169, 173), (338, 341)]);
    // From two to three: there is no such hour on the day of the change.
    let skipped = in_hours(weekly_in_berlin("2028-03-19", (2, 3), "2028-04-02"));
    assert_eq!(skipped, [(2, 3), (337, 338)]);
    // Over midnight into the change.
    let late = in_hours(weekly_in_berlin("2028-03-18", (20, 32), "2028-04-01"));
    assert_eq!(late, [(20, 32), (188, 199), (355, 367)]);
}

#[test]
fn t093_several_artists_are_off_at_once_and_an_artist_only_for_herself() {
    let house = House::staffed();
    let fair = json!({"artist_id": house.artists[0], "also_artists": [house.artists[1], house.artists[0]],
        "kind": "convention", "starts_at": house.at(48), "ends_at": house.at(72), "all_day": true});
    house.leaves_no_trace(|| {
        assert_eq!(house.seat("mara").refused("agenda.block", fair.clone()), "denied");
    });
    let made = house.seat("sam").done("agenda.block", fair);
    assert_eq!(made["blocks"], 2, "nobody twice");
}

#[test]
fn t123_a_project_counts_its_sessions() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let project = sam.done(
        "projects.start",
        json!({"client_id": client, "artist_id": house.artists[0], "title": "Sleeve", "placement": "Left arm",
            "planned": 3}),
    );
    let book = |hours: i64| {
        let mut args = booking(&house, &house.services[0], &client, house.at(hours));
        args["project_id"] = project["id"].clone();
        sam.done("agenda.book", args)["card"].clone()
    };
    let (first, second) = (book(2), book(5));
    assert_eq!(
        second["detail"]["project"],
        json!({"project_id": project["id"], "title": "Sleeve", "session": 2,
        "planned": 3})
    );
    sam.done("agenda.cancel", json!({"appointment_id": first["id"]}));
    let cards = sam.done("agenda.list", json!({"day": "2026-11-20"}));
    let second = cards["cards"].as_array().unwrap().iter().find(|card| card["id"] == second["id"]).unwrap();
    assert_eq!(second["detail"]["project"]["session"], 1, "a cancelled one does not count");
    sam.done("agenda.complete", json!({"appointment_id": second["id"]}));
    let list = sam.done("projects.list", json!({"client_id": client}));
    assert_eq!((&list[0]["done"], list[0]["sessions"].as_array().unwrap().len()), (&json!(1), 2));
    // A project is one client's.
    let stranger = house.client("Stranger");
    let mut wrong = booking(&house, &house.services[0], &stranger, house.at(8));
    wrong["project_id"] = project["id"].clone();
    assert_eq!(sam.why("agenda.book", wrong), "conflict: project_of_another");
    // D28, attack 2: a colleague sees none of it and touches none of it.
    let dario = house.seat("dario");
    assert_eq!(dario.done("projects.list", json!({"client_id": client})), json!([]));
    house.leaves_no_trace(|| {
        for id in [text(&project["id"]), "nobody".to_owned()] {
            let fault = dario.ask("projects.edit", json!({"project_id": id, "title": "Mine"})).unwrap_err();
            assert_eq!((&fault["code"], &fault["params"]["why"]), (&json!("denied"), &json!("not_yours")));
        }
        let mine = json!({"project_id": project["id"], "artist_id": house.artists[1]});
        assert_eq!(house.seat("mara").refused("projects.edit", mine), "denied", "both artists are checked");
    });
    let closed = sam.done("projects.edit", json!({"project_id": project["id"], "closed": true}));
    assert!(closed["closed_at"].is_i64());
    assert_eq!(sam.done("projects.list", json!({"client_id": client})), json!([]));
}

#[test]
fn t017_attack_09_attack_42_an_export_is_of_own_rows_and_no_cell_is_a_formula() {
    let house = House::staffed();
    let formula = house.client("=HYPERLINK(\"http://x\")");
    house.book(0, &formula, 1);
    house.book(1, &formula, 3);
    let ask = |format: &str| json!({"from": "2026-11-20", "days": 1, "format": format});
    let all = house.seat("sam").done("agenda.export", ask("csv"));
    assert_eq!(all["rows"], 2);
    let sheet = text(&all["text"]);
    assert!(sheet.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{sheet}");
    assert!(sheet.contains("1600.00"), "{sheet}");
    for artist in [Value::Null, json!(house.artists[1])] {
        let mut args = ask("csv");
        args["artist_id"] = artist;
        let own = house.seat("mara").done("agenda.export", args);
        assert_eq!(own["rows"], 1);
        assert!(!text(&own["text"]).contains("Dario"));
    }
    let calendar = text(&house.seat("mara").done("agenda.export", ask("ics"))["text"]);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(calendar.contains("DTSTART:20261120T160000Z"), "{calendar}");
    let log = house.owner().done("activity.list", json!({"kind": "agenda", "limit": 1}));
    assert_eq!((&log[0]["command"], &log[0]["details"]["rows"]), (&json!("agenda.export"), &json!(1)), "D23");
}

#[test]
fn d04_attack_08_a_colleagues_state_is_nobodys_to_search_by() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 3));
    for visit in [&mine, &theirs] {
        house.owner().done("agenda.confirm", json!({"appointment_id": visit}));
    }
    let find = |who: &str, extra: Value| -> Vec<String> {
        let mut args = json!({"from": "2026-11-20", "days": 1});
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let found = house.seat(who).done("agenda.find", args);
        found.as_array().unwrap().iter().map(|card| text(&card["id"])).collect()
    };
    assert_eq!(find("sam", json!({"text": "mélo"})), [mine.clone(), theirs.clone()]);
    assert_eq!(find("mara", json!({"text": "melo"})), [mine.clone(), theirs.clone()], "T010, T117");
    for state in ["confirmed", "booked"] {
        let seen = find("mara", json!({"states": [state]}));
        assert!(!seen.contains(&theirs), "{state}");
    }
    assert_eq!(find("mara", json!({"states": ["confirmed"]})), std::slice::from_ref(&mine));
    assert_eq!(find("sam", json!({"states": ["confirmed"]})), [mine, theirs]);
    // How full a colleague's days are is part of what they earn.
    let month = house.seat("mara").done("agenda.month", json!({"month": "2026-11"}));
    for day in month.as_array().unwrap() {
        let artists = day["artists"].as_array().unwrap();
        assert!(artists.iter().all(|load| load["artist_id"] == house.artists[0]));
    }
    let month = house.seat("sam").done("agenda.month", json!({"month": "2026-11"}));
    let day = &month.as_array().unwrap()[19];
    let load = day["artists"].as_array().unwrap().iter().find(|one| one["artist_id"] == house.artists[1]);
    let load = load.unwrap();
    assert_eq!(
        (&load["visits"], &load["booked_minutes"], &load["open_minutes"]),
        (&json!(1), &json!(60), &json!(600))
    );
}

#[test]
fn d04_attack_08_a_colleagues_visit_that_takes_no_time_is_not_shown() {
    let (house, client, mine, theirs) = busy();
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    let shown = |seat: &Seat| -> (usize, usize) {
        let listed =
            seat.done("agenda.list", json!({"day": "2026-11-20"}))["cards"].as_array().unwrap().len();
        let found = seat.done("agenda.find", json!({"from": "2026-11-20", "days": 1}));
        (listed, found.as_array().unwrap().len())
    };
    let before = shown(&mara);
    assert_eq!(shown(&sam), before);
    house.owner().done("agenda.cancel", json!({"appointment_id": theirs, "reason": "Flu"}));
    assert_eq!(shown(&sam), before, "the desk sees what became of it");
    assert_eq!(shown(&mara), (before.0 - 1, before.1 - 1), "for a colleague the time is free");
    mara.done("agenda.cancel", json!({"appointment_id": mine, "reason": "Flu"}));
    assert_eq!(shown(&mara), (before.0 - 1, before.1 - 1), "one's own stays");
    drop(client);
}

#[test]
fn d04_a010_d18_one_visit_is_told_as_the_agenda_tells_it() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 3));
    let of = |visit: &str| json!({"appointment_id": visit});
    assert_eq!(house.seat("sam").done("agenda.visit", of(&theirs))["detail"]["status"], "booked");
    assert_eq!(house.seat("sam").refused("agenda.visit", of(&client)), "not_found");
    let mara = house.seat("mara");
    let seen = mara.done("agenda.visit", of(&theirs));
    assert_eq!((&seen["client_name"], &seen["detail"]), (&json!("Joana Melo"), &Value::Null));
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_calendar", "on": false}),
    );
    assert_eq!(mara.done("agenda.visit", of(&mine))["detail"]["status"], "booked");
    // Whether there is such a visit is not told either.
    for other in [&theirs, &client] {
        assert_eq!(mara.refused("agenda.visit", of(other)), "denied");
    }
}

#[test]
fn a_reminder_is_kept_and_nothing_is_sent() {
    let house = House::staffed();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let remind = json!({"appointment_id": visit, "by": "message"});
    assert_eq!(house.seat("dario").refused("agenda.remind", remind.clone()), "denied");
    let card = house.seat("sam").done("agenda.remind", remind.clone());
    assert_eq!(card["detail"]["reminded_at"], house.at(0));
    house.owner().done("agenda.cancel", json!({"appointment_id": visit}));
    assert_eq!(house.seat("sam").why("agenda.remind", remind), "conflict: closed_appointment");
}

#[test]
fn a_visit_that_something_hangs_on_keeps_its_client_and_a_paid_one_what_was_paid() {
    let (house, client, arrived, _) = busy();
    let other = house.client("Rui Tavares");
    let owner = house.owner();
    let swap = |visit: &str| json!({"appointment_id": visit, "client_id": other});
    // Checking in leaves nothing behind.
    owner.done("agenda.arrive", json!({"appointment_id": arrived}));
    owner.done("agenda.edit", swap(&arrived));
    // Paid ahead: neither client, service nor price, but another time and artist.
    let paid = house.book(0, &client, 3);
    owner.done(
        "till.sell",
        json!({"appointment_id": paid, "lines": [{"service_id": house.services[0]}],
            "tenders": [{"tender": "card", "amount": 160_000}]}),
    );
    house.leaves_no_trace(|| {
        assert_eq!(owner.why("agenda.edit", swap(&paid)), "conflict: visit_has_history");
        let service = json!({"appointment_id": paid, "service_id": house.services[1]});
        assert_eq!(owner.why("agenda.edit", service), "conflict: already_paid");
        let price = json!({"appointment_id": paid, "price": 1});
        assert_eq!(owner.why("agenda.edit", price), "conflict: already_paid");
    });
    owner.done(
        "agenda.edit",
        json!({"appointment_id": paid, "starts_at": house.at(26), "artist_id": house.artists[1]}),
    );
    // A note of it, supplies of it, a session that began.
    let noted = house.book(0, &client, 5);
    owner.done("clients.note", json!({"client_id": client, "appointment_id": noted, "body": "Left arm"}));
    let supplied = house.book(0, &client, 6);
    let form = json!({"sku": "INK", "name": "Ink", "price": 0, "session_use": "part"});
    let ink = text(&owner.done("inventory.create_item", json!({"form": form, "on_hand": 5}))["id"]);
    owner.done(
        "inventory.use_supplies",
        json!({"appointment_id": supplied, "supplies": [{"item_id": ink, "quantity": 1}]}),
    );
    let begun = house.book(1, &client, 4);
    owner.done("agenda.start", json!({"appointment_id": begun}));
    for visit in [&noted, &supplied, &begun] {
        assert_eq!(
            house.leaves_no_trace(|| owner.why("agenda.edit", swap(visit))),
            "conflict: visit_has_history"
        );
    }
    house.assert_holds();
}

#[test]
fn a_visit_that_is_done_early_gives_back_the_rest_of_its_time() {
    let (house, client, mara, _) = busy();
    house.clock.pass(u64::try_from(HOUR).unwrap() + 20 * MINUTE + 30_000);
    let owner = house.owner();
    owner.done("agenda.start", json!({"appointment_id": mara}));
    let mut half = slot(&house, 0, &client, 0);
    half["starts_at"] = json!(house.at(1) + HOUR / 2);
    half["minutes"] = json!(30);
    assert_eq!(owner.why("agenda.book", half.clone()), "conflict: overlap");
    owner.done("agenda.complete", json!({"appointment_id": mara}));
    let open = owner.done(
        "agenda.openings",
        json!({"artist_id": house.artists[0], "minutes": 30, "from": DAY, "days": 1, "limit": 1}),
    );
    assert_eq!(open[0]["starts_at"], half["starts_at"]);
    owner.done("agenda.book", half);
    // What was given away is not taken back.
    let back = json!({"appointment_id": mara, "status": "in_session"});
    assert_eq!(owner.why("agenda.reopen", back), "conflict: overlap");
}

#[test]
fn t095_a_visit_of_an_archived_client_is_not_taken_up_again() {
    let (house, client, mara, dario) = busy();
    let owner = house.owner();
    for visit in [&mara, &dario] {
        owner.done("agenda.cancel", json!({"appointment_id": visit}));
    }
    owner.done("clients.delete", json!({"client_id": client}));
    let back = json!({"appointment_id": mara, "status": "booked"});
    assert_eq!(house.leaves_no_trace(|| owner.why("agenda.reopen", back)), "conflict: client_archived");
}

#[test]
fn a_visit_over_midnight_stands_on_both_days_in_every_view() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    // 23:00 to 01:00.
    let mut night = slot(&house, 0, &client, 14);
    night["minutes"] = json!(120);
    let visit = owner.done("agenda.book", night)["card"]["id"].clone();
    let month = owner.done("agenda.month", json!({"month": "2026-11", "artist_id": house.artists[0]}));
    for (day, at) in [("2026-11-20", 19), ("2026-11-21", 20)] {
        let listed = owner.done("agenda.list", json!({"day": day}));
        let found = owner.done("agenda.find", json!({"from": day, "days": 1}));
        assert_eq!((&listed["cards"][0]["id"], &found[0]["id"]), (&visit, &visit), "{day}");
        let load = &month[at]["artists"][0];
        assert_eq!((&load["visits"], &load["booked_minutes"]), (&json!(1), &json!(60)), "{day}");
        assert_eq!(listed["artists"][0]["booked_minutes"], 60);
    }
}

#[test]
fn a_closed_project_takes_no_more_sessions_and_a_cancelled_one_says_which_it_was() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let start = json!({"client_id": client, "artist_id": house.artists[0], "title": "Sleeve", "planned": 2});
    let project = text(&owner.done("projects.start", start)["id"]);
    let session = |hours: i64| {
        let mut args = slot(&house, 0, &client, hours);
        args["project_id"] = json!(project);
        args
    };
    let first = text(&owner.done("agenda.book", session(2))["card"]["id"]);
    let gone = owner.done("agenda.cancel", json!({"appointment_id": first}));
    assert_eq!(gone["detail"]["project"]["session"], 1);
    owner.done("agenda.book", session(4));
    owner.done("projects.edit", json!({"project_id": project, "closed": true}));
    assert_eq!(house.leaves_no_trace(|| owner.why("agenda.book", session(6))), "conflict: project_closed");
}

#[test]
fn t113_nobody_plans_with_an_artist_who_left() {
    let house = House::staffed();
    let client = house.client("Joana");
    let (owner, dario) = (house.owner(), house.seat("dario"));
    owner.done("staff.set_active", json!({"member_id": dario.member, "active": false}));
    let artist = &house.artists[1];
    house.leaves_no_trace(|| {
        for (command, args) in [
            (
                "projects.start",
                json!({"client_id": client, "artist_id": artist, "title": "Sleeve", "planned": 2}),
            ),
            (
                "waitlist.add",
                json!({"client_id": client, "artist_id": artist, "service_id": house.services[0],
                    "from": DAY, "until": DAY}),
            ),
            (
                "agenda.block",
                json!({"artist_id": artist, "kind": "other", "starts_at": house.at(1), "ends_at": house.at(2)}),
            ),
        ] {
            assert_eq!(owner.why(command, args), "conflict: artist_archived", "{command}");
        }
    });
}

#[test]
fn an_artist_named_twice_is_off_once() {
    let house = House::staffed();
    let [mara, dario] = [&house.artists[0], &house.artists[1]];
    let made = house.owner().done(
        "agenda.block",
        json!({"artist_id": mara, "also_artists": [dario, dario, mara], "kind": "convention",
            "starts_at": house.at(1), "ends_at": house.at(2)}),
    );
    assert_eq!(made["blocks"], 2);
}

#[test]
fn the_wait_list_honours_buffers_and_leaves_archived_clients_and_past_days_out() {
    let house = House::staffed();
    let (client, gone) = (house.client("Joana"), house.client("Rui"));
    let owner = house.owner();
    let service = json!({"service_id": house.services[0], "name": "Small lettering", "kind": "tattoo", "minutes": 60,
        "price": 160_000, "setup_minutes": 15});
    owner.done("studio.set_service", service);
    let wish = |client: &str, until: &str| {
        json!({"client_id": client, "artist_id": house.artists[0], "service_id": house.services[0],
            "from": "2026-11-01", "until": until})
    };
    assert_eq!(owner.why("waitlist.add", wish(&client, "2026-11-19")), "invalid: until");
    owner.done("waitlist.add", wish(&client, DAY));
    owner.done("waitlist.add", wish(&gone, DAY));
    let fits = |from: i64, to: i64| {
        let slot =
            json!({"artist_id": house.artists[0], "starts_at": house.at(from), "ends_at": house.at(to)});
        owner.done("waitlist.fits", slot).as_array().unwrap().len()
    };
    assert_eq!(fits(3, 4), 2);
    owner.done("clients.delete", json!({"client_id": gone}));
    assert_eq!(fits(3, 4), 1);
    assert_eq!(owner.done("waitlist.list", json!({})).as_array().unwrap().len(), 1);
    // The hour right after somebody leaves no time to set up.
    let other = house.client("Ada");
    house.book(0, &other, 2);
    assert_eq!((fits(3, 4), fits(3, 5)), (0, 1));
}

#[test]
fn t017_t116_the_table_has_every_visit_and_the_calendar_what_takes_time_with_the_time_off() {
    let (house, _, mara, _) = busy();
    let sam = house.seat("sam");
    sam.done("agenda.cancel", json!({"appointment_id": mara}));
    for (artist, from) in [(0, 4), (1, 6)] {
        sam.done(
            "agenda.block",
            json!({"artist_id": house.artists[artist], "kind": "vacation", "note": "Wedding",
                "starts_at": house.at(from), "ends_at": house.at(from + 1)}),
        );
    }
    let export = |seat: &Seat, format: &str| {
        seat.done("agenda.export", json!({"from": DAY, "days": 1, "format": format}))
    };
    let table = export(&sam, "csv");
    assert_eq!(table["rows"], 2);
    assert!(text(&table["text"]).contains("cancelled"));
    let all = export(&sam, "ics");
    assert_eq!(all["rows"], 3, "Dario's visit and both blocks");
    let own = export(&house.seat("mara"), "ics");
    assert_eq!(own["rows"], 1, "her own time off alone (D04)");
    let calendar = text(&own["text"]);
    assert!(calendar.contains("SUMMARY:vacation") && calendar.contains("STATUS:CONFIRMED"));
    assert!(!calendar.contains("Wedding"));
}
