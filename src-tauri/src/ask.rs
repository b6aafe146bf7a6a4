//! From the window to the core's door, and back.

use std::sync::Arc;

use inkpoint_core::{Desk, Error, Fault};
use serde::Deserialize;
use serde_json::value::RawValue;
use tauri::State;
use tauri::ipc::{InvokeBody, Request, Response};

use crate::parcel::Parcels;

/// What the desk sends: which command, under which key, with which arguments and which file beside them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    command: String,
    key: Option<String>,
    args: Box<RawValue>,
    /// A file that was handed in before.
    parcel: Option<String>,
}

/// Hands an ask to the core, away from the thread that draws the window: a password alone takes a good part of a second.
#[tauri::command]
pub async fn desk(
    core: State<'_, Arc<Desk>>,
    parcels: State<'_, Parcels>,
    request: Request<'_>,
) -> Result<Response, Fault> {
    let core = Arc::clone(&core);
    // Read by hand: Tauri's own refusal of malformed arguments would be a sentence, not a fault.
    let ask = match request.body() {
        InvokeBody::Json(body) => Ask::deserialize(body).ok(),
        InvokeBody::Raw(_) => None,
    };
    let Some(Ask { command, key, args, parcel }) = ask else {
        return Err(core.fault(Error::invalid("ask", "malformed")));
    };
    let file = match parcel.map(|name| parcels.take(&name)) {
        None => None,
        Some(None) => return Err(core.fault(Error::invalid("parcel", "not there"))),
        Some(file) => file,
    };

    let answer = {
        let core = Arc::clone(&core);
        tauri::async_runtime::spawn_blocking(move || match file {
            None => core.dispatch(&command, key.as_deref(), &args),
            Some(file) => core.dispatch_with(&command, key.as_deref(), &args, file),
        })
        .await
    };
    match answer {
        // The core's reply is JSON already; it goes out as it is.
        Ok(reply) => reply.map(|reply| Response::new(String::from(Box::<str>::from(reply)))),
        Err(panicked) => Err(core.fault(Error::internal(panicked))),
    }
}
