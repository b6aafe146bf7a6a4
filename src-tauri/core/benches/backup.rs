//! How long a backup takes, and how long a sale waits while one is made.
//!
//! INKPOINT_BENCH_MB sets how large the file is made; 120 when it is not set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use inkpoint_core::{Cost, DemoOptions, Desk, Place, Tools};
use serde_json::{Value, json};

fn ask(desk: &Desk, command: &str, key: Option<&str>, args: &Value) -> Value {
    let args = serde_json::value::to_raw_value(args).unwrap();
    let reply = desk.dispatch(command, key, &args).expect(command);
    serde_json::from_str(reply.get()).unwrap()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The middle of them, the slowest of a hundred, the slowest.
fn spread(mut samples: Vec<Duration>) -> String {
    samples.sort();
    let at = |share: usize| millis(samples[(samples.len() - 1) * share / 100]);
    format!("median {:.1}, p99 {:.1}, longest {:.1} ms of {}", at(50), at(99), at(100), samples.len())
}

/// A megabyte of entries in the journal at a time, each as the program itself makes them: replies that were kept.
fn grow(file: &std::path::Path, megabytes: u64) {
    let raw = rusqlite::Connection::open(file).unwrap();
    raw.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let mut number = 0;
    while std::fs::metadata(file).unwrap().len() < megabytes * 1_000_000 {
        raw.execute_batch("BEGIN").unwrap();
        for _ in 0..1_000 {
            number += 1;
            raw.execute(
                "INSERT INTO request_keys (key, command, reply, at) VALUES (?1, 'bench', hex(randomblob(1000)), 0)",
                [format!("bench-{number:09}")],
            )
            .unwrap();
        }
        raw.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    }
}

fn main() {
    // `cargo test --benches` asks every bench to show that it runs; there is nothing to show there.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let megabytes = std::env::var("INKPOINT_BENCH_MB").ok().and_then(|text| text.parse().ok()).unwrap_or(120);
    // Where the builds are, not /tmp: that may be memory, and memory has no fsync to wait for.
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    let home = tempfile::Builder::new().prefix("bench").tempdir_in(&folder).unwrap();
    let file = home.path().join("studio.inkpoint");
    let place = Place::under(home.path()).with_file(&file);
    let cost = Cost::Calibrated.n();
    let desk = Desk::with(place, Tools { cost: Cost::Fixed(cost), patrol: None, ..Tools::default() });
    println!("making a demo year of {megabytes} MB …");
    inkpoint_core::make_demo(&desk, &file, &DemoOptions { artists: 8, ..Default::default() }).unwrap();
    desk.close();
    grow(&file, megabytes);
    desk.open(&file).unwrap();
    ask(&desk, "session.sign_in", None, &json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let item = ask(
        &desk,
        "inventory.create_item",
        Some("bench-item"),
        &json!({"form": {"sku": "BENCH", "name": "Bench", "price": 100}, "on_hand": 1_000_000}),
    );
    if ask(&desk, "till.drawer", None, &json!({}))["open"].is_null() {
        ask(&desk, "till.open_session", Some("bench-open"), &json!({"float": 0}));
    }
    let sale = json!({"lines": [{"item_id": item["id"]}], "tenders": [{"tender": "card", "amount": 100}]});
    let sell = |key: String| {
        let start = Instant::now();
        ask(&desk, "till.sell", Some(&key), &sale);
        start.elapsed()
    };
    let alone: Vec<Duration> = (0..300).map(|number| sell(format!("alone-{number:06}"))).collect();
    println!("sales, nothing else going on     {}", spread(alone));

    let other = desk.beside();
    ask(&other, "session.sign_in", None, &json!({"username": "noor", "password": "Stencil-Demo-1"}));
    for round in 1..=3 {
        let done = AtomicBool::new(false);
        let (took, beside) = std::thread::scope(|scope| {
            let backup = scope.spawn(|| {
                let start = Instant::now();
                ask(&other, "backups.make", None, &json!({}));
                done.store(true, Ordering::SeqCst);
                start.elapsed()
            });
            let mut beside = Vec::new();
            while !done.load(Ordering::SeqCst) {
                beside.push(sell(format!("beside-{round}-{:06}", beside.len())));
            }
            (backup.join().unwrap(), beside)
        });
        println!("backup {round}, checked whole            {:.0} ms", millis(took));
        println!("sales meanwhile                  {}", spread(beside));
    }
    // What the clock makes by itself, which looks a large file over rather than recomputing it.
    let start = Instant::now();
    desk.look_after_backups().unwrap();
    println!("backup as made every 15 minutes  {:.0} ms", millis(start.elapsed()));
    let longest = std::fs::metadata(&file).unwrap().len();
    println!("the file                         {:.0} MB", longest as f64 / 1e6);
}
