//! The disk is full (F6) or fails (F7), files run out (F7), the disk takes no writes (F8), the program itself breaks
//! inside a command (F23): each money command at each place. A typed fault, nothing half, and the same key goes through
//! once all is well (P7).

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use inkpoint_core::clock::{Clock, Moment};
use inkpoint_core::ids::{Random, SystemRandom};
use inkpoint_core::{Cost, Desk, Place, Tools};
use rusqlite::ffi::{
    SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_NOMEM, SQLITE_IOERR_READ, SQLITE_IOERR_WRITE,
};
use serde_json::{Value, json};

use crate::day::{Request, desk_in, open, sign_in, start};
use crate::disk::{Disk, Kind, Plan, Then};
use crate::images::put;
use crate::killed::{Desk as ChildDesk, Prepared, Said, child, each, shared, times_done};
use crate::studio_house::{Dice, MORNING, folder};
use crate::tally::{grouped, tell};

/// What a caller may hear of a disk that fails.
const OF_THE_DISK: [&str; 4] = ["disk_full", "read_only", "damaged", "internal"];

struct Fault {
    name: &'static str,
    meant: fn(Kind) -> bool,
    once: bool,
    code: i32,
    /// In the short form each so-manieth place.
    each: u64,
}

/// Each request of a day with this fault at the places where it can be, one after the other. How many places, and how
/// many of the requests were refused.
fn everywhere(fault: &Fault) -> (usize, usize) {
    let prepared = Prepared::make();
    let (places, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut dice = Dice::new(fault.name);
    let first: Vec<u64> = (prepared.steps.iter()).map(|_| 1 + dice.roll() % each(fault.each)).collect();
    shared(prepared.steps.len(), |at| {
        let (request, before) = &prepared.steps[at];
        let place = folder();
        let file = place.path().join(&prepared.name);
        for from in (first[at]..).step_by(usize::try_from(each(fault.each)).unwrap()) {
            let context = format!("{} with {} at {from}", request.command, fault.name);
            put(place.path(), before);
            let done = times_done(&file, request.command);
            let disk = Disk::watch(place.path());
            let desk = desk_in(place.path(), 0);
            open(&desk, &file).unwrap();
            sign_in(&desk);
            disk.plan(Plan { from, once: fault.once, meant: fault.meant, then: Then::Fail(fault.code) });
            let first = request.send(&desk);
            // While it lasts, what only reads goes on or says so.
            let status = crate::studio_house::ask(&desk, "till.drawer", None, json!({}));
            let (_, hits) = disk.mend();
            if let Err(fault) = &status {
                assert!(OF_THE_DISK.contains(&fault["code"].as_str().unwrap()), "{context}: {fault}");
            }
            if let Err(fault) = &first {
                assert!(OF_THE_DISK.contains(&fault["code"].as_str().unwrap()), "{context}: {fault}");
                refused.fetch_add(1, Ordering::SeqCst);
            }
            if hits == 0 {
                assert!(first.is_ok(), "{context}: {first:?}");
                return;
            }
            places.fetch_add(1, Ordering::SeqCst);
            // Space is back; the desk is the same one.
            let again = request.send(&desk).unwrap_or_else(|fault| panic!("{context}, and again: {fault}"));
            if let Ok(first) = first {
                assert_eq!(first, again, "{context}");
            }
            drop(desk);
            drop(disk);
            let desk = desk_in(place.path(), 0);
            open(&desk, &file).unwrap();
            let report = desk.verify().unwrap();
            assert!(report.holds(), "{context}: {:?}", report.problems);
            assert_eq!(times_done(&file, request.command), done + 1, "{context}");
        }
    });
    (places.into_inner(), refused.into_inner())
}

#[test]
fn p07_f06_a_disk_full_from_any_write_on_refuses_and_goes_on_once_there_is_room() {
    let full =
        Fault { name: "no room", meant: |kind| kind == Kind::Write, once: false, code: SQLITE_FULL, each: 4 };
    let (places, refused) = everywhere(&full);
    tell(
        "F6",
        &format!(
            "a disk full from a write on, for every money command: {} places, {} refused with a typed fault, 0 half, \
             all done once there was room",
            grouped(places),
            grouped(refused)
        ),
    );
    assert!(places > 150 && refused > 100, "{places} {refused}");
}

#[test]
fn p07_f07_an_error_of_the_disk_at_any_place_is_typed_and_settled_by_the_key() {
    let mut counted = Vec::new();
    for fault in [
        Fault {
            name: "write",
            meant: |kind| kind == Kind::Write,
            once: true,
            code: SQLITE_IOERR_WRITE,
            each: 6,
        },
        Fault {
            name: "sync",
            meant: |kind| kind == Kind::Sync,
            once: true,
            code: SQLITE_IOERR_FSYNC,
            each: 1,
        },
        Fault {
            name: "read",
            meant: |kind| kind == Kind::Read,
            once: true,
            code: SQLITE_IOERR_READ,
            each: 5,
        },
        Fault {
            name: "no memory",
            meant: |kind| kind == Kind::Read,
            once: true,
            code: SQLITE_IOERR_NOMEM,
            each: 10,
        },
    ] {
        let (places, refused) = everywhere(&fault);
        assert!(places > 10 && refused > 5, "{}: {places} {refused}", fault.name);
        counted.push(format!("{} {} ({} refused)", grouped(places), fault.name, grouped(refused)));
    }
    tell(
        "F7",
        &format!(
            "one error of the disk in every money command, at {}; 0 half, all done by the next try",
            counted.join(", ")
        ),
    );
}

#[cfg(unix)]
#[test]
fn p07_f07_without_files_to_open_the_desk_says_so_or_works() {
    let prepared = Prepared::make();
    let (request, before) = &prepared.steps[0];
    let place = folder();
    let file = place.path().join(&prepared.name);
    let (mut worked, mut refused) = (0, 0);
    for files in 4..28 {
        put(place.path(), before);
        let started = child(&file);
        let mut confined = Command::new("bash");
        confined.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]);
        confined.arg(started.get_program()).args(started.get_args());
        for (name, value) in started.get_envs() {
            confined.env(name, value.unwrap());
        }
        confined.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        confined.stderr(std::process::Stdio::null());
        let mut desk = ChildDesk::start(&mut confined);
        match desk.hear() {
            Said::Ready => {
                desk.send(request);
                match desk.hear() {
                    Said::Answer(answer) if answer["ok"].is_object() => worked += 1,
                    Said::Answer(answer) => {
                        let code = answer["error"]["code"].as_str().unwrap();
                        assert!(OF_THE_DISK.contains(&code), "with {files}: {answer}");
                        refused += 1;
                    }
                    other => panic!("with {files} files: {other:?}"),
                }
            }
            Said::Answer(answer) => {
                let code = answer["refused"]["code"].as_str().unwrap();
                assert!(OF_THE_DISK.contains(&code), "with {files}: {answer}");
                refused += 1;
            }
            // With so few the program itself does not start.
            Said::Nothing if files < 8 => {}
            other => panic!("with {files} files: {other:?}"),
        }
        desk.end();
        crate::killed::settled(place.path(), &file, request, 2, &format!("after {files} files"));
    }
    tell(
        "F7",
        &format!("{} limits on open files: {worked} worked, {refused} refused, 0 lost", worked + refused),
    );
    assert!(worked > 3 && refused > 3, "{worked} {refused}");
}

