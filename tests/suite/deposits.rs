//! Deposits: taken for a visit, used up by its sale, kept, given back, handed on; and what the ledger holds of them.

use serde_json::{Value, json};

use crate::studio_house::{Dice, House, Seat, fresh_key};

const DEPOSIT: i64 = 50_000;

struct Desk {
    house: House,
    client: String,
    visit: String,
}

/// A house with an open drawer and Mara's visit tomorrow.
fn booked() -> Desk {
    let house = House::staffed();
    house.owner().done("till.open_session", json!({"float": 100_000}));
    let client = house.client("Joana");
    let visit = house.book(0, &client, 24);
    Desk { house, client, visit }
}

fn taking(visit: &str, amount: i64, tender: &str) -> Value {
    json!({"appointment_id": visit, "amount": amount, "tenders": [{"tender": tender, "amount": amount}]})
}

fn id_of(paper: &Value) -> String {
    paper["deposit"]["id"].as_str().unwrap().to_owned()
}

fn take(seat: &Seat, visit: &str, amount: i64) -> String {
    id_of(&seat.done("till.take_deposit", taking(visit, amount, "cash")))
}

/// What the ledger holds for an artist.
fn held_for(house: &House, artist: usize) -> i64 {
    let artist = &house.artists[artist];
    house.count(&format!(
        "SELECT -coalesce(sum(amount), 0) FROM ledger_lines WHERE account = 'deposits_held' AND artist_id = '{artist}'"
    ))
}

fn card(seat: &Seat, visit: &str) -> Value {
    let found = seat.done("agenda.list", json!({"day": "2026-11-20", "days": 7}));
    let cards = found["cards"].as_array().unwrap();
    cards.iter().find(|card| card["id"] == visit).unwrap()["detail"]["deposit"].clone()
}

fn only(seat: &Seat, visit: &str) -> Value {
    seat.done("till.deposits", json!({"appointment_id": visit}))[0].clone()
}

fn paying(desk: &Desk, amount: i64) -> Value {
    let tenders = if amount == 0 { json!([]) } else { json!([{"tender": "card", "amount": amount}]) };
    json!({"appointment_id": desk.visit, "lines": [{"service_id": desk.house.services[0]}], "tenders": tenders})
}

#[test]
fn a_deposit_is_taken_numbered_and_held_until_the_sale_uses_it_up() {
    let desk = booked();
    let sam = desk.house.seat("sam");
    let paper = sam.done(
        "till.take_deposit",
        json!({"appointment_id": desk.visit, "amount": DEPOSIT,
            "tenders": [{"tender": "cash", "amount": 20_000, "given": 50_000}, {"tender": "card", "amount": 30_000}]}),
    );
    assert_eq!(
        (&paper["receipt"], &paper["kind"], &paper["change"]),
        (&json!(1), &json!("taken"), &json!(30_000))
    );
    assert_eq!(
        (&paper["deposit"]["state"], &paper["deposit"]["client_name"]),
        (&json!("held"), &json!("Joana"))
    );
    assert_eq!(sam.done("till.deposit_receipt", json!({"receipt": 1})), paper);
    assert_eq!(held_for(&desk.house, 0), DEPOSIT);
    assert_eq!(card(&sam, &desk.visit), json!({"due": 0, "held": DEPOSIT, "state": "held"}));
    let drawer = sam.done("till.drawer", json!({}));
    assert_eq!(drawer["open"]["moves"][0]["kind"], "deposit_taken");
    assert_eq!(drawer["open"]["moves"][0]["amount"], 20_000);
    desk.house.assert_holds();

    let quote = json!({"appointment_id": desk.visit, "lines": [{"service_id": desk.house.services[0]}]});
    let cart = sam.done("till.quote", quote.clone());
    assert_eq!((&cart["total"], &cart["to_pay"]), (&json!(160_000), &json!(110_000)));
    assert_eq!(cart["deposits"][0]["amount"], DEPOSIT);
    let mut without = quote;
    without["deposits"] = json!([]);
    assert_eq!(sam.done("till.quote", without)["to_pay"], 160_000);
    assert_eq!(
        desk.house.leaves_no_trace(|| sam.why("till.sell", paying(&desk, 160_000))),
        "invalid: tenders"
    );
    let receipt = sam.done("till.sell", paying(&desk, 110_000));
    assert_eq!(receipt["receipt"], 2, "one counter for both");
    assert_eq!((&receipt["total"], &receipt["paid"]), (&json!(160_000), &json!(110_000)));
    assert_eq!(
        (&receipt["deposits"][0]["receipt"], &receipt["deposits"][0]["amount"]),
        (&json!(1), &json!(DEPOSIT))
    );
    assert_eq!(held_for(&desk.house, 0), 0);
    assert_eq!(card(&sam, &desk.visit)["state"], "applied");
    assert_eq!(only(&sam, &desk.visit)["left"], 0);
    desk.house.assert_holds();
}

