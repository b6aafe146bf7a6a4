//! A portfolio filling up with pictures of 12 megapixels, two on their way at a time as the desk sends them: what each
//! takes, and what the process holds at most (F22, and less than 400 MB for two hundred of them).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::{Studio, ask, timed, verdict};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use inkpoint_core::{DemoOptions, Tools};
use serde_json::json;

const PICTURES: usize = 24;
const AT_ONCE: usize = 2;
/// Megabytes.
const BOUND: f64 = 400.0;

/// What a camera of 12 megapixels makes: detail everywhere, so that it is about five megabytes long.
fn photograph(seed: u32) -> Vec<u8> {
    let mut dice = seed | 1;
    let image = RgbImage::from_fn(4_000, 3_000, |x, y| {
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        let grain = dice % 48;
        let at = |value: u32| u8::try_from((value / 16 + grain) % 256).unwrap();
        Rgb([at(x), at(y), at((x + y) / 2)])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 88).encode_image(&image).unwrap();
    bytes
}

/// The most memory this process held since the last reset, in megabytes; none where the system does not tell.
fn most_held() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn main() {
    if common::asked_to_test() {
        return;
    }
    let options = DemoOptions { years: 0, artists: 2, zone: "Etc/UTC".to_owned(), ..Default::default() };
    let studio = Studio::demo(&options, Tools::default());
    studio.enter();
    let desk = &studio.desk;
    let artist = ask(desk, "portfolio.list", &json!({}))["artists"][0]["artist_id"].clone();

    // On the disk, as at a desk: what waits is not in memory.
    let sources: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let path = studio.home.path().join(format!("camera-{number}.jpg"));
            let bytes = photograph(u32::try_from(number).unwrap() * 7_919 + 17);
            println!("a picture of {:.1} MB", f64::from(u32::try_from(bytes.len()).unwrap()) / 1e6);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    // Where the system allows it, from here on.
    let _not_there = std::fs::write("/proc/self/clear_refs", "5");
    let before = most_held();

    let next = AtomicUsize::new(0);
    let times = Mutex::new(Vec::new());
    let began = Instant::now();
    let (door, artist, number, took) = (desk, &artist, &next, &times);
    std::thread::scope(|scope| {
        for source in &sources {
            scope.spawn(move || {
                while number.fetch_add(1, Ordering::SeqCst) < PICTURES {
                    let base64 = STANDARD.encode(std::fs::read(source).unwrap());
                    let args =
                        serde_json::value::to_raw_value(&json!({"artist_id": artist, "base64": base64}))
                            .unwrap();
                    drop(base64);
                    let one = timed(|| door.dispatch("portfolio.add", None, &args).unwrap());
                    took.lock().unwrap().push(one);
                }
            });
        }
    });
    let all = began.elapsed();
    let mut times: Vec<Duration> = times.into_inner().unwrap();
    times.sort();
    println!(
        "{PICTURES} pictures, {AT_ONCE} at a time: median {:.0} ms each, slowest {:.0} ms, {:.2} pictures a second",
        times[times.len() / 2].as_secs_f64() * 1e3,
        times[times.len() - 1].as_secs_f64() * 1e3,
        f64::from(u32::try_from(PICTURES).unwrap()) / all.as_secs_f64(),
    );
    match (before, most_held()) {
        (Some(before), Some(most)) => {
            verdict(&format!("held at most ({before:.0} MB before)"), most, BOUND, "MB");
        }
        _ => println!("this system does not tell what a process held at most"),
    }
}
