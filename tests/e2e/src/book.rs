//! The book: a visit by form, one drawn where it shall be, one that does not fit; somebody at the door without a visit;
//! one person who is there twice; papers that stop a check-in; an artist's own day.

use serde_json::json;
use thirtyfour::{Key, WebElement};

use crate::day::after;
use crate::people::{lock, pick_a_day, sign_in, type_code};
use crate::{Demo, Stage, Window};

const RECEPTION: &str = "Lena Sorel";
const ARTIST: &str = "Mara Quill";
/// Works here from today, so that somebody is free whatever the demo's day holds.
pub(crate) const GUEST: &str = "Nia Solane";
const FIRST: &str = "Amparo Nieto";
const SECOND: &str = "Benita Corvo";
const AT_THE_DOOR: &str = "Amparo Nieto Luz";
const SIGNER: &str = "Celia Moya";
const WAIVED: &str = "Dolores Vega";
/// A name as a mouse writes it, from the middle of the pad.
const SIGNATURE: [(i64, i64); 14] = [
    (-150, 10),
    (-130, -35),
    (-105, -30),
    (-110, 15),
    (-80, 30),
    (-55, -10),
    (-30, 25),
    (0, -15),
    (25, 20),
    (55, -10),
    (80, 25),
    (110, 0),
    (140, 20),
    (170, -5),
];
const PHONE: &str = "55 7000 1234";
/// One of the demo's, as if it came from a camera.
const PICTURE: &[u8] = include_bytes!("../../../assets/demo/fox-forearm.jpg");

/// What the walk finds beside the demo's own.
pub fn prepare(stage: &Stage, demo: &Demo) {
    let guest = json!({"name": GUEST, "username": "nia", "role": "artist", "commission_bp": 5000});
    let made = stage.beforehand("iris", &demo.password, &[("staff.create_user", guest)]);
    let once = made.last().and_then(|made| made["password"].as_str()).expect("a one-time password");
    let own = json!({"current": once, "new": demo.password});
    stage.beforehand("nia", once, &[("session.change_password", own)]);
}

/// A day of the reception's, with a moment of the owner's, and its end in an artist's chair.
pub async fn walk(window: &Window, demo: &Demo) {
    window.see("Who is at the desk?").await;
    sign_in(window, RECEPTION, &demo.password).await;
    by_form(window).await;
    drawn_beside(window).await;
    dragged_to_another(window).await;
    at_the_door(window).await;
    one_person_twice(window, demo).await;
    lock(window).await;
    papers_stop(window, demo).await;
    papers_signed(window, demo).await;
    papers_waived(window, demo).await;
    lock(window).await;
    an_artists_day(window, demo).await;
}

/// By telephone, for a day that nobody has booked yet: in the month after next, when the demo's artists are all back from
/// their time off, whatever today is.
async fn by_form(window: &Window) {
    window.press("New booking").await;
    window.find("heading", "New booking").await;
    new_client(window, FIRST, PHONE).await;
    window.choose("Artist", ARTIST).await;
    window.choose("Service", "Small lettering").await;
    window.press("Day").await;
    // The first press here, the second there.
    pick_a_day(window, "Next month", "Pick a day").await;
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
    window.click_within(&waits, "button", "Seat").await;
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
    window.click_within(&pair, "button", "Compare").await;

    let both = window.find("dialog", "Make one client of two").await;
    for told in ["What moves along", "1 visit", PHONE, FIRST, AT_THE_DOOR] {
        window.see(told).await;
    }
    window.picture("merge").await;
    window.click_within(&both, "button", "Merge into").await;
    window.see("has both histories now").await;
    window.gone("item", FIRST).await;
    window.press("Undo").await;
    window.see("is a client of their own again").await;
    let pair = window.find("item", FIRST).await;
    assert!(said(&pair).await.contains(AT_THE_DOOR), "not both again");
}

/// The owner decides that nobody is checked in while a paper is missing.
async fn papers_stop(window: &Window, demo: &Demo) {
    sign_in(window, "Iris Falken", &demo.password).await;
    window.click("link", "Settings").await;
    window.click("link", "Consent forms").await;
    window.click("radio", "The visit stops").await;
    window.press("Save").await;
    window.see("Saved").await;
    window.picture("consent-forms").await;
    lock(window).await;
}

/// A visit of today with the guest, begun at the desk with the client before it.
async fn arrives(window: &Window, client: &str, start: &str) {
    window.click("link", "Agenda").await;
    window.press("New booking").await;
    window.find("heading", "New booking").await;
    window.fill("Client", client).await;
    window.click("option", &format!("Create {client}")).await;
    window.choose("Artist", GUEST).await;
    window.choose("Service", "Small lettering").await;
    window.fill("Start", start).await;
    window.press("Book").await;
    window.see(&format!("{client} is booked at {start}")).await;
    window.press("Arrived").await;
    window.find("dialog", "Papers are missing").await;
}

