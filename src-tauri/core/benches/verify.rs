//! How long the check of a whole file takes, by the entries of its journal: every page, seal, sum and number.
//!
//! INKPOINT_BENCH_FILE has a file of one's own checked instead; it must not be open elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::path::{Path, PathBuf};

use common::{Studio, figure, median, micros, millis, timed, verdict};
use inkpoint_core::{DemoOptions, Desk, Place, Tools};

fn measure(desk: &Desk, file: &Path) {
    desk.open(file).unwrap();
    let report = desk.verify().unwrap();
    for problem in report.problems.iter().take(5) {
        println!("{problem}");
    }
    let megabytes = std::fs::metadata(file).unwrap().len() as f64 / 1e6;
    println!(
        "{megabytes:.0} MB, {} entries, {} sealed rows, {} sales, {} pictures",
        report.journal_rows, report.sealed_rows, report.sales, report.pictures
    );
    let took = median((0..9).map(|_| timed(|| desk.verify().unwrap())).collect());
    let [entries, rows] = [report.journal_rows, report.journal_rows + report.sealed_rows]
        .map(|count| f64::from(i32::try_from(count).unwrap()));
    figure("verify", millis(took), "ms");
    verdict("verify, by the entry of the journal", micros(took) / entries, 3.0, "µs");
    figure("verify, by the entry and the row that one sealed", micros(took) / rows, "µs");
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    if let Some(file) = std::env::var_os("INKPOINT_BENCH_FILE").map(PathBuf::from) {
        let home = tempfile::tempdir().unwrap();
        let tools = Tools { patrol: None, ..Tools::default() };
        return measure(&Desk::with(Place::under(home.path()).with_file(&file), tools), &file);
    }
    for years in [1, 3] {
        println!("making a studio of {years} years …");
        let options = DemoOptions { years, artists: 8, ..DemoOptions::default() };
        let studio = Studio::demo(&options, Tools::default());
        measure(&studio.desk, &studio.file);
    }
}
