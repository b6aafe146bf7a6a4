//! The master code and the window that it opens (attacks 10 to 20).

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::studio_house::{House, MINUTE, OWNER_PASSWORD, PASSWORD, Seat, text};

/// A locked action of the assistant with arguments that would work.
fn adjust(item: &str) -> Value {
    json!({"item_id": item, "quantity": 1, "reason": "Recount"})
}

/// A house with an item to adjust.
fn shop() -> (House, String) {
    let house = House::staffed();
    let item = house.item("SOAP", 12_000, 5);
    (house, item)
}

fn is_elevated(seat: &Seat) -> bool {
    !seat.done("session.whoami", json!({}))["elevation"].is_null()
}

#[test]
fn attack_11_each_locked_action_asks_the_assistant_for_the_code() {
    let (house, item) = shop();
    let client = house.client("Joana");
    let owner = house.owner();
    owner.done("till.open_session", json!({"float": 0}));
    let line = json!([{"item_id": item}]);
    let sold =
        owner.done("till.sell", json!({"lines": line, "tenders": [{"tender": "cash", "amount": 12_000}]}));
    let sale = text(&sold["sale_id"]);
    let form = json!({"sku": "GEL", "name": "Gel", "price": 100});
    let cash = json!([{"tender": "cash", "amount": 10_800}]);
    let locked = [
        ("clients.edit", "clients.edit", json!({"client_id": client, "form": {"name": "Joana M"}})),
        ("clients.delete", "clients.delete", json!({"client_id": client})),
        ("clients.restore", "clients.delete", json!({"client_id": client})),
        ("till.refund", "reports.refund_void", json!({"sale_id": sale, "tender": "cash", "reason": "No"})),
        ("till.void", "reports.refund_void", json!({"sale_id": sale, "reason": "No"})),
        ("till.close_session", "reports.cash_close", json!({"counts": []})),
        ("till.cash_move", "till.cash_move", json!({"direction": "in", "amount": 1, "reason": "Coins"})),
        ("till.open_drawer", "till.open_drawer", json!({"reason": "Change"})),
        ("inventory.create_item", "inventory.create_item", json!({"form": form})),
        ("inventory.edit_item", "inventory.edit_item", json!({"item_id": item, "form": form})),
        ("inventory.stock_in", "inventory.stock_in", json!({"item_id": item, "quantity": 1})),
        ("inventory.stock_adj", "inventory.stock_adj", adjust(&item)),
        (
            "inventory.cycle_count",
            "inventory.cycle_count",
            json!({"lines": [{"item_id": item, "counted": 9}]}),
        ),
        (
            "till.sell",
            "till.discount",
            json!({"lines": [{"item_id": item}], "discount": {"percent": 1_000}, "tenders": cash}),
        ),
        (
            "till.sell",
            "till.price_override",
            json!({"lines": [{"item_id": item, "unit_price": 10_800}], "tenders": cash}),
        ),
    ];
    let sam = house.seat("sam");
    for (command, action, args) in locked {
        let fault = house.leaves_no_trace(|| sam.ask(command, args).unwrap_err());
        assert_eq!(fault["code"], "elevation_required", "{command}");
        assert_eq!(fault["params"]["action"], action, "{command}");
    }
}

#[test]
fn attack_10_an_artist_is_denied_also_while_an_assistant_is_elevated_elsewhere() {
    let (house, item) = shop();
    let client = house.client("Joana");
    let sam = house.elevated("sam");
    sam.done("inventory.stock_adj", adjust(&item));
    for username in ["mara", "pia"] {
        let seat = house.seat(username);
        for (command, args) in [
            ("clients.edit", json!({"client_id": client, "form": {"name": "X"}})),
            ("clients.delete", json!({"client_id": client})),
            ("till.refund", json!({"sale_id": client, "tender": "cash", "reason": "No"})),
            ("till.void", json!({"sale_id": client, "reason": "No"})),
            ("till.close_session", json!({"counts": []})),
            ("inventory.stock_adj", adjust(&item)),
            ("inventory.stock_in", json!({"item_id": item, "quantity": 1})),
            ("inventory.cycle_count", json!({"lines": []})),
            ("inventory.create_item", json!({"form": {}})),
        ] {
            assert_eq!(house.leaves_no_trace(|| seat.refused(command, args)), "denied", "{command}");
        }
    }
    assert!(is_elevated(&sam));
}