#[test]
fn a_deposit_larger_than_the_bill_stays_held_in_part_and_can_be_given_back() {
    let desk = booked();
    let owner = desk.house.owner();
    let deposit = take(&owner, &desk.visit, 200_000);
    let receipt = owner.done("till.sell", paying(&desk, 0));
    assert_eq!((&receipt["paid"], &receipt["deposits"][0]["amount"]), (&json!(0), &json!(160_000)));
    let left = only(&owner, &desk.visit);
    assert_eq!((&left["left"], &left["state"]), (&json!(40_000), &json!("held")));
    let back = |amount: i64, tender: &str| json!({"deposit_id": deposit, "amount": amount, "tender": tender, "reason": "Smaller piece"});
    assert_eq!(owner.why("till.return_deposit", back(40_001, "cash")), "invalid: amount");
    assert_eq!(owner.why("till.return_deposit", back(0, "cash")), "invalid: amount");
    let paper = owner.done("till.return_deposit", back(15_000, "cash"));
    assert_eq!(
        (&paper["kind"], &paper["amount"], &paper["receipt"]),
        (&json!("returned"), &json!(-15_000), &json!(3))
    );
    assert_eq!(owner.done("till.deposit_receipt", json!({"receipt": 3})), paper);
    owner.done("till.return_deposit", json!({"deposit_id": deposit, "tender": "card", "reason": "The rest"}));
    assert_eq!(only(&owner, &desk.visit)["state"], "returned");
    assert_eq!(owner.why("till.return_deposit", back(1, "cash")), "conflict: deposit_used");
    assert_eq!(held_for(&desk.house, 0), 0);
    desk.house.assert_holds();
}

#[test]
fn d29_the_deposit_of_a_visit_that_did_not_happen_becomes_a_sale_of_its_service() {
    let desk = booked();
    let owner = desk.house.owner();
    let deposit = take(&owner, &desk.visit, DEPOSIT);
    let keep = json!({"deposit_id": deposit, "reason": "Did not come"});
    assert_eq!(
        desk.house.leaves_no_trace(|| owner.why("till.keep_deposit", keep.clone())),
        "conflict: visit_stands"
    );
    owner.done("agenda.no_show", json!({"appointment_id": desk.visit}));
    assert_eq!(only(&owner, &desk.visit)["suggestion"], "keep");
    let receipt = desk.house.seat("sam").done("till.keep_deposit", keep.clone());
    assert_eq!(
        (&receipt["kept_deposit"], &receipt["total"], &receipt["paid"]),
        (&json!(true), &json!(DEPOSIT), &json!(0))
    );
    assert_eq!(receipt["tax"], 6_897, "sixteen per cent inside 500.00");
    assert_eq!(receipt["lines"][0]["artist_id"], desk.house.artists[0].as_str());
    assert_eq!(owner.why("till.keep_deposit", keep), "conflict: deposit_used");
    assert_eq!((held_for(&desk.house, 0), card(&owner, &desk.visit)["state"].clone()), (0, json!("kept")));
    let earned = "SELECT sum(amount) FROM commissions";
    assert!(desk.house.count(earned) > 0, "commissioned as its service");
    desk.house.assert_holds();

    // Kept by mistake: the void gives it back to be held.
    owner.done("till.void", json!({"sale_id": receipt["sale_id"], "reason": "Wrong client"}));
    assert_eq!((held_for(&desk.house, 0), desk.house.count(earned)), (DEPOSIT, 0));
    assert_eq!(only(&owner, &desk.visit)["state"], "held");
    desk.house.assert_holds();
}

