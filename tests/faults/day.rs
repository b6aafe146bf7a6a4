//! A studio's day in which everything that moves money happens, each about something of its own.

use std::path::Path;

use inkpoint_core::{Desk, Error, Place};
use serde_json::{Value, json};

use crate::studio_house::{HOUR, House, MORNING, OWNER_PASSWORD, StillClock, ask, tools};

/// One request: its key, what is asked, and with what.
#[derive(Clone)]
pub struct Request {
    pub key: String,
    pub command: &'static str,
    pub args: Value,
}

impl Request {
    pub fn send(&self, desk: &Desk) -> Result<Value, Value> {
        ask(desk, self.command, Some(&self.key), self.args.clone())
    }

    /// What must work.
    #[track_caller]
    pub fn done(&self, desk: &Desk) -> Value {
        self.send(desk).unwrap_or_else(|fault| panic!("{} {}: {fault}", self.command, self.args))
    }
}

pub fn sign_in(desk: &Desk) {
    let who = json!({"username": "ana", "password": OWNER_PASSWORD});
    ask(desk, "session.sign_in", None, who).unwrap();
}

pub struct Day {
    artist: String,
    service: String,
    client: String,
    item: String,
    visits: i64,
    rounds: u32,
    keys: u32,
}

impl Day {
    /// A house with an open drawer and something on the shelf.
    pub fn begin() -> (House, Day) {
        let house = House::new();
        let client = house.client("Joana");
        let item = house.item("SOAP", 12_000, 100_000);
        let owner = house.owner();
        owner.done("payouts.set_rates", json!({"artist_id": house.artists[0], "base_bp": 4_000}));
        owner.done("till.open_session", json!({"float": 1_000_000}));
        let day = Day {
            artist: house.artists[0].clone(),
            service: house.services[0].clone(),
            client,
            item,
            visits: 0,
            rounds: 0,
            keys: 0,
        };
        (house, day)
    }

    fn request(&mut self, command: &'static str, args: Value) -> Request {
        self.keys += 1;
        Request { key: format!("request-{:06}", self.keys), command, args }
    }

    fn visit(&mut self, ask: &mut impl FnMut(Request) -> Value) -> Value {
        self.visits += 1;
        let booking = json!({"artist_id": self.artist, "client_id": self.client, "service_id": self.service,
            "starts_at": MORNING + 2 * self.visits * HOUR});
        ask(self.request("agenda.book", booking))["card"]["id"].clone()
    }

    fn deposit(&mut self, ask: &mut impl FnMut(Request) -> Value, visit: &Value) -> Value {
        ask(self.request("till.take_deposit", taking(visit, "card")))["deposit"]["id"].clone()
    }

    fn cash_sale(&self) -> Value {
        let line = json!([{"service_id": self.service, "artist_id": self.artist}]);
        json!({"lines": line, "tenders": [{"tender": "cash", "amount": 160_000}]})
    }

    /// Asks for what a round begins with; then the round, each request about something of its own.
    pub fn round(&mut self, ask: &mut impl FnMut(Request) -> Value) -> Vec<Request> {
        self.rounds += 1;
        let visits: Vec<Value> = (0..6).map(|_| self.visit(ask)).collect();
        let deposits: Vec<Value> = (1..5).map(|at| self.deposit(ask, &visits[at])).collect();
        ask(self.request("agenda.cancel", json!({"appointment_id": visits[2]})));
        let sales: Vec<Value> =
            (0..2).map(|_| ask(self.request("till.sell", self.cash_sale()))["sale_id"].clone()).collect();
        let pay = |amount: i64, tender: &str| json!({"artist_id": self.artist, "until": "2026-11-20", "amount": amount, "tender": tender});
        let (settle, paid) = (pay(1_000, "cash"), pay(2_000, "transfer"));
        let paid = ask(self.request("payouts.settle", paid))["id"].clone();
        let sale = json!({"lines": [{"item_id": self.item, "quantity": 2}, {"service_id": self.service,
            "artist_id": self.artist}], "tips": [{"artist_id": self.artist, "amount": 5_000}],
            "tenders": [{"tender": "cash", "amount": 100_000}, {"tender": "card", "amount": 89_000}]});
        let with_deposit = json!({"appointment_id": visits[4], "lines": [{"service_id": self.service}],
            "tenders": [{"tender": "card", "amount": 150_000}]});
        let asked = [
            ("till.sell", sale),
            ("till.sell", with_deposit),
            ("till.refund", json!({"sale_id": sales[0], "tender": "cash", "reason": "x"})),
            ("till.void", json!({"sale_id": sales[1], "reason": "x"})),
            ("till.take_deposit", taking(&visits[0], "cash")),
            (
                "till.return_deposit",
                json!({"deposit_id": deposits[0], "amount": 1_000, "tender": "cash", "reason": "x"}),
            ),
            ("till.keep_deposit", json!({"deposit_id": deposits[1]})),
            ("till.move_deposit", json!({"deposit_id": deposits[2], "appointment_id": visits[5]})),
            ("till.cash_move", json!({"direction": "in", "amount": 2_000, "reason": "x"})),
            ("till.cash_move", json!({"direction": "out", "amount": 1_000, "reason": "x"})),
            ("till.cash_move", json!({"direction": "drop", "amount": 1_000, "reason": "x"})),
            ("payouts.settle", settle),
            ("payouts.take_back", json!({"payout_id": paid, "reason": "x"})),
            ("till.close_session", json!({"counts": [], "reason": "x"})),
            ("till.open_session", json!({"float": 1_000_000})),
        ];
        asked.into_iter().map(|(command, args)| self.request(command, args)).collect()
    }
}

fn taking(visit: &Value, tender: &str) -> Value {
    json!({"appointment_id": visit, "amount": 10_000, "tenders": [{"tender": tender, "amount": 10_000}]})
}

/// A desk of its own in a folder, on no file yet, at so many milliseconds after the morning.
pub fn desk_in(folder: &Path, passed: u64) -> Desk {
    let clock = StillClock::new();
    clock.pass(passed);
    Desk::with(Place::under(folder), tools(clock))
}

/// Opens a file that nobody has. A child that another test starts at this moment holds copies of all locks until it is a
/// program of its own, which takes it no time.
pub fn open(desk: &Desk, file: &Path) -> inkpoint_core::Result<()> {
    for _ in 0..100_000 {
        match desk.open(file) {
            Err(Error::FileInUse { .. }) => std::thread::yield_now(),
            opened => return opened,
        }
    }
    desk.open(file)
}