#[test]
fn t058_only_the_assistant_is_asked_for_the_code() {
    let house = House::staffed();
    for username in ["ana", "bea", "mara", "dario", "pia"] {
        let seat = house.seat(username);
        let code =
            house.leaves_no_trace(|| seat.refused("session.elevate", json!({"code": house.master_code})));
        assert_eq!(code, "denied", "{username}");
    }
    house.seat("sam").done("session.elevate", json!({"code": house.master_code}));
}

#[test]
fn d18_an_artist_hears_denied_before_what_was_sent_is_looked_at() {
    let house = House::staffed();
    for username in ["ana", "bea", "mara", "pia"] {
        for broken in [json!({"code": 5}), json!({"nonsense": true}), json!([]), json!({"action": "no.such"})]
        {
            let fault = house.seat(username).ask("session.elevate", broken).unwrap_err();
            assert_eq!(
                (&fault["code"], &fault["params"]["why"]),
                (&json!("denied"), &json!("role")),
                "{username}"
            );
        }
    }
    assert_eq!(house.seat("sam").why("session.elevate", json!({"nonsense": true})), "invalid: nonsense");
}

#[test]
fn d05_a_reason_is_asked_for_where_the_studio_demands_one() {
    let (house, item) = shop();
    let sam = house.seat("sam");
    sam.done("session.elevate", json!({"code": house.master_code}));
    house.owner().done("security.settings", json!({"elevation_reason": true}));
    sam.done("session.drop_elevation", json!({}));
    let code = json!({"code": house.master_code});
    let approver = json!({"approver": {"username": "bea", "password": PASSWORD}});
    for args in [code, approver, json!({"code": "AAAAA-AAAAA"})] {
        let fault = house.leaves_no_trace(|| sam.ask("session.elevate", args).unwrap_err());
        let told = (&fault["code"], &fault["params"]["field"], &fault["params"]["reason"]);
        assert_eq!(told, (&json!("invalid"), &json!("reason"), &json!("missing")));
    }
    assert_eq!(sam.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
    sam.done("session.elevate", json!({"code": house.master_code, "reason": "Broken seal"}));
    sam.done("inventory.stock_adj", adjust(&item));
}

#[test]
fn t059_one_right_code_opens_every_locked_action_and_the_journal_says_so() {
    let (house, item) = shop();
    let sam = house.seat("sam");
    let args = json!({"code": house.master_code, "action": "inventory.stock_adj", "reason": "Broken seal"});
    let me = sam.done("session.elevate", args);
    assert_eq!(me["actions"]["inventory.stock_adj"], "locked", "D21: whoami keeps saying locked");
    assert_eq!(me["elevation"]["by"], "code");
    assert_eq!(me["elevation"]["expires_at"].as_i64().unwrap() - me["now"].as_i64().unwrap(), 300_000);
    sam.done("inventory.stock_adj", adjust(&item));
    sam.done("clients.create", json!({"name": "Joana"}));
    let log = house.owner().done("activity.list", json!({}));
    let row =
        |command: &str| log.as_array().unwrap().iter().find(|row| row["command"] == command).unwrap().clone();
    assert_eq!(row("inventory.stock_adj")["elevated_by"], "code");
    assert_eq!(row("session.elevate")["details"]["action"], "inventory.stock_adj");
    assert_eq!(row("session.elevate")["details"]["approver"], "code");
    assert_eq!(row("session.elevate")["reason"], "Broken seal");
    assert_eq!(row("clients.create")["elevated_by"], Value::Null, "no elevation was needed for this");
}

#[test]
fn t059_the_code_is_taken_as_a_person_types_it() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let typed = house.master_code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    sam.done("session.elevate", json!({"code": typed}));
    assert!(is_elevated(&sam));
}