#[test]
fn who_cancels_late_leaves_the_deposit_and_who_cancels_early_gets_it_back() {
    let desk = booked();
    let owner = desk.house.owner();
    let early = desk.house.book(1, &desk.client, 24 * 4);
    for visit in [&desk.visit, &early] {
        take(&owner, visit, DEPOSIT);
        assert_eq!(only(&owner, visit)["suggestion"], Value::Null);
        owner.done("agenda.cancel", json!({"appointment_id": visit}));
    }
    assert_eq!(only(&owner, &desk.visit)["suggestion"], "keep", "a day before");
    assert_eq!(only(&owner, &early)["suggestion"], "return", "four days before");
    owner.done("security.settings", json!({"deposit_cancel_hours": 24}));
    assert_eq!(only(&owner, &desk.visit)["suggestion"], "return", "exactly the hours that are asked for");
    owner.done("agenda.reopen", json!({"appointment_id": early, "status": "booked"}));
    assert_eq!(only(&owner, &early)["suggestion"], Value::Null);
}

#[test]
fn a_deposit_goes_on_to_the_new_date_and_follows_the_visit_to_another_artist() {
    let desk = booked();
    let owner = desk.house.owner();
    let deposit = take(&owner, &desk.visit, DEPOSIT);
    owner.done("agenda.cancel", json!({"appointment_id": desk.visit}));
    let stranger = desk.house.client("Pilar");
    let theirs = desk.house.book(1, &stranger, 30);
    let next = desk.house.book(1, &desk.client, 72);
    let to = |visit: &str| json!({"deposit_id": deposit, "appointment_id": visit});
    assert_eq!(owner.why("till.move_deposit", to(&theirs)), "conflict: deposit_of_another");
    assert_eq!(owner.why("till.move_deposit", to(&desk.visit)), "conflict: closed_appointment");
    let moved = owner.done("till.move_deposit", to(&next));
    assert_eq!(
        (&moved["appointment_id"], &moved["artist_id"]),
        (&json!(next), &json!(desk.house.artists[1]))
    );
    assert_eq!((held_for(&desk.house, 0), held_for(&desk.house, 1)), (0, DEPOSIT));
    desk.house.assert_holds();

    owner.done("agenda.edit", json!({"appointment_id": next, "artist_id": desk.house.artists[0]}));
    assert_eq!((held_for(&desk.house, 0), held_for(&desk.house, 1)), (DEPOSIT, 0));
    assert_eq!(only(&owner, &next)["artist_id"], desk.house.artists[0].as_str());
    let other = json!({"appointment_id": next, "client_id": stranger});
    assert_eq!(owner.why("agenda.edit", other), "conflict: deposit_held");
    owner.done(
        "staff.hand_over",
        json!({"artist_id": desk.house.artists[0], "appointments": {"hand_to": desk.house.artists[1]}}),
    );
    assert_eq!((held_for(&desk.house, 0), held_for(&desk.house, 1)), (0, DEPOSIT));
    desk.house.assert_holds();
}

#[test]
fn a002_attack_07_an_artist_handles_the_deposits_of_own_visits_alone() {
    let desk = booked();
    let owner = desk.house.owner();
    let theirs = desk.house.book(1, &desk.client, 30);
    let (mine, other) = (take(&owner, &desk.visit, DEPOSIT), take(&owner, &theirs, DEPOSIT));
    let mara = desk.house.seat("mara");
    let seen = mara.done("till.deposits", json!({"client_id": desk.client}));
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(seen[0]["id"], mine.as_str());
    let nothing = "00000000-0000-7000-8000-000000000000";
    for (command, args) in [
        ("till.take_deposit", taking(&theirs, DEPOSIT, "card")),
        ("till.take_deposit", taking(nothing, DEPOSIT, "card")),
        ("till.deposits", json!({"appointment_id": theirs})),
        ("till.deposits", json!({"appointment_id": nothing})),
        ("till.keep_deposit", json!({"deposit_id": other})),
        ("till.keep_deposit", json!({"deposit_id": nothing})),
        ("till.move_deposit", json!({"deposit_id": other, "appointment_id": desk.visit})),
        ("till.move_deposit", json!({"deposit_id": mine, "appointment_id": theirs})),
        ("till.move_deposit", json!({"deposit_id": nothing, "appointment_id": desk.visit})),
        ("till.deposit_receipt", json!({"receipt": 2})),
        ("till.deposit_receipt", json!({"receipt": 99})),
        ("till.return_deposit", json!({"deposit_id": mine, "tender": "card", "reason": "x"})),
    ] {
        let told = desk.house.leaves_no_trace(|| mara.refused(command, args.clone()));
        assert_eq!(told, "denied", "{command} {args}");
    }
    mara.done("till.deposit_receipt", json!({"receipt": 1}));
    mara.done("till.take_deposit", taking(&desk.visit, 10_000, "card"));
    let sam = desk.house.seat("sam");
    let back = json!({"deposit_id": mine, "tender": "card", "reason": "x"});
    assert_eq!(sam.refused("till.return_deposit", back.clone()), "elevation_required");
    desk.house.elevated("sam").done("till.return_deposit", back);
}

