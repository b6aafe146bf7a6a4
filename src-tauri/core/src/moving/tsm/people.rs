//! Users become members, artists become profiles. Passwords do not come along: whether a password keeps the rules of here
//! cannot be seen from its hash (D11), so everybody gets one to change at their first sign-in (T087).

use std::collections::BTreeSet;

use super::house::House;
use super::report::{Account, Told, TsmReason};
use super::source::{self, Everything, Record};
use super::{TsmAccount, values};
use crate::access::{Role, password};
use crate::door::Tools;
use crate::error::{Error, Result};
use crate::staff::{NewMember, Profile, store as staff};
use crate::storage::foreign::Cell;
use crate::studio::{Hours, Language};
use crate::text::fold;

/// More accounts are no studio's; each costs a hash.
const MOST: usize = 500;
/// What an artist gets where nobody says: TSM's own default.
const HALF: i64 = 5_000;

pub(super) struct User {
    pub name: String,
    pub username: String,
    role: Role,
    artist: Option<String>,
    active: bool,
    profile: Profile,
    created: Cell,
    told: Option<Told>,
}

pub(super) struct People {
    pub owner: User,
    pub owner_made: bool,
    users: Vec<User>,
    artists: Vec<Record>,
}

/// What plainly works at the desk, by another name than that program gives it.
fn is_of_the_desk(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    let words: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        words.as_str(),
        "operator"
            | "operador"
            | "operadora"
            | "frontdesk"
            | "desk"
            | "mostrador"
            | "cajero"
            | "cajera"
            | "cashier"
    )
}

fn role(cell: &Cell) -> Option<Role> {
    let Cell::Text(text) = cell else { return None };
    match fold(text.trim()).as_str() {
        "admin" | "administrator" | "administrador" | "administradora" | "owner" | "dueno" | "duena"
        | "manager" | "gerente" => Some(Role::Admin),
        "assistant" | "asistente" | "receptionist" | "recepcion" | "recepcionista" => Some(Role::Assistant),
        "artist" | "artista" | "tattooer" | "tatuador" | "tatuadora" => Some(Role::Artist),
        "apprentice" | "aprendiz" => Some(Role::Apprentice),
        _ => None,
    }
}

/// A user name that can be typed here and that nobody has.
fn username(given: &str, label: &str, taken: &BTreeSet<String>) -> String {
    let plain: String = deunicode::deunicode(given)
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c == ' ' { '.' } else { c })
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .take(32)
        .collect();
    let digits: String = label.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let plain = if plain.len() >= 2 { plain } else { format!("user{}", digits.to_ascii_lowercase()) };
    let mut name = plain.clone();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{plain}{number}");
        number += 1;
    }
    name
}

pub(super) fn text(cell: &Cell, most: usize, column: &'static str, told: &mut Told) -> Option<String> {
    let given = match cell {
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Nothing => return None,
        Cell::Bytes(count) => {
            told.changed(TsmReason::TextCut, column, format!("{count} bytes"));
            return None;
        }
    };
    let (kept, lost) = values::clean(&given, most, false);
    if lost {
        told.changed(TsmReason::TextCut, column, given);
    }
    kept
}

/// A longer text, with its lines.
pub(super) fn prose(cell: &Cell, told: &mut Told, column: &'static str) -> Option<String> {
    match cell {
        Cell::Text(given) => {
            let (kept, lost) = values::clean(given, 4_000, true);
            if lost {
                told.changed(TsmReason::TextCut, column, given.as_str());
            }
            kept
        }
        other => text(other, 4_000, column, told),
    }
}

/// Whether it is in use there; none where nothing says so.
pub(super) fn in_use(row: &Record, column: &'static str, told: &mut Told) -> Option<bool> {
    flag(row, column, told, values::in_use)
}

/// A yes or no as `read` understands it; somebody is told where it cannot.
pub(super) fn flag(
    row: &Record,
    column: &'static str,
    told: &mut Told,
    read: fn(&Cell) -> Option<bool>,
) -> Option<bool> {
    let cell = row.get(column);
    let read = read(cell);
    if read.is_none() && !values::is_empty(cell) {
        told.changed(TsmReason::FlagUnread, column, cell.shown());
    }
    read
}

