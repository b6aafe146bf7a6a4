//! What the desk can ask about clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{Client, ClientFile, ClientForm, ClientNote, ClientState, store};
use crate::access::{Action, Owner, Permit, Policy, Scope, switches};
use crate::agenda::store as agenda;
use crate::consent::store as consent;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::notices::{self, NoticeKind};
use crate::text::{Id, Note};
use crate::till::receipts as till;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SearchArgs {
    /// Beginnings of words of a name, handle or mail, or at least three digits of a phone number; empty lists by name.
    #[serde(default)]
    pub text: String,
    /// 1 to 200; 20 when left out.
    pub limit: Option<i64>,
    /// The archived ones instead.
    pub archived: Option<bool>,
}

/// Whether this caller is shown how to reach clients.
pub(crate) fn contacts(look: &Look<'_>) -> Result<bool> {
    let caller = look.caller()?;
    Ok(switches::shows_contacts(caller.role, &caller.switches, look.now()))
}

fn hide(client: &mut Client) {
    client.phone = None;
    client.email = None;
    client.instagram = None;
    client.address = None;
    client.emergency_name = None;
    client.emergency_phone = None;
}

/// A client as this caller may see them: without contacts (D03), and with the artist's own last visit (D28).
fn as_seen(look: &Look<'_>, client: &mut Client, contacts: bool, own: Option<&str>) -> Result<()> {
    if !contacts {
        hide(client);
    }
    if let Some(artist) = own {
        last_own_visit(look, client, artist)?;
    }
    client.state = ClientState::of(client.last_visit_at, look.now());
    Ok(())
}

/// The artist whose own records alone are shown, if the caller tattoos (D28).
pub(crate) fn own_only(look: &Look<'_>) -> Result<Option<String>> {
    let caller = look.caller()?;
    let own = caller.answer(look.now(), Action::ClientsNotes) == Policy::Own;
    // Nobody's id is empty: an account without a profile sees nothing.
    Ok(own.then(|| caller.artist.clone().unwrap_or_default()))
}

pub(crate) fn search(look: &Look<'_>, args: SearchArgs) -> Result<Vec<Client>> {
    if args.text.len() > 400 {
        return Err(Error::invalid("text", "too long"));
    }
    let limit = args.limit.unwrap_or(20);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 200"));
    }
    let scope = match look.grant().scope() {
        Scope::All => None,
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let contacts = contacts(look)?;
    let search = store::Search {
        text: &args.text,
        artist: scope.as_deref(),
        contacts,
        archived: args.archived.unwrap_or(false),
        limit,
    };
    let mut found = store::search(look.db(), &search)?;
    let own = own_only(look)?;
    for client in &mut found {
        as_seen(look, client, contacts, own.as_deref())?;
    }
    Ok(found)
}

/// When the client was last with this artist: with whom else they were is not theirs to know.
fn last_own_visit(look: &Look<'_>, client: &mut Client, artist: &str) -> Result<()> {
    let visits = agenda::visits(look.db(), &client.id, Some(artist))?;
    client.last_visit_at = visits
        .iter()
        .find(|card| {
            card.detail.as_ref().is_some_and(|detail| detail.status == crate::agenda::VisitStatus::Completed)
        })
        .map(|card| card.starts_at);
    Ok(())
}

/// Whose a client is: with the switch off, those assigned to the artist or ever booked with them (A012).
pub(crate) fn owner(look: &Look<'_>, id: &str) -> Result<Option<Owner>> {
    if store::is_archived(look.db(), id)?.is_none() {
        return Ok(None);
    }
    match look.caller()?.artist.as_deref() {
        Some(artist) if store::is_with(look.db(), id, artist)? => Ok(Some(Owner::Artist(artist.to_owned()))),
        _ => Ok(Some(Owner::Nobody)),
    }
}

pub(crate) fn may_see(look: &Look<'_>, id: &str) -> Result<()> {
    look.may(Action::ClientsView)?.over(owner(look, id)?, "client").map(|_| ())
}

