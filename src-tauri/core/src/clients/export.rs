//! Data that leaves: the list of clients (T025, T100), and everything about one person for themselves (T104).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;

use super::commands::{ClientArgs, check_stands, contacts, counted, owner, shown};
use super::store;
use crate::door::{Facts, Look};
use crate::error::{Error, Result};
use crate::sheet::{Sheet, SheetFile};

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportArgs {}

/// The list of clients as a table; contacts only for those who are shown them. Archived ones are left out.
pub(crate) fn list(look: &Look<'_>, _: ExportArgs, facts: &mut Facts) -> Result<SheetFile> {
    look.grant().whole()?;
    let zone = look.settings()?.zone()?;
    let contacts = contacts(look)?;
    let artists = crate::staff::store::artist_names(look.db())?;
    let reach = ["phone", "mail", "instagram", "address", "emergency name", "emergency phone"];
    let mut headers = vec!["name", "pronouns"];
    headers.extend(if contacts { &reach[..] } else { &[] });
    headers.extend(["birth date", "alerts", "preferences", "source", "artist", "last visit", "client since"]);
    let mut sheet = Sheet::new(&headers)?;
    for client in store::everybody(look.db())? {
        let day = |at| zone.day_of(at).map(String::from);
        let mut cells = vec![Some(client.name), client.pronouns];
        if contacts {
            cells.extend([
                client.phone,
                client.email,
                client.instagram,
                client.address,
                client.emergency_name,
                client.emergency_phone,
            ]);
        }
        let artist = client.artist_id.and_then(|id| artists.get(&id).cloned());
        cells.extend([client.birth_date, client.alerts, client.preferences, client.source, artist]);
        cells.push(client.last_visit_at.map(day).transpose()?);
        cells.push(Some(day(client.created_at)?));
        sheet.row(&cells.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>())?;
    }
    let day = String::from(zone.day_of(look.now())?);
    let file = sheet.file(format!("clients-{day}.csv"))?;
    facts.insert("rows".to_owned(), file.rows.into());
    Ok(file)
}

/// Everything that is kept about one person, to hand to them: JSON that people and programs can read.
pub(crate) fn personal_data(look: &Look<'_>, args: ClientArgs, facts: &mut Facts) -> Result<SheetFile> {
    let args = ClientArgs { client_id: counted(look, args.client_id)? };
    look.grant().over(owner(look, &args.client_id)?, "client")?;
    check_stands(look, &args.client_id)?;
    let client = shown(look, &args.client_id)?;
    let settings = look.settings()?;
    let zone = settings.zone()?;
    let mut visits = Vec::new();
    for (starts, ends, status, artist, service, note, reason) in
        store::all_visits(look.db(), &args.client_id)?
    {
        visits.push(json!({
            "from": zone.written(starts)?, "to": zone.written(ends)?, "state": status, "artist": artist,
            "service": service, "note": note, "reason": reason,
        }));
    }
    let mut notes = Vec::new();
    for (at, by, body) in store::all_notes(look.db(), &args.client_id)? {
        notes.push(json!({"at": zone.written(at)?, "by": by, "note": body}));
    }
    let mut receipts = Vec::new();
    for (receipt, at, total, what) in store::receipts(look.db(), &args.client_id)? {
        receipts.push(json!({
            "receipt": receipt, "at": zone.written(at)?, "total_in_minor_units": total.minor(),
            "currency": settings.currency, "what": what,
        }));
    }
    let projects: Vec<_> = store::all_projects(look.db(), &args.client_id)?
            .into_iter()
            .map(|(title, placement, idea, planned)| {
                json!({"title": title, "placement": placement, "idea": idea, "sessions": planned})
            })
            .collect();
    let waits: Vec<_> = store::all_waits(look.db(), &args.client_id)?
            .into_iter()
            .map(|(from, until, service, note)| {
                json!({"from": from, "until": until, "service": service, "note": note})
            })
            .collect();
    let mut consents = Vec::new();
    for kept in crate::consent::store::of_client(look.db(), &args.client_id, None)? {
        let signed = &kept.consent;
        consents.push(json!({
            "paper": signed.title, "signed": zone.written(signed.at)?, "signer": signed.signer,
            "birth_date": kept.birth_date, "guardian": signed.guardian, "text": kept.text,
            "answers": kept.answers, "signature": kept.signature, "image_use": signed.image_use,
            "taken_back": signed.withdrawn_at.map(|at| zone.written(at)).transpose()?,
        }));
    }
    let mut pictures = Vec::new();
    for picture in crate::pictures::commands::of_client(look, &args.client_id)? {
        pictures.push(json!({
            "at": zone.written(picture.added_at)?, "by": picture.by, "kind": picture.kind.name(),
            "title": picture.title, "width": picture.width, "height": picture.height,
        }));
    }
    let mut portfolio = Vec::new();
    for (at, artist, title, published) in crate::portfolio::store::of_client(look.db(), &args.client_id)? {
        portfolio.push(json!({
            "at": zone.written(at)?, "artist": artist, "title": title, "for_clients_to_see": published,
        }));
    }
    let visited = visits.len() + projects.len() + waits.len();
    let rows = 1 + visited + notes.len() + receipts.len() + pictures.len() + portfolio.len() + consents.len();
    let mut supplies = Vec::new();
    for used in crate::inventory::visits::store::of_client(look.db(), &args.client_id, None)? {
        supplies.push(json!({
            "visit": zone.written(used.starts_at)?, "artist": used.artist_name, "item": used.item_name,
            "lot": used.lot, "expires": used.expires,
        }));
    }
    let rows = rows + supplies.len();
    let mut merged = Vec::new();
    for before in store::merged(look.db(), &args.client_id)? {
        merged.push(json!({"name": before.name, "until": zone.written(before.at)?}));
    }
    let all = json!({
        "studio": settings.name,
        "written": zone.written(look.now())?,
        "client": {
            "name": client.name, "pronouns": client.pronouns, "phone": client.phone, "mail": client.email,
            "instagram": client.instagram, "address": client.address, "birth_date": client.birth_date,
            "emergency_name": client.emergency_name, "emergency_phone": client.emergency_phone,
            "alerts": client.alerts, "preferences": client.preferences, "source": client.source,
            "client_since": zone.written(client.created_at)?,
        },
        "also_known_as": merged,
        "visits": visits,
        "notes": notes,
        "projects": projects,
        "wait_list": waits,
        "consents": consents,
        "inks_and_needles": supplies,
        "pictures": pictures,
        "portfolio": portfolio,
        "receipts": receipts,
    });
    facts.insert("client".to_owned(), (&*args.client_id).into());
    let rows = i64::try_from(rows).map_err(Error::internal)?;
    facts.insert("rows".to_owned(), rows.into());
    let day = String::from(zone.day_of(look.now())?);
    let text = serde_json::to_string_pretty(&all).map_err(Error::internal)?;
    Ok(SheetFile { name: format!("personal-data-{day}.json"), text, rows })
}
