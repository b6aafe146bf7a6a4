//! The demo's days, one after the other: bookings, visits, sales, the drawer.

use serde_json::{Value, json};

use super::papers::{self, Arrival};
use super::people::{ALERTS, Account, FIRST, LAST, NOTES, SERVICES};
use super::portfolio;
use super::script::{Script, ScriptClock};
use super::shelf::{self, Hands, Shelf};
use super::team::{self, Team, Turn};
use super::work::Work;
use super::{DemoOptions, PASSWORD, ask, text};
use crate::access::Role;
use crate::calendar::{Day, Zone};
use crate::clock::Millis;
use crate::door::Desk;
use crate::error::{Error, Result};
use crate::studio::Language;

const MINUTE: Millis = 60_000;
/// The services that ask for a deposit, and their share of the price in basis points.
const WITH_DEPOSIT: [usize; 2] = [5, 6];
const DEPOSIT_SHARE: i64 = 2_000;
const OPENS: i64 = 600;
const CLOSES: i64 = 1_230;
/// How far ahead people book.
const AHEAD: u64 = 14;
const FLOAT: i64 = 100_000;
/// By their place in the list: those that take several sessions, and those somebody brings a picture for.
const SESSIONS: [usize; 2] = [5, 6];
const PICTURED: [usize; 6] = [2, 3, 4, 5, 6, 7];

/// Which days there are.
#[derive(Debug)]
pub(super) struct Plan {
    zone: Zone,
    now: Millis,
    first: Day,
    /// Days from the first to today.
    days: u64,
    language: Language,
}

impl Plan {
    pub(super) fn new(now: Millis, options: &DemoOptions) -> Result<Plan> {
        let zone = Zone::parse(&options.zone)?;
        // No years at all still makes a studio that has been open for a month.
        let days = (u64::from(options.years) * 365).max(28);
        let back = i64::try_from(days).map_err(Error::internal)? * 24 * 60 * MINUTE;
        Ok(Plan { zone, now, first: zone.day_of(now - back)?, days, language: options.language })
    }

    /// When the studio was set up: the evening before its first day.
    pub(super) fn founded(&self) -> Millis {
        self.zone.instant(self.first, 0).unwrap_or(self.now) - 5 * 60 * MINUTE
    }

    fn at(&self, day: u64, minute: i64) -> Result<Millis> {
        self.zone.instant(self.first.plus(day)?, minute)
    }
}

/// A visit of the story.
#[derive(Debug, Clone)]
struct Visit {
    id: String,
    artist: String,
    client: String,
    service: usize,
    starts_at: Millis,
    ends_at: Millis,
    fate: Fate,
    deposit: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Comes,
    Misses,
    Cancels,
}

/// Something that happens at a moment.
#[derive(Debug)]
enum Event {
    OpenDrawer,
    /// Required papers come into use, or are put aside until then.
    Papers(bool),
    Book {
        day: u64,
        artist: usize,
        minute: i64,
        service: usize,
    },
    Block {
        day: u64,
        artist: usize,
        from: i64,
        to: i64,
        kind: &'static str,
    },
    Confirm(usize),
    Cancel(usize),
    Arrive(usize),
    Start(usize),
    Complete(usize),
    Pay(usize),
    Miss(usize),
    Refund,
    PayOut,
    Stock(shelf::Turn),
    Rotate,
    CloseDrawer,
    Twins,
    /// Each artist adds the next of their pictures.
    Portfolio(usize),
    Team(Turn),
}

struct Story<'a> {
    front: &'a Desk,
    accounts: &'a [Account],
    newcomer: Option<String>,
    plan: &'a Plan,
    clock: &'a ScriptClock,
    script: &'a Script,
    /// Decides what is signed, and by whom.
    papers: Script,
    /// A minor has been here with their mother; a visit went on without its papers.
    told: (bool, bool),
    owner: Desk,
    desk: Desk,
    artists: Vec<(String, usize)>,
    services: Vec<String>,
    shelf: Shelf,
    clients: Vec<String>,
    names: std::collections::BTreeSet<(&'static str, &'static str)>,
    visits: Vec<Visit>,
    /// The visits of each day, by index.
    by_day: Vec<Vec<usize>>,
    last_sale: Option<String>,
    work: Work,
    master_code: String,
    keys: u64,
    drawer_open: bool,
    deposits_settled: usize,
}

