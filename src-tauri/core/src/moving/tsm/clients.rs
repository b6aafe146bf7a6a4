//! Clients, with what the database knows of their health and wishes.

use std::collections::BTreeSet;

use super::house::House;
use super::people::{in_use, prose, text};
use super::report::{Told, TsmReason};
use super::source::Record;
use super::values;
use crate::clients::{ClientForm, store};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::foreign::Cell;
use crate::studio::Language;
use crate::text::Line;

/// What a yes in one of these columns means, in English and in Spanish.
const HEALTH: [(&str, &str, &str); 9] = [
    ("health_allergies", "Allergies", "Alergias"),
    ("health_diabetes", "Diabetes", "Diabetes"),
    ("health_coagulation", "Clotting disorder", "Trastorno de coagulación"),
    ("health_epilepsy", "Epilepsy", "Epilepsia"),
    ("health_cardiac", "Heart condition", "Problema cardiaco"),
    ("health_anticoagulants", "Takes anticoagulants", "Toma anticoagulantes"),
    ("health_preg_lact", "Pregnant or breastfeeding", "Embarazo o lactancia"),
    ("health_substances", "Alcohol or other substances", "Alcohol u otras sustancias"),
    ("health_derm", "Skin condition", "Problema de la piel"),
];

const CONSENTS: [(&str, &str, &str); 3] = [
    ("consent_info", "was informed", "fue informado"),
    ("consent_image", "allows pictures", "permite imágenes"),
    ("consent_data", "allows the use of data", "permite el uso de datos"),
];

/// A client about to be added.
struct New {
    form: ClientForm,
    artist: Option<String>,
    at: Millis,
    archived: bool,
}

/// A text as a form takes it; [`text`] has made it short and clean enough already.
fn line<T: TryFrom<String>>(text: Option<String>) -> Option<T> {
    text.and_then(|text| T::try_from(text).ok())
}

