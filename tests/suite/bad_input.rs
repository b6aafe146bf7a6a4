//! Hostile input: whatever is sent, the answer is a typed fault and nothing is written but refusals (P10, F21).
//!
//! The arguments are made from each command's own JSON Schema, so a new command is covered the day it is listed.

use std::sync::Mutex;

use inkpoint_core::door::{COMMANDS, Command, Gate};
use rusqlite::Connection;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::studio_house::{Dice, House, Seat, all_rows, assert_same_rows, fresh_key, text};
use crate::tally::{grouped, tell, times};

/// Commands that put another studio on the desk, or make a year of demo data when they are asked well.
const ABOUT_THE_DESK: [&str; 6] =
    ["studio.create", "studio.demo", "studio.import_tsm", "studio.open", "studio.forget", "studio.leave"];

/// What somebody who means harm would put where a value belongs.
const HOSTILE: [&str; 26] = [
    "null",
    "true",
    "-1",
    "0",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "1e308",
    "1.5",
    "-0.0",
    "123456789012345678901234567890",
    "\"\"",
    "\"   \"",
    "\"a\\u0000b\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"a\\u202Eb\"",
    "\"\u{feff}\u{200b}\"",
    "\"'; DROP TABLE sales; --\"",
    "\"../../../etc/passwd\"",
    "\"=HYPERLINK(1)\"",
    "[]",
    "{}",
    "[null]",
    "{\"$ref\":\"#\",\"__proto__\":{}}",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
];

/// A house with one of everything, and the ids of it all.
struct Target {
    house: House,
    ids: Vec<String>,
    /// Notices every commit to the file.
    watch: Mutex<Connection>,
}

impl Target {
    fn new() -> Target {
        let house = House::staffed();
        let owner = house.owner();
        let item = house.item("SOAP", 10_000, 50);
        let client = house.client("Joana");
        let (mine, theirs) = (house.book(0, &client, 1), house.book(1, &client, 3));
        owner.done("till.open_session", json!({"float": 50_000}));
        let sale = owner.done(
            "till.sell",
            json!({"lines": [{"item_id": item, "quantity": 3}], "tenders": [{"tender": "cash", "amount": 30_000}]}),
        );
        let block = owner.done(
            "agenda.block",
            json!({
                "artist_id": house.artists[0], "kind": "pause", "starts_at": house.at(9), "ends_at": house.at(10),
            }),
        );
        let mut ids = vec![item, client, mine, theirs, text(&sale["sale_id"]), text(&sale["lines"][0]["id"])];
        ids.push(text(&block["block"]["id"]));
        ids.extend(house.artists.iter().chain(&house.services).cloned());
        ids.extend(["sam", "mara", "pia"].map(|username| house.seat(username).member));
        ids.push(owner.member.clone());
        ids.push("00000000-0000-7000-8000-000000000000".to_owned());
        let watch = Mutex::new(house.raw());
        Target { house, ids, watch }
    }

    fn commits(&self) -> i64 {
        self.watch.lock().unwrap().query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap()
    }

    /// Sends raw JSON and holds the answer to the promise. The code of a fault.
    #[track_caller]
    fn send(&self, seat: &Seat, command: &str, args: &str) -> Option<String> {
        let Ok(raw) = RawValue::from_string(args.to_owned()) else { panic!("not JSON: {args}") };
        let before = self.commits();
        let answer = seat.desk.dispatch(command, Some(&fresh_key()), &raw);
        let fault = match answer {
            Ok(reply) => {
                serde_json::from_str::<Value>(reply.get()).unwrap();
                return None;
            }
            Err(fault) => serde_json::to_value(fault).unwrap(),
        };
        let code = text(&fault["code"]);
        let shown: String = args.chars().take(300).collect();
        match code.as_str() {
            "no_session"
            | "bad_credentials"
            | "throttled"
            | "password_change_required"
            | "denied"
            | "elevation_required"
            | "bad_code" => {}
            "not_found" | "invalid" | "conflict" | "key_conflict" | "not_a_studio" => {
                assert_eq!(self.commits(), before, "{command} wrote, although {code}: {shown}");
            }
            _ => panic!("{command} answered {fault} to {shown}"),
        }
        assert!(code != "invalid" || fault["params"]["field"].is_string(), "{command}: {fault} to {shown}");
        Some(code)
    }
}

