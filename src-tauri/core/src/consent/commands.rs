//! What the desk can ask about signed papers: reading them, taking image use back, going on without.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::store::{self, Kept};
use super::{ConsentKind, ConsentPaper, SignedConsent, needed};
use crate::access::{Owner, Permit, Scope};
use crate::agenda::{self, Card};
use crate::clients::{commands::ClientArgs, store as clients};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::text::{Id, Short};

/// What a client signed, newest first. An artist sees what belongs to own appointments, of clients who had one (T023).
pub(crate) fn list(look: &Look<'_>, args: ClientArgs) -> Result<Vec<SignedConsent>> {
    let exists = clients::standing(look.db(), &args.client_id)?.is_some();
    let client = clients::counts_as(look.db(), &args.client_id)?;
    let artist = match look.grant().scope() {
        Scope::All => None,
        Scope::Own { artist, .. } => artist.clone(),
    };
    let owner = match &artist {
        Some(artist) if store::was_with(look.db(), &client, artist)? => Owner::Artist(artist.clone()),
        _ => Owner::Nobody,
    };
    look.grant().over(exists.then_some(owner), "client")?;
    Ok(store::of_client(look.db(), &client, artist.as_deref())?
        .into_iter()
        .map(|kept| kept.consent)
        .collect())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ConsentArgs {
    pub consent_id: Id,
}

/// A paper and the right over it: its appointment's artist, or nobody's.
pub(super) fn own(look: &Look<'_>, id: &str) -> Result<(Permit, Kept)> {
    let artist = store::artist_of(look.db(), id)?;
    let owner = artist.map(|artist| artist.map_or(Owner::Nobody, Owner::Artist));
    let permit = look.grant().over(owner, "consent")?;
    Ok((permit, store::by_id(look.db(), id)?.ok_or(Error::NotFound { what: "consent" })?))
}

pub(crate) fn open(look: &Look<'_>, args: ConsentArgs) -> Result<ConsentPaper> {
    let (_, kept) = own(look, &args.consent_id)?;
    Ok(ConsentPaper {
        consent: kept.consent,
        text: kept.text,
        answers: kept.answers,
        signature: kept.signature,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct WithdrawArgs {
    pub consent_id: Id,
    pub reason: Option<Short>,
}

/// Takes image use back. What was signed stays, with the withdrawal beside it.
pub(crate) fn withdraw(cx: &mut Change<'_>, args: WithdrawArgs) -> Result<SignedConsent> {
    let (permit, kept) = own(cx, &args.consent_id)?;
    if kept.consent.kind != ConsentKind::Image {
        return Err(Error::Conflict { reason: "not_image_use" });
    }
    if kept.consent.withdrawn_at.is_some() {
        return Err(Error::Conflict { reason: "already_withdrawn" });
    }
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    store::withdraw(cx.write(&permit), &id, &kept.consent.id, cx.now(), &by)?;
    cx.seal("consent_withdrawals", &id);
    cx.note("consent", kept.consent.id);
    cx.note("client", kept.consent.client_id);
    if let Some(reason) = &args.reason {
        cx.give_reason(reason);
    }
    Ok(SignedConsent { withdrawn_at: Some(cx.now()), ..own(cx, &args.consent_id)?.1.consent })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct WaiveArgs {
    pub appointment_id: Id,
    pub reason: Short,
}

/// Lets a visit go on although paperwork is missing. Stays said when the visit is reopened.
pub(crate) fn waive(cx: &mut Change<'_>, args: WaiveArgs) -> Result<Card> {
    let found = agenda::store::appointment(cx.db(), &args.appointment_id)?;
    let owner = found.as_ref().map(|visit| Owner::Artist(visit.artist.clone()));
    let permit = cx.grant().over(owner, "appointment")?;
    let visit = found.ok_or(Error::NotFound { what: "appointment" })?;
    let paperwork = needed::paperwork(cx.db(), &visit)?;
    if paperwork.waived {
        return Err(Error::Conflict { reason: "already_waived" });
    }
    if paperwork.missing == 0 {
        return Err(Error::Conflict { reason: "nothing_missing" });
    }
    let by = cx.caller()?.id.clone();
    store::waive(cx.write(&permit), &visit.id, &args.reason, cx.now(), &by)?;
    cx.note("appointment", visit.id.as_str());
    cx.note("missing", paperwork.missing);
    cx.give_reason(&args.reason);
    agenda::commands::shown(cx, &visit.id)
}
