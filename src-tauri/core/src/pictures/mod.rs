//! Pictures of work: what a client brought, how a session went, how it came out and healed (T115, T121).
//!
//! A picture is drawn anew from what was sent, so that nothing comes along that is no picture: no place where it was
//! taken, no program hidden in it (attack 40). The bytes lie beside the studio's file (`storage::pictures`).

pub(crate) mod commands;
mod develop;
pub(crate) mod store;

pub(crate) use develop::Part;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::door::{Desk, FileBytes};
use crate::error::{Error, Result};
use crate::ids::fresh_id;
use crate::storage::{Copy, Reader, Staged, StudioFile, Writer};

/// The longest request that may bring a picture, in bytes of JSON.
pub(crate) const LARGEST_REQUEST: usize = 40 * 1024 * 1024;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// What the client wants, or brought along.
    Reference,
    /// Between sessions.
    Progress,
    /// Fresh.
    Result,
    Healed,
}

impl PictureKind {
    const NAMES: [(PictureKind, &'static str); 4] = [
        (PictureKind::Reference, "reference"),
        (PictureKind::Progress, "progress"),
        (PictureKind::Result, "result"),
        (PictureKind::Healed, "healed"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Result<PictureKind> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| Error::Damaged(format!("no such kind of picture: {name}")))
    }
}

/// A picture of a client, of one visit or of none. An artist sees those of own visits (D28).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Picture {
    pub id: String,
    pub appointment_id: Option<String>,
    pub client_id: String,
    /// The visit's.
    pub artist_id: Option<String>,
    pub kind: PictureKind,
    pub title: Option<String>,
    /// Of the large copy, in pixels.
    pub width: i64,
    pub height: i64,
    pub added_at: Millis,
    /// Who added it.
    pub by: String,
    /// A portfolio shows it too.
    pub in_portfolio: bool,
}

/// How large a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureSize {
    /// 480 pixels at most.
    Thumb,
    /// 3000 pixels at most.
    Full,
}

/// The bytes of a picture.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PictureData {
    pub mime: String,
    pub base64: String,
}

/// A picture that was sent, drawn anew and on the disk, but not yet in its place.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub staged: Staged,
    /// Of the large copy, in pixels.
    pub width: u32,
    pub height: u32,
}

/// Unpacks what was sent and writes it down beside its place. Takes a good part of a second and never belongs
/// into a transaction.
///
/// # Errors
/// `invalid(base64)`: "not a picture", "cut off", or "too large".
pub(crate) fn take_in(desk: &Desk, file: FileBytes) -> Result<Incoming> {
    let bytes = match file {
        FileBytes::Beside(bytes) => bytes,
        FileBytes::Base64(text) => {
            STANDARD.decode(text.as_bytes()).map_err(|_| Error::invalid("base64", "not a picture"))?
        }
    };
    put_beside(desk, &develop::develop(bytes)?)
}

/// Whether the picture under a hash lies here as it was put.
pub(crate) fn check(desk: &Desk, hash: &str) -> Result<()> {
    desk.studio()?.file.pictures().read(hash, Copy::Full, hash).map(|_| ())
}

/// Cuts a part out of the picture under a hash and writes it down beside its place, as slowly as [`take_in`].
pub(crate) fn cut(desk: &Desk, hash: &str, part: Part) -> Result<Incoming> {
    let kept = desk.studio()?.file.pictures().read(hash, Copy::Full, hash)?;
    put_beside(desk, &develop::cut(kept, part)?)
}

fn put_beside(desk: &Desk, picture: &develop::Developed) -> Result<Incoming> {
    let tools = desk.tools();
    let name = fresh_id(&*tools.random, tools.clock.now().wall)?;
    let staged = desk.studio()?.file.pictures().stage(&name, &picture.full, &picture.thumb)?;
    Ok(Incoming { staged, width: picture.width, height: picture.height })
}

/// The bytes that lie under the hashes of a picture and of its small copy, compared with them.
pub(crate) fn read(
    desk: &Desk,
    (hash, thumb_hash): &(String, String),
    size: PictureSize,
) -> Result<PictureData> {
    let pictures = desk.studio()?.file.pictures();
    let bytes = match size {
        PictureSize::Full => pictures.read(hash, Copy::Full, hash)?,
        PictureSize::Thumb => pictures.read(hash, Copy::Thumb, thumb_hash)?,
    };
    Ok(PictureData { mime: "image/jpeg".to_owned(), base64: STANDARD.encode(bytes) })
}

/// Takes pictures of erased people off the disk, unless somebody else's row names the same bytes. What was begun and
/// cut short goes on when the studio is opened next.
pub(crate) fn sweep(file: &StudioFile) -> Result<()> {
    let gone = file.read(|conn| store::gone(Reader::new(conn)))?;
    if gone.is_empty() {
        return Ok(());
    }
    // In the turn of writers: nobody puts the same picture in its place meanwhile.
    file.write(|conn| {
        for hash in &gone {
            if !store::is_named(Reader::new(conn), hash)? {
                file.pictures().remove(hash)?;
            }
            store::swept(Writer::new(conn), hash)?;
        }
        Ok(())
    })
}
