//! The attack catalogue, where no other file has the row already: what is told, and that nothing changed but the journal.
//!
//! Rows 1, 3, 9 to 16, 18, 21, 26, 31 to 33, 35 to 38, 43 and 47 are tested whole beside what they attack, by their
//! number. Row 25 is in `people`, rows 39, 40 and 50 are in `pictures`, row 41 is in `portfolio`, row 42 in `activity`,
//! rows 45 and 46 need a window. Left out, because the rooms do not exist yet: 48 (backups), of 10 the exports of clients
//! and money, of 27 the backup that is put back, of 47 the restore.

use std::sync::Arc;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use inkpoint_core::clock::{Clock, Moment};
use inkpoint_core::door::COMMANDS;
use inkpoint_core::{Desk, Place, Tools};
use serde_json::{Value, json};

use crate::studio_house::{
    House, MINUTE, NOBODY, OWNER_PASSWORD, PASSWORD, Seat, StillClock, ask, conflict, denied, fresh_key,
    invalid, text, told, tools,
};

#[test]
fn attack_02_attack_05_a_colleagues_profile_and_hours_and_none_at_all_are_denied_alike() {
    let house = House::staffed();
    let dario = house.seat("dario");
    let hours = json!([{"weekday": 1, "opens": 600, "closes": 700}]);
    for username in ["mara", "pia"] {
        let seat = house.seat(username);
        for member in [dario.member.as_str(), NOBODY, "dario", "' OR 1=1 --"] {
            let args = json!({"member_id": member, "about": "Mine now"});
            assert_eq!(told(&house, &seat, "staff.edit_profile", args), denied("not_yours"), "{member}");
        }
        for artist in [dario.artist.as_deref().unwrap(), NOBODY, dario.member.as_str()] {
            let args = json!({"artist_id": artist, "hours": hours});
            assert_eq!(told(&house, &seat, "staff.availability", args), denied("not_yours"), "{artist}");
        }
    }
    // The assistant edits only their own profile, and nobody's hours.
    let sam = house.elevated("sam");
    let args = json!({"member_id": dario.member, "about": "Mine now"});
    assert_eq!(told(&house, &sam, "staff.edit_profile", args)[0], "denied");
    let args = json!({"artist_id": house.artists[1], "hours": hours});
    assert_eq!(told(&house, &sam, "staff.availability", args), denied("role"));
    // Whoever has the whole of it is told the truth.
    let bea = house.seat("bea");
    let none = json!({"member_id": NOBODY, "about": "x"});
    assert_eq!(told(&house, &bea, "staff.edit_profile", none), json!(["not_found", {"what": "member"}]));
    let none = json!({"artist_id": NOBODY, "hours": hours});
    assert_eq!(told(&house, &bea, "staff.availability", none), json!(["not_found", {"what": "artist"}]));
}

#[test]
fn attack_04_a_leavers_appointments_are_not_handed_over_by_artists_and_assistants() {
    let house = House::staffed();
    let client = house.client("Joana");
    let visit = house.book(1, &client, 24);
    let plans = [json!({"hand_to": house.artists[0]}), json!({"cancel": "Mine"})];
    for seat in [house.seat("mara"), house.seat("dario"), house.elevated("sam"), house.seat("pia")] {
        for plan in &plans {
            let args = json!({"artist_id": house.artists[1], "appointments": plan});
            assert_eq!(told(&house, &seat, "staff.hand_over", args), denied("role"));
        }
        let args = json!({"member_id": house.seat("dario").member});
        assert_eq!(told(&house, &seat, "staff.leaving", args), denied("role"));
    }
    let status = format!("SELECT count(*) FROM appointments WHERE id = '{visit}' AND status = 'booked'");
    assert_eq!(house.count(&status), 1);
}

