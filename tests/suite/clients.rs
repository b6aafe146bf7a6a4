//! Clients: who may change them, how they are found, and what an artist is shown.

use serde_json::{Value, json};

use crate::consent::sign;
use crate::pictures::PLAIN;
use crate::stock::ink;
use crate::studio_house::{House, MINUTE, Seat, text};

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
    for (name, words) in [
        ("Jürgen Großmann", ["grossmann", "GROSSMANN", "Großmann"]),
        ("Ægir Þórsson", ["aegir", "thorsson", "ÆGIR"]),
        // As a file from another system spells it: the letter, and its accent after it.
        ("Rene\u{301}e Sørensen", ["renée", "RENEE sorensen", "rene\u{301}e"]),
    ] {
        house.owner().done("clients.create", json!({"name": name}));
        for words in words {
            assert_eq!(found(&sam, words), [name], "{words}");
        }
    }
    assert_eq!(found(&sam, "jo"), ["Joana Melo", "José Ñúñez"]);
    assert_eq!(found(&sam, "@INK").len(), 4);
    assert_eq!(found(&sam, "joana@").len(), 1);
    assert_eq!(found(&sam, "").len(), 7);
}

#[test]
fn t120_a_phone_number_is_found_however_it_is_written() {
    let house = known();
    let sam = house.seat("sam");
    for words in ["12345678", "55 1234", "1234-5678", "(55) 12"] {
        assert_eq!(found(&sam, words), ["José Ñúñez"], "{words}");
    }
    // With and without the country's number, and with what is dialled before it.
    for words in ["0055 1234 5678", "055 12345678", "+52 55 1234 5678", "0052 55 1234-5678"] {
        assert_eq!(found(&sam, words), ["José Ñúñez"], "{words}");
    }
    let home = json!({"name": "Greta Voß", "phone": "0170 1234567"});
    house.owner().done("clients.create", home);
    for words in ["+49 170 1234567", "0049 170 1234567", "0170 123", "170 1234567"] {
        assert_eq!(found(&sam, words), ["Greta Voß"], "{words}");
    }
    assert_eq!(found(&sam, "+49 171 1234568"), Vec::<String>::new(), "another number");
    assert_eq!(found(&sam, "9999").len(), 2);
    assert_eq!(found(&sam, "55").len(), 0, "two digits would find half the studio");
}

#[test]
fn attack_43_44_what_is_typed_is_data() {
    let house = known();
    let sam = house.seat("sam");
    for words in ["%", "_", "'", "\"", "*", "NEAR(", "name:", "' OR 1=1 --", "\\"] {
        assert_eq!(found(&sam, words), Vec::<String>::new(), "{words}");
    }
    for words in ["o'brien", "100%", "zoe 100", "zoe \"OR\"*", "zoe* NOT", "{name} : zoe", "zoe NEAR(brien)"]
    {
        let expected: &[&str] =
            if words.contains("OR") || words.contains("NOT") || words.contains("NEAR") || words.contains('{')
            {
                &[]
            } else {
                &["Zoë O'Brien 100%"]
            };
        assert_eq!(found(&sam, words), expected, "{words}");
    }
    let flood = "a ".repeat(190);
    assert_eq!(found(&sam, &flood), ["Ángela Łukaszewicz"], "as one a");
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
    crate::tally::tell(
        "F28",
        "12 names of every script, of marks and of disguises: kept to the letter or refused",
    );
}

#[test]
fn t120_parts_of_a_name_in_any_order_and_archived_ones_on_demand() {
    let house = known();
    let owner = house.owner();
    assert_eq!(found(&owner, "nunez jose"), ["José Ñúñez"]);
    assert_eq!(found(&owner, "melo"), ["Joana Melo"]);
    assert_eq!(found(&owner, "melo jose"), Vec::<String>::new());
    let client = text(&owner.done("clients.search", json!({"text": "melo"}))[0]["id"]);
    owner.done("clients.delete", json!({"client_id": client}));
    assert_eq!(found(&owner, "melo"), Vec::<String>::new());
    let archived = owner.done("clients.search", json!({"text": "melo", "archived": true}));
    assert_eq!(archived[0]["id"], client.as_str());
    owner.done("clients.restore", json!({"client_id": client}));
    owner.done("clients.edit", json!({"client_id": client, "form": {"name": "Joana Silva"}}));
    assert_eq!(found(&owner, "melo"), Vec::<String>::new(), "the old name no longer finds her");
    assert_eq!(found(&owner, "99990001"), Vec::<String>::new(), "nor does the old number");
    assert_eq!(found(&owner, "silva"), ["Joana Silva"]);
    house.assert_holds();
}

