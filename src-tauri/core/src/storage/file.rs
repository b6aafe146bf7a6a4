//! A studio's file, open: one writer, two readers, and the lock that keeps everybody else out.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::backup::{LARGE, Shelf, copy_database, with_ending};
use super::lock::Lock;
use super::log::{LostLog, look_over};
use super::migrate;
use super::pictures::Pictures;
use super::restore;
use super::share;
use super::stand_in::{Halt, StandIn};
use super::standing::{Tx, Writing};
use super::verify::{self, Depth};
use crate::clock::Millis;
use crate::error::{Error, Result};

/// How a file is opened. The default is what a studio's data gets.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenOptions {
    /// Leave flushing to the operating system: only for a file that does not count until it is finished.
    pub unsynced: bool,
}

/// The open file. Dropping it lets go of the lock.
#[derive(Debug)]
pub struct StudioFile {
    path: PathBuf,
    options: OpenOptions,
    readers: [Mutex<Connection>; 2],
    // Dropped after the readers: only a last connection that may write folds the log into the file, so that a closed
    // studio is one file and a copy of it is whole.
    writer: Mutex<Writing>,
    /// Let go of for good: whoever still holds it reads and writes nothing any more.
    retired: AtomicBool,
    /// Which file it is, whatever its name: another one under the same name is not ours.
    identity: Mutex<Option<Identity>>,
    /// What is open instead, while the file itself takes no change.
    stand_in: Mutex<Option<StandIn>>,
    lock: Mutex<Option<Lock>>,
    /// Work that was lost with the log that lay beside it when it was opened.
    lost_log: Option<LostLog>,
}

const HEADER: usize = 100;

/// The device and the number of a file, where the system numbers files and lets go of the name of an open one.
type Identity = (u64, u64);

/// Asked of the name alone: opening a second handle would drop SQLite's locks when it closes.
#[cfg(unix)]
fn identity(path: &Path) -> std::io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::symlink_metadata(path).map(|about| (about.dev(), about.ino()))
}

/// Nobody takes an open file's name away here.
#[cfg(not(unix))]
fn identity(_: &Path) -> std::io::Result<Identity> {
    Ok((0, 0))
}

/// The path as SQLite will see it: absolute, so that no prefix can be read as a URI; a plain file, not a link.
pub(crate) fn plain_path(path: &Path) -> Result<PathBuf> {
    let text = path.to_string_lossy();
    if text.is_empty() || text.contains('\0') || text.to_ascii_lowercase().starts_with("file:") {
        return Err(Error::NotAStudio("not a path"));
    }
    Ok(std::path::absolute(path)?)
}

/// Whether there is a file of ours at `path`, judged by its first bytes and without touching it. Only ever called
/// before SQLite has the file open: closing a second handle would drop SQLite's own locks.
pub(super) fn inspect(path: &Path) -> Result<()> {
    let about = match std::fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NotFound { what: "studio" });
        }
        Err(error) => return Err(error.into()),
    };
    if !about.is_file() {
        return Err(Error::NotAStudio(if about.is_dir() { "a folder" } else { "not a plain file" }));
    }
    let mut header = [0u8; HEADER];
    let mut file = std::fs::File::open(path)?;
    if file.read_exact(&mut header).is_err() {
        return Err(Error::NotAStudio("too short"));
    }
    if &header[..16] != b"SQLite format 3\0" {
        return Err(Error::NotAStudio("not a database"));
    }
    let word = |at: usize| {
        i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]))
    };
    if word(68) != migrate::APPLICATION_ID {
        return Err(Error::NotAStudio("another program's database"));
    }
    let found = word(60);
    if found > migrate::SCHEMA_VERSION {
        return Err(Error::FileNewer { found, known: migrate::SCHEMA_VERSION });
    }
    Ok(())
}

#[allow(clippy::disallowed_methods)] // The one place that opens a connection.
fn open(path: &Path, access: OpenFlags) -> Result<Connection> {
    Ok(Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

pub(super) fn connect(path: &Path, write: bool, options: OpenOptions) -> Result<Connection> {
    let access = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let conn = open(path, access)?;
    prepare(&conn, write, options)?;
    Ok(conn)
}

/// A connection that may write, to a file that has nothing in it but what Inkpoint put there: looked at before anything
/// in it runs or changes.
fn connect_checked(path: &Path, options: OpenOptions) -> Result<Connection> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&conn, false, options)?;
    let found = migrate::version(&conn)?;
    if found > migrate::SCHEMA_VERSION {
        return Err(Error::FileNewer { found, known: migrate::SCHEMA_VERSION });
    }
    migrate::check_schema(&conn).map_err(restore::unreadable)?;
    prepare(&conn, true, options)?;
    Ok(conn)
}

