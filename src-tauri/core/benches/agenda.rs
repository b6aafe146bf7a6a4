//! A day and a week of twelve artists out of 500,000 appointments and 100,000 clients: what the core takes through its door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::path::Path;
use std::time::Duration;

use common::{Studio, ask, median, millis, timed, verdict};
use inkpoint_core::{DemoOptions, Tools};
use rusqlite::Connection;
use serde_json::json;

const ARTISTS: i64 = 12;
const CLIENTS: i64 = 100_000;
const DAYS: i64 = 5_560;
/// Ninety visits a day.
const VISITS: [i64; 2] = [8, 7];
/// Milliseconds.
const BOUND: f64 = 6.0;

/// Half a million visits, an hour each, written as rows: booking them by the door would take an hour. The last days are
/// still to come.
fn fill(file: &Path, today: i64) {
    // Closed by everybody else, and no studio that counts.
    let book = Connection::open(file).unwrap();
    book.execute_batch("PRAGMA synchronous = OFF; BEGIN").unwrap();
    let clients = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
        INSERT INTO clients (id, name, search, search_name, digits, phone, created_at)
        SELECT printf('%08x-0000-7000-8000-%012x', 1, i), 'Client ' || i, 'client ' || i, 'client ' || i,
            printf('55%08d', i), printf('55 %08d', i), 0 FROM n";
    book.execute(clients, [CLIENTS]).unwrap();
    let ids = |sql: &str| -> Vec<String> {
        let mut found = book.prepare(sql).unwrap();
        found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let artists = ids("SELECT id FROM artists WHERE active = 1 ORDER BY position");
    let services = ids("SELECT id FROM services ORDER BY position");
    assert_eq!(i64::try_from(artists.len()).unwrap(), ARTISTS);
    let mut add = book
        .prepare(
            "INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price,
                 created_at)
             VALUES (printf('%08x-0000-7000-8000-%012x', 2, ?1), ?2, printf('%08x-0000-7000-8000-%012x', 1, ?3), ?4,
                 ?5, ?5 + 3600000, ?6, 150000, 0)",
        )
        .unwrap();
    let mut number = 0;
    for day in 0..DAYS {
        let begins = today + (day - DAYS + 45) * 86_400_000 + 7 * 3_600_000;
        for (seat, artist) in artists.iter().enumerate() {
            for visit in 0..VISITS[seat % 2] {
                let state = if begins < today { "completed" } else { "confirmed" };
                let service = &services[usize::try_from(number).unwrap() % services.len()];
                let starts_at = begins + visit * 75 * 60_000;
                add.execute((number, artist, number * 7_919 % CLIENTS, service, starts_at, state)).unwrap();
                number += 1;
            }
        }
    }
    drop(add);
    book.execute_batch("COMMIT").unwrap();
    println!("{number} appointments, {CLIENTS} clients");
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    let options = DemoOptions { years: 0, artists: 12, zone: "Etc/UTC".to_owned(), ..Default::default() };
    let studio = Studio::demo(&options, Tools::default());
    let desk = &studio.desk;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let today = i64::try_from(now.as_millis()).unwrap() / 86_400_000 * 86_400_000;
    fill(&studio.file, today);
    studio.enter();

    // Beyond what the demo itself has booked, and long ago.
    for (what, first, days) in
        [("a day ahead", 20, 1), ("a week ahead", 20, 7), ("a week two years ago", -730, 7)]
    {
        let day = chrono::DateTime::from_timestamp_millis(today + first * 86_400_000).unwrap();
        let args = json!({"day": day.format("%Y-%m-%d").to_string(), "days": days});
        let cards = ask(desk, "agenda.list", &args)["cards"].as_array().unwrap().len();
        let args = serde_json::value::to_raw_value(&args).unwrap();
        let times: Vec<Duration> =
            (0..60).map(|_| timed(|| desk.dispatch("agenda.list", None, &args).unwrap())).collect();
        let fastest = millis(*times.iter().min().unwrap());
        let name = format!("{what}, {cards} cards (fastest {fastest:.2} ms)");
        verdict(&name, millis(median(times)), BOUND, "ms");
    }
}
