//! The log: a few files in the data folder that never grow without end. Lines name correlation ids and causes, no people.

use flexi_logger::{Cleanup, Criterion, FileSpec, Logger, LoggerHandle, Naming, detailed_format};
use inkpoint_core::Place;

const FILE_SIZE: u64 = 1_000_000;
const FILES_KEPT: usize = 5;

/// Starts the log and keeps it while the handle lives. A studio that cannot write its log can still work.
pub fn start(place: &Place) -> Option<LoggerHandle> {
    let started = Logger::try_with_str("info").and_then(|logger| {
        logger
            .log_to_file(FileSpec::default().directory(place.data().join("log")).basename("inkpoint"))
            .format(detailed_format)
            .append()
            .rotate(Criterion::Size(FILE_SIZE), Naming::Numbers, Cleanup::KeepLogFiles(FILES_KEPT))
            .start()
    });
    started.inspect_err(|cause| eprintln!("inkpoint: no log is written: {cause}")).ok()
}
