//! One sign-in at one desk. In memory only: it ends with the process.

use std::time::Duration;

use super::elevation::Elevation;
use crate::calendar::Day;
use crate::clock::Moment;

#[derive(Debug, Clone)]
pub struct Session {
    pub member: String,
    pub since: Moment,
    /// When this member last asked for something; the idle lock counts from here.
    pub last_act: Moment,
    /// The account's password when it signed in: a reset ends the session.
    pub password_epoch: i64,
    pub elevation: Option<Elevation>,
    /// This desk was handed to a client, who looks at portfolios.
    pub client_view: bool,
}

impl Session {
    pub fn start(member: String, now: Moment, password_epoch: i64) -> Session {
        Session { member, since: now, last_act: now, password_epoch, elevation: None, client_view: false }
    }

    /// Whether the desk must lock: idle for too long, or a clock that jumped (D24).
    pub fn is_over(&self, now: &Moment, idle: Option<Duration>) -> bool {
        now.jumped_since(&self.since) || idle.is_some_and(|idle| now.since(&self.last_act) >= idle)
    }
}

/// That somebody typed their password at this computer today: until it ends, their PIN will do.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    pub since: Moment,
    /// The studio's day it was typed on.
    pub day: Day,
    /// A new password or new rights: the PIN no longer does.
    pub password_epoch: i64,
    pub rights_epoch: i64,
}

impl Ticket {
    pub fn holds(&self, now: &Moment, today: Day, password_epoch: i64, rights_epoch: i64) -> bool {
        today == self.day
            && !now.jumped_since(&self.since)
            && password_epoch == self.password_epoch
            && rights_epoch == self.rights_epoch
    }
}
