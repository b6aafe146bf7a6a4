//! What the desk can ask about the book.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::store::{self, Appointment};
use super::{Agenda, Block, BlockKind, Card, RemindBy, VisitStatus};
use crate::access::{Action, Owner, Permit, Policy, Role, Scope, switches};
use crate::calendar::Day;
use crate::clients::{commands::check_bookable, store as clients};
use crate::clock::Millis;
use crate::consent::{PaperworkAt, needed::gate, store as consent};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::notices::{self, NoticeKind};
use crate::projects::store as projects;
use crate::studio::{commands::Nothing, store as studio};
use crate::text::{Id, Note, NoteOrEmpty, Short, ShortOrEmpty};
use crate::till::deposits;

const MINUTE: Millis = 60_000;
/// No visit is longer: the overlap check looks no further back.
pub(crate) const LONGEST_MINUTES: i64 = 24 * 60;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AgendaArgs {
    /// The first day, in the studio's zone.
    pub day: Day,
    /// How many days, 1 to 42; one when left out.
    pub days: Option<u64>,
    /// Only this artist.
    pub artist_id: Option<Id>,
}

/// What this caller may see of others' appointments: everything, or time and client only (D04).
pub(crate) fn sees_all(look: &Look<'_>) -> Result<bool> {
    Ok(look.caller()?.answer(look.now(), Action::AgendaEdit) != Policy::Own)
}

pub(crate) fn narrow(look: &Look<'_>, cards: &mut Vec<Card>) -> Result<()> {
    let caller = look.caller()?;
    let all = sees_all(look)?;
    let contacts = switches::shows_contacts(caller.role, &caller.switches, look.now());
    let others = |card: &Card| !all && caller.artist.as_deref() != Some(card.artist_id.as_str());
    // Of a colleague's visit only its time is shown: one that takes none would look like one that does.
    cards
        .retain(|card| !others(card) || card.detail.as_ref().is_none_or(|detail| detail.status.holds_time()));
    for card in cards {
        if others(card) {
            card.detail = None;
        }
        if !contacts && let Some(detail) = card.detail.as_mut() {
            detail.hide_contacts();
        }
    }
    Ok(())
}

pub(crate) fn shown(look: &Look<'_>, id: &str) -> Result<Card> {
    let mut cards = vec![store::card_by_id(look.db(), id)?];
    narrow(look, &mut cards)?;
    cards.pop().ok_or(Error::NotFound { what: "appointment" })
}