#[test]
fn t120_a_clients_file_says_who_to_call_and_how_long_ago_they_were_here() {
    let house = House::staffed();
    let owner = house.owner();
    let form = json!({
        "name": "Joana Melo", "pronouns": "she/her", "phone": "55 1", "email": "j@x.mx", "instagram": "@jo",
        "address": "Calle 1\n06700 CDMX", "birth_date": "1990-05-04", "emergency_name": "Ana", "emergency_phone": "55 2",
        "alerts": "Latex", "preferences": "No small talk", "source": "Instagram",
    });
    let made = owner.done("clients.create", form.clone())["client"].clone();
    for (field, value) in form.as_object().unwrap() {
        assert_eq!(made[field], *value, "{field}");
    }
    assert_eq!(made["state"], "new");
    let visit = house.book(0, made["id"].as_str().unwrap(), 1);
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    let state =
        |seat: &Seat| seat.done("clients.open", json!({"client_id": made["id"]}))["client"]["state"].clone();
    assert_eq!(state(&owner), "active");
    assert_eq!(state(&house.seat("dario")), "new", "D28: not with him");
    house.clock.pass(91 * 24 * 60 * MINUTE);
    assert_eq!(state(&house.owner()), "quiet");
}

#[test]
fn d03_contacts_that_are_not_shown_are_not_emptied_by_a_correction() {
    let house = House::staffed();
    let owner = house.owner();
    let hidden = json!({
        "name": "Joana", "phone": "55 1234 5678", "email": "j@x.mx", "instagram": "@jo", "address": "Calle 1",
        "emergency_name": "Ana", "emergency_phone": "55 9999 0000",
    });
    let client = text(&owner.done("clients.create", hidden.clone())["client"]["id"]);
    let mara = house.seat("mara");
    for (name, on) in [("manage_shop_clients", true), ("view_client_contacts", false)] {
        owner.done("staff.set_switch", json!({"member_id": mara.member, "name": name, "on": on}));
    }
    let edit = json!({"client_id": client, "form": {"name": "Joana Melo", "alerts": "Latex"}});
    let shown = mara.done("clients.edit", edit)["client"].clone();
    for field in ["phone", "email", "instagram", "address", "emergency_name", "emergency_phone"] {
        assert_eq!(shown[field], Value::Null, "{field}");
        let kept = owner.done("clients.open", json!({"client_id": client}));
        assert_eq!(kept["client"][field], hidden[field], "{field}");
    }
    assert_eq!(shown["alerts"], "Latex");
}

#[test]
fn a004_a_client_is_handed_to_another_artist_who_is_told() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let to = |artist: Value| json!({"client_id": client, "artist_id": artist});
    for (username, code) in [("sam", "elevation_required"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        let told = house.leaves_no_trace(|| seat.refused("clients.reassign", to(json!(house.artists[0]))));
        assert_eq!(told, code, "{username}");
    }
    let handed = house.elevated("sam").done("clients.reassign", to(json!(house.artists[1])));
    assert_eq!(handed["artist_id"], house.artists[1].as_str());
    let notices = house.seat("dario").done("session.notices", json!({}));
    assert_eq!(notices[0]["kind"], "client_reassigned");
    assert_eq!(notices[0]["details"], json!({"client_id": client, "client_name": "Joana"}));
    assert_eq!(owner.done("clients.reassign", to(Value::Null))["artist_id"], Value::Null);
    assert_eq!(owner.refused("clients.reassign", to(json!("nobody"))), "not_found");
    assert_eq!(owner.refused("clients.reassign", json!({"client_id": "nobody"})), "not_found");
}

/// Two records of one person, each with a visit, a note and a sale.
struct Twins {
    house: House,
    keep: String,
    merge: String,
    visits: [String; 2],
}

