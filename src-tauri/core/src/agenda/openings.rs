//! Where there is room: free openings of an artist, and how full the days of a month are.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commands::sees_all;
use super::store;
use crate::access::Scope;
use crate::calendar::{Day, Month, Zone};
use crate::clock::Millis;
use crate::door::Look;
use crate::error::{Error, Result};
use crate::staff::Week;
use crate::text::{Id, Short};

const MINUTE: Millis = 60_000;
/// Openings begin on the quarter hour.
const STEP: Millis = 15 * MINUTE;

type Span = (Millis, Millis);

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct OpeningsArgs {
    /// Any artist when left out.
    pub artist_id: Option<Id>,
    /// Only artists with this signature style.
    pub style: Option<Short>,
    /// Length with what it takes before and after, 5 to 1440.
    pub minutes: i64,
    pub setup_minutes: Option<i64>,
    pub cleanup_minutes: Option<i64>,
    /// The first day; nothing before now is offered.
    pub from: Day,
    /// How many days to look through, 1 to 120; 30 when left out.
    pub days: Option<u64>,
    /// 1 to 50; 12 when left out.
    pub limit: Option<usize>,
}

/// A time that is long enough.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Opening {
    pub artist_id: String,
    pub artist_name: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    /// The gap goes on until then.
    pub free_until: Millis,
}

pub(crate) fn openings(look: &Look<'_>, args: OpeningsArgs) -> Result<Vec<Opening>> {
    let days = args.days.unwrap_or(30);
    let limit = args.limit.unwrap_or(12);
    let (setup, cleanup) = (args.setup_minutes.unwrap_or(0), args.cleanup_minutes.unwrap_or(0));
    if !(1..=120).contains(&days) {
        return Err(Error::invalid("days", "1 to 120"));
    }
    if !(1..=50).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 50"));
    }
    if !(5..=1440).contains(&args.minutes) {
        return Err(Error::invalid("minutes", "5 to 1440"));
    }
    for (field, minutes) in [("setup_minutes", setup), ("cleanup_minutes", cleanup)] {
        if !(0..=240).contains(&minutes) {
            return Err(Error::invalid(field, "out of range"));
        }
    }
    let only = match look.grant().scope() {
        Scope::All => args.artist_id.map(String::from),
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let style = args.style.map(|style| crate::text::fold(&style));
    let zone = look.settings()?.zone()?;
    let (from, to) = zone.bounds(args.from, days)?;
    let mut taken = by_artist(store::busy(look.db(), only.as_deref(), from, to)?);
    let mut weeks = crate::staff::store::weeks(look.db())?;
    let mut found = Vec::new();
    for (artist, name, styles) in store::artists(look.db())? {
        let fits = style
            .as_ref()
            .is_none_or(|style| styles.iter().any(|known| crate::text::fold(known).contains(style.as_str())));
        if !fits || only.as_ref().is_some_and(|only| *only != artist) {
            continue;
        }
        let week = weeks.remove(&artist).unwrap_or_default();
        let busy = taken.remove(&artist).unwrap_or_default();
        let mut mine = 0;
        for day in 0..days {
            let Some(open) = working(zone, &week, args.from.plus(day)?)? else { continue };
            for gap in gaps((open.0.max(look.now()), open.1), &busy) {
                // What comes before the visit is the artist's time too.
                let starts_at = round_up(gap.0 + setup * MINUTE);
                let ends_at = starts_at + args.minutes * MINUTE;
                if ends_at + cleanup * MINUTE <= gap.1 && mine < limit {
                    mine += 1;
                    found.push(Opening {
                        artist_id: artist.clone(),
                        artist_name: name.clone(),
                        starts_at,
                        ends_at,
                        free_until: gap.1 - cleanup * MINUTE,
                    });
                }
            }
        }
    }
    found.sort_by_key(|opening| opening.starts_at);
    found.truncate(limit);
    Ok(found)
}

fn by_artist(spans: Vec<store::Taken>) -> HashMap<String, Vec<Span>> {
    let mut taken: HashMap<String, Vec<Span>> = HashMap::new();
    for (artist, from, to) in spans {
        taken.entry(artist).or_default().push((from, to));
    }
    taken
}

