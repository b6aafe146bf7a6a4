//! The rules about people: who comes, who changes whom, what is lent, who leaves, and whose studio it is.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{
    HOUR, House, MINUTE, NOBODY, OWNER_PASSWORD, PASSWORD, PEOPLE, Seat, ask, conflict, denied, invalid,
    text, told,
};

/// Somebody's line in the directory, as `seat` sees it.
#[track_caller]
fn line(seat: &Seat, member: &str) -> Value {
    let people = seat.done("staff.list", json!({}));
    people.as_array().unwrap().iter().find(|person| person["id"] == member).unwrap().clone()
}

fn role_of(seat: &Seat) -> String {
    text(&seat.done("session.whoami", json!({}))["role"])
}

/// The newest notice of whoever sits there: its kind, its facts and who it came from.
fn newest(seat: &Seat) -> (String, Value, Value) {
    let notices = seat.done("session.notices", json!({}));
    (text(&notices[0]["kind"]), notices[0]["details"].clone(), notices[0]["by"].clone())
}

fn columns(seat: &Seat, day: &str) -> Vec<String> {
    let agenda = seat.done("agenda.list", json!({"day": day}));
    agenda["artists"].as_array().unwrap().iter().map(|column| text(&column["name"])).collect()
}

const TODAY: &str = "2026-11-20";
const TOMORROW: &str = "2026-11-21";

/// Everything that owner and admins alone do with people, about one member.
fn managing(member: &str, artist: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("staff.create_user", json!({"username": "newbie", "name": "New", "role": "artist"})),
        ("staff.reset_password", json!({"member_id": member})),
        ("staff.change_role", json!({"member_id": member, "role": "apprentice"})),
        ("staff.set_switch", json!({"member_id": member, "name": "reception_board", "on": true})),
        ("staff.set_terms", json!({"member_id": member, "employment": "employed"})),
        ("staff.profiles", json!({})),
        ("staff.checklist", json!({"member_id": member})),
        ("staff.tick", json!({"member_id": member, "item": "shown_round", "done": true})),
        ("staff.leaving", json!({"member_id": member})),
        ("staff.hand_over", json!({"artist_id": artist, "appointments": {"cancel": "x"}})),
        ("staff.set_active", json!({"member_id": member, "active": false})),
        ("staff.rights", json!({"member_id": member})),
    ]
}

// ---- who may change whom -------------------------------------------------------------------------------------------

#[test]
fn t027_a006_d10_everybody_sees_everybody_with_their_role_and_whether_they_tattoo() {
    let house = House::staffed();
    let gone = house.hire("ghost", "Gil Host", "artist", None);
    house.owner().done("staff.set_active", json!({"member_id": gone, "active": false}));
    for (username, ..) in PEOPLE.iter().chain([&("ana", "Ana Ruiz", "owner")]) {
        let people = house.seat(username).done("staff.list", json!({}));
        let people = people.as_array().unwrap();
        assert_eq!(people.len(), 8, "{username}");
        for (known, name, role) in PEOPLE.iter().chain([&("ana", "Ana Ruiz", "owner")]) {
            let person = people.iter().find(|person| person["username"] == *known).unwrap();
            assert_eq!((&person["name"], &person["role"]), (&json!(name), &json!(role)));
            assert_eq!(person["artist_id"].is_string(), matches!(*role, "artist" | "apprentice"));
        }
        // Active first; whoever left is still there, as such.
        assert_eq!((&people[7]["name"], &people[7]["active"]), (&json!("Gil Host"), &json!(false)));
    }
    // S007: who does not tattoo is in the directory and in no column of the agenda.
    let team = columns(&house.owner(), TODAY);
    assert_eq!(team, ["Mara Quill", "Dario Vega", "Pia Campos"]);
}

#[test]
fn t028_t029_t030_t080_s008_s011_a009_only_owner_and_admin_manage_people_and_no_code_opens_it() {
    let house = House::staffed();
    let (dario, artist) = (house.seat("dario").member, house.artists[1].clone());
    for seat in [house.seat("sue"), house.elevated("sam"), house.seat("mara"), house.seat("pia")] {
        for (command, args) in managing(&dario, &artist) {
            assert_eq!(told(&house, &seat, command, args), denied("role"), "{command}");
            // The role is judged before what was sent.
            if command != "staff.rights" {
                assert_eq!(told(&house, &seat, command, json!({"nonsense": 1})), denied("role"), "{command}");
            }
        }
    }
    for username in ["ana", "bea"] {
        let house = House::staffed();
        let (dario, artist) = (house.seat("dario").member, house.artists[1].clone());
        let seat = house.seat(username);
        for (command, args) in managing(&dario, &artist) {
            seat.done(command, args);
        }
    }
}

#[test]
fn s004_s008_an_admin_does_with_people_what_the_owner_does_but_not_with_the_studio() {
    let house = House::staffed();
    let rights = |username: &str| {
        let me = house.seat(username).done("session.whoami", json!({}))["actions"].clone();
        me.as_object().unwrap().clone()
    };
    let (owner, admin) = (rights("ana"), rights("bea"));
    let differ: Vec<&String> = owner.keys().filter(|action| owner[*action] != admin[*action]).collect();
    assert_eq!(differ, ["studio.delete", "studio.transfer"], "D01, A026");
    assert!(owner.values().all(|answer| answer == "allow"));
    // S006: the apprentice has the artist's base rights.
    assert_eq!(rights("mara"), rights("pia"));
}

#[test]
fn t080_d14_an_account_is_made_with_a_role_and_a_password_that_works_once() {
    let house = House::new();
    let owner = house.owner();
    for role in ["admin", "assistant", "artist", "apprentice"] {
        let username = format!("new.{role}");
        let made =
            owner.done("staff.create_user", json!({"username": username, "name": "Eva Rios", "role": role}));
        let member = &made["member"];
        assert_eq!(
            (&member["role"], &member["active"], &member["must_change"]),
            (&json!(role), &json!(true), &json!(true))
        );
        let tattoos = matches!(role, "artist" | "apprentice");
        // T081 to T083: who tattoos has a profile and a share, nobody else has.
        assert_eq!(
            (member["artist_id"].is_string(), member["commission_bp"].is_i64()),
            (tattoos, tattoos),
            "{role}"
        );
        assert_eq!(member["hours"].as_array().unwrap().is_empty(), !tattoos);
        let temporary = text(&made["password"]);
        let seat = house.seat_with(&username, &temporary);
        for (command, args) in [
            ("staff.list", json!({})),
            ("staff.rights", json!({})),
            ("staff.edit_profile", json!({"member_id": seat.member, "about": "x"})),
        ] {
            assert_eq!(told(&house, &seat, command, args), json!(["password_change_required", {}]));
        }
        seat.done("session.change_password", json!({"current": temporary, "new": PASSWORD}));
        let again = json!({"username": username, "password": temporary});
        assert_eq!(
            ask(&house.desk.beside(), "session.sign_in", None, again).unwrap_err()["code"],
            "bad_credentials"
        );
        seat.done("staff.list", json!({}));
    }
}

#[test]
fn t081_t082_t083_what_does_not_fit_an_account_is_refused() {
    let house = House::staffed();
    let owner = house.owner();
    let (free, taken) = (house.hire("lone", "Lone Wolf", "assistant", None), house.artists[0].clone());
    assert!(!free.is_empty());
    let make = |change: Value| {
        let mut args = json!({"username": "eva", "name": "Eva Rios", "role": "artist"});
        for (field, value) in change.as_object().unwrap() {
            args[field] = value.clone();
        }
        args
    };
    for (change, expected) in [
        (json!({"artist_id": taken}), conflict("artist_taken")),
        (json!({"artist_id": NOBODY}), json!(["not_found", {"what": "artist"}])),
        (json!({"role": "assistant", "artist_id": taken}), invalid("artist_id", "only for artists")),
        (json!({"role": "admin", "artist_id": taken}), invalid("artist_id", "only for artists")),
        (json!({"username": "mara"}), conflict("username_taken")),
        (json!({"commission_bp": 10_001}), invalid("commission_bp", "not 0 to 10000 basis points")),
        (json!({"commission_bp": -1}), invalid("commission_bp", "not 0 to 10000 basis points")),
        (json!({"role": "owner"}), denied("owner")),
    ] {
        assert_eq!(told(&house, &owner, "staff.create_user", make(change.clone())), expected, "{change}");
    }
    for (field, value) in [
        ("username", "Eva"),
        ("username", "e"),
        ("username", "eva rios"),
        ("username", "евa"),
        ("username", ""),
        ("name", ""),
        ("name", "a\u{202E}b"),
        ("role", "boss"),
        ("role", "Owner"),
    ] {
        let fault = told(&house, &owner, "staff.create_user", make(json!({(field): value})));
        assert_eq!((&fault[0], &fault[1]["field"]), (&json!("invalid"), &json!(field)), "{value:?}");
    }
}

#[test]
fn t108_a_profile_that_stands_alone_is_found_linked_once_and_then_taken() {
    let house = House::new();
    let owner = house.owner();
    let free = |seat: &Seat| -> Vec<String> {
        let found = seat.done("staff.profiles", json!({}));
        found.as_array().unwrap().iter().map(|profile| text(&profile["artist_id"])).collect()
    };
    assert_eq!(free(&owner), house.artists);
    house.hire("mara", "Mara Quill", "artist", Some(&house.artists[0]));
    assert_eq!(free(&owner), [house.artists[1].clone()]);
    let mara = house.seat("mara").member;
    // Archived or at the desk, a profile's history is still somebody's.
    owner.done("staff.set_active", json!({"member_id": mara, "active": false}));
    assert_eq!(free(&owner), [house.artists[1].clone()]);
    owner.done("staff.set_active", json!({"member_id": mara, "active": true}));
    owner.done("staff.change_role", json!({"member_id": mara, "role": "assistant"}));
    assert_eq!(free(&owner), [house.artists[1].clone()]);
    let steal = json!({"username": "eva", "name": "Eva", "role": "artist", "artist_id": house.artists[0]});
    assert_eq!(told(&house, &owner, "staff.create_user", steal), conflict("artist_taken"));
    let back = owner.done("staff.change_role", json!({"member_id": mara, "role": "artist"}));
    assert_eq!(back["artist_id"], house.artists[0].as_str());
    assert_eq!(house.count("SELECT count(*) FROM artists"), 2);
}

