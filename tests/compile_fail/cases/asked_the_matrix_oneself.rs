//! The matrix answers the door alone: a caller made up outside gets no grant.
use inkpoint_core::access::{Action, Caller, grant};

fn forge(caller: &Caller) {
    let _grant = grant(caller, 0, Action::TillSell);
}

fn main() {}
