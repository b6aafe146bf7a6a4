//! Nothing outside the core runs a change of its own.
use inkpoint_core::Desk;
use inkpoint_core::door::COMMANDS;

fn around(desk: &Desk) {
    let _ = desk.query(&COMMANDS[0], |_| Ok(()));
}

fn main() {}
