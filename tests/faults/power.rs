//! The power goes: at every write, sync, truncation and deletion, with what was not synced there, gone, torn or in
//! another order (P1 to P4, F1, F2), with the folder of pictures, the head kept outside, the lock and its note in whatever
//! state that leaves them; and on a disk that lies about its syncs, where the same harness must find loss (F3).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::day::{Day, Request, desk_in, open, sign_in};
use crate::disk::{Disk, Event};
use crate::images::{Files, Honour, Player, Shape, fingerprint, put, read};
use crate::studio_house::{Dice, House, all_rows, folder};
use crate::tally::{grouped, tell, times};

/// Rounds of everything that moves money, the file closed and opened between them.
const ROUNDS: usize = 3;
const IMAGES: usize = 30_000;

/// What reached the disk while a studio worked, and what it had promised by then.
struct Recording {
    name: String,
    base: Files,
    events: Vec<Event>,
    /// The requests that were answered, with their answers.
    answered: Vec<(Request, Value)>,
    /// What stood in the file before the first request and after each.
    states: HashMap<u64, Vec<usize>>,
    /// What was kept outside the file after each.
    anchors: Vec<(PathBuf, String)>,
    passed: u64,
}

fn rows_in(file: &Path) -> u64 {
    let raw = rusqlite::Connection::open(file).unwrap();
    let mut hasher = DefaultHasher::new();
    all_rows(&raw).hash(&mut hasher);
    hasher.finish()
}

fn anchor(house: &House) -> (PathBuf, String) {
    let folder = house.home.path().join("config/anchors");
    let path = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    (PathBuf::from(path.file_name().unwrap()), std::fs::read_to_string(&path).unwrap())
}

impl Recording {
    fn make() -> Recording {
        let (house, mut day) = Day::begin();
        house.desk.close();
        let base = read(house.file.parent().unwrap());
        let mut states: HashMap<u64, Vec<usize>> = HashMap::from([(rows_in(&house.file), vec![0])]);
        let mut anchors = vec![anchor(&house)];
        let mut answered = Vec::new();
        let disk = Disk::watch(house.file.parent().unwrap());
        disk.record();
        let mut ask = |request: Request| {
            disk.note(Event::Asked);
            let reply = request.done(&house.desk);
            disk.note(Event::Answered);
            // Far enough for the head to be put down outside the file each time.
            house.clock.pass(6_000);
            answered.push((request, reply.clone()));
            states.entry(rows_in(&house.file)).or_default().push(answered.len());
            anchors.push(anchor(&house));
            reply
        };
        for _ in 0..ROUNDS {
            open(&house.desk, &house.file).unwrap();
            ask(sign_in_request());
            for request in day.round(&mut ask) {
                ask(request);
            }
            house.desk.close();
        }
        let name = house.file.file_name().unwrap().to_str().unwrap().to_owned();
        let passed = 6_000 * u64::try_from(answered.len()).unwrap();
        Recording { name, base, events: disk.recorded(), answered, states, anchors, passed }
    }
}

fn sign_in_request() -> Request {
    let args = serde_json::json!({"username": "ana", "password": crate::studio_house::OWNER_PASSWORD});
    Request { key: "sign-in-at-the-desk".to_owned(), command: "session.sign_in", args }
}

/// What lies around a file when the power goes, none of which was ever synced.
struct Around {
    /// The head kept outside.
    head: Option<Vec<u8>>,
    lock: bool,
    /// Who had the file.
    holder: Option<Vec<u8>>,
}

impl Around {
    fn whole(recording: &Recording, answered: usize) -> Around {
        let head = Some(recording.anchors[answered].1.clone().into_bytes());
        Around { head, lock: false, holder: None }
    }

    /// Any that was there before, a part of one, or none at all.
    fn any(recording: &Recording, answered: usize, dice: &mut Dice) -> Around {
        let mut head = Around::whole(recording, dice.below(answered + 1)).head;
        if dice.below(2) == 0 {
            head = Around::whole(recording, answered).head;
        }
        let torn = |bytes: &mut Vec<u8>, dice: &mut Dice| match dice.below(3) {
            0 => bytes.clear(),
            1 => bytes.truncate(bytes.len() / 2),
            _ => bytes.fill(0),
        };
        match dice.below(10) {
            0..3 => torn(head.as_mut().unwrap(), dice),
            3 => head = None,
            _ => {}
        }
        let mut holder = b"ana on counter (4711)".to_vec();
        if dice.below(2) == 0 {
            torn(&mut holder, dice);
        }
        Around { head, lock: dice.below(2) == 0, holder: (dice.below(3) > 0).then_some(holder) }
    }
}

/// What became of one image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    /// Something that was acknowledged is not there.
    Lost,
    /// Half of something is there, or it does not open, or it does not verify.
    Corrupt,
}