impl House {
    pub(super) fn take_clients(&mut self, rows: &[Record], sessions: &[Record]) -> Result<()> {
        let again = self.once(rows);
        let mut news = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut told = Told::new("clients", row);
            if again.contains(&at) {
                self.account.left_out(&told, TsmReason::Twice, None);
                continue;
            }
            let new = self.client(row, &mut told)?;
            news.push((row.label.clone(), new));
            self.account.imported(told);
        }
        // A visit is somebody's, and sealed receipts name them.
        let known: BTreeSet<&str> = news.iter().map(|(label, _)| label.as_str()).collect();
        let missing: BTreeSet<String> = sessions
            .iter()
            .map(|row| values::id(row.get("client_id")).unwrap_or_default())
            .filter(|id| !known.contains(id.as_str()))
            .collect();
        self.stand_in_clients.clone_from(&missing);
        for id in missing {
            let name = format!("{} {id}", self.said("Client without a record", "Cliente sin ficha"));
            let form = ClientForm { name: named(name.trim())?, ..nobody()? };
            news.push((id, New { form, artist: None, at: self.founded, archived: true }));
        }
        let now = self.now;
        let made = self.change(|cx| {
            let permit = cx.grant().whole()?;
            let mut made = std::collections::BTreeMap::new();
            for (label, new) in &news {
                let id = cx.id()?;
                store::add(cx.write(&permit), &id, &new.form, new.artist.as_deref(), new.at, None)?;
                if new.archived {
                    store::set_archived(cx.write(&permit), &id, Some(now))?;
                }
                made.insert(label.clone(), id);
            }
            cx.note("clients", i64::try_from(made.len()).map_err(Error::internal)?);
            Ok(made)
        })?;
        self.clients = made;
        Ok(())
    }

    fn client(&self, row: &Record, told: &mut Told) -> Result<New> {
        let spanish = self.language == Language::Spanish;
        let name = text(row.get("name"), 120, "name", told).unwrap_or_else(|| {
            told.changed(TsmReason::NoName, "name", "");
            format!("{} {}", self.said("Client", "Cliente"), row.label)
        });
        let birth = row.get("birthdate");
        let today = self.zone.day_of(self.now)?;
        let read = values::day(birth, Some(self.now));
        if read.is_none() && !matches!(birth, Cell::Nothing) {
            told.changed(TsmReason::DateUnread, "birthdate", birth.shown());
        }
        if read.is_some_and(|day| day > today) {
            told.changed(TsmReason::DateAhead, "birthdate", birth.shown());
        }
        let birth_date = read.filter(|day| *day <= today);
        let parts = ["address", "city", "state"].map(|column| text(row.get(column), 120, column, told));
        let address = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let relation = text(row.get("emergency_relation"), 40, "emergency_relation", told);
        let emergency_name = text(row.get("emergency_name"), 75, "emergency_name", told)
            .map(|name| relation.map_or(name.clone(), |relation| format!("{name} ({relation})")));
        let ticked = |(column, english, spanish_word): &(&'static str, &str, &str), told: &mut Told| {
            let (cell, meant) = (row.get(column), if spanish { *spanish_word } else { *english });
            match values::flag(cell) {
                Some(true) => Some(meant.to_owned()),
                Some(false) => None,
                // Where others have a yes, somebody wrote which.
                None => text(cell, 400, column, told).map(|which| format!("{meant}: {which}")),
            }
        };
        let mut alerts: Vec<String> = HEALTH.iter().filter_map(|known| ticked(known, told)).collect();
        alerts.extend(prose(row.get("health_obs"), told, "health_obs"));
        let mut wishes: Vec<String> = prose(row.get("notes"), told, "notes").into_iter().collect();
        if let Some(gender) = text(row.get("gender"), 60, "gender", told) {
            wishes.push(format!("{}: {gender}", self.said("Gender", "Género")));
        }
        let agreed: Vec<String> = CONSENTS.iter().filter_map(|known| ticked(known, told)).collect();
        if !agreed.is_empty() {
            // Without a signature it is no paper of here.
            let before = self.said("Ticked in Tattoo Studio Manager", "Marcado en Tattoo Studio Manager");
            wishes.push(format!("{before}: {}", agreed.join(", ")));
        }
        let mut joined = |texts: Vec<String>, column: &'static str| {
            let (kept, lost) = values::clean(&texts.join("\n"), 4_000, true);
            if lost {
                told.changed(TsmReason::TextCut, column, "");
            }
            kept
        };
        let alerts = joined(alerts, "health_obs");
        let preferences = joined(wishes, "notes");
        let preferred = values::id(row.get("preferred_artist_id"));
        let artist = preferred.as_ref().and_then(|id| self.artists.get(id)).cloned();
        if let Some(id) = preferred.filter(|_| artist.is_none()) {
            told.changed(TsmReason::LinkMissing, "preferred_artist_id", id);
        }
        let created = row.get("created_at");
        let at = values::moment(created, self.zone);
        if at.is_none() && !matches!(created, Cell::Nothing) {
            told.changed(TsmReason::DateUnread, "created_at", created.shown());
        }
        if at.is_some_and(|at| at > self.now) {
            told.changed(TsmReason::DateAhead, "created_at", created.shown());
        }
        let form = ClientForm {
            name: named(&name)?,
            pronouns: None,
            phone: line(text(row.get("phone"), 200, "phone", told)),
            email: line(text(row.get("email"), 200, "email", told)),
            instagram: line(text(row.get("instagram"), 200, "instagram", told)),
            address: line((!address.is_empty()).then_some(address)),
            birth_date,
            emergency_name: line(emergency_name),
            emergency_phone: line(text(row.get("emergency_phone"), 200, "emergency_phone", told)),
            alerts: line(alerts),
            preferences: line(preferences),
            source: line(Some("Tattoo Studio Manager".to_owned())),
        };
        let archived = in_use(row, "is_active", told) == Some(false);
        Ok(New { form, artist, at: at.unwrap_or(self.founded).min(self.now), archived })
    }
}

fn named(name: &str) -> Result<Line<120>> {
    let short: String = name.chars().take(120).collect();
    Line::try_from(short).map_err(Error::internal)
}

fn nobody() -> Result<ClientForm> {
    Ok(ClientForm {
        name: named("-")?,
        pronouns: None,
        phone: None,
        email: None,
        instagram: None,
        address: None,
        birth_date: None,
        emergency_name: None,
        emergency_phone: None,
        alerts: None,
        preferences: None,
        source: None,
    })
}
