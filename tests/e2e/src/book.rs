//! The book: a visit by form, one drawn where it shall be, one that does not fit; somebody at the door without a visit;
//! one person who is there twice.

use serde_json::json;
use thirtyfour::WebElement;

use crate::people::{lock, pick_a_day, sign_in, type_code};
use crate::{Demo, Stage, Window};

const RECEPTION: &str = "Lena Sorel";
const ARTIST: &str = "Mara Quill";
/// Works here from today, so that somebody is free whatever the demo's day holds.
const GUEST: &str = "Nia Solane";
const FIRST: &str = "Amparo Nieto";
const SECOND: &str = "Benita Corvo";
const AT_THE_DOOR: &str = "Amparo Nieto Luz";
const PHONE: &str = "55 7000 1234";

/// What the walk finds beside the demo's own.
pub fn prepare(stage: &Stage, demo: &Demo) {
    stage.beforehand(
        "iris",
        demo,
        &[(
            "staff.create_user",
            json!({"name": GUEST, "username": "nia", "role": "artist", "commission_bp": 5000}),
        )],
    );
}

/// A morning's telephone calls and one person at the door, as the reception.
pub async fn walk(window: &Window, demo: &Demo) {
    window.see("Who is at the desk?").await;
    sign_in(window, RECEPTION, &demo.password).await;
    by_form(window).await;
    drawn_beside(window).await;
    dragged_to_another(window).await;
    at_the_door(window).await;
    one_person_twice(window, demo).await;
    lock(window).await;
}

/// By telephone, for a day of next month that nobody has booked yet.
async fn by_form(window: &Window) {
    window.press("New booking").await;
    window.find("heading", "New booking").await;
    new_client(window, FIRST, PHONE).await;
    window.choose("Artist", ARTIST).await;
    window.choose("Service", "Small lettering").await;
    pick_a_day(window, "Day", "Pick a day").await;
    window.fill("Start", "12:00").await;
    window.see("until 12:45").await;
    window.picture("book-by-form").await;
    window.press("Book").await;
    window.see(&format!("{FIRST} is booked at 12:00")).await;
    let card = card(window, FIRST).await;
    let said = said(&card).await;
    assert!(said.contains("12:00") && said.ends_with(ARTIST), "not where it was booked: {said}");
}

async fn new_client(window: &Window, name: &str, phone: &str) {
    window.fill("Client", name).await;
    window.click("option", &format!("Create {name}")).await;
    window.fill("Phone", phone).await;
}

async fn card(window: &Window, client: &str) -> WebElement {
    let grid = window.find("region", "Bookings of the day").await;
    window.find_within(&grid, "button", client).await
}

/// Client, service, time, state and artist of a card.
async fn said(card: &WebElement) -> String {
    card.attr("aria-label").await.ok().flatten().unwrap_or_default()
}

/// Left, top, width, height, to the pixel.
async fn place(card: &WebElement) -> [i64; 4] {
    let rect = card.rect().await.expect("a card on the page");
    [rect.x, rect.y, rect.width, rect.height].map(|pixels| pixels.round() as i64)
}

/// How far it is to the same hour of the artist beside.
async fn one_column(card: &WebElement) -> i64 {
    // Cards leave a strip of six pixels, to draw in beside them.
    place(card).await[2] + 6
}

/// The artist beside has the same hour free: it is drawn there, and the form knows when and with whom.
async fn drawn_beside(window: &Window) {
    let first = card(window, FIRST).await;
    let aside = one_column(&first).await;
    window.drag(&first, (aside, -20), (0, 60)).await;
    window.find("heading", "New booking").await;
    window.fill("Client", SECOND).await;
    window.click("option", &format!("Create {SECOND}")).await;
    window.choose("Service", "Flash piece").await;
    window.picture("book-by-drawing").await;
    window.press("Book").await;
    window.see(&format!("{SECOND} is booked at")).await;
    let said = said(&card(window, SECOND).await).await;
    assert!(!said.ends_with(ARTIST), "drawn beside, booked in the same column: {said}");
}

/// Onto the other's hour it may not go, and says so; below it may. Undo brings it back.
async fn dragged_to_another(window: &Window) {
    let first = card(window, FIRST).await;
    let aside = one_column(&first).await;
    let (stood, before) = (place(&first).await, said(&first).await);
    window.drag(&first, (0, 0), (aside, 0)).await;
    window.see("The artist already has a booking at that time.").await;
    window.picture("refused-overlap").await;
    let back = card(window, FIRST).await;
    assert_eq!(place(&back).await, stood, "it did not snap back");
    assert_eq!(said(&back).await, before, "it says another time or artist");

    let other = said(&card(window, SECOND).await).await;
    let other = other.rsplit(", ").next().expect("an artist").to_owned();
    window.drag(&back, (0, 0), (aside, 120)).await;
    window.see(&format!("{FIRST} is now with {other} at")).await;
    assert!(said(&card(window, FIRST).await).await.ends_with(&other), "not in the other column");
    window.picture("dragged-to-another").await;
    window.press("Undo").await;
    window.see("Undone.").await;
    assert_eq!(said(&card(window, FIRST).await).await, before, "not brought back");
}

/// Looked for, not found, written down, put in the queue, seated: one dialog and one more.
async fn at_the_door(window: &Window) {
    window.click("link", "Today").await;
    window.press("Walk-in").await;
    window.find("dialog", "Walk-in").await;
    new_client(window, AT_THE_DOOR, PHONE).await;
    window.click("radio", "One artist").await;
    window.choose("Artist", GUEST).await;
    window.choose("Service", "Flash piece").await;
    window.fill("What they want", "The swallow from the wall").await;
    window.see(&format!("with {GUEST}")).await;
    window.picture("walk-in").await;
    window.press("Put on the board").await;
    window.see(&format!("{AT_THE_DOOR} waits until about")).await;
    window.picture("walk-in-waits").await;

    let waits = window.find("item", AT_THE_DOOR).await;
    window.find_within(&waits, "button", "Seat").await.click().await.expect("the dialog opens");
    window.find("dialog", &format!("Seat {AT_THE_DOOR}")).await;
    window.picture("seat").await;
    window.press("Begin the visit").await;
    window.see(&format!("{AT_THE_DOOR} is in the chair with {GUEST}")).await;
    window.gone("button", "Seat").await;
    window.picture("seated").await;
}

/// The same telephone twice. What one file would be is shown first, and what was done is taken back.
async fn one_person_twice(window: &Window, demo: &Demo) {
    window.click("link", "Clients").await;
    window.press("Duplicates").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("Perhaps the same person").await;
    let pair = window.find("item", FIRST).await;
    window.picture("duplicates").await;
    let names = said(&pair).await;
    assert!(names.contains(AT_THE_DOOR), "another pair: {names}");
    window.find_within(&pair, "button", "Compare").await.click().await.expect("the comparison opens");

    let both = window.find("dialog", "Make one client of two").await;
    for told in ["What moves along", "1 visit", PHONE, FIRST, AT_THE_DOOR] {
        window.see(told).await;
    }
    window.picture("merge").await;
    window.find_within(&both, "button", "Merge into").await.click().await.expect("they are merged");
    window.see("has both histories now").await;
    window.gone("item", FIRST).await;
    window.press("Undo").await;
    window.see("is a client of their own again").await;
    let pair = window.find("item", FIRST).await;
    assert!(said(&pair).await.contains(AT_THE_DOOR), "not both again");
}
