//! Whether a part of a container is one whole XML document: the library that reads its cells does not look at end tags,
//! and would take a cell for part of another.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::merged::{Merged, place};
use super::number_format::NumberFormats;
use crate::ingest::limits::Limits;

/// What is wrong with a document, as what follows "its part NAME ...".
pub(super) type Fault = String;

/// What a document was found to hold.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// How many elements of the name asked for it has.
    pub(super) counted: u64,
    /// Cells of a worksheet with a formula and no value, and the place of the first.
    pub(super) uncalculated: Option<(u64, String)>,
    /// Numbers of a worksheet whose style shows a unit: their place, and the style.
    pub(super) with_units: Vec<WithUnit>,
    /// Cells of a worksheet that are merged.
    pub(super) merged: Vec<Merged>,
}

/// The place of a number by row and column, and the number of its style.
pub(super) type WithUnit = ((u32, u32), usize);

/// Merged cells beyond this number are read as they stand.
const MOST_MERGED: usize = 65_536;

/// The cell of a worksheet that is being read.
#[derive(Default)]
struct CellSeen {
    place: String,
    formula: bool,
    value: bool,
    /// Whether what is read now is its value.
    in_value: bool,
}

/// Reads a document to its end, and tells how many elements of a name it has.
///
/// # Errors
/// When an element is not closed by its own end tag, elements lie too deep, or something stands beside the outermost one.
pub(super) fn check(
    document: impl BufRead,
    counted: &str,
    formats: &NumberFormats,
    limits: &Limits,
) -> Result<Contents, Fault> {
    let mut reader = Reader::from_reader(document);
    let (mut depth, mut outermost) = (0_u64, 0_u64);
    let (mut contents, mut cell) = (Contents::default(), CellSeen::default());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        match reader.read_event_into(&mut buffer).map_err(|error| format!("is broken at byte {at} ({error})"))? {
            Event::Start(start) => {
                outermost += u64::from(depth == 0);
                contents.counted += u64::from(start.local_name().as_ref() == counted);
                cell.begin(&start, formats, &mut contents);
                depth += 1;
                if depth > limits.depth {
                    return Err(format!("has elements more than {} levels inside each other", limits.depth));
                }
            }
            Event::Empty(start) => {
                outermost += u64::from(depth == 0);
                contents.counted += u64::from(start.local_name().as_ref() == counted);
                cell.formula |= start.local_name().as_ref() == "f";
                contents.take_merged(&start);
            }
            Event::End(end) => {
                cell.end(end.local_name().as_ref(), &mut contents);
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                return Err(format!("has text beside its elements at byte {at}"));
            }
            Event::CData(_) | Event::GeneralRef(_) if depth == 0 => {
                return Err(format!("has text beside its elements at byte {at}"));
            }
            Event::Eof if depth > 0 => return Err("ends inside an element".to_owned()),
            Event::Eof if outermost != 1 => return Err(format!("has {outermost} outermost elements and not one")),
            Event::Eof => return Ok(contents),
            Event::Text(text) => cell.value |= cell.in_value && !text.trim().is_empty(),
            Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

impl Contents {
    fn take_merged(&mut self, start: &BytesStart<'_>) {
        if start.local_name().as_ref() == "mergeCell" && self.merged.len() < MOST_MERGED {
            self.merged.extend(attribute(start, "ref").and_then(|cells| Merged::parse(&cells)));
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == name);
    found.map(|it| it.value.to_string())
}

impl CellSeen {
    fn begin(&mut self, start: &BytesStart<'_>, formats: &NumberFormats, contents: &mut Contents) {
        match start.local_name().as_ref() {
            "c" => {
                *self = Self { place: attribute(start, "r").unwrap_or_default(), ..Self::default() };
                if !formats.is_empty() {
                    let style = attribute(start, "s").and_then(|style| style.parse().ok());
                    let style = style.filter(|style| formats.style(*style).is_some());
                    contents.with_units.extend(place(&self.place).zip(style));
                }
            }
            "mergeCell" => contents.take_merged(start),
            "f" => self.formula = true,
            "v" | "t" => self.in_value = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str, contents: &mut Contents) {
        match name {
            "v" | "t" => self.in_value = false,
            "c" if self.formula && !self.value => {
                let place = std::mem::take(&mut self.place);
                contents.uncalculated.get_or_insert((0, place)).0 += 1;
            }
            _ => {}
        }
    }
}