/// When an artist works on a day, if at all.
pub(crate) fn working(zone: Zone, week: &Week, day: Day) -> Result<Option<Span>> {
    match week.on(day) {
        Some(hours) => Ok(Some((zone.instant(day, hours.opens)?, zone.instant(day, hours.closes)?))),
        None => Ok(None),
    }
}

fn round_up(at: Millis) -> Millis {
    (at + STEP - 1).div_euclid(STEP) * STEP
}

/// What is left of a span when busy times, sorted by their beginning, are taken out.
pub(crate) fn gaps(open: Span, busy: &[Span]) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut free_from = open.0;
    for (from, to) in busy.iter().filter(|(from, to)| *from < open.1 && *to > open.0) {
        if *from > free_from {
            gaps.push((free_from, *from));
        }
        free_from = free_from.max(*to);
    }
    if free_from < open.1 {
        gaps.push((free_from, open.1));
    }
    gaps
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MonthArgs {
    pub month: Month,
    pub artist_id: Option<Id>,
}

/// How full one artist's day is.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MonthLoad {
    pub artist_id: String,
    pub visits: i64,
    pub booked_minutes: i64,
    /// Working time without blocks.
    pub open_minutes: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MonthDay {
    pub day: Day,
    /// An artist sees only the own load: how much a colleague works is part of what they earn (D04).
    pub artists: Vec<MonthLoad>,
}

pub(crate) fn month(look: &Look<'_>, args: MonthArgs) -> Result<Vec<MonthDay>> {
    let only = match (look.grant().scope(), sees_all(look)?) {
        (Scope::All, true) => args.artist_id.map(String::from),
        _ => Some(look.caller()?.artist.clone().unwrap_or_default()),
    };
    let zone = look.settings()?.zone()?;
    let (from, to) = args.month.bounds(zone)?;
    let visits = by_artist(store::visit_spans(look.db(), only.as_deref(), from, to)?);
    let blocks = by_artist(store::block_spans(look.db(), only.as_deref(), from, to)?);
    let mut weeks = crate::staff::store::weeks(look.db())?;
    let mut artists = Vec::new();
    for (artist, ..) in store::artists(look.db())? {
        if only.as_ref().is_none_or(|only| *only == artist) {
            let week = weeks.remove(&artist).unwrap_or_default();
            artists.push((artist, week));
        }
    }
    let none = Vec::new();
    args.month
        .days()
        .map(|day| {
            let (begins, ends) = zone.bounds(day, 1)?;
            let mut loads = Vec::with_capacity(artists.len());
            for (artist, week) in &artists {
                // A visit over midnight stands on both days, with the part that falls on each.
                let mine: Vec<Span> = visits
                    .get(artist)
                    .unwrap_or(&none)
                    .iter()
                    .filter(|(from, to)| *from < ends && *to > begins)
                    .map(|(from, to)| ((*from).max(begins), (*to).min(ends)))
                    .collect();
                let open = match working(zone, week, day)? {
                    Some(open) => gaps(open, blocks.get(artist).unwrap_or(&none)),
                    None => Vec::new(),
                };
                let minutes = |spans: &mut dyn Iterator<Item = Span>| -> i64 {
                    spans.map(|(from, to)| (to - from) / MINUTE).sum()
                };
                loads.push(MonthLoad {
                    artist_id: artist.clone(),
                    visits: i64::try_from(mine.len()).map_err(Error::internal)?,
                    booked_minutes: minutes(&mut mine.into_iter()),
                    open_minutes: minutes(&mut open.into_iter()),
                });
            }
            Ok(MonthDay { day, artists: loads })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::gaps;

    #[test]
    fn gaps_are_what_no_busy_time_touches() {
        assert_eq!(gaps((0, 10), &[]), [(0, 10)]);
        assert_eq!(gaps((0, 10), &[(2, 4), (3, 6), (8, 12)]), [(0, 2), (6, 8)]);
        assert_eq!(gaps((0, 10), &[(-5, 0), (10, 20)]), [(0, 10)]);
        assert_eq!(gaps((0, 10), &[(-5, 20)]), []);
        assert_eq!(gaps((5, 5), &[]), []);
    }
}
