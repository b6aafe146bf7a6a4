//! What this process remembers of an open studio's people and never writes down: it is gone with the process.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;

use crate::access::session::Ticket;
use crate::clock::Millis;
use crate::error::{Error, Result};

/// How much unfinished work is kept for a member.
const MOST_DRAFTS: usize = 20;
const LARGEST_DRAFT: usize = 64 * 1024;

/// Something a member had not finished: what it is, is the desk's affair.
#[derive(Debug, Clone)]
pub(crate) struct Unfinished {
    pub body: Box<RawValue>,
    pub at: Millis,
}

#[derive(Debug)]
pub(crate) struct Memory {
    /// When the studio was opened here, on the monotonic clock.
    opened: Duration,
    /// When each count of wrong entries last grew here, on the monotonic clock.
    failed: Mutex<HashMap<String, Duration>>,
    /// By member: who typed their password here today.
    tickets: Mutex<HashMap<String, Ticket>>,
    /// By member, then by room (D25).
    drafts: Mutex<HashMap<String, BTreeMap<String, Unfinished>>>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    pub fn new(opened: Duration) -> Memory {
        Memory { opened, failed: Mutex::default(), tickets: Mutex::default(), drafts: Mutex::default() }
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

    pub fn give_ticket(&self, member: &str, ticket: Ticket) {
        hold(&self.tickets).insert(member.to_owned(), ticket);
    }

    pub fn take_ticket(&self, member: &str) {
        hold(&self.tickets).remove(member);
    }

    /// Whether a member has one that holds. One that does not is gone for good: a clock that is put back brings no
    /// ticket back.
    pub fn has_ticket(&self, member: &str, holds: impl FnOnce(&Ticket) -> bool) -> bool {
        let mut tickets = hold(&self.tickets);
        let held = tickets.get(member).is_some_and(holds);
        if !held {
            tickets.remove(member);
        }
        held
    }

    pub fn keep_draft(&self, member: &str, room: &str, draft: Unfinished) -> Result<()> {
        if draft.body.get().len() > LARGEST_DRAFT {
            return Err(Error::invalid("body", "too long"));
        }
        let mut drafts = hold(&self.drafts);
        let mine = drafts.entry(member.to_owned()).or_default();
        if mine.len() >= MOST_DRAFTS && !mine.contains_key(room) {
            return Err(Error::invalid("room", "too many"));
        }
        mine.insert(room.to_owned(), draft);
        Ok(())
    }

    pub fn drafts(&self, member: &str) -> BTreeMap<String, Unfinished> {
        hold(&self.drafts).get(member).cloned().unwrap_or_default()
    }

    pub fn drop_draft(&self, member: &str, room: &str) {
        if let Some(mine) = hold(&self.drafts).get_mut(member) {
            mine.remove(room);
        }
    }

    /// Everything about somebody who has left.
    pub fn forget(&self, member: &str) {
        self.take_ticket(member);
        hold(&self.drafts).remove(member);
    }
}
