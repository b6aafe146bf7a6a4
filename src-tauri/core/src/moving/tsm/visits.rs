//! Sessions become visits.

use std::collections::BTreeMap;

use super::house::House;
use super::report::{Told, TsmReason, TsmSumOf};
use super::source::Record;
use super::values::{self, NoAmount};
use crate::agenda::{VisitStatus, store};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::payouts::store as payouts;
use crate::storage::foreign::Cell;
use crate::text::fold;

const HOUR: Millis = 60 * 60_000;
/// The agenda knows no longer visit.
const LONGEST: Millis = 24 * HOUR;
const MINUTE: Millis = 60_000;

/// How TSM marks somebody who did not come: it has no state for it.
const NO_SHOW: &str = "[No-show]";

/// A visit as payments need it.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// None: it could not be brought over.
    pub id: Option<String>,
    pub artist: String,
    pub client: String,
    pub starts_at: Option<Millis>,
    pub ends_at: Option<Millis>,
    pub status: VisitStatus,
}

/// What is worth a look afterwards.
pub(super) struct Seen {
    pub open: i64,
    pub overlaps: i64,
}

struct New {
    label: String,
    row: store::Appointment,
    ended: Millis,
    share: Option<i64>,
}

impl House {
    /// The state of a session; a note that says more than the state is kept.
    fn state(&self, row: &Record, notes: Option<&str>, told: &mut Told) -> VisitStatus {
        let stood = match row.get("status") {
            Cell::Text(text) => fold(text.trim()),
            Cell::Nothing => String::new(),
            other => other.shown(),
        };
        match stood.replace(['-', '_'], " ").as_str() {
            "activa" | "activo" | "active" | "programada" | "programado" | "agendada" | "agendado"
            | "pendiente" | "pending" | "scheduled" | "booked" | "reservada" | "reservado" | "abierta"
            | "open" | "" => VisitStatus::Booked,
            "confirmada" | "confirmado" | "confirmed" => VisitStatus::Confirmed,
            "completada" | "completado" | "completed" | "complete" | "terminada" | "terminado"
            | "finalizada" | "finalizado" | "finished" | "realizada" | "realizado" | "hecha" | "hecho"
            | "done" | "atendida" | "atendido" | "pagada" | "pagado" | "paid" => VisitStatus::Completed,
            "cancelada" | "cancelado" | "cancelled" | "canceled" | "cancel" | "anulada" | "anulado"
                if notes.is_some_and(|notes| notes.starts_with(NO_SHOW)) =>
            {
                VisitStatus::NoShow
            }
            "cancelada" | "cancelado" | "cancelled" | "canceled" | "cancel" | "anulada" | "anulado" => {
                VisitStatus::Cancelled
            }
            "no show" | "noshow" | "no asistio" | "no se presento" | "no llego" | "falto"
            | "inasistencia" | "ausente" => VisitStatus::NoShow,
            "en espera" | "espera" | "on hold" | "hold" | "waiting" => {
                told.changed(TsmReason::OnHold, "status", "En espera");
                VisitStatus::Booked
            }
            _ => {
                told.changed(TsmReason::StateUnknown, "status", stood);
                VisitStatus::Booked
            }
        }
    }

    fn price(&mut self, row: &Record, told: &mut Told) -> Money {
        let cell = row.get("price");
        match values::amount(cell, self.exponent) {
            Ok(amount) if amount.money.is_negative() => {
                told.changed(TsmReason::NumberUnread, "price", cell.shown());
                self.account.stayed(TsmSumOf::VisitPrices, amount);
                Money::ZERO
            }
            Ok(amount) => {
                if amount.text {
                    told.changed(TsmReason::NumberAsText, "price", cell.shown());
                }
                if amount.is_rounded() {
                    told.changed(TsmReason::Rounded, "price", cell.shown());
                }
                self.account.came(TsmSumOf::VisitPrices, amount, amount.money);
                amount.money
            }
            Err(NoAmount::Nothing) => Money::ZERO,
            Err(NoAmount::NotMoney | NoAmount::TooLarge) => {
                told.changed(TsmReason::NumberUnread, "price", cell.shown());
                Money::ZERO
            }
        }
    }

