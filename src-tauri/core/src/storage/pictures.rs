//! The folder of pictures beside a studio's file: each lies under the hash of its bytes, with a small copy beside it.
//!
//! Knows hashes and bytes. Whose a picture is and who may see it, the room `pictures` knows.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::migrate;
use super::seal::{hex, sha256};
use crate::error::{Error, Result};

/// A picture of which there are two copies: as large as it is kept, and small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copy {
    Full,
    Thumb,
}

/// The folder of one studio. It appears with the first picture.
#[derive(Debug, Clone)]
pub(crate) struct Pictures {
    folder: PathBuf,
}

/// A picture that is written but not yet in its place. Dropped, it is gone again.
#[derive(Debug)]
pub(crate) struct Staged {
    pictures: Pictures,
    /// SHA-256 of the picture, in hex: its name.
    pub hash: String,
    /// Of its small copy.
    pub thumb_hash: String,
    parts: [PathBuf; 2],
}

/// What is said of a picture that is not there.
pub(super) const GONE: &str = "gone from its folder";
/// And of one whose bytes are not those that it is named by.
const CHANGED: &str = "not what was put there";

/// Whether this is a hash in hex and nothing that leads elsewhere.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// Has the disk keep what the folder now lists. Windows keeps it by itself, and opens no folders.
pub(crate) fn flush_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A new file that only its owner may read, with its bytes on the disk.
fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

/// Nobody waits at a pipe that lies in a picture's place.
fn read_plain(path: &Path) -> std::io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a plain file"));
    }
    fs::read(path)
}

pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The schema from which on a row of a portfolio may name two pictures.
const CROPS: i64 = 19;

/// A picture that a row names.
#[derive(Debug)]
pub(super) struct Named {
    /// The row's.
    pub id: String,
    pub hash: String,
    pub thumb_hash: String,
}