#[test]
fn attack_06_an_account_without_a_profile_owns_nothing_not_even_what_is_nobodys() {
    let house = House::staffed();
    let (client, item) = (house.client("Joana"), house.item("SOAP", 12_000, 5));
    let visit = house.book(0, &client, 1);
    let owner = house.owner();
    // A sale of goods alone has no artist; a profile that no account is linked to has no member.
    let sale = owner.done(
        "till.sell",
        json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 12_000}]}),
    );
    let (mara, loose) = (house.seat("mara"), house.seat("dario").artist.unwrap());
    house
        .raw()
        .execute("UPDATE members SET artist_id = NULL WHERE username IN ('mara', 'dario')", [])
        .unwrap();
    let card = json!([{"tender": "card", "amount": 160_000}]);
    for (command, args) in [
        ("agenda.edit", json!({"appointment_id": visit, "note": "x"})),
        ("agenda.no_show", json!({"appointment_id": visit})),
        ("agenda.block", json!({"artist_id": loose, "kind": "other", "starts_at": 0, "ends_at": 60_000})),
        ("clients.note", json!({"client_id": client, "body": "x"})),
        ("clients.note", json!({"client_id": client, "appointment_id": visit, "body": "x"})),
        (
            "till.sell",
            json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}], "tenders": card}),
        ),
        ("till.receipt", json!({"sale_id": sale["sale_id"]})),
        ("staff.availability", json!({"artist_id": loose, "hours": []})),
        ("staff.availability", json!({"artist_id": NOBODY, "hours": []})),
    ] {
        assert_eq!(told(&house, &mara, command, args), denied("not_linked"), "{command}");
    }
    let days = json!({"from": "2026-11-20", "to": "2026-11-20"});
    assert_eq!(mara.done("reports.transactions", days.clone()), json!([]));
    assert_eq!(told(&house, &mara, "reports.summary", days), denied("not_linked"));
    // What is hers as a member stays hers.
    mara.done("staff.edit_profile", json!({"member_id": mara.member, "about": "Lines"}));
    assert_eq!(mara.done("staff.rights", json!({}))["linked"], false, "T092: and the page says why");
}

#[test]
fn attack_08_the_directory_does_not_tell_an_artist_what_a_colleague_earns_or_how_full_their_day_is() {
    let house = House::staffed();
    let client = house.client("Joana");
    house.book(1, &client, 1);
    house.book(0, &client, 2);
    let dario = house.seat("dario").member;
    let owner = house.owner();
    owner.done("staff.set_terms", json!({"member_id": dario, "commission_bp": 6_600}));
    owner.done(
        "staff.set_switch",
        json!({"member_id": dario, "name": "reception_board", "on": true, "reason": "SECRETREASON"}),
    );
    let line = |seat: &Seat, member: &str| {
        let people = seat.done("staff.list", json!({}));
        people.as_array().unwrap().iter().find(|person| person["id"] == member).unwrap().clone()
    };
    for username in ["mara", "pia"] {
        let seat = house.seat(username);
        let theirs = line(&seat, &dario);
        for hidden in ["commission_bp", "appointments_today", "next_at"] {
            assert_eq!(theirs[hidden], Value::Null, "{username}: {hidden}");
        }
        assert_eq!(theirs["switches"], json!([]), "{username}");
        let whole = seat.done("staff.list", json!({})).to_string();
        assert!(!whole.contains("6600") && !whole.contains("SECRETREASON") && !whole.contains("password"));
        let mine = line(&seat, &seat.member);
        assert!(
            mine["commission_bp"].is_i64() && mine["appointments_today"].is_i64(),
            "{username}: one's own"
        );
    }
    // The assistant books for everybody, but what a share is, is between the artist and the owner.
    let theirs = line(&house.seat("sam"), &dario);
    assert_eq!((&theirs["commission_bp"], &theirs["appointments_today"]), (&Value::Null, &json!(1)));
    let theirs = line(&house.seat("bea"), &dario);
    assert_eq!(
        (&theirs["commission_bp"], &theirs["switches"][0]["reason"]),
        (&json!(6_600), &json!("SECRETREASON"))
    );
}

