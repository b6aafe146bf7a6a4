//! The computer's clock against the journal, which never runs back: told, written down, and vouched for before money
//! moves again (ledger rule 6, P9, F14).

use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, MINUTE, Seat, conflict, denied, fresh_key, told};

const DAY: i64 = 24 * HOUR;

fn open() -> (House, Value) {
    let house = House::staffed();
    let item = house.item("SOAP", 10_000, 100);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 10_000}]});
    (house, sale)
}

fn rows(house: &House, command: &str) -> i64 {
    house.count(&format!("SELECT count(*) FROM journal WHERE command = '{command}' AND outcome = 'done'"))
}

/// What the desk and whoever is signed in are told of the clock, which is the same.
#[track_caller]
fn clock(seat: &Seat) -> Value {
    let told = seat.done("session.whoami", json!({}))["clock"].clone();
    assert_eq!(seat.done("desk.status", json!({}))["studio"]["clock"], told);
    told
}

#[test]
fn f14_p09_two_minutes_back_are_nothing_and_more_is_told_and_written_down_once() {
    let (house, sale) = open();
    let last_at = house.now();
    house.clock.jump(-2 * 60_000);
    let owner = house.owner();
    assert_eq!(clock(&owner), Value::Null);
    owner.done("till.sell", sale.clone());
    assert_eq!(rows(&house, "clock_regressed"), 0);

    house.clock.jump(-HOUR);
    drop(owner);
    let owner = house.owner();
    let now = house.now();
    assert_eq!(clock(&owner), json!({"clock": now, "last_at": last_at, "money_waits": false}));
    for _ in 0..3 {
        house.clock.pass(MINUTE);
        owner.done("till.sell", sale.clone());
    }
    drop(owner);
    house.restart();
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    assert_eq!(rows(&house, "clock_regressed"), 1, "once for a clock that was set back once");
    let kept = house.raw();
    let details: String = kept
        .query_row("SELECT details FROM journal WHERE command = 'clock_regressed'", [], |row| row.get(0))
        .unwrap();
    let details: Value = serde_json::from_str(&details).unwrap();
    assert_eq!(details, json!({"wall": now, "behind": last_at - now}));
    assert_eq!(house.count("SELECT max(at) FROM sales"), last_at, "nothing is dated before what was there");

    // Set back once more it is another time, and after it has caught up none at all.
    house.clock.jump(-HOUR);
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    assert_eq!(rows(&house, "clock_regressed"), 2);
    house.clock.jump(3 * HOUR);
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    assert_eq!(clock(&owner), Value::Null);
    house.clock.jump(-HOUR);
    house.owner().done("till.sell", sale);
    assert_eq!(rows(&house, "clock_regressed"), 3);
    house.assert_holds();
}

