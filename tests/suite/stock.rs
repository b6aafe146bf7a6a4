//! Stock through the door: items, lots, counts, what visits used, what is asked for and ordered.

use serde_json::{Value, json};

use crate::journal::edit;
use crate::studio_house::{House, NOBODY, Seat, conflict, denied, fresh_key, invalid, text, told};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Something that visits use, with one lot on the shelf. The item and the lot.
pub fn ink(seat: &Seat, sku: &str, lot: &str, on_hand: i64) -> (String, String) {
    let form = json!({"sku": sku, "name": sku, "category": "Ink", "price": 0, "cost": 500, "for_sale": false,
        "session_use": "part", "minimum": 2, "supplier": "Dynamic"});
    let made = json!({"form": form, "on_hand": on_hand, "lot": lot, "expires": "2027-06-30"});
    let item = text(&seat.done("inventory.create_item", made)["id"]);
    let lots = seat.done("inventory.lots", json!({"item_id": item}));
    (item, text(&lots[0]["id"]))
}

fn deliver(seat: &Seat, item: &str, quantity: i64, lot: &str, expires: &str) -> String {
    let label = json!({"item_id": item, "quantity": quantity, "lot": lot, "expires": expires});
    seat.done("inventory.stock_in", label);
    let lots = seat.done("inventory.lots", json!({"item_id": item}));
    let found = lots.as_array().unwrap().iter().find(|one| one["number"] == lot).unwrap();
    text(&found["id"])
}

/// How many there are of each lot, by its number.
fn shelf(seat: &Seat, item: &str) -> Vec<(String, i64)> {
    let lots = seat.done("inventory.lots", json!({"item_id": item}));
    let mut found: Vec<(String, i64)> = lots
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| (text(&lot["number"]), lot["on_hand"].as_i64().unwrap()))
        .collect();
    found.sort();
    found
}

fn sell(seat: &Seat, item: &str, quantity: i64) -> Value {
    let amount = 10_000 * quantity;
    seat.done(
        "till.sell",
        json!({"lines": [{"item_id": item, "quantity": quantity}], "tenders": [{"tender": "card", "amount": amount}]}),
    )
}

#[test]
fn t045_a_code_belongs_to_one_item_whether_it_is_a_barcode_or_a_sku() {
    let house = House::new();
    let owner = house.owner();
    let form =
        |sku: &str, barcode: Option<&str>| json!({"sku": sku, "name": sku, "price": 100, "barcode": barcode});
    let make = |sku: &str, barcode| json!({"form": form(sku, barcode)});
    let balm = text(&owner.done("inventory.create_item", make("BALM", Some("750123")))["id"]);
    for (sku, barcode, why) in [
        ("SOAP", Some("750123"), "barcode_taken"),
        ("750123", None, "sku_taken"),
        ("SOAP", Some("balm"), "barcode_taken"),
        ("Balm", None, "sku_taken"),
    ] {
        assert_eq!(told(&house, &owner, "inventory.create_item", make(sku, barcode)), conflict(why));
    }
    // Its own two codes may be one.
    let edit = |form: Value| json!({"item_id": balm, "form": form});
    owner.done("inventory.edit_item", edit(form("750123", Some("750123"))));
    let soap = text(&owner.done("inventory.create_item", make("SOAP", Some("750999")))["id"]);
    let taken = json!({"item_id": soap, "form": form("SOAP", Some("750123"))});
    assert_eq!(told(&house, &owner, "inventory.edit_item", taken), conflict("barcode_taken"));
    // What is sent as nothing is taken away.
    assert_eq!(owner.done("inventory.edit_item", edit(form("BALM", None)))["barcode"], Value::Null);
    house.assert_holds();
}

#[test]
fn t045_a_code_is_one_however_its_letters_are_written() {
    let house = House::new();
    let owner = house.owner();
    let make = |sku: &str, barcode: Option<&str>| json!({"form": {"sku": sku, "name": sku, "price": 100, "barcode": barcode}});
    let first = text(&owner.done("inventory.create_item", make("É9", Some("AB-12")))["id"]);
    for (sku, barcode, why) in [
        ("é9", None, "sku_taken"),
        ("E\u{301}9", None, "sku_taken"),
        ("e\u{301}9", None, "sku_taken"),
        ("\u{FF25}\u{301}\u{FF19}", None, "sku_taken"),
        ("\u{FF41}\u{FF22}\u{FF0D}\u{FF11}\u{FF12}", None, "sku_taken"),
        ("SOAP", Some("\u{FF21}b-12"), "barcode_taken"),
        ("SOAP", Some("É9"), "barcode_taken"),
    ] {
        assert_eq!(told(&house, &owner, "inventory.create_item", make(sku, barcode)), conflict(why), "{sku}");
    }
    // Its own code can be written otherwise.
    let edit = |id: &str, form: Value| json!({"item_id": id, "form": form});
    assert_eq!(owner.done("inventory.edit_item", edit(&first, json!({"sku": "é9"})))["sku"], "é9");
    // Two that had one code since before that was asked keep it, and can be changed; a third does not get it.
    let other = text(&owner.done("inventory.create_item", make("SOAP", None))["id"]);
    {
        let outsider = house.outsider();
        outsider.execute("UPDATE items SET sku = 'É9' WHERE id = ?1", [&other]).unwrap();
    }
    let named = owner.done("inventory.edit_item", edit(&other, json!({"sku": "É9", "name": "Soap"})));
    assert_eq!((&named["sku"], &named["name"]), (&json!("É9"), &json!("Soap")));
    owner.done("inventory.edit_item", edit(&first, json!({"price": 200})));
    assert_eq!(told(&house, &owner, "inventory.create_item", make("e9", None)), conflict("sku_taken"));
}

