//! Everything that leaves: whole, without secrets, and so written that it can be put together again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use inkpoint_core::{Error, Exported, export};
use serde_json::{Value, json};

use crate::studio_house::{House, OWNER_PASSWORD, PASSWORD, folder, told};

/// A studio in which a little of everything has happened.
fn busy() -> House {
    let house = House::staffed();
    let owner = house.owner();
    let client = house.client("=HYPERLINK(\"http://x\")");
    owner.done("clients.note", json!({"client_id": client, "body": "Line one\nline two; \"quoted\""}));
    let visit = house.book(0, &client, 24);
    owner.done(
        "pictures.add",
        json!({"appointment_id": visit, "kind": "reference", "base64": crate::pictures::PLAIN}),
    );
    let needed = owner.done("consent.needed", json!({"appointment_id": visit}));
    let paper = needed["papers"].as_array().unwrap().iter().find(|paper| paper["kind"] == "image").unwrap();
    owner.done(
        "consent.sign",
        json!({"appointment_id": visit, "version_id": paper["version_id"], "text_hash": paper["text_hash"],
            "image_use": true, "signer_name": "Joana Melo", "birth_date": "1990-05-17", "method": "typed"}),
    );
    let item = house.item("SOAP", 10_050, 40);
    owner.done("till.open_session", json!({"float": 1_000}));
    owner.done(
        "till.sell",
        json!({"client_id": client, "lines": [{"item_id": item, "quantity": 2}],
            "tenders": [{"tender": "cash", "amount": 20_100}]}),
    );
    house.seat("mara").done("session.set_pin", json!({"password": PASSWORD, "pin": "8143"}));
    house
}