#[test]
fn t088_an_archived_account_keeps_everything_and_comes_back_whole() {
    let house = House::staffed();
    let client = house.client("Joana");
    house.book(0, &client, 30);
    let owner = house.owner();
    let mara = house.seat("mara");
    mara.done(
        "staff.edit_profile",
        json!({"member_id": mara.member, "about": "Lines", "skills": ["Script"]}),
    );
    owner.done("staff.set_switch", json!({"member_id": mara.member, "name": "reception_board", "on": true}));
    let before = line(&owner, &mara.member);
    let kept = |house: &House| {
        ["members", "artists", "artist_hours", "appointments", "switches", "password_history"]
            .map(|table| house.count(&format!("SELECT count(*) FROM {table}")))
    };
    let rows = kept(&house);
    house.clock.pass(MINUTE);
    let archived = owner.done("staff.set_active", json!({"member_id": mara.member, "active": false}));
    assert_eq!(
        (&archived["member"]["active"], &archived["member"]["archived_at"]),
        (&json!(false), &json!(house.now()))
    );
    assert_eq!(kept(&house), rows, "nothing with history is deleted");
    let sign_in = json!({"username": "mara", "password": PASSWORD});
    let fault = ask(&house.desk.beside(), "session.sign_in", None, sign_in).unwrap_err();
    assert_eq!(fault["code"], "bad_credentials", "T089");
    let tiles = house.ask("session.tiles", json!({})).unwrap();
    assert!(tiles.as_array().unwrap().iter().all(|tile| tile["username"] != "mara"));
    assert!(!columns(&owner, TODAY).contains(&"Mara Quill".to_owned()));
    owner.done("staff.set_active", json!({"member_id": mara.member, "active": true}));
    assert_eq!(kept(&house), rows);
    let mut after = line(&owner, &mara.member);
    after["last_seen_at"] = before["last_seen_at"].clone();
    assert_eq!(after, before, "T088: undone, all of it");
    house.seat("mara");
    assert!(columns(&owner, TODAY).contains(&"Mara Quill".to_owned()));
}

#[test]
fn d07_s012_to_s016_there_is_one_owner_always_and_only_a_transfer_makes_another() {
    let house = House::staffed();
    let owners = || house.count("SELECT count(*) FROM members WHERE role = 'owner' AND active = 1");
    let second = "UPDATE members SET role = 'owner' WHERE username = 'bea'";
    assert!(house.raw().execute(second, []).is_err(), "the file itself refuses a second one");
    house.hire("eva", "Eva Rios", "admin", None);
    let (bea, eva, owner) = (house.seat("bea"), house.seat("eva"), house.owner());
    // Admins change each other, and neither touches the owner.
    bea.done("staff.set_active", json!({"member_id": eva.member, "active": false}));
    bea.done("staff.set_active", json!({"member_id": eva.member, "active": true}));
    let demote = json!({"member_id": owner.member, "role": "admin"});
    assert_eq!(told(&house, &bea, "staff.change_role", demote), denied("owner"));
    assert_eq!(owners(), 1);
}

/// Two people act on each other in the same moment; how many got through.
fn at_once(acts: [(&Seat, &'static str, Value); 2]) -> usize {
    let together = Barrier::new(2);
    let done: Vec<bool> = std::thread::scope(|scope| {
        let running: Vec<_> = acts
            .into_iter()
            .map(|(seat, command, args)| {
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    seat.ask(command, args).is_ok()
                })
            })
            .collect();
        running.into_iter().map(|act| act.join().unwrap()).collect()
    });
    done.into_iter().filter(|done| *done).count()
}

#[test]
fn attack_25_of_two_admins_who_demote_or_archive_each_other_at_once_one_remains() {
    let demote = |seat: &Seat| ("staff.change_role", json!({"member_id": seat.member, "role": "assistant"}));
    let lend = |seat: &Seat| {
        (
            "staff.change_role",
            json!({"member_id": seat.member, "role": "assistant", "until": crate::studio_house::MORNING + 9 * HOUR}),
        )
    };
    let archive = |seat: &Seat| ("staff.set_active", json!({"member_id": seat.member, "active": false}));
    for round in 0..6 {
        let house = House::staffed();
        house.hire("eva", "Eva Rios", "admin", None);
        let (bea, eva) = (house.seat("bea"), house.seat("eva"));
        let (first, second) = match round % 3 {
            0 => (demote(&eva), demote(&bea)),
            1 => (demote(&eva), archive(&bea)),
            _ => (lend(&eva), demote(&bea)),
        };
        let done = at_once([(&bea, first.0, first.1), (&eva, second.0, second.1)]);
        assert_eq!(done, 1, "round {round}");
        let roles = ["bea", "eva"].map(|username| {
            let people = house.owner().done("staff.list", json!({}));
            let person = people
                .as_array()
                .unwrap()
                .iter()
                .find(|person| person["username"] == username)
                .unwrap()
                .clone();
            person["active"] == true && person["role"] == "admin"
        });
        assert_eq!(roles.iter().filter(|still| **still).count(), 1, "round {round}");
    }
}

#[test]
fn attack_25_of_two_transfers_at_once_one_is_made() {
    for _ in 0..3 {
        let house = House::staffed();
        let (here, there) = (house.owner(), house.owner());
        let to = |username: &str| json!({"member_id": house.seat(username).member, "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"});
        let done = at_once([(&here, "studio.transfer", to("bea")), (&there, "studio.transfer", to("mara"))]);
        assert_eq!(done, 1);
        assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'owner' AND active = 1"), 1);
        assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'admin' AND username = 'ana'"), 1);
        house.assert_holds();
    }
}

#[test]
fn attack_25_whoever_is_archived_while_the_studio_is_handed_to_them_is_no_owner() {
    for _ in 0..4 {
        let house = House::staffed();
        house.hire("eva", "Eva Rios", "admin", None);
        let (owner, eva, bea) = (house.owner(), house.seat("eva"), house.seat("bea").member);
        let done = at_once([
            (&owner, "studio.transfer", hand_over(&bea)),
            (&eva, "staff.set_active", json!({"member_id": bea, "active": false})),
        ]);
        assert_eq!(done, 1, "the later of the two is told no");
        assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'owner' AND active = 1"), 1);
    }
}

#[test]
fn a030_t090_fewer_than_two_owners_and_admins_is_said_to_those_who_can_help() {
    let house = House::staffed();
    let warned = |username: &str| {
        house.seat(username).done("session.whoami", json!({}))["reminders"]["few_admins"].clone()
    };
    assert_eq!((warned("ana"), warned("bea")), (json!(false), json!(false)));
    let bea = house.seat("bea").member;
    let owner = house.owner();
    assert_eq!(
        owner.done("staff.leaving", json!({"member_id": bea}))["few_admins"],
        true,
        "looked at before"
    );
    assert_eq!(
        owner.done("staff.set_active", json!({"member_id": bea, "active": false}))["few_admins"],
        true
    );
    assert_eq!(warned("ana"), true);
    // A lent admin is gone again soon: that is no second one.
    let sam = house.seat("sam").member;
    owner.done("staff.change_role", json!({"member_id": sam, "role": "admin", "until": house.at(24)}));
    assert_eq!((warned("ana"), warned("sam")), (json!(true), json!(true)));
    owner.done("staff.change_role", json!({"member_id": sam, "role": "admin"}));
    assert_eq!(warned("ana"), false);
    for username in ["sue", "mara", "pia"] {
        assert_eq!(warned(username), false, "{username} cannot help");
    }
}

// ---- why not -------------------------------------------------------------------------------------------------------

#[test]
fn t092_every_denial_says_why() {
    let house = House::staffed();
    let client = house.client("Joana");
    let theirs = house.book(1, &client, 1);
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let cancel = json!({"appointment_id": theirs});
    assert_eq!(told(&house, &mara, "agenda.cancel", cancel.clone()), denied("not_yours"));
    assert_eq!(told(&house, &mara, "clients.delete", json!({"client_id": client})), denied("role"));
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    assert_eq!(told(&house, &mara, "clients.open", json!({"client_id": client})), denied("switch"));
    assert_eq!(
        told(&house, &owner, "staff.reset_password", json!({"member_id": owner.member})),
        denied("self")
    );
    let bea = house.seat("bea");
    assert_eq!(
        told(&house, &bea, "staff.reset_password", json!({"member_id": owner.member})),
        denied("owner")
    );
    house.raw().execute("UPDATE members SET artist_id = NULL WHERE username = 'mara'", []).unwrap();
    assert_eq!(told(&house, &mara, "agenda.cancel", cancel), denied("not_linked"));
}

#[test]
fn d03_a011_whoever_books_for_others_takes_no_completion_and_no_missed_visit_back() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let mara = house.seat("mara");
    let visits = [1, 3, 5].map(|hours| house.book(1, &client, hours));
    for (visit, step) in visits.iter().zip(["agenda.complete", "agenda.no_show", "agenda.cancel"]) {
        owner.done(step, json!({"appointment_id": visit}));
    }
    let back = |visit: &str| json!({"appointment_id": visit, "status": "confirmed"});
    for visit in &visits {
        assert_eq!(told(&house, &mara, "agenda.reopen", back(visit)), denied("not_yours"));
    }
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "manage_shop_calendar", "on": true}),
    );
    for visit in &visits[..2] {
        assert_eq!(
            told(&house, &mara, "agenda.reopen", back(visit)),
            denied("not_yours"),
            "the switch names no such step"
        );
    }
    mara.done("agenda.reopen", back(&visits[2]));
    for visit in &visits[..2] {
        house.seat("dario").done("agenda.reopen", back(visit));
    }
}

// ---- profiles, hours, terms ----------------------------------------------------------------------------------------

#[test]
fn s010_everybody_edits_their_own_profile_and_everybody_sees_it() {
    let house = House::staffed();
    for (username, name, _) in PEOPLE.iter().chain([&("ana", "Ana Ruiz", "owner")]) {
        let seat = house.seat(username);
        let edit = json!({
            "member_id": seat.member, "pronouns": "elle", "email": format!("{username}@casa.mx"), "phone": "55 1234",
            "about": "Line one\nLine two", "languages": ["Español", "English"], "skills": ["Script", "script", " Script "],
            "styles": ["Blackwork"],
        });
        let edited = seat.done("staff.edit_profile", edit);
        assert_eq!(edited["name"], *name, "what is left out stays");
        assert_eq!(edited["profile"]["skills"], json!(["Script"]), "a word twice is a word");
        let seen = line(&house.seat("pia"), &seat.member);
        assert_eq!(seen["profile"]["email"], format!("{username}@casa.mx"), "T131");
        assert_eq!(seen["profile"]["languages"], json!(["Español", "English"]));
        let bare = json!({"member_id": seat.member, "about": "", "email": " ", "languages": []});
        let cleared = seat.done("staff.edit_profile", bare)["profile"].clone();
        assert_eq!(
            (&cleared["about"], &cleared["email"], &cleared["languages"]),
            (&Value::Null, &Value::Null, &json!([]))
        );
        assert_eq!(cleared["phone"], "55 1234");
    }
    house.assert_holds();
}

