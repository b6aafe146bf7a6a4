//! The reception board, walk-ins and the wait-list through the door.

use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, text};

fn names(board: &Value) -> Vec<String> {
    board["walk_ins"].as_array().unwrap().iter().map(|one| text(&one["client_name"])).collect()
}

#[test]
fn a014_d23_the_board_is_for_the_desk_and_for_whoever_has_the_switch() {
    let house = House::staffed();
    let client = house.client("Joana");
    let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 3));
    let (mara, owner) = (house.seat("mara"), house.owner());
    house.leaves_no_trace(|| {
        assert_eq!(mara.refused("board.today", json!({})), "denied");
        assert_eq!(mara.refused("board.step", json!({"appointment_id": mine, "to": "arrived"})), "denied");
    });
    let switch = |on: Value| {
        owner
            .done("staff.set_switch", json!({"member_id": mara.member, "name": "reception_board", "on": on}));
    };
    switch(json!(true));
    // From the board a colleague's client is checked in, from the agenda still not.
    mara.done("board.step", json!({"appointment_id": theirs, "to": "arrived"}));
    assert_eq!(mara.refused("agenda.arrive", json!({"appointment_id": theirs})), "denied");
    let board = mara.done("board.today", json!({}));
    assert!(board["cards"].as_array().unwrap().iter().all(|card| card["detail"].is_object()));
    // Done and no-show are the agenda's.
    for to in ["completed", "no_show", "cancelled", "booked"] {
        assert_eq!(mara.why("board.step", json!({"appointment_id": theirs, "to": to})), "invalid: to");
    }
    switch(Value::Null);
    assert_eq!(mara.refused("board.today", json!({})), "denied", "the next command has the new rights");
}

#[test]
fn d08_the_artist_hears_that_the_client_is_there() {
    let house = House::staffed();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    house.seat("sam").done("board.step", json!({"appointment_id": visit, "to": "arrived"}));
    let told = house.seat("mara").done("session.notices", json!({}));
    assert_eq!((&told[0]["kind"], &told[0]["details"]["client"]), (&json!("client_here"), &json!("Joana")));
    assert_eq!(house.seat("dario").done("session.notices", json!({})), json!([]));
    // Whoever takes the client in themselves needs no notice.
    let second = house.book(0, &client, 4);
    house.seat("mara").done("agenda.arrive", json!({"appointment_id": second}));
    assert_eq!(house.seat("mara").done("session.notices", json!({})).as_array().unwrap().len(), 1);
    assert_eq!(house.seat("mara").done("session.whoami", json!({}))["unread"], 1);
    // Tomorrow it is no news.
    house.clock.pass(u64::try_from(12 * HOUR).unwrap());
    let mara = house.seat("mara");
    assert_eq!(mara.done("session.notices", json!({})), json!([]));
    assert_eq!(mara.done("session.whoami", json!({}))["unread"], 0);
}

