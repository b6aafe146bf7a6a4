//! The process dies: at a random moment (F4), and at each write, sync, truncation and deletion of each money command
//! (F5). It is this very program, started again as a child that opens the file through the real door; it is ended by
//! SIGKILL.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::day::{Day, Request, desk_in, open, picture, send, sign_in, signer, start};
use crate::disk::{Disk, Kind, Plan, Then};
use crate::images::{Files, put, read};
use crate::studio_house::{Dice, House, folder};
use crate::tally::{grouped, tell, times};

/// What was asked for between the parent and the child, by the environment.
const FILE: &str = "INKPOINT_CHILD_FILE";
const HALT: &str = "INKPOINT_CHILD_HALT";

/// Not a test by itself: the child. It answers requests line by line until its input ends.
#[test]
#[ignore = "the other end of the tests beside it"]
fn the_process_that_is_killed() {
    let Some(file) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    let place = file.parent().unwrap();
    let disk = Disk::watch(place);
    let desk = desk_in(place, 0);
    if let Err(error) = open(&desk, &file) {
        println!("answer {}", json!({"refused": desk.fault(error)}));
        return;
    }
    sign_in(&desk);
    if let Ok(halt) = std::env::var(HALT) {
        let from = halt.parse().unwrap();
        disk.plan(Plan { from, once: true, meant: Kind::changes, then: Then::Halt });
    }
    println!("ready");
    for line in std::io::stdin().lines() {
        let asked: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let key = asked["key"].as_str();
        let answer = send(&desk, asked["command"].as_str().unwrap(), key, &asked["args"]);
        let answer = match answer {
            Ok(reply) => json!({"key": key, "ok": reply}),
            Err(fault) => json!({"key": key, "error": fault}),
        };
        println!("answer {answer}");
    }
}

/// This program again, as a child on one file.
pub fn child(file: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "killed::the_process_that_is_killed", "--ignored", "--nocapture"])
        .env(FILE, file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// What a child says.
#[derive(Debug)]
pub enum Said {
    Ready,
    Halted,
    Answer(Value),
    /// It is gone.
    Nothing,
}

pub struct Desk {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Desk {
    pub fn start(command: &mut Command) -> Desk {
        let mut child = start(command);
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Desk { child, input, output: BufReader::new(output) }
    }

    pub fn send(&mut self, request: &Request) {
        let line = json!({"key": request.key, "command": request.command, "args": request.args});
        // It may be gone already.
        let _gone = writeln!(self.input, "{line}").and_then(|()| self.input.flush());
    }

    pub fn hear(&mut self) -> Said {
        let mut line = String::new();
        loop {
            line.clear();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return Said::Nothing;
            }
            let whole = line.ends_with('\n');
            // The harness that it runs in says things of its own, some before ours on the same line.
            match line.trim_end() {
                said if said.ends_with("ready") => return Said::Ready,
                said if said.ends_with("halted") => return Said::Halted,
                said => {
                    if let Some((_, answer)) = said.split_once("answer ").filter(|_| whole) {
                        return Said::Answer(serde_json::from_str(answer).unwrap());
                    }
                }
            }
        }
    }

    /// SIGKILL; what it had said before.
    pub fn kill(mut self) -> Vec<Value> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut said = Vec::new();
        loop {
            match self.hear() {
                Said::Answer(answer) => said.push(answer),
                Said::Nothing => return said,
                Said::Ready | Said::Halted => {}
            }
        }
    }

    pub fn end(self) {
        let Desk { mut child, input, output } = self;
        drop(input);
        drop(output);
        child.wait().unwrap();
    }
}

/// A studio before each request of a round.
pub struct Prepared {
    pub name: String,
    pub steps: Vec<(Request, Files)>,
}

impl Prepared {
    pub fn make() -> Prepared {
        let (house, mut day) = Day::begin();
        sign_in(&house.desk);
        let requests = day.round(&mut |request: Request| request.done(&house.desk));
        house.desk.close();
        let name = house.file.file_name().unwrap().to_str().unwrap().to_owned();
        let steps = requests.into_iter().map(|request| {
            let before = read(house.file.parent().unwrap());
            open(&house.desk, &house.file).unwrap();
            sign_in(&house.desk);
            request.done(&house.desk);
            house.desk.close();
            (request, before)
        });
        Prepared { name, steps: steps.collect() }
    }
}

