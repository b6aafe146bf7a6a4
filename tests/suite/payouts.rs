//! Commission, statements and payouts: what is earned, taken back and paid, and that it adds up to the ledger.

use serde_json::{Value, json};

use crate::studio_house::{Dice, HOUR, House, NOBODY, conflict, denied, fresh_key, invalid, text, told};

const DAY: &str = "2026-11-20";

/// A house with an open drawer. Tax is sixteen per cent inside; the artists' share is what first run gives them.
fn studio() -> House {
    let house = House::staffed();
    house.owner().done("till.open_session", json!({"float": 500_000}));
    for artist in &house.artists {
        house.owner().done("payouts.set_rates", json!({"artist_id": artist, "base_bp": 5_000}));
    }
    house
}

/// One service of an artist, paid by card.
fn sell(house: &House, artist: usize, amount: i64) -> Value {
    sell_with(
        house,
        json!({"service_id": house.services[0], "artist_id": house.artists[artist],
        "unit_price": amount}),
        amount,
        0,
    )
}

fn sell_with(house: &House, line: Value, amount: i64, tip: i64) -> Value {
    let tips = if tip > 0 { json!([{"artist_id": line["artist_id"], "amount": tip}]) } else { json!([]) };
    house.owner().done(
        "till.sell",
        json!({"lines": [line], "tips": tips, "tenders": [{"tender": "card", "amount": amount + tip}]}),
    )
}

fn statement(house: &House, artist: usize) -> Value {
    let args = json!({"artist_id": house.artists[artist], "from": DAY, "to": DAY});
    house.owner().done("payouts.statement", args)
}

/// What the ledger owes an artist.
fn ledger(house: &House, artist: &str) -> i64 {
    -house.count(&format!(
        "SELECT coalesce(sum(amount), 0) FROM ledger_lines
         WHERE artist_id = '{artist}' AND account IN ('commission_payable', 'tips_payable')"
    ))
}

fn owed(house: &House, artist: usize) -> i64 {
    let all = house.owner().done("payouts.owed", json!({}));
    let mine = all.as_array().unwrap().iter().find(|one| one["artist_id"] == house.artists[artist].as_str());
    mine.unwrap()["balance"].as_i64().unwrap()
}

fn settle(house: &House, artist: usize, amount: i64, tender: &str) -> Value {
    house.owner().done(
        "payouts.settle",
        json!({"artist_id": house.artists[artist], "until": DAY, "amount": amount, "tender": tender}),
    )
}

#[test]
fn commission_is_of_the_price_without_tax() {
    let house = studio();
    sell(&house, 0, 11_600);
    let statement = statement(&house, 0);
    assert_eq!(statement["services"]["gross"], 11_600);
    assert_eq!(
        (&statement["services"]["tax"], &statement["services"]["basis"]),
        (&json!(1_600), &json!(10_000))
    );
    assert_eq!((&statement["services"]["commission"], &statement["closing"]), (&json!(5_000), &json!(5_000)));
    assert_eq!(statement["since"], json!(null), "kept since the studio began");
    assert_eq!(ledger(&house, &house.artists[0]), 5_000);
    house.assert_holds();
}

#[test]
fn a_rate_of_the_kind_and_one_of_the_visit_go_before_the_base() {
    let house = studio();
    let mara = house.artists[0].clone();
    let owner = house.owner();
    let rates = json!([{"kind": "tattoo", "bp": 4_000}, {"kind": "item", "bp": 1_000}]);
    let set = owner.done("payouts.set_rates", json!({"artist_id": mara, "rates": rates}));
    assert_eq!((&set["base_bp"], set["rates"].as_array().unwrap().len()), (&json!(5_000), 2));
    sell(&house, 0, 11_600);
    assert_eq!(ledger(&house, &mara), 4_000);

    let item = house.item("SOAP", 1_160, 5);
    sell_with(&house, json!({"item_id": item, "artist_id": mara}), 1_160, 0);
    assert_eq!(ledger(&house, &mara), 4_100, "ten per cent of ten");
    sell_with(&house, json!({"item_id": item}), 1_160, 0);
    assert_eq!(ledger(&house, &mara), 4_100, "the shelf's own");

    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let share = owner.done("payouts.set_share", json!({"appointment_id": visit, "bp": 10_000}));
    assert_eq!((&share["bp"], &share["usual_bp"]), (&json!(10_000), &json!(4_000)));
    let sale = json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}],
        "tenders": [{"tender": "card", "amount": 160_000}]});
    owner.done("till.sell", sale);
    assert_eq!(ledger(&house, &mara), 4_100 + 160_000 - 22_069);
    let late = json!({"appointment_id": visit, "bp": null});
    assert_eq!(told(&house, &owner, "payouts.set_share", late), conflict("already_paid"));
    house.assert_holds();
}

