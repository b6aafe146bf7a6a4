//! What is handed out, on paper and as a file, and what a printer can do to a sale: nothing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::printing::{Address, Job, NetworkPrinter, Printer, Trouble};
use inkpoint_core::{Desk, Place, Tools};
use serde_json::{Value, json};

use crate::pdf;
use crate::studio_house::{House, Seat, conflict, told, tools};

/// Nobody waits this long for what works; a machine that is busy may.
const PATIENT: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(150);

/// How a printer on loopback behaves.
#[derive(Clone, Copy)]
enum Manner {
    /// Answers how it is with this byte, and takes what it is sent.
    Says(u8),
    /// Takes everything and never says a word.
    Mute,
    /// Accepts, and neither reads nor hangs up.
    Hangs,
    /// Reads a little of the job, and is gone.
    BreaksOff,
}

/// All is well, as ESC/POS says it.
const WELL: u8 = 0x12;

struct Fake {
    port: u16,
    jobs: Receiver<Vec<u8>>,
}

impl Fake {
    fn new(manner: Manner) -> Fake {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, jobs) = channel();
        std::thread::spawn(move || {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept() {
                match manner {
                    Manner::Hangs => held.push(stream),
                    _ => serve(stream, manner, &tell),
                }
            }
        });
        Fake { port, jobs }
    }

    fn job(&self) -> Vec<u8> {
        self.jobs.recv_timeout(PATIENT).unwrap()
    }

    fn is_idle(&self) -> bool {
        self.jobs.try_recv().is_err()
    }
}

/// Reads one job to its end; questions about the printer are answered and are no part of it.
fn serve(mut stream: TcpStream, manner: Manner, tell: &Sender<Vec<u8>>) {
    let mut job = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).is_ok_and(|read| read == 1) {
        job.push(byte[0]);
        if let [.., 0x10, 0x04, _] = job.as_slice() {
            job.truncate(job.len() - 3);
            match manner {
                Manner::Says(status) => stream.write_all(&[status]).unwrap(),
                Manner::BreaksOff => stream.write_all(&[WELL]).unwrap(),
                Manner::Mute | Manner::Hangs => {}
            }
        }
        if matches!(manner, Manner::BreaksOff) && job.len() == 20 {
            return;
        }
    }
    tell.send(job).unwrap();
}

/// A studio like any other whose way to a printer takes so long at most.
fn house(printer: impl Printer + 'static) -> House {
    let house = House::staffed();
    let kept = Tools { printer: Arc::new(printer), ..tools(house.clock.clone()) };
    house.desk.close();
    let desk = Desk::with(Place::under(house.home.path()), kept);
    desk.open(&house.file).unwrap();
    House { desk, ..house }
}

fn patient() -> NetworkPrinter {
    NetworkPrinter { connect: PATIENT, write: PATIENT, status: PATIENT }
}

fn set(house: &House, host: &str, port: u16) {
    house.owner().done("security.settings", json!({"printer_host": host, "printer_port": port}));
}

/// A shop with a printer, an open drawer and one item at 123.00.
fn shop(manner: Manner) -> (House, Fake, String) {
    let fake = Fake::new(manner);
    let house = house(patient());
    set(&house, "127.0.0.1", fake.port);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    let item = house.item("BALM", 12_300, 90);
    (house, fake, item)
}

fn sell(seat: &Seat, item: &str, tender: &str) -> Value {
    let tenders = json!([{"tender": tender, "amount": 12_300}]);
    seat.done("till.sell", json!({"lines": [{"item_id": item}], "tenders": tenders}))
}

/// The drawer that this member opened last is open, or not at all.
fn settled(seat: &Seat) -> Value {
    seat.ask("printing.drawer", json!({}))
        .map_or_else(|fault| fault["params"]["reason"].clone(), |_| json!(true))
}

/// What stands on the paper, without what makes it bold or cuts it.
fn read(job: &[u8]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < job.len() {
        match &job[at..] {
            [0x1B, b'@', ..] => at += 2,
            [0x1B, b'd', lines, ..] => {
                text.push_str(&"\n".repeat(usize::from(*lines)));
                at += 3;
            }
            [0x1B, b't' | b'R' | b'E', _, ..] | [0x1D, b'!', _, ..] => at += 3,
            [0x1D, b'V', b'A', _, ..] => at += 4,
            [byte, ..] => {
                assert!(*byte >= 0x20 && *byte != 0x7F, "a byte that commands: {byte:#x} at {at}");
                text.push(if *byte < 0x80 { char::from(*byte) } else { '·' });
                at += 1;
            }
            [] => {}
        }
    }
    text
}

