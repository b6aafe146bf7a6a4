//! How long a backup takes, by itself and with sales beside it, and how long a sale waits meanwhile.
//!
//! INKPOINT_BENCH_MB sets how large the file is made; 120 when it is not set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use common::{Studio, Till, ask, figure, longest, median, millis, sign_in, timed, verdict};
use inkpoint_core::clock::{Clock, Millis, Moment, SystemClock};
use inkpoint_core::{DemoOptions, Desk, Tools};
use serde_json::json;

/// Milliseconds.
const BACKUP: f64 = 1_000.0;
const SALE: f64 = 50.0;
/// Sales at a counter that never rests, and at one where somebody sells as fast as a scanner goes.
const PACES: [(&str, Duration); 2] =
    [("in a tight loop", Duration::ZERO), ("ten a second", Duration::from_millis(100))];

/// Has a desk make a backup.
type Make<'a> = &'a (dyn Fn(&Desk) + Sync);

/// The computer's clock, set forward a quarter of an hour whenever a backup is to be due.
#[derive(Debug, Default)]
struct Ahead {
    clock: SystemClock,
    by: AtomicI64,
}

impl Ahead {
    fn turn(&self) {
        self.by.fetch_add(15 * 60_000, Ordering::SeqCst);
    }
}

impl Clock for Ahead {
    fn now(&self) -> Moment {
        let by: Millis = self.by.load(Ordering::SeqCst);
        let Moment { wall, mono } = self.clock.now();
        Moment { wall: wall + by, mono: mono + Duration::from_millis(by.unsigned_abs()) }
    }
}

/// Entries as the program itself makes them, replies that were kept, until the file is as large as that.
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

/// The middle of them, the slowest of a hundred.
fn spread(name: &str, samples: &[Duration]) {
    let mut samples = samples.to_vec();
    samples.sort();
    let p99 = samples[(samples.len() - 1) * 99 / 100];
    let median = millis(median(samples.clone()));
    println!("{name:<52}{median:>10.2} ms  p99 {:.2} ms, {} sales", millis(p99), samples.len());
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    let megabytes = std::env::var("INKPOINT_BENCH_MB").ok().and_then(|text| text.parse().ok()).unwrap_or(120);
    let clock = Arc::new(Ahead::default());
    let tools = Tools { clock: clock.clone(), patrol: None, ..Tools::default() };
    println!("making a demo year of {megabytes} MB …");
    let options = DemoOptions { artists: 6, ..DemoOptions::default() };
    let Studio { desk, file, home: _home } = &Studio::demo(&options, tools);
    grow(file, megabytes);
    desk.open(file).unwrap();
    sign_in(desk, "iris");
    println!("the file: {:.1} MB", std::fs::metadata(file).unwrap().len() as f64 / 1e6);
    let till = Till::open(desk);
    let mut number = 0;
    let mut sell = || {
        number += 1;
        till.sell(desk, &format!("sale-{number:09}"))
    };
    let alone: Vec<Duration> = (0..300).map(|_| sell()).collect();
    spread("a sale, nothing else going on", &alone);
    figure("the longest of them", millis(longest(&alone)), "ms");

    let other = desk.beside();
    let by_itself = |desk: &Desk| desk.look_after_backups().unwrap();
    let asked = |desk: &Desk| {
        ask(desk, "backups.make", &json!({}));
    };
    // Time goes on, so that one is due, and something is new.
    let due = |sell: &mut dyn FnMut() -> Duration| {
        clock.turn();
        sign_in(desk, "iris");
        sign_in(&other, "noor");
        sell();
        ask(desk, "backups.state", &json!({}))["last_at"].clone()
    };
    let kinds: [(&str, Make<'_>); 2] =
        [("as made every 15 minutes", &by_itself), ("asked for, everything made anew", &asked)];
    for (kind, make) in kinds {
        let alone = (0..5)
            .map(|_| {
                let before = due(&mut sell);
                let took = timed(|| make(&other));
                let after = ask(desk, "backups.state", &json!({}))["last_at"].clone();
                assert_ne!(before, after, "nothing was made");
                took
            })
            .collect();
        verdict(&format!("backup {kind}"), millis(median(alone)), BACKUP, "ms");
        for (pace, rest) in PACES {
            let (mut backups, mut sales) = (Vec::new(), Vec::new());
            for _ in 0..3 {
                due(&mut sell);
                let done = AtomicBool::new(false);
                std::thread::scope(|scope| {
                    let backup = scope.spawn(|| {
                        let took = timed(|| make(&other));
                        done.store(true, Ordering::SeqCst);
                        took
                    });
                    while !done.load(Ordering::SeqCst) {
                        sales.push(sell());
                        std::thread::sleep(rest);
                    }
                    backups.push(backup.join().unwrap());
                });
            }
            figure(&format!("  with sales {pace}"), millis(median(backups)), "ms");
            spread("  a sale meanwhile", &sales);
            verdict("  the longest of them", millis(longest(&sales)), SALE, "ms");
        }
    }
}