#[test]
fn t096_s008_owner_and_admin_edit_every_profile_and_every_artists_hours() {
    let house = House::staffed();
    let client = house.client("Joana");
    for username in ["ana", "bea"] {
        let seat = house.seat(username);
        for (known, ..) in PEOPLE.iter().chain([&("ana", "Ana Ruiz", "owner")]) {
            let member = house.seat(known).member;
            seat.done("staff.edit_profile", json!({"member_id": member, "styles": ["Dotwork"]}));
        }
        let friday = json!([{"weekday": 5, "opens": 540, "closes": 1_020}]);
        for artist in &house.artists {
            assert_eq!(
                seat.done("staff.availability", json!({"artist_id": artist, "hours": friday})),
                friday
            );
        }
    }
    // A new name is the column's too, and booking by the new hours warns by them (D16).
    let mara = house.seat("mara");
    mara.done("staff.edit_profile", json!({"member_id": mara.member, "name": "Mara Q."}));
    assert!(columns(&house.owner(), TODAY).contains(&"Mara Q.".to_owned()));
    let book = |hours: i64| {
        let slot = json!({"artist_id": house.artists[0], "client_id": client, "service_id": house.services[0], "starts_at": house.at(hours)});
        house.owner().done("agenda.book", slot)["warnings"].clone()
    };
    assert_eq!((book(1), book(8), book(25)), (json!([]), json!(["outside_hours"]), json!(["outside_hours"])));
}

#[test]
fn d02_an_artist_sets_own_hours_and_the_assistant_nobodys() {
    let house = House::staffed();
    let week =
        json!([{"weekday": 2, "opens": 600, "closes": 1_200}, {"weekday": 6, "opens": 0, "closes": 1_440}]);
    for username in ["mara", "pia"] {
        let seat = house.seat(username);
        let args = json!({"artist_id": seat.artist, "hours": week});
        assert_eq!(seat.done("staff.availability", args), week);
        assert_eq!(line(&seat, &seat.member)["hours"], week);
        assert_eq!(
            seat.done("staff.availability", json!({"artist_id": seat.artist, "hours": []})),
            json!([])
        );
        for wrong in [
            json!([{"weekday": 0, "opens": 0, "closes": 60}]),
            json!([{"weekday": 8, "opens": 0, "closes": 60}]),
            json!([{"weekday": 1, "opens": 60, "closes": 60}]),
            json!([{"weekday": 1, "opens": 61, "closes": 60}]),
            json!([{"weekday": 1, "opens": -1, "closes": 60}]),
            json!([{"weekday": 1, "opens": 0, "closes": 1_441}]),
            json!([{"weekday": 1, "opens": 0, "closes": 60}, {"weekday": 1, "opens": 90, "closes": 100}]),
        ] {
            let args = json!({"artist_id": seat.artist, "hours": wrong});
            let fault = told(&house, &seat, "staff.availability", args);
            assert_eq!((&fault[0], &fault[1]["field"]), (&json!("invalid"), &json!("hours")), "{wrong}");
        }
    }
}

#[test]
fn d31_s011_terms_are_set_by_others_and_fit() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    let (mara, sam) = (house.seat("mara").member, house.seat("sam").member);
    let set = |member: &str, more: Value| {
        let mut args = json!({"member_id": member});
        for (field, value) in more.as_object().unwrap() {
            args[field] = value.clone();
        }
        args
    };
    let guest = json!({"employment": "guest", "guest_from": TODAY, "guest_until": "2026-12-24", "commission_bp": 6_000});
    let terms = bea.done("staff.set_terms", set(&mara, guest));
    assert_eq!(
        json!([terms["employment"], terms["guest_from"], terms["guest_until"], terms["commission_bp"]]),
        json!(["guest", TODAY, "2026-12-24", 6_000])
    );
    // Another status takes the days with it; the share stays until it is named.
    let terms = bea.done("staff.set_terms", set(&mara, json!({"employment": "self_employed"})));
    assert_eq!(
        json!([terms["employment"], terms["guest_from"], terms["guest_until"], terms["commission_bp"]]),
        json!(["self_employed", null, null, 6_000])
    );
    for (more, expected) in [
        (json!({"employment": "employed", "guest_from": TODAY}), invalid("guest_from", "only for guests")),
        (json!({"guest_until": TODAY}), invalid("guest_from", "only for guests")),
        (
            json!({"employment": "guest", "guest_from": TOMORROW, "guest_until": TODAY}),
            invalid("guest_until", "before the first day"),
        ),
        (json!({"commission_bp": 10_001}), invalid("commission_bp", "not 0 to 10000 basis points")),
    ] {
        assert_eq!(told(&house, &bea, "staff.set_terms", set(&mara, more.clone())), expected, "{more}");
    }
    assert_eq!(
        told(&house, &bea, "staff.set_terms", set(&sam, json!({"commission_bp": 1}))),
        conflict("no_artist_profile")
    );
    // The owner's are the owner's own affair; an admin's are somebody else's.
    owner.done("staff.set_terms", set(&owner.member, json!({"employment": "self_employed"})));
    owner.done("staff.set_terms", set(&bea.member, json!({"employment": "employed"})));
    // The share is a figure of money: the log has the old and the new one.
    let log = owner.done("activity.list", json!({"kind": "people"}));
    let share =
        log.as_array().unwrap().iter().find(|row| row["details"]["new_commission_bp"].is_i64()).unwrap();
    assert_eq!(share["details"]["new_commission_bp"], 6_000);
    assert_eq!(share["details"]["old_commission_bp"], 5_000);
}

#[test]
fn p16_no_entry_of_the_log_holds_what_was_typed_about_people() {
    let house = House::staffed();
    let client = house.client("Joana");
    house.book(0, &client, 24);
    let owner = house.owner();
    let mara = house.seat("mara");
    mara.done("staff.edit_profile", json!({"member_id": mara.member, "name": "KANARI", "about": "KANARI", "email": "KANARI", "skills": ["KANARI"]}));
    owner.done("staff.set_terms", json!({"member_id": mara.member, "employment": "employed"}));
    owner.done(
        "staff.change_role",
        json!({"member_id": mara.member, "role": "admin", "until": house.at(9), "reason": "KANARI"}),
    );
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "artist", "reason": "KANARI"}));
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "reception_board", "on": true, "reason": "KANARI"}),
    );
    owner.done(
        "staff.hand_over",
        json!({"artist_id": house.artists[0], "appointments": {"cancel": "KANARI"}}),
    );
    owner.done("security.report_suspicion", json!({"reason": "KANARI"}));
    owner.done("activity.sign_review", json!({"month": "2026-11", "note": "KANARI"}));
    owner.done("activity.export", json!({}));
    let bea = house.seat("bea").member;
    owner.done(
        "studio.transfer",
        json!({"member_id": bea, "password": OWNER_PASSWORD, "studio_name": "casa aguja"}),
    );
    let found = "SELECT count(*) FROM journal WHERE instr(upper(details || coalesce(elevated_by, '') || command), 'KANARI') > 0";
    assert_eq!(house.count(found), 0);
    // The reasons stand beside it, where they can be taken away again.
    assert_eq!(house.count("SELECT count(*) FROM journal_reasons WHERE reason = 'KANARI'"), 5);
    house.assert_holds();
}

// ---- roles: for good, and lent -------------------------------------------------------------------------------------

#[test]
fn a007_a008_d12_a_new_role_counts_at_once_and_is_told_to_whoever_has_it() {
    let house = House::staffed();
    let owner = house.owner();
    let sam = house.seat("sam");
    for (role, reason) in [("admin", "Promoted"), ("artist", "Learns to tattoo"), ("assistant", "Back")] {
        let before = role_of(&sam);
        house.clock.pass(1_000);
        owner.done("staff.change_role", json!({"member_id": sam.member, "role": role, "reason": reason}));
        assert_eq!(role_of(&sam), role);
        let (kind, facts, by) = newest(&sam);
        assert_eq!((kind.as_str(), &by), ("role_changed", &json!("Ana Ruiz")));
        assert_eq!((&facts["old_role"], &facts["new_role"]), (&json!(before), &json!(role)));
        let entry = &owner.done("activity.list", json!({"role_changes": true}))[0];
        assert_eq!(
            json!([
                entry["details"]["old_role"],
                entry["details"]["new_role"],
                entry["names"]["member"],
                entry["member"],
                entry["reason"]
            ]),
            json!([before, role, "Sam Luna", "Ana Ruiz", reason]),
            "A027"
        );
    }
    assert_eq!(sam.done("session.whoami", json!({}))["unread"], 3);
    sam.done("session.read_notices", json!({}));
    assert_eq!(sam.done("session.whoami", json!({}))["unread"], 0);
}

