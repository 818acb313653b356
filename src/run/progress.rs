//! What goes on, told on standard error, and only to a person at a terminal.

use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::diagnose;

/// Tells which step is under way.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Tells nothing when told to be quiet or when standard error is no terminal.
    pub(super) fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        bar.set_style(style.expect("the template has only known parts"));
        // The line moves on a thread of its own, and the system may give none.
        if !bar.is_hidden() && thread::Builder::new().spawn(|| ()).is_ok() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// Names the step that begins.
    pub(super) fn step(&self, what: impl Into<String>) {
        let what = what.into();
        diagnose::step(&what);
        self.0.set_message(what);
    }

    /// Clears the line.
    pub(super) fn done(&self) {
        self.0.finish_and_clear();
    }
}
