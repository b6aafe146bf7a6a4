//! What going back to a backup leaves as it is today: who gets in, with which rights, and which codes count (T066, T111,
//! T112). A backup from before somebody left must not let them in again, nor make a code right that was replaced because
//! too many knew it.

use std::collections::BTreeMap;

use super::commands::profile_of;
use super::store::{self, Admission};
use crate::access::{Permit, Role};
use crate::clock::Millis;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::security::store::{self as security, SecretRow};
use crate::session::store as session;
use crate::storage::Reader;

/// The codes that open something at the desk.
const CODES: [&str; 2] = ["master_code", "recovery_code"];

/// As it stands in one file.
#[derive(Debug)]
pub(crate) struct Kept {
    people: BTreeMap<String, Admission>,
    codes: Vec<SecretRow>,
}

/// What of a backup is not as it is today, and stays as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds {
    /// The members.
    pub people: Vec<String>,
    /// The names of the codes.
    pub codes: Vec<&'static str>,
}

impl Kept {
    pub(crate) fn read(db: Reader<'_>, now: Millis) -> Result<Kept> {
        Ok(Kept {
            people: store::admissions(db, now)?,
            codes: CODES.iter().map(|name| security::secret(db, name)).collect::<Result<_>>()?,
        })
    }

    fn owner(&self) -> Option<&str> {
        self.people.iter().find(|(_, person)| person.role == Role::Owner).map(|(id, _)| id.as_str())
    }

    /// What of `then`, a backup, is not as it is here. Whoever came after it is gone with everything else since.
    pub(crate) fn unlike(&self, then: &Kept) -> Kinds {
        let people = self
            .people
            .iter()
            .filter(|(id, now)| then.people.get(*id).is_some_and(|before| !is_like(now, before)));
        let codes = CODES.iter().zip(self.codes.iter().zip(&then.codes));
        Kinds {
            people: people.map(|(id, _)| id.clone()).collect(),
            codes: codes
                .filter(|(_, (now, before))| {
                    let (since, from) =
                        ((now.changed_at, now.generation), (before.changed_at, before.generation));
                    let same = now.hash == before.hash || since == from;
                    !same || now.due_because != before.due_because
                })
                .map(|(name, _)| *name)
                .collect(),
        }
    }
}

fn is_like(now: &Admission, before: &Admission) -> bool {
    now.has_same_rights(before) && now.has_same_password(before) && now.has_same_pin(before)
}

/// Makes the file as `today` was in this, and tells what was not.
pub(crate) fn keep(cx: &mut Change<'_>, permit: &Permit, today: &Kept) -> Result<Kinds> {
    let then = Kept::read(cx.db(), cx.now())?;
    let kinds = today.unlike(&then);
    if let (Some(owner), Some(former)) = (today.owner(), then.owner())
        && owner != former
        && then.people.contains_key(owner)
    {
        store::hand_over_studio(cx.write(permit), former, owner)?;
    }
    for id in &kinds.people {
        if let (Some(now), Some(before)) = (today.people.get(id), then.people.get(id)) {
            admit(cx, permit, id, now, before)?;
        }
    }
    for (name, code) in CODES.iter().zip(&today.codes).filter(|(name, _)| kinds.codes.contains(name)) {
        let db = cx.write(permit);
        security::put_secret(db, name, &code.hash, code.changed_at, code.changed_by.as_deref())?;
        if let Some(because) = &code.due_because {
            security::mark_due(db, name, because)?;
        }
    }
    Ok(kinds)
}

fn admit(cx: &Change<'_>, permit: &Permit, id: &str, now: &Admission, before: &Admission) -> Result<()> {
    let db = cx.write(permit);
    let member = store::member_by_id(cx.db(), id, cx.now())?.ok_or(Error::NotFound { what: "member" })?;
    let role = member.role_after.unwrap_or(member.role);
    // There is always one owner, and whoever it is today may not be in the backup.
    if role != Role::Owner && !now.has_same_rights(before) {
        let profile = || profile_of(cx, permit, &member);
        let artist = match now.role {
            role if role.tattoos() => Some(profile()?),
            Role::Assistant => None,
            _ => member.artist_id.clone(),
        };
        store::set_role(db, id, now.role, artist.as_deref())?;
        if let Some(loan) = &now.loan {
            if loan.role.tattoos() {
                store::link_artist(db, id, &profile()?)?;
            }
            let terms = store::Loan { role: loan.role, until: loan.until, reason: loan.reason.as_deref() };
            store::lend_role(db, id, &terms, loan.at, &setter(cx, &loan.by)?)?;
        }
        for switch in &now.switches {
            store::set_switch(db, id, &switch.state, switch.at, &setter(cx, &switch.by)?)?;
        }
        store::set_active(db, id, now.active, now.archived_at.unwrap_or(cx.now()))?;
    }
    if !now.has_same_password(before) {
        let password = &now.password;
        store::set_password(db, id, &password.hash, password.must_change, password.changed_at)?;
    }
    if !now.has_same_pin(before) {
        let (hash, at) = now.pin.as_ref().map_or((None, cx.now()), |pin| (Some(&*pin.hash), pin.set_at));
        session::set_pin(db, id, hash, at)?;
    }
    Ok(())
}

/// Who set something; the owner stands for somebody who is not in the backup.
fn setter(cx: &Change<'_>, by: &str) -> Result<String> {
    match store::name_of(cx.db(), by)? {
        Some(_) => Ok(by.to_owned()),
        None => store::owner(cx.db()),
    }
}