#[test]
fn attack_12_switching_to_an_artist_takes_the_elevation_away() {
    let (house, item) = shop();
    let seat = house.elevated("sam");
    seat.done("session.sign_in", json!({"username": "mara", "password": PASSWORD}));
    assert_eq!(seat.refused("inventory.stock_adj", adjust(&item)), "denied");
    seat.done("session.sign_in", json!({"username": "sam", "password": PASSWORD}));
    assert_eq!(seat.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
}

#[test]
fn attack_13_another_assistant_on_the_same_desk_is_not_elevated() {
    let (house, item) = shop();
    let seat = house.elevated("sam");
    seat.done("session.lock", json!({}));
    seat.done("session.sign_in", json!({"username": "sue", "password": PASSWORD}));
    assert_eq!(seat.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
}

#[test]
fn attack_14_signing_out_and_in_again_ends_it() {
    for end in ["session.sign_out", "session.lock", "session.drop_elevation"] {
        let (house, item) = shop();
        let seat = house.elevated("sam");
        seat.done(end, json!({}));
        if end != "session.drop_elevation" {
            seat.done("session.sign_in", json!({"username": "sam", "password": PASSWORD}));
        }
        assert_eq!(seat.refused("inventory.stock_adj", adjust(&item)), "elevation_required", "{end}");
    }
}

#[test]
fn d05_it_belongs_to_one_sign_in_and_not_to_the_member() {
    let (house, item) = shop();
    let (here, there) = (house.elevated("sam"), house.seat("sam"));
    assert_eq!(there.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
    here.done("inventory.stock_adj", adjust(&item));
}

#[test]
fn attack_15_five_minutes_from_the_code_however_often_one_acts() {
    let (house, item) = shop();
    let sam = house.elevated("sam");
    for _ in 0..4 {
        house.clock.pass(MINUTE);
        sam.done("inventory.stock_adj", adjust(&item));
    }
    house.clock.pass(MINUTE - 1);
    sam.done("inventory.stock_adj", adjust(&item));
    house.clock.pass(1);
    assert_eq!(sam.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
    assert!(!is_elevated(&sam));
    assert_eq!(house.count("SELECT sum(quantity) FROM stock_moves"), 10);
}

#[test]
fn t060_the_window_is_a_setting_from_one_to_thirty_minutes() {
    let (house, item) = shop();
    let owner = house.owner();
    for wrong in [0, 31, -5, i64::MAX] {
        let why = owner.why("security.settings", json!({"elevation_minutes": wrong}));
        assert_eq!(why, "invalid: elevation_minutes");
    }
    for minutes in [1, 30] {
        let owner = house.owner();
        owner.done("security.settings", json!({"elevation_minutes": minutes, "idle_minutes": 30}));
        let sam = house.elevated("sam");
        house.clock.pass(minutes * MINUTE - 1);
        sam.done("inventory.stock_adj", adjust(&item));
        house.clock.pass(1);
        assert_eq!(sam.refused("inventory.stock_adj", adjust(&item)), "elevation_required", "{minutes}");
    }
}

#[test]
fn attack_16_a_clock_jump_clears_it() {
    for jump in [-3_600_000, 3_600_000, 6_000, -6_000] {
        let (house, item) = shop();
        let sam = house.elevated("sam");
        house.clock.jump(jump);
        assert_eq!(
            sam.refused("inventory.stock_adj", adjust(&item)),
            "no_session",
            "{jump}: D24, the desk locks"
        );
        house.clock.jump(-jump);
        sam.done("session.sign_in", json!({"username": "sam", "password": PASSWORD}));
        assert_eq!(sam.refused("inventory.stock_adj", adjust(&item)), "elevation_required", "{jump}");
    }
}

#[test]
fn attack_17_a_rotation_clears_it_and_the_old_code_is_dead() {
    let (house, item) = shop();
    let (sam, sue) = (house.elevated("sam"), house.elevated("sue"));
    let rotated = house.owner().done("security.rotate_code", json!({}));
    assert_eq!(rotated["assistants"], json!(["Sam Luna", "Sue Prado"]), "T067");
    for seat in [&sam, &sue] {
        assert_eq!(seat.refused("inventory.stock_adj", adjust(&item)), "elevation_required");
        assert_eq!(seat.refused("session.elevate", json!({"code": house.master_code})), "bad_code");
        seat.done("session.elevate", json!({"code": rotated["code"]}));
        seat.done("inventory.stock_adj", adjust(&item));
    }
    assert_ne!(rotated["code"], house.master_code.as_str());
}

#[test]
fn t064_only_owner_and_admin_rotate_the_code() {
    let house = House::staffed();
    for username in ["sam", "mara", "pia"] {
        assert_eq!(house.seat(username).refused("security.rotate_code", json!({})), "denied", "{username}");
    }
    assert_eq!(house.elevated("sam").refused("security.rotate_code", json!({})), "denied", "T056");
    house.seat("bea").done("security.rotate_code", json!({}));
}

#[test]
fn attack_18_archived_means_no_session_and_demoted_means_the_new_rights() {
    let (house, item) = shop();
    let (sam, sue) = (house.elevated("sam"), house.elevated("sue"));
    let owner = house.owner();
    owner.done("staff.set_active", json!({"member_id": sam.member, "active": false}));
    assert_eq!(sam.refused("inventory.stock_adj", adjust(&item)), "no_session");
    owner.done("staff.change_role", json!({"member_id": sue.member, "role": "artist"}));
    assert_eq!(sue.refused("inventory.stock_adj", adjust(&item)), "denied");
    owner.done("staff.change_role", json!({"member_id": sue.member, "role": "assistant"}));
    assert_eq!(sue.refused("inventory.stock_adj", adjust(&item)), "elevation_required", "elevation is gone");
}

#[test]
fn attack_20_wrong_codes_are_throttled_across_sessions_restarts_and_days() {
    let (house, _) = shop();
    let (sam, sue) = (house.seat("sam"), house.seat("sue"));
    let wrong = json!({"code": "AAAAA-AAAAA"});
    for seat in [&sam, &sue, &sam, &sue, &sam] {
        assert_eq!(seat.refused("session.elevate", wrong.clone()), "bad_code");
    }
    let right = json!({"code": house.master_code});
    for seat in [&sam, &sue] {
        assert_eq!(seat.refused("session.elevate", right.clone()), "throttled");
    }
    drop((sam, sue));
    house.restart();
    let sam = house.seat("sam");
    assert_eq!(sam.refused("session.elevate", right.clone()), "throttled");
    // A clock set to tomorrow is no day gone by.
    house.clock.jump(86_400_000);
    assert_eq!(sam.refused("session.elevate", right.clone()), "no_session");
    let sam = house.seat("sam");
    assert_eq!(sam.refused("session.elevate", right.clone()), "throttled");
    // A day later there is one try, and the next wait is the doubled one, not five new tries.
    house.clock.pass(86_400_000);
    let sam = house.seat("sam");
    assert_eq!(sam.refused("session.elevate", wrong), "bad_code");
    let fault = sam.ask("session.elevate", right).unwrap_err();
    assert_eq!((&fault["code"], &fault["params"]["wait_ms"]), (&json!("throttled"), &json!(60_000)));
    let log = house.owner().done("activity.list", json!({"refusals": true}));
    let told: Vec<&Value> = log.as_array().unwrap().iter().map(|row| &row["outcome"]).collect();
    assert!(told.contains(&&json!("bad_code")) && told.contains(&&json!("throttled")));
}

#[test]
fn attack_20_codes_sent_at_once_are_no_more_than_codes_in_a_row() {
    let (house, _) = shop();
    let seats: Vec<Seat> = (0..16).map(|_| house.seat("sam")).collect();
    let together = Barrier::new(seats.len());
    let codes: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = seats
            .iter()
            .map(|seat| {
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    seat.refused("session.elevate", json!({"code": "AAAAA-AAAAA"}))
                })
            })
            .collect();
        running.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| *code == "bad_code").count(), 5, "{codes:?}");
}

