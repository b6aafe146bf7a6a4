//! What the desk can ask about the reception board. It is for every artist (D23).

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;

use super::{ArtistNow, Board, WalkIn, Wish, store};
use crate::access::{Owner, Permit, switches};
use crate::agenda::commands::{LONGEST_MINUTES, tell_artist};
use crate::agenda::openings::{gaps, working};
use crate::agenda::store::{self as agenda, Appointment};
use crate::agenda::{Card, VisitStatus};
use crate::clients::store as clients;
use crate::clock::Millis;
use crate::consent::{PaperworkAt, needed::gate};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::notices::{self, NoticeKind};
use crate::studio::{commands::Nothing, store as studio};
use crate::text::{Id, Note, Short};

const MINUTE: Millis = 60_000;

/// How long a session goes on that ought to be over.
const STILL_AT_IT: Millis = 15 * MINUTE;

type Span = (Millis, Millis);

/// Whoever has the board sees every visit of today; contacts only with their switch.
fn hide_contacts(look: &Look<'_>, cards: &mut [Card], walk_ins: &mut [WalkIn]) -> Result<()> {
    let caller = look.caller()?;
    if !switches::shows_contacts(caller.role, &caller.switches, look.now()) {
        for detail in cards.iter_mut().filter_map(|card| card.detail.as_mut()) {
            detail.hide_contacts();
        }
        for walk_in in walk_ins {
            walk_in.phone = None;
        }
    }
    Ok(())
}

pub(crate) fn today(look: &Look<'_>, _: Nothing) -> Result<Board> {
    look.grant().whole()?;
    let zone = look.settings()?.zone()?;
    let now = look.now();
    let day = zone.day_of(now)?;
    let (from, to) = zone.bounds(day, 1)?;
    let mut cards = agenda::cards(look.db(), from, to, None)?;
    let blocks = agenda::blocks(look.db(), from, to, None)?;
    let mut walk_ins = store::open(look.db())?;
    let mut artists = Vec::new();
    let mut free: HashMap<String, Vec<Span>> = HashMap::new();
    let busy = agenda::busy(look.db(), None, from, to)?;
    let mut weeks = crate::staff::store::weeks(look.db())?;
    for (artist_id, name, _) in agenda::artists(look.db())? {
        let week = weeks.remove(&artist_id).unwrap_or_default();
        let open = working(zone, &week, day)?;
        let mine: Vec<Span> = busy
            .iter()
            .filter(|(artist, ..)| *artist == artist_id)
            .map(|(_, from, to)| (*from, *to))
            .collect();
        let in_chair = cards.iter().find(|card| {
            card.artist_id == artist_id
                && card.detail.as_ref().is_some_and(|detail| detail.status == VisitStatus::InSession)
        });
        // A session that runs over keeps its artist until somebody ends it: nobody knows when, but not now.
        let from_now = in_chair.map_or(now, |card| card.ends_at.max(now + STILL_AT_IT));
        let gaps = open.map_or_else(Vec::new, |open| gaps((open.0.max(from_now), open.1), &mine));
        artists.push(ArtistNow {
            name,
            opens_at: open.map(|open| open.0),
            closes_at: open.map(|open| open.1),
            visit_id: in_chair.map(|card| card.id.clone()),
            free_from: gaps.first().map(|gap| gap.0),
            free_until: gaps.first().map(|gap| gap.1),
            queue: 0,
            artist_id: artist_id.clone(),
        });
        free.insert(artist_id, gaps);
    }
    queue(&mut walk_ins, &mut artists, &mut free);
    hide_contacts(look, &mut cards, &mut walk_ins)?;
    Ok(Board { from, to, now, artists, cards, blocks, walk_ins, waiting: store::waiting(look.db())? })
}

