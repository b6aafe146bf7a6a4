//! The paperwork: what people sign, what a visit lacks of it, and what of it outlives them.

use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, NOBODY, Seat, fresh_key, text};

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
    signing_for(seat, json!({"appointment_id": visit}), kind)
}

/// The same for an appointment or for a client at the desk.
fn signing_for(seat: &Seat, occasion: Value, kind: &str) -> Value {
    let mut look = occasion.clone();
    look["birth_date"] = json!("1990-05-17");
    let needed = seat.done("consent.needed", look);
    let paper = paper(&needed, kind);
    let mut args = occasion;
    args["version_id"] = paper["version_id"].clone();
    args["text_hash"] = paper["text_hash"].clone();
    args["answers"] = answers(paper);
    args["signer_name"] = needed["client_name"].clone();
    args["method"] = json!("typed");
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

const DAY: u64 = 24 * 3_600_000;

fn with(mut args: Value, field: &str, value: Value) -> Value {
    args[field] = value;
    args
}

/// A template as the desk would send it back.
fn form(template: &Value) -> Value {
    let version = &template["version"];
    json!({
        "template_id": template["id"], "name": template["name"], "kind": template["kind"],
        "required": template["required"], "valid_days": template["valid_days"],
        "service_ids": template["service_ids"], "active": template["active"], "title": version["title"],
        "body": version["body"], "questions": version["questions"],
    })
}

fn template(seat: &Seat, kind: &str) -> Value {
    let all = seat.done("consent.templates", json!({}));
    all.as_array().unwrap().iter().find(|template| template["kind"] == kind).unwrap().clone()
}

fn sale(house: &House, visit: &str) -> Value {
    json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}],
        "tenders": [{"tender": "card", "amount": 160_000}]})
}

#[test]
fn t023_t121_an_artist_has_the_papers_of_own_appointments_alone() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let (mine, theirs) = (house.book(0, &client, 2), house.book(1, &client, 4));
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    let own = text(&sign(&mara, &mine, "procedure", json!({}))["id"]);
    let other = text(&sign(&sam, &theirs, "health", json!({}))["id"]);
    let args = signing(&sam, &theirs, "procedure");
    let stranger = house.client("Rui Tavares");
    for (command, args) in [
        ("consent.needed", json!({"appointment_id": theirs})),
        ("consent.needed", json!({"appointment_id": NOBODY})),
        ("consent.needed", json!({"client_id": client, "service_id": house.services[0]})),
        ("consent.sign", args.clone()),
        ("consent.sign", with(args, "appointment_id", json!(NOBODY))),
        ("consent.open", json!({"consent_id": other})),
        ("consent.open", json!({"consent_id": NOBODY})),
        ("consent.paper", json!({"consent_id": other})),
        ("consent.withdraw", json!({"consent_id": other})),
        ("consent.list", json!({"client_id": stranger})),
        ("consent.list", json!({"client_id": NOBODY})),
        ("consent.waive", json!({"appointment_id": mine, "reason": "x"})),
    ] {
        assert_eq!(house.leaves_no_trace(|| mara.refused(command, args)), "denied", "{command}");
    }
    let listed = mara.done("consent.list", json!({"client_id": client}));
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["id"], own.as_str());
    mara.done("consent.open", json!({"consent_id": own}));
    assert_eq!(house.seat("pia").refused("consent.list", json!({"client_id": client})), "denied");
    // The health form counts for Mara's visit too, although she cannot open it.
    assert_eq!(paperwork(&mara, &mine), (2, 0, false));
}

