//! Putting a backup in the place of a studio's file.
//!
//! The new file is made whole beside the old one first. Giving it its name `<file>.restored` decides the restore; what
//! is left to do then is renaming, and whoever opens the file next does what was not done. A kill at any moment leaves
//! the old file or the new one, whole.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::file::{OpenOptions, connect, inspect};
use super::lock::Lock;
use super::migrate;
use super::pictures::{Pictures, flush_folder, remove_if_there};
use super::standing::{Tx, Writing};
use super::verify::{Depth, Report, check};
use super::{Reader, backup};
use crate::error::{Error, Result};
use backup::with_ending;

/// What SQLite itself keeps beside a file that is open.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

fn preparing(file: &Path) -> PathBuf {
    with_ending(file, ".restoring")
}

fn decided(file: &Path) -> PathBuf {
    with_ending(file, ".restored")
}

/// Where the file goes that another takes the place of.
pub(crate) fn replaced(file: &Path) -> PathBuf {
    with_ending(file, ".replaced")
}

fn remove_with_logs(file: &Path) -> Result<()> {
    LOGS.iter().try_for_each(|log| remove_if_there(&with_ending(file, log)))?;
    remove_if_there(file)
}

/// A backup made into a file of today's schema, not yet in anybody's place. Dropped, it is gone again.
#[derive(Debug)]
pub(crate) struct Ready {
    path: PathBuf,
    conn: Option<Writing>,
}

impl Drop for Ready {
    fn drop(&mut self) {
        self.conn = None;
        if let Err(error) = remove_with_logs(&self.path) {
            log::warn!("part of a restore left behind: {error}");
        }
    }
}

/// Whether a restore was decided for this file and not yet carried out.
pub(super) fn is_decided(file: &Path) -> bool {
    decided(file).exists()
}

/// Carries out what was decided, and takes away what was not. Only for whoever holds the studio's lock, and before
/// SQLite opens the file.
pub(super) fn finish(file: &Path) -> Result<()> {
    remove_with_logs(&preparing(file))?;
    if !is_decided(file) {
        return Ok(());
    }
    let aside = replaced(file);
    // Its log first, which may be there without it: beside the new file it would be played into it.
    let log = with_ending(file, "-wal");
    if log.exists() {
        fs::rename(log, with_ending(&aside, "-wal"))?;
    }
    for log in ["-shm", "-journal"] {
        remove_if_there(&with_ending(file, log))?;
    }
    if file.exists() {
        fs::rename(file, &aside)?;
    }
    fs::rename(decided(file), file)?;
    flush_folder(file.parent().unwrap_or(Path::new(".")))
}

/// Takes away the file that was replaced, once a backup holds everything that was in it.
pub(crate) fn forget_replaced(file: &Path) -> Result<()> {
    remove_with_logs(&replaced(file))
}

/// A flipped bit makes SQLite say all kinds of things, such as a format that it does not know or nothing where there is
/// always something.
pub(crate) fn unreadable(error: Error) -> Error {
    match error {
        Error::Internal(told) => Error::Damaged(told),
        other => other,
    }
}

/// The studio a backup is of, with nothing of it trusted yet.
pub(crate) fn look_into(backup: &Path) -> Result<String> {
    inspect(backup)?;
    let looked = connect(backup, false, OpenOptions::default()).and_then(|conn| {
        migrate::check_schema(&conn)?;
        crate::studio::store::studio_id(&conn)
    });
    looked.map_err(unreadable)
}

/// Copies a backup to where the new file is made, for `file`, and brings it to today's schema. The backup itself is
/// only read.
pub(crate) fn prepare(backup: &Path, file: &Path) -> Result<Ready> {
    inspect(backup)?;
    let path = preparing(file);
    remove_with_logs(&path)?;
    let mut ready = Ready { path, conn: None };
    {
        let conn = connect(backup, false, OpenOptions::default())?;
        migrate::check_schema(&conn)?;
        backup::copy_database(&conn, &ready.path, &|| true)?;
    }
    let conn = connect(&ready.path, true, OpenOptions::default())?;
    migrate::run(&conn, migrate::SCHEMA_VERSION)?;
    ready.conn = Some(Writing::new(conn));
    Ok(ready)
}

impl Ready {
    fn conn(&self) -> Result<&Connection> {
        self.conn.as_ref().map(Writing::conn).ok_or_else(|| Error::internal("a restore that is over"))
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(Reader<'_>) -> Result<T>) -> Result<T> {
        look(Reader::new(self.conn()?))
    }

    pub(crate) fn write<T>(&mut self, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.conn.as_mut().ok_or_else(|| Error::internal("a restore that is over"))?.transact(change)
    }

    /// Recomputes everything in it, with its pictures in this folder.
    pub(crate) fn check(&self, pictures: &Pictures) -> Result<Report> {
        check(self.conn()?, pictures, Depth::Whole)
    }

    /// Puts it in the file's place, for whoever holds the lock and has closed the file.
    pub(crate) fn take_place(mut self, file: &Path, _lock: &Lock) -> Result<()> {
        let conn = self.conn.take().ok_or_else(|| Error::internal("a restore that is over"))?;
        // Folds its log in: the file alone is the studio.
        conn.into_conn().close().map_err(|(_, error)| error)?;
        let done = fs::OpenOptions::new().write(true).open(&self.path)?;
        done.sync_all()?;
        drop(done);
        forget_replaced(file)?;
        flush_folder(file.parent().unwrap_or(Path::new(".")))?;
        fs::rename(&self.path, decided(file))?;
        flush_folder(file.parent().unwrap_or(Path::new(".")))?;
        finish(file)
    }
}
