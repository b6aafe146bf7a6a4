//! The master code: who may rotate it, how old it is. Opening locked actions with it is the room `session`.

pub(crate) mod commands;
pub(crate) mod store;
