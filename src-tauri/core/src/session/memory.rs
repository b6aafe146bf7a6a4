//! What this process remembers of an open studio's people and never writes down: it is gone with the process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Memory {
    /// When the studio was opened here, on the monotonic clock.
    opened: Duration,
    /// When each count of wrong entries last grew here, on the monotonic clock.
    failed: Mutex<HashMap<String, Duration>>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    pub fn new(opened: Duration) -> Memory {
        Memory { opened, failed: Mutex::default() }
    }

    /// Since when the wait of a count runs: nothing before the opening is known here.
    pub fn failing_since(&self, subject: &str) -> Duration {
        hold(&self.failed).get(subject).map_or(self.opened, |at| self.opened.max(*at))
    }

    pub fn failed(&self, subject: &str, now: Duration) {
        hold(&self.failed).insert(subject.to_owned(), now);
    }

    pub fn succeeded(&self, subject: &str) {
        hold(&self.failed).remove(subject);
    }
}
