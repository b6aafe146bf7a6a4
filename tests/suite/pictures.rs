//! Pictures: whose they are, what becomes of the bytes that are sent, and where they lie.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::studio_house::{House, NOBODY, Seat, conflict, denied, invalid, text, told};

/// Two by two pixels, as PNG.
pub const PLAIN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4sWUVEDFAKAA8rgiZKZ9E4gAAAABJRU5ErkJggg==";

/// A client with a visit of each artist: Mara's in one hour, Dario's in two.
fn shop() -> (House, String, String, String) {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let (mara, dario) = (house.book(0, &client, 1), house.book(1, &client, 2));
    (house, client, mara, dario)
}

fn added(seat: &Seat, visit: &str) -> String {
    text(
        &seat.done("pictures.add", json!({"appointment_id": visit, "kind": "reference", "base64": PLAIN}))["id"],
    )
}

fn ids(pictures: &Value) -> Vec<String> {
    pictures.as_array().unwrap().iter().map(|picture| text(&picture["id"])).collect()
}

/// The folder of pictures beside a studio's file.
fn folder(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pictures");
    PathBuf::from(name)
}

/// Every file in it.
fn files(file: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder(file)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries.map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}

#[test]
fn t115_t121_a_picture_of_a_visit_is_kept_shown_changed_and_taken_out_of_sight() {
    let (house, client, visit, _) = shop();
    let mara = house.seat("mara");
    let made = mara.done(
        "pictures.add",
        json!({"appointment_id": visit, "kind": "reference", "title": "Fern, left arm", "base64": PLAIN}),
    );
    assert_eq!(
        made,
        json!({
            "id": made["id"], "appointment_id": visit, "client_id": client, "artist_id": house.artists[0],
            "kind": "reference", "title": "Fern, left arm", "width": 2, "height": 2, "added_at": house.at(0),
            "by": "Mara Quill",
        })
    );
    let sam = house.seat("sam");
    let desk = sam.done("pictures.add", json!({"client_id": client, "kind": "healed", "base64": PLAIN}));
    assert_eq!((&desk["appointment_id"], &desk["artist_id"]), (&Value::Null, &Value::Null));
    let id = text(&made["id"]);
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), [id.clone()]);
    assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 2);
    for size in ["thumb", "full"] {
        let shown = mara.done("pictures.show", json!({"picture_id": id, "size": size}));
        assert_eq!(shown["mime"], "image/jpeg");
        let bytes = STANDARD.decode(text(&shown["base64"])).unwrap();
        assert!(bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"\xff\xd9"));
    }
    let file = sam.done("clients.open", json!({"client_id": client}));
    assert_eq!(file["pictures"].as_array().unwrap().len(), 2);
    assert_eq!(file["visits"][1]["detail"]["pictures"], 1);

    let edited = mara.done("pictures.edit", json!({"picture_id": id, "kind": "result", "title": ""}));
    assert_eq!((&edited["kind"], &edited["title"]), (&json!("result"), &Value::Null));
    let edited = mara.done("pictures.edit", json!({"picture_id": id, "title": "Fern"}));
    assert_eq!((&edited["kind"], &edited["title"]), (&json!("result"), &json!("Fern")));

    mara.done("pictures.remove", json!({"picture_id": id}));
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), Vec::<String>::new());
    assert_eq!(
        told(&house, &sam, "pictures.show", json!({"picture_id": id, "size": "full"}))[0],
        "not_found"
    );
    let file = sam.done("clients.open", json!({"client_id": client}));
    assert_eq!(
        (&file["pictures"].as_array().unwrap().len(), &file["visits"][1]["detail"]["pictures"]),
        (&1, &json!(0))
    );
    assert_eq!(mara.done("pictures.restore", json!({"picture_id": id})), edited);
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), [id]);
    house.assert_holds();
}

