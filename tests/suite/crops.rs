//! Parts of pictures in portfolios: cut from what was kept, cut anew and undone, and never a way round whose skin it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::export;
use serde_json::{Value, json};

use crate::backups::{backups, look, shelf};
use crate::consent::sign;
use crate::pictures::{encoded, files, unpacked};
use crate::portfolio::{add, listed, row, shown, tattooed};
use crate::studio_house::{
    House, MINUTE, NOBODY, Seat, conflict, denied, folder, fresh_key, invalid, text, told,
};

const RED: [u8; 3] = [200, 30, 30];
const GREEN: [u8; 3] = [30, 180, 40];
const BLUE: [u8; 3] = [30, 40, 200];
const YELLOW: [u8; 3] = [220, 210, 30];

/// 400 by 320: red and green above blue and yellow.
fn quarters() -> String {
    let image = image::RgbImage::from_fn(400, 320, |x, y| {
        image::Rgb(match (x < 200, y < 160) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => YELLOW,
        })
    });
    STANDARD.encode(encoded(image::DynamicImage::ImageRgb8(image), image::ImageFormat::Png))
}

fn rect(x: i64, y: i64, width: i64, height: i64) -> Value {
    json!({"x": x, "y": y, "width": width, "height": height})
}

fn crop(seat: &Seat, id: &str, part: Value) -> Value {
    seat.done("portfolio.crop", json!({"item_id": id, "crop": part}))
}

fn bytes(seat: &Seat, id: &str, size: &str) -> Vec<u8> {
    unpacked(&text(&seat.done("portfolio.show", json!({"item_id": id, "size": size}))["base64"]))
}

fn drawn(seat: &Seat, id: &str, size: &str) -> image::RgbImage {
    image::load_from_memory(&bytes(seat, id, size)).unwrap().into_rgb8()
}

/// Whether a pixel has this colour, as near as a JPEG comes to it.
#[track_caller]
fn assert_is(image: &image::RgbImage, x: u32, y: u32, colour: [u8; 3]) {
    let found = image.get_pixel(x, y).0;
    let near = found.iter().zip(colour).all(|(found, wanted)| found.abs_diff(wanted) < 12);
    assert!(near, "at {x}, {y}: {found:?} for {colour:?}");
}

fn put(seat: &Seat, artist: &str) -> String {
    text(&add(seat, artist, json!({"base64": quarters()}))["id"])
}

#[test]
fn t124_a_part_is_cut_from_the_whole_picture_each_time_and_the_whole_one_comes_back() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let id = put(&mara, &house.artists[0]);
    let before = row(&mara, &id);
    assert_eq!(
        (&before["crop"], &before["original_width"], &before["original_height"]),
        (&Value::Null, &json!(400), &json!(320))
    );
    let whole = ["full", "thumb"].map(|size| bytes(&mara, &id, size));
    let names = files(&house.file);
    assert_eq!(names.len(), 2);
    assert_eq!(bytes(&mara, &id, "original"), whole[0], "nothing was cut yet");

    // The lower right, with a strip of green above it.
    let first = crop(&mara, &id, rect(240, 140, 120, 100));
    assert_eq!(
        (&first["width"], &first["height"], &first["crop"]),
        (&json!(120), &json!(100), &rect(240, 140, 120, 100))
    );
    assert_eq!((&first["original_width"], &first["original_height"]), (&json!(400), &json!(320)));
    assert_ne!(first["version"], before["version"]);
    assert_eq!(row(&mara, &id), first);
    for size in ["full", "thumb"] {
        let part = drawn(&mara, &id, size);
        assert_eq!(part.dimensions(), (120, 100));
        assert_is(&part, 60, 6, GREEN);
        assert_is(&part, 60, 60, YELLOW);
        assert_is(&part, 4, 90, YELLOW);
    }
    assert_eq!(bytes(&mara, &id, "original"), whole[0]);
    assert_eq!(files(&house.file).len(), 4, "the whole one stays");

    // Elsewhere in the whole picture, outside what was shown of it.
    let second = crop(&mara, &id, rect(0, 100, 150, 200));
    let part = drawn(&mara, &id, "full");
    assert_eq!(part.dimensions(), (150, 200));
    assert_is(&part, 70, 10, RED);
    assert_is(&part, 70, 150, BLUE);
    assert_eq!(files(&house.file).len(), 4, "the part from before is gone, and cut again when it is wanted");
    assert_eq!(crop(&mara, &id, rect(240, 140, 120, 100))["version"], first["version"]);
    assert_eq!(crop(&mara, &id, rect(0, 100, 150, 200))["version"], second["version"]);
    assert_eq!(crop(&mara, &id, rect(0, 100, 150, 200)), second, "the same again changes nothing");
    house.assert_holds();
    assert_eq!(house.verify().pictures, 2, "both are looked at");

    // All of it is no part of it, and neither is nothing.
    for part in [rect(0, 0, 400, 320), Value::Null] {
        crop(&mara, &id, rect(0, 0, 64, 64));
        assert_eq!(crop(&mara, &id, part), before, "as if it had never been cut");
        assert_eq!(["full", "thumb"].map(|size| bytes(&mara, &id, size)), whole);
        assert_eq!(files(&house.file), names);
    }
    assert_eq!(crop(&mara, &id, Value::Null), before, "there was nothing to undo");
    house.assert_holds();
    let told = house.count(
        "SELECT count(*) FROM journal WHERE command = 'portfolio.crop' AND outcome = 'done'
             AND json_extract(details, '$.picture') IS NOT NULL AND json_extract(details, '$.artist') IS NOT NULL",
    );
    assert_eq!(told, 10);
}

