//! What the desk can ask about clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Client, ClientFile, ClientForm, ClientNote, store};
use crate::access::{Action, Owner, Permit, Policy, Scope, switches};
use crate::agenda::store as agenda;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::text::{Id, Note, digits};

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SearchArgs {
    /// Part of a name, handle or mail, or at least three digits of a phone number; empty lists by name.
    #[serde(default)]
    pub text: String,
    /// 1 to 200; 20 when left out.
    pub limit: Option<i64>,
}

/// Whether this caller is shown how to reach clients.
fn contacts(look: &Look<'_>) -> Result<bool> {
    let caller = look.caller()?;
    Ok(switches::shows_contacts(caller.role, &caller.switches, look.now()))
}

fn hide(client: &mut Client) {
    client.phone = None;
    client.email = None;
    client.instagram = None;
}

/// The artist whose own records alone are shown, if the caller tattoos (D28).
fn own_only(look: &Look<'_>) -> Result<Option<String>> {
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
    let mut found = store::search(look.db(), &args.text, scope.as_deref(), contacts, limit)?;
    if !contacts {
        found.iter_mut().for_each(hide);
    }
    if let Some(artist) = own_only(look)? {
        for client in &mut found {
            last_own_visit(look, client, &artist)?;
        }
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
fn owner(look: &Look<'_>, id: &str) -> Result<Option<Owner>> {
    if store::is_archived(look.db(), id)?.is_none() {
        return Ok(None);
    }
    match look.caller()?.artist.as_deref() {
        Some(artist) if store::is_with(look.db(), id, artist)? => Ok(Some(Owner::Artist(artist.to_owned()))),
        _ => Ok(Some(Owner::Nobody)),
    }
}

fn may_see(look: &Look<'_>, id: &str) -> Result<()> {
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

pub(crate) fn open(look: &Look<'_>, args: ClientArgs) -> Result<ClientFile> {
    look.grant().over(owner(look, &args.client_id)?, "client")?;
    let client = shown(look, &args.client_id)?;
    let artist = own_only(look)?;
    let mut visits = agenda::visits(look.db(), &args.client_id, artist.as_deref())?;
    if !contacts(look)? {
        for detail in visits.iter_mut().filter_map(|card| card.detail.as_mut()) {
            detail.hide_contacts();
        }
    }
    Ok(ClientFile {
        client,
        visits,
        notes: store::notes(look.db(), &args.client_id, artist.as_deref())?,
        spent: store::spent(look.db(), &args.client_id, artist.as_deref())?,
    })
}

fn shown(look: &Look<'_>, id: &str) -> Result<Client> {
    let mut client = store::client_by_id(look.db(), id)?.ok_or(Error::NotFound { what: "client" })?;
    if !contacts(look)? {
        hide(&mut client);
    }
    if let Some(artist) = own_only(look)? {
        last_own_visit(look, &mut client, &artist)?;
    }
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
        Some(phone) if contacts(look)? => store::same_phone(look.db(), &digits(phone), id)?,
        _ => Vec::new(),
    };
    // A number tells nobody of clients that they may not see.
    same_phone.retain(|other| may_see(look, other).is_ok());
    Ok(Saved { client: shown(look, id)?, same_phone })
}

pub(crate) fn create(cx: &mut Change<'_>, form: ClientForm) -> Result<Saved> {
    let permit = cx.grant().whole()?;
    let id = cx.id()?;
    let caller = cx.caller()?;
    // A walk-in that an artist takes in is theirs (T120).
    let (artist, by) = (caller.artist.clone(), caller.id.clone());
    store::add(cx.write(&permit), &id, &form, artist.as_deref(), cx.now(), &by)?;
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
    /// The whole form: a field left out is emptied.
    pub form: ClientForm,
}

fn own(cx: &Change<'_>, id: &str) -> Result<Permit> {
    cx.grant().over(owner(cx, id)?, "client")
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditClientArgs) -> Result<Saved> {
    let permit = own(cx, &args.client_id)?;
    let before = shown(cx, &args.client_id)?;
    if args.rev.is_some_and(|rev| rev != before.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    store::put(cx.write(&permit), &args.client_id, &args.form)?;
    cx.note("client", &*args.client_id);
    saved(cx, &args.client_id, &args.form)
}

/// Nothing with a history is ever deleted (D07): the client leaves the lists, and can come back.
pub(crate) fn delete(cx: &mut Change<'_>, args: ClientArgs) -> Result<Client> {
    let permit = own(cx, &args.client_id)?;
    store::set_archived(cx.write(&permit), &args.client_id, Some(cx.now()))?;
    cx.note("client", &*args.client_id);
    shown(cx, &args.client_id)
}

pub(crate) fn restore(cx: &mut Change<'_>, args: ClientArgs) -> Result<Client> {
    let permit = own(cx, &args.client_id)?;
    store::set_archived(cx.write(&permit), &args.client_id, None)?;
    cx.note("client", &*args.client_id);
    shown(cx, &args.client_id)
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
    if store::is_archived(cx.db(), &args.client_id)?.is_none() {
        return Err(Error::NotFound { what: "client" });
    }
    if appointment.as_ref().is_some_and(|found| found.client != *args.client_id) {
        return Err(Error::invalid("appointment_id", "another client's"));
    }
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
