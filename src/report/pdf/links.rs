//! Places on a page that lead elsewhere.

use lopdf::{Dictionary, Object, ObjectId, StringFormat, text_string};
use printpdf::Rect;
use rustc_hash::FxHashMap;

use super::flow::Entry;
use super::outline;
use super::palette::Sheet;
use crate::report::document::Link;

/// Where links inside can lead to, by its identifier.
pub(super) struct Places<'b>(FxHashMap<&'b str, &'b Entry<'b>>);

impl<'b> Places<'b> {
    pub(super) fn new(entries: &'b [Entry<'b>]) -> Self {
        Self(entries.iter().rev().map(|entry| (entry.id, entry)).collect())
    }

    /// A place that leads elsewhere; none if there is no such place.
    pub(super) fn annotation(&self, area: &Rect, link: &Link, pages: &[(ObjectId, Sheet)]) -> Option<Dictionary> {
        let mut action = Dictionary::new();
        let told = match link {
            Link::Inside(id) => {
                let entry = self.0.get(id.as_str())?;
                action.set("S", "GoTo");
                action.set("D", outline::destination(pages[entry.page], entry.y));
                entry.title.to_owned()
            }
            Link::Outside(address) => {
                action.set("S", "URI");
                action.set("URI", Object::String(ascii(address), StringFormat::Literal));
                address.clone()
            }
        };
        let (x, y) = (area.x.0, area.y.0);
        let corners: Vec<Object> = [x, y, x + area.width.0, y + area.height.0].into_iter().map(Object::from).collect();
        let mut annotation = Dictionary::new();
        annotation.set("Type", "Annot");
        annotation.set("Subtype", "Link");
        annotation.set("Rect", corners);
        annotation.set("Border", vec![0.into(), 0.into(), 0.into()]);
        annotation.set("A", action);
        annotation.set("Contents", text_string(&told));
        Some(annotation)
    }
}

/// An address with everything that is not plain ASCII escaped, as the format asks for.
fn ascii(address: &str) -> Vec<u8> {
    let mut escaped = Vec::new();
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => escaped.push(byte),
            _ => escaped.extend(format!("%{byte:02X}").into_bytes()),
        }
    }
    escaped
}
