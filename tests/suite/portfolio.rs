//! Portfolios: whose they are, whose permission they need, and the view of them that a client gets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::door::COMMANDS;
use serde_json::{Value, json};

use crate::backups::at_the_desk;
use crate::consent::sign;
use crate::pictures::{
    INKS, MOVING_PNG, MOVING_WEBP, PLAIN, bombs, encoded, files, from_a_telephone, holds, no_pictures,
    page_in_disguise, unpacked,
};
use crate::studio_house::{
    House, MINUTE, NOBODY, OWNER_PASSWORD, PASSWORD, Seat, ask, assert_same_rows, conflict, denied,
    fresh_key, invalid, text, told,
};

/// One pixel of each colour is another picture.
fn picture(shade: u8) -> String {
    let image = image::RgbImage::from_pixel(8, 6, image::Rgb([shade, 90, 30]));
    STANDARD.encode(encoded(image::DynamicImage::ImageRgb8(image), image::ImageFormat::Png))
}

pub fn add(seat: &Seat, artist: &str, more: Value) -> Value {
    let mut args = json!({"artist_id": artist, "base64": PLAIN});
    args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    seat.done("portfolio.add", args)
}

fn added(seat: &Seat, artist: &str) -> String {
    text(&add(seat, artist, json!({}))["id"])
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| text(&item["id"])).collect()
}

pub fn listed(seat: &Seat, args: Value) -> Vec<String> {
    ids(&seat.done("portfolio.list", args)["items"])
}

/// What a client would be shown.
pub fn shown(seat: &Seat) -> Vec<String> {
    ids(&seat.done("portfolio.view", json!({}))["pictures"])
}

pub fn row(seat: &Seat, id: &str) -> Value {
    let all = seat.done("portfolio.list", json!({}));
    all["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
}

/// A client with a visit of Mara's, and what they say to pictures of them.
pub fn tattooed(house: &House, name: &str, agrees: bool) -> (String, String, Value) {
    let client = house.client(name);
    let hour = house.count("SELECT count(*) FROM appointments") + 1;
    let visit = house.book(0, &client, hour);
    let signed = sign(&house.owner(), &visit, "image", json!({"image_use": agrees}));
    (client, visit, signed)
}

#[test]
fn t124_t126_an_artist_adds_describes_orders_features_and_takes_out() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let artist = &house.artists[0];
    let made = add(
        &mara,
        artist,
        json!({"title": "Fern, fine line, forearm", "description": "Two hours, 3RL", "styles": ["Fine line", "Botanical",
            "Fine line"], "body_area": "Forearm", "colour": "black", "stage": "healed"}),
    );
    assert_eq!(
        made,
        json!({
            "id": made["id"], "artist_id": artist, "artist_name": "Mara Quill", "title": "Fern, fine line, forearm",
            "description": "Two hours, 3RL", "styles": ["Fine line", "Botanical"], "body_area": "Forearm",
            "colour": "black", "stage": "healed", "featured": false, "published": true, "permission": "not_asked",
            "shown": true, "client": null, "appointment_id": null, "width": 2, "height": 2, "crop": null,
            "original_width": 2, "original_height": 2, "version": made["version"], "added_at": house.at(0),
            "by": "Mara Quill",
        })
    );
    let first = text(&made["id"]);
    let second = added(&mara, artist);
    let third = text(&add(&mara, artist, json!({"styles": ["Lettering"], "colour": "colour"}))["id"]);
    let own = json!({"artist_id": artist});
    assert_eq!(listed(&mara, own.clone()), [&third, &second, &first].map(String::as_str), "new ones first");
    mara.done("portfolio.reorder", json!({"item_id": third}));
    mara.done("portfolio.reorder", json!({"item_id": first, "before_id": second}));
    assert_eq!(listed(&mara, own.clone()), [&first, &second, &third].map(String::as_str));
    let edited =
        mara.done("portfolio.edit", json!({"item_ids": [third, second], "featured": true, "title": "Flash"}));
    assert_eq!(edited.as_array().unwrap().len(), 2);
    assert!(edited.as_array().unwrap().iter().all(|item| item["title"] == "Flash"));
    assert_eq!(edited[0]["styles"], json!(["Lettering"]), "what was not sent stays");
    assert_eq!(listed(&mara, own.clone()), [&second, &third, &first].map(String::as_str), "featured first");
    let cleared = mara.done(
        "portfolio.edit",
        json!({"item_ids": [first], "title": "", "description": "", "styles": [], "body_area": ""}),
    );
    assert_eq!(
        (&cleared[0]["title"], &cleared[0]["description"], &cleared[0]["styles"], &cleared[0]["body_area"]),
        (&Value::Null, &Value::Null, &json!([]), &Value::Null)
    );
    mara.done("portfolio.remove", json!({"item_ids": [second, third]}));
    assert_eq!(listed(&mara, own.clone()), [first.as_str()]);
    let args = json!({"item_id": second, "size": "full"});
    assert_eq!(told(&house, &mara, "portfolio.show", args), json!(["not_found", {"what": "picture"}]));
    mara.done("portfolio.restore", json!({"item_ids": [third, second]}));
    assert_eq!(listed(&mara, own), [&second, &third, &first].map(String::as_str), "back where they were");
    for size in ["thumb", "full"] {
        let bytes = mara.done("portfolio.show", json!({"item_id": first, "size": size}));
        assert!(unpacked(&text(&bytes["base64"])).starts_with(b"\xff\xd8\xff"));
    }
    house.assert_holds();
}