#[test]
fn gate_blocks_every_way_into_a_visit_until_it_is_signed() {
    let house = House::staffed();
    let owner = house.owner();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    owner.done("security.settings", json!({"paperwork_gate": "block"}));
    let sam = house.seat("sam");
    let id = json!({"appointment_id": visit});
    let ways = [
        ("agenda.arrive", id.clone()),
        ("agenda.start", id.clone()),
        ("agenda.complete", id.clone()),
        ("board.step", json!({"appointment_id": visit, "to": "arrived"})),
        ("board.step", json!({"appointment_id": visit, "to": "in_session"})),
        ("agenda.reopen", json!({"appointment_id": visit, "status": "in_session"})),
        ("till.sell", sale(&house, &visit)),
    ];
    for (command, args) in ways.clone() {
        let fault = house.leaves_no_trace(|| sam.ask(command, args)).unwrap_err();
        assert_eq!(fault["params"], json!({"reason": "paperwork_missing", "missing": 2}), "{command}");
    }
    // Confirming, missing and cancelling need no paper, and no way round leads through them.
    sam.done("agenda.confirm", id.clone());
    sam.done("agenda.cancel", id.clone());
    assert_eq!(paperwork(&sam, &visit), (0, 0, false), "what does not take place needs nothing");
    let back = json!({"appointment_id": visit, "status": "arrived"});
    assert_eq!(sam.why("agenda.reopen", back), "conflict: paperwork_missing");
    sam.done("agenda.reopen", json!({"appointment_id": visit, "status": "booked"}));
    sign(&sam, &visit, "procedure", json!({}));
    sign(&sam, &visit, "health", json!({}));
    sam.done("agenda.arrive", id.clone());
    sam.done("agenda.start", id);
    sam.done("till.sell", sale(&house, &visit));
}

#[test]
fn gate_at_checkout_lets_the_visit_begin() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let owner = house.owner();
    owner.done("security.settings", json!({"paperwork_gate": "block", "paperwork_at": "checkout"}));
    let sam = house.seat("sam");
    sam.done("agenda.arrive", json!({"appointment_id": visit}));
    assert_eq!(sam.why("till.sell", sale(&house, &visit)), "conflict: paperwork_missing");
    owner.done("security.settings", json!({"paperwork_gate": "off"}));
    sam.done("till.sell", sale(&house, &visit));
}

#[test]
fn gate_a_walk_in_signs_before_their_turn() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    house.owner().done("security.settings", json!({"paperwork_gate": "block"}));
    let sam = house.seat("sam");
    let board = sam.done("board.walk_in", json!({"client_id": client, "wish": "next"}));
    let seat = json!({"walk_in_id": board["walk_ins"][0]["id"], "artist_id": house.artists[0],
        "service_id": house.services[0]});
    assert_eq!(sam.why("board.seat", seat.clone()), "conflict: paperwork_missing");
    let occasion = json!({"client_id": client, "service_id": house.services[0]});
    for kind in ["procedure", "health"] {
        sam.done("consent.sign", signing_for(&sam, occasion.clone(), kind));
    }
    sam.done("board.seat", seat);
    house.clock.pass(DAY);
    // Yesterday's paper of one visit is no paper of today's.
    let sam = house.seat("sam");
    let needed = sam.done("consent.needed", occasion);
    assert!(paper(&needed, "procedure")["done"].is_null());
    assert!(paper(&needed, "health")["done"].is_object());
}

#[test]
fn waiving_is_the_owners_or_the_codes_and_says_why() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let owner = house.owner();
    owner.done("security.settings", json!({"paperwork_gate": "block"}));
    let waive = json!({"appointment_id": visit, "reason": "Joana signed on paper"});
    for (username, code) in [("sam", "elevation_required"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        assert_eq!(
            house.leaves_no_trace(|| seat.refused("consent.waive", waive.clone())),
            code,
            "{username}"
        );
    }
    let sam = house.elevated("sam");
    let card = sam.done("consent.waive", waive.clone());
    assert_eq!(card["detail"]["paperwork"], json!({"needed": 2, "missing": 2, "waived": true}));
    assert_eq!(sam.why("consent.waive", waive), "conflict: already_waived");
    let id = json!({"appointment_id": visit});
    sam.done("agenda.arrive", id.clone());
    sam.done("agenda.reopen", json!({"appointment_id": visit, "status": "booked"}));
    assert_eq!(paperwork(&sam, &visit), (2, 2, true), "reopening does not take it back");
    let waived = sam.done("consent.needed", id)["waived"].clone();
    assert_eq!((&waived["by"], &waived["reason"]), (&json!("Sam Luna"), &json!("Joana signed on paper")));
    let log = owner.done("activity.list", json!({}));
    let entry = log.as_array().unwrap().iter().find(|entry| entry["command"] == "consent.waive").unwrap();
    assert_eq!(entry["reason"], "Joana signed on paper");
    assert!(!entry["details"].to_string().contains("Joana"), "P16");
    // It was for this person and this service, wherever and with whom.
    house
        .seat("mara")
        .done("agenda.edit", json!({"appointment_id": visit, "note": "x", "starts_at": house.at(3)}));
    assert_eq!(paperwork(&sam, &visit), (2, 2, true));
    let other = house.client("Rui");
    for (change, back) in [
        (json!({"client_id": other}), json!({"client_id": client})),
        (json!({"service_id": house.services[1]}), json!({"service_id": house.services[0]})),
    ] {
        for mut args in [change, back] {
            args["appointment_id"] = json!(visit);
            house.seat("mara").done("agenda.edit", args);
            assert!(!paperwork(&sam, &visit).2, "the waiver is over");
        }
        let again = json!({"appointment_id": visit, "reason": "Signed on paper"});
        owner.done("consent.waive", again);
    }
    let signed = house.book(1, &client, 5);
    sign(&sam, &signed, "procedure", json!({}));
    sign(&sam, &signed, "health", json!({}));
    let nothing = json!({"appointment_id": signed, "reason": "x"});
    assert_eq!(house.owner().why("consent.waive", nothing), "conflict: nothing_missing");
}

