//! Whoever looks after a studio's backups: a thread of its own that makes one when it is due and brings it to the second
//! folder.
//!
//! It reads the file on a connection of its own and never takes the writer's: nobody at the counter waits for it.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Memory, store, thin};
use crate::clock::{Millis, Moment};
use crate::door::Tools;
use crate::error::{Code, Error, Result};
use crate::paths::Place;
use crate::storage::backup::{About, Backup, BackupFor, Note, Shelf, Source};

/// While there are changes.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// After a try that did not work.
const AGAIN: Duration = Duration::from_secs(60);
/// A second folder that was not to be had is asked for less often: a drive takes its time to say so.
const SECOND_AGAIN: Duration = Duration::from_secs(5 * 60);
/// Changes that wait for longer are told of.
const LATE: Duration = Duration::from_secs(60 * 60);
/// What lies on this computer alone for longer is told of.
const SECOND_LATE: Duration = Duration::from_secs(24 * 60 * 60);

/// A studio's backups, as long as it is open. Dropped, it reads the file no more.
#[derive(Debug)]
pub(crate) struct Keeper {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: PathBuf,
    studio: String,
    place: Place,
    tools: Tools,
    stopped: AtomicBool,
    rests: AtomicBool,
    damaged: AtomicBool,
    wish: Mutex<Option<BackupFor>>,
    /// Somebody waits for the second folder.
    carries: AtomicBool,
    wake: Condvar,
    /// One backup at a time.
    work: Mutex<()>,
    /// Held while the file is read, so that whoever closes it knows that nobody reads it any more.
    reading: Mutex<()>,
    state: Mutex<State>,
}

