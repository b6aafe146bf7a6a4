//! Studios of every kind of currency: which there are (ISO 4217), and their decimals wherever money is read or written.

use inkpoint_core::{Desk, Error, Place, TsmOptions, import_tsm};
use serde_json::{Value, json};

use crate::studio_house::{OWNER_PASSWORD, StillClock, ask, folder, fresh_key, tools};

const DAY: &str = "2026-11-20";

struct Shop {
    _home: tempfile::TempDir,
    desk: Desk,
}

impl Shop {
    fn nowhere() -> Shop {
        let home = folder();
        let desk = Desk::with(Place::under(home.path()), tools(StillClock::new()));
        Shop { _home: home, desk }
    }

    fn ask(&self, command: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, Some(&fresh_key()), args)
    }

    fn done(&self, command: &str, args: Value) -> Value {
        self.ask(command, args).unwrap_or_else(|fault| panic!("{command}: {fault}"))
    }

    fn found(&self, currency: &str, price: i64) -> Result<Value, Value> {
        self.ask(
            "studio.create",
            json!({"name": "Casa", "currency": currency, "zone": "UTC", "locale": "en-US",
                "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD, "tattoos": true},
                "services": [{"name": "Flash", "kind": "tattoo", "minutes": 60, "price": price}]}),
        )
    }
}

#[test]
fn a_currency_that_is_none_founds_no_studio() {
    let shop = Shop::nowhere();
    for none in ["ZZZ", "XXQ", "XXX", "XTS", "XAU", "QQQ"] {
        let fault = shop.found(none, 1).unwrap_err();
        assert_eq!(fault["code"], "invalid", "{none}");
        assert_eq!(fault["params"], json!({"field": "currency", "reason": "no such currency"}), "{none}");
    }
    assert_eq!(shop.done("desk.status", json!({}))["studios"], json!([]));
}

#[test]
fn a_studio_of_another_program_needs_a_currency_that_there_is() {
    let home = folder();
    let source = home.path().join("tsm.db");
    let db = rusqlite::Connection::open(&source).unwrap();
    db.execute_batch(
        "CREATE TABLE artists (id, name); CREATE TABLE clients (id, name);
         CREATE TABLE sessions (id, client_id, artist_id, start);
         CREATE TABLE transactions (id, artist_id, amount, method, date);
         INSERT INTO artists VALUES (1, 'Dalia'); INSERT INTO clients VALUES (1, 'Ana');
         INSERT INTO transactions VALUES (1, 1, 12.34565, 'Efectivo', '2025-01-01 10:00');",
    )
    .unwrap();
    drop(db);
    let desk = Desk::with(Place::under(&home.path().join("home")), tools(StillClock::new()));
    for (currency, cash) in [
        ("ZZZ", None),
        ("CLF", Some(123_457)),
        ("KWD", Some(12_346)),
        ("MXN", Some(1_235)),
        ("CLP", Some(12)),
    ] {
        let file = home.path().join(format!("{currency}.inkpoint"));
        let options = TsmOptions { currency: currency.to_owned(), ..TsmOptions::default() };
        for trial in [true, false] {
            let made = import_tsm(&desk, &source, &file, &options, trial);
            let Some(cash) = cash else {
                let refused = made.unwrap_err();
                assert!(matches!(&refused, Error::Invalid { field, .. } if field == "currency"), "{refused}");
                assert!(!file.exists());
                continue;
            };
            let report = made.unwrap().report;
            assert_eq!(report.sums[0].imported.minor(), cash, "{currency}");
            assert_eq!(report.sums[0].there, "12.34565", "{currency}");
        }
    }
}

#[test]
fn money_has_the_decimals_of_its_currency_wherever_it_is_read_and_shown() {
    // The decimals; what "12.5" is; how 1900 and the sale of "12.5" are written.
    for (currency, exponent, typed, sample, written) in [
        ("JPY", 0, None, "1,900", "13"),
        ("UYI", 0, None, "1,900", "13"),
        ("EUR", 2, Some(1_250), "1,900.00", "12.50"),
        ("KWD", 3, Some(12_500), "1,900.000", "12.500"),
        ("CLF", 4, Some(125_000), "1,900.0000", "12.5000"),
        ("UYW", 4, Some(125_000), "1,900.0000", "12.5000"),
    ] {
        let shop = Shop::nowhere();
        let price = typed.unwrap_or(13);
        shop.found(currency, price).unwrap();
        let settings = shop.done("desk.status", json!({}))["studio"]["settings"].clone();
        assert_eq!((&settings["currency"], &settings["exponent"]), (&json!(currency), &json!(exponent)));
        let me = shop.done("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD}));
        let read = shop.ask("studio.amount", json!({"text": "12.5"}));
        assert_eq!(
            read.ok().map(|read| read["amount"].clone()),
            typed.map(|typed| json!(typed)),
            "{currency}"
        );
        let status = shop.done("desk.status", json!({}));
        let coins = status["studio"]["denominations"].as_array().unwrap().clone();
        let one = 10_i64.pow(exponent);
        assert!(coins.contains(&json!(one)), "{currency}: {coins:?}");
        let service = shop.done("studio.services", json!({}))[0]["id"].clone();
        shop.done(
            "till.sell",
            json!({"lines": [{"service_id": service, "artist_id": me["member"]["artist_id"]}],
                "tenders": [{"tender": "card", "amount": price}]}),
        );
        let slip = shop.done("printing.preview", json!({"columns": 42, "letters": "pc858"}));
        assert!(slip.to_string().contains(sample), "{currency}: {slip}");
        let export = json!({"what": "transactions", "format": "csv", "from": DAY, "to": DAY});
        let sheet = shop.done("reports.export", export).to_string();
        assert!(sheet.contains(&format!(",{written},")), "{currency}: {sheet}");
    }
}

/// What is typed at the counter, and what other programs keep as text: the same figures, or none.
#[test]
fn an_amount_is_read_as_it_is_meant_or_not_at_all() {
    let house = crate::studio_house::House::staffed();
    let owner = house.owner();
    for (text, minor) in [
        ("1,234.50", 123_450),
        ("1.234,5", 123_450),
        ("1 234,50", 123_450),
        ("12'345'678.05", 1_234_567_805),
        ("1\u{202f}234,50", 123_450),
        ("$ 80", 8_000),
        ("$.50", 50),
        (".5", 50),
        ("-5", -500),
        ("-$5", -500),
        ("$-5", -500),
        ("\u{2212}5", -500),
        ("MX$500", 50_000),
        ("Fr.50", 5_000),
        ("S/ 45.5", 4_550),
        ("80 MXN", 8_000),
        ("usd80", 8_000),
        ("500 pesos", 50_000),
        ("500 M.N.", 50_000),
        ("120 zł", 12_000),
        ("€1.000,00", 100_000),
        ("1,234", 123_400),
        ("1200", 120_000),
        ("1200.", 120_000),
    ] {
        assert_eq!(owner.done("studio.amount", json!({"text": text}))["amount"], minor, "{text}");
    }
    for text in [
        "",
        "abc",
        "$",
        ".",
        "1.2.3",
        "1,23,456",
        "12/5",
        "2 x 500",
        "500 de 1000",
        "500 MXN2",
        "1e3",
        "1,5e2",
        "$1.5k",
        "0x10",
        "500 mil",
        "500\n200",
        "1234 567",
        "5-",
        "--5",
        "5 - 3",
        "aprox 500",
        "(50.00)",
    ] {
        assert_eq!(owner.why("studio.amount", json!({"text": text})), "invalid: text", "{text}");
    }
}
