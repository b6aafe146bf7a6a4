//! A studio in a folder of its own, with people in it, and a desk to talk to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use inkpoint_core::clock::{Clock, Moment};
use inkpoint_core::{Desk, Place, Tools};
use serde_json::{Value, json};

/// A clock that stands still until it is told to go on.
#[derive(Debug)]
pub struct StillClock {
    wall: AtomicU64,
    mono: AtomicU64,
}

impl Clock for StillClock {
    fn now(&self) -> Moment {
        Moment {
            wall: i64::try_from(self.wall.load(Ordering::SeqCst)).unwrap(),
            mono: Duration::from_millis(self.mono.load(Ordering::SeqCst)),
        }
    }
}

impl StillClock {
    /// Friday 20 November 2026, 15:00 UTC: 09:00 in Mexico City.
    pub fn new() -> Arc<StillClock> {
        Arc::new(StillClock { wall: AtomicU64::new(1_795_186_800_000), mono: AtomicU64::new(1_000) })
    }

    pub fn pass(&self, millis: u64) {
        self.wall.fetch_add(millis, Ordering::SeqCst);
        self.mono.fetch_add(millis, Ordering::SeqCst);
    }

    /// The wall clock is set; the monotonic one is not.
    pub fn jump(&self, millis: i64) {
        let wall = i64::try_from(self.wall.load(Ordering::SeqCst)).unwrap() + millis;
        self.wall.store(u64::try_from(wall).unwrap(), Ordering::SeqCst);
    }
}

pub struct House {
    pub home: tempfile::TempDir,
    pub clock: Arc<StillClock>,
    pub desk: Desk,
    pub master_code: String,
    pub recovery_code: String,
    keys: AtomicU64,
}

pub const OWNER_PASSWORD: &str = "Violet-Stencil-9";
pub const PASSWORD: &str = "Paper-And-Ink-7";

/// Bcrypt at its cheapest: the tests are about rules, not about hashing time.
pub fn tools(clock: Arc<StillClock>) -> Tools {
    Tools { clock, cost: 4, ..Tools::default() }
}

impl House {
    /// A studio with an owner, nobody else.
    pub fn new() -> House {
        let home = tempfile::tempdir().unwrap();
        let clock = StillClock::new();
        let desk = Desk::with(Place::under(home.path()), tools(clock.clone()));
        let mut house = House {
            home,
            clock,
            desk,
            master_code: String::new(),
            recovery_code: String::new(),
            keys: AtomicU64::new(0),
        };
        let made = house
            .ask(
                "studio.create",
                json!({
                    "name": "Casa Aguja", "currency": "MXN", "zone": "America/Mexico_City", "tax_bp": 1600,
                    "owner": {"name": "Ana Ruiz", "username": "ana", "password": OWNER_PASSWORD},
                    "artists": [{"name": "Mara Quill"}, {"name": "Dario Vega"}],
                    "services": [
                        {"name": "Small lettering", "kind": "tattoo", "minutes": 60, "price": 160_000},
                        {"name": "Flash piece", "kind": "tattoo", "minutes": 90, "price": 250_000}
                    ]
                }),
            )
            .unwrap();
        house.master_code = made["master_code"].as_str().unwrap().to_owned();
        house.recovery_code = made["recovery_code"].as_str().unwrap().to_owned();
        house
    }

    pub fn ask(&self, command: &str, args: Value) -> Result<Value, Value> {
        ask(&self.desk, command, None, args)
    }

    /// With a fresh key, as money needs.
    pub fn pay(&self, command: &str, args: Value) -> Result<Value, Value> {
        let key = format!("test-key-{}", self.keys.fetch_add(1, Ordering::SeqCst));
        ask(&self.desk, command, Some(&key), args)
    }
}

pub fn ask(desk: &Desk, command: &str, key: Option<&str>, args: Value) -> Result<Value, Value> {
    let args = serde_json::value::to_raw_value(&args).unwrap();
    match desk.dispatch(command, key, &args) {
        Ok(reply) => Ok(serde_json::from_str(reply.get()).unwrap()),
        Err(fault) => Err(serde_json::to_value(fault).unwrap()),
    }
}

#[test]
fn a_new_studio_opens_its_door() {
    let house = House::new();
    let me = house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
    assert_eq!(me["role"], "owner");
    let day = house.ask("agenda.list", json!({"day": "2026-11-20"})).unwrap();
    assert_eq!(day["artists"].as_array().unwrap().len(), 2);
}
