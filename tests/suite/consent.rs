//! The paperwork: what people sign, what a visit lacks of it, and what of it outlives them.

use serde_json::{Value, json};

use crate::studio_house::{House, Seat, text};

fn paper<'a>(needed: &'a Value, kind: &str) -> &'a Value {
    needed["papers"].as_array().unwrap().iter().find(|paper| paper["kind"] == kind).unwrap()
}

/// An answer to every question: no, or a word.
fn answers(paper: &Value) -> Value {
    let questions = paper["questions"].as_array().unwrap().iter();
    questions
        .map(|question| match question["kind"].as_str().unwrap() {
            "yes_no" => json!({"question_id": question["id"], "yes": false}),
            _ => json!({"question_id": question["id"], "text": "nothing"}),
        })
        .collect()
}

/// What signing a paper of a visit sends: typed, by a grown-up, with every question answered.
fn signing(seat: &Seat, visit: &str, kind: &str) -> Value {
    let needed = seat.done("consent.needed", json!({"appointment_id": visit, "birth_date": "1990-05-17"}));
    let paper = paper(&needed, kind);
    let mut args = json!({
        "appointment_id": visit, "version_id": paper["version_id"], "text_hash": paper["text_hash"],
        "answers": answers(paper), "signer_name": needed["client_name"], "method": "typed",
    });
    if needed["birth_date"].is_null() {
        args["birth_date"] = json!("1990-05-17");
    }
    if kind == "image" {
        args["image_use"] = json!(true);
    }
    args
}

/// Signs a paper of a visit; `more` replaces fields.
#[track_caller]
pub fn sign(seat: &Seat, visit: &str, kind: &str, more: Value) -> Value {
    let mut args = signing(seat, visit, kind);
    for (field, value) in more.as_object().unwrap() {
        args[field] = value.clone();
    }
    seat.done("consent.sign", args)
}

fn card(seat: &Seat, visit: &str) -> Value {
    let day = seat.done("agenda.list", json!({"day": "2026-11-20"}));
    day["cards"].as_array().unwrap().iter().find(|card| card["id"] == visit).unwrap().clone()
}

fn paperwork(seat: &Seat, visit: &str) -> (i64, i64, bool) {
    let found = &card(seat, visit)["detail"]["paperwork"];
    (
        found["needed"].as_i64().unwrap(),
        found["missing"].as_i64().unwrap(),
        found["waived"].as_bool().unwrap(),
    )
}

#[test]
fn t135_a_visit_says_what_is_missing_until_it_is_signed() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    assert_eq!(paperwork(&sam, &visit), (2, 2, false));
    let signed = sign(&sam, &visit, "procedure", json!({}));
    assert_eq!(signed["signer"], "Joana Melo");
    assert_eq!(signed["intact"], true);
    assert_eq!(paperwork(&sam, &visit), (2, 1, false));
    sign(&sam, &visit, "health", json!({}));
    assert_eq!(paperwork(&sam, &visit), (2, 0, false));
    let open = sam.done("consent.open", json!({"consent_id": signed["id"]}));
    let read = text(&open["text"]);
    for part in
        ["Joana Melo", "17 May 1990", "Small lettering", "Mara Quill", "Casa Aguja", "20 November 2026"]
    {
        assert!(read.contains(part), "{part} is not in {read}");
    }
    assert_eq!(sam.done("consent.list", json!({"client_id": client})).as_array().unwrap().len(), 2);
    house.assert_holds();
}
