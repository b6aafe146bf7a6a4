//! What lies behind the counter: a lot from its delivery to the skin it went into, a blind count, what an artist asks for,
//! the portfolio in a client's hands, a backup brought back, and everything of the studio taken along.

use serde_json::json;
use thirtyfour::Key;

use crate::people::{lock, pick_a_day, sign_in, type_code};
use crate::{Demo, Stage, Window, book};

const RECEPTION: &str = "Lena Sorel";
const OWNER: &str = "Iris Falken";
const CLIENT: &str = "Rufina Olmo";
const INK: &str = "Black ink 250 ml";
const LOT: &str = "NI2612-901";
const GLOVES: &str = "Nitrile gloves M";
const MISTAKE: &str = "Practice skin";
/// Finished work, as if it came from a camera.
const PICTURES: [(&str, &[u8]); 4] = [
    ("DSC_0501.jpg", include_bytes!("../../../assets/demo/fox-forearm.jpg")),
    ("DSC_0502.jpg", include_bytes!("../../../assets/demo/mandala-shoulder.jpg")),
    ("DSC_0503.jpg", include_bytes!("../../../assets/demo/waves.jpg")),
    ("DSC_0504.jpg", include_bytes!("../../../assets/demo/lotus.jpg")),
];

/// Somebody who is free whatever the demo's day holds.
pub fn prepare(stage: &Stage, demo: &Demo) {
    book::prepare(stage, demo);
}

/// A day of the reception, an artist and the owner.
pub async fn walk(window: &Window, demo: &Demo) {
    window.see("Who is at the desk?").await;
    sign_in(window, RECEPTION, &demo.password).await;
    a_delivery(window, demo).await;
    somebody_at_the_door(window).await;
    lock(window).await;

    sign_in(window, book::GUEST, &demo.password).await;
    into_the_skin(window).await;
    the_ink_passport(window).await;
    asks_for_gloves(window).await;
    new_pictures(window).await;
    in_a_clients_hands(window, demo).await;
    lock(window).await;

    sign_in(window, RECEPTION, &demo.password).await;
    orders_the_gloves(window).await;
    counted_blindly(window, demo).await;
    lock(window).await;

    sign_in(window, OWNER, &demo.password).await;
    a_backup_brought_back(window, demo).await;
    takes_everything_along(window, demo).await;
}

/// Six bottles, with what stands on their label. The code is asked for when the form is filled.
async fn a_delivery(window: &Window, demo: &Demo) {
    window.click("link", "Stock").await;
    let ink = window.find("row", INK).await;
    window.click_within(&ink, "cell", INK).await;
    window.find("heading", INK).await;
    window.picture("stock").await;
    window.press("Delivery…").await;
    window.find("dialog", &format!("Delivery of {INK}")).await;
    window.fill("How many came", "6").await;
    window.fill("Lot number", LOT).await;
    pick_a_day(window, "Good until", "Good until").await;
    window.picture("delivery").await;
    window.press("Book the delivery").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see(&format!("{INK}: ")).await;
    window.see(LOT).await;
    window.picture("a-new-lot").await;
    window.press("Movements").await;
    window.see(&format!("Movements of {INK}")).await;
    window.picture("movements").await;
}

async fn somebody_at_the_door(window: &Window) {
    window.click("link", "Today").await;
    window.press("Walk-in").await;
    window.find("dialog", "Walk-in").await;
    window.fill("Client", CLIENT).await;
    window.click("option", &format!("Create {CLIENT}")).await;
    window.click("radio", "One artist").await;
    window.choose("Artist", book::GUEST).await;
    window.choose("Service", "Flash piece").await;
    window.see(&format!("with {}", book::GUEST)).await;
    window.press("Put on the board").await;
    window.see(&format!("{CLIENT} waits until about")).await;
    let waits = window.find("item", CLIENT).await;
    window.click_within(&waits, "button", "Seat").await;
    window.find("dialog", &format!("Seat {CLIENT}")).await;
    window.press("Begin the visit").await;
    window.see(&format!("{CLIENT} is in the chair with {}", book::GUEST)).await;
}