#[test]
fn ask_16_a_walk_in_waits_for_whoever_has_room_first() {
    let house = House::staffed();
    // 09:00 in the studio; it opens at 10:00. Mara is booked 10:00 to 11:00.
    house.clock.pass(u64::try_from(2 * HOUR).unwrap());
    let sam = house.seat("sam");
    let regular = house.client("Regular");
    house.book(0, &regular, 2);
    let come = |name: &str, wish: &str, artist: Option<&str>| {
        let client = house.client(name);
        sam.done(
            "board.walk_in",
            json!({"client_id": client, "wish": wish, "artist_id": artist, "service_id": house.services[0]}),
        )
    };
    let board = come("First", "next", None);
    let turn = |board: &Value, at: usize| {
        let one = &board["walk_ins"][at];
        (one["turn_at"].as_i64().unwrap(), text(&one["turn_artist_id"]))
    };
    let now = board["now"].as_i64().unwrap();
    // Dario has room at once; Mara only after her visit.
    let (at, artist) = turn(&board, 0);
    assert_ne!(artist, house.artists[0], "Mara is taken");
    assert_eq!(at, now);
    let board = come("Second", "artist", Some(&house.artists[0]));
    assert_eq!(turn(&board, 1), (house.at(3), house.artists[0].clone()));
    let board = come("Third", "none", None);
    assert_eq!(names(&board), ["First", "Second", "Third"], "first come first");
    assert!(turn(&board, 2).0 <= house.at(3));
    // Whoever waits is not put on the board twice.
    let client = text(&board["walk_ins"][0]["client_id"]);
    assert_eq!(
        sam.why("board.walk_in", json!({"client_id": client, "wish": "next"})),
        "conflict: waits_already"
    );
    // Their turn: a visit that begins now and remembers when they came.
    let walk_in = text(&board["walk_ins"][0]["id"]);
    house.clock.pass(600_000);
    let sam = house.seat("sam");
    let taken =
        json!({"walk_in_id": walk_in, "artist_id": house.artists[0], "service_id": house.services[0]});
    assert_eq!(sam.why("board.seat", taken), "conflict: overlap", "Mara is still taken");
    let board = sam.done(
        "board.seat",
        json!({"walk_in_id": walk_in, "artist_id": house.artists[1], "service_id": house.services[0]}),
    );
    assert_eq!(names(&board), ["Second", "Third"]);
    let card = board["cards"].as_array().unwrap().iter().find(|card| card["client_name"] == "First").unwrap();
    assert_eq!(card["detail"]["status"], "in_session");
    assert_eq!(card["detail"]["arrived_at"], now);
    // And one who did not want to wait.
    let second = text(&board["walk_ins"][0]["id"]);
    let board = sam.done("board.leave", json!({"walk_in_id": second, "reason": "comes back tomorrow"}));
    assert_eq!(names(&board), ["Third"]);
    assert_eq!(sam.refused("board.leave", json!({"walk_in_id": second})), "not_found");
    house.assert_holds();
}

#[test]
fn a_wish_names_an_artist_or_does_not() {
    let house = House::staffed();
    let client = house.client("Joana");
    let sam = house.seat("sam");
    let ask = |wish: &str, artist: Value| {
        sam.why("board.walk_in", json!({"client_id": client, "wish": wish, "artist_id": artist}))
    };
    assert_eq!(ask("artist", Value::Null), "invalid: artist_id");
    assert_eq!(ask("next", json!(house.artists[0])), "invalid: artist_id");
    let nobody = json!({"client_id": "nobody", "wish": "next"});
    assert_eq!(sam.refused("board.walk_in", nobody), "not_found");
}

#[test]
fn the_wait_list_knows_who_fits_a_freed_slot() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let add = |name: &str, artist: Value, from: &str, until: &str, minutes: i64| {
        let client = house.client(name);
        sam.done(
            "waitlist.add",
            json!({"client_id": client, "artist_id": artist, "service_id": house.services[0], "minutes": minutes,
                "from": from, "until": until}),
        )
    };
    add("Any", Value::Null, "2026-11-20", "2026-11-30", 60);
    add("Mara only", json!(house.artists[0]), "2026-11-20", "2026-11-30", 60);
    add("Dario only", json!(house.artists[1]), "2026-11-20", "2026-11-30", 60);
    add("Too long", Value::Null, "2026-11-20", "2026-11-30", 180);
    add("Another week", Value::Null, "2026-11-25", "2026-11-30", 60);
    let slot = |artist: usize| json!({"artist_id": house.artists[artist], "starts_at": house.at(2), "ends_at": house.at(3)});
    let who = |fits: &Value| -> Vec<String> {
        fits.as_array().unwrap().iter().map(|one| text(&one["client_name"])).collect()
    };
    // Whoever wants this artist comes first, then whoever takes any.
    assert_eq!(who(&sam.done("waitlist.fits", slot(0))), ["Mara only", "Any"]);
    // D28: an artist sees who waits for them, and nobody else.
    let mara = house.seat("mara");
    assert_eq!(who(&mara.done("waitlist.list", json!({}))), ["Mara only"]);
    assert_eq!(who(&mara.done("waitlist.fits", slot(0))), ["Mara only"]);
    assert_eq!(who(&mara.done("waitlist.fits", slot(1))), Vec::<String>::new());
    let all = sam.done("waitlist.list", json!({}));
    let id = |name: &str| {
        let found = all.as_array().unwrap().iter().find(|one| one["client_name"] == name);
        text(&found.unwrap()["id"])
    };
    let client = house.client("For anybody");
    house.leaves_no_trace(|| {
        let theirs = json!({"waiting_id": id("Dario only"), "outcome": "withdrawn"});
        assert_eq!(mara.refused("waitlist.settle", theirs), "denied");
        let anybodys = json!({"waiting_id": id("Any"), "outcome": "withdrawn"});
        assert_eq!(mara.refused("waitlist.settle", anybodys), "denied");
        let add = json!({"client_id": client, "service_id": house.services[0], "from": "2026-11-20",
            "until": "2026-11-21"});
        assert_eq!(mara.refused("waitlist.add", add), "denied", "only for herself");
    });
}