/// What the keeper knows of its work.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// The newest backup on the shelf: the chain's end that it holds, and when it was made.
    pub last: Option<(i64, Millis)>,
    /// Whether `last` was looked for.
    looked: bool,
    tried: Option<Moment>,
    /// Since when there is something that no backup has.
    waiting: Option<Moment>,
    /// Why the last try did not work.
    pub failed: Option<Code>,
    second_tried: Option<Moment>,
    second_waiting: Option<Moment>,
    pub second_failed: Option<Code>,
    /// Whether a backup is being made or carried right now.
    pub busy: bool,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    pub(crate) fn new(file: &Path, studio: &str, place: &Place, tools: &Tools) -> Keeper {
        let inner = Inner {
            file: file.to_owned(),
            studio: studio.to_owned(),
            place: place.clone(),
            tools: tools.clone(),
            stopped: AtomicBool::new(false),
            rests: AtomicBool::new(false),
            damaged: AtomicBool::new(false),
            wish: Mutex::new(None),
            carries: AtomicBool::new(false),
            wake: Condvar::new(),
            work: Mutex::new(()),
            reading: Mutex::new(()),
            state: Mutex::default(),
        };
        Keeper { inner: Arc::new(inner) }
    }

    /// Has a thread look whether a backup is due, now and then and whenever somebody wishes for one.
    /// A large file is looked over there first, while people sign in.
    pub(crate) fn start(&self, look_over: bool) {
        let Some(every) = self.inner.tools.patrol else { return };
        let inner = Arc::clone(&self.inner);
        let started = std::thread::Builder::new().name("backups".to_owned()).spawn(move || {
            if look_over && let Err(error) = inner.look_over() {
                log::error!("the file was not looked over: {error}");
            }
            while inner.wait(every) {
                // One bad turn is no reason never to make a backup again.
                if std::panic::catch_unwind(AssertUnwindSafe(|| inner.look())).is_err() {
                    log::error!("looking after the backups panicked");
                }
            }
        });
        if let Err(error) = started {
            log::error!("nobody looks after the backups: {error}");
        }
    }

    /// Whether the file turned out to be damaged after it was opened.
    pub(crate) fn found_damage(&self) -> bool {
        self.inner.damaged.load(Ordering::SeqCst)
    }

    /// Makes nothing while the file takes no change: the last good backup must not be thinned away by bad ones.
    pub(crate) fn rest(&self, rests: bool) {
        self.inner.rests.store(rests, Ordering::SeqCst);
    }

    /// Wishes for a backup without waiting for it.
    pub(crate) fn wish(&self, why: BackupFor) {
        *hold(&self.inner.wish) = Some(why);
        self.inner.wake.notify_all();
    }

    /// What the thread does each time: for tests, whose clock stands still.
    pub(crate) fn look(&self) {
        self.inner.look();
    }

    /// Has the newest brought to the second folder without waiting for it, whenever that was tried last.
    pub(super) fn carry_soon(&self) {
        hold(&self.inner.state).second_tried = None;
        let _wish = hold(&self.inner.wish);
        self.inner.carries.store(true, Ordering::SeqCst);
        self.inner.wake.notify_all();
    }

    /// Makes one now and waits for it.
    pub(super) fn make(&self, why: BackupFor) -> Result<Backup> {
        self.inner.make(why)
    }

    /// Whether the file is at its place.
    pub(super) fn has_file(&self) -> bool {
        self.inner.file.exists()
    }

    /// Into a folder of somebody's choosing.
    pub(super) fn back_up_to(
        &self,
        folder: &Path,
        source: impl FnOnce() -> Result<Source>,
    ) -> Result<(PathBuf, Backup)> {
        let _work = hold(&self.inner.work);
        let shelf = Shelf::at(folder);
        let made = self.inner.write(BackupFor::CommandLine, &shelf, source)?;
        Ok((shelf.file(&made.name), made))
    }

    /// Returns once nothing reads the file any more.
    pub(crate) fn stop(&self) {
        self.inner.stopped.store(true, Ordering::SeqCst);
        self.inner.wake.notify_all();
        drop(hold(&self.inner.reading));
    }

    pub(super) fn shelf(&self) -> Shelf {
        self.inner.shelf()
    }

    /// The shelf in the second folder, if there is one and it is to be had.
    pub(super) fn second(&self) -> Option<Shelf> {
        self.inner.second().map(|(_, shelf)| shelf)
    }

    /// Where its backups lie: on this computer, and in the second folder.
    pub(super) fn shelves(&self) -> Vec<Shelf> {
        [Some(self.shelf()), self.second()].into_iter().flatten().collect()
    }

    pub(super) fn memory(&self) -> Memory {
        Memory::read(&self.inner.place, &self.inner.studio)
    }

    pub(super) fn remember(&self, memory: &Memory) -> Result<()> {
        memory.put(&self.inner.place, &self.inner.studio)
    }

    /// Keeps in mind that the file is damaged, or no longer is: a quick look at its pages finds less than was found.
    pub(crate) fn mark_damaged(&self, damaged: bool) {
        let file = self.inner.file.to_string_lossy().into_owned();
        let memory = self.memory();
        let marked = damaged.then_some(file);
        if memory.damaged == marked {
            return;
        }
        if let Err(error) = self.remember(&Memory { damaged: marked, ..memory }) {
            log::warn!("that the file is damaged is not kept in mind: {error}");
        }
    }

    /// Whether a folder will do for second copies; makes the place for them in it.
    pub(super) fn try_second(&self, folder: &str) -> Result<()> {
        let folder = Path::new(folder);
        let shelf = self.inner.second_shelf(folder);
        let own = self.inner.file.parent().is_some_and(|own| {
            // The root of the drive that the studio lies on is no second place; that of another drive may be.
            folder.starts_with(own) || folder.parent().is_none() && own.starts_with(folder)
        });
        if !folder.is_absolute() || !folder.is_dir() {
            return Err(Error::invalid("folder", "not a folder"));
        }
        if own {
            return Err(Error::invalid("folder", "the studio's own"));
        }
        shelf.make()?;
        let mut state = hold(&self.inner.state);
        (state.second_tried, state.second_waiting, state.second_failed) = (None, None, None);
        Ok(())
    }

    pub(super) fn state(&self) -> State {
        self.inner.look_up_last();
        hold(&self.inner.state).clone()
    }

    pub(super) fn is_late(&self) -> bool {
        let now = self.inner.tools.clock.now();
        hold(&self.inner.state).waiting.is_some_and(|since| now.since(&since) > LATE)
    }

    pub(super) fn is_second_late(&self) -> bool {
        let now = self.inner.tools.clock.now();
        hold(&self.inner.state).second_waiting.is_some_and(|since| now.since(&since) > SECOND_LATE)
    }

    /// When the next backup is made if anything changes until then.
    pub(super) fn next_at(&self) -> Millis {
        let now = self.inner.tools.clock.now();
        let state = hold(&self.inner.state);
        let left = match (state.tried, state.failed) {
            (Some(tried), Some(_)) => AGAIN.saturating_sub(now.since(&tried)),
            (Some(tried), None) => EVERY.saturating_sub(now.since(&tried)),
            (None, _) => return state.last.map_or(now.wall, |(_, at)| now.wall.max(at + millis(EVERY))),
        };
        now.wall + millis(left)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop();
    }
}

