//! Every way that money moves, and papers, counts, requests, portfolios and lists of clients, cut short by a kill or by a disk that takes no more. The same keys again complete what
//! was begun; nothing is lost that was acknowledged, and nothing is there twice (P2, P7, F4, F6).

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::full::{confined, noise};
use crate::killed::Dice;
use crate::pipe::{OWNER_PASSWORD, Pipe, program};
use crate::tally::tell;

const HOUR: i64 = 3_600_000;

/// One request of a day: its key, what is asked, and with what.
type Request = (String, &'static str, Value);

/// A studio where each round has something to take, return, keep, hand on, pay, sign and close.
struct Counter {
    client: Value,
    artist: Value,
    service: Value,
    /// What is counted in each round.
    ink: Value,
    visits: i64,
    rounds: i64,
    /// So that what is asked beside a round has a key of its own.
    asked: Cell<u32>,
}

impl Counter {
    fn found(home: &Path, file: &Path) -> Counter {
        let mut pipe = Pipe::open(home, file);
        pipe.done(
            "studio.create",
            json!({
                "name": "Casa Aguja", "currency": "MXN", "zone": "UTC", "tax_bp": 1600,
                "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD},
                "artists": [{"name": "Mara Quill", "commission_bp": 5_000}],
                "services": [{"name": "Small lettering", "kind": "tattoo", "minutes": 60, "price": 160_000}],
            }),
        );
        pipe.sign_in();
        let client = pipe.done("clients.create", json!({"name": "Joana"}))["client"]["id"].clone();
        let service = pipe.done("studio.services", json!({}))[0]["id"].clone();
        let artist = pipe.done("payouts.rates", json!({}))[0]["artist_id"].clone();
        let form = json!({"sku": "INK", "name": "Ink", "price": 0});
        let ink = pipe.done("inventory.create_item", json!({"form": form, "on_hand": 1_000}))["id"].clone();
        pipe.done("till.open_session", json!({"float": 100_000}));
        assert!(pipe.end().success());
        Counter { client, artist, service, ink, visits: 0, rounds: 0, asked: Cell::new(0) }
    }

    fn asked(&self, pipe: &mut Pipe, name: &str, command: &str, args: Value) -> Value {
        self.asked.set(self.asked.get() + 1);
        let key = format!("{name}-beside-{:05}", self.asked.get());
        pipe.ask(command, Some(&key), &args).unwrap_or_else(|fault| panic!("{command}: {fault}"))
    }

    fn visit(&mut self, pipe: &mut Pipe, now: i64) -> Value {
        self.visits += 1;
        let slot = json!({"artist_id": self.artist, "client_id": self.client, "service_id": self.service,
            "starts_at": (now / HOUR + 2 * self.visits) * HOUR});
        self.asked(pipe, "visit", "agenda.book", slot)["card"]["id"].clone()
    }

    fn deposit(&mut self, pipe: &mut Pipe, visit: &Value) -> Value {
        self.asked(pipe, "deposit", "till.take_deposit", taking(visit, "card"))["deposit"]["id"].clone()
    }

    /// What is there before a round, and the round's requests: each about something of its own, in this order.
    fn round(&mut self, pipe: &mut Pipe) -> Vec<Request> {
        self.rounds += 1;
        let now = pipe.done("desk.status", json!({}))["now"].as_i64().unwrap();
        let day = day_of(now);
        let visits: Vec<Value> = (0..5).map(|_| self.visit(pipe, now)).collect();
        let back = self.deposit(pipe, &visits[1]);
        let kept = self.deposit(pipe, &visits[2]);
        let moved = self.deposit(pipe, &visits[3]);
        self.asked(pipe, "cancel", "agenda.cancel", json!({"appointment_id": visits[2]}));
        let line = json!([{"service_id": self.service, "artist_id": self.artist}]);
        let sale = json!({"lines": line, "tenders": [{"tender": "cash", "amount": 160_000}]});
        let sold = self.asked(pipe, "sale", "till.sell", sale)["sale_id"].clone();
        let pay = |amount: i64, tender: &str| json!({"artist_id": self.artist, "until": day, "amount": amount, "tender": tender});
        let paid = self.asked(pipe, "paid", "payouts.settle", pay(2_000, "transfer"))["id"].clone();
        let papers = pipe.done("consent.needed", json!({"appointment_id": visits[0]}));
        let image =
            papers["papers"].as_array().unwrap().iter().find(|paper| paper["kind"] == "image").unwrap();
        let sign = json!({"appointment_id": visits[0], "version_id": image["version_id"], "image_use": true,
            "text_hash": image["text_hash"], "signer_name": "Joana", "birth_date": "1990-05-17", "method": "typed"});
        let shown =
            |width: u32| json!({"artist_id": self.artist, "base64": STANDARD.encode(noise(width, 2))});
        let width = u32::try_from(2 * self.rounds).unwrap();
        let earlier = self.asked(pipe, "shown", "portfolio.add", shown(width))["id"].clone();
        let inks = 1_001 - self.rounds;
        let counted = json!([{"item_id": self.ink, "expected": inks, "counted": inks - 1}]);
        let asked: [(&'static str, Value); 15] = [
            ("till.take_deposit", taking(&visits[0], "cash")),
            (
                "till.return_deposit",
                json!({"deposit_id": back, "amount": 1_000, "tender": "cash", "reason": "x"}),
            ),
            ("till.keep_deposit", json!({"deposit_id": kept})),
            ("till.move_deposit", json!({"deposit_id": moved, "appointment_id": visits[4]})),
            ("payouts.settle", pay(1_000, "cash")),
            ("payouts.take_back", json!({"payout_id": paid, "reason": "x"})),
            ("consent.sign", sign),
            ("inventory.cycle_count", json!({"lines": counted, "reason": "x"})),
            ("inventory.request", json!({"kind": "need", "what": format!("Green soap {}", self.rounds)})),
            ("portfolio.add", shown(width + 1)),
            ("portfolio.edit", json!({"item_ids": [earlier], "title": format!("Fern {}", self.rounds)})),
            ("clients.import", json!({"text": format!("Name\nRui {}\nEva {}", self.rounds, self.rounds)})),
            ("till.void", json!({"sale_id": sold, "reason": "x"})),
            ("till.close_session", json!({"counts": [], "reason": "x"})),
            ("till.open_session", json!({"float": 100_000})),
        ];
        let key = |command: &str| format!("{command}-of-round-{:04}", self.rounds);
        asked.into_iter().map(|(command, args)| (key(command), command, args)).collect()
    }

    /// The same requests again: what was acknowledged is answered as it was, and the rest is completed now.
    fn settle(&self, pipe: &mut Pipe, asked: &[Request], told: &BTreeMap<String, Value>) {
        for (key, command, args) in asked {
            let reply = match pipe.ask(command, Some(key), args) {
                Ok(reply) => reply,
                // Full of names, and kept nowhere: the second try hears that it was done.
                Err(fault) if fault["params"]["reason"] == "secret_reply" && *command == "clients.import" => {
                    continue;
                }
                Err(fault) => panic!("{command}: {fault}"),
            };
            if let Some(earlier) = told.get(key) {
                assert_eq!(&reply, earlier, "{command}: the same key, another answer");
            }
        }
    }

    /// Each round left what one round leaves.
    fn count(&self, pipe: &mut Pipe) {
        let deposits = pipe.done("till.deposits", json!({}));
        let of =
            |state: &str| deposits.as_array().unwrap().iter().filter(|one| one["state"] == state).count();
        let rounds = usize::try_from(self.rounds).unwrap();
        assert_eq!((of("held"), of("kept")), (3 * rounds, rounds));
        let payouts = pipe.done("payouts.list", json!({}));
        let numbers: Vec<i64> =
            payouts.as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=3 * self.rounds).rev().collect::<Vec<_>>());
        assert_eq!(pipe.done("reports.z_reports", json!({})).as_array().unwrap().len(), rounds);
        let signed = pipe.done("consent.list", json!({"client_id": self.client}));
        assert_eq!(signed.as_array().unwrap().len(), rounds);
        let many = |list: &Value| list.as_array().unwrap().len();
        let counts = pipe.done("inventory.counts", json!({}));
        assert_eq!((many(&counts), &counts[0]["number"]), (rounds, &json!(self.rounds)));
        assert_eq!(pipe.done("inventory.list", json!({}))[0]["on_hand"], 1_000 - self.rounds);
        assert_eq!(many(&pipe.done("inventory.requests", json!({}))), rounds);
        let portfolio = &pipe.done("portfolio.list", json!({}))["items"];
        let named = portfolio.as_array().unwrap().iter().filter(|item| item["title"].is_string()).count();
        assert_eq!((many(portfolio), named), (2 * rounds, rounds));
        for item in portfolio.as_array().unwrap() {
            pipe.ask("portfolio.show", None, &json!({"item_id": item["id"], "size": "full"})).unwrap();
        }
        for name in ["Rui", "Eva"] {
            let found = pipe.done("clients.search", json!({"text": name, "limit": 200}));
            assert_eq!(many(&found), rounds, "{name}");
        }
        let owed = pipe.done("payouts.owed", json!({}));
        assert_eq!(owed[0]["last_payout"]["amount"], 1_000);
    }
}

