//! A shelf of backups: each is the file as one snapshot saw it, with a note that says what is in it and a list of the
//! pictures it needs; the pictures themselves lie once on the shelf.
//!
//! A backup counts from the moment its note is there, and the note comes last: what was cut short is no backup. When
//! one is due and which are kept, the room `backups` knows.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::Builder;

use rusqlite::Connection;
use rusqlite::backup::{Backup as Copying, StepResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::Reader;
use super::file::{OpenOptions, StudioFile, connect, new_private_file};
use super::migrate::version;
use super::pictures::{Pictures, flush_folder, make_folder, remove_if_there};
use super::seal::hex;
use super::verify::{Depth, Report, check, check_with};
use crate::clock::Millis;
use crate::error::{Error, Result};

/// The copy of a larger file is looked over before it counts, and recomputed when there is time: a quarter of an hour's
/// work must not wait for a minute's check.
pub(super) const LARGE: u64 = 64 * 1024 * 1024;

/// Pages copied between two looks at whether to go on: with a page of 4 KiB, 2 MiB.
const STEP: i32 = 512;

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BackupFor {
    /// Every fifteen minutes while there are changes.
    Changes,
    /// The drawer was closed with a Z report.
    Close,
    /// Somebody asked for it.
    Asked,
    /// Before another backup took the file's place.
    Restore,
    CommandLine,
}

impl BackupFor {
    /// Whether there is time to look at everything in it, and at each picture: not four times an hour, and not while
    /// somebody waits for a restore.
    pub(crate) fn is_thorough(self) -> bool {
        !matches!(self, BackupFor::Changes | BackupFor::Restore)
    }
}

/// What stands beside a backup and says what is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub studio: String,
    pub at: Millis,
    pub why: BackupFor,
    pub schema: i64,
    /// Of the file; pictures are shared with other backups.
    pub bytes: u64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Where the chain ends: sequence and hash (D26).
    pub head: (i64, String),
    /// Whether everything in it was recomputed, or only looked over.
    pub recomputed: bool,
    pub counts: Counts,
    /// Clients who had been erased by then: whoever comes back with an older backup is erased again (P16).
    pub erased: Vec<String>,
    /// Pictures that were lost by then, by their hashes: everything else is here.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub missing: BTreeSet<String>,
    /// The sums of days that reports read were not what the sales come to. A restore makes them anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub figures_wrong: bool,
}

/// How much of what is in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub sales: i64,
    /// All sales together, in minor units.
    pub total: i64,
    pub appointments: i64,
    pub clients: i64,
    pub pictures: i64,
}

#[derive(Debug, Clone)]
pub(crate) struct Backup {
    pub name: String,
    pub note: Note,
}

/// What whoever asks for a backup knows of it.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub studio: String,
    pub at: Millis,
    pub why: BackupFor,
    pub head: (i64, String),
    pub counts: Counts,
    pub erased: Vec<String>,
}

/// The file as one snapshot sees it, on a connection of its own: nobody who sells waits for it, and it sees nothing of
/// what they do meanwhile.
#[derive(Debug)]
pub(crate) struct Source {
    conn: Connection,
    pictures: Pictures,
}

impl Source {
    pub(crate) fn open(file: &Path) -> Result<Source> {
        let conn = connect(file, false, OpenOptions::default())?;
        // Copying in steps begins anew whenever somebody writes, unless a snapshot is held.
        conn.execute_batch("BEGIN")?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(Source { conn, pictures: Pictures::beside(file) })
    }

    /// What is open in place of a file that takes no change.
    pub(crate) fn of(file: &StudioFile) -> Result<Source> {
        let conn = file.connect_beside()?;
        conn.execute_batch("BEGIN")?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(Source { conn, pictures: file.pictures() })
    }

    pub(crate) fn db(&self) -> Reader<'_> {
        Reader::new(&self.conn)
    }

    /// Everything in it, recomputed.
    pub(crate) fn check(&self) -> Result<Report> {
        check(&self.conn, &self.pictures, Depth::Sums)
    }

    /// Its pages and where its chain ends.
    pub(crate) fn look_over(&self) -> Result<Report> {
        check(&self.conn, &self.pictures, Depth::Pages)
    }
}

/// A folder of backups.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

/// A copy that is written but not yet checked. Dropped, it is gone again.
#[derive(Debug)]
pub(crate) struct Unchecked {
    shelf: Shelf,
    name: String,
    part: PathBuf,
    /// Where the file's own lie.
    live: Pictures,
    pictures: BTreeSet<String>,
}

impl Drop for Unchecked {
    fn drop(&mut self) {
        if let Err(error) = remove_if_there(&self.part) {
            log::warn!("part of a backup left behind: {error}");
        }
    }
}