#[test]
fn a_paper_of_days_counts_until_they_are_over_whatever_its_version() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let (owner, sam) = (house.owner(), house.seat("sam"));
    sign(&sam, &visit, "health", json!({}));
    let health = template(&owner, "health");
    let changed = owner.done("consent.set_template", with(form(&health), "title", json!("New questions")));
    assert_eq!((&changed["versions"], &changed["version"]["number"]), (&json!(2), &json!(2)));
    let same = owner.done("consent.set_template", with(form(&changed), "name", json!("Health")));
    assert_eq!(same["versions"], 2, "a name is no new version");
    let ahead = |days: i64| {
        let booked = owner.done(
            "agenda.book",
            json!({"artist_id": house.artists[0], "client_id": client, "service_id": house.services[0],
                "starts_at": house.at(2) + days * 24 * HOUR}),
        );
        booked["card"]["detail"]["paperwork"]["missing"].as_i64().unwrap()
    };
    assert_eq!(ahead(179), 1, "only what each visit signs anew");
    assert_eq!(ahead(181), 2);
    let versions = owner.done("consent.template_versions", json!({"template_id": health["id"]}));
    assert_eq!(versions.as_array().unwrap().len(), 2);
    assert_eq!(sam.refused("consent.template_versions", json!({"template_id": health["id"]})), "denied");
    assert_eq!(sam.refused("consent.set_template", form(&health)), "denied");
}

#[test]
fn a_rule_does_not_reach_back_and_a_service_may_be_left_out() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    house.clock.pass(2 * DAY);
    let owner = house.owner();
    let mut new = form(&template(&owner, "procedure"));
    new.as_object_mut().unwrap().remove("template_id");
    new["questions"] = json!([]);
    new["name"] = json!("House rules");
    new["kind"] = json!("other");
    let made = owner.done("consent.set_template", new);
    assert_eq!(paperwork(&owner, &visit).0, 2, "a visit of days ago was complete without");
    let book = |service: usize| {
        let booked = owner.done(
            "agenda.book",
            json!({"artist_id": house.artists[0], "client_id": client, "service_id": house.services[service],
                "starts_at": house.at(60 + i64::try_from(service).unwrap() * 3)}),
        );
        booked["card"]["detail"]["paperwork"]["needed"].as_i64().unwrap()
    };
    assert_eq!(book(0), 3);
    let narrow = with(form(&made), "service_ids", json!([house.services[0]]));
    owner.done("consent.set_template", narrow);
    assert_eq!(book(1), 2);
}

#[test]
fn attack_what_is_signed_is_what_was_read() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let old = signing(&sam, &visit, "procedure");
    let first = sam.done("consent.sign", old.clone());
    let before = template(&owner, "procedure");
    let body = "I, {client}, agree to {service} at {studio}.\n\n- {date}\n- {guardian} {birth_date}";
    owner.done("consent.set_template", with(form(&before), "body", json!(body)));
    assert_eq!(sam.why("consent.sign", old.clone()), "conflict: text_changed", "an older version");
    let new = signing(&sam, &visit, "procedure");
    assert_eq!(
        sam.why("consent.sign", with(new.clone(), "text_hash", old["text_hash"].clone())),
        "conflict: text_changed"
    );
    assert_eq!(
        sam.why("consent.sign", with(old, "text_hash", new["text_hash"].clone())),
        "conflict: text_changed"
    );
    let second = sam.done("consent.sign", new);
    let open = |id: &Value| text(&sam.done("consent.open", json!({"consent_id": id}))["text"]);
    assert!(open(&first["id"]).contains("injury to the skin"), "what was signed stays as it was read");
    assert!(open(&second["id"]).starts_with("I, Joana Melo, agree to Small lettering at Casa Aguja."));
    assert_eq!(second["version_number"], 2);
    // A template that is no longer used.
    owner.done("consent.set_template", with(form(&template(&owner, "procedure")), "active", json!(false)));
    let third = with(
        signing(&sam, &visit, "health"),
        "version_id",
        template(&owner, "procedure")["version"]["id"].clone(),
    );
    assert_eq!(sam.why("consent.sign", third), "conflict: template_inactive");
}

