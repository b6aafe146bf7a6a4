//! The one window, and what it refuses to become: it shows the desk that is built in and nothing else.

use std::path::PathBuf;
use std::sync::Arc;

use inkpoint_core::Desk;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PageLoadPayload};
use tauri::{App, Manager, Result, Runtime, Url, WebviewWindow, WebviewWindowBuilder};

/// Opens the main window as the configuration describes it. Built here because the guards have no place in a file.
/// What the desk remembers for this window (theme, size, language) goes into `looks`, beside the studios and not where
/// the engine would put it: whoever moves the data folder moves everything.
pub fn open<R: Runtime>(app: &App<R>, looks: PathBuf) -> Result<()> {
    for config in &app.config().app.windows {
        let window = WebviewWindowBuilder::from_config(app, config)?
            .data_directory(looks.clone())
            .on_navigation(is_the_desk)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .on_page_load(lock)
            .build()?;
        settle(&window)?;
    }
    Ok(())
}

/// A page that begins anew has forgotten who is at the desk, and so does the core. Written down apart from the thread
/// that draws: somebody may have the file.
fn lock<R: Runtime>(window: WebviewWindow<R>, load: PageLoadPayload<'_>) {
    if load.event() == PageLoadEvent::Started
        && let Some(note) = window.state::<Arc<Desk>>().redrawn()
    {
        tauri::async_runtime::spawn_blocking(note);
    }
}

/// WebKitGTK leaves the window white when the process dies that draws it (on macOS, wry draws it anew by itself), and
/// keeps what it fetched for pages that somebody may go back to: the desk is one page, and pictures of people are asked
/// for each time.
#[cfg(target_os = "linux")]
fn settle<R: Runtime>(window: &WebviewWindow<R>) -> Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};
    window.with_webview(|webview| {
        let view = webview.inner();
        if let Some(context) = view.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        view.connect_web_process_terminated(|view, why| {
            log::error!("the window's engine died and is started anew: {why:?}");
            view.reload();
        });
    })
}

#[cfg(not(target_os = "linux"))]
fn settle<R: Runtime>(_: &WebviewWindow<R>) -> Result<()> {
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