#[test]
fn a032_a_lent_role_ends_by_itself_on_the_very_next_command() {
    let house = House::staffed();
    let owner = house.owner();
    let sam = house.seat("sam");
    let until = house.now() + 240_000;
    owner.done(
        "staff.change_role",
        json!({"member_id": sam.member, "role": "admin", "until": until, "reason": "Ana is away"}),
    );
    let me = sam.done("session.whoami", json!({}));
    assert_eq!(json!([me["role"], me["role_until"], me["role_after"]]), json!(["admin", until, "assistant"]));
    let seen = line(&house.seat("pia"), &sam.member);
    assert_eq!(
        json!([seen["role"], seen["role_until"], seen["role_after"]]),
        json!(["admin", until, "assistant"])
    );
    assert_eq!(newest(&sam).1, json!({"old_role": "assistant", "new_role": "admin", "until": until}));
    let rights = sam.done("staff.rights", json!({}));
    let row = |rights: &Value, action: &str| {
        rights["rows"].as_array().unwrap().iter().find(|row| row["action"] == action).unwrap().clone()
    };
    let audit = row(&rights, "security.audit");
    assert_eq!(
        json!([audit["answer"], audit["by_role"], audit["because"], audit["until"]]),
        json!(["allow", "deny", "lent_role", until])
    );
    house.clock.pass(239_999);
    sam.done("activity.list", json!({}));
    house.clock.pass(1);
    assert_eq!(told(&house, &sam, "activity.list", json!({})), denied("role"));
    let me = sam.done("session.whoami", json!({}));
    assert_eq!(json!([me["role"], me["role_until"], me["role_after"]]), json!(["assistant", null, null]));
    let seen = line(&sam, &sam.member);
    assert_eq!(
        json!([seen["role"], seen["role_until"], seen["role_after"]]),
        json!(["assistant", null, null])
    );
    let tiles = house.ask("session.tiles", json!({})).unwrap();
    let tile = tiles.as_array().unwrap().iter().find(|tile| tile["username"] == "sam").unwrap().clone();
    assert_eq!(tile["role"], "assistant");
}

#[test]
fn t083_a032_of_a_lent_artists_role_nothing_is_left_to_see_once_it_is_over() {
    let house = House::staffed();
    let owner = house.owner();
    let sam = house.seat("sam");
    let lend = json!({"member_id": sam.member, "role": "artist", "until": house.now() + 60_000});
    assert!(owner.done("staff.change_role", lend)["artist_id"].is_string());
    owner.done("staff.set_switch", json!({"member_id": sam.member, "name": "reception_board", "on": true}));
    let seen = |seat: &Seat| {
        let line = line(seat, &sam.member);
        json!([line["role"], line["artist_id"].is_string(), line["switches"].as_array().unwrap().len()])
    };
    assert_eq!(seen(&owner), json!(["artist", true, 1]));
    house.clock.pass(60_000);
    assert_eq!((seen(&owner), seen(&sam)), (json!(["assistant", false, 0]), json!(["assistant", false, 0])));
}

#[test]
fn a032_p09_a_clock_that_is_set_back_lengthens_no_loan_and_no_switch() {
    let house = House::staffed();
    let owner = house.owner();
    let (sam, mara) = (house.seat("sam"), house.seat("mara"));
    let client = house.client("Joana");
    let until = house.now() + 60_000;
    owner.done("staff.change_role", json!({"member_id": sam.member, "role": "admin", "until": until}));
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "manage_shop_clients", "on": true, "until": until}),
    );
    let edit = json!({"client_id": client, "form": {"name": "Joana M"}});
    mara.done("clients.edit", edit.clone());
    house.clock.pass(60_000);
    // Somebody wrote something after it: from then on the file knows that the time has come.
    house.client("Pilar");
    house.clock.jump(-HOUR);
    drop((sam, mara));
    let (sam, mara) = (house.seat("sam"), house.seat("mara"));
    assert_eq!(role_of(&sam), "assistant");
    assert_eq!(told(&house, &sam, "activity.list", json!({})), denied("role"));
    assert_eq!(told(&house, &mara, "clients.edit", edit), denied("role"));
    drop((owner, sam, mara));
    house.restart();
    assert_eq!(role_of(&house.seat("sam")), "assistant");
}

#[test]
fn a032_what_was_opened_under_a_lent_role_is_shut_when_the_loan_ends() {
    let house = House::staffed();
    let item = house.item("SOAP", 12_000, 5);
    let adjust = json!({"item_id": item, "quantity": 1, "reason": "Recount"});
    let owner = house.owner();
    // An assistant with the window open becomes an admin for a minute, and an assistant without it again.
    let sam = house.elevated("sam");
    owner.done(
        "staff.change_role",
        json!({"member_id": sam.member, "role": "admin", "until": house.now() + 60_000}),
    );
    sam.done("inventory.stock_adj", adjust.clone());
    let by_right =
        "SELECT count(*) FROM journal WHERE command = 'inventory.stock_adj' AND elevated_by IS NULL";
    assert_eq!(house.count(by_right), 1, "the admin needed no code");
    assert_eq!(
        told(&house, &sam, "session.elevate", json!({"code": house.master_code})),
        denied("role"),
        "T058"
    );
    house.clock.pass(60_000);
    assert_eq!(told(&house, &sam, "inventory.stock_adj", adjust.clone())[0], "elevation_required");
    // An artist at the desk for a minute opens it, and is an artist again.
    let mara = house.seat("mara");
    owner.done(
        "staff.change_role",
        json!({"member_id": mara.member, "role": "assistant", "until": house.now() + 60_000}),
    );
    let me = mara.done("session.elevate", json!({"code": house.master_code}));
    assert_eq!((&me["role"], &me["member"]["artist_id"]), (&json!("assistant"), &Value::Null), "T083");
    mara.done("inventory.stock_adj", adjust.clone());
    house.clock.pass(60_000);
    assert_eq!(told(&house, &mara, "inventory.stock_adj", adjust), denied("role"));
    let me = mara.done("session.whoami", json!({}));
    assert_eq!(me["member"]["artist_id"], house.artists[0].as_str());
    assert_eq!(me["elevation"], Value::Null, "D05: it ends with the role");
}

#[test]
fn a032_d05_a_lent_admin_approves_until_the_loan_ends() {
    let house = House::staffed();
    let (owner, sam, dario) = (house.owner(), house.seat("sam"), house.seat("dario").member);
    let approver = json!({"approver": {"username": "dario", "password": PASSWORD}});
    assert_eq!(sam.refused("session.elevate", approver.clone()), "bad_code");
    owner.done(
        "staff.change_role",
        json!({"member_id": dario, "role": "admin", "until": house.now() + 60_000}),
    );
    assert_eq!(sam.done("session.elevate", approver.clone())["elevation"]["by"], dario.as_str());
    sam.done("session.drop_elevation", json!({}));
    house.clock.pass(60_000);
    let fault = sam.ask("session.elevate", approver).unwrap_err();
    assert_eq!(fault["code"], "bad_code", "the same as for whoever never could");
    assert_eq!(sam.done("session.whoami", json!({}))["elevation"], Value::Null);
}

#[test]
fn a032_d07_what_cannot_be_lent() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    let sam = house.seat("sam").member;
    let lend =
        |member: &str, role: &str, until: i64| json!({"member_id": member, "role": role, "until": until});
    let soon = house.at(9);
    for (args, expected) in [
        (lend(&sam, "owner", soon), denied("owner")),
        (lend(&sam, "assistant", soon), conflict("same_role")),
        (lend(&sam, "admin", house.now()), invalid("until", "in the past")),
        (lend(&sam, "admin", house.now() - 1), invalid("until", "in the past")),
        (lend(&sam, "admin", i64::MIN), invalid("until", "in the past")),
        (lend(&bea.member, "artist", soon), denied("self")),
        (lend(&owner.member, "artist", soon), denied("owner")),
        (lend(NOBODY, "admin", soon), json!(["not_found", {"what": "member"}])),
    ] {
        assert_eq!(told(&house, &bea, "staff.change_role", args.clone()), expected, "{args}");
    }
    // No calendar shows the year 292,278,994: what never ends is no loan.
    for never in [i64::MAX, 7_258_118_400_001] {
        assert_eq!(told(&house, &bea, "staff.change_role", lend(&sam, "admin", never))[1]["field"], "until");
        let mara = house.seat("mara").member;
        let switch = json!({"member_id": mara, "name": "reception_board", "on": true, "until": never});
        assert_eq!(told(&house, &bea, "staff.set_switch", switch)[1]["field"], "until");
    }
    // A lent admin manages people, but neither themselves nor the owner.
    bea.done("staff.change_role", lend(&sam, "admin", soon));
    let lent = house.seat("sam");
    assert_eq!(told(&house, &lent, "staff.change_role", lend(&sam, "admin", soon)), denied("self"));
    assert_eq!(
        told(&house, &lent, "staff.change_role", json!({"member_id": sam, "role": "admin"})),
        denied("self")
    );
    assert_eq!(
        told(&house, &lent, "staff.set_active", json!({"member_id": owner.member, "active": false})),
        denied("owner")
    );
    let take = json!({"member_id": sam, "password": PASSWORD, "studio_name": "Casa Aguja"});
    assert_eq!(told(&house, &lent, "studio.transfer", take), denied("role"));
}

#[test]
fn a032_a_loan_is_changed_taken_back_and_made_lasting() {
    let house = House::staffed();
    let owner = house.owner();
    let sam = house.seat("sam");
    let state = |seat: &Seat| {
        let me = seat.done("session.whoami", json!({}));
        json!([me["role"], me["role_until"], me["role_after"]])
    };
    let give = |role: &str, until: Option<i64>| {
        owner.done("staff.change_role", json!({"member_id": sam.member, "role": role, "until": until}));
    };
    give("admin", Some(house.at(2)));
    give("admin", Some(house.at(1)));
    assert_eq!(state(&sam), json!(["admin", house.at(1), "assistant"]), "one loan, the last");
    give("assistant", None);
    assert_eq!(state(&sam), json!(["assistant", null, null]), "taken back");
    give("admin", Some(house.at(1)));
    give("admin", None);
    assert_eq!(state(&sam), json!(["admin", null, null]), "made lasting");
    house.clock.pass(2 * 60 * MINUTE);
    assert_eq!(state(&house.seat("sam")), json!(["admin", null, null]));
    assert_eq!(house.count("SELECT count(*) FROM lent_roles"), 0);
    // Whoever is archived loses a loan for good.
    let (owner, pia) = (house.owner(), house.seat("pia").member);
    owner.done("staff.change_role", json!({"member_id": pia, "role": "admin", "until": house.at(9)}));
    owner.done("staff.set_active", json!({"member_id": pia, "active": false}));
    owner.done("staff.set_active", json!({"member_id": pia, "active": true}));
    assert_eq!(state(&house.seat("pia")), json!(["apprentice", null, null]));
}

