//! Keys: the same request again gets the same reply, anything else under its key is told so (attack 34).

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{House, fresh_key, text};

fn shop() -> (House, Value) {
    let house = House::staffed();
    let item = house.item("SOAP", 10_000, 20);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
    (house, sale)
}

fn fault_of(outcome: Result<Value, Value>) -> (String, Value) {
    let fault = outcome.unwrap_err();
    (text(&fault["code"]), fault["params"].clone())
}

#[test]
fn attack_34_the_same_key_and_content_get_the_first_reply() {
    let (house, sale) = shop();
    let sam = house.seat("sam");
    let key = fresh_key();
    let first = sam.ask_with("till.sell", &key, sale.clone()).unwrap();
    house.clock.pass(1_000);
    let again = house.leaves_no_trace(|| sam.ask_with("till.sell", &key, sale.clone()).unwrap());
    assert_eq!(first, again);
    // The same content however it is written.
    let text = format!("{{ \"tenders\":{} ,\"lines\" : {} }}", sale["tenders"], sale["lines"]);
    let raw = serde_json::value::RawValue::from_string(text).unwrap();
    let written = sam.desk.dispatch("till.sell", Some(&key), &raw).unwrap();
    assert_eq!(serde_json::from_str::<Value>(written.get()).unwrap(), first);
    assert_eq!(house.count("SELECT count(*) FROM sales"), 1);
}

#[test]
fn attack_34_the_reply_is_kept_over_a_restart() {
    let (house, sale) = shop();
    let key = fresh_key();
    let first = house.seat("sam").ask_with("till.sell", &key, sale.clone()).unwrap();
    house.restart();
    assert_eq!(house.seat("sam").ask_with("till.sell", &key, sale).unwrap(), first);
}

#[test]
fn attack_34_the_same_key_with_other_content_or_another_command_conflicts() {
    let (house, sale) = shop();
    let owner = house.owner();
    let key = fresh_key();
    let sold = owner.ask_with("till.sell", &key, sale.clone()).unwrap();
    let mut more = sale.clone();
    more["lines"][0]["quantity"] = json!(2);
    more["tenders"][0]["amount"] = json!(20_000);
    let void = json!({"sale_id": sold["sale_id"], "reason": "Typed twice"});
    for (command, args) in
        [("till.sell", more), ("till.void", void), ("clients.create", json!({"name": "Joana"}))]
    {
        let told = house.leaves_no_trace(|| fault_of(owner.ask_with(command, &key, args)));
        assert_eq!(told, ("key_conflict".to_owned(), json!({})), "{command}");
    }
}

#[test]
fn attack_34_another_members_key_conflicts_and_tells_nothing() {
    let (house, sale) = shop();
    let key = fresh_key();
    house.seat("sam").ask_with("till.sell", &key, sale.clone()).unwrap();
    let bea = house.seat("bea");
    let told = house.leaves_no_trace(|| fault_of(bea.ask_with("till.sell", &key, sale)));
    assert_eq!(told, ("key_conflict".to_owned(), json!({})));
}

#[test]
fn attack_34_the_gate_comes_before_the_key() {
    let (house, sale) = shop();
    let sam = house.seat("sam");
    let key = fresh_key();
    sam.ask_with("till.sell", &key, sale.clone()).unwrap();
    house.owner().done("staff.change_role", json!({"member_id": sam.member, "role": "artist"}));
    let (code, _) = fault_of(sam.ask_with("till.open_session", &key, json!({"float": 0})));
    assert_eq!(code, "denied");
    house.owner().done("staff.set_active", json!({"member_id": sam.member, "active": false}));
    assert_eq!(fault_of(sam.ask_with("till.sell", &key, sale)).0, "no_session");
}

