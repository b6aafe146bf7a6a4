//! What a member can ask about their own notices.

use super::{Notice, store};
use crate::door::{Change, Look};
use crate::error::Result;
use crate::studio::commands::Nothing;

/// The last hundred, newest first.
pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Notice>> {
    store::list(look.db(), &look.caller()?.id, look.now(), 100)
}

pub(crate) fn read(cx: &mut Change<'_>, _: Nothing) -> Result<Nothing> {
    let permit = cx.grant().whole()?;
    let me = cx.caller()?.id.clone();
    store::mark_read(cx.write(&permit), &me, cx.now())?;
    Ok(Nothing {})
}