#[test]
fn t126_a_list_is_narrowed_by_what_is_said_of_pictures() {
    let house = House::staffed();
    let owner = house.owner();
    let (mara, dario) = (&house.artists[0], &house.artists[1]);
    let fern = add(
        &owner,
        mara,
        json!({"styles": ["Fine line"], "body_area": "Arm", "colour": "black", "stage": "fresh"}),
    );
    let koi = add(
        &owner,
        dario,
        json!({"styles": ["Japanese", "Fine line"], "body_area": "Back", "colour": "colour", "stage": "healed",
            "featured": true, "published": false}),
    );
    let (fern, koi) = (text(&fern["id"]), text(&koi["id"]));
    let all = owner.done("portfolio.list", json!({}));
    assert_eq!(
        (&all["styles"], &all["body_areas"]),
        (&json!(["Fine line", "Japanese"]), &json!(["Arm", "Back"]))
    );
    assert_eq!(all["total"], 2);
    assert_eq!(
        all["artists"][0],
        json!({"artist_id": mara, "name": "Mara Quill", "active": true, "pictures": 1})
    );
    for (args, expected) in [
        (json!({}), vec![&koi, &fern]),
        (json!({"artist_id": mara}), vec![&fern]),
        (json!({"style": "Fine line"}), vec![&koi, &fern]),
        (json!({"style": "Japanese"}), vec![&koi]),
        (json!({"style": "' OR 1=1 --"}), vec![]),
        (json!({"body_area": "Arm"}), vec![&fern]),
        (json!({"colour": "black"}), vec![&fern]),
        (json!({"stage": "healed"}), vec![&koi]),
        (json!({"featured": false}), vec![&fern]),
        (json!({"published": true}), vec![&fern]),
        (json!({"style": "Fine line", "stage": "healed", "artist_id": mara}), vec![]),
        (json!({"skip": 1}), vec![&fern]),
    ] {
        let found = owner.done("portfolio.list", args.clone());
        assert_eq!(ids(&found["items"]).iter().collect::<Vec<_>>(), expected, "{args}");
    }
    assert_eq!(told(&house, &owner, "portfolio.list", json!({"skip": -1})), invalid("skip", "negative"));
    // What was said by mistake is said no longer.
    let unsaid = owner.done("portfolio.edit", json!({"item_ids": [fern], "colour": "", "stage": ""}));
    assert_eq!((&unsaid[0]["colour"], &unsaid[0]["stage"]), (&Value::Null, &Value::Null));
    assert_eq!(unsaid[0]["body_area"], "Arm");
    let wrong = json!({"item_ids": [fern], "colour": "blue"});
    assert_eq!(told(&house, &owner, "portfolio.edit", wrong)[0], "invalid");
    assert_eq!(told(&house, &owner, "portfolio.list", json!({"colour": "blue"}))[0], "invalid");
}

#[test]
fn t031_to_t036_t124_t125_attack_41_who_may_do_what_with_whose_portfolio() {
    let house = House::staffed();
    let (mara, dario) = (house.artists[0].clone(), house.artists[1].clone());
    let owner = house.owner();
    let (hers, his) = (added(&owner, &mara), added(&owner, &dario));
    let changes = |item: &str, artist: &str| {
        [
            ("portfolio.add", json!({"artist_id": artist, "base64": PLAIN})),
            ("portfolio.edit", json!({"item_ids": [item], "featured": true})),
            ("portfolio.edit", json!({"item_ids": [item], "published": false})),
            ("portfolio.reorder", json!({"item_id": item})),
            ("portfolio.remove", json!({"item_ids": [item]})),
            ("portfolio.restore", json!({"item_ids": [item]})),
        ]
    };
    let seats = ["ana", "bea", "sam", "mara", "dario", "pia"].map(|name| (name, house.seat(name)));
    for (name, seat) in &seats {
        assert_eq!(listed(seat, json!({})).len(), 2, "T031: {name} sees every portfolio");
        seat.done("portfolio.show", json!({"item_id": his, "size": "thumb"}));
    }
    for (name, seat) in [("sam", house.seat("sam")), ("sam with the code", house.elevated("sam"))] {
        for (command, args) in changes(&hers, &mara) {
            assert_eq!(told(&house, &seat, command, args), denied("role"), "T034: {command} by {name}");
        }
        let args = json!({"picture_id": NOBODY});
        assert_eq!(told(&house, &seat, "portfolio.from_visit", args), denied("role"));
    }
    let mara_seat = house.seat("mara");
    for item in [his.as_str(), NOBODY] {
        let artist = if item == NOBODY { NOBODY } else { dario.as_str() };
        for (command, args) in changes(item, artist) {
            let before = files(&house.file);
            assert_eq!(told(&house, &mara_seat, command, args), denied("not_yours"), "{command}");
            assert_eq!(files(&house.file), before, "what was refused lies nowhere");
        }
    }
    // One of a colleague's among own ones: none of them.
    let mixed = json!({"item_ids": [hers, his], "featured": true});
    assert_eq!(told(&house, &mara_seat, "portfolio.edit", mixed.clone()), denied("not_yours"));
    let place = json!({"item_id": hers, "before_id": his});
    assert_eq!(
        told(&house, &mara_seat, "portfolio.reorder", place),
        invalid("before_id", "not of this portfolio")
    );
    for (name, item, artist) in [("mara", &hers, &mara), ("bea", &his, &dario), ("ana", &hers, &mara)] {
        let seat = house.seat(name);
        for (command, args) in changes(item, artist) {
            seat.done(command, args);
        }
    }
    house.seat("bea").done("portfolio.edit", mixed);
    // An apprentice has a portfolio of their own.
    let pia = house.seat("pia");
    added(&pia, pia.artist.as_deref().unwrap());
    house.assert_holds();
}

#[test]
fn d18_what_is_wrong_is_said_before_anything_is_kept() {
    let house = House::staffed();
    let bea = house.seat("bea");
    let artist = house.artists[0].clone();
    let other = house.book(1, &house.client("Pilar"), 3);
    let try_it = |more: Value| {
        let mut args = json!({"artist_id": artist, "base64": PLAIN});
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let told = told(&house, &bea, "portfolio.add", args);
        assert!(files(&house.file).is_empty(), "{more}");
        told
    };
    assert_eq!(try_it(json!({"artist_id": NOBODY})), json!(["not_found", {"what": "artist"}]));
    assert_eq!(try_it(json!({"styles": vec!["a"; 9]})), invalid("styles", "too many"));
    assert_eq!(try_it(json!({"appointment_id": other})), invalid("appointment_id", "another artist's"));
    assert_eq!(try_it(json!({"appointment_id": NOBODY})), json!(["not_found", {"what": "appointment"}]));
    assert_eq!(try_it(json!({"client_id": NOBODY})), json!(["not_found", {"what": "client"}]));
    for wrong in [
        json!({"title": ""}),
        json!({"title": "a\0b"}),
        json!({"title": "x".repeat(121)}),
        json!({"styles": [""]}),
        json!({"body_area": "x".repeat(61)}),
        json!({"stage": "old"}),
        json!({"position": 1}),
        json!({"hash": "../../x"}),
    ] {
        assert_eq!(try_it(wrong.clone())[0], "invalid", "{wrong}");
    }
    for ids in [json!([]), json!(vec![NOBODY; 201])] {
        let args = json!({"item_ids": ids});
        assert_eq!(told(&house, &bea, "portfolio.remove", args), invalid("item_ids", "1 to 200"));
    }
    let raw = house.raw();
    assert!(
        raw.execute("UPDATE portfolio_items SET hash = '../../etc/passwd'", []).is_ok(),
        "there is none yet"
    );
    added(&bea, &artist);
    assert!(raw.execute("UPDATE portfolio_items SET hash = '../../etc/passwd'", []).is_err());
}

