//! The money of one visit: its deposit, its payment in two tenders, what came back of it, the drawer it went into, and
//! what the artist got of it.

use serde_json::json;
use thirtyfour::Key;

use crate::people::{lock, sign_in, type_code};
use crate::{Demo, Stage, Window, book};

const RECEPTION: &str = "Lena Sorel";
const OWNER: &str = "Iris Falken";
const CLIENT: &str = "Pilar Otero";

/// Somebody who is free all day, and a studio that counts blindly: above two hundred a second person confirms.
pub fn prepare(stage: &Stage, demo: &Demo) {
    book::prepare(stage, demo);
    let counted = json!({"blind_count": true, "difference_limit": 20_000});
    stage.beforehand("iris", &demo.password, &[("security.settings", counted)]);
}

/// From the deposit to the statement, as reception, the artist and the owner.
pub async fn walk(window: &Window, demo: &Demo) {
    sign_in(window, RECEPTION, &demo.password).await;
    opens_and_pays_out(window, demo).await;
    deposit(window).await;
    pays_in_two_ways(window).await;
    balm_comes_back(window, demo).await;
    counted_blindly(window, demo).await;
    lock(window).await;
    the_artists_money(window, demo).await;
    lock(window).await;
    paid_out(window, demo).await;
}

/// Money out of the drawer needs the master code; what it opened is closed again at once.
async fn opens_and_pays_out(window: &Window, demo: &Demo) {
    window.click("link", "Cash").await;
    window.find("heading", "Cash").await;
    if window.has("button", "Open drawer").await {
        window.fill("Float", "1000").await;
        window.press("Open drawer").await;
    }
    window.see("The studio counts blindly").await;
    window.press("Pay out").await;
    let paying = window.find("dialog", "Pay out of the drawer").await;
    window.fill("Amount", "150").await;
    window.fill("Reason", "Paper towels").await;
    window.click_within(&paying, "button", "Pay out").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("$150.00 paid out.").await;
    window.picture("pay-out").await;
    window.press("End").await;
    window.gone("button", "End").await;
}

/// A long piece asks for a fifth of its price when it is booked.
async fn deposit(window: &Window) {
    window.click("link", "Agenda").await;
    window.press("New booking").await;
    window.find("heading", "New booking").await;
    window.fill("Client", CLIENT).await;
    window.click("option", &format!("Create {CLIENT}")).await;
    window.choose("Artist", book::GUEST).await;
    window.choose("Service", "Half day").await;
    window.fill("Start", "15:00").await;
    window.press("Book").await;
    window.see(&format!("{CLIENT} is booked at 15:00")).await;
    window.see("$1,800.00 due").await;
    window.press("Take deposit").await;
    window.find("dialog", "Take a deposit").await;
    window.click("radio", "Card").await;
    window.picture("deposit").await;
    window.press("Take $1,800.00").await;
    window.see("The deposit is taken").await;
    window.see("Deposit receipt").await;
    window.picture("deposit-taken").await;
    window.press("Done").await;
    window.see("$1,800.00 held").await;
}

/// The deposit comes off; of the rest a part is paid by card and a part in cash, with a tip.
async fn pays_in_two_ways(window: &Window) {
    for (letter, state) in [("c", "Confirmed"), ("a", "Arrived"), ("s", "In chair")] {
        window.keys(letter).await;
        window.see(&format!("{CLIENT}: {state}")).await;
    }
    window.press("Complete").await;
    window.press("Check out").await;
    window.see("Visit with").await;
    window.fill("Add a service or product", "balm").await;
    window.click("option", "Aftercare balm").await;
    window.click("radio", "10%").await;
    // 9,000 and the balm's 180, a tenth of both as a tip, and the deposit taken off.
    window.see("$8,298.00").await;
    window.picture("checkout-with-deposit").await;
    window.click("radio", "Card").await;
    window.fill("Amount by card", "5000").await;
    window.press("Take $5,000.00").await;
    window.see("Left to pay").await;
    window.click("radio", "Cash").await;
    window.fill("Given", "3500").await;
    window.keys(Key::Tab).await;
    window.ctrl(Key::Enter).await;
    window.see("Change to give back").await;
    window.see("$202.00").await;
    window.picture("paid-in-two-ways").await;
    window.press("Done").await;
}

/// One line of the receipt goes back, in cash, with the master code.
async fn balm_comes_back(window: &Window, demo: &Demo) {
    window.click("link", "Sales").await;
    let sale = window.find("row", &format!("{CLIENT} Half day")).await;
    window.click_within(&sale, "cell", CLIENT).await;
    window.press("Refund…").await;
    let refund = window.find("dialog", "Refund").await;
    window.click_within(&refund, "checkbox", "Give back Half day").await;
    window.click_within(&refund, "checkbox", "Tip for").await;
    window.click_within(&refund, "radio", "Cash").await;
    window.fill("Reason", "Has one at home").await;
    window.press("Refund $180.00").await;
    window.find("dialog", "Master code").await;
    type_code(window, &demo.master_code).await;
    window.see("is recorded").await;
    window.picture("balm-comes-back").await;
}

/// The count is sent without anything to go by; what it differs by, a second person answers for.
async fn counted_blindly(window: &Window, demo: &Demo) {
    window.click("link", "Cash").await;
    window.press("Close drawer").await;
    window.see("What is expected shows only after the count is sent").await;
    window.fill("How many of $1,000.00", "1").await;
    window.press("Send count and close").await;
    window.see("The count differs").await;
    window.fill("Reason for the difference", "A thousand too few, looked everywhere").await;
    window.press("Close with this reason").await;
    window.see("One of these people confirms it").await;
    window.choose("Second person", "Teo Marino").await;
    window.fill("Password of the second person", &demo.password).await;
    window.picture("second-person").await;
    window.press("Close with this reason").await;
    window.see("Sealed. A Z report is never changed.").await;
    window.see("Paper towels").await;
    window.picture("z-after-a-blind-count").await;
}

/// The artist reads what the visit brought, and nobody else's.
async fn the_artists_money(window: &Window, demo: &Demo) {
    sign_in(window, book::GUEST, &demo.password).await;
    window.click("link", "My money").await;
    window.click("link", "Statement").await;
    // Half of 9,000 less its tax, and the tip.
    window.see(CLIENT).await;
    window.see("Half day").await;
    window.picture("own-statement").await;
}

/// The owner pays what is owed, and the statement comes to nothing.
async fn paid_out(window: &Window, demo: &Demo) {
    sign_in(window, OWNER, &demo.password).await;
    window.click("link", "Reports").await;
    window.click("link", "Payouts").await;
    window.press(&format!("Pay {}", book::GUEST)).await;
    let paying = window.find("dialog", &format!("Pay {}", book::GUEST)).await;
    window.click_within(&paying, "radio", "Transfer").await;
    window.picture("pay-an-artist").await;
    window.click_within(&paying, "button", "Pay $").await;
    window.see(&format!("{} was paid", book::GUEST)).await;
    window.picture("payout").await;
    window.click("link", &format!("Statement of {}", book::GUEST)).await;
    window.see("Half day").await;
    window.press("PDF").await;
    window.see("Saved: ").await;
    window.picture("statement").await;
}
