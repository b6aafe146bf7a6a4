//! Signing in, passwords, throttling, the recovery code, the idle lock, and when a session ends by itself.

use std::sync::Barrier;

use inkpoint_core::{Cost, Desk, Place, Tools};
use serde_json::{Value, json};

use crate::studio_house::{House, MINUTE, NOBODY, OWNER_PASSWORD, PASSWORD, all_rows, ask, text, tools};

fn sign_in(house: &House, username: &str, password: &str) -> Result<Value, Value> {
    ask(&house.desk.beside(), "session.sign_in", None, json!({"username": username, "password": password}))
}

/// A fault without what differs from request to request.
fn told(fault: Value) -> Value {
    json!([fault["code"], fault["params"]])
}

#[test]
fn t089_wrong_unknown_and_archived_get_the_same_reply() {
    let house = House::staffed();
    let dario = house.seat("dario").member;
    house.owner().done("staff.set_active", json!({"member_id": dario, "active": false}));
    let wrong = told(sign_in(&house, "mara", "Wrong-Password-1").unwrap_err());
    let archived = told(sign_in(&house, "dario", PASSWORD).unwrap_err());
    let unknown = told(sign_in(&house, "nobody", PASSWORD).unwrap_err());
    assert_eq!(wrong, json!(["bad_credentials", {"tries_left": 4}]));
    assert_eq!(wrong, archived);
    assert_eq!(wrong, unknown);
}

#[test]
fn t089_tries_of_one_unknown_name_do_not_show_on_another() {
    let house = House::staffed();
    for left in (0..5).rev() {
        let fault = sign_in(&house, "nobody", PASSWORD).unwrap_err();
        assert_eq!(told(fault), json!(["bad_credentials", {"tries_left": left}]));
    }
    assert_eq!(sign_in(&house, "nobody", PASSWORD).unwrap_err()["code"], "throttled");
    let first = told(sign_in(&house, "somebody", PASSWORD).unwrap_err());
    let known = told(sign_in(&house, "mara", "Wrong-Password-1").unwrap_err());
    assert_eq!(first, known);
    for name in 0..600 {
        sign_in(&house, &format!("name{name}"), PASSWORD).unwrap_err();
    }
    assert!(house.count("SELECT count(*) FROM throttles") <= 257, "unknown names do not fill the file");
}

#[test]
fn attack_23_only_the_exact_password_and_name_sign_in() {
    let house = House::new();
    let tries = [
        ("ana", "violet-stencil-9".to_owned()),
        ("ana", format!("{OWNER_PASSWORD} ")),
        ("ana", format!("{OWNER_PASSWORD}\0")),
        ("ana", String::new()),
        ("Ana", OWNER_PASSWORD.to_owned()),
        ("аna", OWNER_PASSWORD.to_owned()),
        ("ana ", OWNER_PASSWORD.to_owned()),
    ];
    for (username, password) in tries {
        house.clock.pass(20 * MINUTE);
        let fault = sign_in(&house, username, &password).unwrap_err();
        assert_eq!(fault["code"], "bad_credentials", "{username:?} {password:?}");
    }
    house.clock.pass(20 * MINUTE);
    sign_in(&house, "ana", OWNER_PASSWORD).unwrap();
}

#[test]
fn attack_23_nothing_after_the_seventy_first_byte_is_ignored() {
    let house = House::new();
    let owner = house.owner();
    let longest = "x".repeat(71);
    owner.done("session.change_password", json!({"current": OWNER_PASSWORD, "new": longest}));
    let suffixed = sign_in(&house, "ana", &format!("{longest}y")).unwrap_err();
    assert_eq!(suffixed["code"], "bad_credentials");
    sign_in(&house, "ana", &longest).unwrap();
}

#[test]
fn attack_21_five_tries_then_a_wait_that_doubles_to_a_quarter_of_an_hour() {
    let house = House::staffed();
    for left in (0..5).rev() {
        let fault = sign_in(&house, "mara", "Wrong-Password-1").unwrap_err();
        assert_eq!(told(fault), json!(["bad_credentials", {"tries_left": left}]));
    }
    for wait in [30, 60, 120, 240, 480, 900, 900] {
        let fault = sign_in(&house, "mara", PASSWORD).unwrap_err();
        assert_eq!(fault["code"], "throttled", "even the right password waits");
        assert_eq!(fault["params"]["wait_ms"], wait * 1_000);
        house.clock.pass(wait * 1_000 - 1);
        assert_eq!(sign_in(&house, "mara", PASSWORD).unwrap_err()["code"], "throttled");
        house.clock.pass(1);
        let fault = sign_in(&house, "mara", "Wrong-Password-1").unwrap_err();
        assert_eq!(fault["code"], "bad_credentials");
    }
    sign_in(&house, "sam", PASSWORD).unwrap();
    house.clock.pass(900_000);
    sign_in(&house, "mara", PASSWORD).unwrap();
    let fault = sign_in(&house, "mara", "Wrong-Password-1").unwrap_err();
    assert_eq!(fault["params"]["tries_left"], 4, "a right password starts the count anew");
}

/// Every count of wrong entries: the command, who must be signed in for it, a wrong try and a right one. A wrong current
/// password counts as a wrong sign-in, so `session.change_password` has none of its own.
fn counted(house: &House) -> Vec<(&'static str, Option<&'static str>, Value, Value)> {
    vec![
        (
            "session.sign_in",
            None,
            json!({"username": "mara", "password": "Wrong-Password-1"}),
            json!({"username": "mara", "password": PASSWORD}),
        ),
        ("session.elevate", Some("sam"), json!({"code": "AAAAA-AAAAA"}), json!({"code": house.master_code})),
        (
            "session.recover",
            None,
            json!({"recovery_code": "AAAAA-AAAAA-AAAAA-AAAAA", "new_password": "Second-Needle-8"}),
            json!({"recovery_code": house.recovery_code, "new_password": "Second-Needle-8"}),
        ),
    ]
}

