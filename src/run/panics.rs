//! A defect of Klar or of a library: silent where a reader expects one, and told in words where it ends the program.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, anyhow};

/// How many are remembered; a damaged workbook may cause one a sheet.
const KEPT: usize = 64;

/// What went wrong and where in the program, latest last.
static SEEN: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Keeps the library's own words off the terminal; a file that a reader gives up on is told of in ours.
pub(super) fn hush() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() == KEPT {
            seen.remove(0);
        }
        seen.push((said(info.payload()), place));
    }));
}

/// Runs the program; a defect that nothing caught becomes an error that says where it is and what to do.
pub(super) fn caught(run: impl FnOnce() -> Result<u8>) -> Result<u8> {
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|payload| {
        let said = said(payload.as_ref());
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        let place = seen.iter().rev().find(|(words, _)| *words == said).map_or("an unknown place", |(_, place)| place);
        Err(anyhow!(
            "internal error: Klar {} gave up at {place} ({said}). No report was written or changed. This is a defect of \
             Klar and not of your files: please send this message with the output of the same command and --diagnose FILE, \
             which holds no word of your files",
            env!("CARGO_PKG_VERSION"),
            place = within_project(place),
        ))
    })
}

/// The places in the program where something went wrong so far, whether it was caught or not.
pub(super) fn places() -> Vec<String> {
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.iter().map(|(_, place)| within_project(place).to_owned()).collect()
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

/// A place without the folders of the machine that built the program.
fn within_project(place: &str) -> &str {
    place.rsplit_once("/registry/src/").map_or(place, |(_, place)| place.split_once('/').map_or(place, |(_, it)| it))
}
