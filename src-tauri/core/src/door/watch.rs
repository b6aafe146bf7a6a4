//! The computer's clock against the journal, whose times never run back (ledger rule 6).
//!
//! A clock that was set back is written down once; one that was set back by more than a day holds money up until
//! somebody who may says that it is right. A clock that moved far ahead is no more than told: a studio may be closed.

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::journal::{self, Head, Line};
use crate::access::Role;
use crate::clock::{Millis, Moment};
use crate::error::Result;
use crate::ids::{Random, fresh_id};
use crate::notices::{NoticeKind, store as notices};
use crate::staff::store as staff;
use crate::storage::standing::Tx;
use crate::storage::{Reader, Writer};

/// Two clocks that are set right now and then differ by less.
const SLACK: Millis = 2 * 60_000;
/// Further back than this, money waits.
const TRUSTED: Millis = 24 * 60 * 60_000;
/// A studio that was closed for longer is told from when to when.
const LONG_CLOSED: Millis = 30 * 24 * 60 * 60_000;

/// What the journal calls a clock that was set back.
const REGRESSED: &str = "clock_regressed";

/// One reading of the clock beside the journal's last row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    pub wall: Millis,
    pub last_at: Millis,
}

impl Watch {
    pub(super) fn read(conn: &Connection, moment: &Moment) -> Result<Watch> {
        Ok(Watch { wall: moment.wall, last_at: Head::read(conn)?.1 })
    }

    /// The time that counts: never before the last row's.
    pub(crate) fn now(self) -> Millis {
        self.wall.max(self.last_at)
    }

    pub(crate) fn is_behind(self) -> bool {
        self.wall < self.last_at - SLACK
    }

    /// Whether money waits: more than a day behind, and nobody said since that the clock is right.
    pub(crate) fn holds_money(self, db: Reader<'_>) -> Result<bool> {
        if self.wall >= self.last_at - TRUSTED {
            return Ok(false);
        }
        Ok(!self.last_word(db)?.is_some_and(|word| word.confirmed))
    }

    /// What was last written down of the clock, if it is still about this setting of it.
    fn last_word(self, db: Reader<'_>) -> Result<Option<journal::ClockWord>> {
        let word = journal::clock_word(db)?;
        Ok(word.filter(|word| word.at == self.last_at && self.wall >= word.wall - SLACK))
    }

    /// Writes down what the clock did since the last row, once; the new head.
    pub(super) fn note(self, conn: &Tx<'_>, head: Head, random: &dyn Random) -> Result<Head> {
        if self.is_behind() {
            return self.note_behind(conn, head);
        }
        if self.last_at > 0 && self.wall - self.last_at > LONG_CLOSED {
            self.tell_ahead(conn, random)?;
        }
        Ok(head)
    }

    fn note_behind(self, conn: &Tx<'_>, head: Head) -> Result<Head> {
        if self.last_word(Reader::new(conn))?.is_some() {
            return Ok(head);
        }
        let mut details = Map::new();
        details.insert("wall".to_owned(), Value::from(self.wall));
        details.insert("behind".to_owned(), Value::from(self.last_at - self.wall));
        let line = Line {
            at: self.now(),
            member: None,
            role: None,
            command: REGRESSED,
            outcome: "done",
            elevated_by: None,
            details: &details,
            seals: &[],
            reason: None,
        };
        journal::append(conn, head, &line)
    }

    fn tell_ahead(self, conn: &Connection, random: &dyn Random) -> Result<()> {
        let details = json!({"from": self.last_at, "to": self.wall});
        for (member, role) in staff::active_roles(Reader::new(conn), self.wall)? {
            if matches!(role, Role::Owner | Role::Admin) {
                let id = fresh_id(random, self.wall)?;
                notices::add(
                    Writer::new(conn),
                    &id,
                    &member,
                    NoticeKind::ClockAhead,
                    &details,
                    None,
                    self.wall,
                )?;
            }
        }
        Ok(())
    }
}
