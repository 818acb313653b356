//! The same machines in another order, format, encoding or division are the same machines.

use klar::ingest::source::Source;
use klar::ingest::{Dialects, read};
use klar::model::Vm;
use rust_xlsxwriter::Workbook;

use super::mutators::Dice;
use crate::craft::open_document;

const HEADINGS: [&str; 7] = ["VM", "VM host", "Guest OS", "Generation", "vCPUs", "Memory (MB)", "OS disk size (GB)"];

type Rows = Vec<Vec<String>>;

fn rows() -> Rows {
    let systems =
        ["Windows Server 2022 Datacenter", "Windows Server 2019 Standard", "Ubuntu Linux 22.04", "Västerås OS"];
    let row = |number: usize| {
        let system = systems[number % systems.len()];
        let cell = |value: usize| value.to_string();
        let (generation, cores, memory) = (1 + number % 2, 1 + number % 8, 1024 * (1 + number % 5));
        let name = format!("srv-{number:02}");
        let host = format!("hv{}", number % 3);
        vec![name, host, system.to_owned(), cell(generation), cell(cores), cell(memory), cell(60 + number)]
    };
    (0..12).map(row).collect()
}

fn delimited(headings: &[&str], rows: &Rows, delimiter: &str) -> String {
    let lines = rows.iter().map(|row| row.join(delimiter));
    let mut text = headings.join(delimiter);
    for line in lines {
        text.push('\n');
        text.push_str(&line);
    }
    text.push('\n');
    text
}

fn machine(vm: &Vm) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        vm.name.value(),
        vm.host.value(),
        vm.guest_os.value(),
        vm.generation.value(),
        vm.vcpus.value(),
        vm.memory.value(),
        vm.disk_total().ok()
    )
}

/// The machines of some files, each as a text, in order.
fn machines(files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let source = |(path, bytes): &(&str, Vec<u8>)| Source {
        path: (*path).to_owned(),
        bytes: bytes.clone(),
        sha256: String::new(),
    };
    let sources: Vec<Source> = files.iter().map(source).collect();
    let estate = read(&sources, &Dialects::embedded());
    let mut machines: Vec<String> = estate.vms.iter().map(machine).collect();
    machines.sort();
    machines
}

#[track_caller]
fn same(what: &str, files: &[(&str, Vec<u8>)]) {
    let expected = machines(&[("list.csv", delimited(&HEADINGS, &rows(), ",").into_bytes())]);
    assert_eq!(expected.len(), 12);
    assert_eq!(machines(files), expected, "{what}");
}

#[test]
fn order_changes_nothing() {
    let mut dice = Dice::new(7);
    for _ in 0..5 {
        let mut shuffled = rows();
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, dice.below(place + 1));
        }
        same("rows in another order", &[("a.csv", delimited(&HEADINGS, &shuffled, ",").into_bytes())]);
        let mut order: Vec<usize> = (0..HEADINGS.len()).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, dice.below(place + 1));
        }
        let headings: Vec<&str> = order.iter().map(|&at| HEADINGS[at]).collect();
        let turned: Rows = rows().iter().map(|row| order.iter().map(|&at| row[at].clone()).collect()).collect();
        same("columns in another order", &[("a.csv", delimited(&headings, &turned, ",").into_bytes())]);
    }
}

#[test]
fn separators_encodings_and_letter_case_change_nothing() {
    for delimiter in [";", "\t", "|"] {
        same("another separator", &[("a.csv", delimited(&HEADINGS, &rows(), delimiter).into_bytes())]);
    }
    let text = delimited(&HEADINGS, &rows(), ",");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    same("a mark of UTF-8", &[("a.csv", format!("\u{feff}{text}").into_bytes())]);
    same("UTF-16", &[("a.csv", utf16(&format!("\u{feff}{text}")))]);
    same("UTF-16 without a mark", &[("a.csv", utf16(&text))]);
    same("Windows-1252", &[("a.csv", encoding_rs::WINDOWS_1252.encode(&text).0.into_owned())]);
    same("lines of Windows", &[("a.csv", text.replace('\n', "\r\n").into_bytes())]);
    let upper = HEADINGS.map(str::to_uppercase);
    let upper: Vec<&str> = upper.iter().map(String::as_str).collect();
    same("capital letters", &[("a.csv", delimited(&upper, &rows(), ",").into_bytes())]);
}

#[test]
fn titles_above_and_totals_below_change_nothing() {
    let text = delimited(&HEADINGS, &rows(), ",");
    let titles = [
        "Servers of the site,,,,,,\n\n",
        "Servers of the site,,,,,,\nExported 2026-11-20 by the platform team,,,,,,\n\n",
        "Servers of the site,,,,,,\n",
    ];
    // Sums as a person writes them, and as a report does: of memory and disks, or the count of the machines.
    let totals = [
        "Total,,,,54,35840,786\n",
        "Summa:,,,,54,35840,786\n",
        ",,,,54,35840,786\n",
        "\nTotal,,,,,,786\n",
        "12 machines,,,,,,\n",
    ];
    for title in ["", titles[0], titles[1], titles[2]] {
        same("a title above", &[("a.csv", format!("{title}{text}").into_bytes())]);
        for total in totals {
            same(
                &format!("{title:?} above and {total:?} below"),
                &[("a.csv", format!("{title}{text}{total}").into_bytes())],
            );
        }
    }
}

#[test]
fn other_formats_and_divisions_change_nothing() {
    let rows = rows();
    let (first, rest) = rows.split_at(5);
    let part = |rows: &[Vec<String>]| delimited(&HEADINGS, &rows.to_vec(), ",").into_bytes();
    same("two files", &[("a.csv", part(first)), ("b.csv", part(rest))]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, cells) in (1_u32..).zip(&rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).unwrap()),
                Err(_) => drop(sheet.write_string(row, column, cell).unwrap()),
            }
        }
    }
    same("a workbook", &[("a.xlsx", book.save_to_buffer().unwrap())]);
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: Vec<String>| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let mut document = row(HEADINGS.iter().map(|heading| cell(heading)).collect());
    for cells in &rows {
        document.push_str(&row(cells.iter().map(|text| cell(text)).collect()));
    }
    same("an open document", &[("a.ods", open_document(&document))]);
    let object = |cells: &Vec<String>| {
        let members = HEADINGS.iter().zip(cells).map(|(heading, cell)| format!("\"{heading}\":\"{cell}\""));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let json = format!("[{}]", rows.iter().map(object).collect::<Vec<_>>().join(",\n"));
    same("JSON", &[("a.json", json.into_bytes())]);
}
