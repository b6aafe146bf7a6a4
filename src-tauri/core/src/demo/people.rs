//! Who works at the demo studio, who comes, and what is sold. Nobody here is real.

use serde_json::{Value, json};

use super::{DemoOptions, PASSWORD, ask, text};
use crate::access::Role;
use crate::door::Desk;
use crate::error::Result;

/// An account of the demo, signed up and with its password changed.
#[derive(Debug)]
pub(super) struct Account {
    pub id: String,
    pub role: Role,
    pub name: String,
    pub username: String,
    pub artist: Option<String>,
}

const ARTISTS: [(&str, &str); 12] = [
    ("Mara Quill", "mara"),
    ("Dario Vanta", "dario"),
    ("Inês Rocío", "ines"),
    ("Tomo Arakida", "tomo"),
    ("Jules Orrin", "jules"),
    ("Sanne Wilder", "sanne"),
    ("Rafa Lumen", "rafa"),
    ("Noa Pikeley", "noa"),
    ("Vesna Korda", "vesna"),
    ("Otis Bramwell", "otis"),
    ("Lupe Serrata", "lupe"),
    ("Kaito Ferro", "kaito"),
];

pub(super) const FIRST: [&str; 64] = [
    "Ana", "Hugo", "Otto", "Vito", "Cora", "Joana", "Rui", "Zoe", "Gil", "Dev", "Kezia", "Rosa", "Yara",
    "Filip", "Marco", "Una", "Caio", "Jude", "Grace", "Noor", "Uma", "Bruno", "Isla", "Petra", "Yuki", "Fay",
    "Chiara", "Jon", "Quinn", "Xana", "Esme", "Lea", "Tiago", "Bea", "Ines", "Finn", "Mina", "Tess", "Alba",
    "Henrik", "Oscar", "Will", "Eli", "Ben", "Ivy", "Paz", "Wren", "Drew", "Kai", "Sofía", "Aron", "Hana",
    "Elif", "Lars", "Sam", "Zeno", "Gaia", "Nadia", "Vera", "Dina", "Lucía", "Mateo", "Renata", "Emilio",
];

pub(super) const LAST: [&str; 56] = [
    "Prado", "Paz", "Lang", "Sala", "Lind", "Melo", "Tavares", "Hartley", "Amaral", "Patel", "Mbeki", "Dias",
    "Pinho", "Novak", "Silva", "Keane", "Leal", "Marsh", "Muir", "Aziz", "Frost", "Teles", "Byrne", "Horn",
    "Mori", "Morgan", "Neri", "Bauer", "Hart", "Luz", "Roux", "Weber", "Reis", "Costa", "Braga", "Olsen",
    "Sato", "Blom", "Moya", "Dahl", "Vidal", "Ashby", "Stone", "Whitlock", "Chen", "Rivera", "Hale",
    "Hanley", "Moreno", "Lopes", "Beck", "Park", "Kaya", "Holm", "Tully", "Kraus",
];

pub(super) const ALERTS: [&str; 6] = [
    "Nickel allergy",
    "Keloid scars: ask before work on chest or shoulders",
    "Latex allergy: nitrile gloves",
    "Faints easily: lie down, sugar at hand",
    "Blood thinner: doctor's letter on file",
    "Alergia al pigmento rojo",
];

pub(super) const NOTES: [&str; 8] = [
    "Brings own reference, wants it a little smaller",
    "Second session, colour next time",
    "Left forearm, avoid the old scar",
    "Asked for the numbing cream",
    "Matching pieces with a friend, same day",
    "Cover-up: needs the large stencil",
    "Prefers the quiet room",
    "Quiere ver el boceto antes",
];

/// A service: name, kind, minutes, price in minor units, how often it is booked.
pub(super) const SERVICES: [(&str, &str, i64, i64, usize); 11] = [
    ("Consultation", "consultation", 30, 0, 10),
    ("Small lettering", "tattoo", 45, 160_000, 14),
    ("Flash piece", "tattoo", 60, 180_000, 16),
    ("Line work", "tattoo", 75, 240_000, 14),
    ("Small custom", "tattoo", 75, 280_000, 14),
    ("Half day", "tattoo", 240, 900_000, 5),
    ("Sleeve session", "tattoo", 240, 950_000, 5),
    ("Back piece session", "tattoo", 180, 780_000, 4),
    ("Touch-up", "tattoo", 45, 60_000, 9),
    ("Aftercare check", "other", 15, 0, 5),
    ("Piercing", "piercing", 30, 90_000, 8),
];

/// First run, as the owner would fill it in.
pub(super) fn studio(options: &DemoOptions) -> Value {
    let services: Vec<Value> = SERVICES
        .iter()
        .map(|(name, kind, minutes, price, _)| {
            json!({"name": name, "kind": kind, "minutes": minutes, "price": price})
        })
        .collect();
    let hours: Vec<Value> =
        (1..=7).map(|weekday| json!({"weekday": weekday, "opens": 600, "closes": 1230})).collect();
    json!({
        "name": "Violet Needle",
        "currency": "MXN",
        "zone": options.zone,
        "language": options.language,
        "week_start": 1,
        "tax_bp": 1600,
        "hours": hours,
        "owner": {"name": "Iris Falken", "username": "iris", "password": PASSWORD},
        "services": services,
    })
}

/// Signs everybody up, as the owner does: a one-time password, then the member's own.
pub(super) fn accounts(front: &Desk, artists: u32) -> Result<Vec<Account>> {
    let owner = ask(front, "session.sign_in", None, json!({"username": "iris", "password": PASSWORD}))?;
    let mut people = vec![Account {
        id: text(&owner["member"], "id")?,
        role: Role::Owner,
        name: "Iris Falken".to_owned(),
        username: "iris".to_owned(),
        artist: None,
    }];
    let mut wanted = vec![
        ("Noor Hadley".to_owned(), "noor".to_owned(), Role::Admin),
        ("Lena Sorel".to_owned(), "lena".to_owned(), Role::Assistant),
        ("Teo Marino".to_owned(), "teo".to_owned(), Role::Assistant),
    ];
    // The last column is the apprentice's; a studio of one artist gets one beside.
    let count = usize::try_from(artists.max(2)).unwrap_or(2);
    for at in 0..count {
        let (name, username) = ARTISTS[at % ARTISTS.len()];
        let round = at / ARTISTS.len();
        let name = if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) };
        let username = if round == 0 { username.to_owned() } else { format!("{username}{}", round + 1) };
        let role = if at + 1 == count { Role::Apprentice } else { Role::Artist };
        wanted.push((name, username, role));
    }
    for (name, username, role) in wanted {
        let commission = if role.tattoos() {
            json!(if role == Role::Artist { 5_500 } else { 4_000 })
        } else {
            Value::Null
        };
        let made = ask(
            front,
            "staff.create_user",
            None,
            json!({"name": name, "username": username, "role": role.name(), "commission_bp": commission}),
        )?;
        let own = front.beside().unattended();
        let temporary = text(&made, "password")?;
        ask(&own, "session.sign_in", None, json!({"username": username, "password": temporary}))?;
        ask(&own, "session.change_password", None, json!({"current": temporary, "new": PASSWORD}))?;
        ask(&own, "session.sign_out", None, json!({}))?;
        people.push(Account {
            id: text(&made["member"], "id")?,
            role,
            name,
            username,
            artist: made["member"]["artist_id"].as_str().map(str::to_owned),
        });
    }
    Ok(people)
}