pub(crate) fn list(look: &Look<'_>, args: AgendaArgs) -> Result<Agenda> {
    let days = args.days.unwrap_or(1);
    if !(1..=42).contains(&days) {
        return Err(Error::invalid("days", "1 to 42"));
    }
    let settings = look.settings()?;
    let (from, to) = settings.zone()?.bounds(args.day, days)?;
    let only = match look.grant().scope() {
        Scope::All => args.artist_id.map(String::from),
        // Without the calendar switch an artist's agenda is their own column; without a profile it is empty.
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let mut artists = store::columns(look.db(), from, to)?;
    if let Some(only) = &only {
        artists.retain(|column| column.artist_id == *only);
    }
    let mut weeks = crate::staff::store::weeks(look.db())?;
    for column in &mut artists {
        let week = weeks.remove(&column.artist_id).unwrap_or_default();
        (column.opens, column.closes) = week.on(args.day).map(|hours| (hours.opens, hours.closes)).unzip();
        (column.hours, column.from, column.until) = (week.hours, week.from, week.until);
    }
    let mut cards = store::cards(look.db(), from, to, only.as_deref())?;
    narrow(look, &mut cards)?;
    let mut blocks = store::blocks(look.db(), from, to, only.as_deref())?;
    if !sees_all(look)? {
        let mine = look.caller()?.artist.clone();
        for block in blocks.iter_mut().filter(|block| mine.as_deref() != Some(block.artist_id.as_str())) {
            block.kind = None;
            block.note = None;
        }
        // How much a colleague works is part of what they earn.
        for column in artists.iter_mut().filter(|column| mine.as_deref() != Some(column.artist_id.as_str())) {
            column.booked_minutes = 0;
        }
    }
    let today = settings.hours.iter().find(|hours| hours.weekday == args.day.weekday());
    Ok(Agenda {
        from,
        to,
        opens: today.map(|hours| hours.opens),
        closes: today.map(|hours| hours.closes),
        artists,
        cards,
        blocks,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct BookArgs {
    pub artist_id: Id,
    pub client_id: Id,
    pub service_id: Id,
    pub starts_at: Millis,
    /// The service's usual length when left out.
    pub minutes: Option<i64>,
    /// The service's usual price when left out.
    pub price: Option<Money>,
    pub note: Option<Note>,
    /// The client's project that this is a session of.
    pub project_id: Option<Id>,
}

/// Something the desk should know but may go past (D16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    OutsideHours,
    InThePast,
    /// Within the time that this or a neighbouring visit needs for setting up or cleaning.
    InBuffer,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Booked {
    pub card: Card,
    pub warnings: Vec<Warning>,
}

pub(crate) fn book(cx: &mut Change<'_>, args: BookArgs) -> Result<Booked> {
    check_figures(Some(args.starts_at), args.minutes, args.price)?;
    let owner = store::bookable(cx.db(), &args.artist_id)?.map(|_| Owner::Artist(args.artist_id.to_string()));
    let permit = cx.grant().over(owner, "artist")?;
    let service =
        studio::service_by_id(cx.db(), &args.service_id)?.ok_or(Error::NotFound { what: "service" })?;
    if !service.active {
        return Err(Error::Conflict { reason: "service_inactive" });
    }
    let minutes = args.minutes.unwrap_or(service.minutes);
    let new = Appointment {
        id: cx.id()?,
        artist: args.artist_id.into(),
        client: args.client_id.into(),
        service: service.id,
        starts_at: args.starts_at,
        ends_at: args.starts_at + minutes * MINUTE,
        status: VisitStatus::Booked,
        price: args.price.unwrap_or(service.price),
        note: args.note.map(String::from),
        rev: 1,
        setup: service.setup_minutes,
        cleanup: service.cleanup_minutes,
        project: args.project_id.map(String::from),
    };
    check_project(cx, &new, None)?;
    check_bookable(cx, &new.client)?;
    check_place(cx, &new)?;
    let by = cx.caller()?.id.clone();
    store::add(cx.write(&permit), &new, cx.now(), &by)?;
    cx.note("appointment", new.id.as_str());
    booked(cx, &new)
}

fn booked(cx: &Change<'_>, appointment: &Appointment) -> Result<Booked> {
    Ok(Booked { card: shown(cx, &appointment.id)?, warnings: warnings(cx, appointment)? })
}

/// What can be judged without the file is judged first (D18).
fn check_figures(starts_at: Option<Millis>, minutes: Option<i64>, price: Option<Money>) -> Result<()> {
    // The year 2200; later ones do not fit a calendar day.
    if starts_at.is_some_and(|at| !(0..=7_258_118_400_000).contains(&at) || at % MINUTE != 0) {
        return Err(Error::invalid("starts_at", "not a whole minute"));
    }
    if minutes.is_some_and(|minutes| !(5..=LONGEST_MINUTES).contains(&minutes)) {
        return Err(Error::invalid("minutes", "5 to 1440"));
    }
    if price.is_some_and(Money::is_negative) {
        return Err(Error::invalid("price", "negative"));
    }
    Ok(())
}

/// A session belongs to a project of the same client; putting one into a project asks for the right over that.
fn check_project(cx: &Change<'_>, visit: &Appointment, before: Option<&Appointment>) -> Result<()> {
    let Some(id) = &visit.project else { return Ok(()) };
    let found = projects::project(cx.db(), id)?;
    if before.is_none_or(|before| before.project != visit.project) {
        let owner = found.as_ref().map(|project| Owner::Artist(project.artist_id.clone()));
        cx.grant().over(owner, "project")?;
    }
    let project = found.ok_or(Error::NotFound { what: "project" })?;
    if project.client_id != visit.client {
        return Err(Error::Conflict { reason: "project_of_another" });
    }
    if project.closed_at.is_some() && before.is_none_or(|before| before.project != visit.project) {
        return Err(Error::Conflict { reason: "project_closed" });
    }
    Ok(())
}

/// Whether an artist is there to be planned with.
pub(crate) fn check_artist(look: &Look<'_>, artist: &str) -> Result<()> {
    match store::bookable(look.db(), artist)? {
        Some(true) => Ok(()),
        _ => Err(Error::Conflict { reason: "artist_archived" }),
    }
}

/// One artist, one client at a time; nobody during time off.
fn check_place(cx: &Change<'_>, appointment: &Appointment) -> Result<()> {
    check_artist(cx, &appointment.artist)?;
    let Appointment { artist, starts_at, ends_at, id, .. } = appointment;
    if store::overlaps(cx.db(), artist, *starts_at, *ends_at, id)? {
        return Err(Error::Conflict { reason: "overlap" });
    }
    if store::blocked(cx.db(), artist, *starts_at, *ends_at)? {
        return Err(Error::Conflict { reason: "time_off" });
    }
    Ok(())
}

fn warnings(cx: &Change<'_>, appointment: &Appointment) -> Result<Vec<Warning>> {
    let zone = studio::zone(cx.db())?;
    let day = zone.day_of(appointment.starts_at)?;
    let opens = zone.minute_of(appointment.starts_at)?;
    let closes = opens + (appointment.ends_at - appointment.starts_at) / MINUTE;
    let week = crate::staff::store::week(cx.db(), &appointment.artist)?;
    let mut found = Vec::new();
    if !week.on(day).is_some_and(|hours| hours.opens <= opens && closes <= hours.closes) {
        found.push(Warning::OutsideHours);
    }
    if appointment.ends_at < cx.now() {
        found.push(Warning::InThePast);
    }
    if store::in_buffer(cx.db(), appointment)? {
        found.push(Warning::InBuffer);
    }
    Ok(found)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditAppointmentArgs {
    pub appointment_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    /// Hands it to another artist: both are checked.
    pub artist_id: Option<Id>,
    pub client_id: Option<Id>,
    pub service_id: Option<Id>,
    pub starts_at: Option<Millis>,
    pub minutes: Option<i64>,
    /// Once the client is here, another price asks for till.price_override.
    pub price: Option<Money>,
    /// Empty takes the note away.
    pub note: Option<NoteOrEmpty>,
    /// Empty takes it out of its project.
    pub project_id: Option<ShortOrEmpty>,
}

/// Reads an appointment and asks for the right over it, in the order of D18.
fn own(cx: &Change<'_>, id: &str) -> Result<(Permit, Appointment)> {
    let found = store::appointment(cx.db(), id)?;
    let owner = found.as_ref().map(|appointment| Owner::Artist(appointment.artist.clone()));
    let permit = cx.grant().over(owner, "appointment")?;
    Ok((permit, found.ok_or(Error::NotFound { what: "appointment" })?))
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditAppointmentArgs) -> Result<Booked> {
    check_figures(args.starts_at, args.minutes, args.price)?;
    let (permit, before) = own(cx, &args.appointment_id)?;
    if let Some(artist) = &args.artist_id {
        let owner = store::bookable(cx.db(), artist)?.map(|_| Owner::Artist(artist.to_string()));
        cx.grant().over(owner, "artist")?;
    }
    if args.rev.is_some_and(|rev| rev != before.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    if !before.status.is_open() {
        return Err(Error::Conflict { reason: "closed_appointment" });
    }
    let mut after = before.clone();
    if let Some(service) = &args.service_id {
        let service = studio::service_by_id(cx.db(), service)?.ok_or(Error::NotFound { what: "service" })?;
        if !service.active && service.id != before.service {
            return Err(Error::Conflict { reason: "service_inactive" });
        }
        if service.id != before.service {
            (after.setup, after.cleanup) = (service.setup_minutes, service.cleanup_minutes);
        }
        after.service = service.id;
    }
    if let Some(client) = args.client_id {
        check_bookable(cx, &client)?;
        after.client = client.into();
    }
    after.artist = args.artist_id.map_or(after.artist, String::from);
    after.starts_at = args.starts_at.unwrap_or(before.starts_at);
    let minutes = args.minutes.unwrap_or((before.ends_at - before.starts_at) / MINUTE);
    after.ends_at = after.starts_at + minutes * MINUTE;
    after.price = args.price.unwrap_or(before.price);
    if let Some(note) = args.note {
        after.note = note.into_text();
    }
    if let Some(project) = args.project_id {
        after.project = project.into_text();
    }
    check_project(cx, &after, Some(&before))?;
    if after.price != before.price && before.status.is_here() {
        // Once the client is here the agreed price is what checkout asks for: another one is a change at checkout.
        cx.also(Action::TillPriceOverride)?;
    }
    if (&after.artist, after.starts_at, after.ends_at) != (&before.artist, before.starts_at, before.ends_at) {
        check_place(cx, &after)?;
    }
    let paid = is_paid(cx, &before.id)?;
    if paid && (&after.service, after.price) != (&before.service, before.price) {
        // The receipt says what was paid for, and how much.
        return Err(Error::Conflict { reason: "already_paid" });
    }
    if after.client != before.client {
        if deposits::is_held(cx.db(), &before.id)? {
            return Err(Error::Conflict { reason: "deposit_held" });
        }
        if paid || store::has_history(cx.db(), &before)? {
            return Err(Error::Conflict { reason: "visit_has_history" });
        }
    }
    store::put(cx.write(&permit), &after)?;
    if (&after.client, &after.service) != (&before.client, &before.service) {
        consent::end_waiver(cx.write(&permit), &after.id)?;
    }
    cx.note("appointment", after.id.as_str());
    if after.artist != before.artist {
        deposits::follow(cx, &permit, &after.id, &after.artist)?;
        cx.note("old_artist", before.artist.as_str());
        cx.note("new_artist", after.artist.as_str());
    }
    if after.price != before.price {
        cx.note("old_price", before.price.minor());
        cx.note("new_price", after.price.minor());
    }
    booked(cx, &after)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StepArgs {
    pub appointment_id: Id,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CancelArgs {
    pub appointment_id: Id,
    pub reason: Option<Short>,
}

fn is_paid(look: &Look<'_>, id: &str) -> Result<bool> {
    Ok(store::card_by_id(look.db(), id)?.detail.is_some_and(|detail| detail.sale_id.is_some()))
}

fn step(cx: &mut Change<'_>, id: &str, next: VisitStatus, reason: Option<&str>) -> Result<Card> {
    let (permit, before) = own(cx, id)?;
    if !before.status.leads_to(next) {
        return Err(Error::Conflict { reason: "status" });
    }
    // Whoever is done was here, also where nobody checked them in.
    if next.is_here() || (next == VisitStatus::Completed && !before.status.is_here()) {
        gate(cx, &before, PaperworkAt::CheckIn)?;
    }
    store::set_status(cx.write(&permit), id, next, reason, cx.now())?;
    cx.note("appointment", id);
    cx.note("old_status", before.status.name());
    cx.note("new_status", next.name());
    if next == VisitStatus::Arrived {
        tell_artist(cx, &permit, &before)?;
    }
    shown(cx, id)
}

/// The artist hears that the client is there, unless they took them in themselves.
pub(crate) fn tell_artist(cx: &Change<'_>, permit: &Permit, visit: &Appointment) -> Result<()> {
    let me = &cx.caller()?.id;
    match crate::staff::store::member_of_artist(cx.db(), &visit.artist)? {
        Some(member) if member != *me => {
            let client = store::card_by_id(cx.db(), &visit.id)?.client_name;
            let facts = json!({"client": client, "starts_at": visit.starts_at});
            notices::tell(cx, permit, &member, NoticeKind::ClientHere, &facts)
        }
        _ => Ok(()),
    }
}

pub(crate) fn confirm(cx: &mut Change<'_>, args: StepArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::Confirmed, None)
}

pub(crate) fn arrive(cx: &mut Change<'_>, args: StepArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::Arrived, None)
}

pub(crate) fn start(cx: &mut Change<'_>, args: StepArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::InSession, None)
}

pub(crate) fn complete(cx: &mut Change<'_>, args: StepArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::Completed, None)
}

pub(crate) fn no_show(cx: &mut Change<'_>, args: StepArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::NoShow, None)
}

pub(crate) fn cancel(cx: &mut Change<'_>, args: CancelArgs) -> Result<Card> {
    step(cx, &args.appointment_id, VisitStatus::Cancelled, args.reason.as_deref())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReopenArgs {
    pub appointment_id: Id,
    /// An open state: what it was before the step that is taken back.
    pub status: VisitStatus,
}

/// Takes a step back. What is paid stays done, and a place that was given away meanwhile is not taken back.
pub(crate) fn reopen(cx: &mut Change<'_>, args: ReopenArgs) -> Result<Card> {
    if !args.status.is_open() {
        return Err(Error::invalid("status", "not an open state"));
    }
    let (permit, before) = own(cx, &args.appointment_id)?;
    // Whoever may not take a step may not take it back either.
    let step = match before.status {
        VisitStatus::Completed => Some(Action::AgendaComplete),
        VisitStatus::NoShow => Some(Action::AgendaNoShow),
        VisitStatus::Cancelled => Some(Action::AgendaCancel),
        _ => None,
    };
    if let Some(step) = step {
        cx.also(step)?.over(Some(Owner::Artist(before.artist.clone())), "appointment")?;
    }
    if is_paid(cx, &before.id)? || before.status == args.status {
        return Err(Error::Conflict { reason: "status" });
    }
    match clients::is_archived(cx.db(), &before.client)? {
        Some(false) => {}
        _ => return Err(Error::Conflict { reason: "client_archived" }),
    }
    if !before.status.holds_time() {
        check_place(cx, &before)?;
    } else if store::overlaps(cx.db(), &before.artist, before.starts_at, before.ends_at, &before.id)? {
        // Done before its time was over, it had given the rest away.
        return Err(Error::Conflict { reason: "overlap" });
    }
    if args.status.is_here() && !before.status.is_here() {
        // Taking a step back is no way round the papers, as the visit will be.
        gate(cx, &Appointment { status: args.status, ..before.clone() }, PaperworkAt::CheckIn)?;
    }
    store::set_status(cx.write(&permit), &before.id, args.status, None, cx.now())?;
    cx.note("appointment", before.id.as_str());
    cx.note("old_status", before.status.name());
    cx.note("new_status", args.status.name());
    shown(cx, &before.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct BlockArgs {
    pub artist_id: Id,
    /// Others who are off at the same time: a fair, a studio day (T093). The right over each is asked for.
    #[serde(default)]
    pub also_artists: Vec<Id>,
    pub kind: BlockKind,
    pub starts_at: Millis,
    pub ends_at: Millis,
    /// Whole days of the studio, from the first that it touches to the last.
    #[serde(default)]
    pub all_day: bool,
    pub note: Option<Note>,
    /// The same hours on the same weekday up to this day, at most 60 times.
    pub weekly_until: Option<Day>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Blocked {
    /// The first; the others have its series.
    pub block: Block,
    pub blocks: i64,
    /// Appointments that stand in the time: somebody has to move them.
    pub appointments: Vec<Card>,
}

/// The times of a block that comes again every week: from the same local minute to the same local minute, however long
/// that is when the clocks change. A day whose clocks skip all of it has no such time.
fn repeated(look: &Look<'_>, args: &BlockArgs) -> Result<Vec<(Millis, Millis)>> {
    const MOST: usize = 60;
    let zone = look.settings()?.zone()?;
    let (starts_at, ends_at) = if args.all_day {
        // Every day that it touches, whole.
        let (first, last) = (zone.day_of(args.starts_at)?, zone.day_of(args.ends_at - 1)?);
        (zone.instant(first, 0)?, zone.instant(last.plus(1)?, 0)?)
    } else {
        (args.starts_at, args.ends_at)
    };
    let mut times = vec![(starts_at, ends_at)];
    let Some(until) = args.weekly_until else { return Ok(times) };
    let (first, starts) = (zone.day_of(starts_at)?, zone.minute_of(starts_at)?);
    let (last, ends) = (zone.day_of(ends_at)?, zone.minute_of(ends_at)?);
    let days = u64::try_from(first.until(last)).map_err(Error::internal)?;
    for week in 1.. {
        let day = first.plus(week * 7)?;
        if day > until {
            break;
        }
        if times.len() >= MOST {
            return Err(Error::invalid("weekly_until", "more than 60 times"));
        }
        let (starts_at, ends_at) = (zone.instant(day, starts)?, zone.instant(day.plus(days)?, ends)?);
        if starts_at < ends_at {
            times.push((starts_at, ends_at));
        }
    }
    Ok(times)
}

/// Time off takes effect at once (D08).
pub(crate) fn block(cx: &mut Change<'_>, args: BlockArgs) -> Result<Blocked> {
    if !(0..=7_258_118_400_000).contains(&args.starts_at) {
        return Err(Error::invalid("starts_at", "out of range"));
    }
    let longest = args.starts_at + 366 * 24 * 60 * MINUTE;
    if args.ends_at <= args.starts_at || args.ends_at > longest {
        return Err(Error::invalid("ends_at", "not after the start, or more than a year"));
    }
    if args.also_artists.len() > 100 {
        return Err(Error::invalid("also_artists", "too many"));
    }
    let times = repeated(cx, &args)?;
    let mut artists: Vec<Id> = Vec::with_capacity(1 + args.also_artists.len());
    for artist in std::iter::once(&args.artist_id).chain(&args.also_artists) {
        if !artists.contains(artist) {
            artists.push(artist.clone());
        }
    }
    let mut permits = Vec::with_capacity(artists.len());
    for artist in &artists {
        let owner = store::bookable(cx.db(), artist)?.map(|_| Owner::Artist(artist.to_string()));
        permits.push(cx.grant().over(owner, "artist")?);
        check_artist(cx, artist)?;
    }
    let by = cx.caller()?.id.clone();
    let together = times.len() > 1 || artists.len() > 1;
    let series = if together { Some(cx.id()?) } else { None };
    let mut made: Vec<Block> = Vec::new();
    let mut appointments = Vec::new();
    for (artist, permit) in artists.iter().zip(&permits) {
        for (starts_at, ends_at) in &times {
            let block = Block {
                id: cx.id()?,
                artist_id: artist.to_string(),
                starts_at: *starts_at,
                ends_at: *ends_at,
                kind: Some(args.kind),
                note: args.note.clone().map(String::from),
                series_id: series.clone(),
            };
            store::add_block(cx.write(permit), &block, args.all_day, cx.now(), &by)?;
            let mut standing = store::cards(cx.db(), *starts_at, *ends_at, Some(artist))?;
            standing.retain(|card| card.detail.as_ref().is_some_and(|detail| detail.status.is_open()));
            appointments.extend(standing);
            made.push(block);
        }
    }
    narrow(cx, &mut appointments)?;
    let first = made.first().cloned().ok_or_else(|| Error::internal("no block"))?;
    cx.note("block", first.id.as_str());
    if together {
        cx.note("blocks", made.len());
    }
    if let Some(permit) =
        permits.first().filter(|_| cx.caller().is_ok_and(|me| me.artist.as_deref() == Some(&first.artist_id)))
    {
        // Whoever runs the day hears of it (D08).
        let facts = json!({"artist": cx.caller()?.name, "kind": args.kind.name(),
            "starts_at": first.starts_at, "ends_at": first.ends_at, "all_day": args.all_day, "times": times.len()});
        notices::tell_roles(cx, permit, &[Role::Owner, Role::Admin], NoticeKind::TimeOff, &facts)?;
    }
    Ok(Blocked { block: first, blocks: i64::try_from(made.len()).map_err(Error::internal)?, appointments })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct UnblockArgs {
    pub block_id: Id,
    /// This one and all that follow of its series, of the same artist.
    #[serde(default)]
    pub following: bool,
}

pub(crate) fn unblock(cx: &mut Change<'_>, args: UnblockArgs) -> Result<Nothing> {
    let found = store::block_by_id(cx.db(), &args.block_id)?;
    let owner = found.as_ref().map(|block| Owner::Artist(block.artist_id.clone()));
    let permit = cx.grant().over(owner, "block")?;
    let block = found.ok_or(Error::NotFound { what: "block" })?;
    match &block.series_id {
        Some(series) if args.following => {
            let gone =
                store::remove_series(cx.write(&permit), series, &block.artist_id, block.starts_at, cx.now())?;
            cx.note("blocks", gone);
        }
        _ => store::remove_block(cx.write(&permit), &block.id, cx.now())?,
    }
    cx.note("block", block.id);
    Ok(Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RemindArgs {
    pub appointment_id: Id,
    pub by: RemindBy,
}

/// Keeps that the client was reminded. Nothing is sent from here: it works with no network.
pub(crate) fn remind(cx: &mut Change<'_>, args: RemindArgs) -> Result<Card> {
    let (permit, visit) = own(cx, &args.appointment_id)?;
    if !visit.status.is_open() {
        return Err(Error::Conflict { reason: "closed_appointment" });
    }
    store::put_reminded(cx.write(&permit), &visit.id, args.by.name(), cx.now())?;
    cx.note("appointment", visit.id.as_str());
    cx.note("by", args.by.name());
    shown(cx, &visit.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FindArgs {
    /// First day and how many, 1 to 366.
    pub from: Day,
    pub days: u64,
    /// Part of the client's name.
    pub text: Option<Short>,
    pub artist_id: Option<Id>,
    /// Only in these states; an artist searches the states of own visits alone.
    pub states: Option<Vec<VisitStatus>>,
    /// 1 to 500; 200 when left out.
    pub limit: Option<i64>,
}

/// One visit. Without the calendar switch an artist asks for own ones only, and learns of no other whether it is there.
pub(crate) fn visit(look: &Look<'_>, args: StepArgs) -> Result<Card> {
    let owner = store::appointment(look.db(), &args.appointment_id)?.map(|visit| Owner::Artist(visit.artist));
    look.grant().over(owner, "appointment")?;
    shown(look, &args.appointment_id)
}

/// Visits as a list, over a longer time than the agenda shows.
pub(crate) fn find(look: &Look<'_>, args: FindArgs) -> Result<Vec<Card>> {
    if !(1..=366).contains(&args.days) {
        return Err(Error::invalid("days", "1 to 366"));
    }
    let limit = args.limit.unwrap_or(200);
    if !(1..=500).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 500"));
    }
    let (from, to) = look.settings()?.zone()?.bounds(args.from, args.days)?;
    let only = match look.grant().scope() {
        Scope::All => args.artist_id.map(String::from),
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let own = if sees_all(look)? { None } else { Some(look.caller()?.artist.clone().unwrap_or_default()) };
    let text = args.text.map(|text| crate::text::fold(&text));
    let states = match &args.states {
        Some(states) => Some(serde_json::to_string(states).map_err(Error::internal)?),
        None => None,
    };
    let wanted = store::Wanted {
        from,
        to,
        text: text.as_deref(),
        artist: only.as_deref(),
        states: states.as_deref(),
        own: own.as_deref(),
        limit,
    };
    let mut cards = store::wanted(look.db(), &wanted)?;
    narrow(look, &mut cards)?;
    Ok(cards)
}