#[test]
fn attack_34_the_same_key_at_once_sells_once() {
    let (house, sale) = shop();
    let seats: Vec<_> = (0..6).map(|_| house.seat("sam")).collect();
    let (key, together) = (fresh_key(), Barrier::new(seats.len()));
    let replies: Vec<Value> = std::thread::scope(|scope| {
        let running: Vec<_> = seats
            .iter()
            .map(|seat| {
                let (together, key, sale) = (&together, &key, sale.clone());
                scope.spawn(move || {
                    together.wait();
                    seat.ask_with("till.sell", key, sale).unwrap()
                })
            })
            .collect();
        running.into_iter().map(|act| act.join().unwrap()).collect()
    });
    assert!(replies.iter().all(|reply| *reply == replies[0]));
    assert_eq!(house.count("SELECT count(*) FROM sales"), 1);
    house.assert_holds();
}

#[test]
fn a_refused_request_keeps_no_key() {
    let (house, sale) = shop();
    let sam = house.seat("sam");
    let key = fresh_key();
    let mut wrong = sale.clone();
    wrong["tenders"][0]["amount"] = json!(1);
    assert_eq!(fault_of(sam.ask_with("till.sell", &key, wrong)).0, "invalid");
    sam.ask_with("till.sell", &key, sale).unwrap();
}

#[test]
fn money_needs_a_key_and_a_key_looks_like_one() {
    let (house, sale) = shop();
    let sam = house.seat("sam");
    for (key, reason) in [
        (None, "missing"),
        (Some(""), "not a key"),
        (Some("short"), "not a key"),
        (Some("with a space"), "not a key"),
        (Some("new\nline-key"), "not a key"),
        (Some("ключ-ключ-ключ"), "not a key"),
        (Some(&*"x".repeat(65)), "not a key"),
    ] {
        let outcome = crate::studio_house::ask(&sam.desk, "till.sell", key, sale.clone());
        assert_eq!(
            fault_of(outcome),
            ("invalid".to_owned(), json!({"field": "key", "reason": reason})),
            "{key:?}"
        );
    }
    assert_eq!(house.count("SELECT count(*) FROM sales"), 0);
}

#[test]
fn d19_attack_29_a_reply_with_a_secret_is_never_stored() {
    let house = House::staffed();
    let owner = house.owner();
    let member = house.seat("mara").member;
    for (command, args) in [
        ("security.rotate_code", json!({})),
        ("staff.create_user", json!({"username": "eva", "name": "Eva", "role": "assistant"})),
        ("staff.reset_password", json!({"member_id": member})),
    ] {
        let key = fresh_key();
        let first = owner.ask_with(command, &key, args.clone()).unwrap();
        let again = house.leaves_no_trace(|| fault_of(owner.ask_with(command, &key, args)));
        assert_eq!(again, ("conflict".to_owned(), json!({"reason": "secret_reply"})), "{command}");
        let stored =
            house.raw().query_row("SELECT reply IS NULL FROM request_keys WHERE key = ?1", [&key], |row| {
                row.get::<_, bool>(0)
            });
        assert!(stored.unwrap(), "{command}");
        let secret = text(first.get("code").or(first.get("password")).unwrap());
        for (table, rows) in crate::studio_house::all_rows(&house.raw()) {
            assert!(!rows.iter().any(|row| row.contains(&secret)), "{command}: the secret is in {table}");
        }
    }
}

#[test]
fn attack_34_the_key_of_a_secret_with_other_content_conflicts_as_any_other() {
    let house = House::staffed();
    let owner = house.owner();
    let [mara, dario] = ["mara", "dario"].map(|name| house.seat(name).member);
    let key = fresh_key();
    owner.ask_with("staff.reset_password", &key, json!({"member_id": mara})).unwrap();
    let reset =
        |member: &str| fault_of(owner.ask_with("staff.reset_password", &key, json!({"member_id": member})));
    assert_eq!(house.leaves_no_trace(|| reset(&dario)), ("key_conflict".to_owned(), json!({})));
    assert_eq!(reset(&mara), ("conflict".to_owned(), json!({"reason": "secret_reply"})));
    // As a program before this one kept it: nothing says what was asked then.
    house.raw().execute("UPDATE request_keys SET digest = NULL WHERE key = ?1", [&key]).unwrap();
    assert_eq!(reset(&mara), ("conflict".to_owned(), json!({"reason": "secret_reply"})));
}