#[test]
fn t124_what_is_said_of_a_picture_stays_while_it_is_cut_and_a_retry_cuts_once() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let more = json!({"base64": quarters(), "title": "Fern", "styles": ["Botanical"], "featured": true});
    let id = text(&add(&mara, &house.artists[0], more)["id"]);
    let (key, args) = (fresh_key(), json!({"item_id": id, "crop": rect(10, 10, 100, 80)}));
    let first = mara.ask_with("portfolio.crop", &key, args.clone()).unwrap();
    assert_eq!(
        (&first["title"], &first["styles"], &first["featured"]),
        (&json!("Fern"), &json!(["Botanical"]), &json!(true))
    );
    // It went in, but nobody heard of it; meanwhile it was removed.
    mara.done("portfolio.remove", json!({"item_ids": [id]}));
    let again = house.leaves_no_trace(|| mara.ask_with("portfolio.crop", &key, args).unwrap());
    assert_eq!(again, first);
    let other = json!({"item_id": id, "crop": null});
    assert!(mara.ask_with("portfolio.crop", &key, other).is_err(), "a key is of one request");

    // Removed, it is not cut; brought back, it is as it was.
    let args = json!({"item_id": id, "crop": null});
    assert_eq!(told(&house, &mara, "portfolio.crop", args), json!(["not_found", {"what": "picture"}]));
    let args = json!({"item_id": id, "size": "original"});
    assert_eq!(told(&house, &mara, "portfolio.show", args), json!(["not_found", {"what": "picture"}]));
    mara.done("portfolio.restore", json!({"item_ids": [id]}));
    assert_eq!(row(&mara, &id), first);
    assert_eq!(files(&house.file).len(), 4);
    house.assert_holds();
}

