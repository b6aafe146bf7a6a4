//! The power goes while an older file is brought to today's schema, from each schema there was: the file is as it was
//! before a step or after it, and opening it again goes on from there (P12, F15).

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use inkpoint_core::storage::SCHEMA_VERSION;
use rusqlite::Connection;

use crate::day::{desk_in, open};
use crate::disk::Disk;
use crate::images::{Honour, Player, Shape, fingerprint, put, read};
use crate::killed::shared;
use crate::studio_house::{Dice, Rows, all_rows, folder};
use crate::tally::{grouped, tell, times};

const NAME: &str = "old.inkpoint";
/// Of the moments of one upgrade.
const SHORT: usize = 40;

fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/core/migrations");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// A file as the first migrations left it: with a day of selling where there was one already, else with the studio
/// alone.
fn old_file(place: &Path, version: usize) {
    let steps = migrations();
    let raw = Connection::open(place.join(NAME)).unwrap();
    raw.pragma_update(None, "journal_mode", "wal").unwrap();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    let day = include_str!("../suite/golden/older.sql");
    for sql in &steps[..version.min(5)] {
        raw.execute_batch(sql).unwrap();
    }
    if version < 5 {
        // The fourth migration brings two settings of its own.
        let later = ["'elevation_reason'", "'lock_after_sale'"];
        let early = day.lines().filter(|line| {
            line.starts_with("INSERT INTO studio ")
                || line.starts_with("INSERT INTO settings ")
                    && (version == 4 || !later.iter().any(|name| line.contains(name)))
        });
        for line in early {
            raw.execute_batch(&line.replace("INSERT", "INSERT OR REPLACE")).unwrap();
        }
    } else {
        raw.execute_batch(day).unwrap();
        for sql in &steps[5..version] {
            raw.execute_batch(sql).unwrap();
        }
    }
    raw.pragma_update(None, "application_id", 0x494E_4B50_i64).unwrap();
    raw.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
}

/// What stands in an upgraded file. What is made anew on opening comes in any order.
fn rows(place: &Path) -> Rows {
    all_rows(&Connection::open(place.join(NAME)).unwrap())
}

#[test]
fn p12_f15_a_power_cut_at_any_moment_of_an_upgrade_leaves_a_file_that_goes_on() {
    let mut dice = Dice::new("f15");
    let dealt: Vec<Mutex<Dice>> = (1..SCHEMA_VERSION).map(|_| Mutex::new(dice.another())).collect();
    let images = AtomicUsize::new(0);
    shared(dealt.len(), |at| {
        let version = at + 1;
        let mut dice = dealt[at].lock().unwrap();
        let place = folder();
        old_file(place.path(), version);
        let base = read(place.path());
        let disk = Disk::watch(place.path());
        disk.record();
        let desk = desk_in(place.path(), 7 * 24 * 3_600_000);
        open(&desk, &place.path().join(NAME)).unwrap();
        let events = disk.recorded();
        desk.close();
        let whole = rows(place.path());
        let moments: Vec<usize> = match events.len() / (SHORT * times()) {
            0 | 1 => (0..events.len()).collect(),
            stride => (dice.below(stride)..events.len()).step_by(stride).collect(),
        };
        let mut player = Player::new(&base, Honour::All);
        let mut seen = std::collections::HashSet::new();
        for (moment, event) in events.iter().enumerate() {
            player.play(event, None);
            if !moments.contains(&moment) {
                continue;
            }
            for shape in [Shape::Whole, Shape::Torn] {
                let image = player.image(shape, &mut dice);
                if !seen.insert(fingerprint(&image)) {
                    continue;
                }
                put(place.path(), &image);
                let context = format!("from schema {version}, at {moment} of {}", events.len());
                let desk = desk_in(place.path(), 7 * 24 * 3_600_000);
                open(&desk, &place.path().join(NAME)).unwrap_or_else(|error| panic!("{context}: {error}"));
                let report = desk.verify().unwrap();
                assert!(report.holds(), "{context}: {:?}", report.problems);
                desk.close();
                let rows = rows(place.path());
                let other: Vec<&String> =
                    whole.keys().filter(|table| rows.get(*table) != whole.get(*table)).collect();
                assert!(other.is_empty() && rows.len() == whole.len(), "{context}: {other:?}");
                images.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    let images = images.into_inner();
    tell(
        "F15",
        &format!(
            "{} crash images of upgrades from {} schemas, all went on to the newest, 0 rows lost",
            grouped(images),
            dealt.len()
        ),
    );
    assert!(images > dealt.len() * 20);
}