const KICK: [u8; 5] = [0x1B, b'p', 0, 25, 250];

#[test]
fn a_receipt_comes_out_of_the_printer_once_as_the_original() {
    let (house, fake, item) = shop(Manner::Says(WELL));
    let sam = house.seat("sam");
    let sold = sell(&sam, &item, "card");
    let about = json!({"receipt": sold["receipt"], "way": "printer"});
    let first = sam.done("till.print", about.clone());
    assert_eq!((&first["copy"], &first["copies"]), (&json!(false), &json!(0)));
    let job = fake.job();
    // Reset, the letters with the euro, and the signs as they are in the United States.
    assert!(job.starts_with(&[0x1B, b'@', 0x1B, b't', 19, 0x1B, b'R', 0]), "{job:?}");
    assert!(job.ends_with(&[0x1D, b'V', b'A', 1]), "{job:?}");
    let text = read(&job);
    let total = format!("\nTotal{:>37}\n", "$123.00");
    for said in ["\n                Receipt 1\n", "Served by Sam Luna\n", total.as_str()] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 42), "{text}");
    assert!(!text.contains("COPY"));

    // From now on it says that it is a copy, whoever asks and whatever it becomes.
    for (way, copies) in [("printer", 1), ("pdf", 2), ("mail", 3), ("page", 4)] {
        let again = json!({"receipt": sold["receipt"], "way": way});
        let copy = house.seat("bea").done("till.print", again);
        assert_eq!((&copy["copy"], &copy["copies"]), (&json!(true), &json!(copies)), "{way}");
        if way == "printer" {
            assert!(read(&fake.job()).contains("*** COPY ***"));
        }
    }
    let shown = sam.done("till.receipt", json!({"sale_id": sold["sale_id"]}));
    assert_eq!((&shown["copy"], &shown["copies"]), (&json!(false), &json!(4)));
    assert!(fake.is_idle(), "a reprint opens no drawer");
    house.assert_holds();
}

#[test]
fn each_paper_is_a_row_of_the_journal() {
    let (house, fake, item) = shop(Manner::Says(WELL));
    let sold = sell(&house.owner(), &item, "card");
    for way in ["printer", "pdf"] {
        house.owner().done("till.print", json!({"receipt": sold["receipt"], "way": way}));
    }
    fake.job();
    let rows: Vec<String> = house
        .raw()
        .prepare("SELECT outcome || details FROM journal WHERE command = 'till.print' ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        rows,
        [r#"done{"copy":false,"receipt":1,"way":"printer"}"#, r#"done{"copy":true,"receipt":1,"way":"pdf"}"#]
    );
    house.assert_holds();
}

#[test]
fn the_drawer_opens_for_cash_and_for_nothing_else() {
    let (house, fake, item) = shop(Manner::Says(WELL));
    let owner = house.owner();
    let opens = |what: &str, expected: bool| {
        assert_eq!(settled(&owner), true, "{what}");
        if expected {
            assert_eq!(fake.job(), KICK, "{what}");
        }
        assert!(fake.is_idle(), "{what}");
    };
    opens("the float", false);
    let card = sell(&owner, &item, "card");
    opens("a card sale", false);
    let cash = sell(&owner, &item, "cash");
    opens("a cash sale", true);
    let back = |sale: &Value, tender: &str| {
        owner.done("till.refund", json!({"sale_id": sale["sale_id"], "tender": tender, "reason": "x"}))
    };
    back(&card, "card");
    opens("a card refund", false);
    back(&cash, "cash");
    opens("a cash refund", true);
    for direction in ["in", "out", "drop"] {
        owner.done("till.cash_move", json!({"direction": direction, "amount": 100, "reason": "x"}));
        opens(direction, true);
    }
    owner.done("till.open_drawer", json!({"reason": "Change for a note"}));
    opens("no sale", true);
    owner.done("till.print", json!({"receipt": cash["receipt"], "way": "pdf"}));
    opens("a copy", false);
    // The same key is the same sale: the drawer opens once.
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 12_300}]});
    owner.ask_with("till.sell", "one-sale-key", sale.clone()).unwrap();
    opens("a sale", true);
    owner.ask_with("till.sell", "one-sale-key", sale).unwrap();
    opens("its retry", false);

    owner.done("security.settings", json!({"printer_drawer": false, "printer_pin": "five"}));
    sell(&owner, &item, "cash");
    opens("a cash sale where the studio opens by hand", false);
    owner.done("till.open_drawer", json!({"reason": "Change for a note"}));
    assert_eq!((settled(&owner), fake.job()), (json!(true), vec![0x1B, b'p', 1, 25, 250]));
    owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 1}], "reason": "x"}));
    opens("the close", false);
    house.assert_holds();
}

