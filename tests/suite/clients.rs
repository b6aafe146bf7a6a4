//! Clients: who may change them, how they are found, and what an artist is shown.

use serde_json::{Value, json};

use crate::studio_house::{House, Seat, text};

fn found(seat: &Seat, words: &str) -> Vec<String> {
    let clients = seat.done("clients.search", json!({"text": words}));
    clients.as_array().unwrap().iter().map(|client| text(&client["name"])).collect()
}

/// Four people with names and numbers that are easy to miss.
fn known() -> House {
    let house = House::staffed();
    let owner = house.owner();
    for (name, phone, email) in [
        ("José Ñúñez", "+52 (55) 1234-5678", "jose@correo.mx"),
        ("Joana Melo", "55 9999 0001", "joana@correo.mx"),
        ("Ángela Łukaszewicz", "5599990002", "angela@correo.mx"),
        ("Zoë O'Brien 100%", "", "zoe@correo.mx"),
    ] {
        let phone = if phone.is_empty() { Value::Null } else { json!(phone) };
        owner.done(
            "clients.create",
            json!({"name": name, "phone": phone, "email": email, "instagram": "@ink"}),
        );
    }
    house
}

#[test]
fn t120_search_folds_accents_and_case() {
    let house = known();
    let sam = house.seat("sam");
    for words in ["jose", "JOSÉ", "nunez", "Ñúñez", "  josé nuñ "] {
        assert_eq!(found(&sam, words), ["José Ñúñez"], "{words}");
    }
    assert_eq!(found(&sam, "lukasz"), ["Ángela Łukaszewicz"]);
    assert_eq!(found(&sam, "jo"), ["Joana Melo", "José Ñúñez"]);
    assert_eq!(found(&sam, "@INK").len(), 4);
    assert_eq!(found(&sam, "joana@").len(), 1);
    assert_eq!(found(&sam, "").len(), 4);
}

#[test]
fn t120_a_phone_number_is_found_however_it_is_written() {
    let house = known();
    let sam = house.seat("sam");
    for words in ["12345678", "55 1234", "1234-5678", "(55) 12"] {
        assert_eq!(found(&sam, words), ["José Ñúñez"], "{words}");
    }
    assert_eq!(found(&sam, "9999").len(), 2);
    assert_eq!(found(&sam, "55").len(), 0, "two digits would find half the studio");
}

#[test]
fn attack_43_44_what_is_typed_is_data() {
    let house = known();
    let sam = house.seat("sam");
    for words in ["%", "_", "'", "\"", "*", "NEAR(", "name:", "' OR 1=1 --", "\\"] {
        let expected: &[&str] = if matches!(words, "%" | "'") { &["Zoë O'Brien 100%"] } else { &[] };
        assert_eq!(found(&sam, words), expected, "{words}");
    }
    assert_eq!(sam.why("clients.search", json!({"text": "x".repeat(10_240)})), "invalid: text");
    let table = "Robert'); DROP TABLE clients;--";
    sam.done("clients.create", json!({"name": table}));
    assert_eq!(found(&sam, "drop table"), [table]);
}

#[test]
fn t021_t022_only_owner_and_admin_edit_and_delete_without_a_code() {
    let house = House::staffed();
    let client = house.client("Joana");
    let edit = json!({"client_id": client, "form": {"name": "Joana Melo"}});
    for (username, code) in [("sam", "elevation_required"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        for (command, args) in [
            ("clients.edit", edit.clone()),
            ("clients.delete", json!({"client_id": client})),
            ("clients.restore", json!({"client_id": client})),
        ] {
            assert_eq!(house.leaves_no_trace(|| seat.refused(command, args)), code, "{username} {command}");
        }
    }
    house.seat("bea").done("clients.edit", edit.clone());
    house.elevated("sam").done("clients.edit", edit);
}

#[test]
fn t095_a_deleted_client_leaves_the_lists_and_comes_back() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    owner.done("clients.delete", json!({"client_id": client}));
    assert_eq!(found(&owner, "joana"), Vec::<String>::new());
    assert_eq!(owner.done("clients.open", json!({"client_id": client}))["client"]["archived"], true);
    owner.done("clients.restore", json!({"client_id": client}));
    assert_eq!(found(&owner, "joana"), ["Joana"]);
}

