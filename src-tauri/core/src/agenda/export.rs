//! The schedule as a table or as a calendar file, within the right's scope (T017, T116, attack 9).

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Block, BlockKind, Card, store};
use crate::access::{Scope, switches};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::door::{Facts, Look};
use crate::error::{Error, Result};
use crate::sheet::{Sheet, SheetFile};
use crate::text::Id;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleFormat {
    Csv,
    /// iCalendar (RFC 5545).
    Ics,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ExportScheduleArgs {
    pub from: Day,
    /// 1 to 366.
    pub days: u64,
    pub artist_id: Option<Id>,
    pub format: ScheduleFormat,
}

/// The table has every visit with its state; a calendar has those that hold their time, and the time off beside them. An
/// artist gets own ones, whatever is asked for.
pub(crate) fn export(look: &Look<'_>, args: ExportScheduleArgs, facts: &mut Facts) -> Result<SheetFile> {
    if !(1..=366).contains(&args.days) {
        return Err(Error::invalid("days", "1 to 366"));
    }
    let settings = look.settings()?;
    let zone = settings.zone()?;
    let (from, to) = zone.bounds(args.from, args.days)?;
    let only = match look.grant().scope() {
        Scope::All => args.artist_id.map(String::from),
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let mut cards = store::cards(look.db(), from, to, only.as_deref())?;
    let day = String::from(args.from);
    let file = match args.format {
        ScheduleFormat::Csv => table(look, &cards, format!("schedule-{day}.csv"))?,
        ScheduleFormat::Ics => {
            cards.retain(|card| card.detail.as_ref().is_some_and(|detail| detail.status.holds_time()));
            let blocks = store::blocks(look.db(), from, to, only.as_deref())?;
            SheetFile {
                name: format!("schedule-{day}.ics"),
                text: calendar(&settings.name, &cards, &blocks, look.now())?,
                rows: i64::try_from(cards.len() + blocks.len()).map_err(Error::internal)?,
            }
        }
    };
    facts.insert("rows".to_owned(), file.rows.into());
    facts.insert("artist".to_owned(), only.into());
    Ok(file)
}

fn table(look: &Look<'_>, cards: &[Card], name: String) -> Result<SheetFile> {
    let caller = look.caller()?;
    let contacts = switches::shows_contacts(caller.role, &caller.switches, look.now());
    let zone = look.settings()?.zone()?;
    let exponent = look.settings()?.exponent;
    let mut sheet =
        Sheet::new(&["start", "end", "artist", "client", "phone", "service", "state", "price", "note"])?;
    for card in cards {
        let Some(detail) = &card.detail else { continue };
        sheet.row(&[
            zone.written(card.starts_at)?,
            zone.written(card.ends_at)?,
            card.artist_name.clone(),
            card.client_name.clone(),
            detail.phone.clone().filter(|_| contacts).unwrap_or_default(),
            detail.service_name.clone(),
            detail.status.name().to_owned(),
            detail.price.plain(exponent),
            detail.note.clone().unwrap_or_default(),
        ])?;
    }
    sheet.file(name)
}

fn instant(at: Millis) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(at).ok_or_else(|| Error::invalid("from", "out of range"))
}

fn calendar(studio: &str, cards: &[Card], blocks: &[Block], now: Millis) -> Result<String> {
    let mut calendar = Calendar::new();
    calendar.name(studio);
    for card in cards {
        let Some(detail) = &card.detail else { continue };
        let mut event = Event::new();
        event
            .uid(&format!("{}@inkpoint", card.id))
            .timestamp(instant(now)?)
            .starts(instant(card.starts_at)?)
            .ends(instant(card.ends_at)?)
            .summary(&format!("{}: {}", card.client_name, detail.service_name))
            .status(EventStatus::Confirmed)
            .description(&card.artist_name);
        calendar.push(event.done());
    }
    // What the time off is for; its note stays in the house.
    for block in blocks {
        let mut event = Event::new();
        event
            .uid(&format!("{}@inkpoint", block.id))
            .timestamp(instant(now)?)
            .starts(instant(block.starts_at)?)
            .ends(instant(block.ends_at)?)
            .status(EventStatus::Confirmed)
            .summary(block.kind.unwrap_or(BlockKind::Other).name());
        calendar.push(event.done());
    }
    Ok(calendar.to_string())
}