/// A printer that says nothing until it is let go.
#[derive(Debug)]
struct Stuck {
    asked: Mutex<Sender<()>>,
    go: Mutex<Receiver<Result<(), Trouble>>>,
}

impl Printer for Stuck {
    fn send(&self, _: &Address, _: &Job) -> Result<(), Trouble> {
        self.asked.lock().unwrap().send(()).unwrap();
        self.go.lock().unwrap().recv().unwrap()
    }
}

#[test]
fn f25_a_sale_does_not_wait_for_a_printer_that_hangs() {
    let (tell_asked, asked) = channel();
    let (let_go, go) = channel();
    let house = house(Stuck { asked: Mutex::new(tell_asked), go: Mutex::new(go) });
    set(&house, "printer", 9_100);
    let item = house.item("BALM", 12_300, 90);
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 50_000}));
    // The printer has the first kick and keeps it; the second sale goes on all the same.
    sell(&owner, &item, "cash");
    asked.recv_timeout(PATIENT).unwrap();
    sell(&owner, &item, "cash");
    assert_eq!(house.count("SELECT count(*) FROM sales"), 2);
    house.assert_holds();
    let_go.send(Err(Trouble::Slow)).unwrap();
    assert_eq!(settled(&owner), "printer_slow");
    // Somebody else's drawer is no business of Bea's.
    assert_eq!(settled(&house.seat("bea")), true);
    let_go.send(Ok(())).unwrap();
    owner.done("printing.drawer", json!({"again": true}));
    assert_eq!(settled(&owner), true, "it opened in the end");
}

#[test]
fn f25_whatever_a_printer_does_the_sale_is_made_and_the_cause_is_told() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let hangs = Fake::new(Manner::Hangs);
    let breaks = Fake::new(Manner::BreaksOff);
    let no_paper = Fake::new(Manner::Says(WELL | 0x20));
    let cover = Fake::new(Manner::Says(WELL | 0x04));
    let fault = Fake::new(Manner::Says(WELL | 0x40));
    let quick = NetworkPrinter { connect: SHORT, write: SHORT, status: SHORT };
    for (host, port, printer, cause) in [
        ("127.0.0.1", taken, patient(), "printer_refused"),
        ("no-such-printer.invalid", 9_100, quick, "printer_name"),
        ("255.255.255.255", 9_100, quick, "printer_silent"),
        ("127.0.0.1", hangs.port, quick, "printer_slow"),
        ("127.0.0.1", breaks.port, patient(), "printer_broke_off"),
        ("127.0.0.1", no_paper.port, patient(), "printer_paper"),
        ("127.0.0.1", cover.port, patient(), "printer_cover"),
        ("127.0.0.1", fault.port, patient(), "printer_fault"),
    ] {
        let house = house(printer);
        let owner = house.owner();
        owner.done("till.open_session", json!({"float": 50_000}));
        let item = house.item("BALM", 12_300, 90);
        set(&house, host, port);
        let sold = sell(&owner, &item, "card");
        let about = |way: &str| json!({"receipt": sold["receipt"], "way": way});
        let why = |fault: Value| json!([fault["code"], fault["params"]]);
        assert_eq!(why(owner.ask("till.print", about("printer")).unwrap_err()), conflict(cause));
        let test = json!({"host": host, "port": port, "columns": 32, "letters": "pc437"});
        assert_eq!(why(owner.ask("printing.test", test).unwrap_err()), conflict(cause));
        // Nothing came out, so the original is still to come.
        let paper = owner.done("till.print", about("pdf"));
        assert_eq!((&paper["copy"], &paper["copies"]), (&json!(false), &json!(0)), "{cause}");
        let outcomes: Vec<String> = house
            .raw()
            .prepare("SELECT outcome FROM journal WHERE command = 'till.print' ORDER BY seq")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(outcomes, ["done", "conflict", "done"], "{cause}");
        house.assert_holds();
    }
    crate::tally::tell("F25", "8 printers that hang, refuse, break off or complain: 8 sales made, 0 twice");
}

