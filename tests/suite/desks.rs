//! Several desks on one file at once: nothing hangs, nobody is told "busy", and what they leave behind adds up (F27).

use serde_json::{Value, json};

use crate::studio_house::{Dice, House, Seat};

/// One thing that somebody does, now and then together with the others.
fn act(seat: &Seat, house: &House, item: &str, client: &str, dice: &mut Dice) -> Result<Value, Value> {
    let hours = dice.between(0, 200);
    let (command, args) = match dice.below(9) {
        0 => (
            "agenda.book",
            json!({
                "artist_id": dice.pick(&house.artists), "client_id": client, "service_id": house.services[0],
                "starts_at": house.at(hours),
            }),
        ),
        1 => ("clients.create", json!({"name": format!("Client {hours}")})),
        2 => ("clients.search", json!({"text": "client"})),
        3 => ("agenda.list", json!({"day": "2026-11-20", "days": 7})),
        4 => ("inventory.stock_in", json!({"item_id": item, "quantity": 1})),
        5 => ("till.cash_move", json!({"direction": "in", "amount": 100, "reason": "Coins"})),
        6 => ("reports.summary", json!({"from": "2026-11-20", "to": "2026-11-20"})),
        7 => ("clients.delete", json!({"client_id": client, "more": 1})),
        _ => (
            "till.sell",
            json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 100}]}),
        ),
    };
    seat.ask(command, args)
}

#[test]
fn f27_eight_desks_at_once_neither_hang_nor_hear_of_it() {
    let house = House::staffed();
    let item = house.item("SOAP", 100, 40);
    let client = house.client("Joana");
    house.owner().done("till.open_session", json!({"float": 0}));
    let seats: Vec<Seat> =
        ["ana", "bea", "sam", "sue", "mara", "dario", "pia", "ana"].map(|name| house.seat(name)).into();
    let mut dice = Dice::new("f27_eight_desks");
    let seeds: Vec<Dice> = seats.iter().map(|_| dice.another()).collect();
    let sold: usize = std::thread::scope(|scope| {
        let running: Vec<_> = seats
            .iter()
            .zip(seeds)
            .map(|(seat, mut dice)| {
                let (house, item, client) = (&house, &item, &client);
                scope.spawn(move || {
                    let mut sold = 0;
                    for _ in 0..60 {
                        match act(seat, house, item, client, &mut dice) {
                            Ok(reply) => sold += usize::from(reply["receipt"].is_i64()),
                            Err(fault) => {
                                let code = fault["code"].as_str().unwrap();
                                let known = ["denied", "elevation_required", "conflict", "invalid"];
                                assert!(known.contains(&code), "{fault}");
                            }
                        }
                    }
                    sold
                })
            })
            .collect();
        running.into_iter().map(|desk| desk.join().unwrap()).sum()
    });
    assert!(sold > 5, "only {sold} sales");
    assert_eq!(house.count("SELECT count(*) FROM sales"), i64::try_from(sold).unwrap());
    assert_eq!(house.count("SELECT max(receipt) FROM sales"), i64::try_from(sold).unwrap());
    assert!(house.count("SELECT min(total) FROM (SELECT sum(quantity) AS total FROM stock_moves)") >= 0);
    let overlaps = "SELECT count(*) FROM appointments a JOIN appointments b ON a.artist_id = b.artist_id
        AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at";
    assert_eq!(house.count(overlaps), 0);
    house.assert_holds();
}
