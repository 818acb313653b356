//! Zip containers: what they hold, and that every part a reader will use is whole, small enough and what it says.

use std::io::{self, BufRead as _, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use rayon::prelude::*;
use zip::ZipArchive;

use super::attributes::attributes;
use super::binary;
use super::directory::{self, looked_up};
use super::index::Index;
use super::markup::{self, Contents, Fault, WithUnit};
use super::merged::Merged;
use super::number_format::NumberFormats;
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
    /// Bytes of the texts that the sheets share.
    pub(super) shared_bytes: u64,
    /// What is wrong with the one document that holds all sheets of an `.ods` workbook.
    pub(super) fault: Option<Fault>,
    /// The number formats that show a unit.
    pub(super) formats: NumberFormats,
}

#[derive(Debug)]
struct Part {
    name: String,
    bytes: u64,
    /// The beginning.
    text: Vec<u8>,
    /// How many shared texts it holds, or what is wrong with its elements or records; nothing for a part that has none.
    markup: Option<Result<Contents, Fault>>,
}

/// A worksheet's part.
#[derive(Clone, Debug)]
pub(super) struct SheetPart {
    pub(super) bytes: u64,
    pub(super) is_utf16: bool,
    /// What is wrong with it as a document.
    pub(super) fault: Option<Fault>,
    /// Cells with a formula and no value, and the place of the first.
    pub(super) uncalculated: Option<(u64, String)>,
    /// Numbers whose style shows a unit, in order: their place, and the style.
    pub(super) with_units: Vec<WithUnit>,
    /// Cells that are merged.
    pub(super) merged: Vec<Merged>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// How much of a part is kept.
const HEAD: usize = 4096;
/// The element of a shared text.
const SHARED_TEXT: &str = "si";

impl Container {
    /// Unpacks every part that a reader will use, into nothing, and checks sizes, checksums and end tags on the way.
    pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Refusal::damaged("it begins as a zip container and its end is missing or broken"))?;
        within(count(archive.len()), limits.entries, "entries in its zip container")?;
        let twice = |name| Refusal::damaged_as(&format!("it holds two parts of the name {name}"));
        directory::check(bytes, archive.central_directory_start(), archive.offset(), twice)?;
        let names: Vec<String> = (0..archive.len())
            .map(|index| archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned())
            .collect();
        let kind = kind(&names)?;
        let index = match kind {
            Kind::Xml => Index::of_xml(&mut archive, &names, limits)?,
            Kind::Binary => Index::of_binary(&mut archive, &names, limits)?,
            Kind::OpenDocument => Index::default(),
        };
        let used: Vec<usize> =
            (0..names.len()).filter(|&at| is_used(&names[at]) || index.names(&looked_up(&names[at]))).collect();
        check_declared(&archive, &used, limits)?;
        check_styles(&archive, &names, &used, limits)?;
        let parts = used
            .par_iter()
            .map(|&at| {
                let form = form(kind, &index, &looked_up(&names[at]));
                unpack(&mut archive.clone(), at, (names[at].as_str(), form), &index.formats, limits)
            })
            .collect::<Vec<Result<Part, Refusal>>>()
            .into_iter()
            .collect::<Result<Vec<Part>, Refusal>>()?;
        let shared_bytes = check_shared_texts(&parts, limits)?;
        let mut sheets = Vec::new();
        for (sheet, name) in &index.sheets {
            let part = parts.iter().find(|part| part.name == *name);
            let part =
                part.ok_or_else(|| Refusal::damaged_as(&format!("the part {name} of its sheet {sheet} is missing")))?;
            let fault = part.markup.as_ref().and_then(|seen| seen.as_ref().err().cloned());
            let contents = part.markup.as_ref().and_then(|seen| seen.as_ref().ok());
            let uncalculated = contents.and_then(|seen| seen.uncalculated.clone());
            let with_units = contents.map_or(Vec::new(), |seen| seen.with_units.clone());
            let merged = contents.map_or(Vec::new(), |seen| seen.merged.clone());
            let is_utf16 = is_utf16(&part.text);
            let part = SheetPart { bytes: part.bytes, is_utf16, fault, uncalculated, with_units, merged };
            sheets.push((sheet.clone(), part));
        }
        // What is wrong with one sheet costs that sheet; what all sheets rest on costs the file.
        let broken = parts.iter().filter(|part| !index.sheets.iter().any(|(_, name)| *name == part.name));
        let broken = broken.filter_map(|part| Some((&part.name, part.markup.as_ref()?.as_ref().err()?)));
        let mut broken: Vec<(&String, &Fault)> = broken.collect();
        if let Some((name, fault)) = broken.iter().find(|(name, _)| index.names(name)) {
            return Err(Refusal::damaged_as(&format!("its part {name} {fault}")));
        }
        broken.retain(|(name, _)| *name == "content.xml");
        let fault = broken.first().map(|(name, fault)| format!("part {name} {fault}"));
        Ok(Self { kind, sheets, shared_bytes, fault, formats: index.formats })
    }

    /// A worksheet's part, as far as the workbook's own index tells.
    pub(super) fn sheet_part(&self, sheet: &str) -> Option<&SheetPart> {
        self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| part)
    }
}

