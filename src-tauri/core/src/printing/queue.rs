//! One job at a time: a receipt printer talks to one caller only. And the drawer, which opens behind a sale's back.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Address, Job, Printer, Trouble};

/// What is on its way to a studio's printer.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    busy: Mutex<()>,
    kick: Mutex<Kick>,
    done: Condvar,
}

#[derive(Debug, Default)]
struct Kick {
    running: bool,
    /// Whose cash moved, and what did not open their drawer.
    failed: Option<(String, Address, Job, Trouble)>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    pub(super) fn send(&self, printer: &dyn Printer, to: &Address, job: &Job) -> Result<(), Trouble> {
        let _mine = hold(&self.busy);
        printer.send(to, job)
    }

    /// Opens the drawer while whoever asked goes on: no sale waits for a printer. Once at a time is enough.
    pub(super) fn open_drawer(
        self: &Arc<Queue>,
        printer: Arc<dyn Printer>,
        to: Address,
        job: Job,
        member: String,
    ) {
        {
            let mut kick = hold(&self.kick);
            if kick.running {
                return;
            }
            *kick = Kick { running: true, failed: None };
        }
        let queue = Arc::clone(self);
        let started = std::thread::Builder::new().name("drawer".to_owned()).spawn(move || {
            let sent = queue.send(&*printer, &to, &job);
            queue.note(sent.err().map(|trouble| (member, to, job, trouble)));
        });
        if let Err(error) = started {
            log::error!("the drawer was not opened: {error}");
            self.note(None);
        }
    }

    fn note(&self, failed: Option<(String, Address, Job, Trouble)>) {
        if let Some((_, _, _, trouble)) = &failed {
            log::warn!("the drawer did not open: {}", trouble.name());
        }
        *hold(&self.kick) = Kick { running: false, failed };
        self.done.notify_all();
    }

    /// Waits for a drawer that is being opened, and tells this member once why it did not. With `again`, tries once
    /// more what failed: they had the right to it already.
    pub(super) fn drawer(&self, printer: &dyn Printer, member: &str, again: bool) -> Result<(), Trouble> {
        let mut kick = hold(&self.kick);
        while kick.running {
            kick = self.done.wait(kick).unwrap_or_else(PoisonError::into_inner);
        }
        let Some((_, to, job, trouble)) = kick.failed.clone().filter(|(whose, ..)| whose == member) else {
            return Ok(());
        };
        if !again {
            return Err(trouble);
        }
        drop(kick);
        self.send(printer, &to, &job)?;
        hold(&self.kick).failed = None;
        Ok(())
    }
}