/// A client whom the caller can see and who has not been archived. An id that was come by otherwise does not make a
/// stranger one's own (A012).
pub(crate) fn check_bookable(look: &Look<'_>, id: &str) -> Result<()> {
    may_see(look, id)?;
    match store::is_archived(look.db(), id)? {
        None => Err(Error::NotFound { what: "client" }),
        Some(true) => Err(Error::Conflict { reason: "client_archived" }),
        Some(false) => Ok(()),
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ClientArgs {
    pub client_id: Id,
}

/// The client that an id counts as, for whoever only reads: a duplicate's id goes on standing where it was written down.
pub(crate) fn counted(look: &Look<'_>, id: Id) -> Result<Id> {
    Id::try_from(store::counts_as(look.db(), &id)?).map_err(|_| Error::Damaged("a client's id".to_owned()))
}

/// Opens a client's file. A duplicate that was merged opens as the client it counts as now.
pub(crate) fn open(look: &Look<'_>, args: ClientArgs) -> Result<ClientFile> {
    let id = store::counts_as(look.db(), &args.client_id)?;
    look.grant().over(owner(look, &id)?, "client")?;
    let client = shown(look, &id)?;
    let artist = own_only(look)?;
    let mut visits = agenda::visits(look.db(), &id, artist.as_deref())?;
    if !contacts(look)? {
        for detail in visits.iter_mut().filter_map(|card| card.detail.as_mut()) {
            detail.hide_contacts();
        }
    }
    let merges = look.caller()?.answer(look.now(), Action::ClientsMerge) != Policy::Deny;
    Ok(ClientFile {
        client,
        visits,
        notes: store::notes(look.db(), &id, artist.as_deref())?,
        spent: store::spent(look.db(), &id, artist.as_deref())?,
        image_use: consent::image_use(look.db(), &id)?.map(|(_, allowed)| allowed),
        sales: till::of_client(look, &id)?,
        pictures: crate::pictures::commands::of_client(look, &id)?,
        merged: if merges { store::merged(look.db(), &id)? } else { Vec::new() },
    })
}

pub(super) fn shown(look: &Look<'_>, id: &str) -> Result<Client> {
    let mut client = store::client_by_id(look.db(), id)?.ok_or(Error::NotFound { what: "client" })?;
    as_seen(look, &mut client, contacts(look)?, own_only(look)?.as_deref())?;
    Ok(client)
}

/// A client that was written, and others with the same phone number.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Saved {
    pub client: Client,
    /// Perhaps the same person: ids of clients with this phone number.
    pub same_phone: Vec<String>,
}

fn saved(look: &Look<'_>, id: &str, form: &ClientForm) -> Result<Saved> {
    let mut same_phone = match &form.phone {
        Some(phone) if contacts(look)? => store::same_phone(look.db(), &store::number_of(phone), id)?,
        _ => Vec::new(),
    };
    // A number tells nobody of clients that they may not see.
    same_phone.retain(|other| may_see(look, other).is_ok());
    Ok(Saved { client: shown(look, id)?, same_phone })
}

/// Nobody is born tomorrow.
fn check_form(look: &Look<'_>, form: &ClientForm) -> Result<()> {
    let today = look.settings()?.zone()?.day_of(look.now())?;
    if form.birth_date.is_some_and(|born| born > today) {
        return Err(Error::invalid("birth_date", "after today"));
    }
    Ok(())
}

pub(crate) fn create(cx: &mut Change<'_>, form: ClientForm) -> Result<Saved> {
    let permit = cx.grant().whole()?;
    check_form(cx, &form)?;
    let id = cx.id()?;
    let caller = cx.caller()?;
    // A walk-in that an artist takes in is theirs (T120).
    let (artist, by) = (caller.artist.clone(), caller.id.clone());
    store::add(cx.write(&permit), &id, &form, artist.as_deref(), cx.now(), Some(&by))?;
    cx.note("client", id.as_str());
    saved(cx, &id, &form)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditClientArgs {
    pub client_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    /// The whole form: a field left out is emptied, but for contacts that this caller is not shown.
    pub form: ClientForm,
}

fn own(cx: &Change<'_>, id: &str) -> Result<Permit> {
    cx.grant().over(owner(cx, id)?, "client")
}

/// Whether the client still stands for themselves: neither merged into another nor erased.
pub(crate) fn check_stands(look: &Look<'_>, id: &str) -> Result<store::Standing> {
    let standing = store::standing(look.db(), id)?.ok_or(Error::NotFound { what: "client" })?;
    if standing.erased {
        return Err(Error::Conflict { reason: "client_erased" });
    }
    if standing.merged_into.is_some() {
        return Err(Error::Conflict { reason: "client_merged" });
    }
    Ok(standing)
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditClientArgs) -> Result<Saved> {
    check_form(cx, &args.form)?;
    let permit = own(cx, &args.client_id)?;
    let standing = check_stands(cx, &args.client_id)?;
    if args.rev.is_some_and(|rev| rev != standing.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    let mut form = args.form;
    if !contacts(cx)?
        && let Some(before) = store::form(cx.db(), &args.client_id)?
    {
        // What they were not shown they cannot have emptied.
        form.phone = form.phone.or(before.phone);
        form.email = form.email.or(before.email);
        form.instagram = form.instagram.or(before.instagram);
        form.address = form.address.or(before.address);
        form.emergency_name = form.emergency_name.or(before.emergency_name);
        form.emergency_phone = form.emergency_phone.or(before.emergency_phone);
    }
    store::put(cx.write(&permit), &args.client_id, &form)?;
    cx.note("client", &*args.client_id);
    saved(cx, &args.client_id, &form)
}

/// Nothing with a history is ever deleted (D07): the client leaves the lists, and can come back.
pub(crate) fn delete(cx: &mut Change<'_>, args: ClientArgs) -> Result<Client> {
    let permit = own(cx, &args.client_id)?;
    check_stands(cx, &args.client_id)?;
    store::set_archived(cx.write(&permit), &args.client_id, Some(cx.now()))?;
    cx.note("client", &*args.client_id);
    shown(cx, &args.client_id)
}

pub(crate) fn restore(cx: &mut Change<'_>, args: ClientArgs) -> Result<Client> {
    let permit = own(cx, &args.client_id)?;
    check_stands(cx, &args.client_id)?;
    store::set_archived(cx.write(&permit), &args.client_id, None)?;
    cx.note("client", &*args.client_id);
    shown(cx, &args.client_id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReassignArgs {
    pub client_id: Id,
    /// Whose client it is from now on; left out or null: nobody's.
    pub artist_id: Option<Id>,
}

/// Hands a client to another artist, who is told (A004). Visits that are booked stay as they are.
pub(crate) fn reassign(cx: &mut Change<'_>, args: ReassignArgs) -> Result<Client> {
    let permit = own(cx, &args.client_id)?;
    let standing = check_stands(cx, &args.client_id)?;
    if let Some(artist) = &args.artist_id {
        match agenda::bookable(cx.db(), artist)? {
            None => return Err(Error::NotFound { what: "artist" }),
            Some(false) => return Err(Error::Conflict { reason: "artist_archived" }),
            Some(true) => {}
        }
    }
    let artist = args.artist_id.as_deref();
    store::set_artist(cx.write(&permit), &args.client_id, artist)?;
    cx.note("client", &*args.client_id);
    if let Some(old) = &standing.artist {
        cx.note("old_artist", old.as_str());
    }
    let client = shown(cx, &args.client_id)?;
    if let Some(artist) = artist {
        cx.note("new_artist", artist);
        let told = store::member_of(cx.db(), artist)?;
        if let Some(member) = told.filter(|_| standing.artist.as_deref() != Some(artist))
            && member != cx.caller()?.id
        {
            let details = json!({"client_id": client.id, "client_name": client.name});
            notices::tell(cx, &permit, &member, NoticeKind::ClientReassigned, &details)?;
        }
    }
    Ok(client)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct NoteArgs {
    pub client_id: Id,
    /// The session it is about; an artist must name one of their own (T024).
    pub appointment_id: Option<Id>,
    pub body: Note,
}

pub(crate) fn note(cx: &mut Change<'_>, args: NoteArgs) -> Result<ClientNote> {
    let appointment = match &args.appointment_id {
        Some(id) => agenda::appointment(cx.db(), id)?,
        None => None,
    };
    let owner = match (&args.appointment_id, &appointment) {
        (Some(_), found) => found.as_ref().map(|found| Owner::Artist(found.artist.clone())),
        (None, _) => Some(Owner::Nobody),
    };
    let permit = cx.grant().over(owner, "appointment")?;
    if appointment.as_ref().is_some_and(|found| found.client != *args.client_id) {
        return Err(Error::invalid("appointment_id", "another client's"));
    }
    check_stands(cx, &args.client_id)?;
    let id = cx.id()?;
    let caller = cx.caller()?;
    let (by, name) = (caller.id.clone(), caller.name.clone());
    let new = store::NewNote {
        id: &id,
        client: &args.client_id,
        appointment: args.appointment_id.as_deref(),
        artist: appointment.as_ref().map(|found| found.artist.as_str()),
        body: &args.body,
        member: &by,
    };
    store::add_note(cx.write(&permit), &new, cx.now())?;
    cx.note("client", &*args.client_id);
    cx.note("note", id.as_str());
    Ok(ClientNote {
        id,
        appointment_id: args.appointment_id.map(String::from),
        body: args.body.into(),
        at: cx.now(),
        by: name,
    })
}
