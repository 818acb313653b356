//! Zip containers: what they hold, and that every part a reader will use is whole, small enough and what it says.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use rayon::prelude::*;
use zip::ZipArchive;

use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

/// What kind of file a zip container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `.xlsx` and `.xlsm`.
    Xml,
    /// `.xlsb`.
    Binary,
    /// `.ods`.
    OpenDocument,
}

/// A container whose used parts have been unpacked once and found whole.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) kind: Kind,
    sheets: Vec<(String, SheetPart)>,
}

#[derive(Debug)]
struct Part {
    name: String,
    bytes: u64,
    /// The beginning, or all of a part that says where the others are.
    text: Vec<u8>,
}

/// A worksheet's part.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetPart {
    pub(super) bytes: u64,
    pub(super) is_utf16: bool,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// How much of a part is kept when only its beginning matters.
const HEAD: usize = 4096;
/// The most of a part that is kept when it says where the others are.
const INDEX: usize = 4 << 20;

impl Container {
    /// Unpacks every part that a reader will use, into nothing, and checks sizes and checksums on the way.
    pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Refusal::damaged("it begins as a zip container and its end is missing or broken"))?;
        within(count(archive.len()), limits.entries, "entries in its zip container")?;
        let names: Vec<String> = (0..archive.len())
            .map(|index| archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned())
            .collect();
        let kind = kind(&names)?;
        let used: Vec<usize> = (0..names.len()).filter(|&index| is_used(&names[index])).collect();
        check_declared(&archive, &used, limits)?;
        let parts = used
            .par_iter()
            .map(|&index| unpack(&mut archive.clone(), index, &names[index]))
            .collect::<Vec<Result<Part, Refusal>>>()
            .into_iter()
            .collect::<Result<Vec<Part>, Refusal>>()?;
        check_shared_texts(&parts)?;
        Ok(Self { kind, sheets: sheet_parts(&parts) })
    }

    /// A worksheet's part, as far as the workbook's own index tells.
    pub(super) fn sheet_part(&self, sheet: &str) -> Option<SheetPart> {
        self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| *part)
    }
}

/// Readers make room for as many shared texts as a workbook claims to have, so the claim must be possible.
fn check_shared_texts(parts: &[Part]) -> Result<(), Refusal> {
    let Some(part) = parts.iter().find(|part| part.name.ends_with("sharedstrings.xml")) else {
        return Ok(());
    };
    if is_utf16(&part.text) {
        return Err(Refusal::damaged("its shared texts are stored as UTF-16"));
    }
    let attributes =
        first_element(&part.text, "sst").ok_or_else(|| Refusal::damaged("its shared texts do not begin as such"))?;
    for (name, text) in &attributes {
        let claimed = text.trim().trim_start_matches('+').parse::<u64>();
        if name == "uniqueCount" && claimed.is_ok_and(|claimed| claimed > part.bytes) {
            return Err(Refusal::damaged(format!(
                "it claims to have {text} shared texts in a part of {} bytes",
                part.bytes
            )));
        }
    }
    Ok(())
}

/// The worksheets' parts by name of sheet, from the workbook's index and its relationships.
fn sheet_parts(parts: &[Part]) -> Vec<(String, SheetPart)> {
    let text = |ending| parts.iter().find(|part| is_named(&part.name, ending)).map_or(&[][..], |part| &part.text);
    let targets: Vec<(String, String)> = elements(text("workbook.xml.rels"), "Relationship")
        .iter()
        .filter_map(|it| Some((value(it, "Id")?.to_owned(), value(it, "Target")?.to_lowercase())))
        .collect();
    elements(text("workbook.xml"), "sheet")
        .iter()
        .filter_map(|sheet| {
            let id = value(sheet, "id")?;
            let (_, target) = targets.iter().find(|(target_id, _)| target_id == id)?;
            let part = parts.iter().find(|part| part.name.ends_with(target.trim_start_matches(['/', '.'])))?;
            let found = SheetPart { bytes: part.bytes, is_utf16: is_utf16(&part.text) };
            Some((value(sheet, "name")?.to_owned(), found))
        })
        .collect()
}

