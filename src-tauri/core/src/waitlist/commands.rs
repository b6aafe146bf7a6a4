//! What the desk can ask about the wait-list.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{WaitOutcome, Waiting, store};
use crate::access::{Owner, switches};
use crate::agenda::commands::{check_artist, sees_all};
use crate::agenda::openings::gaps;
use crate::agenda::store as agenda;
use crate::calendar::Day;
use crate::clients::commands::check_bookable;
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::studio::{commands::Nothing, store as studio};
use crate::text::{Id, Note};

const MINUTE: Millis = 60_000;
/// No service needs longer before or after.
const AROUND: Millis = 240 * MINUTE;
/// A month of nothing is no slot.
const LONGEST_SLOT: Millis = 31 * 24 * 60 * MINUTE;

fn shown(look: &Look<'_>, mut entries: Vec<Waiting>) -> Result<Vec<Waiting>> {
    let caller = look.caller()?;
    if !switches::shows_contacts(caller.role, &caller.switches, look.now()) {
        for entry in &mut entries {
            entry.phone = None;
            entry.email = None;
        }
    }
    Ok(entries)
}

/// Everybody who waits; an artist sees who waits for them.
pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Waiting>> {
    let own = if sees_all(look)? { None } else { Some(look.caller()?.artist.clone().unwrap_or_default()) };
    shown(look, store::open(look.db(), own.as_deref())?)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FitsArgs {
    pub artist_id: Id,
    pub starts_at: Millis,
    pub ends_at: Millis,
}

/// Who could come into a slot that became free.
pub(crate) fn fits(look: &Look<'_>, args: FitsArgs) -> Result<Vec<Waiting>> {
    if args.ends_at <= args.starts_at {
        return Err(Error::invalid("ends_at", "not after the start"));
    }
    if args.ends_at.saturating_sub(args.starts_at) > LONGEST_SLOT {
        return Err(Error::invalid("ends_at", "out of range"));
    }
    let day = String::from(look.settings()?.zone()?.day_of(args.starts_at)?);
    let minutes = (args.ends_at - args.starts_at) / MINUTE;
    let mut entries = store::fitting(look.db(), &args.artist_id, &day, minutes)?;
    // What a service needs before and after is the artist's time too: of the slot, or of what is free around it.
    let services = studio::services(look.db())?;
    let (from, to) = (args.starts_at - AROUND, args.ends_at + AROUND);
    let busy: Vec<_> = agenda::busy(look.db(), Some(&args.artist_id), from, to)?
        .into_iter()
        .map(|(_, from, to)| (from, to))
        .collect();
    let free = gaps((from, to), &busy);
    entries.retain(|entry| {
        let (setup, cleanup) = services
            .iter()
            .find(|service| service.id == entry.service_id)
            .map_or((0, 0), |service| (service.setup_minutes, service.cleanup_minutes));
        free.iter().any(|gap| {
            let begins = args.starts_at.max(gap.0 + setup * MINUTE);
            let ends = args.ends_at.min(gap.1 - cleanup * MINUTE);
            ends - begins >= entry.minutes * MINUTE
        })
    });
    if !sees_all(look)? {
        let mine = look.caller()?.artist.clone();
        entries.retain(|entry| entry.artist_id.is_some() && entry.artist_id == mine);
    }
    shown(look, entries)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct WaitArgs {
    pub client_id: Id,
    /// Any artist when left out: for those who book for everybody.
    pub artist_id: Option<Id>,
    pub service_id: Id,
    /// The service's usual length when left out.
    pub minutes: Option<i64>,
    /// The days that would suit.
    pub from: Day,
    pub until: Day,
    pub note: Option<Note>,
}

pub(crate) fn add(cx: &mut Change<'_>, args: WaitArgs) -> Result<Vec<Waiting>> {
    if args.minutes.is_some_and(|minutes| !(5..=1440).contains(&minutes)) {
        return Err(Error::invalid("minutes", "5 to 1440"));
    }
    if args.until < args.from {
        return Err(Error::invalid("until", "before the first day"));
    }
    if args.until < cx.settings()?.zone()?.day_of(cx.now())? {
        return Err(Error::invalid("until", "past"));
    }
    let permit = match &args.artist_id {
        Some(artist) => {
            let owner = agenda::bookable(cx.db(), artist)?.map(|_| Owner::Artist(artist.to_string()));
            let permit = cx.grant().over(owner, "artist")?;
            check_artist(cx, artist)?;
            permit
        }
        None => cx.grant().whole()?,
    };
    let service =
        studio::service_by_id(cx.db(), &args.service_id)?.ok_or(Error::NotFound { what: "service" })?;
    if !service.active {
        return Err(Error::Conflict { reason: "service_inactive" });
    }
    check_bookable(cx, &args.client_id)?;
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    let new = store::NewWaiting {
        id: &id,
        client: &args.client_id,
        artist: args.artist_id.as_deref(),
        service: &args.service_id,
        minutes: args.minutes.unwrap_or(service.minutes),
        from: args.from,
        until: args.until,
        note: args.note.as_deref(),
    };
    store::add(cx.write(&permit), &new, cx.now(), &by)?;
    cx.note("waiting", id.as_str());
    cx.note("client", &*args.client_id);
    list(cx, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SettleWaitArgs {
    pub waiting_id: Id,
    pub outcome: WaitOutcome,
}

/// Takes an entry off the list: it was booked, or the client no longer waits.
pub(crate) fn settle(cx: &mut Change<'_>, args: SettleWaitArgs) -> Result<Vec<Waiting>> {
    let found = store::artist_of(cx.db(), &args.waiting_id)?;
    let owner = found.map(|artist| artist.map_or(Owner::Nobody, Owner::Artist));
    let permit = cx.grant().over(owner, "waiting")?;
    store::settle(cx.write(&permit), &args.waiting_id, args.outcome.name(), cx.now())?;
    cx.note("waiting", &*args.waiting_id);
    cx.note("outcome", args.outcome.name());
    list(cx, Nothing {})
}