fn twins() -> Twins {
    let house = House::staffed();
    let owner = house.owner();
    let make = |form: Value| text(&owner.done("clients.create", form)["client"]["id"]);
    let keep = make(json!({"name": "Joana Melo", "phone": "55 1234 5678", "alerts": "Latex"}));
    let merge = make(json!({
        "name": "Joana M.", "phone": "+52 55 1234-5678", "email": "jo@x.mx", "alerts": "Nickel", "source": "A friend",
    }));
    let visits = [house.book(0, &keep, 1), house.book(1, &merge, 2)];
    let pay = |visit: &str| {
        owner.done("agenda.complete", json!({"appointment_id": visit}));
        owner.done(
            "till.sell",
            json!({
                "appointment_id": visit, "lines": [{"service_id": house.services[0]}],
                "tenders": [{"tender": "card", "amount": 160_000}],
            }),
        );
    };
    visits.iter().for_each(|visit| pay(visit));
    for (client, body) in [(&keep, "First"), (&merge, "Second")] {
        owner.done("clients.note", json!({"client_id": client, "body": body}));
    }
    Twins { house, keep, merge, visits }
}

#[test]
fn ask_15_duplicates_are_suggested_by_phone_mail_and_birth_but_never_by_name_alone() {
    let house = House::staffed();
    let owner = house.owner();
    let make = |form: Value| {
        house.clock.pass(1);
        text(&owner.done("clients.create", form)["client"]["id"])
    };
    let first = make(json!({"name": "Joana Melo", "phone": "0151 2345678", "email": "Jo@x.mx"}));
    let second = make(json!({"name": "J. Melo", "phone": "+49 151 2345678", "email": "jo@X.mx"}));
    make(json!({"name": "Joana Melo", "phone": "55 9999 0001"}));
    let born = make(json!({"name": "José Ruiz", "birth_date": "1990-05-04"}));
    let again = make(json!({"name": "jose ruiz", "birth_date": "1990-05-04"}));
    make(json!({"name": "José Ruiz", "birth_date": "1991-05-04"}));
    let twins = owner.done("clients.duplicates", json!({}));
    let pairs: Vec<Value> = twins
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| json!([pair["first"]["id"], pair["second"]["id"], pair["because"]]))
        .collect();
    assert_eq!(pairs, [json!([first, second, ["phone", "mail"]]), json!([born, again, ["name_and_birth"]])]);
    assert_eq!(house.seat("sam").refused("clients.duplicates", json!({})), "elevation_required");
    assert_eq!(house.seat("mara").refused("clients.duplicates", json!({})), "denied");
}

