//! The customer's logo that the configuration names, opened before anything is judged.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::load::{named_up_to, shown};
use super::unable::{Unable, unable};
use crate::model::{Arg, Identity};
use crate::report::logo::{LARGEST, Logo};

/// The forms of report that draw a logo by its pixels alone.
const PIXELS_ONLY: [&str; 2] = ["pdf", "docx"];

/// Opens a logo for the forms of report asked for.
///
/// # Errors
/// When the file cannot be read or used, or one of the forms cannot show it.
pub(super) fn open(path: Option<&PathBuf>, formats: &[String]) -> Result<Option<Arc<Logo>>> {
    let Some(path) = path else { return Ok(None) };
    let logo = Logo::read(&shown(path), named_up_to(path, LARGEST)?).map_err(Unable)?;
    if let Some(form) = PIXELS_ONLY.iter().find(|form| formats.iter().any(|asked| asked == *form))
        && logo.pixels().is_none()
    {
        return Err(unable!(
            "{file}: is SVG, which {form} cannot show. Save the logo as PNG, or write reports without {form}: --format html",
            file = Arg::named(Identity::File, &logo.file),
            form = Arg::Word(form)
        ));
    }
    Ok(Some(Arc::new(logo)))
}