#[test]
fn t082_somebody_who_tattoos_for_a_while_owns_what_is_theirs_meanwhile() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let sam = house.seat("sam");
    owner.done(
        "staff.change_role",
        json!({"member_id": sam.member, "role": "apprentice", "until": house.at(3)}),
    );
    let artist = text(&sam.done("session.whoami", json!({}))["member"]["artist_id"]);
    assert!(columns(&owner, TODAY).contains(&"Sam Luna".to_owned()));
    let slot = json!({"artist_id": artist, "client_id": client, "service_id": house.services[0], "starts_at": house.at(1)});
    let visit = text(&sam.done("agenda.book", slot)["card"]["id"]);
    let theirs = house.book(0, &client, 1);
    assert_eq!(told(&house, &sam, "agenda.cancel", json!({"appointment_id": theirs})), denied("not_yours"));
    house.clock.pass(3 * 60 * MINUTE);
    let sam = house.seat("sam");
    let me = sam.done("session.whoami", json!({}));
    assert_eq!((&me["role"], &me["member"]["artist_id"]), (&json!("assistant"), &Value::Null), "T083");
    sam.done("agenda.cancel", json!({"appointment_id": theirs}));
    // The profile stays with its history, and is the same one the next time.
    let kept = format!("SELECT count(*) FROM appointments WHERE id = '{visit}' AND artist_id = '{artist}'");
    assert_eq!(house.count(&kept), 1);
    let again = house.owner().done("staff.change_role", json!({"member_id": sam.member, "role": "artist"}));
    assert_eq!(again["artist_id"], artist.as_str());
    assert_eq!(house.count("SELECT count(*) FROM artists"), 4);
}

#[test]
fn d29_a_lasting_role_clears_the_switches_and_a_lent_one_leaves_them_for_after() {
    let house = House::staffed();
    let owner = house.owner();
    let mara = house.seat("mara");
    let board = |seat: &Seat| text(&seat.done("session.whoami", json!({}))["actions"]["agenda.board"]);
    owner.done("staff.set_switch", json!({"member_id": mara.member, "name": "reception_board", "on": true}));
    assert_eq!(board(&mara), "allow");
    owner.done(
        "staff.change_role",
        json!({"member_id": mara.member, "role": "apprentice", "until": house.now() + 60_000}),
    );
    assert_eq!(board(&mara), "allow", "still somebody who tattoos");
    house.clock.pass(60_000);
    assert_eq!((role_of(&mara).as_str(), board(&mara).as_str()), ("artist", "allow"));
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "admin"}));
    assert_eq!(house.count("SELECT count(*) FROM switches"), 0);
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "artist"}));
    assert_eq!(board(&mara), "deny");
}

#[test]
fn d10_t113_whoever_tattoos_no_more_is_not_booked_any_more() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let mara = house.seat("mara");
    house.book(0, &client, 24);
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "assistant"}));
    assert!(!columns(&owner, TODAY).contains(&"Mara Quill".to_owned()), "no column to book into");
    assert!(columns(&owner, TOMORROW).contains(&"Mara Quill".to_owned()), "what is booked is seen");
    let slot = json!({"artist_id": house.artists[0], "client_id": client, "service_id": house.services[0], "starts_at": house.at(3)});
    assert_eq!(told(&house, &owner, "agenda.book", slot.clone()), conflict("artist_archived"));
    let plan = json!({"artist_id": house.artists[0], "appointments": {"hand_to": house.artists[1]}});
    assert_eq!(owner.done("staff.hand_over", plan)["moved"], 1);
    owner.done("staff.change_role", json!({"member_id": mara.member, "role": "artist"}));
    owner.done("agenda.book", slot);
}

#[test]
fn d07_an_archived_account_gets_no_role_no_loan_and_no_switch() {
    let house = House::staffed();
    let owner = house.owner();
    let (sam, mara) = (house.seat("sam").member, house.seat("mara").member);
    for member in [&sam, &mara] {
        owner.done("staff.set_active", json!({"member_id": member, "active": false}));
    }
    for (command, args) in [
        ("staff.change_role", json!({"member_id": sam, "role": "artist"})),
        ("staff.change_role", json!({"member_id": sam, "role": "admin", "until": house.at(9)})),
        ("staff.set_switch", json!({"member_id": mara, "name": "reception_board", "on": true})),
    ] {
        assert_eq!(told(&house, &owner, command, args), conflict("member_archived"), "{command}");
    }
    assert!(!columns(&owner, TODAY).contains(&"Sam Luna".to_owned()));
}

// ---- who leaves ----------------------------------------------------------------------------------------------------

/// Mara leaves: visits in 24, 25 and 26 hours of which Dario is booked in the second and off in the third, one that
/// is over, one that is cancelled, and one under way.
fn leaver() -> (House, Vec<String>) {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let owner = house.owner();
    let visits: Vec<String> = [24, 25, 26].map(|hours| house.book(0, &client, hours)).into();
    house.book(1, &client, 25);
    owner.done(
        "agenda.block",
        json!({"artist_id": house.artists[1], "kind": "personal", "starts_at": house.at(26), "ends_at": house.at(27)}),
    );
    let past = house.book(0, &client, -3);
    owner.done("agenda.complete", json!({"appointment_id": past}));
    let off = house.book(0, &client, 30);
    owner.done("agenda.cancel", json!({"appointment_id": off, "reason": "Flu"}));
    let here = house.book(0, &client, 0);
    owner.done("agenda.start", json!({"appointment_id": here}));
    (house, visits)
}

fn ids_of(visits: &Value) -> Vec<String> {
    visits.as_array().unwrap().iter().map(|visit| text(&visit["appointment_id"])).collect()
}

#[test]
fn t113_d07_archiving_an_artist_shows_first_what_is_ahead() {
    let (house, visits) = leaver();
    let owner = house.owner();
    let (mara, sam) = (house.seat("mara").member, house.seat("sam"));
    let look = house.leaves_no_trace(|| owner.done("staff.leaving", json!({"member_id": mara})));
    assert_eq!(ids_of(&look["appointments"]), visits, "only what has not begun, in its order");
    let first = &look["appointments"][0];
    assert_eq!(
        json!([first["client_name"], first["service_name"], first["starts_at"], first["ends_at"]]),
        json!(["Joana Melo", "Small lettering", house.at(24), house.at(25)])
    );
    assert_eq!(
        json!([look["rotate_code"], look["few_admins"], look["open_drawer"]]),
        json!([false, false, false])
    );
    sam.done("till.open_session", json!({"float": 0}));
    let look = owner.done("staff.leaving", json!({"member_id": sam.member}));
    assert_eq!(
        json!([look["rotate_code"], look["open_drawer"], look["appointments"]]),
        json!([true, true, []])
    );
    assert_eq!(
        told(&house, &owner, "staff.leaving", json!({"member_id": NOBODY})),
        json!(["not_found", {"what": "member"}])
    );
}