fn schema_of(command: &Command) -> Value {
    serde_json::to_value((command.args_schema)()).unwrap()
}

/// A value that a schema allows. `name` is the field's, which says more than its type.
fn plausible(schema: &Value, root: &Value, name: &str, target: &Target, dice: &mut Dice) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let kind = reference.rsplit('/').next().unwrap();
        return plausible(&root["$defs"][kind], root, name, target, dice);
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    for choice in ["enum", "oneOf", "anyOf"] {
        if let Some(options) = schema[choice].as_array() {
            let option = dice.pick(options);
            return if choice == "enum" {
                option.clone()
            } else {
                plausible(option, root, name, target, dice)
            };
        }
    }
    let kind = match &schema["type"] {
        // Nothing, now and then, where nothing is allowed.
        Value::Array(_) if dice.below(3) == 0 => return Value::Null,
        Value::Array(kinds) => kinds[0].as_str().unwrap(),
        Value::String(kind) => kind,
        // Anything at all, which is named where it is meant.
        Value::Null if name == "body" => return json!({"any": [1, "thing", null]}),
        other => panic!("a schema without a type: {other} in {schema}"),
    };
    match kind {
        "null" => Value::Null,
        "boolean" => json!(dice.below(2) == 0),
        "integer" => json!(whole_number(name, target, dice)),
        "number" => json!(*dice.pick(&[0.0, 0.5, 1.0, 12.25, 400.0])),
        "string" => json!(words(name, target, dice)),
        "array" => {
            let many = dice.below(3);
            (0..=many).map(|_| plausible(&schema["items"], root, name, target, dice)).collect()
        }
        "object" => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let mut fields = Map::new();
            for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
                if required.contains(&json!(field)) || dice.below(2) == 0 {
                    fields.insert(field.clone(), plausible(schema, root, field, target, dice));
                }
            }
            Value::Object(fields)
        }
        other => panic!("a schema of an unknown type: {other}"),
    }
}

fn whole_number(name: &str, target: &Target, dice: &mut Dice) -> i64 {
    match name {
        "starts_at" | "ends_at" | "until" => target.house.at(dice.between(-5, 40)),
        "amount" | "price" | "unit_price" | "float" | "value" => {
            *dice.pick(&[1, 100, 10_000, 160_000, 1_000_000])
        }
        "elevation_minutes" | "idle_minutes" => 30,
        _ => *dice.pick(&[0, 1, 2, 5, 60, 100, 1_000]),
    }
}

fn words(name: &str, target: &Target, dice: &mut Dice) -> String {
    match name {
        _ if name.ends_with("_id") => dice.pick(&target.ids).clone(),
        "day" | "from" | "to" => format!("2026-11-{}", dice.between(10, 30)),
        "birth_date" => "1990-02-28".to_owned(),
        "zone" => (*dice.pick(&["America/Mexico_City", "Europe/Berlin", "Asia/Kathmandu"])).to_owned(),
        "locale" => "es-MX".to_owned(),
        "username" => format!("user{}", dice.below(10_000)),
        _ => format!("{name} {}", dice.below(10_000)),
    }
}

/// Every place inside a value, as JSON pointers, the whole first.
fn places(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inside {
        found.extend(places(value).into_iter().map(|place| format!("/{name}{place}")));
    }
    found
}

/// `args` with raw JSON in one place.
fn with(args: &Value, place: &str, raw: &str) -> String {
    const HERE: &str = "@@here@@";
    let mut args = args.clone();
    *args.pointer_mut(place).unwrap() = json!(HERE);
    args.to_string().replace(&format!("\"{HERE}\""), raw)
}