/// The settings every connection has; asserted, since a pragma that did not take says nothing.
fn prepare(conn: &Connection, write: bool, options: OpenOptions) -> Result<()> {
    use rusqlite::config::DbConfig;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(512);
    // Otherwise SQLite looks at what is bound to see whether a partial index would do, and plans the statement anew for
    // each value: more work than most of our statements themselves.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    if write {
        let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        // A file without the right to write is opened for reading, and says "wal" all the same.
        if mode != "wal" || conn.is_readonly("main")? {
            return Err(Error::ReadOnly);
        }
    }
    let synchronous = if options.unsynced { 0 } else { 2 };
    conn.execute_batch(&format!(
        "PRAGMA synchronous = {synchronous}; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON; \
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON; \
         PRAGMA query_only = {};",
        i64::from(!write)
    ))?;
    let expected = [
        ("synchronous", synchronous),
        ("recursive_triggers", 1),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        // Who was erased is not to be read from the file's free places.
        ("secure_delete", 1),
        ("query_only", i64::from(!write)),
    ];
    for (name, value) in expected {
        let found: i64 = conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
        if found != value {
            return Err(Error::internal(format!("{name} is {found}, not {value}")));
        }
    }
    Ok(())
}

/// One to write and two to read, on a file of today's schema.
#[derive(Debug)]
pub(super) struct Connections {
    writer: Writing,
    pub readers: [Connection; 2],
}

impl Connections {
    pub(super) fn open(path: &Path, options: OpenOptions) -> Result<Connections> {
        let writer = connect_checked(path, options)?;
        let found = migrate::version(&writer)?;
        if found > 0 && found < migrate::SCHEMA_VERSION {
            copy_before_migrating(&writer, path, found)?;
        }
        migrate::run(&writer, migrate::SCHEMA_VERSION)?;
        // The header must say whose file this is even if nothing else is ever written.
        writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        let readers = [connect(path, false, options)?, connect(path, false, options)?];
        Ok(Connections { writer: Writing::new(writer), readers })
    }
}

impl StudioFile {
    /// Makes a new, empty studio file. Refuses to touch anything that is already there.
    pub fn create(path: &Path, options: OpenOptions) -> Result<StudioFile> {
        let path = plain_path(path)?;
        share::refuse(&path)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let lock = Lock::take(&path)?;
        if let Err(error) = new_private_file(&path) {
            return Err(match error.kind() {
                std::io::ErrorKind::AlreadyExists => Error::Conflict { reason: "file_exists" },
                _ => error.into(),
            });
        }
        StudioFile::open_locked(path, options, lock)
    }

    /// Opens a studio's file and takes its lock. A file that is not ours, or newer than we are, is left untouched.
    pub fn open(path: &Path, options: OpenOptions) -> Result<StudioFile> {
        let path = plain_path(path)?;
        share::refuse(&path)?;
        // Looked at first, so that no lock file appears beside something that is not ours.
        match std::fs::symlink_metadata(&path) {
            Ok(about) if about.is_file() => {}
            _ if restore::is_decided(&path) => {}
            _ => inspect(&path)?,
        }
        let lock = Lock::take(&path)?;
        StudioFile::open_under(&path, options, lock)
    }

    /// As [`StudioFile::open`] for whoever has the lock already.
    pub(crate) fn open_under(path: &Path, options: OpenOptions, lock: Lock) -> Result<StudioFile> {
        let path = plain_path(path)?;
        if let Err(error) = restore::finish(&path).and_then(|()| inspect(&path)) {
            lock.abandon();
            return Err(error);
        }
        StudioFile::open_locked(path, options, lock)
    }

    fn open_locked(path: PathBuf, options: OpenOptions, mut lock: Lock) -> Result<StudioFile> {
        lock.sign(&path)?;
        let lost_log = look_over(&path)?;
        let connections = Connections::open(&path, options)?;
        Ok(StudioFile { lost_log, ..StudioFile::with(path, options, connections, None, Some(lock)) })
    }

    fn with(
        path: PathBuf,
        options: OpenOptions,
        connections: Connections,
        stand_in: Option<StandIn>,
        lock: Option<Lock>,
    ) -> StudioFile {
        let Connections { writer, readers } = connections;
        let identity = Mutex::new(identity(&path).ok());
        StudioFile {
            identity,
            path,
            options,
            writer: Mutex::new(writer),
            readers: readers.map(Mutex::new),
            retired: AtomicBool::new(false),
            stand_in: Mutex::new(stand_in),
            lock: Mutex::new(lock),
            lost_log: None,
        }
    }

