//! Tax inside prices and on top of them, rates beside the usual one, and cash that is paid in coins there are.

use serde_json::{Value, json};

use crate::studio_house::{Dice, House, Seat};

fn card(amount: i64) -> Value {
    if amount == 0 { json!([]) } else { json!([{"tender": "card", "amount": amount}]) }
}

fn rate(seat: &Seat, name: &str, bp: i64) -> String {
    seat.done("studio.set_tax_rate", json!({"name": name, "bp": bp}))["id"].as_str().unwrap().to_owned()
}

/// An item at this price that is taxed at this rate.
fn taxed(house: &House, sku: &str, price: i64, rate: &str) -> String {
    let item = house.item(sku, price, 500);
    let form = json!({"sku": sku, "name": sku, "price": price, "tax_rate_id": rate});
    house.owner().done("inventory.edit_item", json!({"item_id": item, "form": form}));
    item
}

#[test]
fn each_line_keeps_its_rate_and_the_receipt_adds_them_up() {
    let house = House::staffed();
    let owner = house.owner();
    let reduced = rate(&owner, "Reduced", 800);
    let (soap, book) = (house.item("SOAP", 11_600, 9), taxed(&house, "BOOK", 10_800, &reduced));
    let lines = json!([{"item_id": soap}, {"item_id": book, "quantity": 2}]);
    let receipt = owner.done("till.sell", json!({"lines": lines, "tenders": card(33_200)}));
    assert_eq!(
        receipt["taxes"],
        json!([
            {"name": null, "bp": 1_600, "net": 10_000, "tax": 1_600},
            {"name": "Reduced", "bp": 800, "net": 20_000, "tax": 1_600},
        ])
    );
    assert_eq!(
        (&receipt["tax"], &receipt["tax_added"], &receipt["total"]),
        (&json!(3_200), &json!(0), &json!(33_200))
    );

    // A receipt keeps the rate it was made with.
    owner.done("studio.set_tax_rate", json!({"tax_rate_id": reduced, "name": "Reduced", "bp": 2_000}));
    owner.done("security.settings", json!({"tax_bp": 0}));
    let again = owner.done("till.receipt", json!({"sale_id": receipt["sale_id"]}));
    assert_eq!(again["taxes"], receipt["taxes"]);
    let back = json!({"sale_id": receipt["sale_id"], "tender": "card", "reason": "x",
        "lines": [{"line_id": receipt["lines"][1]["id"], "quantity": 1}]});
    let refund = owner.done("till.refund", back);
    assert_eq!(refund["taxes"], json!([{"name": "Reduced", "bp": 800, "net": -10_000, "tax": -800}]));
    house.assert_holds();
}

#[test]
fn tax_on_top_is_added_to_the_line_and_given_back_with_it() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"prices_include_tax": false, "tax_bp": 1_000}));
    let soap = house.item("SOAP", 999, 9);
    let lines = json!([{"item_id": soap, "quantity": 3}]);
    let cart = owner.done("till.quote", json!({"lines": lines, "discount": {"amount": 97}}));
    assert_eq!(
        (&cart["before_tax"], &cart["tax_added"], &cart["total"]),
        (&json!(2_900), &json!(290), &json!(3_190))
    );
    let receipt =
        owner.done("till.sell", json!({"lines": lines, "discount": {"amount": 97}, "tenders": card(3_190)}));
    assert_eq!(receipt["lines"][0]["before_tax"], 2_900);
    assert_eq!(receipt["lines"][0]["amount"], 3_190);
    let mut given = 0;
    for _ in 0..3 {
        let back = json!({"sale_id": receipt["sale_id"], "tender": "card", "reason": "x",
            "lines": [{"line_id": receipt["lines"][0]["id"], "quantity": 1}]});
        given += owner.done("till.refund", back)["total"].as_i64().unwrap();
    }
    assert_eq!(given, -3_190);
    assert_eq!(house.count("SELECT sum(tax) FROM sales"), 0);
    assert_eq!(house.count("SELECT sum(tax_added) FROM sale_lines"), 0);
    house.assert_holds();
}

