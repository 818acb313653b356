//! A workbook's own index: which part holds which sheet, as the library that reads the cells will look it up.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::attributes::{Attributes, attributes};
use super::binary;
use super::directory::looked_up;
use super::markup;
use super::number_format::NumberFormats;
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

/// The sheets of a workbook with their parts, and the other parts that are read.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Each sheet by name, and the name of its part as it is looked up.
    pub(super) sheets: Vec<(String, String)>,
    /// Parts that all sheets rest on.
    others: Vec<String>,
    /// The number formats that show a unit.
    pub(super) formats: NumberFormats,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The most that a part may hold that says where others are.
const LARGEST: u64 = 4 << 20;
const ROOT: &str = "_rels/.rels";

impl Index {
    /// Whether a part, by its name as looked up, is one that is read.
    pub(super) fn names(&self, part: &str) -> bool {
        self.others.iter().chain(self.sheets.iter().map(|(_, part)| part)).any(|name| name == part)
    }

    /// The index of an `.xlsx` workbook.
    pub(super) fn of_xml(archive: &mut Archive<'_>, names: &[String], limits: &Limits) -> Result<Self, Refusal> {
        let root = document(archive, names, ROOT, limits)?;
        let target = elements(&root, "Relationship")
            .into_iter()
            .rfind(|it| value(it, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument")))
            .and_then(|it| value(&it, "Target").map(str::to_owned))
            .ok_or_else(|| Refusal::damaged("it does not say which of its parts is the workbook"))?;
        let (folder, name) = target.rfind('/').map_or(("", &*target), |at| target.split_at(at + 1));
        let folder = folder.strip_prefix('/').unwrap_or(folder);
        let name = if name.is_empty() { "workbook.xml" } else { name };
        let relations_part = format!("{folder}_rels/{name}.rels");
        let relations = elements(&document(archive, names, &relations_part, limits)?, "Relationship");
        let workbook = document(archive, names, &format!("{folder}{name}"), limits)?;
        let mut index = Self::default();
        for sheet in elements(&workbook, "sheet") {
            let (Some(name), Some(id)) = (value(&sheet, "name"), value(&sheet, "id")) else { continue };
            let target = relations.iter().rfind(|it| value(it, "Id") == Some(id)).and_then(|it| value(it, "Target"));
            let target =
                target.ok_or_else(|| Refusal::damaged_as(&format!("it does not say where its sheet {name} is")))?;
            let part = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            index.sheets.push((name.to_owned(), looked_up(&part)));
        }
        let shared = ["sharedStrings.xml", "styles.xml", "theme/theme1.xml"].map(|part| format!("{folder}{part}"));
        let others = shared.into_iter().chain([ROOT.to_owned(), relations_part, format!("{folder}{name}")]);
        index.others = others.map(|part| looked_up(&part)).collect();
        // A workbook without styles is read as one whose styles show no unit.
        let styles = content(archive, names, &format!("{folder}styles.xml"));
        index.formats = styles.map_or_else(|_| NumberFormats::default(), |styles| NumberFormats::of(&styles));
        index.check(limits)
    }

    /// The index of an `.xlsb` workbook.
    pub(super) fn of_binary(archive: &mut Archive<'_>, names: &[String], limits: &Limits) -> Result<Self, Refusal> {
        const RELATIONS: &str = "xl/_rels/workbook.bin.rels";
        const WORKBOOK: &str = "xl/workbook.bin";
        let relations = elements(&document(archive, names, RELATIONS, limits)?, "Relationship");
        let workbook = content(archive, names, WORKBOOK)?;
        binary::check_names(records(&workbook), limits)?;
        let mut index = Self::default();
        for (name, id) in bundled(&workbook) {
            let target = relations.iter().rfind(|it| value(it, "Id") == Some(&*id)).and_then(|it| value(it, "Target"));
            let target =
                target.ok_or_else(|| Refusal::damaged_as(&format!("it does not say where its sheet {name} is")))?;
            index.sheets.push((name, looked_up(&format!("xl/{target}"))));
        }
        let others = [RELATIONS, WORKBOOK, "xl/sharedStrings.bin", "xl/styles.bin"];
        index.others = others.map(looked_up).to_vec();
        index.check(limits)
    }

    /// Each sheet has a name and a part of its own; a reader would give one sheet twice, and the other not at all.
    fn check(self, limits: &Limits) -> Result<Self, Refusal> {
        within(count(self.sheets.len()), limits.sheets, "sheets")?;
        let mut by_part: Vec<(&str, &str)> = self.sheets.iter().map(|(name, part)| (&**part, &**name)).collect();
        by_part.sort_unstable();
        if let Some(pair) = by_part.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(Refusal::damaged_as(&format!("its sheets {} and {} are the same part", pair[0].1, pair[1].1)));
        }
        Ok(self)
    }
}

/// A part that says where others are, once it was found to be one whole document.
fn document(archive: &mut Archive<'_>, names: &[String], part: &str, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let text = content(archive, names, part)?;
    match markup::check(&text[..], "", &NumberFormats::default(), limits) {
        Ok(_) => Ok(text),
        Err(fault) => Err(Refusal::damaged_as(&format!("its part {part} {fault}"))),
    }
}

fn content(archive: &mut Archive<'_>, names: &[String], part: &str) -> Result<Vec<u8>, Refusal> {
    let wanted = looked_up(part);
    let at = names.iter().position(|name| looked_up(name) == wanted);
    let at = at.ok_or_else(|| Refusal::damaged_as(&format!("its part {part} is missing")))?;
    let broken = |error: &dyn std::fmt::Display| {
        Refusal::damaged_as(&format!("its part {part} is cut off or does not match its checksum ({error})"))
    };
    let file = archive.by_index(at).map_err(|error| broken(&error))?;
    if file.encrypted() {
        return Err(Refusal::Password);
    }
    let mut text = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut text).map_err(|error| broken(&error))?;
    within(count(text.len()), LARGEST, "bytes in a part that says where the others are")?;
    Ok(text)
}