/// Every optional field filled: the most places to put something wrong.
fn fullest(command: &Command, target: &Target, dice: &mut Dice) -> Value {
    let schema = schema_of(command);
    let tries = (0..12).map(|_| plausible(&schema, &schema, "args", target, dice));
    tries.max_by_key(|args| places(args).len()).unwrap()
}

/// Whose role the command is for: the role is judged before what was sent (D18).
fn whoever_may<'a>(command: &str, owner: &'a Seat, assistant: &'a Seat) -> &'a Seat {
    if command == "session.elevate" { assistant } else { owner }
}

fn asked_at_a_studio() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().filter(|command| !ABOUT_THE_DESK.contains(&command.name))
}

#[test]
fn attack_01_nobody_gets_past_a_gate_without_a_session() {
    let target = Target::new();
    let mut dice = Dice::new("attack_01");
    let nobody = Seat { desk: target.house.desk.beside(), member: String::new(), artist: None };
    let before = target.house.rows();
    for command in asked_at_a_studio().filter(|command| command.gate != Gate::Public) {
        let args = fullest(command, &target, &mut dice).to_string();
        for args in [args.as_str(), "{}", "null", "7"] {
            assert_eq!(
                target.send(&nobody, command.name, args).as_deref(),
                Some("no_session"),
                "{}",
                command.name
            );
        }
    }
    assert_same_rows(&before, &target.house.rows());
    target.house.assert_holds();
}

#[test]
fn p10_unknown_missing_and_mistyped_fields_are_named() {
    let target = Target::new();
    let mut dice = Dice::new("p10_unknown_missing");
    let (owner, assistant) = (target.house.owner(), target.house.seat("sam"));
    let before = target.house.rows();
    for command in COMMANDS {
        let name = command.name;
        let seat = whoever_may(name, &owner, &assistant);
        let schema = schema_of(command);
        assert_eq!(schema["additionalProperties"], false, "{name} takes fields it does not know");
        let fault = seat.ask(name, json!({"not_a_field": 1})).unwrap_err();
        assert_eq!(
            (&fault["code"], &fault["params"]["field"]),
            (&json!("invalid"), &json!("not_a_field")),
            "{name}"
        );
        for required in schema["required"].as_array().into_iter().flatten() {
            let mut args = fullest(command, &target, &mut dice);
            args.as_object_mut().unwrap().remove(required.as_str().unwrap());
            let fault = seat.ask(name, args).unwrap_err();
            assert_eq!(fault["code"], "invalid", "{name} without {required}: {fault}");
        }
        for args in ["[]", "[1,2]", "\"text\"", "7", "true", "1e400"] {
            assert_eq!(target.send(seat, name, args).as_deref(), Some("invalid"), "{name} {args}");
        }
    }
    assert_same_rows(&before, &target.house.rows());
}

#[test]
fn p10_no_place_in_any_command_takes_what_it_should_not() {
    let target = Target::new();
    let mut dice = Dice::new("p10_no_place");
    let (mut owner, mut assistant) = (target.house.owner(), target.house.seat("sam"));
    let mut sent = 0;
    for command in asked_at_a_studio() {
        let args = fullest(command, &target, &mut dice);
        for place in places(&args).into_iter().take(24) {
            for raw in HOSTILE {
                sent += 1;
                target.house.clock.pass(10);
                let seat = whoever_may(command.name, &owner, &assistant);
                target.send(seat, command.name, &with(&args, &place, raw));
                if seat.desk.dispatch("session.whoami", None, RawValue::NULL).is_err() {
                    target.house.clock.pass(1_200_000);
                    (owner, assistant) = (target.house.owner(), target.house.seat("sam"));
                }
            }
        }
    }
    assert!(sent > 5_000, "only {sent}");
    target.house.assert_holds();
}