#[test]
fn rates_are_named_once_possible_and_for_those_who_may() {
    let house = House::staffed();
    let owner = house.owner();
    let reduced = rate(&owner, "Reduced", 800);
    for (args, told) in [
        (json!({"name": "Reduced", "bp": 1}), "conflict: name_taken"),
        (json!({"name": "Huge", "bp": 10_000}), "invalid: bp"),
        (json!({"name": "Odd", "bp": -1}), "invalid: bp"),
        (json!({"name": "", "bp": 1}), "invalid: name"),
    ] {
        assert_eq!(house.leaves_no_trace(|| owner.why("studio.set_tax_rate", args)), told);
    }
    let unknown = json!({"tax_rate_id": house.artists[0], "name": "X", "bp": 1});
    assert_eq!(owner.refused("studio.set_tax_rate", unknown), "not_found");
    owner.done(
        "studio.set_tax_rate",
        json!({"tax_rate_id": reduced, "name": "Low", "bp": 700, "active": false}),
    );
    let seen = house.seat("mara").done("studio.tax_rates", json!({}));
    assert_eq!(seen, json!([{"id": reduced, "name": "Low", "bp": 700, "active": false}]));
    for who in ["sam", "mara"] {
        assert_eq!(
            house.seat(who).refused("studio.set_tax_rate", json!({"name": "Mine", "bp": 1})),
            "denied"
        );
    }
    let service = json!({"service_id": house.services[0], "name": "Lettering", "kind": "tattoo", "minutes": 60,
        "price": 160_000, "tax_rate_id": house.artists[0]});
    assert_eq!(owner.refused("studio.set_service", service), "not_found");
}

#[test]
fn cash_is_rounded_to_the_smallest_coin_and_only_when_all_of_it_is_cash() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 100_000}));
    owner.done("security.settings", json!({"cash_rounding": 50}));
    let soap = house.item("SOAP", 1_024, 50);
    let lines = json!([{"item_id": soap}]);
    let cart = owner.done("till.quote", json!({"lines": lines}));
    assert_eq!(
        (&cart["to_pay"], &cart["cash_to_pay"], &cart["rounding"]),
        (&json!(1_024), &json!(1_000), &json!(-24))
    );
    assert_eq!(cart["cash_suggestions"][0], 1_000);
    let sell = |tenders: Value| json!({"lines": lines, "tenders": tenders});
    let cash = |amount: i64| json!([{"tender": "cash", "amount": amount}]);
    assert_eq!(owner.why("till.sell", sell(cash(1_024))), "invalid: tenders");
    let rounded = owner.done("till.sell", sell(cash(1_000)));
    assert_eq!(
        (&rounded["total"], &rounded["rounding"], &rounded["paid"]),
        (&json!(1_024), &json!(-24), &json!(1_000))
    );
    let mixed = json!([{"tender": "cash", "amount": 500}, {"tender": "card", "amount": 524}]);
    assert_eq!(owner.done("till.sell", sell(mixed))["rounding"], 0);
    let account = "SELECT coalesce(sum(amount), 0) FROM ledger_lines WHERE account = 'rounding'";
    assert_eq!(house.count(account), 24, "a loss");
    house.assert_holds();

    // Back goes what was paid, whatever the tender.
    let back =
        |sale: &Value, tender: &str| json!({"sale_id": sale["sale_id"], "tender": tender, "reason": "x"});
    assert_eq!(owner.done("till.refund", back(&rounded, "card"))["paid"], -1_000);
    assert_eq!(house.count(account), 0);
    let up =
        owner.done("till.sell", json!({"lines": [{"item_id": soap, "quantity": 2}], "tenders": cash(2_050)}));
    assert_eq!(up["rounding"], 2);
    owner.done("till.void", json!({"sale_id": up["sale_id"], "reason": "x"}));
    assert_eq!(house.count(account), 0);
    house.assert_holds();
}

#[test]
fn cash_back_in_parts_is_never_more_than_was_paid() {
    let mut dice = Dice::new("cash_back_in_parts");
    let house = House::staffed();
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 10_000_000}));
    for round in 0..25 {
        let coin = *dice.pick(&[5, 10, 50, 100]);
        owner.done(
            "security.settings",
            json!({"cash_rounding": coin, "prices_include_tax": dice.below(2) == 0}),
        );
        let item = house.item(&format!("I{round}"), dice.between(1, 3_000), 20);
        let quantity = dice.between(1, 6);
        let lines = json!([{"item_id": item, "quantity": quantity}]);
        let cart = owner.done("till.quote", json!({"lines": lines}));
        let cash = dice.below(2) == 0;
        let due = cart[if cash { "cash_to_pay" } else { "to_pay" }].as_i64().unwrap();
        let tender = if cash { "cash" } else { "card" };
        let tenders = if due == 0 { json!([]) } else { json!([{"tender": tender, "amount": due}]) };
        let sale = owner.done("till.sell", json!({"lines": lines, "tenders": tenders}));
        let mut left = due;
        for _ in 0..quantity {
            let tender = *dice.pick(&["cash", "card"]);
            let back = json!({"sale_id": sale["sale_id"], "tender": tender, "reason": "x",
                "lines": [{"line_id": sale["lines"][0]["id"], "quantity": 1}]});
            let paid = owner.done("till.refund", back)["paid"].as_i64().unwrap();
            assert!(paid <= 0 && (tender == "card" || paid % coin == 0), "{paid} of coins of {coin}");
            left += paid;
            assert!(left >= 0, "more went back than was paid");
        }
        assert!(left < coin, "at most what no coin is small enough for stays: {left} of {coin}");
    }
    house.assert_holds();
}