#[test]
fn f14_more_than_a_day_back_no_money_moves_until_the_owner_or_an_admin_finds_the_clock_right() {
    let (house, sale) = open();
    let key = fresh_key();
    let sold = house.owner().ask_with("till.sell", &key, sale.clone()).unwrap();
    house.clock.jump(-DAY);
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    assert_eq!(
        told(&house, &owner, "security.confirm_clock", json!({})),
        conflict("clock_right"),
        "a day is borne"
    );

    house.clock.jump(-60_000);
    drop(owner);
    let owner = house.owner();
    assert_eq!(clock(&owner)["money_waits"], true);
    let moves = json!({"direction": "in", "amount": 100, "reason": "Coins"});
    let payout =
        json!({"artist_id": house.artists[0], "until": "2026-11-19", "amount": 1, "tender": "transfer"});
    for (command, args) in [
        ("till.sell", sale.clone()),
        ("till.cash_move", moves),
        ("till.refund", json!({"sale_id": sold["sale_id"], "tender": "card", "reason": "x"})),
        ("till.void", json!({"sale_id": sold["sale_id"], "reason": "x"})),
        ("till.close_session", json!({"counts": [], "reason": "x"})),
        ("payouts.settle", payout),
    ] {
        assert_eq!(told(&house, &owner, command, args), conflict("clock_back"), "{command}");
    }
    // What was done before is answered as before, and what is not money goes on.
    assert_eq!(owner.ask_with("till.sell", &key, sale.clone()).unwrap(), sold);
    owner.done("clients.create", json!({"name": "Joana"}));
    owner.done("agenda.list", json!({"day": "2026-11-20"}));

    for who in ["sam", "mara", "pia"] {
        assert_eq!(told(&house, &house.seat(who), "security.confirm_clock", json!({})), denied("role"));
    }
    assert_eq!(told(&house, &house.elevated("sue"), "security.confirm_clock", json!({})), denied("role"));
    assert_eq!(
        told(&house, &owner, "till.sell", sale.clone()),
        conflict("clock_back"),
        "a refusal confirms nothing"
    );
    let bea = house.seat("bea");
    assert_eq!(bea.done("security.confirm_clock", json!({}))["money_waits"], false);
    assert_eq!(told(&house, &bea, "security.confirm_clock", json!({})), conflict("clock_right"));
    house.seat("sam").done("till.sell", sale.clone());
    assert_eq!(clock(&owner)["money_waits"], false);
    drop((owner, bea));
    house.restart();
    house.owner().done("till.sell", sale.clone());
    let log = house.owner().done("activity.list", json!({"limit": 50}));
    let confirmed = log
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["command"] == "security.confirm_clock" && row["outcome"] == "done");
    assert_eq!(confirmed.unwrap()["member"], "Bea Soto");

    // Set back further, it is another clock to be looked at.
    house.clock.jump(-HOUR);
    let owner = house.owner();
    assert_eq!(told(&house, &owner, "till.sell", sale.clone()), conflict("clock_back"));
    owner.done("security.confirm_clock", json!({}));
    owner.done("till.sell", sale.clone());
    assert_eq!(rows(&house, "security.confirm_clock"), 2);
    house.assert_holds();
}

#[test]
fn f14_a_year_the_clock_was_wrong_by_neither_reorders_nor_closes_a_day_twice() {
    let (house, sale) = open();
    house.owner().done("till.sell", sale.clone());
    house.clock.jump(365 * DAY);
    let owner = house.owner();
    owner.done("till.sell", sale.clone());
    owner.done("till.close_session", json!({"counts": [{"value": 50_000, "count": 1}]}));
    house.clock.jump(-365 * DAY);
    let owner = house.owner();
    assert_eq!(owner.why("till.open_session", json!({"float": 0})), "conflict: clock_back");
    owner.done("security.confirm_clock", json!({}));
    assert_eq!(owner.why("till.close_session", json!({"counts": []})), "conflict: drawer_closed");
    owner.done("till.open_session", json!({"float": 0}));
    owner.done("till.sell", sale);
    let z = owner.done("till.close_session", json!({"counts": []}));
    assert_eq!(json!([z["z"], z["first_receipt"], z["last_receipt"]]), json!([2, 3, 3]));
    house.assert_holds();
    crate::tally::tell(
        "F14",
        "a clock a year ahead and back again: 0 days closed twice, 0 rows out of order",
    );
}

#[test]
fn a_clock_far_ahead_is_told_to_who_runs_the_studio_and_stops_nobody() {
    let (house, sale) = open();
    let from = house.now();
    house.clock.jump(4 * DAY);
    house.owner().done("till.sell", sale.clone());
    assert_eq!(house.count("SELECT count(*) FROM notices WHERE kind = 'clock_ahead'"), 0, "a long weekend");
    let last = house.now();
    house.clock.jump(31 * DAY);
    house.seat("sam").done("till.sell", sale);
    for who in ["ana", "bea"] {
        let notices = house.seat(who).done("session.notices", json!({}));
        let facts = json!({"from": last, "to": house.now()});
        assert_eq!((&notices[0]["kind"], &notices[0]["details"]), (&json!("clock_ahead"), &facts), "{who}");
        assert_eq!(notices[0]["by"], Value::Null);
    }
    assert_eq!(house.count("SELECT count(*) FROM notices WHERE kind = 'clock_ahead'"), 2, "told once");
    assert!(last > from && clock(&house.owner()) == Value::Null);
    house.assert_holds();
}