#[test]
fn d27_cash_for_a_deposit_needs_the_drawer_both_ways() {
    let house = House::staffed();
    let client = house.client("Joana");
    let visit = house.book(0, &client, 24);
    let owner = house.owner();
    assert_eq!(owner.why("till.take_deposit", taking(&visit, DEPOSIT, "cash")), "conflict: drawer_closed");
    let deposit = id_of(&owner.done("till.take_deposit", taking(&visit, DEPOSIT, "card")));
    let back = json!({"deposit_id": deposit, "tender": "cash", "reason": "x"});
    assert_eq!(owner.why("till.return_deposit", back.clone()), "conflict: drawer_closed");
    owner.done("till.open_session", json!({"float": DEPOSIT - 100}));
    assert_eq!(owner.why("till.return_deposit", back.clone()), "conflict: not_enough_cash");
    owner.done("till.cash_move", json!({"direction": "in", "amount": 100, "reason": "Coins"}));
    owner.done("till.return_deposit", back);
    let z = owner.done("till.close_session", json!({"counts": []}));
    assert_eq!((&z["expected"], &z["first_receipt"], &z["last_receipt"]), (&json!(0), &json!(1), &json!(2)));
    assert_eq!(z["deposits"], json!({"taken": DEPOSIT, "returned": DEPOSIT, "applied": 0, "kept": 0}));
    assert_eq!(z["perpetual"], 0, "a deposit is nobody's takings yet");
    house.assert_holds();
}

#[test]
fn what_is_taken_for_must_be_open_unpaid_and_more_than_nothing() {
    let desk = booked();
    let owner = desk.house.owner();
    for amount in [0, -1] {
        assert_eq!(owner.why("till.take_deposit", taking(&desk.visit, amount, "card")), "invalid: amount");
    }
    let mut short = taking(&desk.visit, DEPOSIT, "card");
    short["tenders"][0]["amount"] = json!(1);
    assert_eq!(owner.why("till.take_deposit", short), "invalid: tenders");
    assert_eq!(owner.refused("till.take_deposit", taking(&desk.client, DEPOSIT, "card")), "not_found");
    owner.done("till.sell", paying(&desk, 160_000));
    assert_eq!(
        owner.why("till.take_deposit", taking(&desk.visit, DEPOSIT, "card")),
        "conflict: already_paid"
    );
    let gone = desk.house.book(0, &desk.client, 48);
    owner.done("agenda.cancel", json!({"appointment_id": gone}));
    assert_eq!(
        owner.why("till.take_deposit", taking(&gone, DEPOSIT, "card")),
        "conflict: closed_appointment"
    );
}

#[test]
fn the_same_key_takes_a_deposit_once() {
    let desk = booked();
    let sam = desk.house.seat("sam");
    let key = fresh_key();
    let first = sam.ask_with("till.take_deposit", &key, taking(&desk.visit, DEPOSIT, "card")).unwrap();
    let again = desk.house.leaves_no_trace(|| {
        sam.ask_with("till.take_deposit", &key, taking(&desk.visit, DEPOSIT, "card")).unwrap()
    });
    assert_eq!(first, again);
    let other = sam.ask_with("till.take_deposit", &key, taking(&desk.visit, 1, "card")).unwrap_err();
    assert_eq!(other["code"], "key_conflict");
    assert_eq!(held_for(&desk.house, 0), DEPOSIT);
}

