//! A command that names no gate does not exist.
use inkpoint_core::door::{Command, Kind};

fn main() {
    let _command = Command { name: "till.give_away", kind: Kind::Change, summary: "" };
}
