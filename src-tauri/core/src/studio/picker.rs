//! The list of studio files this computer has opened (D32), kept in the configuration folder.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::paths::Place;

/// A studio that was opened here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Known {
    pub file: String,
    pub name: String,
    pub demo: bool,
    pub opened_at: Millis,
}

impl Known {
    /// A file that somebody points at: until it is open its own name is all that is known of it.
    pub(crate) fn unseen(file: &Path) -> Known {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Known { file: file.to_string_lossy().into_owned(), name, demo: false, opened_at: 0 }
    }
}

/// Last opened first. A list that cannot be read is an empty one: the studios themselves are elsewhere.
pub(crate) fn list(place: &Place) -> Vec<Known> {
    std::fs::read_to_string(place.picker())
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn put(place: &Place, known: &[Known]) -> Result<()> {
    Place::put(&place.picker(), &serde_json::to_string_pretty(known).map_err(Error::internal)?)
}

pub(crate) fn remember(place: &Place, opened: Known) -> Result<()> {
    if place.single().is_some() {
        return Ok(());
    }
    let mut known = list(place);
    known.retain(|studio| studio.file != opened.file);
    known.insert(0, opened);
    put(place, &known)
}

/// Takes a studio off the list; its file stays where it is.
pub(crate) fn forget(place: &Place, file: &Path) -> Result<()> {
    let mut known = list(place);
    known.retain(|studio| Path::new(&studio.file) != file);
    put(place, &known)
}
