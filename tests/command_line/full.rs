//! A disk that takes no more: a typed fault, no half sale, and everything acknowledged is there afterwards (P7).

use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::pipe::{Pipe, program};
use crate::tools::pictures;

/// The desk under a shell that lets no file grow beyond so many kilobytes; a write past it fails like a full disk.
pub fn confined(home: &std::path::Path, file: &std::path::Path, kilobytes: u64) -> Pipe {
    Pipe::start(narrow(program(home).arg("desk").arg(file), kilobytes).stderr(Stdio::null()))
}

/// The same program under such a shell.
pub fn narrow(program: &Command, kilobytes: u64) -> Command {
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\""));
    shell.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

#[test]
fn p07_f07_writes_that_fail_lose_nothing_that_was_acknowledged() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let form = json!({"sku": "SOAP", "name": "Soap", "price": 10_000});
    let item = pipe.done("inventory.create_item", json!({"form": form, "on_hand": 1_000}))["id"].clone();
    pipe.done("till.open_session", json!({"float": 0}));
    assert!(pipe.end().success());
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});

    let mut pipe = confined(home.path(), &file, 900);
    pipe.sign_in();
    let mut receipts: Vec<(String, Value)> = Vec::new();
    let mut refused = Vec::new();
    for number in 0..60 {
        let key = format!("sale-{number:05}-of-this-till");
        match pipe.ask("till.sell", Some(&key), &sale) {
            Ok(receipt) => receipts.push((key, receipt)),
            Err(fault) => {
                let code = fault["code"].as_str().unwrap();
                assert!(["disk_full", "read_only", "internal"].contains(&code), "{fault}");
                refused.push(key);
            }
        }
        if refused.len() == 5 {
            break;
        }
    }
    assert!(
        !receipts.is_empty() && !refused.is_empty(),
        "{} sold, {} refused",
        receipts.len(),
        refused.len()
    );
    pipe.done("session.whoami", json!({}));
    // Whoever leaves the counter is not kept there by the disk.
    pipe.done("session.lock", json!({}));
    assert_eq!(pipe.ask("session.whoami", None, &json!({})).unwrap_err()["code"], "no_session");
    pipe.kill();

    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    for (key, receipt) in &receipts {
        assert_eq!(pipe.ask("till.sell", Some(key), &sale).unwrap(), *receipt);
    }
    for (number, key) in (receipts.len() + 1..).zip(&refused) {
        assert_eq!(
            pipe.ask("till.sell", Some(key), &sale).unwrap()["receipt"],
            number,
            "completed now, no gap"
        );
    }
    assert!(pipe.end().success());
    let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// A PNG of noise that no encoder makes small: its lines as they are.
pub fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut lines = Vec::new();
    for _ in 0..height {
        lines.push(0);
        lines.extend((0..width * 3).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        }));
    }
    let mut packed = vec![0x78, 0x01];
    let blocks = lines.chunks(65_535).count();
    for (at, block) in lines.chunks(65_535).enumerate() {
        let length = u16::try_from(block.len()).unwrap();
        packed.push(u8::from(at + 1 == blocks));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in &lines {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    packed.extend((high << 16 | low).to_be_bytes());
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", &header), (b"IDAT", &packed), (b"IEND", &Vec::new())] {
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&kind[..], data].concat();
        let crc = body.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
        });
        png.extend(body);
        png.extend((!crc).to_be_bytes());
    }
    png
}

#[test]
fn p07_f06_a_picture_that_does_not_fit_is_said_so_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let client = pipe.done("clients.create", json!({"name": "Joana"}))["client"]["id"].clone();
    assert!(pipe.end().success());
    let bytes = STANDARD.encode(noise(1_600, 1_000));
    let picture = json!({"client_id": client, "kind": "reference", "base64": bytes});

    let mut pipe = confined(home.path(), &file, 1_200);
    pipe.sign_in();
    let fault = pipe.ask("pictures.add", Some("picture-00001"), &picture).unwrap_err();
    assert_eq!(fault["code"], "disk_full", "{fault}");
    assert_eq!(pipe.done("pictures.list", json!({"client_id": client})), json!([]));
    assert_eq!(pictures(&file), Vec::<std::path::PathBuf>::new());
    pipe.ask("clients.create", Some("the-desk-goes-on"), &json!({"name": "Pilar"})).unwrap();
    assert!(pipe.end().success());

    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    let made = pipe.ask("pictures.add", Some("picture-00001"), &picture).unwrap();
    assert_eq!((&made["width"], &made["height"]), (&json!(1_600), &json!(1_000)));
    assert!(pipe.end().success());
    let verified = program(home.path()).arg("verify").arg(&file).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
