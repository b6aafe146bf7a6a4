//! SQLite's log beside a file that was not closed, looked over before SQLite does (F11).
//!
//! SQLite plays the log up to the first frame whose checksum is wrong and forgets the rest. After a power cut that is one
//! transaction that nobody was told is done. When whole transactions lie behind such a frame, it is not: the disk lost
//! something, and with it work that was acknowledged; unless that work had reached the file itself by then, which keeps
//! its log until the next change. A log without a header that holds it forgets whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::backup::{copy_bytes, with_ending};
use super::pictures::remove_if_there;
use crate::error::Result;

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The last bit says in which order the numbers were written that are summed up.
const MAGIC: u32 = 0x377F_0682;
/// Behind a frame that does not hold: one transaction may have been on its way when the power went. Without a header each
/// one counts: it is on the disk before any frame.
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
    let Some(mut left) = Log::new(opened).read_all(page_size(file))? else { return Ok(None) };
    if left.behind() == 0 {
        return Ok(None);
    }
    let reached = left.reached(file)?;
    let transactions = left.ends() - reached.max(left.played());
    // What SQLite would play is older than what the file has by now: pages of two days side by side.
    let in_the_way = reached > left.played() && left.holds;
    let enough = if left.holds && !in_the_way { ENOUGH } else { 1 };
    let kept = if transactions < enough { None } else { Some(keep(file, &log, written)?) };
    if in_the_way {
        log::warn!("the log is damaged, and the file has more than could be played of it: it is put away");
        remove_if_there(&log)?;
    }
    Ok(kept.map(|kept| {
        log::error!(
            "at least {transactions} transactions are lost: the log is damaged, and kept as {}",
            kept.display()
        );
        LostLog { transactions, kept }
    }))
}

/// Puts a copy of a log aside.
fn keep(file: &Path, log: &Path, written: Option<std::time::SystemTime>) -> Result<PathBuf> {
    // Of the log's own time: whoever opens it again keeps it once.
    let written = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let millis = written.and_then(|at| i64::try_from(at.as_millis()).ok()).unwrap_or_default();
    let time = chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
    let mut kept = kept_beside(file).into_os_string();
    kept.push(time.format("%Y-%m-%d-%H-%M-%S").to_string());
    let kept = PathBuf::from(kept);
    if !kept.exists() {
        let part = with_ending(&kept, ".part");
        copy_bytes(log, &part, &|| true)?;
        std::fs::rename(&part, &kept)?;
    }
    Ok(kept)
}

/// Of the studio's file, which says it too: the log's header may not.
pub(super) fn page_size(file: &Path) -> Option<usize> {
    let mut start = [0; 18];
    File::open(file).and_then(|mut file| file.read_exact(&mut start)).ok()?;
    match u16::from_be_bytes([start[16], start[17]]) {
        1 => Some(65_536),
        size => Some(usize::from(size)),
    }
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

/// A page as a transaction left it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    page: u32,
    /// Where its bytes begin in the log.
    at: u64,
    /// Pages of the file after it, when a transaction ends with it.
    ends: Option<u32>,
    /// Its checksum goes on from the one before it: its bytes are those that were written.
    known: bool,
}

/// What is left in a log of those transactions that SQLite would play if it were whole.
struct Left {
    log: File,
    size: usize,
    /// Whether its header does.
    holds: bool,
    /// In their order.
    frames: Vec<Frame>,
    /// So many of them are played.
    plays: usize,
}

impl Left {
    fn ends(&self) -> usize {
        self.frames.iter().filter(|frame| frame.ends.is_some()).count()
    }

    /// Transactions that are played.
    fn played(&self) -> usize {
        self.frames.iter().take(self.plays).filter(|frame| frame.ends.is_some()).count()
    }

    /// Transactions that are not.
    fn behind(&self) -> usize {
        self.ends() - self.played()
    }

