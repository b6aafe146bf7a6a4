//! Who may do what, walked by those whom it concerns: a receptionist, an artist, a manager.

use serde_json::json;
use thirtyfour::Key;

use crate::{Demo, Window};

const RECEPTION: &str = "Lena Sorel";
const LEAVER: &str = "Teo Marino";
const ARTIST: &str = "Dario Vanta";
const MANAGER: &str = "Noor Hadley";
const LENT: &str = "Jules Orrin";
const PIN: &str = "2749";
const WRONG_CODE: &str = "AAAAA-AAAAA";

/// From a refund that needs the code to a month that is signed, in one window that is never closed.
pub async fn walk(window: &Window, demo: &Demo) {
    window.see("Who is at the desk?").await;
    a_locked_refund(window, demo).await;
    a_pin(window, demo).await;
    let unfinished = an_unfinished_sale(window).await;
    an_artist(window, demo, unfinished).await;
    back_to_the_sale(window, unfinished).await;
    rights_of_others(window, demo).await;
    somebody_leaves(window).await;
    the_log(window).await;
    the_month(window).await;
    in_the_dark(window).await;
    the_old_code(window, demo).await;
    the_owner(window, demo).await;
}

/// The code is asked for when the form is filled; neither a wrong one nor a step back costs what was typed.
async fn a_locked_refund(window: &Window, demo: &Demo) {
    sign_in(window, RECEPTION, &demo.password).await;
    window.keys(Key::F4).await;
    sell_a_balm(window).await;
    open_the_refund(window).await;
    window.fill("Reason", "Came back unopened").await;
    window.press("Refund $").await;

    window.find("dialog", "Master code").await;
    type_code(window, WRONG_CODE).await;
    window.see("That code is not right").await;
    window.see("tries left").await;
    window.keys(Key::Escape).await;
    assert_eq!(window.value("Reason").await, "Came back unopened", "a wrong code cost what was typed");

    window.press("Refund $").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("is recorded").await;
    window.find("timer", "").await;
    window.ctrl_shift("l").await;
    window.gone("timer", "").await;
}

async fn sell_a_balm(window: &Window) {
    put_a_balm_in(window).await;
    window.click("radio", "Card").await;
    window.ctrl(Key::Enter).await;
    window.see("Receipt").await;
    window.press("Done").await;
}

async fn put_a_balm_in(window: &Window) {
    window.fill("Add a service or product", "balm").await;
    window.click("option", "Aftercare balm").await;
    window.find("button", "Take").await;
}

async fn open_the_refund(window: &Window) {
    window.click("link", "Sales").await;
    let sale = window.find("row", "Aftercare balm").await;
    window.click_within(&sale, "cell", "Aftercare balm").await;
    window.press("Refund…").await;
}

pub(crate) async fn type_code(window: &Window, code: &str) {
    window.fill("Master code", code).await;
    window.keys(Key::Enter).await;
}

/// Chosen on the own page, and on this computer good until the day is over.
async fn a_pin(window: &Window, demo: &Demo) {
    window.press(RECEPTION).await;
    window.press("My profile").await;
    window.picture("my-profile").await;
    window.click("link", "Signing in").await;
    window.press("Set a PIN…").await;
    window.fill("PIN", PIN).await;
    window.fill("PIN again", PIN).await;
    window.fill("Your password", &demo.password).await;
    window.picture("pin").await;
    window.keys(Key::Enter).await;
    window.see("It works here today").await;

    lock(window).await;
    by_pin(window, true).await;
}

async fn by_pin(window: &Window, pictured: bool) {
    pick(window, RECEPTION).await;
    window.fill("PIN", PIN).await;
    if pictured {
        window.picture("sign-in-by-pin").await;
    }
    window.keys(Key::Enter).await;
    window.find("button", &format!("{RECEPTION} · Reception")).await;
}

