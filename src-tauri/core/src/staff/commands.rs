//! What the desk can ask about people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Member, NewMember, SwitchState, Username, store};
use crate::access::{Action, Owner, Policy, Role, SwitchName, password};
use crate::clock::Millis;
use crate::door::{Change, Look, Tools};
use crate::error::{Error, Result};
use crate::studio::commands::Nothing;
use crate::text::{Id, Name, Short};

/// Everybody, active first. Commission and switches only for those who manage accounts.
pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Member>> {
    let manages = look.caller()?.answer(look.now(), Action::StaffManageUsers) == Policy::Allow;
    let mine = look.caller()?.id.clone();
    let mut members = store::members(look.db())?;
    for member in &mut members {
        if manages || member.id == mine {
            member.switches = store::switch_states(look.db(), &member.id)?;
        } else {
            member.commission_bp = None;
        }
    }
    Ok(members)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CreateUserArgs {
    pub username: Username,
    pub name: Name,
    /// Anything but owner: ownership is handed over, never given (D07).
    pub role: Role,
    /// An artist profile without an account; left out, an artist gets a new profile (T082).
    pub artist_id: Option<Id>,
    pub commission_bp: Option<i64>,
}

/// A new account and its one-time password, shown once (T087).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CreatedUser {
    pub member: Member,
    pub password: String,
}

pub(crate) fn create_user(
    tools: &Tools,
    args: CreateUserArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<CreatedUser> + use<>> {
    let password = password::temporary(&*tools.random)?;
    let hash = password::hash(&password, tools.cost, &*tools.random)?;
    Ok(move |cx: &mut Change<'_>| {
        let permit = cx.grant().whole()?;
        if args.role == Role::Owner {
            return Err(Error::Denied);
        }
        if store::username_taken(cx.db(), &args.username)? {
            return Err(Error::Conflict { reason: "username_taken" });
        }
        let id = cx.id()?;
        let artist = artist_link(cx, &id, &args)?;
        let member = NewMember {
            id: &id,
            username: &args.username,
            name: &args.name,
            role: args.role,
            artist: artist.as_deref(),
            hash: &hash,
            must_change: true,
        };
        store::add_member(cx.write(&permit), &member, cx.now())?;
        cx.note("member", id.as_str());
        cx.note("role", args.role.name());
        let member = find(cx, &id)?;
        Ok(CreatedUser { member, password })
    })
}

/// The artist profile of a new account: a given one that is still free, a new one, or none (T082, T083).
fn artist_link(cx: &mut Change<'_>, member: &str, args: &CreateUserArgs) -> Result<Option<String>> {
    let permit = cx.grant().whole()?;
    if !args.role.tattoos() {
        return match args.artist_id {
            Some(_) => Err(Error::invalid("artist_id", "only for artists")),
            None => Ok(None),
        };
    }
    if let Some(artist) = &args.artist_id {
        if !store::artist_exists(cx.db(), artist)? {
            return Err(Error::NotFound { what: "artist" });
        }
        if store::artist_taken(cx.db(), artist, member)? {
            return Err(Error::Conflict { reason: "artist_taken" });
        }
        return Ok(Some(artist.to_string()));
    }
    let commission = super::commission(args.commission_bp, "commission_bp")?;
    let artist = cx.id()?;
    let hours = cx.settings()?.hours;
    store::add_artist(cx.write(&permit), &artist, &args.name, commission, &hours, cx.now())?;
    Ok(Some(artist))
}