/// Plays every day up to now; says what the master code is in the end.
pub(super) fn run(
    front: &Desk,
    clock: &ScriptClock,
    script: &Script,
    plan: &Plan,
    accounts: &[Account],
    master_code: &str,
) -> Result<String> {
    let sign_in = |role: Role| -> Result<Desk> {
        let desk = front.beside().unattended();
        let account = accounts
            .iter()
            .find(|account| account.role == role)
            .ok_or_else(|| Error::internal("a role nobody has"))?;
        ask(&desk, "session.sign_in", None, json!({"username": account.username, "password": PASSWORD}))?;
        Ok(desk)
    };
    let owner = sign_in(Role::Owner)?;
    let desk = sign_in(Role::Assistant)?;
    let services = ask(&owner, "studio.services", None, json!({}))?;
    let services: Vec<String> =
        services.as_array().into_iter().flatten().map(|one| text(one, "id")).collect::<Result<_>>()?;
    for at in WITH_DEPOSIT {
        let (name, kind, minutes, price, _) = SERVICES[at];
        let rule = json!({"kind": "percent", "value": DEPOSIT_SHARE, "minimum": 100_000});
        ask(
            &owner,
            "studio.set_service",
            None,
            json!({"service_id": services[at], "name": name, "kind": kind, "minutes": minutes, "price": price,
                "deposit": rule}),
        )?;
    }
    let shelf = Shelf::stock(&owner, plan.zone, plan.founded(), plan.now)?;
    let artists = accounts.iter().filter_map(|account| account.artist.clone()).zip(0..).collect();
    let days = usize::try_from(plan.days + AHEAD + 1).map_err(Error::internal)?;
    let mut story = Story {
        front,
        accounts,
        newcomer: None,
        plan,
        clock,
        script,
        papers: script.beside("papers"),
        told: (false, false),
        owner,
        desk,
        artists,
        services,
        shelf,
        clients: Vec::new(),
        names: std::collections::BTreeSet::new(),
        visits: Vec::new(),
        by_day: vec![Vec::new(); days],
        last_sale: None,
        work: Work::new(plan.language),
        master_code: master_code.to_owned(),
        keys: 0,
        drawer_open: false,
        deposits_settled: 0,
    };
    for day in 0..=plan.days {
        story.day(day)?;
    }
    // Everybody was here today, and nobody is left signed in.
    story.clock.set(plan.now);
    for account in accounts {
        let own = front.beside();
        ask(&own, "session.sign_in", None, json!({"username": account.username, "password": PASSWORD}))?;
        ask(&own, "session.sign_out", None, json!({}))?;
    }
    ask(&story.owner, "session.sign_out", None, json!({}))?;
    ask(&story.desk, "session.sign_out", None, json!({}))?;
    Ok(story.master_code)
}

