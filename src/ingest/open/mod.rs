//! Bytes to grids: what a file is, is decided by what it holds, not by its name alone.

use crate::ingest::limits::{Budget, Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::{Reading, Source};
use crate::model::{Gravity, say};

mod archive;
mod attributes;
mod batches;
mod binary;
mod clixml;
mod compound;
mod container;
mod delimited;
mod directory;
mod encoding;
mod enumerations;
mod envelope;
mod flatten;
mod index;
mod json;
mod json_tree;
mod machine_list;
mod markup;
mod merged;
mod nested;
mod number_format;
mod old_records;
mod open_document;
mod open_quote;
mod other_sign;
mod probe;
mod property_list;
mod records;
mod screen;
mod texts;
mod workbook;

pub use archive::{Member, unpack};
pub use batches::batches;
use container::{Container, Kind};
use probe::Probe;

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

/// The key under which a Parquet file of Klar's says what table it holds, and by which it is known among exports.
pub const OWN_PARQUET: &str = "klar.table";

/// Reads a file into grids, within the ordinary limits. Never fails: a file that cannot be read is refused and says why.
#[must_use]
pub fn open(source: &Source) -> Reading {
    open_within(source, &Limits::default())
}

/// Reads a file into grids, within the given limits.
#[must_use]
pub fn open_within(source: &Source, limits: &Limits) -> Reading {
    open_spending(source, &Budget::new(*limits))
}

/// Reads a file into grids, within what a run may still spend.
pub(super) fn open_spending(source: &Source, budget: &Budget) -> Reading {
    if is_description(source) {
        let text = if has_table(source) {
            say!("{file} is Markdown, which is not read. Save its tables as CSV, and run again.", file = source.named())
        } else {
            say!("{file} describes the folder and holds no inventory.", file = source.named())
        };
        return Reading { notes: vec![source.note(Gravity::Remark, "", text)], ..Reading::default() };
    }
    read(source, budget).unwrap_or_else(|refusal| {
        let text = say!("not read: {file} {why}.", file = source.named(), why = refusal.said());
        let note = source.note(Gravity::Refused, "", text.clone());
        Reading { grids: Vec::new(), notes: vec![note], refused: Some(text) }
    })
}

/// A Markdown text, such as the README that people put beside their exports.
fn is_description(source: &Source) -> bool {
    source.path.to_ascii_lowercase().ends_with(".md") && source.bytes.starts_with(b"# ")
}

/// Whether a Markdown text holds a table: a line of dashes between bars.
fn has_table(source: &Source) -> bool {
    let is_line = |line: &[u8]| {
        line.starts_with(b"|")
            && line.windows(3).any(|part| part == b"---")
            && line.iter().all(|sign| b"|-: \r".contains(sign))
    };
    source.bytes.split(|byte| *byte == b'\n').any(is_line)
}

/// A form of input: how it is told, and how it is read.
struct Reader {
    /// Whether a file is of this form.
    claims: fn(&Probe<'_>) -> bool,
    read: fn(&Probe<'_>, &Budget) -> Result<Reading, Refusal>,
}

/// Every form of input, the surest sign first; the last takes any text.
const READERS: &[Reader] = &[
    Reader { claims: |probe| probe.is_zip(), read: read_container },
    Reader { claims: |probe| probe.bytes().starts_with(&compound::SIGNATURE), read: read_compound },
    Reader { claims: is_own_parquet, read: |probe, _| Ok(leave_own_parquet(probe)) },
    Reader { claims: |probe| foreign(probe.bytes()).is_some(), read: refuse_foreign },
    Reader { claims: |probe| probe.decoded().is_none(), read: refuse_binary },
    Reader { claims: |probe| clixml::begins(probe.text()), read: |probe, limits| clixml::read(probe.text(), limits) },
    Reader { claims: |probe| markup(probe.text()).is_some(), read: refuse_markup },
    Reader { claims: |probe| probe.text().trim().is_empty(), read: |_, _| Err(Refusal::Empty) },
    Reader { claims: |probe| json::begins_at(probe.text()).is_some(), read: read_json },
    Reader {
        claims: |probe| machine_list::claims(probe.source, probe.text()),
        read: |probe, limits| machine_list::read(probe.text(), limits),
    },
    Reader {
        claims: |probe| property_list::claims(probe.text()),
        read: |probe, limits| property_list::read(probe.text(), limits),
    },
    Reader { claims: |_| true, read: |probe, limits| delimited::read(probe.source, probe.text(), limits) },
];

fn read(source: &Source, limits: &Budget) -> Result<Reading, Refusal> {
    within(count(source.bytes.len()), limits.file_bytes, "bytes")?;
    let probe = Probe::new(source);
    let reader = READERS.iter().find(|reader| (reader.claims)(&probe)).expect("the last reader claims every file");
    let mut reading = (reader.read)(&probe, limits)?;
    let file = source.named();
    match probe.known_decoding() {
        Some(decoded) if decoded.is_broken => {
            let text = say!(
                "{file}: some letters could not be decoded and were replaced. Save the file as UTF-8, and run again.",
                file
            );
            reading.notes.push(source.note(Gravity::Broken, "", text));
        }
        Some(decoded) if decoded.is_guessed => {
            let text =
                say!("{file} is not UTF-8 and was read as Windows-1252. If names look wrong, save it as UTF-8.", file);
            reading.notes.push(source.note(Gravity::Remark, "", text));
        }
        Some(_) | None => {}
    }
    Ok(reading)
}

/// What a file is that cannot be an inventory, by its first bytes.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let begins = |signature: &[u8]| bytes.starts_with(signature) && is_binary(signature, bytes);
    SIGNATURES.iter().find(|(signature, _)| begins(signature)).map(|(_, what)| *what)
}

/// Two letters may begin a text as well; the rest must then not be one.
fn is_binary(signature: &[u8], bytes: &[u8]) -> bool {
    signature.len() > 2 || !signature.is_ascii() || bytes.iter().take(512).any(|&byte| byte == 0)
}

/// Whether a file is a Parquet file of Klar's own, which says so at its end.
fn is_own_parquet(probe: &Probe<'_>) -> bool {
    const PARQUET: &[u8] = b"PAR1";
    /// How far from the end the name stands at most: the columns of a file are told after its rows.
    const END: usize = 1 << 20;
    let bytes = probe.bytes();
    let end = &bytes[bytes.len().saturating_sub(END)..];
    bytes.starts_with(PARQUET) && end.windows(OWN_PARQUET.len()).any(|part| part == OWN_PARQUET.as_bytes())
}

fn leave_own_parquet(probe: &Probe<'_>) -> Reading {
    let text = say!(
        "{file}: Klar wrote this file; it is a report, not an inventory, and is left out. klar query reads it.",
        file = probe.source.named()
    );
    Reading { notes: vec![probe.source.note(Gravity::Remark, "", text)], ..Reading::default() }
}

fn refuse_foreign(probe: &Probe<'_>, _: &Budget) -> Result<Reading, Refusal> {
    let what = foreign(probe.bytes()).expect("the reader claims only what has such a beginning");
    Err(Refusal::NotInventory { what })
}

fn refuse_binary(_: &Probe<'_>, _: &Budget) -> Result<Reading, Refusal> {
    Err(Refusal::NotInventory { what: "a binary file of unknown kind" })
}

fn read_container(probe: &Probe<'_>, limits: &Budget) -> Result<Reading, Refusal> {
    let container = Container::check(probe.bytes(), limits)?;
    match container.kind {
        Kind::Xml => workbook::read_xml(probe.source, &container, limits),
        Kind::Binary => workbook::read_binary(probe.source, &container, limits),
        Kind::OpenDocument => {
            open_document::check(probe.bytes(), container.fault, limits)?;
            workbook::read_open_document(probe.source, limits)
        }
    }
}

fn read_compound(probe: &Probe<'_>, limits: &Budget) -> Result<Reading, Refusal> {
    let safe = compound::check(probe.bytes(), limits)?;
    workbook::read_legacy(probe.source, safe.as_deref().unwrap_or(probe.bytes()), limits)
}

fn read_json(probe: &Probe<'_>, limits: &Budget) -> Result<Reading, Refusal> {
    let at = json::begins_at(probe.text()).expect("the reader claims only what begins as JSON");
    json::read(probe.source, probe.text(), at, limits)
}

fn refuse_markup(probe: &Probe<'_>, _: &Budget) -> Result<Reading, Refusal> {
    Err(markup(probe.text()).expect("the reader claims only markup"))
}

/// Why a text of tags is not read; nothing for a text that only begins with an angle bracket.
fn markup(text: &str) -> Option<Refusal> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let start: String = text.chars().take(2048).collect::<String>().to_lowercase();
    let has = |tag: &str| start.contains(tag);
    if has("excel.sheet") || has("urn:schemas-microsoft-com:office:spreadsheet") {
        Some(Refusal::UnderWorkbookName { what: "an XML spreadsheet of 2003" })
    } else if has("<html") || has("<!doctype html") || has("<table") || has("<meta") || has("<head") {
        Some(Refusal::UnderWorkbookName { what: "a web page (HTML)" })
    } else if has("<?xml") || has("xmlns") {
        Some(Refusal::NotInventory { what: "an XML file" })
    } else {
        None
    }
}