#[test]
fn attack_08_a012_a_clients_number_or_id_brings_no_stranger_into_an_artists_book() {
    let house = House::staffed();
    let form = json!({"name": "Joana", "phone": "55 1234 5678"});
    let stranger = text(&house.owner().done("clients.create", form)["client"]["id"]);
    let mara = house.seat("mara");
    let visit = house.book(0, &house.client("Known"), 1);
    let view = |on: bool| {
        let switch = json!({"member_id": mara.member, "name": "view_shop_clients", "on": on});
        house.owner().done("staff.set_switch", switch);
    };
    let twin = |name: &str| {
        mara.done("clients.create", json!({"name": name, "phone": "(55) 1234-5678"}))["same_phone"].clone()
    };
    view(false);
    let book = json!({
        "artist_id": house.artists[0], "client_id": stranger, "service_id": house.services[0], "starts_at": house.at(5),
    });
    let wait = json!({
        "artist_id": house.artists[0], "client_id": stranger, "service_id": house.services[0], "from": "2026-11-21",
        "until": "2026-11-22",
    });
    for (command, args) in [
        ("clients.open", json!({"client_id": stranger})),
        ("agenda.book", book.clone()),
        ("agenda.edit", json!({"appointment_id": visit, "client_id": stranger})),
        ("waitlist.add", wait),
    ] {
        assert_eq!(told(&house, &mara, command, args.clone()), denied("switch"), "{command}");
        let mut nobody = args;
        nobody["client_id"] = json!(NOBODY);
        assert_eq!(told(&house, &mara, command, nobody), denied("switch"), "{command}: D18");
    }
    assert_eq!(twin("Twin"), json!([]), "a number tells of nobody");
    view(true);
    assert_eq!(twin("Again").as_array().unwrap().len(), 2);
    mara.done("agenda.book", book);
    view(false);
    mara.done("clients.open", json!({"client_id": stranger}));
}

#[test]
fn attack_17_a_rotation_while_the_code_is_typed_leaves_the_old_one_worthless() {
    let house = House::staffed();
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let together = Barrier::new(2);
    let opened = std::thread::scope(|scope| {
        let typing = scope.spawn(|| {
            together.wait();
            sam.ask("session.elevate", json!({"code": house.master_code})).is_ok()
        });
        together.wait();
        owner.done("security.rotate_code", json!({}));
        typing.join().unwrap()
    });
    // Whichever came first, nothing is open now and the old code opens nothing.
    let me = sam.done("session.whoami", json!({}));
    assert!(me["elevation"].is_null(), "opened before the rotation: {opened}");
    let old = json!({"code": house.master_code});
    assert_eq!(sam.ask("session.elevate", old).unwrap_err()["code"], "bad_code");
}

/// A clock on which each look costs so much time.
#[derive(Debug)]
struct BusyClock {
    still: Arc<StillClock>,
    cost: AtomicU64,
}

impl Clock for BusyClock {
    fn now(&self) -> Moment {
        let now = self.still.now();
        self.still.pass(self.cost.load(Ordering::SeqCst));
        now
    }
}

#[test]
fn attack_19_a_command_that_began_elevated_is_finished_and_the_next_one_is_not_begun() {
    let house = House::staffed();
    let item = house.item("SOAP", 12_000, 5);
    house.owner().done("security.settings", json!({"idle_minutes": 30}));
    house.desk.close();
    let clock = Arc::new(BusyClock { still: house.clock.clone(), cost: AtomicU64::new(0) });
    let desk = Desk::with(
        Place::under(house.home.path()),
        Tools { clock: clock.clone(), ..tools(house.clock.clone()) },
    );
    desk.open(&house.file).unwrap();
    ask(&desk, "session.sign_in", None, json!({"username": "sam", "password": PASSWORD})).unwrap();
    ask(&desk, "session.elevate", None, json!({"code": house.master_code})).unwrap();
    house.clock.pass(5 * MINUTE - 1);
    clock.cost.store(2 * MINUTE, Ordering::SeqCst);
    let adjust = json!({"item_id": item, "quantity": 1, "reason": "Recount"});
    // Judged once, as its transaction begins: by its end the window has been shut for minutes.
    let done = ask(&desk, "inventory.stock_adj", Some(&fresh_key()), adjust.clone()).unwrap();
    assert_eq!(done["on_hand"], 6);
    assert!(house.now() > StillClock::new().now().wall + 6 * 60_000);
    let fault = ask(&desk, "inventory.stock_adj", Some(&fresh_key()), adjust).unwrap_err();
    assert_eq!(fault["code"], "elevation_required");
    let elevated = house
        .count("SELECT count(*) FROM journal WHERE elevated_by = 'code' AND command = 'inventory.stock_adj'");
    assert_eq!(elevated, 1);
}

