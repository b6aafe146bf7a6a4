//! The cash drawer: opened once, counted, sealed with a Z report.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{House, OWNER_PASSWORD, PASSWORD, Seat, fresh_key, invalid, text, told};

fn counts(amount: i64) -> Value {
    json!([{"value": 100, "count": amount / 100}])
}

fn open() -> House {
    opened_by("ana")
}

fn opened_by(username: &str) -> House {
    let house = House::staffed();
    house.seat(username).done("till.open_session", json!({"float": 50_000}));
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

/// Ledger rule 1: one amount ends at 10^12. Ledger rule 5: what a studio took in its whole life goes on.
#[test]
fn p4_a_studio_that_took_more_than_one_amount_may_hold_still_closes_reports_and_backs_up() {
    const PRICE: i64 = 450_000_000_000;
    let house = House::staffed();
    let owner = house.owner();
    let sell = |quantity: i64| {
        let line = json!({"service_id": house.services[0], "artist_id": house.artists[0], "unit_price": PRICE, "quantity": quantity});
        let tender = json!({"tender": "card", "amount": PRICE});
        json!({"lines": [line], "tenders": vec![tender; usize::try_from(quantity).unwrap()]})
    };
    let whole = json!({"from": "2026-11-01", "to": "2026-11-30"});
    for round in 1..=4 {
        owner.done("till.open_session", json!({"float": 0}));
        owner.done("till.sell", sell(1));
        let z = owner.done("till.close_session", json!({"counts": []}));
        assert_eq!(z["perpetual"], PRICE * round, "{z}");
    }
    owner.done("till.open_session", json!({"float": 0}));
    assert_eq!(told(&house, &owner, "till.sell", sell(3)), invalid("amount", "out of range"));
    owner.done("reports.x_report", json!({}));
    owner.done("till.close_session", json!({"counts": []}));
    owner.done("backups.make", json!({}));
    let period = owner.done("reports.period", whole.clone());
    assert!(period.to_string().contains(&(PRICE * 4).to_string()), "{period}");
    owner.done("reports.summary", whole);
    house.assert_holds();
}

#[test]
fn attack_35_two_desks_open_and_close_it_at_once_and_one_does() {
    let house = House::staffed();
    let at_once = |seats: &[Seat], command: &str, args: Value| {
        let together = Barrier::new(seats.len());
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
        done
    };
    let first =
        at_once(&["ana", "bea"].map(|name| house.seat(name)), "till.open_session", json!({"float": 50_000}));
    let holder = if first[0] { "ana" } else { "bea" };
    let twice = [holder, holder].map(|name| house.seat(name));
    at_once(&twice, "till.close_session", json!({"counts": counts(50_000)}));
    assert_eq!(house.count("SELECT count(*) FROM drawer_closings"), 1);
    house.assert_holds();
}

#[test]
fn attack_35_d27_somebody_elses_drawer_is_closed_only_after_it_was_taken_over() {
    let house = opened_by("sam");
    let close = json!({"counts": counts(50_000)});
    let approved = json!({"counts": counts(50_000),
        "approver": {"username": "sam", "password": PASSWORD}});
    let others = [house.owner(), house.seat("bea"), house.elevated("sue")];
    for seat in &others {
        let no = json!(["conflict", {"reason": "drawer_not_yours"}]);
        assert_eq!(told(&house, seat, "till.close_session", close.clone()), no);
        assert_eq!(seat.why("till.close_session", approved.clone()), "conflict: drawer_not_yours");
    }
    // Nobody is told by it what is in there.
    let off = json!({"counts": counts(40_000)});
    assert_eq!(others[1].why("till.close_session", off), "conflict: drawer_not_yours");
    let [owner, bea, _] = others;
    bea.done("till.take_over", json!({"reason": "Sam went home"}));
    for seat in [&owner, &house.elevated("sam")] {
        assert_eq!(seat.why("till.close_session", close.clone()), "conflict: drawer_not_yours");
    }
    let z = bea.done("till.close_session", close);
    assert_eq!((&z["opened_by"], &z["closed_by"]), (&json!("Sam Luna"), &json!("Bea Soto")));
    // Whoever opened it closes it: the receptionist's day needs the code and nobody else.
    house.seat("sam").done("till.open_session", json!({"float": 50_000}));
    house.elevated("sam").done("till.close_session", json!({"counts": counts(50_000)}));
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

/// Somebody's closing of the drawer with this count.
fn closing(amount: i64, more: Value) -> Value {
    let mut args = json!({"counts": counts(amount), "reason": "Miscounted"});
    for (name, value) in more.as_object().unwrap() {
        args[name] = value.clone();
    }
    args
}

fn beside(username: &str, password: &str) -> Value {
    json!({"approver": {"username": username, "password": password}})
}

#[test]
fn a_difference_above_the_limit_needs_a_second_person_who_had_no_hand_in_the_drawer() {
    let house = open();
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    let ask = |more: Value| owner.why("till.close_session", closing(40_000, more));
    assert_eq!(house.leaves_no_trace(|| ask(json!({}))), "conflict: second_person");
    // The one who counts is no second person, and an artist never closes.
    assert_eq!(ask(beside("ana", OWNER_PASSWORD)), "conflict: second_person");
    assert_eq!(ask(beside("mara", PASSWORD)), "conflict: second_person");
    house
        .elevated("sam")
        .done("till.cash_move", json!({"direction": "in", "amount": 100, "reason": "Coins"}));
    assert_eq!(ask(beside("sam", PASSWORD)), "conflict: approver_took_part");

    let wrong =
        owner.ask("till.close_session", closing(40_000, beside("bea", "Not-Hers-At-All-1"))).unwrap_err();
    assert_eq!((&wrong["code"], &wrong["params"]["tries_left"]), (&json!("bad_code"), &json!(4)));
    assert_eq!(house.count("SELECT failures FROM throttles WHERE subject = 'sign_in:bea'"), 1);
    let key = fresh_key();
    let args = closing(40_000, beside("bea", PASSWORD));
    let z = owner.ask_with("till.close_session", &key, args.clone()).unwrap();
    assert_eq!(
        (&z["approved_by"], &z["waived"], &z["difference"]),
        (&json!("Bea Soto"), &json!(false), &json!(-10_100))
    );
    assert_eq!(house.count("SELECT count(*) FROM throttles WHERE subject = 'sign_in:bea'"), 0);
    assert_eq!(owner.ask_with("till.close_session", &key, args).unwrap(), z, "the same key closes once");
    house.assert_holds();
}

#[test]
fn a_small_difference_and_a_clean_hand_need_nobody() {
    let house = open();
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    let z = owner.done("till.close_session", closing(49_000, json!({})));
    assert_eq!((&z["approved_by"], &z["waived"]), (&Value::Null, &json!(false)));
    owner.done("security.settings", json!({"difference_limit": -1}));
    owner.done("till.open_session", json!({"float": 50_000}));
    owner.done("till.close_session", closing(0, json!({})));
    house.assert_holds();
}

/// Who may confirm a difference beside this caller, as the desk shows it.
fn confirmers(seat: &Seat) -> Vec<String> {
    let drawer = seat.done("till.drawer", json!({}));
    drawer["open"]["confirmers"].as_array().unwrap().iter().map(|one| text(&one["username"])).collect()
}

#[test]
fn d27_whoever_moved_cash_of_a_drawer_by_whatever_means_is_no_second_person() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    let item = house.item("SOAP", 10_000, 50);
    let sale = |tender: &str| json!({"lines": [{"item_id": item}], "tenders": [{"tender": tender, "amount": 10_000}]});
    let client = house.client("Joana");
    let visit = |hours: i64| house.book(0, &client, hours);
    let taking = |hours: i64, tender: &str| {
        json!({"appointment_id": visit(hours), "amount": 5_000,
            "tenders": [{"tender": tender, "amount": 5_000}]})
    };
    // Mara has earned something, so that there is something to pay her.
    let paid = visit(2);
    owner.done(
        "till.sell",
        json!({"appointment_id": paid, "lines": [{"service_id": house.services[0]}],
            "tenders": [{"tender": "card", "amount": 160_000}]}),
    );
    let payout =
        json!({"artist_id": house.artists[0], "until": "2026-11-20", "amount": 1_000, "tender": "cash"});
    type Act<'a> = Box<dyn Fn(&Seat) + 'a>;
    let acts: Vec<(&str, bool, Act<'_>)> = vec![
        ("nothing", true, Box::new(|_| {})),
        ("a sale by card", true, Box::new(|bea| drop(bea.done("till.sell", sale("card"))))),
        ("a sale in cash", false, Box::new(|bea| drop(bea.done("till.sell", sale("cash"))))),
        ("a deposit by card", true, Box::new(|bea| drop(bea.done("till.take_deposit", taking(30, "card"))))),
        ("a deposit in cash", false, Box::new(|bea| drop(bea.done("till.take_deposit", taking(33, "cash"))))),
        (
            "a deposit given back in cash",
            false,
            Box::new(|bea| {
                let held = owner.done("till.take_deposit", taking(36, "card"));
                let back = json!({"deposit_id": held["deposit"]["id"], "tender": "cash", "reason": "x"});
                bea.done("till.return_deposit", back);
            }),
        ),
        (
            "a refund in cash",
            false,
            Box::new(|bea| {
                let sold = owner.done("till.sell", sale("card"));
                bea.done("till.refund", json!({"sale_id": sold["sale_id"], "tender": "cash", "reason": "x"}));
            }),
        ),
        (
            "a void of a cash sale",
            false,
            Box::new(|bea| {
                let sold = house.seat("sue").done("till.sell", sale("cash"));
                bea.done("till.void", json!({"sale_id": sold["sale_id"], "reason": "x"}));
            }),
        ),
        ("a payout in cash", false, Box::new(|bea| drop(bea.done("payouts.settle", payout.clone())))),
        (
            "a pay-in",
            false,
            Box::new(|bea| {
                bea.done("till.cash_move", json!({"direction": "in", "amount": 100, "reason": "x"}));
            }),
        ),
        (
            "the drawer opened without a sale",
            false,
            Box::new(|bea| {
                bea.done("till.open_drawer", json!({"reason": "Change"}));
            }),
        ),
        (
            "the drawer taken over and back",
            false,
            Box::new(|bea| {
                bea.done("till.take_over", json!({"reason": "x"}));
                owner.done("till.take_over", json!({"reason": "x"}));
            }),
        ),
    ];
    for (what, clean, act) in acts {
        owner.done("till.open_session", json!({"float": 50_000}));
        act(&house.seat("bea"));
        let held = owner.done("reports.x_report", json!({}))["expected"].as_i64().unwrap();
        assert_eq!(confirmers(&owner).contains(&"bea".to_owned()), clean, "{what}");
        let count = json!({"counts": [{"value": 1, "count": held + 2_000}], "reason": "Miscounted"});
        let mut approved = count.clone();
        approved["approver"] = json!({"username": "bea", "password": PASSWORD});
        let told = owner.ask("till.close_session", approved);
        match told {
            Ok(z) => assert!(clean && z["approved_by"] == "Bea Soto" && z["waived"] == false, "{what}: {z}"),
            Err(fault) => {
                assert!(!clean && fault["params"]["reason"] == "approver_took_part", "{what}: {fault}");
                let mut sams = count;
                sams["approver"] = json!({"username": "sam", "password": PASSWORD});
                owner.done("till.close_session", sams);
            }
        }
    }
    // What somebody did in an earlier drawer does not count in this one.
    owner.done("till.open_session", json!({"float": 0}));
    assert_eq!(confirmers(&owner), ["bea", "sam", "sue"]);
    house.assert_holds();
}

#[test]
fn d27_whoever_opened_a_drawer_that_was_taken_over_does_not_stand_for_its_difference() {
    let house = opened_by("sam");
    house.owner().done("security.settings", json!({"difference_limit": 1_000}));
    let bea = house.seat("bea");
    bea.done("till.take_over", json!({"reason": "Sam went home"}));
    assert_eq!(confirmers(&bea), ["ana", "sue"]);
    let told = bea.why("till.close_session", closing(10_000, beside("sam", PASSWORD)));
    assert_eq!(told, "conflict: approver_took_part");
    let z = bea.done("till.close_session", closing(10_000, beside("ana", OWNER_PASSWORD)));
    assert_eq!((&z["approved_by"], &z["waived"]), (&json!("Ana Ruiz"), &json!(false)));
}

#[test]
fn t087_a_password_that_the_counter_just_made_is_no_second_person() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    let bea = house.seat("bea");
    bea.done("till.open_session", json!({"float": 50_000}));
    let sam = house.seat("sam").member;
    let made = text(&bea.done("staff.reset_password", json!({"member_id": sam}))["password"]);
    let count = closing(10_000, beside("sam", &made));
    let no = told(&house, &bea, "till.close_session", count);
    assert_eq!(no, json!(["conflict", {"reason": "approver_temporary"}]));
    house
        .seat_with("sam", &made)
        .done("session.change_password", json!({"current": made, "new": "Own-And-Ink-8"}));
    bea.done("till.close_session", closing(10_000, beside("sam", "Own-And-Ink-8")));
}