/// A session in the middle of whose work the clock is set ends, so each try signs in anew.
fn counted_try(house: &House, who: Option<&str>, command: &str, args: &Value) -> Result<Value, Value> {
    match who {
        Some(username) => house.seat(username).ask(command, args.clone()),
        None => ask(&house.desk.beside(), command, None, args.clone()),
    }
}

#[test]
fn attack_20_attack_21_no_clock_that_is_set_shortens_a_wait() {
    for jump in [86_400_000, -86_400_000, 31_000, -31_000] {
        let house = House::staffed();
        for (command, who, wrong, right) in counted(&house) {
            for _ in 0..5 {
                counted_try(&house, who, command, &wrong).unwrap_err();
            }
            house.clock.jump(jump);
            let fault = counted_try(&house, who, command, &right).unwrap_err();
            assert_eq!(fault["code"], "throttled", "{command}, {jump}");
            assert_eq!(fault["params"]["wait_ms"], 30_000, "{command}, {jump}: neither shorter nor longer");
            let until = fault["params"]["until"].as_i64().unwrap();
            assert_eq!(until - house.now(), 30_000, "{command}, {jump}: told by the clock on the wall");
            house.clock.pass(29_999);
            assert_eq!(counted_try(&house, who, command, &right).unwrap_err()["code"], "throttled");
            house.clock.pass(1);
            counted_try(&house, who, command, &right).unwrap();
        }
    }
}

#[test]
fn attack_20_attack_21_a_restart_begins_the_wait_anew() {
    for (at, (command, ..)) in counted(&House::new()).into_iter().enumerate() {
        let house = House::staffed();
        let (_, who, wrong, right) = counted(&house).swap_remove(at);
        for _ in 0..5 {
            counted_try(&house, who, command, &wrong).unwrap_err();
        }
        house.clock.pass(20_000);
        // Another process: its monotonic clock begins at its own nothing, and somebody has set the other one.
        let after = house.reborn(86_400_000);
        let desk = after.desk.beside();
        if let Some(username) = who {
            ask(&desk, "session.sign_in", None, json!({"username": username, "password": PASSWORD})).unwrap();
        }
        let fault = ask(&desk, command, None, right.clone()).unwrap_err();
        assert_eq!(fault["params"]["wait_ms"], 30_000, "{command}: {fault}");
        after.clock.pass(29_999);
        assert_eq!(ask(&desk, command, None, right.clone()).unwrap_err()["code"], "throttled", "{command}");
        after.clock.pass(1);
        ask(&desk, command, None, right).unwrap();
    }
}

#[test]
fn attack_20_attack_21_two_sessions_share_one_count() {
    let house = House::staffed();
    let (here, there) = (house.seat("dario"), house.seat("dario"));
    let wrong = json!({"current": "Wrong-Password-1", "new": "Needle-77"});
    for seat in [&here, &there, &here, &there, &here] {
        assert_eq!(seat.refused("session.change_password", wrong.clone()), "bad_credentials");
    }
    for seat in [&here, &there] {
        assert_eq!(seat.refused("session.change_password", wrong.clone()), "throttled");
    }
    assert_eq!(sign_in(&house, "dario", PASSWORD).unwrap_err()["code"], "throttled");
    house.clock.pass(30_000);
    here.done("session.change_password", json!({"current": PASSWORD, "new": "Needle-77"}));
    assert_eq!(house.count("SELECT count(*) FROM throttles"), 0, "a right one starts the count anew");
    let fault = sign_in(&house, "dario", PASSWORD).unwrap_err();
    assert_eq!(told(fault), json!(["bad_credentials", {"tries_left": 4}]));
}

#[test]
fn attack_21_a_thousand_guesses_at_once_are_no_more_than_guesses_in_a_row_and_the_till_goes_on() {
    let house = House::staffed();
    let item = house.item("SOAP", 12_000, 5);
    let till = house.seat("sam");
    let together = Barrier::new(1_001);
    let codes: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..1_000)
            .map(|_| {
                let desk = house.desk.beside();
                let together = &together;
                std::thread::Builder::new()
                    .stack_size(512 * 1024)
                    .spawn_scoped(scope, move || {
                        together.wait();
                        let wrong = json!({"username": "mara", "password": "Wrong-Password-1"});
                        text(&ask(&desk, "session.sign_in", None, wrong).unwrap_err()["code"])
                    })
                    .unwrap()
            })
            .collect();
        together.wait();
        let card = json!([{"tender": "card", "amount": 12_000}]);
        till.done("till.sell", json!({"lines": [{"item_id": item}], "tenders": card}));
        running.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let judged = codes.iter().filter(|code| *code == "bad_credentials").count();
    assert_eq!(judged, 5, "{codes:?}");
    assert!(codes.iter().all(|code| code == "bad_credentials" || code == "throttled"), "{codes:?}");
    assert_eq!(house.count("SELECT failures FROM throttles WHERE subject = 'sign_in:mara'"), 5);
    house.assert_holds();
}

#[test]
fn t084_a_hash_that_is_too_cheap_here_is_made_anew_at_the_next_sign_in() {
    let house = House::staffed();
    let costs = || -> (String, String, i64) {
        house
            .raw()
            .query_row(
                "SELECT substr(password_hash, 1, 7), (SELECT substr(hash, 1, 7) FROM secrets
                    WHERE name = 'master_code'), password_epoch FROM members WHERE username = 'sam'",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap()
    };
    let (password, code, epoch) = costs();
    assert_eq!((password.as_str(), code.as_str()), ("$2b$04$", "$2b$04$"));
    house.desk.close();
    let dearer = Tools { cost: Cost::Fixed(5), ..tools(house.clock.clone()) };
    let desk = Desk::with(Place::under(house.home.path()), dearer);
    desk.open(&house.file).unwrap();
    let there = desk.beside();
    for here in [&desk, &there] {
        ask(here, "session.sign_in", None, json!({"username": "sam", "password": PASSWORD})).unwrap();
    }
    assert_eq!(costs(), ("$2b$05$".to_owned(), code, epoch), "no new password: nobody is signed out");
    ask(&there, "session.elevate", None, json!({"code": house.master_code})).unwrap();
    assert_eq!(costs(), ("$2b$05$".to_owned(), "$2b$05$".to_owned(), epoch));
    assert!(ask(&there, "session.whoami", None, json!({})).unwrap()["elevation"].is_object(), "no rotation");
    ask(&desk, "session.elevate", None, json!({"code": house.master_code})).unwrap();
    let wrong = json!({"username": "sam", "password": "Wrong-Password-1"});
    assert_eq!(ask(&desk, "session.sign_in", None, wrong).unwrap_err()["code"], "bad_credentials");
}

