//! The structure behind the pages: every mark is in it once, and who reads it instead of the pages misses nothing.

use std::collections::{BTreeMap, BTreeSet};

use klar::report::document::{Bands, Block, Document, Section, Table};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, decode_text_string};

use super::{Read, SAMPLE, bands, read, sample, section};
use crate::binary::Folder;

/// An element of the structure with what is within it.
struct Element {
    kind: String,
    text: String,
    /// How many columns it stands in.
    columns: i64,
    words: Option<String>,
    kids: Vec<Element>,
}

impl Element {
    fn all<'e>(&'e self, found: &mut Vec<&'e Element>) {
        found.push(self);
        for kid in &self.kids {
            kid.all(found);
        }
    }

    fn of_kind(&self, kind: &str) -> Vec<&Element> {
        let mut all = Vec::new();
        self.all(&mut all);
        all.into_iter().filter(|element| element.kind == kind).collect()
    }

    /// What is read of it, pictures aside.
    fn said(&self) -> String {
        let mut all = Vec::new();
        self.all(&mut all);
        let read = all.into_iter().filter(|element| element.kind != "Figure").map(|element| element.text.as_str());
        spaced(&read.collect::<Vec<_>>().join(" "))
    }
}

/// What was found in a file: its structure, and everything that is wrong with it.
struct Walk<'f> {
    read: &'f Read,
    /// The text of each mark of each page.
    marks: BTreeMap<(ObjectId, i64), String>,
    /// Which element each mark or link was found in.
    owners: BTreeMap<(ObjectId, i64), ObjectId>,
    links: BTreeMap<ObjectId, ObjectId>,
    faults: Vec<String>,
}