#[test]
fn d27_where_everybody_took_cash_an_owner_or_admin_confirms_and_the_z_says_so() {
    let house = House::new();
    house.hire("sam", "Sam Luna", "assistant", None);
    house.hire("sue", "Sue Prado", "assistant", None);
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    let item = house.item("SOAP", 10_000, 20);
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
    let sam = house.elevated("sam");
    sam.done("till.open_session", json!({"float": 50_000}));
    for seat in [&owner, &house.seat("sue")] {
        seat.done("till.sell", sale.clone());
    }
    assert_eq!(confirmers(&sam), ["ana"], "not just anybody who had a hand in it");
    assert_eq!(sam.why("till.close_session", closing(10_000, json!({}))), "conflict: second_person");
    let sues = closing(10_000, beside("sue", PASSWORD));
    assert_eq!(sam.why("till.close_session", sues), "conflict: approver_took_part");
    let z = sam.done("till.close_session", closing(10_000, beside("ana", OWNER_PASSWORD)));
    assert_eq!((&z["approved_by"], &z["waived"]), (&json!("Ana Ruiz"), &json!(true)));
    let paper = sam.done("reports.print_z", json!({"z": 1, "way": "pdf"}));
    assert!(paper.is_object());
    // The owner counts, and only receptionists are left, who took cash too: one of them is still a second person.
    owner.done("till.open_session", json!({"float": 50_000}));
    for name in ["sam", "sue"] {
        house.seat(name).done("till.sell", sale.clone());
    }
    assert_eq!(confirmers(&owner), ["sam", "sue"]);
    assert_eq!(owner.why("till.close_session", closing(10_000, json!({}))), "conflict: second_person");
    let z = owner.done("till.close_session", closing(10_000, beside("sue", PASSWORD)));
    assert_eq!((&z["approved_by"], &z["waived"]), (&json!("Sue Prado"), &json!(true)));
    house.assert_holds();
}