#[test]
fn the_studio_says_who_bears_a_discount() {
    let house = studio();
    let owner = house.owner();
    let line = |artist: &str| {
        json!({"service_id": house.services[0], "artist_id": artist, "unit_price": 11_600,
            "discount": {"percent": 2_500}})
    };
    sell_with(&house, line(&house.artists[0]), 8_700, 0);
    assert_eq!(ledger(&house, &house.artists[0]), 3_750);
    owner.done("security.settings", json!({"commission_after_discount": false}));
    let sale = sell_with(&house, line(&house.artists[1]), 8_700, 0);
    assert_eq!(ledger(&house, &house.artists[1]), 5_000);
    // Taken back, it is what was earned that goes, whatever the studio says by then.
    owner.done("security.settings", json!({"commission_after_discount": true}));
    owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "card", "reason": "x"}));
    assert_eq!(ledger(&house, &house.artists[1]), 0);
    // Given away, it still earned when the studio bears it.
    owner.done("security.settings", json!({"commission_after_discount": false}));
    let mut free = line(&house.artists[1]);
    free["discount"] = json!({"percent": 10_000});
    let gift = owner.done("till.sell", json!({"lines": [free], "tenders": []}));
    assert_eq!(ledger(&house, &house.artists[1]), 5_000);
    owner.done("till.void", json!({"sale_id": gift["sale_id"], "reason": "x"}));
    assert_eq!(ledger(&house, &house.artists[1]), 0);
    house.assert_holds();
}

#[test]
fn a_mentor_earns_a_part_of_the_apprentices_share_and_the_parts_add_up() {
    let house = studio();
    let (mara, dario) = (house.artists[0].clone(), house.artists[1].clone());
    let owner = house.owner();
    owner.done(
        "payouts.set_rates",
        json!({"artist_id": dario, "base_bp": 3_333, "mentor": {"artist_id": mara, "bp": 2_500}}),
    );
    let sale = sell(&house, 1, 9_999);
    let commission = house.count("SELECT sum(amount) FROM commissions");
    let (part, own) = (ledger(&house, &mara), ledger(&house, &dario));
    assert_eq!(part + own, commission);
    assert_eq!(commission, ((9_999 - 1_379) * 3_333 + 5_000) / 10_000);
    assert!((part - commission / 4).abs() <= 1);
    let hers = statement(&house, 0);
    assert_eq!((&hers["mentoring"], &hers["services"]["count"]), (&json!(part), &json!(0)));
    let line = &hers["lines"][0];
    assert_eq!(
        (&line["kind"], &line["client_name"], &line["sale_id"]),
        (&json!("mentor"), &json!(null), &json!(null))
    );
    for args in [
        json!({"artist_id": dario, "mentor": {"artist_id": dario, "bp": 1}}),
        json!({"artist_id": dario, "mentor": {"artist_id": mara, "bp": 10_001}}),
        json!({"artist_id": dario, "base_bp": -1}),
        json!({"artist_id": dario, "rates": [{"kind": "tattoo", "bp": 1}, {"kind": "tattoo", "bp": 2}]}),
    ] {
        assert_eq!(told(&house, &owner, "payouts.set_rates", args)[0], "invalid");
    }
    let nobody = json!({"artist_id": dario, "mentor": {"artist_id": NOBODY, "bp": 1}});
    assert_eq!(told(&house, &owner, "payouts.set_rates", nobody)[0], "not_found");

    owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "card", "reason": "x"}));
    assert_eq!((ledger(&house, &mara), ledger(&house, &dario)), (0, 0));
    house.assert_holds();
}

