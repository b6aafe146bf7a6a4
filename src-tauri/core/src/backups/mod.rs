//! Backups: when one is due, which are kept, a second place for them, trying one out, and bringing one back (T054, T103,
//! P11).
//!
//! The copying itself is `storage::backup`. What is remembered about a studio's backups lies with this computer's
//! settings, not in the file: the second folder is a drive of this computer, and a file that is put back must not bring
//! back what was known of its backups.

pub(crate) mod commands;
mod damage;
mod keeper;
mod restore;
pub(crate) mod store;
mod thin;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::door::Desk;
use crate::error::{Error, Result};
use crate::paths::Place;
use crate::storage::Halt;
use crate::storage::backup::Source;

pub(crate) use keeper::Keeper;
pub use restore::{RestoredFile, restore};

/// What this computer remembers of a studio's backups.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    /// Where each backup goes as well.
    second: Option<String>,
    /// When a backup was last tried out, and whether it held.
    tested_at: Option<Millis>,
    tested_well: bool,
    /// The file that a check of everything found damaged; it takes no change until it holds again.
    damaged: Option<String>,
}

/// Whether a check of everything found this file damaged.
pub(crate) fn is_marked_damaged(place: &Place, studio: &str, file: &Path) -> bool {
    Memory::read(place, studio).damaged.is_some_and(|marked| Path::new(&marked) == file)
}

impl Memory {
    /// What cannot be read is as if it had never been set.
    fn read(place: &Place, studio: &str) -> Memory {
        let text = std::fs::read_to_string(place.backups(studio)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn put(&self, place: &Place, studio: &str) -> Result<()> {
        Place::put(&place.backups(studio), &serde_json::to_string_pretty(self).map_err(Error::internal)?)
    }
}

/// What an operator's backup holds.
#[derive(Debug)]
pub struct BackedUp {
    pub file: PathBuf,
    pub sales: i64,
    pub pictures: i64,
    /// Where its chain ends: sequence and hash.
    pub head: (i64, String),
    /// Pictures that were lost already, by their hashes: everything else is in it.
    pub pictures_lost: Vec<String>,
    /// The sums that reports read were wrong: everything they are made from holds.
    pub figures_wrong: bool,
}

/// An operator's backup into a folder of their choosing, with everything in it recomputed; journaled as "command line".
pub fn back_up(desk: &Desk, folder: &Path) -> Result<BackedUp> {
    let studio = desk.studio()?;
    match studio.file.halted() {
        None => desk.operate("backups.make", |_| Ok(()))?,
        // Nothing of it can be written down there. It is whole all the same.
        Some((Halt::ReadOnly, _)) => log::warn!("the backup is not in the journal: the file is read only"),
        Some((Halt::Backup, _)) => return Err(Error::invalid("file", "a backup")),
        Some((halt, _)) => return Err(halt.error()),
    }
    let source = || match studio.file.halted() {
        None => Source::open(studio.file.path()),
        Some(_) => Source::of(&studio.file),
    };
    let (file, backup) = studio.keeper.back_up_to(folder, source)?;
    let note = backup.note;
    Ok(BackedUp {
        file,
        sales: note.counts.sales,
        pictures: note.counts.pictures,
        head: note.head,
        pictures_lost: note.missing.into_iter().collect(),
        figures_wrong: note.figures_wrong,
    })
}
