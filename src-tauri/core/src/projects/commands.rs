//! What the desk can ask about projects.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Project, store};
use crate::access::Owner;
use crate::agenda::commands::{check_artist, sees_all};
use crate::agenda::store as agenda;
use crate::clients::commands::check_bookable;
use crate::clients::store as clients;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::text::{Id, Name, NoteOrEmpty, ShortOrEmpty};

#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ProjectsArgs {
    pub client_id: Option<Id>,
    pub artist_id: Option<Id>,
    /// Closed ones too.
    #[serde(default)]
    pub closed: bool,
}

/// An artist sees own projects only (D28).
pub(crate) fn list(look: &Look<'_>, args: ProjectsArgs) -> Result<Vec<Project>> {
    let artist = if sees_all(look)? {
        args.artist_id.map(String::from)
    } else {
        Some(look.caller()?.artist.clone().unwrap_or_default())
    };
    let client = args.client_id.map(|id| clients::counts_as(look.db(), &id)).transpose()?;
    store::projects(look.db(), client.as_deref(), artist.as_deref(), args.closed)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StartProjectArgs {
    pub client_id: Id,
    pub artist_id: Id,
    pub title: Name,
    /// Where on the body.
    pub placement: Option<ShortOrEmpty>,
    pub idea: Option<NoteOrEmpty>,
    /// Sessions agreed on, 1 to 100.
    pub planned: i64,
}

fn check_planned(planned: i64) -> Result<()> {
    if (1..=100).contains(&planned) { Ok(()) } else { Err(Error::invalid("planned", "1 to 100")) }
}

pub(crate) fn start(cx: &mut Change<'_>, args: StartProjectArgs) -> Result<Project> {
    check_planned(args.planned)?;
    let owner =
        agenda::bookable(cx.db(), &args.artist_id)?.map(|_| Owner::Artist(args.artist_id.to_string()));
    let permit = cx.grant().over(owner, "artist")?;
    check_artist(cx, &args.artist_id)?;
    check_bookable(cx, &args.client_id)?;
    let project = Project {
        id: cx.id()?,
        client_id: args.client_id.into(),
        client_name: String::new(),
        artist_id: args.artist_id.into(),
        artist_name: String::new(),
        title: args.title.into(),
        placement: args.placement.and_then(ShortOrEmpty::into_text),
        idea: args.idea.and_then(NoteOrEmpty::into_text),
        planned: args.planned,
        done: 0,
        closed_at: None,
        sessions: Vec::new(),
        rev: 1,
    };
    let by = cx.caller()?.id.clone();
    store::put(cx.write(&permit), &project, cx.now(), &by)?;
    cx.note("project", project.id.as_str());
    cx.note("client", project.client_id.as_str());
    store::project(cx.db(), &project.id)?.ok_or(Error::NotFound { what: "project" })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditProjectArgs {
    pub project_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    /// Hands it to another artist: both are checked.
    pub artist_id: Option<Id>,
    pub title: Option<Name>,
    /// Empty takes it away.
    pub placement: Option<ShortOrEmpty>,
    pub idea: Option<NoteOrEmpty>,
    pub planned: Option<i64>,
    /// Finished or given up; false opens it again.
    pub closed: Option<bool>,
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditProjectArgs) -> Result<Project> {
    args.planned.map_or(Ok(()), check_planned)?;
    let found = store::project(cx.db(), &args.project_id)?;
    let owner = found.as_ref().map(|project| Owner::Artist(project.artist_id.clone()));
    let permit = cx.grant().over(owner, "project")?;
    let mut project = found.ok_or(Error::NotFound { what: "project" })?;
    if let Some(artist) = args.artist_id {
        let owner = agenda::bookable(cx.db(), &artist)?.map(|_| Owner::Artist(artist.to_string()));
        cx.grant().over(owner, "artist")?;
        if *artist != *project.artist_id {
            check_artist(cx, &artist)?;
        }
        project.artist_id = artist.into();
    }
    if args.rev.is_some_and(|rev| rev != project.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    project.title = args.title.map_or(project.title, String::from);
    if let Some(placement) = args.placement {
        project.placement = placement.into_text();
    }
    if let Some(idea) = args.idea {
        project.idea = idea.into_text();
    }
    project.planned = args.planned.unwrap_or(project.planned);
    project.closed_at = match args.closed {
        Some(true) => project.closed_at.or(Some(cx.now())),
        Some(false) => None,
        None => project.closed_at,
    };
    let by = cx.caller()?.id.clone();
    store::put(cx.write(&permit), &project, cx.now(), &by)?;
    cx.note("project", project.id.as_str());
    if let Some(closed) = args.closed {
        cx.note("closed", closed);
    }
    store::project(cx.db(), &project.id)?.ok_or(Error::NotFound { what: "project" })
}