#[test]
fn t045_t047_t048_what_cannot_be_is_refused_and_leaves_nothing() {
    let house = House::new();
    let owner = house.owner();
    let (item, lot) = ink(&owner, "BLACK", "A1", 4);
    let other = house.item("SOAP", 10_000, 5);
    let form = |more: Value| {
        let mut form = json!({"sku": "NEW", "name": "New", "price": 100, "minimum": 5});
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"form": form})
    };
    let delivery = |more: Value| {
        let mut args = json!({"item_id": item, "quantity": 1});
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        args
    };
    for (command, args, answer) in [
        ("inventory.create_item", form(json!({"price": -1})), invalid("price", "negative")),
        ("inventory.create_item", form(json!({"cost": -1})), invalid("cost", "negative")),
        ("inventory.edit_item", json!({"item_id": item, "form": {"cost": -1}}), invalid("cost", "negative")),
        (
            "inventory.edit_item",
            json!({"item_id": item, "form": {"price": -1}}),
            invalid("price", "negative"),
        ),
        ("inventory.create_item", form(json!({"minimum": -1})), invalid("minimum", "out of range")),
        ("inventory.create_item", form(json!({"target": 4})), invalid("target", "out of range")),
        ("inventory.create_item", form(json!({"target": 1_000_001})), invalid("target", "out of range")),
        ("inventory.stock_in", delivery(json!({"quantity": 0})), invalid("quantity", "out of range")),
        ("inventory.stock_in", delivery(json!({"quantity": -1})), invalid("quantity", "out of range")),
        ("inventory.stock_in", delivery(json!({"quantity": 1_000_000})), invalid("quantity", "out of range")),
        ("inventory.stock_in", delivery(json!({"unit_cost": -1})), invalid("unit_cost", "negative")),
        (
            "inventory.stock_in",
            delivery(json!({"lot": "B", "expires": "2026-11-19"})),
            invalid("expires", "past"),
        ),
        (
            "inventory.stock_in",
            delivery(json!({"lot": "A1", "expires": "2027-07-01"})),
            conflict("lot_expiry_differs"),
        ),
        ("inventory.stock_in", delivery(json!({"item_id": NOBODY})), json!(["not_found", {"what": "item"}])),
        ("inventory.stock_adj", delivery(json!({"quantity": -5, "reason": "x"})), conflict("below_zero")),
        (
            "inventory.stock_adj",
            delivery(json!({"quantity": -5, "reason": "x", "lot_id": lot})),
            conflict("below_zero"),
        ),
        (
            "inventory.stock_adj",
            delivery(json!({"quantity": 0, "reason": "x"})),
            invalid("quantity", "out of range"),
        ),
        (
            "inventory.stock_adj",
            delivery(json!({"quantity": 1_000_000, "reason": "x"})),
            invalid("quantity", "out of range"),
        ),
        (
            "inventory.stock_adj",
            json!({"item_id": other, "quantity": -1, "reason": "x", "lot_id": lot}),
            json!(["not_found", {"what": "lot"}]),
        ),
        (
            "inventory.edit_lot",
            json!({"lot_id": lot, "number": null, "expires": ""}),
            invalid("number", "missing"),
        ),
        (
            "inventory.create_item",
            json!({"form": form(json!({}))["form"], "lot": "L1", "expires": "2027-01-31"}),
            invalid("on_hand", "not positive"),
        ),
        (
            "inventory.create_item",
            json!({"form": form(json!({}))["form"], "on_hand": 0, "expires": "2027-01-31"}),
            invalid("on_hand", "not positive"),
        ),
        (
            "inventory.edit_lot",
            json!({"lot_id": lot, "rev": 9, "number": "A2"}),
            conflict("changed_meanwhile"),
        ),
        (
            "inventory.edit_lot",
            json!({"lot_id": NOBODY, "number": "A2"}),
            json!(["not_found", {"what": "lot"}]),
        ),
        ("inventory.movements", json!({"item_id": NOBODY}), json!(["not_found", {"what": "item"}])),
        ("inventory.recall", json!({"lot_id": NOBODY}), json!(["not_found", {"what": "lot"}])),
        ("inventory.count", json!({"count_id": NOBODY}), json!(["not_found", {"what": "count"}])),
    ] {
        assert_eq!(told(&house, &owner, command, args.clone()), answer, "{command} {args}");
    }
    // Good until today is good today.
    deliver(&owner, &item, 1, "B", "2026-11-20");
    house.assert_holds();
}

#[test]
fn t047_what_goes_off_first_is_sold_first_and_a_refund_puts_it_back_where_it_came_from() {
    let house = House::new();
    let owner = house.owner();
    let item = house.item("BALM", 10_000, 2);
    deliver(&owner, &item, 3, "LATE", "2027-09-01");
    deliver(&owner, &item, 2, "SOON", "2026-12-24");
    let list = owner.done("inventory.list", json!({}));
    assert_eq!((&list[0]["on_hand"], &list[0]["next_expiry"]), (&json!(7), &json!("2026-12-24")));
    let sale = sell(&owner, &item, 4);
    assert_eq!(shelf(&owner, &item), [("LATE".into(), 1), ("SOON".into(), 0)]);
    house.assert_holds();
    // A lot that is missing stops no sale: those of no lot go last.
    let last = sell(&owner, &item, 3);
    assert_eq!(owner.done("inventory.list", json!({}))[0]["on_hand"], 0);
    let line = json!([{"line_id": sale["lines"][0]["id"], "quantity": 3}]);
    let back = json!({"sale_id": sale["sale_id"], "lines": line, "tender": "card", "reason": "x"});
    owner.done("till.refund", back);
    let line = json!([{"line_id": sale["lines"][0]["id"], "quantity": 1}]);
    owner.done(
        "till.refund",
        json!({"sale_id": sale["sale_id"], "lines": line, "tender": "card", "reason": "x"}),
    );
    owner.done("till.void", json!({"sale_id": last["sale_id"], "reason": "x"}));
    assert_eq!(shelf(&owner, &item), [("LATE".into(), 3), ("SOON".into(), 2)]);
    assert_eq!(owner.done("inventory.list", json!({}))[0]["on_hand"], 7);
    house.assert_holds();
}

#[test]
fn t047_what_has_gone_off_is_sold_last_and_written_off_first() {
    let house = House::new();
    let owner = house.owner();
    let item = house.item("BALM", 10_000, 1);
    deliver(&owner, &item, 2, "OLD", "2026-12-01");
    deliver(&owner, &item, 3, "GOOD", "2027-09-01");
    let old = owner.done("inventory.lots", json!({"item_id": item}))[0]["id"].as_str().unwrap().to_owned();
    let left = || {
        let of = |shelf: &[(String, i64)], lot: &str| shelf.iter().find(|(name, _)| name == lot).unwrap().1;
        let shelf = shelf(&owner, &item);
        let all = owner.done("inventory.list", json!({}))[0]["on_hand"].as_i64().unwrap();
        (of(&shelf, "OLD"), of(&shelf, "GOOD"), all)
    };
    // Good until today is good today, and goes first.
    owner.done("inventory.edit_lot", json!({"lot_id": old, "number": "OLD", "expires": "2026-11-20"}));
    sell(&owner, &item, 1);
    assert_eq!(left(), (1, 3, 5));
    // A day later the good ones go, then the one of no lot; the last customer's is what is there.
    owner.done("inventory.edit_lot", json!({"lot_id": old, "number": "OLD", "expires": "2026-11-19"}));
    sell(&owner, &item, 2);
    assert_eq!(left(), (1, 1, 3));
    sell(&owner, &item, 2);
    assert_eq!(left(), (1, 0, 1));
    deliver(&owner, &item, 1, "GOOD", "2027-09-01");
    owner.done("inventory.stock_adj", json!({"item_id": item, "quantity": -1, "reason": "Thrown away"}));
    assert_eq!(left(), (0, 1, 1));
    house.assert_holds();
}