#[test]
fn attack_20_an_approvers_password_is_counted_with_their_sign_ins() {
    let house = House::staffed();
    let (sam, sue) = (house.seat("sam"), house.seat("sue"));
    let approver = |password: &str| json!({"approver": {"username": "bea", "password": password}});
    for seat in [&sam, &sue, &sam, &sue, &sam] {
        assert_eq!(seat.refused("session.elevate", approver("Wrong-Password-1")), "bad_code");
    }
    assert_eq!(sue.refused("session.elevate", approver(PASSWORD)), "throttled");
    let sign_in = json!({"username": "bea", "password": PASSWORD});
    let fault = ask(&house.desk.beside(), "session.sign_in", None, sign_in.clone()).unwrap_err();
    assert_eq!((&fault["code"], &fault["params"]["wait_ms"]), (&json!("throttled"), &json!(30_000)));
    // The master code has a count of its own.
    sue.done("session.elevate", json!({"code": house.master_code}));
    house.clock.pass(30_000);
    ask(&house.desk.beside(), "session.sign_in", None, sign_in).unwrap();
}

#[test]
fn attack_20_passwords_asked_for_again_are_counted_like_sign_ins() {
    let house = House::staffed();
    let owner = house.owner();
    let wrong = "Wrong-Password-1";
    let bea = house.seat("bea").member;
    for (command, args) in [
        ("studio.transfer", json!({"member_id": bea, "password": wrong, "studio_name": "Casa Aguja"})),
        ("studio.delete", json!({"password": wrong, "studio_name": "Casa Aguja"})),
        ("session.renew_recovery", json!({"password": wrong})),
        ("session.set_pin", json!({"password": wrong, "pin": "8143"})),
    ] {
        assert_eq!(owner.refused(command, args), "bad_credentials", "{command}");
    }
    let last = json!({"password": wrong, "studio_name": "Casa Aguja"});
    let fault = owner.ask("studio.delete", last).unwrap_err();
    assert_eq!(json!([fault["code"], fault["params"]]), json!(["bad_credentials", {"tries_left": 0}]));
    let right = json!({"password": OWNER_PASSWORD, "studio_name": "Casa Aguja"});
    assert_eq!(told(&house, &owner, "studio.delete", right)[0], "throttled", "the right one waits too");
    assert!(house.file.exists());
    let rows = owner.done("activity.list", json!({"refusals": true}));
    let seen: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["command"].as_str().unwrap()).collect();
    assert!(
        ["studio.transfer", "studio.delete", "session.renew_recovery", "session.set_pin"]
            .iter()
            .all(|command| seen.contains(command)),
        "{seen:?}"
    );
}

#[test]
fn attack_22_a_pin_tells_nobody_who_has_one() {
    let house = House::staffed();
    house.seat("mara").done("session.set_pin", json!({"password": PASSWORD, "pin": "8143"}));
    drop(house.reborn(0));
    house.desk.open(&house.file).unwrap();
    // Another process is another computer: with a PIN, without one, and nobody at all are told the same.
    for username in ["mara", "dario", "nobody", "ana", ""] {
        let desk = house.desk.beside();
        let tried = house.leaves_no_trace(|| {
            ask(&desk, "session.sign_in_pin", None, json!({"username": username, "pin": "8143"})).unwrap_err()
        });
        assert_eq!(json!([tried["code"], tried["params"]]), conflict("pin_not_here"), "{username}");
    }
    let tiles = house.ask("session.tiles", json!({})).unwrap();
    assert!(tiles.as_array().unwrap().iter().all(|tile| tile["pin"] == false), "{tiles}");
}

