//! Signing in and out, and what a member may do while signed in. The rules of a session itself are in `access`.

pub(crate) mod commands;
pub(crate) mod drafts;
pub(crate) mod guess;
pub(crate) mod memory;
pub(crate) mod pin;
pub(crate) mod store;
