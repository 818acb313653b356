//! The Word document: parts that belong together, real styles and headings, and the words of the report.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use klar::report::document::{Block, Document};
use klar::report::story;
use klar::report::view::View;
use klar::report::writers::WRITERS;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::writers::with_sample;

/// The parts of the document written of a view, in their order.
fn parts(view: &View<'_>) -> Vec<(String, String)> {
    let writer = WRITERS.iter().find(|writer| writer.name == "docx").unwrap();
    let report = (writer.files)(view).pop().unwrap();
    let mut bytes = Vec::new();
    assert_eq!((report.write)(&mut bytes).unwrap(), Some(view.estate.vms.len() as u64));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.push((name, text));
    }
    parts
}

/// An element of a part: its name, its attributes, and whether it begins, ends or is empty.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// The elements of a part and the text of each paragraph; that every element ends where it must is checked by the way.
fn read(text: &str) -> (Vec<Element>, Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut elements, mut paragraphs, mut is_text) = (Vec::new(), vec![String::new()], false);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                is_text = name == "w:t" && matches!(event, Event::Start(_));
                if name == "w:br" {
                    paragraphs.last_mut().unwrap().push('\n');
                }
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                });
                elements.push(Element { name, attributes: attributes.collect() });
            }
            Event::Text(part) if is_text => paragraphs.last_mut().unwrap().push_str(part),
            Event::GeneralRef(part) if is_text => paragraphs.last_mut().unwrap().push_str(match part.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "#39" => "'",
                other => panic!("{other:?}"),
            }),
            Event::End(tag) => {
                is_text = false;
                if tag.name().as_ref() == "w:p" {
                    paragraphs.push(String::new());
                }
            }
            Event::Eof => return (elements, paragraphs),
            _ => {}
        }
    }
}

fn values<'e>(elements: &'e [Element], name: &str, attribute: &str) -> BTreeSet<&'e str> {
    let of = elements.iter().filter(|element| element.name == name);
    of.filter_map(|element| element.attributes.get(attribute)).map(String::as_str).collect()
}

/// Every text of a document that a reader sees, a paragraph each.
fn told(document: &Document<'_>) -> Vec<String> {
    let mut told = vec![document.cover.title.clone()];
    for section in &document.sections {
        told.push(section.title.clone());
        for block in &section.blocks {
            match block {
                Block::Heading { text, mark, .. } => {
                    told.push(mark.as_ref().map_or_else(|| text.clone(), |(word, _)| format!("{word} {text}")));
                }
                Block::Text(text) | Block::Callout { text, .. } => told.push(text.clone()),
                Block::Facts(facts) => {
                    told.extend(facts.iter().flat_map(|fact| [fact.label.clone(), fact.value.text.clone()]));
                }
                Block::Chart(chart) => {
                    told.push(chart.title.clone());
                    told.extend(chart.bars.iter().map(|bar| bar.label.clone()));
                }
                Block::Bands(bands) => {
                    for (band, rows) in bands.parts() {
                        let mark = band.mark.as_ref();
                        told.push(
                            mark.map_or_else(|| band.title.clone(), |(word, _)| format!("{word} {}", band.title)),
                        );
                        told.extend(band.notes.iter().chain(&band.more).cloned());
                        told.extend(rows.flat_map(|row| (bands.table.row)(row)).map(|cell| cell.text));
                    }
                }
                Block::Table(table) if table.len == 0 => told.push(table.empty.clone()),
                Block::Table(table) => {
                    told.extend(table.columns.iter().map(|column| column.title.clone()));
                    told.extend((0..table.len).flat_map(|row| (table.row)(row)).map(|cell| cell.text));
                }
            }
        }
    }
    told
}

#[test]
fn it_says_every_word_of_the_report() {
    for sample in ["tallvik", "lindas"] {
        with_sample(sample, |view| {
            let parts = parts(view);
            let text = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
            let (_, paragraphs) = read(text);
            let written: BTreeSet<&str> = paragraphs.iter().map(String::as_str).collect();
            let told = told(&story::tell(view));
            assert!(told.len() > 300, "{}", told.len());
            for text in &told {
                assert!(written.contains(text.as_str()), "{sample}: `{text}` is not in the document");
            }
        });
    }
}

#[test]
fn its_parts_belong_together() {
    with_sample("tallvik", |view| {
        let parts = parts(view);
        assert_eq!(parts[0].0, "[Content_Types].xml", "the part that tells the others stands first");
        let read: BTreeMap<&str, Vec<Element>> =
            parts.iter().map(|(name, text)| (name.as_str(), read(text).0)).collect();
        let types = &read["[Content_Types].xml"];
        for part in values(types, "Override", "PartName") {
            assert!(read.contains_key(part.trim_start_matches('/')), "{part} is there");
        }
        let text = &read["word/document.xml"];
        let styles = values(&read["word/styles.xml"], "w:style", "w:styleId");
        for kind in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
            let used = values(text, kind, "w:val");
            assert!(!used.is_empty() && used.is_subset(&styles), "{kind}: {used:?}");
        }
        for style in ["Heading1", "Heading2", "TOC1", "TOC2", "Title", "KlarTable", "TableNumber"] {
            assert!(text.iter().any(|element| element.attributes.values().any(|value| value == style)), "{style}");
        }
        let places = values(text, "w:bookmarkStart", "w:name");
        let anchors = values(text, "w:hyperlink", "w:anchor");
        assert!(anchors.len() > 20 && anchors.is_subset(&places), "links lead to headings");
        let leads = values(&read["word/_rels/document.xml.rels"], "Relationship", "Id");
        let used: BTreeSet<&str> =
            values(text, "w:hyperlink", "r:id").into_iter().chain(values(text, "w:footerReference", "r:id")).collect();
        assert!(used.len() > 5 && used.is_subset(&leads), "links lead to addresses");
        let ids: Vec<&String> =
            text.iter().filter(|element| element.name == "w:bookmarkStart").map(|e| &e.attributes["w:id"]).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "each place has a number of its own");
        // A table ends in a paragraph, its rows have as many cells as it has columns, and cells hold a paragraph each.
        let whole = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
        for table in whole.split("<w:tbl>").skip(1) {
            let (table, after) = table.split_once("</w:tbl>").unwrap();
            assert!(after.trim_start().starts_with("<w:p>"), "{after:.60}");
            let columns = table.matches("<w:gridCol ").count();
            for row in table.split("<w:tr>").skip(1) {
                assert_eq!((row.matches("<w:tc>").count(), row.matches("</w:p></w:tc>").count()), (columns, columns));
            }
        }
        assert!(whole.contains("TOC \\o \"1-2\"") && whole.contains("w:orient=\"landscape\""));
    });
}
