//! What the report says of an estate, read from its pages.

use std::fmt::Write as _;

use super::super::binary::Folder;
use super::{Read, read_bytes};

const HEADING: &str = "VM,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

/// The report on as many machines whose operating system disk is too large.
fn report(name: &str, machines: usize) -> Read {
    let folder = Folder::new(name);
    let mut list = HEADING.to_owned();
    for machine in 0..machines {
        let size = if machine % 3 == 0 { 9000 } else { 5000 };
        writeln!(list, "vm-{machine:05},hv01,Windows Server 2022,x64,2,4,16,{size}").unwrap();
    }
    folder.put("in/machines.csv", list);
    let run = folder.run(&["assess", "in", "-o", "out", "--against", "site-recovery", "--format", "pdf"]);
    assert_eq!(run.code, 0, "{}", run.err);
    read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap())
}

#[test]
fn short_findings_are_told_in_full() {
    let read = report("pdf-story-short", 12);
    let text = read.all_text();
    assert_eq!(read.pages_with("What to do first, and why").len(), 2, "once in the contents and once in its place");
    assert!(text.contains("nohostdescribed"), "no host is claimed to be counted");
    assert!(
        !text.contains("more,inreport.xlsxandfindings.csv") && !text.contains("Seen:"),
        "all twelve stand in the table"
    );
    for title in ["Scope", "Method", "Definitions", "Next steps"] {
        assert!(!read.pages_with(title).is_empty(), "{title} is a section");
    }
    assert!(text.contains("Of12machines,0cangotoAzurebyAzureSiteRecovery"), "{text}");
    assert!(text.contains("12areheldbackuntilablockerisfixed,andof0toolittleisknown"), "{text}");
}

#[test]
fn long_findings_are_counted_by_kind_and_tell_how_many_more_there_are() {
    let text = report("pdf-story-long", 300).all_text();
    for expected in [
        "Expected:atmost4095GiBforgeneration2.",
        "Seen:5000GiB(200);9000GiB(100).",
        "And288more,inreport.xlsxandfindings.csv.",
    ] {
        assert!(text.contains(expected), "{expected} is not told");
    }
}

#[test]
fn machines_beyond_the_worst_are_counted_and_all_are_told_when_asked_for() {
    let read = report("pdf-story-many", 700);
    assert!(read.all_text().contains("And100more,inreport.xlsxandvms.csv."));
    let folder = Folder::new("pdf-story-many-full");
    let mut list = HEADING.to_owned();
    for machine in 0..700 {
        writeln!(list, "vm-{machine:05},hv01,Windows Server 2022,x64,2,4,16,9000").unwrap();
    }
    folder.put("in/machines.csv", list);
    let more = ["--against", "site-recovery", "--format", "pdf", "--pdf-detail", "full"];
    let run = folder.run(&[&["assess", "in", "-o", "out"][..], &more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let full = read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap()).all_text();
    assert!(!full.contains("more,inreport.xlsx") && full.contains("vm-00699"));
}

#[test]
fn the_sample_of_a_whole_site_takes_at_most_thirty_pages() {
    let folder = Folder::new("pdf-story-pages");
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/tallvik");
    let run = folder.run(&["assess", site, "-o", "out", "--as-of", "2026-11-22", "--format", "pdf"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let read = read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap());
    assert!((20..=30).contains(&read.pages.len()), "{} pages", read.pages.len());
    let summary = read.pages_with("Summary")[1];
    for (title, page) in
        [("What to do first, and why", summary), ("What is not known", summary + 1), ("Scope", summary + 2)]
    {
        assert!(read.pages_with(title).contains(&page), "{title} is not on page {page}");
    }
}

#[test]
fn the_report_says_who_stands_behind_it_and_leaves_room_to_sign() {
    let folder = Folder::new("pdf-story-front");
    folder.put("in/machines.csv", format!("{HEADING}vm-1,hv01,Windows Server 2022,x64,2,4,16,100\n"));
    let report = "[report]\nauthor = \"Åsa Ödegård\"\nreviewer = \"Bo Ek\"\nversion = \"1.2\"\n\
                  distribution = \"Confidential to Norrbo\"\nsignatures = [\"Norrbo AB\", \"Granskare AB\"]\n";
    folder.put("klar.toml", report);
    let run = folder.run(&["assess", "in", "-o", "out", "--format", "pdf", "--config", "klar.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let read = read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap());
    let cover = read.text(0);
    for told in ["AuthorÅsaÖdegård", "ReviewerBoEk", "Version1.2", "DistributionConfidentialtoNorrbo"] {
        assert!(cover.contains(told), "{told} is not on the cover: {cover}");
    }
    let marked = read.pages_with("Confidential to Norrbo");
    assert_eq!(marked, (0..read.pages.len()).collect::<Vec<_>>(), "the mark stands on every page");
    let signed = read.pages_with("Granskare AB");
    assert_eq!(signed.len(), 1);
    assert!(read.pages_with("Next steps").contains(&signed[0]));
}

#[test]
fn names_in_letters_that_the_fonts_do_not_have_stay_apart_and_are_told() {
    let folder = Folder::new("pdf-story-letters");
    let mut list = HEADING.to_owned();
    let names = ["数据库-01", "服务器-01", "قاعدة", "база-01", "λόγος", "🚀-web", "vm\u{fe0f}-9", "vanlig"];
    for name in names {
        writeln!(list, "{name},hv-主机,Windows Server 2022,x64,2,4,16,9000").unwrap();
    }
    folder.put("in/machines.csv", list);
    let run = folder.run(&["assess", "in", "-o", "out", "--against", "site-recovery", "--format", "pdf,csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let read = read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap());
    for shown in ["[6570 636E 5E93]-01", "[670D 52A1 5668]-01", "база-01", "λόγος", "[1F680]-web", "vm[FE0F]-9"]
    {
        assert!(read.pages_with(shown).len() >= 2, "{shown} is not among the machines and the findings");
    }
    let told = "5 names hold letters that the fonts of this file do not have";
    assert_eq!(read.pages_with(told).len(), 1);
    assert_eq!(read.pages_with("letters that the fonts of report.pdf do not have").len(), 1, "among the notes");
    let vms = folder.text("out/vms.csv");
    assert!(names.iter().all(|name| vms.contains(name)), "the names stand whole in vms.csv: {vms}");
    let plain = report("pdf-story-no-letters", 3);
    assert!(plain.pages_with("letters that the fonts of this file").is_empty());
}