#[test]
fn p10_f21_what_is_huge_or_deep_is_refused_at_the_door() {
    let target = Target::new();
    let mut dice = Dice::new("p10_f21_huge");
    let (owner, assistant) = (target.house.owner(), target.house.seat("sam"));
    let huge = format!("\"{}\"", "x".repeat(10 * 1024 * 1024));
    let long = format!("\"{}\"", "x".repeat(200_000));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!("[{}0]", "0,".repeat(100_000));
    let before = target.house.rows();
    for command in COMMANDS {
        let seat = whoever_may(command.name, &owner, &assistant);
        let args = fullest(command, &target, &mut dice);
        let fields: Vec<String> = places(&args).into_iter().skip(1).collect();
        let place = if fields.is_empty() { String::new() } else { dice.pick(&fields).clone() };
        for raw in [&huge, &deep, &wide] {
            let code = target.send(seat, command.name, &with(&args, &place, raw));
            assert_eq!(code.as_deref(), Some("invalid"), "{} {place}", command.name);
        }
        // Every place, whatever the other fields name: what was sent is judged before what is there (D18).
        for place in &fields {
            let code = target.send(seat, command.name, &with(&args, place, &long));
            assert_eq!(code.as_deref(), Some("invalid"), "{} {place}", command.name);
        }
    }
    assert_same_rows(&before, &target.house.rows());
}

#[test]
fn p10_the_name_of_a_command_is_data_too() {
    let target = Target::new();
    let owner = target.house.owner();
    for name in [
        "",
        " ",
        "till",
        "till.",
        "TILL.SELL",
        "till.sell ",
        "till.sell\0",
        "../till.sell",
        &"x".repeat(1 << 20),
    ] {
        assert_eq!(target.send(&owner, name, "{}").as_deref(), Some("invalid"), "{name:.20}");
    }
}

#[test]
fn attack_47_commands_about_the_desk_withstand_hostile_input() {
    let target = Target::new();
    let mut dice = Dice::new("attack_47_about_the_desk");
    for name in ["studio.create", "studio.open", "studio.forget", "studio.leave"] {
        let command = COMMANDS.iter().find(|command| command.name == name).unwrap();
        let args = fullest(command, &target, &mut dice);
        for place in places(&args).into_iter().skip(1).take(20) {
            for raw in HOSTILE {
                let seat = Seat { desk: target.house.desk.beside(), member: String::new(), artist: None };
                let answer = target.send(&seat, name, &with(&args, &place, raw));
                assert_ne!(answer.as_deref(), Some("internal"));
            }
        }
    }
    target.house.assert_holds();
}

#[test]
fn p10_f26_random_calls_of_every_role_leave_a_file_that_holds() {
    let target = Target::new();
    let mut dice = Dice::new("p10_f26_random_calls");
    let commands: Vec<&Command> = asked_at_a_studio().collect();
    let schemas: Vec<Value> = commands.iter().map(|command| schema_of(command)).collect();
    let mut done = 0;
    // Whoever can archive the others comes last.
    for username in ["mara", "pia", "sam", "bea", "ana"] {
        let mut seat = target.house.seat(username);
        for call in 0..700 {
            let at = dice.below(commands.len());
            let mut args = plausible(&schemas[at], &schemas[at], "args", &target, &mut dice).to_string();
            if dice.below(4) == 0 {
                let value: Value = serde_json::from_str(&args).unwrap();
                let place = dice.pick(&places(&value)).clone();
                let raw: &str = HOSTILE[dice.below(HOSTILE.len())];
                args = with(&value, &place, raw);
            }
            target.house.clock.pass(u64::try_from(dice.between(0, 2_000)).unwrap());
            let watched = (call % 20 == 0).then(|| target.house.rows());
            match target.send(&seat, commands[at].name, &args).as_deref() {
                None => done += 1,
                Some("no_session") => {
                    target.house.clock.pass(1_200_000);
                    seat = target.house.seat(username);
                }
                Some("denied" | "elevation_required") => {
                    if let Some(before) = watched {
                        assert_same_rows(&before, &target.house.rows());
                    }
                }
                Some(_) => {}
            }
            if username == "sam" && call % 50 == 0 {
                let code = json!({"code": target.house.master_code});
                let _may_be_throttled = seat.ask("session.elevate", code);
            }
        }
    }
    assert!(done > 500, "only {done} calls went through: the dice are too dull");
    target.house.assert_holds();
    let unknown = target.house.count("SELECT count(*) FROM journal WHERE outcome IN ('internal', 'damaged')");
    assert_eq!(unknown, 0);
    assert!(!all_rows(&target.house.raw())["sales"].is_empty());
}

