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
    assert_eq!(read.pages_with("What holds the estate back").len(), 2, "once in the contents and once in its place");
    assert!(text.contains("Hostsnonedescribedintheinputs"), "no host is claimed to be counted");
    assert!(!text.contains("more,inreport.xlsx") && !text.contains("Howmany"), "all twelve stand in the table");
    for title in ["Scope", "Method", "Definitions", "Next steps"] {
        assert!(!read.pages_with(title).is_empty(), "{title} is a section");
    }
    assert!(text.contains("12cannotgountilablockerisfixed"), "{text}");
}

#[test]
fn long_findings_are_counted_by_kind_and_tell_how_many_more_there_are() {
    let text = report("pdf-story-long", 300).all_text();
    for expected in [
        "9000GiBatmost4095GiBforgeneration2100",
        "5000GiBatmost4095GiBforgeneration2200",
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
