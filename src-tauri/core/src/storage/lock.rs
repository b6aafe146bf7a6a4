//! One process owns a studio's file (D30): a lock beside it, and a note that says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Held as long as the studio is open. The operating system lets go of it however the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _held: File,
    path: PathBuf,
    holder: PathBuf,
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl Lock {
    pub(super) fn take(file: &Path) -> Result<Lock> {
        let path = beside(file, ".lock");
        // A note of its own: on Windows a locked file cannot be read by others.
        let holder = beside(file, ".holder");
        let held = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path)?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = std::fs::read_to_string(&holder).unwrap_or_default();
                return Err(Error::FileInUse { holder: holder.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        std::fs::write(&holder, format!("{} ({})", computer(), std::process::id()))?;
        Ok(Lock { _held: held, path, holder })
    }

    /// Gives the lock back and removes both notes: for a file that turned out not to be a studio.
    pub(super) fn abandon(self) {
        for path in [&self.holder, &self.path] {
            if let Err(error) = std::fs::remove_file(path) {
                log::warn!("lock left behind: {error}");
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock file itself stays: removing it would race with somebody who is about to lock it.
        if let Err(error) = std::fs::remove_file(&self.holder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            log::warn!("holder note left behind: {error}");
        }
    }
}

/// Who and where, for the message a second desk sees.
fn computer() -> String {
    let user = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    let host = std::fs::read_to_string("/etc/hostname")
        .or_else(|_| std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")))
        .unwrap_or_default();
    match (user.trim(), host.trim()) {
        ("", "") => "this computer".to_owned(),
        ("", host) => host.to_owned(),
        (user, "") => user.to_owned(),
        (user, host) => format!("{user} on {host}"),
    }
}
