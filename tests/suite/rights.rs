//! What a member is told they may do, what others are told of it, and what the door really answers: the same, for every
//! role, every switch and every lent role (D03, D21, A010 to A016, A032).

use std::collections::BTreeMap;

use inkpoint_core::access::{Action, Policy, Role};
use inkpoint_core::door::{COMMANDS, Gate};
use serde_json::{Value, json};

use crate::studio_house::{Dice, House, Seat, text};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

const SWITCHES: [&str; 7] = [
    "view_shop_calendar",
    "manage_shop_calendar",
    "view_shop_clients",
    "manage_shop_clients",
    "reception_board",
    "view_shop_analytics",
    "view_client_contacts",
];

type Set = BTreeMap<&'static str, bool>;

/// What the switches make of a role, said here once more: the reviewed list, row by row.
fn expected(role: Role, set: &Set, action: Action) -> Policy {
    let base = action.policy(role);
    if !role.tattoos() {
        return base;
    }
    let is = |name: &str, on: bool| set.get(name) == Some(&on);
    match action.name() {
        "agenda.view" if is("manage_shop_calendar", true) => Policy::Allow,
        "agenda.view" if is("view_shop_calendar", false) => Policy::Own,
        "agenda.create" | "agenda.edit" | "agenda.cancel" | "agenda.block"
            if is("manage_shop_calendar", true) =>
        {
            Policy::Allow
        }
        "clients.view" if is("manage_shop_clients", true) => Policy::Allow,
        "clients.view" if is("view_shop_clients", false) => Policy::Own,
        "clients.edit" if is("manage_shop_clients", true) => Policy::Allow,
        "agenda.board" if is("reception_board", true) => Policy::Allow,
        "reports.view" if is("view_shop_analytics", true) => Policy::Allow,
        _ => base,
    }
}

/// Requests that are right in everything but that there is no such record: how far the right reaches decides alone.
fn about_nothing(house: &House, client: &str) -> Vec<(Action, &'static str, Value)> {
    let visit = json!({"appointment_id": NOBODY});
    let slot = json!({"artist_id": NOBODY, "client_id": client, "service_id": house.services[0], "starts_at": house.at(5)});
    vec![
        (Action::AgendaCreate, "agenda.book", slot),
        (Action::AgendaEdit, "agenda.edit", visit.clone()),
        (Action::AgendaEdit, "agenda.confirm", visit.clone()),
        (Action::AgendaCancel, "agenda.cancel", visit.clone()),
        (Action::AgendaComplete, "agenda.complete", visit.clone()),
        (Action::AgendaNoShow, "agenda.no_show", visit),
        (Action::AgendaBlock, "agenda.unblock", json!({"block_id": NOBODY})),
        (Action::ClientsView, "clients.open", json!({"client_id": NOBODY})),
        (Action::ClientsEdit, "clients.edit", json!({"client_id": NOBODY, "form": {"name": "x"}})),
        (Action::ClientsDelete, "clients.delete", json!({"client_id": NOBODY})),
        (
            Action::ClientsNotes,
            "clients.note",
            json!({"client_id": client, "appointment_id": NOBODY, "body": "x"}),
        ),
        (
            Action::TillSell,
            "till.quote",
            json!({"appointment_id": NOBODY, "lines": [{"service_id": house.services[0]}]}),
        ),
        (Action::ReportsViewTx, "till.receipt", json!({"sale_id": NOBODY})),
        (
            Action::ReportsRefundVoid,
            "till.refund",
            json!({"sale_id": NOBODY, "tender": "card", "reason": "x"}),
        ),
        (Action::InventoryStockIn, "inventory.stock_in", json!({"item_id": NOBODY, "quantity": 1})),
        (
            Action::InventoryStockAdj,
            "inventory.stock_adj",
            json!({"item_id": NOBODY, "quantity": 1, "reason": "x"}),
        ),
        (Action::StaffEditProfile, "staff.edit_profile", json!({"member_id": NOBODY, "about": "x"})),
        (Action::StaffAvailability, "staff.availability", json!({"artist_id": NOBODY, "hours": []})),
        (Action::StaffManageUsers, "staff.change_role", json!({"member_id": NOBODY, "role": "artist"})),
        (Action::StaffToggleActive, "staff.set_active", json!({"member_id": NOBODY, "active": true})),
        (Action::SecuritySettings, "security.restore_setting", json!({"id": NOBODY})),
    ]
}