#[test]
fn attack_a_name_in_braces_is_a_name() {
    let house = House::staffed();
    let client = house.client("{artist} {studio}");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let signed = sign(&sam, &visit, "procedure", json!({}));
    let read = text(&sam.done("consent.open", json!({"consent_id": signed["id"]}))["text"]);
    assert!(read.starts_with("I, {artist} {studio}, born"), "{read}");
}

#[test]
fn attack_every_question_is_answered_once_and_no_other() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let args = signing(&sam, &visit, "health");
    let all = args["answers"].as_array().unwrap().clone();
    let told = |answers: Vec<Value>| {
        house.leaves_no_trace(|| sam.why("consent.sign", with(args.clone(), "answers", json!(answers))))
    };
    assert_eq!(told(all[1..].to_vec()), "invalid: answers");
    assert_eq!(told(Vec::new()), "invalid: answers");
    let mut twice = all.clone();
    twice.push(all[0].clone());
    assert_eq!(told(twice), format!("invalid: answers[{}].question_id", all.len()));
    let mut other = all.clone();
    other[2]["question_id"] = json!(NOBODY);
    assert_eq!(told(other), "invalid: answers[2].question_id");
    let mut silent = all.clone();
    silent[0].as_object_mut().unwrap().remove("yes");
    assert_eq!(told(silent), "invalid: answers[0].yes");
    let mut yes = all.clone();
    let last = all.len() - 1;
    yes[last] = json!({"question_id": all[last]["question_id"], "yes": true});
    assert_eq!(told(yes), format!("invalid: answers[{last}].text"));
    assert_eq!(house.count("SELECT count(*) FROM consents"), 0);
}

#[test]
fn rev23_a_minor_signs_with_a_guardian_or_not_at_all() {
    let house = House::staffed();
    let owner = house.owner();
    let form = json!({"name": "Joana Melo", "birth_date": "2010-11-20"});
    let client = text(&owner.done("clients.create", form)["client"]["id"]);
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let needed = sam.done("consent.needed", json!({"appointment_id": visit, "guardian_name": "Rosa Melo"}));
    assert_eq!((&needed["age"], &needed["guardian"]), (&json!(16), &json!(true)));
    let args = signing(&sam, &visit, "procedure");
    assert_eq!(sam.why("consent.sign", args.clone()), "invalid: guardian");
    let guardian = json!({"name": "Rosa Melo", "relation": "Mother", "id_seen": true});
    let args = with(args, "guardian", guardian);
    assert_eq!(
        sam.why("consent.sign", args.clone()),
        "conflict: text_changed",
        "the guardian stands in the text"
    );
    let args = with(args, "text_hash", paper(&needed, "procedure")["text_hash"].clone());
    let signed = sam.done("consent.sign", args.clone());
    assert_eq!(signed["guardian"], json!({"name": "Rosa Melo", "relation": "Mother"}));
    assert_eq!(paperwork(&sam, &visit), (2, 1, false));
    let service = owner.done("studio.services", json!({}))[0].clone();
    owner.done(
        "studio.set_service",
        json!({"service_id": service["id"], "name": service["name"], "kind": service["kind"],
            "minutes": service["minutes"], "price": service["price"], "minimum_age": 17}),
    );
    assert_eq!(sam.why("consent.sign", args), "conflict: too_young");
    assert_eq!(sam.done("consent.needed", json!({"appointment_id": visit}))["too_young"], true);
    // No waiver and no setting gets anybody past an age.
    for gate in ["block", "warn", "off"] {
        owner.done("security.settings", json!({"paperwork_gate": gate}));
        if gate == "block" {
            owner.done("consent.waive", json!({"appointment_id": visit, "reason": "x"}));
        }
        for command in ["agenda.arrive", "agenda.start", "agenda.complete"] {
            assert_eq!(sam.why(command, json!({"appointment_id": visit})), "conflict: too_young", "{gate}");
        }
    }
    let tomorrow = json!({"name": "Nobody", "birth_date": "2026-11-21"});
    assert_eq!(sam.why("clients.create", tomorrow), "invalid: birth_date");
}