impl People {
    /// Reads who there is. The first active administrator becomes the owner; where there is none, an owner is made.
    pub(super) fn read(
        everything: &mut Everything,
        account: &mut Account,
        language: Language,
    ) -> Result<People> {
        let rows = everything.take(&source::USERS);
        let artists = everything.take(&source::ARTISTS);
        if rows.len() > MOST || artists.len() > MOST * 10 {
            return Err(Error::invalid("source", "too many"));
        }
        let mut taken = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut users = Vec::new();
        for row in &rows {
            let mut told = Told::new("users", row);
            if let Some(id) = row.id()
                && !seen.insert(id)
            {
                account.left_out(&told, TsmReason::Twice, None);
                continue;
            }
            let there = row.get("role");
            let role = match role(there) {
                Some(role) => role,
                None if is_of_the_desk(there) => {
                    told.changed(TsmReason::DeskRole, "role", there.shown());
                    Role::Assistant
                }
                None => {
                    let stood = text(there, 60, "role", &mut told);
                    account.left_out(&told, TsmReason::RoleUnknown, stood);
                    continue;
                }
            };
            let given = text(row.get("username"), 64, "username", &mut told).unwrap_or_default();
            let username = username(&given, &row.label, &taken);
            if username != given {
                told.changed(TsmReason::UsernameChanged, "username", given.as_str());
            }
            taken.insert(username.clone());
            let full = text(row.get("name"), 120, "name", &mut told);
            let handle = text(row.get("instagram"), 64, "instagram", &mut told);
            if row.get("birthdate") != &Cell::Nothing {
                told.changed(TsmReason::NoPlace, "birthdate", "");
            }
            let profile = Profile {
                email: text(row.get("email"), 200, "email", &mut told),
                phone: text(row.get("phone"), 200, "phone", &mut told),
                about: handle.map(|handle| format!("Instagram: @{}", handle.trim_start_matches('@'))),
                ..Profile::default()
            };
            let given = if given.is_empty() { username.clone() } else { given };
            users.push(User {
                name: full.unwrap_or(given),
                username,
                role,
                artist: values::id(row.get("artist_id")),
                // What cannot be read opens no door.
                active: in_use(row, "is_active", &mut told)
                    .unwrap_or_else(|| values::is_empty(row.get("is_active"))),
                profile,
                created: row.get("created_at").clone(),
                told: Some(told),
            });
        }
        let admin = users.iter().position(|user| user.role == Role::Admin && user.active);
        let (owner, owner_made) = match admin {
            Some(at) => (users.remove(at), false),
            None => {
                let name = match language {
                    Language::English => "Owner",
                    Language::Spanish => "Propietario",
                };
                let username = username(name, "", &taken);
                let owner = User {
                    name: name.to_owned(),
                    username,
                    role: Role::Owner,
                    artist: None,
                    active: true,
                    profile: Profile::default(),
                    created: Cell::Nothing,
                    told: None,
                };
                (owner, true)
            }
        };
        Ok(People { owner, owner_made, users, artists })
    }

    /// Makes profiles and accounts. Whoever is named by a visit or payment and is no artist any more gets a profile that
    /// nobody books into.
    pub(super) fn settle(
        &self,
        house: &mut House,
        tools: &Tools,
        sessions: &[Record],
        transactions: &[Record],
        owner_password: &str,
    ) -> Result<Vec<TsmAccount>> {
        let hours: Vec<Hours> = (1..=6).map(|weekday| Hours { weekday, opens: 600, closes: 1_200 }).collect();
        let again = house.once(&self.artists);
        let mut profiles = Vec::new();
        let mut resting = Vec::new();
        for (at, row) in self.artists.iter().enumerate() {
            let mut told = Told::new("artists", row);
            if again.contains(&at) {
                house.account.left_out(&told, TsmReason::Twice, None);
                continue;
            }
            let name = text(row.get("name"), 120, "name", &mut told).unwrap_or_else(|| {
                told.changed(TsmReason::NoName, "name", "");
                format!("{} {}", house.said("Artist", "Artista"), row.label)
            });
            let rate = row.get("rate_commission");
            let share = values::share(rate).unwrap_or_else(|| {
                if rate != &Cell::Nothing {
                    told.changed(TsmReason::NumberUnread, "rate_commission", rate.shown());
                }
                HALF
            });
            if in_use(row, "active", &mut told) == Some(false) {
                resting.push(row.label.clone());
            }
            profiles.push((row.label.clone(), name, share));
            house.account.imported(told);
        }
        let known: BTreeSet<String> = profiles.iter().map(|(label, ..)| label.clone()).collect();
        let named = sessions.iter().chain(transactions).map(|row| values::id(row.get("artist_id")));
        let mut missing: BTreeSet<String> = named.flatten().filter(|id| !known.contains(id)).collect();
        // A visit is somebody's.
        if sessions.iter().any(|row| values::id(row.get("artist_id")).is_none()) {
            missing.insert(String::new());
        }
        house.stand_in_artists.clone_from(&missing);
        for id in missing {
            let name = format!("{} {id}", house.said("Former artist", "Artista anterior"));
            resting.push(id.clone());
            profiles.push((id, name.trim().to_owned(), HALF));
        }
        house.artists = house.change(|cx| {
            let permit = cx.grant().whole()?;
            let mut made = std::collections::BTreeMap::new();
            for (label, name, share) in &profiles {
                let id = cx.id()?;
                staff::add_artist(cx.write(&permit), &id, name, *share, &hours, cx.now())?;
                made.insert(label.clone(), id);
            }
            for label in &resting {
                if let Some(id) = made.get(label) {
                    staff::rest_artist(cx.write(&permit), id)?;
                }
            }
            cx.note("artists", i64::try_from(made.len()).map_err(Error::internal)?);
            Ok(made)
        })?;
        self.accounts(house, tools, owner_password, &hours)
    }

