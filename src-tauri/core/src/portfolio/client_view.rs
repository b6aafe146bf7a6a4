//! The portfolios as a client sees them, on a desk that was handed to the client.
//!
//! While it lasts, this desk does nothing else: the door refuses every other command, so that neither another page nor a
//! reload of the window is a way out. Only the member's password is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Permissions, PortfolioColour, PortfolioPermission, PortfolioStage, store, version};
use crate::door::{Call, Desk, Look};
use crate::error::Result;
use crate::session::commands::{Whoami, whoami};
use crate::session::guess::Guess;
use crate::studio::commands::Nothing;
use crate::text::Secret;

/// What a desk still does while a client looks: to draw the view again after a reload, and to lock, which gives nothing
/// away.
pub(crate) const COMMANDS: [&str; 8] = [
    "desk.status",
    "session.whoami",
    "session.lock",
    "session.sign_out",
    "portfolio.begin_view",
    "portfolio.view",
    "portfolio.show",
    "portfolio.end_view",
];

/// Everything a client may see.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PortfolioView {
    /// Those who work here and have something to show.
    pub artists: Vec<ShownArtist>,
    /// Artist by artist, featured ones first.
    pub pictures: Vec<ShownPicture>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ShownArtist {
    pub artist_id: String,
    pub name: String,
}

/// A picture for clients: nobody's name but the artist's.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ShownPicture {
    pub id: String,
    pub artist_id: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub styles: Vec<String>,
    pub body_area: Option<String>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: bool,
    /// Of the large copy, in pixels.
    pub width: i64,
    pub height: i64,
    /// Another one with other bytes.
    pub version: String,
}

pub(crate) fn view(look: &Look<'_>, _: Nothing) -> Result<PortfolioView> {
    let mut permissions = Permissions::default();
    let mut view = PortfolioView { artists: Vec::new(), pictures: Vec::new() };
    for row in store::published(look.db())? {
        if permissions.of(look.db(), &row.people)? == PortfolioPermission::Missing {
            continue;
        }
        if view.artists.last().is_none_or(|last| last.artist_id != row.artist) {
            view.artists.push(ShownArtist { artist_id: row.artist.clone(), name: row.artist_name });
        }
        let words = row.words;
        view.pictures.push(ShownPicture {
            id: row.id,
            artist_id: row.artist,
            title: words.title,
            description: words.description,
            styles: words.styles,
            body_area: words.body_area,
            colour: words.colour,
            stage: words.stage,
            featured: words.featured,
            width: row.width,
            height: row.height,
            version: version(&row.hash),
        });
    }
    Ok(view)
}

/// Hands this desk to a client. An open elevation ends: it would come back with whoever ends the view.
pub(crate) fn begin(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Whoami> {
    let member = desk.change_once(call, |cx| Ok(cx.caller()?.id.clone()))?;
    if let Some(session) = desk.session().as_mut().filter(|session| session.member == member) {
        session.client_view = true;
        session.elevation = None;
    }
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EndViewArgs {
    pub password: Secret,
}

/// Takes the desk back: with the password of whoever handed it over, and wrong ones count like wrong sign-ins.
pub(crate) fn end(desk: &Desk, call: &Call<'_>, args: EndViewArgs) -> Result<Whoami> {
    let (guess, found) = Guess::own_password(desk, call, &args.password)?;
    guess.right(|_, _| Ok(()))?;
    if let Some(session) = desk.session().as_mut().filter(|session| session.member == found.id) {
        session.client_view = false;
    }
    desk.query(call.command, |look| whoami(look, Nothing {}))
}