#[test]
fn attack_23_only_the_exact_pin_signs_in() {
    let house = House::staffed();
    house.seat("mara").done("session.set_pin", json!({"password": PASSWORD, "pin": "8143"}));
    for pin in ["8143 ", " 8143", "08143", "814", "８１４３", "8143\0", "", "81435"] {
        house.seat("mara");
        let desk = house.desk.beside();
        let fault =
            ask(&desk, "session.sign_in_pin", None, json!({"username": "mara", "pin": pin})).unwrap_err();
        assert_eq!(fault["code"], "bad_credentials", "{pin:?}");
    }
    let desk = house.desk.beside();
    let long = json!({"username": "mara", "pin": "8".repeat(1_025)});
    let fault = ask(&desk, "session.sign_in_pin", None, long).unwrap_err();
    assert_eq!((&fault["code"], &fault["params"]["field"]), (&json!("invalid"), &json!("pin")));
    house.seat("mara");
    ask(&desk, "session.sign_in_pin", None, json!({"username": "mara", "pin": "8143"})).unwrap();
}

#[test]
fn attack_24_nobody_changes_their_own_standing_by_any_command() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    let until = house.at(48);
    let own = |seat: &Seat| {
        let id = &seat.member;
        [
            ("staff.change_role", json!({"member_id": id, "role": "admin"})),
            ("staff.change_role", json!({"member_id": id, "role": "artist", "until": until})),
            ("staff.set_active", json!({"member_id": id, "active": false})),
            ("staff.set_active", json!({"member_id": id, "active": true})),
            ("staff.set_switch", json!({"member_id": id, "name": "reception_board", "on": true})),
            ("staff.reset_password", json!({"member_id": id})),
        ]
    };
    for seat in [&owner, &bea] {
        for (command, args) in own(seat) {
            assert_eq!(told(&house, seat, command, args), denied("self"), "{command}");
        }
    }
    let terms = json!({"member_id": bea.member, "employment": "employed"});
    assert_eq!(told(&house, &bea, "staff.set_terms", terms), denied("self"));
    // Whoever has no such right is told that, whether it is about themselves or not.
    for username in ["sam", "mara", "pia"] {
        let seat = house.seat(username);
        for (command, args) in own(&seat) {
            assert_eq!(told(&house, &seat, command, args), denied("role"), "{username}: {command}");
        }
        // The profile is one's own, but what stands in it is no right.
        for field in ["role", "active", "artist_id", "commission_bp", "employment", "switches", "username"] {
            let mut args = json!({"member_id": seat.member, "about": "x"});
            args[field] = json!("admin");
            assert_eq!(told(&house, &seat, "staff.edit_profile", args), invalid(field, "unknown field"));
        }
    }
}

#[test]
fn attack_24_the_owner_is_changed_by_nobody_and_made_by_nobody() {
    let house = House::staffed();
    let (owner, bea) = (house.owner().member, house.seat("bea"));
    let sam = house.seat("sam").member;
    for (command, args) in [
        ("staff.change_role", json!({"member_id": owner, "role": "artist"})),
        ("staff.change_role", json!({"member_id": owner, "role": "assistant", "until": house.at(9)})),
        ("staff.change_role", json!({"member_id": sam, "role": "owner"})),
        ("staff.change_role", json!({"member_id": sam, "role": "owner", "until": house.at(9)})),
        ("staff.set_active", json!({"member_id": owner, "active": false})),
        ("staff.set_switch", json!({"member_id": owner, "name": "reception_board", "on": false})),
        ("staff.set_terms", json!({"member_id": owner, "employment": "guest"})),
        ("staff.reset_password", json!({"member_id": owner})),
        ("staff.create_user", json!({"username": "eva", "name": "Eva", "role": "owner"})),
    ] {
        assert_eq!(told(&house, &bea, command, args), denied("owner"), "{command}");
    }
    for (command, args) in [
        (
            "studio.transfer",
            json!({"member_id": bea.member, "password": PASSWORD, "studio_name": "Casa Aguja"}),
        ),
        ("studio.delete", json!({"password": PASSWORD, "studio_name": "Casa Aguja"})),
        ("studio.delete", json!({"nonsense": 1})),
    ] {
        for username in ["bea", "sam", "mara", "pia"] {
            let seat = house.seat(username);
            assert_eq!(told(&house, &seat, command, args.clone()), denied("role"), "{username}: {command}");
        }
    }
    assert!(house.file.exists());
}

