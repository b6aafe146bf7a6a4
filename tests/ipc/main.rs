//! The shell as it ships, on Tauri's mock runtime: the same commands behind the same capability file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use inkpoint::Folder;
use inkpoint_core::{Desk, Place};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

const COMMANDS: [&str; 5] = ["desk", "hand_in", "print_page", "save", "open_link"];

/// Where the desk's own pages live on this platform.
const DESK: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

struct Shell {
    app: App<MockRuntime>,
    home: tempfile::TempDir,
}

impl Shell {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::new(Place::under(home.path()));
        let app = inkpoint::shell(mock_builder(), Arc::new(desk), Folder(home.path().join("saved"))).unwrap();
        Shell { app, home }
    }

    fn main_window(&self) -> WebviewWindow<MockRuntime> {
        self.app.get_webview_window("main").unwrap()
    }

    fn another_window(&self) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, "other", WebviewUrl::default()).build().unwrap()
    }
}

fn invoke(
    window: &WebviewWindow<MockRuntime>,
    from: &str,
    command: &str,
    body: InvokeBody,
) -> Result<Value, Value> {
    invoke_with(window, from, command, body, Default::default())
}

fn invoke_with(
    window: &WebviewWindow<MockRuntime>,
    from: &str,
    command: &str,
    body: InvokeBody,
    headers: tauri::http::HeaderMap,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: from.parse().unwrap(),
        body,
        headers,
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|reply| reply.deserialize().unwrap())
}

fn ask(window: &WebviewWindow<MockRuntime>, ask: Value) -> Result<Value, Value> {
    invoke(window, DESK, "desk", InvokeBody::Json(ask))
}

fn refused(answer: Result<Value, Value>) -> String {
    answer.unwrap_err().as_str().expect("Tauri refuses in a sentence, the core with a fault").to_owned()
}

#[test]
fn the_main_window_reaches_the_core() {
    let shell = Shell::start();
    let status =
        ask(&shell.main_window(), json!({"command": "desk.status", "key": null, "args": {}})).unwrap();
    assert!(status.is_object(), "{status}");
}

#[test]
fn a_refusal_of_the_core_arrives_as_a_fault() {
    let shell = Shell::start();
    let fault =
        ask(&shell.main_window(), json!({"command": "session.whoami", "key": null, "args": {}})).unwrap_err();
    assert_eq!(fault["code"], "no_session");
    assert!(fault["params"].is_object() && fault["correlation"].is_string(), "{fault}");
}

#[test]
fn whatever_is_malformed_gets_a_typed_fault() {
    let shell = Shell::start();
    let window = shell.main_window();
    for malformed in [
        json!(null),
        json!([]),
        json!("desk.status"),
        json!({}),
        json!({"command": "desk.status"}),
        json!({"command": 5, "key": null, "args": {}}),
        json!({"command": null, "key": null, "args": {}}),
        json!({"command": "desk.status", "key": 7, "args": {}}),
        json!({"command": "desk.status", "key": null, "args": {}, "role": "owner"}),
        json!({"command": "desk.status", "key": null, "args": "none"}),
        json!({"command": "desk.status", "key": null, "args": {"unknown": true}}),
        json!({"command": "no.such", "key": null, "args": {}}),
        json!({"command": "", "key": null, "args": {}}),
        json!({"command": "x".repeat(10_000_000), "key": null, "args": {}}),
    ] {
        let shown: String = malformed.to_string().chars().take(120).collect();
        let fault = ask(&window, malformed).expect_err(&shown);
        assert!(matches!(fault["code"].as_str(), Some("invalid" | "not_found")), "{shown} got {fault}");
    }
    let fault = invoke(&window, DESK, "desk", InvokeBody::Raw(vec![0, 159, 146, 150])).unwrap_err();
    assert_eq!(fault["code"], "invalid");
}

fn hand_in(
    window: &WebviewWindow<MockRuntime>,
    parcel: &str,
    at: usize,
    piece: &[u8],
) -> Result<Value, Value> {
    let mut headers = tauri::http::HeaderMap::new();
    headers.insert("parcel", parcel.parse().unwrap());
    headers.insert("at", at.into());
    invoke_with(window, DESK, "hand_in", InvokeBody::Raw(piece.to_vec()), headers)
}