#[test]
fn a_refund_of_a_visit_paid_by_deposit_gives_all_of_it_back_as_money_and_a_void_holds_it_again() {
    let desk = booked();
    let owner = desk.house.owner();
    take(&owner, &desk.visit, DEPOSIT);
    let sold = owner.done("till.sell", paying(&desk, 110_000));
    owner.done("till.void", json!({"sale_id": sold["sale_id"], "reason": "Wrong price"}));
    assert_eq!(held_for(&desk.house, 0), DEPOSIT);
    desk.house.assert_holds();

    let sold = owner.done("till.sell", paying(&desk, 110_000));
    let back = owner
        .done("till.refund", json!({"sale_id": sold["sale_id"], "tender": "card", "reason": "Moved away"}));
    assert_eq!((&back["total"], &back["paid"]), (&json!(-160_000), &json!(-160_000)));
    assert_eq!(held_for(&desk.house, 0), 0);
    let more = json!({"sale_id": sold["sale_id"], "tender": "card", "reason": "Again"});
    assert_eq!(owner.why("till.refund", more), "conflict: nothing_to_refund");
    desk.house.assert_holds();
}

#[test]
fn a_deposit_survives_a_merge_and_holds_back_an_erasure() {
    let desk = booked();
    let owner = desk.house.owner();
    let deposit = take(&owner, &desk.visit, DEPOSIT);
    let kept = desk.house.client("Joana M.");
    owner.done("clients.merge", json!({"keep_id": kept, "merge_id": desk.client}));
    let seen = owner.done("till.deposits", json!({"client_id": kept, "open_only": true}));
    assert_eq!((&seen[0]["id"], &seen[0]["client_name"]), (&json!(deposit), &json!("Joana M.")));
    desk.house.assert_holds();
    owner.done("clients.unmerge", json!({"merge_id": desk.client}));
    assert_eq!(only(&owner, &desk.visit)["client_id"], desk.client.as_str());
    owner.done("agenda.cancel", json!({"appointment_id": desk.visit}));
    let erase = json!({"client_id": desk.client, "name": "Joana"});
    assert_eq!(
        desk.house.leaves_no_trace(|| owner.why("clients.erase", erase.clone())),
        "conflict: deposit_held"
    );
    owner.done("till.keep_deposit", json!({"deposit_id": deposit}));
    owner.done("clients.erase", erase);
    desk.house.assert_holds();
}

#[test]
fn a_services_rule_says_what_is_due() {
    let desk = booked();
    let owner = desk.house.owner();
    let rule = |kind: &str, value: i64, minimum: i64| {
        json!({"service_id": desk.house.services[0], "name": "Small lettering", "kind": "tattoo", "minutes": 60,
            "price": 160_000, "deposit": {"kind": kind, "value": value, "minimum": minimum}})
    };
    for (kind, value, minimum, due, state) in [
        ("fixed", 40_000, 0, 40_000, "due"),
        ("percent", 2_500, 0, 40_000, "due"),
        ("percent", 100, 20_000, 20_000, "due"),
        ("fixed", 999_999, 0, 160_000, "due"),
    ] {
        owner.done("studio.set_service", rule(kind, value, minimum));
        assert_eq!(
            card(&owner, &desk.visit),
            json!({"due": due, "held": 0, "state": state}),
            "{kind} {value}"
        );
    }
    owner.done("studio.set_service", rule("none", 5, 5));
    assert!(card(&owner, &desk.visit).is_null(), "no deposit is asked for");
    for (kind, value, minimum) in
        [("fixed", 0, 0), ("percent", 10_001, 0), ("percent", 0, 0), ("fixed", 1, -1)]
    {
        assert_eq!(owner.why("studio.set_service", rule(kind, value, minimum)), "invalid: deposit");
    }
}

/// A deposit as the model sees it.
struct Paid {
    id: String,
    visit: usize,
    left: i64,
}

#[derive(Default)]
struct Visit {
    id: String,
    /// It was cancelled; its sale, and whether that was of a kept deposit; what of each deposit paid for it.
    cancelled: bool,
    sale: Option<String>,
    used: Vec<(usize, i64)>,
    card: i64,
    cash: i64,
}

/// What a daybook of deposits says.
#[derive(Default)]
struct Book {
    deposits: Vec<Paid>,
    visits: Vec<Visit>,
    cash: i64,
    receipts: i64,
    closed_to: i64,
    z: i64,
    sold: Vec<i64>,
}

