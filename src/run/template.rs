//! `klar template`: files to start from, printed, and the catalogue, written into a folder.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::load::shown;
use super::terminal::print;
use crate::catalogue::embedded_files;
use crate::cli::{SchemaOf, Template};
use crate::ingest::Dialects;
use crate::record::{Inspection, Recorded};
use crate::report::{wording_file, words};

/// Prints a template, or writes the catalogue.
///
/// # Errors
/// When the folder for the catalogue cannot be written to, or holds one of its files already.
pub(super) fn template(arguments: &Template) -> Result<u8> {
    match arguments {
        Template::Config => print(include_str!("../../templates/klar.toml")),
        Template::Rules => print(include_str!("../../templates/rules.toml")),
        Template::Prices => print(include_str!("../../templates/prices.csv")),
        Template::Replicate => print(include_str!("../../templates/replicate.ps1")),
        Template::Schema { of: SchemaOf::Assessment } => print(&Recorded::schema()),
        Template::Schema { of: SchemaOf::Inspection } => print(&Inspection::schema()),
        Template::Columns(inputs) => super::template_columns::columns(inputs),
        Template::Dialect { inputs, sheet } => super::template_dialect::dialect(inputs, sheet.as_deref()),
        Template::RedactKey { file } => super::redact::make_key(file.as_deref()),
        Template::Wording { language } => print(&wording_file::file(language)?),
        Template::Catalogue { folder } => catalogue(folder),
    }
}

fn catalogue(folder: &Path) -> Result<u8> {
    let dialects = Dialects::files().map(|(name, text)| (format!("dialects/{name}.toml"), text));
    let files: Vec<(String, &str)> = embedded_files().into_iter().chain(dialects).collect();
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        bail!(
            "{}: is there already; name a folder without it, so that nothing is overwritten",
            shown(&folder.join(name))
        );
    }
    for (name, text) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("{}: the folder cannot be made", shown(parent)))?;
        // A file that was not there a moment ago is not overwritten either.
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("{}: cannot be written", shown(&path)))?;
    }
    print(&format!("{} in {}\n", words::count(files.len() as u64, "file", "files"), shown(folder)))
}
