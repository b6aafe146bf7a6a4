//! One process owns a studio's file (D30): a lock beside it, and a note that says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Result};

/// Held as long as the studio is open. The operating system lets go of it however the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _held: File,
    path: PathBuf,
    /// Whether the lock file was not there before.
    made: bool,
    /// The note, once it is written.
    holder: Option<PathBuf>,
}

/// How often a lock is tried that nobody has signed: a third of a second in all. Its holder is on the way in or out, or
/// is a program that this one just started and that has not let go of its copies of our files yet.
const IN_PASSING: u32 = 33;

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl Lock {
    #[allow(clippy::disallowed_methods)] // A lock tells nobody when it is let go of.
    pub(crate) fn take(file: &Path) -> Result<Lock> {
        let path = beside(file, ".lock");
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let (held, made) = match options.clone().create_new(true).open(&path) {
            Ok(held) => (held, true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => (options.open(&path)?, false),
            Err(error) => return Err(error.into()),
        };
        let mut tries = 0;
        loop {
            match held.try_lock() {
                Ok(()) => return Ok(Lock { _held: held, path, made, holder: None }),
                Err(TryLockError::WouldBlock) => {
                    let holder = std::fs::read_to_string(beside(file, ".holder")).unwrap_or_default();
                    let holder = holder.trim();
                    if !holder.is_empty() || tries == IN_PASSING {
                        return Err(Error::FileInUse { holder: holder.to_owned() });
                    }
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            tries += 1;
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Says who holds the file, in a note of its own: on Windows a locked file cannot be read by others. Only once it
    /// is known to be a studio, whose neighbours are ours to write.
    pub(super) fn sign(&mut self, file: &Path) -> Result<()> {
        let holder = beside(file, ".holder");
        std::fs::write(&holder, format!("{} ({})", computer(), std::process::id()))?;
        self.holder = Some(holder);
        Ok(())
    }

    /// Gives the lock back for a file that turned out not to be a studio. A lock file that was there before is
    /// another program's.
    pub(super) fn abandon(self) {
        if self.made
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            log::warn!("lock left behind: {error}");
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock file itself stays: removing it would race with somebody who is about to lock it.
        if let Some(holder) = &self.holder
            && let Err(error) = std::fs::remove_file(holder)
            && error.kind() != ErrorKind::NotFound
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
