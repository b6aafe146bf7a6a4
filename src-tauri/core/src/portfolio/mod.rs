//! The portfolios: finished work, for clients to choose by (T036, T124 to T127).
//!
//! A picture belongs to an artist. Where it is said whose tattoo it is, that client's permission decides whether clients
//! see it: it is asked for each time, so that a permission taken back takes the picture out of sight by itself. The
//! bytes lie where those of visits lie (`storage::pictures`), the same ones once: a picture that is also among a
//! client's own is theirs whether that is said or not, and so is one that they were named for where else it stands. A
//! cropped picture is cut from one that stays, and is as much theirs as that one is.

pub(crate) mod client_view;
pub(crate) mod commands;
pub(crate) mod store;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::Reader;

/// Whether a tattoo has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortfolioColour {
    Colour,
    /// Black and grey.
    Black,
}

/// When the picture was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortfolioStage {
    Fresh,
    Healed,
}

impl PortfolioColour {
    pub(crate) fn name(self) -> &'static str {
        match self {
            PortfolioColour::Colour => "colour",
            PortfolioColour::Black => "black",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<PortfolioColour> {
        match name {
            "colour" => Ok(PortfolioColour::Colour),
            "black" => Ok(PortfolioColour::Black),
            _ => Err(Error::Damaged(format!("no such colour: {name}"))),
        }
    }
}

impl PortfolioStage {
    pub(crate) fn name(self) -> &'static str {
        match self {
            PortfolioStage::Fresh => "fresh",
            PortfolioStage::Healed => "healed",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<PortfolioStage> {
        match name {
            "fresh" => Ok(PortfolioStage::Fresh),
            "healed" => Ok(PortfolioStage::Healed),
            _ => Err(Error::Damaged(format!("no such stage: {name}"))),
        }
    }
}

/// What the client whose tattoo it is says to its being shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortfolioPermission {
    /// It is not said whose it is.
    NotAsked,
    Given,
    /// Taken back, or refused since.
    Missing,
}

/// A picture of a portfolio, as the studio sees it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PortfolioItem {
    pub id: String,
    pub artist_id: String,
    pub artist_name: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub styles: Vec<String>,
    pub body_area: Option<String>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: bool,
    /// The artist lets clients see it.
    pub published: bool,
    pub permission: PortfolioPermission,
    /// Published, and nobody's permission is missing: the client's view has it.
    pub shown: bool,
    /// Only for whoever may change the picture and see this client.
    pub client: Option<PortfolioClient>,
    pub appointment_id: Option<String>,
    /// Of the large copy, in pixels.
    pub width: i64,
    pub height: i64,
    /// The part that is shown of a larger picture, only for whoever may change it; none when all of it is shown.
    pub crop: Option<PortfolioCrop>,
    /// Of what it was cut from; as large as itself when it is shown whole.
    pub original_width: i64,
    pub original_height: i64,
    /// Another one with other bytes: what a window kept of the picture until then is of no use.
    pub version: String,
    pub added_at: Millis,
    /// Who added it.
    pub by: String,
}

/// A rectangle of a picture, in pixels of all of it as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortfolioCrop {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

/// What is wanted of a portfolio's picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortfolioSize {
    /// 480 pixels at most.
    Thumb,
    /// 3000 pixels at most.
    Full,
    /// All of what it was cut from, for whoever may cut it.
    Original,
}

/// Whose tattoo it is.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PortfolioClient {
    pub id: String,
    pub name: String,
}

/// An artist with pictures, or who could have some.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PortfolioArtist {
    pub artist_id: String,
    pub name: String,
    /// One who left keeps their portfolio (T113).
    pub active: bool,
    pub pictures: i64,
}

/// A page of the portfolios with what they can be narrowed by.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Portfolio {
    /// Those who work here, and those who left and have pictures.
    pub artists: Vec<PortfolioArtist>,
    /// Of all portfolios, as the filters offer them.
    pub styles: Vec<String>,
    pub body_areas: Vec<String>,
    /// How many there are of the filter, this page or not.
    pub total: i64,
    pub items: Vec<PortfolioItem>,
}

/// Tells bytes apart, without being what they are found by.
pub(crate) fn version(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// What each client said to their pictures being shown, each asked once.
#[derive(Debug, Default)]
pub(crate) struct Permissions(HashMap<String, bool>);

impl Permissions {
    /// Of everybody whose skin a picture shows: one who does not agree takes it out of sight.
    pub(crate) fn of(&mut self, db: Reader<'_>, people: &[String]) -> Result<PortfolioPermission> {
        let mut permission = PortfolioPermission::NotAsked;
        for client in people {
            let given = match self.0.get(client) {
                Some(known) => *known,
                None => {
                    let given = agrees(db, client)?;
                    self.0.insert(client.clone(), given);
                    given
                }
            };
            if !given {
                return Ok(PortfolioPermission::Missing);
            }
            permission = PortfolioPermission::Given;
        }
        Ok(permission)
    }
}

/// Whether a client's last word about pictures of them was yes. One who was never asked did not say so.
pub(crate) fn agrees(db: Reader<'_>, client: &str) -> Result<bool> {
    Ok(crate::consent::store::image_use(db, client)?.is_some_and(|(_, allowed)| allowed))
}
