//! The outline that a reader shows beside the pages: sections, and the headings below them.

use std::io;

use lopdf::{Dictionary, Object, ObjectId, text_string};

use super::area::Length;
use super::canvas::points;
use super::flow::Entry;
use super::objects::Objects;
use super::palette::Sheet;

/// Writes the outline and gives the number of its root, or none if there is nothing to outline.
pub(super) fn write(
    objects: &mut Objects<'_>,
    entries: &[Entry<'_>],
    pages: &[(ObjectId, Sheet)],
) -> io::Result<Option<u32>> {
    let sections: Vec<usize> = (0..entries.len()).filter(|&at| entries[at].is_section).collect();
    let (Some(&first), Some(&last)) = (sections.first(), sections.last()) else { return Ok(None) };
    let root = (objects.reserve(1), 0);
    let ids: Vec<ObjectId> = (objects.reserve(entries.len())..).take(entries.len()).map(|number| (number, 0)).collect();

    for (order, &at) in sections.iter().enumerate() {
        let next = sections.get(order + 1).copied();
        let headings: Vec<usize> = (at + 1..next.unwrap_or(entries.len())).collect();
        let before = order.checked_sub(1).map(|order| sections[order]);
        let mut item = item(&entries[at], pages);
        item.set("Parent", root);
        link(&mut item, &ids, before, next);
        if let (Some(&first), Some(&last)) = (headings.first(), headings.last()) {
            item.set("First", ids[first]);
            item.set("Last", ids[last]);
            // A negative count is a section that is shown folded.
            item.set("Count", -i64::try_from(headings.len()).unwrap_or(1));
        }
        objects.put(ids[at].0, item.into())?;
        for &heading in &headings {
            let mut item = self::item(&entries[heading], pages);
            item.set("Parent", ids[at]);
            let before = Some(heading - 1).filter(|before| headings.contains(before));
            let next = Some(heading + 1).filter(|next| headings.contains(next));
            link(&mut item, &ids, before, next);
            objects.put(ids[heading].0, item.into())?;
        }
    }

    let mut outline = Dictionary::new();
    outline.set("Type", "Outlines");
    outline.set("First", ids[first]);
    outline.set("Last", ids[last]);
    outline.set("Count", i64::try_from(sections.len()).unwrap_or(1));
    objects.put(root.0, outline.into())?;
    Ok(Some(root.0))
}

fn item(entry: &Entry<'_>, pages: &[(ObjectId, Sheet)]) -> Dictionary {
    let mut item = Dictionary::new();
    item.set("Title", text_string(entry.title));
    item.set("Dest", destination(pages[entry.page], entry.y));
    item
}

fn link(item: &mut Dictionary, ids: &[ObjectId], before: Option<usize>, next: Option<usize>) {
    if let Some(before) = before {
        item.set("Prev", ids[before]);
    }
    if let Some(next) = next {
        item.set("Next", ids[next]);
    }
}

/// A place on a page, with a little of what is above it.
pub(super) fn destination((page, sheet): (ObjectId, Sheet), y: Length) -> Object {
    let top = points((sheet.height() - y + 1_000).min(sheet.height())).0;
    Object::Array(vec![page.into(), "XYZ".into(), Object::Null, top.into(), Object::Null])
}