/// Whoever is looked at: the role that counts, the own one, and the switches that stand.
struct State<'a> {
    role: Role,
    own: Role,
    set: &'a Set,
}

/// Holds all four against each other: what is expected, whoami, the rights page (own and another's), and the door.
fn check(house: &House, owner: &Seat, seat: &Seat, client: &str, state: &State<'_>, context: &str) {
    let State { role, own, set } = state;
    let me = seat.done("session.whoami", json!({}));
    assert_eq!(me["role"], role.name(), "{context}");
    let mine = seat.done("staff.rights", json!({}));
    let theirs = owner.done("staff.rights", json!({"member_id": seat.member}));
    assert_eq!(mine["rows"].as_array().unwrap().len(), Action::ALL.len());
    for (at, action) in Action::ALL.iter().enumerate() {
        let answer = expected(*role, set, *action);
        let context = format!("{context}: {action}");
        assert_eq!(me["actions"][action.name()], answer.name(), "{context}");
        let because = if answer != action.policy(*role) {
            "switch"
        } else if action.policy(*role) != action.policy(*own) {
            "lent_role"
        } else {
            "role"
        };
        for rights in [&mine, &theirs] {
            let row = &rights["rows"][at];
            assert_eq!(
                json!([
                    row["action"],
                    row["answer"],
                    row["by_role"],
                    row["because"],
                    row["switch"].is_string()
                ]),
                json!([
                    action.name(),
                    answer.name(),
                    action.policy(*own).name(),
                    because,
                    because == "switch"
                ]),
                "{context}"
            );
        }
    }
    let contacts = !role.tattoos() || set.get("view_client_contacts") != Some(&false);
    assert_eq!((&mine["contacts"], &theirs["contacts"]), (&json!(contacts), &json!(contacts)), "{context}");
    house.leaves_no_trace(|| {
        door_says_so(house, seat, client, state, context);
    });
}

fn door_says_so(house: &House, seat: &Seat, client: &str, state: &State<'_>, context: &str) {
    let answer = |action: Action| expected(state.role, state.set, action);
    let told = |command: &str, args: Value| match seat.ask(command, args) {
        Ok(_) => ("ok".to_owned(), String::new()),
        Err(fault) => (text(&fault["code"]), fault["params"]["why"].as_str().unwrap_or_default().to_owned()),
    };
    // Every command: whether one may come to it at all.
    for command in COMMANDS {
        let Gate::Action(actions) = command.gate else { continue };
        let (code, why) = told(command.name, json!({"nonsense": 1}));
        let want = match answer(actions[0]) {
            Policy::Allow | Policy::Own => ("invalid", ""),
            Policy::Locked => ("elevation_required", ""),
            Policy::Deny => ("denied", "role"),
        };
        assert_eq!((code.as_str(), why.as_str()), want, "{context}: {}", command.name);
    }
    // How far it reaches.
    for (action, command, args) in about_nothing(house, client) {
        let (code, why) = told(command, args);
        let context = format!("{context}: {command}");
        match answer(action) {
            Policy::Allow => assert_eq!(code, "not_found", "{context}"),
            Policy::Own => {
                let narrowed = action.policy(state.role) == Policy::Allow;
                let fits = if narrowed {
                    why == "switch"
                } else {
                    matches!(why.as_str(), "not_yours" | "not_linked")
                };
                assert!(code == "denied" && fits, "{context}: {code}, {why}");
            }
            Policy::Locked => assert_eq!(code, "elevation_required", "{context}"),
            Policy::Deny => assert_eq!((code.as_str(), why.as_str()), ("denied", "role"), "{context}"),
        }
    }
    // Lists narrow instead of refusing.
    let day = seat.done("agenda.list", json!({"day": "2026-11-20"}));
    let foreign = day["artists"]
        .as_array()
        .unwrap()
        .iter()
        .any(|column| Some(column["artist_id"].as_str().unwrap()) != seat.artist.as_deref());
    assert_eq!(foreign, answer(Action::AgendaView) == Policy::Allow, "{context}: agenda.list");
    // The closings are the studio's: whoever sees only their own part does not see them.
    let (code, _) = told("reports.z_reports", json!({}));
    assert_eq!(code == "ok", answer(Action::ReportsView) == Policy::Allow, "{context}: reports.z_reports");
}