/// The visit is finished, and what went into it is written down with the lot.
async fn into_the_skin(window: &Window) {
    window.click("link", "My day").await;
    window.see("In your chair").await;
    window.press("Finish with notes and next visit…").await;
    window.press("Complete the visit").await;
    let finishing = window.find("dialog", "Finish").await;
    window.see("Work done").await;
    window.click_within(&finishing, "button", "Skip").await;
    window.see("for the client’s ink passport").await;
    window.search("Item", INK).await;
    window.choose("Lot", LOT).await;
    window.press("Write down").await;
    window.see(&format!("Lot {LOT}, from an open one")).await;
    window.picture("inks-of-the-visit").await;
    window.click_within(&finishing, "button", "Next").await;
    window.see("The result, fresh.").await;
    window.click_within(&finishing, "button", "Skip").await;
    window.see("Next openings").await;
    window.press("No next visit").await;
    window.see("That is all for this visit.").await;
    window.press("Done").await;
    window.gone("dialog", "Finish").await;
}

/// What the client has in the skin stands in their file, and from the lot one comes to everybody who has it.
async fn the_ink_passport(window: &Window) {
    window.click("link", "Clients").await;
    window.fill("Name, phone, mail or handle", CLIENT).await;
    window.click("link", CLIENT).await;
    window.click("link", "Inks").await;
    window.see(&format!("Lot {LOT}")).await;
    window.picture("ink-passport").await;

    window.click("link", "Stock").await;
    let ink = window.find("row", INK).await;
    window.click_within(&ink, "cell", INK).await;
    window.press(&format!("Visits with lot {LOT}")).await;
    window.find("dialog", &format!("{INK}, lot {LOT}")).await;
    window.see(CLIENT).await;
    window.picture("who-had-the-lot").await;
    window.keys(Key::Escape).await;
    window.gone("dialog", &format!("{INK}, lot {LOT}")).await;
}

async fn asks_for_gloves(window: &Window) {
    window.click("link", "Requests").await;
    window.press("Ask for something…").await;
    window.find("dialog", "Ask for something").await;
    window.search("Item", GLOVES).await;
    window.fill("How many", "5").await;
    window.fill("Note to the desk", "Size M, the black ones").await;
    window.picture("asks-for-gloves").await;
    window.press("Send to the desk").await;
    window.see("The desk has your request.").await;
}

/// Several at once; the one that is no picture stays behind and says so, the others are described in one go.
async fn new_pictures(window: &Window) {
    let camera = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (name, bytes) in PICTURES.into_iter().chain([("notes.jpg", b"bring the black gloves".as_slice())]) {
        let path = camera.path().join(name);
        std::fs::write(&path, bytes).expect("the picture is there");
        files.push(path);
    }
    window.click("link", "Portfolio").await;
    window.see("No pictures yet.").await;
    window.attach_all("Add pictures", &files).await;
    window.see("4 pictures are added. 1 file was refused.").await;
    window.see("not a picture that can be read").await;
    window.picture("pictures-added").await;
    window.press("Describe them all…").await;
    window.find("dialog", "Describe 4 pictures").await;
    window.fill("Title", "From the flash wall").await;
    window.fill("Body area", "Forearm").await;
    window.press("Save").await;
    window.see("4 pictures are changed.").await;
    window.press("Close").await;
    window.press("Open From the flash wall").await;
    window.see("1 of 4").await;
    window.click("radio", "Healed").await;
    window.click("checkbox", "Featured: comes first").await;
    window.picture("one-picture").await;
    window.keys(Key::Escape).await;
    window.gone("dialog", "From the flash wall").await;
    window.picture("portfolio").await;
}

/// The whole window shows pictures and nothing else, and the core answers nothing else, until the password came.
async fn in_a_clients_hands(window: &Window, demo: &Demo) {
    window.press("As the client sees it").await;
    window.find("dialog", "As the client sees it").await;
    window.find("button", "Hand the desk over").await;
    window.keys(Key::Enter).await;
    window.find("button", "Back to the desk").await;
    window.gone("link", "Stock").await;
    window.press(book::GUEST).await;
    window.picture("client-view").await;
    window.press("Open From the flash wall").await;
    window.find("button", "Next picture").await;
    window.keys(Key::Right).await;
    window.picture("client-view-large").await;
    window.keys(Key::F9).await;
    window.turn_to("#/stock").await;
    let refused = window.ask("clients.search", json!({ "text": CLIENT })).await;
    assert_eq!(refused["code"], "client_view", "a client reads more than pictures: {refused}");

    window.press("Back to the desk").await;
    window.fill("Password", "a-guess").await;
    window.keys(Key::Enter).await;
    window.see("That is not the password.").await;
    window.picture("not-the-password").await;
    window.fill("Password", &demo.password).await;
    window.keys(Key::Enter).await;
    window.find("link", "Stock").await;
}