fn taking(visit: &Value, tender: &str) -> Value {
    json!({"appointment_id": visit, "amount": 10_000, "tenders": [{"tender": tender, "amount": 10_000}]})
}

/// The day in UTC, as the calendar counts it.
fn day_of(at: i64) -> String {
    let (mut year, mut day) = (1970, at / (24 * HOUR));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while day >= 365 + i64::from(leap(year)) {
        day -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

/// Keeps what was answered; nothing of a round is ever refused.
fn note(told: &mut BTreeMap<String, Value>, reply: &Value) {
    assert!(reply["error"].is_null(), "{reply}");
    told.insert(reply["id"].as_str().unwrap().to_owned(), reply["ok"].clone());
}

#[track_caller]
fn assert_verified(home: &Path, file: &Path) {
    let verified = program(home).arg("verify").arg(file).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn p02_f04_deposits_payouts_consents_counts_requests_portfolios_and_closes_survive_kills_and_are_made_once() {
    const ROUNDS: i64 = 12;
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut dice = Dice::new();
    let mut counter = Counter::found(home.path(), &file);
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    let mut caught = 0;
    for _ in 0..ROUNDS {
        let asked = counter.round(&mut pipe);
        let mut told = BTreeMap::new();
        for (key, command, args) in &asked {
            assert!(pipe.send(command, Some(key), args));
        }
        for _ in 0..dice.below(15) {
            note(&mut told, &pipe.read().unwrap());
        }
        for _ in 0..dice.below(300_000) {
            std::hint::spin_loop();
        }
        pipe.kill().iter().for_each(|reply| note(&mut told, reply));
        caught += i64::from(told.len() < asked.len());
        pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        counter.settle(&mut pipe, &asked, &told);
    }
    counter.count(&mut pipe);
    assert!(pipe.end().success());
    assert_verified(home.path(), &file);
    tell(
        "F4",
        &format!("{ROUNDS} rounds of 15 kinds of request, {caught} cut short by SIGKILL, 0 lost, 0 twice"),
    );
    assert!(caught > ROUNDS / 2, "only {caught} rounds were cut short");
}

#[test]
fn p07_f06_money_that_a_full_disk_refused_is_moved_once_there_is_room() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut counter = Counter::found(home.path(), &file);
    let mut refused = BTreeMap::new();
    for _ in 0..6 {
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        let asked = counter.round(&mut pipe);
        assert!(pipe.end().success());
        // Room for a part of the round, each time for more: the log of changes begins anew with each opening.
        let mut pipe = confined(home.path(), &file, 60 + 140 * u64::try_from(counter.rounds).unwrap());
        pipe.sign_in();
        let mut told = BTreeMap::new();
        for (key, command, args) in &asked {
            match pipe.ask(command, Some(key), args) {
                Ok(reply) => _ = told.insert(key.clone(), reply),
                Err(fault) => {
                    let code = fault["code"].as_str().unwrap();
                    assert!(["disk_full", "read_only", "internal"].contains(&code), "{command}: {fault}");
                    *refused.entry(*command).or_insert(0) += 1;
                    break;
                }
            }
        }
        pipe.kill();
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        counter.settle(&mut pipe, &asked, &told);
        assert!(pipe.end().success());
        assert_verified(home.path(), &file);
    }
    let many: i32 = refused.values().sum();
    tell(
        "F6",
        &format!(
            "6 rounds of 15 kinds of request under a limit, {many} refused, all done once there was room"
        ),
    );
    assert!(!refused.is_empty(), "the disk was never full");
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    counter.count(&mut pipe);
}