/// Readers make room for as many shared texts as a workbook claims to have, so the claim must be possible. Returns their
/// bytes.
fn check_shared_texts(parts: &[Part], limits: &Limits) -> Result<u64, Refusal> {
    let mut bytes = 0;
    // Names differ in case from maker to maker, and a part that looks like the one in use may be a decoy.
    for part in parts {
        let is_binary = part.name.ends_with("sharedstrings.bin");
        if !is_binary && !part.name.ends_with("sharedstrings.xml") {
            continue;
        }
        if !is_binary && is_utf16(&part.text) {
            return Err(Refusal::damaged("its shared texts are stored as UTF-16"));
        }
        let held = match &part.markup {
            Some(Ok(held)) => held.counted,
            Some(Err(fault)) => return Err(Refusal::damaged_as(&format!("its part {} {fault}", part.name))),
            None => 0,
        };
        within(held, limits.texts, "shared texts")?;
        bytes += part.bytes;
        // How many there are of the others is read until they end.
        if is_binary {
            continue;
        }
        let attributes = first_element(&part.text, "sst")
            .ok_or_else(|| Refusal::damaged("its shared texts do not begin as such"))?;
        for (name, text) in &attributes {
            let claimed = text.trim().trim_start_matches('+').parse::<u64>();
            if name == "uniqueCount" && claimed.is_ok_and(|claimed| claimed > held) {
                return Err(Refusal::damaged_as(&format!("it claims to have {text} shared texts and has {held}")));
            }
        }
    }
    Ok(bytes)
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
        let part = archive.by_index_data(index).map_err(|error| Refusal::damaged_as(&error.to_string()))?;
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

/// A reader keeps each font, filling and border as it stands there, in many times its bytes.
fn check_styles(archive: &Archive<'_>, names: &[String], used: &[usize], limits: &Limits) -> Result<(), Refusal> {
    for &index in used.iter().filter(|&&index| is_styles(&looked_up(&names[index]))) {
        let part = archive.by_index_data(index).map_err(|error| Refusal::damaged_as(&error.to_string()))?;
        within(part.size(), limits.style_bytes, "bytes in the part that holds its formats")?;
    }
    Ok(())
}

fn is_styles(name: &str) -> bool {
    is_named(name, "styles.xml") || is_named(name, "styles.bin")
}

/// What a part is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Elements.
    Markup,
    /// The records of an `.xlsb` workbook.
    Records,
    /// Anything else, which no reader looks into.
    Other,
}

fn form(kind: Kind, index: &Index, name: &str) -> Form {
    if [".xml", ".rels"].iter().any(|ending| name.ends_with(ending)) {
        Form::Markup
    } else if kind == Kind::Binary && index.names(name) {
        Form::Records
    } else {
        Form::Other
    }
}

fn unpack(
    archive: &mut Archive<'_>,
    index: usize,
    (name, form): (&str, Form),
    formats: &NumberFormats,
    limits: &Limits,
) -> Result<Part, Refusal> {
    let broken = |error: &dyn std::fmt::Display| {
        Refusal::damaged_as(&format!("its part {name} is cut off or does not match its checksum ({error})"))
    };
    let file = archive.by_index(index).map_err(|error| broken(&error))?;
    let declared = file.size();
    let name = looked_up(name);
    // One byte more than is declared shows that there is more.
    let mut counted = Counted { part: file.take(declared.saturating_add(1)), bytes: 0, head: Vec::new() };
    let markup = {
        let mut buffered = BufReader::with_capacity(1 << 16, &mut counted);
        let start = buffered.fill_buf().map_err(|error| broken(&error))?;
        match form {
            // The fault of a document in another encoding is told where it is read.
            Form::Markup if is_utf16(start) => None,
            Form::Markup => Some(markup::check(&mut buffered, SHARED_TEXT, formats, limits)),
            Form::Records => Some(binary::check(&mut buffered, limits)),
            Form::Other => None,
        }
    };
    io::copy(&mut counted, &mut io::sink()).map_err(|error| broken(&error))?;
    if counted.bytes != declared {
        return Err(Refusal::damaged_as(&format!("its part {name} is not the {declared} bytes it claims to be")));
    }
    Ok(Part { name, bytes: counted.bytes, text: counted.head, markup })
}

/// A part being unpacked, with its length so far and its beginning.
struct Counted<R> {
    part: R,
    bytes: u64,
    head: Vec<u8>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        self.bytes += count(read);
        let kept = read.min(HEAD - self.head.len());
        self.head.extend_from_slice(&buffer[..kept]);
        Ok(read)
    }
}

fn is_utf16(text: &[u8]) -> bool {
    matches!(text, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..])
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