/// Brings a member's switches to what `set` says.
fn turn(owner: &Seat, member: &str, set: &Set) {
    for name in SWITCHES {
        owner.done(
            "staff.set_switch",
            json!({"member_id": member, "name": name, "on": set.get(name), "reason": "x"}),
        );
    }
}

fn shuffled(dice: &mut Dice) -> Set {
    let mut set = Set::new();
    for name in SWITCHES {
        match dice.below(3) {
            0 => drop(set.insert(name, true)),
            1 => drop(set.insert(name, false)),
            _ => {}
        }
    }
    set
}

#[test]
fn d03_a010_to_a016_each_switch_changes_its_cells_and_no_others_and_the_door_keeps_to_it() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let mut dice = Dice::new("d03_each_switch");
    for (username, role) in [("mara", Role::Artist), ("pia", Role::Apprentice)] {
        let seat = house.seat(username);
        let mut sets = vec![Set::new()];
        for name in SWITCHES {
            sets.extend([true, false].map(|on| Set::from([(name, on)])));
        }
        sets.extend((0..12).map(|_| shuffled(&mut dice)));
        for set in sets {
            turn(&owner, &seat.member, &set);
            let state = State { role, own: role, set: &set };
            check(&house, &owner, &seat, &client, &state, &format!("{role:?} {set:?}"));
        }
    }
}

#[test]
fn a017_to_a022_the_roles_and_switches_advised_for_a_studios_size_come_to_what_is_meant() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let bea = house.seat("bea");
    let hired = |username: &str, name: &str, role: &str| {
        house.hire(username, name, role, None);
        house.seat(username)
    };
    let newcomer = hired("eva", "Eva Lira", "artist");
    let learner = house.seat("pia");
    // A019: whoever is new begins as a plain artist, with nothing switched by anybody.
    let rights = owner.done("staff.rights", json!({"member_id": newcomer.member}));
    let switched = rights["rows"].as_array().unwrap().iter().any(|row| row["because"] != "role");
    assert!(!switched, "{rights}");
    // A017, A018: managing is a role that an owner or a manager gives, never what switches add up to.
    let all = SWITCHES.map(|name| (name, true)).into();
    turn(&owner, &learner.member, &all);
    for command in ["staff.change_role", "staff.set_switch", "staff.set_active"] {
        let args = json!({"member_id": learner.member, "role": "admin", "name": SWITCHES[0], "on": true, "active": true});
        assert_eq!(learner.refused(command, args), "denied", "{command}");
    }
    assert_eq!(learner.refused("security.settings", json!({"idle_minutes": 9})), "denied");

    let (mara, dario) = (house.seat("mara"), house.seat("dario"));
    // A021: the senior has the board besides. A022: the front desk the board and the calendar, seniors all clients.
    let senior_of_few = Set::from([("reception_board", true)]);
    let front_desk = Set::from([("reception_board", true), ("manage_shop_calendar", true)]);
    let senior_of_many = Set::from([("view_shop_clients", true)]);
    let plain = Set::new();
    for (what, seat, set) in [
        ("A021, a senior", &mara, &senior_of_few),
        ("A021, a newcomer", &dario, &plain),
        ("A022, the front desk", &mara, &front_desk),
        ("A022, a senior", &dario, &senior_of_many),
        ("A022, a newcomer", &newcomer, &plain),
    ] {
        turn(&owner, &seat.member, set);
        let state = State { role: Role::Artist, own: Role::Artist, set };
        check(&house, &owner, seat, &client, &state, what);
    }
    let manager = State { role: Role::Admin, own: Role::Admin, set: &plain };
    check(&house, &owner, &bea, &client, &manager, "A022, the manager");

    // What it comes to on a day: the artist at the front desk books a colleague and checks the client in, and that is all.
    let slot = json!({"artist_id": house.artists[1], "client_id": client, "service_id": house.services[0],
        "starts_at": house.at(1)});
    let visit = mara.done("agenda.book", slot.clone())["card"]["id"].clone();
    assert_eq!(newcomer.refused("agenda.book", slot), "denied");
    mara.done("board.step", json!({"appointment_id": visit, "to": "arrived"}));
    assert_eq!(mara.refused("agenda.complete", json!({"appointment_id": visit})), "denied");
    house.assert_holds();
}

