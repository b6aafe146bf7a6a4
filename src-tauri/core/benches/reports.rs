//! A million sales of ten years: how long such a file takes to open, what a sale costs in it beside one of a thousand
//! sales, and reports over it, each through the core's door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::time::Duration;

use common::{Disk, Studio, Till, ask, figure, longest, median, micros, millis, timed, verdict};
use inkpoint_core::{DemoOptions, Desk, Tools};
use serde_json::{Value, json};

/// Milliseconds.
const MONTH: f64 = 10.0;
const YEAR: f64 = 50.0;
/// Midnight of 1 November 2026 in Mexico City.
const UNTIL: i64 = 1_793_512_800_000;

/// As many sales and half as many visits, spread over ten years, with their ledger, journal and keys. The rows of the
/// journal are chained and sealed by nobody, and shorter than real ones: this file is for reading and adding to.
fn fill(raw: &rusqlite::Connection, count: u32) {
    raw.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
         BEGIN;
         CREATE TEMP TABLE who AS SELECT row_number() OVER () - 1 AS n, id FROM artists;
         CREATE TEMP TABLE what AS SELECT row_number() OVER () - 1 AS n, id, price FROM services WHERE price > 0;
         CREATE TEMP TABLE till AS SELECT row_number() OVER () - 1 AS n, id FROM members WHERE role <> 'artist';
         CREATE TEMP TABLE posts (k, entry, account, owned);
         INSERT INTO posts VALUES (1, 1, 'service_revenue', 1), (2, 1, 'tax_payable', 0), (3, 1, 'tips_payable', 1),
             (4, 1, 'card_clearing', 0), (5, 2, 'commission_expense', 1), (6, 2, 'commission_payable', 1);
         CREATE TEMP TABLE numbers AS
             WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < {count}) SELECT n FROM n;
         -- Ids that come before those of today, as those of the past do.
         CREATE TEMP TABLE made AS
             SELECT n, '000b0000-0000-7000-8000-' || printf('%012d', n) AS id,
                 -- Between ten in the morning and nine at night.
                 {UNTIL} - (3650 - n * 3650 / {count}) * 86400000 + ((n * 7919) % 39600000) AS at,
                 (SELECT id FROM who WHERE who.n = numbers.n * 31 % (SELECT count(*) FROM who)) AS artist,
                 numbers.n * 17 % (SELECT count(*) FROM what) AS thing,
                 (SELECT id FROM till WHERE till.n = numbers.n % (SELECT count(*) FROM till)) AS member
             FROM numbers;
         INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price, created_at)
             SELECT '000a' || substr(m.id, 5), m.artist, (SELECT id FROM clients LIMIT 1), w.id,
                 m.at / 900000 * 900000, m.at / 900000 * 900000 + 3600000,
                 CASE m.n % 20 WHEN 0 THEN 'no_show' WHEN 1 THEN 'cancelled' ELSE 'completed' END, w.price, m.at
             FROM made m JOIN what w ON w.n = m.thing WHERE m.n % 2 = 0;
         INSERT INTO sales (id, register, receipt, kind, at, member_id, goods, discount, tax, tips, total, currency)
             SELECT m.id, 1, 1000000 + m.n, 'sale', m.at, m.member, w.price, 0, w.price * 16 / 116, 1000,
                 w.price + 1000, 'MXN'
             FROM made m JOIN what w ON w.n = m.thing;
         INSERT INTO sale_lines (id, sale_id, position, kind, service_id, artist_id, label, quantity, list_price,
                 unit_price, discount, tax, tax_bp, amount)
             SELECT '000c' || substr(m.id, 5), m.id, 1, 'service', w.id, m.artist, 'A piece', 1, w.price, w.price, 0,
                 w.price * 16 / 116, 1600, w.price
             FROM made m JOIN what w ON w.n = m.thing;
         INSERT INTO sale_tips (id, sale_id, artist_id, amount)
             SELECT '000d' || substr(id, 5), id, artist, 1000 FROM made;
         INSERT INTO sale_tenders (id, sale_id, position, tender, amount, given)
             SELECT '000e' || substr(m.id, 5), m.id, 1, CASE n % 3 WHEN 0 THEN 'cash' ELSE 'card' END, s.total, s.total
             FROM made m JOIN sales s ON s.id = m.id;
         INSERT INTO commissions (id, at, artist_id, worker_id, sale_id, line_id, basis, bp, amount)
             SELECT '000f' || substr(m.id, 5), m.at, m.artist, m.artist, m.id, '000c' || substr(m.id, 5), 1000, 5500, 550
             FROM made m;
         INSERT INTO ledger_entries (id, at, kind, sale_id)
             SELECT '001' || p.entry || substr(m.id, 5), m.at, CASE p.entry WHEN 1 THEN 'sale' ELSE 'commission' END, m.id
             FROM made m CROSS JOIN (SELECT DISTINCT entry FROM posts) p;
         INSERT INTO ledger_lines (id, entry_id, account, artist_id, amount)
             SELECT '002' || p.k || substr(m.id, 5), '001' || p.entry || substr(m.id, 5), p.account,
                 CASE WHEN p.owned THEN m.artist END,
                 CASE p.k WHEN 1 THEN s.tax - s.goods WHEN 2 THEN -s.tax WHEN 3 THEN -s.tips WHEN 4 THEN s.total
                     WHEN 5 THEN 550 ELSE -550 END
             FROM made m JOIN sales s ON s.id = m.id CROSS JOIN posts p;
         INSERT INTO journal (seq, at, member_id, role, command, outcome, details, seals, prev, hash)
             SELECT (SELECT max(seq) FROM journal) + 1 + n, at, member, 'assistant', 'till.sell', 'done',
                 json_object('sale', id), '[]', randomblob(32), randomblob(32) FROM made;
         INSERT INTO request_keys (key, member_id, command, reply, at)
             SELECT hex(randomblob(16)), member, 'till.sell', json_object('id', id), at FROM made;
         UPDATE appointments SET paid_by = '000b' || substr(id, 5)
             WHERE id LIKE '000a0000-0000-7000-8000-%' AND status = 'completed' AND substr(id, -1) <> '8';
         DELETE FROM day_zone;
         COMMIT;
         PRAGMA wal_checkpoint(TRUNCATE);"
    ))
    .unwrap();
}