/// Left in the middle of a sale: what stands in it belongs to whoever began it.
async fn an_unfinished_sale(window: &Window) -> &'static str {
    window.keys(Key::F4).await;
    put_a_balm_in(window).await;
    lock(window).await;
    "Aftercare balm"
}

async fn back_to_the_sale(window: &Window, unfinished: &str) {
    lock(window).await;
    by_pin(window, false).await;
    window.see("You were in the middle of this").await;
    window.see(unfinished).await;
    window.picture("unfinished").await;
    window.press("Discard").await;
    lock(window).await;
}

/// An artist finds only what is theirs; what the desk does not offer the core refuses, and both say what to do.
async fn an_artist(window: &Window, demo: &Demo, unfinished: &str) {
    sign_in(window, ARTIST, &demo.password).await;
    assert!(!window.text().await.contains(unfinished), "an artist sees a sale of the desk");
    window.find("link", "Agenda").await;
    for page in ["Settings", "Cash", "Activity"] {
        assert!(!window.has("link", page).await, "an artist is offered {page}");
    }
    window.turn_to("#/settings").await;
    window.see("Only an owner or manager can open this.").await;
    window.click("link", "Open the agenda").await;
    window.find("region", "Bookings of the day").await;
    let refused = window.ask("security.rotate_code", json!({ "confirm": "Violet Needle" })).await;
    assert_eq!(
        (&refused["code"], &refused["params"]["why"]),
        (&json!("denied"), &json!("role")),
        "{refused}"
    );
}

/// A manager widens one artist's rights until a day and lends a role to another; the page says why each holds.
async fn rights_of_others(window: &Window, demo: &Demo) {
    sign_in(window, MANAGER, &demo.password).await;
    window.click("link", "Staff").await;
    window.see("Owner and managers").await;
    window.picture("team").await;
    window.click("link", ARTIST).await;
    window.click("link", "Rights").await;
    let board = window.find("radiogroup", "Checks everybody in").await;
    window.click_within(&board, "radio", "On").await;
    pick_a_day(window, "No end", "Checks everybody in: Until").await;
    window.fill("Checks everybody in: Why", "Reception is short of hands").await;
    window.press("Save switches").await;
    window.see("Switch saved").await;
    window.see("Switch “Checks everybody in” until").await;
    window.picture("rights").await;

    open_account(window, LENT).await;
    window.press("Change role…").await;
    window.click("radio", "Manager").await;
    window.click("radio", "Until a day").await;
    pick_a_day(window, "Last day", "Last day").await;
    window.fill("Why", "Looks after the studio meanwhile").await;
    window.picture("lend-a-role").await;
    window.press("Make Manager until").await;
    window.see(&format!("{LENT} is Manager until")).await;
}

async fn open_account(window: &Window, name: &str) {
    window.click("link", "All staff").await;
    window.click("link", name).await;
    window.click("link", "Account").await;
}

/// The fifteenth of the month after this one.
pub(crate) async fn pick_a_day(window: &Window, button: &str, month: &str) {
    window.press(button).await;
    window.press("Next month").await;
    let month = window.find("dialog", month).await;
    window.click_within(&month, "button", "15").await;
}

/// Who leaves reception takes the master code along, so the desk asks for a new one. It is shown once.
async fn somebody_leaves(window: &Window) {
    open_account(window, LEAVER).await;
    window.press("Archive…").await;
    let asking = window.find("dialog", &format!("Archive {LEAVER}?")).await;
    window.see("Rotate it right after").await;
    window.picture("archive").await;
    window.click_within(&asking, "button", "Archive").await;
    window.see(&format!("{LEAVER} leaves")).await;
    window.press("Notices").await;
    window.see("Somebody who knew the master code has left").await;
    window.picture("bell").await;
    window.keys(Key::Escape).await;

    window.press("Rotate the code…").await;
    window.fill("Type the studio’s name to go on", "Violet Needle").await;
    window.press("Make a new code").await;
    window.see("Shown once and kept nowhere").await;
    window.press("Done").await;
    window.gone("button", "Rotate the code…").await;
}