#[test]
fn t048_an_adjustment_is_of_a_lot_or_takes_what_goes_off_first() {
    let house = House::new();
    let owner = house.owner();
    let (item, first) = ink(&owner, "BLACK", "A1", 4);
    deliver(&owner, &item, 4, "A2", "2027-01-31");
    let adjust = |quantity: i64, lot: Option<&str>| {
        let args = json!({"item_id": item, "quantity": quantity, "reason": "Broken", "lot_id": lot});
        owner.done("inventory.stock_adj", args);
        shelf(&owner, &item)
    };
    assert_eq!(adjust(-1, Some(&first)), [("A1".into(), 3), ("A2".into(), 4)]);
    assert_eq!(adjust(-5, None), [("A1".into(), 2), ("A2".into(), 0)]);
    // What is used up stands last, though it went off first.
    assert_eq!(owner.done("inventory.lots", json!({"item_id": item}))[0]["number"], "A1");
    assert_eq!(owner.done("inventory.usable", json!({}))[0]["number"], "A1");
    assert_eq!(adjust(2, Some(&first)), [("A1".into(), 4), ("A2".into(), 0)]);
    // What turns up is of no lot that anybody knows.
    assert_eq!(adjust(1, None), [("A1".into(), 4), ("A2".into(), 0)]);
    assert_eq!(owner.done("inventory.list", json!({}))[0]["on_hand"], 5);
    house.assert_holds();
}

#[test]
fn t046_what_was_misread_from_a_label_is_put_right() {
    let house = House::new();
    let owner = house.owner();
    let (item, lot) = ink(&owner, "BLACK", "A1", 4);
    deliver(&owner, &item, 1, "A2", "2027-01-31");
    let edit = json!({"lot_id": lot, "rev": 1, "number": "A7", "expires": "2026-10-01"});
    let after = owner.done("inventory.edit_lot", edit.clone());
    assert_eq!((&after["number"], &after["on_hand"], &after["rev"]), (&json!("A7"), &json!(4), &json!(2)));
    assert_eq!(told(&house, &owner, "inventory.edit_lot", edit), conflict("changed_meanwhile"));
    let taken = json!({"lot_id": lot, "number": "A2", "expires": "2026-10-01"});
    assert_eq!(told(&house, &owner, "inventory.edit_lot", taken), conflict("lot_taken"));
    // It is what stands in the list of what goes off, though its day has passed.
    assert_eq!(owner.done("inventory.lots", json!({}))[0]["id"], lot.as_str());
    house.assert_holds();
}

#[test]
fn t049_a_count_is_one_document_with_a_number_and_its_differences() {
    let house = House::new();
    let owner = house.owner();
    let (black, _) = ink(&owner, "BLACK", "A1", 4);
    let (white, _) = ink(&owner, "WHITE", "W1", 2);
    let (red, _) = ink(&owner, "RED", "R1", 1);
    let lines = json!([
        {"item_id": black, "counted": 1, "expected": 4}, {"item_id": white, "counted": 2, "expected": 2},
        {"item_id": red, "counted": 3, "expected": 1}]);
    let args = json!({"lines": lines, "reason": "Month's end", "category": "Ink", "blind": true});
    let key = fresh_key();
    let first = owner.ask_with("inventory.cycle_count", &key, args.clone()).unwrap();
    // The same key once more is the same count.
    assert_eq!(owner.ask_with("inventory.cycle_count", &key, args).unwrap(), first);
    let counts = owner.done("inventory.counts", json!({}));
    assert_eq!(counts.as_array().unwrap().len(), 1);
    let count = &counts[0];
    assert_eq!(
        json!([
            count["number"],
            count["by"],
            count["category"],
            count["blind"],
            count["items"],
            count["differing"],
            count["worth"],
            count["reason"]
        ]),
        json!([1, "Ana Ruiz", "Ink", true, 3, 2, -500, "Month's end"])
    );
    let sheet = owner.done("inventory.count", json!({"count_id": count["id"]}));
    let line = |at: usize| (sheet["lines"][at]["expected"].clone(), sheet["lines"][at]["counted"].clone());
    assert_eq!(
        [line(0), line(1), line(2)],
        [(json!(4), json!(1)), (json!(2), json!(2)), (json!(1), json!(3))]
    );
    let moved = owner.done("inventory.movements", json!({"item_id": black}));
    assert_eq!(
        json!([moved[0]["kind"], moved[0]["count_number"], moved[0]["balance"]]),
        json!(["count", 1, 1])
    );
    // What was posted stays as it was, whatever the items are called and cost from then on.
    let form = json!({"sku": "BLK", "name": "Black, large", "unit": "ml", "price": 9_000, "cost": 800});
    owner.done("inventory.edit_item", json!({"item_id": black, "form": form}));
    assert_eq!(owner.done("inventory.count", json!({"count_id": count["id"]})), sheet);
    assert_eq!(owner.done("inventory.counts", json!({})), counts);
    house.assert_holds();
}

#[test]
fn attack_38_a_count_that_stock_moved_under_is_told_and_takes_no_number() {
    let house = House::new();
    let owner = house.owner();
    let balm = house.item("BALM", 10_000, 5);
    let soap = house.item("SOAP", 10_000, 5);
    let args = |lines: Value| json!({"lines": lines});
    let stale = args(
        json!([{"item_id": soap, "counted": 9, "expected": 5}, {"item_id": balm, "counted": 5, "expected": 5}]),
    );
    sell(&owner, &balm, 1);
    assert_eq!(told(&house, &owner, "inventory.cycle_count", stale), conflict("changed_meanwhile"));
    for (lines, answer) in [
        (json!([]), invalid("lines", "1 to 5000")),
        (json!([{"item_id": balm, "counted": -1}]), invalid("lines[0].counted", "out of range")),
        (json!([{"item_id": balm, "counted": 1_000_001}]), invalid("lines[0].counted", "out of range")),
        (
            json!([{"item_id": balm, "counted": 4}, {"item_id": balm, "counted": 4}]),
            invalid("lines[1].item_id", "twice"),
        ),
        (json!([{"item_id": NOBODY, "counted": 4}]), json!(["not_found", {"what": "item"}])),
    ] {
        assert_eq!(told(&house, &owner, "inventory.cycle_count", args(lines)), answer);
    }
    owner.done("inventory.cycle_count", args(json!([{"item_id": balm, "counted": 4, "expected": 4}])));
    assert_eq!(owner.done("inventory.counts", json!({}))[0]["number"], 1, "refusals leave no gap");
    house.assert_holds();
}