#[test]
fn t113_appointments_are_handed_to_another_where_the_time_is_free_and_the_rest_is_named() {
    let (house, visits) = leaver();
    let owner = house.owner();
    let mara = house.seat("mara").member;
    let before = house.count("SELECT count(*) FROM appointments");
    let done = owner.done(
        "staff.set_active",
        json!({"member_id": mara, "active": false, "appointments": {"hand_to": house.artists[1]}}),
    );
    let settled = &done["settled"];
    assert_eq!(
        json!([settled["moved"], settled["cancelled"], done["future_appointments"]]),
        json!([1, 0, 2])
    );
    assert_eq!(ids_of(&settled["not_moved"]), visits[1..], "booked, and off");
    let now_with = |visit: &str| -> String {
        let sql = format!("SELECT artist_id FROM appointments WHERE id = '{visit}'");
        house.raw().query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(now_with(&visits[0]), house.artists[1]);
    assert_eq!(now_with(&visits[1]), house.artists[0]);
    assert_eq!(house.count("SELECT count(*) FROM appointments"), before);
    // Nobody is booked twice, whoever moved what.
    let twice =
        "SELECT count(*) FROM appointments a JOIN appointments b ON a.artist_id = b.artist_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
        AND a.status NOT IN ('cancelled', 'no_show') AND b.status NOT IN ('cancelled', 'no_show')";
    assert_eq!(house.count(twice), 0);
    let dario = house.seat("dario");
    assert_eq!(newest(&dario), ("appointments_moved".to_owned(), json!({"count": 1}), json!("Ana Ruiz")));
    // What is left can be settled later, from the leaver's list.
    let rest = json!({"artist_id": house.artists[0], "appointments": {"cancel": "The artist left"}});
    let rested = owner.done("staff.hand_over", rest.clone());
    assert_eq!(
        (&rested["moved"], &rested["cancelled"], &rested["not_moved"]),
        (&json!(0), &json!(2), &json!([]))
    );
    assert_eq!(owner.done("staff.hand_over", rest)["cancelled"], 0, "nothing twice");
    let reasons =
        "SELECT count(*) FROM appointments WHERE status = 'cancelled' AND reason = 'The artist left'";
    assert_eq!(house.count(reasons), 2);
    assert_eq!(
        house.count("SELECT count(*) FROM appointments WHERE status = 'in_session'"),
        1,
        "what goes on goes on"
    );
    let entry = &owner.done("activity.list", json!({"kind": "people"}))[1];
    assert_eq!((&entry["command"], &entry["reason"]), (&json!("staff.hand_over"), &json!("The artist left")));
    assert_eq!(entry["details"]["appointments"].as_array().unwrap().len(), 2);
    house.assert_holds();
}

#[test]
fn t113_two_visits_of_the_leaver_at_one_time_are_not_both_moved() {
    let house = House::staffed();
    let client = house.client("Joana");
    // A double booking that came from elsewhere: only one of the two finds its place.
    let (first, second) = (house.book(0, &client, 24), house.book(0, &client, 30));
    let at = format!(
        "UPDATE appointments SET starts_at = {}, ends_at = {} WHERE id = '{second}'",
        house.at(24),
        house.at(25)
    );
    house.raw().execute(&at, []).unwrap();
    let plan = json!({"artist_id": house.artists[0], "appointments": {"hand_to": house.artists[1]}});
    let settled = house.owner().done("staff.hand_over", plan);
    assert_eq!(settled["moved"], 1);
    let left = ids_of(&settled["not_moved"]);
    assert!(left == [first] || left == [second]);
}

#[test]
fn t113_all_are_cancelled_with_a_reason_or_none() {
    let (house, _) = leaver();
    let owner = house.owner();
    let mara = house.seat("mara").member;
    for plan in [
        json!({"cancel": ""}),
        json!({"cancel": null}),
        json!({}),
        json!({"cancel": "x", "hand_to": house.artists[1]}),
    ] {
        let args = json!({"member_id": mara, "active": false, "appointments": plan});
        assert_eq!(told(&house, &owner, "staff.set_active", args)[0], "invalid", "{plan}");
    }
    let cancel = json!({"member_id": mara, "active": false, "appointments": {"cancel": "She moved away"}});
    let done = owner.done("staff.set_active", cancel);
    assert_eq!(
        json!([done["settled"]["cancelled"], done["settled"]["moved"], done["future_appointments"]]),
        json!([3, 0, 0])
    );
    let entry = &owner.done("activity.list", json!({"kind": "people"}))[0];
    assert_eq!((&entry["command"], &entry["reason"]), (&json!("staff.set_active"), &json!("She moved away")));
}

#[test]
fn t113_a_plan_that_cannot_be_kept_archives_nobody() {
    let (house, _) = leaver();
    let owner = house.owner();
    let (mara, dario) = (house.seat("mara").member, house.seat("dario").member);
    let hand_to =
        |artist: &str| json!({"member_id": mara, "active": false, "appointments": {"hand_to": artist}});
    assert_eq!(
        told(&house, &owner, "staff.set_active", hand_to(NOBODY)),
        json!(["not_found", {"what": "artist"}])
    );
    assert_eq!(
        told(&house, &owner, "staff.set_active", hand_to(&house.artists[0])),
        conflict("artist_archived")
    );
    owner.done("staff.set_active", json!({"member_id": dario, "active": false}));
    assert_eq!(
        told(&house, &owner, "staff.set_active", hand_to(&house.artists[1])),
        conflict("artist_archived")
    );
    let back = json!({"member_id": dario, "active": true, "appointments": {"cancel": "x"}});
    assert_eq!(
        told(&house, &owner, "staff.set_active", back),
        invalid("appointments", "only when archiving")
    );
    assert_eq!(line(&owner, &mara)["active"], true);
}

#[test]
fn t112_d06_an_assistant_who_leaves_makes_the_code_due_until_it_is_rotated() {
    type Leaves = fn(&House, &str);
    let ways: [(&str, Leaves, bool); 5] = [
        (
            "archived",
            |house, sam| {
                drop(house.owner().done("staff.set_active", json!({"member_id": sam, "active": false})))
            },
            true,
        ),
        (
            "an artist now",
            |house, sam| {
                drop(house.owner().done("staff.change_role", json!({"member_id": sam, "role": "artist"})))
            },
            true,
        ),
        (
            "an admin now",
            |house, sam| {
                drop(house.owner().done("staff.change_role", json!({"member_id": sam, "role": "admin"})))
            },
            false,
        ),
        (
            "archived as a lent admin",
            |house, sam| {
                let owner = house.owner();
                owner.done(
                    "staff.change_role",
                    json!({"member_id": sam, "role": "admin", "until": house.at(9)}),
                );
                owner.done("staff.set_active", json!({"member_id": sam, "active": false}));
            },
            true,
        ),
        (
            "an artist leaves",
            |house, _| {
                let mara = house.seat("mara").member;
                house.owner().done("staff.set_active", json!({"member_id": mara, "active": false}));
            },
            false,
        ),
    ];
    for (way, leaves, due) in ways {
        let house = House::staffed();
        let sam = house.seat("sam").member;
        let because = |house: &House| house.owner().done("security.code_state", json!({}))["because"].clone();
        assert_eq!(because(&house), Value::Null);
        leaves(&house, &sam);
        let expected = if due { json!("left") } else { Value::Null };
        assert_eq!(because(&house), expected, "{way}");
        let owner = house.owner();
        assert_eq!(owner.done("session.whoami", json!({}))["reminders"]["code_due"], expected, "{way}");
        assert_eq!(house.seat("sue").done("session.whoami", json!({}))["reminders"]["code_due"], Value::Null);
        owner.done("security.rotate_code", json!({}));
        assert_eq!(because(&house), Value::Null, "{way}: done with");
    }
}

#[test]
fn t067_t068_a_suspicion_makes_the_code_due_and_assistants_are_told_of_the_new_one() {
    let house = House::staffed();
    let owner = house.owner();
    assert_eq!(owner.why("security.report_suspicion", json!({"reason": " "})), "invalid: reason");
    let state = owner.done("security.report_suspicion", json!({"reason": "Seen on a sticky note"}));
    assert_eq!(json!([state["because"], state["overdue"]]), json!(["suspicion", true]));
    // Somebody leaving meanwhile does not make it less.
    let sue = house.seat("sue").member;
    owner.done("staff.set_active", json!({"member_id": sue, "active": false}));
    assert_eq!(owner.done("security.code_state", json!({}))["because"], "suspicion");
    let entry = &owner.done("activity.list", json!({"kind": "code"}))[0];
    assert_eq!(
        (&entry["command"], &entry["reason"]),
        (&json!("security.report_suspicion"), &json!("Seen on a sticky note"))
    );
    let rotated = owner.done("security.rotate_code", json!({}));
    assert_eq!(rotated["assistants"], json!(["Sam Luna"]));
    let sam = house.seat("sam");
    assert_eq!(newest(&sam).0, "code_rotated");
    assert!(
        !sam.done("session.notices", json!({})).to_string().contains(&text(&rotated["code"])),
        "never the code itself"
    );
    for username in ["mara", "pia", "bea"] {
        assert_eq!(house.seat(username).done("session.notices", json!({})), json!([]), "{username}");
    }
}

#[test]
fn t118_d08_time_off_is_told_to_owner_and_admins() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let block = json!({"artist_id": house.artists[0], "kind": "vacation", "starts_at": house.at(48), "ends_at": house.at(96)});
    mara.done("agenda.block", block);
    for username in ["ana", "bea"] {
        let (kind, facts, by) = newest(&house.seat(username));
        assert_eq!((kind.as_str(), &by), ("time_off", &json!("Mara Quill")));
        let expected = json!({"artist": "Mara Quill", "kind": "vacation", "starts_at": house.at(48), "ends_at": house.at(96), "all_day": false, "times": 1});
        assert_eq!(facts, expected, "{username}");
    }
    for username in ["sam", "dario", "mara"] {
        assert_eq!(house.seat(username).done("session.notices", json!({})), json!([]), "{username}");
    }
}

// ---- lists for the first and the last day --------------------------------------------------------------------------

fn items(list: &Value) -> Vec<(String, bool, bool)> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| (text(&item["name"]), item["automatic"] == true, item["done"] == true)).collect()
}

fn names(list: &Value) -> Vec<String> {
    items(list).into_iter().map(|(name, ..)| name).collect()
}

