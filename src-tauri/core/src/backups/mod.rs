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
}

/// An operator's backup into a folder of their choosing, with everything in it recomputed; journaled as "command line".
pub fn back_up(desk: &Desk, folder: &Path) -> Result<BackedUp> {
    let studio = desk.studio()?;
    desk.operate("backups.make", |_| Ok(()))?;
    let (file, backup) = studio.keeper.back_up_to(folder)?;
    let note = backup.note;
    Ok(BackedUp { file, sales: note.counts.sales, pictures: note.counts.pictures, head: note.head })
}
