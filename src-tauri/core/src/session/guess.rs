//! One try at a password or a code, counted: the same for every command that asks for one.

use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::store;
use crate::access::lane::{Turn, turn};
use crate::access::{Permit, Role, password};
use crate::door::{Call, Change, Desk, Studio};
use crate::error::{Code, Error, Result};
use crate::staff::store::{self as staff, Credentials};
use crate::storage::Reader;
use crate::text::Secret;

/// The count of wrong passwords of a name. Wrong entries of unknown names share 256 counts: they cannot fill the file,
/// and the tries that are left do not tell a name that nobody has from one that somebody had.
pub(crate) fn of_name(username: &str, known: bool) -> String {
    if known {
        return format!("sign_in:{username}");
    }
    let [first, ..] = crate::storage::seal::sha256(username.as_bytes());
    format!("sign_in:?{first:02x}")
}

/// The count of wrong PINs of a member.
pub(crate) fn of_pin(username: &str) -> String {
    format!("pin:{username}")
}

/// The count of wrong master codes: one for the studio.
pub(crate) const CODE: &str = "code";
/// The count of wrong recovery codes.
pub(crate) const RECOVERY: &str = "recovery";

pub(crate) fn wrong_credentials(tries_left: u32) -> Error {
    Error::BadCredentials { tries_left }
}

pub(crate) fn wrong_code(tries_left: u32) -> Error {
    Error::BadCode { tries_left }
}

/// A try that may be made: no wait is on.
pub(crate) struct Guess<'d> {
    desk: &'d Desk,
    call: &'d Call<'d>,
    studio: Arc<Studio>,
    subject: String,
    /// Whom the journal's row is about, when that is not whoever is signed in.
    who: Option<(String, Role)>,
    wrong: fn(u32) -> Error,
    /// Whose password it was, and which of theirs: by the commit it may be another.
    own: Option<(String, i64)>,
    /// Held until the try is counted: of a thousand at once, most never get as far as being compared.
    turn: Option<Turn>,
}

impl<'d> Guess<'d> {
    /// Lets nobody try while a wait is on; being told so is journaled.
    pub fn begin(
        desk: &'d Desk,
        call: &'d Call<'d>,
        subject: String,
        who: Option<(&str, Role)>,
        wrong: fn(u32) -> Error,
    ) -> Result<Guess<'d>> {
        let who = who.map(|(member, role)| (member.to_owned(), role));
        let mut guess =
            Guess { desk, call, studio: desk.studio()?, subject, who, wrong, own: None, turn: None };
        // Before the turn, so that those who must wait hear of it at once; and again after it.
        guess.check()?;
        guess.turn = Some(turn());
        guess.check()?;
        Ok(guess)
    }

    /// The signed-in member's own password, typed again before something that cannot be taken back. A wrong one is
    /// counted like a wrong sign-in.
    pub fn own_password(
        desk: &'d Desk,
        call: &'d Call<'d>,
        typed: &Secret,
    ) -> Result<(Guess<'d>, Credentials)> {
        let (username, found) = desk.query(call.command, |look| {
            let username = staff::username_of(look.db(), &look.caller()?.id)?;
            let found = staff::credentials(look.db(), &username, look.now())?.ok_or(Error::NoSession)?;
            Ok((username, found))
        })?;
        let mut guess = Guess::begin(desk, call, of_name(&username, true), None, wrong_credentials)?;
        guess.own = Some((found.id.clone(), found.epoch));
        if password::verify(typed.reveal(), Some(&found.hash), desk.tools().cost) {
            Ok((guess, found))
        } else {
            Err(guess.wrong())
        }
    }

    fn check(&self) -> Result<()> {
        let free = self.desk.query(self.call.command, |look| self.free(look.db()));
        if matches!(free, Err(Error::Throttled { .. })) {
            self.journal_no(Code::Throttled)?;
        }
        free
    }

    /// Refuses while a wait is on.
    fn free(&self, db: Reader<'_>) -> Result<()> {
        let now = self.desk.tools().clock.now();
        let since = self.studio.memory.failing_since(&self.subject);
        match store::tally(db, &self.subject)?.wait_left(now.mono, since) {
            None => Ok(()),
            Some(left) => {
                let wait_ms = i64::try_from(left.as_micros().div_ceil(1_000)).unwrap_or(i64::MAX);
                Err(Error::Throttled { until: now.wall.saturating_add(wait_ms), wait_ms })
            }
        }
    }

    fn name(&self, cx: &mut Change<'_>) {
        if let Some((member, role)) = &self.who {
            cx.on_behalf_of(member, *role);
        }
    }

    /// Says no without counting anything.
    fn journal_no(&self, code: Code) -> Result<()> {
        self.desk.change_once(self.call, |cx| {
            self.name(cx);
            cx.refuse(code);
            Ok(())
        })
    }

    /// Counts a wrong entry, journals it, and says what the caller is told. Tries that came at the same time may have
    /// used up the count while this one was compared: then it hears of the wait, and learns nothing.
    pub fn wrong(self) -> Error {
        let counted = self.desk.change_once(self.call, |cx| {
            let permit = cx.grant().whole()?;
            let told = match self.free(cx.db()) {
                Ok(()) => {
                    let tally = store::tally(cx.db(), &self.subject)?.failed();
                    store::put_tally(cx.write(&permit), &self.subject, tally, cx.now())?;
                    // Before the commit: a wait may begin for nothing, but never too late.
                    self.studio.memory.failed(&self.subject, self.desk.tools().clock.now().mono);
                    (self.wrong)(tally.tries_left())
                }
                Err(wait @ Error::Throttled { .. }) => wait,
                Err(error) => return Err(error),
            };
            self.name(cx);
            cx.refuse(told.code());
            Ok(told)
        });
        match counted {
            Ok(told) | Err(told) => told,
        }
    }

    /// Commits what a right entry brings and starts its count anew, unless tries at the same time used up the count.
    pub fn right<T>(self, commit: impl FnOnce(&mut Change<'_>, &Permit) -> Result<T>) -> Result<T> {
        let done = self.desk.change_once(self.call, |cx| self.pass(cx, commit));
        self.settle(done)
    }

    /// As [`Guess::right`] for a command that carries a key: answered with its first reply when it comes again.
    pub fn right_keyed<T: Serialize>(
        self,
        commit: impl FnOnce(&mut Change<'_>, &Permit) -> Result<T>,
    ) -> Result<Box<RawValue>> {
        let done = self.desk.change(self.call, |cx| self.pass(cx, commit));
        self.settle(done)
    }

    fn pass<T>(
        &self,
        cx: &mut Change<'_>,
        commit: impl FnOnce(&mut Change<'_>, &Permit) -> Result<T>,
    ) -> Result<T> {
        let permit = cx.grant().whole()?;
        self.free(cx.db())?;
        if let Some((member, epoch)) = &self.own
            && store::epochs(cx.db(), member)?.0 != *epoch
        {
            return Err(Error::Conflict { reason: "password_changed" });
        }
        store::clear_tally(cx.write(&permit), &self.subject)?;
        self.name(cx);
        commit(cx, &permit)
    }

    fn settle<T>(&self, done: Result<T>) -> Result<T> {
        match &done {
            Ok(_) => self.studio.memory.succeeded(&self.subject),
            // What was right is so no longer, or may not be said yet; nothing of the commit is left.
            Err(no @ (Error::Throttled { .. } | Error::BadCredentials { .. } | Error::BadCode { .. })) => {
                self.journal_no(no.code())?;
            }
            Err(_) => {}
        }
        done
    }
}
