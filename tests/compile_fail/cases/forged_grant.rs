//! A grant comes from the matrix or not at all.
use inkpoint_core::access::{Action, Grant, Scope};

fn main() {
    let _grant = Grant { action: Some(Action::StudioDelete), scope: Scope::All, narrowed: false, elevated: false };
}