/// Opens images and looks. What an image recovers to is looked through once, however many images recover to it.
struct Judge<'a> {
    recording: &'a Recording,
    /// By what is on the disk after recovery: after which requests the file stood like that; none, it is corrupt.
    known: Mutex<HashMap<u64, Vec<usize>>>,
}

impl Judge<'_> {
    /// `answered` requests were acknowledged when the power went, and `asked` were under way or done.
    fn judge(
        &self,
        place: &Path,
        (image, around): (&Files, &Around),
        answered: usize,
        asked: usize,
    ) -> Verdict {
        put(place, image);
        let file = place.join(&self.recording.name);
        let config = place.join("config/anchors");
        std::fs::create_dir_all(&config).unwrap();
        let beside = |ending: &str| place.join(format!("{}{ending}", self.recording.name));
        let (name, _) = &self.recording.anchors[answered];
        for (path, bytes) in [
            (config.join(name), around.head.as_deref()),
            (beside(".lock"), around.lock.then_some(&[][..])),
            (beside(".holder"), around.holder.as_deref()),
        ] {
            if let Some(bytes) = bytes {
                std::fs::write(path, bytes).unwrap();
            }
        }

        let desk = desk_in(place, self.recording.passed);
        if open(&desk, &file).is_err() {
            return Verdict::Corrupt;
        }
        let status = crate::studio_house::ask(&desk, "desk.status", None, serde_json::json!({}));
        let anchored = status
            .is_ok_and(|status| status["studio"]["anchored"] == true && status["studio"]["halted"].is_null());
        desk.close();
        // Work that went with the log is told of by what is kept of it (F11): nothing of it is looked through.
        let mut beside_it = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
        if beside_it.any(|name| name.to_string_lossy().contains(".damaged-wal-")) {
            return Verdict::Lost;
        }
        let recovered = read(place);
        let print = fingerprint(&recovered);
        let known = self.known.lock().unwrap().get(&print).cloned();
        let stood = known.unwrap_or_else(|| {
            let stood = self.look_through(place, &file, answered);
            self.known.lock().unwrap().insert(print, stood.clone());
            stood
        });
        match stood.iter().max() {
            None => Verdict::Corrupt,
            Some(last) if *last < answered => Verdict::Lost,
            Some(_) if stood.iter().all(|state| *state > asked) => Verdict::Corrupt,
            // Taken for an older copy that somebody put back.
            Some(_) if !anchored => Verdict::Corrupt,
            Some(_) => Verdict::Holds,
        }
    }

    /// After which requests a file looked like this one, if everything in it holds and work goes on by the same keys.
    fn look_through(&self, place: &Path, file: &Path, answered: usize) -> Vec<usize> {
        let recorded = self.recording;
        let desk = desk_in(place, recorded.passed);
        let Ok(mut report) = open(&desk, file).and_then(|()| desk.verify()) else { return Vec::new() };
        // A head outside that is ahead of the file is how a loss is told: it is counted as one below.
        report.problems.retain(|problem| !problem.contains("kept outside"));
        if !report.holds() {
            return Vec::new();
        }
        let Some(stood) = recorded.states.get(&rows_in(file)).cloned() else { return Vec::new() };
        let state = *stood.last().unwrap();
        if state < answered {
            return stood;
        }
        sign_in(&desk);
        let keyed = |(request, _): &&(Request, Value)| request.command != "session.sign_in";
        if let Some((request, reply)) = recorded.answered[..state].last().filter(keyed) {
            assert_eq!(&request.done(&desk), reply, "the same key, another answer");
        }
        if let Some((request, _)) = recorded.answered.get(state).filter(keyed) {
            request.done(&desk);
            let again = desk.verify().unwrap();
            assert!(again.holds(), "{}: {:?}", request.command, again.problems);
        }
        stood
    }
}

#[derive(Debug, Default)]
struct Count {
    whole: usize,
    torn: usize,
    same: usize,
    lost: usize,
    corrupt: usize,
}

