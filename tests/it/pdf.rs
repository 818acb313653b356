//! The PDF report: everything given is on a page once, and whoever reads it finds their way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod sample;
mod story;
mod streamed;
mod tagged;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::LazyLock;

use klar::report::document::{
    Band, Bands, Block, Cell, Column, Cover, Document, Fact, Link, Section, Start, Table, Tone,
};
use klar::report::pdf;
use lopdf::content::Content;
use lopdf::{Dictionary, Object, ObjectId, decode_text_string};

/// A written report, read again.
struct Read {
    file: lopdf::Document,
    pages: Vec<ObjectId>,
}

static SAMPLE: LazyLock<Read> = LazyLock::new(|| read(&sample::document()));

/// What the codes of a font mean, and how wide they are.
type Meaning = (BTreeMap<u16, char>, BTreeMap<u16, f32>);

/// A line of text as a page has it.
struct Line {
    x: f32,
    y: f32,
    size: f32,
    width: f32,
    text: String,
}

impl Read {
    fn pages_with(&self, words: &str) -> Vec<usize> {
        (0..self.pages.len()).filter(|&page| self.text(page).contains(&squeezed(words))).collect()
    }

    /// The text of a page without its spaces, which is how a wrapped name is found.
    fn text(&self, page: usize) -> String {
        squeezed(&self.lines(page).iter().map(|line| line.text.as_str()).collect::<String>())
    }

    fn all_text(&self) -> String {
        (0..self.pages.len()).map(|page| self.text(page)).collect()
    }

    fn lines(&self, page: usize) -> Vec<Line> {
        let fonts = self.fonts(page);
        let content = Content::decode(&self.file.get_page_content(self.pages[page])).unwrap();
        let (mut font, mut lines) = (Vec::new(), Vec::new());
        let (mut x, mut y, mut size) = (0.0, 0.0, 0.0);
        for operation in content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => (font, size) = (operands[0].as_name().unwrap().to_vec(), operands[1].as_float().unwrap()),
                "Tm" => (x, y) = (operands[4].as_float().unwrap(), operands[5].as_float().unwrap()),
                "Tj" => {
                    let codes =
                        operands[0].as_str().unwrap().chunks(2).map(|code| u16::from_be_bytes([code[0], code[1]]));
                    let (characters, widths) = &fonts[&font];
                    let text: String = codes.clone().map(|code| characters[&code]).collect();
                    // The white space that a line was broken at may hang over the edge, where nobody sees it.
                    let seen = text.trim_end().chars().count();
                    let width = codes.take(seen).map(|code| widths[&code] * size / 1000.0).sum();
                    lines.push(Line { x, y, size, width, text });
                }
                _ => {}
            }
        }
        lines
    }

    /// The fonts of a page by name: what their codes mean, and how wide they are.
    fn fonts(&self, page: usize) -> BTreeMap<Vec<u8>, Meaning> {
        let fonts = self.file.get_page_fonts(self.pages[page]).unwrap();
        let meaning = |(name, font): (&Vec<u8>, &&Dictionary)| (name.clone(), (self.characters(font), widths(font)));
        fonts.iter().map(meaning).collect()
    }

    /// What a font says its codes mean, which is what a reader copies and searches.
    fn characters(&self, font: &Dictionary) -> BTreeMap<u16, char> {
        let stream = self.file.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
        let map = String::from_utf8(stream.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
        let number = |hex: &str| u32::from_str_radix(hex.trim_matches(['<', '>']), 16).unwrap();
        let pair = |line: &str| {
            let (code, meaning) = line.split_once(' ')?;
            let is_pair = code.starts_with('<') && meaning.starts_with('<') && !meaning.contains(' ');
            is_pair.then(|| (u16::try_from(number(code)).unwrap(), char::from_u32(number(meaning)).unwrap()))
        };
        map.lines().filter_map(pair).filter(|(code, _)| *code != u16::MAX).collect()
    }

    fn links(&self, page: usize) -> Vec<&Dictionary> {
        let page = self.file.get_dictionary(self.pages[page]).unwrap();
        let links = page.get(b"Annots").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
        links.iter().map(|link| self.file.get_dictionary(link.as_reference().unwrap()).unwrap()).collect()
    }

    fn is_landscape(&self, page: usize) -> bool {
        let corners = self.file.get_dictionary(self.pages[page]).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        corners[2].as_float().unwrap() > corners[3].as_float().unwrap()
    }

    /// The page that a destination names, counted from nought.
    fn page_of(&self, destination: &Object) -> usize {
        let page = destination.as_array().unwrap()[0].as_reference().unwrap();
        self.pages.iter().position(|&id| id == page).unwrap()
    }

    /// The titles of the outline below an item, with the pages they lead to.
    fn outline(&self, parent: &Dictionary) -> Vec<(String, usize, &Dictionary)> {
        let mut items = Vec::new();
        let mut next = parent.get(b"First").ok();
        while let Some(id) = next {
            let item = self.file.get_dictionary(id.as_reference().unwrap()).unwrap();
            let title = decode_text_string(item.get(b"Title").unwrap()).unwrap();
            items.push((title, self.page_of(item.get(b"Dest").unwrap()), item));
            next = item.get(b"Next").ok();
        }
        items
    }
}