#[test]
fn t032_to_t034_attack_41_whoever_may_edit_a_picture_cuts_it_and_sees_what_it_was_cut_from() {
    let house = House::staffed();
    let (mara, dario) = (house.artists[0].clone(), house.artists[1].clone());
    let owner = house.owner();
    let (hers, his) = (put(&owner, &mara), put(&owner, &dario));
    crop(&owner, &hers, rect(0, 0, 100, 100));
    crop(&owner, &his, rect(0, 0, 100, 100));
    let before = files(&house.file);
    let cut = |id: &str| json!({"item_id": id, "crop": rect(200, 0, 100, 100)});
    let original = |id: &str| json!({"item_id": id, "size": "original"});
    for (name, seat) in [("sam", house.seat("sam")), ("sam with the code", house.elevated("sam"))] {
        for command in [("portfolio.crop", cut(&hers)), ("portfolio.show", original(&hers))] {
            assert_eq!(told(&house, &seat, command.0, command.1), denied("role"), "T034: {name}");
        }
        let seen = row(&seat, &hers);
        assert_eq!((&seen["crop"], &seen["original_width"]), (&Value::Null, &json!(100)), "{name}");
    }
    let (mara_seat, pia) = (house.seat("mara"), house.seat("pia"));
    for seat in [&mara_seat, &pia] {
        for id in [his.as_str(), NOBODY] {
            assert_eq!(told(&house, seat, "portfolio.crop", cut(id)), denied("not_yours"));
            assert_eq!(told(&house, seat, "portfolio.show", original(id)), denied("not_yours"));
        }
        assert_eq!(row(seat, &his)["crop"], Value::Null);
        assert_eq!(drawn(seat, &his, "full").dimensions(), (100, 100), "T031");
    }
    assert_eq!(files(&house.file), before, "what was refused lies nowhere");
    for (name, id) in [("mara", &hers), ("bea", &his), ("ana", &hers), ("dario", &his)] {
        let seat = house.seat(name);
        assert_eq!(drawn(&seat, id, "original").dimensions(), (400, 320));
        assert_eq!(crop(&seat, id, rect(200, 0, 100, 100))["crop"], rect(200, 0, 100, 100), "{name}");
    }
    let own = put(&pia, pia.artist.as_deref().unwrap());
    crop(&pia, &own, rect(0, 0, 100, 100));

    // In a client's hands the desk shows the part, whoever handed it over.
    mara_seat.done("portfolio.begin_view", json!({}));
    let view = mara_seat.done("portfolio.view", json!({}));
    let seen = view["pictures"].as_array().unwrap().iter().find(|each| each["id"] == hers).unwrap();
    assert_eq!((&seen["width"], &seen["height"], seen.get("crop")), (&json!(100), &json!(100), None));
    assert_eq!(drawn(&mara_seat, &hers, "full").dimensions(), (100, 100));
    let fault = mara_seat.ask("portfolio.show", original(&hers)).unwrap_err();
    assert_eq!(fault["code"], "not_found");
    house.assert_holds();
}

#[test]
fn d18_a_part_that_cannot_be_is_refused_and_leaves_nothing() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let id = put(&mara, &house.artists[0]);
    let before = files(&house.file);
    let refused = |id: &str, part: Value| {
        let told = told(&house, &mara, "portfolio.crop", json!({"item_id": id, "crop": part}));
        assert_eq!(files(&house.file).len(), before.len(), "{part}");
        told
    };
    let most = i64::MAX;
    for part in [
        rect(-1, 0, 100, 100),
        rect(0, -1, 100, 100),
        rect(301, 0, 100, 100),
        rect(0, 221, 100, 100),
        rect(0, 0, 401, 320),
        rect(0, 0, 400, 321),
        rect(400, 0, 64, 64),
        rect(most, most, most, most),
        rect(1, 1, most, most),
        rect(i64::MIN, 0, most, 64),
    ] {
        assert_eq!(refused(&id, part.clone()), invalid("crop", "outside the picture"), "{part}");
    }
    for part in
        [rect(0, 0, 0, 0), rect(0, 0, 0, 100), rect(0, 0, 100, -5), rect(0, 0, 63, 100), rect(0, 0, 100, 63)]
    {
        assert_eq!(refused(&id, part.clone()), invalid("crop", "too small"), "{part}");
    }
    for part in [
        json!({"x": 0.5, "y": 0, "width": 100, "height": 100}),
        json!({"x": 0, "y": 0, "width": "100", "height": 100}),
        json!({"x": 0, "y": 0, "width": 100}),
        json!({"x": 0, "y": 0, "width": 100, "height": 100, "rotate": 90}),
        json!([0, 0, 100]),
        json!({"x": 0, "y": 0, "width": 18_446_744_073_709_551_615_u64, "height": 100}),
    ] {
        assert_eq!(refused(&id, part.clone())[0], "invalid", "{part}");
    }
    // Where a side is shorter than what is asked of a part, it may be kept whole.
    let thin = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(300, 40, image::Rgb(RED)));
    let thin = STANDARD.encode(encoded(thin, image::ImageFormat::Png));
    let strip = text(&add(&mara, &house.artists[0], json!({"base64": thin}))["id"]);
    assert_eq!(crop(&mara, &strip, rect(100, 0, 64, 40))["width"], 64);
    let part = json!({"item_id": strip, "crop": rect(100, 0, 64, 39)});
    assert_eq!(told(&house, &mara, "portfolio.crop", part), invalid("crop", "too small"));
    house.assert_holds();
}