#[test]
fn a_printer_that_never_says_a_word_prints_all_the_same() {
    let fake = Fake::new(Manner::Mute);
    let house = house(NetworkPrinter { status: SHORT, ..patient() });
    set(&house, "127.0.0.1", fake.port);
    let test = json!({"host": "127.0.0.1", "port": fake.port, "columns": 48, "letters": "pc858"});
    house.owner().done("printing.test", test);
    assert!(read(&fake.job()).contains("Test print"));
}

#[test]
fn without_a_printer_nothing_is_printed_and_nothing_else_suffers() {
    let house = house(patient());
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 50_000}));
    let item = house.item("BALM", 12_300, 90);
    let sold = sell(&owner, &item, "cash");
    owner.done("till.open_drawer", json!({"reason": "x"}));
    assert_eq!(settled(&owner), true);
    let print = json!({"receipt": sold["receipt"], "way": "printer"});
    assert_eq!(told(&house, &owner, "till.print", print), conflict("printer_none"));
    assert_eq!(told(&house, &owner, "reports.print_x", json!({"way": "printer"})), conflict("printer_none"));
    house.assert_holds();
}

#[test]
fn attack_48_no_name_is_a_command_to_the_printer() {
    let (house, fake, item) = shop(Manner::Says(WELL));
    let owner = house.owner();
    let client = house.client("Joana Melo");
    // As no form lets anybody type it: from an older file, or by another program.
    let hostile =
        "Joana\u{1b}p\u{0}\u{19}\u{fa}\u{1d}V\u{41}\u{0}\u{10}\u{4}\u{1}\u{9b}\u{7f} Ño €\u{202e}👍";
    house.raw().execute("UPDATE clients SET name = ?1 WHERE id = ?2", (hostile, &client)).unwrap();
    owner
        .done("security.settings", json!({"receipt_note": "Calle 5\u{1b}@\u{1b}p\u{1}\u{1}\u{1}\nTel. 555"}));
    let sold = owner.done(
        "till.sell",
        json!({"client_id": client, "lines": [{"item_id": item}], "tenders": [{"tender": "card", "amount": 12_300}]}),
    );
    owner.done("till.print", json!({"receipt": sold["receipt"], "way": "printer"}));
    // Reading it stops at the first byte that commands.
    let text = read(&fake.job());
    assert!(text.contains("For Joanap·VA ·o ·+1\n"), "{text}");
    assert!(text.contains("Calle 5@p\n"), "{text}");
    assert!(fake.is_idle());
}

#[test]
fn an_artist_hands_out_the_own_receipts_alone() {
    let (house, _fake, _) = shop(Manner::Says(WELL));
    let owner = house.owner();
    let client = house.client("Joana Melo");
    let mut numbers = Vec::new();
    for artist in [0, 1] {
        let visit = house.book(artist, &client, 2);
        let deposit = json!({"appointment_id": visit, "amount": 10_000,
            "tenders": [{"tender": "card", "amount": 10_000}]});
        let taken = owner.done("till.take_deposit", deposit);
        let sold = owner.done(
            "till.sell",
            json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}],
                "tenders": [{"tender": "card", "amount": 150_000}]}),
        );
        numbers.push([taken["receipt"].clone(), sold["receipt"].clone()]);
    }
    let mara = house.seat("mara");
    for way in ["pdf", "printer", "mail", "page"] {
        for own in &numbers[0] {
            mara.done("till.print", json!({"receipt": own, "way": way}));
        }
        for other in numbers[1].iter().chain([&json!(99)]) {
            let asked = json!({"receipt": other, "way": way});
            assert_eq!(told(&house, &mara, "till.print", asked)[0], "denied");
        }
    }
    assert_eq!(owner.refused("till.print", json!({"receipt": 99, "way": "pdf"})), "not_found");
    // Nobody is told a client's mail whom the studio does not show it.
    owner.done(
        "clients.edit",
        json!({"client_id": client, "form": {"name": "Joana Melo", "email": "jo@example.org"}}),
    );
    let mail = |seat: &Seat| {
        let letter =
            seat.done("till.print", json!({"receipt": numbers[0][1], "way": "mail"}))["letter"].clone();
        assert!(letter["text"].as_str().unwrap().contains("*** COPY ***"));
        letter["to"].as_str().unwrap().to_owned()
    };
    assert_eq!(mail(&owner), "jo@example.org");
    let member = mara.member.clone();
    owner.done("staff.set_switch", json!({"member_id": member, "name": "view_client_contacts", "on": false}));
    assert_eq!(mail(&mara), "");
    for seat in [&mara, &house.seat("pia"), &house.seat("sam")] {
        for (command, args) in [
            ("reports.print_z", json!({"z": 1, "way": "pdf"})),
            ("printing.preview", json!({"columns": 42, "letters": "pc858"})),
            ("printing.test", json!({"host": "127.0.0.1", "port": 1, "columns": 42, "letters": "pc858"})),
        ] {
            let code = seat.refused(command, args);
            assert!(code == "denied" || code == "elevation_required", "{command}: {code}");
        }
    }
    house.assert_holds();
}