#[test]
fn a_refund_takes_back_its_share_and_the_last_one_leaves_nothing() {
    let house = studio();
    let owner = house.owner();
    let mut dice = Dice::new("a_refund_takes_back_its_share");
    for _ in 0..12 {
        let price = dice.between(7, 99_999);
        let bp = dice.between(1, 10_000);
        owner.done("payouts.set_rates", json!({"artist_id": house.artists[0], "base_bp": bp}));
        let before = ledger(&house, &house.artists[0]);
        let sale = sell(&house, 0, price);
        let earned = ledger(&house, &house.artists[0]) - before;
        let line = text(&sale["lines"][0]["id"]);
        let mut left = price;
        while left > 0 {
            let back = dice.between(1, left);
            owner.done(
                "till.refund",
                json!({"sale_id": sale["sale_id"], "lines": [{"line_id": line, "amount": back}], "tender": "card",
                    "reason": "x"}),
            );
            left -= back;
            let kept = ledger(&house, &house.artists[0]) - before;
            let exact = i128::from(earned) * i128::from(left);
            assert!(
                (i128::from(kept * price) - exact).abs() <= i128::from(price),
                "{kept} of {earned}, {left} left"
            );
        }
        assert_eq!(ledger(&house, &house.artists[0]), before, "{price} at {bp}");
    }
    house.assert_holds();
}

#[test]
fn d29_a_kept_deposit_is_commissioned_as_its_service() {
    let house = studio();
    let owner = house.owner();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let taken = owner.done(
        "till.take_deposit",
        json!({"appointment_id": visit, "amount": 11_600, "tenders": [{"tender": "card", "amount": 11_600}]}),
    );
    assert_eq!(statement(&house, 0)["deposits_held"], 11_600);
    assert_eq!(owed(&house, 0), 0, "money of the client's is nobody's earnings");
    house.clock.pass(u64::try_from(2 * HOUR).unwrap());
    let owner = house.owner();
    owner.done("agenda.no_show", json!({"appointment_id": visit}));
    owner.done("till.keep_deposit", json!({"deposit_id": taken["deposit"]["id"]}));
    let kept = statement(&house, 0);
    assert_eq!((&kept["deposits"]["commission"], &kept["deposits_held"]), (&json!(5_000), &json!(0)));
    assert_eq!((&kept["closing"], owed(&house, 0)), (&json!(5_000), 5_000));
    let report = owner.done("reports.period", json!({"from": DAY, "to": DAY}));
    assert_eq!(report["deposits"], json!({"taken": 11_600, "applied": 0, "kept": 11_600, "returned": 0}));
    assert_eq!(
        report["tenders"],
        json!([{"tender": "card", "taken": 11_600, "returned": 0, "net": 11_600,
        "deposits_taken": 11_600, "deposits_returned": 0}])
    );
    house.assert_holds();
}

#[test]
fn tax_on_top_of_a_price_is_no_part_of_what_is_shared() {
    let house = studio();
    let owner = house.owner();
    owner.done("security.settings", json!({"prices_include_tax": false}));
    let line = json!({"service_id": house.services[0], "artist_id": house.artists[0], "unit_price": 10_000,
        "discount": {"percent": 1_000}});
    let sale = sell_with(&house, line.clone(), 10_440, 0);
    assert_eq!(ledger(&house, &house.artists[0]), 4_500);
    owner.done("security.settings", json!({"commission_after_discount": false}));
    sell_with(&house, line, 10_440, 0);
    assert_eq!(ledger(&house, &house.artists[0]), 9_500);
    let report = owner.done("reports.period", json!({"from": DAY, "to": DAY}));
    let totals = &report["totals"];
    assert_eq!(
        (&totals["goods"], &totals["net"], &totals["tax_added"]),
        (&json!(20_880), &json!(18_000), &json!(2_880))
    );
    assert_eq!(report["taxes"], json!([{"bp": 1_600, "net": 18_000, "tax": 2_880}]));
    owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "card", "reason": "x"}));
    assert_eq!(ledger(&house, &house.artists[0]), 5_000);
    house.assert_holds();
}