#[test]
fn attack_a_birth_date_that_is_put_right_later_makes_a_lone_signature_worthless() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let args = signing(&sam, &visit, "procedure");
    for (date, told) in [("2026-11-21", "invalid: birth_date"), ("1990-02-30", "invalid: birth_date")] {
        assert_eq!(sam.why("consent.sign", with(args.clone(), "birth_date", json!(date))), told, "{date}");
    }
    let mut without = args.clone();
    without.as_object_mut().unwrap().remove("birth_date");
    assert_eq!(sam.why("consent.sign", without), "invalid: birth_date");
    sam.done("consent.sign", args);
    let open = owner.done("clients.open", json!({"client_id": client}));
    assert_eq!(open["client"]["birth_date"], "1990-05-17", "kept on the client");
    assert_eq!(
        sam.why("consent.sign", with(signing(&sam, &visit, "health"), "birth_date", json!("1991-01-01"))),
        "invalid: birth_date"
    );
    assert_eq!(paperwork(&sam, &visit), (2, 1, false));
    owner.done(
        "clients.edit",
        json!({"client_id": client, "form": {"name": "Joana Melo", "birth_date": "2010-05-17"}}),
    );
    assert_eq!(paperwork(&sam, &visit), (2, 2, false));
}

#[test]
fn attack_a_signature_is_drawn_in_its_field_and_not_endless() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let args = with(signing(&sam, &visit, "procedure"), "method", json!("drawn"));
    let point = |x: f64| json!({"x": x, "y": 2.5, "t": 1});
    let many = |count: usize| vec![json!({"x": 1, "y": 2, "t": 3}); count];
    for signature in [
        Value::Null,
        json!({"width": 300, "height": 100, "strokes": []}),
        json!({"width": 300, "height": 100, "strokes": [[]]}),
        json!({"width": 300, "height": 100, "strokes": [[point(1.0)], []]}),
        json!({"width": 0, "height": 100, "strokes": [[point(1.0)]]}),
        json!({"width": 1e30, "height": 100, "strokes": [[point(1.0)]]}),
        json!({"width": 300, "height": 100, "strokes": [[point(1e300)]]}),
        json!({"width": 300, "height": 100, "strokes": [[{"x": 1, "y": 1, "t": 1, "p": 7}]]}),
        json!({"width": 300, "height": 100, "strokes": [many(20_001)]}),
        json!({"width": 300, "height": 100, "strokes": vec![many(1); 2_001]}),
    ] {
        let told =
            house.leaves_no_trace(|| sam.why("consent.sign", with(args.clone(), "signature", signature)));
        assert_eq!(told, "invalid: signature");
    }
    let drawn = json!({"width": 300.0, "height": 100.0, "strokes": [[
        {"x": 1.5, "y": 2.25, "t": 10.0, "p": 0.5}, {"x": 30.0, "y": 40.0, "t": 26.0}
    ]]});
    let typed = with(with(args.clone(), "method", json!("typed")), "signature", drawn.clone());
    assert_eq!(sam.why("consent.sign", typed), "invalid: signature");
    let signed = sam.done("consent.sign", with(args, "signature", drawn.clone()));
    assert_eq!(sam.done("consent.open", json!({"consent_id": signed["id"]}))["signature"], drawn);
}

#[test]
fn attack_34_one_key_signs_once() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let (args, key) = (signing(&sam, &visit, "procedure"), fresh_key());
    let first = sam.ask_with("consent.sign", &key, args.clone()).unwrap();
    let again = house.leaves_no_trace(|| sam.ask_with("consent.sign", &key, args).unwrap());
    assert_eq!(first, again);
    assert_eq!(house.count("SELECT count(*) FROM consents"), 1);
}

