//! How long the counter waits: the door's own times, each against a calibration taken in the same run, in turn with it.
//!
//! A shared machine makes absolute times worthless; the medians of interleaved samples and their ratios are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use inkpoint_core::access::{Action, Caller, Role};
use inkpoint_core::{Cost, DemoOptions, Desk, Place, Tools};
use serde_json::value::RawValue;
use serde_json::{Value, json};

fn ask(desk: &Desk, command: &str, key: Option<&str>, args: &Value) -> Value {
    let args = serde_json::value::to_raw_value(args).unwrap();
    let reply = desk.dispatch(command, key, &args).expect(command);
    serde_json::from_str(reply.get()).unwrap()
}

fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort();
    samples[samples.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn verdict(name: &str, found: f64, bound: f64, unit: &str) {
    let word = if found <= bound { "within" } else { "OVER" };
    println!("{name:<44}{found:>12.2} {unit:<3} bound {bound:>10.2} {unit:<3} {word}");
}

/// One 4 KiB write and its fsync, on the disk that the studio is on.
struct Disk {
    file: std::fs::File,
}

impl Disk {
    fn new(folder: &Path) -> Disk {
        Disk { file: std::fs::File::create(folder.join("calibration")).unwrap() }
    }

    fn write(&mut self) {
        self.file.write_all(&[7; 4096]).unwrap();
        self.file.sync_data().unwrap();
    }
}

fn main() {
    // `cargo test --benches` asks every bench to show that it runs; there is nothing to show there.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    // Where the builds are, not /tmp: that may be memory, and memory has no fsync to wait for.
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    let home = tempfile::Builder::new().prefix("bench").tempdir_in(&folder).unwrap();
    let file = home.path().join("studio.inkpoint");
    let place = Place::under(home.path()).with_file(&file);
    // The demo's hashes cost what new ones cost here, so that no sign-in below makes one anew.
    let cost = Cost::Calibrated.n();
    let tools = Tools { cost: Cost::Fixed(cost), ..Tools::default() };
    let desk = Desk::with(place, tools);
    println!("making a demo year …");
    let made = timed(|| {
        inkpoint_core::make_demo(&desk, &file, &DemoOptions { artists: 8, ..Default::default() }).unwrap()
    });
    println!("made in {:.1} s", made.as_secs_f64());
    desk.open(&file).unwrap();
    ask(&desk, "session.sign_in", None, &json!({"username": "iris", "password": "Stencil-Demo-1"}));

    permission();
    sale(&desk, home.path());
    agenda(&desk);
    whoami(&desk);
    sign_in(&desk, cost);
    unknown_names(&desk);
    sales_among_guesses(&desk);
    println!(
        "{:<44}{:>12.2} ms",
        "verify, the whole year",
        timed(|| desk.verify().unwrap()).as_secs_f64() * 1e3
    );
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
    let drawer = ask(desk, "till.drawer", None, &json!({}));
    if drawer["open"].is_null() {
        ask(desk, "till.open_session", Some("bench-open"), &json!({"float": 100_000}));
    }
    let services = ask(desk, "studio.services", None, &json!({}));
    let service = services.as_array().unwrap().iter().find(|one| one["price"].as_i64() > Some(0)).unwrap();
    let members = ask(desk, "staff.list", None, &json!({}));
    let artist = members.as_array().unwrap().iter().find_map(|one| one["artist_id"].as_str()).unwrap();
    let price = service["price"].as_i64().unwrap();
    let mut disk = Disk::new(folder);
    let (mut writes, mut sales) = (Vec::new(), Vec::new());
    for round in 0..400 {
        writes.push(timed(|| disk.write()));
        let args = json!({"lines": [{"service_id": service["id"], "artist_id": artist}],
            "tips": [{"artist_id": artist, "amount": 1_000}],
            "tenders": [{"tender": "cash", "amount": price + 1_000, "given": price + 5_000}]});
        let key = format!("bench-sale-{round}");
        let args = serde_json::value::to_raw_value(&args).unwrap();
        sales.push(timed(|| desk.dispatch("till.sell", Some(&key), &args).unwrap()));
    }
    let (write, sale) = (micros(median(writes)), micros(median(sales)));
    println!("{:<44}{write:>12.2} µs", "D: 4 KiB written and fsynced");
    verdict("sale committed (bound 3 D + 150 µs)", sale, 3.0 * write + 150.0, "µs");
}

fn agenda(desk: &Desk) {
    let status = ask(desk, "desk.status", None, &json!({}));
    let now = status["now"].as_i64().unwrap();
    // A day of the past year: any will do, so the same distance back each time.
    let day = chrono::DateTime::from_timestamp_millis(now - 40 * 86_400_000)
        .unwrap()
        .format("%Y-%m-%d")
        .to_string();
    let args = serde_json::value::to_raw_value(&json!({"day": day})).unwrap();
    let samples = (0..300).map(|_| timed(|| desk.dispatch("agenda.list", None, &args).unwrap())).collect();
    println!("{:<44}{:>12.2} µs", "agenda of a day, in the core", micros(median(samples)));
}

/// Asked after every step of the desk, so it must cost next to nothing.
fn whoami(desk: &Desk) {
    let samples =
        (0..300).map(|_| timed(|| desk.dispatch("session.whoami", None, RawValue::NULL).unwrap())).collect();
    println!("{:<44}{:>12.2} µs", "who is signed in, with every reminder", micros(median(samples)));
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
    let (hash, sign) = (median(hashes).as_secs_f64() * 1e3, median(signs).as_secs_f64() * 1e3);
    println!("{:<44}{hash:>12.2} ms  2^{cost} rounds, meant to take 250 to 500 ms", "bcrypt alone");
    println!("{:<44}{sign:>12.2} ms", "sign-in");
    // Pair by pair, so that a machine that slows down slows both.
    verdict("sign-in against bcrypt alone", median(shares).as_secs_f64(), 1.0 / 0.95, "×");
}

/// A wrong password of somebody against one of nobody (attack 22), in turn.
fn unknown_names(desk: &Desk) {
    const PASSWORD: &str = "Stencil-Demo-1";
    let members = ask(desk, "staff.list", None, &json!({}));
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
    println!("{:<44}{:>12.2} ms", "wrong password of somebody", median(known).as_secs_f64() * 1e3);
    println!("{:<44}{:>12.2} ms", "wrong password of nobody", median(unknown).as_secs_f64() * 1e3);
    // Pair by pair, in turn who comes first: a machine that slows down slows both.
    let difference = (median(shares).as_secs_f64() - 1.0).abs() * 100.0;
    verdict("the difference that a name makes", difference, 5.0, "%");
    for name in names.iter().take(8) {
        ask(desk, "session.sign_in", None, &json!({"username": name, "password": PASSWORD}));
    }
    ask(desk, "session.sign_in", None, &json!({"username": "iris", "password": PASSWORD}));
}

/// What the counter feels of a thousand sign-ins at once (attack 21): the longest of the sales meanwhile.
fn sales_among_guesses(desk: &Desk) {
    let item = ask(
        desk,
        "inventory.create_item",
        None,
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
    verdict("longest sale among 1,000 sign-ins at once", longest.as_secs_f64() * 1e3, 200.0, "ms");
}
