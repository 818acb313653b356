//! An SVG, which a browser draws as a picture; what could make it more than one is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::{Arg, Identity, Phrase, say};

/// The largest SVG taken for a logo.
const LARGEST: usize = 512 << 10;
/// What tells a browser that it is a picture.
const NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// How deep its elements may lie.
const DEEPEST: u32 = 64;

/// Whether a file is written as markup is.
pub(super) fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().first() == Some(&b'<')
}

/// Makes sure that a file is one whole picture and nothing else.
pub(super) fn check(bytes: &[u8]) -> Result<(), Phrase> {
    if bytes.len() > LARGEST {
        return Err(say!(
            "is an SVG of more than {most} KiB. Make it simpler, or save it as PNG.",
            most = LARGEST >> 10
        ));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| Phrase::from("is an SVG that is not UTF-8. Save it as UTF-8."))?;
    let mut reader = Reader::from_str(text);
    let (mut depth, mut pictures) = (0, 0);
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => {
                pictures += u32::from(depth == 0);
                element(&start, depth == 0)?;
                depth += 1;
                if depth > DEEPEST {
                    return Err(broken());
                }
            }
            Event::Empty(start) => {
                pictures += u32::from(depth == 0);
                element(&start, depth == 0)?;
            }
            Event::End(_) => depth = depth.checked_sub(1).ok_or_else(broken)?,
            // A kind of document that is only named is not loaded; entities of its own could be anything.
            Event::DocType(kind) if kind.contains('[') => return Err(more("<!DOCTYPE [...]>")),
            Event::PI(_) => return Err(more("<?...?>")),
            Event::Text(text) => loads(&text)?,
            Event::CData(text) => loads(&text)?,
            Event::Eof => break,
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::GeneralRef(_) => {}
        }
    }
    if depth == 0 && pictures == 1 { Ok(()) } else { Err(broken()) }
}

fn broken() -> Phrase {
    "is no whole SVG. Save the logo anew.".into()
}

fn more(what: &str) -> Phrase {
    let what = Arg::named(Identity::Free, what);
    say!("is an SVG with {what}, which a picture does not need. Take it out, or save the logo as PNG.", what = what)
}

/// An element and its attributes draw, and neither run nor load anything.
fn element(start: &BytesStart<'_>, is_outermost: bool) -> Result<(), Phrase> {
    let local = start.local_name();
    let name: &str = local.as_ref();
    if ["script", "foreignObject", "iframe", "audio", "video"].contains(&name) {
        return Err(more(&format!("<{name}>")));
    }
    let mut is_picture = false;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| broken())?;
        let local = attribute.key.local_name();
        let key: &str = local.as_ref();
        let value: &str = &attribute.value;
        is_picture |= value == NAMESPACE;
        if key.starts_with("on") {
            return Err(more(key));
        }
        if key == "href" && !is_inside(value) {
            return Err(more(value));
        }
        loads(value)?;
    }
    if is_outermost && !(name == "svg" && is_picture) { Err(broken()) } else { Ok(()) }
}

/// A style names what is in the picture itself, and nothing that would have to be fetched.
fn loads(text: &str) -> Result<(), Phrase> {
    let close: String = text.split_whitespace().collect();
    let addresses = close.split("url(").skip(1).map(|address| address.trim_start_matches(['"', '\'']));
    if close.contains("@import") {
        return Err(more("@import"));
    }
    match addresses.into_iter().find(|address| !is_inside(address)) {
        Some(address) => Err(more(address.split([')', '"', '\'']).next().unwrap_or(address))),
        None => Ok(()),
    }
}

/// Whether what is named lies in the picture itself.
fn is_inside(address: &str) -> bool {
    address.starts_with('#') || address.starts_with("data:image/")
}