/// Arguments that are nearly right: something in them hostile, gone, too many, twice, or of another shape.
fn spoiled(schema: &Value, target: &Target, dice: &mut Dice) -> String {
    let mut args = plausible(schema, schema, "args", target, dice);
    for _ in 0..=dice.below(2) {
        let place = dice.pick(&places(&args)).clone();
        let other = plausible(schema, schema, "args", target, dice);
        let found = args.pointer_mut(&place).unwrap();
        match (dice.below(6), found) {
            (0, Value::Object(fields)) => {
                let name = fields.keys().nth(dice.below(fields.len().max(1))).cloned().unwrap_or_default();
                fields.remove(&name);
            }
            (1, Value::Object(fields)) => _ = fields.insert("not_a_field".to_owned(), other),
            (2, Value::Array(items)) => items.extend(std::iter::repeat_n(other, dice.below(300))),
            (3, found) => *found = other,
            (_, found) => {
                let raw: &str = HOSTILE[dice.below(HOSTILE.len())];
                // What no value can be is put in as text below.
                match serde_json::from_str(raw) {
                    Ok(value) => *found = value,
                    Err(_) => return with(&args, &place, raw),
                }
            }
        }
    }
    let args = args.to_string();
    match args.strip_suffix('}') {
        Some(open) if open.len() > 1 && dice.below(20) == 0 => format!("{open},\"day\":1,\"day\":2}}"),
        _ => args,
    }
}

#[test]
fn p10_f21_a_hundred_thousand_hostile_calls_are_answered_typed() {
    let mut dice = Dice::new("p10_f21_hundred_thousand");
    let calls = 100_000 * times();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let dealt: Vec<Dice> = (0..workers).map(|_| dice.another()).collect();
    let done: usize = std::thread::scope(|scope| {
        let running: Vec<_> = dealt
            .into_iter()
            .map(|mut dice| {
                scope.spawn(move || {
                    let commands: Vec<&Command> = asked_at_a_studio().collect();
                    let schemas: Vec<Value> = commands.iter().map(|command| schema_of(command)).collect();
                    let (mut target, mut seat, mut done) = (Target::new(), None, 0);
                    for call in 0..calls / workers {
                        if call % 10_000 == 9_999 {
                            // A file of its own for each stretch, so that the last calls are as quick as the first.
                            target.house.assert_holds();
                            (target, seat) = (Target::new(), None);
                        }
                        let who = seat.get_or_insert_with(|| target.house.owner());
                        let at = dice.below(commands.len());
                        let args = spoiled(&schemas[at], &target, &mut dice);
                        target.house.clock.pass(10);
                        match target.send(who, commands[at].name, &args).as_deref() {
                            None => done += 1,
                            Some("no_session" | "throttled") => {
                                target.house.clock.pass(1_200_000);
                                seat = None;
                            }
                            Some(_) => {}
                        }
                    }
                    target.house.assert_holds();
                    done
                })
            })
            .collect();
        running.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    tell(
        "F21",
        &format!(
            "{} hostile calls, {} of them harmless after all and done, 0 panics",
            grouped(calls),
            grouped(done)
        ),
    );
}

#[test]
fn f27_eight_desks_with_every_command_neither_hang_nor_hear_of_it() {
    let mut dice = Dice::new("f27_every_command");
    let calls = 500 * times();
    let target = Target::new();
    let seats: Vec<Seat> = ["ana", "bea", "sam", "sue", "mara", "dario", "pia", "ana"]
        .map(|name| target.house.seat(name))
        .into();
    let dealt: Vec<Dice> = seats.iter().map(|_| dice.another()).collect();
    let done: usize = std::thread::scope(|scope| {
        let running: Vec<_> = seats
            .iter()
            .zip(dealt)
            .map(|(seat, mut dice)| {
                let target = &target;
                scope.spawn(move || {
                    let commands: Vec<&Command> = asked_at_a_studio()
                        // Nobody's standing changes, so that everybody is there to the end.
                        .filter(|command| {
                            !command.name.starts_with("staff.") && !command.name.starts_with("session.")
                        })
                        .filter(|command| !["studio.delete", "studio.transfer"].contains(&command.name))
                        .collect();
                    let schemas: Vec<Value> = commands.iter().map(|command| schema_of(command)).collect();
                    let mut done = 0;
                    for _ in 0..calls {
                        let at = dice.below(commands.len());
                        let args = plausible(&schemas[at], &schemas[at], "args", target, &mut dice);
                        match seat.ask(commands[at].name, args.clone()) {
                            Ok(_) => done += 1,
                            Err(fault) => {
                                let code = text(&fault["code"]);
                                let broken = ["internal", "damaged", "read_only", "disk_full", "no_session"];
                                assert!(
                                    !broken.contains(&code.as_str()),
                                    "{} {args}: {fault}",
                                    commands[at].name
                                );
                            }
                        }
                    }
                    done
                })
            })
            .collect();
        running.into_iter().map(|desk| desk.join().unwrap()).sum()
    });
    target.house.assert_holds();
    tell(
        "F27",
        &format!(
            "{} calls of 8 desks at once, {} done, 0 stuck, 0 heard of it",
            grouped(8 * calls),
            grouped(done)
        ),
    );
    assert!(done > calls / 2, "only {done}");
}

/// What was logged with the canary in it, whoever logged it.
struct Canaries(Mutex<Vec<String>>);

const CANARY: &str = "CANARY7f3a";

static LOGGED: Canaries = Canaries(Mutex::new(Vec::new()));

impl log::Log for Canaries {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}", record.target(), record.args());
        if line.contains(CANARY) {
            self.0.lock().unwrap().push(line);
        }
    }

    fn flush(&self) {}
}