#[test]
fn a_wait_that_is_settled_leaves_the_list() {
    let house = House::staffed();
    let (client, owner) = (house.client("Joana"), house.owner());
    let list = owner.done(
        "waitlist.add",
        json!({"client_id": client, "service_id": house.services[1], "from": "2026-11-21", "until": "2026-11-22"}),
    );
    assert_eq!(list[0]["minutes"], 90, "the service's length");
    let settle = json!({"waiting_id": list[0]["id"], "outcome": "booked"});
    assert_eq!(owner.done("waitlist.settle", settle.clone()), json!([]));
    assert_eq!(owner.refused("waitlist.settle", settle), "not_found");
    let wrong = json!({"client_id": client, "service_id": house.services[1], "from": "2026-11-22",
        "until": "2026-11-21"});
    assert_eq!(owner.why("waitlist.add", wrong), "invalid: until");
}

#[test]
fn a_session_that_runs_over_keeps_its_artist_from_the_next() {
    let house = House::staffed();
    let owner = house.owner();
    let first = house.book(0, &house.client("Regular"), 1);
    let next = house.book(0, &house.client("Next"), 2);
    let waits = house.client("Walk-in");
    house.clock.pass(u64::try_from(HOUR).unwrap());
    let owner_now = house.owner();
    owner_now.done("agenda.start", json!({"appointment_id": first}));
    house.clock.pass(u64::try_from(2 * HOUR + HOUR / 6).unwrap());
    drop(owner);
    let owner = house.owner();
    owner.done("agenda.cancel", json!({"appointment_id": next}));
    let walk_in = json!({"client_id": waits, "wish": "artist", "artist_id": house.artists[0],
        "service_id": house.services[0]});
    let board = owner.done("board.walk_in", walk_in);
    let now = board["now"].as_i64().unwrap();
    assert_eq!(board["artists"][0]["visit_id"], first.as_str());
    assert!(board["artists"][0]["free_from"].as_i64().unwrap() > now);
    assert!(board["walk_ins"][0]["turn_at"].as_i64().unwrap() > now);
    let seat = json!({"walk_in_id": board["walk_ins"][0]["id"], "artist_id": house.artists[0],
        "service_id": house.services[0]});
    house.leaves_no_trace(|| assert_eq!(owner.why("board.seat", seat.clone()), "conflict: artist_busy"));
    owner.done("agenda.complete", json!({"appointment_id": first}));
    owner.done("clients.delete", json!({"client_id": waits}));
    assert_eq!(owner.why("board.seat", seat.clone()), "conflict: client_archived");
    owner.done("clients.restore", json!({"client_id": waits}));
    owner.done(
        "board.seat",
        json!({"minutes": 30, "walk_in_id": seat["walk_in_id"],
        "artist_id": seat["artist_id"], "service_id": seat["service_id"]}),
    );
    // Who was booked comes in all the same: the artist knows whom they tattoo.
    let second = house.book(0, &house.client("Third"), 6);
    owner.done("agenda.start", json!({"appointment_id": second}));
}