#[test]
fn ask_15_clients_told_apart_are_suggested_never_again() {
    let house = House::staffed();
    let owner = house.owner();
    let make = |name: &str, phone: &str| {
        house.clock.pass(1);
        text(&owner.done("clients.create", json!({"name": name, "phone": phone}))["client"]["id"])
    };
    let (mother, son) = (make("Pilar Soto", "55 1234 5678"), make("Hugo Soto", "55 1234 5678"));
    let pairs = || {
        let twins = owner.done("clients.duplicates", json!({}));
        let pair = |pair: &Value| (text(&pair["first"]["id"]), text(&pair["second"]["id"]));
        twins.as_array().unwrap().iter().map(pair).collect::<Vec<_>>()
    };
    assert_eq!(pairs(), [(mother.clone(), son.clone())]);
    // Whichever is named first.
    let apart = json!({"client_id": son, "other_id": mother});
    for (username, code) in [("sam", "elevation_required"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        assert_eq!(
            house.leaves_no_trace(|| seat.refused("clients.not_same", apart.clone())),
            code,
            "{username}"
        );
    }
    assert_eq!(
        owner.why("clients.not_same", json!({"client_id": son, "other_id": son})),
        "invalid: other_id"
    );
    let nobody = json!({"client_id": son, "other_id": crate::studio_house::NOBODY});
    assert_eq!(owner.refused("clients.not_same", nobody), "not_found");
    assert_eq!(owner.done("clients.not_same", apart.clone()), json!([]));
    assert_eq!(owner.done("clients.not_same", apart), json!([]), "twice is once");
    assert_eq!(pairs(), []);
    // A third with the number is another matter, and a merge makes the two no more alike.
    let third = make("P. Soto", "+52 55 1234 5678");
    assert_eq!(pairs().len(), 2);
    owner.done("clients.merge", json!({"keep_id": third, "merge_id": mother}));
    assert_eq!(pairs(), []);
    owner.done("clients.unmerge", json!({"merge_id": mother}));
    assert_eq!(pairs().len(), 2);
    owner.done("clients.erase", json!({"client_id": son, "name": "Hugo Soto"}));
    assert_eq!(house.count("SELECT count(*) FROM different_clients"), 0);
}

#[test]
fn t039_d28_a_clients_receipts_without_a_visit_are_those_that_the_caller_may_open() {
    let house = House::staffed();
    let (owner, client) = (house.owner(), house.client("Joana"));
    let item = house.item("BALM", 10_000, 9);
    let visit = house.book(0, &client, 1);
    let card = |amount: i64| json!([{"tender": "card", "amount": amount}]);
    let sell = |args: Value| {
        let mut args = args;
        args["client_id"] = json!(client);
        text(&owner.done("till.sell", args)["sale_id"])
    };
    let service =
        |artist: usize| json!([{"service_id": house.services[0], "artist_id": house.artists[artist]}]);
    let goods = sell(json!({"lines": [{"item_id": item}], "tenders": card(10_000)}));
    let hers = sell(json!({"lines": service(0), "tenders": card(160_000)}));
    let his = sell(json!({"lines": service(1), "tenders": card(160_000)}));
    sell(
        json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}], "tenders": card(160_000)}),
    );
    let refund = owner.done("till.refund", json!({"sale_id": goods, "tender": "card", "reason": "Broken"}));
    let seen = |username: &str| -> Vec<String> {
        let file = house.seat(username).done("clients.open", json!({"client_id": client}));
        file["sales"].as_array().unwrap().iter().map(|link| text(&link["sale_id"])).collect()
    };
    let refund = text(&refund["sale_id"]);
    for username in ["ana", "bea", "sam"] {
        assert_eq!(seen(username), [refund.as_str(), &his, &hers, &goods], "{username}");
    }
    assert_eq!(seen("mara"), [hers]);
    assert_eq!(seen("dario"), [his]);
    assert_eq!(seen("pia"), Vec::<String>::new());
}

#[test]
fn ask_15_a_merge_moves_history_and_money_and_leaves_every_sealed_row() {
    let Twins { house, keep, merge, visits } = twins();
    let owner = house.owner();
    let ids = json!({"keep_id": keep, "merge_id": merge});
    let preview = house.leaves_no_trace(|| owner.done("clients.merge_preview", ids.clone()));
    let outcome = |field: &str| {
        let fields = preview["fields"].as_array().unwrap();
        fields.iter().find(|one| one["field"] == field).unwrap()["outcome"].clone()
    };
    assert_eq!(
        ["name", "phone", "email", "alerts", "source", "birth_date"].map(outcome),
        ["differs", "differs", "fills", "joined", "fills", "same"].map(Value::from)
    );
    assert_eq!(preview["sales"], 1);
    let moves = |what: &str| {
        let moves = preview["moves"].as_array().unwrap();
        moves.iter().find(|one| one["what"] == what).unwrap()["count"].clone()
    };
    assert_eq!((moves("appointments"), moves("client_notes")), (json!(1), json!(1)));

    let sales = |house: &House| house.rows()["sales"].clone();
    let before = sales(&house);
    let mut args = ids.clone();
    args["take"] = json!(["phone"]);
    let kept = house.elevated("sam").done("clients.merge", args);
    assert_eq!(
        [&kept["name"], &kept["phone"], &kept["email"], &kept["alerts"]],
        ["Joana Melo", "+52 55 1234-5678", "jo@x.mx", "Latex\nNickel"]
    );
    assert_eq!(sales(&house), before, "a sealed row is never written again");
    house.assert_holds();

    for id in [&keep, &merge] {
        let file = owner.done("clients.open", json!({"client_id": id}));
        assert_eq!(file["client"]["id"], keep.as_str(), "the duplicate opens as who they are now");
        assert_eq!(file["spent"], 320_000);
        assert_eq!(file["visits"].as_array().unwrap().len(), 2);
        assert_eq!(file["notes"].as_array().unwrap().len(), 2);
        assert_eq!(file["merged"][0]["client_id"], merge.as_str());
    }
    assert_eq!(house.seat("mara").done("clients.open", json!({"client_id": keep}))["merged"], json!([]));
    assert_eq!(found(&owner, "joana"), ["Joana Melo"]);
    let listed = owner.done("reports.transactions", json!({"from": "2026-11-20", "to": "2026-11-21"}));
    for line in listed.as_array().unwrap() {
        assert_eq!(line["client_name"], "Joana Melo");
    }
    for (command, args) in [
        ("clients.edit", json!({"client_id": merge, "form": {"name": "X"}})),
        ("clients.restore", json!({"client_id": merge})),
        ("clients.delete", json!({"client_id": merge})),
        ("clients.merge", json!({"keep_id": merge, "merge_id": keep})),
        ("clients.erase", json!({"client_id": merge, "name": "Joana M."})),
    ] {
        assert_eq!(owner.why(command, args), "conflict: client_merged", "{command}");
    }
    assert_eq!(
        owner.refused("agenda.edit", json!({"appointment_id": visits[0], "client_id": merge})),
        "conflict"
    );
}