#[test]
fn t102_wrong_passwords_are_in_the_journal() {
    let house = House::staffed();
    let mara = house.seat("mara").member;
    sign_in(&house, "mara", "Wrong-Password-1").unwrap_err();
    let rows = house.owner().done("activity.list", json!({"refusals": true}));
    assert_eq!(rows[0]["command"], "session.sign_in");
    assert_eq!(rows[0]["outcome"], "bad_credentials");
    assert_eq!(rows[0]["member_id"], mara.as_str());
}

#[test]
fn t087_a_temporary_password_must_be_changed_before_anything_else() {
    let house = House::new();
    let made = house
        .owner()
        .done("staff.create_user", json!({"username": "sam", "name": "Sam Luna", "role": "assistant"}));
    let temporary = text(&made["password"]);
    let seat = house.seat_with("sam", &temporary);
    assert_eq!(seat.done("session.whoami", json!({}))["must_change_password"], true);
    for (command, args) in [
        ("agenda.list", json!({"day": "2026-11-20"})),
        ("clients.create", json!({"name": "Joana"})),
        ("clients.edit", json!({"wrong": 1})),
        ("session.elevate", json!({"code": house.master_code})),
    ] {
        let code = house.leaves_no_trace(|| seat.refused(command, args));
        assert_eq!(code, "password_change_required", "{command}");
    }
    let again = json!({"current": temporary, "new": temporary});
    assert_eq!(seat.why("session.change_password", again), "invalid: new");
    seat.done("session.change_password", json!({"current": temporary, "new": PASSWORD}));
    seat.done("agenda.list", json!({"day": "2026-11-20"}));
    assert_eq!(sign_in(&house, "sam", &temporary).unwrap_err()["code"], "bad_credentials");
}

#[test]
fn d11_passwords_are_long_or_mixed_and_not_common() {
    let house = House::staffed();
    let seat = house.seat("mara");
    for refused in [
        "Short-1",
        "alllowercase1",
        "ALLUPPERCASE1",
        "NoDigitsHere",
        "Password123",
        "Mara1234X",
        "               ",
        "With\0Nul-Inside-1",
        &"x".repeat(72),
        "",
    ] {
        let args = json!({"current": PASSWORD, "new": refused});
        let why = house.leaves_no_trace(|| seat.why("session.change_password", args));
        assert_eq!(why, "invalid: new", "{refused:?}");
    }
    let mut current = PASSWORD;
    for accepted in ["Needle-77", "fifteen letters", "Ñandú-Águila-1"] {
        seat.done("session.change_password", json!({"current": current, "new": accepted}));
        current = accepted;
    }
    sign_in(&house, "mara", current).unwrap();
}

#[test]
fn d11_the_last_five_passwords_are_not_used_again() {
    let house = House::staffed();
    let seat = house.seat("mara");
    let mut used = vec![PASSWORD.to_owned()];
    for turn in 1..=5 {
        let next = format!("Paper-And-Ink-{turn}{turn}");
        let current = used.last().unwrap().clone();
        seat.done("session.change_password", json!({"current": current, "new": next}));
        used.push(next);
    }
    let current = used.last().unwrap().clone();
    for old in &used[1..] {
        let args = json!({"current": current, "new": old});
        assert_eq!(seat.why("session.change_password", args), "invalid: new", "{old}");
    }
    seat.done("session.change_password", json!({"current": current, "new": used[0]}));
}

#[test]
fn d11_the_recovery_code_brings_no_old_password_back() {
    let house = House::new();
    let old = json!({"recovery_code": house.recovery_code, "new_password": OWNER_PASSWORD});
    let fault = house.ask("session.recover", old).unwrap_err();
    assert_eq!(fault["code"], "invalid");
    assert_eq!(fault["params"]["field"], "new_password");
    sign_in(&house, "ana", OWNER_PASSWORD).unwrap();
}

#[test]
fn a_wrong_current_password_counts_as_a_wrong_sign_in() {
    let house = House::staffed();
    let seat = house.seat("mara");
    for _ in 0..5 {
        let args = json!({"current": "Wrong-Password-1", "new": "Needle-77"});
        assert_eq!(seat.refused("session.change_password", args), "bad_credentials");
    }
    let right = json!({"current": PASSWORD, "new": "Needle-77"});
    assert_eq!(seat.refused("session.change_password", right), "throttled");
    assert_eq!(sign_in(&house, "mara", PASSWORD).unwrap_err()["code"], "throttled");
}

#[test]
fn d22_the_recovery_code_works_once_and_makes_the_next() {
    let house = House::new();
    let owner = house.owner();
    let first = json!({"recovery_code": house.recovery_code, "new_password": "Second-Needle-8"});
    let done = house.ask("session.recover", first).unwrap();
    assert_eq!(done["username"], "ana");
    assert_eq!(owner.refused("agenda.list", json!({"day": "2026-11-20"})), "no_session", "attack 27");
    assert_eq!(sign_in(&house, "ana", OWNER_PASSWORD).unwrap_err()["code"], "bad_credentials");
    sign_in(&house, "ana", "Second-Needle-8").unwrap();

    let again = json!({"recovery_code": house.recovery_code, "new_password": "Third-Needle-9"});
    assert_eq!(house.ask("session.recover", again).unwrap_err()["code"], "bad_code");
    // As a person would type it: small letters, spaces.
    let typed = text(&done["recovery_code"]).to_lowercase().replace('-', " ");
    let next = json!({"recovery_code": typed, "new_password": "Third-Needle-9"});
    assert_ne!(house.ask("session.recover", next).unwrap()["recovery_code"], done["recovery_code"]);
    sign_in(&house, "ana", "Third-Needle-9").unwrap();
}