fn stopped() -> Error {
    Error::internal("stopped")
}

/// Writes a small file whole or not at all, and has the disk keep it.
fn put_whole(path: &Path, text: &[u8]) -> Result<()> {
    let part = with_ending(path, ".part");
    remove_if_there(&part)?;
    new_private_file(&part)?;
    let mut file = fs::OpenOptions::new().write(true).open(&part)?;
    file.write_all(text)?;
    file.sync_all()?;
    Ok(fs::rename(&part, path)?)
}

pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The SHA-256 of a file that nobody writes.
fn hash_file(path: &Path) -> Result<(u64, String)> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex(&hasher.finalize().into())));
        }
        bytes += u64::try_from(read).map_err(Error::internal)?;
        hasher.update(&buffer[..read]);
    }
}

/// Copies a database to `part` through SQLite's own backup, in small steps, each on the disk before the next: somebody
/// else's flush finds no hundred megabytes in front of it. The copy is one file, without a log beside it.
#[allow(clippy::disallowed_methods)] // The copy's target is a connection too.
pub(super) fn copy_database(conn: &Connection, part: &Path, go_on: &dyn Fn() -> bool) -> Result<()> {
    remove_if_there(part)?;
    new_private_file(part)?;
    // Windows flushes only what may be written.
    let disk = fs::OpenOptions::new().write(true).open(part)?;
    let mut copy = Connection::open(part)?;
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -1024;")?;
    let copying = Copying::new(conn, &mut copy)?;
    loop {
        if !go_on() {
            return Err(stopped());
        }
        match copying.step(STEP)? {
            StepResult::Done => break,
            StepResult::More => disk.sync_data()?,
            _ => std::thread::yield_now(),
        }
    }
    drop(copying);
    let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(Error::internal(format!("the copy stayed in {mode}")));
    }
    copy.close().map_err(|(_, error)| error)?;
    disk.sync_all()?;
    Ok(())
}

impl Shelf {
    /// The shelf that belongs to a studio's file.
    pub(crate) fn beside(file: &Path) -> Shelf {
        Shelf { folder: with_ending(file, ".backups") }
    }

