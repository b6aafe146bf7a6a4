//! Somebody leaves, or comes back: the account, the appointments ahead, and what is left to do (D07, T111 to T114).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::commands::{find, guard};
use super::{Member, store};
use crate::access::{Action, Owner, Role};
use crate::agenda::store::Appointment;
use crate::agenda::{VisitStatus, store as agenda};
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::notices::{self, NoticeKind};
use crate::text::{Id, Short};
use crate::till::REGISTER;
use crate::till::deposits;

/// A visit still ahead of an artist who leaves.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct FutureVisit {
    pub appointment_id: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub client_name: String,
    /// To call them: somebody has to tell the client.
    pub phone: Option<String>,
    pub service_name: String,
}

/// What archiving a member would leave to be done: looked at before it is done.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Leaving {
    pub appointments: Vec<FutureVisit>,
    /// This member knows the master code (T112).
    pub rotate_code: bool,
    /// Fewer than two owners and admins would be left (A030).
    pub few_admins: bool,
    /// The cash drawer was opened by this member and is still open.
    pub open_drawer: bool,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct LeavingArgs {
    pub member_id: Id,
}

pub(crate) fn leaving(look: &Look<'_>, args: LeavingArgs) -> Result<Leaving> {
    look.grant().whole()?;
    let member = store::member_by_id(look.db(), &args.member_id, look.now())?
        .ok_or(Error::NotFound { what: "member" })?;
    let appointments = match &store::profile_of(look.db(), &member.id)? {
        Some(artist) => ahead(look, artist)?.iter().map(|visit| shown(look, visit)).collect::<Result<_>>()?,
        None => Vec::new(),
    };
    let own_role = member.role_after.unwrap_or(member.role);
    let manages = matches!(own_role, Role::Owner | Role::Admin) && member.active;
    let drawer = crate::drawer::store::open_session(look.db(), REGISTER)?;
    Ok(Leaving {
        appointments,
        rotate_code: knows_code(&member),
        few_admins: store::admins(look.db())? - i64::from(manages) < 2,
        open_drawer: drawer.is_some_and(|session| session.opened_by == member.id),
    })
}

/// An assistant is told the master code; so is one whose role is only lent.
fn knows_code(member: &Member) -> bool {
    member.role == Role::Assistant || member.role_after == Some(Role::Assistant)
}

/// The visits that have not begun, in their order.
fn ahead(look: &Look<'_>, artist: &str) -> Result<Vec<Appointment>> {
    agenda::ahead(look.db(), artist, look.now())
}

fn shown(look: &Look<'_>, visit: &Appointment) -> Result<FutureVisit> {
    let card = agenda::card_by_id(look.db(), &visit.id)?;
    Ok(FutureVisit {
        appointment_id: visit.id.clone(),
        starts_at: visit.starts_at,
        ends_at: visit.ends_at,
        client_name: card.client_name,
        phone: card.detail.as_ref().and_then(|detail| detail.phone.clone()),
        service_name: card.detail.map(|detail| detail.service_name).unwrap_or_default(),
    })
}

/// What becomes of a leaver's appointments (T113).
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Plan {
    /// Another artist takes them, where the time is free.
    HandTo(Id),
    /// All of them are cancelled, for this reason.
    Cancel(Short),
}

/// What came of a plan.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct Settled {
    pub moved: i64,
    pub cancelled: i64,
    /// Of somebody who left, what went to the other artist beside the visits: open projects, wishes on the wait-list,
    /// clients.
    pub projects: i64,
    pub wishes: i64,
    pub clients: i64,
    /// The other artist is booked or off at these times: somebody has to settle them one by one.
    pub not_moved: Vec<FutureVisit>,
}

