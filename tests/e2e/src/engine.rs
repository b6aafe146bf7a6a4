//! The process that draws the window dies in the middle of sales: the window comes back by itself, locked, and each sale
//! was made or can be made once (F24).

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::people::sign_in;
use crate::{Demo, Stage, Window};

const RECEPTION: &str = "Lena Sorel";
const KILLS: usize = 3;
/// On their way at once when the engine dies.
const SALES: usize = 5;

/// Sells without waiting for an answer, and tells at once.
const SELLING: &str = "const [keys, args, done] = arguments; setTimeout(() => { \
    for (const key of keys) window.__TAURI_INTERNALS__.invoke('desk', { command: 'till.sell', key, args }); \
    done(null); })";
const ASKING: &str = "const [key, args, done] = arguments; setTimeout(() => \
    window.__TAURI_INTERNALS__.invoke('desk', { command: 'till.sell', key, args }).then(done, done))";

/// Where the lock screen asks who is at the desk: nothing there changes with the hour, or with who was here last.
const HEADING: &str = "300x50+570+145";

/// Kills and looks. What was counted, in words. The driver loses the page with its engine: from then on there is what the
/// display shows, what the core wrote down, and the next window.
pub async fn walk(stage: &Stage, demo: &Demo) -> String {
    let before = count(stage, "SELECT count(*) FROM sales");
    let (mut keys, mut sale, mut unasked) = (Vec::new(), Value::Null, 0);
    for kill in 0..=KILLS {
        let window = Window::open(stage, None).await;
        window.see("Who is at the desk?").await;
        let heading = window.strip(HEADING).await;
        assert!(heading.iter().any(|shade| *shade != heading[0]), "nothing is written there");
        sign_in(&window, RECEPTION, &demo.password).await;
        for key in keys.iter().rev().take(SALES) {
            let reply = window.measure(ASKING, vec![json!(key), sale.clone()]).await;
            assert!(reply["receipt"].is_i64(), "{key}: {reply}");
            assert_eq!(window.measure(ASKING, vec![json!(key), sale.clone()]).await, reply, "{key}");
        }
        assert_eq!(count(stage, "SELECT count(*) FROM sales") - before, to(keys.len()), "each sale once");
        if kill == KILLS {
            window.close().await;
            break;
        }
        if sale.is_null() {
            sale = some_sale(&window).await;
        }
        let mine: Vec<String> = (0..SALES).map(|sale| format!("on-its-way-{kill}-{sale:02}")).collect();
        window.measure(SELLING, vec![json!(mine), sale.clone()]).await;
        let engine = engine_of(window.driver());
        let shell = parent_of(engine).unwrap();
        assert!(Command::new("kill").args(["-9", &engine.to_string()]).status().unwrap().success());
        // By itself, and nobody is signed in any more.
        window.comes_to_show(HEADING, &heading).await;
        assert_ne!(engine_of(window.driver()), engine);
        drop(window);
        // The driver, which lost the page, does not end it.
        let _gone = Command::new("kill").arg(shell.to_string()).status();
        while parent_of(shell).is_some() {
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        assert_eq!(count(stage, "SELECT count(*) FROM journal WHERE command = 'session.lock'"), to(kill + 1));
        unasked += count(stage, "SELECT count(*) FROM sales") - before - to(keys.len());
        keys.extend(mine);
    }
    format!(
        "{KILLS} times the window's engine killed with {SALES} sales on their way: back by itself and locked each time; {} \
         sales, {unasked} of them made before anybody asked again, 0 lost, 0 twice",
        keys.len()
    )
}

fn to(many: usize) -> i64 {
    i64::try_from(many).unwrap()
}

/// Something that is on the shelf, by card.
async fn some_sale(window: &Window) -> Value {
    let items = window.ask("inventory.list", json!({})).await;
    let for_sale = |item: &&Value| item["for_sale"] == true && item["price"].as_i64() > Some(0);
    let most = |item: &&Value| item["on_hand"].as_i64();
    let item = items.as_array().unwrap().iter().filter(for_sale).max_by_key(most).unwrap();
    let lines = json!([{"item_id": item["id"]}]);
    let quote = window.ask("till.quote", json!({"lines": lines})).await;
    json!({"lines": lines, "tenders": [{"tender": "card", "amount": quote["total"]}]})
}

#[allow(clippy::disallowed_methods)] // Looks in from outside, whoever has the file open.
fn count(stage: &Stage, sql: &str) -> i64 {
    let file = stage.home().join("demo.inkpoint");
    rusqlite::Connection::open(file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The name and the parent of a process that lives.
fn about(process: u32) -> Option<(String, u32)> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (before, after) = text.rsplit_once(')')?;
    let mut words = after.split_whitespace();
    let lives = words.next()? != "Z";
    let parent = words.next()?.parse().ok()?;
    lives.then(|| Some((before.split_once('(')?.1.to_owned(), parent)))?
}

fn parent_of(process: u32) -> Option<u32> {
    about(process).map(|(_, parent)| parent)
}

/// The process that draws the window which this driver drives.
fn engine_of(driver: u32) -> u32 {
    let is_below = |process: u32| {
        let mut at = process;
        while let Some(parent) = parent_of(at).filter(|_| at > 1) {
            if parent == driver {
                return true;
            }
            at = parent;
        }
        false
    };
    let is_engine = |id: u32| about(id).is_some_and(|(name, _)| name.starts_with("WebKitWebProces"));
    let all = std::fs::read_dir("/proc").unwrap();
    let ids = all.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    ids.filter(|id| is_engine(*id) && is_below(*id)).max().expect("the window has an engine")
}