#[test]
fn d27_where_nobody_else_may_close_a_drawer_the_second_person_is_waived() {
    let house = House::new();
    house.hire("mara", "Mara Quill", "artist", Some(&house.artists[0]));
    let sam = house.hire("sam", "Sam Luna", "assistant", None);
    let owner = house.owner();
    owner.done("staff.set_active", json!({"member_id": sam, "active": false}));
    owner.done("security.settings", json!({"difference_limit": 1_000}));
    owner.done("till.open_session", json!({"float": 50_000}));
    assert!(confirmers(&owner).is_empty());
    let z = owner.done("till.close_session", closing(10_000, json!({})));
    assert_eq!((&z["approved_by"], &z["waived"]), (&Value::Null, &json!(true)));
}

#[test]
fn d27_in_a_studio_with_one_account_the_second_person_is_waived_and_the_z_says_so() {
    let house = House::new();
    let owner = house.owner();
    owner.done("security.settings", json!({"difference_limit": 0}));
    owner.done("till.open_session", json!({"float": 50_000}));
    let z = owner.done("till.close_session", closing(10_000, json!({})));
    assert_eq!((&z["waived"], &z["approved_by"]), (&json!(true), &Value::Null));
    assert_eq!(owner.done("reports.z_report", json!({"z": 1}))["waived"], true);
    house.assert_holds();
}

