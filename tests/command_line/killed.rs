//! Killed in the middle of checkout: what was acknowledged is there, nothing is there twice (P1, P2, F4).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::pipe::{OWNER_PASSWORD, Pipe, program};
use crate::tally::{grouped, tell, times};
use crate::tools::pictures;

const ROUNDS: usize = 50;

/// SplitMix64; INKPOINT_SEED sets the printed seed.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Dice {
        let seed = match std::env::var("INKPOINT_SEED") {
            Ok(seed) => seed.parse().unwrap(),
            Err(_) => u64::from(std::process::id()),
        };
        println!("killed in the middle of checkout: INKPOINT_SEED={seed}");
        Dice(seed)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most
    }
}

/// What the counter believes: each key it ever sent, and the receipt it got for it.
#[derive(Default)]
struct Counter {
    receipts: BTreeMap<String, Value>,
    /// Sent, with no answer before the desk was gone.
    unanswered: Vec<String>,
    sent: u32,
}

impl Counter {
    fn note(&mut self, reply: &Value) {
        let key = reply["id"].as_str().unwrap().to_owned();
        let receipt = &reply["ok"];
        assert!(receipt["receipt"].is_i64(), "{reply}");
        if let Some(earlier) = self.receipts.get(&key) {
            assert_eq!(earlier, receipt, "the same key, another receipt");
        }
        self.receipts.insert(key, receipt.clone());
    }
}

#[test]
fn p01_p02_f04_fifty_kills_lose_no_receipt_and_make_none_twice() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut dice = Dice::new();
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let form = json!({"sku": "SOAP", "name": "Soap", "price": 10_000});
    let item = pipe.done("inventory.create_item", json!({"form": form, "on_hand": 1_000_000}))["id"].clone();
    pipe.done("till.open_session", json!({"float": 50_000}));
    assert!(pipe.end().success());
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});

    let mut counter = Counter::default();
    let mut caught = 0;
    let rounds = ROUNDS * times();
    for round in 0..rounds {
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        // The same keys again, and one that was answered long ago: the first reply, or the sale is completed now.
        let mut again: Vec<String> = std::mem::take(&mut counter.unanswered);
        again.extend(counter.receipts.keys().nth(usize::try_from(dice.below(1_000)).unwrap()).cloned());
        for key in again {
            assert!(pipe.send("till.sell", Some(&key), &sale));
            counter.note(&pipe.read().unwrap());
        }
        let keys: Vec<String> = (0..12)
            .map(|_| {
                counter.sent += 1;
                format!("sale-{:05}-of-this-till", counter.sent)
            })
            .collect();
        for key in &keys {
            assert!(pipe.send("till.sell", Some(key), &sale));
        }
        for _ in 0..dice.below(8) {
            counter.note(&pipe.read().unwrap());
        }
        // Somewhere inside the next sale.
        for _ in 0..dice.below(400_000) {
            std::hint::spin_loop();
        }
        for reply in pipe.kill() {
            counter.note(&reply);
        }
        counter.unanswered = keys.into_iter().filter(|key| !counter.receipts.contains_key(key)).collect();
        caught += usize::from(!counter.unanswered.is_empty());
        if round % 10 == 9 {
            let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
            assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        }
    }
    assert!(caught > rounds / 2, "only {caught} rounds were cut short");

    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    for key in std::mem::take(&mut counter.unanswered) {
        assert!(pipe.send("till.sell", Some(&key), &sale));
        counter.note(&pipe.read().unwrap());
    }
    let mut found: BTreeMap<i64, Value> = BTreeMap::new();
    let mut before = Value::Null;
    loop {
        let page = json!({"from": "2000-01-01", "to": "2200-01-01", "limit": 500, "before": before});
        let rows = pipe.ask("reports.transactions", None, &page).unwrap();
        let Some(last) = rows.as_array().unwrap().last() else { break };
        before = last["receipt"].clone();
        for row in rows.as_array().unwrap() {
            let twice = found.insert(row["receipt"].as_i64().unwrap(), row["sale_id"].clone());
            assert!(twice.is_none());
        }
    }
    assert_eq!(counter.receipts.len(), usize::try_from(counter.sent).unwrap());
    assert_eq!(found.len(), counter.receipts.len(), "one sale for each key");
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), (1..=i64::from(counter.sent)).collect::<Vec<_>>());
    for (key, receipt) in &counter.receipts {
        let number = receipt["receipt"].as_i64().unwrap();
        assert_eq!(found[&number], receipt["sale_id"], "{key}");
    }
    let stock = pipe.done("inventory.list", json!({}));
    assert_eq!(stock[0]["on_hand"], 1_000_000 - i64::from(counter.sent));
    assert!(pipe.end().success());
    let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    let sent = usize::try_from(counter.sent).unwrap();
    tell(
        "F4",
        &format!(
            "the program itself killed {} times, {caught} of them in the middle of a sale; {} sales, 0 lost, 0 twice",
            grouped(rounds),
            grouped(sent)
        ),
    );
}

