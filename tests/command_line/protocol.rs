//! One request a line in, one reply a line out, whatever the line is.

use std::process::Stdio;
use std::time::Instant;

use serde_json::{Value, json};

use crate::pipe::{OWNER_PASSWORD, Pipe, program};

fn desk() -> (tempfile::TempDir, Pipe) {
    let home = tempfile::tempdir().unwrap();
    let pipe = Pipe::found(home.path(), &home.path().join("studio.inkpoint"));
    (home, pipe)
}

#[test]
fn an_id_of_any_kind_comes_back_as_it_was() {
    let (_home, mut pipe) = desk();
    for id in [
        "1",
        "-7",
        "\"a\"",
        "null",
        "true",
        "1.50",
        "{\"x\":[1]}",
        "[1,\"b\"]",
        "123456789012345678901234567890",
    ] {
        assert!(pipe.write(format!("{{\"id\":{id},\"command\":\"desk.status\"}}\n").as_bytes()));
        let reply = pipe.read().unwrap();
        assert_eq!(reply["id"], serde_json::from_str::<Value>(id).unwrap(), "{id}");
        assert_eq!(reply["ok"]["single"], true);
    }
    assert_eq!(pipe.line("{\"command\":\"desk.status\"}")["id"], Value::Null);
    assert!(pipe.end().success());
}

#[test]
fn a_line_that_is_no_request_gets_an_error_and_the_desk_goes_on() {
    let (_home, mut pipe) = desk();
    for (line, id) in [
        ("hello", json!(null)),
        ("{", json!(null)),
        ("{\"id\":1,\"command\":\"desk.status\",\"args\":{\"a\":NaN}}", json!(1)),
        ("{\"id\":9,\"command\":\"desk.status\",\"args\":{}} xx", json!(9)),
        ("{\"id\":9,\"command\":\"desk.status\"}{\"id\":10,\"command\":\"desk.status\"}", json!(9)),
        ("{\"command\":\"desk.status\",\"id\":\"a\",", json!("a")),
        ("{\"command\":\"desk.st", json!(null)),
        ("[]", json!(null)),
        ("5", json!(null)),
        ("{}", json!(null)),
        ("{\"id\":2}", json!(2)),
        ("{\"id\":3,\"command\":7}", json!(3)),
        ("{\"id\":4,\"command\":\"till.nothing\"}", json!(4)),
        ("{\"id\":5,\"command\":\"\"}", json!(5)),
        ("{\"id\":6,\"command\":\"desk.status\",\"key\":5}", json!(6)),
        ("{\"id\":7,\"command\":\"desk.status\",\"args\":[1]}", json!(7)),
    ] {
        let reply = pipe.line(line);
        assert_eq!((&reply["id"], &reply["error"]["code"]), (&id, &json!("invalid")), "{line}");
        assert!(reply["error"]["params"]["field"].is_string(), "{line}");
        assert_eq!(reply["error"]["correlation"].as_str().unwrap().len(), 36, "{line}");
        assert!(reply.get("ok").is_none());
    }
    assert!(pipe.write(b"\n   \n\xff\xfe{}\n"));
    assert_eq!(
        pipe.read().unwrap()["error"]["code"],
        "invalid",
        "blank lines get no reply, broken text does"
    );
    assert_eq!(pipe.line("{\"id\":8,\"command\":\"desk.status\"}")["id"], 8);
    assert!(pipe.end().success());
}

#[test]
fn p10_a_line_of_seventy_megabytes_is_refused_and_the_next_is_answered() {
    let (_home, mut pipe) = desk();
    let megabyte = vec![b'x'; 1024 * 1024];
    assert!(pipe.write(b"{\"id\":1,\"command\":\"desk.status\",\"args\":{\"a\":\""));
    for _ in 0..70 {
        assert!(pipe.write(&megabyte));
    }
    assert!(pipe.write(b"\"}}\n"));
    assert_eq!(pipe.read().unwrap()["error"]["code"], "invalid");
    assert_eq!(pipe.line("{\"id\":2,\"command\":\"desk.status\"}")["id"], 2);
    assert!(pipe.end().success());
}

#[test]
fn the_end_of_input_answers_the_last_line_signs_out_and_exits_with_nothing_wrong() {
    let (home, mut pipe) = desk();
    pipe.sign_in();
    assert!(pipe.write(b"{\"id\":9,\"command\":\"session.whoami\"}"));
    assert_eq!(pipe.last_reply()["ok"]["role"], "owner", "a last line without its break");
    let mut next = Pipe::open(home.path(), &home.path().join("studio.inkpoint"));
    assert_eq!(next.ask("session.whoami", None, &json!({})).unwrap_err()["code"], "no_session");
    assert_eq!(next.done("desk.status", json!({}))["signed_in"], false);
    assert!(next.end().success());
}