#[test]
fn ask_15_what_is_asked_by_a_duplicates_id_is_asked_of_who_they_are_now() {
    let Twins { house, keep, merge, .. } = twins();
    let owner = house.owner();
    let visit = house.book(1, &merge, 30);
    sign(&owner, &visit, "image", json!({"image_use": true}));
    let (item, lot) = ink(&owner, "BLACK", "A1", 4);
    let used = json!([{"item_id": item, "lot_id": lot}]);
    owner.done("inventory.use_supplies", json!({"appointment_id": visit, "supplies": used}));
    owner.done("pictures.add", json!({"appointment_id": visit, "kind": "result", "base64": PLAIN}));
    let project = json!({"client_id": merge, "artist_id": house.artists[1], "title": "Sleeve", "planned": 3});
    owner.done("projects.start", project);
    let deposit =
        json!({"appointment_id": visit, "amount": 20_000, "tenders": [{"tender": "card", "amount": 20_000}]});
    owner.done("till.take_deposit", deposit);
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    // Whatever is asked for by the duplicate's id is asked of who they are now.
    for (command, more) in [
        ("inventory.supplies", json!({})),
        ("pictures.list", json!({})),
        ("consent.list", json!({})),
        ("consent.needed", json!({"service_id": house.services[0]})),
        ("projects.list", json!({})),
        ("till.deposits", json!({})),
        ("clients.personal_data", json!({})),
    ] {
        let answer = |client: &str| {
            let mut args = more.clone();
            args["client_id"] = json!(client);
            owner.done(command, args)
        };
        let told = answer(&keep);
        assert!(told != json!([]), "{command} has something to tell");
        assert_eq!(answer(&merge), told, "{command}");
    }
    // An artist is told of own visits by either id, and of nothing else.
    let mara = house.seat("mara");
    for id in [&keep, &merge] {
        assert_eq!(mara.done("inventory.supplies", json!({"client_id": id})), json!([]));
    }
    let dario = house.seat("dario");
    assert_eq!(dario.done("inventory.supplies", json!({"client_id": merge})).as_array().unwrap().len(), 1);
}