fn pdf_of(reply: &Value) -> String {
    let name = reply["file"]["name"].as_str().unwrap();
    assert!(name.ends_with(".pdf"), "{name}");
    pdf::text(&STANDARD.decode(reply["file"]["base64"].as_str().unwrap()).unwrap())
}

#[test]
fn a_document_says_what_the_receipt_says() {
    let (house, _fake, item) = shop(Manner::Says(WELL));
    let owner = house.owner();
    owner.done(
        "security.settings",
        json!({"receipt_note": "Calle Tonalá 12", "language": "es-MX", "locale": "es-MX"}),
    );
    let client = house.client("Joana Ñandú");
    let visit = house.book(0, &client, 1);
    let deposit =
        json!({"appointment_id": visit, "amount": 40_000, "tenders": [{"tender": "card", "amount": 40_000}]});
    let taken = owner.done("till.take_deposit", deposit);
    let sold = owner.done(
        "till.sell",
        json!({"appointment_id": visit, "lines": [{"service_id": house.services[0]}, {"item_id": item, "quantity": 2}],
            "tips": [{"artist_id": house.artists[0], "amount": 20_000}],
            "tenders": [{"tender": "cash", "amount": 164_600, "given": 170_000}]}),
    );
    let print =
        |receipt: &Value| pdf_of(&owner.done("till.print", json!({"receipt": receipt, "way": "pdf"})));
    let text = print(&sold["receipt"]);
    for said in [
        "Casa Aguja",
        "Calle Tonalá 12",
        "Recibo 2",
        "20 de noviembre de 2026, 09:00",
        "Atendió Ana Ruiz",
        "Para Joana Ñandú",
        "Small lettering",
        "$1,600.00",
        "2 x BALM",
        "$246.00",
        "Propina para Mara Quill",
        "$200.00",
        "$2,046.00",
        "Impuesto 16% incluido",
        "-$400.00",
        "recibo 1",
        "Efectivo",
        "$1,646.00",
        "recibido $1,700.00",
        "Cambio",
        "$54.00",
    ] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    assert!(!text.contains("COPIA"));
    assert!(print(&sold["receipt"]).contains("*** COPIA ***"));
    let deposit = print(&taken["receipt"]);
    for said in ["Recibo de anticipo 1", "$400.00", "Tarjeta", "48 horas"] {
        assert!(deposit.contains(said), "{said:?} in {deposit}");
    }
    // What takes it back says what it takes back, and why.
    let back = json!({"sale_id": sold["sale_id"], "tender": "cash", "reason": "Mal curado",
        "lines": [{"line_id": sold["lines"][1]["id"], "quantity": 1}]});
    let refund = owner.done("till.refund", back);
    let refund = print(&refund["receipt"]);
    for said in ["Reembolso 3", "Devuelve el recibo 2", "Motivo: Mal curado", "-$123.00"] {
        assert!(refund.contains(said), "{said:?} in {refund}");
    }

    let x = pdf_of(&owner.done("reports.print_x", json!({"way": "pdf"})));
    for said in ["Corte X", "Esperado", "$2,023.00", "1 a 3"] {
        assert!(x.contains(said), "{said:?} in {x}");
    }
    let z = owner
        .done("till.close_session", json!({"counts": [{"value": 10_000, "count": 20}], "reason": "Falta"}));
    let text = pdf_of(&owner.done("reports.print_z", json!({"z": 1, "way": "pdf"})));
    for said in [
        "Corte Z 1",
        "Diferencia",
        "-$23.00",
        "Motivo: Falta",
        "20 x $100.00",
        "$2,000.00",
        "Reembolso 3",
        "Ventas desde que empezó",
    ] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    let tight = |text: &str| text.split_whitespace().collect::<String>();
    assert!(tight(&text).contains(&tight(z["head"].as_str().unwrap())), "D26: the chain's head in {text}");

    let day = json!({"artist_id": house.artists[0], "from": "2026-11-20", "to": "2026-11-20"});
    let shown = owner.done("payouts.statement", day.clone());
    let file = owner.done("payouts.statement_paper", day);
    let text = pdf_of(&json!({"file": file}));
    let closing = shown["closing"].as_i64().unwrap();
    let closing = format!("${}.{:02}", closing / 100, closing % 100);
    for said in ["Mara Quill", "20 de noviembre de 2026", "Se debe al final", closing.as_str(), "$200.00"] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    house.assert_holds();
}

