//! The window under test, as a person meets it.

use std::cell::Cell;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, Key, TypingData, WebDriver, WebElement};

use crate::Stage;
use crate::stage::early_afternoon;

/// How long the window may take to show what a step waits for. A debug build on a busy machine is slow; a person is not.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

const FINDING: &str = include_str!("finding.js");

/// One running window. Close it with [`Window::close`], which also tells whether the page broke its own policy.
#[derive(Debug)]
pub struct Window {
    page: WebDriver,
    driver: Child,
    album: Option<Rc<Album>>,
}

/// Where a tour's pictures go, numbered from its first window to its last.
#[derive(Debug)]
pub struct Album {
    folder: PathBuf,
    taken: Cell<u32>,
}

impl Album {
    pub fn new(folder: PathBuf) -> Rc<Album> {
        Rc::new(Album { folder, taken: Cell::new(0) })
    }

    fn next(&self, name: &str) -> PathBuf {
        self.taken.set(self.taken.get() + 1);
        self.folder.join(format!("{:02}-{name}.png", self.taken.get()))
    }
}

impl Window {
    /// Starts the shell in the stage's home and waits until its page is there. Its pictures go into the album, if any.
    pub async fn open(stage: &Stage, album: Option<Rc<Album>>) -> Self {
        Window::open_with(stage, album, &[]).await
    }

    /// The same with words on the program's command line, such as a studio's file.
    pub async fn open_with(stage: &Stage, album: Option<Rc<Album>>, words: &[&Path]) -> Self {
        let (port, native_port) = (free_port(), free_port());
        let driver = Command::new(stage.driver())
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .env("INKPOINT_HOME", stage.home())
            // The poorest language a machine can have: WebKit then calls the page's language "C".
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", early_afternoon())
            // No accessibility bus and no session services: nothing outside the walk may answer it.
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("tauri-driver starts");
        listening(port).await;
        listening(native_port).await;

        let mut wanted = Capabilities::new();
        wanted
            .set("tauri:options", json!({ "application": stage.shell(), "args": words }))
            .expect("capabilities are JSON");
        let page =
            WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.expect("the window opens");
        Window { page, driver, album }
    }

    /// Ends the window, and the walk with it where the page broke its content policy on the way.
    pub async fn close(mut self) {
        let broken = self.read("return document.documentElement.getAttribute('data-violations')").await;
        let ended = self.page.clone().quit().await;
        stop(&mut self.driver);
        assert_eq!(broken, Value::Null, "the page broke its own policy");
        ended.expect("the window closes");
    }

    /// The process that drives it.
    pub fn driver(&self) -> u32 {
        self.driver.id()
    }

    /// Waits for the thing of this role and name.
    pub async fn find(&self, role: &str, name: &str) -> WebElement {
        self.find_in(None, role, name).await
    }

    /// Waits for the thing of this role and name inside another.
    pub async fn find_within(&self, outer: &WebElement, role: &str, name: &str) -> WebElement {
        self.find_in(Some(outer), role, name).await
    }