#[test]
fn attack_27_attack_28_whoever_is_signed_in_has_the_rights_that_the_file_has_now() {
    let house = House::staffed();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let owner = house.owner();
    let mara = house.seat("mara");
    let note = json!({"appointment_id": visit, "note": "x"});
    mara.done("agenda.edit", note.clone());
    // The link moves to another profile while she is signed in: hers is now the other one's.
    let spare = "UPDATE members SET artist_id = NULL WHERE username = 'dario'";
    let moved = format!("UPDATE members SET artist_id = '{}' WHERE username = 'mara'", house.artists[1]);
    house.raw().execute_batch(&format!("{spare}; {moved};")).unwrap();
    assert_eq!(told(&house, &mara, "agenda.edit", note.clone()), denied("not_yours"));
    let back = format!("UPDATE members SET artist_id = '{}' WHERE username = 'mara'", house.artists[0]);
    house.raw().execute(&back, []).unwrap();
    mara.done("agenda.edit", note.clone());
    // An assistant has no link, and needs none; an artist again has the old one again.
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "assistant"}));
    assert_eq!(mara.done("session.whoami", json!({}))["member"]["artist_id"], Value::Null);
    mara.done("agenda.edit", note.clone());
    assert_eq!(
        told(&house, &mara, "staff.availability", json!({"artist_id": house.artists[0], "hours": []})),
        denied("role")
    );
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "artist"}));
    assert_eq!(mara.done("session.whoami", json!({}))["member"]["artist_id"], house.artists[0].as_str());
    mara.done("agenda.edit", note);
    // Archived: nobody, by password or PIN, and the desk she left open neither.
    mara.done("session.set_pin", json!({"password": PASSWORD, "pin": "8143"}));
    owner.done("staff.set_active", json!({"member_id": mara.member, "active": false}));
    assert_eq!(told(&house, &mara, "session.notices", json!({})), json!(["no_session", {}]));
    assert_eq!(told(&house, &mara, "staff.rights", json!({})), json!(["no_session", {}]));
}

#[test]
fn attack_29_no_pin_and_no_recovery_code_is_anywhere_on_the_disk() {
    const PIN: &str = "90361847";
    let house = House::staffed();
    let owner = house.owner();
    house.seat("mara").done("session.set_pin", json!({"password": PASSWORD, "pin": PIN}));
    let code =
        text(&owner.done("session.renew_recovery", json!({"password": OWNER_PASSWORD}))["recovery_code"]);
    let bea = house.seat("bea");
    let hand_over = json!({"member_id": bea.member, "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"});
    owner.done("studio.transfer", hand_over);
    let again = text(&bea.done("session.renew_recovery", json!({"password": PASSWORD}))["recovery_code"]);
    bea.done("session.keep_draft", json!({"room": "till", "body": "DRAFTCANARY"}));
    drop((owner, bea));
    house.desk.close();
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
            for secret in [PIN, &code, &again, &code.replace('-', ""), &again.replace('-', ""), "DRAFTCANARY"]
            {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{secret} is in {}", path.display());
            }
        }
    }
    assert!(searched > 100_000);
}

#[test]
fn attack_30_the_log_is_read_checked_and_signed_by_owner_and_admins_alone_and_edited_by_nobody() {
    let house = House::staffed();
    let about = [
        ("activity.list", json!({})),
        ("activity.export", json!({})),
        ("activity.chain", json!({})),
        ("activity.verify", json!({})),
        ("activity.review", json!({"month": "2026-11"})),
        ("activity.sign_review", json!({"month": "2026-11"})),
        // The role is judged before what was sent.
        ("activity.review", json!({"month": "nonsense"})),
        ("activity.list", json!({"limit": -1})),
    ];
    for seat in [house.seat("mara"), house.seat("pia"), house.seat("sue"), house.elevated("sam")] {
        for (command, args) in about.clone() {
            assert_eq!(told(&house, &seat, command, args), denied("role"), "{command}");
        }
    }
    assert_eq!(house.count("SELECT count(*) FROM reviews"), 0);
    // No command of any room names the log but these, and none of them takes an entry away.
    let named: Vec<&str> =
        COMMANDS.iter().map(|command| command.name).filter(|name| name.starts_with("activity.")).collect();
    assert_eq!(
        named,
        [
            "activity.list",
            "activity.export",
            "activity.chain",
            "activity.verify",
            "activity.review",
            "activity.sign_review"
        ]
    );
    let bea = house.seat("bea");
    let before = house.count("SELECT count(*) FROM journal");
    for (command, args) in about.iter().take(6) {
        bea.done(command, args.clone());
    }
    // The export and the signature are entries themselves, and nothing is gone.
    assert_eq!(house.count("SELECT count(*) FROM journal"), before + 2);
    house.assert_holds();
}