fn studio(count: u32) -> Studio {
    let options = DemoOptions { years: 0, artists: 12, ..DemoOptions::default() };
    let studio = Studio::demo(&options, Tools::default());
    let took = timed(|| fill(&rusqlite::Connection::open(&studio.file).unwrap(), count));
    let megabytes = std::fs::metadata(&studio.file).unwrap().len() as f64 / 1e6;
    println!("{count} sales, {megabytes:.0} MB, made in {:.1} s", took.as_secs_f64());
    let took = timed(|| studio.open());
    figure("days cut anew, as for another zone", took.as_secs_f64(), "s");
    studio
}

fn measure(desk: &Desk, name: &str, command: &str, args: &[Value], bound: Option<f64>) {
    let samples: Vec<Duration> =
        (0..5).flat_map(|_| args).map(|args| timed(|| ask(desk, command, args))).collect();
    let most = millis(longest(&samples));
    let median = millis(median(samples));
    match bound {
        Some(bound) => {
            verdict(name, median, bound, "ms");
            verdict("  the longest of them", most, bound, "ms");
        }
        None => figure(name, median, "ms"),
    }
}

/// What a sale costs, in turn with the same in a studio of a thousand sales.
fn sales(many: &Studio) {
    let few = studio(1_000);
    common::sign_in(&few.desk, "iris");
    let (here, there) = (Till::open(&many.desk), Till::open(&few.desk));
    let mut disk = Disk::new(many.home.path());
    let (mut writes, mut among_many, mut among_few) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..600 {
        let key = format!("bench-sale-{round}");
        writes.push(disk.write());
        among_few.push(there.sell(&few.desk, &key));
        among_many.push(here.sell(&many.desk, &key));
    }
    let [write, few, many] = [writes, among_few, among_many].map(|samples| micros(median(samples)));
    figure("D: 4 KiB written and fsynced", write, "µs");
    figure("a sale after 1,000 others", few, "µs");
    verdict("a sale after 1,000,000 others (bound 3 D + 250 µs)", many, 3.0 * write + 250.0, "µs");
    verdict("the one against the other", many / few, 1.3, "×");
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    let many = studio(1_000_000);
    many.desk.close();
    // F20, P13: at most three seconds from a million sales to the sign-in.
    let ready = timed(|| {
        many.open();
        (ask(&many.desk, "desk.status", &json!({})), ask(&many.desk, "session.tiles", &json!({})))
    });
    verdict("F20: a million sales, from the start to the sign-in", ready.as_secs_f64(), 3.0, "s");
    let desk = &many.desk;
    common::sign_in(desk, "iris");
    let span = |from: String, to: String| json!({"from": from, "to": to});
    let months: Vec<Value> =
        (1..=9).map(|month| span(format!("2024-0{month}-01"), format!("2024-0{month}-28"))).collect();
    let years: Vec<Value> =
        (2018..=2026).map(|year| span(format!("{year}-01-01"), format!("{year}-12-31"))).collect();
    measure(desk, "a month", "reports.period", &months, Some(MONTH));
    measure(desk, "a year", "reports.period", &years, Some(YEAR));
    measure(desk, "what is owed to the artists", "payouts.owed", &[json!({})], Some(YEAR));
    let staff = ask(desk, "staff.list", &json!({}));
    let artist = staff.as_array().unwrap().iter().find_map(|one| one["artist_id"].as_str()).unwrap();
    let statements: Vec<Value> = months
        .iter()
        .map(|month| json!({"artist_id": artist, "from": month["from"], "to": month["to"]}))
        .collect();
    measure(desk, "an artist's statement of a month", "payouts.statement", &statements, None);
    sales(&many);
}
