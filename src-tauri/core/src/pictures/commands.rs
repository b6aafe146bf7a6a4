//! What the desk can ask about pictures.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Incoming, Picture, PictureData, PictureKind, PictureSize, read, store, take_in};
use crate::access::{Action, Owner, Permit};
use crate::agenda::store as agenda;
use crate::clients::commands::{check_stands, own_only, owner};
use crate::clients::store as clients;
use crate::door::{Call, Change, Desk, FileBytes, Look, TakesFile};
use crate::error::{Error, Result};
use crate::text::{Id, Name, OrEmpty};

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AddPictureArgs {
    /// The visit it is of; an artist must name one of their own (T121).
    pub appointment_id: Option<Id>,
    /// Left out, the visit's client.
    pub client_id: Option<Id>,
    pub kind: PictureKind,
    pub title: Option<Name>,
    /// A JPEG, PNG or WebP. Request and all, 40 MB at most.
    pub base64: FileBytes,
}

impl TakesFile for AddPictureArgs {
    fn file(&mut self) -> &mut FileBytes {
        &mut self.base64
    }
}

/// Keeps a picture. Unpacking it and writing it down comes before the transaction: the till does not wait for it.
pub(crate) fn add(
    desk: &Desk,
    args: AddPictureArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<Picture> + use<>> {
    let AddPictureArgs { appointment_id, client_id, kind, title, base64 } = args;
    if appointment_id.is_none() && client_id.is_none() {
        return Err(Error::invalid("client_id", "missing"));
    }
    let Incoming { staged, width, height } = take_in(desk, base64)?;
    Ok(move |cx: &mut Change<'_>| {
        let visit = match &appointment_id {
            Some(id) => agenda::appointment(cx.db(), id)?,
            None => None,
        };
        let owner = match (&appointment_id, &visit) {
            (Some(_), found) => found.as_ref().map(|found| Owner::Artist(found.artist.clone())),
            (None, _) => Some(Owner::Nobody),
        };
        let permit = cx.grant().over(owner, "appointment")?;
        let client = match (client_id, &visit) {
            (Some(client), Some(visit)) if *client != *visit.client => {
                return Err(Error::invalid("appointment_id", "another client's"));
            }
            (Some(client), _) => client.into(),
            (None, Some(visit)) => visit.client.clone(),
            (None, None) => return Err(Error::invalid("client_id", "missing")),
        };
        check_stands(cx, &client)?;
        let id = cx.id()?;
        let by = cx.caller()?.id.clone();
        // In its place before a row names it.
        staged.keep()?;
        let new = store::New {
            id: &id,
            client: &client,
            appointment: appointment_id.as_deref(),
            kind,
            title: title.as_deref(),
            hash: &staged.hash,
            thumb_hash: &staged.thumb_hash,
            width,
            height,
            member: &by,
        };
        store::add(cx.write(&permit), &new, cx.now())?;
        cx.note("picture", id.as_str());
        cx.note("client", client.as_str());
        found(cx, &id)
    })
}

fn found(look: &Look<'_>, id: &str) -> Result<Picture> {
    store::by_id(look.db(), id)?.ok_or(Error::NotFound { what: "picture" })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PicturesArgs {
    /// All of a client's, newest first…
    pub client_id: Option<Id>,
    /// …or those of one visit, oldest first.
    pub appointment_id: Option<Id>,
}

/// Pictures of a client or of a visit. An artist is shown those of own visits; a colleague's visit has none for them,
/// like one that does not exist (D28).
pub(crate) fn list(look: &Look<'_>, args: PicturesArgs) -> Result<Vec<Picture>> {
    let own = own_only(look)?;
    match (args.client_id, args.appointment_id) {
        (Some(client), None) => {
            let client = clients::counts_as(look.db(), &client)?;
            look.grant().over(owner(look, &client)?, "client")?;
            of_client(look, &client)
        }
        (None, Some(visit)) => {
            let visit = agenda::appointment(look.db(), &visit)?;
            match (own, visit) {
                (None, None) => Err(Error::NotFound { what: "appointment" }),
                (Some(artist), visit) if visit.as_ref().is_none_or(|visit| visit.artist != artist) => {
                    Ok(Vec::new())
                }
                (_, visit) => visit.map_or(Ok(Vec::new()), |visit| store::of_visit(look.db(), &visit.id)),
            }
        }
        (None, None) => Err(Error::invalid("client_id", "missing")),
        (Some(_), Some(_)) => Err(Error::invalid("appointment_id", "either a client or a visit")),
    }
}

/// The pictures of a client that this caller is shown.
pub(crate) fn of_client(look: &Look<'_>, client: &str) -> Result<Vec<Picture>> {
    store::of_client(look.db(), client, own_only(look)?.as_deref())
}

/// Whose a picture is: the artist's of its visit, otherwise nobody's.
fn picture_owner(picture: &Picture) -> Owner {
    picture.artist_id.clone().map_or(Owner::Nobody, Owner::Artist)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ShowPictureArgs {
    pub picture_id: Id,
    pub size: PictureSize,
}

/// The bytes of a picture, read outside the transaction and compared with the hash that its row holds.
pub(crate) fn show(desk: &Desk, call: &Call<'_>, args: ShowPictureArgs) -> Result<PictureData> {
    let hashes = desk.query(call.command, |look| {
        let picture = store::by_id(look.db(), &args.picture_id)?;
        // Notes and pictures alike: an artist's are those of own visits.
        look.may(Action::ClientsNotes)?.over(picture.as_ref().map(picture_owner), "picture")?;
        if let Some(picture) = &picture {
            look.grant().over(owner(look, &picture.client_id)?, "client")?;
        }
        store::hashes(look.db(), &args.picture_id)?.ok_or(Error::NotFound { what: "picture" })
    })?;
    read(desk, &hashes, args.size)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditPictureArgs {
    pub picture_id: Id,
    pub kind: Option<PictureKind>,
    /// Empty takes the title away.
    pub title: Option<OrEmpty<120, false>>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PictureArgs {
    pub picture_id: Id,
}

/// Reads a picture and asks for the right over it, in the order of D18.
fn own(cx: &mut Change<'_>, id: &str) -> Result<(Permit, Picture)> {
    let picture = store::by_id(cx.db(), id)?;
    let permit = cx.grant().over(picture.as_ref().map(picture_owner), "picture")?;
    let picture = picture.ok_or(Error::NotFound { what: "picture" })?;
    check_stands(cx, &picture.client_id)?;
    cx.note("picture", picture.id.as_str());
    cx.note("client", picture.client_id.as_str());
    Ok((permit, picture))
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditPictureArgs) -> Result<Picture> {
    let (permit, before) = own(cx, &args.picture_id)?;
    let title = match args.title {
        Some(title) => title.into_text(),
        None => before.title,
    };
    let kind = args.kind.unwrap_or(before.kind);
    store::put(cx.write(&permit), &before.id, kind, title.as_deref())?;
    found(cx, &before.id)
}

/// Takes a picture out of sight. Its bytes stay, so that this can be taken back.
pub(crate) fn remove(cx: &mut Change<'_>, args: PictureArgs) -> Result<Picture> {
    let (permit, picture) = own(cx, &args.picture_id)?;
    store::set_removed(cx.write(&permit), &picture.id, Some(cx.now()))?;
    Ok(picture)
}

pub(crate) fn restore(cx: &mut Change<'_>, args: PictureArgs) -> Result<Picture> {
    let (permit, picture) = own(cx, &args.picture_id)?;
    store::set_removed(cx.write(&permit), &picture.id, None)?;
    Ok(picture)
}
