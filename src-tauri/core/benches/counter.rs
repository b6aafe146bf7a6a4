//! How long the counter waits: the door's own times, each against a calibration taken in the same run, in turn with it.
//!
//! A shared machine makes absolute times worthless; the medians of interleaved samples and their ratios are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{Disk, Studio, Till, ask, figure, median, micros, millis, timed, verdict};
use inkpoint_core::access::{Action, Caller, Role};
use inkpoint_core::{Cost, DemoOptions, Desk, Tools};
use serde_json::json;
use serde_json::value::RawValue;

fn main() {
    if common::asked_to_test() {
        return;
    }
    // The demo's hashes cost what new ones cost here, so that no sign-in below makes one anew.
    let cost = Cost::Calibrated.n();
    let tools = Tools { cost: Cost::Fixed(cost), ..Tools::default() };
    println!("making a demo year …");
    let studio = Studio::demo(&DemoOptions { artists: 8, ..DemoOptions::default() }, tools);
    studio.enter();
    let desk = &studio.desk;

    permission();
    sale(desk, studio.home.path());
    agenda(desk);
    whoami(desk);
    sign_in(desk, cost);
    unknown_names(desk);
    sales_among_guesses(desk);
}

fn permission() {
    let caller = Caller {
        id: "me".to_owned(),
        name: "Me".to_owned(),
        role: Role::Assistant,
        artist: None,
        switches: Vec::new(),
        rights_epoch: 0,
        must_change: false,
        elevated_by: None,
        elevated_until: None,
        client_view: false,
    };
    let rounds = 20_000_u32;
    let samples = (0..51)
        .map(|_| {
            timed(|| {
                for _ in 0..rounds {
                    for action in Action::ALL.iter().step_by(7) {
                        black_box(black_box(&caller).answer(0, black_box(*action)));
                    }
                }
            })
        })
        .collect();
    let checks = f64::from(rounds) * (Action::ALL.len() as f64 / 7.0).ceil();
    verdict("permission check", median(samples).as_secs_f64() * 1e9 / checks, 100.0, "ns");
}

fn sale(desk: &Desk, folder: &Path) {
    let till = Till::open(desk);
    let mut disk = Disk::new(folder);
    let (mut writes, mut sales) = (Vec::new(), Vec::new());
    for round in 0..400 {
        writes.push(disk.write());
        sales.push(till.sell(desk, &format!("bench-sale-{round}")));
    }
    let (write, sale) = (micros(median(writes)), micros(median(sales)));
    figure("D: 4 KiB written and fsynced", write, "µs");
    verdict("sale committed (bound 3 D + 150 µs)", sale, 3.0 * write + 150.0, "µs");
}

fn agenda(desk: &Desk) {
    let status = ask(desk, "desk.status", &json!({}));
    let now = status["now"].as_i64().unwrap();
    // A day of the past year: any will do, so the same distance back each time.
    let day = chrono::DateTime::from_timestamp_millis(now - 40 * 86_400_000)
        .unwrap()
        .format("%Y-%m-%d")
        .to_string();
    let args = serde_json::value::to_raw_value(&json!({"day": day})).unwrap();
    let samples = (0..300).map(|_| timed(|| desk.dispatch("agenda.list", None, &args).unwrap())).collect();
    figure("agenda of a day, in the core", micros(median(samples)), "µs");
}

/// Asked after every step of the desk, so it must cost next to nothing.
fn whoami(desk: &Desk) {
    let samples =
        (0..300).map(|_| timed(|| desk.dispatch("session.whoami", None, RawValue::NULL).unwrap())).collect();
    figure("who is signed in, with every reminder", micros(median(samples)), "µs");
}

