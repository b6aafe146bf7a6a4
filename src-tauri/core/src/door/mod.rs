//! The door: the one way from a caller to the file.
//!
//! A request is judged in one order (D18): size and JSON, command, session, a password that must be changed, the
//! role (deny before locked), arguments, owner, existence. The change, its journal row and its key commit together.

pub(crate) mod anchor;
mod beside;
mod call;
pub mod dispatch;
pub(crate) mod journal;
pub(crate) mod watch;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::Duration;

use rusqlite::Connection;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use beside::Beside;
pub use beside::{FileBytes, TakesFile};
pub use call::{Change, Facts, Look};
pub use dispatch::{COMMANDS, Command, Gate, Kind};

use crate::access::password::Cost;
use crate::access::session::Session;
use crate::access::{Caller, gate_grant, grant};
use crate::backups::Keeper;
use crate::clock::{Clock, Millis, Moment, SystemClock};
use crate::error::{Code, Error, Fault, Result, Why};
use crate::ids::{Random, SystemRandom, fresh_id};
use crate::paths::Place;
use crate::portfolio::client_view;
use crate::printing::queue::Queue;
use crate::printing::{NetworkPrinter, Printer};
use crate::session::memory::Memory;
use crate::storage::backup::{BackupFor, Shelf};
use crate::storage::lock::Lock;
use crate::storage::seal::Hash;
use crate::storage::standing::Tx;
use crate::storage::{Halt, OpenOptions, StudioFile, is_fatal, log as left, plain_path, seal, verify};
use crate::studio::picker::Known;
use anchor::{Anchor, End, Found};
use journal::Head;
use watch::Watch;

/// A request larger than this is not looked into.
pub const LARGEST_REQUEST: usize = 1024 * 1024;

/// How long after a report could not be written it is tried again.
const REPORTS_AGAIN: Millis = 60 * 60_000;

/// How often it is looked whether a backup is due.
const PATROL: Duration = Duration::from_secs(20);

/// What the core takes from outside: clocks, randomness, the way to a printer, the price of a password.
#[derive(Debug, Clone)]
pub struct Tools {
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub printer: Arc<dyn Printer>,
    pub cost: Cost,
    /// How often it is looked whether a backup is due; none: only when told to ([`Desk::look_after_backups`]).
    pub patrol: Option<Duration>,
}

impl Default for Tools {
    fn default() -> Tools {
        Tools {
            clock: Arc::new(SystemClock::new()),
            random: Arc::new(SystemRandom),
            printer: Arc::new(NetworkPrinter::default()),
            cost: Cost::Calibrated,
            patrol: Some(PATROL),
        }
    }
}

/// An open studio. Desks in one process share it.
#[derive(Debug)]
pub(crate) struct Studio {
    /// Dropped before the file, so that nobody reads it any more when it closes.
    pub(crate) keeper: Keeper,
    pub(crate) file: StudioFile,
    pub(crate) id: String,
    /// Whether the head kept outside lies in the chain. False: the file was put back or rewritten.
    pub(crate) anchored: bool,
    /// One at a time puts the chain's head down, so that an earlier one never comes last.
    anchoring: Mutex<()>,
    /// From when on a kept report may be due.
    reports_at: Mutex<Millis>,
    pub(crate) memory: Memory,
    /// Shared with whoever still waits for the printer, so that the file can close meanwhile.
    pub(crate) printing: Arc<Queue>,
}

/// One counter: at most one member is signed in, and every request passes here.
#[derive(Debug)]
pub struct Desk {
    place: Place,
    tools: Tools,
    studio: RwLock<Option<Arc<Studio>>>,
    session: Mutex<Option<Session>>,
    /// Why the studio that should have opened by itself did not.
    refused: Mutex<Option<(Known, Fault)>>,
    /// Somebody sits here: it locks when idle, and its head is anchored while it works.
    attended: bool,
}

/// One request on its way through the door.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub command: &'static Command,
    pub key: Option<&'a str>,
    pub args: &'a RawValue,
    file: Option<&'a Beside>,
}

impl<'a> Call<'a> {
    /// One that nobody sends again.
    pub(crate) fn unkeyed(command: &'static Command, args: &'a RawValue) -> Call<'a> {
        Call { command, key: None, args, file: None }
    }
}

/// What a change became: a fresh reply, or the stored one of an earlier call with the same key.
enum Done<T> {
    Fresh(T),
    Replayed(Box<RawValue>),
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Desk {
    pub fn new(place: Place) -> Desk {
        Desk::with(place, Tools::default())
    }

    pub fn with(place: Place, tools: Tools) -> Desk {
        Desk {
            place,
            tools,
            studio: RwLock::new(None),
            session: Mutex::new(None),
            refused: Mutex::new(None),
            attended: true,
        }
    }

    /// Another desk on the same open studio: its own sign-in, the same file.
    pub fn beside(&self) -> Desk {
        let mut desk = Desk::with(self.place.clone(), self.tools.clone());
        desk.studio = RwLock::new(self.studio().ok());
        desk
    }

    /// A desk that nobody sits at, such as the maker of demo data: its clock is a story's.
    pub(crate) fn unattended(mut self) -> Desk {
        self.attended = false;
        self
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn tools(&self) -> &Tools {
        &self.tools
    }

    /// Answers one request. Never panics on what a caller sends.
    pub fn dispatch(
        &self,
        command: &str,
        key: Option<&str>,
        args: &RawValue,
    ) -> Result<Box<RawValue>, Fault> {
        self.guarded(command, key, args, None)
    }

    /// Answers one request with a file beside it, which stands for the argument `base64`: a large one is held once, and
    /// not as text besides. Only what keeps pictures takes one.
    pub fn dispatch_with(
        &self,
        command: &str,
        key: Option<&str>,
        args: &RawValue,
        file: Vec<u8>,
    ) -> Result<Box<RawValue>, Fault> {
        let file = Beside::new(file);
        self.guarded(command, key, args, Some(&file))
    }

    fn guarded(
        &self,
        command: &str,
        key: Option<&str>,
        args: &RawValue,
        file: Option<&Beside>,
    ) -> Result<Box<RawValue>, Fault> {
        let answer =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.answer(command, key, args, file)))
                .unwrap_or_else(|_| Err(Error::internal(format!("{command} panicked"))));
        answer.map_err(|error| self.fault(error))
    }