/// How wide a font says its codes are, in thousandths of its size.
fn widths(font: &Dictionary) -> BTreeMap<u16, f32> {
    let font = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    let mut widths = BTreeMap::new();
    for pair in font.get(b"W").unwrap().as_array().unwrap().chunks(2) {
        let first = u16::try_from(pair[0].as_i64().unwrap()).unwrap();
        widths.extend((first..).zip(pair[1].as_array().unwrap().iter().map(|width| width.as_float().unwrap())));
    }
    widths
}

fn written(document: &Document<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf::write(document, &mut bytes).unwrap();
    bytes
}

fn read(document: &Document<'_>) -> Read {
    read_bytes(&written(document))
}

fn read_bytes(bytes: &[u8]) -> Read {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let pages = file.page_iter().collect();
    Read { file, pages }
}

/// Everything that the pages of a file say, without spaces, and the titles of its outline.
pub fn words(bytes: &[u8]) -> String {
    read_bytes(bytes).all_text()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn section(blocks: Vec<Block<'_>>) -> Document<'_> {
    let cover = Cover { title: "Report".to_owned(), as_of: "2026-11-22".to_owned(), ..Cover::default() };
    Document {
        cover,
        sections: vec![Section { id: "one".to_owned(), title: "One".to_owned(), blocks, ..Section::default() }],
        ..Document::default()
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(written(&sample::document()) == written(&sample::document()));
}

#[test]
fn every_row_is_written_once() {
    let text = read(&sample::document()).all_text();
    let mut names: Vec<String> = (0..60).map(|row| format!("wide-{row:03}.corp.example")).collect();
    let machine =
        |row| if row % 50 == 7 { format!("row{row}-{}", sample::LONG_NAME) } else { format!("vm-{row:04}-åäö") };
    names.extend((0..300).map(machine));
    for (finding, rows) in [(0, 5), (2, 12), (3, 3), (4, 40), (5, 2)] {
        names.extend((0..rows).map(|row| format!("finding-{finding}-{row}4095GiB")));
    }
    for name in names {
        assert_eq!(text.matches(&name).count(), 1, "{name}");
    }
    assert_eq!(text.matches(&squeezed("No machine has this.")).count(), 1);
}

#[test]
fn a_row_taller_than_a_page_goes_on_without_loss() {
    let note = (0..3000).map(|word| format!("word{word:04} ")).collect::<Vec<_>>().concat();
    let read = read(&section(vec![Block::Table(one_cell(&note))]));
    let pages = read.pages_with("word");
    assert!(pages.len() > 2);
    let is_word = |line: &Line| line.text.starts_with("word");
    let lines = pages.iter().flat_map(|&page| read.lines(page)).filter(is_word);
    assert_eq!(lines.map(|line| line.text).collect::<String>(), note.trim_end());
    assert_eq!(read.pages_with("continues from the page before"), pages[1..]);
}

/// A table of one cell.
fn one_cell(text: &str) -> Table<'_> {
    let column = Column { title: "Note".to_owned(), weight: 1, numeric: false };
    let row = move |_: usize| vec![Cell::from(text)];
    Table { columns: vec![column], len: 1, row: Box::new(row), empty: String::new(), of_machines: false }
}

#[test]
fn the_last_row_of_a_table_is_not_alone_on_its_page() {
    for len in 36..46 {
        let column = Column { title: "Name".to_owned(), weight: 1, numeric: false };
        let row = |row: usize| vec![Cell::from(format!("row-{row:02}-"))];
        let table = Table { columns: vec![column], len, row: Box::new(row), empty: String::new(), of_machines: false };
        let read = read(&section(vec![Block::Table(table)]));
        let last = read.lines(read.pages.len() - 1);
        let rows = last.iter().filter(|line| line.text.starts_with("row-")).count();
        assert!(rows > 1, "{rows} of {len} rows are on the last page");
    }
}

#[test]
fn headings_of_a_table_stand_on_each_of_its_pages() {
    let read = &*SAMPLE;
    let pages = read.pages_with("Windows Server 2019 Datacenter");
    assert!(pages.len() > 5);
    assert_eq!(read.pages_with("Guest operating system"), pages);
}

#[test]
fn wide_tables_turn_their_pages() {
    let read = &*SAMPLE;
    let landscape: Vec<usize> = (0..read.pages.len()).filter(|&page| read.is_landscape(page)).collect();
    assert_eq!(landscape, read.pages_with("wide-"));
}

#[test]
fn pages_are_numbered_but_not_the_cover() {
    let read = &*SAMPLE;
    let of = read.pages.len();
    assert!((15..40).contains(&of), "{of} pages");
    assert!(read.pages_with(&format!("Page 1 of {of}")).is_empty());
    for page in 1..of {
        let text = read.text(page);
        assert!(text.contains(&squeezed(&format!("Page {} of {of}", page + 1))));
        assert!(
            text.contains(&squeezed(
                "Readiness for Azure Site Recovery and Azure Migrate · Västerås Överskottslager AB"
            ))
        );
        assert!(text.contains("Asof2026-11-22"));
    }
}

#[test]
fn contents_and_outline_lead_to_the_right_pages() {
    let read = &*SAMPLE;
    let root = read.file.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let sections = read.outline(read.file.get_dictionary(root).unwrap());
    let titles: Vec<&str> = sections.iter().map(|(title, _, _)| title.as_str()).collect();
    assert_eq!(titles, ["Summary", "Machines", "Requirements by machine", "Findings", "Sources"]);
    let headings = read.outline(sections[3].2);
    assert_eq!(headings.len(), 6);
    let mut wanted = Vec::new();
    for (title, page, item) in sections {
        assert!(read.text(page).contains(&squeezed(&title)));
        wanted.push((title, page));
        wanted.extend(read.outline(item).into_iter().map(|(title, page, _)| (title, page)));
    }
    let contents = read.text(1);
    for (title, page) in &wanted {
        assert!(contents.contains(&squeezed(title)), "{title} is not in the contents");
        assert!(read.pages_with(title).contains(page), "{title} is not on page {page}");
    }
    let link = |link: &Dictionary| read.page_of(link.get(b"A").unwrap().as_dict().unwrap().get(b"D").unwrap());
    let links: Vec<usize> = read.links(1).into_iter().map(link).collect();
    assert_eq!(links, wanted.iter().map(|(_, page)| *page).collect::<Vec<_>>());
}

#[test]
fn objects_are_numbered_without_a_gap() {
    for read in [&*SAMPLE, &read(&Document::default())] {
        let numbers: Vec<u32> = read.file.objects.keys().map(|(number, _)| *number).collect();
        assert_eq!(
            numbers,
            (1..=read.file.objects.len()).map(|number| u32::try_from(number).unwrap()).collect::<Vec<_>>()
        );
    }
}

#[test]
fn links_lead_where_they_say() {
    let fact = |text: &str, link| Fact {
        label: text.to_owned(),
        value: Cell { text: text.to_owned(), tone: Tone::Plain, link },
    };
    let read = read(&section(vec![Block::Facts(vec![
        fact("here", Some(Link::Inside("one".to_owned()))),
        fact("nowhere", Some(Link::Inside("two".to_owned()))),
        fact("there", Some(Link::Outside("https://example.org/(ä)".to_owned()))),
        fact("a script", Some(Link::Outside("javascript:alert(1)".to_owned()))),
        fact("https://example.org/plain", None),
    ])]));
    let actions = read.links(2).into_iter().map(|link| link.get(b"A").unwrap().as_dict().unwrap());
    let say = |action: &Dictionary| match action.get(b"URI") {
        Ok(address) => String::from_utf8(address.as_str().unwrap().to_vec()).unwrap(),
        Err(_) => format!("page {}", read.page_of(action.get(b"D").unwrap())),
    };
    let said: Vec<String> = actions.map(say).collect();
    assert_eq!(said, ["page 2", "https://example.org/(%C3%A4)", "https://example.org/plain"]);
}

#[test]
fn only_the_characters_shown_are_embedded() {
    let read = &*SAMPLE;
    let fonts = read.file.get_page_fonts(read.pages[2]).unwrap();
    assert_eq!(fonts.len(), 2);
    for font in fonts.values() {
        let font = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
        let (tag, name) =
            std::str::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap()).unwrap().split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{tag}+{name}");
        let descriptor =
            read.file.get_dictionary(font.get(b"FontDescriptor").unwrap().as_reference().unwrap()).unwrap();
        let program = read.file.get_object(descriptor.get(b"FontFile2").unwrap().as_reference().unwrap()).unwrap();
        let size = program.as_stream().unwrap().get_plain_content().unwrap().len();
        assert!((5_000..40_000).contains(&size), "{name} takes {size} bytes");
    }
}

#[test]
fn other_alphabets_are_written_and_what_is_missing_is_told_by_number() {
    let text = "åäö Кириллица Ελληνικά žluťoučký e\u{301}\u{e9} 日本語 a\tb\u{200d}c \u{1f600}x ﷽ end";
    let many = "数".repeat(17);
    let read = read(&section(vec![Block::Text(text.to_owned()), Block::Text(format!("{many} 数数"))]));
    let shown = "åäö Кириллица Ελληνικά žluťoučký éé [65E5 672C 8A9E] a b[200D]c [1F600]x [FDFD] end";
    assert_eq!(read.lines(2).iter().filter(|line| line.text == shown).count(), 1);
    let boxes = format!("{} [6570 6570]", "□".repeat(17));
    assert_eq!(read.lines(2).iter().filter(|line| line.text == boxes).count(), 1);
}

#[test]
fn nothing_stands_outside_the_margins() {
    let read = &*SAMPLE;
    for page in 0..read.pages.len() {
        let (width, height) = if read.is_landscape(page) { (841.89, 595.28) } else { (595.28, 841.89) };
        for line in read.lines(page) {
            let fits = line.x > 40.0 && line.x + line.width < width - 40.0 && line.y > 28.0 && line.y < height - 28.0;
            assert!(fits, "{} at {}, {} on page {page}", line.text, line.x, line.y);
        }
    }
}

#[test]
fn a_heading_is_never_the_last_thing_on_a_page() {
    let mut blocks = Vec::new();
    for at in 0..120 {
        blocks.push(Block::Heading { id: format!("h{at}"), text: format!("Heading {at}"), mark: None });
        blocks.push(Block::Text("Words that fill a line or two of the page. ".repeat(1 + at % 9)));
        blocks.push(Block::Heading {
            id: format!("i{at}"),
            text: format!("Table {at}"),
            mark: Some(("Blocker".to_owned(), Tone::Bad)),
        });
        let column = Column { title: "Name".to_owned(), weight: 1, numeric: false };
        let row = |row: usize| vec![Cell::from(format!("row {row}"))];
        blocks.push(Block::Table(Table {
            columns: vec![column],
            len: at % 7,
            row: Box::new(row),
            empty: "None.".to_owned(),
            of_machines: false,
        }));
    }
    let read = read(&section(blocks));
    assert!(read.pages.len() > 15);
    for page in 2..read.pages.len() {
        let lines = read.lines(page);
        let body = lines.iter().filter(|line| line.y > 50.0);
        let last = body.min_by(|one, other| one.y.total_cmp(&other.y)).unwrap();
        assert!(last.size < 12.0, "page {page} ends with {}", last.text);
    }
}

#[test]
fn a_report_of_nothing_is_a_cover() {
    let read = read(&Document::default());
    assert_eq!(read.pages.len(), 1);
}

#[test]
fn a_full_disk_is_an_error() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = pdf::write(&sample::document(), &mut Full).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}

