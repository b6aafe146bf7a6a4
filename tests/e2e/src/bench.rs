//! The counter's times as they are met in the real window: `inkpoint-bench`, on release builds.
//!
//! W is the bare round trip of a command that no room answers, measured in the same window; the rest is read against it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod crowd;

use std::time::Instant;

use crowd::Size;
use inkpoint_e2e::{Stage, Window, early_afternoon, family};
use serde_json::{Value, json};

const PASSWORD: &str = "Stencil-Demo-1";

/// The median of many round trips of one command, in milliseconds.
const ROUND_TRIPS: &str = "
    const [command, args, rounds, done] = arguments;
    (async () => {
        const ask = () => window.__TAURI_INTERNALS__.invoke('desk', { command, key: null, args }).catch(() => null);
        const taken = [];
        for (let round = 0; round < rounds; round += 1) {
            const start = performance.now();
            await ask();
            taken.push(performance.now() - start);
        }
        taken.sort((a, b) => a - b);
        done(taken[Math.floor(rounds / 2)]);
    })();";

/// From turning to an address until the cards of its day are painted: each as [milliseconds, cards].
const TURNS: &str = "
    const [addresses, done] = arguments;
    const painted = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
    const shown = () => [...document.querySelectorAll('[data-card]')].map((card) => card.dataset.card).join();
    const taken = [];
    const turn = async (address) => {
        const before = shown();
        const start = performance.now();
        location.hash = address;
        const until = start + 5000;
        do { await painted(); } while ((shown() === before || shown() === '') && performance.now() < until);
        taken.push([performance.now() - start, document.querySelectorAll('[data-card]').length]);
    };
    // A task of its own: the desk's state must not change inside the driver's script.
    setTimeout(async () => {
        for (const address of addresses) {
            if (address.startsWith('#/agenda')) await turn(address);
            else { location.hash = address; await new Promise((then) => setTimeout(then, 300)); }
        }
        done(taken);
    });";

/// From the key that moves a card until it stands at its new place and is painted.
const MOVES: &str = "
    const [rounds, done] = arguments;
    const painted = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
    const taken = [];
    setTimeout(async () => {
        const movable = document.querySelectorAll('[data-card].booked, [data-card].confirmed');
        const id = movable[movable.length - 1]?.dataset.card;
        for (let round = 0; id && round < rounds; round += 1) {
            const card = document.querySelector(`[data-card='${id}']`);
            card.focus();
            await painted();
            const before = card.getAttribute('style');
            const start = performance.now();
            const key = round % 2 ? 'ArrowUp' : 'ArrowDown';
            card.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, altKey: true, bubbles: true, cancelable: true }));
            const until = start + 2000;
            while (document.querySelector(`[data-card='${id}']`)?.getAttribute('style') === before && performance.now() < until) {
                await Promise.resolve();
                if (document.querySelector(`[data-card='${id}']`)?.getAttribute('style') !== before) break;
                await new Promise((then) => setTimeout(then));
            }
            taken.push(performance.now() - start);
            await new Promise((then) => setTimeout(then, 120));
        }
        done(taken);
    });";

/// From a pointer's move with the button down until the frame that follows it is painted, for every move from now on.
const WATCH: &str = "
    const taken = (window.framesAfterMoves = []);
    addEventListener('pointermove', (event) => {
        if (event.buttons !== 1) return;
        const [made, met] = [event.timeStamp, performance.now()];
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                const shown = document.querySelector('.ghost') !== null;
                taken.push([performance.now() - made, performance.now() - met, shown]);
            };
            port2.postMessage(null);
        });
    }, true);";
const WATCHED: &str = "const [done] = arguments; done(window.framesAfterMoves)";

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// So many in a hundred are not above this.
fn share(mut samples: Vec<f64>, percent: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len().saturating_sub(1) * percent / 100).copied().unwrap_or(f64::NAN)
}

/// What one of them took, however busy the machine was with others.
fn each(name: &str, spent: f64, count: usize) {
    println!("{name:<52}{:>9.2} ms  of {count}", spent / count as f64);
}

fn verdict(name: &str, found: f64, bound: f64) {
    let word = if found <= bound { "within" } else { "OVER" };
    println!("{name:<52}{found:>9.2} ms  bound {bound:>8.2} ms  {word}");
}

/// After fifteen full years: ninety visits a day.
const LARGE: Size = Size { artists: 12, clients: 100_000, appointments: 500_000 };
/// Sixty visits a day.
const USUAL: Size = Size { artists: 8, clients: 2_000, appointments: 20_000 };

fn main() {
    inkpoint_e2e::run(async {
        large().await;
        usual().await;
        println!("others at work meanwhile: {}", load());
    });
}