#[test]
fn d22_the_recovery_code_is_throttled_too() {
    let house = House::new();
    let wrong = json!({"recovery_code": "AAAAA-AAAAA-AAAAA-AAAAA", "new_password": "Second-Needle-8"});
    for _ in 0..5 {
        assert_eq!(house.ask("session.recover", wrong.clone()).unwrap_err()["code"], "bad_code");
    }
    let right = json!({"recovery_code": house.recovery_code, "new_password": "Second-Needle-8"});
    assert_eq!(house.ask("session.recover", right).unwrap_err()["code"], "throttled");
    sign_in(&house, "ana", OWNER_PASSWORD).unwrap();
}

#[test]
fn d22_only_the_owner_touches_the_owners_password() {
    let house = House::staffed();
    let owner = house.owner().member;
    let admin = house.seat("bea");
    assert_eq!(admin.refused("staff.reset_password", json!({"member_id": owner})), "denied");
    sign_in(&house, "ana", OWNER_PASSWORD).unwrap();
}

#[test]
fn t105_an_idle_desk_locks_and_looking_who_is_there_does_not_keep_it_open() {
    let house = House::staffed();
    let seat = house.seat("mara");
    let day = json!({"day": "2026-11-20"});
    for _ in 0..3 {
        house.clock.pass(4 * MINUTE);
        seat.done("agenda.list", day.clone());
    }
    house.clock.pass(4 * MINUTE);
    seat.done("session.whoami", json!({}));
    seat.done("desk.status", json!({}));
    house.clock.pass(MINUTE);
    assert_eq!(seat.refused("agenda.list", day), "no_session");
    assert_eq!(seat.done("desk.status", json!({}))["signed_in"], false);
}

#[test]
fn t105_the_idle_minutes_are_a_setting_from_one_to_thirty() {
    let house = House::staffed();
    let owner = house.owner();
    for wrong in [0, 31, -1, i64::MAX] {
        let why = owner.why("security.settings", json!({"idle_minutes": wrong}));
        assert_eq!(why, "invalid: idle_minutes");
    }
    owner.done("security.settings", json!({"idle_minutes": 30}));
    let seat = house.seat("mara");
    house.clock.pass(30 * MINUTE - 1);
    seat.done("agenda.list", json!({"day": "2026-11-20"}));
    house.clock.pass(30 * MINUTE);
    assert_eq!(seat.refused("agenda.list", json!({"day": "2026-11-20"})), "no_session");
}

#[test]
fn d21_archived_means_no_session_on_the_next_command() {
    let house = House::staffed();
    let mara = house.seat("mara");
    mara.done("clients.create", json!({"name": "Joana"}));
    house.owner().done("staff.set_active", json!({"member_id": mara.member, "active": false}));
    let code = house.leaves_no_trace(|| mara.refused("clients.create", json!({"name": "Joana"})));
    assert_eq!(code, "no_session");
    assert_eq!(sign_in(&house, "mara", PASSWORD).unwrap_err()["code"], "bad_credentials");
    house.owner().done("staff.set_active", json!({"member_id": mara.member, "active": true}));
    assert_eq!(mara.refused("session.whoami", json!({})), "no_session", "the old session stays ended");
    sign_in(&house, "mara", PASSWORD).unwrap();
}

#[test]
fn d21_attack_28_a_new_role_counts_on_the_next_command() {
    let house = House::staffed();
    let bea = house.seat("bea");
    bea.done("activity.list", json!({}));
    house.owner().done("staff.change_role", json!({"member_id": bea.member, "role": "assistant"}));
    assert_eq!(bea.refused("activity.list", json!({})), "denied");
    assert_eq!(bea.done("session.whoami", json!({}))["role"], "assistant");
    house.owner().done("staff.change_role", json!({"member_id": bea.member, "role": "admin"}));
    bea.done("activity.list", json!({}));
}

#[test]
fn attack_27_a_reset_password_ends_the_sessions_of_the_old_one() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let reset = house.owner().done("staff.reset_password", json!({"member_id": mara.member}));
    assert_eq!(mara.refused("session.whoami", json!({})), "no_session");
    let again = house.seat_with("mara", &text(&reset["password"]));
    assert_eq!(again.refused("agenda.list", json!({"day": "2026-11-20"})), "password_change_required");
}

#[test]
fn a_changed_password_ends_every_other_session_but_not_this_one() {
    let house = House::staffed();
    let (here, there) = (house.seat("mara"), house.seat("mara"));
    here.done("session.change_password", json!({"current": PASSWORD, "new": "Needle-77"}));
    here.done("agenda.list", json!({"day": "2026-11-20"}));
    assert_eq!(there.refused("agenda.list", json!({"day": "2026-11-20"})), "no_session");
}

#[test]
fn d24_a_clock_jump_ends_the_session_and_a_small_drift_does_not() {
    for jump in [-3_600_000, 3_600_000, -5_001, 5_001, 86_400_000] {
        let house = House::staffed();
        let seat = house.seat("mara");
        house.clock.jump(jump);
        let code = seat.refused("agenda.list", json!({"day": "2026-11-20"}));
        assert_eq!(code, "no_session", "{jump}");
        house.clock.jump(-jump);
        assert_eq!(
            seat.refused("session.whoami", json!({})),
            "no_session",
            "putting it back brings nothing back"
        );
    }
    let house = House::staffed();
    let seat = house.seat("mara");
    house.clock.jump(4_000);
    seat.done("agenda.list", json!({"day": "2026-11-20"}));
}