/// A picture of a visit of Mara's in her portfolio, and what was signed about pictures.
fn of_a_visit(house: &House, name: &str) -> (String, String, String, String, Value) {
    let (client, visit, signed) = tattooed(house, name, true);
    let mara = house.seat("mara");
    let args = json!({"appointment_id": visit, "kind": "result", "base64": quarters()});
    let picture = text(&mara.done("pictures.add", args)["id"]);
    let id = text(&mara.done("portfolio.from_visit", json!({"picture_id": picture}))["id"]);
    (client, visit, picture, id, signed)
}

#[test]
fn p16_t127_a_part_of_a_clients_picture_stays_theirs_and_goes_with_them() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let (joana, visit, picture, id, signed) = of_a_visit(&house, "Joana Melo");
    crop(&mara, &id, rect(208, 168, 144, 128));
    // The visit's own picture is whole, and known to be in the portfolio.
    let listed_there = mara.done("pictures.list", json!({"appointment_id": visit}));
    assert_eq!((&listed_there[0]["in_portfolio"], &listed_there[0]["width"]), (&json!(true), &json!(400)));
    let again = json!({"picture_id": picture});
    assert_eq!(told(&house, &mara, "portfolio.from_visit", again), conflict("in_portfolio"));
    // Named or not, it is hers.
    let not_theirs = invalid("client_id", "a picture of another client");
    let away = json!({"item_ids": [id], "client_id": ""});
    assert_eq!(told(&house, &mara, "portfolio.edit", away), not_theirs);
    let (rui, ..) = tattooed(&house, "Rui Tavares", true);
    let his = json!({"item_ids": [id], "client_id": rui});
    assert_eq!(told(&house, &mara, "portfolio.edit", his), not_theirs);
    // What is shown of it, sent as if it were a picture of its own, is hers as well.
    let part = STANDARD.encode(bytes(&mara, &id, "full"));
    let copied = add(&mara, &house.artists[0], json!({"base64": part}));
    assert_eq!(copied["version"], row(&mara, &id)["version"], "the same bytes");
    assert_eq!(copied["client"]["id"], json!(joana));
    let copied = text(&copied["id"]);
    assert_eq!(shown(&owner).len(), 2);

    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert!(shown(&owner).is_empty(), "taken back: out of sight, all of it and parts of it");
    assert_eq!(row(&mara, &id)["permission"], "missing");
    let other = text(&add(&mara, &house.artists[0], json!({"base64": part}))["id"]);
    assert_eq!(row(&mara, &other)["permission"], "missing", "nobody is named, and she does not agree");
    let cut = crop(&mara, &other, rect(0, 0, 64, 64));
    assert_eq!(cut["permission"], "missing", "nor does a part of that part lose whose skin it is");
    // No other part of it is a way round that, nor all of it.
    for part in [rect(0, 0, 100, 100), Value::Null, rect(208, 168, 144, 128)] {
        let cut = crop(&mara, &id, part);
        assert_eq!((&cut["permission"], &cut["shown"]), (&json!("missing"), &json!(false)));
    }
    let seat = house.seat("mara");
    seat.done("portfolio.begin_view", json!({}));
    for size in ["thumb", "full", "original"] {
        let fault = seat.ask("portfolio.show", json!({"item_id": id, "size": size})).unwrap_err();
        assert_eq!(fault["code"], "not_found", "{size}");
    }
    let told_her = owner.done("clients.personal_data", json!({"client_id": joana}));
    let told_her: Value = serde_json::from_str(told_her["text"].as_str().unwrap()).unwrap();
    assert_eq!(told_her["portfolio"].as_array().unwrap().len(), 3, "{copied} and {other} too");

    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana Melo"}));
    assert!(listed(&owner, json!({})).is_empty());
    assert!(
        files(&house.file).is_empty(),
        "neither the part nor what it was cut from: {:?}",
        files(&house.file)
    );
    assert_eq!(house.count("SELECT count(*) FROM gone_pictures"), 0);
    house.assert_holds();
}

