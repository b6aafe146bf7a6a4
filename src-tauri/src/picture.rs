//! Pictures in the window, through a scheme of their own: `studio://localhost/<picture>.<size>`, and those of
//! portfolios as `portfolio.<picture>.<size>`; what stands behind a `?` only tells one content from another. Each is
//! asked of the door, like everything else: whoever may not see the client sees no picture of theirs either.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::{Code, Desk, Error};
use serde::Deserialize;
use serde_json::value::to_raw_value;
use tauri::http::{Response, StatusCode, header};
use tauri::{Builder, Manager, Runtime};

pub const SCHEME: &str = "studio";

/// What the core answers: the picture as JSON carries it.
#[derive(Deserialize)]
struct Picture {
    mime: String,
    base64: String,
}

/// Has the application serve pictures to its main window.
pub fn serve<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.register_asynchronous_uri_scheme_protocol(SCHEME, |window, request, responder| {
        let ours = window.webview_label() == "main";
        let core = Arc::clone(&window.app_handle().state::<Arc<Desk>>());
        let path = request.uri().path().to_owned();
        tauri::async_runtime::spawn_blocking(move || {
            let answer = if ours { picture(&core, &path) } else { Err(StatusCode::FORBIDDEN) };
            responder.respond(answer.map_or_else(empty, shown));
        });
    })
}

fn picture(core: &Desk, path: &str) -> Result<Picture, StatusCode> {
    let (id, size) = path.trim_start_matches('/').rsplit_once('.').ok_or(StatusCode::NOT_FOUND)?;
    let (command, args) = match id.strip_prefix("portfolio.") {
        Some(id) => ("portfolio.show", serde_json::json!({"item_id": id, "size": size})),
        None => ("pictures.show", serde_json::json!({"picture_id": id, "size": size})),
    };
    let args = to_raw_value(&args).map_err(|_| StatusCode::BAD_REQUEST)?;
    let reply = core.dispatch(command, None, &args).map_err(|fault| match fault.code {
        Code::NoSession | Code::Denied | Code::ClientView => StatusCode::FORBIDDEN,
        Code::NotFound | Code::Invalid => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    })?;
    serde_json::from_str(reply.get()).map_err(|cause| {
        core.fault(Error::internal(cause));
        StatusCode::INTERNAL_SERVER_ERROR
    })
}

fn shown(picture: Picture) -> Response<Vec<u8>> {
    let Ok(bytes) = STANDARD.decode(&picture.base64) else { return empty(StatusCode::INTERNAL_SERVER_ERROR) };
    let response = Response::builder()
        .header(header::CONTENT_TYPE, picture.mime)
        // The next person at the desk may not be allowed to see it: the engine keeps nothing.
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes);
    response.unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