#[test]
fn p09_a_clock_set_back_never_reorders_the_journal() {
    let house = House::staffed();
    house.clock.jump(-86_400_000);
    let seat = house.seat("sam");
    seat.done("clients.create", json!({"name": "Joana"}));
    house.clock.jump(2 * 86_400_000);
    house.seat("sam").done("clients.create", json!({"name": "Pilar"}));
    house.assert_holds();
}

#[test]
fn d25_switching_at_one_desk_ends_the_session_before() {
    let house = House::staffed();
    let seat = house.seat("bea");
    seat.done("session.sign_in", json!({"username": "mara", "password": PASSWORD}));
    assert_eq!(seat.done("session.whoami", json!({}))["role"], "artist");
    assert_eq!(seat.refused("activity.list", json!({})), "denied");
    seat.done("session.sign_out", json!({}));
    assert_eq!(seat.refused("session.whoami", json!({})), "no_session");
}

#[test]
fn a_failed_sign_in_leaves_whoever_is_there_signed_in() {
    let house = House::staffed();
    let seat = house.seat("bea");
    seat.refused("session.sign_in", json!({"username": "mara", "password": "Wrong-Password-1"}));
    assert_eq!(seat.done("session.whoami", json!({}))["role"], "admin");
}

#[test]
fn d07_attack_24_nobody_changes_themselves_and_nobody_touches_the_owner() {
    let house = House::staffed();
    let owner = house.owner();
    let admin = house.seat("bea");
    let other = house.seat("sam").member;
    for (seat, target) in [(&admin, &admin.member), (&admin, &owner.member), (&owner, &owner.member)] {
        for (command, args) in [
            ("staff.change_role", json!({"member_id": target, "role": "assistant"})),
            ("staff.set_active", json!({"member_id": target, "active": false})),
            ("staff.reset_password", json!({"member_id": target})),
        ] {
            assert_eq!(house.leaves_no_trace(|| seat.refused(command, args)), "denied", "{command}");
        }
    }
    for seat in [&owner, &admin] {
        assert_eq!(seat.refused("staff.change_role", json!({"member_id": other, "role": "owner"})), "denied");
        let new = json!({"username": "eva", "name": "Eva", "role": "owner"});
        assert_eq!(seat.refused("staff.create_user", new), "denied");
    }
    assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'owner' AND active = 1"), 1);
}

#[test]
fn attack_25_two_admins_who_archive_each_other_at_once_leave_one() {
    let house = House::staffed();
    house.hire("eva", "Eva Rios", "admin", None);
    let (bea, eva) = (house.seat("bea"), house.seat("eva"));
    let together = Barrier::new(2);
    let done: Vec<bool> = std::thread::scope(|scope| {
        let pairs = [(&bea, &eva), (&eva, &bea)];
        let running: Vec<_> = pairs
            .into_iter()
            .map(|(seat, target)| {
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    seat.ask("staff.set_active", json!({"member_id": target.member, "active": false})).is_ok()
                })
            })
            .collect();
        running.into_iter().map(|act| act.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'admin' AND active = 1"), 1);
}

#[test]
fn t112_t113_a030_an_archiving_says_what_is_left_to_do() {
    let house = House::staffed();
    let client = house.client("Joana");
    house.book(0, &client, 48);
    let owner = house.owner();
    let archive = |username: &str| {
        let member = house.seat(username).member;
        owner.done("staff.set_active", json!({"member_id": member, "active": false}))
    };
    let artist = archive("mara");
    assert_eq!((&artist["future_appointments"], &artist["rotate_code"]), (&json!(1), &json!(false)));
    assert_eq!(artist["few_admins"], false);
    assert_eq!(archive("sam")["rotate_code"], true);
    assert_eq!(archive("bea")["few_admins"], true);
}

#[test]
fn d29_a_new_role_clears_the_switches() {
    let house = House::staffed();
    let owner = house.owner();
    let mara = house.seat("mara");
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "manage_shop_clients", "on": true}),
    );
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "apprentice"}));
    let me = mara.done("session.whoami", json!({}));
    assert_eq!(me["actions"]["clients.edit"], "deny");
    assert_eq!(house.count("SELECT count(*) FROM switches"), 0);
}

#[test]
fn attack_26_fields_that_a_command_does_not_have_are_refused() {
    let house = House::staffed();
    let owner = house.owner();
    let base = json!({"username": "eva", "name": "Eva", "role": "artist"});
    for field in ["is_admin", "id", "studio_id", "password_hash", "created_by", "must_change"] {
        let mut args = base.clone();
        args[field] = json!(true);
        let why = house.leaves_no_trace(|| owner.why("staff.create_user", args));
        assert_eq!(why, format!("invalid: {field}"));
    }
}