#[test]
fn attack_40_f22_nothing_but_a_picture_gets_into_a_portfolio() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let artist = house.artists[0].clone();
    let send = |bytes: &[u8]| {
        let args = json!({"artist_id": artist, "base64": STANDARD.encode(bytes)});
        mara.ask("portfolio.add", args).map_err(|fault| json!([fault["code"], fault["params"]]))
    };
    for (what, bytes) in bombs() {
        let told = house.leaves_no_trace(|| send(&bytes).unwrap_err());
        assert_eq!(told, invalid("base64", "too large"), "{what}");
    }
    for (what, bytes) in no_pictures() {
        let told = house.leaves_no_trace(|| send(&bytes).unwrap_err());
        assert!(
            told == invalid("base64", "not a picture") || told == invalid("base64", "too large"),
            "{what}: {told}"
        );
    }
    assert!(files(&house.file).is_empty());
    let long = json!({"artist_id": artist, "base64": "A".repeat(41 * 1024 * 1024)});
    assert_eq!(told(&house, &mara, "portfolio.add", long), invalid("args", "too large"));

    let drawn = |made: &Value, size: &str| {
        let shown = mara.done("portfolio.show", json!({"item_id": made["id"], "size": size}));
        unpacked(&text(&shown["base64"]))
    };
    let phone = from_a_telephone();
    assert!(holds(&phone, b"GPS"));
    let made = send(&phone).unwrap();
    assert_eq!((&made["width"], &made["height"]), (&json!(20), &json!(60)), "upright, as it was held");
    let page = send(&page_in_disguise()).unwrap();
    for size in ["thumb", "full"] {
        assert!(!holds(&drawn(&made, size), b"GPS") && !holds(&drawn(&made, size), b"Exif"));
        assert!(!holds(&drawn(&page, size), b"script"));
    }
    for (what, bytes) in [("four inks", INKS), ("a moving WebP", MOVING_WEBP), ("a moving PNG", MOVING_PNG)] {
        match send(&unpacked(bytes)) {
            Ok(made) => {
                let bytes = drawn(&made, "full");
                assert!(bytes.starts_with(b"\xff\xd8\xff") && !holds(&bytes, b"ANMF"), "{what}");
            }
            Err(told) => assert_eq!(told, invalid("base64", "not a picture"), "{what}"),
        }
    }
    house.assert_holds();
}

#[test]
fn f10_a_lost_or_changed_picture_is_found_and_an_upload_that_comes_twice_is_kept_once() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let args = json!({"artist_id": house.artists[0], "base64": PLAIN});
    let key = fresh_key();
    let first = mara.ask_with("portfolio.add", &key, args.clone()).unwrap();
    assert_eq!(house.leaves_no_trace(|| mara.ask_with("portfolio.add", &key, args).unwrap()), first);
    let show = json!({"item_id": first["id"], "size": "full"});
    for path in files(&house.file) {
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        std::fs::write(&path, flipped).unwrap();
        assert_eq!(house.verify().problems.len(), 1);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(house.verify().problems.len(), 1);
        if !path.to_str().unwrap().ends_with("thumb.jpg") {
            assert_eq!(
                told(&house, &mara, "portfolio.show", show.clone()),
                json!(["damaged", {"reason": "picture"}])
            );
        }
        std::fs::write(&path, whole).unwrap();
        house.assert_holds();
    }
    assert_eq!(house.verify().pictures, 1);
}

// ---- whose permission it needs -----------------------------------------------------------------------------------------

#[test]
fn a_client_is_named_only_while_they_agree_and_a_picture_goes_out_of_sight_when_they_no_longer_do() {
    let house = House::staffed();
    let (owner, mara, sam) = (house.owner(), house.seat("mara"), house.seat("sam"));
    let artist = house.artists[0].clone();
    let (joana, visit, signed) = tattooed(&house, "Joana Melo", true);
    let (rui, no_visit, _) = tattooed(&house, "Rui Tavares", false);
    let unasked = house.client("Pilar");
    for (client, visit) in [(Some(&rui), None), (Some(&unasked), None), (None, Some(&no_visit))] {
        let args =
            json!({"artist_id": artist, "base64": PLAIN, "client_id": client, "appointment_id": visit});
        assert_eq!(told(&house, &owner, "portfolio.add", args), conflict("no_image_use"));
    }
    let made = add(&mara, &artist, json!({"appointment_id": visit, "title": "Fern"}));
    let id = text(&made["id"]);
    assert_eq!(made["client"], json!({"id": joana, "name": "Joana Melo"}));
    assert_eq!((&made["permission"], &made["shown"]), (&json!("given"), &json!(true)));
    let told_sam = row(&sam, &id);
    assert_eq!(
        (&told_sam["client"], &told_sam["appointment_id"]),
        (&Value::Null, &Value::Null),
        "whose it is, is told to whoever may change it"
    );
    assert_eq!(row(&house.seat("dario"), &id)["client"], Value::Null);
    let free = text(&add(&mara, &artist, json!({"base64": picture(7)}))["id"]);
    assert_eq!(shown(&sam), [free.clone(), id.clone()]);

    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert_eq!(shown(&sam), [free.as_str()], "taken back: out of sight at once");
    let gone = row(&mara, &id);
    assert_eq!(
        (&gone["permission"], &gone["shown"], &gone["published"]),
        (&json!("missing"), &json!(false), &json!(true))
    );
    // Nor is it gone round by no longer saying whose skin it is.
    for away in [json!({"client_id": ""}), json!({"client_id": "", "appointment_id": ""})] {
        let mut args = away;
        args["item_ids"] = json!([id]);
        assert_eq!(told(&house, &mara, "portfolio.edit", args), conflict("no_image_use"));
    }
    // What is said of it can be changed; the name cannot be put under another picture.
    mara.done("portfolio.edit", json!({"item_ids": [id], "title": "Fern, forearm", "client_id": joana}));
    let args = json!({"item_ids": [free], "client_id": joana});
    assert_eq!(told(&house, &mara, "portfolio.edit", args), conflict("no_image_use"));
    // They change their mind, and it is back.
    house.clock.pass(MINUTE);
    sign(&owner, &visit, "image", json!({"image_use": true}));
    assert_eq!(shown(&sam).len(), 2);
    let linked = mara.done("portfolio.edit", json!({"item_ids": [free], "client_id": joana}));
    assert_eq!(linked[0]["client"]["id"], json!(joana));
    let freed = mara.done("portfolio.edit", json!({"item_ids": [id], "client_id": ""}));
    assert_eq!((&freed[0]["client"], &freed[0]["appointment_id"]), (&Value::Null, &Value::Null));
    assert_eq!(freed[0]["permission"], "not_asked");

    // A stranger to her by the switch (A012) is not hers to name.
    owner.done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    let args = json!({"item_ids": [id], "client_id": unasked});
    assert_eq!(told(&house, &mara, "portfolio.edit", args), denied("switch"));
    house.assert_holds();
}