#[test]
fn a_stale_edit_is_a_conflict() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let edit = |rev: i64, name: &str| json!({"client_id": client, "rev": rev, "form": {"name": name}});
    owner.done("clients.edit", edit(1, "Joana M"));
    assert_eq!(owner.why("clients.edit", edit(1, "Joana N")), "conflict: changed_meanwhile");
    owner.done("clients.edit", edit(2, "Joana N"));
}

#[test]
fn the_same_phone_is_told_and_the_same_name_is_allowed() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let first = sam.done("clients.create", json!({"name": "Joana", "phone": "55 1234 5678"}));
    let second = sam.done("clients.create", json!({"name": "Joana", "phone": "(55) 1234-5678"}));
    assert_eq!(second["same_phone"], json!([first["client"]["id"]]));
    assert_eq!(first["same_phone"], json!([]));
}

#[test]
fn d28_an_artist_sees_own_visits_notes_and_spend_alone() {
    let house = House::staffed();
    let client = house.client("Joana");
    let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 2));
    let sam = house.seat("sam");
    for (artist, visit, amount) in [(0, &mine, 160_000), (1, &theirs, 160_000)] {
        sam.done("agenda.complete", json!({"appointment_id": visit}));
        let line = json!([{"service_id": house.services[0], "artist_id": house.artists[artist]}]);
        let tenders = json!([{"tender": "card", "amount": amount}]);
        sam.done("till.sell", json!({"appointment_id": visit, "lines": line, "tenders": tenders}));
    }
    let note = |visit: &str, body: &str| json!({"client_id": client, "appointment_id": visit, "body": body});
    house.seat("mara").done("clients.note", note(&mine, "Line work"));
    house.seat("dario").done("clients.note", note(&theirs, "SECRETNOTE"));
    sam.done("clients.note", json!({"client_id": client, "body": "SECRETDESK"}));

    let file = house.seat("mara").done("clients.open", json!({"client_id": client}));
    assert_eq!(file["visits"].as_array().unwrap().len(), 1);
    assert_eq!(file["visits"][0]["id"], mine.as_str());
    assert_eq!(file["notes"].as_array().unwrap().len(), 1);
    assert_eq!(file["spent"], 160_000);
    assert!(!file.to_string().contains("SECRET"));
    assert_eq!(file["client"]["last_visit_at"], house.at(1), "not the later one with a colleague");
    let search = house.seat("mara").done("clients.search", json!({"text": "joana"}));
    assert_eq!(search[0]["last_visit_at"], house.at(1));
    let whole = sam.done("clients.open", json!({"client_id": client}));
    assert_eq!((whole["visits"].as_array().unwrap().len(), &whole["spent"]), (2, &json!(320_000)));
    let newcomer = house.seat("pia").done("clients.open", json!({"client_id": client}));
    assert_eq!(
        (&newcomer["visits"], &newcomer["notes"], &newcomer["spent"]),
        (&json!([]), &json!([]), &json!(0))
    );
}

#[test]
fn t024_an_artist_notes_own_appointments_alone() {
    let house = House::staffed();
    let client = house.client("Joana");
    let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 2));
    let mara = house.seat("mara");
    for args in [
        json!({"client_id": client, "appointment_id": theirs, "body": "No"}),
        json!({"client_id": client, "body": "No"}),
        json!({"client_id": client, "appointment_id": "nothing", "body": "No"}),
    ] {
        assert_eq!(house.leaves_no_trace(|| mara.refused("clients.note", args)), "denied");
    }
    mara.done(
        "clients.note",
        json!({"client_id": client, "appointment_id": mine, "body": "Line one\nLine two"}),
    );
    let other = house.client("Pilar");
    let wrong = json!({"client_id": other, "appointment_id": mine, "body": "No"});
    assert_eq!(mara.why("clients.note", wrong), "invalid: appointment_id");
}