fn find(look: &Look<'_>, id: &str) -> Result<Member> {
    let mut member = store::member_by_id(look.db(), id)?.ok_or(Error::NotFound { what: "member" })?;
    member.switches = store::switch_states(look.db(), id)?;
    Ok(member)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChangeRoleArgs {
    pub member_id: Id,
    pub role: Role,
}

/// The guardrails above the matrix (D07): nobody changes themselves, nobody touches or makes the owner.
fn guard(cx: &Change<'_>, target: &Member) -> Result<()> {
    if target.id == cx.caller()?.id || target.role == Role::Owner {
        return Err(Error::Denied);
    }
    Ok(())
}

pub(crate) fn change_role(cx: &mut Change<'_>, args: ChangeRoleArgs) -> Result<Member> {
    let owner = store::member_by_id(cx.db(), &args.member_id)?;
    let permit = cx.grant().over(owner.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = owner.ok_or(Error::NotFound { what: "member" })?;
    guard(cx, &target)?;
    if args.role == Role::Owner {
        return Err(Error::Denied);
    }
    let artist = match (&target.artist_id, args.role.tattoos()) {
        (Some(artist), true) => Some(artist.clone()),
        (None, true) => {
            let artist = cx.id()?;
            let hours = cx.settings()?.hours;
            store::add_artist(cx.write(&permit), &artist, &target.name, 5_000, &hours, cx.now())?;
            Some(artist)
        }
        // The profile stays, with its history; the account is no longer linked to it (T083).
        (_, false) => None,
    };
    store::set_role(cx.write(&permit), &target.id, args.role, artist.as_deref())?;
    cx.note("member", target.id.as_str());
    cx.note("old_role", target.role.name());
    cx.note("new_role", args.role.name());
    find(cx, &target.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetActiveArgs {
    pub member_id: Id,
    pub active: bool,
}

/// What an archiving leaves to be done.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SetActive {
    pub member: Member,
    /// An assistant left: the master code must be rotated (T112).
    pub rotate_code: bool,
    /// Appointments still ahead of an artist who left (T113).
    pub future_appointments: i64,
    /// Fewer than two owners and admins are left (A030).
    pub few_admins: bool,
}

pub(crate) fn set_active(cx: &mut Change<'_>, args: SetActiveArgs) -> Result<SetActive> {
    let found = store::member_by_id(cx.db(), &args.member_id)?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = found.ok_or(Error::NotFound { what: "member" })?;
    guard(cx, &target)?;
    store::set_active(cx.write(&permit), &target.id, args.active)?;
    cx.note("member", target.id.as_str());
    cx.note("active", args.active);
    let future = match &target.artist_id {
        Some(artist) if !args.active => crate::agenda::store::future_count(cx.db(), artist, cx.now())?,
        _ => 0,
    };
    Ok(SetActive {
        rotate_code: !args.active && target.role == Role::Assistant,
        future_appointments: future,
        few_admins: store::admins(cx.db())? < 2,
        member: find(cx, &target.id)?,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetSwitchArgs {
    pub member_id: Id,
    pub name: SwitchName,
    /// Null puts the cell back to what the role says.
    pub on: Option<bool>,
    /// After this the switch stops by itself.
    pub until: Option<Millis>,
    pub reason: Option<Short>,
}

pub(crate) fn set_switch(cx: &mut Change<'_>, args: SetSwitchArgs) -> Result<Member> {
    let found = store::member_by_id(cx.db(), &args.member_id)?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = found.ok_or(Error::NotFound { what: "member" })?;
    guard(cx, &target)?;
    if !target.role.tattoos() {
        return Err(Error::Conflict { reason: "role_has_no_switches" });
    }
    if args.until.is_some_and(|until| until <= cx.now()) {
        return Err(Error::invalid("until", "in the past"));
    }
    match args.on {
        Some(on) => {
            let state =
                SwitchState { name: args.name, on, until: args.until, reason: args.reason.map(String::from) };
            let by = cx.caller()?.id.clone();
            store::set_switch(cx.write(&permit), &target.id, &state, cx.now(), &by)?;
        }
        None => store::clear_switch(cx.write(&permit), &target.id, args.name)?,
    }
    cx.note("member", target.id.as_str());
    cx.note("switch", args.name.name());
    cx.note("on", args.on);
    find(cx, &target.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MemberArgs {
    pub member_id: Id,
}

/// A new one-time password for somebody who lost theirs. The owner's is only for the owner (D22).
pub(crate) fn reset_password(
    tools: &Tools,
    args: MemberArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<CreatedUser> + use<>> {
    let password = password::temporary(&*tools.random)?;
    let hash = password::hash(&password, tools.cost, &*tools.random)?;
    Ok(move |cx: &mut Change<'_>| {
        let found = store::member_by_id(cx.db(), &args.member_id)?;
        let permit =
            cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
        let target = found.ok_or(Error::NotFound { what: "member" })?;
        guard(cx, &target)?;
        store::set_password(cx.write(&permit), &target.id, &hash, true, cx.now())?;
        cx.note("member", target.id.as_str());
        Ok(CreatedUser { member: find(cx, &target.id)?, password })
    })
}