#[test]
fn f04_attack_34_an_export_killed_at_any_moment_and_asked_for_again_is_one_folder() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    assert!(pipe.end().success());
    let (mut unkept, mut rounds) = (0, 0);
    // Until it was killed a few times after the folder had its name and before the key was kept.
    while unkept < 3 {
        rounds += 1;
        assert!(rounds < 60, "never killed between the two");
        let away = tempfile::tempdir().unwrap();
        let there = || -> Vec<String> {
            let entries = std::fs::read_dir(away.path()).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let args = json!({"password": OWNER_PASSWORD, "folder": away.path()});
        let key = format!("export-{rounds:04}");
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        assert!(pipe.send("studio.export", Some(&key), &args));
        // Every third round while it is being written.
        while !there().iter().any(|name| rounds % 3 == 0 || !name.starts_with('.')) {
            std::hint::spin_loop();
        }
        let said = pipe.kill();
        let finished = there().iter().any(|name| !name.starts_with('.'));
        let kept: i64 = rusqlite::Connection::open(&file)
            .unwrap()
            .query_row("SELECT count(*) FROM request_keys WHERE key = ?1", [&key], |row| row.get(0))
            .unwrap();
        unkept += usize::from(finished && kept == 0);
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        let done = pipe.ask("studio.export", Some(&key), &args).unwrap();
        assert!(said.iter().all(|reply| reply["ok"] == done), "another reply");
        assert_eq!(there().len(), 1, "one export is one folder, and nothing is left half: {:?}", there());
        assert!(done["folder"].as_str().unwrap().ends_with(&there()[0]));
        assert!(pipe.end().success());
    }
    let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    println!("{rounds} kills, {unkept} of them between an export and its key");
}

/// Two by two pixels, as PNG.
const PLAIN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4sWUVEDFAKAA8rgiZKZ9E4gAAAABJRU5ErkJggg==";

#[test]
fn f04_a_kill_between_a_picture_and_its_row_leaves_nothing_that_shows() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut dice = Dice::new();
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let client = pipe.done("clients.create", json!({"name": "Joana"}))["client"]["id"].clone();
    assert!(pipe.end().success());
    let picture = json!({"client_id": client, "kind": "reference", "base64": PLAIN});
    let mut kept: Vec<Value> = Vec::new();
    let mut sent = 0;
    for _ in 0..15 {
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.sign_in();
        for _ in 0..8 {
            sent += 1;
            assert!(pipe.send("pictures.add", Some(&format!("picture-{sent:05}")), &picture));
        }
        for _ in 0..dice.below(6) {
            kept.push(pipe.read().unwrap()["ok"]["id"].clone());
        }
        for _ in 0..dice.below(200_000) {
            std::hint::spin_loop();
        }
        kept.extend(pipe.kill().iter().map(|reply| reply["ok"]["id"].clone()));
        let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        assert!(pictures(&file).iter().all(|path| path.extension().is_some_and(|ending| ending == "jpg")));
    }
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    let listed = pipe.done("pictures.list", json!({"client_id": client}));
    let listed: Vec<&Value> = listed.as_array().unwrap().iter().map(|picture| &picture["id"]).collect();
    assert!(kept.iter().all(|id| id.is_string() && listed.contains(&id)), "an acknowledged picture is gone");
    for id in listed {
        pipe.done("pictures.show", json!({"picture_id": id, "size": "full"}));
    }
    assert!(pipe.end().success());
    println!("{} of {sent} pictures acknowledged", kept.len());
}
