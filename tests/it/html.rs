//! The page for a browser: whole, harmless, and with every machine.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

use klar::catalogue::digest;
use klar::report::writers::WRITERS;
use serde_json::Value;

use super::binary::Folder;
use super::writers::with_sample;

/// The page of a sample.
fn page(sample: &str) -> String {
    let mut pages = Vec::new();
    let taken = std::cell::RefCell::new(&mut pages);
    with_sample(sample, |view| {
        let writer = WRITERS.iter().find(|writer| writer.name == "html").unwrap();
        assert!(!writer.usual, "it is written on request");
        for report in (writer.files)(view) {
            assert_eq!(report.name, "report.html");
            let mut bytes = Vec::new();
            assert_eq!((report.write)(&mut bytes).unwrap(), Some(view.estate.vms.len() as u64));
            taken.borrow_mut().push(String::from_utf8(bytes).unwrap());
        }
    });
    pages.pop().unwrap()
}

#[track_caller]
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    after.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

fn bytes_of(letters: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in letters.trim_end_matches('=').chars() {
        let value = LETTERS.find(letter).unwrap_or_else(|| panic!("{letter} is no letter of base 64"));
        bits = bits << 6 | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).unwrap());
        }
    }
    bytes
}

/// The data of a page, as its script reads it.
pub fn data(page: &str) -> String {
    let deflated = bytes_of(between(page, "<script type=\"text/plain\" id=\"page-data\">", "</script>"));
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(deflated.as_slice()).read_to_string(&mut text).unwrap();
    text
}

/// The tables in a page, as rows of texts by column.
fn tables(page: &str) -> BTreeMap<String, Vec<BTreeMap<String, Value>>> {
    let data: Value = serde_json::from_str(&data(page)).unwrap();
    assert_eq!(data["form"], 1);
    let table = |table: &Value| {
        let len = usize::try_from(table["rows"].as_u64().unwrap()).unwrap();
        let mut rows = vec![BTreeMap::new(); len];
        for column in table["columns"].as_array().unwrap() {
            let of = column["of"].as_array().unwrap();
            assert!(of.len() == len || of.len() == 1, "{}: {}", column["name"], of.len());
            for (number, row) in rows.iter_mut().enumerate() {
                let place = of.get(number).unwrap_or(&of[0]).as_u64().unwrap();
                let value = column["values"][usize::try_from(place).unwrap()].clone();
                row.insert(column["name"].as_str().unwrap().to_owned(), value);
            }
        }
        (table["name"].as_str().unwrap().to_owned(), rows)
    };
    data["tables"].as_array().unwrap().iter().map(table).collect()
}

#[test]
fn the_page_reads_without_script_and_asks_for_nothing() {
    let page = page("tallvik");
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(!page.contains("{{") && page.trim_end().ends_with("</html>"));
    let read = between(&page, "<main>", "</main>");
    for id in ["summary", "machines", "unknowns", "inputs"] {
        assert!(read.contains(&format!("<h2 id=\"{id}\">")), "the section {id}");
    }
    assert!(read.contains("<th scope=\"col\">Machine</th>"));
    for outside in [
        " src=",
        "<link",
        "<img",
        "<iframe",
        "@import",
        "url(",
        "fetch(",
        "XMLHttp",
        "WebSocket",
        "innerHTML",
        " style=",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    // Every link inside leads somewhere.
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for link in read.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&link), "{link}");
    }
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an identifier stands twice");
}

#[test]
fn the_policy_allows_the_pages_own_style_and_script_and_nothing_else() {
    let page = page("almby");
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">").replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for part in ["style", "script"] {
        let allowed = between(&policy, &format!("{part}-src 'sha256-"), "'");
        let hexadecimal = bytes_of(allowed).iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        let content = between(&page, &format!("<{part}>"), &format!("</{part}>"));
        assert_eq!(hexadecimal, digest(content.as_bytes()), "{part}");
        assert_eq!(page.matches(&format!("<{part}>")).count(), 1, "{part}");
    }
}

#[test]
fn the_page_has_the_rows_of_the_csv_files() {
    let folder = Folder::new("html-same");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/tallvik");
    let run = folder.run(&["assess", sample, "-o", "out", "--as-of", "2026-11-22", "--format", "csv,html"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let tables = tables(&folder.text("out/report.html"));
    for name in ["vms", "findings", "requirements", "inputs", "left_out", "plan"] {
        let csv = folder.rows(&format!("out/{name}.csv"));
        assert_eq!(tables[name].len() + 1, csv.len(), "{name}");
        for (row, line) in tables[name].iter().zip(&csv[1..]) {
            for (head, cell) in csv[0].iter().zip(line) {
                let text = match &row[head] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text, "{name} {head}");
            }
        }
    }
    assert!(tables["findings"].iter().all(|row| row["finding_id"].is_string()), "each can be linked to");
}

#[test]
fn a_hostile_name_is_only_text() {
    let tricks = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</script><script>alert(2)</script>",
        "--><!--",
        "' onmouseover='alert(3)",
        "&lt;b&gt;",
        "{{data}}",
        "</title><svg onload=alert(4)>",
    ];
    let folder = Folder::new("html-hostile");
    let mut table = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n".to_owned();
    for trick in tricks {
        let quoted = trick.replace('"', "\"\"");
        writeln!(table, "\"{quoted}\",\"{quoted}\",\"{quoted}\",1,2,4,9999").unwrap();
    }
    folder.put("in/machines.csv", table);
    let whose = ["--customer", "<svg onload=alert(5)>", "--site", "\"><script>alert(6)</script>"];
    let run = folder.run(&[&["assess", "in", "-o", "out", "--format", "html,csv"][..], &whose].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let page = folder.text("out/report.html");
    assert_eq!(page.matches("<script").count(), 3, "the page's own: its tables, its words and what runs");
    for mark in ["<img", "onload=alert(5)>", "<svg onload", "<script>alert"] {
        assert!(!page.contains(mark), "{mark}");
    }
    assert!(page.contains("<title>Readiness for Azure – &lt;svg onload=alert(5)&gt;"));
    let read = between(&page, "<main>", "</main>");
    for trick in tricks {
        let escaped = trick.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let escaped = escaped.replace('"', "&quot;").replace('\'', "&#39;");
        assert!(read.contains(&escaped), "{escaped}");
        assert!(tables(&page)["vms"].iter().any(|row| row["vm"] == trick), "{trick}");
    }
}

#[test]
fn a_long_table_is_cut_to_read_and_whole_to_search() {
    let folder = Folder::new("html-long");
    let mut table = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n".to_owned();
    for number in 0..2_100 {
        writeln!(table, "vm-{number:05},hv{:02},Windows Server 2022,2,4,16,127", number % 20).unwrap();
    }
    folder.put("in/machines.csv", table);
    let run = folder.run(&["assess", "in", "-o", "out", "--format", "html", "--no-plan", "--pdf-detail", "full"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = folder.text("out/report.html");
    let read = between(&page, "<main>", "</main>");
    assert!(read.contains(">vm-00199<") && !read.contains(">vm-00200<"));
    assert!(read.contains("The first 200 of 2\u{a0}100; all of them stand under Tables"), "the cut is told");
    let machines = &tables(&page)["vms"];
    assert_eq!(machines.len(), 2_100);
    assert_eq!(machines[2_099]["vm"], "vm-02099");
}