#[test]
fn t024_a_visit_says_what_it_used_and_the_client_has_a_passport_of_it() {
    let house = House::staffed();
    let owner = house.owner();
    let (black, lot) = ink(&owner, "BLACK", "A1", 2);
    let soap = house.item("SOAP", 10_000, 5);
    let client = house.client("Joana Melo");
    let (visit, others) = (house.book(0, &client, 1), house.book(1, &client, 3));
    let mara = house.seat("mara");
    let used = |visit: &str, line: Value| json!({"appointment_id": visit, "supplies": [line]});
    let bottle = json!({"item_id": black, "lot_id": lot, "quantity": 1});
    let drop = json!({"item_id": black, "lot_id": lot});
    let key = fresh_key();
    let first = mara.ask_with("inventory.use_supplies", &key, used(&visit, bottle.clone())).unwrap();
    assert_eq!(mara.ask_with("inventory.use_supplies", &key, used(&visit, bottle.clone())).unwrap(), first);
    assert_eq!(
        json!([first[0]["lot"], first[0]["quantity"], first[0]["by"]]),
        json!(["A1", 1, "Mara Quill"])
    );
    assert_eq!(shelf(&owner, &black), [("A1".into(), 1)]);
    // A part of an open bottle leaves the shelf as it is; nobody needs the code to write down what they used.
    house.seat("sam").done("inventory.use_supplies", used(&others, drop.clone()));
    assert_eq!(shelf(&owner, &black), [("A1".into(), 1)]);

    // A colleague's visit is not the artist's to write to, nor one that does not exist (D18).
    for seat in [&mara, &house.seat("pia")] {
        for id in [others.as_str(), NOBODY] {
            let answer = told(&house, seat, "inventory.use_supplies", used(id, drop.clone()));
            assert_eq!(answer[0], "denied");
        }
    }
    let yours = house.seat("dario").done("inventory.supplies", json!({"appointment_id": others}));
    let undo = json!({"supply_id": yours[0]["id"]});
    assert_eq!(told(&house, &mara, "inventory.undo_use", undo.clone()), denied("not_yours"));
    assert_eq!(told(&house, &mara, "inventory.undo_use", json!({"supply_id": NOBODY})), denied("not_yours"));
    for (line, answer) in [
        (json!({"item_id": black, "lot_id": lot, "quantity": 2}), conflict("out_of_stock")),
        (json!({"item_id": black, "quantity": 1}), invalid("supplies[0].lot_id", "missing")),
        (json!({"item_id": black, "quantity": 2}), conflict("out_of_stock")),
        (
            json!({"item_id": black, "lot_id": lot, "quantity": -1}),
            invalid("supplies[0].quantity", "out of range"),
        ),
        (json!({"item_id": soap}), conflict("item_not_for_sessions")),
        (json!({"item_id": black, "lot_id": NOBODY}), json!(["not_found", {"what": "lot"}])),
        (json!({"item_id": NOBODY}), json!(["not_found", {"what": "item"}])),
    ] {
        assert_eq!(told(&house, &mara, "inventory.use_supplies", used(&visit, line)), answer);
    }
    let nothing = json!({"appointment_id": visit, "supplies": []});
    assert_eq!(told(&house, &mara, "inventory.use_supplies", nothing), invalid("supplies", "1 to 50"));

    // The passport: the desk sees all of it, an artist what they did themselves (D28).
    let passport = |seat: &Seat| seat.done("inventory.supplies", json!({"client_id": client}));
    assert_eq!(passport(&owner).as_array().unwrap().len(), 2);
    assert_eq!(passport(&mara).as_array().unwrap().len(), 1);
    assert_eq!(mara.done("inventory.supplies", json!({"appointment_id": others})), json!([]));
    // And who has the lot in their skin.
    let recall = |seat: &Seat| {
        let found = seat.done("inventory.recall", json!({"lot_id": lot}));
        (
            found["visits"].as_array().unwrap().len(),
            found["others"].as_i64().unwrap(),
            found["visits"][0]["client_name"].clone(),
        )
    };
    assert_eq!(recall(&house.seat("sam")), (2, 0, json!("Joana Melo")));
    assert_eq!(recall(&mara), (1, 1, json!("Joana Melo")));
    assert_eq!(recall(&house.seat("pia")), (0, 2, Value::Null));
    // With how to reach them, for whoever is shown that (D03).
    let form = json!({"name": "Joana Melo", "phone": "55 1234 5678", "email": "joana@example.com"});
    owner.done("clients.edit", json!({"client_id": client, "form": form}));
    let reach = |seat: &Seat| {
        let visit = seat.done("inventory.recall", json!({"lot_id": lot}))["visits"][0].clone();
        json!([visit["phone"], visit["email"]])
    };
    assert_eq!(reach(&house.seat("sam")), json!(["55 1234 5678", "joana@example.com"]));
    let hidden = json!({"member_id": mara.member, "name": "view_client_contacts", "on": false});
    owner.done("staff.set_switch", hidden);
    assert_eq!(reach(&mara), json!([null, null]));
    // It goes with what is handed to the person (T104).
    let file = owner.done("clients.personal_data", json!({"client_id": client}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(all["inks_and_needles"].as_array().unwrap().len(), 2);

    // Written down by mistake: once taken back, the bottle stands on the shelf again.
    let wrong = json!({"supply_id": first[0]["id"]});
    assert_eq!(mara.done("inventory.undo_use", wrong.clone()), json!([]));
    assert_eq!(shelf(&owner, &black), [("A1".into(), 2)]);
    assert_eq!(told(&house, &mara, "inventory.undo_use", wrong), conflict("supply_undone"));
    assert_eq!(recall(&house.seat("sam")).0, 1);
    // What was laid out for somebody who did not come is in nobody's skin; it stays written down with the visit.
    assert_eq!(passport(&owner).as_array().unwrap().len(), 1);
    owner.done("agenda.cancel", json!({"appointment_id": others}));
    assert_eq!(passport(&owner), json!([]));
    assert_eq!(recall(&house.seat("sam")), (0, 0, Value::Null));
    let written = owner.done("inventory.supplies", json!({"appointment_id": others}));
    assert_eq!(written.as_array().unwrap().len(), 1);
    owner.done("agenda.cancel", json!({"appointment_id": visit}));
    assert_eq!(
        told(&house, &mara, "inventory.use_supplies", used(&visit, drop)),
        conflict("visit_did_not_happen")
    );
    house.assert_holds();
}

#[test]
fn t072_t132_an_artist_asks_the_desk_answers_and_both_are_told() {
    let house = House::staffed();
    let owner = house.owner();
    let (black, _) = ink(&owner, "BLACK", "A1", 2);
    let (mara, dario, sam) = (house.seat("mara"), house.seat("dario"), house.seat("sam"));
    let ask = json!({"kind": "need", "item_id": black, "quantity": 6, "note": "Two big pieces next week"});
    let first = mara.done("inventory.request", ask);
    let second = dario.done("inventory.request", json!({"kind": "need", "what": "Green soap, large"}));
    let third = dario.done("inventory.request", json!({"kind": "wrong", "item_id": black, "quantity": 0}));
    for (args, answer) in [
        (json!({"kind": "need"}), invalid("item_id", "missing")),
        (json!({"kind": "wrong", "what": "Gloves"}), invalid("item_id", "missing")),
        (json!({"kind": "need", "item_id": black, "what": "x"}), invalid("what", "either an item or a name")),
        (json!({"kind": "need", "item_id": black, "quantity": 0}), invalid("quantity", "out of range")),
        (json!({"kind": "need", "item_id": NOBODY}), json!(["not_found", {"what": "item"}])),
    ] {
        assert_eq!(told(&house, &mara, "inventory.request", args), answer);
    }
    let seen = |seat: &Seat| seat.done("inventory.requests", json!({})).as_array().unwrap().len();
    assert_eq!((seen(&sam), seen(&mara), seen(&dario), seen(&house.seat("pia"))), (3, 1, 2, 0));
    let notices = |seat: &Seat, kind: &str| {
        let list = seat.done("session.notices", json!({}));
        list.as_array().unwrap().iter().filter(|one| one["kind"] == kind).count()
    };
    assert_eq!((notices(&sam, "supply_asked"), notices(&owner, "supply_asked")), (3, 3));
    assert_eq!(notices(&dario, "supply_asked"), 0);

    let say = |id: &Value, answer: &str, note: Option<&str>| json!({"request_id": id, "answer": answer, "note": note});
    // Only the desk answers, without the code: no stock moves by it.
    let order = say(&first["id"], "ordered", None);
    assert_eq!(told(&house, &mara, "inventory.answer_request", order.clone()), denied("role"));
    assert_eq!(sam.done("inventory.answer_request", order.clone())["state"], "ordered");
    assert_eq!(told(&house, &sam, "inventory.answer_request", order), conflict("request_answered"));
    assert_eq!(
        sam.done("inventory.answer_request", say(&first["id"], "done", Some("On your shelf")))["state"],
        "done"
    );
    assert_eq!(
        told(&house, &sam, "inventory.answer_request", say(&first["id"], "declined", Some("No"))),
        conflict("request_answered")
    );
    assert_eq!(
        told(&house, &sam, "inventory.answer_request", say(&second["id"], "declined", None)),
        invalid("note", "missing")
    );
    sam.done("inventory.answer_request", say(&second["id"], "declined", Some("We use another")));
    assert_eq!(
        told(&house, &sam, "inventory.answer_request", say(&third["id"], "ordered", None)),
        conflict("request_answered")
    );
    assert_eq!((notices(&mara, "supply_answered"), notices(&dario, "supply_answered")), (2, 1));

    // One's own request can be taken back, nobody else's.
    let mine = json!({"request_id": third["id"]});
    assert_eq!(told(&house, &mara, "inventory.drop_request", mine.clone()), denied("not_yours"));
    assert_eq!(dario.done("inventory.drop_request", mine.clone())["state"], "withdrawn");
    assert_eq!(told(&house, &dario, "inventory.drop_request", mine), conflict("request_answered"));
    // Fifty may wait, no more.
    for _ in 0..50 {
        mara.done("inventory.request", json!({"kind": "need", "what": "Gloves"}));
    }
    let more = json!({"kind": "need", "what": "Gloves"});
    assert_eq!(told(&house, &mara, "inventory.request", more), conflict("too_many_requests"));
    house.assert_holds();
}

#[test]
fn t098_what_to_order_counts_only_what_is_good_and_what_the_team_asked_for() {
    let house = House::staffed();
    let owner = house.owner();
    let make = |sku: &str, more: Value, on_hand: i64| {
        let mut form = json!({"sku": sku, "name": sku, "price": 10_000, "cost": 500});
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        text(&owner.done("inventory.create_item", json!({"form": form, "on_hand": on_hand}))["id"])
    };
    make("ENOUGH", json!({"minimum": 5}), 5);
    make("=LOW", json!({"minimum": 5, "supplier": "Zeta"}), 4);
    let level = make("LEVEL", json!({"minimum": 5, "target": 30, "supplier": "Alfa"}), 3);
    let wanted = make("WANTED", json!({"minimum": 0, "supplier": "Alfa"}), 9);
    let old = make("OLD", json!({"minimum": 2}), 0);
    deliver(&owner, &old, 8, "L1", "2026-11-25");
    sell(&owner, &wanted, 2);
    house.seat("mara").done("inventory.request", json!({"kind": "need", "item_id": wanted, "quantity": 7}));
    house.clock.pass(6 * 24 * 60 * 60_000);
    let owner = house.owner();
    let lines = owner.done("inventory.reorder", json!({}));
    let told: Vec<Value> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            json!([
                line["sku"],
                line["supplier"],
                line["order"],
                line["used"],
                line["requested"],
                line["amount"]
            ])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!(["LEVEL", "Alfa", 27, 0, 0, 13_500]),
            json!(["WANTED", "Alfa", 7, 2, 7, 3_500]),
            json!(["=LOW", "Zeta", 6, 0, 0, 3_000]),
            json!(["OLD", null, 4, 0, 0, 2_000]),
        ]
    );
    // Nothing of it is a formula to a spreadsheet (attack 42), and it leaves with the right to export (T050).
    for table in ["items", "lots", "reorder"] {
        let file = owner.done("inventory.export", json!({"table": table}));
        assert_eq!(file["text"].as_str().unwrap().contains("'=LOW"), table != "lots");
        let sam = house.seat("sam");
        assert_eq!(sam.refused("inventory.export", json!({"table": table})), "elevation_required");
        assert_eq!(house.seat("mara").refused("inventory.export", json!({"table": table})), "denied");
    }
    let paper = owner.done("inventory.reorder_paper", json!({}));
    let seen = crate::pdf::text(&STANDARD.decode(text(&paper["base64"])).unwrap());
    assert!(seen.contains("Alfa") && seen.contains("LEVEL") && seen.contains("Together"), "{seen}");
    // One who orders no longer is asked for it.
    owner.done(
        "inventory.edit_item",
        json!({"item_id": level, "active": false,
        "form": {"sku": "LEVEL", "name": "LEVEL", "price": 1, "minimum": 5}}),
    );
    assert_eq!(owner.done("inventory.reorder", json!({})).as_array().unwrap().len(), 3);
}

