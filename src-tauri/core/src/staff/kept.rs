//! What going back to a backup leaves as it is today: who gets in, with which rights, and which codes count (T066, T111,
//! T112). A backup from before somebody left must not let them in again, nor make a code right that was replaced because
//! too many knew it.

use std::collections::BTreeMap;

use super::NewMember;
use super::commands::profile_of;
use super::store::{self, Admission};
use crate::access::{Permit, Role};
use crate::agenda::store as agenda;
use crate::clock::Millis;
use crate::door::{Change, Look};
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
    /// Passwords that somebody had: member, hash, when it was replaced.
    past: Vec<(String, String, Millis)>,
    codes: Vec<SecretRow>,
}

/// What of a backup is not as it is today, and becomes so.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Unlike {
    /// The members.
    pub people: Vec<String>,
    /// The names of the codes.
    pub codes: Vec<&'static str>,
}

impl Kept {
    pub(crate) fn read(db: Reader<'_>, now: Millis) -> Result<Kept> {
        Ok(Kept {
            people: store::admissions(db, now)?,
            past: store::past_passwords(db)?,
            codes: CODES.iter().map(|name| security::secret(db, name)).collect::<Result<_>>()?,
        })
    }

    fn owner(&self) -> Option<&str> {
        self.people.iter().find(|(_, person)| person.role == Role::Owner).map(|(id, _)| id.as_str())
    }

    /// What of `then`, a backup, is not as it is here. Whoever came after it is gone with everything else since, but for
    /// the owner and for `restorer`: nobody else could open the studio that comes back.
    pub(crate) fn unlike(&self, then: &Kept, restorer: Option<&str>) -> Unlike {
        let people = self.people.iter().filter(|(id, now)| match then.people.get(*id) {
            Some(before) => !is_like(now, before),
            None => now.role == Role::Owner || Some(id.as_str()) == restorer,
        });
        let codes = CODES.iter().zip(self.codes.iter().zip(&then.codes));
        Unlike {
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
pub(crate) fn keep(
    cx: &mut Change<'_>,
    permit: &Permit,
    today: &Kept,
    restorer: Option<&str>,
) -> Result<Unlike> {
    let then = Kept::read(cx.db(), cx.now())?;
    let mut unlike = today.unlike(&then, restorer);
    // Of another line of the studio, where somebody else is called so.
    unlike.people.retain(|id| {
        let came = today.people.get(id).filter(|_| !then.people.contains_key(id));
        !came.is_some_and(|came| then.people.values().any(|person| person.username == came.username))
    });
    let db = cx.write(permit);
    let people = || unlike.people.iter().filter_map(|id| Some((id, today.people.get(id)?)));
    for (id, person) in people().filter(|(id, _)| !then.people.contains_key(*id)) {
        come(cx, permit, id, person)?;
    }
    if let (Some(owner), Some(former)) = (today.owner(), then.owner())
        && owner != former
        && store::name_of(cx.db(), owner)?.is_some()
    {
        store::hand_over_studio(db, former, owner)?;
    }
    for (id, now) in people() {
        let before = then.people.get(id);
        if before.is_none_or(|before| !now.has_same_rights(before)) {
            give(cx, permit, id, now)?;
        }
        if before.is_some_and(|before| !now.has_same_password(before)) {
            store::take_password(db, id, &now.password)?;
        }
        if before.is_none_or(|before| !now.has_same_pin(before)) {
            let (hash, at) = now.pin.as_ref().map_or((None, cx.now()), |pin| (Some(&*pin.hash), pin.set_at));
            session::set_pin(db, id, hash, at)?;
        }
    }
    for (id, hash, replaced_at) in today.past.iter().filter(|(id, ..)| unlike.people.contains(id)) {
        store::add_past_password(db, id, hash, *replaced_at)?;
    }
    for (name, code) in CODES.iter().zip(&today.codes).filter(|(name, _)| unlike.codes.contains(name)) {
        security::put_secret(db, name, &code.hash, code.changed_at, code.changed_by.as_deref())?;
        if let Some(because) = &code.due_because {
            security::mark_due(db, name, because)?;
        }
    }
    Ok(unlike)
}

/// An account that is not in the backup.
fn come(cx: &Change<'_>, permit: &Permit, id: &str, person: &Admission) -> Result<()> {
    let member = NewMember {
        id,
        username: &person.username,
        name: &person.name,
        // There is one owner at a time: who it is comes next.
        role: Role::Admin,
        artist: None,
        hash: &person.password.hash,
        must_change: person.password.must_change,
    };
    store::add_member(cx.write(permit), &member, person.password.changed_at)
}

fn give(cx: &Change<'_>, permit: &Permit, id: &str, now: &Admission) -> Result<()> {
    let db = cx.write(permit);
    let member = store::member_by_id(cx.db(), id, cx.now())?.ok_or(Error::NotFound { what: "member" })?;
    if now.role == Role::Owner {
        return Ok(());
    }
    let known = match &now.artist {
        Some(artist)
            if store::artist_exists(cx.db(), artist)? && !store::artist_taken(cx.db(), artist, id)? =>
        {
            Some(artist.clone())
        }
        _ => None,
    };
    let profile = || known.clone().map_or_else(|| profile_of(cx, permit, &member), Ok);
    let artist = match now.role {
        role if role.tattoos() => Some(profile()?),
        Role::Assistant => None,
        // Whoever tattoos beside running the studio.
        _ if now.artist.is_some() => Some(profile()?),
        _ => None,
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
    store::set_active(db, id, now.active, now.archived_at.unwrap_or(cx.now()))
}

/// Visits to come of those of them who left.
pub(crate) fn stranded(look: &Look<'_>, members: &[String]) -> Result<i64> {
    let mut visits = 0;
    for id in members {
        let left = store::member_by_id(look.db(), id, look.now())?.is_some_and(|member| !member.active);
        if left && let Some(artist) = store::profile_of(look.db(), id)? {
            visits += agenda::ahead(look.db(), &artist, look.now())?.len();
        }
    }
    i64::try_from(visits).map_err(Error::internal)
}

/// Who set something; the owner stands for somebody who is not in the backup.
fn setter(cx: &Change<'_>, by: &str) -> Result<String> {
    match store::name_of(cx.db(), by)? {
        Some(_) => Ok(by.to_owned()),
        None => store::owner(cx.db()),
    }
}
