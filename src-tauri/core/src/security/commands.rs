//! What the desk can ask about the master code.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use super::store;
use crate::access::password;
use crate::clock::Millis;
use crate::door::{Change, Look, Tools};
use crate::error::Result;
use crate::ids::fresh_code;
use crate::staff::store as staff;
use crate::studio::commands::{Nothing, spaced};

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
        Ok(Rotated { code: spaced(&code), changed_at: cx.now(), assistants: staff::assistants(cx.db())? })
    })
}

/// How old the code is and who knows it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CodeState {
    pub changed_at: Millis,
    pub changed_by: Option<String>,
    /// When the next rotation is due (D06).
    pub due_at: Millis,
    pub overdue: bool,
    pub assistants: Vec<String>,
}

pub(crate) fn code_state(look: &Look<'_>, _: Nothing) -> Result<CodeState> {
    let secret = store::secret(look.db(), "master_code")?;
    let days = look.settings()?.rotation_days;
    let due_at = secret.changed_at + days * 24 * 60 * 60 * 1000;
    let changed_by = match &secret.changed_by {
        Some(member) => staff::member_by_id(look.db(), member)?.map(|member| member.name),
        None => None,
    };
    Ok(CodeState {
        changed_at: secret.changed_at,
        changed_by,
        due_at,
        overdue: look.now() >= due_at,
        assistants: staff::assistants(look.db())?,
    })
}