#[test]
fn f26_random_days_of_deposits_match_a_plain_daybook() {
    let mut dice = Dice::new("random_days_of_deposits");
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"idle_minutes": 30}));
    owner.done("till.open_session", json!({"float": 1_000_000}));
    let client = house.client("Joana");
    let mut book = Book { cash: 1_000_000, ..Book::default() };
    for at in 0..12 {
        let id = house.book(at % 2, &client, 2 + i64::try_from(at).unwrap() * 2);
        book.visits.push(Visit { id, ..Visit::default() });
    }
    for _ in 0..160 {
        house.clock.pass(u64::try_from(dice.between(1, 20_000)).unwrap());
        let visit = dice.below(book.visits.len());
        match dice.below(10) {
            0..=2 => model_take(&owner, &mut dice, &mut book, visit),
            3..=4 => model_sell(&house, &owner, &mut book, visit),
            5 => model_back(&owner, &mut dice, &mut book, visit),
            6 => model_return(&owner, &mut dice, &mut book),
            7 => model_move(&owner, &mut dice, &mut book, visit),
            8 => model_cancel(&owner, &mut book, visit),
            _ => model_close(&owner, &mut book),
        }
    }
    house.assert_holds();
    let held: i64 = book.deposits.iter().map(|deposit| deposit.left).sum();
    assert_eq!(house.count("SELECT coalesce(sum(left_over), 0) FROM deposits_now"), held);
    assert_eq!(held_for(&house, 0) + held_for(&house, 1), held);
    assert_eq!(house.count("SELECT value FROM counters WHERE name = 'receipt'"), book.receipts);
    assert_eq!(house.count("SELECT coalesce(sum(amount), 0) FROM ledger_lines"), 0);
    let drawer = "SELECT coalesce(sum(amount), 0) FROM ledger_lines WHERE account = 'cash_drawer'";
    assert_eq!(house.count(drawer), book.cash);
    let expected = owner.done("reports.x_report", json!({}));
    assert_eq!(expected["expected"], book.cash);
    assert!(book.receipts > 20 && !book.deposits.is_empty(), "the dice made too dull a day");
}

#[track_caller]
fn agrees(outcome: Result<Value, Value>, expected: Option<&str>) -> Option<Value> {
    match (outcome, expected) {
        (Ok(reply), None) => Some(reply),
        (Err(fault), Some(reason)) => {
            assert_eq!(fault["params"]["reason"], reason, "{fault}");
            None
        }
        (Ok(reply), Some(reason)) => panic!("went through, although {reason}: {reply}"),
        (Err(fault), None) => panic!("refused: {fault}"),
    }
}

fn model_take(owner: &Seat, dice: &mut Dice, book: &mut Book, at: usize) {
    let visit = &book.visits[at];
    let expected = match visit {
        Visit { cancelled: true, .. } => Some("closed_appointment"),
        Visit { sale: Some(_), .. } => Some("already_paid"),
        _ => None,
    };
    let (amount, cash) = (dice.between(1, 100_000), dice.below(2) == 0);
    let args = taking(&visit.id, amount, if cash { "cash" } else { "card" });
    let Some(paper) = agrees(owner.ask("till.take_deposit", args), expected) else { return };
    book.receipts += 1;
    assert_eq!(paper["receipt"], book.receipts);
    book.cash += if cash { amount } else { 0 };
    book.deposits.push(Paid { id: id_of(&paper), visit: at, left: amount });
}

fn model_sell(house: &House, owner: &Seat, book: &mut Book, at: usize) {
    let mut due = 160_000;
    let mut used = Vec::new();
    for (number, deposit) in book.deposits.iter().enumerate().filter(|(_, one)| one.visit == at) {
        let part = deposit.left.min(due);
        if part > 0 {
            due -= part;
            used.push((number, part));
        }
    }
    let visit = &mut book.visits[at];
    let expected = match visit {
        Visit { cancelled: true, .. } => Some("closed_appointment"),
        Visit { sale: Some(_), .. } => Some("already_paid"),
        _ => None,
    };
    let half = due / 2;
    let tenders: Vec<Value> = [("cash", half), ("card", due - half)]
        .iter()
        .filter(|(_, amount)| *amount > 0)
        .map(|(tender, amount)| json!({"tender": tender, "amount": amount}))
        .collect();
    let args =
        json!({"appointment_id": visit.id, "lines": [{"service_id": house.services[0]}], "tenders": tenders});
    let Some(receipt) = agrees(owner.ask("till.sell", args), expected) else { return };
    book.receipts += 1;
    book.cash += half;
    assert_eq!((&receipt["receipt"], &receipt["paid"]), (&json!(book.receipts), &json!(due)));
    for (number, part) in &used {
        book.deposits[*number].left -= part;
    }
    visit.sale = Some(receipt["sale_id"].as_str().unwrap().to_owned());
    (visit.used, visit.cash, visit.card) = (used, half, due - half);
    book.sold.push(book.receipts);
}