fn value<'a>(attributes: &'a Attributes, local_name: &str) -> Option<&'a str> {
    attributes.iter().find(|(name, _)| name == local_name).map(|(_, value)| value.as_str())
}

/// The attributes of every element of a name, by local name.
fn elements(xml: &[u8], element: &str) -> Vec<Attributes> {
    let mut reader = Reader::from_reader(xml);
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

/// The sheets of a binary workbook, each with the name under which its relationships know it.
fn bundled(workbook: &[u8]) -> Vec<(String, String)> {
    const SHEET: u32 = 0x9C;
    let sheets = records(workbook).filter(|(kind, _)| *kind == SHEET);
    let named = |(_, data)| wide(data, 8).and_then(|(id, at)| wide(data, at).map(|(name, _)| (name, id)));
    sheets.filter_map(named).collect()
}

/// The records of a part of a binary workbook, each with its kind.
fn records(mut rest: &[u8]) -> impl Iterator<Item = (u32, &[u8])> + Clone {
    std::iter::from_fn(move || {
        let (kind, data, after) = record(rest)?;
        rest = after;
        Some((kind, data))
    })
}

/// The record that some bytes begin with, and what follows it; its kind and length are written seven bits at a time.
fn record(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (kind, rest) = match first & 0x80 {
        0 => (u32::from(*first), rest),
        _ => (u32::from(first & 0x7F) | u32::from(rest.first()? & 0x7F) << 7, rest.get(1..)?),
    };
    let mut length = 0_usize;
    for at in 0..4 {
        let byte = *rest.get(at)?;
        length |= usize::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 || at == 3 {
            let data = rest.get(at + 1..)?;
            return Some((kind, data.get(..length)?, data.get(length..)?));
        }
    }
    None
}

/// A text of 16-bit units after its length, and where it ends.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let units = usize::try_from(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?)).ok()?;
    let end = at.checked_add(4)?.checked_add(units.checked_mul(2)?)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}