    /// An error as a caller is told of it, under a correlation id of its own. For those who bring requests here and
    /// cannot even read one.
    pub fn fault(&self, error: Error) -> Fault {
        let id = fresh_id(&*self.tools.random, self.tools.clock.now().wall).unwrap_or_default();
        error.into_fault(id)
    }

    fn answer(
        &self,
        command: &str,
        key: Option<&str>,
        args: &RawValue,
        file: Option<&Beside>,
    ) -> Result<Box<RawValue>> {
        let known = dispatch::find(command);
        // As long as it would be in one text.
        let beside = file.map_or(0, Beside::as_text);
        if args.get().len() + beside > known.map_or(LARGEST_REQUEST, Command::largest) {
            return Err(Error::invalid("args", "too large"));
        }
        let command = known.ok_or_else(|| Error::invalid("command", "unknown"))?;
        if file.is_some() && !command.takes_file() {
            return Err(Error::invalid("file", "not taken"));
        }
        let call = Call { command, key, args, file };
        let answer = if self.in_client_view() && !client_view::COMMANDS.contains(&command.name) {
            Err(Error::ClientView)
        } else {
            (command.run)(self, &call)
        };
        if let Err(error) = &answer {
            self.journal_refusal(&call, error);
        }
        answer
    }

    // ---- the open studio -------------------------------------------------------------------------------------

    pub(crate) fn studio(&self) -> Result<Arc<Studio>> {
        let open = self.studio.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.clone().ok_or(Error::NoSession)
    }

    /// Opens a studio's file at this desk; whoever was signed in is signed out.
    pub fn open(&self, path: &Path) -> Result<()> {
        self.open_with(path, OpenOptions::default())
    }

    /// Opens a studio's file to take everything out of it: also one of which only a part is left.
    pub fn open_to_export(&self, path: &Path) -> Result<()> {
        match self.open(path) {
            Err(Error::Damaged(why)) => {
                log::error!("what is left of the studio is taken out: {why}");
                let path = &plain_path(path)?;
                self.take_opened(StudioFile::open_rest(path, &self.stand_in_folder(path))?)
            }
            opened => opened,
        }
    }

    pub(crate) fn open_with(&self, path: &Path, options: OpenOptions) -> Result<()> {
        if let Ok(open) = self.studio()
            && std::path::absolute(path).is_ok_and(|path| path == open.file.path())
        {
            return Ok(());
        }
        let path = &plain_path(path)?;
        if Shelf::holding(path)?.is_some() {
            return self.take_opened(StudioFile::open_halted(
                path,
                &self.stand_in_folder(path),
                Halt::Backup,
            )?);
        }
        let opened = match StudioFile::open(path, options) {
            Ok(file) if (file.is_large() || file.look_over().is_empty()) && !self.is_still_damaged(&file) => {
                return self.take_opened(file);
            }
            Ok(file) => {
                drop(file);
                Halt::Damaged.error()
            }
            Err(error) => error,
        };
        let halt = Halt::of(&opened, path).filter(|_| self.attended);
        let Some(halt) = halt else { return Err(opened) };
        log::error!("the studio is opened without the right to change it: {opened}");
        // Why it is not opened as usual says more than why a copy of it is not opened either.
        let file = StudioFile::open_halted(path, &self.stand_in_folder(path), halt).map_err(|again| {
            log::error!("nor as a copy: {again}");
            if matches!(again, Error::FileInUse { .. }) { again } else { opened }
        })?;
        self.take_opened(file)
    }

    /// Whether a check of everything found the file damaged and it still is.
    fn is_still_damaged(&self, file: &StudioFile) -> bool {
        let Ok(studio) = file.read(crate::studio::store::studio_id) else { return false };
        // One that was mended holds again, and is marked as such once it is open.
        crate::backups::is_marked_damaged(&self.place, &studio, file.path())
            && !verify::verify(file).is_ok_and(|report| !report.is_damaged())
    }

    /// Where a copy is made of a file that takes no change.
    fn stand_in_folder(&self, file: &Path) -> PathBuf {
        let name = seal::hex(&seal::sha256(file.as_os_str().as_encoded_bytes()));
        let name = format!("stand-in-{}", name.get(..16).unwrap_or_default());
        let data = self.place.data();
        let probe = data.join(format!("{name}.probe"));
        let writable = std::fs::create_dir_all(data).is_ok()
            && std::fs::write(&probe, []).and_then(|()| std::fs::remove_file(&probe)).is_ok();
        if writable { data.join(name) } else { std::env::temp_dir().join(name) }
    }

    /// Whether this command can run while nothing can be changed: somebody who wants to look signs in and out.
    pub(crate) fn stands(&self, studio: &Studio, command: &Command) -> Result<()> {
        self.heed_damage(studio);
        match studio.file.halted() {
            Some((halt, _)) if !command.runs_halted() && !self.recover(studio) => Err(halt.error()),
            _ => Ok(()),
        }
    }

    /// Takes no more changes once the file was found damaged while it was open.
    pub(crate) fn heed_damage(&self, studio: &Studio) {
        if studio.keeper.found_damage() && studio.file.halted().is_none() {
            self.found_damaged(studio);
        }
    }

