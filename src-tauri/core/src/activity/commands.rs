//! What the desk can ask of the activity log.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Activity, store};
use crate::door::Look;
use crate::error::{Error, Result};
use crate::text::Id;

#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ActivityArgs {
    /// Only rows below this sequence: the next page.
    pub before: Option<i64>,
    pub member_id: Option<Id>,
    /// Only what was refused.
    #[serde(default)]
    pub refusals: bool,
    /// Only what was done by the master code or an approver.
    #[serde(default)]
    pub elevated: bool,
    /// 1 to 500; 100 when left out.
    pub limit: Option<i64>,
}

pub(crate) fn list(look: &Look<'_>, args: ActivityArgs) -> Result<Vec<Activity>> {
    let limit = args.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 500"));
    }
    look.grant().whole()?;
    let filter = store::Filter {
        before: args.before,
        member: args.member_id.as_deref(),
        refusals: args.refusals,
        elevated: args.elevated,
        limit,
    };
    store::list(look.db(), &filter)
}