#[test]
fn a020_whoever_works_alone_does_everything_and_needs_nobody() {
    let home = crate::studio_house::folder();
    let clock = crate::studio_house::StillClock::new();
    let place = inkpoint_core::Place::under(home.path());
    let desk = inkpoint_core::Desk::with(place, crate::studio_house::tools(clock));
    let made = json!({"name": "Solo", "currency": "EUR", "zone": "UTC",
        "owner": {"name": "Ana Ruiz", "username": "ana", "password": crate::studio_house::OWNER_PASSWORD, "tattoos": true},
        "services": [{"name": "Small lettering", "kind": "tattoo", "minutes": 60, "price": 16_000}]});
    crate::studio_house::ask(&desk, "studio.create", None, made).unwrap();
    let mut keys = 0;
    let mut done = |command: &str, args: Value| {
        keys += 1;
        let key = format!("alone-{keys:06}");
        crate::studio_house::ask(&desk, command, Some(&key), args)
            .unwrap_or_else(|fault| panic!("{command}: {fault}"))
    };
    let me =
        done("session.sign_in", json!({"username": "ana", "password": crate::studio_house::OWNER_PASSWORD}));
    for action in Action::ALL {
        assert_eq!(me["actions"][action.name()], "allow", "{action}");
    }
    let artist = me["member"]["artist_id"].clone();
    let client = done("clients.create", json!({"name": "Joana"}))["client"]["id"].clone();
    let service = done("studio.services", json!({}))[0]["id"].clone();
    let slot = json!({"artist_id": artist, "client_id": client, "service_id": service,
        "starts_at": crate::studio_house::MORNING + 3_600_000});
    let visit = done("agenda.book", slot)["card"]["id"].clone();
    done("till.open_session", json!({"float": 10_000}));
    let sale = done(
        "till.sell",
        json!({"appointment_id": visit, "lines": [{"service_id": service}], "tenders": [{"tender": "cash", "amount": 16_000}]}),
    );
    done("till.refund", json!({"sale_id": sale["sale_id"], "tender": "cash", "reason": "x"}));
    // D27: nobody else could count it, and the Z says so.
    let closed = done("till.close_session", json!({"counts": [{"value": 5_000, "count": 2}]}));
    assert!(closed.is_object(), "{closed}");
    assert!(desk.verify().unwrap().holds());
}

#[test]
fn t009_d21_what_everybody_is_told_of_their_rights_is_what_the_door_answers() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let none = Set::new();
    for (username, role) in [
        ("ana", Role::Owner),
        ("bea", Role::Admin),
        ("sam", Role::Assistant),
        ("mara", Role::Artist),
        ("pia", Role::Apprentice),
    ] {
        let seat = house.seat(username);
        check(&house, &owner, &seat, &client, &State { role, own: role, set: &none }, username);
    }
}

#[test]
fn a032_a_lent_role_is_that_role_everywhere_and_afterwards_the_own_one_again() {
    let house = House::staffed();
    let client = house.client("Joana");
    let mut dice = Dice::new("a032_a_lent_role");
    for (username, own) in
        [("bea", Role::Admin), ("sam", Role::Assistant), ("mara", Role::Artist), ("pia", Role::Apprentice)]
    {
        for role in [Role::Admin, Role::Assistant, Role::Artist, Role::Apprentice] {
            if role == own {
                continue;
            }
            let (owner, seat) = (house.owner(), house.seat(username));
            // Somebody who tattoos has switches of their own; they count while they tattoo, in whatever role.
            let mut set = Set::new();
            if own.tattoos() {
                set = shuffled(&mut dice);
                turn(&owner, &seat.member, &set);
            }
            let context = format!("{own:?} as {role:?} {set:?}");
            let until = house.now() + 60_000;
            owner.done(
                "staff.change_role",
                json!({"member_id": seat.member, "role": role.name(), "until": until}),
            );
            let artist =
                seat.done("session.whoami", json!({}))["member"]["artist_id"].as_str().map(str::to_owned);
            let seat = Seat { artist, ..seat };
            check(&house, &owner, &seat, &client, &State { role, own, set: &set }, &context);
            house.clock.pass(60_000);
            let artist =
                seat.done("session.whoami", json!({}))["member"]["artist_id"].as_str().map(str::to_owned);
            let seat = Seat { artist, ..seat };
            check(
                &house,
                &owner,
                &seat,
                &client,
                &State { role: own, own, set: &set },
                &format!("{context}, after"),
            );
            if own.tattoos() {
                turn(&owner, &seat.member, &Set::new());
            }
        }
    }
}