/// Makes images until there are so many different ones, and judges each.
fn crash(recording: &Recording, honour: Honour, wanted: usize, dice: &mut Dice) -> (Count, usize) {
    let judge = Judge { recording, known: Mutex::default() };
    let seen: Mutex<HashSet<u64>> = Mutex::default();
    let count: Mutex<Count> = Mutex::default();
    let made = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let dealt: Vec<Dice> = (0..workers).map(|_| dice.another()).collect();
    std::thread::scope(|scope| {
        for (worker, mut dice) in dealt.into_iter().enumerate() {
            let (judge, seen, count, made) = (&judge, &seen, &count, &made);
            scope.spawn(move || {
                let place = folder();
                for pass in 0.. {
                    let before = made.load(Ordering::SeqCst);
                    let mut player = Player::new(&recording.base, honour);
                    let (mut asked, mut answered) = (0, 0);
                    for (at, event) in recording.events.iter().enumerate() {
                        player.play(event, recording.events.get(at + 1));
                        match event {
                            Event::Asked => asked += 1,
                            Event::Answered => answered += 1,
                            _ => {}
                        }
                        let shape = match (honour, pass) {
                            (Honour::All, 0) => Shape::Whole,
                            (Honour::All, 1) => Shape::Bare,
                            (Honour::All, _) => Shape::Torn,
                            _ => *dice.pick(&[Shape::Bare, Shape::Torn, Shape::Torn, Shape::Torn]),
                        };
                        // Each worker its part of the moments; a small run is spread over all of them.
                        let stride = if wanted < recording.events.len() { 7 } else { 1 };
                        if at % (workers * stride) != worker
                            || ((pass > 0 || honour != Honour::All) && player.is_settled())
                        {
                            continue;
                        }
                        let image = player.image(shape, &mut dice);
                        let fresh = seen.lock().unwrap().insert(fingerprint(&image));
                        if !fresh {
                            count.lock().unwrap().same += 1;
                            continue;
                        }
                        if made.fetch_add(1, Ordering::SeqCst) >= wanted {
                            return;
                        }
                        let number = made.load(Ordering::SeqCst);
                        if times() > 1 && number % IMAGES == 0 {
                            println!("{} crash images so far", grouped(number));
                        }
                        let around = match honour {
                            Honour::All if shape == Shape::Torn => {
                                Around::any(recording, answered, &mut dice)
                            }
                            _ => Around::whole(recording, answered),
                        };
                        let verdict = judge.judge(place.path(), (&image, &around), answered, asked);
                        let mut count = count.lock().unwrap();
                        match shape {
                            Shape::Torn => count.torn += 1,
                            Shape::Whole | Shape::Bare => count.whole += 1,
                        }
                        count.lost += usize::from(verdict == Verdict::Lost);
                        count.corrupt += usize::from(verdict == Verdict::Corrupt);
                        if honour == Honour::All && verdict != Verdict::Holds {
                            let event: String = format!("{event:?}").chars().take(80).collect();
                            println!("event {at} {event} pass {pass}: {verdict:?}");
                        }
                    }
                    assert!(pass < 2 || made.load(Ordering::SeqCst) > before, "there are no more images");
                }
            });
        }
    });
    let states = judge.known.lock().unwrap().len();
    (count.into_inner().unwrap(), states)
}

#[test]
fn p01_p02_p03_p04_f01_f02_no_power_cut_loses_or_halves_what_was_acknowledged() {
    let mut dice = Dice::new("f01_f02");
    let recording = Recording::make();
    let (count, states) = crash(&recording, Honour::All, IMAGES * times(), &mut dice);
    let moments = grouped(recording.events.len());
    let requests = recording.answered.len();
    let names = recording.events.iter().filter(|event| matches!(event, Event::Moved { .. })).count();
    assert!(cfg!(not(target_os = "linux")) || names >= 6 * ROUNDS, "only {names} pictures were seen");
    tell(
        "F1",
        &format!(
            "{} crash images at {moments} moments of {requests} requests (recovered to {states} files, each looked \
             through), {} lost, {} corrupt",
            grouped(count.whole + count.torn),
            count.lost,
            count.corrupt
        ),
    );
    tell(
        "F2",
        &format!(
            "{} of these torn, or written in another order, with any head outside and any lock beside; {} were the same \
             again and not counted",
            grouped(count.torn),
            grouped(count.same)
        ),
    );
    assert_eq!((count.lost, count.corrupt), (0, 0));
    assert_eq!(count.whole + count.torn, IMAGES * times());
    assert!(states > requests / 2, "only {states} states were recovered to");
}

#[test]
fn f03_the_same_harness_finds_what_a_lying_disk_loses() {
    let mut dice = Dice::new("f03");
    let recording = Recording::make();
    let (liar, _) = crash(&recording, Honour::None(150), 400, &mut dice);
    let (normal, _) = crash(&recording, Honour::BeforeFolding, 400, &mut dice);
    let made = |count: &Count| count.whole + count.torn;
    tell(
        "F3",
        &format!(
            "negative control: a disk that lies lost {} and corrupted {} of {}; without a sync at each commit {} of {} lost",
            liar.lost,
            liar.corrupt,
            made(&liar),
            normal.lost,
            made(&normal)
        ),
    );
    assert!(liar.lost > 10 && liar.corrupt > 0, "{liar:?}");
    assert!(normal.lost > 10 && normal.corrupt == 0, "{normal:?}");
}
