//! What the desk can ask about the master code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::store;
use crate::access::{Role, password};
use crate::clock::Millis;
use crate::door::{Change, Look, Tools};
use crate::error::{Error, Result};
use crate::ids::fresh_code;
use crate::notices::{self, NoticeKind};
use crate::staff::store as staff;
use crate::studio::commands::{Nothing, spaced};
use crate::text::Short;

/// The new code: shown once, kept nowhere (T065).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Rotated {
    pub code: String,
    pub changed_at: Millis,
    /// Who must be told straight away (T067).
    pub assistants: Vec<String>,
}

/// Makes the code here and now; the old one and every open elevation end with the commit (T066).
pub(crate) fn rotate_code(
    tools: &Tools,
    _: Nothing,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<Rotated> + use<>> {
    let code = fresh_code(&*tools.random, 10)?;
    let hash = password::hash(&code, tools.cost, &*tools.random)?;
    Ok(move |cx: &mut Change<'_>| {
        let permit = cx.grant().whole()?;
        let by = cx.caller()?.id.clone();
        store::put_secret(cx.write(&permit), "master_code", &hash, cx.now(), Some(&by))?;
        crate::session::store::clear_tally(cx.write(&permit), "code")?;
        notices::tell_roles(cx, &permit, &[Role::Assistant], NoticeKind::CodeRotated, &json!({}))?;
        let assistants = staff::assistants(cx.db(), cx.now())?;
        Ok(Rotated { code: spaced(&code), changed_at: cx.now(), assistants })
    })
}

/// Why the master code must be rotated (T068).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeDue {
    /// It is older than the studio allows.
    Age,
    /// An assistant left who knew it.
    Left,
    /// Somebody fears that it is known.
    Suspicion,
}

/// How old the code is and who knows it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CodeState {
    pub changed_at: Millis,
    pub changed_by: Option<String>,
    /// When the next rotation is due (D06).
    pub due_at: Millis,
    pub overdue: bool,
    pub because: Option<CodeDue>,
    pub assistants: Vec<String>,
}

pub(crate) fn code_state(look: &Look<'_>, _: Nothing) -> Result<CodeState> {
    let secret = store::secret(look.db(), "master_code")?;
    let due_at = secret.changed_at + look.settings()?.rotation_days * 24 * 60 * 60 * 1000;
    let changed_by = match &secret.changed_by {
        Some(member) => staff::name_of(look.db(), member)?,
        None => None,
    };
    let because = due(&secret, due_at, look.now());
    Ok(CodeState {
        changed_at: secret.changed_at,
        changed_by,
        due_at,
        overdue: because.is_some(),
        because,
        assistants: staff::assistants(look.db(), look.now())?,
    })
}

fn due(secret: &store::SecretRow, due_at: Millis, now: Millis) -> Option<CodeDue> {
    match secret.due_because.as_deref() {
        Some("suspicion") => Some(CodeDue::Suspicion),
        Some(_) => Some(CodeDue::Left),
        None => (now >= due_at).then_some(CodeDue::Age),
    }
}

/// Whether the code is due, for the reminder that stands on every screen (D06).
pub(crate) fn code_due(look: &Look<'_>, rotation_days: i64) -> Result<Option<CodeDue>> {
    let secret = store::secret(look.db(), "master_code")?;
    Ok(due(&secret, secret.changed_at + rotation_days * 24 * 60 * 60 * 1000, look.now()))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SuspicionArgs {
    pub reason: Short,
}

/// Somebody fears that the code is known: it is due at once, and the journal says why (T068, T106).
pub(crate) fn report_suspicion(cx: &mut Change<'_>, args: SuspicionArgs) -> Result<CodeState> {
    let permit = cx.grant().whole()?;
    store::mark_due(cx.write(&permit), "master_code", "suspicion")?;
    cx.give_reason(&args.reason);
    code_state(cx, Nothing {})
}

/// The computer's clock stands before the journal's last row (ledger rule 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct ClockBehind {
    /// What the clock says.
    pub clock: Millis,
    /// When the last entry was made: what is done now is dated so until the clock has caught up.
    pub last_at: Millis,
    /// More than a day back: no money moves until an owner or admin has said that the clock is right.
    pub money_waits: bool,
}

/// None while the clock is ahead of the last row, or behind it by no more than two minutes.
pub(crate) fn clock(look: &Look<'_>) -> Result<Option<ClockBehind>> {
    let watch = look.watch();
    if !watch.is_behind() {
        return Ok(None);
    }
    let money_waits = watch.holds_money(look.db())?;
    Ok(Some(ClockBehind { clock: watch.wall, last_at: watch.last_at, money_waits }))
}

/// Somebody looked at the clock that was set back by more than a day, and says that it is right: money moves again.
pub(crate) fn confirm_clock(cx: &mut Change<'_>, _: Nothing) -> Result<ClockBehind> {
    cx.grant().whole()?;
    let watch = cx.watch();
    if !watch.holds_money(cx.db())? {
        return Err(Error::Conflict { reason: "clock_right" });
    }
    cx.note("wall", watch.wall);
    cx.note("behind", watch.last_at - watch.wall);
    Ok(ClockBehind { clock: watch.wall, last_at: watch.last_at, money_waits: false })
}
