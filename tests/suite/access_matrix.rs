//! Every command × role × owner × elevation × active, through the real door (P14, T077).
//!
//! What the table says is in `golden/rights.txt`; this walk shows that each command keeps it.

use inkpoint_core::Desk;
use inkpoint_core::access::{Action, Policy, Role};
use inkpoint_core::door::{COMMANDS, Gate};
use serde_json::{Value, json};

use crate::studio_house::{House, OWNER_PASSWORD, PASSWORD, ask};

/// One member of each role, and records of the artist's own and of a colleague.
struct Cast {
    house: House,
    ids: Vec<(Role, String)>,
    own: Records,
    other: Records,
    client: String,
    service: String,
    item: String,
    spare: String,
}

#[derive(Clone)]
struct Records {
    artist: String,
    appointment: String,
    block: String,
    sale: String,
    note: String,
    project: String,
    waiting: String,
    deposit: String,
    deposit_receipt: i64,
    consent: String,
    picture: String,
    item: String,
    supply: String,
    /// A member: the caller's own where the records are.
    member: String,
}

fn id(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn cast() -> Cast {
    let house = House::new();
    house.ask("session.sign_in", json!({"username": "ana", "password": OWNER_PASSWORD})).unwrap();
    let mut ids = vec![(Role::Owner, String::new())];
    let mut artists = Vec::new();
    for (role, username) in [
        (Role::Admin, "adam"),
        (Role::Assistant, "assa"),
        (Role::Artist, "arto"),
        (Role::Apprentice, "appo"),
        (Role::Artist, "other"),
    ] {
        let made = house
            .ask("staff.create_user", json!({"username": username, "name": username, "role": role.name()}))
            .unwrap();
        let own = house.desk.beside();
        let temporary = id(&made["password"]);
        ask(&own, "session.sign_in", None, json!({"username": username, "password": temporary})).unwrap();
        ask(&own, "session.change_password", None, json!({"current": temporary, "new": PASSWORD})).unwrap();
        if username != "other" {
            ids.push((role, id(&made["member"]["id"])));
        }
        artists.push(made["member"]["artist_id"].as_str().map(str::to_owned));
    }
    let spare = house
        .ask("staff.create_user", json!({"username": "spare", "name": "Spare", "role": "artist"}))
        .unwrap();
    let client = house.ask("clients.create", json!({"name": "Joana Melo", "phone": "5550001"})).unwrap();
    let service = house.ask("studio.services", json!({})).unwrap();
    let item = house
        .ask(
            "inventory.create_item",
            json!({"form": {"sku": "B1", "name": "Balm", "price": 100}, "on_hand": 50}),
        )
        .unwrap();
    let ink = json!({"sku": "K1", "name": "Ink", "price": 0, "session_use": "part"});
    house.ask("inventory.create_item", json!({"form": ink})).unwrap();
    house.pay("till.open_session", json!({"float": 100_000})).unwrap();
    let (client, service) = (id(&client["client"]["id"]), id(&service[0]["id"]));
    let own = records(&house, artists[2].as_deref().unwrap(), &client, &service);
    // Who was never with the artist, so that a client's papers are another's too.
    let stranger = id(&house.ask("clients.create", json!({"name": "Rui Tavares"})).unwrap()["client"]["id"]);
    let other = records(&house, artists[4].as_deref().unwrap(), &stranger, &service);
    let spare = id(&spare["member"]["id"]);
    let other = Records { member: spare.clone(), ..other };
    ids[0].1 = id(&house.ask("session.whoami", json!({})).unwrap()["member"]["id"]);
    Cast { ids, own, other, client, service, item: id(&item["id"]), spare, house }
}

/// An appointment, a block and a sale of one artist, made by the owner.
fn records(house: &House, artist: &str, client: &str, service: &str) -> Records {
    let noon = 1_795_197_600_000_i64;
    let appointment = house
        .ask(
            "agenda.book",
            json!({"artist_id": artist, "client_id": client, "service_id": service, "starts_at": noon}),
        )
        .unwrap();
    let paid = house
        .ask(
            "agenda.book",
            json!({"artist_id": artist, "client_id": client, "service_id": service, "starts_at": noon + 7_200_000}),
        )
        .unwrap();
    let block = house
        .ask(
            "agenda.block",
            json!({"artist_id": artist, "kind": "other", "starts_at": noon + 36_000_000, "ends_at": noon + 39_600_000}),
        )
        .unwrap();
    let project = house
        .ask(
            "projects.start",
            json!({"client_id": client, "artist_id": artist, "title": "Back piece", "planned": 3}),
        )
        .unwrap();
    let waiting = house
        .ask(
            "waitlist.add",
            json!({"client_id": client, "artist_id": artist, "service_id": service, "from": "2026-11-20",
                "until": "2026-12-20"}),
        )
        .unwrap();
    let deposit = house
        .pay(
            "till.take_deposit",
            json!({"appointment_id": appointment["card"]["id"], "amount": 50_000,
                "tenders": [{"tender": "card", "amount": 50_000}]}),
        )
        .unwrap();
    let sale = house
        .pay(
            "till.sell",
            json!({"appointment_id": paid["card"]["id"], "lines": [{"service_id": service}],
                "tenders": [{"tender": "card", "amount": 160_000}]}),
        )
        .unwrap();
    let at = json!(appointment["card"]["id"]);
    let needed = house.ask("consent.needed", json!({"appointment_id": at})).unwrap();
    let image = needed["papers"].as_array().unwrap().iter().find(|paper| paper["kind"] == "image").unwrap();
    let consent = house
        .ask(
            "consent.sign",
            json!({"appointment_id": at, "version_id": image["version_id"], "text_hash": image["text_hash"],
                "image_use": true, "signer_name": "Joana Melo", "birth_date": "1990-05-17", "method": "typed"}),
        )
        .unwrap();
    let picture = house
        .ask(
            "pictures.add",
            json!({"appointment_id": appointment["card"]["id"], "kind": "reference", "base64": crate::pictures::PLAIN}),
        )
        .unwrap();
    let item =
        house.ask("portfolio.add", json!({"artist_id": artist, "base64": crate::pictures::PLAIN})).unwrap();
    let items = house.ask("inventory.list", json!({})).unwrap();
    let ink = items.as_array().unwrap().iter().find(|item| item["sku"] == "K1").unwrap();
    let supplies = house
        .ask(
            "inventory.use_supplies",
            json!({"appointment_id": appointment["card"]["id"], "supplies": [{"item_id": ink["id"]}]}),
        )
        .unwrap();
    Records {
        item: id(&item["id"]),
        supply: id(&supplies[0]["id"]),
        consent: id(&consent["id"]),
        picture: id(&picture["id"]),
        artist: artist.to_owned(),
        appointment: id(&appointment["card"]["id"]),
        block: id(&block["block"]["id"]),
        sale: id(&sale["sale_id"]),
        note: client.to_owned(),
        project: id(&project["id"]),
        waiting: waiting.as_array().unwrap().iter().map(|entry| id(&entry["id"])).next_back().unwrap(),
        deposit: id(&deposit["deposit"]["id"]),
        deposit_receipt: deposit["receipt"].as_i64().unwrap(),
        member: String::new(),
    }
}

/// Arguments that are right for a command, about these records. None: the command is not about an artist's record.
fn about(cast: &Cast, command: &str, records: &Records) -> Value {
    let later = 1_795_300_000_000_i64 / 60_000 * 60_000;
    let form = json!({"sku": "B2", "name": "Soap", "price": 100});
    match command {
        "agenda.list" => json!({"day": "2026-11-20", "artist_id": records.artist}),
        "agenda.book" => {
            json!({"artist_id": records.artist, "client_id": cast.client, "service_id": cast.service,
            "starts_at": later})
        }
        "agenda.edit" => json!({"appointment_id": records.appointment, "note": "x"}),
        "agenda.confirm" | "agenda.arrive" | "agenda.start" | "agenda.complete" | "agenda.no_show"
        | "agenda.cancel" | "agenda.visit" => json!({"appointment_id": records.appointment}),
        "agenda.reopen" => json!({"appointment_id": records.appointment, "status": "booked"}),
        "agenda.block" => json!({"artist_id": records.artist, "kind": "other", "starts_at": later,
            "ends_at": later + 3_600_000}),
        "agenda.remind" => json!({"appointment_id": records.appointment, "by": "phone"}),
        "agenda.find" => json!({"from": "2026-11-20", "days": 2, "artist_id": records.artist}),
        "agenda.openings" => json!({"from": "2026-11-20", "minutes": 60}),
        "agenda.month" => json!({"month": "2026-11"}),
        "agenda.export" => json!({"from": "2026-11-20", "days": 2, "format": "csv"}),
        "projects.start" => json!({"client_id": cast.client, "artist_id": records.artist, "title": "Sleeve",
            "planned": 3}),
        "projects.edit" => json!({"project_id": records.project, "title": "Sleeve"}),
        "waitlist.fits" => {
            json!({"artist_id": records.artist, "starts_at": later, "ends_at": later + 3_600_000})
        }
        "waitlist.add" => {
            json!({"client_id": cast.client, "artist_id": records.artist, "service_id": cast.service,
            "from": "2026-11-20", "until": "2026-12-20"})
        }
        "waitlist.settle" => json!({"waiting_id": records.waiting, "outcome": "withdrawn"}),
        "board.step" => json!({"appointment_id": records.appointment, "to": "arrived"}),
        "board.walk_in" => json!({"client_id": cast.client, "wish": "next"}),
        "board.seat" => {
            json!({"walk_in_id": cast.spare, "artist_id": records.artist, "service_id": cast.service})
        }
        "board.leave" => json!({"walk_in_id": cast.spare}),
        "agenda.unblock" => json!({"block_id": records.block}),
        "clients.search" => json!({"text": "jo"}),
        "clients.open" | "clients.delete" | "clients.restore" => json!({"client_id": cast.client}),
        "clients.create" => json!({"name": "New Person"}),
        "clients.edit" => json!({"client_id": cast.client, "form": {"name": "Joana M."}}),
        "clients.personal_data" => json!({"client_id": cast.client}),
        "clients.reassign" => json!({"client_id": cast.client, "artist_id": records.artist}),
        "clients.merge_preview" | "clients.merge" => {
            json!({"keep_id": cast.client, "merge_id": cast.client})
        }
        "clients.not_same" => json!({"client_id": cast.client, "other_id": cast.client}),
        "clients.unmerge" => json!({"merge_id": cast.client}),
        "clients.erase" => json!({"client_id": cast.client, "name": "Somebody else"}),
        "clients.import_preview" | "clients.import" => json!({"text": "Name;Phone\nPilar;5550002"}),
        "clients.note" => {
            json!({"client_id": records.note, "appointment_id": records.appointment, "body": "x"})
        }
        "consent.needed" | "consent.waive" | "consent.sign" => {
            let mut args = json!({"appointment_id": records.appointment});
            if command == "consent.sign" {
                args["version_id"] = json!(cast.spare);
                args["text_hash"] = json!("x");
                args["signer_name"] = json!("Joana Melo");
                args["method"] = json!("typed");
            } else if command == "consent.waive" {
                args["reason"] = json!("x");
            }
            args
        }
        "consent.open" | "consent.paper" | "consent.withdraw" => json!({"consent_id": records.consent}),
        "consent.list" => json!({"client_id": records.note}),
        "consent.template_versions" => json!({"template_id": cast.spare}),
        "consent.set_template" => {
            json!({"name": "Minors", "kind": "other", "required": false, "service_ids": [],
            "active": true, "title": "Minors", "body": "I agree.", "questions": []})
        }
        "pictures.add" => json!({"appointment_id": records.appointment, "kind": "result",
            "base64": crate::pictures::PLAIN}),
        "pictures.list" => json!({"appointment_id": records.appointment}),
        "pictures.show" => json!({"picture_id": records.picture, "size": "thumb"}),
        "pictures.edit" | "pictures.remove" | "pictures.restore" => json!({"picture_id": records.picture}),
        "portfolio.list" => json!({"artist_id": records.artist}),
        "portfolio.show" => json!({"item_id": records.item, "size": "thumb"}),
        "portfolio.add" => json!({"artist_id": records.artist, "base64": crate::pictures::PLAIN}),
        "portfolio.from_visit" => json!({"picture_id": records.picture}),
        "portfolio.edit" => json!({"item_ids": [records.item], "featured": true}),
        "portfolio.remove" | "portfolio.restore" => json!({"item_ids": [records.item]}),
        "portfolio.crop" | "portfolio.reorder" => json!({"item_id": records.item}),
        "portfolio.end_view" => json!({"password": "wrong"}),
        "till.quote" => {
            json!({"appointment_id": records.appointment, "lines": [{"service_id": cast.service}]})
        }
        "till.sell" => json!({"appointment_id": records.appointment, "lines": [{"service_id": cast.service}],
            "tenders": [{"tender": "card", "amount": 110_000}]}),
        "till.take_deposit" => json!({"appointment_id": records.appointment, "amount": 10_000,
            "tenders": [{"tender": "card", "amount": 10_000}]}),
        "till.deposits" => json!({"appointment_id": records.appointment}),
        "till.deposit_receipt" => json!({"receipt": records.deposit_receipt}),
        "till.move_deposit" => {
            json!({"deposit_id": records.deposit, "appointment_id": records.appointment})
        }
        "till.keep_deposit" => json!({"deposit_id": records.deposit}),
        "till.return_deposit" => json!({"deposit_id": records.deposit, "tender": "card", "reason": "x"}),
        "till.take_over" => json!({"reason": "x"}),
        "studio.set_tax_rate" => json!({"name": "Reduced", "bp": 800}),
        "till.receipt" => json!({"sale_id": records.sale}),
        "till.print" => json!({"receipt": records.deposit_receipt, "way": "page"}),
        "till.refund" => json!({"sale_id": records.sale, "tender": "card", "reason": "x"}),
        "till.void" => json!({"sale_id": records.sale, "reason": "x"}),
        "till.open_session" => json!({"float": 0}),
        "till.cash_move" => json!({"direction": "in", "amount": 100, "reason": "x"}),
        "till.open_drawer" => json!({"reason": "x"}),
        "till.close_session" => json!({"counts": [{"value": 100, "count": 1}], "reason": "x"}),
        "reports.summary" | "reports.transactions" => json!({"from": "2026-11-20", "to": "2026-11-20"}),
        "reports.period" => json!({"from": "2026-11-20", "to": "2026-11-20"}),
        "reports.export" => {
            json!({"what": "period", "format": "csv", "from": "2026-11-20", "to": "2026-11-20"})
        }
        "reports.save" => json!({"name": "Month", "what": "period", "format": "csv", "period": "last_month"}),
        "reports.forget" => json!({"id": cast.spare}),
        "payouts.statement" | "payouts.statement_paper" => {
            json!({"artist_id": records.artist, "from": "2026-11-20", "to": "2026-11-20"})
        }
        "payouts.list" => json!({"artist_id": records.artist}),
        "payouts.settle" => json!({"artist_id": records.artist, "until": "2026-11-20", "amount": 1,
            "tender": "transfer"}),
        "payouts.take_back" => json!({"payout_id": cast.spare, "reason": "x"}),
        "payouts.set_rates" => json!({"artist_id": records.artist, "base_bp": 4_000}),
        "payouts.share" => json!({"appointment_id": records.appointment}),
        "payouts.set_share" => json!({"appointment_id": records.appointment, "bp": 4_000}),
        "reports.z_report" => json!({"z": 1}),
        "reports.print_z" => json!({"z": 1, "way": "pdf"}),
        "reports.print_x" => json!({"way": "pdf"}),
        "printing.preview" => json!({"columns": 42, "letters": "pc858"}),
        // Nobody listens there.
        "printing.test" => json!({"host": "127.0.0.1", "port": 1, "columns": 42, "letters": "pc858"}),
        "inventory.create_item" => json!({"form": form}),
        "inventory.edit_item" => json!({"item_id": cast.item, "form": form}),
        "inventory.stock_in" => json!({"item_id": cast.item, "quantity": 1}),
        "inventory.stock_adj" => json!({"item_id": cast.item, "quantity": -1, "reason": "x"}),
        "inventory.cycle_count" => json!({"lines": [{"item_id": cast.item, "counted": 5}]}),
        "inventory.count" => json!({"count_id": cast.spare}),
        "inventory.edit_lot" => json!({"lot_id": cast.spare, "number": "7"}),
        "inventory.movements" => json!({"item_id": cast.item}),
        "inventory.recall" => json!({"lot_id": cast.spare}),
        "inventory.supplies" => json!({"appointment_id": records.appointment}),
        "inventory.use_supplies" => {
            json!({"appointment_id": records.appointment, "supplies": [{"item_id": cast.item}]})
        }
        "inventory.undo_use" => json!({"supply_id": records.supply}),
        "inventory.request" => json!({"kind": "need", "what": "Gloves"}),
        "inventory.drop_request" => json!({"request_id": cast.spare}),
        "inventory.answer_request" => json!({"request_id": cast.spare, "answer": "done"}),
        "inventory.export" => json!({"table": "items"}),
        "studio.set_service" => json!({"name": "Ear", "kind": "piercing", "minutes": 30, "price": 1}),
        "staff.create_user" => json!({"username": "newbie", "name": "New", "role": "artist"}),
        "staff.reset_password" => json!({"member_id": cast.spare}),
        "staff.change_role" => json!({"member_id": cast.spare, "role": "apprentice"}),
        "staff.set_active" => json!({"member_id": cast.spare, "active": true}),
        "staff.set_switch" => json!({"member_id": cast.spare, "name": "reception_board", "on": true}),
        "staff.leaving" | "staff.checklist" => json!({"member_id": cast.spare}),
        "staff.hand_over" => json!({"artist_id": records.artist, "appointments": {"cancel": "x"}}),
        "staff.edit_profile" => json!({"member_id": records.member, "about": "Fine lines."}),
        "staff.availability" => json!({"artist_id": records.artist, "hours": []}),
        "staff.set_terms" => json!({"member_id": cast.spare, "employment": "employed"}),
        "staff.tick" => json!({"member_id": cast.spare, "item": "shown_round", "done": true}),
        "security.report_suspicion" => json!({"reason": "x"}),
        "security.restore_setting" => json!({"id": cast.spare}),
        "activity.review" | "activity.sign_review" => json!({"month": "2026-11"}),
        // The wrong password: whoever may is asked again, whoever may not is not even asked.
        "studio.transfer" => {
            json!({"member_id": cast.spare, "password": "wrong", "studio_name": "Casa Aguja"})
        }
        "studio.delete" => json!({"password": "wrong", "studio_name": "Casa Aguja"}),
        "backups.test" | "backups.preview" => json!({"name": "none"}),
        "backups.restore" => json!({"name": "none", "password": "wrong"}),
        "studio.export" => json!({"password": "wrong"}),
        "studio.services"
        | "studio.tax_rates"
        | "reports.x_report"
        | "clients.duplicates"
        | "clients.export"
        | "till.drawer"
        | "reports.z_reports"
        | "reports.saved"
        | "payouts.owed"
        | "payouts.rates"
        | "inventory.list"
        | "inventory.counts"
        | "inventory.lots"
        | "inventory.usable"
        | "inventory.requests"
        | "inventory.reorder"
        | "inventory.reorder_paper"
        | "staff.list"
        | "staff.rights"
        | "projects.list"
        | "waitlist.list"
        | "board.today"
        | "staff.profiles"
        | "security.settings"
        | "security.confirm_clock"
        | "security.code_state"
        | "security.rotate_code"
        | "security.history"
        | "activity.export"
        | "activity.chain"
        | "activity.verify"
        | "backups.state"
        | "backups.make"
        | "backups.mend_figures"
        | "backups.set_second"
        | "backups.check"
        | "consent.templates"
        | "portfolio.begin_view"
        | "portfolio.view"
        | "activity.list" => json!({}),
        other => panic!("the walk knows no arguments for {other}: add them"),
    }
}

/// Commands whose policy can be own but which are lists: they narrow instead of refusing.
fn narrows(command: &str) -> bool {
    matches!(
        command,
        "agenda.list"
            | "agenda.export"
            | "reports.summary"
            | "reports.transactions"
            | "reports.period"
            | "consent.templates"
    )
}

fn call(desk: &Desk, command: &str, key: &str, args: Value) -> String {
    match ask(desk, command, Some(key), args) {
        Ok(_) => "ok".to_owned(),
        Err(fault) => fault["code"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn p14_t077_every_command_keeps_the_table_for_every_role_owner_elevation_and_state() {
    let mut walked = 0;
    for (role, username) in [
        (Role::Owner, "ana"),
        (Role::Admin, "adam"),
        (Role::Assistant, "assa"),
        (Role::Artist, "arto"),
        (Role::Apprentice, "appo"),
    ] {
        for elevated in [false, true] {
            if elevated && role != Role::Assistant {
                continue;
            }
            // A studio of its own: what one role does must not decide what the next is told.
            let cast = cast();
            for command in COMMANDS {
                let Gate::Action(actions) = command.gate else { continue };
                for mine in [true, false] {
                    // The cast's own records belong to the artist; everybody has a profile of their own.
                    let of_members = command.name == "staff.edit_profile";
                    if mine && role == Role::Apprentice && !of_members {
                        continue;
                    }
                    let me = cast.ids.iter().find(|(known, _)| *known == role).map(|(_, id)| id.clone());
                    let own = Records { member: me.unwrap(), ..cast.own.clone() };
                    let records = if mine { &own } else { &cast.other };
                    let desk = cast.house.desk.beside();
                    let password = if role == Role::Owner { OWNER_PASSWORD } else { PASSWORD };
                    ask(&desk, "session.sign_in", None, json!({"username": username, "password": password}))
                        .unwrap();
                    if elevated {
                        // Rotation is nothing an assistant can do, so the code stays what it was.
                        ask(&desk, "session.elevate", None, json!({"code": cast.house.master_code})).unwrap();
                    }
                    let key = format!("walk-{walked:06}");
                    let told = call(&desk, command.name, &key, about(&cast, command.name, records));
                    let refused = matches!(told.as_str(), "denied" | "elevation_required");
                    let context =
                        format!("{} as {role:?}, own {mine}, elevated {elevated}: {told}", command.name);
                    // Whoever sees a client sees of their pictures what they see of their notes.
                    let action = if command.name == "pictures.show" { actions[1] } else { actions[0] };
                    match action.policy(role) {
                        Policy::Allow => assert!(!refused, "{context}"),
                        Policy::Deny => assert_eq!(told, "denied", "{context}"),
                        Policy::Locked if elevated => assert!(!refused, "{context}"),
                        Policy::Locked => assert_eq!(told, "elevation_required", "{context}"),
                        // Lists of the whole studio's, of which nothing is anybody's own.
                        Policy::Own
                            if matches!(
                                command.name,
                                "reports.z_reports"
                                    | "reports.saved"
                                    | "reports.save"
                                    | "reports.forget"
                                    | "payouts.owed"
                            ) =>
                        {
                            assert_eq!(told, "denied", "{context}")
                        }
                        Policy::Own if narrows(command.name) || mine => assert!(!refused, "{context}"),
                        Policy::Own => assert_eq!(told, "denied", "{context}"),
                    }
                    assert_ne!(told, "internal", "{context}");
                    walked += 1;
                }
            }
        }
    }
    println!("{walked} calls walked");
}

/// Every place in a command's arguments that can name a record: "artist_id", "lines[].artist_id".
fn places(schema: &Value, within: &Value, before: &str, found: &mut Vec<String>) {
    if let Some(name) = within["$ref"].as_str() {
        let known = name.trim_start_matches("#/$defs/");
        return places(schema, &schema["$defs"][known], before, found);
    }
    for either in ["anyOf", "oneOf", "allOf"] {
        for one in within[either].as_array().into_iter().flatten() {
            places(schema, one, before, found);
        }
    }
    if within["items"].is_object() {
        places(schema, &within["items"], &format!("{before}[]"), found);
    }
    for (name, property) in within["properties"].as_object().into_iter().flatten() {
        let at = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        if name.ends_with("_id")
            || name.ends_with("_ids")
            || ["deposits", "also_artists", "receipt", "id"].contains(&name.as_str())
        {
            found.push(at.clone());
        }
        places(schema, property, &at, found);
    }
}

/// Puts a record into such a place.
fn put(args: &mut Value, place: &str, record: &Value) {
    match place.split_once('.') {
        None if matches!(place, "item_ids" | "also_artists" | "deposits") => args[place] = json!([record]),
        None => args[place] = record.clone(),
        Some((list, inner)) => {
            let list = list.trim_end_matches("[]");
            if !args[list].is_array() {
                args[list] = json!([{}]);
            }
            args[list][0][inner] = record.clone();
        }
    }
}

#[test]
fn d18_whoever_has_own_records_alone_is_told_the_same_of_a_colleagues_and_of_none() {
    let cast = cast();
    let me = cast.ids.iter().find(|(role, _)| *role == Role::Artist).unwrap().1.clone();
    // Without these two there is nobody's record that everybody sees.
    for name in ["view_shop_clients", "view_shop_calendar"] {
        let off = json!({"member_id": me, "name": name, "on": false});
        cast.house.ask("staff.set_switch", off).unwrap();
    }
    let seat = cast.house.desk.beside();
    ask(&seat, "session.sign_in", None, json!({"username": "arto", "password": PASSWORD})).unwrap();
    let whoami = ask(&seat, "session.whoami", None, json!({})).unwrap();
    let own = Records { member: me, ..cast.own.clone() };
    let nobody = crate::studio_house::NOBODY;
    let mut walked = 0;
    for command in COMMANDS {
        let Gate::Action(actions) = command.gate else { continue };
        if whoami["actions"][actions[0].name()] != "own" {
            continue;
        }
        let schema = (command.args_schema)().to_value();
        let mut found = Vec::new();
        places(&schema, &schema, "", &mut found);
        for place in found {
            let other = &cast.other;
            let theirs = match place.rsplit(['.', ']']).next().unwrap() {
                "artist_id" | "also_artists" => &other.artist,
                "appointment_id" => &other.appointment,
                "client_id" => &other.note,
                "project_id" => &other.project,
                "waiting_id" => &other.waiting,
                "block_id" => &other.block,
                "consent_id" => &other.consent,
                "picture_id" => &other.picture,
                "item_id" | "item_ids" | "before_id" if command.name.starts_with("portfolio.") => &other.item,
                "deposit_id" | "deposits" => &other.deposit,
                "sale_id" => &other.sale,
                "supply_id" => &other.supply,
                "member_id" => &other.member,
                "receipt" => "",
                // The studio's: nobody's own.
                "item_id" | "lot_id" | "service_id" | "version_id" | "question_id" | "id" => continue,
                unknown => panic!("{}: whose is {unknown}?", command.name),
            };
            let mut args = about(&cast, command.name, &own);
            if place.starts_with("tips[]") {
                args["tips"] = json!([{"amount": 100}]);
            } else if place == "client_id" && command.name != "agenda.edit" {
                // The client alone: beside a visit it is compared with the visit's.
                args.as_object_mut().unwrap().remove("appointment_id");
                if command.name == "till.sell" {
                    args["lines"] = json!([{"service_id": cast.service, "artist_id": own.artist}]);
                }
            } else if place.starts_with("lines[]") {
                args["lines"] = json!([{"service_id": cast.service}]);
            }
            let [theirs, none] = match place.as_str() {
                "receipt" => [json!(other.deposit_receipt), json!(99_999)],
                _ => [json!(theirs), json!(nobody)],
            };
            let told = [theirs, none].map(|record| {
                let mut args = args.clone();
                put(&mut args, &place, &record);
                walked += 1;
                match ask(&seat, command.name, Some(&format!("alike-{walked:06}")), args) {
                    Ok(reply) => json!(["ok", reply]),
                    Err(fault) => json!([fault["code"], fault["params"]]),
                }
            });
            println!("{} {place}: {} {}", command.name, told[0][0], told[0][1]["field"]);
            let [theirs, none] = told;
            assert_eq!(theirs, none, "{} {place}", command.name);
        }
    }
    assert!(walked > 100, "{walked}");
}

#[test]
fn t088_t089_an_archived_member_is_nobody_to_every_command() {
    let cast = cast();
    for (role, member) in &cast.ids {
        if *role == Role::Owner {
            continue;
        }
        let username = match role {
            Role::Admin => "adam",
            Role::Assistant => "assa",
            Role::Artist => "arto",
            _ => "appo",
        };
        let desk = cast.house.desk.beside();
        ask(&desk, "session.sign_in", None, json!({"username": username, "password": PASSWORD})).unwrap();
        cast.house.ask("staff.set_active", json!({"member_id": member, "active": false})).unwrap();
        for command in COMMANDS {
            if command.gate == Gate::Public {
                continue;
            }
            let args = match command.gate {
                Gate::Action(_) => about(&cast, command.name, &cast.own),
                _ => json!({}),
            };
            let told = call(&desk, command.name, "archived-key", args);
            assert_eq!(told, "no_session", "{} as an archived {role:?}", command.name);
        }
    }
}

#[test]
fn d21_whoami_says_the_table_for_every_role_and_stays_locked_while_elevated() {
    let cast = cast();
    for (role, username) in [
        (Role::Owner, "ana"),
        (Role::Admin, "adam"),
        (Role::Assistant, "assa"),
        (Role::Artist, "arto"),
        (Role::Apprentice, "appo"),
    ] {
        let desk = cast.house.desk.beside();
        let password = if role == Role::Owner { OWNER_PASSWORD } else { PASSWORD };
        ask(&desk, "session.sign_in", None, json!({"username": username, "password": password})).unwrap();
        let mut me = ask(&desk, "session.whoami", None, json!({})).unwrap();
        if role == Role::Assistant {
            me = ask(&desk, "session.elevate", None, json!({"code": cast.house.master_code})).unwrap();
            assert!(me["elevation"]["expires_at"].is_i64());
        }
        for action in Action::ALL {
            assert_eq!(me["actions"][action.name()], action.policy(role).name(), "{action} for {role:?}");
        }
    }
}