#[test]
fn d03_switches_with_an_end_count_until_then_and_the_page_says_so() {
    let house = House::staffed();
    let client = house.client("Joana");
    let owner = house.owner();
    let mara = house.seat("mara");
    let until = house.now() + 60_000;
    let set: Set = SWITCHES
        .into_iter()
        .map(|name| (name, !name.starts_with("view_") || name.ends_with("analytics")))
        .collect();
    for (name, on) in &set {
        let args = json!({"member_id": mara.member, "name": name, "on": on, "until": until, "reason": "Cover for Dario"});
        owner.done("staff.set_switch", args);
    }
    let state = State { role: Role::Artist, own: Role::Artist, set: &set };
    check(&house, &owner, &mara, &client, &state, "with an end");
    let rights = mara.done("staff.rights", json!({}));
    for row in rights["rows"].as_array().unwrap() {
        let ends = if row["because"] == "switch" { json!(until) } else { Value::Null };
        assert_eq!(row["until"], ends, "{row}");
    }
    // Told to her, with the reason on her own page.
    let mine = mara.done("session.whoami", json!({}))["switches"].clone();
    assert_eq!(mine.as_array().unwrap().len(), 7);
    assert_eq!(json!([mine[0]["until"], mine[0]["reason"]]), json!([until, "Cover for Dario"]));
    let notices = mara.done("session.notices", json!({}));
    let notices = notices.as_array().unwrap();
    assert!(notices.len() == 7 && notices.iter().all(|notice| notice["kind"] == "switch_changed"));
    assert!(notices.iter().all(|notice| notice["details"]["until"] == until && notice["by"] == "Ana Ruiz"));
    house.clock.pass(60_000);
    let none = Set::new();
    check(&house, &owner, &mara, &client, &State { set: &none, ..state }, "after the end");
}

#[test]
fn d21_an_open_window_lets_through_what_is_locked_and_nothing_else() {
    let house = House::staffed();
    let client = house.client("Joana");
    let sam = house.elevated("sam");
    let until = sam.done("session.whoami", json!({}))["elevation"]["expires_at"].clone();
    let (mine, theirs) = (
        sam.done("staff.rights", json!({})),
        house.owner().done("staff.rights", json!({"member_id": sam.member})),
    );
    for (at, action) in Action::ALL.iter().enumerate() {
        let answer = action.policy(Role::Assistant);
        let open = if answer == Policy::Locked { until.clone() } else { Value::Null };
        assert_eq!(mine["rows"][at]["answer"], answer.name(), "{action}: it stays locked");
        assert_eq!(mine["rows"][at]["opened_until"], open, "{action}");
        assert_eq!(
            theirs["rows"][at]["opened_until"],
            Value::Null,
            "{action}: open at one desk, not for the member"
        );
    }
    for (action, command, args) in about_nothing(&house, &client) {
        let code = house.leaves_no_trace(|| sam.refused(command, args));
        let want = if matches!(action.policy(Role::Assistant), Policy::Deny | Policy::Own) {
            "denied"
        } else {
            "not_found"
        };
        assert_eq!(code, want, "{command}");
    }
    for command in COMMANDS {
        let Gate::Action(actions) = command.gate else { continue };
        let code = house.leaves_no_trace(|| sam.refused(command.name, json!({"nonsense": 1})));
        let want = if actions[0].policy(Role::Assistant) == Policy::Deny { "denied" } else { "invalid" };
        assert_eq!(code, want, "{}", command.name);
    }
}
