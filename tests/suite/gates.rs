//! The rights and the gates as tables, reviewed as text: a change of either shows as a change of a committed file.

use std::fmt::Write;
use std::path::Path;

use inkpoint_core::access::{Action, Role};
use inkpoint_core::door::{COMMANDS, Gate};

/// Compares with the committed table; with `INKPOINT_WRITE=1` writes it.
fn golden(name: &str, fresh: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/golden").join(name);
    if std::env::var_os("INKPOINT_WRITE").is_some() {
        std::fs::write(&file, fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == fresh, "{name} is not what the core says; look at the difference, then write it");
}

#[test]
fn t009_the_rights_are_the_reviewed_table() {
    let mut table = format!("{:<24}", "action");
    for role in Role::ALL {
        write!(table, "{:<11}", role.name()).unwrap();
    }
    table.push_str("rule\n");
    for action in Action::ALL {
        write!(table, "{:<24}", action.name()).unwrap();
        for role in Role::ALL {
            write!(table, "{:<11}", action.policy(role).name()).unwrap();
        }
        writeln!(table, "{}", action.rule()).unwrap();
    }
    golden("rights.txt", &table);
}

#[test]
fn d17_every_command_has_the_reviewed_gate() {
    let mut table = String::new();
    for command in COMMANDS {
        let gate = match command.gate {
            Gate::Public => "public".to_owned(),
            Gate::Session => "session".to_owned(),
            Gate::Action(actions) => {
                actions.iter().map(|action| action.name()).collect::<Vec<_>>().join(" + ")
            }
        };
        writeln!(table, "{:<26}{:<8}{gate}", command.name, command.kind_name()).unwrap();
    }
    golden("gates.txt", &table);
}

#[test]
fn d17_the_public_list_is_short_and_named() {
    let public: Vec<&str> =
        COMMANDS.iter().filter(|command| command.gate == Gate::Public).map(|command| command.name).collect();
    assert_eq!(
        public,
        [
            "desk.status",
            "studio.create",
            "studio.demo",
            "studio.import_tsm_preview",
            "studio.import_tsm",
            "studio.open",
            "studio.forget",
            "studio.leave",
            "session.tiles",
            "session.sign_in",
            "session.sign_in_pin",
            "session.recover"
        ]
    );
}