#[test]
fn p09_where_clocks_never_change_the_desk_is_given_a_zone_that_cannot_be_wrong() {
    let house = House::new();
    let owner = house.owner();
    let clock_zone = || house.ask("desk.status", json!({})).unwrap()["studio"]["clock_zone"].clone();
    // Mexico City gave up summer time in 2022; older engines have not heard of it.
    assert_eq!(clock_zone(), "Etc/GMT+6");
    for (zone, shown) in [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("Asia/Tokyo", "Etc/GMT-9"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("UTC", "Etc/GMT"),
    ] {
        owner.done("security.settings", json!({"zone": zone}));
        assert_eq!(clock_zone(), shown, "{zone}");
    }
}

// ---- the short PIN -------------------------------------------------------------------------------------------------

const PIN: &str = "8143";

fn by_pin(house: &House, username: &str, pin: &str) -> Result<Value, Value> {
    ask(&house.desk.beside(), "session.sign_in_pin", None, json!({"username": username, "pin": pin}))
}

/// "code: reason".
fn why(answer: Result<Value, Value>) -> String {
    let fault = answer.unwrap_err();
    format!("{}: {}", text(&fault["code"]), fault["params"]["reason"].as_str().unwrap_or_default())
}

/// A house where Mara has a PIN, typed her password today, and has left her desk.
fn with_pin() -> House {
    let house = House::staffed();
    let mara = house.seat("mara");
    let me = mara.done("session.set_pin", json!({"password": PASSWORD, "pin": PIN}));
    assert_eq!(me["has_pin"], true);
    mara.done("session.lock", json!({}));
    house
}

fn pin_on_tile(house: &House, username: &str) -> bool {
    let tiles = house.ask("session.tiles", json!({})).unwrap();
    let tile = tiles.as_array().unwrap().iter().find(|tile| tile["username"] == username).unwrap();
    tile["pin"].as_bool().unwrap()
}

#[test]
fn a_pin_signs_in_where_the_password_was_typed_today() {
    let house = with_pin();
    assert!(pin_on_tile(&house, "mara"));
    assert!(!pin_on_tile(&house, "dario"));
    let desk = house.desk.beside();
    let me = ask(&desk, "session.sign_in_pin", None, json!({"username": "mara", "pin": PIN})).unwrap();
    assert_eq!((&me["role"], &me["member"]["username"]), (&json!("artist"), &json!("mara")));
    ask(&desk, "agenda.list", None, json!({"day": "2026-11-20"})).unwrap();
    house.clock.pass(5 * MINUTE);
    let idle = ask(&desk, "session.whoami", None, json!({})).unwrap_err();
    assert_eq!(idle["code"], "no_session", "a session like any other");
    let log = house.owner().done("activity.list", json!({}));
    let row = log.as_array().unwrap().iter().find(|row| row["command"] == "session.sign_in_pin").unwrap();
    assert_eq!((&row["member"], &row["outcome"]), (&json!("Mara Quill"), &json!("done")));
}

#[test]
fn a_pin_is_kept_as_a_hash_alone_and_set_with_the_password() {
    let house = with_pin();
    let hash: String = house
        .raw()
        .query_row("SELECT pin_hash FROM members WHERE username = 'mara'", [], |row| row.get(0))
        .unwrap();
    assert!(hash.starts_with("$2b$"), "{hash}");
    let mara = house.seat("mara");
    let set = |password: &str, pin: Value| json!({"password": password, "pin": pin});
    assert_eq!(mara.refused("session.set_pin", set("Wrong-Password-1", json!("9036"))), "bad_credentials");
    for pin in ["123", "123456789", "12a4", "1111", "1234", "9876", "2580"] {
        let told = house.leaves_no_trace(|| mara.why("session.set_pin", set(PASSWORD, json!(pin))));
        assert_eq!(told, "invalid: pin", "{pin}");
    }
    let me = mara.done("session.set_pin", set(PASSWORD, Value::Null));
    assert_eq!(me["has_pin"], false);
    assert_eq!(why(by_pin(&house, "mara", PIN)), "conflict: pin_not_here");
    let left = "SELECT count(*) FROM members WHERE pin_hash IS NOT NULL OR pin_set_at IS NOT NULL";
    assert_eq!(house.count(left), 0);
}

#[test]
fn attack_22_nobody_no_pin_and_archived_get_the_same_reply() {
    let house = with_pin();
    let mara = house.seat("mara").member;
    house.owner().done("staff.set_active", json!({"member_id": mara, "active": false}));
    for username in ["mara", "dario", "nobody", "", "MARA"] {
        let fault = house.leaves_no_trace(|| by_pin(&house, username, PIN).unwrap_err());
        assert_eq!(told(fault), json!(["conflict", {"reason": "pin_not_here"}]), "{username}");
    }
}

#[test]
fn a_pin_needs_the_password_again_after_whatever_could_mean_another_hand() {
    type Upset = (&'static str, fn(&House, &str));
    let upsets: [Upset; 8] = [
        ("a new day", |house, _| house.clock.pass(15 * 60 * MINUTE)),
        ("a clock set forward", |house, _| house.clock.jump(6_000)),
        ("a clock set back", |house, _| house.clock.jump(-6_000)),
        ("a restart", |house, _| drop(house.reborn(0))),
        ("a reset password", |house, mara| {
            house.owner().done("staff.reset_password", json!({"member_id": mara}));
        }),
        ("another role", |house, mara| {
            house.owner().done("staff.change_role", json!({"member_id": mara, "role": "apprentice"}));
        }),
        ("a switch", |house, mara| {
            let switch = json!({"member_id": mara, "name": "reception_board", "on": true});
            house.owner().done("staff.set_switch", switch);
        }),
        ("archived and back", |house, mara| {
            let owner = house.owner();
            owner.done("staff.set_active", json!({"member_id": mara, "active": false}));
            owner.done("staff.set_active", json!({"member_id": mara, "active": true}));
        }),
    ];
    for (upset, happens) in upsets {
        let house = with_pin();
        let mara = house.seat("mara").member;
        happens(&house, &mara);
        if upset == "a restart" {
            house.desk.open(&house.file).unwrap();
        }
        assert_eq!(why(by_pin(&house, "mara", PIN)), "conflict: pin_not_here", "{upset}");
        assert!(!pin_on_tile(&house, "mara"), "{upset}");
    }
    // Ten to midnight in Mexico City is still the same day.
    let house = with_pin();
    house.clock.pass((14 * 60 + 50) * MINUTE);
    by_pin(&house, "mara", PIN).unwrap();
    // Putting the clock back brings nothing back; typing the password does.
    let house = with_pin();
    house.clock.jump(6_000);
    assert!(!pin_on_tile(&house, "mara"));
    house.clock.jump(-6_000);
    assert!(!pin_on_tile(&house, "mara"));
    sign_in(&house, "mara", PASSWORD).unwrap();
    by_pin(&house, "mara", PIN).unwrap();
}

#[test]
fn a_pin_goes_on_after_the_member_changed_their_own_password() {
    let house = with_pin();
    house.seat("mara").done("session.change_password", json!({"current": PASSWORD, "new": "Needle-77"}));
    by_pin(&house, "mara", PIN).unwrap();
}

#[test]
fn attack_21_five_wrong_pins_and_only_the_password_helps() {
    let house = with_pin();
    for left in (0..5).rev() {
        let fault = by_pin(&house, "mara", "9036").unwrap_err();
        assert_eq!(told(fault), json!(["bad_credentials", {"tries_left": left}]));
    }
    assert_eq!(why(by_pin(&house, "mara", PIN)), "conflict: pin_not_here", "the right one too");
    assert!(!pin_on_tile(&house, "mara"));
    house.clock.pass(20 * MINUTE);
    assert_eq!(why(by_pin(&house, "mara", PIN)), "conflict: pin_not_here", "waiting does not help");
    sign_in(&house, "mara", PASSWORD).unwrap();
    by_pin(&house, "mara", PIN).unwrap();
    let rows = house.owner().done("activity.list", json!({"refusals": true}));
    let row = rows.as_array().unwrap().iter().find(|row| row["command"] == "session.sign_in_pin").unwrap();
    assert_eq!((&row["outcome"], &row["member"]), (&json!("bad_credentials"), &json!("Mara Quill")));
}

#[test]
fn attack_21_pins_guessed_at_once_are_no_more_than_pins_in_a_row() {
    let house = with_pin();
    let together = Barrier::new(24);
    let codes: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..24)
            .map(|_| {
                let (house, together) = (&house, &together);
                scope.spawn(move || {
                    together.wait();
                    text(&by_pin(house, "mara", "9036").unwrap_err()["code"])
                })
            })
            .collect();
        running.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| *code == "bad_credentials").count(), 5, "{codes:?}");
}