#[test]
fn t127_a_visits_picture_goes_into_the_portfolio_where_the_client_agreed() {
    let house = House::staffed();
    let (mara, dario, bea) = (house.seat("mara"), house.seat("dario"), house.seat("bea"));
    let (client, visit, _) = tattooed(&house, "Joana Melo", true);
    let (_, refusing, _) = tattooed(&house, "Rui Tavares", false);
    let shot = |visit: &str, kind: &str, shade: u8| {
        let args = json!({"appointment_id": visit, "kind": kind, "title": "Fern", "base64": picture(shade)});
        text(&mara.done("pictures.add", args)["id"])
    };
    let healed = shot(&visit, "healed", 1);
    let before = files(&house.file).len();
    let put = |seat: &Seat, picture: &str| {
        told(&house, seat, "portfolio.from_visit", json!({"picture_id": picture}))
    };
    assert_eq!(put(&dario, &healed), denied("not_yours"));
    assert_eq!(put(&dario, NOBODY), denied("not_yours"));
    let made = mara.done("portfolio.from_visit", json!({"picture_id": healed}));
    assert_eq!(
        (&made["title"], &made["stage"], &made["client"]["id"], &made["appointment_id"], &made["shown"]),
        (&json!("Fern"), &json!("healed"), &json!(client), &json!(visit), &json!(true))
    );
    assert_eq!(files(&house.file).len(), before, "the bytes lie there once");
    let listed = mara.done("pictures.list", json!({"appointment_id": visit}));
    assert_eq!(listed[0]["in_portfolio"], true);
    assert_eq!(put(&mara, &healed), conflict("in_portfolio"));
    assert_eq!(put(&mara, &shot(&refusing, "result", 2)), conflict("no_image_use"));
    for kind in ["reference", "progress"] {
        assert_eq!(put(&mara, &shot(&visit, kind, 3)), invalid("picture_id", "not how it came out"));
    }
    let loose =
        bea.done("pictures.add", json!({"client_id": client, "kind": "healed", "base64": picture(4)}));
    assert_eq!(put(&bea, &text(&loose["id"])), invalid("picture_id", "of no visit"));
    // Taken out of the visit, it stays in the portfolio, and the other way round.
    mara.done("pictures.remove", json!({"picture_id": healed}));
    assert_eq!(put(&mara, &healed), json!(["not_found", {"what": "picture"}]));
    mara.done("portfolio.show", json!({"item_id": made["id"], "size": "full"}));
    mara.done("portfolio.remove", json!({"item_ids": [made["id"]]}));
    mara.done("pictures.restore", json!({"picture_id": healed}));
    let again = mara.done("portfolio.from_visit", json!({"picture_id": healed}));
    assert_eq!(again["stage"], "healed");
    house.assert_holds();
}

#[test]
fn t127_a_picture_is_tied_to_a_visit_afterwards_where_its_client_agrees() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let artist = house.artists[0].clone();
    let (joana, visit, signed) = tattooed(&house, "Joana Melo", true);
    let (rui, refusing, _) = tattooed(&house, "Rui Tavares", false);
    let elsewhere = house.book(1, &joana, 9);
    let id = added(&mara, &artist);
    let of = |more: Value| {
        let mut args = json!({"item_ids": [id]});
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        args
    };
    let edit = |more: Value| mara.done("portfolio.edit", of(more));
    let refused = |seat: &Seat, more: Value| told(&house, seat, "portfolio.edit", of(more));
    let link = |seat: &Seat| {
        let item = row(seat, &id);
        (item["client"]["id"].clone(), item["appointment_id"].clone())
    };
    assert_eq!(refused(&mara, json!({"appointment_id": refusing})), conflict("no_image_use"));
    assert_eq!(refused(&mara, json!({"appointment_id": elsewhere})), denied("not_yours"));
    assert_eq!(refused(&mara, json!({"appointment_id": NOBODY})), denied("not_yours"));
    let anothers = |whose: &str| invalid("appointment_id", &format!("another {whose}'s"));
    assert_eq!(refused(&owner, json!({"appointment_id": elsewhere})), anothers("artist"));
    assert_eq!(refused(&mara, json!({"appointment_id": visit, "client_id": rui})), anothers("client"));
    assert_eq!(link(&mara), (Value::Null, Value::Null), "nothing of what was refused was kept");

    edit(json!({"appointment_id": visit}));
    assert_eq!(link(&mara), (json!(joana), json!(visit)), "with nobody named, the visit's client is");
    edit(json!({"title": "Fern", "client_id": joana}));
    assert_eq!(link(&mara), (json!(joana), json!(visit)), "what was not sent stays");
    assert_eq!(refused(&mara, json!({"appointment_id": refusing})), anothers("client"));
    edit(json!({"appointment_id": ""}));
    assert_eq!(link(&mara), (json!(joana), Value::Null), "still hers");
    edit(json!({"appointment_id": visit}));
    edit(json!({"client_id": ""}));
    assert_eq!(link(&mara), (Value::Null, Value::Null), "nobody's tattoo is of no visit");

    // Permission taken back: the tie can go, a new one cannot be made.
    edit(json!({"client_id": joana, "appointment_id": visit}));
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    edit(json!({"appointment_id": ""}));
    assert_eq!(link(&mara), (json!(joana), Value::Null));
    assert_eq!(refused(&mara, json!({"appointment_id": visit})), conflict("no_image_use"));
    house.assert_holds();
}