    /// A check of everything found the file itself damaged: it takes no change from now on, nor when it is opened next.
    pub(crate) fn found_damaged(&self, studio: &Studio) {
        if studio.file.halted().is_none() {
            log::error!("the studio's file is damaged: it takes no change any more");
            studio.keeper.mark_damaged(true);
            self.halt(studio, Halt::Damaged);
        }
    }

    fn halt(&self, studio: &Studio, halt: Halt) {
        studio.keeper.rest(true);
        if let Err(error) = studio.file.halt(&self.stand_in_folder(studio.file.path()), halt) {
            log::error!("no copy could stand in for the file: {error}");
        }
    }

    /// Tries to go back to the file itself; whether it takes changes now.
    pub(crate) fn recover(&self, studio: &Studio) -> bool {
        if !matches!(studio.file.halted(), Some((Halt::ReadOnly, _))) {
            return studio.file.halted().is_none();
        }
        match studio.file.recover() {
            Ok(()) => {
                log::info!("the studio's file can be written again");
                studio.keeper.rest(false);
                true
            }
            Err(error) => {
                log::info!("the studio's file still cannot be written: {error}");
                false
            }
        }
    }

    /// Whether an error means that the file takes no change any more, and which kind of no.
    fn halt_after(&self, studio: &Studio, error: &Error) -> Option<Halt> {
        match error {
            Error::Damaged(_) => (!studio.file.look_over().is_empty()).then_some(Halt::Damaged),
            Error::ReadOnly => Some(Halt::ReadOnly),
            _ => {
                let probed = studio.file.probe().err()?;
                (probed.code() == Code::ReadOnly).then_some(Halt::ReadOnly)
            }
        }
    }

    /// Opens what was put in the place of a file, for whoever kept its lock. Nobody is signed in any more.
    pub(crate) fn open_replaced(&self, path: &Path, lock: Lock) -> Result<()> {
        self.close();
        self.take_opened(StudioFile::open_under(path, OpenOptions::default(), lock)?)
    }

    fn take_opened(&self, file: StudioFile) -> Result<()> {
        let id = file.read(crate::studio::store::studio_id)?;
        self.take_in(file, id)?;
        let studio = self.studio()?;
        if let Some(lost) = studio.file.lost_log() {
            let written = self.operate_as(None, "log_damaged", |cx| {
                cx.note("transactions", lost.transactions);
                cx.note("file", lost.kept.file_name().map(|name| name.to_string_lossy()));
                Ok(())
            });
            if let Err(error) = written {
                log::error!("that work was lost is not in the journal: {error}");
            }
        }
        if studio.anchored && studio.file.halted().is_none() {
            crate::consent::expire::when_opened(self);
        }
        Ok(())
    }

