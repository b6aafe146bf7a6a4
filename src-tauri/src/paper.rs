//! Printing what the window shows, through the platform's own print dialog.

use std::sync::Arc;

use inkpoint_core::{Desk, Error, Fault};
use tauri::{Runtime, State, WebviewWindow};

#[tauri::command]
pub fn print_page<R: Runtime>(window: WebviewWindow<R>, core: State<'_, Arc<Desk>>) -> Result<(), Fault> {
    window.print().map_err(|cause| core.fault(Error::internal(cause)))
}