/// A picture of a visit of Mara's that is kept, and what was signed about pictures.
fn kept(house: &House, name: &str, agrees: bool, shade: u8) -> (String, String, String, Value) {
    let (client, visit, signed) = tattooed(house, name, agrees);
    let args = json!({"appointment_id": visit, "kind": "result", "base64": picture(shade)});
    let kept = text(&house.seat("mara").done("pictures.add", args)["id"]);
    (client, visit, kept, signed)
}

#[test]
fn t127_p16_a_picture_of_a_visit_stays_its_clients_whatever_is_said_of_it() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let (joana, visit, picture_id, signed) = kept(&house, "Joana Melo", true, 10);
    let (rui, ruis, ..) = kept(&house, "Rui Tavares", true, 80);
    let id = text(&mara.done("portfolio.from_visit", json!({"picture_id": picture_id}))["id"]);
    let edit = |seat: &Seat, mut args: Value| {
        args["item_ids"] = json!([id]);
        told(&house, seat, "portfolio.edit", args)
    };
    let not_theirs = invalid("client_id", "a picture of another client");
    let away = [
        json!({"client_id": ""}),
        json!({"client_id": "", "appointment_id": ""}),
        json!({"client_id": rui}),
        json!({"client_id": rui, "appointment_id": ruis}),
    ];
    for (seat, args) in [&owner, &mara].into_iter().flat_map(|seat| away.iter().map(move |args| (seat, args)))
    {
        assert_eq!(edit(seat, args.clone()), not_theirs, "{args}");
    }
    // Taken out of sight at the visit, it is hers all the same.
    mara.done("pictures.remove", json!({"picture_id": picture_id}));
    assert_eq!(edit(&mara, away[0].clone()), not_theirs);
    // The visit alone may be taken away, and put back.
    for appointment in [json!(""), json!(visit), json!("")] {
        let args = json!({"item_ids": [id], "appointment_id": appointment, "client_id": joana});
        assert_eq!(mara.done("portfolio.edit", args)[0]["client"]["id"], json!(joana));
    }
    assert_eq!(shown(&owner), [id.as_str()]);
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    for args in away {
        assert_eq!(edit(&mara, args), conflict("no_image_use"));
    }
    assert!(shown(&owner).is_empty());
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana Melo"}));
    assert!(listed(&owner, json!({})).is_empty(), "and it goes with her");
    assert_eq!(files(&house.file).len(), 2, "Rui's is left");
    house.assert_holds();
}

