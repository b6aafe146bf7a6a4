//! A file on its way from the window to the core, piece by piece. Sent in one, a large picture lies in the window's engine
//! several times over; and while it is on its way nobody sees how far it is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkpoint_core::{Desk, Error, Fault};
use tauri::State;
use tauri::ipc::{InvokeBody, Request};

/// What a request of 40 MB carries as base64, in bytes.
const LARGEST: usize = 30 * 1024 * 1024;
/// A page that began anew sends no rest: beyond so many, the oldest goes.
const MOST: usize = 4;

/// What has arrived and waits for the ask that goes with it.
#[derive(Debug, Default)]
pub struct Parcels(Mutex<VecDeque<Parcel>>);

#[derive(Debug)]
struct Parcel {
    name: String,
    bytes: Vec<u8>,
}

impl Parcels {
    fn held(&self) -> MutexGuard<'_, VecDeque<Parcel>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a piece that begins at byte `at`; at 0 the parcel begins anew.
    fn add(&self, name: &str, at: usize, piece: &[u8]) -> Result<(), Error> {
        let mut held = self.held();
        if at == 0 {
            held.retain(|parcel| parcel.name != name);
            if held.len() == MOST {
                held.pop_front();
            }
            held.push_back(Parcel { name: name.to_owned(), bytes: Vec::new() });
        }
        let parcel = held.iter_mut().find(|parcel| parcel.name == name);
        let Some(parcel) = parcel.filter(|parcel| parcel.bytes.len() == at) else {
            return Err(Error::invalid("parcel", "out of order"));
        };
        if piece.len() > LARGEST - at {
            held.retain(|parcel| parcel.name != name);
            return Err(Error::invalid("base64", "too large"));
        }
        parcel.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// Takes a parcel out.
    pub fn take(&self, name: &str) -> Option<Vec<u8>> {
        let mut held = self.held();
        let at = held.iter().position(|parcel| parcel.name == name)?;
        held.remove(at).map(|parcel| parcel.bytes)
    }
}

/// Keeps one piece of a file: the body is its bytes, the headers `parcel` and `at` name the parcel and the byte that the
/// piece begins at.
#[tauri::command]
pub fn hand_in(
    core: State<'_, Arc<Desk>>,
    parcels: State<'_, Parcels>,
    request: Request<'_>,
) -> Result<(), Fault> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let at = header("at").and_then(|at| at.parse().ok());
    let (InvokeBody::Raw(piece), Some(name), Some(at)) = (request.body(), header("parcel"), at) else {
        return Err(core.fault(Error::invalid("parcel", "malformed")));
    };
    parcels.add(name, at, piece).map_err(|error| core.fault(error))
}