async fn orders_the_gloves(window: &Window) {
    window.click("link", "Stock").await;
    window.click("link", "Requests").await;
    let wish = window.find("item", &format!("5 × {GLOVES}")).await;
    window.picture("requests").await;
    window.click_within(&wish, "button", "Ordered").await;
    window.see("They have been told.").await;
    window.click("link", "To order").await;
    window.see(GLOVES).await;
    window.picture("to-order").await;
}

/// Nobody who counts sees what is expected. What differs is looked at, and posted as one paper.
async fn counted_blindly(window: &Window, demo: &Demo) {
    window.click("link", "Items").await;
    window.press("Count").await;
    window.see("What is expected stays hidden until the end.").await;
    window.choose("Kind", "Ink").await;
    window.fill(&format!("How many {INK}"), "7").await;
    window.keys(Key::Enter).await;
    window.keys("2").await;
    let shown = window.text().await;
    assert!(!shown.contains("Expected") && !shown.contains("Difference"), "not blind: {shown}");
    window.picture("blind-count").await;
    window.press("Review").await;
    window.see("Review the count").await;
    window.see("Expected").await;
    window.fill("Remark", "A shelf fell down").await;
    window.picture("count-differs").await;
    window.press("Post the count").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("is posted.").await;
    window.see("A shelf fell down").await;
    window.picture("count-posted").await;
}

/// What was done since the backup is told before, and gone after.
async fn a_backup_brought_back(window: &Window, demo: &Demo) {
    window.click("link", "Settings").await;
    window.click("link", "Backups").await;
    window.press("Back up now").await;
    window.see("The backup is made and checked.").await;
    window.picture("backups").await;

    window.click("link", "Stock").await;
    window.press("New item").await;
    window.find("dialog", "New item").await;
    window.fill("Name", MISTAKE).await;
    window.fill("Code", "SKIN-1").await;
    window.fill("Price", "100").await;
    window.press("Save").await;
    window.find("heading", MISTAKE).await;

    window.click("link", "Settings").await;
    window.click("link", "Backups").await;
    let asked = window.find("row", "Somebody asked").await;
    window.click_within(&asked, "button", "Test").await;
    window.see_at_last("This backup holds.").await;
    window.picture("backup-tested").await;
    window.keys(Key::Escape).await;
    window.gone("dialog", "Test of the backup").await;
    window.click_within(&asked, "button", "Restore").await;
    window.find("dialog", "Go back to").await;
    window.see("gone afterwards").await;
    window.fill("Your password", &demo.password).await;
    window.picture("what-a-restore-costs").await;
    window.press("Restore this backup").await;
    window.see_at_last("The studio is back to").await;
    window.picture("restored").await;
    window.press("Sign in").await;
    sign_in(window, OWNER, &demo.password).await;
    window.click("link", "Stock").await;
    window.find("row", INK).await;
    window.fill("Name, code or kind", MISTAKE).await;
    window.see("No items like that.").await;
}

async fn takes_everything_along(window: &Window, demo: &Demo) {
    let drive = tempfile::tempdir().expect("a folder");
    window.click("link", "Settings").await;
    window.click("link", "Studio").await;
    window.press("Write everything…").await;
    window.find("dialog", "Write everything to a folder").await;
    window.fill("Your password", &demo.password).await;
    window.fill("Folder", &drive.path().to_string_lossy()).await;
    window.picture("write-everything").await;
    window.press("Write everything").await;
    window.see_at_last("Everything is written").await;
    window.picture("everything-written").await;
    let mut made = std::fs::read_dir(drive.path()).expect("the drive is there");
    let folder = made.next().and_then(Result::ok).expect("a folder is made").path();
    assert!(folder.join("manifest.json").is_file(), "without its list");
    let clients = std::fs::read_to_string(folder.join("csv/clients.csv")).expect("the clients are there");
    assert!(clients.contains(CLIENT), "not everybody is in it");
    window.press("Done").await;
}