#[test]
fn facts_stand_on_the_page_of_the_table_below_them() {
    let mut blocks = Vec::new();
    for at in 0..200 {
        blocks.push(Block::Heading { id: format!("h{at}"), text: format!("Heading {at}"), mark: None });
        let fact = |of: usize| Fact { label: format!("Fact {of}"), value: format!("fact {at}.{of}").into() };
        blocks.push(Block::Facts((0..3 + at % 4).map(fact).collect()));
        let columns = vec![Column { title: "Name".to_owned(), weight: 1, numeric: false }];
        let row = move |row: usize| vec![Cell::from(format!("row {at}.{row}"))];
        blocks.push(Block::Table(Table {
            columns,
            len: 1 + at % 5,
            row: Box::new(row),
            empty: String::new(),
            of_machines: false,
        }));
    }
    let read = read(&section(blocks));
    let texts: Vec<String> = (0..read.pages.len()).map(|page| read.text(page)).collect();
    for at in 0..200 {
        let page_of = |words: String| texts.iter().position(|text| text.contains(&words));
        assert_eq!(page_of(format!("fact{at}.0")), page_of(format!("row{at}.0")), "block {at}");
    }
}

#[test]
fn a_number_stands_on_one_line_however_long_its_neighbours_are() {
    let column =
        |title: &str, numeric| Column { title: title.to_owned(), weight: if numeric { 1 } else { 40 }, numeric };
    let columns = vec![column("File", false), column("Bytes", true), column("Digest", false)];
    let row = |row: usize| {
        let bytes = if row == 150 { "109\u{a0}768\u{a0}123" } else { "606" };
        vec!["a/long/path/to/some/export.json".repeat(2).into(), bytes.into(), "0123456789abcdef".repeat(4).into()]
    };
    let table = Table { columns, len: 151, row: Box::new(row), empty: String::new(), of_machines: false };
    let read = read(&section(vec![Block::Table(table)]));
    let lines: Vec<Line> = (0..read.pages.len()).flat_map(|page| read.lines(page)).collect();
    assert!(lines.iter().any(|line| squeezed(&line.text) == "109768123"));
}