fn millis(time: Duration) -> Millis {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl Inner {
    fn goes_on(&self) -> bool {
        !self.stopped.load(Ordering::SeqCst)
    }

    /// Waits until there may be something to do; false once there is nothing to do any more.
    fn wait(&self, every: Duration) -> bool {
        let wish = hold(&self.wish);
        let carries = self.carries.swap(false, Ordering::SeqCst);
        if wish.is_none() && !carries && self.goes_on() {
            drop(self.wake.wait_timeout(wish, every).unwrap_or_else(PoisonError::into_inner));
        }
        self.goes_on()
    }

    fn look_over(&self) -> Result<()> {
        let report = {
            let _reading = hold(&self.reading);
            if !self.goes_on() {
                return Ok(());
            }
            Source::open(&self.file)?.look_over()
        };
        let problems = match report {
            Ok(report) => report.problems,
            Err(Error::Damaged(why)) => vec![format!("pages: {why}")],
            Err(error) => return Err(error),
        };
        let damaged = problems.iter().any(|problem| problem.starts_with("pages"));
        self.damaged.store(damaged, Ordering::SeqCst);
        Ok(())
    }

    /// After a copy that did not hold: whether that is the file's doing, or only the copy's.
    fn look_into(&self) {
        let _reading = hold(&self.reading);
        if !self.goes_on() {
            return;
        }
        match Source::open(&self.file).and_then(|source| source.check()) {
            Ok(report) if !report.is_damaged() => {}
            Ok(_) | Err(Error::Damaged(_)) => self.damaged.store(true, Ordering::SeqCst),
            Err(error) => log::warn!("the file was not looked into: {error}"),
        }
    }

    fn shelf(&self) -> Shelf {
        Shelf::beside(&self.file)
    }

    fn second_shelf(&self, folder: &Path) -> Shelf {
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        let end = self.studio.get(self.studio.len().saturating_sub(8)..).unwrap_or_default();
        Shelf::at(&folder.join(format!("{stem}-{end}.backups")))
    }

    /// Our place in the second folder. One that is gone is not made anew: what is there instead may be the empty place
    /// of a drive that is not plugged in.
    fn second(&self) -> Option<(bool, Shelf)> {
        let folder = Memory::read(&self.place, &self.studio).second?;
        let shelf = self.second_shelf(Path::new(&folder));
        Some((shelf.folder().is_dir(), shelf))
    }

    fn look_up_last(&self) {
        let mut state = hold(&self.state);
        if state.looked {
            return;
        }
        state.looked = true;
        match self.shelf().list() {
            Ok(backups) => state.last = backups.first().map(|newest| (newest.note.head.0, newest.note.at)),
            Err(error) => log::warn!("the backups cannot be listed: {error}"),
        }
    }

    /// Makes what is wished for or due, and carries it to the second folder. What does not work is kept in mind, told
    /// of where backups are shown, and tried again.
    fn look(&self) {
        if self.rests.load(Ordering::SeqCst) {
            return;
        }
        let now = self.tools.clock.now();
        let wish = hold(&self.wish).take();
        let why = match wish {
            Some(why) => Some(why),
            None => self.is_due(&now).unwrap_or_else(|error| {
                log::warn!("whether a backup is due is not known: {error}");
                None
            }),
        };
        if let Some(why) = why
            && let Err(error) = self.make(why)
        {
            if self.goes_on() {
                log::error!("the backup was not made: {error}");
            } else {
                log::info!("the file was closed before the backup was done; what is there is as it was");
            }
        }
        if self.goes_on()
            && let Err(error) = self.carry(&now)
        {
            log::error!("the backup was not brought to the second folder: {error}");
        }
        if why.is_none()
            && self.goes_on()
            && let Err(error) = self.recompute()
        {
            log::error!("the last backup does not hold: {error}");
        }
    }

    /// A large backup was only looked over when it was made, so that the next one could be made in time. Once there is
    /// nothing else to do, everything in the newest is recomputed. One that does not hold is none.
    fn recompute(&self) -> Result<()> {
        let shelf = self.shelf();
        // The copy of a file before a restore stays, whatever is in it: there is no other.
        let due = |note: &Note| !note.recomputed && note.why == BackupFor::Changes;
        let Some(newest) = shelf.list()?.into_iter().next().filter(|newest| due(&newest.note)) else {
            return Ok(());
        };
        let recomputed = shelf.recompute(&newest);
        if let Err(Error::Damaged(_)) = recomputed {
            shelf.remove(&newest.name)?;
            self.look_into();
            let now = self.tools.clock.now();
            let mut state = hold(&self.state);
            (state.failed, state.looked) = (Some(Code::Damaged), false);
            state.last = None;
            state.waiting.get_or_insert(now);
        }
        recomputed
    }

    fn is_due(&self, now: &Moment) -> Result<Option<BackupFor>> {
        self.look_up_last();
        let seq = {
            let _reading = hold(&self.reading);
            if !self.goes_on() {
                return Ok(None);
            }
            store::head(Source::open(&self.file)?.db())?.0.0
        };
        let mut state = hold(&self.state);
        if state.last.is_some_and(|(last, _)| last == seq) {
            state.waiting = None;
            return Ok(None);
        }
        state.waiting.get_or_insert(*now);
        let due = match (&state.tried, state.last) {
            (Some(tried), _) => now.since(tried) >= if state.failed.is_some() { AGAIN } else { EVERY },
            // Of an earlier day, or of a clock that was elsewhere: both are long enough ago.
            (None, Some((_, at))) => {
                now.wall.abs_diff(at) >= EVERY.as_millis().try_into().unwrap_or(u64::MAX)
            }
            (None, None) => true,
        };
        Ok(due.then_some(BackupFor::Changes))
    }

    fn make(&self, why: BackupFor) -> Result<Backup> {
        let _work = hold(&self.work);
        let now = self.tools.clock.now();
        hold(&self.state).busy = true;
        let made = self.write(why, &self.shelf(), || Source::open(&self.file));
        if let Err(Error::Damaged(_)) = &made {
            self.look_into();
        }
        let mut state = hold(&self.state);
        state.busy = false;
        state.tried = Some(now);
        match &made {
            Ok(backup) => {
                state.last = Some((backup.note.head.0, backup.note.at));
                state.looked = true;
                state.failed = None;
                state.waiting = None;
            }
            Err(error) => {
                state.failed = Some(error.code());
                state.waiting.get_or_insert(now);
            }
        }
        made
    }

    /// Copies, checks, keeps, and lets go of what was outlived.
    fn write(
        &self,
        why: BackupFor,
        shelf: &Shelf,
        source: impl FnOnce() -> Result<Source>,
    ) -> Result<Backup> {
        let now = self.tools.clock.now().wall;
        let go_on = || self.goes_on();
        let (copy, about, zone) = {
            let _reading = hold(&self.reading);
            if !self.goes_on() {
                return Err(Error::NoSession);
            }
            let source = source()?;
            let (head, last_at) = store::head(source.db())?;
            let at = now.max(last_at);
            let zone = crate::studio::store::zone(source.db())?;
            let about = About {
                studio: store::studio(source.db())?,
                at,
                why,
                head,
                counts: store::counts(source.db())?,
                erased: store::erased(source.db())?,
            };
            let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{stem}-{}", zone.written(at)?.replace([':', ' '], "-"));
            (shelf.copy(&source, &name, &go_on)?, about, zone)
        };
        let backup = copy.keep(about, why.is_thorough(), &go_on)?;
        if why != BackupFor::CommandLine
            && let Err(error) = self.thin(shelf, now, zone)
        {
            log::warn!("old backups were not let go: {error}");
        }
        Ok(backup)
    }

    fn thin(&self, shelf: &Shelf, now: Millis, zone: crate::calendar::Zone) -> Result<()> {
        let backups = shelf.list()?;
        let made: Vec<Millis> = backups.iter().map(|backup| backup.note.at).collect();
        for place in thin::outlived(&made, now, zone)? {
            shelf.remove(&backups[place].name)?;
        }
        shelf.tidy()
    }

    /// Brings the newest backup to the second folder, where it is not there yet.
    fn carry(&self, now: &Moment) -> Result<()> {
        let Some((there, second)) = self.second() else { return Ok(()) };
        {
            let state = hold(&self.state);
            if state.second_failed.is_some()
                && state.second_tried.is_some_and(|tried| now.since(&tried) < SECOND_AGAIN)
            {
                return Ok(());
            }
        }
        let shelf = self.shelf();
        let Some(newest) = shelf.list()?.into_iter().next() else { return Ok(()) };
        let carried = if there {
            second.list().and_then(|known| {
                if known.iter().any(|backup| backup.name == newest.name) {
                    return Ok(());
                }
                let _work = hold(&self.work);
                hold(&self.state).busy = true;
                second.take_over(&shelf, &newest, &|| self.goes_on())?;
                let zone = {
                    let _reading = hold(&self.reading);
                    crate::studio::store::zone(Source::open(&self.file)?.db())?
                };
                self.thin(&second, now.wall, zone)
            })
        } else {
            Err(Error::NotFound { what: "folder" })
        };
        let mut state = hold(&self.state);
        state.busy = false;
        state.second_tried = Some(*now);
        match &carried {
            Ok(()) => (state.second_failed, state.second_waiting) = (None, None),
            Err(error) => {
                state.second_failed = Some(error.code());
                state.second_waiting.get_or_insert(*now);
            }
        }
        carried
    }
}
