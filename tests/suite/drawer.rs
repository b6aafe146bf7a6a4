//! The cash drawer: opened once, counted, sealed with a Z report.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{House, Seat};

fn counts(amount: i64) -> Value {
    json!([{"value": 100, "count": amount / 100}])
}

fn open() -> House {
    let house = House::staffed();
    house.owner().done("till.open_session", json!({"float": 50_000}));
    house
}

#[test]
fn attack_35_the_drawer_opens_once_and_closes_once() {
    let house = open();
    let owner = house.owner();
    let again = json!({"float": 1});
    assert_eq!(
        house.leaves_no_trace(|| owner.why("till.open_session", again.clone())),
        "conflict: drawer_open"
    );
    let close = json!({"counts": counts(50_000)});
    owner.done("till.close_session", close.clone());
    assert_eq!(house.leaves_no_trace(|| owner.why("till.close_session", close)), "conflict: drawer_closed");
    let pay_in = json!({"direction": "in", "amount": 1, "reason": "Coins"});
    assert_eq!(owner.why("till.cash_move", pay_in), "conflict: drawer_closed");
    owner.done("till.open_session", again);
    assert_eq!(owner.why("till.open_session", json!({"float": -1})), "invalid: float");
    house.assert_holds();
}

#[test]
fn attack_35_two_desks_open_and_close_it_at_once_and_one_does() {
    let house = House::staffed();
    let seats: Vec<Seat> = ["ana", "bea"].map(|name| house.seat(name)).into();
    for (command, args) in [
        ("till.open_session", json!({"float": 50_000})),
        ("till.close_session", json!({"counts": counts(50_000)})),
    ] {
        let together = Barrier::new(2);
        let done: Vec<bool> = std::thread::scope(|scope| {
            let running: Vec<_> = seats
                .iter()
                .map(|seat| {
                    let (together, args) = (&together, args.clone());
                    scope.spawn(move || {
                        together.wait();
                        seat.ask(command, args).is_ok()
                    })
                })
                .collect();
            running.into_iter().map(|act| act.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{command}");
    }
    assert_eq!(house.count("SELECT count(*) FROM drawer_closings"), 1);
    house.assert_holds();
}

#[test]
fn a_count_that_differs_needs_a_reason_and_says_by_how_much() {
    let house = open();
    let owner = house.owner();
    let fault = house
        .leaves_no_trace(|| owner.ask("till.close_session", json!({"counts": counts(49_000)})).unwrap_err());
    let told = json!({"reason": "difference", "expected": 50_000, "difference": -1_000});
    assert_eq!((&fault["code"], &fault["params"]), (&json!("conflict"), &told));
    let z =
        owner.done("till.close_session", json!({"counts": counts(49_000), "reason": "A note is missing"}));
    assert_eq!((&z["difference"], &z["counted"]), (&json!(-1_000), &json!(49_000)));
    let short = house.count("SELECT sum(amount) FROM ledger_lines WHERE account = 'cash_over_short'");
    assert_eq!(short, 1_000, "what is short is posted for itself");
    house.assert_holds();
}

#[test]
fn z_numbers_have_no_gap_and_the_perpetual_total_only_grows() {
    let house = House::staffed();
    let item = house.item("SOAP", 10_000, 20);
    let owner = house.owner();
    let mut perpetual = 0;
    for z in 1..=4 {
        owner.done("till.open_session", json!({"float": 0}));
        let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
        let sold = owner.done("till.sell", sale);
        if z == 3 {
            let back = json!({"sale_id": sold["sale_id"], "tender": "cash", "reason": "Back"});
            owner.done("till.refund", back);
        }
        owner.why("till.close_session", json!({"counts": counts(77_700)}));
        let held = if z == 3 { 0 } else { 10_000 };
        let report = owner.done("till.close_session", json!({"counts": counts(held)}));
        perpetual += 10_000;
        assert_eq!(
            (&report["z"], &report["perpetual"]),
            (&json!(z), &json!(perpetual)),
            "refunds do not shrink it"
        );
    }
    let listed = owner.done("reports.z_reports", json!({}));
    let numbers: Vec<i64> =
        listed.as_array().unwrap().iter().map(|line| line["z"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [4, 3, 2, 1]);
    house.assert_holds();
}

#[test]
fn a_z_report_says_again_what_it_said() {
    let house = open();
    let item = house.item("SOAP", 10_000, 20);
    let owner = house.owner();
    let sale = |tender: &str| json!({"lines": [{"item_id": item}], "tenders": [{"tender": tender, "amount": 10_000}]});
    let cash = owner.done("till.sell", sale("cash"));
    owner.done("till.sell", sale("card"));
    owner.done("till.refund", json!({"sale_id": cash["sale_id"], "tender": "cash", "reason": "Back"}));
    owner.done("till.cash_move", json!({"direction": "in", "amount": 700, "reason": "Coins"}));
    owner.done("till.cash_move", json!({"direction": "out", "amount": 300, "reason": "Coffee"}));
    owner.done("till.cash_move", json!({"direction": "drop", "amount": 20_000, "reason": "Safe"}));
    let first = owner.done("till.close_session", json!({"counts": counts(30_400), "float_left": 10_000}));
    assert_eq!((&first["expected"], &first["to_safe"]), (&json!(30_400), &json!(20_400)));
    assert_eq!((&first["sales"], &first["refunds"], &first["total"]), (&json!(2), &json!(1), &json!(10_000)));
    assert_eq!(first["moves"].as_array().unwrap().len(), 5);
    let tenders = json!([
        {"tender": "card", "sales": 10_000, "refunds": 0, "net": 10_000},
        {"tender": "cash", "sales": 10_000, "refunds": -10_000, "net": 0},
    ]);
    assert_eq!(first["tenders"], tenders);
    owner.done("till.open_session", json!({"float": 10_000}));
    owner.done("till.sell", sale("cash"));
    assert_eq!(owner.done("reports.z_report", json!({"z": 1})), first);
    assert_eq!(owner.refused("reports.z_report", json!({"z": 2})), "not_found");
    assert_eq!(owner.done("till.drawer", json!({}))["suggested_float"], 10_000);
}

#[test]
fn cash_cannot_leave_that_is_not_there() {
    let house = open();
    let owner = house.owner();
    let pay =
        |direction: &str, amount: i64| json!({"direction": direction, "amount": amount, "reason": "Rent"});
    for direction in ["out", "drop"] {
        assert_eq!(owner.why("till.cash_move", pay(direction, 50_001)), "conflict: not_enough_cash");
    }
    for amount in [0, -1] {
        assert_eq!(owner.why("till.cash_move", pay("in", amount)), "invalid: amount");
    }
    owner.done("till.cash_move", pay("out", 50_000));
    let drawer = owner.done("till.drawer", json!({}));
    assert_eq!(drawer["open"]["moves"][0]["amount"], -50_000);
}

#[test]
fn counts_are_plausible() {
    let house = open();
    let owner = house.owner();
    for (wrong, why) in [
        (json!([{"value": 0, "count": 1}]), "invalid: counts[0]"),
        (json!([{"value": -100, "count": 500}]), "invalid: counts[0]"),
        (json!([{"value": 100, "count": -1}]), "invalid: counts[0]"),
        (json!([{"value": 100, "count": i64::MAX}]), "invalid: counts[0]"),
        (json!([{"value": 100, "count": 1}, {"value": 100, "count": 499}]), "invalid: counts[1].value"),
        (json!([{"value": 1_000_000_000_000_i64, "count": 1_000_000}]), "invalid: amount"),
    ] {
        let got = house.leaves_no_trace(|| owner.why("till.close_session", json!({"counts": wrong.clone()})));
        assert_eq!(got, why, "{wrong}");
    }
    let more = json!({"counts": counts(50_000), "float_left": 50_001});
    assert_eq!(owner.why("till.close_session", more), "invalid: float_left");
}

#[test]
fn opening_the_drawer_without_a_sale_is_journaled_with_its_reason() {
    let house = open();
    house.elevated("sam").done("till.open_drawer", json!({"reason": "Change for a client"}));
    let log = house.owner().done("activity.list", json!({"elevated": true}));
    assert_eq!(
        (&log[0]["command"], &log[0]["reason"]),
        (&json!("till.open_drawer"), &json!("Change for a client"))
    );
    house.owner().done("till.close_session", json!({"counts": counts(50_000)}));
    assert_eq!(house.owner().why("till.open_drawer", json!({"reason": "Again"})), "conflict: drawer_closed");
}
