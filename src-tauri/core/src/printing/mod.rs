//! Handing papers out: receipts and reports on the studio's receipt printer, as documents, as the text of a mail.
//!
//! Lives here: what stands on a slip, the bytes that a printer takes, the one way to it, and how often a receipt was
//! handed out. Does not live here: what a sale or a Z report says (rooms `till` and `drawer`), pages (`paper`).
//!
//! Nothing is sent before it is written down, and nothing that is written down waits for a printer: a sale is made
//! whether it prints or not.

pub(crate) mod commands;
pub(crate) mod encode;
mod network;
pub(crate) mod queue;
pub(crate) mod slip;
pub(crate) mod store;
mod written;

use std::fmt::Debug;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use network::NetworkPrinter;

use crate::door::Desk;
use crate::error::{Error, Result};
use crate::studio::Settings;
use encode::{CodePage, KickPin};

/// Where a printer listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// A name or an address.
    pub host: String,
    pub port: u16,
}

/// What a printer is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub bytes: Vec<u8>,
    /// It needs paper; opening the drawer does not.
    pub prints: bool,
}

/// Why nothing came out, as somebody at the desk can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The studio has no printer.
    NotSet,
    /// No computer of that name.
    NoSuchName,
    /// Nobody answers at that address.
    Silent,
    /// Somebody answers there, but takes no print jobs.
    Refused,
    /// The connection ended in the middle.
    BrokeOff,
    /// It did not take everything in time: some of it may come out.
    Slow,
    NoPaper,
    CoverOpen,
    /// It says itself that something is wrong.
    Fault,
}

impl Trouble {
    pub const ALL: [Trouble; 9] = [
        Trouble::NotSet,
        Trouble::NoSuchName,
        Trouble::Silent,
        Trouble::Refused,
        Trouble::BrokeOff,
        Trouble::Slow,
        Trouble::NoPaper,
        Trouble::CoverOpen,
        Trouble::Fault,
    ];

    /// As callers are told.
    pub fn name(self) -> &'static str {
        match self {
            Trouble::NotSet => "printer_none",
            Trouble::NoSuchName => "printer_name",
            Trouble::Silent => "printer_silent",
            Trouble::Refused => "printer_refused",
            Trouble::BrokeOff => "printer_broke_off",
            Trouble::Slow => "printer_slow",
            Trouble::NoPaper => "printer_paper",
            Trouble::CoverOpen => "printer_cover",
            Trouble::Fault => "printer_fault",
        }
    }
}

/// The way to a receipt printer, injected as clocks are.
pub trait Printer: Send + Sync + Debug {
    fn send(&self, to: &Address, job: &Job) -> Result<(), Trouble>;
}

/// How a paper left the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Through the computer's own print dialog.
    Page,
    /// On the receipt printer.
    Printer,
    Pdf,
    Mail,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Way::Page => "page",
            Way::Printer => "printer",
            Way::Pdf => "pdf",
            Way::Mail => "mail",
        }
    }
}

/// How many characters fit on a line of the paper there is.
pub(crate) const COLUMNS: [i64; 3] = [32, 42, 48];

/// The studio's receipt printer.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    address: Address,
    columns: usize,
    letters: CodePage,
    pin: KickPin,
    drawer: bool,
}

impl Setup {
    /// None: the studio has no printer.
    pub(crate) fn of(settings: &Settings) -> Option<Setup> {
        let port = u16::try_from(settings.printer_port).ok()?;
        let host = settings.printer_host.clone();
        (!host.is_empty()).then_some(Setup {
            address: Address { host, port },
            columns: usize::try_from(settings.printer_columns).unwrap_or(32),
            letters: settings.printer_letters,
            pin: settings.printer_pin,
            drawer: settings.printer_drawer,
        })
    }
}

/// Checks where a printer is said to be; empty is none.
pub(crate) fn check(host: &str, port: i64, columns: i64) -> Result<()> {
    let letters =
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':'));
    if !letters || host.len() > 253 {
        return Err(Error::invalid("printer_host", "not an address"));
    }
    if !(1..=65_535).contains(&port) {
        return Err(Error::invalid("printer_port", "out of range"));
    }
    if !COLUMNS.contains(&columns) {
        return Err(Error::invalid("printer_columns", "out of range"));
    }
    Ok(())
}

/// Why a change opens the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opens {
    /// Cash went in or out.
    Cash,
    /// Somebody asked for it, without a sale.
    Asked,
}

/// Opens the drawer after a change was committed, where the studio's printer does that. Nobody waits for it, and no
/// printer that fails undoes anything.
pub(crate) fn open_drawer(desk: &Desk, why: Opens, member: &str) {
    let Ok(studio) = desk.studio() else { return };
    let setup = studio.file.read(|conn| {
        let db = crate::storage::Reader::new(conn);
        if !crate::studio::store::has_printer(db)? {
            return Ok(None);
        }
        Ok(Setup::of(&crate::studio::store::settings(db)?))
    });
    match setup {
        Ok(Some(setup)) if setup.drawer || why == Opens::Asked => {
            let job = Job { bytes: encode::kick(setup.pin), prints: false };
            let printer = Arc::clone(&desk.tools().printer);
            studio.printing.open_drawer(printer, setup.address, job, member.to_owned());
        }
        Ok(_) => {}
        Err(error) => log::warn!("the drawer was not opened: {error}"),
    }
}