fn leave(house: &House, name: &str) -> (tempfile::TempDir, PathBuf, Exported) {
    let home = folder();
    let target = home.path().join(name);
    let done = export(&house.desk, &target).unwrap();
    (home, target, done)
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn sha256(bytes: &[u8]) -> String {
    // The core's own: what is checked is that the manifest speaks of these bytes.
    inkpoint_core::storage::sha256_hex(bytes)
}

#[test]
fn every_row_of_every_table_leaves_or_it_is_said_why_it_stays() {
    let house = busy();
    let before: BTreeMap<String, i64> = house
        .rows()
        .keys()
        .map(|table| (table.clone(), house.count(&format!("SELECT count(*) FROM {table}"))))
        .collect();
    let (_home, target, done) = leave(&house, "out");
    let manifest = read(&target.join("manifest.json"));
    let mut seen = BTreeSet::new();
    let mut rows = 0;
    for table in manifest["tables"].as_array().unwrap() {
        let name = table["table"].as_str().unwrap();
        let json = read(&target.join(format!("json/{name}.json")));
        let count = i64::try_from(json.as_array().unwrap().len()).unwrap();
        assert_eq!(table["rows"], count, "{name}");
        if let Some(before) = before.get(name) {
            assert_eq!(count, *before, "{name}");
        }
        let mut sheet = csv_of(&target.join(format!("csv/{name}.csv")));
        let header = sheet.remove(0);
        assert_eq!(i64::try_from(sheet.len()).unwrap(), count, "{name}");
        for (line, object) in sheet.iter().zip(json.as_array().unwrap()) {
            assert_eq!(line.len(), header.len(), "{name}");
            let object = object.as_object().unwrap();
            let names: BTreeSet<&String> = object.keys().collect();
            assert_eq!(header.iter().collect::<BTreeSet<_>>(), names, "{name}");
        }
        rows += count;
        seen.insert(name.to_owned());
    }
    assert_eq!(done.rows, rows);
    for left in manifest["left_out"].as_array().unwrap() {
        assert!(left["why"].as_str().is_some_and(|why| why.len() > 5), "{left}");
        if left["column"].is_null() {
            seen.insert(left["table"].as_str().unwrap().to_owned());
        }
    }
    let missing: Vec<&String> =
        before.keys().filter(|table| !seen.contains(*table) && !table.starts_with("client_words")).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A table as a spreadsheet reads it.
fn csv_of(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("the mark of UTF-8");
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    assert!(!quoted && cell.is_empty() && line.is_empty(), "ends with a line");
    lines
}

#[test]
fn the_manifest_speaks_of_every_file_and_of_its_bytes() {
    let (_home, target, done) = leave(&busy(), "out");
    let manifest = read(&target.join("manifest.json"));
    let told: BTreeMap<String, (u64, String)> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let hash = file["sha256"].as_str().unwrap().to_owned();
            (file["path"].as_str().unwrap().to_owned(), (file["bytes"].as_u64().unwrap(), hash))
        })
        .collect();
    let found = files(&target);
    // The manifest does not speak of itself.
    assert_eq!(told.len() + 1, found.len());
    assert_eq!(done.files, i64::try_from(found.len()).unwrap());
    for path in found.iter().filter(|path| !path.ends_with("manifest.json")) {
        let name = path.strip_prefix(&target).unwrap().to_string_lossy().replace('\\', "/");
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(told[&name], (u64::try_from(bytes.len()).unwrap(), sha256(&bytes)), "{name}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0, "{name} is private");
        }
    }
    assert_eq!((done.pictures, done.papers, done.pictures_lost), (1, 1, 0));
    let paper = found.iter().find(|path| path.extension().is_some_and(|ending| ending == "pdf")).unwrap();
    assert!(std::fs::read(paper).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn t084_t063_nothing_that_opens_a_door_leaves() {
    let house = busy();
    let raw = house.raw();
    let mut secrets: Vec<String> = Vec::new();
    for sql in [
        "SELECT password_hash FROM members",
        "SELECT pin_hash FROM members WHERE pin_hash IS NOT NULL",
        "SELECT password_hash FROM password_history",
        "SELECT hash FROM secrets",
        "SELECT key FROM request_keys",
    ] {
        let found: Vec<String> =
            raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(!found.is_empty(), "{sql}");
        secrets.extend(found);
    }
    secrets.extend([house.master_code.clone(), house.recovery_code.clone(), OWNER_PASSWORD.to_owned()]);
    let (_home, target, _) = leave(&house, "out");
    for path in files(&target) {
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{} is in {}", secret, path.display());
        }
        assert!(!text.contains("$2b$") && !text.contains("$2a$"), "a hash is in {}", path.display());
    }
}

#[test]
fn money_and_moments_stand_twice_and_ids_join() {
    let house = busy();
    let (_home, target, _) = leave(&house, "out");
    let table = |name: &str| read(&target.join(format!("json/{name}.json")));
    let sale = &table("sales")[0];
    assert_eq!((&sale["total_minor"], &sale["total"]), (&json!(20_100), &json!("201.00")));
    assert_eq!(sale["at"], "2026-11-20T15:00:00.000Z");
    assert_eq!(sale["at_local"], "2026-11-20 09:00:00", "on the studio's clock");
    let clients = table("clients");
    assert!(clients.as_array().unwrap().iter().any(|client| client["id"] == sale["client_id"]));
    for line in table("sale_lines").as_array().unwrap() {
        assert_eq!(line["sale_id"], sale["id"]);
        assert!(table("items").as_array().unwrap().iter().any(|item| item["id"] == line["item_id"]));
    }
    let paper = &table("consent_papers")[0];
    assert_eq!(sha256(paper["text"].as_str().unwrap().as_bytes()), paper["text_hash"].as_str().unwrap());
    assert!(target.join(format!("consents/{}.pdf", paper["consent_id"].as_str().unwrap())).is_file());
    let picture = &table("pictures")[0];
    let hash = picture["hash"].as_str().unwrap();
    assert_eq!(sha256(&std::fs::read(target.join(format!("pictures/{hash}.jpg"))).unwrap()), hash);
    let settings = table("settings");
    let hours = settings.as_array().unwrap().iter().find(|setting| setting["name"] == "hours").unwrap();
    assert!(hours["value"].is_array(), "JSON stands as JSON");
    let readme = std::fs::read_to_string(target.join("README.md")).unwrap();
    for part in ["### clients", "id of clients", "in UTC, and on the studio's clock", "basis points", "MXN"] {
        assert!(readme.contains(part), "{part}");
    }
}

#[test]
fn attack_42_a_spreadsheet_finds_no_formula_and_json_has_the_text_as_it_is() {
    let house = busy();
    let (_home, target, _) = leave(&house, "out");
    let sheet = csv_of(&target.join("csv/clients.csv"));
    let name = sheet[0].iter().position(|header| header == "name").unwrap();
    assert_eq!(sheet[1][name], "'=HYPERLINK(\"http://x\")");
    assert_eq!(read(&target.join("json/clients.json"))[0]["name"], "=HYPERLINK(\"http://x\")");
    let notes = csv_of(&target.join("csv/client_notes.csv"));
    assert!(notes[1].iter().any(|cell| cell == "Line one\nline two; \"quoted\""), "{:?}", notes[1]);
}

#[test]
fn an_export_is_never_written_over_anything_and_leaves_nothing_half() {
    let house = busy();
    let home = folder();
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::fs::write(at("folder/theirs"), "theirs").unwrap();
    std::fs::write(at("file"), "theirs").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(at("nowhere"), at("link")).unwrap();
    let names = if cfg!(unix) { vec!["folder", "file", "link"] } else { vec!["folder", "file"] };
    for name in names {
        let before = house.rows();
        let refused = export(&house.desk, &at(name)).unwrap_err();
        assert!(matches!(refused, Error::Conflict { reason: "folder_exists" }), "{name}: {refused}");
        assert_eq!(house.rows(), before);
    }
    assert!(export(&house.desk, &at("file/below")).is_err());
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
    assert_eq!(left.len(), if cfg!(unix) { 3 } else { 2 }, "nothing came");
    // Where nothing is, nothing is written over: an empty folder, and one whose parents are not there.
    std::fs::create_dir(at("empty")).unwrap();
    for name in ["empty", "no/such/folder"] {
        let done = export(&house.desk, &at(name)).unwrap();
        assert!(at(name).join("manifest.json").is_file() && done.rows > 0, "{name}");
    }
    assert!(export(&house.desk, &at("empty")).is_err(), "it is full now");
}

#[test]
fn a_picture_that_is_damaged_is_named_and_the_rest_leaves() {
    let house = busy();
    let mut pictures = house.file.as_os_str().to_owned();
    pictures.push(".pictures");
    let picture = files(Path::new(&pictures))
        .into_iter()
        .find(|path| !path.to_string_lossy().ends_with(".thumb.jpg"))
        .unwrap();
    std::fs::write(&picture, b"not what was put there").unwrap();
    let (_home, target, done) = leave(&house, "out");
    assert_eq!((done.pictures, done.pictures_lost), (0, 1));
    std::fs::remove_file(&picture).unwrap();
    let (_home, target_2, done) = leave(&house, "out");
    assert_eq!((done.pictures, done.pictures_lost), (0, 1));
    for target in [target, target_2] {
        let lost = &read(&target.join("manifest.json"))["pictures_lost"];
        assert_eq!(lost[0], read(&target.join("json/pictures.json"))[0]["hash"]);
    }
}

#[test]
fn t054_attack_48_on_screen_it_is_the_owners_and_admins_with_their_password() {
    let house = busy();
    let home = folder();
    let args = |password: &str| json!({"password": password, "folder": home.path()});
    for username in ["sam", "mara", "pia"] {
        assert_eq!(
            told(&house, &house.seat(username), "studio.export", args(PASSWORD))[0],
            "denied",
            "{username}"
        );
    }
    assert_eq!(house.elevated("sam").refused("studio.export", args(PASSWORD)), "denied", "T056");
    let bea = house.seat("bea");
    assert_eq!(bea.refused("studio.export", args("Wrong-Password-1")), "bad_credentials");
    assert_eq!(bea.why("studio.export", json!({"password": PASSWORD, "folder": "out"})), "invalid: folder");
    assert_eq!(
        bea.why("studio.export", json!({"password": PASSWORD, "folder": home.path().join("none")})),
        "invalid: folder"
    );
    // A folder in which nobody may make one, not even root: it is named, not the studio's own file.
    #[cfg(target_os = "linux")]
    assert_eq!(bea.why("studio.export", json!({"password": PASSWORD, "folder": "/proc"})), "invalid: folder");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing left");
    let done = bea.done("studio.export", args(PASSWORD));
    let target = PathBuf::from(done["folder"].as_str().unwrap());
    assert_eq!(target, home.path().join("casa-aguja-2026-11-20"));
    assert!(target.join("manifest.json").is_file());
    let again = bea.done("studio.export", args(PASSWORD));
    assert!(again["folder"].as_str().unwrap().ends_with("casa-aguja-2026-11-20-2"));
    let row = &bea.done("activity.list", json!({}))[0];
    assert_eq!((&row["command"], &row["member"]), (&json!("studio.export"), &json!("Bea Soto")));
    assert!(row["details"]["rows"].as_i64().unwrap() > 100, "{row}");
    // Where saved files go, when nobody says where.
    let usual = bea.done("studio.export", json!({"password": PASSWORD}));
    assert!(usual["folder"].as_str().unwrap().contains("exports"), "{usual}");
    house.assert_holds();
}
