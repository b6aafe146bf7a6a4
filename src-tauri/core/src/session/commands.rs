//! What the desk can ask about the sign-in itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::guess::{CODE, Guess, RECOVERY, of_name, of_pin, wrong_code, wrong_credentials};
use super::{pin, store};
use crate::access::elevation::Elevation;
use crate::access::session::Session;
use crate::access::{Action, Caller, Policy, Role, password};
use crate::calendar::Month;
use crate::clock::Millis;
use crate::door::{Call, Desk, Look, Tools};
use crate::error::{Code, Error, Result, Why};
use crate::security::{
    self,
    commands::{ClockBehind, CodeDue},
};
use crate::staff::store::{self as staff, Credentials};
use crate::staff::{SwitchState, Username};
use crate::studio::commands::{Nothing, spaced};
use crate::text::{Secret, Short};

/// A name on the sign-in screen.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Tile {
    pub username: String,
    pub name: String,
    pub role: Role,
    /// Their PIN works on this computer today.
    pub pin: bool,
}

/// Active people, last used first.
pub(crate) fn tiles(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Vec<Tile>> {
    let studio = desk.studio()?;
    desk.query(call.command, |look| {
        let pins = pin::working(look, &studio, desk.tools().clock.now())?;
        let tiles = staff::tiles(look.db(), look.now())?.into_iter().map(|(username, name, role)| {
            let pin = pins.iter().any(|pin| pin.username == username);
            Tile { username, name, role, pin }
        });
        Ok(tiles.collect())
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SignInArgs {
    /// As text: whatever is typed gets the same answer.
    pub username: Secret,
    pub password: Secret,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Me {
    pub id: String,
    pub name: String,
    pub username: String,
    pub artist_id: Option<String>,
}

/// An open elevation, for the countdown.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Elevated {
    pub expires_at: Millis,
    /// The approving member's id, or "code".
    pub by: String,
}

/// Who is at the desk and what they may do now.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Whoami {
    pub member: Me,
    pub role: Role,
    /// The policy that holds for this member now, for every action. Stays locked while elevated (D21).
    #[ts(type = "Record<Action, Policy>")]
    pub actions: BTreeMap<Action, Policy>,
    pub elevation: Option<Elevated>,
    /// This desk was handed to a client: it shows portfolios, and the member's password takes it back.
    pub client_view: bool,
    /// The temporary password must be changed before anything else (T087).
    pub must_change_password: bool,
    /// The role is lent until then (A032)…
    pub role_until: Option<Millis>,
    /// …and this one counts again after it.
    pub role_after: Option<Role>,
    pub reminders: Reminders,
    pub has_pin: bool,
    /// A reminder is due after ninety (D11).
    pub password_age_days: i64,
    /// Notices not read yet (D12).
    pub unread: i64,
    /// The member's own switches (D03).
    pub switches: Vec<SwitchState>,
    pub now: Millis,
    /// The computer's clock was set back.
    pub clock: Option<ClockBehind>,
}

/// What whoever runs the studio or its stock is reminded of; nothing for everybody else.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct Reminders {
    /// The master code must be rotated, and why (D06).
    pub code_due: Option<CodeDue>,
    /// A month whose review nobody has signed (A028).
    pub review_due: Option<Month>,
    /// Fewer than two active owners and admins, and others besides (A020, A030).
    pub few_admins: bool,
    /// The owner has no recovery code that works.
    pub needs_recovery_code: bool,
    /// Items below their minimum, for whoever books deliveries.
    pub stock_low: i64,
    /// Lots on hand that are no longer good in thirty days, for the same.
    pub stock_expiring: i64,
}

fn reminders(look: &Look<'_>) -> Result<Reminders> {
    let caller = look.caller()?;
    let (stock_low, stock_expiring) = crate::inventory::shelf::worries(look)?;
    if !matches!(caller.role, Role::Owner | Role::Admin) {
        return Ok(Reminders { stock_low, stock_expiring, ..Reminders::default() });
    }
    let settings = look.settings()?;
    let recovery = security::store::secret(look.db(), RECOVERY_CODE)?;
    Ok(Reminders {
        code_due: security::commands::code_due(look, settings.rotation_days)?,
        review_due: crate::activity::review::due(look, settings.zone()?)?,
        few_admins: staff::misses_admin(look.db())?,
        needs_recovery_code: caller.role == Role::Owner && recovery.due_because.is_some(),
        stock_low,
        stock_expiring,
    })
}

const DAY: Millis = 24 * 60 * 60 * 1000;

pub(crate) fn whoami(look: &Look<'_>, _: Nothing) -> Result<Whoami> {
    let caller = look.caller()?;
    let lent = staff::lent(look.db(), &caller.id, look.now())?;
    let own = store::own(look.db(), &caller.id)?;
    let switches =
        if caller.switches.is_empty() { Vec::new() } else { staff::switch_states(look.db(), &caller.id)? };
    let actions = Action::ALL.iter().map(|action| (*action, caller.answer(look.now(), *action))).collect();
    Ok(Whoami {
        member: Me {
            id: caller.id.clone(),
            name: caller.name.clone(),
            username: own.username,
            artist_id: caller.artist.clone(),
        },
        role: caller.role,
        actions,
        elevation: caller
            .elevated_until
            .zip(caller.elevated_by.clone())
            .map(|(expires_at, by)| Elevated { expires_at, by }),
        client_view: caller.client_view,
        must_change_password: caller.must_change,
        role_until: lent.as_ref().map(|(until, _)| *until),
        role_after: lent.map(|(_, role)| role),
        reminders: reminders(look)?,
        has_pin: own.has_pin,
        password_age_days: (look.now() - own.password_changed_at).max(0) / DAY,
        unread: crate::notices::store::unread(look.db(), &caller.id, look.now())?,
        switches,
        now: look.now(),
        clock: security::commands::clock(look)?,
    })
}

pub(crate) fn sign_in(desk: &Desk, call: &Call<'_>, args: SignInArgs) -> Result<Whoami> {
    let username = args.username.reveal();
    let tools = desk.tools();
    let (found, usual) = desk.query(call.command, |look| {
        Ok((staff::credentials(look.db(), username, look.now())?, store::usual_cost(look.db())?))
    })?;
    let who = found.as_ref().map(|found| (found.id.as_str(), found.role));
    let guess = Guess::begin(desk, call, of_name(username, found.is_some()), who, wrong_credentials)?;
    // The same work for a wrong password, an archived member and nobody at all (attack 22).
    let right =
        password::verify(args.password.reveal(), found.as_ref().map(|found| found.hash.as_str()), usual);
    let Some(found) = found.as_ref().filter(|found| right && found.active) else {
        return Err(guess.wrong());
    };
    let renewed = renew(tools, args.password.reveal(), &found.hash)?;
    let ticket = guess.right(|cx, permit| {
        // Archived, or a new password, while the hash was being compared.
        let still = staff::credentials(cx.db(), username, cx.now())?;
        if !still.is_some_and(|still| still.active && still.epoch == found.epoch) {
            return Err(Error::BadCredentials { tries_left: 0 });
        }
        if let Some(hash) = &renewed {
            staff::rehash(cx.write(permit), &found.id, hash)?;
        }
        staff::seen(cx.write(permit), &found.id, cx.now())?;
        // With the password typed here, wrong PINs are forgiven and the PIN works today.
        store::clear_tally(cx.write(permit), &of_pin(username))?;
        pin::ticket(cx, tools.clock.now(), &found.id)
    })?;
    desk.studio()?.memory.give_ticket(&found.id, ticket);
    *desk.session() = Some(Session::start(found.id.clone(), tools.clock.now(), found.epoch));
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

/// The hash of what was just found right, made anew where the old one is too cheap or too dear for this computer.
pub(crate) fn renew(tools: &Tools, secret: &str, hash: &str) -> Result<Option<String>> {
    let cost = tools.cost.instead_of(hash);
    cost.map(|cost| password::hash(secret, cost, &*tools.random)).transpose()
}

/// Ends the session: sign-out, lock and fast switch are the same to the door.
pub(crate) fn sign_out(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Nothing> {
    match desk.change_once(call, |_| Ok(())) {
        // Whatever the file can take, a desk that somebody leaves is locked.
        Err(error) if matches!(error.code(), Code::DiskFull | Code::ReadOnly | Code::Damaged) => {
            log::error!("a sign-out is not in the journal: {error}");
        }
        written => written?,
    }
    *desk.session() = None;
    if let Ok(studio) = desk.studio() {
        desk.put_anchor(&studio);
    }
    Ok(Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChangePasswordArgs {
    pub current: Secret,
    pub new: Secret,
}

pub(crate) fn change_password(desk: &Desk, call: &Call<'_>, args: ChangePasswordArgs) -> Result<Whoami> {
    let tools = desk.tools();
    let (username, name) = desk.query(call.command, |look| {
        let caller = look.caller()?;
        Ok((staff::username_of(look.db(), &caller.id)?, caller.name.clone()))
    })?;
    password::check(args.new.reveal(), &[&username, &name], "new")?;
    let (guess, found) = Guess::own_password(desk, call, &args.current)?;
    let recent = desk.query(call.command, |look| staff::recent_hashes(look.db(), &found.id))?;
    // The first of them is the current one, which was just found to be what was typed.
    let before =
        || recent.iter().skip(1).any(|old| password::verify(args.new.reveal(), Some(old), tools.cost));
    if args.new.reveal() == args.current.reveal() || before() {
        return Err(Error::invalid("new", "used before"));
    }
    let hash = password::hash(args.new.reveal(), tools.cost, &*tools.random)?;
    let ticket = guess.right(|cx, permit| {
        staff::set_password(cx.write(permit), &found.id, &hash, false, cx.now())?;
        pin::ticket(cx, tools.clock.now(), &found.id)
    })?;
    desk.studio()?.memory.give_ticket(&found.id, ticket);
    // This desk's sign-in goes on under the new password; every other one has ended.
    if let Some(session) = desk.session().as_mut() {
        session.password_epoch = found.epoch + 1;
    }
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

/// A second person with their own password: lets an assistant go on (D05), or stands for a difference in the drawer.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Approver {
    pub username: Username,
    pub password: Secret,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ElevateArgs {
    pub code: Option<Secret>,
    pub approver: Option<Approver>,
    /// The locked action that was asked for when the lock came up; kept in the journal.
    pub action: Option<Action>,
    pub reason: Option<Short>,
}

/// Whoever is past a temporary password.
pub(crate) fn settled(caller: &Caller, _: Millis) -> Result<()> {
    if caller.must_change { Err(Error::PasswordChangeRequired) } else { Ok(()) }
}

/// Only the assistant is ever asked (T058): nobody else has a locked action.
pub(crate) fn asked_for_the_code(caller: &Caller, now: Millis) -> Result<()> {
    settled(caller, now)?;
    let locked = Action::ALL.iter().any(|action| caller.answer(now, *action) == Policy::Locked);
    if locked { Ok(()) } else { Err(Error::denied(Why::Role)) }
}

/// The recovery code is the owner's alone (D22).
pub(crate) fn is_owner(caller: &Caller, now: Millis) -> Result<()> {
    settled(caller, now)?;
    if caller.role == Role::Owner { Ok(()) } else { Err(Error::denied(Why::Role)) }
}

/// Whether somebody may approve an elevation (D05).
fn approves(found: &Credentials) -> bool {
    found.active && matches!(found.role, Role::Owner | Role::Admin)
}

pub(crate) fn elevate(desk: &Desk, call: &Call<'_>, args: ElevateArgs) -> Result<Whoami> {
    let tools = desk.tools();
    let (caller, secret, approver, usual) = desk.query(call.command, |look| {
        let caller = look.caller()?.clone();
        // Nothing else is ever opened by it (T005, T056).
        match args.action.map(|action| caller.answer(look.now(), action)) {
            None | Some(Policy::Locked) => {}
            Some(Policy::Deny) => return Err(Error::denied(Why::Role)),
            Some(_) => return Err(Error::invalid("action", "not locked")),
        }
        if args.reason.is_none() && look.settings()?.elevation_reason {
            return Err(Error::invalid("reason", "missing"));
        }
        let approver = match &args.approver {
            Some(approver) => staff::credentials(look.db(), &approver.username, look.now())?,
            None => None,
        };
        let secret = security::store::secret(look.db(), "master_code")?;
        Ok((caller, secret, approver, store::usual_cost(look.db())?))
    })?;
    let typed = match (&args.code, &args.approver) {
        (Some(code), None) => crate::ids::fold_code(code.reveal()),
        (None, Some(approver)) => approver.password.reveal().to_owned(),
        _ => return Err(Error::invalid("code", "a code or an approver")),
    };
    let subject = match &args.approver {
        Some(named) => of_name(&named.username, approver.is_some()),
        None => CODE.to_owned(),
    };
    let guess = Guess::begin(desk, call, subject, None, wrong_code)?;
    let hash = match &args.approver {
        Some(_) => approver.as_ref().map(|approver| approver.hash.as_str()),
        None => Some(secret.hash.as_str()),
    };
    let right = password::verify(&typed, hash, usual);
    if !right || (args.approver.is_some() && !approver.as_ref().is_some_and(approves)) {
        return Err(guess.wrong());
    }
    let renewed = match &args.code {
        Some(_) => renew(tools, &typed, &secret.hash)?,
        None => None,
    };
    let minutes = guess.right(|cx, permit| {
        // Rotated while the code was being compared: what was typed is the old one.
        if security::store::secret(cx.db(), "master_code")?.generation != secret.generation {
            return Err(Error::BadCode { tries_left: 0 });
        }
        // Archived, demoted or with another password by now.
        if let (Some(named), Some(found)) = (&args.approver, &approver) {
            let still = staff::credentials(cx.db(), &named.username, cx.now())?;
            if !still.is_some_and(|still| approves(&still) && still.epoch == found.epoch) {
                return Err(Error::BadCode { tries_left: 0 });
            }
        }
        if let Some(hash) = &renewed {
            security::store::rehash(cx.write(permit), "master_code", hash)?;
        }
        cx.note("approver", approver.as_ref().map_or(CODE, |approver| approver.id.as_str()));
        if let Some(action) = args.action {
            cx.note("action", action.name());
        }
        if let Some(reason) = &args.reason {
            cx.give_reason(reason);
        }
        Ok(cx.settings()?.elevation_minutes)
    })?;
    if let Some(session) = desk.session().as_mut().filter(|session| session.member == caller.id) {
        let approver = approver.map(|approver| approver.id);
        session.elevation = Some(Elevation::open(
            tools.clock.now(),
            minutes,
            secret.generation,
            caller.rights_epoch,
            caller.role,
            approver,
        ));
    }
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

pub(crate) fn drop_elevation(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Whoami> {
    desk.change_once(call, |_| Ok(()))?;
    if let Some(session) = desk.session().as_mut() {
        session.elevation = None;
    }
    desk.query(call.command, |look| whoami(look, Nothing {}))
}

/// The way back for an owner who lost the password (D22).
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RecoverArgs {
    pub recovery_code: Secret,
    pub new_password: Secret,
}

/// The next recovery code, shown once: the old one has done its work.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Recovered {
    pub username: String,
    pub recovery_code: String,
}

/// The recovery code's row among the secrets.
const RECOVERY_CODE: &str = "recovery_code";

pub(crate) fn recover(desk: &Desk, call: &Call<'_>, args: RecoverArgs) -> Result<Recovered> {
    let tools = desk.tools();
    let (secret, username, owner, recent) = desk.query(call.command, |look| {
        let secret = security::store::secret(look.db(), RECOVERY_CODE)?;
        let username = staff::owner_username(look.db())?;
        let owner = staff::credentials(look.db(), &username, look.now())?
            .ok_or(Error::NotFound { what: "member" })?;
        let recent = staff::recent_hashes(look.db(), &owner.id)?;
        Ok((secret, username, owner, recent))
    })?;
    let guess = Guess::begin(desk, call, RECOVERY.to_owned(), None, wrong_code)?;
    password::check(args.new_password.reveal(), &[&username], "new_password")?;
    let typed = crate::ids::fold_code(args.recovery_code.reveal());
    if !password::verify(&typed, Some(&secret.hash), tools.cost) {
        return Err(guess.wrong());
    }
    if recent.iter().any(|old| password::verify(args.new_password.reveal(), Some(old), tools.cost)) {
        return Err(Error::invalid("new_password", "used before"));
    }
    let next = crate::ids::fresh_code(&*tools.random, 20)?;
    let next_hash = password::hash(&next, tools.cost, &*tools.random)?;
    let hash = password::hash(args.new_password.reveal(), tools.cost, &*tools.random)?;
    guess.right(|cx, permit| {
        if security::store::secret(cx.db(), RECOVERY_CODE)?.generation != secret.generation {
            return Err(Error::BadCode { tries_left: 0 });
        }
        staff::set_password(cx.write(permit), &owner.id, &hash, false, cx.now())?;
        security::store::put_secret(cx.write(permit), RECOVERY_CODE, &next_hash, cx.now(), Some(&owner.id))?;
        cx.on_behalf_of(&owner.id, owner.role);
        Ok(())
    })?;
    Ok(Recovered { username, recovery_code: spaced(&next) })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RenewRecoveryArgs {
    pub password: Secret,
}

/// Shown once, kept as a hash.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RecoveryCode {
    pub recovery_code: String,
}

/// A new recovery code for an owner who lost the sheet, or became the owner; the one before no longer works.
pub(crate) fn renew_recovery(desk: &Desk, call: &Call<'_>, args: RenewRecoveryArgs) -> Result<RecoveryCode> {
    let tools = desk.tools();
    let (guess, found) = Guess::own_password(desk, call, &args.password)?;
    let code = crate::ids::fresh_code(&*tools.random, 20)?;
    let hash = password::hash(&code, tools.cost, &*tools.random)?;
    guess.right(|cx, permit| {
        security::store::put_secret(cx.write(permit), RECOVERY_CODE, &hash, cx.now(), Some(&found.id))?;
        store::clear_tally(cx.write(permit), RECOVERY)
    })?;
    Ok(RecoveryCode { recovery_code: spaced(&code) })
}