#[test]
fn d05_a_named_approver_opens_it_with_their_own_password() {
    let (house, item) = shop();
    let bea = house.seat("bea").member;
    let sam = house.seat("sam");
    let me = sam.done("session.elevate", json!({"approver": {"username": "bea", "password": PASSWORD}}));
    assert_eq!(me["elevation"]["by"], bea.as_str());
    assert_eq!(me["member"]["username"], "sam", "the desk stays the assistant's");
    sam.done("inventory.stock_adj", adjust(&item));
    let log = house.owner().done("activity.list", json!({"elevated": true}));
    assert_eq!(log[0]["command"], "inventory.stock_adj");
    assert_eq!((&log[0]["member"], &log[0]["elevated_by"]), (&json!("Sam Luna"), &json!("Bea Soto")));
}

#[test]
fn d05_only_an_active_owner_or_admin_approves() {
    let (house, _) = shop();
    let sam = house.seat("sam");
    let approver =
        |username: &str, password: &str| json!({"approver": {"username": username, "password": password}});
    for username in ["sue", "mara", "pia", "sam", "nobody"] {
        assert_eq!(sam.refused("session.elevate", approver(username, PASSWORD)), "bad_code", "{username}");
    }
    assert_eq!(sam.refused("session.elevate", approver("ana", PASSWORD)), "bad_code");
    let bea = house.seat("bea").member;
    house.owner().done("staff.set_active", json!({"member_id": bea, "active": false}));
    assert_eq!(sam.refused("session.elevate", approver("bea", PASSWORD)), "bad_code");
    assert!(!is_elevated(&sam));
    sam.done("session.elevate", approver("ana", OWNER_PASSWORD));
}