#[test]
fn p16_a_part_of_a_picture_without_a_visit_goes_with_the_client_who_was_named() {
    let house = House::staffed();
    let (owner, mara) = (house.owner(), house.seat("mara"));
    let (joana, visit, signed) = tattooed(&house, "Joana Melo", true);
    let named = json!({"base64": quarters(), "client_id": joana});
    let id = text(&add(&mara, &house.artists[0], named)["id"]);
    // Somebody else's portfolio has the same picture: it is hers as well, and goes as well.
    let his = text(&add(&owner, &house.artists[1], json!({"base64": quarters()}))["id"]);
    assert_eq!(row(&owner, &his)["client"]["id"], json!(joana));
    crop(&mara, &id, rect(0, 0, 120, 120));
    mara.done("portfolio.remove", json!({"item_ids": [id]}));
    mara.done("portfolio.restore", json!({"item_ids": [id]}));
    assert_eq!(files(&house.file).len(), 4);
    house.clock.pass(MINUTE);
    owner.done("consent.withdraw", json!({"consent_id": signed["id"]}));
    assert!(shown(&owner).is_empty());
    // What is shown of it, sent as a picture of its own, is hers; also once another part is shown of the first.
    let part = STANDARD.encode(bytes(&mara, &id, "full"));
    let copied = add(&mara, &house.artists[0], json!({"base64": part}));
    assert_eq!(copied["version"], row(&mara, &id)["version"], "the same bytes");
    assert_eq!(copied["permission"], "missing");
    crop(&mara, &id, rect(0, 0, 200, 200));
    assert_eq!(row(&mara, &text(&copied["id"]))["permission"], "missing");
    // And all of it, where a part stands by itself that somebody was named for.
    crop(&owner, &his, rect(100, 100, 120, 120));
    let cut_anew = add(&owner, &house.artists[1], json!({"base64": quarters()}));
    assert_eq!(cut_anew["permission"], "missing");
    assert!(shown(&owner).is_empty());
    sign(&owner, &visit, "image", json!({"image_use": true}));
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana Melo"}));
    assert!(listed(&owner, json!({})).is_empty());
    assert!(files(&house.file).is_empty(), "{:?}", files(&house.file));
    house.assert_holds();
}

#[test]
fn p16_bytes_that_a_visit_names_stay_when_a_part_is_undone() {
    let house = House::staffed();
    let owner = house.owner();
    let his = text(&add(&owner, &house.artists[1], json!({"base64": quarters()}))["id"]);
    // A picture that a visit keeps stays when a part of it is undone in a portfolio.
    crop(&owner, &his, rect(0, 0, 120, 120));
    let rui = house.client("Rui Tavares");
    let part = STANDARD.encode(bytes(&owner, &his, "full"));
    owner.done("pictures.add", json!({"client_id": rui, "kind": "reference", "base64": part}));
    crop(&owner, &his, Value::Null);
    assert_eq!(files(&house.file).len(), 4, "the visit's row names the same bytes");
    house.assert_holds();
}

