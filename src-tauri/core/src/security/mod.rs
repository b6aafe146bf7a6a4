//! The master code: who may rotate it, how old it is; and the computer's clock, which somebody may have to vouch for.
//! Opening locked actions with the code is the room `session`.

pub(crate) mod commands;
pub(crate) mod store;