impl Story<'_> {
    fn day(&mut self, day: u64) -> Result<()> {
        let today = day == self.plan.days;
        let mut events: Vec<(Millis, Event)> = Vec::new();
        let mut at = |when: Millis, event: Event| events.push((when, event));
        at(self.plan.at(day, OPENS - 10)?, Event::OpenDrawer);
        let begins = self.plan.days.saturating_sub(papers::DAYS);
        if day == 0 || day == begins {
            at(self.plan.at(day, OPENS - 20)?, Event::Papers(day == begins));
        }
        // The first day takes in everything that is near; later ones what comes into reach.
        let reach = if day == 0 { 0..=AHEAD } else { day + AHEAD..=day + AHEAD };
        for ahead in reach {
            for booking in self.bookings(ahead)? {
                // Time off is entered before anybody books into that day.
                let minute = match booking {
                    Event::Block { .. } => 0,
                    _ => i64::try_from(self.script.roll(590)).unwrap_or(0),
                };
                at(self.plan.at(day, OPENS + minute)?, booking);
            }
        }
        let tomorrow = usize::try_from(day + 1).map_err(Error::internal)?;
        for &visit in self.by_day.get(tomorrow).into_iter().flatten() {
            let when = self.plan.at(day, 960)? + self.script.minutes(0, 90);
            match self.visits[visit].fate {
                Fate::Cancels => at(when, Event::Cancel(visit)),
                Fate::Comes if self.script.chance(75) => at(when, Event::Confirm(visit)),
                _ => {}
            }
        }
        let here = usize::try_from(day).map_err(Error::internal)?;
        for &visit in self.by_day.get(here).into_iter().flatten() {
            let Visit { fate, starts_at, ends_at, .. } = self.visits[visit];
            match fate {
                Fate::Comes => {
                    let begins = starts_at + self.script.minutes(0, 4);
                    at(starts_at - self.script.minutes(3, 25), Event::Arrive(visit));
                    at(begins, Event::Start(visit));
                    let done = (ends_at - self.script.minutes(0, 6)).max(begins + MINUTE);
                    at(done, Event::Complete(visit));
                    at(done + self.script.minutes(1, 9), Event::Pay(visit));
                }
                Fate::Misses => at(starts_at + 15 * MINUTE, Event::Miss(visit)),
                Fate::Cancels => {}
            }
        }
        if day % 9 == 4 {
            at(self.plan.at(day, 720)?, Event::Refund);
        }
        if day % 6 == 2 {
            at(self.plan.at(day, 690)?, Event::PayOut);
        }
        // The last time 41 days ago, and before that every quarter (T068).
        if (self.plan.days - day) % 84 == 41 {
            at(self.plan.at(day, 1_200)?, Event::Rotate);
        }
        if day + 20 == self.plan.days {
            at(self.plan.at(day, 1_150)?, Event::Twins);
        }
        let number = portfolio::ADDED.iter().position(|back| day + back == self.plan.days);
        if let Some(number) = number {
            at(self.plan.at(day, 1_165)?, Event::Portfolio(number));
        }
        let first_of_month = String::from(self.plan.first.plus(day)?).ends_with("-02");
        let back = self.plan.days - day;
        for (minute, turn) in team::turns(day, back, first_of_month, back < 31, self.plan.days > 60) {
            at(self.plan.at(day, minute)?, Event::Team(turn));
        }
        for (minute, turn) in shelf::turns(day, back) {
            at(self.plan.at(day, minute)?, Event::Stock(turn));
        }
        at(self.plan.at(day, CLOSES + 40)?, Event::CloseDrawer);
        // In the same minute one leaves the chair before the next sits down.
        events.sort_by_key(|(when, event)| (*when, matches!(event, Event::Start(_))));
        for (when, event) in events {
            if today && when > self.plan.now {
                // What would be booked later today is booked by now; the rest has not happened yet.
                if let Event::Book { .. } | Event::Block { .. } = event {
                    self.clock.set(self.plan.now);
                    self.happen(event)?;
                }
                continue;
            }
            self.clock.set(when);
            self.happen(event)?;
        }
        Ok(())
    }

    /// The bookings that one day fills up with.
    fn bookings(&self, day: u64) -> Result<Vec<Event>> {
        let weekday = usize::try_from(self.plan.first.plus(day)?.weekday()).unwrap_or(1);
        let past = day < self.plan.days;
        let mut booked = Vec::new();
        for (at, (_, seat)) in self.artists.iter().enumerate() {
            // Everybody has a day off, never today: a demo is looked at today.
            if (seat + 2) % 7 + 1 == weekday && day != self.plan.days {
                continue;
            }
            let busy = if day == self.plan.days {
                100
            } else if past {
                62
            } else {
                96 - 5 * usize::try_from(day - self.plan.days).unwrap_or(0)
            };
            // A holiday now and then, never near today; otherwise perhaps a pause or part of the day off.
            let week = usize::try_from(day / 7).unwrap_or(0);
            let near = day + 10 > self.plan.days;
            if !near && (week + seat * 5) % 26 == 3 {
                booked.push(Event::Block { day, artist: at, from: OPENS, to: CLOSES, kind: "vacation" });
                continue;
            }
            let off = match self.script.roll(100) {
                0..=7 => Some((OPENS, 720, "personal")),
                8..=19 => Some((1_020, CLOSES, "personal")),
                20..=44 => Some((840, 885, "pause")),
                _ => None,
            };
            if let Some((from, to, kind)) = off {
                booked.push(Event::Block { day, artist: at, from, to, kind });
            }
            let mut minute = OPENS + [0, 0, 15, 30][self.script.roll(4)];
            while minute < CLOSES - 30 {
                let service = self.service();
                let (_, _, length, _, _) = SERVICES[service];
                if minute + length > CLOSES {
                    break;
                }
                if let Some((from, to, _)) = off
                    && minute < to
                    && from < minute + length
                {
                    minute = to;
                    continue;
                }
                if self.script.chance(busy) {
                    booked.push(Event::Book { day, artist: at, minute, service });
                }
                minute += length + [0, 0, 0, 15, 15, 30, 45, 60][self.script.roll(8)];
            }
        }
        Ok(booked)
    }

    fn service(&self) -> usize {
        let all: usize = SERVICES.iter().map(|service| service.4).sum();
        let mut left = self.script.roll(all);
        for (at, service) in SERVICES.iter().enumerate() {
            if left < service.4 {
                return at;
            }
            left -= service.4;
        }
        0
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        format!("demo-{:08}", self.keys)
    }

    fn portfolio(&self, number: usize) -> Result<()> {
        for (artist, seat) in &self.artists {
            portfolio::add(&self.owner, self.plan.language, artist, *seat, number)?;
        }
        Ok(())
    }

    fn happen(&mut self, event: Event) -> Result<()> {
        match event {
            Event::OpenDrawer => self.open_drawer(),
            Event::Book { day, artist, minute, service } => self.book(day, artist, minute, service),
            Event::Block { day, artist, from, to, kind } => self.block(day, artist, from, to, kind),
            Event::Confirm(visit) => self.step("agenda.confirm", visit),
            Event::Cancel(visit) => {
                self.step("agenda.cancel", visit)?;
                self.called_off(visit)
            }
            Event::Arrive(visit) => {
                self.papers(visit)?;
                self.step("agenda.arrive", visit)
            }
            Event::Papers(required) => papers::require(&self.owner, required),
            Event::Start(visit) => self.step("agenda.start", visit),
            Event::Complete(visit) => self.complete(visit),
            Event::Twins => self.twins(),
            Event::Portfolio(number) => self.portfolio(number),
            Event::Miss(visit) => {
                self.step("agenda.no_show", visit)?;
                self.called_off(visit)
            }
            Event::Pay(visit) => self.pay(visit),
            Event::Refund => self.refund(),
            Event::PayOut => self.pay_out(),
            Event::Stock(turn) => self.shelf.happen(self.hands(), turn),
            Event::Rotate => self.rotate(),
            Event::CloseDrawer => self.close_drawer(),
            Event::Team(turn) => {
                let now = self.clock_now();
                let mut team = Team {
                    front: self.front,
                    owner: &self.owner,
                    desk: &self.desk,
                    accounts: self.accounts,
                    zone: self.plan.zone,
                    // Terms and loans are told from today, whatever day they are written on.
                    now: match turn {
                        Turn::Profiles | Turn::LendRole => self.plan.now,
                        _ => now,
                    },
                    newcomer: &mut self.newcomer,
                };
                team.happen(turn)
            }
        }
    }

    fn step(&mut self, command: &str, visit: usize) -> Result<()> {
        let id = &self.visits[visit].id;
        ask(&self.desk, command, None, json!({"appointment_id": id})).map(drop)
    }

    /// The client signs before they are checked in: nearly always, and today now and then not all of it.
    fn papers(&mut self, visit: usize) -> Result<()> {
        let here = self.clock_now();
        let back = (self.plan.now - here) / (24 * 60 * MINUTE);
        if back > i64::try_from(papers::DAYS).unwrap_or(0) {
            return Ok(());
        }
        let today = self.plan.zone.day_of(here)? == self.plan.zone.day_of(self.plan.now)?;
        let all = self.papers.chance(if today { 70 } else { 97 });
        let visit = &self.visits[visit].id;
        if !all && !today {
            return Ok(());
        }
        let (minor, waived) = self.told;
        if !all && !waived {
            // Somebody who may says why the first of them goes on without.
            let why = "Signed on paper while the tablet was charging; to be scanned tonight";
            let said =
                ask(&self.owner, "consent.waive", None, json!({"appointment_id": visit, "reason": why}));
            self.told.1 = said.is_ok();
            return Ok(());
        }
        let arrival = Arrival { visit, at: here, minor: !minor && back < 6, complete: all };
        self.told.0 |= papers::sign(&self.desk, &self.papers, &arrival)?;
        Ok(())
    }

    fn complete(&mut self, visit: usize) -> Result<()> {
        self.step("agenda.complete", visit)?;
        let Visit { id, starts_at, service, .. } = &self.visits[visit];
        // The last days' larger pieces were photographed, and whatever is a session of several.
        let recent = starts_at + 12 * 24 * 60 * MINUTE > self.plan.now;
        if recent && (self.work.is_session(id) || (PICTURED.contains(service) && visit.is_multiple_of(4))) {
            self.work.shot(&self.desk, id)?;
        }
        if SERVICES[*service].1 == "tattoo" {
            self.shelf.used(self.hands(), id, visit)?;
        }
        Ok(())
    }

    /// Three people were entered twice, as happens: by phone, by mail, and by name and birth date.
    fn twins(&self) -> Result<()> {
        let known: Vec<Value> = self
            .clients
            .iter()
            .take(60)
            .map(|id| Ok(ask(&self.desk, "clients.open", None, json!({"client_id": id}))?["client"].take()))
            .collect::<Result<_>>()?;
        let has = |field: &str, skip: usize| known.iter().filter(|one| !one[field].is_null()).nth(skip);
        let mut again = Vec::new();
        if let Some(one) = has("phone", 6) {
            let (name, phone) = (text(one, "name")?, text(one, "phone")?);
            let first = name.split(' ').next().unwrap_or_default();
            again.push(json!({"name": first, "phone": phone.replace("+52 ", ""), "source": "Walk-in"}));
        }
        if let Some(one) = has("email", 14) {
            let (name, mail) = (text(one, "name")?, text(one, "email")?);
            let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
            let initial = first.chars().next().unwrap_or('A');
            again.push(json!({"name": format!("{initial}. {last}"), "email": mail, "source": "Instagram"}));
        }
        if let Some(one) = has("birth_date", 27) {
            again.push(
                json!({"name": one["name"], "birth_date": one["birth_date"], "phone": "+52 55 50171293"}),
            );
        }
        again.into_iter().try_for_each(|form| ask(&self.desk, "clients.create", None, form).map(drop))
    }

    fn client(&mut self) -> Result<String> {
        if self.clients.len() > 20 && !self.script.chance(22) {
            return Ok(self.script.pick(&self.clients).clone());
        }
        let (mut first, mut last) = (*self.script.pick(&FIRST), *self.script.pick(&LAST));
        // Two people of one name are for a studio's own book, not for a first look around.
        for _ in 0..8 {
            if self.names.insert((first, last)) {
                break;
            }
            (first, last) = (*self.script.pick(&FIRST), *self.script.pick(&LAST));
        }
        let handle = crate::text::fold(&format!("{first}.{last}"));
        let alert = self.script.chance(7).then(|| *self.script.pick(&ALERTS));
        let number = 1_000_000 + self.script.roll(8_999_999);
        let mail = self.script.chance(60).then(|| format!("{handle}@example.com"));
        let insta = self.script.chance(45).then(|| format!("@{}", handle.replace('.', "_")));
        let made = ask(
            &self.desk,
            "clients.create",
            None,
            json!({"name": format!("{first} {last}"), "phone": format!("+52 55 5{number}"), "email": mail,
                "instagram": insta, "alerts": alert, "birth_date": self.born()}),
        )?;
        let id = text(&made["client"], "id")?;
        self.clients.push(id.clone());
        Ok(id)
    }

    /// Three of four said when they were born; all of them are of age.
    fn born(&self) -> Option<String> {
        let number = self.clients.len();
        let (year, month, day) = (1966 + number * 7 % 38, 1 + number * 5 % 12, 1 + number * 11 % 28);
        (number % 4 != 3).then(|| format!("{year}-{month:02}-{day:02}"))
    }

    /// Whose visit it is, and the project it is a session of.
    fn sitter(&mut self, artist: &str, day: u64, service: usize) -> Result<(String, Option<String>)> {
        if !SESSIONS.contains(&service) {
            return Ok((self.client()?, None));
        }
        if let Some((client, project)) = self.work.next(artist, day) {
            return Ok((client, Some(project)));
        }
        let client = self.client()?;
        // Begun a while ago, so that some sessions are done and others to come.
        let begins = day + 18 > self.plan.days && day + 3 < self.plan.days;
        let project = if begins { self.work.begin(&self.desk, artist, &client, day)? } else { None };
        Ok((client, project))
    }

    fn book(&mut self, day: u64, artist: usize, minute: i64, service: usize) -> Result<()> {
        let (artist, _) = self.artists[artist].clone();
        let (client, project) = self.sitter(&artist, day, service)?;
        let starts_at = self.plan.at(day, minute)?;
        let note = self.script.chance(18).then(|| *self.script.pick(&NOTES));
        let made = ask(
            &self.desk,
            "agenda.book",
            None,
            json!({"artist_id": artist, "client_id": client, "service_id": self.services[service],
                "starts_at": starts_at, "note": note, "project_id": project}),
        )?;
        let id = text(&made["card"], "id")?;
        if let Some(project) = &project {
            self.work.booked(&self.desk, &id, project)?;
        } else if day >= self.plan.days && PICTURED.contains(&service) && self.visits.len().is_multiple_of(3)
        {
            self.work.reference(&self.desk, &id)?;
        }
        let fate = match self.script.roll(100) {
            0..=4 => Fate::Misses,
            5..=9 if starts_at > self.clock_now() + 36 * 60 * MINUTE => Fate::Cancels,
            _ => Fate::Comes,
        };
        let visit = Visit {
            id,
            artist,
            client,
            service,
            starts_at,
            ends_at: starts_at + SERVICES[service].2 * MINUTE,
            fate,
            deposit: None,
        };
        let visit = Visit { deposit: self.deposit(&visit)?, ..visit };
        let at = self.visits.len();
        self.visits.push(visit);
        if let Some(seat) = usize::try_from(day).ok().and_then(|day| self.by_day.get_mut(day)) {
            seat.push(at);
        }
        Ok(())
    }

    /// A long piece is paid in part when it is booked; not by everybody, so that some deposits are still due.
    fn deposit(&mut self, visit: &Visit) -> Result<Option<String>> {
        let recent = self.clock_now() + 60 * 24 * 60 * MINUTE > self.plan.now;
        if !recent || !WITH_DEPOSIT.contains(&visit.service) || self.visits.len() % 4 == 3 {
            return Ok(None);
        }
        let amount = SERVICES[visit.service].3 * DEPOSIT_SHARE / 10_000;
        let tender = ["card", "transfer", "card"][self.visits.len() % 3];
        let key = self.key();
        let taken = ask(
            &self.desk,
            "till.take_deposit",
            Some(&key),
            json!({"appointment_id": visit.id, "amount": amount, "tenders": [{"tender": tender, "amount": amount}]}),
        )?;
        text(&taken["deposit"], "id").map(Some)
    }

    /// Two deposits of visits that did not happen were kept and one was given back; later ones wait for a decision.
    fn called_off(&mut self, visit: usize) -> Result<()> {
        let Some(deposit) = self.visits[visit].deposit.clone() else { return Ok(()) };
        let key = self.key();
        let settled = self.deposits_settled;
        self.deposits_settled += 1;
        match settled {
            0 | 2 => {
                ask(&self.desk, "till.keep_deposit", Some(&key), json!({"deposit_id": deposit})).map(drop)
            }
            1 => {
                let back =
                    json!({"deposit_id": deposit, "tender": "card", "reason": "Ill, and told us early"});
                ask(&self.owner, "till.return_deposit", Some(&key), back).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn block(&mut self, day: u64, artist: usize, from: i64, to: i64, kind: &str) -> Result<()> {
        let (artist, _) = &self.artists[artist];
        let (starts_at, ends_at) = (self.plan.at(day, from)?, self.plan.at(day, to)?);
        ask(
            &self.desk,
            "agenda.block",
            None,
            json!({"artist_id": artist, "kind": kind, "starts_at": starts_at, "ends_at": ends_at}),
        )
        .map(drop)
    }

    fn clock_now(&self) -> Millis {
        use crate::clock::Clock;
        self.clock.now().wall
    }

    fn pay(&mut self, visit: usize) -> Result<()> {
        let visit = self.visits[visit].clone();
        let (_, _, _, price, _) = SERVICES[visit.service];
        if price == 0 {
            return Ok(());
        }
        let mut lines = vec![json!({"service_id": self.services[visit.service]})];
        if self.script.chance(24) {
            let item = self.script.roll(shelf::SOLD);
            if self.shelf.on_hand(&self.desk, item)? > 0 {
                lines.push(json!({"item_id": self.shelf.sold(item)}));
            }
        }
        let tips: Vec<Value> = if self.script.chance(64) {
            let share = [1_000, 1_000, 1_500, 2_000][self.script.roll(4)];
            // Whole tens of pesos, as people tip.
            let amount = price * share / 10_000 / 1_000 * 1_000;
            if amount > 0 { vec![json!({"artist_id": visit.artist, "amount": amount})] } else { Vec::new() }
        } else {
            Vec::new()
        };
        let mut sale = json!({"appointment_id": visit.id, "lines": lines, "tips": tips});
        let quote = ask(&self.desk, "till.quote", None, sale.clone())?;
        let total = quote["to_pay"].as_i64().unwrap_or(0);
        sale["client_id"] = json!(visit.client);
        sale["tenders"] = self.tenders(total);
        let key = self.key();
        let receipt = ask(&self.desk, "till.sell", Some(&key), sale)?;
        self.last_sale = Some(text(&receipt, "sale_id")?);
        Ok(())
    }

    fn tenders(&self, total: i64) -> Value {
        let up_to = |note: i64| (total + note - 1) / note * note;
        match self.script.roll(100) {
            0..=43 => {
                json!([{"tender": "cash", "amount": total, "given": up_to(if total > 200_000 { 50_000 } else { 20_000 })}])
            }
            44..=86 => json!([{"tender": "card", "amount": total}]),
            87..=94 => json!([{"tender": "transfer", "amount": total}]),
            _ => {
                let cash = total / 2 / 10_000 * 10_000;
                if cash == 0 {
                    return json!([{"tender": "card", "amount": total}]);
                }
                json!([{"tender": "cash", "amount": cash}, {"tender": "card", "amount": total - cash}])
            }
        }
    }

    fn hands(&self) -> Hands<'_> {
        Hands {
            front: self.front,
            owner: &self.owner,
            desk: &self.desk,
            accounts: self.accounts,
            now: self.clock_now(),
        }
    }

    fn open_drawer(&mut self) -> Result<()> {
        let key = self.key();
        ask(&self.desk, "till.open_session", Some(&key), json!({"float": FLOAT}))?;
        self.drawer_open = true;
        Ok(())
    }

    fn elevate(&self) -> Result<()> {
        ask(&self.desk, "session.elevate", None, json!({"code": self.master_code})).map(drop)
    }

    fn refund(&mut self) -> Result<()> {
        let Some(sale) = self.last_sale.take() else { return Ok(()) };
        self.elevate()?;
        let receipt = ask(&self.desk, "till.receipt", None, json!({"sale_id": sale}))?;
        let line = text(&receipt["lines"][0], "id")?;
        let amount = receipt["lines"][0]["amount"].as_i64().unwrap_or(0) / 4;
        if amount > 0 {
            let key = self.key();
            ask(
                &self.desk,
                "till.refund",
                Some(&key),
                json!({"sale_id": sale, "lines": [{"line_id": line, "amount": amount}], "tender": "card",
                    "reason": "Part of the piece was left for another day"}),
            )?;
        }
        ask(&self.desk, "session.drop_elevation", None, json!({})).map(drop)
    }

    fn pay_out(&mut self) -> Result<()> {
        self.elevate()?;
        let key = self.key();
        ask(
            &self.desk,
            "till.cash_move",
            Some(&key),
            json!({"direction": "out", "amount": 12_000, "reason": "Coffee and paper towels"}),
        )?;
        ask(&self.desk, "session.drop_elevation", None, json!({})).map(drop)
    }

    fn rotate(&mut self) -> Result<()> {
        let rotated = ask(&self.owner, "security.rotate_code", None, json!({}))?;
        self.master_code = text(&rotated, "code")?;
        Ok(())
    }

    fn close_drawer(&mut self) -> Result<()> {
        if !self.drawer_open {
            return Ok(());
        }
        let drawer = ask(&self.owner, "till.drawer", None, json!({}))?;
        let moved: i64 = drawer["open"]["moves"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["amount"].as_i64())
            .sum();
        let expected = FLOAT + moved;
        // Now and then a coin is missing.
        let short = if self.script.chance(6) { 1_000 } else { 0 };
        let counted = expected - short;
        let mut left = counted;
        let mut counts = Vec::new();
        for note in [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 1] {
            if left / note > 0 {
                counts.push(json!({"value": note, "count": left / note}));
            }
            left %= note;
        }
        let reason = (short > 0).then_some("A ten went out with the change");
        let key = self.key();
        self.elevate()?;
        ask(
            &self.desk,
            "till.close_session",
            Some(&key),
            json!({"counts": counts, "reason": reason, "float_left": FLOAT.min(counted)}),
        )?;
        self.drawer_open = false;
        ask(&self.desk, "session.drop_elevation", None, json!({})).map(drop)
    }
}
