//! What happens around the demo's team: profiles, terms, switches, a lent role, somebody who leaves, and the small
//! mishaps that an activity log is read for.

use serde_json::{Value, json};

use super::people::Account;
use super::{PASSWORD, ask, text};
use crate::access::Role;
use crate::calendar::Zone;
use crate::clock::Millis;
use crate::door::Desk;
use crate::error::{Error, Result};

const DAY: Millis = 24 * 60 * 60_000;

/// Pronouns, languages, skills and styles, one set after the other.
type About =
    (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], &'static str);

const ARTISTS: [About; 6] = [
    (
        "she/her",
        &["Español", "English"],
        &["Cover-ups", "Large work"],
        &["Blackwork", "Ornamental"],
        "Large ornamental pieces, drawn on the skin first.",
    ),
    (
        "he/him",
        &["Español", "Italiano"],
        &["Lettering", "Script"],
        &["Chicano", "Lettering"],
        "Lettering for twelve years; brings his own brush pens.",
    ),
    (
        "she/her",
        &["Português", "Español", "English"],
        &["Fine line", "Botanical"],
        &["Fine line", "Botanical"],
        "Plants from your garden, the way they grow.",
    ),
    (
        "he/him",
        &["English", "日本語"],
        &["Back pieces", "Colour"],
        &["Irezumi", "Colour"],
        "Long projects, one evening a month.",
    ),
    (
        "they/them",
        &["English", "Français"],
        &["Flash", "Hand-poke"],
        &["Hand-poke", "Flash"],
        "On the road most of the year; new flash every stop.",
    ),
    ("she/her", &["Español"], &["Stencils", "Aftercare"], &["Fine line"], "In training since spring."),
];

const DESK: [About; 4] = [
    ("she/her", &["Español", "English"], &["Owner"], &[], "Opened the house and still opens the door."),
    (
        "she/her",
        &["English", "Español"],
        &["Scheduling", "Accounts"],
        &[],
        "Runs the days that Iris tattoos nothing.",
    ),
    (
        "she/her",
        &["Español", "English", "Deutsch"],
        &["Front desk", "Consent"],
        &[],
        "Knows where everything is.",
    ),
    ("he/him", &["Español"], &["Front desk", "Stock"], &[], "Counts twice."),
];

/// Something about the team, on a day of the story.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    Profiles,
    Switches,
    LendRole,
    Hire,
    Leave,
    OwnTimeOff,
    WrongPassword,
    Refused,
    Approved,
    SignReview,
    Terms,
    Payouts,
}

/// The turns of one day, with the minute they fall on. `back` counts the days to today, `year` whether the story is
/// long enough for somebody to come and go.
pub(super) fn turns(day: u64, back: u64, first_of_month: bool, recent: bool, year: bool) -> Vec<(i64, Turn)> {
    let mut turns = Vec::new();
    if day == 0 {
        turns.push((595, Turn::Profiles));
        turns.push((596, Turn::Terms));
    }
    if year && day == 3 {
        turns.push((615, Turn::Hire));
    }
    match back {
        41 if year => turns.push((1_195, Turn::Leave)),
        20 => turns.push((640, Turn::LendRole)),
        12 => turns.push((650, Turn::Switches)),
        9 => turns.push((735, Turn::Approved)),
        5 => turns.push((760, Turn::OwnTimeOff)),
        _ => {}
    }
    if day % 5 == 3 {
        turns.push((606, Turn::WrongPassword));
    }
    if day % 8 == 6 {
        turns.push((805, Turn::Refused));
    }
    if first_of_month {
        turns.push((1_190, Turn::Payouts));
    }
    if first_of_month && !recent {
        turns.push((700, Turn::SignReview));
    }
    turns
}

pub(super) struct Team<'a> {
    pub front: &'a Desk,
    pub owner: &'a Desk,
    pub desk: &'a Desk,
    pub accounts: &'a [Account],
    pub zone: Zone,
    pub now: Millis,
    /// Whoever came and will leave.
    pub newcomer: &'a mut Option<String>,
}

/// What is told no is part of the story too.
fn refused(desk: &Desk, command: &str, args: Value) -> Result<()> {
    let args = serde_json::value::to_raw_value(&args).map_err(Error::internal)?;
    match desk.dispatch(command, None, &args) {
        Err(fault) if fault.code.is_refusal() => Ok(()),
        answer => Err(Error::internal(format!("{command}: {answer:?}"))),
    }
}

