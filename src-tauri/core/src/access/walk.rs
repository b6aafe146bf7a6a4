//! Every action × role × owner × elevation, against the table as it was reviewed (P14).

use super::{Action, Caller, Owner, Permit, Policy, Role, grant};
use crate::error::{Code, Result};

fn caller(role: Role, artist: Option<&str>, elevated: bool) -> Caller {
    Caller {
        id: "me".to_owned(),
        name: "Me".to_owned(),
        role,
        artist: artist.map(str::to_owned),
        switches: Vec::new(),
        rights_epoch: 0,
        must_change: false,
        elevated_by: elevated.then(|| "code".to_owned()),
        elevated_until: None,
        client_view: false,
    }
}

#[test]
fn p14_t001_to_t057_every_action_role_owner_and_elevation() {
    let owners = [
        Some(Owner::Artist("mine".to_owned())),
        Some(Owner::Artist("other".to_owned())),
        Some(Owner::Member("me".to_owned())),
        Some(Owner::Member("other".to_owned())),
        Some(Owner::Nobody),
        None,
    ];
    let mut walked = 0;
    for action in Action::ALL {
        for role in Role::ALL {
            for artist in [Some("mine"), None] {
                for elevated in [false, true] {
                    for owner in &owners {
                        let me = caller(role, artist, elevated);
                        let answer: Result<Permit> =
                            grant(&me, 0, *action).and_then(|granted| granted.over(owner.clone(), "record"));
                        let code = answer.err().map(|error| error.code());
                        let mine = match owner {
                            Some(Owner::Artist(name)) => artist == Some(name.as_str()),
                            Some(Owner::Member(name)) => name == "me",
                            Some(Owner::Nobody) | None => false,
                        };
                        let everything = match owner {
                            Some(_) => None,
                            None => Some(Code::NotFound),
                        };
                        let expected = match (action.policy(role), elevated, mine) {
                            (Policy::Deny, _, _) | (Policy::Own, _, false) => Some(Code::Denied),
                            (Policy::Locked, false, _) => Some(Code::ElevationRequired),
                            (Policy::Own, _, true) => None,
                            (Policy::Allow, _, _) | (Policy::Locked, true, _) => everything,
                        };
                        assert_eq!(code, expected, "{action} {role:?} {artist:?} {elevated} {owner:?}");
                        walked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(walked, 56 * 5 * 2 * 2 * 6);
}

#[test]
fn t057_d01_the_table_has_the_cells_it_was_given() {
    let count = |policy: Policy, role: Role| {
        Action::ALL.iter().filter(|action| action.policy(role) == policy).count()
    };
    assert_eq!(Action::ALL.len(), 56);
    assert_eq!(count(Policy::Locked, Role::Assistant), 19);
    for role in [Role::Owner, Role::Admin, Role::Artist, Role::Apprentice] {
        assert_eq!(count(Policy::Locked, role), 0, "only the assistant is ever asked (T058)");
    }
    for action in Action::ALL {
        // S006: an apprentice has the artist's column.
        assert_eq!(action.policy(Role::Artist), action.policy(Role::Apprentice), "{action}");
        let only_owner = matches!(action, Action::StudioTransfer | Action::StudioDelete);
        assert_eq!(action.policy(Role::Owner), Policy::Allow, "{action}");
        assert_eq!(action.policy(Role::Admin) == Policy::Allow, !only_owner, "{action}");
    }
}
