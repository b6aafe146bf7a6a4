//! The new studio, from its founding to the last thing that is done to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::people::People;
use super::report::{Account, TsmOther, TsmReport, TsmSumOf};
use super::source::{self, Everything, Record};
use super::{Moving, TsmImported, values};
use crate::access::Role;
use crate::access::password::{self, Cost};
use crate::calendar::Zone;
use crate::clock::Millis;
use crate::demo::script::ScriptClock;
use crate::door::dispatch::find;
use crate::door::{Call, Change, Desk, Tools};
use crate::error::{Code, Error, Fault, Result};
use crate::ids::fresh_id;
use crate::paths::Place;
use crate::security::store as security;
use crate::staff::store as staff;
use crate::storage::OpenOptions;
use crate::studio::Language;
use crate::studio::commands::{CreateArgs, New, create_at};

/// Before the first thing that happened, the studio was founded by so much.
const BEFORE: Millis = 60_000;

/// The studio in the making, and what is known of the rows so far.
pub(super) struct House {
    pub(super) front: Desk,
    /// Where the owner stands for what goes through the door.
    owner_desk: Desk,
    pub owner: String,
    pub clock: Arc<ScriptClock>,
    by: Option<&'static str>,
    pub account: Account,
    pub zone: Zone,
    pub exponent: i64,
    pub currency: String,
    pub language: Language,
    pub founded: Millis,
    pub now: Millis,
    pub tattoo: String,
    pub other: String,
    /// Ids there to ids here; the empty one stands for rows that name nobody.
    pub artists: BTreeMap<String, String>,
    pub clients: BTreeMap<String, String>,
    /// Those among them that no row there speaks of.
    pub stand_in_artists: BTreeSet<String>,
    pub stand_in_clients: BTreeSet<String>,
    pub visits: BTreeMap<String, super::visits::Visit>,
    keys: u64,
}

impl House {
    /// One change of the new studio, journaled as part of the move.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Change<'_>) -> Result<T>) -> Result<T> {
        self.front.operate_as(self.by, "studio.import_tsm", change)
    }

    /// One request through the door, as the owner's.
    pub(super) fn ask(&mut self, command: &str, args: Value) -> Result<Result<Value, Fault>> {
        self.keys += 1;
        let key = format!("moving-{:09}", self.keys);
        let args = serde_json::value::to_raw_value(&args).map_err(Error::internal)?;
        Ok(match self.owner_desk.dispatch(command, Some(&key), &args) {
            Ok(reply) => Ok(serde_json::from_str(reply.get()).map_err(Error::internal)?),
            Err(fault) => Err(fault),
        })
    }

    /// As [`House::ask`], for what cannot be refused.
    pub(super) fn have(&mut self, command: &str, args: Value) -> Result<Value> {
        self.ask(command, args)?.map_err(|fault| match fault.code {
            Code::DiskFull => Error::DiskFull,
            _ => Error::Internal(format!("{command}: {:?} {:?}", fault.code, fault.params)),
        })
    }

    pub(super) fn said<'a>(&self, english: &'a str, spanish: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }

    /// The first row of each id, and the others.
    pub(super) fn once(&self, rows: &[Record]) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut again = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(id) = row.id()
                && !seen.insert(id)
            {
                again.insert(at);
            }
        }
        again
    }
}

/// When the first thing happened that the database tells of.
fn first_moment(everything: &Everything, zone: Zone, now: Millis) -> Millis {
    let columns = [
        ("sessions", "start"),
        ("transactions", "date"),
        ("transactions", "created_at"),
        ("clients", "created_at"),
        ("users", "created_at"),
    ];
    let moments = everything.tables.iter().flat_map(|table| {
        columns
            .iter()
            .filter(|(name, _)| *name == table.name)
            .flat_map(|(_, column)| table.rows.iter().filter_map(|row| values::moment(row.get(column), zone)))
    });
    moments.min().unwrap_or(now).min(now) - BEFORE
}