/// The role changes alone, as they read and as they leave the house.
async fn the_log(window: &Window) {
    window.click("link", "Activity").await;
    window.see("Took a payment").await;
    window.picture("activity").await;
    window.click("radio", "Role changes").await;
    window.see("Artist → Manager").await;
    window.press("Export…").await;
    window.see(".csv").await;
    let text = window.text().await;
    let path = text.split("saved: ").nth(1).and_then(|rest| rest.lines().next()).expect("a path is told");
    let list = std::fs::read_to_string(path.trim()).expect("the list lies where the desk says");
    let rows: Vec<&str> = list.split("\r\n").collect();
    assert!(rows.len() > 2 && rows.last() == Some(&""), "not as RFC 4180 has it: {list}");
    assert!(rows.iter().all(|row| row.matches('"').count() % 2 == 0), "a quote is left open: {list}");
    assert!(
        rows.iter().any(|row| row.contains("artist") && row.contains("admin")),
        "no old and new role: {list}"
    );
}

async fn the_month(window: &Window) {
    window.click("link", "Monthly review").await;
    window.see("Nobody has signed this month yet").await;
    window.picture("review").await;
    window.press("Sign this review").await;
    let signing = window.find("dialog", "Sign the review of").await;
    window.click_within(&signing, "button", "Sign").await;
    window.see(&format!("Signed by {MANAGER}")).await;
}

/// Three of these pages in their other looks.
async fn in_the_dark(window: &Window) {
    window.press(MANAGER).await;
    window.click("radio", "Dark").await;
    window.keys(Key::Escape).await;
    window.picture("review-dark").await;
    window.click("link", "Staff").await;
    window.see("Owner and managers").await;
    window.picture("team-dark").await;
    window.click("link", ARTIST).await;
    window.click("link", "Rights").await;
    window.see("Switch “Checks everybody in” until").await;
    window.picture("rights-dark").await;
    window.press(MANAGER).await;
    window.click("radio", "Light").await;
    window.keys(Key::Escape).await;
    lock(window).await;
}

/// Reception is told that the code is another one, and the old one opens nothing.
async fn the_old_code(window: &Window, demo: &Demo) {
    by_pin(window, false).await;
    window.press("Notices").await;
    window.see("changed the master code. Ask for the new one.").await;
    window.keys(Key::Escape).await;
    window.keys(Key::F4).await;
    sell_a_balm(window).await;
    open_the_refund(window).await;
    window.fill("Reason", "Came back unopened").await;
    window.press("Refund $").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("That code is not right").await;
}

/// Handing the studio over says what it means before a password is asked for.
async fn the_owner(window: &Window, demo: &Demo) {
    window.keys(Key::Escape).await;
    window.keys(Key::Escape).await;
    lock(window).await;
    sign_in(window, "Iris Falken", &demo.password).await;
    window.click("link", "Settings").await;
    window.press("Hand over…").await;
    window.find("dialog", "Hand the studio over").await;
    window.see("You become a manager at once").await;
    window.picture("hand-over").await;
}

/// The lock screen can stand there all day.
pub(crate) async fn lock(window: &Window) {
    window.keys(Key::F9).await;
    window.see("Who is at the desk?").await;
    let shown = window.text().await;
    assert!(!shown.contains("balm") && !shown.contains('$'), "the lock screen tells too much: {shown}");
}

/// By the keyboard alone, as at a counter: the name, Enter.
async fn pick(window: &Window, name: &str) {
    window.fill("Who is at the desk?", name).await;
    window.keys(Key::Enter).await;
    window.find("heading", name).await;
}

pub async fn sign_in(window: &Window, name: &str, password: &str) {
    pick(window, name).await;
    window.fill("Password", password).await;
    window.keys(Key::Enter).await;
    window.find("button", &format!("{name} · ")).await;
}
