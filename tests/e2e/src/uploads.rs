//! Pictures of 12 megapixels go into a portfolio in the real window: how long it ever leaves somebody waiting for a frame,
//! and how much memory the program and its engine hold. `INKPOINT_UPLOADS` says how many; 24 when it is not set.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use inkpoint_e2e::{Stage, Window, family, people};
use serde_json::{Value, json};

const ARTIST: &str = "Mara Quill";
/// Milliseconds between two frames; more is a window that stalls.
const FRAME: f64 = 100.0;
/// Megabytes.
const MEMORY: f64 = 400.0;
/// A busy machine takes a second or two for each.
const PATIENCE: Duration = Duration::from_secs(1_500);

/// From each frame to the next, and when, from now on.
const WATCH: &str = "
    window.gaps = [];
    let last = performance.now();
    const began = last;
    const frame = (now) => {
        if (now - last > 34) window.gaps.push([now - last, now - began]);
        last = now;
        window.drawn = (window.drawn ?? 0) + 1;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";
/// The gaps so far, and how many frames there were. Begins anew.
const WATCHED: &str = "
    const [done] = arguments;
    const told = [window.gaps, window.drawn];
    window.gaps = [];
    window.drawn = 0;
    done(told);";

fn verdict(name: &str, found: f64, unit: &str, bound: f64) {
    let word = if found <= bound { "within" } else { "OVER" };
    println!("{name:<52}{found:>9.2} {unit}  bound {bound:>8.2} {unit}  {word}");
}

/// What a camera of 12 megapixels makes: grain everywhere, so that each is about five megabytes; no two alike.
fn photographs(folder: &Path, count: usize) -> Vec<PathBuf> {
    let draw = |words: &[&str]| {
        let done = Command::new("convert").args(words).current_dir(folder).status();
        assert!(done.is_ok_and(|done| done.success()), "convert {words:?}");
    };
    let grain = ["-size", "1000x750", "plasma:tan-sienna", "-resize", "4000x3000!", "-attenuate", "0.6"];
    draw(&[&grain[..], &["+noise", "Gaussian", "-depth", "8", "base.bmp"]].concat());
    (0..count)
        .map(|at| {
            let (roll, name) = (format!("+{}+{}", at * 37, at * 11), format!("DSC_{at:04}.jpg"));
            draw(&["base.bmp", "-roll", &roll, "-quality", "90", &name]);
            folder.join(name)
        })
        .collect()
}

fn main() -> std::io::Result<()> {
    let count = std::env::var("INKPOINT_UPLOADS").ok().and_then(|count| count.parse().ok()).unwrap_or(24);
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        let camera = tempfile::tempdir()?;
        let files = photographs(camera.path(), count);
        let bytes: u64 = files.iter().filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum();
        println!("{count} pictures of 12 megapixels, {:.1} MB each", bytes as f64 / count as f64 / 1e6);

        let window = Window::open(&stage, None).await;
        window.see("Who is at the desk?").await;
        people::sign_in(&window, ARTIST, &demo.password).await;
        window.click("link", "Portfolio").await;
        window.find("button", "Add pictures").await;
        let family = family::family(&stage);
        println!("{:<52}{:>9.0} MB", "held before", family::held(&family));
        window.watch(WATCH).await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        report("with nothing to do", &window.measure(WATCHED, Vec::new()).await);

        #[allow(clippy::disallowed_methods)] // Real time is what is measured here.
        let began = Instant::now();
        window.attach_all("Add pictures", &files).await;
        let (mut most, mut engines) = (0.0_f64, 0.0_f64);
        while !window.has("button", "Describe").await {
            assert!(began.elapsed() < PATIENCE, "{}", window.text().await);
            for _ in 0..4 {
                most = most.max(family::held(&family));
                engines = engines.max(family::held(family.get(1..).unwrap_or_default()));
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
        }
        let spent = began.elapsed().as_secs_f64();
        assert!(window.text().await.contains(&format!("{count} pictures are added.")), "not all went in");
        println!(
            "{:<52}{:>9.2} s   of {count}",
            "a picture, from the pick to the grid",
            spent / count as f64
        );
        let longest = report("while they went in", &window.measure(WATCHED, Vec::new()).await);
        verdict("the longest wait for a frame meanwhile", longest, "ms", FRAME);
        verdict("the most the program and its engine held", most, "MB", MEMORY);
        println!("{:<52}{engines:>9.0} MB", "of that in the engine");
        // Where nobody has to wait for it any more: what stays when all is done.
        tokio::time::sleep(Duration::from_secs(3)).await;
        println!("{:<52}{:>9.0} MB", "held after", family::held(&family));
        window.close().await;
        Ok(())
    })
}

/// The slowest frames in words; the slowest of them.
fn report(when: &str, told: &Value) -> f64 {
    let gaps = told[0].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut gaps: Vec<(f64, f64)> = gaps
        .iter()
        .map(|gap| (gap[0].as_f64().unwrap_or(f64::NAN), gap[1].as_f64().unwrap_or(f64::NAN)))
        .collect();
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let slowest: Vec<String> =
        gaps.iter().take(6).map(|(gap, at)| format!("{gap:.0} ms at {:.1} s", at / 1000.0)).collect();
    println!("{when}: {} frames, the slowest {}", told[1].as_u64().unwrap_or(0), json!(slowest));
    gaps.first().map_or(0.0, |slowest| slowest.0)
}