pub fn count(file: &Path, sql: &str) -> i64 {
    rusqlite::Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// How often a command was done, as the journal says.
pub fn times_done(file: &Path, command: &str) -> i64 {
    count(file, &format!("SELECT count(*) FROM journal WHERE command = '{command}' AND outcome = 'done'"))
}

/// The same key now: it is done, and done once.
#[track_caller]
pub fn settled(place: &Path, file: &Path, request: &Request, before: i64, context: &str) -> Value {
    let desk = desk_in(place, 0);
    open(&desk, file).unwrap_or_else(|error| panic!("{context}: {error}"));
    sign_in(&desk);
    let reply = request.send(&desk).unwrap_or_else(|fault| panic!("{context}: {fault}"));
    assert_eq!(request.done(&desk), reply, "{context}");
    let report = desk.verify().unwrap();
    assert!(report.holds(), "{context}: {:?}", report.problems);
    assert_eq!(times_done(file, request.command), before + 1, "{context}");
    reply
}

/// Of places that are many, the short form tries each so-manieth; the long form tries all.
pub fn each(short: u64) -> u64 {
    if times() == 1 { short } else { 1 }
}

/// Works off the numbers below `many` on all processors.
pub fn shared(many: usize, work: impl Fn(usize) + Sync) {
    let next = Mutex::new(0..many);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some(at) = next.lock().unwrap().next() else { return };
                    work(at);
                }
            });
        }
    });
}

#[test]
fn p02_f05_a_kill_at_any_write_of_any_money_command_is_settled_by_its_key() {
    let prepared = Prepared::make();
    let tried: Mutex<BTreeMap<&str, usize>> = Mutex::default();
    let mut dice = Dice::new("f05");
    let first: Vec<u64> = prepared.steps.iter().map(|_| 1 + dice.roll() % each(3)).collect();
    shared(prepared.steps.len(), |at| {
        let (request, before) = &prepared.steps[at];
        let place = folder();
        let file = place.path().join(&prepared.name);
        for ordinal in (first[at]..).step_by(usize::try_from(each(3)).unwrap()) {
            put(place.path(), before);
            let done = times_done(&file, request.command);
            let mut desk = Desk::start(child(&file).env(HALT, ordinal.to_string()));
            assert!(matches!(desk.hear(), Said::Ready));
            desk.send(request);
            match desk.hear() {
                Said::Halted => assert!(desk.kill().is_empty(), "it had answered"),
                Said::Answer(answer) => {
                    assert!(answer["error"].is_null(), "{} {answer}", request.command);
                    desk.end();
                    return;
                }
                other => panic!("{} at {ordinal}: {other:?}", request.command),
            }
            settled(place.path(), &file, request, done, &format!("{} killed at {ordinal}", request.command));
            *tried.lock().unwrap().entry(request.command).or_default() += 1;
        }
    });
    let tried = tried.into_inner().unwrap();
    let all: usize = tried.values().sum();
    tell(
        "F5",
        &format!(
            "{} kills at a write, sync, truncation or deletion of {} commands, {} of these places, 0 lost, 0 twice",
            grouped(all),
            tried.len(),
            if each(3) == 1 { "at all" } else { "at a third" }
        ),
    );
    assert!(tried.len() >= 18 && tried.values().all(|kills| *kills > 3), "{tried:?}");
}

