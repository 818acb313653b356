//! The one place that writes to the terminal, so that no text from an input can tell the terminal what to do.

use std::io::{self, Write};

use anyhow::{Context, Result};

use super::exit::{COULD_NOT_RUN, DONE};
use crate::report::visible::visible;

/// Prints a result to standard output; a reader that has seen enough and closed the pipe is no error.
pub(super) fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        Ok(()) | Err(_) => Ok(DONE),
    }
}

/// Tells something on standard error.
pub(super) fn tell(text: &str) {
    // Nothing is left to do when even standard error is closed.
    drop(io::stderr().lock().write_all(visible(text).as_bytes()));
}

/// Shows help, or what is wrong with the arguments, and returns the exit code.
pub(super) fn show(error: &clap::Error) -> u8 {
    let plain = error.render().to_string();
    if plain == visible(&plain) {
        // In colours where the terminal has them; a closed pipe while help is printed changes nothing.
        drop(error.print());
    } else {
        // An argument may be a file's name, put there by the shell.
        tell(&plain);
    }
    if error.use_stderr() { COULD_NOT_RUN } else { DONE }
}