impl<'f> Walk<'f> {
    fn new(read: &'f Read) -> (Self, Element) {
        let (marks, owners) = (BTreeMap::new(), BTreeMap::new());
        let mut walk = Walk { read, marks, owners, links: BTreeMap::new(), faults: Vec::new() };
        for page in 0..read.pages.len() {
            walk.page(page);
        }
        let catalog = read.file.catalog().unwrap();
        assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
        assert!(!catalog.get(b"Lang").unwrap().as_str().unwrap().is_empty());
        let id = catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let root = read.file.get_dictionary(id).unwrap();
        let tree = walk.element(root.get(b"K").unwrap().as_reference().unwrap(), id);
        walk.parents(root);
        let lost: Vec<_> = walk.marks.keys().filter(|mark| !walk.owners.contains_key(mark)).copied().collect();
        walk.faults.extend(lost.iter().map(|mark| format!("{mark:?} is on its page and not in the structure")));
        walk.grammar(&tree);
        (walk, tree)
    }

    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    /// Everything that a page shows is in a mark, or is ornament.
    fn page(&mut self, at: usize) {
        let id = self.read.pages[at];
        let fonts = self.read.fonts(at);
        let content = Content::decode(&self.read.file.get_page_content(id)).unwrap();
        let mut open: Option<Option<i64>> = None;
        let mut font = Vec::new();
        for Operation { operator, operands } in &content.operations {
            match operator.as_str() {
                "Tf" => font = operands[0].as_name().unwrap().to_vec(),
                "BMC" | "BDC" => {
                    if open.is_some() {
                        self.fault(format!("page {at} has a mark within a mark"));
                    }
                    let number = operands.get(1).and_then(|list| list.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok());
                    if number.is_none() && operands[0].as_name().unwrap() != b"Artifact" {
                        self.fault(format!("page {at} has a mark without a number"));
                    }
                    if let Some(number) = number
                        && self.marks.insert((id, number), String::new()).is_some()
                    {
                        self.fault(format!("mark {number} is twice on page {at}"));
                    }
                    open = Some(number);
                }
                "EMC" if open.is_none() => self.fault(format!("page {at} ends a mark that never began")),
                "EMC" => open = None,
                "Tj" | "TJ" | "'" | "\"" | "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "Do" | "sh" => {
                    match open {
                        None => self.fault(format!("{operator} on page {at} is in no mark")),
                        Some(Some(number)) if operator == "Tj" => {
                            let codes = operands[0].as_str().unwrap().chunks(2);
                            let codes = codes.map(|code| u16::from_be_bytes([code[0], code[1]]));
                            let text: String = codes.map(|code| fonts[&font].0[&code]).collect();
                            self.marks.get_mut(&(id, number)).unwrap().push_str(&text);
                        }
                        Some(_) => {}
                    }
                }
                _ => {}
            }
        }
        if open.is_some() {
            self.fault(format!("page {at} never ends a mark"));
        }
    }

    fn element(&mut self, id: ObjectId, parent: ObjectId) -> Element {
        let file = &self.read.file;
        let element = file.get_dictionary(id).unwrap();
        if element.get(b"P").unwrap().as_reference().unwrap() != parent {
            self.fault(format!("{id:?} does not know what holds it"));
        }
        let attribute = |key: &[u8]| element.get(b"A").ok()?.as_dict().ok()?.get(key).ok();
        let kind = String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        let columns = attribute(b"ColSpan").map_or(1, |columns| columns.as_i64().unwrap());
        if kind == "TH" && attribute(b"Scope").is_none() {
            self.fault(format!("{id:?} does not say of what it is the heading"));
        }
        let words = element.get(b"Alt").ok().map(|words| decode_text_string(words).unwrap());
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(one) => vec![one.clone()],
            Err(_) => Vec::new(),
        };
        let (mut text, mut within) = (String::new(), Vec::new());
        for kid in kids {
            match kid {
                Object::Integer(number) => text.push_str(&self.mark(id, page.unwrap(), number)),
                Object::Reference(inner) => within.push(self.element(inner, id)),
                Object::Dictionary(piece) => {
                    let page = piece.get(b"Pg").and_then(Object::as_reference).ok().or(page).unwrap();
                    match piece.get(b"Type").unwrap().as_name().unwrap() {
                        b"MCR" => {
                            let number = piece.get(b"MCID").unwrap().as_i64().unwrap();
                            text.push_str(&self.mark(id, page, number));
                        }
                        b"OBJR" => {
                            let link = piece.get(b"Obj").unwrap().as_reference().unwrap();
                            if self.links.insert(link, id).is_some() {
                                self.fault(format!("the link {link:?} is twice in the structure"));
                            }
                        }
                        other => self.fault(format!("{id:?} holds {other:?}")),
                    }
                }
                other => self.fault(format!("{id:?} holds {other:?}")),
            }
        }
        Element { kind, text, columns, words, kids: within }
    }

    fn mark(&mut self, id: ObjectId, page: ObjectId, number: i64) -> String {
        if self.owners.insert((page, number), id).is_some() {
            self.fault(format!("mark {number} of {page:?} is twice in the structure"));
        }
        if let Some(text) = self.marks.get(&(page, number)) {
            return text.clone();
        }
        self.fault(format!("mark {number} of {page:?} is in the structure and not on the page"));
        String::new()
    }

    /// The way back, from a mark or a link to its element, is the same.
    fn parents(&mut self, root: &Dictionary) {
        let file = &self.read.file;
        let tree = file.get_dictionary(root.get(b"ParentTree").unwrap().as_reference().unwrap()).unwrap();
        let numbers = tree.get(b"Nums").unwrap().as_array().unwrap();
        let keys: Vec<i64> = numbers.chunks(2).map(|pair| pair[0].as_i64().unwrap()).collect();
        if !keys.is_sorted() || keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
            self.fault("the parent tree is not in order");
        }
        let parents: BTreeMap<i64, ObjectId> =
            numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), pair[1].as_reference().unwrap())).collect();
        for (at, &id) in self.read.pages.iter().enumerate() {
            let page = file.get_dictionary(id).unwrap();
            let key = page.get(b"StructParents").unwrap().as_i64().unwrap();
            let owners = file.get_object(parents[&key]).unwrap().as_array().unwrap();
            let marks = self.marks.keys().filter(|(page, _)| *page == id).count();
            if marks != owners.len() {
                self.fault(format!("page {at} has {marks} marks and the parent tree {}", owners.len()));
            }
            for (number, owner) in (0..).zip(owners) {
                if self.owners.get(&(id, number)) != owner.as_reference().ok().as_ref() {
                    self.fault(format!("the parent tree is wrong about mark {number} of page {at}"));
                }
            }
            let links = page.get(b"Annots").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
            for link in links {
                let link = link.as_reference().unwrap();
                let key = file.get_dictionary(link).unwrap().get(b"StructParent").unwrap().as_i64().unwrap();
                if self.links.get(&link) != parents.get(&key) || !self.links.contains_key(&link) {
                    self.fault(format!("a link on page {at} is not in the structure"));
                }
            }
        }
    }

    /// What may stand in what, that headings go down by one, and that rows are as wide as their table.
    fn grammar(&mut self, tree: &Element) {
        let mut all = Vec::new();
        tree.all(&mut all);
        let mut level = 0;
        for element in &all {
            let within: &[&str] = match element.kind.as_str() {
                "Document" => &["Sect"],
                "Sect" => &["H1", "H2", "H3", "P", "L", "TOC", "Table", "Figure"],
                "L" => &["LI"],
                "LI" => &["Lbl", "LBody"],
                "TOC" => &["TOCI", "TOC"],
                "TOCI" => &["Reference"],
                "Reference" | "LBody" | "TD" => &["Link"],
                "Table" => &["THead", "TBody"],
                "THead" | "TBody" => &["TR"],
                "TR" => &["TH", "TD"],
                "TH" => &["H2", "H3", "P"],
                _ => &[],
            };
            for kid in &element.kids {
                if !within.contains(&kid.kind.as_str()) {
                    self.fault(format!("{} stands in {}", kid.kind, element.kind));
                }
            }
            let holds = ["Document", "Sect", "L", "LI", "TOC", "TOCI", "Table", "THead", "TBody", "TR"];
            if holds.contains(&element.kind.as_str()) && !element.text.is_empty() {
                self.fault(format!("{} says {:?} itself", element.kind, element.text));
            }
            if let Some(depth) = element.kind.strip_prefix('H').and_then(|depth| depth.parse::<u32>().ok()) {
                if depth > level + 1 {
                    self.fault(format!("{:?} is a heading {depth} below a heading {level}", element.text));
                }
                if spaced(&element.text).is_empty() {
                    self.fault("a heading says nothing");
                }
                level = depth;
            }
            if element.kind == "Figure" && element.words.as_ref().is_none_or(String::is_empty) {
                self.fault("a picture has no words");
            }
            if element.kind == "Table" {
                let width = |row: &Element| row.kids.iter().map(|cell| cell.columns).sum::<i64>();
                let widths: BTreeSet<i64> = element.of_kind("TR").into_iter().map(width).collect();
                if widths.len() != 1 || element.kids[0].kind != "THead" {
                    self.fault(format!("a table has rows of {widths:?} columns"));
                }
            }
        }
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a section says, as the document has it.
fn said(section: &Section<'_>) -> String {
    let mut said = vec![section.title.clone()];
    let marked = |mark: &Option<(String, klar::report::document::Tone)>, text: &str, said: &mut Vec<String>| {
        said.extend(mark.iter().map(|(word, _)| word.clone()));
        said.push(text.to_owned());
    };
    let row = |table: &Table<'_>, row: usize| (table.row)(row).into_iter().map(|cell| cell.text).collect::<Vec<_>>();
    let head = |table: &Table<'_>| table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
    for block in &section.blocks {
        match block {
            Block::Heading { text, mark, .. } => marked(mark, text, &mut said),
            Block::Text(text) | Block::Callout { text, .. } => said.push(text.clone()),
            Block::Facts(facts) => {
                said.extend(facts.iter().flat_map(|fact| [fact.label.clone(), fact.value.text.clone()]));
            }
            Block::Chart(chart) => said.push(chart.title.clone()),
            Block::Table(table) if table.len == 0 => said.push(table.empty.clone()),
            Block::Table(table) => {
                said.extend(head(table));
                said.extend((0..table.len).flat_map(|at| row(table, at)));
            }
            Block::Bands(bands) => {
                said.extend(head(&bands.table));
                for (band, rows) in bands.parts() {
                    marked(&band.mark, &band.title, &mut said);
                    said.extend(band.notes.iter().cloned());
                    said.extend(rows.flat_map(|at| row(&bands.table, at)));
                    said.extend(band.more.clone());
                }
            }
        }
    }
    spaced(&said.join(" ").replace("日本語", "[65E5 672C 8A9E]"))
}

fn rows(section: &Section<'_>) -> usize {
    let of = |block: &Block<'_>| match block {
        Block::Table(table) if table.len > 0 => 1 + table.len,
        Block::Bands(Bands { table, bands }) => {
            1 + table.len + bands.len() + bands.iter().filter(|band| band.more.is_some()).count()
        }
        _ => 0,
    };
    section.blocks.iter().map(of).sum()
}

