//! SQLite's log beside a file that was not closed, looked over before SQLite does (F11).
//!
//! SQLite plays the log up to the first frame whose checksum is wrong and forgets the rest. After a power cut that is one
//! transaction that nobody was told is done. When whole transactions lie behind such a frame, it is not: the disk lost
//! something, and with it work that was acknowledged.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::backup::{copy_bytes, with_ending};
use crate::error::Result;

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The last bit says in which order the numbers were written that are summed up.
const MAGIC: u32 = 0x377F_0682;
/// Behind a frame that does not hold: one transaction may have been on its way when the power went.
const ENOUGH: usize = 2;

fn kept_beside(file: &Path) -> PathBuf {
    with_ending(file, ".damaged-wal-")
}

/// A log of which a part cannot be played any more.
#[derive(Debug, Clone)]
pub(crate) struct LostLog {
    /// At least so many transactions are not in the file.
    pub transactions: usize,
    /// Where the log lies as it was.
    pub kept: PathBuf,
}

/// Looks a log over that was left behind, and puts a copy aside when work is lost with it. Only for whoever holds the
/// studio's lock, and before SQLite opens the file.
pub(super) fn look_over(file: &Path) -> Result<Option<LostLog>> {
    let log = with_ending(file, "-wal");
    let opened = match File::open(&log) {
        Ok(opened) => opened,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let written = opened.metadata()?.modified().ok();
    let transactions = Log::new(opened).count_lost()?;
    if transactions < ENOUGH {
        return Ok(None);
    }
    // Of the log's own time: whoever opens it again keeps it once.
    let written = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let millis = written.and_then(|at| i64::try_from(at.as_millis()).ok()).unwrap_or_default();
    let time = chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
    let mut kept = kept_beside(file).into_os_string();
    kept.push(time.format("%Y-%m-%d-%H-%M-%S").to_string());
    let kept = PathBuf::from(kept);
    if !kept.exists() {
        let part = with_ending(&kept, ".part");
        copy_bytes(&log, &part, &|| true)?;
        std::fs::rename(&part, &kept)?;
    }
    log::error!(
        "at least {transactions} transactions are lost: the log is damaged, and kept as {}",
        kept.display()
    );
    Ok(Some(LostLog { transactions, kept }))
}

/// Logs that lie beside a file since work was lost with them.
pub(crate) fn kept(file: &Path) -> Vec<PathBuf> {
    let beside = kept_beside(file);
    let begins = beside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let entries = file.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    let mut found: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&begins) && !name.ends_with(".part")
        })
        .collect();
    found.sort();
    found
}

/// The sum that goes on from frame to frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    big_endian: bool,
    sums: [u32; 2],
}

impl Sum {
    fn feed(&mut self, bytes: &[u8]) {
        for pair in bytes.chunks_exact(8) {
            let number = |at: usize| {
                let word = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
                if self.big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
            };
            let (one, other) = (number(0), number(4));
            self.sums[0] = self.sums[0].wrapping_add(one).wrapping_add(self.sums[1]);
            self.sums[1] = self.sums[1].wrapping_add(other).wrapping_add(self.sums[0]);
        }
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes)
}

struct Log {
    file: BufReader<File>,
}

impl Log {
    fn new(file: File) -> Log {
        Log { file: BufReader::with_capacity(256 * 1024, file) }
    }

    /// Fills all of it; false at the end.
    fn read(&mut self, into: &mut [u8]) -> Result<bool> {
        match self.file.read_exact(into) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// How many transactions end behind the first frame that does not hold.
    fn count_lost(&mut self) -> Result<usize> {
        let mut header = [0; HEADER];
        if !self.read(&mut header)? {
            return Ok(0);
        }
        let magic = word(&header, 0);
        let mut sum = Sum { big_endian: magic & 1 == 1, sums: [0, 0] };
        sum.feed(&header[..24]);
        let size = usize::try_from(word(&header, 8)).unwrap_or(0);
        let holds = magic & !1 == MAGIC && sum.sums == [word(&header, 24), word(&header, 28)];
        if !(512..=65_536).contains(&size) || !size.is_power_of_two() {
            return Ok(0);
        }
        let mut salts = holds.then(|| (word(&header, 16), word(&header, 20)));
        let mut whole = holds;
        let mut lost = 0;
        let mut frame = [0; FRAME];
        let mut page = vec![0; size];
        while self.read(&mut frame)? {
            let of = (word(&frame, 8), word(&frame, 12));
            if whole {
                if !self.read(&mut page)? {
                    break;
                }
                sum.feed(&frame[..8]);
                sum.feed(&page);
                whole = Some(of) == salts && sum.sums == [word(&frame, 16), word(&frame, 20)];
                if whole {
                    continue;
                }
                // It is not behind itself, though it may have ended a transaction.
            } else {
                self.file.seek_relative(i64::try_from(size).unwrap_or(0))?;
                // Without a header that holds: those of the log's first frame.
                let ends = *salts.get_or_insert(of) == of && word(&frame, 4) > 0;
                lost += usize::from(ends);
            }
        }
        Ok(lost)
    }
}
