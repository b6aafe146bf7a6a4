//! What is open in place of a file that cannot be written, is damaged or gone, and of a backup: a copy of it that takes
//! what the desk itself must write, such as who signed in, and is thrown away afterwards. The file is left as it is.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use super::backup::{Shelf, copy_bytes, with_ending};
use super::file::{Connections, OpenOptions};
use super::log::page_size;
use super::migrate::FOREIGN;
use super::pictures::make_folder;
use crate::clock::Millis;
use crate::error::{Code, Error, Result};

/// Why nothing can be changed in an open studio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// The file, its folder or the whole drive may not be written to.
    ReadOnly,
    /// The file cannot be read as it was written.
    Damaged,
    /// The file is not at its place; its backups are.
    Gone,
    /// The file is a backup: one that was worked in would no longer be the one that was written.
    Backup,
}

impl Halt {
    /// Why a file that gave this error cannot be opened as usual, if a copy of it could be looked at instead.
    pub(crate) fn of(error: &Error, file: &Path) -> Option<Halt> {
        match error {
            Error::Damaged(_) => Some(Halt::Damaged),
            // Cut off or written over: only a studio has backups beside it.
            Error::NotAStudio("not a database" | "too short" | FOREIGN) if has_backups(file) => {
                Some(Halt::Damaged)
            }
            Error::NotFound { what: "studio" } if has_backups(file) => Some(Halt::Gone),
            _ if error.code() == Code::ReadOnly => Some(Halt::ReadOnly),
            _ => None,
        }
    }

    /// What a change is told.
    pub(crate) fn error(self) -> Error {
        match self {
            Halt::ReadOnly | Halt::Backup => Error::ReadOnly,
            Halt::Damaged => Error::Damaged("nothing is changed until a backup is restored".to_owned()),
            Halt::Gone => Error::Gone,
        }
    }
}

fn has_backups(file: &Path) -> bool {
    Shelf::beside(file).list().is_ok_and(|backups| !backups.is_empty())
}

/// The copy. Dropped, it is gone.
#[derive(Debug)]
pub(super) struct StandIn {
    pub halt: Halt,
    folder: PathBuf,
    /// It is a backup of this time, since that is what was opened or the file itself cannot be read at all.
    pub as_of: Option<Millis>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder)
            && error.kind() != ErrorKind::NotFound
        {
            log::warn!("a copy that stood in was left behind: {error}");
        }
    }
}

impl StandIn {
    /// Copies `file`, which nothing here has open, into a folder of its own and opens the copy. Where it is beyond
    /// reading, the newest backup stands in.
    pub(super) fn make(
        file: &Path,
        folder: &Path,
        halt: Halt,
        options: OpenOptions,
    ) -> Result<(StandIn, Connections)> {
        let shelf = Shelf::beside(file);
        let backups = match halt {
            Halt::Damaged | Halt::Gone => shelf.list().unwrap_or_default(),
            Halt::ReadOnly | Halt::Backup => Vec::new(),
        };
        let earlier = backups.iter().map(|backup| (shelf.file(&backup.name), Some(backup.note.at)));
        let known = if halt == Halt::Backup { Shelf::holding(file)? } else { None };
        let itself = (halt != Halt::Gone).then(|| (file.to_owned(), known.map(|(_, backup)| backup.note.at)));
        let mut failed = None;
        for (from, as_of) in itself.into_iter().chain(earlier).take(4) {
            let stand_in = StandIn { halt, folder: folder.to_owned(), as_of };
            match stand_in.fill(&from).and_then(|()| stand_in.open(options)) {
                Ok(connections) => return Ok((stand_in, connections)),
                Err(error) => {
                    failed.get_or_insert(error);
                }
            }
        }
        Err(failed.unwrap_or_else(|| halt.error()))
    }

    /// What is left of a file that was cut off, for whoever takes it out: nobody can sign in to it, since what was written
    /// last lies at its end.
    pub(super) fn rest(file: &Path, folder: &Path, options: OpenOptions) -> Result<(StandIn, Connections)> {
        let stand_in = StandIn { halt: Halt::Damaged, folder: folder.to_owned(), as_of: None };
        stand_in.fill(file)?;
        stand_in.lengthen()?;
        let connections = stand_in.open(options)?;
        Ok((stand_in, connections))
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.join("studio.inkpoint")
    }

    fn fill(&self, from: &Path) -> Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        make_folder(&self.folder)?;
        copy_bytes(from, &self.file(), &|| true)?;
        let log = with_ending(from, "-wal");
        if log.exists() {
            copy_bytes(&log, &with_ending(&self.file(), "-wal"), &|| true)?;
        }
        Ok(())
    }

    /// Makes the copy as long as it says it is: SQLite reads nothing of a shorter one. Pages that are not there are empty,
    /// and told to be damaged.
    fn lengthen(&self) -> Result<()> {
        let mut copy = fs::OpenOptions::new().read(true).write(true).open(self.file())?;
        let mut header = [0; 32];
        copy.read_exact(&mut header)?;
        let size = page_size(&self.file()).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
        let whole = size * u64::from(u32::from_be_bytes([header[28], header[29], header[30], header[31]]));
        let there = copy.metadata()?.len();
        // Half of it, or its header is wrong too.
        if there < whole && whole <= there * 2 {
            copy.set_len(whole)?;
        }
        Ok(())
    }

    /// One that nobody could sign in to is of no use.
    fn open(&self, options: OpenOptions) -> Result<Connections> {
        let connections = Connections::open(&self.file(), options)?;
        crate::studio::store::studio_id(&connections.readers[0])?;
        crate::studio::store::settings(super::Reader::new(&connections.readers[0]))?;
        Ok(connections)
    }
}