#[test]
fn d27_while_a_blind_count_is_due_only_those_who_may_close_know_what_should_be_there() {
    let house = opened_by("sam");
    let owner = house.owner();
    owner.done("till.cash_move", json!({"direction": "in", "amount": 700, "reason": "Coins"}));
    let sam = house.seat("sam");
    assert_eq!(sam.done("reports.x_report", json!({}))["expected"], 50_700);
    owner.done("security.settings", json!({"blind_count": true}));
    assert_eq!(sam.refused("reports.x_report", json!({})), "elevation_required");
    let seen = sam.done("till.drawer", json!({}));
    assert_eq!((&seen["open"]["blind"], &seen["open"]["moves"]), (&json!(true), &json!([])));
    let elevated = house.elevated("sam");
    assert_eq!(elevated.done("reports.x_report", json!({}))["expected"], 50_700);
    assert_eq!(elevated.done("till.drawer", json!({}))["open"]["blind"], false);
    let silent = json!({"counts": counts(50_000)});
    let told = elevated.ask("till.close_session", silent).unwrap_err();
    assert_eq!(told["params"], json!({"reason": "count_differs"}), "and not by how much");
    elevated.done("till.close_session", closing(50_000, json!({})));
}

#[test]
fn d27_while_a_blind_count_is_due_the_reports_do_not_tell_the_cash_either() {
    let house = opened_by("sam");
    let item = house.item("SOAP", 10_000, 5);
    let owner = house.owner();
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
    let sold = owner.done("till.sell", sale);
    let today = json!({"from": "2026-11-20", "to": "2026-11-20"});
    let before = json!({"from": "2026-11-10", "to": "2026-11-19"});
    let tells = |seat: &Seat, days: &Value| {
        ["reports.summary", "reports.period"].map(|command| {
            let told = seat.done(command, days.clone());
            assert!(told["blind"] == false || told["tenders"] == json!([]), "{command}: {told}");
            told["blind"] == false
        })
    };
    let sam = house.seat("sam");
    assert_eq!(tells(&sam, &today), [true, true]);
    owner.done("security.settings", json!({"blind_count": true}));
    assert_eq!(tells(&sam, &today), [false, false]);
    assert_eq!(tells(&sam, &before), [true, true], "the drawer was not open then");
    assert_eq!(tells(&owner, &today), [true, true], "who may close may know");
    assert_eq!(tells(&house.elevated("sue"), &today), [true, true]);
    // Who moves cash is not told by the answer.
    let seen = house.elevated("sam");
    seen.done("session.drop_elevation", json!({}));
    assert_eq!(seen.done("till.drawer", json!({}))["open"]["moves"], json!([]));
    let paper = sam.done("till.receipt", json!({"sale_id": sold["sale_id"]}));
    assert_eq!(paper["total"], 10_000, "single receipts stay what they are");
    // Once the count is sent, whoever sent it is told the difference, and the day is no secret any more.
    let z = house.elevated("sam").done("till.close_session", closing(59_000, json!({})));
    assert_eq!((&z["expected"], &z["difference"]), (&json!(60_000), &json!(-1_000)));
    assert_eq!(tells(&sam, &today), [true, true]);
    assert_eq!(sam.refused("reports.z_report", json!({"z": 1})), "elevation_required");
    house.assert_holds();
}