/// A void before the close, a refund after it; both leave the visit unpaid.
fn model_back(owner: &Seat, dice: &mut Dice, book: &mut Book, at: usize) {
    let visit = &mut book.visits[at];
    let Some(sale) = visit.sale.clone() else { return };
    let receipt = owner.done("till.receipt", json!({"sale_id": sale}));
    let fresh = receipt["receipt"].as_i64().unwrap() > book.closed_to;
    assert_eq!(receipt["voidable"], fresh);
    if dice.below(2) == 0 && book.cash >= visit.cash {
        let expected = (!fresh).then_some("after_z");
        let args = json!({"sale_id": sale, "reason": "Wrong"});
        if agrees(owner.ask("till.void", args), expected).is_none() {
            return;
        }
        for (number, part) in visit.used.drain(..) {
            book.deposits[number].left += part;
        }
        book.cash -= visit.cash;
    } else {
        let whole = receipt["total"].as_i64().unwrap();
        let cash = book.cash >= whole;
        let tender = if cash { "cash" } else { "card" };
        let back =
            owner.done("till.refund", json!({"sale_id": sale, "tender": tender, "reason": "Moved away"}));
        assert_eq!(back["paid"], -whole);
        book.cash -= if cash { whole } else { 0 };
        visit.used.clear();
    }
    book.receipts += 1;
    (visit.sale, visit.cash, visit.card) = (None, 0, 0);
}

fn model_return(owner: &Seat, dice: &mut Dice, book: &mut Book) {
    if book.deposits.is_empty() {
        return;
    }
    let deposit = dice.below(book.deposits.len());
    let deposit = &mut book.deposits[deposit];
    let amount = dice.between(1, deposit.left.max(1));
    let args = json!({"deposit_id": deposit.id, "amount": amount, "tender": "cash", "reason": "x"});
    let expected = match deposit.left {
        0 => Some("deposit_used"),
        _ if book.cash < amount => Some("not_enough_cash"),
        _ => None,
    };
    let Some(paper) = agrees(owner.ask("till.return_deposit", args), expected) else { return };
    book.receipts += 1;
    assert_eq!(paper["receipt"], book.receipts);
    deposit.left -= amount;
    book.cash -= amount;
}

fn model_move(owner: &Seat, dice: &mut Dice, book: &mut Book, to: usize) {
    if book.deposits.is_empty() {
        return;
    }
    let deposit = dice.below(book.deposits.len());
    let deposit = &mut book.deposits[deposit];
    let expected = match &book.visits[to] {
        _ if deposit.left == 0 => Some("deposit_used"),
        Visit { cancelled: true, .. } => Some("closed_appointment"),
        Visit { sale: Some(_), .. } => Some("already_paid"),
        _ => None,
    };
    let args = json!({"deposit_id": deposit.id, "appointment_id": book.visits[to].id});
    if agrees(owner.ask("till.move_deposit", args), expected).is_some() {
        deposit.visit = to;
    }
}

/// A visit is called off, and the first deposit held for it is kept.
fn model_cancel(owner: &Seat, book: &mut Book, at: usize) {
    let visit = &mut book.visits[at];
    if visit.cancelled || visit.sale.is_some() {
        return;
    }
    owner.done("agenda.cancel", json!({"appointment_id": visit.id}));
    visit.cancelled = true;
    let Some((number, deposit)) =
        book.deposits.iter_mut().enumerate().find(|(_, one)| one.visit == at && one.left > 0)
    else {
        return;
    };
    let kept = owner.done("till.keep_deposit", json!({"deposit_id": deposit.id}));
    book.receipts += 1;
    assert_eq!((&kept["receipt"], &kept["total"]), (&json!(book.receipts), &json!(deposit.left)));
    visit.used = vec![(number, deposit.left)];
    visit.sale = Some(kept["sale_id"].as_str().unwrap().to_owned());
    deposit.left = 0;
}

fn model_close(owner: &Seat, book: &mut Book) {
    let counts: Vec<Value> =
        if book.cash == 0 { Vec::new() } else { vec![json!({"value": book.cash, "count": 1})] };
    let z = owner.done("till.close_session", json!({"counts": counts}));
    book.z += 1;
    assert_eq!((&z["z"], &z["expected"]), (&json!(book.z), &json!(book.cash)));
    let last = if book.receipts > book.closed_to { json!(book.receipts) } else { Value::Null };
    assert_eq!(z["last_receipt"], last);
    book.closed_to = book.receipts;
    owner.done("till.open_session", json!({"float": 1_000_000}));
    book.cash = 1_000_000;
}

