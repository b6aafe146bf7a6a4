//! What the desk can ask about people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{Member, NewMember, SwitchState, Username, store};
use crate::access::{Action, Owner, Permit, Policy, Role, SwitchName, password};
use crate::clock::Millis;
use crate::door::{Change, Look, Tools};
use crate::error::{Error, Result, Why};
use crate::notices::{self, NoticeKind};
use crate::studio::commands::Nothing;
use crate::text::{Id, Name, Short};

/// Everybody, active first (D10). Commission and switches only for those who manage accounts and of oneself; how full
/// somebody's day is only for those who see the whole book (D04).
pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Member>> {
    let caller = look.caller()?;
    let manages = caller.answer(look.now(), Action::StaffManageUsers) == Policy::Allow;
    let sees_book = caller.answer(look.now(), Action::AgendaEdit) != Policy::Own;
    let zone = look.settings()?.zone()?;
    let today = zone.bounds(zone.day_of(look.now())?, 1)?;
    let mut members = store::members(look.db(), look.now())?;
    let mut weeks = store::weeks(look.db())?;
    for member in &mut members {
        let mine = member.id == caller.id;
        unlend(member);
        if manages || mine {
            member.switches = switches_now(look, member)?;
        } else {
            member.commission_bp = None;
        }
        if let Some(artist) = &member.artist_id {
            member.hours = weeks.remove(artist).unwrap_or_default().hours;
            if sees_book || mine {
                let (today, next) = store::visits_ahead(look.db(), artist, look.now(), today)?;
                member.appointments_today = Some(today);
                member.next_at = next;
            }
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
            return Err(Error::denied(Why::Owner));
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

/// An assistant has no artist link (T083): that of a lent role that is over stays behind with nothing to say.
fn unlend(member: &mut Member) {
    if member.role == Role::Assistant && member.role_after.is_none() {
        member.artist_id = None;
    }
}

/// The switches that are set: one whose time is over stopped by itself (D03), and so did those of a role that was lent.
fn switches_now(look: &Look<'_>, member: &Member) -> Result<Vec<SwitchState>> {
    if !member.role.tattoos() && !member.role_after.is_some_and(Role::tattoos) {
        return Ok(Vec::new());
    }
    let mut states = store::switch_states(look.db(), &member.id)?;
    states.retain(|state| state.until.is_none_or(|until| look.now() < until));
    Ok(states)
}

/// A member as those who manage accounts see them.
pub(super) fn find(look: &Look<'_>, id: &str) -> Result<Member> {
    let mut member =
        store::member_by_id(look.db(), id, look.now())?.ok_or(Error::NotFound { what: "member" })?;
    unlend(&mut member);
    member.switches = switches_now(look, &member)?;
    if let Some(artist) = &member.artist_id {
        member.hours = store::weekly_hours(look.db(), artist)?;
    }
    Ok(member)
}

/// Somebody's account and the right over it, in the order of D18.
fn target(cx: &Change<'_>, id: &str) -> Result<(Permit, Member)> {
    let found = store::member_by_id(cx.db(), id, cx.now())?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = found.ok_or(Error::NotFound { what: "member" })?;
    guard(cx, &target)?;
    Ok((permit, target))
}

/// The guardrails above the matrix (D07): nobody changes themselves, nobody touches or makes the owner.
pub(super) fn guard(cx: &Change<'_>, target: &Member) -> Result<()> {
    if target.id == cx.caller()?.id {
        return Err(Error::denied(Why::Yourself));
    }
    if target.role == Role::Owner {
        return Err(Error::denied(Why::Owner));
    }
    Ok(())
}

/// Terms are set by somebody else, the owner's by the owner (S011).
pub(crate) fn guard_terms(cx: &Change<'_>, member: &str) -> Result<()> {
    let target = store::member_by_id(cx.db(), member, cx.now())?.ok_or(Error::NotFound { what: "member" })?;
    let owner_alone = target.role == Role::Owner && cx.caller()?.id == target.id;
    if owner_alone { Ok(()) } else { guard(cx, &target) }
}

/// The year 2200: what lasts longer is no loan, and no calendar shows it.
const LATEST: Millis = 7_258_118_400_000;

fn check_until(look: &Look<'_>, until: Option<Millis>) -> Result<()> {
    match until {
        Some(until) if until <= look.now() => Err(Error::invalid("until", "in the past")),
        Some(until) if until > LATEST => Err(Error::invalid("until", "out of range")),
        _ => Ok(()),
    }
}

/// Rights are for people who are here: whoever comes back is reactivated first.
fn present(target: &Member) -> Result<()> {
    if target.active { Ok(()) } else { Err(Error::Conflict { reason: "member_archived" }) }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChangeRoleArgs {
    pub member_id: Id,
    pub role: Role,
    /// Lends the role until then; it ends by itself (A032). Left out, the role is the member's own from now on.
    pub until: Option<Millis>,
    pub reason: Option<Short>,
}

pub(crate) fn change_role(cx: &mut Change<'_>, args: ChangeRoleArgs) -> Result<Member> {
    let (permit, target) = target(cx, &args.member_id)?;
    if args.role == Role::Owner {
        return Err(Error::denied(Why::Owner));
    }
    check_until(cx, args.until)?;
    present(&target)?;
    let own_role = target.role_after.unwrap_or(target.role);
    match args.until {
        Some(_) if args.role == own_role => return Err(Error::Conflict { reason: "same_role" }),
        // Nothing would change, and the switches would be gone (D29).
        None if args.role == target.role && target.role_after.is_none() => {
            return Ok(target);
        }
        Some(until) => {
            if args.role.tattoos() {
                let artist = profile_of(cx, &permit, &target)?;
                store::link_artist(cx.write(&permit), &target.id, &artist)?;
            }
            let by = cx.caller()?.id.clone();
            let loan = store::Loan { role: args.role, until, reason: args.reason.as_deref() };
            store::lend_role(cx.write(&permit), &target.id, &loan, cx.now(), &by)?;
            cx.note("until", until);
        }
        None => {
            let artist = match args.role {
                role if role.tattoos() => Some(profile_of(cx, &permit, &target)?),
                // The profile stays, with its history; the account is no longer linked to it (T083).
                Role::Assistant => None,
                _ => target.artist_id.clone(),
            };
            store::set_role(cx.write(&permit), &target.id, args.role, artist.as_deref())?;
        }
    }
    if target.role == Role::Assistant && args.role.tattoos() && args.until.is_none() {
        // Whoever is no longer at the desk still knows the code.
        crate::security::store::mark_due(cx.write(&permit), "master_code", "left")?;
    }
    if let Some(reason) = &args.reason {
        cx.give_reason(reason);
    }
    cx.note("member", target.id.as_str());
    cx.note("old_role", target.role.name());
    cx.note("new_role", args.role.name());
    let facts = json!({"old_role": target.role.name(), "new_role": args.role.name(), "until": args.until});
    notices::tell(cx, &permit, &target.id, NoticeKind::RoleChanged, &facts)?;
    find(cx, &target.id)
}

/// The profile of somebody who tattoos from now on: the one they have or had, or a new one (T082).
pub(super) fn profile_of(cx: &Change<'_>, permit: &Permit, target: &Member) -> Result<String> {
    if let Some(artist) = store::profile_of(cx.db(), &target.id)? {
        return Ok(artist);
    }
    let artist = cx.id()?;
    let hours = cx.settings()?.hours;
    store::add_artist(
        cx.write(permit),
        &artist,
        &target.name,
        super::commission(None, "")?,
        &hours,
        cx.now(),
    )?;
    Ok(artist)
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
    let (permit, target) = target(cx, &args.member_id)?;
    check_until(cx, args.until)?;
    present(&target)?;
    if !target.role.tattoos() {
        return Err(Error::Conflict { reason: "role_has_no_switches" });
    }
    if let Some(reason) = &args.reason {
        cx.give_reason(reason);
    }
    let facts = json!({"switch": args.name.name(), "on": args.on, "until": args.until});
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
    if let Some(until) = args.until {
        cx.note("until", until);
    }
    notices::tell(cx, &permit, &target.id, NoticeKind::SwitchChanged, &facts)?;
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
        let (permit, target) = target(cx, &args.member_id)?;
        store::set_password(cx.write(&permit), &target.id, &hash, true, cx.now())?;
        cx.note("member", target.id.as_str());
        notices::tell(cx, &permit, &target.id, NoticeKind::PasswordReset, &json!({}))?;
        Ok(CreatedUser { member: find(cx, &target.id)?, password })
    })
}
