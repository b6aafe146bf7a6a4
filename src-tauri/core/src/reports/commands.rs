//! What the desk can ask about past money.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Summary, Transaction, store};
use crate::access::{Action, Scope};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::door::Look;
use crate::drawer::store as drawer;
use crate::error::{Error, Result, Why};
use crate::studio::store as studio;
use crate::text::Id;
use crate::till::REGISTER;

/// Whose rows count: an artist's own whatever was asked for, otherwise those asked for.
fn scope(look: &Look<'_>, asked: Option<Id>) -> Option<String> {
    match look.grant().scope() {
        Scope::All => asked.map(String::from),
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    }
}

pub(crate) fn period(look: &Look<'_>, from: Day, to: Day) -> Result<(Millis, Millis)> {
    if to < from {
        return Err(Error::invalid("to", "before the first day"));
    }
    let zone = studio::zone(look.db())?;
    Ok((zone.bounds(from, 1)?.0, zone.bounds(to, 1)?.1))
}

/// Whether what was paid in each way is not for the caller: a blind count of the open drawer is due, and the time up to
/// `to` has a part of what is in it (D27).
pub(crate) fn blind(look: &Look<'_>, to: Millis) -> Result<bool> {
    if !look.settings()?.blind_count {
        return Ok(false);
    }
    let Some(open) = drawer::open_session(look.db(), REGISTER)? else { return Ok(false) };
    // A report that nobody asks for is written for those who had the right to keep it.
    Ok(open.opened_at < to && look.caller().is_ok() && look.may(Action::ReportsCashClose).is_err())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SummaryArgs {
    /// First and last day, in the studio's zone.
    pub from: Day,
    pub to: Day,
    pub artist_id: Option<Id>,
}

pub(crate) fn summary(look: &Look<'_>, args: SummaryArgs) -> Result<Summary> {
    let (from, to) = period(look, args.from, args.to)?;
    let artist = scope(look, args.artist_id);
    let mut summary = store::summary(look.db(), from, to, artist.as_deref())?;
    if !summary.tenders.is_empty() && blind(look, to)? {
        summary.tenders.clear();
        summary.blind = true;
    }
    // With the analytics switch an artist sees the studio's totals, never a colleague's part (A015).
    let caller = look.caller()?;
    if caller.role.tattoos() {
        let mine = caller.artist.clone();
        summary.artists.retain(|total| total.artist_id == mine && mine.is_some());
        if artist.is_some() && artist != mine {
            return Err(Error::denied(if mine.is_some() { Why::NotYours } else { Why::NotLinked }));
        }
    }
    Ok(summary)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TransactionsArgs {
    pub from: Day,
    pub to: Day,
    pub artist_id: Option<Id>,
    /// Only receipts below this number: the next page.
    pub before: Option<i64>,
    /// How many numbered papers, 1 to 500; 100 when left out.
    pub limit: Option<i64>,
}

pub(crate) fn transactions(look: &Look<'_>, args: TransactionsArgs) -> Result<Vec<Transaction>> {
    let limit = args.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 500"));
    }
    let (from, to) = period(look, args.from, args.to)?;
    let artist = scope(look, args.artist_id);
    let page = store::Page { from, to, artist: artist.as_deref(), before: args.before, limit };
    store::transactions(look.db(), page)
}