#[test]
fn f29_no_log_and_no_fault_repeats_what_was_sent() {
    log::set_logger(&LOGGED).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    log::info!("{CANARY}");
    assert_eq!(LOGGED.0.lock().unwrap().drain(..).count(), 1, "the log is listened to");

    let target = Target::new();
    let mut dice = Dice::new("f29");
    let (mut owner, assistant) = (target.house.owner(), target.house.seat("sam"));
    let mut sent = 0;
    for command in COMMANDS.iter().filter(|command| !["studio.demo", "studio.leave"].contains(&command.name))
    {
        let args = fullest(command, &target, &mut dice);
        let texts = places(&args).into_iter().filter(|place| args.pointer(place).unwrap().is_string());
        for place in texts.chain([String::new()]) {
            for canary in [CANARY.to_owned(), format!("{CANARY} ' \" \\ % $(x)"), CANARY.repeat(20)] {
                let mut args = args.clone();
                if place.is_empty() {
                    args = json!({CANARY: canary});
                } else {
                    *args.pointer_mut(&place).unwrap() = json!(canary);
                }
                let raw = serde_json::value::to_raw_value(&args).unwrap();
                // What goes through may well answer with what it kept; a fault has no reason to.
                if owner.desk.dispatch("session.whoami", None, RawValue::NULL).is_err() {
                    target.house.clock.pass(1_200_000);
                    target.house.desk.open(&target.house.file).unwrap();
                    owner = target.house.owner();
                }
                target.house.clock.pass(10);
                let seat = whoever_may(command.name, &owner, &assistant);
                if let Err(fault) = seat.desk.dispatch(command.name, Some(&fresh_key()), &raw) {
                    let fault = serde_json::to_string(&fault).unwrap();
                    assert!(place.is_empty() || !fault.contains(CANARY), "{}: {fault}", command.name);
                }
                sent += 1;
            }
        }
    }
    let logged = std::mem::take(&mut *LOGGED.0.lock().unwrap());
    assert_eq!(logged, Vec::<String>::new());
    tell(
        "F29",
        &format!(
            "{} calls of every command with a canary in each text: 0 in logs, 0 in faults",
            grouped(sent)
        ),
    );
}