#[test]
fn attack_nobody_signs_for_another_an_archived_client_or_a_visit_that_is_off() {
    let house = House::staffed();
    let (client, other) = (house.client("Joana Melo"), house.client("Rui Tavares"));
    let visit = house.book(0, &client, 2);
    let (owner, sam) = (house.owner(), house.seat("sam"));
    let args = signing(&sam, &visit, "procedure");
    for (field, value, told) in [
        ("client_id", json!(other), "invalid: client_id"),
        ("version_id", json!(NOBODY), "not_found: "),
        ("appointment_id", json!(NOBODY), "not_found: "),
        ("image_use", json!(true), "invalid: image_use"),
        ("signer_name", json!("  "), "invalid: signer_name"),
        ("method", json!("stamped"), "invalid: method"),
    ] {
        let answer = house.leaves_no_trace(|| sam.why("consent.sign", with(args.clone(), field, value)));
        assert_eq!(answer, told, "{field}");
    }
    let mut image = signing(&sam, &visit, "image");
    image.as_object_mut().unwrap().remove("image_use");
    assert_eq!(sam.why("consent.sign", image), "invalid: image_use");
    // A paper stays with its client, and the visit too.
    sam.done("consent.sign", args.clone());
    let swap = json!({"appointment_id": visit, "client_id": other});
    assert_eq!(house.leaves_no_trace(|| owner.why("agenda.edit", swap)), "conflict: visit_has_history");
    assert_eq!(paperwork(&sam, &visit), (2, 1, false));
    sam.done("agenda.cancel", json!({"appointment_id": visit}));
    let health = signing(&sam, &visit, "health");
    assert_eq!(sam.why("consent.sign", health.clone()), "conflict: closed_appointment");
    sam.done("agenda.reopen", json!({"appointment_id": visit, "status": "booked"}));
    owner.done("clients.delete", json!({"client_id": client}));
    assert_eq!(sam.why("consent.sign", health), "conflict: client_archived");
}

#[test]
fn d23_alerts_are_everybodys_and_answers_are_not() {
    let house = House::staffed();
    let form = json!({"name": "Joana Melo", "alerts": "Faints easily\nLATEX ALLERGY: nitrile gloves"});
    let client = text(&house.owner().done("clients.create", form)["client"]["id"]);
    let visit = house.book(0, &client, 2);
    let (sam, dario) = (house.seat("sam"), house.seat("dario"));
    let mut args = signing(&sam, &visit, "health");
    for at in [0, 1, 9] {
        args["answers"][at]["yes"] = json!(true);
    }
    let signed = sam.done("consent.sign", args);
    let open = dario.done("clients.open", json!({"client_id": client}));
    assert_eq!(
        open["client"]["alerts"], "Faints easily\nLATEX ALLERGY: nitrile gloves\nNickel or metal allergy",
        "new ones alone, each once"
    );
    assert_eq!(dario.refused("consent.open", json!({"consent_id": signed["id"]})), "denied");
    let whole = sam.done("consent.open", json!({"consent_id": signed["id"]}));
    assert_eq!(whole["answers"][0]["alert"], "Nickel or metal allergy");
    assert_eq!(whole["answers"][2]["alert"], Value::Null);
    assert_eq!(
        whole["answers"][9],
        json!({"text": "Do you have an infection that is carried by blood?",
        "yes": true, "answer": null, "alert": null})
    );
    let journal = crate::studio_house::all_rows(&house.raw())["journal"].join("\n");
    for private in ["Joana", "Nickel", "infection", "1990-05-17"] {
        assert!(!journal.contains(private), "P16: {private}");
    }
}

#[test]
fn image_use_is_the_last_word_and_can_be_taken_back() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let shown = || sam.done("clients.open", json!({"client_id": client}))["image_use"].clone();
    assert_eq!(shown(), Value::Null);
    assert_eq!(paperwork(&sam, &visit).0, 2, "no visit needs it");
    sign(&sam, &visit, "image", json!({"image_use": false}));
    assert_eq!(shown(), false);
    house.clock.pass(60_000);
    let yes = text(&sign(&sam, &visit, "image", json!({}))["id"]);
    assert_eq!(shown(), true);
    house.clock.pass(60_000);
    let gone = sam.done("consent.withdraw", json!({"consent_id": yes, "reason": "New job"}));
    assert!(gone["withdrawn_at"].is_i64());
    assert_eq!(shown(), false);
    let needed = sam.done("consent.needed", json!({"appointment_id": visit}));
    assert!(paper(&needed, "image")["done"].is_null());
    assert_eq!(sam.why("consent.withdraw", json!({"consent_id": yes})), "conflict: already_withdrawn");
    let other = text(&sign(&sam, &visit, "procedure", json!({}))["id"]);
    assert_eq!(sam.why("consent.withdraw", json!({"consent_id": other})), "conflict: not_image_use");
    house.assert_holds();
}