#[test]
fn t108_t109_t110_the_list_of_a_first_day_fits_the_role_and_ticks_itself_where_it_can() {
    let house = House::new();
    let owner = house.owner();
    for (role, expected) in [
        ("artist", vec!["profile", "account", "password_changed", "availability", "services", "shown_round"]),
        (
            "apprentice",
            vec!["profile", "account", "password_changed", "availability", "services", "shown_round"],
        ),
        (
            "assistant",
            vec![
                "account",
                "password_changed",
                "code_told",
                "trained_clients",
                "trained_refunds",
                "trained_cash",
                "trained_stock",
                "trained_export",
            ],
        ),
        ("admin", vec!["account", "password_changed", "shown_round"]),
    ] {
        let made = owner.done(
            "staff.create_user",
            json!({"username": format!("new.{role}"), "name": "Eva", "role": role}),
        );
        let (member, temporary) = (text(&made["member"]["id"]), text(&made["password"]));
        let look = |seat: &Seat| seat.done("staff.checklist", json!({"member_id": member}));
        let list = look(&owner);
        assert_eq!(
            (&list["kind"], names(&list)),
            (&json!("onboarding"), expected.iter().map(|name| (*name).to_owned()).collect()),
            "{role}"
        );
        let done =
            |list: &Value, name: &str| items(list).into_iter().find(|(known, ..)| known == name).unwrap().2;
        assert!(done(&list, "account") && !done(&list, "password_changed"), "{role}");
        let seat = house.seat_with(&format!("new.{role}"), &temporary);
        seat.done("session.change_password", json!({"current": temporary, "new": PASSWORD}));
        assert!(done(&look(&owner), "password_changed"), "{role}");
        for (name, automatic, _) in items(&list) {
            let tick = |done: bool| json!({"member_id": member, "item": name, "done": done});
            if automatic {
                assert_eq!(
                    told(&house, &owner, "staff.tick", tick(true)),
                    invalid("item", "not ticked by hand"),
                    "{name}"
                );
                continue;
            }
            house.clock.pass(1_000);
            let ticked = owner.done("staff.tick", tick(true));
            let item = ticked["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|item| item["name"] == name.as_str())
                .unwrap();
            assert_eq!(
                json!([item["done"], item["by"], item["at"]]),
                json!([true, "Ana Ruiz", house.now()]),
                "{name}"
            );
            assert!(!done(&owner.done("staff.tick", tick(false)), &name));
            owner.done("staff.tick", tick(true));
        }
        assert!(items(&look(&owner)).iter().all(|(_, _, done)| *done), "{role}: all of it");
        for name in ["archived", "documented", "nonsense", ""] {
            let fault =
                told(&house, &owner, "staff.tick", json!({"member_id": member, "item": name, "done": true}));
            assert_eq!((&fault[0], &fault[1]["field"]), (&json!("invalid"), &json!("item")), "{name}");
        }
    }
    // An artist without hours is not ready yet.
    let mara = house.hire("mara", "Mara", "artist", Some(&house.artists[0]));
    owner.done("staff.availability", json!({"artist_id": house.artists[0], "hours": []}));
    let list = owner.done("staff.checklist", json!({"member_id": mara}));
    assert!(items(&list).contains(&("availability".to_owned(), true, false)));
}

#[test]
fn t111_to_t114_the_list_of_a_last_day_fits_the_role_and_knows_what_is_done() {
    let (house, _) = leaver();
    let owner = house.owner();
    let leaves = |username: &str| {
        let member = house.seat(username).member;
        owner.done("staff.set_active", json!({"member_id": member, "active": false}));
        member
    };
    let look = |member: &str| owner.done("staff.checklist", json!({"member_id": member}));
    let is = |list: &Value, name: &str| items(list).into_iter().find(|(known, ..)| known == name).unwrap().2;
    let mara = leaves("mara");
    let list = look(&mara);
    assert_eq!(list["kind"], "leaving");
    assert_eq!(
        names(&list),
        ["archived", "appointments_settled", "portfolio_settled", "log_reviewed", "documented"]
    );
    assert!(is(&list, "archived") && !is(&list, "appointments_settled"));
    owner.done("staff.hand_over", json!({"artist_id": house.artists[0], "appointments": {"cancel": "Left"}}));
    assert!(is(&look(&mara), "appointments_settled"));
    let sam = leaves("sam");
    assert_eq!(names(&look(&sam)), ["archived", "code_rotated", "log_reviewed", "documented"]);
    assert!(!is(&look(&sam), "code_rotated"));
    house.clock.pass(1_000);
    owner.done("security.rotate_code", json!({}));
    assert!(is(&look(&sam), "code_rotated"));
    let bea = leaves("bea");
    assert_eq!(names(&look(&bea)), ["archived", "log_reviewed", "documented"]);
    for item in ["log_reviewed", "documented"] {
        owner.done("staff.tick", json!({"member_id": sam, "item": item, "done": true}));
    }
    assert!(items(&look(&sam)).iter().all(|(_, _, done)| *done));
    // Back again: the first list, with what was ticked on it.
    owner.done("staff.set_active", json!({"member_id": sam, "active": true}));
    assert_eq!(look(&sam)["kind"], "onboarding");
    house.assert_holds();
}

// ---- whose studio it is --------------------------------------------------------------------------------------------

fn hand_over(member: &str) -> Value {
    json!({"member_id": member, "password": OWNER_PASSWORD, "studio_name": "Casa Aguja"})
}

#[test]
fn a005_d07_d14_the_studio_is_handed_over_with_the_password_and_its_name() {
    let house = House::staffed();
    let owner = house.owner();
    let (bea, mara) = (house.seat("bea"), house.seat("mara"));
    let made = owner.done("staff.create_user", json!({"username": "eva", "name": "Eva", "role": "admin"}));
    let gone = house.seat("dario").member;
    owner.done("staff.set_active", json!({"member_id": gone, "active": false}));
    let mut wrong_name = hand_over(&bea.member);
    wrong_name["studio_name"] = json!("Otra Casa");
    for (args, expected) in [
        (wrong_name, invalid("studio_name", "not the studio's name")),
        (hand_over(&owner.member), denied("self")),
        (hand_over(NOBODY), json!(["not_found", {"what": "member"}])),
        (hand_over(&gone), conflict("member_archived")),
        (hand_over(&text(&made["member"]["id"])), conflict("password_not_own")),
    ] {
        assert_eq!(told(&house, &owner, "studio.transfer", args.clone()), expected, "{args}");
    }
    let mut wrong_password = hand_over(&bea.member);
    wrong_password["password"] = json!("Wrong-Password-1");
    let fault = owner.ask("studio.transfer", wrong_password).unwrap_err();
    assert_eq!(json!([fault["code"], fault["params"]]), json!(["bad_credentials", {"tries_left": 4}]));
    // To an artist, who keeps the profile; as it is written, or nearly.
    let mut to_mara = hand_over(&mara.member);
    to_mara["studio_name"] = json!("  casa AGUJA ");
    owner.done("studio.transfer", to_mara);
    assert_eq!(
        (role_of(&owner), role_of(&mara)),
        ("admin".to_owned(), "owner".to_owned()),
        "on the next command"
    );
    assert_eq!(mara.done("session.whoami", json!({}))["member"]["artist_id"], house.artists[0].as_str());
    assert_eq!(house.count("SELECT count(*) FROM members WHERE role = 'owner' AND active = 1"), 1);
    assert_eq!(told(&house, &owner, "studio.transfer", hand_over(&bea.member)), denied("role"));
    assert_eq!(
        told(&house, &owner, "staff.change_role", json!({"member_id": mara.member, "role": "admin"})),
        denied("owner")
    );
    mara.done("staff.change_role", json!({"member_id": owner.member, "role": "assistant"}));
    assert_eq!(role_of(&owner), "assistant");
    let entry = mara.done("activity.list", json!({"role_changes": true}))[1].clone();
    assert_eq!(
        json!([
            entry["command"],
            entry["details"]["old_role"],
            entry["details"]["new_role"],
            entry["names"]["member"],
            entry["member"],
            entry["names"]["former_owner"]
        ]),
        json!(["studio.transfer", "artist", "owner", "Mara Quill", "Ana Ruiz", "Ana Ruiz"])
    );
    assert_eq!(newest(&mara).0, "ownership");
    assert_eq!(newest(&bea).0, "ownership", "the other admins hear of it too");
    house.assert_holds();
}

#[test]
fn d22_after_a_transfer_the_old_recovery_code_opens_nobodys_account() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    let needs =
        |seat: &Seat| seat.done("session.whoami", json!({}))["reminders"]["needs_recovery_code"].clone();
    assert_eq!(needs(&owner), false);
    owner.done("studio.transfer", hand_over(&bea.member));
    assert_eq!((needs(&owner), needs(&bea)), (json!(false), json!(true)), "the owner's alone");
    let recover = |code: &str| {
        let args = json!({"recovery_code": code, "new_password": "Second-Needle-8"});
        ask(&house.desk.beside(), "session.recover", None, args)
    };
    assert_eq!(recover(&house.recovery_code).unwrap_err()["code"], "bad_code");
    assert_eq!(
        told(&house, &owner, "session.renew_recovery", json!({"password": OWNER_PASSWORD})),
        denied("role")
    );
    let fresh = text(&bea.done("session.renew_recovery", json!({"password": PASSWORD}))["recovery_code"]);
    assert_eq!(needs(&bea), false);
    assert_eq!(recover(&fresh).unwrap()["username"], "bea");
    house.seat("ana");
}

#[test]
fn d12_a_transfer_ends_loans_switches_and_open_windows() {
    let house = House::staffed();
    let owner = house.owner();
    let mara = house.seat("mara");
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    owner.done(
        "staff.change_role",
        json!({"member_id": mara.member, "role": "assistant", "until": house.at(9)}),
    );
    mara.done("session.elevate", json!({"code": house.master_code}));
    owner.done("studio.transfer", hand_over(&mara.member));
    let me = mara.done("session.whoami", json!({}));
    assert_eq!(
        json!([me["role"], me["role_until"], me["elevation"], me["switches"]]),
        json!(["owner", null, null, []])
    );
    assert_eq!(
        house.count("SELECT count(*) FROM lent_roles") + house.count("SELECT count(*) FROM switches"),
        0
    );
}

fn give_up(name: &str, password: &str) -> Value {
    json!({"password": password, "studio_name": name})
}