#[test]
fn an_x_says_what_the_z_will_say() {
    let house = open();
    let owner = house.owner();
    let item = house.item("SOAP", 11_600, 5);
    let sold = owner.done(
        "till.sell",
        json!({"lines": [{"item_id": item, "quantity": 2}], "discount": {"amount": 200},
            "tips": [{"artist_id": house.artists[0], "amount": 1_000}],
            "tenders": [{"tender": "cash", "amount": 24_000}]}),
    );
    owner.done(
        "till.refund",
        json!({"sale_id": sold["sale_id"], "tender": "cash", "reason": "Torn",
        "lines": [{"line_id": sold["lines"][0]["id"], "quantity": 1}]}),
    );
    let x = owner.done("reports.x_report", json!({}));
    assert_eq!((&x["sales"], &x["refunds"], &x["discount"]), (&json!(1), &json!(1), &json!(200)));
    assert_eq!(x["tips_by_artist"][0]["amount"], 1_000);
    assert_eq!(
        (&x["reversals"][0]["original_receipt"], &x["reversals"][0]["reason"]),
        (&json!(1), &json!("Torn"))
    );
    assert_eq!(x["taxes"][0]["bp"], 1_600);
    let expected = x["expected"].as_i64().unwrap();
    let z = owner.done("till.close_session", json!({"counts": counts(expected)}));
    for (name, value) in x.as_object().unwrap() {
        if !["at", "held_by"].contains(&name.as_str()) {
            assert_eq!(&z[name], value, "{name}");
        }
    }
    assert_eq!(owner.why("reports.x_report", json!({})), "conflict: drawer_closed");
    for who in ["mara", "pia"] {
        assert_eq!(house.seat(who).refused("reports.x_report", json!({})), "denied");
    }
    house.assert_holds();
}

#[test]
fn a_drawer_left_open_is_taken_over_by_a_manager_and_the_z_tells() {
    let house = House::staffed();
    house.seat("sam").done("till.open_session", json!({"float": 50_000}));
    let why = json!({"reason": "Sam went home"});
    for who in ["sam", "sue", "mara"] {
        assert_eq!(house.seat(who).refused("till.take_over", why.clone()), "denied");
    }
    let bea = house.seat("bea");
    let drawer = bea.done("till.take_over", why.clone());
    assert_eq!(
        (&drawer["open"]["held_by"], &drawer["open"]["opened_by"]),
        (&json!("Bea Soto"), &json!("Sam Luna"))
    );
    assert_eq!(bea.why("till.take_over", why.clone()), "conflict: drawer_yours");
    let z = bea.done("till.close_session", json!({"counts": counts(50_000)}));
    assert_eq!(
        (&z["takeovers"][0]["by"], &z["takeovers"][0]["reason"]),
        (&json!("Bea Soto"), &json!("Sam went home"))
    );
    assert_eq!(bea.why("till.take_over", why), "conflict: drawer_closed");
    house.assert_holds();
}
