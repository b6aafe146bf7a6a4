//! What leaves the house on paper.

pub(crate) mod words;