fn sign_in(desk: &Desk, cost: u32) {
    let args = json!({"username": "iris", "password": "Stencil-Demo-1"});
    let args = serde_json::value::to_raw_value(&args).unwrap();
    let (mut hashes, mut signs, mut shares) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..15 {
        let hash = timed(|| bcrypt::hash("Stencil-Demo-1", cost).unwrap());
        let sign = timed(|| desk.dispatch("session.sign_in", None, &args).unwrap());
        shares.push(Duration::from_secs_f64(sign.as_secs_f64() / hash.as_secs_f64()));
        hashes.push(hash);
        signs.push(sign);
    }
    let (hash, sign) = (millis(median(hashes)), millis(median(signs)));
    figure(&format!("bcrypt alone, 2^{cost} rounds, meant for 250 to 500"), hash, "ms");
    figure("sign-in", sign, "ms");
    // Pair by pair, so that a machine that slows down slows both.
    verdict("sign-in against bcrypt alone", median(shares).as_secs_f64(), 1.0 / 0.95, "×");
}

/// A wrong password of somebody against one of nobody (attack 22), in turn.
fn unknown_names(desk: &Desk) {
    let members = ask(desk, "staff.list", &json!({}));
    let names: Vec<&str> =
        members.as_array().unwrap().iter().filter_map(|one| one["username"].as_str()).collect();
    let wrong = |username: &str| {
        let args = json!({"username": username, "password": "Wrong-Password-1"});
        let args = serde_json::value::to_raw_value(&args).unwrap();
        timed(|| {
            let fault = desk.dispatch("session.sign_in", None, &args).unwrap_err();
            assert_eq!(fault.code, inkpoint_core::Code::BadCredentials);
        })
    };
    let (mut known, mut unknown, mut shares) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..40 {
        // Four wrong ones each, never the fifth: a wait would be measured instead.
        let (somebody, nobody) = (names[round / 4], format!("nobody-{round}"));
        let (one, other) = if round % 2 == 0 {
            let one = wrong(somebody);
            (one, wrong(&nobody))
        } else {
            let other = wrong(&nobody);
            (wrong(somebody), other)
        };
        shares.push(Duration::from_secs_f64(one.as_secs_f64() / other.as_secs_f64()));
        known.push(one);
        unknown.push(other);
    }
    figure("wrong password of somebody", millis(median(known)), "ms");
    figure("wrong password of nobody", millis(median(unknown)), "ms");
    // Pair by pair, in turn who comes first: a machine that slows down slows both.
    let difference = (median(shares).as_secs_f64() - 1.0).abs() * 100.0;
    verdict("the difference that a name makes", difference, 5.0, "%");
    for name in names.iter().take(8).chain(&["iris"]) {
        common::sign_in(desk, name);
    }
}

/// What the counter feels of a thousand sign-ins at once (attack 21): the longest of the sales meanwhile.
fn sales_among_guesses(desk: &Desk) {
    let item = ask(
        desk,
        "inventory.create_item",
        &json!({"form": {"sku": "BENCH", "name": "Balm", "price": 100}, "on_hand": 1_000}),
    );
    let sell = |round: u32| {
        let args =
            json!({"lines": [{"item_id": item["id"]}], "tenders": [{"tender": "card", "amount": 100}]});
        let args = serde_json::value::to_raw_value(&args).unwrap();
        timed(|| desk.dispatch("till.sell", Some(&format!("bench-busy-{round}")), &args).unwrap())
    };
    let guessing = desk.beside();
    let left = AtomicUsize::new(1_000);
    let longest = std::thread::scope(|scope| {
        for guess in 0..1_000 {
            let (guessing, left) = (&guessing, &left);
            scope.spawn(move || {
                let args =
                    json!({"username": format!("guess-{}", guess % 10), "password": "Wrong-Password-1"});
                let args = serde_json::value::to_raw_value(&args).unwrap();
                let _wrong = guessing.dispatch("session.sign_in", None, &args);
                left.fetch_sub(1, Ordering::SeqCst);
            });
        }
        let mut longest = Duration::ZERO;
        for round in 0..900 {
            longest = longest.max(sell(round));
            if left.load(Ordering::SeqCst) == 0 {
                break;
            }
        }
        longest
    });
    verdict("longest sale among 1,000 sign-ins at once", millis(longest), 200.0, "ms");
}
