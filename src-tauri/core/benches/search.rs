//! Looking for a client among 100,000, key by key: what the core takes for each, through its door.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use common::{Studio, figure, millis, timed, verdict};
use inkpoint_core::{DemoOptions, Tools};
use serde_json::json;

const CLIENTS: usize = 100_000;
/// Milliseconds.
const BOUND: f64 = 20.0;

const FIRST: [&str; 32] = [
    "María",
    "José",
    "Juan",
    "Guadalupe",
    "Ana",
    "Luis",
    "Carlos",
    "Sofía",
    "Jorge",
    "Fernanda",
    "Miguel",
    "Daniela",
    "Pedro",
    "Valeria",
    "Alejandro",
    "Ximena",
    "Ricardo",
    "Camila",
    "Eduardo",
    "Regina",
    "Joana",
    "Tomás",
    "Inês",
    "Jürgen",
    "Zoë",
    "Ángela",
    "Björn",
    "Chloé",
    "Nuria",
    "Óscar",
    "Iker",
    "Renata",
];
const LAST: [&str; 32] = [
    "Hernández",
    "García",
    "Martínez",
    "López",
    "González",
    "Pérez",
    "Rodríguez",
    "Sánchez",
    "Ramírez",
    "Cruz",
    "Flores",
    "Gómez",
    "Morales",
    "Vázquez",
    "Jiménez",
    "Reyes",
    "Díaz",
    "Torres",
    "Gutiérrez",
    "Ruiz",
    "Mendoza",
    "Aguilar",
    "Ortiz",
    "Castillo",
    "Melo",
    "Łukaszewicz",
    "Müller",
    "O'Brien",
    "Núñez",
    "Zúñiga",
    "Ibarra",
    "Quintana",
];

/// SplitMix64 from a fixed seed: the same clients each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }

    fn person(&mut self) -> [String; 4] {
        let (first, last, second) = (FIRST[self.below(32)], LAST[self.below(32)], LAST[self.below(32)]);
        let number = 10_000_000 + self.below(89_999_999);
        let mail =
            format!("{}.{}{}@correo{}.mx", first, last, self.below(10_000), self.below(40)).to_lowercase();
        [
            format!("{first} {last} {second}"),
            format!("+52 55 {:04} {:04}", number / 10_000, number % 10_000),
            mail.replace(' ', ""),
            format!("@{}_{}", second.to_lowercase(), self.below(100_000)),
        ]
    }
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    let studio = Studio::demo(&DemoOptions { years: 0, ..DemoOptions::default() }, Tools::default());
    studio.open();
    let desk = &studio.desk;

    let mut dice = Dice(7);
    let mut table = "Name;Phone;Email;Instagram\n".to_owned();
    for _ in 0..CLIENTS {
        writeln!(table, "{}", dice.person().join(";")).unwrap();
    }
    let began = Instant::now();
    let report =
        inkpoint_core::import_clients(desk, table.as_bytes(), &inkpoint_core::ImportOptions::default())
            .unwrap();
    println!("{} clients imported in {:.1} s", report.imported, began.elapsed().as_secs_f64());

    common::sign_in(desk, "iris");
    let mut typed = Vec::new();
    for round in 0..60 {
        let [name, phone, mail, handle] = dice.person();
        let last = name.split(' ').nth(1).unwrap().to_owned();
        typed.push(match round % 5 {
            0 => name,
            1 => phone,
            2 => mail,
            3 => handle,
            _ => last,
        });
    }
    let mut keys: Vec<(Duration, String)> = Vec::new();
    for words in &typed {
        let letters: Vec<char> = words.chars().collect();
        for length in 1..=letters.len() {
            let text: String = letters[..length].iter().collect();
            let args = serde_json::value::to_raw_value(&json!({"text": text})).unwrap();
            keys.push((timed(|| desk.dispatch("clients.search", None, &args).unwrap()), text));
        }
    }
    keys.sort();
    let at = |share: usize| &keys[(keys.len() - 1) * share / 100];
    figure(&format!("the middle of {} keys", keys.len()), millis(at(50).0), "ms");
    verdict("search keystroke, p95", millis(at(95).0), BOUND, "ms");
    for (time, text) in keys.iter().rev().take(3) {
        figure(&format!("slowest: \"{text}\""), millis(*time), "ms");
    }
}