#[test]
fn attack_34_the_same_request_about_people_again_changes_nothing_twice() {
    let house = House::staffed();
    let client = house.client("Joana");
    for hours in [24, 26, 28] {
        house.book(0, &client, hours);
    }
    let (owner, mara) = (house.owner(), house.seat("mara").member);
    let asks = [
        ("staff.change_role", json!({"member_id": mara, "role": "apprentice", "reason": "x"})),
        ("staff.set_switch", json!({"member_id": mara, "name": "reception_board", "on": true})),
        (
            "staff.hand_over",
            json!({"artist_id": house.artists[0], "appointments": {"hand_to": house.artists[1]}}),
        ),
        ("staff.set_active", json!({"member_id": mara, "active": false})),
        ("staff.tick", json!({"member_id": mara, "item": "documented", "done": true})),
        ("activity.sign_review", json!({"month": "2026-11"})),
    ];
    for (command, args) in asks {
        let key = fresh_key();
        let first = owner.ask_with(command, &key, args.clone()).unwrap();
        let again = house.leaves_no_trace(|| owner.ask_with(command, &key, args.clone()).unwrap());
        assert_eq!(first, again, "{command}");
        let bea = house.seat("bea");
        let stolen = house.leaves_no_trace(|| bea.ask_with(command, &key, args).unwrap_err());
        assert_eq!(json!([stolen["code"], stolen["params"]]), json!(["key_conflict", {}]), "{command}");
    }
    assert_eq!(house.count("SELECT count(*) FROM notices WHERE kind = 'appointments_moved'"), 1);
    assert_eq!(house.count("SELECT count(*) FROM journal WHERE command = 'staff.hand_over'"), 1);
}

#[test]
fn attack_34_a_transfer_that_is_sent_again_is_refused() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    let args = json!({"member_id": bea.member, "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"});
    let key = fresh_key();
    owner.ask_with("studio.transfer", &key, args.clone()).unwrap();
    let again = house.leaves_no_trace(|| owner.ask_with("studio.transfer", &key, args.clone()).unwrap_err());
    assert_eq!(json!([again["code"], again["params"]]), denied("role"));
    // Sent by the new owner it is no answer from before but a try with another's password.
    let theirs = bea.ask_with("studio.transfer", &key, args).unwrap_err();
    assert_eq!(json!([theirs["code"], theirs["params"]]), json!(["bad_credentials", {"tries_left": 4}]));
    assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'owner' AND username = 'bea'"), 1);
}

#[test]
fn attack_44_what_is_typed_about_people_is_data() {
    let house = House::staffed();
    let owner = house.owner();
    let evil = "x'); DROP TABLE members;--";
    let mara = house.seat("mara").member;
    let told_back = owner.done(
        "staff.edit_profile",
        json!({"member_id": mara, "name": evil, "about": evil, "phone": evil, "skills": [evil, "\"],[\""]}),
    );
    assert_eq!((&told_back["name"], &told_back["profile"]["about"]), (&json!(evil), &json!(evil)));
    assert_eq!(told_back["profile"]["skills"], json!([evil, "\"],[\""]));
    owner.done("staff.change_role", json!({"member_id": mara, "role": "apprentice", "reason": evil}));
    owner.done("security.report_suspicion", json!({"reason": evil}));
    let log = owner.done("activity.list", json!({"member_id": "' OR '1'='1"}));
    assert_eq!(log, json!([]), "a filter is a value");
    for (args, field) in [
        (json!({"kind": "people' OR 1=1 --"}), "kind"),
        (json!({"from": "0 OR 1=1"}), "from"),
        (json!({"member_id": ["x"]}), "member_id"),
        (json!({"order": "name; DROP TABLE journal"}), "order"),
    ] {
        assert_eq!(told(&house, &owner, "activity.list", args)[1]["field"], field);
    }
    for month in ["2026-13", "2026-1", "2026-11-01", "", "9999999-01", "2026-11' --"] {
        assert_eq!(
            told(&house, &owner, "activity.review", json!({"month": month}))[1]["field"],
            "month",
            "{month}"
        );
    }
    assert_eq!(house.count("SELECT count(*) FROM members"), 7);
    house.assert_holds();
}