#[test]
fn only_machines_that_stand_on_a_page_are_counted() {
    let table = |len, of_machines| {
        let columns = vec![Column { title: "Machine".to_owned(), weight: 1, numeric: false }];
        // The third is taller than a page, and still one machine.
        let row = |row: usize| vec![format!("vm-{row} ").repeat(if row == 2 { 4_000 } else { 1 }).into()];
        Block::Table(Table { columns, len, row: Box::new(row), empty: "None.".to_owned(), of_machines })
    };
    let section = Section {
        id: "machines".to_owned(),
        title: "Machines".to_owned(),
        start: Start::Page,
        blocks: vec![table(300, true), table(40, false), table(0, true), table(7, true)],
    };
    let document = Document { sections: vec![section], ..Document::default() };
    assert_eq!(pdf::write(&document, &mut Vec::new()).unwrap(), 307);
}

/// Bands of so many rows each, below a heading and a note of their own.
fn bands(rows: &[usize]) -> Bands<'static> {
    let first = |band: usize| rows[..band].iter().sum::<usize>();
    let bands = (0..rows.len()).map(|band| Band {
        first: first(band),
        id: format!("band-{band}"),
        title: format!("Title of band {band:03}"),
        mark: Some(("blocker".to_owned(), Tone::Bad)),
        notes: vec![format!("Note of band {band:03}, which says what to do.")],
        more: (band % 2 == 1).then(|| format!("And 7 more of band {band:03}.")),
    });
    let bands: Vec<Band> = bands.collect();
    let column = |title: &str| Column { title: title.to_owned(), weight: 1, numeric: false };
    let table = Table {
        columns: vec![column("Subject"), column("Seen")],
        len: rows.iter().sum(),
        row: Box::new(|row| vec![format!("row-{row:05}").into(), "something".into()]),
        empty: String::new(),
        of_machines: false,
    };
    Bands { table, bands }
}