fn settle(cx: &mut Change<'_>, artist: &str, plan: &Plan) -> Result<Settled> {
    let visits = ahead(cx, artist)?;
    let mut settled = Settled::default();
    let mut touched = Vec::new();
    match plan {
        Plan::HandTo(other) => {
            let grant = cx.also(Action::AgendaEdit)?;
            let bookable = agenda::bookable(cx.db(), other)?;
            let permit = grant.over(bookable.map(|_| Owner::Artist(other.to_string())), "artist")?;
            if bookable != Some(true) || **other == *artist {
                return Err(Error::Conflict { reason: "artist_archived" });
            }
            for visit in visits {
                let Appointment { id, starts_at, ends_at, .. } = &visit;
                if agenda::overlaps(cx.db(), other, *starts_at, *ends_at, id)?
                    || agenda::blocked(cx.db(), other, *starts_at, *ends_at)?
                {
                    settled.not_moved.push(shown(cx, &visit)?);
                    continue;
                }
                touched.push(visit.id.clone());
                deposits::follow(cx, &permit, &visit.id, other)?;
                agenda::put(cx.write(&permit), &Appointment { artist: other.to_string(), ..visit })?;
                settled.moved += 1;
            }
            cx.note("new_artist", &**other);
            if agenda::bookable(cx.db(), artist)? != Some(true) {
                let (projects, wishes) = store::hand_wishes(cx.write(&permit), artist, other)?;
                let permit = cx.also(Action::ClientsReassign)?.whole()?;
                let clients = store::hand_clients(cx.write(&permit), artist, other)?;
                for (name, count, told) in [
                    ("projects", projects, &mut settled.projects),
                    ("wishes", wishes, &mut settled.wishes),
                    ("clients", clients, &mut settled.clients),
                ] {
                    *told = i64::try_from(count).map_err(Error::internal)?;
                    if count > 0 {
                        cx.note(name, count);
                    }
                }
            }
            if settled.moved > 0
                && let Some(member) = store::member_of_artist(cx.db(), other)?
            {
                let facts = json!({"count": settled.moved});
                notices::tell(cx, &permit, &member, NoticeKind::AppointmentsMoved, &facts)?;
            }
        }
        Plan::Cancel(reason) => {
            let permit = cx.also(Action::AgendaCancel)?.whole()?;
            for visit in visits {
                agenda::set_status(
                    cx.write(&permit),
                    &visit.id,
                    VisitStatus::Cancelled,
                    Some(&**reason),
                    cx.now(),
                )?;
                touched.push(visit.id);
                settled.cancelled += 1;
            }
            cx.give_reason(reason);
        }
    }
    cx.note("artist", artist);
    cx.note("appointments", touched);
    Ok(settled)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct HandOverArgs {
    pub artist_id: Id,
    pub appointments: Plan,
}

/// Settles the appointments that are still ahead of an artist.
pub(crate) fn hand_over(cx: &mut Change<'_>, args: HandOverArgs) -> Result<Settled> {
    let known = store::artist_exists(cx.db(), &args.artist_id)?;
    cx.grant().over(known.then(|| Owner::Artist(args.artist_id.to_string())), "artist")?;
    settle(cx, &args.artist_id, &args.appointments)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetActiveArgs {
    pub member_id: Id,
    pub active: bool,
    /// What becomes of an artist's appointments; left out, they stay where they are for somebody to settle.
    pub appointments: Option<Plan>,
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
    pub settled: Settled,
}

pub(crate) fn set_active(cx: &mut Change<'_>, args: SetActiveArgs) -> Result<SetActive> {
    if args.active && args.appointments.is_some() {
        return Err(Error::invalid("appointments", "only when archiving"));
    }
    let found = store::member_by_id(cx.db(), &args.member_id, cx.now())?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = found.ok_or(Error::NotFound { what: "member" })?;
    guard(cx, &target)?;
    let profile = store::profile_of(cx.db(), &target.id)?;
    store::set_active(cx.write(&permit), &target.id, args.active, cx.now())?;
    let settled = match (&args.appointments, &profile) {
        (Some(plan), Some(artist)) => settle(cx, artist, plan)?,
        _ => Settled::default(),
    };
    if !args.active {
        cx.forget(&target.id);
    }
    let rotate_code = !args.active && knows_code(&target);
    if rotate_code {
        crate::security::store::mark_due(cx.write(&permit), "master_code", "left")?;
    }
    cx.note("member", target.id.as_str());
    cx.note("active", args.active);
    let future_appointments = match &profile {
        Some(artist) if !args.active => ahead(cx, artist)?.len(),
        _ => 0,
    };
    Ok(SetActive {
        rotate_code,
        future_appointments: i64::try_from(future_appointments).map_err(Error::internal)?,
        few_admins: store::admins(cx.db())? < 2,
        settled,
        member: find(cx, &target.id)?,
    })
}