#[test]
fn attack_49_no_person_pin_draft_or_code_of_one_studio_counts_in_another() {
    let house = House::staffed();
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    sam.done("session.keep_draft", json!({"room": "till", "body": "SECRETDRAFT"}));
    mara.done("session.set_pin", json!({"password": PASSWORD, "pin": "8143"}));
    let (members, artist) = ([mara.member.clone(), sam.member.clone()], house.artists[0].clone());
    drop((mara, sam));
    let second = json!({
        "name": "Otra Casa", "currency": "EUR", "zone": "Europe/Madrid",
        "owner": {"name": "Sam Luna", "username": "sam", "password": OWNER_PASSWORD},
        "artists": [{"name": "Mara Quill", "username": "mara"}],
    });
    house.ask("studio.create", second).unwrap();
    let code = |command: &str, args: Value| {
        let fault = ask(&house.desk, command, None, args).unwrap_err();
        json!([fault["code"], fault["params"]])
    };
    assert_eq!(
        code("session.sign_in_pin", json!({"username": "mara", "pin": "8143"})),
        conflict("pin_not_here")
    );
    house.ask("session.sign_in", json!({"username": "sam", "password": OWNER_PASSWORD})).unwrap();
    assert_eq!(house.ask("session.drafts", json!({})).unwrap(), json!([]));
    assert_eq!(house.ask("session.notices", json!({})).unwrap(), json!([]));
    let missing = json!(["not_found", {"what": "member"}]);
    for member in members {
        for (command, args) in [
            ("staff.rights", json!({"member_id": member})),
            ("staff.leaving", json!({"member_id": member})),
            ("staff.checklist", json!({"member_id": member})),
            ("staff.edit_profile", json!({"member_id": member, "name": "x"})),
            ("staff.set_active", json!({"member_id": member, "active": false})),
            ("staff.change_role", json!({"member_id": member, "role": "admin"})),
            (
                "studio.transfer",
                json!({"member_id": member, "password": OWNER_PASSWORD, "studio_name": "Otra Casa"}),
            ),
        ] {
            assert_eq!(code(command, args), missing, "{command}");
        }
    }
    let hand_over = json!({"artist_id": artist, "appointments": {"cancel": "x"}});
    assert_eq!(code("staff.hand_over", hand_over), json!(["not_found", {"what": "artist"}]));
}

#[test]
fn d12_d25_nobody_reads_or_clears_another_persons_notices_or_drafts() {
    let house = House::staffed();
    let owner = house.owner();
    let (mara, dario) = (house.seat("mara"), house.seat("dario"));
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "apprentice", "reason": "x"}));
    mara.done("session.keep_draft", json!({"room": "clients.form", "body": "SECRETDRAFT"}));
    for username in ["ana", "bea", "dario", "sam", "pia"] {
        let seat = house.seat(username);
        assert_eq!(seat.done("session.notices", json!({})), json!([]), "{username}");
        assert_eq!(seat.done("session.drafts", json!({})), json!([]), "{username}");
        for (command, args) in [
            ("session.notices", json!({"member_id": mara.member})),
            ("session.read_notices", json!({"member_id": mara.member})),
            ("session.drafts", json!({"member_id": mara.member})),
            ("session.drop_draft", json!({"room": "clients.form", "member_id": mara.member})),
        ] {
            assert_eq!(told(&house, &seat, command, args), invalid("member_id", "unknown field"));
        }
    }
    dario.done("session.read_notices", json!({}));
    dario.done("session.drop_draft", json!({"room": "clients.form"}));
    let notices = mara.done("session.notices", json!({}));
    assert_eq!((&notices[0]["kind"], &notices[0]["read"]), (&json!("role_changed"), &json!(false)));
    assert_eq!(mara.done("session.drafts", json!({}))[0]["body"], "SECRETDRAFT");
}
