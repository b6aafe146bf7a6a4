//! Mail and phone links: handed to whatever program the computer has for them. Inkpoint itself sends nothing.

use std::sync::Arc;

use inkpoint_core::{Desk, Error, Fault};
use tauri::State;

/// What a link may begin with, and how long it may be: a prepared mail with its text.
const KINDS: [&str; 3] = ["mailto:", "tel:", "sms:"];
const LONGEST: usize = 8_000;

/// Opens a mail to write, or a number to call or text.
#[tauri::command]
pub async fn open_link(core: State<'_, Arc<Desk>>, url: String) -> Result<(), Fault> {
    let known = KINDS.iter().any(|kind| url.starts_with(kind));
    if !known || url.len() > LONGEST || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(core.fault(Error::invalid("url", "not a mail or phone link")));
    }
    match tauri::async_runtime::spawn_blocking(move || open::that_detached(url)).await {
        Ok(Ok(())) => Ok(()),
        // Without a program for it there is nothing to mend in Inkpoint: the desk offers the text to copy.
        Ok(Err(cause)) => {
            log::warn!("no program opened a link: {}", cause.kind());
            Err(core.fault(Error::Conflict { reason: "no_program" }))
        }
        Err(panicked) => Err(core.fault(Error::internal(panicked))),
    }
}