#[test]
fn t050_a_list_to_order_stands_whatever_one_item_would_cost() {
    let house = House::new();
    let owner = house.owner();
    let make = |sku: &str, form: Value| {
        let mut args = json!({"form": {"sku": sku, "name": sku, "price": 1, "supplier": "Alfa"}});
        args["form"].as_object_mut().unwrap().extend(form.as_object().unwrap().clone());
        args["on_hand"] = json!(1);
        text(&owner.done("inventory.create_item", args)["id"])
    };
    make("PLAIN", json!({"cost": 500, "minimum": 3}));
    let dear = json!({"cost": 1_000_000_000_000_i64, "minimum": 1_000_000, "target": 1_000_000});
    let gold = make("GOLD", dear);
    let lines = owner.done("inventory.reorder", json!({}));
    let told = |sku: &str| {
        let line = lines.as_array().unwrap().iter().find(|line| line["sku"] == sku).unwrap();
        json!([line["order"], line["cost"], line["amount"]])
    };
    assert_eq!(told("PLAIN"), json!([5, 500, 2_500]));
    assert_eq!(told("GOLD"), json!([999_999, 1_000_000_000_000_i64, null]), "more than can be said");
    let sheet = owner.done("inventory.export", json!({"table": "reorder"}));
    let rows: Vec<&str> = sheet["text"].as_str().unwrap().lines().collect();
    assert!(
        rows.iter().any(|row| row.contains("GOLD") && row.ends_with("999999,10000000000.00,")),
        "{rows:?}"
    );
    assert!(rows.iter().any(|row| row.contains("PLAIN") && row.ends_with("5,5.00,25.00")), "{rows:?}");
    let paper = owner.done("inventory.reorder_paper", json!({}));
    let seen = crate::pdf::text(&STANDARD.decode(text(&paper["base64"])).unwrap());
    assert!(seen.contains("PLAIN") && seen.contains("GOLD") && seen.contains('–'), "{seen}");
    // Nor does a full shelf of it keep the list of what there is from leaving.
    owner.done("inventory.stock_adj", json!({"item_id": gold, "quantity": 900_000, "reason": "found"}));
    let sheet = owner.done("inventory.export", json!({"table": "items"}));
    assert!(sheet["text"].as_str().unwrap().contains("GOLD"), "{sheet}");
}