#[test]
fn an_elevation_names_a_code_or_an_approver_and_not_both() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let both = json!({"code": house.master_code, "approver": {"username": "bea", "password": PASSWORD}});
    assert_eq!(sam.why("session.elevate", both), "invalid: code");
    assert_eq!(sam.why("session.elevate", json!({})), "invalid: code");
}

#[test]
fn d05_t005_an_elevation_is_asked_for_a_locked_action_alone() {
    let house = House::staffed();
    let sam = house.seat("sam");
    let code = |action: &str| json!({"code": house.master_code, "action": action});
    for denied in ["security.audit", "portfolio.edit", "studio.delete"] {
        assert_eq!(sam.refused("session.elevate", code(denied)), "denied", "{denied}");
    }
    for allowed in ["agenda.view", "till.sell"] {
        assert_eq!(sam.why("session.elevate", code(allowed)), "invalid: action", "{allowed}");
    }
    assert!(!is_elevated(&sam));
    sam.done("session.elevate", code("till.discount"));
    assert!(is_elevated(&sam));
}

#[test]
fn d06_the_code_says_when_it_is_due() {
    let house = House::staffed();
    let owner = house.owner();
    let state = owner.done("security.code_state", json!({}));
    assert_eq!(state["overdue"], false);
    assert_eq!(state["assistants"], json!(["Sam Luna", "Sue Prado"]));
    drop(owner);
    house.clock.pass(90 * 24 * 60 * MINUTE);
    let owner = house.owner();
    assert_eq!(owner.done("security.code_state", json!({}))["overdue"], true);
    owner.done("security.rotate_code", json!({}));
    let state = owner.done("security.code_state", json!({}));
    assert_eq!((&state["overdue"], &state["changed_by"]), (&json!(false), &json!("Ana Ruiz")));
}

#[test]
fn t063_t065_the_code_is_kept_as_a_hash_alone() {
    let house = House::new();
    let hash: String = house
        .raw()
        .query_row("SELECT hash FROM secrets WHERE name = 'master_code'", [], |row| row.get(0))
        .unwrap();
    assert!(hash.starts_with("$2"), "{hash}");
    let plain = house.master_code.replace('-', "");
    assert_eq!(plain.len(), 10);
    assert!(plain.bytes().all(|byte| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&byte)), "D06");
}