async fn large() {
    let stage = Stage::set();
    #[allow(clippy::disallowed_methods)] // Real time is what is measured here.
    let began = Instant::now();
    let days = crowd::gather(&stage, &early_afternoon(), &LARGE);
    println!("others at work meanwhile: {}", load());
    let Size { clients, appointments, .. } = LARGE;
    println!(
        "{clients} clients and {appointments} appointments made in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    let window = Window::open(&stage, None).await;
    window.see("Who is at the desk?").await;
    start(&window, &stage).await;
    sign_in(&window).await;

    let w = trip(&window, "nothing.at_all", json!({})).await;
    println!("{:<52}{w:>9.2} ms", "W: the bare round trip");
    let day = trip(&window, "agenda.list", json!({ "day": days[7] })).await;
    verdict("a day of 12 artists through the window (W + 2 ms)", day, w + 2.0);
    let week = trip(&window, "agenda.list", json!({ "day": days[7], "days": 7 })).await;
    verdict("a week of 12 artists through the window (W + 10 ms)", week, w + 10.0);
    turns(&window, &stage, &days, &LARGE, (150.0, 100.0)).await;
    drag(&window, &stage).await;
    moves(&window).await;
    memory(&stage);
    window.close().await;
}

async fn usual() {
    let stage = Stage::set();
    let days = crowd::gather(&stage, &early_afternoon(), &USUAL);
    let window = Window::open(&stage, None).await;
    window.see("Who is at the desk?").await;
    sign_in(&window).await;
    turns(&window, &stage, &days, &USUAL, (100.0, 60.0)).await;
    window.close().await;
}

async fn sign_in(window: &Window) {
    window.press("Lena Sorel").await;
    window.fill("Password", PASSWORD).await;
    window.press("Sign in").await;
    window.find("heading", "Agenda").await;
}

async fn trip(window: &Window, command: &str, args: Value) -> f64 {
    window.measure(ROUND_TRIPS, vec![json!(command), args, json!(300)]).await.as_f64().unwrap_or(f64::NAN)
}

async fn turns(window: &Window, stage: &Stage, days: &[String], size: &Size, (draw, change): (f64, f64)) {
    // Drawn from nothing: away to another page and back, the same day.
    let full = format!("#/agenda/{}", days[0]);
    let draws: Vec<String> = (0..9).flat_map(|_| ["#/cash".to_owned(), full.clone()]).collect();
    let drawn = figures(&window.measure(TURNS, vec![json!(draws)]).await);
    let cards = drawn.first().map_or(0.0, |first| first.1);
    verdict(
        &format!("a day of {} artists and {cards} cards drawn", size.artists),
        median(drawn.iter().map(|one| one.0).collect()),
        draw,
    );
    // The first is the day that is shown already.
    let changes: Vec<String> = days.iter().take(25).map(|day| format!("#/agenda/{day}")).collect();
    let before = processor(stage);
    let changed = figures(&window.measure(TURNS, vec![json!(changes[1..])]).await);
    each("change of day, on the processor", processor(stage) - before, changed.len());
    verdict("change of day", median(changed.iter().map(|one| one.0).collect()), change);
}

fn figures(taken: &Value) -> Vec<(f64, f64)> {
    taken
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| (pair[0].as_f64().unwrap_or(f64::NAN), pair[1].as_f64().unwrap_or(0.0)))
        .collect()
}

async fn moves(window: &Window) {
    let taken = window.measure(MOVES, vec![json!(12)]).await;
    let taken = taken.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    verdict("one card moved", median(taken), 16.0);
}

/// The last card of the page, carried about by the pointer and back to where it was.
async fn drag(window: &Window, stage: &Stage) {
    window.watch(WATCH).await;
    let grid = window.find("region", "Bookings of the day").await;
    // In the middle of the page whatever its height: further down it would have to be scrolled to.
    let card = window.find_within(&grid, "button", "15:00–16:00").await;
    let before = processor(stage);
    window.carry_about(&card, 60).await;
    let spent = processor(stage) - before;
    let watched = window.measure(WATCHED, Vec::new()).await;
    let frames: Vec<&Value> =
        watched.as_array().into_iter().flatten().filter(|frame| frame[2] == json!(true)).collect();
    let column = |at: usize| -> Vec<f64> { frames.iter().filter_map(|frame| frame[at].as_f64()).collect() };
    each("a frame of a carried card, on the processor", spent, frames.len());
    verdict("a carried card, from the pointer to the paint", median(column(0)), 32.0);
    verdict("the same from when the page met the event", median(column(1)), 32.0);
    verdict("the same, the slowest of twenty", share(column(0), 95), 32.0);
}

/// From the program's start, as the system has it, to the mark that the sign-in screen leaves.
async fn start(window: &Window, stage: &Stage) {
    let usable = window
        .measure(
            "const done = arguments[0];
             done(performance.timeOrigin + (performance.getEntriesByName('usable')[0]?.startTime ?? NaN));",
            Vec::new(),
        )
        .await;
    match (usable.as_f64(), started(stage)) {
        (Some(usable), Some(started)) => {
            verdict("start to a usable sign-in", usable - started, 1_500.0);
        }
        _ => println!("start to a usable sign-in: not to be had on this system"),
    }
}

/// When the program began, in milliseconds since 1970.
fn started(stage: &Stage) -> Option<f64> {
    let pid = *family::family(stage).first()?;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let ticks: f64 = stat.rsplit(')').next()?.split_whitespace().nth(19)?.parse().ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let uptime: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    #[allow(clippy::disallowed_methods)] // The page's clock is the computer's, and so must this be.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs_f64();
    Some((now - uptime + ticks / 100.0) * 1_000.0)
}

/// Milliseconds that the program and all it started have spent computing, in steps of ten.
fn processor(stage: &Stage) -> f64 {
    let ticks = |pid: &u32| -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let figures = stat.rsplit(')').next().unwrap_or_default();
        figures.split_whitespace().skip(11).take(2).filter_map(|one| one.parse::<f64>().ok()).sum()
    };
    family::family(stage).iter().map(ticks).sum::<f64>() * 10.0
}

/// How many programs wanted a processor in the last minute, and how many processors there are.
fn load() -> String {
    let average = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{} on {processors} processors", average.split_whitespace().next().unwrap_or("?"))
}

/// Resident memory of the program and all it started; shared pages count by their share.
fn memory(stage: &Stage) {
    let family = family::family(stage);
    println!(
        "{:<52}{:>9.0} MB in {} processes",
        "resident memory, shared pages by their share",
        family::held(&family),
        family.len()
    );
}