pub(super) fn build(
    moving: &Moving<'_>,
    mut everything: Everything,
    making: &Path,
    work: &Path,
    cost: Cost,
) -> Result<TsmImported> {
    let options = moving.options;
    let zone = Zone::parse(&options.zone)?;
    let real = moving.desk.tools().clone();
    let now = real.clock.now().wall;
    let founded = first_moment(&everything, zone, now);
    let rows: BTreeMap<&str, i64> = everything
        .tables
        .iter()
        .map(|table| Ok((table.name, i64::try_from(table.rows.len()).map_err(Error::internal)?)))
        .collect::<Result<_>>()?;

    let mut account = Account::default();
    let people = People::read(&mut everything, &mut account, options.language)?;
    let clock = Arc::new(ScriptClock::at(founded));
    let tools =
        Tools { clock: clock.clone(), random: real.random, printer: real.printer, cost, patrol: None };
    // Its own folders until it is finished, so that nothing is left behind of a trial.
    let front = Desk::with(Place::under(work).with_file(making), tools.clone()).unattended();
    let owner_password = password::temporary(&*tools.random)?;
    let args = serde_json::value::to_raw_value(&json!({})).map_err(Error::internal)?;
    let command = find("studio.create").ok_or_else(|| Error::internal("no studio.create"))?;
    let call = Call::unkeyed(command, &args);
    let service = |name: &str, kind: &str| json!({"name": name, "kind": kind, "minutes": 60, "price": 0});
    let (tattoo, other) = match options.language {
        Language::English => ("Tattoo", "Other payments"),
        Language::Spanish => ("Tatuaje", "Otros cobros"),
    };
    let founding: CreateArgs = serde_json::from_value(json!({
        "name": options.name, "currency": options.currency, "zone": options.zone, "language": options.language,
        "owner": {"name": people.owner.name, "username": people.owner.username, "password": owner_password},
        "services": [service(tattoo, "tattoo"), service(other, "other")],
    }))
    .map_err(|error| {
        log::warn!("a studio that cannot be founded: {error}");
        Error::invalid("studio", "out of range")
    })?;
    let id = fresh_id(&*tools.random, now)?;
    let new = New { id, demo: false, options: OpenOptions { unsynced: true } };
    let created = create_at(&front, &call, founding, making, new)?;

    let (settings, owner, services) = front.query(command, |look| {
        let db = look.db();
        let owner = staff::credentials(db, &people.owner.username, look.now())?.ok_or(Error::NoSession)?;
        Ok((look.settings()?, owner.id, crate::studio::store::services(db)?))
    })?;
    let named = |name: &str| {
        let found = services.iter().find(|service| service.name == name);
        found.map(|service| service.id.clone()).ok_or_else(|| Error::internal("a service that is not there"))
    };
    let mut house = House {
        owner_desk: front.beside().unattended(),
        owner: owner.clone(),
        clock,
        by: moving.by,
        account,
        zone,
        exponent: settings.exponent,
        currency: settings.currency.clone(),
        language: options.language,
        founded,
        now,
        tattoo: named(tattoo)?,
        other: named(other)?,
        artists: BTreeMap::new(),
        clients: BTreeMap::new(),
        stand_in_artists: BTreeSet::new(),
        stand_in_clients: BTreeSet::new(),
        visits: BTreeMap::new(),
        keys: 0,
        front,
    };
    house.have("session.sign_in", json!({"username": people.owner.username, "password": owner_password}))?;

    let clients = everything.take(&source::CLIENTS);
    let sessions = everything.take(&source::SESSIONS);
    let transactions = everything.take(&source::TRANSACTIONS);
    let mut accounts = people.settle(&mut house, &tools, &sessions, &transactions, &owner_password)?;
    house.take_clients(&clients, &sessions)?;
    house.take_stock(&everything.take(&source::PRODUCTS))?;
    house.take_portfolio(&everything.take(&source::PORTFOLIO));
    let seen = house.take_visits(&sessions, &transactions)?;
    house.take_payments(&transactions)?;

    house.clock.set(now);
    house.have("session.sign_out", json!({}))?;
    let hash = password::hash(&owner_password, cost, &*tools.random)?;
    let tables = house.account.tables(&everything.tables, &rows)?;
    house.change(|cx| {
        let permit = cx.grant().whole()?;
        // Who reads this aloud to whoever becomes the owner knows it too.
        staff::set_password(cx.write(&permit), &owner, &hash, true, now)?;
        // Both codes were made today, whenever the studio began (D06).
        for name in ["master_code", "recovery_code"] {
            security::made_at(cx.write(&permit), name, now)?;
        }
        cx.note("source", everything.sha256.as_str());
        for table in &tables {
            cx.note(&table.table, table.imported);
        }
        cx.note("left_out", tables.iter().map(|table| table.left_out).sum::<i64>());
        Ok(())
    })?;
    house.check_sums()?;
    house.front.close();

    let place = |role| Role::ALL.iter().position(|known| *known == role);
    accounts.sort_by_key(|account| (account.password.is_none(), place(account.role)));
    let sums = house.account.sums(house.exponent)?;
    let (remarks, remarks_in_all) = house.account.remarks();
    Ok(TsmImported {
        file: making.to_string_lossy().into_owned(),
        report: TsmReport {
            sha256: everything.sha256,
            log_apart: everything.log_apart,
            studio: settings.name,
            currency: settings.currency,
            exponent: settings.exponent,
            zone: settings.zone,
            tables,
            others: everything.others.into_iter().map(|(table, rows)| TsmOther { table, rows }).collect(),
            sums,
            owner: people.owner.username,
            owner_made: people.owner_made,
            open_visits: seen.open,
            overlaps: seen.overlaps,
            remarks,
            remarks_in_all,
        },
        accounts,
        master_code: created.master_code,
        recovery_code: created.recovery_code,
    })
}

impl House {
    /// What the report says came in is what stands in the file.
    fn check_sums(&self) -> Result<()> {
        let tendered = self.front.peek(crate::till::store::tendered)?;
        for (name, of) in
            [("cash", TsmSumOf::Cash), ("card", TsmSumOf::Card), ("transfer", TsmSumOf::Transfer)]
        {
            let here = tendered.iter().find(|(tender, _)| tender == name).map_or(0, |(_, sum)| *sum);
            if i128::from(here) != self.account.imported_sum(of) {
                return Err(Error::internal(format!("{name}: {here} here")));
            }
        }
        let earned = self.front.peek(crate::payouts::store::earned_in_all)?;
        if i128::from(earned) != self.account.imported_sum(TsmSumOf::Commission) {
            return Err(Error::internal(format!("commission: {earned} here")));
        }
        Ok(())
    }
}
