//! A studio's day in which everything happens that is not to be lost: all that moves money, and papers, counts, requests,
//! pictures and lists of clients besides; each about something of its own.

use std::path::Path;
use std::process::{Child, Command};
use std::sync::{PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::{Desk, Place};
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
        send(desk, self.command, Some(&self.key), &self.args)
    }

    /// What must work.
    #[track_caller]
    pub fn done(&self, desk: &Desk) -> Value {
        self.send(desk).unwrap_or_else(|fault| panic!("{} {}: {fault}", self.command, self.args))
    }
}

/// Asks. The answer to a list of clients is full of names and is kept nowhere: a second try hears that it was done.
pub fn send(desk: &Desk, command: &str, key: Option<&str>, args: &Value) -> Result<Value, Value> {
    let answer = ask(desk, command, key, args.clone());
    let told_once = |fault: &Value| fault["params"]["reason"] == "secret_reply";
    match (command, answer) {
        ("clients.import", Ok(_)) => Ok(json!("done")),
        ("clients.import", Err(fault)) if told_once(&fault) => Ok(json!("done")),
        (_, answer) => answer,
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
    /// Counted in each round, and how many there are.
    ink: String,
    inks: i64,
    /// The client's yes to pictures, as it is signed.
    paper: Value,
    visits: i64,
    rounds: u32,
    keys: u32,
}

/// A PNG of four pixels, unlike that of any other number.
pub fn picture(number: u32) -> String {
    let pixel = number.to_be_bytes();
    png((2, 2), [&[0][..], &pixel[1..], &[9; 3], &[0], &[90; 3], &pixel[1..]].concat())
}

/// A strip that is long enough for something to be cut from it, brighter to its end.
fn strip(number: u32) -> String {
    let pixel = number.to_be_bytes();
    let pixels = (0..80_u8).flat_map(|at| [at * 3, pixel[2], pixel[3]]);
    png((80, 1), std::iter::once(0).chain(pixels).collect())
}

/// Its lines as they are.
fn png((width, height): (u32, u32), lines: Vec<u8>) -> String {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in &lines {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    let length = u16::try_from(lines.len()).unwrap();
    let mut packed = vec![0x78, 0x01, 1];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(lines);
    packed.extend((high << 16 | low).to_be_bytes());
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", &header), (b"IDAT", &packed), (b"IEND", &Vec::new())] {
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&kind[..], data].concat();
        let crc = body.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
        });
        png.extend(body);
        png.extend((!crc).to_be_bytes());
    }
    STANDARD.encode(png)
}

/// A client who can sign, and what signing a yes to pictures sends.
pub fn signer(house: &House) -> (String, Value) {
    let owner = house.owner();
    let made = owner.done("clients.create", json!({"name": "Joana", "birth_date": "1990-05-17"}));
    let client = made["client"]["id"].as_str().unwrap().to_owned();
    let needed = owner.done("consent.needed", json!({"client_id": client}));
    let papers = needed["papers"].as_array().unwrap();
    let image = papers.iter().find(|paper| paper["kind"] == "image").unwrap();
    let paper = json!({"client_id": client, "version_id": image["version_id"], "text_hash": image["text_hash"],
        "answers": [], "signer_name": "Joana", "method": "typed", "image_use": true});
    (client, paper)
}

impl Day {
    /// A house with an open drawer and something on the shelf.
    pub fn begin() -> (House, Day) {
        let house = House::new();
        let (client, paper) = signer(&house);
        let ink = house.item("INK", 0, 50);
        let item = house.item("SOAP", 12_000, 100_000);
        let owner = house.owner();
        owner.done("payouts.set_rates", json!({"artist_id": house.artists[0], "base_bp": 4_000}));
        owner.done("till.open_session", json!({"float": 1_000_000}));
        let day = Day {
            artist: house.artists[0].clone(),
            service: house.services[0].clone(),
            client,
            item,
            ink,
            inks: 50,
            paper,
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
        let shown = json!({"artist_id": self.artist, "base64": picture(3 * self.rounds)});
        let shown = ask(self.request("portfolio.add", shown))["id"].clone();
        let cut = json!({"artist_id": self.artist, "base64": strip(self.rounds)});
        let cut = ask(self.request("portfolio.add", cut))["id"].clone();
        let part = |x: i64| json!({"item_id": cut, "crop": {"x": x, "y": 0, "width": 64, "height": 1}});
        ask(self.request("portfolio.crop", part(0)));
        let (inks, name) = (self.inks, format!("Name;Phone\nRui {};555{:04}", self.rounds, self.rounds));
        self.inks -= 1;
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
            ("consent.sign", self.paper.clone()),
            (
                "inventory.cycle_count",
                json!({"lines": [{"item_id": self.ink, "expected": inks, "counted": inks - 1}], "reason": "x"}),
            ),
            ("inventory.request", json!({"kind": "need", "what": "Green soap"})),
            ("portfolio.add", json!({"artist_id": self.artist, "base64": picture(3 * self.rounds + 1)})),
            ("portfolio.edit", json!({"item_ids": [shown], "title": "Fern"})),
            // What was cut before goes with it.
            ("portfolio.crop", part(16)),
            (
                "pictures.add",
                json!({"client_id": self.client, "kind": "reference", "base64": picture(3 * self.rounds + 2)}),
            ),
            ("clients.import", json!({"text": name})),
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

/// Held by whoever starts a child, until that is a program of its own: before, it holds copies of this process's files,
/// and so of locks that were let go of here meanwhile. A file would be in use that nobody has.
static STARTING: RwLock<()> = RwLock::new(());

/// Opens a file that nobody has.
pub fn open(desk: &Desk, file: &Path) -> inkpoint_core::Result<()> {
    let _nobody_starts = STARTING.read().unwrap_or_else(PoisonError::into_inner);
    desk.open(file)
}

/// Starts a child. It is the program by then, or about to be: its copies of our files are closed as it becomes that.
pub fn start(command: &mut Command) -> Child {
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    command.spawn().unwrap()
}
