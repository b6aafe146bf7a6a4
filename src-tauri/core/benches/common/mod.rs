//! What the benches share: a studio made where the builds are, a way to ask it, and figures beside their bounds.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)] // Each takes what it needs.

use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inkpoint_core::{DemoOptions, Desk, Place, Tools};
use serde_json::{Value, json};

/// `cargo test --benches` asks every bench to show that it runs; there is nothing to show there.
pub fn asked_to_test() -> bool {
    std::env::args().any(|word| word == "--test")
}

/// A studio of its own, gone with the bench.
pub struct Studio {
    pub desk: Desk,
    pub file: PathBuf,
    pub home: tempfile::TempDir,
}

impl Studio {
    /// Makes a demo and leaves it closed.
    pub fn demo(options: &DemoOptions, tools: Tools) -> Studio {
        // Where the builds are, not /tmp: that may be memory, and memory has no fsync to wait for.
        let folder =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
        std::fs::create_dir_all(&folder).unwrap();
        let home = tempfile::Builder::new().prefix("bench").tempdir_in(&folder).unwrap();
        let file = home.path().join("studio.inkpoint");
        let desk = Desk::with(Place::under(home.path()).with_file(&file), tools);
        inkpoint_core::make_demo(&desk, &file, options).unwrap();
        Studio { desk, file, home }
    }

    pub fn open(&self) {
        self.desk.open(&self.file).unwrap();
    }

    /// Opens it and signs its owner in.
    pub fn enter(&self) {
        self.open();
        sign_in(&self.desk, "iris");
    }
}

pub fn sign_in(desk: &Desk, username: &str) {
    ask(desk, "session.sign_in", &json!({"username": username, "password": "Stencil-Demo-1"}));
}

pub fn ask(desk: &Desk, command: &str, args: &Value) -> Value {
    tell(desk, command, None, args)
}

/// As [`ask`] with the key that a change of money needs.
pub fn tell(desk: &Desk, command: &str, key: Option<&str>, args: &Value) -> Value {
    let args = serde_json::value::to_raw_value(args).unwrap();
    let reply = desk.dispatch(command, key, &args).expect(command);
    serde_json::from_str(reply.get()).unwrap()
}

/// A till that sells the same again and again: a service of an artist, with a tip, for cash.
pub struct Till {
    args: Value,
}

impl Till {
    pub fn open(desk: &Desk) -> Till {
        if ask(desk, "till.drawer", &json!({}))["open"].is_null() {
            tell(desk, "till.open_session", Some("bench-open"), &json!({"float": 100_000}));
        }
        let services = ask(desk, "studio.services", &json!({}));
        let service =
            services.as_array().unwrap().iter().find(|one| one["price"].as_i64() > Some(0)).unwrap();
        let members = ask(desk, "staff.list", &json!({}));
        let artist = members.as_array().unwrap().iter().find_map(|one| one["artist_id"].as_str()).unwrap();
        let price = service["price"].as_i64().unwrap();
        let args = json!({"lines": [{"service_id": service["id"], "artist_id": artist}],
            "tips": [{"artist_id": artist, "amount": 1_000}],
            "tenders": [{"tender": "cash", "amount": price + 1_000, "given": price + 5_000}]});
        Till { args }
    }

    /// How long the counter waits for one sale.
    pub fn sell(&self, desk: &Desk, key: &str) -> Duration {
        let args = serde_json::value::to_raw_value(&self.args).unwrap();
        timed(|| desk.dispatch("till.sell", Some(key), &args).unwrap())
    }
}

/// One 4 KiB write and its fsync, on the disk that the studio is on.
pub struct Disk {
    file: std::fs::File,
}

impl Disk {
    pub fn new(folder: &Path) -> Disk {
        Disk { file: std::fs::File::create(folder.join("calibration")).unwrap() }
    }

    pub fn write(&mut self) -> Duration {
        timed(|| {
            self.file.write_all(&[7; 4096]).unwrap();
            self.file.sync_data().unwrap();
        })
    }
}

pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

pub fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort();
    samples[samples.len() / 2]
}

pub fn longest(samples: &[Duration]) -> Duration {
    samples.iter().copied().max().unwrap_or_default()
}

pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A figure and whether it keeps to its bound.
pub fn verdict(name: &str, found: f64, bound: f64, unit: &str) {
    let word = if found <= bound { "within" } else { "OVER" };
    println!("{name:<52}{found:>10.2} {unit:<3} bound {bound:>9.2} {unit:<3} {word}");
}

/// A figure that nothing is promised of.
pub fn figure(name: &str, found: f64, unit: &str) {
    println!("{name:<52}{found:>10.2} {unit}");
}