#[test]
fn p16_the_bytes_of_a_clients_picture_are_theirs_by_whichever_way_they_come() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let artist = house.artists[0].clone();
    let (joana, visit, _, signed) = kept(&house, "Joana Melo", true, 10);
    let (rui, _, _, _) = kept(&house, "Rui Tavares", false, 80);
    let put = |shade: u8, more: Value| {
        let mut args = json!({"artist_id": artist, "base64": picture(shade)});
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        told(&house, &mara, "portfolio.add", args)
    };
    let his = text(&add(&mara, &artist, json!({"base64": picture(80)}))["id"]);
    assert_eq!(row(&mara, &his)["permission"], "missing", "nobody is named, and he did not agree");
    assert!(shown(&owner).is_empty());
    owner.done("portfolio.remove", json!({"item_ids": [his]}));
    for other in [json!({"client_id": joana}), json!({"client_id": joana, "appointment_id": visit})] {
        assert_eq!(put(80, other), invalid("client_id", "a picture of another client"));
    }
    assert_eq!(put(10, json!({"client_id": rui})), invalid("client_id", "a picture of another client"));
    let id = text(&add(&mara, &artist, json!({"base64": picture(10)}))["id"]);
    let item = row(&mara, &id);
    assert_eq!((&item["client"]["id"], &item["permission"]), (&json!(joana), &json!("given")));

    // It stood in the portfolio first, as nobody's: kept with a visit afterwards, it is that client's.
    let early = text(&add(&mara, &artist, json!({"base64": picture(160)}))["id"]);
    assert_eq!(shown(&owner), [early.clone(), id.clone()]);
    let later = json!({"client_id": rui, "kind": "healed", "base64": picture(160)});
    let later = owner.done("pictures.add", later);
    assert_eq!(shown(&owner), [id.as_str()]);
    let item = row(&mara, &early);
    assert_eq!(
        (&item["client"]["id"], &item["permission"], &item["shown"]),
        (&json!(rui), &json!("missing"), &json!(false))
    );
    let args = json!({"item_ids": [early], "client_id": ""});
    assert_eq!(told(&house, &mara, "portfolio.edit", args), conflict("no_image_use"));
    // Put with the wrong client, and then with the right one.
    owner.done("pictures.remove", json!({"picture_id": later["id"]}));
    owner.done("pictures.add", json!({"client_id": joana, "kind": "healed", "base64": picture(160)}));
    assert_eq!(row(&mara, &early)["client"]["id"], json!(joana));
    assert_eq!(shown(&owner).len(), 2);
    // One picture of two people: both have to agree.
    owner.done("pictures.add", json!({"client_id": rui, "kind": "healed", "base64": picture(10)}));
    assert_eq!(shown(&owner), [early.as_str()]);
    let file = owner.done("clients.personal_data", json!({"client_id": rui}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(all["portfolio"].as_array().unwrap().len(), 1);
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert!(shown(&owner).is_empty());
    house.assert_holds();
}

#[test]
fn t127_p16_the_same_picture_is_the_same_clients_wherever_somebody_was_named_for_it() {
    let house = House::staffed();
    let (owner, mara, dario) = (house.owner(), house.seat("mara"), house.seat("dario"));
    let (joana, visit, signed) = tattooed(&house, "Joana Melo", true);
    let (rui, ..) = tattooed(&house, "Rui Tavares", true);
    let first = text(&add(&mara, &house.artists[0], json!({"client_id": joana}))["id"]);
    // The same bytes in somebody else's portfolio, and nobody is named: hers all the same.
    let made = add(&dario, &house.artists[1], json!({}));
    assert_eq!(
        (&made["client"]["id"], &made["permission"], &made["shown"]),
        (&json!(joana), &json!("given"), &json!(true))
    );
    let second = text(&made["id"]);
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert!(shown(&owner).is_empty(), "taken back: out of sight wherever it stands");
    // Nor is it brought back by sending it once more, also when the first was taken out of the portfolio.
    let hidden = |item: &Value| (&item["permission"], &item["shown"]) == (&json!("missing"), &json!(false));
    let third = add(&mara, &house.artists[0], json!({}));
    assert!(hidden(&third), "{third}");
    mara.done("portfolio.remove", json!({"item_ids": [first]}));
    for id in [&second, &text(&third["id"])] {
        assert!(hidden(&row(&owner, id)));
        for away in [json!({"client_id": ""}), json!({"client_id": rui})] {
            let mut args = away;
            args["item_ids"] = json!([id]);
            assert_eq!(told(&house, &owner, "portfolio.edit", args), conflict("no_image_use"));
        }
    }
    let fourth = add(&mara, &house.artists[0], json!({}));
    assert!(hidden(&fourth), "{fourth}");
    let his = json!({"artist_id": house.artists[0], "base64": PLAIN, "client_id": rui});
    assert_eq!(told(&house, &mara, "portfolio.add", his), conflict("no_image_use"));
    let seat = house.seat("mara");
    seat.done("portfolio.begin_view", json!({}));
    for id in [&second, &text(&fourth["id"])] {
        let fault = seat.ask("portfolio.show", json!({"item_id": id, "size": "thumb"})).unwrap_err();
        assert_eq!(fault["code"], "not_found");
    }
    mara.done("portfolio.restore", json!({"item_ids": [first]}));
    let file = owner.done("clients.personal_data", json!({"client_id": joana}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(all["portfolio"].as_array().unwrap().len(), 4);
    // They change their mind, and all of them are back.
    house.clock.pass(MINUTE);
    sign(&owner, &visit, "image", json!({"image_use": true}));
    assert_eq!(shown(&owner).len(), 4);
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana Melo"}));
    assert!(listed(&owner, json!({})).is_empty(), "all of them go with her");
    assert!(files(&house.file).is_empty(), "and the file: {:?}", files(&house.file));
    house.assert_holds();
}

#[test]
fn t127_a_tie_is_that_of_the_picture_as_it_was_last_said_with_a_right_to() {
    let house = House::staffed();
    let owner = house.owner();
    let artist = house.artists[0].clone();
    let (joana, _, signed) = tattooed(&house, "Joana Melo", true);
    let (rui, _, his_word) = tattooed(&house, "Rui Tavares", true);
    let (one, other) = (added(&owner, &artist), added(&owner, &artist));
    let whose = |id: &str| row(&owner, id)["client"]["id"].clone();
    let say = |id: &str, client: &str| {
        owner.done("portfolio.edit", json!({"item_ids": [id], "client_id": client}));
    };
    // Named later, for one of the two.
    say(&other, &joana);
    assert_eq!((whose(&one), whose(&other)), (json!(joana), json!(joana)));
    // Taken off again while she agrees; then it was somebody else.
    say(&other, "");
    assert_eq!((whose(&one), whose(&other)), (Value::Null, Value::Null));
    assert_eq!(row(&owner, &one)["permission"], "not_asked");
    say(&one, &joana);
    say(&one, &rui);
    assert_eq!((whose(&one), whose(&other)), (json!(rui), json!(rui)));
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert_eq!(shown(&owner).len(), 2, "she has nothing to do with it");
    // Said of both, by name: each says for itself, and each of two people has to agree.
    let (pilar, pilars, _) = tattooed(&house, "Pilar", true);
    say(&other, &pilar);
    assert_eq!((whose(&one), whose(&other)), (json!(rui), json!(pilar)));
    assert_eq!(shown(&owner).len(), 2);
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": his_word["id"]}));
    assert!(shown(&owner).is_empty());
    // One that was removed says nothing against one that is kept and says whose it is.
    owner.done("portfolio.remove", json!({"item_ids": [one]}));
    assert_eq!(shown(&owner), [other.as_str()]);
    owner.done("portfolio.restore", json!({"item_ids": [one]}));
    assert!(shown(&owner).is_empty());

    // A merge takes the tie along, and back.
    let double = house.client("Pilar V.");
    let third = text(&add(&owner, &artist, json!({"base64": picture(30), "client_id": pilar}))["id"]);
    let same = text(&add(&owner, &artist, json!({"base64": picture(30)}))["id"]);
    owner.done("clients.merge", json!({"keep_id": double, "merge_id": pilar}));
    assert_eq!((whose(&third), whose(&same)), (json!(double), json!(double)));
    assert_eq!(row(&owner, &same)["permission"], "given");
    owner.done("clients.unmerge", json!({"merge_id": pilar}));
    assert_eq!((whose(&third), whose(&same)), (json!(pilar), json!(pilar)));
    assert_eq!(row(&owner, &same)["permission"], "given");
    // A backup from before brings the picture back, and it goes once more: named here, or there.
    owner.done("backups.make", json!({}));
    let name = text(&owner.done("backups.state", json!({}))["backups"][0]["name"]);
    owner.done("agenda.complete", json!({"appointment_id": pilars}));
    owner.done("clients.erase", json!({"client_id": pilar, "name": "Pilar"}));
    assert_eq!(house.count("SELECT count(*) FROM portfolio_items"), 0, "named here, or where it also stands");
    assert!(files(&house.file).is_empty());
    drop(owner);
    at_the_desk(&house);
    house.ask("backups.restore", json!({"name": name, "password": OWNER_PASSWORD})).unwrap();
    assert_eq!(house.count("SELECT count(*) FROM portfolio_items"), 0);
    assert!(files(&house.file).is_empty());
    house.assert_holds();
}

#[test]
fn a012_d03_whose_tattoo_it_is_is_told_to_who_may_see_that_client() {
    let house = House::staffed();
    let (owner, dario) = (house.owner(), house.seat("dario"));
    let (joana, ..) = kept(&house, "Joana Melo", true, 10);
    let made = add(&dario, &house.artists[1], json!({"base64": picture(240), "client_id": joana}));
    let id = text(&made["id"]);
    let theirs = add(&dario, &house.artists[1], json!({"base64": picture(10)}));
    assert_eq!((&made["client"]["name"], &theirs["client"]["id"]), (&json!("Joana Melo"), &json!(joana)));
    let shut =
        json!({"member_id": dario.member, "name": "view_shop_clients", "on": false, "reason": "guest"});
    owner.done("staff.set_switch", shut);
    let all = dario.done("portfolio.list", json!({}));
    let edited = dario.done("portfolio.edit", json!({"item_ids": [id], "featured": true}));
    let moved = dario.done("portfolio.reorder", json!({"item_id": id}));
    let gone = dario.done("portfolio.remove", json!({"item_ids": [id]}));
    let back = dario.done("portfolio.restore", json!({"item_ids": [id]}));
    for told in [&all["items"], &edited, &moved, &gone, &back] {
        assert!(!told.to_string().contains("Joana") && !told.to_string().contains(&joana), "{told}");
    }
    assert_eq!(edited[0]["permission"], "given");
    assert_eq!(row(&owner, &id)["client"]["id"], json!(joana));
    // Hers by a visit, she is theirs to see.
    house.book(1, &joana, 9);
    assert_eq!(row(&dario, &id)["client"]["id"], json!(joana));
    house.assert_holds();
}

#[test]
fn p16_ask_15_pictures_in_portfolios_follow_a_merge_are_told_and_go_with_who_is_erased() {
    let house = House::staffed();
    let owner = house.owner();
    let (joana, visit, _) = tattooed(&house, "Joana", true);
    let double = house.client("Joana M.");
    let id = text(&add(&owner, &house.artists[0], json!({"appointment_id": visit, "title": "Zzyzx"}))["id"]);
    let other = text(&add(&owner, &house.artists[0], json!({"base64": picture(9)}))["id"]);
    let preview = owner.done("clients.merge_preview", json!({"keep_id": double, "merge_id": joana}));
    assert!(
        preview["moves"].as_array().unwrap().contains(&json!({"what": "portfolio_items", "count": 1})),
        "{preview}"
    );
    owner.done("clients.merge", json!({"keep_id": double, "merge_id": joana}));
    let moved = row(&owner, &id);
    assert_eq!((&moved["client"]["id"], &moved["permission"]), (&json!(double), &json!("given")));
    owner.done("clients.unmerge", json!({"merge_id": joana}));
    assert_eq!(row(&owner, &id)["client"]["id"], json!(joana));
    let file = owner.done("clients.personal_data", json!({"client_id": joana}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&all["portfolio"][0]["title"], &all["portfolio"][0]["artist"]),
        (&json!("Zzyzx"), &json!("Mara Quill"))
    );
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    assert_eq!(files(&house.file).len(), 4);
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana"}));
    assert_eq!(listed(&owner, json!({})), [other]);
    assert_eq!(files(&house.file).len(), 2, "off the disk");
    assert_eq!(house.count("SELECT count(*) FROM request_keys WHERE reply LIKE '%Zzyzx%'"), 0);
    house.assert_holds();
}

#[test]
fn p16_bytes_that_a_portfolio_names_stay_when_somebody_elses_go() {
    let house = House::staffed();
    let owner = house.owner();
    let client = house.client("Joana");
    let id = added(&owner, &house.artists[0]);
    // She wants one like it: that makes it no picture of hers.
    owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    assert_eq!(shown(&owner), [id.as_str()]);
    assert_eq!(files(&house.file).len(), 2);
    owner.done("clients.erase", json!({"client_id": client, "name": "Joana"}));
    owner.done("portfolio.show", json!({"item_id": id, "size": "full"}));
    house.assert_holds();
}

#[test]
fn t113_the_portfolio_of_an_artist_who_left_stays_and_is_no_longer_shown_to_clients() {
    let house = House::staffed();
    let (owner, dario) = (house.owner(), house.seat("dario"));
    let id = added(&dario, &house.artists[1]);
    assert_eq!(shown(&owner), [id.as_str()]);
    owner.done("staff.set_active", json!({"member_id": dario.member, "active": false}));
    let all = owner.done("portfolio.list", json!({"artist_id": house.artists[1]}));
    assert_eq!((ids(&all["items"]), &all["items"][0]["shown"]), (vec![id], &json!(false)));
    let left = all["artists"].as_array().unwrap().iter().find(|artist| artist["name"] == "Dario Vega");
    assert_eq!(left.unwrap()["active"], false);
    assert!(shown(&owner).is_empty());
    owner.done("staff.set_active", json!({"member_id": dario.member, "active": true}));
    assert_eq!(shown(&owner).len(), 1);
}

// ---- as the client sees it ---------------------------------------------------------------------------------------------

/// What a desk still answers while a client looks.
const STILL: [&str; 8] = [
    "desk.status",
    "session.whoami",
    "session.lock",
    "session.sign_out",
    "portfolio.begin_view",
    "portfolio.view",
    "portfolio.show",
    "portfolio.end_view",
];

#[test]
fn the_clients_view_holds_against_every_other_command_until_the_password() {
    let house = House::staffed();
    for username in ["ana", "bea", "sam", "mara", "pia"] {
        let seat = house.seat(username);
        let password = if username == "ana" { OWNER_PASSWORD } else { PASSWORD };
        let me = seat.done("portfolio.begin_view", json!({}));
        assert_eq!(me["client_view"], true);
        let before = house.rows();
        for command in COMMANDS.iter().filter(|command| !STILL.contains(&command.name)) {
            for args in [json!({}), json!({"username": username, "password": password})] {
                let fault = seat.ask(command.name, args).unwrap_err();
                assert_eq!(fault["code"], "client_view", "{} by {username}", command.name);
            }
        }
        assert_same_rows(&before, &house.rows());
        // A window that is drawn anew finds where it was.
        assert_eq!(seat.done("desk.status", json!({}))["client_view"], true);
        assert_eq!(seat.done("session.whoami", json!({}))["client_view"], true);
        // Beginning again is no way out.
        seat.done("portfolio.begin_view", json!({}));
        assert_eq!(seat.ask("agenda.list", json!({"day": "2026-11-20"})).unwrap_err()["code"], "client_view");
        let wrong = seat.ask("portfolio.end_view", json!({"password": "wrong"})).unwrap_err();
        assert_eq!((&wrong["code"], &wrong["params"]["tries_left"]), (&json!("bad_credentials"), &json!(4)));
        assert_eq!(seat.ask("agenda.list", json!({"day": "2026-11-20"})).unwrap_err()["code"], "client_view");
        let me = seat.done("portfolio.end_view", json!({"password": password}));
        assert_eq!(me["client_view"], false);
        seat.done("agenda.list", json!({"day": "2026-11-20"}));
        assert_eq!(seat.done("desk.status", json!({}))["client_view"], false);
    }
    // Other desks of the same studio go on meanwhile.
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    mara.done("portfolio.begin_view", json!({}));
    sam.done("agenda.list", json!({"day": "2026-11-20"}));
    // Locking gives nothing away: it asks for a password too.
    mara.done("session.lock", json!({}));
    assert_eq!(mara.refused("agenda.list", json!({"day": "2026-11-20"})), "no_session");
    let journal = house.count("SELECT count(*) FROM journal WHERE outcome = 'client_view'");
    assert!(journal > 0, "D20: refusals are journaled");
    house.assert_holds();
}

#[test]
fn attack_21_guessing_the_way_out_of_the_clients_view_is_guessing_a_sign_in() {
    let house = House::staffed();
    let mara = house.seat("mara");
    mara.done("portfolio.begin_view", json!({}));
    for left in (0..5).rev() {
        let fault = mara.ask("portfolio.end_view", json!({"password": "guess"})).unwrap_err();
        assert_eq!(fault["params"]["tries_left"], left);
    }
    // The right one waits as well, here and at the sign-in.
    assert_eq!(mara.refused("portfolio.end_view", json!({"password": PASSWORD})), "throttled");
    let sign_in = json!({"username": "mara", "password": PASSWORD});
    let other = house.desk.beside();
    assert_eq!(ask(&other, "session.sign_in", None, sign_in).unwrap_err()["code"], "throttled");
    assert_eq!(
        house.seat("sam").refused("portfolio.end_view", json!({"password": "guess"})),
        "bad_credentials"
    );
    house.clock.pass(31_000);
    // Another member's password is not this one's.
    assert_eq!(mara.refused("portfolio.end_view", json!({"password": OWNER_PASSWORD})), "bad_credentials");
    house.clock.pass(61_000);
    mara.done("portfolio.end_view", json!({"password": PASSWORD}));
    mara.done("session.drafts", json!({}));
    house.assert_holds();
}

#[test]
fn a_client_is_shown_what_is_published_and_no_names_of_clients() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let artist = house.artists[0].clone();
    let (_, visit, signed) = tattooed(&house, "Joana Melo", true);
    let linked = text(&add(&mara, &artist, json!({"appointment_id": visit, "title": "Fern"}))["id"]);
    let hidden = text(&add(&mara, &artist, json!({"base64": picture(1), "published": false}))["id"]);
    let removed = text(&add(&mara, &artist, json!({"base64": picture(2)}))["id"]);
    mara.done("portfolio.remove", json!({"item_ids": [removed]}));
    let code = |id: &str| match mara.ask("portfolio.show", json!({"item_id": id, "size": "thumb"})) {
        Ok(_) => "shown".to_owned(),
        Err(fault) => text(&fault["code"]),
    };
    assert_eq!(code(&hidden), "shown", "the studio sees it");
    mara.done("portfolio.begin_view", json!({}));
    let view = mara.done("portfolio.view", json!({}));
    assert_eq!(ids(&view["pictures"]), [linked.as_str()]);
    assert_eq!(view["artists"], json!([{"artist_id": artist, "name": "Mara Quill"}]));
    assert!(!view.to_string().contains("Joana"));
    assert_eq!(
        [&linked, &hidden, &removed].map(|id| code(id)),
        ["shown", "not_found", "not_found"].map(str::to_owned)
    );
    // Taken back while somebody looks.
    house.clock.pass(MINUTE);
    house.owner().done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert_eq!(code(&linked), "not_found");
    assert!(ids(&mara.done("portfolio.view", json!({}))["pictures"]).is_empty());
}

#[test]
fn d24_a_desk_left_in_the_clients_view_locks_and_an_elevation_does_not_outlive_it() {
    let house = House::staffed();
    let sam = house.elevated("sam");
    sam.done("portfolio.begin_view", json!({}));
    let me = sam.done("portfolio.end_view", json!({"password": PASSWORD}));
    assert_eq!(me["elevation"], Value::Null);
    sam.done("portfolio.begin_view", json!({}));
    house.clock.pass(6 * MINUTE);
    assert_eq!(sam.refused("session.whoami", json!({})), "no_session");
    assert_eq!(sam.done("desk.status", json!({}))["client_view"], false);
    // Whoever comes next signs in as ever.
    let args = json!({"username": "bea", "password": PASSWORD});
    assert_eq!(sam.done("session.sign_in", args)["client_view"], false);
    // Archived while their desk was with a client: nobody is there any more.
    let mara = house.seat("mara");
    mara.done("portfolio.begin_view", json!({}));
    house.owner().done("staff.set_active", json!({"member_id": mara.member, "active": false}));
    assert_eq!(mara.refused("portfolio.end_view", json!({"password": PASSWORD})), "no_session");
    assert_eq!(mara.done("desk.status", json!({}))["signed_in"], false);
}
