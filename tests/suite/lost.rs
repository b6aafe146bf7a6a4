//! What is lost or damaged takes nothing else with it: pictures, rows, folders, drives (P7, P11, F9, F10, F18).

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::backups::spoil;
use crate::backups::{backups, look, shelf, till_open};
use crate::pictures::PLAIN;
use crate::studio_house::{House, MINUTE, OWNER_PASSWORD, Seat, folder, fresh_key, text};

fn beside(house: &House, ending: &str) -> PathBuf {
    let mut name = house.file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A studio with one picture of one client; its owner, at a desk that does not lock for half an hour.
fn pictured() -> (House, Seat, Value) {
    let house = House::staffed();
    let owner = house.owner();
    owner.done("security.settings", json!({"idle_minutes": 30}));
    let client = house.client("Joana Melo");
    let picture =
        owner.done("pictures.add", json!({"client_id": client, "kind": "reference", "base64": PLAIN}));
    (house, owner, picture)
}

/// The files of the pictures beside the studio's file: the picture, and its small copy.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.ends_with("incoming"))
        .flat_map(|path| std::fs::read_dir(path).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

fn halted(house: &House) -> Value {
    house.ask("desk.status", json!({})).unwrap()["studio"]["halted"].clone()
}

fn restore(house: &House, name: &Value) -> Value {
    house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
    house.ask("backups.restore", json!({"name": name, "password": OWNER_PASSWORD})).unwrap()
}

#[test]
fn p11_a_lost_picture_stops_no_backup_and_is_named_with_it() {
    let (house, owner, picture) = pictured();
    // The small copy alone is enough to be missed.
    let small = files(&beside(&house, ".pictures"))
        .into_iter()
        .find(|path| path.to_string_lossy().ends_with(".thumb.jpg"))
        .unwrap();
    let kept = std::fs::read(&small).unwrap();
    std::fs::remove_file(&small).unwrap();
    let state = owner.done("backups.make", json!({}));
    let lost = &state["lost"][0];
    assert_eq!(json!([lost["id"], lost["of"]]), json!([picture["id"], "Joana Melo"]));
    assert_eq!(json!([state["failed"], state["backups"][0]["pictures_lost"]]), json!([null, 1]));
    let name = state["backups"][0]["name"].clone();
    let tried = owner.done("backups.test", json!({"name": name}));
    assert_eq!(json!([tried["holds"], tried["damaged"]]), json!([true, []]), "all that there was is in it");
    // A lost picture is told of, and stops nothing else.
    let found = owner.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"]]), json!([false, ["pictures"]]));
    assert_eq!(halted(&house), Value::Null);
    // So is one by the thread, with the folder gone and a file in its place.
    std::fs::rename(beside(&house, ".pictures"), beside(&house, ".elsewhere")).unwrap();
    std::fs::write(beside(&house, ".pictures"), "in the way").unwrap();
    let found = owner.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"]]), json!([false, ["pictures"]]));
    house.client("Pilar Rey");
    house.clock.pass(15 * MINUTE);
    look(&house);
    assert_eq!(backups(&owner).len(), 2);
    std::fs::remove_file(beside(&house, ".pictures")).unwrap();
    std::fs::rename(beside(&house, ".elsewhere"), beside(&house, ".pictures")).unwrap();
    drop(owner);
    let done = restore(&house, &name);
    assert_eq!(done["pictures_lost"], 1);
    assert_eq!(house.count("SELECT count(*) FROM clients"), 1);
    // It turns up again: the next backup has it, and is the one that stays.
    std::fs::write(&small, kept).unwrap();
    let owner = house.owner();
    let state = owner.done("backups.make", json!({}));
    assert_eq!(json!([state["lost"], state["backups"][0]["pictures_lost"]]), json!([[], 0]));
    house.assert_holds();
}

#[test]
fn p11_a_picture_that_lies_on_the_shelf_is_in_every_later_backup_though_it_is_lost_beside_the_file() {
    let (house, owner, _) = pictured();
    let drive = folder();
    owner.done("backups.set_second", json!({"folder": drive.path()}));
    look(&house);
    std::fs::remove_dir_all(beside(&house, ".pictures")).unwrap();
    // The first one is thinned away by those of the same hour.
    for _ in 0..6 {
        house.clock.pass(20 * MINUTE);
        owner.done("clients.create", json!({"name": "Pilar Rey"}));
        look(&house);
    }
    let first = backups(&owner).pop().unwrap();
    assert_eq!(first["clients"], 3, "the one that was made with the picture is gone");
    assert_eq!(json!([first["pictures_lost"], backups(&owner)[0]["second"]]), json!([0, true]));
    assert_eq!(files(&shelf(&house).join("pictures")).len(), 2);
    let there = std::fs::read_dir(drive.path()).unwrap().next().unwrap().unwrap().path();
    assert_eq!(files(&there.join("pictures")).len(), 2);
    let name = backups(&owner)[0]["name"].clone();
    drop(owner);
    assert_eq!(restore(&house, &name)["pictures_lost"], 0);
    house.assert_holds();
}

#[test]
fn p11_f10_a_restore_puts_good_pictures_in_the_place_of_damaged_ones() {
    let (house, owner, picture) = pictured();
    let drive = folder();
    owner.done("backups.set_second", json!({"folder": drive.path()}));
    look(&house);
    let name = backups(&owner)[0]["name"].clone();
    let there = std::fs::read_dir(drive.path()).unwrap().next().unwrap().unwrap().path();
    drop(owner);
    let beside = files(&beside(&house, ".pictures"));
    let (here, second) = (files(&shelf(&house).join("pictures")), files(&there.join("pictures")));
    let good: Vec<Vec<u8>> = beside.iter().map(|file| std::fs::read(file).unwrap()).collect();
    assert_eq!((good.len(), here.len(), second.len()), (2, 2, 2));
    let is_good = |files: &[PathBuf]| files.iter().map(|file| std::fs::read(file).unwrap()).eq(good.clone());
    // Bytes of its own: a file of the folder shares them with the shelf where the file system can.
    let put = |file: &PathBuf, bytes: &[u8]| {
        std::fs::remove_file(file).unwrap();
        std::fs::write(file, bytes).unwrap();
    };
    // The picture, its small copy, each of another length or none of its bytes; the shelf has them.
    for (at, bytes) in [(0, &b""[..]), (0, &vec![7; good[0].len()]), (1, &good[1][..9]), (1, &good[0])] {
        put(&beside[at], bytes);
        assert!(!house.verify().holds() && is_good(&here));
        assert_eq!(restore(&house, &name)["pictures_lost"], 0);
        assert!(is_good(&beside) && is_good(&here));
        house.assert_holds();
    }
    // Gone bad where folder and shelf are the same bytes: the second folder has its own, and the shelf gets them back.
    for (one, other) in beside.iter().zip(&here) {
        put(one, b"bad");
        put(other, b"bad");
    }
    assert_eq!(restore(&house, &name)["pictures_lost"], 0);
    assert!(is_good(&beside) && is_good(&here) && is_good(&second));
    house.assert_holds();
    let owner = house.owner();
    owner.done("pictures.show", json!({"picture_id": picture["id"], "size": "full"}));
    assert_eq!(owner.done("backups.test", json!({"name": name}))["holds"], true);
    drop(owner);
    // A good one is not given away for what lies on a shelf.
    here.iter().chain(&second).for_each(|file| put(file, b"bad"));
    assert_eq!(restore(&house, &name)["pictures_lost"], 0);
    assert!(is_good(&beside));
    // Good nowhere: told, and left as it is.
    beside.iter().chain(&here).for_each(|file| put(file, b"bad"));
    assert_eq!(restore(&house, &name)["pictures_lost"], 1);
    assert!(beside.iter().all(|file| std::fs::read(file).unwrap() == b"bad"));
}

#[test]
fn p07_f10_what_a_full_check_finds_damaged_takes_no_change_from_then_on_until_it_is_whole() {
    for found_by in ["backups.check", "backups.make", "a closed day"] {
        let (house, owner, _) = pictured();
        look(&house);
        let good = backups(&owner)[0]["name"].clone();
        // No page is wrong, and a quick look finds nothing.
        let spoil = |by: i64| {
            let sql = format!("UPDATE artists SET position = position + {by}");
            house.raw().execute_batch(&sql).unwrap();
        };
        spoil(1);
        match found_by {
            "backups.check" => assert_eq!(owner.done("backups.check", json!({}))["holds"], false),
            "backups.make" => assert_eq!(owner.refused("backups.make", json!({})), "damaged"),
            _ => {
                house.clock.pass(15 * MINUTE);
                house.client("Pilar Rey");
                look(&house);
            }
        }
        let damaged = json!({"why": "damaged", "as_of": null});
        assert_eq!(halted(&house), damaged, "{found_by}: told at once, not after a restart");
        assert_eq!(owner.refused("clients.create", json!({"name": "Rui"})), "damaged", "{found_by}");
        drop(owner);
        house.restart();
        assert_eq!(halted(&house), damaged, "{found_by}: a quick look at the pages does not see it");
        if found_by == "backups.check" {
            // Whoever helps may have mended the file itself.
            house.desk.close();
            spoil(-1);
            house.desk.open(&house.file).unwrap();
        } else {
            restore(&house, &good);
        }
        assert_eq!(halted(&house), Value::Null, "{found_by}");
        house.client("Rui");
        house.restart();
        assert_eq!(halted(&house), Value::Null, "{found_by}");
        house.assert_holds();
    }
}

/// A studio with a sale; its owner, and what a change of the days' sums from outside does to them.
fn sold() -> (House, Seat) {
    let house = House::staffed();
    let sale = till_open(&house);
    let owner = house.owner();
    owner.done("security.settings", json!({"idle_minutes": 30}));
    owner.done("till.sell", sale);
    (house, owner)
}

const WRONG_DAYS: &str = "UPDATE day_tenders SET taken = taken + 1; DELETE FROM month_lines;
    UPDATE day_artists SET tips = tips + 500";

#[test]
fn p11_p16_wrong_sums_of_days_stop_no_backup_are_told_and_can_be_made_anew() {
    let (house, owner) = sold();
    let right = house.rows();
    let of_days = |house: &House| -> Vec<_> {
        let rows = house.rows();
        ["day_artists", "day_lines", "day_members", "day_tenders", "month_lines"]
            .map(|t| rows[t].clone())
            .into()
    };
    house.raw().execute_batch(WRONG_DAYS).unwrap();
    let wrong = of_days(&house);
    // By the thread and by button: everything else is in it, and what is wrong is told.
    house.clock.pass(15 * MINUTE);
    look(&house);
    let state = owner.done("backups.make", json!({}));
    assert_eq!(json!([state["failed"], state["figures_wrong"]]), json!([null, true]));
    let made = state["backups"].as_array().unwrap();
    assert_eq!(made.len(), 2);
    assert!(made.iter().all(|backup| backup["figures_wrong"] == true && backup["sales"] == 1), "{made:?}");
    assert_eq!(halted(&house), Value::Null);
    let found = owner.done("backups.check", json!({}));
    assert_eq!(json!([found["holds"], found["damaged"]]), json!([false, ["figures"]]));
    assert!(of_days(&house) == wrong, "nothing is put right unasked");
    // Asked for by whoever may: from the sales, with a row of the journal.
    let key = fresh_key();
    for _ in 0..2 {
        let state = owner.ask_with("backups.mend_figures", &key, json!({})).unwrap();
        assert_eq!(
            json!([state["figures_wrong"], state["backups"][0]["figures_wrong"]]),
            json!([false, false])
        );
        assert_eq!(state["backups"].as_array().unwrap().len(), 3, "one that has them right");
    }
    house.assert_holds();
    assert!(
        ["day_artists", "day_lines", "day_members", "day_tenders", "month_lines"]
            .iter()
            .all(|table| house.rows()[*table] == right[*table])
    );
    let journaled =
        "SELECT count(*) FROM journal WHERE command = 'backups.mend_figures' AND member_id IS NOT NULL
        AND json_extract(details, '$.sums_wrong') > 2";
    assert_eq!(house.count(journaled), 1);
    // Nothing is wrong any more, and nothing is done.
    owner.done("backups.mend_figures", json!({}));
    assert_eq!(house.count(journaled), 1);
}

#[test]
fn p05_sums_are_not_made_anew_from_sales_that_do_not_hold() {
    let (house, owner) = sold();
    house.raw().execute_batch(WRONG_DAYS).unwrap();
    house.outsider().execute_batch("UPDATE sale_tenders SET amount = amount + 1").unwrap();
    let before = house.rows();
    assert_eq!(owner.refused("backups.make", json!({})), "damaged", "the ledger is checked as ever");
    assert_eq!(owner.refused("backups.mend_figures", json!({})), "damaged");
    assert_eq!(halted(&house)["why"], "damaged");
    assert!(house.rows()["day_tenders"] == before["day_tenders"], "wrong sums must not look right");
    drop(owner);
    // Nor when that is found only by whoever asks for it.
    let (house, owner) = sold();
    house.raw().execute_batch(WRONG_DAYS).unwrap();
    house.outsider().execute_batch("UPDATE sale_tenders SET amount = amount + 1").unwrap();
    assert_eq!(owner.refused("backups.mend_figures", json!({})), "damaged");
    assert_eq!(halted(&house)["why"], "damaged");
}

#[test]
fn p11_a_backup_with_wrong_sums_of_days_is_tried_out_and_restored_with_right_ones() {
    let (house, owner) = sold();
    house.raw().execute_batch(WRONG_DAYS).unwrap();
    let state = owner.done("backups.make", json!({}));
    let name = state["backups"][0]["name"].clone();
    let tried = owner.done("backups.test", json!({"name": name}));
    assert_eq!(json!([tried["holds"], tried["damaged"]]), json!([true, []]), "as a restore makes it");
    drop(owner);
    restore(&house, &name);
    house.assert_holds();
    let row = "SELECT count(*) FROM journal WHERE command = 'backups.mend_figures' AND member_id IS NOT NULL";
    assert_eq!(house.count(row), 1);
    house.restart();
    assert_eq!(house.ask("desk.status", json!({})).unwrap()["studio"]["anchored"], true);
}

#[test]
fn f10_what_can_be_read_of_a_damaged_file_can_be_taken_out_and_the_rest_is_named() {
    let (house, owner, _) = pictured();
    house.client("Pilar Rey");
    house.item("SOAP", 10_000, 3);
    drop(owner);
    house.desk.close();
    spoil(&house.file, "services");
    // All that is lost is the way to the rows by their key.
    spoil(&house.file, "sqlite_autoindex_items_1");
    let spoilt = std::fs::read(&house.file).unwrap();
    house.desk.open(&house.file).unwrap();
    let owner = house.owner();
    let away = folder();
    let done = owner.done("studio.export", json!({"password": OWNER_PASSWORD, "folder": away.path()}));
    assert_eq!(done["unread"], json!([{"table": "services", "rows": 0}]));
    let target = PathBuf::from(text(&done["folder"]));
    let read = |name: &str| std::fs::read_to_string(target.join(name)).unwrap();
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!(manifest["unread"][0]["table"], "services");
    assert!(
        read("csv/clients.csv").contains("Joana Melo") && read("json/clients.json").contains("Pilar Rey")
    );
    assert!(read("json/items.json").contains("SOAP"), "the rows themselves are whole");
    assert_eq!(done["pictures"], 1);
    assert!(text(&owner.done("clients.export", json!({}))["text"]).contains("Pilar Rey"));
    assert!(std::fs::read(&house.file).unwrap() == spoilt, "F8: the file is left as it is");
}

#[test]
fn p07_f18_somebody_who_asks_for_a_backup_has_the_second_folder_tried_again_at_once() {
    let (house, owner, _) = pictured();
    let drive = folder();
    owner.done("backups.set_second", json!({"folder": drive.path()}));
    look(&house);
    let there = std::fs::read_dir(drive.path()).unwrap().next().unwrap().unwrap().path();
    let away = drive.path().join("away");
    std::fs::rename(&there, &away).unwrap();
    house.clock.pass(15 * MINUTE);
    house.client("Pilar Rey");
    look(&house);
    assert_eq!(owner.done("backups.state", json!({}))["second"]["failed"], "not_found");
    // It can be had again, long before it would be asked for by itself.
    std::fs::rename(&away, &there).unwrap();
    house.clock.pass(1_000);
    owner.done("backups.make", json!({}));
    look(&house);
    let state = owner.done("backups.state", json!({}));
    assert_eq!(json!([state["second"]["failed"], state["backups"][0]["second"]]), json!([null, true]));
}

#[test]
fn f09_a_preview_does_not_say_that_nothing_is_lost_where_the_file_cannot_tell() {
    let (house, owner, _) = pictured();
    look(&house);
    let name = backups(&owner)[0]["name"].clone();
    house.client("Pilar Rey");
    let preview = owner.done("backups.preview", json!({"name": name}));
    assert_eq!(
        json!([preview["clients"], preview["descends"], preview["uncounted"]]),
        json!([1, true, false])
    );
    drop(owner);
    house.desk.close();
    for bytes in [None, Some(b"cut off")] {
        match bytes {
            Some(bytes) => std::fs::write(&house.file, bytes).unwrap(),
            None => std::fs::remove_file(&house.file).unwrap(),
        }
        house.desk.open(&house.file).unwrap();
        let owner = house.owner();
        let preview = owner.done("backups.preview", json!({"name": name}));
        assert_eq!(
            json!([preview["clients"], preview["entries"], preview["descends"], preview["uncounted"]]),
            json!([0, 0, false, true])
        );
        drop(owner);
        house.desk.close();
    }
}

#[test]
fn attack_34_an_export_and_a_backup_with_a_key_are_made_once() {
    let (house, owner, _) = pictured();
    let (away, other) = (folder(), folder());
    let key = fresh_key();
    let args = |folder: &Path| json!({"password": OWNER_PASSWORD, "folder": folder});
    let first = owner.ask_with("studio.export", &key, args(away.path())).unwrap();
    let again = owner.ask_with("studio.export", &key, args(away.path())).unwrap();
    assert_eq!(first, again);
    assert_eq!(std::fs::read_dir(away.path()).unwrap().count(), 1);
    let told = owner.ask_with("studio.export", &key, args(other.path())).unwrap_err();
    assert_eq!(told["code"], "key_conflict");
    let wrong = json!({"password": "Wrong-Password-1", "folder": away.path()});
    assert_eq!(owner.ask_with("studio.export", &key, wrong).unwrap_err()["code"], "bad_credentials");
    assert_eq!(std::fs::read_dir(other.path()).unwrap().count(), 0);
    drop(owner);
    house.restart();
    let owner = house.owner();
    assert_eq!(owner.ask_with("studio.export", &key, args(away.path())).unwrap(), first);

    let key = fresh_key();
    for _ in 0..2 {
        house.clock.pass(1_000);
        let state = owner.ask_with("backups.make", &key, json!({})).unwrap();
        assert_eq!(state["backups"].as_array().unwrap().len(), 1);
    }
    assert_eq!(owner.ask_with("studio.export", &key, args(away.path())).unwrap_err()["code"], "key_conflict");
}

#[test]
fn attack_34_an_export_whose_key_was_not_kept_is_found_again_by_it() {
    let (house, owner, _) = pictured();
    let away = folder();
    let key = fresh_key();
    let args = json!({"password": OWNER_PASSWORD, "folder": away.path()});
    let first = owner.ask_with("studio.export", &key, args.clone()).unwrap();
    std::fs::write(away.path().join("manifest.json"), "no folder").unwrap();
    std::fs::create_dir(away.path().join("photos")).unwrap();
    std::fs::write(away.path().join("photos/manifest.json"), "{").unwrap();
    let exports = || {
        let entries = std::fs::read_dir(away.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.join("csv").is_dir()).count()
    };
    let journaled = "SELECT count(*) FROM journal WHERE command = 'studio.export' AND outcome = 'done'";
    for _ in 0..2 {
        // The process was gone before it had kept the key.
        house.outsider().execute("DELETE FROM request_keys WHERE key = ?1", [&key]).unwrap();
        house.clock.pass(1_000);
        assert_eq!(owner.ask_with("studio.export", &key, args.clone()).unwrap(), first);
        assert_eq!((exports(), house.count(journaled)), (1, 1));
        // From then on it is kept.
        assert_eq!(owner.ask_with("studio.export", &key, args.clone()).unwrap(), first);
    }
    // Another key is another export, and so is none at all.
    owner.ask_with("studio.export", &fresh_key(), args.clone()).unwrap();
    assert_eq!(exports(), 2);
    house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
    house.ask("studio.export", args).unwrap();
    assert_eq!(exports(), 3);
}

#[test]
fn p11_nothing_is_put_where_it_would_be_no_second_place_or_be_tidied_away() {
    let (house, owner, _) = pictured();
    look(&house);
    let own = json!({"field": "folder", "reason": "the studio's own"});
    #[cfg(unix)]
    assert_eq!(owner.ask("backups.set_second", json!({"folder": "/"})).unwrap_err()["params"], own);
    for inside in [shelf(&house), beside(&house, ".pictures"), shelf(&house).join("pictures")] {
        let args = json!({"password": OWNER_PASSWORD, "folder": inside});
        assert_eq!(owner.ask("studio.export", args).unwrap_err()["params"], own, "{}", inside.display());
    }
}