#[test]
fn d14_a026_a_deleted_studio_is_backed_up_in_the_trash_and_at_nobodys_desk() {
    for place in ["backup", "trash"] {
        let house = House::staffed();
        let item = house.item("SOAP", 12_000, 5);
        house.owner().done(
            "till.sell",
            json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 12_000}]}),
        );
        // The head is put down outside with the deletion itself.
        house.clock.pass(60_000);
        let (owner, sam) = (house.owner(), house.elevated("sam"));
        house.clock.pass(60_000);
        assert_eq!(
            told(&house, &owner, "studio.delete", give_up("Casa", OWNER_PASSWORD)),
            invalid("studio_name", "not the studio's name")
        );
        let fault = owner.ask("studio.delete", give_up("Casa Aguja", "Wrong-Password-1")).unwrap_err();
        assert_eq!(fault["code"], "bad_credentials");
        owner.done("agenda.list", json!({"day": TODAY}));
        let gone = owner.done("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD));
        assert!(!house.file.exists());
        for beside in ["-wal", "-shm"] {
            let mut name = house.file.clone().into_os_string();
            name.push(beside);
            assert!(!std::path::Path::new(&name).exists(), "{beside} stayed behind");
        }
        // Nobody is signed in anywhere: not the owner, not at another desk, and not elevated.
        for seat in [&owner, &sam] {
            for (command, args) in [
                ("session.whoami", json!({})),
                ("agenda.list", json!({"day": TODAY})),
                ("inventory.stock_adj", json!({"item_id": item, "quantity": 1, "reason": "x"})),
                ("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})),
                ("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD)),
            ] {
                assert_eq!(seat.ask(command, args).unwrap_err()["code"], "no_session", "{command}");
            }
        }
        let status = owner.done("desk.status", json!({}));
        assert_eq!(
            json!([status["studio"], status["studios"], status["signed_in"]]),
            json!([null, [], false])
        );
        assert_eq!(owner.ask("studio.open", json!({"file": house.file})).unwrap_err()["code"], "not_found");
        drop((owner, sam));
        house.desk.close();
        // The copy and the file itself open, hold, and tell of their own end.
        let opened = house.ask("studio.open", json!({"file": gone[place]})).unwrap();
        assert_eq!(opened["studio"]["anchored"], true, "{place}");
        house.assert_holds();
        house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
        let log = house.ask("activity.list", json!({"limit": 2})).unwrap();
        assert_eq!(
            json!([log[1]["command"], log[1]["outcome"], log[1]["member"]]),
            json!(["studio.delete", "done", "Ana Ruiz"]),
            "{place}"
        );
        let sold = house.ask("reports.summary", json!({"from": TODAY, "to": TODAY})).unwrap();
        assert_eq!(sold["total"], 12_000, "{place}");
    }
}

#[test]
fn d14_a_studio_of_the_same_name_can_be_made_and_given_up_again() {
    let house = House::new();
    let mut kept = std::collections::BTreeSet::new();
    for _ in 0..2 {
        house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
        let gone = house.ask("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD)).unwrap();
        kept.extend([text(&gone["backup"]), text(&gone["trash"])]);
        let again = json!({
            "name": "Casa Aguja", "currency": "MXN", "zone": "America/Mexico_City",
            "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD},
        });
        house.ask("studio.create", again).unwrap();
    }
    assert_eq!(kept.len(), 4, "nothing is written over");
    assert!(kept.iter().all(|path| std::path::Path::new(path).exists()));
}

#[test]
fn d14_p07_a_studio_that_cannot_be_backed_up_is_not_deleted_and_goes_on() {
    for folder in ["backups", "trash"] {
        let house = House::staffed();
        let (owner, sam) = (house.owner(), house.seat("sam"));
        // A file where the folder should be: nothing can be put into it, whoever runs this.
        let place = house.file.parent().unwrap().join(folder);
        std::fs::write(&place, "not a folder").unwrap();
        let fault = owner.ask("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD)).unwrap_err();
        assert_ne!(fault["code"], "no_session", "{folder}");
        assert!(house.file.exists(), "{folder}");
        // The same people go on at the same desks, and the log does not claim what did not happen.
        owner.done("agenda.list", json!({"day": TODAY}));
        sam.done("clients.create", json!({"name": "Joana"}));
        assert_eq!(
            house.count("SELECT count(*) FROM journal WHERE command = 'studio.delete' AND outcome = 'done'"),
            0,
            "{folder}"
        );
        let status = owner.done("desk.status", json!({}));
        assert_eq!(status["studios"][0]["file"], house.file.to_str().unwrap(), "still on the list");
        house.assert_holds();
        // With the hindrance gone it works.
        std::fs::remove_file(&place).unwrap();
        owner.done("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD));
        assert!(!house.file.exists());
    }
}

#[test]
fn d14_p07_a_backup_that_breaks_off_leaves_the_studio_and_a_log_that_says_so() {
    // What the copy will be called: another studio's was, at the same time of day.
    let twin = House::staffed();
    let copied = text(&twin.owner().done("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD))["backup"]);
    let name = std::path::Path::new(&copied).file_name().unwrap().to_str().unwrap().to_owned();
    let house = House::staffed();
    let in_the_way = house.file.parent().unwrap().join("backups").join(format!("{name}.part"));
    std::fs::create_dir_all(&in_the_way).unwrap();
    let owner = house.owner();
    let fault = owner.ask("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD)).unwrap_err();
    assert!(house.file.exists());
    let last = &owner.done("activity.list", json!({"limit": 1}))[0];
    assert_eq!((&last["command"], &last["outcome"]), (&json!("studio.delete"), &fault["code"]));
    assert_ne!(last["outcome"], "done");
    house.seat("sam").done("clients.create", json!({"name": "Joana"}));
    house.assert_holds();
    std::fs::remove_dir(&in_the_way).unwrap();
    owner.done("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD));
    assert!(!house.file.exists());
}

#[test]
fn d14_p01_what_was_sold_while_the_studio_was_given_up_is_in_the_trash() {
    let house = House::staffed();
    let item = house.item("SOAP", 12_000, 100_000);
    let owner = house.owner();
    let seats = [house.seat("sam"), house.seat("sue")];
    let together = Barrier::new(3);
    let (gone, sold) = std::thread::scope(|scope| {
        let selling: Vec<_> = seats
            .iter()
            .map(|seat| {
                let (together, item) = (&together, &item);
                scope.spawn(move || {
                    together.wait();
                    let mut sold = 0;
                    loop {
                        let card = json!([{"tender": "card", "amount": 12_000}]);
                        match seat.ask("till.sell", json!({"lines": [{"item_id": item}], "tenders": card})) {
                            Ok(_) => sold += 1,
                            Err(fault) => {
                                assert_eq!(fault["code"], "no_session");
                                return sold;
                            }
                        }
                    }
                })
            })
            .collect();
        together.wait();
        let gone = owner.done("studio.delete", give_up("Casa Aguja", OWNER_PASSWORD));
        let sold: i64 = selling.into_iter().map(|desk| desk.join().unwrap()).sum();
        (gone, sold)
    });
    drop((owner, seats));
    house.desk.close();
    let kept = |place: &str| -> i64 {
        let raw = rusqlite::Connection::open(text(&gone[place])).unwrap();
        raw.query_row("SELECT count(*) FROM sales", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept("trash"), sold, "acknowledged, so it is there");
    assert!(kept("backup") <= sold);
    house.ask("studio.open", json!({"file": gone["trash"]})).unwrap();
    house.assert_holds();
}

#[test]
fn a033_a_setting_is_put_back_to_what_it_was_and_that_can_be_put_back_too() {
    let house = House::staffed();
    let (owner, bea) = (house.owner(), house.seat("bea"));
    bea.done("security.settings", json!({"idle_minutes": 30, "name": "Casa Nueva"}));
    let history = owner.done("security.history", json!({}));
    let of = |history: &Value, name: &str| {
        history.as_array().unwrap().iter().find(|change| change["name"] == name).unwrap().clone()
    };
    let idle = of(&history, "idle_minutes");
    assert_eq!(json!([idle["value"], idle["by"], idle["changed_at"]]), json!([5, "Bea Soto", house.now()]));
    house.clock.pass(1_000);
    let back = owner.done("security.restore_setting", json!({"id": idle["id"]}));
    assert_eq!(json!([back["idle_minutes"], back["name"]]), json!([5, "Casa Nueva"]), "only the one");
    let again = of(&owner.done("security.history", json!({})), "idle_minutes");
    assert_eq!(json!([again["value"], again["by"]]), json!([30, "Ana Ruiz"]));
    owner.done("security.restore_setting", json!({"id": again["id"]}));
    assert_eq!(
        told(&house, &owner, "security.restore_setting", json!({"id": NOBODY})),
        json!(["not_found", {"what": "setting"}])
    );
    for seat in [house.seat("mara"), house.elevated("sam")] {
        assert_eq!(told(&house, &seat, "security.history", json!({})), denied("role"));
        assert_eq!(
            told(&house, &seat, "security.restore_setting", json!({"id": idle["id"]})),
            denied("role")
        );
    }
}

#[test]
fn a032_t113_a_lent_desk_role_leaves_the_artist_profile_where_it_is() {
    let house = House::staffed();
    let owner = house.owner();
    let mara = house.seat("mara");
    let (member, artist) = (mara.member.clone(), house.artists[0].clone());
    let tomorrow = house.at(24);
    owner.done("staff.change_role", json!({"member_id": member, "role": "assistant", "until": tomorrow}));
    // At the desk she owns nothing (T083), but the profile is still hers.
    assert_eq!(mara.done("session.whoami", json!({}))["member"]["artist_id"], Value::Null);
    let changed = owner.done("staff.change_role", json!({"member_id": member, "role": "apprentice"}));
    assert_eq!(changed["artist_id"], json!(artist), "no second profile");
    owner.done("staff.change_role", json!({"member_id": member, "role": "assistant", "until": tomorrow}));
    let client = house.client("Joana");
    house.book(0, &client, 5);
    let gone = owner.done(
        "staff.set_active",
        json!({"member_id": member, "active": false, "appointments": {"hand_to": house.artists[1]}}),
    );
    assert_eq!((&gone["settled"]["moved"], &gone["rotate_code"]), (&json!(1), &json!(true)));
    assert_eq!(house.count("SELECT count(*) FROM artists"), 2 + 1, "Pia's, and no more");
}

#[test]
fn d29_a_role_that_somebody_has_clears_nothing_when_it_is_given_again() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    owner.done("staff.set_switch", json!({"member_id": mara.member, "name": "reception_board", "on": true}));
    let notices = "SELECT count(*) FROM notices WHERE kind = 'role_changed'";
    let told = house.count(notices);
    let same = owner.done("staff.change_role", json!({"member_id": mara.member, "role": "artist"}));
    assert_eq!((&same["role"], &same["artist_id"]), (&json!("artist"), &json!(mara.artist)));
    assert_eq!(house.count(notices), told);
    // What the switch lends her still is.
    mara.done("board.today", json!({}));
}

#[test]
fn t113_d07_who_tattoos_no_more_still_leaves_visits_to_settle() {
    let house = House::staffed();
    let owner = house.owner();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 26);
    let mara = house.seat("mara").member;
    owner.done("staff.change_role", json!({"member_id": mara, "role": "assistant"}));
    let look = owner.done("staff.leaving", json!({"member_id": mara}));
    assert_eq!(look["appointments"][0]["appointment_id"], visit.as_str());
    let gone = owner.done("staff.set_active", json!({"member_id": mara, "active": false}));
    assert_eq!(gone["future_appointments"], 1);
    let open = |house: &House| {
        let list = house.owner().done("staff.checklist", json!({"member_id": mara}));
        let item =
            list["items"].as_array().unwrap().iter().find(|item| item["name"] == "appointments_settled");
        item.unwrap()["done"] == json!(false)
    };
    assert!(open(&house));
    let review = owner.done("activity.review", json!({"month": "2026-11"}));
    assert_eq!(review["accounts"]["unsettled"][0]["name"], "Mara Quill");
    let plan = json!({"artist_id": house.artists[0], "appointments": {"hand_to": house.artists[1]}});
    assert_eq!(owner.done("staff.hand_over", plan)["moved"], 1);
    assert!(!open(&house));
    let review = owner.done("activity.review", json!({"month": "2026-11"}));
    assert_eq!(review["accounts"]["unsettled"], json!([]));
}

#[test]
fn t113_projects_wishes_and_clients_go_along_with_the_visits_of_who_leaves() {
    let house = House::staffed();
    let owner = house.owner();
    let client = house.client("Joana");
    let [mara, dario] = [&house.artists[0], &house.artists[1]];
    owner.done("clients.reassign", json!({"client_id": client, "artist_id": mara}));
    let start = json!({"client_id": client, "artist_id": mara, "title": "Sleeve", "planned": 2});
    owner.done("projects.start", start);
    owner.done(
        "waitlist.add",
        json!({"client_id": client, "artist_id": mara, "service_id": house.services[0],
            "from": "2026-11-20", "until": "2026-12-20"}),
    );
    let member = house.seat("mara").member;
    let left = owner.done(
        "staff.set_active",
        json!({"member_id": member, "active": false, "appointments": {"hand_to": dario}}),
    );
    let settled = &left["settled"];
    assert_eq!(
        (&settled["projects"], &settled["wishes"], &settled["clients"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(owner.done("projects.list", json!({}))[0]["artist_id"], dario.as_str());
    assert_eq!(owner.done("waitlist.list", json!({}))[0]["artist_id"], dario.as_str());
    assert_eq!(house.count("SELECT count(*) FROM clients WHERE artist_id IS NOT NULL"), 1);
    house.assert_holds();
}

#[test]
fn d03_a_switch_whose_time_is_over_is_no_longer_listed() {
    let house = House::staffed();
    let mara = house.seat("mara").member;
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara, "name": "reception_board", "on": true, "until": house.at(2)}),
    );
    let listed = || {
        let members = house.owner().done("staff.list", json!({}));
        let one =
            members.as_array().unwrap().iter().find(|member| member["id"] == json!(mara)).unwrap().clone();
        one["switches"].as_array().unwrap().len()
    };
    assert_eq!(listed(), 1);
    house.clock.pass(3 * u64::try_from(HOUR).unwrap());
    assert_eq!(listed(), 0);
}
