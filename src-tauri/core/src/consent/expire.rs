//! Letting go of what outlived an erasure for long enough (D29, T104): text, names, answers and signature. The sealed
//! row stays, and the journal says which papers went.

use super::store;
use crate::access::Permit;
use crate::clock::Millis;
use crate::door::{Change, Desk};
use crate::error::{Error, Result};
use crate::storage::Reader;

/// Papers signed up to this moment need not be kept any longer.
fn upto(db: Reader<'_>, now: Millis) -> Result<Millis> {
    let settings = crate::studio::store::settings(db)?;
    let zone = settings.zone()?;
    let years = u32::try_from(settings.consent_years).map_err(Error::internal)?;
    // To the end of the day that many years ago.
    zone.instant(zone.day_of(now)?.years_before(years).plus(1)?, 0).map(|next| next - 1)
}

/// Lets go of the papers of erased people whose years are over.
pub(crate) fn let_go(cx: &mut Change<'_>, permit: &Permit) -> Result<()> {
    let gone = store::outlived(cx.db(), upto(cx.db(), cx.now())?)?;
    for consent in &gone {
        store::let_go(cx.write(permit), consent)?;
    }
    if !gone.is_empty() {
        cx.note("papers_gone", gone);
    }
    Ok(())
}

/// Done when a studio is opened, so that a paper goes even where nobody is erased any more. Failing to is logged: it is
/// no reason not to open.
pub(crate) fn when_opened(desk: &Desk) {
    let done = desk.peek(|db| Ok(!store::outlived(db, upto(db, desk.now())?)?.is_empty())).and_then(|due| {
        if due {
            desk.operate("consent.expire", |cx| {
                let permit = cx.grant().whole()?;
                let_go(cx, &permit)
            })?;
        }
        Ok(())
    });
    if let Err(error) = done {
        log::warn!("consents whose years are over were not let go: {error}");
    }
}
