//! A day at the counter, step by step. Each step says by its assertions what a person must be able to see after it.

use crate::Window;

const OWNER: &str = "Ana Prado";
const OWNER_PASSWORD: &str = "Paper-And-Ink-7";

/// A fresh program: set up a studio, keep its codes, arrive at the empty agenda as its owner.
pub async fn first_run(window: &Window) {
    window.see("Welcome to Inkpoint").await;
    window.picture("welcome").await;
    window.press("Set up my studio").await;

    window.see("Which language does the desk speak?").await;
    window.press("Next").await;

    window.fill("Name of the studio", "Casa Tinta").await;
    window.search("Currency", "MXN").await;
    window.search("Time zone", "Mexico City").await;
    window.fill("Tax inside your prices", "16").await;
    window.picture("set-up-studio").await;
    window.press("Next").await;

    window.fill("Your name", OWNER).await;
    window.fill("Password", OWNER_PASSWORD).await;
    window.press("Next").await;

    window.see("When are you open?").await;
    window.press("Next").await;

    window.see("Who takes bookings?").await;
    if !window.has("field", "Artist 1: Name").await {
        window.press("Add an artist").await;
    }
    window.fill("Artist 1: Name", "Mara Quill").await;
    window.fill("Artist 1: User name", "mara").await;
    window.picture("set-up-artists").await;
    window.press("Next").await;

    window.see("What do you offer?").await;
    window.picture("set-up-services").await;
    window.press("Make the studio").await;

    window.see("Casa Tinta is ready").await;
    window.see("Master code").await;
    window.see("Recovery code").await;
    window.picture("codes-to-keep").await;
    window.click("checkbox", "I have written it down").await;
    window.press("Open the desk").await;

    window.find("heading", "Agenda").await;
    window.see("Mara Q.").await;
    window.picture("first-agenda").await;
}