#[test]
fn p01_p02_f04_two_hundred_kills_at_random_lose_nothing_and_make_nothing_twice() {
    let rounds = 200 * times();
    let mut dice = Dice::new("f04");
    let house = House::new();
    let item = house.item("SOAP", 10_000, 1_000_000);
    let ink = house.item("INK", 0, 50);
    let (client, paper) = signer(&house);
    house.owner().done("till.open_session", json!({"float": 50_000}));
    house.desk.close();
    let file = house.file.clone();
    let place = file.parent().unwrap();
    let sale = json!({"lines": [{"item_id": item}], "tenders": [{"tender": "cash", "amount": 10_000}]});
    // Every other request is a sale; the others are of all kinds.
    let count = json!({"lines": [{"item_id": ink, "expected": 50, "counted": 50}], "reason": "x"});
    let artist = house.artists[0].clone();
    let request = |number: usize| {
        let base64 = || picture(u32::try_from(number).unwrap());
        let (command, args) = match number % 12 {
            1 => ("consent.sign", paper.clone()),
            3 => ("inventory.cycle_count", count.clone()),
            5 => ("portfolio.add", json!({"artist_id": artist, "base64": base64()})),
            7 => ("pictures.add", json!({"client_id": client, "kind": "reference", "base64": base64()})),
            9 => ("clients.import", json!({"text": format!("Name\nRui {number}")})),
            11 => ("till.cash_move", json!({"direction": "in", "amount": 100, "reason": "x"})),
            _ => ("till.sell", sale.clone()),
        };
        Request { key: format!("request-{number:06}"), command, args }
    };

    let mut replies: BTreeMap<String, Value> = BTreeMap::new();
    let mut note = |answer: &Value| {
        let reply = &answer["ok"];
        assert!(answer["error"].is_null() && !reply.is_null(), "{answer}");
        let key = answer["key"].as_str().unwrap().to_owned();
        let earlier = replies.insert(key, reply.clone());
        assert!(earlier.is_none_or(|earlier| earlier == *reply), "the same key, another answer");
        replies.len()
    };
    let (mut sent, mut waiting, mut caught) = (0, Vec::new(), 0);
    for _ in 0..rounds {
        let mut desk = Desk::start(&mut child(&file));
        assert!(matches!(desk.hear(), Said::Ready));
        // What had no answer, one that had, and new ones.
        let mut asked: Vec<usize> = std::mem::take(&mut waiting);
        if sent > 0 {
            asked.push(1 + dice.below(sent));
        }
        asked.extend(sent + 1..=sent + 8);
        sent += 8;
        for number in &asked {
            desk.send(&request(*number));
        }
        let mut answers = Vec::new();
        for _ in 0..dice.below(asked.len()) {
            match desk.hear() {
                Said::Answer(answer) => answers.push(answer),
                other => panic!("{other:?}"),
            }
        }
        for _ in 0..dice.below(200_000) {
            std::hint::spin_loop();
        }
        answers.extend(desk.kill());
        answers.iter().for_each(|answer| _ = note(answer));
        let told: Vec<&str> = answers.iter().filter_map(|answer| answer["key"].as_str()).collect();
        waiting = asked.into_iter().filter(|number| !told.contains(&request(*number).key.as_str())).collect();
        waiting.sort_unstable();
        waiting.dedup();
        caught += usize::from(!waiting.is_empty());
    }
    let desk = desk_in(place, 0);
    open(&desk, &file).unwrap();
    sign_in(&desk);
    let mut known = 0;
    for number in 1..=sent {
        let reply = request(number).done(&desk);
        known = note(&json!({"key": request(number).key, "ok": reply}));
    }
    let report = desk.verify().unwrap();
    assert!(report.holds(), "{:?}", report.problems);
    assert_eq!(known, sent);
    let mut wanted: BTreeMap<&str, i64> = BTreeMap::new();
    for number in 1..=sent {
        *wanted.entry(request(number).command).or_default() += 1;
    }
    let (mut lost, mut twice) = (0, 0);
    for (command, wanted) in &wanted {
        let rows = match *command {
            "till.sell" => Some("SELECT count(*) FROM sales"),
            "consent.sign" => Some("SELECT count(*) FROM consents"),
            "inventory.cycle_count" => Some("SELECT max(number) FROM stock_counts"),
            "portfolio.add" => Some("SELECT count(*) FROM portfolio_items"),
            "pictures.add" => Some("SELECT count(*) FROM pictures"),
            "clients.import" => Some("SELECT count(*) FROM clients WHERE name LIKE 'Rui %'"),
            _ => None,
        };
        for found in
            [Some(times_done(&file, command)), rows.map(|sql| self::count(&file, sql))].into_iter().flatten()
        {
            lost += (wanted - found).max(0);
            twice += (found - wanted).max(0);
        }
    }
    tell(
        "F4",
        &format!(
            "{} rounds ended by SIGKILL, {caught} of them in the middle of a command; {} asked for of {} kinds, {lost} lost, \
             {twice} twice",
            grouped(rounds),
            grouped(sent),
            wanted.len()
        ),
    );
    assert_eq!((lost, twice), (0, 0));
    assert_eq!(self::count(&file, "SELECT max(receipt) FROM sales"), wanted["till.sell"]);
    assert!(caught > rounds / 2, "only {caught} rounds were cut short");
}