    fn bytes(&mut self, at: u64) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.size];
        self.log.seek(SeekFrom::Start(at))?;
        self.log.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// How many transactions the file itself has: it is as one of them left it, for what is known of each page that they
    /// wrote. Only one that is seen to be there counts.
    fn reached(&mut self, file: &Path) -> Result<usize> {
        let many = self.ends();
        let pages = self.frames.iter().rev().find_map(|frame| frame.ends).unwrap_or(0);
        let mut written: BTreeMap<u32, Vec<(usize, u64)>> = BTreeMap::new();
        let mut done = 0;
        for frame in &self.frames {
            // What no transaction ended is played by nobody.
            if frame.known && done < many && (1..=pages).contains(&frame.page) {
                written.entry(frame.page).or_default().push((done + 1, frame.at));
            }
            done += usize::from(frame.ends.is_some());
        }
        let mut file = File::open(file)?;
        let (mut agree, mut seen) = (vec![0; many + 1], vec![false; many + 1]);
        for (page, versions) in &written {
            let mut there = vec![0; self.size];
            let start = u64::from(page - 1) * u64::try_from(self.size).unwrap_or(0);
            file.seek(SeekFrom::Start(start))?;
            let there = file.read_exact(&mut there).ok().map(|()| there);
            // As it was before the first of them: nothing is known of that.
            let before = versions.first().map_or(0, |(first, _)| *first);
            agree[..before].iter_mut().for_each(|pages| *pages += 1);
            for (place, (from, at)) in versions.iter().enumerate() {
                let to = versions.get(place + 1).map_or(many + 1, |(next, _)| *next);
                if *from < to && there.as_ref() == Some(&self.bytes(*at)?) {
                    agree[*from..to].iter_mut().for_each(|pages| *pages += 1);
                    seen[*from] = true;
                }
            }
        }
        let reached = (1..=many).rev().find(|last| seen[*last] && agree[*last] == written.len());
        Ok(reached.unwrap_or(0))
    }
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

    /// Everything that is in it; none where it has nothing that is a log's. `pages` is how large the file's are.
    fn read_all(mut self, pages: Option<usize>) -> Result<Option<Left>> {
        let mut header = [0; HEADER];
        if !self.read(&mut header)? {
            return Ok(None);
        }
        let magic = word(&header, 0);
        let big_endian = magic & 1 == 1;
        let said = usize::try_from(word(&header, 8)).unwrap_or(0);
        let is_size = |size: &usize| (512..=65_536).contains(size) && size.is_power_of_two();
        let mut sum = Sum { big_endian, sums: [0, 0] };
        sum.feed(&header[..24]);
        let mut before = [word(&header, 24), word(&header, 28)];
        let holds = magic & !1 == MAGIC && is_size(&said) && sum.sums == before;
        // One that does not hold may not even say in which order the numbers are.
        let orders = if holds { vec![big_endian] } else { vec![false, true] };
        let size = if holds { Some(said) } else { pages.or(Some(said)).filter(is_size) };
        let Some(size) = size else { return Ok(None) };
        let mut frame = [0; FRAME];
        let mut page = vec![0; size];
        let mut at = u64::try_from(HEADER).unwrap_or(0);
        let mut all = Vec::new();
        while self.read(&mut frame)? && self.read(&mut page)? {
            let stored = [word(&frame, 16), word(&frame, 20)];
            let known = orders.iter().any(|big_endian| {
                let mut sum = Sum { big_endian: *big_endian, sums: before };
                sum.feed(&frame[..8]);
                sum.feed(&page);
                sum.sums == stored
            });
            before = stored;
            let ends = Some(word(&frame, 4)).filter(|pages| *pages > 0);
            let bytes_at = at + u64::try_from(FRAME).unwrap_or(0);
            let salts = (word(&frame, 8), word(&frame, 12));
            all.push((salts, Frame { page: word(&frame, 0), at: bytes_at, ends, known }));
            at = bytes_at + u64::try_from(size).unwrap_or(0);
        }
        let salts = if holds {
            Some((word(&header, 16), word(&header, 20)))
        } else {
            // Those of the first frame that another goes on from.
            all.iter().find(|(_, frame)| frame.known).map(|(salts, _)| *salts)
        };
        let plays = all.iter().take_while(|(of, frame)| holds && Some(*of) == salts && frame.known).count();
        // One that does not hold is not behind itself, though it may have ended a transaction.
        if holds && let Some((_, first)) = all.get_mut(plays) {
            (first.known, first.ends) = (false, None);
        }
        // Those of a log that lay there before it are behind them still.
        let frames = all.into_iter().filter(|(of, _)| Some(*of) == salts).map(|(_, frame)| frame).collect();
        Ok(Some(Left { log: self.file.into_inner(), size, holds, frames, plays }))
    }
}