#[test]
fn p05_a_client_who_was_hidden_from_the_search_is_found_by_the_check_and_by_the_search_again() {
    let Twins { house, keep, merge, .. } = twins();
    let owner = house.owner();
    house.client("Rui Tavares");
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    let archived = house.client("Zoe");
    owner.done("clients.delete", json!({"client_id": archived}));
    let gone = house.client("Nobody");
    owner.done("clients.erase", json!({"client_id": gone, "name": "Nobody"}));
    house.assert_holds();
    let of_keep = format!("(SELECT number FROM client_lookup WHERE client_id = '{keep}')");
    for sql in [
        format!("UPDATE client_lookup SET archived = 1 WHERE client_id = '{keep}'"),
        format!("UPDATE client_lookup SET archived = 0 WHERE client_id = '{archived}'"),
        format!("UPDATE client_lookup SET name = 'x' WHERE client_id = '{keep}'"),
        format!("DELETE FROM client_lookup WHERE client_id = '{keep}'"),
        format!("INSERT INTO client_lookup (client_id, name, archived) VALUES ('{merge}', 'joana m.', 0)"),
        format!("INSERT INTO client_lookup (client_id, name, archived) VALUES ('{gone}', 'nobody', 0)"),
        format!("DELETE FROM client_words WHERE rowid = {of_keep}"),
        "INSERT INTO client_words (rowid, name, reach, digits) VALUES (9999, 'nobody', '', '')".to_owned(),
    ] {
        house.raw().execute_batch(&sql).unwrap();
        let report = house.verify();
        assert!(!report.problems.is_empty(), "{sql}");
        assert!(
            report.problems.iter().all(|one| one.starts_with("search: ")),
            "{sql}: {:?}",
            report.problems
        );
        let owner = house.owner();
        let checked = owner.done("backups.check", json!({}));
        assert_eq!((&checked["holds"], &checked["damaged"]), (&json!(false), &json!(["figures"])), "{sql}");
        // It follows from the clients: no reason to have no backup, and made anew from them.
        owner.done("backups.mend_figures", json!({}));
        house.assert_holds();
        assert_eq!(found(&owner, "joana"), ["Joana Melo"], "{sql}");
        assert_eq!(found(&owner, "1234-5678"), ["Joana Melo"], "{sql}");
        assert_eq!(found(&owner, "zoe"), [""; 0], "{sql}");
        assert_eq!(found(&owner, "nobody"), [""; 0], "{sql}");
    }
    owner.done("clients.unmerge", json!({"merge_id": merge}));
    house.assert_holds();
}

#[test]
fn ask_15_a_merge_is_taken_back_whole() {
    let Twins { house, keep, merge, .. } = twins();
    let owner = house.owner();
    let people = |house: &House| {
        let raw = house.raw();
        let mut statement = raw
            .prepare(
                "SELECT c.id || c.name || ifnull(c.phone, '') || ifnull(c.email, '') || ifnull(c.alerts, '')
                     || ifnull(c.source, '') || ifnull(c.archived_at, '') || ifnull(c.merged_into, '')
                     || (SELECT group_concat(id) FROM appointments p WHERE p.client_id = c.id)
                     || (SELECT group_concat(id) FROM client_notes n WHERE n.client_id = c.id) FROM clients c ORDER BY 1",
            )
            .unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    let before = people(&house);
    assert_eq!(before.len(), 2);
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge, "take": ["name", "alerts"]}));
    let back = owner.done("clients.unmerge", json!({"merge_id": merge}));
    assert_eq!((&back["kept"]["id"], &back["restored"]["id"]), (&json!(keep), &json!(merge)));
    assert_eq!(people(&house), before);
    assert_eq!(found(&owner, "joana"), ["Joana M.", "Joana Melo"]);
    assert_eq!(owner.why("clients.unmerge", json!({"merge_id": merge})), "conflict: not_merged");

    // What came since stays with the kept one.
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    owner.done("clients.note", json!({"client_id": keep, "body": "Later"}));
    owner.done(
        "clients.edit",
        json!({"client_id": keep, "form": {"name": "Joana Melo", "email": "new@x.mx"}}),
    );
    owner.done("clients.unmerge", json!({"merge_id": merge}));
    let file = owner.done("clients.open", json!({"client_id": keep}));
    assert_eq!(file["client"]["email"], "new@x.mx");
    assert_eq!(file["notes"].as_array().unwrap().len(), 2);
    assert_eq!(file["spent"], 160_000);
    house.assert_holds();
}

#[test]
fn ask_15_a_merge_is_not_taken_back_while_the_deposit_of_one_is_held_for_the_other() {
    let house = House::staffed();
    let owner = house.owner();
    let (one, other) = (house.client("Eva"), house.client("Fay"));
    let (visit, elsewhere) = (house.book(0, &one, 20), house.book(0, &other, 24));
    let tenders = json!([{"tender": "card", "amount": 1_000}]);
    let args = json!({"appointment_id": visit, "amount": 1_000, "tenders": tenders});
    let deposit = owner.done("till.take_deposit", args)["deposit"]["id"].clone();
    let away = json!({"deposit_id": deposit, "appointment_id": elsewhere});
    assert_eq!(owner.why("till.move_deposit", away.clone()), "conflict: deposit_of_another");
    owner.done("clients.merge", json!({"keep_id": other, "merge_id": one}));
    owner.done("till.move_deposit", away);
    let back = json!({"merge_id": one});
    assert_eq!(
        house.leaves_no_trace(|| owner.why("clients.unmerge", back.clone())),
        "conflict: deposit_elsewhere"
    );
    owner.done("till.move_deposit", json!({"deposit_id": deposit, "appointment_id": visit}));
    owner.done("clients.unmerge", back);
    house.assert_holds();
}