/// Every picture that a row names, in the order of the rows. What a part was cut from is one of its own. A backup that an
/// older Inkpoint made has no parts.
pub(super) fn named(conn: &Connection) -> Result<Vec<Named>> {
    let originals = if migrate::version(conn)? < CROPS {
        ""
    } else {
        "UNION ALL SELECT id, original_hash, original_thumb_hash FROM portfolio_items
         WHERE original_hash IS NOT NULL"
    };
    let mut statement = conn.prepare(&format!(
        "SELECT id, hash, thumb_hash FROM pictures
         UNION ALL SELECT id, hash, thumb_hash FROM portfolio_items {originals} ORDER BY 1"
    ))?;
    let rows = statement
        .query_map([], |row| Ok(Named { id: row.get(0)?, hash: row.get(1)?, thumb_hash: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Pictures {
    /// The folder that belongs to a studio's file.
    pub(crate) fn beside(file: &Path) -> Pictures {
        let mut name = file.as_os_str().to_owned();
        name.push(".pictures");
        Pictures { folder: PathBuf::from(name) }
    }

    /// Pictures that lie in a folder of another name.
    pub(super) fn at(folder: &Path) -> Pictures {
        Pictures { folder: folder.to_owned() }
    }

    fn path(&self, hash: &str, copy: Copy) -> Result<PathBuf> {
        if !is_hash(hash) {
            return Err(Error::PictureLost("its hash is none"));
        }
        let ending = match copy {
            Copy::Full => "jpg",
            Copy::Thumb => "thumb.jpg",
        };
        Ok(self.folder.join(&hash[..2]).join(format!("{hash}.{ending}")))
    }

    /// Nothing is put where somebody left a file of that name.
    fn check_is_folder(&self) -> Result<()> {
        if self.folder.is_file() {
            Err(Error::PictureLost("a file stands where their folder was"))
        } else {
            Ok(())
        }
    }

    fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    /// Writes a picture and its small copy to the disk, not yet where anything looks for them. `name` is one that no
    /// other picture has.
    pub(crate) fn stage(&self, name: &str, full: &[u8], thumb: &[u8]) -> Result<Staged> {
        self.check_is_folder()?;
        make_folder(&self.incoming())?;
        let part = |ending: &str| self.incoming().join(format!("{name}.{ending}"));
        let staged = Staged {
            pictures: self.clone(),
            hash: hex(&sha256(full)),
            thumb_hash: hex(&sha256(thumb)),
            parts: [part("full"), part("thumb")],
        };
        for (path, bytes) in staged.parts.iter().zip([full, thumb]) {
            write_private(path, bytes)?;
        }
        Ok(staged)
    }

    /// What lies under a hash. `content` is what the bytes must hash to: whoever reads a picture gets the one that was
    /// put there, or hears that it is damaged.
    pub(crate) fn read(&self, hash: &str, copy: Copy, content: &str) -> Result<Vec<u8>> {
        let bytes = match read_plain(&self.path(hash, copy)?) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(Error::PictureLost(GONE));
            }
            Err(error) => {
                log::warn!("a picture cannot be read: {error}");
                return Err(Error::PictureLost("cannot be read"));
            }
        };
        if hex(&sha256(&bytes)) != content {
            return Err(Error::PictureLost(CHANGED));
        }
        Ok(bytes)
    }

    /// Takes a picture and its small copy off the disk.
    pub(crate) fn remove(&self, hash: &str) -> Result<()> {
        remove_if_there(&self.path(hash, Copy::Full)?)?;
        remove_if_there(&self.path(hash, Copy::Thumb)?)
    }

    /// Takes away what a process that was ended left half done. Only for whoever holds the studio's lock.
    pub(crate) fn clear_incoming(&self) -> Result<()> {
        match fs::remove_dir_all(self.incoming()) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Every picture's file by its place under the folder, as "ab/hash.jpg".
    fn files(&self) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let folders = match fs::read_dir(&self.folder) {
            Ok(folders) => folders,
            // A file in its place has no picture in it.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(found);
            }
            Err(error) => return Err(error.into()),
        };
        for folder in folders {
            let folder = folder?;
            let first = folder.file_name();
            if first.len() != 2 || !folder.path().is_dir() {
                continue;
            }
            for file in fs::read_dir(folder.path())? {
                let name = file?.file_name();
                if !name.to_string_lossy().ends_with(".part") {
                    found.insert(format!("{}/{}", first.to_string_lossy(), name.to_string_lossy()));
                }
            }
        }
        Ok(found)
    }

    /// The hash of every picture that lies here, in order.
    pub(crate) fn hashes(&self) -> Result<Vec<String>> {
        let names = self.files()?;
        let hashes = names.iter().filter_map(|name| name.split('/').next_back()?.strip_suffix(".jpg"));
        Ok(hashes.filter(|hash| is_hash(hash)).map(str::to_owned).collect())
    }

    /// Brings one picture's file to another folder, whole or not at all, and not when it is no longer what was put here;
    /// what lies there already stays. With `link`, the bytes are shared where the file system can: nobody ever writes
    /// into a picture.
    pub(super) fn bring_one(&self, name: &str, target: &Pictures, link: bool) -> Result<()> {
        let to = target.folder.join(name);
        if to.exists() {
            return Ok(());
        }
        let folder = to.parent().map(Path::to_owned).unwrap_or_default();
        let new = !folder.exists();
        make_folder(&folder)?;
        if new {
            flush_folder(&target.folder)?;
        }
        let from = self.folder.join(name);
        let bytes = fs::read(&from).map_err(|error| {
            log::warn!("{}: {error}", from.display());
            Error::PictureLost(GONE)
        })?;
        // What a small copy hashes to, only its row knows.
        let full =
            name.rsplit('/').next().and_then(|name| name.strip_suffix(".jpg")).filter(|hash| is_hash(hash));
        if full.is_some_and(|hash| hex(&sha256(&bytes)) != hash) {
            log::warn!("{}: {CHANGED}", from.display());
            return Err(Error::PictureLost(CHANGED));
        }
        if !(link && fs::hard_link(&from, &to).is_ok()) {
            let part = super::backup::with_ending(&to, ".part");
            remove_if_there(&part)?;
            write_private(&part, &bytes)?;
            fs::rename(part, to)?;
        }
        flush_folder(&folder)
    }

    /// Whether a picture and its small copy here are what was put here; if not, and `other` has them, they are put here
    /// anew.
    pub(super) fn is_mended(&self, named: &Named, other: &Pictures) -> Result<bool> {
        let read = |place: &Pictures| {
            let full = place.read(&named.hash, Copy::Full, &named.hash)?;
            Ok::<_, Error>((full, place.read(&named.hash, Copy::Thumb, &named.thumb_hash)?))
        };
        if read(self).is_ok() {
            return Ok(true);
        }
        let Ok((full, thumb)) = read(other) else { return Ok(false) };
        log::warn!("{}: picture {} was damaged and is put here anew", self.folder.display(), named.hash);
        self.stage(&format!("mended-{}", named.hash), &full, &thumb)?.keep()?;
        self.clear_incoming()?;
        Ok(true)
    }

    /// Brings every picture to another folder. The names of those that are there now: one that cannot be read is no
    /// reason to leave the others.
    pub(super) fn bring_to(
        &self,
        target: &Pictures,
        link: bool,
        go_on: &dyn Fn() -> bool,
    ) -> Result<BTreeSet<String>> {
        target.check_is_folder()?;
        let mut brought = BTreeSet::new();
        for name in self.files()? {
            if !go_on() {
                return Err(Error::internal("stopped"));
            }
            match self.bring_one(&name, target, link) {
                // Taken away meanwhile, since whose it was is to be forgotten; or lost.
                Err(Error::PictureLost(_)) => {}
                done => {
                    done?;
                    brought.insert(name);
                }
            }
        }
        Ok(brought)
    }

    /// Copies every picture to where another studio file's pictures lie.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<()> {
        self.bring_to(&Pictures::beside(file), false, &|| true).map(|_| ())
    }

    /// Takes away every picture that is not among these.
    pub(super) fn keep_only(&self, needed: &BTreeSet<String>) -> Result<()> {
        for name in self.files()?.difference(needed) {
            remove_if_there(&self.folder.join(name))?;
        }
        Ok(())
    }

    /// What lies here, in bytes.
    pub(crate) fn bytes(&self) -> Result<u64> {
        self.files()?.iter().try_fold(0, |bytes, name| {
            Ok(bytes + fs::metadata(self.folder.join(name)).map_or(0, |about| about.len()))
        })
    }

    /// Whether a picture and its small copy lie here, whatever is in them.
    pub(super) fn has(&self, hash: &str) -> Result<bool> {
        Ok(self.path(hash, Copy::Full)?.is_file() && self.path(hash, Copy::Thumb)?.is_file())
    }

    /// Those of the two files of a picture that lie here, by their place under the folder.
    pub(super) fn of(&self, hash: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for copy in [Copy::Full, Copy::Thumb] {
            let path = self.path(hash, copy)?;
            if path.is_file()
                && let Ok(name) = path.strip_prefix(&self.folder)
            {
                found.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
        Ok(found)
    }

    /// Moves the whole folder along with a studio file that was moved.
    pub(crate) fn move_to(&self, file: &Path) -> Result<()> {
        self.clear_incoming()?;
        let target = Pictures::beside(file).folder;
        if !self.folder.exists() {
            return Ok(());
        }
        if !target.exists() {
            return Ok(fs::rename(&self.folder, target)?);
        }
        // Left behind by another studio of that name: hashes do not get in each other's way.
        for name in self.files()? {
            let to = target.join(&name);
            if let Some(folder) = to.parent() {
                make_folder(folder)?;
            }
            fs::rename(self.folder.join(&name), to)?;
        }
        Ok(fs::remove_dir_all(&self.folder)?)
    }

    /// Takes the whole folder away.
    pub(crate) fn remove_all(&self) -> Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Staged {
    /// Puts the picture in its place, on the disk for good: only then may a row name it. A file that is there already
    /// has the same bytes, or should have.
    pub(crate) fn keep(&self) -> Result<()> {
        let full = self.pictures.path(&self.hash, Copy::Full)?;
        let thumb = self.pictures.path(&self.hash, Copy::Thumb)?;
        let folder = full.parent().map(Path::to_owned).unwrap_or_default();
        make_folder(&folder)?;
        for (part, to) in self.parts.iter().zip([full, thumb]) {
            fs::rename(part, to)?;
        }
        flush_folder(&folder)?;
        // A folder that is there may be one that a process made which was ended before the disk knew of it.
        flush_folder(&self.pictures.folder)?;
        flush_folder(self.pictures.folder.parent().unwrap_or(Path::new(".")))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for part in &self.parts {
            if let Err(error) = remove_if_there(part) {
                log::warn!("part of a picture left behind: {error}");
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_backup_from_before_parts_are_found() {
        for version in [CROPS - 1, migrate::SCHEMA_VERSION] {
            let conn = Connection::open_in_memory().unwrap();
            migrate::run(&conn, version).unwrap();
            conn.execute_batch(
                "PRAGMA foreign_keys = OFF;
                 INSERT INTO portfolio_items (id, artist_id, styles, featured, published, position, hash, thumb_hash,
                     width, height, added_at, added_by)
                 VALUES (printf('%036d', 1), 'a', '[]', 0, 0, 0, printf('%064d', 1), printf('%064d', 2), 1, 1, 0, 'm')",
            )
            .unwrap();
            let found = named(&conn).unwrap();
            assert_eq!(found.len(), 1, "schema {version}");
            assert!(found[0].hash.ends_with('1') && found[0].thumb_hash.ends_with('2'));
        }
    }
}