    fn accounts(
        &self,
        house: &mut House,
        tools: &Tools,
        owner_password: &str,
        hours: &[Hours],
    ) -> Result<Vec<TsmAccount>> {
        let mut linked = BTreeSet::new();
        let mut accounts = vec![TsmAccount {
            role: Role::Owner,
            name: self.owner.name.clone(),
            username: self.owner.username.clone(),
            password: Some(owner_password.to_owned()),
        }];
        for (user, is_owner) in
            std::iter::once((&self.owner, true)).chain(self.users.iter().map(|user| (user, false)))
        {
            let mut told = user.told.clone();
            let mut changed = |reason, column: &'static str, value: &str| {
                if let Some(told) = told.as_mut() {
                    told.changed(reason, column, value);
                }
            };
            // The owner may tattoo too.
            let tattoos = user.role.tattoos() || is_owner;
            let link = user.artist.as_deref();
            let profile = link.filter(|_| tattoos).and_then(|id| house.artists.get(id)).cloned();
            let profile = profile.filter(|profile| linked.insert(profile.clone()));
            if link.is_some() && !tattoos {
                changed(TsmReason::ProfileDropped, "artist_id", link.unwrap_or_default());
            }
            let own = profile.is_none() && user.role.tattoos() && !is_owner;
            if own {
                changed(TsmReason::ProfileMade, "artist_id", link.unwrap_or_default());
            }
            let created = values::moment(&user.created, house.zone).unwrap_or(house.founded).min(house.now);
            let secret = if is_owner { None } else { Some(password::temporary(&*tools.random)?) };
            let hash = match &secret {
                Some(secret) => password::hash(secret, tools.cost, &*tools.random)?,
                None => String::new(),
            };
            let (owner, now) = (house.owner.clone(), house.now);
            house.change(|cx| {
                let permit = cx.grant().whole()?;
                let db = cx.write(&permit);
                let profile = if own {
                    let id = cx.id()?;
                    staff::add_artist(db, &id, &user.name, HALF, hours, cx.now())?;
                    Some(id)
                } else {
                    profile
                };
                // The column of the agenda keeps the name that clients know.
                let known =
                    profile.as_deref().map(|id| crate::till::store::artist_name(cx.db(), id)).transpose()?;
                let name = known.unwrap_or_else(|| user.name.clone());
                let id = if is_owner { owner } else { cx.id()? };
                if is_owner {
                    if let Some(profile) = &profile {
                        staff::link_artist(db, &id, profile)?;
                    }
                } else {
                    let member = NewMember {
                        id: &id,
                        username: &user.username,
                        name: &name,
                        role: user.role,
                        artist: profile.as_deref(),
                        hash: &hash,
                        must_change: true,
                    };
                    staff::add_member(db, &member, created)?;
                }
                staff::put_profile(db, &id, &name, &user.profile)?;
                if !user.active {
                    staff::set_active(db, &id, false, now)?;
                }
                cx.note("member", id.as_str());
                cx.note("role", if is_owner { Role::Owner.name() } else { user.role.name() });
                Ok(())
            })?;
            if !is_owner {
                accounts.push(TsmAccount {
                    role: user.role,
                    name: user.name.clone(),
                    username: user.username.clone(),
                    password: secret.filter(|_| user.active),
                });
            }
            if let Some(told) = told {
                house.account.imported(told);
            }
        }
        Ok(accounts)
    }
}