fn holds(document: &Document<'_>, read: &Read) {
    let (walk, tree) = Walk::new(read);
    assert_eq!(walk.faults, [""; 0]);
    // Before the sections stand the cover and the contents.
    let sections = tree.kids.get(2..).unwrap_or_default();
    assert_eq!(sections.len(), document.sections.len());
    for (written, section) in sections.iter().zip(&document.sections) {
        assert_eq!(written.said(), said(section), "of {}", section.title);
        assert_eq!(written.of_kind("TR").len(), rows(section), "rows of {}", section.title);
    }
}

#[test]
fn the_structure_says_what_the_document_says_in_its_order() {
    holds(&sample::document(), &SAMPLE);
    let counts: Vec<usize> = (0..60).map(|band| if band == 30 { 150 } else { 1 + band % 5 }).collect();
    let document = section(vec![Block::Bands(bands(&counts))]);
    holds(&document, &read(&document));
    holds(&Document::default(), &read(&Document::default()));
}

#[test]
fn charts_are_told_in_words() {
    let (_, tree) = Walk::new(&SAMPLE);
    let figures = tree.of_kind("Figure");
    let words: Vec<&str> = figures.iter().filter_map(|figure| figure.words.as_deref()).collect();
    let told = "Azure Site Recovery 2026-10: Ready 212, Ready with conditions 61, Not ready 33, Unknown 6. \
                Azure Migrate 2023-10: Ready 290, Not ready 21, Unknown 1. Azure VM 2024-06: 0.";
    assert_eq!(words, [told]);
}

