//! The one window, and what it refuses to become: it shows the desk that is built in and nothing else.

use std::path::PathBuf;

use tauri::webview::NewWindowResponse;
use tauri::{App, Result, Runtime, Url, WebviewWindowBuilder};

/// Opens the main window as the configuration describes it. Built here because the guards have no place in a file.
/// What the desk remembers for this window (theme, size, language) goes into `looks`, beside the studios and not where
/// the engine would put it: whoever moves the data folder moves everything.
pub fn open<R: Runtime>(app: &App<R>, looks: PathBuf) -> Result<()> {
    for config in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, config)?
            .data_directory(looks.clone())
            .on_navigation(is_the_desk)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .build()?;
    }
    Ok(())
}

/// The desk's own pages: `tauri://localhost`, which Windows spells `http://tauri.localhost`.
fn is_the_desk(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}