/// A day with something in every table of money.
fn full_day() -> House {
    let desk = booked();
    let Desk { house, client, visit } = desk;
    let owner = house.owner();
    let item = house.item("SOAP", 11_600, 20);
    let deposit = take(&owner, &visit, 70_000);
    owner.done(
        "till.return_deposit",
        json!({"deposit_id": deposit, "amount": 1_000, "tender": "cash", "reason": "x"}),
    );
    owner.done("agenda.edit", json!({"appointment_id": visit, "artist_id": house.artists[1]}));
    let sold = owner.done(
        "till.sell",
        json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}, {"item_id": item, "quantity": 2}],
            "tips": [{"artist_id": house.artists[1], "amount": 2_000}],
            "tenders": [{"tender": "cash", "amount": 116_200}]}),
    );
    let line = &sold["lines"][1]["id"];
    owner.done(
        "till.refund",
        json!({"sale_id": sold["sale_id"], "tender": "cash", "reason": "x",
        "lines": [{"line_id": line, "quantity": 1}]}),
    );
    for way in ["page", "pdf"] {
        owner.done("till.print", json!({"receipt": sold["receipt"], "way": way}));
    }
    let missed = house.book(0, &client, 30);
    let kept = take(&owner, &missed, 5_000);
    owner.done("agenda.no_show", json!({"appointment_id": missed}));
    owner.done("till.keep_deposit", json!({"deposit_id": kept}));
    owner.done("till.cash_move", json!({"direction": "out", "amount": 500, "reason": "Coffee"}));
    house.seat("bea").done("till.take_over", json!({"reason": "x"}));
    let x = owner.done("reports.x_report", json!({}));
    owner.done("till.take_over", json!({"reason": "x"}));
    owner.done("till.close_session", json!({"counts": [{"value": x["expected"], "count": 1}]}));
    house.assert_holds();
    house
}

#[test]
fn p03_verify_finds_every_single_field_that_is_changed_in_a_table_of_money() {
    let house = full_day();
    let raw = house.raw();
    let mut tables: Vec<String> = raw
        .prepare(
            "SELECT DISTINCT rtrim(s.value ->> 0, '+') FROM journal j, json_each(j.seals) s
             WHERE instr(s.value ->> 0, '=') = 0 ORDER BY 1",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for needed in
        ["sales", "deposits", "deposit_moves", "deposit_tenders", "drawer_takeovers", "receipt_papers"]
    {
        assert!(tables.iter().any(|table| table == needed), "the day has no {needed}");
    }
    tables.extend(["deposits_now".to_owned(), "counters".to_owned()]);
    let mut tried = 0;
    for table in tables {
        let columns: Vec<(String, String)> = raw
            .prepare("SELECT name, type FROM pragma_table_info(?1)")
            .unwrap()
            .query_map([&table], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let row: i64 =
            raw.query_row(&format!("SELECT max(rowid) FROM {table}"), [], |row| row.get(0)).unwrap();
        for (column, kind) in columns {
            let before: rusqlite::types::Value = raw
                .query_row(&format!("SELECT {column} FROM {table} WHERE rowid = ?1"), [row], |row| row.get(0))
                .unwrap();
            let other = if kind == "INTEGER" {
                format!(
                    "CASE WHEN {column} IN (0, 1) THEN 1 - {column} ELSE coalesce({column}, 0) + 1000 END"
                )
            } else {
                format!("coalesce({column}, '') || 'x'")
            };
            let sql = format!("UPDATE {table} SET {column} = {other} WHERE rowid = ?1");
            house.outsider().execute(&sql, [row]).unwrap();
            // A file that cannot be read through to its end is found out too.
            let noticed = house.desk.verify().map_or(true, |report| !report.holds());
            assert!(noticed, "{table}.{column} was changed and nobody noticed");
            let sql = format!("UPDATE {table} SET {column} = ?2 WHERE rowid = ?1");
            house.outsider().execute(&sql, (row, before)).unwrap();
            tried += 1;
        }
    }
    assert!(tried > 120, "{tried} fields");
    house.assert_holds();
}