    pub(super) fn take_visits(&mut self, rows: &[Record], transactions: &[Record]) -> Result<Seen> {
        let again = self.once(rows);
        // When it was paid, where the visit itself does not say when it was.
        let mut paid: BTreeMap<String, Millis> = BTreeMap::new();
        for row in transactions {
            if let (Some(id), Some(at)) =
                (values::id(row.get("session_id")), values::moment(row.get("date"), self.zone))
            {
                paid.entry(id).or_insert(at);
            }
        }
        let mut news = Vec::new();
        let mut visits = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let mut told = Told::new("sessions", row);
            if again.contains(&at) {
                if let Ok(amount) = values::amount(row.get("price"), self.exponent) {
                    self.account.stayed(TsmSumOf::VisitPrices, amount);
                }
                self.account.left_out(&told, TsmReason::Twice, None);
                continue;
            }
            let (client, artist) = (values::id(row.get("client_id")), values::id(row.get("artist_id")));
            let who = |id: &Option<String>, known: &BTreeMap<String, String>| {
                known.get(id.as_deref().unwrap_or_default()).cloned()
            };
            let (Some(client_id), Some(artist_id)) =
                (who(&client, &self.clients), who(&artist, &self.artists))
            else {
                return Err(Error::internal("a visit of nobody"));
            };
            let start = values::moment(row.get("start"), self.zone);
            let end = values::moment(row.get("end"), self.zone);
            for column in ["start", "end"] {
                let stood = row.get(column);
                if values::is_hour_unsure(stood, self.zone) {
                    told.changed(TsmReason::DateUnread, column, stood.shown());
                }
            }
            let start = start.or_else(|| {
                told.changed(TsmReason::DateUnread, "start", row.get("start").shown());
                end.map(|end| end - HOUR)
                    .or_else(|| row.id().and_then(|id| paid.get(&id)).map(|at| at - HOUR))
            });
            let notes = super::people::prose(row.get("notes"), &mut told, "notes");
            let mut visit = Visit {
                id: None,
                artist: artist_id.clone(),
                client: client_id.clone(),
                starts_at: start,
                ends_at: end,
                status: VisitStatus::Cancelled,
            };
            let Some(start) = start else {
                if let Ok(amount) = values::amount(row.get("price"), self.exponent) {
                    self.account.stayed(TsmSumOf::VisitPrices, amount);
                }
                visits.insert(row.label.clone(), visit);
                self.account.left_out(&told, TsmReason::NoDate, None);
                continue;
            };
            let starts_at = start.div_euclid(MINUTE) * MINUTE;
            let ends_at = match end {
                Some(end) if end.div_euclid(MINUTE) * MINUTE > starts_at && end - start <= LONGEST => {
                    end.div_euclid(MINUTE) * MINUTE
                }
                Some(end) if end - start > LONGEST => {
                    told.changed(TsmReason::LengthChanged, "end", row.get("end").shown());
                    starts_at + LONGEST
                }
                _ => {
                    told.changed(TsmReason::LengthChanged, "end", row.get("end").shown());
                    starts_at + HOUR
                }
            };
            let status = self.state(row, notes.as_deref(), &mut told);
            for (column, id, stands_in) in [
                ("client_id", &client, &self.stand_in_clients),
                ("artist_id", &artist, &self.stand_in_artists),
            ] {
                if stands_in.contains(id.as_deref().unwrap_or_default()) {
                    told.changed(TsmReason::LinkMissing, column, id.clone().unwrap_or_default());
                }
            }
            let price = self.price(row, &mut told);
            let over = row.get("commission_override");
            let share = values::share(over);
            if share.is_none() && !matches!(over, Cell::Nothing) {
                told.changed(TsmReason::NumberUnread, "commission_override", over.shown());
            }
            if status == VisitStatus::Completed && starts_at > self.now {
                told.changed(TsmReason::DateAhead, "start", row.get("start").shown());
            }
            visit.status = status;
            visit.ends_at = Some(ends_at);
            visits.insert(row.label.clone(), visit);
            news.push(New {
                label: row.label.clone(),
                ended: ends_at.min(self.now),
                share,
                row: store::Appointment {
                    id: String::new(),
                    artist: artist_id,
                    client: client_id,
                    service: self.tattoo.clone(),
                    starts_at,
                    ends_at,
                    status: VisitStatus::Booked,
                    price,
                    note: notes,
                    rev: 1,
                    setup: 0,
                    cleanup: 0,
                    project: None,
                },
            });
            self.account.imported(told);
        }
        let seen = self.look_at(&news, &visits)?;
        let (owner, now) = (self.owner.clone(), self.now);
        let made = self.change(|cx| {
            let permit = cx.grant().whole()?;
            let mut made = Vec::new();
            for new in &news {
                let id = cx.id()?;
                let row = store::Appointment { id: id.clone(), ..new.row.clone() };
                let db = cx.write(&permit);
                store::add(db, &row, row.starts_at.min(now), &owner)?;
                let status = visits.get(&new.label).map_or(VisitStatus::Booked, |visit| visit.status);
                if status != VisitStatus::Booked {
                    store::set_status(db, &id, status, None, new.ended)?;
                }
                if new.share.is_some() {
                    payouts::put_share(db, &id, new.share)?;
                }
                made.push(id);
            }
            cx.note("visits", i64::try_from(made.len()).map_err(Error::internal)?);
            Ok(made)
        })?;
        for (new, id) in news.iter().zip(made) {
            if let Some(visit) = visits.get_mut(&new.label) {
                visit.id = Some(id);
            }
        }
        self.visits = visits;
        Ok(seen)
    }

    /// What the studio should look through: visits that nobody finished, and those to come that are in each other's way.
    fn look_at(&self, news: &[New], visits: &BTreeMap<String, Visit>) -> Result<Seen> {
        let status = |new: &New| visits.get(&new.label).map_or(VisitStatus::Booked, |visit| visit.status);
        let open = news.iter().filter(|new| status(new).is_open() && new.row.ends_at < self.now).count();
        let mut ahead: Vec<&New> =
            news.iter().filter(|new| status(new).holds_time() && new.row.ends_at > self.now).collect();
        ahead.sort_by(|a, b| (&a.row.artist, a.row.starts_at).cmp(&(&b.row.artist, b.row.starts_at)));
        let mut overlaps = 0_i64;
        let mut last: Option<(&str, Millis)> = None;
        for new in ahead {
            let until = match last {
                Some((artist, until)) if artist == new.row.artist => {
                    overlaps += i64::from(new.row.starts_at < until);
                    until.max(new.row.ends_at)
                }
                _ => new.row.ends_at,
            };
            last = Some((&new.row.artist, until));
        }
        Ok(Seen { open: i64::try_from(open).map_err(Error::internal)?, overlaps })
    }
}
