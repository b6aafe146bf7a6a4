//! A studio that may be read but not written: the desk opens, people look, nothing changes, and it goes on by itself
//! once it may be written again (P7, F8).

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::pipe::{OWNER_PASSWORD, Pipe, program};

/// Whom the tests run the desk as when they run as root, whom no permission stops.
const NOBODY: u32 = 65_534;

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn f08_p07_a_studio_that_cannot_be_written_can_be_looked_at_and_goes_on_when_it_can() {
    // Where somebody else than root may come too.
    let home = tempfile::tempdir_in("/tmp").unwrap();
    mode(home.path(), 0o755);
    let folder = home.path().join("studio");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("studio.inkpoint");
    let mut pipe = Pipe::found(home.path(), &file);
    pipe.sign_in();
    let client = pipe.done("clients.create", json!({"name": "Joana"}))["client"]["id"].clone();
    // Killed: what was written last is still in the log beside the file.
    pipe.kill();
    let is_root =
        std::fs::metadata(&file).map(|about| std::os::unix::fs::MetadataExt::uid(&about)).unwrap() == 0;
    // The build may lie in a home that nobody else may enter.
    let built = program(home.path());
    let copied = home.path().join("inkpointctl");
    std::fs::copy(built.get_program(), &copied).unwrap();
    let program_of_nobody = || {
        let mut desk = Command::new(&copied);
        desk.envs(built.get_envs().filter_map(|(name, value)| Some((name, value?))));
        desk.arg("desk").arg(&file).stderr(Stdio::null());
        if is_root {
            desk.uid(NOBODY).gid(NOBODY);
        }
        desk
    };
    if is_root {
        let own = home.path().join("home");
        Command::new("chown").arg("-R").arg(NOBODY.to_string()).arg(&own).status().unwrap();
    }
    let beside =
        || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    // Nobody's lock: whoever may not write cannot take it either.
    for path in beside() {
        mode(&path, 0o444);
    }
    mode(&folder, 0o555);
    let before: Vec<_> = beside().iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();

    let mut pipe = Pipe::start(&mut program_of_nobody());
    let halted = |pipe: &mut Pipe| pipe.done("desk.status", json!({}))["studio"]["halted"].clone();
    assert_eq!(halted(&mut pipe), json!({"why": "read_only", "as_of": null}));
    pipe.sign_in();
    assert_eq!(pipe.done("clients.open", json!({"client_id": client}))["client"]["name"], "Joana");
    let told = pipe.ask("clients.create", Some("create-0001"), &json!({"name": "Rui"})).unwrap_err();
    assert_eq!(told["code"], "read_only");
    // It may still leave: an export only reads, and is written somewhere else.
    let away = home.path().join("away");
    std::fs::create_dir(&away).unwrap();
    mode(&away, 0o777);
    let left = pipe.done("studio.export", json!({"password": OWNER_PASSWORD, "folder": away}));
    let clients = Path::new(left["folder"].as_str().unwrap()).join("csv/clients.csv");
    assert!(std::fs::read_to_string(clients).unwrap().contains("Joana"));
    let after: Vec<_> = beside().iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
    assert!(before == after, "F8: nothing was written");

    // It may be written again: the same desk goes on, the same person is still signed in.
    mode(&folder, 0o755);
    for path in beside() {
        mode(&path, 0o600);
    }
    if is_root {
        for path in beside().iter().chain([&folder]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    // A key of its own: without one it would be the one that Joana was entered under.
    pipe.ask("clients.create", Some("create-0002"), &json!({"name": "Pilar"})).unwrap();
    assert_eq!(halted(&mut pipe), json!(null));
    assert!(pipe.end().success());
    let mut pipe = Pipe::open(home.path(), &file);
    pipe.sign_in();
    assert_eq!(pipe.done("clients.search", json!({"text": "pilar"})).as_array().unwrap().len(), 1);
    assert!(pipe.end().success());
    assert!(program(home.path()).arg("verify").arg(&file).status().unwrap().success());
}