/// One by one pixel, as PNG.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_file_handed_in_by_pieces_arrives_with_its_ask_and_counts_as_its_content() {
    let shell = Shell::start();
    let window = shell.main_window();
    let done = |command: &str, key: Option<&str>, args: Value| {
        ask(&window, json!({"command": command, "key": key, "args": args})).expect(command)
    };
    done(
        "studio.create",
        None,
        json!({"name": "Casa Dalia", "currency": "MXN", "zone": "Etc/UTC", "artists": [{"name": "Mara Quill"}],
            "owner": {"name": "Ana Ruiz", "username": "ana", "password": "A long password 1"}}),
    );
    done("session.sign_in", None, json!({"username": "ana", "password": "A long password 1"}));
    let made = done("clients.create", Some("k-client-0001"), json!({"name": "Joana Melo"}));
    let client = made["client"]["id"].clone();
    let send = |parcel: &str, key: &str, bytes: &[u8], args: Value| {
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        hand_in(&window, parcel, 0, first).unwrap();
        hand_in(&window, parcel, first.len(), rest).unwrap();
        ask(&window, json!({"command": "pictures.add", "key": key, "args": args, "parcel": parcel}))
    };
    let args = json!({"client_id": client, "kind": "reference"});
    let kept = send("a", "k-picture-0001", DOT, args.clone()).unwrap();
    assert_eq!((&kept["width"], &kept["height"]), (&json!(1), &json!(1)));
    // The same key is the same picture, and refuses another.
    assert_eq!(send("b", "k-picture-0001", DOT, args.clone()).unwrap()["id"], kept["id"]);
    let fault = send("c", "k-picture-0001", b"no picture", args.clone()).unwrap_err();
    assert!(["invalid", "key_conflict"].contains(&fault["code"].as_str().unwrap()), "{fault}");
    let fault = send("d", "k-picture-0002", b"no picture", args.clone()).unwrap_err();
    assert_eq!(fault["params"], json!({"field": "base64", "reason": "not a picture"}));
    // Twice is not once.
    let mut twice = args.clone();
    twice["base64"] = json!("AAAA");
    for malformed in [twice, json!([]), json!({}), json!(null)] {
        assert_eq!(
            send("e", "k-picture-0003", DOT, malformed.clone()).unwrap_err()["code"],
            "invalid",
            "{malformed}"
        );
    }
    // A parcel goes with one ask, and with one that takes a file.
    let again = json!({"command": "pictures.add", "key": "k-picture-0004", "args": args, "parcel": "a"});
    assert_eq!(ask(&window, again).unwrap_err()["params"]["reason"], "not there");
    hand_in(&window, "f", 0, DOT).unwrap();
    let other = json!({"command": "desk.status", "key": null, "args": {}, "parcel": "f"});
    assert_eq!(ask(&window, other).unwrap_err()["params"]["reason"], "not taken");
}

#[test]
fn a_piece_out_of_order_is_refused_and_a_file_without_end_too() {
    let shell = Shell::start();
    let window = shell.main_window();
    hand_in(&window, "a", 0, b"one").unwrap();
    for (parcel, at) in [("a", 2), ("a", 4), ("b", 3), ("a", usize::MAX)] {
        let fault = hand_in(&window, parcel, at, b"two").unwrap_err();
        assert_eq!(fault["params"]["reason"], "out of order", "{parcel} {at}");
    }
    // What is there is still whole; begun anew, it is only what came since.
    hand_in(&window, "a", 3, b"two").unwrap();
    hand_in(&window, "a", 0, b"one").unwrap();
    hand_in(&window, "a", 3, b"two").unwrap();

    let piece = vec![0; 8 * 1024 * 1024];
    for at in 0..3 {
        hand_in(&window, "long", at * piece.len(), &piece).unwrap();
    }
    let fault = hand_in(&window, "long", 3 * piece.len(), &piece).unwrap_err();
    assert_eq!(
        (fault["code"].as_str(), fault["params"]["reason"].as_str()),
        (Some("invalid"), Some("too large"))
    );
    // Pages that began anew leave no more than a few behind.
    for name in ["b", "c", "d", "e"] {
        hand_in(&window, name, 0, b"x").unwrap();
    }
    assert_eq!(hand_in(&window, "a", 6, b"y").unwrap_err()["params"]["reason"], "out of order");

    for (name, value) in [("parcel", "a"), ("at", "0"), ("at", "-1")] {
        let mut headers = tauri::http::HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        let fault = invoke_with(&window, DESK, "hand_in", InvokeBody::Raw(vec![1]), headers).unwrap_err();
        assert_eq!(fault["params"]["reason"], "malformed", "{name} {value}");
    }
}

