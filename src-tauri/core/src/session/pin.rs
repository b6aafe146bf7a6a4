//! The short PIN: a quick way back for somebody who typed their password at this computer today.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::commands::{Whoami, renew, whoami};
use super::guess::{Guess, of_pin, wrong_credentials};
use super::store::{self, PinRow};
use crate::access::password;
use crate::access::session::{Session, Ticket};
use crate::clock::Moment;
use crate::door::{Call, Desk, Look, Studio};
use crate::error::{Error, Result};
use crate::staff::store as staff;
use crate::studio::commands::Nothing;
use crate::text::Secret;

/// The ticket for a password that was found right: the epochs are those that the file has in this transaction.
pub(crate) fn ticket(look: &Look<'_>, now: Moment, member: &str) -> Result<Ticket> {
    let (password_epoch, rights_epoch) = store::epochs(look.db(), member)?;
    let day = look.settings()?.zone()?.day_of(now.wall)?;
    Ok(Ticket { since: now, day, password_epoch, rights_epoch })
}

/// The PINs that work on this computer now.
pub(crate) fn working(look: &Look<'_>, studio: &Studio, now: Moment) -> Result<Vec<PinRow>> {
    let mut pins = store::pins(look.db())?;
    if pins.is_empty() {
        return Ok(pins);
    }
    let today = look.settings()?.zone()?.day_of(now.wall)?;
    pins.retain(|pin| {
        let holds = |ticket: &Ticket| ticket.holds(&now, today, pin.password_epoch, pin.rights_epoch);
        studio.memory.has_ticket(&pin.member, holds)
    });
    Ok(pins)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PinArgs {
    /// As text, like the password's: whatever is typed gets the same answer.
    pub username: Secret,
    pub pin: Secret,
}

/// Nobody of that name, archived, without a PIN, not here today: one answer for all, since the password is what helps.
fn not_here() -> Error {
    Error::Conflict { reason: "pin_not_here" }
}

pub(crate) fn sign_in_pin(desk: &Desk, call: &Call<'_>, args: PinArgs) -> Result<Whoami> {
    let username = args.username.reveal();
    let tools = desk.tools();
    let studio = desk.studio()?;
    let mine = |look: &Look<'_>| -> Result<PinRow> {
        let working = working(look, &studio, tools.clock.now())?;
        working.into_iter().find(|pin| pin.username == username).ok_or_else(not_here)
    };
    let (pin, found) = desk.query(call.command, |look| {
        let pin = mine(look)?;
        Ok((pin, staff::credentials(look.db(), username, look.now())?.ok_or_else(not_here)?))
    })?;
    let who = Some((pin.member.as_str(), found.role));
    let guess = Guess::begin(desk, call, of_pin(username), who, wrong_credentials)?;
    if !password::verify(args.pin.reveal(), Some(&pin.hash), tools.cost) {
        let told = guess.wrong();
        if matches!(told, Error::BadCredentials { tries_left: 0 }) {
            studio.memory.take_ticket(&pin.member);
        }
        return Err(told);
    }
    let renewed = renew(tools, args.pin.reveal(), &pin.hash)?;
    guess.right(|cx, permit| {
        // Archived, another password or another PIN, while the hash was being compared.
        if mine(cx)?.hash != pin.hash {
            return Err(not_here());
        }
        if let Some(hash) = &renewed {
            store::rehash_pin(cx.write(permit), &pin.member, hash)?;
        }
        staff::seen(cx.write(permit), &pin.member, cx.now())
    })?;
    *desk.session() = Some(Session::start(pin.member, tools.clock.now(), pin.password_epoch));
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetPinArgs {
    pub password: Secret,
    /// 4 to 8 digits; null takes the PIN away.
    pub pin: Option<Secret>,
}

pub(crate) fn set_pin(desk: &Desk, call: &Call<'_>, args: SetPinArgs) -> Result<Whoami> {
    let tools = desk.tools();
    if let Some(pin) = &args.pin {
        password::check_pin(pin.reveal())?;
    }
    let (guess, found) = Guess::own_password(desk, call, &args.password)?;
    let hash = match &args.pin {
        Some(pin) => Some(password::hash(pin.reveal(), tools.cost, &*tools.random)?),
        None => None,
    };
    let ticket = guess.right(|cx, permit| {
        store::set_pin(cx.write(permit), &found.id, hash.as_deref(), cx.now())?;
        let username = staff::username_of(cx.db(), &found.id)?;
        store::clear_tally(cx.write(permit), &of_pin(&username))?;
        cx.note("pin", hash.is_some());
        ticket(cx, tools.clock.now(), &found.id)
    })?;
    desk.studio()?.memory.give_ticket(&found.id, ticket);
    desk.query(call.command, |look| whoami(look, Nothing {}))
}