    /// Opens a copy of a file that cannot be opened as usual, made in `folder`. Whoever may lock the file does.
    pub(crate) fn open_halted(path: &Path, folder: &Path, halt: Halt) -> Result<StudioFile> {
        let path = plain_path(path)?;
        let lock = match halt {
            // Any number may look into it; a lock beside it would be one more thing on the shelf.
            Halt::Backup => None,
            _ => match Lock::take(&path) {
                Ok(lock) => Some(lock),
                Err(error @ Error::FileInUse { .. }) => return Err(error),
                Err(_) => None,
            },
        };
        let options = OpenOptions::default();
        let (stand_in, connections) = StandIn::make(&path, folder, halt, options)?;
        Ok(StudioFile::with(path, options, connections, Some(stand_in), lock))
    }

    /// Opens what is left of a file that was cut off and has no backup, to be taken out.
    pub(crate) fn open_rest(path: &Path, folder: &Path) -> Result<StudioFile> {
        let path = plain_path(path)?;
        let lock = Lock::take(&path)?;
        let options = OpenOptions::default();
        let (stand_in, connections) = StandIn::rest(&path, folder, options)?;
        Ok(StudioFile::with(path, options, connections, Some(stand_in), Some(lock)))
    }

    /// Why nothing can be changed, if so; and the time of the backup that is shown instead, if one is.
    pub(crate) fn halted(&self) -> Option<(Halt, Option<Millis>)> {
        hold(&self.stand_in).as_ref().map(|stand_in| (stand_in.halt, stand_in.as_of))
    }

    /// Lets go of the file and goes on with a copy of it, made in `folder`, that takes no change.
    #[allow(clippy::disallowed_methods)] // What stands in for the closed connections holds nothing.
    pub(crate) fn halt(&self, folder: &Path, halt: Halt) -> Result<()> {
        let mut writer = hold(&self.writer);
        let mut first = hold(&self.readers[0]);
        let mut second = hold(&self.readers[1]);
        self.check_there()?;
        let mut stand_in = hold(&self.stand_in);
        if stand_in.is_some() {
            return Ok(());
        }
        *first = Connection::open_in_memory()?;
        *second = Connection::open_in_memory()?;
        *writer = Writing::new(Connection::open_in_memory()?);
        let (made, connections) = match StandIn::make(&self.path, folder, halt, self.options) {
            Ok((made, connections)) => (Ok(Some(made)), connections),
            // Nothing to stand in: what can be read of the file itself is better than nothing.
            Err(error) => (Err(error), Connections::open(&self.path, self.options)?),
        };
        let Connections { writer: new, readers: [one, other] } = connections;
        (*writer, *first, *second) = (new, one, other);
        *stand_in = made?;
        Ok(())
    }

    /// Goes back to the file itself once it can be written again.
    pub(crate) fn recover(&self) -> Result<()> {
        let mut writer = hold(&self.writer);
        let mut first = hold(&self.readers[0]);
        let mut second = hold(&self.readers[1]);
        let mut stand_in = hold(&self.stand_in);
        self.check_there()?;
        if stand_in.is_none() {
            return Ok(());
        }
        // Nothing here has it open, so that a second handle drops no locks.
        std::fs::OpenOptions::new().write(true).open(&self.path)?;
        self.probe()?;
        let mut lock = hold(&self.lock);
        if lock.is_none() {
            *lock = Some(Lock::take(&self.path)?);
        }
        if let Some(lock) = lock.as_mut() {
            lock.sign(&self.path)?;
        }
        let Connections { writer: new, readers: [one, other] } = Connections::open(&self.path, self.options)?;
        (*writer, *first, *second) = (new, one, other);
        *stand_in = None;
        *hold(&self.identity) = identity(&self.path).ok();
        Ok(())
    }

    /// Whether the file that is open is still the one of its name: not deleted, not replaced by another.
    pub(crate) fn is_in_place(&self) -> bool {
        self.halted().is_some() || identity(&self.path).ok() == *hold(&self.identity)
    }

    /// Whether something can be written beside the file.
    pub(crate) fn probe(&self) -> Result<()> {
        let probe = with_ending(&self.path, ".probe");
        std::fs::write(&probe, [])?;
        Ok(std::fs::remove_file(probe)?)
    }

