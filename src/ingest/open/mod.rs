//! Bytes to grids: what a file is, is decided by what it holds, not by its name alone.

use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::{Reading, Source};
use crate::model::Gravity;

mod compound;
mod container;
mod delimited;
mod encoding;
mod flatten;
mod json;
mod json_tree;
mod open_document;
mod screen;
mod workbook;

use container::{Container, Kind};
use encoding::Decoded;

/// Files that cannot be inventories, by their first bytes.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"MZ", "a program"),
    (b"\x7FELF", "a program"),
    (b"\x1F\x8B", "a compressed file"),
    (b"7z\xBC\xAF\x27\x1C", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MSCF", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
    (b"ElfFile\0", "an event log"),
    (b"vhdxfile", "a virtual hard disk"),
    (b"conectix", "a virtual hard disk"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a text document"),
];

/// Reads a file into grids, within the ordinary limits. Never fails: a file that cannot be read is refused and says why.
#[must_use]
pub fn open(source: &Source) -> Reading {
    open_within(source, &Limits::default())
}

/// Reads a file into grids, within the given limits.
#[must_use]
pub fn open_within(source: &Source, limits: &Limits) -> Reading {
    if is_description(source) {
        let text = format!("{} describes the folder and holds no inventory.", source.file_name());
        return Reading { notes: vec![source.note(Gravity::Remark, "", text)], ..Reading::default() };
    }
    read(source, limits).unwrap_or_else(|refusal| {
        let text = format!("not read: {} {refusal}.", source.file_name());
        let note = source.note(Gravity::Refused, "", text.clone());
        Reading { grids: Vec::new(), notes: vec![note], refused: Some(text) }
    })
}

/// A Markdown text, such as the README that people put beside their exports.
fn is_description(source: &Source) -> bool {
    source.path.to_ascii_lowercase().ends_with(".md") && source.bytes.starts_with(b"# ")
}

fn read(source: &Source, limits: &Limits) -> Result<Reading, Refusal> {
    let bytes = &source.bytes[..];
    within(count(bytes.len()), limits.file_bytes, "bytes")?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_container(source, limits);
    }
    if bytes.starts_with(&compound::SIGNATURE) {
        compound::check(bytes, limits)?;
        return workbook::read_legacy(source, limits);
    }
    let signature =
        SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature) && is_binary(signature, bytes));
    if let Some((_, what)) = signature {
        return Err(Refusal::NotInventory { what });
    }
    let Some(decoded) = encoding::decode(bytes) else {
        return Err(Refusal::NotInventory { what: "a binary file of unknown kind" });
    };
    read_text(source, &decoded, limits)
}

/// Two letters may begin a text as well; the rest must then not be one.
fn is_binary(signature: &[u8], bytes: &[u8]) -> bool {
    signature.len() > 2 || !signature.is_ascii() || bytes.iter().take(512).any(|&byte| byte == 0)
}

fn read_container(source: &Source, limits: &Limits) -> Result<Reading, Refusal> {
    let container = Container::check(&source.bytes, limits)?;
    match container.kind {
        Kind::Xml => workbook::read_xml(source, &container, limits),
        Kind::Binary => workbook::read_binary(source, &container, limits),
        Kind::OpenDocument => {
            open_document::check(&source.bytes, limits)?;
            workbook::read_open_document(source, limits)
        }
    }
}

fn read_text(source: &Source, decoded: &Decoded<'_>, limits: &Limits) -> Result<Reading, Refusal> {
    let text = &*decoded.text;
    check_markup(text.trim_start())?;
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let mut reading = match json::begins_at(text) {
        Some(at) => json::read(source, text, at, limits)?,
        None => delimited::read(source, text, limits)?,
    };
    let name = source.file_name();
    if decoded.is_broken {
        let text = format!(
            "{name}: some letters could not be decoded and were replaced. Save the file as UTF-8, and run again."
        );
        reading.notes.push(source.note(Gravity::Doubt, "", text));
    } else if decoded.is_guessed {
        let text = format!("{name} is not UTF-8 and was read as Windows-1252. If names look wrong, save it as UTF-8.");
        reading.notes.push(source.note(Gravity::Remark, "", text));
    }
    Ok(reading)
}

fn check_markup(text: &str) -> Result<(), Refusal> {
    if !text.starts_with('<') && !text.starts_with("#< CLIXML") {
        return Ok(());
    }
    let start: String = text.chars().take(2048).collect::<String>().to_lowercase();
    let has = |tag: &str| start.contains(tag);
    Err(if has("<objs") || has("#< clixml") {
        Refusal::Clixml
    } else if has("excel.sheet") || has("urn:schemas-microsoft-com:office:spreadsheet") {
        Refusal::UnderWorkbookName { what: "an XML spreadsheet of 2003" }
    } else if has("<html") || has("<!doctype html") || has("<table") || has("<meta") || has("<head") {
        Refusal::UnderWorkbookName { what: "a web page (HTML)" }
    } else if has("<?xml") || has("xmlns") {
        Refusal::NotInventory { what: "an XML file" }
    } else {
        return Ok(());
    })
}