#[test]
fn t087_a_temporary_password_must_be_changed_before_a_pin_or_a_draft() {
    let house = House::staffed();
    let mara = house.seat("mara").member;
    let reset = house.owner().done("staff.reset_password", json!({"member_id": mara}));
    let temporary = text(&reset["password"]);
    let seat = house.seat_with("mara", &temporary);
    for (command, args) in [
        ("session.set_pin", json!({"password": temporary, "pin": PIN})),
        ("session.set_pin", json!({"wrong": 1})),
        ("session.drafts", json!({})),
        ("session.keep_draft", json!({"room": "till", "body": 1})),
    ] {
        assert_eq!(seat.refused(command, args), "password_change_required", "{command}");
    }
}

// ---- a window that is drawn anew -----------------------------------------------------------------------------------

#[test]
fn f24_a_window_drawn_anew_finds_the_desk_locked_and_nothing_lost_or_twice() {
    let house = House::staffed();
    let item = house.item("SOAP", 10_000, 100);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
    let sam = house.elevated("sam");
    sam.done("session.keep_draft", json!({"room": "till", "body": {"key": "sale-under-way"}}));
    let (mut done, mut refused) = (0, 0);
    for round in 0..40 {
        let key = format!("sale-under-way-{round:03}");
        // The engine dies while the sale is on its way, sooner or later in it.
        let together = std::sync::Barrier::new(2);
        let answer = std::thread::scope(|scope| {
            let selling = scope.spawn(|| {
                together.wait();
                sam.ask_with("till.sell", &key, sale.clone())
            });
            together.wait();
            for _ in 0..round * 2_000 {
                std::hint::spin_loop();
            }
            let lock = sam.desk.redrawn();
            lock.unwrap()();
            selling.join().unwrap()
        });
        assert_eq!(sam.refused("agenda.list", json!({"day": "2026-11-20"})), "no_session");
        assert_eq!(sam.done("desk.status", json!({}))["signed_in"], false);
        sam.done("session.sign_in", json!({"username": "sam", "password": PASSWORD}));
        assert_eq!(
            sam.refused("till.refund", json!({"sale_id": NOBODY, "tender": "cash", "reason": "x"})),
            "elevation_required"
        );
        let again = sam.ask_with("till.sell", &key, sale.clone()).unwrap();
        match answer {
            Ok(reply) => {
                done += 1;
                assert_eq!(reply, again, "the same sale");
            }
            Err(fault) => {
                refused += 1;
                assert_eq!(fault["code"], "no_session");
            }
        }
        assert_eq!(house.count("SELECT count(*) FROM sales"), i64::from(round) + 1);
    }
    assert_eq!(sam.done("session.drafts", json!({}))[0]["body"]["key"], "sale-under-way", "D25");
    println!("{done} sales done, {refused} not");
    assert_eq!(house.count("SELECT count(*) FROM journal WHERE command = 'session.lock'"), 40);
    // Nobody is there, or a client: nothing to lock, and no way out of the client's view.
    sam.done("session.lock", json!({}));
    assert!(sam.desk.redrawn().is_none());
    let mara = house.seat("mara");
    mara.done("portfolio.begin_view", json!({}));
    assert!(mara.desk.redrawn().is_none());
    assert_eq!(mara.done("desk.status", json!({}))["client_view"], true);
    assert_eq!(mara.refused("agenda.list", json!({"day": "2026-11-20"})), "client_view");
    house.assert_holds();
}

// ---- unfinished work -----------------------------------------------------------------------------------------------