#[test]
fn t132_the_desk_is_reminded_of_what_runs_out_and_of_what_goes_off() {
    let house = House::staffed();
    let owner = house.owner();
    let (black, lot) = ink(&owner, "BLACK", "A1", 2);
    let reminded = |seat: &Seat| {
        let due = seat.done("session.whoami", json!({}))["reminders"].clone();
        (due["stock_low"].as_i64().unwrap(), due["stock_expiring"].as_i64().unwrap())
    };
    assert_eq!(reminded(&owner), (0, 0));
    owner.done("inventory.stock_adj", json!({"item_id": black, "quantity": -1, "reason": "Broken"}));
    owner.done("inventory.edit_lot", json!({"lot_id": lot, "number": "A1", "expires": "2026-12-20"}));
    assert_eq!((reminded(&owner), reminded(&house.seat("sam"))), ((1, 1), (1, 1)));
    assert_eq!(reminded(&house.seat("mara")), (0, 0));
    owner.done("inventory.edit_lot", json!({"lot_id": lot, "number": "A1", "expires": "2026-12-21"}));
    assert_eq!(reminded(&owner), (1, 0));
    assert_eq!(owner.done("inventory.lots", json!({})), json!([]));
}

#[test]
fn t044_the_ledger_of_an_item_comes_in_pages_with_what_was_there_after_each() {
    let house = House::staffed();
    let owner = house.owner();
    let item = house.item("BALM", 10_000, 10);
    for _ in 0..60 {
        house.clock.pass(1_000);
        owner.done("inventory.stock_in", json!({"item_id": item, "quantity": 1}));
    }
    sell(&owner, &item, 2);
    let page = |seat: &Seat, before: &Value| {
        seat.done("inventory.movements", json!({"item_id": item, "before": before}))
    };
    let first = page(&owner, &Value::Null);
    assert_eq!(first.as_array().unwrap().len(), 50);
    assert_eq!(json!([first[0]["kind"], first[0]["balance"], first[0]["receipt"]]), json!(["sale", 68, 1]));
    let second = page(&owner, &first[49]["seq"]);
    assert_eq!(second.as_array().unwrap().len(), 12);
    assert_eq!(json!([second[11]["kind"], second[11]["balance"]]), json!(["opening", 10]));
    assert_eq!(second[0]["balance"].as_i64().unwrap() + 1, first[49]["balance"].as_i64().unwrap());
    // Whose purchase it was is for those who see every receipt (T039).
    assert_eq!(page(&house.seat("mara"), &Value::Null)[0]["receipt"], Value::Null);
}

#[test]
fn p05_an_edited_quantity_is_found_wherever_it_stands() {
    let house = House::new();
    let owner = house.owner();
    let (black, lot) = ink(&owner, "BLACK", "A1", 4);
    let soap = house.item("SOAP", 10_000, 5);
    let client = house.client("Joana");
    let visit = house.book(0, &client, 1);
    let used = json!([{"item_id": black, "lot_id": lot, "quantity": 1}]);
    owner.done("inventory.use_supplies", json!({"appointment_id": visit, "supplies": used}));
    owner.done("inventory.cycle_count", json!({"lines": [{"item_id": soap, "counted": 4}]}));
    drop(owner);
    house.assert_holds();
    house.desk.close();
    for (sql, problem) in [
        ("UPDATE stock_now SET on_hand = on_hand + 1 WHERE lot_id IS NULL", "what is on hand is not"),
        ("DELETE FROM stock_now WHERE lot_id IS NOT NULL", "what is on hand is not"),
        ("UPDATE stock_moves SET quantity = quantity - 1 WHERE kind = 'opening'", "stock_moves"),
        ("UPDATE stock_moves SET quantity = quantity - 1 WHERE kind = 'count'", "a count's differences"),
        ("UPDATE visit_supplies SET quantity = 0", "what a visit used"),
        ("UPDATE stock_counts SET number = 2", "count numbers"),
        ("UPDATE lots SET item_id = (SELECT id FROM items WHERE sku = 'SOAP')", "another item's lot"),
    ] {
        let problems = edit(&house, sql);
        assert!(problems.iter().any(|found| found.contains(problem)), "{sql}: {problems:?}");
    }
}