#[test]
fn ask_15_what_a_duplicate_signed_counts_for_the_client_they_are() {
    let house = House::staffed();
    let (keep, twin) = (house.client("Joana Melo"), house.client("Joana M"));
    let (visit, later) = (house.book(0, &twin, 2), house.book(0, &keep, 5));
    let (owner, sam) = (house.owner(), house.seat("sam"));
    sign(&sam, &visit, "health", json!({}));
    sign(&sam, &visit, "image", json!({}));
    assert_eq!(paperwork(&sam, &later), (2, 2, false));
    let ids = json!({"keep_id": keep, "merge_id": twin});
    assert_eq!(owner.done("clients.merge_preview", ids.clone())["papers"], 2);
    owner.done("clients.merge", ids);
    assert_eq!(paperwork(&sam, &later), (2, 1, false));
    for id in [&keep, &twin] {
        let listed = sam.done("consent.list", json!({"client_id": id}));
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_eq!(listed[0]["client_name"], "Joana Melo");
    }
    assert_eq!(sam.done("clients.open", json!({"client_id": keep}))["image_use"], true);
    house.assert_holds();
    owner.done("clients.unmerge", json!({"merge_id": twin}));
    assert_eq!(paperwork(&sam, &later), (2, 2, false));
    assert_eq!(sam.done("consent.list", json!({"client_id": keep})), json!([]));
}

#[test]
fn d29_a_consent_outlives_an_erasure_for_its_years_and_then_goes() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let owner = house.owner();
    owner.done("security.settings", json!({"consent_years": 1}));
    let signed = text(&sign(&owner, &visit, "procedure", json!({}))["id"]);
    owner.done("consent.waive", json!({"appointment_id": visit, "reason": "Joana forgot her glasses"}));
    let data = text(&owner.done("clients.personal_data", json!({"client_id": client}))["text"]);
    assert!(data.contains("injury to the skin"), "what somebody signed is theirs to have");
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": client, "name": "Joana Melo"}));
    let whole = owner.done("consent.open", json!({"consent_id": signed}));
    assert_eq!(
        (&whole["consent"]["signer"], &whole["consent"]["intact"]),
        (&json!("Joana Melo"), &json!(true))
    );
    assert_eq!(house.count("SELECT count(*) FROM consent_waivers WHERE reason IS NULL"), 1);
    let replies = crate::studio_house::all_rows(&house.raw())["request_keys"].join("\n");
    assert!(!replies.contains("Joana Melo"));
    drop(owner);
    house.clock.pass(364 * DAY);
    house.restart();
    assert_eq!(house.count("SELECT count(*) FROM consent_papers"), 1, "a day too early");
    house.assert_holds();
    house.clock.pass(2 * DAY);
    house.restart();
    assert_eq!(house.count("SELECT count(*) FROM consent_papers"), 0);
    assert_eq!(house.count("SELECT count(*) FROM consents"), 1, "that it was signed stays");
    assert_eq!(house.count("SELECT count(*) FROM journal WHERE command = 'consent.expire'"), 1);
    house.assert_holds();
    house.restart();
    assert_eq!(house.count("SELECT count(*) FROM journal WHERE command = 'consent.expire'"), 1, "once");
    let owner = house.owner();
    assert_eq!(owner.refused("consent.open", json!({"consent_id": signed})), "not_found");
    assert_eq!(owner.done("consent.list", json!({"client_id": client})), json!([]));
}

