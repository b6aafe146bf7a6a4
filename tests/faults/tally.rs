//! How often a fault was tried, in words for whoever reads the run.

use std::io::Write;

/// How many times as long as in `script/test` this run goes on: `script/soak` sets INKPOINT_SOAK.
pub fn times() -> usize {
    std::env::var("INKPOINT_SOAK").map_or(1, |times| times.parse().unwrap())
}

/// Says what was counted, and puts it into the table that the scripts print at their end.
pub fn tell(fault: &str, counted: &str) {
    println!("{fault}: {counted}");
    let Some(table) = std::env::var_os("INKPOINT_FAULTS") else { return };
    let mut table = std::fs::OpenOptions::new().create(true).append(true).open(table).unwrap();
    table.write_all(format!("{fault}: {counted}\n").as_bytes()).unwrap();
}

/// 31434 as 31,434.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