    /// Looks its pages over. What is wrong with them.
    pub(crate) fn look_over(&self) -> Vec<String> {
        match self.read(|conn| verify::check(conn, &self.pictures(), Depth::Pages)) {
            Ok(report) => {
                report.problems.into_iter().filter(|problem| problem.starts_with("pages")).collect()
            }
            Err(error) => vec![format!("pages: {error}")],
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn lost_log(&self) -> Option<&LostLog> {
        self.lost_log.as_ref()
    }

    /// Whether looking it over takes too long for somebody who wants to sign in.
    pub(crate) fn is_large(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|about| about.len() > LARGE)
    }

    /// The folder of pictures that belongs to the file.
    pub(crate) fn pictures(&self) -> Pictures {
        match self.halted() {
            Some((Halt::Backup, _)) => Shelf::at(self.path.parent().unwrap_or(Path::new("/"))).pictures(),
            _ => Pictures::beside(&self.path),
        }
    }

    /// One more connection that reads, for what takes long and must keep nobody from reading.
    pub(super) fn connect_beside(&self) -> Result<Connection> {
        self.check_there()?;
        if !self.is_in_place() {
            return Err(Error::Gone);
        }
        let path = hold(&self.stand_in).as_ref().map_or(self.path.clone(), StandIn::file);
        connect(&path, false, self.options)
    }

    /// Runs `look` on one snapshot of the file.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut conn = match self.readers[0].try_lock() {
            Ok(free) => free,
            Err(_) => hold(&self.readers[1]),
        };
        self.check_there()?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let seen = look(&tx)?;
        tx.finish()?;
        Ok(seen)
    }

    /// Runs `change` in one transaction: all of it or nothing.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let mut writer = hold(&self.writer);
        self.check_there()?;
        if !self.is_in_place() {
            // What is written to a file that has lost its name is gone when the program ends.
            return Err(Error::Gone);
        }
        writer.transact(change)
    }

    fn check_there(&self) -> Result<()> {
        if self.retired.load(Ordering::SeqCst) { Err(Error::NoSession) } else { Ok(()) }
    }

    /// Copies the file whole, as it is now, through SQLite's own backup, and its pictures. The copy appears when it is
    /// finished.
    pub(crate) fn copy_to(&self, target: &Path) -> Result<()> {
        let conn = hold(&self.readers[1]);
        self.check_there()?;
        // Before and after: neither one that is added meanwhile nor one that goes meanwhile is missing in the copy.
        self.pictures().copy_to(target)?;
        copy(&conn, target)?;
        self.pictures().copy_to(target)
    }

    /// Opens a copy that nobody else knows of yet and checks everything in it.
    pub(crate) fn check_copy(path: &Path) -> Result<super::verify::Report> {
        let copy = StudioFile::open(path, OpenOptions::default())?;
        let report = super::verify::verify(&copy)?;
        drop(copy);
        std::fs::remove_file(with_ending(path, ".lock"))?;
        Ok(report)
    }

    /// Closes the file for everybody who has it open here, its log folded in, so that it can be moved. Hands the lock
    /// out; dropped, it is let go of.
    #[allow(clippy::disallowed_methods)] // What stands in for the closed connections holds nothing.
    pub(crate) fn retire(&self) -> Result<Lock> {
        let mut writer = hold(&self.writer);
        let mut first = hold(&self.readers[0]);
        let mut second = hold(&self.readers[1]);
        let lock = match hold(&self.lock).take() {
            Some(lock) => lock,
            None => Lock::take(&self.path)?,
        };
        self.retired.store(true, Ordering::SeqCst);
        *first = Connection::open_in_memory()?;
        *second = Connection::open_in_memory()?;
        *writer = Writing::new(Connection::open_in_memory()?);
        Ok(lock)
    }

    /// After an I/O error nothing is known about the last commit: opens the connections anew, so that what is read
    /// next is what the disk holds.
    pub(crate) fn reopen(&self) -> Result<()> {
        let mut writer = hold(&self.writer);
        let mut first = hold(&self.readers[0]);
        let mut second = hold(&self.readers[1]);
        let path = hold(&self.stand_in).as_ref().map_or(self.path.clone(), StandIn::file);
        *writer = Writing::new(connect(&path, true, self.options)?);
        *first = connect(&path, false, self.options)?;
        *second = connect(&path, false, self.options)?;
        Ok(())
    }
}

/// A panic inside a command rolled its transaction back when the guard unwound: the connection itself is sound.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An empty file that only its owner may read.
pub(super) fn new_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.sync_all()
}

/// A copy of the file as it was, through SQLite's own backup, before its schema changes.
fn copy_before_migrating(conn: &Connection, path: &Path, version: i64) -> Result<()> {
    let target = with_ending(path, &format!(".before-v{}", version + 1));
    if target.exists() {
        // An earlier attempt already kept the file as it was; a later state must not replace it.
        return Ok(());
    }
    copy(conn, &target)
}

/// A copy through SQLite's own backup, written beside and renamed when it is whole.
fn copy(conn: &Connection, target: &Path) -> Result<()> {
    let part = with_ending(target, ".part");
    copy_database(conn, &part, &|| true)?;
    Ok(std::fs::rename(&part, target)?)
}
