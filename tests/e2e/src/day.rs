//! One day at the counter, step by step.

use crate::Window;

/// A fresh program greets with its first run.
pub async fn first_run(window: &Window) {
    window.see("Inkpoint").await;
    window.picture("first-run").await;
}