#[test]
fn t024_d28_an_artist_has_pictures_of_own_visits_alone() {
    let (house, client, mine, theirs) = shop();
    let (mara, dario, sam) = (house.seat("mara"), house.seat("dario"), house.seat("sam"));
    let (hers, his) = (added(&mara, &mine), added(&dario, &theirs));
    let shared = text(
        &sam.done("pictures.add", json!({"client_id": client, "kind": "healed", "base64": PLAIN}))["id"],
    );

    let no = denied("not_yours");
    for picture in [&his, &shared, NOBODY] {
        for size in ["thumb", "full"] {
            let args = json!({"picture_id": picture, "size": size});
            assert_eq!(told(&house, &mara, "pictures.show", args), no, "{picture}");
        }
        for command in ["pictures.edit", "pictures.remove", "pictures.restore"] {
            assert_eq!(told(&house, &mara, command, json!({"picture_id": picture})), no, "{command}");
        }
    }
    for args in [
        json!({"appointment_id": theirs, "kind": "result", "base64": PLAIN}),
        json!({"appointment_id": NOBODY, "kind": "result", "base64": PLAIN}),
        json!({"client_id": client, "kind": "result", "base64": PLAIN}),
    ] {
        let before = files(&house.file);
        assert_eq!(told(&house, &mara, "pictures.add", args), no);
        assert_eq!(files(&house.file), before, "what was refused lies nowhere");
    }
    // Lists narrow instead: a colleague's visit and none at all are alike.
    for visit in [&theirs, NOBODY] {
        assert_eq!(mara.done("pictures.list", json!({"appointment_id": visit})), json!([]));
    }
    assert_eq!(ids(&mara.done("pictures.list", json!({"client_id": client}))), [hers.clone()]);
    assert_eq!(ids(&mara.done("clients.open", json!({"client_id": client}))["pictures"]), [hers.clone()]);
    let day = mara.done("agenda.list", json!({"day": "2026-11-20"}));
    let details: Vec<&Value> =
        day["cards"].as_array().unwrap().iter().map(|card| &card["detail"]["pictures"]).collect();
    assert_eq!(details, [&json!(1), &Value::Null]);
    assert_eq!(house.seat("pia").done("pictures.list", json!({"client_id": client})), json!([]));
    assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 3);

    // A stranger to her by the switch (A012): not even the list.
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    let stranger = house.client("Pilar");
    assert_eq!(told(&house, &mara, "pictures.list", json!({"client_id": stranger})), denied("switch"));
    assert_eq!(ids(&mara.done("pictures.list", json!({"client_id": client}))), [hers]);
}

#[test]
fn d18_what_is_wrong_with_a_picture_is_said_before_anything_is_kept() {
    let (house, client, visit, _) = shop();
    let sam = house.seat("sam");
    let other = house.client("Pilar");
    let add = |extra: Value| {
        let mut args = json!({"kind": "result", "base64": PLAIN});
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let told = told(&house, &sam, "pictures.add", args);
        assert_eq!(files(&house.file), Vec::<PathBuf>::new());
        told
    };
    assert_eq!(add(json!({})), invalid("client_id", "missing"));
    assert_eq!(
        add(json!({"client_id": other, "appointment_id": visit})),
        invalid("appointment_id", "another client's")
    );
    assert_eq!(add(json!({"appointment_id": NOBODY}))[0], "not_found");
    assert_eq!(add(json!({"client_id": NOBODY}))[0], "not_found");
    assert_eq!(add(json!({"client_id": client, "kind": "selfie"}))[0], "invalid");
    assert_eq!(add(json!({"client_id": client, "title": ""}))[0], "invalid");
    let list = |args: Value| told(&house, &sam, "pictures.list", args);
    assert_eq!(list(json!({})), invalid("client_id", "missing"));
    assert_eq!(
        list(json!({"client_id": client, "appointment_id": visit})),
        invalid("appointment_id", "either a client or a visit")
    );
    assert_eq!(list(json!({"appointment_id": NOBODY}))[0], "not_found");
    let _ = conflict("");
}
