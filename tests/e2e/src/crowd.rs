//! A studio after years of full days: seven or eight visits a day for each artist.
//!
//! The demo makes the house and its present days. The clients come in as another tool's list, through the door; the
//! appointments are written straight into the file, because booking them one by one would take longer than measuring.

use std::fmt::Write;
use std::process::Command;

use inkpoint_e2e::{Stage, hours_west};
use rusqlite::Connection;

/// How much there is of it.
pub struct Size {
    pub artists: usize,
    pub clients: usize,
    pub appointments: usize,
}

/// Full days ahead, from the day after the last one that the demo books into.
const AHEAD: i64 = 60;
/// The demo books today and this many days ahead, and has been open for as many before today as [`DEMO_PAST`].
const DEMO_AHEAD: i64 = 14;
const DEMO_PAST: i64 = 28;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const OPENS: i64 = 600;

const FIRST: [&str; 16] = [
    "María", "José", "Ana", "Luis", "Sofía", "Jorge", "Fernanda", "Daniela", "Valeria", "Ximena", "Tomás",
    "Zoë", "Björn", "Óscar", "Iker", "Renata",
];
const LAST: [&str; 16] = [
    "Hernández",
    "García",
    "López",
    "Pérez",
    "Sánchez",
    "Cruz",
    "Gómez",
    "Vázquez",
    "Reyes",
    "Torres",
    "Mendoza",
    "Ortiz",
    "Müller",
    "O'Brien",
    "Núñez",
    "Quintana",
];

/// SplitMix64 from a fixed seed: the same studio each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }
}

/// A visit that stands in a free place of somebody's day.
struct Slot {
    day: i64,
    artist: usize,
    minute: i64,
}

/// Makes the studio on the stage. Returns full days of the future in their order, as the desk writes them.
pub fn gather(stage: &Stage, zone: &str, size: &Size) -> Vec<String> {
    stage.demo(&["--artists", &size.artists.to_string(), "--years", "0", "--zone", zone]);
    bring_clients(stage, size.clients);
    // Nobody else has the file open yet, and the program sets it up anew.
    #[allow(clippy::disallowed_methods)]
    let book = Connection::open(stage.home().join("demo.inkpoint")).unwrap();
    let today = days_since_1970(&book);
    write_appointments(&book, today, size);
    settle(stage);
    (1..=AHEAD)
        .map(|ahead| {
            let day = (today + DEMO_AHEAD + ahead) * 86_400;
            book.query_row("SELECT strftime('%Y-%m-%d', ?1, 'unixepoch')", [day], |row| row.get(0)).unwrap()
        })
        .collect()
}

/// Has the disk done before the clock runs: the program would wait for half a gigabyte that is not its own.
fn settle(stage: &Stage) {
    let _ = Command::new("sync").arg("--file-system").arg(stage.home()).status();
}

fn bring_clients(stage: &Stage, clients: usize) {
    let mut dice = Dice(7);
    let mut list = "Name;Phone;Email\n".to_owned();
    for at in 0..clients {
        let (first, last, second) = (FIRST[dice.below(16)], LAST[dice.below(16)], LAST[dice.below(16)]);
        writeln!(list, "{first} {last} {second};+52 55 {:08};c{at}@example.com", dice.below(100_000_000))
            .unwrap();
    }
    let source = stage.home().join("clients.csv");
    std::fs::write(&source, list).unwrap();
    let brought = Command::new(stage.shell().with_file_name("inkpointctl"))
        .args(["import".as_ref(), "clients".as_ref(), source.as_os_str()])
        .arg(stage.home().join("demo.inkpoint"))
        .env("INKPOINT_HOME", stage.home())
        .output()
        .unwrap();
    assert!(brought.status.success(), "the clients did not come in: {brought:?}");
}

/// Today's number at the studio, whose zone is a whole number of hours from UTC.
fn days_since_1970(book: &Connection) -> i64 {
    let now: i64 = book.query_row("SELECT unixepoch()", [], |row| row.get(0)).unwrap();
    (now - hours_west() * 3_600).div_euclid(86_400)
}

/// Every place of the days, the latest first: half of the artists have eight visits of an hour a day, the others seven.
fn slots(today: i64, artists: usize) -> impl Iterator<Item = Slot> {
    let last = today + DEMO_AHEAD + AHEAD;
    (0..)
        .map(move |back| last - back)
        .filter(move |day| *day > today + DEMO_AHEAD || *day < today - DEMO_PAST)
        .flat_map(move |day| {
            (0..artists).flat_map(move |artist| {
                let visits = if (day + artist as i64) % 2 == 0 { 8 } else { 7 };
                (0..visits).map(move |at| Slot { day, artist, minute: OPENS + 75 * at })
            })
        })
}

fn write_appointments(book: &Connection, today: i64, size: &Size) {
    let ids = |sql: &str| -> Vec<String> {
        let mut rows = book.prepare(sql).unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let artists = ids("SELECT id FROM artists WHERE active = 1 ORDER BY position");
    let clients = ids("SELECT id FROM clients ORDER BY id");
    let services = ids("SELECT id FROM services WHERE active = 1 AND price > 0 ORDER BY id");
    assert_eq!(artists.len(), size.artists);
    let mut dice = Dice(11);
    // The project that each artist is at, its client, and how many sessions are left.
    let mut projects: Vec<(String, usize, usize)> = vec![(String::new(), 0, 0); size.artists];

    book.execute_batch("BEGIN").unwrap();
    let mut visit = book
        .prepare(
            "INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price, note,
                 setup_minutes, cleanup_minutes, project_id, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 180000, ?8, 0, ?9, ?10, ?11)",
        )
        .unwrap();
    let mut project = book
        .prepare(
            "INSERT INTO projects (id, client_id, artist_id, title, planned, created_at)
             VALUES (?1, ?2, ?3, 'Half sleeve, botanical', 4, ?4)",
        )
        .unwrap();
    for (at, slot) in slots(today, size.artists).take(size.appointments).enumerate() {
        let starts_at = slot.day * DAY + (hours_west() * 60 + slot.minute) * MINUTE;
        let mut client = dice.below(clients.len());
        let mut session = None;
        // The first of a day, so that a project's sessions are on days of their own.
        if slot.minute == OPENS {
            let (id, whose, left) = &mut projects[slot.artist];
            if *left == 0 {
                *id = format!("{at:08x}-0000-7000-9000-000000000000");
                (*whose, *left) = (client, 4);
                project.execute((&*id, &clients[client], &artists[slot.artist], starts_at)).unwrap();
            }
            *left -= 1;
            client = *whose;
            session = Some(id.clone());
        }
        let status = match (slot.day > today, dice.below(100)) {
            (true, 0..=39) => "confirmed",
            (true, _) => "booked",
            (false, 0..=1) => "cancelled",
            (false, 2..=6) => "no_show",
            (false, _) => "completed",
        };
        let note = (dice.below(100) < 18).then_some("Brings own reference, wants it a little smaller");
        let cleanup = if dice.below(3) == 0 { 15 } else { 0 };
        visit
            .execute((
                format!("{at:08x}-0000-7000-8000-000000000000"),
                &artists[slot.artist],
                &clients[client],
                &services[dice.below(services.len())],
                starts_at,
                starts_at + 60 * MINUTE,
                status,
                note,
                cleanup,
                session,
                starts_at - 20 * DAY,
            ))
            .unwrap();
    }
    book.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}