#[test]
fn bands_stand_with_their_first_rows_and_tell_where_they_go_on() {
    let rows: Vec<usize> = (0..60).map(|band| if band == 30 { 150 } else { 1 + band % 5 }).collect();
    let read = read(&section(vec![Block::Bands(bands(&rows))]));
    let all = read.all_text();
    for row in 0..rows.iter().sum() {
        assert_eq!(all.matches(&format!("row-{row:05}")).count(), 1, "row {row}");
    }
    let mut first = 0;
    for (band, rows) in rows.iter().enumerate() {
        let note = read.pages_with(&format!("Note of band {band:03}"));
        assert_eq!(note.len(), 1, "band {band}");
        assert_eq!(read.pages_with(&format!("row-{first:05}")), note, "band {band}");
        let last = read.pages_with(&format!("row-{:05}", first + rows - 1));
        let goes_on: Vec<usize> = (note[0] + 1..=last[0]).collect();
        assert_eq!(read.pages_with(&format!("Continued: Title of band {band:03}")), goes_on, "band {band}");
        assert_eq!(all.contains(&squeezed(&format!("And 7 more of band {band:03}."))), band % 2 == 1);
        first += rows;
    }
    let pages = read.pages_with("row-");
    assert!(pages.len() > 5);
    assert_eq!(read.pages_with("Subject"), pages, "the headings stand on each page");
}

#[test]
fn a_section_begins_below_another_only_where_there_is_room() {
    let part = |id: &str, lines: usize| Section {
        id: id.to_owned(),
        title: format!("Section {id}"),
        start: Start::Room,
        blocks: (0..lines).map(|line| Block::Text(format!("Line {line} of {id}."))).collect(),
    };
    let sections = vec![part("one", 5), part("two", 20), part("three", 3), part("four", 1)];
    let read = read(&Document { sections, ..Document::default() });
    let of = |title: &str| *read.pages_with(title).last().unwrap();
    assert_eq!(of("Section one"), of("Section two"));
    assert_eq!(of("Section three"), of("Section two") + 1);
    assert_eq!(of("Section four"), of("Section three"));
}
