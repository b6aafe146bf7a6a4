//! Files that leave, and the folder they leave in: whole, or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::storage::{flush_folder, make_folder, seal};

/// A file of an export, as its manifest names it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Written {
    /// Under the export's folder, with slashes.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A folder in the making. Dropped before it is finished, it is gone again.
#[derive(Debug)]
pub(super) struct Making {
    part: PathBuf,
    target: PathBuf,
    folders: Vec<PathBuf>,
    pub written: Vec<Written>,
    finished: bool,
}

impl Making {
    /// Begins a folder that is to appear at `target`, where nothing may be but an empty folder.
    pub fn begin(target: &Path, tag: &str) -> Result<Making> {
        let target = std::path::absolute(target)?;
        if !is_empty_folder(&target) {
            check_free(&target)?;
        }
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(Error::Conflict { reason: "folder_exists" });
        };
        if !parent.is_dir() {
            return Err(Error::invalid("folder", "not a folder"));
        }
        let part = parent.join(format!(".{}.{tag}.part", name.to_string_lossy()));
        check_free(&part)?;
        make_folder(&part)?;
        Ok(Making { part, target, folders: Vec::new(), written: Vec::new(), finished: false })
    }

    /// A new file under the folder. Only the person it is written for may read it.
    pub fn file(&mut self, path: &str) -> Result<Sink> {
        let full = self.part.join(path);
        let folder = full.parent().map(Path::to_owned).unwrap_or_default();
        if folder != self.part && !self.folders.contains(&folder) {
            make_folder(&folder)?;
            self.folders.push(folder);
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = BufWriter::with_capacity(64 * 1024, options.open(full)?);
        Ok(Sink { file, path: path.to_owned(), hasher: Sha256::new(), bytes: 0 })
    }

    /// Flushes a file that is whole, and notes it.
    pub fn keep(&mut self, sink: Sink) -> Result<Written> {
        let file = sink.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let sha256 = seal::hex(&sink.hasher.finalize().into());
        let written = Written { path: sink.path, bytes: sink.bytes, sha256 };
        self.written.push(written.clone());
        Ok(written)
    }

    /// Takes a file away again that was kept.
    pub fn forget(&mut self, file: &Written) -> Result<()> {
        self.written.retain(|written| written.path != file.path);
        Ok(fs::remove_file(self.part.join(&file.path))?)
    }

    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<Written> {
        let mut sink = self.file(path)?;
        sink.write_all(bytes)?;
        self.keep(sink)
    }

    /// Gives the folder its name. Where it now is.
    pub fn finish(mut self) -> Result<PathBuf> {
        for folder in self.folders.iter().chain([&self.part]) {
            flush_folder(folder)?;
        }
        if is_empty_folder(&self.target) {
            // Not where something came into it meanwhile.
            fs::remove_dir(&self.target)?;
        }
        check_free(&self.target)?;
        fs::rename(&self.part, &self.target)?;
        self.finished = true;
        if let Some(parent) = self.target.parent() {
            flush_folder(parent)?;
        }
        Ok(self.target.clone())
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = fs::remove_dir_all(&self.part)
        {
            log::warn!("an unfinished export is left behind: {error}");
        }
    }
}

/// Every finished export in a folder, by what its manifest says. What cannot be read there is somebody else's.
pub(super) fn manifests(parent: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden
            && entry.file_type().is_ok_and(|kind| kind.is_dir())
            && let Ok(text) = fs::read_to_string(entry.path().join("manifest.json"))
        {
            found.push((entry.path(), text));
        }
    }
    Ok(found)
}

/// Takes away what was being written under this tag by a process that was ended.
pub(super) fn clear(parent: &Path, tag: &str) -> Result<()> {
    let ending = format!(".{tag}.part");
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.')
            && name.ends_with(&ending)
            && entry.file_type().is_ok_and(|kind| kind.is_dir())
        {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn is_empty_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
        && fs::read_dir(path).is_ok_and(|mut inside| inside.next().is_none())
}

/// Never over anything, not even a link that leads nowhere.
fn check_free(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(Error::Conflict { reason: "folder_exists" }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A file being written, its hash with it.
pub(super) struct Sink {
    file: BufWriter<File>,
    path: String,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
