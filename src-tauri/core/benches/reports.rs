//! Reports over a million sales of ten years: what the core takes for each, through its door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::time::{Duration, Instant};

use inkpoint_core::{DemoOptions, Desk, Place};
use serde_json::{Value, json};

const MONTH: Duration = Duration::from_millis(10);
const YEAR: Duration = Duration::from_millis(50);

fn ask(desk: &Desk, command: &str, args: &Value) -> Value {
    let args = serde_json::value::to_raw_value(args).unwrap();
    serde_json::from_str(desk.dispatch(command, None, &args).expect(command).get()).unwrap()
}

/// A million sales, half a million visits, spread over the ten years before `until`. Their rows are sealed by nobody:
/// this file is for reading.
fn fill(raw: &rusqlite::Connection, until: i64) {
    raw.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         BEGIN;
         CREATE TEMP TABLE who AS SELECT row_number() OVER () - 1 AS n, id FROM artists;
         CREATE TEMP TABLE what AS SELECT row_number() OVER () - 1 AS n, id, price FROM services WHERE price > 0;
         CREATE TEMP TABLE till AS SELECT row_number() OVER () - 1 AS n, id FROM members WHERE role <> 'artist';
         CREATE TEMP TABLE numbers AS
             WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 999999) SELECT n FROM n;
         CREATE TEMP TABLE made AS
             SELECT n, 'b0000000-0000-7000-8000-' || printf('%012d', n) AS id,
                 -- Between ten in the morning and nine at night.
                 {until} - (3650 - n / 274) * 86400000 + ((n * 7919) % 39600000) AS at,
                 (SELECT id FROM who WHERE who.n = numbers.n * 31 % (SELECT count(*) FROM who)) AS artist,
                 numbers.n * 17 % (SELECT count(*) FROM what) AS thing,
                 (SELECT id FROM till WHERE till.n = numbers.n % (SELECT count(*) FROM till)) AS member
             FROM numbers;
         INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price, created_at)
             SELECT 'a' || substr(m.id, 2), m.artist, (SELECT id FROM clients LIMIT 1), w.id, m.at / 900000 * 900000,
                 m.at / 900000 * 900000 + 3600000,
                 CASE m.n % 20 WHEN 0 THEN 'no_show' WHEN 1 THEN 'cancelled' ELSE 'completed' END, w.price, m.at
             FROM made m JOIN what w ON w.n = m.thing WHERE m.n % 2 = 0;
         INSERT INTO sales (id, register, receipt, kind, at, member_id, goods, discount, tax, tips, total, currency)
             SELECT m.id, 1, 1000000 + m.n, 'sale', m.at, m.member, w.price, 0, w.price * 16 / 116, 1000,
                 w.price + 1000, 'MXN'
             FROM made m JOIN what w ON w.n = m.thing;
         INSERT INTO sale_lines (id, sale_id, position, kind, service_id, artist_id, label, quantity, list_price,
                 unit_price, discount, tax, tax_bp, amount)
             SELECT 'c' || substr(m.id, 2), m.id, 1, 'service', w.id, m.artist, 'A piece', 1, w.price, w.price, 0,
                 w.price * 16 / 116, 1600, w.price
             FROM made m JOIN what w ON w.n = m.thing;
         INSERT INTO sale_tips (id, sale_id, artist_id, amount)
             SELECT 'd' || substr(id, 2), id, artist, 1000 FROM made;
         INSERT INTO sale_tenders (id, sale_id, position, tender, amount, given)
             SELECT 'e' || substr(m.id, 2), m.id, 1, CASE n % 3 WHEN 0 THEN 'cash' ELSE 'card' END, s.total, s.total
             FROM made m JOIN sales s ON s.id = m.id;
         INSERT INTO commissions (id, at, artist_id, worker_id, sale_id, line_id, basis, bp, amount)
             SELECT 'f' || substr(m.id, 2), m.at, m.artist, m.artist, m.id, 'c' || substr(m.id, 2), 1000, 5500, 550
             FROM made m;
         UPDATE appointments SET paid_by = 'b' || substr(id, 2)
             WHERE id LIKE 'a0000000-0000-7000-8000-%' AND status = 'completed' AND substr(id, -1) <> '8';
         DELETE FROM day_zone;
         COMMIT;
         PRAGMA wal_checkpoint(TRUNCATE);"
    ))
    .unwrap();
}

fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort();
    samples[samples.len() / 2]
}

fn measure(desk: &Desk, name: &str, command: &str, args: &[Value], bound: Option<Duration>) {
    let samples: Vec<Duration> = (0..5)
        .flat_map(|_| args)
        .map(|args| {
            let start = Instant::now();
            std::hint::black_box(ask(desk, command, args));
            start.elapsed()
        })
        .collect();
    let longest = samples.iter().max().unwrap().as_secs_f64() * 1e3;
    let median = median(samples).as_secs_f64() * 1e3;
    let verdict = bound.map_or(String::new(), |bound| {
        let bound = bound.as_secs_f64() * 1e3;
        format!("bound {bound:>6.1} ms {}", if median <= bound { "within" } else { "OVER" })
    });
    println!("{name:<40}{median:>9.2} ms, longest {longest:>9.2} ms  {verdict}");
}

fn main() {
    // `cargo test --benches` asks every bench to show that it runs; there is nothing to show there.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    let home = tempfile::Builder::new().prefix("bench").tempdir_in(&folder).unwrap();
    let file = home.path().join("studio.inkpoint");
    let desk = Desk::new(Place::under(home.path()).with_file(&file));
    let options = DemoOptions { years: 0, artists: 12, ..Default::default() };
    inkpoint_core::make_demo(&desk, &file, &options).unwrap();
    println!("making a million sales …");
    let start = Instant::now();
    {
        let raw = rusqlite::Connection::open(&file).unwrap();
        // Midnight of 1 November 2026 in Mexico City.
        fill(&raw, 1_793_512_800_000);
    }
    println!("made in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    desk.open(&file).unwrap();
    println!("{:<40}{:>9.2} s", "days cut anew, as for another zone", start.elapsed().as_secs_f64());
    desk.close();
    let start = Instant::now();
    desk.open(&file).unwrap();
    // F20, P13: at most three seconds from a million sales to the sign-in.
    println!("F20: a million sales: open in {:.2} s, bound 3 s", start.elapsed().as_secs_f64());
    ask(&desk, "session.sign_in", &json!({"username": "iris", "password": "Stencil-Demo-1"}));
    let span = |from: String, to: String| json!({"from": from, "to": to});
    let months: Vec<Value> =
        (1..=9).map(|month| span(format!("2024-0{month}-01"), format!("2024-0{month}-28"))).collect();
    let years: Vec<Value> =
        (2018..=2026).map(|year| span(format!("{year}-01-01"), format!("{year}-12-31"))).collect();
    measure(&desk, "a month", "reports.period", &months, Some(MONTH));
    measure(&desk, "a year", "reports.period", &years, Some(YEAR));
    measure(&desk, "what is owed to the artists", "payouts.owed", &[json!({})], Some(YEAR));
    let staff = ask(&desk, "staff.list", &json!({}));
    let artist = staff.as_array().unwrap().iter().find_map(|one| one["artist_id"].as_str()).unwrap();
    let statements: Vec<Value> = months
        .iter()
        .map(|month| json!({"artist_id": artist, "from": month["from"], "to": month["to"]}))
        .collect();
    measure(&desk, "an artist's statement of a month", "payouts.statement", &statements, None);
}
