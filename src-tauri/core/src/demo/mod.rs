//! A studio with believable data and no real people, made through the door like any other.
//!
//! The same seed on the same day makes the same studio. The last day is today, up to this minute, with two weeks
//! booked ahead.

mod papers;
mod people;
mod portfolio;
pub(crate) mod script;
mod shelf;
mod team;
mod work;
mod year;

use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::access::{Role, password, password::Cost};
use crate::door::dispatch::find;
use crate::door::{Call, Desk, Tools};
use crate::error::{Error, Result};
use crate::staff::store as staff;
use crate::storage::{OpenOptions, StudioFile};
use crate::studio::Language;
use crate::studio::commands::{CreateArgs, New, create_at};
use crate::studio::making::whole;
use crate::text::Line;
use script::{Script, ScriptClock};

/// Every account of a demo studio has this password: it is no secret.
const PASSWORD: &str = "Stencil-Demo-1";

/// How much of a demo to make.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    pub years: u32,
    pub artists: u32,
    pub seed: u64,
    /// Where the demo studio is: a visitor's own time zone makes its clock theirs.
    pub zone: String,
    pub language: Language,
}

impl Default for DemoOptions {
    fn default() -> DemoOptions {
        DemoOptions {
            years: 1,
            artists: 6,
            seed: 1,
            zone: "America/Mexico_City".to_owned(),
            language: Language::English,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DemoAccount {
    pub role: Role,
    pub name: String,
    pub username: String,
    pub password: String,
}

/// The way into a demo studio.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Demo {
    pub accounts: Vec<DemoAccount>,
    pub master_code: String,
    pub file: String,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DemoArgs {
    /// IANA time zone; Mexico City when left out.
    pub zone: Option<Line<64>>,
    pub language: Option<Language>,
}

/// Makes a demo studio in the data folder and opens it at this desk.
pub(crate) fn create(desk: &Desk, call: &Call<'_>, args: DemoArgs) -> Result<Demo> {
    let path = desk.place().file_for("Demo studio");
    let usual = DemoOptions::default();
    let options = DemoOptions {
        zone: args.zone.map_or(usual.zone, String::from),
        language: args.language.unwrap_or(usual.language),
        ..usual
    };
    let made = make(desk, &path, &options)?;
    if desk.place().single().is_some() {
        desk.open(&path)?;
    } else {
        crate::studio::commands::open_known(desk, call, &path)?;
    }
    Ok(made)
}

/// Makes a demo studio's file at `path`. Nothing appears there until it is finished.
pub fn make(desk: &Desk, path: &Path, options: &DemoOptions) -> Result<Demo> {
    let demo = whole(path, |making| fill(desk, making, options))?;
    Ok(Demo { file: path.to_string_lossy().into_owned(), ..demo })
}

fn fill(desk: &Desk, making: &Path, options: &DemoOptions) -> Result<Demo> {
    let real = desk.tools().clone();
    let clock = Arc::new(ScriptClock::at(real.clock.now().wall));
    let script = Script::new(options.seed);
    // The cheapest hash while nobody's secret is at stake; the finished file gets real ones below.
    let tools = Tools {
        clock: clock.clone(),
        random: script.random(),
        printer: Arc::clone(&real.printer),
        cost: Cost::Fixed(4),
        patrol: None,
    };
    let front = Desk::with(desk.place().clone().with_file(making), tools).unattended();
    let plan = year::Plan::new(real.clock.now().wall, options)?;
    clock.set(plan.founded());

    let command = find("studio.create").ok_or_else(|| Error::internal("no studio.create"))?;
    let args = serde_json::value::to_raw_value(&json!({})).map_err(Error::internal)?;
    let call = Call::unkeyed(command, &args);
    let founding: CreateArgs = serde_json::from_value(people::studio(options)).map_err(Error::internal)?;
    // Its own id whatever the seed: two demos on one computer are two studios.
    let id = crate::ids::fresh_id(&*real.random, real.clock.now().wall)?;
    let new = New { id, demo: true, options: OpenOptions { unsynced: true } };
    let created = create_at(&front, &call, founding, making, new)?;

    let accounts = people::accounts(&front, options.artists)?;
    let master_code = year::run(&front, &clock, &script, &plan, &accounts, &created.master_code)?;
    let command = find("studio.demo").ok_or_else(|| Error::internal("no studio.demo"))?;
    let finish = Call::unkeyed(command, call.args);
    harden(&front, &finish, &accounts, [&master_code, &created.recovery_code], hardened(real.cost))?;
    front.close();
    drop(front);
    // Opened once more as it will be used, so that everything is in the one file before it gets its name.
    drop(StudioFile::open(making, OpenOptions::default())?);
    let accounts = accounts
        .into_iter()
        .map(|account| DemoAccount {
            role: account.role,
            name: account.name,
            username: account.username,
            password: PASSWORD.to_owned(),
        })
        .collect();
    Ok(Demo { accounts, master_code, file: String::new() })
}

/// The cost of a demo's hashes: the same on every computer, so that the same seed makes the same studio. A sign-in where
/// they are too cheap or too dear makes them anew.
fn hardened(here: Cost) -> Cost {
    match here {
        Cost::Calibrated => Cost::Fixed(12),
        fixed => fixed,
    }
}

/// Gives every password and code the hash that a real one has.
fn harden(
    front: &Desk,
    call: &Call<'_>,
    accounts: &[people::Account],
    codes: [&str; 2],
    cost: Cost,
) -> Result<()> {
    let random = front.tools().random.clone();
    let [master, recovery] = codes.map(crate::ids::fold_code);
    let mut secrets: Vec<&str> = accounts.iter().map(|_| PASSWORD).collect();
    secrets.extend([master.as_str(), recovery.as_str()]);
    let salts: Vec<[u8; 16]> = secrets
        .iter()
        .map(|_| {
            let mut salt = [0; 16];
            random.fill(&mut salt).map(|()| salt)
        })
        .collect::<Result<_>>()?;
    let hashes: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = secrets
            .iter()
            .zip(&salts)
            .map(|(secret, salt)| scope.spawn(move || password::hash_with_salt(secret, cost, *salt)))
            .collect();
        running
            .into_iter()
            .map(|hash| hash.join().unwrap_or_else(|_| Err(Error::internal("hashing stopped"))))
            .collect::<Result<_>>()
    })?;
    front.change_once(call, |cx| {
        let permit = cx.grant().whole()?;
        for (account, hash) in accounts.iter().zip(&hashes) {
            staff::rehash(cx.write(&permit), &account.id, hash)?;
        }
        for (name, hash) in ["master_code", "recovery_code"].iter().zip(hashes.iter().skip(accounts.len())) {
            crate::security::store::rehash(cx.write(&permit), name, hash)?;
        }
        Ok(())
    })
}

/// One request through the door, as the desk would send it.
fn ask(desk: &Desk, command: &str, key: Option<&str>, args: Value) -> Result<Value> {
    let args = serde_json::value::to_raw_value(&args).map_err(Error::internal)?;
    match desk.dispatch(command, key, &args) {
        Ok(reply) => serde_json::from_str(reply.get()).map_err(Error::internal),
        Err(fault) => Err(Error::Internal(format!("{command}: {:?} {:?}", fault.code, fault.params))),
    }
}

fn text(value: &Value, name: &str) -> Result<String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| Error::internal(format!("no {name} in a reply")))
}