/// Check-in stops, the papers are read, answered and signed with the mouse, and check-in goes on by itself.
async fn papers_signed(window: &Window, demo: &Demo) {
    sign_in(window, RECEPTION, &demo.password).await;
    arrives(window, SIGNER, "17:00").await;
    window.picture("papers-missing").await;
    window.press("Sign now").await;

    window.see("About you").await;
    window.fill("Day", "23").await;
    window.choose("Month", "April").await;
    window.fill("Year", "1996").await;
    window.press("Continue").await;
    window.see("Paper 1 of").await;
    let sheet = window.find("dialog", SIGNER).await;
    let papers = after(&window.text().await, "Paper 1 of").parse().expect("how many papers there are");
    for at in 1..=papers {
        window.see(&format!("Paper {at} of {papers}")).await;
        for no in window.each_within(&sheet, "radio", "No").await {
            no.scroll_into_view().await.expect("the sheet is scrolled");
            no.click().await.expect("a question is answered");
        }
        if window.has("region", "Questions").await {
            let questions = window.find_within(&sheet, "region", "Questions").await;
            for written in window.each_within(&questions, "field", "").await {
                written.send_keys("none").await.expect("a question is answered in words");
            }
        }
        let pad = window.find_within(&sheet, "img", "Signature").await;
        pad.scroll_into_view().await.expect("the sheet is scrolled");
        window.draw(&pad, &SIGNATURE).await;
        window.see("All filled in.").await;
        window.picture(&format!("paper-{at}")).await;
        window.press("Sign this paper").await;
    }
    window.see("Thank you, that is all.").await;
    window.picture("papers-signed").await;
    window.press("Done").await;
    window.see(&format!("{SIGNER}: Arrived")).await;
    window.picture("check-in-goes-on").await;
    the_signed_papers(window).await;
}

/// What was signed stands in the client's file, as it was read.
async fn the_signed_papers(window: &Window) {
    window.click("link", "Clients").await;
    window.fill("Name, phone, mail or handle", SIGNER).await;
    window.click("link", SIGNER).await;
    window.click("link", "Consents").await;
    window.see("Unchanged").await;
    window.picture("consents").await;
}

/// Somebody else's check-in goes on without: the master code, and why.
async fn papers_waived(window: &Window, demo: &Demo) {
    arrives(window, WAIVED, "18:30").await;
    window.press("Go on without").await;
    window.fill("Why without papers", "Signed at the first session, the sheet is in the folder").await;
    window.picture("papers-waived").await;
    window.press("Go on without papers").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see(&format!("{WAIVED}: Arrived")).await;
}

/// Who sits in the artist's chair is finished in one go; what was typed outlives a step back.
async fn an_artists_day(window: &Window, demo: &Demo) {
    sign_in(window, GUEST, &demo.password).await;
    window.click("link", "My day").await;
    window.see("In your chair").await;
    window.see(AT_THE_DOOR).await;
    window.picture("my-day").await;

    window.press("Finish with notes and next visit…").await;
    window.press("Complete the visit").await;
    window.fill("Work done", "Swallow, outline and first shading").await;
    window.fill("Area", "Forearm, inner; left").await;
    window.click("radio", "Well").await;
    window.fill("Next plan", "Shading once it is healed").await;
    window.picture("finish-note").await;
    window.keys(Key::Escape).await;
    window.gone("dialog", "Finish").await;
    window.press("Finish with notes and next visit…").await;
    assert_eq!(window.value("Area").await, "Forearm, inner; left", "a step back cost what was typed");
    window.click("checkbox", "Aftercare was explained").await;
    window.press("Keep the note").await;

    window.see("for the client’s ink passport").await;
    window.picture("finish-inks").await;
    let finishing = window.find("dialog", "Finish").await;
    window.click_within(&finishing, "button", "Skip").await;
    window.see("The result, fresh.").await;
    let camera = tempfile::tempdir().expect("a folder");
    let picture = camera.path().join("DSC_0417.jpg");
    std::fs::write(&picture, PICTURE).expect("the picture is there");
    window.attach(&finishing, "Add pictures", &picture).await;
    window.see("1 picture is added").await;
    window.picture("finish-pictures").await;
    window.click_within(&finishing, "button", "Next").await;

    window.see("Next openings").await;
    // The only choices here that are a span of time.
    window.click("radio", "–").await;
    window.picture("finish-next-visit").await;
    window.press("Book the next visit").await;
    window.see("That is all for this visit.").await;
    window.see("Note kept.").await;
    window.picture("finished").await;
    window.press("Done").await;
    window.gone("dialog", "Finish").await;
    window.see("Work done: Swallow, outline and first shading").await;
}
