//! The end of a file's chain as this computer keeps it outside the file (D26): an older copy in the file's place shows.
//!
//! A studio may lie here more than once: a copy to look at, a backup brought back beside it. Each file has an end of its
//! own, so that what is done with one does not make the other look put back. A file that none is kept of must be as new
//! as one that is: it was moved here, or copied.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::journal::Head;
use crate::error::{Error, Result};
use crate::paths::Place;
use crate::storage::seal;

/// Where a chain ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct End {
    pub seq: i64,
    pub hash: String,
    /// While a backup takes the file's place: where that one's chain ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    or: Option<Box<End>>,
}

impl From<&Head> for End {
    fn from(head: &Head) -> End {
        End { seq: head.seq, hash: seal::hex(&head.hash), or: None }
    }
}

impl End {
    fn lies_in(&self, conn: &Connection) -> Result<bool> {
        if let Some(other) = &self.or
            && other.lies_in(conn)?
        {
            return Ok(true);
        }
        let found: Option<Vec<u8>> = crate::storage::Reader::new(conn).maybe(
            "SELECT hash FROM journal WHERE seq = ?1",
            [self.seq],
            |row| row.get(0),
        )?;
        let found = found.and_then(|hash| <[u8; 32]>::try_from(hash).ok());
        Ok(self.seq == 0 || found.is_some_and(|hash| seal::hex(&hash) == self.hash))
    }
}

/// What is found of a kept end in a file's chain; with its sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// None is kept of this file.
    None,
    Holds(i64),
    Broken(i64),
}

/// What is kept on disk.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    Files {
        files: BTreeMap<String, End>,
    },
    /// From when there was one for all files of a studio.
    Studio(End),
}

/// The ends that are kept of one studio's files, as seen from one of them.
#[derive(Debug)]
pub(crate) struct Anchor {
    kept_in: PathBuf,
    file: String,
    files: BTreeMap<String, End>,
}

impl Anchor {
    pub fn read(place: &Place, studio: &str, file: &Path) -> Result<Anchor> {
        let kept_in = place.anchor(studio);
        let files = match std::fs::read_to_string(&kept_in) {
            Ok(text) => match serde_json::from_str(&text) {
                Ok(Kept::Files { files }) => files,
                // At no place, so that it counts as gone from one.
                Ok(Kept::Studio(end)) => BTreeMap::from([(String::new(), end)]),
                Err(_) => BTreeMap::new(),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Anchor { kept_in, file: file.to_string_lossy().into_owned(), files })
    }

    /// The ends of the other files, the last first, and whether that file is gone from its place.
    fn others(&self) -> Vec<(&str, &End, bool)> {
        let gone = |place: &str| !Path::new(place).try_exists().unwrap_or(true);
        let others = self.files.iter().filter(|(place, _)| **place != self.file);
        let mut ends: Vec<_> = others.map(|(place, end)| (place.as_str(), end, gone(place))).collect();
        ends.sort_by_key(|(_, end, _)| std::cmp::Reverse(end.seq));
        ends
    }

    /// The end that is kept of this file, or else the last of any.
    pub fn end(&self) -> Option<&End> {
        self.files.get(&self.file).or_else(|| self.others().first().map(|(_, end, _)| *end))
    }

    /// What this file's chain says to it.
    pub fn find(&self, conn: &Connection) -> Result<Found> {
        if let Some(end) = self.files.get(&self.file) {
            return Ok(if end.lies_in(conn)? { Found::Holds(end.seq) } else { Found::Broken(end.seq) });
        }
        let others = self.others();
        let mut copied = false;
        for (_, end, gone) in &others {
            if end.lies_in(conn)? {
                if *gone {
                    return Ok(Found::Holds(end.seq));
                }
                copied = true;
            }
        }
        Ok(match others.first() {
            Some((_, last, _)) if !copied => Found::Broken(last.seq),
            _ => Found::None,
        })
    }

    /// Keeps the end of this file's chain, in place of those of the files that it was before it was moved.
    pub fn keep(mut self, conn: &Connection) -> Result<()> {
        let mut was = Vec::new();
        for (place, end, gone) in self.others() {
            if gone && end.lies_in(conn)? {
                was.push(place.to_owned());
            }
        }
        for place in was {
            self.files.remove(&place);
        }
        let end = End::from(&Head::read(conn)?.0);
        self.files.insert(self.file.clone(), end);
        let (kept_in, text) = self.written()?;
        Place::put_over(&kept_in, &text)
    }

    /// Has what is kept hold for the file that is, and for the one about to take its place: whichever is there after a
    /// kill is the right one. An older copy that is put back is still neither. Where no end is kept, none is kept of what
    /// is coming either: should it not come, the file that is would be taken for an older copy.
    pub fn expect(mut self, coming: End) -> Result<()> {
        let known = match self.files.get(&self.file) {
            Some(own) => vec![own.clone()],
            None => self.others().into_iter().map(|(_, end, _)| end.clone()).collect(),
        };
        if known.is_empty() {
            return Ok(());
        }
        let either = known.into_iter().fold(coming, |or, end| End { or: Some(Box::new(or)), ..end });
        self.files.insert(self.file.clone(), either);
        // On the disk before the file is: an earlier end would take the new file for an older copy.
        let (kept_in, text) = self.written()?;
        Place::put(&kept_in, &text)
    }

    fn written(self) -> Result<(PathBuf, String)> {
        let text = serde_json::to_string(&Kept::Files { files: self.files }).map_err(Error::internal)?;
        Ok((self.kept_in, text))
    }
}
