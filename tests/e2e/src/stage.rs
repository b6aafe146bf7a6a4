//! What a walk needs around the window: the program under test, what drives it, and a home of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// The program and a fresh home for it. The home goes when the stage does.
#[derive(Debug)]
pub struct Stage {
    programs: PathBuf,
    driver: PathBuf,
    home: tempfile::TempDir,
}

/// What is needed to come into a demo studio. Nothing in it is secret.
#[derive(Debug)]
pub struct Demo {
    pub master_code: String,
    /// Everybody's.
    pub password: String,
}

impl Stage {
    /// `INKPOINT_PROGRAMS` names the folder that holds `inkpoint` and `inkpointctl`, `TAURI_DRIVER` the driver.
    pub fn set() -> Self {
        let program =
            |name| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
        Stage {
            programs: program("INKPOINT_PROGRAMS"),
            driver: program("TAURI_DRIVER"),
            home: tempfile::tempdir().expect("a folder for the walk"),
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn driver(&self) -> &Path {
        &self.driver
    }

    pub fn shell(&self) -> PathBuf {
        self.programs.join("inkpoint").with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// A demo studio without a past: quick to make, and its day is half over.
    pub fn small_demo(&self) -> Demo {
        self.demo(&["--years", "0", "--zone", &early_afternoon()])
    }

    /// Makes a demo studio as the last one opened here: the window begins at its names.
    pub fn demo(&self, options: &[&str]) -> Demo {
        let file = self.home().join("demo.inkpoint");
        let made = Command::new(self.shell().with_file_name("inkpointctl"))
            .args(["demo".as_ref(), file.as_os_str()])
            .args(options)
            .env("INKPOINT_HOME", self.home())
            .output()
            .expect("inkpointctl starts");
        assert!(made.status.success(), "inkpointctl demo failed");
        let told: Value = serde_json::from_slice(&made.stdout).expect("inkpointctl demo tells in JSON");
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();

        let known = json!([{ "file": file, "name": "Violet Needle", "demo": true, "opened_at": 0 }]);
        std::fs::create_dir_all(self.home().join("config")).expect("a folder for the list of studios");
        std::fs::write(self.home().join("config/studios.json"), known.to_string())
            .expect("the list of studios");
        Demo { master_code: word(&told["master_code"]), password: word(&told["accounts"][0]["password"]) }
    }

    /// As on a computer that has seen no studio yet; the files stay where they are.
    pub fn forget_studios(&self) {
        std::fs::remove_file(self.home().join("config/studios.json")).expect("the list of studios");
    }

    /// The demo studio on two pipes.
    fn desk(&self) -> Child {
        Command::new(self.shell().with_file_name("inkpointctl"))
            .arg("desk")
            .arg(self.home().join("demo.inkpoint"))
            .env("INKPOINT_HOME", self.home())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("inkpointctl starts")
    }

    /// Somebody else who has the demo studio open, until their way in is closed.
    pub fn held_elsewhere(&self) -> Child {
        let mut desk = self.desk();
        let request = json!({ "id": 0, "command": "desk.status", "args": {} });
        writeln!(desk.stdin.as_mut().expect("a way in"), "{request}").expect("the desk listens");
        let mut answer = String::new();
        let out = desk.stdout.as_mut().expect("a way out");
        BufReader::new(out).read_line(&mut answer).expect("the desk answers");
        assert!(answer.contains("\"ok\""), "{answer}");
        desk
    }

    /// What somebody did in the demo studio before the window opened, through the same door. Returns the replies.
    pub fn beforehand(&self, username: &str, password: &str, asked: &[(&str, Value)]) -> Vec<Value> {
        let entry = ("session.sign_in", json!({ "username": username, "password": password }));
        let asked: Vec<_> = std::iter::once(&entry).chain(asked).collect();
        let mut desk = self.desk();
        let mut input = desk.stdin.take().expect("a way in");
        for (at, (command, args)) in asked.iter().enumerate() {
            let key = format!("beforehand-{username}-{command}-{at}");
            let request = json!({ "id": at, "command": command, "key": key, "args": args });
            writeln!(input, "{request}").expect("the desk listens");
        }
        drop(input);
        let told = desk.wait_with_output().expect("the desk answers").stdout;
        let replies: Vec<Value> = String::from_utf8_lossy(&told)
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("the desk answers in JSON"))
            .map(|mut reply| {
                assert!(reply["error"].is_null(), "not everything was done: {reply}");
                reply["ok"].take()
            })
            .collect();
        assert_eq!(replies.len(), asked.len(), "the desk stopped listening");
        replies
    }
}

/// A time zone where it is between two and three in the afternoon: the demo studio takes on the machine's, and its day
/// shall be half over whenever the walk begins.
pub fn early_afternoon() -> String {
    // These zones count the other way round: west is plus.
    format!("Etc/GMT{:+}", hours_west())
}

/// How many hours [`early_afternoon`]'s clocks are behind UTC.
#[allow(clippy::disallowed_methods)] // The walk happens in real time; nothing of it is under test.
pub fn hours_west() -> i64 {
    static HOURS: OnceLock<i64> = OnceLock::new();
    // Once for all: the hour may end meanwhile.
    *HOURS.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs() / 3600 % 24).unwrap_or_default() - 14
    })
}