/// Whose turn comes when: first come first, each into the earliest gap that is long enough, with the artist they want
/// or, when any will do, with whoever can take them soonest and has the shortest queue.
fn queue(walk_ins: &mut [WalkIn], artists: &mut [ArtistNow], free: &mut HashMap<String, Vec<Span>>) {
    for walk_in in walk_ins {
        let length = walk_in.minutes * MINUTE;
        let earliest = |artist: &ArtistNow| {
            let gap = free.get(&artist.artist_id)?.iter().position(|gap| gap.1 - gap.0 >= length)?;
            free.get(&artist.artist_id).map(|gaps| (gaps[gap].0, gap))
        };
        let best = artists
            .iter()
            .enumerate()
            .filter(|(_, artist)| walk_in.artist_id.as_ref().is_none_or(|wanted| *wanted == artist.artist_id))
            .filter_map(|(at, artist)| earliest(artist).map(|(from, gap)| (from, artist.queue, at, gap)))
            .min();
        let Some((from, _, at, gap)) = best else { continue };
        walk_in.turn_at = Some(from);
        walk_in.turn_artist_id = Some(artists[at].artist_id.clone());
        artists[at].queue += 1;
        if let Some(gaps) = free.get_mut(&artists[at].artist_id) {
            gaps[gap].0 += length;
        }
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct BoardStepArgs {
    pub appointment_id: Id,
    /// confirmed, arrived or in_session: the rest of a visit is the agenda's (D23).
    pub to: VisitStatus,
}

pub(crate) fn step(cx: &mut Change<'_>, args: BoardStepArgs) -> Result<Card> {
    if !matches!(args.to, VisitStatus::Confirmed | VisitStatus::Arrived | VisitStatus::InSession) {
        return Err(Error::invalid("to", "not a step of the board"));
    }
    let found = agenda::appointment(cx.db(), &args.appointment_id)?;
    let owner = found.as_ref().map(|visit| Owner::Artist(visit.artist.clone()));
    let permit = cx.grant().over(owner, "appointment")?;
    let before = found.ok_or(Error::NotFound { what: "appointment" })?;
    if !before.status.leads_to(args.to) {
        return Err(Error::Conflict { reason: "status" });
    }
    if args.to.is_here() {
        gate(cx, &before, PaperworkAt::CheckIn)?;
    }
    agenda::set_status(cx.write(&permit), &before.id, args.to, None, cx.now())?;
    cx.note("appointment", before.id.as_str());
    cx.note("old_status", before.status.name());
    cx.note("new_status", args.to.name());
    if args.to == VisitStatus::Arrived {
        tell_artist(cx, &permit, &before)?;
    }
    shown(cx, &before.id)
}

fn shown(look: &Look<'_>, id: &str) -> Result<Card> {
    let mut cards = [agenda::card_by_id(look.db(), id)?];
    hide_contacts(look, &mut cards, &mut [])?;
    let [card] = cards;
    Ok(card)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct WalkInArgs {
    pub client_id: Id,
    pub wish: Wish,
    /// For the wish of one artist, and only then.
    pub artist_id: Option<Id>,
    pub service_id: Option<Id>,
    pub note: Option<Note>,
}

pub(crate) fn walk_in(cx: &mut Change<'_>, args: WalkInArgs) -> Result<Board> {
    let permit = cx.grant().whole()?;
    if (args.wish == Wish::Artist) != args.artist_id.is_some() {
        return Err(Error::invalid("artist_id", "only with the wish for one artist"));
    }
    if let Some(artist) = &args.artist_id {
        check_artist(cx, artist)?;
    }
    if let Some(service) = &args.service_id {
        let service = studio::service_by_id(cx.db(), service)?.ok_or(Error::NotFound { what: "service" })?;
        if !service.active {
            return Err(Error::Conflict { reason: "service_inactive" });
        }
    }
    check_client(cx, &args.client_id)?;
    if store::waits(cx.db(), &args.client_id)? {
        return Err(Error::Conflict { reason: "waits_already" });
    }
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    let new = store::NewWalkIn {
        id: &id,
        client: &args.client_id,
        wish: &args.wish,
        artist: args.artist_id.as_deref(),
        service: args.service_id.as_deref(),
        note: args.note.as_deref(),
    };
    store::add(cx.write(&permit), &new, cx.now(), &by)?;
    cx.note("walk_in", id.as_str());
    cx.note("client", &*args.client_id);
    if let Some(artist) = &args.artist_id {
        tell(cx, &permit, artist, &id)?;
    }
    today(cx, Nothing {})
}

fn check_client(look: &Look<'_>, client: &str) -> Result<()> {
    match clients::is_archived(look.db(), client)? {
        None => Err(Error::NotFound { what: "client" }),
        Some(true) => Err(Error::Conflict { reason: "client_archived" }),
        Some(false) => Ok(()),
    }
}

fn check_artist(look: &Look<'_>, artist: &str) -> Result<()> {
    match agenda::bookable(look.db(), artist)? {
        None => Err(Error::NotFound { what: "artist" }),
        Some(false) => Err(Error::Conflict { reason: "artist_archived" }),
        Some(true) => Ok(()),
    }
}

/// The artist hears that somebody is there for them.
fn tell(cx: &Change<'_>, permit: &Permit, artist: &str, walk_in: &str) -> Result<()> {
    let me = &cx.caller()?.id;
    match (crate::staff::store::member_of_artist(cx.db(), artist)?, store::open_one(cx.db(), walk_in)?) {
        (Some(member), Some(walk_in)) if member != *me => {
            let facts = json!({"client": walk_in.client_name, "walk_in": true});
            notices::tell(cx, permit, &member, NoticeKind::ClientHere, &facts)
        }
        _ => Ok(()),
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SeatArgs {
    pub walk_in_id: Id,
    pub artist_id: Id,
    pub service_id: Id,
    /// The service's usual length when left out.
    pub minutes: Option<i64>,
}

/// Their turn: a visit that begins now.
pub(crate) fn seat(cx: &mut Change<'_>, args: SeatArgs) -> Result<Board> {
    if args.minutes.is_some_and(|minutes| !(5..=1440).contains(&minutes)) {
        return Err(Error::invalid("minutes", "5 to 1440"));
    }
    let permit = cx.grant().whole()?;
    let walk_in = store::open_one(cx.db(), &args.walk_in_id)?.ok_or(Error::NotFound { what: "walk_in" })?;
    let service =
        studio::service_by_id(cx.db(), &args.service_id)?.ok_or(Error::NotFound { what: "service" })?;
    if !service.active {
        return Err(Error::Conflict { reason: "service_inactive" });
    }
    check_artist(cx, &args.artist_id)?;
    let starts_at = cx.now().div_euclid(MINUTE) * MINUTE;
    let visit = Appointment {
        id: cx.id()?,
        artist: args.artist_id.into(),
        client: walk_in.client_id,
        service: service.id,
        starts_at,
        ends_at: starts_at + args.minutes.unwrap_or(service.minutes) * MINUTE,
        status: VisitStatus::Booked,
        price: service.price,
        note: walk_in.note,
        rev: 1,
        setup: 0,
        cleanup: service.cleanup_minutes,
        project: None,
    };
    check_client(cx, &visit.client)?;
    if agenda::overlaps(cx.db(), &visit.artist, visit.starts_at, visit.ends_at, &visit.id)? {
        return Err(Error::Conflict { reason: "overlap" });
    }
    if agenda::blocked(cx.db(), &visit.artist, visit.starts_at, visit.ends_at)? {
        return Err(Error::Conflict { reason: "time_off" });
    }
    // Whoever is at work takes no walk-in into the chair, also past the planned end.
    if agenda::at_work(cx.db(), &visit.artist, cx.now() - LONGEST_MINUTES * MINUTE)? {
        return Err(Error::Conflict { reason: "artist_busy" });
    }
    gate(cx, &visit, PaperworkAt::CheckIn)?;
    let by = cx.caller()?.id.clone();
    agenda::add(cx.write(&permit), &visit, cx.now(), &by)?;
    store::begin(cx.write(&permit), &visit.id, walk_in.arrived_at, cx.now())?;
    store::seated(cx.write(&permit), &walk_in.id, &visit.id, cx.now())?;
    cx.note("walk_in", walk_in.id);
    cx.note("appointment", visit.id.as_str());
    today(cx, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct LeaveArgs {
    pub walk_in_id: Id,
    pub reason: Option<Short>,
}

/// They did not want to wait.
pub(crate) fn leave(cx: &mut Change<'_>, args: LeaveArgs) -> Result<Board> {
    let permit = cx.grant().whole()?;
    let walk_in = store::open_one(cx.db(), &args.walk_in_id)?.ok_or(Error::NotFound { what: "walk_in" })?;
    store::left(cx.write(&permit), &walk_in.id, args.reason.as_deref(), cx.now())?;
    cx.note("walk_in", walk_in.id);
    today(cx, Nothing {})
}