impl Team<'_> {
    pub(super) fn happen(&mut self, turn: Turn) -> Result<()> {
        match turn {
            Turn::Profiles => self.profiles(),
            Turn::Switches => self.switches(),
            Turn::LendRole => self.lend_role(),
            Turn::Hire => self.hire(),
            Turn::Leave => self.leave(),
            Turn::OwnTimeOff => self.own_time_off(),
            Turn::WrongPassword => self.wrong_password(),
            Turn::Refused => self.refused(),
            Turn::Approved => self.approved(),
            Turn::SignReview => self.sign_review(),
            Turn::Terms => self.terms(),
            Turn::Payouts => self.pay(),
        }
    }

    fn artist(&self, at: usize) -> Option<&Account> {
        self.accounts.iter().filter(|account| account.role.tattoos()).nth(at)
    }

    fn at_a_desk(&self, account: &Account) -> Result<Desk> {
        let desk = self.front.beside().unattended();
        ask(&desk, "session.sign_in", None, json!({"username": account.username, "password": PASSWORD}))?;
        Ok(desk)
    }

    fn profiles(&self) -> Result<()> {
        let mut artists = ARTISTS.iter().cycle();
        let mut others = DESK.iter().cycle();
        for (at, account) in self.accounts.iter().enumerate() {
            let about = if account.role.tattoos() { artists.next() } else { others.next() };
            // The apprentice is the last of whoever tattoos.
            let about = if account.role == Role::Apprentice { ARTISTS.last() } else { about };
            let Some((pronouns, languages, skills, styles, words)) = about else { continue };
            ask(
                self.owner,
                "staff.edit_profile",
                None,
                json!({"member_id": account.id, "pronouns": pronouns, "languages": languages, "skills": skills,
                    "styles": styles, "about": words, "email": format!("{}@violetneedle.example", account.username),
                    "phone": format!("+52 55 5010 {:04}", 1_100 + at * 7)}),
            )?;
            let employment = match account.role {
                Role::Owner => continue,
                Role::Artist if account.username == "jules" => "guest",
                Role::Artist => "self_employed",
                _ => "employed",
            };
            let guest = |days: Millis| -> Result<Value> {
                Ok(if employment == "guest" {
                    json!(self.zone.day_of(self.now + days * DAY)?)
                } else {
                    Value::Null
                })
            };
            ask(
                self.owner,
                "staff.set_terms",
                None,
                json!({"member_id": account.id, "employment": employment, "guest_from": guest(-18)?,
                    "guest_until": guest(24)?}),
            )?;
            for item in
                ["shown_round", "services", "code_told", "trained_clients", "trained_refunds", "trained_cash"]
            {
                let fits = match account.role {
                    Role::Assistant => item.starts_with("code") || item.starts_with("trained"),
                    Role::Admin => item == "shown_round",
                    Role::Artist => item == "shown_round" || item == "services",
                    _ => item == "shown_round",
                };
                if fits {
                    ask(
                        self.owner,
                        "staff.tick",
                        None,
                        json!({"member_id": account.id, "item": item, "done": true}),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn switch(&self, member: &str, name: &str, on: bool, until: Option<Millis>, reason: &str) -> Result<()> {
        ask(
            self.owner,
            "staff.set_switch",
            None,
            json!({"member_id": member, "name": name, "on": on, "until": until, "reason": reason}),
        )
        .map(drop)
    }

    fn switches(&self) -> Result<()> {
        if let Some(artist) = self.artist(0) {
            self.switch(&artist.id, "reception_board", true, None, "Helps at the desk on Saturdays")?;
        }
        if let Some(artist) = self.artist(1) {
            let until = Some(self.now + 30 * DAY);
            self.switch(
                &artist.id,
                "manage_shop_calendar",
                true,
                until,
                "Covers the bookings while Teo is away",
            )?;
        }
        if let Some(guest) = self.accounts.iter().find(|account| account.username == "jules") {
            self.switch(
                &guest.id,
                "view_client_contacts",
                false,
                None,
                "Guest: contacts stay with the house",
            )?;
        }
        Ok(())
    }

    fn lend_role(&self) -> Result<()> {
        let Some(artist) = self.artist(2) else { return Ok(()) };
        ask(
            self.owner,
            "staff.change_role",
            None,
            json!({"member_id": artist.id, "role": "admin", "until": self.now - 14 * DAY,
                "reason": "Noor is on holiday"}),
        )
        .map(drop)
    }

    fn hire(&mut self) -> Result<()> {
        let made = ask(
            self.owner,
            "staff.create_user",
            None,
            json!({"name": "Alma Ferris", "username": "alma", "role": "assistant"}),
        )?;
        let temporary = text(&made, "password")?;
        let own = self.front.beside().unattended();
        ask(&own, "session.sign_in", None, json!({"username": "alma", "password": temporary}))?;
        ask(&own, "session.change_password", None, json!({"current": temporary, "new": PASSWORD}))?;
        *self.newcomer = Some(text(&made["member"], "id")?);
        Ok(())
    }

    fn leave(&mut self) -> Result<()> {
        let Some(member) = self.newcomer.take() else { return Ok(()) };
        ask(self.owner, "staff.set_active", None, json!({"member_id": member, "active": false}))?;
        for item in ["log_reviewed", "documented"] {
            ask(self.owner, "staff.tick", None, json!({"member_id": member, "item": item, "done": true}))?;
        }
        Ok(())
    }

    fn own_time_off(&self) -> Result<()> {
        let Some(artist) = self.artist(0) else { return Ok(()) };
        let desk = self.at_a_desk(artist)?;
        let day = self.zone.day_of(self.now + 26 * DAY)?;
        let (starts_at, ends_at) = self.zone.bounds(day, 2)?;
        ask(
            &desk,
            "agenda.block",
            None,
            json!({"artist_id": artist.artist, "kind": "convention", "starts_at": starts_at, "ends_at": ends_at,
                "all_day": true, "note": "Guadalajara, two days"}),
        )
        .map(drop)
    }

    fn wrong_password(&self) -> Result<()> {
        let Some(somebody) = self.accounts.iter().rfind(|account| account.role == Role::Assistant) else {
            return Ok(());
        };
        let desk = self.front.beside().unattended();
        let typed = json!({"username": somebody.username, "password": "stencil-demo-1"});
        refused(&desk, "session.sign_in", typed)?;
        self.at_a_desk(somebody).map(drop)
    }

    fn refused(&self) -> Result<()> {
        let Some(artist) = self.artist(1) else { return Ok(()) };
        let desk = self.at_a_desk(artist)?;
        let nobody = json!({"client_id": "none", "form": {"name": "A new name"}});
        refused(&desk, "clients.edit", nobody)
    }

    fn approved(&self) -> Result<()> {
        let Some(admin) = self.accounts.iter().find(|account| account.role == Role::Admin) else {
            return Ok(());
        };
        ask(
            self.desk,
            "session.elevate",
            None,
            json!({"approver": {"username": admin.username, "password": PASSWORD}, "action": "till.cash_move",
                "reason": "Flowers for the opening"}),
        )?;
        let out = json!({"direction": "out", "amount": 45_000, "reason": "Flowers for the opening"});
        ask(self.desk, "till.cash_move", Some("demo-flowers"), out)?;
        ask(self.desk, "session.drop_elevation", None, json!({})).map(drop)
    }

    /// Piercing and what is sold over the counter have shares of their own; the apprentice has a mentor.
    fn terms(&self) -> Result<()> {
        let artists = self.accounts.iter().filter(|account| account.role.tattoos());
        let mentor = self.artist(0).and_then(|account| account.artist.clone());
        for account in artists {
            let mentor =
                (account.role == Role::Apprentice).then(|| json!({"artist_id": mentor, "bp": 1_500}));
            ask(
                self.owner,
                "payouts.set_rates",
                None,
                json!({"artist_id": account.artist, "mentor": mentor,
                    "rates": [{"kind": "piercing", "bp": 4_000}, {"kind": "item", "bp": 1_000}]}),
            )?;
        }
        Ok(())
    }

    /// Everybody gets what they earned up to yesterday, one of them in cash.
    fn pay(&self) -> Result<()> {
        let until = self.zone.day_of(self.now - DAY)?;
        let owed = ask(self.owner, "payouts.owed", None, json!({}))?;
        for (at, artist) in owed.as_array().into_iter().flatten().enumerate() {
            let from = until.minus(365)?;
            let span = json!({"artist_id": artist["artist_id"], "from": from, "to": until});
            let statement = ask(self.owner, "payouts.statement", None, span)?;
            let amount =
                statement["closing"].as_i64().unwrap_or(0).min(artist["balance"].as_i64().unwrap_or(0));
            if amount <= 0 {
                continue;
            }
            let key = format!("demo-payout-{}-{at}", String::from(until));
            // The last one's is small enough for the drawer.
            let (tender, amount) =
                if at % 7 == 6 { ("cash", amount.min(60_000)) } else { ("transfer", amount) };
            let paid =
                json!({"artist_id": artist["artist_id"], "until": until, "amount": amount, "tender": tender});
            ask(self.owner, "payouts.settle", Some(&key), paid)?;
        }
        Ok(())
    }

    fn sign_review(&self) -> Result<()> {
        let day = String::from(self.zone.day_of(self.now - 15 * DAY)?);
        let month = day.get(..7).unwrap_or_default();
        ask(
            self.owner,
            "activity.sign_review",
            None,
            json!({"month": month, "note": "Read with Noor. Nothing out of the ordinary."}),
        )
        .map(drop)
    }
}