#[test]
fn t097_a_payout_has_a_number_and_never_exceeds_what_is_owed() {
    let house = studio();
    let owner = house.owner();
    let mara = house.artists[0].clone();
    let line = json!({"service_id": house.services[0], "artist_id": mara, "unit_price": 11_600});
    sell_with(&house, line, 11_600, 700);
    assert_eq!(owed(&house, 0), 5_700);
    let args = |amount: i64, tender: &str| json!({"artist_id": mara, "until": DAY, "amount": amount, "tender": tender});
    for (wrong, why) in [
        (args(5_701, "transfer"), conflict("more_than_owed")),
        (args(0, "transfer"), invalid("amount", "not positive")),
        (args(-5, "transfer"), invalid("amount", "not positive")),
        (args(1, "card"), invalid("tender", "not of its type")),
        (
            json!({"artist_id": mara, "until": "2026-11-21", "amount": 1, "tender": "transfer"}),
            invalid("until", "in the future"),
        ),
        (
            json!({"artist_id": mara, "until": "2026-11-19", "amount": 1, "tender": "transfer"}),
            conflict("more_than_owed"),
        ),
    ] {
        assert_eq!(told(&house, &owner, "payouts.settle", wrong), why);
    }
    let nobody = json!({"artist_id": NOBODY, "until": DAY, "amount": 1, "tender": "transfer"});
    assert_eq!(told(&house, &owner, "payouts.settle", nobody)[0], "not_found");

    let first = settle(&house, 0, 1_000, "cash");
    assert_eq!(
        (&first["number"], &first["tips"], &first["commission"]),
        (&json!(1), &json!(700), &json!(300))
    );
    let drawer = owner.done("till.drawer", json!({}));
    let moved = &drawer["open"]["moves"][0];
    assert_eq!(
        (&moved["kind"], &moved["amount"], &moved["receipt"]),
        (&json!("payout"), &json!(-1_000), &json!(1))
    );
    let second = settle(&house, 0, 4_700, "transfer");
    assert_eq!((&second["number"], owed(&house, 0)), (&json!(2), 0));
    assert_eq!(ledger(&house, &mara), 0);
    assert_eq!(house.count("SELECT sum(amount) FROM ledger_lines WHERE account = 'bank'"), -4_700);
    assert_eq!(told(&house, &owner, "payouts.settle", args(1, "transfer")), conflict("more_than_owed"));

    let notices = house.seat("mara").done("session.notices", json!({}));
    assert_eq!((&notices[0]["kind"], &notices[0]["details"]["amount"]), (&json!("paid_out"), &json!(4_700)));
    let closed = owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 4_990}]}));
    assert_eq!((&closed["expected"], &closed["difference"]), (&json!(499_000), &json!(0)));
    let statement = statement(&house, 0);
    assert_eq!((&statement["payouts"], &statement["closing"]), (&json!(-5_700), &json!(0)));
    house.assert_holds();
}

