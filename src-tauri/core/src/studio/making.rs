//! A studio's file that is made in one go: whole under its name, or not there at all.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::storage::Pictures;

/// Has `fill` make a studio's file under another name and gives it its own when it is finished. Refuses to touch anything
/// that is already there.
pub(crate) fn whole<T>(path: &Path, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(Error::Conflict { reason: "file_exists" });
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut making = path.as_os_str().to_owned();
    making.push(".making");
    let making = PathBuf::from(making);
    remove_all(&making)?;
    match fill(&making).and_then(|made| name(&making, path).map(|()| made)) {
        Ok(made) => {
            remove_all(&making)?;
            Ok(made)
        }
        Err(error) => {
            remove_all(&making)?;
            Err(error)
        }
    }
}

fn name(making: &Path, path: &Path) -> Result<()> {
    std::fs::File::open(making)?.sync_all()?;
    Pictures::beside(making).move_to(path)?;
    std::fs::rename(making, path)?;
    Ok(())
}

/// What an unfinished or finished making leaves behind.
fn remove_all(making: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm", ".lock", ".holder"] {
        let mut name = making.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Pictures::beside(making).remove_all()
}