#[test]
fn ask_15_merges_of_merges_are_taken_back_in_turn() {
    let Twins { house, keep, merge, .. } = twins();
    let owner = house.owner();
    let third = house.client("Joana Third");
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    owner.done("clients.merge", json!({"keep_id": third, "merge_id": keep}));
    let file = owner.done("clients.open", json!({"client_id": merge}));
    assert_eq!((&file["client"]["id"], &file["spent"]), (&json!(third), &json!(320_000)));
    assert_eq!(owner.why("clients.unmerge", json!({"merge_id": merge})), "conflict: client_merged");
    owner.done("clients.unmerge", json!({"merge_id": keep}));
    owner.done("clients.unmerge", json!({"merge_id": merge}));
    for id in [&keep, &merge] {
        assert_eq!(owner.done("clients.open", json!({"client_id": id}))["spent"], 160_000);
    }
    assert_eq!(owner.done("clients.open", json!({"client_id": third}))["spent"], 0);
    assert_eq!(owner.why("clients.merge", json!({"keep_id": keep, "merge_id": keep})), "invalid: merge_id");
}

#[test]
fn p16_attack_50_an_erased_person_leaves_a_pseudonym_and_the_money() {
    let house = House::staffed();
    let owner = house.owner();
    let form = |name: &str, phone: &str| {
        json!({
            "name": name, "phone": phone, "email": "zzyzx@secret.mx", "instagram": "@zzyzxink", "address": "Zzyzx Road 1",
            "birth_date": "1990-05-04", "emergency_name": "Zzyzx Senior", "emergency_phone": "5588887777",
            "alerts": "Zzyzxitis", "preferences": "Zzyzx only", "source": "Zzyzx Times", "pronouns": "zzyzx",
        })
    };
    let make = |form: Value| text(&owner.done("clients.create", form)["client"]["id"]);
    let client = make(form("Zzyzx Quux", "5577776666"));
    let double = make(form("Zzyzx Q.", "+52 5577776666"));
    let visit = house.book(0, &double, 1);
    owner.done("agenda.edit", json!({"appointment_id": visit, "note": "Zzyzx wants a dragon"}));
    owner.done("clients.note", json!({"client_id": client, "body": "Zzyzx was nervous"}));
    owner.done("clients.merge", json!({"keep_id": client, "merge_id": double}));
    owner.done("clients.reassign", json!({"client_id": client, "artist_id": house.artists[0]}));
    let ahead = json!({"client_id": client, "name": "Zzyzx Quux"});
    assert_eq!(owner.why("clients.erase", ahead.clone()), "conflict: visits_ahead");
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    let sale = owner.done(
        "till.sell",
        json!({
            "appointment_id": visit, "lines": [{"service_id": house.services[0]}],
            "tenders": [{"tender": "card", "amount": 160_000}],
        }),
    );
    let lost = house.book(0, &client, 5);
    owner.done("agenda.cancel", json!({"appointment_id": lost, "reason": "Zzyzx fell ill"}));

    assert_eq!(house.seat("sam").refused("clients.erase", ahead.clone()), "elevation_required");
    assert_eq!(house.seat("mara").refused("clients.erase", ahead.clone()), "denied");
    let wrong = json!({"client_id": client, "name": "Zzyzx"});
    assert_eq!(owner.why("clients.erase", wrong), "invalid: name");
    let erased = owner.done("clients.erase", json!({"client_id": client, "name": "zzyzx quux"}));
    assert!(text(&erased["name"]).starts_with("Erased client "));
    assert_eq!((&erased["erased"], &erased["archived"]), (&json!(true), &json!(true)));
    house.assert_holds();
    let kept = house.count("SELECT count(*) FROM request_keys WHERE reply LIKE '%zzyzx%'");
    assert_eq!(kept, 0, "replies that a retry would get");
    for table in
        ["clients", "appointments", "client_notes", "consent_waivers", "projects", "wait_list", "walk_ins"]
    {
        let salted = house.count(&format!("SELECT count(*) FROM {table} WHERE salt IS NOT NULL"));
        assert_eq!(salted, 0, "{table}: with its salt the words could be tried against the journal");
    }
    let soap = house.item("SOAP", 1_000, 5);
    let sale_to = json!({"client_id": client, "lines": [{"item_id": soap}], "tenders": [{"tender": "card", "amount": 1_000}]});
    assert_eq!(owner.why("till.sell", sale_to), "conflict: client_erased");

    assert_eq!(found(&owner, "zzyzx"), Vec::<String>::new());
    assert_eq!(found(&owner, "77776666"), Vec::<String>::new());
    let seen = [
        owner.done("clients.open", json!({"client_id": client})),
        owner.done("clients.search", json!({"text": "", "archived": true})),
        owner.done("till.receipt", json!({"sale_id": sale["sale_id"]})),
        owner.done("agenda.list", json!({"day": "2026-11-20"})),
        owner.done("activity.list", json!({"limit": 200})),
        owner.done("activity.export", json!({})),
        owner.done("clients.export", json!({})),
        house.seat("mara").done("session.notices", json!({})),
    ];
    for reply in seen {
        assert!(!reply.to_string().to_lowercase().contains("zzyzx"), "{reply}");
    }
    assert_eq!(owner.done("clients.open", json!({"client_id": client}))["spent"], 160_000);
    for (command, args) in [
        ("clients.erase", json!({"client_id": client, "name": erased["name"]})),
        ("clients.restore", json!({"client_id": client})),
        ("clients.edit", json!({"client_id": client, "form": {"name": "Zzyzx Quux"}})),
        ("clients.unmerge", json!({"merge_id": double})),
    ] {
        let why = owner.why(command, args);
        assert!(
            matches!(why.as_str(), "conflict: client_erased" | "conflict: not_merged"),
            "{command}: {why}"
        );
    }
    assert_eq!(house.count("SELECT count(*) FROM erased_clients"), 2);

    // Not even the file's free places tell.
    house.desk.close();
    let bytes = std::fs::read(&house.file).unwrap().to_ascii_lowercase();
    for word in ["zzyzx", "quux", "77776666", "88887777"] {
        let at = bytes.windows(word.len()).position(|window| window == word.as_bytes());
        assert_eq!(
            at,
            None,
            "{word} at {:?}",
            at.map(|at| { String::from_utf8_lossy(&bytes[at.saturating_sub(60)..at + 60]).into_owned() })
        );
    }
}