#[test]
fn d25_unfinished_work_waits_for_its_owner_and_for_nobody_else() {
    let house = House::staffed();
    let seat = house.seat("sam");
    let sale = json!({"lines": [{"service_id": "x", "quantity": 2}], "note": "ñ", "empty": null});
    house.leaves_no_trace(|| seat.done("session.keep_draft", json!({"room": "till", "body": sale})));
    seat.done("session.keep_draft", json!({"room": "clients.form", "body": "KANARI"}));
    for end in ["session.lock", "session.sign_out"] {
        seat.done(end, json!({}));
        assert_eq!(seat.refused("session.drafts", json!({})), "no_session");
        seat.done("session.sign_in", json!({"username": "sue", "password": PASSWORD}));
        assert_eq!(
            seat.done("session.drafts", json!({})),
            json!([]),
            "the next person sees nothing of the last"
        );
        seat.done("session.keep_draft", json!({"room": "till", "body": "Sue's"}));
        seat.done("session.drop_draft", json!({"room": "till"}));
        // A fast switch, without signing out.
        seat.done("session.sign_in", json!({"username": "sam", "password": PASSWORD}));
        let mine = seat.done("session.drafts", json!({}));
        let at = house.now();
        assert_eq!(mine[0], json!({"room": "clients.form", "body": "KANARI", "at": at}), "{end}");
        assert_eq!(mine[1], json!({"room": "till", "body": sale, "at": at}), "{end}");
    }
    // At another desk of this computer too; and of two of one room the later counts.
    let there = house.seat("sam");
    there.done("session.keep_draft", json!({"room": "till", "body": 7}));
    there.done("session.drop_draft", json!({"room": "clients.form"}));
    let mine = seat.done("session.drafts", json!({}));
    assert_eq!((mine[0]["body"].as_i64(), mine.as_array().unwrap().len()), (Some(7), 1));
    let rows = all_rows(&house.raw());
    let traces = rows.into_values().flatten().filter(|row| row.contains("KANARI") || row.contains("draft"));
    assert_eq!(traces.count(), 0, "neither the file nor its journal knows of it");
}

#[test]
fn d25_unfinished_work_goes_when_its_owner_is_archived() {
    let house = House::staffed();
    let sam = house.seat("sam");
    sam.done("session.keep_draft", json!({"room": "till", "body": 1}));
    let owner = house.owner();
    owner.done("staff.set_active", json!({"member_id": sam.member, "active": false}));
    owner.done("staff.set_active", json!({"member_id": sam.member, "active": true}));
    assert_eq!(house.seat("sam").done("session.drafts", json!({})), json!([]));
}

#[test]
fn d25_unfinished_work_is_bounded() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let keep = |room: &str, body: Value| json!({"room": room, "body": body});
    for wrong in ["", "Till", "till.", ".till", "a b", "till/x", "till..x", &"x".repeat(41)] {
        assert_eq!(sam.why("session.keep_draft", keep(wrong, json!(1))), "invalid: room", "{wrong:?}");
    }
    sam.done("session.keep_draft", keep("till", json!("x".repeat(64 * 1024 - 2))));
    assert_eq!(
        sam.why("session.keep_draft", keep("till", json!("x".repeat(64 * 1024 - 1)))),
        "invalid: body"
    );
    for letter in 'b'..='t' {
        sam.done("session.keep_draft", keep(&format!("form_{letter}"), json!(1)));
    }
    assert_eq!(sam.why("session.keep_draft", keep("one_more", json!(1))), "invalid: room");
    sam.done("session.keep_draft", keep("till", json!("again")));
    house.seat("sue").done("session.keep_draft", keep("one_more", json!(1)));
    sam.done("session.drop_draft", json!({"room": "till"}));
    sam.done("session.keep_draft", keep("one_more", json!(1)));
    assert_eq!(sam.why("session.keep_draft", json!({"room": "till"})), "invalid: body");
}

// ---- what one is told of oneself -----------------------------------------------------------------------------------

#[test]
fn d03_d11_d12_whoami_tells_of_the_own_account() {
    let house = House::staffed();
    let mara = house.seat("mara").member;
    let switch = json!({"member_id": mara, "name": "reception_board", "on": true, "reason": "Fair weekend"});
    house.owner().done("staff.set_switch", switch);
    let me = house.seat("mara").done("session.whoami", json!({}));
    assert_eq!((&me["has_pin"], &me["password_age_days"]), (&json!(false), &json!(0)));
    assert_eq!(me["switches"].as_array().unwrap().len(), 1);
    assert_eq!(me["switches"][0]["name"], "reception_board");
    assert_eq!(me["unread"], 1, "the switch was told");
    house.clock.pass(90 * 24 * 60 * MINUTE);
    let seat = house.seat("mara");
    assert_eq!(seat.done("session.whoami", json!({}))["password_age_days"], 90);
    let changed = json!({"current": PASSWORD, "new": "Needle-77"});
    assert_eq!(seat.done("session.change_password", changed)["password_age_days"], 0);
    seat.done("session.read_notices", json!({}));
    assert_eq!(seat.done("session.whoami", json!({}))["unread"], 0);
}

#[test]
fn d22_the_owner_renews_the_recovery_code_with_the_password() {
    let house = House::staffed();
    for username in ["bea", "sam", "mara", "pia"] {
        let seat = house.seat(username);
        for args in [json!({"password": PASSWORD}), json!({"wrong": 1})] {
            let code = house.leaves_no_trace(|| seat.refused("session.renew_recovery", args));
            assert_eq!(code, "denied", "{username}: D18, the role before what was sent");
        }
    }
    let owner = house.owner();
    let wrong = json!({"password": "Wrong-Password-1"});
    assert_eq!(owner.refused("session.renew_recovery", wrong), "bad_credentials");
    let right = json!({"password": OWNER_PASSWORD});
    let fresh = text(&owner.done("session.renew_recovery", right)["recovery_code"]);
    assert_ne!(fresh, house.recovery_code);
    let plain = fresh.replace('-', "");
    let rows = all_rows(&house.raw());
    let traces = rows.into_values().flatten().filter(|row| row.contains(&fresh) || row.contains(&plain));
    assert_eq!(traces.count(), 0, "D19: shown once, kept nowhere");
    let recover = |code: &str| json!({"recovery_code": code, "new_password": "Second-Needle-8"});
    assert_eq!(house.ask("session.recover", recover(&house.recovery_code)).unwrap_err()["code"], "bad_code");
    house.ask("session.recover", recover(&fresh)).unwrap();
}