fn kind(names: &[String]) -> Result<Kind, Refusal> {
    let has = |ending: &str| names.iter().any(|name| is_named(&name.to_lowercase(), ending));
    if has("workbook.xml") {
        Ok(Kind::Xml)
    } else if has("workbook.bin") {
        Ok(Kind::Binary)
    } else if has("word/document.xml") {
        Err(Refusal::NotInventory { what: "a Word document" })
    } else if has("ppt/presentation.xml") {
        Err(Refusal::NotInventory { what: "a PowerPoint presentation" })
    } else if has("content.xml") && has("mimetype") {
        Ok(Kind::OpenDocument)
    } else {
        Err(Refusal::ZipArchive)
    }
}

/// Whether some names of entries are those of a workbook or of another document, and not of files packed together.
pub(super) fn is_document(names: &[String]) -> bool {
    !matches!(kind(names), Err(Refusal::ZipArchive))
}

fn is_named(name: &str, ending: &str) -> bool {
    name.strip_suffix(ending).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn is_used(name: &str) -> bool {
    const UNUSED: &[&str] = &[
        "docprops/",
        "customxml/",
        "media/",
        "drawings/",
        "charts/",
        "printersettings/",
        "thumbnails/",
        "embeddings/",
        "externallinks/",
        "pivotcache/",
        "pivottables/",
        "activex/",
        "ctrlprops/",
        "vbaproject",
        "object ",
    ];
    let name = name.to_lowercase();
    let is_read = [".xml", ".rels", ".bin"].iter().any(|ending| name.ends_with(ending)) || name == "mimetype";
    is_read && !UNUSED.iter().any(|folder| name.contains(folder))
}

fn check_declared(archive: &Archive<'_>, used: &[usize], limits: &Limits) -> Result<(), Refusal> {
    let mut total = 0_u64;
    for &index in used {
        let part = archive.by_index_data(index).map_err(|error| Refusal::damaged(error.to_string()))?;
        if part.encrypted() {
            return Err(Refusal::Password);
        }
        within(part.size(), limits.part_bytes, "bytes in one part of its zip container")?;
        total = total.saturating_add(part.size());
        within(total, limits.container_bytes, "bytes in its zip container, unpacked")?;
        if part.size() > Limits::FREE_RATIO_BYTES {
            within(
                part.size(),
                part.compressed_size().saturating_mul(limits.zip_ratio),
                "bytes in a part, unpacked, for its packed size",
            )?;
        }
    }
    Ok(())
}

fn unpack(archive: &mut Archive<'_>, index: usize, name: &str) -> Result<Part, Refusal> {
    let broken = |error: &dyn std::fmt::Display| {
        Refusal::damaged(format!("its part {name} is cut off or does not match its checksum ({error})"))
    };
    let mut file = archive.by_index(index).map_err(|error| broken(&error))?;
    let declared = file.size();
    let name = name.to_lowercase();
    let is_index = is_named(&name, "workbook.xml") || is_named(&name, "workbook.xml.rels");
    let keep = if is_index { INDEX } else { HEAD };
    let mut text = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    let mut bytes = 0_u64;
    loop {
        let read = file.read(&mut chunk).map_err(|error| broken(&error))?;
        if read == 0 {
            break;
        }
        bytes += count(read);
        if bytes > declared {
            break;
        }
        text.extend_from_slice(&chunk[..read.min(keep - text.len())]);
    }
    if bytes != declared {
        return Err(Refusal::damaged(format!("its part {name} is not the {declared} bytes it claims to be")));
    }
    Ok(Part { name, bytes, text })
}

fn is_utf16(text: &[u8]) -> bool {
    matches!(text, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..])
}

fn value<'a>(attributes: &'a [(String, String)], local_name: &str) -> Option<&'a str> {
    attributes.iter().find(|(name, _)| name == local_name).map(|(_, value)| value.as_str())
}

/// The attributes of every element of a name, by local name, up to the first fault.
fn elements(xml: &[u8], element: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    let mut buffer = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                found.push(attributes(&start));
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    found
}

fn first_element(xml: &[u8], element: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                return (start.local_name().as_ref() == element).then(|| attributes(&start));
            }
            Event::Eof => return None,
            _ => {}
        }
        buffer.clear();
    }
    None
}

fn attributes(start: &quick_xml::events::BytesStart<'_>) -> Vec<(String, String)> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), Into::into);
            (attribute.key.local_name().as_ref().to_owned(), value)
        })
        .collect()
}
