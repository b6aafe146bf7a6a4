//! What makes or replaces a whole file, killed at any time and on a disk without room: a restore, and bringing another
//! program's studio over. The file is the old one or the new one, or there is none, and the same words once more do it
//! (P11, F4, F6, F18). Whoever left since a backup was made does not come back with it.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::full::narrow;
use crate::killed::Dice;
use crate::moving::{TSM, complaint, figure};
use crate::pipe::{Pipe, program};
use crate::tally::{tell, times};
use crate::tools::{copy_of, demo, run, said};

const KILLS: usize = 15;

/// Starts the program and kills it after so long. Whether it was still at work.
fn killed(home: &Path, words: &[&str], after: Duration) -> bool {
    let mut child = program(home).args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while start.elapsed() < after {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

fn took(act: impl FnOnce() -> Output) -> (Duration, Output) {
    let start = Instant::now();
    let done = act();
    (start.elapsed(), done)
}

fn part(of: Duration, dice: &mut Dice) -> Duration {
    Duration::from_micros(dice.below(u64::try_from(of.as_micros()).unwrap()))
}

/// A limit on the size of files is an error of the disk to SQLite, and one of its own kind to the system.
fn is_of_the_disk(done: &Output) -> bool {
    let said = complaint(done);
    ["disk full", "disk I/O error", "File too large"].iter().any(|of_the_disk| said.contains(of_the_disk))
}

/// How many entries its chain has; everything in it must hold.
#[track_caller]
fn entries(home: &Path, file: &str) -> i64 {
    let verified = run(home, &["verify", file]);
    assert!(verified.status.success(), "{}{}", said(&verified), complaint(&verified));
    figure(&said(&verified), "journal rows")
}

fn back_up(home: &Path, file: &Path) {
    let made = run(home, &["backup", file.to_str().unwrap(), home.join("kept").to_str().unwrap()]);
    assert!(made.status.success(), "{}", complaint(&made));
}

/// A studio with a backup, and what was done since: somebody left, five clients came.
struct Studio {
    home: tempfile::TempDir,
    file: PathBuf,
    backup: PathBuf,
    /// The file as it is before each try.
    bytes: Vec<u8>,
    now: i64,
    then: i64,
}

impl Studio {
    fn make() -> Studio {
        let (home, file) = copy_of(demo());
        let name = file.to_str().unwrap();
        back_up(home.path(), &file);
        let mut kept =
            std::fs::read_dir(home.path().join("kept")).unwrap().map(|entry| entry.unwrap().path());
        let backup = kept.find(|path| path.extension().is_some_and(|end| end == "inkpoint")).unwrap();
        let then = entries(home.path(), name);
        let mut pipe = Pipe::open(home.path(), &file);
        pipe.done("session.sign_in", json!({"username": "iris", "password": "Stencil-Demo-1"}));
        let people = pipe.done("staff.list", json!({}));
        let lena = people.as_array().unwrap().iter().find(|person| person["username"] == "lena").unwrap();
        pipe.done("staff.set_active", json!({"member_id": lena["id"], "active": false}));
        for number in 0..5 {
            pipe.done("clients.create", json!({"name": format!("Rui {}", "x".repeat(number + 1))}));
        }
        assert!(pipe.end().success());
        let now = entries(home.path(), name);
        let bytes = std::fs::read(&file).unwrap();
        Studio { home, file, backup, bytes, now, then }
    }

    fn words(&self) -> [&str; 3] {
        ["restore", self.backup.to_str().unwrap(), self.file.to_str().unwrap()]
    }

    /// The file as it was, with nothing beside it that a try left there.
    fn again(&self) {
        for entry in std::fs::read_dir(self.home.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && name.starts_with("copy.inkpoint") {
                std::fs::remove_file(path).unwrap();
            }
        }
        std::fs::write(&self.file, &self.bytes).unwrap();
        // The head outside is the one of the file that was there before.
        let _ = std::fs::remove_dir_all(self.home.path().join("home/config/anchors"));
    }

    /// Whether the file is the new one. It is one of both, whole.
    #[track_caller]
    fn is_restored(&self) -> bool {
        let found = entries(self.home.path(), self.file.to_str().unwrap());
        let raw = rusqlite::Connection::open(&self.file).unwrap();
        let gets_in: bool = raw
            .query_row("SELECT active FROM members WHERE username = 'lena'", [], |row| row.get(0))
            .unwrap();
        assert!(!gets_in, "who left since the backup is back");
        // A verification is no entry, a restore is one more than its backup.
        assert!(
            found == self.now || found == self.then + 1,
            "{found} entries, not {} or {}",
            self.now,
            self.then
        );
        found != self.now
    }

    #[track_caller]
    fn restore(&self) -> Output {
        let done = run(self.home.path(), &self.words());
        assert!(done.status.success(), "{}", complaint(&done));
        assert!(self.is_restored());
        done
    }
}

#[test]
fn p11_f04_f18_a_restore_killed_at_any_time_leaves_the_old_file_or_the_new_one_and_is_done_by_the_next() {
    let mut dice = Dice::new();
    let studio = Studio::make();
    let (long, _) = took(|| studio.restore());
    let (mut caught, mut new) = (0, 0);
    for _ in 0..KILLS * times() {
        studio.again();
        caught += usize::from(killed(studio.home.path(), &studio.words(), part(long, &mut dice)));
        if studio.is_restored() {
            new += 1;
        } else {
            studio.restore();
        }
    }
    tell(
        "F18",
        &format!(
            "{} restores, {caught} killed on the way: {new} were the new file, the others the old one, all whole",
            KILLS * times()
        ),
    );
    assert!(caught > KILLS / 2, "only {caught} were cut short");
}

#[test]
fn p11_f18_of_a_computer_that_is_gone_the_drive_knows_who_had_left() {
    let studio = Studio::make();
    back_up(studio.home.path(), &studio.file);
    for entry in std::fs::read_dir(studio.home.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("copy.inkpoint") {
            if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }.unwrap();
        }
    }
    std::fs::remove_dir_all(studio.home.path().join("home")).unwrap();
    let restored = studio.restore();
    assert!(!said(&restored).contains("as it was"), "there was nothing to copy");
}

#[test]
fn p11_f18_a_restore_refused_at_the_last_step_leaves_the_old_file_as_good_as_it_was() {
    let studio = Studio::make();
    // Where the replaced file goes lies something that cannot be taken away.
    let in_the_way = studio.file.with_extension("inkpoint.replaced");
    for with_its_head in [true, false] {
        if !with_its_head {
            studio.again();
        }
        std::fs::create_dir(&in_the_way).unwrap();
        let refused = run(studio.home.path(), &studio.words());
        assert!(!refused.status.success(), "nothing was in the way");
        assert!(!studio.is_restored());
        std::fs::remove_dir(&in_the_way).unwrap();
    }
    studio.restore();
}

#[test]
fn p07_f06_f18_a_restore_without_room_leaves_the_old_file_and_is_done_once_there_is_room() {
    let studio = Studio::make();
    let size = u64::try_from(studio.bytes.len() / 1024).unwrap();
    let mut refused = 0;
    for share in 1..8 {
        studio.again();
        let mut program = program(studio.home.path());
        let done = narrow(program.args(studio.words()), size * share / 6).output().unwrap();
        if done.status.success() {
            assert!(studio.is_restored());
            continue;
        }
        refused += 1;
        assert_eq!(done.status.code(), Some(1));
        assert!(is_of_the_disk(&done), "{}", complaint(&done));
        assert!(!studio.is_restored(), "half of a restore is none");
        studio.restore();
    }
    tell(
        "F6",
        &format!("7 restores with less and less room, {refused} refused, the old file whole each time"),
    );
    assert!(refused > 3, "only {refused}");
}

#[test]
fn f04_f06_a_studio_brought_over_is_there_whole_or_not_at_all_whatever_stops_it() {
    let mut dice = Dice::new();
    let home = tempfile::tempdir().unwrap();
    let source = home.path().join("tsm.db");
    rusqlite::Connection::open(&source).unwrap().execute_batch(TSM).unwrap();
    let file = home.path().join("new.inkpoint");
    let words = ["import", "tsm", source.to_str().unwrap(), file.to_str().unwrap()];
    let fresh = || {
        for entry in std::fs::read_dir(home.path()).unwrap() {
            let path = entry.unwrap().path();
            if path != source && path.is_file() {
                std::fs::remove_file(path).unwrap();
            }
        }
    };
    let (long, done) = took(|| run(home.path(), &words));
    assert!(done.status.success(), "{}", complaint(&done));
    let whole = entries(home.path(), words[3]);
    let finish = || {
        if !file.exists() {
            let done = run(home.path(), &words);
            assert!(done.status.success(), "{}", complaint(&done));
        }
        assert_eq!(entries(home.path(), words[3]), whole);
    };
    let (mut caught, mut there) = (0, 0);
    for _ in 0..KILLS * times() {
        fresh();
        caught += usize::from(killed(home.path(), &words, part(long, &mut dice)));
        there += usize::from(file.exists());
        finish();
    }
    tell(
        "F4",
        &format!(
            "{} studios brought over, {caught} killed on the way: {there} were there, whole; the others not at all",
            KILLS * times()
        ),
    );
    let mut refused = 0;
    for kilobytes in [1, 40, 200, 400, 600, 4_000] {
        fresh();
        let done = narrow(program(home.path()).args(words), kilobytes).output().unwrap();
        refused += usize::from(!done.status.success());
        assert!(done.status.success() || is_of_the_disk(&done), "{}", complaint(&done));
        assert_eq!(done.status.success(), file.exists());
        finish();
    }
    tell(
        "F6",
        &format!("6 studios brought over with less and less room, {refused} refused, nothing left of these"),
    );
    assert!(caught > KILLS / 2 && refused > 1, "{caught} {refused}");
}
