//! Forgetting a person (P16, T104): what tells who they were goes, what the studio must keep stays.
//!
//! Visits keep their times, sales and the chain stay as they are. A row of `erased_clients` says that it was done, so that
//! a backup from before comes back without them.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::commands::{check_stands, owner, shown};
use super::{Client, store};
use crate::access::Permit;
use crate::clock::Millis;
use crate::consent::expire;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::pictures::store as pictures;
use crate::portfolio::store as portfolio;
use crate::text::{Id, Name, fold};
use crate::till::deposits::store as deposits;

/// How long somebody could still be waiting for the reply of a change.
const RETRIES: Millis = 60 * 60_000;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EraseArgs {
    pub client_id: Id,
    /// The client's name, typed again: this cannot be undone.
    pub name: Name,
}

/// What an erased client is called: told apart from others, and from nothing else.
fn pseudonym(id: &str) -> String {
    // The end of the id is random; its beginning is when the client came.
    let short: String = id.chars().rev().filter(char::is_ascii_alphanumeric).take(4).collect();
    format!("Erased client {}", short.to_ascii_uppercase())
}

pub(crate) fn erase(cx: &mut Change<'_>, args: EraseArgs) -> Result<Client> {
    let permit = cx.grant().over(owner(cx, &args.client_id)?, "client")?;
    check_stands(cx, &args.client_id)?;
    let client = shown(cx, &args.client_id)?;
    if fold(&client.name) != fold(&args.name) {
        return Err(Error::invalid("name", "not this client's"));
    }
    if store::has_open_visits(cx.db(), &args.client_id)? {
        return Err(Error::Conflict { reason: "visits_ahead" });
    }
    if deposits::held_of_client(cx.db(), &args.client_id)? {
        return Err(Error::Conflict { reason: "deposit_held" });
    }
    forget(cx, &permit, &args.client_id)?;
    cx.note("client", &*args.client_id);
    shown(cx, &args.client_id)
}

fn forget(cx: &mut Change<'_>, permit: &Permit, client: &str) -> Result<()> {
    let db = cx.write(permit);
    let before = cx.now() - RETRIES;
    for (id, name) in store::selves(cx.db(), client)? {
        store::forget_replies(db, &id, &name, before)?;
        portfolio::forget(db, &id)?;
        pictures::forget(db, &id)?;
        store::erase(db, &id, &pseudonym(&id), cx.now())?;
    }
    cx.sweep_pictures();
    store::tidy_index(db)?;
    // What they signed stays for as long as the studio must keep it (D29).
    expire::let_go(cx, permit)
}

/// Forgets once more whom a backup from before their erasure brought back (P16). Who that was.
pub(crate) fn again(cx: &mut Change<'_>, permit: &Permit, erased: &[String]) -> Result<Vec<String>> {
    let mut back = Vec::new();
    for client in erased {
        if store::is_known_by_name(cx.db(), client)? {
            forget(cx, permit, client)?;
            back.push(client.clone());
        }
    }
    Ok(back)
}