#[test]
fn one_number_on_a_label_is_one_lot_however_it_is_typed() {
    let house = House::staffed();
    let owner = house.owner();
    let ink = house.item("INK", 100, 0);
    for number in ["AB12", "ab12"] {
        owner.done("inventory.stock_in", json!({"item_id": ink, "quantity": 2, "lot": number}));
    }
    let lots = owner.done("inventory.lots", json!({"item_id": ink}));
    assert_eq!(
        (lots.as_array().unwrap().len(), &lots[0]["number"], &lots[0]["on_hand"]),
        (1, &json!("AB12"), &json!(4))
    );
}

#[test]
fn t045_t046_codes_and_labels_that_look_alike_are_one() {
    let house = House::new();
    let owner = house.owner();
    let form = |sku: &str, barcode: Option<&str>| json!({"form": {"sku": sku, "name": "Balm", "price": 100, "barcode": barcode}});
    let balm =
        owner.done("inventory.create_item", form("BA\u{200b}LM\u{feff}", Some("\u{2060}750123\u{ad}")));
    assert_eq!((&balm["sku"], &balm["barcode"]), (&json!("BALM"), &json!("750123")));
    for (sku, barcode, why) in [
        ("BALM\u{200d}", None, "sku_taken"),
        ("SOAP", Some("750\u{200c}123"), "barcode_taken"),
        ("7\u{200b}50123", None, "sku_taken"),
    ] {
        assert_eq!(told(&house, &owner, "inventory.create_item", form(sku, barcode)), conflict(why));
    }
    let unseen = told(&house, &owner, "inventory.create_item", form("\u{200b}", None));
    assert_eq!(unseen[0], "invalid");
    let edit = |changes: Value| json!({"item_id": balm["id"], "form": changes});
    let after =
        owner.done("inventory.edit_item", edit(json!({"sku": "B\u{200b}2", "barcode": "9\u{feff}9"})));
    assert_eq!((&after["sku"], &after["barcode"]), (&json!("B2"), &json!("99")));
    let item = text(&balm["id"]);
    deliver(&owner, &item, 1, "L1", "2027-01-31");
    owner.done(
        "inventory.stock_in",
        json!({"item_id": item, "quantity": 2, "lot": "L\u{200b}1", "expires": "2027-01-31"}),
    );
    assert_eq!(shelf(&owner, &item), [("L1".into(), 3)]);
}

#[test]
fn t046_what_an_edit_leaves_out_stays_and_what_it_sends_as_nothing_goes() {
    let house = House::new();
    let owner = house.owner();
    let rate = text(&owner.done("studio.set_tax_rate", json!({"name": "Reduced", "bp": 800}))["id"]);
    let full = json!({"sku": "BLACK", "barcode": "750", "name": "Black", "category": "Ink", "unit": "bottle", "cost": 500,
        "price": 900, "minimum": 2, "target": 9, "supplier": "Dynamic", "for_sale": false, "session_use": "part",
        "tax_rate_id": rate});
    let made = owner.done(
        "inventory.create_item",
        json!({"form": full, "on_hand": 1, "lot": "A1", "expires": "2027-06-30"}),
    );
    let edit = |changes: Value| {
        let mut after = owner.done("inventory.edit_item", json!({"item_id": made["id"], "form": changes}));
        after.as_object_mut().unwrap().remove("rev");
        after
    };
    let with = |changes: Value| {
        let mut expected = made.clone();
        expected.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        expected.as_object_mut().unwrap().remove("rev");
        expected
    };
    assert_eq!(edit(json!({"price": 1_000})), with(json!({"price": 1_000})));
    assert_eq!(edit(json!({})), with(json!({"price": 1_000})));
    assert_eq!(edit(json!({"sku": null, "name": null, "price": 900})), with(json!({})));
    let gone = json!({"barcode": null, "category": null, "unit": "piece", "cost": 0, "minimum": 0, "target": null,
        "supplier": null, "tax_rate_id": null});
    for nothing in [json!(null), json!("")] {
        let mut changes = gone.clone();
        changes.as_object_mut().unwrap().values_mut().for_each(|value| *value = nothing.clone());
        assert_eq!(edit(changes), with(gone.clone()), "{nothing}");
        assert_eq!(edit(full.clone()), with(json!({})));
    }
    // What is checked is what would stand there afterwards.
    let refused = |changes: Value| {
        told(&house, &owner, "inventory.edit_item", json!({"item_id": made["id"], "form": changes}))
    };
    assert_eq!(refused(json!({"minimum": 10})), invalid("target", "out of range"));
    assert_eq!(refused(json!({"minimum": "many"})), invalid("form.minimum", "not of its type"));
    assert_eq!(refused(json!({"supplier": "x".repeat(121)}))[0], "invalid");
    assert_eq!(refused(json!({"colour": "x"})), invalid("form.colour", "unknown field"));

    let lot = owner.done("inventory.lots", json!({"item_id": made["id"]}))[0].clone();
    let label = |changes: Value| {
        let mut args = json!({"lot_id": lot["id"]});
        args.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let after = owner.done("inventory.edit_lot", args);
        json!([after["number"], after["expires"], after["supplier"]])
    };
    assert_eq!(label(json!({"supplier": "Alfa"})), json!(["A1", "2027-06-30", "Alfa"]));
    assert_eq!(label(json!({"number": "A2"})), json!(["A2", "2027-06-30", "Alfa"]));
    assert_eq!(label(json!({})), json!(["A2", "2027-06-30", "Alfa"]));
    assert_eq!(label(json!({"expires": null, "supplier": ""})), json!(["A2", null, null]));
    assert_eq!(label(json!({"expires": "2027-05-01", "number": null})), json!([null, "2027-05-01", null]));
    house.assert_holds();
}

#[test]
fn t047_t098_what_is_on_the_shelf_is_worth_what_was_paid_for_it() {
    let house = House::new();
    let owner = house.owner();
    let form = json!({"sku": "INK", "name": "Ink", "price": 900});
    let item = text(&owner.done("inventory.create_item", json!({"form": form}))["id"]);
    let came = |quantity: i64, paid: Option<i64>| {
        let args = json!({"item_id": item, "quantity": quantity, "unit_cost": paid});
        let after = owner.done("inventory.stock_in", args);
        (after["on_hand"].as_i64().unwrap(), after["cost"].as_i64().unwrap())
    };
    assert_eq!(came(4, Some(500)), (4, 500), "nothing was there: what was paid");
    assert_eq!(came(2, Some(650)), (6, 550), "(4 x 500 + 2 x 650) / 6");
    assert_eq!(came(3, None), (9, 550), "nothing is said of its cost");
    assert_eq!(came(1, Some(555)), (10, 551), "550.5, rounded half up");
    assert_eq!(came(10, Some(0)), (20, 276), "275.5: a gift is worth nothing");
    let table = owner.done("inventory.export", json!({"table": "items"}));
    assert!(text(&table["text"]).contains("55.20"), "{table}");
    owner.done("inventory.cycle_count", json!({"lines": [{"item_id": item, "counted": 19}]}));
    assert_eq!(owner.done("inventory.counts", json!({}))[0]["worth"], -276);
    owner.done("inventory.stock_adj", json!({"item_id": item, "quantity": -19, "reason": "Lost"}));
    assert_eq!(came(1, Some(700)), (1, 700));
    // Whoever has the item's form open meanwhile is told.
    let rev = owner.done("inventory.list", json!({}))[0]["rev"].as_i64().unwrap();
    came(1, Some(900));
    let stale = json!({"item_id": item, "rev": rev, "form": {"cost": 700}});
    assert_eq!(told(&house, &owner, "inventory.edit_item", stale), conflict("changed_meanwhile"));
    let most = json!({"item_id": item, "quantity": 999_000, "unit_cost": 1_000_000_000_000_i64});
    assert_eq!(told(&house, &owner, "inventory.stock_in", most), invalid("amount", "out of range"));
    house.assert_holds();
}