#[test]
fn d13_a_wrong_payout_is_taken_back_once_by_an_entry_of_its_own() {
    let house = studio();
    let owner = house.owner();
    sell(&house, 0, 11_600);
    sell(&house, 1, 11_600);
    let paid = settle(&house, 0, 3_000, "cash");
    let wrong = json!({"payout_id": paid["id"], "reason": "It was Dario’s"});
    for who in ["sam", "mara", "pia"] {
        assert_eq!(told(&house, &house.seat(who), "payouts.take_back", wrong.clone()), denied("role"));
    }
    assert_eq!(told(&house, &house.elevated("sue"), "payouts.take_back", wrong.clone()), denied("role"));
    owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 4_970}]}));
    assert_eq!(told(&house, &owner, "payouts.take_back", wrong.clone()), conflict("drawer_closed"));
    owner.done("till.open_session", json!({"float": 1_000}));
    let key = fresh_key();
    let back = owner.ask_with("payouts.take_back", &key, wrong.clone()).unwrap();
    assert_eq!(owner.ask_with("payouts.take_back", &key, wrong.clone()).unwrap(), back);
    assert_eq!(
        json!([back["number"], back["reverses"], back["amount"], back["tender"], back["artist_id"]]),
        json!([2, 1, -3_000, "cash", house.artists[0]])
    );
    let drawer = owner.done("till.drawer", json!({}));
    let moved = &drawer["open"]["moves"][0];
    assert_eq!(json!([moved["kind"], moved["amount"], moved["receipt"]]), json!(["payout_back", 3_000, 2]));
    assert_eq!(owner.done("reports.x_report", json!({}))["expected"], 4_000);
    assert_eq!(told(&house, &owner, "payouts.take_back", wrong), conflict("payout_is_back"));
    let again = json!({"payout_id": back["id"], "reason": "x"});
    assert_eq!(told(&house, &owner, "payouts.take_back", again), conflict("not_a_payout"));
    let nobody = json!({"payout_id": NOBODY, "reason": "x"});
    assert_eq!(told(&house, &owner, "payouts.take_back", nobody)[0], "not_found");
    assert_eq!((owed(&house, 0), ledger(&house, &house.artists[0])), (5_000, 5_000));
    let all = owner.done("payouts.owed", json!({}));
    let mara = all.as_array().unwrap().iter().find(|one| one["artist_id"] == house.artists[0].as_str());
    assert_eq!(mara.unwrap()["last_payout"], Value::Null, "none that stands");
    let shown = statement(&house, 0);
    assert_eq!((&shown["payouts"], &shown["closing"]), (&json!(0), &json!(5_000)));
    let kinds: Vec<&Value> = shown["lines"].as_array().unwrap().iter().map(|line| &line["kind"]).collect();
    assert_eq!(kinds, ["sale", "payout", "payout_back"]);
    let told_mara = house.seat("mara").done("session.notices", json!({}));
    let facts = json!({"number": 2, "amount": 3_000, "reverses": 1});
    assert_eq!((&told_mara[0]["kind"], &told_mara[0]["details"]), (&json!("payout_back"), &facts));
    let times = "SELECT count(*) FROM notices WHERE kind = 'payout_back'";
    assert_eq!(house.count(times), 1, "told once");
    // The right sum then goes to the right one, under the next number.
    assert_eq!(settle(&house, 1, 3_000, "cash")["number"], 3);
    let list = owner.done("payouts.list", json!({}));
    let numbers =
        |name: &str| -> Vec<Value> { list.as_array().unwrap().iter().map(|one| one[name].clone()).collect() };
    assert_eq!(numbers("number"), [3, 2, 1]);
    assert_eq!(numbers("reversed_by"), [json!(null), json!(null), json!(2)]);
    house.assert_holds();
}

#[test]
fn a_payout_by_transfer_or_from_before_is_taken_back_without_a_drawer() {
    let house = studio();
    let owner = house.owner();
    sell(&house, 0, 11_600);
    let paid = [settle(&house, 0, 2_000, "transfer"), settle(&house, 0, 500, "earlier")];
    owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 5_000}]}));
    for payout in &paid {
        owner.done("payouts.take_back", json!({"payout_id": payout["id"], "reason": "Twice"}));
    }
    for account in ["bank", "pay_outs"] {
        let left = format!("SELECT coalesce(sum(amount), 0) FROM ledger_lines WHERE account = '{account}'");
        assert_eq!(house.count(&left), 0, "{account}");
    }
    assert_eq!((owed(&house, 0), statement(&house, 0)["closing"].as_i64()), (5_000, Some(5_000)));
    house.assert_holds();
}

#[test]
fn attack_34_a_payout_with_the_same_key_pays_once() {
    let house = studio();
    sell(&house, 0, 11_600);
    let owner = house.owner();
    let args = json!({"artist_id": house.artists[0], "until": DAY, "amount": 2_000, "tender": "transfer"});
    let key = fresh_key();
    let first = owner.ask_with("payouts.settle", &key, args.clone()).unwrap();
    assert_eq!(owner.ask_with("payouts.settle", &key, args.clone()).unwrap(), first);
    assert_eq!((house.count("SELECT count(*) FROM payouts"), owed(&house, 0)), (1, 3_000));
    let mut other = args;
    other["amount"] = json!(1);
    assert_eq!(owner.ask_with("payouts.settle", &key, other).unwrap_err()["code"], "key_conflict");
}