    pub(crate) fn at(folder: &Path) -> Shelf {
        Shelf { folder: folder.to_owned() }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn make(&self) -> Result<()> {
        make_folder(&self.folder)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.inkpoint"))
    }

    fn note(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    fn picture_list(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.list"))
    }

    pub(crate) fn pictures(&self) -> Pictures {
        Pictures::at(&self.folder.join("pictures"))
    }

    /// The backups that lie here, newest first.
    pub(crate) fn list(&self) -> Result<Vec<Backup>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error.into()),
        };
        let mut found = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            let note = fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
            // A note that cannot be read is no reason not to see the others.
            if let Some(note) = note
                && self.file(name).is_file()
            {
                found.push(Backup { name: name.to_owned(), note });
            }
        }
        found.sort_by(|a: &Backup, b| (b.note.at, &b.name).cmp(&(a.note.at, &a.name)));
        Ok(found)
    }

    /// The shelf that a file lies on, and what is known of it there; none for a file that is no backup, or one that
    /// somebody copied by hand.
    pub(crate) fn holding(file: &Path) -> Result<Option<(Shelf, Backup)>> {
        let shelf = Shelf::at(file.parent().unwrap_or(Path::new("/")));
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let found = shelf.list()?.into_iter().find(|backup| backup.name == name && shelf.file(name) == file);
        Ok(found.map(|backup| (shelf, backup)))
    }

    /// A name that nothing here has, made from `wished`.
    fn free_name(&self, wished: &str) -> String {
        let taken = |name: &str| {
            [self.file(name), self.note(name), self.picture_list(name)].iter().any(|path| path.exists())
        };
        (1..)
            .map(|number| if number == 1 { wished.to_owned() } else { format!("{wished}-{number}") })
            .find(|name| !taken(name))
            .unwrap_or_else(|| wished.to_owned())
    }

    /// Copies what `source` sees onto the shelf, and the pictures with it. Nothing counts yet.
    pub(crate) fn copy(&self, source: &Source, wished: &str, go_on: &dyn Fn() -> bool) -> Result<Unchecked> {
        self.make()?;
        let name = self.free_name(wished);
        let part = with_ending(&self.file(&name), ".part");
        let live = source.pictures.clone();
        let mut copy = Unchecked { shelf: self.clone(), name, part, live, pictures: BTreeSet::new() };
        // Before and after: neither one that is added meanwhile nor one that goes meanwhile is missing in the copy.
        copy.pictures.extend(source.pictures.bring_to(&self.pictures(), true, go_on)?);
        copy_database(&source.conn, &copy.part, go_on)?;
        copy.pictures.extend(source.pictures.bring_to(&self.pictures(), true, go_on)?);
        Ok(copy)
    }

    /// Takes a backup of another shelf over as it is. What is read back must be what was checked there.
    pub(crate) fn take_over(&self, from: &Shelf, backup: &Backup, go_on: &dyn Fn() -> bool) -> Result<()> {
        let Backup { name, note } = backup;
        let mut names = from.pictures_of(name)?;
        let mut missing = note.missing.clone();
        for picture in names.clone() {
            if !go_on() {
                return Err(stopped());
            }
            match from.pictures().bring_one(&picture, &self.pictures(), false) {
                Err(Error::PictureLost(_)) => {
                    names.remove(&picture);
                    missing.extend(hash_of(&picture));
                }
                brought => brought?,
            }
        }
        if note.why.is_thorough() {
            let conn = connect(&from.file(name), false, OpenOptions::default())?;
            missing.extend(self.mend(&conn, &from.pictures(), go_on)?);
        }
        let part = with_ending(&self.file(name), ".part");
        let copied = (|| {
            copy_bytes(&from.file(name), &part, go_on)?;
            if hash_file(&part)? != (note.bytes, note.sha256.clone()) {
                return Err(Error::Damaged("the second copy is not what was written".to_owned()));
            }
            put_whole(&self.picture_list(name), listed(&names).as_bytes())?;
            fs::rename(&part, self.file(name))?;
            self.put_note(name, &Note { missing, ..note.clone() })
        })();
        if copied.is_err() {
            remove_if_there(&part)?;
        }
        copied
    }

    /// Looks at every picture that rows name, and puts here anew from `other` what lies here and does not hold. Those
    /// that neither has as they were.
    fn mend(
        &self,
        conn: &Connection,
        other: &Pictures,
        go_on: &dyn Fn() -> bool,
    ) -> Result<BTreeSet<String>> {
        let pictures = self.pictures();
        let mut lost = BTreeSet::new();
        for named in super::pictures::named(conn)? {
            if !go_on() {
                return Err(stopped());
            }
            match pictures.is_mended(&named, other) {
                Ok(true) => {}
                Ok(false) | Err(Error::PictureLost(_)) => {
                    lost.insert(named.hash);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(lost)
    }

    fn put_note(&self, name: &str, note: &Note) -> Result<()> {
        flush_folder(&self.folder)?;
        let text = serde_json::to_vec_pretty(note).map_err(Error::internal)?;
        put_whole(&self.note(name), &text)?;
        flush_folder(&self.folder)
    }

    /// The pictures that a backup needs, by their place in their folder.
    pub(crate) fn pictures_of(&self, name: &str) -> Result<BTreeSet<String>> {
        match fs::read_to_string(self.picture_list(name)) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a backup off the shelf; its note first, so that half of one is none.
    pub(crate) fn remove(&self, name: &str) -> Result<()> {
        remove_if_there(&self.note(name))?;
        remove_if_there(&self.picture_list(name))?;
        remove_if_there(&self.file(name))
    }

    /// Takes away what a process that was ended left half done, and pictures that no backup needs any more.
    pub(crate) fn tidy(&self) -> Result<()> {
        let mut needed = BTreeSet::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            match (ending, path.file_stem().and_then(|stem| stem.to_str())) {
                (Some("part" | "restoring" | "restoring-wal" | "restoring-shm"), _) => {
                    remove_if_there(&path)?
                }
                // The list is written before its note: without one it belongs to nothing.
                (Some("list"), Some(name)) if !self.note(name).exists() => self.remove(name)?,
                (Some("list"), Some(name)) => needed.append(&mut self.pictures_of(name)?),
                _ => {}
            }
        }
        self.pictures().keep_only(&needed)
    }

    /// What lies here, in bytes.
    pub(crate) fn bytes(&self) -> Result<u64> {
        let mut bytes = self.pictures().bytes()?;
        for entry in fs::read_dir(&self.folder)? {
            let about = entry?.metadata()?;
            if about.is_file() {
                bytes += about.len();
            }
        }
        Ok(bytes)
    }

    /// Makes everything in a backup anew from its rows, and says so in its note.
    pub(crate) fn recompute(&self, backup: &Backup) -> Result<()> {
        let Backup { name, note } = backup;
        let conn = connect(&self.file(name), false, OpenOptions::default())?;
        let report = check(&conn, &self.pictures(), Depth::Sums)?;
        conn.close().map_err(|(_, error)| error)?;
        if report.is_damaged() || report.head != note.head {
            return Err(Error::Damaged(format!("the backup does not hold: {:?}", report.problems)));
        }
        let figures_wrong = tell_figures(&report);
        let missing = report.lost.into_iter().collect();
        self.put_note(name, &Note { recomputed: true, missing, figures_wrong, ..note.clone() })
    }

    /// Moves along with a studio file that was moved.
    pub(crate) fn move_to(&self, file: &Path) -> Result<()> {
        match fs::rename(&self.folder, Shelf::beside(file).folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Whether the file of a backup is, byte for byte, the one that was written.
    pub(crate) fn is_as_written(&self, backup: &Backup) -> Result<bool> {
        Ok(hash_file(&self.file(&backup.name))? == (backup.note.bytes, backup.note.sha256.clone()))
    }
}

/// Whether the sums of days are wrong in what was checked. Everything they are made from holds.
fn tell_figures(report: &Report) -> bool {
    let wrong = report.wrong_figures() > 0;
    if wrong {
        log::warn!("the backup has sums of days that are not what the sales come to: {:?}", report.problems);
    }
    wrong
}

/// The hash of the picture that a file of it is named by.
fn hash_of(name: &str) -> Option<String> {
    name.rsplit('/').next()?.split('.').next().map(str::to_owned)
}

/// The pictures that rows name, by their hashes.
fn pictures_named(conn: &Connection) -> Result<Vec<String>> {
    Ok(super::pictures::named(conn)?.into_iter().map(|named| named.hash).collect())
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().map(|name| format!("{name}\n")).collect()
}

/// Copies a file that no database has open, on the disk step by step.
pub(super) fn copy_bytes(from: &Path, to: &Path, go_on: &dyn Fn() -> bool) -> Result<()> {
    let mut from = fs::File::open(from)?;
    remove_if_there(to)?;
    new_private_file(to)?;
    let mut target = fs::OpenOptions::new().write(true).open(to)?;
    let mut buffer = vec![0; 2 * 1024 * 1024];
    loop {
        if !go_on() {
            return Err(stopped());
        }
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(target.sync_all()?);
        }
        target.write_all(&buffer[..read])?;
        target.sync_data()?;
    }
}

impl Unchecked {
    /// A picture that is lost beside the file may lie here since an earlier backup: this one needs it too from now on.
    /// Those that lie nowhere.
    fn take_from_shelf(&mut self, conn: &Connection) -> Result<BTreeSet<String>> {
        let pictures = self.shelf.pictures();
        let mut missing = BTreeSet::new();
        for hash in pictures_named(conn)? {
            let found = pictures.of(&hash).unwrap_or_default();
            if found.len() < 2 {
                missing.insert(hash);
            }
            self.pictures.extend(found);
        }
        Ok(missing)
    }

    /// Opens the copy for reading, checks it, and puts it on the shelf. With `recompute`, everything in it is made anew
    /// from its rows however large it is.
    pub(crate) fn keep(mut self, about: About, recompute: bool, go_on: &dyn Fn() -> bool) -> Result<Backup> {
        let large = fs::metadata(&self.part)?.len() > LARGE;
        let recomputed = recompute || !large;
        let conn = connect(&self.part, false, OpenOptions::default())?;
        let beside = connect(&self.part, false, OpenOptions::default())?;
        let depth = if recomputed { Depth::Sums } else { Depth::Pages };
        let schema = version(&conn)?;
        let mut missing = if about.why.is_thorough() {
            self.shelf.mend(&conn, &self.live, go_on)?
        } else {
            BTreeSet::new()
        };
        missing.extend(self.take_from_shelf(&conn)?);
        // Nobody else knows of the copy, so that a second handle drops no lock that counts.
        let (report, (bytes, sha256)) = std::thread::scope(|scope| {
            let hashing =
                Builder::new().name("hash".to_owned()).spawn_scoped(scope, || hash_file(&self.part))?;
            let report = check_with(&conn, beside, &self.shelf.pictures(), depth);
            let hashed = hashing.join().map_err(|_| Error::internal("hashing the copy panicked"))?;
            Ok::<_, Error>((report?, hashed?))
        })?;
        conn.close().map_err(|(_, error)| error)?;
        if report.is_damaged() || report.head != about.head {
            return Err(Error::Damaged(format!("the backup does not hold: {:?}", report.problems)));
        }
        if !go_on() {
            return Err(stopped());
        }
        let About { studio, at, why, head, counts, erased } = about;
        let figures_wrong = tell_figures(&report);
        let note = Note {
            studio,
            at,
            why,
            schema,
            bytes,
            sha256,
            head,
            recomputed,
            counts,
            erased,
            missing,
            figures_wrong,
        };
        put_whole(&self.shelf.picture_list(&self.name), listed(&self.pictures).as_bytes())?;
        fs::rename(&self.part, self.shelf.file(&self.name))?;
        self.shelf.put_note(&self.name, &note)?;
        Ok(Backup { name: self.name.clone(), note })
    }
}