/// A file system of so many KiB of its own, where this user may have one.
#[cfg(target_os = "linux")]
struct Mount(tempfile::TempDir);

/// Whether it went well.
#[cfg(target_os = "linux")]
fn run(command: &mut Command) -> bool {
    start(command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()))
        .wait()
        .unwrap()
        .success()
}

#[cfg(target_os = "linux")]
impl Mount {
    fn make(size: u32) -> Option<Mount> {
        let place = folder();
        let options = format!("size={size}k,mode=700");
        let done =
            run(Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(place.path()));
        done.then_some(Mount(place))
    }

    fn again(&self, options: &str) {
        assert!(run(Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path())));
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        assert!(run(Command::new("umount").arg(self.0.path())));
    }
}

fn sale(prepared: &Prepared, number: usize) -> Request {
    let (like, _) = &prepared.steps[0];
    let mut args = like.args.clone();
    args["lines"].as_array_mut().unwrap().truncate(1);
    args["tips"] = json!([]);
    args["tenders"] = json!([{"tender": "card", "amount": 24_000}]);
    Request { key: format!("sale-{number:06}"), command: "till.sell", args }
}

#[cfg(target_os = "linux")]
#[test]
fn p07_f06_a_file_system_without_room_stops_after_the_last_receipt_and_goes_on() {
    let prepared = Prepared::make();
    let before = &prepared.steps[0].1;
    let size: usize = before.values().map(Vec::len).sum();
    let Some(mount) = Mount::make(u32::try_from(size / 1024).unwrap() + 1_200) else {
        return tell("F6", "a real full file system: skipped: no tmpfs here");
    };
    put(mount.path(), before);
    let file = mount.path().join(&prepared.name);
    let desk = desk_in(mount.path(), 0);
    open(&desk, &file).unwrap();
    sign_in(&desk);
    let mut receipts: Vec<Value> = Vec::new();
    let refused = loop {
        match sale(&prepared, receipts.len()).send(&desk) {
            Ok(receipt) => receipts.push(receipt),
            Err(fault) => break fault,
        }
        assert!(receipts.len() < 1_000, "the disk was never full");
    };
    assert_eq!(refused["code"], "disk_full", "{refused}");
    crate::studio_house::ask(&desk, "till.drawer", None, json!({})).unwrap();
    assert_eq!(sale(&prepared, receipts.len()).send(&desk).unwrap_err()["code"], "disk_full");
    mount.again(&format!("size={}k", size / 1024 + 20_000));
    let next = sale(&prepared, receipts.len()).done(&desk);
    let last = receipts.last().map_or(0, |last| last["receipt"].as_i64().unwrap());
    assert!(receipts.is_empty() || next["receipt"] == last + 1, "{next}");
    for (number, receipt) in receipts.iter().enumerate() {
        assert_eq!(&sale(&prepared, number).done(&desk), receipt);
    }
    let report = desk.verify().unwrap();
    assert!(report.holds(), "{:?}", report.problems);
    drop(desk);
    tell(
        "F6",
        &format!(
            "a real full file system: stopped after {} sales, 0 lost, went on with room",
            receipts.len()
        ),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn p07_f08_a_file_system_that_turns_read_only_refuses_every_write_and_loses_nothing() {
    let prepared = Prepared::make();
    let Some(mount) = Mount::make(40_000) else {
        return tell("F8", "a file system that turns read-only: skipped: no tmpfs here");
    };
    put(mount.path(), &prepared.steps[0].1);
    let file = mount.path().join(&prepared.name);
    let desk = desk_in(mount.path(), 0);
    open(&desk, &file).unwrap();
    sign_in(&desk);
    let sold = sale(&prepared, 0).done(&desk);
    // What has a file open for writing keeps a file system from turning: everything is closed first.
    drop(desk);
    mount.again("ro");
    let home = folder();
    let desk = desk_in(home.path(), 0);
    let opened = open(&desk, &file);
    if let Err(error) = opened {
        assert_eq!(serde_json::to_value(desk.fault(error)).unwrap()["code"], "read_only");
    }
    drop(desk);
    mount.again("rw");
    let desk = desk_in(mount.path(), 0);
    open(&desk, &file).unwrap();
    sign_in(&desk);
    assert_eq!(sale(&prepared, 0).done(&desk), sold);
    sale(&prepared, 1).done(&desk);
    drop(desk);
    tell(
        "F8",
        "a file system that turned read-only: said so, nothing lost, went on when it could be written again",
    );
}

/// Randomness and time that break at the n-th asking: what a bug inside a command would do.
#[derive(Debug, Default)]
struct Trap {
    left: AtomicI64,
}

impl Trap {
    fn step(&self) {
        assert!(self.left.fetch_sub(1, Ordering::SeqCst) != 1, "sprung by the test");
    }
}

impl Random for Trap {
    fn fill(&self, bytes: &mut [u8]) -> inkpoint_core::Result<()> {
        self.step();
        SystemRandom.fill(bytes)
    }
}

#[derive(Debug)]
struct TrappedClock(Arc<Trap>);

impl Clock for TrappedClock {
    fn now(&self) -> Moment {
        self.0.step();
        Moment { wall: MORNING, mono: std::time::Duration::from_secs(1) }
    }
}

#[test]
fn p10_f23_a_panic_anywhere_inside_a_command_rolls_it_back_and_poisons_nothing() {
    let prepared = Prepared::make();
    let sprung = AtomicUsize::new(0);
    shared(prepared.steps.len(), |at| {
        let (request, before) = &prepared.steps[at];
        let place = folder();
        let file = place.path().join(&prepared.name);
        for nth in 1.. {
            put(place.path(), before);
            let done = times_done(&file, request.command);
            let trap = Arc::new(Trap::default());
            let tools = Tools {
                clock: Arc::new(TrappedClock(trap.clone())),
                random: trap.clone(),
                cost: Cost::Fixed(4),
                patrol: None,
                ..Tools::default()
            };
            let desk = Desk::with(Place::under(place.path()), tools);
            open(&desk, &file).unwrap();
            sign_in(&desk);
            trap.left.store(nth, Ordering::SeqCst);
            let first = request.send(&desk);
            if trap.left.swap(0, Ordering::SeqCst) > 0 {
                assert!(first.is_ok() && nth > 1, "{} {first:?}", request.command);
                return;
            }
            let context = format!("{} broke at {nth}", request.command);
            assert_eq!(first.unwrap_err()["code"], "internal", "{context}");
            sprung.fetch_add(1, Ordering::SeqCst);
            request.send(&desk).unwrap_or_else(|fault| panic!("{context}, and again: {fault}"));
            let report = desk.verify().unwrap();
            assert!(report.holds(), "{context}: {:?}", report.problems);
            assert_eq!(times_done(&file, request.command), done + 1, "{context}");
        }
    });
    let sprung = sprung.into_inner();
    tell(
        "F23",
        &format!(
            "{} panics inside money commands, each rolled back and done by the next try",
            grouped(sprung)
        ),
    );
    assert!(sprung > 30, "only {sprung}");
}