#[test]
fn t025_t100_the_list_leaves_with_a_row_in_the_log_and_is_kept_nowhere() {
    let house = known();
    let owner = house.owner();
    owner.done("clients.create", json!({"name": "=cmd()", "phone": "+52 55"}));
    for (username, code) in [("sam", "elevation_required"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        assert_eq!(house.leaves_no_trace(|| seat.refused("clients.export", json!({}))), code, "{username}");
    }
    let file = house.elevated("sam").done("clients.export", json!({}));
    assert_eq!((&file["rows"], &file["name"]), (&json!(5), &json!("clients-2026-11-20.csv")));
    let lines = text(&file["text"]);
    assert!(lines.contains("José Ñúñez") && lines.contains("jose@correo.mx"));
    assert!(lines.contains("'=cmd()"), "attack 42");
    assert_eq!(
        house.count(
            "SELECT count(*) FROM request_keys WHERE reply LIKE '%correo.mx%' AND command = 'clients.export'"
        ),
        0
    );
    let log = owner.done("activity.list", json!({"limit": 1}));
    assert_eq!((&log[0]["command"], &log[0]["details"]["rows"]), (&json!("clients.export"), &json!(5)));
}

#[test]
fn t104_everything_about_one_person_for_themselves() {
    let Twins { house, keep, merge, .. } = twins();
    let owner = house.owner();
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    let file = owner.done("clients.personal_data", json!({"client_id": keep}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(all["client"]["name"], "Joana Melo");
    assert_eq!(all["also_known_as"][0]["name"], "Joana M.");
    let count = |what: &str| all[what].as_array().unwrap().len();
    assert_eq!((count("visits"), count("notes"), count("receipts")), (2, 2, 2));
    assert_eq!(file["rows"], 7);
    assert_eq!(house.seat("mara").refused("clients.personal_data", json!({"client_id": keep})), "denied");
}