#[test]
fn cash_for_an_artist_needs_an_open_drawer_with_that_much_in_it() {
    let house = studio();
    let owner = house.owner();
    sell(&house, 0, 1_160_000);
    owner.done("till.cash_move", json!({"direction": "drop", "amount": 499_000, "reason": "safe"}));
    let args = |amount: i64| json!({"artist_id": house.artists[0], "until": DAY, "amount": amount, "tender": "cash"});
    assert_eq!(told(&house, &owner, "payouts.settle", args(1_001)), conflict("not_enough_cash"));
    owner.done("payouts.settle", args(1_000));
    owner.done("till.close_session", json!({"counts": []}));
    assert_eq!(told(&house, &owner, "payouts.settle", args(1)), conflict("drawer_closed"));
    settle(&house, 0, 1, "transfer");
    // What was paid before Inkpoint knew of it left the drawer as a pay-out.
    settle(&house, 0, 2, "earlier");
    assert_eq!(house.count("SELECT sum(amount) FROM ledger_lines WHERE account = 'pay_outs'"), -2);
    house.assert_holds();
}

#[test]
fn a_refund_after_the_payout_is_owed_back_out_of_what_comes_next() {
    let house = studio();
    let owner = house.owner();
    let sale = sell(&house, 0, 11_600);
    settle(&house, 0, 5_000, "transfer");
    owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "card", "reason": "x"}));
    assert_eq!(owed(&house, 0), -5_000);
    let one = json!({"artist_id": house.artists[0], "until": DAY, "amount": 1, "tender": "transfer"});
    assert_eq!(told(&house, &owner, "payouts.settle", one), conflict("more_than_owed"));
    sell(&house, 0, 23_200);
    assert_eq!(owed(&house, 0), 5_000);
    settle(&house, 0, 5_000, "transfer");
    assert_eq!(statement(&house, 0)["closing"], 0);
    house.assert_holds();
}

#[test]
fn t130_an_artist_sees_the_own_statement_and_nobody_elses() {
    let house = studio();
    sell(&house, 0, 11_600);
    sell(&house, 1, 23_200);
    settle(&house, 1, 10, "transfer");
    let span = |artist: Option<&str>| json!({"artist_id": artist, "from": DAY, "to": DAY});
    let dario = house.artists[1].clone();
    for analytics in [false, true] {
        let owner = house.owner();
        let member = house.seat("mara").member;
        owner.done(
            "staff.set_switch",
            json!({"member_id": member, "name": "view_shop_analytics", "on": analytics}),
        );
        let mara = house.seat("mara");
        let own = mara.done("payouts.statement", span(None));
        assert_eq!((&own["artist_id"], &own["closing"]), (&json!(house.artists[0]), &json!(5_000)));
        // Another's and none at all sound alike.
        assert_eq!(told(&house, &mara, "payouts.statement", span(Some(&dario))), denied("not_yours"));
        assert_eq!(told(&house, &mara, "payouts.statement", span(Some(NOBODY))), denied("not_yours"));
        assert_eq!(told(&house, &mara, "payouts.list", json!({"artist_id": dario})), denied("not_yours"));
        assert_eq!(mara.done("payouts.list", json!({})), json!([]));
        assert_eq!(told(&house, &mara, "payouts.owed", json!({}))[0], "denied");
        for (command, args) in [
            (
                "payouts.settle",
                json!({"artist_id": house.artists[0], "until": DAY, "amount": 1, "tender": "transfer"}),
            ),
            ("payouts.rates", json!({})),
            ("payouts.set_rates", json!({"artist_id": house.artists[0], "base_bp": 9_000})),
        ] {
            assert_eq!(told(&house, &mara, command, args), denied("role"), "{command}");
        }
    }
    let sam = house.elevated("sam");
    assert_eq!(sam.done("payouts.owed", json!({})).as_array().unwrap().len(), 3);
    for command in ["payouts.rates", "payouts.owed", "payouts.list"] {
        let expected = if command == "payouts.rates" { Some(denied("role")) } else { None };
        let got = sam.ask(command, json!({})).err().map(|fault| json!([fault["code"], fault["params"]]));
        assert_eq!(got, expected, "{command}");
    }
    let missing = json!({"from": DAY, "to": DAY});
    assert_eq!(told(&house, &sam, "payouts.statement", missing), invalid("artist_id", "missing"));
}

