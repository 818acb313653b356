//! Whether a part of a container is one whole XML document: the library that reads its cells does not look at end tags,
//! and would take a cell for part of another.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::ingest::limits::Limits;

/// What is wrong with a document, as what follows "its part NAME ...".
pub(super) type Fault = String;

/// Reads a document to its end, and returns how many elements of a name it has.
///
/// # Errors
/// When an element is not closed by its own end tag, elements lie too deep, or something stands beside the outermost one.
pub(super) fn check(document: impl BufRead, counted: &str, limits: &Limits) -> Result<u64, Fault> {
    let mut reader = Reader::from_reader(document);
    let (mut depth, mut outermost, mut count) = (0_u64, 0_u64, 0_u64);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        match reader.read_event_into(&mut buffer).map_err(|error| format!("is broken at byte {at} ({error})"))? {
            Event::Start(start) => {
                outermost += u64::from(depth == 0);
                count += u64::from(start.local_name().as_ref() == counted);
                depth += 1;
                if depth > limits.depth {
                    return Err(format!("has elements more than {} levels inside each other", limits.depth));
                }
            }
            Event::Empty(start) => {
                outermost += u64::from(depth == 0);
                count += u64::from(start.local_name().as_ref() == counted);
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                return Err(format!("has text beside its elements at byte {at}"));
            }
            Event::CData(_) | Event::GeneralRef(_) if depth == 0 => {
                return Err(format!("has text beside its elements at byte {at}"));
            }
            Event::Eof if depth > 0 => return Err("ends inside an element".to_owned()),
            Event::Eof if outermost != 1 => return Err(format!("has {outermost} outermost elements and not one")),
            Event::Eof => return Ok(count),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}