#[test]
fn another_window_reaches_nothing() {
    let shell = Shell::start();
    let other = shell.another_window();
    for command in COMMANDS {
        let ask = InvokeBody::Json(json!({"command": "desk.status", "key": null, "args": {}}));
        let sentence = refused(invoke(&other, DESK, command, ask));
        assert!(sentence.contains("not allowed"), "{command}: {sentence}");
    }
}

#[test]
fn a_page_from_elsewhere_reaches_nothing() {
    let shell = Shell::start();
    let window = shell.main_window();
    for origin in ["https://example.com", "http://localhost:1420", "data:text/html,x"] {
        for command in COMMANDS {
            let ask = InvokeBody::Json(json!({"command": "desk.status", "key": null, "args": {}}));
            let sentence = refused(invoke(&window, origin, command, ask));
            assert!(sentence.contains("not allowed"), "{origin} {command}: {sentence}");
        }
    }
}

#[test]
fn the_main_window_reaches_its_commands_and_none_of_tauris_own() {
    let shell = Shell::start();
    let window = shell.main_window();
    for command in [
        "no_such",
        "plugin:app|version",
        "plugin:event|emit",
        "plugin:path|resolve_directory",
        "plugin:resources|close",
        "plugin:webview|create_webview_window",
        "plugin:window|set_title",
    ] {
        let sentence = refused(invoke(&window, DESK, command, InvokeBody::default()));
        assert!(sentence.contains("not allowed") || sentence.contains("not found"), "{command}: {sentence}");
    }
}

#[test]
fn a_list_is_saved_under_a_free_and_harmless_name() {
    let shell = Shell::start();
    let window = shell.main_window();
    let saved = shell.home.path().join("saved");
    let save = |name: &str, text: &str| {
        let body = InvokeBody::Json(json!({"name": name, "content": {"text": text}}));
        let path = invoke(&window, DESK, "save", body).unwrap();
        std::path::PathBuf::from(path.as_str().unwrap())
    };
    assert_eq!(save("activity-2026-11-22.csv", "a,b"), saved.join("activity-2026-11-22.csv"));
    assert_eq!(save("activity-2026-11-22.csv", "c,d"), saved.join("activity-2026-11-22-2.csv"));
    assert_eq!(std::fs::read_to_string(saved.join("activity-2026-11-22.csv")).unwrap(), "a,b");
    assert_eq!(save("../../etc/passwd", "x"), saved.join("etc-passwd"));
    assert_eq!(save("", "x"), saved.join("inkpoint.txt"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(saved.join("etc-passwd")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_paper_is_saved_as_its_bytes_and_nothing_malformed_is() {
    let shell = Shell::start();
    let window = shell.main_window();
    let save = |content: Value| {
        invoke(&window, DESK, "save", InvokeBody::Json(json!({"name": "paper.pdf", "content": content})))
    };
    let path = save(json!({"base64": "JVBERi0xLjcA/w=="})).unwrap();
    assert_eq!(std::fs::read(path.as_str().unwrap()).unwrap(), b"%PDF-1.7\x00\xff");
    assert_eq!(save(json!({"base64": "no base64"})).unwrap_err()["code"], "invalid");
    assert!(save(json!({"path": "/etc/passwd"})).is_err());
    assert_eq!(std::fs::read_dir(shell.home.path().join("saved")).unwrap().count(), 1);
}

#[test]
fn a_link_that_is_no_mail_and_no_number_opens_nothing() {
    let shell = Shell::start();
    let window = shell.main_window();
    for url in [
        "",
        "https://example.com",
        "file:///etc/passwd",
        "/bin/sh",
        "javascript:alert(1)",
        " mailto:a@b.c",
        "mailto:a@b.c\n--attach=/etc/passwd",
        "tel:1 2",
    ] {
        let fault = invoke(&window, DESK, "open_link", InvokeBody::Json(json!({"url": url}))).unwrap_err();
        assert_eq!(fault["code"], "invalid", "{url:?}");
    }
    let long = format!("mailto:a@b.c?body={}", "x".repeat(9_000));
    let fault = invoke(&window, DESK, "open_link", InvokeBody::Json(json!({"url": long}))).unwrap_err();
    assert_eq!(fault["code"], "invalid");
}