#[test]
fn s011_nobody_sets_the_own_terms() {
    let house = studio();
    let pia = house.seat("pia");
    let profile = pia.artist.clone().unwrap();
    house.seat("bea").done("payouts.set_rates", json!({"artist_id": profile, "base_bp": 3_000}));
    // While she stands in as admin, what she earns stays for others to say.
    let loan = json!({"member_id": pia.member, "role": "admin", "until": house.at(48), "reason": "holiday"});
    house.owner().done("staff.change_role", loan);
    let pia = house.seat("pia");
    let args = json!({"artist_id": profile, "base_bp": 9_000});
    assert_eq!(told(&house, &pia, "payouts.set_rates", args), denied("self"));
    let visit = {
        let client = house.client("Joana");
        let args = json!({"artist_id": profile, "client_id": client, "service_id": house.services[0],
            "starts_at": house.at(3)});
        text(&house.owner().done("agenda.book", args)["card"]["id"])
    };
    let share = json!({"appointment_id": visit, "bp": 9_000});
    assert_eq!(told(&house, &pia, "payouts.set_share", share.clone()), denied("self"));
    house.owner().done("payouts.set_share", share);
    let other = json!({"appointment_id": NOBODY, "bp": 9_000});
    assert_eq!(told(&house, &pia, "payouts.set_share", other)[0], "not_found");
    assert_eq!(
        told(&house, &pia, "payouts.set_share", json!({"appointment_id": visit, "bp": 10_001}))[0],
        "invalid"
    );
}

#[test]
fn a_statement_refuses_a_period_that_is_none() {
    let house = studio();
    let owner = house.owner();
    for (from, to, why) in [
        ("2026-11-20", "2026-11-19", invalid("to", "before the first day")),
        ("2025-11-19", "2026-11-20", invalid("to", "more than a year")),
    ] {
        let args = json!({"artist_id": house.artists[0], "from": from, "to": to});
        assert_eq!(told(&house, &owner, "payouts.statement", args), why);
    }
    let leap = json!({"artist_id": house.artists[0], "from": "2028-01-01", "to": "2028-12-31"});
    owner.done("payouts.statement", leap);
    let nobody = json!({"artist_id": NOBODY, "from": DAY, "to": DAY});
    assert_eq!(told(&house, &owner, "payouts.statement", nobody)[0], "not_found");
}