#[test]
fn p05_a_paper_that_was_changed_or_taken_away_is_found() {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let visit = house.book(0, &client, 2);
    let sam = house.seat("sam");
    let signed = text(&sign(&sam, &visit, "health", json!({}))["id"]);
    drop(sam);
    house.assert_holds();
    let raw = house.raw();
    for sql in ["DELETE FROM consent_papers", "UPDATE consent_papers SET text = 'x'", "DELETE FROM consents"]
    {
        assert!(raw.execute(sql, []).is_err(), "the file itself refuses: {sql}");
    }
    drop(raw);
    house.desk.close();
    let kept = std::fs::read(&house.file).unwrap();
    let columns =
        ["salt", "title", "text", "text_hash", "signer", "birth_date", "guardian", "answers", "signature"];
    for column in columns {
        let value = if matches!(column, "guardian" | "signature") { "'{}'" } else { "x" };
        let value = if value == "x" { format!("{column} || ' '") } else { value.to_owned() };
        house.outsider().execute(&format!("UPDATE consent_papers SET {column} = {value}"), []).unwrap();
        house.desk.open(&house.file).unwrap();
        let problems = house.verify().problems;
        assert!(
            problems.contains(&format!("consent_papers: {signed} was changed")),
            "{column}: {problems:?}"
        );
        house.desk.close();
        std::fs::write(&house.file, &kept).unwrap();
    }
    house.outsider().execute("UPDATE consent_papers SET text = replace(text, 'safety', 'fun')", []).unwrap();
    house.desk.open(&house.file).unwrap();
    let sam = house.seat("sam");
    assert_eq!(sam.done("consent.open", json!({"consent_id": signed}))["consent"]["intact"], false);
    drop(sam);
    house.desk.close();
    house.outsider().execute("DELETE FROM consent_papers", []).unwrap();
    house.desk.open(&house.file).unwrap();
    let problems = house.verify().problems;
    assert!(problems.contains(&format!("consent_papers: {signed} is gone")), "{problems:?}");
}

#[test]
fn a_signed_paper_leaves_as_a_document_and_the_journal_knows() {
    use base64::Engine;
    let house = House::staffed();
    let client = house.client("Joana Ñúñez 👩‍🎤");
    let visit = house.book(0, &client, 2);
    let mara = house.seat("mara");
    let drawn = json!({"width": 300, "height": 100, "strokes": [[{"x": 1, "y": 2, "t": 0}, {"x": 90, "y": 60, "t": 9}]]});
    let signed = sign(&mara, &visit, "procedure", json!({"method": "drawn", "signature": drawn}));
    let file = mara.done("consent.paper", json!({"consent_id": signed["id"]}));
    assert_eq!(file["name"], "procedure-2026-11-20.pdf");
    let bytes = base64::engine::general_purpose::STANDARD.decode(text(&file["base64"])).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 5_000);
    assert_eq!(house.count("SELECT count(*) FROM journal WHERE command = 'consent.paper'"), 1);
    if let Some(folder) = std::env::var_os("INKPOINT_PAPER") {
        std::fs::write(std::path::Path::new(&folder).join("consent.pdf"), bytes).unwrap();
    }
}

#[test]
fn a_template_says_what_is_wrong_with_it() {
    let house = House::staffed();
    let owner = house.owner();
    let good = json!({"name": "Minors", "kind": "other", "required": true, "service_ids": [], "active": true,
        "title": "Minors", "body": "I agree.", "questions": []});
    for (field, value, told) in [
        ("body", json!("Dear {clients}"), "invalid: body"),
        ("body", json!("   "), "invalid: body"),
        ("body", json!("x".repeat(20_001)), "invalid: body"),
        ("valid_days", json!(0), "invalid: valid_days"),
        ("valid_days", json!(3_661), "invalid: valid_days"),
        ("kind", json!("image"), "invalid: required"),
        ("service_ids", json!([NOBODY]), "not_found: "),
        ("template_id", json!(NOBODY), "not_found: "),
        ("questions", json!([{"text": "Why?", "kind": "text", "alert": "x"}]), "invalid: questions[0].alert"),
        ("questions", json!([{"id": NOBODY, "text": "Why?", "kind": "text"}]), "invalid: questions[0].id"),
        ("questions", json!(vec![json!({"text": "Why?", "kind": "text"}); 61]), "invalid: questions"),
    ] {
        let answer =
            house.leaves_no_trace(|| owner.why("consent.set_template", with(good.clone(), field, value)));
        assert_eq!(answer, told, "{field}");
    }
    let made = owner.done("consent.set_template", good);
    assert_eq!((&made["versions"], &made["version"]["by"]), (&json!(1), &json!("Ana Ruiz")));
}

#[test]
fn a_title_names_nothing_in_braces_that_nothing_fills() {
    let house = House::staffed();
    let paper = json!({"name": "Aftercare", "kind": "procedure", "required": false, "service_ids": [], "active": true,
        "title": "For {nobody}", "body": "Keep it clean.", "questions": []});
    assert_eq!(house.owner().why("consent.set_template", paper), "invalid: title");
}