    /// Puts an open file on this desk, in place of the one before.
    pub(crate) fn take_in(&self, file: StudioFile, id: String) -> Result<()> {
        let halted = file.halted();
        let anchored = match self.find_anchor(&file, &id) {
            Ok(found) => !matches!(found, Found::Broken(_)),
            // What is damaged takes no change anyway, and is there to be looked at.
            Err(error) if halted.is_some() => {
                log::error!("studio {id}: where its chain ends cannot be read: {error}");
                false
            }
            Err(error) => return Err(error),
        };
        if !anchored {
            log::error!("studio {id}: the head kept outside the file is not in its chain");
        }
        match crate::reports::daily::make_ready(&file) {
            Err(error) if halted.is_some() => log::error!("studio {id}: its days are not summed up: {error}"),
            ready => ready?,
        }
        self.close();
        *hold(&self.refused) = None;
        if file.halted().is_none() {
            if let Err(error) = file.pictures().clear_incoming() {
                log::warn!("parts of pictures left behind: {error}");
            }
            sweep_pictures(&file);
        }
        let memory = Memory::new(self.tools.clock.now().mono);
        let keeper = Keeper::new(file.path(), &id, &self.place, &self.tools);
        keeper.rest(file.halted().is_some());
        if halted.is_none() {
            keeper.mark_damaged(false);
        }
        if self.attended {
            keeper.start(file.is_large());
        }
        let studio = Studio {
            keeper,
            file,
            id,
            anchored,
            anchoring: Mutex::default(),
            reports_at: Mutex::new(0),
            memory,
            printing: Arc::default(),
        };
        *self.studio.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(studio));
        Ok(())
    }

    /// Opens the studio file the program was started with, or the one that was open last (D32). Why it does not open is
    /// told with the status, beside the picker.
    pub fn open_first(&self, chosen: Option<&Path>) {
        let first = match chosen {
            Some(file) => Known::unseen(file),
            None => match crate::studio::picker::list(&self.place).into_iter().next() {
                Some(last) => last,
                None => return,
            },
        };
        if let Err(error) = self.open(Path::new(&first.file)) {
            log::warn!("the first studio does not open: {error}");
            let fault = self.fault(error);
            *hold(&self.refused) = Some((first, fault));
        }
    }

    pub(crate) fn refused(&self) -> Option<(Known, Fault)> {
        hold(&self.refused).clone()
    }

    /// Signs out and lets go of the file.
    pub fn close(&self) {
        *hold(&self.session) = None;
        if let Ok(studio) = self.studio() {
            self.put_anchor(&studio);
        }
        *self.studio.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }

    /// The window is drawn anew: its engine died, or somebody reloaded it. Whoever was signed in signs in again, as
    /// after a lock; what they had asked for is done or not, and its key says which (F24). A desk in a client's hands
    /// stays there, where it does nothing else.
    ///
    /// What is left to do is to write it down, which may have to wait for the file.
    #[must_use]
    pub fn redrawn(&self) -> Option<impl FnOnce() + Send + use<>> {
        let left = self.session().take_if(|session| !session.client_view)?;
        let there = self.beside();
        *there.session() = Some(left);
        Some(move || {
            if let Err(fault) = there.dispatch("session.lock", None, RawValue::NULL) {
                log::warn!("{}: the lock of a window drawn anew was not written down", fault.correlation);
            }
        })
    }

    /// Makes the backup that is due, if one is, and brings it to the second folder. A desk that somebody sits at does
    /// so by itself every now and then.
    pub fn look_after_backups(&self) -> Result<()> {
        self.studio()?.keeper.look();
        Ok(())
    }

    /// Checks the whole file, and its chain against the head kept outside it.
    pub fn verify(&self) -> Result<verify::Report> {
        let studio = self.studio()?;
        let mut report = verify::verify(&studio.file)?;
        report.damaged = report.is_damaged();
        if let Some((Halt::Backup, _)) = studio.file.halted()
            && let Some((_, backup)) = Shelf::holding(studio.file.path())?
        {
            report.allow(&backup.note.missing);
        }
        match studio.file.halted() {
            // What was read is its newest backup. A copy of the file itself told what is damaged in it.
            Some((Halt::Damaged, as_of)) if as_of.is_some() || !report.damaged => {
                report.problems.push("pages: the file is damaged".to_owned())
            }
            Some((Halt::Gone, _)) => report.problems.push("pages: the file is gone".to_owned()),
            Some((Halt::Damaged | Halt::ReadOnly | Halt::Backup, _)) | None => {}
        }
        for kept in left::kept(studio.file.path()) {
            report
                .problems
                .push(format!("log: work that was done is lost; what is left of it: {}", kept.display()));
        }
        report.anchor = match self.found_anchor(&studio)? {
            Found::None => "no anchor".to_owned(),
            Found::Holds(seq) => format!("holds at {seq}"),
            Found::Broken(seq) => {
                report
                    .problems
                    .push("journal: the head kept outside the file is not in the chain".to_owned());
                format!("broken at {seq}")
            }
        };
        Ok(report)
    }

    /// Whether the head kept outside the file lies in its chain (D26).
    pub(crate) fn found_anchor(&self, studio: &Studio) -> Result<Found> {
        self.find_anchor(&studio.file, &studio.id)
    }

    fn find_anchor(&self, file: &StudioFile, studio: &str) -> Result<Found> {
        if matches!(file.halted(), Some((Halt::Backup, _))) {
            // It is of an earlier day, and says so.
            return Ok(Found::None);
        }
        let kept = Anchor::read(&self.place, studio, file.path())?;
        file.read(|conn| kept.find(conn))
    }

    /// Puts the chain's head down outside the file. Not being able to is no reason to refuse a sale.
    pub(crate) fn put_anchor(&self, studio: &Studio) {
        // A copy that stands in has entries of its own.
        if !studio.anchored || studio.file.halted().is_some() {
            return;
        }
        let _alone = hold(&studio.anchoring);
        let put = Anchor::read(&self.place, &studio.id, studio.file.path())
            .and_then(|kept| studio.file.read(|conn| kept.keep(conn)));
        if let Err(error) = put {
            log::warn!("anchor not written: {error}");
        }
    }

    /// With each change: of work that is acknowledged and then lost with the file's log, this alone still knows (F11).
    fn anchor_changed(&self, studio: &Studio) {
        if self.attended {
            self.put_anchor(studio);
        }
    }

    /// Writes what a month's end made due (D31): with the first change after it, once. Not being able to is no reason to
    /// refuse what was asked; it is tried again an hour later, and the list of reports says so.
    fn write_due_reports(&self, studio: &Studio, moment: &Moment) {
        if !self.attended || studio.file.halted().is_some() {
            return;
        }
        {
            let mut next = hold(&studio.reports_at);
            if moment.wall < *next {
                return;
            }
            *next = moment.wall.saturating_add(REPORTS_AGAIN);
        }
        match self.due_reports(studio, moment) {
            Ok(Some(next)) => *hold(&studio.reports_at) = next,
            Ok(None) => {}
            Err(error) => log::warn!("reports of the month's end: {error}"),
        }
    }

    /// When something may be due again; none when something is still to be written.
    fn due_reports(&self, studio: &Studio, moment: &Moment) -> Result<Option<Millis>> {
        let watch = |conn: &'_ Connection| Watch::read(conn, moment);
        let (due, next) = studio
            .file
            .read(|conn| crate::reports::saved::due(&Look::new(conn, None, gate_grant(), watch(conn)?)))?;
        let mut all = true;
        for report in due {
            let made = studio
                .file
                .read(|conn| report.make(&Look::new(conn, None, gate_grant(), watch(conn)?)))
                .and_then(|file| report.put(&file).map(|()| file.rows()));
            if let Err(error) = &made {
                log::warn!("the report of {} was not written: {error}", report.month);
                all = false;
            }
            self.operate_as(None, "reports.write", |cx| {
                let permit = cx.grant().whole()?;
                let month = made.as_ref().ok().map(|_| report.month);
                crate::reports::store::put_written(cx.write(&permit), &report.kept.id, month, made.is_err())?;
                cx.note("saved", report.kept.id.as_str());
                cx.note("month", report.month.to_string());
                cx.note("rows", made.as_ref().ok().copied());
                Ok(())
            })?;
        }
        Ok(all.then_some(next))
    }

    // ---- who is asking ---------------------------------------------------------------------------------------

    pub(crate) fn session(&self) -> MutexGuard<'_, Option<Session>> {
        hold(&self.session)
    }

    /// Whether this desk was handed to a client, who looks at portfolios and does nothing else.
    pub(crate) fn in_client_view(&self) -> bool {
        self.session().as_ref().is_some_and(|session| session.client_view)
    }

    /// The caller as the file has them now, or why there is none. Ends a session that no longer holds.
    fn caller(&self, conn: &Connection, moment: &Moment, now: Millis, acts: bool) -> Result<Caller> {
        let mut slot = hold(&self.session);
        let Some(session) = slot.as_mut() else { return Err(Error::NoSession) };
        let Some(account) = crate::staff::store::account(conn, &session.member, now)? else {
            *slot = None;
            return Err(Error::NoSession);
        };
        let idle = self.attended.then(|| Duration::from_secs(account.idle_minutes.unsigned_abs() * 60));
        if !account.active
            || account.password_epoch != session.password_epoch
            || session.is_over(moment, idle)
        {
            *slot = None;
            return Err(Error::NoSession);
        }
        if acts {
            session.last_act = *moment;
        }
        let holds = session.elevation.as_ref().is_some_and(|open| {
            open.holds(moment, account.code_generation, account.rights_epoch, account.role)
        });
        if !holds {
            session.elevation = None;
        }
        let elevation = session.elevation.as_ref();
        Ok(Caller {
            id: session.member.clone(),
            name: account.name,
            role: account.role,
            artist: account.artist,
            switches: account.switches,
            rights_epoch: account.rights_epoch,
            must_change: account.must_change,
            elevated_by: elevation.map(|open| open.opened_by().to_owned()),
            elevated_until: elevation.map(|open| open.expires_at()),
            client_view: session.client_view,
        })
    }

    /// Session, password due, role: the first half of D18, against the file as it is in this transaction.
    fn pass<'c>(
        &self,
        conn: &'c Connection,
        command: &Command,
        moment: &Moment,
        watch: Watch,
    ) -> Result<Look<'c>> {
        let now = watch.now();
        let (caller, granted) = match command.gate {
            Gate::Public => (self.caller(conn, moment, now, false).ok(), gate_grant()),
            Gate::Session => {
                let caller = self.caller(conn, moment, now, command.acts())?;
                (command.guard)(&caller, now)?;
                (Some(caller), gate_grant())
            }
            Gate::Action(actions) => {
                let caller = self.caller(conn, moment, now, true)?;
                if caller.must_change {
                    return Err(Error::PasswordChangeRequired);
                }
                let action = *actions.first().ok_or(Error::denied(Why::Role))?;
                let granted = grant(&caller, now, action)?;
                (Some(caller), granted)
            }
        };
        Ok(Look::new(conn, caller, granted, watch))
    }

    // ---- the two ways in -------------------------------------------------------------------------------------

    /// Runs `look` on one snapshot, behind the command's gate.
    pub(crate) fn query<T>(&self, command: &Command, look: impl FnOnce(&Look<'_>) -> Result<T>) -> Result<T> {
        let studio = self.studio()?;
        let moment = self.tools.clock.now();
        let seen =
            studio.file.read(|conn| look(&self.pass(conn, command, &moment, Watch::read(conn, &moment)?)?));
        if let Err(error @ Error::Damaged(_)) = &seen
            && studio.file.halted().is_none()
            && let Some(halt) = self.halt_after(&studio, error)
        {
            self.halt(&studio, halt);
        }
        seen
    }

    /// Runs `change` in one transaction with its journal row and its key, behind the command's gate.
    pub(crate) fn change<T: Serialize>(
        &self,
        call: &Call<'_>,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<Box<RawValue>> {
        let reply = self.change_with(call, |cx| {
            // A retry may not pay twice. Counting a wrong password on the way there carries no key.
            if call.command.is_money() && call.key.is_none() {
                return Err(Error::invalid("key", "missing"));
            }
            let reply = change(cx)?;
            serde_json::value::to_raw_value(&reply).map_err(Error::internal)
        })?;
        match reply {
            Done::Fresh(reply) | Done::Replayed(reply) => Ok(reply),
        }
    }

    /// As [`Desk::change`] for a command that is not answered with its first reply again, such as a sign-in.
    pub(crate) fn change_once<T>(
        &self,
        call: &Call<'_>,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut kept = None;
        let unkeyed = Call { key: None, ..*call };
        self.change_with(&unkeyed, |cx| {
            kept = Some(change(cx)?);
            serde_json::value::to_raw_value(&()).map_err(Error::internal)
        })?;
        kept.ok_or_else(|| Error::internal("a change left no reply"))
    }

    fn change_with(
        &self,
        call: &Call<'_>,
        change: impl FnOnce(&mut Change<'_>) -> Result<Box<RawValue>>,
    ) -> Result<Done<Box<RawValue>>> {
        let studio = self.studio()?;
        self.stands(&studio, call.command)?;
        let moment = self.tools.clock.now();
        // Before anybody waits for the file: a picture's is megabytes.
        let content = match call.key {
            // What cannot be read has none: the handler says which field it is.
            Some(_) => digest(call).ok(),
            _ => None,
        };
        let (mut gone, mut sweeps, mut opens, mut backs_up) = (None, false, None, false);
        let done = studio.file.write(|conn| {
            let (head, watch) = self.begin(conn, &moment)?;
            let look = self.pass(conn, call.command, &moment, watch)?;
            let key = check_key(call)?;
            if let Some(key) = key
                && let Some(reply) = stored_reply(conn, call, key, look.caller().ok(), content)?
            {
                return Ok(Done::Replayed(reply));
            }
            if call.command.is_money() && !studio.anchored {
                return Err(Error::PutBack);
            }
            if call.command.is_money() && self.attended && watch.holds_money(look.db())? {
                return Err(Error::Conflict { reason: "clock_back" });
            }
            let mut cx = Change::new(look, &*self.tools.random);
            let reply = change(&mut cx)?;
            self.finish(conn, head, call, key.map(|key| (key, content)), &cx, &reply)?;
            opens = cx.opens.zip(cx.caller().ok().map(|caller| caller.id.clone()));
            (gone, sweeps, backs_up) = (cx.gone, cx.sweeps, cx.backs_up);
            Ok(Done::Fresh(reply))
        });
        match done {
            Ok(done) => {
                if let Some(member) = gone {
                    studio.memory.forget(&member);
                }
                if sweeps {
                    sweep_pictures(&studio.file);
                }
                if let Some((why, member)) = opens.filter(|_| self.attended) {
                    crate::printing::open_drawer(self, why, &member);
                }
                self.anchor_changed(&studio);
                self.write_due_reports(&studio, &moment);
                if backs_up && self.attended {
                    studio.keeper.wish(BackupFor::Close);
                }
                Ok(done)
            }
            Err(error) if is_fatal(&error) => self.settle(&studio, call, error),
            Err(error) => Err(error),
        }
    }

    /// Reads where the journal ends, and writes down what the clock did since. A clock set back must not reorder it.
    fn begin(&self, conn: &Tx<'_>, moment: &Moment) -> Result<(Head, Watch)> {
        let (head, last_at) = Head::read(conn)?;
        let watch = Watch { wall: moment.wall, last_at };
        let head = if self.attended { watch.note(conn, head, &*self.tools.random)? } else { head };
        Ok((head, watch))
    }

    fn finish(
        &self,
        conn: &Tx<'_>,
        head: Head,
        call: &Call<'_>,
        key: Option<(&str, Option<Hash>)>,
        cx: &Change<'_>,
        reply: &RawValue,
    ) -> Result<()> {
        let caller = cx.caller().ok();
        let (member, role) = match &cx.on_behalf {
            Some((member, role)) => (Some(member.as_str()), Some(role.name())),
            None => (caller.map(|caller| caller.id.as_str()), caller.map(|caller| caller.role.name())),
        };
        let elevated_by = caller.filter(|_| cx.elevated).and_then(|caller| caller.elevated_by.as_deref());
        let reason = match &cx.reason {
            Some(reason) => Some((reason.as_str(), cx.salt()?)),
            None => None,
        };
        let line = journal::Line {
            at: cx.now(),
            member,
            role,
            command: call.command.name,
            outcome: cx.outcome,
            elevated_by,
            details: &cx.details,
            seals: &cx.seals,
            reason,
        };
        journal::append(conn, head, &line)?;
        if let Some((key, content)) = key {
            put_reply(conn, call, (key, content), member, reply, cx.now())?;
        }
        Ok(())
    }

    /// After an I/O error: reopen, and let the key say whether the change went in after all.
    fn settle(&self, studio: &Studio, call: &Call<'_>, error: Error) -> Result<Done<Box<RawValue>>> {
        log::error!("{}: {error}", call.command.name);
        let halt = self.halt_after(studio, &error);
        match halt {
            Some(halt) => self.halt(studio, halt),
            None => {
                if let Err(again) = studio.file.reopen() {
                    log::error!("reopening failed: {again}");
                    return Err(error);
                }
            }
        }
        let error = halt.map_or(error, Halt::error);
        let Ok(Some(key)) = check_key(call) else { return Err(error) };
        let moment = self.tools.clock.now();
        let stored = studio.file.read(|conn| {
            let caller = self.caller(conn, &moment, Watch::read(conn, &moment)?.now(), false)?;
            stored_reply(conn, call, key, Some(&caller), Some(digest(call)?))
        });
        match stored {
            Ok(Some(reply)) => Ok(Done::Replayed(reply)),
            _ => Err(error),
        }
    }

    /// Writes down that somebody was told no (D20). Failing to is logged, not told.
    fn journal_refusal(&self, call: &Call<'_>, error: &Error) {
        if !error.code().is_refusal() || call.command.counted(error.code()) {
            return;
        }
        let Ok(studio) = self.studio() else { return };
        let moment = self.tools.clock.now();
        let written = studio.file.write(|conn| {
            let (head, watch) = self.begin(conn, &moment)?;
            let now = watch.now();
            let caller = self.caller(conn, &moment, now, false).ok();
            let line = journal::Line {
                at: now,
                member: caller.as_ref().map(|caller| caller.id.as_str()),
                role: caller.as_ref().map(|caller| caller.role.name()),
                command: call.command.name,
                outcome: error.code().name(),
                elevated_by: None,
                details: &serde_json::Map::new(),
                seals: &[],
                reason: None,
            };
            journal::append(conn, head, &line)
        });
        if let Err(failure) = written {
            log::error!("a refusal was not journaled: {failure}");
        }
    }

    /// The reply that this key got before: for a command that does its work outside a transaction, and keeps its reply
    /// when that is done.
    pub(crate) fn replayed(&self, call: &Call<'_>) -> Result<Option<Box<RawValue>>> {
        let Some(key) = check_key(call)? else { return Ok(None) };
        let content = Some(digest(call)?);
        let moment = self.tools.clock.now();
        self.studio()?.file.read(|conn| {
            let look = self.pass(conn, call.command, &moment, Watch::read(conn, &moment)?)?;
            stored_reply(conn, call, key, look.caller().ok(), content)
        })
    }

    /// Keeps the reply of what is done. Not being able to is no reason to say that it is not.
    pub(crate) fn keep_reply(&self, call: &Call<'_>, reply: &impl Serialize) {
        let kept = || -> Result<()> {
            let Some(key) = check_key(call)? else { return Ok(()) };
            let reply = serde_json::value::to_raw_value(reply).map_err(Error::internal)?;
            let moment = self.tools.clock.now();
            self.studio()?.file.write(|conn| {
                let watch = Watch::read(conn, &moment)?;
                let caller = self.caller(conn, &moment, watch.now(), false)?;
                let now = watch.now();
                put_reply(conn, call, (key, Some(digest(call)?)), Some(&caller.id), &reply, now)
            })
        };
        if let Err(error) = kept() {
            log::warn!("{}: its reply is not kept: {error}", call.command.name);
        }
    }

    // ---- the operator's tools ---------------------------------------------------------------------------------

    /// Looks at the file on the rights of the operating system.
    pub(crate) fn peek<T>(&self, look: impl FnOnce(crate::storage::Reader<'_>) -> Result<T>) -> Result<T> {
        self.studio()?.file.read(|conn| look(crate::storage::Reader::new(conn)))
    }

    /// A change on the rights of the operating system: without a member, journaled as "command line".
    pub(crate) fn operate<T>(
        &self,
        command: &'static str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<T> {
        self.operate_as(Some("command line"), command, change)
    }

    /// A change without a member, journaled as somebody's or as nobody's.
    pub(crate) fn operate_as<T>(
        &self,
        role: Option<&'static str>,
        command: &'static str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<T> {
        let studio = self.studio()?;
        if let Some((halt, _)) = studio.file.halted() {
            return Err(halt.error());
        }
        let moment = self.tools.clock.now();
        let done = studio.file.write(|conn| {
            let (head, watch) = self.begin(conn, &moment)?;
            self.journaled(conn, (head, watch), (None, role), command, change).map(|(done, _)| done)
        })?;
        self.anchor_changed(&studio);
        Ok(done)
    }

    /// A change to a file that is not open at any desk, in a transaction on it: what it gives, and the chain's new head.
    pub(crate) fn operate_on<T>(
        &self,
        conn: &Tx<'_>,
        by: (Option<&str>, Option<&str>),
        command: &'static str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<(T, End)> {
        let (head, last_at) = Head::read(conn)?;
        let watch = Watch { wall: self.tools.clock.now().wall, last_at };
        let (done, head) = self.journaled(conn, (head, watch), by, command, change)?;
        Ok((done, End::from(&head)))
    }

    fn journaled<T>(
        &self,
        conn: &Tx<'_>,
        (head, watch): (Head, Watch),
        (member, role): (Option<&str>, Option<&str>),
        command: &'static str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T>,
    ) -> Result<(T, Head)> {
        let look = Look::new(conn, None, gate_grant(), watch);
        let mut cx = Change::new(look, &*self.tools.random);
        let done = change(&mut cx)?;
        let line = journal::Line {
            at: cx.now(),
            member,
            role,
            command,
            outcome: cx.outcome,
            elevated_by: None,
            details: &cx.details,
            seals: &cx.seals,
            reason: None,
        };
        let head = journal::append(conn, head, &line)?;
        Ok((done, head))
    }

    pub(crate) fn now(&self) -> Millis {
        self.tools.clock.now().wall
    }

    // ---- how the command list runs its handlers --------------------------------------------------------------

    pub(crate) fn run_query<A: DeserializeOwned, R: Serialize>(
        &self,
        call: &Call<'_>,
        handler: impl FnOnce(&Look<'_>, A) -> Result<R>,
    ) -> Result<Box<RawValue>> {
        let reply = self.query(call.command, |look| handler(look, parse(call.args)?))?;
        serde_json::value::to_raw_value(&reply).map_err(Error::internal)
    }

    pub(crate) fn run_change<A: DeserializeOwned, R: Serialize>(
        &self,
        call: &Call<'_>,
        handler: impl FnOnce(&mut Change<'_>, A) -> Result<R>,
    ) -> Result<Box<RawValue>> {
        self.change(call, |cx| handler(cx, parse(call.args)?))
    }

    /// A table that leaves the house: made on a snapshot, so that no sale waits for it, journaled before it is handed
    /// out, and kept nowhere, since it is full of names.
    pub(crate) fn run_export<A: DeserializeOwned, R: Serialize>(
        &self,
        call: &Call<'_>,
        handler: impl FnOnce(&Look<'_>, A, &mut Facts) -> Result<R>,
    ) -> Result<Box<RawValue>> {
        let mut facts = Facts::new();
        let reply = self.query(call.command, |look| handler(look, parse(call.args)?, &mut facts))?;
        let reply = serde_json::value::to_raw_value(&reply).map_err(Error::internal)?;
        self.change_once(call, |cx| {
            for (name, fact) in facts {
                cx.note(&name, fact);
            }
            Ok(())
        })?;
        Ok(reply)
    }

    /// A change with slow work, such as a hash, between its gate and its transaction: the gate is passed twice.
    pub(crate) fn run_staged<A, R, C>(
        &self,
        call: &Call<'_>,
        prepare: impl FnOnce(&Tools, A) -> Result<C>,
    ) -> Result<Box<RawValue>>
    where
        A: DeserializeOwned,
        R: Serialize,
        C: FnOnce(&mut Change<'_>) -> Result<R>,
    {
        let args = self.query(call.command, |_| parse(call.args))?;
        let commit = prepare(&self.tools, args)?;
        self.change(call, commit)
    }

    /// A change with slow work before its transaction, such as unpacking a picture: the gate is passed twice. The reply
    /// is kept like any other.
    pub(crate) fn run_prepared<A, R, C>(
        &self,
        call: &Call<'_>,
        prepare: impl FnOnce(&Desk, A) -> Result<C>,
    ) -> Result<Box<RawValue>>
    where
        A: DeserializeOwned + TakesFile,
        R: Serialize,
        C: FnOnce(&mut Change<'_>) -> Result<R>,
    {
        let args = self.query(call.command, |_| parse_with(call))?;
        let commit = prepare(self, args)?;
        self.change(call, commit)
    }

    /// A command about the desk itself: sign-ins, the open studio.
    pub(crate) fn run_here<A: DeserializeOwned, R: Serialize>(
        &self,
        call: &Call<'_>,
        handler: impl FnOnce(&Desk, &Call<'_>, A) -> Result<R>,
    ) -> Result<Box<RawValue>> {
        if !matches!(call.command.gate, Gate::Public) {
            self.query(call.command, |_| Ok(()))?;
        }
        let reply = handler(self, call, parse(call.args)?)?;
        serde_json::value::to_raw_value(&reply).map_err(Error::internal)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Ok(studio) = self.studio() {
            self.put_anchor(&studio);
        }
    }
}

/// What stays behind is taken away when the studio is opened next.
fn sweep_pictures(file: &StudioFile) {
    if let Err(error) = crate::pictures::sweep(file) {
        log::warn!("pictures of erased people are still to be taken away: {error}");
    }
}

/// The arguments with the file that came beside them in the place of `base64`.
fn parse_with<A: DeserializeOwned + TakesFile>(call: &Call<'_>) -> Result<A> {
    let Some(file) = call.file else { return parse(call.args) };
    let Some(rest) = call.args.get().trim_start().strip_prefix('{').map(str::trim_start) else {
        return Err(Error::invalid("args", "not of its type"));
    };
    let text = format!("{{\"base64\":\"\"{}{rest}", if rest == "}" { "" } else { "," });
    let mut args: A = parse(&RawValue::from_string(text).map_err(Error::internal)?)?;
    *args.file() = FileBytes::Beside(file.take()?);
    Ok(args)
}

/// Reads a command's arguments; an error names the field.
fn parse<A: DeserializeOwned>(args: &RawValue) -> Result<A> {
    let text = match args.get() {
        "null" => "{}",
        text if text.starts_with('{') => text,
        // A list would be read as the fields in their order.
        _ => return Err(Error::invalid("args", "not of its type")),
    };
    let reader = &mut serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        let named = message.split('`').nth(1).filter(|_| {
            ["unknown field", "missing field", "duplicate field"].iter().any(|kind| message.starts_with(kind))
        });
        let reason = if message.starts_with("unknown field") {
            "unknown field"
        } else if message.starts_with("missing field") {
            "missing"
        } else {
            "not of its type"
        };
        let field = match (path.as_str(), named) {
            (".", Some(name)) => name.to_owned(),
            (".", None) => "args".to_owned(),
            (path, Some(name)) if path != name && !path.ends_with(&format!(".{name}")) => {
                format!("{path}.{name}")
            }
            (path, _) => path.to_owned(),
        };
        Error::Invalid { field, reason }
    })
}

/// The caller's key, if the request carries one.
fn check_key<'a>(call: &Call<'a>) -> Result<Option<&'a str>> {
    match call.key {
        Some(key) if (8..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Ok(Some(key))
        }
        Some(_) => Err(Error::invalid("key", "not a key")),
        None => Ok(None),
    }
}

fn put_reply(
    conn: &Connection,
    call: &Call<'_>,
    (key, content): (&str, Option<Hash>),
    member: Option<&str>,
    reply: &RawValue,
    now: Millis,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO request_keys (key, member_id, command, digest, reply, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        key,
        member,
        call.command.name,
        content.map(|digest| digest.to_vec()),
        if call.command.is_secret() { None } else { Some(reply.get()) },
        now,
    ))?;
    Ok(())
}

/// The reply an earlier call with this key got. Another member's key, another command or other content conflicts.
fn stored_reply(
    conn: &Connection,
    call: &Call<'_>,
    key: &str,
    caller: Option<&Caller>,
    content: Option<Hash>,
) -> Result<Option<Box<RawValue>>> {
    type Stored = (Option<String>, String, Option<Vec<u8>>, Option<String>);
    let stored: Option<Stored> = crate::storage::Reader::new(conn).maybe(
        "SELECT member_id, command, digest, reply FROM request_keys WHERE key = ?1",
        [key],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let Some((member, command, stored_digest, reply)) = stored else { return Ok(None) };
    if member.as_deref() != caller.map(|caller| caller.id.as_str()) || command != call.command.name {
        return Err(Error::KeyConflict);
    }
    let same = stored_digest == content.map(|digest| digest.to_vec());
    match reply {
        // A program before this one kept nothing of what a secret was asked for with.
        None if same || stored_digest.is_none() => Err(Error::Conflict { reason: "secret_reply" }),
        Some(reply) if same && stored_digest.is_some() => {
            RawValue::from_string(reply).map(Some).map_err(Error::internal)
        }
        _ => Err(Error::KeyConflict),
    }
}

/// The hash of a request's content, whatever the order of its fields or its white space.
fn digest(call: &Call<'_>) -> Result<Hash> {
    fn write(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::Object(fields) => {
                // Nothing that could be guessed from its hash is kept: a password is not part of what is compared.
                let mut names: Vec<&String> = fields.keys().filter(|name| *name != "password").collect();
                names.sort();
                out.push('{');
                for name in names {
                    out.push_str(&serde_json::Value::from(name.as_str()).to_string());
                    out.push(':');
                    write(&fields[name], out);
                    out.push(',');
                }
                out.push('}');
            }
            serde_json::Value::Array(items) => {
                out.push('[');
                for item in items {
                    write(item, out);
                    out.push(',');
                }
                out.push(']');
            }
            other => out.push_str(&other.to_string()),
        }
    }
    let args = call.args.get();
    let value = serde_json::from_str(args).map_err(|_| Error::invalid("args", "not JSON"))?;
    let mut canonical = String::with_capacity(args.len());
    write(&value, &mut canonical);
    let args = seal::sha256(canonical.as_bytes());
    Ok(call.file.map_or(args, |file| seal::sha256(&[args, file.hash].concat())))
}