/// Whatever is sold, taken back and paid over some days, each artist's statement is what the ledger owes them.
#[test]
fn p04_every_statement_is_what_the_ledger_says_after_any_sequence() {
    let house = studio();
    let mut dice = Dice::new("p04_every_statement");
    let mut owner = house.owner();
    let item = house.item("BALM", 1_500, 500);
    owner.done(
        "payouts.set_rates",
        json!({"artist_id": house.artists[1], "base_bp": 3_333, "rates": [{"kind": "item", "bp": 777}],
            "mentor": {"artist_id": house.artists[0], "bp": 1_234}}),
    );
    let mut sales: Vec<Value> = Vec::new();
    for _ in 0..120 {
        match dice.below(10) {
            0..=4 => {
                let artist = &house.artists[dice.below(2)];
                let price = dice.between(1, 300_000);
                let tip = dice.between(0, 9_999);
                let mut lines = vec![json!({"service_id": house.services[0], "artist_id": artist,
                    "unit_price": price, "discount": {"percent": dice.between(1, 9_000)}})];
                if dice.below(3) == 0 {
                    lines.push(json!({"item_id": item, "artist_id": artist, "quantity": dice.between(1, 3)}));
                }
                let tips = if tip > 0 { json!([{"artist_id": artist, "amount": tip}]) } else { json!([]) };
                let quote = owner.done("till.quote", json!({"lines": lines, "tips": tips}));
                let total = quote["total"].as_i64().unwrap();
                let tender = *dice.pick(&["cash", "card", "transfer"]);
                let tenders =
                    if total > 0 { json!([{"tender": tender, "amount": total}]) } else { json!([]) };
                sales
                    .push(owner.done("till.sell", json!({"lines": lines, "tips": tips, "tenders": tenders})));
            }
            5 | 6 if !sales.is_empty() => {
                let sale = dice.pick(&sales).clone();
                let line = &sale["lines"][0];
                let amount = dice.between(1, line["amount"].as_i64().unwrap().max(1));
                // Some of it may be back already: then it is refused.
                let _maybe = owner.ask(
                    "till.refund",
                    json!({"sale_id": sale["sale_id"], "lines": [{"line_id": line["id"], "amount": amount}],
                        "tender": "card", "reason": "x"}),
                );
            }
            7 if !sales.is_empty() => {
                let sale = dice.pick(&sales).clone();
                let command = *dice.pick(&["till.void", "till.refund"]);
                let mut args = json!({"sale_id": sale["sale_id"], "reason": "x"});
                if command == "till.refund" {
                    args["tender"] = json!("card");
                }
                let _maybe = owner.ask(command, args);
            }
            8 => {
                let artist = dice.below(2);
                let today = day_of(house.now());
                let amount = dice.between(1, owed(&house, artist).max(1));
                let _maybe = owner.ask(
                    "payouts.settle",
                    json!({"artist_id": house.artists[artist], "until": today, "amount": amount,
                        "tender": dice.pick(&["cash", "transfer", "earlier"])}),
                );
            }
            _ => {
                house.clock.pass(u64::try_from(dice.between(1, 30) * HOUR).unwrap());
                // The desk locked meanwhile.
                owner = house.owner();
            }
        }
        if dice.below(12) == 0 {
            compare(&house);
        }
    }
    compare(&house);
    house.assert_holds();
    // Another zone has other days, and the same balances.
    house.owner().done("security.settings", json!({"zone": "Pacific/Auckland"}));
    compare(&house);
    house.assert_holds();
}

/// The day in Mexico City, which has had no summer time since 2022.
fn day_of(at: i64) -> String {
    let raw = rusqlite::Connection::open_in_memory().unwrap();
    raw.query_row("SELECT date(?1 / 1000 - 6 * 3600, 'unixepoch')", [at], |row| row.get(0)).unwrap()
}

fn compare(house: &House) {
    let owner = house.owner();
    for (at, artist) in house.artists.iter().enumerate() {
        let args = json!({"artist_id": artist, "from": "2026-11-20", "to": "2027-11-01"});
        let statement = owner.done("payouts.statement", args);
        let owes = ledger(house, artist);
        assert_eq!(statement["closing"].as_i64().unwrap(), owes);
        assert_eq!(owed(house, at), owes);
        let sum = |part: &str, field: &str| statement[part][field].as_i64().unwrap();
        let of = |field: &str| statement[field].as_i64().unwrap();
        let parts = of("opening")
            + sum("services", "commission")
            + sum("items", "commission")
            + sum("deposits", "commission")
            + of("mentoring")
            + of("taken_back")
            + of("tips")
            + of("payouts");
        assert_eq!(parts, owes, "the parts add up");
        // Two halves of the time are the whole.
        let middle = day_of(house.now() - 24 * HOUR);
        if *middle > *"2026-11-20" {
            let first = owner
                .done("payouts.statement", json!({"artist_id": artist, "from": "2026-11-20", "to": middle}));
            let next = day_of(house.now());
            let second = owner
                .done("payouts.statement", json!({"artist_id": artist, "from": next, "to": "2027-11-01"}));
            assert_eq!(second["opening"], first["closing"]);
            assert_eq!(second["closing"], statement["closing"]);
        }
    }
}
