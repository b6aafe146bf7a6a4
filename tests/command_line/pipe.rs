//! A desk in a process of its own, and this end of its two pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

pub const OWNER_PASSWORD: &str = "Violet-Stencil-9";

/// The program, with folders of its own so that nothing of this computer's is touched.
pub fn program(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_inkpointctl"));
    program.env("INKPOINT_HOME", home.join("home")).env_remove("INKPOINT_LOG");
    program
}

pub struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Pipe {
    pub fn open(home: &Path, file: &Path) -> Pipe {
        Pipe::start(program(home).arg("desk").arg(file).stderr(Stdio::null()))
    }

    pub fn start(program: &mut Command) -> Pipe {
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Pipe { child, input, output }
    }

    /// A desk on a studio that has just been made there, with nobody signed in.
    pub fn found(home: &Path, file: &Path) -> Pipe {
        let mut pipe = Pipe::open(home, file);
        pipe.done(
            "studio.create",
            json!({
                "name": "Casa Aguja", "currency": "MXN", "zone": "America/Mexico_City",
                "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD},
            }),
        );
        pipe
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Writes bytes as they are. A desk that is gone reads nothing.
    pub fn write(&mut self, bytes: &[u8]) -> bool {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).and_then(|()| input.flush()).is_ok()
    }

    pub fn send(&mut self, command: &str, key: Option<&str>, args: &Value) -> bool {
        let request = json!({"id": key, "command": command, "key": key, "args": args});
        self.write(format!("{request}\n").as_bytes())
    }

    /// The next whole reply; none when the desk is gone.
    pub fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.ends_with('\n').then(|| serde_json::from_str(&line).unwrap())
    }

    /// A line as it is, and its answer.
    pub fn line(&mut self, line: &str) -> Value {
        assert!(self.write(format!("{line}\n").as_bytes()));
        self.read().unwrap()
    }

    pub fn ask(&mut self, command: &str, key: Option<&str>, args: &Value) -> Result<Value, Value> {
        assert!(self.send(command, key, args));
        let mut reply = self.read().unwrap();
        if reply["error"].is_null() { Ok(reply["ok"].take()) } else { Err(reply["error"].take()) }
    }

    #[track_caller]
    pub fn done(&mut self, command: &str, args: Value) -> Value {
        // Any key will do for what is asked once.
        let key = format!("{command}-{}", args.to_string().len());
        self.ask(command, Some(&key), &args).unwrap_or_else(|fault| panic!("{command}: {fault}"))
    }

    pub fn sign_in(&mut self) {
        self.done("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD}));
    }

    /// Ends the input and waits for the desk to go.
    pub fn end(mut self) -> ExitStatus {
        drop(self.input.take());
        while self.read().is_some() {}
        self.child.wait().unwrap()
    }

    /// Ends the input and reads what is still answered.
    pub fn last_reply(mut self) -> Value {
        drop(self.input.take());
        let reply = self.read().unwrap();
        assert!(self.child.wait().unwrap().success());
        reply
    }

    /// SIGKILL, and every reply that had already been written.
    pub fn kill(mut self) -> Vec<Value> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::iter::from_fn(|| self.read()).collect()
    }
}