#[test]
fn t024_an_item_used_whole_takes_one_piece_and_its_lot_is_said() {
    let house = House::new();
    let owner = house.owner();
    let form = json!({"sku": "RL3", "name": "Needles", "price": 0, "session_use": "whole"});
    let made = json!({"form": form, "on_hand": 2, "lot": "N1", "expires": "2027-06-30"});
    let item = text(&owner.done("inventory.create_item", made)["id"]);
    let lot = text(&owner.done("inventory.lots", json!({"item_id": item}))[0]["id"]);
    let visit = house.book(0, &house.client("Joana Melo"), 1);
    let used = |line: Value| {
        let mut line = line;
        line["item_id"] = json!(item);
        let args = json!({"appointment_id": visit, "supplies": [line]});
        match owner.ask("inventory.use_supplies", args) {
            Ok(all) => all.as_array().unwrap().last().unwrap()["quantity"].clone(),
            Err(fault) => json!([fault["code"], fault["params"]]),
        }
    };
    assert_eq!(used(json!({"lot_id": lot})), json!(1));
    assert_eq!(shelf(&owner, &item), [("N1".into(), 1)]);
    for none in [0, -1] {
        assert_eq!(used(json!({"lot_id": lot, "quantity": none}))[0], "invalid");
        assert_eq!(used(json!({"quantity": none}))[0], "invalid");
    }
    for line in [json!({}), json!({"quantity": 1})] {
        assert_eq!(used(line), invalid("supplies[0].lot_id", "missing"), "there is one, of a lot");
    }
    assert_eq!(used(json!({"quantity": 2})), conflict("out_of_stock"));
    owner.done("inventory.stock_in", json!({"item_id": item, "quantity": 1}));
    assert_eq!(used(json!({})), json!(1), "of no lot");
    assert_eq!(used(json!({"lot_id": lot})), json!(1));
    // Stock says that there is none; what was used was used all the same.
    assert_eq!(used(json!({"lot_id": lot})), conflict("out_of_stock"));
    assert_eq!(used(json!({"lot_id": lot, "quantity": 0})), json!(0));
    assert_eq!(shelf(&owner, &item), [("N1".into(), 0)]);
    house.assert_holds();
}

#[test]
fn t132_what_has_gone_off_is_missing_in_the_reminder_as_in_the_order() {
    let house = House::staffed();
    let owner = house.owner();
    let (black, lot) = ink(&owner, "BLACK", "A1", 3);
    let low = |seat: &Seat| seat.done("session.whoami", json!({}))["reminders"]["stock_low"].clone();
    let item = || {
        let item = &owner.done("inventory.list", json!({}))[0];
        (item["on_hand"].as_i64().unwrap(), item["expired"].as_i64().unwrap())
    };
    let orders = || owner.done("inventory.reorder", json!({})).as_array().unwrap().len();
    // Good until today is good today.
    owner.done("inventory.edit_lot", json!({"lot_id": lot, "expires": "2026-11-20"}));
    assert_eq!((low(&owner), item(), orders()), (json!(0), (3, 0), 0));
    owner.done("inventory.edit_lot", json!({"lot_id": lot, "expires": "2026-11-19"}));
    assert_eq!((low(&owner), item(), orders()), (json!(1), (3, 3), 1));
    assert_eq!(low(&house.seat("sam")), 1);
    deliver(&owner, &black, 2, "A2", "2027-06-30");
    assert_eq!((low(&owner), item(), orders()), (json!(0), (5, 3), 0));
}

#[test]
fn t049_a_count_of_one_kind_takes_nothing_of_another() {
    let house = House::new();
    let owner = house.owner();
    let (black, _) = ink(&owner, "BLACK", "A1", 4);
    let soap = house.item("SOAP", 10_000, 5);
    let count = |lines: &[&str], category: &str| {
        let lines: Vec<Value> = lines.iter().map(|item| json!({"item_id": item, "counted": 1})).collect();
        told(&house, &owner, "inventory.cycle_count", json!({"lines": lines, "category": category}))
    };
    let other = |at: usize| invalid(&format!("lines[{at}].item_id"), "of another category");
    assert_eq!(count(&[&black, &soap], "Ink"), other(1));
    assert_eq!(count(&[&soap], "Ink"), other(0));
    assert_eq!(count(&[&black], "Needles"), invalid("category", "no such category"));
    assert_eq!(owner.done("inventory.counts", json!({})), json!([]), "no number was taken");
    owner.done(
        "inventory.cycle_count",
        json!({"lines": [{"item_id": black, "counted": 1}], "category": "Ink"}),
    );
    let any = json!({"lines": [{"item_id": black, "counted": 1}, {"item_id": soap, "counted": 1}]});
    owner.done("inventory.cycle_count", any);
    assert_eq!(owner.done("inventory.counts", json!({}))[0]["number"], 2);
    house.assert_holds();
}

#[test]
fn t072_what_the_desk_has_ordered_is_no_longer_taken_back() {
    let house = House::staffed();
    let (mara, sam) = (house.seat("mara"), house.seat("sam"));
    let item = house.item("SOAP", 10_000, 5);
    let ask = || {
        text(&mara.done("inventory.request", json!({"kind": "need", "item_id": item, "quantity": 2}))["id"])
    };
    let (open, ordered) = (ask(), ask());
    sam.done("inventory.answer_request", json!({"request_id": ordered, "answer": "ordered"}));
    let args = json!({"request_id": ordered});
    assert_eq!(told(&house, &mara, "inventory.drop_request", args), conflict("request_answered"));
    assert_eq!(mara.done("inventory.drop_request", json!({"request_id": open}))["state"], "withdrawn");
    sam.done("inventory.answer_request", json!({"request_id": ordered, "answer": "done"}));
}