#[test]
fn d03_a012_without_the_switch_an_artist_finds_own_clients_alone() {
    let house = House::staffed();
    let (booked, stranger) = (house.client("Joana Booked"), house.client("Joana Stranger"));
    house.book(0, &booked, 1);
    let mara = house.seat("mara");
    mara.done("clients.create", json!({"name": "Joana Walkin"}));
    assert_eq!(found(&mara, "joana").len(), 3);
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    assert_eq!(found(&mara, "joana"), ["Joana Booked", "Joana Walkin"]);
    let theirs = mara.ask("clients.open", json!({"client_id": stranger})).unwrap_err();
    let nobody = mara.ask("clients.open", json!({"client_id": "nobody"})).unwrap_err();
    assert_eq!(json!([theirs["code"], theirs["params"]]), json!(["denied", {"why": "switch"}]), "D18");
    assert_eq!(json!([nobody["code"], nobody["params"]]), json!(["denied", {"why": "switch"}]), "D18");
    mara.done("clients.open", json!({"client_id": booked}));
}

#[test]
fn d03_a013_with_the_switch_an_artist_corrects_every_client_and_deletes_none() {
    let house = House::staffed();
    let client = house.client("Joana");
    let mara = house.seat("mara");
    let edit = json!({"client_id": client, "form": {"name": "Joana Melo"}});
    assert_eq!(mara.refused("clients.edit", edit.clone()), "denied");
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "manage_shop_clients", "on": true}),
    );
    mara.done("clients.edit", edit);
    assert_eq!(mara.refused("clients.delete", json!({"client_id": client})), "denied");
}

#[test]
fn ask_24_without_the_contacts_switch_no_reply_says_how_to_reach_anybody() {
    let house = known();
    let client = text(&house.owner().done("clients.search", json!({"text": "jose"}))[0]["id"]);
    let visit = house.book(0, &client, 1);
    let mara = house.seat("mara");
    let replies = |seat: &Seat| {
        let moved = json!({"appointment_id": visit, "note": "As agreed"});
        [
            seat.done("clients.search", json!({"text": "jose"})),
            seat.done("clients.open", json!({"client_id": client})),
            seat.done("agenda.list", json!({"day": "2026-11-20"})),
            seat.done("agenda.edit", moved),
            seat.done("clients.create", json!({"name": "Nuevo", "phone": "+52 (55) 1234-5678"})),
        ]
    };
    let shown: String = replies(&mara).iter().map(Value::to_string).collect();
    assert!(shown.contains("1234-5678") && shown.contains("jose@correo.mx"));
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_client_contacts", "on": false}),
    );
    for reply in replies(&mara) {
        let reply = reply.to_string();
        for hidden in ["1234-5678", "jose@correo.mx", "@ink"] {
            assert!(!reply.contains(hidden), "{hidden} in {reply}");
        }
    }
    assert_eq!(
        found(&mara, "12345678"),
        Vec::<String>::new(),
        "attack 8: nor does a search confirm a number"
    );
    assert_eq!(found(&mara, "jose@correo"), Vec::<String>::new());
    let twin = mara.done("clients.create", json!({"name": "Otro", "phone": "55 9999 0001"}));
    assert_eq!(twin["same_phone"], json!([]));
    assert_eq!(found(&mara, "jose"), ["José Ñúñez"], "the name is still found");
}

#[test]
fn f28_names_keep_every_letter_and_lose_what_could_disguise_them() {
    let house = House::staffed();
    let sam = house.seat("sam");
    for name in ["美咲", "😀 Emoji", "e\u{301}clair", "עברית", "O’Neil-Åström"] {
        let made = sam.done("clients.create", json!({"name": format!("  {name} ")}));
        assert_eq!(made["client"]["name"], name);
    }
    for name in ["", "   ", "a\u{202E}b", "a\0b", "a\nb", &"x".repeat(121)] {
        let why = house.leaves_no_trace(|| sam.why("clients.create", json!({"name": name})));
        assert_eq!(why, "invalid: name", "{name:?}");
    }
    sam.done("clients.create", json!({"name": "é".repeat(120)}));
}