#[test]
fn a_cell_over_two_pages_and_a_link_over_two_lines_are_one() {
    let note = (0..3000).map(|word| format!("word{word:04} ")).collect::<Vec<_>>().concat();
    let table = super::one_cell(&note);
    let document = section(vec![Block::Table(table)]);
    let read = read(&document);
    holds(&document, &read);
    let (_, tree) = Walk::new(&read);
    assert_eq!(tree.of_kind("TD").len(), 1);
}

#[test]
fn the_samples_are_tagged_throughout() {
    for site in ["tallvik", "almby", "lindas"] {
        let folder = Folder::new(&format!("pdf-tagged-{site}"));
        let inputs = format!("{}/samples/{site}", env!("CARGO_MANIFEST_DIR"));
        let run = folder.run(&["assess", &inputs, "-o", "out", "--as-of", "2026-11-22", "--format", "pdf"]);
        assert!(run.code < 2, "{}", run.err);
        let read = super::read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap());
        let (walk, tree) = Walk::new(&read);
        assert_eq!(walk.faults, [""; 0], "{site}");
        let titles: Vec<String> = tree.of_kind("H1").iter().map(|title| spaced(&title.text)).collect();
        let root = read.file.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
        let outline = read.outline(read.file.get_dictionary(root).unwrap());
        assert_eq!(titles[0], "Contents");
        assert_eq!(titles[1..], outline.iter().map(|(title, ..)| spaced(title)).collect::<Vec<_>>());
    }
}

/// A damage to a written file.
type Damage = fn(&mut lopdf::Document, &[ObjectId]);

#[test]
fn a_damaged_structure_is_seen() {
    let damages: [(&str, Damage); 7] = [
        ("is on its page and not in the structure", |file, _| {
            first_of(file, "P").remove(b"K");
        }),
        ("is twice in the structure", |file, _| {
            let paragraph = first_of(file, "P");
            let mark = paragraph.get(b"K").unwrap().clone();
            paragraph.set("K", vec![mark.clone(), mark]);
        }),
        ("rows of", |file, _| {
            let Object::Array(cells) = first_of(file, "TR").get_mut(b"K").unwrap() else { panic!("a row has cells") };
            cells.pop();
        }),
        ("heading", |file, _| first_of(file, "H1").set("S", "H3")),
        ("a picture has no words", |file, _| {
            first_of(file, "Figure").remove(b"Alt");
        }),
        ("is in no mark", |file, pages| without(file, pages[2], "BDC")),
        ("never ends a mark", |file, pages| without(file, pages[2], "EMC")),
    ];
    for (fault, damage) in damages {
        let mut file = SAMPLE.file.clone();
        damage(&mut file, &SAMPLE.pages);
        let broken = Read { file, pages: SAMPLE.pages.clone() };
        let (walk, _) = Walk::new(&broken);
        assert!(walk.faults.iter().any(|seen| seen.contains(fault)), "{fault} is not seen: {:?}", walk.faults);
    }
}

/// The first element of a kind in the structure.
fn first_of<'f>(file: &'f mut lopdf::Document, kind: &str) -> &'f mut Dictionary {
    let is_kind = |object: &&mut Object| {
        let kind_of = object.as_dict().ok().and_then(|element| element.get(b"S").ok()?.as_name().ok());
        kind_of == Some(kind.as_bytes())
    };
    file.objects.values_mut().find(is_kind).unwrap().as_dict_mut().unwrap()
}

/// Takes the last operation of a name off a page.
fn without(file: &mut lopdf::Document, page: ObjectId, operator: &str) {
    let mut content = Content::decode(&file.get_page_content(page)).unwrap();
    let at = content.operations.iter().rposition(|operation| operation.operator == operator).unwrap();
    content.operations.remove(at);
    file.change_page_content(page, content.encode().unwrap()).unwrap();
}
