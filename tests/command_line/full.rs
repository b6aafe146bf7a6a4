//! A disk that takes no more: a typed fault, no half sale, and everything acknowledged is there afterwards (P7).

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::pipe::{Pipe, program};

/// The desk under a shell that lets no file grow beyond so many kilobytes; a write past it fails like a full disk.
fn confined(home: &std::path::Path, file: &std::path::Path, kilobytes: u64) -> Pipe {
    let desk = program(home);
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" desk \"$1\""));
    shell.arg(desk.get_program()).arg(file);
    for (name, value) in desk.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    Pipe::start(shell.stderr(Stdio::null()))
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