    async fn find_in(&self, outer: Option<&WebElement>, role: &str, name: &str) -> WebElement {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(element) = self.look(outer, role, name).await {
                return element;
            }
            if Instant::now() > until {
                self.give_up(&format!("no {role} called {name:?}")).await;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn look(&self, outer: Option<&WebElement>, role: &str, name: &str) -> Option<WebElement> {
        let outer = outer.map_or(Ok(Value::Null), WebElement::to_json).ok()?;
        self.page.execute(FINDING, vec![json!(role), json!(name), outer]).await.ok()?.element().ok()
    }

    /// All that are called so inside another, as they are now, in their order on the page.
    pub async fn each_within(&self, outer: &WebElement, role: &str, name: &str) -> Vec<WebElement> {
        let outer = outer.to_json().expect("an element of the page");
        match self.page.execute(FINDING, vec![json!(role), json!(name), outer, json!(true)]).await {
            Ok(found) => found.elements().expect("a list of elements"),
            Err(cause) => self.give_up(&format!("each {role} called {name:?}: {cause}")).await,
        }
    }

    /// Whether it is there now, without waiting.
    pub async fn has(&self, role: &str, name: &str) -> bool {
        self.look(None, role, name).await.is_some()
    }

    /// Clicks the thing of this role and name as soon as it rests and takes a click.
    pub async fn click(&self, role: &str, name: &str) {
        self.click_in(None, role, name).await;
    }

    /// The same, inside another.
    pub async fn click_within(&self, outer: &WebElement, role: &str, name: &str) {
        self.click_in(Some(outer), role, name).await;
    }

    async fn click_in(&self, outer: Option<&WebElement>, role: &str, name: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let element = self.find_in(outer, role, name).await;
            // What slides would be missed, and nobody would hear of it.
            let no = if !self.rests(&element).await {
                "it moves".to_owned()
            } else if let Err(cause) = element.click().await {
                // Drawn over, or drawn anew, between the look and the click.
                cause.to_string()
            } else {
                return;
            };
            if Instant::now() > until {
                self.give_up(&format!("{role} {name:?}: {no}")).await;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn rests(&self, element: &WebElement) -> bool {
        let Ok(element) = element.to_json() else { return false };
        let answer = self.page.execute(STILL, vec![element]).await;
        answer.is_ok_and(|answer| answer.json() == &Value::Bool(true))
    }

    pub async fn press(&self, button: &str) {
        self.click("button", button).await;
    }

    /// Replaces what stands in the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.find("field", label).await;
        self.done(field.clear().await, label).await;
        self.done(field.send_keys(text).await, label).await;
    }

    /// Gives a file to the field with this label, which a person would pick in a window of the system.
    pub async fn attach(&self, outer: &WebElement, label: &str, file: &Path) {
        let field = self.find_within(outer, "field", label).await;
        self.done(field.send_keys(file.to_string_lossy().into_owned()).await, label).await;
    }

    /// Gives several files to a field of the page, as if they were picked together.
    pub async fn attach_all(&self, label: &str, files: &[PathBuf]) {
        let field = self.find("field", label).await;
        let paths: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        self.done(field.send_keys(paths.join("\n")).await, label).await;
    }

    /// Picks an option of the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        self.click("field", label).await;
        self.click("option", option).await;
    }

    /// Types into the field with this label and takes the first thing it offers.
    pub async fn search(&self, label: &str, text: &str) {
        self.fill(label, text).await;
        self.click("option", text).await;
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let typed = self.page.action_chain().send_keys(keys).perform().await;
        self.done(typed, "keys").await;
    }

    /// A key with Ctrl held.
    pub async fn ctrl(&self, key: Key) {
        let chain = self.page.action_chain().key_down(Key::Control).send_keys(key).key_up(Key::Control);
        self.done(chain.perform().await, "Ctrl").await;
    }

    /// A letter with Ctrl and Shift held.
    pub async fn ctrl_shift(&self, letter: &str) {
        let chain = self.page.action_chain().key_down(Key::Control).key_down(Key::Shift).send_keys(letter);
        let chain = chain.key_up(Key::Shift).key_up(Key::Control);
        self.done(chain.perform().await, "Ctrl Shift").await;
    }

    /// Presses the pointer at an offset from the middle of a thing and lets go of it further on.
    pub async fn drag(&self, from: &WebElement, offset: (i64, i64), by: (i64, i64)) {
        let chain =
            self.page.action_chain().move_to_element_with_offset(from, offset.0, offset.1).click_and_hold();
        let chain = chain.move_by_offset(by.0 / 2, by.1 / 2).move_by_offset(by.0 - by.0 / 2, by.1 - by.1 / 2);
        self.done(chain.release().perform().await, "drag").await;
    }

    /// Draws a line inside a thing, through these offsets from its middle.
    pub async fn draw(&self, on: &WebElement, line: &[(i64, i64)]) {
        let [first, rest @ ..] = line else { return };
        let brief = Some(Duration::from_millis(15));
        let chain = self.page.action_chain_with_delay(None, brief);
        let mut chain = chain.move_to_element_with_offset(on, first.0, first.1).click_and_hold();
        let mut at = *first;
        for to in rest {
            chain = chain.move_by_offset(to.0 - at.0, to.1 - at.1);
            at = *to;
        }
        self.done(chain.release().perform().await, "a line").await;
    }

    /// Holds a thing and carries it down, up and aside in small moves, at last to where it was.
    pub async fn carry_about(&self, thing: &WebElement, rounds: usize) {
        let brief = Some(Duration::from_millis(12));
        let chain = self.page.action_chain_with_delay(None, brief);
        let mut chain = chain.move_to_element_center(thing).click_and_hold();
        for _ in 0..rounds / 6 {
            for by in [(0, 17), (9, 23), (40, 0), (0, -40), (-40, 0), (-9, 0)] {
                chain = chain.move_by_offset(by.0, by.1);
            }
        }
        self.done(chain.release().perform().await, "carry").await;
    }

    /// What stands in the field with this label.
    pub async fn value(&self, label: &str) -> String {
        self.find("field", label).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until there is no thing of this role and name any more.
    pub async fn gone(&self, role: &str, name: &str) {
        let until = Instant::now() + PATIENCE;
        while self.has(role, name).await {
            if Instant::now() > until {
                self.give_up(&format!("the {role} called {name:?} stays")).await;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Turns to an address that nothing on the page leads to.
    pub async fn turn_to(&self, address: &str) {
        self.measure(TURNING, vec![json!(address)]).await;
    }

    /// What the core answers to a command that the page does not offer: its reply, or its refusal.
    pub async fn ask(&self, command: &str, args: Value) -> Value {
        self.measure(ASKING, vec![json!(command), args]).await
    }

    /// What can be read inside the thing of this role and name.
    pub async fn text_of(&self, role: &str, name: &str) -> String {
        self.find(role, name).await.text().await.unwrap_or_default()
    }

    /// Waits until this text can be read anywhere on the page.
    pub async fn see(&self, text: &str) {
        self.until(&format!("{text:?} is not to be read"), READABLE, text).await;
    }

    /// Waits for a text that takes its time: a year of a studio is made, or a machine is slow.
    pub async fn see_at_last(&self, text: &str) {
        for _ in 0..30 {
            if self.appears(READABLE, text).await {
                return;
            }
        }
        self.see(text).await;
    }

    /// Everything that can be read now.
    pub async fn text(&self) -> String {
        self.read("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    async fn until(&self, otherwise: &str, script: &str, argument: &str) {
        if !self.appears(script, argument).await {
            self.give_up(otherwise).await;
        }
    }

    /// Whether the script comes to say yes within a person's patience.
    async fn appears(&self, script: &str, argument: &str) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let answer = self.page.execute(script, vec![json!(argument)]).await;
            if answer.is_ok_and(|answer| answer.json() == &Value::Bool(true)) {
                return true;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        false
    }

    /// Runs a script that calls its last argument when it is done, and says what it was called with.
    pub async fn measure(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.page.execute_async(script, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(cause) => self.give_up(&format!("a measure failed: {cause}")).await,
        }
    }

    /// Runs a script that listens from now on.
    pub async fn watch(&self, script: &str) {
        self.done(self.page.execute(script, Vec::new()).await, "watching").await;
    }

    /// Runs a script that only reads.
    async fn read(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.map_or(Value::Null, |answer| answer.json().clone())
    }

    /// Writes what the display shows as the tour's next picture.
    pub async fn picture(&self, name: &str) {
        let Some(album) = &self.album else { return };
        let file = album.next(name);
        self.settled().await;
        shoot(&file);
        println!("{}", file.display());
    }

    /// What a part of the display shows, as WIDTHxHEIGHT+LEFT+TOP.
    pub async fn strip(&self, part: &str) -> Vec<u8> {
        self.settled().await;
        strip(part)
    }

    /// Waits until a part of the display shows this, whether or not the driver still reaches the page.
    pub async fn comes_to_show(&self, part: &str, wanted: &[u8]) {
        let until = Instant::now() + PATIENCE;
        while strip(part) != wanted {
            if Instant::now() > until {
                self.give_up(&format!("{part} does not show what it should")).await;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until nothing on the page moves and its fonts and pictures are there.
    async fn settled(&self) {
        self.until("the page does not come to rest", RESTING, "").await;
    }

    async fn done<T>(&self, outcome: WebDriverResult<T>, what: &str) {
        if let Err(cause) = outcome {
            self.give_up(&format!("{what}: {cause}")).await;
        }
    }

    /// Ends the walk with everything that helps to see why: the sentence, a picture, and what the page says.
    async fn give_up(&self, why: &str) -> ! {
        let picture = std::env::temp_dir().join("inkpoint-walk-failed.png");
        shoot(&picture);
        let text: String = self.text().await.chars().take(3_000).collect();
        panic!("{why}\nA picture is in {}. The page says:\n{text}", picture.display());
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The driver ends its session itself; the client would wait for an answer from a driver that is gone.
        let _ = self.page.clone().leak();
        stop(&mut self.driver);
    }
}

/// A task of its own each: the desk's state must not change inside the driver's script.
const TURNING: &str =
    "const [address, done] = arguments; setTimeout(() => { location.hash = address; done(null); })";
const ASKING: &str = "const [command, args, done] = arguments; setTimeout(() => \
    window.__TAURI_INTERNALS__.invoke('desk', { command, key: null, args }).then(done, done))";
const READABLE: &str = "return document.body.innerText.toLowerCase().includes(arguments[0].toLowerCase())";
const RESTING: &str = "return document.fonts.status === 'loaded' \
    && [...document.images].every((image) => image.complete) \
    && document.getAnimations().every((motion) => motion.playState !== 'running' \
        || motion.effect.getComputedTiming().iterations === Infinity)";

/// Whether neither the element nor what it stands in is on its way.
const STILL: &str = "const element = arguments[0]; \
    return document.getAnimations().every((motion) => motion.playState !== 'running' \
        || motion.effect.getComputedTiming().iterations === Infinity \
        || !motion.effect.target?.contains(element))";

/// A picture of the whole display: taking it through WebDriver has been seen to hang at this size.
fn shoot(file: &Path) {
    let shot = Command::new("import").args(["-window", "root"]).arg(file).status();
    assert!(shot.is_ok_and(|status| status.success()), "ImageMagick's import could not picture the display");
}

/// The shades of a part of the display, pixel by pixel.
fn strip(part: &str) -> Vec<u8> {
    let shot =
        Command::new("import").args(["-window", "root", "-crop", part, "-depth", "8", "gray:-"]).output();
    shot.ok().filter(|shot| shot.status.success()).expect("ImageMagick's import pictures the display").stdout
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

async fn listening(port: u16) {
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nothing listens on {port}");
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// Ends the driver politely, so that it takes the native driver with it.
fn stop(driver: &mut Child) {
    if driver.try_wait().is_ok_and(|ended| ended.is_some()) {
        return;
    }
    if cfg!(unix) {
        let _ = Command::new("kill").arg(driver.id().to_string()).status();
    } else {
        let _ = driver.kill();
    }
    let _ = driver.wait();
}