#[test]
fn f10_a_lost_part_and_a_lost_original_are_found_and_nothing_is_cut_from_what_is_damaged() {
    let house = House::staffed();
    let mara = house.seat("mara");
    let id = put(&mara, &house.artists[0]);
    let whole = files(&house.file);
    crop(&mara, &id, rect(10, 10, 100, 100));
    let all = files(&house.file);
    assert_eq!(all.len(), 4);
    for path in &all {
        let kept = std::fs::read(path).unwrap();
        let mut flipped = kept.clone();
        flipped[kept.len() / 2] ^= 1;
        std::fs::write(path, flipped).unwrap();
        assert_eq!(house.verify().problems.len(), 1, "{}", path.display());
        std::fs::remove_file(path).unwrap();
        assert_eq!(house.verify().problems.len(), 1);
        if whole.contains(path) && !path.to_string_lossy().ends_with(".thumb.jpg") {
            for part in [rect(0, 0, 100, 100), Value::Null] {
                let args = json!({"item_id": id, "crop": part});
                let lost = json!(["damaged", {"reason": "picture"}]);
                assert_eq!(told(&house, &mara, "portfolio.crop", args), lost);
            }
            mara.done("portfolio.show", json!({"item_id": id, "size": "full"}));
        }
        std::fs::write(path, kept).unwrap();
        house.assert_holds();
    }
    // Nobody makes a part of nothing by hand.
    let raw = house.raw();
    for sql in [
        "UPDATE portfolio_items SET original_hash = '../../etc/passwd'",
        "UPDATE portfolio_items SET original_hash = NULL",
        "UPDATE portfolio_items SET crop_x = 301",
        "UPDATE portfolio_items SET crop_y = NULL",
        "UPDATE portfolio_items SET original_thumb_hash = NULL",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn p11_backups_and_exports_have_the_part_and_what_it_was_cut_from() {
    let house = House::staffed();
    let owner = house.owner();
    let id = put(&owner, &house.artists[0]);
    let whole = bytes(&owner, &id, "original");
    let cut = crop(&owner, &id, rect(200, 160, 200, 160));
    look(&house);
    let newest = backups(&owner).remove(0);
    let name = text(&newest["name"]);
    let list = std::fs::read_to_string(shelf(&house).join(format!("{name}.list"))).unwrap();
    assert_eq!(list.lines().count(), 4, "{list}");
    let tried = owner.done("backups.test", json!({"name": name}));
    assert_eq!(json!([tried["holds"], tried["damaged"]]), json!([true, []]), "{tried}");

    let home = folder();
    let target = home.path().join("out");
    let done = export(&house.desk, &target).unwrap();
    assert_eq!((done.pictures, done.pictures_lost), (2, 0));
    let read = |path: &str| std::fs::read_to_string(target.join(path)).unwrap();
    let rows: Value = serde_json::from_str(&read("json/portfolio_items.json")).unwrap();
    let named = |column: &str| target.join(format!("pictures/{}.jpg", text(&rows[0][column])));
    assert_eq!(std::fs::read(named("original_hash")).unwrap(), whole);
    assert_eq!(std::fs::read(named("hash")).unwrap(), bytes(&owner, &id, "full"));
    assert_eq!(
        json!([rows[0]["crop_x"], rows[0]["crop_y"], rows[0]["width"], rows[0]["original_width"]]),
        json!([200, 160, 200, 400])
    );
    assert!(read("README.md").contains("| original_hash |"));

    // A lost one and a damaged one are named; a backup brings them back.
    let hash = text(&rows[0]["original_hash"]);
    let ending = format!("{hash}.jpg");
    let lost = files(&house.file).into_iter().find(|path| path.to_string_lossy().ends_with(&ending)).unwrap();
    for (name, damaged) in [("lost", None), ("damaged", Some("not what was put there"))] {
        std::fs::remove_file(&lost).unwrap();
        if let Some(damaged) = damaged {
            std::fs::write(&lost, damaged).unwrap();
        }
        let done = export(&house.desk, &home.path().join(name)).unwrap();
        assert_eq!((done.pictures, done.pictures_lost), (1, 1), "{name}");
        if damaged.is_none() {
            std::fs::write(&lost, "").unwrap();
        }
    }
    let backup = shelf(&house).join(format!("{name}.inkpoint"));
    drop(owner);
    house.desk.close();
    let place = inkpoint_core::Place::under(house.home.path());
    let desk = inkpoint_core::Desk::with(place, crate::studio_house::tools(house.clock.clone()));
    assert_eq!(inkpoint_core::restore(&desk, &backup, &house.file).unwrap().pictures_lost, 0);
    drop(desk);
    house.desk.open(&house.file).unwrap();
    let owner = house.owner();
    assert_eq!(row(&owner, &id), cut);
    crop(&owner, &id, Value::Null);
    assert_eq!(bytes(&owner, &id, "full"), whole);
    house.assert_holds();
}