#[test]
fn a_desk_of_one_file_opens_no_other() {
    let (home, mut pipe) = desk();
    let other = home.path().join("other.inkpoint");
    for (command, args) in [("studio.open", json!({"file": other})), ("studio.leave", json!({}))] {
        assert_eq!(pipe.ask(command, None, &args).unwrap_err()["code"], "denied", "{command}");
    }
    let again = json!({
        "name": "Otra Casa", "currency": "MXN", "zone": "America/Mexico_City",
        "owner": {"name": "Eva", "username": "eva", "password": OWNER_PASSWORD},
    });
    pipe.ask("studio.create", None, &again).unwrap_err();
    pipe.sign_in();
    assert!(!other.exists());
}

#[cfg(unix)]
#[test]
fn f16_a_desk_on_what_is_no_studio_says_so_to_every_line() {
    let home = tempfile::tempdir().unwrap();
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let text = home.path().join("text");
    std::fs::write(&text, "no studio at all ".repeat(20)).unwrap();
    for (file, reason) in
        [(&pipe, "not a plain file"), (&text, "not a database"), (&home.path().to_owned(), "a folder")]
    {
        let mut desk = Pipe::open(home.path(), file);
        for command in ["desk.status", "studio.create", "session.sign_in"] {
            let fault = desk.ask(command, None, &json!({})).unwrap_err();
            assert_eq!(
                (&fault["code"], &fault["params"]["reason"]),
                (&json!("not_a_studio"), &json!(reason))
            );
        }
        assert!(desk.end().success());
    }
    assert_eq!(std::fs::read(&text).unwrap(), "no studio at all ".repeat(20).as_bytes());
}

#[test]
fn p08_a_second_process_is_told_who_has_the_file_and_at_once() {
    let (home, mut first) = desk();
    let file = home.path().join("studio.inkpoint");
    let fastest = (0..3)
        .map(|_| {
            let started = Instant::now();
            let mut second = Pipe::open(home.path(), &file);
            for command in ["desk.status", "session.sign_in", "studio.create"] {
                let fault = second.ask(command, None, &json!({})).unwrap_err();
                assert_eq!(fault["code"], "file_in_use", "{command}");
                let holder = fault["params"]["holder"].as_str().unwrap();
                assert!(holder.contains(&format!("({})", first.id())), "{holder}");
            }
            let taken = started.elapsed();
            assert!(second.end().success());
            taken
        })
        .min();
    assert!(fastest.unwrap().as_millis() < 1_000, "{fastest:?}");
    crate::tally::tell("F12", "3 second processes on one file: each told who has it, and within a second");
    first.sign_in();

    first.kill();
    let mut third = Pipe::open(home.path(), &file);
    third.sign_in();
    assert!(third.end().success());
}

#[test]
fn f29_a_desk_that_logs_everything_logs_no_secret_and_no_client() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("studio.inkpoint");
    let mut created = Pipe::found(home.path(), &file);
    created.sign_in();
    let code = created.done("security.rotate_code", json!({}))["code"].clone();
    assert!(created.end().success());

    let log = home.path().join("log");
    let stderr = std::fs::File::create(&log).unwrap();
    let mut loud = program(home.path());
    let loud = loud.arg("desk").arg(&file).env("INKPOINT_LOG", "trace").stderr(Stdio::from(stderr));
    let mut pipe = Pipe::start(loud);
    pipe.ask("session.sign_in", None, &json!({"username": "ana", "password": "Canary-Wrong-1"})).unwrap_err();
    pipe.sign_in();
    pipe.done("clients.create", json!({"name": "CANARY-CLIENT", "phone": "CANARY-PHONE"}));
    let temporary =
        pipe.done("staff.create_user", json!({"username": "sam", "name": "Sam", "role": "assistant"}));
    pipe.line(
        "{\"id\":1,\"command\":\"session.sign_in\",\"args\":{\"username\":\"CANARY-USER\",\"password\":5}}",
    );
    pipe.line("not JSON, with a CANARY-TYPED in it");
    assert!(pipe.end().success());
    let log = std::fs::read_to_string(log).unwrap();
    for secret in
        [OWNER_PASSWORD, "CANARY", "Canary", code.as_str().unwrap(), temporary["password"].as_str().unwrap()]
    {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}
