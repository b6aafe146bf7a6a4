//! What a handler is given: a [`Look`] at the file, or a [`Change`] to it.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::watch::Watch;
use crate::access::{Action, Caller, Grant, Permit, Role, grant};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::ids::{Random, fresh_id};
use crate::printing::Opens;
use crate::storage::{Reader, Writer};
use crate::studio::Settings;

/// What the journal keeps of a command: ids and facts, never personal data (P16).
pub type Facts = Map<String, Value>;

/// One snapshot of the file, and who is asking.
#[derive(Debug)]
pub struct Look<'a> {
    conn: &'a Connection,
    caller: Option<Caller>,
    grant: Grant,
    watch: Watch,
}

/// One transaction on the file. Nothing outside the file may happen before it commits.
#[derive(Debug)]
pub struct Change<'a> {
    look: Look<'a>,
    random: &'a dyn Random,
    pub(super) outcome: &'static str,
    pub(super) on_behalf: Option<(String, Role)>,
    pub(super) details: Facts,
    pub(super) seals: Vec<(&'static str, String)>,
    pub(super) elevated: bool,
    pub(super) reason: Option<String>,
    pub(super) gone: Option<String>,
    pub(super) sweeps: bool,
    pub(super) opens: Option<Opens>,
    pub(super) backs_up: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(conn: &'a Connection, caller: Option<Caller>, grant: Grant, watch: Watch) -> Look<'a> {
        Look { conn, caller, grant, watch }
    }

    pub fn db(&self) -> Reader<'a> {
        Reader::new(self.conn)
    }

    /// The signed-in member.
    pub fn caller(&self) -> Result<&Caller> {
        self.caller.as_ref().ok_or(Error::NoSession)
    }

    /// What the matrix answered for the command's own action.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Asks the matrix for a further action that what was sent turns out to need.
    pub fn may(&self, action: Action) -> Result<Grant> {
        grant(self.caller()?, self.now(), action)
    }

    /// The time of this command: UTC milliseconds, never before the journal's last row.
    pub fn now(&self) -> Millis {
        self.watch.now()
    }

    /// The computer's clock beside the journal's last row.
    pub(crate) fn watch(&self) -> Watch {
        self.watch
    }

    pub fn settings(&self) -> Result<Settings> {
        crate::studio::store::settings(self.db())
    }
}

impl<'a> std::ops::Deref for Change<'a> {
    type Target = Look<'a>;
    fn deref(&self) -> &Look<'a> {
        &self.look
    }
}

impl<'a> Change<'a> {
    pub(super) fn new(look: Look<'a>, random: &'a dyn Random) -> Change<'a> {
        let elevated = look.grant.elevated();
        Change {
            look,
            random,
            outcome: "done",
            on_behalf: None,
            details: Facts::new(),
            seals: Vec::new(),
            elevated,
            reason: None,
            gone: None,
            sweeps: false,
            opens: None,
            backs_up: false,
        }
    }

    /// The way to write, against proof that the gate was passed.
    pub fn write(&self, _permit: &Permit) -> Writer<'a> {
        Writer::new(self.look.conn)
    }

    /// As [`Look::may`]; remembers whether elevation was what allowed it.
    pub fn also(&mut self, action: Action) -> Result<Grant> {
        let granted = self.look.may(action)?;
        self.elevated |= granted.elevated();
        Ok(granted)
    }

    pub fn id(&self) -> Result<String> {
        fresh_id(self.random, self.look.now())
    }

    /// 128 random bits as text, to go into a hash so that nothing can be tried against it.
    pub fn salt(&self) -> Result<String> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Has the journal keep the hash of a money or stock row as it stands when the command ends.
    pub fn seal(&mut self, table: &'static str, id: &str) {
        self.seals.push((table, id.to_owned()));
    }

    /// Notes an id or a fact for the journal. Never personal data (P16).
    pub fn note(&mut self, name: &str, fact: impl Into<Value>) {
        self.details.insert(name.to_owned(), fact.into());
    }

    /// Why it was done, in the member's words. Kept beside the journal, since words may name a person (P16).
    pub fn give_reason(&mut self, reason: &str) {
        self.reason = Some(reason.to_owned());
    }

    /// Commits what was written although the caller is told no: a failed try must be counted.
    pub(crate) fn refuse(&mut self, code: crate::error::Code) {
        self.outcome = code.name();
    }

    /// Once this is committed, the desks forget what they remember of a member who left (D25).
    pub(crate) fn forget(&mut self, member: &str) {
        self.gone = Some(member.to_owned());
    }

    /// Once this is committed, the pictures of whoever it forgot go from the disk.
    pub(crate) fn sweep_pictures(&mut self) {
        self.sweeps = true;
    }

    /// Once this is committed, the cash drawer opens where the studio's printer does that.
    pub(crate) fn open_drawer(&mut self, why: Opens) {
        self.opens = Some(why);
    }

    /// Once this is committed, a backup is made of the day that it closed.
    pub(crate) fn back_up(&mut self) {
        self.backs_up = true;
    }

    /// For a sign-in: the journal's row is about the member who came, not the one who was there.
    pub(crate) fn on_behalf_of(&mut self, member: &str, role: Role) {
        self.on_behalf = Some((member.to_owned(), role));
    }

    /// The chain's head before this change.
    pub(crate) fn head(&self) -> Result<(i64, String)> {
        let (head, _) = super::journal::Head::read(self.look.conn)?;
        Ok((head.seq, crate::storage::seal::hex(&head.hash)))
    }
}