#[test]
fn a_long_statement_says_on_each_page_what_its_columns_are() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 0}));
    let line = json!({"service_id": house.services[0], "artist_id": house.artists[0]});
    let lines = vec![line; 40];
    let quote = owner.done("till.quote", json!({"lines": lines}));
    for _ in 0..4 {
        let tenders = json!([{"tender": "card", "amount": quote["total"]}]);
        owner.done("till.sell", json!({"lines": lines, "tenders": tenders}));
    }
    let day = json!({"artist_id": house.artists[0], "from": "2026-11-20", "to": "2026-11-20"});
    let text = pdf_of(&json!({"file": owner.done("payouts.statement_paper", day)}));
    assert!(text.contains("4 of 4"), "{text}");
    assert_eq!(text.matches("Share of").count(), 4, "{text}");
}

#[test]
fn a_z_report_is_printed_as_it_was_sealed() {
    let (house, fake, item) = shop(Manner::Says(WELL));
    let owner = house.owner();
    sell(&owner, &item, "cash");
    settled(&owner);
    assert_eq!(fake.job(), KICK);
    owner.done("reports.print_x", json!({"way": "printer"}));
    assert!(read(&fake.job()).contains("X report"));
    let z = owner.done("till.close_session", json!({"counts": [{"value": 100, "count": 623}]}));
    owner.done("reports.print_z", json!({"z": 1, "way": "printer"}));
    let text = read(&fake.job());
    let head: String = z["head"].as_str().unwrap().chars().filter(|c| !c.is_whitespace()).collect();
    let printed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for said in ["Z report 1", "623 x $1.00", "$623.00"] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    assert!(printed.contains(&head), "D26: the chain's head in {text}");
    assert!(fake.is_idle(), "printing opens no drawer");
}

#[test]
fn a_preview_is_as_wide_as_the_paper_and_in_its_letters() {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"printer_host": " 192.168.1.50 ", "locale": "de-DE"}));
    for columns in [32, 42, 48] {
        for letters in ["pc858", "pc437"] {
            let lines = owner.done("printing.preview", json!({"columns": columns, "letters": letters}));
            let lines = lines.as_array().unwrap();
            let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
            assert!(texts.iter().all(|line| line.chars().count() <= columns), "{texts:?}");
            assert!(texts.iter().any(|line| line.chars().count() == columns));
            assert!(texts.iter().any(|line| line.contains("José Núñez")));
        }
    }
    for (settings, field) in [
        (json!({"printer_host": "10.0.0.1; rm"}), "printer_host"),
        (json!({"printer_host": "a/b"}), "printer_host"),
        (json!({"printer_port": 0}), "printer_port"),
        (json!({"printer_port": 65_536}), "printer_port"),
        (json!({"printer_columns": 40}), "printer_columns"),
    ] {
        assert_eq!(owner.why("security.settings", settings), format!("invalid: {field}"));
    }
    assert_eq!(owner.done("security.settings", json!({"printer_host": ""}))["printer_host"], "");
}
